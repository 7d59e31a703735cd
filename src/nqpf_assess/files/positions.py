"""Where in a TOML text a key or value stands.

The standard reader gives no positions for values, so this scanner walks a text that it has accepted and writes down
the offsets of the paths asked for. It keeps an explicit stack: depth and length are bounded by the text alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Keys and list indices from the top of a file."""

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'""")
_STRING = re.compile(
    r'"""(?:\\.|(?!""").|\n)*?"{3,5}|' + r"'''(?:(?!''').|\n)*?'{3,5}|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d[^,\]}\s#]*|[^,\]}\s#]+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


class Place(NamedTuple):
    """Line and column, counted from 1 in characters."""

    line: int
    column: int


class Spot(NamedTuple):
    """Where a key and its value begin. For a table with a header both are the key in the header."""

    key: Place
    value: Place


START = Place(1, 1)


class Lines:
    """Turns offsets into lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> Place:
        """Give the place of an offset."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)


def locate(text: str, paths: Iterable[Path]) -> Mapping[Path, Spot]:
    """Find where paths stand in a TOML text that parses; a path that is not there is missing from the result."""
    wanted = {path[:length] for path in paths for length in range(1, len(path) + 1)}
    scan = _Scan(text, wanted)
    scan.run()
    lines = Lines(text)
    return {path: Spot(lines.place(key), lines.place(value)) for path, (key, value) in scan.found.items()}


def headers(text: str) -> list[tuple[Path, int]]:
    """List every statement's full path with its offset, as far as the text can be read."""
    scan = _Scan(text, set())
    scan.statements = []
    with suppress(IndexError, AttributeError):
        scan.run()
    return scan.statements


class _Scan:
    """One walk over a text."""

    def __init__(self, text: str, wanted: set[Path]) -> None:
        self.text, self.wanted = text, wanted
        self.found: dict[Path, tuple[int, int]] = {}
        self.statements: list[tuple[Path, int]] | None = None
        self.at = 0
        self.table: Path = ()
        self.counts: dict[Path, int] = {}

    def run(self) -> None:
        self._skip(_GAP)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                self._header()
            else:
                self._pair(self.table)
            self._skip(_GAP)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        return match[0]

    def _keys(self) -> list[tuple[str, int]]:
        parts: list[tuple[str, int]] = []
        while True:
            self._skip(_BLANK)
            start = self.at
            match = _PART.match(self.text, start)
            if match is None:
                raise IndexError(start)
            self.at = match.end()
            parts.append((_plain(match[0]), start))
            self._skip(_BLANK)
            if self.text[self.at : self.at + 1] != ".":
                return parts
            self.at += 1

    def _note(self, path: Path, key: int, value: int) -> None:
        if path in self.wanted:
            self.found.setdefault(path, (key, value))

    def _header(self) -> None:
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        path: Path = ()
        parts = self._keys()
        for name, offset in parts[:-1]:
            path = self._latest((*path, name))
            self._note(path, offset, offset)
        name, offset = parts[-1]
        path = (*path, name)
        if many:
            self._note(path, offset, offset)
            self.counts[path] = self.counts.get(path, -1) + 1
            path = (*path, self.counts[path])
        self._note(path, offset, offset)
        self._state(path, offset)
        self.table = path
        self.at += 2 if many else 1

    def _state(self, path: Path, offset: int) -> None:
        if self.statements is not None:
            self.statements.append((path, offset))

    def _latest(self, path: Path) -> Path:
        return (*path, self.counts[path]) if path in self.counts else path

    def _pair(self, table: Path) -> None:
        start = self.at
        stack: list[list[object]] = []
        path = self._assign(table, stack)
        self._state(path, start)
        while stack:
            self._step(stack)

    def _assign(self, table: Path, stack: list[list[object]]) -> Path:
        parts = self._keys()
        self.at += 1  # the equals sign
        self._skip(_BLANK)
        path = table
        for name, offset in parts[:-1]:
            path = (*path, name)
            self._note(path, offset, offset)
        path = (*path, parts[-1][0])
        self._value(path, parts[-1][1], stack)
        return path

    def _value(self, path: Path, key: int, stack: list[list[object]]) -> None:
        self._note(path, key, self.at)
        opening = self.text[self.at]
        if opening in "[{":
            self.at += 1
            stack.append([path, -1 if opening == "[" else None])
        else:
            self._skip(_STRING if opening in "\"'" else _SCALAR)

    def _step(self, stack: list[list[object]]) -> None:
        """Go one element further in the innermost list or table."""
        self._skip(_GAP)
        if self.text[self.at] == ",":
            self.at += 1
            self._skip(_GAP)
        if self.text[self.at] in "]}":
            self.at += 1
            stack.pop()
            return
        path, index = stack[-1]
        if index is None:
            self._assign(path, stack)  # type: ignore[arg-type]
        else:
            stack[-1][1] = index + 1  # type: ignore[operator]
            self._value((*path, index + 1), self.at, stack)  # type: ignore[misc, operator]


def _plain(part: str) -> str:
    """Give a key's name without its quotes."""
    if part[0] == "'":
        return part[1:-1]
    if part[0] != '"':
        return part
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _SHORT.get(m[3], m[3]), part[1:-1])
