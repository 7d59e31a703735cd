"""Running text: paragraphs, words side by side, headings, lists, captions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nqpf_assess.locale import _
from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Align, Run
from nqpf_assess.report.pdf.flow import Break, Flowable
from nqpf_assess.report.pdf.pen import BASE_LINE, Pen
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.theme import BLUE, CAPTION, GRID, HEADINGS, LEAD, MEASURE, NOTE, RUNNING, WIDTH
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords
from nqpf_assess.typography.linebreak import TextLine

WIDOW = 2
"""Fewest lines of a paragraph that may stand alone on a page."""


def lines_that_fit(total: int, room: int) -> int:
    """Return how many of a paragraph's lines to leave on a page with room for some: never one alone on either side."""
    fitting = min(room, total - WIDOW)
    return fitting if fitting >= WIDOW else 0


@dataclass(eq=False)
class TextFlowable(Flowable):
    """Words in a box, or those of their lines that stand on this page."""

    words: TypesetWords
    node: Element
    width: float
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    anchor: str = ""
    section: str = ""
    align: Align = "left"
    balance: bool = False
    lines: Sequence[TextLine] = ()

    def __post_init__(self) -> None:
        self.lines = self.lines or self.words.lines(self.width, balance=self.balance)
        self.height = len(self.lines) * self.words.leading

    @property
    def least(self) -> float:
        """The first two lines, or all of a short paragraph."""
        whole = self.keep or not lines_that_fit(len(self.lines), WIDOW)
        return self.height if whole else WIDOW * self.words.leading

    def split(self, room: float) -> tuple[Flowable, Flowable] | None:
        """Cut between two lines."""
        fitting = lines_that_fit(len(self.lines), int(room / self.words.leading + 1e-6))
        return (replace(self, lines=self.lines[:fitting]), self.rest(self.lines[fitting:])) if fitting else None

    def rest(self, lines: Sequence[TextLine]) -> "TextFlowable":
        """Return what goes to the next page."""
        return replace(self, lines=lines, anchor="")

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the lines."""
        pen.tagged_text(self.node, self.words, x + self.indent, top, self.width, align=self.align, lines=self.lines)


@dataclass(eq=False)
class SectionHeading(TextFlowable):
    """A heading of the first level under a short blue bar and a rule across the page."""

    RULE = 15.0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.height += self.RULE

    def split(self, room: float) -> None:
        """Stay whole."""

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the rule and the words."""
        with pen.artifact():
            pen.line((x, top + 1.5), (x + WIDTH, top + 1.5), colour=GRID, line=0.6)
            pen.rect(x, top, 42, 3, fill=BLUE)
        super().draw(pen, x, top + self.RULE)


@dataclass(eq=False)
class ListItemFlowable(TextFlowable):
    """A paragraph of a list with its bullet or number to the left."""

    mark: TypesetWords | None = None
    label: Element | None = None

    def rest(self, lines: Sequence[TextLine]) -> "TextFlowable":
        """Return what goes to the next page, without the mark."""
        return replace(self, lines=lines, mark=None)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the mark, then the words."""
        if self.mark and self.label:
            width = self.mark.natural_width
            pen.tagged_text(self.label, self.mark, x + self.indent - width - 5, top, width + 1)
        super().draw(pen, x, top)


# ── Words side by side ──

MOST_AGAIN = 4
"""Lines of a row's name that are shown again on the next page."""


@dataclass(frozen=True, eq=False)
class Box:
    """Words in a cell, `x` points right of the row's start, or those of their lines that are left after a split."""

    words: TypesetWords
    node: Element
    x: float
    width: float
    align: Align = "left"
    rest: Sequence[TextLine] | None = None
    names: bool = False
    """Whether it names its row, and so is shown again where the row goes on."""
    again: bool = False

    @property
    def lines(self) -> Sequence[TextLine]:
        """The lines to draw."""
        return self.words.lines(self.width) if self.rest is None else self.rest

    def after(self, lines: int) -> "Box":
        """Return what goes on after so many lines; a short name of the row stands there again."""
        left = self.lines[lines:]
        if self.names and not left and len(self.lines) <= MOST_AGAIN:
            return replace(self, rest=self.lines, again=True)
        return replace(self, rest=left)

    @property
    def rise(self) -> float:
        """Distance from the cell's top to its first base line."""
        return self.words.leading / 2 + BASE_LINE * self.words.style.size


