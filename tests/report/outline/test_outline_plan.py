"""The report uses the plan that was chosen: its order, its dates, its division of work, its gain."""

from dataclasses import replace
from typing import Any

import pytest

from nqpf_assess.engine.gaps import gain_of
from nqpf_assess.engine.planning.steps import phases_of
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import shipped as shipped_content
from nqpf_assess.model.answers import Answers, Chosen
from nqpf_assess.model.questionnaire import HORIZONS
from nqpf_assess.report.blocks import DetailCard, Gantt, Heading, Paragraph, Table, texts_of, words_of
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.decision import acts, first_step
from nqpf_assess.report.outline.measures import considered, lead
from nqpf_assess.report.outline.roadmap import agenda_of, calendar, division
from nqpf_assess.report.outline.shelf import IN_FRONT, decides, shelve
from nqpf_assess.report.outline.upward import asked_for
from nqpf_assess.report.plan_reason import first_reason
from nqpf_assess.report.wording import number
from tests.report.outline.made import CLUSTER, FACTORY, answered, case_of, mixed, outline, shipped
from tests.support.scored import instrument_of
from tests.support.varied import tiny


def planned_case(count: int, *more: str, language: str = "en") -> Case:
    """A county that chose the first so many of the measures that fit."""
    instrument = shipped("region", "baseline")
    answers = answered(instrument, facts={"tier": "county"}, wanted=mixed)
    fitting = [row.id for row in case_of(instrument, answers).card.countermeasures if row.eligible]
    chosen = Chosen(chosen=(*reversed(fitting[:count]), *more))
    return case_of(instrument, answers.model_copy(update={"plan": chosen}), language)


def shipped_case() -> Case:
    """A county that chose nothing."""
    instrument = shipped("region", "baseline")
    return case_of(instrument, answered(instrument, facts={"tier": "county"}, wanted=mixed))


def words(block: Paragraph) -> str:
    return "".join(run.text for run in block.runs)


@pytest.mark.parametrize("count", [1, IN_FRONT, IN_FRONT + 4])
def test_what_was_chosen_is_the_plan(count: int) -> None:
    """Everything chosen, and nothing else, is divided and put on the calendar; the rest is annexed."""
    case = planned_case(count)
    shelf = shelve(case)
    planned = {row.id for row in shelf.planned}
    assert planned == set(case.answers.plan.chosen)
    assert {row.id for row in shelf.work} == planned
    assert len(shelf.front) == min(count, IN_FRONT)
    assert [row.id for row in shelf.fitting[:count]] == [row.id for row in shelf.planned]
    agenda = agenda_of(case, shelf.work)
    drawn, divided = calendar(case, shelf, agenda), division(case, shelf, agenda)
    assert isinstance(drawn, Gantt)
    assert isinstance(divided, Table)
    assert (len(drawn.tasks), len(divided.rows)) == (count, count)


def test_plan_stands_by_phase_with_prerequisites_first() -> None:
    """Phases never fall in the order of the plan, and what another needs stands before it."""
    case = planned_case(30)
    order = [row.id for row in shelve(case).planned]
    phases = phases_of(case.assessed, order)
    places = [HORIZONS.index(phases[id]) for id in order]
    assert places == sorted(places)
    needs = {id: case.questionnaire.countermeasures[id].needs for id in order}
    pairs = [(need, id) for id in order for need in needs[id] if need in order]
    assert pairs
    assert all(order.index(need) < order.index(id) for need, id in pairs)


def test_headline_gains_what_the_plan_gains() -> None:
    """The heading of the measures names the exact gain of the whole plan, in both languages."""
    case = planned_case(8)
    measures = case.questionnaire.countermeasures
    gain = gain_of(case.assessed, [measures[id] for id in case.answers.plan.chosen])
    made: Any = outline(case.instrument, case.answers)
    for part in made.parts:
        heading = next(b for b in part.blocks if isinstance(b, Heading) and b.anchor.endswith("measures"))
        assert number(gain) in heading.text


