"""Which judgements disagree most with the others, and what would agree."""

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from nqpf_assess.engine.ahp.matrix import LARGEST, Matrix
from nqpf_assess.engine.ahp.priorities import Priorities, priorities

SCALE: tuple[float, ...] = tuple(
    sorted({float(Fraction(1, step)) for step in range(1, LARGEST + 1)} | {float(s) for s in range(1, LARGEST + 1)})
)
"""The seventeen steps of Saaty's scale."""

ALIKE = 1e-9


@dataclass(frozen=True, slots=True)
class Pair:
    """A judgement of a pair (indices of the members) beside what would be consistent with all the others.

    `consistent`: wᵢ/wⱼ; `step`: the nearest step of the scale; `ratio_then`: CR if that step were judged instead.
    """

    one: int
    other: int
    judged: float
    consistent: float
    step: float
    ratio_then: float | None


def worst_pairs(matrix: Matrix, found: Priorities, most: int = 3) -> tuple[Pair, ...]:
    """Return the pairs with the largest |ln(aᵢⱼ wⱼ/wᵢ)|, the worst first; none where everything agrees."""
    weights = found.weights

    def off(pair: tuple[int, int]) -> float:
        one, other = pair
        return abs(math.log(matrix[one][other] * weights[other] / weights[one]))

    pairs = [pair for pair in combinations(range(len(matrix)), 2) if off(pair) > ALIKE]
    worst = sorted(pairs, key=lambda pair: (-round(off(pair), 9), pair))[:most]
    rows = []
    for one, other in worst:
        consistent = weights[one] / weights[other]
        step = min(SCALE, key=lambda value: abs(math.log(value / consistent)))
        then = priorities(replaced(matrix, one, other, step), found.method)
        rows.append(Pair(one, other, matrix[one][other], consistent, step, then.ratio))
    return tuple(rows)


def replaced(matrix: Matrix, one: int, other: int, value: float) -> Matrix:
    """Judge one pair anew; its reciprocal follows."""
    rows = [list(row) for row in matrix]
    rows[one][other], rows[other][one] = value, 1 / value
    return tuple(map(tuple, rows))
