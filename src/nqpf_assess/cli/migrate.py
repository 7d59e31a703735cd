"""`migrate FILE`: takes answers over to the edition at hand; writes only when asked, and never drops anything."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.answer_files import content_options, library_of
from nqpf_assess.cli.commands import FilePath, Settings, option, subcommand
from nqpf_assess.cli.output import print_json, print_note, print_page
from nqpf_assess.locale import _

if TYPE_CHECKING:
    from nqpf_assess.model.migration import Migration

WRITTEN = _("{path} belongs to edition {edition} now; the file as it was (with its comments) is kept as {kept}.")
DRY = _("Nothing was written; add --write to do it.")


@subcommand("migrate", to_the_end=True)
@click.argument("file", type=FilePath())
@option("--write", is_flag=True, words=_("Write it; the old file is kept."))
@option("--json", "as_json", is_flag=True, words=_("Rows for machines."))
@option(
    "--old-questionnaire",
    metavar="ID|PATH",
    words=_("The edition it was answered to: shows changes of unit, levels and wording too."),
)
@content_options
def command(settings: Settings, *, file: Path, write: bool, as_json: bool, **content: str | None) -> int:
    """Show what becomes of every answer; with --write do it."""
    from nqpf_assess.session.migrating import migration_of

    library = library_of(settings)
    if not write:
        found = migration_of(library, file, **content)
        _print(settings, file, found, as_json=as_json)
        if found.changes and not as_json:
            print_note(settings.tell(DRY))
        return 0
    from nqpf_assess.files.places import shown
    from nqpf_assess.files.store import AnswerFile
    from nqpf_assess.session.content import usable_answers
    from nqpf_assess.session.migrating import write_migrated

    with AnswerFile(file) as held:
        found = migration_of(library, file, **content)
        _print(settings, file, found, as_json=as_json)
        if not found.changes:
            return 0
        kept = write_migrated(held, found, back=content["questionnaire"] is not None)
        values = {"path": shown(held.path), "edition": found.questionnaire.version, "kept": shown(kept)}
        print_note(settings.tell(WRITTEN, **values))
        usable_answers(library, held.path, questionnaire=content["questionnaire"], weights=content["weights"])
        return 0


def _print(settings: Settings, file: Path, found: "Migration", *, as_json: bool) -> None:
    if as_json:
        from nqpf_assess.exchange.migration_json import migration_row

        print_json(migration_row(found, file.name, settings.language))
    else:
        from nqpf_assess.pages.migration import migration_blocks

        print_page(migration_blocks(found, file.name, settings.language), settings.language)
