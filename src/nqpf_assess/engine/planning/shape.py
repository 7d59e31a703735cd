"""How the dimensions' gains make up the overall, as a linear programme can take it.

Arithmetic means are sums. Where all means are geometric the logarithm of the overall is a sum. Where they are mixed a
pillar is a concave function of its dimensions, limited by its tangents (outer approximation, Duran and Grossmann 1986,
Mathematical Programming 36). The figures that are told are always re-scored exactly.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nqpf_assess.engine.arithmetic import FLOOR
from nqpf_assess.engine.planning.hull import Alone, Worth
from nqpf_assess.engine.planning.problem import Lever, LiftedPillar, PlanningProblem
from nqpf_assess.model.base import summed


@dataclass(frozen=True)
class Shape:
    """A problem's units: what a lever's column counts, and what the objective counts."""

    problem: PlanningProblem

    @cached_property
    def mixed(self) -> bool:
        """Whether dimensions and pillars are averaged by different means, so that pillars need columns of their own."""
        return self.problem.means.pillars != self.problem.means.dimensions

    @cached_property
    def logs(self) -> bool:
        """Whether the objective is the logarithm of the overall."""
        return self.problem.means.pillars == "geometric"

    @cached_property
    def lever_logs(self) -> bool:
        """Whether a lever's column counts logarithms and not points."""
        return self.logs and not self.mixed

    def objective(self, gain: float) -> float:
        """Return the objective that a gain of the overall (points) stands for."""
        return math.log((self.problem.now + gain) / self.problem.now) if self.logs else gain

    def gain(self, objective: float) -> float:
        """Return the gain of the overall (points) that an objective stands for."""
        return self.problem.now * (math.exp(objective) - 1.0) if self.logs else objective

    def unit(self, score: float) -> float:
        """Return a dimension's score in the unit of its column."""
        if self.problem.means.dimensions == "arithmetic":
            return score
        raised = max(score, FLOOR)
        return math.log(raised) if self.lever_logs else raised

    def worth(self, lever: Lever) -> Worth:
        """Return what a lever's column comes to for the points of its measures."""
        now = self.unit(lever.score)

        def gained(total: float, largest: float) -> float:
            return self.unit(self.problem.reached(lever, total, largest)) - now

        return gained

    def alone(self, lever: Lever) -> Alone:
        """Return the most that a measure can ever add to a lever's column, whatever was there before."""
        geometric = self.problem.means.dimensions == "geometric"
        start = max(lever.score, FLOOR) if geometric else lever.score
        now, most = self.unit(start), max(start, lever.target)

        def added(points: float) -> float:
            return self.unit(min(start + points, most)) - now

        return added

    def tangent(self, pillar: int, gains: Mapping[int, float]) -> tuple[float, dict[int, float]]:
        """Return a tangent of a pillar's part at the gains of its levers: a constant, and a factor for each lever."""
        if self.logs:
            return self._log_tangent(self.problem.pillars[pillar], gains)
        return self._product_tangent(self.problem.pillars[pillar], gains)

    def _product_tangent(self, pillar: LiftedPillar, gains: Mapping[int, float]) -> tuple[float, dict[int, float]]:
        """Dimensions geometric, pillars arithmetic: the tangent of Π u^share."""
        levers = self.problem.levers
        entered, units = pillar.entered, {}
        for place, gain in gains.items():
            before = max(levers[place].score, FLOOR)
            units[place] = before + gain
            entered += levers[place].share * math.log(units[place] / before)
        value = math.exp(entered)
        slopes = {place: value * levers[place].share / unit for place, unit in units.items()}
        now = math.exp(pillar.entered)
        return value - now - summed(slopes[place] * gain for place, gain in gains.items()), slopes

    def _log_tangent(self, pillar: LiftedPillar, gains: Mapping[int, float]) -> tuple[float, dict[int, float]]:
        """Dimensions arithmetic, pillars geometric: the tangent of ln, not left of where it meets the floor's end."""
        levers = self.problem.levers
        value = pillar.entered + summed(levers[place].share * gain for place, gain in gains.items())
        touch = FLOOR
        if pillar.entered < FLOOR:  # where the tangent of ln touches that is 0 at a score below the floor, by halving
            low, touch = FLOOR, math.e * FLOOR
            for _ in range(60):
                middle = (low + touch) / 2
                low, touch = (middle, touch) if math.log(middle) < 1 - pillar.entered / middle else (low, middle)
        touch = max(value, touch)
        slopes = {place: levers[place].share / touch for place in gains}
        now = math.log(max(pillar.entered, FLOOR))
        return math.log(touch) + (pillar.entered - touch) / touch - now, slopes


def levers_of(problem: PlanningProblem) -> Sequence[tuple[int, ...]]:
    """Return the levers of each pillar."""
    found: list[list[int]] = [[] for _ in problem.pillars]
    for place, lever in enumerate(problem.levers):
        found[lever.pillar].append(place)
    return tuple(tuple(places) for places in found)
