"""What becomes of answers from one edition of a question to another, and what that means for those who answer.

Levels and options are found again by their words.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Raw
from nqpf_assess.model.base import canonical, key_of
from nqpf_assess.model.frozen import Frozen
from nqpf_assess.model.migration import Grade, Moves, Step

ADDED = _("added")
REMOVED = _("removed")
REWORDED = _("worded otherwise")
READS_OTHERWISE = _("reads otherwise; if its meaning changed, raise the revision")
CHANGED = _("changed")
BY_WORDS = _("found again by its words: {old} is {new} now")
BY_FORM = _("written in the form of the new kind")
NARROWED = _("narrower: answers outside become invalid")
WIDENED = _("wider")

ALIKE = 0.6
"""Share of letters in common above which two texts count as two wordings of one thing."""


class Carried(NamedTuple):
    """A value on its way to another edition: what it is now, or why it fits no more; and what is to be looked at.

    `rewritten`: it is not what was typed any more; `confirm`: a person should confirm it; `lost`: it fits no more.
    """

    raw: Raw | None
    why: tuple[Text, ...] = ()
    rewritten: bool = False
    confirm: bool = False
    lost: bool = False

    def lose(self, why: Text) -> "Carried":
        return self._replace(lost=True, why=(*self.why, why))

    def rewrite(self, raw: Raw | None, why: Text, *, confirm: bool = False) -> "Carried":
        return self._replace(raw=raw, why=(*self.why, why), rewritten=True, confirm=self.confirm or confirm)

    def ask(self, why: Text) -> "Carried":
        return self._replace(why=(*self.why, why), confirm=True)


class KeyChange(NamedTuple):
    """One difference of a key between two editions: how much it asks of answers, what it is, both values.

    `moves`: "scores" where answers as they are can score otherwise; `step`: of the version, where not the grade's own.
    """

    grade: Grade
    what: Text
    values: tuple[object, object] = (None, None)
    moves: Moves = ""
    step: Step | None = None


def wording_change(
    before: Text | None, after: Text | None, *, grade: Grade, otherwise: Text = READS_OTHERWISE
) -> KeyChange:
    """Return a change of words: safe where they read as two wordings of one thing, else of the grade given.

    `otherwise`: what is said of the latter; by default of something that is asked, which has a revision.
    """
    if before is None or after is None:
        return KeyChange("safe", ADDED if before is None else REMOVED, (before, after))
    if alike(before, after):
        return KeyChange("safe", REWORDED, (before, after))
    return KeyChange(grade, otherwise, (before, after))


def shown(raw: Raw | Sequence[str] | None) -> str:
    """Write a value of a file in one line."""
    return ", ".join(raw) if isinstance(raw, tuple) else "" if raw is None else str(raw)


def reworded(words: Text, before: Text, after: Text, **values: object) -> Text:
    """Return words that set a wording beside the one it became."""
    return fill(words, before=before, after=after, **values)


def matching(olds: Sequence[Text], news: Sequence[Text]) -> tuple[int | None, ...]:
    """Find each old level among the new ones by its words: the same words, else the place itself, else most alike.

    None: no new level reads like it. No new level is found twice; the same words at the same place come first.
    """
    found: list[int | None] = [
        level if news[level : level + 1] == [words] else None for level, words in enumerate(olds)
    ]
    # One pass each, the surest way first: a level known by its words is not taken by one that only looks like it.
    for choose in (_same_words, _own_place, _most_alike):
        for level, words in enumerate(olds):
            if found[level] is None:
                free = [place for place in range(len(news)) if place not in found]
                found[level] = choose(level, words, free, news)
    return tuple(found)


def _same_words(_: int, words: Text, free: Sequence[int], news: Sequence[Text]) -> int | None:
    return next((place for place in free if news[place] == words), None)


def _own_place(level: int, words: Text, free: Sequence[int], news: Sequence[Text]) -> int | None:
    return level if level in free and alike(words, news[level]) else None


def _most_alike(_: int, words: Text, free: Sequence[int], news: Sequence[Text]) -> int | None:
    near = [place for place in free if alike(words, news[place])]
    return max(near, key=lambda place: least_likeness(words, news[place]), default=None)


def alike(before: Text, after: Text) -> bool:
    """Say whether two texts read as two wordings of one thing, in every language both have."""
    return least_likeness(before, after) >= ALIKE


def least_likeness(before: Text, after: Text) -> float:
    """Give how much two texts have in common in the language in which they differ most."""
    common = [language for language in before if language in after]
    return min((likeness(before[language], after[language]) for language in common), default=1.0)


@lru_cache(maxsize=4096)  # hundreds of files of one earlier edition ask for the same few pairs
def likeness(before: str, after: str) -> float:
    """Give the share of letters two texts have in common, in order, from 0 to 1."""
    if before == after:
        return 1.0
    from difflib import SequenceMatcher

    return SequenceMatcher(None, before, after, autojunk=False).ratio()


def moved_option(option: str, olds: Mapping[str, Text], news: Mapping[str, Text]) -> str | None:
    """Give the option that has the very words of an old one, where the old one has not kept them itself.

    Words that several options share tell nothing.
    """
    words = olds.get(option)
    if words is None or news.get(option) == words or list(olds.values()).count(words) > 1:
        return None
    same = [id for id, new in news.items() if new == words]
    return same[0] if len(same) == 1 else None


def keys_changed(before: Frozen, after: Frozen) -> Iterator[tuple[str, Any, Any]]:
    """Give every key of two entries that differs, as it is written in the file, with both values.

    A key that is left out counts as its default; keys that only one of the two classes has count as None.
    """
    fields = dict.fromkeys((*type(before).model_fields, *type(after).model_fields))
    for name in fields:
        old, new = getattr(before, name, None), getattr(after, name, None)
        if canonical(old) != canonical(new):
            yield key_of(type(after) if name in type(after).model_fields else type(before), name), old, new


def limits_changed(old: tuple[Any, Any], new: tuple[Any, Any], stated: tuple[object, object]) -> Iterator[KeyChange]:
    """Yield how the limits moved: narrower or wider. `old`: in the new unit; `stated`: as in the files."""
    if old != new:
        narrower = new[0] > old[0] or new[1] < old[1]
        yield KeyChange("loss" if narrower else "safe", NARROWED if narrower else WIDENED, stated)
