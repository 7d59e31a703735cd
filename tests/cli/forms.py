"""Excel forms as people handle them: written, filled in, taken in again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nqpf_assess.exchange.xlsx_form import KEYS, FormWish, xlsx_form
from nqpf_assess.model.questionnaire import Questionnaire
from tests.cli.conftest import Run
from tests.support.later import Later

openpyxl = Later("openpyxl")


def written(path: Path, questionnaire: Questionnaire, *languages: str) -> Any:
    path.write_bytes(xlsx_form(questionnaire, FormWish(languages or ("en",))))
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
    """What `import` says of a form: `values` and `wrong` by id, besides all of its rows."""
    done = run("import", path, "--json", *more)
    (found,) = json.loads(done.stdout)["files"]
    (respondent,) = found["respondents"]
    values = {row["id"]: row["new"].get("value", row["new"].get("state")) for row in respondent["rows"]}
    wrong = {row["id"]: (row["place"], row["why"], row["advice"]) for row in respondent["problems"]}
    return {**respondent, "values": values, "wrong": wrong, "columns": found["columns"], "status": done.returncode}
