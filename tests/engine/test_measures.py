"""Why a measure is not proposed, in a sentence, and what those that are would add: by hand."""

import math
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.arithmetic import Column
from nqpf_assess.engine.gaps import measures_of
from nqpf_assess.engine.scorecard import extreme_mean, score
from nqpf_assess.engine.scoring import assess
from nqpf_assess.model.answers import Answers
from tests.support.oracle import Plain
from tests.support.scored import instrument_of
from tests.support.varied import tiny

WORDS = {"title": {"en": "x"}, "gist": {"en": "x"}, "lead": {"en": "x"}, "kpi": {"en": "x"}}
PLAIN = WORDS | {"lifts": {"d": 20}, "when_below": 60, "effort": 2, "horizon": "short", "acts": "county"}
SEA = {"fact": "coast", "is": "sea"}


def judged(
    measures: dict[str, Any],
    *,
    d: Any = 40,
    e: Any = 80,
    coast: str | None = "sea",
    asked: dict[str, Any] | None = None,
    **rest: Any,
) -> dict[str, Any]:
    """Two dimensions of one pillar, d and e, and whether the place lies at the sea."""
    case = tiny({"p": {"d": d, "e": e}}, targets={"d": 70, "e": 70})
    case.questionnaire["questions"]["q_d"] |= asked or {}
    case.questionnaire["facts"] = {
        "coast": {"kind": "single", "text": {"en": "x"}, "options": {id: {"en": id} for id in ("sea", "hills")}}
    }
    case.questionnaire["countermeasures"] = {id: PLAIN | keys for id, keys in measures.items()}
    facts = {} if coast is None else {"coast": {"value": coast}}
    answers = Answers.model_validate(case.answers | {"facts": facts} | rest)
    assessed = assess(instrument_of(case.questionnaire, case.chain), answers)
    return {row.id: row for row in measures_of(assessed)}


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({}, ""),
        ({"when_below": 40}, "not needed: no dimension it lifts scores below both 40 and its target"),
        (
            {"when_below": 100, "lifts": {"e": 5}},
            "not needed: no dimension it lifts scores below both 100 and its target",
        ),
        (
            {"when_at_least": 50},
            "builds on a basis that other measures lay: called for from 50 points on in a dimension it lifts",
        ),
        ({"when_at_least": 40}, ""),
        ({"suits": SEA}, ""),
        ({"suits": {"not": SEA}}, "does not suit these local conditions"),
        ({"unsuits": SEA}, "does not suit these local conditions"),
        ({"unsuits": SEA, "unsuits_why": {"en": "Salt rots it"}}, "Salt rots it"),
        ({"unsuits": {"not": SEA}, "unsuits_why": {"en": "Salt rots it"}}, ""),
        ({"needs": ["base"]}, "needs “Base works” first, which does not suit here"),
        ({"needs": ["done"]}, ""),
    ],
)
def test_why_a_measure_is_not_proposed_is_said_in_a_sentence(keys: dict[str, Any], why: str) -> None:
    """What comes first must suit where it is still needed; what is not needed any more is as good as done."""
    others = {
        "base": {"title": {"en": "Base works"}, "unsuits": SEA},
        "done": {"title": {"en": "Done"}, "when_below": 10},
    }
    row = judged(others | {"m": keys})["m"]
    assert row.why_not["en"] == why
    assert row.eligible == (why == "")
    assert (row.gain is None, row.priority is None) == (why != "", why != "")


def test_what_is_not_known_speaks_against_no_measure() -> None:
    for keys in ({"suits": SEA}, {"unsuits": SEA}):
        row = judged({"m": keys}, coast=None)["m"]
        assert (row.eligible, row.unsure) == (True, True)  # counted as suited, and told as such
    assert not judged({"m": {"suits": SEA}})["m"].unsure
    assert not judged({"m": {"when_below": 10, "suits": SEA}}, coast=None)["m"].unsure


def test_what_lifts_a_dimension_without_a_score_is_not_called_needless() -> None:
    """Where too little is answered it is not known whether something it lifts scores below its line."""
    unknown = "not known yet whether it is needed: a dimension it lifts has no score, too little is answered there"
    rows = judged({"m": {}, "n": {"lifts": {"d": 5, "e": 5}}, "o": {"lifts": {"e": 5}}}, d=None)
    assert [rows[id].why_not["en"] for id in "mn"] == [unknown, unknown]
    assert rows["o"].why_not["en"].startswith("not needed")
    assert judged({"n": {"lifts": {"d": 5, "e": 5}}}, d=None, e=50)["n"].eligible
    called_for = judged({"n": {"lifts": {"d": 5, "e": 5}, "unsuits": SEA}}, d=None, e=50)["n"]
    assert called_for.why_not["en"] == "does not suit these local conditions"
    off = judged({"m": {}}, override=[{"node": "d", "factor": 0, "why": "x"}])["m"]  # nothing is to be answered there
    assert off.why_not["en"].startswith("not needed")


