"""The view of answers after one of them changed, and which facts a condition still waits for."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.engine.states import read, read_again, unsettled
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.weights import Weights
from tests.support.instruments import Case, cases
from tests.support.oracle import Plain
from tests.support.scored import instrument_of, tries
from tests.support.varied import tiny


@tries(80)
@given(cases(), st.integers(0, 10**6))
def test_one_answer_read_again_is_all_read_again(case: Case, seed: int) -> None:
    """Whatever hangs on the answer: another question shown by it, not applicable by it, its own conditions."""
    instrument, draw = instrument_of(case.questionnaire, case.chain), random.Random(seed)
    answers = Answers.model_validate(case.answers)
    view = read(instrument, answers)
    for question in draw.sample(list(instrument.questions), min(6, len(instrument.questions))):
        entry = draw.choice(({"state": "dk"}, {"state": "na"}, {"state": "later"}, None))
        entries = {id: kept for id, kept in case.answers["answers"].items() if id != question}
        table = case.answers | {"answers": entries if entry is None else entries | {question: entry}}
        again = read_again(instrument, Answers.model_validate(table), view, question)
        assert again == read(instrument, Answers.model_validate(table))


def leaf(fact: str, at_least: int = 5) -> Plain:
    return {"fact": fact, "at_least": at_least}


@pytest.mark.parametrize(
    ("condition", "facts", "waits"),
    [
        (leaf("a"), {}, ["a"]),
        (leaf("a"), {"a": 7}, []),
        (leaf("a"), {"a": "dk"}, []),
        ({"all": [leaf("b"), leaf("a")]}, {}, ["b", "a"]),
        ({"all": [leaf("b"), leaf("a")]}, {"b": 7}, ["a"]),
        ({"all": [leaf("b"), leaf("a")]}, {"b": 1}, []),
        ({"any": [leaf("b"), leaf("a")]}, {"b": 7}, []),
        ({"any": [leaf("b"), leaf("a")]}, {"b": 1}, ["a"]),
        ({"any": [{"all": [leaf("a"), leaf("b")]}, {"all": [leaf("a"), leaf("c")]}]}, {}, ["a", "b", "c"]),
        ({"any": [{"all": [leaf("a"), leaf("b")]}, {"all": [leaf("a"), leaf("c")]}]}, {"b": 1}, ["a", "c"]),
        ({"not": leaf("a")}, {}, ["a"]),
        ({"not": leaf("a")}, {"a": 7}, []),
        (None, {}, []),
    ],
)
def test_a_condition_waits_for_the_facts_nobody_answered_on_which_it_still_hangs(
    condition: Plain | None, facts: Plain, waits: list[str]
) -> None:
    case = tiny({"p": {"d": 50}}, **({} if condition is None else {"fits": condition}))
    case.questionnaire["facts"] = {id: {"kind": "number", "range": [0, 10], "text": {"en": "x"}} for id in "abc"}
    given_facts = {id: {"state": value} if value == "dk" else {"value": value} for id, value in facts.items()}
    instrument = instrument_of(case.questionnaire, case.chain)
    view = read(instrument, Answers.model_validate(case.answers | {"facts": given_facts}))
    assert list(unsettled(Weights.model_validate(case.chain[0]).fits, view)) == waits
