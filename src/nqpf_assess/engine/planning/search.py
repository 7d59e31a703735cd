"""Branch and cut: the set of largest gain within a budget, proven by the linear programme (HiGHS), exactly re-scored.

The sets are evaluated by the engine's arithmetic; the programme only rules out what cannot be better. The order of the
search depends on nothing but the problem, and it is cut off by the number of programmes solved, never by the clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.planning.problem import ChosenSet, PlanningProblem, chosen_set
from nqpf_assess.engine.planning.relaxation import ROUNDS, Relaxation, is_whole

EVERY, AFRESH = 10, 3
"""At every tenth node cuts are looked for, in three rounds."""

Fixed = Mapping[int, int]
"""Options that are in (1) or out (0)."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best set found, and the proven upper limit of the gain: the same where nothing better exists."""

    best: ChosenSet
    bound: float

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.bound <= self.best.gain


class Search:
    """Searches one problem again and again; what was learnt about it is kept."""

    def __init__(self, problem: PlanningProblem) -> None:
        self.problem, self.relaxation = problem, Relaxation(problem)
        self._held: dict[int, int] = {}
        self._nothing = chosen_set(problem, frozenset())
        self._all = chosen_set(problem, frozenset(range(len(problem.options)))).gain

    @property
    def work(self) -> int:
        """Linear programmes solved so far."""
        return self.relaxation.programme.solves

    def best(self, budget: int, start: ChosenSet, *, patience: int) -> Found:
        """Return the set of largest gain. `start`: a set that keeps to everything."""
        self.relaxation.limit(budget)
        run = _Run(self, start, patience)
        run.go({})
        self.relaxation.tidy()
        return Found(run.best, max(run.best.gain, min(run.open, self._all)))

    def another(self, budget: int, count: int, fixed: Fixed, *, goal: float, patience: int) -> ChosenSet | None:
        """Give a set of at most `count` measures, some fixed, that gains at least `goal`; None where there is none."""
        self.relaxation.limit(budget, count)
        run = _Run(self, self._nothing, patience, goal)
        run.go(fixed)
        self.relaxation.tidy()
        return run.reached

    def hold(self, fixed: Fixed) -> None:
        """Fix exactly these options in the programme."""
        for option in [option for option in self._held if option not in fixed]:
            self.relaxation.fix(option, None)
            del self._held[option]
        for option, value in fixed.items():
            if self._held.get(option) != value:
                self.relaxation.fix(option, value)
                self._held[option] = value


class _Run:
    """One search. `open`: the highest bound of what was left unsearched. `reached`: a set that gains the goal."""

    def __init__(self, search: Search, start: ChosenSet, patience: int, goal: float | None = None) -> None:
        self.search, self.relaxation, self.problem = search, search.relaxation, search.problem
        self.best, self.goal = start, goal
        self.reached: ChosenSet | None = None
        self.open, self.last = float("-inf"), search.work + patience

    @property
    def enough(self) -> float:
        """The objective that a set has to exceed."""
        gain = self.best.gain + TOLERANCE if self.goal is None else self.goal
        return self.relaxation.shape.objective(gain)

    def go(self, fixed: Fixed) -> None:
        """Search below some options fixed."""
        nodes, waiting = 0, [(dict(fixed), float("inf"))]
        while waiting and self.reached is None:
            held, bound = waiting.pop()
            if bound <= self.enough:
                continue
            if self.search.work >= self.last:
                self.open = max(self.open, self.relaxation.shape.gain(bound))
                continue
            waiting += self._node(held, ROUNDS if nodes == 0 else AFRESH * (nodes % EVERY == 0))
            nodes += 1

    def _node(self, held: dict[int, int], rounds: int) -> list[tuple[dict[int, int], float]]:
        self.search.hold(held)
        solved = self.relaxation.solve(self.enough, rounds)
        if solved is None:
            return []
        free = [option for option in range(len(self.problem.options)) if option not in held]
        parted = [option for option in free if not is_whole(solved.columns[option])]
        if not parted:
            every = range(len(self.problem.options))
            tried = chosen_set(self.problem, frozenset(o for o in every if solved.columns[o] > 0.5))
            if self.goal is not None and tried.gain >= self.goal:
                self.reached = tried
            if tried.gain > self.best.gain:
                self.best = tried
            parted = free if solved.value > self.enough else []
        if not parted or self.reached is not None:
            return []
        held = held | self.relaxation.settled(solved, self.enough, free)

        def undecided(option: int) -> float:
            share = solved.columns[option]
            return min(share, 1 - share) * self.problem.options[option].effort

        # The measure whose undecided effort is the largest is put in and out; what the programme leans to comes first.
        option = max((option for option in parted if option not in held), key=undecided, default=parted[0])
        if option in held:
            return [(held, solved.value)]
        leaning = int(solved.columns[option] > 0.5)
        return [({**held, option: 1 - leaning}, solved.value), ({**held, option: leaning}, solved.value)]
