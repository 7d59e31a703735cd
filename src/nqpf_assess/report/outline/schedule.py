"""When the measures in front are due: phases by horizon, quarters for the road map, deadlines as months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nqpf_assess.model.questionnaire import HORIZONS
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.shelf import measure_of

QUARTERS: Mapping[str, int] = {"short": 4, "medium": 12, "long": 20}
"""Quarters within which a measure of each horizon is done."""


@dataclass(frozen=True, slots=True)
class Slot:
    """When a measure runs, in quarters from the first of the first year shown; `deadline` is a year and month."""

    phase: str
    start: float
    end: float
    year: int
    month: int


@dataclass(frozen=True)
class Schedule:
    """Slots by measure, and the years from the first to the last quarter."""

    slots: Mapping[str, Slot]
    years: tuple[int, ...]


def schedule(case: Case, rows: Sequence[MeasureScore]) -> Schedule:
    """Put measures on the calendar. Work begins with the quarter after the report; what others need comes first."""
    year, quarter = first_quarter(case.date)
    chosen = {row.id for row in rows}
    needs = {row.id: [id for id in measure_of(case, row).needs if id in chosen] for row in rows}
    phases = {row.id: _phase(case, row.id, needs) for row in rows}
    slots: dict[str, Slot] = {}
    for row in rows:  # prerequisites stand before what needs them
        end = _end(row.id, needs, phases)
        start = max((slots[id].end - quarter for id in needs[row.id]), default=0.0)
        last = int(quarter + end) - 1
        slots[row.id] = Slot(
            phases[row.id], quarter + min(start, end - 1), quarter + end, year + last // 4, 3 * (last % 4 + 1)
        )
    years = range(year, max((slot.year for slot in slots.values()), default=year) + 1)
    return Schedule(slots, tuple(years))


def first_quarter(date: str) -> tuple[int, int]:
    """Give the year of the quarter that follows a date, and its place in that year from 0."""
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
