"""What floors take, and what is said of it."""

import copy
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.gaps import Gain
from nqpf_assess.engine.merging import Wish, merge
from nqpf_assess.model.answers import Answers
from nqpf_assess.pages.explanation import explanation_lines
from nqpf_assess.report.blocks import ImpactMatrix, Table, texts_of, words_of
from nqpf_assess.report.outline import (
    decision,
    local,
    measures,
    method,
    pillars,
    ranking,
    shelf,
    upward,
    verdict,
    yardstick,
)
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.floors import broken
from nqpf_assess.report.outline.roadmap import agenda_of, division
from nqpf_assess.report.outline.shelf import joint_gain, shelve
from nqpf_assess.report.outline.verdict import floors_held
from tests.report.outline.made import COUNTY, FACTORY, answered, case_of, scored, shipped, told
from tests.support.scored import instrument_of
from tests.support.varied import MEASURE, tiny


def test_what_a_profile_s_own_floors_take_is_said_though_it_moves_no_weight() -> None:
    """Rules are local conditions too: “scored by the baseline” does not stand above a step of −10.0."""
    case = tiny({"p": {"a": 20}, "q": {"b": 80}})
    floor = {"node": "p", "below": 30, "cap": 40, "why": {"en": "w"}}
    profile = {**case.chain[0], "id": "strict", "based_on": "base", "floors": {"f": floor}}
    instrument = instrument_of(case.questionnaire, [*case.chain, profile])
    made = case_of(instrument, Answers.model_validate(case.answers))
    assert local.headline(made) == "Local conditions lower the score by 10.0 points against the baseline"
    said = "Under the general rubric alone the same answers give 50.0; here they give 10.0 points less"
    assert said in told(*yardstick.yardstick_blocks(made))
    # Where its floor takes nothing, it is not the baseline that measured all the same.
    idle = instrument_of(case.questionnaire, [*case.chain, profile | {"floors": {"f": floor | {"below": 10}}}])
    headline = local.headline(case_of(idle, Answers.model_validate(case.answers)))
    assert headline == "Weights and targets under the profile “x”"
    # Weights that it moves besides do not take them: they would add 10.
    weighed = profile | {"adjust": [{"node": "q", "factor": 2, "why": {"en": "w"}}]}
    made = case_of(instrument_of(case.questionnaire, [*case.chain, weighed]), Answers.model_validate(case.answers))
    assert made.card.overall.uncapped == 60.0
    assert said in told(*yardstick.yardstick_blocks(made))


