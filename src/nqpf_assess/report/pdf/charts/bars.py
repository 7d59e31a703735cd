"""Horizontal bars on the fixed scale: current solid, pale on to the target, range as a whisker, benchmarks as marks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nqpf_assess.locale import _
from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.charts.figure import (
    SCALE,
    BarScale,
    FigureFlowable,
    Legend,
    figures,
    in_parts,
    legend,
    pale_bar,
    scale_words,
    solid_bar,
    target_tick,
    whisker,
    whisker_sample,
)
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.theme import BLUE, BLUES, CELL, GRID, INK, LABEL, MUTED, NAVY, PALE, WHITE, WIDTH
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords

LABEL_WIDTH = 150.0
BAR = 8.0
ROW = 21.0
SCALE_HEIGHT = 15.0
KINDS_IN_LEGEND = 4


@dataclass(frozen=True, eq=False)
class BarRow:
    """One bar with its words measured; `notes` name its benchmarks if the legend does not."""

    bar: blocks.Bar
    label: TypesetWords
    value: TypesetWords
    notes: TypesetWords | None

    def height(self, value_width: float) -> float:
        """Height in points."""
        notes = self.notes.leading + 2 if self.notes else 0.0
        return max(self.label.height(LABEL_WIDTH), self.value.height(value_width), ROW) + 4 + notes


@dataclass(eq=False, kw_only=True)
class BarsFigure(FigureFlowable):
    """A set of bars under a legend, over its scale."""

    rows: Sequence[BarRow]
    key: Legend
    digits: Sequence[TypesetWords]
    value_width: float
    kinds: Sequence[str]

    def __post_init__(self) -> None:
        self.height = self.key.height + 6 + summed(row.height(self.value_width) for row in self.rows) + SCALE_HEIGHT

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Paint legend, grid, bars and scale."""
        self.key.draw(pen, x, top)
        top += self.key.height + 6
        scale = BarScale(x + LABEL_WIDTH + 14, (WIDTH - LABEL_WIDTH - 14 - self.value_width - 12) / 100)
        bottom = top + summed(row.height(self.value_width) for row in self.rows)
        for value, digits in zip(SCALE, self.digits, strict=True):
            at = scale.at(value)
            colour = MUTED if value == 0 else GRID
            pen.line((at, top), (at, bottom), colour=colour, line=0.5)
            pen.text(digits, at - 20, bottom + 2, 40, align="center")
        for row in self.rows:
            notes = row.notes.leading + 2 if row.notes else 0.0
            body = row.height(self.value_width) - notes
            middle = top + body / 2
            pen.text(row.label, x, middle - row.label.height(LABEL_WIDTH) / 2, LABEL_WIDTH)
            value_left = x + WIDTH - self.value_width
            pen.text(
                row.value, value_left, middle - row.value.height(self.value_width) / 2, self.value_width, align="right"
            )
            paint_bar(pen, row.bar, scale, middle)
            for index, mark in enumerate(row.bar.marks):
                kind = index if row.notes else self.kinds.index(mark.label)
                MARKS[kind % len(MARKS)](pen, scale.at(mark.at), middle + BAR / 2 + 3.5)
            if row.notes:
                pen.text(row.notes, scale.left + 4, top + body, x + WIDTH - scale.left - 4)
            top += row.height(self.value_width)


def paint_bar(pen: Pen, bar: blocks.Bar, scale: BarScale, middle: float) -> None:
    """Paint one bar about its middle line."""
    upper = middle - BAR / 2
    pen.rect(scale.left, upper, 100 * scale.unit, BAR, fill=PALE)
    if bar.target is not None:
        pen.rect(scale.left, upper, scale.at(bar.target) - scale.left, BAR, fill=BLUES[1])
    if bar.current is None:
        pen.line((scale.left, middle), (scale.at(100), middle), colour=MUTED, line=0.7, dash=(1.5, 2.5))
    else:
        pen.rect(scale.left, upper, max(scale.at(bar.current) - scale.left, 0.8), BAR, fill=BLUE)
    if bar.low is not None and bar.high is not None:
        low, high = sorted((scale.at(bar.low), scale.at(bar.high)))
        whisker(pen, low, high, middle)
    if bar.target is not None:
        target_tick(pen, scale.at(bar.target), middle)


def _triangle(pen: Pen, x: float, y: float) -> None:
    pen.polygon([(x, y - 3.5), (x - 3.4, y + 2.6), (x + 3.4, y + 2.6)], fill=WHITE, stroke=INK, line=0.9)


def _square(pen: Pen, x: float, y: float) -> None:
    pen.rect(x - 2.5, y - 2.5, 5, 5, fill=WHITE, stroke=INK, line=0.9)


def _ring(pen: Pen, x: float, y: float) -> None:
    pen.circle((x, y), 2.7, fill=WHITE, stroke=INK, line=0.9)


def _wedge(pen: Pen, x: float, y: float) -> None:
    pen.polygon([(x, y + 3), (x - 3.2, y - 2.6), (x + 3.2, y - 2.6)], fill=INK, stroke=INK, line=0.9)


MARKS = (_triangle, _square, _ring, _wedge)
"""Shapes of benchmarks, told apart without colour."""

SIGNS = "△□○▼"
"""The same shapes as characters, where benchmarks are named under their bar."""


def compose_bars(composer: Composer, block: blocks.Bars) -> list[Flowable]:
    """Turn bars into figures, in parts if there are many."""
    kinds = list(dict.fromkeys(mark.label for bar in block.bars for mark in bar.marks))
    named = len(kinds) <= KINDS_IN_LEGEND
    rows = []
    for bar in block.bars:
        signed = (f"{SIGNS[index % len(SIGNS)]} {mark.label}" for index, mark in enumerate(bar.marks))
        notes = "" if named else "   ".join(signed)
        rows.append(
            BarRow(
                bar,
                composer.words(bar.label, CELL),
                composer.words(bar.value, CELL.but(bold=True, colour=NAVY)),
                composer.words(notes, LABEL.but(colour=MUTED)) if notes else None,
            )
        )
    value_width = min(max((row.value.natural_width for row in rows), default=0.0) + 1, 110.0)
    parts = in_parts([row.height(value_width) for row in rows])
    entries = [(solid_bar, block.current_name)]
    if any(bar.target is not None for bar in block.bars):
        entries.append((pale_bar, block.target_name))
    if any(bar.low is not None and bar.high is not None for bar in block.bars):
        entries.append((whisker_sample, block.range_name or composer.say(_("Range"))))
    key = legend(
        composer, [*entries, *((centred(MARKS[index]), kind) for index, kind in enumerate(kinds if named else []))]
    )
    digits = scale_words(composer)
    return figures(
        composer,
        block.caption,
        block.alt,
        len(parts),
        lambda node, part: BarsFigure(
            node, rows=rows[parts[part]], key=key, digits=digits, value_width=value_width, kinds=kinds
        ),
    )


def centred(mark: Callable[[Pen, float, float], None]) -> Callable[[Pen, float, float], None]:
    """Return a mark drawn in the middle of its place in a legend."""
    return lambda pen, x, y: mark(pen, x + 8, y)
