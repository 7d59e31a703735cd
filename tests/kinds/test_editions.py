"""What becomes of an answer when its question changes, and what a person is told of the change, kind by kind."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.editions import Carried, likeness, limits_changed, moved_option, wording_change
from tests.support.asked import ALONE, DAY, LEVEL, NUMBER, SINGLE, TEXT, TICKS, asked, fact
from tests.support.oracle import Plain

Told = tuple[str, str]


def levels(words: str, *, scores: Mapping[int, int] | None = None) -> Any:
    """A question whose levels have these words."""
    rows = [
        {"en": word} | ({"score": scores[at]} if scores and at in scores else {})
        for at, word in enumerate(words.split())
    ]
    return asked({"kind": "level", "levels": rows})


def options(kind: str = "single", /, **words: str) -> Any:
    """A question whose options have these words."""
    return asked({"kind": kind, "options": {id: {"en": said, "score": 0} for id, said in words.items()}})


def carried(before: Any, after: Any, raw: Any) -> tuple[Any, str, list[str]]:
    """What an answer becomes, what is to be done about it, and why."""
    found = kind_of(after).carry(before, after, Carried(raw))
    state = "lost" if found.lost else "confirm" if found.confirm else "rewritten" if found.rewritten else "kept"
    return found.raw, state, [why["en"] for why in found.why]


def changes(key: str, before: Any, after: Any, *, scored: bool = True) -> list[tuple[str, str, str]]:
    """The grade of each difference, what it is, and whether it moves scores."""
    found = kind_of(after).changes(key, before, after, scored=scored)
    assert found is not None
    return [(change.grade, change.what["en"], change.moves) for change in found]


# ---- levels


@pytest.mark.parametrize(
    ("old", "new", "raw", "became", "state", "why"),
    [
        ("none some all", "none some all", 1, 1, "kept", []),
        ("none some all", "void none some all", 1, 2, "rewritten", ["found again by its words: 1 is 2 now"]),
        ("none some all", "none some", 2, 2, "lost", ["level 2 is gone"]),
        ("none some all", "some all none", 0, 2, "rewritten", ["found again by its words: 0 is 2 now"]),
        ("aaaa bbbb cccc", "bbbb dddd eeee", 0, 0, "lost", ["level 0 is gone"]),
        ("aaaa bbbb cccc", "aaaa dddd cccc", 1, 1, "confirm", ["level 1 reads otherwise now: “bbbb” became “dddd”"]),
        ("planned built", "plannee built", 0, 0, "kept", []),
        ("planned built", "void plannee", 0, 1, "confirm", ["found again by its words: 0 is 1 now"]),
        ("none some", "some none", 7, 7, "kept", []),
        ("none some", "some none", -1, -1, "kept", []),
        ("none some", "some none", "1", "1", "kept", []),
    ],
)
def test_a_level_is_found_again_by_its_words(
    old: str, new: str, raw: Any, became: Any, state: str, why: list[str]
) -> None:
    """What reads nearly alike elsewhere is to be confirmed; a place that another level took is lost."""
    assert carried(levels(old), levels(new), raw) == (became, state, why)
    assert carried(None, levels(new), raw) == (raw, "kept", [])


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("none some", "none some", []),
        (
            "none some",
            "void none some",
            [
                ("convert", "levels have other numbers now, by their words", "scores"),
                ("confirm", "level 0 is new", "scores"),
            ],
        ),
        ("none some all", "none some", [("loss", "level 2 is gone", "scores")]),
        ("none some", "none some all", [("confirm", "level 2 is new", "scores")]),
        ("aaaa bbbb", "aaaa cccc", [("confirm", "level 1 reads otherwise", "")]),
        ("planned built", "plannee built", [("safe", "level 0: worded otherwise", "")]),
        (
            "planned built",
            "void plannee",
            [
                ("convert", "levels have other numbers now, by their words", "scores"),
                ("confirm", "level 0: worded otherwise", ""),
                ("loss", "level 1 is gone", "scores"),
                ("confirm", "level 0 is new", "scores"),
            ],
        ),
    ],
)
def test_every_level_that_differs_is_named_with_what_it_asks_of_answers(
    old: str, new: str, found: list[tuple[str, str, str]]
) -> None:
    assert changes("levels", levels(old), levels(new)) == found


def test_what_a_report_says_of_a_level_is_named_where_it_changed() -> None:
    """It may be the opposite, which is not the same in another form."""
    before, after = (
        asked(LEVEL | {"levels": [{"en": "a"}, {"en": "b", "finding": {"en": f}}]}) for f in ("it has", "no")
    )
    assert changes("levels", before, after) == [("safe", "level 1: what a report says of it changed", "")]


def test_a_level_that_earns_otherwise_is_named_where_it_is_scored() -> None:
    before, after = levels("none some all", scores={1: 30}), levels("none some all", scores={1: 40})
    assert changes("levels", before, after) == [("confirm", "level 1 earns another score", "scores")]
    assert changes("levels", before, after, scored=False) == []
    found = kind_of(after).changes("levels", before, after, scored=True)
    assert found is not None
    assert [change.values for change in found] == [(30, 40)]


@pytest.mark.parametrize("keys", [LEVEL, SINGLE, TICKS, NUMBER, DAY, TEXT])
def test_a_kind_says_nothing_of_keys_that_are_not_its_own(keys: Plain) -> None:
    question = asked(keys)
    assert kind_of(question).changes("help", question, question, scored=True) is None


def test_words_are_held_against_each_other_once_for_all_files_of_an_edition() -> None:
    """Each file of an earlier edition is asked what its answers become: the words are the same each time."""
    before, after = levels("surveyed approved financed"), levels("examined agreed funded")
    assert carried(before, after, 1)[1] == "confirm"
    compared = likeness.cache_info().misses
    assert (carried(before, after, 1)[1], likeness.cache_info().misses) == ("confirm", compared)


# ---- options


@pytest.mark.parametrize(
    ("kind", "old", "new", "raw", "became", "state", "why"),
    [
        ("single", {"a": "xxxx"}, {"a": "xxxx"}, "a", "a", "kept", []),
        ("single", {"a": "xxxx"}, {"b": "xxxx"}, " a ", "b", "rewritten", ["found again by its words: a is b now"]),
        ("single", {"a": "xxxx"}, {"b": "yyyy"}, "a", "a", "kept", []),
        ("single", {"a": "xxxx", "b": "xxxx"}, {"c": "xxxx"}, "a", "a", "kept", []),
        ("single", {"a": "xxxx"}, {"b": "xxxx", "c": "xxxx"}, "a", "a", "kept", []),
        (
            "single",
            {"a": "xxxx"},
            {"a": "yyyy"},
            "a",
            "a",
            "confirm",
            ["option “a” reads otherwise now: “xxxx” became “yyyy”"],
        ),
        ("single", {"a": "planned"}, {"a": "plannee"}, "a", "a", "kept", []),
        (
            "multi",
            {"a": "xxxx", "b": "yyyy"},
            {"c": "xxxx", "b": "yyyy"},
            ("a", "b"),
            ("c", "b"),
            "rewritten",
            ["found again by its words: a is c now"],
        ),
        (
            "multi",
            {"a": "xxxx", "b": "yyyy"},
            {"c": "yyyy", "d": "xxxx"},
            ("a", "b"),
            ("d", "c"),
            "rewritten",
            ["found again by its words: a, b is d, c now"],
        ),
        (
            "multi",
            {"a": "xxxx", "b": "yyyy", "z": "zzzz"},
            {"b": "yyyy"},
            ("a", "b", "z"),
            ("b",),
            "confirm",
            ["no longer offered: a, z; the other options stay ticked"],
        ),
        ("multi", {"a": "xxxx", "b": "yyyy"}, {"b": "yyyy"}, ("a",), ("a",), "kept", []),
        (
            "single",
            {"a": "up to 5", "b": "up to 15"},
            {"a": "up to 15"},
            "a",
            "a",
            "lost",
            ["option “a” has the words of another one now: an id is never reused"],
        ),
        (
            "multi",
            {"a": "up to 5", "b": "up to 15"},
            {"a": "up to 15"},
            ("a", "b"),
            ("a",),
            "confirm",
            ["no longer offered: a; the other options stay ticked", "found again by its words: b is a now"],
        ),
        ("multi", {"a": "xxxx"}, {"a": "xxxx"}, 3, 3, "kept", []),
    ],
)
def test_options_are_found_again_by_their_words(
    kind: str, old: Mapping[str, str], new: Mapping[str, str], raw: Any, became: Any, state: str, why: list[str]
) -> None:
    """Ticks whose option is gone go, where others stay; where none would stay the answer is left as it was."""
    assert carried(options(kind, **old), options(kind, **new), raw) == (became, state, why)


def test_ticks_are_taken_away_even_where_the_former_question_is_not_at_hand() -> None:
    assert carried(None, options("multi", b="y"), ("a", "b")) == (
        ("b",),
        "confirm",
        ["no longer offered: a; the other options stay ticked"],
    )


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"a": "xxxx"}, {"a": "xxxx", "b": "yyyy"}, [("safe", "option “b” is new")]),
        ({"a": "xxxx", "b": "yyyy"}, {"a": "xxxx"}, [("loss", "option “b” is gone")]),
        (
            {"a": "xxxx"},
            {"b": "xxxx"},
            [("convert", "option “a” is “b” now, by its words"), ("safe", "option “b” is new")],
        ),
        ({"a": "xxxx"}, {"a": "yyyy"}, [("confirm", "option “a” reads otherwise")]),
        ({"a": "planned"}, {"a": "plannee"}, [("safe", "option “a”: worded otherwise")]),
        (
            {"a": "xxxx", "b": "yyyy", "c": "yyyy"},
            {"a": "yyyy"},
            [
                ("confirm", "option “a” reads otherwise"),
                ("loss", "option “b” is gone"),
                ("loss", "option “c” is gone"),
            ],
        ),
        ({"a": "xxxx", "b": "yyyy"}, {"b": "yyyy", "a": "xxxx"}, [("safe", "options stand in another order")]),
        ({"a": "xxxx", "b": "yyyy"}, {"c": "zz", "a": "xxxx", "b": "yyyy"}, [("safe", "option “c” is new")]),
    ],
)
def test_every_option_that_differs_is_named_with_what_it_asks_of_answers(
    old: Mapping[str, str], new: Mapping[str, str], found: list[Told]
) -> None:
    assert [told[:2] for told in changes("options", options(**old), options(**new))] == found


def test_an_id_that_another_option_takes_over_loses_answers() -> None:
    """The words of the old `a` stand under `b`, so `a` is told as moved; `b` has the words of one that was there."""
    before, after = options(a="xxxx", b="yyyy"), options(a="zzzz", b="xxxx")
    assert [told[:2] for told in changes("options", before, after)] == [
        ("convert", "option “a” is “b” now, by its words"),
        ("loss", "option “b” has the words of another one now: an id is never reused"),
    ]


def test_an_option_found_again_by_its_words_is_held_against_what_it_is_now() -> None:
    """Under another id it can earn another score; where two change places, conditions speak of the other one."""
    before, after = options(a="xxxx"), options(b="xxxx")
    after = after.model_copy(update={"options": {"b": after.options["b"].model_copy(update={"score": Decimal(9)})}})
    assert ("confirm", "option “a”: score changed", "scores") in changes("options", before, after)
    swapped = changes("options", options(a="xxxx", b="yyyy"), options(a="yyyy", b="xxxx"))
    assert ("convert", "option “a” is “b” now, by its words", "scores") in swapped


def test_only_a_new_option_is_a_step_of_its_own() -> None:
    """An edition with nothing but a further option is a minor one."""
    before, after = options(a="xxxx"), options(a="xxxx", b="yyyy")
    found = kind_of(after).changes("options", before, after, scored=True)
    assert found is not None
    assert [(change.step, change.values) for change in found] == [("minor", (None, {"en": "yyyy"}))]


def keyed(**keys: Any) -> Any:
    return asked({"kind": "multi", "options": {"a": {"en": "x", "score": 0} | keys, "b": {"en": "y", "score": 5}}})


@pytest.mark.parametrize(
    ("before", "after", "scored", "found"),
    [
        ({}, {"score": 7}, True, [("confirm", "option “a”: score changed", "scores")]),
        ({}, {"score": 7}, False, [("safe", "option “a”: score changed", "")]),
        ({"exclusive": True}, {}, True, [("confirm", "option “a”: exclusive changed", "scores")]),
        ({"exclusive": True}, {}, False, [("safe", "option “a”: exclusive changed", "")]),
        ({}, {"finding": {"en": "z"}}, True, [("safe", "option “a”: finding changed", "")]),
        (
            {},
            {"exclusive": True},
            True,
            [
                ("loss", "option “a” stands alone now", ""),
                ("loss", "an option stands alone now, so “nothing ticked” is no answer any more", ""),
            ],
        ),
    ],
)
def test_what_differs_in_the_keys_of_an_option_is_graded_by_what_it_does(
    before: Plain, after: Plain, scored: bool, found: list[tuple[str, str, str]]
) -> None:
    assert changes("options", keyed(**before), keyed(**after), scored=scored) == found


def test_a_fact_that_comes_to_mean_not_known_moves_scores() -> None:
    """Rubrics suggest and adjust by facts, so it is confirmed even though no fact is scored."""
    before, after = (
        fact({"kind": "single", "options": {"a": {"en": "x", "unknown": unknown}, "b": {"en": "y"}}})
        for unknown in (False, True)
    )
    assert changes("options", before, after, scored=False) == [("confirm", "option “a”: unknown changed", "scores")]


def test_nothing_ticked_stays_an_answer_from_one_kind_to_another() -> None:
    """A question of ticks that becomes one of a choice is told by its kind, not once more by its options."""
    before = asked({"kind": "multi", "options": {"a": {"en": "x", "score": 0}}})
    after = asked({"kind": "single", "options": {"a": {"en": "x", "score": 0}}})
    assert "loss" not in [grade for grade, _, _ in changes("options", before, after)]


@pytest.mark.parametrize(
    ("option", "olds", "news", "found"),
    [
        ("a", {"a": "x"}, {"b": "x"}, "b"),
        ("a", {"a": "x"}, {"a": "x", "b": "x"}, None),
        ("a", {"a": "x", "b": "x"}, {"c": "x"}, None),
        ("a", {"a": "x"}, {"b": "x", "c": "x"}, None),
        ("a", {"a": "x", "b": "y", "c": "y"}, {"d": "x"}, "d"),
        ("z", {"a": "x"}, {"z": "x"}, None),
        ("a", {"a": "x"}, {"a": "y"}, None),
    ],
)
def test_words_tell_an_option_only_where_they_are_its_alone(
    option: str, olds: Mapping[str, str], news: Mapping[str, str], found: str | None
) -> None:
    assert moved_option(option, *({id: {"en": w} for id, w in side.items()} for side in (olds, news))) == found


# ---- figures and days


def number(unit: Any = None, **keys: Any) -> Any:
    return asked(NUMBER | {"unit": unit} | keys if unit else {k: v for k, v in NUMBER.items() if k != "unit"} | keys)


@pytest.mark.parametrize(
    ("old", "new", "raw", "became", "state", "why"),
    [
        ("万元", "元", "8.6", "86000", "rewritten", "converted from 万元 to 元: 8.6 became 86000"),
        ("元", "万元", "86000", "8.6", "rewritten", "converted from 元 to 万元: 86000 became 8.6"),
        ("%", "%", "8.6", "8.6", "kept", None),
        ("Yuan", "yuan", "8.6", "8.6", "kept", None),
        (None, "yuan", "8.6", "8.6", "confirm", "the unit is stated on one side only"),
        ("yuan", "t", "8.6", "8.6", "lost", "the unit is another one: yuan became t"),
        ("万元", "元", "many", "many", "kept", None),
        ("万元", "元", None, None, "kept", None),
    ],
)
def test_a_figure_is_converted_where_its_unit_is_a_power_of_ten_away(
    old: Any, new: Any, raw: Any, became: Any, state: str, why: str | None
) -> None:
    assert carried(number(old), number(new), raw) == (became, state, [] if why is None else [why])
    assert carried(None, number(new), raw) == (raw, "kept", [])


@pytest.mark.parametrize(
    ("old", "new", "grade", "what", "moves"),
    [
        ("yuan", "t", "loss", "another unit that cannot be converted", ""),
        (None, "t", "confirm", "the unit is stated on one side only", ""),
        ("万元", "元", "convert", "another unit, converted by × 10000", "scores"),
        ("元", "万元", "convert", "another unit, converted by × 0.0001", "scores"),
        ("Yuan", "yuan", "safe", "worded otherwise", ""),
    ],
)
def test_another_unit_is_graded_by_whether_figures_can_be_converted(
    old: Any, new: Any, grade: str, what: str, moves: str
) -> None:
    """What is converted can score otherwise: scales and lines are drawn in the unit."""
    assert changes("unit", number(old), number(new))[:1] == [(grade, what, moves)]


@pytest.mark.parametrize(("old", "new", "grade"), [("%", "‰", "loss"), ("‰", "%", "safe"), ("%", "%", None)])
def test_a_range_left_as_it_was_beside_another_unit_is_narrower_or_wider(old: str, new: str, grade: str | None) -> None:
    """15% is 150‰, which 0 to 15 refuses; the key itself differs nowhere."""
    assert [change[0] for change in changes("unit", number(old), number(new))[1:]] == ([grade] if grade else [])


def test_a_unit_that_reads_alike_in_one_language_only_is_safe() -> None:
    """The figures stay what they were, however little the other language's words have in common."""
    before, after = number({"en": "yuan", "zh": "元"}), number({"en": "RMB (CNY)", "zh": "元"})
    assert changes("unit", before, after) == [
        ("safe", "reads otherwise; if its meaning changed, raise the revision", "")
    ]