@pytest.mark.parametrize(
    ("score", "lifts", "acts", "target", "fourth"),
    [
        (30, 20, 0, 100, "slow"),  # the acts do not lift it: next comes what does
        (30, 20, 0, 100, ""),  # where there is room
        (50, 20, 0, 100, "other"),  # no floor is broken
        (30, 0, 0, 100, "other"),  # nothing lifts it
        (30, 20, 5, 100, "slow"),  # of two floors the acts lift the lower one alone
        (30, 20, 15, 100, "other"),  # the acts lift it
        (30, 20, 3, 33, "other"),  # beside the acts, which bring the part to its target, it adds nothing
    ],
)
def test_what_lifts_a_broken_floor_that_costs_nothing_comes_behind_the_acts(
    score: int, lifts: int, acts: int, target: int, fourth: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An open penalty is worked on in front, and not by “No. 10 in the full edition”, where there is room and need."""
    monkeypatch.setattr(shelf, "IN_FRONT", 4 if fourth else 3)
    floors = {id: {"node": "d", "below": below, "cap": 99, "why": {"en": "x"}} for id, below in (("f", 40), ("g", 33))}
    plain = tiny({"p": {"c": 20}, "q": {"e": 20}, "r": {"d": score}}, floors=floors, targets={"d": target})
    gains: dict[str, dict[str, int]] = {
        "big": {"c": 20},
        "bigger": {"c": 20, "e": 10},
        "biggest": {"c": 20, "e": 20, "d": acts},
        "other": {"e": 15},
        "slow": {"d": lifts},
        "slower": {"d": lifts + lifts // 10},  # more, and less for its effort
    }
    plain.questionnaire["countermeasures"] = {
        id: {**MEASURE, "lifts": lift, "effort": {"slow": 4, "slower": 5}.get(id, 1)} for id, lift in gains.items()
    }
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    assert ("f" in case.card.overall.floors) == (score == 30)
    assert {row.id for row in shelve(case).front} == {"big", "bigger", "biggest", fourth} - {""}


@pytest.mark.parametrize("cap", [50, 60])
def test_where_all_is_at_its_target_and_a_floor_holds_the_score_nobody_is_told_to_hold_what_is_reached(
    cap: int,
) -> None:
    """What comes next is the floor: to begin nothing and to hold is no advice beside a score that is held down."""
    floors = {"f": {"node": "d", "below": 40, "cap": cap, "why": {"en": "x"}}}
    plain = tiny({"p": {"c": 80}, "q": {"d": 30}}, floors=floors, targets={"c": 70, "d": 25})
    plain.questionnaire["countermeasures"] = {"m": {**MEASURE, "lifts": {"d": 20}}}
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    found, held = shelve(case), cap == 50
    said = told(*decision.acts(case, found, agenda_of(case, ())), ranking.lead(case), measures.lead(case, found))
    assert ("No measure of the list is called for at present." in said) == held
    assert ("What holds the score down is a floor" in said) == held
    assert (re.findall("begun|to hold|to be held", said) == []) == held
    # Of a target set below the floor it is said that it is why no measure lifts it, and how much is needed.
    broke = told(*decision.broken(case, found))
    assert "Its target, 25.0, lies below the floor, so no measure is called for; it needs 10.0 points all the" in broke


def test_a_score_that_a_floor_takes_nothing_from_is_not_said_to_be_held() -> None:
    """Where a cap is the score itself, what is lost in the last digit of the arithmetic is no cap."""
    instrument = shipped("region", "ecological")
    case = case_of(instrument, answered(instrument, facts=COUNTY))
    overall = replace(case.card.overall, score=60.0, uncapped=60.0 + 4e-10, baseline_score=60.0, floors=("water",))
    case = replace(case, card=replace(case.card, overall=overall))
    assert "the same answers give 60.0, just as much" in told(*yardstick.yardstick_blocks(case))


def test_a_task_that_others_decide_is_asked_for_though_a_floor_keeps_it_from_counting() -> None:
    """“What the county cannot decide itself would add nothing” stands below no task that the province decides."""
    instrument = shipped("region", "baseline")
    weak = instrument.questionnaire.questions_of["clean_production"]

    def case(**head: Any) -> Case:
        facts = {"tier": "county"}
        return case_of(
            instrument, answered(instrument, facts=facts, wanted=lambda id: 0.0 if id in weak else 66.0, **head)
        )

    known = instrument.questionnaire.countermeasures
    able = [row for row in shelve(case()).fitting if "clean_production" not in known[row.id].lifts]
    above = [row.id for row in able if measures.decides(case(), row) == "ask" and not known[row.id].needs]
    planned = case(plan={"chosen": above[:2]})
    shelf = shelve(planned)
    agenda = agenda_of(planned, shelf.work)
    assert [task.gain for task in agenda.tasks] == [0.0, 0.0]
    (table,) = [block for block in upward.asked_blocks(planned, shelf, agenda) if isinstance(block, Table)]
    rows = [words_of(row[0]) for row in table.rows]
    assert [any(row.startswith(planned.tell(known[id].title)) for row in rows) for id in above[:2]] == [True, True]
    own = [row.id for row in able if measures.decides(case(), row) == "here" and not known[row.id].needs]
    planned = case(plan={"chosen": own[:1]})
    shelf = shelve(planned)
    (said, *_) = upward.asked_blocks(planned, shelf, agenda_of(planned, shelf.work))
    assert "Nothing that the county cannot decide itself would alone add points, after floors" in told(said)


def test_what_lies_above_the_line_of_a_floor_did_not_fire_it() -> None:
    floors = {"f": {"node": "p", "below": 40, "cap": 50, "why": {"en": "x"}}}
    case = case_of(*scored({"p": {"a": 0, "b": 60}, "q": {"c": 90}}, floors=floors))
    said = told(*decision.broken(case, shelve(case)))
    assert "Why: x: 0. " in said
    assert "60" not in said


def test_behind_the_floor_that_holds_the_score_stands_the_next_one() -> None:
    """Lifting one does not bring the score without floors, where the next cap is 50."""
    floors = {id: {"node": id, "below": 40, "cap": cap, "why": {"en": "x"}} for id, cap in (("a", 45), ("b", 50))}
    case = case_of(*scored({"p": {"a": 20, "b": 20}, "q": {"c": 90}}, floors=floors))
    assert "without floors it would be 55.0" in verdict.figures(case)
    said = told(*decision.broken(case, shelve(case)))
    assert "the whole score is held at 45.0" in said
    assert "as long as it stays there, the whole score is 50.0 at most. " in said
    assert "takes no points" not in said
    third = {"node": "d", "below": 40, "cap": 52, "why": {"en": "x"}}
    case = case_of(*scored({"p": {"a": 20, "b": 20, "d": 20}, "q": {"c": 90}}, floors=floors | {"d": third}))
    assert "as long as it stays there, the whole score is 52.0 at most. " in told(*decision.broken(case, shelve(case)))
    twice = dict.fromkeys(("one", "two"), floors["a"])  # as graded floors of one part become in a blend
    case = case_of(*scored({"p": {"a": 20, "b": 20}, "q": {"c": 90}}, floors=twice))
    assert verdict.verdict(case).startswith("One weak point")
    assert told(*decision.broken(case, shelve(case))).count("the whole score is held at 45.0") == 1


def test_what_a_broken_floor_does_to_the_score_is_said_once() -> None:
    floors = {id: {"node": id, "below": 40, "cap": 45, "why": {"en": "x"}} for id in ("a", "b")}
    case = case_of(*scored({"p": {"a": 20, "b": 30}, "q": {"c": 90}}, floors=floors))
    said = told(*decision.broken(case, shelve(case)))
    assert [said.count(words) for words in ("held at 45.0", "30.0, below its floor of 40.0; for the whole")] == [1, 1]


def test_what_a_floor_will_take_of_a_gain_is_said_before_it_takes_anything() -> None:
    """A gain of 12.0 is told with its 2.0 after the floors, where a cap ends it 2 points above today's score."""
    floors = {"f": {"node": "p", "below": 40, "cap": 50, "why": {"en": "x"}}}
    case = case_of(*scored({"p": {"a": 20}, "q": {"c": 76}}, floors=floors))
    assert case.card.overall.score == case.card.overall.uncapped == 48.0
    (table,) = ranking.table(case)
    assert isinstance(table, Table)
    assert "After floors" in [column.title for column in table.columns]
    assert [words_of(row[-1]) for row in table.rows] == ["+40.0", "+2.0"]
    assert "12.0 points to the overall score before the floors, 2.0 points after them" in " ".join(
        map(words_of, pillars.gap_items(case, "q"))
    )


def test_what_a_floor_holds_is_all_that_comes_back_once_it_is_lifted() -> None:
    """Of a score of 55 that is held at 50, with tasks for 2 more, lifting the floor brings 7."""
    floors = {"f": {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}}
    plain = tiny({"p": {"a": 20}, "q": {"c": 90}}, floors=floors)
    plain.questionnaire["countermeasures"] = {"m": MEASURE | {"when_below": 100, "lifts": {"c": 4}}}
    answers = Answers.model_validate(plain.answers | {"plan": {"chosen": ["m"]}})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers)
    shelf = shelve(case)
    note = division(case, shelf, agenda_of(case, shelf.work)).note
    assert "Once all tasks are done, floors still keep 7.0 points from counting." in note


