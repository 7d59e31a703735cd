"""What differs between two editions of one fact or question, and what that means for answers to it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from nqpf_assess.engine.differing.changes import change, changed_key, words_changed
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.editions import ADDED, CHANGED, REMOVED, keys_changed
from nqpf_assess.locale import _
from nqpf_assess.model.gravity import Grade
from nqpf_assess.model.migration import EditionChange
from nqpf_assess.model.questionnaire import AnyAsked

KIND = _("of another kind")
REVISED = _("revised: answers are to be confirmed")
REVISION_FELL = _("the revision went back; it may only rise")
FORMER_GONE = _("a former id is no longer named, so older files lose their answer")

Place = tuple[str, str]
Rule = Callable[[Place, Any, Any, AnyAsked, AnyAsked], Iterator[EditionChange]]

MOVING = ("dimension", "scale", "scale_when", "show_if", "na_when", "core")
"""Keys that can move the score of answers as they are."""


def asked_changes(place: Place, before: AnyAsked, after: AnyAsked) -> Iterator[EditionChange]:
    """Return every difference of a fact or question. `place`: its table and its id now."""
    kind, scored = kind_of(after), place[0] == "questions"
    kin = before.kind == after.kind or (kind_of(before).has_options and kind.has_options)
    for key, old, new in keys_changed(before, after):
        if not kin and key in OF_KIND:
            continue
        rule, of_kind = RULES.get(key), kind.changes(key, before, after, scored=scored) if kin else None
        if of_kind is not None:
            yield from (changed_key((*place, key), found) for found in of_kind)
        else:
            yield from rule(place, old, new, before, after) if rule else _plain(place, key, old, new)


OF_KIND = ("levels", "options", "range", "unit", "scale", "scale_when", "usual", "decimals", "benchmarks")
"""Keys that hang on the kind: where that is another one, nothing more is said of them."""


def _plain(place: Place, key: str, old: Any, new: Any) -> Iterator[EditionChange]:
    words = all(isinstance(value, Mapping | None) for value in (old, new))
    if words:
        yield words_changed((*place, key), old, new, grade="safe")
    elif key in MOVING and place[0] == "questions":
        yield change((*place, key), "confirm", CHANGED, values=(old, new), moves="scores")
    else:
        yield change((*place, key), "safe", CHANGED, values=(old, new))


def _text(place: Place, old: Any, new: Any, *_: AnyAsked) -> Iterator[EditionChange]:
    yield words_changed((*place, "text"), old, new)


def _moving(key: str) -> Rule:
    def rule(place: Place, old: Any, new: Any, *_: AnyAsked) -> Iterator[EditionChange]:
        what = ADDED if not old else REMOVED if not new else CHANGED
        grade: Grade = "confirm" if place[0] == "questions" else "safe"
        moves = "scores" if grade == "confirm" else ""
        yield change((*place, key), grade, what, values=(old or None, new or None), moves=moves)  # type: ignore[arg-type]

    return rule


def _kind(place: Place, old: str, new: str, before: AnyAsked, after: AnyAsked) -> Iterator[EditionChange]:
    yield change((*place, "kind"), kind_of(after).conversion(before.kind), KIND, values=(old, new), moves="scores")


def _revision(place: Place, old: int, new: int, *_: AnyAsked) -> Iterator[EditionChange]:
    yield change((*place, "revision"), "confirm", REVISED if new > old else REVISION_FELL, values=(old, new))


def _former(place: Place, old: Sequence[str], new: Sequence[str], *_: AnyAsked) -> Iterator[EditionChange]:
    gone = [id for id in old if id not in new]
    yield change(
        (*place, "previous_ids"), "loss" if gone else "safe", FORMER_GONE if gone else CHANGED, values=(old, new)
    )


RULES: Mapping[str, Rule] = {
    "text": _text,
    "kind": _kind,
    "revision": _revision,
    "previous_ids": _former,
    "show_if": _moving("show_if"),
    "na_when": _moving("na_when"),
    "scale_when": _moving("scale_when"),
}
