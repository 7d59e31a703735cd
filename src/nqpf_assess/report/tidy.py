"""Cleans every text of an outline once, for the renderers that have no intake of their own."""

from dataclasses import fields, replace
from typing import Any

from nqpf_assess.report.blocks import Outline
from nqpf_assess.report.clean import clean


def tidy(outline: Outline) -> Outline:
    """Return the outline with every text cleaned: no control characters, no unseen ones. Attachments stay."""
    tidied: Outline = _tidied(replace(outline, attachments=()))
    return replace(tidied, attachments=outline.attachments)


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_tidied(part) for part in value)
    if not hasattr(value, "__dataclass_fields__"):
        return value
    return replace(value, **{field.name: _tidied(getattr(value, field.name)) for field in fields(value)})


def words_of(runs: Any) -> str:
    """Give the plain words of inline text, on one line."""
    return " ".join("".join(run.text for run in runs).split())
