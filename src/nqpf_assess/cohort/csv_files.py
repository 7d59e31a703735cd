"""CSV tables: every cell is text, a line of the wrong length is a problem and not a stop, the encoding is looked at."""

import codecs
import csv
import gzip
import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import IO, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from nqpf_assess.files.machine import refusal
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import fill, text

BLOCK = 1 << 23
"""Bytes of CSV read at a time; a line may not be longer."""

NOT_UTF8 = text(en="{path} is not UTF-8", zh="{path} 不是 UTF-8 编码")
NOT_IN = text(en="{path} is not {encoding}", zh="{path} 不是 {encoding} 编码")
NO_ENCODING = text(en="there is no encoding “{encoding}”", zh="没有名为“{encoding}”的编码")
TRY = text(en="It looks like {name}; try --encoding {name}", zh="似为 {name} 编码，请加 --encoding {name}")
EMPTY = text(en="{path} is empty", zh="{path} 为空文件")
NO_CSV = text(en="{path} cannot be read: {why}", zh="无法读取 {path}：{why}")


class Ragged(NamedTuple):
    """A line with too many or too few fields: its row within the batch, and how many fields it has and should have."""

    row: int
    found: int
    wanted: int


def _stream(path: str) -> IO[bytes]:
    if "://" in path:
        from nqpf_assess.cohort.tables import opened

        raw: Any = opened(path)
    else:
        try:
            raw = open(path, "rb")  # noqa: PTH123, SIM115
        except OSError as fault:
            raise UserError(fill(NO_CSV, path=path, why=refusal(fault)), status=3) from fault
    return gzip.open(raw) if path.lower().endswith(".gz") else raw  # type: ignore[return-value]


def examine_csv(path: str, encoding: str) -> str:
    """Read a file once through: check its encoding, and give a digest of its content; raises `UserError`."""
    found = hashlib.sha256()
    with _stream(path) as stream:
        decoder = _decoder(encoding)
        beginning = chunk = stream.read(1 << 20)
        try:
            while chunk:
                found.update(chunk)
                decoder.decode(chunk)
                chunk = stream.read(1 << 20)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as fault:
            raise _wrong_encoding(path, encoding, beginning if chunk is beginning else chunk) from fault
        except (EOFError, OSError, gzip.BadGzipFile) as fault:
            raise UserError(fill(NO_CSV, path=path, why=str(fault)), status=1) from fault
    return f"sha256:{found.hexdigest()}"


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    try:
        return codecs.getincrementaldecoder(encoding)()
    except LookupError as fault:
        raise UserError(fill(NO_ENCODING, encoding=encoding), status=2) from fault


def _wrong_encoding(path: str, encoding: str, chunk: bytes) -> UserError:
    words = (
        NOT_UTF8
        if encoding.lower().replace("_", "-") in ("utf-8", "utf8")
        else fill(NOT_IN, encoding=encoding, path=path)
    )
    likely = "utf-16" if chunk[:2] in (b"\xff\xfe", b"\xfe\xff") else "gbk" if _is_gbk(chunk) else ""
    hint = fill(TRY, name=likely) if likely and likely != encoding.lower() else None
    return UserError(fill(words, path=path), hint=hint)


def _is_gbk(chunk: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("gb18030")().decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def csv_names(path: str, encoding: str) -> list[str]:
    """Give the names of the columns, spaces around them taken off; raises `UserError`."""
    codec = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
    with _stream(path) as stream:
        first = next(csv.reader(io.TextIOWrapper(stream, encoding=codec, newline="")), None)
    if first is None:
        raise UserError(fill(EMPTY, path=path))
    return [name.strip() for name in first]


def csv_batches(path: str, *, encoding: str, batch: int) -> Iterator[tuple[pa.RecordBatch, Sequence[Ragged]]]:
    """Read the rows as text columns; in the place of a ragged line stands a row that has only its respondent."""
    names = csv_names(path, encoding)
    bad: list[pacsv.InvalidRow] = []
    number, used, head = 2, 0, 1
    try:
        for block in _reader(path, encoding, len(names), bad):
            rows, head = block.slice(head).rename_columns(names), max(0, head - block.num_rows)
            before, used = used, _before(bad, used, number + rows.num_rows)
            yield from _sliced(*_with_ragged(rows, names, bad[before:used], number), batch)
            number += rows.num_rows + used - before
    except pa.ArrowInvalid as fault:
        raise UserError(fill(NO_CSV, path=path, why=str(fault).splitlines()[0])) from fault
    if used < len(bad):
        nothing = pa.RecordBatch.from_pydict({name: pa.array([], pa.string()) for name in names})
        yield from _sliced(*_with_ragged(nothing, names, bad[used:], number), batch)


def _before(bad: Sequence[pacsv.InvalidRow], used: int, end: int) -> int:
    """Count the ragged lines that stand before the row numbered `end` once they are put back in their places."""
    while used < len(bad) and bad[used].number < end:
        used, end = used + 1, end + 1
    return used


def _sliced(
    rows: pa.RecordBatch, ragged: Sequence[Ragged], batch: int
) -> Iterator[tuple[pa.RecordBatch, Sequence[Ragged]]]:
    for start in range(0, rows.num_rows, batch):
        inside = [line._replace(row=line.row - start) for line in ragged if start <= line.row < start + batch]
        yield rows.slice(start, batch), inside


def _reader(path: str, encoding: str, count: int, bad: list[pacsv.InvalidRow]) -> Iterator[pa.RecordBatch]:
    def note(row: pacsv.InvalidRow) -> str:
        bad.append(row)
        return "skip"

    columns = [f"c{index}" for index in range(count)]
    stream = _stream(path)
    try:
        yield from pacsv.open_csv(
            pa.PythonFile(stream, mode="r"),
            read_options=pacsv.ReadOptions(
                use_threads=False, block_size=BLOCK, encoding=encoding, column_names=columns
            ),
            parse_options=pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=note),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        )
    finally:
        stream.close()


def _with_ragged(
    part: pa.RecordBatch, names: Sequence[str], bad: Sequence[pacsv.InvalidRow], number: int
) -> tuple[pa.RecordBatch, Sequence[Ragged]]:
    if not bad:
        return part, ()
    rows = [row.number - number for row in bad]
    total = part.num_rows + len(bad)
    good = np.setdiff1d(np.arange(total), rows)
    order: Any = np.full(total, part.num_rows)
    order[good] = np.arange(part.num_rows)
    at = names.index("respondent") if "respondent" in names else -1
    who = [_field(row.text, at) for row in bad]
    columns = []
    for name, column in zip(names, part.columns, strict=True):
        extra = pa.array(who if name == "respondent" else [None] * len(bad), pa.string())
        order[rows] = part.num_rows + np.arange(len(bad))
        columns.append(pa.concat_arrays([column, extra]).take(pa.array(order)))
    ragged = [Ragged(row, line.actual_columns, line.expected_columns) for row, line in zip(rows, bad, strict=True)]
    return pa.RecordBatch.from_arrays(columns, names=list(names)), ragged


def _field(line: str, at: int) -> str | None:
    try:
        fields = next(csv.reader([line]), [])
    except csv.Error:
        return None
    return fields[at] if 0 <= at < len(fields) else None
