"""Numbers as people type them: understood, or refused with a sentence, never quietly bent.

Full-width digits, thousands marks, the unit itself, % and ‰, 万 and 亿 are understood; what could mean two things is
refused. Everything stays an exact decimal.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from nqpf_assess.engine.powers import SIGNS, split_power
from nqpf_assess.locale import LANGUAGES, Text, _, fill
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import NumberKind

LENGTH = 60
"""Characters of a typed number that are looked at."""

NOT_A_NUMBER = _("“{typed}” is not a number. Type digits only, such as 2.31.")
ONE_NUMBER = _("Please type one exact number; “{typed}” could mean several.")
COMMA = _("“{typed}” is unclear: use a point for decimals (12.5) and commas only between thousands (1,250).")
OTHER_UNIT = _("The number is asked in {unit}; please leave out “{tail}” or convert it.")
NO_UNIT = _("The number has no unit here; please leave out “{tail}”.")
OUTSIDE = _("{value} is not possible here: the number must lie between {low} and {high}{unit}.")
UNUSUAL = _("{value}{unit} is unusual; most answers lie between {low} and {high}{unit}.")
NOT_A_YEAR = _("“{typed}” is not a year. Type four digits, such as 2025.")
FIRST_YEAR, LAST_YEAR = 1949, 2099

_MINUS = str.maketrans("−–—﹣", "----")
_BLANKS = re.compile(r"\s+")
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[,' _])\d{3})(?:(?P=mark)\d{3})*(?:\.\d+)?\Z", re.ASCII)
_BARE = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?\Z", re.ASCII)
_HEAD = re.compile(r"([+-]? ?)((?:\d|\.\d)(?:[\d.,'_ ]*[\d.])?(?:[eE][+-]?\d{1,2}(?!\d))?) ?(.*)\Z", re.ASCII)
_SEVERAL = re.compile(r"\d *[-~/～至到、;；] *\d|[<>≤≥≈~～约]|左右|以上|以下|不到|多$")


@dataclass(frozen=True, slots=True)
class Typed:
    """A number that was understood. `converted`: it is not written as it was typed; `unusual`: what to ask once."""

    value: Decimal
    converted: bool = False
    unusual: Text | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a number was not taken, in a sentence."""

    why: Text


def read_typed(asked: NumberKind, typed: str) -> Typed | Refusal | None:
    """Read a number typed as the answer to a question or fact; None where nothing was typed."""
    plain = _plain(typed)
    if not plain:
        return None
    found = _number(asked, plain, typed.strip()) if len(plain) <= LENGTH else _refuse(NOT_A_NUMBER, typed)
    return found if isinstance(found, Refusal) else _judged(asked, found, plain)


def read_year(typed: str) -> int | Refusal | None:
    """Read a year of four digits; None where nothing was typed."""
    plain = _plain(typed).removesuffix("年").strip()
    if not plain:
        return None
    if re.fullmatch(r"\d{4}", plain, re.ASCII) and FIRST_YEAR <= int(plain) <= LAST_YEAR:
        return int(plain)
    return _refuse(NOT_A_YEAR, typed)


def read_period(typed: str) -> str | Refusal:
    """Read the year that an assessment describes: full-width digits as plain ones, `2025年` as 2025; "" where none is.

    What says more than a year (`2025 H1`, `2024-2025`) stays as it is written, as long as a year stands in it.
    """
    plain = _BLANKS.sub(" ", unicodedata.normalize("NFKC", typed)).strip()
    year = plain.removesuffix("年").strip()
    found = re.findall(r"(?<!\d)\d{4}(?!\d)", year, re.ASCII)
    signs = any(unicodedata.category(letter) == "No" for letter in typed)  # ² and ② are signs, no digits
    if not plain or (not signs and any(FIRST_YEAR <= int(one) <= LAST_YEAR for one in found)):
        return year if year in found else plain
    return _refuse(NOT_A_YEAR, typed)


