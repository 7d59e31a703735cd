"""The tidy table of answers back as assessments: what `export` wrote as CSV, XLSX or JSON, and what was typed there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import get_args

from nqpf_assess.exchange.column_answers import head_of, names_in
from nqpf_assess.exchange.column_map import ColumnMap
from nqpf_assess.exchange.gathering import LOOK_AT_ID, NOT_ASKED, Gathering, period_typed
from nqpf_assess.exchange.grids import Grid, GridCell
from nqpf_assess.exchange.survey_answers import Record, grid_records, json_records
from nqpf_assess.exchange.tables import bare_cell
from nqpf_assess.exchange.tidy import DICTIONARY, KEYS
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.filled import PICK, UNKNOWN, Misfit, quoted
from nqpf_assess.locale import LANGUAGES, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Reference, Subject
from nqpf_assess.model.base import ID_LENGTH, ID_PATTERN
from nqpf_assess.model.importing import SourceKind, Submission
from nqpf_assess.model.questionnaire import Confidence, Questionnaire

RECOGNISED = _("the table of answers that export writes")
NOT_IN_IT = _(
    "corrections by hand, ticked measures, their follow-up, and what each respondent said are in no table of answers"
)
NOT_BESIDE = _(
    "who answered, and which rubric, mode and edition the answers belong to, stands in the table “assessments” of the "
    "export, which is not there or names another subject or period: a new assessment asks all questions, by the "
    "baseline where --weights names no other rubric"
)
OTHER_UNIT = _("the table gives this in “{unit}”, the question asks in “{wanted}”")
SAME_EXPORT = _("Put “assessments” of the same export beside it, which says the edition that was answered.")
OTHER_TABLE = _("another table of an export; the answers stand in “answers”")
MOST_HEADS = 4_000
"""Bytes of a first line in which the heads of a table of ours stand."""
FILE = KEYS[0].name
READ = (
    *(column.name for column in KEYS),
    *("table", "id", "state", "value", "year", "confidence", "evidence", "reason", "note", "by", "stated", "revision"),
)
"""The columns that are read; the others say the same in words, or follow from these."""
SAYING = ("value", "year", "evidence", "reason", "note", "stated")
"""Those in which something stands only where somebody said it."""


@dataclass(frozen=True)
class TidyAnswers:
    """The rows of the tables of one export that answers are read from, by answer file.

    `files`: the rows of each. `assessments`: what the table beside it says of a file, where there is one.
    """

    columns: Sequence[str]
    files: Mapping[str, Sequence[Record]]
    assessments: Mapping[str, Record]

    @property
    def ids(self) -> set[str]:
        """What is answered in it."""
        return {record.first(("id",)) for records in self.files.values() for record in records}

    def edition(self, file: str) -> Reference | None:
        """Return the edition that the answers of a file were given to, as the table of assessments has it."""
        about = self.assessments.get(file)
        id, version = (about.first((name,)) if about else "" for name in ("questionnaire", "answered_version"))
        if about is None or not re.fullmatch(ID_PATTERN, id) or len(id) > ID_LENGTH:
            return None
        scored = about.first(("questionnaire_version",)) == version
        return Reference(id=id, version=version, digest=about.first(("questionnaire_digest",)) if scored else None)

    def map(self, edition: Questionnaire) -> ColumnMap:
        """Return which columns are read, and which facts and questions have no row."""
        carried = tuple(name for name in self.columns if name not in READ)
        absent = tuple(id for id in (*edition.questions, *edition.facts) if id not in self.ids)
        return ColumnMap({name: at for at, name in enumerate(self.columns)}, carried, {}, absent, ())

    def submission(
        self, file: str, edition: Questionnaire, source: str, *, kind: SourceKind, at: datetime, of_unknown: bool
    ) -> Submission:
        """Read the answers of one file; `source`: how the table is called in their origin.

        `of_unknown`: their own edition is not named or not at hand; `edition` is the present one.
        """
        records, about = self.files[file], self.assessments.get(file)
        gathered = Gathering(edition, kind, source, at, of_unknown=of_unknown)
        for record in records:
            _take(gathered, record)
        first = records[0]
        subject = Subject(
            name=first.first(("subject",)),
            period=period_typed(first.first(("period",))),
            respondent=about.first(("respondent",)) if about else "",
        )
        quick = about is not None and about.first(("mode",)) == "quick"
        return gathered.submission(
            subject,
            name=" ".join(part for part in (subject.name, subject.period, subject.respondent) if part) or file,
            rubric=about.first(("weights",)) if about else "",
            mode="quick" if quick else "full",
            asks_years="year" in self.columns,
            notes=(NOT_IN_IT,) if about else (NOT_IN_IT, NOT_BESIDE),
        )


def is_other_table(path: Path) -> bool:
    """Tell whether a file is another CSV table of an export, or the dictionary of its columns."""
    try:
        with path.open("rb") as file:
            first = file.readline(MOST_HEADS)
    except OSError:
        return False  # said when it is read
    # As a spreadsheet program saves it too: other separators, quotation marks.
    columns = re.split(r'"?[,;\t]"?', first.decode("utf-8-sig", "replace").strip().strip('"'))
    ours = columns[: len(KEYS)] == [column.name for column in KEYS]
    return (ours and _table(columns) != "answers") or columns == [column.name for column in DICTIONARY]


def tidy_in_grids(grids: Iterable[Grid]) -> TidyAnswers | None:
    """Return the answers among tables of an export: sheets of a book, or one CSV file; None where there are none."""
    found: dict[str, tuple[Sequence[str], list[Record]]] = {}
    for grid in grids:
        head = head_of(grid)
        columns = tuple(names_in(grid, head).values())
        # Also in a sheet: a spreadsheet program that opened the CSV keeps what stands there before such a text.
        records = [
            Record({name: _bare(cell) for name, cell in record.cells.items()}, record.places, record.number)
            for record in grid_records(grid, head)
        ]
        found.setdefault(_table(columns), (columns, records))
    return _tidy(found)


def tidy_in_json(tables: object) -> TidyAnswers | None:
    """Return the answers among the tables of an export in JSON; None where there are none."""
    found: dict[str, tuple[Sequence[str], list[Record]]] = {}
    for name in ("answers", "assessments"):
        rows = tables.get(name) if isinstance(tables, Mapping) else None
        if isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows):
            columns = tuple(dict.fromkeys(str(key) for row in rows for key in row))
            records = [
                Record(record.cells, dict.fromkeys(record.cells, f"{name}[{record.number}]"), record.number)
                for record in json_records(rows)
            ]
            found.setdefault(_table(columns), (columns, records))
    return _tidy(found)


def _tidy(tables: Mapping[str, tuple[Sequence[str], Sequence[Record]]]) -> TidyAnswers | None:
    columns, rows = tables.get("answers", ((), ()))
    files: dict[str, list[Record]] = {}
    for record in rows:
        files.setdefault(record.first((FILE,)), []).append(record)
    keys = [(column.name,) for column in KEYS]
    known = {tuple(map(record.first, keys)): record for record in tables.get("assessments", ((), ()))[1]}
    # Of another export, as of last year's, the row of a file of this name says nothing of these answers.
    stated = {file: known.get(tuple(map(records[0].first, keys))) for file, records in files.items()}
    about = {file: record for file, record in stated.items() if record is not None}
    return TidyAnswers(columns, files, about) if files else None


def holds_answers(columns: Iterable[str]) -> bool:
    """Tell whether columns are those of the table of answers, in whatever order they stand."""
    return _table(tuple(columns)) == "answers"


def _table(columns: Sequence[str]) -> str:
    """Return which of the two tables has such columns, "" where neither has."""
    names = set(columns)
    if names >= {FILE, "table", "id", "state", "value"}:
        return "answers"
    return "assessments" if names >= {FILE, "questionnaire", "answered_version"} else ""


def _bare(cell: GridCell) -> GridCell:
    return GridCell(bare_cell(cell.value), cell.trouble) if isinstance(cell.value, str) else cell


def _take(gathered: Gathering, record: Record) -> None:
    """Take one row as the answer to what it names."""
    cells, place = record.cells, next(iter(record.places.values()), "")
    id, column = record.first(("id",)), "state"
    if record.first((column,)) in ("hidden", "na") and "stated" in cells:
        column = "stated"
    state = cells.get(column, GridCell(""))
    asked = gathered.asked(id)
    if asked is None:  # of what a later edition asks, by which the table was made, nothing may be said
        # Who says that it is not applicable gives a reason.
        if any(name in cells for name in SAYING) or state.words.casefold() not in ("", "hidden", "blank", "na"):
            gathered.refuse(record.places.get("id", place), id, Misfit(fill(NOT_ASKED, id=id), LOOK_AT_ID))
        return
    units = {language: record.first((f"unit_{language}",)) for language in LANGUAGES}
    wanted = {language: kind_of(asked).unit(asked, language) for language in LANGUAGES}
    if "value" in cells and any(units.values()) and not any(units[each] == wanted[each] for each in LANGUAGES):
        why = Misfit(fill(OTHER_UNIT, unit=next(filter(None, units.values())), wanted=wanted), SAME_EXPORT)
        gathered.refuse(record.places["value"], id, why)
        return
    value = cells.get("value")
    read = value.read(asked) if value is not None else None
    if value is not None:
        gathered.typed(id, read, record.places["value"])
    # What follows from other answers, or from the option that is chosen, follows from them again.
    follows = state.words == "na" and getattr(asked, "na_when", None) is not None and "reason" not in cells
    follows |= state.words == "dk" and isinstance(read, str) and kind_of(asked).unknown(asked, read)
    # What is answered, hidden or blank the table says of itself; any other word is a state, or refused as none.
    says_nothing = ("", "hidden", "blank") if value is None else ("", "hidden", "blank", "answered")
    if not follows and state.words.casefold() not in says_nothing:
        gathered.state(id, state, record.places[column])
    if "year" in cells:
        gathered.year(id, cells["year"], record.places["year"])
    for part in ("evidence", "reason", "note"):
        if part in cells:
            gathered.said(id, part, cells[part], record.places[part])
    for part, known in (("confidence", get_args(Confidence)), ("by", None)):
        words = record.first((part,))
        if words and known and words not in known:
            why = Misfit(fill(UNKNOWN, typed=quoted(words)), fill(PICK, known=listed(known)))
            gathered.refuse(record.places[part], id, why)
        elif words:
            gathered.parts.setdefault(id, {})[part] = words
    # Where the edition is known it says the revision, and reads what somebody typed there.
    revision = record.first(("revision",)) if gathered.of_unknown else ""
    if re.fullmatch("[1-9][0-9]{0,5}", revision) and value is not None:  # 0 where a program filled a blank
        gathered.parts.setdefault(id, {})["revision"] = int(revision)
