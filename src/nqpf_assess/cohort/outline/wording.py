"""The words of the report on a cohort, in both languages."""

from collections.abc import Mapping

from nqpf_assess.model.text import Text, text

TITLE = text(en="Cohort report on new quality productive forces", zh="新质生产力同类群体分析报告")
SUBTITLE = text(en="How the respondents stand beside each other", zh="填报单位相对情况")
NOTICE = text(
    en="Made from self-assessments. All figures are relative: they compare the respondents with each other; they are "
    "no audit, certification or appraisal.",
    zh="本报告依据自评结果汇总，数字均为相对比较，不作为考核、认定依据。",
)
FOOTER = text(
    en="Questionnaire {digest} · relative figures from self-assessments",
    zh="问卷{digest} · 自评结果汇总，均为相对比较",
)
RESPONDENTS = text(en="Respondents", zh="填报单位数")
PROFILES = text(en="Profiles", zh="权重方案")
GROUPED = text(en="Grouped by", zh="分组")
NOT_GROUPED = text(en="not grouped", zh="未分组")
VERSION = text(en="Questionnaire", zh="问卷")
DATE = text(en="Date", zh="报告日期")

VERDICT = text(
    en="Half of the respondents score between {low} and {high}; the median is {median}",
    zh="半数填报单位得分在{low}至{high}之间，中位数为{median}",
)
TOO_FEW = text(
    en="Fewer than {minimum} respondents have a score; no figures are shown",
    zh="有得分的填报单位不足{minimum}个，不显示数字",
)
SCORED = text(en="With a score", zh="有得分")
OF_ALL = text(en="of {n} respondents", zh="共{n}个填报单位")
MEDIAN = text(en="Median", zh="中位数")
MIDDLE = text(en="Middle half", zh="中间一半")
MIDDLE_NOTE = text(en="lower to upper quartile", zh="下四分位数至上四分位数")
GINI = text(en="Gini", zh="基尼系数")
GINI_NOTE = text(en="0: all alike", zh="0 表示完全相同")
THEIL = text(en="Theil", zh="泰尔指数")
LEFT_OUT = text(
    en="{n} rows were left out, since their respondent stands there already.",
    zh="略去{n}行，因该填报单位已出现过。",
)
RELATIVE = text(en="Relative", zh="相对比较")
RELATIVE_WORDS = text(
    en="These figures say how respondents stand beside each other, not how good any of them is. What one place needs "
    "is in its own report.",
    zh="以下数字只说明各填报单位之间的相对位置，不说明绝对水平。各地需要做什么，见其自身报告。",
)
ALL = text(en="All", zh="全部")
COUNT = text(en="Number", zh="数量")
SHARE = text(en="Share", zh="占比")
BANDS_CAPTION = text(en="Respondents by band", zh="各等次的填报单位")

OVERALL = text(en="Overall", zh="总分")
NOT_STATED = text(en="not stated", zh="未填写")
SHARE_PERCENT = text(en="Share of the respondents, %", zh="占填报单位的百分比")
BAND_VALUE = text(en="{n} ({share})", zh="{n}个（{share}）")
MAP_CAPTION = text(
    en="Where the median of each group lies among the quartiles of all respondents",
    zh="各组中位数在全部填报单位四分位中的位置",
)
MAP_NOTE = text(
    en="−− below the lower quartile, − below the median, + at or above the median, ++ at or above the upper quartile "
    "of all respondents. Relative, and no ranking.",
    zh="−− 低于下四分位数，− 低于中位数，+ 不低于中位数，++ 不低于上四分位数（均与全部填报单位相比）。仅为相对位置，"
    "不作排名。",
)
RESPONDENT = text(en="Respondent", zh="填报单位")
RANK = text(en="Rank", zh="位次")
RANKS_HEAD = text(en="Ranks, as asked for", zh="位次（按要求列出）")
RANKS_CAPTION = text(en="Ranks by score, highest first; equals share a rank", zh="按得分从高到低，得分相同位次相同")

