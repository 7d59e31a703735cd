"""Real places and firms get the profile that people who know them would name; few plain facts lead to none."""

import itertools
from collections import Counter

import pytest
import write_validation

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import fit_of, suggestions
from nqpf_assess.engine.states import read
from nqpf_assess.model.answers import Answers, Reference, RubricReference
from tests.content.plausible import COUNTY, fact


@pytest.mark.parametrize(("instrument", "least"), [("region", 40), ("firm", 25)])
def test_nine_of_ten_get_the_profile_expected(instrument: str, least: int) -> None:
    """The first suggestion is one of those written down beforehand."""
    rows = write_validation.placed(instrument)
    assert len(rows) >= least
    wrong = [(row.id, row.fitting, row.expected) for row in rows if not row.agrees]
    assert len(wrong) <= len(rows) // 10, wrong


@pytest.mark.parametrize(
    ("instrument", "place", "profile"),
    [
        ("firm", "mengniu", "large_manufacturer"),  # “that do not lead a chain”
        ("firm", "mengniu", "innovating_manufacturer"),  # “a few engineers carry the firm”
        ("firm", "hengrui", "innovating_manufacturer"),
        ("firm", "valve_giant", "innovating_manufacturer"),  # “no specialised firms yet”
        ("firm", "valve_giant", "traditional_manufacturer"),  # “without high-tech or specialised certificates”
        ("firm", "furniture_hnte", "traditional_manufacturer"),
        ("region", "ordos", "all_round_centre"),  # “its supply and its borders are mostly kept by others”
        ("region", "horgos", "all_round_centre"),
        ("region", "anshan", "catch_up"),  # it had strong chains before others had
        ("region", "shenzhen", "trade_hub"),  # “hardly anything sold here depends on deep technology made here”
    ],
)
def test_no_profile_fits_where_its_own_words_are_not_true(instrument: str, place: str, profile: str) -> None:
    """What fits second is offered as a part of a blend, with its reasons."""
    fitting = {row.id: row.fitting for row in write_validation.placed(instrument)}
    assert profile not in fitting[place]


def test_the_core_of_a_hub_city_does_not_catch_up_by_relocated_plants_however_little_it_earns() -> None:
    _, questionnaire, chains = write_validation.content("region")
    facts = {"zone": "urbanised", "gdp_ratio": "70", "structure": ["services_led"], "location": "metro_core"}
    judged = suggestions(questionnaire, chains, write_validation.answered("region", facts))
    assert {one.profile.id: one.fit for one in judged if one.profile.id in ("all_round_centre", "catch_up")} == {
        "all_round_centre": "fits",
        "catch_up": "differs",
    }


def test_what_is_not_known_leaves_a_workshop_its_profile_and_what_is_large_or_burns_much_is_no_start_up() -> None:
    _, questionnaire, chains = write_validation.content("firm")
    workshop = {"sector": "agro_food", "chain_position": "unsure", "sme_grade": "unsure", "high_tech": "unsure"}
    certified = {"sector": "equipment", "size": "unsure", "chain_position": "unsure", "high_tech": "yes"}
    young = certified | {"size": "large", "stage": "start_up", "chain_position": "supplier"}
    furnace = young | {"size": "small", "energy_intensive": "yes"}  # “its use of energy is small”
    firms = (write_validation.answered("firm", facts) for facts in (workshop, certified, young, furnace))
    fitting = [
        [one.profile.id for one in suggestions(questionnaire, chains, firm) if one.fit == "fits"] for firm in firms
    ]
    assert fitting[:2] == [["traditional_manufacturer"], ["innovating_manufacturer"]]
    assert fitting[2:] == [["large_manufacturer"], ["energy_intensive", "innovating_manufacturer"]]


@pytest.mark.parametrize("instrument", write_validation.INSTRUMENTS)
def test_a_contested_fact_never_changes_the_main_function_without_a_word(instrument: str) -> None:
    """It stays, or the tool has said beforehand that both fit, or what this fact would tip to."""
    silent = [flip for flip in write_validation.contested(instrument) if flip.outcome == "silent"]
    assert silent == []


