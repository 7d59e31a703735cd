"""What reasons and reports say, in the editors: warned of while it is typed, shown as it will be printed."""

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.session.rubric_editing import RubricEditing
from nqpf_assess.tui.editing.measure import MeasureEditPage, MeasuresPage, ValueForm
from nqpf_assess.tui.editing.question import DifferencePage, QuestionPage
from nqpf_assess.tui.editing.question_forms import WordsForm
from nqpf_assess.tui.editing.rubric import RubricPage
from nqpf_assess.tui.editing.rubric_forms import AdjustmentForm, SpokenOfForm, TargetReasonForm
from tests.tui.driving import CHINESE, ENGLISH, Drive
from tests.tui.rubric_walk import judged, retype, to, walk


@pytest.mark.parametrize(("size", "language"), ENGLISH)
def test_a_factor_is_warned_of_while_it_is_typed(size: tuple[int, int], language: str) -> None:
    """0.97 on a pillar whose siblings fall as well would print a rising share beside a reason for less."""

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await to(drive, "industries")
        await drive.press("enter")
        await drive.on(AdjustmentForm)
        await drive.write("1.01")
        await judged(drive)
        drive.check_frame()
        wanted = {"en": "moves the share of “industries” among its siblings", "zh": "“industries”在同组中的占比"}
        assert wanted[language].replace(" ", "") in drive.text.replace(" ", "").replace("\n", "")
        await retype(drive, "2")
        assert wanted[language].replace(" ", "") not in drive.text.replace(" ", "").replace("\n", "")

    walk(steps, size=size, language=language)


@pytest.mark.parametrize(("size", "language"), CHINESE)
def test_why_the_target_lies_there_and_what_the_reason_speaks_of(size: tuple[int, int], language: str) -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        index = editing.own("innovation")[0][0]
        await drive.press("enter")
        await drive.on(AdjustmentForm)
        drive.check_frame()
        await drive.press("tab", "tab", "tab", "tab", "4")
        await drive.on(TargetReasonForm)
        drive.check_frame()
        await drive.field("en")
        await retype(drive, "Within reach.")
        await drive.field("zh")
        await retype(drive, "跳一跳够得着。")
        assert any("Target 44: Within reach." in line for line in drive.lines)
        await drive.field("rows")
        await drive.press("1")
        await drive.on(AdjustmentForm)
        await drive.press("5")
        await drive.on(SpokenOfForm)
        drive.check_frame()
        await drive.write("rd_intensity")
        await drive.press("tab", "1")
        await drive.on(AdjustmentForm)
        change = editing.value.adjust[index]
        assert dict(change.target_why or {}) == {"en": "Within reach.", "zh": "跳一跳够得着。"}
        assert change.questions == ("rd_intensity",)

    walk(steps, size=size, language=language)


@pytest.mark.parametrize(("size", "language"), ENGLISH)
def test_a_finding_is_shown_as_a_report_will_say_it(
    own_surroundings: object, size: tuple[int, int], language: str
) -> None:
    assert run(["init", ".", "--as", "region"]) == 0

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await to(drive, "rd_input")
        await drive.press("space")
        await to(drive, "rd_intensity")
        await drive.press("f8")
        page = await drive.on(QuestionPage)
        slots = page.editing.slots("rd_intensity")
        place = next(n for n, slot in enumerate(slots) if slot.what == "finding")
        await drive.row(f"slot:{place}")
        drive.check_frame()
        await drive.press("enter")
        form = await drive.on(WordsForm)
        drive.check_frame()
        assert drive.app.focused is form.field(language)
        await drive.field("en")
        await retype(drive, "R&D takes {share} of GDP")
        assert "{value}" in str(form.field("en").border_subtitle)
        await retype(drive, "R&D takes {value} of GDP")
        assert any("R&D takes 2" in line and "% of GDP." in line for line in drive.lines)

    walk(steps, size=size, language=language)


@pytest.mark.parametrize(("size", "language"), CHINESE)
def test_a_measure_is_changed_from_the_part_it_lifts(
    own_surroundings: object, size: tuple[int, int], language: str
) -> None:
    assert run(["init", ".", "--as", "region"]) == 0

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await to(drive, "rd_input")
        await drive.press("f4")
        await drive.on(MeasuresPage)
        drive.check_frame()
        await drive.press("enter")
        page = await drive.on(MeasureEditPage)
        drive.check_frame()
        await drive.row("value:months")
        await drive.press("enter")
        await drive.on(ValueForm)
        drive.check_frame()
        await retype(drive, "500")
        await drive.press("tab", "1")
        assert "60" in drive.said
        await drive.press("shift+tab")
        await retype(drive, "9")
        await drive.press("tab", "1")
        page = await drive.on(MeasureEditPage)
        assert page.measure.months == 9
        await drive.press("ctrl+z")
        assert page.measure.months != 9
        await drive.press("ctrl+y", "ctrl+s")
        await drive.on(DifferencePage)
        await drive.press("1")
        await drive.on(MeasureEditPage)
        await drive.press("escape")  # leads back, and ends nothing
        await drive.on(RubricPage)
        assert editing.book.value.countermeasures[page._question].months == 9

    walk(steps, size=size, language=language)
