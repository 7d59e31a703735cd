"""Statistics sheets by their map: long and wide, one place and period, each figure in the unit of its question."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from nqpf_assess.exchange.grids import GridCell
from nqpf_assess.exchange.sheet_tables import SheetFigure
from nqpf_assess.files.places import shipped
from nqpf_assess.files.schemas import schema, schema_text
from tests.cli.conftest import Run
from tests.cli.sheets import BY_PLACE, BY_YEAR, HEAD, LONG, around, notes, outcome
from tests.files.test_schemas import data_of
from tests.support.later import Later
from tests.support.scored import every_other

openpyxl = Later("openpyxl")

pytestmark = pytest.mark.usefixtures("statistics")

READY = shipped() / "maps" / "provincial_yearbook.toml"


ROWS = (
    "指标,地区,年份,数值,单位,来源\n研发强度,安和县,2024,{value},{unit},统计公报\n"
    "研发强度,安和县,2023,1,%,x\n研发强度,乙县,2024,9,%,x\n人口,安和县,2024,5,万人,x\n"
)


def test_a_long_sheet_gives_one_place_and_one_period(run: Run, tmp_path: Path) -> None:
    found = outcome(run, tmp_path, ROWS.format(value="2.31", unit="%"), LONG)
    row = found["values"]["share"]
    assert (row["new"]["value"], row["new"]["year"], found["status"]) == ("2.31", 2024, 0)
    assert (row["from"]["kind"], row["from"]["place"]) == ("statistics", "D2")
    assert "人口" in found["columns"]["carried"]
    assert found["respondents"][0]["notes"] == []


def test_a_map_that_asks_for_another_place_or_year_is_followed_and_this_is_said(run: Run, tmp_path: Path) -> None:
    """A neighbour's map, or last year's, brought their figures under the name and year of the assessment."""
    mapped = LONG.replace("[columns]", 'place = ["乙县"]\nperiod = "2023"\n[columns]')
    sheet = ROWS.format(value="2.31", unit="%").replace("乙县,2024,9", "乙县,2023,9")
    found = outcome(run, tmp_path, sheet, mapped)
    assert found["values"]["share"]["new"]["value"] == "9"
    assert found["respondents"][0]["notes"] == [
        "the map asks for the figures of 乙县; the assessment is of 安和县",
        "the figures taken are those of 2023; the assessment is of 2024年",
    ]
    written_shorter = LONG.replace("[columns]", 'place = ["安和"]\nperiod = "2024"\n[columns]')
    found = outcome(run, tmp_path, ROWS.format(value="2.31", unit="%").replace("安和县", "安和"), written_shorter)
    assert (found["values"]["share"]["new"]["value"], found["respondents"][0]["notes"]) == ("2.31", [])
    # For half a year the whole is not taken without a word, beside a column of that half.
    answers = tmp_path / "a.toml"
    answers.write_text(answers.read_text("utf-8").replace("2024年", "2024年上半年"), "utf-8")
    for more, value, wanted in (
        ("", "9", ["the figures taken are those of 2024; the assessment is of 2024年上半年"]),
        ('period = "2024年上半年"\n', "2.31", []),
    ):
        mapped = BY_YEAR.replace("[columns]", f"{more}[columns]")
        title = "安和县上半年主要指标" if more else "安和县"  # nor is a title another time that says what is asked for
        found = outcome(run, tmp_path, f"{title}\n指标,2024年上半年,2024\n研发强度（%）,2.31,9\n", mapped)
        told = [note for note in found["respondents"][0]["notes"] if "figures taken are" in note]
        assert (found["values"]["share"]["new"]["value"], told) == (value, wanted)


@pytest.mark.parametrize(
    ("title", "period", "is_taken"),
    [
        ("安和县2024年上半年主要指标", "", True),
        ("安和县2024年上半年主要指标", "2024", True),
        ("2024年1-6月", "", True),
        ("2024年1-6月", "2024年1-6月", True),
        ("2024年上半年比2023年上半年", "", False),
        ("24年上半年", "2023年上半年", False),  # was taken, and dated 2023
    ],
)
def test_a_title_is_of_the_half_that_is_assessed_or_that_the_map_asks_for(
    run: Run, tmp_path: Path, title: str, period: str, is_taken: bool
) -> None:
    answers = tmp_path / "a.toml"
    answers.write_text(answers.read_text("utf-8").replace("2024年", "2024年上半年"), "utf-8")
    mapped = BY_PLACE.replace("[columns]", f'period = "{period}"\n[columns]') if period else BY_PLACE
    found = outcome(run, tmp_path, f"{title}\n地区,研发强度（%）\n安和县,2.31\n", mapped)
    assert bool(found["values"]) is is_taken
    assert is_taken or f"There are: 安和县 {title}. Name the place" in found["said"]


def test_beside_dated_sections_a_figure_that_nothing_dates_is_of_no_half_that_the_map_states(
    run: Run, tmp_path: Path
) -> None:
    mapped = BY_PLACE.replace("[columns]", 'period = "2024年上半年"\n[columns]')
    answers = tmp_path / "a.toml"
    answers.write_text(answers.read_text("utf-8").replace("2024年", "2024年上半年"), "utf-8")
    sheet = "地区,研发强度（%）\n安和县,9.9\n{},\n安和县,2.31\n"
    found = outcome(run, tmp_path, sheet.format("2024年上半年"), mapped)
    assert found["values"]["share"]["new"]["value"] == "2.31"
    assert not outcome(run, tmp_path, sheet.format("2023年上半年"), mapped)["values"]


def test_a_sheet_of_last_year_is_not_said_to_be_of_this_one(run: Run, tmp_path: Path) -> None:
    """Its title alone gives the year: one sentence says so, and none that the figures are those of the assessment."""
    found = outcome(run, tmp_path, "2023年\n地区,研发强度（%）\n安和县,2.31\n", BY_PLACE)
    told = notes(found, "the assessment is of")
    assert told == ["the sheet is of 2023, and so are its figures; the assessment is of 2024年"]


@pytest.mark.parametrize(
    ("value", "unit", "more", "wanted"),
    [
        ("23.1", "‰", "", "2.31"),
        ("0.0231", "", '\nunit = "1"\nfactor = 100', "2.31"),
        ("2.31", "分", '\n[units."分"]\n"%" = 1', "2.31"),
        ('"1,234"', "%", '\nunit = "%"\nfactor = 0.001', "1.234"),
    ],
)
def test_units_are_converted_by_powers_of_ten_and_stated_factors(
    run: Run, tmp_path: Path, value: str, unit: str, more: str, wanted: str
) -> None:
    found = outcome(run, tmp_path, ROWS.format(value=value, unit=unit), LONG + more)
    assert found["values"]["share"]["new"]["value"] == wanted


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("2.31", "元", "no factor explains it"),
        ("2.31", "", "says in which unit"),
        ("n/a", "%", "not a number"),
        ('"2,31"', "%", "point"),
        ('"0,125"', "%", "point"),
        ("23.1‰", "%", "Type 2.31 in its place"),
        ("2.31%", "‰", "Type 23.1 in its place"),
        ("２３.1", "‰", "Type 23.1 in its place"),
        ("99", "%", "from 0 to 15"),
    ],
)
def test_a_figure_that_cannot_be_explained_is_refused(
    run: Run, tmp_path: Path, value: str, unit: str, said: str
) -> None:
    found = outcome(run, tmp_path, ROWS.format(value=value, unit=unit), LONG)
    assert said in found["wrong"]["share"]
    assert (found["values"], found["status"]) == ({}, 1)


def test_a_unit_of_the_sheet_that_is_not_the_one_of_the_map_is_told_beside_a_factor_too(
    run: Run, tmp_path: Path
) -> None:
    """The factor is that of the unit beside it: of a yearbook in another unit all figures would be a tenth."""
    sheet = ROWS.format(value="2.31", unit="%")
    assert (
        "in “%”, the map says “‰”" in outcome(run, tmp_path, sheet, LONG + 'unit = "‰"\nfactor = 0.1')["wrong"]["share"]
    )
    # Nor is one taken that the map does not say the unit of, and the sheet's asks for another: 92.4 万人 were 9.24.
    found = outcome(run, tmp_path, ROWS.format(value="23.1", unit="%"), LONG + "factor = 0.1")
    assert "“%” is converted by a factor of 1, the map says 0.1" in found["wrong"]["share"]
    # What cannot be converted is not the unit of the map either: a bulletin in 亿美元 is none in 亿元.
    found = outcome(run, tmp_path, ROWS.format(value="2.31", unit="亿美元"), LONG + 'unit = "%"')
    assert ("in “亿美元”, the map says “%”" in found["wrong"]["share"], found["values"]) == (True, {})
    for unit in ("million US dollars", "US$ million", "bn euros", "USD 10000", "百万美金"):
        for sheet in (
            f"地区,研发强度（{unit}）\n安和县,2.31\n",
            f"某省,,Unit: {unit}\n地区,人口,研发强度\n安和县,9,2.31\n",
            f"2024 ({unit})\n地区,研发强度\n安和县,2.31\n",
        ):
            found = outcome(run, tmp_path, sheet, BY_PLACE + 'unit = "million yuan"\nfactor = 1')
            assert ("the map says" in found["wrong"].get("share", ""), found["values"]) == (True, {}), sheet
    found = outcome(run, tmp_path, ROWS.format(value="2.31", unit="分"), LONG + 'unit = "%"')
    assert found["values"]["share"]["new"]["value"] == "2.31"


def test_a_row_whose_figures_are_words_ends_no_table(run: Run, tmp_path: Path) -> None:
    """What stands below it was said not to be in the sheet; below the heads of another table it is not."""
    asked = BY_YEAR.replace("[columns]", '[columns]\nunit = "单位"')
    sheet = "指标,单位,2024,增长\n增速,%,9,1\n{}\n研发强度,%,2.31,0.1\n"
    for row, taken in (("人口,万人,约45.1,提高0.3个百分点", True), ("项目,单位,本月,累计", False)):
        assert ("share" in outcome(run, tmp_path, sheet.format(row), asked)["values"]) is taken
    found = outcome(run, tmp_path, sheet.format("总量,,约3人,持平"), asked + 'over = "总量"\n')
    assert "约3人" in found["wrong"]["share"]


def test_how_a_loss_is_written_is_no_unit(run: Run, tmp_path: Path) -> None:
    """The income statement of every firm says so in brackets, and gives its unit above the table."""
    for sign in "-－":
        name = f"研发强度（亏损以“{sign}”号填列）"
        for called in ("研发强度", name):
            found = outcome(
                run, tmp_path, f"利润表,单位：%\n指标,2024\n{name},2.31\n", BY_YEAR.replace("研发强度", called)
            )
            assert found["values"]["share"]["new"]["value"] == "2.31"
    assert SheetFigure(GridCell(1), "B2", "万元").names("利润总额（亏损总额以“-”号填列）")[1:] == ("利润总额",)


@pytest.mark.parametrize(
    "part",
    ["上年同期", "去年", "年初数", "本月", "当季", "同比增长", "增长（%）", "位次", "预算数", "2023年末", "Last year"],
)
def test_a_factor_makes_no_unit_of_what_is_said_of_other_figures(run: Run, tmp_path: Path, part: str) -> None:
    """One head above two columns, 上年同期 and 本年: beside a factor the first was taken for this year's figure."""
    sheet = f"某省2024年\n地区,研发强度,\n,{part},本年\n安和县,2.31,2.5\n乙县,2,3\n"
    for stated in ("factor = 1", ""):
        found = outcome(run, tmp_path, sheet, BY_PLACE + stated)
        assert (found["values"], "Write a factor" in str(found)) == ({}, False)
        # Nor of two figures that stand below the same words: their quotient was taken without a factor too.
        both = f"某省2024年\n地区,研发强度,,总量,\n,{part},本年,{part},本年\n安和县,2,3,100,90\n"
        assert outcome(run, tmp_path, both, BY_PLACE + 'over = "总量"\n' + stated)["values"] == {}
        found = outcome(run, tmp_path, f"地区,研发强度（{part}）\n安和县,2.31\n", BY_PLACE + stated)
        assert found["values"] == {}
        found = outcome(run, tmp_path, f"地区,研发强度（{part}）,研发强度（%）\n安和县,2,2.31\n", BY_PLACE + stated)
        assert found["values"]["share"]["new"]["value"] == "2.31"


