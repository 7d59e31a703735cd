"""Tables on disk: which files make up one table, how their rows are read batch by batch, how tables are written."""

import glob as globbing
import gzip
import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from nqpf_assess.cohort.column_names import IMPORTED_FIRST
from nqpf_assess.cohort.csv_tables import (
    NUMBERED,
    Ragged,
    Slice,
    at_address,
    column_names,
    csv_batches,
    look_through,
)
from nqpf_assess.cohort.problems import SCHEMA
from nqpf_assess.exchange.column_map import refuse_same
from nqpf_assess.files.gathering import files_below
from nqpf_assess.files.intake import refuse_columns
from nqpf_assess.files.machine import refusal
from nqpf_assess.files.places import as_word, writable
from nqpf_assess.files.presence import exists, is_dir, is_file
from nqpf_assess.files.store import part_of
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError

BATCH = 16384
"""Rows worked on at a time: a column of them stays in the processor's cache."""

NO_NAME = _("{path}: tables are read and written only under names in UTF-8")
RENAME = _("Rename the file, or the folder where it lies.")
NOT_THERE = _("{path} does not exist")
NOTHING_IN = _("there are no tables in {path}")
NO_FORMAT = _("{path}: a table ends in .csv, .csv.gz or .parquet")
COLLECT = _(
    "Answer files are brought into a table first: nqpf-assess cohort collect {path} -o table.csv; then name table.csv "
    "here."
)
SAVE_AS_CSV = _(
    "Save the sheet as CSV (UTF-8) first, if it has a row for each respondent. A filled-in Excel form: "
    "nqpf-assess import {path} --write; then collect the answer files."
)
NO_ENDING_HERE = _("a table ends in .csv, .csv.gz or .parquet")
NO_ANSWERS_IN = _("it lists what was wrong in another table, and holds no answers")
DAMAGED = _("it is damaged, or no Parquet file")
TOO_LITTLE_MEMORY = _("there is too little memory to read it, or it is damaged")
NO_CELLS = _(
    "{path}: the column “{name}” holds {kind}; a table holds texts, figures, days, true or false, lists of texts"
)
NO_TABLE = _("{path} cannot be read as a table: {why}")
OTHER_STATES = _("{path} is a table of Delta, Iceberg or Hudi: its files hold rows that were changed or deleted, too")
AS_IT_IS = _(
    "Write what it holds now as plain Parquet or CSV elsewhere; on Spark table:NAME reads it from the catalogue."
)
VERSIONED = ("_delta_log/*.json", "metadata/snap-*.avro", ".hoodie/*")
"""By what a folder of Parquet files is known that only its own log tells which of them hold."""
SWOLLEN = _("its {rows} rows unpack to {found} MB")


class TablePiece(NamedTuple):
    """What one task reads: a row group of a Parquet file, or a slice of a CSV; `start`: number of its first row.

    Without a group or an offset it is the whole file.
    """

    file: str
    group: int | None
    start: int
    rows: int | None
    offset: int | None = None
    length: int | None = None


class RowBatch(NamedTuple):
    """Rows as read; `start`: number of the first one in its file; `ragged`: lines that could not be read as rows."""

    rows: pa.RecordBatch
    start: int
    ragged: Sequence[Ragged] = ()


@dataclass(frozen=True)
class TableFile:
    """One file of a table: path or URI, columns with their types, pieces, digest of the content, separator of a CSV."""

    path: str
    schema: pa.Schema
    pieces: tuple[TablePiece, ...]
    digest: str
    mark: str = ","


def is_csv(path: str) -> bool:
    """Return whether a table is CSV, by the ending of its name."""
    return path.lower().endswith((".csv", ".csv.gz"))


def table_files(names: Sequence[str]) -> list[str]:
    """Return the files that paths, globs and folders (to the bottom) name, in that order; raises `UserError`.

    A list of problems of ours is no table: in a folder it is passed over, named it is refused.
    """
    found: list[str] = []
    for name in names:
        path = Path(name)
        if "://" in name:
            found.append(name)
        elif is_dir(path):
            inside = [str(file) for file in files_below(path) if _is_table(file) and not _lists_problems(str(file))]
            if not inside:
                answers = next(path.rglob("*.toml"), None)
                raise UserError(
                    fill(NOTHING_IN, path=name), hint=fill(COLLECT, path=as_word(name)) if answers else None
                )
            found += inside
        elif exists(path):
            if not _is_table(path):
                hints = {".toml": COLLECT, ".xlsx": SAVE_AS_CSV, ".xls": SAVE_AS_CSV, ".json": IMPORTED_FIRST}
                hint = hints.get(path.suffix.lower())
                raise UserError(
                    fill(NO_FORMAT, path=name), hint=None if hint is None else fill(hint, path=as_word(name))
                )
            found.append(name)
        else:
            matching = sorted(each for each in globbing.glob(name, recursive=True) if _is_table(Path(each)))  # noqa: PTH207
            if not matching:
                raise UserError(fill(NOT_THERE, path=name))
            found += matching
    if listing := next((name for name in found if "://" not in name and _lists_problems(name)), ""):
        raise UserError(fill(NO_TABLE, path=listing, why=NO_ANSWERS_IN))
    return list(dict.fromkeys(found))


