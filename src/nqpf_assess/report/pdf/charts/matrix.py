"""Impact against effort: numbered dots in four named quarters, pushed apart, with their names beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import cos, hypot, sin

from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.charts.figure import FigureFlowable, Legend, Swatch, clamp, figure, legend, nice_top
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen, Point
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.theme import BLUE, BLUES, CELL, GRID, LABEL, MUTED, NAVY, PALE, QUIET_LABEL, WHITE, WIDTH
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords

PLOT = 246.0
SIDE = 36.0
FOOT = 30.0
DOT = 8.0
APART = 17.5
"""Least distance between two dots' centres."""

TITLE_BAND = 25.0
LIST_GAP = 26.0
LIST_LEFT = SIDE + PLOT + LIST_GAP
LIST_WIDTH = WIDTH - LIST_LEFT
COLUMN = (WIDTH - LIST_GAP) / 2
EFFORTS = (0.5, 5.5)


@dataclass(frozen=True, eq=False)
class NumberedPoint:
    """A point with its number and name measured."""

    point: blocks.MatrixPoint
    number: TypesetWords
    name: TypesetWords

    def height(self, width: float) -> float:
        """Height in the list of names."""
        return max(self.name.height(width - 24), 2 * DOT) + 5


@dataclass(frozen=True, eq=False)
class Frame:
    """The plot's words: names of quarters and axes, digits of both scales."""

    quadrants: Sequence[TypesetWords]
    effort: TypesetWords
    impact: TypesetWords
    efforts: Sequence[TypesetWords]
    impacts: Sequence[tuple[float, TypesetWords]]
    top_impact: float


@dataclass(eq=False, kw_only=True)
class MatrixFigure(FigureFlowable):
    """Plot at the left, as many of the names at the right as find room."""

    entries: Sequence[NumberedPoint]
    frame: Frame
    key: Legend

    def __post_init__(self) -> None:
        head = self.frame.impact.leading + 4
        self.height = head + PLOT + FOOT + (self.key.height + 4 if self.key.entries else 0.0)
        tops = accumulate((entry.height(LIST_WIDTH) for entry in self.entries), initial=0.0)
        self.beside = summed(bottom <= self.height for bottom in list(tops)[1:])
        self.after = 16.0 if self.beside == len(self.entries) else 4.0

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Paint plot, dots and names."""
        head = self.frame.impact.leading + 4
        self._paint_plot(pen, self.frame, x + SIDE, top + head)
        self._paint_dots(pen, self.frame.top_impact, x + SIDE, top + head)
        if self.key.entries:
            self.key.draw(pen, x, top + head + PLOT + FOOT + 4)
        for entry in self.entries[: self.beside]:
            _paint_entry(pen, entry, x + LIST_LEFT, top, LIST_WIDTH)
            top += entry.height(LIST_WIDTH)

    def _paint_plot(self, pen: Pen, frame: Frame, left: float, top: float) -> None:
        half = PLOT / 2
        fills = (BLUES[0], PALE, WHITE, PALE)
        for index, fill in enumerate(fills):
            at = (left + half * (index % 2), top + half * (index // 2))
            pen.rect(*at, half, half, fill=fill, stroke=GRID, line=0.6)
            words = frame.quadrants[index]
            at_foot = half - words.height(half - 12) - 5 if index > 1 else 5
            pen.text(words, at[0] + 6, at[1] + at_foot, half - 12, align="right" if index % 2 else "left")
        pen.line((left, top), (left, top + PLOT), colour=MUTED, line=0.8)
        pen.line((left, top + PLOT), (left + PLOT, top + PLOT), colour=MUTED, line=0.8)
        for effort, words in enumerate(frame.efforts, start=1):
            at_x = left + _share(effort, *EFFORTS) * PLOT
            pen.line((at_x, top + PLOT), (at_x, top + PLOT + 3), colour=MUTED, line=0.6)
            pen.text(words, at_x - 15, top + PLOT + 4, 30, align="center")
        for impact, words in frame.impacts:
            at_y = top + PLOT * (1 - impact / frame.top_impact)
            pen.line((left - 3, at_y), (left, at_y), colour=MUTED, line=0.6)
            pen.text(words, left - 36, at_y - words.leading / 2, 30, align="right")
        pen.text(frame.impact, left - SIDE, top - frame.impact.leading - 4, PLOT)
        pen.text(frame.effort, left, top + PLOT + 4 + frame.effort.leading, PLOT, align="right")

    def _paint_dots(self, pen: Pen, top_impact: float, left: float, top: float) -> None:
        true = [
            (
                left + _share(clamp(entry.point.effort, *EFFORTS), *EFFORTS) * PLOT,
                top + PLOT * (1 - clamp(entry.point.impact, 0, top_impact) / top_impact),
            )
            for entry in self.entries
        ]
        shown = pushed_apart(true, (left + DOT + 1, top + TITLE_BAND, left + PLOT - DOT - 1, top + PLOT - TITLE_BAND))
        for real, moved in zip(true, shown, strict=True):
            if hypot(real[0] - moved[0], real[1] - moved[1]) > DOT:
                pen.line(real, moved, colour=MUTED, line=0.5)
                pen.circle(real, 1.3, fill=MUTED)
        for entry, moved in zip(self.entries, shown, strict=True):
            _paint_dot(pen, entry, moved)


@dataclass(eq=False)
class PointNames(Flowable):
    """Names that found no room beside the plot, two abreast below it."""

    entries: Sequence[NumberedPoint]
    node: Element
    after: float = 0.0

    def __post_init__(self) -> None:
        self.height = max(entry.height(COLUMN) for entry in self.entries)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw them."""
        for column, entry in enumerate(self.entries):
            with pen.mark(self.node.add("P")):
                _paint_entry(pen, entry, x + column * (COLUMN + LIST_GAP), top, COLUMN)


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low)


