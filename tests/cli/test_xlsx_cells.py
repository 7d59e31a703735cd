"""What the cells of an Excel form say: figures as they are shown, reasons, units and notes beside them."""

import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from nqpf_assess.exchange.grids import GridCell, workbook_grids
from nqpf_assess.model.questionnaire import Questionnaire
from tests.cli.conftest import Run
from tests.cli.forms import outcome, put, rows, written
from tests.support.later import Later

openpyxl = Later("openpyxl")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("=1+1", "--values"),
        ("45.6万", "please convert"),
        ("２．３１", "Type 2.31"),
        ("#REF!", "error"),
        ("2,31", "point"),
        (date(2025, 3, 1), "a day stands here"),
        (True, "true or false"),
        (99, "from 0 to 15"),
    ],
)
def test_a_cell_that_is_no_answer_is_named_with_what_to_do(
    run: Run, tmp_path: Path, small: Questionnaire, cell: object, said: str
) -> None:
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=cell, plan="2")
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    place, why, advice = found["wrong"]["share"]
    assert place == "Innovation!H3"
    assert said in why + advice
    assert (found["values"], found["status"]) == ({"plan": 2}, 1)


def test_merged_cells_are_named_all_of_them(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.3)
    book["Innovation"].merge_cells("H3:H4")
    book.save(tmp_path / "form.xlsx")
    told = outcome(run, tmp_path / "form.xlsx")["wrong"]
    assert {id for id, (_place, why, _advice) in told.items() if "H3:H4 are merged" in why} == {"share", "plan"}