@pytest.mark.parametrize(
    ("old", "new", "grade"),
    [([0, 50], [0, 50], None), ([0, 50], [0, 60], "safe"), ([0, 50], [1, 60], "loss"), ([0, 50], [0, 49], "loss")],
)
def test_what_is_possible_becomes_narrower_or_wider(old: list[int], new: list[int], grade: str | None) -> None:
    told = [(grade, {"loss": "narrower: answers outside become invalid", "safe": "wider"}[grade], "")] if grade else []
    assert changes("range", number("%", range=old), number("%", range=new)) == told
    days = [DAY | {"range": [date(2000 + year, 1, 1) for year in ends]} for ends in (old, new)]
    assert changes("range", asked(days[0]), asked(days[1])) == told


def test_what_is_possible_is_compared_in_the_new_unit_and_told_as_it_is_stated() -> None:
    before, same = number("万元", range=[0, 5]), number("元", range=[0, 50000])
    assert changes("range", before, same) == []
    found = kind_of(same).changes("range", before, number("元", range=[0, 40000]), scored=True)
    assert found is not None
    assert [(c.grade, c.values) for c in found] == [("loss", ((0, 5), (0, 40000)))]
    assert changes("usual", number("万元", usual=[1, 2]), number("元", usual=[10000, 20000])) == []
    assert changes("usual", number("万元", usual=[1, 2]), number("元", usual=[1, 2])) == [("safe", "changed", "")]
    assert changes("usual", number("元"), number("元", usual=[1, 2])) == [("safe", "changed", "")]
    assert changes("usual", number("元"), number("元")) == []


