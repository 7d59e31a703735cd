"""What can be done, once: its keys, its words in both languages. Bindings, hints, help and menu come from here."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from textual.binding import Binding

from nqpf_assess.locale import Text, _, _c

FULL_WIDTH: Mapping[str, str] = {
    "question_mark": "fullwidth_question_mark",
    "slash": "fullwidth_solidus,ideographic_comma",
    "plus": "fullwidth_plus_sign",
    "equals_sign": "fullwidth_equals_sign",
    "minus": "fullwidth_hyphen_minus",
    "left_square_bracket": "left_black_lenticular_bracket",
    "right_square_bracket": "right_black_lenticular_bracket",
}
"""Keys as a Chinese keyboard sends them while its input method is on."""

KEY_WORDS: Mapping[str, Text] = {
    "enter": _("Enter"),
    "space": _("Space"),
    "escape": _("Esc"),
    "up": _("↑"),
    "down": _("↓"),
    "left": _("←"),
    "right": _("→"),
    "pageup": _("PgUp"),
    "pagedown": _("PgDn"),
    "question_mark": _("?"),
    "slash": _("/"),
    "tab": _("Tab"),
    "plus": _("+"),
    "minus": _("−"),
    "equals_sign": _("="),
    "delete": _("Del"),
}


class Act(NamedTuple):
    """One thing that can be done. `keys`: as Textual names them, the first is shown; `hint`: its word in the last line.

    `everywhere`: the keys work while a text is typed too. `also`: other words that people look for it by.
    """

    action: str
    keys: str
    words: Text
    hint: Text | None = None
    everywhere: bool = False
    also: Text | None = None

    @property
    def id(self) -> str:
        """Its name for searching, for settings and for tests: `onward`, `state-dk`, `beside-evidence`, `turn-back`."""
        return re.sub(r"[^a-z0-9]+", "-", self.action.replace("(-1)", "-back").replace("(1)", "")).strip("-")

    def binding(self) -> Binding:
        """Make the binding; what is said about it comes from here and not from Textual.

        Letters are shown as keyboards show them, in capitals: with Shift or Caps Lock they are the same key.
        """
        keys = [key for key in self.keys.split(",") if key]
        wide = [FULL_WIDTH[key] for key in keys if key in FULL_WIDTH]
        capitals = [key.upper() for key in keys if len(key) == 1]
        return Binding(
            ",".join((*keys, *wide, *capitals)), self.action, show=False, priority=self.everywhere, id=self.id
        )


def bindings(acts: Iterable[Act]) -> list[Binding]:
    """Make the bindings of those acts that have keys of their own."""
    return [act.binding() for act in acts if act.keys and act.action]


ARROWS: Mapping[str, Text] = {
    "up": _c("key", "Up"),
    "down": _c("key", "Down"),
    "left": _c("key", "Left"),
    "right": _c("key", "Right"),
}
"""What stands for arrows where they would be drawn as other keys are: with ASCII signs only."""


def key_shown(key: str, language: str, *, plain: bool = False) -> str:
    """Write a key as keyboards do; `plain`: in ASCII signs."""
    if plain and key in ARROWS:
        return ARROWS[key][language]
    if key in KEY_WORDS:
        return KEY_WORDS[key][language]
    head, _, last = key.rpartition("+")
    shown = last.upper() if head or len(last) == 1 or last[1:].isdecimal() else last
    return f"{head.title()}+{shown}" if head else shown


def keys_of(act: Act, settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of an act: those of the settings, else its own."""
    return tuple(key for key in settings.get(act.id, act.keys).split(",") if key)


NAMED: Mapping[str, str] = {
    "app-help": "f1",
    "outline": "f2",
    "beside-evidence": "f5",
    "app-menu": "f9,ctrl+p",
    "app-undo": "ctrl+z",
    "app-leave": "ctrl+q",
    "app-alone": "ctrl+o",
    "back": "pageup",
}
"""Acts whose keys messages name by the first of these, as it is written on keyboards."""

_WRITTEN: Mapping[str, str] = {key_shown(keys.split(",")[0], "en"): id for id, keys in NAMED.items()}
_KEY = re.compile(rf"(?<![A-Za-z0-9+])(?:{'|'.join(map(re.escape, _WRITTEN))})(?![A-Za-z0-9+])")


def in_own_keys(words: str, settings: Mapping[str, str], language: str, *, plain: bool = False) -> str:
    """Return a message with the keys that its acts have by the settings; one that has none left is in the menu."""

    def key_of(id: str) -> str:
        given = {key for other, keys in settings.items() if other != id for key in keys.split(",")}
        return next((key for key in settings.get(id, NAMED[id]).split(",") if key and key not in given), "")

    def own(found: re.Match[str]) -> str:
        key = key_of(_WRITTEN[found[0]]) or key_of("app-menu")
        return key_shown(key, language, plain=plain) if key else found[0]

    return _KEY.sub(own, words) if settings else words
