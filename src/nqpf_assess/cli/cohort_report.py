"""`cohort report TABLE|SCORES...`: the statistics of a cohort as files, and a report on them."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqpf_assess.cli.cohort import step
from nqpf_assess.cli.cohort_options import TABLES, with_options
from nqpf_assess.cli.cohort_studying import BY, HERDING, STUDY_OPTIONS, Studied, rooms_of, studied
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say, say_json, tell_user
from nqpf_assess.cli.report import date_of
from nqpf_assess.cli.spoken import option
from nqpf_assess.model.text import text

if TYPE_CHECKING:
    import pyarrow as pa

    from nqpf_assess.report.blocks import Outline

NO_GAPS = text(
    en="gaps.csv is left out: these scores hold no gaps. Name the table they are from, or score it with --with gaps",
    zh="未生成 gaps.csv：得分表中没有差距列。请改用评分前的表格，或评分时加 --with gaps",
)
ENDINGS = {"pdf": "report.pdf", "docx": "report.docx", "md": "report.md", "text": "report.txt"}


@step("report", both=True)
@TABLES
@with_options(
    option(
        "-o",
        "--output",
        required=True,
        metavar="DIR",
        words=text(en="Folder for the files.", zh="存放结果的文件夹。"),
    ),
    option(
        "--to",
        type=click.Choice(list(ENDINGS)),
        default="pdf",
        words=text(en="Form of the report.", zh="报告格式。"),
    ),
    BY,
    *HERDING,
    option(
        "--room",
        multiple=True,
        metavar="OPTION=N",
        words=text(
            en="How many places there is room for with an option; more are flagged; may repeat.",
            zh="某选项可承载的单位数，超过即提示，可重复使用。",
        ),
    ),
    option("--ranks", is_flag=True, words=text(en="List ranks in the report too.", zh="报告中列出位次。")),
    option(
        "--date",
        "stated",
        metavar="YYYY-MM-DD",
        words=text(en="Date of the report; default: today.", zh="报告日期，默认当天。"),
    ),
    *STUDY_OPTIONS,
)
def command(settings: Settings, *, tables: tuple[str, ...], output: str, to: str, **asked: Any) -> int:
    """Write the statistics and the report."""
    date = date_of(asked["stated"])
    with studied(settings, tables, asked, by=asked["by"]) as found:
        if found is None:
            return 1
        from nqpf_assess.cohort.filing import head_of, write_tables

        made, head = tables_of(found, asked), head_of(found.study, found.instruments)
        written = write_tables(Path(output), made, head)
        outline = outline_of(settings, found, made, head, date=date, asked=asked)
        written.append(_write_report(Path(output), to, outline))
        if "gaps" not in made:
            tell_user(settings.tell(NO_GAPS))
        if asked["as_json"]:
            say_json({"files": [os.fspath(path) for path in written], "rows": head["rows"]})
        else:
            for path in written:
                say(os.fspath(path))
        return found.status


def tables_of(found: Studied, asked: Mapping[str, Any]) -> "dict[str, pa.Table]":
    """Work out every table, in the order of the contract; gaps only where the scores hold them."""
    from nqpf_assess.cohort.herding import herding

    study = found.study
    made = {
        "ranks": study.ranks(),
        "groups": study.group_table(),
        "bands": study.bands(),
        "gaps": study.gaps(),
        "weakest": study.weakest(),
        "inequality": study.inequality(),
        "weights": study.weights(),
        "herding": herding(study, asked["herding"], asked["herding_share"], rooms_of(asked["room"])),
    }
    return {name: table for name, table in made.items() if table is not None}


def outline_of(
    settings: Settings,
    found: Studied,
    made: "dict[str, pa.Table]",
    head: Mapping[str, Any],
    *,
    date: str,
    asked: Mapping[str, Any],
) -> "Outline":
    """Make the outline, in one language or both."""
    from nqpf_assess.cohort.outline import Told, cohort_outline, rows_of

    place = "rank" if found.study.total == "score" else "baseline_rank"
    instruments, rows = found.instruments, rows_of(made, place if asked["ranks"] else "")
    used = set(found.study.scores.coded("weights")[1])
    profiles = {i.profile.id: i.profile.name for i in instruments.all if i.profile.id in used}
    bands = {id: band.words for i in instruments.all for id, band in i.rules.bands.items()}
    languages = ("zh", "en") if settings.language == "zh" else ("en", "zh")
    return cohort_outline(
        [
            Told(found.study.questionnaire, rows, head, language, date, profiles, bands, rooms_of(asked["room"]))
            for language in (languages if settings.both else languages[:1])
        ]
    )


def _write_report(folder: Path, to: str, outline: "Outline") -> Path:
    from nqpf_assess.files.store import write_whole

    path = folder / ENDINGS[to]
    write_whole(path, _drawn(to, outline))
    return path


def _drawn(to: str, outline: "Outline") -> bytes:
    if to == "pdf":
        from nqpf_assess.report.outline import with_unshown
        from nqpf_assess.report.pdf import write_pdf

        drawn = write_pdf(outline)
        return write_pdf(with_unshown(outline, drawn.missing)).data if drawn.missing else drawn.data
    if to == "docx":
        from nqpf_assess.report.docx import write_docx

        return write_docx(outline)
    if to == "md":
        from nqpf_assess.report.markdown import write_markdown

        return write_markdown(outline).encode()
    from nqpf_assess.report.text import write_text

    return write_text(outline).encode()
