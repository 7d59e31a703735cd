"""The tools for what others send and want: figures taken in, answers and forms written, a benchmark set beside."""

import json
import os
import shutil
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from nqpf_assess.exchange.holder_forms import LISTS
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.model.answers import Answer
from nqpf_assess.model.problem import UserError
from nqpf_assess.session import Session
from nqpf_assess.session.desk import Wanted, new_desk
from nqpf_assess.tui.answering import review
from nqpf_assess.tui.answering.questions import QuestionsPage
from nqpf_assess.tui.answering.subject import WherePage
from nqpf_assess.tui.frame.dialogs import ChoicePage, FilePage
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.results.report import ReportFilePage, ReportPage
from nqpf_assess.tui.results.results import ResultsPage
from nqpf_assess.tui.tools.exporting import ExportFilePage, ExportPage
from nqpf_assess.tui.tools.exporting import _of_file as of_file
from nqpf_assess.tui.tools.files import FilesPage
from nqpf_assess.tui.tools.importing import ImportFilePage, ImportPage, NotReadPage
from nqpf_assess.tui.tools.merging import IntoPage
from nqpf_assess.tui.tools.peers import BenchmarkFilePage
from tests.support.later import Later
from tests.tui.driving import Drive, drive, saved

openpyxl = Later("openpyxl")


async def import_file(drive: Drive) -> None:
    """Choose the import, and the first file that it offers."""
    drive.app.action_tool("import")
    await drive.on(ImportFilePage)
    await drive.press("enter")


async def opened_import(drive: Drive) -> ImportPage:
    """Wait for the assessment, and open the first file that the import offers."""
    await drive.until(lambda: drive.app.desk is not None)
    await import_file(drive)
    return await drive.on(ImportPage)


