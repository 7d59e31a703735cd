"""Can conditions hold, can they fail, do they go round in circles? Found without running anything."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from nqpf_assess.engine.graph import cycles
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.comparisons import questions_named
from nqpf_assess.files.rules.conditions import every_leaf
from nqpf_assess.files.rules.naming import in_circle
from nqpf_assess.files.rules.subjects import QuestionnaireSubject, WeightsSubject
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import AnyCondition, Comparison, Not, parts
from nqpf_assess.model.questionnaire import AnyAsked, LevelKind
from nqpf_assess.model.text import Text, fill, text

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
    bounds = bounds_of(asked) if asked is not None else None
    if bounds is None or leaf.operator not in ("at_least", "at_most"):
        return ""
    low, high = (plain_number(Decimal(bound)) for bound in bounds)
    return fill(BEYOND, name=leaf.subject, low=low, high=high, value=plain_number(leaf.operand))


BEYOND = text(
    en=": “{name}” goes from {low} to {high}, not to {value}", zh="：“{name}”取值为 {low} 至 {high}，不含 {value}"
)


def bounds_of(asked: AnyAsked) -> tuple[int | Decimal, int | Decimal] | None:
    """Return the least and the greatest level or number that can be answered; None for other kinds."""
    if isinstance(asked, LevelKind):
        return 0, len(asked.levels) - 1
    low_high = getattr(asked, "range", None)
    return None if low_high is None else (min(low_high), max(low_high))


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
        options: Any = asked.options  # type: ignore[union-attr]
        return {id for id, option in options.items() if not getattr(option, "unknown", False)} <= set(leaf.operand)
    if leaf.operator not in ("at_least", "at_most"):
        return False
    bounds = bounds_of(asked)
    assert bounds is not None  # these operators fit no other kinds
    low, high = bounds
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
        text(en="this can never hold, whatever is answered{why}", zh="无论如何作答，此条件都不成立{why}"),
        text(
            en="Look for a value out of range, an option that means “not known”, comparisons that exclude each other.",
            zh="请检查：取值是否超出范围，选项是否表示“不清楚”，各项比较是否互相排斥。",
        ),
        never_holds,
    ),
    Rule(
        "condition_always",
        "warning",
        text(en="this condition always holds", zh="该条件恒成立"),
        text(en="Take it out, or say what was meant.", zh="请删去，或改为实际想表达的条件。"),
        always_holds,
    ),
    Rule(
        "comparison_idle",
        "warning",
        text(en="this comparison holds for every answer to “{name}”", zh="对“{name}”的任何回答，此项比较都成立"),
        text(en="If only an answer is wanted, write answered = true.", zh="若只要求已作答，请写 answered = true。"),
        comparison_idle,
    ),
)

CYCLE_RULES = (
    Rule(
        "condition_cycle",
        "error",
        text(
            en="these questions decide in a circle whether they are asked: {ring}",
            zh="以下题目的显示条件循环引用：{ring}",
        ),
        text(en="Let one of them be asked without the others.", zh="请让其中一题不依赖其他题目。"),
        visibility_cycle,
    ),
    Rule(
        "needs_cycle",
        "error",
        text(en="these countermeasures need each other in a circle: {ring}", zh="以下措施互为前提：{ring}"),
        text(en="Take one of the prerequisites out.", zh="请删去其中一个前提。"),
        needs_cycle,
    ),
)
