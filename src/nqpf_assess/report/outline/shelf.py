"""The countermeasures sorted: what to do first, what else fits, what was considered and why it is not recommended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nqpf_assess.engine.measures import gain_of, needed
from nqpf_assess.engine.planning.steps import in_order
from nqpf_assess.model.questionnaire import Countermeasure
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.places import RANKS

IN_FRONT = 6
SMALLEST_GAIN = 1e-9
VISIBLE = 0.05
"""Points that round to a tenth."""

DIGITS = 9
"""Decimals beyond which two priorities count as equal."""


@dataclass(frozen=True)
class Shelf:
    """Every countermeasure in one of four places. `front` and `rest` fit here and are numbered through.

    `planned`: those that were chosen in the plan, in its order; they come before all others.
    """

    front: tuple[MeasureScore, ...]
    rest: tuple[MeasureScore, ...]
    unsuited: tuple[MeasureScore, ...]
    unneeded: tuple[MeasureScore, ...]
    planned: tuple[MeasureScore, ...] = ()

    @property
    def work(self) -> tuple[MeasureScore, ...]:
        """What goes on the calendar and is divided among units: the plan, else the measures in front."""
        return self.planned or self.front

    @property
    def fitting(self) -> tuple[MeasureScore, ...]:
        """All that fit here, in the order of their numbers."""
        return (*self.front, *self.rest)

    def number(self, id: str) -> int:
        """Give the number under which a fitting measure is listed."""
        return next(place for place, row in enumerate(self.fitting, start=1) if row.id == id)


def shelve(case: Case) -> Shelf:
    """Sort the countermeasures by priority: gain for the effort, what must come first before what needs it."""
    ranked = sorted((row for row in case.card.countermeasures if row.eligible), key=_rank)
    planned = _planned(case)
    front = planned[:IN_FRONT] or _front(case, ranked)
    left = [row for row in case.card.countermeasures if not row.eligible]
    wanted = {row.id: needed(case.assessed, measure_of(case, row)) for row in left}
    return Shelf(
        front,
        (*planned[IN_FRONT:], *(row for row in ranked if row not in front and row not in planned)),
        tuple(row for row in left if wanted[row.id]),
        tuple(row for row in left if not wanted[row.id]),
        planned,
    )


def _planned(case: Case) -> tuple[MeasureScore, ...]:
    """Give the measures of the plan that fit here, in its order."""
    fitting = {row.id: row for row in case.card.countermeasures if row.eligible}
    chosen = [id for id in case.answers.plan.chosen if id in fitting]
    return tuple(fitting[id] for id in in_order(case.assessed, chosen))


def measure_of(case: Case, row: MeasureScore) -> Countermeasure:
    """Give a measure's words and conditions."""
    return case.questionnaire.countermeasures[row.id]


def _rank(row: MeasureScore) -> tuple[float, int]:
    return (-round(row.priority or 0.0, DIGITS), row.effort)


def _front(case: Case, ranked: Sequence[MeasureScore]) -> tuple[MeasureScore, ...]:
    by_id = {row.id: row for row in ranked}
    found: list[MeasureScore] = []
    for row in ranked:
        if row.gain is not None and row.gain < SMALLEST_GAIN:
            continue
        wanted = [entry for entry in with_prerequisites(case, row, by_id) if entry not in found]
        if len(found) + len(wanted) <= IN_FRONT and _adds(case, found, wanted):
            found += wanted
    return tuple(found)


def _adds(case: Case, found: Sequence[MeasureScore], wanted: Sequence[MeasureScore]) -> bool:
    """Say whether measures add something that can be seen to those chosen before them."""
    after = joint_gain(case, [*found, *wanted])
    return after is None or after - (joint_gain(case, found) or 0.0) >= VISIBLE


def with_prerequisites(case: Case, row: MeasureScore, fitting: Mapping[str, MeasureScore]) -> list[MeasureScore]:
    """Give a measure behind all that must be done before it and is not done yet."""
    before = [
        entry
        for id in measure_of(case, row).needs
        if id in fitting
        for entry in with_prerequisites(case, fitting[id], fitting)
    ]
    return [fitting[id] for id in dict.fromkeys((*(entry.id for entry in before), row.id))]


def joint_gain(case: Case, rows: Sequence[MeasureScore]) -> float | None:
    """Give the exact gain of several measures together; None without an overall score."""
    if case.card.overall.uncapped is None or not rows:
        return None
    return gain_of(case.assessed, [measure_of(case, row) for row in rows])


def decides(case: Case, row: MeasureScore) -> str:
    """Say how a measure stands to the subject's own powers: `here`, `ask`, `coordinate`, "" where not known."""
    own, acts = case.place.tier, measure_of(case, row).acts
    if not own:
        return ""
    if acts == own:
        return "here"
    return "ask" if RANKS.index(acts) > RANKS.index(own) else "coordinate"
