"""The ledger of weights and the arithmetic of one figure, worked out by hand on two pillars and a few questions."""

import math
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.explaining import (
    AnswerExplained,
    MeanExplained,
    answer_earning,
    explain,
    explain_answer,
    explain_floor,
    explain_mean,
    parts_of,
)
from nqpf_assess.engine.gaps import gaps_of, one_level_up, to_target
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import ledger, local_rubric, zero_groups
from nqpf_assess.engine.scoring import Assessed, assess
from nqpf_assess.engine.states import read
from nqpf_assess.exchange.explanation_json import explanation_row
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.scorecard import OVERALL
from nqpf_assess.model.weights import BlendedProfile, Weights
from nqpf_assess.pages import explanation
from nqpf_assess.pages.explanation import answer_of, explanation_lines, floor_lines, why_unscored
from tests.support.asked import LEVEL
from tests.support.instruments import Case
from tests.support.scored import instrument_of
from tests.support.varied import tiny

WHY = {"en": "because"}


def assessed_of(case: Case, **answers: Any) -> Assessed:
    return assess(instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers | answers))


def case(scoring: dict[str, Any] | None = None, **rest: Any) -> Case:
    """d 80 and e 20 in p, f 50 in r; e weighs 3 against 1."""
    return tiny({"p": {"d": 80, "e": 20}, "r": {"f": 50}}, scoring=scoring or {}, weights={"e": 3}, **rest)


# ---- the ledger


