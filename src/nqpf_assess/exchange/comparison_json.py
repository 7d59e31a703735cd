"""A comparison as data for machines, format nqpf-comparison/1: full precision, null = cannot be told."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from nqpf_assess.exchange.score_json import rubric_row
from nqpf_assess.locale import tell
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.comparison import CAUSES, AssessmentComparison, Change, Edition, SeenAnswer, Side

COMPARISON_FORMAT = "nqpf-comparison/1"


def comparison_row(comparison: AssessmentComparison, language: str) -> dict[str, Any]:
    """Return a comparison as one JSON object, its texts in one language."""
    return {
        "format": COMPARISON_FORMAT,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "not_told": list(comparison.editions_missing),
        "overrides_changed": comparison.overrides_changed,
        "overall": _change(comparison.overall, comparison),
        "uncapped": _change(comparison.uncapped, comparison),
        "nodes": [
            {"id": node.id, "was": node.was, "level": node.level, "parent": node.parent}
            | _change(node.change, comparison)
            for node in comparison.nodes
        ],
        "parts": [{"what": part.what, "points": part.points} for part in comparison.parts],
        "answers": [
            {
                "table": change.table,
                "id": change.id,
                "was": change.was,
                "before": _seen(change.before),
                "after": _seen(change.after),
            }
            for change in comparison.answers
        ],
        "planned": None
        if (planned := comparison.planned) is None
        else {
            "gain": planned.gain,
            "gain_after_floors": planned.gain_after_floors,
            "achieved": planned.achieved,
            "verdict": planned.verdict,
            "measures": [
                {
                    "id": measure.id,
                    "title": tell(measure.title, language),
                    "effort": measure.effort,
                    "lifts": dict(measure.lifts),
                    "state": measure.state,
                    "deadline": None if measure.deadline is None else measure.deadline.isoformat(),
                }
                for measure in planned.measures
            ],
            "lifts": [
                {
                    "dimension": lift.id,
                    "measures": list(lift.measures),
                    "planned": lift.planned,
                    "achieved": lift.achieved,
                    "verdict": lift.verdict,
                }
                for lift in planned.lifts
            ],
        },
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        "subject": {"name": side.subject.name, "period": side.subject.period, "respondent": side.subject.respondent},
        "questionnaire": _edition(side.questionnaire, asdict(side.questionnaire.used)),
        "weights": _edition(side.weights, rubric_row(side.card.weights)),
        "unfit": side.unfit,
        "overall": {**asdict(side.card.overall), "floors": list(side.card.overall.floors)},
    }


def _edition(edition: Edition, used: dict[str, Any]) -> dict[str, Any]:
    stated = {"id": edition.stated_id, "version": edition.stated_version, "digest": edition.stated_digest}
    return {"stated": stated, "used": used, "same": edition.same}


def _change(change: Change, comparison: AssessmentComparison) -> dict[str, Any]:
    effects = {cause: change.effects[cause] if cause in comparison.told else None for cause in CAUSES}
    head = {"before": change.before, "after": change.after, "change": change.total}
    return {**head, "effects": effects, "unsplit": change.unsplit, "why": change.why}


def _seen(seen: SeenAnswer | None) -> dict[str, Any] | None:
    return None if seen is None else {"state": seen.state, "value": plain_value(seen.value)}


def plain_value(value: Any) -> Any:
    """Return a value as JSON can hold it: ticked options sorted, exact figures as texts."""
    match value:
        case frozenset() | tuple():
            return sorted(value)
        case Decimal():
            return plain_number(value)
        case _:
            return value
