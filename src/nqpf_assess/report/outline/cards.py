"""Countermeasures: cards of what to do first, a table of what else fits, what was considered and why not."""

from collections.abc import Sequence

from nqpf_assess.engine.measures import NOT_SUITED
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.model.text import Text, text
from nqpf_assess.report.blocks import Block, Card, Column, Field, Inline, Matrix, Paragraph, Point, Run, Table, runs
from nqpf_assess.report.outline.case import Case, plain
from nqpf_assess.report.outline.citing import cited
from nqpf_assess.report.outline.headings import anchor_of
from nqpf_assess.report.outline.phrases import MEASURES, MORE_ROWS, counted, quoted, raised
from nqpf_assess.report.outline.shelf import Shelf, decides, joint_gain, measure_of
from nqpf_assess.report.plan_reason import first_reason
from nqpf_assess.report.wording import HORIZON_WORDS, TIER_WORDS, number, percent

MOST_POINTS = 14
MOST_ROWS = 80

# ── The section's lead ──

HEADLINE = text(
    en="{measures} to begin with; together they can add up to {gain} points",
    zh="先行推进{measures}，合计最多可提升总分{gain}分",
)
HEADLINE_PLAN = text(
    en="The plan: {measures} that together can add up to {gain} points",
    zh="行动方案共{measures}，合计最多可提升总分{gain}分",
)
HEADLINE_OPEN = text(en="{measures} to begin with", zh="先行推进{measures}")
HEADLINE_YET = text(en="No countermeasure can be chosen yet", zh="尚不能确定需要采取的措施")
HEADLINE_NONE = text(en="No countermeasure of the list is called for", zh="现有措施库中暂无需要采取的措施")
LEAD = text(
    en="Called for and suited to {conditions}: {fitting} of the {all} on the list. They are ordered by what each can "
    "add to the overall score for its effort; what must come first stands first, and what would add nothing to "
    "those before it stands in the annex. What a measure can add is the most that expert judgement allows, not a "
    "forecast.",
    zh="措施库共有{all}，其中既有需要又适合{conditions}的{fitting}项。以下按单位投入可提升的总分排序，前置措施在先，"
    "对前述措施无增益的列入附件。提升值为专家判断的上限，不是预测。",
)
LEAD_PLAN = text(
    en="The plan was chosen by {place} from {fitting} of the {all} on the list that are called for and suited to "
    "{conditions}: {measures} with an effort of {effort} in all. They stand by phase, and what must come first stands "
    "first. What a measure can add is the most that expert judgement allows, not a forecast.",
    zh="措施库共有{all}，其中既有需要又适合{conditions}的{fitting}项，{place}从中选定{measures}列入行动方案，投入合计{effort}。"
    "以下按阶段排列，前置措施在先。提升值为专家判断的上限，不是预测。",
)
FURTHER = text(
    en=" The first {front} are described here, the others of the plan in the annex.",
    zh="此处详列前{front}项，其余见附件。",
)
NOT_ANY_MORE = text(
    en=" Chosen as well, but not called for or not suited here by the present answers: {titles}.",
    zh="另有原已选定、但按现有作答暂不需要或不适合的措施：{titles}。",
)
CLOSES = text(
    en=" The {front} below can close up to {share} of the gap to the target.",
    zh="以下{front}最多可弥补距目标差距的{share}。",
)
LEAD_OPEN = text(
    en="Called for by what is answered so far: {fitting} of the {all} on the list. Without an overall score their "
    "gains cannot be worked out; those of the least effort stand first.",
    zh="措施库共有{all}，按现有作答需要采取的{fitting}项。因暂无总分，无法测算提升值，以下按投入由小到大列出。",
)
LEAD_NONE = text(
    en="Of the {all} on the list none is both called for by the scores and suited to {conditions}.",
    zh="措施库共有{all}，按现有得分和{conditions}，暂无需要采取的措施。",
)
LEAD_YET = text(
    en="Which of the {all} on the list are called for cannot be said before there are scores; the missing items come "
    "first.",
    zh="措施库共有{all}，须先补齐缺项，有得分后再判断哪些需要采取。",
)
HOLD = text(
    en=" What comes next is to hold what is reached and to review the targets at the next assessment.",
    zh="下一步重在巩固现有水平，并在下次评估时复核目标。",
)
FILL_IN = text(
    en=" More may be called for once the missing items are filled in; that comes first.",
    zh="下一步先补齐缺项，再行梳理需要采取的措施。",
)


