"""Figures of statistics sheets as they stand there: whatever is beside, above or over one that is taken is shown."""

import json
from itertools import product
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.sheets import BY_PLACE, BY_YEAR, LONG, around, notes, outcome, workbook

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
            ["", "", "", "", ""],
            ["丙县", "", "6", "3", ""],
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
            ["", "", "", "", ""],
            ["出口（亿元）", "", "6", "7", ""],
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
    own = next(number for number, row in enumerate(rows) if "2.31" in row)
    at = rows[own].index("2.31")
    head = next(number for number, row in enumerate(rows) if row[0] in ("地区", "指标"))
    for row, column in product(range(len(rows)), range(len(rows[0]))):
        is_over = row < head or (row < own and column == 0)
        if rows[row][column] or not (row == own or column == at or is_over):
            continue
        lines = [list(line) for line in rows]
        lines[row][column] = words
        sheet = "".join(",".join(line) + "\n" for line in lines if any(line))
        found = outcome(run, tmp_path, sheet, mapped)
        if "share" in found["values"]:
            assert any(words in said for said in (*around(found), *found["respondents"][0]["notes"])), (row, column)


def test_words_above_a_blank_cell_are_told_as_what_stands_above(run: Run, tmp_path: Path) -> None:
    """A group of rows says once what they are of; a remark on another row is none of its own."""
    sheet = "口径,地区,研发强度（%）\n规上,乙县,2\n,安和县,2.31\n"
    (one,) = outcome(run, tmp_path, sheet, BY_PLACE)["values"]["share"]["excerpts"]
    assert (one["over"], one["row"]) == (["↑ 口径: 规上"], ["安和县"])
    apart = "口径,地区,研发强度（%）\n规上,乙县,2\n郊县,,\n,安和县,2.31\n"
    assert around(outcome(run, tmp_path, apart, BY_PLACE)) == ["郊县", "↑ 口径: 规上", "研发强度（%）", "安和县"]
    behind = "地区,研发强度（%）,口径\n乙县,2,规上\n安和县,2.31,\n"
    assert around(outcome(run, tmp_path, behind, BY_PLACE)) == ["研发强度（%）", "安和县"]


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


def test_a_row_is_shown_as_it_stands_whatever_the_tables_in_it(run: Run, tmp_path: Path) -> None:
    """Names of tables beside go along: the unit of the left one was told as that of the right one, and a remark lost
    that stands below where the first table has names.
    """
    sheet = "地区,研发强度（%）,备注,地区,研发强度（%）\n乙县,2,快报数,安和县,2.31\n"
    assert around(outcome(run, tmp_path, sheet, BY_PLACE)) == ["研发强度（%）", "乙县", "备注: 快报数", "安和县"]
    mapped = LONG.replace('place = "地区"\nperiod = "年份"\n', "")
    sheet = "指标,数值,单位,来源,指标,数值,单位,来源\n人口,5,万人,公报,研发强度,2.31,%,年报\n"
    assert around(outcome(run, tmp_path, sheet, mapped))[1:] == ["人口", "5", "万人", "公报", "研发强度", "%", "年报"]
    sheet = "地区,研发强度（%）,,地区\n甲县,1,,乙县\n\n地区,研发强度（%）,户数,备注\n安和县,2.31,5,快报数\n"
    assert "备注: 快报数" in around(outcome(run, tmp_path, sheet, BY_PLACE))


def test_words_above_a_figure_are_told_with_the_name_in_its_own_table(run: Run, tmp_path: Path) -> None:
    sheet = "地区,别,地区,人口,研发强度（%）\n甲县,保密,乙县,5,快报\n丙县,1,安和县,5,2.31\n"
    found = around(outcome(run, tmp_path, sheet, BY_PLACE))
    assert found == ["研发强度（%）", "乙县: 快报", "丙县", "别: 1", "安和县", "人口: 5"]


def test_the_title_of_a_table_lower_down_is_shown_also_over_a_blank_row(run: Run, tmp_path: Path) -> None:
    sheet = "地区,研发强度（%）\n甲县,1\n注释\n乙县,2\n表二,规上企业\n\n地区,研发强度（%）\n安和县,2.31\n"
    assert around(outcome(run, tmp_path, sheet, BY_PLACE)) == [
        "注释",
        "表二",
        "规上企业",
        "研发强度（%）",
        "安和县",
    ]


