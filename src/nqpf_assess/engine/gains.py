"""What one answer, or countermeasures, would add to the overall: before the floors and after (scoring.md, 4 and 7)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nqpf_assess.engine import plain
from nqpf_assess.engine.arithmetic import Column, Mean, Rolled, below, floored, mean
from nqpf_assess.engine.gaps import next_scores
from nqpf_assess.engine.rubric import dimension_targets
from nqpf_assess.engine.scoring import Assessed


class Gain(NamedTuple):
    """Points that the overall gains. `after_floors`: with the floors applied before and after."""

    points: float
    after_floors: float


NO_GAIN = Gain(0.0, 0.0)


def one_level_up(assessed: Assessed) -> tuple[Gain | None, ...]:
    """Return for each question what is gained if its score rises to the next one it can take.

    Nothing at the top; None where the question or the overall has no score.
    """
    return _gains(assessed, next_scores(assessed))


def to_target(assessed: Assessed) -> tuple[Gain | None, ...]:
    """Return for each question what is gained if its score alone rises to its dimension's target.

    Nothing where it is there; None where the question or the overall has no score. Compares questions of every kind.
    """
    instrument = assessed.instrument
    targets = dimension_targets(instrument, assessed.rubric)
    asked = instrument.questionnaire.questions.values()
    wanted = [targets[instrument.place[question.dimension]] for question in asked]
    return _gains(
        assessed,
        [target if below(leaf.score, target) else None for target, leaf in zip(wanted, assessed.leaves, strict=True)],
    )


def _gains(assessed: Assessed, scores: Sequence[float | None]) -> tuple[Gain | None, ...]:
    figures = assessed.figures
    if not figures.scores.overall.has:
        return (None,) * len(scores)
    found: list[Gain | None] = []
    for index, (scored, score) in enumerate(zip(figures.scores.questions, scores, strict=True)):
        rolled = None if score is None or not scored.has else with_answer(assessed, index, score)
        found.append(None if not scored.has else NO_GAIN if rolled is None else gain_of_scores(assessed, rolled))
    return tuple(found)


def with_answer(assessed: Assessed, question: int, score: float) -> Rolled | None:
    """Re-score along the one path that changes: its dimension, its pillar, the overall. States and coverage stay.

    None where the question carries nothing.
    """
    instrument, figures = assessed.instrument, assessed.figures
    scores, weights, means, tree = figures.scores, figures.weights, figures.rules.means, instrument.tree
    asked = instrument.questionnaire.questions[instrument.questions[question]]
    dimension = instrument.place[asked.dimension]
    pillar = instrument.place[instrument.questionnaire.dimensions[asked.dimension].pillar]
    if not scores.dimensions[dimension].has:
        return None

    def raised(
        kind: Mean, columns: Sequence[Column], members: Sequence[int], at: Sequence[float], changed: Mapping[int, float]
    ) -> float:
        parts = [Column(changed[m], 1.0) if m in changed else columns[m] for m in members]
        return float(mean(plain, kind, parts, [at[m] for m in members]).value)

    members = tree.questions[dimension]
    in_dimension = raised(means.questions, scores.questions, members, weights.questions, {question: score})
    dimensions = list(scores.dimensions)
    dimensions[dimension] = Column(in_dimension, 1.0)
    if not scores.pillars[pillar].has:  # it carries nothing further up, but a floor may stand on the dimension
        return Rolled(scores.overall, scores.pillars, dimensions, ())
    members = tree.dimensions[pillar]
    in_pillar = raised(means.dimensions, scores.dimensions, members, weights.dimensions, {dimension: in_dimension})
    pillars = list(scores.pillars)
    pillars[pillar] = Column(in_pillar, 1.0)
    every = range(len(pillars))
    overall = raised(means.pillars, scores.pillars, every, weights.pillars, {pillar: in_pillar})
    return Rolled(Column(overall, 1.0), pillars, dimensions, ())


def gain_of_scores(assessed: Assessed, scores: Rolled) -> Gain:
    """Compare other scores of pillars, dimensions and the overall with the present ones, before and after floors."""
    figures = assessed.figures
    total, _ = floored(plain, scores, figures.rules.floor_rules)
    return Gain(float(scores.overall.value - figures.scores.overall.value), float(total.value - figures.total.value))
