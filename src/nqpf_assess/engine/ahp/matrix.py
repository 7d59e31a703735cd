"""A matrix of pairwise judgements as typed, and as numbers: on Saaty's scale, and reciprocal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

LARGEST = 9
"""The end of Saaty's scale; judgements lie between 1/9 and 9."""

SHORTEST = 2
"""Decimals that a rounded reciprocal must have: 0.33 may stand for 1/3, 0.3 may not."""

WRITTEN_OUT = Fraction(1, 10**9)
"""How far the product of a judgement and its reciprocal may be from 1, relatively, where a program wrote its digits."""

WRITTEN = re.compile(r"(\d{1,9}(?:\.\d{1,20})?)(?: */ *(\d{1,9}(?:\.\d{1,20})?))?")

Matrix = tuple[tuple[float, ...], ...]
"""Rows of aᵢⱼ: how many times i counts as much as j. Positive, aᵢⱼ aⱼᵢ = 1, aᵢᵢ = 1."""

Cell = object
"""What may stand in a cell: a number, "3", "1/3", "0.33", or nothing."""


@dataclass(frozen=True, slots=True)
class MatrixFault:
    """What is wrong with a matrix, at a cell (row and column from 0; -1 where a whole row or the matrix is meant).

    `code`: judgement_value, judgement_diagonal, judgement_reciprocal, judgement_lacking or judgement_shape.
    """

    code: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class _Typed:
    """A judgement with the value of the last digit typed; 0 for a fraction or a whole number."""

    value: Fraction
    step: Fraction


def judged(cell: Cell) -> Fraction | None:
    """Return a judgement as a fraction; None where the cell holds none."""
    found = _typed(cell)
    return None if found is None else found.value


def _typed(cell: Cell) -> _Typed | None:
    if isinstance(cell, bool) or cell is None:
        return None
    said = str(cell).strip().replace("／", "/").replace("：", ":").replace(":", "/")
    found = WRITTEN.fullmatch(said)
    if found is None or not Fraction(found[2] or "1"):
        return None
    value = Fraction(found[1]) / Fraction(found[2] or "1")
    if not Fraction(1, LARGEST) - Fraction(1, 200) < value <= LARGEST:
        return None
    decimals = len(said.partition(".")[2]) if "." in said and "/" not in said else 0
    return _Typed(value, Fraction(1, 10**decimals) if decimals >= SHORTEST else Fraction(0))


def is_blank(cell: Cell) -> bool:
    """Return whether nothing was entered."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def read_matrix(cells: Sequence[Sequence[Cell]], count: int) -> tuple[Matrix | None, tuple[MatrixFault, ...]]:
    """Read a square matrix of `count` members; one of the two cells of a pair may be blank, and the diagonal.

    Gives the matrix, or every fault that forbids it. A rounded reciprocal (3 and 0.33) is taken as the exact one.
    """
    if len(cells) != count:
        return None, (MatrixFault("judgement_shape", -1, -1),)
    uneven = [index for index, row in enumerate(cells) if len(row) != count]
    if uneven:
        return None, tuple(MatrixFault("judgement_shape", index, -1) for index in uneven)
    faults = [fault for row in range(count) for column in range(row, count) for fault in _faults(cells, row, column)]
    if faults:
        return None, tuple(faults)
    rows = [[1.0] * count for _ in range(count)]
    for i in range(count):
        for j in range(i + 1, count):  # of each pair the cell that is at least 1: the other is perhaps rounded
            upper, lower = judged(cells[i][j]), judged(cells[j][i])
            if upper is not None and (lower is None or upper >= 1):
                value = _exact(upper)
            else:
                value = 1 / _exact(lower) if lower is not None else Fraction(1)
            rows[i][j], rows[j][i] = float(value), float(1 / value)
    return tuple(map(tuple, rows)), ()


def _faults(cells: Sequence[Sequence[Cell]], row: int, column: int) -> list[MatrixFault]:
    places = ((row, column), (column, row)) if row != column else ((row, column),)
    entered = [(i, j) for i, j in places if not is_blank(cells[i][j])]
    wrong = [MatrixFault("judgement_value", i, j) for i, j in entered if _typed(cells[i][j]) is None]
    if wrong:
        return wrong
    if row == column:
        return [MatrixFault("judgement_diagonal", i, j) for i, j in entered if judged(cells[i][j]) != 1]
    if not entered:
        return [MatrixFault("judgement_lacking", row, column)]
    if len(entered) == 2 and not _reciprocal(_typed(cells[row][column]), _typed(cells[column][row])):
        return [MatrixFault("judgement_reciprocal", row, column)]
    return []


def _reciprocal(one: _Typed | None, other: _Typed | None) -> bool:
    if one is None or other is None:
        return False
    if abs(one.value * other.value - 1) <= WRITTEN_OUT:
        return True
    return any(abs(1 / a.value - b.value) <= b.step / 2 for a, b in ((one, other), (other, one)))


def _exact(value: Fraction) -> Fraction:
    """Take 0.33 typed alone as 1/3: a rounded reciprocal of a whole number of the scale is that."""
    if value >= 1:
        return value
    whole = round(1 / value)
    return Fraction(1, whole) if whole <= LARGEST and abs(Fraction(1, whole) - value) <= Fraction(1, 200) else value


def as_written(value: float) -> str:
    """Write a judgement as people do: 3, 1/3, else with two decimals (the reciprocal of one below 1)."""
    above = value if value >= 1 else 1 / value
    whole = round(above)
    number = str(whole) if abs(above - whole) < 5e-3 else f"{Decimal(repr(above)):.2f}"
    return number if value >= 1 or number == "1" else f"1/{number}"
