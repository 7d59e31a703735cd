"""The judgements that disagree most, what would agree instead, and how judgements are written: by hand."""

import pytest

from nqpf_assess.engine.ahp import (
    Matrix,
    along_the_hierarchy,
    combined,
    panel_of,
    priorities,
    read_matrix,
    worst_pairs,
)
from nqpf_assess.engine.ahp.matrix import as_written
from nqpf_assess.engine.ahp.pairs import replaced

ODD: Matrix = ((1.0, 2.0, 8.0), (0.5, 1.0, 2.0), (1 / 8, 0.5, 1.0))
"""2 and 2 make 4, and 8 is judged: every pair is off by the cube root of 2."""


def test_the_worst_pair_comes_first_with_the_step_that_would_agree() -> None:
    """By geometric means the weights are as 16, 1 and 1/16 to the third: 8 judged against 6.35, 2 against 2.52."""
    found = priorities(ODD, "geometric")
    pairs = worst_pairs(ODD, found)
    assert [(pair.one, pair.other, pair.judged) for pair in pairs] == [(0, 1, 2), (0, 2, 8), (1, 2, 2)]
    assert [pair.consistent for pair in pairs] == pytest.approx([16 ** (1 / 3), 256 ** (1 / 3), 16 ** (1 / 3)])
    assert [pair.step for pair in pairs] == [3, 6, 3]
    for pair in pairs:
        then = priorities(replaced(ODD, pair.one, pair.other, pair.step), "geometric")
        assert pair.ratio_then == pytest.approx(then.ratio)
        assert pair.ratio_then is not None
        assert found.ratio is not None
        assert pair.ratio_then < found.ratio
    assert len(worst_pairs(ODD, found, most=1)) == 1


def test_a_pair_judged_anew_takes_its_reciprocal_along() -> None:
    assert replaced(ODD, 0, 2, 4.0) == ((1.0, 2.0, 4.0), (0.5, 1.0, 2.0), (0.25, 0.5, 1.0))
    assert replaced(ODD, 2, 0, 4.0)[0][2] == 0.25
    assert worst_pairs(replaced(ODD, 0, 2, 4.0), priorities(replaced(ODD, 0, 2, 4.0))) == ()


def test_the_index_and_the_ratio_are_those_of_the_definition() -> None:
    """λmax of 3 members is 1 + 2 × cosh(ln 2 ÷ 3) where every circle is off by 2: 3.0536, CI 0.0268, CR 0.0462."""
    found = priorities(ODD)
    assert found.largest == pytest.approx(3.0536, abs=5e-5)
    assert found.index == pytest.approx(0.0268, abs=5e-5)
    assert found.ratio == pytest.approx(0.0462, abs=5e-5)
    assert found.consistent
    assert found.method == "eigenvector"
    wild: Matrix = ((1.0, 9.0, 1 / 9), (1 / 9, 1.0, 9.0), (9.0, 1 / 9, 1.0))
    assert not priorities(wild).consistent
    assert priorities(((1.0, 3.0), (1 / 3, 1.0))).index == 0


def test_several_experts_meet_at_the_geometric_mean() -> None:
    one, other = ((1.0, 2.0), (0.5, 1.0)), ((1.0, 8.0), (1 / 8, 1.0))
    assert combined([one, other]) == ((1.0, pytest.approx(4)), (pytest.approx(0.25), 1.0))
    assert combined([one]) == one
    panel = panel_of("green", ("air", "water"), [("Li", one), ("Wang", other)], "geometric")
    assert (panel.of, panel.members) == ("green", ("air", "water"))
    assert [expert.matrix for expert in panel.experts] == [one, other]
    assert panel.found.weights == pytest.approx((0.8, 0.2))
    assert [expert.found.weights for expert in panel.experts] == [
        pytest.approx((2 / 3, 1 / 3)),
        pytest.approx((8 / 9, 1 / 9)),
    ]
    assert {expert.found.method for expert in panel.experts} == {"geometric"}


def test_a_share_of_the_whole_is_the_product_along_the_path_whatever_the_order() -> None:
    top = panel_of("", ("p", "r"), [("", ((1.0, 3.0), (1 / 3, 1.0)))], "eigenvector")
    inside = panel_of("p", ("d", "e"), [("", ((1.0, 4.0), (0.25, 1.0)))], "eigenvector")
    wanted = {"p": 0.75, "r": 0.25, "d": 0.6, "e": 0.15}
    assert along_the_hierarchy([top, inside]) == pytest.approx(wanted)
    assert along_the_hierarchy([inside, top]) == pytest.approx(wanted)
    assert along_the_hierarchy([inside]) == pytest.approx({"d": 0.8, "e": 0.2})
    # Offers under each of two criteria: their shares of the whole are summed over both.
    other = panel_of("r", ("d", "e"), [("", ((1.0, 1 / 9), (9.0, 1.0)))], "eigenvector")
    for order in ([top, inside, other], [other, inside, top]):
        assert along_the_hierarchy(order) == pytest.approx({"p": 0.75, "r": 0.25, "d": 0.625, "e": 0.375})
    assert along_the_hierarchy([inside, other]) == {}  # of criteria that nobody weighed, nothing is known together


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.0, "1"),
        (3.0, "3"),
        (1 / 3, "1/3"),
        (9.0, "9"),
        (1 / 9, "1/9"),
        (2.52, "2.52"),
        (1 / 2.52, "1/2.52"),
        (2.996, "3"),
        (2.99, "2.99"),
        (0.999, "1"),
    ],
)
def test_a_judgement_is_written_as_people_do(value: float, written: str) -> None:
    assert as_written(value) == written


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([["1", "2"], ["x", "y"]], [("judgement_value", 1, 0), ("judgement_value", 1, 1)]),
        (
            [["1", "2", "3"], ["1", "1", "1"], ["1", "1", "1"]],
            [("judgement_reciprocal", 0, 1), ("judgement_reciprocal", 0, 2)],
        ),
        ([["1", ""], ["", "2"]], [("judgement_lacking", 0, 1), ("judgement_diagonal", 1, 1)]),
        ([["1", "2"], ["1/2"], ["1"]], [("judgement_shape", -1, -1)]),
        ([["1", "2", "3"], ["1/2", "1"], ["1"]], [("judgement_shape", 1, -1), ("judgement_shape", 2, -1)]),
    ],
)
def test_every_fault_of_a_matrix_is_told_at_its_cell(rows: list[list[str]], faults: list[tuple[str, int, int]]) -> None:
    matrix, found = read_matrix(rows, len(faults) and len(rows[0]))
    assert matrix is None
    assert [(fault.code, fault.row, fault.column) for fault in found] == faults


def test_digits_that_a_program_wrote_are_reciprocal() -> None:
    """0.333333333333 beside 3 is it, 0.3333 is by its rounding; 0.34 is another judgement."""
    for typed, good in (
        ("0.333333333333", True),
        ("0.3333", True),
        ("0.33", True),
        ("0.34", False),
        ("1:3", True),
        ("1：3", True),
    ):
        matrix, _ = read_matrix([["1", "3"], [typed, "1"]], 2)
        assert (matrix is not None) == good
        assert matrix is None or matrix == ((1, 3), (1 / 3, 1))
