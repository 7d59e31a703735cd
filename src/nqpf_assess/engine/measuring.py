"""What one set of weights and rules makes of the leaves, for one respondent or many (scoring.md, sections 1 to 4).

Written over the array namespace, like `arithmetic`: the scores of one assessment and those of a whole table are worked
out by these functions alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nqpf_assess.engine.arithmetic import (
    TOLERANCE,
    Column,
    Figures,
    LevelWeights,
    Mean,
    Means,
    Namespace,
    Rolled,
    Tree,
    averaged,
    below,
    both,
    covered,
    entering,
    lifted,
    roll_up_dimensions,
)

COUNTING = Means("arithmetic", "arithmetic", "arithmetic")
"""Coverage is a share of weights, so it is always averaged arithmetically."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A question as the arithmetic sees it: masks, its score, and the range that it can still take (0 to 100).

    The score is 0.0 where it is not answered, the range where it does not apply: they carry nothing there.
    """

    answered: Figures
    applicable: Figures
    score: Figures
    low: Figures
    high: Figures


class ByDimension(NamedTuple):
    """What answers and weights of questions make of each dimension, whatever weighs above it and gates it."""

    coverage: Sequence[Column]
    scores: Sequence[Column]
    low: Sequence[Column]
    high: Sequence[Column]


def by_dimension(
    xp: Namespace, tree: Tree, leaf: Callable[[int], Leaf], *, weights: Sequence[Figures], mean: Mean
) -> ByDimension:
    """Average the questions of each dimension: over those that are answered, the range over all that apply.

    `leaf`: gives a question by its index; each is asked for once, and let go of as soon as it is added.
    """
    found: list[list[Column]] = []
    for members in tree.questions:
        there: Figures = 0.0
        known: Figures = 0.0
        totals: list[Figures] = [0.0, 0.0, 0.0]
        for question in members:
            weight, here = weights[question], leaf(question)
            there = xp.added(there, weight, here.applicable)
            known = xp.added(known, weight, here.answered)
            totals = [
                xp.added(total, weight, entering(xp, mean, value))
                for total, value in zip(totals, (here.score, here.low, here.high), strict=True)
            ]
        score, low, high = ((mean, total) for total in totals)
        found.append(
            [
                *averaged(xp, [("arithmetic", known)], there),
                *averaged(xp, [score], known),
                *averaged(xp, [low, high], there),
            ]
        )
    return ByDimension(*zip(*found, strict=True)) if found else ByDimension((), (), (), ())


def switched_on(xp: Namespace, tree: Tree, weights: LevelWeights) -> list[Figures]:
    """Return for each dimension whether it and its pillar carry a weight (1.0) or not (0.0)."""
    found: list[Figures] = [0.0] * len(weights.dimensions)
    for pillar, dimensions in enumerate(tree.dimensions):
        for dimension in dimensions:
            found[dimension] = xp.mask((weights.pillars[pillar] > 0) & (weights.dimensions[dimension] > 0))
    return found


def lit(
    xp: Namespace, tree: Tree, leaves: Sequence[Leaf], weights: LevelWeights
) -> tuple[list[Figures], list[Figures]]:
    """Return where each question applies, and where it has a score, with what is switched off left out."""
    there: list[Figures] = [0.0] * len(leaves)
    for members, above in zip(tree.questions, switched_on(xp, tree, weights), strict=True):
        for question in members:
            there[question] = both(above, xp.mask(weights.questions[question] > 0))
    return (
        [both(leaf.applicable, on) for leaf, on in zip(leaves, there, strict=True)],
        [both(leaf.answered, on) for leaf, on in zip(leaves, there, strict=True)],
    )


def coverage_and_scores(
    xp: Namespace, tree: Tree, dimensions: ByDimension, *, weights: LevelWeights, means: Means, minimum: float
) -> tuple[Rolled, Rolled]:
    """Roll coverage up, and the scores through its gates; questions are left out."""
    reached = _where(dimensions.coverage, switched_on(xp, tree, weights))
    coverage = roll_up_dimensions(xp, tree, reached, weights=weights, means=COUNTING)
    gates = covered(xp, coverage, minimum)
    gated = _where(dimensions.scores, [gate.has for gate in gates.dimensions])
    return coverage, roll_up_dimensions(xp, tree, gated, weights=weights, means=means, gates=gates)


def low_and_high(
    xp: Namespace, tree: Tree, dimensions: ByDimension, *, weights: LevelWeights, means: Means
) -> tuple[Rolled, Rolled]:
    """Roll up the lowest and the highest scores that can still be reached; questions are left out."""
    on = switched_on(xp, tree, weights)
    low, high = (
        roll_up_dimensions(xp, tree, _where(columns, on), weights=weights, means=means)
        for columns in (dimensions.low, dimensions.high)
    )
    return low, high


def _where(columns: Sequence[Column], on: Sequence[Figures]) -> list[Column]:
    """Take columns only where something is on."""
    return [Column(column.value, both(column.has, there)) for column, there in zip(columns, on, strict=True)]


def targets_rolled(
    xp: Namespace, tree: Tree, targets: Sequence[Figures], *, scores: Rolled, weights: LevelWeights, means: Means
) -> Rolled:
    """Aggregate the dimensions' targets by the same rules and weights as the scores, over what has a score."""
    columns = [Column(target, score.has) for target, score in zip(targets, scores.dimensions, strict=True)]
    return roll_up_dimensions(xp, tree, columns, weights=weights, means=means, gates=scores)


