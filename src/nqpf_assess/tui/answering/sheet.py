"""One question or fact as rows: what is asked, what can be answered, what is written beside it, its full help."""

from collections.abc import Iterator
from decimal import Decimal

from nqpf_assess.engine.checks import fired_checks
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import with_unit
from nqpf_assess.kinds.kind import Value
from nqpf_assess.locale import Text, _
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked, QuestionBase
from nqpf_assess.report.wording import CONFIDENCE_WORDS, STATE_WORDS, answer, benchmark, unit_of
from nqpf_assess.session.answering import Session, Table
from nqpf_assess.session.outline import ancestors, background
from nqpf_assess.session.reviewing import is_unusual, wants_evidence
from nqpf_assess.tui.drawing.cells import one_line, width
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Line, Look, Part, Row, ends, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.typography.cells import wrap

QUESTION_OF = _("question {at} of {all}")
FACT_OF = _("fact {at} of {all}")
FACTS = _("Local conditions")
NOT_ASKED = _("Not asked at present: other answers rule it out.")
NA_BY_ITSELF = _("Not applicable here: {why}")
MORE_HELP = _("F1 shows all of it")

DONT_KNOW = _("Don't know")
NOT_APPLICABLE = _("Not applicable, because …")
NOT_APPLICABLE_BECAUSE = _("Not applicable: {why}")
LATER = _("Answer later")
NONE_OF_THESE = _("None of these")

EVIDENCE = _("Evidence: {said}")
EVIDENCE_WANTED = _("Evidence is asked for: {said}")
EVIDENCE_NONE = _("none named ({wanted})")
EVIDENCE_BARE = _("none named")
NOTE = _("Note: {said}")
NOTE_NONE = _("none")
SURE = _("How sure: {said}")
SURE_NONE = _("not said (counts as medium)")
YEAR_OF = _("Year of the figure: {said}")
YEAR_NONE = _("not said")
COMPARE = _("For comparison")
BENCHMARK = _("{who}: {value} in {year}")
SOURCE = _(", {source}")
UNUSUAL = _("Unusual figure: please check it once more.")


def crumb(session: Session, table: Table, id: str, speech: Speech) -> Line:
    """Draw where the question stands: pillar, dimension, number, state."""
    order = session.order(table)
    at = order.index(id) + 1 if id in order else 0
    words = QUESTION_OF if table == "answers" else FACT_OF
    state = speech.tell(STATE_WORDS[session.state(table, id)])
    sign = speech.glyphs.states[session.state(table, id)]
    right = (Part(speech.tell(words, at=at, all=len(order)), "quiet"), Part(f"  {sign} {state} ", "key"))
    return ends((Part(" "), *_path(session, table, id, speech)), right, speech.cells)


def _path(session: Session, table: Table, id: str, speech: Speech) -> Line:
    if table == "facts":
        return (Part(speech.tell(FACTS), "heading"),)
    questionnaire = session.instrument.questionnaire
    pillar, dimension = ancestors(session, id)
    first = questionnaire.pillars[pillar]
    second = questionnaire.dimensions[dimension]
    long, short = speech.line(second.title), speech.line(second.short or second.title)
    room = speech.cells - width(speech.line(first.short or first.title)) - 44
    return (
        Part(speech.line(first.short or first.title), "heading"),
        Part(speech.glyphs.between, "quiet"),
        Part(long if width(long) <= room else short, "heading"),
    )


def head(session: Session, table: Table, id: str, speech: Speech, room: int) -> tuple[Line, ...]:
    """Draw what is asked and how to answer it, in at most `room` lines; what is cut says where the rest is."""
    asked, cells = session.asked(table, id), max(10, speech.cells - 3)
    lines: list[Line] = [(Part(" "), Part(line, "strong")) for line in wrap(speech.words(asked.text), cells)]
    for said, look in notices(session, table, id, speech):
        lines += [(Part(" "), Part(line, look)) for line in wrap(said, cells)]
    lines += [(Part(" "), Part(line, "quiet")) for line in wrap(speech.words(asked.help), cells) if asked.help]
    if len(lines) <= room:
        return tuple(lines)
    kept = lines[: max(1, room)]
    return (*kept[:-1], ends(kept[-1], (Part(f" {speech.tell(MORE_HELP)} ", "key"),), speech.cells))


def asked_rows(session: Session, table: Table, id: str, speech: Speech) -> tuple[Row, ...]:
    """Give what is asked and how to answer it as rows above the answers."""
    asked = session.asked(table, id)
    rows = [Row(speech.words(asked.text), look="strong")]
    rows += [Row(said, look=look) for said, look in notices(session, table, id, speech)]
    rows += [quiet(speech.words(asked.help))] if asked.help else []
    return (*rows, BLANK)


