"""The one reader of numbers: as files hold them, and as people type them.

Typed: full-width digits, thousands marks, the unit itself, % and ‰, 万 and 亿 are understood; what could mean two
things is refused with a sentence, never quietly bent. Everything stays an exact decimal.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from nqpf_assess.kinds.kind import Refusal, Typed
from nqpf_assess.kinds.units import PREFIXED, SIGNS, split_power, split_unit
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.base import LARGEST, SMALLEST, plain_number

LENGTH = 60
"""Characters of a typed number that are looked at."""

NOT_A_NUMBER = _("“{typed}” is not a number. Type digits only, such as 2.31.")
ONE_NUMBER = _("Please type one exact number; “{typed}” could mean several.")
COMMA = _("“{typed}” is unclear: use a point for decimals (12.5) and commas only between thousands (1,250).")
OTHER_UNIT = _("The number is asked in {unit}: please convert “{typed}” to it, and type digits only.")
NO_UNIT = _("The number has no unit here; please leave out “{tail}”.")
OUTSIDE = _("{value} is not possible here: the number must lie between {low} and {high}{unit}.")
UNUSUAL = _("{value}{unit} is unusual; most answers lie between {low} and {high}{unit}.")
NOT_A_YEAR = _("“{typed}” is not a year. Type four digits, such as 2025.")
RAISED = _("“{sign}” in “{typed}” is not a plain digit. Type the number with the digits 0 to 9.")
FIRST_YEAR, LAST_YEAR = 1949, 2099

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?\Z", re.ASCII)
_MINUS = str.maketrans("−–—﹣", "----")
_BLANKS = re.compile(r"\s+")
_YEAR_SIGN = re.compile(r"(?: ?年|\.0)\Z")
"""What stands behind a year: its sign, or what programs add that keep years as figures with a point."""

_TIMES = re.compile(r"× (10[0,]*) (?=\D)", re.ASCII)

# What people type is matched by patterns that are compiled when the first is typed: a score starts without them.
_GROUPED = r"[1-9]\d{0,2}(?:(?P<mark>[,' _])\d{3})(?:(?P=mark)\d{3})*(?:\.\d+)?\Z"
_BARE = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?\Z"
_HEAD = r"([+-]? ?)((?:\d|\.\d)(?:[\d.,'_ ]*[\d.])?(?:[eE][+-]?\d{1,2}(?!\d))?) ?(.*)\Z"
_SEVERAL = r"\d *[-~/～至到、;；] *\d|[<>≤≥≈~～约]|左右|以上|以下|不到|多$|\d *-$"


Unit = str | Mapping[str, str] | None
"""A unit as a questionnaire states it: once, or once per language."""


# ---- as files and tables hold them


def read_number(raw: object) -> Decimal | None:
    """Read a number of a file or table, or a decimal string; None where it is neither or not finite."""
    if isinstance(raw, str):
        raw = raw.strip()
        if not _DECIMAL.match(raw):
            return None
    if isinstance(raw, float):
        raw = repr(raw)
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        return None
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_printed(raw: object) -> Decimal | None:
    """Read a number as `read_number` does, or as yearbooks print it, with commas between thousands: 1,234.5."""
    if isinstance(raw, str) and "," in raw and re.match(_GROUPED, raw.strip().lstrip("+-"), re.ASCII):
        raw = raw.replace(",", "")
    return read_number(raw)


# ---- as people type them


def read_figure(
    typed: str, low: Decimal, high: Decimal, *, unit: Unit = None, usual: tuple[Decimal, Decimal] | None = None
) -> Typed[Decimal] | Refusal | None:
    """Read a number typed by a person, in a unit and between two bounds; None where nothing was typed."""
    plain = plain_typed(typed)
    if not plain:
        return None
    found = _number(unit, plain, typed) if len(plain) <= LENGTH else _refuse(NOT_A_NUMBER, typed)
    if isinstance(found, Refusal):
        return found
    shown, behind = plain_number(found), _behind(unit)
    if not low <= found <= high:
        return Refusal(fill(OUTSIDE, value=shown, low=plain_number(low), high=plain_number(high), unit=behind))
    unusual = None
    if usual is not None and not usual[0] <= found <= usual[1]:
        ends = {"low": plain_number(usual[0]), "high": plain_number(usual[1])}
        unusual = fill(UNUSUAL, value=shown, unit=behind, **ends)
    return Typed(found, converted=str(found) != typed.strip(), unusual=unusual)


def read_any_figure(typed: str) -> Typed[Decimal] | Refusal | None:
    """Read a number of any ordinary size, without a unit."""
    found = read_figure(typed, -LARGEST, LARGEST)
    if isinstance(found, Typed) and found.value and abs(found.value) < SMALLEST:
        return _refuse(NOT_A_NUMBER, typed)
    return found


def read_year(typed: str) -> int | Refusal | None:
    """Read a year of four digits; None where nothing was typed."""
    plain = _YEAR_SIGN.sub("", plain_typed(typed))
    if not plain:
        return None
    if re.fullmatch(r"\d{4}", plain, re.ASCII) and odd_digit(typed) is None and FIRST_YEAR <= int(plain) <= LAST_YEAR:
        return int(plain)
    return _refuse(NOT_A_YEAR, typed)


def read_period(typed: str) -> str | Refusal:
    """Read the year that an assessment describes: full-width digits as plain ones, `2025年` as 2025; "" where none is.

    What says more than a year (`2025 H1`, `2024-2025`) stays as it is written, as long as a year stands in it.
    """
    plain = _BLANKS.sub(" ", unicodedata.normalize("NFKC", typed)).strip()
    year = _YEAR_SIGN.sub("", plain)
    found = re.findall(r"(?<!\d)\d{4}(?!\d)", year, re.ASCII)
    if not plain or (odd_digit(typed) is None and any(FIRST_YEAR <= int(one) <= LAST_YEAR for one in found)):
        return year if year in found else plain
    return _refuse(NOT_A_YEAR, typed)


def digits(line: str) -> Sequence[int] | None:
    """Read whole numbers with any marks between them; None where there is anything else, or one is endless."""
    parts = re.sub("[,、;；，]", " ", plain_typed(line)).split()
    whole = all(part.isascii() and part.isdecimal() and len(part) <= LENGTH for part in parts)
    return [int(part) for part in parts] if parts and whole and odd_digit(line) is None else None


def odd_digit(typed: str) -> str | None:
    """Find a sign that reads as a digit and is none: raised, circled, a fraction. Behind a letter it is a unit's."""
    before = ""
    for sign in typed:
        folded = unicodedata.normalize("NFKC", sign)
        is_digit = any(part.isdigit() for part in folded) and not any(part.isalpha() for part in folded)
        if is_digit and not before.isalpha() and not sign.isascii() and not "０" <= sign <= "９":
            return sign
        before = sign
    return None


