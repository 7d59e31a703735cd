"""Saying things: one language, one set of signs, one width; what every view is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nqpf_assess.model.text import Text, tell, text
from nqpf_assess.tui.acts import Act, key_shown, keys_of
from nqpf_assess.tui.cells import one_line, shown
from nqpf_assess.tui.glyphs import UNICODE, Glyphs

OR = text(en=" or ", zh=" 或 ")

LANGUAGE_NAMES: Mapping[str, Text] = {"en": text(en="English", zh="英文"), "zh": text(en="Chinese", zh="中文")}


@dataclass(frozen=True, slots=True)
class Speech:
    """How a view speaks: the language, the signs, the cells of a line, and the keys that somebody set."""

    language: str = "en"
    glyphs: Glyphs = UNICODE
    cells: int = 76
    keymap: Mapping[str, str] = field(default_factory=dict)

    def tell(self, words: Text, /, **values: object) -> str:
        """Say something of the program; values that are texts themselves are said in the same language."""
        told = {name: self.words(value) if isinstance(value, Mapping) else value for name, value in values.items()}
        return tell(words, self.language, **told)

    def key(self, act: Act) -> str:
        """Write the first key of an act; "" where it has none."""
        return next((key_shown(key, self.language) for key in keys_of(act, self.keymap)), "")

    def keys(self, act: Act) -> str:
        """Write all keys of an act."""
        return self.tell(OR).join(key_shown(key, self.language) for key in keys_of(act, self.keymap))

    def words(self, words: Text | None) -> str:
        """Give the words of a file, made safe to show; "" where there are none."""
        return shown(tell(words, self.language)) if words else ""

    def line(self, words: Text | None) -> str:
        """Give the words of a file on one line."""
        return one_line(self.words(words))