def test_a_number_that_its_format_makes_a_month_is_shown(run: Run, tmp_path: Path) -> None:
    book = workbook(["地区", "研发强度（%）", "止"], ["安和县", 2.31, 6])
    book.active["C2"].number_format = '0"月"'
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(BY_PLACE, encoding="utf-8")
    done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--json")
    (one,) = json.loads(done.stdout)["files"][0]["respondents"]
    assert one["rows"][-1]["excerpts"][0]["row"] == ["安和县", "止: 6月"]


@pytest.mark.parametrize("number", ["24.06", "2406", "45473"])
def test_any_number_under_a_head_of_times_is_shown(number: str, run: Run, tmp_path: Path) -> None:
    """The half year 24.06 was taken for the year, without a word of it: the map names no period."""
    found = around(
        outcome(run, tmp_path, f"地区,期间,研发强度（%）\n乙县,{number},5\n安和县,{number},2.31\n", BY_PLACE)
    )
    assert f"期间: {number}" in found
    found = around(outcome(run, tmp_path, f"指标,2024\n期间,{number}\n研发强度（%）,2.31\n", BY_YEAR))
    assert f"期间: {number}" in found


@pytest.mark.parametrize(
    ("value", "shown_as", "printed"),
    [
        (2.31, "[$$-409]#,##0.00", "$2.31"),
        (2.31, "$#,##0.00", "$2.31"),
        (2.31, "[$€-2] 0.0", "€2.31"),
        (2.31, "[Red][$-804]0.00", "2.31"),
        (0.0231, '0.00%"（2023年）"', "2.31%（2023年）"),
    ],
)
def test_a_figure_is_shown_with_all_that_its_number_format_writes(
    value: float, shown_as: str, printed: str, run: Run, tmp_path: Path
) -> None:
    book = workbook(["地区", "研发强度（%）"], ["安和县", value])
    book.active["B2"].number_format = shown_as
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(BY_PLACE, encoding="utf-8")
    done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--json")
    (one,) = json.loads(done.stdout)["files"][0]["respondents"]
    assert one["rows"][-1]["excerpts"][0]["shown"] == printed


@pytest.mark.parametrize(("rows", "told"), [("乙县,{},5\n安和县,2.31,5\n", "乙县: {}"), ("安和县,2.31,{}\n", "x: {}")])
@pytest.mark.parametrize("number", ["1999", "202406", "20240630", "2024.6", "2124", "2024061", "12024", "2024.613"])
def test_numbers_are_years_months_or_days_by_their_digits(
    number: str, rows: str, told: str, run: Run, tmp_path: Path
) -> None:
    """In its row, and in its column with the name that stands there."""
    sheet, words = f"地区,研发强度（%）,x\n{rows.format(number)}", told.format(number)
    is_time = number in ("1999", "202406", "20240630", "2024.6")
    assert (words in around(outcome(run, tmp_path, sheet, BY_PLACE))) is is_time


def test_words_long_and_often_repeated_are_shown_once_and_whole(run: Run, tmp_path: Path) -> None:
    title = "某某省各县主要指标" * 8 + "口径为规上"
    others = "".join(f"县{number},保密\n" for number in range(40))
    sheet = f"{title}\n地区,研发强度（%）\n规上,\n{others}安和县,2.31\n"
    found = around(outcome(run, tmp_path, sheet, BY_PLACE))
    assert found == [title, "规上", "研发强度（%）", "县39: 保密", "安和县"]
    others = "".join(f"县{number},说{number},7\n" for number in range(40))
    found = around(outcome(run, tmp_path, f"地区,研发强度（%）,户数\n{others}安和县,2.31,7\n", BY_PLACE))
    assert found == ["研发强度（%）", *(f"县{number}: 说{number}" for number in range(32, 40)), "安和县", "户数: 7"]


def test_of_many_rows_of_words_the_first_and_the_nearest_are_shown(run: Run, tmp_path: Path) -> None:
    titles = "规上企业\n" + "".join(f"标题{number}号\n" for number in range(40))
    sections = "".join(f"分组{number}号\n" for number in range(40))
    found = around(outcome(run, tmp_path, f"{titles}地区,研发强度（%）\n{sections}安和县,2.31\n", BY_PLACE))
    assert {"规上企业", "标题39号", "分组39号"} <= {*found}
    assert len(found) < 70


