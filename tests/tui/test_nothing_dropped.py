"""Nothing typed is dropped without asking: by Esc, by the menu, by leaving; and what is pasted waits for its page."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual import events

from nqpf_assess.files.places import shipped
from nqpf_assess.tui.answering.profiles import OverridePage, OverridesPage
from nqpf_assess.tui.answering.questions import QuestionsPage
from nqpf_assess.tui.answering.subject import NewPage, SubjectPage
from nqpf_assess.tui.answering.support import SupportPage
from nqpf_assess.tui.editing.pairs import ExpertPage, PairPage, PairsPage
from nqpf_assess.tui.editing.rubric import RubricPage
from nqpf_assess.tui.frame.dialogs import ChoicePage, HoldingPage, LinePage, ReasonPage, may_leave
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.home.files import OpenPage
from nqpf_assess.tui.home.menu import MenuPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.results.following import DeadlinePage, FollowNotePage, MeasurePage
from nqpf_assess.tui.results.report import ReportFilePage
from nqpf_assess.tui.widgets.fields import TextField
from tests.tui.driving import Drive, at, drive
from tests.tui.rubric_walk import to, walk

Way = Callable[[Drive], Awaitable[None]]


async def new_place(drive: Drive) -> None:
    await drive.on(HomePage)
    await drive.press("1")
    await drive.on(NewPage)


async def reason(drive: Drive) -> None:
    await at(drive, "plan")
    await drive.press("f7")
    await drive.on(ReasonPage)


def test_tab_keeps_the_keys_in_the_only_field(file: Path, content: Path) -> None:
    """In the lines around the field what is typed, and Enter, would do nothing and say nothing."""

    async def steps(drive: Drive) -> None:
        await reason(drive)
        await drive.press("tab")
        await drive.write("no")
        await drive.press("shift+tab", "w", "enter")
        await drive.until(lambda: drive.session.given("answers", "plan").reason == "now")

    drive(steps, file=file, content=(content,))


async def correction(drive: Drive) -> None:
    await at(drive, "plan")
    drive.app.push_screen(OverridesPage())
    await drive.on(OverridesPage)
    await drive.press("enter")
    await drive.on(OverridePage)


async def target(drive: Drive) -> None:
    await at(drive, "plan")
    await drive.press("f9", "6", "0")
    await drive.on(ReportFilePage)


WAYS = [new_place, reason, correction, target]


@pytest.mark.parametrize("way", WAYS)
def test_esc_asks_before_what_is_typed_is_dropped(way: Way, file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await way(drive)
        page = drive.page
        assert isinstance(page, HoldingPage)
        await drive.press("escape")
        assert drive.page is not page  # nothing was typed, nothing is asked
        assert not isinstance(drive.page, ChoicePage)
        await way(drive)
        page = drive.page
        await drive.write("7q")
        await drive.press("escape")
        await drive.on(ChoicePage)
        await drive.press("1")
        await drive.until(lambda: drive.page is page)
        assert "7q" in drive.text
        await drive.press("escape")
        await drive.on(ChoicePage)
        await drive.press("escape")  # Esc on the question itself stays
        await drive.until(lambda: drive.page is page)
        await drive.press("escape")
        await drive.on(ChoicePage)
        await drive.press("3")
        await drive.until(lambda: page not in drive.app.screen_stack)
        assert not isinstance(drive.page, ChoicePage)

    drive(steps, file=None if way is new_place else file, content=() if way is new_place else (content,))


@pytest.mark.parametrize("way", WAYS)
def test_the_menu_and_the_way_out_ask_too(way: Way, file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await way(drive)
        page = drive.page
        await drive.write("7q")
        await drive.press("f9", "0")
        await drive.on(ChoicePage)
        await drive.press("ctrl+z", "1")  # what has to ask first does not ask once more, over the same question
        await drive.until(lambda: drive.page is page)
        await drive.press("ctrl+q")
        await drive.until(lambda: "Leave?" in drive.text)
        await drive.press("1")
        await drive.until(lambda: drive.page is page)
        assert "7q" in drive.text

    drive(steps, file=None if way is new_place else file, content=() if way is new_place else (content,))


def test_a_window_too_small_to_ask_in_is_not_left(file: Path, content: Path) -> None:
    """What is asked there nobody sees, and “everything is saved” is not true of what is half typed."""

    async def steps(drive: Drive) -> None:
        await reason(drive)
        page = drive.page
        await drive.write("7q")
        await drive.pilot.resize_terminal(60, 20)
        await drive.until(lambda: "Not all is saved" in " ".join(drive.text.split()))
        await drive.press("ctrl+q", "ctrl+q")
        await drive.pilot.resize_terminal(80, 24)
        await drive.until(lambda: "Leave?" in drive.text)
        await drive.press("1")
        await drive.until(lambda: drive.page is page)
        assert "7q" in drive.text

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize("kind", [ReasonPage, SubjectPage, OverridePage])
def test_a_page_that_is_not_drawn_yet_holds_nothing(kind: type[Page], file: Path, content: Path) -> None:
    """Neither a click meant for the page below nor a signal waits for it, or ends in a fault."""

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        opened = drive.app.push_screen(kind("research") if kind is OverridePage else kind())
        assert drive.app._nothing_held()
        may_leave(drive.app, lambda: left.append(drive.app.page))
        drive.app.put_away()
        await opened

    left: list[Page] = []
    assert drive(steps, file=file, content=(content,)).fault is None
    assert len(left) == 1


def test_what_is_typed_can_be_taken_where_it_is_asked_about(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await reason(drive)
        await drive.write("no industry here")
        await drive.press("escape", "2")
        await drive.on(QuestionsPage)
        assert drive.session.given("answers", "plan").reason == "no industry here"

    drive(steps, file=file, content=(content,))


def test_a_day_that_is_none_stays_in_its_field(tmp_path: Path) -> None:
    file = tmp_path / "work" / "followed.toml"
    file.write_bytes((shipped() / "samples" / "renewal_city_2024.toml").read_bytes())

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("follow")
        await drive.until(lambda: "ollow" in drive.text)
        await drive.press("enter")
        await drive.on(MeasurePage)
        await drive.press("5")
        page: LinePage = await drive.on(DeadlinePage)
        await drive.press("ctrl+a", "ctrl+k")
        await drive.write("soon")
        await drive.press("enter")
        assert drive.page is page
        assert "no day" in drive.said
        assert "soon" in drive.text
        await drive.press("ctrl+a", "ctrl+k")
        await drive.write("2027-01")
        await drive.press("enter")
        await drive.on(MeasurePage)
        assert "2027-01-31" in drive.text
        await drive.press("6")
        await drive.on(FollowNotePage)

    drive(steps, file=file)


def test_a_figure_that_cannot_be_taken_goes_only_at_the_second_esc(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "share")
        await drive.write("99")
        await drive.press("escape")
        assert "Esc puts back" in drive.said
        assert "99" in drive.text
        await drive.press("escape")
        assert "99" not in drive.text
        await drive.write("3")
        await drive.press("escape")  # what can be taken is saved, and the menu opens
        await drive.on(MenuPage)
        assert drive.session.given("answers", "share").value == "3"

    drive(steps, file=file, content=(content,))


def test_judgements_are_not_dropped_by_another_round_another_expert_or_the_menu() -> None:
    async def steps(drive: Drive, editing: object) -> None:
        await to(drive, "efficiency")
        await drive.press("f7")
        for _ in range(3):
            await drive.on(PairPage)
            await drive.press("2")
        page: PairsPage = await drive.on(PairsPage)
        given = dict(page.judging.given)
        await drive.press("3")
        assert not isinstance(drive.page, ExpertPage)
        assert "not in the file yet" in drive.said
        await drive.press("2")
        await drive.on(PairPage)
        await drive.press("5")
        await drive.on(PairPage)
        await drive.press("escape")
        await drive.on(PairsPage)
        assert len(page.judging.given) == 3
        assert page.judging.given != given
        await drive.press("2")
        await drive.on(PairPage)
        await drive.press("f9", "0")
        await drive.on(ChoicePage)
        await drive.press("3")
        await drive.on(RubricPage)
        assert page.judging.editing.value.judgements == ()

    walk(steps)


def test_what_is_pasted_waits_for_the_page(file: Path, content: Path) -> None:
    """Pasted while the page is opened, it is neither lost nor taken for keys."""

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("f7")
        await drive.on(ReasonPage)
        drive.page.ready = False
        drive.send(events.Paste("2 no 1 industry"))
        await drive.pilot.pause()
        assert "industry" not in drive.text
        drive.page.take_keys()
        await drive.until(lambda: "2 no 1 industry" in drive.text)
        assert "plan" not in drive.session.answers.answers

    drive(steps, file=file, content=(content,))


def test_a_paste_that_does_not_fit_is_not_cut_in_silence(file: Path, content: Path) -> None:
    """Into several lines 20,000 characters go, into a name 500, of which some may stand there already."""

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("f5")
        page = await drive.on(SupportPage)
        await drive.press("tab")
        drive.send(events.Paste("长" * 20_001))
        await drive.until(lambda: "no more than 20000 characters" in drive.said)
        assert page.query_one("#note", TextField).text == "长" * 20_000
        await drive.press("escape")
        assert drive.session.given("answers", "plan").note == "长" * 20_000
        drive.app.push_screen(SubjectPage())
        subject = await drive.on(SubjectPage)
        name = subject.field("name")
        name.value = "Anhe"
        subject.set_focus(name)
        drive.send(events.Paste("县" * 600))
        await drive.until(lambda: "no more than 500 characters" in drive.said)
        assert name.value.replace("Anhe", "") in ("县" * 496, "县" * 500)

    drive(steps, file=file, content=(content,))


def test_what_is_added_to_a_note_comes_behind_it(file: Path, content: Path) -> None:
    """The cursor stands at its end: at the beginning, what is added would run into the first line."""

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        for word in ("one", "two"):
            await drive.press("f5")
            await drive.on(SupportPage)
            await drive.press("tab", *word, "escape")
        assert drive.session.given("answers", "plan").note == "onetwo"

    drive(steps, file=file, content=(content,))


def test_what_is_pasted_over_a_list_goes_into_the_field_or_is_said(tmp_path: Path) -> None:
    """A path comes whole: as long as it is, with two blanks and the wide one of Chinese."""
    county = tmp_path.joinpath(*["附件\u30001  草稿"] * 20, "county.toml")
    county.parent.mkdir(parents=True)
    county.touch()

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.send(events.Paste("county.toml"))
        await drive.until(lambda: "no field" in drive.said)
        await drive.press("3")
        page: OpenPage = await drive.on(OpenPage)
        drive.send(events.Paste(f"{county}\n"))
        await drive.until(lambda: page.query_typed == str(county))
        assert f"file:{county}" in [row.id for row in page.rows()]

    drive(steps)


def test_words_of_a_file_are_gone_on_with_whole_and_as_they_are(file: Path, content: Path) -> None:
    """A field that holds 20,000 signs of a long note, or `�` in a rare name, would save that with the next key."""
    long, name = "记录。" * 8_000, "Anhe \ue863\U000323b0"  # a sign of an office's own, and one newer than Python
    said = {"story": "value", "plan": "note"}
    entries = "".join(f'[answers.{id}]\n{part} = "{long}"\n' for id, part in said.items())
    file.write_text(file.read_text(encoding="utf-8").replace("Anhe", name) + entries, encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await at(drive, "story")
        await drive.write("!")
        await drive.press("pageup")
        await at(drive, "plan")
        await drive.press("f5", "tab")
        await drive.on(SupportPage)
        await drive.write("!")
        await drive.press("escape")
        for id, part in said.items():
            assert getattr(drive.session.given("answers", id), part) == long + "!"
        drive.app.push_screen(SubjectPage())
        page = await drive.on(SubjectPage)
        page.field("name").action_end()
        await drive.write("!")
        await drive.press("escape")
        assert drive.session.answers.subject.name == name + "!"

    drive(steps, file=file, content=(content,))
