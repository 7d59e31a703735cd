"""The largest gain for every budget, from nothing to everything, each budget starting from what smaller ones found."""

from dataclasses import dataclass, field

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.planning.problem import ChosenSet, PlanningProblem, chosen_set, gain_with
from nqpf_assess.engine.planning.search import Found, Search

PATIENCE = 2500
"""Linear programmes for a whole curve, if no other number is declared; what is not proven then has a bound."""


@dataclass
class Curve:
    """For each budget from 0 on the best set found, with the bound; None where the must-haves cost more."""

    problem: PlanningProblem
    search: Search
    points: list[Found | None] = field(default_factory=list)

    def gain(self, budget: int) -> float | None:
        """Return the largest gain found for a budget; budgets beyond the last are the last."""
        found = self.at(budget)
        return None if found is None else found.best.gain

    def at(self, budget: int) -> Found | None:
        """Return what was found for a budget."""
        return self.points[min(budget, len(self.points) - 1)]

    def improve(self, budget: int, found: Found) -> None:
        """Take over what a longer search found; larger budgets gain at least as much."""
        self.points[budget] = found
        for place in range(budget + 1, len(self.points)):
            other = self.points[place]
            if other is not None and other.best.gain < found.best.gain:
                self.points[place] = Found(found.best, max(other.bound, found.best.gain))


def curve_of(problem: PlanningProblem, patience: int | None = PATIENCE) -> Curve:
    """Find the curve. `patience`: linear programmes in all; None = until everything is proven."""
    search, offers = Search(problem), _Offers(problem)
    total = sum(option.effort for option in problem.options)
    start = chosen_set(problem, problem.must)
    first, curve = problem.effort(problem.must), Curve(problem, search)
    curve.points += [None] * min(first, total + 1)
    # No budget allows more than everything does, unless phases have budgets of their own.
    if not problem.limits:
        every = chosen_set(problem, frozenset(range(len(problem.options))))
        most = Found(every, every.gain)
    elif not problem.within_limits(problem.must):
        most = Found(start, start.gain)
    else:
        most = search.best(total, start, patience=patience or UNLIMITED)
    held = start if problem.within_limits(problem.must) else None
    for budget in range(first, total + 1):
        if held is None:
            curve.points.append(None)
            continue
        offer = offers.best(budget, held)
        if offer.gain >= most.bound - TOLERANCE:
            found = Found(offer, offer.gain)
        else:
            left = UNLIMITED if patience is None else max(1, patience - search.work)
            searched = search.best(budget, offer, patience=left)
            bound = max(searched.best.gain, min(searched.bound, most.bound))
            found = Found(searched.best, bound)
        curve.points.append(found)
        held = found.best
        offers.add(budget, held)
    return curve


UNLIMITED = 10**9


class _Offers:
    """Sets made of the best set of a smaller budget and one measure more, with what it needs: where searches start."""

    def __init__(self, problem: PlanningProblem) -> None:
        self.problem = problem
        self._best: dict[int, tuple[float, frozenset[int]]] = {}

    def add(self, budget: int, held: ChosenSet) -> None:
        """Offer every measure on top of the best set of a budget."""
        spent = self.problem.effort(held.chosen)
        if spent < budget:
            return
        for option in range(len(self.problem.options)):
            if option in held.chosen:
                continue
            more = sorted(self.problem.together[option] - held.chosen)
            needed, chosen = spent + self.problem.effort(more), held.chosen.union(more)
            gain = gain_with(self.problem, held, more)
            if gain > self._best.get(needed, (0.0, chosen))[0] and self.problem.within_limits(chosen):
                self._best[needed] = (gain, chosen)

    def best(self, budget: int, held: ChosenSet) -> ChosenSet:
        """Return the better of what is offered for a budget and what the budget before it had."""
        offered = self._best.pop(budget, None)
        if offered is None or offered[0] <= held.gain + TOLERANCE:
            return held
        return chosen_set(self.problem, offered[1])


def spread(found: Found | None) -> tuple[float | None, float | None]:
    """Return gain and bound of a point."""
    return (None, None) if found is None else (found.best.gain, found.bound)
