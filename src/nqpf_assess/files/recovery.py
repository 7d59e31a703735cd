"""Reads a TOML text that may be faulty: names each fault, takes the faulty statement out, and reads on.

So one run tells every mistake of a file. What was taken out is remembered as lost, lest it be called missing.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nqpf_assess.files import toml
from nqpf_assess.files.document import DEPTH, UNKNOWN, Unreadable, exact, tame
from nqpf_assess.files.positions import STRING, Lines, Path, Place, Statement, deeper_than, statements

MOST_READ = 12_000_000
"""Characters read in all while looking for further faults, so that a huge faulty file is told of in time."""

FEW, MANY = 3, 50
"""Faults of one file that are looked for: at least, at most."""

CURLY = "“”‘’„‟＂＇"

_KEY = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_LONG_KEY = re.compile(rf"^[ \t]*+\[*+[ \t]*+(?:{_KEY}[ \t]*+\.[ \t]*+){{{DEPTH}}}", re.MULTILINE)
"""A key of more parts than any format has. Nothing is tried twice: blanks would take their number squared."""
_BEGINS = re.compile(
    rf"[ \t]*(?:{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*[ \t]*=|\[\[?[ \t]*[A-Za-z][\w.-]*[ \t]*\]?\][ \t]*(?:#|$))"
)
_HEADER = re.compile(r"\[\[?[ \t]*[A-Za-z]")
_MEANT_HEADER = re.compile(
    r"[ \t]*(?:[\[【［(（]{1,2}[ \t]*\w[\w.。 \t-]*(?:[\]】］)）]|$)|[A-Za-z]\w*(?:\.\w+)*[\]】］]{1,2}[ \t]*(?:#|$))"
)
"""A line that was to be a header: in other brackets, with one of them missing, or with something behind it."""
_CONTINUES = re.compile(r"""(?:[\[{,]|"{3}|'{3})[ \t]*(?:[#＃，、（].*)?$""")
_ASSIGNS = re.compile(r"[ \t]*[=＝:：]")
_TOKEN = re.compile(rf"(?:{STRING.pattern}|#[^\n]*)|(?P<mark>[\[\]{{}}\"'])", re.DOTALL)

_COMMA = re.compile(r"(?<=[\[{=,])[ \t]*[-+]?\d+,\d+")
"""A number with a decimal comma: of its own the reader takes the comma for the end of the value."""

_MOMENT = re.compile(r"(?<=[\[{=,])[ \t]*(?:\d{4}-\d{1,2}-\d|\d{1,2}:\d\d)[^\s,\]}#]*")
"""A day or time that is none, such as 2025-13-01: of its own the reader takes 2025 for the value."""

_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
"""A line with which git parts two versions that it could not merge."""

_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine", "Duplicate inline")
_FOLLOWS = "Expected newline"
_CONTROL = ("Found invalid character", "Illegal character")
_ENDLESS = ("Expected '\"", "Expected \"'", "Unterminated string")
_ESCAPES = ("Unescaped", "Invalid hex", "Escaped character")
TOO_DEEP, TOO_LONG, TWO_VERSIONS = "Too deep", "Too many digits", "Two versions"


@dataclass(frozen=True)
class Recovered:
    """What could be read. `text`: without the faulty statements; `data`: None where nothing could be read.

    `lost`: the paths of what was taken out, `UNKNOWN` among them where that cannot be told.
    """

    text: str
    data: Mapping[str, Any] | None
    faults: tuple[Unreadable, ...] = ()
    lost: frozenset[Path] = frozenset()


def recover(text: str) -> Recovered:
    """Read a text, as far as that goes."""
    long = _LONG_KEY.search(text)
    if long is not None:
        return Recovered(text, None, (Unreadable("too_deep", Lines(text).place(long.start()), {}),))
    work, already = _Work(text.replace("\r\n", "\n")), 0
    while len(work.faults) < (MANY if already < MOST_READ else FEW):
        fault = work.read()
        if fault is None or not work.take_out(*fault):
            break
        # What nests too deep is slow to read, and was read to the end to see that it does.
        already += MOST_READ if fault[0] == TOO_DEEP else fault[1]
    return Recovered(work.text, work.data, tuple(work.faults), frozenset(work.lost))


@dataclass
class _Work:
    """A text from which faulty statements are taken out, one after the other."""

    text: str
    faults: list[Unreadable] = field(default_factory=list)
    lost: set[Path] = field(default_factory=set)
    data: Mapping[str, Any] | None = None

    def read(self) -> tuple[str, int] | None:
        """Read the text; give the first fault and its offset, None where there is none."""
        try:
            data = toml.loads(self.text, parse_float=exact)
        except tomllib.TOMLDecodeError as fault:
            # The sentence ends where the fault is: `Invalid value (at line 3, column 5)`, or `(at end of document)`.
            message, _, where = str(fault).rpartition(" (at ")
            numbers = [int(word) for word in re.findall(r"\d+", where)]
            end = len(self.text)
            return message, Lines(self.text).offset(Place(*numbers)) if len(numbers) == 2 else end
        except RecursionError:
            return TOO_DEEP, deeper_than(self.text, DEPTH)
        except ValueError:  # an integer with more digits than Python converts
            digits = re.search(r"(?<![\w\"'])[0-9][0-9_]{4300}", self.text)
            return TOO_LONG, digits.start() if digits else 0
        if not tame(data):
            return TOO_DEEP, deeper_than(self.text, DEPTH)
        self.data = data
        return None

    def take_out(self, message: str, offset: int) -> bool:
        """Note a fault and take it out of the text; say whether reading on makes sense."""
        seen = _Seen()
        # What follows on a line belongs to the statement before it, whose line cannot be read.
        found = statements(self.text, offset + (not message.startswith(_FOLLOWS)), seen.see)
        statement = found[-1] if found else Statement(0, (), header=False)
        self.faults.append(_fault(self.text, statement, message, offset, seen))
        if message.startswith(_CONTROL) and self.text[offset] != "\n":
            # It is taken out alone: all around it can be read. A line end in a text is one that was never closed.
            self.text = f"{self.text[:offset]} {self.text[offset + 1 :]}"
            return True
        # A key written twice says nothing that the first had not said, so nothing is lost; unless the second stands in
        # braces with others that are taken out with it.
        inside = message.startswith(_TWICE) and len(_repeated(statement, offset, seen)[0]) > len(statement.path)
        lines = self.text.split("\n")
        header = statement.header or _MEANT_HEADER.match(lines[Lines(self.text).place(statement.start).line - 1])
        if self.text[offset : offset + 1] == "\r":
            self.lost.add(UNKNOWN)  # what follows it was meant to be further lines
        if inside or header or not message.startswith(_TWICE):
            # In the midst of a key, or of a header, it cannot be told what it was meant to be.
            in_key = "=" not in self.text[statement.start : offset] and not _ASSIGNS.match(self.text, offset)
            self.lost.add(UNKNOWN if header or in_key else statement.path)
        # Its lines are blanked; a header becomes a table of its own, so that its keys disturb no other.
        first, last = _extent(self.text, lines, statement, offset)
        name = f"faulty table {len(self.faults)}"
        if header:
            self.lost.add((name,))
        before = lines[first:last]
        lines[first:last] = [f'["{name}"]' if header else "", *[""] * (last - first - 1)]
        self.text = "\n".join(lines)
        # A text that is closed nowhere took all that follows with it.
        endless = message.startswith(_ENDLESS) and offset >= len(self.text)
        return before != lines[first:last] and not endless


@dataclass
class _Seen:
    """Where each path was written first, and every time it was written again."""

    first: dict[Path, int] = field(default_factory=dict)
    again: list[tuple[Path, int]] = field(default_factory=list)

    def see(self, path: Path, key: int, _: int) -> None:
        """Take note of a path."""
        if self.first.setdefault(path, key) != key:
            self.again.append((path, key))


def _fault(text: str, statement: Statement, message: str, offset: int, seen: _Seen) -> Unreadable:
    lines = Lines(text)
    if message == TOO_DEEP:
        return Unreadable("too_deep", lines.place(offset), {})
    if message.startswith(_TWICE):
        path, second = _repeated(statement, offset, seen)
        name = ".".join(str(part) for part in path if isinstance(part, str))
        first = lines.place(seen.first.get(path, statement.start))
        return Unreadable(
            "duplicate_key", lines.place(second), {"name": name, "first": first, "header": statement.header}
        )
    at = _to_mend(text, statement, message, offset)
    begin, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    line = (text, begin, end if end > 0 else len(text))
    comma = any(number.start() < offset <= number.end() + 1 for number in _COMMA.finditer(*line))
    if any(moment.start() < offset <= moment.end() for moment in _MOMENT.finditer(*line)):
        message = "Invalid date or datetime"
    elif _CONFLICT.match(*line):
        message = TWO_VERSIONS
    return Unreadable("syntax", lines.place(at), {"fault": message, "found": text[at : at + 1], "comma": comma})


def _repeated(statement: Statement, offset: int, seen: _Seen) -> tuple[Path, int]:
    """Find what a statement writes a second time: its own path, a key in its braces, or a table it reaches into."""
    again = [(path, key) for path, key in seen.again if statement.start <= key < offset]
    own = [row for row in again if row[0] == statement.path]
    inner = [row for row in again if len(row[0]) > len(statement.path)]
    return (own or inner[-1:] or again[-1:] or [(statement.path, statement.start)])[0]


def _to_mend(text: str, statement: Statement, message: str, offset: int) -> int:
    """Point at what a person would mend: the bracket or quotation mark never closed, the curly one that closes."""
    begin, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    new_line = begin > statement.start and _BEGINS.match(text, begin, end if end > 0 else len(text))
    if message == "Unclosed array" and (offset >= len(text) or new_line):
        return _open_bracket(text, statement.start, offset)
    if message.startswith(_ENDLESS):
        return _open_text(text, statement.start, len(text))
    if message.startswith(_CONTROL) and text[offset : offset + 1] == "\n":
        return _open_text(text, max(begin, statement.start), offset)
    return text.rfind("\\", 0, offset) if message.startswith(_ESCAPES) else offset


def _open_bracket(text: str, start: int, end: int) -> int:
    """Find the innermost bracket that is open at `end`, in a statement that begins at `start`."""
    opened: list[int] = []
    for token in _TOKEN.finditer(text, start, end):
        if token["mark"] in ("[", "{"):
            opened.append(token.start())
        elif token["mark"] in ("]", "}") and opened:
            opened.pop()
    return opened[-1] if opened else end


def _open_text(text: str, start: int, end: int) -> int:
    """Find the curly mark that was meant to close a text, else the mark that opens the text never closed."""
    opening = next((token.start() for token in _TOKEN.finditer(text, start, end) if token["mark"] in ('"', "'")), end)
    if text[opening - 2 : opening + 1] in ('"""', "'''"):
        return opening - 2
    line = text[opening:end].partition("\n")[0].rstrip(" \t,]}")
    return opening + len(line) - 1 if line[-1:] in tuple(CURLY) else opening


def _extent(text: str, lines: list[str], statement: Statement, offset: int) -> tuple[int, int]:
    """Return the lines of a faulty statement, the first and one past the last; of a long list only the faulty entry."""
    place = Lines(text).place
    first, fault = place(statement.start).line - 1, place(min(offset, len(text))).line - 1
    in_long_text = lines[first].count('"""') % 2 == 1
    if fault == first and not in_long_text and not _CONTINUES.search(lines[first]):
        return first, first + 1
    braces = text[_open_bracket(text, statement.start, offset) :][:1] == "{"
    if fault > first and not braces and lines[fault].rstrip().endswith(",") and not _BEGINS.match(lines[fault]):
        return fault, fault + 1
    ends = ("}",) if braces else ("]", "}", '"""', "'''")
    for index in range(first + 1, len(lines)):
        line = lines[index].strip()
        if _HEADER.match(line) or (_BEGINS.match(line) and not (braces and line.endswith((",", "}")))):
            return first, index
        ended = line.startswith(ends) or (in_long_text and line.endswith('"""'))
        if (index >= fault and ended) or (braces and line.endswith("}")):
            return first, index + 1
    return first, len(lines)