@pytest.mark.parametrize(("instrument", "least"), [("region", 25), ("firm", 25)])
def test_where_all_answers_are_alike_first_measures_differ_as_places_do(instrument: str, least: int) -> None:
    """No measure stands in more than half of the lists."""
    lists = write_validation.first_measures(instrument)
    counted = Counter(itertools.chain(*lists.values()))
    assert len(set(lists.values())) >= least
    assert [id for id, times in counted.items() if times > len(lists) / 2] == []


HEARD = {
    ("region", "grain_base"): {"soil_to_field", "machinery_service", "variety_on_site"},
    ("region", "tourism_services"): {"fourth_season", "hotels_buy_local"},
    ("region", "ecological"): {"warning_to_person", "eco_value"},
    ("region", "border_gateway"): {"warning_to_person", "clear_before_arrival"},
    ("region", "energy_base"): {"mine_restoration_ledger"},
    ("region", "trade_hub"): {"market_online", "return_loads"},
    ("region", "cluster_county"): {"cluster_lab"},
    ("region", "innovation_hub"): {"lab_hours_shared"},
    ("firm", "energy_intensive"): {"energy_ledger", "furnace_first"},
    ("firm", "chain_leader"): {"supplier_partnership", "supplier_day"},
    ("firm", "service_digital"): {"ai_one_task", "paid_pilots", "service_promise"},
    ("firm", "local_services"): {"grade_and_label", "site_diary", "one_kitchen_many_counters"},
}
"""What those with a profile hear of among the first measures: some of these."""


@pytest.mark.parametrize(("instrument", "profile"), HEARD)
def test_each_kind_of_place_hears_first_of_what_it_is_for(instrument: str, profile: str) -> None:
    """A grain county hears of soil, machines and seed, a visitors' place of its seasons."""
    lists = write_validation.first_measures(instrument)
    with_it = [row.id for row in write_validation.placed(instrument) if row.fitting[0] == profile]
    assert [id for id in with_it if not HEARD[instrument, profile] & set(lists[id])] == []


def test_a_place_without_factories_is_not_sent_up_the_ladder_of_factories() -> None:
    """Visitors, protection, farming or a border without industry: no green-factory ladder, no zero-carbon park."""
    industry = {"manufacturing_led", "cluster_led", "resource_led"}
    places = [row for row in write_validation.placed("region") if not industry & set(row.facts["structure"])]
    lists = write_validation.first_measures("region")
    quiet = ("tourism_services", "ecological", "grain_base", "border_gateway")
    told = {row.id: lists[row.id] for row in places if row.fitting[0] in quiet}
    assert len(told) > 10
    assert not [id for id, first in told.items() if {"green_factory_ladder", "zero_carbon_park"} & set(first)]


def test_the_page_is_fresh() -> None:
    """`docs/validation.md` says what the tool says today."""
    assert write_validation.PAGE.read_text(encoding="utf-8") == write_validation.page()


def test_at_most_one_in_ten_plain_combinations_of_facts_has_no_local_profile(content) -> None:
    """Tier, zone, structure, research and wealth, with nothing else known to be special."""
    questionnaire = content.questionnaire("region")
    chains = [chain for chain in content.chains("region") if chain[-1].fits is not None]
    instrument = Instrument(questionnaire, chains[0])
    reference = RubricReference(id="baseline", version=questionnaire.version)
    asked = {
        "tier": ["county", "prefecture", "sub_provincial", "district", "dev_zone"],
        "zone": ["urbanised", "agricultural", "ecological", "mixed"],
        "structure": ["agri_led", "resource_led", "cluster_led", "manufacturing_led", "services_led", "mixed"],
        "rd_base": ["weak", "fair", "strong"],
        "gdp_ratio": ["60", "105", "130"],
    }
    combinations = [dict(zip(asked, values, strict=True)) for values in itertools.product(*asked.values())]
    without = 0
    for combination in combinations:
        answers = Answers(
            format="nqpf-answers/1",
            questionnaire=Reference(id="region", version=questionnaire.version),
            weights=reference,
            facts={id: fact(questionnaire, id, value) for id, value in (COUNTY | combination).items()},
        )
        view = read(instrument, answers)
        without += not any(fit_of(chain[-1], view) == "fits" for chain in chains)
    assert len(combinations) > 1000
    assert without <= len(combinations) / 10
