"""The logic of a questionnaire: links, shortest and longest way, reading."""

from typing import Any

import pytest

from nqpf_assess.engine.instrument import visibility_needs
from nqpf_assess.engine.logic import Link, effort, links, way
from nqpf_assess.engine.satisfiable import Possible
from nqpf_assess.files.library import Library
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import stated_keys
from nqpf_assess.model.questionnaire import QUESTIONNAIRE_FORMAT, Questionnaire


def questionnaire(**conditions: object) -> Questionnaire:
    """Questions a to e that are asked of everybody but for the conditions given; facts zone and size."""
    words = {"en": "One two three?", "zh": "一二三？"}
    levels = [{"en": "no", "zh": "否"}, {"en": "yes", "zh": "是"}]

    def option(said: str) -> dict[str, str]:
        return {"en": said, "zh": said}

    asked = {
        id: {"dimension": "d", "kind": "level", "text": words, "levels": levels, **(conditions.get(id) or {})}  # type: ignore[dict-item]
        for id in "abcde"
    }
    return Questionnaire.model_validate(
        {
            "format": QUESTIONNAIRE_FORMAT,
            "id": "small",
            "version": "1.0.0",
            "subject": "region",
            "languages": ["en", "zh"],
            "title": words,
            "facts": {
                "zone": {"kind": "single", "text": words, "options": {o: option(o) for o in ("x", "y", "z")}},
                "size": {"kind": "number", "text": words, "range": [0, 10], "unit": "km"},
            },
            "pillars": {"p": {"title": words}},
            "dimensions": {"d": {"pillar": "p", "title": words}},
            "questions": asked,
        }
    )


ZONE_X, ZONE_Y = ({"show_if": {"fact": "zone", "is": option}} for option in "xy")


@pytest.mark.parametrize(
    ("conditions", "least", "most"),
    [
        ({}, 5, 5),
        ({"a": ZONE_X}, 4, 5),
        ({"a": ZONE_X, "b": ZONE_Y}, 3, 4),
        ({"a": ZONE_X, "b": {"na_when": {"fact": "zone", "is": "x"}}}, 4, 4),
        ({"a": ZONE_X, "b": {"show_if": {"question": "a", "at_least": 1}}}, 3, 5),
        ({"a": {"show_if": {"fact": "size", "at_least": 5}}, "b": {"show_if": {"fact": "size", "at_most": 5}}}, 3, 5),
        ({"a": {"show_if": {"fact": "size", "at_least": 5}}, "b": {"show_if": {"fact": "size", "at_most": 4}}}, 3, 4),
        ({"a": {"show_if": {"all": [{"fact": "zone", "is": "x"}, {"question": "c", "at_least": 1}]}}}, 4, 5),
        ({"a": {"show_if": {"question": "b", "na": True}}}, 4, 5),
        ({"a": {"show_if": {"not": {"question": "b", "na": False}}}, "b": ZONE_X}, 3, 5),
    ],
)
def test_the_shortest_and_the_longest_way(conditions: dict[str, object], least: int, most: int) -> None:
    """Conditions that exclude each other are never counted together; a hidden question shows nothing behind it."""
    found = way(questionnaire(**conditions))
    assert (found.least, found.most, found.exact) == (least, most, True)


def chained(length: int, groups: int = 1) -> Questionnaire:
    """Chains of questions, each asked where the one before has level 1."""
    made: dict[str, Any] = dict(stated_keys(questionnaire()))
    words = made["questions"]["a"]
    made["questions"] = {
        f"q{group}_{place}": dict(stated_keys(words))
        | ({"show_if": {"question": f"q{group}_{place - 1}", "at_least": 1}} if place else {})
        for group in range(groups)
        for place in range(length)
    }
    return Questionnaire.model_validate(made)


def test_a_chain_costs_by_its_length_not_by_all_its_combinations() -> None:
    assert way(chained(30)) == (1, 30, True)


def test_many_groups_share_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each small enough by itself, together they would take minutes; of those left only bounds are given."""
    assert way(chained(3, groups=4)) == (4, 12, True)
    monkeypatch.setattr("nqpf_assess.engine.logic.TRIES", 100)
    assert way(chained(3, groups=4)) == (4, 12, False)


def test_what_leads_to_what() -> None:
    found = links(questionnaire(a=ZONE_X, b={"na_when": {"question": "a", "at_least": 1}}))
    assert found == (Link("zone", "fact", "a", "show_if"), Link("a", "question", "b", "na_when"))


def test_a_scale_of_its_own_and_a_check_are_links_too() -> None:
    scale = {"kind": "number", "range": [0, 10], "scale": [[0, 0], [10, 100]], "levels": None}
    case = {"when": {"fact": "zone", "is": "x"}, "scale": [[0, 0], [5, 100]]}
    number = {key: part for key, part in (scale | {"scale_when": [case]}).items() if part is not None}
    made: dict[str, Any] = dict(stated_keys(questionnaire()))
    made["questions"] = dict(made["questions"]) | {"a": {"dimension": "d", "text": {"en": "x", "zh": "x"}, **number}}
    made["checks"] = {"odd": {"when": {"question": "b", "at_least": 1}, "message": {"en": "x", "zh": "x"}}}
    assert links(Questionnaire.model_validate(made)) == (
        Link("zone", "fact", "a", "scale_when"),
        Link("b", "question", "odd", "when"),
    )


@pytest.mark.parametrize("name", ["region", "firm"])
def test_the_shipped_questionnaires(name: str) -> None:
    """Every countermeasure is reached from a dimension; the ways are exact, or bounds where functions combine."""
    book = Library().questionnaire(name)
    assert book is not None
    found = links(book.value)
    assert {link.to for link in found if link.how == "lifts"} == set(book.value.countermeasures)
    ways = way(book.value)
    assert ways.exact or name == "region"
    assert 0 < ways.least < ways.most <= len(book.value.questions)
    assert 20 < effort(book.value, "en").minutes < 300


def test_grade_of_english() -> None:
    """Words are counted; short words in a short sentence are the lowest grade."""
    said = "The Australian platypus is seemingly a hybrid of a mammal and reptile."
    assert grammar("en").length(said) == 12
    assert grammar("en").grade("The cat sat on the mat.") == pytest.approx(0.0)
    assert grammar("en").grade(said) > 8


def test_grade_of_chinese_is_characters_a_sentence() -> None:
    assert grammar("zh").grade("一二三四。五六。") == 3
    assert grammar("zh").grade("") == 0


def test_a_question_that_can_never_be_asked_is_set_aside_and_no_other_for_it() -> None:
    """What hangs on it is then looked at as if it could be answered: each question is found for its own fault only."""
    never = {"show_if": {"all": [{"fact": "zone", "is": "x"}, {"fact": "zone", "is": "y"}]}}
    always = {"na_when": {"any": [{"question": "d", "at_least": 0}, {"question": "d", "answered": False}]}}
    conditions = {"a": never, "b": {"show_if": {"question": "a", "at_least": 1}}, "c": always, "e": ZONE_X}
    book = questionnaire(**conditions)
    possible = Possible(book)
    possible.set_aside({id: visibility_needs(question) for id, question in book.questions.items()})
    assert possible.aside == {"a", "c"}
