"""Editions of a questionnaire: whether a reference names one, what another calls otherwise, a rubric in its names."""

from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal
from typing import Any

from nqpf_assess.kinds import are_kin, kind_of, read_value
from nqpf_assess.kinds.editions import Carried
from nqpf_assess.kinds.kind import Fault
from nqpf_assess.model.answers import Answer, Reference, RubricReference
from nqpf_assess.model.condition import KEYS, AllOf, AnyCondition, AnyOf, Comparison, Not
from nqpf_assess.model.migration import STEPS, Step
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire
from nqpf_assess.model.scorecard import Identity, RubricIdentity
from nqpf_assess.model.weights import BlendedProfile, Chain, Weights

Names = Mapping[str, str]
"""The id in one edition → the id in another, of what is called otherwise there."""


def is_edition(stated: Reference, edition: Identity) -> bool:
    """Return whether a reference names this very edition, as far as it says so; of a rubric, the same blend."""
    if isinstance(stated, RubricReference) and isinstance(edition, RubricIdentity) and stated.with_ != edition.shares:
        return False
    named = (stated.id, stated.version) == (edition.id, edition.version)
    return named and stated.digest in (None, edition.digest)


def breaks_answers(before: str, after: str) -> bool:
    """Return whether two versions differ in their first number: answers to one may say something else in the other."""
    return before.partition(".")[0] != after.partition(".")[0]


def step_between(before: str, after: str) -> Step | None:
    """Return the part of the version that was raised; None where none was, or one of them is not of the form 1.2.3."""
    old, new = _numbers(before), _numbers(after)
    if old is None or new is None:
        return None
    places = (place for place in range(len(STEPS)) if old[place] != new[place])
    first = next(places, None)
    return None if first is None or new[first] < old[first] else STEPS[-1 - first]


def _numbers(version: str) -> tuple[int, int, int] | None:
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2])


def editions_from(own: Questionnaire, kept: Iterable[Questionnaire], now: Questionnaire) -> tuple[Questionnaire, ...]:
    """Return an edition and those of all that are kept between it and the present one, in order.

    A file goes on to name the first, though it may have been answered on under each of them.
    """
    between = [one for one in kept if step_between(own.version, one.version) and step_between(one.version, now.version)]
    return own, *sorted(between, key=lambda one: _numbers(one.version) or ())


def asked_then(edition: Questionnaire, id: str, now: AnyAsked) -> AnyAsked | None:
    """Return a question of the present as another edition asks it, under its id or a former one."""
    return next((edition.asked[name] for name in (id, *now.previous_ids) if name in edition.asked), None)


def given_to(editions: Sequence[Questionnaire], id: str, now: AnyAsked, answer: Answer) -> AnyAsked | None:
    """Return what was answered: the question as the first of some editions asks it that takes the answer."""
    asked = [then for edition in editions if (then := asked_then(edition, id, now)) is not None]
    values = [one.value for one in (answer, *answer.voices)]
    taken = (one for one in asked if not any(isinstance(read_value(one, value), Fault) for value in values))
    return next(taken, asked[0] if asked else None)


def names_between(before: Questionnaire | None, after: Questionnaire) -> Names:
    """Return what is called otherwise in `after`, by its former ids; and by those of `before`, where that is the newer.

    An id that `after` itself has is never renamed.
    """
    found: dict[str, str] = {}
    for table in (after.facts, after.questions):
        for id, asked in table.items():
            for former in asked.previous_ids:
                found.setdefault(former, id)
    for table in (before.facts, before.questions) if before is not None else ():
        for id, asked in table.items():
            for former in asked.previous_ids:
                if former in after.asked:
                    found.setdefault(id, former)
    return {id: now for id, now in found.items() if id not in after.asked}


