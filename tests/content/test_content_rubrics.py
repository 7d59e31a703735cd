"""The rubrics: every correction has its reason and source, floors stay high, and the weights are those of the notes."""

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import ledger, local_rubric
from nqpf_assess.engine.states import read
from nqpf_assess.model.answers import Answers, RubricReference
from nqpf_assess.model.weights import Chain
from tests.content.plausible import FUNCTION_DIMENSIONS

INSTRUMENTS = ("region", "firm")
PILLARS = ("innovation", "industries", "digital", "green", "talent", "balance", "security")

# Effective weights of pillars in points of 100 (domain notes, 5.3 and 5.5), and sums of dimensions the advice rests on.
REGION = {
    "baseline": (22.0, 20.0, 16.0, 14.0, 10.0, 9.0, 9.0),
    "border_gateway": (14.7, 19.0, 15.2, 13.3, 9.5, 11.1, 17.1),
    "ecological": (12.7, 13.5, 15.4, 27.0, 9.6, 13.0, 8.7),
    "grain_base": (14.5, 18.8, 15.1, 18.5, 9.4, 12.7, 11.0),
    "energy_base": (16.1, 18.3, 14.6, 23.0, 9.1, 8.2, 10.7),
    "innovation_hub": (29.1, 21.2, 14.1, 9.9, 11.5, 6.3, 7.9),
    "trade_hub": (16.4, 22.4, 19.4, 13.1, 9.3, 8.4, 10.9),
    "industrial_renewal": (18.9, 24.0, 13.7, 14.4, 11.2, 10.0, 7.7),
    "advanced_manufacturing": (23.2, 22.9, 16.9, 12.3, 8.8, 6.3, 9.5),
    "cluster_county": (16.2, 25.8, 19.2, 12.9, 9.2, 8.3, 8.3),
    "tourism_services": (12.6, 19.0, 18.3, 20.0, 9.5, 12.0, 8.6),
    "all_round_centre": (22.5, 18.6, 17.9, 13.0, 11.2, 10.1, 6.7),
    "catch_up": (16.1, 23.7, 17.5, 12.8, 11.9, 9.9, 8.2),
}
FIRM = {
    "baseline": (22.0, 18.0, 20.0, 13.0, 12.0, 5.0, 10.0),
    "chain_leader": (23.3, 15.9, 17.6, 11.5, 10.6, 8.8, 12.3),
    "energy_intensive": (19.7, 12.9, 18.0, 23.3, 10.8, 4.5, 10.8),
    "science_startup": (34.6, 16.6, 14.8, 7.2, 16.6, 2.8, 7.4),
    "service_digital": (22.6, 15.4, 27.4, 6.7, 14.4, 3.4, 10.3),
    "specialised_sme": (25.5, 20.9, 17.9, 11.6, 10.7, 4.5, 8.9),
    "exporter": (19.3, 18.9, 17.5, 13.7, 10.5, 4.4, 15.8),
    "large_manufacturer": (19.5, 15.9, 23.0, 13.8, 12.7, 4.4, 10.6),
    "innovating_manufacturer": (26.4, 18.3, 18.5, 12.0, 11.1, 4.6, 9.2),
    "traditional_manufacturer": (16.4, 21.7, 24.2, 14.5, 11.2, 4.6, 7.4),
    "local_services": (14.6, 17.0, 24.6, 12.3, 13.6, 6.6, 11.3),
}
REGION_SUMS = {  # core_technology; frontier; absorb
    "baseline": (5.5, 12.7, 22.0),
    "border_gateway": (2.1, 7.1, 20.3),
    "ecological": (1.8, 6.2, 16.9),
    "grain_base": (2.1, 6.2, 21.9),
    "energy_base": (4.0, 9.3, 19.6),
    "innovation_hub": (9.7, 19.4, 20.2),
    "trade_hub": (2.3, 9.2, 24.4),
    "industrial_renewal": (4.7, 10.1, 24.9),
    "advanced_manufacturing": (5.8, 13.4, 25.1),
    "cluster_county": (2.4, 7.9, 31.8),
    "tourism_services": (1.8, 8.5, 18.6),
    "all_round_centre": (5.3, 12.0, 22.3),
    "catch_up": (2.5, 8.3, 25.4),
}
FIRM_SUMS = {  # frontier
    "chain_leader": (14.9,),
    "energy_intensive": (11.7,),
    "science_startup": (16.1,),
    "service_digital": (17.6,),
    "specialised_sme": (16.0,),
    "exporter": (13.1,),
    "large_manufacturer": (13.0,),
    "innovating_manufacturer": (14.1,),
    "traditional_manufacturer": (10.6,),
    "local_services": (10.7,),
}
GROUPS = {
    "region": (
        ("core_technology",),
        ("core_technology", "future", "digital_industry"),
        ("commercialisation", "upgrading", "industry_digitalisation"),
    ),
    "firm": (("core_technology", "new_business", "ai_application"),),
}
WEIGHTS = {("region", id): row for id, row in REGION.items()} | {("firm", id): row for id, row in FIRM.items()}
SUMS = {("region", id): row for id, row in REGION_SUMS.items()} | {("firm", id): row for id, row in FIRM_SUMS.items()}


