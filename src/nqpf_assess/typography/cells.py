"""Text in terminal cells, a hanzi taking two: broken into lines by the rules of `linebreak`, padded, cut short."""

from functools import lru_cache

from rich.cells import cell_len

from nqpf_assess.typography.linebreak import Measured

WIDE = 2
"""Cells that a hanzi takes, and so the narrowest column that can hold any text."""


@lru_cache(maxsize=4096)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Break a text into lines of at most `width` cells; each newline begins a new one. No text gives one empty line."""
    lines = Measured(text, [cell_len(character) for character in text], {}).lines(max(width, WIDE))
    return tuple(text[line.start : line.end] for line in lines)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Pad a text to a width in cells; `right`: on its left side."""
    blank = " " * max(0, width - cell_len(text))
    return blank + text if right else text + blank


def short(text: str, width: int) -> str:
    """Cut a text to one line, with an ellipsis where something is left out."""
    if cell_len(text) <= width:
        return text
    kept = ""
    for letter in text:
        if cell_len(kept + letter) > width - 1:
            break
        kept += letter
    return kept + "…"
