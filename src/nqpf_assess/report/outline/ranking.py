"""Ranked gaps: each dimension's part of the shortfall, and the one answer that holds it back."""

from collections.abc import Sequence

from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.model.text import text
from nqpf_assess.report.blocks import Block, Column, Inline, Paragraph, Run, Table, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import all_gaps, blocking, in_sentence, unscored
from nqpf_assess.report.outline.phrases import DIMENSIONS, MORE_ROWS, counted, raised, share_words, statement
from nqpf_assess.report.wording import NO_FIGURE, number, span

MOST = 30
SAME = 1e-6
HALF = 0.5

HEADLINE = text(
    en="{dimensions} make up half of the shortfall: {names}",
    zh="{dimensions}合计占总差距的一半以上：{names}",
)
HEADLINE_ONE = text(en="One dimension makes up half of the shortfall: {names}", zh="总差距的一半以上集中在{names}")
HEADLINE_SPREAD = text(
    en="The shortfall is spread over {dimensions}; no single one decides it",
    zh="差距分布在{dimensions}，较为分散",
)
HEADLINE_NONE = text(en="No scored dimension lies below its target", zh="已评分的维度均达到目标")
HEADLINE_OPEN = text(en="Gaps that can be named before everything is answered", zh="现有作答已显示的差距")
HEADLINE_EMPTY = text(en="No gap can be named yet", zh="目前尚不能判断差距")


def headline(case: Case) -> str:
    """State how the shortfall is spread."""
    ranked = all_gaps(case)
    if case.card.overall.shortfall is None:
        return case.say(HEADLINE_OPEN if ranked else HEADLINE_EMPTY)
    if not ranked:
        return case.say(HEADLINE_NONE)
    most, total = 0, 0.0
    while total < HALF and most < len(ranked):
        total, most = total + (ranked[most].share or 0.0), most + 1
    names = case.listed([case.short(node.id) for node in ranked[:most]])
    if most == 1:
        return case.say(HEADLINE_ONE, names=names)
    if most > 4:
        return case.say(HEADLINE_SPREAD, dimensions=counted(case, len(ranked), DIMENSIONS))
    return case.say(HEADLINE, dimensions=counted(case, most, DIMENSIONS), names=names)


LEAD = text(
    en="By their weights the dimensions below their targets are {shortfall} points short, those above them {surplus} "
    "points ahead; the difference is {difference}.",
    zh="按权重折算，低于目标的维度合计差{shortfall}分，高于目标的维度合计超出{surplus}分，相抵后为{difference}分。",
)
LEAD_SAME = text(en=" That is the gap between the overall score and its target.", zh="该数即为总分与目标的差距。")
LEAD_GEOMETRIC = text(
    en=" Under the geometric mean, in which weak parts weigh more, the gap of the overall score is {gap}.",
    zh="因采用几何平均，薄弱部分影响更大，总分与目标的差距为{gap}分。",
)
LEAD_CAPPED = text(
    en=" These figures belong to the score before the floor.",
    zh="以上数值按未触及底线的得分计算。",
)
NO_GAPS = text(
    en="There is nothing to rank: every scored dimension has reached the target set for {place}. The next step is to "
    "hold this and to raise targets where {place} wants to lead.",
    zh="已评分的维度均达到为{place}设定的目标，无差距可排序。下一步重在巩固，并可在拟争先的方面提高目标。",
)
OPEN = text(
    en="Without an overall score the gaps have no common measure; they are sorted by their size in points of the "
    "dimension.",
    zh="暂无总分，各项差距无法折算比较，以下按维度得分与目标的差值排序。",
)
EMPTY = text(
    en="No dimension has enough answers for a score. Which gaps there are will show once the missing items are "
    "filled in.",
    zh="各维度作答均不足以评分，待补齐缺项后再作差距分析。",
)


def lead(case: Case) -> Paragraph:
    """Say what the ranking adds up to."""
    overall = case.card.overall
    if overall.shortfall is None:
        return Paragraph(runs(case.say(OPEN if all_gaps(case) else EMPTY)))
    if not all_gaps(case):
        return Paragraph(runs(case.say(NO_GAPS)))
    difference = overall.shortfall - (overall.surplus or 0.0)
    same = abs(difference - (overall.gap or 0.0)) < SAME
    said = case.say(
        LEAD,
        shortfall=number(overall.shortfall),
        surplus=number(overall.surplus),
        difference=number(difference),
    ) + case.say(LEAD_SAME if same else LEAD_GEOMETRIC, gap=number(overall.gap))

    capped = overall.score is not None and number(overall.score) != number(overall.uncapped)
    return Paragraph(runs(said + (case.say(LEAD_CAPPED) if capped else "")))


