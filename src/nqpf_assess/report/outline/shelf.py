"""Countermeasures in order: which fit, which come first and together, which are done, and which cannot be chosen."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.explaining import explain_floor
from nqpf_assess.engine.following import CLOSED
from nqpf_assess.engine.gaps import NO_GAIN, Gain, gain_of, gain_of_set, needed, with_measures
from nqpf_assess.engine.planning.open_gaps import open_gaps
from nqpf_assess.engine.planning.steps import in_order
from nqpf_assess.model.base import summed
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.follow_up import FollowUpState
from nqpf_assess.model.plan import OpenGap
from nqpf_assess.model.questionnaire import Countermeasure
from nqpf_assess.model.scorecard import MeasureScore, NodeScore
from nqpf_assess.report.outline.case import RANKS, Case
from nqpf_assess.report.outline.change import sheet_of
from nqpf_assess.report.outline.findings import capped

IN_FRONT, ACTS = 6, 3
"""Measures described in front, and those of them that a reader is asked to begin with."""

VISIBLE = 0.1
"""Points that can be seen where gains are printed to one decimal."""

DIGITS = 9
"""Decimals beyond which two priorities count as equal."""


@dataclass(frozen=True)
class Shelf:
    """Every countermeasure in one of four places. `front` and `rest` fit here and are numbered through.

    `planned`: those that were chosen in the plan, in its order; they come before all others. `closed`: those that fit
    and that the follow-up sheet has as done or dropped; nobody is asked to begin with them.
    """

    front: tuple[MeasureScore, ...]
    rest: tuple[MeasureScore, ...]
    unsuited: tuple[MeasureScore, ...]
    unneeded: tuple[MeasureScore, ...]
    planned: tuple[MeasureScore, ...] = ()
    closed: Mapping[str, FollowUpState] = field(default_factory=dict)

    @property
    def work(self) -> tuple[MeasureScore, ...]:
        """What goes on the calendar and is divided among units: the plan, else the measures in front."""
        return self.planned or self.front

    @property
    def fitting(self) -> tuple[MeasureScore, ...]:
        """All that fit here, in the order of their numbers."""
        return (*self.front, *self.rest)

    def number(self, id: str) -> int:
        """Return the number under which a fitting measure is listed."""
        return next(place for place, row in enumerate(self.fitting, start=1) if row.id == id)


def shelve(case: Case) -> Shelf:
    """Sort the countermeasures: the plan, else those that bring most for their effort, the acts before the rest.

    What lifts a floor that costs points stands before the other acts, or these would be told as what lifts it. Within
    each they stand in the order of a plan: by phase, what is needed before what needs it.
    """
    fitting = {row.id: row for row in case.card.countermeasures if row.eligible}
    ranked = sorted(fitting.values(), key=lambda row: (-round((row.gain or 0.0) / row.effort, DIGITS), row.effort))
    closed = {id: state for id, state in closed_of(case).items() if id in fitting}
    chosen = [id for id in case.answers.plan.chosen if id in fitting and id not in closed]
    planned = tuple(fitting[id] for id in in_order(case.assessed, chosen))
    front = planned[:IN_FRONT]
    if not front:
        parts = _front(case, [row for row in ranked if not stopped(case, row.id, fitting, closed)])
        front = tuple(fitting[id] for part in parts for id in in_order(case.assessed, [row.id for row in part]))
    left = [row for row in case.card.countermeasures if not row.eligible]
    wanted = {row.id: needed(case.assessed, measure_of(case, row)) for row in left}
    return Shelf(
        front,
        (*planned[IN_FRONT:], *(row for row in ranked if row not in front and row not in planned)),
        tuple(row for row in left if wanted[row.id]),
        tuple(row for row in left if not wanted[row.id]),
        planned,
        closed,
    )


def closed_of(case: Case) -> Mapping[str, FollowUpState]:
    """Return what the sheet has as done or dropped; not what was chosen again since."""
    again = {*case.answers.plan.chosen} - {entry.measure for entry in case.answers.follow_up}
    states = {row.measure: row.state for row in sheet_of(case) if row.measure not in again}
    return {id: state for id, state in states.items() if state in CLOSED}


def stopped(case: Case, id: str, fitting: Collection[str], closed: Mapping[str, FollowUpState]) -> bool:
    """Return whether a measure is done or dropped, or what it needs was dropped; what is not called for is in place."""
    needs = [need for need in case.questionnaire.countermeasures[id].needs if need in fitting]
    return id in closed or any(closed.get(need) != "done" and stopped(case, need, fitting, closed) for need in needs)


def left_open(case: Case, shelf: Shelf) -> tuple[OpenGap, ...]:
    """Return the largest gaps that none of the first acts reaches, each with why."""
    acts, fitting = [row.id for row in shelf.front[:ACTS]], {row.id for row in shelf.fitting}
    shut = [id for id in fitting if stopped(case, id, fitting, shelf.closed)]
    return open_gaps(case.card, case.questionnaire, acts, left_out=shut)


def waits(case: Case, shelf: Shelf) -> bool:
    """Return whether what fits gains nothing yet: all that it lifts lies in pillars of which too little is answered."""
    left = [row for row in shelf.fitting if row.id not in shelf.closed]
    lifted = {id for row in left for id, points in row.lifts.items() if points > 0}
    carried = any(case.nodes[id].effective_weight > 0 for id in lifted)
    return case.card.overall.score is not None and bool(lifted) and not carried


def measure_of(case: Case, row: MeasureScore) -> Countermeasure:
    """Return a measure's words and conditions."""
    return case.questionnaire.countermeasures[row.id]


