"""What measures reach: each dimension of each profile has suitable ones up to its target, none lifts too much."""

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pytest
import write_validation

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import local_rubric
from nqpf_assess.engine.states import Seen, View, fails, holds, read, unknown
from nqpf_assess.kinds import kind_of
from nqpf_assess.model.condition import subjects
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
    ("region", "above_scale_rd_share"): {"rd_accounting_coaching"},
    ("region", "joint_project_firms"): {"problem_list"},
    ("region", "sme_digital_level2"): {"digital_diagnosis"},
    ("region", "export_concentration"): {"market_spread"},
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