@pytest.mark.parametrize("part", ["分", "规模以上", "税前"])
def test_a_factor_makes_a_unit_of_what_is_said_of_the_figures_themselves(run: Run, tmp_path: Path, part: str) -> None:
    found = outcome(run, tmp_path, f"地区,研发强度\n,{part}\n安和县,2.31\n", BY_PLACE + "factor = 0.1")
    assert found["values"]["share"]["new"]["value"] == "0.231"


def test_two_figures_for_one_are_told_and_none_is_taken(run: Run, tmp_path: Path) -> None:
    sheet = ROWS.format(value="2.31", unit="%") + "研发强度,安和县,2024,2.4,%,x\n"
    assert "D2, D6" in outcome(run, tmp_path, sheet, LONG)["wrong"]["share"]


WIDE = {
    "indicator": ('place = "地区"', "标题\n地区,研发强度（%）,其他\n乙县,9,1\n安和县,2.31,2\n"),
    "a unit row": ('place = "地区"', "地区,研发强度,其他\n,（%）,（万人）\n乙县,9,1\n安和县,2.31,2\n"),
    "period": ('indicator = "指标"\nunit = "单位"', "指标,单位,2023年,2024年\n研发强度,%,1,2.31\n人口,万人,5,5\n"),
    "place": ('indicator = "指标"\nunit = "单位"', "指标,单位,乙县,安和县\n研发强度,%,9,2.31\n人口,万人,5,5\n"),
}


