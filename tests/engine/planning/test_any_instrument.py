"""On instruments of any shape (conditions, blanks, switched-off parts, floors) the plan is what the contract says."""

import pytest
from hypothesis import given

from nqpf_assess.engine.planning import planner_of
from tests.engine.planning.choices import assessed_of
from tests.support.instruments import Case, cases
from tests.support.oracle import Measures, readings
from tests.support.scored import tries

MOST = 7


def looked_at(case: Case) -> int:
    """Compare with an arithmetic written from the contract alone; give how many plans had something in them."""
    local, _ = readings(case.questionnaire, case.chain, case.answers)
    measures, planner, found = Measures(local), planner_of(assessed_of(case)), 0
    eligible = [id for id in measures.table if measures.eligible(id)]
    assert {option.id for option in planner.problem.options} == set(eligible)
    if local.score() is None:
        assert planner.plan(5).gain is None
        return 0
    for budget in (0, 2, 4, 7, 12) if len(eligible) <= MOST else ():
        gain, ids = measures.best_plan(budget)
        plan = planner.plan(budget)
        assert sorted(step.id for step in plan.chosen) == ids
        assert plan.gain == pytest.approx(float(gain), abs=1e-9)
        assert plan.curve[min(budget, len(plan.curve) - 1)].gain == pytest.approx(float(gain), abs=1e-9)
        found += bool(ids)
    return found


def test_plan_agrees_with_an_independent_reading() -> None:
    """Gain, set and curve are those of trying every set; the random instruments do hold such plans."""
    found: list[int] = []

    @tries(300)
    @given(cases())
    def look(case: Case) -> None:
        found.append(looked_at(case))

    look()
    assert sum(found) > 20
