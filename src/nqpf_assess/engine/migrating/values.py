"""What becomes of one answer under another edition of what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from nqpf_assess.engine.migrating.units import shifted, unit_factor
from nqpf_assess.kinds import is_blank as blank
from nqpf_assess.kinds import read_value
from nqpf_assess.kinds.figures import read_number
from nqpf_assess.kinds.kind import Fault
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Answer, Raw
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.migration import Fate
from nqpf_assess.model.questionnaire import (
    AnyAsked,
    LevelKeys,
    MultiFact,
    MultiQuestion,
    NumberKeys,
    SingleFact,
    SingleQuestion,
    TextKeys,
)

OLDER = _("answered to revision {given} of the question, now {now}")
NEWER = _("answered to revision {given} of the question, which is newer than {now}")
UNSTATED = _("answered to another edition; the question has been revised since (revision {now})")
REWORDED = _("level {level} reads otherwise now: “{before}” became “{after}”")
LEVEL_GONE = _("level {level} is gone")
OPTION_REWORDED = _("option “{option}” reads otherwise now: “{before}” became “{after}”")
UNIT_UNSURE = _("the unit is stated on one side only")
UNIT_OTHER = _("the unit is another one: {before} became {after}")
OTHER_KIND = _("the question was of kind {before} and is now of kind {after}")
BY_UNIT = _("converted from {before} to {after}: {old} became {new}")
BY_WORDS = _("found again by its words: {old} is {new} now")
BY_FORM = _("written in the form of the new kind")
SOME_GONE = _("no longer offered: {gone}; the other options stay ticked")
NO_ANSWER = _("{value} is no answer any more; wanted: {wants}")
NONE_TICKED = _("nothing ticked is no answer any more: an option says so itself now")
WAS_BLANK = _("nothing ticked was no answer then and would be one now; it stays open")

ALIKE = 0.6
"""Share of letters in common above which two texts count as two wordings of one thing."""


@dataclass(frozen=True)
class Outcome:
    """An answer under the new edition. `rewritten`: its value is not what was typed, so the original is archived."""

    fate: Fate
    answer: Answer
    why: tuple[Text, ...] = ()
    rewritten: bool = False


@dataclass(frozen=True)
class _Value:
    """A value on its way: what it is now, or why it fits no more; and what a person should look at."""

    raw: Raw | None
    why: tuple[Text, ...] = ()
    rewritten: bool = False
    confirm: bool = False
    lost: bool = False

    def lose(self, why: Text) -> "_Value":
        return replace(self, lost=True, why=(*self.why, why))

    def rewrite(self, raw: Raw | None, why: Text, *, confirm: bool = False) -> "_Value":
        return replace(self, raw=raw, why=(*self.why, why), rewritten=True, confirm=self.confirm or confirm)

    def ask(self, why: Text) -> "_Value":
        return replace(self, why=(*self.why, why), confirm=True)


def settle(before: AnyAsked | None, after: AnyAsked, answer: Answer, *, same_edition: bool) -> Outcome:
    """Say what becomes of an answer. `before`: what it answered in its own edition, where that is at hand."""
    value = _Value(answer.value)
    if not blank(answer.value):
        for step in (_by_kind, _by_unit, _by_words):
            value = value if value.lost else step(value, before, after)
        value = value if value.lost else _valid(value, before, after)
    if value.lost:
        return Outcome("invalid", answer, value.why)
    revision, revised = _revision(before, after, answer, same_edition=same_edition)
    why = value.why if revised is None else (*value.why, revised)
    held = _with(answer, value, revision)
    confirm = value.confirm or (revision is not None and revision != after.revision and _claims(answer))
    fate: Fate = "confirm" if confirm else "converted" if value.rewritten else "carried"
    return Outcome(fate, held, why if fate != "carried" else (), value.rewritten)


def _claims(answer: Answer) -> bool:
    """Say whether something is claimed that a person could confirm: a value, or that the question does not apply."""
    return not blank(answer.value) or answer.state == "na"


def _with(answer: Answer, value: _Value, revision: int | None) -> Answer:
    changes: dict[str, Any] = {}
    if value.rewritten:
        changes = {"value": value.raw, "voices": ()}
    if revision is not None and revision != answer.revision:
        changes["revision"] = revision
    return answer.model_copy(update=changes) if changes else answer


def _revision(
    before: AnyAsked | None, after: AnyAsked, answer: Answer, *, same_edition: bool
) -> tuple[int | None, Text | None]:
    """Give the revision the answer was given to, None where that is the present one, and what is to be said of it.

    An answer of another edition that does not say its revision, to a question revised since, counts as the one before.
    """
    given = answer.revision
    if given is None and not same_edition:
        given = before.revision if before is not None else max(1, after.revision - 1)
        if before is None and given < after.revision:
            return given, fill(UNSTATED, now=after.revision)
    if given is None or given == after.revision:
        return None, None
    return given, fill(OLDER if given < after.revision else NEWER, given=given, now=after.revision)


# ---- the kind


SINGLE, MULTI = (SingleQuestion, SingleFact), (MultiQuestion, MultiFact)


def _by_kind(value: _Value, before: AnyAsked | None, after: AnyAsked) -> _Value:
    raw = value.raw
    if isinstance(after, MULTI) and isinstance(raw, str) and (before is None or isinstance(before, SINGLE)):
        return value.rewrite((raw.strip(),), BY_FORM)
    if isinstance(after, SINGLE) and isinstance(raw, tuple) and len(raw) == 1:
        return value.rewrite(raw[0], BY_FORM)
    if isinstance(after, TextKeys) and not isinstance(raw, str):
        return value.rewrite(shown(raw), BY_FORM)
    if before is not None and before.kind != after.kind and not _kin(before, after):
        told = fill(OTHER_KIND, before=before.kind, after=after.kind)
        return value.ask(told) if _reads(before, after, raw) else value.lose(told)
    return value


def _reads(before: AnyAsked, after: AnyAsked, raw: Raw | None) -> bool:
    """Say whether words are a valid answer as they stand: a figure typed into a text, or one that became a text."""
    return isinstance(before, TextKeys) and isinstance(raw, str) and not isinstance(read_value(after, raw), Fault)


def _kin(before: AnyAsked, after: AnyAsked) -> bool:
    return isinstance(after, TextKeys) or (
        isinstance(before, (*SINGLE, *MULTI)) and isinstance(after, (*SINGLE, *MULTI))
    )


# ---- the unit


def _by_unit(value: _Value, before: AnyAsked | None, after: AnyAsked) -> _Value:
    if not (isinstance(before, NumberKeys) and isinstance(after, NumberKeys)) or value.raw is None:
        return value
    factor, number = unit_factor(before.unit, after.unit), read_number(value.raw)
    names = {"before": before.unit or "", "after": after.unit or ""}
    if factor is None:
        return value.lose(fill(UNIT_OTHER, **names))
    if factor == "unsure":
        return value.ask(UNIT_UNSURE)
    if factor == 1 or number is None:
        return value
    new = plain_number(shifted(number, factor))
    return value.rewrite(new, fill(BY_UNIT, **names, old=shown(value.raw), new=new))


# ---- levels and options, by their words


def _by_words(value: _Value, before: AnyAsked | None, after: AnyAsked) -> _Value:
    if isinstance(before, LevelKeys) and isinstance(after, LevelKeys) and isinstance(value.raw, int):
        return _level(value, before, after, value.raw)
    olds, news = options_of(before), options_of(after)
    if not news or value.raw is None:
        return value
    ticked = value.raw if isinstance(value.raw, tuple) else (value.raw.strip(),) if isinstance(value.raw, str) else ()
    moved = {option: now for option in ticked if (now := moved_option(option, olds, news)) is not None}
    if moved:
        became = tuple(dict.fromkeys(moved.get(option, option) for option in ticked))
        told = fill(BY_WORDS, old=", ".join(moved), new=", ".join(moved.values()))
        value = value.rewrite(became if isinstance(value.raw, tuple) else became[0], told)
    value = _gone(value, news)
    for option in ticked:
        if option in olds and option in news and option not in moved and not alike(olds[option], news[option]):
            value = value.ask(_reworded(OPTION_REWORDED, olds[option], news[option], option=option))
    return value


def _level(value: _Value, before: LevelKeys, after: LevelKeys, level: int) -> _Value:
    if not 0 <= level < len(before.levels):
        return value
    olds, news = ([row.words for row in asked.levels] for asked in (before, after))
    found = matching(olds, news)
    now = found[level]
    if now is None:
        if level >= len(news) or level in found:
            return value.lose(fill(LEVEL_GONE, level=level))
        return value.ask(_reworded(REWORDED, olds[level], news[level], level=level))
    if now == level:
        return value
    exact = olds[level] == news[now]
    return value.rewrite(now, fill(BY_WORDS, old=str(level), new=str(now)), confirm=not exact)


def matching(olds: Sequence[Text], news: Sequence[Text]) -> tuple[int | None, ...]:
    """Find each old level among the new ones by its words: the same words, else the place itself, else most alike.

    None: no new level reads like it. No new level is found twice; the same words at the same place come first.
    """
    found: list[int | None] = [
        level if news[level : level + 1] == [words] else None for level, words in enumerate(olds)
    ]
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


def _reworded(words: Text, before: Text, after: Text, **values: object) -> Text:
    return fill(words, before=before, after=after, **values)


def options_of(asked: AnyAsked | None) -> Mapping[str, Text]:
    """Give the words of each option; none for figures, levels and words."""
    return {id: option.words for id, option in getattr(asked, "options", {}).items()}


def moved_option(option: str, olds: Mapping[str, Text], news: Mapping[str, Text]) -> str | None:
    """Give the option that has the very words of an old one, where the old one has not kept them itself.

    Words that several options share tell nothing.
    """
    words = olds.get(option)
    if words is None or news.get(option) == words or list(olds.values()).count(words) > 1:
        return None
    same = [id for id, new in news.items() if new == words]
    return same[0] if len(same) == 1 else None


def _gone(value: _Value, news: Mapping[str, Text]) -> _Value:
    """Take ticks away whose option is gone, if others stay."""
    if not isinstance(value.raw, tuple):
        return value
    gone, kept = [o for o in value.raw if o not in news], tuple(o for o in value.raw if o in news)
    return value.rewrite(kept, fill(SOME_GONE, gone=", ".join(gone)), confirm=True) if gone and kept else value


def alike(before: Text, after: Text) -> bool:
    """Say whether two texts read as two wordings of one thing, in every language both have."""
    return least_likeness(before, after) >= ALIKE


def least_likeness(before: Text, after: Text) -> float:
    """Give how much two texts have in common in the language in which they differ most."""
    common = [language for language in before if language in after]
    return min((likeness(before[language], after[language]) for language in common), default=1.0)


def likeness(before: str, after: str) -> float:
    """Give the share of letters two texts have in common, in order, from 0 to 1."""
    return 1.0 if before == after else SequenceMatcher(None, before, after, autojunk=False).ratio()


# ---- the last word


def _valid(value: _Value, before: AnyAsked | None, after: AnyAsked) -> _Value:
    read = read_value(after, value.raw)
    if isinstance(read, Fault):
        return value.lose(fill(NO_ANSWER, value=shown(value.raw), wants=read.wants))
    if before is None or value.raw != ():
        return value
    was_answer = read_value(before, value.raw) is not None
    if was_answer == (read is not None):
        return value
    return value.lose(NONE_TICKED) if was_answer else value.rewrite(None, WAS_BLANK)


def shown(raw: Raw | Sequence[str] | None) -> str:
    """Write a value of a file in one line."""
    return ", ".join(raw) if isinstance(raw, tuple) else "" if raw is None else str(raw)
