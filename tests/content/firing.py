"""Answers under which a condition holds: one way through its groups, then a value for each thing it names."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from nqpf_assess.model.answers import Answer
from nqpf_assess.model.condition import AllOf, AnyOf, Comparison, Condition, Not
from nqpf_assess.model.questionnaire import Questionnaire
from tests.content.plausible import best, worst

Leaf = tuple[Comparison, bool]


def ways(condition: Condition, *, wanted: bool = True) -> Iterator[tuple[Leaf, ...]]:
    """Give the sets of comparisons, each to hold or to fail, under any of which the condition comes out as wanted."""
    match condition:
        case Not():
            yield from ways(condition.not_, wanted=not wanted)
        case AllOf(all=parts) | AnyOf(any=parts) if isinstance(condition, AllOf) == wanted:
            for chosen in product(*(tuple(ways(part, wanted=wanted)) for part in parts)):
                yield tuple(leaf for group in chosen for leaf in group)
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from ways(part, wanted=wanted)
        case _:
            yield ((condition, wanted),)


def put(questionnaire: Questionnaire, leaves: tuple[Leaf, ...]) -> dict[str, dict[str, Answer]]:
    """Give answers and facts that make each comparison hold or fail; what a dimension needs comes before the rest."""
    given: dict[str, dict[str, Answer]] = {"fact": {}, "question": {}}
    for leaf, wanted in sorted(leaves, key=lambda each: each[0].subject_kind != "dimension"):
        if leaf.subject_kind == "dimension":
            how = best if wanted else worst
            asked = {id: q for id, q in questionnaire.questions.items() if q.dimension == leaf.subject}
            given["question"] |= {id: how(question) for id, question in asked.items()}
        elif value := _value(questionnaire, leaf, wanted=wanted, told=given[leaf.subject_kind].get(leaf.subject)):
            given[leaf.subject_kind][leaf.subject] = value
    return given


def _value(questionnaire: Questionnaire, leaf: Comparison, *, wanted: bool, told: Answer | None) -> Answer | None:
    asked = (questionnaire.facts if leaf.subject_kind == "fact" else questionnaire.questions)[leaf.subject]
    operand = leaf.operand
    match leaf.operator:
        case "at_least" | "at_most":
            return _number(asked.kind, operand, above=(leaf.operator == "at_least") == wanted, itself=wanted)
        case "has" if wanted:
            return Answer(value=(*_ticked(told), operand))
        case "has":
            return told or Answer(value=("none",))
        case "is" if wanted:
            return Answer(value=operand)
        case "one_of" if wanted:
            return Answer(value=operand[0])
        case "is":
            return Answer(value=next(id for id in asked.options if id not in (operand, "unsure")))
    return None


def _number(kind: str, operand: Decimal, *, above: bool, itself: bool) -> Answer:
    aside = 0 if itself else (1 if kind == "level" else operand / 10) * (1 if above else -1)
    return Answer(value=int(operand + aside)) if kind == "level" else Answer(value=str(operand + aside))


def _ticked(told: Answer | None) -> tuple[str, ...]:
    held = told.value if told is not None and isinstance(told.value, tuple) else ()
    return tuple(option for option in held if option != "none")
