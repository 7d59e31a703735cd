"""A task: one piece of a table, scored and written as one part. Running it twice leaves the same bytes."""

import hashlib
import json
import os
import socket
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nqpf_assess.cohort.csv_tables import Ragged
from nqpf_assess.cohort.faults import SCHEMA, problem_rows
from nqpf_assess.cohort.scorer import score_batch
from nqpf_assess.cohort.tables import Batch, Piece, batches
from nqpf_assess.cohort.work import Work
from nqpf_assess.files.machine import refusal
from nqpf_assess.locale import _, fill, tell
from nqpf_assess.model.problem import UserError

GROUP = 131072
"""Rows of a row group as it is written."""

RAGGED = _("the line has {found} fields instead of {wanted}")
NOT_SEEN = _("on {host}: {path}: {why}")


@dataclass(frozen=True)
class Receipt:
    """What a task did: rows read and scored, problems by code, the digest of its part, sums for the statistics."""

    part: int
    file: str
    group: int | None
    rows: int
    scored: int
    problems: dict[str, int]
    digest: str
    sums: dict[str, float] = field(default_factory=dict)

    def as_row(self) -> dict[str, Any]:
        """Give it as plain data."""
        return asdict(self)


def part_path(folder: str, part: int) -> Path:
    """Name a part."""
    return Path(folder) / f"part-{part:05}.parquet"


def problems_path(folder: str, part: int) -> Path:
    """Name the problems of a part; readers of the folder pass over it."""
    return Path(folder) / f"_problems-{part:05}.parquet"


def receipt_path(folder: str, part: int) -> Path:
    """Name the receipt of a part."""
    return Path(folder) / f"_receipt-{part:05}.json"


def run_task(work: Work, part: int, piece: Piece, rows: Iterable[Batch] | None = None) -> Receipt:
    """Score a piece and write its part, its problems and last its receipt, each under a temporary name first.

    `rows`: its batches where they come from elsewhere than a file.
    """
    if rows is None:
        rows = batches(piece, columns=work.wanted, batch=work.batch, encoding=work.encoding)
    try:
        return _run(work, part, piece, rows)
    except OSError as fault:
        host = socket.gethostname()
        raise UserError(fill(NOT_SEEN, host=host, path=piece.file, why=refusal(fault)), status=3) from fault


def _run(work: Work, part: int, piece: Piece, rows: Iterable[Batch]) -> Receipt:
    count = _Count()
    path = part_path(work.folder, part)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with parquet_writer(temporary, work.schema, lasting=work.lasting) as writer:
            for table in _grouped(_scored(work, piece, rows, count)):
                writer.write_table(table, row_group_size=GROUP)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    if count.faults:
        _write_problems(problems_path(work.folder, part), count.faults)
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    receipt = Receipt(
        part,
        piece.file,
        piece.group,
        count.rows,
        count.scored,
        dict(count.codes),
        f"sha256:{found}",
        {"score": count.sum},
    )
    write_json(receipt_path(work.folder, part), receipt.as_row())
    return receipt


def parquet_writer(path: Path, schema: pa.Schema, *, lasting: bool = True) -> pq.ParquetWriter:
    """Open a Parquet file to write: packed well where it lasts, quickly where it is only on the way."""
    texts = [field.name for field in schema if pa.types.is_string(field.type) and field.name != "respondent"]
    return pq.ParquetWriter(path, schema, compression="zstd" if lasting else "lz4", use_dictionary=texts)


def write_json(path: Path, value: Any) -> None:
    """Write plain data whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(path)


@dataclass
class _Count:
    """What a task counts on its way."""

    rows: int = 0
    scored: int = 0
    sum: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    faults: list[pa.Table] = field(default_factory=list)


def _scored(work: Work, piece: Piece, given: Iterable[Batch], count: _Count) -> Iterator[pa.Table]:
    instruments, schema = work.instruments, work.schema
    for batch in given:
        scores, faults = score_batch(
            instruments, batch.rows, extras=work.extras, quick=work.quick, language=work.language
        )
        table = conformed(scores, schema)
        count.rows += table.num_rows
        count.scored += table.num_rows - table["score"].null_count
        count.sum += pc.sum(table["score"]).as_py() or 0.0
        placed = _placed(work, piece, batch, table, faults)
        if placed.num_rows:
            count.faults.append(placed)
            count.codes.update(placed["code"].to_pylist())
        yield table


def conformed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Give a table the columns of the job, in their order and types; a column that is not there is null."""
    columns = []
    for column in schema:
        if column.name in table.column_names:
            columns.append(_cast(table[column.name], column.type))
        else:
            columns.append(pa.nulls(table.num_rows, column.type))
    return pa.Table.from_arrays(columns, schema=schema)


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return column.cast(kind)


def _placed(work: Work, piece: Piece, batch: Batch, table: pa.Table, faults: pa.Table) -> pa.Table:
    """Say in which file and row each problem stands, ragged lines and empty respondents besides."""
    rows = [tuple(row.values()) for row in faults.to_pylist()] if faults.num_rows else []
    who = table["respondent"]
    names = who.to_pylist() if batch.ragged else ()
    rows += [_ragged(work, line, names[line.row]) for line in batch.ragged]
    if who.null_count:
        empty = pc.indices_nonzero(who.is_null()).to_pylist()
        rows += [(None, "", row, "respondent", "", "empty_respondent", tell(NO_NAME, work.language)) for row in empty]
    rows.sort(key=lambda row: row[2])
    return problem_rows([(row[0], piece.file, row[2] + batch.start, *row[3:]) for row in rows])


NO_NAME = _("the row names no respondent")


def _ragged(work: Work, line: Ragged, who: str | None) -> tuple[Any, ...]:
    reason = tell(RAGGED, work.language, found=line.found, wanted=line.wanted)
    return (who, "", line.row, "", str(line.found), "ragged_line", reason)


def _grouped(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Gather small tables into row groups."""
    held: list[pa.Table] = []
    rows = 0
    for table in tables:
        held.append(table)
        rows += table.num_rows
        if rows >= GROUP:
            yield pa.concat_tables(held)
            held, rows = [], 0
    if held:
        yield pa.concat_tables(held)


def _write_problems(path: Path, faults: Sequence[pa.Table]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    pq.write_table(pa.concat_tables([SCHEMA.empty_table(), *faults]), temporary, compression="zstd")
    temporary.replace(path)
