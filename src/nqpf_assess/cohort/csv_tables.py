"""CSV tables: every cell is text, a line of the wrong length is a problem and not a stop, the encoding is looked at.

A file is looked through once before any row is used; then it is read in slices, which begin where a record begins, so
that several processes can share one file.
"""

import codecs
import csv
import gzip
import hashlib
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from pyarrow import fs

from nqpf_assess.exchange.column_map import refuse_same
from nqpf_assess.files.intake import (
    BYTE_ORDER,
    CLOSE,
    UNCLOSED,
    csv_rows,
    likely_encoding,
    refuse_columns,
    refuse_odd,
    separator_of,
    text_codec,
)
from nqpf_assess.files.machine import refusal
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

BLOCK = 1 << 22
"""Bytes of CSV parsed at a time, so that they stay near the processor; a line may not be longer."""

TOGETHER = 4
"""Blocks joined at most to make one batch of rows."""

SLICE = 1 << 26
"""Bytes of a file that one task reads, up to the end of a record."""

CHUNK, LONGEST_HEAD = 1 << 20, 1 << 22
"""Bytes looked through at a time, and bytes that the names of the columns may have."""

PACKED = b"\x1f\x8b"
"""How a file that is packed with gzip begins (RFC 1952)."""

NOT_UTF8 = _("{path} is not UTF-8")
NOT_IN = _("{path} is not {encoding}")
TRY = _("It looks like {name}; try --encoding {name}")
TRY_OR_SAVE = _(
    "It looks like {name}; try --encoding {name}. Where several tables are read, save them all in one encoding first."
)
EMPTY = _("{path} is empty")
NO_CSV = _("{path} cannot be read: {why}")
NOT_PACKED = _("it is not packed (gzip), though its name ends in .gz; name it .csv")
CUT = _("it ends in the middle of its packed data")
LONG_LINE = _("a line is longer than {most} MB; is a quotation mark not closed?")
NO_ADDRESS = _("{uri} is no address from which a table can be read")
ADDRESSES = _("Addresses begin with file:///, s3:// or hdfs://, for example; download what lies elsewhere first.")
NO_ROWS = _("its rows cannot be told apart")


class Ragged(NamedTuple):
    """A line with too many or too few fields: its row within the batch, and how many fields it has and should have."""

    row: int
    found: int
    wanted: int


class Slice(NamedTuple):
    """A stretch of records: where it begins and how many bytes it has, the number of its first row (the names' is 1).

    Without an `offset` it is the whole file, its line of names included; without a `length` it goes to the end.
    """

    offset: int | None = None
    length: int | None = None
    start: int = 2


class CsvLayout(NamedTuple):
    """A CSV file as looked through: the names of its columns, its slices, the digest of its content, its separator."""

    names: tuple[str, ...]
    slices: tuple[Slice, ...]
    digest: str
    mark: str


def open_bytes(path: str) -> Any:
    """Open a file by path, or by any URI that pyarrow reads, unpacked where it is .gz; raises `UserError`."""
    try:
        if "://" in path:
            raw: Any = at_address(path)
        else:
            refuse_odd(Path(path))
            raw = open(path, "rb")  # noqa: PTH123, SIM115
    except OSError as fault:
        raise UserError(fill(NO_CSV, path=path, why=refusal(fault)), status=3) from fault
    if not path.lower().endswith(".gz"):
        return raw
    if raw.read(len(PACKED)) not in (PACKED, b""):
        raw.close()
        raise UserError(fill(NO_CSV, path=path, why=NOT_PACKED))
    raw.seek(0)
    return gzip.open(raw)


def at_address(uri: str) -> Any:
    """Open a file by any URI that pyarrow reads; raises `UserError` for one that it cannot make out, and OSError."""
    try:
        system, inside = fs.FileSystem.from_uri(uri)
        return system.open_input_file(inside)
    except (pa.ArrowException, ValueError) as fault:
        raise UserError(fill(NO_ADDRESS, uri=uri), hint=ADDRESSES, status=2) from fault