@pytest.mark.parametrize("layout", WIDE)
def test_a_wide_sheet_has_indicators_periods_or_places_across(run: Run, tmp_path: Path, layout: str) -> None:
    columns, sheet = WIDE[layout]
    across = layout if layout in ("period", "place") else "indicator"
    mapped = f'{HEAD}layout = "wide"\nacross = "{across}"\n[columns]\n{columns}\n'
    mapped += '[indicators."研发强度"]\nquestion = "share"\n'
    found = outcome(run, tmp_path, sheet, mapped)
    assert found["values"]["share"]["new"]["value"] == "2.31"


@pytest.mark.parametrize(
    ("sheet", "mapped", "wanted"),
    every_other(
        [
            ("地区,研发强度（%）\n安和县,\n\n地区,粮食产量\n安和县,7.7\n", BY_PLACE, None),
            ("地区,研发强度（%）\n乙县,9\n地区,出口,研发强度（%）\n安和县,7.7,2.31\n", BY_PLACE, "2.31"),
            ("地区,研发强度（%）,人口\n安和县,2,31,5\n", BY_PLACE, None),
            ("地区,其他,地区,研发强度（%）\n安和县,1,乙县,9\n乙县,1,安和县,2.31\n", BY_PLACE, "2.31"),
            ("指标,2023年,2024年,2024年比上年增长\n研发强度（%）,2,2.31,9\n", BY_YEAR, "2.31"),
            ("指标,2023年,2024年比上年增长\n研发强度（%）,2,9\n", BY_YEAR, None),
            ("指标,2023-2024,2024年1-6月\n研发强度（%）,2,1\n", BY_YEAR, None),
            ("指标,2023财年,2024财年\n研发强度（%）,2,2.31\n", BY_YEAR, "2.31"),
            ("指标,FY23,FY24\n研发强度（%）,2,2.31\n", BY_YEAR, "2.31"),
            (
                "指标,2024年1-6月\n研发强度（%）,1\n",
                BY_YEAR.replace("[columns]", 'period = "2024年1-6月"\n[columns]'),
                "1",
            ),
            (ROWS.format(value="9", unit="%").replace("研发强度,安", "研发强度（比上年增长）,安"), LONG, None),
            ("地区,研发强度（%）,\n,2023,2024\n安和县,2,2.31\n", BY_PLACE, "2.31"),
            (",2023年,2024年\n地区,研发强度（%）,人口\n乙县,1,2\n安和县,2,5\n", BY_PLACE, None),
            (",2023年,,2024年,\n地区,研发强度（%）,人口,研发强度（%）,人口\n安和县,2,5,2.31,5\n", BY_PLACE, "2.31"),
            ("地区,研发强度（%）,\n,位次,数值\n安和县,2,2.31\n", BY_PLACE, None),
            ("地区,研发强度,\n,（%）,位次\nRegion,R&D (%),Rank\n安和县,2.31,2\n", BY_PLACE, "2.31"),
            ("地区,研发强度（%）\n乙县,9\n县区,出生率（‰）\n安和县,7\n", BY_PLACE, None),
            ("地区,出生率,,县区,研发强度（%）\n安和县,9,,乙县,5\n", BY_PLACE, None),
            ("指标,单位,2024\n研发强度（%）,‰,2\n", BY_YEAR.replace("[columns]", '[columns]\nunit = "单位"'), None),
            ("指标,2024\n研发强度（%）,2\n研发强度（‰）,2\n", BY_YEAR, None),
            ("指标,2023,2024\n人口,5,5\n项目,2019,2020\n研发强度（%）,2,9\n", BY_YEAR, None),
            ("地区,研发强度\n,比上年增长\n安和县,9\n", BY_PLACE + 'unit = "%"', None),
            (",总量,比上年增长\n地区,出口（万元）,研发强度（%）\n安和县,9,8\n", BY_PLACE, None),
            ("某省,,单位：%\n地区,人口,研发强度\n安和县,9,2.31\n", BY_PLACE, "2.31"),
            ("某省,,单位：‰\n地区,人口,研发强度\n安和县,9,2.31\n", BY_PLACE + 'unit = "%"', None),
            ("某省,,单位：人民币亿元\n地区,人口,研发强度\n安和县,9,2\n", BY_PLACE + 'unit = "亿元"\nfactor = 1', "2"),
            ("某省,,单位：亿美元\n地区,人口,研发强度\n安和县,9,2.31\n", BY_PLACE + 'unit = "亿元"\nfactor = 1', None),
            ("2024年1-6月\n地区,研发强度（%）\n安和县,2\n", BY_PLACE, None),
            (
                "2023年\n地区,研发强度（%）\n安和县,2\n",
                BY_PLACE.replace("[columns]", 'period = "2024"\n[columns]'),
                None,
            ),
            ("地区,研发强度（%）\n2024年\n乙县,3\n2023年\n安和县,2\n", BY_PLACE, None),
            ("地区,研发强度（%）\n2023年\n安和县,2\n2024年\n安和县,2.31\n", BY_PLACE, "2.31"),
            ("地区,研发强度（%）\n乙县,9\n县区,出生率\n安和县,7\n", BY_PLACE, None),
            ("地区,出生率,县区,研发强度（%）\n安和县,9,乙县,5\n", BY_PLACE, None),
            ("地区,研发强度（%）,,人口\n安和县,9,2.31,5\n", BY_PLACE, None),
            ("地区,研发强度（%）\n安和县,9\n,2.31\n", BY_PLACE, None),
            ("地区,研发强度（%）\n安和县,\n乙县,9\n位次\n安和县,2\n乙县,1\n", BY_PLACE, None),
            ("地区,研发强度（%）\n乙县,9\n丙县,8\n位次\n安和县,3\n乙县,1\n丙县,2\n", BY_PLACE, None),
            ("地区,研发强度（%）\n一、城区\n乙县,9\n二、郊县\n安和县,2.31\n", BY_PLACE, "2.31"),
            ("指标,2023,2024\n人口,5,5\n项目,2023,2024\n研发强度（%）,2,9\n", BY_YEAR, None),
            ("指标,2024\n二、比上年增长（‰）\n研发强度（%）,3\n", BY_YEAR, None),
            ("指标,2024\n二、2024年比上年增长\n研发强度（%）,3\n", BY_YEAR, None),
            ("指标,2024\n二、研发\n研发强度（%）,2.31\n", BY_YEAR, "2.31"),
            ("地区,研发强度（位次）\n安和县,9\n", BY_PLACE + 'unit = "%"', None),
            ("2024年各县主要指标增速\n地区,研发强度（%）\n安和县,9\n", BY_PLACE, None),
            ("2024年各县主要指标计划\n地区,研发强度（%）\n安和县,9\n", BY_PLACE, None),
            ("2024年主要指标及增速\n指标,2024,±%\n研发强度（%）,2.31,9\n", BY_YEAR, "2.31"),
            ("Main indicators of 2024, projected\n地区,研发强度（%）\n安和县,9\n", BY_PLACE, None),
            ("2024年科技支出预算表\n地区,研发强度（%）\n安和县,9\n", BY_PLACE, None),
            ("2024年预算执行情况\n地区,研发强度（%）\n安和县,2.31\n", BY_PLACE, "2.31"),
            (",指标,2024\n全市,研发强度（%）,9\n,人口,5\n安和县,人口,5\n", BY_YEAR, None),
            (",指标,2024\n全市,研发强度（%）,9\n,人口,5\n安和县,研发强度（%）,2.31\n", BY_YEAR, "2.31"),
            ("年份,地区,研发强度（%）\n2022,安和县,9\n,乙县,8\n", BY_PLACE, None),
            ("年份,地区,研发强度（%）\n2024,安和县,2.31\n,乙县,8\n", BY_PLACE, "2.31"),
            ("分类,指标,2024\n实绩,人口,5\n,出口,5\n计划,研发强度（%）,9\n", BY_YEAR, None),
            ("数据年份,地区,研发强度（%）\n2023,安和县,9\n2022,乙县,8\n", BY_PLACE, None),
            ("地区,研发强度（%）,数据年份\n安和县,9,2023\n乙县,8,2024\n", BY_PLACE, None),
            ("地区,研发强度（%）,数据年份\n安和县,2.31,2024\n乙县,8,2023\n", BY_PLACE, "2.31"),
            ("报告期,地区,研发强度（%）\n2023年,安和县,9\n2022年,乙县,8\n", BY_PLACE, None),
            ("类别,地区,研发强度（%）\n计划,安和县,9\n预计,乙县,8\n", BY_PLACE, None),
            ("类别,地区,研发强度（%）\n一类,安和县,2.31\n二类,乙县,8\n", BY_PLACE, "2.31"),
            ("2024年\n地区,研发强度（%）,报告期\n安和县,9,1-9月\n乙县,8,1-12月\n", BY_PLACE, None),
            ("2024年\n地区,研发强度（%）,所属期\n安和县,9,202409\n乙县,8,202412\n", BY_PLACE, None),
            ("2024年\n地区,研发强度（%）,所属期\n安和县,2.31,202412\n乙县,8,202409\n", BY_PLACE, "2.31"),
            ("2024年\n地区,研发强度（%）,统计时间\n安和县,2.31,2025-03-05\n乙县,8,2025-03-06\n", BY_PLACE, "2.31"),
            ("2024年\n地区,研发强度（%）\n上半年各县区主要指标\n安和县,9\n全年\n乙县,8\n", BY_PLACE, None),
            ("2024年\n指标,2024\n一季度快报\n研发强度（%）,9\n", BY_YEAR, None),
            ("2024年\n指标,2024\n1-9月完成情况\n研发强度（%）,9\n", BY_YEAR, None),
            ("2024年\n指标,2024\n一至三季度\n研发强度（%）,9\n", BY_YEAR, None),
            ("2024年\n指标,2024\n3季度完成数\n研发强度（%）,9\n", BY_YEAR, None),
            ("2024主要指标\n指标,2024\n6月末存栏,\n人口,5\n研发强度（%）,2.31\n", BY_YEAR, "2.31"),
            ("2024年\n地区,人口\n乙县,5\n安和县上半年\n地区,研发强度（%）\n安和县,9\n", BY_PLACE, None),
            ("地区,成立年份,研发强度（%）,投产年份\n安和县,1995,2.31,1996\n乙县,2001,8,2003\n", BY_PLACE, "2.31"),
            ("指标,2024\n6月末存栏,\n其中：一季度,\n研发强度（%）,2.31\n", BY_YEAR, "2.31"),
            ("2024年\n时期,地区,研发强度（%）\n上半年,安和县,9\n上半年,乙县,8\n", BY_PLACE, None),
            ("2024年1-11月（2025年1月10日）\n指标,2023,2024\n研发强度（%）,2,9\n", BY_YEAR, None),
            ("计划单列市主要指标\n地区,研发强度（%）\n安和县,2.31\n", BY_PLACE, "2.31"),
            ("2024年各县主要指标及增速\n地区,研发强度（%）,比上年增长\n安和县,2.31,9\n", BY_PLACE, "2.31"),
            ("总量\n地区,研发强度（%）\n乙县,9\n\n位次\n地区,研发强度（%）\n安和县,4\n", BY_PLACE, None),
            *(
                (f"Main indicators, {time}\n地区,研发强度（%）\n安和县,9\n", BY_PLACE, None)
                for time in (
                    "Jan.–Nov. 2024",
                    "2024-11",
                    "11/2024",
                    "2024Q3",
                    "Jul-Dec 2024",
                    "30 June 2024",
                    "2024上半年",
                )
            ),
            ("Main indicators, 31 December 2024\n地区,研发强度（%）\n安和县,2.31\n", BY_PLACE, "2.31"),
            ("单位：%,,,单位：‰,\n地区,出口,,地区,研发强度\n安和县,9,,安和县,7\n", BY_PLACE, None),
            ("主要指标（‰）\n地区,研发强度\n安和县,9\n", BY_PLACE + 'unit = "%"', None),
            ("2024年1—11月\n指标,2023,2024\n研发强度（%）,2,9\n", BY_YEAR, None),
            ("主要指标（2024年）,,2025-03-05\n地区,人口,研发强度（%）\n安和县,5,2.31\n", BY_PLACE, "2.31"),
            ("2024-06-30\n地区,研发强度（%）\n安和县,9\n", BY_PLACE, None),
            ("1—11月主要指标\n指标,2023,2024\n研发强度（%）,2,9\n", BY_YEAR, None),
            (
                "年份,研发强度（%）\n安和县\n2024,2.31\n乙县\n2024,9\n",
                BY_PLACE.replace('place = "地区"', 'period = "年份"'),
                "2.31",
            ),
            ("指标,2024\n乙县\n研发强度（%）,9\n安和县\n人口（万人）,5\n", BY_YEAR, None),
            (
                "地区,研发强度（比上年）\n安和县,9\n",
                BY_PLACE.replace("研发强度", "研发强度（比上年）") + 'unit = "%"',
                "9",
            ),
        ]
    ),
)
def test_a_figure_of_something_else_is_never_taken(
    run: Run, tmp_path: Path, sheet: str, mapped: str, wanted: str | None
) -> None:
    """Below other heads, beside another place, of half or another year, of a growth or rank, without a name."""
    found = outcome(run, tmp_path, sheet, mapped)["values"]
    assert found["share"]["new"]["value"] == wanted if wanted else found == {}


