"""The answers of one assessment, one file each (formats.md, section 3)."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Literal, TypeVar

from nqpf_assess.model.base import (
    Id,
    Number,
    ReadBy,
    Row,
    Score,
    Table,
    Weight,
    key_of,
    plain_number,
    refused,
    stated_keys,
)
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.follow_up import FollowUp
from nqpf_assess.model.frozen import NONE_STATED, Frozen, key
from nqpf_assess.model.period import Time, time_of, year_of
from nqpf_assess.model.questionnaire import Confidence

Part = TypeVar("Part", bound=Frozen)

ANSWERS_FORMAT = "nqpf-answers/1"

StoredState = Literal["answered", "dk", "na", "later"]
State = Literal["answered", "dk", "later", "blank", "na", "hidden"]
STATES: tuple[State, ...] = ("answered", "dk", "later", "blank", "na", "hidden")

Raw = str | int | Decimal | date | tuple[str, ...]
"""A value as it stands in the file, before its kind is known."""


def cell_text(raw: Raw | None) -> str:
    """Write a value as one cell of a table holds it, "" where there is none."""
    match raw:
        case None:
            return ""
        case tuple():
            return ";".join(raw)
        case Decimal():
            return plain_number(raw)
        case str() | int() | date():
            return str(raw).strip()


def _raw(value: object) -> Raw:
    if isinstance(value, list | tuple):
        if all(isinstance(item, str) for item in value):
            return tuple(value)
        raise refused("value_type", "a list of option ids")
    if isinstance(value, bool | datetime) or not isinstance(value, str | int | Decimal | date):
        raise refused("value_type", "a text, a number, a day or a list of option ids")
    return value


RawValue = Annotated[
    str | int | Decimal | date | tuple[str, ...],
    ReadBy(_raw, anyOf=[{"type": "string"}, {"type": "number"}, {"type": "array", "items": {"type": "string"}}]),
]


class Reference(Frozen):
    """Which questionnaire or rubric the answers were given to."""

    id: Id
    version: str
    digest: str | None = None

    @property
    def named(self) -> str:
        """How a command line names it."""
        return self.id


class RubricReference(Reference):
    """Which rubric the answers are scored with. `with_`: shares of further profiles; the first carries the rest."""

    with_: Table[Id, Number] = key(alias="with", default=NONE_STATED)

    @property
    def named(self) -> str:
        """How a command line names it: a blend with its shares."""
        return str(Blend(self.id, self.with_))


class Subject(Frozen):
    """Who is assessed: the place or firm, the year the answers describe, and who answered."""

    name: str = ""
    period: str = ""
    respondent: str = ""

    @property
    def called(self) -> str:
        """The name by which two files are of one subject: whatever blanks it has, and however its letters are made.

        `é` may be one sign or two that look the same.
        """
        return unicodedata.normalize("NFC", " ".join(self.name.split()))

    @property
    def time(self) -> Time:
        """The time by which two files are of one: “2025”, “2025年度” and “FY2025” are one year, half of it is none."""
        return time_of(self.period)

    @property
    def year(self) -> int | None:
        """The year that the answers describe: the last one named in `period`, remarks in brackets left aside."""
        return year_of(self.period)


class Origin(Frozen):
    """Where a value was imported from: which kind of source, which file, where in it, when (exchange.md)."""

    kind: Literal["xlsx", "kobo", "odk", "statistics", "json", "csv"]
    file: str | None = None
    place: str | None = None
    at: datetime | None = None


class Given(Frozen):
    """What one person gave: a value or state, and all that was written beside it."""

    value: RawValue | None = None
    year: int | None = None
    state: StoredState | None = None
    reason: str | None = None
    confidence: Confidence | None = None
    note: str | None = None
    evidence: Row[str] = ()
    revision: int | None = key(default=None, ge=1)
    by: str | None = None
    at: datetime | None = None
    from_: Origin | None = key(alias="from", default=None)

    @property
    def state_wins(self) -> bool:
        """Whether not known, not applicable or put off counts in place of a value, which is kept."""
        return self.state in ("dk", "na", "later")


class Answer(Given):
    """One answer. `voices`: what each respondent gave, where a merge found them differing."""

    voices: Row[Given] = ()


NOT_ANSWERED = Answer.model_construct()
"""What stands for the answer to what nobody has answered."""

ANSWER_KEYS = frozenset(key_of(Answer, name) for name in Answer.model_fields)

Because = Literal["removed", "invalid", "converted", "replaced", "merged"]
"""Why something was archived: what it answers is gone, it fits no more, it was rewritten, another stands for it.