def plain_typed(typed: str) -> str:
    """Bring full-width digits and marks, odd spaces and minus signs to plain forms; 。 between digits is a point."""
    folded = unicodedata.normalize("NFKC", typed).translate(_MINUS)
    return re.sub(r"(?<=\d)[。｡](?=\d)", ".", _BLANKS.sub(" ", folded).strip())


def _number(unit: Unit, plain: str, typed: str) -> Decimal | Refusal:
    if (odd := odd_digit(typed)) is not None:
        return Refusal(fill(RAISED, sign=odd, typed=_shown(typed)))
    if re.search(_SEVERAL, plain):
        return _refuse(ONE_NUMBER, typed)
    parts = re.match(_HEAD, plain, re.ASCII)
    if parts is None:
        return _refuse(NOT_A_NUMBER, typed)
    sign, digits, tail = parts[1].strip(), parts[2], parts[3].strip()
    if not re.match(_BARE, digits, re.ASCII) and not re.match(_GROUPED, digits, re.ASCII):
        return _refuse(COMMA if re.search(r"[,.]", digits) else NOT_A_NUMBER, typed)
    power = _power_behind(unit, tail, typed)
    if isinstance(power, Refusal):
        return power
    return _shifted(Decimal(sign + re.sub(r"[,' _]", "", digits)), power)


