"""What somebody may have their own way: keys, colours, an editor, text to take along, more room."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import SimpleNamespace
from typing import Any

import pytest
from textual.widgets import Input

import nqpf_assess.tui
from nqpf_assess.files.cache import CACHE_VARIABLE
from nqpf_assess.files.library import LAST_ANSWERS
from nqpf_assess.files.store import AnswerFile
from nqpf_assess.locale import Message, fill
from nqpf_assess.session.remembered import Remembered, recall, remember
from nqpf_assess.tui.answering.own_editor import edited
from nqpf_assess.tui.answering.questions import QuestionsPage
from nqpf_assess.tui.answering.sheet import sheet
from nqpf_assess.tui.answering.support import SupportPage
from nqpf_assess.tui.drawing.acts import NAMED, key_shown, keys_of
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.home.about import AboutPage, every_act
from nqpf_assess.tui.home.help import HelpPage
from nqpf_assess.tui.home.menu import MenuPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.tools.checking import CheckFilePage
from tests.tui.driving import Drive, at, drive


def set_to(folder: Path, written: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(written, encoding="utf-8")


def test_keys_colours_and_signs_of_ones_own(file: Path, content: Path, own_surroundings: Path) -> None:
    set_to(
        own_surroundings,
        'theme = "dusk"\nascii = true\n[keys]\nonward = "f6"\nstate-dk = "f12"\nonwards = "x"\n'
        'beside-evidence = "f11"\n'
        '[themes.dusk]\nprimary = "#ff8800"\n',
    )

    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        assert drive.app.theme == "nqpf-dusk"
        assert drive.app.current_theme.primary == "#ff8800"
        assert drive.app.plain_glyphs
        assert any("Don't know" in line and line.endswith("F12") for line in drive.lines)
        tails = {row.id: row.tail for row in sheet(drive.session, "answers", "share", drive.page.speech)}
        assert tails["evidence"] == "F11"
        drive.session.give("answers", "share", Decimal(4))  # of so much evidence is wanted
        tails = {row.id: row.tail for row in sheet(drive.session, "answers", "share", drive.page.speech)}
        assert tails["evidence"] == "F11"
        await drive.press("f6")
        assert page.at == "plan"
        await drive.press("pagedown")
        assert page.at == "plan"
        await drive.press("f12")
        assert drive.session.given("answers", "plan").state == "dk"
        drive.app.action_about()
        await drive.on(AboutPage)
        assert 'no command "onwards"' in drive.text
        assert "settings.toml" in "".join(drive.text.split())

    drive(steps, file=file, content=(content,))


def test_a_setting_that_cannot_be_taken_is_said_and_the_app_starts(own_surroundings: Path) -> None:
    set_to(own_surroundings, 'language = "fr"\n')

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        said = " ".join(drive.text.split())
        assert "settings.toml, line 1: “fr” cannot be taken for “language”" in said
        drive.check_frame()

    drive(steps)


def test_letters_beside_the_rows_lead_to_each_of_them(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("ctrl+g")
        labels = page.pane.sheet.labels
        assert len(set(labels.values())) == len(labels) > 3
        place, letter = list(labels.items())[-1]
        await drive.press(letter)
        assert (page.pane.sheet.cursor, page.pane.sheet.labels) == (place, {})
        assert drive.session.answers.answers == {}

    drive(steps, file=file, content=(content,))


def test_a_letter_is_the_same_key_with_caps_lock(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("D")
        assert drive.session.given("answers", "plan").state == "dk"

    drive(steps, file=file, content=(content,))


def test_g_goes_to_the_first_row_and_capital_g_to_the_last(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("G")
        assert page.pane.sheet.current == "confidence"
        await drive.press("g")
        assert page.pane.sheet.current == "value:0"

    drive(steps, file=file, content=(content,))


def test_a_file_is_opened_to_look_at_only_where_that_is_asked_for(
    file: Path, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()

    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("1")
        assert page.at == "plan"
        assert "--read-only" in drive.text
        assert drive.session.answers.answers == {}

    cache = tmp_path / "cache"
    monkeypatch.setenv(CACHE_VARIABLE, str(cache))
    drive(steps, file=file, content=(content,), read_only=True)
    assert file.read_bytes() == before
    assert recall().recent == (), "what is only looked at leaves nothing of itself on this computer"
    assert list(cache.glob("*.json"))
    assert not list(cache.glob(f"{LAST_ANSWERS}*"))


def test_going_on_from_an_answer_that_is_only_looked_at_is_not_told_as_taking_it(sample: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "rd_intensity")
        await drive.press("9", "enter")
        assert page.at != "rd_intensity"
        assert "Taken" not in drive.text

    drive(steps, file=sample, read_only=True)


def test_a_file_that_is_open_elsewhere_is_remembered_by_its_own_rubric(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("1")
        assert page.at == "plan"
        if drive.session.follows:
            drive.app.memory = Remembered()
            remember(drive.app.memory)
            drive.app.note_recent()  # that a change was refused is no reason to forget it

    with AnswerFile(file):
        drive(steps, file=file, content=(content,))
        noted = recall().recent
        assert [seen.path for seen in noted] == [str(file)]
        drive(steps, file=file, content=(content,), weights="hills")
        assert recall().recent == noted, "the start page tells of a file what its own rubric gives"


def test_the_page_is_copied_as_text(file: Path, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("down", "space", "f9")
        await drive.on(MenuPage)
        await drive.write("copy")
        await drive.press("enter")
        await drive.until(lambda: "Copied as text" in drive.text)
        copied = drive.app.clipboard
        assert "How is it steered" in copied
        assert "F9" not in copied
        assert "\x1b" not in copied

    drive(steps, file=file, content=(content,))


def test_a_note_is_written_in_an_editor(file: Path, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = file.parent / "editor.py"
    script.write_text("import sys; open(sys.argv[1], 'a').write(' and [b]more')", encoding="utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)

    async def steps(drive: Drive) -> None:
        monkeypatch.setattr(type(drive.app), "suspend", lambda self: nullcontext())
        await at(drive, "plan")
        await drive.press("down", "space", "f5")
        await drive.on(SupportPage)
        await drive.press("tab")
        await drive.write("first")
        await drive.press("f4")
        assert "EDITOR=nano" in drive.said
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
        await drive.press("f4", "escape")
        assert drive.session.given("answers", "plan").note == "first and [b]more"
        script.write_text("import sys; open(sys.argv[1], 'wb').write('编辑器写的'.encode('gbk'))", encoding="utf-8")
        await drive.press("f5")
        await drive.on(SupportPage)
        await drive.press("tab", "f4", "escape")
        assert drive.session.given("answers", "plan").note == "编辑器写的"
        script.write_text("import sys; open(sys.argv[1], 'wb').write(bytes([0xff, 0xff, 0x81]))", encoding="utf-8")
        await drive.press("f5")
        await drive.on(SupportPage)
        await drive.press("tab", "f4")
        assert "What the editor wrote cannot be taken" in drive.said
        await drive.press("escape")
        assert drive.session.given("answers", "plan").note == "编辑器写的"
        monkeypatch.setenv("EDITOR", "no-such-editor")
        await drive.press("f5")
        await drive.on(SupportPage)
        await drive.press("f4")
        assert "could not be run" in drive.said
        monkeypatch.setenv("EDITOR", "nano '~/my notes")
        await drive.press("f4")
        assert "EDITOR cannot be read as a command: a quotation mark is open" in drive.said
        monkeypatch.setenv("VISUAL", "vim 'open")
        await drive.press("f4")
        assert "VISUAL cannot be read as a command" in drive.said

    drive(steps, file=file, content=(content,))


def test_the_list_beside_gives_its_room(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        narrow = page.pane.size.width
        await drive.press("ctrl+o")
        await drive.until(lambda: page.pane.size.width == 120)
        drive.check_frame()
        await drive.press("f2")
        assert page.outline.has_focus
        await drive.press("escape", "ctrl+o")
        await drive.until(lambda: page.pane.size.width == narrow)
        drive.app.action_tool("check")
        await drive.on(CheckFilePage)
        await drive.press("ctrl+o")
        await drive.until(lambda: "Nothing stands beside" in drive.said)
        assert not drive.app.alone
        await drive.press("x", "ctrl+g")
        assert "not while a field has" in drive.said
        drive.app.action_home()
        await drive.on(HomePage)
        await drive.press("f9")
        await drive.on(MenuPage)
        await drive.press("f9")
        await drive.on(HomePage)
        for key, said in (
            ("ctrl+z", "none is open now"),
            ("ctrl+y", "none is open now"),
            ("ctrl+s", "nothing to save"),
        ):
            drive.page.hush()
            await drive.press(key)
            assert said in drive.said

    drive(steps, file=file, content=(content,), size=(120, 40))


def test_typed_letters_narrow_the_help_down(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("f1")
        page = await drive.on(HelpPage)
        for _ in range(6):  # Enter reads on, and from the end back
            if drive.app.screen is page:
                await drive.press("enter")
                assert "no row" not in page.said
        await drive.on(QuestionsPage)
        await drive.press("f1")
        await drive.on(HelpPage)
        assert "Keys on this page" in drive.text
        await drive.write("jok")
        assert "Nothing in the help fits" in drive.text
        await drive.press("ctrl+u")
        await drive.write("applicable")
        assert "F7 or X" in drive.text
        assert "Next question" not in drive.text
        await drive.press("escape")

    drive(steps, file=file, content=(content,))


def test_letters_narrow_the_menu_down_and_never_move_in_it(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("f9")
        await drive.on(MenuPage)
        await drive.press("k", "j")
        assert drive.page.query_one("#filter", Input).value == "kj"
        await drive.press("ctrl+u")
        assert drive.page.query_one("#rows").has_focus  # so that digits choose again
        await drive.write("cx")
        assert "Take the last change back" in drive.text
        await drive.press("ctrl+u")
        await drive.write("word")
        assert "6  Report" in drive.text
        await drive.press("down", "backspace")  # from the list as well it is the field that it shortens
        assert drive.page.query_one("#filter", Input).value == "wor"

    drive(steps, file=file, content=(content,))


def pages_below(page: type[Page]) -> Iterator[type[Page]]:
    """Every kind of page, however far down."""
    for kind in page.__subclasses__():
        yield kind
        yield from pages_below(kind)


def test_every_key_is_written_as_keyboards_do() -> None:
    """No name of a library's own, such as `equals_sign`, stands in the help."""
    for module in walk_packages(nqpf_assess.tui.__path__, "nqpf_assess.tui."):
        import_module(module.name)
    acts = {act for page in pages_below(Page) for act in (*page.ACTS, *page.SHARED)}
    shown = {key_shown(key, "en") for act in acts for key in keys_of(act, {})}
    assert {"+", "=", "Ctrl+L"} <= shown
    assert [key for key in shown if "_" in key] == []
    assert {"compare", "put-back", "slide", "places"} <= {act.id for act in every_act()}
    own = {(act.id, key) for act in acts for key in keys_of(act, {})}
    assert {(id, key) for id, keys in NAMED.items() for key in keys.split(",")} <= own  # as messages name them


