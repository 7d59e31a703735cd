"""Answering in the app: every kind of answer by its keys, seen first in the session, then on the screen."""

import asyncio
import shutil
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from textual import events
from textual.app import App
from textual.keys import _character_to_key

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.model.questionnaire import LevelQuestion
from nqpf_assess.session.desk import open_desk
from nqpf_assess.session.way import after_question
from nqpf_assess.tui.answering.questions import FactsPage, QuestionsPage, page_that_goes_on
from nqpf_assess.tui.answering.support import SupportPage
from nqpf_assess.tui.frame.dialogs import ReasonPage
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.opening import step_to_begin
from nqpf_assess.tui.results.results import ResultsPage
from tests.support.scored import every_other
from tests.tui.driving import LANGUAGES, SIZES, Drive, at, drive, saved


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digit_answers_and_goes_on_and_says_what_was_taken(
    file: Path, content: Path, size: tuple[int, int], language: str
) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("1")
        assert drive.session.given("answers", "plan").value == 1
        assert page.at == "review"
        drive.check_frame()
        assert {"en": "1 A paper", "zh": "1 有文件"}[language] in drive.said

    drive(steps, size=size, language=language, file=file, content=(content,))
    assert saved(file, content, "plan").value == 1


def test_full_width_digits_of_a_chinese_keyboard_choose_too(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("２")
        assert drive.session.given("answers", "plan").value == 2

    drive(steps, file=file, content=(content,))


def test_a_careful_person_is_asked_for_enter(file: Path, content: Path, own_surroundings: Path) -> None:
    own_surroundings.mkdir(parents=True, exist_ok=True)
    (own_surroundings / "settings.toml").write_text("careful = true\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("1")
        assert (drive.session.given("answers", "plan").value, page.at) == (1, "plan")
        await drive.press("enter")
        assert page.at == "review"

    drive(steps, file=file, content=(content,))


def test_space_chooses_and_stays(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("down", "space")
        assert (drive.session.given("answers", "plan").value, page.at) == (1, "plan")

    drive(steps, file=file, content=(content,))


def test_arrows_and_enter_choose_and_go_on_in_one_key(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("down", "enter")
        assert drive.session.given("answers", "plan").value == 1
        assert page.at == "review"

    drive(steps, file=file, content=(content,))


def test_a_row_is_marked_at_once_and_enter_takes_it(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        assert page.pane.sheet.current == "value:0"
        await drive.press("enter")
        assert drive.session.given("answers", "plan").value == 0
        assert page.at == "tools"

    drive(steps, file=file, content=(content,))


def test_the_next_page_leaves_a_question_open(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("pagedown")
        assert page.at == "tools"
        assert drive.session.answers.answers == {}

    drive(steps, file=file, content=(content,))


def test_digits_and_space_tick_and_enter_goes_on(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "tools")
        await drive.press("1", "2")
        assert drive.session.given("answers", "tools").value == ("audit", "trade")
        await drive.press("space")
        assert drive.session.given("answers", "tools").value == ("audit",)
        assert page.at == "tools"
        await drive.press("enter")
        assert page.at == "story"
        assert drive.session.given("answers", "tools").value == ("audit",)

    drive(steps, file=file, content=(content,))


def test_a_digit_that_waited_is_taken_and_gone_on_with_by_enter(
    file: Path, content: Path, own_surroundings: Path
) -> None:
    """One Enter does both, also where answers wait for Enter (`careful`)."""
    asked, none = content / "questionnaires" / "small.toml", 'options.none = { en = "Nobody"'
    more = "".join(f'options.o{number} = {{ en = "{number}", zh = "{number}", score = 0 }}\n' for number in range(9))
    asked.write_text(asked.read_text(encoding="utf-8").replace(none, more + none, 1), encoding="utf-8")
    own_surroundings.mkdir(parents=True, exist_ok=True)
    (own_surroundings / "settings.toml").write_text("careful = true\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await at(drive, "review")
        await drive.press("1")
        assert "Enter takes row 1" in drive.said
        await drive.press("enter")
        assert drive.session.given("answers", "review").value == "o0"
        assert page.at == "tools"

    drive(steps, file=file, content=(content,))


def test_enter_behind_a_digit_ticks_that_row_as_was_said(file: Path, content: Path) -> None:
    """Where ten options or more wait for a second digit; Enter alone goes on once something is ticked."""
    asked, none = content / "questionnaires" / "small.toml", 'options.none = { en = "None"'
    more = "".join(f'options.o{number} = {{ en = "{number}", zh = "{number}", score = 0 }}\n' for number in range(9))
    asked.write_text(asked.read_text(encoding="utf-8").replace(none, more + none, 1), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await at(drive, "tools")
        await drive.press("2", "1")
        assert "Enter takes row 1" in drive.said
        await drive.press("enter")
        assert (drive.session.given("answers", "tools").value, page.at) == (("audit", "trade"), "tools")

    drive(steps, file=file, content=(content,))


def test_enter_takes_an_answer_to_an_earlier_wording_for_the_present_one(file: Path, content: Path) -> None:
    """A figure and ticks that stay as they were: the list of what was answered to an earlier wording lets them go.

    That they are answered may stand in the file, too; all ticks are taken then, and not the first alone.
    """
    asked = content / "questionnaires" / "small.toml"
    newer = asked.read_text(encoding="utf-8")
    for kind in ("number", "multi"):
        newer = newer.replace(f'kind = "{kind}"', f'kind = "{kind}"\nrevision = 2')
    asked.write_text(newer, encoding="utf-8")
    old = (
        '[answers.share]\nvalue = "2.5"\nyear = 2025\nrevision = 1\n'
        '[answers.tools]\nvalue = ["audit", "trade"]\nstate = "answered"\nrevision = 1\n'
    )
    file.write_text(file.read_text(encoding="utf-8") + old, encoding="utf-8")

    async def steps(drive: Drive) -> None:
        for id in ("share", "tools"):
            before = drive.session.given("answers", id)
            page = await at(drive, id)
            await drive.press("enter")
            assert page.at != id
            now = drive.session.given("answers", id)
            assert (now.value, now.year, now.revision) == (before.value, before.year, 2)

    drive(steps, file=file, content=(content,))


def test_enter_ticks_the_marked_row_where_nothing_is_ticked(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "tools")
        await drive.press("down", "enter")
        assert drive.session.given("answers", "tools").value == ("trade",)
        assert page.at == "story"

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize(
    ("asked", "keys", "again"),
    [
        ("plan", ("down", "space", "delete"), 1),
        ("tools", ("2", "2"), ("audit",)),
        ("review", ("1", "delete"), "outside"),
    ],
)
def test_the_enter_that_goes_on_gives_no_answer_where_one_was_taken_away(
    asked: str, keys: tuple[str, ...], again: object, file: Path, content: Path, own_surroundings: Path
) -> None:
    """Until the mark is moved, also behind a note beside it; the line of keys says which of both Enter does."""
    own_surroundings.mkdir(parents=True, exist_ok=True)
    (own_surroundings / "settings.toml").write_text("careful = true\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        drive.session.put("answers", "plan", value=1)
        page = await at(drive, asked)
        for more in (("f5", "escape", "enter"), ("up" if asked == "tools" else "down", "enter")):
            await drive.press(*keys)
            assert drive.session.state("answers", asked) == "blank"
            assert "Enter Next question" in drive.lines[-1]
            await drive.press(*more)
            assert page.at != asked
            assert drive.session.given("answers", asked).value == (None if more[0] == "f5" else again)
            page = await at(drive, asked)
            assert "Enter Take, go on" in drive.lines[-1]

    drive(steps, file=file, content=(content,))


def test_no_year_is_taken_where_there_is_no_figure(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.press("tab", "enter")
        assert (page.at, drive.said) == ("plan", "")
        assert "share" not in drive.session.answers.answers

    drive(steps, file=file, content=(content,))


def test_what_stands_alone_puts_the_others_out(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "tools")
        await drive.press("1", "3")
        assert drive.session.given("answers", "tools").value == ("none",)
        assert page.at == "tools", "an Enter out of habit must not answer the question behind it"
        await drive.press("2")
        assert drive.session.given("answers", "tools").value == ("trade",)
        await drive.press("3", "enter")
        assert drive.session.given("answers", "tools").value == ("none",)
        assert page.at == "story"

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize(("keys", "state"), [(("f6",), "dk"), (("d",), "dk"), (("f8",), "later"), (("l",), "later")])
def test_dont_know_and_later_go_on(file: Path, content: Path, keys: tuple[str, ...], state: str) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press(*keys)
        assert drive.session.state("answers", "plan") == state
        assert page.at == "tools"

    drive(steps, file=file, content=(content,))


def test_not_applicable_wants_a_reason(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("f7")
        await drive.on(ReasonPage)
        await drive.press("enter")
        await drive.on(QuestionsPage)
        assert drive.session.state("answers", "plan") == "blank"
        await drive.press("x")
        await drive.on(ReasonPage)
        await drive.write("没有此项")
        await drive.press("enter")
        await drive.on(QuestionsPage)
        given = drive.session.given("answers", "plan")
        assert (given.state, given.reason) == ("na", "没有此项")
        assert page.at == "tools"

    drive(steps, file=file, content=(content,))


def test_delete_takes_the_answer_away_and_keeps_the_note(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("down", "space")
        drive.session.put("answers", "plan", note="kept")
        await drive.press("delete")
        assert drive.session.state("answers", "plan") == "blank"
        assert drive.session.given("answers", "plan").note == "kept"

    drive(steps, file=file, content=(content,))


# ---- figures


def test_free_words_are_saved_while_they_are_typed(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "story")
        await drive.write("其他[b]情况")
        await drive.until(lambda: drive.session.given("answers", "story").value == "其他[b]情况")
        await drive.press("ctrl+n")
        await drive.on(ResultsPage)
        assert "the last question" in drive.said

    drive(steps, file=file, content=(content,))


def test_keys_of_a_field_of_words_take_back_and_answer_as_elsewhere(file: Path, content: Path) -> None:
    """Ctrl+Z takes back what is typed there, then what was done before; F6 and F7 answer."""

    async def steps(drive: Drive) -> None:
        drive.session.put("answers", "plan", value=1)
        await at(drive, "story")
        assert "PgDn Next question" in drive.lines[-1]
        assert "Enter" not in drive.lines[-1]
        await drive.write("w")
        await drive.press("ctrl+z")
        assert (drive.page.pane.words.text, drive.session.given("answers", "plan").value) == ("", 1)  # type: ignore[attr-defined]
        await drive.press("ctrl+z")
        assert drive.session.state("answers", "plan") == "blank"
        await drive.press("ctrl+y", "ctrl+y")
        assert [drive.session.given("answers", id).value for id in ("plan", "story")] == [1, "w"]
        await drive.press("f9", "ctrl+z")  # the field below shows what is in the file
        assert (await drive.on(QuestionsPage)).pane.words.text == ""
        await drive.press("ctrl+y", "f5", "e", "tab", "n", "ctrl+z")
        await drive.on(SupportPage)
        assert (drive.session.given("answers", "story").evidence, drive.session.given("answers", "story").note) == (
            ("e",),
            None,
        )
        await drive.write("m")
        await drive.press("escape")
        assert drive.session.given("answers", "story").note == "m"
        await drive.press("f7")
        await drive.on(ReasonPage)
        await drive.press("escape", "f6")
        assert drive.session.state("answers", "story") == "dk"

    drive(steps, file=file, content=(content,))


# ---- beside


def test_a_note_that_is_half_typed_is_saved_when_the_app_must_end(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("f5")
        await drive.on(SupportPage)
        await drive.write("Half a")
        drive.app.put_away()

    drive(steps, file=file, content=(content,))
    assert saved(file, content, "plan").evidence == ("Half a",)


def test_evidence_note_and_how_sure(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("2")
        assert "F5" in drive.said
        await drive.press("pageup", "f5")
        await drive.on(SupportPage)
        await drive.write("无")  # which is no document, and takes nothing away that is typed below it
        await drive.press("enter")
        await drive.write("Doc 1")
        await drive.press("enter")
        await drive.write("Doc 2")
        await drive.press("tab")
        await drive.write("[/b] note")
        await drive.press("tab", "1")
        await drive.press("escape")
        await drive.on(QuestionsPage)
        given = drive.session.given("answers", "plan")
        assert given.evidence == ("Doc 1", "Doc 2")
        assert (given.note, given.confidence) == ("[/b] note", "high")
        assert "Doc 1; Doc 2" in drive.text

    drive(steps, file=file, content=(content,))


# ---- keys pressed ahead

AHEAD = (
    ("f9", "2", "pagedown", "2", "enter", "1", "enter"),
    ("f9", "2", "1", ".", "5", "tab", "2", "0", "2", "4", "enter", "1", "enter", "d"),
    ("f9", "4", "f9", "2", "pagedown", "1", "f9", "3", "f9", "2", "2", "enter", "ctrl+z"),
    ("f9", "2", "pagedown", "f5", "D", "o", "c", "escape", "1", "f2", "down", "enter", "delete"),
)


@pytest.mark.parametrize(
    ("keys", "late"),
    every_other([(keys, late != bool(n % 2)) for n, keys in enumerate(AHEAD) for late in (False, True)]),
)
def test_keys_pressed_ahead_do_what_they_do_one_by_one(
    keys: tuple[str, ...], late: bool, file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`late`: the app comes to its own messages last, as on a machine that is busy with other things."""
    found = []
    bound = App._on_key

    async def slow(app: App[None], event: events.Key) -> None:
        await asyncio.sleep(0.05)
        await bound(app, event)

    for ahead in (False, True):
        path = Path(shutil.copy(file, file.with_name(f"{ahead}.toml")))
        if ahead and late:
            monkeypatch.setattr(App, "_on_key", slow)

        async def steps(drive: Drive, ahead: bool = ahead) -> None:
            await drive.until(lambda: drive.app.desk is not None)
            await drive.pilot.pause()
            app, before = drive.app, drive.app._turn
            for key in keys:
                if ahead:
                    letter = key if len(key) == 1 else None
                    name = _character_to_key(key) if letter else key
                    drive.send(events.Key(name, letter))
                else:
                    await drive.press(key)
            await drive.until(lambda: app._turn >= before + len(keys) and not app._held)
            await drive.until(lambda: not app._acting and app._open)
            await drive.pilot.pause()
            page = drive.app.screen
            values = {id: (given.value, given.state) for id, given in drive.session.answers.answers.items()}
            found.append((type(page).__name__, getattr(page, "at", ""), values))

        drive(steps, file=path, content=(content,))
    assert found[0] == found[1]


@pytest.mark.parametrize("back", ["f2", "escape"])
def test_the_question_is_seen_again_behind_the_list_that_took_its_place(back: str, file: Path, content: Path) -> None:
    """In a narrow window the list hides the question, whose rows get the keys before they have a size again."""

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        assert "How is it steered?" in drive.text
        assert "A paper" in drive.text
        for _ in range(2):
            await drive.press("f2")
            assert "A paper" not in drive.text
            await drive.press(back)
            await drive.until(lambda: "A paper" in drive.text)
            assert "How is it steered?" in drive.text

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize("narrower", [True, False])
def test_what_is_hidden_leaves_the_keys_to_what_is_seen(narrower: bool, file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("shift+tab")
        assert page.focused is page.outline
        if narrower:
            await drive.pilot.resize_terminal(80, 24)
        else:
            await drive.press("ctrl+o")
        await drive.until(lambda: page.focused is page.pane.sheet)
        await drive.press("2")
        assert drive.session.given("answers", "plan").value == 2

    drive(steps, size=(120, 40), file=file, content=(content,))


def test_nothing_is_answered_that_the_list_hides(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "plan")
        await drive.press("1")
        await drive.until(lambda: page.at != "plan")
        await drive.press("f2", "f6", "d", "delete", "f7", "f5")
        assert drive.page is page
        assert dict(drive.session.answers.answers) == {"plan": drive.session.given("answers", "plan")}
        await drive.press("ctrl+z")
        assert page.at == "plan"
        assert "A paper" in drive.text
        assert page.focused is page.pane.sheet

    drive(steps, file=file, content=(content,))


def test_a_fact_between_two_questions_says_why_it_is_asked(sample: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        session = drive.session
        session.put("facts", "location", value=None)
        waiting = next(id for id in session.visible if after_question(session, id) == ("facts", "location"))
        page = await at(drive, waiting)
        page.action_onward()
        facts: FactsPage = await drive.on(FactsPage)
        assert facts.at == "location"
        assert "the next question depends on it" in drive.text
        await drive.press("f2")
        facts.open_entry("structure")
        await drive.until(lambda: facts.at == "structure" and "depends on it" not in drive.text)
        page = await at(drive, session.visible[-1])
        page.action_onward()  # past the fact, on which a question hangs
        await drive.on(ResultsPage)
        assert "the last question; 1 is left" in drive.said
        await at(drive, session.visible[-1])
        await drive.press("f4")
        assert (await drive.on(FactsPage)).at == "location"

    drive(steps, file=sample)


def test_who_left_at_a_fact_is_asked_it_again(sample: Path) -> None:
    """And not the question that waits for it, as if the fact were answered."""
    library = Library(roots(()))
    with closing(open_desk(library, sample)) as desk:
        session = desk.session
        session.put("facts", "digital_base", value=None)
        session.put("answers", "ai_plus_use", value=None)
    with closing(open_desk(library, sample)) as desk:
        assert step_to_begin(desk) == "questions"
        bench = cast("Workbench", SimpleNamespace(session=desk.session, passed=set(), question=None))
        page = page_that_goes_on(bench)
        assert (type(page), page.at) == (FactsPage, "digital_base")
        bench.passed.add("digital_base")
        assert type(page_that_goes_on(bench)) is QuestionsPage
        bench.passed.clear()
        bench.question = next(iter(session.visible))  # who was at a question is led there
        assert type(page_that_goes_on(bench)) is QuestionsPage


def test_behind_the_last_question_evidence_is_found_in_the_review(sample: Path) -> None:
    """PgUp leads back to the question from the next one, but not from the results."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        session = drive.session
        levels = [id for id in session.visible if isinstance(session.asked("answers", id), LevelQuestion)]
        last = levels[-1]
        for id in session.visible[session.visible.index(last) + 1 :]:
            session.put("answers", id, state="na", reason="none here")
        for id in (levels[0], last):
            session.put("answers", id, evidence=())
        await at(drive, levels[0])
        await drive.press("5")
        assert "Evidence is wanted: PgUp, F5." in drive.said
        page = await at(drive, last)
        drive.app.only_open = True  # nothing behind is open
        assert page.at == last
        await drive.press("5")
        await drive.on(ResultsPage)
        assert "Review lists it" in drive.said
        assert "PgUp" not in drive.said

    drive(steps, file=sample)


def test_pgup_is_named_only_where_it_leads_back_to_the_evidence(sample: Path) -> None:
    """Not over a question that does not apply, nor from the next open one: F5 would ask for another's evidence."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        session, order = drive.session, drive.session.visible
        skipped = order[order.index("future_layout") + 1]
        assert session.state("answers", skipped) == "na"
        session.put("answers", "future_layout", evidence=())
        page = await at(drive, "future_layout")
        await drive.press("5")
        await drive.until(lambda: page.at == order[order.index(skipped) + 1])
        assert "Review lists it" in drive.said
        for id in ("rd_organisation", "priority_chain_check"):
            session.put("answers", id, value=None, evidence=())
        drive.app.show_question("blank0:answers:rd_organisation")
        await drive.until(lambda: page.at == "rd_organisation")
        await drive.press("5")
        await drive.until(lambda: page.at == "priority_chain_check")
        assert "Review lists it" in drive.said

    drive(steps, file=sample)


def test_what_is_taken_is_said_with_one_stop(file: Path, content: Path) -> None:
    """Levels are sentences of their own; the message does not end them twice."""
    for path in content.rglob("*.toml"):
        path.write_text(path.read_text(encoding="utf-8").replace('"有文件"', '"有文件。"'), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("1")
        await drive.until(lambda: "有文件" in drive.said)
        assert "。。" not in drive.said

    drive(steps, file=file, content=(content,), language="zh")


def test_an_answer_that_was_there_is_not_said_to_be_taken_back_by_ctrl_z(file: Path, content: Path) -> None:
    """That takes back what was answered last, elsewhere; the way through what is answered leads by Enter."""

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        await drive.press("1")
        assert "Ctrl+Z takes it back." in drive.said
        await at(drive, "share")
        await drive.write("0.5")
        await drive.press("enter")
        assert drive.said == "Taken: 0.5%. Ctrl+Z takes it back."
        await drive.press("enter")
        assert drive.said == "Taken: 1 A paper."
        await at(drive, "share")
        drive.session.give("answers", "tools", frozenset({"audit"}))
        await drive.press("enter")
        assert drive.said == "Taken: 0.5%."

    drive(steps, file=file, content=(content,))
