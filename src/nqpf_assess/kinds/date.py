"""Kind `date`: a day, scored by a scale over the whole days from it to the end of the year the answers describe."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from nqpf_assess.kinds.editions import KeyChange, limits_changed
from nqpf_assess.kinds.figures import odd_digit, plain_typed
from nqpf_assess.kinds.flaw import Flaw, span_flaws
from nqpf_assess.kinds.kind import Fault, Here, Refusal, ScaledKind, Typed, Value
from nqpf_assess.kinds.scale import Scales, figure_scoring, reason_of, scale_flaws, scale_of, score_on
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Raw
from nqpf_assess.model.base import read_day
from nqpf_assess.model.condition import Comparison
from nqpf_assess.model.questionnaire import DateFact, DateQuestion, QuestionBase

Asked = DateQuestion | DateFact

WANTS_DAY = _('a day such as 2024-05-31 or "2024-05-31"')
WANTS_DAY_BETWEEN = _("a day from {low} to {high}")
YEAR_FIRST = _("Write year, month and day as in 2024-05-31.")
PROMPT = _("Type a day such as 2024-05-31")
NOT_A_DAY = _("“{typed}” is not a day. Type year, month and day, such as 2024-05-31.")
NO_SUCH_DAY = _("There is no such day as {typed} in the calendar.")
OUTSIDE = _("{value} is not possible here: the day must lie between {low} and {high}.")
BETWEEN = _("From {low} to {high}.")
BY_LINE = _(
    "{x} days before 31 December {year}; between {x0} → {y0} and {x1} → {y1}: "
    "{y0} + ({x} − {x0}) ÷ ({x1} − {x0}) × ({y1} − {y0}) = {score}"
)
BY_END = _("{days} days before 31 December {year}: at or beyond the end {x} → {score} of its scale")
LENGTH = 40

_TYPED = r"(\d{4}) ?[-./年] ?(\d{1,2}) ?[-./月] ?(\d{1,2}) ?日?\Z"


class DateKind(ScaledKind[Asked]):
    """Its value is the day. Later days count as more."""

    name = "date"
    needs_year = True
    line = date
    line_words = _("a day such as 2024-05-31")
    label = _("Day")
    minutes = Decimal(1)

    def read(self, asked: Asked, raw: Raw) -> Value | Fault:
        day, (low, high) = read_day(raw), asked.range
        if day is None:
            return Fault(WANTS_DAY, advice=YEAR_FIRST if isinstance(raw, str) else None)
        if not low <= day <= high:
            return Fault(fill(WANTS_DAY_BETWEEN, low=low.isoformat(), high=high.isoformat()))
        return day

    def typed(self, asked: Asked, line: str) -> Typed[date] | Refusal | None:
        """Read year, month and day, in this order, with the usual marks between them."""
        plain = plain_typed(line)
        if not plain:
            return None
        shown = line.strip() if len(line.strip()) <= LENGTH else line.strip()[:LENGTH] + "…"
        found = re.match(_TYPED, plain, re.ASCII) if len(plain) <= LENGTH else None
        if found is None or odd_digit(line) is not None:
            return Refusal(fill(NOT_A_DAY, typed=shown))
        try:
            day = date(*map(int, found.groups()))
        except ValueError:
            return Refusal(fill(NO_SUCH_DAY, typed=shown))
        low, high = asked.range
        if not low <= day <= high:
            ends = {"low": low.isoformat(), "high": high.isoformat()}
            return Refusal(fill(OUTSIDE, value=day.isoformat(), **ends))
        return Typed(day, converted=day.isoformat() != line.strip())

    def cell(self, asked: Asked, cell: object) -> Raw:
        if isinstance(cell, datetime) and cell.time() == datetime.min.time():
            return cell.date()
        return cell if type(cell) is date else super().cell(asked, cell)

    def stored(self, asked: Asked, value: Value) -> Raw:
        assert isinstance(value, date)
        return value

    def scales(self, asked: Asked) -> Scales | None:
        return Scales(scale_of(asked.scale)) if asked.scale else None

    def score(self, asked: Asked, value: Value, here: Here) -> float | None:
        if here.year is None or here.scale is None:
            return None
        return here.scale.score(_days(value, here.year))

    def goal(
        self, asked: Asked, value: Value, here: Here, *, score: float, target: float, points: Decimal
    ) -> Value | None:
        """Return the nearest day that gives so much, in the direction that raises the score."""
        if here.scale is None or here.year is None:
            return None
        now, scale = _days(value, here.year), here.scale.points
        wanted = min(Decimal(repr(round(target, 10))), score_on(scale, now) + points)
        first, last = asked.range
        possible = _days(last, here.year), _days(first, here.year)
        found = figure_scoring(scale, now, wanted, range_=possible, decimals=0)
        return None if found is None else _year_end(here.year) - timedelta(days=int(found))

    def moves(self, asked: Asked, value: Value, here: Here) -> Sequence[Value]:
        if here.scale is None or here.year is None:
            return []
        first, last = asked.range
        low, high = _days(last, here.year), _days(first, here.year)
        days = (min(max(x, low), high) for x, _score in here.scale.points)
        return [_year_end(here.year) - timedelta(days=int(count)) for count in days]

    def example(self, asked: Asked) -> Value:
        """Return the middle of what is possible."""
        first, last = asked.range
        return first + (last - first) // 2

    def reason(self, asked: Asked, value: Value, here: Here) -> tuple[Text, Mapping[str, Any]]:
        assert here.scale is not None
        assert here.year is not None
        days = _days(value, here.year)
        _rule, values = reason_of(here.scale, float(days))
        return BY_LINE if "x0" in values else BY_END, {**values, "days": days, "year": here.year}

    def prompt(self, asked: Asked) -> Text:
        return PROMPT

    def wants(self, asked: Asked) -> Text:
        low, high = asked.range
        return fill(WANTS_DAY_BETWEEN, low=low.isoformat(), high=high.isoformat())

    def limits(self, asked: Asked) -> tuple[date, date]:
        return asked.range

    def edited_keys(self, asked: Asked) -> tuple[str, ...]:
        return ("scale",) if isinstance(asked, QuestionBase) else ()

    def bare(self, asked: Asked, value: Value, language: str) -> str:
        assert isinstance(value, date)
        return value.isoformat()

    def short(self, asked: Asked, value: Value, language: str) -> str:
        assert isinstance(value, date)
        return grammar(language).date(value.year, value.month, value.day)

    def operand(self, asked: Asked, operand: object, language: str) -> str:
        assert isinstance(operand, date)
        return self.short(asked, operand, language)

    def stand_ins(self, asked: Asked, compared: Sequence[Comparison]) -> Iterable[Value]:
        low, high = sorted(asked.range)
        lines = (leaf.operand for leaf in compared if leaf.operator in ("at_least", "at_most"))
        ends = sorted({low, high, *(line for line in lines if low <= line <= high)})
        return sorted({*ends, *(left + (right - left) // 2 for left, right in pairwise(ends))})

    def xlsform_type(self, id: str) -> str:
        return "date"

    def xlsform_constraint(self, asked: Asked) -> tuple[str, Text]:
        low, high = (end.isoformat() for end in asked.range)
        return f". >= date('{low}') and . <= date('{high}')", fill(BETWEEN, low=low, high=high)

    def xlsform_operand(self, operand: object) -> str:
        return f"date('{operand}')"

    def changes(self, key: str, before: Asked, after: Asked, *, scored: bool) -> Iterator[KeyChange] | None:
        return limits_changed(before.range, after.range, (before.range, after.range)) if key == "range" else None

    def flaws(self, asked: Asked) -> Iterator[Flaw]:
        if asked.range[0] >= asked.range[1]:
            yield Flaw("range_disorder", ("range",), {"name": "range"})
        yield from scale_flaws(("scale",), asked.scale)
        if isinstance(asked, QuestionBase):
            scores = [float(score) for _days, score in asked.scale]
            yield from span_flaws(("scale",), min(scores), max(scores))


def _days(value: Value, year: int) -> Decimal:
    """Count the whole days from a day to the end of a year; a later day counts negative."""
    assert isinstance(value, date)
    return Decimal((_year_end(year) - value).days)


def _year_end(year: int) -> date:
    return date(year, 12, 31)
