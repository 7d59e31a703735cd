"""The state of every fact and question for one respondent (scoring.md, section 1)."""

from typing import cast

from nqpf_assess.engine.conditions import Seen, View, holds
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.kinds import kind_of, read_value
from nqpf_assess.kinds.kind import Fault
from nqpf_assess.model.answers import Answer, Answers, State
from nqpf_assess.model.questionnaire import AnyAsked, AnyFact


def read(instrument: Instrument, answers: Answers) -> View:
    """Read the facts, then the questions in an order in which every condition finds its answers."""
    questionnaire = instrument.questionnaire
    facts = {id: read_fact(fact, answers.facts.get(id)) for id, fact in questionnaire.facts.items()}
    questions: dict[str, Seen] = {}
    year = answers.subject.year
    view = View(facts, questions, year=year)
    for id in instrument.reading_order:
        questions[id] = _read_question(instrument, id, answers, view)
    return View(facts, {id: questions[id] for id in questionnaire.questions}, year=year)


def read_again(instrument: Instrument, answers: Answers, view: View, question: str) -> View:
    """Give the view after the answer to one question changed, and nothing else; whole where others hang on it."""
    if question in instrument.steering or question not in view.questions:
        return read(instrument, answers)
    return view._replace(questions={**view.questions, question: _read_question(instrument, question, answers, view)})


def stored(asked: AnyAsked, answer: Answer | None) -> Seen:
    """Give the state that the file alone says: dk, na and later win over a value; neither is blank."""
    if answer is None:
        return Seen("blank")
    read = read_value(asked, answer.value)
    value = None if isinstance(read, Fault) else read
    if answer.state in ("dk", "na", "later"):
        return Seen(cast("State", answer.state), value)
    return Seen("blank") if value is None else Seen("answered", value)


def read_fact(fact: AnyFact, answer: Answer | None) -> Seen:
    """Give a fact's state; answered with an `unknown` option it is not known."""
    seen = stored(fact, answer)
    if seen.state == "answered" and seen.value is not None and kind_of(fact).unknown(fact, seen.value):
        return Seen("dk", seen.value)
    return seen


def _read_question(instrument: Instrument, id: str, answers: Answers, view: View) -> Seen:
    question = instrument.questionnaire.questions[id]
    seen = stored(question, answers.answers.get(id))
    if (answers.mode == "quick" and not question.core) or (question.show_if and not holds(question.show_if, view)):
        return Seen("hidden", seen.value)
    if holds(question.na_when, view):
        return Seen("na", seen.value)
    return seen
