"""The arithmetic of one figure as rows: parts that can be added up by hand, each leading further down."""

from collections.abc import Iterator

from nqpf_assess.engine.explaining import OVERALL, AnswerExplained, Explained, MeanExplained, Term
from nqpf_assess.engine.rubric import ledger
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.scorecard import LedgerRow
from nqpf_assess.model.text import Text, text
from nqpf_assess.pages.explanation import FLOOR_NOTE, IS_MEAN, NOTHING, TOO_LITTLE, rule_line
from nqpf_assess.pages.suggestion import move_line
from nqpf_assess.report.wording import STATE_WORDS, number, percent
from nqpf_assess.session.answering import Session
from nqpf_assess.tui.cells import pad
from nqpf_assess.tui.rows import BLANK, Part, Row, heading, quiet
from nqpf_assess.tui.views.asking import answer_words
from nqpf_assess.tui.views.speech import Speech

RESULT = text(en="{score} ({mean})", zh="{score}（{mean}）")
HEADS = text(en="weight|score|adds", zh="权重|得分|贡献")
HEADS_LOG = text(en="weight|score|weight × ln", zh="权重|得分|权重×ln")
SUM = text(en="Sum", zh="合计")
POWER = text(en="e to the power of the sum", zh="e 的“合计”次方")
FURTHER = text(en="Enter on a part explains it.", zh="在某一行按回车，查看其算法。")
YOUR_ANSWER = text(en="Answer", zh="答案")
RULE = text(en="How it is scored", zh="如何计分")
GO = text(en="Go to this question", zh="前往本题")
WEIGHT_HERE = text(en="How its weight came about", zh="权重的由来")
FIGURES = (10, 10, 12)


def explained_rows(session: Session, explained: Explained, speech: Speech) -> tuple[Row, ...]:
    """Explain one figure by its direct parts, or an answer by the rule that scores it."""
    if isinstance(explained, AnswerExplained):
        return tuple(_answer(session, explained, speech))
    return (*_mean(session, explained, speech), *_weight(session, explained.id, speech))


def _mean(session: Session, explained: MeanExplained, speech: Speech) -> Iterator[Row]:
    geometric = explained.mean == "geometric"
    yield Row(speech.tell(RESULT, score=number(explained.score, 2), mean=IS_MEAN[explained.mean]), look="strong")
    if explained.score is None:
        yield Row(_why_none(explained, speech), look="warn")
    yield BLANK
    heads = speech.tell(HEADS_LOG if geometric else HEADS).split("|")
    cells = (Part(pad(head, size, right=True), "quiet") for head, size in zip(heads, FIGURES, strict=True))
    yield Row(parts=(Part(" " * (speech.cells - sum(FIGURES))), *cells))
    yield from (_term(session, term, speech) for term in explained.terms if term.state != "hidden")
    if explained.score is not None:
        yield from _sum(explained, speech)
    yield from _floors(session, explained, speech)
    yield BLANK
    yield quiet(speech.tell(FURTHER))


def _why_none(explained: MeanExplained, speech: Speech) -> str:
    if not explained.coverage:
        return speech.tell(NOTHING)
    values = {"coverage": percent(explained.coverage, 1), "minimum": percent(explained.minimum_coverage)}
    return speech.tell(TOO_LITTLE, **values)


def _term(session: Session, term: Term, speech: Speech) -> Row:
    title = speech.line(title_of(session.instrument.questionnaire, term.id))
    if term.score is None:
        return Row(title, id=term.id, tail=speech.tell(STATE_WORDS[term.state]))
    figures = (percent(term.weight, 1), number(term.score, 2), number(term.adds, 3))
    cells = "".join(pad(said, size, right=True) for said, size in zip(figures, FIGURES, strict=True))
    return Row(title, id=term.id, tail=cells, tail_look="plain")


def _sum(explained: MeanExplained, speech: Speech) -> Iterator[Row]:
    total = sum(term.adds for term in explained.terms if term.adds is not None)
    weight = sum(term.weight for term in explained.terms if term.score is not None)
    figures = (percent(weight, 1), "", number(total, 3))
    cells = tuple(Part(pad(said, size, right=True), "strong") for said, size in zip(figures, FIGURES, strict=True))
    room = speech.cells - sum(FIGURES)
    yield Row(parts=(Part(speech.glyphs.rule * speech.cells, "rest"),))
    yield Row(parts=(Part(pad(speech.tell(SUM), room), "strong"), *cells))
    if explained.mean == "geometric":
        said = Part(pad(number(explained.score, 3), sum(FIGURES), right=True), "strong")
        yield Row(parts=(Part(pad(speech.tell(POWER), room)), said))


def _floors(session: Session, explained: MeanExplained, speech: Speech) -> Iterator[Row]:
    figures = session.assessed.figures
    if explained.id != OVERALL or not figures.total.has:
        return
    for id in figures.fired:
        floor = figures.rules.floors[id]
        values = {"uncapped": number(figures.scores.overall.value, 2), "score": number(figures.total.value, 2)}
        node = title_of(session.instrument.questionnaire, floor.node)
        said = speech.tell(FLOOR_NOTE, node=node, below=floor.below, cap=floor.cap, **values)
        yield Row(said, look="warn", lead=f"{speech.glyphs.alarm} ")


def _weight(session: Session, node: str, speech: Speech) -> Iterator[Row]:
    """Tell how a node's weight came about, where a profile or a person moved it."""
    row: LedgerRow | None = next(
        (r for r in ledger(session.instrument, session.assessed.rubric) if r.node == node), None
    )
    if row is not None and row.steps:
        yield BLANK
        yield heading(speech.tell(WEIGHT_HERE))
        yield Row(move_line(row, session.instrument.questionnaire, speech.language), lead="  ")


def _answer(session: Session, explained: AnswerExplained, speech: Speech) -> Iterator[Row]:
    yield Row(speech.words(session.asked("answers", explained.id).text), look="strong")
    yield BLANK
    for words, said in _lines(session, explained, speech):
        yield Row(said, lead=pad(speech.tell(words), 18))
    yield BLANK
    yield Row(speech.tell(GO), id=f"go:{explained.id}", key="1", lead="1  ")
    yield from _weight(session, explained.id, speech)


def _lines(session: Session, explained: AnswerExplained, speech: Speech) -> Iterator[tuple[Text, str]]:
    yield YOUR_ANSWER, answer_words(session, explained.id, speech)
    if explained.state == "answered":
        yield RULE, rule_line(session.assessed, explained, speech.language)
