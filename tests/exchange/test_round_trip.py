"""The way out and back changes nothing: on random instruments, in every form that goes out and comes back.

With the whole budget (`make test-all`) 500 instruments; else a few of them.
"""

import io
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.states import stored
from nqpf_assess.exchange.column_answers import read_columns
from nqpf_assess.exchange.grids import csv_grid, workbook_grids
from nqpf_assess.exchange.json_answers import read_json_answers
from nqpf_assess.exchange.sources import of_file
from nqpf_assess.exchange.survey_answers import (
    SurveyPart,
    grid_records,
    headers_in,
    json_records,
    read_survey,
)
from nqpf_assess.exchange.tables import as_data, csv_text, row_csv
from nqpf_assess.exchange.xlsx_answers import about_of, read_form
from nqpf_assess.exchange.xlsx_form import KEYS, FormWish, xlsx_form
from nqpf_assess.files.intake import json_in
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Value
from nqpf_assess.model.answers import Answer, Answers
from nqpf_assess.model.importing import Submission
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire
from nqpf_assess.session.importing import plan_import
from tests.support.budget import BUDGET
from tests.support.instruments import Case, cases
from tests.support.later import Later
from tests.support.scored import (
    ROOT,
    every_other,
    instrument_of,
    read_toml,
    shipped_chain,
    shipped_questionnaire,
    tries,
)
from tests.support.varied import tiny

pytestmark = pytest.mark.long

openpyxl = Later("openpyxl")

NOW = datetime(2026, 11, 2, 9, 14, 5, tzinfo=UTC)
PATH = Path("back.xlsx")


def looked_at(count: int = 500) -> settings:
    """500 of them with the whole budget, else a handful."""
    return tries(count if BUDGET >= 1 else 24)


def given_answers(instrument: Instrument, answers: Answers) -> dict[str, tuple[AnyAsked, Answer]]:
    questionnaire = instrument.questionnaire
    tables: tuple[tuple[Mapping[str, AnyAsked], Mapping[str, Answer]], ...] = (
        (questionnaire.facts, answers.facts),
        (questionnaire.questions, answers.answers),
    )
    return {id: (asked, entries[id]) for asked_by, entries in tables for id, asked in asked_by.items() if id in entries}


def said(instrument: Instrument, answers: Answers, *, beside: bool = True) -> dict[str, Any]:
    """What answers say: state and value of each, and the year and evidence beside it."""
    found = {}
    for id, (asked, answer) in given_answers(instrument, answers).items():
        seen = stored(asked, answer)
        if seen.state != "blank":
            evidence = tuple(entry for entry in answer.evidence if entry.strip())
            more = (answer.year, evidence, answer.reason if seen.state == "na" else None) if beside else ()
            found[id] = (seen.state, seen.value, *more)
    return found


def comes_back(case: Case, back: Callable[[Instrument, Answers], Submission], *, beside: bool = True) -> None:
    """Into an empty file it says the same, and into the file it came from it changes nothing."""
    instrument = instrument_of(case.questionnaire, case.chain, case.further)
    answers = Answers.model_validate(case.answers)
    submission = back(instrument, answers)
    assert [(row.place, row.id, dict(row.why)) for row in submission.not_taken] == []
    fresh = plan_import(instrument, None, submission, at=NOW).accepted()
    assert said(instrument, fresh, beside=beside) == said(instrument, answers, beside=beside)
    again = plan_import(instrument, answers, submission, at=NOW)
    assert [step for step in again.steps if step.changes and step.table != "subject"] == []
    assert again.accepted() == answers or again.accepted().answers == answers.answers
    twice = plan_import(instrument, fresh, submission, at=NOW)
    assert twice.accepted() == fresh


@looked_at()
@given(cases())
def test_json(case: Case) -> None:
    def back(instrument: Instrument, answers: Answers) -> Submission:
        data = json_in(json.dumps(as_data(answers)).encode(), "x")
        return of_file(read_json_answers(data, PATH, NOW), instrument.questionnaire, PATH, ())

    comes_back(case, back)


