"""Names of columns in the tables of a cohort: what the scores table holds, what is wrong with the names of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from nqpf_assess.cohort.problems import NO_YEAR, CellFault
from nqpf_assess.exchange.column_map import MOST_NAMED, PERIOD, ColumnMap, column_map
from nqpf_assess.locale import _, _n, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire

TOTALS = ("score", "uncapped", "low", "high", "coverage", "band", "floors", "baseline_score")
AT_REQUEST = frozenset({"pillar", "dimension", "question", "target", "gap", "share", "first_measures", "period"})
"""Columns that only some scores tables have, by what stands before the dot."""

TEXTS = ("band", "floors", "first_measures")

UNKNOWN = _("there is no such column; did you mean “{near}”?")
UNKNOWN_FORMER = _(
    "this is called “{near}” now; rename the column if its unit, levels and options are still those of today"
)
UNKNOWN_ALONE = _("there is no such column")
MISSING = _n(
    "{n} question or fact has no column; it counts as blank in every row",
    "{n} questions and facts have no column; they count as blank in every row",
)
NO_VALUES = _("“{name}” has a column of states but none of values; it counts as blank where the state gives no answer")
UNDATED = _(
    "days have no score in any row: they are counted to the end of the year described, and there is no column"
    " “period” that names it"
)
NO_RESPONDENT = _("there is no column “respondent”")
NAMES_ROWS = _("It names each row. The columns are: {shown}")
IMPORTED_FIRST = _(
    "Of what a survey or export handed out, answer files are made first: nqpf-assess import FILE --write. Then collect "
    "those."
)
OTHER_SEPARATOR = _('The columns seem to be parted by “{mark}”; say so: --delimiter "{mark}".')
WIDE_SEPARATOR = _("The columns seem to be parted by “{mark}”; put plain commas in their place.")
CLASHES = _("the grouping column “{name}” is named like a column of the scores")
SCORED_ALREADY = _(
    "This is a table of scores, not of answers: “cohort report”, “benchmark” and “weights” take it as it is."
)
WHICH_TABLE = _(
    "Name the table that “cohort score” wrote, or one with a row of answers for each respondent, as “cohort collect” "
    "makes it of answer files."
)

BY_FILE = _("{path}: {said}")
STRICT = _("the columns of {path} are not those of the questionnaire, as --strict-columns asks")


@dataclass(frozen=True, slots=True)
class Extras:
    """What else the scores table shall hold."""

    questions: bool = False
    gaps: bool = False
    measures: bool = False


PLAIN = Extras()


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


def refuse_nameless(given: Sequence[str], *, path: str = "") -> None:
    """Refuse a table whose rows have no names; raises `UserError`. `path`: of the table, where several are read."""
    if "respondent" not in given:
        from nqpf_assess.exchange.tidy_answers import holds_answers
        from nqpf_assess.exchange.xlsform import SUBJECT

        mark = next((mark for mark in ("|", "，", ";", "\t") if len(given) == 1 and mark in given[0]), "")
        shown = listed(given, MOST_NAMED)
        words = OTHER_SEPARATOR if mark.isascii() else WIDE_SEPARATOR
        hint = fill(words, mark=mark.replace("\t", "tab")) if mark else fill(NAMES_ROWS, shown=shown)
        if holds_answers(given) or any(name.endswith(SUBJECT["name"]) for name in given):
            hint = IMPORTED_FIRST
        raise UserError(fill(BY_FILE, path=path, said=NO_RESPONDENT) if path else NO_RESPONDENT, hint=hint)


def check_names(questionnaire: Questionnaire, given: Sequence[str], *, path: str = "") -> None:
    """Refuse a table whose rows have no names or whose columns would be taken for scores; raises `UserError`.

    `path`: of the table, where several are read.
    """
    refuse_nameless(given, path=path)
    taken = {*TOTALS, "target", "gap", "first_measures"}
    clash = next((name for name in column_map(questionnaire, given).grouping if name in taken), None)
    if clash is not None:
        # A list of ranks and an export of ours have scores of the whole alone, and no command takes them.
        scored = SCORED_ALREADY if any(name.startswith("pillar.") for name in given) else WHICH_TABLE
        words = fill(CLASHES, name=clash)
        hint = scored if "baseline_score" in given else None
        raise UserError(fill(BY_FILE, path=path, said=words) if path else words, hint=hint)


def name_faults(found: ColumnMap) -> list[CellFault]:
    """Report the columns of a table that nobody knows, the questions and facts it has no column for, and days without
    the year by which they are scored."""
    faults = [
        CellFault(
            -1,
            name,
            "",
            "unknown_column",
            fill(UNKNOWN_FORMER if name in found.former else UNKNOWN, near=near) if near else UNKNOWN_ALONE,
        )
        for name, near in found.unknown.items()
    ]
    if found.blank:
        reason = fill(MISSING, count=len(found.blank), n=len(found.blank))
        faults.append(CellFault(-1, "", ";".join(found.blank), "missing_column", reason))
    if found.undated:
        faults.append(CellFault(-1, PERIOD, ";".join(found.undated), NO_YEAR, UNDATED))
    return faults + [
        CellFault(-1, name, "", "missing_column", fill(NO_VALUES, name=name)) for name in found.only_states
    ]
