"""The line over the years: the assessments of one subject in the order of the years they describe."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from nqpf_assess.engine.instrument import basis_of
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.comparison import History, Year
from nqpf_assess.model.period import are_line, comes_before
from nqpf_assess.model.scorecard import Scorecard

Scored = tuple[str, Answers, Scorecard]
"""The name of a file, its answers and its figures."""


def histories(scored: Sequence[Scored]) -> tuple[History, ...]:
    """Return a line for every subject that is there for several years, each year once, in the order of the files."""
    found = []
    for (subject, questionnaire), ordered in _by_subject(scored).items():
        # Respondents of one year are no line, nor is what names a year beside what names none.
        if subject and are_line([answers.subject.period for _, answers, _ in ordered]):
            years: list[Year] = []
            before: Scorecard | None = None
            basis = ""
            for name, answers, card in ordered:
                basis_before, basis = basis, basis_of(card.questionnaire, card.weights, answers)
                overall, earlier = card.overall, None if before is None else before.overall.score
                year = Year(
                    name=name,
                    period=answers.subject.period.strip(),
                    score=overall.score,
                    low=overall.low,
                    high=overall.high,
                    coverage=overall.coverage,
                    band=overall.band,
                    pillars={node.id: node.score for node in card.nodes if node.level == "pillar"},
                    change=None if earlier is None or overall.score is None else overall.score - earlier,
                    like_before=before is None or basis == basis_before,
                )
                years.append(year)
                before = card
            found.append(History(subject, questionnaire, tuple(years)))
    return tuple(found)


def without_order(scored: Sequence[Scored]) -> Iterator[tuple[Scored, Scored]]:
    """Yield two files for each subject of several times that has no line: of one time, or neither known to be first.

    Of what names no time nobody expects a line.
    """
    for (subject, _), ordered in _by_subject(scored).items():
        if subject and len({answers.subject.time for _, answers, _ in ordered}) > 1:
            periods = [answers.subject.period for _, answers, _ in ordered]
            pairs = zip(pairwise(ordered), pairwise(periods), strict=True)
            yield from [pair for pair, told in pairs if all(map(str.strip, told)) and not comes_before(*told)][:1]


def _by_subject(scored: Sequence[Scored]) -> Mapping[tuple[str, str], Sequence[Scored]]:
    """Return the assessments of each subject by one questionnaire, in the order of the times they describe."""
    groups: dict[tuple[str, str], list[Scored]] = {}
    for entry in scored:
        groups.setdefault((entry[1].subject.called, entry[2].questionnaire.id), []).append(entry)
    for entries in groups.values():
        entries.sort(key=lambda entry: entry[1].subject.time)
    return groups