@dataclass(eq=False)
class RowFlowable(Flowable):
    """Cells on a common first base line (or last line, `hanging`), `padding` above and below.

    It splits between lines where it must.
    """

    cells: Sequence[Box]
    padding: float = 0.0
    before: float = 0.0
    hanging: bool = False

    def __post_init__(self) -> None:
        rise = max(cell.rise for cell in self.cells)
        self._falls = [rise - cell.rise for cell in self.cells]
        inner = max(
            fall + len(cell.lines) * cell.words.leading for fall, cell in zip(self._falls, self.cells, strict=True)
        )
        if self.hanging:
            self._falls = [inner - len(cell.lines) * cell.words.leading for cell in self.cells]
        self.height = inner + 2 * self.padding

    @property
    def least(self) -> float:
        """Two lines of every cell."""
        leading = max(cell.words.leading for cell in self.cells)
        return min(self.height, 2 * self.padding + 2 * leading)

    def split(self, room: float) -> tuple["RowFlowable", "RowFlowable"] | None:
        """Cut every cell after the lines that fit."""
        inner = room - 2 * self.padding
        pairs = list(zip(self._falls, self.cells, strict=True))
        fitting = [int((inner - fall) / cell.words.leading + 1e-6) for fall, cell in pairs]
        if min(fitting) < 1:
            return None
        first = [replace(cell, rest=cell.lines[:lines]) for cell, lines in zip(self.cells, fitting, strict=True)]
        rest = [cell.after(lines) for cell, lines in zip(self.cells, fitting, strict=True)]
        return RowFlowable(first, self.padding, self.before), RowFlowable(rest, self.padding)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the cells that have words."""
        for fall, cell in zip(self._falls, self.cells, strict=True):
            at = top + self.padding + fall
            if cell.again:
                with pen.artifact("Pagination"):
                    pen.text(cell.words, x + cell.x, at, cell.width, align=cell.align, lines=cell.lines)
            elif cell.lines:
                pen.tagged_text(cell.node, cell.words, x + cell.x, at, cell.width, align=cell.align, lines=cell.lines)

    def draw_again(self, pen: Pen, x: float, top: float) -> None:
        """Draw the words once more as decoration: a header repeated on another page."""
        with pen.artifact("Pagination"):
            for fall, cell in zip(self._falls, self.cells, strict=True):
                pen.text(cell.words, x + cell.x, top + self.padding + fall, cell.width, align=cell.align)


# ── From blocks to pieces ──

STYLES = {"body": RUNNING, "lead": LEAD, "note": NOTE, "caption": CAPTION}
SPACE_AFTER = {"body": 7.0, "lead": 12.0, "note": 8.0, "caption": 5.0}
SPACE_BEFORE_HEADING = (26.0, 20.0, 13.0)
SPACE_AFTER_HEADING = (12.0, 6.0, 3.0)
LIST_INDENT = 16.0


def compose_heading(composer: Composer, block: blocks.Heading) -> list[Flowable]:
    """Turn a heading into a piece that keeps with what follows, on a new page if it asks for one."""
    level = min(max(block.level, 1), 3)
    # A reader who listens moves from level to level: none may be skipped (PDF/UA-1, 7.4.2).
    composer.heading_level = min(max(block.level, 1), composer.heading_level + 1, 6)
    node = composer.root.add(f"H{composer.heading_level}")
    kind = SectionHeading if level == 1 else TextFlowable
    piece = kind(
        composer.words(block.text, HEADINGS[level - 1]),
        node,
        WIDTH,
        before=SPACE_BEFORE_HEADING[level - 1],
        after=SPACE_AFTER_HEADING[level - 1],
        keep=True,
        anchor=block.anchor,
        section=block.text if level == 1 else "",
        balance=True,
    )
    return [Break(hard=False), piece] if block.new_page else [piece]


def title_piece(composer: Composer, title: str) -> Flowable:
    """Set a title that looks like a section's but is no heading of the contents."""
    words = composer.words(title, HEADINGS[0])
    return SectionHeading(words, composer.root.add("P"), WIDTH, before=26, after=14, keep=True, section=title)


def compose_paragraph(composer: Composer, block: blocks.Paragraph) -> list[Flowable]:
    """Turn running text into a paragraph as wide as is good to read."""
    words = composer.words(block.runs, STYLES[block.style])
    width = WIDTH if block.style == "caption" else MEASURE
    keep = block.style == "caption"
    return [TextFlowable(words, composer.root.add("P"), width, after=SPACE_AFTER[block.style], keep=keep)]


def compose_bullets(composer: Composer, block: blocks.Bullets) -> list[Flowable]:
    """Turn a list into items with hanging bullets or numbers."""
    node = composer.root.add("L", numbering="Decimal" if block.numbered else "Disc")
    pieces: list[Flowable] = []
    for number, runs in enumerate(block.items, start=1):
        item = node.add("LI")
        mark = composer.words(f"{number}." if block.numbered else "•", RUNNING.but(bold=block.numbered, colour=BLUE))
        label, body = item.add("Lbl"), item.add("LBody")
        after = 8.0 if number == len(block.items) else 2.5
        words = composer.words(runs, RUNNING)
        pieces.append(
            ListItemFlowable(words, body, MEASURE - LIST_INDENT, LIST_INDENT, after=after, mark=mark, label=label)
        )
    return pieces


# ── Captions ──

TABLE = _("Table {number}")
FIGURE = _("Figure {number}")


def compose_caption(composer: Composer, caption: str, *, table: Element | None = None) -> list[Flowable]:
    """Number a table, or without one a figure, and set its caption; what has no caption gets no number.

    That of a figure stands before it: the figure's alternative text would else hide the words.
    """
    if not caption:
        return []
    if table is None:
        composer.figures += 1
        node, numbered = composer.root.add("P"), composer.say(FIGURE, number=composer.figures)
    else:
        composer.tables += 1
        node, numbered = table.add("Caption"), composer.say(TABLE, number=composer.tables)
    runs = (Run(numbered + "\u2003"), Run(caption))
    words = composer.words(runs, CAPTION)
    return [TextFlowable(words, node, WIDTH, before=16, after=5, keep=True, balance=True)]
