"""What holds for every matrix of judgements, and what is refused."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.engine.ahp import (
    METHODS,
    RANDOM_INDEX,
    Matrix,
    combined,
    judged,
    panel_of,
    priorities,
    read_matrix,
    worst_pairs,
)
from nqpf_assess.engine.ahp.matrix import as_written
from tests.support.scored import tries

STEPS = [Fraction(1, n) for n in range(9, 1, -1)] + [Fraction(n) for n in range(1, 10)]


@st.composite
def matrices(draw: st.DrawFn, least: int = 1, most: int = 10) -> Matrix:
    count = draw(st.integers(least, most))
    rows = [[Fraction(1)] * count for _ in range(count)]
    for i in range(count):
        for j in range(i + 1, count):
            rows[i][j] = draw(st.sampled_from(STEPS))
            rows[j][i] = 1 / rows[i][j]
    return tuple(tuple(map(float, row)) for row in rows)


@tries(400)
@given(matrices(), st.sampled_from(METHODS))
def test_weights_are_positive_and_sum_to_one(matrix: Matrix, method: str) -> None:
    found = priorities(matrix, method)  # type: ignore[arg-type]
    assert math.fsum(found.weights) == pytest.approx(1, abs=1e-12)
    assert min(found.weights) > 0
    assert found.index >= 0
    assert found.largest >= len(matrix)
    assert (found.ratio or 0) >= 0


@tries(400)
@given(matrices(least=2))
def test_the_eigenvector_is_one(matrix: Matrix) -> None:
    """A w = λmax w in every row."""
    found = priorities(matrix)
    for row, weight in zip(matrix, found.weights, strict=True):
        assert math.fsum(a * w for a, w in zip(row, found.weights, strict=True)) == pytest.approx(
            found.largest * weight, rel=1e-9
        )


@tries(400)
@given(st.lists(st.floats(0.35, 2.9), min_size=1, max_size=9), st.sampled_from(METHODS))
def test_consistent_judgements_give_back_the_weights_they_came_from(weights: list[float], method: str) -> None:
    matrix = tuple(tuple(a / b for b in weights) for a in weights)
    found = priorities(matrix, method)  # type: ignore[arg-type]
    assert found.weights == pytest.approx([w / math.fsum(weights) for w in weights], rel=1e-9)
    assert found.ratio == pytest.approx(0, abs=1e-9)
    assert worst_pairs(matrix, found) == ()


@pytest.mark.parametrize(("count", "ratio"), [(1, 0.0), (2, 0.0), (11, None)])
def test_ratio_at_the_ends(count: int, ratio: float | None) -> None:
    """Two members always agree; beyond Saaty's table there is no ratio, but there are weights."""
    matrix = tuple(tuple(1.0 if i == j else 9.0 if i < j else 1 / 9 for j in range(count)) for i in range(count))
    found = priorities(matrix)
    assert found.ratio == ratio
    assert len(found.weights) == count
    assert found.consistent is (None if ratio is None else True)


def test_the_table_of_random_indices_is_that_of_1980() -> None:
    assert list(RANDOM_INDEX.values()) == [0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49]
    assert list(RANDOM_INDEX) == list(range(3, 11))


@tries(400)
@given(matrices(least=3), st.sampled_from(METHODS))
def test_judging_the_worst_pair_consistently_never_makes_it_worse(matrix: Matrix, method: str) -> None:
    found = priorities(matrix, method)  # type: ignore[arg-type]
    pairs = worst_pairs(matrix, found)
    assert len(pairs) <= 3
    offs = [abs(math.log(pair.judged / pair.consistent)) for pair in pairs]
    assert offs == sorted(offs, reverse=True) or all(
        abs(a - b) < 1e-8 for a, b in zip(offs, sorted(offs, reverse=True), strict=True)
    )


@tries(400)
@given(st.data())
def test_experts_are_combined_cell_by_cell(data: st.DataObject) -> None:
    """The geometric mean keeps the matrix reciprocal; by geometric means the weights are those of the experts'."""
    count = data.draw(st.integers(2, 6))
    several = data.draw(st.lists(matrices(count, count), min_size=1, max_size=4))
    together = combined(several)
    for i in range(count):
        for j in range(count):
            assert together[i][j] * together[j][i] == pytest.approx(1)
            assert together[i][j] == pytest.approx(math.prod(m[i][j] for m in several) ** (1 / len(several)))
    alone = [priorities(matrix, "geometric").weights for matrix in several]
    mean = [math.prod(values) ** (1 / len(several)) for values in zip(*alone, strict=True)]
    assert priorities(together, "geometric").weights == pytest.approx([m / sum(mean) for m in mean])