def test_a_formula_gives_what_it_was_worked_out_to_only_where_asked(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """One that was never worked out has nothing to give."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share="=1.5+0.81")
    book.save(tmp_path / "form.xlsx")
    assert "never worked out" in outcome(run, tmp_path / "form.xlsx", "--values")["wrong"]["share"][1]


def test_a_cell_shown_as_a_percentage_is_what_it_shows(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=0.0231)
    rows(book)["share"]["answer"].number_format = "0.00%"
    book.save(tmp_path / "form.xlsx")
    assert outcome(run, tmp_path / "form.xlsx")["values"] == {"share": "2.31"}


def test_a_percentage_is_no_number_of_an_option(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """100%, pasted where shares are offered in steps, is not 1, the first of them."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, zone=1.0, plan=1.0, tools=1.0)
    for id in ("zone", "plan", "tools"):
        rows(book)[id]["answer"].number_format = "0%"
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert (found["values"], [*found["wrong"]]) == ({}, ["zone", "plan", "tools"])
    assert "“100%”" in found["wrong"]["zone"][1]


@pytest.mark.parametrize(
    ("value", "shown_as", "taken"),
    [
        (0.5, '0.00"%"', "0.5"),
        (0.5, "0.00\\%", "0.5"),
        (0.0231, '0.00%;[Red]-0.00" %"', "2.31"),
        (2.5, "0.0_%", "2.5"),
        (2.5, '"R&D: "0.0', "2.5"),
        (12.5, '0.0"‰"', ""),
        (2.5, "#,##0.0,", ""),
        (2.5, '0.0"万"', ""),
        (2.5, '0.00"亿元"', ""),
        (2.5, "[<1]0.0%;0.0", "2.5"),
        (0.025, "[<1]0.0%;0.0", "2.5"),
        (2.5, '[>=10000]0\\.0,"万";0.0', "2.5"),
    ],
)
def test_a_figure_is_taken_as_its_cell_shows_it_or_not_at_all(
    value: float, shown_as: str, taken: str, run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """A sign of % that is text scales nothing; what shows another unit or thousands is no answer to a question in %."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=value)
    rows(book)["share"]["answer"].number_format = shown_as
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert found["values"] == ({"share": taken} if taken else {})
    assert ("share" in found["wrong"]) == (not taken)


@pytest.mark.parametrize(("value", "percent"), [(0.5, True), (0, True), (-0.5, False), ("half", True)])
def test_of_a_number_format_the_part_for_the_value_holds(value: object, percent: bool) -> None:
    """The second part is for what is negative; “;” and signs in quotation marks part nothing."""
    assert GridCell(value, shown_as='"a;b" 0%;-0.0').percent == percent


def test_what_a_number_format_writes_beside_is_shown_and_no_part_of_a_name_or_a_year() -> None:
    """A year in a form that shows 2024年度 is 2024; in the head of a statistics sheet the words beside it count."""
    for value, shown_as, shown in (
        (2024, '0"年度"', "2024年度"),
        (2024.0, '"FY"0', "FY2024"),
        (3, '0"分"', "3分"),
        (2024, '0"年"', "2024"),
        (7, "0.00_ ", "7"),
    ):
        cell = GridCell(value, shown_as=shown_as)
        assert (cell.words, cell.shown) == (str(int(value)), shown)


def test_a_date_in_a_number_format_that_chinese_excel_has_built_in_is_one(tmp_path: Path) -> None:
    """Excel writes such a format by its number alone: 57, which shows 2024年6月, was read as 45444."""
    book = openpyxl.Workbook()
    for row, number in enumerate((27, 31, 36, 50, 58), 1):
        book.active.cell(row, 1, 45444).number_format = f'"{number}"0'
    book.active.cell(6, 1, 45444).number_format = '"49"0'
    book.save(made := tmp_path / "made.xlsx")
    with ZipFile(made) as held, ZipFile(tmp_path / "sheet.xlsx", "w") as written:
        for name in held.namelist():
            data = held.read(name).decode()
            for own, number in re.findall(r'<numFmt numFmtId="(\d+)" formatCode="&quot;(\d+)', data):
                data = data.replace(f'numFmtId="{own}"', f'numFmtId="{number}"')
            written.writestr(name, re.sub("<numFmts.*</numFmts>", "", data))
    (grid,) = workbook_grids((path := tmp_path / "sheet.xlsx").read_bytes(), path, values=False)
    assert [grid.shown(row, 1) for row in range(1, 7)] == [
        *("2024-06", "2024-06-01", "2024-06", "2024-06", "2024-06-01"),
        "45444",
    ]


@pytest.mark.parametrize("currency", ["", "¥", '"¥"', "[$¥-804]", "[$CNY] ", '"US$"'])
def test_a_currency_is_no_unit_and_hides_none(currency: str) -> None:
    """An amount in 亿元 typed in place of a share was taken for one, as soon as ¥ stood before it."""
    for unit, shown in (("%", False), ("万元", False), ("亿元", True)):
        assert GridCell(2.4, shown_as=f'{currency}#,##0.0"亿元"').shows([unit]) is shown
    assert GridCell(2.4, shown_as=f"{currency}0.0").shows(["万元"])


@pytest.mark.parametrize("point", ["\\.", '"."', "!."])
def test_a_point_that_a_format_writes_among_the_digits_moves_the_unit(point: str) -> None:
    """Yuan that are shown in 万 were taken for 万, a figure ten thousand times too large."""
    assert not GridCell(1502000000, shown_as=f'0{point}0000"万"').shows(["万元"])
    assert not GridCell(1502000000, shown_as=f"0{point}0000").shows(["万元"])
    assert GridCell(1.5, shown_as='0.0"万元"').shows(["万元"])


def test_a_unit_named_in_part_is_the_unit() -> None:
    assert GridCell(1.5, shown_as='0.0"百分点"').shows(["个百分点"])


def test_what_is_struck_out_is_no_answer(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31, plan="2", zone="1")
    for id in ("share", "plan"):
        rows(book)[id]["answer"].font = openpyxl.styles.Font(strike=True)
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert [*found["values"]] == ["zone"]
    assert {id: why for id, (_place, why, _advice) in found["wrong"].items()} == {
        "share": "“2.31” is struck out",
        "plan": "“2” is struck out",
    }


def test_an_answer_beside_a_reason_for_none_is_not_decided_for_them(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """Who put the question off and found the figure later may leave the state: it does not win without a word."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31, share__state="Later", plan="2", review__state="Later")
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert found["values"] == {"plan": 2, "review": "later"}
    assert [*found["wrong"]] == ["share"]


def test_why_there_is_no_answer_may_stand_in_the_cell_of_the_answer_as_it_is_offered_beside(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """In words as in code; what is offered as an answer in the same words is that answer."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share="不适用", share__reason="no R&D", plan="Don't know", review="稍后再答", zone="Not sure")
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert found["values"] == {"share": "na", "plan": "dk", "review": "later", "zone": "unsure"}
    assert found["wrong"] == {}


def test_what_is_added_beside_an_answer_is_shown_before_it_is_written(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    book = written(tmp_path / "form.xlsx", small)
    put(book, share__evidence="Act 5; Act 6", plan__note="asked twice")
    book.save(tmp_path / "form.xlsx")
    said = run("import", "form.xlsx").stdout
    assert "+ Act 5; Act 6" in said
    assert "+ asked twice" in said


def test_a_reason_beside_which_nothing_says_that_it_does_not_apply_is_told(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """It would stand in the file, and no page and no report would show it."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share__reason="no R&D", plan="2", plan__reason="none", review__state="Later", review__reason="soon")
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert found["values"] == {"plan": 2, "review": "later"}
    assert [*found["wrong"]] == ["share", "plan", "review"]
    assert all("nothing says that it does not apply" in why for _place, why, _advice in found["wrong"].values())


def test_a_figure_beside_another_unit_is_not_taken_in_that_of_the_question(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31, plan="2")
    rows(book)["share"]["unit"].value = "亿元"
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert found["values"] == {"plan": 2}
    assert "亿元" in found["wrong"]["share"][1]


def test_what_somebody_puts_where_no_unit_belongs_refuses_no_level(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """A bureau fills the blank cells of the column with dashes: levels and choices are taken all the same."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31, plan="2")
    rows(book)["plan"]["unit"].value = "—"
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert (found["values"], found["wrong"]) == ({"share": "2.31", "plan": 2}, {})


@pytest.mark.parametrize(
    ("wrong", "year"), [({"share": "about three"}, 2024), ({"share": "about three"}, 2025), ({}, 2024)]
)
def test_what_stands_beside_no_figure_leaves_that_of_the_file(
    run: Run, tmp_path: Path, small: Questionnaire, wrong: dict[str, str], year: int
) -> None:
    """Year and evidence of a figure that is left out, or of another year, are not those of the one that is there."""
    book = written(tmp_path / "first.xlsx", small)
    put(book, share=2.31, share__year=2025)
    book.save(tmp_path / "first.xlsx")
    assert run("import", "first.xlsx", "--write").returncode == 0
    (mine,) = tmp_path.glob("*.toml")
    before = mine.read_bytes()
    book = written(tmp_path / "second.xlsx", small)
    put(book, **wrong, share__year=year, share__evidence="Letter")
    book.save(tmp_path / "second.xlsx")
    run("import", "second.xlsx", "--into", mine, "--write", "--on-conflict", "take")
    assert mine.read_bytes() == before


@pytest.mark.parametrize(
    ("year", "fate", "kept"), [(None, "conflict", False), (2024, "same", True), ("?", "same", True)]
)
def test_a_figure_given_again_without_a_year_is_of_the_year_of_its_form(
    run: Run, tmp_path: Path, small: Questionnaire, year: object, fate: str, kept: bool
) -> None:
    """Last year's file carried on: what a bureau gives anew for this year, unchanged, stayed a figure of last year."""
    for name, stated in (("first", 2024), ("second", year)):
        book = written(tmp_path / f"{name}.xlsx", small)
        book["about"]["B7"].value = "2025"
        put(book, share=2.31, share__year=stated)
        book.save(tmp_path / f"{name}.xlsx")
    assert run("import", "first.xlsx", "--write").returncode == 0
    (mine,) = tmp_path.glob("*.toml")
    found = outcome(run, tmp_path / "second.xlsx", "--into", str(mine), "--write", "--on-conflict", "take")
    assert [row["fate"] for row in found["rows"] if row["id"] == "share"] == [fate]
    assert ("year = 2024" in mine.read_text("utf-8")) is kept
