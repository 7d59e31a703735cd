"""Can conditions hold, can they fail, do they go round in circles? Found without running anything."""

from collections.abc import Iterable, Iterator, Sequence

from nqpf_assess.engine.graph import cycles
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.comparisons import questions_named
from nqpf_assess.files.rules.conditions import every_leaf
from nqpf_assess.files.rules.naming import in_circle
from nqpf_assess.files.rules.subjects import QuestionnaireSubject, WeightsSubject
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import written
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.condition import AnyCondition, Comparison, Not, parts
from nqpf_assess.model.questionnaire import AnyAsked

Subject = QuestionnaireSubject | WeightsSubject


def _reasonable(subject: Subject) -> Iterator[tuple[Path, AnyCondition]]:
    for path, condition in subject.walk.conditions:
        if subject.comparable.reasonable(condition, check=path[0] == "checks"):
            yield path, condition


def never_holds(subject: Subject) -> Iterable[Finding]:
    """Find conditions that no answers can make true: the smallest part at fault of each."""
    for path, condition in _reasonable(subject):
        for deeper, part in _never(condition, subject):
            at = (*path, *deeper)
            if isinstance(part, Comparison):
                yield Finding((*at, part.operator), {"why": _beyond(subject.comparable.fitted(part), part)})
            else:
                yield Finding(at, {"why": ""}, at="key")


def _beyond(asked: AnyAsked | None, leaf: Comparison) -> Text | str:
    """Name the values that an answer can have, where the one compared with lies outside them."""
    limits = kind_of(asked).limits(asked) if asked is not None else None
    if limits is None or leaf.operator not in ("at_least", "at_most"):
        return ""
    low, high = sorted(limits)
    return fill(BEYOND, name=leaf.subject, low=written(low), high=written(high), value=written(leaf.operand))


BEYOND = _(": “{name}” goes from {low} to {high}, not to {value}")


def _never(condition: AnyCondition, subject: Subject) -> list[tuple[Path, AnyCondition]]:
    """Give the smallest parts that can never hold. What stands under a `not` need not hold."""
    within = () if isinstance(condition, Not) else parts(condition)
    inner = [((*path, *deeper), least) for path, part in within for deeper, least in _never(part, subject)]
    if inner or subject.possible.can_hold(condition) is not False:
        return inner
    return [((), condition)]


def always_holds(subject: Subject) -> Iterable[Finding]:
    """Find conditions that every answer makes true, even none."""
    for path, condition in _reasonable(subject):
        if subject.possible.can_fail(condition) is False:
            yield Finding(path, at="key")


def comparison_idle(subject: Subject) -> Iterable[Finding]:
    """Find comparisons that hold for whatever is answered, so that they only ask whether it is answered."""
    for path, leaf in every_leaf(subject):
        asked = subject.comparable.fitted(leaf)
        if asked is not None and _idle(asked, leaf):
            yield Finding((*path, leaf.operator), {"name": leaf.subject})


def _idle(asked: AnyAsked, leaf: Comparison) -> bool:
    if leaf.operator == "one_of":
        return {c.value for c in kind_of(asked).choices(asked) if not c.unknown} <= set(leaf.operand)
    if leaf.operator not in ("at_least", "at_most"):
        return False
    limits = kind_of(asked).limits(asked)
    assert limits is not None  # these operators fit no other kinds
    low, high = sorted(limits)
    return bool(leaf.operand <= low if leaf.operator == "at_least" else leaf.operand >= high)


def visibility_cycle(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find questions that decide in a circle whether they are asked."""
    for ring in subject.rings:
        question = subject.value.questions[ring[0]]
        following = ring[1 % len(ring)]
        for key in ("show_if", "na_when"):
            named = questions_named(getattr(question, key))
            if following in named:
                yield Finding(("questions", ring[0], key, *named[following]), {"ring": in_circle(ring)})
                break


def needs_cycle(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find countermeasures that need each other in a circle."""
    measures = subject.value.countermeasures
    for ring in cycles({id: measure.needs for id, measure in measures.items()}):
        needs: Sequence[str] = measures[ring[0]].needs
        index = needs.index(ring[1 % len(ring)])
        yield Finding(("countermeasures", ring[0], "needs", index), {"ring": in_circle(ring)})


REASONING_RULES = (
    Rule(
        "condition_never",
        "error",
        _("this can never hold, whatever is answered{why}"),
        _("Look for a value out of range, an option that means “not known”, comparisons that exclude each other."),
        never_holds,
    ),
    Rule(
        "condition_always",
        "warning",
        _("this condition always holds"),
        _("Take it out, or say what was meant."),
        always_holds,
    ),
    Rule(
        "comparison_idle",
        "warning",
        _("this comparison holds for every answer to “{name}”"),
        _("If only an answer is wanted, write answered = true."),
        comparison_idle,
    ),
)

CYCLE_RULES = (
    Rule(
        "condition_cycle",
        "error",
        _("these questions decide in a circle whether they are asked: {ring}"),
        _("Let one of them be asked without the others."),
        visibility_cycle,
    ),
    Rule(
        "needs_cycle",
        "error",
        _("these countermeasures need each other in a circle: {ring}"),
        _("Take one of the prerequisites out."),
        needs_cycle,
    ),
)
