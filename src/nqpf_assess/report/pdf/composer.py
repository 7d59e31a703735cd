"""What every block needs to become pieces: the fonts, the language of its part, and its place in the structure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqpf_assess.locale import Text, tell
from nqpf_assess.report.blocks import Heading, Inline, OutlinePart, Run, TableColumn
from nqpf_assess.report.pdf.fonts import FontSet
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.theme import Style
from nqpf_assess.report.pdf.typeset import TypesetWords

if TYPE_CHECKING:
    from nqpf_assess.report.pdf.logo import Logo


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
