"""Rows of the problems table: cells that are not valid, and what else keeps a row from being taken as it stands."""

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from nqpf_assess.locale import Text, _, fill

NO_YEAR = "period_without_year"
"""Code of a day that has no score, since nothing names the year by which it is scored."""

OF_SPAN = "year_of_span"
"""Code of a school or financial year of which the first year counts."""

WARNINGS = frozenset({"unusual", "missing_column", "not_carried", "edition_differs", NO_YEAR, OF_SPAN})
"""Codes that are worth a look and change no exit status."""

LONGEST = 200
"""Characters of a cell that are kept in the problems table."""

SCHEMA = pa.schema(
    [
        ("respondent", pa.string()),
        ("file", pa.string()),
        ("row", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("code", pa.string()),
        ("reason", pa.string()),
    ]
)
"""`row` counts the rows of a file from 1; in CSV files the line of names is row 1, as a spreadsheet shows it."""

WANTS_STATE = _("one of: answered, na, dk, later")
NO_VALUE = _("a value, since the state says “answered”")
WANTS_MODE = _("full or quick")
WANTS_FACTOR = _("a factor, 0 or more")
WANTS_MEASURES = _("ids of countermeasures of the questionnaire, joined by “;”; there is no “{name}”{near}")
NEAR = _(", did you mean “{near}”?")
NO_PROFILE = _("there is no profile “{name}”; known: {known}")
NO_BLEND = _(
    "“{name}” is no blend of profiles known here; write first+0.4*second, of one baseline, with shares above 0 that"
    " sum to less than 1; known: {known}"
)
UNDATED = _("no score: the days are counted to the end of the year described, and “period” names none")
FIRST_COUNTS = _("days are counted to the end of {year}, the first of the two years; for the second write {whole}")
UNUSUAL = _("outside what is usual, {low} to {high}; it is kept")
ALL_ZERO = _("all weights are 0 in {group}")
WANTED = _("wanted: {wants}")


class CellFault(NamedTuple):
    """One finding in one cell of a batch; `row` counts from 0 within the batch, -1 = the whole column."""

    row: int
    column: str
    value: str
    code: str
    reason: Text


def wanted(words: Text) -> Text:
    """State what a cell should hold."""
    return fill(WANTED, wants=words)


def fault_table(
    faults: Sequence[CellFault], respondents: Sequence[str | None], language: str, *, file: str = ""
) -> pa.Table:
    """Arrange findings as rows of the problems table, by row and then as they were found; rows count from 0."""
    ordered = sorted(range(len(faults)), key=lambda index: (faults[index].row, index))
    return problem_rows(
        (
            respondents[fault.row] if fault.row >= 0 else None,
            file,
            fault.row if fault.row >= 0 else None,
            fault.column,
            fault.value[:LONGEST] if fault.row >= 0 else fault.value,
            fault.code,
            fault.reason.get(language) or next(iter(fault.reason.values())),
        )
        for fault in (faults[index] for index in ordered)
    )


SHOWN = 20
"""Problems that are told at once; the file has them all."""


class ProblemSample:
    """What is told at once of problems: the first ones; of unusual figures and unsure years one of each column.

    `first`: rows of the problems table; `alike`: how many more there are like each of them.
    """

    def __init__(self) -> None:
        self.first: list[dict[str, Any]] = []
        self.alike: list[int] = []
        self._place: dict[str, int] = {}

    def add(self, table: pa.Table) -> None:
        """Take in the next rows of the problems table."""
        numbered = table.append_column("at", pa.array(range(table.num_rows), pa.int64()))
        alike = reduce(pc.or_, (pc.equal(table["code"], code) for code in ("unusual", NO_YEAR, OF_SPAN)))
        by_column = numbered.filter(alike).group_by("column").aggregate([("at", "min"), ("at", "count")]).to_pylist()
        columns = {row["at_min"]: row for row in by_column}
        others = numbered.filter(pc.invert(alike))["at"].slice(0, SHOWN).to_pylist()
        for at in sorted((*columns, *others)):
            column, count = (columns[at]["column"], columns[at]["at_count"]) if at in columns else (None, 1)
            if column in self._place:
                self.alike[self._place[column]] += count
            elif len(self.first) < SHOWN:
                if column is not None:
                    self._place[column] = len(self.first)
                self.first += table.slice(at, 1).to_pylist()
                self.alike.append(count - 1)


def problem_rows(rows: Iterable[tuple[str | None, str, int | None, str, str, str, str]]) -> pa.Table:
    """Make a problems table out of rows."""
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )
