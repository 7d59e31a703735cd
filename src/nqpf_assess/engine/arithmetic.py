"""The arithmetic of the field, written once: weights, means, roll-up, coverage, floors, targets, lifts.

Every function takes a small array namespace `xp`: plain Python numbers for one respondent (`plain`), numpy columns for
a whole table (`engine.columns`). A figure is a `Column`: its value and a mask that is 1.0 where it exists and 0.0 where
it does not; what is the same for all respondents stays a scalar. Sums run in file order, child after child, so a
respondent's figures never depend on its neighbours. Reference for every formula: scoring.md.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from nqpf_assess.model.base import summed

Figures = Any
"""A number for one respondent, or a column of numbers for many."""

Mean = Literal["arithmetic", "geometric"]
MEANS: tuple[Mean, ...] = ("arithmetic", "geometric")

TOLERANCE = 1e-9
"""Computed figures closer than this count as equal wherever one meets a threshold or another."""

ROUNDING = 1e-12
"""What rounding may add to or take from an average of scores."""

FLOOR = 1.0
"""Each score is raised to this as it enters a geometric mean."""

TRUE, UNKNOWN, FALSE = 1.0, 0.5, 0.0


class Namespace(Protocol):
    """What the arithmetic asks of its numbers, and how plain Python numbers do it (`engine.columns`: numpy's way)."""

    def where(self, mask: Figures, yes: Figures, no: Figures, /) -> Figures:
        """Pick by mask."""
        return yes if mask else no

    def minimum(self, left: Figures, right: Figures, /) -> Figures:
        """Return the smaller of two."""
        return left if left <= right else right

    def maximum(self, left: Figures, right: Figures, /) -> Figures:
        """Return the larger of two."""
        return left if left >= right else right

    def log(self, value: Figures, /) -> Figures:
        """Return the natural logarithm of positive numbers."""
        ...

    def exp(self, value: Figures, /) -> Figures:
        """Invert `log`."""
        ...

    def mask(self, holds: Figures, /) -> Figures:
        """Return 1.0 where something holds, 0.0 elsewhere."""
        return 1.0 if holds else 0.0

    def added(self, total: Figures, weight: Figures, value: Figures, /) -> Figures:
        """Return total + weight × value; the total that is given is used up."""
        return total + weight * value

    def unrounded(self, score: Figures, /) -> Figures:
        """Return the whole number where only `ROUNDING` keeps a score from it; the score that is given is used up."""
        whole = float(round(score))
        return whole if abs(score - whole) < ROUNDING else score


class Plain(Namespace):
    """Plain Python numbers: one respondent's figures, numpy not needed."""

    log = staticmethod(math.log)
    exp = staticmethod(math.exp)


plain: Namespace = Plain()


class Column(NamedTuple):
    """A figure and where it exists (1.0) or not (0.0)."""

    value: Figures
    has: Figures


NOTHING = Column(0.0, 0.0)


class Tree(NamedTuple):
    """Which dimensions (by index) each pillar has, and which questions each dimension has, in file order."""

    dimensions: tuple[tuple[int, ...], ...]
    questions: tuple[tuple[int, ...], ...]


class LevelWeights(NamedTuple):
    """Final weights of every level, in any positive unit; 0 = switched off."""

    pillars: Sequence[Figures]
    dimensions: Sequence[Figures]
    questions: Sequence[Figures]


class Means(NamedTuple):
    """How scores are averaged: across pillars to the overall, across dimensions to a pillar, across questions."""

    pillars: Mean
    dimensions: Mean
    questions: Mean


class Rolled(NamedTuple):
    """Figures of every level."""

    overall: Column
    pillars: Sequence[Column]
    dimensions: Sequence[Column]
    questions: Sequence[Column]

    @property
    def levels(self) -> tuple[Sequence[Column], Sequence[Column], Sequence[Column]]:
        """Those of the pillars, of the dimensions, of the questions."""
        return self.pillars, self.dimensions, self.questions


def figure(column: Column) -> float | None:
    """Return one respondent's figure, None where there is none."""
    return float(column.value) if column.has else None


def below(value: Figures, line: Figures) -> Figures:
    """Return where a computed figure lies below a line; closer than the tolerance is not below."""
    return value - line <= -TOLERANCE


def both(left: Figures, right: Figures) -> Figures:
    """Return the mask of what stands in two masks; one that is the same in all rows costs nothing."""
    if isinstance(right, float):
        return left if right else 0.0
    return right if isinstance(left, float) and left else left * right


def entering(xp: Namespace, kind: Mean, score: Figures) -> Figures:
    """Return what a score enters a mean with: itself, or the logarithm of it floored at 1."""
    return xp.log(xp.maximum(score, FLOOR)) if kind == "geometric" else score


def leaving(xp: Namespace, kind: Mean, average: Figures) -> Figures:
    """Return the score that an average of what entered stands for.

    An average that only rounding keeps from a whole number is that number: best answers give exactly 100.
    """
    return xp.unrounded(xp.exp(average) if kind == "geometric" else average)


def mean(xp: Namespace, kind: Mean, parts: Sequence[Column], weights: Sequence[Figures]) -> Column:
    """Average the parts that exist, their weights renormalised over them; nothing exists: no mean.

    Geometric: Π s^w, each s floored at 1 as it enters (OECD/JRC Handbook on Constructing Composite Indicators, 2008).
    """
    total: Figures = 0.0
    mass: Figures = 0.0
    for (value, has), weight in zip(parts, weights, strict=True):
        carried = weight * has
        total = xp.added(total, carried, entering(xp, kind, value))
        mass = mass + carried
    return averaged(xp, [(kind, total)], mass)[0]


def averaged(xp: Namespace, totals: Sequence[tuple[Mean, Figures]], mass: Figures) -> list[Column]:
    """Divide weighted sums of what entered means by the mass of the weights; no mass: no mean."""
    some = mass > 0
    divisor, has = xp.where(some, mass, 1.0), xp.mask(some)
    return [Column(leaving(xp, kind, total / divisor), has) for kind, total in totals]


def shares(xp: Namespace, has: Sequence[Figures], weights: Sequence[Figures]) -> list[Figures]:
    """Renormalise weights over the siblings that exist; 0 for the others, and for all where none exists."""
    mass: Figures = 0.0
    for there, weight in zip(has, weights, strict=True):
        mass = mass + there * weight
    divisor = xp.where(mass > 0, mass, 1.0)
    return [there * weight / divisor for there, weight in zip(has, weights, strict=True)]


def roll_up(xp: Namespace, tree: Tree, questions: Sequence[Column], *, weights: LevelWeights, means: Means) -> Rolled:
    """Average question figures up to dimensions, pillars and the overall."""
    dimensions = [
        mean(xp, means.questions, [questions[q] for q in members], [weights.questions[q] for q in members])
        for members in tree.questions
    ]
    return roll_up_dimensions(xp, tree, dimensions, weights=weights, means=means)._replace(questions=questions)


def roll_up_dimensions(
    xp: Namespace,
    tree: Tree,
    dimensions: Sequence[Column],
    *,
    weights: LevelWeights,
    means: Means,
    gates: Rolled | None = None,
) -> Rolled:
    """Average dimension figures up to pillars and the overall.

    `gates`: where a node's column does not exist there, the node gets no figure and carries nothing upwards.
    """
    pillars = [
        mean(xp, means.dimensions, [dimensions[d] for d in members], [weights.dimensions[d] for d in members])
        for members in tree.dimensions
    ]
    if gates is not None:
        pillars = gated(pillars, gates.pillars)
    overall = mean(xp, means.pillars, pillars, weights.pillars)
    if gates is not None:
        (overall,) = gated([overall], [gates.overall])
    return Rolled(overall, pillars, dimensions, ())


def gated(columns: Sequence[Column], gates: Sequence[Column]) -> list[Column]:
    """Take figures only where their gates exist."""
    return [Column(column.value, both(column.has, gate.has)) for column, gate in zip(columns, gates, strict=True)]


def covered(xp: Namespace, rolled: Rolled, minimum: float) -> Rolled:
    """Turn coverages into gates: a node exists where its coverage reaches the minimum."""
    overall, pillars, dimensions = (
        [Column(c.value, c.has * xp.mask(c.value - minimum > -TOLERANCE)) for c in columns]
        for columns in ([rolled.overall], rolled.pillars, rolled.dimensions)
    )
    return Rolled(overall[0], pillars, dimensions, rolled.questions)


def path_shares(xp: Namespace, tree: Tree, rolled: Rolled, weights: LevelWeights) -> Rolled:
    """Return each node the share of the overall it carries: weights renormalised among what exists, along its path.

    The result's values are shares (0 where the node or anything above it does not exist); masks are all 1.
    """
    levels: list[list[Column]] = []
    above = [Column(rolled.overall.has, 1.0)]
    for groups, columns, given in (
        ((range(len(rolled.pillars)),), rolled.pillars, weights.pillars),
        (tree.dimensions, rolled.dimensions, weights.dimensions),
        (tree.questions, rolled.questions, weights.questions),
    ):
        found = [Column(0.0, 1.0)] * len(columns)
        for parent, members in zip(above, groups, strict=True) if columns else ():  # questions may be left out
            local = shares(xp, [columns[m].has for m in members], [given[m] for m in members])
            for member, share in zip(members, local, strict=True):
                found[member] = Column(parent.value * share, 1.0)
        levels.append(found)
        above = found
    return Rolled(Column(rolled.overall.has, 1.0), *levels)


class FloorRule(NamedTuple):
    """Non-substitution: where the node scores below `below`, the overall is at most `cap`."""

    id: str
    level: Literal["pillar", "dimension"]
    place: int
    below: float
    cap: float


def floored(xp: Namespace, rolled: Rolled, floors: Sequence[FloorRule]) -> tuple[Column, Mapping[str, Figures]]:
    """Pass the overall through the floors, judged by the node figures beside it; give also where each one fired."""
    value, has = rolled.overall
    fired: dict[str, Figures] = {}
    for floor in floors:
        node = (rolled.pillars if floor.level == "pillar" else rolled.dimensions)[floor.place]
        fired[floor.id] = node.has * below(node.value, floor.below)
        value = xp.where(fired[floor.id] > 0, xp.minimum(value, floor.cap), value)
    return Column(value, has), fired


def log_mean(xp: Namespace, left: Figures, right: Figures) -> Figures:
    """Return the logarithmic mean of two positive figures, L(a, a) = a (Ang 2005, Energy Policy 33).

    Near-equal figures go through the series of r / artanh r, since their logarithm's ratio has lost its digits.
    """
    r = (left - right) / (left + right)
    near = xp.maximum(r, -r) < 1e-3
    series = 1.0 - r * r / 3.0 - 4.0 * r * r * r * r / 45.0
    half = xp.where(near, 1.0, 0.5 * xp.log(left / right))
    return (left + right) / 2.0 * xp.where(near, series, r / half)


def lifted(xp: Namespace, score: Figures, target: Figures, *, points: Sequence[Figures], overlap: float) -> Figures:
    """Lift a dimension's score by several measures: the largest in full, each further one × overlap, to the target."""
    largest: Figures = 0.0
    total: Figures = 0.0
    for point in points:
        largest = xp.maximum(largest, point)
        total = total + point
    raised = xp.minimum(score + largest + overlap * (total - largest), target)
    return xp.where(below(score, target), raised, score)


# ---- final weights and targets, out of what profiles say and persons correct (scoring.md, section 3): a rubric is one
# or more profiles with shares that sum to 1; with one profile every figure is that of the profile, to the last digit


FULL_TARGET = 100.0

Correction = tuple[Figures, float]
"""Where a factor or target applies (1.0 or 0.0), and the factor or target."""


LEAST, MOST = 1e-100, 1e100
"""Bounds of a weight that is not 0; a hundred digits apart, no sum of siblings sees the smaller one any more."""


def corrected(xp: Namespace, weight: Figures, corrections: Sequence[Correction]) -> Figures:
    """Multiply a weight by the factors of the corrections, in order, where each one applies.

    However many there are, the weight stays a number that can be summed with its siblings, and is 0 only by a factor 0.
    """
    for applies, factor in corrections:
        product = weight * xp.where(applies, factor, 1.0)
        weight = xp.where(product > 0, xp.minimum(xp.maximum(product, LEAST), MOST), product)
    return weight


def blended_weight(xp: Namespace, weight: Figures, profiles: Sequence[tuple[float, Sequence[Correction]]]) -> Figures:
    """Compute weight × Π_p (Π factors of profile p)^share_p: the weighted geometric mean of what the profiles say.

    A profile that switches a node off (factor 0) is left out for that node, the shares of the others scaled to 1; the
    node is off only where all switch it off.
    """
    if len(profiles) == 1:
        return corrected(xp, weight, profiles[0][1])
    # A 0 among the factors would switch the node off for all: 0 to the power of any share is 0.
    factors = [corrected(xp, 1.0, corrections) for _, corrections in profiles]
    shares = [share * (factor > 0) for (share, _), factor in zip(profiles, factors, strict=True)]
    mass: Figures = summed(shares)
    scale = xp.where(mass > 0, mass, 1.0)
    for share, factor in zip(shares, factors, strict=True):
        weight = weight * xp.where(factor > 0, factor, 1.0) ** (share / scale)
    return weight * (mass > 0)


def last_stated(xp: Namespace, target: Column, corrections: Sequence[Correction]) -> Column:
    """Return the target that was stated last: the rubric's, or that of the last correction that applies."""
    for applies, stated in corrections:
        target = Column(xp.where(applies, stated, target.value), xp.maximum(target.has, 1.0 * applies))
    return target


def blended_target(
    xp: Namespace,
    profiles: Sequence[tuple[float, Column, Column]],
    *,
    by_hand: Column = NOTHING,
    pillar_by_hand: Column = NOTHING,
) -> Figures:
    """Compute a dimension's target: Σ share_p × the one it has under profile p, its own, else its pillar's, else 100.

    `profiles`: share, the dimension's own stated target, its pillar's. A person's target wins; one put on the pillar
    reaches the dimension where no profile states its own.
    """
    target: Figures = 0.0
    own_somewhere: Figures = 0.0
    for share, own, pillar in profiles:
        target = target + share * xp.where(own.has, own.value, xp.where(pillar.has, pillar.value, FULL_TARGET))
        own_somewhere = xp.maximum(own_somewhere, own.has)
    target = xp.where(pillar_by_hand.has * (1.0 - own_somewhere), pillar_by_hand.value, target)
    return xp.where(by_hand.has, by_hand.value, target)


# ---- what one set of weights and rules makes of the questions (scoring.md, sections 1 to 4)


COUNTING = Means("arithmetic", "arithmetic", "arithmetic")
"""Coverage is a share of weights, so it is always averaged arithmetically."""


class Leaf(NamedTuple):
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


def switched_on(xp: Namespace, tree: Tree, weights: LevelWeights) -> list[Column]:
    """Return a gate for each dimension, open where it and its pillar carry a weight."""
    found = [NOTHING] * len(weights.dimensions)
    for pillar, dimensions in enumerate(tree.dimensions):
        for dimension in dimensions:
            on = xp.mask((weights.pillars[pillar] > 0) & (weights.dimensions[dimension] > 0))
            found[dimension] = Column(on, on)
    return found


def lit(
    xp: Namespace, tree: Tree, leaves: Sequence[Leaf], weights: LevelWeights
) -> tuple[list[Figures], list[Figures]]:
    """Return where each question applies, and where it has a score, with what is switched off left out."""
    there: list[Figures] = [0.0] * len(leaves)
    for members, above in zip(tree.questions, switched_on(xp, tree, weights), strict=True):
        for question in members:
            there[question] = both(above.has, xp.mask(weights.questions[question] > 0))
    return (
        [both(leaf.applicable, on) for leaf, on in zip(leaves, there, strict=True)],
        [both(leaf.answered, on) for leaf, on in zip(leaves, there, strict=True)],
    )


def coverage_and_scores(
    xp: Namespace, tree: Tree, dimensions: ByDimension, *, weights: LevelWeights, means: Means, minimum: float
) -> tuple[Rolled, Rolled]:
    """Roll coverage up, and the scores through its gates; questions are left out."""
    reached = gated(dimensions.coverage, switched_on(xp, tree, weights))
    coverage = roll_up_dimensions(xp, tree, reached, weights=weights, means=COUNTING)
    gates = covered(xp, coverage, minimum)
    scored = gated(dimensions.scores, gates.dimensions)
    return coverage, roll_up_dimensions(xp, tree, scored, weights=weights, means=means, gates=gates)


def low_and_high(
    xp: Namespace, tree: Tree, dimensions: ByDimension, *, weights: LevelWeights, means: Means
) -> tuple[Rolled, Rolled]:
    """Roll up the lowest and the highest scores that can still be reached; questions are left out."""
    on = switched_on(xp, tree, weights)
    low, high = (
        roll_up_dimensions(xp, tree, gated(columns, on), weights=weights, means=means)
        for columns in (dimensions.low, dimensions.high)
    )
    return low, high


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
