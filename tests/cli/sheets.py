"""Statistics sheets for tests: a small questionnaire's maps, and what an import of a sheet by one of them gives."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run
from tests.support.later import Later

openpyxl = Later("openpyxl")

HEAD = 'format = "nqpf-map/1"\nquestionnaire = "small"\n'


LONG = (
    HEAD + "[columns]\n"
    'indicator = "指标"\nplace = "地区"\nperiod = "年份"\nvalue = "数值"\nunit = "单位"\nsource = "来源"\n'
    '[indicators."研发强度"]\nquestion = "share"\n'
)


def outcome(run: Run, tmp_path: Path, sheet: str, mapped: str, *more: str) -> dict[str, Any]:
    (tmp_path / "sheet.csv").write_text(sheet, encoding="utf-8")
    (tmp_path / "map.toml").write_text(mapped, encoding="utf-8")
    done = run("import", "sheet.csv", "--map", "map.toml", "--into", "a.toml", "--json", *more)
    if not json.loads(done.stdout)["files"]:
        return {"values": {}, "wrong": {}, "said": done.stderr, "status": done.returncode}
    (found,) = json.loads(done.stdout)["files"]
    (one,) = found["respondents"]
    values = {row["id"]: row for row in one["rows"] if row["table"] != "subject"}
    wrong = {row["id"]: f"{row['why']} {row['advice']}" for row in one["problems"]}
    return {"values": values, "wrong": wrong, "said": done.stderr, "status": done.returncode, **found}


BY_PLACE = HEAD + 'layout = "wide"\n[columns]\nplace = "地区"\n[indicators."研发强度"]\nquestion = "share"\n'


BY_YEAR = (
    HEAD
    + 'layout = "wide"\nacross = "period"\n[columns]\nindicator = "指标"\n[indicators."研发强度"]\nquestion = "share"\n'
)


def notes(found: dict[str, Any], words: str) -> list[str]:
    return [note for note in found["respondents"][0]["notes"] if words in note]


def around(found: dict[str, Any], id: str = "share") -> list[str]:
    """Return what is shown around the figures of a value: over, above and beside them."""
    return [words for one in found["values"][id]["excerpts"] for key in ("over", "column", "row") for words in one[key]]


def workbook(*rows: Sequence[object], called: str = "Sheet") -> Any:
    """Return a workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = called
    for row in rows:
        book.active.append(row)
    return book
