"""A table with the columns of a cohort that holds one respondent (formats.md, section 4), as answers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name

from nqpf_assess.exchange.column_map import PERIOD, ColumnMap, column_map, refuse_same
from nqpf_assess.exchange.gathering import GIVE_IT_AFTERWARDS, Gathering, period_typed
from nqpf_assess.exchange.grids import Grid, GridCell
from nqpf_assess.exchange.tables import bare_cell
from nqpf_assess.files.places import as_word, writable
from nqpf_assess.kinds.filled import CORRECT, Misfit
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.importing import SourceKind, Submission
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire

MANY = _("{path} holds {n} respondents: a cohort, not one assessment")
AS_CSV = _(
    "Save the sheet as CSV (UTF-8); then nqpf-assess cohort score scores them together. "
    "For an assessment of one of them, import a table of the column names and its row alone."
)
AS_COHORT = _(
    "Score them together: nqpf-assess cohort score {path} --questionnaire {id} -o scores.csv. "
    "For an assessment of one of them, import a table of the column names and its row alone."
)
NO_ROW = _("{path} holds no respondent: below the column names there is no row")
NOT_CARRIED = _("the column “{name}” is not taken: {why}")
NOT_IN_TABLES = {
    "override": _("corrections of weights are made in the assessment, with their reasons"),
    "plan": _("countermeasures are chosen in the assessment"),
}
"""What an assessment holds that no table brings into it, by the first part of its columns' names, and why."""

AFTERWARDS = _("Do so there after the import; the other cells are taken.")
NAMELESS_ONES = _("without a name, not used: {names}")
WORDS = ("respondent", PERIOD, "mode", "weights")
"""Columns that say whom a row describes and how it is read."""

MODES = ("full", "quick")
NO_MODE = _("“{typed}” is no mode; wanted: full or quick")


def head_of(grid: Grid) -> int:
    """Return the row of the column names: the first that is not blank; 0 where there is none."""
    return next(iter(grid.rows), 0)


def names_in(grid: Grid, head: int) -> Mapping[int, str]:
    """Return the names of the columns by their place."""
    return {column: cell.words for column, cell in grid.rows.get(head, {}).items() if cell.words}


def nameless_columns(grid: Grid, head: int) -> Iterator[Text]:
    """Return which columns hold something below a head that has no name for them, if there are any."""
    columns = {column for _row, cells in grid.records(head) for column in cells} - set(names_in(grid, head))
    if columns:
        letters = listed(xl_col_to_name(column - 1) for column in sorted(columns))
        yield fill(NAMELESS_ONES, names=letters)


def read_columns(
    grid: Grid, edition: Questionnaire, path: Path, *, kind: SourceKind, at: datetime
) -> tuple[ColumnMap, Submission]:
    """Read the one row of a table; raises `UserError` where there are more, or none."""
    head = head_of(grid)
    names = names_in(grid, head)
    refuse_same(names.values(), path)
    rows = [*grid.records(head)]
    if not rows:
        raise UserError(fill(NO_ROW, path=path))
    if len(rows) > 1:
        hint = AS_CSV if grid.sheet else fill(AS_COHORT, path=as_word(path), id=edition.id)
        raise UserError(fill(MANY, path=path, n=len(rows)), hint=hint)
    row, cells = rows[0]
    grid.refuse_uneven(row, head, path)
    gathered = Gathering(edition, kind, writable(path.name), at, advice_on_reasons=GIVE_IT_AFTERWARDS)
    found = column_map(edition, list(names.values()))
    found = replace(found, dating=tuple(name for name in found.grouping if name == PERIOD))  # the year of the answers
    words: dict[str, str] = {}
    for column, name in names.items():
        cell = cells.get(column)
        if cell is None:
            continue
        if isinstance(cell.value, str):
            cell = GridCell(bare_cell(cell.value), cell.trouble)
        id, dot, part = name.removeprefix("fact.").partition(".")
        known = edition.facts if name.startswith("fact.") else edition.questions
        if id in known and part in ("", "state"):
            take = gathered.state if part else gathered.value
            take(id, cell, grid.place(row, column))
        elif dot and (head_word := name.partition(".")[0]) in NOT_IN_TABLES:
            why = fill(NOT_CARRIED, name=name, why=NOT_IN_TABLES[head_word])
            gathered.refuse(grid.place(row, column), name, Misfit(why, AFTERWARDS))
        elif name in WORDS:
            words[name] = gathered.word(name, cell, grid.place(row, column))
    subject = Subject(name=words.get("respondent", ""), period=period_typed(words.get("period", "")))
    mode = words.get("mode") or "full"
    if mode not in MODES:
        gathered.refuse("mode", "mode", Misfit(fill(NO_MODE, typed=mode), CORRECT))
    return found, gathered.submission(
        subject,
        name=subject.name or writable(path.stem),
        rubric=words.get("weights", ""),
        mode="quick" if mode == "quick" else "full",
    )
