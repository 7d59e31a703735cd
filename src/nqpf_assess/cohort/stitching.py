"""Parquet files of one schema joined as they lie: their pages are copied, and one footer names them all.

Unpacking and packing every column again would cost as much as writing it did. A footer is Thrift in its compact form
(https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift); the numbers below are its fields.
"""

from collections.abc import Iterator, Sequence
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
            footer = _struct(iter(file.read(length)))
            moved = out.tell() - len(MARK)
            file.seek(len(MARK))
            left = size - length - len(MARK)
            while left:
                left -= out.write(file.read(min(left, CHUNK)))
        for group in _value(footer, GROUPS)[1]:
            groups.append(_moved_group(group, moved, len(groups)))
        whole = whole or footer
    rows = sum(_value(group, ROWS) for group in groups)
    whole = _with(_with(whole, ROWS, rows), GROUPS, (STRUCT, groups))
    footer_bytes = bytes(_bytes_of(STRUCT, whole))
    out.write(footer_bytes + len(footer_bytes).to_bytes(4, "little") + MARK)


def _moved_group(group: Struct, by: int, ordinal: int) -> Struct:
    """Shift every place in the file that a row group names."""

    def shifted(struct: Struct, places: Sequence[int]) -> Struct:
        return [(id, kind, value + by if id in places and value else value) for id, kind, value in struct]

    kind, chunks = _value(group, COLUMNS)
    moved = [
        _with(shifted(chunk, CHUNK_OFFSETS), CHUNK_META, shifted(_value(chunk, CHUNK_META), PAGE_OFFSETS))
        for chunk in chunks
    ]
    group = [field for field in shifted(group, (GROUP_OFFSET,)) if field[0] != ORDINAL or ordinal <= MOST_ORDINAL]
    return _with(_with(group, COLUMNS, (kind, moved)), ORDINAL, ordinal)


def _value(struct: Struct, id: int) -> Any:
    return next(value for field, _, value in struct if field == id)


def _with(struct: Struct, id: int, new: Any) -> Struct:
    return [(field, kind, new if field == id else value) for field, kind, value in struct]


# ---- Thrift, compact


def _struct(data: Iterator[int]) -> Struct:
    found: Struct = []
    id = 0
    while head := next(data):
        kind = head & 0x0F
        id = id + (head >> 4) if head >> 4 else _zigzag(data)
        found.append((id, kind, _read(kind, data)))
    return found


def _read(kind: int, data: Iterator[int]) -> Any:
    match kind:
        case 1 | 2:
            return kind
        case 3:
            return next(data)
        case 4 | 5 | 6:
            return _zigzag(data)
        case 7:
            return bytes(next(data) for _ in range(8))
        case 8:
            return bytes(next(data) for _ in range(_varint(data)))
        case 9 | 10:
            head = next(data)
            size, entry = head >> 4, head & 0x0F
            size = _varint(data) if size == 15 else size
            return entry, [next(data) if entry <= FALSE else _read(entry, data) for _ in range(size)]
        case 12:
            return _struct(data)
    raise ValueError(f"a footer with type {kind}")


def _varint(data: Iterator[int]) -> int:
    found = shift = 0
    while (byte := next(data)) & 0x80:
        found |= (byte & 0x7F) << shift
        shift += 7
    return found | byte << shift


def _zigzag(data: Iterator[int]) -> int:
    number = _varint(data)
    return number >> 1 ^ -(number & 1)


def _bytes_of(kind: int, value: Any) -> Iterator[int]:
    match kind:
        case 3:
            yield value
        case 4 | 5 | 6:
            yield from _varint_bytes(value << 1 ^ value >> 63)
        case 7:
            yield from value
        case 8:
            yield from _varint_bytes(len(value))
            yield from value
        case 9 | 10:
            entry, values = value
            yield min(len(values), 15) << 4 | entry
            if len(values) >= 15:
                yield from _varint_bytes(len(values))
            for one in values:
                yield from ((one,) if entry <= FALSE else _bytes_of(entry, one))
        case 12:
            before = 0
            for id, field, one in value:
                if 0 < id - before <= 15:
                    yield id - before << 4 | field
                else:
                    yield field
                    yield from _varint_bytes(id << 1)
                before = id
                yield from _bytes_of(field, one)
            yield 0


def _varint_bytes(number: int) -> Iterator[int]:
    while number > 0x7F:
        yield number & 0x7F | 0x80
        number >>= 7
    yield number
