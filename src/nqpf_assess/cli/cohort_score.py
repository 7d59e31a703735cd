"""`cohort score TABLE...`: the same scores as one at a time, row by row, and every problem of the cells."""

from typing import Any

from nqpf_assess.cli.cohort import step
from nqpf_assess.cli.cohort_options import (
    ENGINE_OPTIONS,
    JOB_OPTIONS,
    NOT_WRITTEN,
    QUESTIONNAIRE,
    TABLES,
    WEIGHTS,
    Progress,
    engine_of,
    instruments_of,
    need,
    tell_last,
    tell_rows,
    with_options,
)
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say_json, tell_user
from nqpf_assess.cli.spoken import Refused, option
from nqpf_assess.model.text import text

PARTS = ("questions", "gaps", "measures")
OUTPUT = option(
    "-o",
    "--output",
    required=True,
    metavar="SCORES",
    words=text(
        en="Scores table: .csv, .csv.gz, .parquet, or a folder ending in /.",
        zh="得分表：.csv、.csv.gz、.parquet，或以 / 结尾的文件夹。",
    ),
)
WITH = option(
    "--with",
    "wanted",
    default="",
    metavar="LIST",
    words=text(
        en="More columns: questions,gaps,measures.", zh="附加列：questions（题目）、gaps（差距）、measures（措施）。"
    ),
)


@step("score")
@TABLES
@with_options(QUESTIONNAIRE, WEIGHTS, OUTPUT, WITH, *ENGINE_OPTIONS, *JOB_OPTIONS)
def command(settings: Settings, *, tables: tuple[str, ...], questionnaire: str, output: str, **asked: Any) -> int:
    """Score a table."""
    need("cohort", "numpy", "pyarrow")
    from nqpf_assess.cohort.job import Order, score_table

    chosen = instruments_of(settings, questionnaire, asked["weights"])
    if chosen is None:
        return 1
    order = Order(
        tables=tables,
        output=output,
        extras=extras_of(asked["wanted"]),
        language=settings.language,
        **{name: asked[name] for name in ("quick", "batch", "encoding", "problems", "strict", "resume")},
    )
    engine = engine_of(asked["engine"], jobs=asked["jobs"], master=asked["master"], conf=asked["conf"])
    progress = Progress(settings)
    try:
        outcome = score_table(
            chosen.instruments, order, engine, progress, lambda words: tell_user(settings.tell(words))
        )
    finally:
        progress.clear()
    tell_rows(settings, outcome.first, sum(outcome.problems.values()), str(order.problems_file))
    if not outcome.written:
        tell_user(settings.tell(NOT_WRITTEN))
    tell_last(settings, rows=outcome.rows, scored=outcome.scored, problems=outcome.problems)
    if asked["as_json"]:
        say_json({"rows": outcome.rows, "scored": outcome.scored, "problems": dict(sorted(outcome.problems.items()))})
    return int(outcome.grave)


def extras_of(wanted: str) -> Any:
    """Read the list of `--with`."""
    from nqpf_assess.cohort.scorer import Extras

    names = [name.strip() for name in wanted.split(",") if name.strip()]
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        known = ", ".join(PARTS)
        raise Refused(
            text(en=f"--with takes {known}, not “{unknown[0]}”", zh=f"--with 可用 {known}，而不是“{unknown[0]}”")
        )
    return Extras(**{name: name in names for name in PARTS})