def _paint_dot(pen: Pen, entry: NumberedPoint, centre: Point) -> None:
    """Paint a dot with its number: filled where it is chosen, else hollow."""
    if entry.point.chosen:
        pen.circle(centre, DOT, fill=BLUE, stroke=WHITE, line=1)
    else:
        pen.circle(centre, DOT - 0.6, fill=WHITE, stroke=BLUE, line=1.2)
    pen.text(entry.number, centre[0] - 15, centre[1] - entry.number.leading / 2, 30, align="center")


def _sample(fill: str) -> Swatch:
    return lambda pen, x, y: pen.circle((x + 8, y), 4.5, fill=fill, stroke=BLUE, line=1.2)


def _paint_entry(pen: Pen, entry: NumberedPoint, x: float, top: float, width: float) -> None:
    _paint_dot(pen, entry, (x + DOT, top + max(DOT, entry.name.leading / 2)))
    fall = max(0.0, DOT - entry.name.leading / 2) if len(entry.name.lines(width - 24)) == 1 else 0.0
    pen.text(entry.name, x + 24, top + fall, width - 24)


def pushed_apart(points: Sequence[Point], box: tuple[float, float, float, float]) -> list[Point]:
    """Move points until each pair is `APART` and all lie in the box (left, top, right, bottom); the same every time."""
    found = [_inside(point, box) for point in points]
    pairs = [(first, second) for second in range(len(found)) for first in range(second)]
    for _ in range(200):
        moved = False
        for first, second in pairs:
            (ax, ay), (bx, by) = found[first], found[second]
            distance = hypot(bx - ax, by - ay)
            if distance >= APART - 0.01:
                continue
            angle = 0.7 + 2.4 * second  # of points on one another
            ux, uy = ((bx - ax) / distance, (by - ay) / distance) if distance > 0.01 else (cos(angle), sin(angle))
            step = (APART - distance) / 2
            found[first] = _inside((ax - ux * step, ay - uy * step), box)
            found[second] = _inside((bx + ux * step, by + uy * step), box)
            moved = True
        if not moved:
            break
    return found


def _inside(point: Point, box: tuple[float, float, float, float]) -> Point:
    return clamp(point[0], box[0], box[2]), clamp(point[1], box[1], box[3])


def compose_matrix(composer: Composer, block: blocks.ImpactMatrix) -> list[Flowable]:
    """Turn the matrix into a figure."""
    top_impact, step = nice_top(max((point.impact for point in block.points), default=0.0))
    ticks = [round(step * index, 6) for index in range(round(top_impact / step) + 1)]
    frame = Frame(
        [composer.words(name, LABEL.but(bold=True, colour=NAVY)) for name in block.quadrants],
        composer.words(f"{block.effort_name} →", LABEL.but(bold=True)),
        composer.words(f"{block.impact_name} ↑", LABEL.but(bold=True)),
        [composer.words(str(effort), QUIET_LABEL) for effort in range(1, 6)],
        [(tick, composer.words(f"{tick:g}", QUIET_LABEL)) for tick in ticks],
        top_impact,
    )
    entries = [
        NumberedPoint(
            point,
            composer.words(point.number, LABEL.but(bold=True, colour=WHITE if point.chosen else BLUE)),
            composer.words(point.label, CELL),
        )
        for point in block.points
    ]
    key = legend(composer, [(_sample(BLUE), block.chosen_name), (_sample(WHITE), block.other_name)], PLOT + SIDE)
    pieces = figure(
        composer, block.caption, block.alt, lambda node: MatrixFigure(node, entries=entries, frame=frame, key=key)
    )
    drawn = pieces[-1]
    rest = entries[drawn.beside :] if isinstance(drawn, MatrixFigure) else []
    names = composer.root.add("Div")
    rows = [rest[place : place + 2] for place in range(0, len(rest), 2)]
    return [*pieces, *(PointNames(row, names, 16.0 if row is rows[-1] else 0.0) for row in rows)]
