"""The front of the report: the cover, and the table of contents made from the headings of its part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqpf_assess.locale import _
from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.flow import Flowable, FullPage
from nqpf_assess.report.pdf.pen import Pen, regular
from nqpf_assess.report.pdf.structure import Destination, Element, begin_of, within
from nqpf_assess.report.pdf.text import Box, RowFlowable, title_piece
from nqpf_assess.report.pdf.theme import (
    BLUE,
    BODY,
    COVER,
    DISPLAY,
    GRID,
    HEIGHT,
    INK,
    LARGE,
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
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords
from nqpf_assess.typography.linebreak import TextLine

if TYPE_CHECKING:
    from nqpf_assess.report.pdf.logo import Logo

GROUND = 402.0
"""Height of the dark ground, unless long titles need more."""

TITLE_TOP, FOOT_OF_GROUND = 118.0, 40.0
LOGO_TOP, LOGO_WIDTH, LOGO_HEIGHT, PLATE = 36.0, 130.0, 40.0, 6.0
"""Where the logo stands on the cover, the most room it gets, and the white around it."""

MOST_LINES = 3
"""Lines beyond which a title is set smaller."""

RINGS, SHADE, OUTLINE = "#1C3F68", "#123457", "#3A6EA5"
SHAPE = (132, 96, 150, 88, 160, 104, 84, 116)
"""Radii of the figure on the cover, which stands for no score."""

PALE_ON_NAVY = "#C9D9EA"


@dataclass(frozen=True, eq=False)
class Titled:
    """Words of the cover broken into lines, with the element they are read as."""

    words: TypesetWords
    node: Element
    width: float
    lines: Sequence[TextLine]

    @property
    def height(self) -> float:
        """Height in points; nothing for no words."""
        return len(self.lines) * self.words.leading if self.words.text else 0.0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the words, if there are any."""
        if self.words.text:
            pen.tagged_text(self.node, self.words, x, top, self.width, lines=self.lines)


