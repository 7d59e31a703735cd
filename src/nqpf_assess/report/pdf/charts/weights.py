"""The map of weights moved: from the general share of each to its local share, on one scale from 0."""

from collections.abc import Sequence
from dataclasses import dataclass

from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.charts.figure import FigureFlowable, Legend, figures, in_parts, legend, nice_top
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.theme import BLUE, CELL, GRID, MUTED, NAVY, PALE, QUIET_LABEL, RUST, WHITE, WIDTH
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords

LABEL_WIDTH = 160.0
ROW = 17.0
SCALE_HEIGHT = 14.0
DOT = 3.6


@dataclass(frozen=True, eq=False)
class MoveRow:
    """One weight with its words measured."""

    move: blocks.WeightMove
    label: TypesetWords
    value: TypesetWords

    @property
    def height(self) -> float:
        """Height in points."""
        return max(self.label.height(LABEL_WIDTH) + 2, ROW)


@dataclass(eq=False, kw_only=True)
class WeightFigure(FigureFlowable):
    """An arrow for each weight, from a hollow dot to a filled one."""

    rows: Sequence[MoveRow]
    key: Legend
    ticks: Sequence[tuple[float, TypesetWords]]

    def __post_init__(self) -> None:
        self.label_width = min(max((row.label.natural_width for row in self.rows), default=0.0) + 1, LABEL_WIDTH)
        self.value_width = max((row.value.natural_width for row in self.rows), default=0.0) + 1
        self.height = self.key.height + 4 + summed(row.height for row in self.rows) + SCALE_HEIGHT

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Paint legend, grid, arrows and scale."""
        self.key.draw(pen, x, top)
        top += self.key.height + 4
        left = x + self.label_width + 12
        unit = (x + WIDTH - self.value_width - 14 - left) / (self.ticks[-1][0] or 1.0)
        bottom = top + summed(row.height for row in self.rows)
        for value, words in self.ticks:
            at = left + value * unit
            pen.line((at, top), (at, bottom), colour=MUTED if value == 0 else GRID, line=0.5)
            pen.text(words, at - 20, bottom + 1, 40, align="center")
        for index, row in enumerate(self.rows):
            if index % 2 == 0:
                pen.rect(left, top, x + WIDTH - self.value_width - 14 - left, row.height, fill=PALE)
            middle = top + row.height / 2
            pen.text(row.label, x, middle - row.label.height(LABEL_WIDTH) / 2, LABEL_WIDTH)
            value_left = x + WIDTH - self.value_width
            pen.text(row.value, value_left, middle - row.value.leading / 2, self.value_width, align="right")
            paint_move(pen, left + row.move.before * unit, left + row.move.after * unit, middle)
            top += row.height


def paint_move(pen: Pen, start: float, end: float, y: float) -> None:
    """Paint one arrow; a fall is dashed and ends in a diamond, so that it is told apart without colour."""
    falls = end < start
    colour = RUST if falls else BLUE
    if abs(end - start) > 1:
        pen.line((start, y), (end, y), colour=colour, line=1.6, dash=(3, 1.6) if falls else ())
    pen.circle((start, y), DOT - 0.6, fill=WHITE, stroke=MUTED, line=1.0)
    if falls:
        pen.diamond((end, y), DOT + 1, fill=colour)
    else:
        pen.circle((end, y), DOT, fill=colour)


def compose_weights(composer: Composer, block: blocks.WeightMap) -> list[Flowable]:
    """Turn the map into figures, in parts if many weights were moved."""
    rows = [
        MoveRow(move, composer.words(move.label, CELL), composer.words(move.value, CELL.but(bold=True, colour=NAVY)))
        for move in block.moves
    ]
    if not rows:
        return []
    top, step = nice_top(100 * max(max(move.before, move.after) for move in block.moves))
    ticks = [
        (tick / 100, composer.words(f"{tick:g}%", QUIET_LABEL))
        for tick in (round(step * index, 6) for index in range(round(top / step) + 1))
    ]
    entries = [
        (lambda pen, x, y: pen.circle((x + 8, y), DOT - 0.6, fill=WHITE, stroke=MUTED, line=1.0), block.before_name),
        (lambda pen, x, y: paint_move(pen, x + 1, x + 13, y), block.after_name),
    ]
    key, parts = legend(composer, entries), in_parts([row.height for row in rows])
    return figures(
        composer,
        block.caption,
        block.alt,
        len(parts),
        lambda node, part: WeightFigure(node, rows=rows[parts[part]], key=key, ticks=ticks),
    )
