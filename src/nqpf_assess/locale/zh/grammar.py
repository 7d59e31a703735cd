"""Simplified Chinese as official papers write it (GB/T 9704-2012): 一、（一）1., full-width marks, no space between."""

import re

from nqpf_assess.locale.grammar import Grammar

HAN = re.compile("[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*")
SENTENCE = re.compile(r"[.!?]+(?:\s|$)|[。！？；;]")
DIGITS = "零一二三四五六七八九"


def ordinal(number: int) -> str:
    """Write a number from 1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    ten = ("" if tens < 2 else DIGITS[tens]) + "十" if tens else ""
    return ten + (DIGITS[ones] if ones else "")


def length(words: str) -> int:
    """Count Chinese characters and Latin words."""
    return len(HAN.findall(words)) + len(WORD.findall(words))


def grade(words: str) -> float:
    """Compute how hard a text is to read: characters a sentence."""
    return length(words) / max(1, len([part for part in SENTENCE.split(words) if part and part.strip()]))


FIGURE_ASKED = re.compile(r"^(?P<what>[^？]+?)多少(?P<unit>[^？（]{0,5})？$")
IS_WHAT = re.compile(r"^(?P<what>[^？，]+?(?:属于|是))(?:哪一?[级类档种]|什么)？$")
HOW_IS = re.compile(r"^(?P<what>[^？，]+)如何？$")
WHETHER = re.compile(r"^(?P<who>(?:(?!是否)[^？])*)是否(?P<what>[^？，]+)(?:，属于哪[^？，]+)?？$")
"""逗号后另问的，只有答案不涉及的（“属于哪一类”）才可省去；其他一概不连成句子。"""

WHICH_NAMED = re.compile(r"^(?P<before>[^？，]*把)哪些[^？，]+?(?P<rest>列[为入][^？，]+)？$")
WHEN = re.compile("何时|什么时[候间]|哪一?[天日]")
HOW_MANY = re.compile("(?:(?<=有)几|多少)(?P<unit>[^？，])")
ASKS_ON = re.compile("多少|是否|何时|如何|什么|哪|[吗？]")
"""连成的句子里还剩有问的，就不是句子。"""
DAY = re.compile(r"\d{4}年\d\d?月\d\d?日")


def statement(question: str, answer: str) -> str:
    """把“是否列入名单？”和“是”连成“列入名单”；会漏掉字、或句中还有一问的，不连，只说答案。答“否”的也不连：“未”放在哪里，意思就不同。"""
    joined = _joined(question.strip(), answer)
    rest = joined if answer in ("是", "否") else joined.replace(answer, "", 1)
    if joined and not ASKS_ON.search(rest):
        return joined
    return "" if answer in ("是", "否", "有", "无") else answer


def _joined(question: str, answer: str) -> str:
    fitting = [
        many for many in HOW_MANY.finditer(question) if re.fullmatch(rf"[\d,.]+{re.escape(many['unit'])}", answer)
    ]
    if len(fitting) == 1:
        return question[: fitting[0].start()] + answer + question[fitting[0].end() :].removesuffix("？")
    if found := FIGURE_ASKED.match(question):
        return found["what"] + answer if found["unit"] in answer else ""  # 有多少护士离职：护士、离职都不能省
    if found := IS_WHAT.match(question) or HOW_IS.match(question):
        return found["what"] + answer
    if found := WHICH_NAMED.match(question):
        return found["before"] + answer + found["rest"]
    if (found := WHETHER.match(question)) and answer == "是":
        return found["who"] + found["what"]
    if WHEN.search(question) and DAY.fullmatch(answer):
        return WHEN.sub(answer, question.removesuffix("？"), count=1)
    return ""


GRAMMAR = Grammar(
    tag="zh-CN",
    listing="、",
    clauses="，",
    semicolon="；",
    colon="：",
    stop="。",
    space="",
    brackets=("（", "）"),
    quotes=("“", "”"),
    date=lambda year, month, day: f"{year}年{month}月{day}日",
    month=lambda year, month: f"{year}年{month}月",
    quarter=lambda number: f"{ordinal(number)}季度",
    section_mark=lambda number: f"{ordinal(number)}、",
    part_mark=lambda number: f"（{ordinal(number)}）",
    point_mark=lambda number: f"{number}. ",
    annex_mark=str,
    conclusion_first=False,
    reading_speed=300,
    length=length,
    grade=grade,
    lower_first=str,
    conjunction="和",
    serial="、",
    apart=("、", "以及"),
    han=True,
    figure_asked=FIGURE_ASKED,
    statement=statement,
)
