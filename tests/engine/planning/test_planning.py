"""What holds for every plan: order, phases, figures that re-score, determinism, bounds where the work is cut short."""

import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

import pytest

from nqpf_assess.engine.gaps import gain_of
from nqpf_assess.engine.planning import planner_of
from nqpf_assess.engine.planning.curve import Curve, curve_of
from nqpf_assess.engine.planning.hull import Hull, overlap_cut, single_cut
from nqpf_assess.engine.planning.problem import PlanningProblem, chosen_set, gain_with, problem_of
from nqpf_assess.engine.planning.shape import Shape
from nqpf_assess.engine.planning.ties import best_at
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.model.plan import Plan, Wishes
from nqpf_assess.model.questionnaire import HORIZONS
from tests.engine.planning.choices import assessed_of, random_case, seeds
from tests.support.instruments import Case
from tests.support.varied import tiny


def scored(count: int, most: int = 8) -> Iterator[Assessed]:
    """Random assessments with an overall score."""
    cases = (assessed_of(random_case(seed, most=most)) for seed in seeds(count))
    yield from (assessed for assessed in cases if assessed.figures.scores.overall.has)


def case_with(scores: dict[str, int], measures: dict[str, dict[str, object]], overlap: str = "0.5") -> Case:
    """One pillar, target 100, equal weights."""
    case = tiny({"p": {d: str(score) for d, score in scores.items()}}, scoring={"overlap": Decimal(overlap)})
    words = {"title": {"en": "x"}, "gist": {"en": "x"}, "lead": {"en": "x"}, "kpi": {"en": "x"}}
    rest = {"when_below": 100, "horizon": "short", "acts": "county", "effort": 1}
    case.questionnaire["countermeasures"] = {id: words | rest | given for id, given in measures.items()}
    return case


def ids(plan: Plan) -> list[str]:
    return [step.id for step in plan.chosen]


# ── Figures ──


def test_fast_gain_is_the_exact_one() -> None:
    """The gain that the search reckons with is that of the exact re-score, for sets and for additions to sets."""
    looked = 0
    for assessed in scored(60):
        problem, _ = problem_of(assessed, Wishes())
        measures, draw = assessed.instrument.questionnaire.countermeasures, random.Random(7)
        for _ in range(6):
            chosen = frozenset(o for o in range(len(problem.options)) if draw.random() < 0.5)
            more = frozenset(o for o in range(len(problem.options)) if draw.random() < 0.4) - chosen
            tried = chosen_set(problem, chosen)
            exact = gain_of(assessed, [measures[problem.options[o].id] for o in chosen])
            both = gain_of(assessed, [measures[problem.options[o].id] for o in chosen | more])
            assert tried.gain == pytest.approx(exact, abs=1e-10)
            assert gain_with(problem, tried, sorted(more)) == pytest.approx(both, abs=1e-10)
            looked += bool(chosen)
    assert looked > 50


def test_steps_add_up() -> None:
    """Cumulative gains are the exact gains of the steps so far; the last is the gain; after − before is it too."""
    looked = 0
    for assessed in scored(60):
        plan = planner_of(assessed).plan(6)
        measures = assessed.instrument.questionnaire.countermeasures
        for place, step in enumerate(plan.chosen, start=1):
            exact = gain_of(assessed, [measures[id] for id in ids(plan)[:place]])
            assert step.cumulative_gain == pytest.approx(exact, abs=1e-12)
            looked += 1
        assert plan.gain == pytest.approx(plan.chosen[-1].cumulative_gain if plan.chosen else 0.0, abs=1e-9)
        assert (plan.score_after or 0.0) - (plan.score_before or 0.0) == pytest.approx(plan.gain, abs=1e-9)
    assert looked > 20


