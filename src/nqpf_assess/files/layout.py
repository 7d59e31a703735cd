"""A TOML text that people also write in, changed one value at a time: comments, order and spacing stay as they are.

`tomlkit` does the same and takes 60 to 200 ms to read an answer file; a key in the app may take 14 ms in all. So the
text is cut once into its statements (2 ms), and a change moves only the statement that it concerns.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import Any

import tomli_w

from nqpf_assess.files.document import exact
from nqpf_assess.files.positions import STRING, Path, statements
from nqpf_assess.model.base import plain_number

ORDER = ("subject", "facts", "answers", "override", "plan", "follow_up", "archive", "merged")
"""Tables of an answer file in the order in which the program writes them; others come last."""

GONE = object()
"""Stands for a value that is not there: before a change, or after it."""


@dataclass(slots=True, eq=False)
class Piece:
    """One statement. `lead`: comments and blank lines above it; `tail`: what follows the value on its line.

    `path`: of its table or value; `under`: the path of the header it stands under, its own for a header.
    """

    path: Path
    under: Path
    header: bool
    lead: str
    key: str
    value: str
    tail: str

    @property
    def text(self) -> str:
        """What stands in the file."""
        return f"{self.lead}{self.key}{self.value}{self.tail}"


class NotKept(Exception):
    """A text that could not be changed so that it says what it should; it must be written anew."""


class Layout:
    """The statements of one text. Raises `NotKept` where it is no sound TOML."""

    def __init__(self, text: str) -> None:
        self.bom = "\ufeff" if text.startswith("\ufeff") else ""
        self.crlf = "\r\n" in text
        plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
        self.pieces, self.end = _cut(plain)
        # Comments that a removed value left, and above which statement (None: at the end), in the order in which they
        # stand there; they go with it where it comes back.
        self._left: dict[object, tuple[str, Piece | None]] = {}
        if "".join(piece.text for piece in self.pieces) + self.end != plain:
            raise NotKept

    @property
    def text(self) -> str:
        """The whole text, with its line ends and byte-order mark as they were."""
        words = "".join(piece.text for piece in self.pieces) + self.end
        return self.bom + (words.replace("\n", "\r\n") if self.crlf else words)

    def says(self, path: Path) -> Any:
        """Return what the text says at a path of tables, with numbers written as texts; `GONE` where nothing."""
        lines = [
            f"{piece.key}{piece.value}\n"
            for piece in self.pieces
            if piece.path[: len(path)] == path or (piece.header and path[: len(piece.path)] == piece.path)
        ]
        try:
            here: Any = _in_texts(tomllib.loads("".join(lines), parse_float=exact))
            for part in path:
                here = here[part]
        except (tomllib.TOMLDecodeError, KeyError, IndexError, TypeError):
            return GONE
        return here

    def in_braces(self, path: Path) -> bool:
        """Return whether a table stands behind its name on one line, so that nothing can be set beside it."""
        return any(piece.path == path and not piece.header for piece in self.pieces)

    def revise(self, path: Path, old: Any, new: Any, order: Sequence[str | int]) -> None:
        """Change what stands at a path from `old` to `new`; `order`: the keys around it as the program orders them."""
        if new is GONE:
            if _tables(old):
                for index in reversed(range(len(old))):
                    self._remove((*path, index), _entry(path, old[index]))
            self._remove(path)
            return
        there = next((piece for piece in self.pieces if piece.path == path and not piece.header), None)
        if old is GONE and isinstance(new, Mapping) and any(piece.path[: len(path)] == path for piece in self.pieces):
            old = {}  # it is there, with nothing that counts: [subject] with name = ""
        if there is not None:
            there.lead += _remarks(there.value)
            there.value = written(new, one_line="\n" not in there.value)
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            for key in old:
                if key not in new:
                    self._remove((*path, key))
            for key, value in new.items():
                if old.get(key, GONE) != value:
                    self.revise((*path, key), old.get(key, GONE), value, list(new))
            # A table that is empty now, and whose keys were all that stood for it, is written as an empty one.
            if not new and not any(piece.path[: len(path)] == path for piece in self.pieces):
                self._insert(path, new, order)
        elif _tables(old) and _tables(new):
            self._revise_list(path, old, new, order)
        else:
            if old is not GONE:
                self._remove(path)
            self._insert(path, new, order)

    def _revise_list(self, path: Path, old: Sequence[Any], new: Sequence[Any], order: Sequence[str | int]) -> None:
        """Change a list of tables, each under a header of its own; equal ones at both ends stay with their comments."""
        start = 0
        while start < min(len(old), len(new)) and old[start] == new[start]:
            start += 1
        rest = 0
        while rest < min(len(old), len(new)) - start and old[-1 - rest] == new[-1 - rest]:
            rest += 1
        both = min(len(old), len(new)) - rest
        for index in range(start, both):
            self.revise((*path, index), old[index], new[index], ())
        for index in reversed(range(both, len(old) - rest)):
            self._remove((*path, index), _entry(path, old[index]))
            self._renumber(path, index, -1)
        for index in range(both, len(new) - rest):
            self._renumber(path, index, 1)
            following = (i for i, piece in enumerate(self.pieces) if piece.path == (*path, index + 1) and piece.header)
            place = self._behind((*path, index), range(index)) if index else self._behind(path, _before(path, order))
            self._splice((*path, index), new[index], place if index else next(following, place), path)

    def _renumber(self, path: Path, first: int, step: int) -> None:
        depth = len(path)
        for piece in self.pieces:
            if piece.path[:depth] == path and len(piece.path) > depth and int(piece.path[depth]) >= first:
                number = int(piece.path[depth]) + step
                piece.path = (*path, number, *piece.path[depth + 1 :])
                if len(piece.under) > depth:
                    piece.under = (*path, number, *piece.under[depth + 1 :])

    def _remove(self, path: Path, name: object = None) -> None:
        """Take out what stands at a path; comments above it and on its lines stay, as lines of their own.

        They are noted by the path, or another name of it, so that they stand above it again where it comes back.
        """
        kept, gone, comments, lines = [], list[Piece | None](), "", ""
        below: Piece | None = None
        for piece in self.pieces:
            if piece.path[: len(path)] == path:
                gone.append(piece)
                comments += "".join(f"{line}\n" for line in piece.lead.split("\n") if line.strip())
                comments += _remarks(piece.value)
                comments += f"{piece.tail.strip()}\n" if piece.tail.strip() else ""
                lines = comments
                continue
            if comments:
                piece.lead, comments, below = f"\n{comments}{piece.lead}", "", piece
            kept.append(piece)
        below = None if comments else below
        above = {key: (earlier, below) for key, (earlier, under) in self._left.items() if under in gone}
        for earlier, _below in above.values():
            lines = lines.removeprefix(earlier)
        moved = above | ({name or path: (lines, below)} if lines or above else {})
        self._left = moved | {key: left for key, left in self._left.items() if key not in moved}
        self.pieces, self.end = kept, (f"\n{comments}{self.end}" if comments else self.end)

    def _insert(self, path: Path, value: Any, order: Sequence[str | int]) -> None:
        """Set what is new at a path in the way its neighbours are written: a line, a dotted line, or a header."""
        parent, depth = path[:-1], len(path)
        place = self._behind(path, _before(path, order))
        lines = [i for i, piece in enumerate(self.pieces) if piece.under == parent and not piece.header]
        headed = any(piece.header and piece.path == parent for piece in self.pieces)
        # [facts.zone] gets a header of its own, unless facts stand as lines of one table (zone = { value = … }).
        if isinstance(value, Mapping) and depth <= 2 and not (parent and lines):
            self._splice(path, value, place)
            return
        if _tables(value) and depth == 1:
            for index in reversed(range(len(value))):  # each in front of the next one, with what was left above it
                following = (i for i, piece in enumerate(self.pieces) if piece.path == (*path, index + 1))
                self._splice((*path, index), value[index], next(following, place), path)
            return
        under = parent
        if headed or not parent:
            # A line stands among the lines under its header, which end where the next header begins.
            first = next((i for i, piece in enumerate(self.pieces) if piece.header and piece.path == parent), -1) + 1
            place = min(max(place, first), lines[-1] + 1 if lines else first)
            place = max(place, 1) if lines and not parent else place
        else:
            # The table stands under no header of its own: its keys are dotted lines (subject.name = …) of another.
            dotted = [
                i
                for i, piece in enumerate(self.pieces)
                if piece.path[: len(parent)] == parent
                and parent[: len(piece.under)] == piece.under
                and not piece.header
            ]
            if not dotted:
                self._splice(parent, {str(path[-1]): value}, place)
                return
            place = place if place - 1 in dotted else dotted[-1] + 1
            under = self.pieces[dotted[-1]].under
        there = written(value, one_line=isinstance(value, Mapping))
        piece = Piece(path, under, header=False, lead="", key="", value=there, tail="\n")
        place = self._left_behind(path, piece, under) or place
        before = self.pieces[place - 1] if place else None
        indent = ""
        if before is not None:
            before.tail = before.tail if before.tail.endswith("\n") else f"{before.tail}\n"
            indent = "" if before.header else before.lead[len(before.lead.rstrip(" \t")) :]
        piece.key = ".".join(map(_key, path[len(under) :])) + " = "
        piece.lead = f"{piece.lead.lstrip()}{indent}"
        self.pieces.insert(place, piece)

    def _left_behind(self, name: object, back: Piece, under: Path | None = None, among: Path = ()) -> int | None:
        """Set above what comes back the comments that it left when it was removed; return where they stood.

        `under`: the table whose line it was; else it stood under a header of its own. `among`: where it comes in a
        list now; if it stood elsewhere, they stay where they are. None where nothing was left.
        """
        if name not in self._left:
            return None
        above = list(takewhile(lambda key: key != name, self._left))
        comments, below = self._left.pop(name)
        first, end = self._between(among) if among else (0, len(self.pieces))
        place = next((i for i, piece in enumerate(self.pieces) if piece is below), len(self.pieces))
        last = place == len(self.pieces)
        inside = place and self.pieces[place - 1].under == under
        fits = inside if under is not None else last or self.pieces[place].header
        if not fits or not first <= place <= end:
            return None
        lead, upto = "\n" + (self.end if last else self.pieces[place].lead), 1
        along = [key for key in above if self._left[key][1] is below]
        for words in (*(self._left[key][0] for key in along), comments):
            if (at := lead.find(f"\n{words}", upto - 1)) < 0:
                return None
            upto = at + 1 + len(words)
        back.lead, rest = lead[1:upto], lead[upto:]
        self._left |= {key: (self._left[key][0], back) for key in along}
        rest = rest if under is not None or rest.startswith("\n") else f"\n{rest}"
        if last:
            self.end = rest
        else:
            self.pieces[place].lead = rest
        return place

    def _between(self, entry: Path) -> tuple[int, int]:
        """Return from which statement to which an entry of a list may be set: between its neighbours in the list."""
        of, depth = entry[:-1], len(entry)
        there = [(i, piece.path[depth - 1]) for i, piece in enumerate(self.pieces) if piece.path[: depth - 1] == of]
        first = max((i + 1 for i, index in there if int(index) < int(entry[-1])), default=0)
        return first, min((i for i, index in there if int(index) > int(entry[-1])), default=len(self.pieces))

    def _behind(self, path: Path, earlier: Sequence[str | int]) -> int:
        """Return the index at which what belongs at a path is set: behind the last of the keys that come before it."""
        parent, depth = path[:-1], len(path)
        for key in reversed(earlier):
            found = [i for i, piece in enumerate(self.pieces) if piece.path[:depth] == (*parent, key)]
            if found:
                return found[-1] + 1
        inside = [i for i, piece in enumerate(self.pieces) if piece.path[: depth - 1] == parent and parent]
        if inside:
            first = self.pieces[inside[0]]
            return inside[0] + (1 if first.header and first.path == parent else 0)
        rank = _rank(path)
        return next((i for i, piece in enumerate(self.pieces) if _rank(piece.path) > rank), len(self.pieces))

    def _splice(self, path: Path, value: Mapping[str, Any], place: int, of: Path | None = None) -> None:
        """Set a table under a header of its own, in place of a comment that is the form for it where there is one.

        It goes in front of a header or to the end: whatever lines stood behind it would be its own. `of`: the list that
        it is an entry of.
        """
        dotted = ".".join(_key(part) for part in path if isinstance(part, str))
        if isinstance(path[-1], int):
            pieces, _ = _cut(f"[[{dotted}]]\n{_toml(value)}")
            for piece in pieces:  # by itself it is the first of its list
                piece.path, piece.under = (*path, *piece.path[len(path) :]), path
        else:
            nested: Any = value
            for part in reversed(path):
                nested = {part: nested}
            pieces, _ = _cut(_toml(nested))
        name = path if of is None else _entry(of, value)
        if (stood := self._left_behind(name, pieces[0], among=path if of else ())) is not None:
            self.pieces[stood:stood] = pieces
            return
        header = re.escape(f"# [{'.'.join(map(str, path))}]")
        # A value typed there without taking the mark away is no part of the form: it stays, as the comment it is.
        template = re.compile(rf"^{header}\n(?:# value =[ \t]*(?:\n|\Z))?", re.MULTILINE)
        ends = [*(index for index, piece in enumerate(self.pieces) if piece.header), len(self.pieces)]
        for index in ends:
            lead = self.pieces[index].lead if index < len(self.pieces) else self.end
            found = template.search(lead) if f"# [{path[0]}." in lead else None
            if found is None:
                continue
            pieces[0].lead, rest = lead[: found.start()], lead[found.end() :]
            if index < len(self.pieces):
                self.pieces[index].lead = rest
            else:
                self.end = rest
            self.pieces[index:index] = pieces
            return
        place = next(end for end in ends if end >= place)
        if place == len(self.pieces):
            pieces[0].lead, self.end = self.end, ""
            self._left = {key: (words, below or pieces[0]) for key, (words, below) in self._left.items()}
        if place and not self.pieces[place - 1].tail.endswith("\n"):
            self.pieces[place - 1].tail += "\n"
        if place and not pieces[0].lead.endswith("\n\n") and pieces[0].lead != "\n":
            pieces[0].lead += "\n"
        self.pieces[place:place] = pieces


def _cut(text: str) -> tuple[list[Piece], str]:
    """Cut a text into its statements and what follows the last of them."""
    pieces: list[Piece] = []
    at, under = 0, ()  # type: tuple[int, Path]
    for found in statements(text, len(text)):
        if not found.end:
            raise NotKept
        stop = text.find("\n", found.end) + 1 or len(text)
        value = found.end if found.header else found.value
        under = found.path if found.header else under
        parts = text[at : found.start], text[found.start : value], text[value : found.end], text[found.end : stop]
        pieces.append(Piece(found.path, under, found.header, *parts))
        at = stop
    return pieces, text[at:]


_TOKENS = re.compile(rf"{STRING.pattern}|#[^\n]*", re.DOTALL)


def _entry(path: Path, value: Any) -> object:
    """Name an entry of a list by what it says: its place in the list changes with its neighbours."""
    return path, repr(value)


def _remarks(value: str) -> str:
    """Return the comments inside a list of several lines, each as a line of its own."""
    return "".join(f"{found[0].rstrip()}\n" for found in _TOKENS.finditer(value) if found[0].startswith("#"))


def _before(path: Path, order: Sequence[str | int]) -> Sequence[str | int]:
    """Return the keys that come before the last one of a path."""
    return order[: order.index(path[-1])] if path[-1] in order else order


def _toml(table: Mapping[str, Any]) -> str:
    return tomli_w.dumps(table, multiline_strings=False)


def _rank(path: Path) -> int:
    top = str(path[0])
    return ORDER.index(top) if top in ORDER else -1


def _tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, Mapping) for part in value)


def _key(part: str | int) -> str:
    return next(iter(tomli_w.dumps({str(part): 0}).split(" = ")))


def written(value: Any, *, one_line: bool) -> str:
    """Write a value as it stands behind the equals sign; `one_line`: lists too, else as the program writes them."""
    if isinstance(value, Mapping):
        return (
            "{}"
            if not value
            else "{ " + ", ".join(f"{_key(key)} = {written(part, one_line=True)}" for key, part in value.items()) + " }"
        )
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, list) and (one_line or _tables(value)):
        return "[" + ", ".join(written(part, one_line=True) for part in value) + "]"
    return _toml({"x": value})[4:].rstrip("\n")


def _in_texts(value: Any) -> Any:
    """Return data with exact numbers as texts and without what is empty, as plain answers have it."""
    if isinstance(value, dict):
        parts = {key: _in_texts(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if key in ("value", "why") or part not in ("", [])}
    if isinstance(value, list):
        return [_in_texts(part) for part in value]
    return plain_number(value) if isinstance(value, Decimal) else value
