"""`init DIR`: a workspace with editable copies of questionnaires, weights and samples, and the editor's schemas."""

from pathlib import Path

import click

from nqpf_assess.cli.commands import FilePath, Settings, option, subcommand
from nqpf_assess.cli.output import counted, print_data, print_note, print_problems
from nqpf_assess.locale import _

SUBJECTS = ("region", "firm")
MADE = _("{folder}: a workspace of {count} files")
NEXT = _("Next: cd {folder}, read README.md, then nqpf-assess check .")
NEXT_HERE = _("Next: read README.md, then nqpf-assess check .")


@subcommand("init", to_the_end=True)
@click.argument("folder", metavar="DIR", type=FilePath())
@option(
    "--as",
    "subject",
    type=click.Choice(SUBJECTS),
    words=_("Only what assesses a region or a firm."),
)
def command(settings: Settings, *, folder: Path, subject: str | None) -> int:
    """Make a workspace; nothing that is there is overwritten."""
    from nqpf_assess.files.checking import check
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.places import Root, as_word, end_of, shipped
    from nqpf_assess.files.workspace import workspace_files, write_workspace
    from nqpf_assess.model.problem import errors

    files = workspace_files(shipped(), [subject] if subject else list(SUBJECTS))
    write_workspace(folder, files)
    problems = check(Library((Root("content", folder),)), [folder])
    print_data(settings.tell(MADE, folder=folder, count=len(files)))
    print_problems(errors(problems), settings.language)
    print_note(counted(problems, settings.language))
    print_note(settings.tell(NEXT_HERE if end_of(folder) == Path.cwd() else NEXT, folder=as_word(folder)))
    return int(bool(errors(problems)))
