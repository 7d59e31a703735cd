"""The last line names keys: every one that it names does something there, on every page of the six steps and beside."""

import re
import time
from pathlib import Path

import pytest

from tests.tui.driving import BOTH
from tests.tui.terminal import Terminal

NAMES = {
    "Enter": "enter",
    "回车": "enter",
    "Space": " ",
    "空格": " ",
    "→": "right",
    "PgUp": "pageup",
    "PgDn": "pagedown",
    "Esc": "escape",
    "−": "-",
}
"""What the last line calls the keys whose name is not what a terminal is sent."""

BACK = {"right": "left", " ": " ", "pageup": "pagedown", "pagedown": "pageup", "+": "delete", "-": "delete", "f2": "f2"}
"""What takes back what a key did; Esc for all that is not named here."""

LEAVES = ("escape", "enter", "f10", "0–9", "s", "tab")
"""Keys that go on, go away or write a file: the walks of the other tests press them."""

VIEWS = {"1": 1, "2": 1, "3": 2, "4": 5, "5": 3, "6": 1}
"""The six steps, by their digit in the menu, and how many views each has."""

MOMENT = 3.0
"""Seconds after which a key is said to do nothing; what a key does comes within a few frames."""


def named(terminal: Terminal) -> list[str]:
    """The keys that the last line names, as a terminal is sent them."""
    words = [part.split()[0] for part in re.split(r"\s{2,}", terminal.rows[-1].strip()) if part]
    return [NAMES.get(word, word.lower()) for word in words]


def acts(terminal: Terminal, key: str) -> bool:
    """Press a key and wait until something is drawn anew."""
    before, end = terminal.look, time.monotonic() + MOMENT
    terminal.send(key).until(lambda terminal: terminal.look != before or time.monotonic() > end).settle()
    return terminal.look != before


def idle(terminal: Terminal, pressed: set[str], step: str = "") -> list[str]:
    """Press every key that the last line names, each taken back again; return those that do nothing."""
    found = []
    for key in named(terminal):
        if key in LEAVES or (key in ("f1", "f9") and key in pressed):  # these two are the same on every page
            continue
        pressed.add(key)
        here = terminal.rows[2]
        if not acts(terminal, key):
            found.append(f"{key}\n{terminal.text}")
            continue
        acts(terminal, BACK.get(key, "escape"))
        if step and terminal.rows[2] != here:
            acts(terminal, "f9")
            acts(terminal, step)
    return found


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_every_key_of_the_last_line_does_something(sample: Path, size: tuple[int, int], language: str) -> None:
    pressed: set[str] = set()
    found = []
    with Terminal("--lang", language, size=size) as terminal:
        terminal.until({"en": "Menu", "zh": "菜单"}[language]).settle()
        for key in ("", "1", "f3"):
            found += idle(terminal, pressed) if not key or acts(terminal, key) else [f"{key}\n{terminal.text}"]
    with Terminal("--lang", language, "assess", str(sample), size=size) as terminal:
        terminal.until({"en": "Menu", "zh": "菜单"}[language]).settle()
        for step, views in VIEWS.items():
            acts(terminal, "f9")
            acts(terminal, step)
            for _ in range(views):
                found += idle(terminal, pressed, step)
                if views > 1:
                    acts(terminal, "right")
    assert found == []
    assert {"f1", "f2", "f3", "f9", "right", "+", " ", "pageup"} <= pressed