def test_ends_that_move_both_ways_are_narrower() -> None:
    assert [change.grade for change in limits_changed((0, 10), (-5, 9), (0, 0))] == ["loss"]
    assert [change.grade for change in limits_changed((0, 10), (0, 10), (1, 2))] == []


# ---- words, and from kind to kind


@pytest.mark.parametrize(
    ("old", "new", "grade", "what"),
    [
        (None, {"en": "x"}, "safe", "added"),
        ({"en": "x"}, None, "safe", "removed"),
        ({"en": "planned"}, {"en": "plannee"}, "safe", "worded otherwise"),
        ({"en": "planned"}, {"en": "xxxx"}, "loss", "reads otherwise; if its meaning changed, raise the revision"),
        ({"en": "planned", "zh": "规划"}, {"en": "planned", "zh": "建成"}, "loss", None),
        ({"en": "planned"}, {"zh": "建成"}, "safe", "worded otherwise"),
    ],
)
def test_words_that_differ_much_in_any_language_are_another_thing(
    old: Any, new: Any, grade: str, what: str | None
) -> None:
    found = wording_change(old, new, grade="loss")
    assert found.grade == grade
    assert what is None or found.what["en"] == what
    assert found.values == (old, new)


@pytest.mark.parametrize(
    ("keys", "before", "raw", "became"),
    [
        (SINGLE, "multi", ("a",), "a"),
        (SINGLE, "multi", ("a", "b"), None),
        (SINGLE, "text", "a", None),
        (TICKS, "single", " a ", ("a",)),
        (TICKS, None, "a", ("a",)),
        (TICKS, "text", "a", None),
        (TICKS, "single", ("a",), None),
        (TEXT, "level", 3, "3"),
        (TEXT, "multi", ("a", "b"), "a, b"),
        (TEXT, "single", "a", None),
        (LEVEL, "number", "3", None),
    ],
)
def test_an_answer_takes_the_form_of_the_new_kind(keys: Plain, before: Any, raw: Any, became: Any) -> None:
    """None: it has that form already, or none that would do."""
    assert kind_of(asked(keys)).reshaped(before, raw) == became


