"""The logic of a questionnaire: what leads to what, and how long the shortest and the longest way through it are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod
from typing import Literal, NamedTuple

from nqpf_assess.engine.satisfiable import HIDDEN, NOT_ANSWERED, NOT_APPLICABLE
from nqpf_assess.engine.states import Seen, View, compared, holds
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import summed
from nqpf_assess.model.condition import AnyCondition, Comparison, SubjectKind, leaves, subjects
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

How = Literal["show_if", "na_when", "scale_when", "suits", "unsuits", "when", "needs", "lifts"]
Linked = Literal["fact", "question", "dimension", "countermeasure", "check"]
Table = tuple[tuple[str, ...], dict[tuple[Seen, ...], int]]
"""Questions asked, by what is known of the facts and questions named first; what cannot be has no row."""

Best = Callable[[Sequence[int]], int]

TRIES = 300_000
"""Combinations of answers tried in all; of groups of questions for which they do not suffice only bounds are given."""

UNASKED = (HIDDEN, NOT_APPLICABLE)
"""What a question with conditions may be besides what can be answered to it."""


class Link(NamedTuple):
    """One thing that decides about another: a fact, question or dimension about a question, measure or check."""

    subject: str
    kind: Linked
    to: str
    how: How

    @property
    def about(self) -> Linked:
        """What it decides about."""
        if self.how in ("show_if", "na_when", "scale_when"):
            return "question"
        return "check" if self.how == "when" else "countermeasure"


class Way(NamedTuple):
    """How many questions are asked, at least and at most; not `exact` where that is only a bound."""

    least: int
    most: int
    exact: bool


class Effort(NamedTuple):
    """Minutes to fill the questionnaire in, the facts and all questions asked."""

    reading: float
    answering: float

    @property
    def minutes(self) -> float:
        """All of it."""
        return self.reading + self.answering


# ---- what leads to what


def links(questionnaire: Questionnaire) -> tuple[Link, ...]:
    """Return every link, in file order of what is decided about."""
    found: list[Link] = []
    for id, question in questionnaire.questions.items():
        found += _of(question.show_if, id, "show_if")
        found += _of(question.na_when, id, "na_when")
        for case in getattr(question, "scale_when", ()):
            found += _of(case.when, id, "scale_when")
    for id, measure in questionnaire.countermeasures.items():
        found += (Link(dimension, "dimension", id, "lifts") for dimension in measure.lifts)
        found += _of(measure.suits, id, "suits")
        found += _of(measure.unsuits, id, "unsuits")
        found += (Link(need, "countermeasure", id, "needs") for need in measure.needs)
    for id, check in questionnaire.checks.items():
        found += _of(check.when, id, "when")
    return tuple(dict.fromkeys(found))


def _of(condition: AnyCondition | None, to: str, how: How) -> Iterator[Link]:
    kinds: tuple[SubjectKind, ...] = ("fact", "question", "dimension")
    for kind in kinds:
        for subject in subjects(condition, kind):
            yield Link(subject, kind, to, how)


# ---- the ways through


def way(questionnaire: Questionnaire) -> Way:
    """Count the questions that are asked at least and at most: every group that hangs together is tried out."""
    conditional = [id for id, q in questionnaire.questions.items() if q.show_if is not None or q.na_when is not None]
    always = len(questionnaire.questions) - len(conditional)
    groups: list[tuple[set[str], list[str]]] = []  # what hangs together names the same fact or question, or each other
    for id in conditional:
        named, members = _named(questionnaire, id), [id]
        for other in [group for group in groups if group[0] & named]:
            groups.remove(other)
            named, members = named | other[0], [*other[1], *members]
        groups.append((named, members))
    found, room = [], TRIES
    for _, members in groups:
        part, room = _group(questionnaire, members, room)
        found.append(part)
    return Way(
        always + sum(part.least for part in found),
        always + sum(part.most for part in found),
        all(part.exact for part in found),
    )


def _named(questionnaire: Questionnaire, id: str) -> set[str]:
    return {id, *(leaf.subject for leaf in _leaves(questionnaire, id))}


def _group(questionnaire: Questionnaire, members: Sequence[str], room: int) -> tuple[Way, int]:
    """Count what is asked of one group: the least and the greatest sum over all answers to what its conditions name.

    What one question takes is a table over what decides about it, and over what is then known of it where it decides
    about others. One thing after the other is taken out: the tables that hold it are added up, and only the best of
    its answers stays for each of the others. What cannot come together stands in no table. Returns the room left.
    """
    bounds = Way(0, len(members), exact=False)
    deciding = {id: sorted(_named(questionnaire, id) - {id}) for id in members}
    given = {id: _standins(questionnaire, members, id) for id in sorted(set().union(*deciding.values()))}
    domains = {id: [*dict.fromkeys((*seen, *(UNASKED if id in members else ())))] for id, seen in given.items()}
    asked: list[Table] = []
    near: dict[str, set[str]] = {id: set() for id in domains}
    for id in members:
        held = (*deciding[id], id) if id in domains else tuple(deciding[id])
        size = prod(len(domains[other]) for other in held)
        if size > room:
            return bounds, room
        room -= size
        rows: dict[tuple[Seen, ...], int] = {}
        for seen in product(*(domains[other] for other in deciding[id])):
            unasked = _unasked(questionnaire, id, dict(zip(deciding[id], seen, strict=True)))
            own = [unasked] if unasked else given.get(id, ())
            rows |= dict.fromkeys(((*seen, state) for state in own) if id in domains else (seen,), int(not unasked))
        asked.append((held, rows))
        for other in held:
            near[other] |= {*held} - {other}
    fewest = greatest = asked
    while near:
        out = min(near, key=lambda id: (prod(len(domains[other]) for other in near[id]), id))
        beside = sorted(near.pop(out))
        size = prod(len(domains[other]) for other in (out, *beside))
        if size > room:
            return bounds, room
        room -= size
        for other in beside:
            near[other] = (near[other] | {*beside}) - {out, other}
        fewest, greatest = (_without(out, beside, of, domains, best) for of, best in ((fewest, min), (greatest, max)))
    least, most = (sum(rows[()] for _, rows in of) for of in (fewest, greatest))
    return Way(least, most, exact=True), room


def _without(
    out: str, beside: Sequence[str], tables: Sequence[Table], domains: Mapping[str, Sequence[Seen]], best: Best
) -> list[Table]:
    """Take one thing out of tables: those that hold it become one over all that stands beside it there."""
    holding = [entry for entry in tables if out in entry[0]]
    joined = {}
    for seen in product(*(domains[other] for other in beside)):
        sums = []
        for state in domains[out]:
            there = {**dict(zip(beside, seen, strict=True)), out: state}
            parts = [rows.get(tuple(there[other] for other in held)) for held, rows in holding]
            sums += [sum(part for part in parts if part is not None)] if None not in parts else []
        if sums:
            joined[seen] = best(sums)
    return [entry for entry in tables if out not in entry[0]] + [(tuple(beside), joined)]


def _unasked(questionnaire: Questionnaire, id: str, known: Mapping[str, Seen]) -> Seen | None:
    """Return why a question is not asked, given all that its conditions name; None where it is."""
    facts = {id: seen for id, seen in known.items() if id in questionnaire.facts}
    view = View(facts, {id: seen for id, seen in known.items() if id in questionnaire.questions})
    question = questionnaire.questions[id]
    if question.show_if is not None and not holds(question.show_if, view):
        return HIDDEN
    return NOT_APPLICABLE if holds(question.na_when, view) else None


def _standins(questionnaire: Questionnaire, members: Sequence[str], id: str) -> list[Seen]:
    """Return answers of every kind that the group's conditions can tell apart, none, and that it does not apply."""
    asked = questionnaire.asked.get(id)
    named = [leaf for member in members for leaf in _leaves(questionnaire, member) if leaf.subject == id]
    told_apart: dict[tuple[float, ...], Seen] = {}
    answered = () if asked is None else kind_of(asked).stand_ins(asked, named)
    for seen in (*NOT_ANSWERED, *(Seen("answered", value) for value in answered)):
        told_apart.setdefault(tuple(compared(leaf, seen) for leaf in named), seen)
    return list(told_apart.values())


