"""`init DIR`: a workspace with editable copies of questionnaires, weights and samples, and the editor's schemas."""

from pathlib import Path

import click

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import counted, say, tell_problems, tell_user
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import option
from nqpf_assess.model.text import text

SUBJECTS = ("region", "firm")
MADE = text(en="{folder}: a workspace of {count} files", zh="{folder}：已建工作区，共 {count} 个文件")
NEXT = text(
    en="Next: cd {folder}, read README.md, then nqpf-assess check .",
    zh="下一步：进入 {folder}，阅读 README.md，然后运行 nqpf-assess check .",
)


@subcommand("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option(
    "--as",
    "subject",
    type=click.Choice(SUBJECTS),
    words=text(en="Only what assesses a region or a firm.", zh="只要区域或企业的内容。"),
)
def command(settings: Settings, *, folder: Path, subject: str | None) -> int:
    """Make a workspace; nothing that is there is overwritten."""
    from nqpf_assess.files.checking import check
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.places import Root, shipped
    from nqpf_assess.files.workspace import workspace_files, write_workspace
    from nqpf_assess.model.problem import errors

    files = workspace_files(shipped(), [subject] if subject else list(SUBJECTS))
    write_workspace(folder, files)
    problems = check(Library((Root("content", folder),)), [folder])
    say(settings.tell(MADE, folder=folder, count=len(files)))
    tell_problems(errors(problems), settings.language)
    tell_user(counted(problems, settings.language))
    tell_user(settings.tell(NEXT, folder=folder))
    return int(bool(errors(problems)))
