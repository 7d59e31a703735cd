"""Where the lines of mixed Chinese and English end in a terminal.

Chinese breaks between any two characters, except that no line starts with a closing mark or ends with an opening one
(GB/T 15834); Latin words and numbers stay whole unless they alone are wider than the line. Widths are in cells.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from rich.cells import cell_len as cells

OPENING = frozenset("（《〈「『【〔〖［｛“‘￥¥([{")
"""Marks that no line may end with."""

CLOSING = frozenset("，。、；：？！）》〉」』】〕〗］｝”’…—–·～％‰℃々ー,.;:!?)]}%")
"""Marks that no line may start with."""

_DOUBLED = frozenset("—…")


@lru_cache(maxsize=4096)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Break a text into lines of at most `width` cells; each newline begins a new one. No text gives one empty line."""
    return tuple(line for paragraph in text.split("\n") for line in _fill(paragraph, max(2, width)))


def _fill(paragraph: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for blanks, unit in _units(paragraph):
        size = cells(unit)
        if line and used + len(blanks) + size > width:
            yield line
            line, used = unit, size
        else:
            line, used = line + blanks + unit, used + len(blanks) + size
        while used > width:
            head = _most(line, width)
            yield head
            line = line[len(head) :]
            used = cells(line)
    yield line


def _most(text: str, width: int) -> str:
    """Give as much of a word that is wider than the line as fits and the rules allow; at least one character."""
    fitting = next(index for index, used in enumerate(accumulate(map(cells, text))) if used > width)
    end = fitting
    while end > 1 and (text[end] in CLOSING or text[end - 1] in OPENING):
        end -= 1
    return text[: end if end > 1 else max(1, fitting)]


def _units(paragraph: str) -> Iterator[tuple[str, str]]:
    """Give the parts between which a line may end, each with the spaces before it."""
    blanks, unit = "", ""
    for before, letter in pairwise((" ", *paragraph)):
        if letter.isspace():
            if unit:
                yield blanks, unit
                blanks, unit = "", ""
            blanks += " "
        elif unit and not _together(before, letter):
            yield blanks, unit
            blanks, unit = "", letter
        else:
            unit += letter
    if unit:
        yield blanks, unit


def _together(before: str, letter: str) -> bool:
    """Say whether no line may end between two characters."""
    if before in OPENING or letter in CLOSING or unicodedata.combining(letter) or cells(letter) == 0:
        return True
    if letter in OPENING and not letter.isascii():
        return False
    if before in _DOUBLED:
        return letter == before
    if before in CLOSING and not before.isascii():
        return before == "’" and letter.isalpha() and letter.isascii()
    return cells(before) < 2 and cells(letter) < 2
