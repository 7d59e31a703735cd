"""What the figures of a pillar say: the finding its headline states, its strengths and gaps in order."""

from collections.abc import Mapping, Sequence
from typing import Literal

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.locale import Text, _
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.report.outline.case import Case

PillarFinding = Literal["nothing", "little", "reached", "reached_but", "largest", "close", "far", "below"]

CLOSE, FAR = 5.0, 20.0
"""Points below its target within which a pillar is close to it, and beyond which it is far from it."""

IN_PLACE = 60.0
"""Score from which an answer counts as something in place (the rubric's own word for 60)."""

HEADLINES: Mapping[PillarFinding, Text] = {
    "nothing": _("{pillar}: nothing is answered yet"),
    "little": _("{pillar}: too little is answered for a score"),
    "reached": _("{pillar}: every dimension has reached its target"),
    "reached_but": _("{pillar}: on target as a whole, with {dimension} behind"),
    "largest": _("{pillar}: the largest part of the shortfall, most of it in {dimension}"),
    "close": _("{pillar}: close to target; missing most is {dimension}"),
    "far": _("{pillar}: far below its target, most of all in {dimension}"),
    "below": _("{pillar}: below its target, most of all in {dimension}"),
}


def headline(case: Case, pillar: NodeScore) -> str:
    """State a pillar's finding."""
    lagging = gaps(case, pillar.id)
    dimension = case.title(lagging[0].id) if lagging else ""
    return case.say(
        HEADLINES[finding(case, pillar)], pillar=case.title(pillar.id), dimension=case.in_sentence(dimension)
    )


def finding(case: Case, pillar: NodeScore) -> PillarFinding:
    """Choose a pillar's finding by its figures."""
    if pillar.score is None:
        return "little" if pillar.coverage else "nothing"
    if not gaps(case, pillar.id):
        return "reached"
    gap = pillar.gap or 0.0
    if gap < TOLERANCE:
        return "reached_but"
    if pillar.id == largest(case):
        return "largest"
    return "close" if gap <= CLOSE else "far" if gap >= FAR else "below"


def largest(case: Case) -> str:
    """Name the pillar with the largest share of the shortfall; "" where there are no shares or only one pillar."""
    shared = [pillar for pillar in case.pillars if pillar.share]
    return max(shared, key=lambda pillar: pillar.share or 0.0).id if len(shared) > 1 else ""


def reached(node: NodeScore) -> bool:
    """Return whether a node has a score at or above its target."""
    return node.gap is not None and node.gap < TOLERANCE


def capped(case: Case) -> bool:
    """Return whether a floor takes points from the overall score."""
    overall = case.card.overall
    return overall.score is not None and (overall.uncapped or 0.0) - overall.score > TOLERANCE


def strengths(case: Case, pillar: str) -> tuple[NodeScore, ...]:
    """Dimensions at or above their targets, the furthest above first."""
    found = [node for node in case.dimensions(pillar) if reached(node)]
    return tuple(sorted(found, key=lambda node: node.gap or 0.0))


def gaps(case: Case, pillar: str) -> tuple[NodeScore, ...]:
    """Dimensions below their targets, those with the largest part of the shortfall first."""
    return by_weight(node for node in case.dimensions(pillar) if node.gap is not None and not reached(node))


def by_weight(nodes: object) -> tuple[NodeScore, ...]:
    """Sort gaps by their share of the shortfall, where there are no shares by their size."""
    return tuple(sorted(nodes, key=lambda node: (-(node.share or 0.0), -(node.gap or 0.0))))  # type: ignore[call-overload]


def all_gaps(case: Case) -> tuple[NodeScore, ...]:
    """Every dimension below its target, ranked."""
    return by_weight(gap for pillar in case.pillars for gap in gaps(case, pillar.id))


def unscored(case: Case, pillar: str) -> tuple[NodeScore, ...]:
    """Dimensions with too little answered for a score."""
    return tuple(node for node in case.dimensions(pillar) if node.score is None)


def blocking(case: Case, dimension: str) -> NodeScore | None:
    """Return the one answer whose rise to the dimension's target would bring most; None where no act would bring any.

    What only time moves is left out.
    """
    target = case.nodes[dimension].target or 0.0
    below = [
        node
        for node in _scored(case, dimension)
        if (node.score or 0.0) - target < -TOLERANCE and not case.questionnaire.questions[node.id].only_time
    ]
    return max(
        below, key=lambda node: (node.to_target or 0.0, node.weight * (target - (node.score or 0.0))), default=None
    )


def best(case: Case, dimension: str, most: int) -> Sequence[NodeScore]:
    """Return the answers that carry a dimension: the highest, at least in place."""
    found = [node for node in _scored(case, dimension) if (node.score or 0.0) - IN_PLACE > -TOLERANCE]
    return sorted(found, key=lambda node: -(node.score or 0.0))[:most]


def _scored(case: Case, dimension: str) -> list[NodeScore]:
    return [node for node in case.questions(dimension) if node.score is not None]
