"""Can a condition ever hold, and can it ever not hold? Decided without running anything, over exact domains.

Each fact, question or dimension it names gets the few stand-ins that its comparisons can tell apart (an option, a
level, a point of each interval, not applicable, not answered). Assignments are searched depth first; a branch is left
as soon as the three-valued bounds of the condition decide it. A question may be answered only where it is shown and
not made not applicable, so the conditions of the questions it names count too, where they could matter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, pairwise

from nqpf_assess.engine.arithmetic import TRUE, Column
from nqpf_assess.engine.conditions import Seen, View, truth
from nqpf_assess.engine.graph import in_dependency_order
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not, leaves
from nqpf_assess.model.questionnaire import AnyAsked, LevelKind, NumberKind, Questionnaire, TextKind

Subject = tuple[str, str]
"""Kind (fact, question, dimension) and id."""

Standin = Seen | Column

MOST_STEPS = 20_000
MOST_SUBJECTS = 14
MOST_TICKED = 6
NOT_ANSWERED: tuple[Seen, ...] = (Seen("blank"), Seen("na"))


@dataclass
class _Search:
    """One search: how many steps are left before it is given up, and the conditions that bind each question."""

    questionnaire: Questionnaire
    condition: AnyCondition
    domains: Mapping[Subject, Sequence[Standin]]
    order: Sequence[Subject]
    bound: frozenset[Subject]
    steps: int = MOST_STEPS
    chosen: dict[Subject, Standin] = field(default_factory=dict)


def can_hold(condition: AnyCondition, questionnaire: Questionnaire) -> bool | None:
    """Say whether some answers make the condition hold; None where the search was given up."""
    return _decide(condition, questionnaire, wanted=True)


def can_fail(condition: AnyCondition, questionnaire: Questionnaire) -> bool | None:
    """Say whether some answers leave the condition unknown or false; None where the search was given up."""
    return _decide(condition, questionnaire, wanted=False)


def _decide(condition: AnyCondition, questionnaire: Questionnaire, *, wanted: bool) -> bool | None:
    own = _subjects([condition])
    alone = _run(condition, questionnaire, own, bound=frozenset(), wanted=wanted)
    if alone is not True:
        return alone
    bound = _bound_questions(own, questionnaire)
    return (
        _run(condition, questionnaire, _with_needs(own, bound, questionnaire), bound=bound, wanted=wanted)
        if bound
        else True
    )


def _bound_questions(own: Sequence[Subject], questionnaire: Questionnaire) -> frozenset[Subject]:
    """Give the named questions whose own conditions could matter: those that share a subject with another condition."""
    seen: dict[Subject, int] = dict.fromkeys(own, 1)
    binding: set[Subject] = set()
    frontier = [subject for subject in own if subject[0] == "question"]
    while frontier and len(seen) <= MOST_SUBJECTS:
        question = frontier.pop(0)
        conditions = _visibility(question, questionnaire)
        if conditions:
            binding.add(question)
        for subject in _subjects(conditions):
            seen[subject] = seen.get(subject, 0) + 1
            if seen[subject] == 1 and subject[0] == "question":
                frontier.append(subject)
    return frozenset(binding) if any(count > 1 for count in seen.values()) else frozenset()


def _with_needs(own: Sequence[Subject], bound: frozenset[Subject], questionnaire: Questionnaire) -> list[Subject]:
    found = dict.fromkeys(own)
    for question in bound:
        found |= dict.fromkeys([question, *_subjects(_visibility(question, questionnaire))])
    return list(found)


def _visibility(subject: Subject, questionnaire: Questionnaire) -> list[AnyCondition]:
    question = questionnaire.questions.get(subject[1]) if subject[0] == "question" else None
    return [c for c in (question.show_if, question.na_when) if c is not None] if question else []


def _subjects(conditions: Sequence[AnyCondition]) -> list[Subject]:
    return list(dict.fromkeys((leaf.subject_kind, leaf.subject) for c in conditions for _, leaf in leaves(c)))


def _run(
    condition: AnyCondition,
    questionnaire: Questionnaire,
    subjects: Sequence[Subject],
    *,
    bound: frozenset[Subject],
    wanted: bool,
) -> bool | None:
    every = [condition, *(c for subject in bound for c in _visibility(subject, questionnaire))]
    domains = {subject: _stand_ins(subject, every, questionnaire) for subject in subjects}
    search = _Search(questionnaire, condition, domains, _ordered(subjects, bound, questionnaire), bound)
    return _deeper(search, 0, wanted=wanted)


def _ordered(subjects: Sequence[Subject], bound: frozenset[Subject], questionnaire: Questionnaire) -> list[Subject]:
    keys = {f"{kind}:{id}": (kind, id) for kind, id in subjects}
    needs = {
        key: [f"{k}:{i}" for k, i in _subjects(_visibility(subject, questionnaire))] if subject in bound else []
        for key, subject in keys.items()
    }
    return [keys[key] for key in in_dependency_order(needs)]


def _deeper(search: _Search, depth: int, *, wanted: bool) -> bool | None:
    low, high = _bounds(search.condition, search.chosen)
    if (high < TRUE) if wanted else (low == TRUE):
        return False
    decided = low == TRUE if wanted else high < TRUE
    if depth == len(search.order):
        return decided
    subject = search.order[depth]
    gave_up = False
    for stand_in in _allowed(search, subject):
        search.steps -= 1
        if search.steps < 0:
            return None
        search.chosen[subject] = stand_in
        outcome = _deeper(search, depth + 1, wanted=wanted)
        del search.chosen[subject]
        if outcome:
            return True
        gave_up = gave_up or outcome is None
    return None if gave_up else False


def _allowed(search: _Search, subject: Subject) -> Sequence[Standin]:
    """Give what a subject can be after all that decides about it is chosen."""
    if subject not in search.bound:
        return search.domains[subject]
    question = search.questionnaire.questions[subject[1]]
    view = _view(search.chosen)
    if question.show_if is not None and truth(question.show_if, view) != TRUE:
        return (Seen("hidden"),)
    if question.na_when is not None and truth(question.na_when, view) == TRUE:
        return (Seen("na"),)
    return search.domains[subject]


def _view(chosen: Mapping[Subject, Standin]) -> View:
    tables: dict[str, dict[str, Standin]] = {"fact": {}, "question": {}, "dimension": {}}
    for (kind, id), stand_in in chosen.items():
        tables[kind][id] = stand_in
    return View(tables["fact"], tables["question"], tables["dimension"])  # type: ignore[arg-type]


def _bounds(condition: AnyCondition, chosen: Mapping[Subject, Standin]) -> tuple[float, float]:
    """Give the least and greatest truth the condition can still take; Kleene's connectives are monotone."""
    match condition:
        case AllOf():
            parts = [_bounds(part, chosen) for part in condition.all]
            return min(low for low, _ in parts), min(high for _, high in parts)
        case AnyOf():
            parts = [_bounds(part, chosen) for part in condition.any]
            return max(low for low, _ in parts), max(high for _, high in parts)
        case Not():
            low, high = _bounds(condition.not_, chosen)
            return TRUE - high, TRUE - low
        case Comparison():
            subject = (condition.subject_kind, condition.subject)
            if subject not in chosen:
                return 0.0, TRUE
            known = truth(condition, _view({subject: chosen[subject]}))
            return known, known


