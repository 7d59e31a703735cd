"""Figures in the app: typed with their year, checked, converted, saved, and not lost where they are refused."""

from functools import partial
from pathlib import Path

import pytest
from textual import events

from nqpf_assess.tui.answering.questions import QuestionsPage
from nqpf_assess.tui.answering.subject import SubjectPage
from nqpf_assess.tui.home.menu import MenuPage
from tests.tui.driving import Drive, at, drive, saved


def test_a_figure_with_its_year(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.write("２。５")
        await drive.press("enter")
        assert drive.session.given("answers", "share").value == "2.5"
        assert drive.session.given("answers", "share").year == 2025
        assert page.at == "plan"
        await drive.press("pageup", "tab")
        await drive.write("２０２４年")
        await drive.press("enter")
        assert drive.session.given("answers", "share").year == 2024
        assert page.at == "plan"
        assert "(2024)" in drive.said  # another year than the answers': said, since it may be left over from last time

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize("onward", ["enter", "pagedown", "f4"])
def test_a_figure_and_its_year_are_one_step(file: Path, content: Path, onward: str) -> None:
    """The year that is offered is taken whichever way leads on; what a pause saved before is no step of its own."""

    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        for typed in ("1", "2", "3"):
            page.at = ""
            page.go("share")
            page.pane.figure.value = ""
            await drive.write(typed)
            page.draft.keep()  # as a pause does
            await drive.write(".5")
            await drive.press(onward)
            given = drive.session.given("answers", "share")
            assert (given.value, given.year) == (f"{typed}.5", 2025)
        for before in ("2.5", "1.5", None):
            await drive.press("ctrl+z")
            assert drive.session.given("answers", "share").value == before

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize("left", ["escape", ""])
def test_a_year_that_is_none_takes_no_figure_along(file: Path, content: Path, left: str) -> None:
    """Neither Esc nor the end of the app takes back the figure, which is saved when the keys leave it."""

    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.write("2.5")
        await drive.press("tab")
        await drive.write("2024")
        page.draft.keep()  # as a pause does
        await drive.write("4")
        await drive.press("enter")
        assert "not a year" in drive.said
        if left:
            await drive.press(left)
        else:
            drive.app.put_away()

    drive(steps, file=file, content=(content,))
    given = saved(file, content, "share")
    assert (given.value, given.year) == ("2.5", 2025)


def test_a_figure_that_is_dropped_takes_nothing_along_that_was_written_beside_it(file: Path, content: Path) -> None:
    """Esc takes back neither the note nor the figure that was there before."""

    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.write("2.5")
        page.draft.keep()  # as a pause does
        await drive.press("f5", "tab")
        await drive.write("by hand")
        await drive.press("escape")
        assert drive.page is page
        await drive.write("x")
        await drive.press("enter")
        assert "convert “2.5x” to it" in drive.said
        await drive.press("escape")
        assert page.pane.figure.value == "2.5"

    drive(steps, file=file, content=(content,))
    given = saved(file, content, "share")
    assert (given.value, given.note) == ("2.5", "by hand")


def test_a_figure_out_of_range_stays_on_the_screen_with_a_sentence(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.write("99")
        await drive.press("enter")
        assert page.at == "share"
        assert "between 0 and 15%" in drive.said
        assert "99" in drive.text
        drive.session.put("facts", "zone", state="later")
        for key in ("pagedown", "f2", "f4", "shift+f4"):  # the next one, the list, a question, a fact
            await drive.press(key)
            assert (page.at, page.outline.has_focus, drive.app.screen) == ("share", False, page)
        await drive.press("escape", "pagedown")
        assert page.at == "plan"
        assert "share" not in drive.session.answers.answers

    drive(steps, file=file, content=(content,))


def test_what_is_typed_next_takes_the_place_of_what_was_refused(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        for typed in ("99", "12"):  # out of range, then unusual
            await drive.write(typed)
            await drive.press("enter")
            assert page.pane.figure.value == typed
        await drive.write("3")
        assert page.pane.figure.value == "3"
        await drive.press("tab")
        await drive.write("last")
        await drive.press("enter")
        assert page.pane.figure.value == "3"
        await drive.write("2024")
        await drive.press("enter")
        given = drive.session.given("answers", "share")
        assert (given.value, given.year) == ("3", 2024)
        assert page.at == "plan"

    drive(steps, file=file, content=(content,))


def test_what_is_typed_first_takes_the_place_of_the_figure_that_stands_there(file: Path, content: Path) -> None:
    """Where the question before was a figure too, the keys were in the field already, and 3 made 2.53 of 2.5."""
    book = content / "questionnaires" / "small.toml"
    questions = book.read_text(encoding="utf-8")
    share = questions[questions.index("[questions.share]") : questions.index("[questions.plan]")]
    book.write_text(questions.replace(share, share + share.replace("share]", "patents]")), encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8") + '\n[answers.patents]\nvalue = "2.5"\n', encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.press("pagedown")
        assert page.at == "patents"
        await drive.write("3")
        assert page.pane.figure.value == "3"

    drive(steps, file=file, content=(content,))


def test_an_unusual_figure_is_asked_about_once(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.write("9")
        await drive.press("enter")
        assert "unusual" in drive.said
        assert drive.session.given("answers", "share").value is None
        await drive.press("enter")
        assert drive.session.given("answers", "share").value == "9"
        assert page.at == "plan"

    drive(steps, file=file, content=(content,))


def test_a_half_typed_figure_goes_on_after_a_window_that_was_too_small(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.write("1.")
        await drive.pilot.resize_terminal(60, 20)
        await drive.until(lambda: page.focused is None)
        await drive.pilot.resize_terminal(80, 24)
        await drive.until(lambda: page.focused is page.pane.figure)
        await drive.write("5")
        assert page.pane.figure.value == "1.5"

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize("key", ["ctrl+s", "f2"])
def test_a_figure_that_a_key_saves_moves_the_score_at_once(key: str, file: Path, content: Path) -> None:
    """Neither key leaves the page: the line above would go on showing the score before."""

    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.until(lambda: not page.hurried)
        before = drive.lines[1]
        drive.send(events.Key("4", "4"))
        drive.send(events.Key(key, None))
        await drive.until(lambda: drive.session.given("answers", "share").value == "4")
        await drive.until(lambda: drive.lines[1] != before and not page.hurried)

    drive(steps, file=file, content=(content,))


def test_a_key_acts_once_where_it_leads_elsewhere(file: Path, content: Path) -> None:
    """Textual lets a key act again in the app, on what has the keys by then: Esc would close the menu it opens."""

    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.press("down")
        assert page.pane.sheet.current == "dk"  # the first row, not the second
        await drive.press("up", "escape")
        await drive.on(MenuPage)
        await drive.press("escape")
        await drive.on(QuestionsPage)
        drive.app.push_screen(SubjectPage())
        subject = await drive.on(SubjectPage)
        await drive.press("down", "down", "down")
        assert subject.list.current == "done"

    drive(steps, file=file, content=(content,))


async def type_earlier_year(drive: Drive) -> tuple[QuestionsPage, SubjectPage]:
    """Answer with a figure, and type the year before over that of the assessment; return the page below and that."""
    below = await at(drive, "share")
    await drive.write("2")
    await drive.press("enter")
    drive.app.push_screen(SubjectPage())
    subject = await drive.on(SubjectPage)
    await drive.field("period")
    subject.field("period").value = "2024"
    return below, subject


@pytest.mark.parametrize("leave", ["tab", "escape"])
def test_figures_keep_the_year_that_a_wrong_one_gave_them_which_is_said(file: Path, content: Path, leave: str) -> None:
    """A later year is asked about, in words that say it; an earlier one is taken at once."""

    async def steps(drive: Drive) -> None:
        await type_earlier_year(drive)
        await drive.press(leave)
        await drive.until(lambda: "will count as one of 2024; one with a year keeps it" in drive.said)
        assert drive.session.given("answers", "share").year == 2025

    drive(steps, file=file, content=(content,))


def test_nothing_is_said_of_a_year_that_is_taken_back_before_it_is_left(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        below, subject = await type_earlier_year(drive)
        await drive.press("ctrl+z")
        await drive.until(lambda: subject.said and not drive.app._busy)
        assert drive.session.answers.subject.period == subject.field("period").value == "2025"
        assert drive.said.startswith("Taken back")
        assert "2024" not in drive.said + below.said

    drive(steps, file=file, content=(content,))


def test_a_converted_figure_is_said(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "share")
        await drive.write("25‰")
        await drive.press("enter")
        assert drive.session.given("answers", "share").value == "2.5"
        assert "2.5%" in drive.said

    drive(steps, file=file, content=(content,))


def test_what_is_typed_is_saved_after_a_pause(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "share")
        await drive.write("2")
        await drive.until(lambda: drive.session.given("answers", "share").value == "2")
        await drive.write("5")
        await drive.until(lambda: drive.session.given("answers", "share").value is None or "2" in drive.text)

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize(("period", "year"), [("2025年度", 2025), ("２０２５", 2025), ("2025 H1", None)])
def test_the_year_offered_is_a_year(file: Path, content: Path, period: str, year: int | None) -> None:
    words = file.read_text(encoding="utf-8")
    file.write_text(words.replace('period = "2025"', f'period = "{period}"'), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        assert drive.session.answers.subject.period == period
        assert page.pane.year.placeholder == str(year or "")
        await drive.write("2.5")
        await drive.press("enter")
        assert page.at == "plan"
        assert drive.session.given("answers", "share").year == year

    drive(steps, file=file, content=(content,))


def test_a_figure_that_is_kept_while_it_is_typed_is_shown_as_answered(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.press("f6", "pageup")
        assert page.at == "share"
        assert "don't know" in drive.text.splitlines()[2]
        await drive.write("2.")
        await drive.until(lambda: drive.session.state("answers", "share") == "answered")
        await drive.until(lambda: "don't know" not in drive.text.splitlines()[2])
        assert "answered" in drive.text.splitlines()[2]
        assert page.pane.figure.value == "2."
        await drive.write("5")
        assert page.pane.figure.value == "2.5"

    drive(steps, file=file, content=(content,))


def test_the_line_of_messages_does_not_say_saved_of_a_figure_that_is_refused(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "share")
        await drive.write("3")
        await drive.until(lambda: "saved " in drive.text)
        await drive.write("9")
        await drive.until(lambda: "not saved yet" in drive.text)
        await drive.press("enter")
        assert "must lie between 0 and 15%" in drive.said
        assert "not saved yet" in drive.text
        await drive.press("escape")
        assert "not saved yet" not in drive.text
        assert "saved " in drive.text

    drive(steps, file=file, content=(content,))


def test_esc_puts_back_what_was_there_and_not_the_beginning_of_what_is_refused(file: Path, content: Path) -> None:
    """While 59 is typed slowly its 5 is saved; Esc brings the figure back that stood there before.

    A change of the language meanwhile is not what it takes back.
    """

    async def steps(drive: Drive) -> None:
        await at(drive, "share")
        await drive.write("3")
        await drive.press("enter")
        page = await at(drive, "share")
        for between in ((), ("ctrl+l", "ctrl+l", "ctrl+l")):
            await drive.press("ctrl+a", "ctrl+k")
            await drive.write("5")
            await drive.until(lambda: drive.session.given("answers", "share").value == "5")
            await drive.press(*between)
            await drive.write("9")
            await drive.press("enter", "escape")
            assert page.pane.figure.value == "3"
            assert drive.session.given("answers", "share").value == "3"
            assert drive.session.answers.language == drive.app.language
        await drive.press("ctrl+l")
        assert "not saved yet" not in drive.text
        # A year that is refused takes no figure with it that could be taken.
        await drive.press("ctrl+a", "ctrl+k")
        await drive.write("2")
        await drive.until(lambda: drive.session.given("answers", "share").value == "2")
        await drive.press("tab", "ctrl+a", "ctrl+k")
        await drive.write("last")
        await drive.press("enter", "escape")
        assert drive.session.given("answers", "share").value == "2"
        assert page.pane.year.value == "2025"

    drive(steps, file=file, content=(content,))


def test_esc_takes_no_figure_that_was_asked_about(file: Path, content: Path) -> None:
    """Of 12, whose 1 is saved while typed, Esc leaves nothing; a key that only leaves the field takes nothing."""

    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.write("1")
        await drive.until(lambda: drive.session.given("answers", "share").value == "1")
        await drive.write("2")
        await drive.press("enter")
        assert "unusual" in drive.said
        assert "Esc puts back" in drive.said
        await drive.press("escape")
        assert drive.page is page
        assert page.pane.figure.value == ""
        assert drive.session.given("answers", "share").value is None
        await drive.write("12")
        await drive.press("enter", "tab")
        assert drive.session.given("answers", "share").value is None
        await drive.press("enter")
        assert drive.session.given("answers", "share").value == "12"

    drive(steps, file=file, content=(content,))


def test_a_state_marked_right_behind_the_last_key_keeps_what_was_typed(file: Path, content: Path) -> None:
    """Over a slow line keys come at once: what was typed stays as it does after a pause."""

    def marked(drive: Drive, question: str) -> bool:
        return drive.session.state("answers", question) == "later"

    async def steps(drive: Drive) -> None:
        for question, words in (("story", "abc"), ("share", "2")):
            await at(drive, question)
            for letter in words:
                drive.send(events.Key(letter, letter))
            drive.send(events.Key("f8", None))
            await drive.until(partial(marked, drive, question))
            assert drive.session.given("answers", question).value == words

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize(
    ("begun", "rest", "over", "leaves"),
    [("1", "2", "", "2"), ("1", "2", "", "ctrl+q"), ("5", "9", "", "2"), ("5", "9", "f9", "2"), ("1", "2", "f1", "2")],
)
def test_what_is_said_to_be_lost_is_not_in_the_file(
    begun: str, rest: str, over: str, leaves: str, file: Path, content: Path
) -> None:
    """Neither what is unusual and left unanswered, nor the beginning of what is refused. `over`: what lies over it.

    Under menu and help, too, neither is dropped or taken without a word; leaving once more does not mean the figure.
    """

    async def steps(drive: Drive) -> None:
        await at(drive, "share")
        await drive.write(begun)
        await drive.until(lambda: drive.session.given("answers", "share").value == begun)
        await drive.write(rest)
        await drive.press(*filter(None, [over]), "ctrl+q")
        assert "would be lost" in drive.text
        await drive.press(leaves)

    drive(steps, file=file, content=(content,))
    assert "[answers.share]" not in file.read_text(encoding="utf-8")


def test_an_unusual_figure_that_nobody_was_asked_about_is_saved_where_the_app_is_ended(
    file: Path, content: Path
) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "share")
        await drive.write("12")

    drive(steps, file=file, content=(content,))
    assert saved(file, content, "share").value == "12"


def test_the_row_of_the_year_leads_into_its_field(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        sheet = page.pane.sheet
        page.set_focus(sheet)
        sheet.move_to(next(place for place, row in enumerate(sheet.rows) if row.id == "year"))
        await drive.press("enter")
        await drive.write("2024")
        assert page.pane.year.value == "2024"

    drive(steps, file=file, content=(content,))
