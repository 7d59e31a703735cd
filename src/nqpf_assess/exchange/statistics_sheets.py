"""Figures out of a statistics sheet by its map: long or wide, of one place and one period, each in its own unit.

A figure is taken where its row, column, unit and year are each named by one thing, and where nothing between them and
the cell speaks of something else: another part of the heads, a section, another table. What is not so is refused.
A figure whose unit is not the question's is converted by the map's factor, else where the two are a power of ten apart.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from nqpf_assess.exchange.column_map import ColumnMap
from nqpf_assess.exchange.gathering import Gathering
from nqpf_assess.exchange.grids import Grid, GridCell
from nqpf_assess.files.places import writable
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import NO_UNIT as NO_UNIT_HERE
from nqpf_assess.kinds.figures import read_number
from nqpf_assess.kinds.filled import CORRECT, Misfit, as_decimal, quoted
from nqpf_assess.kinds.units import SIGNS, split_power, unit_factor
from nqpf_assess.locale import LANGUAGES, Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.importing import Submission
from nqpf_assess.model.mapping import MappedIndicator, StatisticsMap
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

RECOGNISED = _("a statistics sheet, by its map")
NO_HEAD = _("{path} has no row with the columns that the map names: {names}")
SAY_HEAD = _("Write the heads as the sheet has them; “sheet” and “head” in the map say where they stand.")
NO_SHEET = _("{path} has no sheet “{sheet}”")
SHEETS_ARE = _("Its sheets are: {names}")
WHICH_PLACE = _("the map does not say which place is wanted")
WHICH_PERIOD = _("the map does not say which period is wanted")
SAY_PLACE = _('Write it into the map (place = ["..."]), or import into an assessment that has a name: --into FILE.')
SAY_PERIOD = _('Write it into the map (period = "2024"), or import into an assessment that has a year: --into FILE.')
NO_ROW = _("the sheet has nothing of {place}{period}")
THERE_ARE = _("There are: {names}")
IN_PERIOD = _(" in {period}")
ABSENT = _("the sheet has no figure “{name}”{period}")
LOOK = _("Write it into the map as the sheet has it, or fill it in by hand.")
SEVERAL = _("“{name}” stands there several times with different figures: {places}")
NARROW = _("Say in the map which is meant: place, period, sheet.")
NO_UNIT = _("neither the sheet nor the map says in which unit “{name}” is")
SAY_UNIT = _('Write unit = "..." beside it in the map.')
OTHER_UNIT = _("“{unit}” is not “{wanted}”, and no factor explains it")
SAY_FACTOR = _("Write a factor beside it in the map, or under [units].")
TWO_UNITS = _("the sheet gives “{name}” in “{unit}”, the map says “{stated}”")
ONE_UNIT = _("Take the unit out of the map, or state a factor beside it.")
UNLIKE_FORMAT = _("the number format of the cell, {format}, shows another unit than the sheet or the map says")
UNITS_APART = _("the sheet gives “{name}” both in “{unit}” and in “{other}”")
PARTED = _("between the name “{name}” and the figure stands “{part}”, which is not the unit")
SAY_PART = _(
    "Keep the part of the sheet that is meant, each column with one head that says what it holds; name that in the map."
)
SHEETS_ALIKE = _("several sheets of {path} have such heads: {names}")
SAY_SHEET = _('Say in the map which is meant: sheet = "..."')
NOT_A_FIGURE = _("“{typed}” is no figure")
BY_ZERO = _("“{name}”, by which it is divided, is 0")
YEAR_OF_SHEET = _("the sheet is of {year}, and so are its figures; the assessment is of {period}")
YEAR_TAKEN = _("the sheet names no year; its figures are taken for those of {year}")
DIGITS = 6
"""Digits of a quotient of two figures that are kept, where the question does not say how many decimals it has."""
MOST_WANTED = 64
"""Columns of one table in which a blank cell is told from none at all; no sheet of people has more of one kind."""
LEADING = 3
"""Digits of a quotient that are kept at least, however few decimals the question has."""

_YEAR = r"(?:19|20)\d\d"
_YEARBOOK = re.compile(rf"(?:年鉴|yearbook)\s*{_YEAR}|{_YEAR}\s*年?\s*(?:统计)?年鉴|{_YEAR} (?:statistical )?yearbook")
_YEAR_SAID = re.compile(
    rf"(?<![\d.])({_YEAR})(?:\s*年|(?=\s*[-—–~至/]\s*{_YEAR})|(?=\s*(?:$|[\s,;:)\]】])))",
)
_PART_OF_YEAR = re.compile(
    r"半年|季|(?<![-—–~至\d])(?!12\s*月)\d\d?\s*月|[-—–~至]\s*(?!12)\d\d?\s*月|\b(?:h[12]|q[1-4]|half|quarters?|months?)\b"
)
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_UNIT_SAID = re.compile(r"(?:单位|\bunits?)\s*[:：]\s*(.+)", re.IGNORECASE)
_TITLE = re.compile(r"(?:续?表|附表|table|\d+\s*[-—–.]\s*\d+)", re.IGNORECASE)
_ASIDE = re.compile(r"注|备注|说明|(?:数据|资料)?来源|note|source|填报|制表|更新|发布|.*[印编]发", re.IGNORECASE)
_NO_FIGURE = frozenset(
    ("不详", "无", "暂无", "缺", "保密", "未统计", "na", "n/a", "nil", "none", "missing", "confidential")
)
"""Words that stand in the place of a figure that nobody has."""
_YEAR_ALONE = re.compile(r"(?:fy|year)?((?:19|20)\d\d)(?:年|年度|年末|年底|-12-31)?\Z")
_BRACKETED = re.compile(r"[（(\[【]([^（()）\[\]【】]*)[）)\]】]\s*\Z")


@lru_cache(maxsize=1024)
def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def _apart(head: str) -> tuple[str, str]:
    """Cut a head into the name of its indicator and the unit in brackets behind it."""
    found = _BRACKETED.search(head)
    return (head[: found.start()].strip(), found[1].strip()) if found else (head.strip(), "")


def _scales(unit: str) -> bool:
    """Return whether a unit says more than what is counted: 万家, %."""
    plain = _plain(unit)
    return plain in SIGNS or split_power(plain)[0] != 0


def _year_alone(words: str) -> str:
    """Return the year that words name and nothing besides: half of it, several, or its growth are another thing."""
    found = _YEAR_ALONE.match(_plain(words))
    return found[1] if found else ""


def _periods_said(words: str) -> frozenset[str]:
    """Return the years that a title speaks of, the title itself where that is a part of one; a yearbook's are none."""
    plain = unicodedata.normalize("NFKC", words).casefold().translate(_HAN_DIGITS)
    years = frozenset(_YEAR_SAID.findall(_YEARBOOK.sub("", plain)))
    return frozenset((words.strip(),)) if years and _PART_OF_YEAR.search(plain) else years


