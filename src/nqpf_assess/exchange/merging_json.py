"""A merge as data for machines, format nqpf-merge/1."""

from typing import Any

from nqpf_assess.exchange.comparison_json import plain_value
from nqpf_assess.locale import tell
from nqpf_assess.model.base import canonical
from nqpf_assess.model.merging import Merging

MERGE_FORMAT = "nqpf-merge/1"


def merging_row(merging: Merging, language: str) -> dict[str, Any]:
    """Return a merge as one JSON object, its texts in one language; respondents are named by their place in it."""
    return {
        "format": MERGE_FORMAT,
        "rule": merging.rule,
        "lead": merging.lead,
        "score": merging.score,
        "agreement": merging.agreement,
        "respondents": [
            {
                "name": one.name or None,
                "score": one.score,
                "pillars": dict(one.pillars),
                "answered": one.answered,
                "quick": one.quick,
                "merged": one.merged,
            }
            for one in merging.respondents
        ],
        "settled": [
            {
                "table": one.table,
                "id": one.id,
                "disputed": one.disputed,
                "said": [
                    {
                        "who": list(said.who),
                        "state": said.state,
                        "value": plain_value(said.value),
                        "score": said.score,
                        "given": [
                            {
                                "by": given.by,
                                "year": given.year,
                                "note": given.note,
                                "reason": given.reason,
                                "evidence": list(given.evidence),
                                "confidence": given.confidence,
                            }
                            for given in said.given
                        ],
                    }
                    for said in one.said
                ],
                "stands": one.stands,
                "why": tell(one.why, language),
                "agreement": one.agreement,
                "spread": one.spread,
                "stake": one.stake,
            }
            for one in merging.settled
        ],
        "agenda": [one.id for one in merging.agenda],
        "unknown": [one.id for one in merging.unknown],
        "dropped": {
            "override": [
                {"count": count} | {key: canonical(getattr(change, key)) for key in ("node", "factor", "target", "why")}
                for change, count in merging.overrides_dropped
            ],
            "plan": [{"id": id, "count": count} for id, count in merging.measures_dropped],
        },
    }
