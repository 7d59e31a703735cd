"""The first measures of every row: the three eligible ones of largest priority (scoring.md, section 7)."""

from collections.abc import Mapping, Sequence

import numpy as np

from nqpf_assess.cohort.cells import Array
from nqpf_assess.cohort.reading import BatchView
from nqpf_assess.cohort.rubrics import taken
from nqpf_assess.engine import columns
from nqpf_assess.engine.arithmetic import TOLERANCE, Figures, LevelWeights, Rolled, are_eligible, is_needed, with_lifts
from nqpf_assess.engine.gaps import points_by_dimension
from nqpf_assess.engine.graph import in_dependency_order
from nqpf_assess.engine.instrument import Instrument

FIRST = 3


def first_measures(
    instrument: Instrument,
    rows: BatchView,
    scores: Rolled,
    targets: Sequence[Figures],
    *,
    weights: LevelWeights,
    here: Array | None,
    count: int,
) -> Array:
    """Name the first measures of each row, joined by `;`, largest priority first; ties in file order; None: none."""
    eligible = _eligible(instrument, rows, scores, targets, here)
    ids = list(instrument.questionnaire.countermeasures)
    found: Array = np.full(count, None, object)
    if not ids:
        return found
    priorities = np.full((len(ids), count), -np.inf)
    for index, (id, measure) in enumerate(instrument.questionnaire.countermeasures.items()):
        there = np.broadcast_to(np.asarray(eligible[id] * scores.overall.has) > 0, count)
        if there.any():
            lifted = with_lifts(
                columns,
                instrument.tree,
                points_by_dimension(instrument, [measure]),
                scores=scores,
                targets=targets,
                weights=weights,
                means=instrument.rules.means,
                overlap=instrument.rules.overlap,
            )
            gain = lifted.overall.value - scores.overall.value
            priorities[index] = np.where(there, gain / measure.effort, -np.inf)
    every = np.arange(count)
    picked = []
    for _ in range(FIRST):
        # the largest, three times over; closer than the tolerance is a tie: the file's order decides
        best = priorities.max(axis=0)
        with np.errstate(invalid="ignore"):
            place = np.argmax(priorities - best > -TOLERANCE, axis=0)
        picked.append(np.where(np.isfinite(best), place, -1))
        priorities[place, every] = -np.inf
    rows_picked = zip(*(part.tolist() for part in picked), strict=True)
    return np.array([";".join(ids[at] for at in row if at >= 0) or None for row in rows_picked], object)


def _eligible(
    instrument: Instrument, rows: BatchView, scores: Rolled, targets: Sequence[Figures], here: Array | None
) -> Mapping[str, Figures]:
    measures = instrument.questionnaire.countermeasures
    wanted, suited = {}, {}
    for id, measure in measures.items():
        lifts = [instrument.place[dimension] for dimension in measure.lifts]
        line = float(measure.when_below)
        least = None if measure.when_at_least is None else float(measure.when_at_least)
        found = [scores.dimensions[d] for d in lifts]
        wanted[id] = is_needed(columns, line, [targets[d] for d in lifts], found, least)
        against = [part for part in (rows.holds(measure.unsuits), rows.fails(measure.suits)) if part is not None]
        suited[id] = taken(1.0 - 1.0 * np.logical_or.reduce(against), here) if against else 1.0
    needs = {id: measure.needs for id, measure in measures.items()}
    return are_eligible(in_dependency_order(needs), needs, wanted, suited)