def test_each_expert_keeps_the_ratio_of_his_own() -> None:
    good = ((1.0, 2.0, 4.0), (0.5, 1.0, 2.0), (0.25, 0.5, 1.0))
    odd = ((1.0, 9.0, 1 / 9), (1 / 9, 1.0, 9.0), (9.0, 1 / 9, 1.0))
    panel = panel_of("", ("a", "b", "c"), [("Li", good), ("Wang", odd)], "eigenvector")
    assert [expert.name for expert in panel.experts] == ["Li", "Wang"]
    assert panel.experts[0].found.ratio == pytest.approx(0)
    assert panel.experts[1].found.ratio is not None
    assert panel.experts[1].found.ratio > 1
    assert panel.found.ratio is not None


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3", 3),
        ("1/3", Fraction(1, 3)),
        (" 1 / 3 ", Fraction(1, 3)),
        ("１/３", Fraction(1, 3)),
        (2.5, Fraction(5, 2)),
        (1, 1),
    ],
)
def test_a_judgement_as_people_type_it(typed: object, value: object) -> None:
    assert judged(typed) == value


@pytest.mark.parametrize("typed", ["", "0", "-3", "10", "1/10", "x", "3/0", "nan", "inf", "1/3/5", None, True, "1e400"])
def test_what_is_no_judgement(typed: object) -> None:
    assert judged(typed) is None


def codes(*rows: str) -> list[tuple[str, int, int]]:
    matrix, faults = read_matrix([row.split(",") for row in rows], len(rows))
    assert (matrix is None) == bool(faults)
    return [(fault.code, fault.row, fault.column) for fault in faults]


def test_a_matrix_that_is_not_reciprocal_is_refused_at_the_pair() -> None:
    assert codes("1,2,1", "2,1,1", "1,1,1") == [("judgement_reciprocal", 0, 1)]
    assert codes("1,3", "0.3,1") == [("judgement_reciprocal", 0, 1)]


def test_rounded_reciprocals_are_taken_for_what_they_are() -> None:
    matrix, faults = read_matrix([["1", "3", "0.143"], ["0.33", "1", "0.25"], ["7", "4", "1"]], 3)
    assert faults == ()
    assert matrix is not None
    assert matrix[1][0] == 1 / 3
    assert matrix[0][2] == 1 / 7


def test_half_a_matrix_is_enough() -> None:
    whole = read_matrix([["1", "3", "5"], ["1/3", "1", "2"], ["1/5", "1/2", "1"]], 3)
    assert read_matrix([["", "3", "5"], ["", "", "2"], ["", "", ""]], 3) == whole
    assert read_matrix([["1", "", ""], ["1/3", "1", ""], ["0.2", "0.5", "1"]], 3) == whole


@pytest.mark.parametrize(("typed", "meant"), [("0.33", 1 / 3), ("0.17", 1 / 6), ("0.4", 0.4), ("0.05", 0.05)])
def test_a_rounded_reciprocal_typed_alone_is_the_reciprocal(typed: str, meant: float) -> None:
    """Of the scale's whole numbers only, and only where rounding explains the difference."""
    matrix, _ = read_matrix([["1", typed], ["", "1"]], 2)
    assert matrix is None if meant < 1 / 9 else matrix is not None and matrix[0][1] == pytest.approx(meant, abs=1e-12)


def test_faults_are_told_with_their_cell() -> None:
    assert codes("1,x", ",1") == [("judgement_value", 0, 1)]
    assert codes("1,", ",1") == [("judgement_lacking", 0, 1)]
    assert codes("2,3", "1/3,1") == [("judgement_diagonal", 0, 0)]
    assert codes("1,2,3", "1,1") == [("judgement_shape", 0, -1)]
    assert read_matrix([["1"]], 2)[1][0].code == "judgement_shape"


@pytest.mark.parametrize(
    ("value", "said"), [(3.0, "3"), (1 / 3, "1/3"), (1.0, "1"), (2.449, "2.45"), (0.4083, "1/2.45")]
)
def test_judgements_are_written_as_people_do(value: float, said: str) -> None:
    assert as_written(value) == said
