"""What time the words of a statistics sheet speak of: a year, half of one, months, a day, as offices write it.

A time that is not known for one would let last year's figures, or those of half a year, pass for the year's.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from nqpf_assess.kinds.filled import plain_words

YEAR = r"(?:19|20)\d\d"
_WHOLE = r"(?:年|(?:财政?|会计|财务)年度?|全年|[末底]|决算|实[际绩])"
"""What firms and offices put behind a year, besides 年: 2024财年, 2024全年."""
_SHORT_YEAR = re.compile(r"(?<![a-z])[fc]y\s?['’]?(\d\d)(?!\d)")
_HALF_SHORT = re.compile(r"(?<![a-z\d])([1-4][hq])['’]?(?=[12]\d(?!\d))")
_QUARTER = re.compile(r"(?<=\d)(?=[一二三四]季)")
_HAN_MONTH = re.compile(r"(?<![一二三四五六七八九])十([一二]?)(?=月)")
_MONTH_CODE = re.compile(r"(?<!\d)(20[0-4]\d)(0[1-9]|1[0-2])(?!\d)")
"""A month as programs of accounts write it: 202506."""
_FIRST_TO_LAST = re.compile(
    rf"(?<!\d)({YEAR})(?:"
    r"(?:\s*年\s*|[./]|(?=01))0?1(?:\s*月(?:\s*0?1\s*日)?|[./]0?1)?"
    r"\s*[-—–~至到]\s*(?:\1(?:\s*年\s*|[./])?)?12(?:\s*[月期](?:\s*31\s*日)?|[./]31)?"
    r"|-0?1(?:-0?1)?\s*[-—–~至到]\s*\1-12(?:-31)?)(?!\d)"
)
"""The whole of a year by its first and last month or day: 202501-202512, 2025年1月1日至12月31日."""
_NUMBERED = re.compile(r"(?:[码号编]|电话|\b(?:codes?|ids?|no|nr|tel)\b\.?)\W{0,3}\d+|(?<!\d)\d+\s*号")
"""Codes of firms and places, which are no months: 邮编 200012."""
_CLOSING_DAY = re.compile(r"(?<!\d)(20[0-4]\d)(0[1-9]|1[0-2])(28|29|30|31)(?!\d)")
_YEAR_BEFORE_WORDS = re.compile(
    rf"(?<!制造)(?<!\d)(?!2000)({YEAR})(?=[\u4e00-\u9fff])"
    r"(?![万亿元余多强吨版级届号年半季月日至]|[台套亩](?![账均])|[家户人](?![庭籍口均才])"
    r"|以[上下内来外]|及以|不变价|行业分类)"
)
"""A year right before words, and no number of what they name: 2024主要指标, but 2020万元以上企业."""
_YEAR_BEFORE_SIGN = re.compile(
    rf"(?<!制造)(?<!\d)(?!2000)({YEAR})(?=[ar](?![a-z])|(?!k[gmwv]|[cm]m|[mg]w|t[ce]|pcs|yuan|rmb)[a-z][a-z&]|[*(])"
)
"""The same before letters or a mark: 2024A, 2024P&L, 2024(r)."""
_YEAR_OF_TWO = re.compile(r"(?<![\d.近超满过达逾第])(2[1-9])年(?![以期内来间后前龄限老生多余])")
_YEARBOOK = re.compile(
    rf"(?:年鉴|yearbook)\s*[(（]?{YEAR}|{YEAR}\s*年?\s*(?:统计)?年鉴|{YEAR} (?:statistical )?yearbook"
    rf"|gb(?:/t)?\s*[\d.]+[-—]{YEAR}|{YEAR}年?(?:不变|可比)?价|有效期.*"
)
"""Years of books, of norms (GB/T 4754-2017) and of prices, in which figures stand that are of others."""
_YEAR_SAID = re.compile(
    rf"(?<!\d)({YEAR})(?!\d)"
    rf"(?:\s*{_WHOLE}|(?=\s*[-—–~至/]\s*{YEAR})"
    r"|(?=\s*(?:$|[\s,;:)\]】]|_(?!\d)|[-—–./hmqp]\s*[hq]?\d\d?(?!\d)|[上下]?半|第[1-4]季|中[期报])))",
)
_MONTH = (
    r"(?<![a-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?)(?![a-z])\.?"
)
"""Any but the last; a Han sign or a low line before it is no letter: 利润表Jun 2024."""
_SHORT_TIME = re.compile(
    r"((?<![a-z])(?:(?:[hq][1-4]|[1-4][hq]|(?:[369]|12)m|ytd)\s?['’]?|dec[-.'’])"
    rf"|{_MONTH}(?:(?<=\.)|[-'’])|(?<![\d/])\d\d?/\d\d?/)([12]\d)(?!\d)"
)
"""A time whose year has two digits, as firms write it in English: Dec-24, H1'24, 9M24, 30/06/24."""
_TWO_BEFORE_PART = re.compile(r"(?<![a-z\d])([12]\d)(?=[hq][1-4](?![a-z\d]))")
"""The same with the year first: 24H1."""


