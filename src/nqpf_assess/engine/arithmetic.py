"""The arithmetic of the field, written once: means, roll-up, coverage, floors, targets, lifts, Kleene logic.

Every function takes a small array namespace `xp`: plain Python numbers for one respondent (`plain`), numpy columns for
a whole table. A figure is a `Column`: its value and a mask that is 1.0 where it exists and 0.0 where it does not;
what is the same for all respondents stays a scalar. Sums run in file order, child after child, so a respondent's
figures never depend on its neighbours. Reference for every formula: scoring.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

Figures = Any
"""A number for one respondent, or a column of numbers for many."""

Mean = Literal["arithmetic", "geometric"]

TOLERANCE = 1e-9
"""Computed figures closer than this count as equal wherever one meets a threshold or another."""

ROUNDING = 1e-12
"""What rounding may add to or take from an average of scores."""

FLOOR = 1.0
"""Each score is raised to this as it enters a geometric mean."""

TRUE, UNKNOWN, FALSE = 1.0, 0.5, 0.0


class Namespace(Protocol):
    """What the arithmetic asks of its numbers."""

    def where(self, mask: Figures, yes: Figures, no: Figures, /) -> Figures:
        """Pick by mask."""

    def minimum(self, left: Figures, right: Figures, /) -> Figures:
        """Return the smaller of two."""

    def maximum(self, left: Figures, right: Figures, /) -> Figures:
        """Return the larger of two."""

    def log(self, value: Figures, /) -> Figures:
        """Return the natural logarithm of positive numbers."""

    def exp(self, value: Figures, /) -> Figures:
        """Invert `log`."""

    def mask(self, holds: Figures, /) -> Figures:
        """Return 1.0 where something holds, 0.0 elsewhere."""

    def added(self, total: Figures, weight: Figures, value: Figures, /) -> Figures:
        """Return total + weight × value; the total that is given is used up."""

    def unrounded(self, score: Figures, /) -> Figures:
        """Return the whole number where only `ROUNDING` keeps a score from it; the score that is given is used up."""


class Column(NamedTuple):
    """A figure and where it exists (1.0) or not (0.0)."""

    value: Figures
    has: Figures


NOTHING = Column(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Tree:
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


def below(value: Figures, line: Figures) -> Figures:
    """Return where a computed figure lies below a line; closer than the tolerance is not below."""
    return value - line <= -TOLERANCE


def both(left: Figures, right: Figures) -> Figures:
    """Return the mask of what stands in two masks; one that is the same in all rows costs nothing."""
    if isinstance(right, float):
        return left if right else 0.0
    return right if isinstance(left, float) and left else left * right


def kleene_all(xp: Namespace, truths: Sequence[Figures]) -> Figures:
    """Combine three-valued truths by *and*: the least of them."""
    least: Figures = TRUE
    for truth in truths:
        least = xp.minimum(least, truth)
    return least


def kleene_any(xp: Namespace, truths: Sequence[Figures]) -> Figures:
    """Combine three-valued truths by *or*: the greatest of them."""
    greatest: Figures = FALSE
    for truth in truths:
        greatest = xp.maximum(greatest, truth)
    return greatest


def kleene_not(truth: Figures) -> Figures:
    """Negate a three-valued truth; unknown stays unknown."""
    return TRUE - truth


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


def roll_up(
    xp: Namespace,
    tree: Tree,
    questions: Sequence[Column],
    *,
    weights: LevelWeights,
    means: Means,
    gates: Rolled | None = None,
) -> Rolled:
    """Average question figures up to dimensions, pillars and the overall.

    `gates`: where a node's column does not exist there, the node gets no figure and carries nothing upwards.
    """
    dimensions = [
        mean(xp, means.questions, [questions[q] for q in members], [weights.questions[q] for q in members])
        for members in tree.questions
    ]
    return roll_up_dimensions(
        xp, tree, _gated(dimensions, gates and gates.dimensions), weights=weights, means=means, gates=gates
    )._replace(questions=questions)


def roll_up_dimensions(
    xp: Namespace,
    tree: Tree,
    dimensions: Sequence[Column],
    *,
    weights: LevelWeights,
    means: Means,
    gates: Rolled | None = None,
) -> Rolled:
    """Average dimension figures up to pillars and the overall (targets, and scores lifted by countermeasures)."""
    pillars = _gated(
        [
            mean(xp, means.dimensions, [dimensions[d] for d in members], [weights.dimensions[d] for d in members])
            for members in tree.dimensions
        ],
        gates and gates.pillars,
    )
    overall = mean(xp, means.pillars, pillars, weights.pillars)
    gated = _gated([overall], gates and [gates.overall])
    return Rolled(gated[0], pillars, dimensions, ())


def _gated(columns: Sequence[Column], gates: Sequence[Column] | None) -> Sequence[Column]:
    if gates is None:
        return columns
    return [Column(column.value, both(column.has, gate.has)) for column, gate in zip(columns, gates, strict=True)]


def covered(xp: Namespace, rolled: Rolled, minimum: float) -> Rolled:
    """Turn coverages into gates: a node exists where its coverage reaches the minimum."""

    def gate(column: Column) -> Column:
        return Column(column.value, column.has * xp.mask(column.value - minimum > -TOLERANCE))

    return Rolled(
        gate(rolled.overall), [gate(c) for c in rolled.pillars], [gate(c) for c in rolled.dimensions], rolled.questions
    )


def path_shares(xp: Namespace, tree: Tree, rolled: Rolled, weights: LevelWeights) -> Rolled:
    """Return each node the share of the overall it carries: weights renormalised among what exists, along its path.

    The result's values are shares (0 where the node or anything above it does not exist); masks are all 1.
    """
    pillars = _under(rolled.overall.has, shares(xp, [c.has for c in rolled.pillars], weights.pillars))
    dimensions = _level(xp, tree.dimensions, pillars, rolled.dimensions, weights.dimensions)
    questions = _level(xp, tree.questions, dimensions, rolled.questions, weights.questions) if rolled.questions else []
    ones = [[Column(share, 1.0) for share in level] for level in (pillars, dimensions, questions)]
    return Rolled(Column(rolled.overall.has, 1.0), *ones)


def _under(parent: Figures, parts: Sequence[Figures]) -> list[Figures]:
    return [parent * part for part in parts]


def _level(
    xp: Namespace,
    groups: Sequence[Sequence[int]],
    parents: Sequence[Figures],
    columns: Sequence[Column],
    weights: Sequence[Figures],
) -> list[Figures]:
    found: list[Figures] = [0.0] * len(columns)
    for parent, members in zip(parents, groups, strict=True):
        local = shares(xp, [columns[m].has for m in members], [weights[m] for m in members])
        for member, share in zip(members, _under(parent, local), strict=True):
            found[member] = share
    return found


@dataclass(frozen=True, slots=True)
class FloorRule:
    """Non-substitution: where the node scores below `below`, the overall is at most `cap`."""

    id: str
    level: Literal["pillar", "dimension"]
    index: int
    below: float
    cap: float


def floored(xp: Namespace, rolled: Rolled, floors: Sequence[FloorRule]) -> tuple[Column, Mapping[str, Figures]]:
    """Pass the overall through the floors, judged by the node figures beside it; give also where each one fired."""
    value, has = rolled.overall
    fired: dict[str, Figures] = {}
    for floor in floors:
        node = (rolled.pillars if floor.level == "pillar" else rolled.dimensions)[floor.index]
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
