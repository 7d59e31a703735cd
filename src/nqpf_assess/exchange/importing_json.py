"""An import as data for machines."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from nqpf_assess.locale import tell
from nqpf_assess.model.answers import Answer
from nqpf_assess.model.base import canonical
from nqpf_assess.model.importing import ImportSource, ImportStep, NotTaken

IMPORT_FORMAT = "nqpf-import/1"


def source_row(source: ImportSource, respondents: Iterable[Mapping[str, Any]], language: str) -> dict[str, Any]:
    """Return one file as it was read, with what became of each respondent's values."""
    return {
        "file": source.path,
        "kind": source.kind,
        "recognised": tell(source.recognised, language),
        "columns": dict(source.map),
        "said": [tell(line, language) for line in source.columns],
        "respondents": list(respondents),
    }


def respondent_row(
    name: str,
    into: str,
    rows: Iterable[tuple[ImportStep, str]],
    not_taken: Iterable[NotTaken],
    language: str,
    **rest: Any,
) -> dict[str, Any]:
    """Return what becomes of one respondent's values; `rows`: each step with its outcome."""
    return {
        "name": name,
        "into": into,
        **rest,
        "rows": [
            {
                "table": step.table,
                "id": step.id,
                "question": tell(step.title, language),
                "present": _answer(step.present),
                "new": _answer(step.incoming),
                "from": None if (origin := step.incoming.from_) is None else canonical(origin),
                "fate": step.fate,
                "outcome": outcome,
                "why": [tell(words, language) for words in step.why],
                "excerpts": [asdict(excerpt) for excerpt in step.excerpts],
            }
            for step, outcome in rows
        ],
        "problems": [
            {"place": row.place, "id": row.id, "why": tell(row.why, language), "advice": tell(row.advice, language)}
            for row in not_taken
        ],
    }


def _answer(answer: Answer | None) -> Mapping[str, Any] | None:
    if answer is None:
        return None
    stated = {"value": answer.value, "state": answer.state, "year": answer.year}
    return {key: canonical(part) for key, part in stated.items() if part is not None}
