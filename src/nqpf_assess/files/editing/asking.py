"""Changes in a questionnaire's files: words of something in every language, values of a key; all else as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from nqpf_assess.files.editing.edits import BOM, NotEditable, inline, put
from nqpf_assess.files.positions import Path as Keys
from nqpf_assess.model.text import Text


@dataclass(frozen=True, slots=True)
class Worded:
    """The words that stand at a path, once per language: a text, or a level or option with its words in it."""

    path: Keys
    words: Text


@dataclass(frozen=True, slots=True)
class Valued:
    """A key at a path set to a value that TOML can hold; None takes it out."""

    path: Keys
    value: Any


Change = Worded | Valued


def changed(words: str, change: Change) -> str:
    """Give a file's text with one change made; raises `NotEditable` where it is no sound TOML."""
    mark, bare = (BOM, words[1:]) if words.startswith(BOM) else ("", words)
    crlf = "\r\n" in bare and "\n" not in bare.replace("\r\n", "")
    try:
        document = tomlkit.parse(bare.replace("\r\n", "\n") if crlf else bare)
    except TOMLKitError:
        raise NotEditable from None
    _make(document, change)
    found = tomlkit.dumps(document)
    return mark + (found.replace("\n", "\r\n") if crlf else found)


def _make(document: Any, change: Change) -> None:
    table = document
    for part in change.path[:-1]:
        table = table[part]
    key = change.path[-1]
    if isinstance(change, Valued):
        put(table, str(key), None if change.value is None else inline(change.value), after="text")
        return
    if isinstance(key, str) and key not in table:
        table[key] = inline(dict(change.words))
        return
    _say(table[key], change.words)


def _say(there: Any, words: Mapping[str, str]) -> None:
    for language, said in words.items():
        if there.get(language) != said:
            there[language] = said
