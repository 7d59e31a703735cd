"""What measures reach: each dimension of each profile has suitable ones up to its target, none lifts too much."""

import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

import pytest
import write_validation

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import local_rubric
from nqpf_assess.engine.states import Seen, View, fails, holds, read, unknown
from nqpf_assess.kinds import kind_of
from nqpf_assess.model.condition import leaves, subjects
from nqpf_assess.model.questionnaire import Countermeasure

SCORES = (10, 30, 50, 59, 64, 69, 74, 79, 84, 89)
"""Stations on the way up; those below a target are looked at, and the point under it."""


@cache
def grounds(kind: str) -> Sequence[tuple[str, Instrument, View]]:
    """Give each real place or firm with the instrument of the profile suggested for it, and its facts as read."""
    library, *_ = write_validation.content(kind)
    found = []
    for row in write_validation.placed(kind):
        instrument, problems = library.instrument(kind, row.fitting[0])
        assert instrument is not None, problems
        found.append((row.id, instrument, read(instrument, write_validation.answered(kind, row.facts, row.fitting[0]))))
    return found


def asked(instrument: Instrument, view: View) -> Mapping[str, int]:
    """Count the questions of each dimension that are put to this place."""
    away = {"hidden", "not_applicable"}
    counted: dict[str, int] = {}
    for id, question in instrument.questionnaire.questions.items():
        if view.questions[id].state not in away:
            counted[question.dimension] = counted.get(question.dimension, 0) + 1
    return counted


def suitable(instrument: Instrument, view: View) -> Mapping[str, Countermeasure]:
    """Give the measures that fit this place, whatever its scores."""
    known = instrument.questionnaire.countermeasures
    return {id: m for id, m in known.items() if not (holds(m.unsuits, view) or fails(m.suits, view))}


def holes(instrument: Instrument, view: View) -> Iterator[tuple[str, float]]:
    """Yield each dimension with a score below its target at which no suitable measure would be proposed."""
    targets = local_rubric(instrument, view).dimension_targets
    there = suitable(instrument, view)
    for dimension in asked(instrument, view):
        target = float(targets[instrument.place[dimension]])
        for score in (*(each for each in SCORES if each < target - 1), target - 1):
            proposed = (
                id
                for id, measure in there.items()
                if dimension in measure.lifts
                and score < float(measure.when_below)
                and (measure.when_at_least is None or score >= float(measure.when_at_least))
            )
            if next(proposed, None) is None:
                yield dimension, score


@pytest.mark.parametrize("kind", ["region", "firm"])
def test_every_dimension_has_a_suitable_measure_up_to_its_target(kind: str) -> None:
    """On every real place under its own profile, at every station below the target."""
    found = {(id, *hole) for id, instrument, view in grounds(kind) for hole in holes(instrument, view)}
    assert sorted(found) == []


@pytest.mark.parametrize("sector", ["software", "services", "construction", "other"])
def test_firms_that_make_no_products_have_one_where_more_is_expected_of_them_too(sector: str) -> None:
    """Not all of them are local or digital services by their profile: some lead a chain, or are specialised."""
    library, *_ = write_validation.content("firm")
    for profile in ("chain_leader", "specialised_sme", "exporter"):
        instrument, _ = library.instrument("firm", profile)
        assert instrument is not None
        facts = {"sector": sector, "size": "large" if profile == "chain_leader" else "small"}
        assert [*holes(instrument, read(instrument, write_validation.answered("firm", facts, profile)))] == []


@pytest.mark.parametrize(
    ("question", "value", "facts", "dimension"),
    [
        ("debt_ratio", "92", {"sector": "construction", "size": "large"}, "equipment_upgrade"),
        ("debt_ratio", "92", {"sector": "services", "size": "medium"}, "equipment_upgrade"),
        ("top_customer_share", "90", {"sector": "consumer", "size": "medium"}, "digital_business"),
        ("top_customer_share", "90", {"sector": "construction", "size": "large"}, "digital_business"),
        ("equipment_newness", None, {"sector": "consumer", "size": "small", "export_share": "60"}, "equipment_upgrade"),
    ],
)
def test_what_makes_one_way_hard_leaves_another(
    question: str, value: str | None, facts: Mapping[str, str], dimension: str
) -> None:
    """Debts, one customer alone, no machines of one's own: there is still something to do."""
    library, *_ = write_validation.content("firm")
    instrument, _ = library.instrument("firm", "exporter")
    assert instrument is not None
    view = read(instrument, write_validation.answered("firm", facts, "exporter"))
    seen = Seen("na") if value is None else Seen("answered", Decimal(value))
    view = view._replace(questions=view.questions | {question: seen})
    assert dimension not in {lacking for lacking, _ in holes(instrument, view)}


