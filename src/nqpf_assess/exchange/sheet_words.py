"""What the words of a statistics sheet are: a name with its unit, a heading, a remark, what is said of figures."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set

from nqpf_assess.exchange.grids import GridCell
from nqpf_assess.exchange.sheet_times import periods_said, says_time
from nqpf_assess.kinds.figures import read_number
from nqpf_assess.kinds.filled import plain_words
from nqpf_assess.kinds.units import SIGNS, counts_other_money, split_power

_UNIT = r"(?:单位|\bunits?(?: of measure)?)\s*[:：]\s*"
_OF_FIGURES = rf"(?<![制报表送布管算属总计担任头供业目作]){_UNIT}"
UNIT_SAID = re.compile(rf"{_UNIT}(.+)", re.IGNORECASE)
UNIT_OF_FIGURES = re.compile(rf"{_OF_FIGURES}(.+)", re.IGNORECASE)
"""编制单位：某公司 is no unit; what else may be one is, where the sheet says none so."""
TITLE = re.compile(r"(?:续?表|附表|table|\d+\s*[-—–.]\s*\d+)", re.IGNORECASE)
ASIDE = re.compile(
    r"注|备注|说明|(?:数据|资料)?来源|note|source|填报|制表|更新|发布|打印(?!机|设备)|导出(?:日期|时间|月份|人)|.*[印编]发",
    re.IGNORECASE,
)
PRINTED = re.compile(r"[（(][^（()）]*[印编]发[^（()）]*[)）]")
"""When a sheet was printed, behind its title: 2024年1-11月主要指标（2025年1月10日印发）."""
BY_WHOM = re.compile(r"(?:填报|制表|发布)(?:单位|机关|部门|企业)[^:：]{0,8}(?:[:：]\s*[^\s（(]*\s*|\Z)")
"""Who filled a sheet in: beside him stand its time and unit, 填报单位：某局　2024年　单位：万元."""
NOTE = re.compile(r"注|备注|说明|note", re.IGNORECASE)
_ASPECT = re.compile(
    r"(?P<growth>(?<!高)增长(?!极)|±|增速|增幅|增减|比上年|同比|环比|growth|(?<!ex)change)|(?P<standing>位次|名次|排名|rank)"
    r"|(?P<plan>计划(?!单列|生育|项目|执行情况|完成情况)|预测|预算(?:草案|安排|数|表)|(?<=[年度])预算(?=\Z|\()"
    r"|目标(?:值|数|任务)+(?=\Z|\()|目标(?:值|数|任务)*表(?!现)|年度目标(?=\Z|\()|(?:目标|任务)(?:分解|安排)|任务(?:数(?!据)|书)"
    r"|forecast|projected|projections?|planned|budgeted|budgetestimates)|(?P<index>指数|index|indices)"
)
"""Words of a title or section whose figures are others than those that they name: growth, standing, index, plan."""
_NO_FIGURE = frozenset(
    ("不详", "无", "暂无", "缺", "保密", "未统计", "na", "n/a", "nil", "none", "missing", "confidential")
)
"""Words that stand in the place of a figure that nobody has."""
OF_CODES = re.compile(
    r"(?!.*(?:年|期|year|period)).*(?:[代编][码号]|[序行项栏][号次]|\b(?:codes?|ids?|no|nr|numbers?)\b)", re.IGNORECASE
)
"""Heads of columns that number firms, places or lines: 2010 is none of the years there."""
OF_UNITS = re.compile(r"(?:计量|数据)?\s*单\s*位\s*[:：]?|units?(?: of measure(?:ment)?)?\s*:?", re.IGNORECASE)
"""How a row of units below heads is called."""
OF_TIME = re.compile(
    r"(?:(?<![本上去前今同当全每\d一二三四五六七八九十])(?:年[份度]?|月[份度]?|季度?|周|旬|日|期[间别]?)|时[间点期]|日期"
    r"|\b(?<!per )(?:years?|months?|quarters?|weeks?|periods?|dates?))\s*[:：]?\Z",
    re.IGNORECASE,
)
"""How a row or column of times is called, at its end: 数据年份, 会计期间, but not 本年, 上年同期 and 12月."""
HEAD_OF_YEARS = re.compile(
    r"(?:数据|统计|指标|资料|报告|报表|所属)?(?:年[份度]|月份?|季度?|周|时[间期点]|期[间别])\Z|(?:报告|报表|统计|所属|数据)期\Z"
    r"|(?:data |reference |reporting )?(?:years?|periods?|quarters?|months?|weeks?)\Z",
    re.IGNORECASE,
)
"""Heads of columns that say of which time figures are: 数据年份, 报告期, but not 成立年份."""
_WITH_UNIT = re.compile(rf"[（(]?[^\s（(\[【,，;；。]{{0,8}}{_OF_FIGURES}[^（）()]+[)）]?", re.IGNORECASE)
"""Up to a remark in brackets, which is no unit: 单位：万元（市本级）."""
_BETWEEN_UNITS = re.compile(r"[、，；;]|(?<=[^\sA-Za-z\d/])\s+(?!/)")
_ORDINAL = re.compile(r"[(第]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[a-z])[)章节部、.:]")
"""How headings are numbered: 一、, (一), 1., a)."""
_BRACKETED = re.compile(r"[（(\[【]([^（()）\[\]【】]*)[）)\]】]\s*\Z")


Heading = tuple[str, Sequence[str]]
"""How a heading is numbered, and what its row says."""


def name_and_unit(head: str) -> tuple[str, str]:
    """Cut a head into the name of its indicator and the unit in brackets behind it.

    How a loss is written, as income statements have it in brackets (亏损总额以“－”号填列), is no unit.
    """
    found = _BRACKETED.search(head)
    unit = found[1].strip() if found else ""
    unit = said[1] if (said := UNIT_SAID.match(unit)) else unit
    return head[: found.start()].strip() if found else head.strip(), "" if unit.endswith("号填列") else unit


def without_unit(words: str) -> str:
    """Return what a title says besides the unit of its figures; "" where that is all: 单位：万元."""
    return _WITH_UNIT.sub("", words).rstrip(" \u3000（([【,，;；")


def indent_of(cell: GridCell) -> int:
    """Return how far a name is set in."""
    said = str(cell.value)
    return len(said) - len(said.lstrip())


def begun(above: tuple[Heading, ...], row: Iterable[str], *, is_right_below: bool) -> tuple[Heading, ...]:
    """Return the headings that enclose what follows a row of them: each goes up to the next one numbered alike.

    One without a number may go on with that right above it; a unit of figures is none.
    """
    said = tuple(filter(None, map(without_unit, row)))
    if not said:
        return above
    found = _ORDINAL.match(unicodedata.normalize("NFKC", said[0]).casefold())
    kind = re.sub(r"\d+", "1", re.sub("[一二三四五六七八九十]+", "一", found[0])) if found else ""
    kinds = [one for one, _said in above]
    at = kinds.index(kind) if kind in kinds and (kind or not is_right_below) else len(kinds)
    return (*above[:at], (kind, said))


def unbracketed(words: str) -> str:
    """Return a part of a head without the brackets around the whole of it; 增长（%） keeps its own."""
    return (found[1] if (found := _BRACKETED.match(words)) else words).strip()


def scales(unit: str) -> bool:
    """Return whether a unit says more than what is counted: 万家, %."""
    plain = plain_words(unit)
    return plain in SIGNS or split_power(plain)[0] != 0


def units_in(said: str) -> Sequence[str]:
    """Return the units that are said of all figures: several above a table of many kinds."""
    return [unit for unit in _BETWEEN_UNITS.split(said) if unit]


def is_of_all(unit: str) -> bool:
    """Return whether what stands in brackets behind a title or section is the unit of its figures, and no remark."""
    return scales(unit) or counts_other_money(unit)


def aspects(words: Iterable[str]) -> Set[str]:
    """Return what is said of figures besides their names: that they are growth, a standing, an index, planned."""
    return {found.lastgroup or "" for said in words for found in _ASPECT.finditer(plain_words(said))}


def is_of_others(words: str) -> bool:
    """Return whether words below, above or in brackets behind a head say that its figures are others, so that no
    factor makes a unit of them: growth, a standing, those of some year or month.
    """
    return bool(aspects((words,)) or says_time(words))


def is_part_of_head(words: str) -> bool:
    """Return whether words above heads are a part of them: not a title, and neither a time nor the unit of all."""
    return not (periods_said(words) or UNIT_SAID.search(words) or TITLE.match(words))


def is_number(cell: GridCell) -> bool:
    """Return whether a cell holds a number, thousands marks or none."""
    value = cell.value.replace(",", "") if isinstance(cell.value, str) else cell.value
    return isinstance(value, float) or read_number(value) is not None


def is_figure(cell: GridCell) -> bool:
    """Return whether a cell holds a number, or what is in trouble and may be one; words of merged cells are words."""
    return is_number(cell) or (cell.trouble is not None and not cell.is_merged)


def is_title(cell: GridCell) -> bool:
    """Return whether a cell above heads says something, as titles and heads of heads do across merged cells."""
    return not is_figure(cell)


def is_words(cell: GridCell) -> bool:
    """Return whether a cell says something that is neither a figure nor that there is none."""
    return not is_figure(cell) and any(map(str.isalpha, cell.shown)) and plain_words(cell.shown) not in _NO_FIGURE


def is_foot(cell: GridCell) -> bool:
    """Return whether a cell holds words without a number, or a day: an office, its seal, 2025年1月10日."""
    return not is_figure(cell) and (not any(map(str.isdigit, cell.shown)) or bool(periods_said(cell.shown)))


def is_han(said: Iterable[str]) -> bool:
    """Return whether any words are in another script than that of English: Chinese."""
    return any(sign >= "\u2e80" and sign.isalpha() for words in said for sign in plain_words(words))


def names_in(cells: Mapping[int, GridCell]) -> set[str]:
    """Return what the heads of a row may be called: as they stand, and without the unit in brackets behind them."""
    return {plain_words(name) for cell in cells.values() for name in (cell.shown, name_and_unit(cell.shown)[0])}


def say_alike(names: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether there is one word for each of the names, and another for each other, in another script."""
    is_alike = 1 < len(set(zip(names, words, strict=True))) == len(set(names)) == len(set(words))
    return is_alike and is_han(names) != is_han(words)
