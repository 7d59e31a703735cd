"""Balance between the pillars, and how far the result depends on weights, method, evidence and open answers."""

from collections.abc import Sequence

from nqpf_assess.engine.balance import grade
from nqpf_assess.model.scorecard import NodeScore, Variant
from nqpf_assess.model.text import Text, text
from nqpf_assess.report.blocks import Block, Cell, Column, Heat, Inline, Paragraph, Table, cells, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import capped, in_sentence
from nqpf_assess.report.outline.phrases import evidence_named, unsupported
from nqpf_assess.report.wording import NO_FIGURE, STAYS_WORDS, number, percent, span

MOST_CELLS = 36

# ── Balance ──

GRADES = (
    text(en="extreme imbalance", zh="极度失调"),
    text(en="serious imbalance", zh="严重失调"),
    text(en="moderate imbalance", zh="中度失调"),
    text(en="slight imbalance", zh="轻度失调"),
    text(en="on the verge of imbalance", zh="濒临失调"),
    text(en="barely coordinated", zh="勉强协调"),
    text(en="primary coordination", zh="初级协调"),
    text(en="intermediate coordination", zh="中级协调"),
    text(en="good coordination", zh="良好协调"),
    text(en="high-quality coordination", zh="优质协调"),
)
SPREAD = text(
    en="The pillars range from {low} ({weakest}) to {high} ({strongest}).",
    zh="各支柱得分在{low}分（{weakest}）至{high}分（{strongest}）之间。",
)
BALANCE = text(
    en="Coordination D is {d} on a scale of 0 to 1, which the customary ten grades call “{grade}”; coupling C is {c}"
    ", in the modified form {modified}. D combines how high the pillars are with how even they are, so it is a "
    "hint about balance and no part of the score; the grades are a convention.",
    zh="耦合协调度D为{d}（取值0至1），按惯用的十级划分属“{grade}”；耦合度C为{c}，修正耦合度为{modified}。D同时反映各"
    "支柱的水平与均衡程度，仅作均衡性提示，不计入得分；等级划分为惯例。",
)
NO_BALANCE = text(
    en="Balance needs at least two pillars with a score above zero; there are fewer here.",
    zh="均衡性分析至少需要两个得分大于零的支柱，目前不足。",
)
ZERO = text(
    en="One pillar scores nothing, so coupling and coordination are {d} by definition.",
    zh="有支柱得分为零，耦合度和协调度按定义均为{d}。",
)


def balance(case: Case) -> list[Block]:
    """Say how even the pillars are."""
    found, scored = case.card.balance, [pillar for pillar in case.pillars if pillar.score is not None]
    if found.coordination is None or len(scored) < 2:
        return [Paragraph(runs(case.say(NO_BALANCE)))]
    ordered = sorted(scored, key=lambda pillar: pillar.score or 0.0)
    said = case.say(
        SPREAD,
        low=number(ordered[0].score),
        weakest=case.short(ordered[0].id),
        high=number(ordered[-1].score),
        strongest=case.short(ordered[-1].id),
    )
    words = BALANCE if found.coordination else ZERO
    told = case.say(
        words,
        d=number(found.coordination, 2),
        grade=GRADES[grade(found.coordination)],
        c=number(found.coupling, 2),
        modified=number(found.modified_coupling, 2),
    )
    return [Paragraph(runs(said + (" " if case.language == "en" else "") + told))]


# ── Robustness ──

ROBUST = text(
    en="With every weight of every level varied by {spread} either way the overall score is {range}. "
    "{band} If answers are off by their stated confidence it is {confidence}{open}.",
    zh="各层级权重均上下浮动{spread}时，总分为{range}分。{band}计入作答把握程度，总分为{confidence}分{open}。",
)
HELD = text(
    en="A floor holds the overall score at {score}; before it the score is {uncapped}. With every weight of every "
    "level varied by {spread} either way it is {range}; if answers are off by their stated confidence, {confidence}"
    "{open}. These ranges end at the cap and do not say how firm the score before the floor is.",
    zh="总分因底线封顶为{score}分，封顶前为{uncapped}分。各层级权重均上下浮动{spread}时，总分为{range}分；计入作答把握程度，"
    "总分为{confidence}分{open}。上述区间均以封顶值为限，不说明封顶前得分的可靠程度。",
)
OPEN = text(en="; depending on the open answers, in {range}", zh="；视未答题目而定，在{range}分之间")
BAND_STAYS = text(en="The band “{band}” does not change.", zh="“{band}”等次不变。")
BAND_MOVES = text(en="The band may change: {bands}.", zh="等次可能变动：{bands}。")
NOT_YET = text(
    en="Without an overall score there is nothing to vary. Depending on the open answers it will lie in the range "
    "{open}.",
    zh="暂无总分，无法作权重浮动检验。视未答题目而定，总分将在{open}分之间。",
)


