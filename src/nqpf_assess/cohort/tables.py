"""Tables on disk: which files make up one table, what columns they have, how their rows are read batch by batch."""

import glob as globbing
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from nqpf_assess.cohort.csv_tables import TWICE, Ragged, Slice, column_names, csv_batches, look_through
from nqpf_assess.files.machine import refusal
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

BATCH = 16384
"""Rows worked on at a time: a column of them stays in the processor's cache."""

NOT_THERE = _("{path} does not exist")
NOTHING_IN = _("there are no tables in {path}")
NO_FORMAT = _("{path}: a table ends in .csv, .csv.gz or .parquet")
COLLECT = _("These are answer files. First: nqpf-assess cohort collect {path} -o table.csv; then name table.csv here.")
SAVE_AS_CSV = _("Save the sheet as CSV (UTF-8) first.")
NO_TABLE = _("{path} cannot be read as a table: {why}")


class Piece(NamedTuple):
    """What one task reads: a row group of a Parquet file, or a slice of a CSV; `start`: number of its first row."""

    file: str
    group: int | None
    start: int
    rows: int | None
    offset: int | None = None
    length: int | None = None


class Batch(NamedTuple):
    """Rows as read; `start`: number of the first one in its file; `ragged`: lines that could not be read as rows."""

    rows: pa.RecordBatch
    start: int
    ragged: Sequence[Ragged] = ()


@dataclass(frozen=True)
class TableFile:
    """One file of a table: its path or URI, its columns and their types, its pieces, a digest of its content."""

    path: str
    schema: pa.Schema
    pieces: tuple[Piece, ...]
    digest: str


def is_csv(path: str) -> bool:
    """Tell whether a table is CSV, by the ending of its name."""
    return path.lower().endswith((".csv", ".csv.gz"))


def table_files(names: Sequence[str]) -> list[str]:
    """Give the files that paths, globs and folders name, in that order; raises `UserError`."""
    found: list[str] = []
    for name in names:
        found += _files_of(name)
    return list(dict.fromkeys(found))


def _files_of(name: str) -> list[str]:
    if "://" in name:
        return [name]
    if Path(name).is_dir():
        inside = sorted(str(file) for file in Path(name).iterdir() if _is_table(file))
        if not inside:
            answers = next(Path(name).rglob("*.toml"), None)
            raise UserError(fill(NOTHING_IN, path=name), hint=fill(COLLECT, path=name) if answers else None)
        return inside
    if Path(name).exists():
        if not _is_table(Path(name)):
            hints = {".toml": fill(COLLECT, path=name), ".xlsx": SAVE_AS_CSV, ".xls": SAVE_AS_CSV}
            raise UserError(fill(NO_FORMAT, path=name), hint=hints.get(Path(name).suffix.lower()))
        return [name]
    matching = sorted(path for path in globbing.glob(name, recursive=True) if _is_table(Path(path)))  # noqa: PTH207
    if not matching:
        raise UserError(fill(NOT_THERE, path=name))
    return matching


def _is_table(file: Path) -> bool:
    return file.is_file() and not file.name.startswith((".", "_")) and file.name.lower().endswith(ENDINGS)


ENDINGS = (".csv", ".csv.gz", ".parquet")


def open_table(path: str, encoding: str) -> TableFile:
    """Look at one file before any row is read: its columns, its pieces, its encoding; raises `UserError`."""
    if is_csv(path):
        found = look_through(path, encoding)
        schema = pa.schema([(name, pa.string()) for name in found.names])
        pieces = tuple(Piece(path, None, part.start, None, part.offset, part.length) for part in found.slices)
        return TableFile(path, schema, pieces, found.digest)
    with parquet_file(path) as file:
        names = file.schema_arrow.names
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise UserError(fill(TWICE, path=path, name=twice))
        return TableFile(path, file.schema_arrow, _row_groups(path, file), digest_of(path))


def names_in(path: str, encoding: str) -> list[str]:
    """Read the names of a table's columns; raises `UserError`."""
    if is_csv(path):
        return column_names(path, encoding)
    with parquet_file(path) as file:
        names: list[str] = file.schema_arrow.names
        return names


def pieces_of(path: str) -> tuple[Piece, ...]:
    """Return the pieces of a file that was looked at before; a CSV as one."""
    if is_csv(path):
        return (Piece(path, None, 2, None),)
    with parquet_file(path) as file:
        return _row_groups(path, file)


def _row_groups(path: str, file: pq.ParquetFile) -> tuple[Piece, ...]:
    found, at = [], 1
    for group in range(file.metadata.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        found.append(Piece(path, group, at, rows))
        at += rows
    return tuple(found)


def parquet_file(path: str) -> pq.ParquetFile:
    """Open a Parquet file by path or URI; raises `UserError` where it is none."""
    try:
        return pq.ParquetFile(opened(path))
    except pa.ArrowInvalid as fault:
        raise UserError(fill(NO_TABLE, path=path, why=str(fault).splitlines()[0])) from fault
    except OSError as fault:
        raise UserError(fill(NO_TABLE, path=path, why=refusal(fault)), status=3) from fault


def opened(path: str) -> Any:
    """Open a file by path or by any URI that pyarrow reads."""
    if "://" in path:
        system, inside = fs.FileSystem.from_uri(path)
        return system.open_input_file(inside)
    return pa.memory_map(path) if os.path.getsize(path) else pa.OSFile(path)  # noqa: PTH202


def digest_of(path: str) -> str:
    """Return a digest over the content of a file."""
    found = hashlib.sha256()
    with opened(path) as file:
        while chunk := file.read(1 << 22):
            found.update(chunk)
    return f"sha256:{found.hexdigest()}"


def batches(piece: Piece, *, columns: Sequence[str] | None, batch: int, encoding: str) -> Iterator[Batch]:
    """Read the rows of a piece, `batch` at a time at most; `columns`: those wanted, where the format can skip some."""
    if is_csv(piece.file):
        part = Slice(piece.offset, piece.length, piece.start)
        for rows, start, ragged in csv_batches(piece.file, part, encoding=encoding, batch=batch, columns=columns):
            yield Batch(rows, start, ragged)
        return
    with parquet_file(piece.file) as file:
        start = piece.start
        wanted = None if columns is None else [name for name in file.schema_arrow.names if name in columns]
        for rows in file.iter_batches(batch_size=batch, row_groups=[piece.group], columns=wanted, use_threads=False):
            yield Batch(rows, start)
            start += rows.num_rows
