"""What the commands for many respondents share: options, the instruments, the engine, progress and the last line."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.answer_files import library_of
from nqpf_assess.cli.commands import Refused, Settings, option
from nqpf_assess.cli.output import ProgressLine, print_note
from nqpf_assess.files.places import as_word
from nqpf_assess.locale import Text, _, _n, fill
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from nqpf_assess.cohort.choosing import ChosenContent
    from nqpf_assess.cohort.engines import Engine
    from nqpf_assess.cohort.problems import ProblemSample
    from nqpf_assess.cohort.work import Receipt

NOT_LOADED = _("the optional part “{extra}” is installed, but the system cannot load it: {why}")
LACKS = _("the optional part “{extra}” is not installed ({module})")
INSTALL = _('Install it: pip install "nqpf-assess[{extra}]"')

TABLES = click.argument("tables", nargs=-1, required=True, metavar="TABLE...")
QUESTIONNAIRE = option(
    "--questionnaire",
    required=True,
    metavar="ID|PATH",
    words=_("Questionnaire that the table answers."),
)
WEIGHTS = option(
    "--weights",
    multiple=True,
    metavar="ID|PATH",
    words=_("Rubric or blend of rows that name none, and others they may name; may repeat; a folder: all in it."),
)
ENGINE_OPTIONS = (
    option(
        "--engine",
        type=click.Choice(["local", "spark"]),
        default="local",
        words=_("Where the work is done."),
    ),
    option("--master", metavar="URL", words=_("Spark master.")),
    option(
        "--conf",
        multiple=True,
        metavar="KEY=VALUE",
        words=_("Setting of Spark; may repeat."),
    ),
    option(
        "--jobs",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        words=_("Tasks at the same time; 0: one for each core."),
    ),
    option(
        "--batch",
        type=click.IntRange(min=1),
        default=16384,
        metavar="ROWS",
        words=_("Rows worked on at a time."),
    ),
)
WIDE_MARK = _("the cells of a table of respondents cannot be parted by “{mark}”; put plain commas in its place")
STRICT_COLUMNS = option(
    "--strict-columns",
    is_flag=True,
    words=_("Refuse a table with unknown columns, or without one for each question and fact."),
)
ENCODING = option(
    "--encoding",
    default="utf-8",
    metavar="NAME",
    words=_("Encoding of CSV tables, such as gbk."),
)


def _mark(_context: click.Context, _param: click.Parameter, value: str | None) -> str:
    """Return the character that parts cells; "" where each table shows its own."""
    if not value:
        return ""
    from nqpf_assess.exchange.grids import NAMED_MARKS, ONE_MARK

    mark = NAMED_MARKS.get(value, value)
    if len(mark) > 1 or mark in ('"', "\n", "\r"):
        raise Refused(ONE_MARK)
    return mark


def _narrow_mark(context: click.Context, param: click.Parameter, value: str | None) -> str:
    """Return the character that parts the cells of a cohort's tables, whose fast reader knows plain ones alone."""
    mark = _mark(context, param, value)
    if not mark.isascii():
        raise Refused(fill(WIDE_MARK, mark=mark))
    return mark


PARTED = _("What parts the cells of a CSV file: comma, semicolon, tab.")
ANY_DELIMITER = option("--delimiter", metavar="MARK", callback=_mark, words=PARTED)
DELIMITER = option("--delimiter", metavar="MARK", callback=_narrow_mark, words=PARTED)
JOB_OPTIONS = (
    STRICT_COLUMNS,
    option(
        "--strict",
        is_flag=True,
        words=_("Write nothing where there are problems."),
    ),
    option("--problems", metavar="FILE", words=_("Where all problems go.")),
    option("--resume", is_flag=True, words=_("Go on with an unfinished job.")),
    ENCODING,
    DELIMITER,
    option("--quick", is_flag=True, words=_("Take the core questions only, in rows that name no mode.")),
    option("--json", "as_json", is_flag=True, words=_("For machines.")),
)
MINIMUM_GROUP = option(
    "--minimum-group",
    type=click.IntRange(min=3),
    default=5,
    metavar="N",
    words=_("Groups with fewer scored rows are not shown."),
)


def need(extra: str, *modules: str) -> None:
    """Refuse to go on without an optional part, naming what to install."""
    for module in modules:
        try:
            __import__(module)
        except ModuleNotFoundError as fault:
            raise UserError(
                fill(LACKS, extra=extra, module=module), hint=fill(INSTALL, extra=extra), status=3
            ) from fault
        except ImportError as fault:
            raise UserError(fill(NOT_LOADED, extra=extra, why=str(fault)), status=3) from fault
    if "pyarrow" in modules:
        from nqpf_assess.cohort.engines import leave_pandas_out

        leave_pandas_out()