@dataclass(eq=False)
class CoverPage(FullPage):
    """Title on a dark ground with faint radar rings, facts below it, the notice at the foot."""

    title: Titled
    subtitle: Titled
    subject: Titled
    facts: Sequence[RowFlowable]
    notice: Titled
    logo: "Logo | None" = None
    logo_node: Element | None = None

    def __post_init__(self) -> None:
        self.height = HEIGHT
        titles = TITLE_TOP + self.title.height + 8 + self.subtitle.height
        self.ground = max(GROUND, titles + 24 + self.subject.height + FOOT_OF_GROUND)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the whole page."""
        with pen.artifact("Page"):
            pen.rect(0, 0, PAGE_WIDTH, self.ground, fill=NAVY)
            with pen.clipped(0, 0, PAGE_WIDTH, self.ground - 0.6):
                centre = (PAGE_WIDTH - 104, self.ground - 124)
                shape = [regular(centre, radius, len(SHAPE))[corner] for corner, radius in enumerate(SHAPE)]
                pen.polygon(shape, fill=SHADE)
                for radius in range(48, 241, 48):
                    pen.polygon(regular(centre, radius, len(SHAPE)), stroke=RINGS, line=0.7)
                for corner in regular(centre, 240, len(SHAPE)):
                    pen.line(centre, corner, colour=RINGS, line=0.7)
                pen.polygon(shape, stroke=OUTLINE, line=1.2)
            pen.rect(x, TITLE_TOP - 22, 46, 4, fill=ORANGE)
        self._draw_logo(pen, x)
        self.title.draw(pen, x, TITLE_TOP)
        self.subtitle.draw(pen, x, TITLE_TOP + self.title.height + 8)
        self.subject.draw(pen, x, self.ground - FOOT_OF_GROUND - self.subject.height)
        top = self.ground + 34
        for row in self.facts:
            row.draw(pen, x, top)
            top += row.height
            with pen.artifact():
                pen.line((x, top), (x + WIDTH, top), colour=GRID, line=0.5)
        if self.notice.words.text:
            top = PAGE_HEIGHT - 62 - self.notice.height
            with pen.artifact():
                pen.rect(x, top, 2.5, self.notice.height, fill=BLUE)
            self.notice.draw(pen, x + 14, top)

    def _draw_logo(self, pen: Pen, x: float) -> None:
        """Draw the logo on a white plate at the upper right, tagged as a figure."""
        if self.logo is None or self.logo_node is None:
            return
        width = min(LOGO_WIDTH, LOGO_HEIGHT * self.logo.ratio)
        height = width / self.logo.ratio
        left = x + WIDTH - width - PLATE
        with pen.artifact():
            pen.round_rect(left - PLATE, LOGO_TOP - PLATE, width + 2 * PLATE, height + 2 * PLATE, radius=3, fill=WHITE)
        self.logo_node.box = (left, PAGE_HEIGHT - LOGO_TOP - height, left + width, PAGE_HEIGHT - LOGO_TOP)
        with pen.mark(self.logo_node):
            self.logo.paint(pen, left, LOGO_TOP, width)


def compose_cover(composer: Composer, block: blocks.Cover) -> list[Flowable]:
    """Turn the cover into a page of its own."""
    composer.heading_level = 1
    # Read aloud in this order: titles, subject, facts, notice, logo.
    bold = [Style(size, bold=True, colour=WHITE, openness=0.82) for size in (COVER, DISPLAY, LARGE)]
    title = _titled(composer, "H1", block.title, bold)
    subtitle = _titled(composer, "P", block.subtitle, [Style(LARGE, colour=PALE_ON_NAVY)])
    bold = [Style(size, bold=True, colour=WHITE, openness=0.86) for size in (DISPLAY, LARGE)]
    subject = _titled(composer, "P", block.subject, bold)
    node, facts = composer.root.add("L"), []
    for label, value in block.facts:
        item = node.add("LI")
        name = composer.words(label, Style(TABLE, colour=MUTED))
        words = composer.words(value, Style(TABLE, bold=True, colour=INK))
        boxes = [Box(name, item.add("Lbl"), 0.0, 118.0), Box(words, item.add("LBody"), 130.0, WIDTH - 130)]
        facts.append(RowFlowable(boxes, padding=3.2))
    notice = _titled(composer, "P", block.notice, [NOTE], width=WIDTH - 14)
    logo = None
    if composer.logo:
        logo = composer.root.add("Figure", alt=composer.say(_("Logo of {subject}"), subject=block.subject))
    return [CoverPage(title, subtitle, subject, facts, notice, composer.logo, logo)]


def _titled(
    composer: Composer, kind: str, text: str, styles: Sequence[Style], *, width: float = WIDTH * 0.84
) -> Titled:
    """Set a title in the first style that keeps it within a few lines."""
    for style in styles:
        words = composer.words(text, style)
        lines = words.lines(width, balance=True)
        if len(lines) <= MOST_LINES:
            break
    return Titled(words, composer.root.add(kind), width, lines)


@dataclass(eq=False)
class ContentsLine(Flowable):
    """A line of the contents: a heading's words, a row of dots, its page."""

    words: TypesetWords
    node: Element
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
        number = self.composer.words(str(place.page + 1 - pen.first_page_of(place.page)), self.words.style)
        pen.tagged_text(self.node, number, x + WIDTH - self.PAGE_SPACE, foot, self.PAGE_SPACE, align="right")
        with pen.artifact():
            last = self.words.points(self.words.lines(self.width)[-1])
            y = foot + self.words.leading / 2 + 0.31 * self.words.style.size
            start, end = x + self.indent + last + 6, x + WIDTH - number.natural_width - 6
            if end > start:
                pen.line((start, y), (end, y), colour=MUTED, line=0.5, dash=(0.6, 3))


def compose_contents(composer: Composer, block: blocks.Contents) -> list[Flowable]:
    """Turn the contents into its title and a line for each heading of the first two levels.

    The first contents of a report name the sections of its later volumes too, by the pages of these.
    """
    named = [(one.text, one.anchor, one.level == 1) for one in composer.headings if one.level <= 2]
    for place, part in composer.later:
        named.append((part.title, begin_of(place), True))
        later = (one for one in part.blocks if isinstance(one, blocks.Heading) and one.level == 1)
        named += [(one.text, within(place, one.anchor), False) for one in later]
    title, node = title_piece(composer, block.title), composer.root.add("TOC")
    lines: list[Flowable] = []
    for size, space in ((BODY, 6.0), (TABLE, 4.0)):  # smaller where they would else go on overleaf
        lines.clear()
        for text, anchor, top in named:
            said = text if len(text) <= MOST_IN_LINE else text[: MOST_IN_LINE - 1] + "…"
            style = Style(size, bold=top, colour=NAVY if top else INK)
            words = composer.words((blocks.Run(said, link=f"#{anchor}"),), style)
            indent, before = (0.0, space) if top else (16.0, 0.0)
            lines.append(ContentsLine(words, Element("TOCI"), anchor, indent, composer, before=before))
        if summed(line.before + line.height for line in (title, *lines)) <= HEIGHT:
            break
    node.kids += [line.node for line in lines if isinstance(line, ContentsLine)]
    return [title, *lines]


MOST_IN_LINE = 240
"""Characters of a heading that the contents show."""
