"""Are conditions well formed, do their comparisons fit what they compare, and can they hold and not hold?"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from nqpf_assess.engine.graph import cycles
from nqpf_assess.engine.instrument import visibility_needs
from nqpf_assess.engine.satisfiable import can_fail, can_hold
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.naming import suggestion
from nqpf_assess.files.rules.references import WHAT
from nqpf_assess.files.rules.subjects import QuestionnaireSubject, WeightsSubject
from nqpf_assess.model.condition import DEPTH, OPERATORS, SUBJECTS, AnyCondition, Comparison, Not, leaves, parts
from nqpf_assess.model.questionnaire import AnyAsked, LevelKind, NumberKind, Questionnaire
from nqpf_assess.model.text import Text, text

Subject = QuestionnaireSubject | WeightsSubject

FITTING: Mapping[str, tuple[str, ...]] = {
    "is": ("single",),
    "one_of": ("single",),
    "has": ("multi",),
    "at_least": ("level", "number"),
    "at_most": ("level", "number"),
    "answered": ("level", "single", "multi", "number", "text"),
    "na": ("level", "single", "multi", "number", "text"),
}


def _leaves(subject: Subject) -> Iterator[tuple[Path, Comparison]]:
    for path, condition in subject.walk.conditions:
        for deeper, leaf in leaves(condition):
            yield (*path, *deeper), leaf


def _stated(leaf: Comparison) -> tuple[list[str], list[str]]:
    named: list[str] = [kind for kind in SUBJECTS if getattr(leaf, kind) is not None]
    return named, list(leaf.operators)


def _sound(leaf: Comparison) -> bool:
    named, operators = _stated(leaf)
    return len(named) == 1 and len(operators) == 1


def leaf_shape(subject: Subject) -> Iterable[Finding]:
    """Find comparisons that do not name exactly one thing under exactly one operator."""
    for path, leaf in _leaves(subject):
        if not _sound(leaf):
            named, operators = _stated(leaf)
            yield Finding(path, {"named": ", ".join(named) or "–", "operators": ", ".join(operators) or "–"}, at="key")


def too_deep(subject: Subject) -> Iterable[Finding]:
    """Find groups nested deeper than the format allows."""
    for path, condition in subject.walk.conditions:
        for deeper, _ in leaves(condition):
            groups = sum(part in ("all", "any", "not") for part in deeper)
            if groups > DEPTH:
                yield Finding((*path, *deeper), {"depth": groups, "most": DEPTH})
                break


def condition_reference(subject: Subject) -> Iterable[Finding]:
    """Find conditions that speak of a fact, question or dimension that is not there."""
    for path, leaf in _leaves(subject):
        for kind in SUBJECTS:
            name, table = getattr(leaf, kind), f"{kind}s"
            if name is not None and name not in subject.declared[table]:
                yield Finding(
                    (*path, kind), {"name": name, "what": WHAT[table]}, hint=suggestion(name, subject.declared[table])
                )


def _asked(subject: Subject, leaf: Comparison) -> AnyAsked | None:
    questionnaire = subject.questionnaire
    if not _sound(leaf) or leaf.dimension is not None:
        return None
    return (questionnaire.facts if leaf.fact is not None else questionnaire.questions).get(leaf.subject)


def operator_misfit(subject: Subject) -> Iterable[Finding]:
    """Find operators that do not fit the kind of what they compare, and dimension scores outside checks."""
    for path, leaf in _leaves(subject):
        asked = _asked(subject, leaf)
        if asked is not None and asked.kind not in FITTING.get(leaf.operator, ()):
            known = ", ".join(name for name, kinds in FITTING.items() if asked.kind in kinds)
            yield Finding(
                (*path, leaf.operator), {"operator": leaf.operator, "kind": asked.kind, "known": known}, at="key"
            )
        elif _sound(leaf) and leaf.dimension is not None:
            yield from _dimension_misfit(path, leaf)


def _dimension_misfit(path: Path, leaf: Comparison) -> Iterable[Finding]:
    if leaf.operator != "score_at_least":
        values = {"operator": leaf.operator, "kind": "dimension", "known": "score_at_least"}
        yield Finding((*path, leaf.operator), values, at="key")


def dimension_outside_check(subject: Subject) -> Iterable[Finding]:
    """Find conditions on a dimension's score outside consistency checks, where there is no score yet."""
    for path, leaf in _leaves(subject):
        if leaf.dimension is not None and path[0] != "checks":
            yield Finding((*path, "dimension"), {}, at="key")


