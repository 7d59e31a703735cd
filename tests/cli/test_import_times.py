"""What time the figures of a statistics sheet are of: titles, sections, tabs and columns, and the map."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.sheets import BY_PLACE, BY_YEAR, HEAD, LONG, around, notes, outcome, workbook
from tests.support.later import Later

openpyxl = Later("openpyxl")

pytestmark = pytest.mark.usefixtures("statistics")


@pytest.mark.parametrize(
    "said",
    [
        *("2023财年", "2023会计年度", "集团2023全年", "截至2023末", "2023决算", "KPI_2023_v2", "FY23", "FY'23"),
        *("期间 202312", "202301-202312", "集团FY23"),
    ],
)
def test_the_year_of_a_title_is_known_as_firms_write_it(said: str, run: Run, tmp_path: Path) -> None:
    """2023财年 is a year: its figures do not pass for those of 2024."""
    found = outcome(run, tmp_path, f"{said} 主要指标\n地区,研发强度（%）\n安和县,2.31\n", BY_PLACE)
    assert found["values"]["share"]["new"]["year"] == 2023
    assert notes(found, "the sheet is of 2023, and so are its figures; the assessment is of 2024")


@pytest.mark.parametrize(
    "title",
    [
        *("2023主要指标", "清河县2023统计表", "23年主要指标", "FY23利润表", "202301-202312利润表", "余额表20231231"),
        "余额表\n20231231",
        *("FY23A", "2023A", "CY23", "Dec-23", "31/12/23", "2023P&L"),
        *("2023年统计公报（2025年3月28日）", "2023主要指标 2025-01-05", "2023年主要指标（2025年1月10日印发）"),
        *(
            "2023年1月1日至12月31日",
            "2023年1月-12月累计",
            "2023.01-2023.12",
            "2023-01-01至2023-12-31",
            "2023年一至十二月",
        ),
        *(
            "打印机企业2023年指标",
            "填报单位：某厂,,2023年,单位：%",
            "填报单位：某厂　2023年",
            "填报单位：某厂（2023年）",
        ),
    ],
)
def test_the_year_of_a_title_is_known_before_words_and_beside_who_filled_it_in(
    title: str, run: Run, tmp_path: Path
) -> None:
    """2023主要指标 names a year, and what stands beside 填报单位 is read."""
    found = outcome(run, tmp_path, f"{title}\n地区,人口（万人）,研发强度（%）\n安和县,5,2.31\n", BY_PLACE)
    assert found["values"]["share"]["new"]["year"] == 2023
    assert notes(found, "the sheet is of 2023")


@pytest.mark.parametrize(
    "said",
    [
        *("2024年1月1日至6月30日", "2024.01-2024.06", "2024-1-12", "2024年一至十月", "2024年十一月"),
        # Nor are two of them.
        *("2022主要指标与2023主要指标", "2023主要指标,余额表20240630", "2023主要指标\n2024统计表"),
        *("2024前三季度", "24年上半年", "余额表20240630", "填报单位：某厂,2024年6月"),
        *("2024财年上半年", "FY24 Q1", "FY24H1", "期间 202406", "202401-202406"),
        *("2024半年度", "2024三季报", "2024第一季度", "2024年7-12月", "2024年元月", "2024-Q1"),
        *("Jun-2024", "2024 June", "利润表Jun 2024", "P&L_Sep 2024", "9M 2024"),
        *("Jun-24", "H1'24", "1H24", "9M24", "24Q3", "30/06/24"),
        *("2024年1-11月主要指标（2025年1月10日印发）", "2024年上半年 2025-01-10"),
        *(
            "2024年主要指标\n（上半年）",
            "2024年主要指标\n6月",
            "上半年主要指标",
            "Main indicators Q1",
            "前三季度",
            "1-3季度",
        ),
        "2024,年,6,月",
    ],
)
def test_a_part_of_the_year_of_a_firm_is_no_year(said: str, run: Run, tmp_path: Path) -> None:
    assert outcome(run, tmp_path, f"{said}\n地区,研发强度（%）\n安和县,9\n", BY_PLACE)["values"] == {}


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [
        *(
            (f"{words}\n地区,研发强度（%）\n安和县,2.31\n", [words])
            for words in (
                "2024年第6期",
                "2024年中报",
                "2024 YTD",
                "24.06",
                "Jun 24",
                "利润表_2024_06",
                "week 26",
                "年初数",
            )
        ),
        ("会计年度,2024,会计期间,6\n地区,研发强度（%）\n安和县,2.31\n", ["会计年度", "2024", "会计期间", "6"]),
        ("2024年\n地区,人口（万人）,研发强度（%）\nP06,,\n一、城区,,\n安和县,5,2.31\n", ["P06"]),
        ("2024年\n地区,产值\n安和县,7\nW26,\n地区,研发强度（%）\n安和县,2.31\n", ["W26"]),
        ("2024年\n月份,地区,研发强度（%）\n6,安和县,2.31\n6,乙县,8\n", ["月份: 6"]),
        ("2024年\n地区,研发强度（%）,月份\n安和县,2.31,6\n", ["月份: 6"]),
        ("2024年\n地区,研发强度（%）,备注\n安和县,2.31,截至6月末\n", ["备注: 截至6月末"]),
        ("2024年\n第6期\n第7期\n第8期\n第9期\n地区,研发强度（%）\n安和县,2.31\n", ["第6期", "第7期", "第8期", "第9期"]),
        ("2024年主要指标\n2023数\n地区,研发强度（%）\n安和县,2.31\n", ["2023数"]),
        ("2023-2024年主要指标\n地区,研发强度（%）\n2024年\n安和县,2.31\n", ["2023-2024年主要指标", "2024年"]),
        ("2024年\n甲,24.06,5\n地区,研发强度（%）\n安和县,2.31\n", ["24.06"]),
        ("2025年6月30日\n地区,研发强度（%）\n安和县,2.31\n", ["2025年6月30日"]),
    ],
)
def test_what_figures_are_taken_for_is_said_with_words_that_may_tell_another_time(
    sheet: str, shown: list[str], run: Run, tmp_path: Path
) -> None:
    """Half a year and a month in writings that nothing knew passed for the year without a word."""
    found = outcome(run, tmp_path, sheet, BY_PLACE)
    assert found["values"]["share"]["new"]["value"] == "2.31"
    assert {*shown} <= {*around(found)}
    assert [one["time"] for one in found["values"]["share"]["excerpts"]] == ["2024"]
    said = " ".join(run("import", "sheet.csv", "--map", "map.toml", "--into", "a.toml", "--lang", "en").stdout.split())
    assert "These figures are taken for those of 2024" in said
    in_chinese = run("import", "sheet.csv", "--map", "map.toml", "--into", "a.toml", "--lang", "zh").stdout
    assert "以下各数按2024年的数据记入" in in_chinese


def test_the_name_of_the_sheet_stands_with_its_figures(run: Run, tmp_path: Path) -> None:
    """It may tell another time, as P6 does, wherever the year stands."""
    (tmp_path / "map.toml").write_text(BY_PLACE, encoding="utf-8")
    for called in ("2023", "24.06", "P6", "2025年3月", "Sheet1"):
        book = workbook(["2024年主要指标"], ["地区", "研发强度（%）"], ["安和县", 2.31], called=called)
        book.save(tmp_path / "sheet.xlsx")
        done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--lang", "en")
        assert f"{called}!B3: 2.31" in done.stdout


@pytest.mark.parametrize(
    "said",
    [
        *("2000万元以上企业", "2024年\n导出日期 202501", "2024 单位代码 200312", "2024年\n打印 2025年1月"),
        *("2024年\n邮编 200012", "2022家企业", "中国制造2025试点", "近25年", "填报单位：某厂,填报日期：2024年1月9日"),
        *("2024年集中报送汇总表", "规划2024年中期评估表", "期间 2024年第1期至第12期"),
        *("2024年主要指标\n请于6月底前报送", "四季青镇", "2024年\n1月至12月", "全年", "3月龄", "2024年元月至12月"),
        *(
            "2024年1-4季度",
            "2024年一至四季度",
            "2024年分季度主要指标",
            "2024年各季度指标",
            "2024年四个季度",
            "2024年季节调整",
            "2024 by quarter",
        ),
        *("2024年半年以上常住人口", "2024年教育事业（2024学年初）", "会计年度,2024,会计期间,12"),
        *("2024年主要指标,,3月15日", "2024,,报送日期：3月15日", "2024年,,第3页"),
        *("2024年初步核算", "2024年初创企业", "中国制造2025（试点）", "2024年 GB/T 4754-2017"),
        *("2024年年中人口", "Mid-year population 2024", "2024 interim assessment of the plan", "附表01-2024 主要指标"),
        *("12/31/2024", "12M 2024", "YTD Dec 2024", "2024 YTD 12", "twelve months ended 31 December 2024"),
    ],
)
def test_a_threshold_a_code_or_a_day_of_printing_is_no_time(said: str, run: Run, tmp_path: Path) -> None:
    found = outcome(run, tmp_path, f"{said}\n地区,研发强度（%）\n安和县,2.31\n", BY_PLACE)
    assert found["values"]["share"]["new"]["year"] == 2024


@pytest.mark.parametrize(
    ("title", "column", "year", "said"),
    [
        ("某厂,2023年12月", "本年累计金额", 2023, "the sheet is of 2023"),
        ("某厂,2024年6月", "本年累计金额", None, "the figures taken are those of 2024年6月"),
        ("某厂,6月", "本年累计金额", None, "the figures taken are those of 6月"),
        ("某厂,2024-09-30", "本年累计金额", None, "the figures taken are those of 2024-09-30"),
        ("2024年利润表,2024.06", "本年累计金额", None, "the figures taken are those of 2024.06"),
        ("某厂,2024年度", "本年累计金额", 2024, ""),
        ("某厂", "本年累计金额", None, ""),
        ("某厂,2025年度", "上年金额", None, ""),
        ("某厂,2024年度", "上年金额", None, "the figures taken are those of 上年金额"),
        ("某厂,2024年三季报", "年初至报告期末", None, "the figures taken are those of 2024年三季报"),
    ],
)
def test_a_column_that_a_map_names_by_no_year_is_of_the_time_of_its_title(
    title: str, column: str, year: int | None, said: str, run: Run, tmp_path: Path
) -> None:
    """Statements of accounts say 本年累计金额 above figures: that they are last year's only the title tells."""
    mapped = BY_YEAR.replace("[columns]", f'period = "{column}"\n[columns]')
    found = outcome(run, tmp_path, f"{title}\n指标,{column},本月金额\n研发强度（%）,2.31,1\n", mapped)
    assert found["values"]["share"]["new"].get("year") == year
    assert bool(notes(found, "the assessment is of")) is bool(said)
    assert not said or notes(found, said)


