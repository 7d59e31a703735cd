"""The rubric editor: the tree, a change with its effect while it is typed, conditions from lists, saving, leaving."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.files.editing import ScoringChange, keeping
from nqpf_assess.model.base import canonical
from nqpf_assess.report.wording import number, percent, span
from nqpf_assess.session.rubric_editing import RubricEditing
from nqpf_assess.tui.editing.conditions import ComparedPage, ConditionPage, OptionsPage
from nqpf_assess.tui.editing.rubric import RubricPage, SamplePage, SavePage
from nqpf_assess.tui.editing.rubric_forms import AdjustmentForm, EditForm, WeightForm
from nqpf_assess.tui.editing.rule_forms import BandForm, FloorForm, MeanForm, NumberForm, SpreadForm
from tests.tui.driving import BOTH, Drive
from tests.tui.rubric_walk import OWN, full_disk, judged, retype, to, walk


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_the_tree(size: tuple[int, int], language: str) -> None:
    """Every part with its share and target; the sample's score and first measures above; nothing too wide."""

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        drive.check_frame()
        now = editing.now()
        assert now.seen is not None
        assert number(now.seen.score, 2) in drive.text
        title = editing.book.value.pillars["innovation"].title[language]
        (line,) = [line for line in drive.lines if line.strip().startswith(("▸ " + title)[:20])]
        assert percent(now.shares["innovation"], 1) in line
        first = editing.book.value.countermeasures[now.seen.first[0]].title[language]
        assert first in drive.text
        for _ in range(2):
            await drive.press("right")
            drive.check_frame()

    walk(steps, size=size, language=language)


def test_a_change_moves_siblings_score_and_measures_while_it_is_typed() -> None:
    """Before it is taken nothing is changed; it needs a reason that fits."""

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        before = editing.now()
        await drive.press("ctrl+z")
        assert "nothing to take back" in drive.said
        await drive.press("enter")
        await drive.on(AdjustmentForm)
        await retype(drive, "3")
        edit = editing.typed_adjustment("innovation", 0, factor="3", target="44", why={"en": "x", "zh": "y"})
        wanted = editing.preview(edit)
        assert wanted.seen is not None
        assert before.seen is not None
        assert f"{number(before.seen.score, 2)} → {number(wanted.seen.score, 2)}" in drive.text
        assert percent(wanted.shares["innovation"], 1) in drive.text
        assert percent(wanted.shares["industries"], 1) in drive.text
        assert not editing.changed
        await drive.press("escape", "2")  # taken where the form is left; back in it, why it was not stands there
        await drive.on(AdjustmentForm)
        assert "reason is still that of the old figures" in drive.said
        assert not editing.changed
        await drive.press("tab", "tab")
        await retype(drive, "Trade needs research.")
        await drive.press("tab", "tab", "1")
        await drive.on(RubricPage)
        assert editing.value.adjust[0].why["en"] == "Trade needs research."
        assert editing.now() == wanted
        assert "nothing to take back" not in drive.said
        await drive.press("ctrl+z")
        assert not editing.changed
        await drive.press("ctrl+y")
        assert editing.now() == wanted

    walk(steps)


@pytest.mark.parametrize(("typed", "said"), [("two", "not a number"), ("-1", "between 0 and 100")])
def test_problems_are_shown_at_the_field(typed: str, said: str) -> None:
    """What is typed first replaces the figure, as behind Tab it does: put behind it, 40 would become 4055."""

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await drive.press("enter")
        page = await drive.on(AdjustmentForm)
        await drive.write(typed)
        await judged(drive)
        assert page.value("factor") == typed
        assert said in drive.said
        await drive.press("tab", "tab", "tab", "tab", "1")
        assert said in drive.said
        assert not editing.changed
        await retype(drive, "1.5")
        await drive.press("ctrl+o")
        await drive.until(lambda: "Nothing stands beside" in drive.said)

    walk(steps)


