"""The way through an assessment: which facts come first, what comes after each answer, how long it still takes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import deciding_facts, suggestions
from nqpf_assess.engine.scoring import scale_conditions
from nqpf_assess.engine.states import unsettled
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Chain, Weights
from nqpf_assess.session.answering import Place, Session
from nqpf_assess.session.outline import neighbour

PROFILE: Place = ("profile", "")
"""The weights that fit, behind the facts that decide them."""

LEFT = ("blank", "later")
"""States of what still wants an answer."""

RESULTS: Place = ("results", "")
"""What comes behind the last question."""


def facts_first(session: Session) -> tuple[str, ...]:
    """Return the facts that still decide which weights fit here, the one to ask next first. The others can wait."""
    chains = session.chains or (session.instrument.chain,)
    anyway = {*waited_for(session, session.visible)}
    return deciding_facts(session.instrument.questionnaire, chains, session.view, anyway)


def waited_for(session: Session, questions: Iterable[str]) -> Iterator[str]:
    """Yield the facts nobody answered on which hangs whether questions are asked or apply, or how they count."""
    for id in questions:
        for when in _conditions(session, id):
            yield from unsettled(when, session.view)


def held_back(session: Session) -> tuple[str, ...]:
    """Return the facts not answered or put off on which hangs whether further core questions are asked.

    Quick mode does not ask them for that alone, unless they also decide which weights fit.
    """
    core = [asked for asked in session.instrument.questionnaire.questions.values() if asked.core]
    return tuple(dict.fromkeys(fact for asked in core for fact in unsettled(asked.show_if, session.view, LEFT)))


def after_fact(session: Session, passed: Collection[str] = ()) -> Place:
    """Return what comes after a fact: the next that decides the weights, else the weights. `passed`: left open."""
    return next((("facts", id) for id in facts_first(session) if id not in passed), PROFILE)


def profile_that_waits(instrument: Instrument, answers: Answers, chains: Sequence[Chain]) -> Weights | None:
    """Return the profile that fits the facts where nobody has chosen the weights yet, else None.

    They count as chosen once a profile is in use, or a question was answered by hand: it is asked behind the weights.
    What a file brought in says nothing of them.
    """
    by_hand = any(answer.from_ is None for answer in answers.answers.values())
    if by_hand or instrument.further or instrument.profile.based_on is not None:
        return None
    judged = suggestions(instrument.questionnaire, chains or (instrument.chain,), answers)
    return judged[0].profile if judged[0].fit == "fits" else None


def weights_wait(session: Session) -> bool:
    """Return whether the weights are still to be chosen here, so that an assessment left there goes on there."""
    waits = profile_that_waits(session.instrument, session.answers, session.chains)
    return session.locked is None and waits is not None


def after_question(
    session: Session, question: str | None, passed: Collection[str] = (), *, only_open: bool = False
) -> Place:
    """Return what comes behind a question, None for the beginning: the next one, or a fact that it waits for.

    A fact is asked here where it decides whether the next question is asked or applies, or how it counts. `passed`:
    facts that were left open. `only_open`: what is answered or not known is passed over. Behind the last question come
    the results.
    """
    questions = session.instrument.questionnaire.questions
    order = [node for node in session.instrument.nodes if node in questions]
    for id in order[order.index(question) + 1 if question in order else 0 :]:
        state = session.state("answers", id)
        if only_open and state not in (*LEFT, "hidden"):
            continue
        if fact := next((fact for fact in waited_for(session, (id,)) if fact not in passed), None):
            return "facts", fact
        # What does not apply by itself is passed over; what somebody marked so is shown again.
        if state != "hidden" and (state != "na" or session.given("answers", id).state == "na"):
            return "answers", id
    return RESULTS


def first_open(session: Session, passed: Collection[str] = ()) -> tuple[str | None, Place]:
    """Return where the questions go on that were left: the first not answered, the fact it waits for, or the results.

    Before it the question behind which that comes, None where it is the first. In a file to look at no fact is asked.
    """
    open_one = session.next_open(None)
    before = neighbour(session, "answers", open_one, -1) if open_one else next(reversed(session.visible), None)
    known = session.instrument.questionnaire.facts if session.locked is not None else passed
    return before, after_question(session, before, known)


def _conditions(session: Session, question: str) -> Iterator[AnyCondition | None]:
    """Yield the conditions that say whether a question is asked and how it counts, as far as they can still matter.

    How it counts is also what the profile in use makes of its weight, or of that and the target of what it is part of.
    In quick mode no fact is asked for the sake of a question that is not asked as things stand.
    """
    asked = session.instrument.questionnaire.questions[question]
    if session.state("answers", question) == "hidden":
        if session.answers.mode == "full":
            yield asked.show_if
        return
    yield asked.na_when
    yield from scale_conditions(session.instrument, question, session.view)
    path = (question, asked.dimension, session.instrument.questionnaire.dimensions[asked.dimension].pillar)
    for _share, chain in session.instrument.profiles:
        yield from (change.when for file in chain for change in file.adjust if change.node in path)


def efforts(questionnaire: Questionnaire, language: str) -> Mapping[str, tuple[int, int]]:
    """Return how many questions each mode asks whatever is answered, and the minutes they take; by mode."""
    from nqpf_assess.engine.logic import effort_of

    always = [question for question in questionnaire.questions.values() if question.show_if is None]
    modes = {"quick": [question for question in always if question.core], "full": always}
    return {mode: (len(some), round(effort_of(some, language).minutes)) for mode, some in modes.items()}


def minutes_left(session: Session, language: str) -> int:
    """Estimate the minutes that the questions still open take, by the words to read and the kind of each."""
    questions, known = session.instrument.questionnaire.questions, session.minutes.setdefault(language, {})
    left = [id for id in session.visible if session.state("answers", id) in LEFT]
    if not left:
        return 0
    from nqpf_assess.engine.logic import effort_of

    known |= {id: effort_of((questions[id],), language).minutes for id in left if id not in known}
    return max(1, round(sum(known[id] for id in left)))
