"""Three-valued conditions (Kleene) on the facts and answers of one respondent."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, cast

from nqpf_assess.engine import plain
from nqpf_assess.engine.arithmetic import (
    FALSE,
    TRUE,
    UNKNOWN,
    Column,
    Figures,
    Namespace,
    below,
    kleene_all,
    kleene_any,
    kleene_not,
)
from nqpf_assess.kinds.kind import Value
from nqpf_assess.model.answers import State
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not


class Seen(NamedTuple):
    """A fact or question as conditions see it: its state, and its value where it is answered."""

    state: State
    value: Value | None = None


class View(NamedTuple):
    """One respondent's answers as read: all that conditions and scores may speak of.

    `year`: the year that the answers describe, where one is stated. `dimensions`: scores, for checks only.
    """

    facts: Mapping[str, Seen]
    questions: Mapping[str, Seen]
    dimensions: Mapping[str, Column] = {}
    year: int | None = None


BLANK = Seen("blank")
UNSCORED = Column(0.0, 0.0)


def truth(condition: AnyCondition, view: View) -> float:
    """Return TRUE, FALSE or UNKNOWN. A comparison with anything that is not answered is unknown."""

    def known(leaf: Comparison) -> float:
        if leaf.dimension is not None:
            return compared(leaf, view.dimensions.get(leaf.dimension, UNSCORED))
        return compared(leaf, (view.facts if leaf.fact is not None else view.questions).get(leaf.subject, BLANK))

    return cast("float", combined(plain, condition, known))


def combined(xp: Namespace, condition: AnyCondition, leaf: Callable[[Comparison], Figures]) -> Figures:
    """Combine the truths of the leaves as the groups of a condition say."""
    match condition:
        case AllOf():
            return kleene_all(xp, [combined(xp, part, leaf) for part in condition.all])
        case AnyOf():
            return kleene_any(xp, [combined(xp, part, leaf) for part in condition.any])
        case Not():
            return kleene_not(combined(xp, condition.not_, leaf))
        case Comparison():
            return leaf(condition)


def holds(condition: AnyCondition | None, view: View) -> bool:
    """Return whether a condition is known to hold; none given: it does not."""
    return condition is not None and truth(condition, view) == TRUE


def fails(condition: AnyCondition | None, view: View) -> bool:
    """Return whether a condition is known not to hold; none given: it does not fail."""
    return condition is not None and truth(condition, view) == FALSE


def unsettled(condition: AnyCondition | None, view: View) -> tuple[str, ...]:
    """Return the facts nobody answered yet on which the truth of a condition still hangs, in the order written."""
    if condition is None or truth(condition, view) != UNKNOWN:
        return ()
    match condition:
        case AllOf(all=parts) | AnyOf(any=parts):
            return tuple(dict.fromkeys(fact for part in parts for fact in unsettled(part, view)))
        case Not():
            return unsettled(condition.not_, view)
        case Comparison(fact=fact) if fact is not None and view.facts.get(fact, BLANK).state == "blank":
            return (fact,)
    return ()


def compared(leaf: Comparison, seen: Seen | Column) -> float:
    """Return the truth of one comparison with what it speaks of: a fact or question, or a dimension's score."""
    if isinstance(seen, Column):
        return _known(not below(seen.value, float(leaf.operand))) if seen.has else UNKNOWN
    if leaf.operator in STATE_OPERATORS:
        return _known(STATE_OPERATORS[leaf.operator](seen.state) is leaf.operand)
    if seen.value is None or seen.state != "answered":
        return UNKNOWN
    return _known(COMPARISONS[leaf.operator](seen.value, leaf.operand))


def _known(outcome: bool) -> float:  # noqa: FBT001
    return TRUE if outcome else FALSE


STATE_OPERATORS: Mapping[str, Callable[[State], bool]] = {
    "answered": lambda state: state == "answered",
    "na": lambda state: state == "na",
}
COMPARISONS: Mapping[str, Callable[..., bool]] = {
    "is": lambda value, operand: value == operand,
    "one_of": lambda value, operand: value in operand,
    "has": lambda value, operand: operand in value,
    "at_least": lambda value, operand: value >= operand,
    "at_most": lambda value, operand: value <= operand,
}
