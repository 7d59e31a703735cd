"""The last line names keys: every one that it names does something there, on every page of the six steps and beside."""

import re
from pathlib import Path

import pytest

from nqpf_assess.tui.answering.questions import FactsPage, QuestionsPage
from nqpf_assess.tui.answering.review import ReviewPage
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.results.plan import PlanPage
from nqpf_assess.tui.results.report import ReportPage
from nqpf_assess.tui.results.results import ResultsPage
from tests.tui.driving import ENGLISH, Drive, drive

pytestmark = pytest.mark.long

NAMES = {
    "Enter": "enter",
    "回车": "enter",
    "Space": "space",
    "空格": "space",
    "→": "right",
    "PgUp": "pageup",
    "Esc": "escape",
    "+": "plus",
    "−": "minus",
}
"""What the last line calls the keys that have another name."""

BACK = {"right": "left", "space": "space", "f2": "f2", "plus": "delete", "minus": "delete"}
"""What takes back what a key did on its page; Esc leaves the pages that the others open."""

LEAVES = ("escape", "enter", "f10", "0–9", "s", "e", "tab")
"""Keys that go on, go away, write a file or move the cursor alone: the walks of the other tests press them."""

EVERYWHERE = ("f1", "f9")
"""Keys that are the same on every page, tried once."""

STEPS: dict[str, type[Page]] = {
    "1": FactsPage,
    "2": QuestionsPage,
    "3": ReviewPage,
    "4": ResultsPage,
    "5": PlanPage,
    "6": ReportPage,
}
VIEWS = {"3": 2, "4": 5, "5": 3}
"""The six steps by their digit in the menu, and how many views those have that have several."""

CALM, PATIENCE = 4, 12
"""Turns of the program's loop without a change that are a rest, and rests after which a key is said to do nothing."""


async def still(drive: Drive) -> tuple[object, str]:
    """Wait until nothing changes any more; return the page and what stands on it."""
    seen, turns = (drive.app.screen, drive.text), 0
    while turns < CALM:
        await drive.pilot.pause()
        now = (drive.app.screen, drive.text)
        seen, turns = now, turns + 1 if now == seen else 0
    return seen


async def acts(drive: Drive, key: str) -> bool:
    """Press a key and wait for what comes of it: whether another page is open, or something else stands on this one."""
    before = await still(drive)
    await drive.press(key)
    for _ in range(PATIENCE):
        if await still(drive) != before:
            return True
    return False


async def idle(drive: Drive, pressed: set[str], step: str = "") -> list[str]:
    """Press every key that the last line names, each taken back again; return those that do nothing."""
    found, page = [], type(drive.page)
    words = [part.split()[0] for part in re.split(r"\s{2,}", drive.lines[-1].strip()) if part]
    for key in (NAMES.get(word, word.lower()) for word in words):
        if key in LEAVES or (key in EVERYWHERE and key in pressed):
            continue
        pressed.add(key)
        if not await acts(drive, key):
            found.append(f"{key}\n{drive.text}")
        elif key == "pageup":
            await drive.press("f9", step)
        else:
            await acts(drive, BACK.get(key, "escape"))
        await drive.on(page)
    return found


@pytest.mark.parametrize(("size", "language"), ENGLISH)
def test_every_key_of_the_last_line_does_something(sample: Path, size: tuple[int, int], language: str) -> None:
    found: list[str] = []
    pressed: set[str] = set()

    async def at_the_start(drive: Drive) -> None:
        for key in ("", "1", "f3"):
            assert not key or await acts(drive, key)
            found.extend(await idle(drive, pressed))

    async def in_the_steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        for step, page in STEPS.items():
            await drive.press("f9", step)
            await drive.on(page)
            for view in range(VIEWS.get(step, 1)):
                assert view == 0 or await acts(drive, "right")
                found.extend(await idle(drive, pressed, step))

    drive(at_the_start, size=size, language=language)
    drive(in_the_steps, size=size, language=language, file=sample)
    assert found == []
    assert {"f1", "f2", "f3", "f9", "right", "plus", "space", "pageup"} <= pressed
