"""The arithmetic of one figure as data for machines, format nqpf-explanation/1: full precision, null = no figure."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from nqpf_assess.engine.explaining import AnswerExplained, Explained, FloorExplained

EXPLANATION_FORMAT = "nqpf-explanation/1"


def explanation_row(node: str, explained: Sequence[Explained]) -> dict[str, Any]:
    """Return how a figure comes about as one JSON object: the node, then all below it, parents first."""
    return {"format": EXPLANATION_FORMAT, "node": node, "steps": [_step(step) for step in explained]}


def floor_row(floor: FloorExplained) -> dict[str, Any]:
    """Return what fired a floor, what would lift it and what that is worth as one JSON object."""
    lifting = [{"question": question, "score": score} for question, score in floor.lifting]
    return {"format": EXPLANATION_FORMAT, "floor": floor.id} | asdict(floor) | {"lifting": lifting}


def _step(step: Explained) -> dict[str, Any]:
    """Return one step: a mean with its terms, or an answer with the scale that makes a score of it."""
    if not isinstance(step, AnswerExplained):
        return {"id": step.id, "by": "mean"} | {name: part for name, part in asdict(step).items() if name != "id"}
    value = sorted(step.value) if isinstance(step.value, frozenset) else step.value
    return {
        "id": step.id,
        "by": "answer",
        "kind": step.kind,
        "state": step.state,
        "value": value if value is None or isinstance(value, int | list) else str(value),
        "score": step.score,
        "scale": None
        if step.here.scale is None
        else [list(point) for point in zip(step.here.scale.xs, step.here.scale.ys, strict=True)],
    }
