"""Tables: a header that repeats on every page, hairlines, numbers set right, rows split only when very high."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.text import Box, RowFlowable, compose_caption
from nqpf_assess.report.pdf.theme import CELL, GRID, HEAD_CELL, HEIGHT, NAVY, NOTE, PALE, WIDTH
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords

GUTTER, NARROW_GUTTER = 12.0, 8.0
MANY_COLUMNS = 6
"""Columns from which the gaps between them are narrower."""
PADDING = 3.4
WHOLE_ROW_AT_MOST = 0.25 * HEIGHT
WHOLE_TABLE_AT_MOST = 0.2 * HEIGHT
SHORT, MOST_UNWRAPPED = 60.0, 0.75
"""Width in points up to which no cell of a column is wrapped, while such columns leave the others room enough."""


@dataclass(eq=False)
class TableFlowable(Flowable):
    """The header and those rows that stand on this page; the note stands under the last of them."""

    header: RowFlowable
    rows: Sequence[RowFlowable]
    totals: frozenset[int]
    note: RowFlowable | None = None
    continued: bool = False
    before: float = 4.0
    after: float = 16.0

    def __post_init__(self) -> None:
        self.height = (
            self.header.height + summed(row.height for row in self.rows) + (self.note.height if self.note else 0)
        )

    @property
    def least(self) -> float:
        """All of a small table; else the header with two rows (parts of them, if they are very high)."""
        if self.height < WHOLE_TABLE_AT_MOST and not self.continued:
            return self.height
        first = self.rows[: 1 if len(self.rows) < 3 else 2]
        return self.header.height + summed(
            row.height if row.height <= WHOLE_ROW_AT_MOST else row.least for row in first
        )

    def split(self, room: float) -> tuple[Flowable, Flowable] | None:
        """Cut between two rows, or inside one that is very high."""
        left = room - self.header.height
        count = 0
        while count < len(self.rows) and self.rows[count].height <= left:
            left -= self.rows[count].height
            count += 1
        if count == len(self.rows):  # only the note found no room: the last row goes with it, or half of it
            count -= 1
            left = self.rows[count].height / 2
        row = self.rows[count]
        halves = row.split(left) if row.height > WHOLE_ROW_AT_MOST else None
        if halves:
            return self._parts(count, halves)
        lone_last = count == len(self.rows) - 1 and count > 2
        return self._parts(count - lone_last) if count else None

    def _parts(
        self, count: int, halves: tuple[RowFlowable, RowFlowable] | None = None
    ) -> tuple["TableFlowable", "TableFlowable"]:
        """Cut after `count` rows and the first half of the next."""
        first, rest = list(self.rows[:count]), list(self.rows[count:])
        if halves:
            first.append(halves[0])
            rest[0] = halves[1]
        totals = frozenset(row - count for row in self.totals if row >= count)
        return (
            replace(self, rows=first, note=None, after=0.0),
            replace(self, rows=rest, totals=totals, continued=True, before=0.0),
        )

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw header, rows and rules."""
        draw = self.header.draw_again if self.continued else self.header.draw
        draw(pen, x, top)
        with pen.artifact():
            bottom = top + self.header.height
            pen.line((x, bottom), (x + WIDTH, bottom), colour=NAVY, line=1.0)
        top += self.header.height
        for index, row in enumerate(self.rows):
            with pen.artifact():
                if index in self.totals:
                    pen.rect(x, top + 0.3, WIDTH, row.height - 0.3, fill=PALE)
                if index:
                    pen.line((x, top), (x + WIDTH, top), colour=GRID, line=0.45)
            row.draw(pen, x, top)
            top += row.height
        with pen.artifact():
            pen.line((x, top), (x + WIDTH, top), colour=NAVY, line=0.6)
        if self.note:
            self.note.draw(pen, x, top)


def compose_table(composer: Composer, block: blocks.Table) -> list[Flowable]:
    """Turn a table into its caption and its rows; one without rows says nothing and is left out."""
    if not block.rows or not block.columns:
        return []
    node = composer.root.add("Table")
    pieces = compose_caption(composer, block.caption, table=node)
    titles, *cells = measured(composer, block)
    widths = composer.widths.get(block.columns) or column_widths(
        [column.share for column in block.columns], [titles, *cells]
    )
    head, body = node.add("THead"), node.add("TBody")
    titles = [
        # A bracket that finds no room behind the words begins the next line: it is not cut.
        composer.words(title.text.replace("（", "\n（"), HEAD_CELL) if title.natural_width > width else title
        for title, width in zip(titles, widths, strict=True)
    ]
    header = _row(head.add("TR"), titles, block.columns, widths)
    named = blocks.head_column(block)
    rows = [_row(body.add("TR"), row, block.columns, widths, named=named) for row in cells]
    note = (
        RowFlowable([Box(composer.words(block.note, NOTE), composer.root.add("P"), 0.0, WIDTH)], PADDING + 1)
        if block.note
        else None
    )
    return [*pieces, TableFlowable(header, rows, block.bold_rows, note)]


