"""One's own choice beside the best one, what must come first, and when each measure runs: worked out by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from nqpf_assess.engine.planning import curve as curve_module
from nqpf_assess.engine.planning import planner_of, relaxation
from nqpf_assess.engine.planning.curve import curve_of
from nqpf_assess.engine.planning.problem import problem_of
from nqpf_assess.engine.planning.search import Search
from nqpf_assess.engine.planning.solver import Mixtures, Programme
from nqpf_assess.engine.planning.steps import in_order, months_of, phases_of, steps_of
from nqpf_assess.engine.planning.ties import best_at
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.model.plan import Wishes
from tests.engine.planning.choices import Brute, assessed_of, random_case, seeds
from tests.engine.planning.test_planning import case_with, hard, ids


def two(**more: Any) -> Assessed:
    """Two dimensions at 0: `a` adds 10 to one for 2 of effort, `b` 20 to the other for 2; `c` needs `a`."""
    measures = {
        "a": {"lifts": {"x": 10}, "effort": 2},
        "b": {"lifts": {"y": 20}, "effort": 2},
        "c": {"lifts": {"x": 4}, "effort": 1, "needs": ["a"]},
    }
    return assessed_of(case_with({"x": 0, "y": 0}, measures | more))


@pytest.mark.parametrize(
    ("chosen", "budget", "within", "gain", "optimal", "bound"),
    [
        (["a"], None, 2, 5, False, 10),
        (["b"], None, 2, 10, True, 10),
        (["b"], 3, 3, 10, True, 10),
        (["a"], 4, 4, 5, False, 15),
        (["a", "b"], None, 4, 15, True, 15),
        (["b", "a"], None, 4, 15, True, 15),
        (["a", "b", "c"], None, 5, 16, True, 16),
        ([], None, 0, 0, True, 0),
        ([], 2, 2, 0, False, 10),
    ],
)
def test_a_choice_of_ones_own_stands_beside_the_best_of_its_effort(
    chosen: list[str], budget: int | None, within: int, gain: float, optimal: bool, bound: float
) -> None:
    """With half of what overlaps, `c` beside `a` adds 4 ÷ 2 = 2 points of one of two dimensions: 1."""
    found = planner_of(two()).what_if(chosen, budget)
    assert (found.budget, found.gain, found.optimal, found.bound) == (
        within,
        pytest.approx(gain),
        optimal,
        pytest.approx(bound),
    )


def test_a_choice_without_a_score_has_a_budget_and_nothing_else() -> None:
    case = case_with({"x": 0}, {"a": {"lifts": {"x": 10}}})
    case.answers["answers"] = {}
    planner = planner_of(assessed_of(case))
    assert [(found.budget, found.gain) for found in (planner.what_if(["a"]), planner.what_if(["a"], 5))] == [
        (0, None),
        (5, None),
    ]


def test_what_a_choice_needs_is_named_in_file_order() -> None:
    chain = {
        "z": {"lifts": {"x": 1}},
        "y": {"lifts": {"x": 1}, "needs": ["z"]},
        "w": {"lifts": {"x": 1}, "needs": ["y"]},
    }
    planner = planner_of(two(**chain))
    assert planner.needed_by(["c"]) == ("a",)
    assert planner.needed_by(["c", "a"]) == ()
    assert planner.needed_by(["b"]) == ()
    assert planner.needed_by(["w"]) == ("z", "y")
    assert planner.needed_by(["w", "z", "c"]) == ("a", "y")
    assert planner.needed_by([]) == ()


def test_must_haves_cost_what_they_need_too_and_below_that_there_is_no_plan() -> None:
    planner = planner_of(two(), Wishes(must=("c",)))
    assert planner.least == 3
    assert ids(planner.plan(2)) == []
    assert sorted(ids(planner.plan(3))) == ["a", "c"]
    assert [point.gain for point in planner.points] == [
        None,
        None,
        None,
        pytest.approx(6),
        pytest.approx(6),
        pytest.approx(16),
    ]
    assert planner_of(two()).least == 0


def test_what_is_done_is_not_chosen_again_and_what_needs_it_can_be() -> None:
    left_out = planner_of(two(), Wishes(without=("a",)))
    done = planner_of(two(), Wishes(done=("a",)))
    assert "c" in [left.id for left in left_out.left_out]
    assert ("a", "done already") in [(left.id, left.why["en"]) for left in done.left_out]
    assert "c" in ids(done.plan(5))
    assert "a" not in ids(done.plan(5))


def test_a_budget_beyond_everything_gains_what_everything_does() -> None:
    problem, _ = problem_of(two(), Wishes())
    curve = curve_of(problem)
    assert [curve.gain(budget) for budget in (0, 2, 4, 5, 99)] == pytest.approx([0, 10, 15, 16, 16])
    bound, _ = problem_of(two(), Wishes(must=("c",)))
    assert curve_of(bound).gain(2) is None


# ---- when


def timed() -> Assessed:
    return two(
        first={"lifts": {"x": 1}, "months": 6},
        quick={"lifts": {"x": 1}, "months": 4, "needs": ["first"]},
        slow={"lifts": {"x": 1}, "months": 9, "needs": ["first"]},
        middle={"lifts": {"x": 1}, "horizon": "medium"},
        late={"lifts": {"x": 1}, "months": 5, "needs": ["middle"]},
        long={"lifts": {"x": 1}, "horizon": "long", "months": 48},
    )


def test_a_measure_runs_after_what_it_needs_until_its_months_or_its_phase_end() -> None:
    """Months before a prerequisite is done move to it; in a later phase the measure's own months say nothing.

    What would be done only then begins halfway beside it, so that its course is checked before it is done.
    """
    found = months_of(timed(), ["first", "quick", "slow", "middle", "late", "long"])
    assert {id: tuple(months) for id, months in found.items()} == {
        "first": (0, 6),
        "quick": (3, 6),
        "slow": (6, 9),
        "middle": (0, 36),
        "late": (18, 36),
        "long": (0, 48),
    }
    steps = {step.id: step for step in steps_of(timed(), found)}
    assert {id: (step.check, step.months) for id, step in steps.items() if id in ("quick", "slow", "late")} == {
        "quick": (5, 6),
        "slow": (8, 9),
        "late": (27, 36),
    }
    alone = months_of(timed(), ["quick", "late", "a"])
    assert {id: tuple(months) for id, months in alone.items()} == {"quick": (0, 4), "late": (0, 5), "a": (0, 12)}


def test_a_prerequisite_of_a_later_phase_takes_a_measure_along() -> None:
    assert phases_of(timed(), ["late", "middle", "first"]) == {"middle": "medium", "late": "medium", "first": "short"}
    assert phases_of(timed(), ["late"]) == {"late": "short"}
    assert in_order(timed(), ["long", "late", "middle", "quick", "first"]) == [
        "first",
        "quick",
        "middle",
        "late",
        "long",
    ]


def test_steps_gain_together_and_there_are_none_without_a_score() -> None:
    steps = steps_of(two(), ["c", "b", "a"])
    assert [(step.id, step.effort) for step in steps] == [("a", 2), ("b", 2), ("c", 1)]
    assert [step.cumulative_gain for step in steps] == pytest.approx([5, 15, 16])
    case = case_with({"x": 0}, {"a": {"lifts": {"x": 10}}})
    case.answers["answers"] = {}
    assert steps_of(assessed_of(case), ["a"]) == ()


# ---- the programme


def test_rows_that_the_solution_does_not_touch_are_taken_away_and_no_others() -> None:
    """x + y comes to 12; what lies more than the slack above it goes, but for the rows before the first cut."""
    programme = Programme()
    programme.add_column(1.0, 0.0, 10.0)
    programme.add_column(1.0, 0.0, 10.0)
    for factors, most in (
        ({0: 1.0}, 50.0),
        ({0: 1.0, 1: 1.0}, 12.0),
        ({0: 1.0, 1: 2.0}, 1000.0),
        ({0: 1.0, 1: 1.0}, 12.0000005),
        ({0: 1.0, 1: 1.0}, 12.1),
    ):
        programme.add_row(factors, most)
    assert programme.value() == pytest.approx(12)
    programme.drop_loose_rows(1, 1e-6)
    assert programme.rows == 3
    assert programme.value() == pytest.approx(12)
    programme.limit_row(1, 13.0)
    assert programme.value() == pytest.approx(12.0000005, abs=1e-9)  # the nearly tight row is still there
    programme.limit_row(2, 99.0)
    programme.limit_row(0, 4.0)
    assert programme.value() == pytest.approx(13)
    programme.bound_column(1, 0.0, 5.0)
    assert programme.value() == pytest.approx(9)  # x at most 4 by the row before the first cut
    programme.drop_loose_rows(1, 1e-6)
    assert programme.rows == 1
    assert programme.value() == pytest.approx(9)
    programme.drop_loose_rows(1, 1e-6)
    assert programme.rows == 1
    assert programme.solves == 6


def test_no_solution_is_told_from_a_solution_of_nothing() -> None:
    programme = Programme()
    programme.add_column(0.0, 1.0, 2.0)
    programme.add_row({0: 1.0}, 5.0)
    assert programme.value() == 0
    programme.limit_row(0, 0.5)
    assert programme.value() is None
    programme.limit_row(0, 1.0)
    assert programme.value() == 0
    assert programme.solution().columns == [pytest.approx(1.0)]


def test_a_mixture_prices_each_member_by_what_it_adds() -> None:
    """Where worths add up, each member's price is its own worth; where together is no more than one, they share it."""
    assert Mixtures(2).prices([0, 3, 5, 8], [0.5, 0.5]) == pytest.approx([3, 5])
    shared = Mixtures(2).prices([0, 4, 4, 4], [0.5, 0.5])
    assert sum(shared) <= 4 + 1e-9
    assert min(shared) >= 0 - 1e-9


