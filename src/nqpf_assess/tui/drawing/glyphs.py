"""Signs: one set for most terminals, one in ASCII for those that draw other characters in unknown widths."""

from collections.abc import Mapping
from typing import NamedTuple


class Glyphs(NamedTuple):
    """The signs the app draws. Each stands for its meaning together with a word or a place, never by colour alone."""

    plain: bool = False
    cursor: str = "▸"
    chosen: str = "●"
    free: str = "○"
    ticked: str = "[x]"
    unticked: str = "[ ]"
    full: str = "▆"
    rest: str = "·"
    target: str = "│"
    rule: str = "─"
    more: str = "↓"
    before: str = "↑"
    up: str = "▲"
    down: str = "▼"
    opened: str = "▾"
    closed: str = "▸"
    between: str = " › "
    dot: str = " · "
    alarm: str = "!"
    states: Mapping[str, str] = {"answered": "✓", "dk": "?", "later": "»", "blank": "·", "na": "–", "hidden": " "}


UNICODE = Glyphs()
ASCII = Glyphs(
    plain=True,
    cursor=">",
    chosen="*",
    free="o",
    full="#",
    rest=".",
    target="|",
    rule="-",
    more="v",
    before="^",
    up="+",
    down="-",
    opened="v",
    closed=">",
    between=" > ",
    dot=" - ",
    states={"answered": "+", "dk": "?", "later": ">", "blank": ".", "na": "-", "hidden": " "},
)