def test_a_row_far_above_heads_is_no_part_of_them_and_units_name_no_row(run: Run, tmp_path: Path) -> None:
    sheet = "某题,规上,全部\n引言甲\n引言乙\n引言丙\n地区,人口,研发强度（%）\n安和县,5,2.31\n"
    assert {"规上", "全部"} <= {*around(outcome(run, tmp_path, sheet, BY_PLACE))}
    mapped = BY_YEAR.replace("[columns]\n", '[columns]\nunit = "单位"\n')
    sheet = "指标,2023,单位,2024\n出口,3,万元,快报\n研发强度,2,%,2.31\n"
    assert "出口: 快报" in around(outcome(run, tmp_path, sheet, mapped))


BY_LINE = BY_YEAR.replace("[columns]", '[columns]\nunit = "单位"')
BY_VALUE = BY_LINE.replace('layout = "wide"\nacross = "period"\n', "").replace("[columns]", '[columns]\nvalue = "数值"')


@pytest.mark.parametrize(
    ("sheet", "mapped", "words"),
    [
        (",,规上企业,,单位：%\n地区,研发强度,户数,人数,产值\n安和县,2.31,4,5,6\n", BY_PLACE, "规上企业"),
        ("填报单位：开发区,2024年,单位：%\n地区,研发强度,户数\n安和县,2.31,4\n", BY_PLACE, "填报单位：开发区"),
        ("口径,规上,126,户,3\n\n\n\n\n地区,研发强度（%）,户数\n安和县,2.31,4\n", BY_PLACE, "规上"),
        ("序号,指标,单位,2024\n1,人口,万人,7\n2,乙县计划数：,,\n3,研发强度,%,2.31\n", BY_LINE, "乙县计划数："),
        ("指标,单位,2024\n人口,万人,7\n乙县计划数：,—,—\n出口,%,1\n研发强度,%,2.31\n", BY_LINE, "乙县计划数："),
        ("手册\n指标,单位,2024\n人口,万人,7\n开发区\n出口,%,1\n指标,单位,2024\n研发强度,%,2.31\n", BY_LINE, "开发区"),
        ("指标,单位,2024\n人口,万人,7\n乙县\n代码,,34\n指标,单位,2024\n研发强度,%,2.31\n", BY_LINE, "乙县"),
        ("口径,地区,研发强度（%）\n规上,乙县,2\n" + ",丙县,3\n" * 90 + ",安和县,2.31\n", BY_PLACE, "口径: 规上"),
        ("指标,单位,2024,,指标,单位,2024\n开发区,,,,人口,万人,4\n研发强度,%,2.31\n", BY_LINE, "开发区"),
        ("指标,单位,代码,2024\n人口,万人,01,7\n乙县口径：,,02,\n研发强度,%,03,2.31\n", BY_LINE, "乙县口径："),
        ("地区,研发强度（%）,mth\n安和县,2.31,6\n", BY_PLACE, "mth: 6"),
        ("地区,yf,研发强度（%）\n安和县,6,2.31\n", BY_PLACE, "yf: 6"),
        ("地区,月份（累计）,研发强度（%）\n安和县,6,2.31\n", BY_PLACE, "月份（累计）: 6"),
        ("指标,单位,2024\n一、全县,,\n人口,万人,5\n二、规上,家,126\n研发强度,%,2.31\n", BY_LINE, "二、规上"),
        ("地区,人口,研发强度（%）\n2021,3,2\n2022,4,2.1\n安和县,5,2.31\n", BY_PLACE, "2022"),
        ("2024年\n地区,人口,研发强度（%）\n1-6月全市,4,2.1\n安和县,5,2.31\n", BY_PLACE, "1-6月全市"),
        ("截止月份,12,12,6\n地区,人口,户数,研发强度（%）\n安和县,5,4,2.31\n", BY_PLACE, "截止月份: 6"),
        ("地区（2022年）,\n地区,研发强度（%）\n安和县,2.31\n", BY_PLACE, "地区（2022年）"),
        ("地区,研发强度（%）,,研发强度为全市数\n安和县,2.31,,\n", BY_PLACE, "研发强度为全市数"),
        ("指标,单位,2024\n研发强度,%,2.31\n资料来源：市局2022年数,电话,881234\n", BY_LINE, "资料来源：市局2022年数"),
        ("指标,单位,2024\n研发强度,%,2.31\n注：,,\n1,为全市数,\n", BY_LINE, "1 为全市数"),
        ("指标,单位,2024\n研发强度,%,2.31\n数据来源,市局2022年核定数,\n", BY_LINE, "数据来源 市局2022年核定数"),
        (
            "地区,研发强度（%）,户数\n安和县,2.31,4\n资料来源：市局2022年数,电话,881234\n",
            BY_PLACE,
            "资料来源：市局2022年数",
        ),
        (
            "表1 人口\n地区,户数,人数\n安和县,4,5\n表2 2022年,,126\n地区,研发强度（%）,户数\n安和县,2.31,4\n",
            BY_PLACE,
            "表2 2022年",
        ),
        (
            "指标,单位,2024\n人口,万人,5\n\n二、科技,全市数,单位：%\n指标,单位,2024\n研发强度,%,2.31\n",
            BY_LINE,
            "全市数",
        ),
        ("地区,人口,户数,研发强度（%）\n,2024年,2023年,\n安和县,5,4,2.31\n", BY_PLACE, "2023年"),
        (
            "指标,单位,数值,增长\n一、综合,,2024年数,\n人口,万人,5,1\n二、科技,,2022年数,\n研发强度,%,2.31,5\n",
            BY_VALUE,
            "二、科技: 2022年数",
        ),
        ("指标,单位,数值\n统计年度,年,2023\n研发强度,%,2.31\n", BY_VALUE, "统计年度: 2023"),
        ("指标,单位,数值\n截止日期,,2023-06-30\n研发强度,%,2.31\n", BY_VALUE, "截止日期: 2023-06-30"),
    ],
)
def test_what_no_rule_understands_is_shown_where_it_stands(
    sheet: str, mapped: str, words: str, run: Run, tmp_path: Path
) -> None:
    found = outcome(run, tmp_path, sheet, mapped)
    shown = (*around(found), *found["respondents"][0]["notes"]) if "share" in found["values"] else ()
    assert any(words in said for said in shown) or found["wrong"]


