"""What one respondent's answers say: the state of every fact and question, and three-valued conditions on them.

The answers are read once and kept as a `View` (scoring.md, section 1); conditions (Kleene) speak of nothing else.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import NamedTuple, cast

from nqpf_assess.engine.arithmetic import (
    FALSE,
    TRUE,
    UNKNOWN,
    Column,
    Figures,
    Namespace,
    below,
    plain,
)
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.kinds import kind_of, read_value
from nqpf_assess.kinds.kind import Fault, Value
from nqpf_assess.model.answers import Answer, Answers, State
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire


class Seen(NamedTuple):
    """A fact or question as conditions see it: its state, and its value where it is answered."""

    state: State
    value: Value | None = None


class View(NamedTuple):
    """One respondent's answers as read: all that conditions and scores may speak of.

    `year`: the year that the answers describe, where one is stated. `dimensions`: scores, for checks only.
    """

    facts: Mapping[str, Seen]
    questions: Mapping[str, Seen]
    dimensions: Mapping[str, Column] = {}
    year: int | None = None

    def seen(self, id: str) -> Seen:
        """Return the answer to a fact or question."""
        return self.questions.get(id) or self.facts[id]

    def answered(self, id: str, value: Value) -> "View":
        """Return the view as it would be with another answer to a fact or question."""
        seen = {id: Seen("answered", value)}
        if id in self.facts:
            return self._replace(facts={**self.facts, **seen})
        return self._replace(questions={**self.questions, **seen})


BLANK = Seen("blank")
UNSCORED = Column(0.0, 0.0)


# ---- reading answers


@dataclass(eq=False)
class Reading:
    """What was read out of one set of answers to one questionnaire, by table and id, and the view of all.

    `values`: as parsed; `seen`: with the state that the file alone says.
    """

    questionnaire: Questionnaire
    values: Mapping[tuple[str, str], Value | Fault | None]
    seen: Mapping[tuple[str, str], Seen]
    view: View | None = field(default=None)


def reading_of(questionnaire: Questionnaire, answers: Answers) -> Reading:
    """Return what the answers say, each value parsed once: where they enter, and never again while they stay the same.

    Answers to what the questionnaire does not ask are left out.
    """
    # Kept beside the answers: frozen values cannot change under their reading.
    for kept in answers.readings:
        if isinstance(kept, Reading) and kept.questionnaire is questionnaire:
            # The last one asked for is dropped last.
            answers.readings[:] = [kept, *(other for other in answers.readings if other is not kept)]
            return kept
    values: dict[tuple[str, str], Value | Fault | None] = {}
    states: dict[tuple[str, str], Seen] = {}
    tables: tuple[tuple[str, Mapping[str, AnyAsked], Mapping[str, Answer]], ...] = (
        ("facts", questionnaire.facts, answers.facts),
        ("answers", questionnaire.questions, answers.answers),
    )
    for table, asked, given in tables:
        for id, answer in given.items():
            if id in asked:
                value = values[table, id] = read_value(asked[id], answer.value)
                states[table, id] = _stated(asked[id], answer, value)
    reading = Reading(questionnaire, values, states)
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
        facts = {id: reading.seen.get(("facts", id), BLANK) for id in questionnaire.facts}
        questions: dict[str, Seen] = {}
        view = View(facts, questions, year=answers.subject.year)
        for id in instrument.reading_order:
            questions[id] = _question(instrument, id, reading.seen.get(("answers", id), BLANK), answers.mode, view)
        reading.view = view._replace(questions={id: questions[id] for id in questionnaire.questions})
    return reading.view


def read_again(instrument: Instrument, answers: Answers, view: View, question: str) -> View:
    """Return the view after the answer to one question changed, and nothing else; whole where others hang on it."""
    if question in instrument.steering or question not in view.questions:
        return read(instrument, answers)
    reading = reading_of(instrument.questionnaire, answers)
    seen = _question(instrument, question, reading.seen.get(("answers", question), BLANK), answers.mode, view)
    reading.view = view._replace(questions={**view.questions, question: seen})
    return reading.view


def stored(asked: AnyAsked, answer: Answer | None) -> Seen:
    """Return the state that the file alone says: dk, na and later win over a value; neither is blank.

    An option of a fact may say that the answer is not known.
    """
    return BLANK if answer is None else _stated(asked, answer, read_value(asked, answer.value))


def is_to_confirm(asked: AnyAsked, answer: Answer) -> bool:
    """Return whether an answer was given to an earlier wording of what is asked."""
    return answer.revision is not None and answer.revision < asked.revision


def _stated(asked: AnyAsked, answer: Answer, read: Value | Fault | None) -> Seen:
    value = None if isinstance(read, Fault) else read
    if answer.state_wins:
        return Seen(cast("State", answer.state), value)
    if value is None:
        return BLANK
    return Seen("dk" if kind_of(asked).unknown(asked, value) else "answered", value)


def _question(instrument: Instrument, id: str, seen: Seen, mode: str, view: View) -> Seen:
    question = instrument.questionnaire.questions[id]
    if (mode == "quick" and not question.core) or (question.show_if and not holds(question.show_if, view)):
        return Seen("hidden", seen.value)
    if holds(question.na_when, view):
        return Seen("na", seen.value)
    if seen.state == "answered" and view.year is None and kind_of(question).needs_year:
        return Seen("blank", seen.value)  # the year is lacking by which it is scored
    return seen


# ---- conditions


def truth(condition: AnyCondition, view: View) -> float:
    """Return TRUE, FALSE or UNKNOWN. A comparison with anything that is not answered is unknown."""

    def known(leaf: Comparison) -> float:
        if leaf.fact is not None:
            return compared(leaf, view.facts.get(leaf.fact, BLANK))
        if leaf.question is not None:
            return compared(leaf, view.questions.get(leaf.question, BLANK))
        return compared(leaf, view.dimensions.get(leaf.dimension or "", UNSCORED))

    return cast("float", combined(plain, condition, known))


def combined(xp: Namespace, condition: AnyCondition, leaf: Callable[[Comparison], Figures]) -> Figures:
    """Combine the truths of the leaves as the groups of a condition say (Kleene).

    *and* is the least of its parts, *or* the greatest; *not* turns round, and unknown stays unknown.
    """
    match condition:
        case AllOf():
            return reduce(xp.minimum, [combined(xp, part, leaf) for part in condition.all], TRUE)
        case AnyOf():
            return reduce(xp.maximum, [combined(xp, part, leaf) for part in condition.any], FALSE)
        case Not():
            return TRUE - combined(xp, condition.not_, leaf)
        case Comparison():
            return leaf(condition)


def holds(condition: AnyCondition | None, view: View) -> bool:
    """Return whether a condition is known to hold; none given: it does not."""
    return condition is not None and truth(condition, view) == TRUE


def fails(condition: AnyCondition | None, view: View) -> bool:
    """Return whether a condition is known not to hold; none given: it does not fail."""
    return condition is not None and truth(condition, view) == FALSE


def unknown(condition: AnyCondition | None, view: View) -> bool:
    """Return whether it is not known if a condition holds; none given: there is nothing to know."""
    return condition is not None and truth(condition, view) == UNKNOWN


def unsettled(condition: AnyCondition | None, view: View, states: Collection[str] = ("blank",)) -> tuple[str, ...]:
    """Return the facts on which the truth of a condition still hangs and that are in some states, in the order written.

    Without other states, those that nobody answered yet.
    """
    if condition is None or truth(condition, view) != UNKNOWN:
        return ()
    match condition:
        case AllOf(all=parts) | AnyOf(any=parts):
            return tuple(dict.fromkeys(fact for part in parts for fact in unsettled(part, view, states)))
        case Not():
            return unsettled(condition.not_, view, states)
        case Comparison(fact=fact) if fact is not None and view.facts.get(fact, BLANK).state in states:
            return (fact,)
    return ()


def compared(leaf: Comparison, seen: Seen | Column) -> float:
    """Return the truth of one comparison with what it speaks of: a fact or question, or a dimension's score."""
    if isinstance(seen, Column):
        if not seen.has:
            return UNKNOWN
        known = not below(seen.value, float(leaf.operand))
    elif leaf.operator in STATE_OPERATORS:
        known = STATE_OPERATORS[leaf.operator](seen.state) is leaf.operand
    elif seen.value is None or seen.state != "answered":
        return UNKNOWN
    else:
        known = COMPARISONS[leaf.operator](seen.value, leaf.operand)
    return TRUE if known else FALSE


STATE_OPERATORS: Mapping[str, Callable[[State], bool]] = {
    "answered": lambda state: state == "answered",
    "na": lambda state: state == "na",
}
COMPARISONS: Mapping[str, Callable[..., bool]] = {
    "is": lambda value, operand: value == operand,
    "one_of": lambda value, operand: value in operand,
    "has": lambda value, operand: operand in value,
    "at_least": lambda value, operand: value >= operand,
    "at_most": lambda value, operand: value <= operand,
}
