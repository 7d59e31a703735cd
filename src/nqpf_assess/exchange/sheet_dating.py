"""Of which time the figures of a statistics sheet are: what its words say, held against what is asked for.

A figure is taken by the time above it or of its column; where that is not the time of the assessment it is said, and
refused where nobody says which of several is meant.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from functools import cached_property
from itertools import filterfalse

from nqpf_assess.exchange.sheet_tables import MappedSheet
from nqpf_assess.exchange.sheet_times import (
    in_digits,
    is_of_something,
    is_one_time,
    is_part_of,
    is_same_part,
    is_that_part,
    may_be_current,
    period_in_passing,
    periods_said,
    says_time,
    through_december,
    without_later_day,
    year_alone,
)
from nqpf_assess.files.places import writable
from nqpf_assess.kinds.filled import plain_words, quoted
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.period import year_of
from nqpf_assess.model.problem import UserError

WHICH_PERIOD = _("the map does not say which period is wanted")
SAY_PERIOD = _('Write it into the map (period = "2024"), or import into an assessment that has a year: --into FILE.')
IN_PERIOD = _(" in {period}")
YEAR_OF_SHEET = _("the sheet is of {year}, and so are its figures; the assessment is of {period}")
OTHER_TIME = _("the figures taken are those of {taken}; the assessment is of {period}")
YEAR_TAKEN = _("no title or section says that the figures of “{name}” are those of {year}, for which they are taken")
NAMED_YEAR = _("the map names its indicators by a time, {names}; the assessment is of {period}")
MOST_WORDS = 3
"""Words of a sheet that may tell another time, of which so many are named."""
_EARLIER = re.compile(
    r"(?<![比较以与])(?:上(?!半|一?个?[月季]|.{1,4}[=＝为]\s*100)|去)|前(?!.{1,3}[季月])|(?<!年)同期(?!.?比)"
    r"|(?<!自[年期])(?<=[年期])初(?!步|[至到]|以来|累计)"
    r"|\b(?:prior|previous|last|opening)\b(?! month| quarter)|(?<!since )(?<!from )(?<!the )\bbeginning\b"
)
"""Words of columns for the year before that of a title, or its end: 上年同期, 年初余额, but not 自年初累计."""
_SHORT = re.compile(
    r"(?<!至)(?:上一?个?|本|当)[月季](?!.*(?:累计|[止末底]))|(?<=[月季])初(?!步|[至到]|以来|累计)"
    r"|\b(?:current|prior|previous|last) (?:month|quarter)\b"
)
"""Words of columns for one month or quarter, which is not said: 本月数, 上季度数; 本月止累计 may be all of the year."""
_RUNNING = re.compile(r"年初.*累计|(?<![月季])累计|(?<!\d)1\D{1,2}12月")
"""Columns of figures from the first month on: 本年累计, 1-12月; those of 本月累计 may be of one month."""
_CURRENT = re.compile(r"[本当][月季]|\bcurrent\b")


class Dating:
    """The time that a map or an assessment asks a sheet for.

    `period`: its words, "" where neither says one and the sheet does not tell times apart; `year`: the year that
    figures are dated by, as far as it is known by now.
    """

    def __init__(self, sheet: MappedSheet, subject: Subject) -> None:
        self.sheet, self.map, self.subject = sheet, sheet.map, subject
        self.of = subject.period.strip()
        stated = (self.map.period or "").strip()
        self.period = year_alone(stated) or stated or str(subject.year or "") or self.of
        self._stated = plain_words(stated or self.period)
        if sheet.columns_of("period") or (self.map.layout == "wide" and self.map.across == "period"):
            self.require()
        self.year = year_of(self.period)
        if self.year is None and len(years := period_in_passing((self.period,))) == 1:
            self.year = int(year_alone(*years) or 0) or None  # FY24A, Dec-24
        self._asked = self.year
        # The half or quarter that is assessed, in full; none where the map asks for another time.
        self._assessed = self.of if self.period in (str(subject.year), self.of) else ""
        self._is_of_assessed_part = False
        self._is_of_other = False
        self._asks_earlier = bool(_EARLIER.search(self.period.casefold()))
        self._titles_count = False
        head = self.map.columns.value or ""
        self._column = head or self.period
        # The column of values is of a time before that of its sheet: 上期金额, 年初余额.
        self._is_earlier = says_time(head) and not periods_said(head) and bool(_EARLIER.search(head.casefold()))
        # It, or a column of a year of its own or a part of one, is dated by no title.
        self._is_dated = self._is_earlier or any(year_of(said) for said in periods_said(head))

    def require(self) -> None:
        """Refuse a sheet whose times cannot be told apart, as nobody says which is wanted."""
        if not self.period:
            raise UserError(WHICH_PERIOD, hint=SAY_PERIOD)

    @property
    def in_period(self) -> Text | str:
        """How a sentence names the time that is wanted."""
        return fill(IN_PERIOD, period=self.period) if self.period else ""

    @property
    def taken_for(self) -> str:
        """The time that figures are taken for, once all that is said of them was read; "" where nothing says one."""
        head = self.map.columns.value or ""
        words = head if says_time(head) else self.period
        is_part = self._is_short(words) or not all(map(year_alone, period_in_passing((words,))))
        if self._is_earlier or (is_part and self._is_of_year(words)):
            return words
        return self.of if self._is_of_assessed_part and self._is_of_year(self.of) else str(self.year or "") or words

    def _is_of_year(self, words: str) -> bool:
        """Return whether words name no other year than the one that figures are dated by."""
        return self.year is None or year_of(words) in (None, self.year)

    # ---- what the sheet says

    def is_wanted(self, words: str) -> bool:
        """Return whether words are the time that is wanted, and nothing besides.

        The last day of the year is that of December where other days of it stand in the sheet.
        """
        if plain_words(words) in (plain_words(self.period), self._stated):
            return True
        is_day = words.endswith("-12-31") and self._tells_days
        return self.period == year_alone(words) and not is_day

    @cached_property
    def _tells_days(self) -> bool:
        """Whether the ends of other months of the year that is wanted stand in the sheet: 2024-11-30."""
        day = re.compile(rf"{re.escape(self.period)}-(?!12-31)\d\d-(?:2[89]|3[01])")
        return any(day.fullmatch(cell.shown) for cells in self.sheet.grid.rows.values() for cell in cells.values())

    def read(self, titles: Set[str]) -> frozenset[str]:
        """Return the times that titles say, without the day of their printing, and what only repeats what is wanted."""
        said = frozenset[str]().union(*(without_later_day(each, self.year) for each in titles))
        if _RUNNING.search(self._column):
            said = frozenset(map(through_december, said))
        told = frozenset(filterfalse(self._is_own_part, said))
        # A sheet of the very half that is assessed is of its year, as the map and the heads name it.
        own = frozenset(each for each in told if is_that_part(each, self._assessed))
        self._see(said)
        told = told - own | ({self.period} if own else frozenset())
        # Beside its year the half that is assessed is no other time: a sheet 2024年上半年 below a title of 2024.
        years = frozenset(filterfalse(self._is_assessed, told))
        return years if years and all(map(self.is_wanted, years)) else told

    def _see(self, said: Iterable[str]) -> None:
        """Keep in mind that the sheet says that it is of the very part of a year that is assessed."""
        # Of 本季数 that a map asks for the titles alone tell the time.
        of = self._assessed if periods_said(self.period) or self._asks_earlier else self.of
        self._is_of_assessed_part |= any(is_same_part(each, of) for each in said)

    def _is_own_part(self, said: str) -> bool:
        """Return whether words tell the part of a year that is wanted, on no sheet that is called by another year."""
        if (of := year_alone(self.sheet.grid.sheet)) and self.year not in (None, int(of)):
            return False
        return any(is_part_of(said, period) for period in (self._assessed, self.map.period or ""))

    def _is_assessed(self, said: str) -> bool:
        return not year_alone(said) and plain_words(said) == plain_words(self._assessed)

    def _is_part(self, said: str) -> bool:
        """Return whether what a title says of its time is a part of the wanted year, or of no year that it names."""
        plain = in_digits(said)
        return not year_alone(said) and (self.period in plain or re.search(r"(?:19|20)\d\d", plain) is None)

    def is_of_other(self, label: str) -> bool:
        """Return whether a label beside a figure speaks of a time, and not of the wanted one.

        A remark that names a month besides (自6月起口径调整) is no time; it is shown with the figure.
        """
        if is_of_something(label) or self._is_own_part(label) or self._is_assessed(label):
            return False
        said = periods_said(label)
        return bool(said) and not any(map(self.is_wanted, said))

    # ---- which figures are taken

    def begin(self, blocks: Set[frozenset[str]]) -> Iterator[Text]:
        """See whether titles tell figures of several times apart, and say what is to be said of the only one.

        A sheet names its year above its heads (“主要经济指标（2024年）”), or above a section. Without one it is
        taken for one of the year that is wanted.
        """
        said = set().union(*blocks)
        if not said:
            if blocks and self.map.period is None and self.year is not None and not self._is_dated:
                yield fill(YEAR_TAKEN, year=self.year, name=writable(self.sheet.path.name))
        elif len(blocks) > 1 or len(said) > 1 or self.map.period is not None or not year_alone(min(said)):
            self.require()
            self._titles_count = True
        else:
            self.year = int(min(said))
            if self.of and self.subject.year != self.year and not self._is_dated:
                yield fill(YEAR_OF_SHEET, year=self.year, period=self.of)

    def times_of(self, own: str | None, titles: Set[str]) -> Collection[str]:
        """Return the times of a figure: that of its own column or row, else those above it where they count."""
        return (own,) if own is not None else titles if self._titles_count else ()

    def told_of(self, own: str | None, titles: Set[str]) -> Sequence[str]:
        """Return how a figure that is not taken tells its time: with the part of a year that a title makes of it."""
        parts = filter(self._is_part, titles) if own is not None else ()
        return [*sorted(self.times_of(own, titles)), *sorted(parts)]

    def takes(self, own: str | None, titles: Set[str]) -> bool:
        """Return whether a figure is of the wanted time."""
        if own is None and not self._titles_count:
            return True
        said, is_of_year = self.times_of(own, titles), bool(year_alone(self.period))
        # Beside 上半年 of the map a title of another year is not passed over, as years beside the wanted one are.
        is_said = bool(said) and (any if is_of_year else all)(map(self.is_wanted, said))
        # A column of a year is none where a title says that it is of a part of it.
        is_in_part = own is not None and is_of_year and any(map(self._is_part, titles))
        return is_said and not is_in_part and (len(said) == 1 or self.map.period is not None)

    # ---- what is said of those that are

    def of_taken(self, said: Set[str]) -> Iterator[Text]:
        """Say where titles tell another time of the figures that are taken; a year that no column names is theirs."""
        # Where the map states the year, titles and the name of the sheet may still tell a part of it: 6月, 上半年.
        parts = sorted(filter(self._is_part, said))
        if self.of and parts and year_alone(self.period):
            yield fill(OTHER_TIME, taken=listed(parts), period=self.of)
        if self.year is not None:
            return
        year = self.subject.year
        if self._asks_earlier:
            # 上年金额 is of the year that is assessed on a sheet of the next one alone.
            years = {*map(year_of, said)} - {None}
            self._is_of_other |= bool(years) and year is not None and year + 1 not in years
        elif len(said) == 1 and year_alone(min(said)):  # 本年累计金额 is of the year of its title
            self.year = int(*said)
            if self.of and year != self.year:
                yield fill(YEAR_OF_SHEET, year=self.year, period=self.of)
        else:
            others = [each for each in sorted(said) if not (year_alone(each) or is_one_time(each, self.of))]
            if others and self.of:
                yield fill(OTHER_TIME, taken=listed(others), period=self.of)

    def of_value_column(self) -> Iterator[Text]:
        """Say where the head of the column of values tells a time other than the assessed: 上期金额, 本月数, 2024年.

        上期金额 is of the year that is assessed on a sheet of the next one.
        """
        head, year = self.map.columns.value or "", self.subject.year
        said = periods_said(head)
        self._is_of_assessed_part |= any(is_that_part(each, self._assessed) for each in said)
        is_own = any(
            is_one_time(each, self.of) or (self._is_of_assessed_part and year_alone(each) == str(year)) for each in said
        )
        if self._is_earlier:
            is_own = year is not None and self.year == year + 1
            self.year = None
        elif len(said) == 1 and (own := year_of(min(said))):
            self.year = own
        is_told = bool(said) or self._is_earlier or self._is_short(head)
        if self.of and is_told and not is_own:
            yield fill(OTHER_TIME, taken=head, period=self.of)

    def _is_short(self, words: str) -> bool:
        """Return whether words are those of one month or quarter, and that may not be the one that is assessed."""
        is_own = _CURRENT.search(words.casefold()) and may_be_current(words, self.of)
        return bool(self.of and _SHORT.search(words.casefold()) and not is_own and not periods_said(words))

    def asked_otherwise(self, labels: Iterable[str]) -> Iterator[Text]:
        """Say where another time is asked for than the assessment is of, as last year's map does, or names in it do.

        Of half a year the whole is taken, if the map does not name that half and no title or label does. That the sheet
        is of another year than was asked for is said where it is found.
        """
        self._see(labels)
        is_other = self._asked is not None and self.subject.year not in (None, self._asked)
        is_other |= self._is_of_other or self._is_short(self.period)
        is_other |= bool(self.of) and not self._is_of_assessed_part and not is_one_time(self.period, self.of)
        if is_other and self._is_of_year(self.period):
            yield fill(OTHER_TIME, taken=self.period, period=self.of)
        others = [
            name
            for name in self.map.figure_names
            if (said := periods_said(name)) and str(self.subject.year) not in said and not is_same_part(name, self.of)
        ]
        if self.of and others:
            yield fill(NAMED_YEAR, names=listed((f"“{quoted(name)}”" for name in others), MOST_WORDS), period=self.of)
