"""How sources are cited: the paper by section, everything else by title, number and year."""

from collections.abc import Sequence

from nqpf_assess.locale import _
from nqpf_assess.report.outline.case import Case

THE_PAPER = _("the paper")
EXPERT = _("expert judgement")


def cited(case: Case, sources: Sequence[str]) -> str:
    """Cite sources in one line, each document once with its sections."""
    sections: dict[str, list[str]] = {}
    for reference in sources:
        id, _, section = reference.partition("#")
        sections.setdefault(id, []).extend([section] if section else [])
    said = case.series(_cite(case, id, found) for id, found in sections.items())
    return said[:1].upper() + said[1:]


def _cite(case: Case, id: str, sections: Sequence[str]) -> str:
    name = name_of(case, id)
    return (
        case.say(_("{title}, section {section}"), title=name, section=case.grammar.list(sections)) if sections else name
    )


def name_of(case: Case, id: str) -> str:
    """Name a source in a citation."""
    source = case.questionnaire.sources.get(id)
    if source is None:
        return id
    if source.kind in ("paper", "expert") and id in ("paper", "expert"):
        return case.say(THE_PAPER if id == "paper" else EXPERT)
    return titled(case, id)


def titled(case: Case, id: str) -> str:
    """Give a source's title with its number and year."""
    source = case.questionnaire.sources[id]
    title = case.tell(source.title)
    year = str(source.year or "")
    rest = [
        part
        for part in (source.number or "", year if all(year not in words for words in source.title.values()) else "")
        if part
    ]
    return case.say(_("{title} ({rest})"), title=title, rest=case.grammar.join(rest)) if rest else title
