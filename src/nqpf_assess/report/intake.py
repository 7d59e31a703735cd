"""The boundary of every renderer: each text of an outline is cleaned once, before anything is drawn or written."""

from collections.abc import Container
from dataclasses import fields, replace
from functools import cache
from typing import Any

from nqpf_assess.report.blocks import Outline, OutlinePart
from nqpf_assess.typography.clean import clean, clean_line, replace_missing

UNDRAWN = frozenset({"alt", "anchor", "link", "language"})
"""Fields of blocks that are spoken or stored, not drawn: they may hold characters that no font has."""


def cleaned(outline: Outline) -> Outline:
    """Return the outline with every text cleaned: no control characters, no unseen ones. Attachments stay."""
    return Intake().outline(outline)


class Intake:
    """Cleans the values of one outline; with `drawable`, notes as `missing` what no font has and puts 〓 for it."""

    def __init__(self, drawable: Container[str] | None = None) -> None:
        self._drawable = drawable
        self._seen: dict[str, str] = {}
        self.missing: set[str] = set()

    def outline(self, outline: Outline) -> Outline:
        """Clean an outline; the data of its attachments stay as they are."""
        return replace(
            outline,
            title=clean_line(outline.title),
            subject=clean_line(outline.subject),
            date=clean_line(outline.date),
            keywords=tuple(clean_line(word) for word in outline.keywords),
            header=self._drawn(clean_line(outline.header)),
            footer=self._drawn(clean_line(outline.footer)),
            parts=tuple(
                OutlinePart(
                    part.language,
                    self._value(part.blocks),
                    title=self._drawn(clean_line(part.title)),
                    header=self._drawn(clean_line(part.header)),
                    footer=self._drawn(clean_line(part.footer)),
                )
                for part in outline.parts
            ),
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
        changed = {
            name: clean_line(found, limit=4000) if name in UNDRAWN else self._value(found)
            for name in _text_fields(value.__class__)
            for found in (getattr(value, name),)
        }
        same = all(changed[name] is getattr(value, name) for name in changed)
        return value if same else replace(value, **changed)

    def _drawn(self, text: str) -> str:
        if text not in self._seen:
            seen = clean(text)
            self._seen[text] = seen if self._drawable is None else replace_missing(seen, self._drawable, self.missing)
        return self._seen[text]


@cache
def _text_fields(kind: Any) -> tuple[str, ...]:
    """Name the fields that may hold text."""
    return tuple(field.name for field in fields(kind) if field.type not in {int, float, bool, frozenset[int]})
