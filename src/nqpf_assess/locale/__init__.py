"""What the program says, in every language it speaks: English keys, gettext catalogues, one grammar a language.

`_("Kept in {path}")` is a message: a value that is put into words where the reader's language is known. A language is a
folder here: `grammar.py`, and, but for English, `messages.po` with its translations (compiled to `messages.mo` by
`tools/catalogues.py` and when the package is built).
"""

import locale
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

Text = Mapping[str, str]
"""Language code → words: a message of the program, or a text of a questionnaire (`text.en = ...`, `text.zh = ...`)."""

_HERE: Any = Path(__file__).parent
if not _HERE.is_dir():  # inside a zip, as the program travels to the workers of Spark
    _LOADER: Any = __spec__.loader
    _HERE = _LOADER.get_resource_reader(__name__).files()

LANGUAGES = tuple(sorted(folder.name for folder in _HERE.iterdir() if folder.joinpath("grammar.py").is_file()))
"""The languages in which the program itself speaks: the folders beside this file."""


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the translations into a language; none for English, whose words are the keys."""
    compiled = _HERE / language / "messages.mo"
    if not compiled.is_file():
        return NullTranslations()
    with compiled.open("rb") as stream:
        return GNUTranslations(stream)


class Message(Text):
    """Words of the program before a language is chosen; to be read like any text, language code → words.

    `plural` stands for `key` where the value `count` is not one; `context` tells apart what English calls by one word.
    """

    __slots__ = ("context", "key", "plural", "values_")

    def __init__(self, key: str, plural: str = "", /, *, context: str = "", values: Text | None = None) -> None:
        self.key, self.plural, self.context = key, plural, context
        self.values_: Mapping[str, object] = values or {}

    def __getitem__(self, language: str) -> str:
        if language not in LANGUAGES:
            raise KeyError(language)
        return self.words(language)

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)

    def __eq__(self, other: object) -> bool:
        return dict(self) == other if isinstance(other, Mapping) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"_({self.key!r})"

    def words(self, language: str, /, **values: object) -> str:
        """Return the message in a language with its `{names}` filled in; a value that is a text, in the same one."""
        known = {**self.values_, **values}
        words = self.unfilled(language, known.get("count", 0))
        return words.format_map({name: _worded(value, language) for name, value in known.items()}) if known else words

    def unfilled(self, language: str, count: object) -> str:
        """Return the message in a language, its `{names}` as they are; `count`: by which one and many are told."""
        if not self.key:
            return ""  # gettext keeps its header under the empty key
        there = catalogue(language)
        if self.plural:
            number = int(str(count))
            return (
                there.npgettext(self.context, self.key, self.plural, number)
                if self.context
                else there.ngettext(self.key, self.plural, number)
            )
        return there.pgettext(self.context, self.key) if self.context else there.gettext(self.key)


_ = Message
"""Marks words of the program; the English words are the key of their translation."""

_n = Message
"""Marks words that depend on a number, to be filled in as `count`: for one, then for many."""


def _c(context: str, key: str) -> Message:
    """Mark words that English uses for several things; `context` says for which."""
    return Message(key, context=context)


_NAME = re.compile(r"\{(\w+)\}")


def tell(words: Text, language: str, /, **values: object) -> str:
    """Return the words in `language`, else in the first there is; `{names}` are filled in where values are given.

    Words that a file holds are no format of Python: what is in braces and no name of a value stays as it is written.
    """
    if isinstance(words, Message):
        return words.words(language, **values)
    told = words.get(language) or next(iter(words.values()), "")
    known = {name: str(_worded(value, language)) for name, value in values.items()}
    return _NAME.sub(lambda found: known.get(found[1], found[0]), told) if known else told


def fill(words: Text, /, **values: object) -> Text:
    """Return a text with its `{names}` filled in, in every language; a value that is itself a text in the same one."""
    if isinstance(words, Message):
        filled = {**words.values_, **values}
        return Message(words.key, words.plural, context=words.context, values=filled)  # type: ignore[arg-type]
    return {language: tell({language: told}, language, **values) for language, told in words.items()}


def _worded(value: object, language: str) -> object:
    return tell(value, language) if isinstance(value, Mapping) else value


def language_of(code: str) -> str:
    """Return the program's language for a code such as zh, zh-CN, zh_CN.UTF-8, Chinese (Simplified); else English."""
    lowered = code.lower().replace("chinese", "zh")
    return next((language for language in LANGUAGES if lowered.startswith(language)), "en")


def locale_language() -> str:
    """Return the user's language from the environment, else from the system."""
    stated = (os.environ.get(variable, "") for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return language_of(next(filter(None, stated), "") or locale.getlocale()[0] or "")