@dataclass(frozen=True, slots=True)
class Writing:
    """One of the ways in which offices write a part of a year. `example`: words that do; `none`: like ones that do not.

    A new one is a line of its own; the tests read its words.
    """

    pattern: str
    example: str
    none: str = ""


PARTS_OF_SAID_YEAR = (
    Writing(r"半年(?!以上)", "2024年上半年", "2024年半年以上常住人口"),
    Writing(r"(?<![分各按逐每])(?<!4个)(?<!1[-—–~至到]4)季(?!节)", "2024年三季度", "2024年分季度主要指标"),
    Writing(r"(?<![-—–~至\d])(?!12\s*个?月)\d\d?\s*个?月(?!以上|龄|份?\s*[-—–~至到]\s*12)", "2024年6月", "2024年12月"),
    Writing(r"[-—–~至]\s*(?!12)\d\d?\s*个?月", "2024年1-11月", "2024年1-12月"),
    Writing(r"(?<![\d.])(?!0?1(?!\d))\d\d?\s*月?\s*[-—–~至到]\s*12\s*月", "2024年7-12月", "2024年1月至12月"),
    Writing(
        r"(?<![a-z])(?<!by )(?:half|quarters?|(?<!12[ -])(?<!twelve[ -])months?|semi-?annual)(?![a-z])",
        "First half 2024",
        "Twelve months 2024",
    ),
    Writing(r"(?<![a-z])(?:[hq][1-4]|[1-4][hq])(?![a-z])", "2024Q3", "2024HQ"),
    Writing(r"(?<!\d)[369]m(?![a-z])", "9M 2024", "12M 2024"),
    Writing(rf"{_MONTH}(?:\s*\d\d?)?[-,'’/]?\s*{YEAR}", "30 June 2024", "31 December 2024"),
    Writing(rf"{YEAR}[-\s,/]*{_MONTH}(?!\s*[a-z])", "2024 June", "2024 May Day"),
    Writing(rf"(?!jan){_MONTH}\s*(?:[-—–]|to)\s*dec", "Jul-Dec 2024", "Jan-Dec 2024"),
    Writing(rf"{YEAR}\s*[-—–./]\s*(?!12(?!\d))\d\d?(?!\d)", "2024-06", "2024-12"),
    Writing(rf"(?<!\d)(?!12|(?<=12/)31)\d\d?[./]{YEAR}", "06/2024", "12/31/2024"),
)
"""What makes of a year that is said a part of it: halves, quarters, months, days of other months than the last."""
_SENT = r"\A(?!.*(?:报送|上报|填报|填表|制表|印发|发布|更新|修订|召开)).*"
PARTS_ALONE = (
    Writing(r"(?<!\d)\d\d?\s*月?\s*[-—–~至]\s*(?!12)\d\d?\s*月", "1-9月", "1-12月"),
    Writing(r"(?<![\d.])(?!0?1(?!\d))\d\d?\s*月?\s*[-—–~至到]\s*12\s*月", "7-12月", "1-12月"),
    Writing(rf"{_MONTH}\s*(?:[-—–]|to)\s*{_MONTH}", "Jan to Sep", "Jan to Dec"),
    Writing(rf"(?:\A\W*(?:\d\W+)?|[\u4e00-\u9fff]\s*){_MONTH}(?=\W*\Z|\s*[\u4e00-\u9fff])", "2. June", "May County"),
    Writing(r"[上下]半年", "上半年主要指标", "半年以上"),
    Writing(r"半年报", "半年报"),
    Writing(r"(?:第?(?:[1-3]|(?<!1[-—–~至到])4)|前[23]|首)季(?=度|[报末)\s]|\Z)", "前三季度", "一至四季度"),
    Writing(r"(?<![a-z\d])(?:q[1-4]|[1-4]q|h1|[12]h)(?![a-z\d])", "Main indicators Q1", "HQ1"),
    Writing(
        rf"{_SENT}(?<![\d.])(?!12|0?1\s*月?\s*[-—–~至到]\s*12)\d\d?\s*月(?!\s*\d|龄|[底末]?前)",
        "6月",
        "请于6月底前报送",
    ),
)
"""A part of a year that is not said; and no day by which something has to be sent."""
_PART_OF_YEAR, _PART_ALONE = (
    re.compile("|".join(each.pattern for each in ways)) for ways in (PARTS_OF_SAID_YEAR, PARTS_ALONE)
)
_SPAN = re.compile(r"(?<!\d)0?(\d\d?)\s*月?\s*[-—–~至到]\s*0?(\d\d?)\s*月")
_PART = re.compile(
    r"[上下]半年|半年[度报]|前?[1-4]季|\d\d?-\d\d?月|\d\d?月(?:\s*\d\d?日)?|止年度|[hq][1-4]|(?<!\d)[1-4][hq]"
)
"""A day is no month, and a year that ends in a month (截至6月30日止年度) is not that month."""
_TIME_SAID = re.compile(
    rf"(?<!\d){YEAR}(?:0[1-9]|1[0-2])?(?!\d)|{_PART.pattern}|{_MONTH}|(?<![a-z])(?:dec(?:ember)?(?![a-z])|qtr ?[1-4])"
)
_AROUND_TIME = re.compile(r"(?:[\W年月日季第前份度末底至到期]|(?<!\d)\d\d?(?!\d))*")
_SAME_PART = {"h1": "上半年", "1h": "上半年", "h2": "下半年", "2h": "下半年", "1-3月": "1季"}
_SAME_PART |= {"半年度": "上半年", "半年报": "上半年"}
_SAME_PART |= {"1-6月": "上半年", "7-12月": "下半年", "1-9月": "前3季"}
_SAME_PART |= {way.format(n): f"{n}季" for n in "1234" for way in ("q{}", "{}q")}
_FIRST_QUARTERS = re.compile(r"(?<!\d)1\s*[-—–~至到]\s*第?(?=[2-4]季)")
_OF_ALL = re.compile(
    r"各县区|各地区?|全[省市县区]|主要|国民|经济|社会|发展|指标|完成|执行|运行|情况|数据?|统计|累计|合计|汇总|表|[快简通公]报"
    r"|单位\s*[:：].*|data|figures|totals?|indicators?"
)
"""What titles and sections say beside a time, and that tells no figures apart: 上半年主要指标."""
_LAST_PART = re.compile(r"4季|(?<![a-z])(?:q4|4q|h2|2h)(?![a-z\d])|下半年")
_TO_LAST_MONTH = re.compile(r"12\s*月|12[-./]?31|全年|年[末底]|(?<![a-z])dec")
SPELT_OUT = (
    (_SHORT_YEAR, r"fy20\1", "fy24", "fy2024"),
    (_SHORT_TIME, r"\g<1>20\2", "dec-24", "dec-2024"),
    (_TWO_BEFORE_PART, r"20\1", "24h1", "2024h1"),
    (_YEAR_BEFORE_SIGN, r"\1年", "2024p&l", "2024年p&l"),
    (_FIRST_TO_LAST, r"\1年", "2024.01-2024.12", "2024年"),
    (_CLOSING_DAY, r"\1-\2-\3", "余额表20240630", "余额表2024-06-30"),
    (_YEAR_BEFORE_WORDS, r"\1年", "2024主要指标", "2024年主要指标"),
    (_YEAR_OF_TWO, r"20\1年", "24年主要指标", "2024年主要指标"),
)
"""Times that words name without a sign of it: each way, what is read for it, and an example; one after another."""
_DAY = re.compile(rf"({YEAR})(?:[-./]\d\d?[-./]\d\d?(?![\d./])|\s*年\s*\d\d?\s*月\s*\d\d?\s*日)(?!\s*[-—–~至到止])")
"""A day, and none with which a time begins or ends: 2026年1月1日至6月30日, 截至2026年6月30日止年度."""
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_WHEN_FILLED = re.compile(
    r"(?:(?:填报|填表|填制|制表|编制|上报|报出|报送|打印|导出|更新|发布)(?:日期|时间)|(?<![\u4e00-\u9fff])日期)\s*[:：].*"
    rf"|\A{YEAR}\s*(?:([-./])\s*\d\d?\s*\1|年\s*\d\d?\s*月)\s*(?:[01]?\d|2[0-7])\s*日?\Z"
)
"""When a sheet was filled in: a day on which no month ends is none that figures are of."""
_BESIDE_TIME = re.compile(
    r"[上前去][年月季期半一二三\d]|[年月季期]初|同期|[本当][月季]"
    r"|\b(?:prior|previous|last|opening|beginning|current (?:month|quarter))\b",
    re.IGNORECASE,
)
"""Words below or above heads for a time beside the one that a title names: 上年同期, 本月."""
_PIECE_OF_TIME = re.compile(r"(?:会计)?(?:年[份度]?|月份?|期间?|季度?|第|[至到—–~-]|\d{1,4})\W*")
"""What a time is put together of, in cells of its own."""
_ALONE = re.compile(rf"(?:fy|year)?({YEAR})(?:年度|年末|年底|-12-31|{_WHOLE})?\Z")