@pytest.mark.parametrize(
    ("lifts", "said"),
    [
        # The first that lifts it is enough: the strongest comes later.
        ([{"a": 25}, {"a": 40}], "“m1” (No. 1)."),
        ([{"a": 4, "c": 4}, {"a": 25}], "“m2” (No. 2)."),
        ([{"a": 10}, {"c": 4}, {"a": 15}], "together “m1” (No. 1) and “m3” (No. 3)."),
    ],
)
def test_what_lifts_a_floor_is_the_first_of_the_work_that_does(lifts: list[dict[str, float]], said: str) -> None:
    floors = {"f": {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}}
    plain = tiny({"p": {"a": 20, "b": 70}, "q": {"c": 70}}, floors=floors)
    plain.questionnaire["countermeasures"] = {
        f"m{place}": MEASURE | {"when_below": 100, "title": {"en": f"m{place}"}, "lifts": one}
        for place, one in enumerate(lifts, start=1)
    }
    answers = Answers.model_validate(plain.answers | {"plan": {"chosen": [*plain.questionnaire["countermeasures"]]}})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers)
    shelf = shelve(case)
    words = told(*decision.broken(case, shelf))
    assert said in words
    assert [name in words for name in ("“m1”", "“m2”", "“m3”")] == [name in said for name in ("“m1”", "“m2”", "“m3”")]


@pytest.mark.parametrize(
    "link",
    [
        {"kpi_question": "q_a"},
        {"unsuits": {"question": "q_a", "at_least": 99}, "unsuits_why": {"en": "it is there"}},
        {"suits": {"question": "q_a", "at_most": 50}},
    ],
)
@pytest.mark.parametrize(
    ("chosen", "cap", "said"),
    [
        ([], 90, "What can lift it: “meant” (No. 2)"),
        ([], 50, "What can lift it: “meant” (No. 1)."),  # what the others bring counts once it has lifted the floor
        (["strong"], 50, "What can lift it: “strong” (No. 1)."),
        (["strong", "meant"], 50, "What can lift it: “meant” (No. 2)."),
    ],
)
def test_what_lifts_a_floor_is_what_moves_a_figure_that_fired_it_unless_tasks_were_chosen(
    chosen: list[str], cap: int, said: str, link: Mapping[str, Any]
) -> None:
    """What brings most may have nothing to do with those answers; a KPI may be reached while the floor still holds."""
    floors = {"f": {"node": "a", "below": 40, "cap": cap, "why": {"en": "x"}}}
    plain = tiny({"p": {"a": 20, "b": 70}, "q": {"c": 90}}, floors=floors)
    meant = {"lifts": {"a": 25}, "effort": 5, **link}
    plain.questionnaire["countermeasures"] = {
        name: MEASURE | {"title": {"en": name}} | one
        for name, one in (("strong", {"lifts": {"a": 40}}), ("meant", meant))
    }
    answers = Answers.model_validate(plain.answers | {"plan": {"chosen": chosen}})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers)
    assert said in (box := told(*decision.broken(case, shelve(case))))
    assert ("Judge that by the new score of this part, not by the KPI." in box) is (cap == 50)


