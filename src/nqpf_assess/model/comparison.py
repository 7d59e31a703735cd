"""Two assessments of one subject beside each other: what changed, and how much of it is due to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from nqpf_assess.locale import Text
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.base import summed
from nqpf_assess.model.follow_up import Followed, FollowUpState
from nqpf_assess.model.scorecard import Identity, NodeLevel, Scorecard
from nqpf_assess.model.weights import Band

Cause = Literal["answers", "weights", "questionnaire"]
CAUSES: tuple[Cause, ...] = ("answers", "weights", "questionnaire")
"""What is changed from the old assessment to the new one, in this order, one at a time."""

Why = Literal["", "new", "gone", "first_score", "lost_score", "no_score", "between"]
"""Why a change cannot be told, or not be told apart.

New, gone: only one edition has the node. First, lost, no score: a score is missing now, then, or both. Between: both
scores are there, but one of the steps between them has none.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """The change of one score, and its parts. Points from 0 to 100; None = cannot be told.

    `stages`: the score then, with the new answers, with the new weights too, with the new questionnaire too (= now).
    `effects`: the part of each cause; `unsplit`: what is left where a step between has no score. Where both ends are
    there, the effects that can be told and `unsplit` sum to the change exactly.
    """

    stages: tuple[float | None, float | None, float | None, float | None]
    why: Why = ""

    @property
    def before(self) -> float | None:
        """The score then."""
        return self.stages[0]

    @property
    def after(self) -> float | None:
        """The score now."""
        return self.stages[-1]

    @property
    def total(self) -> float | None:
        """The whole change; None where one of the ends has no score."""
        return _difference(self.before, self.after)

    @property
    def effects(self) -> Mapping[Cause, float | None]:
        """The part of each cause."""
        return {cause: _difference(*self.stages[place : place + 2]) for place, cause in enumerate(CAUSES)}

    @property
    def unsplit(self) -> float | None:
        """The part that cannot be told apart; None where all of it can, or nothing can be told."""
        known = [effect for effect in self.effects.values() if effect is not None]
        return self.total - summed(known) if self.total is not None and len(known) < len(CAUSES) else None


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


@dataclass(frozen=True, slots=True)
class NodeChange:
    """The change of one pillar, dimension or question. `was`: its id then; `parent`, `title`: of the newer edition."""

    id: str
    was: str
    level: NodeLevel
    parent: str | None
    title: Text
    change: Change


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    """An answer as it counted: its state, and the value that was read (None where there is none)."""

    state: str
    value: object


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One fact or question that was answered otherwise. None: that edition does not have it."""

    table: Literal["facts", "answers"]
    id: str
    was: str
    title: Text
    before: SeenAnswer | None
    after: SeenAnswer | None


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition an assessment was given to, and which one it is read under here.

    `stated_digest`: None where the file states none. `same`: as far as the file says, it is the same one. `chosen`:
    not an edition of what the file names, but another rubric or blend that was asked for.
    """

    stated_id: str
    stated_version: str
    stated_digest: str | None
    used: Identity
    chosen: bool

    @property
    def same(self) -> bool:
        """Whether it is read under the edition that the file names."""
        named = (self.stated_id, self.stated_version) == (self.used.id, self.used.version)
        return named and self.stated_digest in (None, self.used.digest)

    def differs_from(self, other: "Edition") -> bool:
        """Return whether the two files name different editions, as far as they say."""
        named = (self.stated_id, self.stated_version) == (other.stated_id, other.stated_version)
        digests = {self.stated_digest, other.stated_digest} - {None}
        return not named or len(digests) > 1


Verdict = Literal["reached", "partly", "unmoved", "fell", "unknown"]


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """A measure that was chosen then. `lifts`: the points it alone would have added to each dimension that it names.

    `state`: what the follow-up sheet says of it; None where no sheet does.
    """

    id: str
    title: Text
    lead: Text
    effort: int
    lifts: Mapping[str, float]
    state: FollowUpState | None
    deadline: date | None
    followed: Followed | None