`merged`: it is of one of several respondents, the others had archived something else, or nothing.
"""


class Archived(Answer):
    """What a new edition has no place for, kept as it was (`migrate`).

    `table`: where it stood; `of`: its id, where its key here had to be another one; `edition`: the version of the
    questionnaire it was given to; `factor`, `target`: those of an override, its reason under `reason`.
    """

    table: Literal["facts", "answers", "override", "plan"] = "answers"
    because: Because = "removed"
    of: Id | None = None
    edition: str | None = None
    factor: RawValue | None = None
    target: RawValue | None = None

    @property
    def answer(self) -> Answer:
        """The answer as it stood in its table."""
        return Answer(**{key: part for key, part in stated_keys(self) if key in ANSWER_KEYS})


MergeRule = Literal["median", "majority", "lead", "evidence"]
MERGE_RULES: tuple[MergeRule, ...] = ("median", "majority", "lead", "evidence")


class Merged(Frozen):
    """That these answers were merged out of several files: by which rule, whose. `digest`: of what was written."""

    rule: MergeRule
    lead: str | None = None
    respondents: Row[str] = ()
    digest: str | None = None


class Override(Frozen):
    """A person's correction of the local weights, with a reason that is printed."""

    node: Id
    factor: Weight | None = None
    target: Score | None = None
    why: str


class Chosen(Frozen):
    """Countermeasures ticked in the what-if screen."""

    chosen: Row[Id] = ()


class Answers(Frozen):
    """One assessment as it stands in its file."""

    format: Literal["nqpf-answers/1"]
    questionnaire: Reference
    weights: RubricReference
    language: str | None = None
    mode: Literal["full", "quick"] = "full"
    subject: Subject = Subject.model_construct()
    facts: Table[Id, Answer] = NONE_STATED
    answers: Table[Id, Answer] = NONE_STATED
    override: Row[Override] = ()
    plan: Chosen = Chosen.model_construct()
    follow_up: Row[FollowUp] = ()
    archive: Table[Id, Archived] = NONE_STATED
    merged: Merged | None = None

    @cached_property
    def readings(self) -> list[object]:
        """What was read out of these answers, so that it is read once (`engine.states`); no part of their value."""
        return []


def with_entries(held: Mapping[str, Answer], given: Mapping[str, Answer], known: Iterable[str]) -> Mapping[str, Answer]:
    """Return answers with others among them, in the order in which their file has them, by which their digest goes.

    What is there keeps its place, and what is new stands behind the last that is asked before it. `known`: all that is
    asked, in the order of the questionnaire, so that the same answers always give the same file.
    """
    before, behind = "", dict[str, list[str]]()
    for id in known:
        if id in held:
            before = id
        elif id in given:
            behind.setdefault(before, []).append(id)
    entries = {**held, **given}
    order = chain(behind.get("", ()), *((id, *behind.get(id, ())) for id in held))
    return {id: entries[id] for id in order}


def as_filed(part: Part, held: Part | None = None) -> Part:
    """Return answers, or a part of them, as their file states them: what is empty is left out, where it need not stand.

    By that goes their digest. An empty list as a value stays, for it says that nothing is ticked; so does each answer
    among others, as it is. `held`: what was read from the file; what is empty there, as in a form, stays so.
    """
    must = {"value", *(name for name, key in part.model_fields.items() if key.is_required())}
    there = {} if held is None else {name: vars(held)[name] for name in held.model_fields_set}
    kept = {}
    for name in part.model_fields_set:
        one, was = vars(part)[name], there.get(name)
        filed = as_filed(one, was) if isinstance(one, Frozen) else one
        if filed is not None and (name in must or not _is_empty(filed) or filed == was):
            kept[name] = filed
    return part.model_construct(**kept)


def _is_empty(part: Any) -> bool:
    if isinstance(part, Frozen):
        return not part.model_fields_set
    return isinstance(part, str | tuple | Mapping) and not part
