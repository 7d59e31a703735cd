"""`diff OLD NEW`: what differs between two editions of a questionnaire or rubric, and how grave it is."""

from pathlib import Path

import click

from nqpf_assess.cli.answer_files import library_of
from nqpf_assess.cli.commands import FilePath, Settings, option, subcommand
from nqpf_assess.cli.completing import exportables
from nqpf_assess.cli.output import print_json, print_note, print_page
from nqpf_assess.locale import _

NEVER = "never"
TWO_THINGS = _(
    "“{old}” and “{new}” are two questionnaires, not two editions of one; no answer is taken over from one to the other"
)


@subcommand("diff", to_the_end=True)
@click.argument("old", metavar="OLD", shell_complete=exportables)
@click.argument("new", metavar="NEW", shell_complete=exportables)
@option(
    "--on",
    "files",
    multiple=True,
    metavar="FILE",
    type=FilePath(),
    words=_("Show the effect on this answer file; may repeat."),
)
@option("--json", "as_json", is_flag=True, words=_("Rows for machines."))
@option("--all", "everything", is_flag=True, words=_("Show everything in full."))
@option(
    "--fail-on",
    type=click.Choice(["confirm", "convert", "loss", NEVER]),
    default=NEVER,
    show_default=False,
    words=_("Exit with 1 from this class upwards, and where the version was not raised enough (default never)."),
)
@option("--questionnaire", metavar="ID|PATH", words=_("Questionnaire of two rubrics."))
def command(
    settings: Settings, *, old: str, new: str, files: tuple[Path, ...], as_json: bool, everything: bool, **rest: str
) -> int:
    """Compare two editions of a questionnaire, or of a rubric with all it is based on."""
    from nqpf_assess.session.differing import edition_difference, reaches

    found = edition_difference(library_of(settings), old, new, questionnaire=rest["questionnaire"], files=files)
    if found.kind == "questionnaire" and found.old.id != found.new.id:
        print_note(settings.tell(TWO_THINGS, old=found.old.id, new=found.new.id))
    if as_json:
        from nqpf_assess.exchange.difference_json import difference_row

        print_json(difference_row(found, settings.language))
    else:
        from nqpf_assess.pages.difference import difference_blocks

        print_page(difference_blocks(found, settings.language, everything=everything), settings.language)
    return int(rest["fail_on"] != NEVER and reaches(found, rest["fail_on"]))
