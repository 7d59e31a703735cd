"""The Excel form: what it offers, how it is protected, and how it comes back after people handled it."""

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nqpf_assess.exchange.xlsx_form import KEYS, FormWish, xlsx_form
from nqpf_assess.files.library import Library
from nqpf_assess.model.questionnaire import Questionnaire
from tests.cli.conftest import Run


def region() -> Questionnaire:
    book = Library().questionnaire("region")
    assert book is not None
    return book.value


def written(path: Path, *languages: str) -> Any:
    path.write_bytes(xlsx_form(region(), FormWish(languages or ("en",))))
    return openpyxl.load_workbook(path)


def sheets(book: Any) -> Iterator[Any]:
    """The sheets that ask."""
    yield from (sheet for sheet in book if sheet["A1"].value == "id")


def rows(book: Any) -> dict[str, dict[str, Any]]:
    """The cells of each question, by its id and the key of the column."""
    return {
        row[0].value: dict(zip(KEYS, row, strict=True))
        for sheet in sheets(book)
        for row in sheet.iter_rows(min_row=3, max_col=len(KEYS))
        if row[0].value
    }


def put(book: Any, **answers: object) -> None:
    there = rows(book)
    for name, value in answers.items():
        id, _, key = name.partition("__")
        there[id][key or "answer"].value = value


def outcome(run: Run, path: Path, *more: str) -> dict[str, Any]:
    (found,) = json.loads(run("import", path, "--json", *more).stdout)["files"]
    (respondent,) = found["respondents"]
    values = {row["id"]: row["new"].get("value", row["new"].get("state")) for row in respondent["rows"]}
    problems = {row["id"]: (row["place"], row["why"], row["advice"]) for row in respondent["problems"]}
    return {"values": values, "problems": problems, "columns": found["columns"], **respondent}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sheet_a_pillar_and_a_row_a_question(tmp_path: Path, language: str) -> None:
    book, questionnaire = written(tmp_path / "form.xlsx", language), region()
    assert len([*sheets(book)]) == 1 + len(questionnaire.pillars)
    found = rows(book)
    assert [*found] == [*questionnaire.facts, *_in_order(questionnaire)]
    for id, cells in found.items():
        asked = questionnaire.questions.get(id) or questionnaire.facts[id]
        assert cells["text"].value == asked.text[language]
        assert cells["text"].protection.locked
        assert not cells["answer"].protection.locked
    for sheet in sheets(book):
        assert (sheet.freeze_panes, sheet.protection.sheet, sheet.column_dimensions["A"].hidden) == ("D3", True, True)
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.print_title_rows) == (9, 1, "$2:$2")
    assert found["rd_intensity"]["unit"].value == "%"
    assert found["rd_intensity"]["benchmark"].value


def _in_order(questionnaire: Questionnaire) -> list[str]:
    parts = [part for pillar in questionnaire.pillars for part in questionnaire.dimensions_of[pillar]]
    return [id for part in parts for id in questionnaire.questions_of[part]]


def test_a_cell_offers_the_anchors_of_the_question_in_its_own_row(tmp_path: Path) -> None:
    """The list hangs on the id in the row, so that it is still the right one after sorting."""
    book = written(tmp_path / "form.xlsx")
    sheet = next(iter(sheets(book)))
    (drop,) = [one for one in sheet.data_validations.dataValidation if str(one.sqref).startswith("H3")]
    assert "$A3" in drop.formula1
    lists = {row[0].value: [cell.value for cell in row[2:] if cell.value] for row in book["lists"].iter_rows()}
    asked = region().questions["rd_organisation"]
    assert lists["rd_organisation|en"] == [f"{n} {level.words['en']}" for n, level in enumerate(asked.levels)]


def test_the_same_form_has_the_same_bytes() -> None:
    assert xlsx_form(region(), FormWish(("en", "zh"))) == xlsx_form(region(), FormWish(("en", "zh")))


def test_a_form_comes_back_however_it_was_handled(run: Run, tmp_path: Path) -> None:
    """Rows sorted, sheets renamed and moved, columns hidden, and a file name that says nothing."""
    path = tmp_path / "form.xlsx"
    book = written(path, "zh")
    levels = region().questions["rd_organisation"].levels
    put(book, tier="3", zone="1 城市化地区", rd_intensity=2.31, rd_intensity__year=2024, rd_organisation=4)
    put(
        book,
        rd_organisation=f"4 {levels[4].words['zh']}",
        patents_high_value__state="不清楚",
        rd_intensity__evidence="公报；表4",
    )
    for cells in book["about"].iter_rows(min_row=1, max_row=9):
        cells[1].value = {"name": "安和县", "period": "2025"}.get(cells[0].value, cells[1].value)
    for sheet in [*sheets(book)]:
        table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        table.sort(key=lambda row: str(row[KEYS.index("text")]), reverse=True)
        for number, row in enumerate(table, start=3):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
        sheet.title = f"表{sheet.title[:20]}"
        sheet.column_dimensions["D"].hidden = True
        book.move_sheet(sheet, -3)
    book.save(tmp_path / "未命名.xlsx")
    found = outcome(run, tmp_path / "未命名.xlsx")
    assert found["problems"] == {}
    wanted = {
        "tier": "prefecture",
        "zone": "urbanised",
        "rd_intensity": "2.31",
        "rd_organisation": 4,
        "patents_high_value": "dk",
    }
    assert {id: found["values"][id] for id in wanted} == wanted
    assert found["columns"]["absent"] == []
    assert any("renamed" in note for note in found["notes"])
    assert Path(found["into"]).name == "安和县-2025.toml"
    origin = next(row["from"] for row in found["rows"] if row["id"] == "rd_intensity")
    assert origin["kind"] == "xlsx"
    assert origin["place"].startswith("表")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("=1+1", "--values"),
        ("45.6万", "leave out"),
        ("２．３１", "Type 2.31"),
        ("#REF!", "error"),
        ("2,31", "point"),
    ],
)
def test_a_cell_that_is_no_answer_is_named_with_what_to_do(run: Run, tmp_path: Path, cell: str, said: str) -> None:
    path = tmp_path / "form.xlsx"
    book = written(path)
    put(book, rd_intensity=cell, rd_organisation="2")
    book.save(path)
    found = outcome(run, path)
    place, why, advice = found["problems"]["rd_intensity"]
    assert place == f"{[*sheets(book)][1].title}!H3"
    assert said in why + advice
    assert found["values"] == {"rd_organisation": 2}