@pytest.mark.parametrize(
    ("settings", "words", "said"),
    [
        ({"beside-evidence": "f11"}, "Please name the evidence: F5", "Please name the evidence: F11"),
        ({"onward": "f5"}, "请注明佐证：按 F5", "请注明佐证：按 F9"),
        ({"onward": "f9"}, "In the menu (F9)", "In the menu (Ctrl+P)"),
        ({"app-undo": "ctrl+u"}, "按Ctrl+Z可撤销，Ctrl+ZZ", "按Ctrl+U可撤销，Ctrl+ZZ"),
        ({}, "F1 shows all", "F1 shows all"),
    ],
)
def test_messages_name_the_keys_that_hold(settings: dict[str, str], words: str, said: str) -> None:
    """None names a key that somebody gave to something else; what has no key left is in the menu."""
    assert Speech(keymap=settings).tell(Message(words)) == said


def test_a_name_that_reads_like_a_key_stays_as_it_is_written() -> None:
    """A firm called “F1 Racing” is not shown under the key that somebody set for help."""
    speech, words = Speech(keymap={"app-help": "f12"}), Message("{name}: F1 explains it")
    assert speech.tell(words, name="F1 Racing") == "F1 Racing: F12 explains it"
    assert speech.sentences(fill(words, name={"en": "F1 Racing", "zh": ""})) == "F1 Racing: F12 explains it"


def test_what_is_said_on_opening_names_the_keys_that_hold(file: Path, content: Path, own_surroundings: Path) -> None:
    set_to(own_surroundings, '[keys]\napp-menu = "f12"\n')
    words = file.read_text(encoding="utf-8").replace('id = "small", version = "', 'id = "small", version = "1.')
    file.write_text(words, encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: "In the menu (F12)" in drive.said)

    drive(steps, file=file, content=(content,))


def test_on_windows_the_command_of_an_editor_keeps_its_backslashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "tools\\edit"
    editor.write_text('#!/bin/sh\nprintf more >> "$2"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{editor} -w")
    app: Any = SimpleNamespace(suspend=nullcontext)
    assert edited(app, "one, ") == "one, more"