def test_order_and_phases() -> None:
    """A phase is the horizon or a chosen prerequisite's later one; by phase, prerequisites first, then file order."""
    pairs = 0
    for assessed in scored(150):
        plan = planner_of(assessed).plan(9)
        measures, order = assessed.instrument.questionnaire.countermeasures, ids(plan)
        phase, files = {step.id: HORIZONS.index(step.phase) for step in plan.chosen}, list(measures)
        for id in order:
            needs = [need for need in measures[id].needs if need in phase]
            assert phase[id] == max([HORIZONS.index(measures[id].horizon), *(phase[need] for need in needs)])
            assert all(order.index(need) < order.index(id) for need in needs)
            pairs += len(needs)
        for left, right in pairwise(order):
            assert phase[left] <= phase[right]
            if phase[left] == phase[right] and files.index(left) > files.index(right):
                assert any(phase.get(need) == phase[right] for need in measures[right].needs)
    assert pairs > 20


def test_what_an_earlier_phase_does_does_not_move_a_step_behind() -> None:
    """Within a phase the file's order holds for what needs only measures of an earlier one."""
    lifts = {"lifts": {"d": 10}, "effort": 1}
    case = case_with(
        {"d": 10},
        {
            "third": {**lifts, "horizon": "medium", "needs": ["first"]},
            "fourth": {**lifts, "horizon": "medium"},
            "first": {**lifts, "horizon": "short"},
        },
    )
    assert ids(planner_of(assessed_of(case)).plan(9)) == ["first", "third", "fourth"]


# ── Ties and determinism ──


def test_a_plan_names_the_floors_that_hold_the_score_and_no_others() -> None:
    case = case_with({"weak": 10, "strong": 90}, {"m": {"lifts": {"weak": 5}}})
    case.chain[0]["floors"] = {
        id: {"node": id, "below": 40, "cap": 55, "why": {"en": "because"}} for id in ("weak", "strong")
    }
    found = planner_of(assessed_of(case)).plan(1).floors
    assert [(floor.node, floor.below, floor.cap) for floor in found] == [("weak", 40.0, 55.0)]


def test_ties_less_effort_then_fewer_then_ids() -> None:
    """Of sets that gain the same: less effort before fewer measures, fewer before the ids."""
    less = case_with({"d": 90}, {"a": {"lifts": {"d": 10}, "effort": 3}, "b": {"lifts": {"d": 10}, "effort": 2}})
    assert ids(planner_of(assessed_of(less)).plan(9)) == ["b"]
    fewer = case_with(
        {"d": 90, "e": 90},
        {
            "a": {"lifts": {"d": 10}, "effort": 1},
            "b": {"lifts": {"e": 10}, "effort": 1},
            "z": {"lifts": {"d": 10, "e": 10}, "effort": 2},
        },
    )
    assert ids(planner_of(assessed_of(fewer)).plan(2)) == ["z"]
    alike = {id: {"lifts": {"d": 10}, "effort": 1} for id in ("c", "b", "a", "d")}
    assert ids(planner_of(assessed_of(case_with({"d": 90}, alike))).plan(4)) == ["a"]


def test_same_input_same_plan() -> None:
    """Asked in another order, or asked twice, the plan of a budget is the same."""
    for assessed in scored(25):
        up, down = planner_of(assessed), planner_of(assessed)
        total = len(up.points)
        upward = [ids(up.plan(budget)) for budget in range(total)]
        downward = [ids(down.plan(budget)) for budget in reversed(range(total))]
        assert upward == downward[::-1]


def test_what_gains_nothing_is_never_chosen() -> None:
    """Beyond what the target takes, a larger budget chooses nothing more."""
    case = case_with({"d": 80}, {id: {"lifts": {"d": 20}} for id in ("a", "b", "c")})
    assert len(planner_of(assessed_of(case)).plan(3).chosen) == 1


def test_greedy_would_be_wrong() -> None:
    """The example of the guide: the best for its effort first is not the best plan."""
    case = case_with(
        {"x": 0, "y": 0, "z": 0},
        {
            "a": {"lifts": {"x": Decimal("3.6")}, "effort": 1},
            "b": {"lifts": {"y": 12}, "effort": 4},
            "c": {"lifts": {"z": Decimal("0.9")}, "effort": 3},
        },
    )
    planner = planner_of(assessed_of(case))
    assert [ids(planner.plan(budget)) for budget in (1, 3, 4, 5)] == [["a"], ["a"], ["b"], ["a", "b"]]