def operand_unknown(subject: Subject) -> Iterable[Finding]:
    """Find comparisons with an option or level that is not there."""
    for path, leaf in _leaves(subject):
        asked = _asked(subject, leaf)
        if asked is None or asked.kind not in FITTING.get(leaf.operator, ()):
            continue
        options: Mapping[str, Any] = getattr(asked, "options", {})
        for deeper, option in _options(leaf):
            if option not in options:
                yield Finding((*path, *deeper), {"name": option, "of": leaf.subject}, hint=suggestion(option, options))


def _options(leaf: Comparison) -> Iterator[tuple[Path, str]]:
    if leaf.operator in ("is", "has"):
        yield (leaf.operator,), leaf.operand
    elif leaf.operator == "one_of":
        for index, option in enumerate(leaf.operand):
            yield ("one_of", index), option


def _fits(subject: Subject, condition: AnyCondition, *, checks: bool) -> bool:
    """Say whether a condition is free of the mistakes above, so that it can be reasoned about."""
    for deeper, leaf in leaves(condition):
        asked = _asked(subject, leaf)
        if sum(part in ("all", "any", "not") for part in deeper) > DEPTH:
            return False
        if _sound(leaf) and leaf.dimension is not None:
            known = checks and leaf.operator == "score_at_least" and leaf.dimension in subject.questionnaire.dimensions
        else:
            known = asked is not None and asked.kind in FITTING.get(leaf.operator, ())
        if not known or any(option not in getattr(asked, "options", ()) for _, option in _options(leaf)):
            return False
    return True


def _reasonable(subject: Subject) -> Iterator[tuple[Path, AnyCondition]]:
    if isinstance(subject, QuestionnaireSubject) and _cyclic(subject.value):
        return
    for path, condition in subject.walk.conditions:
        if _fits(subject, condition, checks=path[0] == "checks"):
            yield path, condition


def never_holds(subject: Subject) -> Iterable[Finding]:
    """Find conditions that no answers can make true: the smallest part at fault of each."""
    for path, condition in _reasonable(subject):
        faulty = _never(condition, subject.questionnaire)
        for deeper in faulty:
            yield Finding((*path, *deeper), {"name": _name(path)}, at="key" if not deeper else "value")


def _never(condition: AnyCondition, questionnaire: Questionnaire) -> list[Path]:
    inner = [] if isinstance(condition, Not) else _never_inside(condition, questionnaire)
    if inner:
        return inner
    return [()] if can_hold(condition, questionnaire) is False else []


def _never_inside(condition: AnyCondition, questionnaire: Questionnaire) -> list[Path]:
    return [(*path, *deeper) for path, part in parts(condition) for deeper in _never(part, questionnaire)]


def always_holds(subject: Subject) -> Iterable[Finding]:
    """Find conditions that every answer makes true, even none."""
    for path, condition in _reasonable(subject):
        if can_fail(condition, subject.questionnaire) is False:
            yield Finding(path, {"name": _name(path)}, at="key")


def comparison_idle(subject: Subject) -> Iterable[Finding]:
    """Find comparisons that hold for whatever is answered, so that they only ask whether it is answered."""
    for path, leaf in _leaves(subject):
        asked = _asked(subject, leaf)
        if asked is not None and asked.kind in FITTING.get(leaf.operator, ()) and _idle(asked, leaf):
            yield Finding((*path, leaf.operator), {"subject": leaf.subject}, at="value")


def _idle(asked: AnyAsked, leaf: Comparison) -> bool:
    if leaf.operator == "one_of":
        known: Collection[str] = [i for i, o in asked.options.items() if not getattr(o, "unknown", False)]  # type: ignore[union-attr]
        return set(known) <= set(leaf.operand)
    if leaf.operator not in ("at_least", "at_most"):
        return False
    low, high = (0, len(asked.levels) - 1) if isinstance(asked, LevelKind) else _range(asked)
    return bool(leaf.operand <= low if leaf.operator == "at_least" else leaf.operand >= high)


