"""The front of the report: the cover, and the table of contents made from the headings of its part."""

from collections.abc import Sequence
from dataclasses import dataclass

from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.composer import Composer
from nqpf_assess.report.pdf.flow import FullPage, Piece
from nqpf_assess.report.pdf.pen import Pen, regular
from nqpf_assess.report.pdf.row import Box, Row
from nqpf_assess.report.pdf.tagging import Destination, Node
from nqpf_assess.report.pdf.text import title_piece
from nqpf_assess.report.pdf.theme import (
    BLUE,
    BODY,
    COVER,
    DISPLAY,
    GRID,
    HEIGHT,
    INK,
    LARGE,
    LEFT,
    MUTED,
    NAVY,
    NOTE,
    ORANGE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TABLE,
    WHITE,
    WIDTH,
    Style,
)
from nqpf_assess.report.pdf.typeset import Words

BLOCK = 402.0
"""Height of the coloured part of the cover."""

RINGS, SHADE, OUTLINE = "#1C3F68", "#123457", "#3A6EA5"
SHAPE = (132, 96, 150, 88, 160, 104, 84, 116)
"""Radii of the figure on the cover, which stands for no score."""

PALE_ON_NAVY = "#C9D9EA"


@dataclass(eq=False)
class CoverPage(FullPage):
    """Title on a dark ground with faint radar rings, facts below it, the notice at the foot."""

    title: Words
    subtitle: Words
    subject: Words
    facts: Sequence[Row]
    notice: Words
    nodes: dict[str, Node]
    anchor: str = ""

    def __post_init__(self) -> None:
        self.height = HEIGHT

    def draw(self, pen: Pen, x: float, top: float) -> None:  # noqa: ARG002 - the cover knows its place
        """Draw the whole page."""
        with pen.artifact("Page"):
            pen.rect(0, 0, PAGE_WIDTH, BLOCK, fill=NAVY)
            self._draw_rings(pen)
            pen.rect(LEFT, 96, 46, 4, fill=ORANGE)
        width = WIDTH * 0.82
        place = 118.0
        pen.tagged_text(
            self.nodes["title"], self.title, LEFT, place, width, lines=self.title.lines(width, balance=True)
        )
        place += len(self.title.lines(width, balance=True)) * self.title.leading + 8
        if self.subtitle.text:
            pen.tagged_text(self.nodes["subtitle"], self.subtitle, LEFT, place, width)
        below = BLOCK - 40 - self.subject.height(WIDTH * 0.9)
        if self.subject.text:
            pen.tagged_text(self.nodes["subject"], self.subject, LEFT, below, WIDTH * 0.9)
        place = BLOCK + 34
        for row in self.facts:
            row.draw(pen, LEFT, place)
            place += row.height
            with pen.artifact():
                pen.line((LEFT, place), (LEFT + WIDTH, place), colour=GRID, line=0.5)
        if self.notice.text:
            at = PAGE_HEIGHT - 62 - self.notice.height(WIDTH - 14)
            with pen.artifact():
                pen.rect(LEFT, at, 2.5, self.notice.height(WIDTH - 14), fill=BLUE)
            pen.tagged_text(self.nodes["notice"], self.notice, LEFT + 14, at, WIDTH - 14)

    def _draw_rings(self, pen: Pen) -> None:
        centre = (PAGE_WIDTH - 104, BLOCK - 124)
        with pen.clipped(0, 0, PAGE_WIDTH, BLOCK):
            shape = [regular(centre, radius, len(SHAPE))[corner] for corner, radius in enumerate(SHAPE)]
            pen.polygon(shape, fill=SHADE)
            for radius in range(48, 241, 48):
                pen.polygon(regular(centre, radius, len(SHAPE)), stroke=RINGS, line=0.7)
            for corner in regular(centre, 240, len(SHAPE)):
                pen.line(centre, corner, colour=RINGS, line=0.7)
            pen.polygon(shape, stroke=OUTLINE, line=1.2)


def compose_cover(composer: Composer, block: blocks.Cover) -> list[Piece]:
    """Turn the cover into a page of its own."""
    root = composer.root
    nodes = {"title": root.add("H1"), "subtitle": root.add("P"), "subject": root.add("P")}
    composer.heading_level = 1
    listing = root.add("L")
    facts = []
    for label, value in block.facts:
        item = listing.add("LI")
        name = composer.words(label, Style(TABLE, colour=MUTED))
        words = composer.words(value, Style(TABLE, bold=True, colour=INK))
        facts.append(
            Row(
                [Box(name, item.add("Lbl"), 0.0, 118.0), Box(words, item.add("LBody"), 130.0, WIDTH - 130)], padding=3.2
            )
        )
    nodes["notice"] = root.add("P")
    return [
        CoverPage(
            composer.words(block.title, Style(COVER, bold=True, colour=WHITE, openness=0.82)),
            composer.words(block.subtitle, Style(LARGE, colour=PALE_ON_NAVY)),
            composer.words(block.subject, Style(DISPLAY, bold=True, colour=WHITE, openness=0.86)),
            facts,
            composer.words(block.notice, NOTE),
            nodes,
        )
    ]


@dataclass(eq=False)
class Entry(Piece):
    """A line of the contents: a heading's words, a row of dots, its page."""

    words: Words
    node: Node
    target: str
    indent: float
    composer: Composer
    before: float = 0.0
    PAGE_SPACE = 30.0

    def __post_init__(self) -> None:
        self.width = WIDTH - self.indent - self.PAGE_SPACE
        self.height = self.words.height(self.width)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with the page its heading came to stand on."""
        place = pen.places.get(self.target)
        pen.tagged_text(self.node, self.words, x + self.indent, top, self.width, quiet=True)
        if not isinstance(place, Destination):
            return
        foot = top + self.height - self.words.leading
        number = self.composer.words(str(place.page + 1), self.words.style)
        pen.tagged_text(self.node, number, x + WIDTH - self.PAGE_SPACE, foot, self.PAGE_SPACE, align="right")
        with pen.artifact():
            last = self.words.points(self.words.lines(self.width)[-1])
            y = foot + self.words.leading / 2 + 0.31 * self.words.style.size
            start, end = x + self.indent + last + 6, x + WIDTH - number.natural_width - 6
            if end > start:
                pen.line((start, y), (end, y), colour=MUTED, line=0.5, dash=(0.6, 3))


def compose_contents(composer: Composer, block: blocks.Contents, headings: Sequence[blocks.Heading]) -> list[Piece]:
    """Turn the contents into its title and a line for each heading of the first two levels."""
    pieces = [title_piece(composer, block.title)]
    node = composer.root.add("TOC")
    for heading in headings:
        if heading.level <= 2:
            top = heading.level == 1
            style = Style(BODY, bold=top, colour=NAVY if top else INK)
            runs = (blocks.Run(heading.text, link=f"#{heading.anchor}"),)
            words = composer.words(runs, style)
            pieces.append(
                Entry(words, node.add("TOCI"), heading.anchor, 0 if top else 16, composer, before=6 if top else 0)
            )
    return pieces
