"""Boxes that stay together: callouts, cards, and key figures large enough to be read across a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, zip_longest

from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Tone, card_table
from nqpf_assess.report.pdf.flow import CARD_GOES_ON, WHOLE_AT_MOST, Flowable
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.text import Box, RowFlowable, TextFlowable
from nqpf_assess.report.pdf.theme import (
    ASIDE,
    BLUE,
    BLUES,
    BODY,
    CELL,
    DISPLAY,
    GRID,
    INK,
    LABEL,
    LARGE,
    MUTED,
    NAVY,
    NOTE,
    PALE,
    PEACH,
    RUST,
    WHITE,
    WIDTH,
    Style,
)
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords

INSET = 14.0
INNER = WIDTH - 2 * INSET
FIELD_LABEL = 86.0
COLUMN_GAP = 18.0
PILL = 5.0
BEGUN, GOES_ON = 4, 2
"""Lines of a card that its part on the first page has at least, title and lead among them, and on the next."""


@dataclass(frozen=True, slots=True)
class BoxLook:
    """A box's colours: its ground, its edge, the bar at its left, the words of its label."""

    ground: str
    bar: str
    label: str
    edge: str = ""
    strong: bool = False


LOOKS: dict[Tone, BoxLook] = {
    "plain": BoxLook(PALE, MUTED, INK),
    "good": BoxLook(BLUES[0], BLUE, BLUE),
    "warn": BoxLook(PEACH, RUST, RUST),
    "bad": BoxLook(PEACH, RUST, WHITE, edge=RUST, strong=True),
}
CARD_LOOK = BoxLook(WHITE, BLUE, NAVY, edge=GRID)


