"""Statistics sheets: whose figures are taken and divided by each other, and what stands beside them unmapped."""

from pathlib import Path

import pytest

from nqpf_assess.files.places import shipped
from tests.cli.conftest import Run
from tests.cli.sheets import BY_PLACE, BY_YEAR, LONG, around, notes, outcome
from tests.support.later import Later

openpyxl = Later("openpyxl")

pytestmark = pytest.mark.usefixtures("statistics")

DIVIDED = BY_YEAR + 'over = "总量"\n'


def taken(run: Run, tmp_path: Path, sheet: str, mapped: str) -> str | None:
    row = outcome(run, tmp_path, sheet, mapped)["values"].get("share")
    return row and row["new"]["value"]


@pytest.mark.parametrize("unit", ["%", "‰", "家"])
@pytest.mark.parametrize("row", ["{unit},2.31", "2.31,{unit}"])
def test_a_column_of_units_that_the_map_does_not_name_is_held_against_the_unit_of_the_map(
    run: Run, tmp_path: Path, unit: str, row: str
) -> None:
    """A map that states % beside an indicator met a sheet that has ‰: a tenth, or ten times, was taken."""
    head = row.format(unit="计量单位").replace("2.31", "2024")
    sheet = f"安和县\n指标,{head}\n研发强度,{row.format(unit=unit)}\n"
    for stated in ("%", "‰"):
        found = taken(run, tmp_path, sheet, BY_YEAR + f'unit = "{stated}"\n')
        assert (found is None) is (unit not in (stated, "家"))


@pytest.mark.parametrize(
    ("sheet", "is_taken"),
    [
        (",指标,2024\n甲市,研发强度（万元）,2\n,人口,5\n乙市,总量（万元）,80\n", False),
        (",指标,2024\n全市,研发强度（万元）,2\n,人口,5\n市辖区,总量（万元）,80\n", False),
        (
            ",指标,2024\n临夏回族自治州,研发强度（万元）,2\n,人口,5\n积石山保安族东乡族撒拉族自治县,总量（万元）,80\n",
            False,
        ),
        (",指标,2024\n科技,研发强度（万元）,2\n,人口,5\n综合,总量（万元）,80\n", True),
        ("指标,2024\n一、全市\n研发强度（万元）,2\n二、市本级\n总量（万元）,80\n", False),
        ("指标,2024\n一、全县\n研发强度（万元）,2\n二、综合\n总量（万元）,80\n", True),
        ("安和县主要指标\n指标,2024\n研发强度（万元）,2\n\n全县财政收支\n指标,2024\n总量（万元）,80\n", True),
        ("安和县主要指标\n指标,2024\n研发强度（万元）,2\n\n表二 财政\n指标,2024\n总量（万元）,80\n", True),
    ],
)
def test_figures_of_two_places_are_not_divided_by_each_other(
    run: Run, tmp_path: Path, sheet: str, is_taken: bool
) -> None:
    assert taken(run, tmp_path, sheet, DIVIDED) == ("2.5" if is_taken else None)


def test_of_two_counties_called_alike_one_is_not_divided_by_the_other(run: Run, tmp_path: Path) -> None:
    rows = "市,指标,地区,年份,数值,单位,来源\n甲市,研发强度,安和县,2024,2,万元,x\n{city},总量,安和县,2024,80,万元,x\n"
    mapped = LONG + 'over = "总量"\n'
    found = outcome(run, tmp_path, rows.format(city="乙市"), mapped)
    assert "stand under or beside different places: “乙市”, “甲市”" in found["wrong"]["share"]
    assert taken(run, tmp_path, rows.format(city="甲市"), mapped) == "2.5"


