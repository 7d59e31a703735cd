"""Corners where a page has nothing to show, or something odd is typed: it says so and goes on."""

import os
import shutil
from pathlib import Path

import pytest

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots, shipped
from nqpf_assess.files.store import Rescue
from nqpf_assess.locale import LANGUAGES
from nqpf_assess.session.desk import Wanted, new_desk
from nqpf_assess.session.remembered import Recent, Remembered, recall, remember
from nqpf_assess.tui.answering.questions import FactsPage, QuestionsPage
from nqpf_assess.tui.answering.subject import NewPage, SubjectPage
from nqpf_assess.tui.drawing.cells import width
from nqpf_assess.tui.drawing.rows import EDGES
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.home.files import OpenPage
from nqpf_assess.tui.home.menu import MenuPage
from nqpf_assess.tui.home.start import HomePage, recent_row, years_row
from nqpf_assess.tui.results.plan import PlanPage
from nqpf_assess.tui.results.results import ResultsPage
from tests.tui.driving import Drive, at, drive
from tests.tui.test_kill import long_content

ANSWERING_KEYS = (
    "enter",
    "pagedown",
    "pageup",
    "f4",
    "m",
    "f5",
    "f6",
    "f7",
    "f8",
    "delete",
    "right",
    "1",
    "f2",
    "escape",
)


@pytest.fixture
def bare(tmp_path: Path) -> tuple[Path, Path]:
    """A questionnaire without facts and without core questions, and an assessment begun under it."""
    root = long_content(tmp_path / "bare")
    path = tmp_path / "work" / "bare.toml"
    new_desk(Library(roots((root,))), path, Wanted("small")).close()
    return root, path


def test_a_questionnaire_without_facts(bare: tuple[Path, Path]) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(QuestionsPage)
        await drive.press("f9", "1")
        await drive.on(FactsPage)
        assert "Nothing is asked here" in drive.text
        assert "Take, go on" not in drive.text  # neither does Enter anything
        await drive.press(*ANSWERING_KEYS[1:-2])
        assert drive.session.answers.facts == {}
        await drive.press("f2")
        assert "Which weights fit here" in drive.text
        assert "Local conditions" not in drive.text
        drive.check_frame()
        await drive.press("f9", "5")
        await drive.on(PlanPage)
        assert "The questionnaire has no countermeasures." in drive.text
        assert "Tick" not in drive.text.splitlines()[-1]
        await drive.press("left")
        assert "Not called for" not in drive.text

    drive(steps, file=bare[1], content=(bare[0],))


def test_quick_mode_without_core_questions(bare: tuple[Path, Path]) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.session.ask("quick")
        drive.app.question = None
        for step in "213456":
            await drive.press("f9", step)
            await drive.pilot.pause()
            drive.check_frame()
        await drive.press("f9", "2")
        page = await drive.on(QuestionsPage)
        page.at = ""
        page.repaint()
        await drive.press(*ANSWERING_KEYS[1:])
        assert drive.session.answers.answers == {}

    drive(steps, file=bare[1], content=(bare[0],))