@pytest.mark.parametrize("name", ["respondent", "weights", "mode"])
def test_no_row_is_written_where_a_question_is_called_as_a_column_beside_the_answers(name: str) -> None:
    """Its answer would take the place of whom the row describes, or how it is read."""
    case = tiny({"p": {"d": 60}})
    questions = {name: case.questionnaire["questions"]["q_d"]}
    questionnaire = Questionnaire.model_validate(case.questionnaire | {"questions": questions})
    answers = Answers.model_validate(case.answers | {"answers": {name: {"value": 60}}})
    with pytest.raises(UserError, match=f"the column “{name}”"):
        row_csv([("somewhere", answers)], questionnaire)


@looked_at()
@given(cases())
def test_a_row_of_a_cohort(case: Case) -> None:
    def back(instrument: Instrument, answers: Answers) -> Submission:
        words = row_csv([("somewhere", answers)], instrument.questionnaire)
        grid, _said = csv_grid(words.encode(), PATH, delimiter=None, encoding=None)
        # Corrections of weights are named as not taken, which is no answer lost.
        found = read_columns(grid, instrument.questionnaire, PATH, kind="csv", at=NOW)[1]
        kept = tuple(row for row in found.not_taken if "." not in row.id)
        reasons = {row.id for row in kept if "without a reason" in row.why["en"]}
        assert reasons == {row.id for row in kept}
        return Submission(**{**vars(found), "not_taken": ()})

    for table in ("facts", "answers"):
        # A row has no place for the reason of what does not apply, nor for nothing ticked below a state.
        entries = {id: entry for id, entry in case.answers[table].items() if entry.get("state") != "na"}
        for entry in entries.values():
            if entry.get("state", "answered") != "answered" and entry.get("value") == []:
                del entry["value"]
        case.answers[table] = entries
    comes_back(case, back, beside=False)


def in_form(asked: AnyAsked, value: Value, random: Random) -> object:
    """What somebody puts into a cell of the form: a number, the words that are offered, the day."""
    kind = kind_of(asked)
    numbers = {choice.value: choice.number for choice in kind.choices(asked)}
    match value:
        case frozenset():
            return ";".join(str(numbers[option]) for option in sorted(value)) if value else 0
        case Decimal():
            whole = len(value.as_tuple().digits) <= 15 and random.random() < 0.7
            return float(value) if whole else format(value, "f")
        case date():
            return random.choice((value, value.isoformat()))
        case str() if value not in numbers:
            return value
    words = next(choice.words for choice in kind.choices(asked) if choice.value == value)
    offered = f"{numbers[value]} {random.choice([*words.values()])}"
    return random.choice((numbers[value], str(numbers[value]), offered))


