"""Countermeasures as rows: a list to tick, one in full, the effect of those that are ticked."""

from collections.abc import Iterator, Sequence

from nqpf_assess.model.questionnaire import HORIZONS
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.model.text import Text, text
from nqpf_assess.report.wording import HORIZON_WORDS, TIER_WORDS, number
from nqpf_assess.session.answering import Session
from nqpf_assess.session.planning import Effect, in_order
from nqpf_assess.tui.cells import pad
from nqpf_assess.tui.rows import BLANK, Line, Part, Row, ends, heading, quiet
from nqpf_assess.tui.views.asking import joined
from nqpf_assess.tui.views.speech import Speech

TICKED = text(en="ticked {count}", zh="已选 {count} 项")
EFFORT = text(en="effort {effort}", zh="投入 {effort}")
SCORE = text(en="score before floors {before} → {after}", zh="得分（底线前）{before} → {after}")
NO_SCORE = text(en="no overall score yet, so no effect can be shown", zh="暂无总分，无法估算效果")
HEADS = text(en="effort|alone adds|within|decided by", zh="投入|单独可增|期限|决定权")
FIGURES = (8, 12, 14, 20)
NONE_FIT = text(
    en="No countermeasure is called for: nothing scores below its line and its target.",
    zh="没有需要的对策：各维度均未低于触发线和目标。",
)
NOT_HERE = text(en="Not called for or not suited here", zh="暂不需要或不适合本地")
UP_TO = text(
    en="All gains are “up to”, computed from the weights here; never a forecast.",
    zh="增分均为按本地权重计算的上限，不是预测。",
)
GIST = text(en="What", zh="做法")
LIFTS = text(en="Lifts", zh="可提升")
LEAD = text(en="Who leads", zh="牵头单位")
SUPPORT = text(en="Who helps", zh="配合单位")
DECIDES = text(en="Who may decide", zh="决定权")
TIME = text(en="Within", zh="期限")
FIRST = text(en="First comes", zh="须先实施")
KPI = text(en="Counted by", zh="衡量指标")
EXAMPLES = text(en="Seen elsewhere", zh="各地做法")
WHY_NOT = text(en="Why not", zh="原因")
POINTS = text(en="{dimension} +{points}", zh="{dimension} +{points}")
LABEL = 16


def effect_line(effect: Effect, count: int, speech: Speech) -> Line:
    """Draw the effect of the ticked measures: how many, effort, score before and after."""
    dot = speech.glyphs.dot
    said = f" {speech.tell(TICKED, count=count)}{dot}{speech.tell(EFFORT, effort=effect.effort)}{dot}"
    if effect.before is None:
        return (Part(said, "plain"), Part(speech.tell(NO_SCORE), "warn"))
    arrow = speech.tell(SCORE, before=number(effect.before), after=number(effect.after))
    gained = Part(f"{speech.glyphs.up} {number(effect.gain)} ", "good")
    return ends((Part(said), Part(arrow, "strong")), (gained,) if (effect.gain or 0) > 0 else (), speech.cells)


def measure_rows(
    session: Session, judged: Sequence[MeasureScore], chosen: Sequence[str], speech: Speech, *, by_phase: bool
) -> tuple[Row, ...]:
    """List the measures that fit here, by gain for the effort or by phase, to be ticked."""
    fit, _ = in_order(judged)
    if not fit:
        return (BLANK, Row(speech.tell(NONE_FIT), look="good"))
    rows: list[Row] = [_heads(speech)]
    if not by_phase:
        rows += [_measure(session, measure, chosen, speech) for measure in fit]
        return (*rows, BLANK, quiet(speech.tell(UP_TO)))
    measures = session.instrument.questionnaire.countermeasures
    for horizon in HORIZONS:
        group = [measure for measure in fit if measures[measure.id].horizon == horizon]
        if group:
            rows += [
                heading(speech.tell(HORIZON_WORDS[horizon])),
                *(_measure(session, m, chosen, speech) for m in group),
            ]
    return (*rows, BLANK, quiet(speech.tell(UP_TO)))


