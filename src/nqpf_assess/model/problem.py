"""A mistake in somebody's file, as a value: where it is, what is wrong, what to do, in every language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from nqpf_assess.locale import Text, _, tell

Severity = Literal["error", "warning", "notice"]

SEVERITY_WORDS: dict[Severity, Text] = {
    "error": _("error"),
    "warning": _("warning"),
    "notice": _("notice"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of a check.

    `line` and `column` count from 1, in characters; 0 where the whole file is meant. `key` is the dotted path of the
    key at fault, "" where there is none.
    """

    source: str
    line: int
    column: int
    severity: Severity
    code: str
    key: str
    message: Text
    hint: Text

    def told(self, language: str) -> str:
        """Return the finding as two lines: `file:line:column: severity code: message`, and the hint indented."""
        severity = tell(SEVERITY_WORDS[self.severity], language)
        head = f"{self.source}:{self.line}:{self.column}: {severity} {self.code}: {tell(self.message, language)}"
        hint = tell(self.hint, language)
        return f"{head}\n    {hint}" if hint else head

    def as_row(self, language: str) -> dict[str, str | int]:
        """Return the finding as a row for machines, in one language."""
        return {
            "source": self.source,
            "line": self.line,
            "column": self.column,
            "severity": self.severity,
            "code": self.code,
            "key": self.key,
            "message": tell(self.message, language),
            "hint": tell(self.hint, language),
        }


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by file, place and code, each finding once."""
    unique = {(p.source, p.line, p.column, p.code, p.key, tell(p.message, "en")): p for p in problems}
    return tuple(unique[place] for place in sorted(unique))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only the findings that forbid going on."""
    return tuple(problem for problem in problems if problem.severity == "error")


class UserError(Exception):
    """Something the person can mend, that is no line of a file: a missing id, a refused overwrite.

    `status`: the exit status of the command line (1 the files, 2 the usage, 3 the machine). `problems`: what is wrong
    in a file, where that is why it cannot be used.
    """

    def __init__(
        self, message: Text, *, hint: Text | None = None, status: int = 1, problems: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__(tell(message, "en"))
        self.message = message
        self.hint = hint or {}
        self.status = status
        self.problems = problems

    def __reduce__(self) -> tuple[object, ...]:
        """Let it travel from a process that works on a part of a table to the one that tells the person."""
        return _user_error, (dict(self.message), dict(self.hint), self.status)


def _user_error(message: Text, hint: Text, status: int) -> UserError:
    return UserError(message, hint=hint, status=status)
