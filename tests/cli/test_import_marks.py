"""What marks rows and columns of a statistics sheet: merged words, units below heads, times in figures, footers."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.sheets import BY_PLACE, BY_YEAR, around, notes, outcome, workbook
from tests.support.later import Later

openpyxl = Later("openpyxl")

pytestmark = pytest.mark.usefixtures("statistics")

YEARS = ["指标", "2023", "2024", "备注"]
FIGURES = ["研发强度（%）", 2, 2.31]


@pytest.mark.parametrize("words", ["1-6月", "年度计划数", "规上", "2023"])
@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ([YEARS, [None, "{}"], ["人口", 4, 5], FIGURES], "B2:C2"),
        ([YEARS, ["人口", 4, 5], [None, "{}"], FIGURES], "B3:C3"),
        ([YEARS, ["人口", 4, 5, "{}"], FIGURES], "D2:D3"),
        ([YEARS, ["出口", 4, 5], ["人口", 4, 5, "{}"], FIGURES, ["进口", 4, 5]], "D3:D5"),
    ],
)
def test_merged_words_are_read_as_if_they_stood_in_each_cell(
    rows: list[list[object]], merged: str, words: str, run: Run, tmp_path: Path
) -> None:
    """1-6月 across both years, or in remarks down all rows: the figures passed for those of the year."""
    (tmp_path / "map.toml").write_text(BY_YEAR, encoding="utf-8")
    found = []
    for is_merged in (True, False):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append([words if cell == "{}" else cell for cell in row])
        if is_merged:
            book.active.merge_cells(merged)
        else:
            for line in book.active[merged]:
                for cell in line:
                    cell.value = words
        book.save(tmp_path / "sheet.xlsx")
        done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--json")
        (one,) = json.loads(done.stdout)["files"][0]["respondents"]
        values = [(row["id"], row["new"], row["excerpts"]) for row in one["rows"]]
        found.append((values, one["notes"], [(row["place"], row["why"]) for row in one["problems"]]))
    assert found[0] == found[1]
    taken = [excerpt for id, _new, excerpts in found[0][0] for excerpt in excerpts if id == "share"]
    assert not taken or words in str(taken)


def test_a_head_above_the_last_of_its_columns_is_taken_for_none_beside_it(run: Run, tmp_path: Path) -> None:
    """Its right neighbour's figure was taken for its own."""
    sheet = "地区,,研发强度（%）,,人口\n,2024年,2023年,2024年,2023年\n安和县,2.31,2.2,5,4\n"
    assert "share" not in outcome(run, tmp_path, sheet, BY_PLACE)["values"]


@pytest.mark.parametrize("group", ["2023年,增长（%）,2024年", "2024年,完成计划,2023年"])
def test_heads_above_several_columns_hold_beside_a_group_that_is_dated_otherwise(
    group: str, run: Run, tmp_path: Path
) -> None:
    """What stands further to the left is marked."""
    sheet = f"地区,出口,,,研发强度（%）,\n,{group},2023年,2024年\n安和县,7,8,9,2.2,2.31\n"
    found = outcome(run, tmp_path, sheet, BY_PLACE)
    assert found["values"]["share"]["new"]["value"] == "2.31"
    assert "← 研发强度（%）" in around(found)


@pytest.mark.parametrize("is_merged", [True, False])
def test_what_stands_further_left_or_up_is_marked_unless_it_is_one_cell(
    is_merged: bool, run: Run, tmp_path: Path
) -> None:
    """What the marks mean is said above the figures, where there are any."""
    head = ["范围", "地区", "研发强度（%）", None]
    book = workbook(head, [None, None, "2023年", "2024年"], ["全市", "乙县", 1, 2], [None, "安和县", 2.2, 2.31])
    if is_merged:
        book.active.merge_cells("C1:D1")
        book.active.merge_cells("A3:A4")
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(BY_PLACE, encoding="utf-8")
    printed = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml").stdout
    assert "D4: 2.31" in printed
    marks = ("← 研发强度（%）", "↑ 范围: 全市", "← stands before what the sheet has further to the left")
    assert [mark in printed for mark in marks] == [not is_merged] * 3
    assert "研发强度（%）" in printed
    assert "范围: 全市" in printed


def test_a_head_further_to_the_left_is_marked_where_the_title_says_the_same(run: Run, tmp_path: Path) -> None:
    sheet = "2024年,研发强度（%）\n地区,研发强度（%）,\n,2023年,2024年\n安和县,2.2,2.31\n"
    assert "← 研发强度（%）" in around(outcome(run, tmp_path, sheet, BY_PLACE))


