"""The state of every fact and question for one respondent (scoring.md, section 1): read once, and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from nqpf_assess.engine.conditions import Seen, View, holds
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.kinds import kind_of, read_value
from nqpf_assess.kinds.kind import Fault, Value
from nqpf_assess.model.answers import Answer, Answers, State
from nqpf_assess.model.questionnaire import AnyAsked, AnyFact, Questionnaire


@dataclass(eq=False)
class Reading:
    """What was read out of one set of answers to one questionnaire: values by table and id, and the view of all."""

    questionnaire: Questionnaire
    answers: Answers
    values: Mapping[tuple[str, str], Value | Fault | None]
    view: View | None = field(default=None)

    def holds_for(self, questionnaire: Questionnaire, answers: Answers) -> bool:
        """Return whether these very answers were read. A copy with other entries takes the reading along."""
        mine = self.answers
        return self.questionnaire is questionnaire and (
            answers is mine
            or (
                answers.facts is mine.facts
                and answers.answers is mine.answers
                and answers.subject is mine.subject
                and answers.mode == mine.mode
            )
        )


def reading_of(questionnaire: Questionnaire, answers: Answers) -> Reading:
    """Return what the answers say, each value parsed once: where they enter, and never again while they stay the same.

    Answers to what the questionnaire does not ask are left out.
    """
    # Kept beside the answers, and found by identity: frozen values cannot change under their reading.
    for kept in answers.readings:
        if isinstance(kept, Reading) and kept.holds_for(questionnaire, answers):
            return kept
    values = {
        (table, id): read_value(asked[id], answer.value)
        for table, asked, given in (
            ("facts", questionnaire.facts, answers.facts),
            ("answers", questionnaire.questions, answers.answers),
        )
        for id, answer in given.items()
        if id in asked
    }
    reading = Reading(questionnaire, answers, values)
    answers.readings.insert(0, reading)
    del answers.readings[MOST_KEPT:]
    return reading


MOST_KEPT = 2
"""Readings kept with one set of answers: of the edition they were given to, and of another it is compared with."""


def read(instrument: Instrument, answers: Answers) -> View:
    """Return the view of the answers: the facts, then the questions in an order in which conditions find theirs.

    There is one view of the same answers, for whoever asks: the lint rules, the session, the score, the report.
    """
    questionnaire = instrument.questionnaire
    reading = reading_of(questionnaire, answers)
    if reading.view is None:
        facts = {id: _fact(fact, _stored(reading, "facts", id, answers)) for id, fact in questionnaire.facts.items()}
        questions: dict[str, Seen] = {}
        view = View(facts, questions, year=answers.subject.year)
        for id in instrument.reading_order:
            questions[id] = _question(instrument, id, _stored(reading, "answers", id, answers), answers.mode, view)
        reading.view = view._replace(questions={id: questions[id] for id in questionnaire.questions})
    return reading.view


def read_again(instrument: Instrument, answers: Answers, view: View, question: str) -> View:
    """Return the view after the answer to one question changed, and nothing else; whole where others hang on it."""
    if question in instrument.steering or question not in view.questions:
        return read(instrument, answers)
    reading = reading_of(instrument.questionnaire, answers)
    seen = _question(instrument, question, _stored(reading, "answers", question, answers), answers.mode, view)
    reading.view = view._replace(questions={**view.questions, question: seen})
    return reading.view


def stored(asked: AnyAsked, answer: Answer | None) -> Seen:
    """Return the state that the file alone says: dk, na and later win over a value; neither is blank."""
    return Seen("blank") if answer is None else _stated(answer, read_value(asked, answer.value))


def _stored(reading: Reading, table: str, id: str, answers: Answers) -> Seen:
    answer = (answers.facts if table == "facts" else answers.answers).get(id)
    return Seen("blank") if answer is None else _stated(answer, reading.values[table, id])


def _stated(answer: Answer, read: Value | Fault | None) -> Seen:
    value = None if isinstance(read, Fault) else read
    if answer.state in ("dk", "na", "later"):
        return Seen(cast("State", answer.state), value)
    return Seen("blank") if value is None else Seen("answered", value)


def _fact(fact: AnyFact, seen: Seen) -> Seen:
    """Return a fact's state; answered with an `unknown` option it is not known."""
    if seen.state == "answered" and seen.value is not None and kind_of(fact).unknown(fact, seen.value):
        return Seen("dk", seen.value)
    return seen


def _question(instrument: Instrument, id: str, seen: Seen, mode: str, view: View) -> Seen:
    question = instrument.questionnaire.questions[id]
    if (mode == "quick" and not question.core) or (question.show_if and not holds(question.show_if, view)):
        return Seen("hidden", seen.value)
    if holds(question.na_when, view):
        return Seen("na", seen.value)
    return seen
