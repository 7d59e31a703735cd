"""What each kind says of its answers, in one look: ends, cells, findings, what a condition compares with."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.editions import matching
from nqpf_assess.kinds.filled import Misfit, read_filled
from nqpf_assess.kinds.flaw import span_flaws
from nqpf_assess.kinds.kind import Fault, Here, Refusal, Typed
from nqpf_assess.kinds.multi import EMPTY_LIST
from nqpf_assess.kinds.units import unit_factor
from nqpf_assess.locale import tell
from nqpf_assess.model.condition import Comparison
from tests.support.asked import ALONE, DAY, LEVEL, NUMBER, SINGLE, TEXT, TICKS, asked
from tests.support.oracle import Plain


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


@pytest.mark.parametrize(
    ("more", "line", "ticked"),
    [
        ({}, "1 3", {"a", "c"}),
        ({}, "3", {"c"}),
        ({}, "0", set()),
        ({}, "4", None),
        ({}, "1 4", None),
        ({}, "some", None),
        (ALONE, "4", {"none"}),
        (ALONE, "0", None),
        (ALONE, "1 4", None),
        (ALONE, "5", None),
    ],
)
def test_ticks_are_typed_by_numbers_that_are_there(more: Plain, line: str, ticked: set[str] | None) -> None:
    """0 ticks nothing where no option says so itself; an option that stands alone is not typed beside another."""
    question = asked(TICKS | {"options": TICKS["options"] | more})
    typed = kind_of(question).typed(question, line)
    assert (typed.value if isinstance(typed, Typed) else None) == ticked
    assert isinstance(typed, Refusal) == (ticked is None)


@pytest.mark.parametrize("raw", [3, True, Decimal("2.5"), ("a",), date(2024, 5, 31)])
def test_what_is_no_text_is_no_words(raw: Any) -> None:
    question = asked(TEXT)
    assert isinstance(kind_of(question).read(question, raw), Fault)
    assert kind_of(question).read(question, "as it is ") == "as it is "


@pytest.mark.parametrize(
    ("value", "score", "target", "goal"),
    [("a", 0, 100, "c"), ("c", 20, 100, "b"), ("b", 100, 100, None), ("c", 20, 20, None), ("a", 0, 10, "c")],
)
def test_the_goal_of_a_single_question_is_the_next_better_option(
    value: str, score: float, target: float, goal: str | None
) -> None:
    """However the options are ordered; none where the target is reached or nothing is better."""
    question = asked(TICKS | {"kind": "single"})
    kind, here = kind_of(question), Here()
    assert kind.goal(question, value, here, score=score, target=target, points=Decimal(5)) == goal


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("aba", "bba", (None, 1, 2)),
        ("ab", "ba", (1, 0)),
        ("aa", "aa", (0, 1)),
        ("abc", "ab", (0, 1, None)),
    ],
)
def test_a_level_with_the_same_words_at_its_own_place_is_taken_first(
    old: str, new: str, found: tuple[int | None, ...]
) -> None:
    words = {"a": {"en": "no plan at all"}, "b": {"en": "funded and audited"}, "c": {"en": "77 towns"}}
    assert matching([words[one] for one in old], [words[one] for one in new]) == found


@pytest.mark.parametrize(("low", "high", "said"), [(0, 100, None), (10, 100, ("10", "100")), (0, 62.5, ("0", "62.5"))])
def test_scores_that_no_answer_reaches_are_named_from_and_to(
    low: float, high: float, said: tuple[str, str] | None
) -> None:
    found = [(flaw.values["low"], flaw.values["high"]) for flaw in span_flaws(("questions", "q"), low, high)]
    assert found == ([] if said is None else [said])


@pytest.mark.parametrize(
    ("keys", "named"),
    [(LEVEL, "2"), (SINGLE, "2"), (TICKS, "3"), (NUMBER, "%"), (NUMBER | {"unit": None}, ""), (DAY, "2000")],
)
def test_what_to_type_names_the_ends_of_what_can_be_typed(keys: Plain, named: str) -> None:
    question = asked({key: value for key, value in keys.items() if value is not None})
    kind = kind_of(question)
    prompt, wants = tell(kind.prompt(question), "en"), tell(kind.wants(question), "en")
    assert named in prompt + wants
    assert prompt
    assert not {"{", "X"} & set(prompt + wants)


@pytest.mark.parametrize(("count", "more"), [(11, False), (12, False), (13, True)])
def test_a_dozen_options_are_offered_and_more_are_hinted_at(count: int, more: bool) -> None:
    options = {f"o{place}": {"en": f"word {place}", "score": place} for place in range(count)}
    found = read_filled(asked({"kind": "single", "options": options}), "something else")
    assert isinstance(found, Misfit)
    assert found.advice is not None
    assert found.advice["en"].count("o") >= min(count, 12)
    assert (" …" in found.advice["en"]) == more


@pytest.mark.parametrize(("cell", "ticked"), [("a; c", ("a", "c")), ("a;;", ("a",)), (EMPTY_LIST, ())])
def test_a_cell_of_ticks_is_a_list_of_options(cell: str, ticked: tuple[str, ...]) -> None:
    question = asked(TICKS)
    assert kind_of(question).cell(question, cell) == ticked


@pytest.mark.parametrize(
    ("before", "after", "factor"),
    [
        ("100 million yuan", "yuan", 10**8),
        ("yuan", "100 million yuan", Decimal("1E-8")),
        ("10,000 yuan", "yuan", 10**4),
        ("1000 t", "t", 1000),
        ("亿元", "万元", 10**4),
        ("%", "‰", 10),
        ("persons", "yuan", None),
    ],
)
def test_what_a_unit_counts_in_is_a_power_of_ten(before: str, after: str, factor: Decimal | int | None) -> None:
    assert unit_factor(before, after) == factor


@pytest.mark.parametrize(
    ("keys", "condition", "fits"),
    [
        (NUMBER, {"at_least": 10}, True),
        (NUMBER, {"at_most": 10}, True),
        (NUMBER, {"at_least": date(2024, 5, 31)}, False),
        (NUMBER, {"at_most": date(2024, 5, 31)}, False),
        (DAY, {"at_least": date(2024, 5, 31)}, True),
        (DAY, {"at_least": 10}, False),
        (DAY, {"at_most": 10}, False),
        (TEXT, {"at_least": 10}, False),
        (TICKS, {"has": "a"}, True),
    ],
)
def test_a_line_is_of_the_kind_that_is_compared_with_it(keys: Plain, condition: Plain, fits: bool) -> None:
    assert kind_of(asked(keys)).fits(Comparison.model_validate({"question": "q"} | condition)) == fits
