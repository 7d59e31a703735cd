"""The tables of a statistics sheet: which heads and names a figure stands under, in which unit, year and section.

Nothing is guessed: what stands between a figure and its names goes along, for whoever takes the figure to judge.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, filterfalse, takewhile
from math import inf
from pathlib import Path
from typing import NamedTuple

from nqpf_assess.exchange.grids import Grid, GridCell
from nqpf_assess.exchange.sheet_times import (
    is_closing_day,
    is_of_something,
    is_time_alone,
    period_in_passing,
    periods_said,
    times_below,
    times_of_row,
    times_of_sheet,
    without_day_of_filling,
    year_alone,
)
from nqpf_assess.exchange.sheet_words import (
    ASIDE,
    BY_WHOM,
    HEAD_OF_YEARS,
    OF_CODES,
    OF_TIME,
    OF_UNITS,
    PRINTED,
    UNIT_OF_FIGURES,
    UNIT_SAID,
    Heading,
    aspects,
    begun,
    indent_of,
    is_figure,
    is_foot,
    is_han,
    is_number,
    is_of_all,
    is_of_others,
    is_part_of_head,
    is_title,
    is_words,
    name_and_unit,
    names_in,
    say_alike,
    scales,
    unbracketed,
)
from nqpf_assess.kinds.filled import plain_words
from nqpf_assess.kinds.units import SIGNS, unit_factor
from nqpf_assess.model.mapping import StatisticsMap

MOST_WANTED = 64
"""Columns of one table in which a blank cell is told from none at all; no sheet of people has more of one kind."""


@dataclass(frozen=True)
class SheetFigure:
    """One figure of the sheet: the cell, where it stands, the unit that is said there, and its source.

    `at`: its row and column; `periods`: what the title or section above it says of its time. `parts`: what stands
    behind, above or below its head, or above its row, and has to be its unit. `foreign`: what stands between its names
    and it, and is none. `remarks`: words behind it, up to the next figure, and behind the figures of its row.
    `section`: what its row stands under; `over`: that and what encloses it, the outermost first; `labels`: the words
    beside its row that the map does not name. `is_named`: its row has a name of its own. `beside`: the unit in a column
    of units.
    """

    cell: GridCell
    place: str
    unit: str
    at: tuple[int, int] = (0, 0)
    source: str = ""
    periods: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()
    foreign: str = ""
    section: str = ""
    over: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    is_named: bool = True
    beside: str = ""
    remarks: tuple[str, ...] = ()

    def names(self, said: str) -> Sequence[str]:
        """Return what it may be called: as the sheet writes it, and without the unit in brackets behind it.

        A remark in brackets, which is no unit beside the one that is said, makes another indicator of it.
        """
        bare, own = name_and_unit(said)
        is_unit = own in ("", self.unit) or isinstance(unit_factor(own, self.unit), Decimal)
        is_unit &= not is_of_others(own)
        return tuple(dict.fromkeys((plain_words(said), plain_words(bare)) if is_unit else (plain_words(said),)))


@dataclass(frozen=True)
class _Table:
    """One table of the sheet: its heads, and the rows down to the heads of another.

    `keys`: the columns of what the map names. `heads`: of figures alone. `years`, `parts`: what stands above and below
    the heads, years and all else; `below`: the rows below that hold it. `figures`: the columns that hold some;
    `wanted`: those that the map asks for. `beside`: the column of words, behind other figures, that names what a table
    beside is of. `begins`: where tables beside each other begin.
    """

    head: int
    keys: Mapping[str, Sequence[int]]
    heads: Mapping[int, str]
    years: Mapping[int, str]
    parts: Mapping[int, tuple[str, ...]]
    rows: Mapping[int, Mapping[int, GridCell]]
    below: frozenset[int]
    figures: frozenset[int]
    wanted: Sequence[int]
    beside: Mapping[int, int]
    begins: Sequence[int]

    def key(self, key: str, column: int) -> int:
        """Return the column that names a figure: tables stand beside each other where heads do, each to its right."""
        columns = self.keys[key]
        return columns[min(max(0, bisect_right(self.begins, column) - 1), len(columns) - 1)]


class _TableLine(NamedTuple):
    """A row of a table and its cells.

    `section`: the one right above; `periods`, `units`: the times and units that hold there; `headings`: all that
    enclose it, the outermost first.
    """

    row: int
    cells: Mapping[int, GridCell]
    section: str
    periods: frozenset[str]
    units: Sequence[str]
    headings: Sequence[str]


@dataclass(frozen=True)
class _Said:
    """What is said of the figures of a table as a whole.

    `units`: those of its titles, and of heads that say more than the map names; `of_values`: what stands in brackets
    behind the heads of values. `aspects`: that all are growth, ranks or plans, and `all_of` the words that say it.
    `apart`: sections that go through the same places as others; `labels`: what stands beside each row.
    """

    units: Sequence[str]
    of_values: Set[str]
    aspects: Set[str]
    all_of: str
    apart: Set[str]
    labels: Mapping[int, tuple[str, ...]]


FoundFigure = tuple[str, SheetFigure, str | None, str | None]
"""Indicator, figure, place and period, as far as the sheet tells them apart."""

AsksFor = Callable[[str], bool]
"""Whether figures below a head are asked for."""


@dataclass(frozen=True)
class MappedSheet:
    """The sheet that a map speaks of: its cells, the rows of heads that the map names, and the first of these heads."""

    map: StatisticsMap
    path: Path
    grid: Grid
    starts: Sequence[int]
    names: Mapping[int, str]
    others: Sequence[str]  # the sheets that have fewer of its indicators among their heads

    def columns_of(self, key: str) -> Sequence[int]:
        """Return the columns that hold something: several where tables stand beside each other."""
        return tuple(column for column, head in self.names.items() if self.is_called(head, key))

    def is_called(self, head: str, key: str) -> bool:
        """Return whether the map names a head for what a column holds."""
        name = self.map.heads.get(key)
        return name is not None and plain_words(name) in (plain_words(head), plain_words(name_and_unit(head)[0]))

    @property
    def indicators(self) -> Set[str]:
        """The names of the figures that the map asks for."""
        return {plain_words(name) for name in self.map.figure_names}

    def is_asked(self, head: str) -> bool:
        """Return whether the map asks for the figures below a head."""
        return not self.indicators.isdisjoint(map(plain_words, (head, name_and_unit(head)[0])))

    @property
    def title(self) -> str:
        """What the sheet calls itself: its first words, where they stand above the heads, else its name."""
        first = next(iter(self.grid.rows))
        return self.grid.shown(first, min(self.grid.rows[first])) if first < self.starts[0] else self.grid.sheet

    # ---- tables

    def figures(self, asks_for: AsksFor) -> Iterator[FoundFigure]:
        """Return every figure of the sheet.

        Cells without one are returned too where their row has a name: another row of that name is another figure.
        """
        numbers = list(self.grid.rows)
        at = [bisect_left(numbers, start) for start in self.starts]
        above = numbers[: at[0]]
        periods, stated = self.titles(above)
        periods = times_of_sheet(self.grid.sheet, self.words_of(above), periods)
        is_in_passing = not periods
        *near, name = self.title_above(reversed(above))
        periods = periods or period_in_passing(near) or period_in_passing((name,))
        for first, end in zip(at, [*at[1:], len(numbers)], strict=True):
            table = self.table(numbers[first], numbers[first + 1 : end], asks_for)
            title = self.title_above(numbers[above] for above in range(first - 1, -1, -1))
            section, is_heading, lines = "", False, list[_TableLine]()
            headings, enclosing = tuple[Heading, ...](), list[str]()
            last = max((row for row, cells in table.rows.items() if not table.figures.isdisjoint(cells)), default=0)
            for row in (row for row in numbers[first + 1 : end] if row not in table.below):
                cells = table.rows.get(row, {})
                was_heading = is_heading
                is_apart = self.is_apart(table, cells)
                is_heading = is_apart or table.figures.isdisjoint(cells)
                if is_heading:  # a title, a section, a note, heads of something else
                    said, of_unit = self.titles((row,))
                    if periods and is_in_passing:
                        said = said or period_in_passing(self.words_of((row,)))
                    if "indicator" in table.keys and row < last:  # else it is no indicator without a figure
                        said = frozenset(filterfalse(is_of_something, said))
                    periods = said | periods if was_heading else times_below(periods, said)
                    stated = of_unit or stated
                    section = self.grid.shown(row, min(self.grid.rows[row]))
                    row_says = (cell.shown for cell in self.grid.rows[row].values())
                    headings = begun(headings, row_says, is_right_below=was_heading)[-64:]
                    enclosing = [words for _kind, heading in headings for words in heading]
                if cells and not (is_apart and any(cell.is_merged for cell in cells.values())):
                    lines.append(_TableLine(row, cells, section, periods, stated, enclosing))
            yield from self.of_table(table, lines, self.said_of(table, lines, title))

    @staticmethod
    def is_apart(table: _Table, cells: Mapping[int, GridCell]) -> bool:
        """Return whether a row has words where its figures would stand, and neither a name nor any figure."""
        return cells.keys().isdisjoint(chain.from_iterable(table.keys.values())) and all(map(is_words, cells.values()))

    def is_title(self, row: int) -> bool:
        """Return whether a row holds nothing but words, years, and days on which a month ends."""
        cells = self.grid.rows[row].values()
        return all(is_title(cell) or year_alone(cell.shown) or is_closing_day(cell.shown) for cell in cells)

    def time_below(self, figure: SheetFigure) -> str:
        """Return the name of the row right below a figure where that is a time alone, as below a total; else ""."""
        row, column = figure.at
        heads = self.grid.rows[self.starts[bisect_left(self.starts, row) - 1]]
        under = {} if row + 1 in self.starts else self.grid.rows.get(row + 1, {})
        called = {key: [at for at, cell in heads.items() if self.is_called(cell.shown, key)] for key in self.map.heads}
        beside = {at for key, columns in called.items() if key != "value" for at in columns}
        names = [max(filter(column.__gt__, called.get(key, ())), default=0) for key in ("place", "indicator")]
        said = (under[at].shown for at in names if at in under and at not in called.get("period", ()))
        has_figure = any(is_figure(cell) for at, cell in under.items() if at not in beside)
        return next(filter(is_time_alone, said), "") if has_figure else ""

    def title_above(self, rows: Iterable[int]) -> Sequence[str]:
        """Return the words from the heads of a table up to other heads or figures, and the name of the sheet."""

        def is_above(row: int) -> bool:
            if bisect_left(self.starts, row) < bisect_right(self.starts, row):  # heads of another table
                return False
            return self.is_title(row)

        near = takewhile(is_above, rows)
        return (*self.words_of(near), self.grid.sheet)

    def said_of(self, table: _Table, lines: Sequence[_TableLine], title: Sequence[str]) -> _Said:
        """Return what the words above a table, its heads and the columns beside its figures say of these."""
        # What the title says of figures may be said of some: then heads, names or sections tell which.
        of_title = aspects(title)
        if of_title:
            of_title -= aspects(self.words_of((table.head, *table.below, *(line.row for line in lines))))
            of_title -= aspects(part for parts in table.parts.values() for part in parts)
        besides = [*self.heads_besides(table)]
        units = [unit for said in title if is_of_all(unit := name_and_unit(said)[1])]
        return _Said(
            units=[*units, *(own for key, own in besides if key != "value" and is_of_all(own))],
            of_values={own for key, own in besides if key == "value"},
            aspects=of_title,
            all_of=next((said for said in title if of_title & aspects((said,))), ""),
            apart=self.sections_apart(table, lines),
            labels=self.labels(table, lines),
        )

    def of_table(self, table: _Table, lines: Sequence[_TableLine], of_all: _Said) -> Iterator[FoundFigure]:
        """Return the figures of one table by its lines and what is said of all of them."""
        readable = table.figures if self.map.layout == "long" else frozenset(table.heads)
        keys_of = {column: {key: table.key(key, column) for key in table.keys} for column in readable}
        named = {column for columns in table.keys.values() for column in columns}
        ends = sorted({*table.figures, *named})
        is_long, parents = self.map.layout == "long", {at: list[tuple[int, str]]() for at in named}
        # Below the last row that has a name or a figure stand whose seal it bears, and the day.
        told = max(
            (line.row for line in lines if any(at in named or is_figure(c) for at, c in line.cells.items())), default=0
        )
        last: dict[int, str] = {}
        units: dict[int, tuple[str, str]] = {}
        for row, cells, section, periods, stated, headings in lines:
            if any(map(is_figure, cells.values())):  # a note may be of one cell, or hold any commas
                self.grid.refuse_uneven(row, table.head, self.path)
            of_section, labels = name_and_unit(section)[1], of_all.labels.get(row, ())
            repeats = section if section in of_all.apart and not periods_said(section) else ""
            said_of_row = (section, *labels)
            said_beside = [at for at, cell in cells.items() if is_words(cell) or cell.shown in SIGNS]
            for at, inset in parents.items():
                if at in cells:
                    indent = indent_of(cells[at])
                    inset[:] = [*(one for one in inset if one[0] < indent), (indent, cells[at].shown)]
            for column in sorted({*cells, *table.wanted} & readable):
                keys = keys_of[column]
                said = {key: cells[at].shown if at in cells else "" for key, at in keys.items()}
                names_row = [key for key in ("place", "indicator") if key in said]
                is_named = all(said[key] for key in names_row)
                for key in names_row:  # a row without a name may belong to the one above
                    said[key] = last[keys[key]] = said[key] or last.get(keys[key], "")
                cell = cells.get(column)
                if not is_named and (cell is None or (row > told and is_foot(cell))):
                    continue
                if column in table.years:
                    said.setdefault("period", table.years[column])
                head = table.heads.get(column, "")
                if self.map.layout == "wide":
                    said[self.map.across] = head
                name, beside = said.get("indicator", ""), said.get("unit", "")
                own, parts = name_and_unit(name)[1], table.parts.get(column, ())
                parts = (*parts, *of_all.of_values)
                each = (own, *filterfalse(is_of_others, parts), beside) if name is head else (beside, own)
                each = (*each, *filterfalse(is_of_others, of_all.of_values))
                if beside:  # where it is blank below, as in merged cells, it may hold
                    units[keys["unit"]] = (section, beside)
                where, held = units.get(keys.get("unit", 0), ("", ""))
                held = "" if any(each) or where != section else held
                unit = next(filter(None, (*each, *map("; ".join, (stated, of_all.units)))), "")
                end = bisect_right(ends, column)  # up to the next figure, and behind the last
                after = (
                    ()
                    if is_long or cell is None or not is_figure(cell)
                    else (at for at in said_beside if at > column and bisect_right(ends, at) in (end, len(ends)))
                )
                within = (above for key in names_row for _indent, above in parents[keys[key]][:-1])
                contrary = (
                    one for one in (own, beside) if one not in ("", unit) and unit_factor(one, unit) is not None
                )
                foreign = repeats or next((one for one in said_of_row if aspects((one,)) - aspects((name,))), "")
                foreign = foreign or (of_all.all_of if of_all.aspects - aspects((name,)) else "")
                if (other := table.beside.get(column)) is not None:
                    foreign = cells[other].shown if other in cells else table.heads.get(other, "?")
                figure = SheetFigure(
                    cell=cell or GridCell(""),
                    place=self.grid.place(row, column),
                    unit=unit,
                    at=(row, column),
                    source=said.get("source", ""),
                    periods=periods,
                    parts=(own, *parts, *contrary, *([of_section] if is_of_all(of_section) else [])),
                    foreign=foreign,
                    section=section,
                    over=(*headings, *within),
                    labels=(*labels, *filter(None, (held,))),
                    is_named=is_named,
                    beside=beside,
                    remarks=tuple(cells[at].shown for at in after),
                )
                yield name, figure, said.get("place"), said.get("period")

    def heads_besides(self, table: _Table) -> Iterator[tuple[str, str]]:
        """Return of the heads of what the map names that say more in brackets what they hold, and that."""
        for key, columns in table.keys.items():
            for words in (self.grid.shown(table.head, at) for at in columns):
                if plain_words(words) != plain_words(self.map.heads[key]):
                    yield key, name_and_unit(words)[1]

    def sections_apart(self, table: _Table, lines: Sequence[_TableLine]) -> set[str]:
        """Return the sections that go through the same places as others: the totals, and then their growth."""
        names: dict[str, set[str]] = {}
        for line in lines:
            places = (line.cells[at].shown for at in table.keys.get("place", ()) if at in line.cells)
            names.setdefault(line.section, set()).update(name for name in places if name)
        often = Counter(name for some in names.values() for name in some)
        within = {section: some - {section} for section, some in names.items() if section}
        return {section for section, some in within.items() if 2 * sum(often[n] > 1 for n in some) > len(some)}

    def labels(self, table: _Table, lines: Sequence[_TableLine]) -> Mapping[int, tuple[str, ...]]:
        """Return what stands beside the names of a row, in columns that the map does not name.

        Before its figures, in a long sheet also behind them, as are years below a head that says so in any sheet. Years
        are labels too, codes and other numbers are none. A label before figures holds for the rows below it up to the
        next one, or to a section. A column in another script that has one word for each name there, and another for
        each other, says the names once more, in English or as codes; if its head is none of years and tells no plans.
        """
        named = {column for columns in table.keys.values() for column in columns}
        end = min(table.keys.get("value", ()) or table.wanted, default=0)
        last = inf if self.map.layout == "long" else end
        rows = [line for line in lines if not table.figures.isdisjoint(line.cells)]
        of_years = {column for column, head in table.heads.items() if HEAD_OF_YEARS.match(head)}
        beside = [
            {
                c: cell
                for c, cell in line.cells.items()
                if c not in named
                and cell.shown
                and (c < last or (c in of_years and without_day_of_filling(cell.shown)))
            }
            for line in rows
        ]
        codes = {column for column, head in table.heads.items() if OF_CODES.match(head)}
        numbers = {
            c
            for cells in beside
            for c, cell in cells.items()
            if is_number(cell) and (c in codes or not (c in of_years or year_alone(cell.shown)))
        }
        found: dict[int, tuple[str, ...]] = {}
        for column in sorted({c for cells in beside for c in cells} - numbers):
            words = [cells[column].shown if column in cells else "" for cells in beside]
            if column in of_years:  # 6 below 月份 says that with it
                words = [f"{table.heads[column]} {said}" if 0 < len(said) < 3 else said for said in words]
            is_before = column < end
            if is_before and all(words):
                by_key = (table.keys.get(key, ()) for key in ("place", "indicator"))
                alike = (
                    say_alike(["\t".join(line.cells[c].shown for c in at if c in line.cells) for line in rows], words)
                    for at in by_key
                )
                is_other = aspects(words) or any(periods_said(said) for said in words if not said.isdigit())
                if column not in of_years and any(alike) and (column in codes or not is_other):
                    continue
            label, under = "", ""
            for line, said in zip(rows, words, strict=True):
                label, under = said or (label if is_before and line.section == under else ""), line.section
                found[line.row] = (*found.get(line.row, ()), *([label] if label else []))
        return found

    def words_of(self, rows: Iterable[int]) -> Iterator[str]:
        """Return the words of rows; notes, and who filled the sheet in and when, apart."""
        for row in filter(self.grid.rows.__contains__, rows):  # below heads merged downwards nothing stands
            words = [PRINTED.sub("", cell.shown) for cell in self.grid.rows[row].values()]
            first = words[0]
            if BY_WHOM.match(first):
                yield from filter(None, (without_day_of_filling(BY_WHOM.sub("", said)).strip() for said in words))
            elif not ASIDE.match(first):
                yield from words

    def titles(self, rows: Sequence[int]) -> tuple[frozenset[str], Sequence[str]]:
        """Return the time that rows without figures speak of, and the units of the last that names some."""
        said = [[*self.words_of((row,))] for row in reversed(rows)]
        each = (tuple(map(unit.search, words)) for unit in (UNIT_OF_FIGURES, UNIT_SAID) for words in said)
        units = next((found for found in each if any(found)), ())
        return (
            frozenset[str]().union(*map(self.times_in, rows)),
            tuple(dict.fromkeys(found[1].strip("（）()[]【】 ") for found in units if found)),
        )

    def times_in(self, row: int) -> frozenset[str]:
        """Return the times that a row without figures speaks of."""
        heads = {cell.shown for column, cell in self.grid.rows[row].items() if column > min(self.names)}
        return times_of_row([*self.words_of((row,))], heads)

    def table(self, head: int, following: Sequence[int], asks_for: AsksFor) -> _Table:
        """Return the table that begins with a row of heads, down to the heads of another."""
        cells = self.grid.rows[head]
        keys = {
            key: at
            for key in self.map.heads
            if (at := tuple(column for column, cell in cells.items() if self.is_called(cell.shown, key)))
        }
        named = (*keys.get("place", ()), *keys.get("indicator", ())) or keys.get("period", ())
        beside = {column for columns in keys.values() for column in columns}
        years, parts, below = self.around(head, named)
        codes = {
            c for c, cell in cells.items() if OF_CODES.match(cell.shown) and not self.is_asked(cell.shown)
        } - beside
        body = {row: self.without_numeral(row, codes) for row in following if row not in below}
        figures = {c for cells in body.values() for c, cell in cells.items() if is_figure(cell)} - beside
        if self.map.layout == "long":
            figures = set(keys.get("value", ()))
        heads = {column: cell.shown for column, cell in cells.items() if cell.shown and column not in beside}
        # One head above several columns stands over the first of them, unless a dated one before all heads has none.
        is_over_first = min(figures.intersection(years), default=inf) >= min(heads, default=0)
        for column in sorted(figures | set(years)) if is_over_first else ():
            is_alike = column - 1 in heads and (column in years) == (column - 1 in years)
            if column not in heads and is_alike and (column in years or column not in parts):
                heads[column] = heads[column - 1]
        rows: dict[int, Mapping[int, GridCell]] = {}
        for row, cells in body.items():
            under = {c: cell for c, cell in cells.items() if c in figures and (c in heads or not heads)}
            is_named = any(at in cells and cells[at].shown for at in named)
            if is_named and self.is_other_head(under, heads) and not self.is_of_figure(cells, keys):
                break
            rows[row] = cells
        begins = max(keys.values(), key=lambda columns: (len(columns), -columns[0]), default=())
        others: dict[int, int] = {}
        if self.map.layout == "wide":
            figures = {c for cells in rows.values() for c, cell in cells.items() if is_figure(cell)} - beside
            words = {c for cells in rows.values() for c, cell in cells.items() if is_words(cell)} - beside - figures
            is_behind, other = False, None
            for column in sorted(figures | words | beside):
                if column in beside:
                    is_behind, other = False, None
                elif column in words:
                    other = column if is_behind else None
                else:
                    is_behind = True
                    others |= {column: other} if other is not None else {}
            # Below a head that stands again beside other names a figure is theirs: assets, and liabilities behind.
            first = min(beside, default=0)
            apart = {c for c in figures if c in others or any(name < c < first for name in words)}
            own = {(name, years.get(c)) for c, name in heads.items() if c not in apart}
            heads = {c: name for c, name in heads.items() if c not in apart or (name, years.get(c)) not in own}
        asked = [column for column, name in heads.items() if asks_for(name)]
        alike = {(heads[at], years.get(at), bisect_right(begins, at)): at for at in reversed(asked)}
        wanted = list(alike.values())[:MOST_WANTED]
        return _Table(head, keys, heads, years, parts, rows, below, frozenset(figures), wanted, others, begins)

    def without_numeral(self, row: int, codes: Set[int]) -> dict[int, GridCell]:
        """Return the cells of a row, but of one without any figure what numbers it as a section: 一."""
        cells = self.grid.rows[row]
        if codes.isdisjoint(cells) or any(map(is_figure, cells.values())):
            return cells
        return {column: cell for column, cell in cells.items() if column not in codes}

    def around(
        self, head: int, named: Sequence[int]
    ) -> tuple[Mapping[int, str], Mapping[int, tuple[str, ...]], frozenset[int]]:
        """Return what stands above and below the heads of columns, and the rows below them that hold it.

        Years date their columns: those in a row below, else several in a row above, and parts of years beside them,
        each up to the next. All else is a part of the head. The heads in another language are none.
        """
        heads = self.grid.rows[head]
        years: dict[int, str] = {}
        parts: dict[int, tuple[str, ...]] = {}
        below = set[int]()
        for row in (head + 1, head + 2, head + 3):
            cells = self.grid.rows.get(row, {})
            found = {column: year for column, cell in cells.items() if (year := year_alone(cell.shown))}
            if any(is_figure(cell) for column, cell in cells.items() if column not in found):
                break
            names = [cells[column].shown for column in named if column in cells and cells[column].shown]
            beside = cells.keys() - set(named)
            of_all = OF_TIME.search if beside == found.keys() else OF_UNITS.fullmatch
            if names and not (beside and all(map(of_all, names))):
                # Words beside no others are a section, whatever their language.
                if row > head + 1 + len(below) or is_han(names_in(cells)) == is_han(names_in(heads)) or not beside:
                    break
                below.add(row)
                continue
            below.add(row)
            years |= found
            for column, cell in cells.items():
                if column not in found:
                    parts[column] = (*parts.get(column, ()), unbracketed(cell.shown))
        is_dated_across = self.map.layout == "long" or self.map.across == "period"
        first = min(named or heads)
        for row in (head - 1, head - 2):
            cells = self.grid.rows.get(row, {})
            found = {column: year for column, cell in cells.items() if (year := year_alone(cell.shown))}
            if not all(is_title(cell) for column, cell in cells.items() if column not in found):
                break
            ends = dict(zip(sorted(cells), [*sorted(cells)[1:], max(heads) + 1], strict=True)) if cells else {}
            if not years and len(set(found.values())) > 1:
                times = {c: cell.shown for c, cell in cells.items() if c > first and periods_said(cell.shown)} | found
                years = {c: time for column, time in times.items() for c in range(column, ends[column])}
            others = {c: cell.shown for c, cell in cells.items() if c > first and c not in found}
            above = {column: words for column, words in others.items() if is_part_of_head(words)}
            if len(above) == 1:  # one across many may be a title of all
                above = {c: words for c, words in above.items() if not cells[c].is_merged or aspects((words,))}
            if not above and not found:
                break
            if first in cells and is_han(names_in(cells)) != is_han(names_in(heads)):
                continue
            for column, words in above.items():
                for at in range(column, ends[column]):
                    parts[at] = (*parts.get(at, ()), unbracketed(words))
        return {} if is_dated_across else years, parts, frozenset(below)

    def is_of_figure(self, cells: Mapping[int, GridCell], keys: Mapping[str, Sequence[int]]) -> bool:
        """Return whether a row is no row of heads, whatever stands where its figures do: about 45.1, up 0.3 points.

        It names a figure that the map asks for, or has a unit or a time in the column of these.
        """
        names = names_in({at: cells[at] for at in keys.get("indicator", ()) if at in cells})
        units, times = ([cells[at].shown for at in keys.get(key, ()) if at in cells] for key in ("unit", "period"))
        return not self.indicators.isdisjoint(names - {""}) or any(map(scales, units)) or any(map(periods_said, times))

    def is_other_head(self, figures: Mapping[int, GridCell], heads: Mapping[int, str]) -> bool:
        """Return whether a row that names something holds the heads of another table, which the map does not name.

        Words where figures stand; years where years stand across, others or several.
        """
        if self.map.layout == "wide" and self.map.across == "period":
            years = {column: year_alone(cell.shown) for column, cell in figures.items()}
            if (
                years
                and all(years.values())
                and (len(years) > 1 or any(year != year_alone(heads.get(column, "")) for column, year in years.items()))
            ):
                return True
        return any(map(is_words, figures.values())) and not any(map(is_figure, figures.values()))
