"""One TOML file as text and data; several as one. Reading never raises for what is in a file."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from nqpf_assess.files import toml
from nqpf_assess.files.positions import START, Path, Place, Spot, locate

DEPTH = 64
"""Tables and lists nested deeper than this belong to no format."""

LARGE = 10_000
"""Digits before the point beyond which a number is no figure, but a danger to arithmetic."""

UNKNOWN: Path = ()
"""Among what was lost: something, it is not known what."""

TABLES = (
    "sources",
    "facts",
    "pillars",
    "dimensions",
    "questions",
    "countermeasures",
    "checks",
    "figures",
    "crosswalks",
)
"""Tables of a questionnaire that several files may share, entry by entry."""


class Unreadable(NamedTuple):
    """Why a file, or a place in it, could not be read: the rule's code, the place, and the values of its sentence."""

    code: str
    place: Place
    values: Mapping[str, object]


@dataclass(frozen=True)
class Document:
    """A file as far as it could be read. `source`: its path as people will see it.

    `text`: what the positions are counted in; `lost`: paths of what could not be read (see `recovery`).
    """

    source: str
    text: str
    data: Mapping[str, Any]
    faults: tuple[Unreadable, ...] = ()
    lost: frozenset[Path] = frozenset()

    @property
    def unsure(self) -> bool:
        """Whether something in it could not be read, and it is not known what."""
        return UNKNOWN in self.lost

    def spots(self, paths: Sequence[Path]) -> Mapping[Path, Spot]:
        """Find where paths stand."""
        return locate(self.text, paths)


@dataclass(frozen=True)
class Collection:
    """The documents of one questionnaire, rubric or assessment, united."""

    documents: Sequence[Document]
    _owners: dict[Path, int] = field(default_factory=dict, compare=False)

    @classmethod
    def later(cls, paths: Sequence[FilePath], read: Callable[[FilePath], Document]) -> "Collection":
        """Return the documents of files that are known to be sound, each read when something is looked up in it."""
        found = cls(_Later(tuple(paths), cache(read)))
        found.__dict__["lost"] = frozenset()
        return found

    @cached_property
    def data(self) -> dict[str, Any]:
        """The united content: tables of entries joined in file order, the first of equal keys kept."""
        found: dict[str, Any] = {}
        for document in self.documents:
            for key, value in document.data.items():
                here = found.setdefault(key, {} if key in TABLES and isinstance(value, Mapping) else value)
                if here is not value and key in TABLES and isinstance(here, dict) and isinstance(value, Mapping):
                    for id, entry in value.items():
                        here.setdefault(id, entry)
        return found

    @cached_property
    def lost(self) -> frozenset[Path]:
        """What could not be read in any of the documents."""
        return frozenset(path for document in self.documents for path in document.lost)

    @property
    def unsure(self) -> bool:
        """Whether something could not be read in one of them, and it is not known what."""
        return UNKNOWN in self.lost

    def owner(self, path: Path) -> int:
        """Return the index of the document in which a path stands: where its longest beginning is found."""
        beginning = path[:2]
        if beginning not in self._owners:
            shorter = [beginning[:length] for length in range(len(beginning), 0, -1)]
            found = (i for part in shorter for i, document in enumerate(self.documents) if _holds(document.data, part))
            self._owners[beginning] = next(found, 0)
        return self._owners[beginning]

    def perhaps_lost(self, path: Path) -> bool:
        """Return whether what is not found at a path may be there, among what could not be read."""
        return self.unsure and (len(path) == 1 or self.documents[self.owner(path)].unsure)


@dataclass(frozen=True, eq=False)
class _Later(Sequence[Document]):
    """Documents that are read when they are asked for."""

    paths: tuple[FilePath, ...]
    read: Callable[[FilePath], Document]

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: Any) -> Any:
        wanted = self.paths[index]
        return tuple(map(self.read, wanted)) if isinstance(index, slice) else self.read(wanted)


def _holds(data: object, path: Path) -> bool:
    for part in path:
        if not isinstance(data, Mapping) or part not in data:
            return False
        data = data[part]
    return True