@pytest.mark.parametrize(
    ("value", "shown_as", "head", "more", "wanted"),
    [
        (0.0231, "0.00%", "（%）", "", "2.31"),
        (0.0231, "0.00%", "", "", "2.31"),
        (0.0231, "0.00%", "（‰）", "", None),
        (0.0231, "0.00%", "（元）", "", None),
        (3.1, '0.0"‰"', "（%）", "", None),
        (3, "0,", "（%）", "", None),
        (231, '0"."00', "（%）", "", None),
        (2.31, '0.00"万人"', "", "factor = 1", "2.31"),
        (2.31, '0.00"万人"', "（%）", "factor = 1", None),
        (3, "0,", "", "factor = 1", None),
        (2.31, "0.00", "（%）", 'unit = "‰"', None),
        (2.31, "0.00", "（%）", 'unit = "百分比"', None),
    ],
)
def test_a_figure_is_what_its_cell_shows_in_the_unit_of_the_sheet(
    run: Run, tmp_path: Path, value: float, shown_as: str, head: str, more: str, wanted: str | None
) -> None:
    """A percentage is kept as a hundredth; a format, or a map, that speaks of another unit than the head is refused."""
    book = openpyxl.Workbook()
    book.active.append(["地区", f"研发强度{head}"])
    book.active.append(["安和县", value])
    book.active["B2"].number_format = shown_as
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(BY_PLACE + more, encoding="utf-8")
    done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--json")
    (one,) = json.loads(done.stdout)["files"][0]["respondents"]
    values = [row["new"]["value"] for row in one["rows"] if row["id"] == "share"]
    assert values == ([] if wanted is None else [wanted])
    assert bool(one["problems"]) == (wanted is None)


