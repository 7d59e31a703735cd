"""Each thing an author does to a question, with the class it gets and the version it asks for."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from nqpf_assess.engine.differing import (
    difference,
    effect_of_questionnaire,
    effect_of_weights,
    rubric_difference,
)
from nqpf_assess.engine.editions import fitted, names_between, step_between
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.migration import Grade, Step
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from tests.engine.migrating.editions import Editions, editions
from tests.engine.migrating.test_migrating import LEVEL, MULTI, NONE, NUMBER, TEXT, edition
from tests.support.scored import tries
from tests.support.varied import tiny

REVERSED = {**LEVEL, "levels": LEVEL["levels"][::-1]}
SINGLE = {**MULTI, "kind": "single"}


@pytest.mark.parametrize(
    ("before", "after", "grade", "step"),
    [
        (NUMBER, NUMBER | {"help": {"en": "where to find it"}}, "safe", "patch"),
        (NUMBER, NUMBER | {"text": {"en": "What is it ?"}}, "safe", "patch"),
        (NUMBER, NUMBER | {"text": {"en": "How many people work there?"}}, "confirm", "minor"),
        (NUMBER, NUMBER | {"range": [0, 200]}, "safe", None),
        (NUMBER, NUMBER | {"range": [0, 50]}, "loss", "major"),
        (NUMBER, NUMBER | {"unit": "‰", "range": [0, 1000]}, "convert", "major"),
        (NUMBER, NUMBER | {"unit": "persons"}, "loss", "major"),
        (NUMBER, NUMBER | {"revision": 2}, "confirm", "minor"),
        (NUMBER, NUMBER | {"scale": [[0, 0], [50, 100]]}, "confirm", "minor"),
        (NUMBER, TEXT, "convert", "major"),
        (TEXT, NUMBER, "loss", "major"),
        (LEVEL, REVERSED, "convert", "major"),
        (LEVEL, {**LEVEL, "levels": LEVEL["levels"][:2]}, "loss", "major"),
        (MULTI, {**MULTI, "options": MULTI["options"] | {"c": {"en": "school", "score": 10}}}, "safe", "minor"),
        (MULTI, {**MULTI, "options": MULTI["options"] | {"none": NONE}}, "loss", "major"),
        (MULTI, {**MULTI, "options": {"a": MULTI["options"]["a"]}}, "loss", "major"),
        (SINGLE, MULTI, "convert", "major"),
        (MULTI, SINGLE, "loss", "major"),
    ],
)
def test_the_class_of_a_change(before: dict[str, Any], after: dict[str, Any], grade: Grade, step: Step | None) -> None:
    """The gravest class of what was done, and the step of the version that it asks for at least."""
    found = difference(edition("1.0.0", before).questionnaire, edition("1.0.0", after).questionnaire)
    assert found.changes
    assert found.worst == grade, [(change.key, change.grade, change.what["en"]) for change in found.changes]
    assert step is None or found.wanted == step
    assert not found.kept_its_word


def test_a_new_id_is_converted_and_a_lost_one_is_a_loss() -> None:
    """By `previous_ids` the answer finds its way; without, the old question is gone and a new one came."""
    old = edition("1.0.0", NUMBER).questionnaire
    told = difference(old, edition("2.0.0", NUMBER | {"previous_ids": ["q"]}, name="now").questionnaire)
    assert [(change.id, change.grade) for change in told.changes] == [("now", "convert")]
    untold = difference(old, edition("2.0.0", NUMBER, name="now").questionnaire)
    assert {(change.id, change.grade) for change in untold.changes} == {("now", "safe"), ("q", "loss")}


@tries(30)
@given(editions())
def test_an_edition_differs_from_itself_in_nothing(found: Editions) -> None:
    """And whatever was changed is told, unless it came to the same in the end."""
    assert difference(found.new, found.new).changes == ()
    told = difference(found.old, found.new)
    same = found.old.model_copy(update={"version": "2.0.0"}) == found.new
    assert bool(told.changes) != same


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ("1.0.0", "2.0.0", "major"),
        ("1.0.0", "1.1.0", "minor"),
        ("1.0.0", "1.0.1", "patch"),
        ("1.9.0", "1.10.0", "minor"),
        ("1.0.0", "1.0.0", None),
        ("2.0.0", "1.9.0", None),
        ("2026", "2027", None),
    ],
)
def test_which_part_of_the_version_was_raised(old: str, new: str, step: Step | None) -> None:
    """Parts are numbers, not letters; what fell or has another form was not raised."""
    assert step_between(old, new) == step


def rubric(**changes: Any) -> tuple[Weights, ...]:
    head = {"format": "nqpf-weights/1", "id": "base", "questionnaire": "made", "version": "1.0.0", "name": {"en": "x"}}
    bands = {"bands": {"low": {"from": 0, "en": "low"}}}
    return (Weights.model_validate({**head, **bands, "weights": {"p": 1}, **changes}),)


@pytest.mark.parametrize(
    ("changes", "grade", "key"),
    [
        ({"weights": {"p": 2}}, "confirm", ("weights", "p", "")),
        ({"targets": {"p": 60}}, "confirm", ("targets", "p", "")),
        ({"scoring": {"overlap": Decimal("0.25")}}, "confirm", ("scoring", "", "overlap")),
        ({"bands": {"low": {"from": 0, "en": "lowest"}}}, "safe", ("bands", "low", "words")),
        ({"name": {"en": "y"}}, "safe", ("", "", "name")),
        ({"judgements": [{"members": ["p"], "matrix": [[1]]}]}, "safe", ("", "", "judgements")),
        ({"id": "other"}, "loss", ("", "", "id")),
    ],
)
def test_the_class_of_a_change_of_a_rubric(changes: dict[str, Any], grade: Grade, key: tuple[str, str, str]) -> None:
    """What moves a figure is to be confirmed, words are safe, another id is a loss."""
    found = rubric_difference(rubric(), rubric(**changes))
    assert [((one.table, one.id, one.key), one.grade) for one in found.changes] == [(key, grade)]


@pytest.mark.parametrize(
    ("changes", "grade", "moves", "shown"),
    [
        ({"factor": 3}, "confirm", "scores", ("2", "3")),
        ({"target": 70}, "confirm", "scores", (None, "70")),
        ({"sources": ["s"]}, "safe", "", ("[]", "[s]")),
        ({"why": {"en": "for another reason"}}, "safe", "", ("because", "for another reason")),
    ],
)
def test_an_adjustment_is_held_against_the_one_with_the_same_condition(
    changes: dict[str, Any], grade: Grade, moves: str, shown: tuple[str | None, str]
) -> None:
    row = {"node": "p", "when": {"fact": "place", "is": "coast"}, "factor": 2, "why": {"en": "because"}}
    other = {"node": "p", "factor": 5, "why": {"en": "always"}}
    (found,) = rubric_difference(rubric(adjust=[row, other]), rubric(adjust=[other, row | changes])).changes
    assert (found.table, found.id, found.key) == ("adjust", "p", next(iter(changes)))
    assert (found.grade, found.moves) == (grade, moves)
    assert tuple(None if words is None else words["en"] for words in (found.before, found.after)) == shown


def test_targets_that_stand_in_another_order_may_move() -> None:
    """The last one that holds counts; that “says the same in another form”. Factors multiply in any order."""
    coast = {"node": "p", "when": {"fact": "place", "is": "coast"}, "target": 60, "why": {"en": "because"}}
    always = {"node": "p", "target": 70, "why": {"en": "always"}}
    (found,) = rubric_difference(rubric(adjust=[always, coast]), rubric(adjust=[coast, always])).changes
    assert (found.table, found.id, found.key, found.grade, found.moves) == ("adjust", "p", "order", "confirm", "scores")


def test_a_rubric_in_the_names_of_another_edition_keeps_what_is_there() -> None:
    """What is called otherwise goes on under its new id, also in conditions; what is gone is left out."""
    row = {"node": "q_d", "when": {"question": "q_e", "at_least": 10}, "factor": 2, "why": {"en": "because"}}
    floor = {"below": 40, "cap": 59, "why": {"en": "because"}}
    case = tiny(
        {"p": {"d": 50, "e": 50, "f": 50}},
        targets={"d": 80, "f": 70},
        weights={"p": 1, "d": 2, "q_d": 3, "q_e": 4, "q_f": 5},
        floors={"low_d": floor | {"node": "d"}, "low_f": floor | {"node": "f"}},
        adjust=[row, row | {"node": "q_e", "when": {"question": "q_d", "at_least": 10}}, row | {"node": "q_f"}],
    )
    old = Questionnaire.model_validate(case.questionnaire)
    entries = case.questionnaire["questions"]
    case.questionnaire["questions"] = {
        "q_d": entries["q_d"],
        "now": entries["q_e"] | {"previous_ids": ["q_e"]},
    }
    del case.questionnaire["dimensions"]["f"]
    new = Questionnaire.model_validate(case.questionnaire)
    (found,) = fitted((Weights.model_validate(case.chain[0]),), new, names_between(old, new))
    assert found.weights == {"p": 1, "d": 2, "q_d": 3, "now": 4}
    assert found.targets == {"d": 80}
    assert list(found.floors) == ["low_d"]
    assert [(change.node, getattr(change.when, "question", None)) for change in found.adjust] == [
        ("q_d", "now"),
        ("now", "q_d"),
    ]
    assert fitted((Weights.model_validate(case.chain[0]),), old, {})[0] == Weights.model_validate(case.chain[0])


def test_the_effect_of_a_rubric_names_the_pillars_that_move_and_no_others() -> None:
    case = tiny({"p": {"d": 80, "e": 40}, "r": {"f": 50}})
    old = Weights.model_validate(case.chain[0])
    new = Weights.model_validate(case.chain[0] | {"weights": {"d": 3}})
    answers, questionnaire = Answers.model_validate(case.answers), Questionnaire.model_validate(case.questionnaire)
    found = effect_of_weights("a", answers, questionnaire, (old,), (new,))
    assert (found.before, found.after) == (55.0, 60.0)
    assert found.nodes == {"p": (60.0, 70.0)}


@pytest.mark.parametrize(
    ("before", "after", "grade", "shown"),
    [
        (NUMBER | {"previous_ids": ["was"]}, NUMBER, "loss", ("[was]", "[]")),
        (NUMBER, NUMBER | {"previous_ids": ["was"]}, "safe", ("[]", "[was]")),
        (NUMBER | {"core": True}, NUMBER | {"core": False}, "confirm", ("true", "false")),
    ],
)
def test_a_change_says_what_stood_there_and_stands_there_now(
    before: dict[str, Any], after: dict[str, Any], grade: Grade, shown: tuple[str, str]
) -> None:
    (found,) = difference(edition("1.0.0", before).questionnaire, edition("1.0.0", after).questionnaire).changes
    assert found.grade == grade
    assert found.before is not None
    assert found.after is not None
    assert (found.before["en"], found.after["en"]) == shown


ROW = {"node": "p", "when": {"fact": "place", "is": "coast"}, "factor": 2, "why": {"en": "because"}}
FLOOR = {"node": "p", "below": 40, "cap": 59, "why": {"en": "because"}}
HIGH = {"high": {"from": 50, "en": "high"}}
LOW = {"low": {"from": 0, "en": "low"}}


@pytest.mark.parametrize(
    ("table", "before", "after", "places"),
    [
        ("weights", {"p": 1}, {"p": 1, "r": 2}, [("weights", "r", "")]),
        ("targets", {}, {"p": 60}, [("targets", "p", "")]),
        ("bands", LOW, LOW | HIGH, [("bands", "high", "")]),
        ("floors", {}, {"one": FLOOR}, [("floors", "one", "")]),
        ("adjust", [ROW], [ROW, ROW | {"when": {"fact": "place", "is": "hills"}}], [("adjust", "p", "")]),
        ("adjust", [], [ROW, ROW | {"node": "r"}], [("adjust", "p", ""), ("adjust", "r", "")]),
    ],
)
def test_what_comes_or_goes_in_a_rubric_is_to_be_confirmed_and_moves_scores(
    table: str, before: Any, after: Any, places: list[tuple[str, str, str]]
) -> None:
    """Whichever table it stands in; what came shows nothing that stood there before, what went nothing that came."""
    old, new = rubric(**{table: before}), rubric(**{table: after})
    for left, right, word, came in ((old, new, "added", True), (new, old, "removed", False)):
        found = rubric_difference(left, right).changes
        assert [(one.table, one.id, one.key) for one in found] == places
        assert {(one.grade, one.moves, one.what["en"], one.file) for one in found} == {
            ("confirm", "scores", word, "base")
        }
        assert all((one.before is None) == came and (one.after is None) != came for one in found)


@pytest.mark.parametrize(
    ("changes", "grade", "moves"),
    [
        ({"bands": {"low": {"from": 0, "en": "low"}, "high": {"from": 60, "en": "high"}}}, "confirm", "scores"),
        ({"floors": {"one": FLOOR | {"cap": 69}}}, "confirm", "scores"),
        ({"floors": {"one": FLOOR | {"why": {"en": "for another reason"}}}}, "safe", ""),
        ({"order": 2}, "safe", ""),
        ({"fits": {"fact": "place", "is": "coast"}}, "confirm", ""),
        ({"about": {"en": "for counties"}}, "safe", ""),
        ({"questionnaire": "another"}, "loss", ""),
    ],
)
def test_only_what_moves_a_figure_is_said_to_move_scores(changes: dict[str, Any], grade: Grade, moves: str) -> None:
    """Words, the order in lists and what the rubric fits move none."""
    start = {"bands": LOW | HIGH, "floors": {"one": FLOOR}}
    (found,) = rubric_difference(rubric(**start), rubric(**start | changes)).changes
    assert (found.grade, found.moves) == (grade, moves)


def test_both_values_of_a_key_that_changed_are_told() -> None:
    start = {"floors": {"one": FLOOR}}
    (found,) = rubric_difference(rubric(**start), rubric(floors={"one": FLOOR | {"cap": 69}})).changes
    assert (found.key, (found.before or {})["en"], (found.after or {})["en"]) == ("cap", "59", "69")


def test_the_effect_of_a_questionnaire_is_both_scores_and_what_became_of_each_answer() -> None:
    """The rubric goes with the names of each edition: what weighed 3 under its old id weighs 3 under the new one."""
    case = tiny({"p": {"d": 80, "e": 40}}, weights={"p": 1, "d": 3, "e": 1, "q_d": 3})
    old = Questionnaire.model_validate(case.questionnaire)
    entries = case.questionnaire["questions"]
    renamed = {"now": entries["q_d"] | {"previous_ids": ["q_d"]}, "q_e": entries["q_e"]}
    case.questionnaire.update({"version": "2.0.0", "questions": renamed})
    new = Questionnaire.model_validate(case.questionnaire)
    chain = (Weights.model_validate(case.chain[0]),)
    found = effect_of_questionnaire("a", Answers.model_validate(case.answers), old, new, chain=chain)
    assert (found.name, found.before, found.after, found.nodes) == ("a", 70.0, 70.0, {})
    assert sum(found.fates.values()) == 2


def test_the_effect_on_a_file_of_the_new_edition_is_the_same_as_before_it_was_taken_over() -> None:
    """80 of 10,000 yuan, answered to the new edition, are 800,000 yuan in the old one, and score 80 in both."""
    case = tiny({"p": {"d": 80}})
    asked, editions_ = case.questionnaire["questions"]["q_d"], []
    for version, unit, most in (("1.0.0", "yuan", 1_000_000), ("2.0.0", "10,000 yuan", 100)):
        entry = asked | {"unit": unit, "range": [0, most], "scale": [[0, 0], [most, 100]]}
        editions_.append(
            Questionnaire.model_validate(case.questionnaire | {"version": version, "questions": {"q_d": entry}})
        )
    chain = (Weights.model_validate(case.chain[0]),)
    given = {"questionnaire": case.answers["questionnaire"] | {"version": "2.0.0"}}
    found = effect_of_questionnaire("a", Answers.model_validate(case.answers | given), *editions_, chain=chain)
    assert (found.before, found.after) == (80.0, 80.0)


def test_a_rubric_whose_condition_does_not_fit_the_new_kind_does_not_move_there() -> None:
    """A figure that became words reaches no line any more."""
    case = tiny({"p": {"d": 20}, "r": {"e": 40}})
    area = {"kind": "number", "text": {"en": "Area"}, "range": [0, 1000]}
    old, new = (
        Questionnaire.model_validate(case.questionnaire | {"version": version, "facts": {"area": fact}})
        for version, fact in (("1.0.0", area), ("2.0.0", {"kind": "text", "text": {"en": "Area"}}))
    )
    row = {"node": "p", "factor": 3, "when": {"fact": "area", "at_least": 500}, "why": {"en": "x"}}
    chain = (Weights.model_validate(case.chain[0] | {"adjust": [row]}),)
    given = Answers.model_validate(case.answers | {"facts": {"area": {"value": "600"}}})
    found = effect_of_questionnaire("a", given, old, new, chain=chain)
    assert (found.before, found.after) == (25.0, 30.0)
