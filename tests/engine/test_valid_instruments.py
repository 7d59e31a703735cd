"""The random instruments of these tests are valid: the project's own check finds no error in them."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given

from nqpf_assess.files.checking import check
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.problem import Problem, errors
from tests.support.instruments import Case, cases
from tests.support.oracle import Plain
from tests.support.scored import tries, write
from tests.support.varied import tiny


def found(case: Case) -> Sequence[Problem]:
    with TemporaryDirectory() as folder:
        write(case, Path(folder))
        return errors(check(Library((Root("workspace", Path(folder)),)), [Path(folder)]))


@tries(40)
@given(cases())
def test_random_instruments_pass_the_check(case: Case) -> None:
    """Every instrument, rubric and answer file drawn is one that a person could write."""
    assert [problem.told("en") for problem in found(case)] == []


def with_condition(condition: Plain, **facts: Plain) -> Case:
    case = tiny({"p": {"d": 40, "e": 80}})
    case.questionnaire["facts"] = {id: {"text": {"en": "x"}, **fact} for id, fact in facts.items()}
    case.questionnaire["questions"]["q_d"]["show_if"] = condition
    return case


OPTIONS: dict[str, Any] = {f"o{number}": {"en": "x"} for number in range(9)}
SATISFIABLE = {
    "all of many options": (
        {"all": [{"fact": "a", "has": option} for option in OPTIONS]},
        {"kind": "multi", "options": OPTIONS},
    ),
    "a sliver between two thresholds": (
        {"all": [{"fact": "a", "at_least": Decimal("1.001")}, {"not": {"fact": "a", "at_least": Decimal("1.002")}}]},
        {"kind": "number", "range": [0, 10]},
    ),
    "exactly one figure": (
        {"all": [{"fact": "a", "at_least": 10}, {"fact": "a", "at_most": 10}]},
        {"kind": "number", "range": [0, 10]},
    ),
    "nothing ticked": (
        {"not": {"any": [{"fact": "a", "has": "o0"}, {"fact": "a", "has": "o1"}]}},
        {"kind": "multi", "options": {id: OPTIONS[id] for id in ("o0", "o1")}},
    ),
    "not said": (
        {"all": [{"fact": "a", "answered": False}, {"fact": "a", "na": False}]},
        {"kind": "single", "options": OPTIONS},
    ),
}


@pytest.mark.parametrize("name", SATISFIABLE)
def test_a_condition_that_some_answer_meets_is_not_refused(name: str) -> None:
    """What can hold is no error, however narrow."""
    condition, fact = SATISFIABLE[name]
    assert [problem.told("en") for problem in found(with_condition(condition, a=fact))] == []