@pytest.mark.parametrize("head", ["资产", "负债"])
def test_of_two_tables_beside_each_other_under_other_heads_each_has_its_own_figures(
    run: Run, tmp_path: Path, head: str
) -> None:
    """A balance sheet has assets on the left, liabilities on the right, and the same heads of time above both."""
    sheet = "资产,2024,2023,负债,2024,2023\n研发强度（%）,2.31,1,研发强度（%）,3.5,1\n其他,5,5,其他,6,6\n"
    found = outcome(run, tmp_path, sheet, BY_YEAR.replace("指标", head))
    assert (found["values"]["share"]["new"]["value"], found["wrong"]) == ("2.31" if head == "资产" else "3.5", {})


def test_a_sheet_that_does_not_tell_places_apart_says_whose_figures_are_taken(run: Run, tmp_path: Path) -> None:
    for title, said in (("乙县主要指标", True), ("安和县主要指标", False)):
        found = outcome(run, tmp_path, f"{title}\n指标,2024\n研发强度（%）,9\n", BY_YEAR)
        assert any(f"“{title}” does not" in note for note in found["respondents"][0]["notes"]) is said


@pytest.mark.parametrize(
    "row", ["编制单位：某厂,,单位：‰", "编制单位：某厂　2024年　单位：‰", "填报单位：某厂,,单位：‰"]
)
def test_who_made_a_sheet_is_not_its_unit(row: str, run: Run, tmp_path: Path) -> None:
    """A unit behind a semicolon (“某厂; ‰”) is read: a map in % would otherwise take ten times the figure."""
    sheet = f"{row}\n指标,2023,2024\n研发强度,2,2.31\n"
    assert outcome(run, tmp_path, sheet, BY_YEAR)["values"]["share"]["new"]["value"] == "0.231"
    found = outcome(run, tmp_path, sheet, BY_YEAR + 'unit = "%"\n')
    assert "in “‰”, the map says “%”" in found["wrong"]["share"]


