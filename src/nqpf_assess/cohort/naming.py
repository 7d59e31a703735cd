"""Names of columns: what a table may hold, what the scores table holds, which name was meant perhaps."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from nqpf_assess.cohort.faults import CellFault
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire, TextQuestion

if TYPE_CHECKING:
    from nqpf_assess.cohort.scorer import Extras

RESERVED = ("respondent", "weights", "mode", "plan.chosen")
TWO_LETTERS = 2
TOTALS = ("score", "uncapped", "low", "high", "coverage", "band", "floors", "baseline_score")
TEXTS = ("band", "floors", "first_measures")

UNKNOWN = _("there is no such column; did you mean “{near}”?")
UNKNOWN_ALONE = _("there is no such column")
MISSING = _("{n} questions have no column; they count as blank in every row")
TWICE = _("two columns are named “{name}”")
NO_RESPONDENT = _("there is no column “respondent”")
CLASHES = _("the grouping column “{name}” is named like a column of the scores")


@dataclass(frozen=True)
class Names:
    """The columns of one table: where each stands, which only group, which nobody knows."""

    place: Mapping[str, int]
    grouping: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]

    def column(self, batch: Any, name: str) -> pa.Array | None:
        """Give a column of a batch; None where it is not there."""
        return batch.column(self.place[name]) if name in self.place else None


def names_of(questionnaire: Questionnaire, given: Sequence[str]) -> Names:
    """Sort the columns of a table by what they are."""
    known = set(known_names(questionnaire))
    place = {name: index for index, name in enumerate(given)}
    missing = tuple(
        id
        for id, question in questionnaire.questions.items()
        if id not in place and f"{id}.state" not in place and not isinstance(question, TextQuestion)
    )
    others = [name for name in given if name not in known]
    return Names(
        place,
        tuple(name for name in others if "." not in name),
        tuple(name for name in others if "." in name or _near(name, missing)),
        missing,
    )


def known_names(questionnaire: Questionnaire) -> Iterator[str]:
    """Give every name that is no grouping column."""
    yield from RESERVED
    for id in (*questionnaire.questions, *(f"fact.{fact}" for fact in questionnaire.facts)):
        yield id
        yield f"{id}.state"
    nodes = (*questionnaire.pillars, *questionnaire.dimensions, *questionnaire.questions)
    yield from (f"override.{node}" for node in nodes)


def output_columns(questionnaire: Questionnaire, extras: "Extras") -> tuple[str, ...]:
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
    """Refuse a table whose columns cannot be told apart; raises `UserError`."""
    twice = next((name for index, name in enumerate(given) if name in given[:index]), None)
    if twice is not None:
        raise UserError(fill(TWICE, name=twice))
    if "respondent" not in given:
        raise UserError(NO_RESPONDENT, hint=_respondent_hint(given))
    taken = {*TOTALS, "target", "gap", "first_measures"}
    clash = next((name for name in names_of(questionnaire, given).grouping if name in taken), None)
    if clash is not None:
        raise UserError(fill(CLASHES, name=clash))


def _respondent_hint(given: Sequence[str]) -> Text:
    shown = ", ".join(given[:12]) + (" …" if len(given) > 12 else "")
    return fill(_("It names each row. The columns are: {shown}"), shown=shown)


def name_faults(questionnaire: Questionnaire, given: Sequence[str]) -> list[CellFault]:
    """Report the columns of a table that nobody knows, and the questions it has no column for."""
    names = names_of(questionnaire, given)
    found = []
    for name in names.unknown:
        near = meant(name, questionnaire, names.missing)
        reason = fill(UNKNOWN, near=near) if near else UNKNOWN_ALONE
        found.append(CellFault(-1, name, "", "unknown_column", reason))
    if names.missing:
        found.append(CellFault(-1, "", ";".join(names.missing), "missing_column", fill(MISSING, n=len(names.missing))))
    return found


def meant(name: str, questionnaire: Questionnaire, missing: Collection[str]) -> str:
    """Give the known name nearest to an unknown one, "" where none is near."""
    if "." not in name:
        return _near(name, missing)
    return next(iter(get_close_matches(name, list(known_names(questionnaire)), n=1)), "")


def _near(name: str, missing: Collection[str]) -> str:
    """Give a missing question within two letters of a name; very short names are near to everything, and left alone."""
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
