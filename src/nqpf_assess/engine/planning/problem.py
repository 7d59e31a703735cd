"""The choice to be made: the measures that may be chosen, and the dimensions they can lift (scoring.md, section 7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nqpf_assess.engine.arithmetic import Mean, Means, below, entering, leaving, plain, shares
from nqpf_assess.engine.gaps import ELIGIBLE, needed, reasons
from nqpf_assess.engine.graph import in_dependency_order
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.base import summed
from nqpf_assess.model.plan import LeftOut, Wishes
from nqpf_assess.model.questionnaire import HORIZONS, Horizon

WITHOUT = _("left out as asked")
DONE = _("done already")
OTHERS_DECIDE = _("not among those who may decide, as asked")
NEEDS_LEFT_OUT = _("needs “{first}” first, which is left out")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One measure that may be chosen. `needs`: prerequisites that are not done yet, by their place among the options.

    `phase`: its horizon, or that of a prerequisite where later.
    """

    id: str
    effort: int
    phase: Horizon
    needs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lever:
    """A dimension that can be lifted: its score and target, its pillar, its share there, and who lifts it by how much.

    `lifts`: option and points, the most points first.
    """

    score: float
    target: float
    pillar: int
    share: float
    lifts: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class LiftedPillar:
    """A pillar that can be lifted: its share of the overall, and what its dimensions bring into its mean now."""

    share: float
    entered: float