def headline(case: Case, shelf: Shelf) -> str:
    """State what the measures come to."""
    gain = joint_gain(case, shelf.work)
    if not shelf.front:
        return case.say(HEADLINE_NONE if any(pillar.score is not None for pillar in case.pillars) else HEADLINE_YET)
    words = HEADLINE_OPEN if gain is None else HEADLINE_PLAN if shelf.planned else HEADLINE
    return case.say(words, measures=counted(case, len(shelf.work), MEASURES), gain=number(gain))


def lead(case: Case, shelf: Shelf) -> Paragraph:
    """Say how the measures were chosen."""
    gain, gap = joint_gain(case, shelf.work), case.card.overall.gap
    nothing = LEAD_NONE if any(pillar.score is not None for pillar in case.pillars) else LEAD_YET
    words = nothing if not shelf.fitting else LEAD if gain is not None else LEAD_OPEN
    every = counted(case, len(case.card.countermeasures), MEASURES)
    said = _plan_lead(case, shelf, every) if shelf.planned else case.say(words, fitting=len(shelf.fitting), all=every)
    if gain is not None and gap is not None and gap > gain > 0:
        said += case.say(CLOSES, front=counted(case, len(shelf.work), MEASURES), share=percent(gain / gap))
    if words is LEAD_NONE:
        said += case.say(HOLD if len(case.answered) == len(case.counting) else FILL_IN)
    return Paragraph(runs(said))


def _plan_lead(case: Case, shelf: Shelf, every: str) -> str:
    """Say what the plan is: how many measures, what effort, what stands elsewhere."""
    said = case.say(
        LEAD_PLAN,
        fitting=len(shelf.fitting),
        all=every,
        measures=counted(case, len(shelf.planned), MEASURES),
        effort=sum(row.effort for row in shelf.planned),
    )
    gap = " " if case.language == "en" else ""
    said += gap + first_reason([row.id for row in shelf.planned], case.card, case.questionnaire, case.language)
    if len(shelf.planned) > len(shelf.front):
        said += case.say(FURTHER, front=len(shelf.front))
    known, planned = case.questionnaire.countermeasures, {row.id for row in shelf.planned}
    gone = [case.tell(known[id].title) for id in case.answers.plan.chosen if id in known and id not in planned]
    return said + (case.say(NOT_ANY_MORE, titles=case.series(gone)) if gone else "")


# ── Cards ──

TITLE = text(en="{number}. {title}", zh="{number}. {title}")
BADGE = text(en="{gain} points", zh="总分{gain}分")
FIELD_CLOSES = text(en="Closes", zh="补短板")
FIELD_DECIDES = text(en="Who may decide", zh="决策层级")
FIELD_LEAD = text(en="Lead", zh="牵头{unit}")
FIELD_SUPPORT = text(en="With", zh="责任{unit}")
FIELD_EFFORT = text(en="Effort", zh="投入")
FIELD_HORIZON = text(en="Horizon", zh="时限")
FIELD_NEEDS = text(en="First", zh="前置措施")
FIELD_KPI = text(en="Measured by", zh="考核指标")
FIELD_SOURCE = text(en="Source", zh="依据")
FIELD_EXAMPLE = text(en="Example", zh="实例")
LIFT = text(en="{dimension} (up to {lift} points)", zh="{dimension}（最多提升{lift}分）")
NO_LIFT = text(en="{dimension} (no score yet)", zh="{dimension}（暂未评分）")
EFFORT = text(en="{effort} of 5", zh="{effort}级（共5级）")
DECIDES = {
    "here": text(en="{place} itself", zh="{place}可自行决定"),
    "ask": text(en="{tier}, to be asked for", zh="{tier}，需向上争取"),
    "coordinate": text(en="{tier}, to be agreed with them", zh="{tier}，需统筹协调"),
    "": text(en="{tier}", zh="{tier}"),
}
DECIDES_FIRM = {
    "here": text(en="{tier}", zh="{tier}"),
    "ask": text(en="{tier}, the firm has to apply", zh="{tier}，需由企业申请"),
}
KPI_NOTE = text(
    en="X and Y in a goal stand for figures that the lead {unit} sets before work begins.",
    zh="考核指标中的X、Y由牵头{unit}在启动前填定。",
)


