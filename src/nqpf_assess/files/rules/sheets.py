"""Rules about maps of statistics sheets."""

from collections.abc import Iterator
from dataclasses import dataclass

from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.rules.naming import suggestion
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import _
from nqpf_assess.model.mapping import StatisticsMap
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

NEEDED = {
    "long": ("indicator", "value"),
    "indicator": (),
    "period": ("indicator",),
    "place": ("indicator",),
}
"""Columns that a layout cannot do without; of a wide one by what stands across."""


@dataclass(frozen=True)
class MapSubject:
    """A map with the questionnaire it names."""

    value: StatisticsMap
    questionnaire: Questionnaire | None


def missing_column(subject: MapSubject) -> Iterator[Finding]:
    """Find columns that the layout needs and the map does not name."""
    sheet = subject.value
    for name in NEEDED["long" if sheet.layout == "long" else sheet.across]:
        if getattr(sheet.columns, name) is None:
            yield Finding(("columns",), {"name": name})
    if not sheet.indicators:
        yield Finding((), {"name": "indicators"})


def unknown_question(subject: MapSubject) -> Iterator[Finding]:
    """Find questions that the questionnaire does not ask."""
    if subject.questionnaire is None:
        return
    known = {**subject.questionnaire.questions, **subject.questionnaire.facts}
    for name, entry in subject.value.indicators.items():
        if entry.question not in known:
            values = {"what": _("question"), "name": entry.question}
            hint = suggestion(entry.question, known)
            yield Finding(("indicators", name, "question"), values, hint=hint)


def question_twice(subject: MapSubject) -> Iterator[Finding]:
    """Find questions that two indicators answer."""
    first: dict[str, str] = {}
    for name, entry in subject.value.indicators.items():
        if entry.question in first:
            values = {"name": entry.question, "other": first[entry.question]}
            yield Finding(("indicators", name, "question"), values)
        first.setdefault(entry.question, name)


def no_figure(subject: MapSubject) -> Iterator[Finding]:
    """Find questions that ask for no figure."""
    found = subject.questionnaire
    known: dict[str, AnyAsked] = {} if found is None else {**found.questions, **found.facts}
    for name, entry in subject.value.indicators.items():
        asked = known.get(entry.question)
        if asked is not None and not kind_of(asked).is_figure:
            yield Finding(("indicators", name, "question"), {"name": entry.question})


def factor_of_nothing(subject: MapSubject) -> Iterator[Finding]:
    """Find factors that are no multiplication: zero or below."""
    for name, entry in subject.value.indicators.items():
        if entry.factor is not None and entry.factor <= 0:
            yield Finding(("indicators", name, "factor"), {"value": str(entry.factor)})
    for unit, others in subject.value.units.items():
        for other, factor in others.items():
            if factor <= 0:
                yield Finding(("units", unit, other), {"value": str(factor)})


MAP_RULES = (
    Rule(
        "missing_key",
        "error",
        _("“{name}” is missing"),
        _("Name the column as the sheet writes it, in [columns]; indicators stand in [indicators]."),
        missing_column,
    ),
    Rule(
        "unknown_reference",
        "error",
        _("there is no {what} “{name}” in this questionnaire"),
        _("Write an id that exists."),
        unknown_question,
    ),
    Rule(
        "question_mapped_twice",
        "error",
        _("“{name}” is answered by “{other}” already"),
        _("Give each question one indicator."),
        question_twice,
    ),
    Rule(
        "not_a_figure",
        "error",
        _("“{name}” asks for no figure"),
        _("A statistics sheet answers questions of kind number only."),
        no_figure,
    ),
    Rule(
        "factor_not_positive",
        "error",
        _("a factor is a number above 0, not {value}"),
        _("Write what the figure is multiplied by, such as 0.0001 from 万元 to 亿元."),
        factor_of_nothing,
    ),
)
