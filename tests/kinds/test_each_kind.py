"""What each kind says of its answers, in one look: ends, cells, findings, what a condition compares with."""

from datetime import date

import pytest

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.filled import Misfit, read_filled
from nqpf_assess.model.questionnaire import AnyQuestion, Questionnaire
from tests.support.oracle import Plain
from tests.support.varied import tiny

LEVEL = {"kind": "level", "levels": [{"en": "none"}, {"en": "some", "finding": {"en": "There is some"}}, {"en": "all"}]}
OPTIONS = {
    "a": {"en": "apples", "score": 0, "finding": {"en": "Apples grow there"}},
    "b": {"en": "bread", "score": 100},
}
SINGLE = {"kind": "single", "options": OPTIONS}
TEXT = {"kind": "text"}
DAY = {"kind": "date", "range": [date(2000, 1, 1), date(2030, 12, 31)], "scale": [[0, 100], [1000, 0]]}


def asked(keys: Plain) -> AnyQuestion:
    case = tiny({"p": {"d": 50}})
    case.questionnaire["questions"] = {"q": {"dimension": "d", "text": {"en": "x"}, **keys}}
    return Questionnaire.model_validate(case.questionnaire).questions["q"]


def test_a_level_lies_between_the_first_and_the_last() -> None:
    question = asked(LEVEL)
    assert kind_of(question).limits(question) == (0, 2)


@pytest.mark.parametrize(("cell", "read"), [(True, "true"), (False, "false"), (3, "3"), ("True", "True")])
def test_a_cell_that_fits_no_kind_is_the_text_a_file_would_hold(cell: object, read: str) -> None:
    question = asked(TEXT)
    assert kind_of(question).cell(question, cell) == read


@pytest.mark.parametrize(
    ("keys", "value", "said"),
    [
        (SINGLE, "a", "Apples grow there"),
        (SINGLE, "b", None),
        (LEVEL, 1, "There is some"),
        (LEVEL, 2, "all"),
    ],
)
def test_a_finding_is_the_one_of_the_answer(keys: Plain, value: int | str, said: str | None) -> None:
    question = asked(keys)
    assert kind_of(question).finding(question, value, "en") == said


@pytest.mark.parametrize(("operand", "said"), [("a", "apples"), ("c", "c")])
def test_what_a_condition_compares_with_is_said_by_its_words(operand: str, said: str) -> None:
    question = asked(SINGLE)
    assert kind_of(question).operand(question, operand, "en") == said


def test_a_cell_that_is_no_day_is_refused_with_what_to_type() -> None:
    found = read_filled(asked(DAY), "soon")
    assert isinstance(found, Misfit)
    assert (found.why["en"].startswith("“soon”"), found.advice["en"]) == (
        True,
        "Type year, month and day, such as 2024-05-31.",
    )
