"""What was planned last time, and what came of it."""

from collections.abc import Iterator, Sequence, Set
from datetime import date

from nqpf_assess.engine.arithmetic import TOLERANCE, figure
from nqpf_assess.engine.following import follow_up
from nqpf_assess.engine.gaps import gain_of_scores, measures_of, with_measures
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.model.comparison import Change, NodeChange, Planned, PlannedLift, PlannedMeasure, Verdict


def planned_then(
    then: Assessed, now: Assessed, nodes: Sequence[NodeChange], uncapped: Change, *, today: date, untold: Set[str]
) -> Planned | None:
    """Hold the measures chosen then against the effect of the new answers; None where none was chosen.

    `untold`: dimensions in which something is answered that the old edition cannot hold.
    """
    known = then.instrument.questionnaire.countermeasures
    chosen = tuple(dict.fromkeys(id for id in then.answers.plan.chosen if id in known))  # named twice, it is one
    if not chosen:
        return None
    sheet = follow_up(now.instrument.questionnaire, now.answers, today, earlier=then.answers)
    judged, followed = {row.id: row for row in measures_of(then)}, {row.measure: row for row in sheet}
    hoped = tuple(id for id in chosen if judged[id].eligible)  # no plan counts what was not called for or did not suit
    lifted = with_measures(then, [known[id] for id in hoped])
    before, after = figure(then.figures.scores.overall), figure(lifted.overall)
    gain = None if before is None or after is None else after - before
    lifts = tuple(_lifts(then, hoped, [figure(column) for column in lifted.dimensions], nodes, untold))
    achieved = None if any(lift.id in untold for lift in lifts) else uncapped.effects["answers"]
    measures = tuple(
        PlannedMeasure(
            id=id,
            title=known[id].title,
            lead=known[id].lead,
            effort=known[id].effort,
            lifts=judged[id].lifts,
            state=followed[id].state if followed[id].history else None,
            deadline=followed[id].deadline,
            followed=followed[id],
        )
        for id in chosen
    )
    return Planned(
        measures=measures,
        lifts=lifts,
        gain=gain,
        gain_after_floors=None if gain is None else gain_of_scores(then, lifted).after_floors,
        achieved=achieved,
        verdict=verdict(gain, achieved),
    )


def _lifts(
    then: Assessed,
    chosen: Sequence[str],
    lifted: Sequence[float | None],
    nodes: Sequence[NodeChange],
    untold: Set[str],
) -> Iterator[PlannedLift]:
    questionnaire, place = then.instrument.questionnaire, then.instrument.place
    changes = {node.was: node.change for node in nodes if node.level == "dimension"}
    for id, dimension in questionnaire.dimensions.items():
        measures = tuple(measure for measure in chosen if id in questionnaire.countermeasures[measure].lifts)
        before, after = figure(then.figures.scores.dimensions[place[id]]), lifted[place[id]]
        if measures and before is not None and after is not None and after - before > TOLERANCE:
            achieved = None if id in untold else changes[id].effects["answers"]
            planned = after - before
            yield PlannedLift(id, dimension.title, measures, planned, achieved, verdict(planned, achieved))


def verdict(planned: float | None, achieved: float | None) -> Verdict:
    """Judge what was achieved of what was planned; closer than 1e-9 counts as equal."""
    if planned is None or achieved is None:
        return "unknown"
    if achieved < -TOLERANCE:
        return "fell"
    if achieved <= TOLERANCE:
        return "unmoved" if planned > TOLERANCE else "reached"
    return "reached" if achieved - planned > -TOLERANCE else "partly"
