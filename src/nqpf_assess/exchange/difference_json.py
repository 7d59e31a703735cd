"""The difference of two editions as data for machines, format nqpf-difference/1."""

from dataclasses import asdict
from typing import Any

from nqpf_assess.locale import Text, tell
from nqpf_assess.model.migration import EditionDifference

DIFFERENCE_FORMAT = "nqpf-difference/1"


def difference_row(difference: EditionDifference, language: str) -> dict[str, Any]:
    """Return a difference as one JSON object, its texts in one language."""
    return {
        "format": DIFFERENCE_FORMAT,
        "kind": difference.kind,
        "old": asdict(difference.old),
        "new": asdict(difference.new),
        "worst": difference.worst,
        "wanted": difference.wanted,
        "raised": difference.raised,
        "kept_its_word": difference.kept_its_word,
        "changes": [
            {
                "file": change.file,
                "table": change.table,
                "id": change.id,
                "key": change.key,
                "class": change.grade,
                "moves": change.moves,
                "what": tell(change.what, language),
                "before": _said(change.before, language),
                "after": _said(change.after, language),
            }
            for change in difference.changes
        ],
        "effects": [
            {
                "name": effect.name,
                "before": effect.before,
                "after": effect.after,
                "nodes": [{"id": id, "before": both[0], "after": both[1]} for id, both in effect.nodes.items()],
                "answers": dict(effect.fates),
            }
            for effect in difference.effects
        ],
    }


def _said(words: Text | None, language: str) -> str | None:
    return None if words is None else tell(words, language)
