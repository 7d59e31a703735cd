"""Choosing countermeasures within a budget of effort: exactly, in order, with the curve (scoring.md, section 7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.gaps import gain_of_set
from nqpf_assess.engine.planning import curve as curves
from nqpf_assess.engine.planning import ties
from nqpf_assess.engine.planning.problem import PlanningProblem, problem_of
from nqpf_assess.engine.planning.steps import steps_of
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.model.plan import CurvePoint, FiredFloor, LeftOut, Plan, Wishes

ANYTHING = Wishes()


@dataclass(frozen=True)
class Planner:
    """The choice for one assessment with its curve, from which the plan for any budget is taken."""

    assessed: Assessed
    wishes: Wishes
    left_out: tuple[LeftOut, ...]
    problem: PlanningProblem
    curve: curves.Curve | None
    exact: bool

    @property
    def least(self) -> int:
        """The effort of the must-haves with what they need."""
        return self.problem.effort(self.problem.must)

    def plan(self, budget: int) -> Plan:
        """Return the best plan for a budget; a budget below the must-haves gives none."""
        if self.curve is None:
            return self._without_score(budget)
        found = ties.best_at(self.curve, budget, None if self.exact else ties.PATIENCE)
        chosen = [] if found is None else [self.problem.options[option].id for option in found.best.chosen]
        told = self._told(budget, chosen)
        if found is None or found.proven or told.gain is None:
            return told
        return replace(told, optimal=False, bound=max(found.bound, told.gain))

    def needed_by(self, chosen: Sequence[str]) -> tuple[str, ...]:
        """Return the measures that have to come before some others and are not among these, in file order."""
        options = self.problem.options
        place = {option.id: index for index, option in enumerate(options)}
        every = frozenset[int]().union(*(self.problem.together[place[id]] for id in chosen))
        return tuple(options[index].id for index in sorted(every) if options[index].id not in chosen)

    def what_if(self, chosen: Iterable[str], budget: int | None = None) -> Plan:
        """Return the plan of a set that somebody chose, beside the best that its effort (or a larger budget) allows."""
        told = replace(self._told(0, chosen), by_hand=True)
        within = max(told.effort, budget or 0)  # nothing is proven of a set by what less effort cannot gain
        if told.gain is None:
            return replace(told, budget=within)
        best = self.plan(within)
        bound = max(told.gain, best.bound or 0.0)
        optimal = best.optimal and bound - told.gain < TOLERANCE
        return replace(told, budget=within, optimal=optimal, bound=told.gain if optimal else bound)

    def _told(self, budget: int, chosen: Iterable[str]) -> Plan:
        """Re-score a set exactly and put it in order."""
        if self.curve is None:
            return self._without_score(budget)
        ids, measures = tuple(chosen), self.assessed.instrument.questionnaire.countermeasures
        before = float(self.assessed.figures.scores.overall.value)
        gain = gain_of_set(self.assessed, [measures[id] for id in measures if id in ids])
        return Plan(
            budget=budget,
            chosen=steps_of(self.assessed, ids),
            gain=gain.points,
            score_before=before,
            score_after=before + gain.points,
            score_after_floors=float(self.assessed.figures.total.value) + gain.after_floors,
            optimal=True,
            bound=gain.points,
            curve=self.points,
            left_out=self.left_out,
            linearised=not self.problem.linear,
            wishes=self.wishes,
            floors=tuple(
                FiredFloor(floor.node, float(floor.below), float(floor.cap))
                for id, floor in self.assessed.figures.rules.floors.items()
                if id in self.assessed.figures.fired
            ),
        )

    def _without_score(self, budget: int) -> Plan:
        left_out, wishes = self.left_out, self.wishes
        return Plan(
            budget, (), None, None, None, None, optimal=True, bound=None, curve=(), left_out=left_out, wishes=wishes
        )

    @property
    def points(self) -> tuple[CurvePoint, ...]:
        """The curve: the largest gain for every whole budget."""
        found = self.curve.points if self.curve is not None else ()
        return tuple(CurvePoint(budget, *curves.spread(point)) for budget, point in enumerate(found))


def planner_of(assessed: Assessed, wishes: Wishes = ANYTHING, *, exact: bool = False) -> Planner:
    """Compute the curve of one assessment. `exact`: prove every point of it, however long that takes."""
    problem, left_out = problem_of(assessed, wishes)
    has_score = bool(assessed.figures.scores.overall.has)
    curve = curves.curve_of(problem, None if exact else curves.PATIENCE) if has_score else None
    return Planner(assessed, wishes, left_out, problem, curve, exact)
