"""Conditions and states: three-valued logic, what counts as answered, and exact thresholds (formats.md, Conditions)."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from tests.support.instruments import Case
from tests.support.oracle import Plain
from tests.support.scored import engine_json, node
from tests.support.varied import tiny

TRUE, FALSE, UNKNOWN = {"fact": "a", "is": "yes"}, {"fact": "a", "is": "no"}, {"fact": "b", "is": "yes"}
TRUTHS = {True: TRUE, False: FALSE, None: UNKNOWN}
OPTIONS = {"yes": {"en": "Yes"}, "no": {"en": "No"}, "unsure": {"en": "?", "unknown": True}}
FACTS: Plain = {
    "a": {"kind": "single", "text": {"en": "x"}, "options": OPTIONS},
    "b": {"kind": "single", "text": {"en": "x"}, "options": OPTIONS},
    "many": {"kind": "multi", "text": {"en": "x"}, "options": OPTIONS},
    "figure": {"kind": "number", "text": {"en": "x"}, "range": [-100, 100]},
    "level": {"kind": "level", "text": {"en": "x"}, "levels": [{"en": "x"}] * 4},
    "words": {"kind": "text", "text": {"en": "x"}},
}


def asked(key: str, condition: Plain, facts: Plain | None = None, *, entry: Plain | None = None) -> Plain:
    """The row of a question that carries a condition and is answered with 40, beside one that is answered with 80."""
    case = tiny({"p": {"d": 40, "e": 80}})
    case.questionnaire["facts"] = FACTS
    case.questionnaire["questions"]["q_d"] |= {key: condition, "na_reason": {"en": "x"}}
    answers = case.answers["answers"] | ({} if entry is None else {"q_d": entry})
    tables = {"facts": {"a": {"value": "yes"}} if facts is None else facts, "answers": answers}
    return node(engine_json(Case(case.questionnaire, case.chain, case.answers | tables)), "q_d")


def known(condition: Plain, facts: Plain | None = None) -> bool | None:
    """What a condition comes to: True shows, False shows its contrary, None shows neither."""
    shown = [asked("show_if", part, facts)["state"] == "answered" for part in (condition, {"not": condition})]
    assert shown != [True, True]
    return True if shown[0] else False if shown[1] else None


@pytest.mark.parametrize(("left", "right"), list(product(TRUTHS, repeat=2)))
def test_groups_follow_kleene(left: bool | None, right: bool | None) -> None:
    """`all` is false as soon as one part is, `any` true as soon as one is; else unknown where anything is."""
    parts = [TRUTHS[left], TRUTHS[right]]
    both = False if False in (left, right) else None if None in (left, right) else True
    either = True if True in (left, right) else None if None in (left, right) else False
    assert known({"all": parts}) is both
    assert known({"any": parts}) is either
    assert known({"not": {"all": [{"not": part} for part in parts]}}) is either
    assert known({"not": {"not": {"not": {"any": parts}}}}) is (None if either is None else not either)


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (None, "blank"),
        ({}, "blank"),
        ({"value": "  "}, "blank"),
        ({"state": "answered"}, "blank"),
        ({"value": "yes"}, "answered"),
        ({"value": "unsure"}, "dk"),
        ({"value": "yes", "state": "dk"}, "dk"),
        ({"value": "yes", "state": "later"}, "later"),
        ({"value": "yes", "state": "na", "reason": "x"}, "na"),
    ],
)
def test_comparisons_are_unknown_unless_answered(entry: Plain | None, state: str) -> None:
    """A comparison knows only what is answered; `answered` and `na` are always known; `unknown` options are dk."""
    facts = {} if entry is None else {"a": entry}
    assert known({"fact": "a", "is": "yes"}, facts) is (True if state == "answered" else None)
    assert known({"fact": "a", "one_of": ["no", "unsure"]}, facts) is (False if state == "answered" else None)
    assert known({"fact": "a", "answered": True}, facts) is (state == "answered")
    assert known({"fact": "a", "answered": False}, facts) is (state != "answered")
    assert known({"fact": "a", "na": True}, facts) is (state == "na")
    assert known({"fact": "a", "na": False}, facts) is (state != "na")


@pytest.mark.parametrize(
    ("condition", "value", "outcome"),
    [
        ({"fact": "many", "has": "yes"}, ["yes", "no"], True),
        ({"fact": "many", "has": "yes"}, ["no"], False),
        ({"fact": "many", "has": "yes"}, [], False),
        ({"fact": "many", "has": "yes"}, ["yes", "unsure"], None),
        ({"fact": "level", "at_least": 2}, 2, True),
        ({"fact": "level", "at_most": 1}, 2, False),
        ({"fact": "level", "at_least": Decimal("1.5")}, 1, False),
        ({"fact": "figure", "at_least": 5}, 5, True),
        ({"fact": "figure", "at_most": 5}, "5.0", True),
        ({"fact": "figure", "at_least": Decimal("0.3")}, "0.30", True),
        ({"fact": "figure", "at_least": 5}, "4.99999999999999999999", False),
        ({"fact": "figure", "at_most": 5}, "5.00000000000000000001", False),
        ({"fact": "figure", "at_most": -5}, " -5e0 ", True),
        ({"fact": "words", "answered": True}, "something", True),
        ({"fact": "words", "answered": True}, " ", False),
    ],
)
def test_answers_meet_their_thresholds_exactly(condition: Plain, value: Any, outcome: bool | None) -> None:
    """Equal holds, and no digit is lost on the way: what was typed is compared, not its nearest binary number."""
    subject = condition["fact"]
    assert known(condition, {subject: {"value": value}}) is outcome


def test_the_first_state_that_applies_is_the_state() -> None:
    """Hidden before na, na before what the file says; unknown neither shows nor makes na."""
    later = {"value": 40, "state": "later"}
    assert asked("show_if", FALSE)["state"] == asked("show_if", UNKNOWN)["state"] == "hidden"
    assert asked("show_if", TRUE, entry=later)["state"] == "later"
    assert asked("na_when", TRUE, entry=later)["state"] == "na"
    assert asked("na_when", UNKNOWN, entry=later)["state"] == asked("na_when", FALSE, entry=later)["state"] == "later"
    case = tiny({"p": {"d": 40, "e": 80}})
    case.questionnaire["facts"] = FACTS
    case.questionnaire["questions"]["q_d"] |= {"show_if": FALSE, "na_when": TRUE}
    facts = {"facts": {"a": {"value": "yes"}}}
    assert node(engine_json(Case(case.questionnaire, case.chain, case.answers | facts)), "q_d")["state"] == "hidden"


def test_a_chain_of_conditions_is_read_in_any_order() -> None:
    """A question may speak of a later one, which hides in turn; what is hidden is neither answered nor na."""
    case = tiny({"p": {"a": 10, "b": 20, "c": 30, "d": 40}})
    questions = case.questionnaire["questions"]
    questions["q_a"]["show_if"] = {"question": "q_b", "at_least": 20}
    questions["q_b"]["show_if"] = {"question": "q_c", "at_most": 30}
    questions["q_d"]["na_when"] = {"question": "q_a", "answered": False}

    def states(c: int) -> list[str]:
        answers = case.answers["answers"] | {"q_c": {"value": c}}
        row = engine_json(Case(case.questionnaire, case.chain, case.answers | {"answers": answers}))
        return [node(row, f"q_{id}")["state"] for id in "abcd"]

    assert states(30) == ["answered"] * 4
    assert states(31) == ["hidden", "hidden", "answered", "na"]


@pytest.mark.parametrize(("value", "state"), [([], "blank"), (["alone"], "answered"), (["one"], "answered")])
def test_an_empty_list_is_no_answer_where_an_option_is_exclusive(value: list[str], state: str) -> None:
    """Where "none of these" can be ticked, ticking nothing says nothing."""
    case = tiny({"p": {"d": 0, "e": 80}})
    options = {"one": {"en": "x", "score": 60}, "alone": {"en": "x", "score": 0, "exclusive": True}}
    multi = {"kind": "multi", "dimension": "d", "text": {"en": "x"}, "options": options}
    for table, wanted in ((multi, state), (multi | {"options": {"one": options["one"]}}, "answered")):
        case.questionnaire["questions"]["q_d"] = table
        if wanted == "answered" and set(value) - table["options"].keys():
            continue
        answers = {"answers": case.answers["answers"] | {"q_d": {"value": value}}}
        assert node(engine_json(Case(case.questionnaire, case.chain, case.answers | answers)), "q_d")["state"] == wanted
