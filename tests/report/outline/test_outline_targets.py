"""How a score is told beside its target: where the arrow leads, and what offsets a gap."""

from dataclasses import replace
from decimal import Decimal

import pytest

from nqpf_assess.engine.profiles import suggestions
from nqpf_assess.model.answers import Answers, Override
from nqpf_assess.report.outline import local, verdict, yardstick
from nqpf_assess.report.outline.findings import now_and_target
from nqpf_assess.report.wording import gap_in_parts
from tests.report.outline.made import CLUSTER, answered, case_of, scored, shipped, told
from tests.support.scored import instrument_of
from tests.support.varied import tiny


@pytest.mark.parametrize(
    ("scores", "parts"),
    [
        ((80, 40), ("10.0", "10.0")),
        ((72, 40), ("10.0", "6.0")),
        ((70, 40), None),
        ((61, 59), None),
        ((60, 40), None),
    ],
)
def test_a_gap_in_which_others_offset_each_other_is_told_with_them(
    scores: tuple[int, int], parts: tuple[str, str] | None
) -> None:
    """5.8 short and 5.7 ahead are not “0.1 points below the target”, as if nothing had to be done."""
    named = dict(zip("ab", scores, strict=True))
    instrument, answers = scored({"p": named}, targets=dict.fromkeys(named, 60))
    english, chinese = (verdict.figures(case_of(instrument, answers, language)) for language in ("en", "zh"))
    assert ("some dimensions are" in english) == ("部分维度" in chinese) == (parts is not None)
    if parts is not None:
        assert english.endswith(": some dimensions are {} points short, others {} ahead.".format(*parts))
        assert chinese.endswith("：部分维度共差{}分，部分维度共超出{}分。".format(*parts))
    case = case_of(instrument, answers)
    overall = case.card.overall
    apart = replace(overall, gap=(overall.gap or 0.0) + 1)  # as under geometric means, where the parts do not add up
    assert "some dimensions are" not in verdict.figures(replace(case, card=replace(case.card, overall=apart)))


def test_what_is_short_and_ahead_stand_as_they_are_where_the_means_do_not_let_them_give_the_gap() -> None:
    """A half 50 below its target is 25 short, whatever a geometric mean makes of the gap."""
    case = tiny({"p": {"a": 10}, "q": {"b": 90}}, targets={"a": 60, "b": 60})
    chain = [case.chain[0] | {"scoring": {"across_pillars": "geometric"}}]
    instrument = instrument_of(case.questionnaire, chain)
    overall = case_of(instrument, Answers.model_validate(case.answers)).card.overall
    assert gap_in_parts(overall) == pytest.approx((30.0, 25.0, 15.0))


def test_a_profile_that_moves_targets_alone_has_the_general_target_beside_the_score_that_is_the_same() -> None:
    """Else “just as much” hides that a target of its own is all that is reached."""
    case = tiny({"p": {"a": 50}}, targets={"a": 60})
    profile = {**case.chain[0], "id": "low", "based_on": "base", "targets": {"a": 0}}
    made = case_of(instrument_of(case.questionnaire, [*case.chain, profile]), Answers.model_validate(case.answers))
    assert "just as much. The target of the general rubric is 60.0." in told(*yardstick.yardstick_blocks(made))
    # Without a further profile nothing is said of others.
    made = replace(made, suggestions=suggestions(made.questionnaire, [made.instrument.chain], made.answers))
    assert "other profile" not in told(*local.profile(made))


@pytest.mark.parametrize(
    ("own", "is_told"),
    [({"b": 40}, True), ({"p": 40}, True), ({"a": 40, "b": 80}, False), ({"c": 40}, False), ({}, False)],
)
def test_where_a_place_set_targets_itself_that_stands_beside_the_target(own: dict[str, int], is_told: bool) -> None:
    """“The target is reached” is no news of whoever put the target where they stand."""
    instrument, answers = scored({"p": {"a": 50, "b": 50, "c": None}}, targets={"p": 60})
    override = tuple(Override(node=node, target=Decimal(target), why="x") for node, target in own.items())
    said = "".join(verdict.own_decisions(case_of(instrument, answers.model_copy(update={"override": override}))))
    assert bool(said) == said.endswith("the target would be 60.0.") == is_told


def test_where_weights_and_targets_are_set_by_hand_what_comes_without_either_is_told() -> None:
    """Each alone is what comes of the one; the target that it had without the hand stood nowhere."""
    instrument, answers = scored({"p": {"a": 80}, "q": {"b": 20}}, targets={"p": 60, "q": 40})
    own = Override(node="p", factor=Decimal(3), target=Decimal(90), why="x")
    said = "".join(verdict.own_decisions(case_of(instrument, answers.model_copy(update={"override": (own,)}))))
    assert said.endswith("Without any of this the score would be 50.0, against a target of 50.0.")


