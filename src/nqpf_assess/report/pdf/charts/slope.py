"""Before and after: one line a part, up or down, its name and scores at both ends, none hiding another."""

from collections.abc import Sequence
from dataclasses import dataclass

from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.charts.figure import FigureFlowable, clamp, figures, in_parts
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.theme import BLUE, CELL, GRID, HEAD_CELL, MUTED, NAVY, ORANGE, RUST, WHITE, WIDTH
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords
from nqpf_assess.report.wording import difference, number

SIDE = 172.0
"""Width of the words at either side."""

LEADER = 16.0
"""Length of the line from words to their point, where others have pushed the words away."""

HEAD = 22.0
LEAST, SPREAD = 150.0, 2.2
"""Least height of the scale, and its height for each point of score it spans."""

AIR = 3.0


@dataclass(frozen=True, eq=False)
class SlopeRow:
    """One part with the words at both its ends measured; words without a score on their side are left out."""

    slope: blocks.Slope
    left: TypesetWords
    right: TypesetWords

    @property
    def change(self) -> float:
        """Points by which it rose or fell, as both scores are printed; 0 where one is missing."""
        return difference(self.slope.before, self.slope.after) or 0.0

    @property
    def height(self) -> float:
        """Height of the higher of both words, in points."""
        return max(words.height(SIDE) for words in (self.left, self.right)) + AIR


@dataclass(frozen=True, slots=True)
class SlopeScale:
    """A stretch of the scale from 0 to 100, drawn `height` points high."""

    low: float
    high: float
    height: float

    def down(self, score: float) -> float:
        """Return how far below the upper end a score lies, in points."""
        return (self.high - clamp(score, self.low, self.high)) / (self.high - self.low) * self.height


@dataclass(eq=False, kw_only=True)
class SlopeFigure(FigureFlowable):
    """Two upright scales and a line for each part between them."""

    rows: Sequence[SlopeRow]
    heads: Sequence[TypesetWords]

    def __post_init__(self) -> None:
        scores = [score for row in self.rows for score in (row.slope.before, row.slope.after) if score is not None]
        low, high = max(0.0, min(scores, default=0.0) - 2), min(100.0, max(scores, default=100.0) + 2)
        high = max(high, low + 1)
        words = summed(row.height for row in self.rows)
        self.scale = SlopeScale(low, high, max(LEAST, words, SPREAD * (high - low)))
        self.height = HEAD + self.scale.height + 2 * AIR

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Paint both scales under their names, then lines, then points and words."""
        left, right = x + SIDE + LEADER, x + WIDTH - SIDE - LEADER
        for words, at, align in zip(self.heads, (x, x + WIDTH - SIDE), ("right", "left"), strict=False):
            pen.text(words, at, top, SIDE, align="right" if align == "right" else "left")
        top += HEAD
        for at in (left, right):
            pen.line((at, top), (at, top + self.scale.height), colour=GRID, line=0.8)
        for row in self.rows:
            points = [
                (at, top + self.scale.down(score))
                for at, score in zip((left, right), (row.slope.before, row.slope.after), strict=True)
                if score is not None
            ]
            change = row.change
            if len(points) == 2:
                falls = change < 0
                colour = BLUE if change > 0 else ORANGE if falls else MUTED
                pen.line(
                    points[0],
                    points[1],
                    colour=colour,
                    line=1.4 if colour != MUTED else 0.8,
                    dash=(4, 2) if falls else (),
                )
            for point in points:
                if change < 0:
                    pen.diamond(point, 4, fill=WHITE, stroke=ORANGE, line=1.2)
                else:
                    pen.circle(
                        point,
                        3,
                        fill=BLUE if change > 0 else WHITE,
                        stroke=WHITE if change > 0 else MUTED,
                        line=0.8,
                    )
        self._paint_words(pen, x, top, left, before=True)
        self._paint_words(pen, x, top, right, before=False)

    def _paint_words(self, pen: Pen, x: float, top: float, at: float, *, before: bool) -> None:
        shown = [
            (row, score)
            for row in self.rows
            if (score := (row.slope.before if before else row.slope.after)) is not None
        ]
        all_words = [row.left if before else row.right for row, _ in shown]
        wanted = [self.scale.down(score) for _, score in shown]
        middles = apart(wanted, [words.height(SIDE) + AIR for words in all_words], self.scale.height)
        for words, point, middle in zip(all_words, wanted, middles, strict=True):
            edge = x + SIDE + 3 if before else x + WIDTH - SIDE - 3
            if abs(middle - point) > 1:
                pen.line((edge, top + middle), (at, top + point), colour=MUTED, line=0.4)
            start = x if before else x + WIDTH - SIDE
            pen.text(words, start, top + middle - words.height(SIDE) / 2, SIDE, align="right" if before else "left")


def apart(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """Move middles of words apart until none covers another, as little as it takes, in the order of their points."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    middles, edge = [0.0] * len(wanted), 0.0
    for index in order:
        middles[index] = max(wanted[index], edge + heights[index] / 2)
        edge = middles[index] + heights[index] / 2
    edge = max(room, summed(heights))
    for index in reversed(order):
        middles[index] = min(middles[index], edge - heights[index] / 2)
        edge = middles[index] - heights[index] / 2
    return middles


def compose_slope_chart(composer: Composer, block: blocks.SlopeChart) -> list[Flowable]:
    """Turn the chart into figures, in parts if there are many lines."""
    rows = []
    for slope in block.slopes:
        if (slope.before, slope.after) == (None, None):
            continue
        falls = (difference(slope.before, slope.after) or 0.0) < 0
        left = (blocks.Run(slope.label + "  "), blocks.Run(number(slope.before), bold=True))
        right = (blocks.Run(slope.value or number(slope.after), bold=True), blocks.Run("  " + slope.label))
        colour = RUST if falls else NAVY
        rows.append(SlopeRow(slope, composer.words(left, CELL), composer.words(right, CELL.but(colour=colour))))
    rows.sort(key=lambda row: -max(score for score in (row.slope.before, row.slope.after) if score is not None))
    heads = [composer.words(name, HEAD_CELL) for name in (block.before_name, block.after_name)]
    parts = in_parts([row.height for row in rows])
    return figures(
        composer,
        block.caption,
        block.alt,
        len(parts),
        lambda node, part: SlopeFigure(node, rows=rows[parts[part]], heads=heads),
    )