def test_a_section_that_has_ended_stands_over_no_figure(run: Run, tmp_path: Path) -> None:
    """一、全县 was printed over a figure of 二、规上, whose own row has a figure."""
    sheet = "指标,单位,2024\n一、全县,,\n人口,万人,5\n二、规上,家,126\n研发强度,%,2.31\n三、其他,家,2\n"
    (one,) = outcome(run, tmp_path, sheet, BY_LINE)["values"]["share"]["excerpts"]
    assert one["over"] == ["二、规上"]


@pytest.mark.parametrize("second", ["2.31%", "2.31*", "约2.31", "暂缺\n乙县,规上,3"])
def test_a_row_without_a_name_is_no_foot(second: str, run: Run, tmp_path: Path) -> None:
    """Names merged over 规上 and 全社会 leave the second without one: whose it is nobody knows."""
    found = outcome(run, tmp_path, f"地区,口径,研发强度（%）\n安和县,规上,1.5\n,全社会,{second}\n", BY_PLACE)
    assert "share" in found["wrong"]


@pytest.mark.parametrize("foot", ["县科技局（盖章）", "2025年1月10日", "单位负责人："])
def test_a_seal_below_the_last_figure_is_none(foot: str, run: Run, tmp_path: Path) -> None:
    """It counted as another figure of the row above: the name “stands there several times with different figures”."""
    found = outcome(run, tmp_path, f"2024年\n指标,单位,2024\n研发强度,%,2.31\n,,{foot}\n", BY_LINE)
    assert found["values"]["share"]["new"]["value"] == "2.31"
    assert notes(found, f"“{foot}”")


def test_the_month_in_which_a_sheet_was_made_may_be_spelled_out(run: Run, tmp_path: Path) -> None:
    """二〇二五年三月 made all years below it parts of one; where a title does, it is named."""
    sheet = "2024年主要指标\n{}\n指标,单位,2024年,2023年\n研发强度,%,2.31,2\n"
    found = outcome(run, tmp_path, sheet.format("二〇二五年三月"), BY_LINE)
    assert found["values"]["share"]["new"]["value"] == "2.31"
    assert "2024年 上半年" in outcome(run, tmp_path, sheet.format("上半年"), BY_LINE)["said"]


def test_rows_of_a_table_are_no_remarks(run: Run, tmp_path: Path) -> None:
    """Those of others, with or without a unit, and with a dash in place of a figure; a remark beside one is."""
    sheet = "2024年\n指标,单位,2024,备注\n人口,万人,5,\n研发强度,%,2.31,\n出口,—,—,\n进口,亿元,3,全市数\n"
    sheet += "专利,万人,,\n"  # left blank
    assert notes(outcome(run, tmp_path, sheet, BY_LINE), "sheet says") == [
        "elsewhere the sheet says “备注”, “进口 亿元 全市数”; see that its figures are what is asked for"
    ]


