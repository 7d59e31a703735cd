"""The rubric: how much each part counts here, what is a sensible target here, and why (formats.md, section 2)."""

from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from nqpf_assess.model.base import Id, ReadBy, Row, Score, Share, Table, Weight, Words
from nqpf_assess.model.condition import Condition
from nqpf_assess.model.frozen import NONE_STATED, Frozen, Labelled, key

WEIGHTS_FORMAT = "nqpf-weights/1"

BASELINE = "baseline"
"""Id of the rubric that scores where none is named: the general weights, which know of no local condition."""

Mean = Literal["arithmetic", "geometric"]


class ConfidenceSpread(Frozen):
    """Score points by which an answer may be off either way, by its stated confidence."""

    high: Weight | None = None
    medium: Weight | None = None
    low: Weight | None = None


class Scoring(Frozen):
    """The rules of aggregation. A key left out is stated lower in the chain, else it has the contract's default."""

    across_pillars: Mean | None = None
    across_dimensions: Mean | None = None
    across_questions: Mean | None = None
    minimum_coverage: Share | None = None
    confidence_spread: ConfidenceSpread | None = None
    unsupported_ceiling: Score | None = None
    weight_spread: Share | None = None
    overlap: Share | None = None


class Band(Labelled):
    """A maturity band: its words and the score from which it begins."""

    from_: Score = key(alias="from")


class Floor(Frozen):
    """Non-substitution (一票否决): where `node` scores below `below`, the overall is capped at `cap`."""

    node: Id
    below: Score
    cap: Score
    why: Words


class Adjustment(Frozen):
    """One local correction of a weight or target, with the reason that is printed in the ledger.

    `why` argues the weight and, where there is no `target_why`, the target too; both may name facts in braces, and part
    their clauses with `|`. `questions`: those the reason speaks of.
    """

    node: Id
    factor: Weight | None = None
    target: Score | None = None
    when: Condition | None = None
    why: Words
    target_why: Words | None = None
    questions: Row[Id] = ()
    sources: Row[str] = ()


def _cell(value: object) -> str | int | Decimal:
    if isinstance(value, Decimal) and value.is_finite() and abs(value) < MOST_JUDGED and value == int(value):
        return int(value)  # 3.0 is judged, and written, as 3
    return value if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else str(value)


MOST_JUDGED = 1000
"""Above what any scale of judgements has."""

JudgedCell = Annotated[str | int | Decimal, ReadBy(_cell, type=["number", "string"])]
"""How many times one counts as much as another: 3, "1/3"; whether it is a judgement, a lint rule says."""


class Judgements(Frozen):
    """One expert's pairwise comparison of siblings (AHP), kept so that weights can be defended and judged anew.

    `of`: the pillar or dimension whose parts are compared, left out for the pillars. `matrix`: a row a member.
    """

    of: Id | None = None
    by: str = ""
    members: Row[Id]
    matrix: Row[Row[JudgedCell]]


class Weights(Frozen):
    """One rubric file: a baseline (without `based_on`) states everything, a profile only its differences."""

    format: Literal["nqpf-weights/1"]
    id: Id
    questionnaire: Id
    version: str | None = None
    based_on: Id | None = None
    name: Words
    about: Words | None = None
    order: int | None = None
    fits: Condition | None = None
    weights: Table[Id, Weight] = NONE_STATED
    targets: Table[Id, Score] = NONE_STATED
    scoring: Scoring = Scoring.model_construct()
    bands: Table[Id, Band] = NONE_STATED
    floors: Table[Id, Floor] = NONE_STATED
    adjust: Row[Adjustment] = ()
    judgements: Row[Judgements] = ()


Chain = tuple[Weights, ...]
"""A rubric with all it is based on, the root first."""


class BlendedProfile(NamedTuple):
    """A profile that is blended into another, with all it is based on, and its share (above 0, below 1)."""

    chain: Chain
    share: Decimal

    @property
    def id(self) -> str:
        """The id of the profile itself."""
        return self.chain[-1].id
