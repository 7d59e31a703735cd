"""The road map: when each measure runs, phases, calendar, division of work, what has to be asked for from above."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.gaps import Gain, gain_of_set
from nqpf_assess.engine.planning.steps import months_of, phases_of
from nqpf_assess.locale import _, _c
from nqpf_assess.model.questionnaire import HORIZONS, Countermeasure
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.report.blocks import (
    Block,
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
from nqpf_assess.report.outline.measures import closed_words, gone_words, missing_words, progress, unsure_words
from nqpf_assess.report.outline.phrases import cited, day_of, month_of, points, raised
from nqpf_assess.report.outline.shelf import Shelf, decides, joint_gain, measure_of
from nqpf_assess.report.wording import (
    ALIKE,
    HORIZON_WORDS,
    NO_FIGURE,
    TIER_WORDS,
    difference,
    number,
    raised_by,
    rounded,
)

FIRST_STEP = timedelta(days=100)
"""Within so many days from its beginning the first step of a measure is done."""

YEAR = 12


@dataclass(frozen=True, slots=True)
class Task:
    """One measure on the calendar. `start`, `end`: whole months from the beginning of the agenda; `needs`: ids.

    `cumulative`: points that it and all before it bring, after floors, rounded as printed; `gain`: what it adds to
    those before it, so that printed gains add up to the digit; `free`: the same but for the floors. None without an
    overall score.
    """

    row: MeasureScore
    measure: Countermeasure
    start: int
    end: int
    needs: tuple[str, ...]
    gain: float | None
    cumulative: float | None
    free: float | None

    @property
    def id(self) -> str:
        """The measure's id."""
        return self.row.id

    @property
    def check(self) -> int:
        """The month at whose end its course is checked: halfway, so that there is still time to mend it."""
        return -(-(self.start + self.end) // 2)


@dataclass(frozen=True)
class Agenda:
    """The tasks in the order of the plan. `begins`: first day of the month in which the work begins."""

    tasks: tuple[Task, ...]
    begins: date

    @cached_property
    def by_id(self) -> Mapping[str, Task]:
        """Tasks by measure."""
        return {task.id: task for task in self.tasks}

    def last_day(self, month: int) -> date:
        """Return the day at which so many months of the agenda are over."""
        years, index = divmod(self.begins.month - 1 + month - 1, YEAR)
        year = self.begins.year + years
        return date(year, index + 1, monthrange(year, index + 1)[1])

    def first_day(self, month: int) -> date:
        """Return the day on which the month after so many begins."""
        return self.last_day(month) + timedelta(days=1) if month else self.begins

    def due(self, task: Task) -> date:
        """Return the day by which a task is done."""
        return self.last_day(task.end)

    def first_step(self, task: Task) -> date:
        """Return the day by which its first step is done: before its course is checked, else there is none yet."""
        return min(self.first_day(task.start) + FIRST_STEP, self.last_day(task.check))

    def quarter(self, day: date) -> float:
        """Return a day's place on the calendar, in quarters from the first of the first year."""
        within = (day.day - 1) / monthrange(day.year, day.month)[1]
        return 4 * (day.year - self.begins.year) + (day.month - 1 + within) / 3


def gains_of(agenda: Agenda) -> Mapping[str, float | None]:
    """Return what each task adds to those before it, as printed."""
    return {task.id: task.gain for task in agenda.tasks}


def agenda_of(case: Case, rows: Sequence[MeasureScore]) -> Agenda:
    """Put measures on the calendar, in the order given; what another needs stands before it."""
    day = date.fromisoformat(case.date)
    begins = day if day.day == 1 else date(day.year + day.month // YEAR, day.month % YEAR + 1, 1)
    measures = case.questionnaire.countermeasures
    months = months_of(case.assessed, [row.id for row in rows])
    scored = case.card.overall.uncapped is not None
    tasks: list[Task] = []
    exact = before = Gain(0.0, 0.0)
    for place, row in enumerate(rows):
        measure = measures[row.id]
        starts, end = months[row.id]
        needs = tuple(need for need in measure.needs if need in months)
        so_far = [measures[entry.id] for entry in rows[: place + 1]]
        if not scored:
            tasks.append(Task(row, measure, starts, end, needs, None, None, None))
            continue
        last, exact = exact, gain_of_set(case.assessed, so_far)
        total = Gain(*(float(rounded(points)) for points in exact))
        free, gain = (float(rounded(now - then)) for now, then in zip(total, before, strict=True))
        if abs((exact.points - last.points) - (exact.after_floors - last.after_floors)) < ALIKE:
            free = gain  # two roundings are no floor
        before = total
        tasks.append(Task(row, measure, starts, end, needs, gain, total.after_floors, free))
    return Agenda(tuple(tasks), begins)


HEADLINE = _("First measures done by {first}, all by {last}")
HEADLINE_ONE = _("All first measures are due by {first}")


def headline(case: Case, shelf: Shelf) -> str:
    """State when the work is done."""
    agenda = agenda_of(case, shelf.work)
    days = sorted({agenda.due(task) for task in agenda.tasks})
    told = [month_of(case, day) for day in days]
    return case.say(HEADLINE if len(told) > 1 else HEADLINE_ONE, first=told[0], last=told[-1])


# ── Phases and calendar ──

LEAD = _(
    "The work begins in {month}, the month after this report; deadlines follow from what each measure takes, and the "
    "lead {units} confirm them. What another measure needs is due no later than it."
)
LEAD_NOW = _(
    "The work begins in {month}; deadlines follow from what each measure takes, and the lead {units} confirm them. "
    "What another measure needs is due no later than it."
)
PHASE_NOTE = _(
    "The score after a phase is the overall score recalculated with all measures up to it, after floors; the "
    "most that expert judgement allows, not a forecast."
)


def phases(case: Case, shelf: Shelf) -> list[Block]:
    """Sum up each phase: its measures, their effort, the score it can lead to."""
    rows: list[tuple[Inline, ...]] = []
    done: list[MeasureScore] = []
    of = phases_of(case.assessed, [row.id for row in shelf.work])
    for phase in HORIZONS:
        here = [row for row in shelf.work if of[row.id] == phase]
        if here:
            done += here
            titles = case.series(case.tell(measure_of(case, row).title) for row in here)
            words = case.say(HORIZON_WORDS[phase])
            row = cells(raised(words), titles, str(sum(entry.effort for entry in here)))
            score, gain = case.card.overall.score, joint_gain(case, done)
            rows.append(row if score is None or gain is None else (*row, runs(number(raised_by(score, gain)))))
    scored = case.card.overall.uncapped is not None
    columns = (
        TableColumn(case.say(_("Phase")), 1.1),
        TableColumn(case.say(_("Measures")), 3.6),
        TableColumn(case.say(_("Effort in it")), 0.7, "right"),
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


CALENDAR = _("Road map by quarters: everything done by {last}")
CALENDAR_ITEM = _("{title}: first step by {first}, checked on {check}, done by {done}")


def calendar(case: Case, shelf: Shelf, agenda: Agenda) -> Gantt:
    """Draw the work on the calendar: begin, first step, check and end of each measure, and what waits for what."""
    places = {task.id: place for place, task in enumerate(agenda.tasks)}
    items, tasks = [], []
    for task in agenda.tasks:
        title = case.tell(task.measure.title) + progress(case, task.id)
        step, check, due = agenda.first_step(task), agenda.last_day(task.check), agenda.due(task)
        tasks.append(
            GanttTask(
                f"{shelf.number(task.id)}. {title}",
                agenda.quarter(agenda.first_day(task.start)),
                agenda.quarter(agenda.first_day(task.end)),
                milestone=month_of(case, due),
                first_step=agenda.quarter(step),
                checks=(agenda.quarter(check),),
                needs=tuple(places[id] for id in task.needs if id in places),
            )
        )
        words = {"first": day_of(case, step), "check": day_of(case, check), "done": day_of(case, due)}
        items.append(case.say(CALENDAR_ITEM, title=title, **words))
    last = max(agenda.due(task) for task in agenda.tasks)
    return Gantt(
        tuple(tasks),
        tuple(map(str, range(agenda.begins.year, last.year + 1))),
        case.say(CALENDAR, last=day_of(case, last)),
        case.say(_("Road map by quarters: {items}."), items=case.series(items)),
        first_step_name=case.say(_("first step")),
        check_name=case.say(_c("on the road map", "check")),
        end_name=case.say(_c("on the road map", "done")),
        needs_name=case.say(_("must be done before")) if any(task.needs for task in tasks) else "",
    )


# ── Division of work ──

DIVISION_NOTE = _("Names of {units}, and goals without a figure of today, are the usual ones and may be changed.")
GAIN_NOTE = _(
    "Adds up to: what the overall score gains once this task and all above it are done, also those due later, after "
    "floors, rounded to one decimal; the most that expert judgement allows, not a forecast."
)

SHEET_NOTE = _("By the follow-up sheet: {titles}.")
HELD_NOTE = _("Once all tasks are done, floors still keep {points} from counting.")


def division(case: Case, shelf: Shelf, agenda: Agenda) -> Table:
    """State who does what by when, how far the follow-up sheet has it, and what all of it up to there brings."""
    scored = any(task.cumulative is not None for task in agenda.tasks)
    columns = (
        TableColumn(case.say(_("No.")), 0.45, "right"),
        TableColumn(case.say(_("Task")), 1.85),
        TableColumn(case.say(_("Measurable goal")), 2.5),
        TableColumn(case.say(_("Lead {unit}")), 1.2),
        TableColumn(case.say(_("Supporting {units}")), 1.9),
        TableColumn(case.say(_("Deadline")), 1.1),
        *((TableColumn(case.say(_("Adds up to")), 0.85, "right"),) if scored else ()),
    )
    rows = tuple(
        (
            runs(str(shelf.number(task.id))),
            runs(Run(case.tell(task.measure.title), bold=True)),
            runs(case.tell(task.row.kpi.filled(task.measure.kpi))),
            runs(case.tell(task.measure.lead)),
            runs(case.tell(task.measure.support or {}) or NO_FIGURE),
            runs(month_of(case, agenda.due(task))),
            *((runs(number(task.cumulative, signed=True)),) if scored else ()),
        )
        for task in agenda.tasks
    )
    said = [case.say(DIVISION_NOTE), case.say(GAIN_NOTE) if scored else ""]
    if scored and (held := held_after(case, agenda.tasks)):
        said.append(case.say(HELD_NOTE, points=points(case, held)))
    begun = [(task, stands) for task in agenda.tasks if (stands := progress(case, task.id))]
    if begun:
        said.append(case.say(SHEET_NOTE, titles=case.series(case.tell(task.measure.title) + at for task, at in begun)))
    said.append(unsure_words(case, [task.row for task in agenda.tasks]))
    waiting = missing_words(case, shelf, [task.id for task in agenda.tasks])
    note = case.grammar.paragraph([*said, closed_words(case, shelf), waiting, gone_words(case, shelf)])
    return Table(columns, rows, case.say(_("Division of work")), note)


def held_after(case: Case, tasks: Sequence[Task]) -> float:
    """Return what a floor still holds once some tasks are done, of today's score and of what they bring."""
    overall, brought = case.card.overall, gain_of_set(case.assessed, [task.measure for task in tasks])
    taken = (overall.uncapped or 0.0) - (overall.score or 0.0)
    if taken + brought.points - brought.after_floors < TOLERANCE:
        return 0.0
    printed = (difference(overall.score, overall.uncapped), difference(brought.after_floors, brought.points))
    return max(float(rounded(sum(part or 0.0 for part in printed))), 0.0)


def origins(case: Case, shelf: Shelf) -> Table:
    """State for each task which gaps it works on, and which source it follows."""
    columns = (
        TableColumn(case.say(_("No.")), 0.4, "right"),
        TableColumn(case.say(_("Task")), 2.4),
        TableColumn(case.say(_("Gaps")), 2.4),
        TableColumn(case.say(_c("of a measure", "Source")), 3.0),
    )
    rows = []
    for row in shelf.work:
        measure = measure_of(case, row)
        names = case.listed([case.short(id) for id, lift in row.lifts.items() if lift > 0] or [NO_FIGURE])
        papers = [source for source in measure.sources if source.startswith("paper")] or measure.sources[:1]
        rows.append(cells(str(shelf.number(row.id)), case.tell(measure.title), names, cited(case, papers) or NO_FIGURE))
    return Table(columns, tuple(rows), case.say(_("What each task rests on")))


# ── Do here, ask upward, coordinate ──

HERE_ALL = _("{Place} can begin with all of these itself.")
HERE_REST = _("{Place} can begin with the others itself.")
ASK = _("To be asked for from above: {titles}.")
ASK_FIRM = _("To be applied for: {titles}.")
COORDINATE = _("To be agreed with others below or beside: {titles}.")
UNKNOWN = _(
    "The answers name no tier of government that is known here, so it cannot be said which of these {place} may decide "
    "itself."
)


def powers(case: Case, shelf: Shelf) -> list[Block]:
    """Sort the measures in front by who may decide them."""
    if not case.place.tier:
        return [Paragraph(runs(case.say(UNKNOWN)))]
    told = []
    ask = ASK_FIRM if case.firm else ASK
    for kind, words in (("ask", ask), ("coordinate", COORDINATE)):
        titles = [
            case.tell(measure.title) + case.grammar.bracketed(case.say(TIER_WORDS[measure.acts]))
            for measure in (measure_of(case, row) for row in shelf.work if decides(case, row) == kind)
        ]
        told += [case.say(words, titles=case.series(titles))] if titles else []
    others = any(decides(case, row) == "here" for row in shelf.work)
    rest = (case.say(HERE_REST) if told else case.say(HERE_ALL)) if others else ""
    return [Paragraph(runs(case.grammar.paragraph([*told, rest])))]


def roadmap_lead(case: Case, agenda: Agenda) -> Paragraph:
    """State where the deadlines come from."""
    now = agenda.begins.isoformat() <= case.date
    return Paragraph(runs(case.say(LEAD_NOW if now else LEAD, month=month_of(case, agenda.begins))))
