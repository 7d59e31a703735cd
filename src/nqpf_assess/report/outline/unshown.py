"""Annex: characters that the fonts of the report do not have, named so that nothing disappears unseen."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from nqpf_assess.model.text import Text, tell, text
from nqpf_assess.report.blocks import Block, Column, Heading, Outline, Paragraph, Part, Table, cells, runs
from nqpf_assess.report.clean import combines

MOST = 100
TITLE = text(en="Characters that could not be shown", zh="无法显示的字符")
LEAD = text(
    en="The fonts of this report lack these characters, so 〓 stands in their place. They are kept in the attached "
    "answers.",
    zh="本报告所用字体缺少以下字符，文中以“〓”代替，附件答案中保留原文。",
)
MARKS = text(
    en=" Marks over or under letters are left out instead.",
    zh="其中附加在字母上的符号直接略去，不作代替。",
)
CODE = text(en="Code", zh="编码")
NAME = text(en="Name in the Unicode standard", zh="统一码名称")


def with_unshown(outline: Outline, missing: Sequence[str]) -> Outline:
    """Add the list of characters that a renderer could not show to every part."""
    if not missing:
        return outline
    parts = tuple(Part(part.language, (*part.blocks, *_blocks(part, missing))) for part in outline.parts)
    return replace(outline, parts=parts)


def _blocks(part: Part, missing: Sequence[str]) -> list[Block]:
    def say(words: Text) -> str:
        return tell(words, part.language)

    rows = tuple(cells(f"U+{ord(letter):04X}", unicodedata.name(letter, "–")) for letter in missing[:MOST])
    return [
        Heading(1, say(TITLE), f"{part.language}-unshown"),
        Paragraph(runs(say(LEAD) + (say(MARKS) if any(map(combines, missing)) else ""))),
        Table((Column(say(CODE), 0.5), Column(say(NAME), 2.0)), rows),
    ]
