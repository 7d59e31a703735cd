"""Conditions on facts and answers: data trees, never strings to parse (formats.md, Conditions)."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from nqpf_assess.model.base import Id, Line, OneOf, Row, Score
from nqpf_assess.model.frozen import Frozen, key

Operator = Literal["is", "one_of", "has", "at_least", "at_most", "answered", "na", "score_at_least"]
SubjectKind = Literal["fact", "question", "dimension"]

OPERATORS: tuple[Operator, ...] = (
    "is",
    "one_of",
    "has",
    "at_least",
    "at_most",
    "answered",
    "na",
    "score_at_least",
)
KEYS = {name: "is_" if name == "is" else name for name in OPERATORS}
"""Operator → the field that holds what it compares with."""

SUBJECTS: tuple[SubjectKind, ...] = ("fact", "question", "dimension")

DEPTH = 4
"""A leaf stands under four groups at most."""


class Comparison(Frozen):
    """A leaf: one fact, question or dimension under exactly one operator."""

    fact: Id | None = None
    question: Id | None = None
    dimension: Id | None = None
    is_: str | None = key(default=None, alias="is")
    one_of: Row[str] | None = key(default=None, min_length=1)
    has: str | None = None
    at_least: Line | None = None
    at_most: Line | None = None
    answered: bool | None = None
    na: bool | None = None
    score_at_least: Score | None = None

    @property
    def subject_kind(self) -> SubjectKind:
        """What the leaf speaks of."""
        return next(kind for kind in SUBJECTS if getattr(self, kind) is not None)

    @property
    def subject(self) -> str:
        """The id of the fact, question or dimension."""
        return self.fact or self.question or self.dimension or ""

    @property
    def operators(self) -> tuple[Operator, ...]:
        """The operators stated; one in a sound leaf."""
        return tuple(name for name in OPERATORS if getattr(self, KEYS[name]) is not None)

    @cached_property
    def operator(self) -> Operator:
        """The operator of a sound leaf."""
        return next(name for name in OPERATORS if getattr(self, KEYS[name]) is not None)

    @property
    def operand(self) -> Any:
        """What the subject is compared with."""
        return getattr(self, KEYS[self.operator])


class AllOf(Frozen):
    """Holds where every part holds."""

    all: Row["Condition"] = key(min_length=1)


class AnyOf(Frozen):
    """Holds where one part holds."""

    any: Row["Condition"] = key(min_length=1)


class Not(Frozen):
    """Holds where its part does not; unknown stays unknown."""

    not_: "Condition" = key(alias="not")


def _shape(raw: object) -> str:
    # Which class a table is meant for is told by its group, so that a mistake is reported where it is and only once:
    # else every class would be tried, and each would complain.
    if isinstance(raw, AllOf | AnyOf | Not | Comparison):
        return {AllOf: "<all>", AnyOf: "<any>", Not: "<not>", Comparison: "<leaf>"}[type(raw)]
    keys = raw if isinstance(raw, dict) else {}
    return next((f"<{group}>" for group in ("all", "any", "not") if group in keys), "<leaf>")


AnyCondition = AllOf | AnyOf | Not | Comparison
Condition = Annotated[AnyCondition, OneOf(_shape, "<all>", "<any>", "<not>", "<leaf>")]
"""A condition as it stands in a file."""


def parts(condition: AnyCondition) -> tuple[tuple[tuple[str | int, ...], AnyCondition], ...]:
    """Return the direct parts of a condition, each with its path inside it; a leaf has none."""
    match condition:
        case AllOf():
            return tuple((("all", index), part) for index, part in enumerate(condition.all))
        case AnyOf():
            return tuple((("any", index), part) for index, part in enumerate(condition.any))
        case Not():
            return ((("not",), condition.not_),)
        case Comparison():
            return ()


def leaves(condition: AnyCondition) -> Iterator[tuple[tuple[str | int, ...], Comparison]]:
    """Return every leaf with its path, in the order written. Depth is bounded by the format, so recursion is too."""
    if isinstance(condition, Comparison):
        yield (), condition
    for path, part in parts(condition):
        for deeper, leaf in leaves(part):
            yield (*path, *deeper), leaf


def subjects(condition: AnyCondition | None, kind: SubjectKind) -> tuple[str, ...]:
    """Name the facts, questions or dimensions a condition speaks of, each once, in the order written."""
    named = (getattr(leaf, kind) for _, leaf in leaves(condition)) if condition else ()
    return tuple(dict.fromkeys(id for id in named if id is not None))
