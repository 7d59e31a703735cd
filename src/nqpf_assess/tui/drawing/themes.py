"""Colours: light and dark of our own, and the terminal's sixteen for those who have set theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from textual.theme import Theme

from nqpf_assess.locale import LANGUAGES, Text, _

THEME_WORDS: Mapping[str, Text] = {
    "nqpf-dark": _("Dark"),
    "nqpf-light": _("Light"),
    "nqpf-terminal": _("The terminal's own 16 colours"),
}

_DARK = Theme(
    name="nqpf-dark",
    primary="#5fb7c4",
    secondary="#8fb8de",
    warning="#e2b45c",
    error="#ec7b7b",
    success="#86c08a",
    accent="#5fb7c4",
    foreground="#e4e6e8",
    background="#14181c",
    surface="#1c2228",
    panel="#252c33",
    dark=True,
    variables={
        "quiet": "#9aa5af",
        "rest": "#65717c",
        "cursor-background": "#23505a",
        "cursor-foreground": "#ffffff",
        "waiting-background": "#262d34",
        "here-background": "#5fb7c4",
        "here-foreground": "#0d1114",
        "other": "#b79ee0",
    },
)
_LIGHT = Theme(
    name="nqpf-light",
    primary="#0b6573",
    secondary="#24577f",
    warning="#8a5a00",
    error="#b3261e",
    success="#22692f",
    accent="#0b6573",
    foreground="#1d2226",
    background="#fbfbf9",
    surface="#f0f1ee",
    panel="#e6e8e4",
    dark=False,
    variables={
        "quiet": "#59646d",
        "rest": "#899299",
        "cursor-background": "#cde6ea",
        "cursor-foreground": "#0c1a1d",
        "waiting-background": "#e9ecea",
        "here-background": "#0b6573",
        "here-foreground": "#ffffff",
        "other": "#6a3fa0",
    },
)
_TERMINAL = Theme(
    name="nqpf-terminal",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_blue",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables={
        "quiet": "ansi_default",
        "rest": "ansi_default",
        "cursor-background": "ansi_default",
        "cursor-foreground": "ansi_default",
        "waiting-background": "ansi_default",
        "here-background": "ansi_default",
        "here-foreground": "ansi_default",
        "other": "ansi_magenta",
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_white",
        "screen-selection-background": "ansi_bright_blue",
        "screen-selection-foreground": "ansi_black",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "border-blurred": "ansi_default",
    },
)

THEMES = (_DARK, _LIGHT, _TERMINAL)
DEFAULTS = dict(_DARK.variables)


def theme_words(name: str) -> Text:
    """Name colours; those of the settings by the name they have there."""
    own = name.removeprefix("nqpf-")
    return THEME_WORDS.get(name) or dict.fromkeys(LANGUAGES, own)


def own_themes(stated: Mapping[str, Mapping[str, Any]]) -> tuple[Theme, ...]:
    """Make the themes of the settings; colours they leave out are those of the dark or light one."""
    return tuple(_own(name, colours) for name, colours in stated.items())


def _own(name: str, colours: Mapping[str, Any]) -> Theme:
    base = _DARK if colours.get("dark", True) else _LIGHT
    parts = {part: colour for part, colour in colours.items() if hasattr(base, part)}
    variables = {**base.variables, **{part: colour for part, colour in colours.items() if part in base.variables}}
    return replace(base, **{**parts, "name": f"nqpf-{name}", "variables": variables})


def theme_for(remembered: str, names: Iterable[str], *, colour: bool, environment: Mapping[str, str]) -> str:
    """Choose the colours: where none are wanted the terminal's own; else what was chosen last, else dark."""
    rich = "256color" in environment.get("TERM", "") or environment.get("COLORTERM", "") in ("truecolor", "24bit")
    if not colour or environment.get("NO_COLOR"):
        return "nqpf-terminal"
    if remembered in names:
        return remembered
    return "nqpf-dark" if rich else "nqpf-terminal"
