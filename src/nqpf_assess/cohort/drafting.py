"""A profile drafted from derived weights: factors = derived share / share in the baseline (cohort.md)."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import tomli_w

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import along_paths, normalised
from nqpf_assess.files.drafting import own_id
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.report.wording import percent

METHODS: Mapping[str, Text] = {
    "entropy": _("entropy"),
    "critic": _("CRITIC"),
}
NAME = _("Derived by {method} from {rows} respondents")
WHY = _(
    "Derived by {method} from the spread of {rows} scores: {share} of the whole instead of {before}. Such weights "
    "say what tells these respondents apart, not what matters; they are a draft to be judged."
)


def shares_before(instrument: Instrument) -> dict[str, float]:
    """Return each pillar's and dimension's share of the overall in the baseline."""
    return along_paths(instrument, normalised(instrument, instrument.root_weights))


def draft(instrument: Instrument, weights: Mapping[str, float], *, id: str, method: str, rows: int) -> str:
    """Write a profile whose pillars or dimensions carry the derived weights: each factor is derived by baseline share.

    What tells nobody apart has no derived weight and keeps that of the baseline; the reasons name the shares that
    come of it.
    """
    before, languages = shares_before(instrument), instrument.questionnaire.languages
    # derived dimensions are summed up to their pillars, so that both levels agree; derived pillars are left alone
    shares: dict[str, float] = {}
    for node, dimension in instrument.questionnaire.dimensions.items():
        if node in weights:
            shares[dimension.pillar] = shares.get(dimension.pillar, 0.0) + weights[node]
    factors = {node: share / before[node] for node, share in {**shares, **weights}.items() if before[node] > 0}
    adjusted = {node: weight * factors.get(node, 1.0) for node, weight in instrument.root_weights.items()}
    after = along_paths(instrument, normalised(instrument, adjusted))

    def said(words: Text, **values: object) -> dict[str, str]:
        return {language: tell(fill(words, method=METHODS[method], **values), language) for language in languages}

    head: dict[str, Any] = {"format": "nqpf-weights/1", "id": own_id(id, instrument.chain[:1])}
    head |= {"questionnaire": instrument.questionnaire.id, "based_on": instrument.chain[0].id}
    head["name"] = said(NAME, rows=rows)
    head["adjust"] = [
        {
            "node": node,
            "factor": Decimal(f"{factor:.6f}"),
            "why": said(WHY, rows=rows, share=percent(after[node], 1), before=percent(before[node], 1)),
        }
        for node, factor in factors.items()
    ]

    def dotted(table: re.Match[str]) -> str:
        return "".join(f"{table[1]}.{line}\n" for line in table[2].splitlines())

    # `why.en = "..."` as in every other rubric, not a table `[adjust.why]`.
    return re.sub(r"\n\[(?:adjust\.)?(name|why)\]\n((?:[a-z_]+ = .*\n)+)", dotted, tomli_w.dumps(head))
