"""The line over the years as a table: one column a year, the overall and each pillar as rows."""

from collections.abc import Sequence
from itertools import pairwise

from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.comparison import History
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.report.blocks import Inline, Table, TableColumn, cells
from nqpf_assess.report.wording import covered, difference, number, span

OVER_THE_YEARS = _("{subject} over the years")
OVERALL, CHANGE = _("overall"), _("change")
RANGE, COVERAGE = _("range"), _("coverage")
OTHER_EDITION = _(
    "* another edition, rubric or extent (quick or full) than the year before, or other weights corrected by hand; "
    "nqpf-assess compare takes the change apart."
)


def history_table(history: History, questionnaire: Questionnaire, language: str) -> Table:
    """Return the table of one subject; pillars that a year's edition does not have stay open."""
    years = history.years

    def row(words: Text, values: Sequence[str]) -> tuple[Inline, ...]:
        return cells(tell(words, language), *values)

    scores = [year.score for year in years]
    changes = ["", *(number(difference(*pair), signed=True) for pair in pairwise(scores))]
    rows = [
        row(OVERALL, [number(score) for score in scores]),
        row(CHANGE, changes),
        row(RANGE, [span(year.low, year.high) for year in years]),
        row(COVERAGE, [covered(year.coverage) for year in years]),
    ]
    for id, pillar in questionnaire.pillars.items():
        rows.append(row(pillar.title, [number(year.pillars.get(id)) for year in years]))
    columns = (
        TableColumn(tell(OVER_THE_YEARS, language, subject=history.subject), 3.0),
        *(TableColumn(year.period + ("" if year.like_before else " *"), 0.8, "right") for year in years),
    )
    note = "" if all(year.like_before for year in years) else tell(OTHER_EDITION, language)
    return Table(columns, tuple(rows), note=note)