def filled_form(questionnaire: Questionnaire, entries: Mapping[str, tuple[AnyAsked, Answer]], random: Random) -> bytes:
    """A form filled in and handled: rows in another order, sheets renamed and moved, columns hidden."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_form(questionnaire, FormWish(questionnaire.languages[:1]))))
    for number, sheet in enumerate([*book]):
        if sheet["A1"].value != "id":
            continue
        lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_col=len(KEYS))]
        for line in lines:
            asked, answer = entries.get(line[0], (None, Answer()))
            if asked is None:
                continue
            seen = stored(asked, answer)
            cells: dict[str, object] = {"year": answer.year, "reason": answer.reason}
            cells["evidence"] = "; ".join(entry for entry in answer.evidence if entry.strip()) or None
            cells["state"] = answer.state if answer.state != "answered" else None
            cells["answer"] = None if seen.value is None else in_form(asked, seen.value, random)
            for key, value in cells.items():
                line[KEYS.index(key)] = value
        random.shuffle(lines)
        for row, line in enumerate(lines, start=3):
            for column, value in enumerate(line, start=1):
                sheet.cell(row, column).value = value
        sheet.title = f"renamed {number}"
        sheet.column_dimensions["C"].hidden = True
        book.move_sheet(sheet, random.randint(-3, 3))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def one_or_the_other(case: Case) -> Case:
    """The case as a form can state it: an answer, or why there is none; a file keeps the answer beside the reason."""
    answers = dict(case.answers)
    for table in ("facts", "answers"):
        answers[table] = {
            id: {
                key: part
                for key, part in entry.items()
                if key != "value" or entry.get("state", "answered") == "answered"
            }
            for id, entry in answers.get(table, {}).items()
        }
    return replace(case, answers=answers)


@looked_at()
@given(cases())
def test_the_excel_form(case: Case) -> None:
    def back(instrument: Instrument, answers: Answers) -> Submission:
        random = Random(len(case.questionnaire["questions"]))
        data = filled_form(instrument.questionnaire, given_answers(instrument, answers), random)
        grids = workbook_grids(data, PATH, values=False)
        about = about_of(grids, PATH)
        assert about is not None
        found, submission = read_form(grids, about, instrument.questionnaire, PATH, NOW)
        assert (found.unknown, found.absent) == ({}, ())
        return submission

    comes_back(one_or_the_other(case), back)


SAMPLES = {"region": "cluster_county", "firm": "firm_exporter"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_excel_form_saved_by_libreoffice(tmp_path: Path) -> None:
    """Of both shipped instruments and of two drawn ones, by default one each: nothing filled in is lost or changed."""
    drawn: list[Case] = []

    @tries(4)
    @given(cases())
    def draw(case: Case) -> None:
        drawn.append(case)

    draw()
    for subject, name in SAMPLES.items():
        answers = read_toml(ROOT / "samples" / f"{name}.toml")
        drawn.insert(0, Case(shipped_questionnaire(subject), shipped_chain(subject, "baseline"), answers))
    tried = [one_or_the_other(case) for case in every_other(drawn[:4])]
    for number, case in enumerate(tried):
        instrument = instrument_of(case.questionnaire, case.chain, case.further)
        entries = given_answers(instrument, Answers.model_validate(case.answers))
        (tmp_path / f"{number}.xlsx").write_bytes(filled_form(instrument.questionnaire, entries, Random(number)))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    convert = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*convert, *map(str, tmp_path.glob("*.xlsx"))], check=True, capture_output=True, timeout=300)
    for number, case in enumerate(tried):

        def back(instrument: Instrument, answers: Answers, number: int = number) -> Submission:
            grids = workbook_grids((tmp_path / "saved" / f"{number}.xlsx").read_bytes(), PATH, values=False)
            about = about_of(grids, PATH)
            assert about is not None
            return read_form(grids, about, instrument.questionnaire, PATH, NOW)[1]

        comes_back(case, back)


def survey_row(entries: Mapping[str, tuple[AnyAsked, Answer]], layout: str) -> dict[str, Any]:
    row: dict[str, Any] = {"_id": 1, "_submission_time": "2026-11-02T09:14:05"}
    for id, (asked, answer) in entries.items():
        seen, above = stored(asked, answer), "group/" if layout != "bare" else ""
        kind = kind_of(asked)
        if isinstance(seen.value, frozenset) and layout == "split":
            row |= {f"{above}{id}/{choice.value}": int(choice.value in seen.value) for choice in kind.choices(asked)}
        elif isinstance(seen.value, frozenset):
            row[f"{above}{id}"] = " ".join(sorted(seen.value))
        elif seen.value is not None:
            row[f"{above}{id}"] = kind.in_cell(asked, seen.value)
        beside: dict[str, object] = {"state": answer.state if answer.state != "answered" else None, "year": answer.year}
        beside |= {"reason": answer.reason, "evidence": "; ".join(e for e in answer.evidence if e.strip())}
        row |= {f"{above}{id}__{part}": value for part, value in beside.items() if value}
    return row


@pytest.mark.parametrize("layout", ["bare", "grouped", "split"])
@looked_at()
@given(case=cases())
def test_submissions(layout: str, case: Case) -> None:
    def back(instrument: Instrument, answers: Answers) -> Submission:
        row = survey_row(given_answers(instrument, answers), layout)
        edition = instrument.questionnaire
        if layout == "bare":
            records, headers = json_records([row]), list(row)
        else:
            grid, _said = csv_grid(
                csv_text([list(row), [str(cell) for cell in row.values()]]).encode(),
                PATH,
                delimiter=None,
                encoding=None,
            )
            records, headers = grid_records(grid, 1), headers_in(grid, 1)
        _maps, (submission,) = read_survey([SurveyPart(records, edition)], headers, "x", kind="kobo", at=NOW)
        return submission

    # In one cell nothing ticked looks like no answer, which the form of a survey cannot tell apart either.
    for table, asked in (("facts", "facts"), ("answers", "questions")):
        for id, entry in case.answers[table].items():
            if case.questionnaire[asked][id]["kind"] == "multi" and entry.get("value") == [] and layout != "split":
                entry.pop("value")
    comes_back(case, back)
