"""The array namespace for one respondent: plain Python numbers, numpy not needed."""

import math


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


def rint(value: float) -> float:
    """Return the nearest whole number, halves to the even one as numpy does."""
    return float(round(value))