@pytest.mark.parametrize(("user", "fits"), [("yes", True), ("no", False), (None, False)])
def test_a_small_data_centre_that_is_a_key_energy_user_is_not_told_that_it_uses_little(
    user: str | None, fits: bool
) -> None:
    library, *_ = write_validation.content("firm")
    instrument, _ = library.instrument("firm", "service_digital")
    assert instrument is not None
    facts = {"sector": "software", "size": "small", "staff": "30"} | ({"key_energy_user": user} if user else {})
    view = read(instrument, write_validation.answered("firm", facts, "service_digital"))
    assert ("energy_ledger" in suitable(instrument, view)) is fits


@pytest.mark.parametrize("kind", ["region", "firm"])
def test_no_measure_lifts_a_dimension_by_more_than_its_questions_can_give(kind: str) -> None:
    """Within a year one question of the dimension from nothing to full marks, later two."""
    found = set()
    for _, instrument, view in grounds(kind):
        counted = asked(instrument, view)
        for id, measure in suitable(instrument, view).items():
            questions = 1 if measure.horizon == "short" else 2
            for dimension, points in measure.lifts.items():
                if dimension in counted and float(points) > 100 * questions / counted[dimension] + 1e-9:
                    found.add((id, dimension, float(points), counted[dimension]))
    assert sorted(found) == []


@pytest.mark.parametrize("kind", write_validation.INSTRUMENTS)
def test_whether_a_measure_suits_hangs_on_no_question_that_is_not_put_there(kind: str) -> None:
    """Else an answer would be said to be missing that nobody can give."""
    _library, questionnaire, chains = write_validation.content(kind)
    draw = random.Random(7)
    for _ in range(200):
        facts = {}
        for id, fact in questionnaire.facts.items():
            values = [choice.value for choice in kind_of(fact).choices(fact) if not choice.unknown] or [
                "10",
                "60",
                "120",
            ]
            facts[id] = [draw.choice(values)] if fact.kind == "multi" else draw.choice(values)
        instrument = Instrument(questionnaire, chains[0])
        view = read(instrument, write_validation.answered(kind, facts))
        for id, measure in suitable(instrument, view).items():
            for when in (measure.suits, measure.unsuits):
                gone = [q for q in subjects(when, "question") if view.questions[q].state in ("na", "hidden")]
                assert not gone or not unknown(when, view), (id, gone, facts)


NOT_THERE = {
    ("region", "above_scale_rd_share"): {
        "rd_accounting_coaching",
        "problem_list",
        "digital_diagnosis",
        "copy_the_sample",
        "niche_firm_ladder",
        "per_mu_pricing",
        "dark_factory_lead",
    },
    ("region", "joint_project_firms"): {"problem_list"},
    ("region", "sme_digital_level2"): {"digital_diagnosis", "copy_the_sample"},
    ("region", "little_giant_density"): {"niche_firm_ladder"},
    ("region", "key_process_nc"): {"dark_factory_lead"},
    ("region", "green_factory_share"): {"green_factory_ladder"},
    ("region", "solid_waste_use"): {"zero_waste_exchange"},
    ("region", "export_concentration"): {"market_spread", "overseas_risk_desk"},
    ("region", "supply_kept"): {"supply_by_contract"},
    ("region", "rural_links"): {"farm_income_links"},
    ("region", "rural_digital_services"): {"digital_village_city"},
    ("region", "green_mine_share"): {"green_mine_programme", "mine_restoration_ledger"},
    ("region", "mined_land_restored"): {"mine_land_back"},
    ("region", "job_transition"): {"transition_and_services"},
    ("firm", "key_process_nc"): {"light_smart_line", "intelligent_factory_grade"},
    ("firm", "equipment_newness"): {"line_renewal_programme"},
    ("firm", "sme_payment_days"): {"payment_calendar", "supplier_partnership"},
}
"""Questions that somebody says do not apply, for want of what is asked about, and measures for just that."""


@pytest.mark.parametrize(("kind", "question"), NOT_THERE)
def test_who_has_said_that_there_is_none_of_it_hears_of_no_measure_for_it(kind: str, question: str) -> None:
    """No mines, no exports, no production of one's own: what is about them suits no real place or firm."""
    there: set[str] = set()
    found: set[str] = set()
    for _, instrument, view in grounds(kind):
        there |= set(suitable(instrument, view))
        said = view._replace(questions={**view.questions, question: Seen("na")})
        found |= set(suitable(instrument, said))
    measures = NOT_THERE[kind, question]
    assert measures <= there
    assert measures & found == set()


DONE = {
    "future_track_selection": {"future_grounds": ("abstain",)},
    "scenario_opening": {"future_grounds": ("abstain",)},
    "pilot_proof_base": {"proof_pilot_use": "yes"},
    "st_budget_lock": {"fiscal_sci_share": Decimal(12)},
    "market_spread": {"export_concentration": Decimal(10)},
    "ip_rapid_centre": {"ip_protection": Decimal(4)},
    "basic_services_gap": {"doctors_per_1000": Decimal("5.5"), "childcare_places": Decimal(6)},
    "processing_with_residents": {"border_life": ("trade",)},
    "port_local_processing": {"port_goods_processed": Decimal(65)},
    "grain_to_food": {"agri_chain_ratio": Decimal(4)},
    "fourth_season": {"visitor_season": Decimal(27)},
}
"""Measures of a region, and answers that say that just this is done, or was decided against."""


