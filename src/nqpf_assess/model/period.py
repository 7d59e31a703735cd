"""The time that answers describe, as people write it (`period`): which year it names, and what comes before what.

Only what is understood from its first sign to its last is a year or a part of one. Of all else nothing is known but its
year and its words: no order is claimed, and other words are another time.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d) ?[/\-–—] ?(\d\d)(?![\d./-])")
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_BRACKETS = "()[]【】〔〕 "
_PASTED = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff\d])|(?<=\d) +(?=[\u4e00-\u9fff])")
"""Blanks around Chinese signs, as documents set them: 2025 年 1—6 月."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORT_MONTHS = [*(month[:3] for month in _MONTHS), "sept"]
_NUMBERS = {"两": 2, "首": 1, "上": 1, "前": 1, "下": 2, "后": 2, "半": 1, "half": 1, "sept": 9}
_NUMBERS |= {sign: number for number, sign in enumerate(("十", "十一", "十二"), start=10)}
_NUMBERS |= {sign: number for number, sign in enumerate("一二三四五六七八九", start=1)}
_NUMBERS |= {word: number for number, word in enumerate(("first", "second", "third", "fourth"), start=1)}
_NUMBERS |= {word: number for number, word in enumerate(("1st", "2nd", "3rd", "4th"), start=1)}
_NUMBERS |= {"two": 2, "three": 3, "six": 6, "nine": 9}
_NUMBERS |= {name: number for number, month in enumerate(_MONTHS, start=1) for name in (month, month[:3])}

_NUMBER = r"(十[一二]?|[一二三四五六七八九]|\d\d?(?!\d))"
_ORDINAL = "(first|1st|second|2nd|third|3rd|fourth|4th)"
_PIECES = tuple(
    (kind, months, re.compile(pattern))
    for kind, months, pattern in (
        ("", 0, r"[\s,_'‘’\"“”]+|(?:of|in)(?![a-z-])"),
        (
            "Y",
            0,
            r"(?:(?:the )?(?:(?:full|fiscal|financial|calendar) )?year |fiscal |[fc]y ?|公元)?"
            r"((?:19|20)\d\d)(?!\d)(?: ?(?:年度?|财年|财政年度|会计年度))?",
        ),
        ("H", 6, r"([上下前后])半年?度?|(半)年[度报]?"),
        ("H", 6, rf"{_ORDINAL} half(?:[- ]year)?|half(?:[- ]year)? ?([12])(?!\d)|(half)(?:[- ]year)?(?![a-z])"),
        ("H", 6, r"h([12])(?!\d)|([12])h(?![a-z])(?!\d(?!\d{3}))"),
        ("F", 1, rf"前{_NUMBER}个?月|first (two|three|six|nine|\d\d?) months|(\d\d?)m(?![a-z\d])"),
        ("F", 3, r"前([两二三四234])个?季度?|([二三四234])个季度|([一三13])季报|first (two|three|[23]) quarters"),
        ("Q", 3, rf"第?([首一二三四1-4])季度?|{_ORDINAL} quarter|(?:quarter|qtr) ?([1-4])(?!\d)"),
        ("Q", 3, r"q ?([1-4])(?!\d)|([1-4]) ?q(?![a-z])(?!\d(?!\d{3}))"),
        ("M", 1, rf"{_NUMBER}月份?|({'|'.join((*_MONTHS, *_SHORT_MONTHS))})(?![a-z])\.?"),
        ("E", 0, r"年?[底末]|(?:year[- ])?end(?![a-z])"),
        ("W", 0, r"年?终|年?报|全年|年度|(?:annual|(?:full )?year)(?![a-z])"),
        ("J", 0, r"年?中期?|mid(?:[- ]year)?(?![a-z])|interim"),
        ("S", 0, r"累计"),
        ("U", 0, r"截[至止]|as (?:of|at)(?![a-z])|ytd"),
        ("D", 0, rf"{_NUMBER}日"),
        ("N", 1, _NUMBER),
        ("T", 0, r"[–—~至到]|to(?![a-z])"),
        ("I", 0, "-"),
        ("P", 0, "[./]"),
    )
)
"""What a time is put together of, as it is tried: its kind, how many months it has, and how it is written.

Y: a year; H, Q, M: a half, quarter, month; F: the first months; J, E, W: the middle, the end, the whole of a year; S,
U: counted up to there; D: a day; N: a number; T, I, P: what stands between.
"""
_YEAR_ALONE = re.compile(r"[UWEI]*Y[IPWE]*")
_ALL_MONTHS = (1, 12)
_PARTS = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        *(
            (rf"(?:Y[IP]?)?(?:{part})(?:[IP]?Y)?", meant)
            for part, meant in (
                ("([HQM])", "f"),
                ("([HQM])S|(F)S?", "ll"),
                ("([HQMN])[TI]Y?([HQM])S?", "fl"),
                ("(M)(D)[TI]Y?(M)(D)", "fbld"),
                ("U([QM])E?|([QM])E", "ee"),
            )
        ),
        (r"[UY][YT]([QM])E?", "e"),
        (r"U?Y(M)(D)|U?(M)(N)Y", "eded"),
        (r"U?(N)(M)Y", "de"),
        (r"Y[IP]?J|JI?Y", ""),
        (r"Y[IP](N)|(N)PY", "ff"),
        (r"U?Y([IP])(N)\1(N)", "?ed"),
        (r"U?(N)P(N)PY", "de"),
        (r"U?(N)P(N)PY", "ed"),
        (r"Y[IP](N)T(N)|YP(N)I(N)|Y[IP](N)[TIP]Y[IP](N)", "flflfl"),
        (r"Y[IP](N)[IP](N)[TIP]Y[IP](N)[IP](N)", "fbld"),
    )
)
"""How a part of a year is put together, and what each piece in brackets is: its first part (f), which is the only one
where no last (l) is told, as January is where no first is; the one with which it ends while nobody says when it begins
(e); the day of the first (b) and of the last (d).
"""
_OF_WRITING = re.compile(
    "[稿版填]|修[订改正]|快报|更新|核[定实算]|审[定核计]|预计|实际|数据|revis|updat|draft|audit|prelim|final|version|filed|report|figures|data"
)
"""Remarks on how and when something was written, which tell no time."""
_MAY_BE_PART = re.compile(
    r"[半季月周旬截]|年中|中期|累[计积]|(?<![\d-])(?:1[0-2]|\d)[-—–~至到](?:1[0-2]|\d)(?![\d-])"
    rf"|half|quarter|month|week|mid|interim|(?<![a-z])(?:[qh]\d|(?:{'|'.join(_SHORT_MONTHS)}))|\d[qhm](?![a-z])"
)
"""What may tell a part of a year in words that are not understood."""
_LONGEST = 100
"""Signs that a time is read of at most."""


