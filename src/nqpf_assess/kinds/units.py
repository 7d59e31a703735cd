"""Units of figures, and the words and signs for powers of ten in them: 万, 亿, million, %.

Two units are the same, a power of ten apart, or not to be compared.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

Unit = str | Mapping[str, str] | None

_HEAD = r"(?:[x×*]\s*)?(10*(?:,?000)*)(?![\d.])\s*(.*)\Z"


POWERS: Mapping[str, int] = {
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "萬": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "億": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
    "thousand": 3,
    "million": 6,
    "billion": 9,
}
"""Word → exponent of ten."""

SIGNS: Mapping[str, int] = {"%": -2, "percent": -2, "per cent": -2, "‰": -3, "permille": -3}
"""Sign of a share, or its word → exponent of ten."""

PREFIXED = re.compile(r"千[克米瓦卡焦伏帕赫]|百(?:分点|帕)")
"""How units begin whose 千 or 百 is a part of their name and counts nothing: 千瓦时 is kWh."""

_YUAN = re.compile(r"元|¥|\b(?:yuan|rmb|cny|renminbi)\b")
_PER_PERSON = re.compile(r"\s*(?:/\s*|\bper )(?:人|person)\Z")
_OTHER_MONEY = re.compile(
    r"[美欧日港韩澳加]元|美金|日圆|港币|英镑|卢布|[$€£]"
    r"|\b(?:dollars?|usd|hkd|euros?|eur|yen|jpy|pounds?|sterling|gbp|won|krw|rou?bles?)\b"
)


def counts_other_money(unit: str) -> bool:
    """Return whether a unit counts money of another country than China, in Chinese or English: 亿美元, US$ million."""
    return _OTHER_MONEY.search(_plain(unit)) is not None


def counts_yuan(unit: str) -> bool:
    """Return whether a unit counts yuan, however many, and for whatever: 亿元, RMB million, 元/人."""
    return not counts_other_money(unit) and _YUAN.search(_plain(unit)) is not None


def is_measure(words: str) -> bool:
    """Return whether words behind a name are surely a unit, and no remark: money, a power of ten, one for another."""
    return (
        "/" in (plain := _plain(words)) or counts_yuan(plain) or counts_other_money(plain) or bool(split_unit(plain)[0])
    )


def as_written(units: Iterable[str]) -> frozenset[str]:
    """Return the spellings of a unit, and where one of them is “… per person” each as sheets write it: 万元/人."""
    each = frozenset(units)
    if not any(map(_PER_PERSON.search, each)):
        return each
    return each | {f"{_PER_PERSON.sub('', one)}/{one_of}" for one in each for one_of in ("人", "person")}


def split_power(words: str) -> tuple[int, str]:
    """Split the longest word for a power of ten off the beginning: 万元 is 4 and 元, yuan is 0 and yuan."""
    word = max((word for word in POWERS if words.startswith(word)), key=len, default="")
    return POWERS.get(word, 0), words.removeprefix(word).strip()


def unit_factor(before: Unit, after: Unit) -> Decimal | Literal["unsure"] | None:
    """Give what a figure in the one unit is multiplied by in the other; None where they cannot be compared.

    1 where only the wording differs: the unit reads alike in one of its languages. Unsure: only one side states a unit.
    """
    if before == after:
        return Decimal(1)
    if before is None or after is None:
        return "unsure"
    ones, others = _by_language(before), _by_language(after)
    common = [language for language in ones if language in others] or [""]
    pairs = [(ones.get(lang, _any(ones)), others.get(lang, _any(others))) for lang in common]
    if any(_plain(one) == _plain(other) for one, other in pairs):
        return Decimal(1)
    found = {_factor(one, other) for one, other in pairs}
    return found.pop() if len(found) == 1 else None


def _by_language(unit: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"": unit} if isinstance(unit, str) else unit


def _any(units: Mapping[str, str]) -> str:
    return next(iter(units.values()))


def _plain(unit: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", unit).casefold().split())


def _factor(before: str, after: str) -> Decimal | None:
    (one, base), (other, same) = split_unit(_plain(before)), split_unit(_plain(after))
    is_same = base == same or {base, same} == {"人", "名"}
    return Decimal(1).scaleb(one - other) if is_same else None


def split_unit(unit: str) -> tuple[int, str]:
    """Split a unit into a power of ten and what is counted: 万元 is 4 and 元, 100 million yuan is 8 and yuan."""
    if unit in SIGNS:
        return SIGNS[unit], ""
    power = 0
    head = re.match(_HEAD, unit, re.ASCII)
    if head:
        power, unit = head[1].count("0"), head[2]
    further, counted = split_power(unit)
    return power + further, counted


def shifted(number: Decimal, factor: Decimal) -> Decimal:
    """Multiply by a power of ten, exactly whatever the number of digits."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    return Decimal((sign if number else 0, digits, exponent + factor.adjusted()))
