"""A migration as data for machines, format nqpf-migration/1."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from nqpf_assess.exchange.score_json import rubric_row
from nqpf_assess.locale import tell
from nqpf_assess.model.answers import Answer
from nqpf_assess.model.base import canonical
from nqpf_assess.model.migration import Migration, Moved

MIGRATION_FORMAT = "nqpf-migration/1"


def migration_row(migration: Migration, name: str, language: str) -> dict[str, Any]:
    """Return a migration as one JSON object, its texts in one language."""
    return {
        "format": MIGRATION_FORMAT,
        "name": name,
        "stated": {key: canonical(getattr(migration.before, key)) for key in ("questionnaire", "weights")},
        "questionnaire": asdict(migration.questionnaire),
        "weights": rubric_row(migration.weights),
        "changes": migration.changes,
        "known_before": migration.known_before,
        "counts": dict(migration.counts),
        "rows": [_moved(row, language) for row in migration.rows],
        "restored": [_moved(row, language) for row in migration.restored],
        "asked_anew": list(migration.asked_anew),
    }


def _moved(row: Moved, language: str) -> dict[str, Any]:
    return {
        "table": row.table,
        "id": row.id,
        "was": row.was,
        "fate": row.fate,
        "why": [tell(words, language) for words in row.why],
        "before": _answer(row.before),
        "after": _answer(row.after),
    }


def _answer(answer: Answer | None) -> Mapping[str, Any] | None:
    return None if answer is None else {"value": canonical(answer.value), "state": answer.state}
