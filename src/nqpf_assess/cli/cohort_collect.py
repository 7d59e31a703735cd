"""`cohort collect FILE|DIR|TABLE...`: answer files or tables become one wide table."""

from pathlib import Path
from typing import Any

import click

from nqpf_assess.cli.cohort import step
from nqpf_assess.cli.cohort_options import NOT_WRITTEN, need, tell_last, tell_rows, with_options
from nqpf_assess.cli.opening import library_of
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say_json, tell_user
from nqpf_assess.cli.spoken import Refused, option
from nqpf_assess.model.text import text

KEYS = ("name", "period")
SOURCES = click.argument("sources", nargs=-1, required=True, metavar="FILE|DIR|TABLE...")
OPTIONS = (
    option(
        "--questionnaire",
        metavar="ID|PATH",
        words=text(en="Questionnaire, instead of the one the files name.", zh="指定问卷，替代答卷所写。"),
    ),
    option(
        "-o",
        "--output",
        required=True,
        metavar="TABLE",
        words=text(en="Table: .csv, .csv.gz or .parquet.", zh="表格：.csv、.csv.gz 或 .parquet。"),
    ),
    option(
        "--keep",
        multiple=True,
        metavar="KEY",
        words=text(
            en="Key of [subject] to take along (name, period); may repeat.",
            zh="一并带入的 [subject] 项（name、period），可重复使用。",
        ),
    ),
    option(
        "--strict",
        is_flag=True,
        words=text(en="Write nothing where there are problems.", zh="有问题时不写出任何结果。"),
    ),
    option("--problems", metavar="FILE", words=text(en="Where all problems go.", zh="全部问题写入此文件。")),
    option(
        "--encoding",
        default="utf-8",
        metavar="NAME",
        words=text(en="Encoding of CSV tables, such as gbk.", zh="CSV 表格的编码，如 gbk。"),
    ),
    option("--json", "as_json", is_flag=True, words=text(en="The last line for machines.", zh="以 JSON 输出汇总。")),
)


@step("collect")
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
    from nqpf_assess.cohort.faults import WARNINGS

    wrong = [key for key in keep if key not in KEYS]
    if wrong:
        known = ", ".join(KEYS)
        raise Refused(text(en=f"--keep takes {known}, not “{wrong[0]}”", zh=f"--keep 可用 {known}，而不是“{wrong[0]}”"))
    gathering = Collecting(library_of(settings), asked["questionnaire"], keep, settings.language, asked["encoding"])
    place = problems or f"{output}.problems.csv"
    done = collect(gathering, sources, Path(output), problems=Path(place), strict=asked["strict"])
    tell_rows(settings, done.first, sum(done.problems.values()), place)
    if not done.written:
        tell_user(settings.tell(NOT_WRITTEN))
    tell_last(settings, rows=done.rows, scored=None, problems=done.problems)
    if asked["as_json"]:
        say_json(
            {
                "rows": done.rows,
                "files": done.files,
                "left_out": done.left,
                "problems": dict(sorted(done.problems.items())),
            }
        )
    return int(any(code not in WARNINGS for code in done.problems))
