"""Colours: every text can be read on what it stands on, whatever the theme (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

import nqpf_assess.tui
from nqpf_assess.tui.drawing.themes import THEMES

STYLES = (Path(nqpf_assess.tui.__file__).parent / "app.tcss").read_text(encoding="utf-8")
GROUNDS = ("background", "panel", "waiting-background")
"""What text stands on: pages, the first and last line, a marked row whose list has not the keys."""

DRAWN = ("rest",)
"""Colours of bars, rules and borders, no text."""

OWN = tuple(theme for theme in THEMES if not theme.ansi)


def colours(theme: Theme) -> dict[str, str]:
    """All colours of a theme by the names that the styles use."""
    names = ("primary", "secondary", "warning", "error", "success", "foreground", "background", "surface", "panel")
    return {name: str(getattr(theme, name)) for name in names} | {name: str(c) for name, c in theme.variables.items()}


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(name: str) -> float:
        parts = [part / 255 for part in Color.parse(name).rgb]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_what_it_stands_on(theme: Theme) -> None:
    found = colours(theme)
    texts = set(re.findall(r"color: \$([a-z-]+)", STYLES)) - {"background", "panel"}
    pairs = [
        (text, ground)
        for text in texts - set(DRAWN)
        for ground in ([text.replace("foreground", "background")] if "-" in text and text in found else GROUNDS)
        if not text.endswith("-background")
    ]
    weak = {pair: round(contrast(found[pair[0]], found[pair[1]]), 2) for pair in pairs}
    assert len(pairs) > 20
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 4.5}


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_what_is_drawn_can_be_seen(theme: Theme) -> None:
    found = colours(theme)
    assert {name for name in DRAWN if contrast(found[name], found["background"]) < 3} == set()


def test_the_name_of_a_field_is_text() -> None:
    assert re.search(r"Input, TextArea \{[^}]*border-title-color: \$quiet", STYLES)