def test_formulas_in_place_of_words_are_told(run: Run, tmp_path: Path) -> None:
    """A remark by =VLOOKUP was shown nowhere; what it shows is read with --values alone."""
    book = workbook(["=Y1"], ["地区", "研发强度（%）", "备注"], ["安和县", 2.31, "=VLOOKUP(A3,Z:Z,1)"], ["=Y2"])
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(BY_PLACE, encoding="utf-8")
    done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--json", "--lang", "en")
    (told,) = (note for note in json.loads(done.stdout)["files"][0]["respondents"][0]["notes"] if "formulas" in note)
    assert told.startswith("formulas stand over or beside the figures, “=Y1”, “备注: =VLOOKUP(A3,Z:Z,1)”, “=Y2”; ")


def test_where_a_row_is_a_figure_all_its_other_numbers_are_shown(run: Run, tmp_path: Path) -> None:
    sheet = "指标,地区,年份,mth,数值,单位,来源\n研发强度,安和县,2024,6,2.31,%,x\n"
    assert "mth: 6" in around(outcome(run, tmp_path, sheet, LONG))


@pytest.mark.parametrize(
    "below", ["资料来源：某局，研发为2023年数", "统计口径：,市本级", "截至：,2024", "基准,2024,2023"]
)
def test_what_stands_below_all_figures_is_said_as_it_stands(below: str, run: Run, tmp_path: Path) -> None:
    found = outcome(run, tmp_path, f"地区,研发强度（%）,户数\n安和县,2.31,4\n{below}\n填报人：,某某\n", BY_PLACE)
    assert notes(found, f"the sheet says “{below.replace(',', ' ')}”, “填报人： 某某”")


def test_what_stands_below_the_table_of_a_figure_and_above_another_is_said(run: Run, tmp_path: Path) -> None:
    sheet = "地区,研发强度（%）\n安和县,2.31\n以上为规上企业数\n\n地区,研发强度（%）\n乙县,7\n\n地区,户数\n乙县,8\n"
    found = outcome(run, tmp_path, sheet, BY_PLACE)
    assert [*notes(found, "the sheet says")] == [
        "elsewhere the sheet says “以上为规上企业数”, “地区 户数”; see that its figures are what is asked for"
    ]


@pytest.mark.parametrize(
    "note", ["附注：1.研发强度为2022年数", "①研发强度为2022年数", "资料来源：市局，为全市数", "注：\n1,为2022年数"]
)
@pytest.mark.parametrize(
    "below",
    ["", "填表人：张三,联系电话：,13800001111\n", "第,356,页\n", "\n表2 人口\n县区,人口（万人）\n安和县,38.6\n"],
)
def test_a_note_below_its_table_is_said_whatever_stands_further_down(
    note: str, below: str, run: Run, tmp_path: Path
) -> None:
    """A number further down, as of another table, kept back all notes but those that began with 注."""
    found = outcome(run, tmp_path, f"地区,研发强度（%）,户数\n安和县,2.31,4\n临江县,1.2,3\n{note}\n{below}", BY_PLACE)
    (said,) = notes(found, "the sheet says")
    assert all(f"“{line.replace(',', ' ')}”" in said for line in note.splitlines())
    assert "临江县" not in said
    assert not any("人口" in words for words in around(found))  # of another table


def test_a_note_merged_downwards_with_a_head_is_none(run: Run, tmp_path: Path) -> None:
    """It stood among the columns that are not taken over, of which twelve are named."""
    book = workbook(["地区", "研发强度（%）", "研发强度为全市数"], ["安和县", 2.31], ["临江县", 1.2])
    book.active.merge_cells("C1:C3")
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(BY_PLACE, encoding="utf-8")
    done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--lang", "en")
    assert "elsewhere the sheet says “研发强度为全市数”" in " ".join(done.stdout.split())


def test_a_long_note_is_shown_whole_and_of_very_many_how_many_are_left_out(run: Run, tmp_path: Path) -> None:
    """One of seven items in one cell was cut before the seventh, which said what the figure is of."""
    note = (
        "注："
        + "".join(f"{number}.本表指标口径与上年一致，数据来自市统计局。" for number in range(20))
        + "研发强度为全市数。"
    )
    lines = "".join(f"附{number}\n" for number in range(50))
    found = outcome(run, tmp_path, f"地区,研发强度（%）\n安和县,2.31\n{note}\n{lines}", BY_PLACE)
    (said,) = notes(found, "the sheet says")
    assert note in said
    assert "“附18”, “附30”" in said
    assert "(left out: 11 others)" in said


