"""What differs between two editions of a rubric: what moves a figure is to be confirmed, words alone are safe."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from nqpf_assess.engine.differing.changes import (
    ORDER,
    change,
    words_changed,
)
from nqpf_assess.kinds.editions import ADDED, CHANGED, REMOVED, keys_changed
from nqpf_assess.locale import Text, _
from nqpf_assess.model.base import canonical
from nqpf_assess.model.migration import EditionChange
from nqpf_assess.model.weights import Adjustment, Chain, Weights

OTHER_ID = _("another id: answer files that name the old one do not find this rubric")
OTHER_QUESTIONNAIRE = _("for another questionnaire")
BASED = _("rests on another rubric")

WORDS = ("why", "target_why", "name", "about")
SILENT = ("sources", "order", "questions")
"""Keys that move no figure."""


def rubric_changes(old: Chain, new: Chain) -> Iterator[EditionChange]:
    """Tell every difference, file by file of the chain, the root first."""
    if old[-1].id != new[-1].id:
        yield change(("", "", "id"), "loss", OTHER_ID, values=(old[-1].id, new[-1].id))
    if old[-1].questionnaire != new[-1].questionnaire:
        values = (old[-1].questionnaire, new[-1].questionnaire)
        yield change(("", "", "questionnaire"), "loss", OTHER_QUESTIONNAIRE, values=values)
    ids = ([file.id for file in chain[:-1]] for chain in (old, new))
    before, after = (tuple(found) for found in ids)
    if before != after:
        yield change(("", "", "based_on"), "confirm", BASED, values=(before or None, after or None), moves="scores")
    nested = old[-1].id in after or new[-1].id in before  # one rests on the other: what it adds stands beside nothing
    bases, there = (old, new) if nested else (old[:-1], new[:-1])
    known, kept = {file.id: file for file in bases}, {file.id for file in there}
    pairs = [(known[file.id], file) for file in there if file.id in known]
    if nested:
        pairs += [(_nothing_of(file), file) for file in new if file.id not in known]
        pairs += [(file, _nothing_of(file)) for file in old if file.id not in kept]
    else:
        pairs.append((old[-1], new[-1]))
    for one, other in pairs:
        yield from (found._replace(file=other.id) for found in _file(one, other))


def _nothing_of(file: Weights) -> Weights:
    """Return a rubric of the same name that states nothing."""
    return Weights(
        format=file.format,
        id=file.id,
        questionnaire=file.questionnaire,
        version=file.version,
        based_on=file.based_on,
        name=file.name,
        about=file.about,
    )


def _file(old: Weights, new: Weights) -> Iterator[EditionChange]:
    for table in ("weights", "targets"):
        for id, before, after in _both(getattr(old, table), getattr(new, table)):
            if before != after:
                yield change((table, id, ""), "confirm", _what(before, after), values=(before, after), moves="scores")
    for key, before, after in keys_changed(old.scoring, new.scoring):
        yield change(("scoring", "", key), "confirm", CHANGED, values=(before, after), moves="scores")
    for table in ("bands", "floors"):
        for id, before, after in _both(getattr(old, table), getattr(new, table)):
            if before is None or after is None:
                yield change((table, id, ""), "confirm", _what(before, after), values=(before, after), moves="scores")
                continue
            for key, one, other in keys_changed(before, after):
                yield from _key((table, id, key), one, other)
            words = getattr(before, "words", None), getattr(after, "words", None)
            if words[0] != words[1]:
                yield words_changed((table, id, "words"), *words, grade="safe")
    yield from _adjustments(old.adjust, new.adjust)
    if canonical(old.judgements) != canonical(new.judgements):
        yield change(("", "", "judgements"), "safe", _what(old.judgements or None, new.judgements or None))
    for key in ("name", "about"):
        if canonical(getattr(old, key)) != canonical(getattr(new, key)):
            yield words_changed(("", "", key), getattr(old, key), getattr(new, key), grade="safe")
    if canonical(old.fits) != canonical(new.fits):
        yield change(("", "", "fits"), "confirm", CHANGED, values=(old.fits, new.fits))
    if old.order != new.order:
        yield change(("", "", "order"), "safe", CHANGED, values=(old.order, new.order))


def _both(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Give every id of two tables with what stands under it in each; None where it is not there."""
    for id in dict.fromkeys((*before, *after)):
        yield id, before.get(id), after.get(id)


def _what(old: object, new: object) -> Text:
    return ADDED if old is None else REMOVED if new is None else CHANGED


def _key(place: tuple[str, str, str], old: Any, new: Any) -> Iterator[EditionChange]:
    if place[-1] in WORDS:
        yield words_changed(place, old, new, grade="safe")
    elif place[-1] in SILENT:
        yield change(place, "safe", CHANGED, values=(old, new))
    else:
        yield change(place, "confirm", CHANGED, values=(old, new), moves="scores")


def _adjustments(before: Sequence[Adjustment], after: Sequence[Adjustment]) -> Iterator[EditionChange]:
    """Hold adjustments of a node against each other: those with the same condition first, then in their order."""
    for node in dict.fromkeys(row.node for row in (*before, *after)):
        left, rest = [row for row in before if row.node == node], []
        pairs: list[tuple[Adjustment | None, Adjustment | None]] = []
        for row in (row for row in after if row.node == node):
            same = next((old for old in left if canonical(old.when) == canonical(row.when)), None)
            if same is None:
                rest.append(row)
            else:
                left.remove(same)
                pairs.append((same, row))
        # The last stated target holds, so where several are, their order moves it.
        aiming = [
            old for old, new in pairs if old is not None and new is not None and None not in (old.target, new.target)
        ]
        if aiming != sorted(aiming, key=before.index):
            yield change(("adjust", node, "order"), "confirm", ORDER, moves="scores")
        for old, new in (*pairs, *zip_longest(left, rest)):
            if old is None or new is None:
                yield change(("adjust", node, ""), "confirm", _what(old, new), values=(old, new), moves="scores")
                continue
            for key, one, other in keys_changed(old, new):
                yield from _key(("adjust", node, key), one, other)
