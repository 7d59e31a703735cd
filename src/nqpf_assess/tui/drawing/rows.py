"""RowList: what views give to widgets. A row is text that wraps, or parts of one line with a look each."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

from nqpf_assess.session.searching import places_of
from nqpf_assess.tui.drawing.cells import cut, pad, shown, width
from nqpf_assess.typography.cells import wrap

Look = Literal[
    "plain",
    "heading",
    "quiet",
    "strong",
    "key",
    "good",
    "warn",
    "bad",
    "bar",
    "rest",
    "mark",
    "other",
    "here",
    "step",
    "found",
]
"""How a part looks; the styles are in `app.tcss`. Meaning never hangs on it alone."""

LOOKS: tuple[Look, ...] = get_args(Look)


class Part(NamedTuple):
    """Some text of one line, its look, and the action a click on it runs."""

    text: str
    look: Look = "plain"
    action: str = ""


Line = tuple[Part, ...]


INDENT = 2
"""Cells before what a marked row shows below itself."""


class Row(NamedTuple):
    """One row of a list. `id`: "" where it cannot be chosen; `key`: the digit that chooses it.

    `lead` stands before the first line and later lines hang below its end; `tail` stands at the right of the first.
    With `parts` the row is one ready line; `text` is then what stands cut in it, and is shown below where it is marked.
    """

    text: str = ""
    id: str = ""
    look: Look = "plain"
    lead: str = ""
    tail: str = ""
    tail_look: Look = "quiet"
    key: str = ""
    parts: Line = ()
    whole: bool = True
    """Wrapped in full; else one line, cut where it must be, until it is marked."""
    sought: tuple[str, ...] = ()
    """Words that were looked for; where they stand in the text they are shown as found."""

    def lines(self, cells: int, *, marked: bool = False) -> tuple[Line, ...]:
        """Lay the row out in so many cells; `marked`: with all that is cut otherwise."""
        if self.parts:
            below = wrap(shown(self.text), max(4, cells - INDENT)) if marked and self.text else ()
            return (fitted(self.parts, cells), *((Part(" " * INDENT), Part(line, "quiet")) for line in below))
        text, hang, tail, below = shown(self.text), width(self.lead), self.tail.replace("\n", " "), ()
        most = max(4, (cells - hang) * 2 // 5, cells - hang - width(text) - 2)
        if not self.whole and width(tail) > most:
            below = wrap(shown(tail), max(4, cells - hang)) if marked else ()
            tail = cut(tail, most)
        room = max(4, cells - hang - (width(tail) + 2 if tail else 0))
        words = wrap(text, room) if self.whole or marked else (cut(text.replace("\n", " "), room),)
        gap = " " * max(1, cells - hang - width(words[0]) - width(tail))
        first = (Part(self.lead, self.look), *self._found(words[0]))
        right = (Part(gap), Part(tail, self.tail_look)) if tail else ()
        rest = ((Part(" " * hang), *self._found(line)) for line in words[1:])
        return (*((*first, *right), *rest), *((Part(" " * hang), Part(line, self.tail_look)) for line in below))

    def _found(self, line: str) -> Line:
        """Divide a line where words stand in it that were looked for."""
        spots = places_of(line, self.sought)
        ends = [0, *(end for spot in spots for end in spot), len(line)]
        looks: tuple[Look, Look] = (self.look, "found")
        pieces = ((line[start:end], looks[place % 2]) for place, (start, end) in enumerate(pairwise(ends)))
        return tuple(Part(text, look) for text, look in pieces if text) or (Part(line, self.look),)


def heading(text: str, tail: str = "") -> Row:
    """Make a row that heads a group."""
    return Row(text, look="heading", tail=tail)


def quiet(text: str, lead: str = "") -> Row:
    """Make a row of small print."""
    return Row(text, look="quiet", lead=lead)


BLANK = Row("")

GUTTER = 2
"""Cells that a list keeps at its left for the sign of the row that Enter would choose."""

TRACK = 2
"""Cells that it keeps at its right, where it shows whether it goes on."""

EDGES = GUTTER + TRACK

BROADEST = 100
"""Cells of a row at most, however wide the window is, so that a figure stands where the eye finds its label."""


def fitted(parts: Sequence[Part], cells: int) -> Line:
    """Cut the parts of one line to so many cells."""
    kept: list[Part] = []
    room = cells
    for part in parts:
        if room <= 0:
            break
        kept.append(part if width(part.text) <= room else part._replace(text=cut(part.text, room)))
        room -= width(kept[-1].text)
    return tuple(kept)


def columns(texts: Sequence[str], sizes: Sequence[int], look: Look = "plain", *, left_from: int = 99) -> Line:
    """Set texts in columns of so many cells: at their right side, from the column `left_from` on at their left."""
    pairs = enumerate(zip(texts, sizes, strict=False))
    return tuple(Part(pad(words, size, right=place < left_from), look) for place, (words, size) in pairs)


def ends(left: Sequence[Part], right: Sequence[Part], cells: int) -> Line:
    """Put parts at both ends of one line; the left side gives way."""
    needed = sum(width(part.text) for part in right)
    kept = fitted(left, max(0, cells - needed - 1))
    gap = cells - needed - sum(width(part.text) for part in kept)
    return fitted((*kept, Part(" " * max(0, gap)), *right), cells)
