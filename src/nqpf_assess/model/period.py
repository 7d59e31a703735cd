"""The time that answers describe, as people write it (`period`): which year it names, and what comes before what."""

import re
import unicodedata
from collections.abc import Collection
from operator import ne

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_BARE = re.compile(r"\d{4} ?(?:年度?)?")
_WHOLE = re.compile(
    r"(?:fy|截至|(?:full |fiscal |financial |calendar )?year)? ?\d{4} ?(?:财年|年?全年|年[底末]|annual)?"
)
"""A year and no part of it, in more words than the year alone: FY2025, 2025财年, 截至2025年底."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_HALF = r"(?<![a-z])[hq]\d{4}|\d{4}[hq](?![a-z])|半年"
_PART = re.compile(rf"{_HALF}|(?<![年\d])\d{{4}}(?:半|季|月)|\d{{4}} (?:half|quarter)")
"""What tells a part of a year, numbers being written as `_counted` does, in a remark too."""

_TOLD_PART = re.compile(rf"{_HALF}|\d{{4}}(?:半|季|月)|\d{{4}} (?:half|quarter)")
"""The same where the year is told with it."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b(?:(\d\d?)\.? )?({'|'.join(_MONTHS)})(?:r?uary|ch|il|e|y|ust|t(?:ember)?|ober|ember)?\b\.?")
_TO_ITS_END = re.compile(r"0012(?:月[底末]|(?:月|[ .]+)0031)|0001月?[ .]*(?:[-–—~至到]|to)[ .]*0012")
"""The last day or month's end of a year, or all its months, numbers being written as `_counted` does."""

_COUNTED = {"十一": "11", "十二": "12", "十": "10", "上半": "1半", "下半": "2半", "前半": "1半", "后半": "2半"}
_COUNTED |= {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_COUNTED |= {sign: str(number) for number, sign in enumerate("一二三四五六七八九", start=1)}

_IDLE = re.compile(r"(?<=年)(?: *第| +)|(?<=\d)[ -]+(?=[hq]\d)")
"""What one writes and another does not: 2025年第三季度, 2025 H1."""

_LATIN_PART = re.compile(r"(?<=\d{4})年?([hq])(\d{4})")
_HAN_PART = {"h": r"年\2半年", "q": r"年\2季度"}
"""2025Q3 and 2025年Q3 are 2025年三季度, and 2025 H1 is 2025年上半年; numbers being written as `_counted` does."""

_BEFORE_ITS_NUMBER = re.compile(r"(?<![a-z])([hqm])(00\d\d(?:[-–—~]00\d\d)?)")
_HALF_A_YEAR = re.compile(r"(?<!00\d\d)半年")
_YEAR_ALONE = re.compile(r"(?<=\d)(?=[上下前后]半)")
"""Where 2025上半年 leaves a sign out."""
_FIRST_OF = re.compile(r"first (three|six|nine|\d+)(?= months| quarters)")
_IN_WORDS = {"three": "3", "six": "6", "nine": "9"}
_OF_MONTHS = re.compile(
    r"([前后])?(?:(?<!\d)00(\d\d) ?(?:[-–—~至到、]|to) ?)?(?<!\d)00(\d\d)(?:st|nd|rd|th)?([ 个-]?)"
    r"(半|季|月|half|quarter|month|[hqm](?![a-z]))"
)
"""Halves, quarters and months with the first and last of them, numbers being written as `_counted` does."""
_MONTHS_OF = {"半": 6, "h": 6, "季": 3, "q": 3, "月": 1, "m": 1}

_SHORT_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d) ?[/\-–—] ?(\d\d)(?![\d./-])")

Span = tuple[int, int]
"""The last month of a part of a year, and its first one as a negative number, so that the longer of two that end in one
month comes behind its part; (0, 0) where they are not told."""

Moment = tuple[int, int, Span, str]
"""A year (0: names none), whether it is the whole of it (2: a bare year, 1: in more words, 0: a part), the months of a
part, and all that a period says besides a bare year, its numbers so that letters sort them. The whole year comes behind
its parts: it was assessed last."""


def year_of(period: str) -> int | None:
    """Return the last year that a period names, remarks in brackets left aside."""
    words = unicodedata.normalize("NFKC", period)
    for said in (_BRACKETED.sub(" ", words), words):  # “(2025)” alone is no remark
        if years := _YEAR.findall(said):
            return int(years[-1])
    return None


def short_span_of(period: str) -> tuple[int, int] | None:
    """Return the two years of a school or financial year of which the first one counts (see `year_of`), as the second
    is told by two digits: 2024/25; else None.

    What may be a month is none: 2011/12.
    """
    found = _SHORT_SPAN.search(unicodedata.normalize("NFKC", period))
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    is_span = second == (first + 1) % 100 and second not in range(1, 13)
    return (first, first + 1) if is_span and year_of(period) == first else None


