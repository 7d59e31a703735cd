"""A figure as its statistics sheet has it: what stands in its row, in its column, and over its part of the sheet.

By place alone, whatever it means: whoever reads an excerpt sees also what no rule understands. Figures of others are
left out, but for those that may be years, months or days.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import islice, takewhile
from math import inf
from typing import NamedTuple

from nqpf_assess.exchange.grids import GridCell
from nqpf_assess.exchange.sheet_places import AREA
from nqpf_assess.exchange.sheet_tables import MappedSheet, SheetFigure
from nqpf_assess.exchange.sheet_times import is_time_alone, periods_said, year_alone
from nqpf_assess.exchange.sheet_words import (
    ASIDE,
    OF_CODES,
    OF_TIME,
    OF_UNITS,
    Heading,
    begun,
    is_figure,
    is_number,
    is_words,
    name_and_unit,
)
from nqpf_assess.kinds.filled import plain_words, quoted
from nqpf_assess.kinds.units import SIGNS
from nqpf_assess.model.importing import FURTHER_UP, TO_THE_LEFT, Excerpt

NEAR = 3
"""Rows above and below heads in which parts of them stand."""
MOST_ROWS = 8
"""Rows over a table that are shown, the nearest beside the first, and different words in the column of a figure."""
MOST_HEADINGS = 20
"""Rows without a figure between heads and a figure that are shown: the nearest."""
MOST_REMARKS = 20
"""Rows of no table that are shown elsewhere: the nearest, and as many of the last."""
FEW = 2
"""Numbers that a title may hold: 规模以上工业企业, 126, 户."""
MOST_SIGNS = 2000
"""Length of a piece that is shown whole."""
_TIME = re.compile(r"(?:19|20)\d\d(?:\d\d){0,2}|(?:19|20)\d\d\.\d\d?")
"""A year, with a month and a day or none: 2024, 202406, 2024.6."""
_PART = re.compile(r"\d\d?")


class _At(NamedTuple):
    """Where a figure stands: the row of its heads, its own, the column that names this (0 where none does), its own."""

    head: int
    row: int
    name: int
    column: int


class Excerpts:
    """What stands around the figures of one sheet that are taken."""

    def __init__(self, sheet: MappedSheet, figures: Collection[SheetFigure]) -> None:
        self.sheet, self.rows, self.numbers, self.figures = sheet, sheet.grid.rows, [*sheet.grid.rows], figures
        own = [self.rows[figure.at[0]] for figure in figures]
        # Where the rows of those that are taken have figures, and where each has all else: names, units, remarks.
        self.columns = {at for cells in own for at, cell in cells.items() if is_figure(cell)}
        beside = [{at for at, cell in cells.items() if not is_figure(cell)} for cells in own]
        units = {at for at in sheet.columns_of("unit") if any(at in cells for cells in own)}
        self.beside = units.union(set.intersection(*beside)) if beside else units
        self.common = set.intersection(*map(set[int], own)) if own else set[int]()
        self.heads = {self.head_of(figure) for figure in figures}

    @cached_property
    def words_in(self) -> Mapping[int, Sequence[int]]:
        """The rows, but of heads and titles, in which each column holds words."""
        found, heads = dict[int, list[int]](), {*self.sheet.starts}
        for row, cells in self.rows.items():
            if row not in heads and not self.sheet.is_title(row):
                for column in (column for column, cell in cells.items() if is_words(cell)):
                    found.setdefault(column, []).append(row)
        return found

    def of(self, figure: SheetFigure, time: str) -> Excerpt:
        """Return what stands around a figure that is taken for one of a time, each piece once, the outermost first."""
        row, column = figure.at
        head = self.head_of(figure)
        at = _At(head, row, self.names_of(head, column), column)
        numbered, every = self.numbered_above(at)
        titles = (words for words in (*self.over(at), *figure.over) if words in numbered or words not in every)
        over = (*titles, *numbered, *self.area_above(at), *self.carried(at), *self.dated_above(at))
        own = (words for words in self.in_column(at, over) if words not in over)
        parts = (self.said_in(at, self.rows[row]), own, over)
        return Excerpt(
            figure.place,
            figure.cell.printed,
            time,
            *(tuple(dict.fromkeys(quoted(words, most=MOST_SIGNS) for words in said if words)) for said in parts),
        )

    def elsewhere(self, excerpts: Iterable[Excerpt]) -> tuple[Sequence[str], int]:
        """Return what the sheet says in rows that are none of a table, and not over the figures; and in notes.

        Of rows of a table it is the words where those of the figures have none. Of many they are the nearest and the
        last, beside the number of those that are left out.
        """
        over = {words for one in excerpts for words in one.over}
        heads = {cell.shown for head in self.heads for cell in self.rows[head].values()}
        found, besides, keys = dict[str, int](), dict[str, int](), self.sheet.map.heads.keys()
        for row, cells in self.rows.items() if self.figures else ():
            said = [*dict.fromkeys(quoted(cell.shown, most=MOST_SIGNS) for cell in cells.values())]
            near = min(abs(row - one.at[0]) for one in self.figures)
            telling = self.telling(cells)
            if row in self.heads:
                named = {at for at, cell in cells.items() if any(self.sheet.is_called(cell.shown, key) for key in keys)}
                bare = (self.words_in.keys() - self.beside - self.columns - named) | (cells.keys() - self.filled)
                found |= dict.fromkeys((cell.shown for at, cell in cells.items() if at in bare), near)
            elif over.issuperset(said) or (row in self.sheet.starts and heads.issuperset(said)):
                continue
            elif ASIDE.match(said[0]) or row + 1 in self.sheet.starts or not self.is_of_table(row):
                found.setdefault(" ".join(said), near)
            elif telling.keys() - self.beside and near:
                words = (quoted(cell.shown, most=MOST_SIGNS) for cell in telling.values())
                besides.setdefault(" ".join(words), near)
        kept = [*_nearest(found, MOST_REMARKS, last=MOST_REMARKS), *_nearest(besides, MOST_REMARKS)]
        return kept, len(found) + len(besides) - len(kept)

    def telling(self, cells: Mapping[int, GridCell]) -> Mapping[int, GridCell]:
        """Return the cells of a row that hold words, or a year where the row of a figure that is taken has nothing."""
        return {
            at: cell
            for at, cell in cells.items()
            if is_words(cell) or (at not in self.common and _TIME.fullmatch(cell.words))
        }

    def is_of_table(self, row: int) -> bool:
        """Return whether a row has a figure where those of the figures have one, or is one that is left blank.

        A year alone or a day is no figure; what stands in place of one is. A blank one has a unit that others have.
        """
        cells = self.rows[row]
        in_place = [cells[at] for at in self.columns & cells.keys() if not is_words(cells[at])]
        figures = (cell for cell in in_place if not year_alone(cell.shown))
        is_filled = any(is_figure(cell) or not any(map(str.isdigit, cell.shown)) for cell in figures)
        return is_filled or not self.units.isdisjoint(self.units_in(cells))

    def units_in(self, cells: Mapping[int, GridCell]) -> Set[str]:
        """Return what stands in the columns of units of a row."""
        return {cells[at].shown for at in self.sheet.columns_of("unit") if at in cells}

    @cached_property
    def filled(self) -> Set[int]:
        """The columns in which something stands below the heads but what is merged with these."""
        said = {(at, cell.shown) for head in self.heads for at, cell in self.rows[head].items()}
        below = (cells for row, cells in self.rows.items() if row > min(self.heads) and row not in self.sheet.starts)
        return {at for cells in below for at, cell in cells.items() if (at, cell.shown) not in said}

    @cached_property
    def units(self) -> Set[str]:
        """The units of rows that have a figure."""
        has_figure = (
            cells
            for cells in self.rows.values()
            if any(is_figure(cells[column]) for column in self.columns & cells.keys())
        )
        return {unit for cells in has_figure for unit in self.units_in(cells)}

    def names_of(self, head: int, column: int) -> int:
        """Return the column that names the rows of figures in a column; 0 where none does."""
        return max((at for at in self.rows[head] if at < column and self.is_of_names(head, at)), default=0)

    def head_of(self, figure: SheetFigure) -> int:
        """Return the row of heads that a figure stands under."""
        return self.sheet.starts[bisect_right(self.sheet.starts, figure.at[0]) - 1]

    def is_of_names(self, head: int, column: int) -> bool:
        """Return whether a column names rows."""
        names = self.sheet.map.heads.keys() - {"value", "unit", "source"}
        return any(self.sheet.is_called(self.rows[head][column].shown, key) for key in names)

    def over(self, at: _At) -> Iterator[str]:
        """Yield the titles of the sheet, and the titles, headings and sections between its first heads and a figure."""
        top, heads, head = bisect_left(self.numbers, self.sheet.starts[0]), {*self.sheet.starts}, self.rows[at.head]
        titles = self.numbers[:top]
        for row in (*titles[:1], *titles[-MOST_ROWS:]):
            yield from self.words_of(self.rows[row].values())
        codes = {column for column, cell in head.items() if OF_CODES.match(cell.shown)}
        last = min((column for column in head if column > at.column and self.is_of_names(at.head, column)), default=inf)
        own = {*range(at.name + 1, int(min(last, max(head) + 1)))} - codes
        between = self.numbers[top : bisect_left(self.numbers, at.row)]
        before = reversed(self.numbers[: bisect_left(self.numbers, at.head)])
        of_table = {*takewhile(self.sheet.is_title, before)} - heads
        headings = [row for row in between if row in of_table or (row not in heads and self.is_heading(row, at, own))]
        for row in headings[-MOST_HEADINGS:]:
            near = self.sheet.starts[bisect_right(self.sheet.starts, row) - 1] + NEAR
            parts = sum(column > at.name for column in self.rows[row])  # those of heads stand above their own columns
            is_of_heads = row <= near and parts > 1
            said = (cell for column, cell in self.rows[row].items() if column <= at.name or not is_of_heads)
            yield from self.words_of(said)

    def is_heading(self, row: int, at: _At, own: Set[int]) -> bool:
        """Return whether a row has no figure in the columns of a table, nor words in place of that of a name: 保密.

        One number without a unit may be that of a page: where the figure has a unit, or near heads, one among others.
        """
        cells = self.rows[row]
        figures = [column for column in own & cells.keys() if is_figure(cells[column])]
        several = sum(is_figure(cell) for column, cell in self.rows[at.row].items() if column in own) > 1
        is_near = several and not {*range(row + 1, row + NEAR + 1)}.isdisjoint(self.sheet.starts)
        if len(figures) == 1 and not self.units_in(cells) and (is_near or self.units_in(self.rows[at.row])):
            return not self.sheet.is_asked(cells[at.name].shown) if at.name in cells else True
        if at.name in cells and at.column in cells and any(map(str.isalnum, cells[at.column].shown)):
            return False
        return not figures

    @staticmethod
    def words_of(cells: Iterable[GridCell]) -> Iterator[str]:
        """Yield what cells say; of a row of many figures the words alone."""
        said = [*cells]
        is_of_table = sum(map(is_figure, said)) > FEW
        yield from (cell.shown for cell in said if not (is_of_table and is_figure(cell)))

    def in_column(self, at: _At, over: Collection[str]) -> Iterator[str]:
        """Yield the groups that a head stands under, the head, its parts, and words and years in its column.

        `over`: what is said over it already.
        """
        head, row, name, column = at
        for near in filter(self.rows.__contains__, range(head - NEAR, head + 1)):
            cells = self.rows[near]
            if near == head or self.sheet.is_title(near):  # what stands over several columns stands over the first
                for other in [other for other in cells if name < other <= column][-1:]:
                    is_own = other == column or self.sheet.grid.are_one((near, other), (near, column))
                    if is_own or near == head or cells[other].shown not in over:
                        yield cells[other].shown if is_own else TO_THE_LEFT + cells[other].shown
            elif column in cells and name not in cells:
                yield cells[column].shown
            elif column in cells and OF_TIME.search(cells[name].shown):
                yield _told(cells[name].shown, cells[column])
        end = next((start for start in self.sheet.starts if start > row), inf)
        between = (other for other in self.numbers if head < other < end and column in self.rows[other])
        rows = (other for other in between if other < row or self.is_of_table(other))
        found = dict[str, tuple[int, str]]()
        for other in sorted(rows, key=lambda other: abs(other - row)):  # of many rows that say the same the nearest
            named, cell = self.rows[other].get(name), self.rows[other][column]
            called = "" if named is None else named.shown
            if named is None and other <= head + NEAR:
                yield cell.shown
            elif other != row and (OF_TIME.search(name_and_unit(called)[0]) or _may_tell(cell, is_part=False)):
                found.setdefault(cell.shown, (other, _told(called, cell)))
        yield from (told for _row, told in sorted([*found.values()][:MOST_ROWS]))

    def carried(self, at: _At) -> Iterator[str]:
        """Yield the words above cells of a row that are left blank before a figure."""
        for column, rows in sorted(self.words_in.items()):
            if column < at.column and column not in self.rows[at.row] and (above := bisect_left(rows, at.row)):
                row = rows[above - 1]
                is_own = self.sheet.grid.are_one((row, column), (at.row, column))
                for said in self.said_in(at, {column: self.rows[row][column]}):
                    yield said if is_own else FURTHER_UP + said

    def names_down_to(self, at: _At) -> Sequence[GridCell]:
        """Return the cells that name rows from below the heads to a figure's own row."""
        below = (self.rows[row] for row in self.numbers if at.head < row <= at.row)
        return [cells[at.name] for cells in below if at.name in cells]

    def numbered_above(self, at: _At) -> tuple[Sequence[str], Set[str]]:
        """Return the names of rows that a figure stands below by their numbers, and of all that have one.

        Some have figures themselves: 二、工业企业, 126.
        """
        headings, every = tuple[Heading, ...](), set[str]()
        for cell in self.names_down_to(at):
            if (found := begun(headings, (cell.shown,), is_right_below=False)) and found[-1][0]:
                headings = found
                every.add(cell.shown)
        own = self.rows[at.row].get(at.name)
        return [words for _kind, said in headings for words in said if own is None or words != own.shown], every

    def area_above(self, at: _At) -> Iterator[str]:
        """Yield the nearest name above that is one of a place, in a sheet without a column or heads of places.

        In a pivot table it has a figure itself: 北河县, 2.
        """
        if not self.sheet.columns_of("place") and self.sheet.map.across != "place":
            names = (cell.shown for cell in reversed(self.names_down_to(at)[:-1]))  # the last is that of the figure
            found = ((said, AREA.match(plain_words(said))) for said in names)
            yield from islice((said for said, area in found if area is not None and area.start(1) == 0), 1)

    def dated_above(self, at: _At) -> Iterator[str]:
        """Yield the time that the nearest row above has in place of a name: 2022, with the totals of that year.

        Of indicators a name that tells a time besides is none: 2023年末人口.
        """
        head = self.sheet.grid.shown(at.head, at.name)
        is_of_places = self.sheet.is_called(head, "place")
        if is_of_places or self.sheet.is_called(head, "indicator"):
            for cell in reversed(self.names_down_to(at)[:-1]):  # the last is that of the figure
                is_dated = bool(_TIME.fullmatch(cell.words) or periods_said(cell.shown))
                if is_dated if is_of_places else is_time_alone(cell.shown):
                    yield cell.shown
                    return

    def said_in(self, at: _At, cells: Mapping[int, GridCell]) -> Iterator[str]:
        """Yield the words in cells of a row but a figure's own, and of other figures what may be times.

        Where a row is a figure all other numbers are of that.
        """
        heads, is_all = self.rows[at.head], self.sheet.map.layout == "long"
        for column, cell in sorted(cells.items()):
            # The head that the map names says no more.
            head = heads[column].shown if column in heads else ""
            name = "" if head in self.sheet.map.heads.values() else head
            bare, unit = name_and_unit(name)
            is_counted = bool(unit) and not OF_TIME.search(bare)
            is_part = not (OF_CODES.match(name) or is_counted or self.sheet.is_asked(name))
            # A number below a head of times may be one in any writing: 24.06, 45473; below one of units it moved aside.
            is_of_other = OF_TIME.search(bare) or OF_UNITS.fullmatch(head)
            if column != at.column and (is_all or is_of_other or _may_tell(cell, is_part=is_part)):
                yield _told(name, cell)


def _nearest(found: Mapping[str, int], most: int, *, last: int = 0) -> Sequence[str]:
    """Return of words those that are nearest to the figures, and the last, in their order."""
    if len(found) <= most + last:
        return [*found]
    kept = {*sorted(found, key=lambda words: found[words])[:most], *[*found][len(found) - last :]}
    return [words for words in found if words in kept]


def _told(name: str, cell: GridCell) -> str:
    return f"{name}: {cell.shown}" if name else cell.shown


def _may_tell(cell: GridCell, *, is_part: bool) -> bool:
    """Return whether a cell holds words, a day or a number that may be a time.

    `is_part`: a number of two digits may be a month, a quarter or a week there; elsewhere its format may say so.
    """
    if not is_number(cell):
        return any(map(str.isalnum, cell.shown)) or cell.shown in SIGNS
    number = cell.words
    return bool(_TIME.fullmatch(number) or (_PART.fullmatch(number) and (is_part or cell.shown != number)))