def _plain(typed: str) -> str:
    """Bring full-width digits and marks, odd spaces and minus signs to plain forms; 。 between digits is a point."""
    folded = unicodedata.normalize("NFKC", typed).translate(_MINUS)
    return re.sub(r"(?<=\d)[。｡](?=\d)", ".", _BLANKS.sub(" ", folded).strip())


def _number(asked: NumberKind, plain: str, typed: str) -> Decimal | Refusal:
    if _SEVERAL.search(plain):
        return _refuse(ONE_NUMBER, typed)
    parts = _HEAD.match(plain)
    if parts is None:
        return _refuse(NOT_A_NUMBER, typed)
    sign, digits, tail = parts[1].strip(), parts[2], parts[3].strip()
    if not _BARE.match(digits) and not _GROUPED.match(digits):
        return _refuse(COMMA if re.search(r"[,.]", digits) else NOT_A_NUMBER, typed)
    shift = _shift(asked, tail)
    if isinstance(shift, Refusal):
        return shift
    return _shifted(Decimal(sign + re.sub(r"[,' _]", "", digits)), shift)


def _shift(asked: NumberKind, tail: str) -> int | Refusal:
    """Give the power of ten that turns what was typed, with what stood behind it, into the question's unit."""
    units = [split_power(_plain(unit)) for unit in _units(asked)]
    power, base = split_power(tail)
    if not tail or tail.casefold() in {_plain(unit).casefold() for unit in _units(asked)}:
        return 0
    for unit_power, unit_base in units:
        if base in SIGNS and unit_base in SIGNS:
            return power + SIGNS[base] - SIGNS[unit_base]
        if base and base.casefold() == unit_base.casefold():
            return power - unit_power
    if not base and not any(unit_base in SIGNS for _, unit_base in units):
        # One language may write 10,000 as digits, so the larger power counts.
        return power - max((unit_power for unit_power, _ in units), default=0)
    shown = asked.unit if asked.unit is not None else ""
    return Refusal(fill(OTHER_UNIT, unit=shown, tail=tail) if units else fill(NO_UNIT, tail=tail))


def _units(asked: NumberKind) -> tuple[str, ...]:
    if asked.unit is None:
        return ()
    return (asked.unit,) if isinstance(asked.unit, str) else tuple(asked.unit.values())


def _shifted(number: Decimal, power: int) -> Decimal:
    """Move the decimal point, exactly whatever the number of digits, and write no exponent and no negative zero."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    written = format(Decimal((sign if number else 0, digits, exponent + power)), "f")
    return Decimal(plain_number(Decimal(written)) if power else written)


def _judged(asked: NumberKind, value: Decimal, plain: str) -> Typed | Refusal:
    shown, unit = plain_number(value), _behind(asked)
    low, high = asked.range
    if not low <= value <= high:
        return Refusal(fill(OUTSIDE, value=shown, low=plain_number(low), high=plain_number(high), unit=unit))
    unusual = None
    if asked.usual is not None and not asked.usual[0] <= value <= asked.usual[1]:
        low, high = asked.usual
        unusual = fill(UNUSUAL, value=shown, low=plain_number(low), high=plain_number(high), unit=unit)
    return Typed(value, converted=str(value) != plain, unusual=unusual)


def _behind(asked: NumberKind) -> Text:
    """Give the unit as it stands behind a figure in each language."""
    if asked.unit is None:
        return _("")
    words = dict.fromkeys(LANGUAGES, asked.unit) if isinstance(asked.unit, str) else asked.unit
    signs = {language: unit[:1] in "%‰°" or unit[:1] >= "⺀" for language, unit in words.items()}
    return {language: unit if signs[language] else f" {unit}" for language, unit in words.items()}


def _refuse(why: Text, typed: str) -> Refusal:
    shown = typed.strip()
    return Refusal(fill(why, typed=shown if len(shown) <= LENGTH else shown[:LENGTH] + "…"))