def robustness(case: Case) -> list[Block]:
    """Say how far the overall depends on the weights and on what is not known."""
    overall = case.card.overall
    if overall.score is None:
        return [Paragraph(runs(case.say(NOT_YET, open=span(overall.low, overall.high))))] if case.counting else []
    is_open = number(overall.low) != number(overall.high)
    said = case.say(
        HELD if capped(case) else ROBUST,
        score=number(overall.score),
        uncapped=number(overall.uncapped),
        spread=percent(case.assessed.figures.rules.weight_spread),
        range=span(overall.robust_low, overall.robust_high),
        band=_bands(case),
        confidence=span(overall.confidence_low, overall.confidence_high),
        open=case.say(OPEN, range=span(overall.low, overall.high)) if is_open else "",
    )
    return [Paragraph(runs(said)), *variants(case), *_weakest_table(case)]


def _bands(case: Case) -> str:
    overall, bands = case.card.overall, case.instrument.rules.bands
    low, high = overall.robust_low, overall.robust_high
    if not bands or low is None or high is None:
        return ""
    reached = [band for band in bands.values() if float(band.from_) <= high]
    lowest = [band for band in reached if float(band.from_) <= low][-1:]
    crossed = [*lowest, *(band for band in reached if float(band.from_) > low)]
    names = [case.tell(band.words) for band in crossed]
    if not names:
        return ""
    if len(names) == 1:
        return case.say(BAND_STAYS, band=names[0])
    return case.say(BAND_MOVES, bands=case.listed([f"“{name}”" for name in names]))


VARIANTS = text(en="The overall score under other choices of method", zh="不同计算方式下的总分")
METHOD = text(en="Method", zh="计算方式")
AS_ANSWERED = text(en="As answered", zh="按作答")
BACKED = text(en="Backed by evidence", zh="有据得分")
MEAN = {
    "arithmetic": text(en="Arithmetic mean of the pillars", zh="支柱算术平均"),
    "geometric": text(en="Geometric mean of the pillars", zh="支柱几何平均"),
}
RUBRIC = {True: text(en="{scheme}", zh="{scheme}"), False: text(en="baseline", zh="通用基准")}
VARIANT = text(en="{mean}, {rubric}", zh="{mean}，{rubric}")
VARIANTS_NOTE = text(
    en="Backed by evidence: answers above {ceiling} that name no evidence count as {ceiling}. Answers affected: "
    "{unsupported} of {answered}; answers that name evidence: {named}.",
    zh="有据得分：高于{ceiling}分而未注明佐证的作答按{ceiling}分计；已答{answered}题中有{unsupported}题受影响，"
    "{named}题注明佐证。",
)


def variants(case: Case) -> list[Block]:
    """Show the overall under each choice of mean, weights and evidence."""
    by_choice = {(v.mean, v.local, v.evidence_backed): v for v in case.card.variants}
    pairs = [(v, by_choice[v.mean, v.local, True]) for v in case.card.variants if not v.evidence_backed]
    rows = tuple(_variant_row(case, plain, backed) for plain, backed in pairs)
    columns = (
        Column(case.say(METHOD), 2.6),
        Column(case.say(AS_ANSWERED), 1.0, "right"),
        Column(case.say(BACKED), 1.0, "right"),
    )
    note = case.say(
        VARIANTS_NOTE,
        ceiling=number(case.assessed.figures.rules.unsupported_ceiling),
        unsupported=len(unsupported(case)),
        answered=len(case.answered),
        named=sum(evidence_named(case, id) for id in case.answered),
    )
    return [Table(columns, rows, case.say(VARIANTS), note)]


