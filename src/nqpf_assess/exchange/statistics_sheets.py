"""Figures out of a statistics sheet by its map: long or wide, of one place and one period, each in its own unit.

A figure whose unit is not the question's is converted by the map's factor, else where the two are a power of ten apart;
any other is refused, and so is a sheet that says no unit where the map does not either.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
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
PARTED = _("below the head “{name}” stands “{part}”, which is not the unit")
SAY_PART = _("Give each column one head that says what it holds, and name that in the map.")
NOT_A_FIGURE = _("“{typed}” is no figure")
BY_ZERO = _("“{name}”, by which it is divided, is 0")
YEAR_OF_SHEET = _("the sheet is of {year}, and so are its figures; the assessment is of {period}")
YEAR_TAKEN = _("the sheet names no year; its figures are taken for those of {year}")
DIGITS = 6
"""Digits of a quotient of two figures that are kept, where the question does not say how many decimals it has."""
LEADING = 3
"""Digits of a quotient that are kept at least, however few decimals the question has."""

_YEAR_IN_TITLE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*年(?!\s*鉴)|\(\s*((?:19|20)\d\d)\s*\)|\b(?:in|of|for) ((?:19|20)\d\d)\b(?!\s*yearbook)",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(r"(?:fy|year)?((?:19|20)\d\d)(?:年|年度|年末|年底|-12-31)?\Z")
_BRACKETED = re.compile(r"[（(\[【]([^（()）\[\]【】]*)[）)\]】]\s*\Z")


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


@dataclass(frozen=True)
class SheetFigure:
    """One figure of the sheet: the cell, where it stands, the unit that is said there, and its source.

    `part`: what stands below its head, where the columns below one head are told apart by that. `other_unit`: one that
    the sheet gives besides and that is not the same.
    """

    cell: GridCell
    place: str
    unit: str
    source: str = ""
    part: str = ""
    other_unit: str = ""

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


@dataclass
class _Sheet:
    grids: Sequence[Grid]
    map: StatisticsMap
    edition: Questionnaire
    path: Path
    subject: Subject
    at: datetime

    def read(self) -> tuple[ColumnMap, Submission]:
        self.grid, self.head, self.names = self.find()
        self.places = [_plain(name) for name in (self.map.place or (self.subject.name.strip(),)) if name.strip()]
        self.period = self.wanted_period()
        notes = self.dated()
        gathered = Gathering(self.edition, "statistics", writable(self.path.name), self.at)
        figures = self.figures()
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

    def find(self) -> tuple[Grid, int, dict[int, str]]:
        """Find the sheet and the row of its heads."""
        grids = self.grids
        if self.map.sheet is not None and any(grid.sheet for grid in grids):
            grids = [grid for grid in grids if grid.sheet == self.map.sheet]
            if not grids:
                names = listed(grid.sheet for grid in self.grids)
                raise UserError(
                    fill(NO_SHEET, path=self.path, sheet=self.map.sheet), hint=fill(SHEETS_ARE, names=names)
                )
        wanted = {_plain(name) for name in self.needed().values()}
        indicators = {_plain(name) for name in self.map.indicators}
        across = self.map.layout == "wide" and self.map.across == "indicator"
        best: tuple[int, Grid, int] | None = None
        for grid in grids:
            for row, cells in grid.rows.items():
                if self.map.head is not None and row != self.map.head:
                    continue
                heads = {_plain(cell.words) for cell in cells.values()}
                bare = {_plain(_apart(cell.words)[0]) for cell in cells.values()}
                if not wanted <= heads | bare:
                    continue
                hits = len((heads | bare) & indicators) if across else 0
                if across and not hits:
                    continue
                if best is None or hits > best[0]:
                    best = hits, grid, row
        if best is None:
            names = listed(self.needed().values() or self.map.indicators)
            raise UserError(fill(NO_HEAD, path=self.path, names=names), hint=SAY_HEAD)
        _hits, grid, row = best
        return grid, row, {column: cell.words for column, cell in grid.rows[row].items() if cell.words}

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

    def dated(self) -> tuple[Text, ...]:
        """Settle which year the figures carry, and say where it is not the assessment's, or nobody states it.

        A sheet names its year above its heads (“主要经济指标（2024年）”); the year of a yearbook is another one.
        """
        self.year = Subject(period=self.period).year
        if self.map.period is not None or self.tells_periods_apart() or self.years(self.head):
            return ()
        above = [cell.words for row, cells in self.grid.rows.items() if row < self.head for cell in cells.values()]
        named = {
            int(next(filter(None, found)))
            for words in (*above, self.grid.sheet)
            for found in _YEAR_IN_TITLE.findall(unicodedata.normalize("NFKC", words))
        }
        if len(named) != 1:
            return (fill(YEAR_TAKEN, year=self.year),) if self.year is not None else ()
        (self.year,) = named
        period = self.subject.period.strip()
        differs = period and Subject(period=period).year != self.year
        return (fill(YEAR_OF_SHEET, year=self.year, period=period),) if differs else ()

    def is_period(self, words: str) -> bool:
        return self.period == _year_alone(words) or _plain(self.period) == _plain(words)

    def is_place(self, words: str) -> bool:
        if not self.places:
            raise UserError(WHICH_PLACE, hint=SAY_PLACE)
        return _plain(words) in self.places

    # ---- figures

    def figures(self) -> dict[str, list[SheetFigure]]:
        """Return the figures of the place and period by the name of their indicator."""
        found: dict[str, list[SheetFigure]] = {}
        others: dict[str, None] = {}
        rows = 0
        for name, figure, place, period in self.cells():
            if (place is not None and not self.is_place(place)) or (period is not None and not self.is_period(period)):
                others[" ".join(part for part in (place, period) if part)] = None
                continue
            rows += 1
            for key in figure.names(name):
                found.setdefault(key, []).append(figure)
        if not rows:
            place_ = self.map.place[0] if self.map.place else self.subject.name
            period_: Text | str = fill(IN_PERIOD, period=self.period) if self.period else ""
            hint = fill(THERE_ARE, names=listed(filter(None, others), 12)) if any(others) else None
            raise UserError(fill(NO_ROW, place=place_, period=period_), hint=hint)
        return found

    def cells(self) -> Iterator[tuple[str, SheetFigure, str | None, str | None]]:
        """Return every figure of the sheet: indicator, figure, place and period as far as it tells them apart."""
        fixed = {key: columns for key in self.needed() if (columns := self.columns_of(key))}
        beside = {column for columns in fixed.values() for column in columns}
        # Tables stand beside each other where heads do: each figure belongs to the one that begins next to its left.
        begins = max(fixed.values(), key=lambda columns: (len(columns), -columns[0]), default=())
        (head_row, heads, units, years), is_first = self.table(self.head), True
        for row, cells in self.grid.records(self.head):
            if fixed and all(c in cells and self.is_called(cells[c].words, key) for key in fixed for c in fixed[key]):
                (head_row, heads, units, years), is_first = self.table(row), True  # another table below
                continue
            under = {c: cell for c, cell in cells.items() if c in heads and c not in beside}
            if self.names_something(cells):
                # The row right below the heads may be they in another language.
                heads, is_first = {} if not is_first and self.is_other_head(row, under, heads) else heads, False
            if not heads:
                continue
            self.grid.refuse_longer(row, head_row, self.path)
            # Behind a blank column a word instead of a figure names what a table beside is of, under another head.
            end = max(heads) + 1
            if self.map.layout == "wide" and self.map.across == "indicator" and begins:
                beyond = (c for c in under if c > max(begins) + 1 and c - 1 not in heads and c - 1 not in cells)
                end = min((c for c in beyond if any(map(str.isalpha, under[c].words))), default=end)
            for column, head in heads.items():
                cell = cells.get(column)
                is_figure = column in fixed.get("value", ()) if self.map.layout == "long" else column not in beside
                if not is_figure or column >= end or cell is None or not (cell.trouble or cell.words):
                    continue
                table = max(0, sum(first <= column for first in begins) - 1)
                said = {
                    key: cells[at].words if (at := columns[min(table, len(columns) - 1)]) in cells else ""
                    for key, columns in fixed.items()
                }
                if column in years:
                    said.setdefault("period", years[column])
                if self.map.layout == "wide":
                    said[self.map.across] = head
                name = said.get("indicator", "")
                own, stated = _apart(name)[1], said.get("unit", "")
                unit = own or units.get(column, "") or stated if name is head else stated or own
                parted = column + 1 in units and column + 1 not in heads
                part = units.get(column, "") if parted else ""
                given = (own, "" if parted else units.get(column, ""), stated)
                other = next((one for one in given if one and unit_factor(one, unit) not in (1, None)), "")
                figure = SheetFigure(cell, self.grid.place(row, column), unit, said.get("source", ""), part, other)
                yield name, figure, said.get("place"), said.get("period")

    def table(self, head: int) -> tuple[int, dict[int, str], dict[int, str], dict[int, str]]:
        """Return the row of a table's heads, the heads, what stands below them, and the years of their columns."""
        heads = {column: cell.words for column, cell in self.grid.rows[head].items() if cell.words}
        years = self.years(head)
        for column in sorted(years):
            if column not in heads and column - 1 in years and column - 1 in heads:
                heads[column] = heads[column - 1]  # one head above several years
        return head, heads, self.units_below(head), years

    def years(self, head: int) -> dict[int, str]:
        """Return the year of each column where years stand below the heads, or several in a row above them."""
        if self.map.layout == "long" or self.map.across == "period":
            return {}
        for row in self.rows_below(head):
            found = {column: year for column, cell in row.items() if (year := _year_alone(cell.words))}
            if found:
                return found
        for number in (head - 1, head - 2):
            row = self.grid.rows.get(number, {})
            found = {column: year for column, cell in row.items() if (year := _year_alone(cell.words))}
            if len(set(found.values())) > 1:
                columns = [column for column in self.grid.rows[head] if column >= min(found)]
                return {column: found[max(first for first in found if first <= column)] for column in columns}
        return {}

    def rows_below(self, head: int) -> Iterator[Mapping[int, GridCell]]:
        """Return the rows right below the heads in which nothing names a place or an indicator."""
        for row in (head + 1, head + 2):
            cells = self.grid.rows.get(row, {})
            if cells and not self.names_something(cells):
                yield cells

    def units_below(self, head: int) -> dict[int, str]:
        """Return what stands in a row of its own below the heads, neither figures nor years: units as a rule."""
        for cells in self.rows_below(head):
            words = {column: cell.words.strip("（）()[]【】 ") for column, cell in cells.items()}
            if words and not any(read_number(said) is not None or _year_alone(said) for said in words.values()):
                return words
        return {}

    def names_something(self, cells: Mapping[int, GridCell]) -> bool:
        """Return whether a row names a place or an indicator, as rows of figures and of heads do."""
        return any(
            key in cells and cells[key].words for key in self.columns_of("place") or self.columns_of("indicator")
        )

    def is_other_head(self, row: int, figures: Mapping[int, GridCell], heads: Mapping[int, str]) -> bool:
        """Return whether a row that names something holds the heads of another table, which the map does not name.

        Other years where years stand across, several words where places do, else words with their units.
        """
        if self.map.layout == "long" or not figures:
            return False
        if self.map.across == "period":
            years = {column: _year_alone(cell.words) for column, cell in figures.items()}
            return all(years.values()) and any(year != _year_alone(heads[column]) for column, year in years.items())
        if any(read_number(cell.words) is not None for cell in figures.values()):
            return False
        words = [cell.words for cell in figures.values() if cell.words]
        if self.map.across == "place":
            return len(set(words)) > 1 and all(any(map(str.isalpha, said)) for said in words)
        return any(_apart(said)[1] for said in words) or any(map(_scales, self.units_below(row).values()))

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
        if len({str(figure.cell.value) for figure in found}) > 1 or any(
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
        if entry.factor is None and stated is None and figure.other_unit:
            words = fill(UNITS_APART, name=name, unit=unit, other=figure.other_unit)
            gathered.refuse(figure.place, question, Misfit(words, CORRECT))
            return None
        if figure.part and figure.part != unit and not isinstance(unit_factor(figure.part, unit), Decimal):
            gathered.refuse(figure.place, question, Misfit(fill(PARTED, name=name, part=figure.part), SAY_PART))
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

    def is_wanted(self, head: str) -> bool:
        return self.is_period(head) if self.map.across == "period" else self.is_place(head)
