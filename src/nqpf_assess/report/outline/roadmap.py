"""The road map: when each measure is due, phases, calendar, division of work, what has to be asked for from above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nqpf_assess.locale import _
from nqpf_assess.model.questionnaire import HORIZONS
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.report.blocks import (
    Block,
    Bullets,
    Gantt,
    GanttTask,
    Inline,
    Paragraph,
    Run,
    Table,
    TableColumn,
    cells,
    runs,
)
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.measures import Shelf, closes, decides, joint_gain, measure_of
from nqpf_assess.report.outline.phrases import QUESTIONS, cited, counted, day, month_of, raised
from nqpf_assess.report.wording import HORIZON_WORDS, NO_FIGURE, TIER_WORDS, number

# ── When measures are due ──

QUARTERS: Mapping[str, int] = {"short": 4, "medium": 12, "long": 20}
"""Quarters within which a measure of each horizon is done."""


@dataclass(frozen=True, slots=True)
class ScheduleSlot:
    """When a measure runs, in quarters from the first of the first year shown; `deadline` is a year and month."""

    phase: str
    start: float
    end: float
    year: int
    month: int


@dataclass(frozen=True)
class Schedule:
    """Slots by measure, and the years from the first to the last quarter."""

    slots: Mapping[str, ScheduleSlot]
    years: tuple[int, ...]


def schedule(case: Case, rows: Sequence[MeasureScore]) -> Schedule:
    """Put measures on the calendar. Work begins with the quarter after the report; what others need comes first."""
    year, quarter = first_quarter(case.date)
    chosen = {row.id for row in rows}
    needs = {row.id: [id for id in measure_of(case, row).needs if id in chosen] for row in rows}
    phases = {row.id: _phase(case, row.id, needs) for row in rows}
    slots: dict[str, ScheduleSlot] = {}
    for row in rows:  # prerequisites stand before what needs them
        end = _end(row.id, needs, phases)
        start = max((slots[id].end - quarter for id in needs[row.id]), default=0.0)
        last = int(quarter + end) - 1
        slots[row.id] = ScheduleSlot(
            phases[row.id], quarter + min(start, end - 1), quarter + end, year + last // 4, 3 * (last % 4 + 1)
        )
    years = range(year, max((slot.year for slot in slots.values()), default=year) + 1)
    return Schedule(slots, tuple(years))


def first_quarter(date: str) -> tuple[int, int]:
    """Return the year of the quarter that follows a date, and its place in that year from 0."""
    year, month = int(date[:4]), int(date[5:7])
    following = (month - 1) // 3 + 1
    return year + following // 4, following % 4


def _phase(case: Case, id: str, needs: Mapping[str, Sequence[str]]) -> str:
    own = HORIZONS.index(case.questionnaire.countermeasures[id].horizon)
    return HORIZONS[max([own, *(HORIZONS.index(_phase(case, n, needs)) for n in needs[id])])]


def _end(id: str, needs: Mapping[str, Sequence[str]], phases: Mapping[str, str]) -> float:
    """Give the quarter by which a measure is done: its phase's last, or halfway where one of its phase waits for it."""
    waiting = [other for other, before in needs.items() if id in before and phases[other] == phases[id]]
    whole = QUARTERS[phases[id]]
    return whole if not waiting else max(1.0, float(int(min(_end(other, needs, phases) for other in waiting) / 2)))


MOST_ASKED = 8

HEADLINE = _("First measures done by {first}, all by {last}")
HEADLINE_ONE = _("All first measures are due by {first}")


def headline(case: Case, shelf: Shelf) -> str:
    """State when the work is done."""
    slots = schedule(case, shelf.work).slots.values()
    months = sorted({(slot.year, slot.month) for slot in slots})
    told = [month_of(case, year, month) for year, month in months]
    return case.say(HEADLINE if len(told) > 1 else HEADLINE_ONE, first=told[0], last=told[-1])


# ── Phases and calendar ──

LEAD = _(
    "Deadlines follow from each measure's horizon and the date of this report ({date}); the lead {units} confirm "
    "them. What another measure needs is due before it."
)
PHASE_NOTE = _(
    "The score after a phase is the overall score recalculated with all measures up to it, before floors; the "
    "most that expert judgement allows, not a forecast."
)


def phases(case: Case, shelf: Shelf, plan: Schedule) -> list[Block]:
    """Sum up each phase: its measures, their effort, the score it can lead to."""
    rows: list[tuple[Inline, ...]] = []
    done: list[MeasureScore] = []
    for phase in HORIZONS:
        here = [row for row in shelf.work if plan.slots[row.id].phase == phase]
        if here:
            done += here
            titles = case.series(case.tell(measure_of(case, row).title) for row in here)
            words = case.say(HORIZON_WORDS[phase])
            row = cells(raised(words), titles, str(sum(entry.effort for entry in here)))
            uncapped, gain = case.card.overall.uncapped, joint_gain(case, done)
            rows.append(row if uncapped is None or gain is None else (*row, runs(number(uncapped + gain))))
    scored = case.card.overall.uncapped is not None
    columns = (
        TableColumn(case.say(_("Phase")), 1.1),
        TableColumn(case.say(_("Measures")), 3.6),
        TableColumn(case.say(_("Total effort")), 0.7, "right"),
        *((TableColumn(case.say(_("Score after it")), 0.9, "right"),) if scored else ()),
    )
    return [
        Table(
            columns,
            tuple(rows),
            case.say(_("Phases and what they can add up to")),
            case.say(PHASE_NOTE) if scored else "",
        )
    ]


