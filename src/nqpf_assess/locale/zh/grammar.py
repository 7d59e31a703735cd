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
    section_mark=lambda number: f"{ordinal(number)}、",
    part_mark=lambda number: f"（{ordinal(number)}）",
    point_mark=lambda number: f"{number}. ",
    annex_mark=str,
    numbered_headings=True,
    conclusion_first=False,
    reading_speed=300,
    length=length,
    grade=grade,
    lower_first=str,
    conjunction="和",
    han=True,
    figure_asked=re.compile(r"^(?P<what>[^？]+?)多少(?P<unit>[^？（]{0,5})？$"),
)