@pytest.mark.parametrize("measure", DONE)
def test_what_is_done_by_the_answers_is_not_proposed(measure: str) -> None:
    """Where it was meant for before, and the question is asked."""
    suited = [(instrument, view) for _, instrument, view in grounds("region") if measure in suitable(instrument, view)]
    asked_of = [
        (instrument, view)
        for instrument, view in suited
        if all(view.questions[id].state not in ("hidden", "na") for id in DONE[measure])
    ]
    assert asked_of
    for instrument, view in asked_of:
        answers = {id: Seen("answered", value) for id, value in DONE[measure].items()}
        assert measure not in suitable(instrument, view._replace(questions={**view.questions, **answers}))


@pytest.mark.parametrize("kind", write_validation.INSTRUMENTS)
def test_what_other_measures_need_is_refused_to_nobody_for_being_done(kind: str) -> None:
    """What is needed but refused makes its dependants ineligible too: who does it already would lose these."""
    _library, questionnaire, _chains = write_validation.content(kind)
    known = questionnaire.countermeasures
    for id in {first for measure in known.values() for first in measure.needs}:
        told = [leaf for _, leaf in leaves(known[id].unsuits) if leaf.question is not None] if known[id].unsuits else []
        assert [leaf for leaf in told if leaf.operator == "at_least"] == [], id


def test_where_a_measure_suits_what_it_needs_suits_too() -> None:
    """By what real places are; a platform is left out where there are too few factories to share it."""
    apart = {("industrial_internet", "copy_the_sample")}
    found = set()
    for _, instrument, view in grounds("region"):
        there = suitable(instrument, view)
        found |= {(id, first) for id, measure in there.items() for first in measure.needs if first not in there}
    assert found <= apart


def test_a_district_with_villages_is_offered_what_is_for_villages() -> None:
    """Only districts at the core of a hub city are not asked about villages and farm households."""
    library, *_ = write_validation.content("region")
    instrument, _ = library.instrument("region", "baseline")
    assert instrument is not None
    for location, there in (("metro_ring", True), ("metro_core", False)):
        facts = {"tier": "district", "zone": "urbanised", "location": location}
        fitting = suitable(instrument, read(instrument, write_validation.answered("region", facts)))
        assert ({"farm_income_links", "digital_village_city"} <= set(fitting)) == there
        assert "network_compute_access" in fitting


def test_a_cluster_beside_services_or_mines_is_one_to_convert_and_audit_as_one() -> None:
    """A place may be several things at once."""
    library, *_ = write_validation.content("region")
    instrument, _ = library.instrument("region", "baseline")
    assert instrument is not None
    for tier, beside in (("district", "services_led"), ("county", "resource_led")):
        facts = {"tier": tier, "structure": [beside, "cluster_led"]}
        fitting = suitable(instrument, read(instrument, write_validation.answered("region", facts)))
        assert {"copy_the_sample", "cluster_clean_audit"} <= set(fitting)


def test_where_mines_or_old_works_stood_the_common_audit_is_there() -> None:
    """Their waste is what the floor of clean production fires on, also where farming or services weigh more by now."""
    library, *_ = write_validation.content("region")
    instrument, _ = library.instrument("region", "baseline")
    assert instrument is not None
    for now in ("agri_led", "services_led"):
        for was, there in (("declining", True), ("none", False)):
            facts = {"structure": [now], "resource_class": was, "old_industrial": "no"}
            fitting = suitable(instrument, read(instrument, write_validation.answered("region", facts)))
            assert ("cluster_clean_audit" in fitting) == there


@pytest.mark.parametrize(
    ("kind", "facts", "said", "refused"),
    [
        (
            "region",
            {"tier": "district", "structure": ["services_led"], "location": "metro_core"},
            {"tech_upgrade_share": Seen("na"), "above_scale_rd_share": Seen("na")},
            {"equipment_renewal", "one_sector_one_policy"},
        ),
        (
            "region",
            {"tier": "district"},
            {"resident_registered_ratio": Seen("answered", Decimal("2.9"))},
            {"return_home"},
        ),
        ("firm", {"size": "small"}, {"top_customer_share": Seen("na")}, {"market_portfolio"}),
    ],
)
def test_what_a_place_or_firm_has_none_of_is_neither_renewed_called_back_nor_limited(
    kind: str, facts: Mapping[str, object], said: Mapping[str, Seen], refused: set[str]
) -> None:
    library, *_ = write_validation.content(kind)
    instrument, _ = library.instrument(kind, "baseline")
    assert instrument is not None
    view = read(instrument, write_validation.answered(kind, facts))
    fitting = suitable(instrument, view._replace(questions={**view.questions, **said}))
    assert refused.isdisjoint(fitting)