class Time(NamedTuple):
    """A time, by which two assessments are of one and stand in order: the whole of a year comes behind its parts.

    `year`: the last that is named, 0 where none is. `span`: the last month of a part, and its first as a negative
    number, so that the longer of two that end in one month comes behind its part; the first is 0 where it is not told,
    both where no part is understood. `words`: what is said where neither a part nor the whole is understood.
    """

    year: int
    is_whole: bool
    span: tuple[int, int]
    words: str


def year_of(period: str) -> int | None:
    """Return the last year that a period names, remarks in brackets left aside."""
    words = unicodedata.normalize("NFKC", period)
    for said in (_REMARK.sub(" ", words), words):  # “(2025)” alone is no remark
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


def time_of(period: str) -> Time:
    """Return the time that a period names: “2025”, “FY2025”, 2025年1-12月 and “2025 (revised)” are one.

    A remark in brackets behind a year counts where it tells a part of it: 2025年（上半年）; one on a draft is left
    aside. With any other the whole is not understood: 2025年三季度（累计）, 2025（上）.
    """
    plain = _PASTED.sub("", unicodedata.normalize("NFKC", period).casefold()).strip()
    year = year_of(period) or 0
    months = _months_of(_REMARK.sub(" ", plain).strip() or plain.strip(_BRACKETS))
    for remark in (found[1:-1] for found in _REMARK.findall(plain)):
        years = _YEAR.findall(remark)
        is_of_other = bool(years) and str(year) not in years
        of_remark = None if is_of_other else _months_of(remark if years else f"{year}年{remark}")
        may_be_part = not is_of_other and _MAY_BE_PART.search(remark) is not None
        may_be_part |= months != _ALL_MONTHS and "全年" in remark
        if of_remark is not None and of_remark[0] > 0 and months in (_ALL_MONTHS, of_remark):
            months = of_remark
        elif of_remark is not None or may_be_part or not _OF_WRITING.search(remark):
            months = None  # what ends with a day may be a financial year
    if months is None:
        words = re.sub(r"\d+", lambda digits: digits[0].zfill(4), " ".join(plain.split()))
        return Time(year, is_whole=False, span=(0, 0), words=words)
    is_whole = months == _ALL_MONTHS
    return Time(year, is_whole, (0, 0) if is_whole else (months[1], -months[0]), "")


