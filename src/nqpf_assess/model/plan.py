"""A plan: which countermeasures, in which order, with what effect, and the curve of gain against effort."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nqpf_assess.locale import Text
from nqpf_assess.model.questionnaire import Horizon, Tier


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a plan has to keep to besides its budget.

    `acts`: who may decide; empty = anybody. `must`, `without`: measures that have to be in, or may not be. `done`: what
    is done already, is not chosen again, and is in place for whatever needs it.
    `by_phase`: the largest effort of a phase; one that is left out has no limit of its own.
    """

    acts: tuple[Tier, ...] = ()
    must: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    by_phase: Mapping[Horizon, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One measure of a plan. `cumulative_gain`: points that it and all steps before it gain together.

    `after_floors`: the same with the floors applied before and after. `months`: when it is done, counted from the
    beginning of the plan: as the measure states, else the end of its phase, and never before what it needs.
    `starts`: the month after which it can begin, 0 where it waits for no other step.
    """

    id: str
    phase: Horizon
    effort: int
    cumulative_gain: float
    after_floors: float
    months: int
    starts: int = 0

    @property
    def check(self) -> int:
        """The month in which its course is checked: halfway, so that there is still time to mend it."""
        return -(-(self.starts + self.months) // 2)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The largest gain that a budget of effort allows (points; None where the must-haves cost more than it).

    `bound`: the proven upper limit, equal to the gain where that is proven.
    """

    budget: int
    gain: float | None
    bound: float | None

    @property
    def proven(self) -> bool:
        """Whether no better set exists."""
        return self.gain == self.bound


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A countermeasure that could not be chosen, with the reason; `needed`: the scores do call for it."""

    id: str
    why: Text
    needed: bool


Openness = Literal["none", "past", "unsuited", "wish", "effort"]
"""Why a gap stays open. `none`: no measure is for it; `past`: those there are begin at another score; `unsuited`: they
do not suit here; `wish`: they are left out as asked; `effort`: others gain more for what is at hand."""


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A large gap that no chosen measure reaches, with why; `measures`: those that are for it, the best first."""

    dimension: str
    why: Openness
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiredFloor:
    """A floor that fired: its node scores below `below`, so the overall is at most `cap`."""

    node: str
    below: float
    cap: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A set of countermeasures in order, its exact effect, and what other budgets would allow (scoring.md, section 7).

    `score_before`, `score_after`: the overall before the floors; `score_after_floors`: what it would be after them.
    `bound`: proven upper limit of the gain within the budget, equal to it where `optimal`. No overall score: these and
    `gain` are None, `chosen` and `curve` empty. `linearised`: the means are geometric; the programme worked with
    tangents, every figure is re-scored exactly. `floors`: those that fire before the plan, whether or not they cost
    points. `wishes`: what sets had to keep to; `by_hand`: the set was named by somebody and not found by its gain.
    """

    budget: int
    chosen: tuple[Step, ...]
    gain: float | None
    score_before: float | None
    score_after: float | None
    score_after_floors: float | None
    optimal: bool
    bound: float | None
    curve: tuple[CurvePoint, ...]
    left_out: tuple[LeftOut, ...] = ()
    linearised: bool = False
    floors: tuple[FiredFloor, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    by_hand: bool = False

    @property
    def wished(self) -> bool:
        """Whether sets had to keep to anything besides the budget."""
        return self.wishes != Wishes()

    @property
    def effort(self) -> int:
        """The effort of all steps."""
        return sum(step.effort for step in self.chosen)
