"""Every page at both sizes in both languages: the model first, then what stands on the screen."""

import tomllib
from collections.abc import Awaitable, Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input

from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.model.answers import Override
from nqpf_assess.report.wording import number
from nqpf_assess.session.planning import effect_of, ticked
from nqpf_assess.session.remembered import recall
from nqpf_assess.tui.answering.profiles import REMOVE, OverridePage, OverridesPage, ProfilePage, ProfilesPage
from nqpf_assess.tui.answering.questions import FactsPage, QuestionsPage
from nqpf_assess.tui.answering.review import ReviewPage
from nqpf_assess.tui.answering.search import SearchPage
from nqpf_assess.tui.answering.subject import NewPage, SubjectPage
from nqpf_assess.tui.drawing.rows import ends
from nqpf_assess.tui.frame.dialogs import ChoicePage
from nqpf_assess.tui.home.help import HelpPage
from nqpf_assess.tui.home.menu import MenuPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.results.plan import PlanPage
from nqpf_assess.tui.results.report import ReportPage
from nqpf_assess.tui.results.results import BalancePage, ExplainPage, ResultsPage
from nqpf_assess.tui.widgets.list import RowList
from tests.tui.driving import BOTH, CHINESE, ENGLISH, LANGUAGES, Drive, at, drive

Steps = Callable[[Drive], Awaitable[None]]


