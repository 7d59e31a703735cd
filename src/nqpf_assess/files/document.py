"""One TOML file as text and data; several as one. Reading never raises for what is in a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nqpf_assess.files.positions import START, Path, Place, Spot, locate
from nqpf_assess.files.recovery import UNKNOWN, Unreadable, recover

TABLES = ("sources", "facts", "pillars", "dimensions", "questions", "countermeasures", "checks", "figures")
"""Tables of a questionnaire that several files may share, entry by entry."""


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

    documents: tuple[Document, ...]
    _owners: dict[Path, int] = field(default_factory=dict, compare=False)

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
        """Give the index of the document in which a path stands: where its longest beginning is found."""
        beginning = path[:2]
        if beginning not in self._owners:
            self._owners[beginning] = self._find(beginning)
        return self._owners[beginning]

    def _find(self, path: Path) -> int:
        for length in range(len(path), 0, -1):
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


def read(source: str, data: bytes) -> Document:
    """Read a file's bytes as TOML, as far as that goes."""
    words = decode(data)
    if isinstance(words, Unreadable):
        return unread(source, words)
    found = recover(words)
    if found.data is None:
        return unread(source, *found.faults)
    return Document(source, found.text, found.data, found.faults, found.lost)


def unread(source: str, *faults: Unreadable) -> Document:
    """Give the document of a file of which nothing could be read."""
    return Document(source, "", {}, faults, frozenset([UNKNOWN]))


BOM = b"\xef\xbb\xbf"
CUT = "cut off"
"""Named instead of an encoding where UTF-8 ends in the middle of a character."""


def decode(data: bytes) -> str | Unreadable:
    """Decode UTF-8, tolerating a byte-order mark; GBK and UTF-16 are recognised and named."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _every_other_is_zero(data[:64]):
        return Unreadable("encoding", START, {"encoding": "UTF-16"})
    data = data.removeprefix(BOM)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        cut = fault.reason == "unexpected end of data"
        return Unreadable("encoding", _byte_place(data, fault.start), {"encoding": CUT if cut else _guess(data)})


def _every_other_is_zero(data: bytes) -> bool:
    return len(data) > 3 and any(not any(data[start::2]) and all(data[1 - start :: 2]) for start in (0, 1))


def _byte_place(data: bytes, start: int) -> Place:
    before = data[:start].decode("utf-8")
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _guess(data: bytes) -> str:
    """Name GBK where what is not ASCII reads as common Chinese characters in it."""
    try:
        words = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    wide = "".join(letter for letter in words if not letter.isascii())
    common = len(wide.encode("gb2312", errors="ignore")) / 2
    return "GBK" if common > 0.8 * len(wide) else ""
