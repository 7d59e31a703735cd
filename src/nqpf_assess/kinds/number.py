"""Kind `number`: a figure in its unit, scored by straight lines between the points of its scale."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from nqpf_assess.kinds.editions import CHANGED, Carried, KeyChange, limits_changed, shown, wording_change
from nqpf_assess.kinds.figures import Unit, grouped, read_figure, read_number, told
from nqpf_assess.kinds.flaw import Flaw, span_flaws
from nqpf_assess.kinds.kind import Fault, Here, Refusal, ScaledKind, Typed, Value
from nqpf_assess.kinds.scale import Scales, cuts, figure_scoring, reached, reason_of, scale_flaws, scale_of, score_on
from nqpf_assess.kinds.units import shifted, unit_factor
from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.model.answers import Raw
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import Comparison
from nqpf_assess.model.questionnaire import Benchmark, NumberFact, NumberQuestion, QuestionBase

Asked = NumberQuestion | NumberFact

WANTS_NUMBER = _('a number such as 2.31 or "2.31"')
WANTS_RANGE = _("a number from {low} to {high}")
DIGITS_ONLY = _("Write digits and a point only: no unit, no comma.")
PROMPT = _("Type a number{unit}")
IN_UNIT = _(" in {unit}")
BETWEEN = _("From {low} to {high}.")
RANGE = _("a number from {low} to {high}{unit}")
UNIT = _(", in {unit}")

UNIT_UNSURE = _("the unit is stated on one side only")
UNIT_OTHER = _("the unit is another one: {before} became {after}")
BY_UNIT = _("converted from {before} to {after}: {old} became {new}")
UNIT_CONVERTED = _("another unit, converted by × {factor}")
UNIT_GONE = _("another unit that cannot be converted")


class NumberKind(ScaledKind[Asked]):
    """Its value is the figure, an exact decimal with all digits that were typed."""

    name = "number"
    is_figure = True
    label = _("Figure")
    minutes = Decimal(2)

    def read(self, asked: Asked, raw: Raw) -> Value | Fault:
        number, (low, high) = read_number(raw), asked.range
        if number is None:
            return Fault(WANTS_NUMBER, advice=DIGITS_ONLY if isinstance(raw, str) else None)
        if not low <= number <= high:
            return Fault(fill(WANTS_RANGE, low=plain_number(low), high=plain_number(high)))
        return number

    def typed(self, asked: Asked, line: str) -> Typed[Any] | Refusal | None:
        return read_figure(line, *asked.range, unit=asked.unit, usual=asked.usual)

    def cell(self, asked: Asked, cell: object) -> Raw:
        number = read_number(cell)
        return super().cell(asked, cell) if number is None else number

    def stored(self, asked: Asked, value: Value) -> Raw:
        return str(value)

    def unusual(self, asked: Asked, value: Value) -> tuple[Value, Value] | None:
        usual = asked.usual
        assert isinstance(value, Decimal)
        return usual if usual is not None and usual[0] <= usual[1] and not usual[0] <= value <= usual[1] else None

    def scales(self, asked: Asked) -> Scales | None:
        if not asked.scale:
            return None
        return Scales(scale_of(asked.scale), tuple((case.when, scale_of(case.scale)) for case in asked.scale_when))

    def score(self, asked: Asked, value: Value, here: Here) -> float:
        assert isinstance(value, Decimal)
        assert here.scale is not None
        return here.scale.score(value)

    def goal(
        self, asked: Asked, value: Value, here: Here, *, score: float, target: float, points: Decimal
    ) -> Value | None:
        """Return the nearest figure that gives so much, in the direction that raises the score."""
        assert isinstance(value, Decimal)
        if here.scale is None:
            return None
        scale, exponent = here.scale.points, value.as_tuple().exponent
        assert isinstance(exponent, int)
        # A computed target stands for the decimal that floating point can vouch for.
        wanted = min(Decimal(repr(round(target, 10))), score_on(scale, value) + points)
        decimals = max(0, -exponent) if asked.decimals is None else asked.decimals
        return figure_scoring(scale, value, wanted, range_=asked.range, decimals=decimals)

    def moves(self, asked: Asked, value: Value, here: Here) -> Sequence[Value]:
        low, high = asked.range
        return [min(max(x, low), high) for x, _score in here.scale.points] if here.scale is not None else []

    def reason(self, asked: Asked, value: Value, here: Here) -> tuple[Text, Mapping[str, Any]]:
        assert isinstance(value, Decimal)
        assert here.scale is not None
        return reason_of(here.scale, float(value))

    def prompt(self, asked: Asked) -> Text:
        return fill(PROMPT, unit=fill(IN_UNIT, unit=asked.unit) if asked.unit else "")

    def wants(self, asked: Asked) -> Text:
        low, high = map(plain_number, asked.range)
        return fill(RANGE, low=low, high=high, unit=fill(UNIT, unit=asked.unit) if asked.unit else "")

    def limits(self, asked: Asked) -> tuple[Value, Value]:
        return asked.range

    def edited_keys(self, asked: Asked) -> tuple[str, ...]:
        scaled = ("scale", "scale_when") if isinstance(asked, QuestionBase) else ()
        return ("range", "usual", *scaled, "benchmarks")

    def usual(self, asked: Asked) -> tuple[Value, Value] | None:
        return asked.usual

    def benchmarks(self, asked: Asked) -> tuple[Benchmark, ...]:
        return asked.benchmarks

    def dated(self, asked: Asked) -> bool:
        return asked.reference_year

    def unit(self, asked: Asked, language: str) -> str:
        unit = asked.unit
        return unit if isinstance(unit, str) else tell(unit, language) if unit else ""

    def bare(self, asked: Asked, value: Value, language: str) -> str:
        assert isinstance(value, Decimal)
        return plain_number(value)

    def grouped(self, asked: Asked, value: Value, language: str) -> str:
        return grouped(self.bare(asked, value, language))

    def short(self, asked: Asked, value: Value, language: str) -> str:
        assert isinstance(value, Decimal)
        return told(value, self.unit(asked, language))

    def example(self, asked: Asked) -> Value:
        """Return the first published value, else the middle of what is usual or possible."""
        published = next((row.value for row in self.benchmarks(asked)), None)
        low, high = asked.usual or asked.range
        return published if published is not None else ((low + high) / 2).quantize(Decimal(1))

    def finding(self, asked: Asked, value: Value, language: str) -> str | None:
        return tell(asked.finding, language) if asked.finding else None

    def operand(self, asked: Asked, operand: object, language: str) -> str:
        assert isinstance(operand, Decimal)
        return self.short(asked, operand, language)

    def stand_ins(self, asked: Asked, compared: Sequence[Comparison]) -> Iterable[Value]:
        return cuts(compared, *sorted(asked.range))

    def xlsform_type(self, id: str) -> str:
        return "decimal"

    def xlsform_constraint(self, asked: Asked) -> tuple[str, Text]:
        low, high = map(plain_number, asked.range)
        return f". >= {low} and . <= {high}", fill(BETWEEN, low=low, high=high)

    def carry(self, before: Asked | None, after: Asked, carried: Carried) -> Carried:
        """Convert a figure where its unit is a power of ten away."""
        if before is None or carried.raw is None:
            return carried
        factor, number = unit_factor(before.unit, after.unit), read_number(carried.raw)
        names = {"before": before.unit or "", "after": after.unit or ""}
        if factor is None:
            return carried.lose(fill(UNIT_OTHER, **names))
        if factor == "unsure":
            return carried.ask(UNIT_UNSURE)
        if factor == 1 or number is None:
            return carried
        new = plain_number(shifted(number, factor))
        return carried.rewrite(new, fill(BY_UNIT, **names, old=shown(carried.raw), new=new))

    def changes(self, key: str, before: Asked, after: Asked, *, scored: bool) -> Iterator[KeyChange] | None:
        factor = unit_factor(before.unit, after.unit)
        by = factor if isinstance(factor, Decimal) else Decimal(1)
        match key:
            case "unit":
                # A range that was left as it is holds other values in the new unit; one that differs is told as itself.
                same, then = before.range == after.range, _times(before.range, by)
                told = limits_changed(then, after.range, (then, after.range)) if same else ()
                return iter((_unit_change(before.unit, after.unit, factor), *told))
            case "range":
                return limits_changed(_times(before.range, by), after.range, (before.range, after.range))
            case "usual":
                same = (before.usual and _times(before.usual, by)) == after.usual
                return iter(() if same else (KeyChange("safe", CHANGED, (before.usual, after.usual)),))
            case _:
                return None

    def flaws(self, asked: Asked) -> Iterator[Flaw]:
        (low, high), usual = asked.range, asked.usual
        ends = {"low": plain_number(low), "high": plain_number(high)}
        if low >= high:
            yield Flaw("range_disorder", ("range",), {"name": "range"})
        if usual and usual[0] > usual[1]:
            yield Flaw("range_disorder", ("usual",), {"name": "usual"})
        for index, bound in enumerate(usual or ()):
            if low < high and not low <= bound <= high:
                yield Flaw("usual_outside", ("usual", index), {"value": plain_number(bound), **ends})
        for index, benchmark in enumerate(asked.benchmarks):
            if low < high and not low <= benchmark.value <= high:
                values = {"value": plain_number(benchmark.value), **ends}
                yield Flaw("benchmark_outside", ("benchmarks", index, "value"), values)
        cases = ((("scale_when", index, "scale"), case.scale) for index, case in enumerate(asked.scale_when))
        for path, points in ((("scale",), asked.scale), *cases):
            yield from scale_flaws(path, points)
            if isinstance(asked, QuestionBase):
                yield from span_flaws(path, *reached(points, low, high))


def _times(bounds: tuple[Decimal, Decimal], by: Decimal) -> tuple[Decimal, Decimal]:
    low, high = bounds
    return low * by, high * by


def _unit_change(old: Unit, new: Unit, factor: Decimal | Literal["unsure"] | None) -> KeyChange:
    if factor is None:
        return KeyChange("loss", UNIT_GONE, (old, new))
    if factor == "unsure":
        return KeyChange("confirm", UNIT_UNSURE, (old, new))
    if factor == 1:
        texts = [dict.fromkeys(LANGUAGES, unit) if isinstance(unit, str) else unit for unit in (old, new)]
        return wording_change(*texts, grade="safe")
    return KeyChange("convert", fill(UNIT_CONVERTED, factor=plain_number(factor)), (old, new), "scores")
