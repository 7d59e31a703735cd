"""How one difference between two editions is written down."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from nqpf_assess.engine.migrating.values import alike
from nqpf_assess.locale import LANGUAGES, Text, _
from nqpf_assess.model.base import canonical, key_of, plain_number
from nqpf_assess.model.migration import EditionChange, Grade, Moves, Step

ADDED = _("added")
REMOVED = _("removed")
REWORDED = _("worded otherwise")
READS_OTHERWISE = _("reads otherwise; if its meaning changed, raise the revision")
CHANGED = _("changed")
ORDER = _("stand in another order")

STEP_OF: Mapping[Grade, Step] = {"safe": "patch", "confirm": "minor", "convert": "major", "loss": "major"}
"""The step of the version that each grade asks for, where nothing else is said."""


def change(
    place: tuple[str, str, str],
    grade: Grade,
    what: Text,
    *,
    values: tuple[object, object] = (None, None),
    step: Step | None = None,
    moves: Moves = "",
) -> EditionChange:
    """Write down a difference. `place`: table, id and key; `values`: what stood there before and stands there now."""
    before, after = (None if value is None else shown(value) for value in values)
    return EditionChange(*place, grade, step or STEP_OF[grade], what, moves, before, after)


def shown(value: object) -> Text:
    """Write a value in one line, once per language where it is words."""
    if isinstance(value, Mapping) and value and all(isinstance(part, str) for part in value.values()):
        return dict(value)
    said = _line(canonical(value))
    return dict.fromkeys(LANGUAGES, said)


def _line(value: Any) -> str:
    match value:
        case dict():
            return "{ " + ", ".join(f"{key}: {_line(part)}" for key, part in value.items()) + " }"
        case list():
            return "[" + ", ".join(map(_line, value)) + "]"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain_number(value)
    return str(value)


def keys_changed(before: BaseModel, after: BaseModel) -> Iterator[tuple[str, Any, Any]]:
    """Give every key of two entries that differs, as it is written in the file, with both values.

    A key that is left out counts as its default; keys that only one of the two classes has count as None.
    """
    fields = dict.fromkeys((*type(before).model_fields, *type(after).model_fields))
    for name in fields:
        old, new = getattr(before, name, None), getattr(after, name, None)
        if canonical(old) != canonical(new):
            yield key_of(type(after) if name in type(after).model_fields else type(before), name), old, new


def words_changed(place: tuple[str, str, str], before: Any, after: Any, *, grade: Grade = "confirm") -> EditionChange:
    """Write down a change of words: safe where they read as two wordings of one thing, else of the grade given."""
    if before is None or after is None:
        return change(place, "safe", ADDED if before is None else REMOVED, values=(before, after))
    if alike(before, after):
        return change(place, "safe", REWORDED, values=(before, after))
    return change(place, grade, READS_OTHERWISE, values=(before, after))


def order_changed(table: str, before: Sequence[str], after: Sequence[str]) -> Iterator[EditionChange]:
    """Say where entries that both editions have stand in another order."""
    common = set(before) & set(after)
    if [id for id in before if id in common] != [id for id in after if id in common]:
        yield change((table, "", "order"), "safe", ORDER)
