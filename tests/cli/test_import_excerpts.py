"""Figures of statistics sheets as they stand there: whatever is beside, above or over one that is taken is shown."""

from itertools import product
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.sheets import BY_PLACE, BY_YEAR, LONG, around, outcome

pytestmark = pytest.mark.usefixtures("statistics")

SHEETS = {
    "a row a place": (
        BY_PLACE,
        [
            ["2024年主要指标", "", "", "", ""],
            ["", "", "", "", ""],
            ["地区", "", "人口（万人）", "研发强度（%）", ""],
            ["", "", "", "", ""],
            ["乙县", "", "4", "2", ""],
            ["", "", "", "", ""],
            ["安和县", "", "5", "2.31", ""],
        ],
    ),
    "a column a year": (
        BY_YEAR,
        [
            ["安和县主要指标", "", "", "", ""],
            ["", "", "", "", ""],
            ["指标", "", "2023", "2024", ""],
            ["人口（万人）", "", "4", "5", ""],
            ["", "", "", "", ""],
            ["研发强度（%）", "", "2", "2.31", ""],
        ],
    ),
    "a row a figure": (
        LONG,
        [
            ["安和县主要指标", "", "", "", "", "", ""],
            ["", "", "", "", "", "", ""],
            ["指标", "地区", "年份", "数值", "单位", "来源", ""],
            ["人口", "安和县", "2024", "5", "万人", "公报", ""],
            ["研发强度", "安和县", "2024", "2.31", "%", "公报", ""],
        ],
    ),
}
PLANTED = ["规上", "1-6月", "预计", "2023", "202306", "2023年", "2023.6", "2024-06-30", "Q2", "（占全省）"]


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("words", PLANTED)
def test_what_stands_in_its_row_or_column_or_over_it_is_shown_or_refuses_it(
    name: str, words: str, run: Run, tmp_path: Path
) -> None:
    """Each word in each blank cell that speaks of the figure: no rule has to understand it."""
    mapped, rows = SHEETS[name]
    last = len(rows) - 1
    at = rows[last].index("2.31")
    head = next(number for number, row in enumerate(rows) if row[0] in ("地区", "指标"))
    for row, column in product(range(last + 1), range(len(rows[0]))):
        is_of_figure = row == last or column == at or row < head or (row > head and not any(rows[row]))
        if rows[row][column] or not is_of_figure:
            continue
        is_of_group = row == head - 1 and column > at  # it heads other columns
        is_below = head < row < last and 0 < column != at
        lines = [list(line) for line in rows]
        lines[row][column] = words
        sheet = "".join(",".join(line) + "\n" for line in lines if any(line))
        found = outcome(run, tmp_path, sheet, mapped)
        if "share" in found["values"] and not (is_of_group or is_below):
            assert any(words in said for said in around(found)), (row, column)


def test_a_cell_left_blank_is_read_with_the_words_above_it(run: Run, tmp_path: Path) -> None:
    """As merged ones are: a group of rows says once what they are of, up to a section."""
    sheet = "口径,地区,研发强度（%）\n规上,乙县,2\n,安和县,2.31\n"
    assert around(outcome(run, tmp_path, sheet, BY_PLACE)) == ["研发强度（%）", "口径: 规上", "安和县"]
    apart = "口径,地区,研发强度（%）\n规上,乙县,2\n郊县,,\n,安和县,2.31\n"
    assert around(outcome(run, tmp_path, apart, BY_PLACE)) == ["郊县", "研发强度（%）", "安和县"]


def test_numbers_that_may_be_times_are_shown_and_figures_of_others_are_not(run: Run, tmp_path: Path) -> None:
    """Months as numbers stand above heads, or below them; elsewhere a small number tells one by its name alone."""
    found = outcome(run, tmp_path, ",6,6\n地区,人口（万人）,研发强度（%）\n乙县,3,7\n安和县,5,2.31\n", BY_PLACE)
    assert around(found) == ["6", "研发强度（%）", "安和县"]
    sheet = "地区,数据月份,研发强度（%）,户数（户）,成立年份\n安和县,6,2.31,12,1958\n"
    found = outcome(run, tmp_path, sheet, BY_PLACE)
    assert around(found) == ["研发强度（%）", "安和县", "数据月份: 6", "成立年份: 1958"]


def test_words_and_years_above_a_figure_are_shown_with_the_name_of_their_row(run: Run, tmp_path: Path) -> None:
    found = outcome(
        run, tmp_path, "地区,人口（万人）,研发强度（%）\n乙县,4,快报数\n基准,2024,2023\n安和县,5,2.31\n", BY_PLACE
    )
    assert around(found) == ["研发强度（%）", "乙县: 快报数", "基准: 2023", "安和县"]


def test_unit_and_source_behind_a_figure_are_of_its_row(run: Run, tmp_path: Path) -> None:
    sheet = "指标,地区,年份,数值,单位,来源\n研发强度,安和县,2024,2.31,%,公报\n"
    assert around(outcome(run, tmp_path, sheet, LONG)) == ["数值", "研发强度", "安和县", "2024", "%", "公报"]


def test_a_quotient_is_shown_with_both_of_its_figures(run: Run, tmp_path: Path) -> None:
    mapped = BY_PLACE + 'over = "总量"\n'
    found = outcome(run, tmp_path, "单位：万元\n地区,研发强度,总量\n安和县,2,80\n", mapped)
    assert [(one["place"], one["shown"]) for one in found["values"]["share"]["excerpts"]] == [("B3", "2"), ("C3", "80")]


def test_names_of_a_table_beside_are_none_of_the_row(run: Run, tmp_path: Path) -> None:
    sheet = "地区,研发强度（%）,地区,研发强度（%）\n乙县,2,安和县,2.31\n"
    assert around(outcome(run, tmp_path, sheet, BY_PLACE)) == ["研发强度（%）", "安和县"]


def test_of_many_rows_of_words_the_nearest_are_shown(run: Run, tmp_path: Path) -> None:
    titles = "".join(f"标题{number}号\n" for number in range(40))
    sections = "".join(f"分组{number}号\n" for number in range(40))
    found = around(outcome(run, tmp_path, f"{titles}地区,研发强度（%）\n{sections}安和县,2.31\n", BY_PLACE))
    assert {"标题39号", "分组39号"} <= {*found}
    assert len(found) < 70