def test_a_condition_is_put_together_from_lists() -> None:
    """What, how, with which: no syntax; the file has it, and check agrees."""

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await drive.press("enter")
        await drive.on(AdjustmentForm)
        await drive.press("tab", "tab", "tab", "tab", "2")
        await drive.on(ConditionPage)
        await drive.press("1")
        await drive.on(ComparedPage)
        await drive.write("tier")
        await drive.press("enter", "2")
        await drive.on(OptionsPage)
        await drive.press("3", "4", "0")
        await drive.on(ConditionPage)
        assert "County, county-level city or banner" in drive.text
        await drive.press("2")
        await drive.on(AdjustmentForm)
        await drive.press("escape")
        await drive.on(RubricPage)
        when = editing.value.adjust[0].when
        assert when is not None
        assert canonical(when) == {"fact": "tier", "one_of": ["prefecture", "county"]}

    walk(steps)


def test_a_figure_to_compare_with_is_read_like_any_answer() -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await drive.press("right", "enter")
        await drive.on(ConditionPage)
        assert "always" not in drive.text  # without a condition a profile is never suggested
        await drive.press("1")
        await drive.on(ComparedPage)
        await drive.write("gdp_ratio")
        await drive.press("enter", "1")
        await drive.until(lambda: "With what?" in drive.text)
        await drive.write("much")
        await drive.press("enter")
        assert "not a number" in drive.said
        await retype(drive, "110")
        await drive.press("enter")
        await drive.on(ConditionPage)
        await drive.press("3")
        await drive.on(RubricPage)
        fits = tomllib.loads(editing.words)["fits"]["all"]
        assert fits[-1] == {"fact": "gdp_ratio", "at_least": 110}
        assert len(fits) == 3

    walk(steps)


async def rule(drive: Drive, id: str) -> None:
    page = await drive.on(RubricPage)
    if page.tab != "rules":
        await drive.press("right")
    await drive.row(id)
    await drive.press("enter")


def test_rules_bands_and_floors() -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await rule(drive, "rule:across_pillars")
        await drive.on(MeanForm)
        await drive.press("tab", "3", "escape", "1")  # what was chosen is not left without asking
        await drive.on(MeanForm)
        await drive.field("why")
        await drive.paste("Weak ones count")
        await drive.press("tab", "1")
        await rule(drive, "rule:minimum_coverage")
        await drive.on(NumberForm)
        await retype(drive, "0.6")
        await drive.press("tab")
        await drive.write("Strict")
        await drive.press("tab", "1")
        await rule(drive, "band:developing")
        await drive.on(BandForm)
        await retype(drive, "45")
        await drive.press("tab", "tab", "tab", "1")
        await rule(drive, "floor:clean")
        await drive.on(FloorForm)
        await retype(drive, "30")
        await drive.press("tab", "tab", "tab", "tab", "1")
        assert "loosened" in drive.said
        await drive.press("shift+tab", "shift+tab", "shift+tab", "shift+tab")
        await retype(drive, "50")
        await drive.press("tab", "tab", "tab", "tab", "1")
        await drive.on(RubricPage)
        found = tomllib.loads(editing.words)
        assert found["scoring"] == {"across_pillars": "geometric", "minimum_coverage": 0.6}
        assert found["bands"]["developing"]["from"] == 45
        assert found["floors"]["clean"]["below"] == 50

    walk(steps)


