"""The road map: phases, calendar, division of work, and what has to be asked for from above."""

from collections.abc import Sequence

from nqpf_assess.model.questionnaire import HORIZONS
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.model.text import text
from nqpf_assess.report.blocks import Block, Bullets, Column, Gantt, Inline, Paragraph, Run, Table, Task, cells, runs
from nqpf_assess.report.outline.cards import closes
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.citing import cited
from nqpf_assess.report.outline.phrases import QUESTIONS, counted, raised
from nqpf_assess.report.outline.schedule import Schedule, Slot, schedule
from nqpf_assess.report.outline.shelf import Shelf, decides, joint_gain, measure_of
from nqpf_assess.report.outline.summary import DEADLINE
from nqpf_assess.report.wording import HORIZON_WORDS, NO_FIGURE, TIER_WORDS, number

MOST_ASKED = 8

HEADLINE = text(en="First measures done by {first}, all by {last}", zh="{first}前完成首批任务，{last}前全部完成")
HEADLINE_ONE = text(en="All first measures are due by {first}", zh="首批措施均于{first}前完成")


def headline(case: Case, shelf: Shelf) -> str:
    """State when the work is done."""
    slots = schedule(case, shelf.work).slots.values()
    months = sorted({(slot.year, slot.month) for slot in slots})
    told = [case.say(DEADLINE, year=year, month=month) for year, month in months]
    return case.say(HEADLINE if len(told) > 1 else HEADLINE_ONE, first=told[0], last=told[-1])


# ── Phases and calendar ──

LEAD = text(
    en="Deadlines follow from each measure's horizon and the date of this report ({date}); the lead {units} confirm "
    "them. What another measure needs is due before it.",
    zh="完成时限按各项措施的时限和报告日期（{date}）推算，由牵头{unit}确认；前置措施先行完成。",
)
PHASE = text(en="Phase", zh="阶段")
PHASE_MEASURES = text(en="Measures", zh="措施")
PHASE_EFFORT = text(en="Effort", zh="投入合计")
PHASE_GAIN = text(en="Score after it", zh="阶段末总分可达")
PHASE_CAPTION = text(en="Phases and what they can add up to", zh="分阶段任务与预期")
PHASE_NOTE = text(
    en="The score after a phase is the overall score recalculated with all measures up to it, before floors; the "
    "most that expert judgement allows, not a forecast.",
    zh="阶段末总分为计入截至该阶段全部措施后重新计算的得分（未计底线），为专家判断的上限，不是预测。",
)


def phases(case: Case, shelf: Shelf, plan: Schedule) -> list[Block]:
    """Sum up each phase: its measures, their effort, the score it can lead to."""
    rows: list[tuple[Inline, ...]] = []
    done: list[MeasureScore] = []
    for phase in HORIZONS:
        here = [row for row in shelf.work if plan.slots[row.id].phase == phase]
        if here:
            done += here
            rows.append(_phase_row(case, phase, here, done))
    scored = case.card.overall.uncapped is not None
    columns = (
        Column(case.say(PHASE), 1.1),
        Column(case.say(PHASE_MEASURES), 3.6),
        Column(case.say(PHASE_EFFORT), 0.7, "right"),
        *((Column(case.say(PHASE_GAIN), 0.9, "right"),) if scored else ()),
    )
    return [Table(columns, tuple(rows), case.say(PHASE_CAPTION), case.say(PHASE_NOTE) if scored else "")]


def _phase_row(
    case: Case, phase: str, here: Sequence[MeasureScore], done: Sequence[MeasureScore]
) -> tuple[Inline, ...]:
    titles = case.series(case.tell(measure_of(case, row).title) for row in here)
    words = case.say(HORIZON_WORDS[phase])
    row = cells(raised(words), titles, str(sum(entry.effort for entry in here)))
    uncapped, gain = case.card.overall.uncapped, joint_gain(case, done)
    return row if uncapped is None or gain is None else (*row, runs(number(uncapped + gain)))


CALENDAR = text(en="Road map by quarters", zh="分季度推进安排")
CALENDAR_ALT = text(en="Road map by quarters: {items}.", zh="分季度推进安排：{items}。")
CALENDAR_ITEM = text(en="{title} by {deadline}", zh="{title}，{deadline}前完成")


