"""What stands beside what in wide windows, and the same as views of their own in small ones."""

import shutil
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual import events

from nqpf_assess.files.found import Sheet
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import shipped
from nqpf_assess.model.problem import UserError
from nqpf_assess.report.make import make_report
from nqpf_assess.tui.home.files import OpenPage, SamplesPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.results.plan import PlanPage
from nqpf_assess.tui.results.report import ReadPage, ReportPage
from nqpf_assess.tui.results.results import ResultsPage
from nqpf_assess.tui.widgets.list import RowList
from tests.tui.driving import Drive, drive


@pytest.mark.parametrize(("size", "shown"), [((119, 30), 0), ((120, 40), 1), ((160, 42), 2)])
def test_results_take_the_room_there_is(sample: Path, size: tuple[int, int], shown: int) -> None:
    """Of lists that stand side by side one has the keys, and that is seen without colours too."""

    async def steps(drive: Drive) -> None:
        page = await drive.on(ResultsPage)
        seen = ["Largest gaps, share of the shortfall" in drive.text, "What if an answer were another?" in drive.text]
        assert sum(seen) == shown
        drive.check_frame()
        if shown:
            await drive.press("tab", "down")
            for another_window in (False, True):
                if another_window:  # rows stay where a click that comes back to this one will look for them
                    drive.send(events.AppBlur())
                    await drive.until(lambda: drive.app.focused is None)
                drawn = (page.query_one(id, RowList)._drawn for id in ("#rows", "#beside"))
                assert [{look for _, look, _ in lines} for lines in drawn] == [{"", "waiting"}, {"", "cursor"}]

    drive(steps, size=size, file=sample)


def test_what_a_floor_caps_is_shown_after_the_floors(tmp_path: Path) -> None:
    file = tmp_path / "hub.toml"
    shutil.copy(shipped() / "samples" / "innovation_hub_city.toml", file)

    async def steps(drive: Drive) -> None:
        page: ResultsPage = await drive.on(ResultsPage)
        beside = page.query_one("#beside", RowList).rows
        assert any(row.text == "Most for their effort, each alone, after floors" for row in beside)
        rows = {row.id: row.tail for row in beside}
        best = max(drive.session.judged, key=lambda measure: measure.gain_after_floors or 0)
        assert rows[f"measure:{best.id}"] == "+28.8"
        drive.app.step_to("plan")
        await drive.on(PlanPage)
        heads = next(line for line in drive.text.splitlines() if "alone adds" in line)
        assert "after floors  within" in heads
        assert "Entry gate for projects" in drive.text
        assert "within 1 year" in drive.text
        drive.check_frame()

    drive(steps, size=(160, 45), file=file)


@pytest.mark.parametrize("size", [(80, 24), (160, 42)])
def test_an_answer_is_moved_on_trial_and_put_back(sample: Path, size: tuple[int, int]) -> None:
    before = sample.read_bytes()

    async def steps(drive: Drive) -> None:
        page: ResultsPage = await drive.on(ResultsPage)
        score = drive.session.score
        if size == (80, 24):
            await drive.press("+")  # shows the answers first
            assert page.tab == "whatif"
        await drive.press("+")
        assert len(page.tried.moved) == 1
        assert page.tried.session.score != score
        assert "→" in drive.text
        await drive.press("-", "-", "delete")
        assert page.tried.moved == {}
        assert drive.session.score == score

    drive(steps, size=size, file=sample)
    assert sample.read_bytes() == before


def test_files_to_open_say_place_year_and_score(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that can no longer be read when its turn comes keeps its row, and the others their scores."""
    for name in ("renewal_city_2024", "renewal_city_2025"):
        shutil.copy(shipped() / "samples" / f"{name}.toml", ".")
    shutil.copy(shipped() / "samples" / "grain_county_quick.toml", "gone.toml")
    reading = Library.open_answers

    def read(library: Library, path: Path, **how: Any) -> Sheet:
        if path.name == "gone.toml":
            raise UserError({"en": "gone", "zh": "已不在"}, status=3)
        return reading(library, path, **how)

    monkeypatch.setattr(Library, "open_answers", read)

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("3")
        await drive.on(OpenPage)
        await drive.until(lambda: drive.text.count("score ") == 2)
        assert "2024" in drive.text
        assert "renewal_city_2025.toml" in drive.text
        Path("away").mkdir()
        Path("renewal_city_2025.toml").rename("away/renewal_city_2025.toml")
        await drive.write("away")  # a folder is looked in
        await drive.press("enter")
        await drive.until(lambda: drive.text.count("score ") == 1)
        assert "Answer files in away" in drive.text
        assert "2024" not in drive.text
        await drive.press("down", "enter")
        await drive.until(lambda: drive.app.desk is not None)

    drive(steps)


@pytest.mark.parametrize(("language", "words"), [("en", "Grain county"), ("zh", "产粮县")])
def test_samples_say_what_they_show_in_the_readers_language(language: str, words: str) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("4")
        page = await drive.on(SamplesPage)
        assert words in drive.text
        assert all(not row.text.isascii() or language == "en" for row in page.list.rows if row.id)
        drive.check_frame()

    drive(steps, language=language)


def test_the_report_is_read_as_soon_as_it_is_written(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One key from the results and from the plan; what would replace a file is asked first."""
    monkeypatch.setenv("NQPF_ASSESS_REPORT_FORM", "text")
    written, gate = sample.with_name(f"{sample.stem}-report-en.txt"), Event()

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await drive.press("2")
        reading: ReadPage = await drive.on(ReadPage)
        await drive.until(lambda: "in brief" in drive.text)
        assert str(written) in drive.said.replace("\n", "")
        drive.check_frame()
        reading.list.scroll_lines(10_000)
        await drive.press("enter")
        assert "This is the end" in drive.said
        await drive.press("enter")
        page: ReportPage = await drive.on(ReportPage)
        assert page.list.current == "read"
        made = written.read_bytes()
        written.write_bytes(b"mine " + made)
        await drive.press("f9", "4")
        await drive.on(ResultsPage)
        await drive.press("2")
        page = await drive.on(ReportPage)
        assert page._begun is None
        assert page.list.current == "write"
        assert written.read_bytes() == b"mine " + made
        written.unlink()
        await drive.press("f9", "5")
        await drive.on(PlanPage)
        monkeypatch.setattr(
            "nqpf_assess.report.make.make_report", lambda *a, **k: (gate.wait(30), make_report(*a, **k))[1]
        )
        await drive.press("1")
        await drive.on(ReadPage)
        await drive.press("f9", "5")  # it is written though nobody waits for it
        await drive.on(PlanPage)
        gate.set()
        await drive.until(lambda: written.exists() and written.read_bytes() == made)

    drive(steps, file=sample)


def test_a_report_of_what_is_taken_back_is_offered_no_longer(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQPF_ASSESS_REPORT_FORM", "text")

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        drive.session.choose_profile(next(chain for chain in drive.session.chains if chain[-1].id == "baseline"))
        await drive.press("2")
        await drive.on(ReadPage)
        await drive.until(lambda: "in brief" in drive.text)
        await drive.press("escape")
        page: ReportPage = await drive.on(ReportPage)
        assert "read" in [row.id for row in page.list.rows]
        await drive.press("ctrl+z")
        await drive.until(lambda: "read" not in [row.id for row in page.list.rows])

    drive(steps, file=sample)