def _leaves(questionnaire: Questionnaire, id: str) -> Iterator[Comparison]:
    question = questionnaire.questions[id]
    for condition in (question.show_if, question.na_when):
        if condition is not None:
            yield from (leaf for _, leaf in leaves(condition))


# ---- time and reading


def effort(questionnaire: Questionnaire, language: str) -> Effort:
    """Estimate the minutes for all facts and questions, at the stated speed of reading and the times of each kind."""
    return effort_of((*questionnaire.facts.values(), *questionnaire.questions.values()), language)


def effort_of(asked: Sequence[AnyAsked], language: str) -> Effort:
    """Estimate the minutes for some facts and questions in the same way."""
    spoken, words = grammar(language), 0
    for one in asked:
        said = (one.text, one.help or {}, *(choice.words for choice in kind_of(one).choices(one)))
        words += sum(spoken.length(part.get(language, "")) for part in said)
    reading = Decimal(words) / spoken.reading_speed
    return Effort(float(reading), float(sum(kind_of(one).minutes for one in asked)))


def hardest(questionnaire: Questionnaire, language: str) -> tuple[tuple[str, float], ...]:
    """Return the five facts and questions whose words are hardest to read, the hardest first."""
    graded = {id: grammar(language).grade(_joined(one, language)) for id, one in questionnaire.asked.items()}
    return tuple(sorted(graded.items(), key=lambda row: -row[1])[:5])


def mean_grade(questionnaire: Questionnaire, language: str) -> float:
    """Return the mean grade of the texts of all facts and questions."""
    asked = (*questionnaire.facts.values(), *questionnaire.questions.values())
    grades = [grammar(language).grade(_joined(one, language)) for one in asked]
    return summed(grades) / len(grades) if grades else 0.0


def _joined(asked: AnyAsked, language: str) -> str:
    return " ".join(said for said in (asked.text.get(language, ""), (asked.help or {}).get(language, "")) if said)
