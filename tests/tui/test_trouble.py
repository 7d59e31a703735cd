"""When the machine refuses: a sentence, a rescue file, nothing lost."""

import asyncio
import errno
import os
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nqpf_assess.files import store
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.locale import _
from nqpf_assess.session.comparing import year_before
from nqpf_assess.session.question_editing import is_shipped
from nqpf_assess.session.remembered import Recent, Remembered, recall, remember
from nqpf_assess.tui.answering.questions import FactsPage, QuestionsPage
from nqpf_assess.tui.frame.outside import open_folder, run_command
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.home.about import AboutPage
from nqpf_assess.tui.home.files import OpenPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.results.compare import EarlierPage
from nqpf_assess.tui.results.report import ReportPage
from nqpf_assess.tui.tools.cohort import CohortPage
from nqpf_assess.tui.tools.editors import RubricsPage
from nqpf_assess.tui.tools.files import TickPage
from nqpf_assess.tui.tools.migrating import MigrationPage
from tests.session.conftest import OTHER_UNIT, next_edition_of
from tests.tui.driving import Drive, at, drive, saved


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB, where this machine lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no tmpfs can be mounted here; fault injection below covers the rest")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(filler: Path) -> None:
    with filler.open("wb", buffering=0) as waste, suppress(OSError):
        while waste.write(b"x" * 512):
            pass


def test_a_full_disk_is_said_and_what_was_entered_is_kept(
    small_disk: Path, file: Path, content: Path, own_surroundings: Path
) -> None:
    path = Path(shutil.copy(file, small_disk / "anhe.toml"))
    filler = small_disk / "filler"

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        fill_up(filler)
        await drive.press("2")
        assert drive.session.given("answers", "plan").value == 2
        assert "the disk is full" in " ".join(drive.text.split())
        assert "NOT SAVED" in drive.text
        rescues = list((own_surroundings / "rescue").glob("*.toml"))
        assert len(rescues) == 1
        assert "plan" in rescues[0].read_text(encoding="utf-8")
        filler.unlink()
        await drive.press("ctrl+s")
        assert "NOT SAVED" not in drive.text
        assert "saved in" in drive.said

    drive(steps, file=path, content=(content,))
    assert saved(path, content, "plan").value == 2
    assert not list(small_disk.glob(".*.part"))