def notices(session: Session, table: Table, id: str, speech: Speech) -> Iterator[tuple[str, Look]]:
    """Give what must be known before answering: not asked, not applicable by itself, contradicting, unusual.

    Contradictions only where the answers are scored already: a page that draws before draws once more after.
    """
    state, asked = session.state(table, id), session.asked(table, id)
    if state == "hidden":
        yield speech.tell(NOT_ASKED), "warn"
    if state == "na" and session.given(table, id).state != "na" and isinstance(asked, QuestionBase):
        yield speech.tell(NA_BY_ITSELF, why=speech.line(asked.na_reason)), "warn"
    if state == "answered" and is_unusual(asked, session.value(table, id)):
        yield speech.tell(UNUSUAL), "warn"
    if table == "answers" and session.is_assessed:
        for check in fired_checks(session.assessed):
            if id in check.questions:
                yield f"{speech.glyphs.alarm} {speech.line(check.message)}", "warn"


# ---- what can be answered


def sheet(session: Session, table: Table, id: str, speech: Speech) -> tuple[Row, ...]:
    """Give the rows below the question: figures to compare with, options, other answers, what is written beside."""
    asked = session.asked(table, id)
    groups = [
        [*_benchmarks(session, asked, speech)],
        [*_options(session, table, id, speech)],
        [*_others(session, table, id, speech)],
        [*_beside(session, table, id, speech)],
    ]
    rows: list[Row] = []
    for group in filter(None, groups):
        rows += [BLANK, *group] if rows else group
    return tuple(rows)


def chosen_row(session: Session, table: Table, id: str) -> str | None:
    """Give the id of the row that holds the answer, for the cursor."""
    state, value = session.given(table, id).state, session.value(table, id)
    if state in ("dk", "na", "later"):
        return state
    choices = kind_of(asked := session.asked(table, id)).choices(asked)
    return f"value:{value}" if any(choice.value == value for choice in choices) else None


def _benchmarks(session: Session, asked: AnyAsked, speech: Speech) -> Iterator[Row]:
    """Give the figures to compare with, each with its source where the line has room for it; F1 names them all."""
    unit = unit_of(asked, speech.language)
    for index, row in enumerate(kind_of(asked).benchmarks(asked)):
        said = speech.tell(BENCHMARK, who=row.words, value=benchmark(row.value, unit), year=row.year)
        label, source = speech.tell(COMPARE), session.instrument.questionnaire.sources.get(row.source.split("#")[0])
        full = said + speech.tell(SOURCE, source=source.title) if source else said
        said = full if width(full) + width(label) + 2 <= speech.cells - EDGES else said
        yield quiet(one_line(said), lead=f"{label}  " if index == 0 else " " * (width(label) + 2))


def _options(session: Session, table: Table, id: str, speech: Speech) -> Iterator[Row]:
    asked, held = session.asked(table, id), _counting(session, table, id)
    kind = kind_of(asked)
    ticks = kind.entry == "tick"
    for choice in kind.choices(asked):
        chosen = choice.value in held if isinstance(held, frozenset) else choice.value == held
        yield Row(
            speech.words(choice.words),
            id=f"value:{choice.value}",
            key=str(choice.number) if choice.number < 10 else "",
            lead=f"{_sign(ticks, chosen, speech)} {choice.number:>2}  ",
            look="strong" if chosen else "plain",
        )
    none_ticked = kind.none_ticked(asked)
    if none_ticked is not None:
        chosen = held == none_ticked
        yield Row(
            speech.tell(NONE_OF_THESE),
            id="none",
            key="0",
            lead=f"{_sign(ticks, chosen, speech)}  0  ",
            look="strong" if chosen else "plain",
        )


def _counting(session: Session, table: Table, id: str) -> Value | None:
    """Give the value where no state stands over it."""
    stands_over = session.given(table, id).state in ("dk", "na", "later")
    return None if stands_over else session.value(table, id)


def _sign(ticks: bool, chosen: bool, speech: Speech) -> str:  # noqa: FBT001
    glyphs = speech.glyphs
    if ticks:
        return glyphs.ticked if chosen else glyphs.unticked
    return glyphs.chosen if chosen else glyphs.free


def _others(session: Session, table: Table, id: str, speech: Speech) -> Iterator[Row]:
    """Give the answers that every question takes."""
    asked, given = session.asked(table, id), session.given(table, id)
    kind = kind_of(asked)
    knows_unsure = any(choice.unknown for choice in kind.choices(asked))
    reason = one_line(given.reason or "")
    na = speech.tell(NOT_APPLICABLE_BECAUSE, why=reason) if given.state == "na" else speech.tell(NOT_APPLICABLE)
    for state, letter, key, words in (
        ("dk", "D", "F6", speech.tell(DONT_KNOW)),
        ("na", "X", "F7", na),
        ("later", "L", "F8", speech.tell(LATER)),
    ):
        if (state == "dk" and knows_unsure) or (state == "na" and table == "facts"):
            continue
        chosen = given.state == state
        sign = speech.glyphs.chosen if chosen else speech.glyphs.free
        width_of_sign = 3 if kind.entry == "tick" else 1
        yield Row(
            words,
            id=state,
            lead=f"{sign:<{width_of_sign}}  {letter}  ",
            tail=key,
            look="strong" if chosen else "plain",
        )