def _is_figure(cell: GridCell) -> bool:
    value = cell.value.replace(",", "") if isinstance(cell.value, str) else cell.value
    return bool(cell.trouble) or isinstance(value, float) or read_number(value) is not None


def _is_words(cell: GridCell) -> bool:
    """Return whether a cell says something that is neither a figure nor that there is none."""
    return not _is_figure(cell) and any(map(str.isalpha, cell.words)) and _plain(cell.words) not in _NO_FIGURE


def _is_han(cells: Mapping[int, GridCell]) -> bool:
    return any(sign >= "\u2e80" and sign.isalpha() for cell in cells.values() for sign in cell.words)


@dataclass(frozen=True)
class SheetFigure:
    """One figure of the sheet: the cell, where it stands, the unit that is said there, and its source.

    `periods`: what the title or section above it says of its time. `parts`: what stands above or below its head, or
    above its row, and has to be its unit. `foreign`: what stands between its names and it, and is none. `is_named`:
    its row has a name of its own.
    """

    cell: GridCell
    place: str
    unit: str
    source: str = ""
    periods: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()
    foreign: str = ""
    is_named: bool = True

    def names(self, said: str) -> Sequence[str]:
        """Return what it may be called: as the sheet writes it, and without the unit in brackets behind it.

        A remark in brackets, which is no unit beside the one that is said, makes another indicator of it.
        """
        bare, own = _apart(said)
        is_unit = own == self.unit or isinstance(unit_factor(own, self.unit), Decimal)
        return tuple(dict.fromkeys((_plain(said), _plain(bare)) if is_unit else (_plain(said),)))


def read_statistics(
    grids: Sequence[Grid], mapped: StatisticsMap, edition: Questionnaire, path: Path, *, subject: Subject, at: datetime
) -> tuple[ColumnMap, Submission]:
    """Read the figures that a map asks for; raises `UserError` where the sheet is not the one that is mapped."""
    return _Sheet(grids, mapped, edition, path, subject, at).read()


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


