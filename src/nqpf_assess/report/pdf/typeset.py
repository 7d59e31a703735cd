"""From texts to measured words: which font sets which stretch, how wide it is, which gaps close or open."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from nqpf_assess.locale import Text, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import summed
from nqpf_assess.report.blocks import Heading, Inline, OutlinePart, Run, TableColumn
from nqpf_assess.report.pdf.fonts import Face, FontSet
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.theme import Style
from nqpf_assess.typography.linebreak import (
    BLANK_AT_LEFT,
    BLANK_AT_RIGHT,
    BLANK_HALF,
    FULL_WIDTH,
    Measured,
    TextLine,
    without_runt,
)
from nqpf_assess.typography.linebreak import balanced as balanced_lines

if TYPE_CHECKING:
    from nqpf_assess.report.pdf.logo import Logo

HAN_LATIN_GAP = 200
"""Space between a hanzi and a Latin letter or digit where the text has none, in thousandths of an em."""

DASH_JOIN = -94
"""Closes the gap between the two halves of a Chinese dash, whose glyphs stop short of the full width."""

ROUNDING = 0.01
"""Forgiven in a width, in thousandths of an em: a line that fits exactly must not fail by a float's last digit."""

JUSTIFY_AT_MOST = 0.07
"""Widest letter space, in em, that a Chinese line may take to reach the right edge."""

