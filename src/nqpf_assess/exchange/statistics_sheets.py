"""Figures out of a statistics sheet by its map: long or wide, of one place and one period, each in its own unit.

A figure is taken where its row, column, unit and year are each named by one thing, and where nothing between them and
the cell speaks of something else: another part of the heads, a section, another table. What is not so is refused.
A figure whose unit is not the question's is converted by the map's factor, else where the two are a power of ten apart.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from itertools import filterfalse
from pathlib import Path

from nqpf_assess.exchange.column_map import ColumnMap
from nqpf_assess.exchange.gathering import Gathering
from nqpf_assess.exchange.grids import Grid, GridCell
from nqpf_assess.exchange.sheet_places import areas_of, place_begun
from nqpf_assess.exchange.sheet_tables import (
    SheetFigure,
    find_sheet,
    heads_of,
    name_and_unit,
    scales,
)
from nqpf_assess.exchange.sheet_times import (
    is_of_something,
    is_one_time,
    is_part_of,
    is_that_part,
    period_in_passing,
    periods_beside_day,
    periods_said,
    says_time,
    year_alone,
    year_of_day,
)
from nqpf_assess.files.places import writable
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import NO_UNIT as NO_UNIT_HERE
from nqpf_assess.kinds.figures import read_figure, read_printed
from nqpf_assess.kinds.filled import CORRECT, Misfit, as_decimal, no_figure, plain_words, quoted
from nqpf_assess.kinds.units import counts_other_money, counts_yuan, unit_factor
from nqpf_assess.locale import LANGUAGES, Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.base import LARGEST, plain_number
from nqpf_assess.model.importing import Submission
from nqpf_assess.model.mapping import MappedIndicator, StatisticsMap
from nqpf_assess.model.period import year_of
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

RECOGNISED = _("a statistics sheet, by its map")
WHICH_PLACE = _("the map does not say which place is wanted")
WHICH_PERIOD = _("the map does not say which period is wanted")
SAY_PLACE = _('Write it into the map (place = ["..."]), or import into an assessment that has a name: --into FILE.')
SAY_PERIOD = _('Write it into the map (period = "2024"), or import into an assessment that has a year: --into FILE.')
NO_ROW = _("the sheet has nothing of {place}{period}")
THERE_ARE = _("There are: {names}. Name the place and the period that are meant in the map.")
IN_PERIOD = _(" in {period}")
OUTSIDE = _("“{name}” stands in {place}, outside of the table that was read")
WORDS_END = _("Words where figures stand end a table: put figures in their place, or leave the cells blank.")
ABSENT = _("the sheet has no figure “{name}”{period}")
LOOK = _("Write it into the map as the sheet has it, or fill it in by hand.")
SEVERAL = _("“{name}” stands there several times with different figures: {places}")
NARROW = _("Say in the map which is meant: place, period, sheet.")
UNNAMED = _("the row has no name of its own; that of a row above may not hold for it")
NAME_ROWS = _("Fill in the name in each row, also where its cells are merged.")
NO_UNIT = _("neither the sheet nor the map says in which unit “{name}” is")
SAY_UNIT = _('Write unit = "..." beside it in the map.')
FACTOR_APART = _("“{unit}” is converted by a factor of {known}, the map says {factor}")
STATE_UNIT = _("Take factor out of the map, or state beside it for which unit it holds (unit, over_unit).")
SAY_OVER_UNIT = _('Write over_unit = "..." below its name in the map.')
OTHER_UNIT = _("“{unit}” is not “{wanted}”, and no factor explains it")
SAY_FACTOR = _("Write a factor beside it in the map, or under [units].")
TWO_UNITS = _("the sheet gives “{name}” in “{unit}”, the map says “{stated}”")
ONE_UNIT = _("Take the unit out of the map; where that of the sheet is wrong, state a factor in its place.")
UNLIKE_FORMAT = _("the number format of the cell, {format}, shows another unit than the sheet or the map says")
UNITS_APART = _("the sheet gives “{name}” both in “{unit}” and in “{other}”")
PARTED = _("between the name “{name}” and the figure stands “{part}”, which is not the unit")
SAY_PART = _(
    "Keep the part of the sheet that is meant, each column with one head that says what it holds; name that in the map."
)
NOT_A_FIGURE = _("“{typed}” is no figure")
AREAS_APART = _("“{name}” and “{other}”, by which it is divided, stand under or beside different places: {places}")
KEEP_PLACE = _("Keep the rows of the place that is meant, or fill the figure in by hand.")
BY_ZERO = _("“{name}”, by which it is divided, is 0")
YEAR_OF_SHEET = _("the sheet is of {year}, and so are its figures; the assessment is of {period}")
PLACE_TAKEN = _("“{title}” does not tell places apart; its figures are taken for those of {place}")
OTHER_PLACE = _("the map asks for the figures of {places}; the assessment is of {name}")
OTHER_TIME = _("the figures taken are those of {taken}; the assessment is of {period}")
YEAR_TAKEN = _("no title or section names a year; the figures are taken for those of {year}")
FILE_CALLED = _(
    "no title or section names a year; the figures are taken for those of {year}, though the file is called “{name}”"
)
SHEETS_TOO = _("the figures are those of sheet “{sheet}”, which has most of the columns; some have {names} too")
STANDS_UNDER = _("its figures stand under or beside {titles}; see that they are what is asked for")
REMARKS = _("the sheet remarks {notes}; see that its figures still are what is asked for")
MOST_TITLES = 20
"""Titles and sections that are named of the figures of a sheet, and its notes."""
MOST_SIGNS = 200
"""Length of a note that is shown whole."""
DIGITS = 6
"""Digits of a quotient of two figures that are kept, where the question does not say how many decimals it has."""
LEADING = 3
"""Digits of a quotient that are kept at least, however few decimals the question has."""
_EARLIER = re.compile(r"上(?!半)|前(?!.{1,3}[季月])|去|初(?!至)|\b(?:prior|previous|last|opening|beginning)\b")
"""Words of columns for a time before the one that a title names: 上年同期, 年初余额."""


def read_statistics(
    grids: Sequence[Grid], mapped: StatisticsMap, edition: Questionnaire, path: Path, *, subject: Subject, at: datetime
) -> tuple[ColumnMap, Submission]:
    """Read the figures that a map asks for; raises `UserError` where the sheet is not the one that is mapped."""
    return _Sheet(grids, mapped, edition, path, subject, at).read()


def plain_names(said: str) -> set[str]:
    """Return a name as it stands, and without the unit in brackets behind it."""
    return {plain_words(said), plain_words(name_and_unit(said)[0])}


@dataclass
class _Sheet:
    grids: Sequence[Grid]
    map: StatisticsMap
    edition: Questionnaire
    path: Path
    subject: Subject
    at: datetime

    def read(self) -> tuple[ColumnMap, Submission]:
        self.sheet = find_sheet(self.grids, self.map, self.path)
        names = (name for item in self.map.indicators.items() for name in (item[0], item[1].over or ""))
        self.mapped = {plain_words(name): None for name in names if name}
        self.places = [plain_words(name) for name in (self.map.place or (self.subject.name.strip(),)) if name.strip()]
        self.period = self.wanted_period()
        self.year = Subject(period=self.period).year
        if self.year is None and len(years := period_in_passing((self.period,))) == 1:
            self.year = int(year_alone(*years) or 0) or None  # FY24A, Dec-24
        # The half or quarter that is assessed, in full; none where the map asks for another time.
        is_own = self.period in (str(self.subject.year), self.subject.period.strip())
        self.assessed = self.subject.period if is_own else ""
        self.of_own_part = False
        self.factored: list[str] = []  # what the factors of the map are taken to be for: a unit, or a remark
        gathered = Gathering(self.edition, "statistics", writable(self.path.name), self.at)
        wanted = self.year
        figures, notes = self.figures()
        notes = (*self.of_value_column(), *notes)
        for indicator, entry in self.map.indicators.items():
            # What is not there is told with the columns.
            if plain_words(indicator) in {*figures, *self.outside}:
                self.take(gathered, indicator, entry, figures)
        taken = [figure for name in self.mapped for figure in figures.get(name, ())]
        self.of_own_part |= any(self.is_of_assessed_part(label) for one in taken for label in one.labels)
        each = ((*one.titles, one.section, *one.labels, *one.remarks) for one in taken)
        titles = dict.fromkeys(words for said in (*each, self.factored) for words in said if words)
        if titles:
            notes = (*notes, fill(STANDS_UNDER, titles=listed((f"“{quoted(words)}”" for words in titles), MOST_TITLES)))
        if taken and (remarks := [f"“{quoted(words, most=MOST_SIGNS)}”" for words in self.sheet.notes]):
            notes = (*notes, fill(REMARKS, notes=listed(remarks, MOST_TITLES)))
        if taken and self.sheet.others:
            sheets = listed((f"“{quoted(name)}”" for name in self.sheet.others), MOST_TITLES)
            notes = (fill(SHEETS_TOO, sheet=self.sheet.grid.sheet, names=sheets), *notes)
        notes = (*self.asked_otherwise(wanted), *notes)
        name = self.subject.name or next(iter(self.map.place), "")
        subject = Subject(name=name, period=self.subject.period or self.map.period or "")
        return self.columns(figures), gathered.submission(subject, name=name or writable(self.path.stem), notes=notes)

    # ---- what is wanted

    def asked_otherwise(self, wanted: int | None) -> Iterator[Text]:
        """Say where another place or time is asked for than the assessment is of: a neighbour's map, or last year's.

        `wanted`: the year that was asked for; that the sheet is of another one is said where it is found.
        One name may be a part of the other, as a yearbook writes it. Of half a year the whole is taken, if the map does
        not name that half.
        """
        called = plain_words(self.subject.name)
        if called and self.places and not any(called in place or place in called for place in self.places):
            yield fill(OTHER_PLACE, places=listed(self.map.place), name=self.subject.called)
        of = self.subject.period.strip()
        is_other = wanted is not None and self.subject.year not in (None, wanted)
        if is_other or (of and not self.of_own_part and not is_one_time(self.period, of)):
            yield fill(OTHER_TIME, taken=self.period, period=of)

    def wanted_period(self) -> str:
        """Return the year that is wanted, "" where the sheet does not tell periods apart."""
        stated = (self.map.period or "").strip()
        if stated:
            return year_alone(stated) or stated
        year, stated = self.subject.year, self.subject.period.strip()
        if year is not None:
            return str(year)
        if self.tells_periods_apart() and not stated:
            raise UserError(WHICH_PERIOD, hint=SAY_PERIOD)
        return stated

    def tells_periods_apart(self) -> bool:
        return bool(self.sheet.columns_of("period")) or (self.map.layout == "wide" and self.map.across == "period")

    def is_period(self, words: str) -> bool:
        return self.period == year_alone(words) or plain_words(self.period) == plain_words(words)

    def is_later(self, said: str) -> bool:
        """Return whether what a title says of its time is a day after the wanted year: when it was printed."""
        year = year_of_day(said)
        return year is not None and self.year is not None and year > self.year

    def times_of(self, titles: Set[str]) -> frozenset[str]:
        """Return the times that titles say, without the day of their printing, and what only repeats what is wanted."""
        each = (periods_beside_day(said) if self.is_later(said) else {said} for said in titles)
        said = frozenset[str]().union(*each)
        told = frozenset(filterfalse(self.is_own_part, said))
        # A sheet of the very half that is assessed is of its year, as the map and the heads name it.
        own = frozenset(each for each in told if is_that_part(each, self.assessed))
        self.of_own_part |= any(map(self.is_of_assessed_part, said))
        told = told - own | ({self.period} if own else frozenset())
        # Beside its year the half that is assessed is no other time: a sheet 2024年上半年 below a title of 2024.
        years = frozenset(filterfalse(self.is_assessed_part, told))
        return years if years and all(map(self.is_period, years)) else told

    def is_own_part(self, said: str) -> bool:
        """Return whether words tell the part of a year that is wanted, on no sheet that is called by another year."""
        if (of := year_alone(self.sheet.grid.sheet)) and self.year not in (None, int(of)):
            return False
        return any(is_part_of(said, period) for period in (self.assessed, self.map.period or ""))

    def is_of_assessed_part(self, said: str) -> bool:
        return is_part_of(said, self.assessed) or is_that_part(said, self.assessed)

    def is_assessed_part(self, said: str) -> bool:
        return not year_alone(said) and plain_words(said) == plain_words(self.assessed)

    def is_part(self, said: str) -> bool:
        """Return whether what a title says of its time is a part of the wanted year, or of no year that it names."""
        return not year_alone(said) and (self.period in said or re.search(r"(?:19|20)\d\d", said) is None)

    def is_of_other_time(self, label: str) -> bool:
        """Return whether a label beside a figure speaks of a time, and not of the wanted one.

        A remark that names a month besides (自6月起口径调整) is no time; it is shown with the figure.
        """
        said = frozenset[str]() if is_of_something(label) else periods_said(label)
        is_own = self.is_own_part(label) or self.is_assessed_part(label)
        return bool(said) and not any(map(self.is_period, said)) and not is_own

    def is_place(self, words: str) -> bool:
        if not self.places:
            raise UserError(WHICH_PLACE, hint=SAY_PLACE)
        return plain_words(words) in self.places

    def standing(self, key: str, wanted: Collection[str]) -> dict[str, Text]:
        """Return which wanted names stand in the columns of places or of indicators, and where first."""
        grid, columns, found = self.sheet.grid, self.sheet.columns_of(key), dict[str, Text]()
        for row in grid.rows if wanted else ():
            for column in columns if row > self.sheet.starts[0] else ():
                words = grid.words(row, column)
                for name in plain_names(words) & {*wanted} - found.keys():
                    found[name] = fill(OUTSIDE, name=words, place=grid.place(row, column))
        return found

    @cached_property
    def outside(self) -> dict[str, Text]:
        """The indicators of which no cell was read, not even a blank one, though they stand in the sheet, and where."""
        return self.standing("indicator", self.mapped.keys() - self.named)

    def place_beside(self, figure: SheetFigure) -> str:
        """Return the label beside the names that is the wanted place, else the first; "" where there is none."""
        return next((words for words in figure.labels if plain_words(words) in self.places), "".join(figure.labels[:1]))

    # ---- figures

    def figures(self) -> tuple[dict[str, list[SheetFigure]], tuple[Text, ...]]:
        """Return the figures of the place and period by the name of their indicator, and what is said of the year."""
        every = [
            (name, replace(figure, periods=self.times_of(figure.periods)), place, period)
            for name, figure, place, period in self.sheet.figures(self.asks_for)
        ]
        for place_of in (
            lambda figure: figure.section,
            self.place_beside,
            lambda figure: place_begun((figure.section,), self.places),
            lambda figure: place_begun(figure.titles, self.places),
        ):
            if any(
                place is None and plain_words(place_of(figure) or "") in self.places
                for _name, figure, place, _period in every
            ):
                every = [(name, figure, place_of(figure), period) for name, figure, _place, period in every]
        self.named = {plain for name in {name for name, *_rest in every} for plain in plain_names(name)}
        is_dated, notes = self.dated(
            {figure.periods for _name, figure, _place, period in every if period is None and figure.cell.words}
        )
        if every and all(place is None for _name, _figure, place, _period in every) and self.places:
            title, place_ = self.sheet.title or writable(self.path.name), next(iter(self.map.place), self.subject.name)
            if not any(name in plain_words(title) for name in self.places):
                notes = (*notes, fill(PLACE_TAKEN, title=quoted(title), place=place_))
        found: dict[str, list[SheetFigure]] = {}
        others: dict[str, None] = {}
        rows = 0
        for name, figure, place, period in every:
            periods = () if period is None and not is_dated else figure.periods if period is None else (period,)
            # Beside 上半年 of the map a title of another year is not passed over, as years beside the wanted one are.
            is_said = bool(periods) and (any if year_alone(self.period) else all)(map(self.is_period, periods))
            is_of_time = (len(periods) == 1 or self.map.period is not None) and is_said
            is_of_time |= period is None and not is_dated
            # A column of a year is none where a title says that it is of a part of it.
            if period is not None and year_alone(self.period):
                is_of_time &= not any(map(self.is_part, figure.periods))
            if (place is not None and not self.is_place(place)) or not is_of_time:
                if figure.cell.words:
                    others[" ".join(part for part in (place, *sorted(periods)) if part)] = None
                continue
            rows += 1
            for key in figure.names(name):
                found.setdefault(key, []).append(figure)
        if not rows:
            of_place = [period for _name, _figure, place, period in every if place is None or self.is_place(place)]
            if not self.period and any(of_place):
                raise UserError(WHICH_PERIOD, hint=SAY_PERIOD)
            place_ = next(iter(self.map.place), self.subject.name)
            period_: Text | str = fill(IN_PERIOD, period=self.period) if self.period else ""
            hint = fill(THERE_ARE, names=listed(filter(None, others), 12)) if any(others) else None
            read = {name for _name, _figure, place, _period in every for name in plain_names(place or "")}
            outside = {} if of_place else self.standing("place", {*self.places} - read)
            if outside := outside | self.outside:
                raise UserError(next(iter(outside.values())), hint=WORDS_END)
            raise UserError(fill(NO_ROW, place=place_, period=period_), hint=hint)
        found = {key: some for key, some in found.items() if any(f.cell.words for f in some)}
        # Where the map states the year, titles and the name of the sheet may still tell a part of it: 6月, 上半年.
        said = {said for some in found.values() for f in some for said in f.periods}
        of, parts = self.subject.period.strip(), sorted(filter(self.is_part, said))
        if of and parts and year_alone(self.period):
            notes = (*notes, fill(OTHER_TIME, taken=listed(parts), period=of))
        # A column that no year names, as 本年累计金额, is of the year of its title.
        if self.year is None and not _EARLIER.search(self.period.casefold()):
            notes = (*notes, *self.of_titles(said))
        elif (
            self.year is None
            and (years := {*map(year_of, said)} - {None})
            and self.subject.year is not None
            and self.subject.year + 1 not in years
        ):  # 上年金额 is of the year that is assessed on a sheet of the next one alone.
            notes = (*notes, fill(OTHER_TIME, taken=self.period, period=of))
        return found, notes

    @property
    def is_of_earlier(self) -> bool:
        """Whether the column of values is of a time before that of its sheet: 上期金额, 年初余额."""
        head = self.map.columns.value or ""
        return says_time(head) and not periods_said(head) and bool(_EARLIER.search(head.casefold()))

    def of_value_column(self) -> Iterator[Text]:
        """Say where the head of the column of values tells a time other than the assessed: 上期金额, 本月数, 2024年.

        上期金额 is of the year that is assessed on a sheet of the next one.
        """
        head, of, year = self.map.columns.value or "", self.subject.period.strip(), self.subject.year
        said = periods_said(head)
        is_own = any(is_one_time(each, of) or (self.of_own_part and year_alone(each) == str(year)) for each in said)
        if self.is_of_earlier:
            is_own = year is not None and self.year == year + 1
            self.year = None
        elif len(said) == 1 and year_alone(min(said)):
            self.year = int(year_alone(min(said)))
        if of and says_time(head) and not is_own:
            yield fill(OTHER_TIME, taken=head, period=of)

    def of_titles(self, said: Set[str]) -> Iterator[Text]:
        """Take the one time that titles say of the figures for theirs, and say where it is not the assessment's."""
        of = self.subject.period.strip()
        parts = [each for each in sorted(said) if not (year_alone(each) or is_one_time(each, of))]
        if len(said) == 1 and year_alone(min(said)):
            self.year = int(*said)
            if of and self.subject.year != self.year:
                yield fill(YEAR_OF_SHEET, year=self.year, period=of)
        elif parts and of:
            yield fill(OTHER_TIME, taken=listed(parts), period=of)

    def dated(self, blocks: Set[frozenset[str]]) -> tuple[bool, tuple[Text, ...]]:
        """Return whether titles tell figures of several times apart, and what is said of the year of the only one.

        A sheet names its year above its heads (“主要经济指标（2024年）”), or above a section. Without one it is
        taken for one of the year that is wanted.
        """
        said = set().union(*blocks)
        if not blocks or not said:
            is_taken = bool(blocks) and self.map.period is None and self.year is not None and not self.is_of_earlier
            of_file = period_in_passing((self.path.stem,))
            words = YEAR_TAKEN if not of_file or any(map(self.is_period, of_file)) else FILE_CALLED
            name = writable(self.path.name)
            return False, ((fill(words, year=self.year, name=name),) if is_taken else ())
        if len(blocks) > 1 or len(said) > 1 or self.map.period is not None or not year_alone(min(said)):
            if not self.period:
                raise UserError(WHICH_PERIOD, hint=SAY_PERIOD)
            return True, ()
        self.year = int(min(said))
        period = self.subject.period.strip()
        differs = period and Subject(period=period).year != self.year and not self.is_of_earlier
        return False, ((fill(YEAR_OF_SHEET, year=self.year, period=period),) if differs else ())

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
            titled = not self.tells_places_apart()
            areas = [areas_of(one, self.places, titled=titled) for one in (figure, other)]
            if all(areas) and areas[0] != areas[1]:
                places = listed(f"“{words}”" for words in sorted(areas[0] ^ areas[1]))
                apart = fill(AREAS_APART, name=name, other=entry.over, places=places)
                gathered.refuse(f"{figure.place} / {other.place}", entry.question, Misfit(apart, KEEP_PLACE))
                return
            if below == 0:
                gathered.refuse(other.place, entry.question, Misfit(fill(BY_ZERO, name=entry.over), CORRECT))
                return
            number = number / below
            place = f"{figure.place} / {other.place}"
            factor = self.quotient(asked, name, entry, unit, unit_below)
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

    def tells_places_apart(self) -> bool:
        return bool(self.sheet.columns_of("place")) or (self.map.layout == "wide" and self.map.across == "place")

    def one(
        self, gathered: Gathering, question: str, name: str, figures: Mapping[str, Sequence[SheetFigure]]
    ) -> SheetFigure | None:
        """Return the one figure of an indicator; what is not there, or there more than once, is named."""
        found = figures.get(plain_words(name), ())
        if not found:
            period: Text | str = fill(IN_PERIOD, period=self.period) if self.period else ""
            outside = self.outside.get(plain_words(name))
            absent = Misfit(fill(ABSENT, name=name, period=period), LOOK)
            gathered.refuse("", question, absent if outside is None else Misfit(outside, WORDS_END))
            return None
        if not any(figure.is_named and figure.cell.words for figure in found):
            place = next(figure.place for figure in found if figure.cell.words)
            gathered.refuse(place, question, Misfit(UNNAMED, NAME_ROWS))
            return None
        if len({figure.cell.words for figure in found}) > 1 or any(
            unit_factor(figure.unit or found[0].unit, found[0].unit) != 1 for figure in found if found[0].unit
        ):
            places = listed((figure.place for figure in found), 6)
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
        asked = self.edition.asked[question]
        if cell.trouble is not None:
            gathered.refuse(figure.place, question, cell.trouble)
            return None
        value = cell.value
        if isinstance(value, float):
            value = as_decimal(value)
        number = read_printed(value)
        if number is None:  # what to type is told in the unit of the sheet, not in that of the question
            meant = read_figure(str(value), -LARGEST, LARGEST, unit=stated or figure.unit or None)
            nothing = Misfit(fill(NOT_A_FIGURE, typed=quoted(value)), CORRECT)
            gathered.refuse(figure.place, question, nothing if meant is None else no_figure(value, meant))
            return None
        is_percent = cell.percent and not isinstance(cell.value, str)
        unit = stated or figure.unit or ("%" if is_percent else "")
        spelt = {kind_of(asked).unit(asked, language) for language in LANGUAGES}

        def times(said: str) -> Decimal | None:
            """Return what a figure is multiplied by from a unit that the sheet says to the one that counts."""
            each = (unit_factor(said, one) for one in (spelt if unit in spelt else (unit,)))
            return next((one for one in each if isinstance(one, Decimal)), None)

        # In a column of units 个 beside 家 may be the same, above a table 万元 beside 人 is that of other columns.
        contrary = bool(stated) and scales(figure.beside) and times(figure.beside) is None
        contrary |= bool(stated) and counts_yuan(unit) and counts_other_money(figure.unit)
        if contrary or times(figure.unit or unit) not in (None, 1):
            words = fill(TWO_UNITS, name=name, unit=figure.unit, stated=unit)
            gathered.refuse(figure.place, question, Misfit(words, ONE_UNIT))
            return None
        told = {"", unit, name_and_unit(name)[1], unit.partition("/")[0]}  # 立方米 behind 万元工业增加值用水量
        apart = [(part, times(part)) for part in figure.parts if part not in told]
        foreign = figure.foreign or next(filter(self.is_of_other_time, figure.labels), "")
        parted = next((part for part, known in apart if known is None), "")
        # Of 本年 and 万元 below a head nobody knows which is the unit.
        if parted and not stated and unit in figure.parts[1:]:
            parted = f"{unit}; {parted}"
        if foreign := foreign or parted:
            gathered.refuse(figure.place, question, Misfit(fill(PARTED, name=name, part=foreign), SAY_PART))
            return None
        other = next((part for part, known in apart if known != 1), "") if entry.factor is None else ""
        # A column of units that the map does not name.
        beside = (words for words in (*figure.labels, *figure.remarks) if unit)
        if other := other or next((words for words in beside if times(words) not in (None, 1)), ""):
            words = fill(UNITS_APART, name=name, unit=unit, other=other)
            gathered.refuse(figure.place, question, Misfit(words, CORRECT))
            return None
        units = () if entry.factor is not None and not unit else (unit,)
        if not isinstance(cell.value, str) and (not cell.shows(units) or (is_percent and unit_factor(unit, "%") != 1)):
            words = fill(UNLIKE_FORMAT, format=quoted(cell.shown_as))
            gathered.refuse(figure.place, question, Misfit(words, CORRECT))
            return None
        return number * 100 if is_percent else number, unit

    def factor(self, asked: AnyAsked, name: str, entry: MappedIndicator, unit: str) -> Decimal | Misfit:
        """Return what a figure is multiplied by to be in the question's unit."""
        wanted = [kind_of(asked).unit(asked, language) for language in LANGUAGES]
        known = self.known_factor(asked, unit, wanted) if unit.strip() and any(wanted) else None
        if entry.factor is not None:
            return self.by_the_map(entry, unit, known)
        if not any(wanted):
            return Misfit(fill(NO_UNIT_HERE, tail=unit), SAY_FACTOR) if scales(unit) else Decimal(1)
        if not unit.strip():
            return Misfit(fill(NO_UNIT, name=name), SAY_UNIT)
        return known if known is not None else self.other_unit(unit, asked)

    def known_factor(self, asked: AnyAsked, unit: str, wanted: Sequence[str]) -> Decimal | None:
        """Return what leads from a unit to that of a question; None where neither the map nor their names say it."""
        stated = self.stated_factor(unit, wanted)
        if stated is not None:
            return stated
        known = unit_factor(unit, getattr(asked, "unit", None))
        each = (known, *(unit_factor(unit, one) for one in wanted if one))
        return next((one for one in each if isinstance(one, Decimal)), None)

    def by_the_map(self, entry: MappedIndicator, unit: str, known: Decimal | None) -> Decimal | Misfit:
        """Return the factor beside an indicator, unless it is that of another unit than the sheet's.

        Where the map states the unit too, it has been held against the sheet's already.
        """
        assert entry.factor is not None
        if known is None and entry.unit is None:
            self.factored.append(unit.strip(" /"))
        if known in (None, entry.factor) or entry.unit is not None or entry.over_unit is not None:
            return entry.factor
        words = fill(FACTOR_APART, unit=unit, known=plain_number(known), factor=plain_number(entry.factor))
        return Misfit(words, STATE_UNIT)

    def quotient(self, asked: AnyAsked, name: str, entry: MappedIndicator, unit: str, below: str) -> Decimal | Misfit:
        """Return what a quotient is multiplied by to be in the question's unit."""
        both = f"{unit} / {below}"
        wanted = {kind_of(asked).unit(asked, language) for language in LANGUAGES}
        known = self.known_quotient(unit, below, wanted) if unit.strip() and below.strip() else None
        if entry.factor is not None:
            return self.by_the_map(entry, both, known)
        if not unit.strip():
            return Misfit(fill(NO_UNIT, name=name), SAY_UNIT)
        if not below.strip():
            return Misfit(fill(NO_UNIT, name=entry.over or ""), SAY_OVER_UNIT)
        return known if known is not None else self.other_unit(both, asked)

    def known_quotient(self, unit: str, below: str, wanted: Set[str]) -> Decimal | None:
        """Return what leads from a quotient to a share, a multiple or a rate as 人/千人; None where nothing says it."""
        if (between := self.between(unit, below)) is not None:
            if "%" in wanted:
                return between * 100
            if wanted & {"times", "倍", ""}:
                return between
        for above, slash, under in (one.partition("/") for one in sorted(wanted)):
            parts = (self.between(unit, above), self.between(below, under)) if slash else (None, None)
            if parts[0] is not None and parts[1] is not None:
                return parts[0] / parts[1]
        return None

    def between(self, unit: str, other: str) -> Decimal | None:
        """Return what leads from one unit to another, as the map states it, else as their names say."""
        stated = self.stated_factor(unit, [other])
        known = unit_factor(unit, other) if stated is None else stated
        return known if isinstance(known, Decimal) else None

    def stated_factor(self, unit: str, wanted: Sequence[str]) -> Decimal | None:
        """Return a factor that the map states between two units."""
        for name, others in self.map.units.items():
            if plain_words(name) == plain_words(unit):
                for other, factor in others.items():
                    if plain_words(other) in {plain_words(one) for one in wanted}:
                        return factor
        return None

    def other_unit(self, unit: str, asked: AnyAsked) -> Misfit:
        wanted = {language: kind_of(asked).unit(asked, language) for language in LANGUAGES}
        return Misfit(fill(OTHER_UNIT, unit=unit, wanted=wanted), SAY_FACTOR)

    # ---- the map of what is there

    def columns(self, figures: Mapping[str, Sequence[SheetFigure]]) -> ColumnMap:
        """Return which columns and indicators are used, which stand there besides, and which questions get none."""
        named = {plain_words(name) for name in heads_of(self.map).values()}
        wide = self.map.layout == "wide"
        across = wide and self.map.across != "indicator"

        def used(head: str) -> bool:
            return bool(plain_names(head) & (named | self.mapped.keys())) or (across and self.is_wanted(head))

        heads = [*dict.fromkeys(self.sheet.names.values())]
        extra = [] if wide and not across else [name for name in figures if not used(name)]
        absent = tuple(
            entry.question
            for name, entry in self.map.indicators.items()
            if plain_words(name) not in {*figures, *self.outside}
        )
        carried = tuple(head for head in heads if not used(head))
        place = {name: number for number, name in enumerate([*heads, *extra])}
        return ColumnMap(place, (*carried, *extra), {}, absent, ())

    def asks_for(self, head: str) -> bool:
        """Return whether the map asks for figures below a head."""
        if self.map.layout == "wide" and self.map.across != "indicator":
            return self.is_wanted(head)
        return not self.mapped.keys().isdisjoint(plain_names(head))

    def is_wanted(self, head: str) -> bool:
        return self.is_period(head) if self.map.across == "period" else self.is_place(head)