@pytest.mark.parametrize("second", ["全县研发情况", "我县财政收支", "大型超市经营情况", "新增上市科技企业情况"])
def test_the_title_of_a_second_table_is_shown_and_taken_for_no_other_place(
    second: str, run: Run, tmp_path: Path
) -> None:
    sheet = f"安和县主要指标\n指标,2024\n研发强度（万元）,2\n\n{second}\n指标,2024\n总量（万元）,80\n"
    found = outcome(run, tmp_path, sheet, DIVIDED)
    assert found["values"]["share"]["new"]["value"] == "2.5"
    assert second in around(found)


@pytest.mark.parametrize("name", ["安和县", "安和", "安和县科技局", "安和县人民政府"])
@pytest.mark.parametrize(("first", "second"), [("安和县", "全县"), ("安和县", "我县"), ("本县", "安和县")])
def test_by_whatever_name_the_whole_of_the_place_is_one(
    name: str, first: str, second: str, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("安和县", name), "utf-8")
    sheet = f"指标,2024\n一、{first}\n研发强度（万元）,2\n二、{second}\n总量（万元）,80\n"
    assert taken(run, tmp_path, sheet, DIVIDED) == "2.5"
    assert taken(run, tmp_path, sheet.replace(second, "全市"), DIVIDED) is None


def test_a_remark_in_brackets_that_a_factor_passes_is_shown(run: Run, tmp_path: Path) -> None:
    found = outcome(run, tmp_path, "地区,研发强度（不含开发区）\n安和县,2\n", BY_PLACE + "factor = 1")
    assert found["values"]["share"]["new"]["value"] == "2"
    assert around(found) == ["研发强度（不含开发区）", "安和县"]


@pytest.mark.parametrize(
    ("title", "is_taken"),
    [
        ("2024年主要指标目标任务分解表", False),
        ("主要指标年度目标（2024年）", False),
        ("2024年主要指标目标完成情况", True),
        ("2024年目标考核指标", True),
        ("2024年目标值", False),
        ("2024年主要指标目标表", False),
        ("2024年双碳目标", True),
        ("2024年可持续发展目标（SDGs）监测指标", True),
        ("2024年主要目标表现", True),
        ("2024年重点任务数据", True),
    ],
)
def test_targets_are_no_figures(run: Run, tmp_path: Path, title: str, is_taken: bool) -> None:
    found = taken(run, tmp_path, f"{title}\n地区,研发强度（%）\n安和县,2.31\n", BY_PLACE)
    assert (found is not None) is is_taken


def test_that_other_sheets_have_some_of_the_columns_is_said(run: Run, tmp_path: Path) -> None:
    """The sheet with most of them was taken without a word, be it that of the city proper."""
    (tmp_path / "r.toml").write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "region", version = "2027.1.0" }\n'
        'weights = { id = "baseline", version = "2027.1.0" }\n[subject]\nname = "安和县"\nperiod = "2024"\n',
        encoding="utf-8",
    )
    book = openpyxl.Workbook()
    book.active.title = "总量"
    for row in (["地区", "年末常住人口（万人）"], ["安和县", 46.2]):
        book.active.append(row)
    more = book.create_sheet("城区")
    for row in (["地区", "年末常住人口（万人）", "一般工业固体废物综合利用率（%）"], ["安和县", 9, 80]):
        more.append(row)
    book.save(tmp_path / "sheet.xlsx")
    done = run("import", "sheet.xlsx", "--map", "provincial_yearbook", "--into", "r.toml")
    assert "those of sheet “城区”, which has most of the columns; some have “总量” too" in " ".join(done.stdout.split())
    mapped = (shipped() / "maps" / "provincial_yearbook.toml").read_text(encoding="utf-8")
    (tmp_path / "map.toml").write_text(f'sheet = "总量"\n{mapped}', encoding="utf-8")
    done = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "r.toml")
    assert ("462,000 people" in done.stdout, "most of the columns" in done.stdout) == (True, False)