def _beside(session: Session, table: Table, id: str, speech: Speech) -> Iterator[Row]:
    """Give what is written beside an answer: year, evidence, note, how sure."""
    asked, given = session.asked(table, id), session.given(table, id)
    if kind_of(asked).dated(asked):
        said = str(given.year) if given.year is not None else speech.tell(YEAR_NONE)
        yield _side("year", YEAR_OF, said, given.year is not None, speech)
    if table == "answers":
        yield _evidence(session, id, speech)
    yield _side("note", NOTE, one_line(given.note or "") or speech.tell(NOTE_NONE), bool(given.note), speech)
    if table == "answers":
        sure = CONFIDENCE_WORDS[given.confidence] if given.confidence else SURE_NONE
        yield _side("confidence", SURE, speech.tell(sure), given.confidence is not None, speech)


def _side(id: str, words: Text, said: str, there: bool, speech: Speech) -> Row:  # noqa: FBT001
    look: Look = "plain" if there else "quiet"
    return Row(speech.tell(words, said=said), id=id, look=look, whole=False, tail="F5" if id == "evidence" else "")


def _evidence(session: Session, id: str, speech: Speech) -> Row:
    asked, given = session.instrument.questionnaire.questions[id], session.given("answers", id)
    wanted = speech.line(asked.evidence)
    named = speech.grammar.semicolon.join(one_line(entry) for entry in given.evidence if entry.strip())
    none = speech.tell(EVIDENCE_NONE, wanted=wanted) if wanted else speech.tell(EVIDENCE_BARE)
    if wants_evidence(session, id):
        said = speech.tell(EVIDENCE_WANTED, said=wanted or none)
        return Row(said, id="evidence", look="warn", whole=False, tail="F5")
    return _side("evidence", EVIDENCE, named or none, bool(named), speech)


# ---- fields


def line_shown(session: Session, table: Table, id: str) -> str:
    """Return an answer as it was typed; nothing where a state stands over it."""
    given = session.given(table, id)
    if given.value is None or given.state in ("dk", "na", "later"):
        return ""
    return plain_number(Decimal(given.value)) if isinstance(given.value, int | Decimal) else str(given.value).strip()


def answer_words(session: Session, id: str, speech: Speech) -> str:
    """Write an answer on one line, or the state where there is none."""
    said = answer(id, session.instrument.questionnaire, session.view, speech.language)
    return one_line(speech.words({speech.language: said}))


ABOUT_QUESTION = _("This question")
HOLDER = _("Who usually has the answer: {who}")
PROOF = _("What proves it: {what}")
LIMITS = _("Possible values: {low} to {high}")
USUAL = _("Usual values: {low} to {high}")
COMPARISON = _("{who}: {value} in {year}. Source: {source}")
SOURCES = _("Sources: {names}")


def question_help(session: Session, table: Table, id: str, speech: Speech) -> tuple[Row, ...]:
    """Explain a question or fact in full: help, who knows, what proves it, limits, figures to compare with, sources."""
    said = (*_explained(session, session.asked(table, id), speech), *_around(session, table, id, speech))
    return (heading(speech.tell(ABOUT_QUESTION)), *said, BLANK)


def _around(session: Session, table: Table, id: str, speech: Speech) -> Iterator[Row]:
    for words in background(session, table, id):
        yield Row(speech.words(words))


def _explained(session: Session, asked: AnyAsked, speech: Speech) -> Iterator[Row]:
    yield Row(speech.words(asked.text), look="strong")
    if asked.help:
        yield Row(speech.words(asked.help))
    if asked.holder:
        yield Row(speech.tell(HOLDER, who=asked.holder))
    if isinstance(asked, QuestionBase) and asked.evidence:
        yield Row(speech.tell(PROOF, what=asked.evidence))
    yield from _figures(session, asked, speech)
    names = [_source(session, reference, speech) for reference in asked.sources]
    if names:
        yield quiet(speech.tell(SOURCES, names=speech.grammar.semicolon.join(names)))


def _figures(session: Session, asked: AnyAsked, speech: Speech) -> Iterator[Row]:
    kind, unit = kind_of(asked), unit_of(asked, speech.language)
    pairs = () if kind.entry != "line" else ((LIMITS, kind.limits(asked)), (USUAL, kind.usual(asked)))
    for words, pair in pairs:
        if pair is not None:
            low, high = (kind.bare(asked, end, speech.language) for end in pair)
            yield Row(speech.tell(words, low=low, high=with_unit(high, unit)))
    for row in kind.benchmarks(asked):
        source = _source(session, row.source, speech)
        value = benchmark(row.value, unit)
        yield Row(speech.tell(COMPARISON, who=row.words, value=value, year=row.year, source=source))


def _source(session: Session, reference: str, speech: Speech) -> str:
    """Give the title of a source, with the section that is meant."""
    id, _, section = reference.partition("#")
    source = session.instrument.questionnaire.sources.get(id)
    title = speech.line(source.title) if source else id
    return f"{title} §{section}" if section else title