def test_chosen_once_but_not_called_for_is_said() -> None:
    """A measure that was chosen and does not fit any more is named, and is no part of the plan."""
    case = planned_case(3)
    gone = next(row.id for row in case.card.countermeasures if not row.eligible)
    case = planned_case(3, gone)
    shelf = shelve(case)
    assert gone not in {row.id for row in shelf.work}
    assert case.questionnaire.countermeasures[gone].title["en"] in words(lead(case, shelf))


def test_what_is_for_those_past_the_basics_is_not_told_as_reached() -> None:
    """Where hardly anything scores, no measure is left out because its dimensions have reached their targets."""
    instrument = shipped("region", "baseline")
    case = case_of(instrument, answered(instrument, facts={"tier": "city"}, wanted=lambda id: 20.0))
    blocks = considered(case, shelve(case))
    early = next(
        place
        for place, block in enumerate(blocks)
        if " ".join(texts_of([block])).startswith("For later, once other measures")
    )
    title = case.questionnaire.countermeasures["chain_standards"].title["en"]
    assert [place for place, block in enumerate(blocks) if title in " ".join(texts_of([block]))] == [early + 1]


def test_without_a_choice_the_first_measures_go_on_the_calendar() -> None:
    """Where nothing was chosen the measures in front are what is divided."""
    shelf = shelve(planned_case(0))
    assert shelf.planned == ()
    assert shelf.work == shelf.front != ()


def test_what_lifts_a_floor_stands_behind_what_it_needs() -> None:
    """What is needed lifts nothing of the floor itself, and is among the first acts all the same, before the others."""
    weak = {"node": "d", "below": 40, "cap": 30, "why": {"en": "x"}}
    made = tiny({"p": {"d": 10, "e": 90, "f": 50, "g": 50}}, floors={"weak": weak})
    words = {key: {"en": "x"} for key in ("title", "gist", "lead", "kpi")}
    common = {"when_below": 95, "effort": 1, "horizon": "short", "acts": "county", **words}
    lifts = {"cheap": {"f": 20}, "other": {"g": 20}, "lifter": {"d": 60}, "needed": {"e": 1}}
    measures = {id: {"lifts": points, **common} for id, points in lifts.items()}
    measures["lifter"]["needs"] = ["needed"]
    case = case_of(
        instrument_of(made.questionnaire | {"countermeasures": measures}, made.chain),
        Answers.model_validate(made.answers),
    )
    assert [row.id for row in shelve(case).front][:3] == ["needed", "lifter", "cheap"]


def test_of_two_that_add_the_same_the_one_with_a_goal_to_reach_comes_first() -> None:
    """A figure that is to “stay at 4.2 or better” does not go before what holds the dimension back."""
    sheet = Library().open_answers(shipped_content() / "samples" / "innovation_hub_city.toml")
    assert sheet.instrument is not None
    assert sheet.answers is not None
    shelf = shelve(case_of(sheet.instrument, sheet.answers))
    found = {row.id: row for row in shelf.fitting}
    kept, ahead = found["basic_services_gap"], found["transition_and_services"]
    assert (kept.gain, kept.effort) == (pytest.approx(ahead.gain), ahead.effort)
    assert (kept.kpi.held, ahead.kpi.held) == (True, False)
    assert [row.id for row in shelf.front if row in (kept, ahead)] == [ahead.id]


def test_no_kpi_has_a_blank() -> None:
    """Cards, division of work and annexes say each KPI with its figures or in words, in both languages."""
    case = planned_case(IN_FRONT + 4)
    told = repr(outline(case.instrument, case.answers))
    assert "{now}" not in told
    assert "{goal}" not in told


