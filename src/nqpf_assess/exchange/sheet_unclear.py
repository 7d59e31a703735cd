"""What stands above or beside the figures of a statistics sheet, and may tell another time than they are taken for.

`sheet_times` knows how offices write years and parts of them. It cannot know all ways: so whatever has a sign of a time
(letters or digits) counts as one, unless it is known to tell the whole of the year, no time, or the part that is asked
for. It is told, and nothing is refused for it: a way of writing that nobody thought of passes with a word.
"""

import re
from collections.abc import Collection, Iterable, Sequence, Set

from nqpf_assess.exchange.sheet_times import (
    MONTH,
    PIECE_OF_TIME,
    YEAR,
    YEARBOOK,
    in_digits,
    is_same_part,
    without_day_of_filling,
    without_parts,
    year_alone,
)

_NO_TIME = re.compile(
    r"单位\s*:\s*[^\s\d(]*|/[月日季周]|\bunits?\b[a-z ]{0,16}:[^\d('’]*"
    r"|(?:[码号编]|电话|\b(?:codes?|ids?|no|nr|tel)\b\.?)\W{0,3}\d{4}[\da-z-]*|[\[〔(]\d{4}[\]〕)]\s*第?\d+号|表\s*号\s*:.*表"
    rf"|{YEARBOOK.pattern}|{YEAR}\s*(?:[万亿元吨家户人个台套亩名项种米版级]|[及以][上下内外以])|(?<=制造){YEAR}"
    r"|(?<![\u4e00-\u9fff])(?:[附续]?[表图]|附件|工作表|table|sheet|data)\s*[a-z]?\d+(?:[-—–.]\d+)*(?:\s*\(\d\))?"
    r"|\A\W*\d\d?(?:(?:[-—–.][1-9]\d?){1,2}(?=\s*[^\d\s\W年月日季周期])|\s*[、.)](?=\s*[^\d\s]))"
    r"|第\s*\d+\s*[号页章节批次届部产版卷册]|\d期(?=工程|项目|建设|技改)|[比较]上年[^\s)]*|上年=100"
    r"|(?<![a-z])(?:top|pm|co|iso|covid|[abt])[- ]?\d+(?:\.\d+)?(?![a-z])|(?<![\d.])\d\d?[agk](?![a-z])|\d年期"
    r"|0?1月?份?(?:0?1日)?[-—–~至到]@?年?12(?:月份?(?:31日)?)|jan[a-z]{0,6}\.?\s*(?:[-—–]|to)\s*dec[a-z]{0,6}\.?"
    r"|第?0*1期?\s*[-—–~至到]\s*第?0*12期|1[-—–~至到]4季度?|4个季度?|[分各按逐][月季]度?|by (?:month|quarter)"
    r"|12月(?:31日|[底末])|(?<!\d)(?<!\d[-/.])12[-/.]?31(?![-/.]?\d)|31[-/.]12(?![-/.]?\d)|31 dec[a-z]{0,6}\.?"
    r"|dec[a-z]{0,6}\.? 31|(?:12|twelve)[ -]months?(?: ended dec[a-z]{0,6}\.?(?: 31)?)?|12m(?![a-z\d])|['’ ]000"
)
"""What tells no time, or the whole of a year: units, codes, norms, thresholds, numbers of tables; 1-12月, 31 December.

In it, as in what follows, years that are understood are @.
"""
_OTHER_NUMERAL = re.compile(r"[一二三四五六七八九](?![一二三四五六七八九〇零○oO月季期周週旬日号年半个份至到—–~-])")
"""A Han numeral that counts no time: 第一产业, 张三."""
_TO_LAST_MONTH = re.compile(r"(?:@年?度?\s*[-./第]?\s*12(?!\d)|12(?=[月期]))\s*[月期]?(?:[-./]?0?1日?(?!\d))?")
"""The last month, to which 本年累计 is the whole of the year."""
_SIGN = re.compile(
    r"月(?![湖亮球坛饼嫂子龄])|季(?![节青])|旬(?![阳邑])|[第本上下每单\d]\s*[周週](?![年岁])|[周週][报次末度\d]"
    r"|(?<![定分长短学孕汛时预周假工近远日])期(?![货望刊权房待限末间])|期间\D{0,8}\d|[上前下后]半|半[年月程期财]"
    r"|[\d本当]\s*日(?![照喀元用])|日报|(?<![第令字\])〕\d])\d\d?\s*[号號]|上[一1]?年|[去前次明来今后隔往历]年|中报|[至迄]今|目前"
    r"|年年初|年初(?=\W|\Z|[数报至到余存])|(?<!学)年中(?![人小国部学医央等心职层标高型长华外药级])|\d年平均"
    r"|(?<![\d.近超满过达逾第前后])[12]\d(?:财年|年(?![以期内来间后前龄限]))"
    # what begins as a part behind the year: 2024上, 2024年下, 2024春
    r"|@年?度?\s*(?:[上下前后首](?![市规级岗达述缴次都划解备]|\d+[强名位大]|.{1,2}[省市县区镇乡旗州])|[春夏秋冬](?![节季]?[粮播运种收]))"
    # numbers beside the year; another year; numbers that read as months and days
    r"|@年?度?\s*[-./_~:·\\|]\s*\d{1,3}(?!\d)|@年?\s*(?:0[1-9]|1[0-2](?![\u4e00-\u9fff]))(?:[0-3]\d)?(?!\d)"
    rf"|@年?\s*0?1\s*[-—–~至到]\s*\d|\d\s*[-./_]?\s*@|(?<!\d){YEAR}(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?)?(?!\d)|(?<![\d.,])0\d\d|['’]\s?\d\d(?!\d)"
    r"|(?<![\d.])2\d\s?[-./_]?\s?(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?![\d%])|(?<![\d.])2\d[-./][1-9](?![\d%‰万亿])"
    r"|(?<![\d.])(?:0[1-9]|1[0-2])[-./]2\d(?![\d%])|(?<![\d.])[1-9]\d?/[1-9]\d?(?!\d)|\d[-./]\d\d?[-./]\d"
    r"|(?<![\d.])[01]?\d\.(?:2[89]|3[01])(?![\d%])"
    # any number that counts nothing: no word stands behind it
    r"|(?<![\d.,/~–—-])\d[\d.,/~–—-]*+(?!\s*(?:(?![至到止])[\u4e00-\u9fff]|[%‰+]|(?!mths)[a-z]{4}))"
    # letters
    rf"|(?<![a-z])[a-z]{{1,3}}[-. ]?\d\d?(?![\d.a-z])|(?:hy|[qh]\d|\d[qh])(?:fy)?@|{MONTH}"
    r"|(?<![a-z])(?:dec(?:ember)?|half|halves|(?:quarter|month|week|fortnight)(?:s|ly)?|daily|[pl]y|[ymqw]td|[lt]tm|interim"
    r"|mid-?year|semi-?annual|to date|periods?\W*\d+|beginning"
    r"|(?:last|prior|prev(?:ious)?|current|this)\W+(?:year|month|quarter|period|week))(?![a-z])"
)
"""What may tell a time: words of one, years, and numbers but for those that count what is named behind them."""