@pytest.mark.parametrize("room", [True, False], ids=["a rescue copy", "no room for one"])
def test_after_it_was_said_the_way_goes_on_where_a_rescue_copy_takes_the_answers(
    room: bool, file: Path, content: Path, own_surroundings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without room for one either, the answer stays on the screen, and its question with it."""
    write = store.write_whole

    def refuse(path: Path, data: bytes, **rest: object) -> None:
        if path.name == "anhe.toml" or (path.name.endswith(".rescue.toml") and not room):
            raise OSError(errno.ENOSPC, "refused", str(path))
        write(path, data, **rest)  # type: ignore[arg-type]

    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        monkeypatch.setattr(store, "write_whole", refuse)
        await drive.press("2")
        assert page.at == "plan", "what could not be saved is on the screen when that is said"
        assert "the disk is full" in " ".join(drive.text.split())
        await drive.press("1")
        assert page.at == ("review" if room else "plan")
        if room:
            await drive.press("2")
            assert page.at != "review"
            assert "NOT SAVED" in drive.text
            (rescue,) = (own_surroundings / "rescue").glob("*.toml")
            kept = saved(rescue, content, "plan"), saved(rescue, content, "review")
            assert [answer.value for answer in kept] == [1, "outside"]
        await at(drive, "share")
        await drive.write("2")
        await drive.press("enter")  # without room it stays on the screen, as is said
        assert (page.at == "share") is not room
        monkeypatch.setattr(store, "write_whole", write)

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_says_once_it_is_opened_where_lies_what_could_not_be_saved(
    read_only: bool, file: Path, content: Path
) -> None:
    """Also where nothing can be written there still, which is said behind it."""
    os.utime(file, ns=(1, 1))
    rescue = store.Rescue().keep(file, b"what was typed")
    assert rescue is not None

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: ("to look at only" in drive.said) == read_only and rescue.name in drive.said)
        await drive.press("1")
        assert rescue.name not in drive.said

    drive(steps, file=file, content=(content,), read_only=read_only)


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "permission denied")],
)
def test_every_refusal_has_its_sentence_and_leaving_asks(
    number: int, said: str, file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = store.write_whole

    def refuse(path: Path, data: bytes, **rest: object) -> None:
        if path.name == "anhe.toml":
            raise OSError(number, "refused", str(path))
        write(path, data, **rest)  # type: ignore[arg-type]

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        monkeypatch.setattr(store, "write_whole", refuse)
        noted = recall().recent
        await drive.press("2")
        assert said in " ".join(drive.text.split())
        drive.app.note_recent()
        assert recall().recent == noted, "the start page tells of a file what is in it"
        ways = (drive.app.action_leave, drive.app.action_home, partial(drive.app.action_tool, "migrate"))
        for way in (*ways, partial(drive.app.open_file, file.with_name("other.toml"))):
            way()
            await drive.until(lambda: "Leave?" in drive.text)
            assert said in " ".join(drive.text.split())
            assert "1  Try to save again" in drive.text
            await drive.press("escape")
            await drive.on(QuestionsPage)
        assert drive.session.given("answers", "plan").value == 2
        monkeypatch.setattr(store, "write_whole", write)
        await drive.press("1")
        assert "NOT SAVED" not in drive.text

    drive(steps, file=file, content=(content,))
    assert saved(file, content, "plan").value == 1


def test_a_folder_that_is_gone_is_said_and_the_answers_go_elsewhere(
    file: Path, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        shutil.rmtree(file.parent)
        await drive.press("2")
        assert "does not exist" in " ".join(drive.text.split())
        assert "rescue" in " ".join(drive.text.split())
        drive.app.note_recent()  # by its whole path, though it was opened by its name in a folder that is gone now
        drive.app.renew_library()
        assert drive.app.library.roots[1].path == file.parent
        await drive.press("ctrl+q")
        await drive.until(lambda: "Leave?" in drive.text)
        await drive.press("2")
        await drive.until(lambda: "from now on" in drive.text)
        await drive.press("ctrl+u")
        await drive.paste(str(tmp_path / "elsewhere.toml"))
        await drive.press("enter")
        await drive.on(QuestionsPage)
        assert "NOT SAVED" not in drive.text
        await drive.press("1")

    drive(steps, file=Path(file.name), content=(content,))
    monkeypatch.chdir(tmp_path)
    assert saved(tmp_path / "elsewhere.toml", content, "plan").value == 1


def test_places_that_nobody_can_look_at_end_nothing(file: Path, content: Path) -> None:
    """Links in a circle, and paths that the machine refuses to follow: forbidden folders do so as long names do."""
    (file.parent / "circle.toml").symlink_to("circle.toml")
    odd = "x" * 300
    seen = (Recent(f"/{odd}/{year}.toml", "Anhe", year) for year in ("2024", "2025"))
    remember(Remembered(recent=tuple(seen)))

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("enter")
        await drive.on(ProblemsPage)
        assert "name is too long" in drive.text
        await drive.press("escape")
        remember(recall().with_recent(Recent("/another-window.toml")))
        drive.app.open_file(file)
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.step_to("report")
        await drive.on(ReportPage)
        for tool, page in (("compare", EarlierPage), ("merge", TickPage), ("cohort", CohortPage)):
            drive.app.action_tool(tool)
            await drive.on(page)
            if tool != "cohort":
                await drive.press("escape")
        await drive.press("1", "ctrl+u")
        await drive.paste(odd)
        await drive.press("enter")
        assert "no folder" in drive.said

    drive(steps, content=(content,))
    assert [seen.path for seen in recall().recent[:2]] == [str(file), "/another-window.toml"]


def test_where_the_folder_worked_in_is_gone_files_are_listed_and_questions_edited(content: Path) -> None:
    """A stick that is pulled out, or a folder somebody takes away while the program runs."""
    gone = Path.cwd() / "gone"
    gone.mkdir()
    os.chdir(gone)
    book = Library(roots()).questionnaire("region")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        gone.rmdir()
        await drive.press("3")
        await drive.on(OpenPage)
        assert "No answer files here" in drive.text
        assert book is not None
        assert is_shipped(book)

    drive(steps, content=(content,))


def test_a_folder_that_may_not_be_looked_into_is_not_called_empty(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """“There are no answer files in it” cannot be said of what nobody can see."""
    closed = file.parent / "closed"
    closed.mkdir()
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: may(path, mode) and Path(path).absolute() != closed)
    slip = file.with_name("slip.toml")
    slip.write_text('format = "nqpf-answers/1"\nname = "', encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        for listed in (OpenPage(), TickPage(_("Merge"))):
            drive.app.push_screen(listed)
            page = await drive.on(type(listed))
            assert page.as_text().count("cannot be read as it is") == 1  # beside slip.toml alone
            listed._folder, listed._found = Path("closed"), None
            page.repaint()
            assert f"{closed} may not be looked into".replace(" ", "") in "".join(page.as_text().split())
            await drive.press("escape")
            await drive.on(HomePage)
        drive.app.action_tool("cohort")
        cohort = await drive.on(CohortPage)
        cohort._look_in(str(closed))
        assert "closed may not be looked into" in " ".join(cohort.as_text().split())

    drive(steps)


def test_answers_to_another_edition_are_said_to_be_that(file: Path, content: Path) -> None:
    """They are neither scored by the one at hand without a word, nor to be mended in an editor, line by line."""
    words = file.read_text(encoding="utf-8")
    assert 'id = "small", version = "1"' in words
    older = re.sub('id = "small", version = "1"(, digest = "[^"]*")?', 'id = "small", version = "1.9"', words)
    file.write_text(older, encoding="utf-8")
    dropped = file.with_name("dropped.toml")
    dropped.write_text(older + "\n[answers.gone]\nvalue = 1\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        await drive.on(FactsPage)
        assert "answered to edition 1.9" in drive.said
        assert "“Take answers over to the present edition”" in drive.said
        drive.app.open_file(dropped)
        await drive.on(ProblemsPage)
        assert "answered to edition 1.9" in drive.text
        assert "text editor" not in drive.text
        drive.app.action_tool("migrate")  # the way that is named leads to this file, not to the one that is open
        page = await drive.on(MigrationPage)
        assert "dropped.toml: questionnaire 1.9 → 1" in page.as_text()

    drive(steps, file=file, content=(content,))


def test_answers_in_another_unit_are_to_be_taken_over_first(file: Path, content: Path) -> None:
    """Opened as they are, Enter would confirm 2 % as 2 ‰, and `migrate` leave it so."""
    next_edition_of(content, *OTHER_UNIT)
    file.write_text(file.read_text(encoding="utf-8") + "\n[answers.share]\nvalue = 2\nyear = 2025\n", encoding="utf-8")
    before = file.read_bytes()

    async def steps(drive: Drive) -> None:
        await drive.on(ProblemsPage)
        assert "answered to edition 1" in drive.text
        assert "“Take answers over to the present edition”" in drive.text
        drive.app.action_tool("migrate")
        page = await drive.on(MigrationPage)
        assert "2% → 20‰" in page.as_text()

    drive(steps, file=file, content=(content,))
    assert file.read_bytes() == before


def test_a_broken_file_is_explained_line_by_line(file: Path, content: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "\n[answers.plan]\nvalue = 99\n[answers.plann]\nvalue = 1\n")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: "cannot be used" in drive.text)
        assert "anhe.toml:" in drive.text
        assert "plann" in drive.text
        await drive.press("escape")
        await drive.until(lambda: "Everything stays on this computer" in drive.text)

    drive(steps, file=file, content=(content,))


def test_what_cannot_be_taken_is_asked_about_before_leaving(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "share")
        await drive.write("abc")
        await drive.press("ctrl+q")
        await drive.until(lambda: "Leave?" in drive.text)
        await drive.press("1")
        await drive.on(QuestionsPage)
        assert "abc" in drive.text

    drive(steps, file=file, content=(content,))
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    assert answers.answers == {}


def test_what_a_network_folder_held_that_went_away_is_said(
    sample: Path, own_surroundings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its error is none of a missing file, and does not end the app."""
    answers, seen = Library(roots(())).open_answers(sample).answers, os.stat
    away = sample.parent / "away"
    away.mkdir()
    shutil.copy(sample, away)  # another one of its name lies in the folder that the program works in

    def gone(path: str | Path, **how: bool) -> os.stat_result:
        if Path(path).absolute().is_relative_to(away) or Path(path) == own_surroundings / "settings.toml":
            raise OSError(errno.ENOTCONN, "", str(path))
        return seen(path, **how)

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("3")
        page = await drive.on(OpenPage)
        await drive.write("away")
        await drive.press("enter")
        await drive.until(lambda: page.list.current == "file:away/sample.toml")
        await drive.write("sample.toml")
        assert page.list.current == "file:away/sample.toml"
        with monkeypatch.context() as patched:
            patched.setattr(os, "stat", gone)
            await drive.press("enter")
            await drive.on(ProblemsPage)
            drive.app.action_about()
            await drive.on(AboutPage)
            assert answers is not None
            assert year_before(answers, away / "other.toml", []) == ()

    drive(steps)


def test_on_windows_the_app_opens_and_a_signal_saves_what_is_typed(
    file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are fewer signals, loops take none of them, and nothing tells that the terminal is gone."""
    for name in ("SIGHUP", "SIGQUIT", "SIGTSTP", "SIGCONT"):
        monkeypatch.delattr(signal, name)
    monkeypatch.delattr(select, "poll")
    monkeypatch.setattr(sys, "platform", "win32")

    def refused(*_: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(asyncio.SelectorEventLoop, "add_signal_handler", refused)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    async def steps(drive: Drive) -> None:
        await at(drive, "share")
        await drive.write("2.5")
        signal.raise_signal(signal.SIGTERM)
        await drive.until(lambda: drive.app.ending)

    try:
        assert drive(steps, file=file, content=(content,)).return_code == 128 + signal.SIGTERM
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert str(saved(file, content, "share").value) == "2.5"


def test_what_a_command_says_is_read_whatever_the_encoding_of_the_system(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a pipe Python writes in that of the system, which is GBK on a Chinese Windows."""
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    said: list[str] = []

    async def steps(drive: Drive) -> None:
        said.extend(run_command(drive.app, "score", "没有的.toml")[1])

    drive(steps, language="zh", content=(content,))
    assert said == ["错误：没有的.toml 不存在"]


@pytest.mark.parametrize("tool", ["rubric", "question", "differ", "export"])
def test_content_that_goes_away_is_said_and_the_app_goes_on(tool: str, content: Path) -> None:
    """Questionnaires on a network folder or a stick may go away under any tool: none ends the app."""

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        content.rename(content.with_name("away"))
        drive.app.call_later(drive.app.action_tool, tool)
        await drive.until(lambda: "there is no folder" in drive.text)
        await drive.press("escape")
        content.with_name("away").rename(content)
        home = await drive.on(HomePage)
        home.hush()
        drive.app.call_later(drive.app.action_tool, "rubric")
        await drive.on(RubricsPage)

    drive(steps, content=(content,))


def test_content_that_may_not_be_read_is_said_where_a_page_would_show_it(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Path.iterdir

    def refused(path: Path) -> Iterator[Path]:
        if path == content / "questionnaires":
            raise PermissionError(errno.EACCES, "", str(path))
        return seen(path)

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        with monkeypatch.context() as patched:
            patched.setattr(Path, "iterdir", refused)
            drive.app.call_later(drive.app.action_tool, "rubric")
            await drive.on(ProblemsPage)
            assert "questionnaires: permission denied" in " ".join(drive.text.split())
        await drive.press("escape")
        await drive.on(HomePage)

    drive(steps, content=(content,))


def test_saving_where_nothing_is_open_says_so_and_not_that_a_key_is_wrong(content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("ctrl+s")
        assert drive.said == "There is nothing to save on this page."

    drive(steps, content=(content,))


def test_on_windows_a_folder_is_opened_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an address it reads Chinese letters by the byte, and finds nothing; a folder that is gone ends nothing."""
    opened: list[Path] = []

    def start(folder: Path) -> None:
        opened.append(folder)
        raise FileNotFoundError(folder)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", start, raising=False)
    page: Any = SimpleNamespace(say=lambda _words, path: opened.append(Path(path)))
    open_folder(page, tmp_path / "桌面")
    assert opened == [tmp_path / "桌面"] * 2
