"""Words side by side: the row of a table, the labelled line of a card."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nqpf_assess.report.blocks import Align
from nqpf_assess.report.pdf.flow import Piece
from nqpf_assess.report.pdf.pen import BASE_LINE, Pen
from nqpf_assess.report.pdf.tagging import Node
from nqpf_assess.report.pdf.typeset import Words
from nqpf_assess.typography.linebreak import Line


@dataclass(frozen=True, eq=False)
class Box:
    """Words in a cell, `x` points right of the row's start, or those of their lines that are left after a split."""

    words: Words
    node: Node
    x: float
    width: float
    align: Align = "left"
    rest: Sequence[Line] | None = None

    @property
    def lines(self) -> Sequence[Line]:
        """The lines to draw."""
        return self.words.lines(self.width) if self.rest is None else self.rest

    @property
    def rise(self) -> float:
        """Distance from the cell's top to its first base line."""
        return self.words.leading / 2 + BASE_LINE * self.words.style.size


@dataclass(eq=False)
class Row(Piece):
    """Cells on a common first base line (or last line, `hanging`), `padding` above and below.

    It splits between lines where it must.
    """

    cells: Sequence[Box]
    padding: float = 0.0
    before: float = 0.0
    hanging: bool = False

    def __post_init__(self) -> None:
        rise = max(cell.rise for cell in self.cells)
        self._falls = [rise - cell.rise for cell in self.cells]
        inner = max(
            fall + len(cell.lines) * cell.words.leading for fall, cell in zip(self._falls, self.cells, strict=True)
        )
        if self.hanging:
            self._falls = [inner - len(cell.lines) * cell.words.leading for cell in self.cells]
        self.height = inner + 2 * self.padding

    @property
    def least(self) -> float:
        """Two lines of every cell."""
        leading = max(cell.words.leading for cell in self.cells)
        return min(self.height, 2 * self.padding + 2 * leading)

    def split(self, room: float) -> tuple["Row", "Row"] | None:
        """Cut every cell after the lines that fit."""
        inner = room - 2 * self.padding
        pairs = list(zip(self._falls, self.cells, strict=True))
        fitting = [int((inner - fall) / cell.words.leading + 1e-6) for fall, cell in pairs]
        if min(fitting) < 1:
            return None
        first = [replace(cell, rest=cell.lines[:lines]) for cell, lines in zip(self.cells, fitting, strict=True)]
        rest = [replace(cell, rest=cell.lines[lines:]) for cell, lines in zip(self.cells, fitting, strict=True)]
        return Row(first, self.padding, self.before), Row(rest, self.padding)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the cells that have words."""
        for fall, cell in zip(self._falls, self.cells, strict=True):
            if cell.lines:
                at = top + self.padding + fall
                pen.tagged_text(cell.node, cell.words, x + cell.x, at, cell.width, align=cell.align, lines=cell.lines)

    def draw_again(self, pen: Pen, x: float, top: float) -> None:
        """Draw the words once more as decoration: a header repeated on another page."""
        with pen.artifact("Pagination"):
            for fall, cell in zip(self._falls, self.cells, strict=True):
                pen.text(cell.words, x + cell.x, top + self.padding + fall, cell.width, align=cell.align)