def look_through(path: str, encoding: str, delimiter: str = "") -> CsvLayout:
    """Read a file once through: check its encoding, find its columns and slices; raises `UserError`."""
    codec = text_codec(encoding)
    names, mark = head_of(path, encoding, delimiter)
    refuse_same(names, path)
    digest, decoder, records = hashlib.sha256(), codecs.getincrementaldecoder(codec)(), _Records(ord(mark))
    begins: _Records | None = None
    slices = [Slice()]
    with suppress(UnicodeError):
        low = bytes(range(64))  # a line end or quotation mark is one byte there, and never a part of another letter
        if low.decode(codec) == low.decode("ascii") and not codec.replace("-", "_").startswith(SHIFTING):
            begins = records
    with open_bytes(path) as stream:
        chunk = b""
        try:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                decoder.decode(chunk)
                if begins is not None:
                    begins.feed(chunk)
            decoder.decode(b"", final=True)
        except UnicodeError as fault:  # UTF-16 without its mark is no UnicodeDecodeError
            raise wrong_encoding(path, encoding, chunk) from fault
        except (EOFError, OSError, gzip.zlib.error) as fault:  # type: ignore[attr-defined]
            raise UserError(fill(NO_CSV, path=path, why=CUT), status=1) from fault
    if begins is not None:
        if begins.inside:
            raise UserError(fill(UNCLOSED, path=path, line=begins.records), hint=CLOSE)
        slices = begins.slices(shared="://" in path or not path.lower().endswith(".gz"))
    return CsvLayout(tuple(names), tuple(slices), f"sha256:{digest.hexdigest()}", mark)


def column_names(path: str, encoding: str, delimiter: str = "") -> list[str]:
    """Read the names of the columns, spaces around them taken off; raises `UserError`."""
    return head_of(path, encoding, delimiter)[0]


def head_of(path: str, encoding: str, delimiter: str = "") -> tuple[list[str], str]:
    """Read the names of the columns, and what parts them: as stated, else as the line of names shows it."""
    codec = text_codec(encoding)
    with open_bytes(path) as stream:
        try:
            beginning = stream.read(LONGEST_HEAD)
        except (EOFError, OSError, gzip.zlib.error) as fault:  # type: ignore[attr-defined]
            raise UserError(fill(NO_CSV, path=path, why=CUT)) from fault
    try:
        words = codecs.getincrementaldecoder(codec)().decode(beginning).removeprefix(BYTE_ORDER)
    except UnicodeError as fault:
        raise wrong_encoding(path, encoding, beginning) from fault
    mark = delimiter or separator_of(next(filter(str.strip, words.splitlines()), ""))
    first = next((row for _, row in csv_rows(words, path, separator=mark) if row), None)
    if first is None:
        raise UserError(fill(EMPTY, path=path))
    refuse_columns(len(first), path)
    return [name.strip() for name in first], mark


def wrong_encoding(path: str, encoding: str, chunk: bytes) -> UserError:
    """Return what to tell of a file that is not in its encoding, with the one it looks like."""
    is_plain = text_codec(encoding) == "utf-8"
    words = NOT_UTF8 if is_plain else fill(NOT_IN, encoding=encoding, path=path)
    likely = likely_encoding(chunk, other_than=encoding)
    hint = fill(TRY if is_plain else TRY_OR_SAVE, name=likely) if likely and likely != encoding.lower() else None
    return UserError(fill(words, path=path), hint=hint)


SHIFTING = ("utf_7", "utf_8_sig", "hz", "iso2022")
"""Beginnings of encodings in which the same bytes mean other letters elsewhere, or where a file begins."""


