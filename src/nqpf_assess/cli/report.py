"""`report FILE...`: the gap report as PDF, Word, Markdown or plain text; many files at once."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from nqpf_assess.cli.beside import benchmark_options, beside_of
from nqpf_assess.cli.opening import content_options
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import Refused, option
from nqpf_assess.model.text import text

if TYPE_CHECKING:
    from nqpf_assess.report.house import House
    from nqpf_assess.report.make import Form

EPOCH = "SOURCE_DATE_EPOCH"
"""Environment variable that fixes the date of what is built, in seconds since 1970 (reproducible-builds.org)."""


@subcommand("report", both=True)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@option(
    "-o",
    "--output",
    metavar="PATH",
    words=text(
        en="File to write, or folder to write into; default: the current folder, plain text on standard output.",
        zh="输出文件或文件夹；默认写入当前文件夹，纯文本输出到标准输出。",
    ),
)
@option(
    "--to",
    type=click.Choice(["pdf", "docx", "md", "text"]),
    default=None,
    words=text(
        en="Form of the report; default: by the ending of the file, else PDF.",
        zh="报告格式，默认按文件后缀，否则为 PDF。",
    ),
)
@option(
    "--date",
    "stated",
    metavar="YYYY-MM-DD",
    words=text(en="Date of the report; default: today.", zh="报告日期，默认当天。"),
)
@option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    words=text(en="Reports made at the same time; 0: one for each core.", zh="并行生成的报告数，0 表示按核心数。"),
)
@option(
    "--font",
    "fonts",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    words=text(
        en="Font of the house for Chinese (TrueType); once for regular, again for bold.",
        zh="单位自用中文字体（TrueType），可给常规体和粗体各一次。",
    ),
)
@option(
    "--logo",
    type=click.Path(path_type=Path),
    metavar="FILE",
    words=text(en="Logo on the cover: PNG or JPEG.", zh="封面标志，PNG 或 JPEG。"),
)
@option(
    "--compare",
    type=click.Path(path_type=Path),
    metavar="OLD",
    words=text(
        en="Last time's answer file: what changed since, and what came of the plan.",
        zh="上次的答卷；报告将说明此后的变化和行动方案的成效。",
    ),
)
@option("--quick", is_flag=True, words=text(en="Take the core questions only.", zh="只计核心题目。"))
@benchmark_options
@content_options
def command(
    settings: Settings,
    *,
    files: tuple[Path, ...],
    output: str | None,
    to: str | None,
    stated: str | None,
    jobs: int,
    quick: bool,
    compare: Path | None,
    **chosen: Any,
) -> int:
    """Write reports; a file that has errors does not stop the others."""
    from nqpf_assess.cli.reporting import Wanted, make_all
    from nqpf_assess.cli.targets import Targets, answer_files, target_of

    paths = answer_files(files)
    if compare is not None and len(paths) != 1:
        raise Refused(text(en="--compare goes with one file", zh="--compare 一次只用于一份答卷"))
    form = cast("Form", to or form_of(output or ""))
    wanted = Wanted(
        to=form,
        language="both" if settings.both else settings.language,
        date=date_of(stated),
        content=settings.content,
        questionnaire=chosen["questionnaire"],
        weights=chosen["weights"],
        quick=quick,
        debug=settings.debug,
        width=text_width(),
        beside=beside_of(chosen["benchmark"], chosen["group"]),
        compare=compare,
        house=house_of(chosen["fonts"], chosen["logo"], form),
    )
    targets = Targets(target_of(output), form, wanted.language, paths)
    return make_all(settings, paths, wanted, targets, jobs=jobs)


def house_of(fonts: tuple[Path, ...], logo: Path | None, form: str) -> "House":
    """Check fonts and logo before any report is made; raises `UserError` with what stands against them."""
    from nqpf_assess.report.house import House

    if not fonts and logo is None:
        return House()
    if form != "pdf":
        raise Refused(text(en="--font and --logo are for PDF reports", zh="--font 和 --logo 仅用于 PDF 报告"))
    from nqpf_assess.report.pdf.fonts import choice_of, load_fonts
    from nqpf_assess.report.pdf.logo import read_logo

    if fonts:
        load_fonts(choice_of(fonts))
    return House(fonts, read_logo(logo).data if logo else b"")


def form_of(output: str) -> str:
    """Tell the form of a report by the ending of its file."""
    endings = {".docx": "docx", ".md": "md", ".markdown": "md", ".txt": "text"}
    return endings.get(Path(output).suffix.lower(), "pdf")


def date_of(stated: str | None) -> str:
    """Give the date of the report: as stated, else by the environment, else today. The only clock of the report."""
    import os

    if stated is not None:
        try:
            return date.fromisoformat(stated).isoformat()
        except ValueError as fault:
            words = text(
                en=f"--date wants a day such as 2026-11-25, not “{stated}”",
                zh=f"--date 应为日期，如 2026-11-25，而不是“{stated}”",
            )
            raise Refused(words) from fault
    seconds = os.environ.get(EPOCH, "")
    if not seconds:
        return datetime.now().astimezone().date().isoformat()
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as fault:
        words = text(
            en=f"{EPOCH} wants seconds since 1970, not “{seconds}”",
            zh=f"{EPOCH} 应为自1970年起的秒数，而不是“{seconds}”",
        )
        raise Refused(words) from fault


def text_width() -> int:
    """Give the width of plain text: the terminal's, else 80."""
    import shutil
    import sys

    return min(shutil.get_terminal_size((80, 24)).columns, 120) if sys.stdout.isatty() else 80
