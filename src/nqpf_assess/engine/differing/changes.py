"""How one difference between two editions is written down."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from nqpf_assess.kinds.editions import REWORDED, KeyChange, wording_change
from nqpf_assess.locale import LANGUAGES, Text, _
from nqpf_assess.model.base import canonical, plain_number
from nqpf_assess.model.migration import EditionChange, Grade, Moves, Step

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
        case _:
            return str(value)


def changed_key(place: tuple[str, str, str], found: KeyChange) -> EditionChange:
    """Write down a difference that a kind of question found in one of its keys."""
    return change(place, found.grade, found.what, values=found.values, step=found.step, moves=found.moves)


def words_changed(
    place: tuple[str, str, str],
    before: Any,
    after: Any,
    *,
    grade: Grade = "confirm",
    otherwise: Text = REWORDED,
) -> EditionChange:
    """Write down a change of words: safe where they read as two wordings of one thing, else of the grade given.

    `otherwise`: what is said of the latter; of something that is asked, that its revision may have to be raised.
    """
    return changed_key(place, wording_change(before, after, grade=grade, otherwise=otherwise))


def order_changed(table: str, before: Sequence[str], after: Sequence[str]) -> Iterator[EditionChange]:
    """Return where entries that both editions have stand in another order."""
    common = set(before) & set(after)
    if [id for id in before if id in common] != [id for id in after if id in common]:
        yield change((table, "", "order"), "safe", ORDER)
