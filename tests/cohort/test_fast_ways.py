"""What is done in a quicker way than the obvious one gives what the obvious one gives."""

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nqpf_assess.cohort.cells import read_cells
from nqpf_assess.cohort.problems import SCHEMA, SHOWN, ProblemSample, problem_rows
from nqpf_assess.cohort.stitching import stitch
from nqpf_assess.cohort.tables import batches, whole_of
from nqpf_assess.engine import columns
from nqpf_assess.kinds.figures import read_number
from tests.cohort.test_cells import ASKED

NUMBER: Any = ASKED.questions["number"]


def part(folder: Path, number: int, rows: int) -> Path:
    table = pa.table(
        {
            "name": pa.array([f"r{number}.{row}" for row in range(rows)], pa.string()),
            "score": pa.array(np.arange(rows) / 7),
        }
    )
    table = table.replace_schema_metadata({"made": "here"})
    place = folder / f"{number}.parquet"
    pq.write_table(table, place, compression="zstd", row_group_size=10)
    return place


@pytest.mark.parametrize("rows", [[25], [25, 0, 3, 10], [1] * 40])
def test_stitched_parts_are_one_table(tmp_path: Path, rows: list[int]) -> None:
    """Rows, row groups, statistics and metadata are those of the parts; one part stays as it is."""
    parts = [part(tmp_path, number, count) for number, count in enumerate(rows)]
    whole = tmp_path / "whole.parquet"
    with whole.open("wb") as out:
        stitch(parts, out)
    found = pq.read_table(whole)
    assert found.equals(pa.concat_tables(map(pq.read_table, parts)))
    assert found.schema.metadata == {b"made": b"here"}
    assert len(rows) > 1 or whole.read_bytes() == parts[0].read_bytes()
    groups = pq.read_metadata(whole)
    assert groups.num_rows == sum(rows)
    at = 0
    for group in range(groups.num_row_groups):
        row_group = groups.row_group(group)
        scores = found["score"].slice(at, row_group.num_rows)
        if row_group.num_rows:
            assert row_group.column(1).statistics.max == max(scores.to_pylist())
        assert pq.ParquetFile(whole).read_row_group(group)["score"].equals(scores)
        at += row_group.num_rows


def test_lists_are_read_across_row_groups(tmp_path: Path) -> None:
    """Their texts are numbered anew in each; choices are counted over the whole file at once."""
    place, lists = tmp_path / "t.parquet", [["a", "b"], None, [], ["b"]]
    pq.write_table(pa.table({"multi": pa.array(lists, pa.list_(pa.string()))}), place, row_group_size=2)
    found = list(batches(whole_of(str(place)), columns=["multi"], batch=3, encoding="utf-8"))
    assert [cell for part in found for cell in part.rows["multi"].to_pylist()] == lists
    assert [part.start for part in found] == [1, 3]


def written(pick: Random) -> str:
    return "".join(pick.choice("0123456789.-+ eE,na%") for _ in range(pick.randint(0, 9)))


@pytest.mark.parametrize("seed", range(5))
def test_columns_of_texts_are_read_like_each_text(seed: int) -> None:
    """Digits, points and signs in every order, blanks, words, long figures, full-width digits, 45.6万."""
    pick = Random(seed)
    texts = [written(pick) for _ in range(400)] + [
        f"{pick.uniform(-1, 11):.{pick.randint(0, 17)}f}" for _ in range(400)
    ]
    texts += ["5", "5.", ".5", "-.5", "-0", "00005", "1.2.3", "1-2", "--1", "-", ".", "na", " 3 ", "45.6万", "２．３"]
    column = pa.array([None, *texts], pa.string())
    for given in (column, column.slice(3), column.dictionary_encode()):
        found = read_cells(NUMBER, "number", given, None, [])
        assert found.numbers is not None
        for row, text in enumerate(given.to_pylist()):
            number = None if text is None else read_number(text)
            good = number is not None and 0 <= number <= 10
            assert found.answered[row] == good, text
            assert found.numbers[row] == (float(number) if good and number is not None else 0.0), text
            if good and number is not None and len(number.as_tuple().digits) > 15:
                assert found.exact[row] == number


@pytest.mark.parametrize("texts", [[], [None], [""], ["", ""], [None, ""], ["", None, "4"]])
def test_a_column_may_hold_no_letter(texts: list[str | None]) -> None:
    found = read_cells(NUMBER, "number", pa.array(texts, pa.string()), None, [])
    assert found.answered.tolist() == [text == "4" for text in texts]


def test_straight_lines_are_those_of_numpy_to_the_bit() -> None:
    """Points themselves, what lies beside them, and beyond both ends."""
    dice = np.random.default_rng(3)
    for count in (2, 3, 6, 9):
        xs = np.sort(np.round(dice.uniform(-5, 50, count), 2))
        ys = np.round(dice.uniform(0, 100, count), 1)
        x = np.r_[dice.uniform(-10, 60, 1000), xs, np.nextafter(xs, 99), np.nextafter(xs, -99)]
        assert columns.interp(x, tuple(xs), tuple(ys)).tobytes() == np.interp(x, xs, ys).tobytes()


@pytest.mark.parametrize("alike", ["unusual", "period_without_year", "year_of_span"])
def test_what_is_like_in_many_rows_is_told_once_a_column(alike: str) -> None:
    """With how many more there are, in later parts too; all other problems are told one by one, the first ones."""

    def table(count: int, code: str, column: str) -> pa.Table:
        return problem_rows((f"r{row}", "f", row, column, "9", code, "why") for row in range(count))

    sample = ProblemSample()
    sample.add(pa.concat_tables([SCHEMA.empty_table(), table(5, alike, "a"), table(2, "bad_value", "a")]))
    sample.add(pa.concat_tables([table(7, alike, "b"), table(3, alike, "a"), table(SHOWN, "bad_value", "b")]))
    assert [(row["code"], row["column"], more) for row, more in zip(sample.first, sample.alike, strict=True)] == [
        (alike, "a", 7),
        ("bad_value", "a", 0),
        ("bad_value", "a", 0),
        (alike, "b", 6),
        *[("bad_value", "b", 0)] * (SHOWN - 4),
    ]


def test_a_figure_of_a_float32_column_is_what_was_meant() -> None:
    """Rounded to the question's decimals."""
    found = read_cells(NUMBER, "number", pa.array([2.31, None, 9.99], pa.float32()), None, [])
    assert found.numbers is not None
    assert found.numbers.tolist() == [2.31, 0.0, 9.99]
