"""What the commands for many respondents share: options, the instruments, the engine, progress and the last line."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqpf_assess.cli.opening import library_of
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import tell_problems, tell_user
from nqpf_assess.cli.spoken import Refused, option
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import Text, fill, text

if TYPE_CHECKING:
    from nqpf_assess.cohort.engines import Engine
    from nqpf_assess.cohort.rubrics import Instruments
    from nqpf_assess.cohort.task import Receipt
    from nqpf_assess.files.library import Book, Library

LACKS = text(en="the optional part “{extra}” is not installed ({module})", zh="未安装可选组件“{extra}”（{module}）")
INSTALL = text(en='Install it: pip install "nqpf-assess[{extra}]"', zh='请安装：pip install "nqpf-assess[{extra}]"')

TABLES = click.argument("tables", nargs=-1, required=True, metavar="TABLE...")
QUESTIONNAIRE = option(
    "--questionnaire",
    required=True,
    metavar="ID|PATH",
    words=text(en="Questionnaire that the table answers.", zh="表格所答的问卷。"),
)
WEIGHTS = option(
    "--weights",
    multiple=True,
    metavar="ID|PATH",
    words=text(
        en="Rubric of rows that name none, and others they may name; may repeat; a folder: all in it.",
        zh="未写方案的行所用的权重方案，以及行中可写的其他方案；可重复；文件夹表示其中全部方案。",
    ),
)
ENGINE_OPTIONS = (
    option(
        "--engine",
        type=click.Choice(["local", "spark"]),
        default="local",
        words=text(en="Where the work is done.", zh="计算引擎。"),
    ),
    option("--master", metavar="URL", words=text(en="Spark master.", zh="Spark 主节点地址。")),
    option(
        "--conf",
        multiple=True,
        metavar="KEY=VALUE",
        words=text(en="Setting of Spark; may repeat.", zh="Spark 设置，可重复使用。"),
    ),
    option(
        "--jobs",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        words=text(en="Tasks at the same time; 0: one for each core.", zh="并行任务数，0 表示按核心数。"),
    ),
    option(
        "--batch",
        type=click.IntRange(min=1),
        default=16384,
        metavar="ROWS",
        words=text(en="Rows worked on at a time.", zh="每批处理的行数。"),
    ),
)
JOB_OPTIONS = (
    option(
        "--strict",
        is_flag=True,
        words=text(en="Write nothing where there are problems.", zh="有问题时不写出任何结果。"),
    ),
    option("--problems", metavar="FILE", words=text(en="Where all problems go.", zh="全部问题写入此文件。")),
    option("--resume", is_flag=True, words=text(en="Go on with an unfinished job.", zh="继续未完成的任务。")),
    option(
        "--encoding",
        default="utf-8",
        metavar="NAME",
        words=text(en="Encoding of CSV tables, such as gbk.", zh="CSV 表格的编码，如 gbk。"),
    ),
    option("--quick", is_flag=True, words=text(en="Take the core questions only.", zh="只计核心题目。")),
    option("--json", "as_json", is_flag=True, words=text(en="For machines.", zh="以 JSON 输出。")),
)
MINIMUM_GROUP = option(
    "--minimum-group",
    type=click.IntRange(min=3),
    default=5,
    metavar="N",
    words=text(en="Groups with fewer scored rows are not shown.", zh="有得分的行少于此数的组不显示。"),
)


def with_options(*options: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command several options, in that order."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for each in reversed(options):
            function = each(function)
        return function

    return add


def need(extra: str, *modules: str) -> None:
    """Refuse to go on without an optional part, naming what to install."""
    for module in modules:
        try:
            __import__(module)
        except ImportError as fault:
            raise UserError(
                fill(LACKS, extra=extra, module=module), hint=fill(INSTALL, extra=extra), status=3
            ) from fault


@dataclass(frozen=True)
class Chosen:
    """The content of a command: the questionnaire as found, and its rubrics, the default first."""

    book: "Book"
    instruments: "Instruments"


def instruments_of(settings: Settings, questionnaire: str, weights: Sequence[str]) -> Chosen | None:
    """Find the questionnaire and every rubric that rows may name; where they have errors, print these and give None."""
    from nqpf_assess.cohort.rubrics import Instruments
    from nqpf_assess.files.library import missing_content
    from nqpf_assess.model.problem import errors

    library = library_of(settings)
    book = library.questionnaire(questionnaire)
    if book is None:
        raise missing_content(questionnaire, library.places)
    if errors(book.problems):
        tell_problems(errors(book.problems), settings.language)
        return None
    rubrics = [library.open_weights(path, book) for path in _weights_paths(library, book, weights)]
    faults = [problem for rubric in rubrics for problem in errors(rubric.problems)]
    if faults:
        tell_problems(faults, settings.language)
        return None
    known = [rubric for rubric in library.profiles(book) if not errors(rubric.problems)]
    chains = {rubric.chain[-1].id: rubric.chain for rubric in reversed([*rubrics, *known])}
    first = (
        rubrics[0].chain[-1].id if rubrics else "baseline" if "baseline" in chains else next(iter(reversed(chains)), "")
    )
    if not first:
        raise missing_content("baseline", library.places)
    ordered = [first, *(id for id in reversed(chains) if id != first)]
    return Chosen(book, Instruments(book.value, tuple(chains[id] for id in ordered)))


def _weights_paths(library: "Library", book: "Book", weights: Sequence[str]) -> list[Path]:
    from nqpf_assess.files.library import missing_content, toml_files

    found: list[Path] = []
    for name in weights:
        if Path(name).is_dir():
            found += toml_files(Path(name))
            continue
        path = library.weights_path(name, book.value.id)
        if path is None:
            raise missing_content(name, library.places)
        found.append(path)
    return found


def engine_of(engine: str, *, jobs: int, master: str | None, conf: Sequence[str]) -> "Engine":
    """Make the engine that was asked for."""
    if engine == "local":
        if master or conf:
            raise Refused(
                text(en="--master and --conf go with --engine spark", zh="--master 和 --conf 仅用于 --engine spark")
            )
        from nqpf_assess.cohort.engines import Local

        return Local(jobs)
    need("spark", "pyspark")
    from nqpf_assess.cohort.spark import Spark

    return Spark(master, dict(_setting(pair) for pair in conf))


def _setting(pair: str) -> tuple[str, str]:
    key, equals, value = pair.partition("=")
    if not equals:
        raise Refused(text(en=f"--conf wants KEY=VALUE, not “{pair}”", zh=f"--conf 应为 KEY=VALUE，而不是“{pair}”"))
    return key, value


@dataclass
class Progress:
    """Rows, rows a second and problems so far on standard error, where that is a terminal."""

    settings: Settings
    rows: int = 0
    problems: int = 0
    began: float = field(default_factory=time.monotonic)

    def __call__(self, receipt: "Receipt") -> None:
        """Count a finished task."""
        self.rows += receipt.rows
        self.problems += sum(receipt.problems.values())
        if sys.stderr.isatty():
            speed = self.rows / max(time.monotonic() - self.began, 1e-9)
            said = self.settings.tell(
                RUNNING, rows=f"{self.rows:,}", speed=f"{speed:,.0f}", problems=f"{self.problems:,}"
            )
            sys.stderr.write(f"\r\x1b[K{said}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


RUNNING = text(en="{rows} rows, {speed} rows/s, {problems} problems", zh="{rows} 行，{speed} 行/秒，{problems} 个问题")
LAST = text(en="{rows} rows, {scored} scored; {problems}", zh="{rows} 行，{scored} 行有得分；{problems}")
GATHERED = text(en="{rows} rows; {problems}", zh="{rows} 行；{problems}")
NO_PROBLEMS = text(en="no problems", zh="没有问题")
PROBLEMS_ARE = text(en="problems: {counts}", zh="问题：{counts}")
MORE = text(en="… and {n} more, all in {path}", zh="……另有 {n} 个，全部见 {path}")
LONGEST = 60
"""Characters of a cell that are shown beside its problem; the file has more."""

MORE_KEPT_NOWHERE = text(
    en="… and {n} more; --problems FILE writes them all", zh="……另有 {n} 个；加 --problems FILE 可全部写出"
)
NOT_WRITTEN = text(en="nothing was written, as --strict asks", zh="按 --strict 要求，未写出任何结果")


def tell_last(settings: Settings, *, rows: int, scored: int | None, problems: Mapping[str, int]) -> None:
    """Say in one line what became of the rows."""
    counts = ", ".join(f"{code} {count:,}" for code, count in sorted(problems.items()))
    said: Text = fill(PROBLEMS_ARE, counts=counts) if counts else NO_PROBLEMS
    words = GATHERED if scored is None else LAST
    tell_user(settings.tell(fill(words, rows=f"{rows:,}", scored=f"{scored or 0:,}", problems=said)))


def tell_rows(settings: Settings, first: Sequence[Mapping[str, Any]], total: int, path: str | None) -> None:
    """Print the first problems of a table. `path`: where all of them are; None: nowhere."""
    for row in first:
        where = ":".join(str(part) for part in (row["file"], row["row"] or "") if part)
        head = " ".join(part for part in (where, row["respondent"] or "", row["column"] or "") if part)
        value = f" “{_short(row['value'])}”" if row["value"] else ""
        tell_user(
            f"{head}: {row['code']}{value}: {row['reason']}" if head else f"{row['code']}{value}: {row['reason']}"
        )
    if total > len(first):
        tell_user(settings.tell(MORE if path else MORE_KEPT_NOWHERE, n=f"{total - len(first):,}", path=path))


def _short(value: str) -> str:
    """Shorten what stands in a cell to what fits beside its problem."""
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
