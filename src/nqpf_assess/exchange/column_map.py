"""The columns of somebody else's table: used, carried along, unknown with the nearest known name, absent."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from nqpf_assess.engine.editions import names_between
from nqpf_assess.kinds import is_dated, kind_of
from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire

RESERVED = ("respondent", "weights", "mode", "plan.chosen")
PERIOD = "period"
"""The column of the year that the answers of a row describe, by which days are scored."""

TWO_LETTERS = 2
SHORT = 4

MOST_COMPARED = 500
"""Columns of no known name after which none is held against ours any more; each comparison costs milliseconds."""

SAME_NAME = _("{path}: two columns are named “{name}”")
NAMELESS = _("Give each column without a name one of its own, or delete it.")
TAKEN = _("in a table the column “{name}” says whom a row describes or how it is read, and a question is called so too")
RENAME = _(
    "Give the question another id and put the old one under its previous_ids; “migrate” then takes the answers over."
)
USED = _("columns used: {n}")
CARRIED = _("carried along, not scored: {names}")
UNKNOWN_ONES = _("unknown, not used: {names}")
PERHAPS = _("{name} (did you mean {near}?)")
FORMERLY = _("{name} (called {near} now)")
ABSENT = _("no column, so blank in every row: {names}")
STATES_ALONE = _("a column of states but none of values: {names}")
NUMBERED = _("column {number} (without a name)")
AND_MORE = _("{names} and {n} more")
MOST_NAMED = 12
"""Names of columns that are listed in one line; the problems file has them all."""


@dataclass(frozen=True)
class ColumnMap:
    """The columns of one table, sorted by what they are. `place`: where each stands.

    `grouping`: those that are carried along; `unknown`: those that look as if they were meant to be used, with the
    nearest known name ("" where none is near); `absent`: the columns of values that questions and facts would have;
    `only_states`: those of the absent ones that have their column of states; `dating`: the grouping columns that say
    the year by which days are scored; `undated`: the columns of days where no column says that year; `former`: those
    of the unknown ones whose name an earlier edition had for the nearest one, which may be another unit.
    """

    place: Mapping[str, int]
    grouping: tuple[str, ...]
    unknown: Mapping[str, str]
    absent: tuple[str, ...]
    only_states: tuple[str, ...]
    dating: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    former: frozenset[str] = frozenset()

    @property
    def blank(self) -> tuple[str, ...]:
        """What has no column at all, neither of values nor of states."""
        return tuple(name for name in self.absent if name not in self.only_states)

    def column(self, batch: Any, name: str) -> Any:
        """Return a column of a batch; None where it is not there."""
        return batch.column(self.place[name]) if name in self.place else None

    @property
    def sound(self) -> bool:
        """Whether every column is known or carried along under a name like no other, and none lacks."""
        return not self.unknown and not self.absent

    def lines(self, used: Text = USED, absent: Text = ABSENT, carried: Text = CARRIED) -> Iterator[Text]:
        """Return what becomes of the columns, in a line for each kind of fate.

        `used`, `absent`, `carried`: what is said of those that are used, of what has none, and of the columns of other
        names, where it is no cohort.
        """
        others: list[Text | str] = [
            name if name.strip() else fill(NUMBERED, number=self.place[name] + 1)
            for name in self.grouping
            if name not in self.unknown and name not in self.dating
        ]
        yield fill(used, n=len(self.place) - len(others) - len(self.unknown))
        unknown = [
            fill(FORMERLY if name in self.former else PERHAPS, name=name, near=near) if near else name
            for name, near in self.unknown.items()
        ]
        told = ((carried, others), (UNKNOWN_ONES, unknown), (absent, self.blank), (STATES_ALONE, self.only_states))
        for words, names in told:
            if names:
                first, more = names[:MOST_NAMED], len(names) - MOST_NAMED
                listed = {
                    language: grammar(language).list(
                        name if isinstance(name, str) else tell(name, language) for name in first
                    )
                    for language in LANGUAGES
                }
                yield fill(words, names=fill(AND_MORE, names=listed, n=more) if more > 0 else listed)


def column_map(questionnaire: Questionnaire, given: Sequence[str]) -> ColumnMap:
    """Sort the columns of a table by what they are.

    A name without a dot is carried along; it is unknown besides where it is that of a fact without its `fact.`, within
    two letters of a question, fact or word of ours that has no column (a slip of a short one of the last two), or the
    former id of such a question. Raises `UserError` where a column may be one of ours or a question's.
    """
    dated = is_dated(questionnaire)
    refuse_taken(questionnaire, (name for name in given if name in RESERVED or (dated and name == PERIOD)))
    known = set(known_names(questionnaire))
    asked = [id for id, question in questionnaire.questions.items() if kind_of(question).scored]
    absent = [name for name in (*asked, *(f"fact.{id}" for id in questionnaire.facts)) if name not in given]
    bare = {name.removeprefix("fact."): name for name in (*absent, "weights", "mode") if name not in given}
    others = [name for name in given if name not in known]
    former = {name: now for name, now in _renamed(questionnaire).items() if name in others and now not in given}
    unknown = {}
    for number, name in enumerate(others):
        is_compared = number < MOST_COMPARED
        if name in former:
            unknown[name] = former[name]
        elif "." in name:
            unknown[name] = next(iter(get_close_matches(name, known, n=1)), "") if is_compared else ""
        elif name in bare:
            unknown[name] = bare[name]
        elif is_compared:
            may_be = (id for id in bare if id in questionnaire.questions or _is_slip(name, id))
            if meant := _near(name, [*may_be]):
                unknown[name] = bare[meant]
    return ColumnMap(
        {name: index for index, name in enumerate(given)},
        tuple(name for name in others if "." not in name),
        unknown,
        tuple(absent),
        tuple(name for name in absent if f"{name}.state" in given),
        dating=tuple(name for name in others if name == PERIOD and dated),
        undated=tuple(id for id in asked if id in given and kind_of(questionnaire.questions[id]).needs_year)
        if PERIOD not in given
        else (),
        former=frozenset(former),
    )


def _renamed(questionnaire: Questionnaire) -> Mapping[str, str]:
    """Return the columns that earlier editions had for values and states, with what they are called now."""
    found: dict[str, str] = {}
    for former, id in names_between(None, questionnaire).items():
        stem = "fact." if id in questionnaire.facts else ""
        found |= {f"{stem}{former}{part}": f"{stem}{id}{part}" for part in ("", ".state")}
    return found


def refuse_same(names: Iterable[str], path: str | Path | Text) -> None:
    """Refuse two columns of one name; raises `UserError`."""
    twice = next((name for name, count in Counter(names).items() if count > 1), None)
    if twice is not None:
        raise UserError(fill(SAME_NAME, path=path, name=twice), hint=None if twice else NAMELESS)


def refuse_taken(questionnaire: Questionnaire, ours: Iterable[str]) -> None:
    """Refuse columns of ours that would be a question's too; raises `UserError`."""
    if name := next((name for name in ours if name in questionnaire.questions), ""):
        raise UserError(fill(TAKEN, name=name), hint=RENAME)