def _front(case: Case, ranked: Sequence[MeasureScore]) -> tuple[Sequence[MeasureScore], ...]:
    """Choose what to begin with: first what lifts a floor that costs points, then one by one what adds most; then more.

    Most is counted for the effort, beside those chosen before it, and with what must come first; it has to be seen in
    print. No more than fit stand among the acts. A floor costs points too if it is to end what the acts would bring,
    also one behind another: what lifts it is among them where they bring more so, else it comes next. Behind the acts
    nothing comes before what brings a part nearer to a broken floor that costs no points today: whoever is responsible
    for it has to act on it.
    """
    first = _lifting(case, ranked) if capped(case) else []
    acts = _filled(case, first, ranked, ACTS)
    if first:  # behind the floor that holds the score there may be others
        every = _minding_floors(case, first, ranked)[:ACTS]
        sooner = _filled(case, every, ranked, ACTS)
        if (joint_gain(case, sooner) or 0.0) - (joint_gain(case, acts) or 0.0) >= VISIBLE:
            first, acts = every, sooner
    if not capped(case) and _ended(case, acts) >= VISIBLE:
        lifting = _lifting(case, ranked, acts)
        sooner, later = _filled(case, lifting, ranked, ACTS), [*acts, *(row for row in lifting if row not in acts)]
        more = (joint_gain(case, sooner) or 0.0) - (joint_gain(case, acts) or 0.0)
        acts = sooner if more >= VISIBLE else later
    best = _filled(case, _minding_floors(case, acts, ranked), ranked, IN_FRONT)
    return first, best[len(first) : ACTS], best[ACTS:]


def _minding_floors(case: Case, acts: list[MeasureScore], ranked: Sequence[MeasureScore]) -> list[MeasureScore]:
    """Add for each broken floor that the acts do not lift what is made for the answers that fired it, with its needs.

    Else it is what lifts its part most for its effort. Beside those chosen before it, it has to be seen in print, as
    all others have.
    """
    by_id, found = {row.id: row for row in ranked}, list(acts)
    floors = [case.instrument.rules.floors[id] for id in case.card.overall.floors]
    lines = {floor.node: float(floor.below) for floor in sorted(floors, key=lambda floor: floor.below)}
    for node, line in lines.items():
        if lifts_by(case, found, node, line - (case.nodes[node].score or 0.0)):
            continue
        before = _uncapped(case, found) or 0.0
        fired = fired_by(case, [id for id in case.card.overall.floors if case.instrument.rules.floors[id].node == node])
        rows = able(case, {node}, ranked)
        for row in (*meant(case, rows, fired), *rows):
            wanted = [entry for entry in with_prerequisites(case, row, by_id) if entry not in found]
            adds = (_uncapped(case, [*found, *wanted]) or 0.0) - before
            if adds >= VISIBLE and len(found) + len(wanted) <= IN_FRONT:
                found += wanted
                break
    return found


