"""Targets, gaps, exact contributions, shares of the shortfall, and gains (scoring.md, section 4)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nqpf_assess.engine.arithmetic import (
    FLOOR,
    Column,
    Mean,
    Rolled,
    below,
    figure,
    floored,
    log_mean,
    mean,
    plain,
    share_of,
    shares,
    shortfall,
    shortfalls,
    targets_rolled,
)
from nqpf_assess.engine.rubric import dimension_targets
from nqpf_assess.engine.scoring import Assessed, effective, scored_here
from nqpf_assess.kinds import kind_of
from nqpf_assess.values import dataclass

NEAR = 1e-7
"""A pillar's gap below this hands its contribution down by the limit of the rule."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Targets and what follows from them, by index of pillar and dimension; None = no figure.

    Sums: T − S(uncapped) = Σ contributions over pillars = Σ over dimensions, signed, exactly.
    """

    targets: Rolled
    pillar_contributions: tuple[float | None, ...]
    dimension_contributions: tuple[float | None, ...]
    pillar_shares: tuple[float | None, ...]
    dimension_shares: tuple[float | None, ...]
    shortfall: float | None
    surplus: float | None


def gaps_of(assessed: Assessed) -> Gaps:
    """Compute targets, contributions and shares."""
    figures, tree = assessed.figures, assessed.instrument.tree
    scores, means, weights = figures.scores, figures.rules.means, figures.weights
    stated = dimension_targets(assessed.instrument, assessed.rubric)
    targets = targets_rolled(plain, tree, stated, scores=scores, weights=weights, means=means)
    over_pillars = _split(
        means.pillars,
        (targets.overall, scores.overall),
        targets=targets.pillars,
        scores=scores.pillars,
        weights=weights.pillars,
    )
    # Each pillar's contribution is handed down to its dimensions: k × the split of the pillar's own gap.
    over_dimensions: list[float | None] = [None] * len(scores.dimensions)
    for pillar, members in enumerate(tree.dimensions):
        k = _handing_factor(assessed, targets, pillar, over_pillars[pillar])
        split = _split(
            means.dimensions,
            (targets.pillars[pillar], scores.pillars[pillar]),
            targets=[targets.dimensions[d] for d in members],
            scores=[scores.dimensions[d] for d in members],
            weights=[weights.dimensions[d] for d in members],
        )
        for dimension, part in zip(members, split, strict=True):
            if scores.overall.has and scores.dimensions[dimension].has:
                over_dimensions[dimension] = 0.0 if part is None or k is None else k * part
    carried = effective(assessed).dimensions
    parts, total = shortfalls(plain, carried, targets.dimensions, scores)
    local = tuple(figure(share_of(plain, part, total)) for part in parts)
    pillar_shares: list[float | None] = []
    for score, members in zip(scores.pillars, tree.dimensions, strict=True):
        inside = [share for d in members if (share := local[d]) is not None]
        pillar_shares.append(sum(inside) if score.has and inside else None)
    # What lies above its target is told apart: it does not make up for what lies below elsewhere.
    above = zip(carried, targets.dimensions, scores.dimensions, strict=True)
    surplus = float(sum(w.value * shortfall(plain, s.value, t.value) for w, t, s in above if s.has))
    return Gaps(
        targets=targets,
        pillar_contributions=over_pillars,
        dimension_contributions=tuple(over_dimensions),
        pillar_shares=tuple(pillar_shares),
        dimension_shares=local,
        shortfall=figure(total),
        surplus=surplus if scores.overall.has else None,
    )


def _split(
    kind: Mean,
    parent: tuple[Column, Column],
    *,
    targets: Sequence[Column],
    scores: Sequence[Column],
    weights: Sequence[float],
) -> tuple[float | None, ...]:
    """Split a parent's gap over its children: w(t − s), or L(T, S) w ln(t/s) under a geometric mean."""
    target, score = parent
    if not score.has:
        return (None,) * len(scores)
    local = shares(plain, [s.has for s in scores], weights)
    parts = zip(targets, scores, local, strict=True)
    if kind == "arithmetic":
        return tuple(w * (t.value - s.value) if s.has else None for t, s, w in parts)
    scale = log_mean(plain, _raised(target.value), _raised(score.value))
    return tuple(
        scale * w * (plain.log(_raised(t.value)) - plain.log(_raised(s.value))) if s.has else None for t, s, w in parts
    )


def _raised(score: float) -> float:
    return max(score, FLOOR)


def _handing_factor(assessed: Assessed, targets: Rolled, pillar: int, contribution: float | None) -> float | None:
    """Return k = c/(t − s) of a pillar; where its gap is below `NEAR`, the limit: w, or L(T, S) w / max(s, 1)."""
    if contribution is None:
        return None
    figures = assessed.figures
    scores, target, score = figures.scores, targets.pillars[pillar].value, figures.scores.pillars[pillar].value
    w = shares(plain, [s.has for s in scores.pillars], figures.weights.pillars)[pillar]
    if figures.rules.means.pillars == "arithmetic":
        return float(w)
    scale = log_mean(plain, _raised(targets.overall.value), _raised(scores.overall.value))
    if min(target, score) >= FLOOR:
        return float(scale * w / log_mean(plain, target, score))
    near = abs(target - score) < NEAR  # the quotient would be 0/0, or all rounding
    return float(scale * w / _raised(score)) if near else contribution / (target - score)


# ---- what one answer, or countermeasures, would add to the overall: before the floors and after


class Gain(NamedTuple):
    """Points that the overall gains. `after_floors`: with the floors applied before and after."""

    points: float
    after_floors: float


NO_GAIN = Gain(0.0, 0.0)


def one_level_up(assessed: Assessed) -> tuple[Gain | None, ...]:
    """Return for each question what is gained if its score rises to the next one it can take.

    Nothing at the top; None where the question or the overall has no score.
    """
    instrument, view = assessed.instrument, assessed.view
    found: list[float | None] = []
    for (id, question), leaf in zip(instrument.questionnaire.questions.items(), assessed.leaves, strict=True):
        value = view.questions[id].value
        if not leaf.answered or value is None:
            found.append(None)
            continue
        steps = kind_of(question).steps(question, value, scored_here(instrument, id, view))
        found.append(min((step for step in steps if below(leaf.score, step)), default=None))
    return _gains(assessed, found)


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

    # One path is enough: what another answer adds is asked of every question, and the rest of the tree stays.
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
