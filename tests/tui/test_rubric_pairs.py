"""In the rubric editor: comparison in pairs, and the questions of the workspace."""

import shutil

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.files.places import shipped
from nqpf_assess.report.wording import number, percent
from nqpf_assess.session.judging_pairs import Judging
from nqpf_assess.session.rubric_editing import RubricEditing
from nqpf_assess.tui.editing.pairs import ExpertPage, PairPage, PairsPage
from nqpf_assess.tui.editing.question import DifferencePage, QuestionPage
from nqpf_assess.tui.editing.question_forms import WordsForm
from nqpf_assess.tui.editing.rubric import RubricPage
from tests.tui.driving import CHINESE, ENGLISH, Drive
from tests.tui.rubric_walk import retype, to, walk


def ratio(page: PairsPage) -> float | None:
    panel = page.judging.panel()
    assert panel is not None
    return panel.found.ratio


async def judge(drive: Drive, *digits: str) -> None:
    for digit in digits:
        await drive.on(PairPage)
        await drive.press(digit)


@pytest.mark.parametrize(("size", "language"), ENGLISH)
def test_parts_are_compared_in_pairs(size: tuple[int, int], language: str) -> None:
    """Three parts, three pairs; the weights follow the judgements, which the file keeps; check agrees."""

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await to(drive, "efficiency")
        await drive.press("f7")
        await drive.on(PairPage)
        drive.check_frame()
        await judge(drive, "4", "3", "4")
        page = await drive.on(PairsPage)
        drive.check_frame()
        panel = page.judging.panel()
        assert panel is not None
        assert panel.matrix[0][1:] == (3.0, 5.0)
        assert percent(panel.found.weights[0], 1) in drive.text
        assert number(panel.found.ratio, 3) in drive.text
        await drive.press("1")
        await drive.on(RubricPage)
        shares = editing.now().shares
        for member, weight in zip(panel.members, panel.found.weights, strict=True):
            assert shares[member] == pytest.approx(weight, abs=1e-6)
        assert editing.value.judgements[0].members == ("efficiency", "clean_production", "green_industry")
        assert not editing.problems
        await drive.press("ctrl+z")
        assert not editing.changed

    walk(steps, size=size, language=language)


def test_a_condition_that_gives_other_shares_than_judged_is_told() -> None:
    """That the weights follow the judgements is not true where the profile moves one of the parts in some places."""

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await to(drive, "openness")
        await drive.press("f7")
        await judge(drive, *"555555")
        await drive.on(PairsPage)
        await drive.press("1")
        await drive.on(RubricPage)
        assert "“Openness and fair markets” where a condition of its own holds" in " ".join(drive.text.split())

    walk(steps, name="ecological")


def test_judgements_that_disagree_are_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ratio is shown as bad with three pairs; the worst judged anew brings it down; arrows move by half steps."""
    monkeypatch.setattr(Judging, "namesakes", 2)

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await to(drive, "efficiency")
        await drive.press("f7")
        await drive.on(PairPage)
        assert "2 experts in the file have no name" in drive.text
        await judge(drive, "2", "8", "2")
        page = await drive.on(PairsPage)
        assert "2 experts in the file have no name" in drive.text
        before = ratio(page)
        assert before is not None
        assert before > 0.1
        assert sum("consistent with the rest would be" in row.text for row in page.list.rows) == 3
        while not (page.list.current or "").startswith("pair:"):
            await drive.press("down")
        await drive.press("enter")
        await drive.on(PairPage)
        await drive.press("right", "right")
        assert "consistency ratio" in drive.text
        await drive.press("escape")
        page = await drive.on(PairsPage)
        assert ratio(page) != before
        assert not editing.changed

    walk(steps)


def test_several_experts_keep_their_own_ratio() -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        for name, digits in (("Li", ("4", "3", "4")), ("Wang", ("2", "8", "2"))):
            await to(drive, "efficiency")
            await drive.press("f7")
            if name == "Li":
                await drive.on(PairPage)
                await drive.press("escape")
            await drive.on(PairsPage)
            await drive.press("3")
            await drive.on(ExpertPage)
            await drive.write(name)
            await drive.press("enter")
            await judge(drive, *digits)
            await drive.on(PairsPage)
            if name == "Wang":
                assert "Li: CR 0.033" in drive.text
                assert "Wang: CR" in drive.text
            await drive.press("1")
            await drive.on(RubricPage)
        assert [entry.by for entry in editing.value.judgements] == ["Li", "Wang"]
        assert "2 experts" in editing.value.adjust[-1].why["en"]

    walk(steps)


@pytest.mark.parametrize(("size", "language"), CHINESE)
def test_a_question_of_the_workspace_is_edited(size: tuple[int, int], language: str) -> None:
    """Words with a preview while they are typed, the other language marked, the difference, the file."""
    shutil.copytree(shipped() / "questionnaires" / "region", "questionnaires/region")

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await to(drive, "rd_input")
        await drive.press("space")
        await to(drive, "rd_organisation")
        await drive.press("f8")
        page = await drive.on(QuestionPage)
        drive.check_frame()
        await drive.press("home", "enter")
        await drive.on(WordsForm)
        await drive.field("en")
        await retype(drive, "Who leads R&D here?")
        assert drive.text.count("Who leads R&D here?") >= 2 or (size, language) == ((80, 24), "zh")  # below the window
        drive.check_frame()
        await drive.field("rows")
        await drive.press("1")
        page = await drive.on(QuestionPage)
        drive.check_frame()
        here = {"en": "! the Chinese text is still the old one", "zh": "！中文文字尚未相应修改"}[language]
        assert here in drive.text
        while page.list.current != "core":
            await drive.press("down")
        await drive.press("enter")
        await drive.press("ctrl+s")
        await drive.on(DifferencePage)
        assert "+text.en" in drive.text
        await drive.press("1")
        await drive.on(QuestionPage)
        await drive.press("escape")
        await drive.on(RubricPage)
        assert editing.book.value.questions["rd_organisation"].text["en"] == "Who leads R&D here?"

    walk(steps, size=size, language=language)
    assert run(["check", "--strict", "questionnaires"]) == 0


def test_shipped_questions_are_not_edited() -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await drive.press("f8")
        assert "Put the cursor on a question first" in drive.said
        await to(drive, "rd_input")
        await drive.press("space")
        await to(drive, "rd_organisation")
        await drive.press("f8")
        assert "Edit questions" in drive.said

    walk(steps)
