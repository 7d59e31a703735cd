"""What all figures share: an alternative text, a legend whose entries differ by shape, the scale from 0 to 100."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, log10

from nqpf_assess.locale import _
from nqpf_assess.model.base import summed
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.text import compose_caption
from nqpf_assess.report.pdf.theme import (
    BLUE,
    BLUES,
    HEIGHT,
    INK,
    LABEL,
    ORANGE,
    PAGE_HEIGHT,
    QUIET_LABEL,
    WHITE,
    WIDTH,
)
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords

TALLEST = 0.6 * HEIGHT
"""A figure whose rows are higher than this is drawn in parts."""

PART = 0.38 * HEIGHT
"""About the height of a part: two of them fill a page."""

SCALE = (0, 20, 40, 60, 80, 100)


Swatch = Callable[[Pen, float, float], None]
"""Draws a sample of a mark, 16 points wide, its middle at x + 8, y."""


@dataclass(eq=False)
class FigureFlowable(Flowable):
    """A drawing with an alternative text. Subclasses set `height` and paint."""

    node: Element
    before: float = 4.0
    after: float = 16.0
    width: float = WIDTH

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Paint the figure with its upper left corner at x, top."""

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Paint it as one element of the structure."""
        self.node.box = (x, PAGE_HEIGHT - top - self.height, x + self.width, PAGE_HEIGHT - top)
        with pen.mark(self.node):
            self.paint(pen, x, top)


def figures(
    composer: Composer, caption: str, alt: str, parts: int, make: Callable[[Element, int], FigureFlowable]
) -> list[Flowable]:
    """Draw a high figure in parts: the first carries caption and alternative text, the others say that they go on."""
    pieces = figure(composer, caption, alt, lambda node: make(node, 0))
    for part in range(1, parts):
        words = composer.say(
            _("{alt} (continued, part {part} of {parts})"), alt=caption or alt, part=part + 1, parts=parts
        )
        pieces.append(make(composer.root.add("Figure", alt=words), part))
    return pieces


def figure(composer: Composer, caption: str, alt: str, make: Callable[[Element], FigureFlowable]) -> list[Flowable]:
    """Put a caption over a figure."""
    pieces = compose_caption(composer, caption)
    return [*pieces, make(composer.root.add("Figure", alt=alt or caption))]


@dataclass(eq=False)
class Legend:
    """Samples and their names in rows, as many to a row as fit."""

    entries: Sequence[tuple[Swatch, TypesetWords]]
    width: float = WIDTH
    rows: list[list[tuple[float, Swatch, TypesetWords]]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = [[]]
        x = 0.0
        for swatch, words in self.entries:
            wide = 22 + min(words.natural_width, self.width - 22) + 18
            if self.rows[-1] and x + wide - 18 > self.width:
                self.rows.append([])
                x = 0.0
            self.rows[-1].append((x, swatch, words))
            x += wide
        self.heights = [
            max((words.height(self.width - 22) for _, _, words in row), default=0.0) + 3 for row in self.rows
        ]
        self.height = summed(self.heights)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it, the first entry flush left."""
        for row, height in zip(self.rows, self.heights, strict=True):
            for left, swatch, words in row:
                swatch(pen, x + left, top + words.leading / 2)
                pen.text(words, x + left + 22, top, self.width - 22)
            top += height


def legend(composer: Composer, entries: Sequence[tuple[Swatch, str]], width: float = WIDTH) -> Legend:
    """Make a legend; entries without a name are left out."""
    return Legend([(swatch, composer.words(name, LABEL)) for swatch, name in entries if name], width)


def scale_words(composer: Composer) -> list[TypesetWords]:
    """Set the digits of the scale from 0 to 100."""
    return [composer.words(str(value), QUIET_LABEL) for value in SCALE]


def clamp(value: float, low: float = 0.0, high: float = 100.0) -> float:
    """Keep a value on the scale."""
    return min(max(value, low), high)


def in_parts(heights: Sequence[float]) -> list[slice]:
    """Share rows out among parts about equally high, if they are too high for one figure."""
    parts = ceil(summed(heights) / PART) if summed(heights) > TALLEST else 1
    goal, start, filled = summed(heights) / parts, 0, 0.0
    found: list[slice] = []
    for index, height in enumerate(heights):
        if filled and filled + height / 2 > goal and len(found) < parts - 1:
            found.append(slice(start, index))
            start, filled = index, 0.0
        filled += height
    return [*found, slice(start, len(heights))]


def solid_bar(pen: Pen, x: float, y: float) -> None:
    """Sample of a current score on a bar."""
    pen.rect(x, y - 3.5, 16, 7, fill=BLUE)


def pale_bar(pen: Pen, x: float, y: float) -> None:
    """Sample of the way to a target: a pale bar that ends in a tick."""
    pen.rect(x, y - 3.5, 13, 7, fill=BLUES[1])
    target_tick(pen, x + 13, y, reach=4.5)


def target_tick(pen: Pen, x: float, y: float, *, reach: float = 7.0) -> None:
    """A target on a bar: an upright tick with a diamond."""
    pen.line((x, y - reach), (x, y + reach), colour=WHITE, line=3)
    pen.line((x, y - reach), (x, y + reach), colour=ORANGE, line=1.4)
    pen.diamond((x, y - reach), 3, fill=ORANGE)


def whisker(pen: Pen, left: float, right: float, y: float) -> None:
    """A range from low to high: a thin line with caps, cased in white to show on a solid bar."""
    for colour, line in ((WHITE, 2.6), (INK, 0.9)):
        pen.line((left, y), (right, y), colour=colour, line=line)
        for x in (left, right):
            pen.line((x, y - 3), (x, y + 3), colour=colour, line=line)


def whisker_sample(pen: Pen, x: float, y: float) -> None:
    """Sample of a range."""
    whisker(pen, x + 1, x + 15, y)


@dataclass(frozen=True, slots=True)
class BarScale:
    """Where 0 is on the page, and how wide a point of score."""

    left: float
    unit: float

    def at(self, score: float) -> float:
        """Return where a score lies, kept between 0 and 100."""
        return self.left + clamp(score) * self.unit


def nice_top(highest: float) -> tuple[float, float]:
    """Return a round end for a scale from 0, and its step."""
    aim = max(highest, 0.1) * 1.12
    size = 10.0 ** (ceil(log10(aim)) - 1)
    step = next(size * factor for factor in (0.2, 0.5, 1, 2) if aim / (size * factor) <= 6)
    return ceil(aim / step - 1e-9) * step, step
