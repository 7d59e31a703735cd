"""Monthly statements of firms as statistics sheets: which of their columns, and whose titles, are of the year."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.sheets import BY_YEAR, HEAD, around, notes, outcome

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


@pytest.mark.parametrize("column", ["本年累计金额", "本期金额"])
@pytest.mark.parametrize(
    "title",
    ["2024年第6期", "2024年1-6期", "2024年M6", "P06 2024", "006/2024", "2024年12月", "2024年第12期", "2024年12月当月"],
)
def test_a_period_of_accounts_is_shown_where_the_figures_are_taken_for_those_of_the_year(
    title: str, column: str, run: Run, tmp_path: Path
) -> None:
    """Six months of 本年累计金额, or December alone, were stored as the figure of the year, and nothing was said."""
    for mapped in (BY_COLUMN, BY_VALUE):
        found = outcome(run, tmp_path, SHEET.format(title=title), mapped.replace("{column}", column))
        assert found["values"]["share"]["new"]["year"] == 2024
        assert title in around(found)
        assert [one["time"] for one in found["values"]["share"]["excerpts"]] == ["2024"]


@pytest.mark.parametrize("column", ["1-12月累计", "1月—12月", "本月止累计", "累计", "自年初累计", "本月累计", "本期数"])
def test_december_above_a_column_from_the_first_month_on_is_the_whole_year(
    column: str, run: Run, tmp_path: Path
) -> None:
    """As every county has it in its report of December: 1-12月累计."""
    sheet = SHEET.format(title="2024年12月").replace("本年累计金额", column)
    found = outcome(run, tmp_path, sheet, BY_VALUE.replace("{column}", column))
    assert found["values"]["share"]["new"]["value"] == "2.31"
    assert {"2024年12月", column} <= {*around(found)}


def test_what_the_figures_are_taken_for_is_said_of_columns_and_halves(run: Run, tmp_path: Path) -> None:
    sheet, mapped = "2025年\n指标,上期金额\n研发强度（%）,2\n", BY_VALUE.replace("{column}", "上期金额")
    (earlier,) = outcome(run, tmp_path, sheet, mapped)["values"]["share"]["excerpts"]
    assert (earlier["time"], earlier["over"]) == ("上期金额", ["2025年"])
    sheet, mapped = "某县2025年\n指标,2024年1-6月\n研发强度（%）,2\n", BY_VALUE.replace("{column}", "2024年1-6月")
    found = outcome(run, tmp_path, sheet, mapped)
    assert found["values"]["share"]["new"]["year"] == 2024  # that of its own head, not of the title
    assert found["values"]["share"]["excerpts"][0]["time"] == "2024年1-6月"
    assert not notes(found, "the sheet is of 2025")
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", "2024年上半年"), "utf-8")
    sheet, mapped = "某县1-6月主要指标\n指标,数值\n研发强度（%）,2\n", BY_VALUE.replace("{column}", "数值")
    (half,) = outcome(run, tmp_path, sheet, mapped)["values"]["share"]["excerpts"]
    assert (half["time"], half["over"]) == ("2024年上半年", ["某县1-6月主要指标"])


@pytest.mark.parametrize(
    ("sheet", "mapped", "column", "time", "year"),
    [
        ("指标,2024年上半年\n", BY_COLUMN, "2024年上半年", "2024年上半年", 2024),
        ("指标,2024年上半年\n", BY_VALUE, "2024年上半年", "2024年上半年", 2024),
        ("指标,1H24\n", BY_COLUMN, "1H24", "1H24", None),
        ("2023年\n上半年\n指标,数值\n", BY_VALUE, "数值", "2023", 2023),
        ("2024年上半年\n指标,2023年\n", BY_VALUE, "2023年", "2023", 2023),
    ],
)
def test_of_half_a_year_the_time_that_is_said_is_that_of_its_column_and_of_the_year_that_is_stored(
    sheet: str, mapped: str, column: str, time: str, year: int | None, run: Run, tmp_path: Path
) -> None:
    """Figures of 2024年上半年 were “taken for those of 2024”, and those of a sheet of 2023 for 2024年上半年."""
    path = tmp_path / "a.toml"
    path.write_text(path.read_text("utf-8").replace("2024年", "2024年上半年"), "utf-8")
    found = outcome(run, tmp_path, f"{sheet}研发强度（%）,2\n", mapped.replace("{column}", column))
    share = found["values"]["share"]
    assert ([one["time"] for one in share["excerpts"]], share["new"].get("year")) == ([time], year)
    assert not notes(found, "the figures taken are those of 2024;")


@pytest.mark.parametrize("title", ["", "2025年\n"])
def test_a_column_of_a_year_of_its_own_is_dated_by_no_title(title: str, run: Run, tmp_path: Path) -> None:
    """Beside “taken for those of 2023” stood that they were taken for those of 2024, or of the sheet's year."""
    sheet = f"{title}指标,2023年\n研发强度（%）,2\n"
    found = outcome(run, tmp_path, sheet, BY_VALUE.replace("{column}", "2023年"))
    assert [one["time"] for one in found["values"]["share"]["excerpts"]] == ["2023"]
    assert not notes(found, "no title or section says") + notes(found, "the sheet is of")


def test_a_divisor_that_last_years_map_names_by_its_year_is_told(run: Run, tmp_path: Path) -> None:
    for year, told in ((2023, True), (2024, False)):
        mapped = f'{BY_YEAR}over = "{year}年总量"\n'
        found = outcome(run, tmp_path, f"指标,2024\n研发强度（万元）,2\n{year}年总量（万元）,80\n", mapped)
        assert bool(notes(found, f"by a time, “{year}年总量”")) is told
