"""A chosen set in order: by phase, prerequisites first, then file order, with the exact gain of the steps so far."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nqpf_assess.engine.gaps import gain_of_set
from nqpf_assess.engine.graph import in_dependency_order
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.model.plan import Step
from nqpf_assess.model.questionnaire import HORIZONS, Horizon

LAST_MONTH: Mapping[Horizon, int] = {"short": 12, "medium": 36, "long": 60}
"""The month in which a phase ends, counted from the beginning of the plan."""


def phases_of(assessed: Assessed, chosen: Iterable[str]) -> dict[str, Horizon]:
    """Return the phase of each measure of a set: its horizon, or that of a chosen prerequisite where later."""
    measures, inside = assessed.instrument.questionnaire.countermeasures, set(chosen)
    found: dict[str, Horizon] = {}
    for id in in_dependency_order({id: measures[id].needs for id in measures if id in inside}):
        before = (HORIZONS.index(found[need]) for need in measures[id].needs if need in inside)
        found[id] = HORIZONS[max(HORIZONS.index(measures[id].horizon), *before, 0)]
    return found


class Months(NamedTuple):
    """When a measure runs, in months from the beginning of a plan."""

    starts: int
    done: int


def months_of(assessed: Assessed, chosen: Iterable[str]) -> dict[str, Months]:
    """Return when each measure of a set runs: after what it needs, done as it states, else by the end of its phase.

    What would be done only when what it needs is done begins halfway, beside it.
    """
    measures, phases = assessed.instrument.questionnaire.countermeasures, phases_of(assessed, chosen)
    found: dict[str, Months] = {}
    for id in _in_order(assessed, phases):
        own = measures[id].months if phases[id] == measures[id].horizon else None
        starts = max((found[need].done for need in measures[id].needs if need in found), default=0)
        done = max(own or LAST_MONTH[phases[id]], starts)
        found[id] = Months(starts if starts < done else done // 2, done)
    return found


def steps_of(assessed: Assessed, chosen: Iterable[str]) -> tuple[Step, ...]:
    """Put a set in order; without an overall score there are no steps."""
    if not assessed.figures.scores.overall.has:
        return ()
    measures, phases = assessed.instrument.questionnaire.countermeasures, phases_of(assessed, chosen)
    months, order = months_of(assessed, phases), _in_order(assessed, phases)
    steps: list[Step] = []
    for place, id in enumerate(order):
        gain = gain_of_set(assessed, [measures[chosen_id] for chosen_id in order[: place + 1]])
        starts, done = months[id]
        steps.append(Step(id, phases[id], measures[id].effort, gain.points, gain.after_floors, done, starts))
    return tuple(steps)


def in_order(assessed: Assessed, chosen: Iterable[str]) -> list[str]:
    """Put a set in order: by phase, prerequisites first, then file order."""
    return _in_order(assessed, phases_of(assessed, chosen))


def _in_order(assessed: Assessed, phases: Mapping[str, Horizon]) -> list[str]:
    measures = assessed.instrument.questionnaire.countermeasures
    waiting = sorted((id for id in measures if id in phases), key=lambda id: HORIZONS.index(phases[id]))
    order: list[str] = []
    while waiting:  # the first of the phase, in the file's order, that waits for nothing comes next
        ready = next(id for id in waiting if not any(need in waiting for need in measures[id].needs))
        waiting.remove(ready)
        order.append(ready)
    return order
