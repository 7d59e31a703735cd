"""A text once per language, and how one is picked."""

from collections.abc import Mapping

Text = Mapping[str, str]
"""Language code → words, as `text.en = ...`, `text.zh = ...` in the files."""

LANGUAGES = ("en", "zh")
"""The languages in which the program itself speaks."""


def text(*, en: str, zh: str) -> Text:
    """Say one thing of the program in every language it speaks."""
    return {"en": en, "zh": zh}


def tell(words: Text, language: str, /, **values: object) -> str:
    """Give the words in `language`, else in the first one there is; `{names}` are filled in where values are given."""
    said = words.get(language) or next(iter(words.values()), "")
    return said.format(**values) if values else said


def fill(words: Text, /, **values: object) -> Text:
    """Fill `{names}` in every language; a value that is itself a text is filled in the same language."""
    return {
        language: said.format(**{name: _said(value, language) for name, value in values.items()})
        for language, said in words.items()
    }


def _said(value: object, language: str) -> object:
    return tell(value, language) if isinstance(value, Mapping) else value