def _range(asked: AnyAsked) -> tuple[Any, Any]:
    assert isinstance(asked, NumberKind)
    return asked.range


def _name(path: Path) -> str:
    return str(next(part for part in reversed(path) if isinstance(part, str)))


def _cyclic(questionnaire: Questionnaire) -> tuple[tuple[str, ...], ...]:
    return cycles({id: visibility_needs(question) for id, question in questionnaire.questions.items()})


def visibility_cycle(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find questions that decide in a circle whether they are asked."""
    for ring in _cyclic(subject.value):
        question = subject.value.questions[ring[0]]
        key = "show_if" if ring[1 % len(ring)] in _needs(question.show_if) else "na_when"
        yield Finding(("questions", ring[0], key), {"ring": " → ".join((*ring, ring[0]))}, at="key")


def _needs(condition: AnyCondition | None) -> set[str]:
    return {leaf.subject for _, leaf in leaves(condition) if leaf.question} if condition is not None else set()


def needs_cycle(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find countermeasures that need each other in a circle."""
    measures = subject.value.countermeasures
    for ring in cycles({id: measure.needs for id, measure in measures.items()}):
        yield Finding(("countermeasures", ring[0], "needs"), {"ring": " → ".join((*ring, ring[0]))}, at="key")


_REFERENCE_MESSAGE = text(en="there is no {what} “{name}” in this questionnaire", zh="本问卷中没有{what}“{name}”")
_REFERENCE_HINT = text(en="Write an id that exists.", zh="请填写已有的标识。")
_ALL_OPERATORS: Text = text(en=", ".join(OPERATORS), zh="、".join(OPERATORS))

CONDITION_RULES = (
    Rule("unknown_reference", "error", _REFERENCE_MESSAGE, _REFERENCE_HINT, condition_reference),
    Rule(
        "condition_shape",
        "error",
        text(
            en="a comparison names one thing under one operator; here: {named} under {operators}",
            zh="一项比较只能对一个对象用一个运算符；此处对象：{named}，运算符：{operators}",
        ),
        text(
            en="Write one of fact, question (in checks also dimension), and one of: " + _ALL_OPERATORS["en"] + ".",
            zh="请写一个 fact 或 question（检查中还可用 dimension），并写一个运算符：" + _ALL_OPERATORS["zh"] + "。",
        ),
        leaf_shape,
    ),
    Rule(
        "condition_depth",
        "error",
        text(
            en="this comparison stands under {depth} groups, {most} at most",
            zh="此项比较位于 {depth} 层之下，最多 {most} 层",
        ),
        text(en="Say it with fewer all, any, not.", zh="请减少 all、any、not 的嵌套。"),
        too_deep,
    ),
    Rule(
        "condition_operator",
        "error",
        text(en="“{operator}” does not fit the kind “{kind}”", zh="“{operator}”不适用于“{kind}”类"),
        text(en="Fitting operators: {known}.", zh="可用运算符：{known}。"),
        operator_misfit,
    ),
    Rule(
        "condition_dimension",
        "error",
        text(en="a dimension's score can be spoken of in checks only", zh="只有一致性检查可引用维度得分"),
        text(en="Use a question or a fact here.", zh="此处请用题目或地方情况。"),
        dimension_outside_check,
    ),
    Rule(
        "condition_option",
        "error",
        text(en="“{name}” is not an option of “{of}”", zh="“{name}”不是“{of}”的选项"),
        text(en="Write an option that exists.", zh="请填写已有的选项。"),
        operand_unknown,
    ),
    Rule(
        "condition_never",
        "error",
        text(en="this condition can never hold", zh="该条件永远不成立"),
        text(
            en="No answers make it true: look for two comparisons that exclude each other, or a value out of range.",
            zh="没有任何作答能使其成立，请检查互相排斥的比较或超出范围的取值。",
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
        text(en="this comparison holds for every answer to “{subject}”", zh="对“{subject}”的任何回答，此项比较都成立"),
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