PARTS_HEAD = text(en="Pillars and dimensions", zh="各支柱与维度")
PILLARS_CAPTION = text(en="Median and middle half of each pillar", zh="各支柱的中位数和中间一半的范围")
DIMENSIONS_CAPTION = text(en="Median and middle half of each dimension", zh="各维度的中位数和中间一半的范围")
GROUPS_HEAD = text(en="Groups side by side", zh="分组比较")
GROUP = text(en="Group", zh="组")
GROUPS_CAPTION = text(en="{column} by group, highest median first", zh="各组{column}，按中位数从高到低")
HELD_BACK = text(
    en="{n} groups are not shown: too few respondents, or they could be worked out from the others.",
    zh="另有{n}个组不显示：填报单位过少，或可由其他组推算得出。",
)
CUT = text(
    en="{shown} of {total} rows are shown; the files have them all.",
    zh="共{total}行，此处列出{shown}行，其余见数据文件。",
)
GAPS_HEAD = text(en="Common gaps", zh="共性差距")
DIMENSION = text(en="Dimension", zh="维度")
BELOW = text(en="Below target", zh="低于目标")
SHORTFALL = text(en="Mean shortfall", zh="平均短缺")
WEAKEST_LEAD = text(
    en="The weakest quarter ({n} respondents at or below the lower quartile of the score) differs from the others "
    "most in these dimensions:",
    zh="得分不高于下四分位数的{n}个填报单位，与其他单位相比差距最大的维度如下：",
)
WEAKEST = text(en="Weakest quarter", zh="后四分之一")
OTHERS = text(en="Others", zh="其他")
APART = text(en="Difference", zh="相差")
BELOW_WEAKEST = text(en="Below target in it", zh="其中低于目标")
WEAKEST_CAPTION = text(
    en="What the weakest quarter lacks: mean score beside the others", zh="后四分之一单位的薄弱环节：平均得分对照"
)
MEAN_SHARE = text(en="Share of the shortfall", zh="占总差距")
GAPS_CAPTION = text(
    en="How many lie below their own target, by how many points, and the mean share of their shortfall",
    zh="低于各自目标的比例、平均短缺分值及其占总差距的平均比重",
)
HERDING_HEAD = text(en="Who chooses the same", zh="选择趋同情况")
FIRST_MEASURES = text(en="First measures", zh="首批措施")
LOOK = text(en="Look again", zh="请留意")
FLAGGED = text(
    en="{n} of {of} ({share}) chose “{option}” ({what}).",
    zh="{of}个单位中有{n}个（{share}）选择“{option}”（{what}）。",
)
ROOM_FOR = text(en=" There is room for {room}.", zh="可承载{room}个。")
ROOM = text(en="Room for", zh="可承载")
N_OF = text(en="{n} of {of}", zh="{n}/{of}")
BY_GROUP_CAPTION = text(en="The same within the groups", zh="各组内选择趋同情况")
CONCENTRATION = text(
    en="{options} options were chosen; they are as concentrated as if the choices were spread evenly over {alike}.",
    zh="共选择{options}个选项，集中程度相当于平均分布在{alike}个选项上。",
)
SHARED_HEAD = text(en="First measures that many share, by who may decide them", zh="共同的首批措施与决定层级")
SHARED_LEAD = text(
    en="These measures are among the first three of several respondents. What a level above may decide can be settled "
    "once for all of them.",
    zh="以下措施被多个填报单位列入前三项。需由上级决定的，可统一研究、一并解决。",
)
SHARED = text(en="{title}: {n} of {of} (lead: {lead})", zh="{title}：{of}个中有{n}个（牵头：{lead}）")
LEVEL_WORDS: Mapping[str, Text] = {
    "firm": text(en="A firm may decide itself", zh="企业可自行决定"),
    "county": text(en="A county may decide", zh="县级可决定"),
    "city": text(en="To be decided by the city", zh="需市级决定"),
    "province": text(en="To be decided by the province", zh="需省级决定"),
    "state": text(en="To be decided by the state", zh="需国家决定"),
}
ALIKE = text(
    en="Choosing alike is a question to ask, not a fault: is there room for all of them, and does each have the "
    "conditions?",
    zh="选择相同并非过错，而是需要研判的问题：市场容量是否足够，各地条件是否具备，避免一哄而上。",
)
CHOICE = text(en="Choice", zh="选项")
INEQUALITY_HEAD = text(en="How far apart the respondents are", zh="差异程度")
WHAT = text(en="What", zh="项目")
WITHIN = text(en="Within groups", zh="组内")
BETWEEN = text(en="Between groups", zh="组间")
OVERLAP = text(en="Overlap", zh="交叠")
INEQUALITY_CAPTION = text(
    en="Gini with its parts (Dagum 1997) and Theil’s T", zh="基尼系数及其分解（Dagum 1997）与泰尔指数"
)
MANY_GROUPS = text(en="There are more than 200 groups; Gini is not taken apart.", zh="分组超过200个，不分解基尼系数。")
WEIGHTS_HEAD = text(en="Weights that the data would suggest", zh="由数据推算的权重")
WEIGHTS_CAPTION = text(
    en="Derived from the spread of the scores: what tells the respondents apart, not what matters",
    zh="由得分差异推算，只反映各单位之间的差异，不代表重要程度",
)
METHODS: Mapping[str, Text] = {
    "entropy": text(en="Entropy", zh="熵权法"),
    "critic": text(en="CRITIC", zh="CRITIC 法"),
}
METHOD_HEAD = text(en="How this was worked out", zh="计算方法")
METHOD: tuple[Text, ...] = (
    text(
        en="Each respondent counts once. Quantiles lie on straight lines between the ordered scores (type 7). "
        "Respondents under different profiles are compared by the baseline score, since their weights differ.",
        zh="每个填报单位只计一次。分位数按有序得分线性内插（类型7）。不同权重方案的单位以通用基准得分相互比较。",
    ),
    text(
        en="Groups with fewer than {minimum} scored respondents are not shown, and neither is what would give them "
        "away by subtraction. No lowest or highest figure is printed.",
        zh="有得分的单位少于{minimum}个的组不予显示，可由相减推出的组亦不显示；不列最高值和最低值。",
    ),
    text(
        en="The files beside this report hold every figure in full; ranks.csv holds single respondents and is not "
        "meant to be passed on.",
        zh="随附数据文件载有全部数字；其中 ranks.csv 含单个填报单位的信息，不宜外传。",
    ),
)
TOTALS: Mapping[str, Text] = {
    "score": text(en="Score", zh="得分"),
    "baseline_score": text(en="Baseline score", zh="通用基准得分"),
}
