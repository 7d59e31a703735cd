"""Names of columns: what a table may hold, what the scores table holds, which name was meant perhaps."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pyarrow as pa

from nqpf_assess.cohort.problems import CellFault
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire

RESERVED = ("respondent", "weights", "mode", "plan.chosen")
TWO_LETTERS = 2
TOTALS = ("score", "uncapped", "low", "high", "coverage", "band", "floors", "baseline_score")
TEXTS = ("band", "floors", "first_measures")

UNKNOWN = _("there is no such column; did you mean “{near}”?")
UNKNOWN_ALONE = _("there is no such column")
MISSING = _("{n} questions and facts have no column; they count as blank in every row")
NO_VALUES = _("“{name}” has a column of states but none of values; it counts as blank where the state gives no answer")
NO_RESPONDENT = _("there is no column “respondent”")
NAMES_ROWS = _("It names each row. The columns are: {shown}")
OTHER_SEPARATOR = _("The columns seem to be parted by “{mark}”; save the table with commas.")
CLASHES = _("the grouping column “{name}” is named like a column of the scores")

USED = _("columns used: {n}")
CARRIED = _("carried along, not used: {names}")
UNKNOWN_ONES = _("unknown, not used: {names}")
PERHAPS = _("{name} (did you mean {near}?)")
ABSENT = _("no column, so blank in every row: {names}")
AND_MORE = _("{names} and {n} more")
BY_FILE = _("{path}: {said}")
STRICT = _("the columns of {path} are not those of the questionnaire, as --strict-columns asks")
MOST_NAMED = 12
"""Names of columns that are listed in one line; the problems file has them all."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What else the scores table shall hold."""

    questions: bool = False
    gaps: bool = False
    measures: bool = False


PLAIN = Extras()


@dataclass(frozen=True)
class ColumnMap:
    """The columns of one table, sorted by what they are. `place`: where each stands.

    `grouping`: those that are carried along; `unknown`: those that look as if they were meant to be used, with the
    nearest known name ("" where none is near); `absent`: the columns of values that questions and facts would have;
    `only_states`: those of the absent ones that have their column of states.
    """

    place: Mapping[str, int]
    grouping: tuple[str, ...]
    unknown: Mapping[str, str]
    absent: tuple[str, ...]
    only_states: tuple[str, ...]

    def column(self, batch: Any, name: str) -> pa.Array | None:
        """Return a column of a batch; None where it is not there."""
        return batch.column(self.place[name]) if name in self.place else None

    @property
    def sound(self) -> bool:
        """Whether every column is known or carried along under a name like no other, and none lacks."""
        return not self.unknown and not self.absent

    def lines(self) -> Iterator[Text]:
        """Say what becomes of the columns, in a line for each kind of fate."""
        carried = [name for name in self.grouping if name not in self.unknown]
        yield fill(USED, n=len(self.place) - len(carried) - len(self.unknown))
        unknown = [fill(PERHAPS, name=name, near=near) if near else name for name, near in self.unknown.items()]
        for words, names in ((CARRIED, carried), (UNKNOWN_ONES, unknown), (ABSENT, self.absent)):
            if names:
                yield fill(words, names=_listed(names))


def _listed(names: Sequence[Text | str]) -> Text:
    """List names in every language, the first ones only where they are many."""
    shown = {
        language: grammar(language).list(
            tell(name, language) if not isinstance(name, str) else name for name in names[:MOST_NAMED]
        )
        for language in LANGUAGES
    }
    return fill(AND_MORE, names=shown, n=len(names) - MOST_NAMED) if len(names) > MOST_NAMED else shown


def column_map(questionnaire: Questionnaire, given: Sequence[str]) -> ColumnMap:
    """Sort the columns of a table by what they are.

    A name without a dot is carried along; it is unknown besides where it is that of a fact without its `fact.`, or
    within two letters of a question, fact or word of ours that has no column.
    """
    known = set(known_names(questionnaire))
    asked = [id for id, question in questionnaire.questions.items() if kind_of(question).scored]
    absent = [name for name in (*asked, *(f"fact.{id}" for id in questionnaire.facts)) if name not in given]
    bare = {name.removeprefix("fact."): name for name in (*absent, "weights", "mode") if name not in given}
    others = [name for name in given if name not in known]
    unknown = {}
    for name in others:
        if "." in name:
            unknown[name] = next(iter(get_close_matches(name, known, n=1)), "")
        elif name in bare or _near(name, bare):
            unknown[name] = bare[name if name in bare else _near(name, bare)]
    return ColumnMap(
        {name: index for index, name in enumerate(given)},
        tuple(name for name in others if "." not in name),
        unknown,
        tuple(absent),
        tuple(name for name in absent if f"{name}.state" in given),
    )


def known_names(questionnaire: Questionnaire) -> Iterator[str]:
    """Return every name that is no grouping column."""
    yield from RESERVED
    for id in (*questionnaire.questions, *(f"fact.{fact}" for fact in questionnaire.facts)):
        yield id
        yield f"{id}.state"
    nodes = (*questionnaire.pillars, *questionnaire.dimensions, *questionnaire.questions)
    yield from (f"override.{node}" for node in nodes)


def output_columns(questionnaire: Questionnaire, extras: Extras) -> tuple[str, ...]:
    """Name the columns of the scores table after respondent, weights and the grouping columns."""
    found = [*TOTALS, *(f"pillar.{id}" for id in questionnaire.pillars)]
    found += [f"dimension.{id}" for id in questionnaire.dimensions]
    if extras.questions:
        found += [f"question.{id}" for id in questionnaire.questions]
    if extras.gaps:
        found += ["target", "gap", *(f"gap.{id}" for id in questionnaire.dimensions)]
        found += [f"share.{id}" for id in questionnaire.dimensions]
    return (*found, *(["first_measures"] if extras.measures else []))


def check_names(questionnaire: Questionnaire, given: Sequence[str]) -> None:
    """Refuse a table whose rows have no names or whose columns would be taken for scores; raises `UserError`."""
    if "respondent" not in given:
        mark = next((mark for mark in (";", "\t", "|", "，") if len(given) == 1 and mark in given[0]), "")
        shown = ", ".join(given[:MOST_NAMED]) + (" …" if len(given) > MOST_NAMED else "")
        hint = fill(OTHER_SEPARATOR, mark=mark.replace("\t", "Tab")) if mark else fill(NAMES_ROWS, shown=shown)
        raise UserError(NO_RESPONDENT, hint=hint)
    taken = {*TOTALS, "target", "gap", "first_measures"}
    clash = next((name for name in column_map(questionnaire, given).grouping if name in taken), None)
    if clash is not None:
        raise UserError(fill(CLASHES, name=clash))


def name_faults(found: ColumnMap) -> list[CellFault]:
    """Report the columns of a table that nobody knows, and the questions and facts it has no column for."""
    faults = [
        CellFault(-1, name, "", "unknown_column", fill(UNKNOWN, near=near) if near else UNKNOWN_ALONE)
        for name, near in found.unknown.items()
    ]
    if found.absent:
        reason = fill(MISSING, n=len(found.absent))
        faults.append(CellFault(-1, "", ";".join(found.absent), "missing_column", reason))
    return faults + [
        CellFault(-1, name, "", "missing_column", fill(NO_VALUES, name=name)) for name in found.only_states
    ]


def _near(name: str, missing: Collection[str]) -> str:
    """Return a missing name within two letters of one; very short ones are near to everything, and left alone."""
    near = [
        (distance, id) for id in missing if (distance := letters_apart(name, id)) <= min(TWO_LETTERS, len(name) // 3)
    ]
    return min(near)[1] if near else ""


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