def test_a_place_with_a_remark_in_brackets_is_named_as_one_of_the_places_of_the_table(run: Run, tmp_path: Path) -> None:
    """Its figures were read: nothing ends the table before it."""
    sheet = "2024年主要指标\n地区,研发强度（%）\n乙县,9\n安和县（县级）,2.31\n"
    (tmp_path / "sheet.csv").write_text(sheet, "utf-8")
    (tmp_path / "map.toml").write_text(BY_PLACE, "utf-8")
    done = run("import", "sheet.csv", "--map", "map.toml", "--into", "a.toml", "--lang", "en")
    assert "outside of the table" not in done.stderr
    assert "安和县（县级）" in done.stderr
    assert "Name the place" in done.stderr


@pytest.mark.parametrize(
    ("sheet", "mapped", "words"),
    [
        ("2024年占全省比重（单位：万元）\n指标,2024\n研发强度,2\n总量,80\n", DIVIDED, "2024年占全省比重（单位：万元）"),
        ("编制单位：乙厂,,单位：万元\n指标,2024\n研发强度,2\n总量,80\n", DIVIDED, "编制单位：乙厂"),
        (
            "单位：万元\n地区,研发强度（市本级）,总量（市本级）\n安和县,2,80\n",
            BY_PLACE + 'over = "总量"\n',
            "研发强度（市本级）|总量（市本级）",
        ),
        ("地区,研发强度,总量\n,市本级,市本级\n安和县,2,80\n", BY_PLACE + 'over = "总量"\n', "市本级"),
        ("单位：千人、‰\n指标,2024\n研发强度,2\n", BY_YEAR + 'unit = "%"\n', "单位：千人、‰"),
        ("单位：万元（市本级）\n指标,2024\n研发强度,2\n总量,80\n", DIVIDED, "单位：万元（市本级）"),
        ("单位：万元（市本级）\n指标,2024\n研发强度（%）,2\n", BY_YEAR, "单位：万元（市本级）"),
        ("单位：万元、%\n指标,2024\n研发强度,2\n总量,80\n", DIVIDED, "单位：万元、%"),
        ("指标（占全省）,2024\n研发强度（%）,2\n", BY_YEAR, "指标（占全省）: 研发强度（%）"),
        ("指标,2024,备注,2023\n研发强度（%）,2,规上数,8\n", BY_YEAR, "备注: 规上数"),
        ("指标,2024\n一、城区\n（一）工业\n人口,5\n（二）科技\n研发强度（%）,2\n", BY_YEAR, "一、城区|（二）科技"),
        ("指标,2024\n占全省比重\n科技\n单位：%\n研发强度,2\n", BY_YEAR, "占全省比重|科技"),
        ("指标,单位,2024\n科技,规上口径,\n研发强度（%）,,2\n", BY_YEAR, "科技|规上口径"),
        ("指标,2024\n总计,5\n  规上,4\n    研发强度（%）,2\n  其他,1\n", BY_YEAR, "总计|规上"),
        ("单位：万元\n指标,2024\n人口,5\n\n表二\n指标,2024\n研发强度,2\n总量,80\n", DIVIDED, "表二|单位：万元"),
        ("占全省比重\n编号,12\n指标,2024\n研发强度（%）,2\n", BY_YEAR, "占全省比重"),
    ],
)
def test_what_stands_over_or_beside_a_figure_and_nobody_asked_for_is_said(
    sheet: str, mapped: str, words: str, run: Run, tmp_path: Path
) -> None:
    """Each was taken without a word: shares, other firms, the city proper, units that nothing was held against."""
    found = outcome(run, tmp_path, sheet, mapped)
    assert found["values"]["share"]
    assert set(words.split("|")) <= set(around(found))


@pytest.mark.parametrize(("units", "is_taken"), [("万元、%", True), ("亿元、万元", False), ("亿元、亿美元", False)])
def test_figures_that_may_be_in_two_moneys_are_not_divided_by_each_other(
    units: str, is_taken: bool, run: Run, tmp_path: Path
) -> None:
    """Trade in dollars by output in yuan, below 单位：亿元、亿美元, was taken for a seventh of the share."""
    sheet = f"单位：{units}\n指标,2024\n研发强度,2\n总量,80\n"
    assert taken(run, tmp_path, sheet, DIVIDED) == ("2.5" if is_taken else None)


