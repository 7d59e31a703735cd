"""The radar: current against target by pillar, rings from 0 to 100, the two told apart by line, dash and dot."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Align, Bar, Bars
from nqpf_assess.report.pdf.charts.bars import compose_bars
from nqpf_assess.report.pdf.charts.figure import SCALE, FigureFlowable, Legend, clamp, figure, legend, scale_words
from nqpf_assess.report.pdf.composer import Composer
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen, Point
from nqpf_assess.report.pdf.theme import BLUE, BLUES, GRID, LABEL, NAVY, ORANGE, PALE, QUIET_LABEL, WHITE, WIDTH
from nqpf_assess.report.pdf.typeset import TypesetWords

RADIUS, COMPACT = 104.0, 62.0
LABEL_WIDTH = 118.0
LABEL_GAP = 13.0
NEAR = 10.0
ANCHORS = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(eq=False)
class SpokeLabel:
    """A spoke's name and note beside the end of the spoke; `x` and `top` count from the centre."""

    name: TypesetWords
    note: TypesetWords
    x: float
    top: float
    align: Align

    def __post_init__(self) -> None:
        self.lines = self.name.lines(LABEL_WIDTH, balance=True)
        self.name_height = len(self.lines) * self.name.leading

    @property
    def height(self) -> float:
        """Height in points."""
        return self.name_height + (self.note.height(LABEL_WIDTH) if self.note.text else 0.0)

    @property
    def sides(self) -> tuple[float, float]:
        """Left and right edge of what is seen of it."""
        width = max(*(self.name.points(line) for line in self.lines), min(self.note.natural_width, LABEL_WIDTH))
        left = self.x - width * ANCHORS[self.align]
        return left, left + width

    def covers(self, other: "SpokeLabel") -> bool:
        """Return whether it comes too near to another label."""
        (left, right), (others_left, others_right) = self.sides, other.sides
        beside = left > others_right + NEAR or others_left > right + NEAR
        return not beside and self.top < other.top + other.height + 2 and other.top < self.top + self.height + 2

    def draw(self, pen: Pen, centre: Point) -> None:
        """Draw name and note about the centre of the radar."""
        left, top = centre[0] + self.x - LABEL_WIDTH * ANCHORS[self.align], centre[1] + self.top
        pen.text(self.name, left, top, LABEL_WIDTH, align=self.align, lines=self.lines)
        if self.note.text:
            pen.text(self.note, left, top + self.name_height, LABEL_WIDTH, align=self.align)


