"""Weights out of pairs judged in the editor: whose reasons stand where, what is compared, in which languages."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from nqpf_assess.engine.ahp import Priorities
from nqpf_assess.files.drafting import shares_before
from nqpf_assess.files.editing import Adjusted, Stated
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.files.rules.judging import unfollowed
from nqpf_assess.pages.ahp import ratio, reason_of
from nqpf_assess.session.judging_pairs import Judging
from nqpf_assess.session.rubric_editing import Preview, RubricEditing, open_rubric
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.editing.pairs import PairsPage
from nqpf_assess.tui.editing.rubric_rows import effect_lines
from tests.session.conftest import HILLS, write_content

OFF = """
[[adjust]]
node = "share"
factor = 0
why = { en = "No research here.", zh = "此处没有研发。" }
"""


def one_language(words: str) -> str:
    """Let a file speak Chinese alone."""
    return re.sub(r'en = "[^"]*", ', "", words.replace('["en", "zh"]', '["zh"]'))


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path / "data"))
    return write_content(tmp_path / "content")


def opened(content: Path, rubric: str = "hills") -> Iterator[RubricEditing]:
    library = Library((Root("content", content),))
    book = library.questionnaire("small")
    assert book is not None
    editing = open_rubric(library.open_weights(content / "weights" / "small" / f"{rubric}.toml", book), book, content)
    yield editing
    editing.close()


def judged(editing: RubricEditing, of: str = "") -> None:
    judging = Judging(editing, of)
    for pair in judging.pairs:
        judging.judge(pair, Fraction(3))
    assert editing.make_all(judging.edits(reason_of)) is None


def test_the_reason_of_a_target_stays_beside_the_target(content: Path) -> None:
    """The judgements say why a part weighs what it does, and nothing of its target."""
    for editing in opened(content):
        judged(editing)
        change = next(change for _place, change in editing.own("clean"))
        assert change.target == 90
        assert change.target_why == {"en": "Water comes from here.", "zh": "水源地。"}
        assert "Judged in pairs" in change.why["en"]


@pytest.mark.parametrize("rubric", ["hills", "baseline"])
def test_weights_that_leave_what_was_judged_are_told_and_taken_back_by_the_judgements(
    rubric: str, content: Path
) -> None:
    """Also those of several experts: what they came to together is what weighs."""
    for editing in opened(content, rubric):
        judged(editing)
        second = Judging(editing, "", by="Wang")
        for pair in second.pairs:
            second.judge(pair, Fraction(1, 5))
        assert editing.make_all(second.edits(reason_of)) is None
        assert not list(unfollowed(editing.instrument))
        node, why = second.members[0], {"en": "Otherwise.", "zh": "另有考虑。"}
        index = next((index for index, change in editing.own(node) if change.when is None), None)
        other = Stated("weights", node, Decimal(90), "otherwise")
        left = other if editing.is_baseline else Adjusted(node, Decimal(9), None, why, index)
        assert "judgement_unfollowed" in [notice.code for notice in editing.warnings(left)]
        assert editing.make(left) is None
        assert [one.of for one in unfollowed(editing.instrument)] == [""]
        assert editing.make_all(Judging(editing, "").edits(reason_of)) is None
        assert not list(unfollowed(editing.instrument))


def test_a_reason_names_what_the_rubric_rests_on_and_not_what_another_judged_just_before(content: Path) -> None:
    for editing in opened(content):
        judged(editing)
        first = Judging(editing, "")
        first.take_up("Wang")
        for pair in first.pairs:
            first.judge(pair, Fraction(1, 5))
        assert editing.make_all(first.edits(reason_of)) is None
        rests_on = shares_before(editing.instrument, own=False)
        for member in first.members:
            change = next(change for _place, change in editing.own(member) if change.when is None)
            assert f"instead of {rests_on[member]:.1%}" in change.why["en"]


@pytest.mark.parametrize("rubric", ["hills", "baseline"])
def test_taking_what_stands_there_changes_nothing(rubric: str, content: Path) -> None:
    """Not even the reason, which names the baseline's own share before and not the one that is judged."""
    for editing in opened(content, rubric):
        judged(editing)
        before = editing.words
        again = Judging(editing, "")
        assert editing.make_all(again.edits(reason_of)) is not None
        assert editing.words == before


def test_what_is_switched_off_is_not_compared(content: Path) -> None:
    """No factor can raise a weight of 0; the others can be judged without it."""
    hills = content / "weights" / "small" / "hills.toml"
    hills.write_text(HILLS.lstrip() + OFF, encoding="utf-8")
    for editing in opened(content):
        assert Judging(editing, "spending").members == ("plan", "review")
        assert not remarks_of(Judging(editing, "spending"))
        judged(editing, "spending")
    hills.write_text(HILLS.lstrip() + OFF + KEPT, encoding="utf-8")  # nor does what was judged of it count unseen
    for editing in opened(content):
        assert remarks_of(Judging(editing, "spending")).endswith("they do not count here: panel")