def moment_of(period: str) -> Moment:
    """Return what puts periods in order, by their years first: “as of 2024” comes before “2025”.

    “2025”, “2025年”, “2025年度” and “2025 (revised)” are one; “2025 (H1)” and “2025H1” are half of it. September comes
    before October, 二季度 before 第三季度, the first quarter before the first half, and a year behind its parts.
    """
    plain = unicodedata.normalize("NFKC", period).casefold().strip()
    year, words = year_of(period), _counted(plain)
    said = _BRACKETED.sub("", plain).strip() or plain.strip("()[]【】〔〕 ")  # 十四五 is no year of four digits
    whole = bool(year) and not _PART.search(words)
    bare = whole and _BARE.fullmatch(said)
    is_whole = 2 if bare else int(bool(whole and _WHOLE.fullmatch(said)))
    alike = _LATIN_PART.sub(lambda found: found.expand(_HAN_PART[found[1]]), words)
    is_span = not is_whole and len({*_YEAR.findall(_BRACKETED.sub(" ", plain))}) < 2  # of one year
    return year or 0, is_whole, _span_of(plain) if is_span else (0, 0), "" if bare else alike


def time_of(period: str) -> Moment:
    """Return the time that a period names, by which two are alike: a whole year or a part of it, however it is told.

    A single month may be told as the one up to which is counted: then its words tell two apart.
    """
    year, is_whole, span, words = moment_of(period)
    if is_whole or span == (12, -1):
        return year, 2, (0, 0), ""
    return year, 0, span, "" if sum(span) else words


def _span_of(plain: str) -> Span:
    """Return which months a part of a year ends and begins with; those of a remark where nothing else tells any.

    Where halves, quarters and months stand beside each other, one of them may be no part of the time: none is taken.
    """
    for said in (_BRACKETED.sub(" ", plain), plain):
        dated = _MONTH.sub(lambda found: f"{_MONTHS.index(found[2]) + 1}月{found[1] or ''}", said)
        dated = _FIRST_OF.sub(lambda found: f"前{_IN_WORDS.get(found[1], found[1])}", dated)
        numbered = _BEFORE_ITS_NUMBER.sub(lambda of: f" {of[2]}{of[1].replace('m', '月')}", _counted(dated))
        words = _HALF_A_YEAR.sub(" 0001半年", numbered)
        if _TO_ITS_END.search(words):
            return 12, -1
        if found := _OF_MONTHS.findall(words):
            sizes = [_MONTHS_OF[unit[0]] for *_, unit in found]
            begin = min(
                1 if way or parts == "个" or unit == "m" else (int(first or last) - 1) * size + 1
                for (way, first, last, parts, unit), size in zip(found, sizes, strict=True)
            )
            end = int(found[-1][2]) * sizes[-1]
            is_told = len({*sizes}) == 1 and 1 <= begin <= end <= 12 and "后" not in {way for way, *_ in found}
            return (end, -begin) if is_told else (0, 0)
    return 0, 0


def _counted(words: str) -> str:
    """Write months, quarters and halves as numbers, the month before its day, and all numbers of one length."""
    words = _IDLE.sub("", _YEAR_ALONE.sub("年", words))
    words = _MONTH.sub(lambda found: f"{_MONTHS.index(found[2]) + 1} {found[1] or ''}", words)
    for name, number in _COUNTED.items():
        words = words.replace(name, number)
    return re.sub(r"\d+", lambda found: found[0].zfill(4), words)


def precedes(earlier: str, later: str) -> bool:
    """Return whether a period lies before another one: in an earlier year, or as an earlier part of the same year.

    Of parts that name their months the one that ends earlier does, and a quarter before the half year that ends with
    it; not so a single month, which may be told as the one up to which is counted. A whole year lies before no part of
    itself; where only one of the two names a year, nothing is known, nor where parts are told in other words that name
    no months, or as days and months that may stand in either order.
    """
    (year, _, span, words), (other_year, _, other_span, others) = moment_of(earlier), moment_of(later)
    if year != other_year:
        return 0 < year < other_year
    (end, begin), (other_end, other_begin) = span, other_span
    if end and other_end and span != other_span:
        return span < other_span and (end != other_end or -begin < end > -other_begin)
    numbers = [re.findall(r"\d+", said) for said in (words, others)]
    one_kind = re.sub(r"\d+", "#", words) == re.sub(r"\d+", "#", others)
    sure = one_kind and (words.startswith(str(year)) or sum(map(ne, *numbers)) == 1)
    return sure and words < others


def comes_before(earlier: str, later: str) -> bool:
    """Return whether one time is assessed before another: it precedes it, or is a part of that year (“2025 H1”)."""
    year, is_whole, *_ = moment_of(later)
    if is_whole and year == year_of(earlier):
        return is_part(earlier)
    return precedes(earlier, later)


def is_part(period: str) -> bool:
    """Return whether a period is told as a part of the year it names: “2025 H1”, 2025年三季度, “June 2025”.

    What is told to its last day is none: 截至2025年12月31日, 2025年1-12月.
    """
    year, _, span, words = moment_of(period)
    if not year or _TO_ITS_END.search(words) or span == (12, -1):
        return False
    # “June 2025” is counted, its month a number as any
    is_told = _TOLD_PART.search(words) or _MONTH.search(_BRACKETED.sub("", period.casefold()))
    return bool(is_told) or span != (0, 0)


def mix_parts(periods: Collection[str]) -> bool:
    """Return whether parts of a year stand among the periods that name one, and not all are one and the same."""
    named = [period for period in periods if year_of(period) is not None]
    return any(map(is_part, named)) and len({time_of(period) for period in named}) > 1


def are_line(periods: Collection[str]) -> bool:
    """Return whether several periods are a line: none blank, none there twice, and all name a year or none does."""
    times = {time_of(period) for period in periods}
    alike = len({year > 0 for year, *_ in times}) == 1
    return 1 < len(times) == len(periods) and alike and time_of("") not in times
