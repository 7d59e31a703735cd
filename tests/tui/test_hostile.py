"""Texts that would steer a terminal, a markup parser or a layout: they are shown as text, on every page."""

import re
import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.problem import errors
from nqpf_assess.model.scorecard import OVERALL
from nqpf_assess.session.desk import Wanted, new_desk
from nqpf_assess.tui.answering.questions import FactsPage, QuestionsPage
from nqpf_assess.tui.answering.support import SupportPage
from nqpf_assess.tui.frame.dialogs import FilePage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.results.results import ExplainPage
from nqpf_assess.tui.widgets.fields import LineField, TextField
from tests.session.conftest import BASELINE, HILLS, QUESTIONNAIRE
from tests.support.scored import every_other
from tests.tui.driving import LANGUAGES, SIZES, Drive, drive
from tests.tui.terminal import Terminal

pytestmark = pytest.mark.long

HOSTILE = (
    "[/b][red]x[/] $HOME {0} %s \x1b[31mred\x1b]0;HACKED\x07 \x9b2J "
    "\u202egnorw\u202c \u2066iso\u2069 zal" + "\u0301" * 40 + "go 👩‍👩‍👧🇨🇳👍🏽 𠮷㐂𪚥 （“——……”）、，。 "
)
LONG_WORD = "W" * 2000
NOTE = f"{HOSTILE}\n{LONG_WORD}\n\t第二行"


@pytest.mark.parametrize("kind", [LineField, TextField])
@pytest.mark.parametrize("words", ["[/", "x[/b]", "[tce]", "2.69[note 1]"])
def test_what_stands_in_the_frame_of_a_field_is_no_markup(kind: type[LineField | TextField], words: str) -> None:
    """A unit, or what is typed and quoted because it cannot be taken."""
    field = kind()
    field.border_title = field.border_subtitle = words
    assert [field._border_title.plain, field._border_subtitle.plain] == [words, words]  # type: ignore[union-attr]


def explains(drive: Drive, node: str) -> bool:
    return isinstance(drive.app.screen, ExplainPage) and drive.app.screen._node == node