def cards(case: Case, shelf: Shelf) -> list[Block]:
    """Describe the measures in front, one card each."""
    found: list[Block] = [card(case, shelf, row) for row in shelf.front]
    return [*found, Paragraph(runs(case.say(KPI_NOTE)), "note")] if found else []


def card(case: Case, shelf: Shelf, row: MeasureScore) -> Card:
    """Describe one measure."""
    measure = measure_of(case, row)
    title = case.say(TITLE, number=shelf.number(row.id), title=case.tell(measure.title))
    badge = "" if row.gain is None else case.say(BADGE, gain=number(row.gain, signed=True))
    anchor = anchor_of(case.language, f"measure-{row.id}")
    return Card(title, tuple(_fields(case, shelf, row)), runs(case.tell(measure.gist)), badge, anchor)


def _fields(case: Case, shelf: Shelf, row: MeasureScore) -> list[Field]:
    measure = measure_of(case, row)
    pairs: list[tuple[Text, Inline]] = [
        (FIELD_CLOSES, runs(closes(case, row))),
        (FIELD_LEAD, runs(case.tell(measure.lead))),
        (FIELD_SUPPORT, runs(case.tell(measure.support or {}))),
        (FIELD_EFFORT, runs(case.say(EFFORT, effort=row.effort))),
        (FIELD_HORIZON, runs(case.say(HORIZON_WORDS[measure.horizon]))),
        (FIELD_DECIDES, runs(who_decides(case, row))),
        (FIELD_NEEDS, _needs(case, shelf, row)),
        (FIELD_KPI, runs(case.tell(measure.kpi))),
        (FIELD_SOURCE, runs(cited(case, measure.sources))),
        (FIELD_EXAMPLE, runs(case.tell(measure.examples or {}))),
    ]
    return [Field(case.say(label), words) for label, words in pairs if any(run.text for run in words)]


def closes(case: Case, row: MeasureScore) -> str:
    """Say which gaps a measure closes, and by how much at most."""
    items = [
        case.say(LIFT if case.nodes[id].score is not None else NO_LIFT, dimension=case.short(id), lift=number(points))
        for id, points in row.lifts.items()
        if points > 0 or case.nodes[id].state == "no_score"
    ]
    return case.listed(items)


def who_decides(case: Case, row: MeasureScore) -> str:
    """Say who may decide a measure, seen from where the subject stands."""
    words = (DECIDES_FIRM if case.firm else DECIDES)[decides(case, row)]
    return raised(case.say(words, tier=TIER_WORDS[measure_of(case, row).acts]))


def _needs(case: Case, shelf: Shelf, row: MeasureScore) -> Inline:
    """Name what must come first and is not in place yet, with a link to its card where there is one."""
    fitting = {entry.id for entry in shelf.fitting}
    front = {entry.id for entry in shelf.front}
    found: list[Run] = []
    for id in measure_of(case, row).needs:
        if id in fitting:
            title = case.say(
                TITLE, number=shelf.number(id), title=case.tell(case.questionnaire.countermeasures[id].title)
            )
            target = f"#{anchor_of(case.language, f'measure-{id}')}" if id in front else ""
            found += [Run("; " if case.language == "en" else "；")] * bool(found) + [Run(title, link=target)]
    return tuple(found)


