"""The tables of a study, and how to say them in one language; only the outline rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from nqpf_assess.cohort.outline import wording as w
from nqpf_assess.cohort.scored import NO_VALUE
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.model.text import Text, tell
from nqpf_assess.report.beside_words import option_words
from nqpf_assess.report.blocks import Align, Table, TableColumn, cells
from nqpf_assess.report.outline.headings import Headings

MOST_ROWS = 40
"""Rows of a table in the report; the files have them all."""

MOST_RANKS = 200
"""Respondents in the list of ranks; the file has them all."""

Row = Mapping[str, Any]


@dataclass
class Told:
    """The tables of a study, and how to say them in one language.

    `rooms`: how many places there is room for, by option, where somebody stated it.
    """

    questionnaire: Questionnaire
    tables: Mapping[str, Sequence[Row]]
    head: Mapping[str, Any]
    language: str
    date: str
    profiles: Mapping[str, Text]
    bands: Mapping[str, Text]
    rooms: Mapping[str, int] = field(default_factory=dict)
    headings: Headings = field(init=False)

    def __post_init__(self) -> None:
        self.headings = Headings(self.language)

    def say(self, words: Text, **values: object) -> str:
        """Say something in the part's language."""
        return tell(words, self.language, **values)

    def title(self, node: str) -> str:
        """Name a pillar, dimension, question or fact."""
        if node == "first_measures":
            return self.say(w.FIRST_MEASURES)
        return tell(title_of(self.questionnaire, node), self.language)

    def column(self, name: str) -> str:
        """Name a column of the scores table."""
        if name in w.TOTALS:
            return self.say(w.TOTALS[name])
        return self.title(name.partition(".")[2])

    def group(self, label: str) -> str:
        """Name a group; options of facts by their words."""
        parts, by = label.split("|"), self.head["by"]
        if not label or len(parts) != len(by):
            return label or self.say(w.ALL)
        return grammar(self.language).list(self._value(name, value) for name, value in zip(by, parts, strict=True))

    def _value(self, column: str, value: str) -> str:
        if value == NO_VALUE:
            return self.say(w.NOT_STATED)
        return self.option(column.removeprefix("fact."), value) if column.startswith("fact.") else value

    def grouping(self) -> str:
        """Name what the groups are by."""
        names = [self.title(n.removeprefix("fact.")) if n.startswith("fact.") else n for n in self.head["by"]]
        return grammar(self.language).list(names) or self.say(w.NOT_GROUPED)

    def option(self, what: str, option: str) -> str:
        """Name an option of a question or fact, or a measure."""
        return tell(option_words(self.questionnaire, what, option), self.language)

    def short(self, node: str) -> str:
        """Name a pillar in a narrow place."""
        found = self.questionnaire.pillars[node]
        return tell(found.short or found.title, self.language)

    @property
    def total(self) -> str:
        """The column that respondents under several profiles are compared by."""
        return "score" if len(self.profiles) == 1 else "baseline_score"

    def whole(self, column: str) -> Row | None:
        """Give the figures of one column over all respondents; None where they are held back."""
        found = (row for row in self.tables["groups"] if row["group"] == "" and row["column"] == column)
        row = next(found, None)
        return None if row is None or row["suppressed"] else row


def rows_of(tables: Mapping[str, pa.Table], ranked_by: str = "") -> dict[str, list[Row]]:
    """Give tables as rows; single respondents only where `ranked_by` names the rank that was asked for, first first."""
    found = {name: rows.to_pylist() for name, rows in tables.items() if name != "ranks"}
    if ranked_by:
        ranks = tables["ranks"]
        ordered = ranks.filter(ranks[ranked_by].is_valid()).sort_by(ranked_by)
        found["ranks"] = ordered.slice(0, MOST_RANKS).to_pylist()
    return found


def table(
    columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]], caption: str = "", note: str = "", **how: Any
) -> Table:
    """Make a table; `most`: rows shown, `left`: columns of words, `middle`: figures in the middle of their column."""
    align: Align = "center" if how.get("middle") else "right"
    words = how.get("left", 1)
    made = tuple(
        TableColumn(title, share, align if at >= words else "left") for at, (title, share) in enumerate(columns)
    )
    return Table(made, tuple(cells(*row) for row in rows[: how.get("most", MOST_ROWS)]), caption, note)


def cut(told: Told, total: int, most: int = MOST_ROWS) -> str:
    """Say how many rows are shown, where that is not all of them."""
    return told.say(w.CUT, shown=most, total=f"{total:,}") if total > most else ""
