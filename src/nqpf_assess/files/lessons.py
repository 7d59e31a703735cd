"""A lesson on one code of `check`: what it says, what to do, a wrong example and the right one."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nqpf_assess.files.finding import Rule
from nqpf_assess.files.rules.catalogue import catalogue, in_general
from nqpf_assess.files.rules.naming import nearest
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.problem import SEVERITY_WORDS, UserError

LESSONS = Path(__file__).parent / "rules" / "lessons.toml"

NO_CODE = _("check reports no code “{code}”")
NEAREST = _("Did you mean “{near}”?")
ALL = _("The codes: {codes}")
IN_BRACES = _("Words in braces stand for what the file says.")
WRONG = _("Wrong:")
RIGHT = _("Right:")


@dataclass(frozen=True)
class Lesson:
    """What there is to learn of one code; the examples are lines of TOML, in some cases once per language."""

    rule: Rule
    wrong: Text
    right: Text

    def lines(self, language: str) -> list[str]:
        """Return the lesson as lines."""
        head = f"{self.rule.code} ({tell(SEVERITY_WORDS[self.rule.severity], language)})"
        said = [in_general(words[language]) for words in (self.rule.message, self.rule.hint)]
        if any("{" in words for words in said):
            said.append(tell(IN_BRACES, language))
        wrong, right = (
            [f"    {line}".rstrip() for line in tell(words, language).rstrip("\n").split("\n")]
            for words in (self.wrong, self.right)
        )
        return [head, *said, "", tell(WRONG, language), *wrong, "", tell(RIGHT, language), *right]


def codes() -> tuple[str, ...]:
    """Return every code that a check may report."""
    return tuple(catalogue())


def lesson(code: str) -> Lesson:
    """Return the lesson on a code; raises `UserError` where there is no such code."""
    rules = catalogue()
    if code not in rules:
        near = nearest(code, tuple(rules))
        hint = fill(NEAREST, near=near) if near else fill(ALL, codes=listed(rules))
        raise UserError(fill(NO_CODE, code=code), hint=hint, status=2)
    entry = _entries()[code]
    return Lesson(rules[code], _words(entry["wrong"]), _words(entry["right"]))


@cache
def _entries() -> dict[str, dict[str, str | dict[str, str]]]:
    return tomllib.loads(LESSONS.read_text(encoding="utf-8"))


def _words(example: str | dict[str, str]) -> Text:
    return example if isinstance(example, dict) else dict.fromkeys(("en", "zh"), example)
