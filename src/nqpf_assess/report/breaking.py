"""Breaking text into lines of terminal cells: Latin words whole, Chinese anywhere but where punctuation forbids it."""

from collections.abc import Iterator

from rich.cells import cell_len

NO_START = frozenset("，。；：、？！）】》〉」』”’…—·%,.;:!?)]}’”›»")
NO_END = frozenset("（【《〈「『“‘([{‹«")
WIDE = 2


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines no wider than `width` cells; newlines in it stay line ends."""
    width = max(width, WIDE)
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, width)]


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for unit, spaced in _units(text):
        joined = f"{line} {unit}" if spaced and line else line + unit
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = _cut(unit, width)
        lines += whole
    return [*lines, line]


def _units(text: str) -> Iterator[tuple[str, bool]]:
    """Give what must stay together, each with whether a space stands before it."""
    unit, spaced = "", False
    for letter in text:
        if letter == " ":
            if unit:
                yield unit, spaced
            unit, spaced = "", True
        elif unit and _parts(unit[-1], letter):
            yield unit, spaced
            unit, spaced = letter, False
        else:
            unit += letter
    if unit:
        yield unit, spaced


def _parts(before: str, after: str) -> bool:
    """Say whether a line may end between two letters without a space."""
    if after in NO_START or before in NO_END:
        return False
    return cell_len(before) == WIDE or cell_len(after) == WIDE


def _cut(unit: str, width: int) -> list[str]:
    """Cut a unit that is wider than a line."""
    if cell_len(unit) <= width:
        return [unit]
    pieces, piece = [], ""
    for letter in unit:
        if cell_len(piece + letter) > width and piece:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Pad a text to a width in cells."""
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