@pytest.mark.parametrize(
    ("column", "year", "said"),
    [
        ("FY23A", 2023, True),
        ("Dec-23", 2023, True),
        ("2023A", 2023, True),
        ("FY24A", 2024, False),
        ("1H24", None, True),
        ("1-11月累计", None, True),
        ("2024-06", 2024, True),
        ("Dec-24 vs Dec-23", None, False),
        ("本年累计金额", None, False),
    ],
)
def test_a_column_that_a_map_names_in_full_is_of_the_time_that_it_names(
    column: str, year: int | None, said: bool, run: Run, tmp_path: Path
) -> None:
    """Last year's map asks for FY23A: beside FY24A that is not the assessment's year."""
    mapped = BY_YEAR.replace("[columns]", f'period = "{column}"\n[columns]')
    found = outcome(run, tmp_path, f"指标,{column},上年\n研发强度（%）,2.31,1\n", mapped)
    assert found["values"]["share"]["new"].get("year") == year
    assert bool(notes(found, f"those of {column}; the assessment is of 2024")) is said


@pytest.mark.parametrize(
    ("head", "rest", "taken"),
    [
        ("公司代码", "2002,乙县,9\n,合计,5\n", True),
        ("Company code", "", True),
        ("期间代码", "2002,乙县,9\n,合计,5\n", False),
        ("年份", "", False),
    ],
)
def test_codes_that_read_as_years_do_not_date_their_rows(
    head: str, rest: str, taken: bool, run: Run, tmp_path: Path
) -> None:
    """Firms are numbered 2000, 2010, …: figures are taken also where the total has no code, or one row stands."""
    found = outcome(run, tmp_path, f"{head},地区,研发强度（%）\n2001,安和县,2.31\n{rest}", BY_PLACE)
    assert ("share" in found["values"], "2001" in found["wrong"].get("share", "")) == (taken, not taken)