_left, _right = (re.escape("".join(sorted(marks))) for marks in (BLANK_AT_LEFT, BLANK_AT_RIGHT))
_TIGHT = re.compile(f"[{_right}](?=[{_left}{_right}])|[{_left}](?=[{_left}])")
_DASHES = re.compile("—(?=—)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end`, set in one face; `link` is where they lead, if anywhere."""

    start: int
    end: int
    face: Face
    han: bool
    link: str = ""
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of a line to be shown: text in one face, its left edge `x` points from where the line was placed from."""

    text: str
    face: Face
    han: bool
    link: str
    x: float
    spacing: float
    heavy: bool = False
    """Whether its strokes are drawn thicker than the face has them."""

    def width(self, size: float) -> float:
        """Return the width of what is seen of it, in points."""
        widths, seen = self.face.widths, self.text.rstrip(" ")
        return summed(widths[ord(character)] for character in seen) * size / 1000 + self.spacing * len(seen)


class TypesetWords:
    """One paragraph's words in one style, measured once and broken at any width."""

    __slots__ = ("_broken", "_kerned", "_starts", "language", "leading", "measured", "stretches", "style")

    def __init__(self, runs: Inline, style: Style, *, fonts: FontSet, language: str) -> None:
        self.style = style
        self.language = language
        self.leading = style.leading(language)
        self.stretches = tuple(_stretches(runs, style, fonts, chinese=grammar(language).han))
        text = "".join(run.text for run in runs)
        boxes: list[int] = []
        kerns: dict[int, int] = {}
        for stretch in self.stretches:
            words = text[stretch.start : stretch.end]
            boxes += map(stretch.face.widths.__getitem__, map(ord, words.replace("\n", " ")))
            if stretch.han:
                kerns |= {stretch.start + found.start(): -BLANK_HALF for found in _TIGHT.finditer(words)}
                kerns |= {stretch.start + found.start(): DASH_JOIN for found in _DASHES.finditer(words)}
        kerns = {index: kern for index, kern in kerns.items() if (boxes[index] >= FULL_WIDTH) == (kern != DASH_JOIN)}
        for before, after in pairwise(self.stretches):
            last, first = text[before.end - 1], text[after.start]
            if before.han != after.han and (last.isalnum() or last == "%") and first.isalnum():
                kerns[before.end - 1] = HAN_LATIN_GAP
        self.measured = Measured(text, boxes, kerns)
        self._starts = [stretch.start for stretch in self.stretches]
        self._kerned = sorted(self.measured.kerns)
        self._broken: dict[tuple[float, Callable[..., tuple[TextLine, ...]]], tuple[TextLine, ...]] = {}

    @property
    def text(self) -> str:
        """The words as plain text."""
        return self.measured.text

    @property
    def natural_width(self) -> float:
        """Width in points when nothing is broken but at newlines."""
        return max((self.points(line) for line in self.lines(1e6)), default=0.0)

    @property
    def widest_cluster(self) -> float:
        """Width in points below which a word would have to be cut."""
        return self.measured.widest_cluster() * self.style.size / 1000

    def lines(self, width: float, *, balance: bool = False) -> tuple[TextLine, ...]:
        """Break the words into lines of at most `width` points; each width is worked out once."""
        rule = balanced_lines if balance else without_runt
        if (width, rule) not in self._broken:
            self._broken[width, rule] = rule(self.measured, width * 1000 / self.style.size + ROUNDING)
        return self._broken[width, rule]

    def height(self, width: float) -> float:
        """Return the height in points when set `width` points wide."""
        return len(self.lines(width)) * self.leading

    def points(self, line: TextLine) -> float:
        """Return the width of what is seen of a line, in points."""
        return line.width * self.style.size / 1000

    def placed(self, line: TextLine, width: float, left: float = 0.0) -> Iterator[Placed]:
        """Place the pieces of a line that starts at `left`; a Chinese line that nearly fills the width is spread.

        Where a line ends between two words it ends with a space, or who reads by the tags has them as one word.
        """
        scale = self.style.size / 1000
        spacing = self._letter_space(line, width)
        spread, origin = left, self.measured.edges[line.start] + line.shaved
        for stretch in self._stretches_of(line):
            begin, stop = max(stretch.start, line.start), min(stretch.end, line.end)
            kerned = self._kerned[bisect_left(self._kerned, begin) : bisect_left(self._kerned, stop - 1)]
            for start, end in pairwise([begin, *(index + 1 for index in kerned), stop]):
                x = (self.measured.edges[start] - origin) * scale + spread
                extra = spacing if stretch.han else 0.0
                words = self.text[start:end] + " " * (end == line.end and self.text[end : end + 1].isspace())
                yield Placed(words, stretch.face, stretch.han, stretch.link, x, extra, stretch.heavy)
                spread += extra * (end - start)

    def _stretches_of(self, line: TextLine) -> tuple[Stretch, ...]:
        first = bisect_right(self._starts, line.start) - 1
        return self.stretches[max(first, 0) : bisect_left(self._starts, line.end)]

    def _letter_space(self, line: TextLine, width: float) -> float:
        if line.final or not self.style.justified or not grammar(self.language).han:
            return 0.0
        spans = [stretch for stretch in self._stretches_of(line) if stretch.han]
        han = summed(min(stretch.end, line.end) - max(stretch.start, line.start) for stretch in spans)
        spacing = (width - self.points(line)) / max(han - 1, 1)
        return spacing if 0 <= spacing <= JUSTIFY_AT_MOST * self.style.size else 0.0


def _stretches(runs: Inline, style: Style, fonts: FontSet, *, chinese: bool) -> Iterator[Stretch]:
    latin = fonts.latin_in_chinese if chinese else fonts.latin_in_english
    place = 0
    for run in runs:
        bold = style.bold or run.bold
        # Cut for the Latin companion, and what lies between for the Chinese font.
        ends = [end for found in latin.finditer(run.text) for end in found.span()]
        for index, (start, end) in enumerate(pairwise([0, *ends, len(run.text)])):
            if start < end:
                han = index % 2 == 0
                heavy = han and bold and fonts.thickens(style.size)
                face = fonts.face(han=han, bold=bold and not heavy)
                yield Stretch(place + start, place + end, face, han, run.link, heavy)
        place += len(run.text)


@dataclass(eq=False, slots=True)
class Composer:
    """Turns the texts of one part into measured words and numbers its figures and tables."""

    fonts: FontSet
    language: str
    root: Element
    figures: int = 0
    tables: int = 0
    heading_level: int = 0
    logo: "Logo | None" = None
    headings: Sequence[Heading] = ()
    widths: dict[tuple[TableColumn, ...], list[float]] = field(default_factory=dict)
    """Widths of the columns that several tables of the part share."""
    measured: dict[int, list[list[TypesetWords]]] = field(default_factory=dict)
    later: Sequence[tuple[int, OutlinePart]] = ()
    """Later parts in this language, each with its place in the report, which the contents name too."""

    def words(self, text: str | Inline, style: Style) -> TypesetWords:
        """Measure a text in a style."""
        runs = (Run(text),) if isinstance(text, str) else text
        return TypesetWords(runs, style, fonts=self.fonts, language=self.language)

    def say(self, words: Text, **values: object) -> str:
        """State something of the renderer's own in the language of the part."""
        return tell(words, self.language.partition("-")[0], **values)