def measured(composer: Composer, block: blocks.Table) -> list[list[TypesetWords]]:
    """Measure the words of a table, once: its titles, then its rows."""
    if id(block) not in composer.measured:
        composer.measured[id(block)] = [
            [composer.words(column.title, HEAD_CELL) for column in block.columns],
            *(
                [composer.words(cell, CELL.but(bold=True) if index in block.bold_rows else CELL) for cell in row]
                for index, row in enumerate(block.rows)
            ),
        ]
    return composer.measured[id(block)]


def align_tables(composer: Composer, sequence: Sequence[blocks.Block]) -> None:
    """Give tables that have the same columns the same widths, so that the eye finds them from page to page."""
    alike: dict[tuple[blocks.TableColumn, ...], list[blocks.Table]] = {}
    for block in sequence:
        if isinstance(block, blocks.Table) and block.rows and block.columns:
            alike.setdefault(block.columns, []).append(block)
    for columns, tables in alike.items():
        if len(tables) > 1:
            rows = [row for table in tables for row in measured(composer, table)]
            composer.widths[columns] = column_widths([column.share for column in columns], rows)


def _row(
    node: Element,
    words: Sequence[TypesetWords],
    columns: Sequence[blocks.TableColumn],
    widths: Sequence[float],
    *,
    named: int | None = None,
) -> RowFlowable:
    """Set a row; the cell that names it is its head."""
    head = words and words[0].style is HEAD_CELL
    cells = []
    x = 0.0
    for place, (cell, column, width) in enumerate(zip(words, columns, widths, strict=True)):
        kind = "Column" if head else "Row" if place == named and cell.text.strip() else ""
        spot = node.add("TH", scope=kind) if kind else node.add("TD")
        cells.append(Box(cell, spot, x, width, column.align, names=not head and place <= (named or 0)))
        x += width + _gutter(len(columns))
    return RowFlowable(cells, PADDING, hanging=bool(head))


def column_widths(shares: Sequence[float], rows: Sequence[Sequence[TypesetWords]]) -> list[float]:
    """Share out the table's width, but cut no word, and let columns with room to spare help those that wrap."""
    room = WIDTH - _gutter(len(shares)) * (len(shares) - 1)
    columns = list(zip(*rows, strict=True))
    least = [min(max(cell.widest_cluster for cell in column) + 0.5, room * 0.4) for column in columns]
    wanted = [max(cell.natural_width for cell in column) + 1 for column in columns]
    # Where all is short, a date or a figure with its unit, nothing wraps.
    unwrapped = [want if want <= SHORT else width for want, width in zip(wanted, least, strict=True)]
    if summed(unwrapped) <= room * MOST_UNWRAPPED:
        least = unwrapped
    if summed(least) >= room:
        return [room * width / summed(least) for width in least]
    widths = _shared_out(shares, least, room)
    spare = summed(max(width - want, 0.0) for width, want in zip(widths, wanted, strict=True))
    left = spare
    for index in sorted(range(len(widths)), key=lambda index: wanted[index] - widths[index]):
        if wanted[index] > widths[index]:
            given = min(wanted[index] - widths[index], left)
            widths[index] += given
            left -= given
    kept = left / spare if spare else 1.0
    return [want + (width - want) * kept if width > want else width for width, want in zip(widths, wanted, strict=True)]


def _gutter(columns: int) -> float:
    return GUTTER if columns < MANY_COLUMNS else NARROW_GUTTER


def _shared_out(shares: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Return every column its share, or the least it needs if that is more."""
    fixed: set[int] = set()
    while True:
        free = room - summed(least[index] for index in fixed)
        total = summed(share for index, share in enumerate(shares) if index not in fixed)
        widths = [least[i] if i in fixed else free * share / total for i, share in enumerate(shares)]
        narrow = {index for index, width in enumerate(widths) if index not in fixed and width < least[index]}
        if not narrow:
            return widths
        fixed |= narrow
