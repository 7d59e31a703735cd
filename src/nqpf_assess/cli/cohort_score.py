"""`cohort score TABLE...`: the same scores as one at a time, row by row, and every problem of the cells."""

import os
from typing import Any

from nqpf_assess.cli.cohort import step
from nqpf_assess.cli.cohort_options import (
    ENGINE_OPTIONS,
    JOB_OPTIONS,
    NOT_WRITTEN,
    QUESTIONNAIRE,
    TABLES,
    WEIGHTS,
    CohortProgress,
    engine_of,
    instruments_of,
    need,
    print_rows,
    print_totals,
)
from nqpf_assess.cli.commands import Refused, Settings, option, with_options
from nqpf_assess.cli.output import print_json, print_note
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import listed

ORDERED = ("quick", "batch", "encoding", "delimiter", "problems", "strict", "strict_columns", "resume")
PARTS = ("questions", "gaps", "measures")
OUTPUT = option(
    "-o",
    "--output",
    required=True,
    metavar="SCORES",
    words=_("Scores table: .csv, .csv.gz, .parquet, or a folder ending in /."),
)
WITH = option(
    "--with",
    "wanted",
    default="",
    metavar="LIST",
    words=_("More columns: questions,gaps,measures."),
)


@step("score", to_the_end=True)
@TABLES
@with_options(QUESTIONNAIRE, WEIGHTS, OUTPUT, WITH, *ENGINE_OPTIONS, *JOB_OPTIONS)
def command(settings: Settings, *, tables: tuple[str, ...], questionnaire: str, output: str, **asked: Any) -> int:
    """Score a table."""
    need("cohort", "numpy", "pyarrow")
    from nqpf_assess.cohort.job import Order, score_table
    from nqpf_assess.cohort.wording import SOME_CORRECTED, SOME_QUICK

    chosen = instruments_of(settings, questionnaire, asked["weights"])
    order = Order(
        tables=tables,
        output=output.replace(os.sep, "/"),  # a folder ends in a stroke, on Windows in either one
        extras=extras_of(asked["wanted"]),
        language=settings.language,
        **{name: asked[name] for name in ORDERED},
    )
    engine = engine_of(asked["engine"], jobs=asked["jobs"], master=asked["master"], conf=asked["conf"])
    progress = CohortProgress(settings)
    try:
        outcome = score_table(
            chosen.instruments, order, engine, progress, lambda words: print_note(settings.tell(words))
        )
    finally:
        progress.clear()
    if outcome.written and 0 < outcome.quick < outcome.rows:
        print_note(settings.tell(SOME_QUICK))
    if outcome.written and outcome.corrected:
        print_note(settings.tell(SOME_CORRECTED))
    print_rows(settings, outcome.shown, sum(outcome.problems.values()), str(order.problems_file))
    if not outcome.written:
        print_note(settings.tell(NOT_WRITTEN))
    print_totals(settings, rows=outcome.rows, scored=outcome.scored, problems=outcome.problems)
    if asked["as_json"]:
        print_json({"rows": outcome.rows, "scored": outcome.scored, "problems": dict(sorted(outcome.problems.items()))})
    return int(outcome.grave)


def extras_of(wanted: str) -> Any:
    """Read the list of `--with`."""
    from nqpf_assess.cohort.column_names import Extras

    names = [name.strip() for name in wanted.split(",") if name.strip()]
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        known = listed(PARTS)
        raise Refused(fill(_("--with takes {known}, not “{value}”"), known=known, value=unknown[0]))
    return Extras(**{name: name in names for name in PARTS})