def year_alone(words: str) -> str:
    """Return the year that words name and nothing besides: half of it, several, or its growth are another thing."""
    found = _ALONE.match(_SHORT_YEAR.sub(r"fy20\1", plain_words(words)))
    return found[1] if found else ""


def periods_said(words: str) -> frozenset[str]:
    """Return the years that a title speaks of, the title itself where that is a part of one; a yearbook's are none."""
    plain = _YEARBOOK.sub(" ", _HALF_SHORT.sub(r"\1 20", in_digits(words)))
    if not _YEAR_SAID.search(plain):  # beside a year six digits may number anything
        plain = _MONTH_CODE.sub(r"\1-\2", _NUMBERED.sub(" ", plain))
    years = frozenset(_YEAR_SAID.findall(plain))
    is_part = (_PART_OF_YEAR if years else _PART_ALONE).search(plain)
    return frozenset((words.strip(),)) if is_part else years


def is_time_alone(words: str) -> bool:
    """Return whether words name a year or a part of one and nothing besides, as what a pivot table adds up: 1月, Q1."""
    plain = in_digits(words)
    rest = _TIME_SAID.sub(" ", plain)
    return bool(year_alone(words)) or (rest != plain and _AROUND_TIME.fullmatch(rest) is not None)


def says_time(words: str) -> bool:
    """Return whether words beside a head say of which time its figures are: 上年同期, 本月, 2023年末."""
    return bool(_BESIDE_TIME.search(words) or periods_said(words))


