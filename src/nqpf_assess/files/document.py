"""One TOML file as text and data; several as one. Reading never raises for what is in a file."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from nqpf_assess.files.positions import START, Lines, Path, Place, Spot, headers, locate

TABLES = ("sources", "facts", "pillars", "dimensions", "questions", "countermeasures", "checks", "figures")
"""Tables of a questionnaire that several files may share, entry by entry."""


@dataclass(frozen=True)
class Document:
    """A file whose text parses as TOML. `source`: its path as people will see it."""

    source: str
    text: str
    data: Mapping[str, Any]

    def spots(self, paths: Sequence[Path]) -> Mapping[Path, Spot]:
        """Find where paths stand."""
        return locate(self.text, paths)


@dataclass(frozen=True)
class Collection:
    """The documents of one questionnaire, rubric or assessment, united."""

    documents: tuple[Document, ...]

    @cached_property
    def data(self) -> dict[str, Any]:
        """The united content: tables of entries joined in file order, the first of equal keys kept."""
        found: dict[str, Any] = {}
        for document in self.documents:
            for key, value in document.data.items():
                if key in TABLES and isinstance(value, Mapping) and isinstance(found.get(key, {}), Mapping):
                    found[key] = {
                        **found.get(key, {}),
                        **{k: v for k, v in value.items() if k not in found.get(key, {})},
                    }
                else:
                    found.setdefault(key, value)
        return found

    def owner(self, path: Path) -> int:
        """Give the index of the document in which a path stands: where its longest beginning is found."""
        for length in range(min(len(path), 2), 0, -1):
            for index, document in enumerate(self.documents):
                if _holds(document.data, path[:length]):
                    return index
        return 0


def _holds(data: object, path: Path) -> bool:
    for part in path:
        if not isinstance(data, Mapping) or part not in data:
            return False
        data = data[part]
    return True


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file could not be read as TOML: the rule's code, the place, and the values of its sentence."""

    code: str
    place: Place
    values: Mapping[str, object]


@dataclass(frozen=True)
class Decoded:
    """A file's text, or why it has none."""

    text: str
    fault: Unreadable | None = None


def decode(data: bytes) -> Decoded:
    """Decode UTF-8, tolerating a byte-order mark; GBK and UTF-16 are recognised and named."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (data[:64].count(0) > len(data[:64]) // 4):
        return Decoded("", Unreadable("encoding", START, {"encoding": "UTF-16"}))
    try:
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        return Decoded("", Unreadable("encoding", _byte_place(data, fault.start), {"encoding": _guess(data)}))


def _byte_place(data: bytes, start: int) -> Place:
    before = data[:start].decode("utf-8-sig", errors="replace")
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _guess(data: bytes) -> str:
    try:
        words = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GBK" if any("\u4e00" <= letter <= "\u9fff" for letter in words) else ""


def parse(text: str) -> Mapping[str, Any] | list[Unreadable]:
    """Read TOML with exact decimals; else give every syntax error that can be told apart."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError:
        return [Unreadable("too_deep", _deepest(text), {})]
    except ValueError:
        return _faults(text)


MOST_FAULTS = 20


def _faults(text: str) -> list[Unreadable]:
    """Collect syntax errors by blanking each faulty statement and reading on."""
    found: list[Unreadable] = []
    lines = text.replace("\r\n", "\n").split("\n")
    while len(found) < MOST_FAULTS:
        fault = _first_fault("\n".join(lines))
        if fault is None or (found and fault.place.line <= found[-1].place.line):
            break
        found.append(fault)
        _blank_out(lines, fault.place.line - 1, len(found))
    return found


def _first_fault(text: str) -> Unreadable | None:
    try:
        tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as fault:
        return _fault(text, str(fault))
    except RecursionError:
        return Unreadable("too_deep", _deepest(text), {})
    except ValueError as fault:  # a number with more digits than Python converts
        return Unreadable("syntax", START, {"fault": str(fault), "found": ""})
    return None


def _fault(text: str, words: str) -> Unreadable:
    message, _, where = words.rpartition(" (at ")
    place = _stated_place(text, where)
    line = text.split("\n")[place.line - 1] if place.line <= text.count("\n") + 1 else ""
    if message.startswith(("Cannot overwrite", "Cannot declare", "Duplicate", "Cannot mutate")) and (
        first := _first_place(text, place)
    ):
        return Unreadable("duplicate_key", first[1], {"name": first[0], "first": first[2]})
    return Unreadable("syntax", place, {"fault": message, "found": line[place.column - 1 : place.column]})


def _stated_place(text: str, where: str) -> Place:
    """Read the place out of the reader's sentence: `line 3, column 5)` or `end of document)`."""
    numbers = [int(word) for word in where.replace(",", " ").replace(")", " ").split() if word.isdigit()]
    if len(numbers) == 2:
        return Place(numbers[0], numbers[1])
    last = text.rstrip("\n").split("\n")
    return Place(len(last), len(last[-1]) + 1)


def _first_place(text: str, place: Place) -> tuple[str, Place, Place] | None:
    """Find the statement that repeats a key or table at a place, and the one that said it first."""
    lines = Lines(text)
    seen: dict[Path, int] = {}
    for path, offset in headers("\n".join(text.split("\n")[: place.line])):
        here = lines.place(offset)
        if here.line == place.line and path in seen:
            return ".".join(map(str, path)), here, lines.place(seen[path])
        for length in range(1, len(path) + 1):
            seen.setdefault(path[:length], offset)
    return None


def _blank_out(lines: list[str], index: int, count: int) -> None:
    """Take a faulty line out of the text; a faulty header becomes a table of its own, so its keys disturb no other."""
    if index < len(lines):
        lines[index] = f'["faulty table {count}"]' if lines[index].lstrip().startswith("[") else ""


DEPTH = 64
"""Brackets nested deeper than this are pointed at when a file is too deep to read."""


def _deepest(text: str) -> Place:
    depth, line, start = 0, 1, 0
    for offset, letter in enumerate(text):
        if letter == "\n":
            line, start = line + 1, offset + 1
        depth += (letter in "[{") - (letter in "]}")
        if depth > DEPTH:
            return Place(line, offset - start + 1)
    return START
