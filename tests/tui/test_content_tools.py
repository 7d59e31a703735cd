"""The tools for content: weights begun and compared, weights and questions edited, a file or a report checked."""

import errno
from pathlib import Path
from unittest.mock import patch

import pytest

from nqpf_assess.cli.main import command_line
from nqpf_assess.locale import Text
from nqpf_assess.tui.drawing.glyphs import UNICODE
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.editing.pairs import PairPage, PairsPage
from nqpf_assess.tui.editing.question import QuestionPage
from nqpf_assess.tui.editing.rubric import RubricPage
from nqpf_assess.tui.editing.rubric_forms import AdjustmentForm
from nqpf_assess.tui.frame.dialogs import ChoicePage
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.tools.checking import CheckFilePage, FoundPage, LessonPage, VerdictPage
from nqpf_assess.tui.tools.differing import Compared, ContentDifferencePage, EditionsPage
from nqpf_assess.tui.tools.editors import EditedQuestionsPage, NewRubricPage, PartsPage, RubricsPage
from tests.tui.driving import Drive, drive


def test_weights_of_ones_own_are_begun_and_held_against_what_they_rest_on(
    file: Path, content: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "here" / "small").mkdir(parents=True)  # a folder called like the questionnaire
    monkeypatch.chdir(tmp_path / "here")

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
        with patch("nqpf_assess.session.beginning.write_whole", side_effect=OSError(errno.ENOSPC, "full")):
            page.take_held()
        assert isinstance(drive.app.screen, NewRubricPage)
        await drive.until(lambda: "could not be written" in drive.said)
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
        before = drive.page.as_text()
        assert file.name in before  # what it does to the open assessment
        drive.session.give("answers", "plan", 1)
        drive.page.travelled(("file", ""))  # as undo and another writer do
        drive.page.repaint()
        assert drive.page.as_text() != before

    drive(steps, file=file, content=(content,))


def test_a_copy_is_told_apart_from_what_it_was_made_of() -> None:
    """Which of two of one name and version was changed is told by where they lie, by nothing else."""
    page = EditionsPage()
    title: Text = {"en": "Small", "zh": "小"}
    lying = {"/own/small": "1.0.0", "/shipped/small": "1.0.0", "/editions/small": "0.9.0"}
    held = [Compared(Path(path), title, "small", "questionnaire", version) for path, version in lying.items()]
    page._held = ((title, title, tuple(held)),)
    with patch.multiple(EditionsPage, speech=Speech("en", UNICODE, 80), query_typed=""):
        told = [row.text for row in page.rows()[1:]]
    assert told == ["Small  /own/small", "Small  /shipped/small", "Small"]


