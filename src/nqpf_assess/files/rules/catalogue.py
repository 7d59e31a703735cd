"""Every lint rule in one table, by what it looks at. A new rule is a function and a row in its subject's module."""

import re

from nqpf_assess.files.finding import Rule
from nqpf_assess.files.rules.advice import ADVICE_RULES
from nqpf_assess.files.rules.answering import ANSWER_RULES
from nqpf_assess.files.rules.arguing import ARGUING_RULES
from nqpf_assess.files.rules.conditions import CONDITION_RULES, CYCLE_RULES, REASONING_RULES
from nqpf_assess.files.rules.content import CONTENT_RULES
from nqpf_assess.files.rules.figures import FIGURE_RULES
from nqpf_assess.files.rules.formats import FORMAT_RULES
from nqpf_assess.files.rules.judging import JUDGEMENT_RULES
from nqpf_assess.files.rules.reading import READING_RULES
from nqpf_assess.files.rules.references import REFERENCE_RULES, rubric_reference
from nqpf_assess.files.rules.rubric import RUBRIC_RULES
from nqpf_assess.files.rules.shapes import SHAPE_RULES
from nqpf_assess.files.rules.sheets import MAP_RULES
from nqpf_assess.files.rules.texts import TEXT_RULES

_UNKNOWN = next(rule for rule in REFERENCE_RULES if rule.code == "unknown_reference")

QUESTIONNAIRE_RULES = (
    *TEXT_RULES,
    *REFERENCE_RULES,
    *CONDITION_RULES,
    *REASONING_RULES,
    *CYCLE_RULES,
    *FIGURE_RULES,
    *ADVICE_RULES,
)
WEIGHTS_RULES = (
    *TEXT_RULES,
    Rule(_UNKNOWN.code, _UNKNOWN.severity, _UNKNOWN.message, _UNKNOWN.hint, rubric_reference),
    *CONDITION_RULES,
    *REASONING_RULES,
    *RUBRIC_RULES,
    *JUDGEMENT_RULES,
    *ARGUING_RULES,
)

GROUPS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("reading", READING_RULES),
    ("formats", FORMAT_RULES),
    ("content", CONTENT_RULES),
    ("shape", SHAPE_RULES),
    ("texts", TEXT_RULES),
    ("references", REFERENCE_RULES),
    ("conditions", (*CONDITION_RULES, *REASONING_RULES, *CYCLE_RULES)),
    ("figures", FIGURE_RULES),
    ("advice", ADVICE_RULES),
    ("rubric", (*RUBRIC_RULES, *JUDGEMENT_RULES, *ARGUING_RULES)),
    ("answers", ANSWER_RULES),
    ("maps", MAP_RULES),
)


_SOMETIMES = re.compile(r"\{(near|why|how|seems)\}")
"""Values of a sentence that are blank in most cases."""


def in_general(words: str) -> str:
    """Return a rule's sentence as it stands for every case: names in braces, what is there only sometimes left out."""
    return _SOMETIMES.sub("", words).replace("{{", "{").replace("}}", "}")


def catalogue() -> dict[str, Rule]:
    """Return every code once, with the row that explains it."""
    found: dict[str, Rule] = {}
    for _, rules in GROUPS:
        for rule in rules:
            found.setdefault(rule.code, rule)
    return found