def shortfall(xp: Namespace, target: Figures, score: Figures) -> Figures:
    """Return how far a score lies below its target; 0 at or above it, and closer than the tolerance."""
    return xp.where(below(score, target), target - score, 0.0)


def shortfalls(
    xp: Namespace, carried: Sequence[Column], targets: Sequence[Column], scores: Rolled
) -> tuple[list[Column], Column]:
    """Return each dimension's effective weight × shortfall, and their sum; none without an overall score."""
    there = scores.overall.has
    parts = [
        Column(w.value * shortfall(xp, t.value, s.value), s.has * there)
        for w, t, s in zip(carried, targets, scores.dimensions, strict=True)
    ]
    total: Figures = 0.0
    for value, has in parts:
        total = total + xp.where(has, value, 0.0)
    return parts, Column(total, there)


def share_of(xp: Namespace, part: Column, total: Column) -> Column:
    """Return a part's share of the shortfall; none where there is no shortfall."""
    some = 1.0 * (total.value >= TOLERANCE)
    return Column(part.value / xp.where(some, total.value, 1.0), part.has * total.has * some)


def is_needed(
    xp: Namespace,
    line: float,
    targets: Sequence[Figures],
    scores: Sequence[Column],
    at_least: float | None = None,
) -> Figures:
    """Return whether one of the dimensions a measure lifts scores below both its trigger and that dimension's target.

    `at_least`: the score from which the measure is meant, for places that are past the basics.
    """
    found: Figures = 0.0
    for target, score in zip(targets, scores, strict=True):
        wanting = score.has * below(score.value, xp.minimum(line, target))
        if at_least is not None:
            wanting = wanting * (1.0 - below(score.value, at_least))
        found = xp.maximum(found, 1.0 * wanting)
    return found


def are_eligible(
    order: Sequence[str],
    needs: Mapping[str, Sequence[str]],
    wanted: Mapping[str, Figures],
    suited: Mapping[str, Figures],
) -> dict[str, Figures]:
    """Say which measures may be taken up: needed, suited, and every prerequisite done or itself eligible.

    `order`: prerequisites first. One that is not needed counts as done.
    """
    found: dict[str, Figures] = {}
    for id in order:
        found[id] = 1.0 * wanted[id] * suited[id]
        for first in needs[id]:
            found[id] = found[id] * (1.0 - wanted[first] * (1.0 - found[first]))
    return found


def with_lifts(
    xp: Namespace,
    tree: Tree,
    points: Mapping[int, Sequence[float]],
    *,
    scores: Rolled,
    targets: Sequence[Figures],
    weights: LevelWeights,
    means: Means,
    overlap: float,
) -> Rolled:
    """Re-score pillars and the overall with dimensions (by index) lifted by the points that measures can add."""
    columns = [
        Column(lifted(xp, score.value, target, points=points[index], overlap=overlap), score.has)
        if index in points
        else score
        for index, (score, target) in enumerate(zip(scores.dimensions, targets, strict=True))
    ]
    return roll_up_dimensions(xp, tree, columns, weights=weights, means=means, gates=scores)