def test_figures_are_taken_one_by_one_and_taken_back_together(file: Path, content: Path) -> None:
    words = file.read_text(encoding="utf-8") + "\n[answers.plan]\nvalue = 1\nat = 2026-01-05T09:00:00+08:00\n"
    file.write_text(words, encoding="utf-8")
    table = file.with_name("figures.csv")
    table.write_text("respondent,share,plan,nothing\nAnhe,2.31,2,x\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await opened_import(drive)
        drive.check_frame()
        assert "Enter Take what is ticked" in drive.lines[-1]
        assert page._ticked[("answers", "share")]
        assert not page._ticked[("answers", "plan")]
        assert "nothing" in drive.page.as_text()
        await drive.press("ctrl+l", "ctrl+l", "ctrl+l", "a", "home", "enter")
        asking = await drive.on(QuestionsPage)
        assert (asking.at, asking.pane.figure.value) == (
            "share",
            "2.31",
        )  # asked since before: its field shows what holds
        assert drive.session.answers.language == "zh"  # changed while the page was open
        assert drive.session.answers.answers["plan"].value == 2
        assert drive.session.answers.answers["share"].from_ is not None
        assert "value = 1\nat = 2026-01-05" in file.with_suffix(".before-import.toml").read_text(encoding="utf-8")
        await drive.press("ctrl+z")
        assert drive.session.answers.answers["plan"].value == 1
        assert "share" not in drive.session.answers.answers

    drive(steps, file=file, content=(content,))


def test_ticks_of_an_import_are_not_dropped_without_asking(file: Path, content: Path) -> None:
    words = file.read_text(encoding="utf-8") + "\n[answers.plan]\nvalue = 1\nat = 2026-01-05T09:00:00+08:00\n"
    file.write_text(words, encoding="utf-8")
    file.with_name("figures.csv").write_text("respondent,share,plan\nAnhe,2.31,2\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await opened_import(drive)
        await drive.press("escape")  # as it was found, nothing is asked
        await drive.on(QuestionsPage)
        page = await opened_import(drive)
        await drive.press("n")
        assert "go" not in [row.id for row in page.list.rows]  # “0 values were taken” would be said
        await drive.press("escape")
        await drive.on(ChoicePage)
        assert "Take what is ticked" not in drive.text  # nothing is
        await drive.press("1")
        await drive.until(lambda: drive.page is page)
        await drive.press("a", "escape")
        await drive.on(ChoicePage)
        await drive.press("2")
        await drive.on(QuestionsPage)
        assert drive.session.answers.answers["plan"].value == 2

    drive(steps, file=file, content=(content,))


def test_of_two_submissions_of_one_year_the_one_of_the_same_time_comes_in(file: Path, content: Path) -> None:
    """Its half is not the whole of it."""
    of = {"subject__name": "Anhe"}
    rows = [{"_id": 1, **of, "subject__period": "2025H1", "plan": "1"}]
    rows += [{"_id": 2, **of, "subject__period": "2025年", "plan": "2"}]
    file.with_name("figures.json").write_text(json.dumps(rows), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await opened_import(drive)
        assert page._plan.accepted().answers["plan"].value == 2
        assert "Of 2 respondents in the file this one alone is taken. Not taken: Anhe 2025H1" in page.as_text()

    drive(steps, file=file, content=(content,))


def test_an_import_that_is_refused_is_not_said_to_be_taken(
    file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.with_name("figures.csv").write_text("respondent,share,plan\nAnhe,2.31,2\n", encoding="utf-8")
    refuse = staticmethod(lambda _instrument, _view, answers: ("new",) if answers.answers else ())
    monkeypatch.setattr(Session, "_weightless", refuse)

    async def steps(drive: Drive) -> None:
        page = await opened_import(drive)
        await drive.press("enter")
        assert drive.app.screen is page
        assert "nothing would be left to weigh" in " ".join(drive.text.split())
        assert not drive.session.answers.answers

    drive(steps, file=file, content=(content,))


def test_a_value_ticked_to_be_filled_in_does_not_replace_what_came_in_meanwhile(file: Path, content: Path) -> None:
    """Somebody else's answer, taken over while the page stands open, is not ticked to be replaced."""
    file.with_name("figures.csv").write_text("respondent,share,plan\nAnhe,2.31,2\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await opened_import(drive)
        assert page._ticked["answers", "share"]
        answers = drive.session.answers
        theirs = answers.model_copy(update={"answers": {**answers.answers, "share": Answer(value="1")}})
        drive.session.bring_in(theirs)
        page.repaint()
        assert not page._ticked["answers", "share"]
        assert page._ticked["answers", "plan"]

    drive(steps, file=file, content=(content,))


def test_what_a_file_changed_by_others_shall_hold_is_asked_before_an_import_closes(file: Path, content: Path) -> None:
    """Else the page would take the question away instead of itself, and say that values are taken."""
    file.with_name("figures.csv").write_text("respondent,share,plan\nAnhe,2.31,2\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await opened_import(drive)
        file.write_text(file.read_text(encoding="utf-8") + "\n# by somebody else\n", encoding="utf-8")
        await drive.press("enter")
        await drive.until(lambda: "The file was changed" in drive.text)
        await drive.press("1")  # mine
        await drive.until(lambda: drive.page is page)
        assert drive.session.trouble is None

    drive(steps, file=file, content=(content,))
    assert saved(file, content, "plan").value == 2


def test_what_is_added_beside_an_answer_is_not_said_to_take_its_place(file: Path, content: Path) -> None:
    words = file.read_text(encoding="utf-8") + "\n[answers.plan]\nvalue = 1\n"
    file.write_text(words, encoding="utf-8")
    said = {**tomllib.loads(words), "answers": {"plan": {"evidence": ["Letter 7"]}}}
    file.with_name("figures.json").write_text(json.dumps(said, default=str), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await opened_import(drive)
        assert "+ Letter 7" in drive.page.as_text()
        assert "nothing is there yet" not in drive.page.as_text()
        await drive.press("enter")
        await drive.on(QuestionsPage)
        plan = drive.session.answers.answers["plan"]
        assert (plan.value, plan.evidence) == (1, ("Letter 7",))

    drive(steps, file=file, content=(content,))


def test_figures_begin_a_new_assessment(file: Path, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it would lie and nothing may be written is said before anything is ticked, not when all is done."""
    table = file.with_name("figures.csv")
    table.write_text("respondent,period,share\n甲镇,２０２５年,2.31\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await import_file(drive)
        await drive.on(ChoicePage)
        await drive.press("2")
        page = await drive.on(ImportPage)
        assert "nothing may be written" not in page.as_text()
        with monkeypatch.context() as patched:
            patched.setattr(os, "access", lambda *_: False)
            page.repaint()
            assert "nothing may be written" in " ".join(page.as_text().split())
        page.repaint()
        await drive.press("enter")
        await drive.until(lambda: drive.app.desk is not None)
        assert drive.session.answers.subject.period == "2025"
        assert drive.app.desk is not None
        assert drive.app.desk.path.name == "甲镇-2025.toml"
        assert drive.session.answers.answers["share"].value is not None

    drive(steps, content=(content,))


def test_a_statistics_sheet_is_read_by_a_map_that_is_chosen_by_its_name(file: Path, content: Path) -> None:
    (content / "maps").mkdir()
    (content / "maps" / "a_bulletin.toml").write_text(
        'format = "nqpf-map/1"\nquestionnaire = "small"\nlayout = "wide"\nacross = "indicator"\n'
        '[columns]\nplace = "place"\n[indicators."R&D share"]\nquestion = "share"\n',
        encoding="utf-8",
    )
    file.with_name("bulletin.csv").write_text("place,R&D share（%）\nAnhe,2.31\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        await import_file(drive)
        await drive.on(NotReadPage)
        await drive.press("2")
        await drive.on(ImportPage)
        await drive.press("enter")
        await drive.until(lambda: "share" in drive.session.answers.answers)
        assert drive.session.answers.answers["share"].value == "2.31"

    drive(steps, file=file, content=(content,))


def test_a_statistics_sheet_is_read_for_the_assessment_that_it_goes_into(file: Path, content: Path) -> None:
    """Chosen before the assessment, it would give figures of another year to it without a word."""
    (content / "maps").mkdir()
    (content / "maps" / "a_bulletin.toml").write_text(
        'format = "nqpf-map/1"\nquestionnaire = "small"\nlayout = "wide"\nacross = "indicator"\nplace = ["Anhe"]\n'
        '[columns]\nplace = "place"\n[indicators."R&D share"]\nquestion = "share"\n',
        encoding="utf-8",
    )
    file.with_name("bulletin.csv").write_text(
        "Main figures of 2019,\nplace,R&D share（%）\nAnhe,2.31\n", encoding="utf-8"
    )

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await import_file(drive)
        await drive.on(NotReadPage)
        await drive.press("2")
        await drive.on(ChoicePage)
        await drive.press("1")
        await drive.on(FilesPage)
        await drive.press("enter")
        page = await drive.on(ImportPage)
        year = drive.session.answers.subject.period
        assert f"the sheet is of 2019, and so are its figures; the assessment is of {year}" in " ".join(
            page.as_text().split()
        )

    drive(steps, content=(content,))


def test_what_cannot_be_read_is_said_with_what_can_be_done(file: Path, content: Path) -> None:
    file.with_name("notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (forms := file.with_name("anhe-forms")).mkdir()  # where Review lays the forms, which come back filled in
    (forms / "finance.csv").touch()

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        await import_file(drive)
        await drive.on(NotReadPage)
        drive.check_frame()
        assert "--map" not in drive.text, "an option of the command line is of no use here"
        assert "submissions of Kobo or ODK" in " ".join(drive.text.split())
        await drive.press("1")
        await drive.on(ImportFilePage)
        assert "Look in anhe-forms" in drive.text
        await drive.press("end", "enter")
        await drive.until(lambda: "finance.csv" in drive.text)

    drive(steps, file=file, content=(content,))


def test_what_is_left_out_is_not_said_to_be_there_already(file: Path, content: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("respondent", "share", "plan"), ("Anhe", "=1+1", 9)):
        book.active.append(row)
    book.save(file.with_name("figures.xlsx"))

    async def steps(drive: Drive) -> None:
        page = await opened_import(drive)
        assert "There is nothing to take" in drive.text
        assert "there already" not in drive.text
        assert "--values" not in page.as_text(), "an option of the command line is of no use here"

    drive(steps, file=file, content=(content,))


def test_answers_to_another_questionnaire_are_not_taken_for_those_of_an_edition(file: Path, content: Path) -> None:
    said = {"format": "nqpf-answers/1", "questionnaire": {"id": "region", "version": "2027.1.0"}}
    said |= {"weights": {"id": "baseline", "version": "2027.1.0"}, "facts": {"tier": {"value": "county"}}}
    file.with_name("figures.json").write_text(json.dumps(said), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        await import_file(drive)
        await drive.on(NotReadPage)
        assert "“region”; “small” is another questionnaire" in " ".join(drive.text.split())
        await drive.press("1")
        await drive.on(ImportFilePage)

    drive(steps, file=file, content=(content,))


def test_a_new_assessment_out_of_a_table_is_named_as_the_command_names_it(content: Path, tmp_path: Path) -> None:
    table = tmp_path / "one.csv"
    table.write_text("respondent,period,share\nNew Town,2026,2.5\n", encoding="utf-8")
    (tmp_path / "New Town-2026.toml").write_text("of somebody else", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("import")
        page = await drive.on(ImportFilePage)
        page.chosen(f"file:{table}", "enter")
        await drive.on(ChoicePage)
        await drive.press("2")
        await drive.on(ImportPage)
        await drive.press("a", "home", "enter")
        await drive.until(lambda: drive.app.desk is not None)
        assert drive.app.desk is not None
        assert drive.app.desk.path == tmp_path / "New Town-2026-2.toml"
        assert (tmp_path / "New Town-2026.toml").read_text(encoding="utf-8") == "of somebody else"

    drive(steps, content=(content,))


def test_an_import_that_changes_nothing_shows_no_key_that_does_nothing(file: Path, content: Path) -> None:
    words = file.read_text(encoding="utf-8") + "\n[answers.plan]\nvalue = 2\nat = 2026-01-05T09:00:00+08:00\n"
    file.write_text(words, encoding="utf-8")
    file.with_name("figures.csv").write_text("respondent,plan\nAnhe,2\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await opened_import(drive)
        assert "A All" not in drive.lines[-1]
        assert page.list.current == "back"
        await drive.press("enter")
        await drive.on(QuestionsPage)

    drive(steps, file=file, content=(content,))


def test_a_form_that_is_opened_is_led_to_the_import(file: Path, content: Path) -> None:
    table = file.with_name("figures.csv")
    table.write_text("respondent,share\nAnhe,2.31\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(ProblemsPage)
        assert "“Take figures from a file”" in drive.text
        assert "nqpf-assess import" not in drive.text

    drive(steps, file=table, content=(content,))


def test_answers_and_forms_are_written_and_nothing_of_others_is_replaced(file: Path, content: Path) -> None:
    elsewhere = file.parent / "elsewhere"
    elsewhere.mkdir()

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("export")
        page = await drive.on(ExportPage)
        drive.session.put("answers", "story", value="went on")
        await drive.press("3", "9")
        await drive.until(lambda: "Written" in drive.text)
        assert "went on" in (file.parent / "Anhe-2025.json").read_text(encoding="utf-8")  # as it is when it is written
        await drive.press("4")
        page.chosen("go", "enter")
        drive.app.speak("zh")  # while it is written: file and message are those of what was asked for
        await drive.until(lambda: "small-xlsx-en.xlsx" in drive.text)
        drive.app.speak("en")
        await drive.press("9")
        await drive.until(lambda: "no place for" in drive.text)
        await drive.press("8")
        await drive.on(ExportFilePage)
        await drive.press("x", "enter")
        assert "end in .xlsx" in drive.said
        await drive.press("escape")
        await drive.on(ChoicePage)
        await drive.press("3")
        await drive.on(ExportPage)
        form = next(file.parent.glob("*-xlsx-en.xlsx"))
        form.write_text("my own", encoding="utf-8")
        await drive.press("9")
        await drive.until(lambda: "Nothing was overwritten" in " ".join(drive.text.split()))
        assert form.read_text(encoding="utf-8") == "my own"
        assert page.list.current == "into"
        await drive.press("8")
        await drive.on(ExportFilePage)
        await drive.paste(str(elsewhere))  # a folder takes the name that was proposed
        await drive.press("enter")
        await drive.on(ExportPage)
        assert page.target == elsewhere / form.name
        page.chosen("form:json", "digit")
        assert page.target == elsewhere / "Anhe-2025.json"  # and stays where another form is chosen

    drive(steps, file=file, content=(content,))


def test_that_answers_are_of_another_edition_is_said_where_they_are_written_unopened(file: Path, content: Path) -> None:
    """The row of a table does not say by which edition it is read."""
    words = file.read_text(encoding="utf-8").replace('id = "small", version = "', 'id = "small", version = "0.')
    old = file.with_name("old.toml")
    old.write_text(words, encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        of_file(drive.app, old)
        await drive.on(ExportPage)
        assert "answered to edition 0." in " ".join(drive.text.split())

    drive(steps, file=file, content=(content,))


def test_no_file_is_named_as_if_it_were_of_another_kind(content: Path, tmp_path: Path) -> None:
    """Answers begun, merged or kept elsewhere as x.pdf would open in no program and stand in no list here."""
    for page in (WherePage, IntoPage, FilePage):
        assert page("").refusal("x.pdf") is not None
        assert page("").refusal("x.TOML") is None
    assert ReportFilePage("report.pdf").refusal("report.docx") is not None
    with pytest.raises(UserError, match=r"ends in \.toml"):
        new_desk(Library(roots((content,))), tmp_path / "x.pdf", Wanted("small"))


def test_a_form_goes_to_each_who_holds_missing_items(
    file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_rest: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        if len(asked) == 1:
            return subprocess.CompletedProcess(command, 1, b"", "填报表已填写，不予覆盖。".encode())
        Path(command[command.index("-o") + 1]).mkdir()
        return subprocess.CompletedProcess(command, 0, b"", b"2 forms")

    monkeypatch.setattr("subprocess.run", run)

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        await drive.press("f9", "3", "right", "e")
        await drive.until(lambda: "不予覆盖" in drive.said)
        await drive.press("e")
        await drive.until(lambda: "anhe-forms" in drive.said)
        words = [str(file), "--to", "xlsx", "--by", "holder", "-o", str(file.with_name("anhe-forms"))]
        assert asked[1][5:] == ["export", *words, "--content", str(content)]
        (file.with_name("anhe-forms") / "anhe-Statistics.xlsx").write_bytes(b"PK\x03\x04 filled in by a bureau")
        await drive.press("e")
        await drive.until(lambda: "anhe-forms-2" in drive.said)  # no other name can be chosen here
        noted = file.with_name("anhe-forms-2") / "anhe-who-got-what.csv"
        noted.write_bytes(LISTS[0].replace(b'"', b"") + b"Statistics,back on 3 May,,,\r\n")
        await drive.press("e")
        await drive.until(lambda: "anhe-forms-3" in drive.said)
        monkeypatch.setattr(review, "missing_by_holder", lambda *_: {})
        await drive.press("s")
        assert "Nothing is missing" in drive.said
        assert not list(file.parent.glob("*.txt"))
        await drive.press("e")
        assert "Nothing is missing" in drive.said  # and not that there are forms: those are of an earlier day
        assert len(asked) == 4

    drive(steps, file=file, content=(content,))


def test_others_stand_beside_the_results_and_in_the_report(file: Path, content: Path) -> None:
    identity = {"id": "small", "version": "1", "digest": "x"}
    spread = {"scored": 9, "mean": 50, "q10": 10, "q25": 20, "median": 50, "q75": 80, "q90": 90}
    group = {"group": {}, "n": 9, "columns": {"baseline_score": spread}}
    other = {**group, "group": {"region": "R01"}, "n": 4}
    benchmark = {"format": "nqpf-benchmark/1", "questionnaire": identity, "weights": [], "groups": [group, other]}
    (file.parent / "others.json").write_text(json.dumps(benchmark), encoding="utf-8")
    (file.parent / "cohort.json").write_text('{"format": "nqpf-cohort/1"}', encoding="utf-8")  # beside it, and later
    (file.parent / "others.csv").write_text("respondent,share\nAnhe,2.31\n", encoding="utf-8")
    next_one = file.with_name("next.toml")
    shutil.copy(file, next_one)

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("peers")
        await drive.on(BenchmarkFilePage)
        await drive.paste(str(file.with_name("others.csv")))
        await drive.press("enter")
        await drive.on(ProblemsPage)
        assert "Whoever holds the table" in drive.text  # and no command
        await drive.press("escape")
        drive.app.action_tool("peers")
        await drive.on(BenchmarkFilePage)
        await drive.press("enter")
        await drive.on(ChoicePage)
        await drive.press("2")
        await drive.on(ResultsPage)
        assert "the 4 respondents" in drive.text
        report = ReportPage()
        drive.app.push_screen(report)
        await drive.on(ReportPage)
        assert "4 respondents" in " ".join(report._make(to="text").data.decode().split())
        assert drive.app.desk is not None
        peers = drive.app.chosen_peers.pop(drive.app.desk.path)
        other = replace(peers.benchmark.questionnaire, id="other")  # as the command line may name one
        benchmark = replace(peers.benchmark, questionnaire=other)
        drive.app.options = drive.app.options._replace(peers=replace(peers, benchmark=benchmark))
        assert "respondents" not in report._make(to="text").data.decode()
        drive.app.options = drive.app.options._replace(peers=peers)  # for the file that is named there
        for _way in ("stated", "chosen"):
            drive.app.open_file(next_one)  # beside it nobody was chosen
            await drive.until(lambda: drive.app.desk is not None and drive.app.desk.path == next_one.absolute())
            assert drive.app.peers is None
            drive.app.open_file(file)
            await drive.until(lambda: drive.app.desk is not None and drive.app.desk.path == file.absolute())
            assert drive.app.peers is peers
            drive.app.options = drive.app.options._replace(peers=None)
            drive.app.chosen_peers[drive.app.desk.path] = peers
        drive.app.chosen_peers.clear()
        drive.app.options = drive.app.options._replace(file=None, peers=peers)
        assert drive.app.peers is peers  # where none is named, it is beside each

    drive(steps, file=file, content=(content,))


def test_what_a_source_says_otherwise_and_is_not_taken_is_not_said_to_be_there(file: Path, content: Path) -> None:
    """Told that all is there already, people would throw away the form with a bureau's other note."""
    words = file.read_text(encoding="utf-8") + '\n[answers.plan]\nvalue = 1\nnote = "Ours"\n'
    file.write_text(words, encoding="utf-8")
    said = {**tomllib.loads(words), "answers": {"plan": {"value": 1, "note": "Theirs"}}}
    file.with_name("figures.json").write_text(json.dumps(said, default=str), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await opened_import(drive)
        text = " ".join(drive.page.as_text().split())
        assert "all of it is there already" not in text
        assert "below is what was left out, and why" in text
        assert "the note differs and stays as it is" in text

    drive(steps, file=file, content=(content,))
