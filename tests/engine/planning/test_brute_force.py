"""The plan is the best there is: compared with trying every set, for every budget, under all means."""

import random
from collections.abc import Sequence

import pytest

from nqpf_assess.engine.planning import planner_of
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.model.plan import Wishes
from nqpf_assess.model.questionnaire import HORIZONS, Horizon, Tier
from tests.engine.planning.choices import ACTS, MEANS, Brute, assessed_of, random_case, seeds
from tests.support.oracle import Measures, readings

PAIRS = [(pillars, dimensions) for pillars in MEANS for dimensions in MEANS]


def assert_best(assessed: Assessed, wishes: Wishes) -> int:
    """Compare plan and curve with every set; give how many budgets were looked at."""
    brute, planner = Brute(assessed, wishes), planner_of(assessed, wishes, exact=True)
    budgets = range(sum(brute.measures[id].effort for id in brute.may) + 1)
    assert [point.budget for point in planner.points] == list(budgets)
    for budget in budgets:
        best, plan = brute.best(budget), planner.plan(budget)
        point = plan.curve[budget]
        if best is None:
            assert (point.gain, plan.chosen) == (None, ())
            continue
        assert point.gain == pytest.approx(best[0], abs=1e-9)
        assert sorted(step.id for step in plan.chosen) == best[1], (budget, best[0], plan.gain)
        assert plan.gain == pytest.approx(best[0], abs=1e-9)
        assert plan.optimal
        assert plan.bound == plan.gain
    return len(budgets)


@pytest.mark.parametrize(("pillars", "dimensions"), PAIRS)
def test_plan_is_the_best_of_all_sets(pillars: str, dimensions: str) -> None:
    """Under each pair of means, for every budget: gain, set and curve are those of trying every set."""
    looked = 0
    for seed in seeds(50):
        assessed = assessed_of(random_case(seed, means=(pillars, dimensions)))
        looked += assert_best(assessed, Wishes()) if assessed.figures.scores.overall.has else 0
    assert looked > 100


def test_wishes_are_kept() -> None:
    """With must-haves, what is left out or done, tiers, budgets of phases: the best of the sets that keep to them."""
    looked = 0
    for seed in seeds(150):
        assessed, draw = assessed_of(random_case(seed)), random.Random(seed)
        if assessed.figures.scores.overall.has:
            looked += assert_best(
                assessed, random_wishes(draw, list(assessed.instrument.questionnaire.countermeasures))
            )
    assert looked > 100


def random_wishes(draw: random.Random, ids: Sequence[str]) -> Wishes:
    acts: tuple[Tier, ...] = tuple(draw.sample(ACTS, 2)) if draw.random() < 0.3 else ()  # type: ignore[arg-type]
    phases: list[Horizon] = draw.sample(HORIZONS, draw.choice((0, 0, 1, 2)))
    return Wishes(
        acts=acts,
        must=(draw.choice(ids),) if draw.random() < 0.3 else (),
        without=(draw.choice(ids),) if draw.random() < 0.3 else (),
        done=(draw.choice(ids),) if draw.random() < 0.3 else (),
        by_phase={phase: draw.randint(0, 6) for phase in phases},
    )


def test_plan_agrees_with_an_independent_reading_of_the_contract() -> None:
    """An arithmetic of its own, in fractions, written from the contract alone, finds the same gain and the same set."""
    for seed in seeds(25):
        case = random_case(seed, most=5, means=("arithmetic", "arithmetic"))
        local, _ = readings(case.questionnaire, case.chain, case.answers)
        if local.score() is None:
            continue
        measures, planner = Measures(local), planner_of(assessed_of(case))
        for budget in (0, 1, 2, 3, 5, 8, 13):
            gain, ids = measures.best_plan(budget)
            plan = planner.plan(budget)
            assert sorted(step.id for step in plan.chosen) == ids
            assert plan.gain == pytest.approx(float(gain), abs=1e-9)
