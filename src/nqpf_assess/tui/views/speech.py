"""Saying things: one language, one set of signs, one width; what every view is given."""

from collections.abc import Mapping
from dataclasses import dataclass

from nqpf_assess.model.text import Text, tell
from nqpf_assess.tui.cells import one_line, shown
from nqpf_assess.tui.glyphs import UNICODE, Glyphs


@dataclass(frozen=True, slots=True)
class Speech:
    """How a view speaks: the language, the signs, and the cells of a line."""

    language: str = "en"
    glyphs: Glyphs = UNICODE
    cells: int = 76

    def tell(self, words: Text, /, **values: object) -> str:
        """Say something of the program; values that are texts themselves are said in the same language."""
        told = {name: self.words(value) if isinstance(value, Mapping) else value for name, value in values.items()}
        return tell(words, self.language, **told)

    def words(self, words: Text | None) -> str:
        """Give the words of a file, made safe to show; "" where there are none."""
        return shown(tell(words, self.language)) if words else ""

    def line(self, words: Text | None) -> str:
        """Give the words of a file on one line."""
        return one_line(self.words(words))
