"""TOML 1.0, whichever Python reads it.

Python 3.15 takes TOML 1.1 too. What one machine takes and another refuses would be two files, so what is new there is
refused here, with the complaint of earlier Pythons at its place.
"""

import re
import sys
import tomllib
from collections.abc import Callable
from typing import Any

TOKEN = re.compile(
    r"""
    (?P<text> \"{3} (?: \\. | [^\\] )*? \"{3,5} | " (?: \\. | [^"\\] )* " )
    | '{3} .*? '{3,5} | ' [^']* '
    | (?P<comment> \# [^\n]* )
    | (?P<mark> [][{},\n] )
    | \d\d:\d\d:\d\d (?: \.\d+ )? (?: [+-] \d\d:\d\d )?
    | (?: (?P<day> \d{4}-\d\d-\d\d [ ]? ) [Tt]? )? (?P<time> \d\d:\d\d ) (?!:)
    """,
    re.DOTALL | re.VERBOSE,
)
"""What matters of a sound text; a time matters where its seconds are left out."""

NEW_ESCAPE = re.compile(r"\\(?:[ex]|.)", re.DOTALL)

OPEN = {
    "": "Expected newline or end of document after a statement",
    "[": "Unclosed array",
    "{": "Unclosed inline table",
}
"""What earlier Pythons miss where something follows a value, by the bracket that it stands in."""


def loads(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Read a text; raises `tomllib.TOMLDecodeError`."""
    if sys.version_info < (3, 15):
        return tomllib.loads(text, parse_float=parse_float)
    try:
        found = tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as fault:
        refuse_newer(text, fault.pos)
        raise
    refuse_newer(text)
    return found


def refuse_newer(text: str, end: int = sys.maxsize) -> None:
    """Refuse what TOML 1.1 has and 1.0 has not in a text that is sound by 1.1 up to `end`.

    Tables in braces over several lines or with a comma at their end, the escapes \\e and \\x, times without seconds.
    Raises `tomllib.TOMLDecodeError`.
    """
    brackets, last, through = [""], "", 0
    for token in TOKEN.finditer(text, 0, end):
        words, at = token[0], token.start()
        between = text[through:at].strip()
        if token["text"]:
            new = next((part for part in NEW_ESCAPE.finditer(words) if part[0] in ("\\e", "\\x")), None)
            if new is not None:
                raise _fault("Unescaped '\\' in a string", text, at + new.end())
        elif token["time"]:
            # A day, or the hour as a number without a nought before it, is a value by itself.
            whole = token.end("day") if token["day"] else at + (1 if words[0] == "0" else 2)
            raise _fault(OPEN[brackets[-1]], text, whole)
        elif brackets[-1] == "{" and (
            words == "\n" or token["comment"] or (words == "}" and last == "," and not between)
        ):
            wanted = "Invalid initial character for a key part" if last in ("{", ",") and not between else OPEN["{"]
            raise _fault(wanted, text, at)
        if words in ("[", "{"):
            brackets.append(words)
        elif words in ("]", "}") and brackets[1:]:
            brackets.pop()
        last, through = words, token.end()


def _fault(message: str, text: str, at: int) -> tomllib.TOMLDecodeError:
    if sys.version_info >= (3, 14):
        return tomllib.TOMLDecodeError(message, text, at)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return tomllib.TOMLDecodeError(f"{message} (at line {line}, column {column})")