def instruments_of(settings: Settings, questionnaire: str, weights: Sequence[str]) -> "ChosenContent":
    """Return the questionnaire and every rubric that rows may name; those with errors, which they may not, are printed.

    Raises `UserError` where the questionnaire has errors, or a rubric that is chosen or that rows without one go by.
    """
    from nqpf_assess.cohort.choosing import choose_content
    from nqpf_assess.files.found import FAULTY

    chosen = choose_content(library_of(settings), questionnaire, weights)
    for rubric in chosen.faulty:
        print_note(settings.tell(FAULTY, path=as_word(rubric.path)))
    return chosen


def engine_of(engine: str, *, jobs: int, master: str | None, conf: Sequence[str]) -> "Engine":
    """Make the engine that was asked for."""
    if engine == "local":
        if master or conf:
            raise Refused(_("--master and --conf go with --engine spark"))
        from nqpf_assess.cohort.engines import Local

        return Local(jobs)
    need("spark", "pyspark")
    from nqpf_assess.cohort.spark import Spark

    for pair in conf:
        if "=" not in pair:
            raise Refused(fill(_("--conf wants KEY=VALUE, not “{pair}”"), pair=pair))
    return Spark(master, dict(pair.split("=", 1) for pair in conf))


@dataclass
class CohortProgress:
    """Rows, rows a second and problems so far on standard error, where that is a terminal."""

    settings: Settings
    rows: int = 0
    problems: int = 0
    began: float = field(default_factory=time.monotonic)
    line: ProgressLine = field(default_factory=ProgressLine)

    def __call__(self, receipt: "Receipt") -> None:
        """Count a finished task."""
        self.rows += receipt.rows
        self.problems += sum(receipt.problems.values())
        speed = self.rows / max(time.monotonic() - self.began, 1e-9)
        values = {"rows": f"{self.rows:,}", "speed": f"{speed:,.0f}", "problems": f"{self.problems:,}"}
        self.line.show(self.settings.tell(RUNNING, **values))

    def clear(self) -> None:
        """Take the line away."""
        self.line.clear()


RUNNING = _("{rows} rows, {speed} rows/s, {problems} problems")
LAST = _n("{rows} row, {scored} scored; {problems}", "{rows} rows, {scored} scored; {problems}")
GATHERED = _n("{rows} row; {problems}", "{rows} rows; {problems}")
NO_PROBLEMS = _("no problems")
PROBLEMS_ARE = _("problems: {counts}")
MORE = _("… and {n} more, all in {path}")
LONGEST = 60
"""Characters of a cell that are shown beside its problem; the file has more."""

MORE_KEPT_NOWHERE = _("… and {n} more; --problems FILE writes them all")
ALIKE = _n("; so is {n} more cell of this column", "; so are {n} more cells of this column")
NOT_WRITTEN = _("nothing was written, as --strict asks")


def print_totals(settings: Settings, *, rows: int, scored: int | None, problems: Mapping[str, int]) -> None:
    """Print in one line what became of the rows."""
    counts = ", ".join(f"{code} {count:,}" for code, count in sorted(problems.items()))
    said: Text = fill(PROBLEMS_ARE, counts=counts) if counts else NO_PROBLEMS
    words = GATHERED if scored is None else LAST
    print_note(settings.tell(fill(words, count=rows, rows=f"{rows:,}", scored=f"{scored or 0:,}", problems=said)))


def print_rows(settings: Settings, sample: "ProblemSample", total: int, path: str | None) -> None:
    """Print the first problems of a table. `path`: where all of them are; None: nowhere."""
    for row, alike in zip(sample.first, sample.alike, strict=True):
        where = ":".join(str(part) for part in (row["file"], row["row"] or "") if part)
        said_of = (row[name] or "" for name in ("respondent", "value"))
        respondent, value = (words if len(words) <= LONGEST else words[:LONGEST] + "…" for words in said_of)
        head = " ".join(part for part in (where, respondent, row["column"] or "") if part)
        value = f" “{value}”" if value else ""
        said = f"{row['code']}{value}: {row['reason']}"
        if alike:
            said += settings.tell(fill(ALIKE, count=alike, n=f"{alike:,}"))
        print_note(f"{head}: {said}" if head else said)
    left = total - len(sample.first) - sum(sample.alike)
    if left:
        print_note(settings.tell(MORE if path else MORE_KEPT_NOWHERE, n=f"{left:,}", path=path))
