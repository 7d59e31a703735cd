"""The array namespace for one respondent: plain Python numbers, numpy not needed."""

import math

from nqpf_assess.engine.arithmetic import ROUNDING


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


def added(total: float, weight: float, value: float) -> float:
    """Return total + weight × value."""
    return total + weight * value


def unrounded(score: float) -> float:
    """Return the whole number where only rounding keeps a score from it."""
    whole = float(round(score))
    return whole if abs(score - whole) < ROUNDING else score