@pytest.mark.parametrize(("question", "named"), [("q_a", "meant"), ("q_b", "meant"), ("q_c", "strong")])
def test_what_is_made_for_one_of_the_two_lowest_answers_is_named_for_a_floor(question: str, named: str) -> None:
    """Of a third one the sentence before says nothing."""
    floors = {"f": {"node": "p", "below": 40, "cap": 50, "why": {"en": "x"}}}
    plain = tiny({"p": {"a": 20, "b": 30, "c": 35}, "q": {"d": 90}}, floors=floors)
    plain.questionnaire["countermeasures"] = {
        "strong": MEASURE | {"title": {"en": "strong"}, "lifts": {"b": 60}},
        "meant": MEASURE | {"title": {"en": "meant"}, "lifts": {"a": 60}, "effort": 5, "kpi_question": question},
    }
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    assert f"“{named}” (No. 1)" in told(*decision.broken(case, shelve(case)))


def test_behind_the_acts_stands_what_is_made_for_the_answer_that_broke_a_floor() -> None:
    """Else the one task for a floor works on something else, and the measure for it is far down the list."""
    floors = {"f": {"node": "a", "below": 40, "cap": 90, "why": {"en": "x"}}}
    plain = tiny({"p": dict.fromkeys("bcdeg", 10) | {"a": 20}}, floors=floors)
    measures = {f"m_{id}": MEASURE | {"lifts": {id: 60}} for id in "bcdeg"}
    measures |= {"cheap": MEASURE | {"lifts": {"a": 30}, "effort": 2}}
    measures |= {"meant": MEASURE | {"lifts": {"a": 30}, "effort": 3, "kpi_question": "q_a"}}
    plain.questionnaire["countermeasures"] = measures
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    assert {row.id for row in shelve(case).front} == {*measures} - {"cheap"}


def test_each_floor_behind_the_acts_gets_what_is_made_for_its_own_answers() -> None:
    """Of two broken ones, the second is not left to what is made for the answers that broke the first."""
    floors = {id: {"node": id, "below": below, "cap": 90, "why": {"en": "x"}} for id, below in (("a", 40), ("h", 41))}
    plain = tiny({"p": dict.fromkeys("bcdeg", 10) | {"a": 20, "h": 20}}, floors=floors)
    measures = {f"m_{id}": MEASURE | {"lifts": {id: 60}} for id in "bcd"}
    measures |= {"for_a": MEASURE | {"lifts": {"a": 25}, "effort": 3, "kpi_question": "q_a"}}
    measures |= {"cheap": MEASURE | {"lifts": {"h": 25}, "effort": 2, "kpi_question": "q_a"}}
    measures |= {"for_h": MEASURE | {"lifts": {"h": 25}, "effort": 3, "kpi_question": "q_h"}}
    measures |= {f"m_{id}": MEASURE | {"lifts": {id: 60}} for id in "eg"}
    plain.questionnaire["countermeasures"] = measures
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    assert {"for_a", "for_h"} < {row.id for row in shelve(case).front}


@pytest.mark.parametrize(
    ("measures", "first"),
    [
        (  # nothing is made for what broke h
            {
                "any": {"lifts": {"a": 25}},
                "meant": {"lifts": {"a": 25}, "effort": 5, "kpi_question": "q_a"},
                "other": {"lifts": {"h": 25}},
            },
            {"meant", "other"},
        ),
        (  # what lifts most for its effort is not needed beside what lifts both
            {"small": {"lifts": {"a": 25}}, "both": {"lifts": {"a": 25, "h": 25}, "effort": 3}},
            {"both"},
        ),
    ],
)
def test_the_first_acts_lift_every_floor_that_costs_points_and_are_no_more_than_it_takes(
    measures: Mapping[str, Mapping[str, Any]], first: set[str]
) -> None:
    floors = {id: {"node": id, "below": 40, "cap": 50, "why": {"en": "x"}} for id in "ah"}
    plain = tiny({"p": {"a": 20, "h": 20, "b": 70}, "q": {"c": 90}}, floors=floors)
    plain.questionnaire["countermeasures"] = {id: MEASURE | dict(one) for id, one in measures.items()}
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    assert {row.id for row in shelve(case).front[: len(first)]} == first


