"""A large gap that no chosen measure reaches is named with the one reason that is true of it."""

from hypothesis import assume, given
from hypothesis import strategies as st

from nqpf_assess.engine.planning.open_gaps import MOST_GAPS, open_gaps
from nqpf_assess.engine.scorecard import scorecard_of
from tests.engine.planning.choices import assessed_of
from tests.engine.test_measures import PLAIN
from tests.support.instruments import Case, cases
from tests.support.scored import tries
from tests.support.varied import tiny


@tries(120)
@given(cases(), st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_every_reason_is_true(case: Case, picked: set[int], refused: set[int]) -> None:
    assessed = assessed_of(case)
    card, questionnaire = scorecard_of(assessed), assessed.instrument.questionnaire
    measures, judged = questionnaire.countermeasures, {one.id: one for one in card.countermeasures}
    fitting = [id for id in measures if judged[id].eligible]
    chosen = {id for place, id in enumerate(fitting) if place in picked}
    left_out = {id for place, id in enumerate(fitting) if place in refused} - chosen
    short = [node for node in card.nodes if node.level == "dimension" and node.share]
    assume(short)
    largest = {node.id for node in sorted(short, key=lambda node: -(node.share or 0.0))[:MOST_GAPS]}
    found = {gap.dimension: gap for gap in open_gaps(card, questionnaire, chosen, left_out=left_out)}
    lifting = {id: {m for m in measures if id in measures[m].lifts} for id in largest}
    assert set(found) == {id for id in largest if not lifting[id] & chosen}
    for dimension, gap in found.items():
        free = lifting[dimension] & set(fitting) - left_out
        assert (gap.why == "effort") == bool(free)
        assert (gap.why == "wish") == bool(not free and lifting[dimension] & left_out)
        assert (gap.why == "none") == (not lifting[dimension])
        assert set(gap.measures) <= lifting[dimension]
        assert bool(gap.measures) == bool(lifting[dimension])


def test_what_a_floor_holds_back_is_not_the_best() -> None:
    """The best that fits is ranked by its points after the floors: what brings nothing beside one comes behind."""
    floor = {"node": "f", "below": 40, "cap": 49, "why": {"en": "x"}}
    made = tiny({"p": {"d": 30, "f": 30, "e": 90}}, floors={"held": floor})
    lifts = {"large": {"d": 50}, "lifting": {"d": 5, "f": 20}}
    made.questionnaire["countermeasures"] = {id: PLAIN | {"lifts": by} for id, by in lifts.items()}
    assessed = assessed_of(made)
    (gap, *_rest) = open_gaps(scorecard_of(assessed), assessed.instrument.questionnaire, ())
    assert gap.measures == ("lifting", "large")