@dataclass(frozen=True)
class PlanningProblem:
    """Which measures may be chosen and what they do. `fixed`: what the pillars that stay bring into the overall."""

    options: tuple[Candidate, ...]
    levers: tuple[Lever, ...]
    pillars: tuple[LiftedPillar, ...]
    fixed: float
    overlap: float
    means: Means
    must: frozenset[int] = frozenset()
    limits: Mapping[Horizon, int] | None = None

    @cached_property
    def together(self) -> tuple[frozenset[int], ...]:
        """For each option, itself with all that it needs."""
        found: list[frozenset[int]] = []
        for place, option in enumerate(self.options):  # prerequisites stand before what needs them
            found.append(frozenset({place}).union(*(found[need] for need in option.needs)))
        return tuple(found)

    @cached_property
    def lifted_by(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """For each option, the levers it moves and by how many points."""
        found: list[list[tuple[int, float]]] = [[] for _ in self.options]
        for place, lever in enumerate(self.levers):
            for option, points in lever.lifts:
                found[option].append((place, points))
        return tuple(tuple(moved) for moved in found)

    @property
    def linear(self) -> bool:
        """Whether the overall is a weighted sum of the dimensions' scores."""
        return self.means.pillars == self.means.dimensions == "arithmetic"

    def effort(self, chosen: Iterable[int]) -> int:
        """Sum the effort of a set."""
        return sum(self.options[option].effort for option in chosen)

    def within_limits(self, chosen: Iterable[int]) -> bool:
        """Return whether every phase keeps to its own budget."""
        if not self.limits:
            return True
        spent = dict.fromkeys(HORIZONS, 0)
        for option in chosen:
            spent[self.options[option].phase] += self.options[option].effort
        return all(spent[phase] <= limit for phase, limit in self.limits.items())

    def reached(self, lever: Lever, total: float, largest: float) -> float:
        """Return the score a dimension reaches when its measures add up to so many points, the largest in full."""
        raised = lever.score + largest + self.overlap * (total - largest)
        return raised if raised < lever.target else lever.target

    def enters(self, score: float) -> float:
        """Return what a dimension's score enters its pillar's mean with."""
        return float(entering(plain, self.means.dimensions, score))

    def overall(self, entered: Sequence[float]) -> float:
        """Return the overall for what the dimensions of each pillar bring into its mean."""
        total = self.fixed
        for pillar, value in zip(self.pillars, entered, strict=True):
            score = leaving(plain, self.means.dimensions, value)
            total += pillar.share * entering(plain, self.means.pillars, score)
        return float(leaving(plain, self.means.pillars, total))

    @cached_property
    def now(self) -> float:
        """The overall before any measure."""
        return self.overall([pillar.entered for pillar in self.pillars])


@dataclass(frozen=True, slots=True)
class ChosenSet:
    """A set of options and what it comes to: points and largest lift by lever, what enters the pillars, the gain."""

    chosen: frozenset[int]
    lifted: tuple[tuple[float, float], ...]
    entered: tuple[float, ...]
    gain: float


def chosen_set(problem: PlanningProblem, chosen: frozenset[int]) -> ChosenSet:
    """Compute what a set comes to."""
    lifted = [(0.0, 0.0) for _ in problem.levers]
    entered = [pillar.entered for pillar in problem.pillars]
    for option in sorted(chosen):
        for lever, points in problem.lifted_by[option]:
            total, largest = lifted[lever]
            lifted[lever] = (total + points, max(largest, points))
    for moving, (total, largest) in zip(problem.levers, lifted, strict=True):
        if total:
            moved = problem.enters(problem.reached(moving, total, largest)) - problem.enters(moving.score)
            entered[moving.pillar] += moving.share * moved
    return ChosenSet(chosen, tuple(lifted), tuple(entered), problem.overall(entered) - problem.now)


def gain_with(problem: PlanningProblem, chosen: ChosenSet, more: Iterable[int]) -> float:
    """Return the gain of a set with some options more."""
    lifted: dict[int, tuple[float, float]] = {}
    for option in more:
        for place, points in problem.lifted_by[option]:
            total, largest = lifted.get(place, chosen.lifted[place])
            lifted[place] = (total + points, max(largest, points))
    entered = list(chosen.entered)
    for place, (total, largest) in lifted.items():
        lever, before = problem.levers[place], chosen.lifted[place]
        moved = problem.enters(problem.reached(lever, total, largest))
        entered[lever.pillar] += lever.share * (moved - problem.enters(problem.reached(lever, *before)))
    return problem.overall(entered) - problem.now


def problem_of(assessed: Assessed, wishes: Wishes) -> tuple[PlanningProblem, tuple[LeftOut, ...]]:
    """Set up the choice for one assessment; give also which measures it leaves out, and why."""
    why_not = available(assessed, wishes)
    ids = [id for id, why in why_not.items() if why is ELIGIBLE]
    place = {id: index for index, id in enumerate(ids)}
    measures = assessed.instrument.questionnaire.countermeasures
    options: list[Candidate] = []
    for id in ids:
        needs = tuple(place[need] for need in measures[id].needs if need in place)
        latest = max([HORIZONS.index(measures[id].horizon), *(HORIZONS.index(options[need].phase) for need in needs)])
        options.append(Candidate(id, measures[id].effort, HORIZONS[latest], needs))
    pillars, levers, fixed = _tree(assessed, place)
    problem = PlanningProblem(
        tuple(options),
        levers,
        pillars,
        fixed,
        assessed.figures.rules.overlap,
        assessed.figures.rules.means,
        frozenset(place[id] for id in wishes.must if id in place),
        wishes.by_phase,
    )
    must = frozenset[int]().union(*(problem.together[option] for option in problem.must))
    left = tuple(LeftOut(id, why_not[id], needed(assessed, measures[id])) for id in measures if id not in place)
    return replace(problem, must=must), left


def available(assessed: Assessed, wishes: Wishes) -> Mapping[str, Text]:
    """Return for every measure why it may not be chosen, or `ELIGIBLE`; prerequisites stand before what needs them."""
    measures, eligible = assessed.instrument.questionnaire.countermeasures, reasons(assessed)
    found: dict[str, Text] = {}
    for id in in_dependency_order({id: measure.needs for id, measure in measures.items()}):
        found[id] = eligible[id]
        if found[id] is ELIGIBLE:
            first = [need for need in measures[id].needs if eligible[need] is ELIGIBLE and need not in wishes.done]
            left = [need for need in first if found[need] is not ELIGIBLE]
            if id in wishes.done:
                found[id] = DONE
            elif id in wishes.without:
                found[id] = WITHOUT
            elif wishes.acts and measures[id].acts not in wishes.acts:
                found[id] = OTHERS_DECIDE
            elif left:
                found[id] = fill(NEEDS_LEFT_OUT, first=measures[left[0]].title)
    return found


def _tree(assessed: Assessed, place: Mapping[str, int]) -> tuple[tuple[LiftedPillar, ...], tuple[Lever, ...], float]:
    """Take over the pillars and dimensions that can move; sum up what the other pillars bring into the overall."""
    figures, tree = assessed.figures, assessed.instrument.tree
    scores, means = figures.scores, figures.rules.means
    overall = shares(plain, [pillar.has for pillar in scores.pillars], figures.weights.pillars)
    pillars: list[LiftedPillar] = []
    levers: list[Lever] = []
    fixed = 0.0
    for index, members in enumerate(tree.dimensions):
        within = shares(
            plain, [scores.dimensions[d].has for d in members], [figures.weights.dimensions[d] for d in members]
        )
        moving = _levers(assessed, dict(zip(members, within, strict=True)), len(pillars), place)
        if moving and overall[index] > 0:
            entered = summed(
                s * _enters(means.dimensions, scores.dimensions[d].value) for d, s in zip(members, within, strict=True)
            )
            pillars.append(LiftedPillar(overall[index], entered))
            levers += moving
        else:
            fixed += overall[index] * _enters(means.pillars, scores.pillars[index].value)
    return tuple(pillars), tuple(levers), fixed


def _enters(kind: Mean, score: float) -> float:
    return float(entering(plain, kind, score))


def _levers(assessed: Assessed, within: Mapping[int, float], pillar: int, place: Mapping[str, int]) -> list[Lever]:
    scores, targets = assessed.figures.scores.dimensions, assessed.rubric.dimension_targets
    measures, found = assessed.instrument.questionnaire.countermeasures, []
    for dimension, share in within.items():
        score, target = scores[dimension], targets[dimension]
        name = assessed.instrument.dimensions[dimension]
        added = [(option, float(measures[id].lifts.get(name, 0))) for id, option in place.items()]
        lifts = tuple(sorted((lift for lift in added if lift[1] > 0), key=lambda lift: (-lift[1], lift[0])))
        if lifts and share > 0 and score.has and below(score.value, target):
            found.append(Lever(score.value, target, pillar, share, lifts))
    return found