_Line = tuple[int, Mapping[int, GridCell], str, frozenset[str], str]
"""A row of a table and its cells, with the section, the time and the unit that it stands under."""
_Found = tuple[str, SheetFigure, str | None, str | None]
"""Indicator, figure, place and period, as far as the sheet tells them apart."""


@dataclass
class _Sheet:
    grids: Sequence[Grid]
    map: StatisticsMap
    edition: Questionnaire
    path: Path
    subject: Subject
    at: datetime

    def read(self) -> tuple[ColumnMap, Submission]:
        self.grid, self.starts, self.names = self.find()
        self.places = [_plain(name) for name in (self.map.place or (self.subject.name.strip(),)) if name.strip()]
        self.period = self.wanted_period()
        self.year = Subject(period=self.period).year
        gathered = Gathering(self.edition, "statistics", writable(self.path.name), self.at)
        figures, notes = self.figures()
        for indicator, entry in self.map.indicators.items():
            if _plain(indicator) in figures:  # what is not there is told with the columns
                self.take(gathered, indicator, entry, figures)
        name = self.subject.name or next(iter(self.map.place), "")
        subject = Subject(name=name, period=self.subject.period or self.map.period or "")
        return self.columns(figures), gathered.submission(subject, name=name or writable(self.path.stem), notes=notes)

    # ---- where it stands

    def needed(self) -> dict[str, str]:
        """Return the columns that the map names: what they hold → the head."""
        stated = {key: getattr(self.map.columns, key) for key in type(self.map.columns).model_fields}
        return {key: name for key, name in stated.items() if name is not None}

    def find(self) -> tuple[Grid, Sequence[int], dict[int, str]]:
        """Find the sheet, its rows of heads, and the heads of the first."""
        grids = self.grids
        if self.map.sheet is not None and any(grid.sheet for grid in grids):
            grids = [grid for grid in grids if grid.sheet == self.map.sheet]
            if not grids:
                names = listed(grid.sheet for grid in self.grids)
                raise UserError(
                    fill(NO_SHEET, path=self.path, sheet=self.map.sheet), hint=fill(SHEETS_ARE, names=names)
                )
        best: dict[int, list[tuple[Grid, Sequence[int]]]] = {}
        for grid in grids:
            heads = [row for row in grid.rows if self.is_head(grid.rows[row])]
            rows = heads if self.map.head is None else [self.map.head] if self.map.head in heads else []
            if rows:
                hits = max(self.hits(grid.rows[row]) for row in rows)
                best.setdefault(hits, []).append((grid, [row for row in heads if row >= rows[0]]))
        across = self.map.layout == "wide" and self.map.across == "indicator"
        if not best or (across and not max(best)):
            names = listed(self.needed().values() or self.map.indicators)
            raise UserError(fill(NO_HEAD, path=self.path, names=names), hint=SAY_HEAD)
        if len(best[max(best)]) > 1:
            names = listed(grid.sheet for grid, _heads in best[max(best)])
            raise UserError(fill(SHEETS_ALIKE, path=self.path, names=names), hint=SAY_SHEET)
        ((grid, starts),) = best[max(best)]
        return grid, starts, {column: cell.words for column, cell in grid.rows[starts[0]].items() if cell.words}

    def hits(self, cells: Mapping[int, GridCell]) -> int:
        """Return how many indicators of the map are among heads, where they stand across."""
        if self.map.layout == "long" or self.map.across != "indicator":
            return 0
        names = {_plain(name) for cell in cells.values() for name in (cell.words, _apart(cell.words)[0])}
        return len(names & {_plain(name) for name in self.map.indicators})

    def is_head(self, cells: Mapping[int, GridCell]) -> bool:
        """Return whether a row holds all heads that the map names; where it names none, one of its indicators."""
        needed = {_plain(name) for name in self.needed().values()}
        names = {_plain(name) for cell in cells.values() for name in (cell.words, _apart(cell.words)[0])}
        return needed <= names and (bool(needed) or self.hits(cells) > 0)

    def columns_of(self, key: str) -> Sequence[int]:
        """Return the columns that hold something: several where tables stand beside each other."""
        return tuple(column for column, head in self.names.items() if self.is_called(head, key))

    def is_called(self, head: str, key: str) -> bool:
        name = self.needed().get(key)
        return name is not None and _plain(name) in (_plain(head), _plain(_apart(head)[0]))

    # ---- what is wanted

    def wanted_period(self) -> str:
        """Return the year that is wanted, "" where the sheet does not tell periods apart."""
        stated = (self.map.period or "").strip()
        if stated:
            return _year_alone(stated) or stated
        year, stated = self.subject.year, self.subject.period.strip()
        if year is not None:
            return str(year)
        if self.tells_periods_apart() and not stated:
            raise UserError(WHICH_PERIOD, hint=SAY_PERIOD)
        return stated

    def tells_periods_apart(self) -> bool:
        return bool(self.columns_of("period")) or (self.map.layout == "wide" and self.map.across == "period")

    def is_period(self, words: str) -> bool:
        return self.period == _year_alone(words) or _plain(self.period) == _plain(words)

    def is_place(self, words: str) -> bool:
        if not self.places:
            raise UserError(WHICH_PLACE, hint=SAY_PLACE)
        return _plain(words) in self.places

    # ---- figures

    def figures(self) -> tuple[dict[str, list[SheetFigure]], tuple[Text, ...]]:
        """Return the figures of the place and period by the name of their indicator, and what is said of the year."""
        every = list(self.cells())
        is_dated, notes = self.dated(
            {figure.periods for _name, figure, _place, period in every if period is None and figure.cell.words}
        )
        found: dict[str, list[SheetFigure]] = {}
        others: dict[str, None] = {}
        rows = 0
        for name, figure, place, period in every:
            periods = () if period is None and not is_dated else figure.periods if period is None else (period,)
            is_of_time = (len(periods) == 1 or self.map.period is not None) and any(map(self.is_period, periods))
            is_of_time |= period is None and not is_dated
            if (place is not None and not self.is_place(place)) or not is_of_time:
                if figure.cell.words:
                    others[" ".join(part for part in (place, *sorted(periods)) if part)] = None
                continue
            rows += 1
            for key in figure.names(name):
                found.setdefault(key, []).append(figure)
        if not rows:
            place_ = self.map.place[0] if self.map.place else self.subject.name
            period_: Text | str = fill(IN_PERIOD, period=self.period) if self.period else ""
            hint = fill(THERE_ARE, names=listed(filter(None, others), 12)) if any(others) else None
            raise UserError(fill(NO_ROW, place=place_, period=period_), hint=hint)
        return {key: some for key, some in found.items() if any(f.is_named and f.cell.words for f in some)}, notes

    def dated(self, blocks: Set[frozenset[str]]) -> tuple[bool, tuple[Text, ...]]:
        """Return whether titles tell figures of several times apart, and what is said of the year of the only one.

        A sheet names its year above its heads (“主要经济指标（2024年）”), or above a section. Without one it is
        taken for one of the year that is wanted.
        """
        said = set().union(*blocks)
        if not blocks or not said:
            is_taken = bool(blocks) and self.map.period is None and self.year is not None
            return False, ((fill(YEAR_TAKEN, year=self.year),) if is_taken else ())
        if len(blocks) > 1 or len(said) > 1 or self.map.period is not None or not _year_alone(min(said)):
            if not self.period:
                raise UserError(WHICH_PERIOD, hint=SAY_PERIOD)
            return True, ()
        self.year = int(min(said))
        period = self.subject.period.strip()
        differs = period and Subject(period=period).year != self.year
        return False, ((fill(YEAR_OF_SHEET, year=self.year, period=period),) if differs else ())

    def cells(self) -> Iterator[_Found]:
        """Return every figure of the sheet.

        Cells without one are returned too where their row has a name: another row of that name is another figure.
        """
        numbers = list(self.grid.rows)
        at = [bisect_left(numbers, start) for start in self.starts]
        periods, stated = self.titles(numbers[: at[0]])
        periods = periods or _periods_said(self.grid.sheet)
        for first, end in zip(at, [*at[1:], len(numbers)], strict=True):
            table = self.table(numbers[first], numbers[first + 1 : end])
            section, is_heading, lines = "", False, list[_Line]()
            for row in (row for row in numbers[first + 1 : end] if row not in table.below):
                cells = table.rows.get(row, {})
                was_heading = is_heading
                is_heading = table.figures.isdisjoint(cells)
                if is_heading:  # a title, a section, a note, heads of something else
                    said, of_unit = self.titles((row,))
                    periods = said | periods if said and was_heading else said or periods
                    stated = of_unit or stated
                    section = self.grid.words(row, min(self.grid.rows[row]))
                if cells:
                    lines.append((row, cells, section, periods, stated))
            yield from self.of_table(table, lines)

    def of_table(self, table: _Table, lines: Sequence[_Line]) -> Iterator[_Found]:
        """Return the figures of one table by its lines."""
        names: dict[str, set[str]] = {}
        for _row, cells, section, _periods, _stated in lines:
            places = (cells[at].words for at in table.keys.get("place", ()) if at in cells)
            names.setdefault(section, set()).update(name for name in places if name)
        # Sections that go through the same places tell their figures apart: the totals, and then their growth.
        often = Counter(name for some in names.values() for name in some)
        within = {section: some - {section} for section, some in names.items() if section}
        apart = {section for section, some in within.items() if 2 * sum(often[n] > 1 for n in some) > len(some)}
        readable = table.figures if self.map.layout == "long" else frozenset(table.heads)
        keys_of = {column: {key: table.key(key, column) for key in table.keys} for column in readable}
        last: dict[int, str] = {}
        for row, cells, section, periods, stated in lines:
            self.grid.refuse_longer(row, table.head, self.path)
            of_section = _apart(section)[1]
            repeats = section if section in apart and not _periods_said(section) else ""
            for column in sorted({*cells, *table.wanted} & readable):
                keys = keys_of[column]
                said = {key: cells[at].words if at in cells else "" for key, at in keys.items()}
                names_row = [key for key in ("place", "indicator") if key in said]
                is_named = all(said[key] for key in names_row)
                for key in names_row:  # a row without a name may belong to the one above
                    said[key] = last[keys[key]] = said[key] or last.get(keys[key], "")
                cell = cells.get(column)
                if cell is None and not is_named:
                    continue
                if column in table.years:
                    said.setdefault("period", table.years[column])
                head = table.heads.get(column, "")
                if self.map.layout == "wide":
                    said[self.map.across] = head
                name, beside = said.get("indicator", ""), said.get("unit", "")
                own, parts = _apart(name)[1], table.parts.get(column, ())
                each = (own, *parts, beside) if name is head else (beside, own)
                unit = next(filter(None, each), "") or stated
                contrary = (
                    one for one in (own, beside) if one not in ("", unit) and unit_factor(one, unit) is not None
                )
                foreign = repeats
                if (other := table.beside.get(column)) is not None:
                    foreign = cells[other].words if other in cells else table.heads.get(other, "?")
                figure = SheetFigure(
                    cell or GridCell(""),
                    self.grid.place(row, column),
                    unit,
                    said.get("source", ""),
                    periods,
                    (*parts, *contrary, *([of_section] if _scales(of_section) else [])),
                    foreign,
                    is_named,
                )
                yield name, figure, said.get("place"), said.get("period")

    def titles(self, rows: Iterable[int]) -> tuple[frozenset[str], str]:
        """Return the time and the unit that rows without figures speak of, notes apart."""
        words = [
            cell.words
            for row in rows
            if not _ASIDE.match(self.grid.words(row, min(self.grid.rows[row])))
            for cell in self.grid.rows[row].values()
        ]
        units = [found[1].strip("（）()[]【】 ") for said in words if (found := _UNIT_SAID.search(said))]
        return frozenset[str]().union(*map(_periods_said, words)), units[-1] if units else ""

    def table(self, head: int, following: Sequence[int]) -> _Table:
        """Return the table that begins with a row of heads, down to the heads of another."""
        cells = self.grid.rows[head]
        keys = {
            key: at
            for key in self.needed()
            if (at := tuple(column for column, cell in cells.items() if self.is_called(cell.words, key)))
        }
        named = (*keys.get("place", ()), *keys.get("indicator", ()))
        beside = {column for columns in keys.values() for column in columns}
        years, parts, below = self.around(head, named)
        body = {row: self.grid.rows[row] for row in following if row not in below}
        figures = {c for cells in body.values() for c, cell in cells.items() if _is_figure(cell)} - beside
        if self.map.layout == "long":
            figures = set(keys.get("value", ()))
        heads = {column: cell.words for column, cell in cells.items() if cell.words and column not in beside}
        for column in sorted(figures | set(years)):  # one head above several columns
            is_alike = column - 1 in heads and (column in years) == (column - 1 in years)
            if column not in heads and is_alike and (column in years or column not in parts):
                heads[column] = heads[column - 1]
        rows: dict[int, Mapping[int, GridCell]] = {}
        for row, cells in body.items():
            under = {c: cell for c, cell in cells.items() if c in figures and (c in heads or not heads)}
            if any(at in cells and cells[at].words for at in named) and self.is_other_head(under, heads):
                break
            rows[row] = cells
        begins = max(keys.values(), key=lambda columns: (len(columns), -columns[0]), default=())
        others: dict[int, int] = {}
        if self.map.layout == "wide":
            figures = {c for cells in rows.values() for c, cell in cells.items() if _is_figure(cell)} - beside
            words = {c for cells in rows.values() for c, cell in cells.items() if _is_words(cell)} - beside - figures
            is_behind, other = False, None
            for column in sorted(figures | words | beside):
                if column in beside:
                    is_behind, other = False, None
                elif column in words:
                    other = column if is_behind else None
                else:
                    is_behind = True
                    others |= {column: other} if other is not None else {}
        asked = [column for column, name in heads.items() if self.asks_for(name)]
        alike = {(heads[at], years.get(at), bisect_right(begins, at)): at for at in reversed(asked)}
        wanted = list(alike.values())[:MOST_WANTED]
        return _Table(head, keys, heads, years, parts, rows, below, frozenset(figures), wanted, others, begins)

    def around(
        self, head: int, named: Sequence[int]
    ) -> tuple[Mapping[int, str], Mapping[int, tuple[str, ...]], frozenset[int]]:
        """Return what stands above and below the heads of columns, and the rows below them that hold it.

        Years date their columns: those in a row below, else several in a row above, each up to the next. All else is
        a part of the head. The heads in another language are none.
        """
        heads = self.grid.rows[head]
        years: dict[int, str] = {}
        parts: dict[int, tuple[str, ...]] = {}
        below = set[int]()
        for row in (head + 1, head + 2, head + 3):
            cells = self.grid.rows.get(row, {})
            found = {column: year for column, cell in cells.items() if (year := _year_alone(cell.words))}
            if any(_is_figure(cell) for column, cell in cells.items() if column not in found):
                break
            if any(column in cells and cells[column].words for column in named):
                if row > head + 1 + len(below) or _is_han(cells) == _is_han(heads):
                    break
                below.add(row)
                continue
            below.add(row)
            years |= found
            for column, cell in cells.items():
                if column not in found:
                    parts[column] = (*parts.get(column, ()), cell.words.strip("（）()[]【】 "))
        is_dated_across = self.map.layout == "long" or self.map.across == "period"
        first = min(named or heads)
        for row in (head - 1, head - 2):
            cells = self.grid.rows.get(row, {})
            found = {column: year for column, cell in cells.items() if (year := _year_alone(cell.words))}
            if any(_is_figure(cell) for column, cell in cells.items() if column not in found):
                break
            ends = dict(zip(sorted(cells), [*sorted(cells)[1:], max(heads) + 1], strict=True)) if cells else {}
            if not years and len(set(found.values())) > 1:
                years = {c: year for column, year in found.items() for c in range(column, ends[column])}
            others = {c: cell.words for c, cell in cells.items() if c > first and c not in found}
            above = {column: words for column, words in others.items() if self.is_part(words)}
            if not above and not found:
                break
            if first in cells and _is_han(cells) != _is_han(heads):
                continue
            for column, words in above.items():
                for at in range(column, ends[column]):
                    parts[at] = (*parts.get(at, ()), words.strip("（）()[]【】 "))
        return {} if is_dated_across else years, parts, frozenset(below)

    def is_part(self, words: str) -> bool:
        """Return whether words above heads are a part of them: not a title, and neither a time nor the unit of all."""
        return not (_periods_said(words) or _UNIT_SAID.search(words) or _TITLE.match(words))

    def is_other_head(self, figures: Mapping[int, GridCell], heads: Mapping[int, str]) -> bool:
        """Return whether a row that names something holds the heads of another table, which the map does not name.

        Words where figures stand; years where years stand across, others or several.
        """
        if self.map.layout == "wide" and self.map.across == "period":
            years = {column: _year_alone(cell.words) for column, cell in figures.items()}
            if (
                years
                and all(years.values())
                and (
                    len(years) > 1 or any(year != _year_alone(heads.get(column, "")) for column, year in years.items())
                )
            ):
                return True
        return any(map(_is_words, figures.values())) and not any(map(_is_figure, figures.values()))

    # ---- answers

    def take(
        self, gathered: Gathering, name: str, entry: MappedIndicator, figures: Mapping[str, Sequence[SheetFigure]]
    ) -> None:
        """Take one indicator as the answer to its question."""
        asked = gathered.asked(entry.question)
        assert asked is not None
        figure = self.one(gathered, entry.question, name, figures)
        if figure is None:
            return
        read = self.number(gathered, name, entry, figure, entry.unit)
        if read is None:
            return
        number, unit = read
        place = figure.place
        if entry.over is None:
            factor = self.factor(asked, name, entry, unit)
        else:
            other = self.one(gathered, entry.question, entry.over, figures)
            read = self.number(gathered, entry.over, entry, other, entry.over_unit) if other is not None else None
            if other is None or read is None:
                return
            below, unit_below = read
            if below == 0:
                gathered.refuse(other.place, entry.question, Misfit(fill(BY_ZERO, name=entry.over), CORRECT))
                return
            number = number / below
            place = f"{figure.place} / {other.place}"
            factor = self.quotient(asked, entry, unit, unit_below)
        if isinstance(factor, Misfit):
            gathered.refuse(place, entry.question, factor)
            return
        number *= factor
        if entry.over is not None:
            decimals = getattr(asked, "decimals", None)
            # As the question writes its figures; a small one keeps its leading digits.
            digits = DIGITS if decimals is None else max(LEADING, number.adjusted() + 1 + decimals)
            number = Decimal(format(number, f".{digits}g"))
        gathered.value(entry.question, GridCell(Decimal(plain_number(number))), place)
        parts = gathered.parts.get(entry.question)
        if parts is None:
            return
        if self.year is not None and kind_of(asked).dated(asked):
            parts["year"] = self.year
        evidence = [words for words in (figure.source, self.map.source or "") if words.strip()]
        if evidence:
            parts["evidence"] = tuple(dict.fromkeys(evidence))

    def one(
        self, gathered: Gathering, question: str, name: str, figures: Mapping[str, Sequence[SheetFigure]]
    ) -> SheetFigure | None:
        """Return the one figure of an indicator; what is not there, or there more than once, is named."""
        found = figures.get(_plain(name), ())
        if not found:
            period: Text | str = fill(IN_PERIOD, period=self.period) if self.period else ""
            gathered.refuse("", question, Misfit(fill(ABSENT, name=name, period=period), LOOK))
            return None
        if len({figure.cell.words for figure in found}) > 1 or any(
            unit_factor(figure.unit or found[0].unit, found[0].unit) != 1 for figure in found if found[0].unit
        ):
            places = listed(figure.place for figure in found[:6])
            gathered.refuse(found[0].place, question, Misfit(fill(SEVERAL, name=name, places=places), NARROW))
            return None
        return found[0]

    def number(
        self, gathered: Gathering, name: str, entry: MappedIndicator, figure: SheetFigure, stated: str | None
    ) -> tuple[Decimal, str] | None:
        """Return a figure as its cell shows it, and its unit: as the map states it, else the sheet, else a shown %.

        Thousands marks are understood. Anything else is named, as are map and sheet that are a power of ten apart.
        """
        cell, question = figure.cell, entry.question
        if cell.trouble is not None:
            gathered.refuse(figure.place, question, cell.trouble)
            return None
        value = cell.value
        if isinstance(value, float):
            value = as_decimal(value)
        if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", value.strip(), re.ASCII):
            value = value.replace(",", "")
        number = read_number(value)
        if number is None:
            misfit = cell.read(self.edition.questions.get(question) or self.edition.facts[question])
            plain = Misfit(fill(NOT_A_FIGURE, typed=quoted(cell.value)), CORRECT)
            gathered.refuse(figure.place, question, misfit if isinstance(misfit, Misfit) else plain)
            return None
        is_percent = cell.percent and not isinstance(cell.value, str)
        unit = stated or figure.unit or ("%" if is_percent else "")
        between = unit_factor(unit, figure.unit or unit)
        if entry.factor is None and isinstance(between, Decimal) and between != 1:
            words = fill(TWO_UNITS, name=name, unit=figure.unit, stated=unit)
            gathered.refuse(figure.place, question, Misfit(words, ONE_UNIT))
            return None
        apart = [(part, unit_factor(part, unit)) for part in figure.parts if part and part != unit]
        foreign = figure.foreign or next((part for part, known in apart if not isinstance(known, Decimal)), "")
        if foreign:
            gathered.refuse(figure.place, question, Misfit(fill(PARTED, name=name, part=foreign), SAY_PART))
            return None
        other = next((part for part, known in apart if known != 1), "")
        if entry.factor is None and stated is None and other:
            words = fill(UNITS_APART, name=name, unit=unit, other=other)
            gathered.refuse(figure.place, question, Misfit(words, CORRECT))
            return None
        if not isinstance(cell.value, str) and (not cell.shows([unit]) or (is_percent and unit_factor(unit, "%") != 1)):
            words = fill(UNLIKE_FORMAT, format=quoted(cell.shown_as))
            gathered.refuse(figure.place, question, Misfit(words, CORRECT))
            return None
        return number * 100 if is_percent else number, unit

    def factor(self, asked: AnyAsked, name: str, entry: MappedIndicator, unit: str) -> Decimal | Misfit:
        """Return what a figure is multiplied by to be in the question's unit."""
        if entry.factor is not None:
            return entry.factor
        wanted = [kind_of(asked).unit(asked, language) for language in LANGUAGES]
        if not any(wanted):
            return Misfit(fill(NO_UNIT_HERE, tail=unit), SAY_FACTOR) if _scales(unit) else Decimal(1)
        if not unit.strip():
            return Misfit(fill(NO_UNIT, name=name), SAY_UNIT)
        stated = self.stated_factor(unit, wanted)
        if stated is not None:
            return stated
        known = unit_factor(unit, getattr(asked, "unit", None))
        found = known if isinstance(known, Decimal) else None
        if found is None:
            each = (unit_factor(unit, one) for one in wanted if one)
            found = next((one for one in each if isinstance(one, Decimal)), None)
        return found if found is not None else self.other_unit(unit, asked)

    def quotient(self, asked: AnyAsked, entry: MappedIndicator, unit: str, below: str) -> Decimal | Misfit:
        """Return what a quotient is multiplied by: to be a share or a multiple, where both are counted in one unit."""
        if entry.factor is not None:
            return entry.factor
        if not unit.strip() or not below.strip():
            return Misfit(fill(NO_UNIT, name=entry.over or ""), SAY_UNIT)
        between = self.stated_factor(unit, [below])
        if between is None:
            known = unit_factor(unit, below)
            between = known if isinstance(known, Decimal) else None
        wanted = {kind_of(asked).unit(asked, language) for language in LANGUAGES}
        scale = Decimal(100) if "%" in wanted else Decimal(1) if wanted & {"times", "倍", ""} else None
        if between is None or scale is None:
            return self.other_unit(f"{unit} / {below}", asked)
        return between * scale

    def stated_factor(self, unit: str, wanted: Sequence[str]) -> Decimal | None:
        """Return a factor that the map states between two units."""
        for name, others in self.map.units.items():
            if _plain(name) == _plain(unit):
                for other, factor in others.items():
                    if _plain(other) in {_plain(one) for one in wanted}:
                        return factor
        return None

    def other_unit(self, unit: str, asked: AnyAsked) -> Misfit:
        wanted = {language: kind_of(asked).unit(asked, language) for language in LANGUAGES}
        return Misfit(fill(OTHER_UNIT, unit=unit, wanted=wanted), SAY_FACTOR)

    # ---- the map of what is there

    def columns(self, figures: Mapping[str, Sequence[SheetFigure]]) -> ColumnMap:
        """Return which columns and indicators are used, which stand there besides, and which questions get none."""
        named = {_plain(name) for name in self.needed().values()}
        mapped = {
            _plain(name) for entry in self.map.indicators.items() for name in (entry[0], entry[1].over or "") if name
        }
        wide = self.map.layout == "wide"
        across = wide and self.map.across != "indicator"

        def used(head: str) -> bool:
            plain = {_plain(head), _plain(_apart(head)[0])}
            return bool(plain & (named | mapped)) or (across and self.is_wanted(head))

        heads = [*dict.fromkeys(self.names.values())]
        extra = [] if wide and not across else [name for name in figures if name not in mapped]
        absent = tuple(entry.question for name, entry in self.map.indicators.items() if _plain(name) not in figures)
        carried = tuple(head for head in heads if not used(head))
        place = {name: number for number, name in enumerate([*heads, *extra])}
        return ColumnMap(place, (*carried, *extra), {}, absent, ())

    def asks_for(self, head: str) -> bool:
        """Return whether the map asks for figures below a head."""
        if self.map.layout == "wide" and self.map.across != "indicator":
            return self.is_wanted(head)
        names = {_plain(name) for item in self.map.indicators.items() for name in (item[0], item[1].over or "")}
        return bool(names & {_plain(head), _plain(_apart(head)[0])} - {""})

    def is_wanted(self, head: str) -> bool:
        return self.is_period(head) if self.map.across == "period" else self.is_place(head)