def walk(steps: Steps, sample: Path, size: tuple[int, int], language: str) -> None:
    async def begun(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await steps(drive)

    drive(begun, size=size, language=language, file=sample)


def here(drive: Drive, en: str, zh: str) -> None:
    drive.check_frame()
    wanted = {"en": en, "zh": zh}[drive.app.language]
    assert wanted in drive.text, f"{wanted} is not in\n{drive.text}"


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_results(sample: Path, size: tuple[int, int], language: str) -> None:
    async def steps(drive: Drive) -> None:
        card = scorecard_of(drive.session.assessed)
        here(drive, f"Overall {number(card.overall.score)}", f"总分 {number(card.overall.score)}")
        here(drive, "Under the baseline", "通用基准得分")
        assert number(card.overall.baseline_score) in drive.text
        await drive.press("right")
        worst = max((node for node in card.nodes if node.level == "dimension"), key=lambda node: node.share or 0)
        dimension = drive.session.instrument.questionnaire.dimensions[worst.id]
        # The short name stands where there is no room, which a name in Chinese finds at 80 columns, too.
        names = (dimension.title,) if size[0] >= 120 else (dimension.title, dimension.short)
        assert any(name and name[language] in drive.text for name in names)
        await drive.press("right")
        here(drive, "Innovation", "科技创新")
        assert any("⠁" <= letter <= "⣿" for letter in drive.text)
        await drive.press("right")
        here(drive, "How even:", "均衡程度：")
        await drive.press("enter")
        await drive.on(BalancePage)
        here(drive, "Coordination D", "耦合协调度")
        await drive.press("escape")
        await drive.on(ResultsPage)
        await drive.press("right")
        here(drive, "What if an answer were another?", "换一个答案会怎样？")

    walk(steps, sample, size, language)


@pytest.mark.parametrize(("size", "language"), ENGLISH)
def test_results_lead_to_what_is_open_first(sample: Path, size: tuple[int, int], language: str) -> None:
    """With a question open, Enter on the results asks it; with none, it goes on to the measures."""

    async def steps(drive: Drive) -> None:
        page: ResultsPage = await drive.on(ResultsPage)
        assert page.list.current == "step:plan"
        id = drive.session.visible[3]
        drive.session.put("answers", id, value=None, state=None)
        await drive.press("f9", "2")
        await drive.on(QuestionsPage)
        await drive.press("f9", "4")
        await drive.on(ResultsPage)
        here(drive, "First: 1 question left to answer", "先补答：还剩 1 题")
        await drive.press("enter")
        asked: QuestionsPage = await drive.on(QuestionsPage)
        assert asked.at == id

    walk(steps, sample, size, language)


@pytest.mark.parametrize(("size", "language"), CHINESE)
def test_what_was_put_off_is_said_at_the_end_and_is_not_called_answered(
    sample: Path, size: tuple[int, int], language: str
) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        first, *_others, last = drive.session.visible
        drive.session.put("answers", first, state="later", value=None)
        drive.session.put("facts", "population", state="later")
        drive.app.show_question(f"answers:{last}")
        await drive.on(QuestionsPage)
        await drive.press("pagedown")
        await drive.on(ResultsPage)
        here(drive, "the last question; 2 are put off", "有 2 题留待稍后再答")

    walk(steps, sample, size, language)


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_any_figure_explains_itself_down_to_the_answer(sample: Path, size: tuple[int, int], language: str) -> None:
    async def steps(drive: Drive) -> None:
        await drive.press("down", "down", "enter")
        await drive.on(ExplainPage)
        here(drive, "weighted mean", "加权平均")
        for _ in range(3):
            before = drive.app.screen
            await drive.press("home", "enter")
            await drive.until(partial(lambda left: drive.app.screen is not left, before))
            await drive.pilot.pause()
            drive.check_frame()
        here(drive, "How it is scored", "如何计分")
        await drive.press("1")
        page: QuestionsPage = await drive.on(QuestionsPage)
        assert page.at == drive.session.visible[0]
        assert len(drive.app.screen_stack) == 2

    walk(steps, sample, size, language)


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_plan_shows_the_effect_at_once(sample: Path, size: tuple[int, int], language: str) -> None:
    async def steps(drive: Drive) -> None:
        drive.session.choose_measures(())
        await drive.press("f9", "5")
        page: PlanPage = await drive.on(PlanPage)
        first = page.list.current
        assert first is not None
        await drive.press("space")
        assert first in ticked(drive.session)
        effect = effect_of(drive.session, ticked(drive.session))
        assert f"{number(effect.before)} → " in drive.text
        here(drive, "Who leads", "牵头方")
        await drive.press("right")
        here(drive, "within 1 year", "年以内")
        await drive.press("right")
        here(drive, "Not called for or not suited here", "暂不需要或不适用")
        await drive.press("delete")
        assert ticked(drive.session) == ()

    walk(steps, sample, size, language)


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_place_and_profiles(sample: Path, size: tuple[int, int], language: str) -> None:
    async def steps(drive: Drive) -> None:
        await drive.press("f9", "1")
        page: FactsPage = await drive.on(FactsPage)
        assert page.at == "tier"
        here(drive, "Which tier of government", "属于哪一级")
        await drive.press("f2", "home", "enter")
        await drive.on(SubjectPage)
        here(drive, "Year the answers describe", "数据所属年份")
        await drive.press("escape")
        await drive.on(FactsPage)
        await drive.press("f2", "end", "up", "enter")
        await drive.on(ProfilesPage)
        await drive.press("f3")
        await drive.on(SearchPage)
        await drive.press("escape")
        await drive.on(ProfilesPage)
        here(drive, "suggested here", "建议采用")
        await drive.press("down", "enter")
        await drive.on(ProfilePage)
        here(drive, "What it moves here", "用在这里的调整")
        await drive.press("escape")
        await drive.on(ProfilesPage)
        await drive.press("down", "enter")
        await drive.on(ProfilePage)
        await drive.press("1")
        await drive.on(QuestionsPage)
        assert drive.session.instrument.profile.id == "baseline"
        here(drive, "Now in use", "已采用")

    walk(steps, sample, size, language)


@pytest.mark.parametrize(("size", "language"), ENGLISH)
def test_review_leads_to_each_question_and_writes_the_sheet(sample: Path, size: tuple[int, int], language: str) -> None:
    async def steps(drive: Drive) -> None:
        drive.session.give("answers", "rd_intensity", None)
        await drive.press("f9", "3")
        await drive.on(ReviewPage)
        here(drive, "Not answered", "未答")
        await drive.press("right")
        here(drive, "Statistics bureau", "统计局")
        await drive.press("s")
        await drive.press("s")
        (path,) = sample.parent.glob("*.txt")
        sheet = path.read_text(encoding="utf-8")
        asked = drive.session.asked("answers", "rd_intensity").text
        assert asked[language] in sheet
        path.write_text(filled := sheet + "2.31", encoding="utf-8")
        await drive.press("s")  # what somebody filled in stays, and a sheet stands beside it
        assert path.read_text(encoding="utf-8") == filled
        assert path.with_stem(f"{path.stem}-2").read_text(encoding="utf-8") == sheet
        await drive.press("left", "enter")
        page: QuestionsPage = await drive.on(QuestionsPage)
        assert page.at == "rd_intensity"

    walk(steps, sample, size, language)


@pytest.mark.parametrize(("size", "language"), CHINESE)
def test_report_is_written_where_it_says(sample: Path, size: tuple[int, int], language: str) -> None:
    async def steps(drive: Drive) -> None:
        await drive.press("f9", "6")
        page: ReportPage = await drive.on(ReportPage)
        here(drive, "Language of the report", "报告语言")
        await drive.press("7")
        target = page.target
        await drive.press("9")
        await drive.until(lambda: page._outcome)
        assert target.read_text(encoding="utf-8").strip()
        here(drive, "Written", "已写入")
        await drive.press("down", "enter")
        assert str(target.parent) in drive.said
        await drive.press("8")
        assert page.target.suffix == ".html"
        await drive.press("9")
        await drive.until(lambda: page._outcome)
        assert page.target.read_bytes().startswith(b"<!doctype html>")

    walk(steps, sample, size, language)


def test_a_report_never_replaces_what_is_no_report(sample: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.press("f9", "6")
        page: ReportPage = await drive.on(ReportPage)
        page._path = sample
        before = sample.read_bytes()
        await drive.press("9")
        assert "is no report" in drive.said
        page._path = sample.with_name("mine.pdf")
        assert "GB/T 9704" not in page.as_text()
        page.chosen("form:docx", "digit")
        assert "GB/T 9704" in page.as_text()
        plain = page._make().data
        page.chosen("official", "enter")
        assert page._make().data != plain
        assert page.target == sample.with_name("mine.docx")
        page._elsewhere(str(sample.parent))  # a folder: into it, under the name it has
        assert page.target == sample.with_name("mine.docx")
        assert page._begun is None
        assert sample.read_bytes() == before

    walk(steps, sample, (80, 24), "en")


def test_a_fault_while_a_report_is_made_is_said_and_the_app_goes_on(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def steps(drive: Drive) -> None:
        await drive.press("f9", "6")
        page: ReportPage = await drive.on(ReportPage)
        monkeypatch.setattr(page, "_make", lambda: 1 // 0)
        await drive.press("9")
        await drive.until(lambda: page._outcome)
        assert "your answers are safe" in " ".join(drive.text.split())
        assert drive.app.fault is None
        monkeypatch.setattr("nqpf_assess.report.make.make_report", lambda *_, **__: 1 // 0)
        await drive.press("f9", "4")
        await drive.on(ResultsPage)
        await drive.press("2")
        await drive.on(ReportPage)  # the page that waits for the text has gone again
        await drive.until(lambda: "your answers are safe" in " ".join(drive.text.split()))

    walk(steps, sample, (80, 24), "en")


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_menu_and_help_list_every_act(sample: Path, size: tuple[int, int], language: str) -> None:
    async def steps(drive: Drive) -> None:
        await drive.press("f9", "2")
        page = await drive.on(QuestionsPage)
        await drive.press("f9")
        menu: MenuPage = await drive.on(MenuPage)
        drive.check_frame()
        assert menu.list.current == "app.go('questions')"  # Esc and Enter lead back
        offered = {row.id for row in menu.list.rows}
        assert {act.action for act in page.ACTS if act.action} <= offered
        await drive.write("撤销" if language == "en" else "undo")
        assert next(row.id for row in menu.list.rows if row.id) == "app.undo"
        await drive.press(*["backspace"] * 4)
        await drive.write("jieshi" if language == "en" else "explain")  # steps too are found by other words
        assert [row.id for row in menu.list.rows if row.id] == ["app.go('results')"]
        await drive.press("escape")
        await drive.on(QuestionsPage)
        await drive.press("down", "f1")
        shown: HelpPage = await drive.on(HelpPage)
        drive.check_frame()
        said = " ".join(row.text for row in shown.query_one("#rows").rows)  # type: ignore[attr-defined]
        for act in page.ACTS:
            assert act.words[language] in said
        assert drive.session.asked("answers", page.at).text[language] in said

    walk(steps, sample, size, language)


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_home_lists_what_was_open_and_begins_anew(size: tuple[int, int], language: str, tmp_path: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        here(drive, "Everything stays on this computer", "全部内容只留在本机")
        here(drive, "Look around in a filled sample", "先看一份填好的示例")
        await drive.press("1")
        await drive.write("Anhe 安和")
        await drive.press("tab")
        await drive.write("２０２５年")
        await drive.press("enter", "enter", "enter")
        await drive.on(FactsPage)
        subject = drive.session.answers.subject
        assert (subject.name, subject.period, drive.session.answers.mode) == ("Anhe 安和", "2025", "quick")
        assert (tmp_path / "work" / "Anhe-安和.toml").exists()
        await drive.press("f9", "0")
        await drive.on(HomePage)
        here(drive, "Anhe 安和 2025", "Anhe 安和 2025")

    drive(steps, size=size, language=language)


def test_a_sample_is_laid_out_as_a_copy_of_ones_own(own_surroundings: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("4", "1", "2")
        await drive.until(lambda: drive.app.desk is not None)
        assert drive.app.desk is not None
        assert drive.app.desk.path.is_relative_to(own_surroundings / "tour")

    drive(steps)


def test_a_correction_by_hand_wants_a_reason(sample: Path) -> None:
    async def steps(drive: Drive) -> None:
        drive.session.override(())
        drive.app.push_screen(OverridesPage())
        await drive.on(OverridesPage)
        await drive.press("home", "enter")
        await drive.on(OverridePage)
        await drive.write("2")
        await drive.press("tab", "tab", "tab", "1")
        assert "reason" in drive.said
        await drive.press("shift+tab")
        await drive.write("Because [/b]")
        await drive.press("tab", "1")
        await drive.on(OverridesPage)
        override = drive.session.answers.override[0]
        assert (str(override.factor), override.why) == ("2", "Because [/b]")
        assert "by hand" in drive.text
        drive.page.say(REMOVE)
        await drive.press("enter", "escape")  # what was said of one is not said of the next
        await drive.on(OverridesPage)
        assert not drive.said
        drive.session.override((Override(node="rd_intensity", factor=Decimal(2), why="x"),))
        drive.page.repaint()
        assert "rd_intensity" in [row.id for row in drive.page.query_one(RowList).rows]  # counted, so it is listed

    walk(steps, sample, (80, 24), "en")


def test_too_small_a_window_says_what_it_needs(sample: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.pilot.resize_terminal(60, 20)
        await drive.until(lambda: "60 × 20" in drive.text)
        assert "70 columns by 22 lines" in " ".join(drive.text.split())
        await drive.pilot.resize_terminal(80, 24)
        await drive.until(lambda: "Overall" in drive.text)
        await drive.until(lambda: drive.page.focused is not None)

    walk(steps, sample, (80, 24), "en")


def test_the_radar_has_the_height_of_the_window_it_is_seen_in(sample: Path) -> None:
    """It is drawn anew when the window changes, and not only with the next key."""

    async def steps(drive: Drive) -> None:
        await drive.press("right", "right")
        small = drive.text
        await drive.pilot.resize_terminal(100, 35)
        await drive.until(lambda: len(drive.lines) == 35)
        await drive.press("left", "right")
        large = drive.text
        await drive.pilot.resize_terminal(80, 24)
        await drive.until(lambda: drive.text == small)
        await drive.pilot.resize_terminal(100, 35)
        await drive.until(lambda: drive.text == large)

    walk(steps, sample, (80, 24), "en")


def test_a_question_fills_its_room_where_the_window_was_resized_below_another_page(sample: Path) -> None:
    """Its lines were cut at the end, or broken as for a narrow pane, until the next question."""
    sizes = ((120, 40), (80, 24))

    async def steps(drive: Drive) -> None:
        pane = (await at(drive, "work_safety_rate")).pane

        async def shown(columns: int) -> list[str]:
            await drive.until(lambda: pane._drawn_in == pane.size.width and columns - pane.size.width in (0, 46))
            await drive.pilot.pause()
            return drive.lines[2:10]

        seen = {}
        for size in sizes:
            await drive.pilot.resize_terminal(*size)
            seen[size] = await shown(size[0])
        for size in sizes:
            await drive.press("f5")
            await drive.pilot.resize_terminal(*size)
            await drive.press("escape")
            assert await shown(size[0]) == seen[size]

    walk(steps, sample, (80, 24), "en")


def test_the_last_line_shows_at_most_six_keys_and_cuts_none(sample: Path) -> None:
    from nqpf_assess.tui.frame.page import HINTS

    async def steps(drive: Drive) -> None:
        for step in "123456":
            await drive.press("f9", step)
            await drive.pilot.pause()
            assert "…" not in drive.lines[-1]
            assert 2 <= sum(act.hint is not None for act in drive.page.hinted()) <= HINTS

    for language in LANGUAGES:
        walk(steps, sample, (80, 24), language)


def test_the_left_side_of_a_line_gives_way() -> None:
    from nqpf_assess.tui.drawing.rows import Part

    line = ends((Part("where we are, at length"),), (Part("right"),), 16)
    assert "".join(part.text for part in line) == "where we … right"


@pytest.mark.parametrize("typed", ["undo", "chexiao", "cx", "last change back"])
def test_help_finds_a_key_by_what_people_call_it(typed: str, sample: Path) -> None:
    """By its words in either language, by pinyin, and by the name that the settings give it."""

    async def steps(drive: Drive) -> None:
        await drive.press("f1")
        await drive.on(HelpPage)
        await drive.write(typed)
        assert "Take the last change back" in drive.text
        assert "PgDn" in drive.lines[-1]

    walk(steps, sample, (80, 24), "en")


def test_every_view_of_results_and_plan_has_the_way_on(sample: Path) -> None:
    """The way to the report asks for a name first where there is none to print on it."""
    words = sample.read_text(encoding="utf-8")
    sample.write_text(words.replace('name = "清溪县（虚构）"', 'name = ""'), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        for tab in ("gaps", "radar", "sureness"):
            page: ResultsPage = await drive.on(ResultsPage)
            page.action_show_tab(tab)
            drive.check_frame()
            await drive.press("2")
            await drive.on(ReportPage)
            nameless = next(place for place, line in enumerate(drive.lines) if "no name on its title page" in line)
            assert "9  Write the report" in drive.lines[nameless + 1]  # in sight with it, however long the path is
            await drive.press("f9", "4")
        page = await drive.on(ResultsPage)
        page.action_show_tab("radar")
        await drive.press("enter")
        plan: PlanPage = await drive.on(PlanPage)
        plan.action_show_tab("others")
        assert "Tick" not in drive.lines[-1]
        await drive.press("1")
        await drive.on(ReportPage)
        assert "no name on its title page" in drive.text

    walk(steps, sample, (80, 24), "en")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("undo", "Take the last"), ("quit", "Leave the"), ("doctor", "About"), ("next year", "All assessments")],
)
def test_the_menu_finds_what_is_everywhere_by_other_words(typed: str, found: str, sample: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.press("f9")
        await drive.on(MenuPage)
        await drive.write(typed)
        assert found in drive.text

    walk(steps, sample, (80, 24), "en")


def test_enter_goes_on_behind_the_choice_of_quick_or_full(sample: Path) -> None:
    """A mode that is chosen marks the way on; else Enter would choose it again and again."""

    async def steps(drive: Drive) -> None:
        await drive.press("f9", "1")
        facts: FactsPage = await drive.on(FactsPage)
        facts.open_entry("@subject")
        page = await drive.on(SubjectPage)
        await drive.write("A")
        assert "not saved yet" in drive.lines[-2]  # a name is saved when its field is left
        page.set_focus(page.list)
        await drive.press("1")
        assert "not saved yet" not in drive.lines[-2]
        assert drive.session.answers.mode == "quick"
        assert page.list.current == "done"
        await drive.press("enter")
        await drive.on(FactsPage)
        await drive.press("f9", "0")
        await drive.on(HomePage)
        await drive.press("1")
        new: NewPage = await drive.on(NewPage)
        new.set_focus(new.list)
        await drive.press("2")
        assert new.list.current == "begin"

    walk(steps, sample, (80, 24), "en")


@pytest.mark.parametrize(
    ("typed", "choice", "years"),
    [
        ("2026", "1", {"sample.toml": "2025", "sample-2026.toml": "2026"}),
        ("2026", "2", {"sample.toml": "2026"}),
        ("2026", "escape", {"sample.toml": "2025"}),
        ("2026", "hangup", {"sample.toml": "2025"}),
        ("2024", "", {"sample.toml": "2024"}),  # a mistake that is mended
        ("2025 H2", "1", {"sample.toml": "2025 H1", "sample-2025-H2.toml": "2025 H2"}),
        ("2026 H1", "1", {"sample.toml": "2025", "sample-2026-H1.toml": "2026 H1"}),
        ("2025年上半年", "1", {"sample.toml": "2025年一季度", "sample-2025年上半年.toml": "2025年上半年"}),
        ("2025三季度", "1", {"sample.toml": "2025年上半年", "sample-2025三季度.toml": "2025三季度"}),
        ("2025年秋", "escape", {"sample.toml": "2025"}),  # nobody knows whether it comes before
    ],
)
def test_answers_of_a_year_are_not_replaced_by_those_of_the_next_unasked(
    typed: str, choice: str, years: dict[str, str], sample: Path
) -> None:
    """Who opens last year's file and types the new year would have nothing left to compare with.

    The start page knows both files at once, and last year's as it is left, not as it was opened. In the new file no
    undo brings the old year: whoever took it for last year's file would go on in the wrong one. A name that was typed
    before the year is that of the new file alone.
    """
    called = tomllib.loads(sample.read_text(encoding="utf-8"))["subject"]["name"]

    async def steps(drive: Drive) -> None:
        drive.session.put("answers", "rd_intensity", value=None)
        before = years["sample.toml"] if choice == "1" else "2025"
        drive.session.describe(drive.session.answers.subject.model_copy(update={"period": before}))
        await drive.press("f9", "1")
        facts: FactsPage = await drive.on(FactsPage)
        facts.open_entry("@subject")
        await drive.on(SubjectPage)
        drive.page.query_one("#name", Input).value = "Renamed"
        await drive.field("period")
        drive.page.query_one("#period", Input).value = typed
        if choice == "hangup":  # nobody can be asked
            drive.app.put_away()
            return
        await drive.press("tab")
        if choice:
            await drive.on(ChoicePage)
            await drive.press(choice)
        page = await drive.on(SubjectPage)
        assert page.field("period").value == drive.session.answers.subject.period
        if choice == "1":
            score = drive.app.standing().score
            seen = [(Path(one.path).name, one.period, one.score) for one in recall().recent]
            assert seen == [(name, period, score) for name, period in reversed(years.items())]
            assert page.list.has_focus  # a digit would take the place of who answers
            await drive.press("ctrl+z")
            assert page.field("period").value == drive.session.answers.subject.period == typed
        await drive.press("escape")
        await drive.on(FactsPage)

    walk(steps, sample, (80, 24), "en")
    found = {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in sample.parent.glob("*.toml")}
    assert {name: table["subject"]["period"] for name, table in found.items()} == years
    names = [table["subject"]["name"] for _name, table in sorted(found.items(), reverse=True)]
    assert names == ([called, "Renamed"] if choice == "1" else ["Renamed"])
    assert len({len(table["answers"]) for table in found.values()}) == 1
