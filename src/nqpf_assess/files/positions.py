"""Where in a TOML text a key or value stands.

The standard reader gives no positions for values, so this scanner walks a text and tells the offsets of every path. It
trusts a text that the reader has accepted; of any other it tells what it can up to the first fault. It keeps an
explicit stack: depth and length are bounded by the text alone.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Keys and list indices from the top of a file."""

STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''(?:.)*?'{3,5}|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'",
    re.DOTALL,
)
_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'""")
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d[^,\]}\s#]*|[^,\]}\s#]+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}

See = Callable[[Path, int, int], None]
"""Told of a path, where its key and where its value begins."""


class Place(NamedTuple):
    """Line and column, counted from 1 in characters."""

    line: int
    column: int


class Spot(NamedTuple):
    """Where a key and its value begin. For a table with a header both are the key in the header."""

    key: Place
    value: Place


class Statement(NamedTuple):
    """A header or a line with a value: where it begins, its path as far as it could be read, is it a header.

    `value`, `end`: where its value begins, and where the statement ends; 0 where it could not be read so far.
    """

    start: int
    path: Path
    header: bool
    value: int = 0
    end: int = 0


START = Place(1, 1)

MOST_NESTED = 500
"""Brackets nested deeper than this are not followed: no file that can be read has them."""


class Lines:
    """Turns offsets into lines and columns, and back."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> Place:
        """Return the place of an offset."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    def offset(self, place: Place) -> int:
        """Return the offset of a place."""
        return self._starts[place.line - 1] + place.column - 1


def locate(text: str, paths: Iterable[Path]) -> Mapping[Path, Spot]:
    """Find where paths stand in a TOML text that parses; a path that is not there is missing from the result."""
    wanted = {path[:length] for path in paths for length in range(1, len(path) + 1)}
    found: dict[Path, tuple[int, int]] = {}

    def see(path: Path, key: int, value: int) -> None:
        if path in wanted:
            found.setdefault(path, (key, value))

    Scan(text, see).run()
    lines = Lines(text)
    return {path: Spot(lines.place(key), lines.place(value)) for path, (key, value) in found.items()}


def statements(text: str, end: int, see: See | None = None) -> list[Statement]:
    """List the statements that begin before an offset; all that stands before it is sound TOML."""
    scan = Scan(text, see or (lambda *_: None), end)
    with suppress(IndexError, AttributeError):
        scan.run()
    return scan.statements


def deeper_than(text: str, depth: int) -> int:
    """Find the offset of what first lies deeper in tables and lists than `depth`."""
    deep: list[int] = []

    def see(path: Path, key: int, _: int) -> None:
        if len(path) > depth:
            deep.append(key)
            raise IndexError(key)

    statements(text, len(text), see)
    return deep[0] if deep else 0


class Scan:
    """One walk over a text, up to `end`."""

    def __init__(self, text: str, see: See, end: int | None = None) -> None:
        self.text, self.see = text, see
        self.end = len(text) if end is None else end
        self.statements: list[Statement] = []
        self.at = 0
        self.table: Path = ()
        self.counts: dict[Path, int] = {}

    def run(self) -> None:
        """Walk; an IndexError or AttributeError where the text is not sound."""
        self._skip(_GAP)
        while self.at < self.end:
            header = self.text[self.at] == "["
            self.statements.append(Statement(self.at, self.table, header))
            if header:
                self._header()
            else:
                path, key = self._keys(self.table, self._read)
                self.statements[-1] = self.statements[-1]._replace(value=self.at)
                stack: list[tuple[Path, int | None]] = []
                self._value(path, key, stack)
                while stack:
                    self._step(stack)
            self.statements[-1] = self.statements[-1]._replace(end=self.at)
            self._skip(_GAP)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self.at = pattern.match(self.text, self.at).end()  # type: ignore[union-attr]

    def _part(self) -> tuple[str, int]:
        self._skip(_BLANK)
        start = self.at
        self._skip(_PART)
        name = _plain(self.text[start : self.at])
        self._skip(_BLANK)
        return name, start

    def _dot(self) -> bool:
        found = self.text.startswith(".", self.at)
        self.at += found
        return found

    def _header(self) -> None:
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        path: Path = ()
        while True:
            name, offset = self._part()
            path = (*path, name)
            self.see(path, offset, offset)
            if not self._dot():
                break
            path = self._latest(path)  # below [[a]] the header [a.b] speaks of the last a
        if many:
            self.counts[path] = self.counts.get(path, -1) + 1
            path = self._latest(path)
            self.see(path, offset, offset)
        self._read(path)
        self.table = path
        self.at += 2 if many else 1

    def _latest(self, path: Path) -> Path:
        return (*path, self.counts[path]) if path in self.counts else path

    def _read(self, path: Path) -> None:
        """Note how far the path of the statement at hand could be read."""
        self.statements[-1] = self.statements[-1]._replace(path=path)

    def _keys(self, table: Path, read: Callable[[Path], None] | None = None) -> tuple[Path, int]:
        """Read the keys up to the equals sign and what follows it; give the path and where its last key begins."""
        path = table
        while True:
            name, offset = self._part()
            path = (*path, name)
            if read is not None:
                read(path)
            if not self._dot():
                self.at += 1  # the equals sign
                self._skip(_BLANK)
                return path, offset
            self.see(path, offset, offset)

    def _value(self, path: Path, key: int, stack: list[tuple[Path, int | None]]) -> None:
        self.see(path, key, self.at)
        opening = self.text[self.at]
        if opening in "[{":
            if len(stack) > MOST_NESTED:
                raise IndexError(self.at)
            self.at += 1
            stack.append((path, -1 if opening == "[" else None))
        else:
            self._skip(STRING if opening in "\"'" else _SCALAR)

    def _step(self, stack: list[tuple[Path, int | None]]) -> None:
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
            self._value(*self._keys(path), stack)
        else:
            stack[-1] = (path, index + 1)
            self._value((*path, index + 1), self.at, stack)


def _plain(part: str) -> str:
    """Return a key's name without its quotes."""
    if part[0] == "'":
        return part[1:-1]
    if part[0] != '"':
        return part
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _SHORT.get(m[3], m[3]), part[1:-1])
