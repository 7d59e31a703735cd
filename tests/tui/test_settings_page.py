"""The settings page: what is set, where it is kept, and that it holds at once and at the next start."""

import tomllib
from pathlib import Path

import pytest
from textual import events

from nqpf_assess.tui.answering.questions import QuestionsPage
from nqpf_assess.tui.answering.support import SupportPage
from nqpf_assess.tui.frame.dialogs import ChoicePage, ReasonPage
from nqpf_assess.tui.home.settings import SettingsPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.results.report import ReportPage
from nqpf_assess.tui.tools.importing import ImportFilePage, ImportPage
from nqpf_assess.tui.tools.migrating import MigrationPage
from tests.tui.driving import BOTH, Drive, at, drive


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_settings_hold_at_once_and_at_the_next_start(
    size: tuple[int, int], language: str, own_surroundings: Path
) -> None:
    file = own_surroundings / "settings.toml"
    own_surroundings.mkdir()
    file.write_text('# mine\n\n[keys]\nonward = "ctrl+n"\n', encoding="utf-8")

    async def change(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("7")
        await drive.on(SettingsPage)
        drive.check_frame()
        for name in ("theme", "ascii", "careful", "report_language", "report_form"):
            page = drive.page
            await drive.press(next(row.key for row in page.list.rows if row.id == name))  # type: ignore[attr-defined]
        assert drive.app.settings.careful
        assert drive.app.plain_glyphs
        assert "▸" not in drive.text

    drive(change, size=size, language=language)
    words = file.read_text(encoding="utf-8")
    assert words.startswith("# mine")
    kept = tomllib.loads(words)
    assert kept.pop("keys") == {"onward": "ctrl+n"}
    expected = {"theme": "light", "ascii": True, "careful": True, "report_language": "en", "report_form": "docx"}
    assert kept == expected

    async def look(drive: Drive) -> None:
        await drive.on(HomePage)
        assert (drive.app.theme, drive.app.settings.report_form) == ("nqpf-light", "docx")
        drive.app.action_colours()
        drive.app.action_settings()
        page = await drive.on(SettingsPage)
        tails = {row.id: row.tail for row in page.list.rows}
        assert (tails["theme"], tails["report_form"]) == ("this time only", "from the settings file")

    drive(look)


def test_what_the_environment_sets_is_named_and_not_changed(
    own_surroundings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NQPF_ASSESS_THEME", "light")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_settings()
        await drive.on(SettingsPage)
        assert "NQPF_ASSESS_THEME=light" in drive.page.as_text()
        await drive.press("2")
        assert "NQPF_ASSESS_THEME" in drive.said
        drive.app.action_colours()
        assert next(row.tail for row in drive.page.list.rows if row.id == "theme") == "this time only"  # type: ignore[attr-defined]
        assert not (own_surroundings / "settings.toml").exists()

    drive(steps)


def test_a_settings_file_that_is_no_toml_is_not_written_over(own_surroundings: Path) -> None:
    own_surroundings.mkdir()
    (own_surroundings / "settings.toml").write_text("theme = \n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_settings()
        await drive.on(SettingsPage)
        await drive.press("3")
        assert "settings.toml" in drive.said
        assert (own_surroundings / "settings.toml").read_text(encoding="utf-8") == "theme = \n"

    drive(steps)


def test_a_report_begins_as_the_settings_say(sample: Path, own_surroundings: Path) -> None:
    own_surroundings.mkdir()
    words = 'report_language = "both"\nreport_form = "docx"\n'
    (own_surroundings / "settings.toml").write_text(words, encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_go("report")
        page = await drive.on(ReportPage)
        assert page.target.name.endswith("-report-both.docx")

    drive(steps, file=sample)


def test_a_page_that_is_left_while_it_opens_takes_no_keys(file: Path, content: Path) -> None:
    """On the way home its assessment is closed before its first painting is through."""

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_go("questions")
        page = await drive.on(QuestionsPage)
        drive.app.go_home()
        page.take_keys()
        await drive.on(HomePage)

    drive(steps, file=file, content=(content,))


def test_read_only_shows_and_never_writes(file: Path, content: Path) -> None:
    before = file.read_bytes()

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_go("questions")
        await drive.on(QuestionsPage)
        assert "read only" in drive.text
        await drive.press("pagedown", "1")
        drive.app.action_tool("migrate")
        await drive.on(MigrationPage)
        assert "Opened to look at only" in drive.text
        await drive.press("1")
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.go_home()
        await drive.on(HomePage)
        drive.app.action_tool("import")
        await drive.on(ImportFilePage)
        await drive.press("enter")
        await drive.on(ChoicePage)
        await drive.press("2")
        await drive.on(ImportPage)
        await drive.press("enter")
        assert "Opened to look at only" in drive.said

    asked = content / "questionnaires" / "small.toml"
    asked.write_text(asked.read_text(encoding="utf-8").replace('version = "1"', 'version = "2"'), encoding="utf-8")
    table = file.with_name("figures.csv")
    table.write_text("respondent,period,share\n甲镇,2025,2.31\n", encoding="utf-8")
    drive(steps, file=file, content=(content,), read_only=True)
    assert file.read_bytes() == before
    assert sorted(file.parent.iterdir()) == sorted((file, table))


def test_the_first_and_the_last_row_by_letters() -> None:
    async def steps(drive: Drive) -> None:
        page = await drive.on(HomePage)
        await drive.press("G")
        assert page.list.current == "leave"
        await drive.press("g")
        assert page.list.current == "new:region"

    drive(steps)


def test_a_language_that_the_command_line_names_is_not_called_that_of_the_file(own_surroundings: Path) -> None:
    own_surroundings.mkdir()
    (own_surroundings / "settings.toml").write_text('language = "zh"\n', encoding="utf-8")

    async def look(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("7")
        await drive.on(SettingsPage)
        (row,) = (line for line in drive.text.splitlines() if "Language: English" in line)
        assert row.split()[-3:] == ["this", "time", "only"]

    drive(look, language="en")


def test_a_file_to_look_at_takes_no_letter_anywhere(file: Path, content: Path) -> None:
    """Where nothing can be kept nothing can be typed, and each key that would write says why."""

    async def steps(drive: Drive) -> None:
        before = file.read_bytes()
        await at(drive, "plan")
        await drive.press("f5")
        page: SupportPage = await drive.on(SupportPage)
        await drive.write("Report 3")
        assert page._area("evidence").text == ""
        assert "Opened to look at only" in drive.text
        page.hush()
        drive.app._driver.send_message(events.Paste("from the yearbook"))  # type: ignore[union-attr]
        await drive.until(lambda: "Opened to look at only" in drive.text)
        assert page._area("evidence").text == ""
        await drive.press("escape")
        asking = await at(drive, "share")
        await drive.press("2")
        assert asking.pane.figure.value == ""
        assert "Opened to look at only" in drive.said
        await drive.press("escape")
        assert not isinstance(drive.page, ChoicePage)
        await at(drive, "plan")
        await drive.press("f7")
        await drive.on(ReasonPage)
        await drive.write("x")
        assert "Opened to look at only" in drive.said
        await drive.press("escape")  # nothing is held, so nothing is asked
        await drive.on(QuestionsPage)
        await drive.press("1")  # what is refused is told, and no longer than that
        assert "Opened to look at only" in drive.text
        await drive.press("9")
        assert "There is no row 9 here" in drive.text
        await drive.press("ctrl+s")  # nor is it passed over
        assert "Opened to look at only" in drive.said
        await drive.press("f9", "3", "s")
        await drive.until(lambda: "Written:" in drive.text)
        assert file.read_bytes() == before

    drive(steps, file=file, content=(content,), read_only=True)
