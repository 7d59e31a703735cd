"""Words of one language that were not brought up to another's change: a mark at the end of their line in the file.

The mark is a comment, `# stale zh: en changed 2026-11-25`, so that it outlasts the editor, and people can write it or
take it away. Texts that share a line share its marks.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from nqpf_assess.files.positions import STRING, Path, Scan

_MARK = re.compile(r"#[ \t]*stale ([\w-]+): ([\w-]+) changed (\d{4}-\d\d-\d\d)")
_TAIL = re.compile(r"(?:[ \t]*#[ \t]*stale [\w-]+: [\w-]+ changed \d{4}-\d\d-\d\d)+[ \t]*\r?\Z")


class Stale(NamedTuple):
    """The language whose words are the old ones, the language that changed, and on which day (YYYY-MM-DD)."""

    language: str
    by: str
    day: str


@lru_cache(maxsize=16)
def stale_in(words: str) -> Mapping[Path, tuple[Stale, ...]]:
    """Find what is marked in a sound TOML text, by the path of the text without the language."""
    if "# stale " not in words:
        return {}
    found: dict[Path, tuple[Stale, ...]] = {}
    for path, end in _ends(words).items():
        tail = _TAIL.search(_line(words, end))
        marks = [Stale(*mark) for mark in _MARK.findall(tail[0])] if tail else []
        found[path[:-1]] = (*found.get(path[:-1], ()), *(mark for mark in marks if mark.language == path[-1]))
    return {path: marks for path, marks in found.items() if marks}


def marked(words: str, path: Path, languages: Iterable[str], marks: Iterable[Stale]) -> str:
    """Mark the text at a path, old marks of its languages replaced; where a line has no room for a comment, none."""
    made = words
    for language in languages:
        end = _ends(made).get((*path, language))
        if end is not None:
            rest = _line(made, end)
            tail = _TAIL.search(rest)
            kept = [mark for mark in _MARK.findall(tail[0]) if mark[0] != language] if tail else []
            bare = rest[: tail.start()] if tail else rest.rstrip("\r")
            wanted = [*kept, *(mark for mark in marks if mark.language == language)]
            said = "".join(f"  # stale {of}: {by} changed {day}" for of, by, day in wanted)
            made = made[:end] + bare + said + ("\r" if rest.endswith("\r") else "") + made[end + len(rest) :]
    return made if tomllib.loads(made) == tomllib.loads(words) else words


def _ends(words: str) -> dict[Path, int]:
    """Return where every string ends."""
    found: dict[Path, int] = {}

    def see(path: Path, _: int, value: int) -> None:
        string = STRING.match(words, value)
        if string:
            found[path] = string.end()

    with suppress(IndexError, AttributeError):  # nested deeper than is followed
        Scan(words, see).run()
    return found


def _line(words: str, at: int) -> str:
    """Return the rest of a line."""
    return words[at:end] if (end := words.find("\n", at)) >= 0 else words[at:]