def test_where_many_small_ones_do_not_lift_a_floor_the_acts_are_those_that_do() -> None:
    """Three that lift most for their effort bring nothing below a cap that they do not end."""
    floors = {"f": {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}}
    plain = tiny({"p": {"a": 5, "b": 90}, "q": {"c": 90}}, floors=floors)
    small, big = MEASURE | {"lifts": {"a": 10}}, MEASURE | {"lifts": {"a": 20}, "effort": 3}
    plain.questionnaire["countermeasures"] = {
        f"{name}{n}": one for name, one in (("s", small), ("b", big)) for n in "123"
    }
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    acts = shelve(case).front[:3]
    assert {row.id for row in acts} == {"b1", "b2", "b3"}
    assert (joint_gain(case, acts) or 0.0) > 10


def test_what_a_gap_left_open_would_bring_is_told_beside_the_work_that_lifts_the_floor() -> None:
    """Alone the floor keeps all of it (“0.0 points”), which the tasks above lift."""
    floors = {"f": {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}}
    plain = tiny({"p": {"a": 20, "b": 70}, "q": {"c": 70}}, floors=floors)
    measure = MEASURE | {"when_below": 100}
    plain.questionnaire["countermeasures"] = {"m": measure | {"lifts": {"a": 25}}, "n": measure | {"lifts": {"c": 4}}}
    answers = Answers.model_validate(plain.answers | {"plan": {"chosen": ["m"]}})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers)
    shelf = shelve(case)
    # In the annex, too, the gain alone stands beside what the floor leaves of it.
    *_, table = measures.rest(case, shelf)
    assert isinstance(table, Table)
    assert [column.title for column in table.columns][-2:] == ["Gain alone", "After floors"]
    assert [words_of(cell) for cell in table.rows[0][-2:]] == ["+2.0", "0.0"]
    (drawn,) = (block for block in measures.matrix(case, shelf) if isinstance(block, ImpactMatrix))
    assert drawn.impact_name == "Gain alone after floors, points"
    assert "would add 2.0 points" in told(*decision.stays_open(case, shelf, agenda_of(case, shelf.work)))


def test_where_there_is_no_floor_none_is_said_to_hold() -> None:
    plain = tiny({"p": {"a": 20}, "q": {"c": 70}})
    assert "hold" not in verdict.figures(
        case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    )


def test_what_a_gap_left_open_would_bring_is_what_it_adds_to_the_work() -> None:
    """As on the cards above: what both lift counts once, else a leader would take it for a better one of them."""
    plain = tiny({"p": {"a": 20}, "q": {"c": 70}})
    measure = MEASURE | {"when_below": 100}
    lifts = {"m": {"a": 80}, "n": {"a": 80, "c": 4}}
    plain.questionnaire["countermeasures"] = {id: measure | {"lifts": one} for id, one in lifts.items()}
    answers = Answers.model_validate(plain.answers | {"plan": {"chosen": ["m"]}})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers)
    shelf = shelve(case)
    assert "would add 2.0 points" in told(*decision.stays_open(case, shelf, agenda_of(case, shelf.work)))


def test_one_measure_for_two_gaps_is_told_with_its_points_once() -> None:
    """Told for each of them they would be added up."""
    plain = tiny({"p": {"a": 20, "b": 20}, "q": {"c": 20}})
    lifts = {"m": {"c": 10}, "n": {"a": 40, "b": 40}}
    plain.questionnaire["countermeasures"] = {
        id: MEASURE | {"when_below": 100, "lifts": one} for id, one in lifts.items()
    }
    answers = Answers.model_validate(plain.answers | {"plan": {"chosen": ["m"]}})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers)
    shelf = shelve(case)
    said = told(*decision.stays_open(case, shelf, agenda_of(case, shelf.work)))
    assert said.count("would add 20.0 points") == 1
    assert said.count("% of the shortfall)") == 2


def test_what_is_on_the_way_to_a_floor_lifts_it_most_unless_it_is_a_task() -> None:
    """The first in the list of those that lift it a little would stand for what is made for it."""
    floor = {"node": "a", "below": 90, "cap": 20, "why": {"en": "x"}}
    plain = tiny({"p": {"a": 10, "b": 50}, "q": {"c": 20}}, floors={"f": floor})
    lifts = {
        "m": {"c": 10},
        "some": {"a": 5, "b": 50},
        "little": {"a": 3, "b": 50},
        "most": {"a": 30},
        "more": {"a": 20},
    }
    measure = MEASURE | {"when_below": 100}
    plain.questionnaire["countermeasures"] = {
        id: measure | {"lifts": one, "title": {"en": id.title()}} for id, one in lifts.items()
    }
    nearer = []
    for chosen in (["m"], ["m", "little"]):
        answers = Answers.model_validate(plain.answers | {"plan": {"chosen": chosen}})
        case = case_of(instrument_of(plain.questionnaire, plain.chain), answers)
        said = told(*broken(case, shelve(case)))
        nearer.append(re.findall("“(.*?)”", said.partition("On the way")[2]))
    assert nearer == [["Most", "More", "Some"], ["Little"]]