def test_a_prerequisite_pays_by_what_it_opens() -> None:
    """A measure that lifts nothing here is taken in where what needs it gains enough; alone it is not."""
    case = case_with(
        {"d": 40, "e": 100},
        {
            "first": {"lifts": {"e": 5, "d": Decimal("0.001")}, "effort": 2},
            "then": {"lifts": {"d": 30}, "effort": 1, "needs": ["first"]},
            "other": {"lifts": {"d": 8}, "effort": 1},
        },
    )
    planner = planner_of(assessed_of(case))
    assert ids(planner.plan(2)) == ["other"]
    assert ids(planner.plan(3)) == ["first", "then"]


# ── Work cut short ──


def hard(seed: int) -> PlanningProblem:
    """A problem of some size, on which a search takes more than a few programmes."""
    problem, _ = problem_of(assessed_of(random_case(seed, most=16)), Wishes())
    return problem


def test_unproven_points_have_true_bounds() -> None:
    """Cut short, a curve is never above the true one, and its bounds never below it; unproven points occur."""
    unproven = 0
    for seed in seeds(25):
        problem = hard(seed)
        if not problem.levers:
            continue
        full, short = curve_of(problem, None), curve_of(problem, 4)
        for whole, cut in zip(full.points, short.points, strict=True):
            assert whole is not None
            assert cut is not None
            assert whole.proven
            assert cut.best.gain <= whole.best.gain + 1e-9
            assert cut.bound >= whole.best.gain - 1e-9
            unproven += not cut.proven
    assert unproven > 10


def test_a_plan_searches_on_where_the_curve_was_cut_short() -> None:
    """A single plan taken from an unproven curve is as good as from a proven one."""
    for seed in seeds(15):
        problem = hard(seed)
        if problem.levers:
            full, short = curve_of(problem, None), curve_of(problem, 2)
            for budget in (3, 6, 9):
                assert chosen_at(short, budget) == chosen_at(full, budget)


def chosen_at(curve: Curve, budget: int) -> frozenset[int]:
    found = best_at(curve, budget, None)
    assert found is not None
    return found.best.chosen


# ── Cuts ──


def test_cuts_hold_for_every_subset() -> None:
    """No subset of a dimension's measures gains more than a cut says, whatever the shares it was made for."""
    hull, draw, looked = Hull(), random.Random(3), 0
    for assessed in scored(60, most=10):
        problem, _ = problem_of(assessed, Wishes())
        shape = Shape(problem)
        for lever in problem.levers:
            shares = [draw.choice((0.0, 1.0, draw.random())) for _ in problem.options]
            worth, alone = shape.worth(lever), shape.alone(lever)
            cuts = [single_cut(lever.lifts, alone), hull.cut(lever.lifts, worth, alone, shares)]
            if not shape.lever_logs:
                cuts.append(overlap_cut(lever.lifts, problem.overlap, shares))
            for size in range(len(lever.lifts) + 1):
                for inside in combinations(lever.lifts, size):
                    gain = worth(sum(p for _, p in inside), max((p for _, p in inside), default=0.0))
                    whole = [float(o in {option for option, _ in inside}) for o in range(len(problem.options))]
                    assert all(gain <= cut.at(whole) + 1e-9 for cut in cuts)
                    looked += 1
    assert looked > 300


def test_without_a_score_nothing_is_planned_and_that_is_the_best_plan() -> None:
    case = case_with({"d": 40}, {"m": {"lifts": {"d": 20}}})
    case.answers["answers"] = {}
    plan = planner_of(assessed_of(case)).plan(3)
    assert (plan.chosen, plan.optimal, plan.bound, plan.curve) == ((), True, None, ())
    assert {plan.score_before, plan.score_after, plan.score_after_floors, plan.gain} == {None}