def test_a_section_merged_across_the_whole_table_does_not_end_it(run: Run, tmp_path: Path) -> None:
    book = workbook(["地区", "人口（万人）", "研发强度（%）"], ["白沙县", 4, 2], ["一、东部"], ["安和县", 5, 2.31])
    book.active.merge_cells("A3:C3")
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(BY_PLACE, encoding="utf-8")
    assert "2.31" in run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml").stdout


def test_what_stands_below_all_figures_is_said_row_by_row(run: Run, tmp_path: Path) -> None:
    sheet = "地区,人口（万人）,研发强度（%）\n安和县,5,2.31\n"
    sheet += "数据截至：,2024年6月\n填报日期：,2025年1月10日\n负责人：,张三\n"
    assert notes(outcome(run, tmp_path, sheet, BY_PLACE), "the sheet says") == [
        "elsewhere the sheet says “数据截至： 2024年6月”, “填报日期： 2025年1月10日”, "
        "“负责人： 张三”; see that its figures are what is asked for"
    ]


@pytest.mark.parametrize("name", ["计量单位", "单位：", "Unit"])
def test_a_row_of_units_below_the_heads_is_one_by_its_name(name: str, run: Run, tmp_path: Path) -> None:
    """It ended the table before its first figure."""
    found = outcome(run, tmp_path, f"地区,人口,研发强度\n{name},万人,%\n安和县,5,2.31\n", BY_PLACE)
    assert found["values"]["share"]["new"]["value"] == "2.31"


def test_a_row_of_one_figure_right_above_the_heads_is_shown(run: Run, tmp_path: Path) -> None:
    sheet = "2024年研发情况,,\n规模以上工业企业,126,户\n地区,人口（万人）,研发强度（%）\n安和县,5,2.31\n"
    assert {"规模以上工业企业", "126"} <= {*around(outcome(run, tmp_path, sheet, BY_PLACE))}


def test_a_column_in_another_script_that_tells_times_is_no_second_name(run: Run, tmp_path: Path) -> None:
    """H1 beside one county and FY beside the other were taken for their names in English."""
    found = outcome(run, tmp_path, "地区,As of,研发强度（%）\n安和县,H1,2.31\n白沙县,FY,2\n", BY_PLACE)
    assert "stands “H1”" in found["wrong"]["share"]
    named = "地区,Name,研发强度（%）\n安和县,Anhe,2.31\n白沙县,Baisha,2\n"
    assert not notes(outcome(run, tmp_path, named, BY_PLACE), "Anhe")
    founded = outcome(run, tmp_path, "地区,投产时间,研发强度（%）\n安和县,2021,2.31\n白沙县,2022,2\n", BY_PLACE)
    assert founded["values"]["share"]["new"]["value"] == "2.31"
    assert "投产时间: 2021" in around(founded)
    yearbook = "指标,Item,2024\n人口,Population (10 000 persons),5\n研发强度（%）,R&D (%),2.31\n"
    assert not notes(outcome(run, tmp_path, yearbook, BY_YEAR), "R&D (%)")


@pytest.mark.parametrize(
    ("sheet", "mapped", "shown"),
    [
        ("地区,人口,研发强度（%）\n数据年份,2024,2023\n安和县,5,2.31\n", BY_PLACE, ""),
        ("地区,人口,研发强度（%）\n安和县,5,2.31\n基准,202406,202306\n", BY_PLACE, "基准: 202306"),
        ("地区,人口,研发强度（%）\n白沙县,5,2\n报告期,202406,202406\n安和县,5,2.31\n", BY_PLACE, "报告期: 202406"),
        ("地区,人口,研发强度（%）\n会计期间,6,6\n安和县,5,2.31\n", BY_PLACE, "会计期间: 6"),
        ("指标,2024,数据年\n人口,5,2024\n研发强度（%）,2.31,2023\n", BY_YEAR, "数据年: 2023"),
        ("指标,2024,截止\n人口,5,2024-06-30\n研发强度（%）,2.31,2024-06-30\n", BY_YEAR, "截止: 2024-06-30"),
        ("指标,2024,税款所属期\n研发强度（%）,2.31,202406\n", BY_YEAR, "税款所属期: 202406"),
        ("指标,2024,Fiscal period\n研发强度（%）,2.31,6\n", BY_YEAR, "Fiscal period: 6"),
    ],
)
def test_a_row_or_column_that_tells_times_in_figures_is_shown_by_its_values(
    sheet: str, mapped: str, shown: str, run: Run, tmp_path: Path
) -> None:
    """Under a name that no list has it was taken for other figures: last year's passed for those of the year."""
    found = outcome(run, tmp_path, sheet, mapped)
    assert shown in around(found) if shown else found["values"] == {}
