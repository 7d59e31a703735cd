"""The best plan is taken from the curve: by a number or a line; the screen shows it ticked, with its reason."""

import shutil
import threading
from decimal import Decimal
from pathlib import Path

import pytest

from nqpf_assess.engine.planning import Planner, planner_of
from nqpf_assess.files.places import shipped
from nqpf_assess.locale import tell
from nqpf_assess.model.follow_up import FollowUp
from nqpf_assess.model.plan import CurvePoint
from nqpf_assess.report.wording import number
from nqpf_assess.session.answering import Session
from nqpf_assess.session.planning import PlanEffect, counted, effect_of, in_order, planner_for, ticked
from nqpf_assess.tui.drawing.glyphs import UNICODE
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.results.plan import TICK, BestPlanPage, PlanPage, curve_rows, rising
from tests.tui.driving import CHINESE, SIZES, Drive, drive
from tests.tui.test_pages import here, walk

NOTHING = PlanEffect(50.0, 50.0, 0, {})


@pytest.mark.parametrize(("size", "language"), CHINESE)
def test_best_plan_is_ticked(sample: Path, size: tuple[int, int], language: str) -> None:
    """B, a number, Enter: exactly the measures of the best plan for that effort are ticked; undo takes them back."""

    async def steps(drive: Drive) -> None:
        drive.session.choose_measures(())
        await drive.press("f9", "5")
        await drive.on(PlanPage)
        await drive.press("b")
        page: BestPlanPage = await drive.on(BestPlanPage)
        await drive.until(lambda: page.list.current is not None)
        here(drive, "How much effort is at hand", "可用投入是多少")
        await drive.press("7")
        drive.check_frame()
        await drive.press("enter")
        await drive.on(PlanPage)
        wanted = planner_of(drive.session.assessed).plan(7)
        assert set(ticked(drive.session)) == {step.id for step in wanted.chosen}
        assert effect_of(drive.session, ticked(drive.session)).gain == pytest.approx(wanted.gain)
        here(drive, "Best plan for an effort of 7", "投入 7 以内的最优方案")
        await drive.press("ctrl+z")
        assert ticked(drive.session) == ()

    walk(steps, sample, size, language)


def test_what_lifts_the_floor_that_holds_the_score_is_told_above_the_curve(sample: Path) -> None:
    """The curve is of gains before the floors: a best plan may leave broken what holds the score."""
    shutil.copy(shipped() / "samples" / "innovation_hub_city.toml", sample)

    async def steps(drive: Drive) -> None:
        await drive.press("f9", "5")
        await drive.on(PlanPage)
        await drive.press("b")
        page: BestPlanPage = await drive.on(BestPlanPage)
        await drive.until(lambda: page.list.current is not None)
        words = " ".join(drive.text.split())
        assert "below its floor of 40, so the overall score is at most 59. What can lift it: “Entry gate" in words

    drive(steps, file=sample)


def test_what_is_said_of_the_best_plan_is_gone_behind_the_follow_up_sheet(sample: Path) -> None:
    """What came of a measure changes its sum, and is what Ctrl+Z takes back first."""

    async def steps(drive: Drive) -> None:
        await drive.press("f9", "5")
        page: PlanPage = await drive.on(PlanPage)
        await drive.press("b")
        best: BestPlanPage = await drive.on(BestPlanPage)
        await drive.until(lambda: best.list.current is not None)
        await drive.press("7", "enter")
        await drive.on(PlanPage)
        assert "Ctrl+Z" in page.said
        await drive.press("f", "enter", "3", "escape", "escape")
        await drive.on(PlanPage)
        assert not page.said
        assert len(counted(drive.session)) == len(ticked(drive.session)) - 1

    drive(steps, file=sample)


@pytest.mark.parametrize("view", [0, 1, 2])
def test_enter_goes_on_and_takes_no_tick_away(sample: Path, view: int) -> None:
    """From a measure that is ticked to the next, from the last to the report; of a plan nothing is lost."""

    async def steps(drive: Drive) -> None:
        await drive.press("f9", "5")
        page: PlanPage = await drive.on(PlanPage)
        await drive.press(*["right"] * view)
        drive.session.choose_measures([row.id for row in page.list.rows if row.id and row.id != "write:"])
        page.repaint()
        before, shown = ticked(drive.session), [row.id for row in page.list.rows if row.id]
        await drive.press("end", "up")
        for place in (shown[-2], shown[-1], "write:"):
            assert page.list.current == place
            assert (TICK in page.hinted()) == (place != "write:")
            await drive.press(*["enter"] * (place != "write:"))
        assert ticked(drive.session) == before

    walk(steps, sample, SIZES[0], "en")


def test_what_came_along_with_a_tick_is_told_when_the_tick_goes(file: Path, content: Path) -> None:
    """It stays ticked, for the report: the line does not go on saying that it comes along."""

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.session.give("answers", "share", Decimal(1))
        drive.session.give("answers", "plan", 0)
        drive.session.give("answers", "tools", frozenset({"audit"}))
        await drive.press("f9", "5")
        page = await drive.on(PlanPage)
        while page.list.current != "bids":
            await drive.press("down")
        await drive.press("space")
        assert drive.said == "Along with it, as it comes first: List needs"
        await drive.press("space")
        assert ticked(drive.session) == ("list",)
        assert drive.said == "What had to come before it stays ticked: List needs"
        await drive.press("delete")
        assert drive.said == "No measure is ticked any more. Ctrl+Z takes it back."

    drive(steps, file=file, content=(content,))


