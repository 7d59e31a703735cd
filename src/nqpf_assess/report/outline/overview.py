"""All pillars at a glance: what was assessed, what has reached its target, one row for each pillar."""

from collections.abc import Sequence

from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.model.text import text
from nqpf_assess.report.blocks import Block, Column, Inline, Paragraph, Run, Table, cells, runs
from nqpf_assess.report.outline import benchmarks, beside
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import reached
from nqpf_assess.report.outline.phrases import DIMENSIONS, MORE_ROWS, PILLARS, QUESTIONS, counted, share_words
from nqpf_assess.report.wording import NO_FIGURE, number, percent

MOST_ROWS = 40

HEADLINE = text(
    en="On target: {reached} of {all} dimensions",
    zh="{all}个维度中{reached}个达到目标",
)
HEADLINE_OPEN = text(en="What the answers show so far", zh="现有作答情况")
LEAD = text(
    en="Assessed are {pillars} and {dimensions}, by {questions} that apply here. Dimensions on target: {reached}; "
    "below target: {below}{open}.",
    zh="本次评估{pillars}、{dimensions}，适用{questions}。达到目标的维度{reached}个，低于目标的{below}个{open}。",
)
OPEN = text(en="; too few answers for a score: {open}", zh="，作答不足暂未评分的{open}个")
LEFT_OUT = text(
    en="Not assessed here, because it is switched off or nothing in it applies: {names}.",
    zh="因权重为零或全部不适用，本次不评估：{names}。",
)
CAPTION = text(en="Pillars: score, target and part of the shortfall", zh="各支柱得分、目标与差距占比")
CAPTION_OPEN = text(en="Pillars and what they weigh", zh="各支柱权重与覆盖率")
PILLAR = text(en="Pillar", zh="支柱")
WEIGHT = text(en="Weight", zh="权重")
SCORE = text(en="Score", zh="得分")
TARGET = text(en="Target", zh="目标")
GAP = text(en="Gap", zh="差距")
SHARE = text(en="Share of the shortfall", zh="占总差距")
COVERAGE = text(en="Answered", zh="覆盖率")
NOTE = text(
    en="Gap: target minus score; a negative gap lies above the target.",
    zh="差距为目标减得分，负值表示高于目标。",
)


def headline(case: Case) -> str:
    """Count what has reached its target."""
    nodes = _dimensions(case)
    if not any(node.score is not None for node in nodes):
        return case.say(HEADLINE_OPEN)
    return case.say(HEADLINE, reached=sum(reached(node) for node in nodes), all=len(nodes))


def _dimensions(case: Case) -> list[NodeScore]:
    return [node for pillar in case.pillars for node in case.dimensions(pillar.id)]


def overview_blocks(case: Case) -> Sequence[Block]:
    """Give the overview without its heading."""
    nodes = _dimensions(case)
    if not nodes:
        return _left_out(case)
    above = sum(reached(node) for node in nodes)
    unscored = sum(node.score is None for node in nodes)
    said = case.say(
        LEAD,
        pillars=counted(case, len(case.pillars), PILLARS),
        dimensions=counted(case, len(nodes), DIMENSIONS),
        questions=counted(case, len(case.counting), QUESTIONS),
        reached=above,
        below=len(nodes) - above - unscored,
        open=case.say(OPEN, open=unscored) if unscored else "",
    )
    return [Paragraph(runs(said)), _table(case), *_left_out(case), *beside.beside_blocks(case), *benchmarks.chart(case)]


def _left_out(case: Case) -> list[Block]:
    names = [case.title(node.id) for node in case.left_out[:MOST_ROWS]]
    return [Paragraph(runs(case.say(LEFT_OUT, names=case.listed(names))))] if names else []


def _table(case: Case) -> Table:
    """One row a pillar; the columns of figures only where some pillar has them."""
    scored = any(pillar.score is not None for pillar in case.pillars)
    figures = (
        Column(case.say(SCORE), 0.8, "right"),
        Column(case.say(TARGET), 0.8, "right"),
        Column(case.say(GAP), 0.8, "right"),
        Column(case.say(SHARE), 1.1, "right"),
    )
    columns = (
        Column(case.say(PILLAR), 2.8),
        Column(case.say(WEIGHT), 0.8, "right"),
        *(figures if scored else ()),
        Column(case.say(COVERAGE), 0.9, "right"),
    )
    rows = tuple(_row(case, pillar, scored=scored) for pillar in case.pillars[:MOST_ROWS])
    note = case.say(NOTE) if scored else ""
    if len(case.pillars) > MOST_ROWS:
        note += " " + case.say(MORE_ROWS, shown=MOST_ROWS, total=len(case.pillars))
    return Table(columns, rows, case.say(CAPTION if scored else CAPTION_OPEN), note.strip())


def _row(case: Case, pillar: NodeScore, *, scored: bool) -> tuple[Inline, ...]:
    share = share_words(pillar.share) if pillar.share is not None else NO_FIGURE
    figures = cells(number(pillar.score), number(pillar.target), number(pillar.gap), share)
    return (
        runs(Run(case.title(pillar.id), bold=True)),
        runs(percent(pillar.applicable_weight, 1)),
        *(figures if scored else ()),
        runs(percent(pillar.coverage)),
    )
