"""One question or fact as rows: what is asked, what can be answered, what is written beside it, its full help."""

from collections.abc import Iterator
from decimal import Decimal

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import with_unit
from nqpf_assess.locale import Text, _, _n, fill
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import FACTS_TITLE, QuestionBase
from nqpf_assess.report.wording import CONFIDENCE_WORDS, STATE_WORDS, answer, benchmark, origin, unit_of
from nqpf_assess.session.answering import Session, Table
from nqpf_assess.session.outline import ancestors, background
from nqpf_assess.session.reviewing import contradicting, is_unusual, wants_evidence
from nqpf_assess.session.way import facts_first
from nqpf_assess.tui.drawing.acts import Act, key_shown, keys_of
from nqpf_assess.tui.drawing.cells import one_line, width
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Line, Look, Part, Row, ends, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.typography.cells import wrap

QUESTION_OF = _("question {at} of {all}")
WAITED = _("the next question depends on it")
FACTS_LEFT = _n("the last one that decides the weights", "at most {count} left that decide the weights")
NOT_ASKED = _("Not asked at present: ruled out by other answers, or no core question.")
NA_BY_ITSELF = _("Not applicable here: {why}")
MORE_HELP = _("F1 shows all of it")

UNSURE = Act("state('dk')", "f6,d", _("Don't know"), _("Don't know"))
INAPPLICABLE = Act("state('na')", "f7,x", _("Not applicable, with a reason"))
POSTPONED = Act("state('later')", "f8,l", _("Answer later"))
"""The answers that every question takes, with their keys."""

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
YEAR_OFFERED = _("{year}, unless another is typed")
COMPARE = _("For comparison")
BENCHMARK = _("{who}: {value} in {year}")
SOURCE = _(", {source}")
UNUSUAL = _("Unusual figure: please check it once more.")
DIFFERING = _("Those who were asked answered differently; what is answered here settles it.")


def crumb(session: Session, table: Table, id: str, speech: Speech, *, waited_for: bool = False) -> Line:
    """Draw where the question stands: pillar, dimension, number, state. `waited_for`: a question waits for the fact."""
    order = session.order(table)
    at = order.index(id) + 1 if id in order else 0
    state = speech.tell(STATE_WORDS[session.state(table, id)])
    sign = speech.glyphs.states[session.state(table, id)]
    where = speech.tell(QUESTION_OF, at=at, all=len(order)) if at else ""
    if table == "facts":
        left = facts_first(session)
        where = speech.tell(FACTS_LEFT, count=len(left)) if id in left else speech.tell(WAITED) if waited_for else ""
    right = (Part(where, "quiet"), Part(f"  {sign} {state} ", "key"))
    if table == "facts":
        title = FACTS_TITLE[session.instrument.questionnaire.subject]
        return ends((Part(" "), Part(speech.tell(title), "heading")), right, speech.cells)
    questionnaire = session.instrument.questionnaire
    pillar, dimension = ancestors(session, id)
    first = questionnaire.pillars[pillar]
    second = questionnaire.dimensions[dimension]
    long, short = speech.line(second.title), speech.line(second.short or second.title)
    room = speech.cells - width(speech.line(first.short or first.title)) - 44
    path = (
        Part(f" {speech.line(first.short or first.title)}", "heading"),
        Part(speech.glyphs.between, "quiet"),
        Part(long if width(long) <= room else short, "heading"),
    )
    return ends(path, right, speech.cells)


def head(session: Session, table: Table, id: str, speech: Speech, room: int) -> tuple[Line, ...]:
    """Draw what is asked and how to answer it, in at most `room` lines; what is cut says where the rest is."""
    asked, cells = session.asked(table, id), max(10, speech.cells - 4)
    lines: list[Line] = [(Part("  "), Part(line, "strong")) for line in wrap(speech.words(asked.text), cells)]
    for words, look in notices(session, table, id, speech):
        lines += [(Part("  "), Part(line, look)) for line in wrap(words, cells)]
    lines += [(Part("  "), Part(line, "quiet")) for line in wrap(speech.words(asked.help), cells) if asked.help]
    if len(lines) <= room:
        return tuple(lines)
    kept = lines[: max(1, room)]
    return (*kept[:-1], ends(kept[-1], (Part(f" {speech.tell(MORE_HELP)} ", "key"),), speech.cells))