def test_enter_is_kept_while_the_curve_is_worked_out(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """B, a number, Enter before the curve is there: said, kept, and taken once it is there."""
    ready = threading.Event()

    def slow(session: Session) -> Planner:
        ready.wait(30)
        return planner_for(session)

    monkeypatch.setattr("nqpf_assess.tui.results.plan.planner_for", slow)

    async def steps(drive: Drive) -> None:
        drive.session.choose_measures(())
        await drive.press("f9", "5")
        await drive.on(PlanPage)
        await drive.press("b")
        await drive.on(BestPlanPage)
        await drive.press("enter")
        here(drive, "Working out the best plan", "正在计算")
        await drive.press("7", "enter")
        here(drive, "effort of 7 is taken as soon as", "投入 7 以内")
        drive.check_frame()
        ready.set()
        await drive.on(PlanPage)
        wanted = planner_of(drive.session.assessed).plan(7)
        assert set(ticked(drive.session)) == {step.id for step in wanted.chosen}

    try:
        walk(steps, sample, SIZES[0], "en")
    finally:
        ready.set()


def test_closing_changes_nothing(sample: Path) -> None:
    """Esc leaves the ticks. Where other weights are taken back meanwhile, the curve is of those that hold."""

    async def steps(drive: Drive) -> None:
        before = ticked(drive.session)
        drive.session.choose_profile(next(c for c in drive.session.chains if c[-1].id == "baseline"))
        await drive.press("f9", "5")
        await drive.on(PlanPage)
        await drive.press("b")
        page: BestPlanPage = await drive.on(BestPlanPage)
        await drive.until(lambda: page._planner is not None)
        await drive.press("ctrl+z")
        await drive.until(lambda: page._planner is not None)
        assert page._planner is not None
        assert page._planner.points == planner_for(drive.session).points
        await drive.press("escape")
        await drive.on(PlanPage)
        assert ticked(drive.session) == before

    walk(steps, sample, SIZES[0], "en")


@pytest.mark.parametrize(("size", "language"), CHINESE)
def test_the_plan_counts_the_ticks_that_the_report_counts(sample: Path, size: tuple[int, int], language: str) -> None:
    """What does not suit here any more, and what is done by the follow-up sheet, is ticked, marked and not counted."""

    async def steps(drive: Drive) -> None:
        fit, rest = in_order(drive.session.judged)
        first, done, dropped = (measure.id for measure in fit[:3])
        unsuited = next(measure.id for measure in rest if any(lift > 1 for lift in measure.lifts.values()))
        drive.session.choose_measures([first, done, unsuited])
        over = FollowUp(measure=done, state="done"), FollowUp(measure=dropped, state="dropped", reason="x")
        drive.session.keep_follow_up(over)
        assert counted(drive.session) == (first,)
        await drive.press("f9", "5")
        await drive.on(PlanPage)
        here(drive, "ticked 1, 2 more not counted", "已选 1 项，另有 2 项不计入")
        here(drive, "[x] done: ", "[x] 已完成：")
        only = effect_of(drive.session, (first,))
        assert f"{number(only.before)} → {number(only.after)}" in drive.text
        await drive.press("right", "right")
        title = tell(drive.session.instrument.questionnaire.countermeasures[unsuited].title, language)
        here(drive, f"[x] {title}", f"[x] {title}")
        await drive.press("b")  # what is done would be hoped for once more
        page: BestPlanPage = await drive.on(BestPlanPage)
        await drive.until(lambda: page.list.current is not None)
        here(drive, "Not chosen again, since done or dropped", "落实跟踪表中已完成或已取消，不再选入：")
        assert page._planner is not None
        left = {one.id: one.why["en"] for one in page._planner.left_out}
        assert (left[done], left[dropped]) == ("done already", "left out as asked")

    walk(steps, sample, size, language)


def told(rows: tuple[object, ...]) -> str:
    return "\n".join(
        "".join(part.text for part in row.parts) or row.text  # type: ignore[attr-defined]
        for row in rows
    )


def test_curve_stops_where_it_stops_rising() -> None:
    """Efforts that gain nothing more are not listed; an unproven gain shows its bound; what is ticked stands there."""
    curve = tuple(
        CurvePoint(budget, min(budget, 3) * 1.0, 3.5 if budget == 2 else min(budget, 3)) for budget in range(9)
    )
    assert rising(curve) == 3
    rows = curve_rows(curve, PlanEffect(50.0, 51.0, 3, {}), "", Speech("en", UNICODE, 80))
    assert [row.id for row in rows if row.id] == ["1", "2", "3"]
    assert "at most 3.50" in told(rows)
    assert "ticked now: +1.0" in told(rows)
    typed = curve_rows(curve, NOTHING, "99", Speech("zh", UNICODE, 80))
    assert [row.id for row in typed if row.id] == ["3"]
    mistyped = curve_rows(curve, NOTHING, "2f", Speech("en", UNICODE, 80))
    assert not any(row.id for row in mistyped), "no budget is offered that nobody typed"
    assert "“2f” is no whole number" in told(mistyped)


def test_nothing_to_choose_is_said() -> None:
    """Without a score, and without a measure to choose, a sentence stands in the place of the curve."""
    speech = Speech("en", UNICODE, 80)
    assert "no overall score" in told(curve_rows((), NOTHING, "", speech))
    assert "No countermeasure can be" in told(curve_rows((CurvePoint(0, 0.0, 0.0),), NOTHING, "", speech))
    flat = tuple(CurvePoint(budget, 0.0, 0.0) for budget in range(4))  # no plan of nothing is offered
    assert "No countermeasure moves" in told(curve_rows(flat, NOTHING, "8", speech))