def known_names(questionnaire: Questionnaire) -> Iterator[str]:
    """Return every name that is no grouping column."""
    yield from RESERVED
    for id in (*questionnaire.questions, *(f"fact.{fact}" for fact in questionnaire.facts)):
        yield id
        yield f"{id}.state"
    nodes = (*questionnaire.pillars, *questionnaire.dimensions, *questionnaire.questions)
    yield from (f"override.{node}" for node in nodes)


def _near(name: str, missing: Collection[str]) -> str:
    """Return a missing name within two letters of one; very short ones are near to everything, and left alone."""
    plain = re.sub(r"[\s\-]+", "_", name.strip().casefold())  # R&D-Intensity, “rd intensity” are slips of writing too
    near = [
        (distance, id)
        for id in missing
        if (distance := letters_apart(plain, id.casefold())) <= (TWO_LETTERS if len(name) > 3 else len(name) // 3)
    ]
    return min(near)[1] if near else ""


def _is_slip(name: str, meant: str) -> bool:
    """Tell whether letters of a word of four were added, lost or exchanged: “code”, “note” and “role” are words of
    their own beside `mode` and `zone`, and columns of many tables."""
    return len(meant) > SHORT or len(name) != len(meant) or sorted(name.casefold()) == sorted(meant)


def letters_apart(left: str, right: str) -> int:
    """Count the letters to change, add or take away to make one word of another (Levenshtein 1965)."""
    if abs(len(left) - len(right)) > TWO_LETTERS:
        return abs(len(left) - len(right))
    row = list(range(len(right) + 1))
    for index, letter in enumerate(left, start=1):
        before, row[0] = row[0], index
        for place, other in enumerate(right, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != other))
    return row[-1]


def nearest(name: str, known: Collection[str]) -> str:
    """Return the known name that was meant perhaps, "" where none is near."""
    return _near(name, known) or next(iter(get_close_matches(name, known, n=1)), "")
