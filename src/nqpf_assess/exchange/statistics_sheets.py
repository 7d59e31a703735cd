"""Figures out of a statistics sheet by its map: long or wide, of one place and one period, each in its own unit.

A figure is taken where its row, column, unit and year are each named by one thing, and where nothing between them and
the cell speaks of something else: another part of the heads, a section, another table. What is not so is refused.
A figure whose unit is not the question's is converted by the map's factor, else where the two are a power of ten apart.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from itertools import chain, combinations, islice
from pathlib import Path

from nqpf_assess.exchange.column_map import ColumnMap
from nqpf_assess.exchange.gathering import Gathering
from nqpf_assess.exchange.grids import Grid, GridCell
from nqpf_assess.exchange.sheet_dating import Dating
from nqpf_assess.exchange.sheet_excerpt import MOST_SIGNS, Excerpts
from nqpf_assess.exchange.sheet_finding import find_sheet
from nqpf_assess.exchange.sheet_places import areas_apart, names_place
from nqpf_assess.exchange.sheet_tables import FoundFigure, SheetFigure
from nqpf_assess.exchange.sheet_words import is_figure, name_and_unit, scales, units_in
from nqpf_assess.files.places import writable
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import NO_UNIT as NO_UNIT_HERE
from nqpf_assess.kinds.figures import read_figure, read_number, read_printed
from nqpf_assess.kinds.filled import CORRECT, Misfit, as_decimal, no_figure, plain_words, quoted
from nqpf_assess.kinds.units import as_written, counts_other_money, counts_yuan, is_measure, unit_factor
from nqpf_assess.locale import LANGUAGES, Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.base import LARGEST, plain_number
from nqpf_assess.model.importing import Submission
from nqpf_assess.model.mapping import MappedIndicator, StatisticsMap
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

RECOGNISED = _("a statistics sheet, by its map")
WHICH_PLACE = _("the map does not say which place is wanted")
SAY_PLACE = _('Write it into the map (place = ["..."]), or import into an assessment that has a name: --into FILE.')
NO_ROW = _("{path} has nothing of {place}{period}")
THERE_ARE = _(
    "There are: {names}. Name the place and the period that are meant in the map; where that does not help, fill the "
    "figures in by hand."
)
OUTSIDE = _("“{name}” stands in {place}, outside of the table that was read")
WORDS_END = _("Words where figures stand end a table: put figures in their place, or leave the cells blank.")
ABSENT = _("the sheet has no figure “{name}”{period}")
LOOK = _("Write it into the map as the sheet has it, or fill it in by hand.")
SEVERAL = _("“{name}” stands there several times with different figures: {places}")
NARROW = _("Say in the map which is meant: place, period, sheet; where these are alike, fill it in by hand.")
UNNAMED = _("the row has no name of its own; that of a row above may not hold for it")
NAME_ROWS = _("Fill in the name in each row, also where its cells are merged.")
UNDATED = _("the row names no time of its own; that of a row above may not hold for it")
DATE_ROWS = _("Fill in the time in each row, also where its cells are merged.")
PLACE_IN_ROWS = _(
    "the row of {place} is called “{name}”: indicators and the places or firms that they are of stand in one column, "
    "and nothing says which figure is whose"
)
TIME_BELOW = _("the row right below is called “{name}” and nothing else; the figure may be of several times together")
OWN_COLUMNS = _(
    "Give the place or firm, the indicator and the time a column each, filled in on every row, and name these in the "
    "map. In a pivot table of Excel: Design > Report Layout > Show in Tabular Form, then Repeat All Item Labels."
)
NO_UNIT = _("neither the sheet nor the map says in which unit “{name}” is")
SAY_UNIT = _('Write unit = "..." beside it in the map.')
FACTOR_APART = _("“{unit}” is converted by a factor of {known}, the map says {factor}")
STATE_UNIT = _("Take factor out of the map, or state beside it for which unit it holds (unit, over_unit).")
SAY_OVER_UNIT = _('Write over_unit = "..." below its name in the map.')
OTHER_UNIT = _("“{unit}” is not “{wanted}”, and no factor explains it")
SAY_FACTOR = _('Write unit = "{unit}" and a factor beside it in the map.')
SAY_EITHER = _('Write unit = "{unit}" and a factor beside it in the map, or a factor under [units].')
SAY_BOTH = _('Write unit = "{unit}", over_unit = "{below}" and a factor beside it in the map.')
WHOSE_FACTOR = _("the map has a factor, and does not say that it is the one for “{unit}”")
TWO_UNITS = _("the sheet gives “{name}” in “{unit}”, the map says “{stated}”")
ONE_UNIT = _("Take the unit out of the map; where that of the sheet is wrong, state a factor in its place.")
UNLIKE_FORMAT = _("the number format of the cell, {format}, shows another unit than the sheet or the map says")
UNITS_APART = _("the sheet gives “{name}” both in “{unit}” and in “{other}”")
PARTED = _("between the name “{name}” and the figure stands “{part}”, which is not the unit")
SAY_PART = _(
    "Keep the part of the sheet that is meant, each column with one head that says what it holds; name that in the "
    "map. A row without a figure counts as a heading: where one is missing, write n/a into its cell, or take the row "
    "out."
)
NOT_A_FIGURE = _("“{typed}” is no figure")
AREAS_APART = _("“{name}” and “{other}”, by which it is divided, stand under or beside different places: {places}")
KEEP_PLACE = _("Keep the rows of the place that is meant, or fill the figure in by hand.")
BY_ZERO = _("“{name}”, by which it is divided, is 0")
PLACE_TAKEN = _("“{title}” does not tell places apart; its figures are taken for those of {place}")
OTHER_PLACE = _("the map asks for the figures of {places}; the assessment is of {name}")
SOURCE_IS = _("the map names as evidence of every figure: “{source}”")
SHEETS_TOO = _("the figures are those of sheet “{sheet}”, which has most of the columns; some have {names} too")
REMARKS = _("elsewhere the sheet says {notes}; see that its figures are what is asked for")
FORMULAS = _(
    "formulas stand over or beside the figures, {formulas}; what they show is not read: see it in the sheet, or on the "
    "command line add --values"
)
AND_OTHERS = _("{listed} (left out: {n} others)")
MOST_SHEETS = 20
"""Other sheets that are named."""
_FORMULA = re.compile(r"(?:\A|[ :])=[^=\s]")
MOST_FORMULAS = 3
MOST_ALIKE = 6
"""Rows of one name and one figure that are shown."""
DIGITS = 6
"""Digits of a quotient of two figures that are kept, where the question does not say how many decimals it has."""
LEADING = 3
"""Digits of a quotient that are kept at least, however few decimals the question has."""


def read_statistics(
    grids: Sequence[Grid], mapped: StatisticsMap, edition: Questionnaire, path: Path, *, subject: Subject, at: datetime
) -> tuple[ColumnMap, Submission]:
    """Read the figures that a map asks for; raises `UserError` where the sheet is not the one that is mapped."""
    return _Sheet(grids, mapped, edition, path, subject, at).read()


def plain_names(said: str) -> set[str]:
    """Return a name as it stands, and without the unit in brackets behind it."""
    return {plain_words(said), plain_words(name_and_unit(said)[0])}


def units_of(asked: AnyAsked) -> Set[str]:
    """Return how sheets may write the unit of a question."""
    return as_written(kind_of(asked).unit(asked, language) for language in LANGUAGES)


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
        self.mapped = {plain_words(name): None for name in self.map.figure_names}
        self.places = [plain_words(name) for name in (self.map.place or (self.subject.name.strip(),)) if name.strip()]
        self.time = Dating(self.sheet, self.subject)
        self.used = dict[str, Sequence[SheetFigure]]()  # by the id of the question
        gathered = Gathering(self.edition, "statistics", writable(self.path.name), self.at)
        figures, notes = self.figures()
        notes = (*self.time.of_value_column(), *notes)
        for indicator, entry in self.map.indicators.items():
            # What is not there is told with the columns.
            if plain_words(indicator) in {*figures, *self.outside, *self.undated}:
                self.take(gathered, indicator, entry, figures)
        taken = [figure for name in self.mapped for figure in figures.get(name, ())]
        labels = [label for one in taken for label in one.labels]
        told = [*self.asked_otherwise(), *self.time.asked_otherwise(labels)]
        if taken and self.sheet.others:
            sheets = listed((f"“{quoted(name)}”" for name in self.sheet.others), MOST_SHEETS)
            told.append(fill(SHEETS_TOO, sheet=self.sheet.grid.sheet, names=sheets))
        told += notes
        around, time = Excerpts(self.sheet, [*chain(*self.used.values())]), self.time.taken_for
        excerpts = {id: tuple(around.of(one, time) for one in used) for id, used in self.used.items()}
        remarks, left = around.elsewhere(chain(*excerpts.values()))
        if remarks:
            said = listed(f"“{words}”" for words in remarks)
            told.append(fill(REMARKS, notes=fill(AND_OTHERS, listed=said, n=left) if left else said))
        around_them = (words for one in chain(*excerpts.values()) for words in (*one.over, *one.row, *one.column))
        formulas = [words for words in (*around_them, *remarks) if _FORMULA.search(words)]
        if formulas:
            told.append(
                fill(FORMULAS, formulas=listed((f"“{words}”" for words in dict.fromkeys(formulas)), MOST_FORMULAS))
            )
        if taken and self.map.source:
            told.append(fill(SOURCE_IS, source=quoted(self.map.source, most=MOST_SIGNS)))
        name = self.subject.name or next(iter(self.map.place), "")
        subject = Subject(name=name, period=self.subject.period or self.map.period or "")
        name = name or writable(self.path.stem)
        return self.columns(figures), gathered.submission(subject, name=name, notes=(*told,), excerpts=excerpts)

    # ---- what is wanted

    def asked_otherwise(self) -> Iterator[Text]:
        """Say where another place is asked for than the assessment is of, as a neighbour's map does.

        One name may be a part of the other, as a yearbook writes it.
        """
        called = plain_words(self.subject.name)
        if called and self.places and not any(called in place or place in called for place in self.places):
            yield fill(OTHER_PLACE, places=listed(self.map.place), name=self.subject.called)

    def is_place(self, words: str) -> bool:
        if not self.places:
            raise UserError(WHICH_PLACE, hint=SAY_PLACE)
        return plain_words(words) in self.places

    def standing(
        self, key: str, wanted: Collection[str], names: Callable[[str], Set[str]] = plain_names
    ) -> dict[str, Text]:
        """Return which wanted names stand in the columns of places, indicators or times, and where first.

        Of a row that holds nothing but names nothing could have been read.
        """
        grid, columns, found = self.sheet.grid, self.sheet.columns_of(key), dict[str, Text]()
        named = {column for key in ("place", "indicator", "period", "unit") for column in self.sheet.columns_of(key)}
        for row in grid.rows if wanted else ():
            for column in columns if row > self.sheet.starts[0] and grid.rows[row].keys() - named else ():
                words = grid.shown(row, column)
                for name in names(words) & {*wanted} - found.keys():
                    found[name] = fill(OUTSIDE, name=words, place=grid.place(row, column))
        return found

    @cached_property
    def outside(self) -> dict[str, Text]:
        """The indicators of which no cell was read, not even a blank one, though they stand in the sheet, and where."""
        return self.standing("indicator", self.mapped.keys() - self.named)

    def place_over(self, figure: SheetFigure) -> str:
        """Return the heading above that is the wanted place, else the section; "" where there is none."""
        return next((words for words in figure.over if plain_words(words) in self.places), figure.section)

    def place_beside(self, figure: SheetFigure) -> str:
        """Return the label beside the names that is the wanted place, else the first; "" where there is none."""
        return next((words for words in figure.labels if plain_words(words) in self.places), "".join(figure.labels[:1]))

    # ---- figures

    def figures(self) -> tuple[dict[str, list[SheetFigure]], tuple[Text, ...]]:
        """Return the figures of the place and period by the name of their indicator, and what is said of the year."""
        every = [*self.sheet.figures(self.asks_for)]
        times = {said: self.time.read(said) for said in dict.fromkeys(figure.periods for _n, figure, *_rest in every)}
        every = [
            (name, replace(figure, periods=times[figure.periods]), place, period)
            for name, figure, place, period in every
        ]
        for place_of in (self.place_over, self.place_beside):
            if any(
                place is None and plain_words(place_of(figure)) in self.places
                for _name, figure, place, _period in every
            ):
                every = [(name, figure, place_of(figure), period) for name, figure, _place, period in every]
        self.named = {plain for name in {name for name, *_rest in every} for plain in plain_names(name)}
        undated = [(figure, place) for _name, figure, place, period in every if period is None and figure.cell.words]
        blocks = {figure.periods for figure, _place in undated}
        own = {figure.periods for figure, place in undated if place is None or plain_words(place) in self.places}
        # A time below all figures of the place, as in a note above a line of telephones, dates none of them.
        self.mixed: Text | None = None
        notes = (*self.time.begin(own if own == {frozenset[str]()} else blocks),)
        if every and all(place is None for _name, _figure, place, _period in every) and self.places:
            called = filter(None, dict.fromkeys((self.sheet.title, self.sheet.grid.sheet)))
            title = " · ".join(called) or writable(self.path.name)
            wanted = next(iter(self.map.place), self.subject.name)
            self.mixed = self.place_in_rows(every)
            if self.mixed is None and not any(name in plain_words(title) for name in self.places):
                notes = (*notes, fill(PLACE_TAKEN, title=quoted(title), place=wanted))
        self.undated = dict[str, str]()  # figures of the place whose row leaves the time blank, and where they stand
        found: dict[str, list[SheetFigure]] = {}
        others: dict[str, None] = {}
        rows = 0
        for name, figure, place, period in every:
            if (place is not None and not self.is_place(place)) or not self.time.takes(period, figure.periods):
                if figure.cell.words and period == "" and (place is None or self.is_place(place)):
                    self.undated |= dict.fromkeys(figure.names(name), figure.place)
                if figure.cell.words:
                    periods = self.time.told_of(period, figure.periods)
                    others[" ".join(part for part in (place, *periods) if part)] = None
                continue
            rows += 1
            for key in figure.names(name):
                found.setdefault(key, []).append(figure)
        if not rows:
            of_place = [period for _name, _figure, place, period in every if place is None or self.is_place(place)]
            if any(of_place):
                self.time.require()
            place_ = next(iter(self.map.place), self.subject.name)
            hint = fill(THERE_ARE, names=listed(filter(None, others), 12)) if any(others) else None
            read = {name for _name, _figure, place, _period in every for name in plain_names(place or "")}
            outside = {} if of_place else self.standing("place", {*self.places} - read)
            if not any(period and self.time.is_wanted(period) for *_figure, period in every):
                time = {self.time.period}
                outside |= self.standing("period", time, lambda said: time if self.time.is_wanted(said) else set())
            if outside := outside | self.outside:
                raise UserError(next(iter(outside.values())), hint=WORDS_END)
            raise UserError(fill(NO_ROW, path=self.path, place=place_, period=self.time.in_period), hint=hint)
        found = {key: some for key, some in found.items() if any(f.cell.words for f in some)}
        said = {said for some in found.values() for f in some for said in f.periods}
        return found, (*notes, *self.time.of_taken(said))

    def place_in_rows(self, every: Sequence[FoundFigure]) -> Text | None:
        """Return what is said of a row of figures that is called as the wanted place; None where there is none."""
        names = {said for name, _figure, _place, period in every for said in (name, period) if said}
        of_place = {said for said in names if names_place(said, self.places)}
        for name, figure, _place, period in every:
            if of_place & {name, period} and figure.is_named and is_figure(figure.cell):
                for column, cell in self.sheet.grid.rows[figure.at[0]].items():
                    if cell.shown in of_place:
                        return fill(PLACE_IN_ROWS, name=cell.shown, place=self.sheet.grid.place(figure.at[0], column))
        return None

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
        used: tuple[SheetFigure, ...] = (figure,)
        if entry.over is None:
            factor = self.factor(asked, name, entry, unit)
        else:
            other = self.one(gathered, entry.question, entry.over, figures)
            read = self.number(gathered, entry.over, entry, other, entry.over_unit) if other is not None else None
            if other is None or read is None:
                return
            below, unit_below = read
            if areas := areas_apart(figure, other, self.places):
                places = listed(f"“{words}”" for words in sorted(areas))
                apart = fill(AREAS_APART, name=name, other=entry.over, places=places)
                gathered.refuse(f"{figure.place} / {other.place}", entry.question, Misfit(apart, KEEP_PLACE))
                return
            if below == 0:
                gathered.refuse(other.place, entry.question, Misfit(fill(BY_ZERO, name=entry.over), CORRECT))
                return
            number, used = number / below, (figure, other)
            factor = self.quotient(asked, name, entry, unit, unit_below)
        place = " / ".join(one.place for one in used)
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
        # Rows that are called alike may be of several things, though they have one figure.
        alike = (figures.get(plain_words(said), ()) for said in (name, entry.over) if said is not None)
        self.used[entry.question] = [
            *chain(*(islice((one for one in some if one.cell.words), MOST_ALIKE) for some in alike))
        ]
        parts = gathered.parts.get(entry.question)
        if parts is None:
            return
        if self.time.year is not None and kind_of(asked).dated(asked):
            parts["year"] = self.time.year
        evidence = [words for words in (figure.source, self.map.source or "") if words.strip()]
        if evidence:
            parts["evidence"] = tuple(dict.fromkeys(evidence))

    def one(
        self, gathered: Gathering, question: str, name: str, figures: Mapping[str, Sequence[SheetFigure]]
    ) -> SheetFigure | None:
        """Return the one figure of an indicator; what is not there, or there more than once, is named."""
        found = figures.get(plain_words(name), ())
        if not found and (place := self.undated.get(plain_words(name))):
            gathered.refuse(place, question, Misfit(UNDATED, DATE_ROWS))
            return None
        if not found:
            outside = self.outside.get(plain_words(name))
            absent = Misfit(fill(ABSENT, name=name, period=self.time.in_period), LOOK)
            gathered.refuse("", question, absent if outside is None else Misfit(outside, WORDS_END))
            return None
        if not any(figure.is_named and figure.cell.words for figure in found):
            place = next(figure.place for figure in found if figure.cell.words)
            gathered.refuse(place, question, Misfit(UNNAMED, NAME_ROWS))
            return None
        if self.mixed is not None:
            gathered.refuse(found[0].place, question, Misfit(self.mixed, OWN_COLUMNS))
            return None
        for figure in found:
            if figure.cell.words and (time := self.sheet.time_below(figure)):
                gathered.refuse(figure.place, question, Misfit(fill(TIME_BELOW, name=time), OWN_COLUMNS))
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
        spelt = units_of(asked)

        def times(said: str) -> Decimal | None:
            """Return what a figure is multiplied by from a unit that the sheet says to the one that counts."""
            each = (unit_factor(said, one) for one in (spelt if unit in spelt else (unit,)))
            return next((one for one in each if isinstance(one, Decimal)), None)

        if read_number(figure.beside) is not None:  # a row that moved aside, as where a blank cell was lost in copying
            gathered.refuse(figure.place, question, Misfit(fill(PARTED, name=name, part=figure.beside), SAY_PART))
            return None
        # In a column of units 个 beside 家 may be the same, above a table 万元 beside 人 is that of other columns.
        contrary = bool(stated) and scales(figure.beside) and times(figure.beside) is None
        contrary |= bool(stated) and counts_yuan(unit) and counts_other_money(figure.unit)
        if contrary or times(figure.unit or unit) not in (None, 1):
            words = fill(TWO_UNITS, name=name, unit=figure.unit, stated=unit)
            gathered.refuse(figure.place, question, Misfit(words, ONE_UNIT))
            return None
        told = {"", unit, name_and_unit(name)[1], unit.partition("/")[0]}  # 立方米 behind 万元工业增加值用水量
        apart = [(part, times(part)) for part in figure.parts if part not in told]
        foreign = figure.foreign or next(filter(self.time.is_of_other, figure.labels), "")
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
            unlike = Misfit(fill(UNLIKE_FORMAT, format=quoted(cell.shown_as)), CORRECT)
            gathered.refuse(figure.place, question, unlike if unit else Misfit(fill(NO_UNIT, name=name), SAY_UNIT))
            return None
        return number * 100 if is_percent else number, unit

    def factor(self, asked: AnyAsked, name: str, entry: MappedIndicator, unit: str) -> Decimal | Misfit:
        """Return what a figure is multiplied by to be in the question's unit."""
        wanted = units_of(asked)
        known = self.known_factor(asked, unit, wanted) if unit.strip() and any(wanted) else None
        hint = fill(SAY_EITHER if any(wanted) else SAY_FACTOR, unit=unit)
        if entry.factor is not None:
            return self.by_the_map(entry, unit, known, hint if entry.unit is None and is_measure(unit) else None)
        if not any(wanted):
            return Misfit(fill(NO_UNIT_HERE, tail=unit), hint) if scales(unit) else Decimal(1)
        if not self.one_unit(unit).strip():
            return Misfit(fill(NO_UNIT, name=name), SAY_UNIT)
        return known if known is not None else self.other_unit(unit, asked, hint)

    def known_factor(self, asked: AnyAsked, unit: str, wanted: Set[str]) -> Decimal | None:
        """Return what leads from a unit to that of a question; None where neither the map nor their names say it."""
        stated = self.stated_factor(unit, wanted)
        if stated is not None:
            return stated
        known = unit_factor(unit, getattr(asked, "unit", None))
        each = (known, *(unit_factor(unit, one) for one in sorted(wanted) if one))
        return next((one for one in each if isinstance(one, Decimal)), None)

    def by_the_map(
        self, entry: MappedIndicator, unit: str, known: Decimal | None, unsaid: Text | None
    ) -> Decimal | Misfit:
        """Return the factor beside an indicator, unless it is that of another unit than the sheet's.

        Where the map states the unit too, it has been held against the sheet's already. `unsaid`: the way on where it
        does not, and the sheet's is one that has to be known.
        """
        assert entry.factor is not None
        if known is None and unsaid is not None:
            return Misfit(fill(WHOSE_FACTOR, unit=unit), unsaid)
        if known in (None, entry.factor) or entry.unit is not None or entry.over_unit is not None:
            return entry.factor
        words = fill(FACTOR_APART, unit=unit, known=plain_number(known), factor=plain_number(entry.factor))
        return Misfit(words, STATE_UNIT)

    def quotient(self, asked: AnyAsked, name: str, entry: MappedIndicator, unit: str, below: str) -> Decimal | Misfit:
        """Return what a quotient is multiplied by to be in the question's unit."""
        both = f"{unit} / {below}"
        known = self.known_quotient(unit, below, units_of(asked)) if unit.strip() and below.strip() else None
        hint = fill(SAY_BOTH, unit=unit, below=below)
        if entry.factor is not None:
            pairs = ((unit, entry.unit), (below, entry.over_unit))
            is_unsaid = all(said.strip() for said, _stated in pairs)  # a factor may stand for a unit that is not there
            is_unsaid = is_unsaid and any(stated is None and is_measure(said) for said, stated in pairs)
            return self.by_the_map(entry, both, known, hint if is_unsaid else None)
        if not self.one_unit(unit, below if known is not None else "").strip():
            return Misfit(fill(NO_UNIT, name=name), SAY_UNIT)
        if not self.one_unit(below, unit if known is not None else "").strip():
            return Misfit(fill(NO_UNIT, name=entry.over or ""), SAY_OVER_UNIT)
        return known if known is not None else self.other_unit(both, asked, hint)

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

    def one_unit(self, said: str, other: str = "") -> str:
        """Return the unit of a figure, "" where what is said of all figures names several: 亿元、万元、人.

        Of two figures divided by each other, for both of which the same is said, it is one if no two of these can be
        compared, nor count money both: 万元、%.
        """
        several = units_in(said)
        if len(several) < 2:
            return said
        is_apart = sum(counts_yuan(one) or counts_other_money(one) for one in several) > 1  # 亿元、亿美元
        is_apart |= any(unit_factor(one, another) is not None for one, another in combinations(several, 2))
        return said if said == other and not is_apart else ""

    def between(self, unit: str, other: str) -> Decimal | None:
        """Return what leads from one unit to another, as the map states it, else as their names say."""
        stated = self.stated_factor(unit, [other])
        known = unit_factor(unit, other) if stated is None else stated
        return known if isinstance(known, Decimal) else None

    def stated_factor(self, unit: str, wanted: Collection[str]) -> Decimal | None:
        """Return a factor that the map states between two units."""
        for name, others in self.map.units.items():
            if plain_words(name) == plain_words(unit):
                for other, factor in others.items():
                    if plain_words(other) in {plain_words(one) for one in wanted}:
                        return factor
        return None

    def other_unit(self, unit: str, asked: AnyAsked, hint: Text) -> Misfit:
        wanted = {language: kind_of(asked).unit(asked, language) for language in LANGUAGES}
        return Misfit(fill(OTHER_UNIT, unit=unit, wanted=wanted), hint)

    # ---- the map of what is there

    def columns(self, figures: Mapping[str, Sequence[SheetFigure]]) -> ColumnMap:
        """Return which columns and indicators are used, which stand there besides, and which questions get none."""
        named = {plain_words(name) for name in self.map.heads.values()}
        wide = self.map.layout == "wide"
        across = wide and self.map.across != "indicator"

        def used(head: str) -> bool:
            return bool(plain_names(head) & (named | self.mapped.keys())) or (across and self.is_wanted(head))

        heads = [*dict.fromkeys(self.sheet.names.values())]
        extra = [] if wide and not across else [name for name in figures if not used(name)]
        absent = tuple(
            entry.question
            for name, entry in self.map.indicators.items()
            if plain_words(name) not in {*figures, *self.outside, *self.undated}
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
        return self.time.is_wanted(head) if self.map.across == "period" else self.is_place(head)
