"""Which local profiles fit a place or firm, why, how clearly, and what each would move (formats.md, section 2)."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from nqpf_assess.engine.arithmetic import FALSE, TRUE, UNKNOWN
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import ledger, local_rubric
from nqpf_assess.engine.states import View, read, truth, unsettled
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Value
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.base import summed
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not, leaves, subjects
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire
from nqpf_assess.model.scorecard import LedgerRow
from nqpf_assess.model.weights import Chain, Weights

Fit = Literal["fits", "unknown", "differs", "unstated", "baseline"]
"""Whether a profile fits: it does, cannot be told, does not, does not say where, or is a baseline that is for all."""

Clarity = Literal["clear", "several", "open", "none"]
"""How clear a choice is: one profile alone fits, several do, of some it cannot be told yet, none fits."""

SECOND_SHARE = Decimal("0.4")
"""The share that a blend of two fitting profiles gives to the second."""

NEAR = 0.75
"""The part of a profile's condition that must hold for the place to resemble it without fitting."""


class Suggestion(NamedTuple):
    """A profile with how it fits, the facts that decide it, and every weight or target it would move here.

    `facts`: those that its condition asks for, and questions of which it speaks. `holding`: those of the branch that
    holds, in the order written, each with the answer as far as it decides; none where it does not fit.
    `nearness`: the part of its condition that holds, 0 to 1.
    """

    chain: Chain
    fit: Fit
    facts: tuple[str, ...]
    moves: tuple[LedgerRow, ...]
    holding: tuple[tuple[str, Value], ...] = ()
    nearness: float = 0.0

    @property
    def profile(self) -> Weights:
        """The profile itself."""
        return self.chain[-1]

    @property
    def because(self) -> tuple[str, ...]:
        """The facts that make it fit."""
        return tuple(dict.fromkeys(id for id, _ in self.holding))


Line = tuple[Literal["at_least", "above", "at_most", "below"], Decimal]


class Tipping(NamedTuple):
    """A fact that would change the choice: with this value, another profile would be suggested. So may a question.

    Of several ticked options, `value` is the one that would come to those that are ticked, or with `taken` the one that
    would no longer be ticked.

    `answered`: whether the place has given another answer, or none yet.
    """

    fact: str
    value: Value
    profile: Weights
    answered: bool
    ends: tuple[Line, ...] = ()
    """For a figure, where the stretch begins and ends in which that profile comes first; not an end of its range."""
    taken: bool = False


class Advice(NamedTuple):
    """Which rubric to take here. `first`: the profile that fits best, else the baseline.

    `blended`: a second profile that fits as well, to be blended in with `SECOND_SHARE`. `others`: what fits besides.
    `near`: what the place resembles without fitting. `tipping`: facts that would change the choice, the nearest first.
    """

    first: Suggestion
    blended: Suggestion | None
    others: tuple[Suggestion, ...]
    near: tuple[Suggestion, ...]
    clarity: Clarity
    tipping: tuple[Tipping, ...]


_RANK: dict[Fit, int] = {"fits": 0, "baseline": 1, "unstated": 2, "unknown": 3, "differs": 4}


def suggestions(questionnaire: Questionnaire, chains: Sequence[Chain], answers: Answers) -> tuple[Suggestion, ...]:
    """Judge every profile by the facts: those that fit first, in their order; then what is unknown, then the rest.

    The first that fits is the suggestion; the others that fit are what the place also resembles.
    """
    view = read(Instrument(questionnaire, chains[0]), answers)
    found = []
    for chain in chains:
        instrument, profile = Instrument(questionnaire, chain), chain[-1]
        fit, fits = fit_of(profile, view), profile.fits
        holding: dict[str, Value] = {}
        for id, value in _holding(fits, questionnaire, view) if fit == "fits" and fits is not None else ():
            # What several comparisons look for among the options of one fact belongs together.
            before = holding.get(id)
            holding[id] = before | value if isinstance(before, frozenset) and isinstance(value, frozenset) else value
        found.append(
            Suggestion(
                chain,
                fit,
                asked_by(fits),
                moved(ledger(instrument, local_rubric(instrument, view))),
                holding=tuple(holding.items()),
                nearness=0.0 if fits is None else nearness(fits, view),
            )
        )
    return tuple(sorted(found, key=lambda suggestion: _place(suggestion.profile, suggestion.fit)))


def _place(profile: Weights, fit: Fit) -> tuple[int, bool, int, str]:
    return _RANK[fit], profile.order is None, profile.order or 0, profile.id


def fit_of(profile: Weights, view: View) -> Fit:
    """Return whether a profile's condition is known to hold here."""
    if profile.fits is None:
        return "baseline" if profile.based_on is None else "unstated"
    known = truth(profile.fits, view)
    return "fits" if known == TRUE else "unknown" if known == UNKNOWN else "differs"