def read_document(source: str, data: bytes) -> Document:
    """Read a file's bytes as TOML, as far as that goes."""
    words = decode(data)
    if isinstance(words, Unreadable):
        return unread(source, words)
    words = words.replace("\r\n", "\n")
    # A key of so many parts would be followed to the end of the stack.
    if all(line.count(".") < DEPTH for line in words.split("\n")):
        # ValueError: no sound TOML, or an integer longer than Python converts
        with suppress(ValueError, RecursionError):
            sound = toml.loads(words, parse_float=exact)
            if tame(sound):
                return Document(source, words, sound)
    if source.lower().endswith(DATA):
        return unread(source, Unreadable("syntax", START, {"fault": AS_DATA, "found": "", "comma": False}))
    from nqpf_assess.files.recovery import recover

    found = recover(words)
    if found.data is None:
        return unread(source, *found.faults)
    return Document(source, found.text, found.data, found.faults, found.lost)


def exact(literal: str) -> Decimal:
    """Read a number as it was typed; one that arithmetic could not hold becomes infinite, and is refused as that."""
    try:
        number = Decimal(literal)
    except InvalidOperation:
        return Decimal("Infinity")
    return Decimal("Infinity") if number.is_finite() and number.adjusted() > LARGE else number


def tame(data: dict[str, Any]) -> bool:
    """Make numbers too long for arithmetic infinite; say whether the nesting is such as a format can have."""
    level: list[Any] = [data]
    for _ in range(DEPTH):
        deeper: list[Any] = []
        for table in level:
            for key, value in table.items() if isinstance(table, dict) else enumerate(table):
                if isinstance(value, dict | list):
                    deeper.append(value)
                elif isinstance(value, int) and value.bit_length() > LARGE:
                    table[key] = Decimal("Infinity")
        if not deeper:
            return True
        level = deeper
    return False


def unread(source: str, *faults: Unreadable) -> Document:
    """Return the document of a file of which nothing could be read."""
    return Document(source, "", {}, faults, frozenset([UNKNOWN]))


BOM = b"\xef\xbb\xbf"
CUT = "cut off"
"""Named instead of an encoding where UTF-8 ends in the middle of a character."""
PACKED, PDF, PARQUET = "packed", "PDF", "Parquet"
"""Named instead of an encoding where a file is no text at all, and would be lost if it were saved as text."""
NO_TEXT = {b"PK\x03\x04": PACKED, b"\xd0\xcf\x11\xe0": PACKED, b"%PDF-": PDF, b"PAR1": PARQUET}
"""How such files begin: workbooks and documents, old and new, reports, tables."""
DATA = (".csv", ".tsv", ".json")
"""How the names of text files end that are made to be imported or scored as tables, and are no TOML."""
AS_DATA = "Data of another form"
"""The complaint about such a file."""


def decode(data: bytes) -> str | Unreadable:
    """Decode UTF-8, tolerating a byte-order mark; GBK, UTF-16 and what is no text are recognised and named."""
    kind = next((kind for beginning, kind in NO_TEXT.items() if data.startswith(beginning)), None)
    if kind is not None:
        return Unreadable("encoding", START, {"encoding": kind})
    start = data[:64]  # of Latin letters in UTF-16 every other byte is zero, with or without a mark
    zeros = len(start) > 3 and any(not any(start[odd::2]) and all(start[1 - odd :: 2]) for odd in (0, 1))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros:
        return Unreadable("encoding", START, {"encoding": "UTF-16"})
    data = data.removeprefix(BOM)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        cut = fault.reason == "unexpected end of data"
        before = data[: fault.start].decode("utf-8")
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        return Unreadable("encoding", place, {"encoding": CUT if cut else _guess(data)})


def _guess(data: bytes) -> str:
    """Name GBK where what is not ASCII reads as common Chinese characters in it."""
    try:
        words = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    wide = "".join(letter for letter in words if not letter.isascii())
    common = len(wide.encode("gb2312", errors="ignore")) / 2
    return "GBK" if common > 0.8 * len(wide) else ""