# ── The matrix ──

QUADRANTS = (
    text(en="Do first", zh="优先实施"),
    text(en="Plan well", zh="重点谋划"),
    text(en="Do in passing", zh="顺带推进"),
    text(en="Leave for now", zh="暂缓"),
)
EFFORT_AXIS = text(en="Effort, 1 to 5", zh="投入（1至5级）")
IMPACT_AXIS = text(en="Gain alone, points", zh="单项可提升总分")
MATRIX = text(en="Most for its effort: {title}", zh="单位投入收益最高：{title}")
MATRIX_ALT = text(
    en="Measures by effort and by what each alone can add: {items}.", zh="各措施的投入与单项可提升总分：{items}。"
)
MATRIX_ITEM = text(en="{number} {title}: effort {effort}, {gain}", zh="{number} {title}：投入{effort}，{gain}")


def matrix(case: Case, shelf: Shelf) -> list[Block]:
    """Set the gain of the first measures against their effort."""
    shown = [row for row in shelf.fitting[:MOST_POINTS] if row.gain is not None]
    if len(shown) < 2:
        return []
    points = tuple(
        Point(str(shelf.number(row.id)), case.tell(measure_of(case, row).title), row.effort, row.gain or 0.0)
        for row in shown
    )
    top = max(shown, key=lambda row: row.priority or 0.0)
    items = [
        case.say(MATRIX_ITEM, number=p.number, title=p.label, effort=int(p.effort), gain=number(p.impact, signed=True))
        for p in points
    ]
    names = tuple(case.say(words) for words in QUADRANTS)
    return [
        Matrix(
            points,
            (names[0], names[1], names[2], names[3]),
            case.say(EFFORT_AXIS),
            case.say(IMPACT_AXIS),
            case.say(MATRIX, title=case.tell(measure_of(case, top).title)),
            case.say(MATRIX_ALT, items=case.series(items)),
        )
    ]


# ── What was considered ──

FACT = text(en="“{fact}” {answer}", zh="“{fact}”{answer}")
CONSIDERED = text(en="Considered, not recommended here", zh="已考虑、暂不建议的措施")
MEASURE = text(en="Measure", zh="措施")
WHY_NOT = text(en="Why not here", zh="暂不建议的原因")
UNNEEDED = text(
    en="Not called for at present, because the dimensions they lift have reached their targets or the score up to "
    "which the measure helps, or are not assessed here: {titles}.",
    zh="所提升的维度已达到目标或触发线、或本次不评估，目前不需要的措施：{titles}。",
)
UNDECIDED = text(
    en="Not called for by what is answered so far; dimensions that they lift have no score yet: {titles}.",
    zh="按现有作答尚不能判断是否需要（所提升的维度作答不足）的措施：{titles}。",
)


CANNOT_JUDGE = text(en="Measures that cannot be judged yet", zh="尚不能判断的措施")


def considered_heading(case: Case, shelf: Shelf) -> str:
    """Head the list of what is not recommended, or cannot be judged yet."""
    judged = shelf.unsuited or any(not _undecided(case, row) for row in shelf.unneeded)
    return case.say(CONSIDERED if judged else CANNOT_JUDGE)


def considered(case: Case, shelf: Shelf) -> list[Block]:
    """List what was considered and is not recommended, with the reason."""
    found: list[Block] = []
    if not case.answered:
        return found
    if shelf.unsuited:
        rows = tuple(
            (runs(case.tell(measure_of(case, row).title)), runs(raised(_why_not(case, row)))) for row in shelf.unsuited
        )
        found.append(Table((Column(case.say(MEASURE), 1.0), Column(case.say(WHY_NOT), 2.0)), rows[:MOST_ROWS]))
    if shelf.unneeded:
        open_yet = {row.id for row in shelf.unneeded if _undecided(case, row)}
        for words, left in (
            (UNNEEDED, [row for row in shelf.unneeded if row.id not in open_yet]),
            (UNDECIDED, [row for row in shelf.unneeded if row.id in open_yet]),
        ):
            titles = [case.tell(measure_of(case, row).title) for row in left[:MOST_ROWS]]
            found += [Paragraph(runs(case.say(words, titles=case.series(titles))), "note")] if titles else []
    return found