def asked_rows(session: Session, table: Table, id: str, speech: Speech) -> tuple[Row, ...]:
    """Return what is asked and how to answer it as rows above the answers."""
    asked = session.asked(table, id)
    rows = [Row(speech.words(asked.text), look="strong")]
    rows += [Row(words, look=look) for words, look in notices(session, table, id, speech)]
    rows += [quiet(speech.words(asked.help))] if asked.help else []
    return (*rows, BLANK)


def notices(session: Session, table: Table, id: str, speech: Speech) -> Iterator[tuple[str, Look]]:
    """Return what must be known before answering: not asked or applicable by itself, unusual, disputed, contradicting.

    Contradictions only where the answers are scored already: a page that draws before draws once more after.
    """
    state, asked = session.state(table, id), session.asked(table, id)
    if state == "hidden":
        yield speech.tell(NOT_ASKED), "warn"
    if state == "na" and session.given(table, id).state != "na" and isinstance(asked, QuestionBase):
        yield speech.tell(NA_BY_ITSELF, why=speech.line(asked.na_reason)), "warn"
    if state == "answered" and is_unusual(asked, session.value(table, id)):
        yield speech.tell(UNUSUAL), "warn"
    if session.differs(table, id):
        yield speech.tell(DIFFERING), "warn"
    for words in contradicting(session, table, id) if session.is_assessed else ():
        yield f"{speech.glyphs.alarm} {speech.line(words)}", "warn"


# ---- what can be answered


def sheet(session: Session, table: Table, id: str, speech: Speech) -> tuple[Row, ...]:
    """Render what stands below the question: figures to compare with, choices, other answers, what supports it."""
    rows: list[Row] = []
    for group in (_benchmarks, _choices, _other_answers, _support):
        found = [*group(session, table, id, speech)]
        rows += [BLANK, *found] if rows and found else found
    return tuple(rows)


def chosen_row(session: Session, table: Table, id: str) -> str | None:
    """Return the id of the row that holds the answer, for the cursor."""
    given, value = session.given(table, id), session.value(table, id)
    if given.state_wins:
        return given.state
    choices = kind_of(asked := session.asked(table, id)).choices(asked)
    return f"value:{value}" if any(choice.value == value for choice in choices) else None


def _benchmarks(session: Session, table: Table, id: str, speech: Speech) -> Iterator[Row]:
    """Render the figures to compare with, each with its source where the line has room for it; F1 names them all."""
    asked, label = session.asked(table, id), speech.tell(COMPARE)
    unit, indent = unit_of(asked, speech.language), width(label) + 2
    for index, row in enumerate(kind_of(asked).benchmarks(asked)):
        source = session.instrument.questionnaire.sources.get(row.source.split("#")[0])
        words = speech.tell(BENCHMARK, who=row.words, value=benchmark(row.value, unit), year=row.year)
        full = words + speech.tell(SOURCE, source=source.title) if source else words
        words = full if width(full) + indent <= speech.cells - EDGES else words
        yield quiet(one_line(words), lead=f"{label}  " if index == 0 else " " * indent)


