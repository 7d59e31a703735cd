"""Undo and redo line by line: what is said of it, and what is asked next."""

import pytest

from tests.plain.script import PROFILE, ZONE


def test_undo_takes_the_last_answer_back(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "1", "", "u", "q")
    assert answers.answers == {}


def test_what_is_taken_back_is_named_with_what_stands_now(hold) -> None:  # type: ignore[no-untyped-def]
    """A figure and its year are two steps: “Taken back.” alone would be taken for both."""
    script, answers = hold(*ZONE, *PROFILE, "1", "2020", "u", "q")
    assert answers.answers["share"].value == "1"
    assert "R&D as a share of GDP? (now: 1%)" in script.text.partition("Taken back.")[2]


@pytest.mark.parametrize(
    ("lines", "asked", "taken"),
    [
        ((*PROFILE, "1", "", "u", "2", ""), "answers", {"share": "2"}),
        ((*PROFILE, "1", "", "u", "redo", "3", ""), "answers", {"share": "3"}),
        ((*PROFILE, "1", "", "l", "u", "2", ""), "answers", {"share": "2"}),
        (("u", "1"), "facts", {"zone": "town"}),
    ],
)
def test_what_is_typed_after_something_was_taken_back_is_taken_for_it(  # type: ignore[no-untyped-def]
    hold, lines: tuple[str, ...], asked: str, taken: dict[str, str]
) -> None:
    """Who undoes an answer means to give it otherwise, and by ear hears no other question."""
    _, answers = hold(*ZONE, *lines, "q")
    assert {id: one.value for id, one in getattr(answers, asked).items() if one.value is not None} == taken


def test_undo_of_the_weights_or_the_name_leads_there(hold) -> None:  # type: ignore[no-untyped-def]
    script, _ = hold(*ZONE, "1", "b", "u", "q")
    assert "2. Baseline (in use)" in script.text.partition("Taken back.")[2]
    script, answers = hold("b", "b", "b", "b", "Anji", "u", "Anhe County", "q")
    assert "Name of the place" in script.text.partition("Taken back.")[2]
    assert answers.subject.name == "Anhe County"
    script, answers = hold("b", "b", "Statistics Bureau", "u", "Finance Bureau", "q")
    assert "Who answers" in script.text.partition("Taken back.")[2]
    assert (answers.subject.name, answers.subject.respondent) == ("Anhe County", "Finance Bureau")


def test_redo_brings_back_what_was_taken_back(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, "1", "", "u", "redo", "redo", "q")
    assert len(answers.answers) == 1
    assert "nothing to bring back" in script.text


@pytest.mark.parametrize(
    ("language", "came", "went"),
    [
        ("en", "1 more question is asked now.", "1 question is no longer asked; its answer is kept."),
        ("zh", "因此新增 1 道题。", "因此有 1 道题不再询问，原有答案保留。"),
    ],
)
def test_questions_that_come_and_go_with_an_answer_are_told(hold, language: str, came: str, went: str) -> None:  # type: ignore[no-untyped-def]
    """The score moves and a question less is counted: line by line it is told as in the app."""
    script, answers = hold(*ZONE, *PROFILE, "s", "1", "1", "b", "b", "0", "u", "redo", "q", language=language)
    told = [words for words in script.shown if words in (came, went)]
    assert told == [came, went, came, went]
    assert "review" in answers.answers


def test_a_question_that_undo_takes_away_while_the_list_is_shown_is_not_asked(hold) -> None:  # type: ignore[no-untyped-def]
    """It stands in the list, and is asked only for the answer that is taken back."""
    script, answers = hold(*ZONE, *PROFILE, "s", "1", "l", "u", "s", "1,2", "q")
    assert answers.answers["tools"].value == ("audit", "trade")
    assert "plan" not in answers.answers
    assert script.text.count("Who reviews the plan?") == 2  # asked once, and listed


def test_behind_a_question_that_undo_takes_away_the_next_is_asked(hold) -> None:  # type: ignore[no-untyped-def]
    """The one that is gone is not said to have been the last."""
    script, answers = hold(*ZONE, *PROFILE, "s", "1", "u", "s", "1,2")
    assert answers.answers["tools"].value == ("audit", "trade")
    assert "That was the last question" not in script.text
