"""Of all sets that gain the same, the one with less effort, then fewer measures, then the first by its sorted ids."""

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.planning.curve import UNLIMITED, Curve
from nqpf_assess.engine.planning.problem import ChosenSet
from nqpf_assess.engine.planning.search import Found

PATIENCE = 6000
"""Linear programmes for one plan, if no other number is declared."""


def best_at(curve: Curve, budget: int, patience: int | None = PATIENCE) -> Found | None:
    """Return the one best set for a budget, with the proven upper limit of the gain."""
    last = curve.search.work + (UNLIMITED if patience is None else patience)
    budget = min(budget, len(curve.points) - 1)
    found = _proven(curve, budget, last)
    if found is None:
        return None
    goal = found.best.gain - TOLERANCE
    least = _least_effort(curve, budget, goal, last)
    chosen = _first_by_id(curve, _fewest(curve, least, goal, last), goal, last)
    return Found(chosen, max(found.bound, chosen.gain) if not found.proven else chosen.gain)


def _proven(curve: Curve, budget: int, last: int) -> Found | None:
    """Search on where the curve left a budget unproven."""
    found = curve.at(budget)
    if found is not None and not found.proven and curve.search.work < last:
        found = curve.search.best(budget, found.best, patience=last - curve.search.work)
        curve.improve(budget, found)
    return found


def _least_effort(curve: Curve, budget: int, goal: float, last: int) -> ChosenSet:
    """Return a set of the least effort that gains the goal."""
    for smaller in range(budget + 1):
        found = curve.at(smaller)
        if found is not None and found.best.gain < goal <= found.bound:
            found = _proven(curve, smaller, last)
        if found is not None and found.best.gain >= goal:
            return found.best
    raise AssertionError("the budget itself gains the goal")


def _fewest(curve: Curve, held: ChosenSet, goal: float, last: int) -> ChosenSet:
    """Return a set of as few measures as there can be at the same effort."""
    effort = curve.problem.effort(held.chosen)
    while len(held.chosen) > 1 and curve.search.work < last:
        patience = last - curve.search.work
        fewer = curve.search.another(effort, len(held.chosen) - 1, {}, goal=goal, patience=patience)
        if fewer is None:
            break
        held = fewer
    return held


def _first_by_id(curve: Curve, held: ChosenSet, goal: float, last: int) -> ChosenSet:
    """Return the set whose sorted ids come first: the smallest id that can be in is in, and so on."""
    options, fixed = curve.problem.options, dict[int, int]()
    effort, count = curve.problem.effort(held.chosen), len(held.chosen)
    for option in sorted(range(len(options)), key=lambda place: options[place].id):
        if sum(fixed.values()) == count or curve.search.work >= last:
            break
        if option not in held.chosen:
            patience = last - curve.search.work
            other = curve.search.another(effort, count, {**fixed, option: 1}, goal=goal, patience=patience)
            held = other or held
        fixed[option] = int(option in held.chosen)
    return held
