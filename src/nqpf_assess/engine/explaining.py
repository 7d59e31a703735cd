"""The arithmetic of one figure, part by part, down to the answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from nqpf_assess.engine import plain
from nqpf_assess.engine.arithmetic import Column, Mean, entering, shares
from nqpf_assess.engine.scoring import Assessed, scored_here
from nqpf_assess.kinds.kind import Here, Value

OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a mean: its weight among what has a score, its score, and what it adds.

    Under a geometric mean `adds` is weight × ln(score), scores below 1 raised to 1.
    """

    id: str
    weight: float
    score: float | None
    adds: float | None
    state: str


@dataclass(frozen=True, slots=True)
class MeanExplained:
    """A pillar, dimension or the overall as the mean of its parts."""

    id: str
    mean: Mean
    terms: tuple[Term, ...]
    score: float | None
    coverage: float | None
    minimum_coverage: float


@dataclass(frozen=True, slots=True)
class AnswerExplained:
    """A question: what was answered, and what decides about its score beside the answer."""

    id: str
    kind: str
    state: str
    value: Value | None
    score: float | None
    here: Here


Explained = MeanExplained | AnswerExplained


def explain(assessed: Assessed, node: str) -> tuple[Explained, ...]:
    """Explain a node and everything below it, parents first. `overall` explains the whole."""
    questionnaire = assessed.instrument.questionnaire
    if node in questionnaire.questions:
        return (explain_answer(assessed, node),)
    below = parts_of(assessed, node)
    return (explain_mean(assessed, node), *(line for part in below for line in explain(assessed, part)))


def parts_of(assessed: Assessed, node: str) -> tuple[str, ...]:
    """Name the parts of a node in file order."""
    questionnaire = assessed.instrument.questionnaire
    if node == OVERALL:
        return assessed.instrument.pillars
    return questionnaire.dimensions_of.get(node) or questionnaire.questions_of.get(node, ())


def explain_mean(assessed: Assessed, node: str) -> MeanExplained:
    """Explain one mean."""
    figures, instrument = assessed.figures, assessed.instrument
    kind, columns, coverage, weights, own = _level(assessed, node)
    members = [instrument.place[part] for part in parts_of(assessed, node)]
    local = shares(plain, [columns[m].has for m in members], [weights[m] for m in members])
    terms = tuple(
        _term(assessed, part, columns[m], weight, kind)
        for part, m, weight in zip(parts_of(assessed, node), members, local, strict=True)
    )
    score = own.value if own.has else None
    return MeanExplained(
        node, kind, terms, score, coverage.value if coverage.has else None, figures.rules.minimum_coverage
    )


def _level(assessed: Assessed, node: str) -> tuple[Mean, Sequence[Column], Column, Sequence[float], Column]:
    figures, place = assessed.figures, assessed.instrument.place
    means, scores, coverage, weights = figures.rules.means, figures.scores, figures.coverage, figures.weights
    if node == OVERALL:
        return means.pillars, scores.pillars, coverage.overall, weights.pillars, scores.overall
    index = place[node]
    if node in assessed.instrument.questionnaire.pillars:
        return means.dimensions, scores.dimensions, coverage.pillars[index], weights.dimensions, scores.pillars[index]
    return means.questions, scores.questions, coverage.dimensions[index], weights.questions, scores.dimensions[index]


def _term(assessed: Assessed, part: str, column: Column, weight: float, kind: Mean) -> Term:
    score = column.value if column.has else None
    adds = None if score is None else weight * entering(plain, kind, score)
    seen = assessed.view.questions.get(part)
    state = seen.state if seen else "scored" if column.has else "no_score"
    return Term(part, weight, score, adds, state)


def explain_answer(assessed: Assessed, question: str) -> AnswerExplained:
    """Explain one question's score."""
    asked = assessed.instrument.questionnaire.questions[question]
    seen, place = assessed.view.questions[question], assessed.instrument.place[question]
    scored = assessed.figures.scores.questions[place]
    return AnswerExplained(
        id=question,
        kind=asked.kind,
        state=seen.state,
        value=seen.value,
        score=scored.value if scored.has else None,
        here=scored_here(assessed.instrument, question, assessed.view),
    )
