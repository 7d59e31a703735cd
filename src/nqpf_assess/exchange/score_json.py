"""A scorecard as data for machines, format nqpf-score/1 (scoring.md): full precision, null = no figure."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nqpf_assess.locale import tell
from nqpf_assess.model.scorecard import RubricIdentity, Scorecard

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Placings

SCORE_FORMAT = "nqpf-score/1"


def score_row(card: Scorecard, language: str, placings: "Placings | None" = None) -> dict[str, Any]:
    """Return a scorecard as one JSON object, its texts in one language; `placings`: where it stands among others."""
    row = {
        "format": SCORE_FORMAT,
        "questionnaire": asdict(card.questionnaire),
        "weights": rubric_row(card.weights),
        "answers_digest": card.answers_digest,
        "overall": {**asdict(card.overall), "floors": list(card.overall.floors)},
        "balance": card.balance._asdict(),
        "nodes": [asdict(node) for node in card.nodes],
        "ledger": [
            {
                "node": row.node,
                "baseline": row.baseline,
                "steps": [
                    {
                        "from": step.by,
                        "share": step.share,
                        "factor": step.factor,
                        "target": step.target,
                        "why": tell(step.why, language),
                        "target_why": tell(step.target_why, language),
                    }
                    for step in row.steps
                ],
                "final": row.final,
                "share_baseline": row.share_baseline,
                "share_final": row.share_final,
                "target": row.target,
            }
            for row in card.ledger
        ],
        "checks": [
            {"id": check.id, "message": tell(check.message, language), "questions": list(check.questions)}
            for check in card.checks
        ],
        "countermeasures": [
            {
                "id": measure.id,
                "eligible": measure.eligible,
                "why_not": tell(measure.why_not, language),
                "gain": measure.gain,
                "gain_after_floors": measure.gain_after_floors,
                "effort": measure.effort,
                "priority": measure.priority,
                "lifts": dict(measure.lifts),
                "kpi": {"question": measure.kpi.question, "now": measure.kpi.now, "goal": measure.kpi.goal},
            }
            for measure in card.countermeasures
        ],
    }
    if placings is None:
        return row
    from nqpf_assess.exchange.benchmark import placings_row

    return row | {"benchmark": placings_row(placings, language)}


def rubric_row(rubric: RubricIdentity) -> dict[str, Any]:
    """Return which rubric was used; `with`: the shares of the profiles blended into it, by id."""
    shares = {id: float(rubric.shares[id]) for id in sorted(rubric.shares)}
    return {"id": rubric.id, "version": rubric.version, "digest": rubric.digest, "with": shares}
