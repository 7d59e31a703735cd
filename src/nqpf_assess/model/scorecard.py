"""The result of scoring one assessment: every figure, each with what explains it. None = not assessed or no meaning."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import prod
from typing import Literal, NamedTuple

from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.model.blend import Blend

NodeLevel = Literal["pillar", "dimension", "question"]
Stays = Literal["always", "sometimes", "never"]

OVERALL = "*"
"""What stands for the id of the overall where nodes are named: none of them can be called so."""

OVERALL_NAME = "overall"
"""How people and machines name it; a questionnaire may have a part of that id."""

NO_WORDS: Text = {}
KEPT = _("{now} kept, or a better figure")
AS_GOOD, BETTER = _("at least as good a figure"), _("a better figure")
NOT_HERE = _("does not apply here, so set a figure of your own")
_FROM_TO = re.compile(r"(?<=: )from \{now\}[^{}]*\{goal\}|由\{now\}[^{}]*\{goal\}")
"""How a KPI says where its figure is to go, in each language."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which edition of a questionnaire or rubric was used."""

    id: str
    version: str
    digest: str

    @property
    def named(self) -> str:
        """How a command line names it."""
        return self.id


@dataclass(frozen=True, slots=True)
class RubricIdentity(Identity):
    """Which edition of a rubric was used. `shares`: those of the profiles blended into it, by id.

    `baseline`: the rubric that it goes back to, by which its baseline score is.
    """

    shares: Mapping[str, Decimal] = field(default_factory=dict)
    baseline: Identity | None = None

    @property
    def named(self) -> str:
        """How a command line names it: a blend with its shares."""
        return str(Blend(self.id, self.shares))


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall score (after the floors) with its ranges, target and totals. Points on the scale 0 to 100.

    `coverage`: share of the applicable weight that is answered, 0 to 1. `uncapped`: before the floors; target, gap,
    shortfall and surplus belong to it. `floors`: ids of the floors that fired. Source: scoring.md, sections 2 to 6.
    """

    score: float | None
    uncapped: float | None
    low: float | None
    high: float | None
    confidence_low: float | None
    confidence_high: float | None
    coverage: float | None
    band: str | None
    target: float | None
    gap: float | None
    shortfall: float | None
    surplus: float | None
    baseline_score: float | None
    evidence_backed: float | None
    robust_low: float | None
    robust_high: float | None
    floors: tuple[str, ...]


class Balance(NamedTuple):
    """Coupling coordination of the pillars: a hint about balance, never part of the score (scoring.md, section 5)."""

    coupling: float | None
    coordination: float | None
    modified_coupling: float | None


@dataclass(frozen=True, slots=True)
class NodeScore:
    """All figures of one pillar, dimension or question.

    `weight`: final weight normalised among siblings. `effective_weight`: the share of the overall it really carries.
    `applicable_weight`: the same with unanswered parts kept. `share`: share of the shortfall (obstacle degree).
    What a level does not have is None: targets, contributions and shares of questions, `weakest_three` below pillars.
    `one_level_up`: what the uncapped overall gains if this question's score rises one step, `to_target`: to its
    dimension's target; `..._after_floors`: what the overall gains once the floors are applied before and after.
    """

    id: str
    level: NodeLevel
    parent: str | None
    state: str
    score: float | None
    low: float | None
    high: float | None
    coverage: float | None
    weight: float
    effective_weight: float
    applicable_weight: float
    baseline_weight: float
    target: float | None = None
    gap: float | None = None
    contribution: float | None = None
    share: float | None = None
    one_level_up: float | None = None
    one_level_up_after_floors: float | None = None
    to_target: float | None = None
    to_target_after_floors: float | None = None
    weakest_three: Stays | None = None


class LedgerStep(NamedTuple):
    """One correction that applied to a node: by which profile (or `override`), how, and why.

    `by_hand`: a person's own, whatever the profiles are called. `share`: the profile's share of a blend, 1 without one:
    the factor counts to that power. `why` argues the weight, `target_why` the target; where it is empty, `why` argues
    both. Facts named in them are filled in. `profile`: `by`, or the profile that rests on it.
    """

    by: str
    factor: float
    target: float | None
    why: Text
    sources: tuple[str, ...] = ()
    share: float = 1.0
    target_why: Text = NO_WORDS
    by_hand: bool = False
    profile: str = ""


SAME_SHARE = 1e-12
"""Within it two shares of the overall are one: only rounding tells them apart."""


class LedgerRow(NamedTuple):
    """How a node came to its weight and target: as stated (not normalised), and as shares of the overall."""

    node: str
    baseline: float
    steps: tuple[LedgerStep, ...]
    final: float
    share_baseline: float
    share_final: float
    target: float | None
    outweighed: bool = False
    """The share falls only because others rise: neither its own weight nor one above it was lowered."""
    relieved: bool = False
    """The share rises only because others fall: neither its own weight nor one above it was raised."""
    parent: str = ""
    """The node above it, "" for a pillar."""
    among_baseline: float = 0.0
    among_final: float = 0.0
    """Its share of its siblings."""

    @property
    def left_out(self) -> Mapping[str, float]:
        """The profiles of a blend that switch off what others keep, with their shares: they do not weigh."""
        return {step.profile: step.share for step in self.steps if not step.factor and self.final}

    @property
    def weighing(self) -> list[LedgerStep]:
        """The steps that move the weight."""
        return [step for step in self.steps if step.factor != 1.0 and step.profile not in self.left_out]

    @property
    def arguing(self) -> list[LedgerStep]:
        """The steps that argue for the way the share moved, the strongest first; none where it did not move."""
        rises = self.share_final > self.share_baseline
        moved = self.share_final != self.share_baseline
        steps = [step for step in self.weighing if moved and (step.factor > 1.0) == rises]
        return sorted(steps, key=lambda step: -abs(step.factor - 1.0) * step.share)

    @property
    def by_hand(self) -> LedgerStep | None:
        """The correction that a person made here, several as the one they come to; None without one."""
        own = [step for step in self.steps if step.by_hand]
        if not own:
            return None
        targets = [step.target for step in own if step.target is not None]
        return own[-1]._replace(factor=prod(step.factor for step in own), target=targets[-1] if targets else None)

    @property
    def aiming(self) -> list[LedgerStep]:
        """The steps whose target holds: the last that a person stated, else the last of each profile of a blend."""
        last = {step.profile: step for step in self.steps if step.target is not None}
        return [step for step in last.values() if step.by_hand] or [*last.values()]

    @property
    def argued(self) -> LedgerStep | None:
        """The step whose reason stands beside the share: the strongest that argues for its way, None where none."""
        return next(iter(self.arguing), None)

    @property
    def crossed(self) -> bool:
        """Whether its share of the whole goes one way, that of its siblings, which a reason argues for, the other."""
        among, whole = self.among_final - self.among_baseline, self.share_final - self.share_baseline
        apart = abs(among) > SAME_SHARE and among * whole < 0
        return apart and any((step.factor > 1) == (among > 0) for step in self.weighing)

    @property
    def carried_along(self) -> bool:
        """Whether its share moves as that of the part above it does, which a correction moved."""
        if not self.among_baseline or not self.among_final:
            return False
        above = self.share_final / self.among_final - self.share_baseline / self.among_baseline
        rises = self.share_final > self.share_baseline
        along = above > SAME_SHARE if rises else above < -SAME_SHARE
        return bool(self.parent) and along and not (self.relieved if rises else self.outweighed)


class FiredCheck(NamedTuple):
    """A contradiction that was found, with the questions its condition names."""

    id: str
    message: Text
    questions: tuple[str, ...]


class KpiFigures(NamedTuple):
    """The figures that a countermeasure's KPI speaks of: the answer to its question now, and the goal (section 7).

    `question`: None where its KPI is no figure of the questionnaire. `now`, `goal`: as an answer file holds them, ids
    joined by `;`; None where unanswered, and where there is no goal. `now_shown`, `goal_shown`: for people. `held`:
    there is none since the figure is where it has to be, or none is better; else the measure states no points for it.
    `away`: the question is not put here, or somebody has said that it does not apply: nobody will count that figure.
    """

    question: str | None = None
    now: str | None = None
    goal: str | None = None
    now_shown: Text = NO_WORDS
    goal_shown: Text = NO_WORDS
    held: bool = False
    away: bool = False

    def filled(self, kpi: Text) -> Text:
        """Return a KPI with its `{now}` and `{goal}` put in; what is not counted yet is said in words.

        A figure that is at its best already is to be kept: it goes from nothing to nothing.
        """
        if self.question is None:
            return kpi
        if self.held or self.away:
            course = NOT_HERE if self.away else KEPT
            kpi = {language: _FROM_TO.sub(tell(course, language), words) for language, words in kpi.items()}
        now = self.now_shown or _("the first count")
        unset = AS_GOOD if self.held else BETTER if self.now_shown else _("the goal set by it")
        return fill(kpi, now=now, goal=self.goal_shown or unset)


class MeasureScore(NamedTuple):
    """What one countermeasure would do here. `lifts`: points it would really add, alone. `priority`: gain / effort.

    `gain_after_floors`: what the overall gains once the floors are applied before and after. `kpi`: its figures.
    `unsure`: it is eligible, but whether it suits here hangs on what is not answered.
    """

    id: str
    eligible: bool
    why_not: Text
    gain: float | None
    gain_after_floors: float | None
    effort: int
    priority: float | None
    lifts: Mapping[str, float]
    kpi: KpiFigures
    unsure: bool = False

    @property
    def precedence(self) -> tuple[float, float, int]:
        """What to do first, the least first: by gain after the floors for each effort, then before them, then effort.

        Without a floor that holds the score, this is the order of `priority`.
        """
        after = 0.0 if self.gain_after_floors is None else self.gain_after_floors / self.effort
        return -round(after, 9), -round(self.priority or 0.0, 9), self.effort


class Variant(NamedTuple):
    """The overall score under one choice of method, for the robustness table."""

    mean: Literal["arithmetic", "geometric"]
    local: bool
    evidence_backed: bool
    score: float | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything that scoring one assessment gives; nodes, ledger, checks and measures in file order."""

    questionnaire: Identity
    weights: RubricIdentity
    answers_digest: str
    overall: Overall
    balance: Balance
    nodes: tuple[NodeScore, ...]
    ledger: tuple[LedgerRow, ...]
    checks: tuple[FiredCheck, ...]
    countermeasures: tuple[MeasureScore, ...]
    variants: tuple[Variant, ...]
    at_geometric_floor: tuple[str, ...]
    """Nodes whose score was raised to 1 as it entered a geometric mean."""

    def node(self, id: str) -> NodeScore:
        """Return the figures of one node."""
        return next(node for node in self.nodes if node.id == id)
