"""Monthly statements of firms as statistics sheets: which of their columns, and whose titles, are of the year."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.sheets import BY_YEAR, HEAD, notes, outcome

pytestmark = pytest.mark.usefixtures("statistics")

BY_COLUMN = BY_YEAR.replace("[columns]", 'period = "{column}"\n[columns]', 1)
BY_VALUE = HEAD + '[columns]\nindicator = "指标"\nvalue = "{column}"\n[indicators."研发强度"]\nquestion = "share"\n'
SHEET = "利润表,,\n编制单位：某厂,{title},\n指标,本期金额,本年累计金额\n研发强度（%）,1,2.31\n"


def taken(run: Run, tmp_path: Path, title: str, column: str, mapped: str) -> tuple[int | None, list[str]]:
    """Return the year of the figure that is taken, None where none is, and which other time is said to be its."""
    found = outcome(run, tmp_path, SHEET.format(title=title), mapped.replace("{column}", column))
    new = found["values"].get("share", {"new": {}})["new"]
    said = notes(found, "figures taken") if new else []
    return new.get("year"), [words.partition("those of ")[2].partition(";")[0] for words in said]


@pytest.mark.parametrize(
    ("title", "column", "told"),
    [
        *(
            (title, "本年累计金额", True)
            for title in ("2024年第6期", "2024年06期", "2024年1-6期", "2024年M6", "P06 2024", "006/2024")
        ),
        *((title, "本年累计金额", False) for title in ("2024年第12期", "2024年1-12期", "2024年12月", "2024年二期工程")),
        *((title, "本年累计金额", False) for title in ("2024年12月1日至2024年12月31日", "2024-12-01至2024-12-31")),
        # A return to the tax office for the last quarter, whose 本年累计金额 is the whole year.
        *((title, "本年累计金额", False) for title in ("税款所属期：2024年10月1日至2024年12月31日", "2024年10-12月")),
        *((title, "本期金额", True) for title in ("2024年12月", "2024年第12期", "2024年12月1日-12月31日")),
        *((title, "本期金额", True) for title in ("2024年12月当月", "2024-12")),
        *((title, "本期金额", False) for title in ("2024年度", "2024年1-12月", "2024年12月31日")),
    ],
)
def test_a_period_of_accounts_is_told_where_the_figures_are_taken_for_those_of_the_year(
    title: str, column: str, told: bool, run: Run, tmp_path: Path
) -> None:
    """Six months of 本年累计金额, or December alone, were stored as the figure of the year, and nothing was said."""
    for mapped in (BY_COLUMN, BY_VALUE):
        found = outcome(run, tmp_path, SHEET.format(title=title), mapped.replace("{column}", column))
        assert found["values"]["share"]["new"]["year"] == 2024
        assert bool(notes(found, f"“{title}” may tell a part of 2024")) is told


@pytest.mark.parametrize(
    ("column", "told"),
    [
        *((column, False) for column in ("1-12月累计", "1月—12月", "本月止累计", "累计", "自年初累计")),
        *((column, True) for column in ("本月累计", "本期数")),
    ],
)
def test_december_above_a_column_from_the_first_month_on_is_the_whole_year(
    column: str, told: bool, run: Run, tmp_path: Path
) -> None:
    """As every county has it in its report of December: 1-12月累计."""
    sheet = SHEET.format(title="2024年12月").replace("本年累计金额", column)
    found = outcome(run, tmp_path, sheet, BY_VALUE.replace("{column}", column))
    assert found["values"]["share"]["new"]["value"] == "2.31"
    assert bool(notes(found, "“2024年12月” may tell a part of 2024")) is told


def test_what_the_figures_are_taken_for_is_said_of_columns_halves_and_in_chinese(run: Run, tmp_path: Path) -> None:
    earlier = outcome(
        run, tmp_path, "2025年\nP06\n指标,上期金额\n研发强度（%）,2\n", BY_VALUE.replace("{column}", "上期金额")
    )
    assert notes(earlier, "“P06” may tell a part of 上期金额")
    chinese = outcome(run, tmp_path, "2024年\nP06\n指标,2024\n研发强度（%）,2\n", BY_YEAR, "--lang", "zh")
    assert notes(chinese, "数值按2024年记")
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", "2024年上半年"), "utf-8")
    sheet, mapped = (
        "某县1-6月主要指标\n2024年1-6月\n{}指标,数值\n研发强度（%）,2\n",
        BY_VALUE.replace("{column}", "数值"),
    )
    assert notes(outcome(run, tmp_path, sheet.format("P06\n"), mapped), "may tell a part of 2024年上半年")
    assert not notes(outcome(run, tmp_path, sheet.format(""), mapped), "may tell")


def test_a_divisor_that_last_years_map_names_by_its_year_is_told(run: Run, tmp_path: Path) -> None:
    for year, told in ((2023, True), (2024, False)):
        mapped = f'{BY_YEAR}over = "{year}年总量"\n'
        found = outcome(run, tmp_path, f"指标,2024\n研发强度（万元）,2\n{year}年总量（万元）,80\n", mapped)
        assert bool(notes(found, f"by a time, “{year}年总量”")) is told