def calendar(case: Case, shelf: Shelf, plan: Schedule) -> Gantt:
    """Draw the measures in front on the calendar."""
    ordered = sorted(shelf.work, key=lambda row: HORIZONS.index(plan.slots[row.id].phase))
    tasks = tuple(_task(case, shelf, row, plan.slots[row.id]) for row in ordered)
    items = [
        case.say(
            CALENDAR_ITEM, title=case.tell(measure_of(case, row).title), deadline=deadline(case, plan.slots[row.id])
        )
        for row in ordered
    ]
    alt = case.say(CALENDAR_ALT, items=case.series(items))
    return Gantt(tasks, tuple(str(year) for year in plan.years), case.say(CALENDAR), alt)


def _task(case: Case, shelf: Shelf, row: MeasureScore, slot: Slot) -> Task:
    label = f"{shelf.number(row.id)}. {case.tell(measure_of(case, row).title)}"
    words = case.say(HORIZON_WORDS[slot.phase])
    return Task(label, slot.start, slot.end, raised(words), deadline(case, slot))


def deadline(case: Case, slot: Slot) -> str:
    """Write a deadline as year and month."""
    return case.say(DEADLINE, year=slot.year, month=slot.month)


# ── Division of work ──

DIVISION = text(en="Division of work", zh="任务分工表")
NO = text(en="No.", zh="序号")
TASK = text(en="Task", zh="任务")
GOAL = text(en="Measurable goal", zh="量化目标")
LEAD_UNIT = text(en="Lead {unit}", zh="牵头{unit}")
WITH = text(en="Supporting {units}", zh="责任{unit}")
DUE = text(en="Deadline", zh="完成时限")
ORIGIN = text(en="Source in this assessment", zh="来源")
ORIGIN_WORDS = text(en="Gap: {gaps}. {source}", zh="差距：{gaps}。{source}")
DIVISION_NOTE = text(
    en="Names of {units} are the usual ones and may be changed. X and Y are set by the lead {unit}.",
    zh="{unit}名称为常用名称，可按实际调整；X、Y由牵头{unit}填定。",
)


def division(case: Case, shelf: Shelf, plan: Schedule) -> Table:
    """Say who does what by when."""
    columns = (
        Column(case.say(NO), 0.45, "right"),
        Column(case.say(TASK), 1.8),
        Column(case.say(GOAL), 2.2),
        Column(case.say(LEAD_UNIT), 1.0),
        Column(case.say(WITH), 1.2),
        Column(case.say(DUE), 1.0),
        Column(case.say(ORIGIN), 1.6),
    )
    rows = tuple(_division_row(case, shelf, row, plan.slots[row.id]) for row in shelf.work)
    return Table(columns, rows, case.say(DIVISION), case.say(DIVISION_NOTE))


def _division_row(case: Case, shelf: Shelf, row: MeasureScore, slot: Slot) -> tuple[Inline, ...]:
    measure = measure_of(case, row)
    names = case.listed([case.short(id) for id, points in row.lifts.items() if points > 0] or [NO_FIGURE])
    source = cited(case, [source for source in measure.sources if source.startswith("paper")] or measure.sources[:1])
    origin = case.say(ORIGIN_WORDS, gaps=names, source=source)
    support = case.tell(measure.support or {}) or NO_FIGURE
    return (
        runs(str(shelf.number(row.id))),
        runs(Run(case.tell(measure.title), bold=True)),
        runs(case.tell(measure.kpi)),
        runs(case.tell(measure.lead)),
        runs(support),
        runs(deadline(case, slot)),
        runs(origin),
    )


# ── Do here, ask upward, coordinate ──

HERE = text(en="{Place} can begin with these itself: {titles}.", zh="{place}可自行启动：{titles}。")
ASK = text(en="To be asked for from above: {titles}.", zh="需向上争取：{titles}。")
COORDINATE = text(en="To be agreed with others below or beside: {titles}.", zh="需统筹协调：{titles}。")
UNKNOWN = text(
    en="The fact “tier” is not answered, so it cannot be said which of these {place} may decide itself.",
    zh="“所属层级”未填写，无法判断哪些措施可由{place}自行决定。",
)