def _heads(speech: Speech) -> Row:
    heads = speech.tell(HEADS).split("|")
    cells = (
        Part(pad(head, size, right=index < 2), "quiet") for index, (head, size) in enumerate(_columns(heads, speech))
    )
    return Row(parts=(Part(" " * _room(speech)), *cells))


def _columns(figures: Sequence[str], speech: Speech) -> Sequence[tuple[str, int]]:
    """Give the columns that the width has room for."""
    kept = 4 if speech.cells >= 90 else 2
    return tuple(zip(figures[:kept], FIGURES[:kept], strict=True))


def _room(speech: Speech) -> int:
    return speech.cells - sum(size for _, size in _columns(("",) * 4, speech))


def _measure(session: Session, judged: MeasureScore, chosen: Sequence[str], speech: Speech) -> Row:
    measure = session.instrument.questionnaire.countermeasures[judged.id]
    ticked = judged.id in chosen
    sign = speech.glyphs.ticked if ticked else speech.glyphs.unticked
    figures = (
        str(judged.effort),
        number(judged.gain, signed=True),
        f"  {speech.tell(HORIZON_WORDS[measure.horizon])}",
        f"  {speech.tell(TIER_WORDS[measure.acts])}",
    )
    cells = (Part(pad(said, size, right=index < 2)) for index, (said, size) in enumerate(_columns(figures, speech)))
    name = pad(f"{sign} {speech.line(measure.title)}", _room(speech))
    return Row(id=judged.id, parts=(Part(name, "strong" if ticked else "plain"), *cells))


def left_out_rows(session: Session, judged: Sequence[MeasureScore], speech: Speech) -> tuple[Row, ...]:
    """List the measures that are not called for or do not suit here, each with the reason."""
    measures = session.instrument.questionnaire.countermeasures
    rows: list[Row] = [heading(speech.tell(NOT_HERE))]
    for measure in in_order(judged)[1]:
        rows += [
            Row(speech.line(measures[measure.id].title), id=measure.id),
            quiet(speech.line(measure.why_not), lead="  "),
        ]
    return tuple(rows)


def measure_detail(session: Session, judged: MeasureScore, speech: Speech) -> tuple[Row, ...]:
    """Tell one measure in full."""
    measure = session.instrument.questionnaire.countermeasures[judged.id]
    rows = [Row(speech.line(measure.title), look="heading")]
    for words, said in _facts(session, judged, speech):
        rows += [Row(said, lead=pad(speech.tell(words), LABEL))] if said else []
    return tuple(rows)


def _facts(session: Session, judged: MeasureScore, speech: Speech) -> Iterator[tuple[Text, str]]:
    measures = session.instrument.questionnaire.countermeasures
    measure = measures[judged.id]
    if not judged.eligible:
        yield WHY_NOT, speech.line(judged.why_not)
    yield GIST, speech.line(measure.gist)
    yield LIFTS, _lifts(session, judged, speech)
    yield LEAD, speech.line(measure.lead)
    yield SUPPORT, speech.line(measure.support)
    yield DECIDES, speech.tell(TIER_WORDS[measure.acts])
    yield TIME, speech.tell(HORIZON_WORDS[measure.horizon])
    yield FIRST, joined(speech, [speech.line(measures[need].title) for need in measure.needs if need in measures])
    yield KPI, speech.line(measure.kpi)
    yield EXAMPLES, speech.line(measure.examples)


def _lifts(session: Session, judged: MeasureScore, speech: Speech) -> str:
    dimensions = session.instrument.questionnaire.dimensions
    said = [
        speech.tell(POINTS, dimension=dimensions[id].title, points=number(points))
        for id, points in judged.lifts.items()
        if points > 0
    ]
    return joined(speech, said)
