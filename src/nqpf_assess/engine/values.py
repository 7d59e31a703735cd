"""What an answer's value means by the kind of its question: read once here, for answer files and tables alike."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Raw
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import (
    AnyAsked,
    LevelKind,
    MultiFact,
    MultiQuestion,
    NumberKind,
    SingleFact,
    SingleQuestion,
)

Value = int | Decimal | str | frozenset[str]
"""A level's number, a figure, an option's id or words, the ids of ticked options."""

DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?\Z", re.ASCII)

WANTS_LEVEL = _("a whole number from 0 to {last}, the level")
WANTS_OPTION = _("one of the options: {known}")
WANTS_OPTIONS = _("a list of options out of: {known}")
WANTS_ALONE = _("“{option}” alone, since it excludes the others")
WANTS_NUMBER = _('a number such as 2.31 or "2.31"')
WANTS_RANGE = _("a number from {low} to {high}")
WANTS_TEXT = _("a text in quotation marks")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value is not valid: what is wanted, and the word that was meant perhaps (`unknown` option id)."""

    wants: Text
    unknown: str = ""


def blank(raw: Raw | None) -> bool:
    """Say whether nothing was given: no value, or only spaces."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def read_value(asked: AnyAsked, raw: Raw | None) -> Value | Fault | None:
    """Read a value by the kind of its question or fact; None where nothing was given.

    An empty list is an answer only where no option is exclusive (formats.md, kinds of question).
    """
    if blank(raw):
        return None
    assert raw is not None
    for kind, reader in _READERS.items():
        if isinstance(asked, kind):
            return reader(asked, raw)
    return raw if isinstance(raw, str) else Fault(WANTS_TEXT)


def valid_value(asked: AnyAsked, raw: Raw | None) -> Value | None:
    """Read a value, taking an invalid one as not given."""
    value = read_value(asked, raw)
    return None if isinstance(value, Fault) else value


def _level(asked: LevelKind, raw: Raw) -> Value | Fault:
    last = len(asked.levels) - 1
    if isinstance(raw, int) and 0 <= raw <= last:
        return raw
    return Fault(fill(WANTS_LEVEL, last=last))


def _single(asked: SingleQuestion | SingleFact, raw: Raw) -> Value | Fault:
    if isinstance(raw, str) and raw.strip() in asked.options:
        return raw.strip()
    return Fault(fill(WANTS_OPTION, known=", ".join(asked.options)), raw if isinstance(raw, str) else "")


def _multi(asked: MultiQuestion | MultiFact, raw: Raw) -> Value | Fault | None:
    wants = fill(WANTS_OPTIONS, known=", ".join(asked.options))
    if not isinstance(raw, tuple):
        return Fault(wants)
    unknown = next((option for option in raw if option not in asked.options), None)
    if unknown is not None:
        return Fault(wants, unknown)
    return _together(asked.options, raw)


def _together(options: Mapping[str, object], ticked: tuple[str, ...]) -> Value | Fault | None:
    alone = [option for option in ticked if getattr(options[option], "exclusive", False)]
    if alone and len(set(ticked)) > 1:
        return Fault(fill(WANTS_ALONE, option=alone[0]))
    if not ticked and any(getattr(option, "exclusive", False) for option in options.values()):
        return None
    return frozenset(ticked)


def read_number(raw: Raw) -> Decimal | None:
    """Read a TOML number or a decimal string; None where it is neither or not finite."""
    if isinstance(raw, str):
        raw = raw.strip()
        if not DECIMAL.match(raw):
            return None
    try:
        number = Decimal(raw) if isinstance(raw, str | int) else raw
    except InvalidOperation:
        return None
    return number if isinstance(number, Decimal) and number.is_finite() else None


def _number(asked: NumberKind, raw: Raw) -> Value | Fault:
    number = read_number(raw)
    low, high = asked.range
    if number is None:
        return Fault(WANTS_NUMBER)
    if not low <= number <= high:
        return Fault(fill(WANTS_RANGE, low=plain_number(low), high=plain_number(high)))
    return number


_READERS: Mapping[type, Callable[..., Value | Fault | None]] = {
    LevelKind: _level,
    SingleQuestion: _single,
    SingleFact: _single,
    MultiQuestion: _multi,
    MultiFact: _multi,
    NumberKind: _number,
}