def calendar(case: Case, shelf: Shelf, plan: Schedule) -> Gantt:
    """Draw the measures in front on the calendar."""
    ordered = sorted(shelf.work, key=lambda row: HORIZONS.index(plan.slots[row.id].phase))
    tasks = []
    for row in ordered:
        slot = plan.slots[row.id]
        label = f"{shelf.number(row.id)}. {case.tell(measure_of(case, row).title)}"
        words = case.say(HORIZON_WORDS[slot.phase])
        tasks.append(GanttTask(label, slot.start, slot.end, raised(words), deadline(case, slot)))
    items = [
        case.say(
            _("{title} by {deadline}"),
            title=case.tell(measure_of(case, row).title),
            deadline=deadline(case, plan.slots[row.id]),
        )
        for row in ordered
    ]
    alt = case.say(_("Road map by quarters: {items}."), items=case.series(items))
    return Gantt(tuple(tasks), tuple(str(year) for year in plan.years), case.say(_("Road map by quarters")), alt)


def deadline(case: Case, slot: ScheduleSlot) -> str:
    """Write a deadline as year and month."""
    return month_of(case, slot.year, slot.month)


# ── Division of work ──

DIVISION_NOTE = _("Names of {units} are the usual ones and may be changed. X and Y are set by the lead {unit}.")


def division(case: Case, shelf: Shelf, plan: Schedule) -> Table:
    """State who does what by when."""
    columns = (
        TableColumn(case.say(_("No.")), 0.45, "right"),
        TableColumn(case.say(_("Task")), 1.8),
        TableColumn(case.say(_("Measurable goal")), 2.2),
        TableColumn(case.say(_("Lead {unit}")), 1.0),
        TableColumn(case.say(_("Supporting {units}")), 1.2),
        TableColumn(case.say(_("Deadline")), 1.0),
        TableColumn(case.say(_("Source in this assessment")), 1.6),
    )
    rows = []
    for row in shelf.work:
        measure = measure_of(case, row)
        names = case.listed([case.short(id) for id, points in row.lifts.items() if points > 0] or [NO_FIGURE])
        source = cited(
            case, [source for source in measure.sources if source.startswith("paper")] or measure.sources[:1]
        )
        origin = case.say(_("Gap: {gaps}. {source}"), gaps=names, source=source)
        support = case.tell(measure.support or {}) or NO_FIGURE
        rows.append(
            (
                runs(str(shelf.number(row.id))),
                runs(Run(case.tell(measure.title), bold=True)),
                runs(case.tell(row.kpi.filled(measure.kpi))),
                runs(case.tell(measure.lead)),
                runs(support),
                runs(deadline(case, plan.slots[row.id])),
                runs(origin),
            )
        )
    return Table(columns, tuple(rows), case.say(_("Division of work")), case.say(DIVISION_NOTE))


# ── Do here, ask upward, coordinate ──

HERE = _("{Place} can begin with these itself: {titles}.")
ASK = _("To be asked for from above: {titles}.")
COORDINATE = _("To be agreed with others below or beside: {titles}.")
UNKNOWN = _("The fact “tier” is not answered, so it cannot be said which of these {place} may decide itself.")


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
    return case.tell(measure.title) + case.grammar.bracketed(tier)


# ── What to ask for ──

SUPPORT = _("Support that is needed")
ASKED_CAPTION_FIRM = _("Resting on public programmes: to be applied for")
NOTHING_ASKED_FIRM = _("All measures that fit can be decided by the firm itself; nothing has to be applied for.")
ASK_FIRM = _("To be applied for: {titles}.")
ASKED_CAPTION = _("Above what {place} may decide: to be asked for")
DATA = _("Answers are still missing to {questions}; who usually holds them is listed under “Missing items”.")
NOTHING_ASKED = _("All measures that fit can be decided by {place} itself; nothing has to be asked for from above.")
ASKED_NOTE = _(
    "These are all the measures that fit here and lie above what {place} may decide, also those of the annex."
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
        TableColumn(case.say(_("Request")), 2.4),
        TableColumn(case.say(_("Who decides")), 0.9),
        TableColumn(case.say(_("What for")), 2.0),
        TableColumn(case.say(_("Prepared by")), 1.1),
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
    """State how many answers have to be got from others."""
    count = len(case.counting) - len(case.answered)
    if not count:
        return []
    return [Paragraph(runs(case.say(DATA, questions=counted(case, count, QUESTIONS))))]


def roadmap_lead(case: Case) -> Paragraph:
    """State where the deadlines come from."""
    return Paragraph(runs(case.say(LEAD, date=day(case))))


def plan_of(case: Case, shelf: Shelf) -> Schedule:
    """Put the measures in front on the calendar."""
    return schedule(case, shelf.work)