@pytest.mark.parametrize(
    ("language", "said"), [("en", "may still be under way then)"), ("zh", "届时所需的第1项可能仍在进行）")]
)
def test_what_begins_before_its_prerequisite_ends_is_not_said_to_begin_after_it(language: str, said: str) -> None:
    """Where both take the whole phase, “begins 2029, after No. 1”, which is due in 2030, would be wrong."""
    instrument = shipped("region", "baseline")
    answers = answered(instrument, facts=CLUSTER, wanted=lambda id: 10.0)
    chosen = Chosen(chosen=("one_sector_one_policy", "copy_the_sample"))
    case = case_of(instrument, answers.model_copy(update={"plan": chosen}), language)
    agenda = agenda_of(case, shelve(case).work)
    first, second = agenda.tasks
    assert second.needs == (first.id,)
    assert agenda.first_day(second.start) < agenda.due(first)
    assert first_step(case, agenda, second).endswith(said)
    told = [block for part in outline(instrument, case.answers, language).parts for block in part.blocks]
    cards = [block for block in told if isinstance(block, DetailCard) and second.id.replace("_", "-") in block.anchor]
    assert any(words_of(field.runs).endswith(said) for card in cards for field in card.fields)


@pytest.mark.parametrize(("language", "said"), [("en", " (by 31 August 2026)"), ("zh", "（2026年8月31日前）")])
def test_the_first_step_of_a_short_measure_is_not_due_behind_its_end(language: str, said: str) -> None:
    """What is done by the end of September has no step “within 100 days” from 1 July."""
    sheet = Library().open_answers(shipped_content() / "samples" / "firm_food_workshop.toml")
    assert sheet.instrument is not None
    assert sheet.answers is not None
    case = replace(case_of(sheet.instrument, sheet.answers, language), date="2026-06-30")
    agenda = agenda_of(case, shelve(case).work)
    short = {task.id: task.measure.months == 3 for task in agenda.tasks}
    assert {True, False} == {*short.values()}
    assert {task.id: first_step(case, agenda, task).endswith(said) for task in agenda.tasks} == short


def test_a_first_measure_that_closes_nothing_is_named_without_a_blank() -> None:
    """No colon stands behind it, before nothing."""
    case = planned_case(1)
    rows = tuple(row._replace(gain=0.0, lifts={}) for row in case.card.countermeasures)
    reason = first_reason(case.answers.plan.chosen, replace(case.card, countermeasures=rows), case.questionnaire, "en")
    assert reason.endswith("”.")


def test_what_counts_as_suited_only_for_want_of_answers_is_told_as_such() -> None:
    """Without any fact, what suits large firms alone is not simply “called for and suited to the firm's conditions”."""
    instrument, told = shipped("firm", "baseline"), []
    for facts in ({}, FACTORY):
        case = case_of(instrument, answered(instrument, facts=facts, wanted=mixed))
        shelf = shelve(case)
        page = " ".join(texts_of(tuple(acts(case, shelf, agenda_of(case, shelf.work)))))
        division_note = division(case, shelf, agenda_of(case, shelf.work)).note
        first, every = ([row for row in rows if row.unsure] for rows in (shelf.front[:3], shelf.work))
        assert ["(if it suits)" in page, "” may not suit the firm" in division_note] == [
            bool(first),
            bool(every),
        ]
        asked = [row.unsure for row in shelf.fitting if decides(case, row) == "ask"]
        assert " ".join(texts_of(asked_for(case, shelf))).count("(if it suits)") == sum(asked)
        told.append(
            (
                bool(first),
                f"Of {len([1 for row in shelf.fitting if row.unsure])} of these" in words(lead(case, shelf)),
            )
        )
    assert told == [(True, True), (False, True)]


def test_what_tasks_add_up_to_is_not_told_as_reached_by_their_deadlines() -> None:
    """The first acts stand before the others whatever they take: a row may count what is due later than itself."""
    case = shipped_case()
    shelf = shelve(case)
    agenda = agenda_of(case, shelf.work)
    due = [agenda.due(task) for task in agenda.tasks]
    assert due != sorted(due)
    assert "also those due later" in division(case, shelf, agenda).note