@dataclass(frozen=True, slots=True)
class PlannedLift:
    """What all chosen measures together should have added to a dimension, and what the new answers added to it.

    `achieved`: the effect of the answers, whatever brought it about; None where it cannot be told.
    """

    id: str
    title: Text
    measures: tuple[str, ...]
    planned: float
    achieved: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Planned:
    """What was planned then and what came of it. `gain`, `achieved`: of the overall before the floors.

    `gain_after_floors`: what the plan was to bring after them.
    """

    measures: tuple[PlannedMeasure, ...]
    lifts: tuple[PlannedLift, ...]
    gain: float | None
    gain_after_floors: float | None
    achieved: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two assessments: whom it describes, under which editions it is read, and all its figures.

    `band`: words for the band of its score, None without one; `bands`: all of its rubric. `floors`: titles of the parts
    whose floor fired; `unjudged`: of those that have a floor and no score, so that nothing is known of it. `lines`:
    titles of all that have a floor, by their id and the score below which it fires.
    `rubric`: the name of its rubric. `unfit`: how many of its answers have no place in the edition it is read under,
    and count as not given. `quick`: only the core questions were asked.
    """

    name: str
    subject: Subject
    questionnaire: Edition
    weights: Edition
    card: Scorecard
    band: Text | None
    bands: Mapping[str, Band]
    floors: tuple[Text, ...]
    unjudged: tuple[Text, ...]
    lines: Mapping[tuple[str, Decimal], Text]
    rubric: Text
    unfit: int
    quick: bool


@dataclass(frozen=True, slots=True)
class EffectPart:
    """A part of the effect of the answers on the overall before the floors: `facts`, `period`, or a pillar's questions.

    Taken over one after another, the facts first (with the mode), then the year that is described, where it moves the
    score of a day, then pillar by pillar in the order of the old edition, so the parts sum to the effect exactly. None:
    before or after it there is no overall score. `pillar`: whether it is one, which may be called `facts` too.
    """

    what: str
    points: float | None
    pillar: bool


@dataclass(frozen=True, slots=True)
class AssessmentComparison:
    """Two assessments of one subject.

    `overall`: the score after the floors; `uncapped`: before them. `nodes`: of the newer edition in its order, then
    what only the older one has. `parts`: the effect of the answers, part by part. `editions_missing`: causes that
    cannot be told, since the two files name different editions, of which one is not at hand, and are read under one.
    `overrides_changed`: corrections by hand differ. `regrouped`: a part scored both times is in another group now.
    """

    old: Side
    new: Side
    overall: Change
    uncapped: Change
    nodes: tuple[NodeChange, ...]
    parts: tuple[EffectPart, ...]
    answers: tuple[AnswerChange, ...]
    planned: Planned | None
    editions_missing: tuple[Cause, ...]
    overrides_changed: bool
    regrouped: bool

    @property
    def other_mode(self) -> bool:
        """Whether one of the two asked the core questions alone."""
        return self.old.quick != self.new.quick

    @property
    def told(self) -> tuple[Cause, ...]:
        """The causes whose part can be told; of a rubric that is not at hand, what corrections by hand moved."""
        corrected: tuple[Cause, ...] = ("weights",) if self.overrides_changed else ()
        return tuple(cause for cause in CAUSES if cause not in self.editions_missing or cause in corrected)

    def of(self, level: NodeLevel) -> tuple[NodeChange, ...]:
        """Return the changes of one level."""
        return tuple(node for node in self.nodes if node.level == level)


@dataclass(frozen=True, slots=True)
class Year:
    """One point on the line over the years. Points from 0 to 100; None = no score. `coverage`: 0 to 1.

    `like_before`: read under the same editions, in the same mode and with the same weights corrected by hand as the one
    before it; True for the first.
    """

    name: str
    period: str
    score: float | None
    low: float | None
    high: float | None
    coverage: float | None
    band: str | None
    pillars: Mapping[str, float | None]
    change: float | None
    like_before: bool


@dataclass(frozen=True, slots=True)
class History:
    """The assessments of one subject in the order of the years they describe."""

    subject: str
    questionnaire: str
    years: tuple[Year, ...]