def test_the_file_is_not_judged_at_every_letter_but_at_once_where_the_field_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each judgement reads and scores the whole file, which takes long where it is large."""
    judgements: list[object] = []
    preview = RubricEditing.preview

    def counted(editing: RubricEditing, edit: object) -> object:
        judgements.append(edit)
        return preview(editing, edit)  # type: ignore[arg-type]

    monkeypatch.setattr(RubricEditing, "preview", counted)
    monkeypatch.setattr(EditForm, "LULL", 600.0)

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await to(drive, "talent")
        await drive.press("enter")
        await drive.on(AdjustmentForm)
        await drive.field("factor")
        judgements.clear()
        await drive.press("ctrl+a", "ctrl+k")
        await drive.write("two")
        assert not judgements
        await drive.press("tab")
        assert judgements
        assert "not a number" in drive.said

    walk(steps)


def test_the_spread_by_confidence_moves_the_range_while_it_is_typed() -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await rule(drive, "rule:confidence_spread")
        await drive.on(SpreadForm)
        drive.check_frame()
        before = editing.confidence_range()
        assert before is not None
        assert before[0] is not None
        assert span(*before) in drive.text
        await drive.press("tab")
        await retype(drive, "twelve")
        assert "not a number" in drive.said
        await retype(drive, "12")
        wanted = ScoringChange(
            "confidence_spread", {"high": Decimal(0), "medium": Decimal(12), "low": Decimal(15)}, "x"
        )
        now = editing.confidence_range(wanted)
        assert now is not None
        assert now[0] is not None
        assert now[0] < before[0]
        assert f"{span(*before)} → {span(*now)}" in drive.text
        await drive.press("tab", "tab")
        await drive.paste("Our surveys are coarse")
        await drive.press("tab", "1")
        await drive.on(RubricPage)
        assert "high 0, medium 12, low 15" in drive.text
        line = "confidence_spread = { high = 0, medium = 12, low = 15 }    # Our surveys are coarse"
        assert line in editing.words

    walk(steps)


def test_saving_shows_the_difference_and_raises_the_version() -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await drive.press("ctrl+s")
        assert "Nothing has been changed" in drive.said
        editing.make(editing.typed_adjustment("talent", None, factor="1.4", target="", why={"en": "a", "zh": "甲"}))
        drive.page.repaint()
        assert drive.said == ""  # something has by now
        await drive.press("ctrl+s")
        await drive.on(SavePage)
        assert "+factor = 1.4" in drive.text
        assert "2027.2.0" in drive.text
        await drive.press("1")
        await drive.on(RubricPage)
        assert "Saved in" in drive.said
        assert "stay based" not in drive.said  # nothing is based on a profile's copy
        assert b'version = "2027.2.0"' in OWN.read_bytes()
        editing.make(editing.typed_adjustment("digital", None, factor="1.4", target="", why={"en": "a", "zh": "甲"}))
        drive.page.repaint()
        assert drive.said == ""  # what was changed since is not
        editing.undo()
        assert run(["check", "--strict", str(OWN)]) == 0

    walk(steps)


def test_a_file_changed_by_others_is_said_and_kept() -> None:
    assert run(["weights", "new", "mine", "--from", "border_gateway"]) == 0
    mine = OWN.with_name("mine.toml")

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        editing.make(editing.typed_adjustment("talent", None, factor="1.4", target="", why={"en": "a", "zh": "甲"}))
        mine.write_text(mine.read_text(encoding="utf-8") + "# theirs\n", encoding="utf-8")
        await drive.press("ctrl+s")
        await drive.on(SavePage)
        await drive.press("2")
        assert "was changed by something else" in drive.said
        assert mine.read_text(encoding="utf-8").endswith("# theirs\n")

    walk(steps, name="mine")


def test_what_was_left_unsaved_of_a_file_that_others_changed_is_kept_and_said(tmp_path: Path) -> None:
    """It cannot be taken up, and the next change does not write over it. A link stays one."""
    assert run(["weights", "new", "mine", "--from", "border_gateway"]) == 0
    mine, shared = OWN.with_name("mine.toml"), tmp_path / "shared.toml"
    mine.rename(shared)
    mine.symlink_to(shared)

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        editing.make(editing.typed_adjustment("talent", None, factor="1.4", target="", why={"en": "a", "zh": "甲"}))

    async def again(drive: Drive, editing: RubricEditing) -> None:
        assert "is kept in" in drive.said
        assert editing.aside is not None
        assert "factor = 1.4" in editing.aside.read_text(encoding="utf-8")
        editing.make(editing.typed_adjustment("talent", None, factor="1.5", target="", why={"en": "a", "zh": "甲"}))
        editing.save()
        assert "factor = 1.5" in shared.read_text(encoding="utf-8")
        assert mine.is_symlink()

    async def later(drive: Drive, editing: RubricEditing) -> None:
        assert editing.aside is None

    walk(steps, name="mine")
    shared.write_text(shared.read_text(encoding="utf-8") + "# theirs\n", encoding="utf-8")
    walk(again, name="mine")
    walk(later, name="mine")


@pytest.mark.parametrize(("choice", "resumed"), [("3", True), ("4", False)])
def test_leaving_with_changes_asks_and_keeps_or_drops_them(choice: str, resumed: bool) -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        editing.make(editing.typed_adjustment("talent", None, factor="1.4", target="", why={"en": "a", "zh": "甲"}))
        # Whoever reads the changes to their end and presses Enter has not saved them.
        await drive.press("right", "right", "enter" if resumed else "escape")
        await drive.until(lambda: "Leave without saving?" in drive.text)
        await drive.press(choice)

    walk(steps)
    assert not OWN.exists()

    async def again(drive: Drive, editing: RubricEditing) -> None:
        assert editing.resumed is resumed
        assert ("were not saved last time" in drive.said) is resumed
        editing.make(editing.typed_adjustment("talent", None, factor="1.5", target="", why={"en": "b", "zh": "乙"}))
        await drive.press("right")
        assert "were not saved last time" not in drive.said  # what Ctrl+Z takes back now is of today

    walk(again)


def test_changes_that_no_draft_holds_are_not_promised_for_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk neither Esc nor Ctrl+Q lets them go without a word; with room again they are kept."""

    async def steps(drive: Drive, editing: RubricEditing) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(keeping, "write_whole", full_disk)
            editing.make(editing.typed_adjustment("talent", None, factor="1.4", target="", why={"en": "a", "zh": "甲"}))
            await drive.press("ctrl+q")
            await drive.until(lambda: "would be lost" in drive.text)
            await drive.press("1")
            await drive.on(RubricPage)
            drive.app.open_file(Path("a.toml"))  # as a tool does that asks for an assessment
            await drive.until(lambda: "would be lost" in drive.text)
            await drive.press("1", "escape")
            await drive.until(lambda: "cannot be kept for next time" in drive.text)
            assert "keep them for next time" not in drive.text
            await drive.press("1")
        await drive.press("escape")
        await drive.until(lambda: "keep them for next time" in drive.text)

    walk(steps)


