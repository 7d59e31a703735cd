"""What answers say to the criteria of an official rule: met, not met, answered, open, not asked."""

from typing import Any

import pytest

from nqpf_assess.engine.crosswalk import applies, readings
from nqpf_assess.engine.states import read
from nqpf_assess.model.answers import Answers
from tests.support.scored import instrument_of
from tests.support.varied import tiny

AT_LEAST = {"question": "q_d", "at_least": 60}
BELOW = {"not": AT_LEAST}
WORDS = {"clause": {"en": "x"}, "text": {"en": "x"}}
RULE = {"title": {"en": "x"}, "about": {"en": "x"}, "sources": ["s"]}


def reading(criterion: dict[str, Any], facts: Any = None, *, value: int | None = 50, state: str | None = None) -> Any:
    """One criterion under answers to one question, `q_d`, and one fact, `size`."""
    case = tiny({"p": {"d": value, "e": 10}})
    case.questionnaire["facts"] = {"size": {"kind": "number", "range": [0, 100], "text": {"en": "x"}}}
    case.questionnaire["crosswalks"] = {"rule": RULE | {"criteria": {"c": WORDS | criterion}}}
    answers = case.answers | {"facts": facts or {}}
    if state:
        answers["answers"] = answers["answers"] | {"q_d": {"state": state}}
    instrument = instrument_of(case.questionnaire, case.chain)
    (found,) = readings(instrument.questionnaire, "rule", read(instrument, Answers.model_validate(answers)))
    assert (found.crosswalk, found.id) == ("rule", "c")
    return found


@pytest.mark.parametrize(
    ("value", "state", "criterion", "told"),
    [
        (60, None, {"met": AT_LEAST, "unmet": BELOW}, "met"),
        (59, None, {"met": AT_LEAST, "unmet": BELOW}, "unmet"),
        (None, None, {"met": AT_LEAST, "unmet": BELOW}, "open"),
        (59, None, {"met": AT_LEAST}, "answered"),
        (60, None, {"unmet": BELOW}, "answered"),
        (60, None, {"met": AT_LEAST, "unmet": AT_LEAST}, "met"),
        (60, None, {}, "not_asked"),
        (60, None, {"questions": ["q_d"]}, "answered"),
        (None, "na", {"questions": ["q_d"]}, "answered"),
        (None, "dk", {"questions": ["q_d"]}, "open"),
        (60, None, {"questions": ["q_d"], "facts": ["size"]}, "open"),
    ],
)
def test_a_criterion_is_read_by_the_answers(value: int | None, state: str | None, criterion: Any, told: str) -> None:
    """What is met comes before what is not; it is open as long as anything that bears on it is not answered."""
    assert reading(criterion, value=value, state=state).state == told


def test_what_is_not_asked_this_time_waits_for_no_answer() -> None:
    """A question that a condition hides is “not asked”: “not answered yet” is what nobody could mend."""
    case = tiny({"p": {"d": 50, "e": 10}})
    case.questionnaire["questions"]["q_d"]["show_if"] = {"question": "q_e", "answered": False}
    both = {"hidden": ["q_d"], "half": ["q_d", "q_e"]}
    criteria = {name: WORDS | {"questions": ids} for name, ids in both.items()}
    case.questionnaire["crosswalks"] = {"rule": RULE | {"criteria": criteria}}
    instrument = instrument_of(case.questionnaire, case.chain)
    found = readings(instrument.questionnaire, "rule", read(instrument, Answers.model_validate(case.answers)))
    assert {each.id: each.state for each in found} == {"hidden": "not_asked", "half": "answered"}


def test_what_bears_on_a_criterion_is_named_once_in_the_order_written() -> None:
    criterion = {
        "met": AT_LEAST,
        "unmet": {"fact": "size", "at_most": 5},
        "questions": ["q_e", "q_d"],
        "facts": ["size"],
    }
    assert reading(criterion).asked == ("q_d", "size", "q_e")
    assert reading(criterion, {"size": {"value": 9}}).state == "answered"
    assert reading(criterion, {"size": {"value": 5}}).state == "unmet"


@pytest.mark.parametrize(("size", "theirs"), [(9, True), (3, False), (None, True)])
def test_a_rule_is_left_out_only_where_it_is_known_to_be_for_others(size: int | None, theirs: bool) -> None:
    case = tiny({"p": {"d": 50}})
    case.questionnaire["facts"] = {"size": {"kind": "number", "range": [0, 100], "text": {"en": "x"}}}
    when = {"when": {"fact": "size", "at_least": 5}}
    case.questionnaire["crosswalks"] = {
        "rule": RULE | when | {"criteria": {"c": WORDS}},
        "all": RULE | {"criteria": {"c": WORDS}},
    }
    instrument = instrument_of(case.questionnaire, case.chain)
    facts = {} if size is None else {"size": {"value": size}}
    view = read(instrument, Answers.model_validate(case.answers | {"facts": facts}))
    rules = instrument.questionnaire.crosswalks
    assert applies(rules["rule"], view) is theirs
    assert applies(rules["all"], view)
