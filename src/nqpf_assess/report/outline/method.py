"""Annex: how the figures come about, with the formulas and the rules of this very rubric."""

from collections.abc import Sequence

from nqpf_assess.engine.arithmetic import Mean
from nqpf_assess.model.text import Text, text
from nqpf_assess.report.blocks import Block, Bullets, Column, Inline, Paragraph, Run, Table, cells, runs
from nqpf_assess.report.outline.case import Case, plain
from nqpf_assess.report.wording import number, percent

TITLE = text(en="Method and formulas", zh="评估方法与公式")
LEAD = text(
    en="Every figure in this report is worked out from the questionnaire, the rubric and the answers alone; the same "
    "input gives the same figures. Figures are rounded once, where they are shown. Questions, anchors, weights, "
    "targets and lifts are expert judgement.",
    zh="本报告全部数值均由问卷、权重方案和答案计算得出，同样的输入得到同样的结果，仅在列示时四舍五入。题目、等级描述"
    "、权重、目标和提升值均为专家判断。",
)

RULES: Sequence[tuple[Text, Text]] = (
    (
        text(en="Question", zh="题目得分"),
        text(
            en=" s, from 0 to 100: a level or option has its stated score; options ticked together add up, at most "
            "100; a figure is read off straight lines between the points of its scale.",
            zh="s（0至100）：等级题、单选题取所选项得分；多选题得分相加，最高100；数字题按标尺各点间的直线折算。",
        ),
    ),
    (
        text(en="Node", zh="维度、支柱、总分"),
        text(
            en=" S = Σ w·s / Σ w (arithmetic) or Π s^w with Σ w = 1 (geometric, each s at least 1), over the parts "
            "that have a score. Here: {questions} across questions, {dimensions} across dimensions, {pillars} "
            "across pillars.",
            zh="：算术平均S = Σ w·s / Σ w，或几何平均S = Π s^w（Σ w = 1，s不小于1），只计有得分的部分。本方案：题目间"
            "{questions}，维度间{dimensions}，支柱间{pillars}。",
        ),
    ),
    (
        text(en="Coverage", zh="覆盖率"),
        text(
            en=" = weight of the answered questions / weight of all questions that apply. Below {minimum} a "
            "dimension, pillar or the total has no score, only a range. Questions that do not apply or are not "
            "asked leave the weights; “don't know”, “later” and blank stay in them.",
            zh=" = 已答题目权重 / 全部适用题目权重。低于{minimum}的维度、支柱或总分不给分，只给区间。不适用、未询问的"
            "题目不计权重；“不清楚”“稍后填写”和未答仍计权重。",
        ),
    ),
    (
        text(en="Possible range", zh="可能区间"),
        text(
            en=": every open question at its lowest and at its highest score. Confidence range: besides, every "
            "answer moved by {high} points (confidence high), {medium} (medium or not stated) or {low} (low) "
            "either way.",
            zh="：未答题目分别取最低分和最高分。置信区间：另将各题得分按把握程度上下移动{high}分（高）、{medium}分（"
            "中或未注明）、{low}分（低）。",
        ),
    ),
    (
        text(en="Backed by evidence", zh="有据得分"),
        text(
            en=": answers above {ceiling} that name no evidence count as {ceiling}; a figure with its year counts as "
            "evidence. Shown beside the score, never instead of it.",
            zh="：高于{ceiling}分而未注明佐证的作答按{ceiling}分计，注明年份的数据视为有佐证。与得分并列，不替代得分。",
        ),
    ),
    (
        text(en="{Scheme}", zh="{scheme}"),
        text(
            en=": final weight = baseline weight × product of the factors that apply; targets as last stated. The "
            "baseline score uses the baseline's weights and rules on the same answers and always stands beside it.",
            zh="：最终权重 = 基准权重 × 各适用系数之积，目标以最后给定值为准。通用基准得分以同样的答案按基准权重和规"
            "则计算，始终并列。",
        ),
    ),
    (
        text(en="Gap", zh="差距"),
        text(
            en=" = target − score. Share of the shortfall of a dimension = W·g / Σ W·g, with g = max(0, target − "
            "score) and W its share of the overall score (obstacle degree).",
            zh=" = 目标 − 得分。维度占总差距的比重（障碍度）= W·g / Σ W·g，其中g = max(0, 目标 − 得分)，W为该维度占总"
            "分的份额。",
        ),
    ),
    (
        text(en="One level up", zh="再上一级"),
        text(
            en=": what the overall gains if one answer rises to the next score it can take, recalculated exactly.",
            zh="：仅一题得分提高到下一可取值时总分的增加值，按同一规则重新计算。",
        ),
    ),
    (
        text(en="Countermeasures", zh="对策措施"),
        text(
            en=" fit if a dimension they lift lies below both its target and the measure's own line, no condition "
            "speaks against them, and what they need is in place or fits too. Of several measures on one "
            "dimension the largest lift counts in full, each further one by {overlap}, never beyond the target. "
            "Gain: exact recalculation. Priority: gain / effort.",
            zh="：所提升维度低于其目标和措施触发线、无不适用条件、前置措施已具备或同样适用的，方为适用。同一维度多项"
            "措施，最大提升全计，其余各计{overlap}，不超过目标。预计提升按同一规则重新计算，优先次序 = 预计提升 / "
            "投入。",
        ),
    ),
    (
        text(en="Balance", zh="均衡性"),
        text(
            en=", with u = score / 100 of n pillars: C = n (Π u)^(1/n) / Σ u; D = √(C·T), T the weighted mean of u; "
            "modified C' = √([1 − Σ |u(i) − u(j)| / (n(n−1)/2)] · [Π u / max u]^(1/(n−1))) (Wang and others).",
            zh="：n个支柱，u = 得分/100，C = n(Π u)^(1/n) / Σ u；D = √(C·T)，T为u的加权平均；修正C' = √([1 − Σ |u(i) "
            "− u(j)| / (n(n−1)/2)]·[Π u / max u]^(1/(n−1)))（王淑佳等）。",
        ),
    ),
    (
        text(en="Robustness", zh="稳健性"),
        text(
            en=": every weight w of every level between w(1 − {spread}) and w(1 + {spread}), renormalised; the exact "
            "lowest and highest overall score.",
            zh="：各层级权重w在w(1 − {spread})与w(1 + {spread})之间变动并归一，求总分的精确最低值和最高值。",
        ),
    ),
)
MEANS: dict[Mean, Text] = {
    "arithmetic": text(en="arithmetic mean", zh="算术平均"),
    "geometric": text(en="geometric mean", zh="几何平均"),
}