def _months_of(said: str) -> tuple[int, int] | None:
    """Return the first and the last month of the one year that words name, or None where they are not understood.

    The first is 0 where nobody says when the time begins: 截至2025年6月底, as against 2025年上半年.
    """
    kinds, told, at = "", list[tuple[int, int]](), 0
    if len(said) > _LONGEST:
        return None
    while at < len(said):
        pieces = ((kind, size, pattern.match(said, at)) for kind, size, pattern in _PIECES)
        kind, size, found = next((piece for piece in pieces if piece[2]), ("", 0, None))
        if found is None:
            return None
        at = found.end()
        if kind:
            word = next(filter(None, found.groups()), "0")
            kinds += kind
            told.append((size, int(word) if word.isdigit() else _NUMBERS[word]))
    years = {number for kind, (_size, number) in zip(kinds, told, strict=True) if kind == "Y"}
    if len(years) != 1:
        return None
    return _ALL_MONTHS if _YEAR_ALONE.fullmatch(kinds) else _part_of(kinds, told, *years)


def _part_of(kinds: str, told: Sequence[tuple[int, int]], year: int) -> tuple[int, int] | None:
    """Return the first and last month of a part of a year by its pieces: how many months each is of, and its number."""
    for pattern, meant in _PARTS:
        if found := pattern.fullmatch(kinds):
            piece = {role: found.start(group) for group, role in enumerate(meant, 1) if found[group]}
            break
    else:
        return None
    if not piece:  # the middle of the year
        return 0, 6
    size, number = told[next(piece[role] for role in "lef" if role in piece)]
    last = size * number
    first = 0 if "e" in piece else 1
    if "f" in piece:
        own, begin = told[piece["f"]]
        own = size if kinds[piece["f"]] == "N" else own  # 3-4季度
        first = own * (begin - 1) + 1
    is_told = max(first, 1) <= last <= 12 and ("b" not in piece or told[piece["b"]][1] == 1)
    if not is_told or ("d" in piece and told[piece["d"]][1] != monthrange(year, last)[1]):
        return None
    return _ALL_MONTHS if last == 12 and first < 2 else (first, last)


def precedes(earlier: str, later: str) -> bool:
    """Return whether a period lies before another one: in an earlier year, or as an earlier part of the same year.

    Of parts of one year the one that ends earlier does, and a quarter before the half year that ends with it; not so a
    single month, which may be told as the one up to which is counted. A whole year lies before no part of itself. Of
    what is not understood, only the same words up to another last number are in order: “2025 round 9”, “2025 round 10”.
    """
    (year, _, (end, begin), words), (other_year, _, (other_end, other_begin), others) = time_of(earlier), time_of(later)
    if year != other_year:
        return 0 < year < other_year
    if end and other_end:
        are_nested = end == other_end and -end < begin < other_begin < 0
        return end < other_end or are_nested
    numbers = [re.findall(r"\d+", said) for said in (words, others)]
    one_kind = re.sub(r"\d+", "#", words) == re.sub(r"\d+", "#", others)
    return year > 0 and one_kind and numbers[0][:-1] == numbers[1][:-1] and words < others


def comes_before(earlier: str, later: str) -> bool:
    """Return whether one time is assessed before another: it precedes it, or is a part of that year (“2025 H1”)."""
    (year, _is_whole, (end, _begin), _words), whole = time_of(earlier), time_of(later)
    if whole.is_whole and year == whole.year:
        return end > 0
    return precedes(earlier, later)


def is_part(period: str) -> bool:
    """Return whether a period tells a part of the one year that it names, or may do: “2025 H1”, 2025年第26周."""
    plain = unicodedata.normalize("NFKC", period).casefold()
    time = time_of(period)
    may_be = bool(time.words) and len({*_YEAR.findall(plain)}) == 1 and _MAY_BE_PART.search(plain) is not None
    return time.span[0] > 0 or may_be


def mix_parts(periods: Collection[str]) -> bool:
    """Return whether parts of a year stand among the periods that name one, and not all are one and the same."""
    named = [period for period in periods if year_of(period) is not None]
    return any(map(is_part, named)) and len({time_of(period) for period in named}) > 1


def are_line(periods: Sequence[str]) -> bool:
    """Return whether several periods are a line: each is assessed before the next."""
    return len(periods) > 1 and all(comes_before(one, other) for one, other in pairwise(periods))
