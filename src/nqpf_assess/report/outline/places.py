"""How a report names whom it is about: the county, 我县, the firm, 本企业; and who may decide what there."""

from collections.abc import Mapping
from dataclasses import dataclass

from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.model.text import Text, text

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
    "county": text(en="the county", zh="我县"),
    "district": text(en="the district", zh="我区"),
    "dev_zone": text(en="the zone", zh="我区"),
    "prefecture": text(en="the city", zh="我市"),
    "sub_provincial": text(en="the city", zh="我市"),
    "province": text(en="the province", zh="我省"),
}
SOMEWHERE = text(en="the place", zh="本地")
FIRM = text(en="the firm", zh="本企业")
OF_A_PLACE: dict[str, Text] = {
    "unit": text(en="bureau", zh="单位"),
    "units": text(en="bureaus", zh="单位"),
    "conditions": text(en="local conditions", zh="本地条件"),
    "Conditions": text(en="Local conditions", zh="本地条件"),
    "facts_word": text(en="facts", zh="地方情况"),
    "scheme": text(en="local rubric", zh="地方方案"),
    "Scheme": text(en="Local rubric", zh="地方方案"),
    "tailoring": text(en="local conditions", zh="因地制宜"),
}
OF_A_FIRM: dict[str, Text] = {
    "unit": text(en="department", zh="部门"),
    "units": text(en="departments", zh="部门"),
    "conditions": text(en="the firm's conditions", zh="企业条件"),
    "Conditions": text(en="The firm's conditions", zh="企业条件"),
    "facts_word": text(en="facts", zh="企业情况"),
    "scheme": text(en="tailored rubric", zh="适用方案"),
    "Scheme": text(en="Tailored rubric", zh="适用方案"),
    "tailoring": text(en="the firm's conditions", zh="因企制宜"),
}
ENDINGS = "县市区旗州盟省"
"""Last characters of a place's name by which it calls itself."""


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
    called = _as_named(PLACE_WORDS.get(kind, SOMEWHERE), assessed.answers.subject.name, known=kind in PLACE_WORDS)
    return Place(_names(called) | OF_A_PLACE, TIER_OF.get(kind, ""))


def _as_named(words: Text, name: str, *, known: bool) -> Text:
    """Call a place what its own name calls it: a county-level city is 我市."""
    ending = name.strip()[-1:]
    return {**words, "zh": f"我{ending}"} if known and ending and ending in ENDINGS else words


def _names(place: Text) -> dict[str, Text]:
    raised = {language: said[:1].upper() + said[1:] for language, said in place.items()}
    return {"place": place, "Place": raised}
