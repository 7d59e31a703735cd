"""Beside many like it: where the scores stand in a benchmark file; relative, and no score changes by it."""

from collections.abc import Iterator

from nqpf_assess.exchange.benchmark import Placing
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.model.text import text
from nqpf_assess.report.beside_words import ALIKE_QUESTION, alike_words, group_words, standing
from nqpf_assess.report.blocks import Block, Callout, Column, Inline, Mark, Paragraph, Run, Table, cells, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.headings import Headings
from nqpf_assess.report.wording import NO_FIGURE, number

HEADING = text(en="Beside others like this one", zh="与同类相比")
LOWER = text(en="Lower quartile", zh="下四分位数")
MEDIAN = text(en="Median", zh="中位数")
UPPER = text(en="Upper quartile", zh="上四分位数")
HERE = text(en="Here", zh="本次")
PART = text(en="Pillar and dimension", zh="支柱与维度")
PLACE = text(en="Where it stands", zh="所处位置")
CAPTION = text(
    en="Scores beside {n} respondents{group}{period} ({relative})",
    zh="与{period}{group}{n}个填报单位的得分对照（{relative}）",
)
IN_GROUP = text(en=" ({group})", zh="“{group}”组")
IN_PERIOD = text(en=", {period}", zh="{period}年度")
NOTE = text(
    en="Relative figures from self-assessments: they say how others score, not how good a score is.",
    zh="参照数据来自自评汇总，只反映相对位置，不代表水平高低。",
)
ALIKE = text(en="Many chose the same", zh="选择趋同，请研判")
MARK = text(en="{name} of others", zh="同类{name}")
MARK_OTHER = text(en="{name} of others (another edition)", zh="同类{name}（版本不同）")


def standing_blocks(case: Case) -> list[Block]:
    """Say beside the score where it stands; nothing without a benchmark."""
    if case.placings is None:
        return []
    told = (standing(case.placings, case.questionnaire), *case.placings.notes)
    return [Paragraph(runs(("" if case.language == "zh" else " ").join(case.say(words) for words in told)))]


def marks(case: Case, node: NodeScore) -> tuple[Mark, ...]:
    """Give the marks beside a bar: quartiles and median of the others."""
    placing = case.placings.nodes.get(node.id) if case.placings else None
    if placing is None or case.placings is None:
        return ()
    words = MARK_OTHER if case.placings.other_edition else MARK
    spread = placing.spread
    places = ((LOWER, spread.q25), (MEDIAN, spread.median), (UPPER, spread.q75))
    return tuple(Mark(at, case.say(words, name=name)) for name, at in places)


def beside_blocks(case: Case, headings: Headings) -> Iterator[Block]:
    """Give the part of the report that sets every score beside the others; nothing without a benchmark."""
    if case.placings is None or not case.placings.nodes:
        return
    yield headings.part(case.say(HEADING), "beside")
    yield _table(case)
    for row in case.placings.alike:
        yield Callout(case.say(ALIKE), runs(case.say(alike_words(row, case.questionnaire))), "warn")
    if case.placings.alike:
        yield Paragraph(runs(case.say(ALIKE_QUESTION)))


def _table(case: Case) -> Table:
    columns = (
        Column(case.say(PART), 2.6),
        Column(case.say(HERE), 0.6, "right"),
        *(Column(case.say(words), 0.8, "right") for words in (LOWER, MEDIAN, UPPER)),
        Column(case.say(PLACE), 2.6),
    )
    rows = [
        _row(case, node, bold=node.level == "pillar") for pillar in case.pillars for node in _with_parts(case, pillar)
    ]
    return Table(columns, tuple(rows), _caption(case), case.say(NOTE))


def _with_parts(case: Case, pillar: NodeScore) -> tuple[NodeScore, ...]:
    return (pillar, *case.dimensions(pillar.id))


def _row(case: Case, node: NodeScore, *, bold: bool) -> tuple[Inline, ...]:
    placing: Placing | None = case.placings.nodes.get(node.id) if case.placings else None
    title = runs(Run(case.title(node.id), bold=bold))
    if placing is None:
        return (title, *cells(number(node.score), *(NO_FIGURE,) * 4))
    spread = placing.spread
    figures = [number(value) for value in (placing.score, spread.q25, spread.median, spread.q75)]
    return (title, *cells(*figures, case.say(placing.words)))


def _caption(case: Case) -> str:
    assert case.placings is not None
    group, period = case.placings.group, case.placings.period
    return case.say(
        CAPTION,
        n=f"{group.n:,}",
        group=case.say(IN_GROUP, group=group_words(case.placings, case.questionnaire)) if group.group else "",
        period=case.say(IN_PERIOD, period=period) if period else "",
        relative=case.placings.relative,
    )