def test_what_is_in_the_rows_of_many_figures_is_said_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "region", version = "2027.1.0" }\n'
        'weights = { id = "baseline", version = "2027.1.0" }\n[subject]\nname = "安和县"\nperiod = "2024"\n',
        encoding="utf-8",
    )
    heads = "地区,年末常住人口（万人）,货物进出口总额（亿元）,地区生产总值（亿元）,备注"
    (tmp_path / "sheet.csv").write_text(f"2024年\n{heads}\n安和县,46.2,12,310,快报数\n", encoding="utf-8")
    printed = run("import", "sheet.csv", "--map", "provincial_yearbook", "--into", "r.toml").stdout
    assert "In the rows of all of them stands: 安和县 · 备注: 快报数" in printed
    assert printed.count("快报数") == 1


def test_a_numeral_of_a_section_in_a_column_of_serial_numbers_ends_no_table(run: Run, tmp_path: Path) -> None:
    """It was refused, since words stand there where figures do: the commonest form of all."""
    sheet = "序号,指标,单位,2024\n一,人口\n1,常住人口,万人,7\n二,科技\n2,研发强度,%,2.31\n"
    found = outcome(run, tmp_path, sheet, BY_LINE)
    assert found["values"]["share"]["new"]["value"] == "2.31"
    assert "科技" in around(found)


@pytest.mark.parametrize(
    ("sheet", "mapped"),
    [
        ("序号,指标,单位,2024\n一,人口\n1,常住人口,万人,\n二,科技\n2,研发强度,%,2.31\n", BY_LINE),
        ("序号,地区,研发强度（%）\n1,乙县,\n2,安和县,2.31\n", BY_PLACE),
        ("地区,Number of staff（%）\n乙县,12\n安和县,2.31\n", BY_PLACE.replace("研发强度", "Number of staff")),
    ],
)
def test_a_serial_number_beside_a_blank_and_a_number_that_is_asked_for_are_no_section(
    run: Run, tmp_path: Path, sheet: str, mapped: str
) -> None:
    """Figures below “Number of …” were none, and their table ended."""
    found = outcome(run, tmp_path, sheet, mapped)
    assert found["values"]["share"]["new"]["value"] == "2.31"


def test_a_figure_whose_row_leaves_the_time_blank_is_refused_with_its_cell(run: Run, tmp_path: Path) -> None:
    """It was said not to be in the sheet, where its year is written once for a block of rows."""
    sheet = "指标,地区,年份,数值,单位,来源\n人口,安和县,2024,5,万人,x\n研发强度,安和县,,2.31,%,x\n"
    found = outcome(run, tmp_path, sheet, LONG)
    assert (found["values"], found["status"]) == ({}, 1)
    assert found["wrong"]["share"].startswith("the row names no time of its own")
    dated = f"{sheet}研发强度,安和县,2024,2,%,x\n"
    assert outcome(run, tmp_path, dated, LONG)["values"]["share"]["new"]["value"] == "2"


def test_the_evidence_that_a_map_names_is_said(run: Run, tmp_path: Path) -> None:
    """Last year's map gave this year's figures last year's source, and nothing printed it."""
    mapped = BY_PLACE.replace("[columns]", 'source = "月报2023年6月"\n[columns]')
    found = outcome(run, tmp_path, "地区,研发强度（%）\n安和县,2.31\n", mapped)
    assert notes(found, "the map names as evidence of every figure: “月报2023年6月”")


def test_the_titles_and_sections_above_the_figures_that_are_taken_are_said(run: Run, tmp_path: Path) -> None:
    """What a title says of all figures below it no rule knows: who imports them reads it."""
    sheet = "主要指标占全省比重\n单位：%\n地区,研发强度\n一、城区\n乙县,9\n二、郊县\n安和县,2.31\n"
    (one,) = outcome(run, tmp_path, sheet, BY_PLACE)["values"]["share"]["excerpts"]
    assert one == {
        "place": "B7",
        "shown": "2.31",
        "time": "2024",
        "row": ["安和县"],
        "column": ["研发强度"],
        "over": ["主要指标占全省比重", "单位：%", "二、郊县"],
    }
    (tmp_path / "sheet.csv").write_text(sheet, encoding="utf-8")
    printed = run("import", "sheet.csv", "--map", "map.toml", "--into", "a.toml").stdout
    assert "Over all of them stands: 主要指标占全省比重 · 单位：% · 二、郊县" in printed
    assert "B7: 2.31" in printed


