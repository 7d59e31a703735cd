"""Weights out of one matrix of judgements, and how consistent the judgements are."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nqpf_assess.engine.ahp.matrix import Matrix

Method = Literal["eigenvector", "geometric"]
METHODS: tuple[Method, ...] = ("eigenvector", "geometric")

RANDOM_INDEX: Mapping[int, float] = {
    3: 0.58,
    4: 0.90,
    5: 1.12,
    6: 1.24,
    7: 1.32,
    8: 1.41,
    9: 1.45,
    10: 1.49,
}
"""Mean consistency index of random matrices, by their size (Saaty 1980)."""

ACCEPTED = 0.10
"""Consistency ratio below which judgements are customarily accepted."""

STEPS, CLOSE = 100_000, 1e-15


@dataclass(frozen=True, slots=True)
class Priorities:
    """Weights that sum to 1, in the order of the matrix. `index`: CI; `ratio`: CR, None above ten members.

    `largest`: λmax, the mean of (Aw)ᵢ/wᵢ; of the eigenvector it is the eigenvalue itself.
    """

    weights: tuple[float, ...]
    largest: float
    index: float
    ratio: float | None
    method: Method

    @property
    def consistent(self) -> bool | None:
        """Whether the ratio is below the customary limit; None where there is no ratio, so that nobody knows."""
        return None if self.ratio is None else self.ratio < ACCEPTED


def priorities(matrix: Matrix, method: Method = "eigenvector") -> Priorities:
    """Compute the weights of a positive reciprocal matrix. CI = (λmax − n)/(n − 1), CR = CI/RI(n), 0 for n ≤ 2."""
    count = len(matrix)
    weights = eigenvector(matrix) if method == "eigenvector" else geometric(matrix)
    moved = _times(matrix, weights)
    largest = max(float(count), math.fsum(a / w for a, w in zip(moved, weights, strict=True)) / count)
    index = max(0.0, largest - count) / (count - 1) if count > 1 else 0.0
    index = 0.0 if count <= 2 or index < 1e-12 else index
    ratio = 0.0 if count <= 2 else index / RANDOM_INDEX[count] if count in RANDOM_INDEX else None
    return Priorities(weights, largest, index, ratio, method)


def geometric(matrix: Matrix) -> tuple[float, ...]:
    """Return the geometric means of the rows, normalised (logarithmic least squares)."""
    return _normalised([math.exp(math.fsum(map(math.log, row)) / len(row)) for row in matrix])


def eigenvector(matrix: Matrix) -> tuple[float, ...]:
    """Give the principal eigenvector, normalised: by repeated multiplication, which a positive matrix lets converge."""
    weights = geometric(matrix)
    for _ in range(STEPS):
        following = _normalised(_times(matrix, weights))
        moved = max(abs(a - b) for a, b in zip(weights, following, strict=True))
        weights = following
        if moved < CLOSE:
            break
    return weights


def _times(matrix: Matrix, vector: tuple[float, ...]) -> list[float]:
    return [math.fsum(a * w for a, w in zip(row, vector, strict=True)) for row in matrix]


def _normalised(values: list[float]) -> tuple[float, ...]:
    total = math.fsum(values)
    return tuple(value / total for value in values)