def period_in_passing(words: Iterable[str]) -> frozenset[str]:
    """Return the times that words name without a sign of it: 2024主要指标, 24年主要指标, 余额表20240630.

    It counts where nothing else in a title or the name of a sheet tells a time.
    """
    found = set[str]()
    for said in words:
        plain = " ".join(unicodedata.normalize("NFKC", said).casefold().split())
        for pattern, read, *_example in SPELT_OUT:
            plain = pattern.sub(read, plain)
        periods = periods_said(plain)
        found |= periods if all(map(year_alone, periods)) else {said.strip()}
    return frozenset(found)


def is_part_of(words: str, period: str) -> bool:
    """Return whether words tell the very part of a year that a period is, and no year but in two digits its own.

    上半年 and 24年上半年 of 2024年上半年; no month of a period of several: 6月 of 2024年7月至2025年6月.
    """
    said, of = _plain(words), _plain(period)
    years = _years(of)
    is_same = _parts(said) == _parts(of) != set() and len(years) < 2
    return is_same and not re.search(YEAR, said) and _years(said) <= years


def is_that_part(words: str, period: str) -> bool:
    """Return whether words tell, with its year, the very part of a year that a period is: 某县2024年上半年主要指标."""
    said, of = _plain(words), _plain(period)
    return _parts(said) == _parts(of) != set() and _years(said) == _years(of) != set()


def is_same_part(words: str, period: str) -> bool:
    """Return whether words tell the very part of a year that a period is, with its year or without one."""
    return is_part_of(words, period) or is_that_part(words, period)


def is_one_time(wanted: str, assessed: str) -> bool:
    """Return whether the time that is wanted of a sheet is the assessed one, as far as their words tell.

    2025 is 2025年1月至12月, and no part of that year; a part is one without its year, or as it is called elsewhere.
    """
    if plain_words(wanted) == plain_words(assessed) or is_same_part(wanted, assessed):
        return True
    each = [period_in_passing((said,)) for said in (wanted, assessed)]
    wholes = [all(map(year_alone, periods)) for periods in each]
    return all(wholes) and (not all(each) or each[0] >= each[1])


def may_be_current(words: str, period: str) -> bool:
    """Return whether 本月 or 本季 of a column may be the very period: 2025年6月, and no year, half or months of one."""
    said = _parts(_plain(period))
    return len(said) == 1 and any(re.fullmatch(r"\d\d?[月季]", part) and part[-1] in words for part in said)


