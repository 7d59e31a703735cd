"""The names of several respondents as one line of a file, and back."""

import re
from collections.abc import Iterable


def joined(names: Iterable[str]) -> str:
    """Write each name once, in the order given: with the Chinese mark where any of them has letters beyond ASCII."""
    once = tuple(dict.fromkeys(names))
    return ("、" if any(not letter.isascii() for name in once for letter in name) else ", ").join(once)


def parted(*lines: str | None) -> set[str]:
    """Return the names in lines that `joined` wrote. A name that holds a comma comes in parts, the same each time."""
    return {name for line in lines for name in re.split("、|, ", line or "") if name}
