"""The line over the years: the assessments of one subject in the order of the years they describe."""

from collections.abc import Sequence

from nqpf_assess.engine.instrument import basis_of
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.comparison import History, Year
from nqpf_assess.model.period import are_line, moment_of
from nqpf_assess.model.scorecard import Scorecard

Scored = tuple[str, Answers, Scorecard]
"""The name of a file, its answers and its figures."""


def histories(scored: Sequence[Scored]) -> tuple[History, ...]:
    """Return a line for every subject that is there for several years, each year once, in the order of the files."""
    groups: dict[tuple[str, str], list[Scored]] = {}
    for entry in scored:
        subject = entry[1].subject.called
        groups.setdefault((subject, entry[2].questionnaire.id), []).append(entry)
    found = []
    for (subject, questionnaire), entries in groups.items():
        ordered = sorted(entries, key=lambda entry: moment_of(entry[1].subject.period))
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
