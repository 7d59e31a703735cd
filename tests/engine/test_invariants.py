"""What always holds of a score, whatever the instrument: ends of the scale, ranges, sums (scoring.md, 2 to 4)."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from math import log, sqrt

import pytest
from hypothesis import assume, given

from tests.support.instruments import Case, Taste, cases
from tests.support.oracle import Plain
from tests.support.scored import close, engine_json, node, of_level, tries
from tests.support.varied import SHIPPED, at_an_end, tiny

SLACK = 1e-9
LEVELS = ("pillar", "dimension", "question")
RULES = ("across_pillars", "across_dimensions", "across_questions")
SPANNING = Taste(spanning=True)
ARITHMETIC = Taste(means=("arithmetic",))
BARE = Taste(means=("arithmetic",), spanning=True, floors=False)

# ── Ends of the scale ────────────────────────────────────────────────────────


def assert_ends(case: Case) -> None:
    best, worst = (engine_json(at_an_end(case, best=best)) for best in (True, False))
    assume(best["overall"]["score"] is not None and worst["overall"]["score"] is not None)
    stated = [file.get("scoring", {}) for file in reversed(case.chain)]
    means = [next((keys[rule] for keys in stated if rule in keys), "arithmetic") for rule in RULES]
    assert close(best["overall"]["uncapped"], 100)
    assert close(worst["overall"]["uncapped"], 1 if "geometric" in means else 0)
    assert all(line["score"] is None or close(line["score"], 100) for line in best["nodes"])


@tries(60)
@given(cases(SPANNING))
def test_best_answers_give_100_and_worst_0(case: Case) -> None:
    """Where the questions span 0-100 the best answers give 100, the worst 0, or 1 where a geometric mean floors."""
    assert_ends(case)


@tries(6)
@given(SHIPPED)
def test_best_answers_give_100_and_worst_0_under_shipped_rubrics(case: Case) -> None:
    """The same for the shipped questionnaires under every profile."""
    assert_ends(case)


@pytest.mark.parametrize(("mean", "weight"), [("arithmetic", "0.7"), ("arithmetic", "1.3"), ("geometric", "1")])
def test_best_answers_give_exactly_100(mean: str, weight: str) -> None:
    """Not a bit less, and not a bit more, so that no score lies outside the scale."""
    weights = {"a": 22, "b": 16, "c": Decimal(weight)}
    case = tiny({id: {f"d_{id}": 100} for id in weights}, weights=weights, scoring={"across_pillars": mean})
    assert engine_json(case)["overall"]["score"] == 100


# ── Ranges ───────────────────────────────────────────────────────────────────


def assert_ranges(row: Plain, *, spanning: bool) -> None:
    overall = row["overall"]
    left_out = any(line["state"] == "no_score" and line["coverage"] > 0 for line in row["nodes"])
    for line in [overall, *row["nodes"]]:
        if line["low"] is None:
            assert line["high"] is line["score"] is line["coverage"] is None
            continue
        assert line["low"] <= line["high"] + SLACK
        assert 0 <= line["coverage"] <= 1 + SLACK
        if line["score"] is not None and spanning and not left_out:
            assert line["low"] - SLACK <= line["score"] <= line["high"] + SLACK
    if overall["low"] is not None:
        assert overall["confidence_low"] <= overall["low"] + SLACK
        assert overall["high"] <= overall["confidence_high"] + SLACK
    if overall["score"] is not None:
        assert overall["robust_low"] - SLACK <= overall["score"] <= overall["robust_high"] + SLACK
        assert overall["evidence_backed"] <= overall["score"] + SLACK
        assert overall["score"] <= overall["uncapped"] + SLACK


@tries(150)
@given(cases())
def test_no_range_is_upside_down(case: Case) -> None:
    """low ≤ high, confidence around it, robust_low ≤ score ≤ robust_high, evidence-backed at most the score."""
    assert_ranges(engine_json(case), spanning=False)


@tries(100)
@given(cases(SPANNING))
def test_the_score_lies_in_its_range(case: Case) -> None:
    """low ≤ score ≤ high where the questions span 0-100 and no answered part is left out for coverage."""
    assert_ranges(engine_json(case), spanning=True)


@tries(12)
@given(SHIPPED)
def test_the_score_lies_in_its_range_under_shipped_rubrics(case: Case) -> None:
    """The same for the shipped questionnaires under every profile."""
    assert_ranges(engine_json(case), spanning=True)


def assert_width(row: Plain) -> None:
    for line in [row["overall"], *row["nodes"]]:
        if line["low"] is not None:
            assert close(line["high"] - line["low"], 100 * (1 - line["coverage"]))


@tries(80)
@given(cases(BARE))
def test_what_is_not_answered_opens_the_range_by_its_weight(case: Case) -> None:
    """Arithmetic means over questions that span 0-100: high - low = 100 × (1 - coverage), before the floors."""
    assert_width(engine_json(case))


@tries(8)
@given(SHIPPED)
def test_what_is_not_answered_opens_the_range_by_its_weight_under_shipped_rubrics(case: Case) -> None:
    """The same for the shipped questionnaires, their floors taken away."""
    chain = [file | {"floors": {}} for file in case.chain]
    assert_width(engine_json(Case(case.questionnaire, chain, case.answers)))


# ── Sums ─────────────────────────────────────────────────────────────────────


def total(lines: Iterable[Plain], figure: Callable[[Plain], float | None]) -> float:
    return sum(figure(line) or 0.0 for line in lines)


def assert_weights(row: Plain, *, arithmetic: bool) -> None:
    """Effective and applicable weights are shares of one whole at every level, and add the score and coverage up."""
    overall = row["overall"]
    for level in LEVELS:
        lines = of_level(row, level)
        assert close(total(lines, lambda line: line["effective_weight"]), overall["score"] is not None)
        assert close(total(lines, lambda line: line["applicable_weight"]), overall["low"] is not None)
        if arithmetic and overall["score"] is not None:
            parts = total(lines, lambda line: line["effective_weight"] * (line["score"] or 0))
            assert close(parts, overall["uncapped"])
    answered = total(of_level(row, "question"), lambda line: line["applicable_weight"] * (line["coverage"] or 0))
    assert close(answered, overall["coverage"] or 0)


def assert_gap(row: Plain, *, arithmetic: bool) -> None:
    """Contributions sum to the gap and shares to 1, over pillars and dimensions; each pillar's are its dimensions'."""
    overall = row["overall"]
    if overall["score"] is None:
        assert all(line["contribution"] is line["share"] is None for line in row["nodes"])
        return
    for level in LEVELS[:2]:
        lines = of_level(row, level)
        assert close(total(lines, lambda line: line["contribution"]), overall["gap"])
        shares = [line["share"] for line in lines if line["share"] is not None]
        assert close(sum(shares), 1) if overall["shortfall"] > SLACK else not shares
    for pillar in of_level(row, "pillar"):
        for key in ("contribution", "share"):
            if pillar[key] is not None:
                below = [line for line in row["nodes"] if line["parent"] == pillar["id"]]
                assert close(total(below, lambda line, key=key: line[key]), pillar[key])
    if arithmetic:
        assert close(overall["shortfall"] - overall["surplus"], overall["gap"])


@tries(200)
@given(cases())
def test_parts_sum_to_the_whole(case: Case) -> None:
    """Effective weights to 1, contributions to the gap, shares to 1, whatever the means."""
    row = engine_json(case)
    assert_weights(row, arithmetic=False)
    assert_gap(row, arithmetic=False)


@tries(100)
@given(cases(ARITHMETIC))
def test_the_overall_is_its_parts_by_effective_weight(case: Case) -> None:
    """Under arithmetic means the uncapped overall is Σ effective weight × score over every level alike."""
    row = engine_json(case)
    assert_weights(row, arithmetic=True)
    assert_gap(row, arithmetic=True)


@tries(12)
@given(SHIPPED)
def test_parts_sum_to_the_whole_under_shipped_rubrics(case: Case) -> None:
    """The same for the shipped questionnaires under every profile."""
    row = engine_json(case)
    assert_weights(row, arithmetic=True)
    assert_gap(row, arithmetic=True)


@pytest.mark.parametrize("pillars", ["arithmetic", "geometric"])
@pytest.mark.parametrize("dimensions", ["arithmetic", "geometric"])
@pytest.mark.parametrize("nudge", ["0", "3e-8", "-3e-8", "1.9e-7", "3e-7"])
def test_a_pillar_at_its_target_hands_down_the_limit(pillars: str, dimensions: str, nudge: str) -> None:
    """Dimensions that cancel in a pillar without a gap still get their parts, and alike on both sides of 1e-7."""
    targets = {"d0": Decimal(60) + Decimal(nudge), "d1": Decimal(20), "d2": Decimal(70)}
    scoring = {"across_pillars": pillars, "across_dimensions": dimensions}
    row = engine_json(tiny({"p0": {"d0": 20, "d1": 60}, "p1": {"d2": 50}}, targets=targets, scoring=scoring))
    first, second = (node(row, id)["contribution"] for id in ("d0", "d1"))
    assert abs(node(row, "p0")["gap"]) < 1e-6
    assert_gap(row, arithmetic=False)
    exact = {
        ("arithmetic", "arithmetic"): 40 / 4,
        ("arithmetic", "geometric"): sqrt(20 * 60) * log(3) / 4,
        ("geometric", "arithmetic"): log_mean(sqrt(40 * 70), sqrt(40 * 50)) / 40 * 40 / 4,
        ("geometric", "geometric"): log_mean(sqrt(sqrt(1200) * 70), sqrt(sqrt(1200) * 50)) * log(3) / 4,
    }
    part = exact[pillars, dimensions]
    assert (first, second) == pytest.approx((part, -part), abs=1e-6)


def log_mean(a: float, b: float) -> float:
    return (a - b) / log(a / b)