def by_id(content, questionnaire: str) -> dict[str, Chain]:
    return {chain[-1].id: chain for chain in content.chains(questionnaire)}


def shares(content, questionnaire: str, id: str) -> dict[str, float]:
    """Give each node's share of the overall, in points of 100, where nothing is known of the place or firm."""
    instrument, rubric = unknown_place(content, questionnaire, id)
    found = {row.node: 100 * row.share_final for row in ledger(instrument, rubric)}
    for dimension in FUNCTION_DIMENSIONS & set(found):  # nobody is asked for it here: its share goes to its siblings
        pillar = instrument.questionnaire.dimensions[dimension].pillar
        siblings = instrument.questionnaire.dimensions_of[pillar]
        kept = found[pillar] / (found[pillar] - found.pop(dimension))
        found |= {sibling: found[sibling] * kept for sibling in siblings if sibling != dimension}
    return found


def unknown_place(content, questionnaire: str, id: str):
    instrument = Instrument(content.questionnaire(questionnaire), by_id(content, questionnaire)[id])
    reference = RubricReference(id=id, version="1")
    answers = Answers(format="nqpf-answers/1", questionnaire=reference, weights=reference)
    return instrument, local_rubric(instrument, read(instrument, answers))


def test_the_shipped_profiles_are_those_of_the_notes_in_matching_order(content):
    assert [chain[-1].id for chain in content.chains("region")] == list(REGION)
    assert [chain[-1].id for chain in content.chains("firm")] == list(FIRM)


@pytest.mark.parametrize(("questionnaire", "id"), WEIGHTS)
def test_effective_pillar_weights(content, questionnaire, id):
    found = shares(content, questionnaire, id)
    assert [found[pillar] for pillar in PILLARS] == pytest.approx(WEIGHTS[questionnaire, id], abs=0.0501)


@pytest.mark.parametrize(("questionnaire", "id"), SUMS)
def test_effective_dimension_weights(content, questionnaire, id):
    found = shares(content, questionnaire, id)
    sums = [sum(found[node] for node in group) for group in GROUPS[questionnaire]]
    assert sums == pytest.approx(SUMS[questionnaire, id], abs=0.0501)


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_every_correction_has_a_reason_and_a_source(content, questionnaire):
    for id, chain in by_id(content, questionnaire).items():
        nodes = []
        for change in chain[-1].adjust:
            place = (id, change.node)
            nodes.append((change.node, repr(change.when)))
            assert change.factor is None or 0.5 <= change.factor <= 2, place
            assert change.factor not in (None, 1) or change.target is not None, place
            assert change.sources, place
            assert all(len(change.why[language]) >= 5 for language in ("en", "zh")), place
        assert len(set(nodes)) == len(nodes), id


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_a_floor_keeps_a_target_of_sixty_in_every_profile(content, questionnaire):
    for id, chain in by_id(content, questionnaire).items():
        floored = [floor.node for floor in chain[0].floors.values()]
        assert len(floored) >= 2
        instrument, rubric = unknown_place(content, questionnaire, id)
        targets = dict(zip(instrument.dimensions, rubric.dimension_targets, strict=True))
        for node in floored:
            assert targets[node] >= 60, (id, node)
        stated = [
            (change.node, change.target)
            for change in chain[-1].adjust
            if change.when is not None and change.node in floored and change.target is not None
        ]
        assert all(target >= 60 for _, target in stated), (id, stated)


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_targets_lie_between_35_and_90(content, questionnaire):
    for id, chain in by_id(content, questionnaire).items():
        for change in chain[-1].adjust:
            assert change.target is None or 35 <= change.target <= 90, (id, change.node)
