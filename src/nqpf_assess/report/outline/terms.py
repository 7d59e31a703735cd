"""Annex: the words of this report, one word a thing."""

from collections.abc import Sequence

from nqpf_assess.model.text import Text, text
from nqpf_assess.report.blocks import Block, Column, Run, Table, runs
from nqpf_assess.report.outline.case import Case

TITLE = text(en="Glossary", zh="术语说明")
TERM = text(en="Term", zh="术语")
MEANING = text(en="Meaning", zh="含义")

TERMS: Sequence[tuple[Text, Text]] = (
    (
        text(en="New quality productive forces", zh="新质生产力"),
        text(
            en="Productive forces of higher efficiency that rest on scientific and technological innovation.",
            zh="以科技创新为核心、具有更高效率的先进生产力质态。",
        ),
    ),
    (
        text(en="Pillar, dimension, question", zh="支柱、维度、题目"),
        text(
            en="The three levels of the questionnaire: questions make up a dimension, dimensions a pillar, pillars "
            "the total.",
            zh="问卷的三个层级：题目构成维度，维度构成支柱，支柱构成总分。",
        ),
    ),
    (
        text(en="Score, target, gap", zh="得分、目标、差距"),
        text(
            en="A score runs from 0 to 100. The target is the score that is sensible here within three to five "
            "years. The gap is target minus score.",
            zh="得分为0至100分；目标为{place}三至五年内宜达到的得分；差距为目标减得分。",
        ),
    ),
    (
        text(en="Band", zh="等次"),
        text(en="A named stretch of the scale.", zh="得分所处的区段名称。"),
    ),
    (
        text(en="Share of the shortfall", zh="占总差距的比重（障碍度）"),
        text(
            en="A dimension's part of the weighted shortfall of all dimensions below their targets.",
            zh="某维度的加权差距占全部低于目标维度加权差距之和的比例。",
        ),
    ),
    (
        text(en="One level up", zh="再上一级"),
        text(
            en="What the overall score gains if a single answer rises one step.",
            zh="仅一题提高一级时总分的增加值。",
        ),
    ),
    (
        text(en="Coverage", zh="覆盖率"),
        text(
            en="The share of the weight that applies here which is answered.",
            zh="已答题目权重占适用题目权重的比例。",
        ),
    ),
    (
        text(en="Possible range", zh="可能区间"),
        text(
            en="The lowest and highest score that the open answers still allow.",
            zh="视未答题目而定，得分可能的最低值和最高值。",
        ),
    ),
    (
        text(en="Score backed by evidence", zh="有据得分"),
        text(
            en="The score with high answers that name no evidence held at a ceiling.",
            zh="将未注明佐证的高分作答按上限计算的得分。",
        ),
    ),
    (
        text(en="Baseline, profile", zh="通用基准、{scheme}"),
        text(
            en="The baseline holds weights and targets for any subject; a profile says how a kind of place or firm "
            "differs, and why.",
            zh="通用基准给出一般情况下的权重和目标；{scheme}说明某类地区或企业的差异及理由。",
        ),
    ),
    (
        text(en="Ledger", zh="{tailoring}台账"),
        text(
            en="The list of every weight and target moved, with each correction and its reason.",
            zh="全部权重和目标调整及其理由的明细。",
        ),
    ),
    (
        text(en="Floor", zh="底线"),
        text(
            en="A rule that caps the total where one part is weak, whatever the other scores.",
            zh="某一部分薄弱时，无论其他得分如何，对总分封顶的规则。",
        ),
    ),
    (
        text(en="Coordination", zh="耦合协调度"),
        text(
            en="A figure from 0 to 1 for how high and how even the pillars are; a hint, no score.",
            zh="反映各支柱水平与均衡程度的数值（0至1），仅作提示，不计分。",
        ),
    ),
    (
        text(en="Lift, gain, effort", zh="提升、预计提升、投入"),
        text(
            en="Points a measure can add to a dimension; what that adds to the total; money, staff and coordination "
            "on a scale of 1 to 5.",
            zh="措施可提升的维度得分；由此提升的总分；资金、人力和协调难度合计，分1至5级。",
        ),
    ),
)


def term_blocks(case: Case) -> Sequence[Block]:
    """Give the annex without its heading."""
    rows = tuple((runs(Run(case.say(name), bold=True)), runs(case.say(meaning))) for name, meaning in TERMS)
    return [Table((Column(case.say(TERM), 1.0), Column(case.say(MEANING), 2.6)), rows)]