def test_a_year_right_before_words_holds_up_to_the_next_title(run: Run, tmp_path: Path) -> None:
    sheet = "2022产值\n地区,产值\n安和县,7\n2024研发\n地区,研发强度（%）\n安和县,2.31\n"
    assert outcome(run, tmp_path, sheet, BY_PLACE)["values"]["share"]["new"]["year"] == 2024
    sheet = "项目,金额\n2023新建,7\n地区,研发强度（%）\n安和县,2.31\n"
    assert outcome(run, tmp_path, sheet, BY_PLACE)["values"]["share"]["new"]["year"] == 2024


@pytest.mark.parametrize(
    ("sheet", "value", "year"),
    [
        ("地区,研发强度（%）\n年份,2023\n安和县,2.31\n", None, None),
        ("地区,研发强度（%）\n年份,2024\n安和县,2.31\n", "2.31", None),
        ("地区,研发强度（%）,\nYear,2023,2024\n安和县,2,2.31\n", "2.31", None),
        ("地区,研发强度（%）\n2023\n安和县,2.31\n", "2.31", 2023),
        ("地区,研发强度（%）\nRegion,R&D (%)\n2023\n安和县,2.31\n", "2.31", 2023),
    ],
)
def test_years_right_below_the_heads_date_what_stands_below_them(
    sheet: str, value: str | None, year: int | None, run: Run, tmp_path: Path
) -> None:
    """A row of years with a name, or a section of a bare year, is neither heads in another language nor a place."""
    found = outcome(run, tmp_path, sheet, BY_PLACE)
    if value is None:
        assert "nothing of 安和县 in 2024" in found["said"]
        return
    assert found["values"]["share"]["new"]["value"] == value
    assert bool(notes(found, f"the sheet is of {year}")) is (year is not None)
    assert not notes(found, "no title or section says")


