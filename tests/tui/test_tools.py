"""The tools: what the command line can do for one person, from the start page and from an open assessment."""

import errno
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from nqpf_assess.cli.main import command_line
from nqpf_assess.files.editions import TAKE_OVER
from nqpf_assess.files.places import shipped
from nqpf_assess.locale import fill
from nqpf_assess.tui.answering.questions import QuestionsPage
from nqpf_assess.tui.editing.pairs import PairPage, PairsPage
from nqpf_assess.tui.editing.question import QuestionPage
from nqpf_assess.tui.editing.rubric import RubricPage
from nqpf_assess.tui.editing.rubric_forms import AdjustmentForm
from nqpf_assess.tui.frame.dialogs import ChoicePage
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.frame.tools import in_app
from nqpf_assess.tui.home.menu import MenuPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.home.tools import ToolsPage
from nqpf_assess.tui.results.compare import ComparePage, EarlierPage
from nqpf_assess.tui.results.following import FollowingPage
from nqpf_assess.tui.results.report import ReportPage
from nqpf_assess.tui.results.results import ResultsPage
from nqpf_assess.tui.tools.checking import CheckFilePage, FoundPage, LessonPage, VerdictPage
from nqpf_assess.tui.tools.cohort import CohortPage
from nqpf_assess.tui.tools.differing import ContentDifferencePage, EditionsPage
from nqpf_assess.tui.tools.editors import EditedQuestionsPage, NewRubricPage, PartsPage, RubricsPage
from nqpf_assess.tui.tools.exporting import ExportFilePage, ExportPage
from nqpf_assess.tui.tools.files import FilesPage, TickPage
from nqpf_assess.tui.tools.importing import ImportFilePage, ImportPage, NotReadPage
from nqpf_assess.tui.tools.merging import MergedPage, MergePage
from nqpf_assess.tui.tools.migrating import MigrationPage
from nqpf_assess.tui.tools.peers import BenchmarkFilePage
from tests.tui.driving import BOTH, Drive, drive, saved


async def import_file(drive: Drive) -> None:
    """Choose the import, and the first file that it offers."""
    drive.app.action_tool("import")
    await drive.on(ImportFilePage)
    await drive.press("enter")


@pytest.fixture
def two(file: Path) -> tuple[Path, Path]:
    """Two respondents of one subject, who differ in one answer."""
    words = file.read_text(encoding="utf-8")
    for name, level in (("first", 1), ("second", 2)):
        answer = f"\n[answers.plan]\nvalue = {level}\nat = 2026-01-05T09:00:00+08:00\n"
        body = words.replace('name = "Anhe"', f'name = "Anhe"\nrespondent = "{name}"')
        (file.parent / f"{name}.toml").write_text(body + answer, encoding="utf-8")
    file.unlink()
    return file.parent / "first.toml", file.parent / "second.toml"


@pytest.mark.parametrize(("typed", "tool"), [
    ("merge", "merge"), ("respondents", "merge"), ("hebing", "merge"), ("hbdr", "merge"), ("会签", "merge"),
    ("ahp", "pairs"), ("cengci", "pairs"), ("层次分析", "pairs"), ("duban", "follow"), ("excel", "import"),
    ("daoru", "import"), ("upgrade", "migrate"), ("shengji", "migrate"), ("quanzhong", "rubric"), ("zbtx", "rubric"),
    ("wording", "question"), ("save as", "export"), ("daochu", "export"), ("空白表", "export"),
    ("median", "peers"), ("tonglei", "peers"), ("create", "new_rubric"), ("xinjian", "new_rubric"),
    ("versions", "differ"), ("chayi", "differ"), ("mistakes", "check"), ("jiancha", "check"),
    ("ranking", "cohort"), ("paiming", "cohort"), ("last year", "compare"), ("qunian", "compare"),
])  # fmt: skip
def test_a_tool_is_found_by_what_people_call_it(typed: str, tool: str) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("f9")
        page = await drive.on(MenuPage)
        await drive.write(typed)
        assert f"app.tool('{tool}')" in [row.id for row in page.list.rows]

    drive(steps)


