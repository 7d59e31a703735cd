"""Why a large gap stays open: what is told of the measures that would lift it."""

from dataclasses import replace

from nqpf_assess.engine.planning import planner_of
from nqpf_assess.engine.planning.open_gaps import open_gaps
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.report.plan_reason import open_gap_words
from tests.engine.planning.choices import assessed_of
from tests.engine.test_measures import PLAIN
from tests.support.varied import tiny

MEASURES = {
    "plan": {"title": {"en": "Plan"}, "lifts": {"e": 5}, "effort": 1},
    "audit": {"title": {"en": "Audit"}, "lifts": {"e": 10}, "needs": ["plan"]},
    "talk": {"title": {"en": "Talk"}, "lifts": {"done": 20}},  # not needed here: keeps nothing waiting
    "plant": {"title": {"en": "Plant"}, "lifts": {"d": 30}, "effort": 3, "needs": ["audit", "talk", "plan"]},
}


def told(chosen: set[str], *, by_hand: bool = False) -> str:
    made = tiny({"p": {"d": 30, "e": 40, "done": 100}})
    made.questionnaire["countermeasures"] = {id: PLAIN | keys for id, keys in MEASURES.items()}
    assessed = assessed_of(made)
    card, questionnaire = scorecard_of(assessed), assessed.instrument.questionnaire
    gap = next(gap for gap in open_gaps(card, questionnaire, chosen) if gap.dimension == "d")
    plan = replace(planner_of(assessed).what_if(chosen), by_hand=by_hand)
    return open_gap_words(gap, plan, card, questionnaire, "en")


def test_the_effort_of_what_must_come_first_is_told() -> None:
    """A measure of effort 3 that gains most may still gain less for its effort: with what it needs it is 6."""
    assert "“Plant” (effort 3; 6 with “Plan” and “Audit”, which must come first) would lift it" in told(set())
    assert "“Plant” (effort 3; 5 with “Audit”, which must come first)" in told({"plan"}, by_hand=True)
    assert "“Plant” (effort 3) would lift it" in told({"plan", "audit"})
