"""What an explained floor says would lift it does lift it, and is worth what it says, on random instruments."""

from hypothesis import given

from nqpf_assess.engine.arithmetic import floored, plain
from nqpf_assess.engine.explaining import answer_earning, explain_floor
from nqpf_assess.engine.scoring import Assessed, assess, measure, scored_here
from nqpf_assess.kinds import kind_of
from nqpf_assess.model.answers import Answers
from tests.support.instruments import Case, cases
from tests.support.scored import close, instrument_of, tries


def with_score(assessed: Assessed, question: str, score: float) -> tuple[str, ...]:
    """The floors that fire when a question scores otherwise, by a full re-score."""
    place = assessed.instrument.place[question]
    leaves = [leaf._replace(score=score) if p == place else leaf for p, leaf in enumerate(assessed.leaves)]
    figures = measure(assessed.instrument, leaves, weights=assessed.rubric.weights, rules=assessed.figures.rules)
    return figures.fired


@tries(150)
@given(cases())
def test_a_floor_is_lifted_by_what_it_names_and_by_nothing_less(case: Case) -> None:
    assessed = assess(instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers))
    for id in assessed.figures.rules.floors:
        found = explain_floor(assessed, id)
        assert found.fired == (id in assessed.figures.fired)
        assert found.fired or found.lifting == ()
        for question, score in found.lifting:
            assert id not in with_score(assessed, question, score + 1e-6)
            assert id in with_score(assessed, question, score - 1e-3)
            asked = assessed.instrument.questionnaire.questions[question]
            enough, here = (
                answer_earning(assessed, question, score),
                scored_here(assessed.instrument, question, assessed.view),
            )
            if enough is not None:
                earned = kind_of(asked).score(asked, enough, here)
                assert earned is not None
                assert id not in with_score(assessed, question, earned + 1e-6)
        named = {question for question, _ in found.lifting}
        for question in found.lowest if found.fired else ():
            asked = assessed.instrument.questionnaire.questions[question]
            best = kind_of(asked).reach(asked, scored_here(assessed.instrument, question, assessed.view))[1]
            assert question in named or id in with_score(assessed, question, best)


@tries(100)
@given(cases())
def test_a_floor_is_worth_what_the_overall_gains_without_it(case: Case) -> None:
    assessed = assess(instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers))
    figures = assessed.figures
    for id in figures.rules.floors:
        this = figures.rules.floors[id]
        past = {other for other, floor in figures.rules.floors.items() if floor.node == this.node}
        past = {other for other in past if figures.rules.floors[other].below <= this.below}
        others = [rule for rule in figures.rules.floor_rules if rule.id not in past]
        worth = explain_floor(assessed, id).worth
        assert (worth is None) == (not figures.total.has)
        if worth is not None:
            assert close(worth, floored(plain, figures.scores, others)[0].value - figures.total.value)
            assert worth >= 0
            assert id in figures.fired or worth == 0
