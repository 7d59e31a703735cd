"""Can a condition ever hold, and can it ever not hold? Decided without running anything, over exact domains.

Each fact, question or dimension it names gets the few stand-ins that its comparisons can tell apart (an option, a
level, a point of each interval, not applicable, not answered). Assignments are searched depth first; a branch is left
as soon as the three-valued bounds of the condition decide it. A question may be answered only where it is shown and
not made not applicable, so the conditions of the questions it names count too, where they could matter.

An outcome of None means that the search was given up: too much is named, or it took too long. Time is counted in
comparisons looked at, for one search and for all of a questionnaire, so that the outcome is the same on every machine.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import chain, islice

from nqpf_assess.engine.arithmetic import TRUE, Column
from nqpf_assess.engine.graph import in_dependency_order
from nqpf_assess.engine.states import UNSCORED, Seen, compared
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.scale import cuts
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not, parts
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

Subject = tuple[str, str]
"""Kind (fact, question, dimension) and id."""

Standin = Seen | Column

Signed = tuple[Comparison, int]
"""A comparison, and +1 where its truth helps to what is wanted, -1 where it hinders."""

MOST_WORK = 100_000
"""Comparisons looked at in one search before it is given up."""
MOST_WORK_IN_ALL = 500_000
"""Comparisons looked at for one questionnaire before only what each condition says by itself is looked at."""
LITTLE_WORK = 300
"""Comparisons looked at in one search after that."""
MOST_SORTED = 200
"""Stand-ins of one subject that are compared with each other."""
MOST_NAMED = 60
"""Subjects that one condition may name before it is not searched at all."""
MOST_SUBJECTS = 14
"""Subjects up to which the conditions of named questions are followed."""

NOT_ANSWERED: tuple[Seen, ...] = (Seen("blank"), Seen("na"))
HIDDEN, NOT_APPLICABLE = Seen("hidden"), Seen("na")


@dataclass
class Possible:
    """What answers to a questionnaire can make of conditions.

    `aside`: questions whose own conditions do not count, because something is wrong with them; they may always be
    answered. What was found of a condition is kept.
    """

    questionnaire: Questionnaire
    aside: set[str] = field(default_factory=set)
    work: int = field(default=0, init=False)
    told_apart: dict[tuple[Subject, tuple[int, ...]], list[Standin]] = field(default_factory=dict, init=False)
    _found: dict[tuple[int, bool], tuple[AnyCondition, bool | None]] = field(default_factory=dict, init=False)
    _named: dict[Subject, tuple[Subject, ...]] = field(default_factory=dict, init=False)
    _leaves: dict[int, tuple[AnyCondition, tuple[Signed, ...]]] = field(default_factory=dict, init=False)

    def can_hold(self, condition: AnyCondition) -> bool | None:
        """Return whether some answers make the condition hold."""
        return self._decided(condition, wanted=True)

    def can_fail(self, condition: AnyCondition) -> bool | None:
        """Return whether some answers leave the condition unknown or false."""
        return self._decided(condition, wanted=False)

    def set_aside(self, needs: Mapping[str, Iterable[str]]) -> None:
        """Set aside the questions that can never be shown, so that each is found for its own fault only.

        `needs`: the questions that decide whether each question is asked.
        """
        for id in in_dependency_order(needs):
            question = self.questionnaire.questions[id]
            hidden = question.show_if is not None and id not in self.aside and self.can_hold(question.show_if) is False
            if hidden or (
                question.na_when is not None and id not in self.aside and self.can_fail(question.na_when) is False
            ):
                self.aside.add(id)

    def _decided(self, condition: AnyCondition, *, wanted: bool) -> bool | None:
        key = (id(condition), wanted)
        if key not in self._found:
            self._found[key] = condition, self._decide(condition, wanted=wanted)
        return self._found[key][1]

    def _decide(self, condition: AnyCondition, *, wanted: bool) -> bool | None:
        own = self._subjects([condition])
        if len(own) > MOST_NAMED:
            return None
        alone = self._searched(_Search(self, condition, own, wanted=wanted))
        tired = self.work > MOST_WORK_IN_ALL
        # A single comparison speaks of what is shown under some answers, and then takes any value.
        asked = self.questionnaire.questions.get(getattr(condition, "question", None) or "")
        free = isinstance(condition, Comparison) and (asked is None or asked.na_when is None)
        bound = self._bound_questions(own) if alone and not tired and not free else frozenset()
        if not bound:
            return alone
        needed = dict.fromkeys(
            [*own, *(subject for question in bound for subject in (question, *self.needs(question)))]
        )
        return self._searched(_Search(self, condition, list(needed), bound, wanted=wanted))

    def _searched(self, search: "_Search") -> bool | None:
        search.most = LITTLE_WORK if self.work > MOST_WORK_IN_ALL else MOST_WORK
        outcome = search.outcome
        self.work += search.work
        return outcome

    def _bound_questions(self, own: Sequence[Subject]) -> frozenset[Subject]:
        """Return the named questions whose own conditions could matter: where one shares a subject with another one."""
        seen: dict[Subject, int] = dict.fromkeys(own, 1)
        binding: set[Subject] = set()
        frontier = [subject for subject in own if subject[0] == "question"]
        shared = False
        while frontier and len(seen) <= MOST_SUBJECTS:
            question = frontier.pop(0)
            needs = self.needs(question)
            if needs:
                binding.add(question)
            for subject in needs:
                shared = shared or subject in seen
                if subject not in seen and subject[0] == "question":
                    frontier.append(subject)
                seen[subject] = 1
        return frozenset(binding) if shared else frozenset()

    def needs(self, subject: Subject) -> tuple[Subject, ...]:
        """Return what decides whether a question can be answered; twice what both of its conditions speak of."""
        if subject[0] != "question" or subject[1] in self.aside:
            return ()
        if subject not in self._named:
            stated = self.visibility(subject)
            self._named[subject] = tuple(named for condition, _ in stated for named in self._subjects([condition]))
        return self._named[subject]

    def visibility(self, subject: Subject) -> list[tuple[AnyCondition, int]]:
        """Return the conditions that say whether a question can be answered: +1 where it must hold, -1 where not."""
        question = self.questionnaire.questions.get(subject[1]) if subject[0] == "question" else None
        stated = ((question.show_if, 1), (question.na_when, -1)) if question else ()
        return [(condition, sign) for condition, sign in stated if condition is not None]

    def leaves(self, condition: AnyCondition) -> tuple[Signed, ...]:
        """Return the comparisons of a condition."""
        if id(condition) not in self._leaves:
            self._leaves[id(condition)] = condition, tuple(_signed(condition, 1))
        return self._leaves[id(condition)][1]

    def _subjects(self, conditions: Iterable[AnyCondition]) -> list[Subject]:
        return list(dict.fromkeys(_subject(leaf) for condition in conditions for leaf, _ in self.leaves(condition)))


def _signed(condition: AnyCondition, sign: int) -> Iterator[Signed]:
    if isinstance(condition, Comparison):
        yield condition, sign
    for _, part in parts(condition):
        yield from _signed(part, -sign if isinstance(condition, Not) else sign)


def _subject(leaf: Comparison) -> Subject:
    if leaf.question is not None:
        return "question", leaf.question
    return ("fact", leaf.fact) if leaf.fact is not None else ("dimension", leaf.subject)


@dataclass
class _Search:
    """One search for answers that make a condition hold (`wanted`), or that do not.

    `bound`: the questions whose own conditions say when they can be answered.
    """

    possible: Possible
    condition: AnyCondition
    subjects: Sequence[Subject]
    bound: Collection[Subject] = frozenset()
    wanted: bool = field(kw_only=True)
    most: int = field(default=MOST_WORK, init=False)
    work: int = field(default=0, init=False)
    chosen: dict[Subject, Standin] = field(default_factory=dict, init=False)
    known: dict[tuple[int, Standin], float] = field(default_factory=dict, init=False)

    @property
    def outcome(self) -> bool | None:
        """Whether there are such answers; None: given up."""
        return self._deeper(0)

    @cached_property
    def order(self) -> list[Subject]:
        """The subjects, each after those that say when it can be answered."""
        if not self.bound:
            return list(self.subjects)
        keys = {f"{kind}:{id}": (kind, id) for kind, id in self.subjects}
        needs = {
            key: [f"{k}:{i}" for k, i in self.possible.needs(subject)] if subject in self.bound else []
            for key, subject in keys.items()
        }
        return [keys[key] for key in in_dependency_order(needs)]

    @cached_property
    def compared(self) -> Mapping[Subject, list[Signed]]:
        """Every comparison of the condition, and of those that bind, by what it speaks of."""
        found: dict[Subject, list[Signed]] = {subject: [] for subject in self.subjects}
        stated = [(self.condition, 1 if self.wanted else -1)]
        for condition, sign in chain(stated, *map(self.possible.visibility, self.bound)):
            for leaf, inside in self.possible.leaves(condition):
                found[_subject(leaf)].append((leaf, sign * inside))
        return found

    def _deeper(self, depth: int) -> bool | None:
        low, high = self._bounds(self.condition)
        if low == TRUE or high < TRUE:
            return (low == TRUE) is self.wanted
        subject = self.order[depth]
        gave_up = False
        for stand_in in self._allowed(subject):
            if self.work > self.most:
                return None
            self.chosen[subject] = stand_in
            outcome = self._deeper(depth + 1)
            del self.chosen[subject]
            if outcome:
                return True
            gave_up = gave_up or outcome is None
        return None if gave_up else False

    def _allowed(self, subject: Subject) -> Iterable[Standin]:
        """Return what a subject can be after all that decides about it is chosen."""
        if subject in self.bound:
            question = self.possible.questionnaire.questions[subject[1]]
            if question.show_if is not None and self._bounds(question.show_if)[1] < TRUE:
                return (HIDDEN,)
            if question.na_when is not None and self._bounds(question.na_when)[0] == TRUE:
                return (NOT_APPLICABLE,) if question.core else (NOT_APPLICABLE, HIDDEN)
        return self._telling(subject)

    def _bounds(self, condition: AnyCondition) -> tuple[float, float]:
        """Return the least and greatest truth a condition can still take; Kleene's connectives are monotone."""
        match condition:
            case AllOf():
                parts = [self._bounds(part) for part in condition.all]
                return min(low for low, _ in parts), min(high for _, high in parts)
            case AnyOf():
                parts = [self._bounds(part) for part in condition.any]
                return max(low for low, _ in parts), max(high for _, high in parts)
            case Not():
                low, high = self._bounds(condition.not_)
                return TRUE - high, TRUE - low
            case Comparison():
                self.work += 1
                subject = _subject(condition)
                if subject not in self.chosen:
                    return 0.0, TRUE
                known = self._known(condition, self.chosen[subject])
                return known, known

    def _known(self, leaf: Comparison, stand_in: Standin) -> float:
        key = (id(leaf), stand_in)
        if key not in self.known:
            self.known[key] = compared(leaf, stand_in)
        return self.known[key]

    def _telling(self, subject: Subject) -> Iterable[Standin]:
        """Return one stand-in for all that its comparisons cannot tell apart, those likely to be wanted first."""
        found = self.compared[subject]
        # By identity, which is quick: `_found` and the questionnaire keep conditions, so none takes another's place.
        key = subject, tuple(sign * id(leaf) for leaf, sign in found)
        if key not in self.possible.told_apart:
            told: dict[tuple[float, ...], Standin] = {}
            for stand_in in islice(self._stand_ins(subject), MOST_SORTED):
                self.work += len(found)
                told.setdefault(tuple(sign * self._known(leaf, stand_in) for leaf, sign in found), stand_in)
            self.possible.told_apart[key] = [told[truths] for truths in sorted(told, key=sum, reverse=True)]
        return chain(self.possible.told_apart[key], islice(self._stand_ins(subject), MOST_SORTED, None))

    def _stand_ins(self, subject: Subject) -> Iterator[Standin]:
        kind, id = subject
        found = [leaf for leaf, _ in self.compared[subject]]
        if kind == "dimension":
            yield UNSCORED
            yield from (Column(float(x), 1.0) for x in cuts(found, Decimal(0), Decimal(100)))
        else:
            questionnaire = self.possible.questionnaire
            asked: AnyAsked = (questionnaire.facts if kind == "fact" else questionnaire.questions)[id]
            yield from NOT_ANSWERED
            yield from (Seen("answered", value) for value in kind_of(asked).stand_ins(asked, found))