def _power_behind(unit: Unit, tail: str, typed: str) -> int | Refusal:
    """Return the power of ten that turns what was typed, with what stood behind it (`tail`), into the question's unit.

    A bare 5万 in 万元 is 5. In 千瓦时 it might be 50,000 or 50: it is asked for in full, or with its unit.
    """
    units = [plain_typed(words) for words in ((unit,) if isinstance(unit, str) else (unit or {}).values())]
    power, base = split_power(tail)
    if not tail or tail.casefold() in {words.casefold() for words in units}:
        return 0
    named = [words for words in units if PREFIXED.match(words)]
    if base in named:
        return power
    if not base and named:
        return _refuse(ONE_NUMBER, typed)
    split = [(0, words) if words in SIGNS else split_unit(words) for words in units]
    for unit_power, unit_base in split:
        if base in SIGNS and unit_base in SIGNS:
            return power + SIGNS[base] - SIGNS[unit_base]
        if base and base.casefold() == unit_base.casefold():
            return power - unit_power
    if not base and not any(unit_base in SIGNS for _, unit_base in split):
        # One language may write 10,000 as digits, so the larger power counts.
        return power - max((unit_power for unit_power, _ in split), default=0)
    return Refusal(fill(OTHER_UNIT, unit=unit or "", typed=_shown(typed)) if units else fill(NO_UNIT, tail=tail))


def _shifted(number: Decimal, power: int) -> Decimal:
    """Move the decimal point, exactly whatever the number of digits, and write no exponent and no negative zero."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    written = format(Decimal((sign if number else 0, digits, exponent + power)), "f")
    return Decimal(plain_number(Decimal(written)) if power else written)


def _shown(typed: str) -> str:
    said = typed.strip()
    return said if len(said) <= LENGTH else said[:LENGTH] + "…"


def _refuse(why: Text, typed: str) -> Refusal:
    return Refusal(fill(why, typed=_shown(typed)))


# ---- as they are written


def _behind(unit: Unit) -> str | Text:
    """Return a unit as it stands behind a figure."""
    if unit is None or isinstance(unit, str):
        return with_unit("", unit or "")
    return {language: with_unit("", words) for language, words in unit.items()}


def with_unit(value: str, unit: str) -> str:
    """Put a unit behind a figure: close after it where it is a sign or Chinese, else with a space."""
    close = not unit or unit[0] in "%‰°" or unit[0] >= "⺀"
    return value + unit if close else f"{value} {unit}"


def told(number: Decimal, unit: str) -> str:
    """Write a figure with its unit as people say it: 8.6 in “× 10,000 yuan per person” is 86,000 yuan per person."""
    figure, unit = in_words(number, unit)
    return with_unit(figure, unit)


def in_words(number: Decimal, unit: str) -> tuple[str, str]:
    """Return a figure and its unit as people say them, with “× 10,000” of the unit taken into the figure."""
    times = _TIMES.match(unit)
    if times:
        number, unit = _shifted(number, times[1].count("0")), unit[times.end() :]
    return grouped(plain_number(number)), unit


def grouped(typed: str) -> str:
    """Write a typed decimal with thousands marks and a true minus, all its digits kept."""
    sign, size = ("−", typed[1:]) if typed.startswith("-") else ("", typed)  # −0.5 has its sign before a whole of 0
    whole, point, rest = size.partition(".")
    return f"{sign}{int(whole):,}{point}{rest}" if whole.isdigit() else typed