def test_another_sample_can_be_watched() -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await drive.press("f6")
        await drive.on(SamplePage)
        await drive.row("innovation_hub_city")
        await drive.press("enter")
        await drive.on(RubricPage)
        assert "University city: score" in drive.text

    walk(steps)


def test_a_baseline_is_edited_by_weights() -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await drive.press("enter")
        await drive.on(WeightForm)
        await retype(drive, "30")
        await drive.press("tab", "tab")
        await drive.paste("More research")
        await drive.press("tab", "1")
        await drive.on(RubricPage)
        assert "innovation = 30    # More research" in editing.words
        await drive.press("ctrl+s")
        await drive.on(SavePage)
        await drive.press("1")
        await drive.on(RubricPage)
        assert "stay based on that one" in drive.said  # the profiles of the program, whatever was read before

    walk(steps, name="baseline")


def test_weight_and_target_of_a_baseline_are_one_change() -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await drive.press("enter")
        page = await drive.on(WeightForm)
        await retype(drive, "30")
        await drive.press("tab")
        await retype(drive, "70")
        await drive.press("tab", "tab", "1")
        assert "kept as a comment" in drive.said
        assert drive.app.screen is page
        await drive.press("shift+tab")
        await drive.paste("More research")
        await drive.press("tab", "1")
        await drive.on(RubricPage)
        assert "innovation = 30    # More research" in editing.words
        assert "innovation = 70    # More research" in editing.words
        await drive.press("ctrl+z")
        assert "More research" not in editing.words

    walk(steps, name="baseline")


def test_questions_open_below_their_dimension() -> None:
    async def steps(drive: Drive, editing: RubricEditing) -> None:
        await to(drive, "rd_input")
        await drive.press("space")
        page = await drive.on(RubricPage)
        assert "rd_intensity" in [row.id for row in page.list.rows]
        await drive.press("space")
        assert "rd_intensity" not in [row.id for row in page.list.rows]

    walk(steps)
