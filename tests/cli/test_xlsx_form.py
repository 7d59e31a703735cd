"""The Excel form: what it offers, how it is protected, and how it comes back after people handled it."""

import io
import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nqpf_assess.cli.main import run as main
from nqpf_assess.exchange.grids import workbook_grids
from nqpf_assess.exchange.xlsform import xlsform
from nqpf_assess.exchange.xlsx_answers import WHOLE_BOOK, about_of, read_form
from nqpf_assess.exchange.xlsx_form import HOW_TO, KEYS, FormWish, sheet_name, xlsx_form
from nqpf_assess.locale import tell
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire
from tests.cli.conftest import Run
from tests.cli.forms import outcome, put, rows, sheets, written
from tests.session.conftest import QUESTIONNAIRE
from tests.support.later import Later

openpyxl = Later("openpyxl")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sheet_a_pillar_and_a_row_a_question(tmp_path: Path, small: Questionnaire, language: str) -> None:
    book = written(tmp_path / "form.xlsx", small, language)
    assert [sheet.title for sheet in sheets(book)][1:] == [pillar.title[language] for pillar in small.pillars.values()]
    found = rows(book)
    assert set(found) == {*small.facts, *small.questions}
    for id, cells in found.items():
        asked = small.questions.get(id) or small.facts[id]
        assert cells["text"].value == asked.text[language]
        assert cells["text"].protection.locked
        assert not cells["answer"].protection.locked
    for sheet in sheets(book):
        assert (sheet.freeze_panes, sheet.protection.sheet, sheet.column_dimensions["A"].hidden) == ("D3", True, True)
        page = sheet.page_setup
        assert (int(page.paperSize), int(page.fitToWidth or 1), sheet.print_title_rows) == (9, 1, "$2:$2")
    assert found["share"]["unit"].value == "%"
    assert found["share"]["range"].value.startswith("0–15")
    assert {tell(words, language) for words in HOW_TO} < {cell.value for cell in book["about"]["C"]}


def test_a_cell_offers_the_anchors_of_the_question_in_its_own_row(tmp_path: Path, small: Questionnaire) -> None:
    """The list hangs on the id in the row, so that it is still the right one after sorting."""
    book = written(tmp_path / "form.xlsx", small)
    (drop,) = [d for d in next(sheets(book)).data_validations.dataValidation if str(d.sqref).startswith("H3")]
    assert "$A3" in drop.formula1
    lists = {row[0].value: [cell.value for cell in row[2:] if cell.value] for row in book["lists"].iter_rows()}
    assert lists["plan|en"] == ["0 Nobody", "1 A paper", "2 Done"]


def test_a_column_that_somebody_added_is_named(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31)
    sheet = next(sheets(book))
    sheet["N2"], sheet["N4"], sheet["P5"] = "My remarks", "ask Wang", "x"
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert found["columns"]["carried"] == ["My remarks", f"{sheet.title}!P1"]
    assert found["values"]["share"] == "2.31"


def test_a_firm_is_asked_about_itself(small: Questionnaire) -> None:
    """Forms head the facts of a firm as the app does; one that bears the heading for a place is known as well."""
    firm = small.model_copy(update={"subject": "firm"})
    for questionnaire, title in ((small, "Local conditions"), (firm, "About the firm")):
        book = openpyxl.load_workbook(io.BytesIO(xlsx_form(questionnaire, FormWish(("en",)))))
        first = next(sheets(book))
        assert (first.title, first["B3"].value) == (title, title)
        survey = openpyxl.load_workbook(io.BytesIO(xlsform(questionnaire)))["survey"]
        assert [row[2].value for row in survey if row[1].value == "facts__group"] == [title]
    grids = workbook_grids(xlsx_form(small, FormWish(("en",))), Path("form.xlsx"), values=False)
    about = about_of(grids, Path("form.xlsx"))
    assert about is not None
    assert read_form(grids, about, firm, Path("form.xlsx"), datetime(2026, 11, 2, tzinfo=UTC))[1].notes == ()


