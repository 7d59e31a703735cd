"""Plans: how the cost of the whole curve grows with the measures, beside greedy choice and plain programmes.

`python -m benchmarks plan`. Random problems from fixed seeds, of the size and figures of the shipped questionnaires and
larger. Peers solve the textbook programme for single budgets: HiGHS's own branch and bound always, scipy's `milp` and
OR-Tools' CP-SAT where they are installed.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from statistics import median
from typing import Any

from nqpf_assess.engine.arithmetic import Means
from nqpf_assess.engine.planning.curve import PATIENCE, Curve, curve_of
from nqpf_assess.engine.planning.problem import Candidate, Lever, LiftedPillar, PlanningProblem, chosen_set, gain_with
from nqpf_assess.model.questionnaire import HORIZONS

SIZES = ((25, 20), (50, 28), (100, 40), (200, 40))
PLAIN = Means("arithmetic", "arithmetic", "arithmetic")
SEEDS = (1, 2, 3)
BUDGETS = (0.1, 0.2, 0.3)
"""Budgets that peers solve, as parts of the least effort at which nothing more is gained."""


def problem(seed: int, measures: int, dimensions: int) -> PlanningProblem:
    """Make a random problem: scores 15 to 85, targets 70 to 90, one to three dimensions lifted by 5 to 15 points."""
    draw = random.Random(seed)
    weights = [draw.uniform(0.5, 2.0) for _ in range(dimensions)]
    lifts: list[list[tuple[int, float]]] = [[] for _ in range(dimensions)]
    options = []
    for place in range(measures):
        for dimension in draw.sample(range(dimensions), draw.choice((1, 2, 2, 2, 3, 3))):
            lifts[dimension].append((place, float(draw.choice((5, 6, 8, 10, 12, 15)))))
        needs = (draw.randrange(place),) if place and draw.random() < 0.25 else ()
        effort = draw.choice((1, 2, 2, 2, 3, 3, 4, 5))
        options.append(Candidate(f"m{place:03}", effort, draw.choice(HORIZONS), needs))
    levers = []
    for dimension, weight in enumerate(weights):
        score, target = draw.uniform(15, 85), draw.choice((70.0, 75.0, 80.0, 85.0, 90.0))
        ordered = tuple(sorted(lifts[dimension], key=lambda lift: (-lift[1], lift[0])))
        if score < target and ordered:
            levers.append(Lever(score, target, 0, weight / sum(weights), ordered))
    entered = sum(lever.share * lever.score for lever in levers)
    return PlanningProblem(tuple(options), tuple(levers), (LiftedPillar(1.0, entered),), 0.0, 0.5, PLAIN)


@dataclass(frozen=True)
class Row:
    """One size: CPU seconds of the whole curve, how much of it is proven, what greedy choice loses, a peer's budget."""

    measures: int
    dimensions: int
    seconds: float
    budgets: int
    proven: int
    widest: float
    greedy: float
    peers: dict[str, float]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.process_time()
    made = work()
    return made, time.process_time() - begun


