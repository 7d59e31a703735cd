"""The question editor in the app: benchmarks and scales for some places, in forms, with what they look like."""

import shutil
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.files.places import shipped
from nqpf_assess.session import question_editing
from nqpf_assess.session.rubric_editing import RubricEditing
from nqpf_assess.tui.editing.conditions import ComparedPage, ConditionPage
from nqpf_assess.tui.editing.question import DifferencePage, QuestionPage
from nqpf_assess.tui.editing.question_forms import BenchmarkForm, CaseForm, EndsForm, SourcePage, WordsForm
from nqpf_assess.tui.frame.dialogs import ChoicePage
from tests.tui.driving import CHINESE, ENGLISH, Drive
from tests.tui.rubric_walk import Steps, full_disk, retype, to, walk

pytestmark = pytest.mark.long

MINE = Path("questionnaires/region/10-innovation.toml")


@pytest.fixture(autouse=True)
def in_a_workspace(own_surroundings: Path) -> None:
    shutil.copytree(shipped() / "questionnaires" / "region", "questionnaires/region")


def on_question(act: Callable[[Drive], Awaitable[None]], size: tuple[int, int], language: str) -> None:
    """Open the question on R&D intensity, do something, save."""
    walk(opened(act), size=size, language=language)


def opened(act: Callable[[Drive], Awaitable[None]]) -> Steps:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await to(drive, "rd_input")
        await drive.press("space")
        await to(drive, "rd_intensity")
        await drive.press("f8")
        page = await drive.on(QuestionPage)
        assert page.list.current == "slot:0"
        assert "rd_intensity" not in page.title_text(), "an id says nothing to who edits"
        await act(drive)
        await drive.press("ctrl+s")
        await drive.on(DifferencePage)
        await drive.press("1")
        await drive.on(QuestionPage)

    return steps


async def row(drive: Drive, id: str) -> None:
    await drive.on(QuestionPage)
    await drive.row(id)
    drive.check_frame()
    await drive.press("enter")


def question() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(MINE.read_text(encoding="utf-8"))["questions"]["rd_intensity"]
    return found


@pytest.mark.parametrize(("size", "language"), CHINESE)
def test_a_benchmark_is_added(size: tuple[int, int], language: str) -> None:
    """Problems stand at their field; the preview has it in both languages before it is taken."""

    async def act(drive: Drive) -> None:
        await drive.press("ctrl+z")
        assert drive.said == {"en": "There is nothing to take back.", "zh": "没有可撤销的修改。"}[language]
        await row(drive, "benchmarks:")
        page = await drive.on(BenchmarkForm)
        drive.check_frame()
        assert "rd_intensity" not in page.title_text()
        await drive.write("much")
        assert page.field("value").border_subtitle
        assert not page.field("of-year").border_subtitle
        await retype(drive, "3.25")
        assert not page.field("value").border_subtitle
        for id, said in {"of-year": "2023", "en": "Neighbour", "zh": "邻市"}.items():
            await drive.field(id)
            await drive.write(said)
        await drive.field("rows")
        await drive.press("1")
        assert drive.said == {"en": "Please choose the source.", "zh": "请选择出处。"}[language]
        await drive.press("2")
        await drive.on(SourcePage)
        drive.check_frame()
        await drive.write("rd24")
        await drive.press("enter")
        page = await drive.on(BenchmarkForm)
        drive.check_frame()
        shown = page.list.as_text()
        assert sum("Neighbour: 3.25% in 2023" in line for line in shown) == 2
        assert sum("邻市：3.25%（2023年）" in line for line in shown) == 2
        await drive.press("3", "1")
        await drive.on(QuestionPage)
        assert not drive.said  # what was said before there was a change

    on_question(act, size, language)
    wanted = {"value": 3.25, "year": 2023, "en": "Neighbour", "zh": "邻市", "source": "rd24", "confidence": "high"}
    assert question()["benchmarks"][-1] == wanted
    assert run(["check", "--strict", "questionnaires"]) == 0


@pytest.mark.parametrize(("size", "language"), ENGLISH)
def test_another_scale_is_added_with_its_condition_from_lists(size: tuple[int, int], language: str) -> None:
    async def act(drive: Drive) -> None:
        await row(drive, "scale_when:")
        page = await drive.on(CaseForm)
        drive.check_frame()
        await retype(drive, "0:0, 5:20, 3:100")
        assert page.field("points").border_subtitle
        await retype(drive, "0:0, 5:100")
        await drive.press("tab", "1")
        assert drive.said
        await drive.press("2")
        await drive.on(ConditionPage)
        await drive.press("1")
        await drive.on(ComparedPage)
        await drive.write("zone")
        await drive.press("enter", "1")
        await drive.press("1")
        await drive.on(ConditionPage)
        await drive.press("2")
        page = await drive.on(CaseForm)
        drive.check_frame()
        assert page.read().value is not None
        await drive.press("1")
        await drive.on(QuestionPage)

    on_question(act, size, language)
    case = question()["scale_when"][1]
    assert case["scale"] == [[0, 0], [5, 100]]
    assert case["when"]["fact"] == "zone"
    assert run(["check", "questionnaires"]) == 0


