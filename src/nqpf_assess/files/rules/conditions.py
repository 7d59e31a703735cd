"""Are conditions well formed, do their comparisons fit what they compare, can they hold, do they go in circles?"""

from collections.abc import Iterable, Iterator, Sequence

from nqpf_assess.engine.graph import cycles
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.comparisons import groups_above, options_named, questions_named, sound
from nqpf_assess.files.rules.naming import in_circle, suggestion, unresolved
from nqpf_assess.files.rules.subjects import QuestionnaireSubject, WeightsSubject
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import written
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.condition import DEPTH, OPERATORS, SUBJECTS, AnyCondition, Comparison, Not, leaves, parts

Subject = QuestionnaireSubject | WeightsSubject


def every_leaf(subject: Subject) -> Iterator[tuple[Path, Comparison]]:
    """Return every comparison with its path."""
    for path, condition in subject.walk.conditions:
        for deeper, leaf in leaves(condition):
            yield (*path, *deeper), leaf


def leaf_shape(subject: Subject) -> Iterable[Finding]:
    """Find comparisons that do not name exactly one thing under exactly one operator."""
    for path, leaf in every_leaf(subject):
        named = [kind for kind in SUBJECTS if getattr(leaf, kind) is not None]
        if len(named) != 1:
            what, hint = (MANY_NAMED, ONE_NAMED) if named else (NONE_NAMED, ONE_NAMED)
            yield Finding(path, {"what": fill(what, those=listed(named))}, at="key", hint=hint)
        elif len(leaf.operators) != 1:
            what = MANY_OPERATORS if leaf.operators else NO_OPERATOR
            hint = APART if leaf.operators else fill(ONE_OPERATOR, known=listed(OPERATORS))
            values = {"what": fill(what, those=listed(leaf.operators), name=leaf.subject)}
            yield Finding(path, values, at="key", hint=hint)


NONE_NAMED: Text = _("names nothing")
MANY_NAMED = _("names several things: {those}")
NO_OPERATOR = _("has no operator for “{name}”")
MANY_OPERATORS = _("has several operators: {those}")
ONE_NAMED: Text = _('Write one of fact = "...", question = "..." (in checks also dimension = "...").')
ONE_OPERATOR: Text = _("Add one of: {known}.")
APART: Text = _("Write one comparison for each, and put them in all = [ ... ].")


def too_deep(subject: Subject) -> Iterable[Finding]:
    """Find groups nested deeper than the format allows."""
    for path, condition in subject.walk.conditions:
        deep = next((deeper for deeper, _ in leaves(condition) if groups_above(deeper) > DEPTH), None)
        if deep is not None:
            yield Finding((*path, *deep), {"depth": groups_above(deep), "most": DEPTH})


def condition_reference(subject: Subject) -> Iterable[Finding]:
    """Find conditions that speak of a fact, question or dimension that is not there."""
    for path, leaf in every_leaf(subject):
        for kind in SUBJECTS:
            name, table = getattr(leaf, kind), f"{kind}s"
            if name is not None:
                yield from unresolved((*path, kind), "value", name, table, subject.declared)


def operator_misfit(subject: Subject) -> Iterable[Finding]:
    """Find operators that do not fit the kind of what they compare."""
    for path, leaf in every_leaf(subject):
        asked = subject.comparable.asked(leaf)
        if asked is not None and subject.comparable.fitted(leaf) is None:
            kind = kind_of(asked)
            found = _misfit(path, leaf, asked.kind, listed(kind.operators))
            lines = fill(_("Compare it with {wanted}."), wanted=kind.line_words)
            yield found._replace(hint=lines) if leaf.operator in kind.operators else found
        elif sound(leaf) and leaf.dimension is not None and path[0] == "checks" and leaf.operator != "score_at_least":
            yield _misfit(path, leaf, "dimension", listed(["score_at_least"]))


def _misfit(path: Path, leaf: Comparison, kind: str, known: Text) -> Finding:
    values = {"operator": leaf.operator, "kind": kind, "name": leaf.subject, "known": known}
    return Finding((*path, leaf.operator), values, at="key")