@pytest.mark.parametrize(
    ("factors", "ends"),
    [
        ({"q": 0}, "Left out of the score by hand: x; without that the score would be 50.0."),
        ({"p": 2}, "Other weights were set by hand for x; without that the score would be 50.0."),
        (
            {"q": 0, "p": 2},
            "Left out of the score by hand: x; other weights were set by hand for x; without both the score would be "
            "50.0.",
        ),
        ({"p": 1}, ""),
        ({"p": 2, "q": 2}, ""),
    ],
)
def test_where_a_place_weighs_parts_itself_what_that_does_stands_beside_the_score(
    factors: dict[str, int], ends: str
) -> None:
    """Whoever leaves the weakest part out has not reached every target; nor is “Every pillar has” said."""
    instrument, answers = scored({"p": {"a": 80}, "q": {"b": 20}}, targets={"p": 60, "q": 60})
    override = tuple(Override(node=node, factor=Decimal(factor), why="x") for node, factor in factors.items())
    case = case_of(instrument, answers.model_copy(update={"override": override}))
    said = "".join(verdict.own_decisions(case))
    assert said == ends
    whole = {node: factor for node, factor in factors.items() if not factor} == {"q": 0}
    assert (
        verdict.verdict(case) == "Every pillar that is assessed here has reached its target; not assessed: x."
    ) == whole


def test_of_weights_set_by_hand_three_are_named_a_question_by_its_dimension_and_what_they_do_to_the_target() -> None:
    """50.0 beside the target of what was kept would read as above it; the whole has another."""
    instrument, answers = scored({"p": {"a": 40, "b": 40}, "q": {"c": 60}}, targets={"p": 40, "q": 80})
    rows = {"q": 0, "q_a": 2, "a": 2, "b": 3, "q_b": 4, "c": 5}  # of what is left out nothing is weighed
    override = tuple(Override(node=node, factor=Decimal(factor), why="x") for node, factor in rows.items())
    case = case_of(instrument, answers.model_copy(update={"override": override}))
    assert "".join(verdict.own_decisions(case)).endswith(
        "by hand: x; other weights were set by hand for one question of x, x, x and 1 more; "
        "without both the score would be 50.0, against a target of 60.0."
    )


def test_where_a_floor_holds_the_score_what_weights_set_by_hand_do_before_it_is_told() -> None:
    """Both stand at the cap; what is reached once the floor holds hangs on the weights."""
    floor = {"node": "c", "below": 40, "cap": 15, "why": {"en": "x"}}
    held = scored({"p": {"a": 80, "c": 20}, "q": {"b": 20}}, targets={"p": 60, "q": 60}, floors={"f": floor})
    override = (Override(node="q", factor=Decimal(0), why="x"),)
    case = case_of(held[0], held[1].model_copy(update={"override": override}))
    assert "The score is 15.0 of 100; without floors it would be 50.0" in verdict.figures(case)
    assert "".join(verdict.own_decisions(case)).endswith("without that the score before the floors would be 35.0.")


@pytest.mark.parametrize(
    ("score", "target", "said"),
    [
        (50.0, 60.0, "50.0 → 60.0"),
        (60.0, 60.0, "60.0 ≥ 60.0"),
        (None, 60.0, "no score → 60.0"),
        (None, None, "no score"),
    ],
)
def test_an_arrow_leads_only_to_a_target_that_lies_above(score: float | None, target: float | None, said: str) -> None:
    """“98.7 → 49.3” reads as if a part were to be let fall."""
    case = case_of(*scored({"p": {"a": 50}}))
    gap = None if score is None or target is None else target - score
    assert now_and_target(case, replace(case.nodes["a"], score=score, target=target, gap=gap)) == said


def test_beside_a_target_set_by_hand_the_annex_has_no_reason_for_the_one_it_replaces() -> None:
    """“A little more than usual” is what the profile says of its 68, not of 95."""
    instrument = shipped("region", "cluster_county")
    answers = answered(instrument, facts=CLUSTER)
    usual, own = "allows a little more than usual", Override(node="green", target=Decimal(95), why="Council")
    assert usual in told(*local.ledger(case_of(instrument, answers)))
    said = told(*local.ledger(case_of(instrument, answers.model_copy(update={"override": (own,)}))))
    assert "Council" in said
    assert usual not in said
