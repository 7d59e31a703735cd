"""What differs between two editions of one fact or question, and what that means for answers to it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from nqpf_assess.engine.differing.changes import (
    ADDED,
    CHANGED,
    REMOVED,
    change,
    keys_changed,
    words_changed,
)
from nqpf_assess.engine.migrating.units import unit_factor
from nqpf_assess.engine.migrating.values import alike, matching, moved_option, options_of
from nqpf_assess.locale import LANGUAGES, Text, _, fill
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.migration import EditionChange, Grade
from nqpf_assess.model.questionnaire import AnyAsked, LevelKeys, NumberKeys

KIND = _("of another kind")
REVISED = _("revised: answers are to be confirmed")
REVISION_FELL = _("the revision went back; it may only rise")
FORMER_GONE = _("a former id is no longer named, so older files lose their answer")
NARROWED = _("narrower: answers outside become invalid")
WIDENED = _("wider")
UNIT_CONVERTED = _("another unit, converted by × {factor}")
UNIT_OTHER = _("another unit that cannot be converted")
UNIT_STATED = _("the unit is stated on one side only")
LEVEL_GONE = _("level {level} is gone")
LEVEL_NEW = _("level {level} is new")
LEVELS_MOVED = _("levels have other numbers now, by their words")
LEVEL_REWORDED = _("level {level} reads otherwise")
LEVEL_WORDING = _("level {level}: worded otherwise")
LEVEL_SCORE = _("level {level} earns another score")
OPTION_GONE = _("option “{option}” is gone")
OPTION_NEW = _("option “{option}” is new")
OPTION_MOVED = _("option “{option}” is “{now}” now, by its words")
OPTION_REUSED = _("option “{option}” has the words of another one now: an id is never reused")
OPTION_REWORDED = _("option “{option}” reads otherwise")
OPTION_WORDING = _("option “{option}”: worded otherwise")
OPTION_KEY = _("option “{option}”: {key} changed")
ALONE_NOW = _("option “{option}” stands alone now")
NOTHING_TICKED = _("an option stands alone now, so “nothing ticked” is no answer any more")
OPTION_ORDER = _("options stand in another order")

Place = tuple[str, str]
Rule = Callable[[Place, Any, Any, AnyAsked, AnyAsked], Iterator[EditionChange]]

MOVING = ("dimension", "scale", "scale_when", "show_if", "na_when", "core")
"""Keys that can move the score of answers as they are."""


def asked_changes(place: Place, before: AnyAsked, after: AnyAsked) -> Iterator[EditionChange]:
    """Give every difference of a fact or question. `place`: its table and its id now."""
    other_kind = {before.kind, after.kind} not in ({before.kind}, {"single", "multi"})
    for key, old, new in keys_changed(before, after):
        if other_kind and key in OF_KIND:
            continue
        rule = RULES.get(key)
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


def _kind(place: Place, old: str, new: str, *_: AnyAsked) -> Iterator[EditionChange]:
    grade: Grade = "convert" if {old, new} == {"single", "multi"} or new == "text" else "loss"
    grade = "loss" if (old, new) == ("multi", "single") else grade
    yield change((*place, "kind"), grade, KIND, values=(old, new), moves="scores")


def _revision(place: Place, old: int, new: int, *_: AnyAsked) -> Iterator[EditionChange]:
    yield change((*place, "revision"), "confirm", REVISED if new > old else REVISION_FELL, values=(old, new))


def _former(place: Place, old: Sequence[str], new: Sequence[str], *_: AnyAsked) -> Iterator[EditionChange]:
    gone = [id for id in old if id not in new]
    yield change(
        (*place, "previous_ids"), "loss" if gone else "safe", FORMER_GONE if gone else CHANGED, values=(old, new)
    )


def _unit(place: Place, old: Any, new: Any, *_: AnyAsked) -> Iterator[EditionChange]:
    factor = unit_factor(old, new)
    if factor is None:
        yield change((*place, "unit"), "loss", UNIT_OTHER, values=(old, new))
    elif factor == "unsure":
        yield change((*place, "unit"), "confirm", UNIT_STATED, values=(old, new))
    elif factor == 1:
        yield words_changed((*place, "unit"), _words(old), _words(new), grade="safe")
    else:
        what = fill(UNIT_CONVERTED, factor=plain_number(factor))
        yield change((*place, "unit"), "convert", what, values=(old, new))


def _words(unit: Any) -> Text:
    return dict.fromkeys(LANGUAGES, unit) if isinstance(unit, str) else unit


def _range(place: Place, old: Any, new: Any, before: AnyAsked, after: AnyAsked) -> Iterator[EditionChange]:
    low, high = (bound * _factor(before, after) for bound in old)
    if (low, high) == new:
        return
    narrower = new[0] > low or new[1] < high
    yield change(
        (*place, "range"), "loss" if narrower else "safe", NARROWED if narrower else WIDENED, values=(old, new)
    )


def _usual(place: Place, old: Any, new: Any, before: AnyAsked, after: AnyAsked) -> Iterator[EditionChange]:
    converted = None if old is None else tuple(bound * _factor(before, after) for bound in old)
    if converted != new:
        yield change((*place, "usual"), "safe", CHANGED, values=(old, new))


def _factor(before: AnyAsked, after: AnyAsked) -> Decimal:
    """Give by what a bound is multiplied in the new unit; 1 where units cannot be converted."""
    assert isinstance(before, NumberKeys)
    assert isinstance(after, NumberKeys)
    found = unit_factor(before.unit, after.unit)
    return found if isinstance(found, Decimal) else Decimal(1)


# ---- levels


def _levels(place: Place, _: Any, __: Any, before: AnyAsked, after: AnyAsked) -> Iterator[EditionChange]:
    if not (isinstance(before, LevelKeys) and isinstance(after, LevelKeys)):
        return
    olds, news = ([row.words for row in asked.levels] for asked in (before, after))
    found = matching(olds, news)
    yield from _moved_levels(place, found)
    for level, now in enumerate(found):
        yield from _level(place, level, now, olds, news, taken=level in found)
    for level, words in enumerate(news):
        if level not in found and (level >= len(olds) or found[level] is not None):
            what = fill(LEVEL_NEW, level=level)
            yield change((*place, "levels"), "confirm", what, values=(None, words), moves="scores")
    yield from _level_scores(place, found, before, after)


def _moved_levels(place: Place, found: Sequence[int | None]) -> Iterator[EditionChange]:
    moved = {level: now for level, now in enumerate(found) if now is not None and now != level}
    if moved:
        values = tuple(", ".join(map(str, levels)) for levels in (moved.keys(), moved.values()))
        yield change((*place, "levels"), "convert", LEVELS_MOVED, values=(values[0], values[1]), moves="scores")


def _level(
    place: Place, level: int, now: int | None, olds: Sequence[Text], news: Sequence[Text], *, taken: bool
) -> Iterator[EditionChange]:
    key = (*place, "levels")
    if now is not None:
        if olds[level] != news[now]:
            grade: Grade = "safe" if now == level else "confirm"
            yield change(key, grade, fill(LEVEL_WORDING, level=level), values=(olds[level], news[now]))
    elif level >= len(news) or taken:
        yield change(key, "loss", fill(LEVEL_GONE, level=level), values=(olds[level], None), moves="scores")
    else:
        yield change(key, "confirm", fill(LEVEL_REWORDED, level=level), values=(olds[level], news[level]))


def _level_scores(
    place: Place, found: Sequence[int | None], before: LevelKeys, after: LevelKeys
) -> Iterator[EditionChange]:
    for level, now in enumerate(found):
        if now is not None and place[0] == "questions" and before.levels[level].score != after.levels[now].score:
            values = before.levels[level].score, after.levels[now].score
            what = fill(LEVEL_SCORE, level=level)
            yield change((*place, "levels"), "confirm", what, values=values, moves="scores")


# ---- options


def _options(place: Place, _: Any, __: Any, before: AnyAsked, after: AnyAsked) -> Iterator[EditionChange]:
    olds, news = options_of(before), options_of(after)
    for option in dict.fromkeys((*olds, *news)):
        yield from _option(place, option, olds, news)
    one, other = (getattr(asked, "options", {}) for asked in (before, after))
    for option in olds:
        if option in news:
            yield from _option_keys(place, option, one[option], other[option])
    if before.kind == after.kind == "multi" and _none_excludes(one) and not _none_excludes(other):
        yield change((*place, "options"), "loss", NOTHING_TICKED)
    if [option for option in olds if option in news] != [option for option in news if option in olds]:
        yield change((*place, "options"), "safe", OPTION_ORDER)


def _none_excludes(options: Mapping[str, Any]) -> bool:
    return not any(getattr(option, "exclusive", False) for option in options.values())


def _option(place: Place, option: str, olds: Mapping[str, Text], news: Mapping[str, Text]) -> Iterator[EditionChange]:
    key, old, new = (*place, "options"), olds.get(option), news.get(option)
    if old == new:
        return
    if old is None:
        yield change(key, "safe", fill(OPTION_NEW, option=option), values=(None, new), step="minor")
        return
    now = moved_option(option, olds, news)
    if now is not None:
        what = fill(OPTION_MOVED, option=option, now=now)
        yield change(key, "convert", what, values=(option, now))
    elif new is None:
        yield change(key, "loss", fill(OPTION_GONE, option=option), values=(old, None))
    elif moved_option(option, news, olds) is not None:
        yield change(key, "loss", fill(OPTION_REUSED, option=option), values=(old, new))
    else:
        same = alike(old, new)
        what = fill(OPTION_WORDING if same else OPTION_REWORDED, option=option)
        yield change(key, "safe" if same else "confirm", what, values=(old, new))


def _option_keys(place: Place, option: str, old: Any, new: Any) -> Iterator[EditionChange]:
    for key, one, other in keys_changed(old, new):
        where = (*place, "options")
        if key == "exclusive" and other:
            yield change(where, "loss", fill(ALONE_NOW, option=option), values=(one, other))
        elif place[0] == "questions" or key == "unknown":
            what = fill(OPTION_KEY, option=option, key=key)
            yield change(where, "confirm", what, values=(one, other), moves="scores")
        else:
            yield change(where, "safe", fill(OPTION_KEY, option=option, key=key), values=(one, other))


RULES: Mapping[str, Rule] = {
    "text": _text,
    "kind": _kind,
    "revision": _revision,
    "previous_ids": _former,
    "unit": _unit,
    "range": _range,
    "usual": _usual,
    "levels": _levels,
    "options": _options,
    "show_if": _moving("show_if"),
    "na_when": _moving("na_when"),
    "scale_when": _moving("scale_when"),
}
