"""What answers earn, what would earn more, and which answers stand for all others: worked out by hand."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Here
from nqpf_assess.kinds.scale import reached, reason_of, scale_of
from nqpf_assess.model.condition import Comparison
from tests.support.asked import ALONE, DAY, LEVEL, NUMBER, OPTIONS, SINGLE, TEXT, TICKS, asked, fact, ticks
from tests.support.oracle import Plain

EARNING = {
    "kind": "level",
    "levels": [{"en": "a"}, {"en": "b", "score": 20}, {"en": "c", "score": 10}, {"en": "d", "score": 60}],
}
LONER = {"kind": "multi", "options": {"a": {"en": "a", "score": 10}, "n": {"en": "n", "score": 30, "exclusive": True}}}
FULL_OF = {"kind": "multi", "options": {id: {"en": id, "score": 60} for id in "ab"}}


def here_of(question: Any, year: int | None = 2024) -> Here:
    scales = kind_of(question).scales(question)
    return Here(scales.usual if scales else None, year)


def goal(question: Any, value: Any, *, target: float = 100, points: int = 5) -> object:
    """The answer that some points would need."""
    kind, here = kind_of(question), here_of(question)
    earned = kind.score(question, value, here)
    assert earned is not None
    return kind.goal(question, value, here, score=earned, target=target, points=Decimal(points))


@pytest.mark.parametrize(
    ("keys", "value", "earned", "steps", "span"),
    [
        (LEVEL, 1, 50, [0, 50, 100], (0, 100)),
        (EARNING, 2, 10, [0, 20, 10, 60], (0, 60)),
        (SINGLE, "b", 100, [0, 100], (0, 100)),
        (TICKS, {"c"}, 20, [20, 100], (0, 100)),
        (TICKS, {"b", "c"}, 100, [100], (0, 100)),
        (TICKS, {"a"}, 0, [100, 20], (0, 100)),
        (TICKS, {"a", "c"}, 20, [100], (0, 100)),
        (TICKS | {"options": TICKS["options"] | ALONE}, {"none"}, 0, [0, 100, 20], (0, 100)),
        (LONER, {"n"}, 30, [10], (0, 30)),
        (LONER, {"a"}, 10, [], (0, 30)),
        (FULL_OF, {"a"}, 60, [100], (0, 100)),
        (NUMBER, Decimal(10), 20, [0, 100], (0, 100)),
        (DAY, date(2024, 12, 21), 99, [100, 0], (0, 100)),
        (TEXT, "words", None, [], (0, 0)),
    ],
)
def test_what_an_answer_earns_and_what_one_step_more_would(
    keys: Plain, value: Any, earned: float | None, steps: Sequence[float], span: tuple[float, float]
) -> None:
    """Ticks together earn 100 at most; one that stands alone gives way to what is ticked in its place."""
    question = asked(keys)
    kind, here, value = kind_of(question), here_of(question), frozenset(value) if isinstance(value, set) else value
    assert kind.score(question, value, here) == earned
    assert list(kind.steps(question, value, here)) == steps
    assert kind.reach(question, here) == span


def test_a_day_has_no_score_without_a_year() -> None:
    question = asked(DAY)
    here = here_of(question, None)
    assert kind_of(question).score(question, date(2024, 12, 21), here) is None
    assert kind_of(question).goal(question, date(2024, 1, 1), here, score=0, target=100, points=Decimal(5)) is None


@pytest.mark.parametrize(
    ("keys", "value", "target", "points", "found"),
    [
        (LEVEL, 0, 100, 5, 1),
        (LEVEL, 0, 100, 50, 1),
        (LEVEL, 0, 100, 51, 2),
        (LEVEL, 1, 50, 5, None),
        (LEVEL, 2, 100, 5, None),
        (EARNING, 0, 100, 30, 3),
        (EARNING, 1, 100, 1, 3),
        (EARNING, 0, 100, 70, 1),
        (EARNING, 2, 100, 70, 3),
        (EARNING, 3, 100, 5, None),
        (TICKS, set(), 100, 5, {"c"}),
        (TICKS, set(), 100, 50, {"c"}),
        (TICKS, {"a", "c"}, 100, 5, {"a", "b", "c"}),
        (TICKS, {"c"}, 20, 5, None),
        (TICKS, {"b"}, 100, 5, None),
        (LONER, {"n"}, 100, 5, None),
        (TICKS | {"options": TICKS["options"] | ALONE}, {"none"}, 100, 5, {"c"}),
        (TEXT, "words", 100, 5, None),
    ],
)
def test_the_answer_that_some_points_would_need(
    keys: Plain, value: Any, target: float, points: int, found: Any
) -> None:
    """The least level that earns so much, else the next; the tick that adds least. None: nothing earns more."""
    question = asked(keys)
    value, found = (frozenset(one) if isinstance(one, set) else one for one in (value, found))
    score = kind_of(question).score(question, value, here_of(question)) or 0
    made = kind_of(question).goal(
        question, value, here_of(question), score=score, target=target, points=Decimal(points)
    )
    assert made == found


RISING, FALLING, VALLEY = [[0, 0], [50, 100]], [[0, 100], [50, 0]], [[0, 100], [20, 0], [50, 100]]
PEAK, LATE, BEYOND = [[0, 0], [25, 80], [50, 40]], [[0, 0], [10, 0], [20, 100]], [[0, 0], [100, 100]]


@pytest.mark.parametrize(
    ("scale", "decimals", "now", "target", "points", "found"),
    [
        (RISING, None, "10.0", 100, 5, "12.5"),
        (RISING, 0, "10.0", 100, 5, "13"),
        (RISING, 2, "10", 100, 5, "12.50"),
        (RISING, None, "10", 100, 5, "13"),
        (RISING, None, "10", 22, 5, "11"),
        (RISING, None, "0.3000000000000000000004", 100, 5, "2.8000000000000000000004"),
        (RISING, None, "10", 20, 5, None),
        (RISING, None, "50", 100, 5, None),
        (FALLING, 0, "40", 100, 5, "37"),
        (FALLING, 1, "40", 100, 5, "37.5"),
        (VALLEY, 0, "20", 100, 10, "18"),
        (VALLEY, 0, "19", 100, 10, "17"),
        (VALLEY, 0, "21", 100, 10, "24"),
        (PEAK, 0, "10", 100, 90, "25"),
        (PEAK, 0, "40", 100, 50, "25"),
        (PEAK, 0, "25", 100, 5, None),
        (LATE, 0, "5", 100, 10, "11"),
        (BEYOND, 0, "45", 100, 20, "50"),
        (BEYOND, 0, "50", 100, 20, None),
    ],
)
def test_the_figure_that_some_points_would_need(
    scale: list[list[int]], decimals: int | None, now: str, target: float, points: int, found: str | None
) -> None:
    """The nearest in the direction that raises the score, away from now by its decimals, inside the range."""
    question = asked(NUMBER | {"scale": scale} | ({} if decimals is None else {"decimals": decimals}))
    made = goal(question, Decimal(now), target=target, points=points)
    assert made == (None if found is None else Decimal(found))
    if found is not None:
        assert str(made) == found


@pytest.mark.parametrize(
    ("now", "points", "found"),
    [
        (date(2022, 4, 5), 1, date(2022, 4, 16)),  # 1001 days before the end of 2024: 0 points; 1 needs 990 days
        (date(2024, 12, 21), 5, date(2024, 12, 31)),  # 99 points; 100 is all there is
        (date(2024, 12, 31), 5, None),
    ],
)
def test_the_day_that_some_points_would_need(now: date, points: int, found: date | None) -> None:
    assert goal(asked(DAY), now, points=points) == found


def test_a_day_lies_inside_what_is_possible() -> None:
    question = asked(DAY | {"range": [date(2020, 1, 1), date(2024, 6, 1)]})
    assert goal(question, date(2024, 5, 1), points=50) == date(2024, 6, 1)


@pytest.mark.parametrize(
    ("keys", "value", "named"),
    [
        (LEVEL, 1, {"level": 1, "last": 2}),
        (SINGLE, "b", {}),
        (TICKS, frozenset("bc"), {"sum": (100.0, 20.0)}),
        (NUMBER, Decimal(10), {"x": 10, "x0": 0, "y0": 0, "x1": 50, "y1": 100}),
        (NUMBER, Decimal(50), {"x": 50}),
        (NUMBER, Decimal(0), {"x": 0}),
        (DAY, date(2024, 12, 21), {"x": 10, "x0": 0, "y0": 100, "x1": 1000, "y1": 0, "days": 10, "year": 2024}),
        (DAY, date(2025, 1, 10), {"x": 0, "days": -10, "year": 2024}),
    ],
)
def test_a_score_is_explained_by_the_figures_that_make_it(keys: Plain, value: Any, named: Plain) -> None:
    question = asked(keys)
    words, values = kind_of(question).reason(question, value, here_of(question))
    assert values == named
    shown = words["en"].format(score="S", **values)
    assert "S" in shown
    assert not {"{", "}"} & set(shown)


@pytest.mark.parametrize(
    ("x", "left"), [(0.5, (0, 0, 10, 30)), (10, (10, 30, 20, 40)), (15, (10, 30, 20, 40)), (20, None), (0, None)]
)
def test_the_stretch_of_a_scale_is_the_one_that_the_figure_lies_on(x: float, left: tuple[int, ...] | None) -> None:
    points = tuple((Decimal(a), Decimal(b)) for a, b in ((0, 0), (10, 30), (20, 40)))
    _, values = reason_of(scale_of(points), x)
    named = tuple(values[key] for key in ("x0", "y0", "x1", "y1")) if "x0" in values else None
    assert named == left


@pytest.mark.parametrize(
    ("low", "high", "span"), [(0, 20, (0, 80)), (2, 20, (16, 80)), (0, 5, (0, 40)), (12, 30, (40, 72)), (5, 5, (0, 80))]
)
def test_what_a_scale_reaches_is_what_possible_figures_score(low: int, high: int, span: tuple[int, int]) -> None:
    """Rising to 80 at 10, falling to 40 at 20 and flat from there; of a range without room the points count."""
    points = tuple((Decimal(a), Decimal(b)) for a, b in ((0, 0), (10, 80), (20, 40)))
    assert reached(points, Decimal(low), Decimal(high)) == span


def compared(**rows: Any) -> list[Comparison]:
    return [
        Comparison.model_validate({"question": "q", operator: operand})
        for operator, operands in rows.items()
        for operand in operands
    ]


@pytest.mark.parametrize(
    ("question", "conditions", "values"),
    [
        (asked(NUMBER), compared(at_least=[10]), [0, 5, 10, 30, 50]),
        (asked(NUMBER), compared(at_most=[0, 60]), [0, 25, 50]),
        (asked(NUMBER), compared(answered=[True]), [0, 25, 50]),
        (asked(LEVEL), compared(at_least=[1]), [0, 1, 2]),
        (asked(SINGLE), compared(**{"is": ["a"]}), ["a", "b"]),
        (fact({"kind": "single", "options": {"a": {"en": "a"}, "u": {"en": "u", "unknown": True}}}), [], ["a"]),
        (asked(TEXT), [], ["words"]),
        (ticks(), compared(has=["a"]), [{"a"}, {"b"}]),
        (ticks(), compared(has=["a", "b"]), [{"a", "b"}, {"a"}, {"b"}, {"c"}]),
        (ticks(), compared(has=["a", "z"]), [{"a"}, {"b"}]),
        (asked(FULL_OF), compared(has=["a", "b"]), [{"a", "b"}, {"a"}, {"b"}, set()]),
        (asked(LONER), compared(has=["a"]), [{"n"}, {"a"}]),
        (ticks(ALONE), compared(has=["none", "b"]), [{"none"}, {"b"}, {"a"}]),
        (
            asked(DAY | {"range": [date(2024, 1, 1), date(2024, 1, 31)]}),
            compared(at_least=[date(2024, 1, 11), date(2025, 1, 1)]),
            [date(2024, 1, day) for day in (1, 6, 11, 21, 31)],
        ),
    ],
)
def test_some_answers_stand_for_all_that_conditions_can_tell_apart(
    question: Any, conditions: list[Comparison], values: list[Any]
) -> None:
    """The lines and ends, and one between each two; an option is ticked that is compared with, and one that is not."""
    found = list(kind_of(question).stand_ins(question, conditions))
    assert found == [frozenset(value) if isinstance(value, set) else value for value in values]


@pytest.mark.parametrize(
    ("keys", "values"),
    [
        (LEVEL, [0, 1, 2]),
        ({"kind": "single", "options": dict.fromkeys(("y", "b", "x"), OPTIONS["a"])}, ["y", "b", "x"]),
        (TICKS, [frozenset(), frozenset("a"), frozenset("ac"), frozenset("b"), frozenset("bc"), frozenset("c")]),
        (NUMBER, [Decimal(2), Decimal(10)]),
    ],
)
def test_what_scores_alike_is_sorted_as_the_file_has_it(keys: Plain, values: list[Any]) -> None:
    question = asked(keys)
    orders = [kind_of(question).order(question, value) for value in values]
    assert orders == sorted(set(orders))