@pytest.mark.parametrize(
    ("node", "other", "settled"),
    [("p", "30", False), ("a", "30", False), ("p", None, False), ("p", "30", True)],
)
def test_a_broken_floor_says_how_many_answers_behind_it_are_in_dispute(
    node: str, other: str | None, settled: bool
) -> None:
    """It may hang on them; what lies elsewhere, and what was settled since, is not counted. None: not applicable."""
    floor = {"node": node, "below": 90, "cap": 20, "why": {"en": "x"}}
    plain = tiny({"p": {"a": 10, "b": 50}, "q": {"c": 20}}, floors={"f": floor})
    instrument = instrument_of(plain.questionnaire, plain.chain)
    others = copy.deepcopy(plain.answers)
    for id in ("q_a", "q_c"):
        others["answers"][id] = {"value": other} if other else {"state": "na", "reason": "x"}
    every = (("A", plain.answers), ("B", others), ("C", others))
    files = [(name, Answers.model_validate(one)) for name, one in every]
    answers = merge(instrument, files, Wish("median")).answers
    if settled:
        again = {id: one.model_copy(update={"voices": ()}) for id, one in answers.answers.items()}
        answers = answers.model_copy(update={"answers": again})
    case = case_of(instrument, answers)
    said = told(*broken(case, shelve(case)))
    assert ("On 1 of the answers behind it those who were asked differed." in said) is not settled
    # A floor that holds may break by what another said.
    plain = tiny({"p": {"a": 10, "b": 50}, "q": {"c": 20}}, floors={"f": floor | {"below": 5}})
    held = " ".join(floors_held(case_of(instrument_of(plain.questionnaire, plain.chain), answers)))
    disputed = " On 1 of the answers behind the floors those who were asked differed."
    assert held == "The one floor holds." + ("" if settled else disputed)


@pytest.mark.parametrize(
    ("lifts", "cap", "language", "said"),
    [
        (
            10,
            50,
            "en",
            "“n” is meant for this; on top of all tasks it would add 0.0 points (2.0 but for floors) for an effort",
        ),
        (10, 50, "zh", "0.0分（不计底线为2.0分）"),
        (
            10,
            61,
            "en",
            "“n” is meant for this; on top of all tasks it would add 1.0 point (2.0 but for floors) for an effort",
        ),
        (25, 50, "en", "“n” is meant for this; on top of all tasks it would add 2.0 points for an effort of 1"),
    ],
)
def test_what_would_lift_a_gap_is_not_told_as_worthless_where_a_floor_keeps_it_from_counting(
    lifts: int, cap: int, language: str, said: str
) -> None:
    """What a floor keeps from counting is not laid to the measure, nor to its effort."""
    floors = {"f": {"node": "a", "below": 40, "cap": cap, "why": {"en": "x"}}}
    plain = tiny({"p": {"a": 20, "b": 70}, "q": {"c": 70}}, floors=floors)
    measure = MEASURE | {"when_below": 100, "effort": 1}
    plain.questionnaire["countermeasures"] = {
        id: measure | {"title": {"en": id}, "lifts": lifted} for id, lifted in (("m", {"a": lifts}), ("n", {"c": 4}))
    }
    answers = Answers.model_validate(plain.answers | {"plan": {"chosen": ["m"]}})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers, language)
    shelf = shelve(case)
    words = told(*decision.stays_open(case, shelf, agenda_of(case, shelf.work)))
    assert said in words


def test_of_two_that_a_floor_cuts_off_alike_the_better_one_is_told() -> None:
    """Both bring what is left to the cap; what they would bring but for floors decides."""
    floors = {"f": {"node": "a", "below": 40, "cap": 61, "why": {"en": "x"}}}
    plain = tiny({"p": {"a": 20, "b": 70}, "q": {"c": 70}}, floors=floors)
    plain.questionnaire["countermeasures"] = {
        id: MEASURE | {"title": {"en": id}, "when_below": 100, "lifts": lifts}
        for id, lifts in (("m", {"a": 10}), ("n", {"c": 4}), ("k", {"c": 6}))
    }
    answers = Answers.model_validate(plain.answers | {"plan": {"chosen": ["m"]}})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers)
    shelf = shelve(case)
    words = told(*decision.stays_open(case, shelf, agenda_of(case, shelf.work)))
    assert "“k” is meant for this; on top of all tasks it would add 1.0 point (3.0 but for floors)" in words


