"""Several experts: their judgements combined, each with the ratio of his or her own."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from nqpf_assess.engine.ahp.matrix import Matrix
from nqpf_assess.engine.ahp.pairs import Pair, worst_pairs
from nqpf_assess.engine.ahp.priorities import Method, Priorities, priorities


@dataclass(frozen=True, slots=True)
class Expert:
    """One expert's judgements with what follows from them alone."""

    name: str
    matrix: Matrix
    found: Priorities
    worst: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """All experts on one group of siblings, and what they say together. `members`: ids, in the order of the matrix."""

    of: str
    members: tuple[str, ...]
    experts: tuple[Expert, ...]
    matrix: Matrix
    found: Priorities
    worst: tuple[Pair, ...]


def combined(matrices: Sequence[Matrix]) -> Matrix:
    """Combine judgements cell by cell with the geometric mean, which keeps the matrix reciprocal."""
    count = len(matrices[0])

    def cell(row: int, column: int) -> float:
        return math.exp(math.fsum(math.log(matrix[row][column]) for matrix in matrices) / len(matrices))

    rows = [[1.0] * count for _ in range(count)]
    for i in range(count):
        for j in range(i + 1, count):
            value = cell(i, j) if len(matrices) > 1 else matrices[0][i][j]
            rows[i][j], rows[j][i] = value, 1 / value
    return tuple(map(tuple, rows))


def panel_of(of: str, members: Sequence[str], judgements: Sequence[tuple[str, Matrix]], method: Method) -> Panel:
    """Compute what experts say of one group: pairs of a name and a matrix, at least one."""
    experts = []
    for name, matrix in judgements:
        found = priorities(matrix, method)
        experts.append(Expert(name, matrix, found, worst_pairs(matrix, found)))
    together = combined([matrix for _, matrix in judgements])
    found = priorities(together, method)
    return Panel(of, tuple(members), tuple(experts), together, found, worst_pairs(together, found))