def test_a_form_that_was_filled_in_is_not_written_anew(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """What a bureau typed into its form outlives a second export; the empty form is replaced."""
    again = [run("export", "small", "--to", "xlsx", "-o", "form.xlsx") for _ in range(2)]
    assert [done.returncode for done in again] == [0, 0]
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    put(book, share=2.31)
    book.save(tmp_path / "form.xlsx")
    done = run("export", "small", "--to", "xlsx", "-o", "form.xlsx")
    assert (done.returncode, "form.xlsx exists and is no export of ours, or was changed since" in done.stderr) == (
        3,
        True,
    )
    assert outcome(run, tmp_path / "form.xlsx")["values"]["share"] == "2.31"


def test_the_same_form_has_the_same_bytes(small: Questionnaire) -> None:
    assert xlsx_form(small, FormWish(("en", "zh"))) == xlsx_form(small, FormWish(("en", "zh")))


def test_a_form_comes_back_however_it_was_handled(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """Rows sorted, sheets renamed and moved, columns hidden, and a file name that says nothing."""
    book = written(tmp_path / "form.xlsx", small, "zh")
    put(book, zone="2", share=2.31, share__year=2024, share__evidence="公报；表4", plan="2 已落实", tools="1；2")
    put(book, review__state="不清楚", story="无")
    for cells in book["about"].iter_rows(max_row=9):
        cells[1].value = {"name": "安和县", "period": "2025"}.get(cells[0].value, cells[1].value)
    for sheet in [*sheets(book)]:
        table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        table.sort(key=lambda row: str(row[KEYS.index("text")]), reverse=True)
        for number, row in enumerate(table, start=3):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
        sheet.title = f"表{sheet.title[:20]}"
        sheet.column_dimensions["D"].hidden = True
        book.move_sheet(sheet, -2)
    book["about"].title = "说明"
    book.save(tmp_path / "未命名.xlsx")
    found = outcome(run, tmp_path / "未命名.xlsx")
    assert found["wrong"] == {}
    wanted = {"zone": "hills", "share": "2.31", "plan": 2, "tools": ["audit", "trade"], "review": "dk", "story": "无"}
    assert {id: found["values"][id] for id in wanted} == wanted
    assert found["columns"]["absent"] == []
    assert any("renamed" in note for note in found["notes"])
    assert Path(found["into"]).name == "安和县-2025.toml"
    origin = next(row["from"] for row in found["rows"] if row["id"] == "share")
    assert (origin["kind"], origin["file"], origin["place"].startswith("表")) == ("xlsx", "未命名.xlsx", True)
    assert run("import", "未命名.xlsx", "--write").returncode == 0
    assert run("check", "安和县-2025.toml").returncode == 0
    assert "stays as it is" in run("import", "未命名.xlsx", "--write").stderr


@pytest.mark.parametrize(("plan", "said"), [("0", ["not asked at present: it counts once it is"]), ("2", [])])
def test_what_is_answered_to_a_question_that_is_not_asked_is_said_to_count_for_nothing(
    run: Run, tmp_path: Path, small: Questionnaire, plan: str, said: list[str]
) -> None:
    """A form shows all questions, whoever they are for."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, plan=plan, review="An outside body")
    book.save(tmp_path / "form.xlsx")
    told = {row["id"]: row["why"] for row in outcome(run, tmp_path / "form.xlsx")["rows"]}
    assert (told["plan"], told["review"]) == ([], said)
    # Nor is it said of what stands already, nor one by one of what a quick screening leaves out.
    head = f'format = "nqpf-answers/1"\nquestionnaire = {{ id = "small", version = "{small.version}" }}\n'
    head += 'weights = { id = "baseline", version = "1" }\n'
    for more in (f'[answers]\nplan.value = {plan}\nreview.value = "outside"\n', 'mode = "quick"\n'):
        (tmp_path / "mine.toml").write_text(head + more, encoding="utf-8")
        found = outcome(run, tmp_path / "form.xlsx", "--into", "mine.toml")["rows"]
        assert [row["why"] for row in found if row["id"] == "review"] == [[]]


def test_of_two_columns_of_answers_none_is_taken_where_they_differ(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """Somebody puts last year's figures beside: the first of the two columns does not count, whichever it is."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31, plan="2")
    sheet = book["Innovation"]
    sheet.insert_cols(KEYS.index("answer") + 1)
    sheet.cell(1, KEYS.index("answer") + 1).value = "answer"
    sheet.cell(3, KEYS.index("answer") + 1).value = 1.9
    sheet.cell(4, KEYS.index("answer") + 1).value = "2"
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert found["values"] == {"plan": 2}
    assert found["wrong"]["share"][0] == "Innovation!I3"


@pytest.mark.parametrize("languages", [("en",), ("en", "zh")])
def test_rows_sorted_without_their_hidden_ids_answer_nothing(
    run: Run, tmp_path: Path, small: Questionnaire, languages: tuple[str, ...]
) -> None:
    """The filter takes the ids along; where others sort without them, each answer would come under another id."""
    book = written(tmp_path / "form.xlsx", small, *languages)
    put(book, share=2.31, plan="2")
    (sheet,) = (sheet for sheet in sheets(book) if sheet.title.startswith("Innovation"))
    assert sheet.auto_filter.ref.startswith("A2:")
    (first, second) = (
        [cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=4, min_col=2, max_col=len(KEYS))
    )
    for number, line in ((3, second), (4, first)):
        for column, value in enumerate(line, start=2):
            sheet.cell(number, column).value = value
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert found["values"] == {}
    assert {id: place for id, (place, _why, _advice) in found["wrong"].items()} == {
        "share": f"{sheet.title}!C3",
        "plan": f"{sheet.title}!C4",
    }
    assert all("hidden id is that of another" in why for _place, why, _advice in found["wrong"].values())


def test_sheets_of_several_forms_in_one_book_are_not_read_as_those_of_the_first(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31)
    other = book.copy_worksheet(book["about"])
    book.save(tmp_path / "form.xlsx")
    assert outcome(run, tmp_path / "form.xlsx")["values"] == {"share": "2.31"}
    for cells in other.iter_rows(max_row=9):
        cells[1].value = {"name": "Ningyuan"}.get(cells[0].value, cells[1].value)
    book.save(tmp_path / "form.xlsx")
    done = run("import", "form.xlsx")
    assert done.returncode == 1
    assert "several forms" in done.stderr
    assert "about Copy" in done.stderr


@pytest.mark.parametrize(
    ("period", "said"), [("今年", "“今年” is not a year. Type four digits, such as 2025."), ("2025 H1", "")]
)
def test_a_time_that_names_no_year_is_told_as_it_comes_in(
    run: Run, tmp_path: Path, small: Questionnaire, period: str, said: str
) -> None:
    """The app does not take it: no report of last year could be put before this one."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31)
    for cells in book["about"].iter_rows(max_row=9):
        cells[1].value = period if cells[0].value == "period" else cells[1].value
    book.save(tmp_path / "form.xlsx")
    told = {row["id"]: row["why"] for row in outcome(run, tmp_path / "form.xlsx")["rows"]}
    assert told["period"] == ([said] if said else [])


def test_a_form_of_another_place_or_year_is_said_before_its_figures(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """Half a year is not “there already” in its year: its figures would come into it without a word."""

    def form(file: str, **about: str) -> Path:
        book = written(tmp_path / file, small)
        put(book, **({"share": 2.31} if file == "one.xlsx" else {"plan": "2"}))
        for cells in book["about"].iter_rows(max_row=9):
            cells[1].value = about.get(cells[0].value, cells[1].value)
        book.save(tmp_path / file)
        return tmp_path / file

    assert run("import", form("one.xlsx", name="Anhe", period="2025"), "--write").returncode == 0
    (mine,) = tmp_path.glob("*.toml")
    for name, period in (("Ningyuan", "2025"), ("Anhe", "2024"), ("Anhe", "2025 H1")):
        said = run("import", form("two.xlsx", name=name, period=period), "--into", mine).stdout
        assert f"The source is of {name} {period}, this assessment of Anhe 2025" in said
        assert "1 to be decided" in said
    for about in ({"name": "Anhe", "period": "2025年"}, {"name": "Anhe", "period": "截至2025年底"}, {}):
        done = run("import", form("two.xlsx", **about), "--into", mine)
        assert (done.returncode, "The source is of" in done.stdout) == (0, False), done.stdout


def test_a_form_of_version_0_1_comes_back(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """It has one sheet, and heads in words only."""
    book = openpyxl.Workbook()
    sheet, about = book.active, book.create_sheet("about")
    sheet.title = "answers"
    sheet.append(
        ["标识", "所属", "题目", "填写说明", "答案", "年份", "状态：dk 不清楚，na 不适用，later 稍后", "理由（不适用）"]
    )
    for row in (
        ["share", "", "", "", "2.31", "2024"],
        ["plan", "", "", "", "2"],
        ["review", "", "", "", "", "", "na", "无"],
    ):
        sheet.append(row)
    for row in (["format", "nqpf-xlsx-form/1"], ["questionnaire", "small"], ["version", "1"], ["name", "安和县"]):
        about.append(row)
    book.save(tmp_path / "old.xlsx")
    found = outcome(run, tmp_path / "old.xlsx")
    assert found["wrong"] == {}
    assert {id: found["values"][id] for id in ("share", "plan", "review")} == {
        "share": "2.31",
        "plan": 2,
        "review": "na",
    }


def test_an_answer_given_twice_is_one_where_both_say_the_same(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31, plan="1")
    for id, value, row in (("share", 2.31, 20), ("plan", "2", 21)):
        book["Green"].cell(row, 1).value = id
        book["Green"].cell(row, KEYS.index("answer") + 1).value = value
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert found["values"]["share"] == "2.31"
    assert [*found["wrong"]] == ["plan"]
    assert "Innovation!H4" in found["wrong"]["plan"][1]


@pytest.mark.parametrize(("part", "said"), [("state", "dk"), ("year", 2023), ("note", "another"), ("reason", None)])
def test_a_copied_row_does_not_mix_with_the_first(
    run: Run, tmp_path: Path, small: Questionnaire, part: str, said: object
) -> None:
    """A state, year or note beside the copy alone is told, and the first row stands; a blank copy says nothing."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31)
    book["Green"].cell(20, 1).value = "share"
    book["Green"].cell(20, KEYS.index(part) + 1).value = said
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert found["values"]["share"] == "2.31"
    assert [*found["wrong"]] == (["share"] if said else [])


def test_a_form_of_another_edition_goes_through_migrate(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """What was renamed is found under its new id; what the edition at hand does not ask is named."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31, plan="1", story="x")
    book.save(tmp_path / "form.xlsx")
    (tmp_path / "editions" / "1" / "questionnaires").mkdir(parents=True)
    (tmp_path / "editions" / "1" / "questionnaires" / "small.toml").write_text(QUESTIONNAIRE, encoding="utf-8")
    later = QUESTIONNAIRE.replace('version = "1"', 'version = "2"').replace(
        "[questions.share]", '[questions.rd_share]\nprevious_ids = ["share"]'
    )
    start, end = later.index("[questions.story]"), later.index("[countermeasures.list]")
    later = (later[:start] + later[end:]).replace('question = "share"', 'question = "rd_share"')
    (tmp_path / "questionnaires" / "small.toml").write_text(later, encoding="utf-8")
    found = outcome(run, tmp_path / "form.xlsx")
    assert (found["values"]["rd_share"], found["values"]["plan"]) == ("2.31", 1)
    assert found["wrong"]["story"][1:] == ("edition 2 does not ask it", "It stays in the source alone.")


def test_a_sheet_taken_out_of_its_form_is_known_as_one(
    tmp_path: Path, small: Questionnaire, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it answers, only the sheet “about” says; a sheet saved as CSV, often that very one, lacks the others too."""
    grids = workbook_grids(xlsx_form(small, FormWish(("en",))), Path("form.xlsx"), values=False)
    about = about_of(grids, Path("form.xlsx"))
    assert about is not None
    with pytest.raises(UserError) as refused:
        read_form(grids[:1], about, small, Path("form.csv"), datetime(2026, 11, 2, tzinfo=UTC))
    assert refused.value.hint == WHOLE_BOOK
    book = written(tmp_path / "form.xlsx", small)
    for sheet in [*book]:
        if sheet["A1"].value != "id":
            book.remove(sheet)
    book.save(tmp_path / "form.xlsx")
    assert main(["import", str(tmp_path / "form.xlsx"), "--lang", "en"]) == 1
    told = capsys.readouterr().err
    assert "without the sheet “about”" in told
    assert "Import the workbook with all its sheets" in told


def test_a_form_whose_edition_is_gone_is_read_under_the_ids_of_today(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """The figure of a renamed question comes in, and is not called one that the form does not hold."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31, plan="1")
    book.save(tmp_path / "form.xlsx")
    later = QUESTIONNAIRE.replace('version = "1"', 'version = "2"').replace(
        'question = "share"', 'question = "rd_share"'
    )
    later = later.replace("[questions.share]", '[questions.rd_share]\nprevious_ids = ["share"]')
    (tmp_path / "questionnaires" / "small.toml").write_text(later, encoding="utf-8")
    found = outcome(run, tmp_path / "form.xlsx")
    assert (found["values"]["rd_share"], found["values"]["plan"]) == ("2.31", 1)
    assert "not at hand" in " ".join(found["notes"])
    (tmp_path / "questionnaires" / "small.toml").write_text(later.replace('unit = "%"', 'unit = "‰"'), encoding="utf-8")
    found = outcome(run, tmp_path / "form.xlsx")
    assert "rd_share" in found["wrong"]
    assert "rd_share" not in found["values"]


def test_a_form_of_another_state_of_the_edition_is_said(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """The unit of a question may have changed since, and nobody raised the version."""
    written(tmp_path / "form.xlsx", small)
    changed = QUESTIONNAIRE.replace('unit = "%"', 'unit = "‰"', 1)
    assert changed != QUESTIONNAIRE
    (tmp_path / "questionnaires" / "small.toml").write_text(changed, encoding="utf-8")
    found = outcome(run, tmp_path / "form.xlsx")
    assert "made with another state of edition 1 of “small”" in " ".join(found["notes"])


def test_a_book_in_both_languages_follows_its_switch(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    book = written(tmp_path / "both.xlsx", small, "en", "zh")
    cell = rows(book)["share"]["text"]
    assert cell.value.startswith("=INDEX(texts!")
    assert "about!$B$5" in cell.value
    seen = openpyxl.load_workbook(tmp_path / "both.xlsx", data_only=True)
    assert rows(seen)["share"]["text"].value == small.questions["share"].text["en"]
    for sheet in book:  # the first one besides: how to fill the form in is no 0 once it is worked out
        for one in (one for row in sheet.iter_rows() for one in row if str(one.value).startswith("=INDEX(texts!")):
            line = int(re.findall(r"\d+", one.value)[0])
            assert book["texts"].cell(line, 1).value == seen[sheet.title][one.coordinate].value
            assert book["texts"].cell(line, 2).value
    put(book, share=2.31)
    book.save(tmp_path / "both.xlsx")
    found = outcome(run, tmp_path / "both.xlsx")
    assert found["values"] == {"share": "2.31"}
    assert found["columns"]["unknown"] == {}  # its heads are formulas, and no ids


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_recalculates_and_saves_it(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """Progress and the switch of the language are worked out, and every answer comes back out of what it saved."""
    book = written(tmp_path / "form.xlsx", small, "en", "zh")
    put(book, share=2.31, plan="2 Done", zone="3", review__state="Don't know")
    book["about"]["B5"].value = "zh"
    book.save(tmp_path / "form.xlsx")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    convert = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*convert, str(tmp_path / "form.xlsx")], check=True, capture_output=True, timeout=300)
    saved = openpyxl.load_workbook(tmp_path / "saved" / "form.xlsx", data_only=True)
    progress = next(sheet for sheet in saved if "progress" in sheet.title)
    assert [cell.value for cell in [*progress.iter_rows(max_col=4)][-1]][1:] == [6, 4, 2]
    assert rows(saved)["share"]["text"].value == small.questions["share"].text["zh"]
    assert saved["about"]["C6"].value == "地区或企业名称"
    found = outcome(run, tmp_path / "saved" / "form.xlsx")
    assert found["wrong"] == {}
    assert found["values"] == {"share": "2.31", "plan": 2, "zone": "unsure", "review": "dk"}


@pytest.mark.parametrize("title", ["🌾" * 40, "a" + "👨‍👩‍👧" * 20, "字" * 40, "[]:*?/\\'", "History"])
def test_any_title_names_a_sheet(title: str) -> None:
    """Programs count in UTF-16, where a sign beyond the first 65,536 takes two."""
    names: list[str] = []
    for _ in range(12):
        names.append(sheet_name({"en": title}, ("en",), names))
    assert len({name.casefold() for name in names}) == 12
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in names)


def test_an_answer_in_a_row_without_its_id_is_not_passed_over(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """It is told with its place, and not only as a question that is not in the form."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31, plan="2 Done")
    cell = rows(book)["share"]["answer"]
    cell.parent.cell(cell.row, 1).value = None
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert found["values"]["plan"] == 2
    assert found["status"] == 1
    place, why, advice = found["wrong"][""]
    assert place.endswith(f"!{cell.coordinate}")
    assert "hidden id" in why
    assert "fresh form" in advice
    assert "share" in found["columns"]["absent"]


def test_a_row_whose_question_no_formula_shows_answers_nothing(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """Without the sheet of texts nobody can tell whether the row was moved; the words in their place tell it."""
    book = written(tmp_path / "form.xlsx", small, "en", "zh")
    put(book, share=2.31, plan="2")
    del book["texts"]
    rows(book)["plan"]["text"].value = "如何统筹？"
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert (found["values"], found["status"]) == ({"plan": 2}, 1)
    assert "a formula stands here" in found["wrong"]["share"][1]


@pytest.mark.parametrize("languages", [("en",), ("en", "zh")])
@pytest.mark.parametrize("is_copy", [False, True])
def test_a_sheet_without_its_ids_is_told(
    run: Run, tmp_path: Path, small: Questionnaire, languages: tuple[str, ...], is_copy: bool
) -> None:
    """Whoever deletes the column of ids, or copies what is seen to a sheet of his own, hears that nothing came in."""
    book = written(tmp_path / "form.xlsx", small, *languages)
    put(book, zone="3", share=2.31, plan="2")
    (sheet,) = (sheet for sheet in sheets(book) if sheet.title.startswith("Innovation"))
    if is_copy:
        own = book.create_sheet("经发局填")
        for row in sheet.iter_rows(min_row=2, min_col=2):
            own.append([cell.value for cell in row])
        put(book, share=None, plan=None)
    else:
        own = sheet
        sheet.delete_cols(1)
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert (found["values"], found["status"]) == ({"zone": "unsure"}, 1)
    ((place, why, _advice),) = found["wrong"].values()
    assert place == f"{own.title}!G{2 if is_copy else 3}"
    assert f"the sheet “{own.title}”, which is without the hidden column of ids" in why


def test_a_sheet_without_ids_that_nobody_filled_in_is_let_be(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """As is one that is none of the form: a clerk's own questions and answers."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, zone="3")
    (sheet,) = (sheet for sheet in sheets(book) if sheet.title == "Innovation")
    sheet.delete_cols(1)
    for row in (["问题", "答案", "备注"], ["谁来填？", "经发局", "周五前"]):
        (book["问答"] if "问答" in book else book.create_sheet("问答")).append(row)
    book.save(tmp_path / "form.xlsx")
    found = outcome(run, tmp_path / "form.xlsx")
    assert (found["values"], found["wrong"], found["status"]) == ({"zone": "unsure"}, {}, 0)


@pytest.mark.parametrize("languages", [("en",), ("zh", "en")])
@pytest.mark.parametrize("version", ["1", "2"])
def test_the_number_of_another_answer_than_the_row_shows_is_refused(
    run: Run, tmp_path: Path, small: Questionnaire, languages: tuple[str, ...], version: str
) -> None:
    """The edition of the form is gone, and the options of today stand in another order; words mean what they did."""
    book = written(tmp_path / "form.xlsx", small, *languages)
    put(book, tools="1", zone="3", review="无", plan="2")
    book.save(tmp_path / "form.xlsx")
    put(book, tools="Audit；排污权交易")
    book.save(tmp_path / "words.xlsx")
    audit, trade = (line for line in QUESTIONNAIRE.splitlines() if line.startswith(("options.audit", "options.trade")))
    later = QUESTIONNAIRE.replace(f"{audit}\n{trade}", f"{trade}\n{audit}")
    later = later.replace('version = "1"', f'version = "{version}"')
    (tmp_path / "questionnaires" / "small.toml").write_text(later, encoding="utf-8")
    found = outcome(run, tmp_path / "form.xlsx")
    assert (found["values"], found["status"]) == ({"zone": "unsure", "review": "none", "plan": 2}, 1)
    assert "the row shows other answers" in found["wrong"]["tools"][1]
    assert sorted(outcome(run, tmp_path / "words.xlsx")["values"]["tools"]) == ["audit", "trade"]


def test_a_formula_is_no_name_and_no_year_of_a_form(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """It is refused as such: by the year “=2024+1” no day is counted."""
    book = written(tmp_path / "form.xlsx", small)
    put(book, share=2.31)
    for row in book["about"].iter_rows():
        if row[0].value in ("name", "period"):
            row[1].value = "=2024+1"
    book.save(tmp_path / "form.xlsx")
    done = run("import", "form.xlsx", "--json")
    ((one,),) = (file["respondents"] for file in json.loads(done.stdout)["files"])
    assert [row["id"] for row in one["rows"]] == ["share"]
    assert [row["place"] for row in one["problems"]] == ["about!B6", "about!B7"]
