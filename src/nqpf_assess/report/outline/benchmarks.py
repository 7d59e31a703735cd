"""Indicators beside published figures: a chart of all, and a table for each pillar with value, year and source."""

from collections.abc import Mapping, Sequence

from nqpf_assess.engine.scoring import applying_curve, question_score
from nqpf_assess.model.questionnaire import AnyQuestion, Benchmark, NumberQuestion
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.model.text import text
from nqpf_assess.report.blocks import Bar, Bars, Block, Column, Inline, Mark, Paragraph, Table, cells, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.phrases import indicator, with_year
from nqpf_assess.report.wording import CONFIDENCE_WORDS, benchmark, number, unit_of

MOST_ROWS = 12
MOST_BARS = 9
"""Bars that fit on one page under the table of pillars."""

FEW = 2
"""With fewer indicators the table by pillar says it all."""

SAME = 1e-9


def compared(case: Case, pillar: str) -> list[tuple[NodeScore, NumberQuestion]]:
    """Give the answered figures of a pillar for which something is published."""
    found = []
    for dimension in case.dimensions(pillar):
        for node in case.questions(dimension.id):
            question = case.questionnaire.questions[node.id]
            if isinstance(question, NumberQuestion) and question.benchmarks and node.score is not None:
                found.append((node, question))
    return found


# ── The chart ──

HERE_SCORE = text(en="Score here", zh="本次得分")
PUBLISHED_MARK = text(en="Published figure on the same scale", zh="公开参照值（同一标尺）")
VALUE = text(en="{score} ({answer})", zh="{score}（{answer}）")
CHART = text(
    en="Behind every published figure: {behind} of {all} indicators",
    zh="{all}项指标中{behind}项落后于全部公开参照值",
)
CHART_NONE = text(
    en="No indicator lies behind every published figure",
    zh="各项指标均不落后于全部公开参照值",
)
ALT = text(
    en="Indicators by score, 0 to 100, with the scores that published figures would have: {items}.",
    zh="各指标得分（0至100）及公开参照值按同一标尺折算的得分：{items}。",
)
ALT_ITEM = text(en="{label} {value}, published {marks}", zh="{label}{value}，参照值{marks}")
NOTE = text(
    en="The marks show what published figures would score on the scale of their question. They are for orientation and "
    "never scored; value, year and source of each stand in the tables by pillar.",
    zh="标记为公开参照值按该题标尺折算的得分，仅供对照，不参与计分；数值、年份、来源见各支柱对比表。",
)
CHART_SOME = text(
    en="Shown are the {shown} of {all} that are furthest behind or least ahead. ",
    zh="图中列出{all}项中相对落后的{shown}项。",
)


def chart(case: Case) -> list[Block]:
    """Set every compared indicator on its scale beside what is published, the furthest behind first."""
    every = [(node, _marks(case, node, question)) for p in case.pillars for node, question in compared(case, p.id)]
    if len(every) < FEW:
        return []
    every.sort(key=lambda pair: (pair[0].score or 0.0) - max(mark.at for mark in pair[1]))
    bars = tuple(_bar(case, node, marks) for node, marks in every[:MOST_BARS])
    behind = sum((node.score or 0.0) < min(mark.at for mark in marks) - SAME for node, marks in every)
    caption = case.say(CHART if behind else CHART_NONE, behind=behind, all=len(every))
    alt = case.say(ALT, items=case.series(_alt(case, bar) for bar in bars))
    note = case.say(NOTE)
    if len(bars) < len(every):
        note = case.say(CHART_SOME, shown=len(bars), all=len(every)) + note
    return [Bars(bars, case.say(HERE_SCORE), "", caption, alt), Paragraph(runs(note), "note")]


def _marks(case: Case, node: NodeScore, question: NumberQuestion) -> tuple[Mark, ...]:
    curve = applying_curve(case.instrument, node.id, case.assessed.view)
    scores = dict.fromkeys(question_score(question, entry.value, curve) for entry in question.benchmarks)
    return tuple(Mark(score, case.say(PUBLISHED_MARK)) for score in scores)


def _bar(case: Case, node: NodeScore, marks: tuple[Mark, ...]) -> Bar:
    value = case.say(VALUE, score=number(node.score), answer=case.answer(node.id))
    return Bar(indicator(case, node.id), node.score, None, value=value, marks=marks)


def _alt(case: Case, bar: Bar) -> str:
    return case.say(ALT_ITEM, label=bar.label, value=bar.value, marks=case.listed([number(m.at) for m in bar.marks]))


# ── The tables ──

BENCHMARKS = text(en="Indicators beside published figures", zh="指标与公开参照值对比")
INDICATOR = text(en="Indicator", zh="指标")
HERE = text(en="Here", zh="本次填报")
COMPARED = text(en="Published figures", zh="公开参照值")
AS_SCORE = text(en="Score", zh="得分")
PUBLISHED = text(en="{value} ({whose}, {year}) [{source}]", zh="{value}（{whose}，{year}年）[{source}]")
UNSURE = text(en=", confidence {confidence}", zh="，可信度{confidence}")
TABLE_NOTE = text(
    en="For orientation, never scored. Numbers in brackets: annex “Sources and fact check”.",
    zh="参照值仅供对照，不参与计分。方括号内为附件“资料来源与数据核对”的序号。",
)


def table(case: Case, pillar: NodeScore, numbers: Mapping[str, int]) -> Sequence[Block]:
    """Set the answered figures of a pillar beside what is published; `numbers`: under which sources are listed."""
    rows = tuple(_row(case, node, question, numbers) for node, question in compared(case, pillar.id))
    if not rows:
        return []
    columns = (
        Column(case.say(INDICATOR), 2.6),
        Column(case.say(HERE), 1.3),
        Column(case.say(AS_SCORE), 0.5, "right"),
        Column(case.say(COMPARED), 3.8),
    )
    return [Table(columns, rows[:MOST_ROWS], case.say(BENCHMARKS), case.say(TABLE_NOTE))]


def _row(case: Case, node: NodeScore, question: NumberQuestion, numbers: Mapping[str, int]) -> tuple[Inline, ...]:
    published = [_published(case, question, entry, numbers) for entry in question.benchmarks]
    shown = case.series(published)
    return cells(indicator(case, node.id), with_year(case, node.id), number(node.score), shown)


def _published(case: Case, question: AnyQuestion, entry: Benchmark, numbers: Mapping[str, int]) -> str:
    id = entry.source.partition("#")[0]
    unsure = entry.confidence not in (None, "high")
    whose = case.tell(entry.words)
    return case.say(
        PUBLISHED,
        value=benchmark(entry.value, unit_of(question, case.language)),
        whose=whose + (case.say(UNSURE, confidence=CONFIDENCE_WORDS[entry.confidence or "low"]) if unsure else ""),
        year=entry.year,
        source=numbers.get(id, id),
    )
