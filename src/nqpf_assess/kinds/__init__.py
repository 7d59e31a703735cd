"""Kinds of question: one module a kind, and the table of them. No other package tests which kind a question has.

Another kind is one more module with a subclass of `Kind` (see `kind.py`), its keys in `model/questionnaire.py`, and a
row in the table.
"""

from collections.abc import Mapping
from typing import Any

from nqpf_assess.kinds.date import DateKind
from nqpf_assess.kinds.kind import Fault, Kind, Value
from nqpf_assess.kinds.level import LevelKind
from nqpf_assess.kinds.multi import MultiKind
from nqpf_assess.kinds.number import NumberKind
from nqpf_assess.kinds.single import SingleKind
from nqpf_assess.kinds.words import TextKind
from nqpf_assess.model.answers import Raw
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire
from nqpf_assess.model.questionnaire import Kind as KindName

KINDS: Mapping[KindName, Kind[Any]] = {
    kind.name: kind for kind in (LevelKind(), SingleKind(), MultiKind(), NumberKind(), DateKind(), TextKind())
}


def kind_of(asked: AnyAsked) -> Kind[Any]:
    """Return the kind of a question or fact."""
    return KINDS[asked.kind]


def are_kin(before: AnyAsked, after: AnyAsked) -> bool:
    """Return whether two editions ask for answers of one form: of the same kind, or for options."""
    return before.kind == after.kind or (kind_of(before).has_options and kind_of(after).has_options)


def is_dated(questionnaire: Questionnaire) -> bool:
    """Return whether scores hang on the year that the answers describe."""
    return any(kind_of(question).needs_year for question in questionnaire.questions.values())


def is_blank(raw: Raw | None) -> bool:
    """Return whether nothing was given: no value, or only spaces."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def read_value(asked: AnyAsked, raw: Raw | None) -> Value | Fault | None:
    """Read a value of a file by the kind of its question or fact; None where nothing was given."""
    if raw is None or is_blank(raw):
        return None
    return kind_of(asked).read(asked, raw)
