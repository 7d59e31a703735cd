"""The line over the years: the assessments of one subject in the order of the years they describe."""

from collections.abc import Mapping, Sequence

from nqpf_assess.model.answers import Answers
from nqpf_assess.model.comparison import History, Year
from nqpf_assess.model.scorecard import Scorecard

Scored = tuple[str, Answers, Scorecard]
"""The name of a file, its answers and its figures."""


def histories(scored: Sequence[Scored]) -> tuple[History, ...]:
    """Return a line for every subject that is there for several years, each year once, in the order of the files."""
    groups: dict[tuple[str, str], list[Scored]] = {}
    for entry in scored:
        subject = entry[1].subject.name.strip()
        groups.setdefault((subject, entry[2].questionnaire.id), []).append(entry)
    return tuple(
        History(subject, questionnaire, _years(entries))
        for (subject, questionnaire), entries in groups.items()
        if subject and _are_years(entries)
    )


def _are_years(entries: Sequence[Scored]) -> bool:
    """Return whether the files are of several years and none of them twice; respondents of one year are no line."""
    periods = [answers.subject.period.strip() for _, answers, _ in entries]
    return len(periods) > 1 and all(periods) and len(set(periods)) == len(periods)


def _years(entries: Sequence[Scored]) -> tuple[Year, ...]:
    ordered = sorted(entries, key=lambda entry: entry[1].subject.period.strip())
    found: list[Year] = []
    before: Scorecard | None = None
    for name, answers, card in ordered:
        found.append(_year(name, answers, card, before))
        before = card
    return tuple(found)


def _year(name: str, answers: Answers, card: Scorecard, before: Scorecard | None) -> Year:
    overall = card.overall
    earlier = before.overall.score if before is not None else None
    pillars: Mapping[str, float | None] = {node.id: node.score for node in card.nodes if node.level == "pillar"}
    return Year(
        name=name,
        period=answers.subject.period.strip(),
        score=overall.score,
        low=overall.low,
        high=overall.high,
        coverage=overall.coverage,
        band=overall.band,
        pillars=pillars,
        change=None if earlier is None or overall.score is None else overall.score - earlier,
        like_before=before is None or (card.questionnaire, card.weights) == (before.questionnaire, before.weights),
    )
