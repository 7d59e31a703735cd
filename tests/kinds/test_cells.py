"""What people and other programs put into cells: read where it can mean one thing only, else told what to do."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.filled import Misfit, pieces, quoted, read_filled
from tests.support.asked import ALONE, DAY, LEVEL, NUMBER, SINGLE, TEXT, TICKS, asked, ticks
from tests.support.oracle import Plain

TWINS = {"kind": "single", "options": {id: {"en": words, "score": 0} for id, words in zip("abd", "xyx", strict=True)}}


def read(question: Any, cell: object, *, numbered: bool = False) -> object:
    """The answer, or what the person is told: why, and what to do."""
    found = read_filled(question, cell, numbered=numbered)
    return (found.why["en"], found.advice["en"]) if isinstance(found, Misfit) else found


@pytest.mark.parametrize("keys", [LEVEL, SINGLE, TICKS, NUMBER, DAY, TEXT])
def test_an_empty_cell_is_no_answer_and_a_tick_of_a_box_is_refused(keys: Plain) -> None:
    for empty in (None, "", " ", "\n"):
        assert read(asked(keys), empty) is None
    refused = "“True” is true or false, which is no answer here"
    assert read(asked(keys), True) == (refused, "Correct it where it stands.")


@pytest.mark.parametrize(
    ("keys", "cell", "answer"),
    [
        *(
            (LEVEL, cell, 1)
            for cell in (1, "1", "1.0", 1.0, "some", "ＳＯＭＥ", " So me ", "1 some", "1. some", "1）some")
        ),
        (LEVEL, 0, 0),
        (LEVEL, "0.0", 0),
        (SINGLE, "a", "a"),
        (SINGLE, "A", "a"),
        (SINGLE, "Apples", "a"),
        (SINGLE, "2 bread", "b"),
        (TEXT, " as it is ", "as it is"),
        (TEXT, 3, "3"),
        (TEXT, 0.1, "0.1"),
        (TEXT, datetime(2024, 5, 31), "2024-05-31"),  # noqa: DTZ001
        (TEXT, datetime(2024, 5, 31, 13, 5), "2024-05-31 13:05:00"),  # noqa: DTZ001
        (DAY, date(2024, 5, 31), date(2024, 5, 31)),
        (DAY, datetime(2024, 5, 31, 13), date(2024, 5, 31)),  # noqa: DTZ001
        (DAY, "2024/5/31", date(2024, 5, 31)),
        (NUMBER, 2.31, Decimal("2.31")),
        (NUMBER, 0.1 + 0.2, Decimal("0.3")),
        (NUMBER, 3, Decimal(3)),
        (NUMBER, Decimal("2.50"), Decimal("2.50")),
        (NUMBER, " 2.31 ", Decimal("2.31")),
    ],
)
def test_what_means_one_answer_is_that_answer(keys: Plain, cell: object, answer: object) -> None:
    assert read(asked(keys), cell) == answer


@pytest.mark.parametrize(
    ("keys", "cell", "why", "advice"),
    [
        (LEVEL, "3", "“3” is none of the answers offered", "Offered are: 0, 1, 2"),
        (LEVEL, 1.5, "“1.5” is none of the answers offered", "Offered are: 0, 1, 2"),
        (LEVEL, "2 some", "“2 some” is none of the answers offered", "Offered are: 0, 1, 2"),
        (SINGLE, "1", "“1” is none of the answers offered", "Offered are: a, b"),
        (SINGLE, "1 bread", "“1 bread” is none of the answers offered", "Offered are: a, b"),
        (TWINS, "x", "“x” are the words of several answers", "Write the code: a, b, d"),
        (NUMBER, date(2024, 5, 31), "a day stands here, not a figure: a spreadsheet made it of what was typed", None),
        (NUMBER, "12%", "“12%” is text, not a number", "Type 12 in its place."),
        (NUMBER, "２．３１", "“２．３１” is text, not a number", "Type 2.31 in its place."),
        (NUMBER, 99, "“99” is no answer here; wanted: a number from 0 to 50", "Correct it where it stands."),
        (NUMBER, "99", "“99” is no answer here; wanted: a number from 0 to 50", "Correct it where it stands."),
        (NUMBER, "99%", "99 is not possible here: the number must lie between 0 and 50%.", None),
        (NUMBER, "soon", "“soon” is not a number. Type digits only, such as 2.31.", None),
        (DAY, 45000, "“45000” is a number, not a day", "Type year, month and day, such as 2024-05-31."),
        (DAY, 45000.0, "“45000” is a number, not a day", "Type year, month and day, such as 2024-05-31."),
        (
            DAY,
            date(1999, 1, 1),
            "“1999-01-01” is no answer here; wanted: a day from 2000-01-01 to 2030-12-31",
            "Correct it where it stands.",
        ),
        (DAY, "2024-02-30", "There is no such day as 2024-02-30 in the calendar.", None),
    ],
)
def test_what_could_mean_anything_else_is_told_with_what_to_do(
    keys: Plain, cell: object, why: str, advice: str | None
) -> None:
    """None: the kind has one advice for all such cells."""
    told = read(asked(keys), cell)
    of_its_kind = {
        "number": (
            "Format the cell as text, and type the figure again."
            if isinstance(cell, date)
            else "Type the figure with the digits 0 to 9, a point for decimals and no unit."
        ),
        "date": "Type year, month and day, such as 2024-05-31.",
    }
    assert told == (why, advice or of_its_kind[keys["kind"]])


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("1", "a"), (1, "a"), (2.0, "b"), ("2.", "b"), ("a", "a"), ("1 apples", "a"), ("2：bread", "b")],
)
def test_options_that_were_offered_by_number_are_chosen_by_number(cell: object, answer: str) -> None:
    assert read(asked(SINGLE), cell, numbered=True) == answer


COUNTS = {
    "kind": "single",
    "options": {id: {"en": words, "score": 0} for id, words in zip("abc", ("0", "1", "=2"), strict=True)},
}
LIKERT = {"kind": "level", "levels": [{"en": words} for words in "123"]}
SEVERAL = {
    "kind": "multi",
    "options": {
        id: {"en": words, "score": 0} for id, words in zip("abc", ("Batteries", "1 more of these", "6G"), strict=True)
    },
}
FALLING = {"kind": "level", "levels": [{"en": words} for words in ("3 or more", "2", "1", "0")]}


@pytest.mark.parametrize(
    ("keys", "cell", "answer"),
    [
        (COUNTS, "1", None),  # the number of the first, and the words of the second
        (COUNTS, 1, None),
        (COUNTS, "2", "b"),
        (COUNTS, "1 0", "a"),
        (COUNTS, "2 1", "b"),
        (COUNTS, "3 =2", "c"),
        (FALLING, "3", None),
        (SEVERAL, "1", frozenset({"a"})),
        (FALLING, "3 0", 3),
        (LIKERT, 1, None),
        (LIKERT, "0", 0),
        (LIKERT, "0 1", 0),
        (LIKERT, "3", 2),
    ],
)
def test_a_number_that_is_the_words_of_another_answer_is_no_answer(keys: Plain, cell: object, answer: object) -> None:
    found = read(asked(keys), cell, numbered=True)
    if answer is None:
        advice = "Pick the answer from the list of the cell, or type its number and its words."
        assert found == (f"“{cell}” is the number of one answer, and the words of another begin so", advice)
    else:
        assert found == answer


def test_numbers_beside_the_words_that_are_theirs_are_read() -> None:
    assert read(asked(SEVERAL), "1 Batteries, 3 6G", numbered=True) == frozenset({"a", "c"})


@pytest.mark.parametrize("cell", ["1、6G；2、Batteries", "1. 6G\n2. Batteries", "①Batteries②6G", "Batteries 1; 6G 2"])
def test_who_counts_what_is_ticked_is_asked_which_numbers_are_meant(cell: str) -> None:
    """Each number counted as an answer beside the words."""
    why, advice = read(asked(SEVERAL), cell, numbered=True)  # type: ignore[misc]
    assert "has numbers beside words" in why
    assert advice == "Type the numbers alone, as in 1;3, or the words alone with semicolons between them."


@pytest.mark.parametrize("cell", ["3", 0, "1 bread", 1.5])
def test_a_number_that_was_not_offered_is_told_with_those_that_were(cell: object) -> None:
    assert read(asked(SINGLE), cell, numbered=True) == (
        f"“{cell}” is none of the answers offered",
        "Offered are: 1, 2",
    )


@pytest.mark.parametrize(
    ("cell", "numbered", "ticked"),
    [
        ("a; c", False, "ac"),
        ("a,c", False, "ac"),
        ("apples、cheese", False, "ac"),
        ("apples cheese", False, "ac"),
        ("c\na", False, "ac"),
        ("a|c", False, "ac"),
        ("a;;", False, "a"),
        (["c", "apples"], False, "ac"),
        ("1,3", True, "ac"),
        ("1;3", True, "ac"),
        (3, True, "c"),
        (0, True, ""),
        ("0", True, ""),
        ("０", True, ""),
        ("①③", True, "ac"),
        ("③ ①", True, "ac"),
        ("①apples；③cheese", True, "ac"),
    ],
)
def test_ticks_stand_in_a_cell_with_any_marks_between_them(cell: object, numbered: bool, ticked: str) -> None:
    assert read(ticks(), cell, numbered=numbered) == frozenset(ticked)


def test_commas_and_spaces_belong_to_the_words_of_an_option() -> None:
    question = ticks({"rg": {"en": "red, or green", "score": 1}})
    assert read(question, "red, or green") == {"rg"}
    assert read(question, "red, or green; a") == {"rg", "a"}
    assert read(question, "b, c") == {"b", "c"}


@pytest.mark.parametrize(
    ("cell", "ticked"), [("①②", "ab"), ("①", "a"), ("⑫", "l"), ("12", "l"), ("1²", ""), ("1₂", ""), ("1②", "")]
)
def test_circled_numbers_are_one_option_each_and_the_mark_of_a_footnote_is_none(cell: str, ticked: str) -> None:
    """“①②” is not the twelfth option, nor is “1²”."""
    question = asked({"kind": "multi", "options": {id: {"en": f"{id} {id}", "score": 1} for id in "abcdefghijkl"}})
    found = read_filled(question, cell, numbered=True)
    assert found == frozenset(ticked) if ticked else isinstance(found, Misfit)


@pytest.mark.parametrize("words", ["a; b", "a|b", "some; a"])
def test_an_option_picked_from_the_list_is_one_whatever_stands_in_its_words(words: str) -> None:
    """“4 a; b” is not cut: its pieces would tick other options."""
    assert read(ticks({"ab": {"en": words, "score": 1}}), f"4 {words}", numbered=True) == {"ab"}


@pytest.mark.parametrize(
    ("cell", "numbered", "why"),
    [
        ("none; a", False, "“none; a” is no answer here; wanted: “none” alone, since it excludes the others"),
        ("1;4", True, "“1;4” is no answer here; wanted: “none of these” alone, since it excludes the others"),
        (0, True, "“0” is none of the answers offered"),
        ("0", True, "“0” is none of the answers offered"),
        ("a; tea", False, "“tea” is none of the answers offered"),
        (3, False, "“3” is none of the answers offered"),
    ],
)
def test_ticks_that_are_no_answer_are_told_by_what_is_wrong(cell: object, numbered: bool, why: str) -> None:
    """Nothing ticked is no answer where an option says so itself."""
    told = read(ticks(ALONE), cell, numbered=numbered)
    assert isinstance(told, tuple)
    assert told[0] == why


def test_nothing_but_marks_ticks_nothing() -> None:
    assert read(ticks(), ";") == frozenset()
    assert read(ticks(ALONE), ";") is None


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 60 + "…"),
        (" two\n lines ", "two lines"),
        (0.1 + 0.2, "0.3"),
        (1e20, "1" + "0" * 20),
        (Decimal("2.50"), "2.5"),
        (date(2024, 5, 31), "2024-05-31"),
    ],
)
def test_a_cell_is_quoted_in_one_short_line(cell: object, shown: str) -> None:
    assert quoted(cell) == shown


@pytest.mark.parametrize(
    ("keys", "cell", "held"),
    [
        (NUMBER, "2.50", Decimal("2.50")),
        (NUMBER, 2.5, Decimal("2.5")),
        (NUMBER, "two", "two"),
        (NUMBER, True, "true"),
        (LEVEL, "2", 2),
        (LEVEL, 2.0, 2),
        (LEVEL, -1, -1),
        (LEVEL, 99, 99),
        (LEVEL, 100, "100"),
        (LEVEL, -100, "-100"),
        (LEVEL, 2.5, "2.5"),
        (LEVEL, "high", "high"),
        (DAY, date(2024, 5, 31), date(2024, 5, 31)),
        (DAY, datetime(2024, 5, 31), date(2024, 5, 31)),  # noqa: DTZ001
        (DAY, datetime(2024, 5, 31, 1), "2024-05-31 01:00:00"),  # noqa: DTZ001
        (TICKS, 3, "3"),
    ],
)
def test_a_cell_of_a_table_is_held_as_an_answer_file_would(keys: Plain, cell: object, held: object) -> None:
    question = asked(keys)
    found = kind_of(question).cell(question, cell)
    assert (found, type(found)) == (held, type(held))


@pytest.mark.parametrize(
    ("keys", "value", "stored", "cell"),
    [
        (LEVEL, 2, 2, "2"),
        (SINGLE, "b", "b", "b"),
        (TICKS, frozenset("ca"), ("a", "c"), "a;c"),
        (TICKS, frozenset(), (), ""),
        (NUMBER, Decimal("2.50"), "2.50", "2.5"),
        (NUMBER, Decimal("1E+2"), "1E+2", "100"),
        (DAY, date(2024, 5, 31), date(2024, 5, 31), "2024-05-31"),
        (TEXT, "words", "words", "words"),
    ],
)
def test_an_answer_goes_into_a_file_and_into_a_cell(keys: Plain, value: Any, stored: object, cell: str) -> None:
    """Ticks in the order of the options; a file keeps all digits that were typed."""
    question = asked(keys)
    assert kind_of(question).stored(question, value) == stored
    assert kind_of(question).in_cell(question, value) == cell


def test_what_says_that_there_is_no_evidence_names_none() -> None:
    """Forms in Chinese are filled in so by habit; as a document it would back an answer, and win a merge."""
    assert pieces("无") == pieces(" — ；／") == pieces("N/A") == pieces("...") == pieces("……") == ()
    assert pieces("无；2024年报；无线电台账") == ("2024年报", "无线电台账")
