"""One question or fact as rows: what is asked, what can be answered, what is written beside it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nqpf_assess.engine.checks import fired_checks
from nqpf_assess.engine.values import Value
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked, LevelKind, NumberKind, QuestionBase, TextKind
from nqpf_assess.model.text import Text, text
from nqpf_assess.report.wording import CONFIDENCE_WORDS, STATE_WORDS, answer, benchmark, unit_of
from nqpf_assess.session.answering import Session, Table
from nqpf_assess.session.choosing import is_multi, knows_unsure, may_be_none, numbered, options_of
from nqpf_assess.session.outline import ancestors
from nqpf_assess.session.reviewing import is_unusual, wants_evidence
from nqpf_assess.tui.cells import one_line, width
from nqpf_assess.tui.rows import BLANK, EDGES, Line, Look, Part, Row, ends, quiet
from nqpf_assess.tui.views.speech import Speech
from nqpf_assess.typography.cells import wrap

QUESTION_OF = text(en="question {at} of {all}", zh="第 {at} 题，共 {all} 题")
FACT_OF = text(en="fact {at} of {all}", zh="第 {at} 项，共 {all} 项")
FACTS = text(en="Local conditions", zh="基本概况")
NOT_ASKED = text(en="Not asked at present: other answers rule it out.", zh="目前不询问：其他答案已排除本题。")
NA_BY_ITSELF = text(en="Not applicable here: {why}", zh="本地不适用：{why}")
MORE_HELP = text(en="F1 shows all of it", zh="按 F1 看全文")

DONT_KNOW = text(en="Don't know", zh="不清楚")
NOT_APPLICABLE = text(en="Not applicable, because …", zh="不适用，理由……")
NOT_APPLICABLE_BECAUSE = text(en="Not applicable: {why}", zh="不适用：{why}")
LATER = text(en="Answer later", zh="稍后再答")
NONE_OF_THESE = text(en="None of these", zh="以上均无")

EVIDENCE = text(en="Evidence: {said}", zh="佐证：{said}")
EVIDENCE_WANTED = text(en="Evidence is asked for: {said}", zh="请注明佐证：{said}")
EVIDENCE_NONE = text(en="none named ({wanted})", zh="未注明（{wanted}）")
EVIDENCE_BARE = text(en="none named", zh="未注明")
NOTE = text(en="Note: {said}", zh="备注：{said}")
NOTE_NONE = text(en="none", zh="无")
SURE = text(en="How sure: {said}", zh="把握程度：{said}")
SURE_NONE = text(en="not said (counts as medium)", zh="未说明（按中等计）")
YEAR_OF = text(en="Year of the figure: {said}", zh="数据年份：{said}")
YEAR_NONE = text(en="not said", zh="未填")
COMPARE = text(en="For comparison", zh="参照")
BENCHMARK = text(en="{who}: {value} in {year}", zh="{who}：{value}（{year}年）")
SOURCE = text(en=", {source}", zh="，{source}")
UNUSUAL = text(en="Unusual figure: please check it once more.", zh="数值不常见，请再核对一次。")


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
    if isinstance(value, int | str) and not isinstance(session.asked(table, id), TextKind):
        return f"value:{value}"
    return None


def _benchmarks(session: Session, asked: AnyAsked, speech: Speech) -> Iterator[Row]:
    """Give the figures to compare with, each with its source where the line has room for it; F1 names them all."""
    if not isinstance(asked, NumberKind):
        return
    unit = unit_of(asked, speech.language)
    for index, row in enumerate(asked.benchmarks):
        said = speech.tell(BENCHMARK, who=row.words, value=benchmark(row.value, unit), year=row.year)
        label, source = speech.tell(COMPARE), session.instrument.questionnaire.sources.get(row.source.split("#")[0])
        full = said + speech.tell(SOURCE, source=source.title) if source else said
        said = full if width(full) + width(label) + 2 <= speech.cells - EDGES else said
        yield quiet(one_line(said), lead=f"{label}  " if index == 0 else " " * (width(label) + 2))


def _options(session: Session, table: Table, id: str, speech: Speech) -> Iterator[Row]:
    asked, held = session.asked(table, id), _counting(session, table, id)
    for number, value in numbered(asked):
        chosen = value in held if isinstance(held, frozenset) else value == held
        yield Row(
            _words(asked, value, speech),
            id=f"value:{value}",
            key=str(number) if number < 10 else "",
            lead=f"{_sign(asked, chosen=chosen, speech=speech)} {number:>2}  ",
            look="strong" if chosen else "plain",
        )
    if may_be_none(asked):
        chosen = held == frozenset()
        yield Row(
            speech.tell(NONE_OF_THESE),
            id="none",
            key="0",
            lead=f"{_sign(asked, chosen=chosen, speech=speech)}  0  ",
            look="strong" if chosen else "plain",
        )


def _counting(session: Session, table: Table, id: str) -> Value | None:
    """Give the value where no state stands over it."""
    stands_over = session.given(table, id).state in ("dk", "na", "later")
    return None if stands_over else session.value(table, id)


def _words(asked: AnyAsked, value: Value, speech: Speech) -> str:
    if isinstance(asked, LevelKind) and isinstance(value, int):
        return speech.words(asked.levels[value].words)
    return speech.words(options_of(asked)[str(value)].words)  # type: ignore[attr-defined]


def _sign(asked: AnyAsked, *, chosen: bool, speech: Speech) -> str:
    glyphs = speech.glyphs
    if is_multi(asked):
        return glyphs.ticked if chosen else glyphs.unticked
    return glyphs.chosen if chosen else glyphs.free


def _others(session: Session, table: Table, id: str, speech: Speech) -> Iterator[Row]:
    """Give the answers that every question takes."""
    asked, given = session.asked(table, id), session.given(table, id)
    reason = one_line(given.reason or "")
    na = speech.tell(NOT_APPLICABLE_BECAUSE, why=reason) if given.state == "na" else speech.tell(NOT_APPLICABLE)
    for state, letter, key, words in (
        ("dk", "D", "F6", speech.tell(DONT_KNOW)),
        ("na", "X", "F7", na),
        ("later", "L", "F8", speech.tell(LATER)),
    ):
        if (state == "dk" and knows_unsure(asked)) or (state == "na" and table == "facts"):
            continue
        chosen = given.state == state
        sign = speech.glyphs.chosen if chosen else speech.glyphs.free
        width_of_sign = 3 if is_multi(asked) else 1
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
    if isinstance(asked, NumberKind) and asked.reference_year:
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
    named = speech.tell({"en": "; ", "zh": "；"}).join(one_line(entry) for entry in given.evidence if entry.strip())
    none = speech.tell(EVIDENCE_NONE, wanted=wanted) if wanted else speech.tell(EVIDENCE_BARE)
    if wants_evidence(session, id):
        said = speech.tell(EVIDENCE_WANTED, said=wanted or none)
        return Row(said, id="evidence", look="warn", whole=False, tail="F5")
    return _side("evidence", EVIDENCE, named or none, bool(named), speech)


# ---- fields


def figure_shown(session: Session, table: Table, id: str) -> str:
    """Give a figure as it was typed; nothing where a state stands over it."""
    given = session.given(table, id)
    if given.value is None or given.state in ("dk", "na", "later"):
        return ""
    return given.value.strip() if isinstance(given.value, str) else plain_number(Decimal(given.value))  # type: ignore[arg-type]


def answer_words(session: Session, id: str, speech: Speech) -> str:
    """Write an answer on one line, or the state where there is none."""
    said = answer(id, session.instrument.questionnaire, session.view, speech.language)
    return one_line(speech.words({speech.language: said}))


def joined(speech: Speech, words: Sequence[str]) -> str:
    """Join words into a list."""
    return speech.tell({"en": ", ", "zh": "、"}).join(words)
