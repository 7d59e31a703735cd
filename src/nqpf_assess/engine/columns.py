"""The array namespace for many respondents: numpy columns, or plain numbers where all are alike.

Only element-wise operations: a respondent's figures never depend on its neighbours, so any slice of a table gives the
same bits.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nqpf_assess.engine.arithmetic import ROUNDING, plain

Figures = Any


def where(mask: Figures, yes: Figures, no: Figures) -> Figures:
    """Pick by mask; where all rows pick alike, what they pick is given as it is."""
    if isinstance(mask, bool | int | float):
        return yes if mask else no
    return yes if mask.all() else np.where(mask, yes, no)


def minimum(left: Figures, right: Figures) -> Figures:
    """Return the smaller of two."""
    return np.minimum(left, right)


def maximum(left: Figures, right: Figures) -> Figures:
    """Return the larger of two."""
    return np.maximum(left, right)


def log(value: Figures) -> Figures:
    """Return the natural logarithm of positive numbers."""
    return np.log(value)


def exp(value: Figures) -> Figures:
    """Invert `log`."""
    return np.exp(value)


def interp(x: Figures, xs: Sequence[float], ys: Sequence[float]) -> Figures:
    """Interpolate by straight lines between points, flat outside: to the bit as `numpy.interp`, which takes longer.

    It looks for the stretch of each figure in turn; here each point is compared with all figures.
    """
    place = np.zeros(len(x), np.int8)
    for point in xs:
        place += (x >= point).view(np.int8)
    stretch = place.astype(np.intp)
    slopes = [(high - low) / (after - before) for before, after, low, high in zip(xs, xs[1:], ys, ys[1:], strict=False)]
    slope, start, base = (np.array(table).take(stretch) for table in ((0.0, *slopes, 0.0), (0.0, *xs), (ys[0], *ys)))
    return slope * (x - start) + base


def mask(holds: Figures) -> Figures:
    """Return 1.0 where something holds, 0.0 elsewhere; a plain number where that is the same in all rows."""
    if isinstance(holds, bool | np.bool):
        return 1.0 if holds else 0.0
    return 1.0 if holds.all() else holds.astype(float)


def added(total: Figures, weight: Figures, value: Figures) -> Figures:
    """Return total + weight × value, in place of the total."""
    more = weight * value
    in_place = isinstance(total, np.ndarray) and isinstance(more, np.ndarray)
    return np.add(total, more, out=total) if in_place else total + more


def unrounded(score: Figures) -> Figures:
    """Return the whole number where only rounding keeps a score from it, in place of the score."""
    if not isinstance(score, np.ndarray):
        return plain.unrounded(float(score))
    whole = np.rint(score)
    off = np.subtract(score, whole)  # exact, since the two are close
    np.putmask(score, np.abs(off, out=off) < ROUNDING, whole)
    return score
