"""A figure as its statistics sheet has it: what stands in its row, in its column, and over its part of the sheet.

By place alone, whatever it means: whoever reads an excerpt sees also what no rule understands. Figures of others are
left out, but for those that may be years, months or days.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from functools import cached_property

from nqpf_assess.exchange.grids import GridCell
from nqpf_assess.exchange.sheet_tables import MappedSheet, SheetFigure
from nqpf_assess.exchange.sheet_words import OF_TIME, is_figure, is_words
from nqpf_assess.kinds.filled import as_decimal, quoted
from nqpf_assess.kinds.units import SIGNS
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.importing import Excerpt

NEAR = 3
"""Rows above and below heads in which parts of them stand."""
MOST_BLANK = 64
"""Rows above from which words are taken for cells that are left blank."""
MOST_ROWS = 8
"""Rows of words over a table, and below its heads over a figure, that are shown: the nearest."""
_TIME = re.compile(r"(?:19|20)\d\d(?:\d\d){0,2}|(?:19|20)\d\d\.\d\d?")
"""A year, with a month and a day or none: 2024, 202406, 2024.6."""
_PART = re.compile(r"\d\d?")


class Excerpts:
    """What stands around the figures of one sheet."""

    def __init__(self, sheet: MappedSheet) -> None:
        self.sheet, self.rows = sheet, sheet.grid.rows
        self.keys = {key: sheet.columns_of(key) for key in sheet.map.heads}

    @cached_property
    def of_words(self) -> Sequence[int]:
        """The rows of words and years alone, and those of one figure right above all heads: 规上工业企业, 126, 户."""
        near = range(self.sheet.starts[0] - NEAR, self.sheet.starts[0])
        of_one = {at for at in near if sum(map(is_figure, self.rows.get(at, {}).values())) == 1}
        return [row for row in self.rows if row in of_one or self.sheet.is_title(row)]

    def of(self, figure: SheetFigure) -> Excerpt:
        """Return what stands around a figure, each piece once, the outermost first."""
        row, column = figure.at
        head = self.sheet.starts[bisect_right(self.sheet.starts, row) - 1]
        # Of tables beside each other, the columns of its own: the nearest before it.
        own = {max((at for at in columns if at < column), default=columns[0]) for columns in self.keys.values()}
        names = max((at for at in own if at < column), default=0)
        over = dict.fromkeys((*self.over(head, row, names), *figure.over))
        parts = (
            dict.fromkeys(self.beside(head, row, column, own)),
            dict.fromkeys(words for words in self.above(head, row, column, names) if words not in over),
            over,
        )
        return Excerpt(
            figure.place, _as_shown(figure.cell), *(tuple(map(quoted, filter(None, said))) for said in parts)
        )

    def over(self, head: int, row: int, names: int) -> Iterator[str]:
        """Yield the titles of the sheet and of a table, and the headings and sections below its heads."""
        first, start, end = (bisect_left(self.of_words, at) for at in (self.sheet.starts[0], head, row))
        titles = self.of_words[:first]
        last = start
        while last > first and self.of_words[last - 1] == head - 1 - (start - last):
            last -= 1
        titles = [*titles, *self.of_words[last:start]]
        headings = [at for at in self.of_words[start:end] if at > head]
        for at in (*titles[-MOST_ROWS:], *headings[-MOST_ROWS:]):
            parts = [column for column in self.rows[at] if column > names]
            is_near = head - NEAR <= at <= head + NEAR
            if not (is_near and len(parts) > (at < head) and self.sheet.is_title(at)):
                yield from dict.fromkeys(cell.shown for cell in self.rows[at].values())

    def above(self, head: int, row: int, column: int, names: int) -> Iterator[str]:
        """Yield the groups that a head stands under, the head, its parts, and words and years in its column."""
        for at in filter(self.rows.__contains__, range(head - NEAR, head + 1)):
            cells = self.rows[at]
            if at == head or self.sheet.is_title(at):  # what stands over several columns stands over the first
                near = [other for other in cells if names < other <= column]
                yield from (cells[other].shown for other in near[-1:])
            elif column in cells and names not in cells:
                yield cells[column].shown
        if self.sheet.map.layout == "long":  # below the head of values stand all figures
            return
        numbers = [*self.rows]
        for at in numbers[bisect_right(numbers, head) : bisect_left(numbers, row)]:
            name, cell = self.rows[at].get(names), self.rows[at].get(column)
            if cell is None:
                continue
            if name is None and at <= head + NEAR:
                yield cell.shown
            elif _may_tell(name.shown if name is not None else "", cell):
                yield ": ".join(one.shown for one in (name, cell) if one is not None)

    def beside(self, head: int, row: int, column: int, own: Set[int]) -> Iterator[str]:
        """Yield the words of a row, of cells left blank before it those above, and of its figures what may be times."""
        others, heads = {at for columns in self.keys.values() for at in columns} - own, self.rows[head]
        cells = {at: cell for at, cell in self.rows[row].items() if at not in others | {column}}
        numbers = [*self.rows]
        for above in reversed(numbers[bisect_right(numbers, head) : bisect_left(numbers, row)][-MOST_BLANK:]):
            if self.sheet.is_title(above):  # a section begins anew
                break
            found = self.rows[above].items()
            cells = {at: cell for at, cell in found if at < column and at not in others and is_words(cell)} | cells
        for at, cell in sorted(cells.items()):
            name = heads[at].shown if at in heads and not self.is_key(at, heads[at]) else ""
            if _may_tell(name, cell):
                yield ": ".join(filter(None, (name, cell.shown)))

    def is_key(self, column: int, head: GridCell) -> bool:
        """Return whether a head is that of a column that the map names, and says no more than the map."""
        return any(column in at and head.shown == self.sheet.map.heads[key] for key, at in self.keys.items())


def _may_tell(name: str, cell: GridCell) -> bool:
    """Return whether a cell holds words, a day or a number that may be a time: a small one by its name."""
    if not is_figure(cell):
        return any(map(str.isalnum, cell.shown)) or cell.shown in SIGNS
    return bool(_TIME.fullmatch(cell.shown) or (_PART.fullmatch(cell.shown) and OF_TIME.search(name)))


def _as_shown(cell: GridCell) -> str:
    """Return a figure as its cell shows it: 2.31% for 0.0231."""
    value = cell.value
    if cell.percent and isinstance(value, int | float):
        return f"{plain_number(as_decimal(value) * 100)}%"
    return cell.shown
