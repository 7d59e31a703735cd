"""The conversation in lines: what is understood, what is asked again, where it goes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.model.answers import Answers
from nqpf_assess.plain.running import run_plain
from nqpf_assess.plain.talking import Talk, command, numbers
from nqpf_assess.session.options import Options


class Script:
    """Lines that somebody types, and all that was shown."""

    def __init__(self, *lines: str, language: str = "en") -> None:
        self._lines: Iterator[str] = iter(lines)
        self.shown: list[str] = []
        self.talk = Talk(language, self._read, self.shown.append)

    def _read(self, prompt: str) -> str:
        self.shown.append(prompt)
        try:
            return next(self._lines)
        except StopIteration:
            raise EOFError from None

    @property
    def text(self) -> str:
        return "\n".join(self.shown)


@pytest.fixture
def hold(file: Path, content: Path):  # type: ignore[no-untyped-def]
    """Hold a conversation over the small questionnaire; gives what was said and the answers in the file."""

    def run(*lines: str, language: str = "en") -> tuple[Script, Answers]:
        script = Script(*lines, language=language)
        assert run_plain(Options(file=file, content=(content,)), script.talk) == 0
        answers = Library(roots((content,))).open_answers(file).answers
        assert answers is not None
        return script, answers

    return run


ZONE = ("2",)
PROFILE = ("",)


def test_every_kind_of_answer(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold("2", "1", "2.5", "2024", "1", "2", "1, 2", "Some words")
    held = {id: answer.value for id, answer in answers.answers.items()}
    assert answers.facts["zone"].value == "hills"
    assert answers.weights.id == "hills"
    assert held == {"share": "2.5", "plan": 1, "review": "outside", "tools": ("audit", "trade"), "story": "Some words"}
    assert answers.answers["share"].year == 2024
    assert "Everything is saved" in script.text


def test_the_end_of_input_saves_and_is_no_fault(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold("2")
    assert answers.facts["zone"].value == "hills"


@pytest.mark.parametrize("letter", ["d", "D", "ｄ", "不清楚"])
def test_dont_know_in_any_letter(hold, letter: str) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, letter)
    assert answers.answers["share"].state == "dk"


def test_not_applicable_asks_why_and_enter_goes_back(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "x", "", "x", "no such thing", "later")
    assert (answers.answers["share"].state, answers.answers["share"].reason) == ("na", "no such thing")
    assert answers.answers["plan"].state == "later"


def test_skip_leaves_open_and_back_returns(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "s", "b", "1.5", "")
    assert answers.answers["share"].value == "1.5"
    assert answers.answers["share"].year == 2025


def test_note_evidence_and_how_sure_stay_with_the_question(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "s", "n", "a note", "e", "Doc 1", "c", "1", "1")
    plan = answers.answers["plan"]
    assert (plan.note, plan.evidence, plan.confidence, plan.value) == ("a note", ("Doc 1",), "high", 1)


def test_evidence_is_asked_for_where_it_is_wanted(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "s", "2", "Doc 2")
    assert answers.answers["plan"].evidence == ("Doc 2",)


def test_the_list_leads_anywhere(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, "l", "4", "1,2")
    assert "[not answered]" in script.text
    assert answers.answers["tools"].value == ("audit", "trade")


def test_undo_takes_the_last_answer_back(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "1", "", "u", "q")
    assert answers.answers == {}


def test_redo_brings_back_what_was_taken_back(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, "1", "", "u", "redo", "redo", "q")
    assert len(answers.answers) == 1
    assert "nothing to bring back" in script.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "is not a number"),
        ("99", "between 0 and 15%"),
        ("2,5", "point for decimals"),
    ],
)
def test_a_figure_that_is_refused_is_asked_again(hold, typed: str, said: str) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, typed, "2", "")
    assert said in script.text
    assert answers.answers["share"].value == "2"


def test_an_unusual_figure_is_confirmed(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, "9", "n", "9", "y", "")
    assert script.text.count("is unusual") == 2
    assert answers.answers["share"].value == "9"


def test_what_stands_alone_is_refused_with_others(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, "s", "s", "1,3", "3")
    assert "stands alone" in script.text
    assert answers.answers["tools"].value == ("none",)


@pytest.mark.parametrize("typed", ["9", "1 2", "-1", "two", "１２"])
def test_a_level_out_of_range_is_asked_again(hold, typed: str) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, "s", typed, "0")
    assert "from 0 to 2" in script.text
    assert answers.answers["plan"].value == 0


def test_words_that_look_like_a_command_are_kept_behind_a_sign(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "s", "s", "s", "=b")
    assert answers.answers["story"].value == "b"


def test_help_says_how_to_answer(hold) -> None:  # type: ignore[no-untyped-def]
    script, _ = hold(*ZONE, *PROFILE, "?")
    assert "See the yearbook." in script.text
    assert "x not applicable" in script.text


def test_chinese_from_the_first_line_to_the_last(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold("２", "１", "２．５％", "2024年", "1", language="zh")
    assert answers.answers["share"].value == "2.5"
    assert "基本概况，第 1 项，共 1 项" in script.text
    assert "已全部保存到" in script.text


def test_hostile_texts_cannot_steer_the_terminal(hold, file: Path, content: Path) -> None:  # type: ignore[no-untyped-def]
    source = content / "questionnaires" / "small.toml"
    source.write_text(
        source.read_text(encoding="utf-8").replace("Which zone?", "Zone\\u001b[31m\\u202e[/b]?"), encoding="utf-8"
    )
    script, _ = hold("2")
    assert "\x1b" not in script.text
    assert "\u202e" not in script.text
    assert "Zone[31m[/b]?" in script.text


def test_a_locked_file_is_said(file: Path, content: Path) -> None:
    from nqpf_assess.files.store import AnswerFile, HeldByOther

    with AnswerFile(file), pytest.raises(HeldByOther):
        run_plain(Options(file=file, content=(content,)), Script("2").talk)


@pytest.mark.parametrize(
    ("typed", "meant"), [("b", "back"), ("返回", "back"), ("？", "help"), ("q", "quit"), ("5", "")]
)
def test_commands(typed: str, meant: str) -> None:
    assert command(typed) == meant


@pytest.mark.parametrize(
    ("typed", "found"),
    [("1,3", [1, 3]), ("1、3", [1, 3]), ("１ ３", [1, 3]), ("2", [2]), ("a", None), ("", None), ("1,b", None)],
)
def test_numbers(typed: str, found: Sequence[int] | None) -> None:
    assert numbers(typed) == found
