"""A plan as the object nqpf-plan/1 (scoring.md): full precision, null = no figure."""

from typing import Any

from nqpf_assess.model.plan import Plan

PLAN_FORMAT = "nqpf-plan/1"


def plan_row(plan: Plan) -> dict[str, Any]:
    """Return a plan as one JSON object."""
    return {
        "format": PLAN_FORMAT,
        "budget": plan.budget,
        "chosen": [
            {"id": step.id, "phase": step.phase, "effort": step.effort, "cumulative_gain": step.cumulative_gain}
            for step in plan.chosen
        ],
        "gain": plan.gain,
        "score_before": plan.score_before,
        "score_after": plan.score_after,
        "score_after_floors": plan.score_after_floors,
        "optimal": plan.optimal,
        "bound": plan.bound,
        "curve": [{"budget": point.budget, "gain": point.gain} for point in plan.curve],
    }
