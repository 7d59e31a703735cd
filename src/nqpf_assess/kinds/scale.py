"""Scales: from a figure to a score by straight lines, flat outside (formats.md, kinds of question)."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from itertools import pairwise
from typing import NamedTuple

from nqpf_assess.kinds.flaw import Flaw
from nqpf_assess.locale import Text, _
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import AnyCondition, Comparison

Points = tuple[tuple[Decimal, Decimal], ...]
"""Figure and score, the figures rising."""

AMPLE = Context(prec=99)
"""Digits for every figure that a file may hold, with all behind the point that another has."""

STEEP = 1e4
"""Score points per doubling of a figure up to which floats give a score to 1e-11."""


class Scale(NamedTuple):
    """Points of a scale: straight lines between, flat outside."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    points: Points

    def score(self, x: Decimal) -> float:
        """Score a figure from the digits as they were typed, rounded once."""
        if x <= self.points[0][0]:
            return self.ys[0]
        if x >= self.points[-1][0]:
            return self.ys[-1]
        left = bisect_right(self.points, x, key=lambda point: point[0]) - 1
        (before, low), (after, high) = self.points[left : left + 2]
        return float(low + (high - low) * (x - before) / (after - before))

    @property
    def steep(self) -> bool:
        """Whether points lie so close together, for their size, that floats would lose digits of the score."""
        return any(
            after == before or abs(high - low) / (after - before) * max(abs(before), abs(after)) > STEEP
            for (before, low), (after, high) in pairwise(zip(self.xs, self.ys, strict=True))
        )


class Scales(NamedTuple):
    """A question's scale, and the cases in which another one applies (the first that holds)."""

    usual: Scale
    cases: tuple[tuple[AnyCondition, Scale], ...] = ()


def scale_of(points: Points) -> Scale:
    """Return the scale through these points."""
    return Scale(tuple(float(x) for x, _ in points), tuple(float(y) for _, y in points), points)


BY_LINE = _("between {x0} → {y0} and {x1} → {y1}: {y0} + ({x} − {x0}) ÷ ({x1} − {x0}) × ({y1} − {y0}) = {score}")
BY_END = _("at or beyond the end {x} → {score} of its scale")


def reason_of(scale: Scale, x: float) -> tuple[Text, Mapping[str, float]]:
    """Return how a figure earns its score: words with `{score}` and the figures named in them."""
    if not scale.xs[0] < x < scale.xs[-1]:
        return BY_END, {"x": scale.xs[0] if x <= scale.xs[0] else scale.xs[-1]}
    left = max(index for index, point in enumerate(scale.xs) if point <= x)
    ends = {"x0": scale.xs[left], "y0": scale.ys[left], "x1": scale.xs[left + 1], "y1": scale.ys[left + 1]}
    return BY_LINE, {**ends, "x": x}


def cuts(compared: Sequence[Comparison], low: Decimal, high: Decimal) -> list[Decimal]:
    """Return a point for each stretch that the lines of comparisons cut a range into, and the lines themselves."""
    lines = [leaf.operand for leaf in compared if leaf.operator in ("at_least", "at_most", "score_at_least")]
    ends = sorted({low, high, *(x for x in lines if low <= x <= high)})
    return sorted({*ends, *((left + right) / 2 for left, right in pairwise(ends))})


# ---- how far a figure would have to go


def score_on(points: Points, x: Decimal) -> Decimal:
    """Compute the score of a figure on a scale, exactly."""
    if x <= points[0][0]:
        return points[0][1]
    for (before, low), (after, high) in pairwise(points):
        if x <= after:
            return low + (high - low) * (x - before) / (after - before)
    return points[-1][1]


def figure_scoring(
    points: Points, now: Decimal, wanted: Decimal, *, range_: tuple[Decimal, Decimal], decimals: int
) -> Decimal | None:
    """Return the nearest figure, in the direction that raises the score, at which a scale gives the wanted score.

    It is rounded to `decimals` away from `now`, and lies within the range. Where the scale never gives so much in that
    direction, it is where it gives most. None where the score is reached already or no direction raises it.
    """
    start = score_on(points, now)
    if start >= wanted - Decimal("1e-9"):
        return None
    found: list[Decimal] = []
    for direction in (1, -1):
        ahead = [point for point in points if (point[0] - now) * direction > 0]
        at, score, best = now, start, (start, now)
        for x, y in ahead if direction > 0 else reversed(ahead):
            if y < score and best[0] == start:
                break  # the score falls first: this is not the direction that raises it
            if y >= wanted:
                found.append(at + (wanted - score) * (x - at) / (y - score))
                break
            at, score, best = x, y, max(best, (y, x), key=lambda reached: reached[0])
        else:
            if best[0] > start:
                found.append(best[1])
    if not found:
        return None
    goal = min(found, key=lambda x: abs(x - now))
    quantum = Decimal(1).scaleb(-decimals)
    # Six digits more come first: a division that ends in …0001 would else be rounded up to the next figure.
    exact = goal.quantize(quantum.scaleb(-6), ROUND_HALF_EVEN, AMPLE)
    rounded = exact.quantize(quantum, ROUND_CEILING if goal > now else ROUND_FLOOR, AMPLE)
    low, high = range_
    within = min(max(rounded, low), high)
    return None if within == now else within


# ---- what can be wrong with a scale


def scale_flaws(path: tuple[str | int, ...], points: Points) -> Iterator[Flaw]:
    """Find points whose figures do not rise, or whose scores lie outside 0 to 100."""
    for index, (before, here) in enumerate(pairwise(points), start=1):
        if here[0] <= before[0]:
            yield Flaw("scale_disorder", (*path, index, 0), {"x": plain_number(here[0])})
    for index, (_x, score) in enumerate(points):
        if not 0 <= score <= 100:
            yield Flaw("scale_score", (*path, index, 1), {"score": plain_number(score)})


def reached(points: Points, low: Decimal, high: Decimal) -> tuple[float, float]:
    """Return the least and greatest score of a scale for the figures that may be given."""
    rising = all(left < right for (left, _), (right, _) in pairwise(points))
    if not rising or low >= high:
        scores = [float(score) for _, score in points]
    else:
        scale = scale_of(points)
        scores = [scale.score(low), *(float(score) for x, score in points if low <= x <= high), scale.score(high)]
    return min(scores), max(scores)