def test_of_several_years_below_the_heads_the_wanted_one_is_asked_for(run: Run, tmp_path: Path) -> None:
    """Where neither map nor assessment says it: the sheet was said to have nothing of the place, and named it."""
    answers = tmp_path / "a.toml"
    answers.write_text(answers.read_text("utf-8").replace('period = "2024年"', ""), "utf-8")
    found = outcome(run, tmp_path, "地区,研发强度（%）,研发强度（%）\n,2023,2024\n安和县,2.2,2.31\n", BY_PLACE)
    assert 'does not say which period is wanted\n    Write it into the map (period = "2024")' in found["said"]


def test_a_figure_that_looks_like_a_year_below_the_heads_is_one(run: Run, tmp_path: Path) -> None:
    found = outcome(run, tmp_path, "地区,研发强度（%）\n安和县,2023\n乙县,2011\n", BY_PLACE)
    assert "nothing of" not in found["said"]
    assert "2023" in found["wrong"]["share"]  # no percentage, but read


@pytest.mark.parametrize("part", ["第三季度", "上半年", "2024年前三季度"])
def test_parts_of_a_year_in_the_row_of_years_above_the_heads_date_their_own_columns(
    part: str, run: Run, tmp_path: Path
) -> None:
    """They are no title of all: the year beside them is taken, whether or not a map states it."""
    sheet = f",{part},2024年,2023年\n地区,研发强度（%）,研发强度（%）,研发强度（%）\n安和县,9,2.31,8\n"
    for mapped in (BY_PLACE, BY_PLACE.replace("[columns]", 'period = "2024"\n[columns]')):
        assert outcome(run, tmp_path, sheet, mapped)["values"]["share"]["new"]["value"] == "2.31"
    titled = sheet.replace(f",{part},", "2024年上半年主要指标,,", 1)  # this one is of all
    assert not outcome(run, tmp_path, titled, BY_PLACE)["values"]


@pytest.mark.parametrize(
    ("remark", "taken"), [("自6月起口径调整", True), ("9月开学", True), ("上半年", False), ("1-9月累计", False)]
)
def test_a_remark_that_names_a_month_dates_no_figure(remark: str, taken: bool, run: Run, tmp_path: Path) -> None:
    """Only one that names a part of the year does; “自6月起口径调整” is shown, and the figure taken."""
    sheet = f"指标,地区,年份,数值,单位,来源,备注\n研发强度,安和县,2024,2.31,%,x,{remark}\n人口,安和县,2024,5,万人,x,\n"
    found = outcome(run, tmp_path, sheet, LONG)
    assert ("share" in found["values"]) is taken
    assert not taken or f"备注: {remark}" in around(found)


@pytest.mark.parametrize(
    ("sheet", "value"),
    [
        ("上半年主要指标\n地区,研发强度（%）\n安和县,2.31\n", "2.31"),
        ("时期,地区,研发强度（%）\n上半年,安和县,2.31\n上半年,乙县,8\n", "2.31"),
        ("下半年主要指标\n地区,研发强度（%）\n安和县,9\n", None),
        ("时期,地区,研发强度（%）\n一季度,安和县,9\n一季度,乙县,8\n", None),
        *(
            (f"{title}主要指标\n地区,研发强度（%）\n安和县,2.31\n", "2.31")
            for title in ("2024年上半年", "2024H1", "2024年1-6月")
        ),
        *((f"{title}主要指标\n地区,研发强度（%）\n安和县,9\n", None) for title in ("2023年上半年", "2024年1-9月")),
    ],
)
def test_of_the_half_that_is_assessed_a_sheet_is_taken(sheet: str, value: str | None, run: Run, tmp_path: Path) -> None:
    """Its title may tell it with its year or without."""
    path = tmp_path / "a.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2024年", "2024年上半年"), encoding="utf-8")
    found = outcome(run, tmp_path, sheet, BY_PLACE)
    assert ("share" in found["values"]) is (value is not None)
    assert value is None or found["values"]["share"]["new"]["value"] == value
    assert value is None or "主要指标" not in sheet or not notes(found, "figures taken are")


