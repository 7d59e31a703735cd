"""The array namespace for one respondent: plain Python numbers, numpy not needed."""

import math
from collections.abc import Sequence


def where(mask: bool | float, yes: float, no: float) -> float:  # noqa: FBT001
    """Pick by mask."""
    return yes if mask else no


def minimum(left: float, right: float) -> float:
    """Return the smaller of two."""
    return left if left <= right else right


def maximum(left: float, right: float) -> float:
    """Return the larger of two."""
    return left if left >= right else right


def log(value: float) -> float:
    """Return the natural logarithm of a positive number."""
    return math.log(value)


def exp(value: float) -> float:
    """Invert `log`."""
    return math.exp(value)


def mask(holds: bool) -> float:  # noqa: FBT001
    """Return 1.0 where something holds, 0.0 elsewhere."""
    return 1.0 if holds else 0.0


def weighed(weights: Sequence[float], values: Sequence[float]) -> float:
    """Sum weight × value, one after the other."""
    total = 0.0
    for weight, value in zip(weights, values, strict=True):
        total += weight * value
    return total


def rint(value: float) -> float:
    """Return the nearest whole number, halves to the even one as numpy does."""
    return float(round(value))
