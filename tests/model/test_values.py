"""What a single key of a file may hold: exact numbers, ids, conditions of known shape, values that never change."""

import pickle
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from nqpf_assess.model.answers import Answer
from nqpf_assess.model.base import Id, Number, Score, Weight, canonical, plain_number
from nqpf_assess.model.condition import Comparison, Condition, leaves, subjects
from nqpf_assess.model.questionnaire import Dimension, Level, Pillar

NUMBER, SCORE, WEIGHT, ID, CONDITION = map(TypeAdapter, (Number, Score, Weight, Id, Condition))


@pytest.mark.parametrize("value", [True, "1", 1.5, Decimal("nan"), Decimal("inf"), None, [1], Decimal("1e40")])
def test_what_is_no_number_is_refused(value: Any) -> None:
    """Booleans, texts, nan, inf, binary floats and sizes beyond all use are no numbers."""
    with pytest.raises(ValidationError):
        NUMBER.validate_python(value)


@pytest.mark.parametrize("written", ["0.1", "2.690", "-3", "100", "1e3", "0.30000000000000000000001"])
def test_numbers_keep_every_digit(written: str) -> None:
    """What was written is what is kept."""
    assert NUMBER.validate_python(Decimal(written)) == Decimal(written)


@pytest.mark.parametrize(("adapter", "value"), [(SCORE, -1), (SCORE, Decimal("100.1")), (WEIGHT, -1)])
def test_scores_and_weights_keep_to_their_bounds(adapter: TypeAdapter[Any], value: Any) -> None:
    """Scores lie from 0 to 100, weights from 0 upwards."""
    with pytest.raises(ValidationError):
        adapter.validate_python(value)


@pytest.mark.parametrize(
    ("id", "sound"),
    [("rd_input", True), ("a1", True), ("a" * 40, True), ("a" * 41, False)]
    + [(bad, False) for bad in ("", "1a", "A", "rd-input", "a__b", "_a", "a_", "é", "a b", "a\n")],
)
def test_ids_follow_one_grammar(id: str, sound: bool) -> None:
    """Small letters, digits, single underscores inside, 40 characters at most."""
    if sound:
        assert ID.validate_python(id) == id
    else:
        with pytest.raises(ValidationError):
            ID.validate_python(id)


@pytest.mark.parametrize(
    ("number", "written"),
    [("1.50", "1.5"), ("100", "100"), ("1E+3", "1000"), ("1e-7", "0.0000001"), ("0.000", "0")],
)
def test_equal_numbers_are_written_alike(number: str, written: str) -> None:
    """No exponent, no idle zeros."""
    assert plain_number(Decimal(number)) == written


def test_a_condition_gives_its_leaves_with_their_paths() -> None:
    """In the order written; each subject once."""
    inner = [{"question": "b", "answered": True}, {"fact": "a", "na": False}]
    condition = CONDITION.validate_python({"all": [{"fact": "a", "is": "x"}, {"not": {"any": inner}}]})
    below = ("all", 1, "not", "any")
    assert [path for path, _ in leaves(condition)] == [("all", 0), (*below, 0), (*below, 1)]
    assert subjects(condition, "fact") == ("a",)
    assert subjects(condition, "question") == ("b",)
    assert subjects(None, "fact") == ()


@pytest.mark.parametrize(
    ("leaf", "operator", "operand"),
    [
        ({"fact": "a", "answered": False}, "answered", False),
        ({"fact": "a", "na": False}, "na", False),
        ({"fact": "a", "at_least": 0}, "at_least", 0),
        ({"dimension": "a", "score_at_least": 0}, "score_at_least", 0),
    ],
)
def test_false_and_zero_are_operands_too(leaf: dict[str, Any], operator: str, operand: Any) -> None:
    """An operator is stated where its key stands, whatever its value."""
    found = Comparison.model_validate(leaf)
    assert (found.operator, found.operand) == (operator, operand)


def test_values_are_equal_by_what_they_state() -> None:
    """What was worked out of one of them makes no difference; words of a labelled table do, and a class does."""
    leaf, same = (Comparison.model_validate({"fact": "a", "is": "x"}) for _ in range(2))
    assert leaf.operator == "is"
    assert (leaf, hash(leaf)) == (same, hash(same))
    assert leaf != same.model_copy(update={"is_": "y"})
    assert leaf.model_copy(update={"is_": None, "at_least": 3}).operator == "at_least"
    level = Level.model_validate({"score": 5, "en": "some", "zh": "有"})
    other = level.model_copy(update={"en": "none"})
    assert (level.words["en"], other.words, other.score) == ("some", {"en": "none", "zh": "有"}, 5)
    assert level != other
    assert Dimension.model_construct(title={}, pillar="p") != Pillar.model_construct(title={})


def test_what_is_left_out_is_not_stated() -> None:
    """It counts as its default, and is written nowhere: read, or made of parts."""
    for answer in (Answer.model_validate({"value": "x"}), Answer.model_construct(value="x")):
        assert (answer.evidence, canonical(answer)) == ((), {"value": "x"})
    level = Level.model_construct(score=5, en="some")
    assert (canonical(level), repr(level)) == ({"score": 5, "en": "some"}, "Level(score=5, en='some')")


def test_values_pass_to_other_processes() -> None:
    """With the same keys stated; what was worked out of them stays behind."""
    leaf = Comparison.model_validate({"fact": "a", "is": "x"})
    level = Level.model_validate({"score": 5, "en": "some"})
    assert leaf.operator == "is"
    for value in (leaf, level):
        there = pickle.loads(pickle.dumps(value))
        assert (there, canonical(there)) == (value, canonical(value))
        assert vars(there).keys() == type(value).model_fields.keys()


def test_values_never_change() -> None:
    """A value of the field is frozen, its tables too."""
    answer = Answer.model_validate({"value": "x", "evidence": ["p. 4"]})
    with pytest.raises(AttributeError):
        answer.value = "y"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del answer.value
    assert canonical(answer) == {"value": "x", "evidence": ["p. 4"]}
    assert answer.evidence == ("p. 4",)