def poisoned(value: Any, key: str = "") -> Any:
    """Put the hostile text into every text of a file."""
    if isinstance(value, dict):
        return {name: poisoned(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [poisoned(part) for part in value]
    return f"{value}{HOSTILE}" if key in ("en", "zh") else value


@pytest.fixture
def poison(tmp_path: Path) -> Path:
    """Content whose every text is hostile, one option a word of 2,000 letters, and an assessment as bad."""
    root = tmp_path / "poison"
    (root / "questionnaires").mkdir(parents=True)
    (root / "weights" / "small").mkdir(parents=True)
    for name, text in (
        ("questionnaires/small", QUESTIONNAIRE),
        ("weights/small/baseline", BASELINE),
        ("weights/small/hills", HILLS),
    ):
        data = poisoned(tomllib.loads(text))
        if name.endswith("/small"):
            data["questions"]["plan"]["levels"][1]["en"] = HOSTILE + LONG_WORD
            data["questions"]["share"]["help"]["en"] = HOSTILE + LONG_WORD
            for measure in data["countermeasures"].values():  # braces in a KPI name figures, and {0} is none
                measure["kpi"] = {language: said.replace("{0}", "") for language, said in measure["kpi"].items()}
        (root / f"{name}.toml").write_bytes(tomli_w.dumps(data).encode())
    return root


@pytest.fixture
def victim(poison: Path, tmp_path: Path) -> Path:
    library = Library(roots((poison,)))
    instrument, problems = library.instrument("small", "baseline")
    assert instrument is not None, errors(problems)
    path = tmp_path / "work" / "an[b]he\x1b[31m.toml"
    subject = Subject(name=HOSTILE, period=HOSTILE, respondent=LONG_WORD)
    desk = new_desk(library, path, Wanted("small", subject=subject))
    desk.session.put("answers", "plan", value=2, note=NOTE, evidence=(HOSTILE, LONG_WORD))
    desk.session.put("answers", "share", value="0.1", note=HOSTILE)
    desk.session.put("answers", "review", state="na", reason=NOTE)
    desk.session.put("answers", "story", value=NOTE)
    desk.session.put("facts", "zone", value="hills", note=NOTE)
    desk.session.give("answers", "tools", frozenset({"audit"}))
    desk.close()
    return path


def clean_lines(drive: Drive) -> None:
    drive.check_frame()
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", drive.text.replace("\n", ""))


@pytest.mark.parametrize(("size", "language"), every_other(list(zip(SIZES, LANGUAGES, strict=True))))
def test_every_page_shows_hostile_texts_as_text(
    poison: Path, victim: Path, size: tuple[int, int], language: str
) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        for step in "123456":
            await drive.press("f9", step)
            await drive.pilot.pause()
            for _ in range(4 if step in "45" else 1):
                clean_lines(drive)
                await drive.press("right")
            for key in ("f1", "f9", "f2", "f3") if step in "12" else ("f1",):
                await drive.press(key)
                await drive.pilot.pause()
                clean_lines(drive)
                await drive.press("escape")
                await drive.pilot.pause()
        assert "[/b][red]" in drive.text or step == "6"
        for question in drive.session.visible:
            drive.app.show_question(f"answers:{question}")
            page: QuestionsPage = await drive.on(QuestionsPage)
            await drive.until(partial(lambda page, question: page.at == question, page, question))
            clean_lines(drive)
            await drive.press("f5")
            await drive.on(SupportPage)
            clean_lines(drive)
            await drive.press("escape")
            await drive.on(QuestionsPage)
        drive.app.show_question("facts:zone")
        await drive.on(FactsPage)
        clean_lines(drive)
        for node in (OVERALL, "new", "spending", "plan"):
            drive.app.push_screen(ExplainPage(node))
            await drive.on(ExplainPage)
            await drive.until(partial(explains, drive, node))
            clean_lines(drive)
        note = drive.session.given("answers", "plan").note
        assert note == NOTE
        taken: list[str | None] = []
        drive.app.ask(FilePage("an[b]he\x1b]0;HACKED\x07\u202egnp.toml"), taken.append)
        await drive.on(FilePage)
        clean_lines(drive)
        await drive.press("enter")
        assert taken == ["an[b]he\x1b]0;HACKED\x07\u202egnp.toml"]  # drawn otherwise, and the same name
        drive.app.action_home()
        await drive.on(HomePage)
        clean_lines(drive)

    drive(steps, size=size, language=language, file=victim, content=(poison,))


@pytest.mark.parametrize("size", every_other(SIZES))
def test_no_text_of_a_file_reaches_the_terminal_as_a_command(poison: Path, victim: Path, size: tuple[int, int]) -> None:
    with Terminal("assess", str(victim), folder=poison, size=size) as terminal:
        terminal.until("[/b]")
        for step in "123456":
            terminal.send("f9").until("1  ").send(step).settle()
            assert terminal.faults() == []
        terminal.send("f9").until("1  ").send("2").settle().send("f5").settle()
        assert "HACKED" not in terminal.screen.title
        assert b"\x1b]0;" not in terminal.written
        assert b"\xc2\x9b" not in terminal.written
        assert "\u202e".encode() not in terminal.written
        terminal.send("escape", "ctrl+q")
        assert terminal.wait() == 0


def test_a_paste_with_commands_in_it_stays_text(poison: Path, victim: Path) -> None:
    with Terminal("assess", str(victim), folder=poison) as terminal:
        terminal.until("[/b]")
        terminal.send("f9").until("1  ").send("2").settle().send("f5").settle()
        terminal.send("tab").settle()
        terminal.paste("\x1b]0;OWNED\x07 pasted [/red] \x1b[2J text").until("pasted")
        assert "OWNED" not in terminal.screen.title
        assert b"\x1b]0;" not in terminal.written
        terminal.send("escape", "ctrl+q")
        assert terminal.wait() == 0
