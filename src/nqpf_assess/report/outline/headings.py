"""Headings with the numbering of each language: English without, Chinese 一、（一）1., annexes A, B or 附件1, 附件2."""

from dataclasses import dataclass, field

from nqpf_assess.model.text import tell, text
from nqpf_assess.report.blocks import Heading, Run

ANNEX = text(en="Annex {mark}. {title}", zh="附件{mark}　{title}")
DIGITS = "零一二三四五六七八九"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Headings:
    """Makes the headings of one part of the report, in order, each numbered as its language does."""

    language: str
    sections: int = 0
    parts: int = 0
    points: int = 0
    annexes: int = 0
    made: list[Heading] = field(default_factory=list)

    def section(self, words: str, anchor: str, *, new_page: bool = True, numbered: bool = True) -> Heading:
        """Open a section."""
        self.sections += numbered
        self.parts = self.points = 0
        marked = f"{ordinal(self.sections)}、{words}" if numbered and self.language == "zh" else words
        return self._make(1, marked, anchor, new_page)

    def part(self, words: str, anchor: str, *, new_page: bool = False) -> Heading:
        """Open a part of a section."""
        self.parts += 1
        self.points = 0
        marked = f"（{ordinal(self.parts)}）{words}" if self.language == "zh" and not self.annexes else words
        return self._make(2, marked, anchor, new_page)

    def point(self, words: str, anchor: str, *, new_page: bool = False) -> Heading:
        """Open a point of a part."""
        self.points += 1
        numbered = self.language == "zh" and not self.annexes
        return self._make(3, f"{self.points}. {words}" if numbered else words, anchor, new_page)

    def annex(self, words: str, anchor: str) -> Heading:
        """Open an annex: the first on a new page, the others after it."""
        new_page = not self.annexes
        self.parts = self.points = 0
        mark = str(self.annexes + 1) if self.language == "zh" else _letter(self.annexes)
        self.annexes += 1
        return self._make(1, tell(ANNEX, self.language, mark=mark, title=words), anchor, new_page)

    def _make(self, level: int, words: str, anchor: str, new_page: bool) -> Heading:  # noqa: FBT001
        heading = Heading(level, words, anchor_of(self.language, anchor), new_page)
        self.made.append(heading)
        return heading


def anchor_of(language: str, name: str) -> str:
    """Name a place in the report: once per language, since a report in both has every heading twice."""
    return f"{language}-{name.replace('_', '-')}"


def link(language: str, words: str, name: str) -> Run:
    """Point at a heading or card of the same part."""
    return Run(words, link=f"#{anchor_of(language, name)}")


def ordinal(number: int) -> str:
    """Write a number from 1 to 99 as Chinese headings do."""
    tens, ones = divmod(number, 10)
    ten = ("" if tens < 2 else DIGITS[tens]) + "十" if tens else ""
    return ten + (DIGITS[ones] if ones else "")


def _letter(index: int) -> str:
    return LETTERS[index] if index < len(LETTERS) else str(index + 1)