def refuse_unnamed(*paths: str | Path) -> None:
    """Refuse a table whose path is bytes of no encoding: Arrow takes nothing but texts; raises `UserError`."""
    for path in paths:
        place = str(Path(path).absolute())
        if "://" not in str(path) and writable(place) != place:
            raise UserError(fill(NO_NAME, path=path), hint=RENAME)


def skipped_in(names: Sequence[str]) -> Iterator[tuple[Path, Text]]:
    """Name the files of folders that are no tables, with why; what a job of ours keeps beside its parts is left out."""
    for folder in filter(is_dir, map(Path, names)):
        for file in files_below(folder):
            if _is_table(file):
                if _lists_problems(str(file)):
                    yield file, NO_ANSWERS_IN
            elif not file.name.startswith("_"):
                yield file, NO_ENDING_HERE


def _is_table(file: Path) -> bool:
    return is_file(file) and not file.name.startswith((".", "_")) and file.name.lower().endswith(ENDINGS)


def _lists_problems(path: str) -> bool:
    """Return whether a table is a list of problems of ours: its rows name respondents, and answer nothing."""
    with suppress(UserError):  # what cannot be read is told where it is opened
        return bool(names_in(path, "utf-8") == SCHEMA.names)
    return False


ENDINGS = (".csv", ".csv.gz", ".parquet")


def open_table(path: str, encoding: str, delimiter: str = "") -> TableFile:
    """Look at one file before any row is read: its columns, its pieces, its encoding; raises `UserError`."""
    refuse_unnamed(path)
    if is_csv(path):
        layout = look_through(path, encoding, delimiter)
        schema = pa.schema([(name, pa.string()) for name in layout.names])
        pieces = tuple(TablePiece(path, None, part.start, None, part.offset, part.length) for part in layout.slices)
        return TableFile(path, schema, pieces, layout.digest, layout.mark)
    # folders that part the table, and `data`, may lie between
    for folder in () if "://" in path else Path(path).parents:
        if any(next(folder.glob(log), None) for log in VERSIONED):
            raise UserError(fill(OTHER_STATES, path=folder), hint=AS_IT_IS)
    with parquet_file(path) as file:
        found, at = [], 1
        for group in range(file.metadata.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            found.append(TablePiece(path, group, at, rows))
            at += rows
        if at - 1 != file.metadata.num_rows:
            raise UserError(fill(NO_TABLE, path=path, why=DAMAGED))
        return TableFile(path, file.schema_arrow, tuple(found), digest_of(path))


def names_in(path: str, encoding: str, delimiter: str = "") -> list[str]:
    """Read the names of a table's columns; raises `UserError`."""
    if is_csv(path):
        return column_names(path, encoding, delimiter)
    with parquet_file(path) as file:
        names: list[str] = file.schema_arrow.names
        return names


def whole_of(path: str) -> TablePiece:
    """Return a file that was looked at before as one piece."""
    return TablePiece(path, None, 2 if is_csv(path) else 1, None)


MOST_UNPACKED, LONGEST_CELL = 1 << 26, 1 << 12
"""Bytes of a row group that are read in any case, and beyond them bytes of a cell on average.

Also of the texts of rows that are read at a time, where a column has one that is longer than such a cell.
"""

SMALL_FILE = 1 << 22
"""Bytes of a Parquet file whose texts are kept once each: one that repeats a long text unpacks to gigabytes."""


def parquet_file(path: str, *, numbered: bool = False) -> pq.ParquetFile:
    """Open a Parquet file by path or URI; `numbered`: the texts of a small one are kept once each, and numbered.

    Raises `UserError` where it is none, has columns of no cells, or states that a few cells unpack to much.
    """
    source = None
    try:
        source = opened(path)
        file = pq.ParquetFile(source)
        schema = file.schema_arrow
        for group in map(file.metadata.row_group, range(file.metadata.num_row_groups)):
            if group.total_byte_size > max(MOST_UNPACKED, LONGEST_CELL * group.num_rows * group.num_columns):
                why = fill(SWOLLEN, found=group.total_byte_size >> 20, rows=group.num_rows)
                raise UserError(fill(NO_TABLE, path=path, why=why))
        if numbered and source.size() <= SMALL_FILE:
            columns = [file.schema.column(index).path for index in range(len(file.schema))]  # of figures it is ignored
            file = pq.ParquetFile(source, metadata=file.metadata, read_dictionary=columns)
    except OSError as fault:
        if source is not None and fault.errno is None:  # pyarrow's own, for a foot that cannot be read
            raise UserError(fill(NO_TABLE, path=path, why=DAMAGED)) from fault
        raise UserError(fill(NO_TABLE, path=path, why=refusal(fault)), status=3) from fault
    except (pa.ArrowException, UnicodeDecodeError) as fault:
        raise UserError(fill(NO_TABLE, path=path, why=_why_unread(fault))) from fault
    refuse_no_cells(schema, path)
    return file


def refuse_no_cells(schema: pa.Schema, path: str | Text) -> None:
    """Refuse a table with too many columns, two of one name, or some that hold no cells; raises `UserError`."""
    refuse_columns(len(schema), path)
    refuse_same(schema.names, path)
    tests = (
        *TEXTS,
        pa.types.is_null,
        pa.types.is_boolean,
        pa.types.is_integer,
        pa.types.is_floating,
        pa.types.is_decimal,
    )

    def is_cell(kind: pa.DataType) -> bool:
        """Look at the entries where a column holds lists or numbered values."""
        if is_list(kind) or pa.types.is_dictionary(kind):
            kind = kind.value_type
        return any(test(kind) for test in tests)

    odd = next((field for field in schema if field.type not in FIGURES and not is_cell(field.type)), None)
    if odd is not None:
        raise UserError(fill(NO_CELLS, path=path, name=odd.name, kind=odd.type))


FIGURES = (pa.float64(), pa.int64())
"""Types whose every bit is a figure: the usual ones, so that others need no thought."""

TEXTS = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_date,
    pa.types.is_timestamp,
    pa.types.is_time,
)
"""Types that are read as texts."""