def fitted(
    chain: Chain,
    questionnaire: Questionnaire,
    names: Names,
    own: Questionnaire | None = None,
    *,
    moved: Set[str] = frozenset(),
) -> Chain:
    """Put a rubric into the names of an edition; what it says of parts that are not there is left out.

    `own`: the edition whose units its conditions speak in, where that is known to be another one. `moved`: parts whose
    weights it states among other siblings than they have there, so that they say nothing.
    """
    groups = {*questionnaire.pillars, *questionnaire.dimensions}
    nodes = (groups | set(questionnaire.questions)) - moved

    def there(node: str) -> str | None:
        now = node if node in nodes else names.get(node, node)
        return now if now in nodes else None

    files: list[Weights] = []
    for file in chain:
        rows = []
        for row in file.adjust:
            if node := there(row.node):
                when = None if row.when is None else translated(row.when, names, questionnaire, own)
                stated = {"node": node, "when": when}
                rows.append(row.model_copy(update={k: v for k, v in stated.items() if k in row.model_fields_set}))
        changes: dict[str, Any] = {
            "weights": {now: weight for node, weight in file.weights.items() if (now := there(node))},
            "targets": {node: target for node, target in file.targets.items() if node in groups},
            "floors": {id: floor for id, floor in file.floors.items() if floor.node in groups},
            "adjust": tuple(rows),
        }
        files.append(file.model_copy(update={k: v for k, v in changes.items() if k in file.model_fields_set}))
    return tuple(files)


def fitted_blend(
    further: Sequence[BlendedProfile],
    questionnaire: Questionnaire,
    names: Names,
    own: Questionnaire | None = None,
    *,
    moved: Set[str] = frozenset(),
) -> tuple[BlendedProfile, ...]:
    """Put the further profiles of a blend into the names of an edition."""
    return tuple(part._replace(chain=fitted(part.chain, questionnaire, names, own, moved=moved)) for part in further)


def translated(
    condition: AnyCondition, names: Names, questionnaire: Questionnaire, own: Questionnaire | None
) -> AnyCondition:
    """Put a condition into the names of another edition, and what it compares with into that one's units and ids.

    What is of a kind there that cannot be compared so is not there for it: that comparison is unknown.
    """

    def put(part: AnyCondition) -> AnyCondition:
        return translated(part, names, questionnaire, own)

    match condition:
        case AllOf():
            return condition.model_copy(update={"all": tuple(map(put, condition.all))})
        case AnyOf():
            return condition.model_copy(update={"any": tuple(map(put, condition.any))})
        case Not():
            return condition.model_copy(update={"not_": put(condition.not_)})
        case Comparison(dimension=None):
            now = names.get(condition.subject, condition.subject)
            asked, before = questionnaire.asked.get(now), None if own is None else own.asked.get(condition.subject)
            operand = condition.operand
            if asked is not None and before is not None and are_kin(before, asked):
                operand = _operand_in(operand, before, asked)
            said = condition.model_copy(update={condition.subject_kind: now, KEYS[condition.operator]: operand})
            if asked is None or kind_of(asked).fits(said):
                return said
            return _of_options(said, asked) or said.model_copy(update={said.subject_kind: NOTHING})
        case Comparison():
            return condition


NOTHING = ""
"""The id of no fact or question."""


def _of_options(comparison: Comparison, asked: AnyAsked) -> AnyCondition | None:
    """Return a comparison with options as it is made where one is chosen, or several are ticked; None of others."""
    operator = next((name for name in ("is", "has") if name in kind_of(asked).operators), None)
    options = comparison.one_of or tuple(option for option in (comparison.is_, comparison.has) if option is not None)
    if operator is None or not options:
        return None
    kind, subject = str(comparison.subject_kind), comparison.subject
    parts = tuple(Comparison.model_validate({kind: subject, operator: option}) for option in options)
    return parts[0] if len(parts) == 1 else AnyOf(any=parts)


def _operand_in(operand: Any, before: AnyAsked, after: AnyAsked) -> Any:
    """Return what answers are compared with as another edition has it: a figure in its unit, an option by its words."""
    if isinstance(operand, tuple):
        return tuple(_operand_in(part, before, after) for part in operand)
    if isinstance(operand, bool):
        return operand
    stated = kind_of(before).cell(before, operand) if isinstance(operand, Decimal) else operand  # a level is no figure
    now = kind_of(after).carry(before, after, Carried(stated))
    if now.lost or not now.rewritten:
        return operand
    return Decimal(str(now.raw)) if isinstance(operand, Decimal) else now.raw
