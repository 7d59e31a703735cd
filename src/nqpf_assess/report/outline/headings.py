"""Headings with the numbering of each language: English without, Chinese 一、（一）1., annexes A, B or 附件1, 附件2."""

from dataclasses import dataclass, field

from nqpf_assess.locale import _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.report.blocks import Heading


@dataclass
class Headings:
    """Makes the headings of one part of the report, in order, each numbered as its language does.

    `prefix`: of its anchors, where another part of the same language has headings too.
    """

    language: str
    prefix: str = ""
    sections: int = 0
    parts: int = 0
    points: int = 0
    annexes: int = 0
    made: list[Heading] = field(default_factory=list)

    def section(self, words: str, anchor: str, *, new_page: bool = True, numbered: bool = True) -> Heading:
        """Open a section."""
        self.sections += numbered
        self.parts = self.points = 0
        marked = grammar(self.language).section_mark(self.sections) + words if numbered else words
        return self._make(1, marked, anchor, new_page=new_page)

    def part(self, words: str, anchor: str, *, new_page: bool = False) -> Heading:
        """Open a part of a section."""
        self.parts += 1
        self.points = 0
        marked = words if self.annexes else grammar(self.language).part_mark(self.parts) + words
        return self._make(2, marked, anchor, new_page=new_page)

    def point(self, words: str, anchor: str) -> Heading:
        """Open a point of a part."""
        self.points += 1
        marked = words if self.annexes else grammar(self.language).point_mark(self.points) + words
        return self._make(3, marked, anchor, new_page=False)

    def annex(self, words: str, anchor: str) -> Heading:
        """Open an annex: the first on a new page, the others after it."""
        new_page = not self.annexes
        self.parts = self.points = 0
        mark = grammar(self.language).annex_mark(self.annexes + 1)
        self.annexes += 1
        return self._make(
            1, tell(_("Annex {mark}. {title}"), self.language, mark=mark, title=words), anchor, new_page=new_page
        )

    def _make(self, level: int, words: str, anchor: str, *, new_page: bool) -> Heading:
        heading = Heading(level, words, anchor_of(self.language, self.prefix + anchor), new_page)
        self.made.append(heading)
        return heading


def anchor_of(language: str, name: str) -> str:
    """Name a place in the report: once per language, since a report in both has every heading twice."""
    return f"{language}-{name.replace('_', '-')}"
