"""Parquet files of one schema joined as they lie: their pages are copied, and one footer names them all.

Unpacking and packing every column again would cost as much as writing it did. A footer is Thrift in its compact form
(https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift); the numbers below are its fields.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

MARK = b"PAR1"
TAIL = 8
"""Bytes after a footer: its length, and the mark."""

CHUNK = 1 << 20
"""Bytes copied at a time."""

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, _MAP, STRUCT = range(1, 13)

Struct = list[tuple[int, int, Any]]
"""Number, type and value of each field; lists are (type, values)."""

ROWS, GROUPS = 3, 4
COLUMNS, GROUP_OFFSET, ORDINAL = 1, 5, 7
CHUNK_OFFSETS, CHUNK_META = (2, 4, 6), 3
PAGE_OFFSETS = (9, 10, 11, 14)
MOST_ORDINAL = 32767


def stitch(parts: Sequence[Path], out: IO[bytes]) -> None:
    """Write the row groups of all parts as one Parquet file, with the schema and metadata of the first."""
    out.write(MARK)
    whole: Struct = []
    groups: list[Struct] = []
    for part in parts:
        with part.open("rb") as file:
            size = file.seek(-TAIL, 2)
            length = int.from_bytes(file.read(4), "little")
            file.seek(size - length)
            footer: Struct = _Compact(file.read(length)).value(STRUCT)
            moved = out.tell() - len(MARK)
            file.seek(len(MARK))
            left = size - length - len(MARK)
            while left:
                left -= out.write(file.read(min(left, CHUNK)))

        def shifted(struct: Struct, places: Sequence[int], by: int = moved) -> Struct:
            return [(id, kind, value + by if id in places and value else value) for id, kind, value in struct]

        for group in _value(footer, GROUPS)[1]:
            kind, chunks = _value(group, COLUMNS)
            chunks = [
                _with(shifted(chunk, CHUNK_OFFSETS), CHUNK_META, shifted(_value(chunk, CHUNK_META), PAGE_OFFSETS))
                for chunk in chunks
            ]
            ordinal = len(groups)  # a field of 16 bits, left out where it does not fit
            kept = shifted(group, (GROUP_OFFSET,))
            if ordinal > MOST_ORDINAL:
                kept = [field for field in kept if field[0] != ORDINAL]
            groups.append(_with(_with(kept, COLUMNS, (kind, chunks)), ORDINAL, ordinal))
        whole = whole or footer
    rows = sum(_value(group, ROWS) for group in groups)
    whole = _with(_with(whole, ROWS, rows), GROUPS, (STRUCT, groups))
    written = bytearray()
    _write(written, STRUCT, whole)
    out.write(bytes(written) + len(written).to_bytes(4, "little") + MARK)


def _value(struct: Struct, id: int) -> Any:
    return next(value for field, _, value in struct if field == id)


def _with(struct: Struct, id: int, new: Any) -> Struct:
    return [(field, kind, new if field == id else value) for field, kind, value in struct]


# ---- Thrift, compact


class _Compact:
    """Reads values one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def value(self, kind: int) -> Any:
        """Return the next value of a type: of a list (type, values), of a struct its fields."""
        if kind <= FALSE:
            return kind
        if kind == BYTE:
            return self.taken(1)[0]
        if kind <= I64:
            number = self.varint()
            return number >> 1 ^ -(number & 1)
        if kind == DOUBLE:
            return self.taken(8)
        if kind == BINARY:
            return self.taken(self.varint())
        if kind in (LIST, SET):
            head = self.taken(1)[0]
            size, entry = head >> 4, head & 0x0F
            size = self.varint() if size == 15 else size
            return entry, [self.value(BYTE if entry <= FALSE else entry) for _ in range(size)]
        if kind != STRUCT:
            raise ValueError(f"a footer with type {kind}")
        found: Struct = []
        id = 0
        while head := self.taken(1)[0]:
            id = id + (head >> 4) if head >> 4 else self.value(I16)
            found.append((id, head & 0x0F, self.value(head & 0x0F)))
        return found

    def varint(self) -> int:
        """Return the next whole number, seven bits a byte."""
        found = shift = 0
        while (byte := self.taken(1)[0]) & 0x80:
            found |= (byte & 0x7F) << shift
            shift += 7
        return found | byte << shift

    def taken(self, count: int) -> bytes:
        """Return the next bytes."""
        self.at += count
        return self.data[self.at - count : self.at]


def _write(out: bytearray, kind: int, value: Any) -> None:
    """Append a value of a type."""
    if kind == BYTE:
        out.append(value)
    elif BYTE < kind <= I64:
        _write_varint(out, value << 1 ^ value >> 63)
    elif kind == DOUBLE:
        out += value
    elif kind == BINARY:
        _write_varint(out, len(value))
        out += value
    elif kind in (LIST, SET):
        entry, values = value
        out.append(min(len(values), 15) << 4 | entry)
        if len(values) >= 15:
            _write_varint(out, len(values))
        for one in values:
            _write(out, BYTE if entry <= FALSE else entry, one)
    elif kind == STRUCT:
        before = 0
        for id, field, one in value:
            if 0 < id - before <= 15:
                out.append(id - before << 4 | field)
            else:
                out.append(field)
                _write_varint(out, id << 1)
            before = id
            _write(out, field, one)
        out.append(0)


def _write_varint(out: bytearray, number: int) -> None:
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
