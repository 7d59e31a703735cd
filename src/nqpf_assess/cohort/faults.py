"""Rows of the problems table: cells that are not valid, and what else keeps a row from being taken as it stands."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pyarrow as pa

from nqpf_assess.model.text import Text, fill, text

WARNINGS = frozenset({"unusual", "missing_column", "not_carried"})
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

WANTS_STATE = text(en="one of: answered, na, dk, later", zh="以下之一：answered、na、dk、later")
NO_VALUE = text(en="a value, since the state says “answered”", zh="应有答案，因为状态为 answered")
WANTS_MODE = text(en="full or quick", zh="full 或 quick")
WANTS_FACTOR = text(en="a factor, 0 or more", zh="不小于 0 的系数")
WANTS_MEASURES = text(
    en="ids of countermeasures of the questionnaire, joined by “;”; there is no “{name}”{near}",
    zh="问卷中的措施编号，以“;”连接；没有“{name}”{near}",
)
NEAR = text(en=", did you mean “{near}”?", zh="，是否想写“{near}”？")
NO_PROFILE = text(en="there is no profile “{name}”; known: {known}", zh="没有名为“{name}”的方案；可用：{known}")
UNUSUAL = text(en="outside what is usual, {low} to {high}; it is kept", zh="超出常见范围 {low} 至 {high}，予以保留")
ALL_ZERO = text(en="all weights are 0 in {group}", zh="{group} 下的权重全部为 0")
WANTED = text(en="wanted: {wants}", zh="应为：{wants}")


class CellFault(NamedTuple):
    """One finding in one cell of a batch; `row` counts from 0 within the batch, -1 = the whole column."""

    row: int
    column: str
    value: str
    code: str
    reason: Text


def wanted(words: Text) -> Text:
    """Say what a cell should hold."""
    return fill(WANTED, wants=words)


def fault_table(faults: Sequence[CellFault], respondents: Sequence[str | None], language: str) -> pa.Table:
    """Arrange findings as rows of the problems table, by row and then as they were found; rows count from 0."""
    ordered = sorted(range(len(faults)), key=lambda index: (faults[index].row, index))
    return problem_rows(
        (
            respondents[fault.row] if fault.row >= 0 else None,
            "",
            fault.row if fault.row >= 0 else None,
            fault.column,
            fault.value[:LONGEST] if fault.row >= 0 else fault.value,
            fault.code,
            fault.reason.get(language) or next(iter(fault.reason.values())),
        )
        for fault in (faults[index] for index in ordered)
    )


def problem_rows(rows: Iterable[tuple[str | None, str, int | None, str, str, str, str]]) -> pa.Table:
    """Make a problems table out of rows."""
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )
