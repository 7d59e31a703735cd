"""The outline of what is asked: pillars, their dimensions, their questions, with how far each has come."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from nqpf_assess.locale import _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import Words
from nqpf_assess.session.answering import AskedChange, Session, Table

DONE = ("answered", "dk", "na")
"""States of a question that is dealt with."""

ASKED_NOW = (
    _("1 more question is asked now."),
    _("{count} more questions are asked now."),
)
"""For one question, and for several."""

ASKED_NO_MORE = (
    _("1 question is no longer asked."),
    _("{count} questions are no longer asked."),
)
ASKED_NO_MORE_KEPT = (
    _("1 question is no longer asked; its answer is kept."),
    _("{count} questions are no longer asked; what was answered is kept."),
)


class OutlineEntry(NamedTuple):
    """One line of the outline. `done` of `total`: questions below it that are dealt with."""

    id: str
    level: Literal["pillar", "dimension", "question"]
    state: str
    done: int
    total: int


def outline(session: Session) -> tuple[OutlineEntry, ...]:
    """List pillars, dimensions and questions that are asked, parents first; what has nothing to ask is left out."""
    questionnaire = session.instrument.questionnaire
    found: list[OutlineEntry] = []
    for pillar in session.instrument.pillars:
        below: list[OutlineEntry] = []
        for dimension in questionnaire.dimensions_of[pillar]:
            states = {id: session.state("answers", id) for id in questionnaire.questions_of[dimension]}
            asked = [
                OutlineEntry(id, "question", state, int(state in DONE), 1)
                for id, state in states.items()
                if state != "hidden"
            ]
            below += [_sum(dimension, "dimension", asked), *asked] if asked else []
        if below:
            found += [_sum(pillar, "pillar", [line for line in below if line.level == "question"]), *below]
    return tuple(found)


def _sum(id: str, level: Literal["pillar", "dimension"], asked: Sequence[OutlineEntry]) -> OutlineEntry:
    done, total = sum(entry.done for entry in asked), sum(entry.total for entry in asked)
    state = "answered" if done == total else "blank" if done == 0 else "later"
    return OutlineEntry(id, level, state, done, total)


def counted(session: Session) -> tuple[int, int]:
    """Count the questions that are dealt with, and all that are asked."""
    states = [session.state("answers", id) for id in session.visible]
    return sum(state in DONE for state in states), len(states)


def neighbour(session: Session, table: Table, id: str, by: int) -> str | None:
    """Return what is asked after (`by` 1) or before (−1) a thing, also where that is not asked at present."""
    order = session.order(table)
    if id in order:
        at = order.index(id) + by
        return order[at] if 0 <= at < len(order) else None
    place = {node: number for number, node in enumerate(session.instrument.nodes)}
    beyond = [other for other in order if (place[other] - place[id]) * by > 0] if id in place else list(order)
    return (beyond[0] if by > 0 else beyond[-1]) if beyond else None


def ancestors(session: Session, question: str) -> tuple[str, str]:
    """Name the pillar and the dimension of a question."""
    questionnaire = session.instrument.questionnaire
    dimension = questionnaire.questions[question].dimension
    return questionnaire.dimensions[dimension].pillar, dimension


def background(session: Session, table: Table, id: str) -> tuple[Words, ...]:
    """Return what is said of the dimension and the pillar of a question: what counts there, what the levels mean."""
    if table == "facts":
        return ()
    questionnaire = session.instrument.questionnaire
    pillar, dimension = ancestors(session, id)
    text = (questionnaire.dimensions[dimension].help, questionnaire.pillars[pillar].help)
    return tuple(words for words in text if words)


def asked_change_told(session: Session, change: AskedChange, language: str) -> str:
    """Say how many questions are asked now that were not, and how many no more; nothing where none came or went."""
    kept = any(id in session.answers.answers for id in change.hidden)
    pairs = ((change.shown, ASKED_NOW), (change.hidden, ASKED_NO_MORE_KEPT if kept else ASKED_NO_MORE))
    text = [tell(words[min(len(ids), 2) - 1], language, count=len(ids)) for ids, words in pairs if ids]
    return grammar(language).space.join(text)