def test_the_part_of_a_year_that_a_sheet_is_called_by_holds_beside_the_year_of_its_title(
    run: Run, tmp_path: Path
) -> None:
    """Books by months have one title on all their sheets."""
    (tmp_path / "map.toml").write_text(BY_PLACE, encoding="utf-8")
    for called, title, taken in (
        *((called, "2024年主要指标", False) for called in ("6月", "2024年6月", "202406", "四季度")),
        *((called, "2024年主要指标", True) for called in ("12月", "2025年3月")),
        *((called, "2024年1-12月主要指标", called != "三季度") for called in ("三季度", "四季度", "2024Q4")),
    ):
        book = workbook([title], ["地区", "研发强度（%）"], ["安和县", 2.31], called=called)
        book.save(tmp_path / "sheet.xlsx")
        done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--json")
        assert ('"share"' in done.stdout) is taken
        # A map that states the year is followed, and the part is said.
        (tmp_path / "year.toml").write_text(BY_PLACE.replace("[columns]", 'period = "2024"\n[columns]'), "utf-8")
        done = run("import", "sheet.xlsx", "--map", "year.toml", "--into", "a.toml", "--json")
        assert (f"figures taken are those of {called}" in done.stdout) is not taken


def test_the_half_that_is_assessed_is_none_of_another_year_by_which_the_sheet_is_called(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", "2024年上半年"), "utf-8")
    (tmp_path / "map.toml").write_text(BY_PLACE.replace("[columns]", 'period = "2024年上半年"\n[columns]'), "utf-8")
    for called, taken in (("2023", False), ("2024年", True)):
        book = workbook(["上半年主要指标"], ["地区", "研发强度（%）"], ["安和县", 2.31], called=called)
        book.save(tmp_path / "sheet.xlsx")
        done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--json")
        assert ('"share"' in done.stdout) is taken


def test_the_half_that_is_assessed_is_no_other_time_beside_its_own_year_alone(run: Run, tmp_path: Path) -> None:
    answers = (tmp_path / "a.toml").read_text("utf-8")
    for period, title, taken in (
        ("2024年上半年", "2024年主要指标,,2024年上半年", True),
        ("2024年上半年", "2023年主要指标,,2024年上半年", False),
        ("2024年上半年", "23年上半年", False),
        ("2024年上半年", "2024年主要指标,,24年上半年", True),
        ("2024 Q3", "2024年主要指标,,第三季度", True),
        ("2024H1", "2024年主要指标,,上半年", True),
        ("2024H1", "2024年主要指标,,第三季度", False),
        ("2024 Q3", "2024年主要指标,,前三季度", False),
        ("2024 Q3", "2024年主要指标,,1-3季度", False),
        ("2024年前三季度", "2024年主要指标,,一至三季度", True),
    ):
        (tmp_path / "a.toml").write_text(answers.replace("2024年", period), "utf-8")
        found = outcome(run, tmp_path, f"{title}\n地区,研发强度（%）,人口\n安和县,2.31,5\n", BY_PLACE)
        assert bool(found["values"]) is taken


@pytest.mark.parametrize(
    ("period", "asked", "title", "told"),
    [
        ("2025年上半年", "上半年", "2024年", "the sheet is of 2024"),
        ("2025年上半年", "上半年", "2024年1-6月", "figures taken are those of 安和县2024年1-6月"),
        ("2024年上半年", "上半年", "2024年1-6月", ""),
        ("2024年上半年", "上半年", "2024年", ""),
        ("2024年下半年", "上半年", "2024年", "figures taken are those of 上半年"),
        ("2024年二季度", "Q2", "2024年", ""),
        ("2025年", "上年同期", "2024年", "figures taken are those of 上年同期"),
        ("2025年", "上年上半年", "2025年", "figures taken are those of 上年上半年"),
    ],
)
def test_a_part_of_a_year_that_a_map_names_is_taken_of_another_year_or_for_another_part_with_a_word(
    period: str, asked: str, title: str, told: str, run: Run, tmp_path: Path
) -> None:
    """The map of the half before took last year's half, or the first half for the second."""
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", period), "utf-8")
    sheet = f"安和县{title}主要指标\n指标,{asked}\n研发强度（%）,2.31\n"
    found = outcome(run, tmp_path, sheet, BY_YEAR.replace("[columns]", f'period = "{asked}"\n[columns]'))
    assert found["values"]["share"]["new"]["value"] == "2.31"
    said = [*notes(found, "figures taken are"), *notes(found, "the sheet is of")]
    assert told in " ".join(said) if told else said == []


@pytest.mark.parametrize(
    "period", ["2023年7月至2024年6月", "截至2024年6月30日止年度", "2024年1月1日至6月30日", "2024-01至2024-06"]
)
@pytest.mark.parametrize("called", ["6月", "7月", "上半年"])
def test_a_sheet_of_one_month_of_the_period_is_not_taken_for_all_of_it(
    called: str, period: str, run: Run, tmp_path: Path
) -> None:
    """Unless the map names it, or the year: then its figures are taken with a word."""
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", period), "utf-8")
    for title, asked, taken in (
        ("2024年主要指标", "", False),
        ("主要指标", "", False),
        ("主要指标", called, True),
        ("2024年主要指标", "2024", True),
    ):
        book = workbook([title], ["地区", "研发强度（%）"], ["安和县", 2.31], called=called)
        book.save(tmp_path / "sheet.xlsx")
        mapped = BY_PLACE.replace("[columns]", f'period = "{asked}"\n[columns]') if asked else BY_PLACE
        (tmp_path / "map.toml").write_text(mapped, "utf-8")
        done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--json", "--lang", "en")
        assert ('"share"' in done.stdout) is taken
        assert (f"figures taken are those of {called}" in done.stdout) is taken
        assert taken or f"{called}. Name the place and the period" in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("sheet", "taken"),
    [
        # A section says another part of the time than the title, and takes nothing back of it.
        ("安和县上半年主要指标\n地区,研发强度（%）\n2024年\n安和县,9\n", None),
        ("安和县2024年1-6月主要指标\n地区,研发强度（%）\n2024年\n安和县,9\n", None),
        ("2023年主要指标\n地区,研发强度（%）\n全年\n安和县,9\n", 2023),
        ("2025年、2024年主要指标\n地区,研发强度（%）\n2024年\n安和县,2.31\n", 2024),
        ("2023年主要指标\n地区,研发强度（%）\n2024年\n安和县,2.31\n", 2024),
        # Parts of a year that were not known for one, and times that were taken for the day of printing.
        ("2024年主要指标\n7-12月\n地区,研发强度（%）\n安和县,9\n", None),
        ("安和县 July 主要指标\n2024年\n地区,研发强度（%）\n安和县,9\n", None),
        ("2024年主要指标\n地区,研发强度（%）\n半年报\n安和县,9\n", None),
        ("2024年主要指标\n地区,研发强度（%）\n二、June\n安和县,9\n", None),
        ("2024年主要指标\n时期,地区,研发强度（%）\nJuly,安和县,9\nJuly,乙县,8\n", None),
        ("2024年主要指标\n地区,研发强度（%）\n1H24\n安和县,9\n", None),
        ("2025年1月1日至6月30日\n地区,研发强度（%）\n安和县,9\n", None),
        ("2025.01-2025.06\n地区,研发强度（%）\n安和县,9\n", None),
        ("截至2025年6月30日止年度\n地区,研发强度（%）\n安和县,9\n", None),
    ],
)
def test_no_part_of_a_year_and_no_other_year_passes_for_the_year(
    sheet: str, taken: int | None, run: Run, tmp_path: Path
) -> None:
    found = outcome(run, tmp_path, sheet, BY_PLACE)
    assert found["values"].get("share", {"new": {}})["new"].get("year") == taken
    assert bool(found["values"]) is (taken is not None)


