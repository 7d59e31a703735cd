"""The choice as a linear programme in which measures may be taken in part: an upper limit for every budget.

Columns: one share (0 to 1) for each option, one gain for each lever, one for each pillar where the means are mixed.
Rows: the budget, the number of measures, the phases, the prerequisites, and cuts that are added where they are broken.
Every cut holds whatever is fixed and whatever the budget, so all are kept from one budget to the next.
"""

from collections.abc import Iterable

from nqpf_assess.engine.planning.hull import WHOLE, Cut, Hull, chain_gain, overlap_cut, single_cut
from nqpf_assess.engine.planning.problem import PlanningProblem
from nqpf_assess.engine.planning.shape import Shape, levers_of
from nqpf_assess.engine.planning.solver import Programme, Solved
from nqpf_assess.model.base import summed

BUDGET, COUNT = 0, 1
BROKEN = 2e-9
"""By how much a cut must be broken to be added, where all shares are whole."""

WORTHWHILE = 0.01
"""The part of the gap that a cut must be worth, where shares are not whole."""

TAIL = 0.05
"""Cutting goes on as long as a round closes this part of the gap."""

ROUNDS = 30
MOST_ROWS = 250
SLACK = 1e-6


def is_whole(share: float) -> bool:
    """Return whether a measure is out or in."""
    return share <= WHOLE or share >= 1 - WHOLE


class Relaxation:
    """The linear programme of one problem."""

    def __init__(self, problem: PlanningProblem) -> None:
        self.problem, self.shape, self.programme, self._hull = problem, Shape(problem), Programme(), Hull()
        self._levers = range(len(problem.options), len(problem.options) + len(problem.levers))
        add = self.programme.add_column
        for option in range(len(problem.options)):
            add(0.0, 1.0 if option in problem.must else 0.0, 1.0)
        for lever in problem.levers:
            weight = 0.0 if self.shape.mixed else problem.pillars[lever.pillar].share * lever.share
            add(weight, 0.0, self.shape.worth(lever)(1e6, 1e6))
        for pillar in problem.pillars if self.shape.mixed else ():
            add(pillar.share, 0.0, 1e3)
        options, limit = problem.options, self.programme.add_row
        limit({place: float(option.effort) for place, option in enumerate(options)}, 0.0)
        limit(dict.fromkeys(range(len(options)), 1.0), float(len(options)))
        for phase, most in (problem.limits or {}).items():
            limit({p: float(o.effort) for p, o in enumerate(options) if o.phase == phase}, float(most))
        for place, candidate in enumerate(options):
            for need in candidate.needs:
                limit({place: 1.0, need: -1.0}, 0.0)
        self._first_cut = self.programme.rows
        for place, lever in enumerate(problem.levers):
            self._add(place, single_cut(lever.lifts, self.shape.alone(lever)))

    def _add(self, lever: int, cut: Cut) -> None:
        self.programme.add_row(
            {self._levers[lever]: 1.0} | {option: -factor for option, factor in cut.factors.items()}, cut.constant
        )

    # ---- changing

    def limit(self, budget: int, count: int | None = None) -> None:
        """Set the budget of effort, and how many measures there may be."""
        self.programme.limit_row(BUDGET, float(budget))
        self.programme.limit_row(COUNT, float(len(self.problem.options) if count is None else count))

    def fix(self, option: int, value: int | None) -> None:
        """Put a measure in or out, or free it."""
        low = 1.0 if value == 1 or option in self.problem.must else 0.0
        self.programme.bound_column(option, low, 0.0 if value == 0 else 1.0)

    def tidy(self) -> None:
        """Take away cuts that the last solution does not touch, where there are many."""
        if self.programme.rows - self._first_cut > MOST_ROWS:
            self.programme.drop_loose_rows(self._first_cut, SLACK)

    # ---- solving

    def solve(self, enough: float, rounds: int = ROUNDS) -> Solved | None:
        """Solve and cut until nothing worthwhile is broken; None where there is no solution above `enough`."""
        before: float | None = None
        while True:
            value = self.programme.value()
            if value is None or value <= enough:
                return None
            found = self.programme.solution()
            whole = all(is_whole(share) for share in found.columns[: len(self.problem.options)])
            if self._cut_simply(found):
                continue
            stale = before is not None and before - value < TAIL * (before - enough)
            if not whole and (rounds <= 0 or stale):
                return found
            before, rounds = value, rounds - 1
            worthwhile = 0.0 if whole else WORTHWHILE * (value - enough)
            if not sum(self._cut_hull(place, found, worthwhile) for place in range(len(self.problem.levers))):
                return found

    def _cut_simply(self, found: Solved) -> int:
        """Add what is cheap to find: tangents, and the cut of overlaps."""
        added = 0
        for pillar in range(len(self.problem.pillars) * self.shape.mixed):
            column = self._levers.stop + pillar
            gains = {place: found.columns[self._levers[place]] for place in levers_of(self.problem)[pillar]}
            constant, slopes = self.shape.tangent(pillar, gains)
            if (
                found.columns[column]
                > constant + summed(slopes[place] * gain for place, gain in gains.items()) + BROKEN
            ):
                factors = {self._levers[place]: -slope for place, slope in slopes.items()}
                self.programme.add_row({column: 1.0} | factors, constant)
                added += 1
        if self.shape.lever_logs:
            return added
        for place, lever in enumerate(self.problem.levers):
            gain = found.columns[self._levers[place]]
            if gain > WHOLE:
                cut = overlap_cut(lever.lifts, self.problem.overlap, found.columns)
                added += self._added(place, cut, found, gain - 1e-7)
        return added

    def _added(self, lever: int, cut: Cut, found: Solved, gain: float) -> int:
        if gain <= cut.at(found.columns):
            return 0
        self._add(lever, cut)
        return 1

    def _cut_hull(self, place: int, found: Solved, worthwhile: float) -> int:
        lever, gain = self.problem.levers[place], found.columns[self._levers[place]]
        # What a unit of the lever's column is worth in the objective, at least roughly.
        weight = self.problem.pillars[lever.pillar].share * lever.share
        if self.shape.mixed and self.shape.logs:
            weight /= max(1.0, self.problem.now)
        least = BROKEN + worthwhile / weight
        worth = self.shape.worth(lever)
        if gain <= chain_gain(lever.lifts, worth, found.columns) + least:
            return 0
        cut = self._hull.cut(lever.lifts, worth, self.shape.alone(lever), found.columns)
        return self._added(place, cut, found, gain - least)

    def settled(self, found: Solved, enough: float, options: Iterable[int]) -> dict[int, int]:
        """Return the measures that are out or in in every solution above `enough`, by their reduced costs."""
        room = found.value - enough
        out = {o: 0 for o in options if found.columns[o] <= WHOLE and -found.reduced[o] >= room}
        return out | {o: 1 for o in options if found.columns[o] >= 1 - WHOLE and found.reduced[o] >= room}
