"""How texts reach the terminal: data on standard output, narration on standard error, no file can steer either."""

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from nqpf_assess.model.problem import Problem, Severity, UserError
from nqpf_assess.model.text import tell, text

if TYPE_CHECKING:
    from nqpf_assess.cli.options import Settings


def clean(said: str) -> str:
    """Take control characters out of a text, so that nothing in a file can move the cursor or change colours."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in said)


def say(said: str) -> None:
    """Print data on standard output."""
    sys.stdout.write(clean(said) + "\n")


def tell_user(said: str) -> None:
    """Print narration on standard error."""
    sys.stderr.write(clean(said) + "\n")


def say_json(value: Any) -> None:
    """Print data for machines; control characters are escaped by the format."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def tell_problem(fault: UserError, settings: "Settings") -> None:
    """Say what the person can mend."""
    tell_user(settings.tell(text(en="error: {said}", zh="错误：{said}"), said=settings.tell(fault.message)))
    if fault.hint:
        tell_user("    " + settings.tell(fault.hint))


def tell_problems(problems: Iterable[Problem], language: str) -> None:
    """Print problems on standard error."""
    for problem in problems:
        tell_user(problem.told(language))


SUMMARY = text(
    en="{errors} errors, {warnings} warnings, {notices} notices",
    zh="{errors} 个错误，{warnings} 个警告，{notices} 个提示",
)


def counted(problems: Iterable[Problem], language: str) -> str:
    """Count problems by how grave they are, in one line."""
    every = list(problems)

    def count(severity: Severity) -> int:
        return sum(problem.severity == severity for problem in every)

    return tell(SUMMARY, language, errors=count("error"), warnings=count("warning"), notices=count("notice"))