def test_what_stands_between_a_name_and_a_figure_is_not_told_by_its_unit(run: Run, tmp_path: Path) -> None:
    """Where the map names the %, “本年” alone is told to be no unit: people would take the row of units away."""
    for mapped, said in ((BY_PLACE, "“本年; %”"), (BY_PLACE + 'unit = "%"\n', "“本年”")):
        found = outcome(run, tmp_path, "地区,研发强度\n,本年\n,%\n安和县,2.31\n", mapped)
        assert f"stands {said}, which is not the unit" in found["wrong"]["share"]


def test_notes_of_a_sheet_are_said_beside_its_figures(run: Run, tmp_path: Path) -> None:
    """They may say another year, or that figures are preliminary: that no rule knows."""
    found = outcome(
        run,
        tmp_path,
        "地区,研发强度（%）\n安和县,2.31\n注：1.本表为初步数。\n2.研发为2022年数据。\n资料来源：某局\n",
        BY_PLACE,
    )
    assert notes(found, "the sheet says “注：1.本表为初步数。”, “2.研发为2022年数据。”, “资料来源：某局”;")
    assert not notes(found, "sheet names no year")


def test_a_figure_that_is_taken_is_not_called_carried_along(run: Run, tmp_path: Path) -> None:
    found = outcome(run, tmp_path, "指标,2024\n研发强度（%）,2.31\n出口（%）,5\n", BY_YEAR)
    assert "出口(%)" in found["columns"]["carried"]
    assert "研发强度(%)" not in found["columns"]["carried"]