BECAUSE = text(en="{why} ({facts})", zh="{why}（{facts}）")
NOT_SUITED_HERE = text(en="does not suit {conditions}", zh="不适合{conditions}")


def _why_not(case: Case, row: MeasureScore) -> str:
    """Give the reason; where it is only that local conditions speak against it, with these conditions."""
    why = plain(case.tell(row.why_not))
    measure = measure_of(case, row)
    decisive = (*subjects(measure.suits, "fact"), *subjects(measure.unsuits, "fact"))
    if row.why_not != NOT_SUITED or not decisive:
        return why
    why = case.say(NOT_SUITED_HERE)
    facts = [case.say(FACT, fact=quoted(case.title(id)), answer=case.answer(id)) for id in dict.fromkeys(decisive)]
    return case.say(BECAUSE, why=why, facts=case.series(facts))


def _undecided(case: Case, row: MeasureScore) -> bool:
    """Say whether a dimension that the measure lifts has too little answered to tell if it is needed."""
    return any(case.nodes[id].state == "no_score" for id in measure_of(case, row).lifts)


# ── The rest, in the annex ──

REST = text(en="Further measures that fit here", zh="其他可选措施")
IN_PLAN = text(en=" (in the plan)", zh="（已列入行动方案）")
REST_LEAD = text(
    en="These {measures} fit here as well. They follow the first ones in the order of what each can add for its "
    "effort.",
    zh="以下{measures}同样适用，按单位投入可提升的总分接续排列。",
)
REST_WHAT = text(en="Measure", zh="措施及内容")
REST_CLOSES = text(en="Closes; measured by", zh="补短板；考核指标")
REST_WHO = text(en="Who; effort; horizon", zh="牵头、决策、投入、时限")
REST_GAIN = text(en="Gain", zh="预计提升")


def rest(case: Case, shelf: Shelf) -> Sequence[Block]:
    """List the measures behind the first ones."""
    columns = (
        Column("№" if case.language == "en" else "序号", 0.4, "right"),
        Column(case.say(REST_WHAT), 3.4),
        Column(case.say(REST_CLOSES), 2.4),
        Column(case.say(REST_WHO), 1.7),
        Column(case.say(REST_GAIN), 0.7, "right"),
    )
    rows = tuple(_rest_row(case, shelf, row) for row in shelf.rest[:MOST_ROWS])
    note = case.say(MORE_ROWS, shown=MOST_ROWS, total=len(shelf.rest)) if len(shelf.rest) > MOST_ROWS else ""
    said = case.say(REST_LEAD, measures=counted(case, len(shelf.rest), MEASURES))
    return [Paragraph(runs(said)), Table(columns, rows, note=note)]


def _rest_row(case: Case, shelf: Shelf, row: MeasureScore) -> tuple[Inline, ...]:
    measure = measure_of(case, row)
    gap, stop = (" ", ". ") if case.language == "en" else ("", "。")
    needs = _needs(case, shelf, row)
    first = (Run(stop + case.say(FIELD_NEEDS) + ("：" if case.language == "zh" else ": ")), *needs) if needs else ()
    who = (
        case.tell(measure.lead),
        who_decides(case, row),
        case.say(EFFORT, effort=row.effort),
        case.say(HORIZON_WORDS[measure.horizon]),
    )
    return (
        runs(str(shelf.number(row.id))),
        (
            Run(case.tell(measure.title) + (case.say(IN_PLAN) if row in shelf.planned else ""), bold=True),
            Run(stop + plain(case.tell(measure.gist))),
            *first,
            Run(stop.strip()),
        ),
        runs(stop.join((closes(case, row), case.tell(measure.kpi))) + gap.strip()),
        runs(case.series(who)),
        runs(number(row.gain, signed=True)),
    )
