"""Units of statistics sheets for each person or hour, and factors of a map for units that nothing else explains."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.sheets import outcome

ASKED = "labour_productivity"
RATE = (
    'format = "nqpf-map/1"\nquestionnaire = "firm"\nlayout = "wide"\n[columns]\nplace = "企业"\n'
    f'[indicators."劳动生产率"]\nquestion = "{ASKED}"\n'
)
QUOTIENT = RATE.replace("劳动生产率", "增加值") + 'over = "平均人数"\n'


@pytest.fixture(autouse=True)
def _firm(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "firm", version = "2027.1.0" }\n'
        'weights = { id = "baseline", version = "2027.1.0" }\n[subject]\nname = "甲厂"\nperiod = "2025"\n',
        encoding="utf-8",
    )


def figure(run: Run, tmp_path: Path, sheet: str, mapped: str) -> tuple[str | None, str]:
    """Return the figure that is taken, and why none is."""
    found = outcome(run, tmp_path, sheet, mapped)
    row = found["values"].get(ASKED)
    return (None if row is None else row["new"]["value"], found["wrong"].get(ASKED, ""))


@pytest.mark.parametrize(
    ("unit", "value", "more", "wanted"),
    [
        ("万元/人", "18", "", "18"),
        ("千元/人", "180", "", "18"),
        ("元／人", "180000", "", "18"),
        ("yuan per person", "180000", "", "18"),
        ("万元/人", "18", 'unit = "万元"', "18"),
        ("万元/人", "18", "factor = 1", "18"),
        # A factor of last year's, for 万元/人 or for hours, is none for what this year's sheet is in.
        ("千元/人", "180", "factor = 1", None),
        ("元/小时", "90", "factor = 0.2", None),
        ("元/小时", "90", 'unit = "元/小时"\nfactor = 0.2', "18"),
        ("元/小时", "90", '[units."元/小时"]\n"万元" = 0.2', "18"),
        ("万元/人·月", "1.5", "factor = 12", None),
        ("万元/人·月", "1.5", 'unit = "万元/人·月"\nfactor = 12', "18"),
        ("万美元/人", "2.5", "factor = 7.2", None),
        # A remark is no unit.
        ("规模以上", "18", "factor = 1", "18"),
    ],
)
def test_a_unit_for_each_person_is_read_and_a_factor_is_only_for_a_unit_that_is_known(
    unit: str, value: str, more: str, wanted: str | None, run: Run, tmp_path: Path
) -> None:
    """万元/人 was refused, and beside the factor of 1 that was advised 千元/人 of next year gave ten times as much."""
    taken, why = figure(run, tmp_path, f"2025年度\n企业,劳动生产率（{unit}）\n甲厂,{value}\n", RATE + more)
    assert taken == wanted
    assert bool(why) is (wanted is None)


@pytest.mark.parametrize(
    ("units", "values", "more", "wanted"),
    [
        (("千元", "人"), ("18000", "100"), "", "18"),
        (("万元", "百人"), ("1800", "1"), "", "18"),
        (("千元", "人"), ("18000", "100"), "factor = 0.1", "18"),
        (("千元", "人"), ("18000", "100"), "factor = 1", None),
        (("千元", "名"), ("18000", "100"), "factor = 0.1", "18"),
        (("千元", "百名"), ("18000", "1"), "factor = 0.1", None),
        (("千元", "户"), ("18000", "100"), "factor = 0.1", None),
        (("千元", "户"), ("18000", "100"), 'unit = "千元"\nfactor = 0.1', "18"),
        (("千元", "百户"), ("18000", "1"), 'unit = "千元"\nfactor = 0.001', None),
        (("千元", "百户"), ("18000", "1"), 'unit = "千元"\nover_unit = "百户"\nfactor = 0.001', "18"),
        (("万美元", "人"), ("250", "100"), '[units."万美元"]\n"万元" = 7.2', "18"),
    ],
)
def test_a_quotient_for_each_person_is_held_against_the_units_of_both_figures(
    units: tuple[str, str], values: tuple[str, str], more: str, wanted: str | None, run: Run, tmp_path: Path
) -> None:
    sheet = f"2025年度\n企业,增加值（{units[0]}）,平均人数（{units[1]}）\n甲厂,{values[0]},{values[1]}\n"
    assert figure(run, tmp_path, sheet, QUOTIENT + more)[0] == wanted


def test_a_factor_stands_for_a_unit_that_the_sheet_does_not_say(run: Run, tmp_path: Path) -> None:
    """As of doctors in the ready map: a head without a unit, above one of 万人."""
    sheet = "2025年度\n企业,增加值,平均人数（百人）\n甲厂,1800,1\n"
    assert figure(run, tmp_path, sheet, QUOTIENT + "factor = 0.01")[0] == "18"


def test_the_way_on_that_is_told_leads_on(run: Run, tmp_path: Path) -> None:
    """Of a quotient a factor under [units] was advised, where the map has no place for one."""
    one, two = ("企业,劳动生产率（元/小时）\n甲厂,90\n", "企业,增加值（千元）,平均人数（户）\n甲厂,18000,100\n")
    for more in ("", "factor = 0.2"):
        assert (
            'Write unit = "元/小时" and a factor beside it in the map, or' in figure(run, tmp_path, one, RATE + more)[1]
        )
        why = figure(run, tmp_path, two, QUOTIENT + more)[1]
        assert ('Write unit = "千元", over_unit = "户" and a factor' in why, "[units]" in why) == (True, False)
    assert "does not say that it is the one for “元/小时”" in figure(run, tmp_path, one, RATE + "factor = 0.2")[1]


def test_of_several_units_above_a_table_none_is_known_to_be_that_of_a_figure(run: Run, tmp_path: Path) -> None:
    """Two figures below “亿元、万元” were divided by each other as if they were in one unit."""
    sheet = "单位：{}\n企业,增加值,平均人数\n甲厂,1800,100\n"
    for units, rate in (("亿元、万元、人", QUOTIENT), ("万元、人", QUOTIENT)):
        assert "nor the map says in which unit “增加值”" in figure(run, tmp_path, sheet.format(units), rate)[1]
    stated = QUOTIENT + 'unit = "万元"\nover_unit = "人"\n'
    assert figure(run, tmp_path, sheet.format("万元、人"), stated)[0] == "18"


@pytest.mark.parametrize("head", ["数值（千元/人）", "数值（单位：千元/人）"])
def test_the_unit_behind_the_head_of_the_values_counts(head: str, run: Run, tmp_path: Path) -> None:
    """A map that says 万元/人 took ten times the figure."""
    long = RATE.replace('layout = "wide"\n', "").replace("place =", 'value = "数值"\nindicator = "指标"\nplace =')
    sheet = f"2025年度\n企业,指标,{head}\n甲厂,劳动生产率,180\n"
    assert figure(run, tmp_path, sheet, long)[0] == "18"
    assert "the map says “万元/人”" in figure(run, tmp_path, sheet, long + 'unit = "万元/人"\n')[1]
    for remark in ("规上", "同比增速"):
        assert figure(run, tmp_path, sheet.replace(head, f"数值（{remark}）"), long + 'unit = "万元/人"\n')[0] is None


def test_the_unit_behind_the_head_of_the_names_counts(run: Run, tmp_path: Path) -> None:
    across = RATE.replace('"wide"', '"wide"\nacross = "period"').replace('place = "企业"', 'indicator = "项目"')
    sheet = "甲厂\n项目（千元/人）,2025\n劳动生产率,180\n"
    assert figure(run, tmp_path, sheet, across)[0] == "18"


@pytest.mark.parametrize(("stated", "section"), [("万元/人", ""), ("千元/人", ""), ("万元/人", "其他,,\n")])
def test_a_blank_unit_in_a_column_of_units_may_be_that_of_the_row_above(
    stated: str, section: str, run: Run, tmp_path: Path
) -> None:
    """As where cells of one unit are merged: a map that says 万元 took ten times the figure."""
    across = RATE.replace('"wide"', '"wide"\nacross = "period"')
    across = across.replace('place = "企业"', 'indicator = "项目"\nunit = "单位"') + f'unit = "{stated}"\n'
    sheet = f"甲厂\n项目,单位,2025\n人均产值,千元/人,200\n{section}劳动生产率,,180\n"
    taken, why = figure(run, tmp_path, sheet, across)
    assert (taken is not None) is (stated == "千元/人" or section != "")
    assert ("both in “万元/人” and in “千元/人”" in why) is (taken is None)
