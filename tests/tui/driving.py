"""Drives the app without a terminal: keys in, model and text out."""

import asyncio
import time
import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import pytest
from textual import _wait, events
from textual.css.stylesheet import Stylesheet
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from wcwidth import wcswidth

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.model.answers import Answer
from nqpf_assess.session import Session
from nqpf_assess.session.options import Options
from nqpf_assess.tui.answering.questions import QuestionsPage
from nqpf_assess.tui.app import AssessApp
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.widgets.list import RowList
from tests.support.budget import BUDGET

PATIENCE = 60.0

# The app rests when it has used next to no processor for 5 ms; Textual waits 20, three times for every key.
_wait.SLEEP_GRANULARITY /= 4
_wait.SLEEP_IDLE /= 4

_parse, _PARSED = Stylesheet._parse_rules, dict[Any, Any]()


def _parse_once(sheet: Stylesheet, *source: Any, **named: Any) -> Any:
    """Return the rules of a source of styles, which every run of the app would parse anew."""
    key = (source, *sorted(named.items()), *sorted(sheet._variables.items()))
    if key not in _PARSED:
        _PARSED[key] = _parse(sheet, *source, **named)
    return _PARSED[key]


Stylesheet._parse_rules = _parse_once  # type: ignore[assignment,method-assign]

Opened = TypeVar("Opened", bound=Page)

SIZES = ((80, 24), (120, 40))
LANGUAGES = ("en", "zh")
EACH = list(product(SIZES, LANGUAGES)) if BUDGET >= 1 else list(zip(SIZES, LANGUAGES, strict=True))
BOTH = [pytest.param(size, language, id=f"{size[0]}-{language}") for size, language in EACH]
"""Sizes and languages: each with each in `make test-all`, narrow English and wide Chinese otherwise."""

ENGLISH, CHINESE = (BOTH, BOTH) if BUDGET >= 1 else (BOTH[:1], BOTH[1:])
"""One of the two, for a long way through pages whose looks have tests of their own; all in `make test-all`."""


def _pressed(key: str) -> events.Key:
    """Return what a terminal sends for a key: a letter, or a key by its name."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    try:
        return events.Key(key, unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key))))
    except KeyError:
        return events.Key(key, None)


@dataclass
class Drive:
    """One run of the app."""

    app: AssessApp
    pilot: Pilot[None]

    @property
    def session(self) -> Session:
        return self.app.session

    @property
    def page(self) -> Page:
        return self.app.page

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.send(_pressed(key))
            await self.pilot.pause()

    async def write(self, text: str) -> None:
        """Type a text; Pilot itself knows only letters that are words in Unicode."""
        for letter in text:
            self.send(events.Key(_character_to_key(letter), letter))
            await self.pilot.pause()

    async def paste(self, text: str) -> None:
        """Paste a text: a long one that is not about typing, since the app rests after every letter typed."""
        self.send(events.Paste(text))
        await self.pilot.pause()

    def send(self, event: events.Event) -> None:
        """Hand over what a terminal would send, without waiting for what comes of it."""
        assert self.app._driver is not None
        self.app._driver.send_message(event)

    async def until(self, wanted: Callable[[], Any]) -> None:
        end = time.monotonic() + PATIENCE
        while not wanted():
            assert self.app.fault is None, self.app.fault
            assert time.monotonic() < end, f"never came:\n{self.text}"
            await self.pilot.pause()

    async def on(self, kind: type[Opened]) -> Opened:
        """Wait for a page to be open and drawn."""
        await self.until(lambda: type(self.app.screen) is kind and self.app.screen.query("#hints"))
        await self.pilot.pause()
        assert isinstance(self.app.screen, kind)
        return self.app.screen

    async def field(self, id: str) -> None:
        """Put the keys into a field by its id: the reader's language comes first, whichever that is."""
        self.page.set_focus(self.page.query_one(f"#{id}"))
        await self.pilot.pause()

    async def row(self, id: str) -> None:
        """Put the cursor on a row by its id: a long way down is many keys, after each of which the app rests."""
        rows = self.page.query_one(RowList)
        rows.move_to([row.id for row in rows.rows].index(id))
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def said(self) -> str:
        """The message in the line above the keys."""
        return self.page._said[0]

    def check_frame(self) -> None:
        """No line is wider than the window, and the steps or a title say where we are."""
        columns = self.app.size.width
        wide = [line for line in self.lines if wcswidth(line) > columns]
        assert not wide, wide
        assert self.lines[0].strip()
        assert len(self.lines) == self.app.size.height


def drive(
    steps: Callable[[Drive], Awaitable[None]],
    *,
    size: tuple[int, int] = (80, 24),
    language: str = "en",
    file: Path | None = None,
    **options: Any,
) -> AssessApp:
    """Start the app, take the steps, leave it."""
    app = AssessApp(Options(language=language, file=file)._replace(**options))

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await steps(Drive(app, pilot))
            app.put_away()

    asyncio.run(run())
    return app


async def at(drive: Drive, question: str) -> QuestionsPage:
    """Open a question of the small questionnaire."""
    await drive.until(lambda: drive.app.desk is not None and isinstance(drive.app.screen, Page))
    drive.app.show_question(f"answers:{question}")
    page: QuestionsPage = await drive.on(QuestionsPage)
    await drive.until(lambda: page.at == question and page._painted == question)
    await drive.pilot.pause()
    return page


def saved(file: Path, content: Path, question: str) -> Answer:
    """Return the answer to a question as it stands in the file."""
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    return answers.answers[question]
