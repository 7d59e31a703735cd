"""Another name for what is assessed: the level that the program took from a place's name goes with that name."""

from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Subject
from nqpf_assess.session.answering import AskedChange, Session

LEVEL_STAYS = _("The name is taken. Its level stays as it is answered among the local conditions: {level}.")
LEVEL_FOLLOWS = _("The name is taken, and with it the level that it tells: {level}.")
FILLED_IN = frozenset(("value", "revision", "by", "at"))
"""What is stated of a level that a name told; who wrote anything beside it gave it by hand."""


def rename(session: Session, subject: Subject) -> tuple[AskedChange, Text | None]:
    """Say whom the assessment describes; with another name goes a level that was open or that of the former name.

    A level that the former name does not tell was given by hand and stays, and so does one where the new name tells
    none. What came of it is returned to be said; None where nothing speaks against the level.
    """
    from nqpf_assess.session.divisions import LEVEL_FACT, level_of

    asked = session.instrument.questionnaire.facts.get(LEVEL_FACT)
    former = session.answers.subject.name
    if asked is None or session.instrument.questionnaire.subject == "firm" or subject.name == former:
        return session.describe(subject), None
    words = {choice.value: choice.words for choice in kind_of(asked).choices(asked)}
    held, given = session.value("facts", LEVEL_FACT), session.given("facts", LEVEL_FACT)
    told = level if (level := level_of(subject.name)) in words else None
    state = session.state("facts", LEVEL_FACT)
    filled = state == "answered" and given.model_fields_set <= FILLED_IN and held == level_of(former)
    if told not in (None, held) and (filled or state == "blank"):
        return session.describe(subject, **{LEVEL_FACT: told}), fill(LEVEL_FOLLOWS, level=words[told])
    change = session.describe(subject)
    if isinstance(held, str) and state == "answered" and told != held and (filled or told is not None):
        return change, fill(LEVEL_STAYS, level=words[held])
    return change, None