CAPTION = text(en="Gaps ranked by their share of the shortfall", zh="差距排序（按占总差距的比重）")
CAPTION_OPEN = text(en="Gaps ranked by their size", zh="差距排序（按差值）")
RANK = text(en="No.", zh="序号")
DIMENSION = text(en="Dimension (pillar)", zh="维度（所属支柱）")
NOW = text(en="Now → target", zh="当前→目标")
GAP = text(en="Gap", zh="差距")
SHARE = text(en="Share", zh="占比")
BLOCKING = text(en="The answer that holds it back most", zh="主要短板（题目及作答）")
UP = text(en="One level up", zh="再上一级")
IN_PILLAR = text(en=" ({pillar})", zh="（{pillar}）")
NOTE = text(
    en="Share: of the weighted shortfall. One level up: points the overall score gains if this one answer rises one "
    "level, recalculated exactly.",
    zh="占比：占加权总差距的比重（障碍度）。再上一级：仅该题提高一级时总分的增加值，按同一规则重新计算。",
)


def table(case: Case) -> list[Block]:
    """Rank the gaps."""
    ranked = all_gaps(case)
    if not ranked:
        return []
    scored = case.card.overall.shortfall is not None
    note = case.say(NOTE) if scored else ""
    if len(ranked) > MOST:
        note = " ".join(filter(None, (note, case.say(MORE_ROWS, shown=MOST, total=len(ranked)))))
    rows = tuple(_row(case, place, node, scored=scored) for place, node in enumerate(ranked[:MOST], start=1))
    return [Table(_columns(case, scored=scored), rows, case.say(CAPTION if scored else CAPTION_OPEN), note)]


def _columns(case: Case, *, scored: bool) -> tuple[Column, ...]:
    head = (
        Column(case.say(RANK), 0.4, "right"),
        Column(case.say(DIMENSION), 2.6),
        Column(case.say(NOW), 1.0, "right"),
        Column(case.say(GAP), 0.6, "right"),
    )
    blocking = Column(case.say(BLOCKING), 3.2)
    if not scored:
        return (*head, blocking)
    return (*head, Column(case.say(SHARE), 0.7, "right"), blocking, Column(case.say(UP), 0.7, "right"))


def _row(case: Case, place: int, node: NodeScore, *, scored: bool) -> tuple[Inline, ...]:
    held = blocking(case, node.id)
    pillar = case.say(IN_PILLAR, pillar=case.short(case.pillar_of(node.id)))
    row = [
        runs(str(place)),
        runs(Run(case.title(node.id), bold=True), pillar),
        runs(f"{number(node.score)} → {number(node.target)}"),
        runs(number(node.gap)),
    ]
    answer = runs(raised(statement(case, held.id, brief=True)) if held else NO_FIGURE)
    if not scored:
        return (*row, answer)
    up = number(held.one_level_up, signed=True) if held else NO_FIGURE
    return (*row, runs(share_words(node.share)), answer, runs(up))


WITHOUT = text(
    en="Not ranked, because too little is answered for a score: {names}.",
    zh="因作答不足暂未评分、未列入排序的维度：{names}。",
)
WITHOUT_ITEM = text(en="{name} (possible range {range})", zh="{name}（可能区间{range}分）")


def without_score(case: Case) -> list[Block]:
    """Name the dimensions that cannot be ranked."""
    nodes = [node for pillar in case.pillars for node in unscored(case, pillar.id)]
    if not nodes or not all_gaps(case):
        return []
    items = [_without(case, node) for node in nodes[:MOST]]
    return [Paragraph(runs(case.say(WITHOUT, names=case.listed(items))), "note")]


def _without(case: Case, node: NodeScore) -> str:
    name = in_sentence(case, case.title(node.id))
    return case.say(WITHOUT_ITEM, name=name, range=span(node.low, node.high)) if node.coverage else name


def ranking_blocks(case: Case) -> Sequence[Block]:
    """Give the section without its heading."""
    return [lead(case), *table(case), *without_score(case)]