def test_what_stands_below_all_figures_is_a_remark(run: Run, tmp_path: Path) -> None:
    """Most footnotes begin with their mark, not with a word for a note."""
    sheet = "指标,2024\n研发强度（%）,2.31\n\n① 不含开发区\n* 为初步数\n资料来源：某局\n"
    found = outcome(run, tmp_path, sheet, BY_YEAR)
    assert notes(found, "the sheet says “① 不含开发区”, “* 为初步数”, “资料来源：某局”;")


def test_signs_that_nobody_sees_make_no_other_name(run: Run, tmp_path: Path) -> None:
    """Words that were copied from a page bring them along: the sheet was said to have nothing of what it shows."""
    assert taken(run, tmp_path, "地区,研\u200b发强度（%）\n\ufeff安和县\u200b,2.31\n", BY_PLACE) == "2.31"


def test_a_place_named_above_its_sections_is_that_of_all_of_them(run: Run, tmp_path: Path) -> None:
    """Nothing was found of it: only the nearest heading was asked for the place."""
    rows = "{}\n一、工业\n人口,5\n二、科技\n研发强度（%）,{}\n"
    assert taken(run, tmp_path, f"指标,2024\n{rows.format('安和县', 2)}{rows.format('乙县', 9)}", BY_YEAR) == "2"


def test_a_sheet_that_tells_no_places_apart_is_named_with_its_tab(run: Run, tmp_path: Path) -> None:
    """A workbook has a tab for each county; the neighbour's was taken below a title that named none."""
    for tab, told in (("乙县", "“主要指标 · 乙县” does not tell places apart"), ("安和县", "")):
        book = openpyxl.Workbook()
        book.active.title = tab
        for row in (["主要指标"], ["指标", 2024], ["研发强度（%）", 2.31]):
            book.active.append(row)
        book.save(tmp_path / "sheet.xlsx")
        (tmp_path / "map.toml").write_text(BY_YEAR, encoding="utf-8")
        said = run("import", "sheet.xlsx", "--map", "map.toml", "--into", "a.toml", "--lang", "en").stdout
        assert "2.31" in said
        assert told in said
        assert ("tell places apart" in said) is bool(told)


ACROSS_PLACES = BY_YEAR.replace('"period"', '"place"')
BY_NAME = LONG.replace('place = "地区"\nperiod = "年份"\n', "").replace('\nsource = "来源"', "")


@pytest.mark.parametrize(
    ("sheet", "mapped", "words"),
    [
        ("指标,2024\n研发强度（%）,1.8\n安和县,2.3\n北河县,1.3\n", BY_YEAR, "the row of A3 is called “安和县”"),
        ("指标,2024\n全市,4\n研发强度（%）,1.8\n安和县,1\n人口,5\n", BY_YEAR, "the row of A4 is called “安和县”"),
        ("指标,2024\n研发强度（%）,1.8\n其中：安和县,2.3\n", BY_YEAR, "the row of A3 is called “其中：安和县”"),
        ("指标,2024\n研发强度（%）,1.8\n#安和县,2.3\n", BY_YEAR, "the row of A3 is called “#安和县”"),
        ("指标,2024\n研发强度（%）,1.8\n安和县 汇总,2.3\n", BY_YEAR, "the row of A3 is called “安和县 汇总”"),
        ("指标,数值,单位\n研发强度,1.8,%\n安和县,2.3,%\n", BY_NAME, "the row of A3 is called “安和县”"),
        (
            "地区,研发强度（%）\n安和县,2.3\n北河县,1.3\n2024,1.3\n",
            BY_PLACE.replace("place =", "period ="),
            "row of A2",
        ),
        ("地区,研发强度（%）\n安和县,4.4\n2023年,2.1\n2024年,2.3\n", BY_PLACE, "below is called “2023年”"),
        ("地区,研发强度（%）,人口\n安和县,4.4,5\n2023年,,2\n2024年,4.4,3\n", BY_PLACE, "below is called “2023年”"),
        ("指标,安和县,北河县\n研发强度（%）,4.4,2.2\n第一季度,2.1,1\n", ACROSS_PLACES, "below is called “第一季度”"),
        ("指标,数值,单位\n研发强度,4.4,%\n1月,2.1,%\n2月,2.3,%\n", BY_NAME, "below is called “1月”"),
    ],
)
def test_a_total_above_its_parts_in_one_column_of_names_is_refused(
    run: Run, tmp_path: Path, sheet: str, mapped: str, words: str
) -> None:
    """As a pivot table has them: the total of all places, or of all years, was taken for the place in the year."""
    found = outcome(run, tmp_path, sheet, mapped)
    assert words in found["wrong"]["share"]
    assert "Show in Tabular Form" in found["wrong"]["share"]
    assert "share" not in found["values"]
    assert bool(notes(found, "tell places apart")) is (mapped == BY_NAME and "月" in words)


