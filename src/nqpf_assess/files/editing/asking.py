"""Changes in a questionnaire's files: words, values of a key, entries of a list; the rest as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from nqpf_assess.files.editing.edits import BOM, NotEditable, inline, put
from nqpf_assess.files.positions import Path as Keys
from nqpf_assess.files.staleness import Stale, marked
from nqpf_assess.locale import Text


@dataclass(frozen=True, slots=True)
class Worded:
    """The words that stand at a path, once per language: a text, or a level or option with its words in it.

    `stale`: which of them are the old ones from now on; None leaves the marks as they are.
    """

    path: Keys
    words: Text
    stale: tuple[Stale, ...] | None = None


@dataclass(frozen=True, slots=True)
class Valued:
    """A key at a path set to a value that TOML can hold; None takes it out."""

    path: Keys
    value: Any


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry of the list at a path: the one at `index`, or a new last one where that is None; None takes it out.

    A list that loses its last entry goes too; a new one is set behind the key `after`, each entry on a line.
    """

    path: Keys
    index: int | None
    value: Mapping[str, Any] | None
    after: str = ""


Change = Worded | Valued | Entered


def changed(words: str, change: Change) -> str:
    """Return a file's text with one change made; raises `NotEditable` where it is no sound TOML."""
    mark, bare = (BOM, words[1:]) if words.startswith(BOM) else ("", words)
    crlf = "\r\n" in bare and "\n" not in bare.replace("\r\n", "")
    try:
        document = tomlkit.parse(bare.replace("\r\n", "\n") if crlf else bare)
    except TOMLKitError:
        raise NotEditable from None
    _make(document, change)
    found = tomlkit.dumps(document)
    if isinstance(change, Worded) and change.stale is not None:
        found = marked(found, change.path, change.words, change.stale)
    return mark + (found.replace("\n", "\r\n") if crlf else found)


def _make(document: Any, change: Change) -> None:
    table = document
    for part in change.path[:-1]:
        table = table[part]
    key = change.path[-1]
    if isinstance(change, Entered):
        _enter(table, str(key), change)
        return
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


def _enter(table: Any, key: str, change: Entered) -> None:
    if change.value is None:
        del table[key][change.index]
        if not len(table[key]):
            del table[key]
    elif key not in table:
        put(table, key, _list_of(change.value), after=change.after)
    elif change.index is None:
        entries = table[key]
        entries.append(_table(change.value) if isinstance(entries, AoT) else inline(change.value))
    else:
        _revise(table[key][change.index], change.value)


def _list_of(value: Mapping[str, Any]) -> Any:
    """Make a list with one entry, set as the shipped files set theirs."""
    return tomlkit.parse(f"x = [\n  {inline(value).as_string()},\n]\n")["x"]


def _table(value: Mapping[str, Any]) -> Any:
    made = tomlkit.table()
    for key, part in value.items():
        made[key] = inline(part)
    made.add(tomlkit.nl())
    return made


def _revise(entry: Any, value: Mapping[str, Any]) -> None:
    """Set what differs in an entry."""
    for key in [key for key in entry if key not in value]:
        del entry[key]
    for key, part in value.items():
        put(entry, key, inline(part))