def _parts(plain: str) -> set[str]:
    """Name the parts of a year in words, each in one way; 1-3季度 is no 三季度, and 1—6月 is 上半年, not June."""
    said = _SPAN.sub(r"\1-\2月", _FIRST_QUARTERS.sub("前", plain))
    return {_SAME_PART.get(part, part) for part in _PART.findall(said)}


def _years(plain: str) -> set[str]:
    return {year[-2:] for year in (*re.findall(YEAR, plain), *_YEAR_OF_TWO.findall(plain))}


def is_of_something(words: str) -> bool:
    """Return whether words tell a part of a year, and not which, of something: 6月末存栏, which dates nothing else."""
    plain = _plain(words)
    if re.search(YEAR, plain) or _SPAN.search(plain):
        return False
    rest = re.sub(_MONTH, "", _OF_ALL.sub("", _PART.sub("", plain)))
    return re.fullmatch(r"[\W\d半年第前份度末底至到报]*", rest) is None


def times_of_sheet(name: str, titles: Iterable[str], years: Set[str]) -> frozenset[str]:
    """Return the times of a sheet: those of its titles, and the part of these that its name tells, else what that says.

    上半年, 202406 below 2024年 are parts of it. The last quarter is none below a title that reaches to the end of the
    year: 四季度, 2024年1-12月.
    """
    told, plain = periods_said(name), _plain(name)
    if not years:
        return told
    is_part = not all(map(year_alone, told)) and years >= {*re.findall(YEAR, plain)}
    if not is_part or (_LAST_PART.search(plain) and any(map(_TO_LAST_MONTH.search, map(_plain, titles)))):
        return frozenset(years)
    return told | years


def times_of_row(words: Sequence[str], heads: Set[str]) -> frozenset[str]:
    """Return the times that a row speaks of, in one cell or piece by piece: 2024, 年, 6, 月.

    `heads`: the words right of its name; several years among them are each of its own column.
    """
    if len({year for said in heads if (year := year_alone(said))}) > 1:
        words = [said for said in words if said not in heads or year_alone(said)]
    each = frozenset[str]().union(*map(periods_said, words))
    whole = periods_said(" ".join(filter(_PIECE_OF_TIME.fullmatch, words)))
    return each if not all(map(year_alone, each)) or all(map(year_alone, whole)) else whole


def times_below(above: frozenset[str], said: frozenset[str]) -> frozenset[str]:
    """Return the times below a section: its own, and above it the part of its year, or the year of its part.

    2025年 below 上半年 is half of 2025, and 上半年 below 2024年 is half of 2024; 2024年上半年 tells both.
    """
    years = {year for each in said for year in _years(_plain(each))}
    if not said:
        return above
    if all(map(year_alone, said)):
        return said | {each for each in above if not year_alone(each) and _years(_plain(each)) <= years}
    return said if years else said | {*filter(year_alone, above)}


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold().translate(_HAN_DIGITS)


def in_digits(words: str) -> str:
    """Write words in small letters, and years and months in digits: 2024年 for 二〇二四年, FY24 and 2024年1-12月."""
    plain = _QUARTER.sub(" ", " ".join(unicodedata.normalize("NFKC", words).casefold().split()))
    plain = _HAN_MONTH.sub(lambda found: f"1{found[1] or 0}", plain.replace("元月", "1月")).translate(_HAN_DIGITS)
    return _FIRST_TO_LAST.sub(r"\1年", _SHORT_YEAR.sub(r"fy20\1", plain))


def without_later_day(time: str, year: int | None) -> frozenset[str]:
    """Return a time without a day after a year, as when it was published: 2024年公报（2025年3月28日）."""
    plain = unicodedata.normalize("NFKC", time)
    rest = _DAY.sub(lambda day: "" if year is not None and int(day[1]) > year else day[0], plain)
    if rest == plain:
        return frozenset((time,))
    return periods_said(rest) or period_in_passing((rest,))


def through_december(time: str) -> str:
    """Return the year of a span within it that ends with its last month, else the span: 本年累计 of it is all of it."""
    plain = unicodedata.normalize("NFKC", time)
    ends = re.search(rf"[-—–~至到]\s*(?:{YEAR}\s*[-./年]\s*)?12\s*[-./月]", plain)
    years = {*re.findall(YEAR, plain)}
    return years.pop() if ends and len(years) == 1 else time


def is_closing_day(words: str) -> bool:
    """Return whether words are the last day of a month as programs of accounts write it: 20241231."""
    return _CLOSING_DAY.fullmatch(words) is not None


def without_day_of_filling(words: str) -> str:
    """Return words without the day on which a sheet was filled in, made or printed."""
    return _WHEN_FILLED.sub("", words)
