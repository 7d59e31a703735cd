"""Tables of handlers know all that they must handle: what is added to a type cannot be forgotten in its table.

Renderers: `tests/report/renderers/test_registries.py`; rules of `check`: `tests/files/test_examples.py`.
"""

import importlib
import json
from pathlib import Path
from typing import get_args

import pytest

from nqpf_assess.cli.commands import SUBCOMMANDS
from nqpf_assess.engine.states import COMPARISONS, STATE_OPERATORS
from nqpf_assess.files.schemas import KINDS as SCHEMAS
from nqpf_assess.kinds import KINDS
from nqpf_assess.model import answers, condition, questionnaire
from nqpf_assess.model.report_form import FORMS, Form
from nqpf_assess.pages.merging import MERGE_RULE_WORDS
from nqpf_assess.report import forms

PACKAGE = Path(__file__).parents[1] / "src" / "nqpf_assess"


def kinds_of_the_model() -> set[str]:
    """The words of `kind` in every class of what is asked."""
    found: set[str] = set()
    for thing in vars(questionnaire).values():
        field = getattr(thing, "model_fields", {}).get("kind") if isinstance(thing, type) else None
        if field is not None and "text" in thing.model_fields:
            found |= set(get_args(field.annotation))
    return found


def test_every_kind_of_question_has_its_module() -> None:
    assert set(KINDS) == kinds_of_the_model() > {"level", "number"}


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_command_has_its_module_and_says_what_it_does(name: str) -> None:
    module = importlib.import_module(f"nqpf_assess.cli.{name}")
    assert module.command.name == name
    assert {language for language, words in SUBCOMMANDS[name].items() if words.strip()} == {"en", "zh"}


def test_every_operator_of_conditions_is_worked_out_somewhere() -> None:
    assert {*COMPARISONS, *STATE_OPERATORS, "score_at_least"} == set(get_args(condition.Operator))


def test_every_rule_of_merging_has_words() -> None:
    assert set(answers.MERGE_RULES) == set(MERGE_RULE_WORDS)


def test_every_format_has_its_schema() -> None:
    written = {path.stem for path in (PACKAGE / "schemas").glob("*.json")}
    assert written == set(SCHEMAS)
    for name in written:
        assert "$schema" in json.loads((PACKAGE / "schemas" / f"{name}.json").read_text(encoding="utf-8"))


def test_every_form_of_a_report_has_an_ending_and_is_known_by_its_beginning() -> None:
    assert set(forms.ENDINGS.values()) == set(forms.BEGINNINGS) == set(FORMS) == set(get_args(Form))