def test_from_a_question_that_is_no_longer_asked_the_way_goes_on(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("1")
        page = await at(drive, "review")
        drive.session.give("answers", "plan", 0)
        page.repaint()
        assert "Not asked at present" in drive.text
        await drive.press("pagedown")
        assert page.at == "tools"
        drive.app.question = None
        page.at = "review"
        page.draft.drop()
        page.refresh_after()
        await drive.press("pageup")
        assert page.at == "plan"

    drive(steps, file=file, content=(content,))


def test_a_text_too_long_for_its_field_can_be_made_shorter(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(FactsPage)
        drive.app.push_screen(SubjectPage())
        page = await drive.on(SubjectPage)
        assert len(page.field("name").value) == 600
        await drive.press("end", "backspace", "x")
        assert len(page.field("name").value) == 599
        assert "no more than 500" in drive.said

    file.write_text(file.read_text(encoding="utf-8").replace("Anhe", "x" * 600), encoding="utf-8")
    drive(steps, file=file, content=(content,))


def test_a_key_with_nothing_to_do_says_so(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "tools")
        for id in ("share", "plan"):
            drive.session.give("answers", id, 0)
        drive.session.give("answers", "story", "words")
        await drive.press("f4")
        assert drive.said == "This is the only one."
        await drive.press("f9", "5", "delete")
        await drive.until(lambda: drive.said == "No measure is ticked.")
        await drive.press("f9", "0")
        page: HomePage = await drive.on(HomePage)
        page.list.action_jump(-1)
        await drive.press("delete")
        assert "on an assessment of the list first" in drive.said

    drive(steps, file=file, content=(content,))


def test_what_is_not_seen_takes_no_key_and_a_step_is_never_left_for_nothing(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.pilot.resize_terminal(20, 5)
        before = drive.session.answers
        await drive.press("f6", "down", "space", "d", "x", "f9")
        assert drive.session.answers == before
        assert drive.page is page
        await drive.pilot.resize_terminal(160, 60)
        drive.app.step_to("results")
        results = await drive.on(ResultsPage)
        while results.list.current is not None:
            await drive.press("right")
        await drive.press("enter")  # all of it is seen, and nothing is to be chosen: as Esc does
        await drive.on(MenuPage)

    drive(steps, file=file, content=(content,))


def test_the_cursor_stays_where_it_is_when_the_page_is_drawn_again(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("space", "down", "down")
        assert page.pane.sheet.current == "value:2"
        page.repaint()
        await drive.pilot.resize_terminal(100, 30)
        await drive.pilot.pause()
        assert page.pane.sheet.current == "value:2"

    drive(steps, file=file, content=(content,))


def test_who_begins_what_is_begun_already_is_told_so() -> None:
    """Else yesterday's answers would be looked for in vain in a file that is called almost like theirs."""

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("1")
        page: NewPage = await drive.on(NewPage)
        for name, told in (("Anhe", True), ("Anhe County", False)):
            page.field("name").value = name
            await drive.pilot.pause()
            assert ("Anhe.toml is there already. To go on in it, open it instead." in drive.text) is told
        page.field("name").value = "Anhe"
        page._elsewhere("other.toml")  # a file that is named is meant
        assert "is there already" not in drive.text

    Path("Anhe.toml").write_text("", encoding="utf-8")
    drive(steps)


@pytest.mark.parametrize("typed", ["x" * 300 + ".toml", "no/such/folder/a.toml", "~no-such-user/a.toml", "."])
def test_a_file_that_cannot_be_is_explained(typed: str) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("1")
        page: NewPage = await drive.on(NewPage)
        page.field("name").value = "Anhe"
        await drive.pilot.pause()
        page._elsewhere(typed)
        await drive.press("tab", "tab", "tab", "4")
        await drive.on(ProblemsPage)
        drive.check_frame()
        await drive.press("escape")
        await drive.on(NewPage)
        assert page.field("name").value == "Anhe"

    drive(steps)


@pytest.mark.parametrize("typed", ["x" * 300, "~no-such-user", "\\", "[b", "/"])
def test_any_path_may_be_typed_when_opening(typed: str) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("3")
        page: OpenPage = await drive.on(OpenPage)
        page.query_one("#filter").value = typed  # type: ignore[attr-defined]
        await drive.pilot.pause()
        await drive.press("enter")
        drive.check_frame()

    drive(steps)


def test_a_path_on_the_command_line_that_no_system_takes_is_explained() -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(ProblemsPage)
        assert "too long" in " ".join(drive.text.split())

    drive(steps, file=Path("y" * 400))


def test_a_new_file_without_a_kind_is_asked_about(tmp_path: Path) -> None:
    new = tmp_path / "work" / "new.toml"
    rescue = Rescue().keep(new, b"what was typed before the folder went away")
    assert rescue is not None

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: "What is assessed?" in drive.text)
        assert rescue.name in "".join(drive.text.split())
        await drive.press("2")
        await drive.on(FactsPage)
        assert drive.app.is_firm
        assert drive.lines[0].startswith(" Firm  Questions  Review ")  # no digits: those choose rows

    drive(steps, file=new)
    assert new.exists()


def test_coming_from_a_figure_a_long_question_is_seen_from_its_beginning(tmp_path: Path) -> None:
    path = Path(shutil.copy(shipped() / "samples" / "cluster_county.toml", tmp_path / "work"))

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        await drive.press("f9", "2")
        page = await drive.on(QuestionsPage)
        page.go("fiscal_sci_share")
        await drive.press("pagedown")
        await drive.until(lambda: page.at == "rd_organisation")
        assert drive.session.given("answers", "rd_organisation").value == 4
        assert page.pane.sheet.top == 0
        assert "How is R&D spending in the place coordinated?" in drive.text

    drive(steps, file=path, size=(100, 30))


def test_a_folder_called_like_a_questionnaire_is_none() -> None:
    """Beside a folder of papers that is called region a place is begun and weights are chosen as elsewhere."""
    Path("region").mkdir()

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("1")
        page: NewPage = await drive.on(NewPage)
        page.field("name").value = "Anhe"
        await drive.press("tab", "tab", "tab", "4")
        await drive.on(FactsPage)
        assert len(drive.session.chains) > 1

    drive(steps)


def test_what_is_open_elsewhere_is_led_to_and_never_called_answered(file: Path, content: Path) -> None:
    """From the local conditions to the questions; what is put off is told where nothing is unanswered."""

    async def steps(drive: Drive) -> None:
        await drive.on(FactsPage)
        drive.session.put("facts", "zone", value="hills")
        await drive.press("f4")
        page = await drive.on(QuestionsPage)
        assert page.at == "share"
        for id in ("share", "plan", "tools"):
            drive.session.put("answers", id, state="dk")
        drive.session.put("answers", "story", state="later")
        await drive.press("f4")
        assert drive.said == "No question is unanswered, but 1 is put off: Review lists it."
        drive.app.show_question("facts:zone")
        await drive.on(FactsPage)
        await drive.press("m")
        page = await drive.on(QuestionsPage)
        assert page.at == "share"
        for id in ("share", "plan", "tools", "story"):
            drive.session.put("answers", id, state="na", reason="no")
        drive.session.put("facts", "zone", state="later")
        await drive.press("f4")
        assert drive.said == "No question is unanswered."
        await drive.press("shift+f4")
        assert (await drive.on(FactsPage)).at == "zone"

    drive(steps, file=file, content=(content,))


def test_an_answer_taken_away_says_what_is_not_asked_any_more(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        drive.session.give("answers", "plan", 1)
        await drive.press("delete")
        assert drive.said == "The answer is taken away. 1 question is no longer asked."

    drive(steps, file=file, content=(content,))


def test_a_name_of_two_lines_stands_on_one(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(FactsPage)
        assert "An he 2025" in drive.lines[0]
        await drive.press("f9", "0")
        await drive.on(HomePage)
        assert "An he 2025" in drive.text

    file.write_text(file.read_text(encoding="utf-8").replace('"Anhe"', '"An\\nhe"'), encoding="utf-8")
    drive(steps, file=file, content=(content,))


def test_the_menu_over_the_list_of_questions_lists_nothing_that_cannot_be_done_there(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        for listed in (True, False):
            await drive.press("f9")
            await drive.write("with a reason")
            menu = await drive.on(MenuPage)
            assert bool(menu.list.current) is listed
            await drive.press("escape", "f2")

    drive(steps, file=file, content=(content,))


def test_a_score_of_another_state_of_the_file_is_not_shown_beside_its_date(file: Path, content: Path) -> None:
    """The score of when it was open does not stand beside the time at which a command changed it since."""

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")

    drive(steps, file=file, content=(content,))
    assert recall().recent[0].basis
    seen = recall().recent[0]._replace(score="38.4")
    for changed in (False, True):
        if changed:
            os.utime(file, (1, 1))
        told = "".join(part.text for part in recent_row(seen, 0, Speech(), alone=True).parts)
        assert ("38.4" not in told and "changed since" in told) is changed
        assert ("38.4" not in years_row((seen, seen), 0, Speech()).parts[1].text) is changed
    assert "*" not in "".join(part.text for part in years_row((seen, seen), 0, Speech()).parts)
    for basis, marked in (("", False), ("quick", True)):  # a quick screening beside a full one is marked
        words = [part.text for part in years_row((seen, seen._replace(basis=basis)), 0, Speech()).parts]
        assert ("2025 *" in words[1], "* not by answers alone" in words[2]) == (marked, marked)
    years = tuple(seen._replace(name="北炉市（虚构）", basis=str(number)) for number in range(3))
    for language in LANGUAGES:  # what the mark means is not cut off at 80 cells
        parts = years_row(years, 0, Speech(language)).parts
        assert width("".join(part.text for part in parts)) <= 80 - EDGES


def test_that_nothing_is_taken_from_the_content_that_was_named_is_said(tmp_path: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        assert "neither questionnaires/ nor weights/" in drive.said

    (tmp_path / "away").mkdir()
    drive(steps, content=(tmp_path / "away",))


def test_two_files_of_one_subject_and_year_are_told_apart(file: Path, content: Path) -> None:
    """As keeping answers in another file makes them; nothing else on the start page may differ."""
    other = file.with_name("copied").joinpath(file.name)
    other.parent.mkdir()
    shutil.copy(file, other)
    seen = tuple(Recent(str(path), "Anhe", "2025", "region") for path in (file, other))
    remember(Remembered(recent=seen))

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        for path in (file, other):
            assert str(path) in "".join(drive.text.split())
            await drive.press("down")
            assert str(path) not in "".join(drive.text.split())

    drive(steps, content=(content,))
