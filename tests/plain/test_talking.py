"""What a typed line means, whatever is asked: a command, numbers of options, none of the choices."""

from collections.abc import Sequence

import pytest

from nqpf_assess.kinds.figures import digits
from nqpf_assess.locale import _
from nqpf_assess.plain.talking import command
from tests.plain.script import Script


@pytest.mark.parametrize(
    ("typed", "meant"), [("b", "back"), ("返回", "back"), ("？", "help"), ("q", "quit"), ("5", "")]
)
def test_commands(typed: str, meant: str) -> None:
    assert command(typed) == meant


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1,3", [1, 3]),
        ("1、3", [1, 3]),
        ("１ ３", [1, 3]),
        ("2", [2]),
        ("a", None),
        ("", None),
        ("1,b", None),
        ("1," + "9" * 61, None),
    ],
)
def test_numbers(typed: str, found: Sequence[int] | None) -> None:
    assert digits(typed) == found


@pytest.mark.parametrize(("choices", "said"), [(1, "There is only this one: type 1."), (3, "a number from 1 to 3")])
def test_a_number_that_is_none_of_the_choices_is_asked_again(choices: int, said: str) -> None:
    script = Script("7", "1")
    assert script.talk.ask_number(_("Which?"), choices) == 1
    assert said in script.text
