"""`cohort collect FILE|DIR|TABLE...`: answer files or tables become one wide table."""

from pathlib import Path
from typing import Any

import click

from nqpf_assess.cli.answer_files import library_of, print_passed_over
from nqpf_assess.cli.cohort import step
from nqpf_assess.cli.cohort_options import DELIMITER, ENCODING, NOT_WRITTEN, need, print_rows, print_totals
from nqpf_assess.cli.commands import Refused, Settings, option, with_options
from nqpf_assess.cli.output import print_json, print_note
from nqpf_assess.files.presence import exists
from nqpf_assess.locale import _, _n, fill
from nqpf_assess.locale.grammar import listed

KEYS = ("name", "period")
NOTHING_TAKEN = _("nothing was written: no file could be taken")
KEPT_AS_IT_WAS = _("nothing was written: no file could be taken, and {path} is as it was")
LEFT = _n(
    "{n} answer file is left out of the table, for what is wrong with it.",
    "{n} answer files are left out of the table, for what is wrong with them.",
)
SOURCES = click.argument("sources", nargs=-1, required=True, metavar="FILE|DIR|TABLE...")
OPTIONS = (
    option(
        "--questionnaire",
        metavar="ID|PATH",
        words=_("Questionnaire, instead of the one the files name."),
    ),
    option(
        "-o",
        "--output",
        required=True,
        metavar="TABLE",
        words=_("Table: .csv, .csv.gz or .parquet."),
    ),
    option(
        "--keep",
        multiple=True,
        metavar="KEY",
        words=_("Key of [subject] to take along (name, period); may repeat."),
    ),
    option(
        "--strict",
        is_flag=True,
        words=_("Write nothing where there are problems."),
    ),
    option("--problems", metavar="FILE", words=_("Where all problems go.")),
    ENCODING,
    DELIMITER,
    option("--json", "as_json", is_flag=True, words=_("The last line for machines.")),
)


@step("collect", to_the_end=True)
@SOURCES
@with_options(*OPTIONS)
def command(
    settings: Settings,
    *,
    sources: tuple[str, ...],
    output: str,
    keep: tuple[str, ...],
    problems: str | None,
    **asked: Any,
) -> int:
    """Bring files into one table; one that has errors does not stop the others."""
    need("cohort", "numpy", "pyarrow")
    from nqpf_assess.cohort.collecting import Collecting, collect
    from nqpf_assess.cohort.problems import WARNINGS

    wrong = [key for key in keep if key not in KEYS]
    if wrong:
        known = listed(KEYS)
        raise Refused(fill(_("--keep takes {known}, not “{value}”"), known=known, value=wrong[0]))
    way = {"encoding": asked["encoding"], "delimiter": asked["delimiter"]}
    gathering = Collecting(library_of(settings), asked["questionnaire"], keep, settings.language, **way)
    place = problems or f"{output}.problems.csv"
    done = collect(gathering, sources, Path(output), problems=Path(place), strict=asked["strict"])
    for line in done.lines:
        print_note(settings.tell(line))
    print_passed_over(settings, done.skipped)
    print_rows(settings, done.shown, sum(done.problems.values()), place)
    if done.left and done.written:
        print_note(settings.tell(fill(LEFT, count=done.left, n=done.left)))
    if not done.written:
        left_alone = fill(KEPT_AS_IT_WAS, path=output) if exists(Path(output)) else NOTHING_TAKEN
        print_note(settings.tell(NOT_WRITTEN if asked["strict"] else left_alone))
    print_totals(settings, rows=done.rows, scored=None, problems=done.problems)
    if asked["as_json"]:
        print_json(
            {
                "rows": done.rows,
                "files": done.files,
                "left_out": done.left,
                "skipped": [str(path) for path, _why in done.skipped],
                "problems": dict(sorted(done.problems.items())),
            }
        )
    return int(any(code not in WARNINGS for code in done.problems))