@pytest.mark.parametrize(
    ("mode", "shown", "rest", "known"),
    [
        ("quick", {}, {}, False),
        ("quick", {"show_if": SEA}, {"facts": {}}, False),
        ("quick", {"show_if": SEA}, {}, True),
        ("quick", {"na_when": {"not": SEA}, "na_reason": {"en": "x"}}, {}, True),
        ("quick", {}, {"override": [{"node": "e", "factor": 0, "why": "x"}]}, True),
        ("quick", {"show_if": SEA}, {"override": [{"node": "q_more", "factor": 0, "why": "x"}]}, True),
        ("full", {"show_if": SEA}, {"facts": {}}, True),
    ],
)
def test_what_a_quick_screening_alone_passes_over_is_not_called_needless(
    mode: str, shown: Plain, rest: Plain, known: bool
) -> None:
    """Nobody knows whether something is needed where it asks nothing; where nothing applies, nothing is."""
    case = tiny({"p": {"d": 40, "e": 10}})
    on_coast = {"kind": "single", "text": {"en": "x"}, "options": {id: {"en": id} for id in ("sea", "hills")}}
    case.questionnaire["facts"] = {"coast": on_coast}
    questions = case.questionnaire["questions"]
    questions["q_d"]["core"] = True
    if any(row["node"] == "q_more" for row in rest.get("override", ())):
        questions["q_more"] = dict(questions["q_e"])
    questions["q_e"] |= shown
    case.questionnaire["countermeasures"] = {"m": PLAIN | {"lifts": {"e": 5}}}
    hills = {"facts": {"coast": {"value": "hills"}}}
    answers = Answers.model_validate(case.answers | {"mode": mode, "answers": {"q_d": {"value": 40}}} | hills | rest)
    (row,) = measures_of(assess(instrument_of(case.questionnaire, case.chain), answers))
    assert row.why_not["en"].startswith("not needed") == known


def test_a_measure_adds_its_points_up_to_the_target() -> None:
    """d 40 of 70: 20 points are 10 of the whole, for 2 of effort; 50 points stop at the target; e is above it."""
    rows = judged({"m": {}, "n": {"lifts": {"d": 50, "e": 5}, "effort": 5}})
    assert (rows["m"].gain, rows["m"].effort, rows["m"].priority, rows["m"].lifts) == (10, 2, 5, {"d": 20})
    assert (rows["n"].gain, rows["n"].priority, rows["n"].lifts) == (15, 3, {"d": 30, "e": 0})


def test_a_kpi_says_where_its_figure_stands_and_where_the_points_would_bring_it() -> None:
    found = judged({"m": {"kpi_question": "q_d"}, "n": {"kpi_question": "q_e", "lifts": {"d": 5}}})
    kpi = found["m"].kpi
    assert (kpi.question, kpi.now, kpi.goal) == ("q_d", "40", "60")
    assert (found["n"].kpi.now, found["n"].kpi.goal) == ("80", None)
    aside = judged({"m": {"kpi_question": "q_e"}}, e=20)["m"].kpi  # it lifts another dimension only
    assert (aside.goal, aside.held, found["n"].kpi.held) == (None, False, True)
    blank = judged({"m": {"kpi_question": "q_d"}}, d=None)["m"].kpi
    assert (blank.question, blank.now, blank.goal) == ("q_d", None, None)
    assert judged({"m": {}})["m"].kpi.question is None


GOAL = {
    "en": "Machines that send data: from {now} to {goal}; one line seen daily",
    "zh": "联网率由{now}提高到{goal}，每天看",
}


@pytest.mark.parametrize(
    ("asked", "mode", "said"),
    [
        ({}, "full", "from the first count to the goal set by it"),
        ({"na_when": SEA}, "full", "does not apply here, so set a figure of your own"),
        ({"na_when": SEA}, "quick", "does not apply here, so set a figure of your own"),
        ({"show_if": {"not": SEA}}, "full", "does not apply here, so set a figure of your own"),
        ({"core": False}, "quick", "from the first count to the goal set by it"),
    ],
)
def test_a_figure_that_does_not_apply_here_is_nobodys_goal(asked: dict[str, Any], mode: str, said: str) -> None:
    """No first count comes of a question that is never put to such a firm; in a quick screening it may still be."""
    kpi = judged({"m": {"kpi_question": "q_d"}}, asked=asked, mode=mode, d=None)["m"].kpi
    told = kpi.filled(GOAL)
    assert told["en"] == f"Machines that send data: {said}; one line seen daily"
    assert ("由摸底数提高到" in told["zh"]) == said.startswith("from")


def test_a_figure_that_somebody_says_does_not_apply_is_nobodys_goal() -> None:
    kpi = judged({"m": {"kpi_question": "q_d"}}, answers={"q_d": {"state": "na", "note": "none"}})["m"].kpi
    assert kpi.filled(GOAL)["zh"] == "联网率在此不适用，请另定一项可数的指标，每天看"


# ---- weights that could be others


HALVES = [(Column(20.0, 1.0), 1.0), (Column(80.0, 1.0), 1.0)]


@pytest.mark.parametrize(
    ("kind", "end", "mean"),
    [
        ("arithmetic", "low", 35),
        ("arithmetic", "high", 65),
        ("geometric", "low", 20**0.75 * 80**0.25),
        ("geometric", "high", 20**0.25 * 80**0.75),
    ],
)
def test_the_extreme_mean_gives_half_more_to_one_end_and_half_less_to_the_other(
    kind: Any, end: Any, mean: float
) -> None:
    assert extreme_mean(kind, HALVES, spread=0.5, end=end).value == pytest.approx(mean)
    assert extreme_mean(kind, HALVES[:1], spread=0.5, end=end).value == pytest.approx(20)
    assert not extreme_mean(kind, [], spread=0.5, end=end).has


@pytest.mark.parametrize("kind", ["arithmetic", "geometric"])
def test_the_robust_range_of_the_overall_is_that_of_its_mean(kind: str) -> None:
    """p 20 and r 80 alike: by half more and less 35 to 65, under the geometric mean 28.3 to 56.6."""
    scoring = {"across_pillars": kind, "weight_spread": Decimal("0.5")}
    case = tiny({"p": {"d": 20}, "r": {"e": 80}}, scoring=scoring)
    overall = score(instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers)).overall
    low, high = (35, 65) if kind == "arithmetic" else (math.sqrt(800), math.sqrt(3200))
    assert (overall.robust_low, overall.robust_high) == (pytest.approx(low), pytest.approx(high))
