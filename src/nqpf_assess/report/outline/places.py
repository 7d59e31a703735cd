"""How a report names whom it is about: the county, 我县, the firm, 本企业; and who may decide what there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.locale import Text, _, _c

RANKS = ("firm", "county", "city", "province", "state")
"""Who may decide, from below."""

TIER_OF: Mapping[str, str] = {
    "county": "county",
    "district": "county",
    "dev_zone": "county",
    "prefecture": "city",
    "sub_provincial": "city",
    "province": "province",
}
"""The tier at which a place of each kind decides (options of the fact `tier`)."""

PLACE_WORDS: Mapping[str, Text] = {
    "county": _("the county"),
    "district": _("the district"),
    "dev_zone": _("the zone"),
    "prefecture": _("the city"),
    "sub_provincial": _("the city"),
    "province": _("the province"),
}
SOMEWHERE = _("the place")
FIRM = _("the firm")
OF_A_PLACE: dict[str, Text] = {
    "unit": _("bureau"),
    "units": _("bureaus"),
    "conditions": _("local conditions"),
    "Conditions": _("Local conditions"),
    "facts_word": _("facts"),
    "scheme": _("local rubric"),
    "Scheme": _("Local rubric"),
    "tailoring": _c("tailoring", "local conditions"),
}
OF_A_FIRM: dict[str, Text] = {
    "unit": _("department"),
    "units": _("departments"),
    "conditions": _("the firm's conditions"),
    "Conditions": _("The firm's conditions"),
    "facts_word": _c("firm", "facts"),
    "scheme": _("tailored rubric"),
    "Scheme": _("Tailored rubric"),
    "tailoring": _c("tailoring", "the firm's conditions"),
}
CALLED: Mapping[str, Text] = {
    "县": _("the county"),
    "市": _("the city"),
    "区": _("the district"),
    "旗": _("the banner"),
    "州": _("the prefecture"),
    "盟": _("the league"),
    "省": _("the province"),
}
"""What a place calls itself by the last character of its name: a county-level city is a city to its people."""

REMARK = re.compile(r"\s*[（(][^（()）]*[)）]\s*$")
"""A remark in brackets behind a name, which is no part of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """`names` fill `{place}`, `{unit}` and the like in texts; `tier` is the subject's own rank, "" where not known."""

    names: Mapping[str, Text]
    tier: str


def place_of(assessed: Assessed) -> Place:
    """Find the words for the subject of an assessment."""
    if assessed.instrument.questionnaire.subject == "firm":
        return Place(_names(FIRM) | OF_A_FIRM, "firm")
    seen = assessed.view.facts.get("tier")
    kind = seen.value if seen is not None and seen.state == "answered" and isinstance(seen.value, str) else ""
    called = PLACE_WORDS.get(kind, SOMEWHERE)
    if kind in PLACE_WORDS and kind != "dev_zone":
        called = CALLED.get(REMARK.sub("", assessed.answers.subject.name).strip()[-1:], called)
    return Place(_names(called) | OF_A_PLACE, TIER_OF.get(kind, ""))


def _names(place: Text) -> dict[str, Text]:
    raised = {language: said[:1].upper() + said[1:] for language, said in place.items()}
    return {"place": place, "Place": raised}