def asked_by(condition: AnyCondition | None) -> tuple[str, ...]:
    """Name what a profile's condition asks for: facts, then questions."""
    return (*subjects(condition, "fact"), *subjects(condition, "question"))


def against(profile: Weights, view: View) -> tuple[str, ...]:
    """Return the facts that a profile hangs on; where it does not fit, those whose answers speak against it.

    A fact with ticks is none of these: what is missing does not stand in it, and what is there may speak for it.
    """
    if profile.fits is None or truth(profile.fits, view) != FALSE:
        return asked_by(profile.fits)
    ticked = {id for id, seen in view.facts.items() if isinstance(seen.value, frozenset) and seen.value}
    return tuple(dict.fromkeys(id for id in _denying(profile.fits, view) if id not in ticked))


def _denying(condition: AnyCondition, view: View) -> Iterator[str]:
    """Yield what a condition asks for in those parts of it that do not hold, of parts of parts likewise."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.all if isinstance(condition, AllOf) else condition.any:
            yield from _denying(part, view) if truth(part, view) == FALSE else ()
    else:
        yield from asked_by(condition)


def deciding_facts(
    questionnaire: Questionnaire, chains: Sequence[Chain], view: View, anyway: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the facts on which the suggestion of `suggestions` still hangs, the one to ask next first.

    Profiles are settled in their order, up to the first that fits: what comes after it cannot become the suggestion.
    Of one profile's facts those come first that are asked `anyway`, then what settles it with most of its answers. Each
    answer leaves fewer facts of those that were listed, and never adds one.
    """
    found: list[str] = []
    profiles = sorted((chain[-1] for chain in chains), key=lambda profile: _place(profile, "fits"))
    for profile in profiles:
        condition = profile.fits
        if condition is None:
            continue
        if truth(condition, view) == TRUE:
            break
        facts = sorted(
            unsettled(condition, view),
            key=lambda id: (
                id not in anyway,
                -_settled_share(questionnaire, condition, view, id),
                list(questionnaire.facts).index(id),
            ),
        )
        found += [id for id in facts if id not in found]
    return tuple(found)


def _settled_share(questionnaire: Questionnaire, condition: AnyCondition, view: View, id: str) -> float:
    """Compute the share of a fact's answers after which a condition is known to hold or not to hold."""
    fact = questionnaire.facts[id]
    kind = kind_of(fact)
    values: Sequence[Value] = [choice.value for choice in kind.choices(fact)]
    if kind.entry == "tick":
        values = [frozenset({str(value)}) for value in values]
    elif not values:
        values = tuple(kind.stand_ins(fact, [leaf for _, leaf in leaves(condition) if leaf.fact == id]))
    known = sum(truth(condition, view.answered(id, value)) != UNKNOWN for value in values)
    return known / max(1, len(values))


def _holding(condition: AnyCondition, questionnaire: Questionnaire, view: View) -> Iterator[tuple[str, Value]]:
    """Yield the answers that make a condition hold: of alternatives those of the first that does.

    Of what a condition denies it is the answer that stands there instead, where there is one: what else is ticked is
    none, since it may speak for any profile.
    """
    match condition:
        case AllOf():
            for part in condition.all:
                yield from _holding(part, questionnaire, view)
        case AnyOf():
            holds = next(part for part in condition.any if truth(part, view) == TRUE)
            yield from _holding(holds, questionnaire, view)
        case Not():
            for id in asked_by(condition.not_):
                seen = view.seen(id)
                if seen.value is not None and seen.state == "answered" and not isinstance(seen.value, frozenset):
                    yield id, seen.value
        case Comparison():
            id = condition.subject
            asked, seen = questionnaire.asked[id], view.seen(id)
            if seen.value is not None and seen.state == "answered":
                yield id, kind_of(asked).deciding(asked, seen.value, condition)


def nearness(condition: AnyCondition, view: View) -> float:
    """Compute how much of a condition holds, 0 to 1: of several parts their mean, of alternatives the nearest."""
    match condition:
        case AllOf():
            return summed(nearness(part, view) for part in condition.all) / len(condition.all)
        case AnyOf():
            return max(nearness(part, view) for part in condition.any)
        case _:
            return truth(condition, view)