def _choices(session: Session, table: Table, id: str, speech: Speech) -> Iterator[Row]:
    """Render levels or options with their digits; the value is marked unless a state stands over it."""
    asked, glyphs = session.asked(table, id), speech.glyphs
    kind, over = kind_of(asked), session.given(table, id).state_wins
    held = None if over else session.value(table, id)
    signs = (glyphs.unticked, glyphs.ticked) if kind.entry == "tick" else (glyphs.free, glyphs.chosen)
    none = kind.none_ticked(asked)

    def row(words: str, id: str, number: int, *, chosen: bool) -> Row:
        look: Look = "strong" if chosen else "plain"
        return Row(words, id, look, key=str(number), lead=f"{signs[chosen]} {number:>2}  ")

    for choice in kind.choices(asked):
        chosen = choice.value in held if isinstance(held, frozenset) else choice.value == held
        yield row(speech.words(choice.words), f"value:{choice.value}", choice.number, chosen=chosen)
    if none is not None:
        yield row(speech.tell(NONE_OF_THESE), "none", 0, chosen=held == none)


def _other_answers(session: Session, table: Table, id: str, speech: Speech) -> Iterator[Row]:
    """Render the answers that every question takes; their letters only where no field takes letters."""
    asked, given = session.asked(table, id), session.given(table, id)
    kind, reason = kind_of(asked), one_line(given.reason or "")
    na = fill(NOT_APPLICABLE_BECAUSE, why=reason) if given.state == "na" else NOT_APPLICABLE
    for state, act, words in (("dk", UNSURE, DONT_KNOW), ("na", INAPPLICABLE, na), ("later", POSTPONED, LATER)):
        keys = keys_of(act, speech.keymap)
        letter = next((key.upper() for key in keys if len(key) == 1), "")
        key = next((key_shown(key, speech.language) for key in keys if len(key) > 1), "")
        known = state == "dk" and any(choice.unknown for choice in kind.choices(asked))
        if known or (state == "na" and table == "facts"):
            continue
        chosen = given.state == state
        sign = speech.glyphs.chosen if chosen else speech.glyphs.free
        lead = f"{sign:<{3 if kind.entry == 'tick' else 1}}  {letter if kind.entry in ('choose', 'tick') else '':1}  "
        yield Row(speech.tell(words), state, "strong" if chosen else "plain", lead=lead, tail=key)


def _support(session: Session, table: Table, id: str, speech: Speech) -> Iterator[Row]:
    """Render what supports an answer: the year of its figure, evidence, a note, how sure it is."""
    asked, given, evidence_key = session.asked(table, id), session.given(table, id), speech.in_own_keys("F5")

    def row(id: str, name: Text, words: str, *, there: bool) -> Row:
        tail = evidence_key if id == "evidence" else ""
        return Row(speech.tell(name, said=words), id, "plain" if there else "quiet", whole=False, tail=tail)

    if kind_of(asked).dated(asked):
        period = session.year_offered
        offered = speech.tell(YEAR_OFFERED, year=period) if period is not None else speech.tell(YEAR_NONE)
        year = offered if given.year is None else str(given.year)
        yield row("year", YEAR_OF, year, there=given.year is not None)
    named = speech.grammar.semicolon.join(one_line(entry) for entry in given.evidence if entry.strip())
    if table == "answers":
        wanted = speech.line(session.instrument.questionnaire.questions[id].evidence)
        none = speech.tell(EVIDENCE_NONE, wanted=wanted) if wanted else speech.tell(EVIDENCE_BARE)
        if wants_evidence(session, id):
            words = speech.tell(EVIDENCE_WANTED, said=wanted or none)
            yield Row(words, "evidence", "warn", whole=False, tail=evidence_key)
        else:
            yield row("evidence", EVIDENCE, named or none, there=bool(named))
    elif named:  # that of a fact comes from a form
        yield row("evidence", EVIDENCE, named, there=True)
    yield row("note", NOTE, one_line(given.note or "") or speech.tell(NOTE_NONE), there=bool(given.note))
    if given.voices:
        from nqpf_assess.pages.provenance import provenance_lines  # which only merged files need

        for line in provenance_lines(session.answers, session.instrument.questionnaire, id, speech.language):
            yield quiet(one_line(line))
    elif given.from_ is not None:
        yield quiet(one_line(origin(given.from_, speech.language)))
    if table == "answers":
        sure = speech.tell(CONFIDENCE_WORDS[given.confidence] if given.confidence else SURE_NONE)
        yield row("confidence", SURE, sure, there=given.confidence is not None)


