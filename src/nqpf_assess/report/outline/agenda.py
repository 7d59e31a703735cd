"""The agenda: in which months each measure runs, when its first step and its checks are due, what it brings by then."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from nqpf_assess.engine.measures import gain_of_set
from nqpf_assess.engine.planning.steps import months_of
from nqpf_assess.model.questionnaire import Countermeasure
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.wording import rounded

FIRST_STEP = timedelta(days=100)
"""Within so many days from its beginning the first step of a measure is done."""

YEAR = 12


@dataclass(frozen=True, slots=True)
class Task:
    """One measure on the calendar. `start`, `end`: whole months from the beginning of the agenda; `needs`: ids.

    `cumulative`: points that it and all before it bring, after floors, rounded as printed; `gain`: what it adds to
    those before it, so that printed gains add up to the digit. None without an overall score.
    """

    row: MeasureScore
    measure: Countermeasure
    start: int
    end: int
    needs: tuple[str, ...]
    gain: float | None
    cumulative: float | None

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
        """Return the day by which its first step is done."""
        return min(self.first_day(task.start) + FIRST_STEP, self.due(task))

    @property
    def years(self) -> tuple[int, ...]:
        """The years from the first task to the last."""
        last = max((self.due(task).year for task in self.tasks), default=self.begins.year)
        return tuple(range(self.begins.year, last + 1))

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
    before = 0.0
    for place, row in enumerate(rows):
        measure = measures[row.id]
        starts, end = months[row.id]
        needs = tuple(need for need in measure.needs if need in months)
        so_far = [measures[entry.id] for entry in rows[: place + 1]]
        total = float(rounded(gain_of_set(case.assessed, so_far).after_floors)) if scored else None
        gain = None if total is None else float(rounded(total - before))
        before = total or before
        tasks.append(Task(row, measure, starts if starts < end else end // 2, end, needs, gain, total))
    return Agenda(tuple(tasks), begins)