def able(
    case: Case, nodes: Collection[str], ranked: Sequence[MeasureScore], *, for_effort: bool = True
) -> list[MeasureScore]:
    """Return the measures that lift any of some parts, those first that lift them most, `for_effort`: for theirs."""
    below = {dimension for node in nodes for dimension in case.questionnaire.dimensions_of.get(node, (node,))}
    found = [row for row in ranked if any(row.lifts.get(dimension, 0.0) > 0 for dimension in below)]
    lift = {row.id: summed(row.lifts.get(dimension, 0.0) for dimension in below) for row in found}
    return sorted(found, key=lambda row: -lift[row.id] / (row.effort if for_effort else 1))


def fired_by(case: Case, floors: Iterable[str]) -> list[NodeScore]:
    """Return the answers that fired some floors: of each the lowest two that lie below it."""
    broke = (explain_floor(case.assessed, id) for id in floors)
    lowest = ((floor, case.nodes[id]) for floor in broke for id in floor.lowest[:2])
    return [node for floor, node in lowest if (node.score or 0.0) < floor.below]


def meant(case: Case, rows: Iterable[MeasureScore], questions: Collection[NodeScore]) -> list[MeasureScore]:
    """Return the measures made for any of some questions: one of them is its KPI, or decides whether it suits."""
    ids = {question.id for question in questions}
    found = []
    for row in rows:
        measure = measure_of(case, row)
        decide = (id for when in (measure.suits, measure.unsuits) for id in subjects(when, "question"))
        found += [row] if ids.intersection((measure.kpi_question, *decide)) else []
    return found


def lifts_by(case: Case, rows: Sequence[MeasureScore], node: str, missing: float) -> bool:
    """Return whether measures together lift a node by so many points, such as what it lacks to its floor."""
    rolled = with_measures(case.assessed, [measure_of(case, row) for row in rows])
    columns = rolled.pillars if node in case.questionnaire.pillars else rolled.dimensions
    raised_to = float(columns[case.instrument.place[node]].value)
    return raised_to - (case.nodes[node].score or 0.0) - missing > -TOLERANCE


def _filled(case: Case, found: list[MeasureScore], ranked: Sequence[MeasureScore], room: int) -> list[MeasureScore]:
    while (wanted := _next(case, found, ranked, room)) is not None:
        found = [*found, *wanted]
    return found


def _ended(case: Case, rows: Sequence[MeasureScore]) -> float:
    """Return the points that measures would bring, but for a floor."""
    if case.card.overall.uncapped is None or not case.card.overall.floors:
        return 0.0
    gain = gain_of_set(case.assessed, [measure_of(case, row) for row in rows])
    return gain.points - gain.after_floors


def _next(
    case: Case, found: Sequence[MeasureScore], ranked: Sequence[MeasureScore], room: int
) -> list[MeasureScore] | None:
    """Return the measure that adds most for its effort, behind what it needs; None where nothing fits and adds.

    Of those that add the same, one whose own figure is where it has to be (only to be kept) comes after the others.
    """
    by_id = {row.id: row for row in ranked}
    before = _uncapped(case, found)
    best: tuple[float, bool] | None = None
    chosen: list[MeasureScore] | None = None
    for row in ranked:
        if row in found or (row.gain is not None and row.gain < VISIBLE):
            continue
        if best is not None and (round((row.gain or 0.0) / row.effort, DIGITS), True) <= best:
            break  # what follows adds less alone; beside others more only under a geometric mean, and then little
        wanted = [entry for entry in with_prerequisites(case, row, by_id) if entry not in found]
        if len(found) + len(wanted) > room:
            continue
        if before is None:
            return wanted
        added = (_uncapped(case, [*found, *wanted]) or 0.0) - before
        worth = round(added / sum(entry.effort for entry in wanted), DIGITS), not row.kpi.held
        if added >= VISIBLE and (best is None or worth > best):
            best, chosen = worth, wanted
    return chosen