def test_what_would_lift_a_gap_waits_for_a_floor_that_only_the_acts_reach() -> None:
    """The floor takes nothing today, and ends what the first act brings: “0.0 points” would be laid to the effort."""
    floors = {"f": {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}}
    plain = tiny({"p": {"a": 20}, "q": {"c": 70, "e": 82}}, floors=floors)
    plain.questionnaire["countermeasures"] = {
        id: MEASURE | {"title": {"en": id}, "when_below": 100, "lifts": lifts}
        for id, lifts in (("m", {"c": 20}), ("n", {"e": 4}))
    }
    answers = Answers.model_validate(plain.answers | {"plan": {"chosen": ["m"]}})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers)
    shelf = shelve(case)
    assert not case.card.overall.floors or case.card.overall.score == case.card.overall.uncapped
    words = told(*decision.stays_open(case, shelf, agenda_of(case, shelf.work)))
    assert "“n” is meant for this; on top of all tasks it would add 0.0 points (1.0 but for floors)" in words


@pytest.mark.parametrize(("language", "said"), [("en", "not assessed"), ("zh", "不评估")])
def test_a_floor_under_what_is_not_assessed_does_not_wait_for_answers(language: str, said: str) -> None:
    """A part that is switched off, or of which quick mode asks nothing, is not “not to be judged yet”."""
    floors = {"f": {"node": "p", "below": 40, "cap": 50, "why": {"en": "x"}}}
    case = case_of(*scored({"p": {"a": 50}, "q": {"c": 76}}, floors=floors, weights={"p": 0}), language)
    table = method.method_blocks(case)[-1]
    assert isinstance(table, Table)
    assert words_of(table.rows[0][3]) == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "0.0 points (1.0 but for floors)"), ("zh", "0.0分（不计底线为1.0分）")]
)
def test_an_act_that_a_floor_will_keep_from_counting_is_not_said_to_count_with_the_others(
    language: str, said: str
) -> None:
    """The first act leads to the cap of a floor that takes nothing today; the second counts for nothing there."""
    floors = {"f": {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}}
    plain = tiny({"p": {"a": 20}, "q": {"c": 70, "e": 82}}, floors=floors)
    lifted = {"m": {"c": 20}, "n": {"e": 4}}
    plain.questionnaire["countermeasures"] = {id: MEASURE | {"lifts": lifts} for id, lifts in lifted.items()}
    answers = Answers.model_validate(plain.answers | {"plan": {"chosen": ["m", "n"]}})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers, language)
    agenda = agenda_of(case, shelve(case).work)
    assert [task.gain for task in agenda.tasks] == [2.0, 0.0]
    cards = " ".join(texts_of(tuple(decision.acts(case, shelve(case), agenda))))
    assert said in cards
    assert ("after floors" if language == "en" else "计入底线") in cards


@pytest.mark.parametrize("cap", [50, 90])
def test_what_lifts_a_floor_that_would_end_the_first_acts_is_among_them(cap: int) -> None:
    """Under a cap two points above the score three other acts bring these two together, and no more."""
    floors = {"f": {"node": "a", "below": 40, "cap": cap, "why": {"en": "x"}}}
    plain = tiny({"p": {"a": 20}, "q": dict.fromkeys("cdef", 76)}, floors=floors)
    others = {f"m_{id}": MEASURE | {"lifts": {id: 20}} for id in "cdef"}
    lifting = MEASURE | {"effort": 5, "lifts": {"a": 22}}
    plain.questionnaire["countermeasures"] = {**others, "lifting": lifting}
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    assert case.card.overall.score == case.card.overall.uncapped == 48.0
    agenda = agenda_of(case, shelve(case).work)
    assert ("lifting" in {task.id for task in agenda.tasks[:3]}) == (cap == 50)
    assert agenda.tasks[2].cumulative == (16.0 if cap == 50 else 7.5)


@pytest.mark.parametrize(("cap", "brought"), [(58, [2.2, 15.7]), (62, [4.2, 15.7])])
def test_what_lifts_a_floor_comes_after_the_acts_that_bring_more_below_its_cap(cap: int, brought: list[float]) -> None:
    """It does not take all three places, for an effort of nine, where three of one each bring more under the cap."""
    floors = {"f": {"node": "p", "below": 40, "cap": cap, "why": {"en": "x"}}}
    plain = tiny({"p": dict.fromkeys("xyz", 20), "q": dict.fromkeys("cdef", 62)}, floors=floors, weights={"q": 9})
    others = {f"m_{id}": MEASURE | {"lifts": {id: 20}} for id in "cdef"}
    lifting = {f"l_{id}": MEASURE | {"effort": 3, "lifts": {id: 22}} for id in "xyz"}
    plain.questionnaire["countermeasures"] = {**others, **lifting}
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    assert case.card.overall.score == case.card.overall.uncapped
    agenda = agenda_of(case, shelve(case).work)
    assert [agenda.tasks[at].cumulative for at in (2, 5)] == brought


