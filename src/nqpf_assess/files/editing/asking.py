"""Changes in a questionnaire's files: words, values of a key, entries of a list; the rest as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.items import AoT

from nqpf_assess.files.editing.edits import edited, inline, put, say, take_entry
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

    def apply(self, document: Any) -> None:
        """Set the words that differ, each language by itself."""
        table, key = _around(document, self.path)
        if isinstance(key, str) and key not in table:
            put(table, key, inline(dict(self.words)))
        else:
            say(table[key], self.words)


@dataclass(frozen=True, slots=True)
class Valued:
    """A key at a path set to a value that TOML can hold; None takes it out."""

    path: Keys
    value: Any

    def apply(self, document: Any) -> None:
        """Write, replace or take out the key; a new one stands behind the question's text."""
        table, key = _around(document, self.path)
        put(table, str(key), None if self.value is None else inline(self.value), after="text")


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry of the list at a path: the one at `index`, or a new last one where that is None; None takes it out.

    A list that loses its last entry goes too; a new one is set behind the key `after`, each entry on a line.
    """

    path: Keys
    index: int | None
    value: Mapping[str, Any] | None
    after: str = ""

    def apply(self, document: Any) -> None:
        """Set what differs in the entry, add it, or take it out."""
        table, key = _around(document, self.path)
        if self.value is None:
            assert self.index is not None
            take_entry(table, str(key), self.index)
        elif key not in table:
            listed = tomlkit.parse(f"x = [\n  {inline(self.value).as_string()},\n]\n")["x"]
            put(table, str(key), listed, after=self.after)
        elif self.index is not None:
            entry = table[key][self.index]
            for name in [name for name in entry if name not in self.value]:
                del entry[name]
            for name, part in self.value.items():
                put(entry, name, inline(part))
        elif isinstance(table[key], AoT):
            made = tomlkit.table()
            for name, part in self.value.items():
                made[name] = inline(part)
            made.add(tomlkit.nl())
            table[key].append(made)
        else:
            table[key].append(inline(self.value))


Change = Worded | Valued | Entered


def _around(document: Any, path: Keys) -> tuple[Any, str | int]:
    """Return the table or list in which a path ends, and the last key."""
    table = document
    for part in path[:-1]:
        table = table[part]
    return table, path[-1]


def changed(words: str, change: Change) -> str:
    """Return a file's text with one change made; raises `NotEditable` where it is no sound TOML."""
    if isinstance(change, Worded) and (stale := change.stale) is not None:
        return edited(words, change, lambda found: marked(found, change.path, change.words, stale))
    return edited(words, change)