def advice(found: Sequence[Suggestion], questionnaire: Questionnaire, answers: Answers) -> Advice:
    """Choose among judged profiles: which to take, whether to blend two, how clear that is, what would tip it."""
    view = read(Instrument(questionnaire, found[0].chain), answers)
    fitting = [one for one in found if one.fit == "fits"]
    first = fitting[0] if fitting else next((one for one in found if one.fit == "baseline"), found[0])
    second = next((one for one in fitting[1:] if are_two_things(one.chain, first.chain)), None)
    near = [one for one in found if one.fit == "differs" and one.nearness >= NEAR]  # unknown: it may fit yet
    tips, nearness_of = (
        _tipping(found, questionnaire, view, first.profile),
        {one.profile.id: one.nearness for one in found},
    )

    def doubtful(tip: Tipping) -> tuple[object, ...]:
        """First what is open, then what leads to the profile that is nearest; a figure or a tick before a class."""
        single = not isinstance(tip.value, Decimal | frozenset)
        return tip.answered, tip.profile.fits is None, -nearness_of[tip.profile.id], single

    tipping = tuple(sorted(tips, key=doubtful))
    untold = any(one.fit == "unknown" for one in found)  # it may take two answers, or bring no other first
    clarity: Clarity = "several" if len(fitting) > 1 else "open" if untold else "clear" if fitting else "none"
    return Advice(
        first,
        second,
        tuple(one for one in fitting[1:] if one is not second),
        tuple(sorted(near, key=lambda one: -one.nearness)[:2]),
        clarity,
        tipping,
    )


def are_two_things(one: Chain, other: Chain) -> bool:
    """Return whether two profiles are proposed as a blend: two kinds of place, on one baseline.

    One that is based on the other, or a copy that fits under the same condition, is the same kind told again.
    """
    based = any(first[-1].id in {rubric.id for rubric in second} for first, second in ((one, other), (other, one)))
    return one[0] == other[0] and not based and one[-1].fits != other[-1].fits


def _tipping(
    found: Sequence[Suggestion], questionnaire: Questionnaire, view: View, chosen: Weights
) -> Iterator[Tipping]:
    """Try every other answer to all that a profile asks for, one at a time."""
    profiles = [one.profile for one in found]
    ids = dict.fromkeys(id for profile in profiles for id in asked_by(profile.fits))
    for id in ids:
        asked, seen, told = questionnaire.asked[id], view.seen(id), set[str]()
        if seen.state in ("hidden", "na"):
            continue
        compared = [leaf for p in profiles if p.fits for _, leaf in leaves(p.fits) if leaf.subject == id]
        stand_ins = tuple(kind_of(asked).stand_ins(asked, compared))
        figures = sorted(each for each in stand_ins if isinstance(each, Decimal))
        present = seen.value if seen.state == "answered" else None  # one that is not known may hold a value

        def first_with(value: Value, id: str = id) -> Weights:
            there = view.answered(id, value)
            return min(profiles, key=lambda profile: _place(profile, fit_of(profile, there)))

        for value, then, taken in _other_answers(asked, present, stand_ins):
            first = first_with(then)
            if first.id != chosen.id and first.id not in told and not (taken and first.fits is None):
                told.add(first.id)
                same = [first_with(each).id == first.id for each in figures]
                ends = _ends(figures, same, figures.index(value)) if isinstance(value, Decimal) else ()
                yield Tipping(id, value, first, seen.state == "answered", ends, taken)


def _other_answers(
    asked: AnyAsked, present: Value | None, stand_ins: Sequence[Value]
) -> Iterator[tuple[Value, Value, bool]]:
    """Yield what else could be said: the value named, the answer that it makes, and whether it is taken away.

    Of what is ticked, one option more or less at a time; of figures, the nearest first.
    """
    if isinstance(present, Decimal):
        figures = sorted(each for each in stand_ins if isinstance(each, Decimal))
        stand_ins = [figure for _, figure in sorted((abs(figure - present), figure) for figure in figures)]
    options = {id for value in stand_ins if isinstance(value, frozenset) for id in value}
    ticked = present if isinstance(present, frozenset) else frozenset[str]()
    listed = (str(choice.value) for choice in kind_of(asked).choices(asked))
    more = [frozenset({option}) for option in listed if option in options - ticked]
    fewer = [frozenset({option}) for option in sorted(options & ticked)]
    for value in (*(more or stand_ins), *fewer):
        taken = value in fewer
        if taken or value != present:
            then = (ticked - value if taken else value | ticked) if isinstance(value, frozenset) else value
            yield value, then, taken


def _ends(tried: Sequence[Decimal], same: Sequence[bool], at: int) -> tuple[Line, ...]:
    """Return where a stretch of figures begins and ends around one of them; a figure alone has no ends.

    `tried`: lines, each with one figure between it and the next, as `cuts` gives them. `same`: whether each belongs.
    """
    low, high = at, at
    while low > 0 and same[low - 1]:
        low -= 1
    while high < len(tried) - 1 and same[high + 1]:
        high += 1
    ends: list[Line] = []
    if low > 0:
        ends.append(("above", tried[low - 1]) if low % 2 else ("at_least", tried[low]))
    if high < len(tried) - 1:
        ends.append(("below", tried[high + 1]) if high % 2 else ("at_most", tried[high]))
    return () if low == high and not low % 2 else tuple(ends)


def moved(rows: Sequence[LedgerRow]) -> tuple[LedgerRow, ...]:
    """Keep the rows of a ledger in which a correction applied."""
    return tuple(row for row in rows if row.steps)
