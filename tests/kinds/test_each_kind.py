"""What each kind says of its answers, in one look: ends, cells, findings, what a condition compares with."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.editions import matching
from nqpf_assess.kinds.figures import read_any_figure, read_number
from nqpf_assess.kinds.filled import Misfit, read_filled
from nqpf_assess.kinds.flaw import span_flaws
from nqpf_assess.kinds.kind import Fault, Here, Refusal, Typed
from nqpf_assess.kinds.multi import EMPTY_LIST
from nqpf_assess.kinds.units import shifted, unit_factor
from nqpf_assess.locale import tell
from nqpf_assess.model.condition import Comparison
from tests.support.asked import ALONE, DAY, LEVEL, NUMBER, SINGLE, TEXT, TICKS, asked, fact
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


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, 100, None),
        (10, 100, ("10", "100")),
        (0, 62.5, ("0", "62.5")),
        (0, 99.5, ("0", "99.5")),
        (0.5, 100, ("0.5", "100")),
    ],
)
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


BENCHED = NUMBER | {"benchmarks": [{"en": "x", "value": Decimal("2.6"), "year": 2024, "source": "s"}]}
LATER = {"benchmarks": [{"en": "y", "value": 9, "year": 2025, "source": "s"}]}
YUAN = {"en": "yuan", "zh": "元"}
HELD = {
    "kind": "multi",
    "options": {
        "a": {"en": "apples", "score": 10, "finding": {"en": "an orchard"}},
        "b": {"en": "bread", "score": 10, "finding": {"en": "a bakery"}},
        "c": {"en": "cheese", "score": 10},
        "n": {"en": "nothing", "score": 0, "exclusive": True, "finding": {"en": "no food at all"}},
    },
}


@pytest.mark.parametrize(
    ("keys", "line", "value"),
    [
        (LEVEL, "0", 0),
        (LEVEL, "２", 2),
        (LEVEL, "3", None),
        (LEVEL, "1 2", None),
        (LEVEL, "some", None),
        (LEVEL, "-1", None),
        (SINGLE, "1", "a"),
        (SINGLE, "2", "b"),
        (SINGLE, "0", None),
        (SINGLE, "3", None),
        (SINGLE, "1,2", None),
        (SINGLE, "a", None),
        (TEXT, " as it is ", "as it is"),
    ],
)
def test_a_choice_is_typed_by_its_number(keys: Plain, line: str, value: Any) -> None:
    """Levels count from 0, options from 1; whatever else is typed is refused with the numbers there are."""
    question = asked(keys)
    typed = kind_of(question).typed(question, line)
    assert (typed.value if isinstance(typed, Typed) else None) == value
    if value is None:
        high, noun = (2, "level") if keys is LEVEL else (2, "number")
        assert isinstance(typed, Refusal)
        assert typed.why["en"] == (
            f"Please type a level from 0 to {high}." if noun == "level" else f"Please type one number from 1 to {high}."
        )


def test_words_are_asked_for_and_never_scored() -> None:
    question = asked(TEXT)
    kind = kind_of(question)
    assert (kind.prompt(question)["en"], kind.wants(question)["en"]) == ("Type your answer", "words")
    with pytest.raises(TypeError, match="words are not scored"):
        kind.reason(question, "as it is", Here())


def test_words_that_are_blank_are_nothing_typed() -> None:
    question = asked(TEXT)
    assert kind_of(question).typed(question, "  ") is None


@pytest.mark.parametrize(
    ("more", "line", "why"),
    [
        ({}, "4", "Please type numbers from 0 to 3."),
        ({}, "0 1", "“None of these” stands alone; type it without others."),
        (ALONE, "0", "Please type numbers from 1 to 4."),
        (ALONE, "1 4", "“none of these” stands alone; type it without others."),
    ],
)
def test_ticks_that_cannot_be_are_refused_with_what_can(more: Plain, line: str, why: str) -> None:
    question = asked(TICKS | {"options": TICKS["options"] | more})
    typed = kind_of(question).typed(question, line)
    assert isinstance(typed, Refusal)
    assert typed.why["en"] == why


@pytest.mark.parametrize(
    ("keys", "raw", "value"),
    [
        (LEVEL, 0, 0),
        (LEVEL, 2, 2),
        (LEVEL, 3, ("a whole number from 0 to 2, the level", "", None)),
        (LEVEL, -1, ("a whole number from 0 to 2, the level", "", None)),
        (LEVEL, "1", ("a whole number from 0 to 2, the level", "", "Write the number without quotation marks.")),
        (SINGLE, " a ", "a"),
        (SINGLE, "z", ("one of the options: a, b", "z", None)),
        (SINGLE, ("a",), ("one of the options: a, b", "", "Name one option, without brackets.")),
        (SINGLE, 1, ("one of the options: a, b", "", None)),
        (TICKS, ("c", "a", "c"), frozenset("ac")),
        (TICKS, (), frozenset()),
        (TICKS, "a", ("a list of options out of: a, b, c", "", 'Put it in brackets: ["a"].')),
        (TICKS, "a，b", ("a list of options out of: a, b, c", "", 'Put it in brackets: ["a", "b"].')),
        (TICKS, 1, ("a list of options out of: a, b, c", "", None)),
        (TICKS, ("a", "z"), ("a list of options out of: a, b, c", "z", None)),
        (HELD, (), None),
        (HELD, ("n",), frozenset("n")),
        (HELD, ("n", "n"), frozenset("n")),
        (HELD, ("a", "n"), ("“n” alone, since it excludes the others", "", None)),
        (NUMBER, "2.50", Decimal("2.50")),
        (NUMBER, 50, Decimal(50)),
        (NUMBER, 51, ("a number from 0 to 50", "", None)),
        (
            NUMBER,
            "2,5",
            ('a number such as 2.31 or "2.31"', "", "Write digits and a point only: no unit, no comma."),
        ),
        (NUMBER, True, ('a number such as 2.31 or "2.31"', "", None)),
        (
            DAY,
            "31.5.2024",
            ('a day such as 2024-05-31 or "2024-05-31"', "", "Write year, month and day as in 2024-05-31."),
        ),
        (DAY, 2024, ('a day such as 2024-05-31 or "2024-05-31"', "", None)),
        (DAY, "1999-12-31", ("a day from 2000-01-01 to 2030-12-31", "", None)),
        (TEXT, 3, ("a text in quotation marks", "", None)),
    ],
)
def test_what_a_file_holds_is_an_answer_or_a_fault_that_says_what_is_wanted(keys: Plain, raw: Any, value: Any) -> None:
    """What is wanted, the option that is not known, and how to write it instead."""
    question = asked(keys)
    found = kind_of(question).read(question, raw)
    if isinstance(found, Fault):
        found = (found.wants["en"], found.unknown, found.advice["en"] if found.advice else None)  # type: ignore[assignment]
    assert found == value


@pytest.mark.parametrize(
    ("keys", "value", "bare", "short", "full", "grouped"),
    [
        (LEVEL, 1, "1", "level 1", "level 1: some", "1"),
        (SINGLE, "b", "bread", "bread", "bread", "bread"),
        (TICKS, frozenset("ca"), "apples, cheese", "apples, cheese", "apples, cheese", "apples, cheese"),
        (TICKS, frozenset(), "", "nothing ticked", "nothing ticked", ""),
        (NUMBER, Decimal("1234.50"), "1234.5", "1,234.5%", "1,234.5%", "1,234.5"),
        (NUMBER | {"unit": {"en": "yuan"}}, Decimal(-3), "-3", "−3 yuan", "−3 yuan", "−3"),
        (DAY, date(2024, 5, 31), "2024-05-31", "31 May 2024", "31 May 2024", "2024-05-31"),
        (TEXT, "as it is", "as it is", "as it is", "as it is", "as it is"),
    ],
)
def test_an_answer_is_written_bare_short_in_full_and_without_its_unit(
    keys: Plain, value: Any, bare: str, short: str, full: str, grouped: str
) -> None:
    question = asked(keys)
    kind = kind_of(question)
    written = [write(question, value, "en") for write in (kind.bare, kind.short, kind.full, kind.grouped)]
    assert written == [bare, short, full, grouped]


@pytest.mark.parametrize(
    ("ticked", "stated", "listed"),
    [
        ("a", "It has an orchard", "an orchard"),
        ("ba", "It has an orchard and a bakery", "an orchard, a bakery"),
        ("ac", None, "an orchard, cheese"),
        ("n", "It has no food at all", "no food at all"),
        ("", None, ""),
    ],
)
def test_ticks_are_stated_as_one_sentence_where_each_has_a_finding(
    ticked: str, stated: str | None, listed: str
) -> None:
    question = asked(HELD)
    assert kind_of(question).stated(question, frozenset(ticked), "en") == stated
    assert kind_of(question).finding(question, frozenset(ticked), "en") == listed


def test_the_part_of_ticks_that_decides_is_the_one_that_is_looked_for() -> None:
    question, value = asked(TICKS), frozenset("ac")
    looked_for, given = (
        Comparison.model_validate({"question": "q"} | leaf) for leaf in ({"has": "a"}, {"answered": True})
    )
    assert kind_of(question).deciding(question, value, looked_for) == {"a"}
    assert kind_of(question).deciding(question, value, given) == value
    assert kind_of(asked(SINGLE)).deciding(asked(SINGLE), "a", given) == "a"


def test_a_choice_is_the_answer_that_it_makes_by_itself() -> None:
    for keys, answers in ((LEVEL, [0, 1, 2]), (SINGLE, ["a", "b"]), (TICKS, [{"a"}, {"b"}, {"c"}])):
        question = asked(keys)
        kind = kind_of(question)
        assert [kind.chosen(choice) for choice in kind.choices(question)] == answers
        assert [choice.words["en"] for choice in kind.choices(question)][:1] == [["none", "apples"][keys is not LEVEL]]
    assert [(choice.number, choice.alone, choice.unknown) for choice in kind.choices(asked(HELD))] == [
        (1, False, False),
        (2, False, False),
        (3, False, False),
        (4, True, False),
    ]


def test_not_known_is_what_an_option_says() -> None:
    options = {"a": {"en": "x"}, "u": {"en": "y", "unknown": True}}
    for one, values in (("single", ("a", "u")), ("multi", (frozenset("a"), frozenset("au")))):
        question = fact({"kind": one, "options": options})
        assert [kind_of(question).unknown(question, value) for value in values] == [False, True]
    assert [choice.unknown for choice in kind_of(question).choices(question)] == [False, True]
    assert not kind_of(asked(NUMBER)).unknown(asked(NUMBER), Decimal(1))


@pytest.mark.parametrize(
    ("keys", "example"),
    [
        (BENCHED, Decimal("2.6")),
        (
            BENCHED | {"benchmarks": [*BENCHED["benchmarks"], *(NUMBER | LATER)["benchmarks"]]},
            Decimal("2.6"),
        ),
        (NUMBER, Decimal(25)),
        (NUMBER | {"usual": [10, 15]}, Decimal(12)),
        (NUMBER | {"usual": [10, 14]}, Decimal(12)),
        (NUMBER | {"range": [-10, 10]}, Decimal(0)),
        (LEVEL, None),
    ],
)
def test_a_figure_such_as_people_give_is_the_published_one_or_a_middle(keys: Plain, example: Decimal | None) -> None:
    question = asked(keys)
    assert kind_of(question).example(question) == example


def test_a_figure_says_what_is_usual_published_and_dated() -> None:
    question = asked(BENCHED | {"usual": [10, 15], "reference_year": True})
    kind = kind_of(question)
    assert kind.usual(question) == (10, 15)
    assert [row.value for row in kind.benchmarks(question)] == [Decimal("2.6")]
    assert kind.dated(question)
    assert kind.limits(question) == (0, 50)
    assert not kind.dated(asked(NUMBER))
    for keys in (LEVEL, SINGLE, TEXT):
        other = asked(keys)
        assert (kind_of(other).usual(other), kind_of(other).benchmarks(other), kind_of(other).dated(other)) == (
            None,
            (),
            False,
        )


@pytest.mark.parametrize(
    ("unit", "language", "said"),
    [
        ("%", "zh", "%"),
        ({"en": "yuan", "zh": "元"}, "zh", "元"),
        ({"en": "yuan", "zh": "元"}, "en", "yuan"),
        (None, "en", ""),
    ],
)
def test_a_unit_is_said_in_its_language(unit: Any, language: str, said: str) -> None:
    question = asked({key: value for key, value in (NUMBER | {"unit": unit}).items() if value is not None})
    assert kind_of(question).unit(question, language) == said


@pytest.mark.parametrize(
    ("keys", "edited"),
    [
        (NUMBER, ("range", "usual", "scale", "scale_when", "benchmarks")),
        (DAY, ("scale",)),
        (LEVEL, ()),
        (TEXT, ()),
    ],
)
def test_a_fact_is_edited_without_a_scale(keys: Plain, edited: tuple[str, ...]) -> None:
    of_a_fact = tuple(key for key in edited if not key.startswith("scale"))
    assert kind_of(asked(keys)).edited_keys(asked(keys)) == edited
    assert kind_of(fact(keys)).edited_keys(fact(keys)) == of_a_fact


@pytest.mark.parametrize(
    ("keys", "limit", "value", "score", "reached"),
    [(LEVEL, 2, 1, 50, 1.0), (SINGLE, 100, "b", 80, 80), (NUMBER, 100, Decimal(10), 20, 20)],
)
def test_evidence_is_asked_from_a_level_or_from_a_score(
    keys: Plain, limit: int, value: Any, score: float, reached: float
) -> None:
    question = asked(keys)
    assert kind_of(question).evidence_limit(question) == limit
    assert kind_of(question).evidence_reached(question, value, score) == reached


@pytest.mark.parametrize(
    ("keys", "operand", "said"),
    [
        (LEVEL, Decimal(2), "level 2"),
        (NUMBER, Decimal("2.50"), "2.5%"),
        (DAY, date(2024, 5, 31), "31 May 2024"),
        (TICKS, "c", "cheese"),
        (TEXT, True, "True"),
    ],
)
def test_a_line_is_written_as_answers_are(keys: Plain, operand: object, said: str) -> None:
    question = asked(keys)
    assert kind_of(question).operand(question, operand, "en") == said


@pytest.mark.parametrize(
    ("keys", "named", "passes", "line", "written"),
    [
        (LEVEL, "select_one q", None, Decimal(2), "2"),
        (SINGLE, "select_one q", None, "a", "'a'"),
        (TICKS, "select_multiple q", None, "a", "'a'"),
        (
            HELD,
            "select_multiple q",
            ("not(selected(., 'n') and count-selected(.) > 1)", "“None of these” stands alone."),
            "a",
            "'a'",
        ),
        (NUMBER, "decimal", (". >= 0 and . <= 50", "From 0 to 50."), Decimal("2.50"), "2.5"),
        (
            DAY,
            "date",
            (". >= date('2000-01-01') and . <= date('2030-12-31')", "From 2000-01-01 to 2030-12-31."),
            date(2024, 5, 31),
            "date('2024-05-31')",
        ),
        (TEXT, "text", None, "words", "'words'"),
    ],
)
def test_a_form_asks_in_its_own_type_and_lets_pass_what_is_possible(
    keys: Plain, named: str, passes: tuple[str, str] | None, line: object, written: str
) -> None:
    question = asked(keys)
    kind = kind_of(question)
    found = kind.xlsform_constraint(question)
    assert kind.xlsform_type("q") == named
    assert (None if found is None else (found[0], found[1]["en"])) == passes
    assert kind.xlsform_operand(line) == written


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2.5", Decimal("2.5")), ("0", Decimal(0)), ("-3", Decimal(-3)), ("1e-99", None), ("1e40", None), ("%", None)],
)
def test_a_figure_without_a_question_is_of_an_ordinary_size(typed: str, value: Decimal | None) -> None:
    found = read_any_figure(typed)
    assert (found.value if isinstance(found, Typed) else None) == value
    assert isinstance(found, Typed | Refusal)
    assert read_any_figure(" ") is None


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("2.50", "2.50"),
        (" +2.5 ", "2.5"),
        (".5", "0.5"),
        ("1e3", "1000"),
        (2.5, "2.5"),
        (0.1, "0.1"),
        (3, "3"),
        (Decimal("Infinity"), None),
        (float("nan"), None),
        ("1e99999", None),
        ("2,5", None),
        ("２", None),
        ("", None),
        (True, None),
        (None, None),
        (date(2024, 5, 31), None),
    ],
)
def test_a_number_of_a_file_is_a_plain_decimal(raw: object, number: str | None) -> None:
    assert read_number(raw) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("before", "after", "factor"),
    [
        ("yuan", "yuan", 1),
        (None, None, 1),
        (None, "yuan", "unsure"),
        ("yuan", None, "unsure"),
        ("Ten  Yuan", "ten yuan", 1),
        ({"en": "yuan", "zh": "元"}, {"en": "RMB", "zh": "元"}, 1),
        ({"en": "10,000 yuan", "zh": "万元"}, {"en": "yuan", "zh": "元"}, 10**4),
        ({"en": "10,000 yuan", "zh": "万元"}, {"en": "yuan", "zh": "吨"}, None),
        ({"zh": "万元"}, "元", 10**4),
        ({"en": "yuan"}, {"zh": "元"}, None),
        ("percent", "%", 1),
        ("‰", "%", Decimal("0.1")),
        ("million t", "thousand t", 1000),
        ("2.5 t", "t", None),
    ],
)
def test_units_are_the_same_a_power_of_ten_apart_or_not_to_be_compared(before: Any, after: Any, factor: Any) -> None:
    assert unit_factor(before, after) == factor


@pytest.mark.parametrize(
    ("number", "factor", "product"),
    [
        ("2.50", "10", "25.0"),
        ("-0.0", "10", "0"),
        ("-1.5", "0.01", "-0.015"),
        ("1." + "3" * 40, "10", "13." + "3" * 39),
    ],
)
def test_a_power_of_ten_moves_the_point_and_loses_no_digit(number: str, factor: str, product: str) -> None:
    assert str(shifted(Decimal(number), Decimal(factor))) == product