@dataclass(eq=False)
class RadarFigure(FigureFlowable):
    """Rings, spokes, two outlines, labels, legend."""

    axes: Sequence[blocks.Axis] = ()
    labels: Sequence[SpokeLabel] = ()
    key: Legend | None = None
    digits: Sequence[TypesetWords] = ()
    radius: float = RADIUS

    def __post_init__(self) -> None:
        self.rise = -min(-self.radius - 4, *(label.top for label in self.labels))
        fall = max(self.radius, *(label.top + label.height for label in self.labels))
        self.height = self.rise + fall + 14 + (self.key.height if self.key else 0.0)

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Paint from the rings outwards; outlines last, target over current."""
        centre = (x + WIDTH / 2, top + self.rise)
        for value in reversed(SCALE[1:]):
            corners = [self._at(centre, index, value) for index in range(len(self.axes))]
            pen.polygon(corners, fill=PALE if value % 40 == 20 else WHITE)
        current = [self._spot(centre, index, axis.current) for index, axis in enumerate(self.axes)]
        target = [self._spot(centre, index, axis.target) for index, axis in enumerate(self.axes)]
        for start, end in _sides(current):
            pen.polygon([centre, start, end], fill=BLUES[1])
        for value in SCALE[1:]:
            pen.polygon([self._at(centre, index, value) for index in range(len(self.axes))], stroke=GRID, line=0.5)
        for index in range(len(self.axes)):
            pen.line(centre, self._at(centre, index, 100), colour=GRID, line=0.5)
        for start, end in _sides(current):
            pen.line(start, end, colour=BLUE, line=1.6)
        for start, end in _sides(target):
            pen.line(start, end, colour=ORANGE, line=1.3, dash=(3.5, 2.2))
        for spot in filter(None, current):
            pen.circle(spot, 2.8, fill=BLUE)
        for spot in filter(None, target):
            pen.diamond(spot, 3.9, fill=WHITE, stroke=ORANGE, line=1.2)
        for value, digits in zip(SCALE, self.digits, strict=True):
            y = centre[1] - self.radius * value / 100
            if 0 < value < 100:
                pen.text(digits, centre[0] - 26, y - digits.leading / 2, 22, align="right")
        for label in self.labels:
            label.draw(pen, centre)
        if self.key:
            self.key.draw(
                pen,
                x
                + (
                    WIDTH
                    - max((row[-1][0] + 22 + row[-1][2].natural_width for row in self.key.rows if row), default=0.0)
                )
                / 2,
                top + self.height - self.key.height,
            )

    def _spot(self, centre: Point, index: int, value: float | None) -> Point | None:
        return None if value is None else self._at(centre, index, clamp(value))

    def _at(self, centre: Point, index: int, value: float) -> Point:
        x, y = _direction(index, len(self.axes))
        return (centre[0] + self.radius * value / 100 * x, centre[1] + self.radius * value / 100 * y)


def _direction(index: int, count: int) -> Point:
    angle = 2 * pi * index / count
    return sin(angle), -cos(angle)


def _sides(spots: Sequence[Point | None]) -> list[tuple[Point, Point]]:
    """Return the sides between neighbours that both have a score; a gap in the data stays a gap in the outline."""
    return [(start, end) for start, end in pairwise([*spots, spots[0]]) if start and end]


def _current_sample(pen: Pen, x: float, y: float) -> None:
    pen.rect(x, y - 4, 16, 8, fill=BLUES[1])
    pen.line((x, y), (x + 16, y), colour=BLUE, line=1.6)
    pen.circle((x + 8, y), 2.8, fill=BLUE)


def _target_sample(pen: Pen, x: float, y: float) -> None:
    pen.line((x, y), (x + 16, y), colour=ORANGE, line=1.3, dash=(3.5, 2.2))
    pen.diamond((x + 8, y), 3.9, fill=WHITE, stroke=ORANGE, line=1.2)


def spoke_labels(composer: Composer, axes: Sequence[blocks.Axis], radius: float) -> list[SpokeLabel]:
    """Set the labels of the spokes round the radar, pushed apart until none covers another."""
    found = []
    for index, axis in enumerate(axes):
        x, y = _direction(index, len(axes))
        align: Align = "center" if abs(x) < 0.15 else "left" if x > 0 else "right"
        name = composer.words(axis.label, LABEL.but(bold=True, colour=NAVY))
        label = SpokeLabel(name, composer.words(axis.label_note, QUIET_LABEL), x * (radius + LABEL_GAP), 0.0, align)
        label.top = y * (radius + LABEL_GAP) - label.height * (1 - y) / 2
        found.append(label)
    for side in ("left", "right"):  # up and down, the middle of the side staying put
        ordered = sorted((label for label in found if label.align == side), key=lambda label: label.top)
        for above, below in pairwise(ordered):
            overlap = above.top + above.height + 2 - below.top
            if overlap > 0:
                above.top -= overlap / 2
                below.top += overlap / 2
        for above, below in pairwise(ordered):
            below.top = max(below.top, above.top + above.height + 2)
    for label in found:
        if label.align == "center":  # outwards
            step = -2.0 if label.top < 0 else 2.0
            while any(label.covers(other) for other in found if other is not label):
                label.top += step
    return found


def compose_radar(composer: Composer, block: blocks.Radar) -> list[Flowable]:
    """Turn a radar into a figure; with fewer than three spokes, into bars."""
    if len(block.axes) < 3:
        bars = tuple(Bar(axis.label, axis.current, axis.target, value=axis.label_note) for axis in block.axes)
        return compose_bars(composer, Bars(bars, block.current_name, block.target_name, block.caption, block.alt))
    radius = COMPACT if block.compact else RADIUS
    labels = spoke_labels(composer, block.axes, radius)
    key = legend(composer, [(_current_sample, block.current_name), (_target_sample, block.target_name)])
    digits = scale_words(composer, LABEL)
    return figure(
        composer,
        block.caption,
        block.alt,
        lambda node: RadarFigure(node, axes=block.axes, labels=labels, key=key, digits=digits, radius=radius),
    )
