"""The one way in for text written by people and files: cleaned once, then drawn as it is and never read as markup."""

import unicodedata
from collections.abc import Container

LIMIT = 20_000
"""Characters of one text that a report will carry; a longer one ends in an ellipsis."""

GETA = "〓"
"""U+3013, the mark Chinese printers set where a character is not in the case."""

_SPACES = (0x09, 0x0B, 0x0C, 0x1680, 0x205F, *range(0x2000, 0x200B))
_NO_BREAK_SPACES = (0x2007, 0x202F)
_LINE_ENDS = (0x85, 0x2028, 0x2029)
_UNSEEN = (
    *range(0x20),  # C0 controls
    *range(0x7F, 0xA0),  # C1 controls
    0xAD,  # soft hyphen
    0x34F,  # combining grapheme joiner
    0x61C,  # Arabic letter mark
    *range(0x115F, 0x1161),  # Hangul fillers
    *range(0x17B4, 0x17B6),
    *range(0x180B, 0x1810),  # Mongolian selectors
    *range(0x200B, 0x2010),  # zero-width characters and direction marks
    *range(0x202A, 0x202F),  # bidirectional embeddings and overrides
    *range(0x2060, 0x2070),  # word joiner, invisible operators, isolates
    0x3164,
    *range(0xD800, 0xE000),  # lone surrogates
    *range(0xFDD0, 0xFDF0),  # noncharacters
    *range(0xFE00, 0xFE10),  # variation selectors
    0xFEFF,
    0xFFA0,
    *range(0xFFF0, 0xFFFC),  # interlinear annotations
    *range(0xFFFE, 0x10000),
    *range(0xE0000, 0xE1000),  # tags and further variation selectors
)
_TABLE: dict[int, str | None] = (
    dict.fromkeys(_UNSEEN)
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_NO_BREAK_SPACES, "\N{NO-BREAK SPACE}")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | {0x0A: "\n"}
)


def clean(text: str, *, limit: int = LIMIT) -> str:
    """Return a text as it may be shown: in NFC, without unseen characters, no longer than `limit`.

    Tabs and odd spaces become spaces, line separators become newlines. Controls, zero-width and bidirectional marks,
    variation selectors, tags and lone surrogates are dropped, so that what is read is what is there.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return text
    seen = unicodedata.normalize("NFC", text[: 2 * limit].replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE))
    return seen if len(seen) <= limit and len(text) <= 2 * limit else seen[: limit - 1] + "…"


def clean_line(text: str, *, limit: int = 300) -> str:
    """Return a text cleaned for a place that holds one line: a title, a file's property, an alternative text."""
    return " ".join(clean(text, limit=limit).split())


def combines(character: str) -> bool:
    """Return whether a character is a mark set over, under or around the letter before it."""
    return unicodedata.category(character) in ("Mn", "Me")


def replace_missing(text: str, drawable: Container[str], missing: set[str]) -> str:
    """Put 〓 for each character that is not `drawable` and add it to `missing`; newlines stay.

    A combining mark takes no place of its own: one that is not drawable is left out, so that the letter under two
    hundred of them stays readable.
    """
    absent = {character for character in set(text) if character not in drawable and character != "\n"}
    if not absent:
        return text
    missing |= absent
    return text.translate({ord(character): None if combines(character) else GETA for character in absent})
