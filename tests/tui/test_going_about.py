"""Going about among the questions: undo, search, outline, the next open one, mouse, language."""

from pathlib import Path

import pytest

from nqpf_assess.model.questionnaire import LevelQuestion
from nqpf_assess.tui.answering import search
from nqpf_assess.tui.answering.questions import QuestionsPage
from nqpf_assess.tui.answering.search import SearchPage
from nqpf_assess.tui.answering.subject import LengthPage
from nqpf_assess.tui.results.results import ResultsPage
from tests.session.conftest import edited
from tests.tui.driving import Drive, at, drive


def test_what_an_answer_brings_is_said_and_asked_next(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("down", "enter")
        assert page.at == "review"
        assert "1 more" in drive.said
        await drive.press("pageup", "0")
        assert drive.said.endswith("1 question is no longer asked.")
        assert page.at == "tools"
        await drive.press("pageup", "1", "1", "pageup", "pageup", "0")
        assert drive.said.endswith("1 question is no longer asked; its answer is kept.")

    drive(steps, file=file, content=(content,))


def test_what_a_figure_brings_is_said_behind_it_too(file: Path, content: Path) -> None:
    """It was wiped out by the key that led on; told once."""
    asked = content / "questionnaires" / "small.toml"
    words = asked.read_text(encoding="utf-8")
    asked.write_text(
        words.replace('{ question = "plan", at_least = 1 }', '{ question = "share", at_least = 1 }'), "utf-8"
    )

    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.write("2.5")
        await drive.press("enter")
        assert page.at == "plan"
        assert drive.said.endswith("1 more question is asked now.")
        await drive.press("pageup", "enter")
        assert "asked now" not in drive.said
        await drive.press("ctrl+z")
        assert drive.said == "Taken back: an answer. 1 question is no longer asked."
        for key in ("f4", "f2"):
            await at(drive, "share")
            await drive.write("2")
            await drive.until(lambda: not drive.page.unkept)
            await drive.write(".5")
            await drive.press(key)
            assert drive.said.endswith("1 more question is asked now.")
            await drive.press("ctrl+z")

    drive(steps, file=file, content=(content,))


def test_undo_goes_where_the_change_was_and_redo_too(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("1")
        assert page.at == "review"
        await drive.press("ctrl+z")
        assert page.at == "plan"
        assert drive.session.state("answers", "plan") == "blank"
        await drive.press("ctrl+y")
        assert drive.session.given("answers", "plan").value == 1

    drive(steps, file=file, content=(content,))


def test_f4_finds_the_next_unanswered_and_m_the_next_marked(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        drive.session.put("answers", "plan", state="dk")
        await drive.press("f4")
        assert page.at == "tools"
        await drive.press("m")
        assert page.at == "plan"

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize("word", ["permit", "排污权", "ＰＥＲＭＩＴ", "pwq"])
def test_search_finds_in_both_languages_and_goes_there(file: Path, content: Path, word: str) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("f3")
        await drive.on(SearchPage)
        await drive.write(word)
        await drive.press("enter")
        await drive.on(QuestionsPage)
        assert page.at == "tools"

    drive(steps, file=file, content=(content,))


def test_that_nothing_fits_is_said_until_something_else_is_typed(
    file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And of more hits than are drawn how many there are besides."""
    monkeypatch.setattr(search, "MOST_SHOWN", 1)

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("f3")
        await drive.on(SearchPage)
        await drive.write("plan")
        assert "1 question with this is not asked at present" in " ".join(drive.text.split())
        await drive.press("ctrl+a", "ctrl+k")
        await drive.write("zzz")
        await drive.press("enter")
        assert "Nothing here fits" in drive.text
        await drive.press("ctrl+a", "ctrl+k")
        await drive.write("permit")
        assert "Nothing here fits" not in drive.text
        assert "more: type on" not in drive.text
        await drive.press("ctrl+a", "ctrl+k")
        await drive.write("a")
        assert "more: type on" in drive.text

    drive(steps, file=file, content=(content,))


def test_a_question_that_is_no_core_question_is_not_said_to_be_ruled_out_by_answers_alone(
    file: Path, content: Path
) -> None:
    edited(file, ('mode = "full"', 'mode = "quick"'))

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        drive.session.ask("full")
        page = await at(drive, "share")
        await drive.press("ctrl+z")
        assert "Not asked at present: ruled out by other answers, or no core question." in drive.text
        await drive.press("f2")
        assert page.outline.current is not None, "where what is asked is not listed, a row is marked all the same"

    drive(steps, file=file, content=(content,))


def test_search_is_there_on_every_step(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        for step in "123456":
            await drive.press("f9", step, "f3")
            await drive.on(SearchPage)
            await drive.paste("permit")
            await drive.press("enter")
            page = await drive.on(QuestionsPage)
            assert page.at == "tools"

    drive(steps, file=file, content=(content,))


def test_search_shows_what_was_found(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("f3")
        page = await drive.on(SearchPage)
        word = drive.session.asked("answers", "share").text["en"].split()[-1].strip("?.")
        await drive.write(word.upper())
        parts = [part for row in page.list.rows for line in row.lines(70) for part in line]
        assert {part.text.casefold() for part in parts if part.look == "found"} == {word.casefold()}
        drive.check_frame()

    drive(steps, file=file, content=(content,))


def test_the_outline_leads_to_a_question(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.press("f2")
        assert "Innovation" in drive.text
        drive.check_frame()
        await drive.press("down", "enter")
        assert page.at == "plan"
        await drive.press("f2", "end", "enter", "end", "enter")
        assert page.at == "story"

    drive(steps, file=file, content=(content,))


def test_the_mouse_chooses(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        y = next(index for index, line in enumerate(drive.lines) if "A paper" in line)
        await drive.pilot.click(offset=(12, y))
        await drive.pilot.pause()
        assert drive.session.given("answers", "plan").value == 1
        assert page.at == "review"

    drive(steps, file=file, content=(content,))


def test_the_language_changes_in_the_middle_and_nothing_is_lost(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.write("2")
        await drive.press("ctrl+l")
        assert "研发经费占比是多少" in drive.text
        assert "确定并继续" in drive.text
        assert page.pane.figure.value == "2"
        assert drive.session.answers.language == "zh"
        drive.check_frame()
        await drive.press("ctrl+y")
        assert drive.said == "没有可恢复的修改。"
        await drive.press("ctrl+l")
        assert drive.said == "There is nothing to bring back."
        await drive.press("ctrl+z")
        assert drive.said == "已撤销：语言"
        assert "研发经费占比是多少" in drive.text

    drive(steps, file=file, content=(content,))


def test_the_score_and_what_the_answer_moved_are_seen_at_once(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "share")
        drive.session.give("answers", "share", __import__("decimal").Decimal(4))
        drive.session.give("answers", "tools", frozenset({"none"}))
        await at(drive, "plan")
        await drive.press("0")
        before = drive.session.score
        await drive.press("pageup", "2")
        assert drive.session.score != before
        await drive.until(lambda: f"{drive.session.score:.1f}" in drive.lines[1])  # drawn in the app's own time
        assert "▲" in drive.lines[1]

    drive(steps, file=file, content=(content,))


def test_from_the_open_ones_the_way_leads_to_the_next_open_one(sample: Path) -> None:
    """Somebody who comes for the open questions is not led over the answered ones between; from a list he is again."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        session = drive.session
        order = [id for id in session.visible if isinstance(session.asked("answers", id), LevelQuestion)]
        first, second, last = order[2], order[7], order[11]
        for id in (first, second, last):
            session.put("answers", id, value=None, state=None)
        drive.page.repaint()
        results: ResultsPage = await drive.on(ResultsPage)
        assert [row.key for row in results.list.rows if row.key] == ["0", "1", "2"]  # 1 and 2 as where all is done
        await drive.press("0")
        page: QuestionsPage = await drive.on(QuestionsPage)
        assert page.at == first
        await drive.press("1")
        assert page.at == second
        await drive.press("f8")
        assert page.at == last
        await drive.press("1")
        await drive.on(ResultsPage)
        assert session.state("answers", second) == "later"
        drive.app.show_question(f"answers:{first}")
        page = await drive.on(QuestionsPage)
        await drive.press("1")
        assert page.at == session.visible[session.visible.index(first) + 1]

    drive(steps, file=sample)


def test_a_rubric_and_a_mode_that_opening_writes_into_the_file_are_told(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: "as --quick says" in drive.said)
        assert drive.said.startswith("From here on this file is scored by “Hill country”, as --weights says")
        drive.app.step_to("results")
        page = await drive.on(ResultsPage)
        name = drive.session.answers.subject.name
        page.chosen("subject:", "enter")  # of the core questions only: where all can be asked
        await drive.on(LengthPage)
        await drive.press("2")  # the row's digit, which a field would take for a part of the name
        await drive.until(lambda: drive.session.answers.mode == "full")
        assert drive.session.answers.subject.name == name

    drive(steps, file=file, content=(content,), weights="hills", mode="quick")
