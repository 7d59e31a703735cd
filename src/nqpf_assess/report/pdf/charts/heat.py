"""A strip of shares: each cell filled from the left as far as its share goes, with the figure printed on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.charts.figure import FigureFlowable, clamp, figures
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.theme import BLUE, BLUES, GRID, LABEL, NAVY, PALE, WIDTH
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords

GAP = 10.0
BAR = 6.0
MOST_COLUMNS = 6
MOST_CELLS = 6 * MOST_COLUMNS


@dataclass(frozen=True, eq=False)
class HeatCell:
    """One cell with its words measured."""

    share: float | None
    label: TypesetWords
    value: TypesetWords


@dataclass(eq=False, kw_only=True)
class HeatFigure(FigureFlowable):
    """Rows of cells: figure over bar over name."""

    cells: Sequence[HeatCell]

    def __post_init__(self) -> None:
        count = max(len(self.cells), 1)
        self.columns = ceil(count / ceil(count / MOST_COLUMNS))
        self.wide = (WIDTH - GAP * (self.columns - 1)) / self.columns
        self.lines = [self.cells[place : place + self.columns] for place in range(0, len(self.cells), self.columns)]
        self.heights = [
            max((cell.value.height(self.wide) + 2 + BAR + 3 + cell.label.height(self.wide)) for cell in line) + 9
            for line in self.lines
        ]
        self.height = summed(self.heights)

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Paint the cells row by row."""
        for line, height in zip(self.lines, self.heights, strict=True):
            for column, cell in enumerate(line):
                left = x + column * (self.wide + GAP)
                pen.text(cell.value, left, top, self.wide)
                bar = top + cell.value.height(self.wide) + 2
                pen.rect(left, bar, self.wide, BAR, fill=PALE, stroke=GRID, line=0.5)
                if cell.share is None:
                    with pen.clipped(left, bar, self.wide, BAR):
                        for step in range(int(self.wide // 5) + 2):
                            pen.line((left + 5 * step - BAR, bar + BAR), (left + 5 * step, bar), colour=GRID, line=1.0)
                elif cell.share > 0:
                    share = clamp(cell.share, 0, 1)
                    fill = BLUES[2] if share < 0.5 else BLUES[3] if share < 0.8 else BLUE
                    pen.rect(left, bar, self.wide * share, BAR, fill=fill)
                pen.text(cell.label, left, bar + BAR + 3, self.wide)
            top += height


def compose_heat(composer: Composer, block: blocks.Heat) -> list[Flowable]:
    """Turn the strip into figures, in parts if it is very long."""
    cells = [
        HeatCell(
            cell.share, composer.words(cell.label, LABEL), composer.words(cell.value, LABEL.but(bold=True, colour=NAVY))
        )
        for cell in block.cells
    ]
    parts = [cells[place : place + MOST_CELLS] for place in range(0, len(cells), MOST_CELLS)] or [[]]
    return figures(
        composer, block.caption, block.alt, len(parts), lambda node, part: HeatFigure(node, cells=parts[part])
    )