@dataclass(eq=False)
class Framed(Flowable):
    """Pieces one under another in a frame. A box of half a page or more is split between them, or inside one.

    One with a `title` goes on overleaf under it, between two of its lines, where it would else leave much room empty.
    """

    look: BoxLook
    pieces: Sequence[Flowable]
    title: "CardTitle | None" = None
    padding: float = 10.0
    before: float = 8.0
    after: float = 12.0
    anchor: str = ""

    def __post_init__(self) -> None:
        self.height = 2 * self.padding + summed(piece.height for piece in self.pieces) + summed(self._gaps())

    def _gaps(self) -> list[float]:
        later = [piece.before for piece in self.pieces[1:]]
        return [0.0, *later]

    @property
    def least(self) -> float:
        """All of it, unless it is very high, or a card with lines for two pages."""
        if self.height > WHOLE_AT_MOST:
            return 2 * self.padding + summed(min(piece.height, 3 * 16) for piece in self.pieces[:2])
        if self.title is None or len(self.pieces) < BEGUN + GOES_ON:
            return self.height
        begun = summed(self._gaps()[:BEGUN]) + summed(piece.height for piece in self.pieces[:BEGUN])
        return min(max(2 * self.padding + begun, CARD_GOES_ON), self.height)

    def split(self, room: float) -> "tuple[Flowable, Flowable] | None":
        """Cut a very high box where the room ends, a card between two of its lines."""
        left = room - 2 * self.padding
        if self.height <= WHOLE_AT_MOST:
            if self.title is None or self.least == self.height or room < self.least:
                return None
            ends = accumulate(gap + piece.height for gap, piece in zip(self._gaps(), self.pieces, strict=True))
            count = min(summed(end <= left for end in ends), len(self.pieces) - GOES_ON)
            again = replace(self.title, cells=[replace(cell, again=True) for cell in self.title.cells], badge=None)
            begun = replace(self, pieces=self.pieces[:count], after=0.0)
            return begun, replace(self, pieces=[again, *self.pieces[count:]], title=None, before=0.0, anchor="")
        for index, (gap, piece) in enumerate(zip(self._gaps(), self.pieces, strict=True)):
            if gap + piece.height > left:
                halves = piece.split(left - gap)
                first = [*self.pieces[:index], *(halves[:1] if halves else ())]
                rest = [*(halves[1:] if halves else (piece,)), *self.pieces[index + 1 :]]
                return (replace(self, pieces=first), replace(self, pieces=rest, anchor="")) if first else None
            left -= gap + piece.height
        return None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw frame and bar, then the pieces."""
        with pen.artifact():
            pen.rect(x, top, WIDTH, self.height, fill=self.look.ground, stroke=self.look.edge, line=0.6)
            pen.rect(x, top, 3.0, self.height, fill=self.look.bar)
        top += self.padding
        for gap, piece in zip(self._gaps(), self.pieces, strict=True):
            piece.draw(pen, x + INSET, top + gap)
            top += gap + piece.height


@dataclass(eq=False)
class ToneLabel(TextFlowable):
    """The word that says a callout's tone, on a ground of its own where the tone is grave."""

    ground: str = ""

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it."""
        if self.ground:
            width = self.words.points(self.lines[0]) + 2 * PILL
            with pen.artifact():
                pen.round_rect(x, top, width, self.height, radius=2, fill=self.ground)
            x += PILL
        super().draw(pen, x, top)


def compose_callout(composer: Composer, block: blocks.Callout) -> list[Flowable]:
    """Turn a callout into a framed box under its label."""
    look, node = LOOKS[block.tone], composer.root.add("Div")
    inner: list[Flowable] = []
    if block.label:
        words = composer.words(block.label, LABEL.but(bold=True, colour=look.label))
        inner.append(ToneLabel(words, node.add("P"), INNER - 2 * PILL, ground=look.bar if look.strong else ""))
    body = composer.words(block.runs, ASIDE)
    inner.append(TextFlowable(body, node.add("P"), INNER, before=4))
    return [Framed(look, inner)]


@dataclass(eq=False)
class CardTitle(RowFlowable):
    """A card's title with its badge at the right."""

    badge: Box | None = None

    def split(self, room: float) -> None:
        """Stay whole."""

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw title and badge."""
        super().draw(pen, x, top)
        if self.badge:
            words = self.badge.words
            fall = self.cells[0].rise - self.badge.rise
            with pen.artifact():
                left, width = x + self.badge.x - PILL, self.badge.width + 2 * PILL
                pen.round_rect(
                    left,
                    top + fall - 1.5,
                    width,
                    self.badge.words.height(self.badge.width) + 3,
                    radius=3,
                    fill=BLUES[0],
                )
            pen.tagged_text(self.badge.node, words, x + self.badge.x, top + fall, self.badge.width, align="right")


def compose_card(composer: Composer, block: blocks.DetailCard) -> list[Flowable]:
    """Turn a card into a framed box: title and badge, lead, labelled lines."""
    node = composer.root.add("Div")
    title = composer.words(block.title, Style(BODY, bold=True, colour=NAVY, openness=0.95))
    badge, width = None, INNER
    spot = node.add("P")
    if block.badge:
        words = composer.words(block.badge, LABEL.but(bold=True, colour=BLUE))
        wide = min(words.natural_width + 0.5, INNER * 0.4)
        badge = Box(words, node.add("P"), INNER - wide - PILL, wide, "right")
        width = INNER - wide - 2 * PILL - COLUMN_GAP
    head = CardTitle([Box(title, spot, 0.0, width)], badge=badge)
    inner: list[Flowable] = [head]
    if block.lead:
        inner.append(TextFlowable(composer.words(block.lead, CELL), node.add("P"), INNER, before=3))
    if block.fields:
        inner += _fields(composer, node.add("L"), block.fields)
    return [Framed(CARD_LOOK, inner, head, anchor=block.anchor)]


def _fields(composer: Composer, node: Element, fields: Sequence[blocks.CardField]) -> list[Flowable]:
    """Set labelled lines, two short neighbours side by side; those under one label stay below one another."""
    half = (INNER - COLUMN_GAP) / 2
    rows: list[list[Box]] = []
    waiting = False
    for field, after in zip_longest(fields, fields[1:]):
        item = node.add("LI")
        label = composer.words(field.label, LABEL.but(bold=True, colour=MUTED))
        value = composer.words(field.runs, CELL)
        single = bool(field.label) and (after is None or bool(after.label))
        short = single and value.natural_width <= half - FIELD_LABEL - 8 and label.natural_width <= FIELD_LABEL
        left = half + COLUMN_GAP if waiting and short else 0.0
        wide = half if short else INNER
        boxes = [
            Box(label, item.add("Lbl"), left, FIELD_LABEL),
            Box(value, item.add("LBody"), left + FIELD_LABEL + 8, wide - FIELD_LABEL - 8),
        ]
        if left:
            rows[-1] += boxes
        else:
            rows.append(boxes)
        waiting = short and not left
    return [RowFlowable(row, before=6.0 if index == 0 else 1.5) for index, row in enumerate(rows)]


@dataclass(eq=False)
class FigureColumn:
    """One key figure: label over value over note, with the node each is read as."""

    parts: Sequence[tuple[TypesetWords, Element]]
    tone: str


@dataclass(eq=False)
class KeyFigureRow(Flowable):
    """Key figures side by side under coloured rules."""

    columns: Sequence[FigureColumn]
    width: float
    before: float = 10.0
    after: float = 18.0

    def __post_init__(self) -> None:
        self.levels = [
            max(
                column.parts[level][0].height(self.width) if column.parts[level][0].text else 0.0
                for column in self.columns
            )
            for level in range(3)
        ]
        self.height = 9 + summed(self.levels)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the columns, their values on one line."""
        for column in self.columns:
            with pen.artifact():
                pen.line((x, top + 1), (x + self.width, top + 1), colour=column.tone, line=2.0)
            place = top + 7
            for (words, node), height in zip(column.parts, self.levels, strict=True):
                if words.text:
                    pen.tagged_text(node, words, x, place, self.width)
                place += height
            x += self.width + COLUMN_GAP


