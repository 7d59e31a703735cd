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
    "title",
    ["2024年第6期", "2024年06期", "2024年1-6期", "2024年度 第6期", "2024年M6", "P06 2024", "006/2024", "2024年6月"],
)
def test_a_period_of_accounts_in_a_title_is_a_month_and_no_year(title: str, run: Run, tmp_path: Path) -> None:
    """Six months of 本年累计金额 were stored as the figure of the year, and nothing was said."""
    assert taken(run, tmp_path, title, "本年累计金额", BY_COLUMN) == (None, [title])


@pytest.mark.parametrize(
    "title",
    [
        *("2024年第12期", "2024年1-12期", "2024年二期工程", "简报2024年第3期", "P12 2024"),
        # What comes out in issues, and the number of a table, are no periods of accounts.
        *("国民经济核算资料2024年第1期", "调查资料 2024年第01期", "P01 2024年主要指标", "表M02 2024年主要指标"),
    ],
)
def test_the_last_period_of_accounts_and_an_issue_are_of_the_year(title: str, run: Run, tmp_path: Path) -> None:
    assert taken(run, tmp_path, title, "本年累计金额", BY_COLUMN) == (2024, [])


@pytest.mark.parametrize("title", ["2024年12月1日至2024年12月31日", "2024-12-01至2024-12-31", "2024年12月1日-12月31日"])
def test_a_span_that_begins_in_december_is_a_month_of_which_the_year_to_its_end_is_known(
    title: str, run: Run, tmp_path: Path
) -> None:
    assert taken(run, tmp_path, title, "本期金额", BY_COLUMN) == (None, [title])
    assert taken(run, tmp_path, title, "本期金额", BY_VALUE) == (None, [])
    for mapped in (BY_COLUMN, BY_VALUE):
        assert taken(run, tmp_path, title, "本年累计金额", mapped) == (2024, [])


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("2024年12月", ["本期金额"]),
        ("2024年第12期", ["本期金额"]),
        ("2024年度", []),
        ("2024年1-12月", []),
        ("2024年12月31日", []),
    ],
)
def test_what_december_has_beside_the_whole_of_the_year_is_said_to_be_taken(
    title: str, told: list[str], run: Run, tmp_path: Path
) -> None:
    """本期金额 of a yearly statement is the year's; of one for December it was taken for that without a word."""
    for mapped in (BY_COLUMN, BY_VALUE):
        assert taken(run, tmp_path, title, "本期金额", mapped) == (2024, told)
        assert taken(run, tmp_path, title, "本年累计金额", mapped) == (2024, [])
    assert taken(run, tmp_path, "2024年12月当月", "本期金额", BY_COLUMN) == (None, ["2024年12月当月"])
