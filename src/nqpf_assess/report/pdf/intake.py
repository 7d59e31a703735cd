"""The boundary: every text of an outline is cleaned once; each character that no font has becomes 〓 and is noted."""

from collections.abc import Container
from dataclasses import fields, replace
from functools import cache
from typing import Any

from nqpf_assess.report.blocks import Outline, Part
from nqpf_assess.report.clean import clean, clean_line, replace_missing

UNDRAWN = frozenset({"alt", "anchor", "link", "language"})
"""Fields of blocks that are spoken or stored, not drawn: they may hold characters that no font has."""


class Intake:
    """Cleans the values of one outline and collects what could not be drawn."""

    def __init__(self, drawable: Container[str]) -> None:
        self._drawable = drawable
        self._seen: dict[str, str] = {}
        self.missing: set[str] = set()

    def outline(self, outline: Outline) -> Outline:
        """Clean an outline; its attachments stay as they are."""
        return replace(
            outline,
            title=clean_line(outline.title),
            subject=clean_line(outline.subject),
            date=clean_line(outline.date),
            keywords=tuple(clean_line(word) for word in outline.keywords),
            header=self._drawn(clean_line(outline.header)),
            footer=self._drawn(clean_line(outline.footer)),
            parts=tuple(Part(part.language, self._value(part.blocks)) for part in outline.parts),
            attachments=tuple(
                replace(file, name=clean_line(file.name), description=clean_line(file.description))
                for file in outline.attachments
            ),
        )

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._drawn(value)
        if isinstance(value, tuple):
            return tuple(self._value(part) for part in value)
        if not hasattr(value, "__dataclass_fields__"):
            return value
        changed = {name: self._field(name, getattr(value, name)) for name in _text_fields(value.__class__)}
        same = all(changed[name] is getattr(value, name) for name in changed)
        return value if same else replace(value, **changed)

    def _field(self, name: str, value: Any) -> Any:
        return clean_line(value, limit=4000) if name in UNDRAWN else self._value(value)

    def _drawn(self, text: str) -> str:
        if text not in self._seen:
            self._seen[text] = replace_missing(clean(text), self._drawable, self.missing)
        return self._seen[text]


@cache
def _text_fields(kind: Any) -> tuple[str, ...]:
    """Name the fields that may hold text."""
    return tuple(field.name for field in fields(kind) if field.type not in {int, float, bool, frozenset[int]})
