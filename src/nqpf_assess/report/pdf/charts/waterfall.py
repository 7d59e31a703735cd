"""From the baseline to the local figure, step by step: arrows that point the way each step moves the score."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, floor

from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.charts.figure import FigureFlowable, figure
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.theme import BLUE, CELL, GRID, MUTED, NAVY, ORANGE, PALE, QUIET_LABEL, RUST, WHITE, WIDTH
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords
from nqpf_assess.report.wording import number

LABEL_WIDTH = 196.0
VALUE_WIDTH = 46.0
LEFT = LABEL_WIDTH + 14.0
CHART = WIDTH - LEFT - VALUE_WIDTH - 10
ROW = 19.0
BAR = 9.0
FOOT = 15.0
HEAD = 6.0
"""Length of an arrow's head; a shorter step is all head."""


@dataclass(frozen=True, eq=False)
class StepRow:
    """A row from one score to the next; start and end rows stand still."""

    label: TypesetWords
    value: TypesetWords
    before: float
    after: float
    ends: bool = False

    @property
    def height(self) -> float:
        """Height in points."""
        return max(self.label.height(LABEL_WIDTH) + 6, ROW)


@dataclass(frozen=True, eq=False)
class WaterfallScale:
    """A stretch of the scale from 0 to 100 that holds every score of the steps."""

    low: float
    high: float
    digits: Sequence[tuple[float, TypesetWords]]

    def at(self, score: float) -> float:
        """Return the distance of a score from the scale's left end, in points."""
        return (score - self.low) / (self.high - self.low) * CHART


@dataclass(eq=False, kw_only=True)
class WaterfallFigure(FigureFlowable):
    """Rows of arrows over a stretch of the scale; dots mark start and end, for no bar would start at zero."""

    rows: Sequence[StepRow]
    scale: WaterfallScale

    def __post_init__(self) -> None:
        self.height = summed(row.height for row in self.rows) + FOOT

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Paint the grid, then the rows from the top."""
        left, bottom = x + LEFT, top + self.height - FOOT
        for row, place in zip(self.rows, accumulate((row.height for row in self.rows), initial=top), strict=False):
            if row.ends:
                pen.rect(x, place, WIDTH, row.height, fill=PALE)
        for score, digits in self.scale.digits:
            at = left + self.scale.at(score)
            pen.line((at, top), (at, bottom), colour=GRID, line=0.5)
            pen.text(digits, at - 20, bottom + 2, 40, align="center")
        y = top
        for row in self.rows:
            self._paint_row(pen, self.scale, row, x, y)
            y += row.height

    def _paint_row(self, pen: Pen, scale: WaterfallScale, row: StepRow, x: float, top: float) -> None:
        middle, left = top + row.height / 2, x + LEFT
        start, end = left + scale.at(row.before), left + scale.at(row.after)
        pen.text(row.label, x, middle - row.label.height(LABEL_WIDTH) / 2, LABEL_WIDTH)
        pen.text(row.value, x + WIDTH - VALUE_WIDTH, middle - row.value.leading / 2, VALUE_WIDTH, align="right")
        if row.ends:
            pen.circle((end, middle), 4.2, fill=NAVY, stroke=WHITE, line=1)
        elif abs(end - start) < 0.3:
            pen.line((start, middle - BAR / 2), (start, middle + BAR / 2), colour=MUTED, line=1.4)
        else:
            way = 1 if end > start else -1
            neck = end - way * min(HEAD, abs(end - start))
            upper, lower = middle - BAR / 2, middle + BAR / 2
            arrow = [(start, upper), (neck, upper), (end, middle), (neck, lower), (start, lower)]
            if way > 0:
                pen.polygon(arrow, fill=BLUE)
            else:
                pen.polygon(arrow, fill=WHITE, stroke=ORANGE, line=1.2)
        if row is not self.rows[-1]:
            foot = top + row.height + self.rows[self.rows.index(row) + 1].height / 2
            pen.line((end, middle + 4.5), (end, foot - 4.5), colour=MUTED, line=0.6, dash=(1.5, 1.5))


def compose_waterfall(composer: Composer, block: blocks.Waterfall) -> list[Flowable]:
    """Turn the waterfall into a figure."""
    scores = list(accumulate((step.change for step in block.steps), initial=block.start))
    bold = CELL.but(bold=True, colour=NAVY)
    start, end = (
        StepRow(composer.words(label, bold), composer.words(number(score), bold), score, score, ends=True)
        for label, score in ((block.start_label, block.start), (block.end_label, block.end))
    )
    steps = [
        StepRow(
            composer.words(step.label, CELL),
            composer.words(step.value, CELL.but(colour=RUST if step.change < 0 else "")),
            before,
            before + step.change,
        )
        for step, before in zip(block.steps, scores, strict=False)
    ]
    # The scale is the stretch in steps of 1, 2, 5, 10 or 20 points that holds the scores with some air.
    lowest, highest = min(*scores, block.end), max(*scores, block.end)
    spread = max(highest - lowest, 2.0)
    step = next((step for step in (1, 2, 5, 10) if spread / step <= 6), 20)
    low = floor((lowest - 0.15 * spread) / step) * step
    high = ceil((highest + 0.15 * spread) / step) * step
    if lowest >= 0 and highest <= 100:  # no air beyond what a score can be
        low, high = max(low, 0), min(high, 100)
    ticks = [(tick, composer.words(str(tick), QUIET_LABEL)) for tick in range(low, high + 1, step)]
    scale = WaterfallScale(low, high, ticks)
    rows = [start, *steps, end]
    return figure(composer, block.caption, block.alt, lambda node: WaterfallFigure(node, rows=rows, scale=scale))
