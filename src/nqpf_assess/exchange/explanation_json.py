"""The arithmetic of one figure as data for machines, format nqpf-explanation/1: full precision, null = no figure."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from nqpf_assess.engine.explaining import AnswerExplained, Explained, FloorExplained
from nqpf_assess.model.scorecard import OVERALL, OVERALL_NAME

EXPLANATION_FORMAT = "nqpf-explanation/1"


def explanation_row(node: str, explained: Sequence[Explained], total: float | None = None) -> dict[str, Any]:
    """Return how a figure comes about as one JSON object: the node, then all below it, parents first.

    A step is a mean with its terms, or an answer with the scale that makes a score of it. `total`: the overall after
    the floors, which its mean knows nothing of.
    """
    named, steps = {OVERALL: OVERALL_NAME}, list[dict[str, Any]]()
    for step in explained:
        if not isinstance(step, AnswerExplained):
            steps.append(
                {"id": named.get(step.id, step.id), "by": "mean"}
                | {name: of for name, of in asdict(step).items() if name != "id"}
            )
            continue
        value: Any = sorted(step.value) if isinstance(step.value, frozenset) else step.value
        scale = step.here.scale
        steps.append(
            {
                "id": step.id,
                "by": "answer",
                "kind": step.kind,
                "state": step.state,
                "value": value if value is None or isinstance(value, int | list) else str(value),
                "score": step.score,
                "scale": None if scale is None else [list(point) for point in zip(scale.xs, scale.ys, strict=True)],
            }
        )
    after_floors = {"after_floors": total} if node == OVERALL else {}
    return {"format": EXPLANATION_FORMAT, "node": named.get(node, node), **after_floors, "steps": steps}


def floor_row(floor: FloorExplained) -> dict[str, Any]:
    """Return what fired a floor, what would lift it and what that is worth as one JSON object."""
    lifting = [{"question": question, "score": score} for question, score in floor.lifting]
    return {"format": EXPLANATION_FORMAT, "floor": floor.id} | asdict(floor) | {"lifting": lifting}