def test_a_day_and_a_merged_cell_are_no_figures(run: Run, tmp_path: Path) -> None:
    import datetime

    path = tmp_path / "form.xlsx"
    book = written(path)
    put(book, rd_intensity=datetime.datetime(2025, 3, 1), rd_organisation="2")
    sheet = [*sheets(book)][1]
    sheet.merge_cells("H5:H6")
    book.save(path)
    found = outcome(run, path)
    assert "a day stands here" in found["problems"]["rd_intensity"][1]
    merged = {id: told for id, told in found["problems"].items() if "H5:H6 are merged" in told[1]}
    assert len(merged) == 2


def test_a_cell_shown_as_a_percentage_is_what_it_shows(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    book = written(path)
    put(book, rd_intensity=0.0231)
    rows(book)["rd_intensity"]["answer"].number_format = "0.00%"
    book.save(path)
    assert outcome(run, path)["values"] == {"rd_intensity": "2.31"}


def test_a_form_of_another_edition_goes_through_migrate(run: Run, tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "editions" / "2026.1.0"
    book = Library().open_questionnaire(folder / "questionnaires" / "region").value
    path = tmp_path / "old.xlsx"
    path.write_bytes(xlsx_form(book, FormWish(("en",))))
    form = openpyxl.load_workbook(path)
    ids = {row[0].value: row for sheet in sheets(form) for row in sheet.iter_rows(min_row=3)}
    gone = next(id for id in book.questions if id not in region().questions)
    same = "rd_intensity"
    ids[gone][KEYS.index("answer")].value = 1
    ids[same][KEYS.index("answer")].value = 2.5
    form.save(path)
    found = outcome(run, path, "--content", str(folder.parent))
    assert found["values"][same] == "2.5"
    told = found["problems"].get(gone) or found["columns"]["unknown"]
    assert told


def test_each_holder_gets_a_form_of_what_is_missing(run: Run, tmp_path: Path, answers: Path) -> None:
    done = run("export", answers, "--to", "xlsx", "--by", "holder", "-o", "out/", "--lang", "en")
    assert done.returncode == 0, done.stderr
    listed = [*csv.reader((tmp_path / "out" / "region-who-got-what.csv").read_text(encoding="utf-8-sig").splitlines())][
        1:
    ]
    assert {row[1] for row in listed} == {path.name for path in (tmp_path / "out").glob("*.xlsx")}
    missing = {row[3] for row in listed}
    assert not missing & {"rd_intensity", "rd_organisation", "zone", "tier"}
    name, file = listed[0][:2]
    book = openpyxl.load_workbook(tmp_path / "out" / file)
    assert set(rows(book)) == {row[3] for row in listed if row[1] == file}
    about = {row[0].value: row[1].value for row in book["about"].iter_rows(max_row=9)}
    assert (about["name"], about["period"], about["holder"]) == ("Test County", "2025", name)


def test_a_book_in_both_languages_follows_its_switch(tmp_path: Path) -> None:
    book = written(tmp_path / "both.xlsx", "en", "zh")
    cell = rows(book)["rd_intensity"]["text"]
    assert cell.value.startswith("=INDEX(texts!")
    assert "about!$B$5" in cell.value
    seen = openpyxl.load_workbook(tmp_path / "both.xlsx", data_only=True)
    assert rows(seen)["rd_intensity"]["text"].value == region().questions["rd_intensity"].text["en"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_recalculates_and_saves_it(run: Run, tmp_path: Path) -> None:
    """Progress and the switch of the language are worked out, and every answer comes back out of what it saved."""
    path = tmp_path / "form.xlsx"
    book = written(path, "en", "zh")
    put(book, rd_intensity=2.31, rd_organisation="3", tier="3", patents_high_value__state="Don't know")
    book["about"]["B5"].value = "zh"
    book.save(path)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    convert = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(path)]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    saved = openpyxl.load_workbook(tmp_path / "saved" / "form.xlsx", data_only=True)
    progress = next(sheet for sheet in saved if "progress" in sheet.title)
    done = [[cell.value for cell in row] for row in progress.iter_rows(min_row=2, max_col=4)]
    assert done[-1][2] == 4
    assert done[-1][1] == len(region().facts) + len(region().questions)
    assert rows(saved)["rd_intensity"]["text"].value == region().questions["rd_intensity"].text["zh"]
    found = outcome(run, tmp_path / "saved" / "form.xlsx")
    assert found["problems"] == {}
    wanted = {"rd_intensity": "2.31", "rd_organisation": 3, "tier": "prefecture", "patents_high_value": "dk"}
    assert found["values"] == wanted
