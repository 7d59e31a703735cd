"""The arithmetic over numpy columns: one value a respondent."""

from collections.abc import Sequence

import numpy as np

from nqpf_assess.engine.arithmetic import ROUNDING, Column, Rolled


class Numpy:
    """The array namespace that the arithmetic asks for."""

    where = staticmethod(np.where)
    minimum = staticmethod(np.minimum)
    maximum = staticmethod(np.maximum)
    log = staticmethod(np.log)
    exp = staticmethod(np.exp)
    mask = staticmethod(lambda holds: 1.0 * holds)
    added = staticmethod(lambda total, weight, value: total + weight * value)
    unrounded = staticmethod(lambda score: np.where(abs(score - np.rint(score)) < ROUNDING, np.rint(score), score))
    interp = staticmethod(np.interp)


def stacked(columns: Sequence[Sequence[Column]]) -> list[Column]:
    """One column for each part, out of the respondents' lists of parts."""
    return [
        Column(np.array([part.value for part in parts], float), np.array([part.has for part in parts], float))
        for parts in zip(*columns, strict=True)
    ]


def flat(rolled: Rolled) -> list[Column]:
    return [rolled.overall, *rolled.pillars, *rolled.dimensions, *rolled.questions]


def at(column: Column, respondent: int) -> tuple[float, float]:
    """A column's value (0 where there is none) and mask for one respondent; a scalar holds for all."""
    value, has = (
        float(np.broadcast_to(part, 99)[respondent] if np.ndim(part) == 0 else part[respondent]) for part in column
    )
    return (value if has else 0.0), has
