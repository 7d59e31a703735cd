"""`new FILE --as region`: an empty answer file with every question as a comment."""

from pathlib import Path
from typing import Literal

import click

from nqpf_assess.cli.opening import library_of
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import tell_problems, tell_user
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import option
from nqpf_assess.model.problem import UserError, errors
from nqpf_assess.model.text import fill, text

BASELINE = "baseline"


@subcommand("new")
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--as",
    "subject",
    type=click.Choice(["region", "firm"]),
    words=text(en="Whom to assess.", zh="评估对象：区域或企业。"),
)
@option("--questionnaire", metavar="ID|PATH", words=text(en="Another questionnaire.", zh="指定其他问卷。"))
@option(
    "--weights",
    metavar="ID|PATH",
    default=BASELINE,
    words=text(en="Rubric; the default is the baseline.", zh="权重方案，默认为基准。"),
)
@option("--quick", is_flag=True, words=text(en="Core questions only.", zh="仅含核心题。"))
@option("--force", is_flag=True, words=text(en="Replace an existing file.", zh="覆盖已有文件。"))
def command(
    settings: Settings,
    *,
    file: Path,
    subject: str | None,
    questionnaire: str | None,
    weights: str,
    quick: bool,
    force: bool,
) -> int:
    """Write an empty answer file; an existing one is never replaced unless asked."""
    from nqpf_assess.files.blank import blank_file
    from nqpf_assess.files.store import write_whole
    from nqpf_assess.session import new_answers

    refuse_existing(file, force=force)
    instrument, problems = library_of(settings).instrument(questionnaire or subject or "region", weights)
    if instrument is None:
        tell_problems(errors(problems), settings.language)
        return 1
    mode: Literal["full", "quick"] = "quick" if quick else "full"
    answers = new_answers(instrument, language=settings.language, mode=mode)
    write_whole(file, blank_file(instrument, answers, settings.language).encode())
    tell_user(settings.tell(text(en="{file} is written.", zh="已生成 {file}。"), file=file))
    return 0


def refuse_existing(file: Path, *, force: bool) -> None:
    """Refuse to replace a file that is there already."""
    if file.exists() and not force:
        raise UserError(
            fill(text(en="{file} exists already", zh="{file} 已存在"), file=file),
            hint=text(
                en="Nothing was changed. Choose another name, or use --force.",
                zh="未作任何改动。请换用其他名称，或加 --force。",
            ),
            status=3,
        )