def _uncapped(case: Case, rows: Sequence[MeasureScore]) -> float | None:
    if case.card.overall.uncapped is None:
        return None
    return gain_of(case.assessed, [measure_of(case, row) for row in rows]) if rows else 0.0


def _lifting(case: Case, ranked: Sequence[MeasureScore], acts: Sequence[MeasureScore] = ()) -> list[MeasureScore]:
    """Return the measures that together lift the floors that cost points, each behind what it needs.

    The fewest tried, no more than fit among the acts; none where none can. What is made for the answers that fired them
    is tried first, then what lifts most for its effort, then what lifts most: many small ones may leave no room.
    `acts`: those that a floor would end.
    """
    nodes = {case.instrument.rules.floors[id].node for id in case.card.overall.floors}
    by_id = {row.id: row for row in ranked}

    def lifts(rows: Sequence[MeasureScore]) -> bool:
        if acts:
            return _ended(case, [*rows, *(act for act in acts if act not in rows)]) < VISIBLE
        return (joint_gain(case, rows) or 0.0) >= VISIBLE

    best, most = (able(case, nodes, ranked, for_effort=for_effort) for for_effort in (True, False))
    own = meant(case, best, fired_by(case, case.card.overall.floors))
    for rows in (own, [*own, *best], best, most):
        found = list[MeasureScore]()
        for row in rows:
            wanted = [entry for entry in with_prerequisites(case, row, by_id) if entry not in found]
            if len(found) + len(wanted) > ACTS:
                continue
            found += wanted
            if lifts(found):
                for spare in reversed(found):
                    rest = [entry for entry in found if spare not in with_prerequisites(case, entry, by_id)]
                    found = rest if lifts(rest) else found
                return found
    return []


def with_prerequisites(case: Case, row: MeasureScore, fitting: Mapping[str, MeasureScore]) -> list[MeasureScore]:
    """Return a measure behind all that must be done before it and is not done yet."""
    before = [
        entry
        for id in measure_of(case, row).needs
        if id in fitting
        for entry in with_prerequisites(case, fitting[id], fitting)
    ]
    return [fitting[id] for id in dict.fromkeys((*(entry.id for entry in before), row.id))]


def joint_gain(case: Case, rows: Sequence[MeasureScore]) -> float | None:
    """Return the exact gain of several measures together, after floors; None without an overall score."""
    if case.card.overall.uncapped is None or not rows:
        return None
    return gain_of_set(case.assessed, [measure_of(case, row) for row in rows]).after_floors


def added_by(case: Case, more: Sequence[MeasureScore], work: Sequence[MeasureScore]) -> Gain:
    """Return the exact gain of measures on top of others, as cards tell it: points before the floors and after."""
    if case.card.overall.uncapped is None:
        return NO_GAIN
    sets = ([measure_of(case, row) for row in rows] for rows in (work, [*work, *more]))
    before, after = (gain_of_set(case.assessed, measures) for measures in sets)
    return Gain(after.points - before.points, after.after_floors - before.after_floors)


def decides(case: Case, row: MeasureScore) -> str:
    """State how a measure stands to the subject's own powers: `here`, `ask`, `coordinate`, "" where not known."""
    own, acts = case.place.tier, measure_of(case, row).acts
    if not own:
        return ""
    if acts == own:
        return "here"
    return "ask" if RANKS.index(acts) > RANKS.index(own) else "coordinate"