def test_weights_and_pairs_are_never_dropped_without_asking(content: Path, own_surroundings: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await grain(drive, "pairs")
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
        await grain(drive, "pairs")  # from the menu, of the weights that are open
        await drive.on(PartsPage)
        await drive.press("escape")
        await drive.on(RubricPage)
        drive.app.action_home()
        await drive.on(HomePage)
        await grain(drive, "rubric")  # which nobody has open any more
        await drive.on(RubricPage)
        await drive.press("escape")
        await drive.on(HomePage)

    drive(steps, language="en")
    assert not list(own_surroundings.rglob(".*.lock"))


async def grain(drive: Drive, tool: str) -> None:
    """Open a tool on the weights for places that grow grain."""
    drive.app.action_tool(tool)
    await drive.on(RubricsPage)
    await drive.write("grain")
    await drive.press("enter")


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
        first = await drive.on(QuestionPage)
        (head,) = (own_surroundings / "questionnaires").rglob("00-head.toml")
        # Another one of the same questionnaire, which stays this app's until both pages have ended.
        drive.app.action_tool("question")
        page = await drive.on(ChoicePage)
        page.chosen(next(row.id for row in page.list.rows if row.id and str(head.parent) in row.id), "enter")
        await drive.on(EditedQuestionsPage)
        await drive.press("enter")
        assert await drive.on(QuestionPage) is not first
        await drive.press("escape")
        await drive.until(lambda: drive.page is first)
        assert list(head.parent.glob(".*.lock"))
        await drive.press("escape")
        await drive.on(HomePage)
        assert not list(head.parent.glob(".*.lock"))
        head.write_text(head.read_text(encoding="utf-8").replace('id = "', "id = ", 1), encoding="utf-8")
        for tool in ("question", "export"):  # of the one just chosen no “unnamed” is said
            drive.app.action_tool(tool)
            page = await drive.on(ChoicePage)
            own = next(row.id for row in page.list.rows if row.id and str(own_surroundings) in row.id)
            page.chosen(own, "enter")
            await drive.on(ProblemsPage)
            assert "00-head.toml" in drive.text
            await drive.press("escape")
            await drive.on(HomePage)

    drive(steps)


def test_a_report_is_held_against_its_own_files_and_a_mistake_explained(file: Path, content: Path) -> None:
    report, wrong = file.parent / "report.pdf", file.parent / "wrong.toml"
    command_line().main(["report", str(file), "-o", str(report), "--content", str(content)], standalone_mode=False)
    wrong.write_text(file.read_text(encoding="utf-8") + "\n[answers.nonsense]\nvalue = 1\n", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("check")
        await drive.on(CheckFilePage)
        await drive.paste(str(report))
        await drive.press("enter")
        await drive.on(VerdictPage)
        await drive.until(lambda: "every figure is the same" in drive.text)
        await drive.press("1", "enter")
        await drive.until(lambda: (file.parent / "report" / "answers.toml").exists())
        (file.parent / "report" / "answers.toml").write_text("my own", encoding="utf-8")
        await drive.press("1", "enter")
        await drive.until(lambda: "exists already" in drive.said)
        assert (file.parent / "report" / "answers.toml").read_text(encoding="utf-8") == "my own"
        await drive.press("escape")
        drive.app.action_tool("check")
        await drive.on(CheckFilePage)
        await drive.paste(str(wrong))
        await drive.press("enter")
        await drive.on(FoundPage)
        assert "wrong.toml:" in drive.text
        await drive.press("enter")
        await drive.on(LessonPage)
        assert "Right:" in drive.text

    drive(steps, content=(content,))


def test_hidden_files_are_not_offered(tmp_path: Path) -> None:
    """What `init` keeps for the editor stood among weights and reports, and had errors when it was checked."""
    for name in (".taplo.toml", "._report.pdf", "mine.toml"):
        (tmp_path / name).touch()
    assert [one.path.name for one in CheckFilePage({}, folder=tmp_path).found] == ["mine.toml"]


def test_what_is_mended_in_an_editor_is_read_anew(file: Path, content: Path) -> None:
    """The app stays open beside the editor: neither mistakes nor weights of before are told again."""
    rubric = content / "weights" / "small" / "baseline.toml"
    sound = rubric.read_text(encoding="utf-8")

    async def check(drive: Drive, found: str) -> None:
        drive.app.call_later(drive.app.action_tool, "check")
        await drive.on(CheckFilePage)
        await drive.paste(str(rubric))
        await drive.press("enter")
        await drive.on(FoundPage)
        assert found in drive.text
        await drive.press("escape")
        await drive.on(HomePage)

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        rubric.write_text(sound.replace("new = 60", "new = 6,0"), encoding="utf-8")
        await check(drive, "error syntax")
        drive.app.open_file(file)
        await drive.on(ProblemsPage)
        await drive.press("escape")
        rubric.write_text(sound.replace("new = 60", "new = 10"), encoding="utf-8")
        await check(drive, "Nothing is wrong")
        rubric.write_text(sound.replace("new = 60", "new = 20"), encoding="utf-8")
        drive.app.open_file(file)
        await drive.until(lambda: drive.app.desk is not None)
        assert drive.session.instrument.chain[0].weights["new"] == 20

    drive(steps, content=(content,))