def _stand_ins(subject: Subject, conditions: Sequence[AnyCondition], questionnaire: Questionnaire) -> Sequence[Standin]:
    kind, id = subject
    found = [leaf for c in conditions for _, leaf in leaves(c) if (leaf.subject_kind, leaf.subject) == subject]
    if kind == "dimension":
        return [Column(0.0, 0.0), *(Column(float(x), 1.0) for x in _points(found, Decimal(0), Decimal(100)))]
    asked: AnyAsked = questionnaire.facts[id] if kind == "fact" else questionnaire.questions[id]
    return [*NOT_ANSWERED, *(Seen("answered", value) for value in _values(asked, found))]


def _values(asked: AnyAsked, found: Sequence[Comparison]) -> Iterator[int | Decimal | str | frozenset[str]]:
    if isinstance(asked, LevelKind):
        yield from range(len(asked.levels))
    elif isinstance(asked, NumberKind):
        yield from _points(found, *asked.range)
    elif isinstance(asked, TextKind):
        yield "words"
    elif asked.kind == "single":
        yield from (id for id, option in asked.options.items() if not getattr(option, "unknown", False))
    else:
        yield from _tickings(asked, found)


def _tickings(asked: AnyAsked, found: Sequence[Comparison]) -> Iterator[frozenset[str]]:
    """Give the ways to tick the options that are compared with, besides one that is not."""
    options = {id: o for id, o in asked.options.items() if not getattr(o, "unknown", False)}  # type: ignore[union-attr]
    alone = {id for id, option in options.items() if getattr(option, "exclusive", False)}
    named = [id for id in dict.fromkeys(leaf.operand for leaf in found if leaf.operator == "has") if id in options]
    together = [id for id in named if id not in alone][:MOST_TICKED]
    other = next((id for id in options if id not in alone and id not in named), None)
    yield from (frozenset([id]) for id in alone)
    for count in range(len(together) + 1):
        for ticked in combinations(together, count):
            if ticked or other is not None or not alone:
                yield frozenset(ticked) if ticked or other is None else frozenset([other])


def _points(found: Sequence[Comparison], low: Decimal, high: Decimal) -> list[Decimal]:
    """Give a point for each stretch that the thresholds cut a range into, and the thresholds themselves."""
    operands = [leaf.operand for leaf in found if leaf.operator in ("at_least", "at_most", "score_at_least")]
    cuts = sorted({low, high, *(x for x in operands if low <= x <= high)})
    middles = [(left + right) / 2 for left, right in pairwise(cuts)]
    return sorted({*cuts, *middles})