def opened(path: str) -> Any:
    """Open a file by path or by any URI that pyarrow reads."""
    if "://" in path:
        return at_address(path)
    return pa.OSFile(os.fsencode(path))  # mapped into memory, a large file would count as memory that is used


def digest_of(path: str) -> str:
    """Return a digest over the content of a file."""
    found = hashlib.sha256()
    with opened(path) as file:
        while chunk := file.read(1 << 22):
            found.update(chunk)
    return f"sha256:{found.hexdigest()}"


def batches(
    piece: TablePiece,
    *,
    columns: Sequence[str] | None,
    batch: int,
    encoding: str,
    delimiter: str = "",
    few: Collection[str] = (),
) -> Iterator[RowBatch]:
    """Read the rows of a piece, `batch` at a time at most.

    `columns`: those wanted, where the format can skip some; `few`: those of CSV that hold few different texts.
    """
    if is_csv(piece.file):
        part = Slice(piece.offset, piece.length, piece.start)
        for rows, start, ragged in csv_batches(
            piece.file, part, encoding=encoding, batch=batch, columns=columns, few=few, delimiter=delimiter
        ):
            yield RowBatch(rows, start, ragged)
        return
    with parquet_file(piece.file, numbered=True) as file:
        start = piece.start
        wanted = None if columns is None else [name for name in file.schema_arrow.names if name in columns]
        groups = range(file.metadata.num_row_groups) if piece.group is None else [piece.group]
        try:
            for rows in chain.from_iterable(
                file.iter_batches(
                    batch_size=2 * batch,  # a tenth less time than one by one
                    row_groups=[group],  # lists of numbered texts are read of one group at a time alone
                    columns=wanted,
                    use_threads=False,
                )
                for group in groups
            ):
                for column in rows.columns:  # letters that are none would come up anywhere later
                    cells = column.dictionary if column.type == NUMBERED and _are_sound(column) else column
                    if cells.type not in FIGURES:
                        cells.validate(full=True)
                if (found := sum(map(_unpacked, rows.columns))) > MOST_UNPACKED:
                    why = fill(SWOLLEN, found=found >> 20, rows=rows.num_rows)
                    raise UserError(fill(NO_TABLE, path=piece.file, why=why))
                texts = with_texts(rows)
                for first in range(0, rows.num_rows, batch):
                    yield RowBatch(texts.slice(first, batch), start + first)
                start += rows.num_rows
            held = file.metadata if piece.group is None else file.metadata.row_group(piece.group)
            if start - piece.start != held.num_rows:  # a damaged page may end its column, and with it all rows, early
                raise UserError(fill(NO_TABLE, path=piece.file, why=DAMAGED))
        except (pa.ArrowException, UnicodeDecodeError, OSError) as fault:
            raise UserError(fill(NO_TABLE, path=piece.file, why=_why_unread(fault))) from fault


