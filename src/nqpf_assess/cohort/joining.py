"""Parts joined to the table that was asked for, and the problems of all parts to one file."""

import gzip
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from nqpf_assess.cohort.engines import Task
from nqpf_assess.cohort.faults import SCHEMA, problem_rows
from nqpf_assess.cohort.task import GROUP, parquet_writer, part_path, problems_path
from nqpf_assess.cohort.work import Work
from nqpf_assess.locale import _, tell

SHOWN = 20
"""Problems that are told at once; the file has them all."""

ASIDE = ("_receipt-*.json", "_problems-*.parquet", ".part-*", "._*")
"""What a job keeps beside its parts, and what a process that was ended left."""

REPEATED = _("the respondent stands in more than one row")
RISKY = r"^[=+\-@\t\r]"
"""Beginnings of a text that a spreadsheet would take for a formula."""

RISKY_ANSWER = r"^([=@\t\r]|[+\-]([^0-9.]|$|[0-9.]+[^0-9.eE]))"
"""The same among answers, where a figure may well begin with its sign."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary name beside a file, and rename it when all went well."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def join_parts(work: Work, tasks: Sequence[Task], output: str) -> None:
    """Make one file of the parts, or leave them as a folder; then the folder of parts is gone."""
    folder, path = Path(work.folder), Path(output.rstrip("/"))
    if output.endswith("/"):
        for side in [file for pattern in ASIDE for file in folder.glob(pattern)]:
            side.unlink()
        (folder / "job.json").replace(folder / "_job.json")
        if path.exists():
            shutil.rmtree(path)
        folder.replace(path)
        return
    with replacing(path) as temporary:
        tables = (table for part, _ in tasks for table in part_tables(work.folder, part))
        (write_parquet if path.suffix == ".parquet" else write_csv)(temporary, work.schema, tables, path.name)
    shutil.rmtree(folder)


def part_tables(folder: str, part: int) -> Iterator[pa.Table]:
    """Read a part, a row group at a time."""
    with pq.ParquetFile(part_path(folder, part)) as file:
        for group in range(file.metadata.num_row_groups):
            yield file.read_row_group(group, use_threads=False)


def write_parquet(path: Path, schema: pa.Schema, tables: Iterator[pa.Table], _name: str = "") -> None:
    """Write tables as one Parquet file."""
    with parquet_writer(path, schema) as writer:
        for table in tables:
            writer.write_table(table, row_group_size=GROUP)


def write_csv(path: Path, schema: pa.Schema, tables: Iterator[pa.Table], name: str = "", *, risky: str = RISKY) -> None:
    """Write tables as one CSV file, compressed where its name says so; nothing in it can become a formula."""
    with path.open("wb") as raw, _packed(raw, name) as out, pacsv.CSVWriter(out, schema) as writer:
        for table in tables:
            writer.write_table(disarmed(table, risky))


@contextmanager
def _packed(raw: IO[bytes], name: str) -> Iterator[Any]:
    if not name.lower().endswith(".gz"):
        yield raw
        return
    with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed:
        yield packed


def disarmed(table: pa.Table, pattern: str = RISKY) -> pa.Table:
    """Put a `'` before texts that a spreadsheet would run."""
    for index, column in enumerate(table.schema):
        if pa.types.is_string(column.type):
            texts = table.column(index)
            risky = pc.match_substring_regex(texts, pattern)
            if pc.any(risky).as_py():
                armed = pc.binary_join_element_wise("'", texts, "")
                table = table.set_column(index, column, pc.if_else(risky, armed, texts))
    return table


@dataclass
class Told:
    """The problems of a job: how many of each code, and the first ones."""

    codes: Counter[str] = field(default_factory=Counter)
    first: list[dict[str, Any]] = field(default_factory=list)


def write_problems(
    work: Work, tasks: Sequence[Task], head: pa.Table, doubled: Mapping[int, list[tuple[int, str]]], path: Path
) -> Told:
    """Write the problems of the table, then those of every part in the order of its rows; no problem: no file."""
    told = Told()

    def tables() -> Iterator[pa.Table]:
        for table in (head, *(_of_part(work, task, doubled.get(task[0], ())) for task in tasks)):
            told.codes.update(table["code"].to_pylist())
            told.first += table.slice(0, SHOWN - len(told.first)).to_pylist()
            yield table

    with replacing(path) as temporary:
        write: Callable[..., None] = write_parquet if path.suffix == ".parquet" else write_csv
        write(temporary, SCHEMA, tables(), path.name)
    if not told.codes:
        path.unlink(missing_ok=True)
    return told


def _of_part(work: Work, task: Task, doubled: Sequence[tuple[int, str]]) -> pa.Table:
    part, piece = task
    place = problems_path(work.folder, part)
    found = pq.read_table(place) if place.exists() else SCHEMA.empty_table()
    if not doubled:
        return found
    reason = tell(REPEATED, work.language)
    more = [
        (name, piece.file, piece.start + row, "respondent", name, "repeated_respondent", reason)
        for row, name in doubled
    ]
    joined = pa.concat_tables([found, problem_rows(more)])
    rows = joined["row"].to_pylist()
    order = sorted(range(len(rows)), key=rows.__getitem__)
    return joined.take(pa.array(order, pa.int64()))