@pytest.mark.parametrize(
    ("rows", "merged", "taken", "said"),
    [
        ([["2024年各县主要指标增速"], ["地区", "研发强度（%）"]], ["A1:B1"], False, ""),
        ([["2024年占全省比重"], ["地区", "研发强度（%）"]], ["A1:B1"], True, "2024年占全省比重"),
        ([["2024年高增长企业"], ["地区", "研发强度（%）"]], ["A1:B1"], True, "2024年高增长企业"),
        ([["2024年计划执行情况"], ["地区", "研发强度（%）"]], ["A1:B1"], True, "2024年计划执行情况"),
        ([["2024年预算（汇总）"], ["地区", "研发强度（%）"]], ["A1:B1"], False, ""),
        ([["2024年一般公共预算"], ["地区", "研发强度（%）"]], ["A1:B1"], True, "2024年一般公共预算"),
        ([[None, "2024年", None, "比上年增长"], ["地区", "a", "b", "研发强度（%）"]], ["B1:C1", "D1:E1"], False, ""),
        ([[None, "城区", None, "农村"], ["地区", "a", "b", "研发强度（%）"]], ["B1:C1", "D1:E1"], False, ""),
        ([[None, None, "某县统计局"], ["地区", "a", "研发强度（%）"]], ["C1:D1"], True, "某县统计局"),
    ],
)
def test_what_stands_above_heads_is_read_across_merged_cells(
    rows: list[list[str | None]], merged: list[str], taken: bool, said: str, run: Run, tmp_path: Path
) -> None:
    """Titles and heads of heads are merged in most yearbooks: growth below them is not the figures themselves."""
    book = openpyxl.Workbook()
    for row in (*rows, ["安和县", *[5] * (len(rows[-1]) - 2), 2.31]):
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(BY_PLACE, encoding="utf-8")
    done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--json")
    found = json.loads(done.stdout)["files"][0]
    (one,) = found["respondents"]
    assert any(row["id"] == "share" for row in one["rows"]) is taken
    assert not said or said in around({"values": {row["id"]: row for row in one["rows"]}})


def test_a_blank_row_below_heads_under_a_title_of_growth_is_none_of_its_words(run: Run, tmp_path: Path) -> None:
    """Heads that are merged downwards leave such a row: it says nothing."""
    found = outcome(run, tmp_path, "2024年各县主要指标增速\n地区,研发强度（%）\n,\n安和县,2.31\n", BY_PLACE)
    assert "stands “2024年各县主要指标增速”" in found["wrong"]["share"]


def test_a_row_without_a_name_of_its_own_is_said(run: Run, tmp_path: Path) -> None:
    """Where names stand once beside the rows of their years, merged or not, the sheet is not said to hold nothing."""
    mapped = BY_PLACE.replace("[columns]", '[columns]\nperiod = "年份"')
    found = outcome(run, tmp_path, "地区,年份,研发强度（%）\n安和县,2023,2\n,2024,2.31\n", mapped)
    assert "the row has no name of its own" in found["wrong"]["share"]
    assert (found["values"], found["status"]) == ({}, 1)