def test_entries_are_taken_away() -> None:
    """That of a condition which must be there is refused; it stays, and something else can be chosen of it."""

    async def act(drive: Drive) -> None:
        await row(drive, "scale_when:0")
        await drive.on(CaseForm)
        await drive.press("tab", "2")
        condition = await drive.on(ConditionPage)
        await drive.press("3", "home", "enter")
        await drive.on(ChoicePage)
        await drive.press("escape", "escape")
        assert not condition.half_done
        await drive.on(CaseForm)
        await drive.press("3")
        page = await drive.on(QuestionPage)
        assert page.list.current == "scale_when:"
        await row(drive, "benchmarks:2")
        await drive.on(BenchmarkForm)
        await drive.press("tab", "tab", "tab", "tab", "4")
        await drive.on(QuestionPage)

    before = question()
    on_question(act, (80, 24), "en")
    assert "scale_when" not in question()
    assert question()["benchmarks"] == before["benchmarks"][:2]


def test_what_is_said_of_a_save_goes_with_the_next_change() -> None:
    """“Saved” would stand beside what is changed since and lies in no file."""

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        async def change(_drive: Drive) -> None:
            page = await drive.on(QuestionPage)
            page.editing.set("rd_intensity", "core", not page.editing.value.questions["rd_intensity"].core)

        await opened(change)(drive, editing)
        assert drive.said.startswith("Saved")
        await change(drive)
        drive.page.repaint()
        assert drive.said == ""

    walk(steps)


def test_changes_that_no_draft_holds_do_not_go_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk Ctrl+Q asks first, and what was changed is saved once there is room."""

    async def act(drive: Drive) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(question_editing, "write_whole", full_disk)
            await drive.press("ctrl+y")
            assert drive.said
            await row(drive, "core")
            assert not drive.said  # what was said before there was a change
            await drive.press("ctrl+q")
            await drive.until(lambda: "would be lost" in drive.text)
            await drive.press("1")
            await drive.on(QuestionPage)

    before = question()
    on_question(act, (80, 24), "en")
    assert question().get("core") is not before.get("core")


@pytest.mark.parametrize(("size", "language"), CHINESE)
def test_a_mark_outlasts_the_save_until_the_words_are_said_to_hold(size: tuple[int, int], language: str) -> None:
    marks = {"en": "! the Chinese text is still the old one", "zh": "！中文文字尚未相应修改"}

    async def change(drive: Drive) -> None:
        await row(drive, "slot:0")
        await drive.on(WordsForm)
        await drive.field("en")
        await retype(drive, "What was spent on R&D, as a share of GDP?")
        await drive.field("rows")
        await drive.press("1")
        await drive.on(QuestionPage)
        assert marks[language] in drive.text

    async def hold(drive: Drive) -> None:
        assert marks[language] in drive.text
        await row(drive, "holds:0:zh")
        page = await drive.on(QuestionPage)
        assert page.list.current == "slot:0"
        assert marks[language] not in drive.text

    before = MINE.read_text(encoding="utf-8")
    on_question(change, size, language)
    (line,) = [line for line in MINE.read_text(encoding="utf-8").splitlines() if "# stale" in line]
    assert line.startswith("text.zh = ")
    assert line.endswith('"  # stale zh: en changed 2025-11-25')
    on_question(hold, size, language)
    after = MINE.read_text(encoding="utf-8")
    moved = [(old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert [new for _, new in moved] == ['text.en = "What was spent on R&D, as a share of GDP?"']


def test_ends_and_words_say_at_their_field_what_is_wrong() -> None:
    async def act(drive: Drive) -> None:
        await row(drive, "range")
        ends = await drive.on(EndsForm)
        await retype(drive, "20")
        assert "must not lie below" in str(ends.field("high").border_subtitle)
        await retype(drive, "some")
        assert "not a number" in str(ends.field("low").border_subtitle)
        await retype(drive, "0.0")
        await drive.press("tab")
        await retype(drive, "16")
        await drive.press("tab", "1")
        await drive.press("home")
        await row(drive, "slot:0")
        words = await drive.on(WordsForm)
        await drive.press("end")
        await drive.write(" {figure}")
        assert not words.field("en").border_subtitle  # into a question nothing is filled in, no {value} either
        await drive.press("tab", "ctrl+a", "ctrl+k")
        assert "every language" in str(words.field("zh").border_subtitle)
        await drive.press("tab", "1")
        assert "every language" in drive.said
        await drive.press("escape", "3")

    on_question(act, (80, 24), "en")
    assert question()["range"] == [0, 16]
