"""What is left to do before the result can be shown, and to whom to turn for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from nqpf_assess.engine.scorecard import fired_checks
from nqpf_assess.engine.scoring import leaf, supported
from nqpf_assess.engine.states import is_to_confirm
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Value
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.questionnaire import AnyAsked
from nqpf_assess.session.answering import Session, Table

Why = Literal["blank", "later", "dk", "year", "evidence", "confirm", "unusual", "check", "differ"]

WHYS: tuple[Why, ...] = ("blank", "later", "dk", "year", "check", "differ", "evidence", "unusual", "confirm")
"""Groups of the review, in their order: not answered, put off, not known, days without a score since no year is named,
contradicting, answered otherwise by others whose files were merged, without evidence, unusual figures, and answers to
an earlier wording."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to look at again. `message`: that of a contradiction, which leads to the first that it concerns."""

    why: Why
    table: Table
    id: str
    message: Text | None = None


def todos(session: Session) -> Mapping[Why, tuple[Todo, ...]]:
    """Group all that is left to do; every group is there, perhaps empty."""
    found: dict[Why, list[Todo]] = {why: [] for why in WHYS}
    for todo in (*_tables(session), *_contradictions(session)):
        found[todo.why].append(todo)
    return {why: tuple(rows) for why, rows in found.items()}


def _tables(session: Session) -> Iterator[Todo]:
    for table in ("facts", "answers"):
        for id in session.order(table):
            for why in _reasons(session, table, id):
                yield Todo(why, table, id)


def _reasons(session: Session, table: Table, id: str) -> Iterator[Why]:
    state, asked = session.state(table, id), session.asked(table, id)
    if state in ("blank", "later", "dk"):
        yield state  # type: ignore[misc]
    if session.differs(table, id):
        yield "differ"
    if state != "answered":
        return
    if (session.view.questions if table == "answers" else session.view.facts)[id].state == "blank":
        yield "year"
    if table == "answers" and wants_evidence(session, id):
        yield "evidence"
    if is_unusual(asked, session.value(table, id)):
        yield "unusual"
    if is_to_confirm(asked, session.given(table, id)):
        yield "confirm"


def _contradictions(session: Session) -> Iterator[Todo]:
    questionnaire = session.instrument.questionnaire
    for check in fired_checks(session.assessed):
        when = questionnaire.checks[check.id].when
        within = (id for dimension in subjects(when, "dimension") for id in questionnaire.questions_of[dimension])
        places: tuple[tuple[Table, str], ...] = (
            *(("answers", id) for id in check.questions),
            *(("facts", id) for id in subjects(when, "fact")),
            *(("answers", id) for id in within),
        )
        asked_first = min(places, key=lambda place: session.state(*place) == "hidden")
        yield Todo("check", *asked_first, check.message)


def contradicting(session: Session, table: Table, id: str) -> Iterator[Text]:
    """Yield the sentences of the contradictions that concern an answer."""
    for check in fired_checks(session.assessed):
        when = session.instrument.questionnaire.checks[check.id].when
        if id in subjects(when, "fact" if table == "facts" else "question"):
            yield check.message


def wants_evidence(session: Session, question: str) -> bool:
    """Return whether evidence is asked for at the level or score of an answer and none is named."""
    asked = session.instrument.questionnaire.questions[question]
    if asked.evidence_from is None or session.state("answers", question) != "answered":
        return False
    value = session.value("answers", question)
    score = leaf(session.instrument, question, session.view).score
    reached = score if value is None else kind_of(asked).evidence_reached(asked, value, score)
    return reached >= float(asked.evidence_from) and not supported(asked, session.given("answers", question))


def is_unusual(asked: AnyAsked, value: Value | None) -> bool:
    """Return whether an answer lies outside what is usual."""
    return value is not None and kind_of(asked).unusual(asked, value) is not None


def missing_by_holder(session: Session, language: str) -> Mapping[str, tuple[tuple[Table, str], ...]]:
    """Group what is not answered, put off or not known by who usually holds it, in order; "" where nobody is named."""
    found: dict[str, list[tuple[Table, str]]] = {}
    for table in ("facts", "answers"):
        for id in session.order(table):
            if session.state(table, id) in ("blank", "later", "dk"):
                named = session.asked(table, id).holder
                holder = tell(named, language) if named else ""
                found.setdefault(holder, []).append((table, id))
    ordered = sorted(found.items(), key=lambda item: (not item[0], -len(item[1])))
    return {holder: tuple(rows) for holder, rows in ordered}


SHEET_TITLE = _("Missing items: {name}")
SHEET_LEAD = _("Please send each figure with its year and source. “Not known” is a valid answer.")
SHEET_NOBODY = _("Nobody named")
SHEET_UNIT = _("unit: {unit}")
SHEET_ONE, SHEET_SEVERAL = _("tick one"), _("tick all that apply")
SHEET_ANSWER = _("Answer:            Year:        Source:")


def missing_sheet(session: Session, language: str) -> str:
    """Write what is missing as a plain text to send around: one part for each holder, with room to answer."""
    subject = session.answers.subject
    name = " ".join(filter(None, (subject.name, subject.period))) or session.instrument.questionnaire.id
    lines = [tell(SHEET_TITLE, language, name=name), "", tell(SHEET_LEAD, language)]
    for holder, found in missing_by_holder(session, language).items():
        lines += ["", f"── {holder or tell(SHEET_NOBODY, language)}"]
        for number, (table, id) in enumerate(found, start=1):
            asked = session.asked(table, id)
            kind = kind_of(asked)
            lines += ["", f"{number}. {tell(asked.text, language)}"]
            if unit := kind.unit(asked, language):
                lines.append("   " + tell(SHEET_UNIT, language, unit=unit))
            if asked.help:
                lines.append("   " + tell(asked.help, language))
            if kind.has_options:
                lines.append("   " + tell(SHEET_SEVERAL if kind.entry == "tick" else SHEET_ONE, language))
            for choice in kind.choices(asked):  # each level with its number, each option with a box
                mark = "□ " if kind.has_options else f"{choice.number}  "
                lines.append("   " + mark + tell(choice.words, language))
            lines.append("   " + tell(SHEET_ANSWER, language))
    return "\n".join(lines) + "\n"
