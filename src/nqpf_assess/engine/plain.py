"""The array namespace for one respondent: plain Python numbers, numpy not needed."""

import math
from bisect import bisect_right
from collections.abc import Sequence


def where(mask: bool | float, yes: float, no: float) -> float:  # noqa: FBT001
    """Pick by mask."""
    return yes if mask else no


def minimum(left: float, right: float) -> float:
    """Give the smaller of two."""
    return left if left <= right else right


def maximum(left: float, right: float) -> float:
    """Give the larger of two."""
    return left if left >= right else right


def log(value: float) -> float:
    """Give the natural logarithm of a positive number."""
    return math.log(value)


def exp(value: float) -> float:
    """Invert `log`."""
    return math.exp(value)


def rint(value: float) -> float:
    """Give the nearest whole number, halves to the even one as numpy does."""
    return float(round(value))


def interp(x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    """Interpolate by straight lines between points, flat outside; the same operations as numpy's, so the same bits."""
    if x <= xs[0]:
        return ys[0]
    if x >= xs[-1]:
        return ys[-1]
    left = bisect_right(xs, x) - 1
    slope = (ys[left + 1] - ys[left]) / (xs[left + 1] - xs[left])
    return slope * (x - xs[left]) + ys[left]