def test_of_a_part_that_is_assessed_a_title_gives_the_year(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", "2025年1-3季度"), "utf-8")
    found = outcome(run, tmp_path, "2024\n地区,研发强度（%）\n1-3季度\n安和县,9\n", BY_PLACE)
    assert notes(found, "the sheet is of 2024, and so are its figures; the assessment is of 2025年1-3季度")


def test_a_part_that_a_title_tells_is_said_where_the_map_states_the_year(run: Run, tmp_path: Path) -> None:
    mapped = BY_PLACE.replace("[columns]", 'period = "2024"\n[columns]')
    found = outcome(run, tmp_path, "2024年主要指标\n（上半年）\n地区,研发强度（%）\n安和县,9\n", mapped)
    assert not found["values"] or notes(found, "the figures taken are those of （上半年）; the assessment is of 2024年")


@pytest.mark.parametrize(
    ("period", "asked", "told"),
    [
        *((period, "2025", True) for period in ("9M 2025", "2025-06", "2024.07-2025.06", "2025财年（2024.7—2025.6）")),
        *((period, "2025", False) for period in ("2025年1月至12月", "2025年全年", "FY2025", "2025 (revised)")),
        *((period, period, False) for period in ("January – June 2025", "2024.07-2025.06", "2025年1月1日至6月30日")),
        ("2025年", "2025年1月至6月", True),
        ("2025年", "2025 Q2", True),
        ("2024.07-2025.06", "2025年1月至6月", True),
    ],
)
def test_another_time_than_the_assessed_one_is_said_and_no_other_spelling_of_it(
    period: str, asked: str, told: bool, run: Run, tmp_path: Path
) -> None:
    """The whole year was taken for nine months of it in silence, and 2025年1月至12月 said to be another time."""
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", period), "utf-8")
    sheet = f"指标,{asked}\n研发强度（%）,2.31\n"
    found = outcome(run, tmp_path, sheet, BY_YEAR.replace("[columns]", f'period = "{asked}"\n[columns]'))
    assert found["values"]["share"]["new"]["value"] == "2.31"
    assert bool(notes(found, "figures taken are")) is told


OF_THE_YEAR = ("自年初累计", "本年初步数", "年初至本月累计", "本月止累计", "数值（上年=100）")


@pytest.mark.parametrize(
    ("period", "title", "head", "year", "told"),
    [
        ("2024年", "2024年", "本期金额", 2024, ""),
        ("2024年", "2024年", "2024年", 2024, ""),
        ("2024年", "2024年", "上期金额", None, "the figures taken are those of 上期金额"),
        ("2024年", "某厂", "上年同期", None, "the figures taken are those of 上年同期"),
        ("2024年", "2024年", "本月数", 2024, "the figures taken are those of 本月数"),
        ("2024年", "2024年", "2023年", 2023, "the figures taken are those of 2023年"),
        ("2024年上半年", "2024年上半年", "2024年累计", 2024, ""),
        ("2024年", "2024年", "上月数", 2024, "the figures taken are those of 上月数"),
        ("2024年", "2024年", "Opening balance", None, "the figures taken are those of Opening balance"),
        # What is counted from the beginning of the year is of the year, and of a month or a quarter these may be it.
        *(("2024年", "2024年", head, 2024, "") for head in OF_THE_YEAR),
        *(("2024年", "2025年", head, 2025, "the sheet is of 2025") for head in (*OF_THE_YEAR, "上月数", "截至上月")),
        ("2024年", "2024年12月", "本月止累计", 2024, ""),
        ("2024年二季度", "2024年二季度", "本季数", 2024, ""),
        ("2024年6月", "2024年6月", "本月数", 2024, ""),
        ("2024年上半年", "2024年上半年", "本月数", 2024, "the figures taken are those of 本月数"),
        # On a sheet of the next year they are those that are assessed.
        ("2024年", "2025年", "上期金额", None, ""),
        ("2024年", "2025年", "税前金额", 2025, "the sheet is of 2025"),
    ],
)
def test_a_column_of_values_of_another_time_is_said_to_be(
    period: str, title: str, head: str, year: int | None, told: str, run: Run, tmp_path: Path
) -> None:
    """A map that names 上期金额 took last year's figures in silence; of the next year's sheet they were called its."""
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", period), "utf-8")
    mapped = HEAD + f'[columns]\nindicator = "项目"\nvalue = "{head}"\n[indicators."研发强度"]\nquestion = "share"\n'
    found = outcome(run, tmp_path, f"{title}利润表\n项目,{head}\n研发强度（%）,2.31\n", mapped)
    assert found["values"]["share"]["new"].get("year") == year
    said = [
        *notes(found, "figures taken are"),
        *notes(found, "the sheet is of"),
        *notes(found, "no title or section says"),
    ]
    assert told in " ".join(said) if told else said == []


@pytest.mark.parametrize(
    ("period", "title", "asked", "told"),
    [
        *(("2024年", "2024年", asked, "") for asked in OF_THE_YEAR),
        *(("2024年", "2025年", asked, "the sheet is of 2025") for asked in OF_THE_YEAR),
        ("2024年", "2024年", "上月数", "the figures taken are those of 上月数"),
        ("2024年", "2024年", "本月数", "the figures taken are those of 本月数"),
        ("2024年二季度", "2024年二季度", "本季数", ""),
        ("2024年上半年", "2024年上半年", "本季数", "the figures taken are those of 本季数"),
        ("2024年上半年", "2024年上半年", "上年同期", "the figures taken are those of 上年同期"),
        ("2024年", "2025年", "上年同期", ""),
    ],
)
def test_of_a_column_that_a_map_asks_for_by_its_words_the_year_is_that_of_the_sheet(
    period: str, title: str, asked: str, told: str, run: Run, tmp_path: Path
) -> None:
    """自年初累计 of next year's sheet was taken without a word, and that of this year's said to be of another time."""
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", period), "utf-8")
    mapped = BY_YEAR.replace("[columns]", f'period = "{asked}"\n[columns]')
    found = outcome(run, tmp_path, f"{title}主要指标\n指标,别的,{asked}\n研发强度（%）,9,2.31\n", mapped)
    assert found["values"]["share"]["new"]["value"] == "2.31"
    said = [*notes(found, "figures taken are"), *notes(found, "the sheet is of")]
    assert [told in each for each in said] == ([True] if told else [])


@pytest.mark.parametrize(
    "row", ["Contact: Li Jun", "联系人：Li Jun", "Approved: Wang Jun", "Main indicators,Published 5 Mar", "Theresa May"]
)
def test_a_name_or_a_day_above_the_heads_is_no_month_of_the_figures(row: str, run: Run, tmp_path: Path) -> None:
    for above in (f"2024年主要指标\n{row}\n", f"{row}\n"):
        found = outcome(run, tmp_path, f"{above}地区,人口（万人）,研发强度（%）\n安和县,5,2.31\n", BY_PLACE)
        assert found["values"]["share"]["new"]["year"] == 2024


@pytest.mark.parametrize(
    ("value", "shown_as", "is_taken"),
    [
        (2024, "0", True),
        (2024, '0"年"', True),
        (2024, '"FY"0', True),
        (2024, '0"E"', False),
        (2024, '0"年1-9月"', False),
        (date(2024, 12, 31), 'yyyy"年"m"月"d"日"', True),
        (date(2024, 12, 31), 'yyyy"年度"', True),
        (date(2024, 12, 31), r"yyyy\-mm\-dd;@", True),
        (date(2024, 12, 31), 'yyyy"E"', False),
        (date(2024, 12, 31), 'yyyy"年"m"月"', False),
        (2024, '0"(1-6)"', False),
        (2024, '0"-06"', False),
        (2024, "0年上半年", False),
        (2024, "G/通用格式年", True),
        ("2024年", '@"上半年"', False),
        ("2024年", "@", True),
    ],
)
def test_a_head_says_what_its_number_format_writes_beside_the_year(
    value: object, shown_as: str, is_taken: bool, run: Run, tmp_path: Path
) -> None:
    """2024E, as models of finances write an estimate, was taken for 2024."""
    book = openpyxl.Workbook()
    book.active.append(["指标", value, 2023])
    book.active["B1"].number_format = shown_as
    book.active.append(["研发强度（%）", 2.31, 9])
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(BY_YEAR, encoding="utf-8")
    done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--lang", "en")
    assert ("2.31" in done.stdout) is is_taken, done.stdout


def test_an_indicator_that_last_years_map_names_by_its_year_is_told(run: Run, tmp_path: Path) -> None:
    for year, told in (("2023", ["the map names its indicators by a time, “2023年研发强度”; the"]), ("2024", [])):
        mapped = BY_PLACE.replace('."研发强度"', f'."{year}年研发强度"')
        found = outcome(run, tmp_path, "地区,2023年研发强度（%）,2024年研发强度（%）\n安和县,9,2.31\n", mapped)
        assert [note[: len(told[0])] if told else note for note in notes(found, "by a time")] == told
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", "2024年上半年"), "utf-8")
    mapped = BY_PLACE.replace('."研发强度"', '."2024年上半年研发强度"')
    assert not notes(outcome(run, tmp_path, "地区,2024年上半年研发强度（%）\n安和县,2.31\n", mapped), "by a time")


def test_the_last_day_of_a_year_is_that_of_december_among_the_ends_of_other_months(run: Run, tmp_path: Path) -> None:
    """December alone was taken for the year, as databases write months."""
    sheet = (
        "指标,地区,年份,数值,单位,来源\n研发强度,安和县,2024-11-30,1,%,公报\n研发强度,安和县,2024-12-31,2.31,%,公报\n"
    )
    assert "2.31" not in str(outcome(run, tmp_path, sheet, LONG))
    assert "2.31" in str(outcome(run, tmp_path, sheet.replace("2024-11-30", "2023-12-31"), LONG))
    asked = LONG.replace("[columns]", 'period = "2024-12-31"\n[columns]', 1)  # as the refusal lists it
    assert "2.31" in str(outcome(run, tmp_path, sheet, asked))


def test_a_head_that_is_struck_out_is_no_year(run: Run, tmp_path: Path) -> None:
    book = workbook(["指标", "2024年", 2023], ["研发强度（%）", 2.31, 9])
    book.active["B1"].font = openpyxl.styles.Font(strike=True)
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(BY_YEAR, encoding="utf-8")
    done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--lang", "en")
    assert "2.31" not in done.stdout
    assert "~2024年~" in done.stdout + done.stderr


def test_of_a_fiscal_year_that_ends_in_june_the_year_of_the_sheet_is_said_alone(run: Run, tmp_path: Path) -> None:
    """Above it stood that the figures taken are those of the year in which it ends."""
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", "2023年7月-2024年6月"), "utf-8")
    found = outcome(run, tmp_path, "2023年度主要指标\n地区,研发强度（%）\n安和县,2.31\n", BY_PLACE)
    assert notes(found, "the sheet is of 2023, and so are its figures")
    assert not notes(found, "the figures taken are those of")