BANDS = text(en="Bands", zh="等次划分")
BAND = text(en="Band", zh="等次")
FROM = text(en="From score", zh="起始得分")
FLOORS = text(en="Floors: weak here, capped there", zh="底线规则")
FLOOR_NODE = text(en="Part", zh="对象")
FLOOR_BELOW = text(en="Below", zh="低于")
FLOOR_CAP = text(en="Total at most", zh="总分上限")
FLOOR_FIRED = text(en="Here", zh="本次")
FLOOR_WHY = text(en="Why", zh="理由")
FIRED, NOT_FIRED = text(en="fired", zh="已触及"), text(en="not reached", zh="未触及")
AT_FLOOR = text(
    en="Raised to 1 as they entered a geometric mean: {names}.",
    zh="计入几何平均时按1分计的有：{names}。",
)


def method_blocks(case: Case) -> Sequence[Block]:
    """Give the annex without its heading."""
    return [
        Paragraph(runs(case.say(LEAD))),
        Bullets(tuple(_rule(case, name, words) for name, words in RULES)),
        *_at_floor(case),
        *_bands(case),
        *_floors(case),
    ]


def _rule(case: Case, name: Text, words: Text) -> Inline:
    rules = case.assessed.figures.rules
    said = case.say(
        words,
        questions=MEANS[rules.means.questions],
        dimensions=MEANS[rules.means.dimensions],
        pillars=MEANS[rules.means.pillars],
        minimum=percent(rules.minimum_coverage),
        ceiling=number(rules.unsupported_ceiling),
        overlap=percent(rules.overlap),
        spread=percent(rules.weight_spread),
        **{name: number(points) for name, points in rules.confidence_spread.items()},
    )
    return runs(Run(case.say(name), bold=True), said)


def _at_floor(case: Case) -> list[Block]:
    names = [case.title(node) for node in case.card.at_geometric_floor]
    return [Paragraph(runs(case.say(AT_FLOOR, names=case.listed(names[:20]))), "note")] if names else []


def _bands(case: Case) -> list[Block]:
    rows = tuple(
        cells(case.tell(band.words), number(float(band.from_))) for band in case.instrument.rules.bands.values()
    )
    columns = (Column(case.say(BAND), 1.0), Column(case.say(FROM), 1.0, "right"))
    return [Table(columns, rows, case.say(BANDS))] if rows else []


def _floors(case: Case) -> list[Block]:
    fired = case.card.overall.floors
    rows = tuple(
        cells(
            case.title(floor.node),
            number(float(floor.below)),
            number(float(floor.cap)),
            case.say(FIRED if id in fired else NOT_FIRED),
            plain(case.tell(floor.why)),
        )
        for id, floor in case.instrument.rules.floors.items()
    )
    columns = (
        Column(case.say(FLOOR_NODE), 1.4),
        Column(case.say(FLOOR_BELOW), 0.6, "right"),
        Column(case.say(FLOOR_CAP), 0.8, "right"),
        Column(case.say(FLOOR_FIRED), 0.8),
        Column(case.say(FLOOR_WHY), 3.0),
    )
    return [Table(columns, rows, case.say(FLOORS))] if rows else []