@pytest.mark.parametrize(
    ("sheet", "mapped"),
    [
        # What the hint says: in tabular form, with all labels repeated, below which subtotals may stay.
        (
            "地区,年份,研发强度（%）\n安和县,2023,2.1\n安和县,2024,2.31\n安和县 汇总,,4.41\n",
            BY_PLACE.replace("place =", 'period = "年份"\nplace ='),
        ),
        ("地区,研发强度（%）\n2022,1\n2023,1.1\n2024,1.2\n安和县,2.31\n", BY_PLACE),
        ("指标,2024\n人口,5\n其中：安和县城区,1\n研发强度（%）,2.31\n", BY_YEAR),
    ],
)
def test_a_total_of_all_places_above_the_wanted_one_is_no_total_of_its_parts(
    run: Run, tmp_path: Path, sheet: str, mapped: str
) -> None:
    assert taken(run, tmp_path, sheet, mapped) == "2.31"


def test_the_place_of_a_row_above_is_shown_where_no_column_is_of_places(run: Run, tmp_path: Path) -> None:
    """In a pivot table that does not have the wanted place, the last figure above was another's, without a sign."""
    sheet = "指标,2024\n南河县,4\n人口,4\n北河县,{}\n人口,5\n其中：西河县,1\n研发强度（%）,1.3\n"
    for figure in ("9", ""):
        found = around(outcome(run, tmp_path, sheet.format(figure), BY_YEAR))
        assert [words for words in found if "河县" in words] == ["北河县"]


def test_the_time_of_a_row_above_is_shown_where_no_column_is_of_times(run: Run, tmp_path: Path) -> None:
    """A figure below 2023 in a pivot table, which has none in 2024, was taken for that year without a sign."""
    sheet = "指标,数值,单位\n2024,126,家\n人口,5,万人\n2023,120,家\n2022年末人口,4,万人\n研发强度,1.3,%\n"
    found = around(outcome(run, tmp_path, sheet, BY_NAME))
    assert [words for words in found if "20" in words] == ["2023"]


def test_a_time_below_words_that_end_the_table_is_said_to_stand_there(run: Run, tmp_path: Path) -> None:
    """Below heads of a data service, 频率 and 来源, nothing was said but that the sheet has nothing of the year."""
    sheet = "指标名称,研发强度（%）\n频率,{}\n指标ID,{}\n2024-12-31,2.31\n2023-12-31,2.2\n"
    mapped = BY_PLACE.replace('place = "地区"', 'period = "指标名称"')
    found = outcome(run, tmp_path, sheet.format("年", "M01"), mapped)
    assert "“2024-12-31” stands in A4, outside of the table" in found["said"]
    assert "leave the cells blank" in found["said"]
    assert taken(run, tmp_path, sheet.format("", ""), mapped) == "2.31"