def test_labels_beside_the_names_are_said_and_names_in_another_language_are_not(run: Run, tmp_path: Path) -> None:
    """A city or a part of it, a group of indicators, “preliminary”."""
    sheet = "范围,No.,Indicator,指标,2024\n全市,1,People,人口,5\n,2,R&D (%),研发强度（%）,9\n城区,3,Exports,出口,5\n"
    assert around(outcome(run, tmp_path, sheet, BY_YEAR)) == [
        "↑ 范围: 全市",
        "2024",
        "Indicator: R&D (%)",
        "研发强度（%）",
    ]
    assert "范围: 城区" in around(outcome(run, tmp_path, "范围,指标,2024\n城区,研发强度（%）,9\n", BY_YEAR))
    # Nor is one word for each name a name, where two of a sheet's rows are of places called alike in two cities.
    of_two = LONG + 'over = "总量"\nunit = "元"\nover_unit = "元"\n'
    apart = "城市,指标,地区,年份,数值,单位,来源\n甲市,研发强度,安和县,2024,2,元,\n乙市,总量,安和县,2024,100,元,\n"
    assert "stand under or beside different places" in outcome(run, tmp_path, apart, of_two)["wrong"]["share"]
    behind = "地区,研发强度（%）,备注\n安和县,9,为2023年数\n"
    assert "备注: 为2023年数" in around(outcome(run, tmp_path, behind, BY_PLACE))
    marked = "指标,地区,年份,数值,单位,来源,状态\n研发强度,安和县,2024,2.31,%,x,初步\n研发强度,乙县,2024,9,%,x,\n"
    assert "状态: 初步" in around(outcome(run, tmp_path, marked, LONG))
    (tmp_path / "map.toml").write_text(BY_YEAR, encoding="utf-8")
    book = workbook(("类别", "指标", "2024"), ("科技", "研发强度（%）", 2), (None, "人口", 5), ("综合", "出口", 5))
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "sheet.xlsx")
    done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--json")
    (one,) = json.loads(done.stdout)["files"][0]["respondents"]
    assert one["rows"][-1]["excerpts"][0]["row"] == ["类别: 科技", "研发强度（%）"]


def test_units_below_the_heads_of_others_are_not_over_a_figure(run: Run, tmp_path: Path) -> None:
    found = outcome(run, tmp_path, "地区,研发强度,人口\n,%,万人\n安和县,2.31,5.5\n", BY_PLACE)
    assert around(found) == ["研发强度", "%", "安和县"]


def test_a_row_of_months_above_the_heads_of_a_lower_table_is_shown(run: Run, tmp_path: Path) -> None:
    sheet = "地区,人口,研发强度（%）\n乙县,3,7\n,12,6\n地区,人口,研发强度（%）\n安和县,5.5,2.31\n"
    assert "6" in around(outcome(run, tmp_path, sheet, BY_PLACE))


def test_a_row_whose_figure_is_missing_is_refused_with_the_way_on(run: Run, tmp_path: Path) -> None:
    """A row without a figure may be the heading of those below: nothing tells it from one that is left blank."""
    head, of_2024 = "指标,地区,年份,数值,单位,来源\n", "研发强度,安和县,2024,2.31,%,x\n"
    some = head + "人口,安和县,2023,5,人,x\n研发强度,安和县,2023,{},%,x\n人口,安和县,2024,6,人,x\n" + of_2024
    assert "write n/a into its cell" in outcome(run, tmp_path, some.format(""), LONG)["wrong"]["share"]
    found = outcome(run, tmp_path, some.format("n/a"), LONG)
    assert found["values"]["share"]["new"]["value"] == "2.31"


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("年份,指标,数值,单位\n2024,预算数,,\n2024,研发强度,2.31,%\n", "预算数"),
        ("年份,指标,数值,单位\n2024,研发强度,2.31,%\n2024,以上均为预计数,,\n", "以上均为预计数"),
    ],
)
def test_a_heading_in_the_columns_of_names_is_told(run: Run, tmp_path: Path, sheet: str, told: str) -> None:
    """Where the year is filled in on every row, a heading or a note was taken for a record without a figure."""
    mapped = LONG.replace('place = "地区"\n', "").replace('source = "来源"\n', "")
    assert told in str(outcome(run, tmp_path, sheet, mapped))


@pytest.mark.parametrize("other", ["3", "1"])
def test_rows_of_one_name_and_figure_are_shown_each(run: Run, tmp_path: Path, other: str) -> None:
    """1 of one township and 1 of another are not one figure; those that differ are refused."""
    sheet = f"指标,2024\n城关镇,40\n研发强度（%）,1\n东河镇,30\n研发强度（%）,{other}\n"
    found = outcome(run, tmp_path, sheet, BY_YEAR)
    assert (found["values"] == {}) == (other == "3")
    if other == "1":
        assert [one["place"] for one in found["values"]["share"]["excerpts"]] == ["B3", "B5"]


