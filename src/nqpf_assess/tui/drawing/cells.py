"""Text in terminal cells: what may be shown, how wide it is, how it is cut and padded."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from rich.cells import cell_len

from nqpf_assess.typography.clean import clean

CUT = "…"

MARKS = 3
"""Combining marks that one letter may carry; more would climb over the lines above."""

_MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_PILED_MARKS = re.compile(f"({_MARK}{{{MARKS}}}){_MARK}+")
_FLAGS: Mapping[int, str | None] = {0x1F1E6 + index: chr(ord("A") + index) for index in range(26)}
_SKINS: Mapping[int, str | None] = dict.fromkeys(range(0x1F3FB, 0x1F400))
_DISPUTED = dict(_FLAGS) | dict(_SKINS)
"""Characters that terminals draw in different widths: flags become their letters, skin tones go."""

_PLAIN = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "—": "-",
        "–": "-",
        "…": "~",
        "·": ".",
        "×": "x",
        "÷": "/",
        "→": ">",
        "←": "<",
        "↑": "^",
        "↓": "v",
        "−": "-",
        "°": "o",
        "●": "*",
        "○": "o",
        "■": "#",
        "□": "o",
        "▲": "^",
        "▼": "v",
        "△": "^",
        "▽": "v",
        "★": "*",
        "☆": "*",
        **{chr(first + index): str(index + 1) for first in (0x2460, 0x2160, 0x2170) for index in range(9)},
        "§": "S",
        "¨": '"',
        "¶": "P",
        "′": "'",
        "″": '"',
        "※": "*",
        "℃": "C",
    }
)
"""Characters that a Chinese terminal may draw in two cells, and what stands for them with `--ascii`.

Not ‰, ≥, ≤, ± and the like, for which no one sign says the same: a figure in % is ten times one in ‰.
"""


@lru_cache(maxsize=4096)
def shown(text: str, *, plain: bool = False) -> str:
    """Return a text as a terminal may show it: no controls, nothing whose width is disputed. Lines stay lines.

    `plain`: for terminals that draw ambiguous characters wide, these in ASCII, one cell each.
    """
    if text.isascii() and text.isprintable():
        return text
    seen = _PILED_MARKS.sub(r"\1", clean(text).translate(_DISPUTED))
    seen = "".join("�" if unicodedata.category(letter) in ("Cn", "Co") else letter for letter in seen)
    return seen.translate(_PLAIN) if plain else seen


def width(text: str) -> int:
    """Count the cells that one line will take as it is shown."""
    return cell_len(shown(text))


def cut(text: str, cells: int) -> str:
    """Cut one line to so many cells; what was cut ends in an ellipsis."""
    text = shown(text)
    if cell_len(text) <= cells:
        return text
    if cells <= 0:
        return ""
    kept, used = [], 0
    for letter in text:
        used += cell_len(letter)
        if used > cells - 1:
            break
        kept.append(letter)
    return "".join(kept) + CUT


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """Bring one line to exactly so many cells: cut, or filled with spaces; `right`: on the left side."""
    fitted = cut(text, cells)
    space = " " * (cells - width(fitted))
    return space + fitted if right else fitted + space


def one_line(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())