# ---- fields


def line_shown(session: Session, table: Table, id: str) -> str:
    """Return an answer as it was typed; nothing where a state stands over it."""
    given = session.given(table, id)
    if given.value is None or given.state_wins:
        return ""
    return plain_number(Decimal(given.value)) if isinstance(given.value, int | Decimal) else str(given.value).strip()


def answer_words(session: Session, id: str, speech: Speech) -> str:
    """Write an answer on one line, or the state where there is none."""
    words = answer(id, session.instrument.questionnaire, session.view, speech.language)
    return one_line(speech.words({speech.language: words}))


def given_words(session: Session, table: Table, id: str, speech: Speech) -> str:
    """Write what is answered to a fact or question on one line, in the words of the row that was chosen."""
    given, asked = session.given(table, id), session.asked(table, id)
    if given.state is not None and given.state_wins:
        return speech.tell(STATE_WORDS[given.state])
    kind, value = kind_of(asked), session.value(table, id)
    chosen = [choice for choice in kind.choices(asked) if value == choice.value]
    if chosen:
        return f"{chosen[0].number} {speech.line(chosen[0].words)}"
    if value is None:
        return ""
    words = kind.full(asked, value, speech.language)
    if kind.dated(asked) and given.year not in (None, session.year_offered):  # typed over a figure of last time
        words += speech.grammar.bracketed(str(given.year))
    return one_line(speech.words({speech.language: words}))


def short_answer(session: Session, id: str, speech: Speech) -> str:
    """Write an answer as short as a table does; "" where there is none."""
    value, asked = session.value("answers", id), session.asked("answers", id)
    return (
        ""
        if value is None
        else one_line(speech.words({speech.language: kind_of(asked).short(asked, value, speech.language)}))
    )


ABOUT_QUESTION = _("This question")
HOLDER = _("Who usually has the answer: {who}")
PROOF = _("What proves it: {what}")
LIMITS = _("Possible values: {low} to {high}")
USUAL = _("Usual values: {low} to {high}")
COMPARISON = _("{who}: {value} in {year}. Source: {source}")
SOURCES = _("Sources: {names}")


def question_help(session: Session, table: Table, id: str, speech: Speech) -> tuple[Row, ...]:
    """Explain a question or fact in full: help, who knows, what proves it, limits, figures to compare with, sources."""
    asked = session.asked(table, id)
    kind, unit = kind_of(asked), unit_of(asked, speech.language)

    def source_title(reference: str) -> str:
        id, _hash, section = reference.partition("#")
        source = session.instrument.questionnaire.sources.get(id)
        title = speech.line(source.title) if source else id
        return f"{title} §{section}" if section else title

    rows = [heading(speech.tell(ABOUT_QUESTION)), Row(speech.words(asked.text), look="strong")]
    rows += [Row(speech.words(asked.help))] if asked.help else []
    rows += [Row(speech.tell(HOLDER, who=asked.holder))] if asked.holder else []
    if isinstance(asked, QuestionBase) and asked.evidence:
        rows.append(Row(speech.tell(PROOF, what=asked.evidence)))
    for words, pair in ((LIMITS, kind.limits(asked)), (USUAL, kind.usual(asked))) if kind.entry == "line" else ():
        if pair is not None:
            low, high = (kind.bare(asked, end, speech.language) for end in pair)
            rows.append(Row(speech.tell(words, low=low, high=with_unit(high, unit))))
    for row in kind.benchmarks(asked):
        values = {"value": benchmark(row.value, unit), "source": source_title(row.source)}
        rows.append(Row(speech.tell(COMPARISON, who=row.words, year=row.year, **values)))
    if names := [source_title(reference) for reference in asked.sources]:
        rows.append(quiet(speech.tell(SOURCES, names=speech.grammar.semicolon.join(names))))
    rows += [Row(speech.words(words)) for words in background(session, table, id)]
    return (*rows, BLANK)