def _why_unread(fault: Exception) -> Text:
    """Return why a Parquet file cannot be read; a damaged one may ask for more memory than there is, too."""
    return TOO_LITTLE_MEMORY if isinstance(fault, MemoryError) else DAMAGED


def _are_sound(column: pa.DictionaryArray) -> bool:
    """Return whether all numbers of a numbered column have a text, at a glance; behind a null stands any number."""
    numbers = np.frombuffer(column.indices.buffers()[1], np.uint32)[column.offset :][: len(column)]
    return bool(numbers.max(initial=0) < len(column.dictionary))


def _unpacked(column: pa.Array) -> int:
    """Return how many bytes numbered texts, or lists of them, take once each stands where it is named; 0: all short."""
    texts = column.flatten() if is_list(column.type) else column
    if texts.type != NUMBERED:
        return 0
    lengths = pc.binary_length(texts.dictionary)
    if (pc.max(lengths).as_py() or 0) <= LONGEST_CELL:
        return 0
    return pc.sum(lengths.take(texts.indices)).as_py() or 0


def with_texts(rows: pa.RecordBatch) -> pa.RecordBatch:
    """Write days, times and long texts as plain texts; a day that a program keeps as its midnight, as that day.

    Numbered texts are spelt out where there are more of them than rows: those of all rows before are among them.
    """
    for index, field in enumerate(rows.schema):
        if field.type == NUMBERED:
            column = rows.column(index)
            if len(column.dictionary) > len(column):
                rows = rows.set_column(index, field.name, column.cast(pa.string()))
        elif field.type != pa.string() and any(test(field.type) for test in TEXTS):
            texts = rows.column(index).cast(pa.string())
            if pa.types.is_timestamp(field.type) and field.type.tz is None:
                texts = pc.replace_substring_regex(texts, MIDNIGHT, "")
            rows = rows.set_column(index, field.name, texts)
    return rows


MIDNIGHT = r" 00:00:00(\.0+)?$"
"""How a text of a day and a time ends where only the day was meant."""


# ---- writing

GROUP = 131072
"""Rows of a row group as it is written."""

RISKY = r"^[=+\-@\t\r]"
"""Beginnings of a text that a spreadsheet would take for a formula."""

RISKY_ANSWER = r"^([=@\t\r]|[+\-]([^0-9.]|$|[0-9.]+[^0-9.eE]))"
"""The same among answers, where a figure may well begin with its sign."""


def parquet_writer(path: Path, schema: pa.Schema, *, lasting: bool = True) -> pq.ParquetWriter:
    """Open a Parquet file to write: packed well where it lasts, quickly where it is only on the way."""
    texts = [field.name for field in schema if pa.types.is_string(field.type) and field.name != "respondent"]
    return pq.ParquetWriter(path, schema, compression="zstd" if lasting else "lz4", use_dictionary=texts)


def write_table(path: Path, schema: pa.Schema, tables: Iterable[pa.Table], *, risky: str = RISKY) -> None:
    """Write tables as one file, whole or not at all: Parquet, or CSV in which nothing can become a formula."""
    with part_of(path) as temporary:
        if path.suffix.lower() == ".parquet":
            with parquet_writer(temporary, schema) as writer:
                for table in tables:
                    writer.write_table(table, row_group_size=GROUP)
            return
        with ExitStack() as opened_files:
            out: Any = opened_files.enter_context(temporary.open("wb"))
            if path.name.lower().endswith(".gz"):
                out = opened_files.enter_context(gzip.GzipFile(filename="", fileobj=out, mode="wb", mtime=0))
            writer = opened_files.enter_context(pacsv.CSVWriter(out, schema))
            for table in tables:
                writer.write_table(disarmed(table, risky))


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


def is_list(kind: pa.DataType) -> bool:
    """Return whether a column holds lists, such as of the options that are ticked."""
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def as_texts(column: Any) -> Any:
    """Return a column as texts, the entries of lists joined by `;`."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if is_list(column.type):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), ";")
    return column.cast(pa.string())


def conformed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a table with the columns of a schema, in their order and types; a column that is not there is null."""
    columns, places = [], {name: index for index, name in enumerate(table.column_names)}
    for field in schema:
        if field.name not in places:
            columns.append(pa.nulls(table.num_rows, field.type))
            continue
        column = table.column(places[field.name])
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        columns.append(as_texts(column) if field.type == pa.string() else column.cast(field.type))
    return pa.Table.from_arrays(columns, schema=schema)