def rows_of(made: Case, overrides: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    instrument = instrument_of(made.questionnaire, made.chain)
    answers = Answers.model_validate(made.answers | {"override": overrides or []})
    view = read(instrument, answers)
    return {row.node: row for row in ledger(instrument, local_rubric(instrument, view, answers.override))}


def test_every_row_says_what_the_baseline_gave_what_was_done_and_what_came_of_it() -> None:
    """e from 3 to 6 of 1: 6 ÷ 7 of its pillar, that is 3 ÷ 7 of the whole; d is outweighed without being touched."""
    made = case(adjust=[{"node": "e", "factor": 2, "why": WHY}])
    rows = rows_of(made)
    assert list(rows) == ["p", "d", "q_d", "e", "q_e", "r", "f", "q_f"]
    e, d = rows["e"], rows["d"]
    assert (e.baseline, e.final, e.parent, d.parent, rows["p"].parent, rows["q_e"].parent) == (3, 6, "p", "p", "", "e")
    assert [(step.by, step.factor, step.target, step.why) for step in e.steps] == [("base", 2, None, WHY)]
    assert (e.among_baseline, e.among_final) == (0.75, pytest.approx(6 / 7))
    assert (e.share_baseline, e.share_final) == (0.375, pytest.approx(3 / 7))
    assert (d.share_baseline, d.share_final, d.steps) == (0.125, pytest.approx(1 / 14), ())
    assert rows["q_e"].share_final == pytest.approx(3 / 7)
    assert [node for node, row in rows.items() if row.outweighed] == ["d", "q_d"]


def test_what_was_lowered_itself_or_above_is_not_called_outweighed() -> None:
    lowered = {"node": "p", "factor": Decimal("0.5"), "why": WHY}
    rows = rows_of(case(adjust=[lowered]))
    assert [node for node, row in rows.items() if row.outweighed] == []
    assert [node for node, row in rows.items() if row.relieved] == ["r", "f", "q_f"]
    assert [node for node, row in rows.items() if row.carried_along] == ["d", "q_d", "e", "q_e"]
    raised = rows_of(case(adjust=[{"node": "p", "factor": 2, "why": WHY}]))
    assert [node for node, row in raised.items() if row.outweighed] == ["r", "f", "q_f"]
    assert [node for node, row in raised.items() if row.relieved] == []
    assert [node for node, row in raised.items() if row.carried_along] == ["d", "q_d", "e", "q_e"]
    only = tiny({"p": {"d": 80, "e": 20}}, adjust=[lowered, {"node": "e", "factor": 2, "why": WHY}])
    along = [node for node, row in rows_of(only).items() if row.carried_along]
    assert along == ["q_d", "q_e"]  # the one pillar weighs all there is, so d falls by e alone


def test_factors_multiply_targets_replace_and_a_person_comes_last() -> None:
    made = case(
        targets={"p": 70, "f": 60},
        adjust=[
            {"node": "e", "factor": 2, "why": WHY},
            {"node": "e", "factor": 2, "target": 40, "why": WHY},
            {"node": "e", "target": 50, "why": WHY},
            {"node": "d", "when": {"question": "q_d", "at_least": 90}, "factor": 9, "why": WHY},
        ],
    )
    by_hand = [{"node": "e", "factor": Decimal("0.5"), "target": 45, "why": "said so"}]
    rows, plain = rows_of(made, by_hand), rows_of(made)
    assert (plain["e"].final, plain["e"].target, rows["e"].final, rows["e"].target) == (12, 50, 6, 45)
    assert [step.by for step in rows["e"].steps] == ["base", "base", "base", "override"]
    assert rows["e"].steps[-1].why == {"en": "said so"}
    assert (rows["d"].steps, rows["d"].final) == ((), 1)
    assert {id: rows[id].target for id in "pdrf"} == {"p": 70, "d": 70, "r": None, "f": 60}
    assert rows_of(made, [{"node": "p", "target": 90, "why": "x"}])["d"].target == 90
    twice = rows_of(made, [*by_hand, {"node": "e", "factor": Decimal(3), "why": "and this"}])["e"].by_hand
    assert twice is not None
    assert (twice.factor, twice.target) == (1.5, 45)  # `score` tells them as one


def test_a_group_is_off_where_all_that_carries_weight_in_it_weighs_nothing() -> None:
    instrument = instrument_of(case().questionnaire, case().chain)
    weights = dict(instrument.root_weights)
    assert zero_groups(instrument, weights) == ()
    assert zero_groups(instrument, weights | {"d": 0, "e": 0}) == (("p", ("d", "e")),)
    assert zero_groups(instrument, weights | {"p": 0, "r": 0, "q_f": 0}) == (("", ("p", "r")), ("f", ("q_f",)))


def test_a_blend_is_called_by_all_its_profiles_and_their_shares() -> None:
    made = case()
    head = {"format": "nqpf-weights/1", "questionnaire": "inst", "based_on": "base"}
    root = Weights.model_validate(made.chain[0])
    rich, poor, far = (
        Weights.model_validate(head | {"id": id, "name": {"en": name}})
        for id, name in (("rich", "Rich"), ("poor", "Poor"), ("far", "Far"))
    )
    questionnaire = instrument_of(made.questionnaire, made.chain).questionnaire
    parts = (BlendedProfile((root, poor), Decimal("0.25")), BlendedProfile((root, far), Decimal("0.3")))
    named = Instrument(questionnaire, (root, rich), parts)
    assert named.name["en"].startswith("Rich")
    assert [named.name["en"].index(word) for word in ("Rich", "30%", "25%")] == sorted(
        named.name["en"].index(word) for word in ("Rich", "30%", "25%")
    )
    assert {"Far", "Poor"} <= set(named.name["en"].replace(",", " ").split())
    assert [share for share, _ in named.profiles] == pytest.approx([0.45, 0.3, 0.25])
    assert Instrument(questionnaire, (root, rich)).name["en"] == "Rich"


# ---- explained


def test_a_mean_is_explained_by_its_parts_that_add_up() -> None:
    """p: 80 × 1/4 + 20 × 3/4 = 35; overall: 35 ÷ 2 + 50 ÷ 2 = 42.5."""
    assessed = assessed_of(case())
    p, overall = explain_mean(assessed, "p"), explain_mean(assessed, OVERALL)
    assert [(t.id, t.weight, t.score, t.adds, t.state) for t in p.terms] == [
        ("d", 0.25, 80, 20, "scored"),
        ("e", 0.75, 20, 15, "scored"),
    ]
    assert (p.id, p.mean, p.score, p.coverage, p.minimum_coverage) == ("p", "arithmetic", 35, 1, 0.5)
    assert (overall.score, [(t.id, t.adds) for t in overall.terms]) == (42.5, [("p", 17.5), ("r", 25)])
    assert [(t.id, t.state) for t in explain_mean(assessed, "d").terms] == [("q_d", "answered")]


def test_a_geometric_mean_adds_logarithms() -> None:
    p = explain_mean(assessed_of(case({"across_dimensions": "geometric"})), "p")
    assert p.mean == "geometric"
    assert [t.adds for t in p.terms] == pytest.approx([math.log(80) / 4, 3 * math.log(20) / 4])
    assert p.score == pytest.approx(math.exp(math.log(80) / 4 + 3 * math.log(20) / 4))


def test_what_has_no_score_carries_nothing_and_says_why() -> None:
    assessed = assessed_of(case(), answers={"q_d": {"value": 80}, "q_e": {"state": "dk"}, "q_f": {"value": 50}})
    p = explain_mean(assessed, "p")
    assert [(t.id, t.weight, t.score, t.adds, t.state) for t in p.terms] == [
        ("d", 1, 80, 80, "scored"),
        ("e", 0, None, None, "no_score"),
    ]
    assert p.coverage == 0.25
    assert [(t.id, t.state) for t in explain_mean(assessed, "e").terms] == [("q_e", "dk")]
    nothing_applies = assessed_of(case(), answers={"q_e": {"state": "na", "reason": "none here"}})
    assert [(t.id, t.state) for t in explain_mean(nothing_applies, "p").terms][1] == ("e", "not_assessed")
    off = assessed_of(case(adjust=[{"node": "d", "factor": 0, "why": WHY}]))  # and not only “answered”
    for node in ("d", "q_d"):
        assert "switched off by a weight of 0" in " ".join(explanation_lines(off, node, "en"))


def test_a_node_is_explained_with_all_below_it_parents_first() -> None:
    assessed = assessed_of(case())
    assert [one.id for one in explain(assessed, OVERALL)] == [OVERALL, "p", "d", "q_d", "e", "q_e", "r", "f", "q_f"]
    assert [one.id for one in explain(assessed, "p")] == ["p", "d", "q_d", "e", "q_e"]
    assert [type(one) for one in explain(assessed, "q_d")] == [AnswerExplained]
    assert [type(one) for one in explain(assessed, "d")] == [MeanExplained, AnswerExplained]
    assert (parts_of(assessed, OVERALL), parts_of(assessed, "p"), parts_of(assessed, "q_d")) == (
        ("p", "r"),
        ("d", "e"),
        (),
    )


def test_a_profile_that_is_called_override_is_no_correction_by_hand() -> None:
    """Its reasons are told under its name, and not as what the place decided by itself."""
    made = case(adjust=[{"node": "e", "factor": factor, "why": WHY} for factor in (2, 3)])
    instrument = instrument_of(made.questionnaire, [file | {"id": "override"} for file in made.chain])
    by_hand = {"override": [{"node": "e", "factor": 4, "why": "so"}]}
    assessed = assess(instrument, Answers.model_validate(made.answers | by_hand))
    assert [(step.by, step.by_hand) for step in assessed.rubric.steps["e"]] == [
        ("override", False),
        ("override", False),
        ("override", True),
    ]
    name = instrument.profile.name["en"]
    lines = [line.strip() for line in explanation_lines(assessed, "e", "en") if "weight ×" in line]
    assert lines == [f"{name}: weight × 2", f"{name}: weight × 3", "correction by hand: weight × 4"]


def test_a_part_that_is_called_overall_is_not_the_whole() -> None:
    """Both are explained, each once: what bears the name of the whole leads into no circle."""
    assessed = assessed_of(tiny({"overall": {"d": 80}, "r": {"f": 50}}))
    assert [one.id for one in explain(assessed, OVERALL)] == [OVERALL, "overall", "d", "q_d", "r", "f", "q_f"]
    assert explain_mean(assessed, "overall").score == 80
    assert next(explanation_lines(assessed, OVERALL, "en")) == "Overall score = 65.00 (weighted mean)"
    row = explanation_row(OVERALL, explain(assessed, OVERALL))
    assert (row["node"], [step["id"] for step in row["steps"]][:2]) == ("overall", ["overall", "overall"])


def test_an_answer_is_explained_by_what_was_said_and_what_it_earns() -> None:
    assessed = assessed_of(case(), answers={"q_d": {"value": Decimal("80.0")}, "q_e": {"state": "na"}})
    d, e = explain_answer(assessed, "q_d"), explain_answer(assessed, "q_e")
    assert (d.kind, d.state, d.value, d.score) == ("number", "answered", 80, 80)
    assert (e.state, e.value, e.score) == ("na", None, None)
    assert d.here.scale is not None
    assert d.here.scale.ys == (0, 100)


def test_that_another_scale_waits_for_what_is_not_answered_is_said() -> None:
    """Where its condition is not known the scale is passed over, without a word."""
    made = case()
    made.questionnaire["facts"] = {
        "tier": {"kind": "level", "levels": [{"en": "low"}, {"en": "high"}], "text": {"en": "Tier"}}
    }
    cases = [{"when": {"fact": "tier", "at_least": 1}, "scale": [[0, 0], [50, 100]]}]
    made.questionnaire["questions"]["q_d"]["scale_when"] = cases
    for level, waits in ((None, True), (0, False), (1, False)):
        facts = {} if level is None else {"tier": {"value": level}}
        said = " ".join(explanation_lines(assessed_of(made, facts=facts), "q_d", "en"))
        assert ("another scale applies where" in said) == waits


def test_the_year_of_a_figure_stands_beside_it_and_beside_nothing_else() -> None:
    made = case()
    for entry, said in (
        ({"value": 80}, "80"),
        ({"value": 80, "year": 2024}, "80 (2024)"),
        ({"value": 80, "year": 2024, "state": "dk"}, "don't know"),
        ({"value": 1, "year": 2024}, "level 1: some"),
    ):
        if entry["value"] == 1:  # of what is no figure no year is told
            made.questionnaire["questions"]["q_d"] = {"dimension": "d", "text": {"en": "x"}} | LEVEL
        assert answer_of(assessed_of(made, answers={"q_d": entry}), "q_d", "en") == said


def test_what_is_open_or_does_not_apply_is_not_called_switched_off() -> None:
    made = case()
    for entry, said in (({"state": "dk"}, "x: don't know"), ({"state": "na", "reason": "x"}, "x: not applicable")):
        told = "\n".join(explanation_lines(assessed_of(made, answers={"q_d": entry}), "d", "en"))
        assert said in told
        assert "weight of 0" not in told
    off = assessed_of(case(adjust=[{"node": "d", "factor": 0, "why": WHY}]))
    assert "  x: counts for nothing here, switched off by a weight of 0" in explanation_lines(off, "d", "en")
    all_off = assessed_of(case(adjust=[{"node": node, "factor": 0, "why": WHY} for node in "de"]))
    assert "  x: not assessed" in explanation_lines(all_off, OVERALL, "en")  # a pillar of which nothing counts
    made.questionnaire["questions"]["q_g"] = {"dimension": "d", "text": {"en": "x"}, "kind": "text"}
    aside = assessed_of(made, answers=made.answers["answers"] | {"q_g": {"value": "so"}})
    assert "weight of 0" not in "\n".join(explanation_lines(aside, "q_g", "en"))


def test_what_falls_short_of_the_least_that_is_needed_is_told_from_it() -> None:
    """With as many decimals as it takes, so that 50% is not short of 50%."""
    whole = replace(explain_mean(assessed_of(case()), OVERALL), score=None, minimum_coverage=0.5)
    for coverage, said in ((0.4997, "49.97%"), (0.0003, "0.03%"), (0.4, "40.0%")):
        assert f"only {said} of its weight" in why_unscored(replace(whole, coverage=coverage), "en")


def levelled(level: int | None, state: str | None = None) -> Assessed:
    """A question of three levels in place of the figure of d."""
    made = case()
    made.questionnaire["questions"]["q_d"] = {"dimension": "d", "text": {"en": "x"}} | LEVEL
    entry = {"state": state} if state else {"value": level}
    return assessed_of(made, answers=made.answers["answers"] | {"q_d": entry})


@pytest.mark.parametrize(
    ("level", "state", "score", "answer"),
    [
        (0, None, 40, 1),
        (0, None, 50, 1),
        (0, None, 50.0000000001, 1),
        (0, None, 51, 2),
        (1, None, 40, None),
        (2, None, 100, None),
        (None, "dk", 10, None),
        (None, "na", 10, None),
    ],
)
def test_the_answer_that_earns_a_score_is_the_nearest_one(
    level: int | None, state: str | None, score: float, answer: int | None
) -> None:
    """None where the answer earns so much already, none can, or there is no answer yet to start from."""
    assert answer_earning(levelled(level, state), "q_d", score) == answer


def test_an_answer_that_falls_short_of_the_score_is_none() -> None:
    """The next tick adds 10, and 50 are wanted: no single step does it."""
    made = case()
    ticks = {id: {"en": id, "score": 10} for id in "abc"}
    made.questionnaire["questions"]["q_d"] = {"dimension": "d", "text": {"en": "x"}, "kind": "multi", "options": ticks}
    assessed = assessed_of(made, answers=made.answers["answers"] | {"q_d": {"value": ["a"]}})
    assert answer_earning(assessed, "q_d", 50) is None
    assert answer_earning(assessed, "q_d", 20) == {"a", "b"}


def test_a_floor_says_what_holds_it_and_what_would_lift_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """p is 35, below 40: d cannot lift it by more than 5 (100 for 80), which is enough; e needs 20 + 5 ÷ 0.75."""
    floors = {
        "low": {"node": "p", "below": 40, "cap": 30, "why": WHY},
        "fine": {"node": "r", "below": 40, "cap": 30, "why": WHY},
        "d": {"node": "d", "below": 40, "cap": 20, "why": WHY},
    }
    assessed = assessed_of(case(floors=floors))
    low, fine, other = (explain_floor(assessed, id) for id in ("low", "fine", "d"))
    assert (low.id, low.node, low.below, low.cap, low.fired, low.score) == ("low", "p", 40, 30, True, 35)
    assert low.lowest == ("q_e", "q_d")
    assert "  Among what fired it, lowest first: “x” (20.0)." in floor_lines(
        assessed, "low", "en"
    )  # what scores 80 does not
    assert [(id, pytest.approx(score)) for id, score in low.lifting] == [("q_e", 20 + 20 / 3), ("q_d", 100)]
    made = case(floors=floors)
    made.questionnaire["questions"]["q_e"]["only_time"] = True  # nobody can raise it: it is no way to lift the floor
    said = "\n".join(floor_lines(assessed_of(made), "low", "en"))
    assert said.count("This answer alone would lift it") == 1
    assert "from 80.0 to 100.0" in said
    assert "further answer" not in said
    monkeypatch.setattr(explanation, "MOST_LIFTING", 1)
    assert "  So would 1 further answer, alone." in floor_lines(assessed, "low", "en")
    assert low.worth == pytest.approx(12.5)
    assert (fine.fired, fine.lifting, fine.worth, fine.score) == (False, (), 0, 50)
    assert (other.fired, other.score, other.lowest) == (False, 80, ("q_d",))


def test_what_is_close_to_a_floor_is_told_from_it() -> None:
    """With as many decimals as it takes, so that no score has to rise “from 60.0 to 60.0”."""
    low = {"node": "r", "below": 60, "cap": 30, "why": WHY}
    made = tiny({"p": {"d": 80}, "r": {"f": Decimal("59.96")}}, floors={"low": low})
    said = "\n".join(floor_lines(assessed_of(made), "low", "en"))
    assert "“x” (59.96)" in said
    assert "from 59.96 to 60.00 points" in said
    made = tiny({"p": {"d": 80}, "r": {"f": Decimal("59.996")}}, floors={"low": low})
    assert "x scores 59.996, below 60" in next(floor_lines(assessed_of(made), "low", "en"))


def test_a_floor_is_fired_by_what_its_node_is_made_of_alone() -> None:
    """An answer of a dimension with too few of them carries nothing, and is no cause of it."""
    made = case(floors={"low": {"node": "p", "below": 90, "cap": 30, "why": WHY}})
    more = {f"q_e{number}": made.questionnaire["questions"]["q_e"] for number in range(2)}
    made.questionnaire["questions"] |= more
    low = explain_floor(assessed_of(made), "low")
    assert (low.score, low.lowest, low.lifting) == (80, ("q_d",), (("q_d", pytest.approx(90)),))


def test_of_graded_floors_of_one_node_the_upper_one_is_worth_what_both_hold_back() -> None:
    """At 40 a part is past the floor at 30 too, so that lifting the upper one is not told as changing nothing."""
    floors = {
        "upper": {"node": "e", "below": 40, "cap": 30, "why": WHY},
        "lower": {"node": "e", "below": 30, "cap": 20, "why": WHY},
    }
    assessed = assessed_of(case(floors=floors))
    assert assessed.figures.total.value == 20
    assert [explain_floor(assessed, id).worth for id in floors] == [pytest.approx(22.5), pytest.approx(10)]


# ---- gaps and gains


def test_contributions_add_up_to_the_gap_and_shares_to_the_whole() -> None:
    """Target 60 everywhere: p lacks 25 and r 10, half each; d lies 20 above, an eighth; e 40 below, three eighths."""
    found = gaps_of(assessed_of(case(targets={"p": 60, "r": 60})))
    assert found.pillar_contributions == pytest.approx((12.5, 5))
    assert found.dimension_contributions == pytest.approx((-2.5, 15, 5))
    assert (found.shortfall, found.surplus) == (pytest.approx(20), pytest.approx(2.5))
    assert found.dimension_shares == pytest.approx((0, 0.75, 0.25))
    assert found.pillar_shares == pytest.approx((0.75, 0.25))


@pytest.mark.parametrize(
    "means", [("geometric", "geometric"), ("geometric", "arithmetic"), ("arithmetic", "geometric")]
)
@pytest.mark.parametrize("scores", [(80, 20, 50), (0, 0, 0), (60, 60, 60), (100, 0, 60)])
def test_contributions_add_up_under_every_mean(means: tuple[str, str], scores: tuple[int, int, int]) -> None:
    """T − S is the sum over pillars and over dimensions, also where a score is 0 or a pillar stands at its target."""
    pillars, dimensions = means
    made = tiny(
        {"p": {"d": scores[0], "e": scores[1]}, "r": {"f": scores[2]}},
        scoring={"across_pillars": pillars, "across_dimensions": dimensions},
        weights={"e": 3},
        targets={"p": 60, "r": 60},
    )
    assessed = assessed_of(made)
    found = gaps_of(assessed)
    gap = found.targets.overall.value - assessed.figures.scores.overall.value
    if pillars == "geometric" and assessed.figures.scores.overall.value < 1:
        return  # below 1 the rule takes scores as 1, and the sum is told of those
    assert sum(part or 0 for part in found.pillar_contributions) == pytest.approx(gap)
    assert sum(part or 0 for part in found.dimension_contributions) == pytest.approx(gap)


def test_a_rise_of_one_answer_gains_what_its_weight_carries() -> None:
    """q_d from 80: to 100 at the next point, an eighth of 20; its target 60 is below. q_e to 60: 40 × 3/8."""
    assessed = assessed_of(case(targets={"p": 60, "r": 60}))
    assert [gain and gain.points for gain in one_level_up(assessed)] == pytest.approx([2.5, 30, 25])
    assert [gain and gain.points for gain in to_target(assessed)] == pytest.approx([0, 15, 5])
    silent = assessed_of(case(), answers={"q_d": {"value": 80}, "q_e": {"state": "dk"}, "q_f": {"value": 100}})
    assert [gain is None for gain in one_level_up(silent)] == [False, True, False]
    assert one_level_up(silent)[2] == (0, 0)
    nothing = assessed_of(case(), answers={})
    assert (one_level_up(nothing), to_target(nothing)) == ((None,) * 3, (None,) * 3)