def test_behind_the_floor_that_holds_the_score_what_lifts_the_next_ones_is_among_the_acts() -> None:
    """Under caps of 35, 38 and 40 three acts that lift one floor bring 3.0 points; those that lift all three, 26.7."""
    nodes = (("a", 35), ("b", 38), ("q", 40))
    floors = {id: {"node": id, "below": 40, "cap": held, "why": {"en": "x"}} for id, held in nodes}
    plain = tiny({"p": {"a": 20, "b": 25}, "q": {"c": 35}, "r": {"d": 95}}, floors=floors)
    lifts = {"x": ({"a": 25}, 2), "y": ({"b": 20}, 2), "z": ({"c": 10}, 1), "v": ({"d": 5}, 1)}
    plain.questionnaire["countermeasures"] = {
        id: MEASURE | {"when_below": 100, "lifts": lifted, "effort": effort} for id, (lifted, effort) in lifts.items()
    }
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    assert {row.id for row in shelve(case).front[:3]} == {"x", "y", "z"}


@pytest.mark.parametrize(
    ("tasks", "adds"),
    [
        ("abc", "together with what must come before it, it would add 2.8 points for an effort of 6, on"),
        ("abcn", "is meant for this; on top of all tasks it would add 1.8 points for an effort of 4."),
    ],
)
def test_what_comes_on_top_of_all_tasks_has_no_effort_of_theirs(tasks: str, adds: str) -> None:
    """What a measure needs is counted with it unless it is among the tasks: its points (5 / 5) and its effort."""
    plain = tiny({"p": {"a": 20, "b": 25, "c": 35, "n": 60, "w": 10}})
    lifts = {id: {"lifts": {id: 5}, "effort": 2} for id in "abcn"} | {"w": {"lifts": {"w": 9}, "effort": 4}}
    plain.questionnaire["countermeasures"] = {id: MEASURE | {"when_below": 100} | one for id, one in lifts.items()}
    plain.questionnaire["countermeasures"]["w"]["needs"] = ["n"]
    answers = Answers.model_validate({**plain.answers, "plan": {"chosen": [*tasks]}})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers)
    shelf = shelve(case)
    said = told(*decision.stays_open(case, shelf, agenda_of(case, shelf.work)))
    assert adds in said


def test_two_roundings_are_no_floor() -> None:
    """The second act adds 0.32 with and without floors, between 13.09 and 13.41, and between 6.04 and 6.36."""
    weak = {"node": "a", "below": 40, "cap": 59, "why": {"en": "x"}}
    made = tiny({"p": {"a": 20, "b": 90, "c": 90, "d": "64.2"}}, floors={"weak": weak})
    lifts = {"lifter": {"a": Decimal("24.16")}, "other": {"d": Decimal("1.28")}}
    made.questionnaire["countermeasures"] = {
        id: MEASURE | {"when_below": 100, "lifts": lifted} for id, lifted in lifts.items()
    }
    answers = Answers.model_validate({**made.answers, "plan": {"chosen": [*lifts]}})
    case = case_of(instrument_of(made.questionnaire, made.chain), answers)
    first, second = agenda_of(case, shelve(case).work).tasks
    assert (first.free, first.gain) == (6.0, 13.1)
    assert (second.free, second.gain) == (0.3, 0.3)


@pytest.mark.parametrize(("points", "told"), [(1.06, "1.0 point"), (1.2, "1.0 point (1.2 but for floors)")])
def test_what_a_floor_takes_is_told_where_it_is_more_than_rounding(points: float, told: str) -> None:
    made = tiny({"p": {"a": 20}})
    case = case_of(instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers))
    assert decision.worth(case, Gain(points, 1.04)) == told


@pytest.mark.parametrize(("process", "enough"), [(90, True), (40, False)])
def test_a_penalty_whose_closing_alone_lifts_the_floor_is_told_so(process: int, enough: bool) -> None:
    """No measure is made for it; that there was none within 24 months only time brings, and is no advice."""
    instrument = shipped("firm", "specialised_sme")
    low = {"env_compliance": 0, "emission_steps": 0, "cleaner_process": process}
    answers = answered(instrument, facts=FACTORY, wanted=lambda id: low.get(id, 90))
    case = case_of(instrument, answers)
    said = told(*broken(case, shelve(case)))
    once = "The floor holds once this is so: environmental penalties of the last 24 months are closed."
    assert "Clean production scores" in said
    assert (once in said) == enough
    explained = "\n".join(explanation_lines(case.assessed, "clean_production", "en"))
    assert ("is enough: At least one, all closed" in explained) == enough
    assert ("would lift it: “Which environmental penalties" in explained) == enough
