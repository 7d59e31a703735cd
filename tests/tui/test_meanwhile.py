"""Work comes back when its page lies under another, or was left; and a click is refused as its key is."""

import asyncio
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from textual import events
from textual.worker import Worker, WorkerState

from nqpf_assess.engine.planning import Planner
from nqpf_assess.files.places import shipped
from nqpf_assess.files.store import write_whole
from nqpf_assess.locale import _
from nqpf_assess.model.plan import Plan
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.planning import planner_for, ticked
from nqpf_assess.tui.answering.review import ReviewPage
from nqpf_assess.tui.frame.dialogs import ChoicePage
from nqpf_assess.tui.home.help import HelpPage
from nqpf_assess.tui.home.menu import MenuPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.results.plan import BestPlanPage, PlanPage
from nqpf_assess.tui.results.report import ReadPage, ReportPage
from nqpf_assess.tui.results.results import ResultsPage
from nqpf_assess.tui.tools.checking import VerdictPage
from nqpf_assess.tui.tools.cohort import CohortPage
from nqpf_assess.tui.tools.exporting import ExportPage
from tests.tui.driving import Drive, at, drive


async def best_plans(drive: Drive) -> BestPlanPage:
    """Open the page of best plans from the plan."""
    drive.app.action_go("plan")
    await drive.on(PlanPage)
    await drive.press("b")
    return await drive.on(BestPlanPage)