def test_where_no_sample_is_watched_the_key_that_watches_one_is_named(content: Path) -> None:
    for editing in opened(content):
        ((part,), _empty) = effect_lines(editing, editing.now(), Speech("en", keymap={"sample": "f12"}))
        assert part.text == " No sample is watched; choose one with F12."


def test_what_a_sample_gains_is_the_difference_of_the_scores_beside_it(content: Path) -> None:
    """50.004 and 50.016 are printed as 50.00 and 50.02; 0.01 beside them would not add up."""
    was, seen = (SimpleNamespace(score=score, band={}, first=()) for score in (50.004, 50.016))
    book = next(opened(content)).book
    watching = SimpleNamespace(before=lambda: SimpleNamespace(seen=was), sample_name="Anhe", book=book)
    now = cast("Preview", SimpleNamespace(seen=seen))
    score, moved, _band = effect_lines(cast("RubricEditing", watching), now, Speech("en"))[0]
    assert (re.findall(r"50\.0\d", score.text), moved.text[-4:]) == (["50.00", "50.02"], "0.02")


def remarks_of(judging: Judging) -> str:
    page = SimpleNamespace(speech=Speech("en"), judging=judging)
    return " ".join(row.text for row in PairsPage.remarks(cast("PairsPage", page)))


def test_weights_are_judged_in_a_questionnaire_of_one_language(content: Path) -> None:
    """Reasons are in its language alone: a file refuses others, whatever the app speaks."""
    for file in content.rglob("*.toml"):
        file.write_text(one_language(file.read_text(encoding="utf-8")), encoding="utf-8")
    for editing in opened(content):
        judged(editing)
        assert all(set(change.why) == {"zh"} for change in editing.value.adjust)


KEPT = """
[[judgements]]
of = "spending"
by = "panel"
members = ["share", "plan", "review"]
matrix = [[1, 2.4662, "4/3"], ["", 1, "0.405"], ["", "", 1]]
"""


def test_what_is_judged_anew_leaves_the_other_judgements_as_they_were(content: Path) -> None:
    """Means of a panel keep their decimals, and 4/3 stays 4/3."""
    hills = content / "weights" / "small" / "hills.toml"
    hills.write_text(HILLS.lstrip() + KEPT, encoding="utf-8")
    for editing in opened(content):
        judging = Judging(editing, "spending")
        judging.judge((1, 2), Fraction(1, 5))
        assert editing.make_all(judging.edits(reason_of)) is None
        assert editing.value.judgements[0].matrix == ((1, Decimal("2.4662"), "4/3"), ("", 1, "1/5"), ("", "", 1))
        again = Judging(editing, "spending")
        again.judge((1, 2), Fraction("0.405"))
        assert editing.make_all(again.edits(reason_of)) is None
        assert editing.value.judgements[0].matrix[1] == ("", 1, "0.405")


@pytest.mark.parametrize("by", ['by = "panel"\n', ""])
def test_experts_of_one_name_all_count(content: Path, by: str) -> None:
    """Two who each send a `pairs.csv`, or two without names, are two."""
    hills = content / "weights" / "small" / "hills.toml"
    kept = KEPT.replace('by = "panel"\n', by)
    hills.write_text(HILLS.lstrip() + kept + kept.replace('2.4662, "4/3"', "1, 1").replace('"0.405"', "1"), "utf-8")
    for editing in opened(content):
        judging = Judging(editing, "spending")
        panel = judging.panel()
        assert panel is not None
        assert len(panel.experts) == 2
        assert panel.matrix[0][1] == pytest.approx(2.4662**0.5)
        assert all(expert.name for expert in panel.experts)
        assert "judgements of the first of them, and all count" in remarks_of(judging)
        judging.judge((1, 2), Fraction(1, 5))
        assert editing.make_all(judging.edits(reason_of)) is None
        assert len(editing.value.judgements) == 2


def test_a_ratio_below_the_limit_is_not_written_as_the_limit() -> None:
    """With as many decimals as it takes: 0.100 is not below 0.10."""
    found = [Priorities((0.5, 0.5), 3.0, 0.0, value, "eigenvector") for value in (0.0994, 0.0997, 0.1, 0.1001)]
    assert [ratio(one) for one in found] == ["0.099", "0.0997", "0.100", "0.1001"]
