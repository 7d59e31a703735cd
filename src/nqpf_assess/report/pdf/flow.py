"""How pieces fill pages: headings stay with what follows, tables and paragraphs split, cards and figures do not."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.structure import Destination
from nqpf_assess.report.pdf.theme import HEIGHT

WHOLE_AT_MOST = 0.5 * HEIGHT
"""A box taller than this is split rather than moved, so that no page is left nearly empty."""

CARD_GOES_ON = 0.25 * HEIGHT
"""Room from which a card that finds too little is begun, to go on overleaf under its title."""


CLOSER = (0.8, 0.55, 0.4)
"""Parts of the wanted white space that are tried to save a page."""

SPARSE = 0.33
"""A page used less than this is worth saving."""

ROOM_FOR_MORE = 0.67
"""A page used less than this takes the next section too."""

LONGEST_CHAIN = 8
"""Pieces looked ahead at to keep a heading with what follows."""


class Flowable:
    """Something as wide as the column that takes some height, in points. This one takes none and draws nothing.

    `before` and `after` are the white space wanted around it (the larger of two neighbours' counts); `keep` holds it
    together with what follows; `anchor` names the place for links.
    """

    height: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    anchor: str = ""
    section: str = ""

    @property
    def least(self) -> float:
        """Least height of it that may stand at the foot of a page."""
        return self.height

    def split(self, room: float) -> "tuple[Flowable, Flowable] | None":  # noqa: ARG002 - a whole piece needs no room
        """Cut it in two, the first at most `room` high; None if it stays whole."""
        return None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""


@dataclass(eq=False)
class Break(Flowable):
    """A new page; one that is not `hard` gives way where the page before would be left more than half empty."""

    hard: bool = True


class FullPage(Flowable):
    """A piece that takes a page of its own, without running heads."""


@dataclass(frozen=True, slots=True)
class PlacedFlowable:
    """A piece at its place: `top` points below the upper edge of the page's frame."""

    piece: Flowable
    top: float


@dataclass(slots=True)
class PageLayout:
    """One page: what stands on it, how much of its frame is used, and which part of the wanted white space is kept."""

    pieces: list[PlacedFlowable] = field(default_factory=list)
    used: float = 0.0
    section: str = ""
    closeness: float = 1.0

    @property
    def bare(self) -> bool:
        """Whether a piece takes it alone, without running heads."""
        return any(isinstance(placed.piece, FullPage) for placed in self.pieces)


def paginate(pieces: Iterable[Flowable]) -> list[PageLayout]:
    """Set the pieces on pages."""
    # The pieces cut where a new page is wanted; each group with whether it must have one.
    groups: list[tuple[list[Flowable], bool]] = [([], True)]
    for piece in pieces:
        if isinstance(piece, Break):
            group, hard = groups[-1]
            groups.append(([], piece.hard or (hard and not group)))
        else:
            groups[-1][0].append(piece)
    pages: list[PageLayout] = []
    for group, hard in groups:
        begun = PageLayout(section=pages[-1].section if pages else "")
        if pages and not hard and not pages[-1].bare and pages[-1].used < ROOM_FOR_MORE * HEIGHT:
            begun = pages.pop()
        found = _flow(group, begun, 1.0)
        # Where its last page would hold next to nothing, less white space is tried, if that saves the page.
        for closeness in CLOSER if len(found) > 1 and found[-1].used <= SPARSE * HEIGHT else ():
            tried = _flow(group, begun, closeness)
            if len(tried) < len(found):
                found = tried
                break
        pages += found
    return pages


def _flow(group: Sequence[Flowable], begun: PageLayout, closeness: float) -> list[PageLayout]:
    queue = deque(group)
    pages = [replace(begun, pieces=list(begun.pieces), closeness=closeness)]
    while queue:
        piece = queue.popleft()
        if isinstance(piece, FullPage) and pages[-1].pieces:
            _turn(pages)
        if pages[-1].pieces and needed([piece, *islice(queue, LONGEST_CHAIN)]) > _room(pages[-1], piece):
            _turn(pages)
        halves = _halves(pages, piece)
        if halves:
            piece, rest = halves
            queue.appendleft(rest)
        page = pages[-1]
        gap = _gap(page, piece)
        page.pieces.append(PlacedFlowable(piece, page.used + gap))
        page.used += gap + piece.height
        page.section = piece.section or page.section
        if halves or isinstance(piece, FullPage):
            _turn(pages)
    return [page for page in pages if page.pieces]


def _halves(pages: list[PageLayout], piece: Flowable) -> tuple[Flowable, Flowable] | None:
    """Split a piece that is too high for its page; turn to the next page first if it cannot be split here."""
    room = _room(pages[-1], piece)
    if piece.height <= room:
        return None
    halves = piece.split(room)
    if halves or not pages[-1].pieces:
        return halves
    _turn(pages)
    return piece.split(HEIGHT) if piece.height > HEIGHT else None


def _turn(pages: list[PageLayout]) -> PageLayout:
    pages.append(PageLayout(section=pages[-1].section, closeness=pages[-1].closeness))
    return pages[-1]


def _gap(page: PageLayout, piece: Flowable) -> float:
    return page.closeness * max(page.pieces[-1].piece.after, piece.before) if page.pieces else 0.0


def _room(page: PageLayout, piece: Flowable) -> float:
    return HEIGHT - page.used - _gap(page, piece)


def needed(pieces: Sequence[Flowable]) -> float:
    """Return the height that the first piece needs on this page, with all it must not be parted from."""
    total = 0.0
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        if not piece.keep or following is None or isinstance(following, Break | FullPage):
            return total + piece.least
        total += piece.height + max(piece.after, following.before)
        if total > HEIGHT:
            break
    return total


def places_on(pages: Sequence[PageLayout], *, first: int, offset: float) -> dict[str, Destination]:
    """Find where each anchor is; `first` is the index of the first page, `offset` the top of the frame."""
    return {
        placed.piece.anchor: Destination(first + index, placed.top + (0.0 if page.bare else offset))
        for index, page in reversed(list(enumerate(pages)))
        for placed in reversed(page.pieces)
        if placed.piece.anchor
    }