def test_a_number_in_the_column_of_units_is_none(run: Run, tmp_path: Path) -> None:
    """A blank cell is lost in copying, and the row moves aside: last year's figure stood below this year's head."""
    mapped = BY_YEAR.replace("[columns]\n", '[columns]\nunit = "单位"\n').replace("share", 'share"\nunit = "%')
    sheet = "指标,单位,2024,2023\n人口,万人,45.6,45.9\n研发强度,18.2,9.6\n"
    assert "18.2" in outcome(run, tmp_path, sheet, mapped)["wrong"]["share"]
    unmapped = outcome(run, tmp_path, sheet.replace("研发强度", "研发强度（%）"), BY_YEAR)
    assert "单位: 18.2" in around(unmapped)


@pytest.mark.parametrize("heads", ["主要经济指标,,,\n指标,单位,2024,2023\n", ""])
def test_a_title_with_the_number_of_its_page_is_shown_over_the_figures(run: Run, tmp_path: Path, heads: str) -> None:
    """The next page of a yearbook, made a sheet, is of another county, whose name stood nowhere."""
    mapped = BY_YEAR.replace("[columns]\n", '[columns]\nunit = "单位"\n')
    sheet = f"安和县,,,17\n指标,单位,2024,2023\n人口,万人,5,6\n北河县,,,18\n{heads}研发强度,%,2.31,2.2\n"
    found = outcome(run, tmp_path, sheet, mapped)
    assert found["values"]["share"]["new"]["value"] == "2.31"
    assert "北河县" in around(found)


def test_of_a_page_number_near_heads_the_title_is_shown_without_units(run: Run, tmp_path: Path) -> None:
    """One number in a row among rows of two is none of a table; the last row of a table of one figure is."""
    page = "2023年统计年鉴,,18\n地区,人口,研发强度（%）\n"
    sheet = f"2024年统计年鉴,,17\n地区,人口,研发强度（%）\n乙县,5,1\n{page}安和县,6,2.31\n"
    assert "2023年统计年鉴" in around(outcome(run, tmp_path, sheet, BY_PLACE))
    single = "地区,研发强度（%）\n乙县,1\n地区,研发强度（%）\n安和县,2.31\n"
    assert "乙县" not in around(outcome(run, tmp_path, single, BY_PLACE))


@pytest.mark.parametrize(
    ("beside", "first"), [("备注", "审定数"), ("备注", ""), ("数据年份", "2024"), ("数据年份", "")]
)
def test_a_remark_is_said_though_another_figure_that_is_taken_has_one_too(
    beside: str, first: str, run: Run, tmp_path: Path
) -> None:
    """It holds for the total below it; a year says so as well as words do."""
    told = "以下各项为2023年末数" if beside == "备注" else "2023"
    sheet = f"指标,2024,{beside}\n研发,2,{first}\n产值,5,{told}\n总量,100,\n"
    mapped = (
        BY_YEAR.replace('[indicators."研发强度"]', '[indicators."研发"]')
        + 'over = "总量"\nunit = "元"\nover_unit = "元"\n'
    )
    found = outcome(run, tmp_path, sheet, mapped)
    assert found["values"]["share"]["new"]["value"] == "2"
    assert f"“产值 {told}”" in (said := "".join(notes(found, "elsewhere the sheet says")))
    assert "“研发 " not in said  # it is shown beside its figure


def test_units_of_other_rows_are_no_remarks_where_one_figure_has_its_own_beside_its_name(
    run: Run, tmp_path: Path
) -> None:
    """Twenty of them hid the remark above them."""
    others = "".join(f"产品{number},万吨,7,\n" for number in range(25))
    sheet = f"指标,单位,2024,备注\n产值,元,5,以下为快报数\n{others}研发（元）,,2,\n总量,元,100,\n"
    mapped = BY_YEAR.replace('[indicators."研发强度"]', '[indicators."研发"]').replace(
        "[columns]", '[columns]\nunit = "单位"'
    )
    found = outcome(run, tmp_path, sheet, mapped + 'over = "总量"\n')
    assert found["values"]["share"]["new"]["value"] == "2"
    assert "以下为快报数" in (said := "".join(notes(found, "elsewhere the sheet says")))
    assert "产品7" not in said