def may_tell_time(words: str, years: Collection[str], parts: Iterable[str] = (), *, to_date: bool = False) -> bool:
    """Return whether words may tell another time than `years`, or a part of them, and none of `parts`.

    `to_date`: of figures from the first month on the last is the whole of the year.
    """
    plain = re.sub(r"(?<=\d)o(?=\d)", "0", in_digits(_OTHER_NUMERAL.sub("数", without_day_of_filling(words))))
    own = [part for part in parts if is_same_part(words, part)]
    if own:
        plain = without_parts(plain)
    for year in {*years, *re.findall(YEAR, in_digits(" ".join(own)))}:
        number = "" if year in plain else rf"|\A\W*{year[2:]}(?=[-./]\d\d?(?!\d))"
        month = r"(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)"
        said = rf"(?<!\d){year}(?!\d|{month})|(?<!\d){year}(?={month})"
        plain = re.sub(rf"{said}{number}|(?<![\d.]){year[2:]}(?=年)|['’]{year[2:]}(?!\d)", "@", plain)
    plain = _NO_TIME.sub(" ", plain)
    return _SIGN.search(_TO_LAST_MONTH.sub(" ", plain) if to_date else plain) is not None


def words_above(words: Sequence[str], figures: Set[str]) -> Sequence[str]:
    """Return what may tell a time of a row above figures, pieces of one in several cells together (2024, 6).

    `figures`: those of its words that are numbers; of another table they tell none, nor do years of several columns.
    """
    numbers = {said for said in figures if not year_alone(said)}
    others = {said for said in numbers if len(numbers) > 1 or (len(said) < 4 and len(words) > 1)}
    years = {year for said in words if (year := year_alone(said))}
    pieces = [said for said in words if PIECE_OF_TIME.fullmatch(said)] if len(years) == 1 else []
    alone = (said for said in words if said not in others and not (len(years) > 1 and year_alone(said)))
    return [said for said in (*alone, " ".join(pieces)) if may_tell_time(said, ())]
