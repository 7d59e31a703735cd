"""Blends of profiles on random instruments: what must hold whatever is blended (scoring.md, section 3)."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given

from nqpf_assess.engine.arithmetic import blended_weight, corrected, plain
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import LocalRubric
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.engine.scoring import assess
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.weights import BlendedProfile
from tests.support.instruments import Case, cases
from tests.support.questions import BLENDED
from tests.support.scored import close, engine_row, instrument_of, tries
from tests.support.varied import tiny


def read(case: Case) -> tuple[Instrument, Answers]:
    return instrument_of(case.questionnaire, case.chain, case.further), Answers.model_validate(case.answers)


def unblended(instrument: Instrument) -> list[Instrument]:
    """Each profile of a blend by itself."""
    return [Instrument(instrument.questionnaire, chain) for _, chain in instrument.profiles]


def rubric_without_overrides(instrument: Instrument, answers: Answers) -> LocalRubric:
    return assess(instrument, answers.model_copy(update={"override": ()})).rubric


@tries(80)
@given(cases(BLENDED))
def test_the_order_of_the_further_profiles_changes_no_byte(case: Case) -> None:
    assume(len(case.further) > 1)
    turned = replace(case, further=case.further[::-1])
    assert repr(engine_row(case)["overall"]) == repr(engine_row(turned)["overall"])
    assert engine_row(case)["weights"]["digest"] == engine_row(turned)["weights"]["digest"]
    assert repr(engine_row(case)["ledger"]) == repr(engine_row(turned)["ledger"])


@tries(80)
@given(cases(BLENDED))
def test_a_target_lies_between_those_of_its_parts(case: Case) -> None:
    assume(case.further)
    instrument, answers = read(case)
    blended = rubric_without_overrides(instrument, answers).targets
    parts = [rubric_without_overrides(part, answers).targets for part in unblended(instrument)]
    for dimension in instrument.dimensions:
        lowest, highest = (end(part[dimension] for part in parts) for end in (min, max))
        assert lowest - 1e-9 <= blended[dimension] <= highest + 1e-9


@tries(80)
@given(cases(BLENDED))
def test_a_weight_lies_between_those_of_its_parts_and_is_off_only_where_all_are(case: Case) -> None:
    assume(case.further)
    instrument, answers = read(case)
    blended = rubric_without_overrides(instrument, answers).weights
    parts = [rubric_without_overrides(part, answers).weights for part in unblended(instrument)]
    for node in instrument.nodes:
        on = [part[node] for part in parts if part[node] > 0]
        assert (blended[node] > 0) == bool(on)
        if on:
            assert min(on) * (1 - 1e-12) <= blended[node] <= max(on) * (1 + 1e-12)


@tries(80)
@given(cases(BLENDED))
def test_a_share_that_grows_to_all_ends_in_the_profile_itself(case: Case) -> None:
    """Weights and targets move without a jump; but a node that one profile switches off stays on beside another."""
    assume(case.further)
    instrument, answers = read(case)
    tiny = tuple(BlendedProfile(part.chain, Decimal("1e-9")) for part in instrument.further)
    alone = assess(Instrument(instrument.questionnaire, instrument.chain), answers).rubric
    nearly = assess(replace(instrument, further=tiny), answers).rubric
    for node in instrument.nodes:
        if alone.weights[node] > 0:
            assert close(nearly.weights[node], alone.weights[node], 1e-6)
    for node, target in alone.targets.items():
        assert close(nearly.targets[node], target, 1e-6)


@tries(80)
@given(cases(BLENDED))
def test_floors_are_never_loosened(case: Case) -> None:
    """Each floor of each profile has one at its node that is at least as high and caps at least as low."""
    assume(case.further)
    instrument, _ = read(case)
    blended = instrument.rules.floors.values()
    for part in unblended(instrument):
        for floor in part.rules.floors.values():
            assert any(
                other.node == floor.node and other.below >= floor.below and other.cap <= floor.cap for other in blended
            )
    nodes = {floor.node for part in unblended(instrument) for floor in part.rules.floors.values()}
    assert {floor.node for floor in blended} == nodes


def test_a_floor_of_a_blend_gives_the_reason_of_the_profile_that_asks_most() -> None:
    """So that the reason speaks of the line that holds, whichever profile comes first."""
    case = tiny({"p": {"d": 0}})
    base = case.chain[0] | {"floors": {"f": {"node": "p", "below": 40, "cap": 59, "why": {"en": "mild"}}}}
    strict = {"f": {"node": "p", "below": 80, "cap": 45, "why": {"en": "strict"}}}
    heads = {key: base[key] for key in ("format", "questionnaire", "name")} | {"based_on": base["id"]}
    first, second = (heads | {"id": id, "floors": floors} for id, floors in (("a", {}), ("b", strict)))
    for one, other in ((first, second), (second, first)):
        instrument = instrument_of(case.questionnaire, (base, one), [((base, other), Decimal("0.4"))])
        floor = instrument.rules.floors["f"]
        assert (floor.below, floor.cap, floor.why["en"]) == (80, 45, "strict")


@tries(120)
@given(cases(BLENDED))
def test_a_gain_after_the_floors_is_what_the_capped_overall_gains(case: Case) -> None:
    """It never falls where the uncapped one rises, and is the same where no floor fires before."""
    instrument, answers = read(case)
    card = scorecard_of(assess(instrument, answers))
    gains = [(node.one_level_up, node.one_level_up_after_floors) for node in card.nodes]
    gains += [(node.to_target, node.to_target_after_floors) for node in card.nodes]
    gains += [(measure.gain, measure.gain_after_floors) for measure in card.countermeasures]
    for before, after in gains:
        assert (before is None) == (after is None)
        if before is not None and after is not None:
            assert before >= -1e-9
            assert after >= -1e-9
            assert card.overall.floors or close(before, after)
            assert card.overall.score is not None
            assert card.overall.score + after <= 100 + 1e-9


@pytest.mark.parametrize("factor", [1e15, 1e-15])
def test_forty_factors_of_one_node_leave_a_weight_that_can_be_summed(factor: float) -> None:
    """Neither infinite nor switched off, one at a time and in a table."""
    made = corrected(plain, 2.0, [(1.0, factor)] * 40)
    assert 0 < float(made) < float("inf")
    assert corrected(plain, 2.0, [(1.0, factor), (1.0, 0.0), (1.0, factor)]) == 0
    assert corrected(plain, 2.0, [(1.0, 1.6), (0.0, 5.0), (1.0, 0.5)]) == 2.0 * 1.6 * 0.5
    assert corrected(np, np.array([2.0, 0.0]), [(np.array([1.0, 1.0]), factor)] * 40).tolist() == [made, 0.0]


@pytest.mark.parametrize(("factors", "weight"), [((0.0, 0.0), 0.0), ((0.0, 9.0), 18.0), ((4.0, 9.0), 12.0)])
def test_a_node_is_off_in_a_blend_only_where_all_its_profiles_switch_it_off(
    factors: tuple[float, float], weight: float
) -> None:
    """Of random blends hardly one has a node that all switch off."""
    blended = blended_weight(plain, 2.0, [(0.5, [(1.0, factor)]) for factor in factors])
    assert close(float(blended), weight)