class _Records:
    """Finds where records begin, by the rules of the parser: blank lines are none, a line end inside quotation marks
    ends nothing, a mark opens only at the beginning of a cell, and two marks inside stand for one.

    A letter is a bit here, 64 of them a word: what holds for all of them is worked out for a word at a time.
    """

    def __init__(self, separator: int) -> None:
        self.separator, self.before_cells = separator, (separator, LF, CR)
        self.at, self.records, self.begun = 0, 0, False
        self.inside, self.closed, self.last = False, False, ord("\n")
        self.cuts: list[tuple[int, int]] = []

    def feed(self, chunk: bytes) -> None:
        """Go on with the next bytes of the file."""
        if not self.begun and chunk.startswith(codecs.BOM_UTF8):
            chunk, self.at = chunk[len(codecs.BOM_UTF8) :], len(codecs.BOM_UTF8)
        self.begun = True
        if not chunk:
            return
        letters = np.frombuffer(chunk, np.uint8)
        ends = _bits(letters == LF)
        if CR in chunk:
            ends |= _bits(letters == CR)
        inside = np.zeros_like(ends)
        if self.inside or MARK in chunk:
            marks = _bits(letters == MARK)
            before = ends | marks | _bits(letters == self.separator)
            inside = self._inside(marks, before, letters)
        ends &= ~inside  # a line end that stands outside quotation marks ends a record
        words = np.flatnonzero(ends)  # in few of them is any
        row, place = np.nonzero(np.unpackbits(ends[words].view(np.uint8), bitorder="little").reshape(-1, 64))
        begins = words[row] * 64 + place + 1
        if self.last in (LF, CR) and not self.inside:
            begins = np.r_[0, begins]
        begins = begins[begins < len(letters)]
        begins = self.at + begins[~np.isin(letters[begins], (LF, CR))]
        # a slice begins at the first record after the names, and at the first one after each `SLICE` bytes
        if not self.cuts and 0 <= 1 - self.records < len(begins):
            self.cuts.append((int(begins[1 - self.records]), 2))
        while self.cuts and (at := int(np.searchsorted(begins, self.cuts[-1][0] + SLICE))) < len(begins):
            self.cuts.append((int(begins[at]), self.records + at + 1))
        self.records += len(begins)
        before_last = len(letters) - 2
        opened = self.inside if before_last < 0 else bool(inside[before_last // 64] >> np.uint64(before_last % 64) & 1)
        self.inside = bool(inside[-1] >> np.uint64(63))  # beyond the last letter all stays as it was
        self.closed = opened and not self.inside and letters[-1] == MARK
        self.at += len(chunk)
        self.last = int(letters[-1])

    def _inside(self, marks: Any, before: Any, letters: Any) -> Any:
        """Return which letters stand inside quotation marks. `before`: the letters behind which a mark may open."""
        one, top = np.uint64(1), np.uint64(63)
        found = marks.copy()
        for step in (1, 2, 4, 8, 16, 32):  # every mark turns all letters from there to the end of its word
            found ^= found << np.uint64(step)
        turned = np.bitwise_xor.accumulate(found >> top) ^ np.uint64(self.inside)
        turned[1:], turned[0] = turned[:-1].copy(), self.inside
        found ^= np.uint64(0) - turned
        behind = before << one
        behind[1:] |= before[:-1] >> top
        behind[0] |= np.uint64(self.last in (*self.before_cells, MARK))
        doubled_over_the_edge = not self.inside and letters[0] == MARK == self.last
        if not (marks & found & ~behind).any() and (not doubled_over_the_edge or self.closed):
            return found  # every second one opens, at the beginning of a cell or as the second of two
        turns, inside, closed_at = [], self.inside, -1 if self.closed else -2
        places = np.flatnonzero(letters == MARK)
        ahead = letters[places - 1]
        if letters[0] == MARK:
            ahead[0] = self.last
        for mark, letter in zip(places.tolist(), ahead.tolist(), strict=True):
            if inside or letter in self.before_cells or closed_at == mark - 1:
                turns.append(mark)
                closed_at = mark if inside else -2
                inside = not inside
        stretches = np.diff([0, *turns, len(marks) * 64])
        return _bits(np.repeat((np.arange(len(stretches)) + self.inside) % 2 > 0, stretches))

    def slices(self, *, shared: bool) -> list[Slice]:
        """Return the slices; `shared`: whether the file can be read from the middle."""
        if not self.cuts:
            return [Slice(self.at, 0)]
        if not shared:
            return [Slice(self.cuts[0][0])]
        ends: list[int | None] = [*(offset for offset, _ in self.cuts[1:]), None]
        return [
            Slice(offset, None if end is None else end - offset, start)
            for (offset, start), end in zip(self.cuts, ends, strict=True)
        ]


NUMBERED = pa.dictionary(pa.int32(), pa.string())
"""Texts as numbers of the different ones among them."""

LF, CR, MARK = b'\n\r"'


def _bits(holds: Any) -> Any:
    """Return truths as words of 64 bits, false beyond the last."""
    packed = np.packbits(holds, bitorder="little")
    return np.pad(packed, (0, -len(packed) % 8)).view("<u8")


# ---- rows


def csv_batches(
    path: str,
    part: Slice,
    *,
    encoding: str,
    batch: int,
    columns: Sequence[str] | None = None,
    few: Collection[str] = (),
    delimiter: str = "",
) -> Iterator[tuple[pa.RecordBatch, int, Sequence[Ragged]]]:
    """Read the rows of a slice as text columns, with the number of the first row of each batch; raises `UserError`.

    In the place of a ragged line stands a row that has only its respondent. `columns`: those wanted, if not all.
    `few`: those that hold few different texts, which are numbered as they are parsed.
    """
    names, mark = head_of(path, encoding, delimiter)
    wanted = {name: NUMBERED if name in few else pa.string() for name in names if columns is None or name in columns}
    at, held = part.start, list[tuple[pa.RecordBatch, Sequence[Ragged]]]()
    try:
        for rows, ragged in _parsed(path, part, names, wanted, encoding=encoding, mark=mark):
            held.append((rows, ragged))
            count = sum(block.num_rows for block, _ in held)
            if len(held) == TOGETHER or count + rows.num_rows > batch:
                yield from _in_batches(held, batch, at)
                at, held = at + count, []
        yield from _in_batches(held, batch, at)
    except pa.ArrowInvalid as fault:
        long = "straddling" in str(fault)
        why = fill(LONG_LINE, most=BLOCK >> 20) if long else NO_ROWS
        raise UserError(fill(NO_CSV, path=path, why=why)) from fault
    except OSError as fault:
        raise UserError(fill(NO_CSV, path=path, why=refusal(fault)), status=3) from fault


def _in_batches(
    held: Sequence[tuple[pa.RecordBatch, Sequence[Ragged]]], batch: int, first: int
) -> Iterator[tuple[pa.RecordBatch, int, Sequence[Ragged]]]:
    """Join blocks, and cut what they hold into batches of one size; `first`: the number of the first row."""
    if not held:
        return
    rows = held[0][0] if len(held) == 1 else pa.concat_batches([block for block, _ in held])
    begins = accumulate((block.num_rows for block, _ in held), initial=0)
    lines = [line._replace(row=line.row + at) for at, (_, ragged) in zip(begins, held, strict=False) for line in ragged]
    size = -(-rows.num_rows // max(1, -(-rows.num_rows // batch)))
    for start in range(0, rows.num_rows, max(1, size)):
        inside = [line._replace(row=line.row - start) for line in lines if start <= line.row < start + size]
        yield rows.slice(start, size), first + start, inside


def _parsed(
    path: str, part: Slice, names: Sequence[str], wanted: Mapping[str, pa.DataType], *, encoding: str, mark: str
) -> Iterator[tuple[pa.RecordBatch, Sequence[Ragged]]]:
    """Parse a slice block by block, ragged lines in their places; `wanted`: the columns to keep, with their types."""
    bad: list[pacsv.InvalidRow] = []

    def note(row: pacsv.InvalidRow) -> str:
        bad.append(row)
        return "skip"

    if part.length == 0:
        return
    number, head = 1, int(part.offset is None)  # of the next record in the slice; lines of names still to come
    every = [f"c{index}" for index in range(len(names))]
    kinds, codec = {every[names.index(name)]: kind for name, kind in wanted.items()}, text_codec(encoding)
    with open_bytes(path) as stream:
        for block in pacsv.open_csv(
            pa.PythonFile(_Bounded(stream, part), mode="r"),
            read_options=pacsv.ReadOptions(use_threads=False, block_size=BLOCK, encoding=codec, column_names=every),
            parse_options=pacsv.ParseOptions(delimiter=mark, newlines_in_values=True, invalid_row_handler=note),
            convert_options=pacsv.ConvertOptions(
                include_columns=list(kinds),
                column_types=kinds,
                check_utf8=part.offset is None,  # slices were found by looking through the file, its letters too
                strings_can_be_null=True,
                null_values=[""],
            ),
        ):
            rows = block.slice(head).rename_columns(list(wanted))
            number, head = number + min(head, block.num_rows), max(0, head - block.num_rows)
            end = 0
            while end < len(bad) and bad[end].number < number + rows.num_rows + end:
                end += 1
            found, ragged = _with_ragged(rows, (names, mark), bad[:end], number)
            del bad[:end]
            yield found, ragged
            number += found.num_rows
    if bad:
        nothing = pa.RecordBatch.from_pydict({name: pa.array([], kind) for name, kind in wanted.items()})
        yield _with_ragged(nothing, (names, mark), bad, number)


class _Bounded(io.RawIOBase):
    """The bytes of one slice of a stream."""

    def __init__(self, stream: IO[bytes], part: Slice) -> None:
        self.stream, self.left = stream, part.length
        if part.offset:
            stream.seek(part.offset)  # a .gz is unpacked up to there

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self.left is not None:
            size = self.left if size < 0 else min(size, self.left)
        found = self.stream.read(size)
        if self.left is not None:
            self.left -= len(found)
        return found


def _with_ragged(
    part: pa.RecordBatch, head: tuple[Sequence[str], str], bad: Sequence[pacsv.InvalidRow], number: int
) -> tuple[pa.RecordBatch, Sequence[Ragged]]:
    """Put a row in the place of each ragged line; `head`: names and separator; `number`: of the first record."""
    if not bad:
        return part, ()
    names, mark = head
    rows = [row.number - number for row in bad]
    total = part.num_rows + len(bad)
    order: Any = np.full(total, part.num_rows)
    order[np.setdiff1d(np.arange(total), rows)] = np.arange(part.num_rows)
    order[rows] = part.num_rows + np.arange(len(bad))
    at = names.index("respondent") if "respondent" in names else -1
    columns = []
    for name, column in zip(part.schema.names, part.columns, strict=True):
        extra: list[str | None] = [None] * len(bad)
        if name == "respondent":
            for place, line in enumerate(bad):
                with suppress(csv.Error):
                    extra[place] = dict(enumerate(next(csv.reader([line.text], delimiter=mark), ()))).get(at)
        columns.append(pa.concat_arrays([column, pa.array(extra, column.type)]).take(pa.array(order)))
    ragged = [Ragged(row, line.actual_columns, line.expected_columns) for row, line in zip(rows, bad, strict=True)]
    return pa.RecordBatch.from_arrays(columns, names=part.schema.names), ragged