def dimension_outside_check(subject: Subject) -> Iterable[Finding]:
    """Find conditions on a dimension's score outside consistency checks, where there is no score yet."""
    for path, leaf in every_leaf(subject):
        if leaf.dimension is not None and path[0] != "checks":
            yield Finding((*path, "dimension"), {}, at="key")


def operand_unknown(subject: Subject) -> Iterable[Finding]:
    """Find comparisons with an option that is not there."""
    for path, leaf in every_leaf(subject):
        asked = subject.comparable.fitted(leaf)
        options = [choice.value for choice in kind_of(asked).choices(asked)] if asked is not None else []
        for deeper, option in options_named(leaf) if options else ():
            if option not in options:
                values = {"name": option, "of": leaf.subject}
                yield Finding((*path, *deeper), values, hint=suggestion(option, tuple(map(str, options))))


_REFERENCE_MESSAGE = _("there is no {what} “{name}” in this questionnaire")
_REFERENCE_HINT = _("Write an id that exists.")

CONDITION_RULES = (
    Rule("unknown_reference", "error", _REFERENCE_MESSAGE, _REFERENCE_HINT, condition_reference),
    Rule(
        "condition_shape",
        "error",
        _("a comparison names one thing under one operator; this one {what}"),
        _('It looks like {{ fact = "zone", is = "ecological" }}.'),
        leaf_shape,
    ),
    Rule(
        "condition_depth",
        "error",
        _("this comparison stands under {depth} groups, {most} at most"),
        _("Say it with fewer all, any, not."),
        too_deep,
    ),
    Rule(
        "condition_operator",
        "error",
        _("“{operator}” does not fit “{name}”, which is of kind {kind}"),
        _("Operators that fit: {known}."),
        operator_misfit,
    ),
    Rule(
        "condition_dimension",
        "error",
        _("a dimension's score can be spoken of in checks only"),
        _("Use a question or a fact here."),
        dimension_outside_check,
    ),
    Rule(
        "condition_option",
        "error",
        _("“{name}” is not an option of “{of}”"),
        _("Write an option that exists."),
        operand_unknown,
    ),
)


def _reasonable(subject: Subject) -> Iterator[tuple[Path, AnyCondition]]:
    for path, condition in subject.walk.conditions:
        if subject.comparable.reasonable(condition, check=path[0] == "checks"):
            yield path, condition


def never_holds(subject: Subject) -> Iterable[Finding]:
    """Find conditions that no answers can make true: the smallest part at fault of each."""
    for path, condition in _reasonable(subject):
        for deeper, part in _never(condition, subject):
            at = (*path, *deeper)
            if not isinstance(part, Comparison):
                yield Finding(at, {"why": ""}, at="key")
                continue
            asked = subject.comparable.fitted(part)
            limits = kind_of(asked).limits(asked) if asked is not None else None
            why: Text | str = ""
            # A value within the limits can be had, but never where this is asked: the limits would explain nothing.
            if limits is not None and part.operator in ("at_least", "at_most"):
                low, high = sorted(limits)
                if not low <= part.operand <= high:
                    ends = {"low": written(low), "high": written(high)}
                    why = fill(BEYOND, name=part.subject, value=written(part.operand), **ends)
            yield Finding((*at, part.operator), {"why": why})


BEYOND = _(": “{name}” goes from {low} to {high}, not to {value}")


def _never(condition: AnyCondition, subject: Subject) -> list[tuple[Path, AnyCondition]]:
    """Return the smallest parts that can never hold. What stands under a `not` need not hold."""
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
        if asked is None:
            continue
        idle = False
        if leaf.operator == "one_of":
            idle = {c.value for c in kind_of(asked).choices(asked) if not c.unknown} <= set(leaf.operand)
        elif leaf.operator in ("at_least", "at_most"):
            limits = kind_of(asked).limits(asked)
            assert limits is not None  # these operators fit no other kinds
            low, high = sorted(limits)
            idle = leaf.operand <= low if leaf.operator == "at_least" else leaf.operand >= high
        if idle:
            yield Finding((*path, leaf.operator), {"name": leaf.subject})


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
