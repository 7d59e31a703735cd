"""Answers put into sentences: a reason says what is known of the place, and nothing about what is not."""

from decimal import Decimal

import pytest

from nqpf_assess.engine.phrasing import reason_here, statement_of_line
from nqpf_assess.engine.states import read
from nqpf_assess.kinds.kind import Value
from nqpf_assess.model.answers import Answers
from tests.support.oracle import Plain
from tests.support.scored import instrument_of
from tests.support.varied import tiny

FACTS: Plain = {
    "income": {"kind": "number", "range": [0, 10], "unit": {"en": "yuan"}, "text": {"en": "x"}},
    "coast": {"kind": "single", "options": {"sea": {"en": "open sea"}, "lake": {"en": "lake"}}, "text": {"en": "x"}},
}


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (
            "It earns {income}|, and lies at the {coast}",
            {"income": 3, "coast": "sea"},
            "It earns 3 yuan, and lies at the open sea",
        ),
        ("It earns {income}|, and lies at the {coast}", {"income": 3}, "It earns 3 yuan"),
        ("It earns {income}|, and lies at the {coast}", {"coast": "lake"}, "Lies at the lake"),
        ("It earns {income}|, and lies at the {coast}", {}, ""),
        ("It earns {income} by {other} means", {"income": 3}, "It earns 3 yuan by {other} means"),
        ("Said as it is ", {}, "Said as it is "),
    ],
)
def test_a_reason_names_the_answers_and_leaves_out_what_is_not_answered(words: str, given: Plain, said: str) -> None:
    case = tiny({"p": {"d": 50}})
    case.questionnaire["facts"] = FACTS
    instrument = instrument_of(case.questionnaire, case.chain)
    facts = {id: {"value": value} for id, value in given.items()}
    view = read(instrument, Answers.model_validate(case.answers | {"facts": facts}))
    assert reason_here({"en": words}, instrument.questionnaire, view) == {"en": said}


@pytest.mark.parametrize(
    ("id", "line", "words", "said"),
    [
        ("income", Decimal(5), "at least {value}", "At least 5 yuan"),
        ("coast", "sea", "not {value}", "Not open sea"),
    ],
)
def test_a_line_that_is_reached_is_written_as_people_write_it(id: str, line: Value, words: str, said: str) -> None:
    case = tiny({"p": {"d": 50}})
    case.questionnaire["facts"] = FACTS
    asked = instrument_of(case.questionnaire, case.chain).questionnaire.facts[id]
    assert statement_of_line(asked, line, {"en": words}, "en") == said