def powers(case: Case, shelf: Shelf) -> list[Block]:
    """Sort the measures in front by who may decide them."""
    if not case.place.tier:
        return [Paragraph(runs(case.say(UNKNOWN)))]
    items: list[Inline] = []
    ask = ASK_FIRM if case.firm else ASK
    for kind, words in (("here", HERE), ("ask", ask), ("coordinate", COORDINATE)):
        titles = [_with_tier(case, row, kind) for row in shelf.work if decides(case, row) == kind]
        if titles:
            items.append(runs(case.say(words, titles=case.series(titles))))
    return [Bullets(tuple(items))]


def _with_tier(case: Case, row: MeasureScore, kind: str) -> str:
    measure = measure_of(case, row)
    if kind == "here":
        return case.tell(measure.title)
    tier = case.say(TIER_WORDS[measure.acts])
    return case.tell(measure.title) + (f" ({tier})" if case.language == "en" else f"（{tier}）")


# ── What to ask for ──

SUPPORT = text(en="Support that is needed", zh="需要支持的事项")
ASKED = text(en="Measure", zh="事项")
ASKED_TIER = text(en="Who decides", zh="决策层级")
ASKED_FOR = text(en="What for", zh="用于补强")
ASKED_WHO = text(en="Prepared by", zh="拟办{unit}")
ASKED_CAPTION_FIRM = text(
    en="Resting on public programmes: to be applied for",
    zh="依托政府项目、需由{place}提出申请的措施",
)
NOTHING_ASKED_FIRM = text(
    en="All measures that fit can be decided by the firm itself; nothing has to be applied for.",
    zh="现有适用措施均可由{place}自行决定，无需另行申请。",
)
ASK_FIRM = text(en="To be applied for: {titles}.", zh="需提出申请：{titles}。")
ASKED_CAPTION = text(
    en="Above what {place} may decide: to be asked for",
    zh="超出{place}决策权限、建议提请支持的措施",
)
DATA = text(
    en="Answers are still missing to {questions}; who usually holds them is listed under “Missing items”.",
    zh="尚有{questions}未作答，需协调掌握情况的{unit}提供，详见“缺项清单”。",
)
NOTHING_ASKED = text(
    en="All measures that fit can be decided by {place} itself; nothing has to be asked for from above.",
    zh="现有适用措施均可由{place}自行决定，暂无需上级批准的事项。",
)
ASKED_NOTE = text(
    en="These are all the measures that fit here and lie above what {place} may decide, also those of the annex.",
    zh="含附件所列适用措施中超出{place}决策权限的全部事项。",
)


def asked_for(case: Case, shelf: Shelf) -> list[Block]:
    """List what lies above the subject's own powers."""
    rows = [row for row in shelf.fitting if decides(case, row) == "ask"]
    if not rows:
        nothing = (
            [Paragraph(runs(case.say(NOTHING_ASKED_FIRM if case.firm else NOTHING_ASKED)))]
            if case.place.tier and shelf.fitting
            else []
        )
        return [*nothing, *_data(case)]
    columns = (
        Column(case.say(ASKED), 2.4),
        Column(case.say(ASKED_TIER), 0.9),
        Column(case.say(ASKED_FOR), 2.0),
        Column(case.say(ASKED_WHO), 1.1),
    )
    shown = tuple(
        cells(
            case.tell(measure_of(case, row).title),
            case.say(TIER_WORDS[measure_of(case, row).acts]),
            closes(case, row) or NO_FIGURE,
            case.tell(measure_of(case, row).lead),
        )
        for row in rows[:MOST_ASKED]
    )
    caption = case.say(ASKED_CAPTION_FIRM if case.firm else ASKED_CAPTION)
    return [Table(columns, shown, caption, case.say(ASKED_NOTE)), *_data(case)]


def _data(case: Case) -> list[Block]:
    """Say how many answers have to be got from others."""
    count = len(case.counting) - len(case.answered)
    if not count:
        return []
    return [Paragraph(runs(case.say(DATA, questions=counted(case, count, QUESTIONS))))]


def roadmap_lead(case: Case) -> Paragraph:
    """Say where the deadlines come from."""
    return Paragraph(runs(case.say(LEAD, date=day(case))))


DAY = text(en="{year}-{month}-{day}", zh="{year}年{month}月{day}日")


def day(case: Case) -> str:
    """Write the report's date."""
    year, month, day_of_month = case.date.split("-")
    return case.say(DAY, year=year, month=month, day=day_of_month)


def plan_of(case: Case, shelf: Shelf) -> Schedule:
    """Put the measures in front on the calendar."""
    return schedule(case, shelf.work)