def test_plans_are_the_best_ones_when_cuts_are_thrown_away_at_every_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loose cuts only make a search quicker: without them no plan is another one."""
    monkeypatch.setattr(relaxation, "MOST_ROWS", 0)
    looked = 0
    for seed in seeds(60):
        assessed = assessed_of(random_case(seed))
        if not assessed.figures.scores.overall.has:
            continue
        planner, brute = planner_of(assessed), Brute(assessed, Wishes())
        for budget in (2, 5):
            best = brute.best(budget)
            assert best is not None
            plan = planner.plan(budget)
            assert (plan.gain, sorted(ids(plan))) == (pytest.approx(best[0], abs=1e-9), sorted(best[1]))
            looked += 1
    assert looked > 10


@pytest.mark.parametrize("patience", [0, 1, 5, 40])
def test_a_plan_cut_short_says_how_much_more_there_could_be(patience: int) -> None:
    """It keeps to the budget, never gains more than it says could be gained, and the true best lies in between."""
    unproven = 0
    for seed in list(seeds(30)):
        problem = hard(seed)
        if not problem.levers:
            continue
        whole, short = best_at(curve_of(problem, None), 6, None), best_at(curve_of(problem, 2), 6, patience)
        assert whole is not None
        assert short is not None
        assert whole.proven
        assert problem.effort(short.best.chosen) <= 6
        assert short.best.gain <= whole.best.gain + 1e-9
        assert short.bound >= whole.best.gain - 1e-9
        unproven += not short.proven
    assert unproven or patience == 40


def test_no_search_of_a_plan_may_take_more_than_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever tie is being broken: what was solved and what may be solved never exceed what the plan may take."""
    patience, looked = 60, 0
    for seed in seeds(40):
        problem = hard(seed)
        if not problem.levers:
            continue
        curve = curve_of(problem, 2)
        search, last = curve.search, curve.search.work + patience

        def watched(name: str, search: Search = search, last: int = last) -> Callable[..., Any]:
            asked = getattr(search, name)

            def call(*given: Any, patience: int, **named: Any) -> Any:
                nonlocal looked
                looked += 1
                assert patience > 0
                assert search.work + patience == last
                return asked(*given, patience=patience, **named)

            return call

        for name in ("best", "another"):
            monkeypatch.setattr(search, name, watched(name))
        assert best_at(curve, 6, patience) is not None
    assert looked > 20


def test_a_curve_is_proven_to_the_end_only_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it may take so many programmes and no more: a hard choice is answered in time, with its bounds."""
    monkeypatch.setattr(curve_module, "PATIENCE", 1)
    open_points = 0
    for seed in seeds(25):
        assessed = assessed_of(random_case(seed, most=16))
        if assessed.figures.scores.overall.has:
            quick, exact = planner_of(assessed).curve, planner_of(assessed, exact=True).curve
            assert quick is not None
            assert exact is not None
            assert all(point is not None and point.proven for point in exact.points)
            open_points += sum(point is not None and not point.proven for point in quick.points)
    assert open_points > 0
