"""Paragraphs, headings and lists: words set in lines, split across pages with two lines or more on each side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nqpf_assess.report.blocks import Align
from nqpf_assess.report.pdf.flow import Piece
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.tagging import Node
from nqpf_assess.report.pdf.theme import BLUE, GRID, WIDTH
from nqpf_assess.report.pdf.typeset import Words
from nqpf_assess.typography.linebreak import Line

WIDOW = 2
"""Fewest lines of a paragraph that may stand alone on a page."""


def lines_that_fit(total: int, room: int) -> int:
    """Return how many of a paragraph's lines to leave on a page with room for some: never one alone on either side."""
    fitting = min(room, total - WIDOW)
    return fitting if fitting >= WIDOW else 0


@dataclass(eq=False)
class Paragraph(Piece):
    """Words in a box, or those of their lines that stand on this page."""

    words: Words
    node: Node
    width: float
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    anchor: str = ""
    section: str = ""
    align: Align = "left"
    balance: bool = False
    lines: Sequence[Line] = ()

    def __post_init__(self) -> None:
        self.lines = self.lines or self.words.lines(self.width, balance=self.balance)
        self.height = len(self.lines) * self.words.leading

    @property
    def least(self) -> float:
        """The first two lines, or all of a short paragraph."""
        whole = self.keep or not lines_that_fit(len(self.lines), WIDOW)
        return self.height if whole else WIDOW * self.words.leading

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Cut between two lines."""
        fitting = lines_that_fit(len(self.lines), int(room / self.words.leading + 1e-6))
        return (self.part(self.lines[:fitting]), self.rest(self.lines[fitting:])) if fitting else None

    def part(self, lines: Sequence[Line]) -> "Paragraph":
        """Return the paragraph's first lines."""
        return replace(self, lines=lines)

    def rest(self, lines: Sequence[Line]) -> "Paragraph":
        """Return what goes to the next page."""
        return replace(self, lines=lines, anchor="")

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the lines."""
        pen.tagged_text(self.node, self.words, x + self.indent, top, self.width, align=self.align, lines=self.lines)


@dataclass(eq=False)
class SectionHeading(Paragraph):
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
class Item(Paragraph):
    """A paragraph of a list with its bullet or number to the left."""

    mark: Words | None = None
    label: Node | None = None

    def rest(self, lines: Sequence[Line]) -> "Paragraph":
        """Return what goes to the next page, without the mark."""
        return replace(self, lines=lines, mark=None)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the mark, then the words."""
        if self.mark and self.label:
            width = self.mark.natural_width
            pen.tagged_text(self.label, self.mark, x + self.indent - width - 5, top, width + 1)
        super().draw(pen, x, top)