def test_a_plan_that_comes_while_help_is_read_is_taken_when_it_is_left(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the help would close in place of its page, and measures be ticked unseen."""
    gate, plan = Event(), Planner.plan
    monkeypatch.setattr(Planner, "plan", lambda planner, budget: (gate.wait(30), plan(planner, budget))[1])

    async def steps(drive: Drive) -> None:
        drive.session.choose_measures(())
        page = await best_plans(drive)
        await drive.until(lambda: page.list.current is not None)
        await drive.press("7", "enter", "f1")
        await drive.on(HelpPage)
        gate.set()
        await drive.until(lambda: not list(drive.app.workers))
        await drive.pilot.pause()
        assert isinstance(drive.page, HelpPage)
        assert ticked(drive.session) == ()
        await drive.press("escape")
        await drive.on(PlanPage)
        assert ticked(drive.session)
        assert "Best plan for an effort of 7" in drive.said

    drive(steps, file=sample)


def test_a_plan_that_waits_for_its_curve_is_taken_where_that_comes_while_help_is_read(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page does not wait for ever for a curve that comes under the help."""
    gate = Event()
    monkeypatch.setattr(
        "nqpf_assess.tui.results.plan.planner_for", lambda session: (gate.wait(30), planner_for(session))[1]
    )

    async def steps(drive: Drive) -> None:
        drive.session.choose_measures(())
        await best_plans(drive)
        await drive.press("7", "enter", "f1")
        await drive.on(HelpPage)
        gate.set()
        await drive.until(lambda: not list(drive.app.workers))
        await drive.press("escape")
        await drive.on(PlanPage)
        assert "Best plan for an effort of 7" in drive.said

    drive(steps, file=sample)


def test_enter_held_down_works_one_plan_out_at_a_time(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once in one solver would end the process, and leave the terminal as the app has it."""
    both, at_work, plan = Event(), list[int](), Planner.plan

    def working(planner: Planner, budget: int) -> Plan:
        at_work.append(budget)
        if len(at_work) > 1:
            both.set()
        both.wait(0.5)
        at_work.remove(budget)
        return plan(planner, budget)

    async def steps(drive: Drive) -> None:
        drive.session.choose_measures(())
        page = await best_plans(drive)
        await drive.until(lambda: page.list.current is not None)
        monkeypatch.setattr(Planner, "plan", working)
        await drive.press("7")
        for _time in range(3):
            drive.send(events.Key("enter", None))
        await drive.on(PlanPage)
        assert not both.is_set()
        assert "Best plan for an effort of 7" in drive.said

    drive(steps, file=sample)


def test_what_the_menu_does_on_a_page_that_closed_meanwhile_ends_nothing(sample: Path) -> None:
    """“A page down” of the menu over a plan that comes just then does nothing; what every page can is still done."""

    async def steps(drive: Drive) -> None:
        page = await best_plans(drive)
        page.dismiss(None)
        await drive.until(lambda: not page.is_attached)
        for action, opened in (("page(1)", PlanPage), ("app.help", HelpPage)):
            drive.app.push_screen(MenuPage(page))
            menu = await drive.on(MenuPage)
            menu.chosen(action, "enter")
            await drive.on(opened)
            await drive.pilot.pause()

    drive(steps, file=sample)


def test_a_key_held_down_starts_one_process_that_writes_forms(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else as many would write into one folder as threads may run, each with the whole program in memory."""
    both, at_work = Event(), list[Path]()

    def run(command: list[str], **_rest: object) -> subprocess.CompletedProcess[bytes]:
        folder = Path(command[command.index("-o") + 1])
        at_work.append(folder)
        if len(at_work) > 1:
            both.set()
        both.wait(0.5)
        at_work.remove(folder)
        folder.mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, 0, b"", b"2 forms")

    monkeypatch.setattr("subprocess.run", run)

    async def steps(drive: Drive) -> None:
        drive.app.action_go("review")
        await drive.on(ReviewPage)
        for _time in range(3):
            drive.send(events.Key("e", "e"))
        await drive.until(lambda: "sample-forms" in drive.said)
        assert not both.is_set()

    drive(steps, file=sample)


def test_a_report_that_cannot_be_written_while_help_is_read_says_so(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The help stays, and the page below it does not go on saying that the report is written."""
    gate = Event()

    def refuse(path: Path, data: bytes) -> None:
        gate.wait(30)
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("nqpf_assess.tui.results.report.write_whole", refuse)

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await drive.press("2")
        await drive.on(ReadPage)
        await drive.press("f1")
        await drive.on(HelpPage)
        gate.set()
        await drive.until(lambda: not list(drive.app.workers))
        await drive.pilot.pause()
        assert isinstance(drive.page, HelpPage)
        await drive.press("escape")
        await drive.on(ReportPage)
        assert "could not be written" in " ".join(drive.text.split())

    drive(steps, file=sample)


def test_of_two_reports_into_one_file_the_one_begun_last_stays(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes long and is left does not come over the short one begun later, with the answers of before."""
    first, second, written = Event(), Event(), list[bytes]()

    def write(path: Path, data: bytes) -> None:
        if not first.is_set():
            first.set()
            second.wait(1)
        written.append(data)
        second.set()
        write_whole(path, data)

    monkeypatch.setattr("nqpf_assess.tui.results.report.write_whole", write)

    async def steps(drive: Drive) -> None:
        for full in (True, False):
            drive.app.action_go("report")
            page = await drive.on(ReportPage)
            page.chosen("form:md", "digit")
            if full:
                page.chosen("full", "digit")
            await drive.press("9")
            await drive.until(first.is_set)
        await drive.until(lambda: page._outcome)
        await drive.until(lambda: len(written) == 2)
        assert len(written[0]) > len(written[1])

    drive(steps, file=sample)


@pytest.mark.parametrize("change", ["ctrl+z", "ctrl+l"])
def test_a_report_that_was_overtaken_by_a_change_says_so(
    change: str, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that holds a tick taken back while it is written is told with a warning."""
    gate, made = Event(), write_whole
    monkeypatch.setattr(
        "nqpf_assess.tui.results.report.write_whole", lambda path, data: (gate.wait(30), made(path, data))[1]
    )

    async def steps(drive: Drive) -> None:
        drive.session.choose_measures([drive.session.judged[0].id])
        drive.app.action_go("report")
        page = await drive.on(ReportPage)
        await drive.press("7", "9", change)
        gate.set()
        await drive.until(lambda: page._outcome)
        assert any(row.id == "read" for row in page._outcome)
        assert any(row.look == "warn" for row in page._outcome) == (change == "ctrl+z")

    drive(steps, file=sample)


@dataclass
class Failed:
    """Work that failed."""

    name: str
    error: Exception
    result: None = None


def test_what_comes_back_to_a_page_that_was_left_ends_nothing(sample: Path) -> None:
    """Work that fails behind a page whose assessment is closed by then is passed over."""

    async def steps(drive: Drive) -> None:
        await at(drive, "rd_organisation")
        drive.app.action_tool("export")
        page = await drive.on(ExportPage)
        drive.app.action_home()
        failed: Worker[object] = Failed("export", PermissionError(13, "Permission denied"))  # type: ignore[assignment]
        page.post_message(Worker.StateChanged(failed, WorkerState.ERROR))
        await asyncio.sleep(0)
        await drive.on(HomePage)

    drive(steps, file=sample)


def test_a_second_enter_leaves_no_page_on_which_a_folder_is_reported_on(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the page gone it would look as if nothing were done, while the files are being written."""
    gate = Event()
    monkeypatch.setattr(
        "nqpf_assess.tui.tools.cohort.run_command", lambda *_command: (gate.wait(30), (0, ["2 rows"]))[1]
    )
    shutil.copy(shipped() / "samples" / "renewal_city_2024.toml", sample.parent)

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        drive.app.action_tool("cohort")
        page = await drive.on(CohortPage)
        await drive.press("9", "enter")
        assert drive.page is page
        gate.set()
        await drive.until(lambda: "No report was written" in drive.text)

    drive(steps, file=sample)


def test_a_second_enter_leaves_no_report_that_is_being_examined(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would lead to the start page, a third into the assessment there, and no verdict be seen."""
    gate = Event()

    def examined(page: VerdictPage) -> None:
        gate.wait(30)
        raise UserError(_("No report."))

    monkeypatch.setattr(VerdictPage, "_examine", examined)

    async def steps(drive: Drive) -> None:
        drive.app.push_screen(VerdictPage(sample))
        await drive.on(VerdictPage)
        await drive.press("enter")
        assert "At work" in drive.text
        gate.set()
        await drive.until(lambda: "No report." in drive.text)

    drive(steps, file=sample)


def test_what_a_click_asks_for_is_refused_in_a_sentence(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal is told after a click as after its key, and does not end the app."""

    def refuse(page: ResultsPage) -> None:
        raise UserError(_("The folder cannot be read."))

    monkeypatch.setattr(ResultsPage, "action_compare", refuse)

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await drive.pilot.click(offset=(drive.lines[-1].index("Compare"), 23))
        await drive.until(lambda: drive.said == "The folder cannot be read.")

    drive(steps, file=sample)


@pytest.mark.parametrize("tool", ["cohort", "export"])
def test_a_click_below_is_no_work_that_ended(tool: str, sample: Path) -> None:
    """The page of cohorts stays, and that of exports does not say that a file could not be written."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        drive.app.action_tool(tool)
        await drive.until(lambda: not isinstance(drive.app.screen, ResultsPage))
        await drive.pilot.pause()
        before = drive.text
        await drive.pilot.click(offset=(drive.lines[-1].index("Help"), 23))
        await drive.on(HelpPage)
        await drive.press("escape")
        await drive.until(lambda: drive.text == before)

    drive(steps, file=sample)


def test_a_key_acts_on_no_page_that_opens_while_it_comes_through(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An Enter typed on from a field would choose “my answers” of a question that nobody has seen."""
    taken: list[str | None] = []

    def ask(page: ResultsPage, event: events.Key) -> None:
        page.bench.ask(ChoicePage(_("Leave?"), (), (("stay", _("Stay")),)), taken.append)

    monkeypatch.setattr(ResultsPage, "on_key", ask, raising=False)

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await drive.press("escape")
        await drive.on(ChoicePage)
        await drive.press("escape")
        await drive.on(ResultsPage)
        assert taken == [None]

    drive(steps, file=sample)