def _variant_row(case: Case, plain: Variant, backed: Variant) -> tuple[Inline, ...]:
    words = case.say(VARIANT, mean=MEAN[plain.mean], rubric=case.say(RUBRIC[plain.local]))
    return cells(words, number(plain.score), number(backed.score))


WEAKEST = text(en="Is a pillar among the three weakest whatever the weights?", zh="权重浮动时各支柱是否始终居后三位")
PILLAR = text(en="Pillar", zh="支柱")
SCORE = text(en="Score", zh="得分")
AMONG = text(en="Among the three weakest", zh="居后三位")
MOST_PILLARS = 30


def _weakest_table(case: Case) -> list[Block]:
    scored = sorted((p for p in case.pillars if p.score is not None), key=lambda pillar: pillar.score or 0.0)
    if len(scored) <= 3:
        return []
    rows = tuple(
        cells(
            case.title(p.id), number(p.score), case.say(STAYS_WORDS[p.weakest_three]) if p.weakest_three else NO_FIGURE
        )
        for p in scored[:MOST_PILLARS]
    )
    columns = (
        Column(case.say(PILLAR), 2.6),
        Column(case.say(SCORE), 1.0, "right"),
        Column(case.say(AMONG), 1.0, "right"),
    )
    return [Table(columns, rows, case.say(WEAKEST))]


# ── Coverage ──

COVERAGE_FULL = text(en="Everything that applies here is answered", zh="适用题目均已作答")
COVERAGE_LEAST = text(en="Least is answered in {dimension}", zh="{dimension}作答最少")
COVERAGE_ALT = text(en="Share of each dimension that is answered: {items}.", zh="各维度覆盖率：{items}。")


def coverage(case: Case) -> list[Block]:
    """Draw how much of each dimension is answered."""
    nodes = [node for pillar in case.pillars for node in case.dimensions(pillar.id)][:MOST_CELLS]
    drawn = tuple(_cell(case, node) for node in nodes)
    if not drawn or not case.answered:
        return []
    least = min(nodes, key=lambda node: node.coverage or 0.0)
    full = (least.coverage or 0.0) >= 1.0
    caption = case.say(COVERAGE_FULL if full else COVERAGE_LEAST, dimension=in_sentence(case, case.title(least.id)))
    items = case.listed([f"{cell.label} {cell.value}" for cell in drawn])
    return [Heat(drawn, caption, case.say(COVERAGE_ALT, items=items))]


def _cell(case: Case, node: NodeScore) -> Cell:
    return Cell(case.short(node.id), node.coverage, percent(node.coverage))


HEADLINE: Text = text(
    en="With weights varied by {spread} the score is {range}",
    zh="权重上下浮动{spread}，总分为{range}分",
)
HEADLINE_HELD = text(
    en="Held at {score} by a floor, whatever the weights", zh="总分因底线封顶为{score}分，权重浮动不说明其可靠程度"
)
HEADLINE_OPEN = text(en="How sure the result is", zh="结论的可靠程度")


def headline(case: Case) -> str:
    """State how firm the result is."""
    overall = case.card.overall
    if overall.score is None:
        return case.say(HEADLINE_OPEN)
    if capped(case):
        return case.say(HEADLINE_HELD, score=number(overall.score))
    spread = percent(case.assessed.figures.rules.weight_spread)
    return case.say(HEADLINE, spread=spread, range=span(overall.robust_low, overall.robust_high))


BALANCE_HEADING = text(en="Balance between the pillars", zh="均衡性")
ROBUST_HEADING = text(en="Robustness", zh="稳健性")
COVERAGE_HEADING = text(en="How much is answered", zh="作答覆盖情况")


def titled_blocks(case: Case) -> Sequence[tuple[Text, str, Sequence[Block]]]:
    """Give the parts of the section: heading, anchor, blocks; parts without content are left out."""
    parts: tuple[tuple[Text, str, Sequence[Block]], ...] = (
        (ROBUST_HEADING, "robustness", robustness(case)),
        (BALANCE_HEADING, "balance", balance(case)),
        (COVERAGE_HEADING, "coverage", coverage(case)),
    )
    return [part for part in parts if part[2]]
