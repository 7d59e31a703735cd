"""The engine against a second, naive reading of the contract: every key of `score --json` on random instruments."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nqpf_assess.engine.gaps import gain_of
from nqpf_assess.engine.scorecard import variants_of
from nqpf_assess.engine.scoring import assess
from nqpf_assess.model.answers import Answers
from tests.support.instruments import Case, assessments, cases
from tests.support.oracle import Measures, readings, score_json
from tests.support.questions import BLENDED
from tests.support.scored import (
    PROFILES,
    assert_same,
    engine_json,
    every_other,
    instrument_of,
    shipped_chain,
    shipped_questionnaire,
    tries,
)


@tries(450)
@given(cases(BLENDED))
def test_every_figure_is_what_the_contract_says(case: Case) -> None:
    """Scores, ranges, weights, gaps, ledger, checks, measures: engine and oracle agree to 1e-9 on any instrument."""
    wanted = score_json(case.questionnaire, case.chain, case.answers, further=case.further)
    assert_same(wanted, engine_json(case), but=r"\.message")


@pytest.mark.parametrize(("subject", "profile"), every_other(PROFILES))
def test_shipped_rubrics_score_as_the_contract_says(subject: str, profile: str) -> None:
    """The shipped questionnaires under every profile agree with the oracle on random answers and overrides."""
    questionnaire, chain = shipped_questionnaire(subject), shipped_chain(subject, profile)

    @tries(3)
    @given(assessments(questionnaire, chain))
    def agree(case: Case) -> None:
        assert_same(score_json(questionnaire, chain, case.answers), engine_json(case))

    agree()


@tries(150)
@given(cases())
def test_the_robustness_table_is_a_full_re_score(case: Case) -> None:
    """The overall under either mean across pillars, with and without the local rubric, evidence-backed or not."""
    instrument = instrument_of(case.questionnaire, case.chain)
    got = variants_of(assess(instrument, Answers.model_validate(case.answers)))
    wanted = []
    for mean in ("arithmetic", "geometric"):
        for reading in readings(case.questionnaire, case.chain, case.answers):
            reading.rubric.scoring["across_pillars"] = mean
            backed = reading.evidence_backed
            wanted.append(reading.capped(reading.score(), reading.score))
            wanted.append(
                reading.capped(reading.score(instead=backed), lambda node, r=reading, b=backed: r.score(node, b))
            )
    assert len(got) == len(wanted) == 8
    assert_same([None if score is None else float(score) for score in wanted], [variant.score for variant in got])


@tries(150)
@given(cases(), st.integers(0, 15))
def test_the_gain_of_a_set_is_a_full_re_score(case: Case, picks: int) -> None:
    """Of several measures on one dimension the largest counts in full, each further one by `overlap`, to the target."""
    instrument = instrument_of(case.questionnaire, case.chain)
    reading, _ = readings(case.questionnaire, case.chain, case.answers)
    ids = [id for bit, id in enumerate(case.questionnaire["countermeasures"]) if picks >> bit & 1]
    assume(ids and reading.score() is not None)
    table = instrument.questionnaire.countermeasures
    got = gain_of(assess(instrument, Answers.model_validate(case.answers)), [table[id] for id in ids])
    assert_same(float(Measures(reading).gain(ids)), got)