def test_one_of_two_sheets_with_the_same_heads_is_never_taken(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet, figure in ((book.active, 2), (book.create_sheet("2023"), 1)):
        sheet.append(["地区", "研发强度（%）"])
        sheet.append(["安和县", figure])
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(BY_PLACE, encoding="utf-8")
    done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml")
    assert (done.returncode, "several sheets" in done.stderr) == (1, True)


def test_one_figure_divided_by_another(run: Run, tmp_path: Path) -> None:
    sheet = "地区,研发经费（万元）,生产总值（亿元）\n安和县,98000,512.34\n"
    mapped = f'{HEAD}layout = "wide"\n[columns]\nplace = "地区"\n'
    mapped += '[indicators."研发经费"]\nquestion = "share"\nover = "生产总值"\n'
    found = outcome(run, tmp_path, sheet, mapped)
    assert found["values"]["share"]["new"]["value"] == "1.91279"
    assert found["values"]["share"]["from"]["place"] == "B2 / C2"
    nought = outcome(run, tmp_path, sheet.replace("512.34", "0"), mapped)
    assert "is 0" in nought["wrong"]["share"]
    for bare, said in (
        ("研发经费（万元）", "“研发经费” is Write unit"),
        ("生产总值（亿元）", "“生产总值” is Write over_unit"),
    ):
        wrong = outcome(run, tmp_path, sheet.replace(bare, bare.partition("（")[0]), mapped)["wrong"]["share"]
        assert said in wrong
    wrong = outcome(run, tmp_path, sheet, mapped + "factor = 1\n")["wrong"]["share"]
    assert "“万元 / 亿元” is converted by a factor of 0.01, the map says 1" in wrong
    taken = outcome(run, tmp_path, sheet, mapped + 'over_unit = "亿元"\nfactor = 0.02\n')  # for units that the map says
    assert taken["values"]["share"]["new"]["value"] == "3.82558"


@pytest.mark.parametrize(
    ("change", "said", "mapped"),
    [
        (("安和县,2024", "丙县,2024"), "nothing of 安和县", LONG),
        (("地区", "区域"), "no row with the columns", LONG),
        (("", ""), "that the map names: 研发强度", BY_PLACE),  # its column of places is there, and not named
    ],
)
def test_a_sheet_of_another_place_or_layout_is_a_sentence(
    run: Run, tmp_path: Path, change: tuple[str, str], said: str, mapped: str
) -> None:
    found = outcome(
        run, tmp_path, ROWS.format(value="2", unit="%").replace(*change).replace("安和县,2023", "丙县,2023"), mapped
    )
    assert said in found["said"]
    assert found["status"] == 1


def test_the_ready_map_reads_the_table_of_a_yearbook(run: Run, tmp_path: Path) -> None:
    """A sheet with a title, a head in two rows and the place among many, in a workbook."""
    head = [
        "地区",
        "年末常住人口",
        "地区生产总值",
        "研究与试验发展（R&D）经费支出",
        "一般公共预算收入",
        "一般公共预算支出",
        "耕地面积",
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["23-4 各县（市、区）主要经济指标（2024年）"])
    sheet.append(head)
    sheet.append([None, "（万人）", "（亿元）", "（万元）", "（万元）", "（万元）", "（公顷）"])
    sheet.append(["全省", 6500, 82500.1, 26000000, 80000000, 120000000, 1])
    sheet.append(["安和县", 46.2, 512.34, 98000, 285000, 610000, 31000])
    book.save(tmp_path / "yearbook.xlsx")
    (tmp_path / "r.toml").write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "region", version = "2027.1.0" }\n'
        'weights = { id = "baseline", version = "2027.1.0" }\n[subject]\nname = "安和县"\nperiod = "2024"\n',
        encoding="utf-8",
    )
    done = run("import", "yearbook.xlsx", "--map", "provincial_yearbook", "--into", "r.toml", "--write")
    assert done.returncode == 0, done.stdout + done.stderr
    text = (tmp_path / "r.toml").read_text(encoding="utf-8")
    assert 'value = "1.91"' in text
    assert 'value = "46.2"' in text
    assert 'kind = "statistics"' in text
    assert run("check", "r.toml").returncode == 0


def test_a_rate_is_held_against_the_units_of_both_figures(run: Run, tmp_path: Path) -> None:
    """Last year's factor, for people in tens of thousands, made a thousandth of a rate of people in ones."""
    (tmp_path / "a.toml").write_bytes((shipped() / "samples" / "cluster_county.toml").read_bytes())
    mapped = 'format = "nqpf-map/1"\nquestionnaire = "region"\nlayout = "wide"\nplace = ["安和县"]\n'
    mapped += '[columns]\nplace = "地区"\n[indicators."医师"]\nquestion = "doctors_per_1000"\nover = "人口"\n'
    sheet = "地区,医师（人）,人口（{}）\n安和县,2856,{}\n"
    by_factor = mapped + "factor = 0.1\n"
    for unit, people, way in (("万人", "92.4", by_factor), ("人", "924000", mapped)):
        found = outcome(run, tmp_path, sheet.format(unit, people), way)
        assert found["values"]["doctors_per_1000"]["new"]["value"] == "3.09"
    found = outcome(run, tmp_path, sheet.format("人", "924000"), by_factor)
    assert "“人 / 人” is converted by a factor of 1000, the map says 0.1" in found["wrong"]["doctors_per_1000"]


def test_a_map_has_its_check_and_its_schema(run: Run, tmp_path: Path) -> None:
    assert run("check", READY).returncode == 0
    assert [*Draft202012Validator(schema("map")).iter_errors(data_of(READY))] == []
    assert run("schema", "map").stdout == schema_text("map")
    wrong = LONG.replace('question = "share"', 'question = "shar"\nfactor = -1').replace(
        "[columns]", 'layout = "wid"\n[columns]'
    )
    wrong += '[indicators."x"]\nquestion = "plan"\n[indicators."y"]\nquestion = "plan"\n'
    (tmp_path / "map.toml").write_text(wrong, encoding="utf-8")
    done = run("check", "map.toml")
    assert done.returncode == 1
    codes = ("unknown_word", "unknown_reference", "factor_not_positive", "not_a_figure", "question_mapped_twice")
    assert all(f"error {code}" in done.stdout + done.stderr for code in codes)
    assert "map.toml:3:10: error unknown_word" in done.stdout + done.stderr
    assert run("import", "map.toml", "--map", "map.toml").returncode == 1