def row(measures: int, dimensions: int, seed: int) -> Row:
    """Measure one problem."""
    made = problem(seed, measures, dimensions)
    curve, seconds = timed(lambda: curve_of(made))
    points = [point for point in curve.points if point is not None]
    top = next(place for place, point in enumerate(points) if point.best.gain >= points[-1].standing.gain - 1e-9)
    budgets = [max(1, round(top * part)) for part in BUDGETS]
    peers = {name: median(timed(partial(solve, made, b))[1] for b in budgets) for name, solve in solvers().items()}
    return Row(
        measures,
        dimensions,
        seconds,
        len(points),
        sum(point.proven for point in points),
        max(point.bound - point.best.gain for point in points),
        max(1 - greedy(made, budget) / gained(curve, budget) for budget in range(4, top, max(1, top // 20))),
        peers,
    )


def gained(curve: Curve, budget: int) -> float:
    return curve.gain(budget) or 0.0


def greedy(made: PlanningProblem, budget: int) -> float:
    """Choose what gains most for its effort, with what it needs, as long as there is room."""
    held = chosen_set(made, frozenset())
    while True:
        best: tuple[float, frozenset[int]] | None = None
        for together in made.together:
            more = together - held.chosen
            spent = made.effort(more)
            if more and made.effort(held.chosen) + spent <= budget:
                rate = (gain_with(made, held, sorted(more)) - held.gain) / spent
                best = max(best, (rate, more), key=lambda entry: entry[0]) if best else (rate, more)
        if best is None or best[0] <= 1e-12:
            return held.gain
        held = chosen_set(made, held.chosen | best[1])


# ---- the textbook programme: a share for each measure, one "largest" for each dimension


@dataclass(frozen=True)
class Textbook:
    """Maximise cost·x, rows·x ≤ most, 0 ≤ x ≤ high, the first `whole` columns whole."""

    cost: list[float]
    high: list[float]
    rows: list[dict[int, float]]
    most: list[float]
    whole: int


def textbook(made: PlanningProblem, budget: int) -> Textbook:
    count = len(made.options)
    cost, high = [0.0] * count, [1.0] * count
    rows: list[dict[int, float]] = [{place: float(option.effort) for place, option in enumerate(made.options)}]
    most = [float(budget)]
    for place, option in enumerate(made.options):
        rows += [{place: 1.0, need: -1.0} for need in option.needs]
        most += [0.0] * len(option.needs)
    for lever in made.levers:
        gain = len(cost)
        room = lever.target - lever.score
        cost.append(lever.share)
        high.append(room)
        firsts, total = {}, {gain: 1.0}
        for place, points in lever.lifts:
            first = len(cost)
            cost.append(0.0)
            high.append(1.0)
            firsts[first] = 1.0
            rows.append({first: 1.0, place: -1.0})
            most.append(0.0)
            total |= {place: -made.overlap * min(points, room), first: -(1 - made.overlap) * min(points, room)}
        rows += [firsts, total]
        most += [1.0, 0.0]
    return Textbook(cost, high, rows, most, count)


def by_highs(made: PlanningProblem, budget: int) -> float:
    import highspy

    from nqpf_assess.engine.planning.solver import _highs

    book, solver = textbook(made, budget), _highs()
    solver.setOptionValue("solver", "choose")
    solver.setOptionValue("presolve", "on")
    solver.setOptionValue("mip_rel_gap", 0.0)
    for place, (cost, high) in enumerate(zip(book.cost, book.high, strict=True)):
        solver.addCol(cost, 0.0, high, 0, [], [])
        if place < book.whole:
            solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    for factors, most in zip(book.rows, book.most, strict=True):
        solver.addRow(-1e30, most, len(factors), list(factors), list(factors.values()))
    solver.run()
    return float(solver.getInfo().objective_function_value)


def by_scipy(made: PlanningProblem, budget: int) -> float:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped, import-not-found, unused-ignore]
    from scipy.sparse import lil_matrix  # type: ignore[import-untyped, import-not-found, unused-ignore]

    book = textbook(made, budget)
    matrix = lil_matrix((len(book.rows), len(book.cost)))
    for row, factors in enumerate(book.rows):
        for column, factor in factors.items():
            matrix[row, column] = factor
    whole = np.array([1] * book.whole + [0] * (len(book.cost) - book.whole))
    limits = LinearConstraint(matrix.tocsr(), ub=book.most)
    found = milp(-np.array(book.cost), integrality=whole, bounds=Bounds(0, book.high), constraints=limits)
    return float(-found.fun)


def by_ortools(made: PlanningProblem, budget: int) -> float:
    from ortools.sat.python import cp_model  # type: ignore[import-untyped, import-not-found, unused-ignore]

    book, model, fine = textbook(made, budget), cp_model.CpModel(), 1000
    places = range(len(book.cost))
    columns = [
        model.new_bool_var("") if high == 1.0 else model.new_int_var(0, round(high * fine), "") for high in book.high
    ]
    scale = [1 if high == 1.0 else fine for high in book.high]
    for factors, most in zip(book.rows, book.most, strict=True):
        model.add(
            sum(round(f * fine * fine / scale[c]) * columns[c] for c, f in factors.items()) <= round(most * fine**2)
        )
    model.maximize(sum(round(book.cost[p] * 1e6 / scale[p]) * columns[p] for p in places))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.solve(model)
    return float(solver.objective_value) / 1e6


def solvers() -> dict[str, Callable[[PlanningProblem, int], float]]:
    found: dict[str, Callable[[PlanningProblem, int], float]] = {"HiGHS": by_highs}
    if find_spec("scipy"):
        found["scipy"] = by_scipy
    if find_spec("ortools"):
        found["OR-Tools"] = by_ortools
    return found


def lines() -> Iterator[str]:
    """Give the table."""
    names = list(solvers())
    yield "## Plans: every budget from nothing to everything"
    yield ""
    yield (
        f"Three random problems of each size. At most {PATIENCE:,} linear programmes a curve; what is not proven by "
        "then has a bound (widest gap, points). Greedy: the most it loses at 20 budgets. Peers: one budget of the "
        "textbook programme, median of three."
    )
    yield ""
    yield (
        "| measures × dimensions | whole curve, s | budgets | proven | widest gap | greedy loses | "
        + " | ".join(f"{name}, one budget, s" for name in names)
        + " |"
    )
    yield "|---|---:|---:|---:|---:|---:|" + "---:|" * len(names)
    for measures, dimensions in SIZES:
        for seed in SEEDS:
            made = row(measures, dimensions, seed)
            peers = " | ".join(f"{made.peers[name]:.2f}" for name in names)
            figures = (made.seconds, made.budgets, made.proven, made.widest, made.greedy)
            shown = "{:.2f} | {} | {} | {:.3f} | {:.1%}".format(*figures)
            yield f"| {measures} × {dimensions} | {shown} | {peers} |"
