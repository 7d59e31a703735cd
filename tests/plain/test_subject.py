"""Name, year and respondent in the conversation in lines: kept as they are typed, and asked about where they change."""

from pathlib import Path

import pytest

from nqpf_assess.plain.running import run_plain
from nqpf_assess.session.options import Options
from tests.plain.script import PROFILE, ZONE, Script


@pytest.mark.parametrize("leave", [("quit",), ("q",), ("退出",), ()])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_part_of_the_subject_is_kept_as_it_is_typed(begin, leave: tuple[str, ...], count: int) -> None:  # type: ignore[no-untyped-def]
    """Whoever leaves behind a prompt, or whose input ends there, loses nothing that was said to be saved."""
    typed = {"name": "Test Place", "period": "2025", "respondent": "Ms Li"}
    script, answers = begin(*list(typed.values())[:count], *leave)
    assert "begun.toml does not exist yet" in script.text  # a name mistyped opens no file
    held = {part: getattr(answers.subject, part) for part in typed}
    assert held == {part: value if place < count else "" for place, (part, value) in enumerate(typed.items())}
    assert script.text.count("Saved.") == count


@pytest.mark.parametrize("word", ["?", "help", "帮助", "undo", "redo", "list", "b", "n", "e", "c", "score", "later"])
@pytest.mark.parametrize("before", [(), ("Anhe",), ("Anhe", "2025")])
def test_no_command_is_taken_for_the_name_year_or_respondent(begin, word: str, before: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    _, answers = begin(*before, word, "q")
    held = (answers.subject.name, answers.subject.period, answers.subject.respondent)
    assert word not in held
    assert held[: len(before)] == before or word == "undo"


def test_a_name_that_is_a_command_stands_behind_a_sign(begin) -> None:  # type: ignore[no-untyped-def]
    assert begin("=e", "q")[1].subject.name == "e"


def test_back_leads_to_the_name_again(begin) -> None:  # type: ignore[no-untyped-def]
    script, answers = begin("Anhe", "b", "Anhe County", "2025", "q")
    assert (answers.subject.name, answers.subject.period) == ("Anhe County", "2025")
    assert "Name of the place (now: Anhe):" in script.text


@pytest.mark.parametrize(
    ("typed", "held"), [("２０２５", "2025"), ("2025年", "2025"), (" 2025 ", "2025"), ("2025 H1", "2025 H1")]
)
def test_the_year_is_kept_in_plain_digits(begin, typed: str, held: str) -> None:  # type: ignore[no-untyped-def]
    assert begin("Anhe", typed, "q")[1].subject.period == held


@pytest.mark.parametrize(
    ("said", "held"), [(("n", "q"), "2025"), (("", "q"), "2025"), (("q",), "2025"), (("y", "q"), "2026")]
)
def test_a_later_year_over_answers_is_asked_about(hold, said: tuple[str, ...], held: str) -> None:  # type: ignore[no-untyped-def]
    """Last year's assessment would become this year's without a word; the app asks in which file it shall be."""
    back = ("b",) * 5
    script, answers = hold(*ZONE, *PROFILE, "2.5", "2024", *back, "2026", *said)
    assert answers.subject.period == held
    assert "Is this the copy, or was 2025 a mistake?" in script.text


@pytest.mark.parametrize(
    ("before", "later"),
    [("2025 H1", "2025 H2"), ("2025年上半年", "2025年1-9月"), ("2025年上半年", "2025"), ("2025-03", "2025-06")],
)
def test_a_later_part_of_the_year_over_answers_is_asked_about(hold, before: str, later: str) -> None:  # type: ignore[no-untyped-def]
    """The first half's assessment would become that of the second, or of the year, without a word."""
    back = ("b",) * 5
    script, answers = hold(*ZONE, *PROFILE, "2.5", "2024", *back, before, "b", later, "n", "q")
    assert answers.subject.period == before
    assert f"Is this the copy, or was “{before}” a mistake?" in script.text


@pytest.mark.parametrize("asked_about", [("9",), ("2.5", "2024", *("b",) * 5, "2026")])
@pytest.mark.parametrize(("said", "left"), [((), 1), (("",), 1), (("q",), 1), (("y", "q"), 0), (("n", "q"), 0)])
def test_what_is_asked_about_is_not_taken_where_neither_yes_nor_no_is_said(  # type: ignore[no-untyped-def]
    hold,
    asked_about: tuple[str, ...],
    said: tuple[str, ...],
    left: int,
) -> None:
    """A script that ends there, or goes on with an empty line, is told that its line is not taken."""
    script, _ = hold(*ZONE, *PROFILE, *asked_about, *said)
    assert [typed for _, typed in script.talk.untaken] == [asked_about[-1]] * left


def test_an_earlier_year_and_one_before_any_answer_are_taken_at_once(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold("b", "b", "2026", "q")
    assert answers.subject.period == "2026"
    assert "a mistake" not in script.text


@pytest.mark.parametrize(("language", "said"), [("en", "is not a year"), ("zh", "不是年份")])
def test_what_is_no_year_is_refused_with_a_sentence(begin, language: str, said: str) -> None:  # type: ignore[no-untyped-def]
    script, answers = begin("Anhe", "next year", "2025", "q", language=language)
    assert said in script.text
    assert answers.subject.period == "2025"


def test_a_level_goes_with_the_name_that_told_it(sample: Path) -> None:
    sample.write_text(sample.read_text(encoding="utf-8").replace("清溪县（虚构）", "安吉县"), encoding="utf-8")
    script = Script("l", "1", "b", "b", "b", "湖州市", "q", language="zh")
    run_plain(Options(file=sample), script.talk)
    assert "层级已按新名称填为：地级市" in script.text
    assert '"prefecture"' in sample.read_text(encoding="utf-8")