def compose_key_figures(composer: Composer, block: blocks.KeyFigures) -> list[Flowable]:
    """Turn key figures into one row of columns."""
    count = max(len(block.figures), 1)
    width = (WIDTH - COLUMN_GAP * (count - 1)) / count
    node = composer.root.add("L")
    columns = []
    for figure in block.figures:
        body = node.add("LI").add("LBody")
        tone = {"plain": NAVY, "good": BLUE, "warn": RUST, "bad": RUST}[figure.tone]
        value = composer.words(figure.value, Style(DISPLAY, bold=True, colour=tone, openness=0.86))
        if value.natural_width > width:
            value = composer.words(figure.value, Style(LARGE, bold=True, colour=tone))
        label = composer.words(figure.label, LABEL.but(bold=True, colour=MUTED))
        told = (label, value, composer.words(figure.note, NOTE))
        columns.append(FigureColumn([(words, body.add("P")) for words in told], tone))
    return [KeyFigureRow(columns, width)] if columns else []


# ── Cards side by side ──

LABEL_COLUMN = 83.0
GAP = 11.0


@dataclass(eq=False)
class CardRowFlowable(Flowable):
    """Cards as columns: titles on a ground under a blue rule, one line for each label below them."""

    rows: Sequence[RowFlowable]
    before: float = 8.0
    after: float = 12.0
    first: bool = True

    def __post_init__(self) -> None:
        self.height = summed(row.height for row in self.rows)

    @property
    def least(self) -> float:
        """All of it, unless it is very high."""
        return self.height if self.height <= WHOLE_AT_MOST else summed(row.height for row in self.rows[:2])

    def split(self, room: float) -> "tuple[Flowable, Flowable] | None":
        """Cut very high cards between two lines."""
        count, left = 0, room
        while count < len(self.rows) and self.rows[count].height <= left:
            left -= self.rows[count].height
            count += 1
        if self.height <= WHOLE_AT_MOST or count < 2:
            return None
        return replace(self, rows=self.rows[:count], after=0.0), replace(self, rows=self.rows[count:], first=False)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw ground, rules and lines."""
        with pen.artifact():
            if self.first:
                pen.rect(x, top, WIDTH, self.rows[0].height, fill=BLUES[0])
                pen.rect(x, top, WIDTH, 2.2, fill=BLUE)
            y = top
            for row in self.rows:
                y += row.height
                pen.line((x, y), (x + WIDTH, y), colour=NAVY if row is self.rows[-1] else GRID, line=0.5)
        for row in self.rows:
            row.draw(pen, x, top)
            top += row.height


def compose_card_row(composer: Composer, block: blocks.CardRow) -> list[Flowable]:
    """Turn cards side by side into a table: titles are heads of columns, labels heads of rows."""
    if not block.cards:
        return []
    table = card_table(block)
    node = composer.root.add("Table")
    labels = [composer.words(row[0], CELL.but(bold=True, colour=MUTED)) for row in table.rows]
    first = min(max((words.natural_width for words in labels), default=0.0) + 1, LABEL_COLUMN)
    wide = (WIDTH - first - GAP * len(block.cards) - 8) / len(block.cards)
    places = [first + GAP + index * (wide + GAP) for index in range(len(block.cards))]
    head = node.add("THead").add("TR")
    head.add("TD")
    titles = [
        Box(composer.words(column.title, CELL.but(bold=True, colour=NAVY)), head.add("TH", scope="Column"), at, wide)
        for column, at in zip(table.columns[1:], places, strict=True)
    ]
    rows, body = [RowFlowable(titles, 6.0)], node.add("TBody")
    for label, row in zip(labels, table.rows, strict=True):
        line = body.add("TR")
        boxes = [Box(label, line.add("TH", scope="Row"), 4.0, first)]
        boxes += [
            Box(composer.words(cell, CELL), line.add("TD"), at, wide) for cell, at in zip(row[1:], places, strict=True)
        ]
        rows.append(RowFlowable(boxes, 3.6))
    return [CardRowFlowable(rows)]