def test_a_hint_that_names_a_command_names_the_tool() -> None:
    hint = in_app(fill(TAKE_OVER, path="a.toml"))
    assert hint is not None
    assert "Take answers over" in hint["en"]
    assert "把答卷转到现行版问卷" in hint["zh"]
    assert not any("nqpf-assess" in words for words in hint.values())
    assert in_app(
        {"en": "Looked in: a. A path may be given with --weights.", "zh": "已查找：a。也可用 --weights 给出路径。"}
    ) == {
        "en": "Looked in: a.",
        "zh": "已查找：a。",
    }


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_every_tool_opens_from_the_start_page_and_esc_leads_back(size: tuple[int, int], language: str) -> None:
    pages: dict[str, type[Page]] = {
        "import": ImportFilePage,
        "export": ChoicePage,
        "merge": TickPage,
        "compare": FilesPage,
        "follow": FilesPage,
        "cohort": CohortPage,
    }
    pages |= {"migrate": FilesPage, "rubric": RubricsPage, "question": ChoicePage}
    pages |= {"peers": FilesPage, "new_rubric": RubricsPage, "differ": EditionsPage, "check": CheckFilePage}

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("5")
        for tool, page in pages.items():
            tools = await drive.on(ToolsPage)
            drive.check_frame()
            await drive.press(*next(row.key for row in tools.list.rows if f"'{tool}'" in row.id))
            if type(drive.app.screen) is ToolsPage:  # 1 may still become 10
                await drive.press("enter")
            await drive.on(page)
            drive.check_frame()
            await drive.press("escape")
        await drive.on(ToolsPage)
        await drive.press("escape")
        await drive.on(HomePage)

    drive(steps, size=size, language=language)


def test_answers_and_forms_are_written_and_nothing_of_others_is_replaced(file: Path, content: Path) -> None:
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

    drive(steps, file=file, content=(content,))


