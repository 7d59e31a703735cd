"""Many respondents at once are reckoned with as each of them alone: numpy's columns against plain numbers."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nqpf_assess.engine import columns
from nqpf_assess.engine.arithmetic import plain

DRAW = random.Random(5)
LEFT = [DRAW.choice((0.0, 1.0, 50.0, 100.0, DRAW.uniform(0, 100))) for _ in range(60)]
RIGHT = [DRAW.choice((0.0, 1.0, 50.0, 100.0, DRAW.uniform(0, 100))) for _ in range(60)]
HOLDS = [left >= right for left, right in zip(LEFT, RIGHT, strict=True)]


def alike(column: Any, rows: list[float]) -> bool:
    return [float(value) for value in np.broadcast_to(column, len(rows))] == rows


@pytest.mark.parametrize(
    "reckon",
    [
        lambda xp, mask, left, right: xp.where(mask, left, right),
        lambda xp, mask, left, right: xp.minimum(left, right),
        lambda xp, mask, left, right: xp.maximum(left, right),
        lambda xp, mask, left, right: xp.mask(mask),
        lambda xp, mask, left, right: xp.added(left + 0.0, 0.25, right),
        lambda xp, mask, left, right: xp.added(left + 0.0, right, left),
        lambda xp, mask, left, right: xp.unrounded(left + 0.0),
    ],
)
def test_a_table_gives_every_row_what_it_gives_alone(reckon: Callable[..., Any]) -> None:
    table = reckon(columns, np.array(HOLDS), np.array(LEFT), np.array(RIGHT))
    assert alike(table, [float(reckon(plain, *row)) for row in zip(HOLDS, LEFT, RIGHT, strict=True)])


def test_logarithms_invert_each_other_and_agree_with_those_of_one_respondent() -> None:
    values = np.array([1.0, 2.0, 50.0, 100.0])
    assert columns.log(values) == pytest.approx([plain.log(value) for value in values], rel=1e-15)
    assert columns.exp(columns.log(values)) == pytest.approx(values, rel=1e-15)


def test_what_is_alike_in_all_rows_stays_one_number() -> None:
    """So a table in which nobody differs costs no more than one respondent."""
    every, none, some = np.array([True, True]), np.array([False, False]), np.array([True, False])
    yes, no = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    assert columns.where(True, 1.0, 2.0) == 1.0
    assert columns.where(0.0, 1.0, 2.0) == 2.0
    assert columns.where(every, yes, no) is yes
    assert list(columns.where(none, yes, no)) == [3.0, 4.0]
    assert list(columns.where(some, yes, no)) == [1.0, 4.0]
    assert (columns.mask(True), columns.mask(False), columns.mask(np.bool(True)), columns.mask(np.bool(False))) == (
        1,
        0,
        1,
        0,
    )
    assert isinstance(columns.mask(every), float)
    assert columns.mask(every) == 1.0
    assert list(columns.mask(some)) == [1.0, 0.0]
    assert list(columns.mask(none)) == [0.0, 0.0]


def test_a_total_is_added_to_in_place_where_it_is_a_column_itself() -> None:
    total, value = np.array([1.0, 2.0]), np.array([10.0, 20.0])
    assert columns.added(total, 0.5, value) is total
    assert list(total) == [6.0, 12.0]
    assert list(columns.added(0.0, 0.5, value)) == [5.0, 10.0]
    assert columns.added(1.0, 0.5, 4.0) == 3.0
    assert list(value) == [10.0, 20.0]


@pytest.mark.parametrize(
    ("xs", "ys"),
    [((0.0, 10.0), (0.0, 100.0)), ((-5.0, 0.0, 7.5, 30.0), (100.0, 20.0, 20.0, 0.0)), ((1.0, 2.0), (5.0, 5.0))],
)
def test_a_scale_is_read_as_numpy_reads_it(xs: tuple[float, ...], ys: tuple[float, ...]) -> None:
    """On the points, between them, and flat outside, to the bit."""
    rng = random.Random(2)
    figures = np.array([*xs, xs[0] - 1, xs[-1] + 1, *(rng.uniform(xs[0] - 2, xs[-1] + 2) for _ in range(300))])
    assert list(columns.interp(figures, xs, ys)) == list(np.interp(figures, xs, ys))


@pytest.mark.parametrize("off", [0.0, 1e-13, -1e-13, 5e-13, 1.1e-12, -1.1e-12, 1e-9, 0.4999, 0.5])
@pytest.mark.parametrize("whole", [0.0, 1.0, 2.0])
def test_only_rounding_is_taken_off_a_score(whole: float, off: float) -> None:
    """A score within 1e-12 of a whole number is it; all others stay as they are, in a table as alone."""
    score = whole + off
    found, alone = columns.unrounded(np.array([score, 33.25])), columns.unrounded(score)
    assert list(found) == [plain.unrounded(score), 33.25]
    assert alone == plain.unrounded(score)
    assert alone == (whole if abs(score - whole) < 1e-12 else score)


def test_a_column_of_scores_is_rid_of_rounding_in_place() -> None:
    scores = np.array([59.9999999999999, 60.5])
    assert columns.unrounded(scores) is scores
    assert list(scores) == [60.0, 60.5]
