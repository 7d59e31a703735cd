"""How texts reach the terminal: data on standard output, narration on standard error, no file can steer either."""

import codecs
import io
import json
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from nqpf_assess.locale import Text, _n, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.problem import Problem, Severity, UserError
from nqpf_assess.model.text import text

if TYPE_CHECKING:
    from nqpf_assess.cli.options import Settings


def open_streams() -> None:
    """Let the streams take every text: a closed one swallows it, a narrow encoding of output shows “?” instead.

    What is typed in another encoding than was announced reads as “�”.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        plain = codecs.lookup(sys.stdin.encoding).name == "ascii"
        sys.stdin.reconfigure(encoding="utf-8" if plain else None, errors="replace")


def clean(said: str) -> str:
    """Take control characters out of a text, so that nothing in a file can move the cursor or change colours."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in said)


def say(said: str) -> None:
    """Print data on standard output."""
    sys.stdout.write(clean(said) + "\n")


def tell_user(said: str) -> None:
    """Print narration on standard error."""
    sys.stderr.write(clean(said) + "\n")


def narrow_output() -> bool:
    """Tell whether standard output may lack characters."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")


def say_json(value: Any) -> None:
    """Print data for machines; control characters, and what the stream's encoding may lack, are escaped."""
    sys.stdout.write(json.dumps(value, ensure_ascii=narrow_output(), indent=1) + "\n")


def tell_problem(fault: UserError, settings: "Settings") -> None:
    """Say what the person can mend."""
    tell_user(settings.tell(text(en="error: {said}", zh="错误：{said}"), said=settings.tell(fault.message)))
    if fault.hint:
        tell_user("    " + settings.tell(fault.hint))


def tell_problems(problems: Iterable[Problem], language: str) -> None:
    """Print problems on standard error."""
    for problem in problems:
        tell_user(problem.told(language))


COUNTS: dict[Severity, Text] = {
    "error": _n("{count} error", "{count} errors"),
    "warning": _n("{count} warning", "{count} warnings"),
    "notice": _n("{count} notice", "{count} notices"),
}
FILES = _n("{count} file read", "{count} files read")


def counted(problems: Iterable[Problem], language: str, *, files: int | None = None) -> str:
    """Count problems by how grave they are, in one line; `files`: how many were read."""
    every, here = [problem.severity for problem in problems], grammar(language)
    counts = here.join(tell(words, language, count=every.count(severity)) for severity, words in COUNTS.items())
    return counts if files is None else f"{tell(FILES, language, count=files)}{here.colon}{counts}"
