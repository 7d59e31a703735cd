"""What a change of a rubric does to samples, worked out by hand: scores, bands, ranks, first measures, weights."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.previewing import effects, sensitivities, silent
from nqpf_assess.model.answers import Answers
from nqpf_assess.pages.rubric import effect_lines
from tests.support.scored import instrument_of
from tests.support.varied import tiny

BANDS = {"low": {"from": 0, "en": "low"}, "high": {"from": 50, "en": "high"}}
MEASURE = {"title": {"en": "x"}, "gist": {"en": "x"}, "lead": {"en": "x"}, "kpi": {"en": "x"}, "when_below": 100}


def instrument(weights: Mapping[str, int], **rest: Any) -> Instrument:
    """Two pillars with one question each, and a measure for each."""
    case = tiny({"p": {"d": 0}, "r": {"e": 0}}, weights=dict(weights), bands=BANDS, **rest)
    measures = {
        f"lift_{id}": MEASURE | {"lifts": {id: 20}, "effort": 1, "horizon": "short", "acts": "county"} for id in "de"
    }
    case.questionnaire["countermeasures"] = measures
    case.questionnaire["facts"] = {"zone": {"kind": "text", "text": {"en": "x"}}}
    return instrument_of(case.questionnaire, case.chain)


def answered(p: int | None, r: int | None) -> Answers:
    return Answers.model_validate(tiny({"p": {"d": p}, "r": {"e": r}}).answers)


SAMPLES = {"a": answered(100, 0), "b": answered(0, 60), "c": answered(None, None), "d": answered(100, 0)}


def test_every_sample_is_scored_banded_and_ranked_under_both_rubrics() -> None:
    """Alike they are 50 and 30; where the second pillar weighs thrice, 25 and 45. Equal ones share a rank."""
    a, b, c, d = effects(instrument({}), instrument({"r": 3}), SAMPLES)
    assert [(row.before.score, row.after.score) for row in (a, b, c, d)] == [(50, 25), (30, 45), (None, None), (50, 25)]
    assert [(row.before.band, row.after.band) for row in (a, b)] == [("high", "low"), ("low", "low")]
    assert [(row.before.rank, row.after.rank) for row in (a, b, c, d)] == [(1, 2), (3, 1), (None, None), (1, 2)]
    assert [row.name for row in (a, b, c, d)] == ["a", "b", "c", "d"]
    assert (a.band, a.rank, b.band, b.rank, c.band, c.rank) == (True, True, False, True, False, False)


def test_the_first_measures_are_those_that_gain_most_for_their_effort() -> None:
    """Of `b`, both dimensions can rise; which comes first hangs on which pillar weighs more."""
    (a, b, c, d) = effects(instrument({"p": 3}), instrument({"r": 3}), SAMPLES)
    assert (b.before.first, b.after.first) == (("lift_d", "lift_e"), ("lift_e", "lift_d"))
    assert (a.before.first, a.after.first) == (("lift_e",), ("lift_e",))
    assert (b.first, a.first, c.first, d.first) == (True, False, False, False)
    assert c.before.first == ()
    # Of `b` a floor takes points that only the lesser gain brings back: the score lists that one first.
    floors = {"f": {"node": "e", "below": 65, "cap": 10, "why": {"en": "x"}}}
    (_, b, _, _) = effects(instrument({"p": 3}), instrument({"p": 3}, floors=floors), SAMPLES)
    assert (b.before.first, b.after.first) == (("lift_d", "lift_e"), ("lift_e", "lift_d"))


def test_weights_are_moved_one_at_a_time_and_the_one_that_moves_most_comes_first() -> None:
    """By half: `a` goes from 50 to 100/3 or 60, `b` from 30 to 40 or 24; the dimensions are alone in their pillars."""
    rows = sensitivities(instrument({}), {"a": SAMPLES["a"], "b": SAMPLES["b"], "c": SAMPLES["c"]}, 0.5)
    assert [row.node for row in rows] == ["p", "r", "d", "e"]
    assert [row.most for row in rows] == pytest.approx([50 / 3, 50 / 3, 0, 0])
    assert [row.mean for row in rows] == pytest.approx([(50 / 3 + 10) / 2, (50 / 3 + 10) / 2, 0, 0])


def test_the_spread_is_the_rubrics_where_none_is_given() -> None:
    """By a fifth, 100 × 0.8 ÷ 1.8 lies 5.6 points below 50, and 100 × 1.2 ÷ 2.2 lies 4.5 above."""
    own = instrument({}, scoring={"weight_spread": Decimal("0.2")})
    (first, *_) = sensitivities(own, {"a": SAMPLES["a"]})
    assert first.most == pytest.approx(50 - 80 / 1.8)
    assert sensitivities(instrument({}), {"c": SAMPLES["c"]})[0].most == 0.0
    assert sensitivities(instrument({}), {})[0].mean == 0.0
    for name, said in (("a", "Weights that matter most"), ("c", "None of them has an overall score")):
        samples, made = {name: SAMPLES[name]}, instrument({})
        told = effect_lines(effects(made, made, samples), sensitivities(made, samples), (), made, "en")
        assert any(line.startswith(said) for line in told)  # without a score no weight matters


def test_an_adjustment_that_fires_nowhere_is_named_by_its_file_and_place() -> None:
    rows = [
        {"node": "p", "factor": 2, "when": {"fact": "zone", "answered": True}, "why": {"en": "x"}},
        {"node": "p", "factor": 3, "when": {"fact": "zone", "answered": False}, "why": {"en": "x"}},
        {"node": "r", "factor": 3, "why": {"en": "x"}},
    ]
    found = silent(instrument({}, adjust=rows), SAMPLES)
    assert [(file, place, float(change.factor or 0)) for file, place, change in found] == [("base", 0, 2.0)]