def test_weights_of_ones_own_are_begun_and_held_against_what_they_rest_on(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("new_rubric")
        await drive.on(RubricsPage)
        await drive.write("hills")
        await drive.press("enter")
        page = await drive.on(NewRubricPage)
        await drive.press("down", "down", "1")
        assert isinstance(drive.app.screen, NewRubricPage)
        assert "give it a name" in drive.said
        await drive.field("name-zh")
        await drive.write("云锦县")
        page.take_held()
        await drive.on(RubricPage)
        assert (content / "weights/small/yun_jin_xian.toml").exists()
        await drive.press("escape")
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("differ")
        editions = await drive.on(EditionsPage)
        assert not any("baseline" in row.id for row in editions.list.rows)  # what only rests on it says other things
        await drive.write("hills")
        await drive.press("enter")
        await drive.until(lambda: isinstance(drive.app.screen, EditionsPage) and drive.app.screen._beside)
        await drive.pilot.pause()
        await drive.write("yunjin")
        await drive.press("enter")
        await drive.on(ContentDifferencePage)
        assert file.name in drive.page.as_text()  # what it does to the open assessment

    drive(steps, file=file, content=(content,))


def test_a_report_is_held_against_its_own_files_and_a_mistake_explained(file: Path, content: Path) -> None:
    report, wrong = file.parent / "report.pdf", file.parent / "wrong.toml"
    command_line().main(["report", str(file), "-o", str(report), "--content", str(content)], standalone_mode=False)
    wrong.write_text(file.read_text(encoding="utf-8") + "\n[answers.nonsense]\nvalue = 1\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("check")
        await drive.on(CheckFilePage)
        await drive.write(str(report))
        await drive.press("enter")
        await drive.on(VerdictPage)
        await drive.until(lambda: "every figure is the same" in drive.text)
        await drive.press("1", "enter")
        await drive.until(lambda: (file.parent / "report" / "answers.toml").exists())
        await drive.press("escape")
        drive.app.action_tool("check")
        await drive.on(CheckFilePage)
        await drive.write(str(wrong))
        await drive.press("enter")
        await drive.on(FoundPage)
        assert "wrong.toml:" in drive.text
        await drive.press("enter")
        await drive.on(LessonPage)
        assert "Right:" in drive.text

    drive(steps, content=(content,))


def test_others_stand_beside_the_results_and_in_the_report(file: Path, content: Path) -> None:
    identity = {"id": "small", "version": "1", "digest": "x"}
    spread = {"scored": 9, "mean": 50, "q10": 10, "q25": 20, "median": 50, "q75": 80, "q90": 90}
    group = {"group": {}, "n": 9, "columns": {"baseline_score": spread}}
    other = {**group, "group": {"region": "R01"}, "n": 4}
    benchmark = {"format": "nqpf-benchmark/1", "questionnaire": identity, "weights": [], "groups": [group, other]}
    (file.parent / "others.json").write_text(json.dumps(benchmark), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("peers")
        await drive.on(BenchmarkFilePage)
        await drive.press("enter")
        await drive.on(ChoicePage)
        await drive.press("2")
        await drive.on(ResultsPage)
        assert "of 4 respondents" in " ".join(drive.text.split()) or "the 4 respondents" in drive.text
        report = ReportPage()
        drive.app.push_screen(report)
        await drive.on(ReportPage)
        assert "4 respondents" in " ".join(report._make("text").data.decode().split())

    drive(steps, file=file, content=(content,))


def test_merging_from_the_open_assessment(two: tuple[Path, Path], content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("merge")
        ticking = await drive.on(TickPage)
        assert ticking.ticked == {two[0].resolve(): None}
        assert "Enter Tick" in drive.lines[-1]
        await drive.write("second")
        await drive.press("enter")
        assert "Enter Go on" in drive.lines[-1]
        await drive.press("enter")
        await drive.on(MergePage)
        drive.check_frame()
        drive.session.put("answers", "story", value="went on")
        await drive.press("3", "8", "9")
        page = await drive.on(MergedPage)
        assert "first" in drive.text
        await drive.press("pagedown")  # what there is to choose stands above; the agenda is reached all the same
        assert page.list.as_text()[-1] in drive.text
        await drive.press("1")
        await drive.until(lambda: drive.app.desk is not None and "merged" in drive.app.desk.path.name)
        assert drive.session.answers.merged is not None
        assert drive.session.answers.merged.rule == "lead"
        assert drive.session.answers.answers["story"].value == "went on"  # written while the page was open

    drive(steps, file=two[0], content=(content,))


def test_what_speaks_against_merging_is_said_with_what_to_do(two: tuple[Path, Path], content: Path) -> None:
    other = two[1].read_text(encoding="utf-8").replace('name = "Anhe"', 'name = "Anhe County"')
    two[1].write_text(other, encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("merge")
        await drive.on(TickPage)
        await drive.write("second")
        await drive.press("enter", "enter")
        page = await drive.on(MergePage)
        await drive.until(lambda: "give its name below" in " ".join(drive.text.split()))
        assert "go" not in [row.id for row in page.list.rows]
        await drive.press("6")
        await drive.until(lambda: drive.page.query("#line"))
        await drive.press("enter")
        await drive.on(MergePage)
        assert "go" in [row.id for row in page.list.rows]

    drive(steps, file=two[0], content=(content,))


def test_comparing_and_following_from_the_start_page(two: tuple[Path, Path], content: Path) -> None:
    away = two[0].parent / "away"
    shutil.copytree(two[0].parent, away)

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("compare")
        await drive.on(FilesPage)
        await drive.write(str(away / "first.toml"))
        await drive.press("enter")
        await drive.until(lambda: "later" in drive.lines[0])
        assert (await drive.on(FilesPage)).folder == away  # the later one is looked for beside the earlier one
        await drive.press("enter")
        await drive.on(ComparePage)
        await drive.press("escape")
        await drive.on(HomePage)
        drive.app.action_tool("follow")
        await drive.on(FilesPage)
        await drive.press("enter")
        await drive.on(FollowingPage)
        await drive.press("escape")
        await drive.on(QuestionsPage)
        drive.app.action_tool("compare")
        await drive.on(EarlierPage)

    drive(steps, content=(content,))


def test_migrating_keeps_the_old_file_and_takes_it_as_it_is_when_it_is_written(
    file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody answers on while the page shows what becomes of the answers."""
    path = content / "questionnaires" / "small.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('version = "1"', 'version = "2"'), encoding="utf-8")
    later = file.read_text(encoding="utf-8") + "\n[answers.share]\nvalue = 3\n"

    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("migrate")
        await drive.on(FilesPage)
        await drive.press("enter")
        page = await drive.on(MigrationPage)
        drive.check_frame()
        assert not re.search(r"\[\w+ \w+\]|small", page.as_text())  # titles, no ids
        file.write_text(later, encoding="utf-8")
        await drive.press("1")
        assert "changed meanwhile" in drive.said
        assert file.read_text(encoding="utf-8") == later
        with monkeypatch.context() as refusing:  # no room for the copy of the file as it was
            refusing.setattr("os.replace", no_room)
            await drive.press("1")
        assert "the disk is full" in drive.said
        assert file.read_text(encoding="utf-8") == later
        await drive.press("1")
        await drive.until(lambda: page._kept is not None)
        assert file.with_name("anhe.1.toml").read_text(encoding="utf-8") == later
        assert saved(file, content, "share").value == 3
        await drive.press("escape")
        await drive.on(HomePage)

    drive(steps, content=(content,))


def test_a_damaged_file_is_said_and_not_merged(file: Path, content: Path) -> None:
    broken = file.with_name("broken.toml")
    broken.write_text(file.read_text(encoding="utf-8").replace('id = "small"', 'id = "nowhere"'), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("migrate")
        await drive.on(FilesPage)
        await drive.write("broken")
        await drive.press("enter")
        await drive.on(ProblemsPage)
        assert "nowhere" in drive.text
        assert "Enter" not in drive.lines[-1]  # there is nothing to choose; it leads back all the same
        await drive.press("enter")
        await drive.on(HomePage)

    drive(steps, content=(content,))


def test_a_form_that_is_opened_is_led_to_the_import(file: Path, content: Path) -> None:
    table = file.with_name("figures.csv")
    table.write_text("respondent,share\nAnhe,2.31\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(ProblemsPage)
        assert "“Take figures from a file”" in drive.text
        assert "nqpf-assess import" not in drive.text

    drive(steps, file=table, content=(content,))


def test_weights_and_pairs_are_never_dropped_without_asking(content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("pairs")
        await drive.on(RubricsPage)
        await drive.write("grain")
        await drive.press("enter")
        await drive.on(PartsPage)
        await drive.press("enter")
        await drive.on(PairPage)
        await drive.press("3", "escape")
        await drive.on(PairsPage)
        await drive.press("1")
        await drive.on(PairPage)
        assert "pair 2 of" in drive.text  # where it was left
        await drive.press("escape")
        await drive.on(PairsPage)
        await drive.press("escape")
        await drive.on(ChoicePage)
        await drive.press("2")
        await drive.on(RubricPage)
        await drive.press("enter")
        await drive.on(AdjustmentForm)
        await drive.write("1.3")
        await drive.press("escape")
        await drive.on(ChoicePage)
        assert "not taken" in drive.lines[0]
        await drive.press("1")
        await drive.on(AdjustmentForm)
        await drive.press("escape", "3")
        await drive.on(RubricPage)
        await drive.press("f4")
        assert "“Edit questions”" in drive.said  # and no command: here the menu is the way
        await drive.press("escape")
        await drive.on(HomePage)

    drive(steps, language="en")


def test_the_shipped_questions_are_changed_in_a_copy(own_surroundings: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("question")
        await drive.on(ChoicePage)
        await drive.press("1")
        await drive.until(lambda: "copy" in drive.lines[0])
        await drive.press("1")
        await drive.on(EditedQuestionsPage)
        await drive.write("rd_")
        await drive.press("enter")
        await drive.on(QuestionPage)
        assert list((own_surroundings / "questionnaires").rglob("*.toml"))
        await drive.press("escape")
        await drive.on(HomePage)

    drive(steps)


def test_all_of_a_folder_are_reported_on(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(shipped() / "samples" / "grain_county_quick.toml", sample.parent)
    asked: list[list[str]] = []

    def run(command: list[str], **_rest: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        if "report" in command:
            (Path(command[command.index("-o") + 1]) / "report.pdf").write_bytes(b"")
        return subprocess.CompletedProcess(command, 0, b"", b"2 rows")

    monkeypatch.setattr("subprocess.run", run)

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("cohort")
        page = await drive.on(CohortPage)
        assert len(page.chosen_files) == 2
        await drive.press("9")
        await drive.until(lambda: "report.pdf" in drive.text)
        assert [command[5:7] for command in asked] == [["cohort", "collect"], ["cohort", "report"]]
        assert {str(one.path.resolve()) for one in page.chosen_files} < {*asked[0]}
        await drive.press("7")
        assert str(page.into.absolute()) in " ".join(drive.said.split())

    drive(steps, size=(120, 40))


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

    drive(steps, file=file, content=(content,))


def test_of_two_years_of_one_place_a_cohort_takes_the_last(tmp_path: Path) -> None:
    """Else the place would count twice, or be left out with a problem where nothing is wrong."""
    for name in ("renewal_city_2024", "renewal_city_2025"):
        shutil.copy(shipped() / "samples" / f"{name}.toml", tmp_path / "work" / f"{name}.toml")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("cohort")
        page = await drive.on(CohortPage)
        drive.check_frame()
        assert [one.period for one in page.chosen_files] == ["2025"]
        assert "“Compare two assessments”" in " ".join(drive.text.split())
        assert "go" not in [row.id for row in page.list.rows]
        shutil.copy(shipped() / "samples" / "grain_county_quick.toml", tmp_path / "work" / "grain.toml")
        page._files = None
        page.repaint()
        assert {one.path.name for one in page.chosen_files} == {"renewal_city_2025.toml", "grain.toml"}
        assert "Left out: earlier years" in page.as_text()

    drive(steps)


def test_figures_are_taken_one_by_one_and_taken_back_together(file: Path, content: Path) -> None:
    words = file.read_text(encoding="utf-8") + "\n[answers.plan]\nvalue = 1\nat = 2026-01-05T09:00:00+08:00\n"
    file.write_text(words, encoding="utf-8")
    table = file.with_name("figures.csv")
    table.write_text("respondent,share,plan,nothing\nAnhe,2.31,2,x\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        await import_file(drive)
        page = await drive.on(ImportPage)
        drive.check_frame()
        assert page._ticked[("answers", "share")]
        assert not page._ticked[("answers", "plan")]
        assert "nothing" in drive.page.as_text()
        await drive.press("ctrl+l", "ctrl+l", "ctrl+l", "a", "home", "enter")
        await drive.on(QuestionsPage)
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

    async def opened(drive: Drive) -> ImportPage:
        await import_file(drive)
        return await drive.on(ImportPage)

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        page = await opened(drive)
        await drive.press("escape")  # as it was found, nothing is asked
        await drive.on(QuestionsPage)
        page = await opened(drive)
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


def test_files_and_choices_of_a_merge_are_not_dropped_without_asking(two: tuple[Path, Path], content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("merge")
        await drive.on(TickPage)
        await drive.press("escape")  # nothing was ticked, nothing is asked
        await drive.on(QuestionsPage)
        drive.app.action_tool("merge")
        await drive.on(TickPage)
        await drive.write("second")
        await drive.press("enter", "escape")
        await drive.on(ChoicePage)
        await drive.press("2")
        page = await drive.on(MergePage)
        await drive.press("2", "escape")
        await drive.on(ChoicePage)
        await drive.press("1")
        await drive.until(lambda: drive.page is page)
        await drive.press("ctrl+q")
        await drive.until(lambda: "Leave?" in drive.text)
        await drive.press("1")
        await drive.until(lambda: drive.page is page)
        await drive.press("escape", "2")
        merged = (await drive.on(MergedPage))._merging.answers.merged
        assert merged is not None
        assert merged.rule == "majority"

    drive(steps, file=two[0], content=(content,))


def test_back_from_a_merge_leads_to_the_files_as_they_were_ticked(two: tuple[Path, Path], content: Path) -> None:
    """Also those of another folder; and from there on they are not dropped without asking."""
    away = two[1].parent / "away"
    away.mkdir()
    two[1].rename(away / "second.toml")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("merge")
        await drive.on(TickPage)
        await drive.write(str(away))
        assert "Tick" not in drive.lines[-1]  # Space would be part of the path
        await drive.press("enter")
        await drive.until(lambda: "second.toml" in drive.text)
        assert "Enter Tick" in drive.lines[-1]
        await drive.press("space", "home", "enter")
        await drive.on(MergePage)
        await drive.press("escape")
        ticking = await drive.on(TickPage)
        assert list(ticking.ticked) == [two[0].resolve(), (away / "second.toml").resolve()]
        assert "second.toml" in drive.text
        await drive.press("escape")
        await drive.on(ChoicePage)
        await drive.press("2")
        await drive.on(MergePage)

    drive(steps, file=two[0], content=(content,))


def test_figures_begin_a_new_assessment(file: Path, content: Path) -> None:
    table = file.with_name("figures.csv")
    table.write_text("respondent,period,share\n甲镇,２０２５年,2.31\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await import_file(drive)
        await drive.on(ChoicePage)
        await drive.press("2")
        await drive.on(ImportPage)
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


def test_what_cannot_be_read_is_said_with_what_can_be_done(file: Path, content: Path) -> None:
    file.with_name("notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        await import_file(drive)
        await drive.on(NotReadPage)
        drive.check_frame()
        assert "--map" not in drive.text, "an option of the command line is of no use here"
        assert "submissions of Kobo or ODK" in " ".join(drive.text.split())
        await drive.press("1")
        await drive.on(ImportFilePage)

    drive(steps, file=file, content=(content,))


def test_an_import_that_changes_nothing_shows_no_key_that_does_nothing(file: Path, content: Path) -> None:
    words = file.read_text(encoding="utf-8") + "\n[answers.plan]\nvalue = 2\nat = 2026-01-05T09:00:00+08:00\n"
    file.write_text(words, encoding="utf-8")
    file.with_name("figures.csv").write_text("respondent,plan\nAnhe,2\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        await import_file(drive)
        page = await drive.on(ImportPage)
        assert "A All" not in drive.lines[-1]
        assert page.list.current == "back"
        await drive.press("enter")
        await drive.on(QuestionsPage)

    drive(steps, file=file, content=(content,))
