"""The logic of a questionnaire: what leads to what, and how long the shortest and the longest way through it are."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod
from typing import Literal, NamedTuple

from nqpf_assess.engine.graph import in_dependency_order
from nqpf_assess.engine.instrument import visibility_needs
from nqpf_assess.engine.satisfiable import NOT_ANSWERED
from nqpf_assess.engine.states import Seen, View, compared, holds
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import summed
from nqpf_assess.model.condition import AnyCondition, Comparison, SubjectKind, leaves, subjects
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

How = Literal["show_if", "na_when", "scale_when", "suits", "unsuits", "when", "needs", "lifts"]
Linked = Literal["fact", "question", "dimension", "countermeasure", "check"]
TRIES = 20_000
"""Combinations of answers tried for one group of questions that hang together; beyond it only bounds are given."""


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
    found = [_group(questionnaire, members) for _, members in groups]
    return Way(
        always + sum(part.least for part in found),
        always + sum(part.most for part in found),
        all(part.exact for part in found),
    )


def _named(questionnaire: Questionnaire, id: str) -> set[str]:
    return {id, *(leaf.subject for leaf in _leaves(questionnaire, id))}


def _group(questionnaire: Questionnaire, members: Sequence[str]) -> Way:
    """Count what is asked of one group: the least and the greatest sum over all answers to what its conditions name.

    What one question takes is a table over the few things that decide about it. One thing after the other is then
    taken out: the tables that hold it are added up, and only the best of its answers stays for each of the others.
    """
    needs = in_dependency_order({id: visibility_needs(questionnaire.questions[id]) for id in members})
    order = [id for id in needs if id in members]
    deciding: dict[str, tuple[str, ...]] = {}
    for id in order:
        found: set[str] = set()
        for subject in _named(questionnaire, id) - {id}:
            found |= {subject, *deciding.get(subject, ())}
        deciding[id] = tuple(sorted(found))
    domains = {id: _standins(questionnaire, members, id) for id in sorted(set().union(*deciding.values()))}
    least, most = 0, 0
    for best in (min, max):
        tables: list[tuple[tuple[str, ...], dict[tuple[Seen, ...], int]]] = []
        for id in order:
            subjects_ = deciding[id]
            if prod(len(domains[subject]) for subject in subjects_) > TRIES:
                return Way(0, len(members), exact=False)
            asked = [other for other in order if other == id or other in subjects_]
            table = {
                seen: _is_asked(questionnaire, asked, id, dict(zip(subjects_, seen, strict=True)))
                for seen in product(*(domains[subject] for subject in subjects_))
            }
            tables.append((subjects_, table))
        left = set(domains)
        while left:
            joins = {id: sorted(set().union(*(of for of, _ in tables if id in of)) - {id}) for id in left}
            out = min(sorted(left), key=lambda id: prod(len(domains[other]) for other in joins[id]))
            if prod(len(domains[other]) for other in (out, *joins[out])) > TRIES:
                return Way(0, len(members), exact=False)
            holding = [entry for entry in tables if out in entry[0]]
            joined: dict[tuple[Seen, ...], int] = {}
            for seen in product(*(domains[other] for other in joins[out])):
                there = dict(zip(joins[out], seen, strict=True))
                sums = (
                    sum(table[tuple((there | {out: value})[other] for other in of)] for of, table in holding)
                    for value in domains[out]
                )
                joined[seen] = best(sums)
            tables = [entry for entry in tables if out not in entry[0]] + [(tuple(joins[out]), joined)]
            left.remove(out)
        total = sum(table[()] for _, table in tables)
        least, most = (total, most) if best is min else (least, total)
    return Way(least, most, exact=True)


def _is_asked(questionnaire: Questionnaire, order: Sequence[str], wanted: str, tried: Mapping[str, Seen]) -> int:
    """Return 1 where a question is asked, given the answers to all that decides about it, else 0."""
    facts = {id: seen for id, seen in tried.items() if id in questionnaire.facts}
    questions = {id: seen for id, seen in tried.items() if id in questionnaire.questions and id not in order}
    view = View(facts, questions)
    for id in order:
        question = questionnaire.questions[id]
        hidden = question.show_if is not None and not holds(question.show_if, view)
        na = not hidden and holds(question.na_when, view)
        questions[id] = Seen("hidden") if hidden else Seen("na") if na else tried.get(id, Seen("blank"))
    return int(questions[wanted].state not in ("hidden", "na"))


def _standins(questionnaire: Questionnaire, members: Sequence[str], id: str) -> list[Seen]:
    """Return answers of every kind that the group's conditions can tell apart, none, and that it does not apply."""
    asked: AnyAsked | None = questionnaire.facts.get(id) or questionnaire.questions.get(id)
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


def hardest(questionnaire: Questionnaire, language: str, most: int = 5) -> tuple[tuple[str, float], ...]:
    """Return the facts and questions whose words are hardest to read, the hardest first."""
    asked: dict[str, AnyAsked] = {**questionnaire.facts, **questionnaire.questions}
    graded = {id: grammar(language).grade(_joined(one, language)) for id, one in asked.items()}
    return tuple(sorted(graded.items(), key=lambda row: -row[1])[:most])


def mean_grade(questionnaire: Questionnaire, language: str) -> float:
    """Return the mean grade of the texts of all facts and questions."""
    asked = (*questionnaire.facts.values(), *questionnaire.questions.values())
    grades = [grammar(language).grade(_joined(one, language)) for one in asked]
    return summed(grades) / len(grades) if grades else 0.0


def _joined(asked: AnyAsked, language: str) -> str:
    return " ".join(said for said in (asked.text.get(language, ""), (asked.help or {}).get(language, "")) if said)
