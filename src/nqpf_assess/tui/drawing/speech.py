"""Saying things: one language, one set of signs, one width; what every view is given."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from nqpf_assess.locale import Message, Text, _, tell
from nqpf_assess.locale.grammar import Grammar, grammar
from nqpf_assess.tui.drawing.acts import Act, in_own_keys, key_shown, keys_of
from nqpf_assess.tui.drawing.cells import one_line, shown
from nqpf_assess.tui.drawing.glyphs import UNICODE, Glyphs
from nqpf_assess.tui.drawing.rows import Line, Look, Part, Row

OR = _(" or ")

LANGUAGE_NAMES: Mapping[str, Text] = {"en": _("English"), "zh": _("Chinese")}


class Speech(NamedTuple):
    """How a view speaks: the language, the signs, the cells of a line, and the keys that somebody set."""

    language: str = "en"
    glyphs: Glyphs = UNICODE
    cells: int = 76
    keymap: Mapping[str, str] = {}

    @property
    def grammar(self) -> Grammar:
        """The marks and spaces of the language."""
        return grammar(self.language)

    def tell(self, words: Text, /, **values: object) -> str:
        """Return something of the program; values that are texts themselves are said in the same language."""
        text = {name: self.words(value) if isinstance(value, Mapping) else value for name, value in values.items()}
        return self._told(words, text)

    def in_own_keys(self, words: str) -> str:
        """Return a message of the program with the keys that somebody set."""
        return in_own_keys(words, self.keymap, self.language, plain=self.glyphs.plain)

    def key(self, act: Act) -> str:
        """Write the first key of an act; "" where it has none."""
        return next((key_shown(key, self.language, plain=self.glyphs.plain) for key in keys_of(act, self.keymap)), "")

    def keys(self, act: Act) -> str:
        """Write all keys of an act."""
        return self.tell(OR).join(
            key_shown(key, self.language, plain=self.glyphs.plain) for key in keys_of(act, self.keymap)
        )

    def words(self, words: Text | None) -> str:
        """Return the words of a file, made safe to show; "" where there are none."""
        return shown(self._told(words, {})) if words else ""

    def _told(self, words: Text, values: Mapping[str, object]) -> str:
        """Return words in the language; keys that a message itself names as they are set, none in what fills it."""
        if not isinstance(words, Message):
            return tell(words, self.language, **values)
        known = {**words.values_, **values}
        filled = {name: self._told(value, {}) if isinstance(value, Mapping) else value for name, value in known.items()}
        told = self.in_own_keys(words.unfilled(self.language, known.get("count", 0)))
        return told.format_map(filled) if known else told

    def sentences(self, *texts: Text | None) -> str:
        """Write messages as sentences, one after the other, with one stop between each two."""
        *before, last = [self.words(words) for words in texts if words] or [""]
        return "".join(text.rstrip(".。") + self.grammar.stop for text in before) + last

    def line(self, words: Text | None) -> str:
        """Return the words of a file on one line."""
        return one_line(self.words(words))


def bar(speech: Speech, part: float, whole: float, cells: int) -> Line:
    """Draw a bar of so many cells; no bar where there is no room."""
    if cells < 6 or whole <= 0:
        return ()
    full = max(0, min(cells, round(cells * part / whole)))
    return (Part(speech.glyphs.full * full, "bar"), Part(speech.glyphs.rest * (cells - full), "rest"))


def choice(speech: Speech, words: Text, id: str, number: int, *, chosen: bool) -> Row:
    """Draw one of several choices with its digit and a sign that says whether it is the chosen one."""
    sign = speech.glyphs.chosen if chosen else speech.glyphs.free
    look: Look = "strong" if chosen else "plain"
    return Row(speech.tell(words), id=id, key=str(number), lead=f"{sign}  {number}  ", look=look)


def numbered(acts: Iterable[tuple[str, str]]) -> Iterator[Row]:
    """Draw what can be done, given as id and words, each with its number from 1."""
    listed = list(acts)
    cells = len(str(len(listed)))
    for number, (id, words) in enumerate(listed, start=1):
        yield Row(words, id=id, key=str(number), lead=f"{number:>{cells}}  ")