@pytest.mark.parametrize(
    ("keys", "taken", "grades"),
    [
        (LEVEL, set(), {}),
        (SINGLE, {"single", "multi"}, {}),
        (TICKS, {"single", "multi"}, {"single": "convert"}),
        (NUMBER, set(), {}),
        (DAY, set(), {}),
        (
            TEXT,
            {"level", "single", "multi", "number", "date", "text"},
            dict.fromkeys(("level", "single", "multi", "number", "date", "text"), "convert"),
        ),
    ],
)
def test_which_kinds_hand_their_answers_on(keys: Plain, taken: set[str], grades: Mapping[str, str]) -> None:
    kind, every = kind_of(asked(keys)), ("level", "single", "multi", "number", "date", "text")
    assert {name for name in every if kind.takes_over(name)} == taken
    assert {name: kind.conversion(name) for name in every} == {name: grades.get(name, "loss") for name in every}


# ---- what is wrong with the keys


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (LEVEL, []),
        (
            {"kind": "level", "levels": [{"en": "a", "score": 10}, {"en": "b", "score": 60}, {"en": "c", "score": 50}]},
            [
                ("score_unreachable", ("levels",), {"low": "10", "high": "60"}),
                ("levels_fall", ("levels", 2, "score"), {"level": 2, "score": "50"}),
            ],
        ),
        (TICKS, []),
        (
            {"kind": "multi", "options": {"a": {"en": "a", "score": Decimal("62.5")}} | ALONE},
            [("score_unreachable", ("options",), {"low": "0", "high": "62.5"})],
        ),
        (NUMBER, []),
        (NUMBER | {"range": [50, 50]}, [("range_disorder", ("range",), {"name": "range"})]),
        (NUMBER | {"usual": [20, 10]}, [("range_disorder", ("usual",), {"name": "usual"})]),
        (NUMBER | {"usual": [10, 10]}, []),
        (
            NUMBER | {"usual": [-1, Decimal("50.5")]},
            [
                ("usual_outside", ("usual", 0), {"value": "-1", "low": "0", "high": "50"}),
                ("usual_outside", ("usual", 1), {"value": "50.5", "low": "0", "high": "50"}),
            ],
        ),
        (
            NUMBER | {"benchmarks": [{"en": "x", "value": v, "year": 2024, "source": "s"} for v in (0, 50, 51)]},
            [("benchmark_outside", ("benchmarks", 2, "value"), {"value": "51", "low": "0", "high": "50"})],
        ),
        (NUMBER | {"scale": [[0, 0], [0, 100]]}, [("scale_disorder", ("scale", 1, 0), {"x": "0"})]),
        (
            NUMBER | {"scale": [[0, -1], [50, 101]]},
            [
                ("scale_score", ("scale", 0, 1), {"score": "-1"}),
                ("scale_score", ("scale", 1, 1), {"score": "101"}),
            ],
        ),
        (
            NUMBER | {"scale_when": [{"when": {"question": "q", "answered": True}, "scale": [[0, 0], [100, 100]]}]},
            [("score_unreachable", ("scale_when", 0, "scale"), {"low": "0", "high": "50"})],
        ),
        (DAY, []),
        (DAY | {"range": [date(2024, 1, 1)] * 2}, [("range_disorder", ("range",), {"name": "range"})]),
        (DAY | {"scale": [[0, 90], [9, 5]]}, [("score_unreachable", ("scale",), {"low": "5", "high": "90"})]),
    ],
)
def test_what_is_wrong_with_the_keys_of_a_question_is_found_where_it_stands(
    keys: Plain, found: list[tuple[str, tuple[str | int, ...], Plain]]
) -> None:
    question = asked(keys)
    assert [(flaw.code, flaw.path, flaw.values) for flaw in kind_of(question).flaws(question)] == found


def test_a_fact_earns_nothing_so_no_score_of_it_is_out_of_reach() -> None:
    low = {"kind": "level", "levels": [{"en": "a", "score": 50}, {"en": "b", "score": 10}]}
    for keys in (
        low,
        {"kind": "single", "options": {"a": {"en": "a", "score": 5}}},
        NUMBER | {"scale": [[0, 5], [9, 6]]},
    ):
        question = fact(keys)
        assert list(kind_of(question).flaws(question)) == []


@pytest.mark.parametrize(("value", "unusual"), [("9.9", True), ("10", False), ("20", False), ("20.1", True)])
def test_a_figure_outside_what_is_usual_is_told_with_it(value: str, unusual: bool) -> None:
    question = asked(NUMBER | {"usual": [10, 20]})
    assert kind_of(question).unusual(question, Decimal(value)) == ((10, 20) if unusual else None)
    disordered = asked(NUMBER | {"usual": [20, 10]})
    assert kind_of(disordered).unusual(disordered, Decimal(value)) is None
