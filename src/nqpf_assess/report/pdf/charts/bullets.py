"""The bullet chart: score now, target, what is still open and last time's score on one short line each."""

from collections.abc import Sequence
from dataclasses import dataclass

from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.charts.figure import (
    SCALE,
    BarScale,
    FigureFlowable,
    Legend,
    figure,
    legend,
    scale_words,
    solid_bar,
    target_tick,
)
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.text import TextFlowable, compose_paragraph
from nqpf_assess.report.pdf.theme import BLUE, BLUES, CELL, GRID, INK, LEAD, MUTED, NAVY, PALE, WHITE, WIDTH
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords

LABEL_WIDTH = 160.0
"""Most room that the names take at the left."""

LEAST_SCALE = 60.0
"""Room that the scale has at least: beside words, long names are wrapped sooner rather than drawn over it."""
GAP = 12.0
"""White space at either side of the scale."""

TRACK, BAR = 12.0, 5.0
ROW, CLOSE_ROW = 18.0, 14.0
SCALE_HEIGHT = 14.0
BESIDE = 206.0
"""Width of a chart that stands beside words."""
BETWEEN = 20.0
HIGHEST = 220.0
"""Height up to which it may stand there: less than a third of a page."""


@dataclass(frozen=True, eq=False)
class BulletRow:
    """One line with its words measured."""

    bullet: blocks.Bullet
    label: TypesetWords
    value: TypesetWords
    least: float

    def height(self, label_width: float) -> float:
        """Height in points."""
        return max(self.label.height(label_width) + 2, self.least)


@dataclass(eq=False, kw_only=True)
class BulletFigure(FigureFlowable):
    """The lines under their legend, over the scale from 0 to 100 (no `digits`: without it)."""

    rows: Sequence[BulletRow]
    key: Legend
    digits: Sequence[TypesetWords]

    def __post_init__(self) -> None:
        self.value_width = max((row.value.natural_width for row in self.rows), default=0.0) + 1
        wanted = max((row.label.natural_width for row in self.rows), default=0.0) + 1
        room = max(self.width - self.value_width - 2 * GAP - LEAST_SCALE, LEAST_SCALE)
        self.label_width = min(wanted, LABEL_WIDTH, room)
        self.heights = [row.height(self.label_width) for row in self.rows]
        self.height = self.key.height + 4 + summed(self.heights) + (SCALE_HEIGHT if self.digits else 0.0)

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Paint legend, tracks, grid, marks and scale."""
        self.key.draw(pen, x, top)
        top += self.key.height + 4
        left = x + self.label_width + GAP
        scale = BarScale(left, (x + self.width - self.value_width - GAP - left) / 100)
        bottom = top + summed(self.heights)
        for value in SCALE:
            pen.line((scale.at(value), top), (scale.at(value), bottom), colour=MUTED if value == 0 else GRID, line=0.5)
        for value, digits in zip(SCALE, self.digits, strict=False):
            pen.text(digits, scale.at(value) - 20, bottom + 1, 40, align="center")
        for row, height in zip(self.rows, self.heights, strict=True):
            middle = top + height / 2
            pen.text(row.label, x, middle - row.label.height(self.label_width) / 2, self.label_width)
            value_left = x + self.width - self.value_width
            pen.text(row.value, value_left, middle - row.value.leading / 2, self.value_width, align="right")
            paint_bullet(pen, row.bullet, scale, middle, reach=7.0 if self.digits else 5.5)
            top += height


def paint_bullet(pen: Pen, bullet: blocks.Bullet, scale: BarScale, middle: float, *, reach: float) -> None:
    """Paint one line about its middle: track, open range, bar, last time, target."""
    pen.rect(scale.left, middle - TRACK / 2, 100 * scale.unit, TRACK, fill=PALE)
    if bullet.low is not None and bullet.high is not None:
        low, high = sorted((scale.at(bullet.low), scale.at(bullet.high)))
        pen.rect(low, middle - TRACK / 2, max(high - low, 0.8), TRACK, fill=BLUES[2])
    if bullet.current is None:
        pen.line((scale.left, middle), (scale.at(100), middle), colour=MUTED, line=0.7, dash=(1.5, 2.5))
    else:
        pen.rect(scale.left, middle - BAR / 2, max(scale.at(bullet.current) - scale.left, 0.8), BAR, fill=BLUE)
    if bullet.before is not None:
        _last_time(pen, scale.at(bullet.before), middle)
    if bullet.target is not None:
        target_tick(pen, scale.at(bullet.target), middle, reach=reach)


def _last_time(pen: Pen, x: float, y: float) -> None:
    pen.circle((x, y), 3.2, fill=WHITE, stroke=INK, line=1.0)


def compose_bullet_chart(composer: Composer, block: blocks.BulletChart) -> list[Flowable]:
    """Turn the chart into one figure."""
    rows = [
        BulletRow(
            bullet,
            composer.words(bullet.label, CELL),
            composer.words(bullet.value, CELL.but(bold=True, colour=NAVY)),
            CLOSE_ROW if block.narrow else ROW,
        )
        for bullet in block.bullets
    ]
    entries = [
        (solid_bar, block.current_name),
        (lambda pen, x, y: target_tick(pen, x + 8, y, reach=4.5), block.target_name),
    ]
    if any(bullet.low is not None for bullet in block.bullets):
        entries.append((lambda pen, x, y: pen.rect(x, y - 4.5, 16, 9, fill=BLUES[2]), block.range_name))
    if any(bullet.before is not None for bullet in block.bullets):
        entries.append((lambda pen, x, y: _last_time(pen, x + 8, y), block.before_name))
    width, digits = (BESIDE, []) if block.narrow else (WIDTH, scale_words(composer))
    key = legend(composer, entries, width)
    return figure(
        composer,
        block.caption,
        block.alt,
        lambda node: BulletFigure(node, rows=rows, key=key, digits=digits, width=width),
    )


@dataclass(eq=False)
class SideBySide(Flowable):
    """Words with a chart at their right, both from the same height on."""

    words: Flowable
    chart: Flowable
    after: float = 12.0

    def __post_init__(self) -> None:
        self.height = max(self.words.height, self.chart.height)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the words, then the chart."""
        self.words.draw(pen, x, top)
        self.chart.draw(pen, x + WIDTH - BESIDE, top)


def compose_verdict(composer: Composer, block: blocks.WordsWithChart) -> list[Flowable]:
    """Set the verdict beside the scores it rests on; alone where these would take the page from what is to be done."""
    words = composer.words(block.runs, LEAD)
    said = TextFlowable(words, composer.root.add("P"), WIDTH - BESIDE - BETWEEN)
    (chart,) = compose_bullet_chart(composer, block.chart)  # no caption: one piece
    if chart.height > HIGHEST:  # what is not drawn leaves the structure again
        return compose_paragraph(composer, blocks.Paragraph(block.runs, "lead"))
    return [SideBySide(said, chart)]
