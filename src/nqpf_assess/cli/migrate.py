"""`migrate FILE`: takes answers over to the edition at hand; writes only when asked, and never drops anything."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.answer_files import content_options, library_of, print_faults
from nqpf_assess.cli.bilingual import option
from nqpf_assess.cli.commands import subcommand
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import print_data, print_json, print_note, print_problems, width
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError, errors

if TYPE_CHECKING:
    from nqpf_assess.files.editions import Read
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.store import AnswerFile
    from nqpf_assess.model.migration import Migration
    from nqpf_assess.model.questionnaire import Questionnaire

WRITTEN = _("{path} belongs to edition {edition} now; the file as it was (with its comments) is kept as {kept}.")
DRY = _("Nothing was written; add --write to do it.")
NOT_THAT_EDITION = _("{path} was answered to {id} {stated}; the edition given with --old-questionnaire is {given}")
NEWER = _("{path} was answered to {id} {stated}, which is newer than the {now} at hand")
NEWER_HINT = _(
    "Nothing was written. Get the newer edition; to go back to the older one all the same, name it with "
    "--questionnaire."
)


@subcommand("migrate")
@click.argument("file", type=click.Path(path_type=Path))
@option("--write", is_flag=True, words=_("Write it; the old file is kept."))
@option("--json", "as_json", is_flag=True, words=_("Rows for machines."))
@option(
    "--old-questionnaire",
    metavar="ID|PATH",
    words=_("The edition it was answered to: shows changes of unit, levels and wording too."),
)
@content_options
def command(settings: Settings, *, file: Path, write: bool, as_json: bool, **content: str | None) -> int:
    """Tell what becomes of every answer; with --write do it."""
    library = library_of(settings)
    if not write:
        found = _migrated(settings, library, file, content)
        if found is None:
            return 1
        _tell(settings, file, found, as_json=as_json)
        if found.changes and not as_json:
            print_note(settings.tell(DRY))
        return 0
    from nqpf_assess.files.store import AnswerFile

    with AnswerFile(file) as held:
        found = _migrated(settings, library, file, content)
        if found is None:
            return 1
        _tell(settings, file, found, as_json=as_json)
        return _write(settings, library, held, found, content) if found.changes else 0


def _migrated(settings: Settings, library: "Library", file: Path, content: dict[str, str | None]) -> "Migration | None":
    from nqpf_assess.engine.migrating import migrate
    from nqpf_assess.files.editions import open_any_edition

    named = {key: content[key] for key in ("questionnaire", "weights")}
    read = open_any_edition(library, file, **named)
    if print_faults(settings, read):
        return None
    return migrate(read.instrument, read.answers, _before(settings, library, read, content["old_questionnaire"]))


def _before(settings: Settings, library: "Library", read: "Read", name: str | None) -> "Questionnaire | None":
    """Open the edition the file was answered to: the one that is given, and no other; else the one the roots hold."""
    from nqpf_assess.engine.digest import digest, identities
    from nqpf_assess.engine.migrating import is_edition
    from nqpf_assess.files.editions import edition_at_hand
    from nqpf_assess.files.library import missing_content
    from nqpf_assess.model.scorecard import Identity

    if is_edition(read.answers.questionnaire, identities(read.instrument, read.answers)[0]):
        return None
    if name is None:
        held = edition_at_hand(library, read.answers.questionnaire)
        return None if held is None else held.value
    book = library.questionnaire(name)
    if book is None:
        raise missing_content(name, library.places)
    if errors(book.problems):
        print_problems(errors(book.problems), settings.language)
        raise UserError(fill(_("{name} has errors"), name=name))
    stated, edition = read.answers.questionnaire, book.value
    if not is_edition(stated, Identity(edition.id, edition.version, digest(edition))):
        values = {"id": stated.id, "stated": stated.version, "given": f"{edition.id} {edition.version}"}
        raise UserError(fill(NOT_THAT_EDITION, path=read.path, **values))
    return edition


def _tell(settings: Settings, file: Path, found: "Migration", *, as_json: bool) -> None:
    if as_json:
        from nqpf_assess.exchange.migration_json import migration_row

        print_json(migration_row(found, file.name, settings.language))
        return
    from nqpf_assess.pages.migration import migration_lines

    for line in migration_lines(found, file.name, settings.language, width=width()):
        print_data(line.rstrip())


def _write(
    settings: Settings, library: "Library", held: "AnswerFile", found: "Migration", content: dict[str, str | None]
) -> int:
    """Keep the old file under a name of its own, write the new one, and check what was written."""
    from nqpf_assess.files.places import shown
    from nqpf_assess.files.store import write_whole

    path, stated, now = held.path, found.before.questionnaire, found.questionnaire
    if _newer(stated.version, now.version) and content["questionnaire"] is None:
        values = {"path": shown(path), "id": stated.id, "stated": stated.version, "now": now.version}
        raise UserError(fill(NEWER, **values), hint=NEWER_HINT)
    kept = kept_name(path, stated.version)
    write_whole(kept, path.read_bytes(), mode=path.stat().st_mode & 0o777)
    held.save(found.answers)
    print_note(settings.tell(WRITTEN, path=shown(path), edition=now.version, kept=shown(kept)))
    after = library.open_answers(path, questionnaire=content["questionnaire"], weights=content["weights"])
    print_problems(errors(after.problems), settings.language)
    return int(bool(errors(after.problems)))


def _newer(stated: str, now: str) -> bool:
    from nqpf_assess.engine.differing import raised

    return raised(now, stated) is not None


def kept_name(path: Path, version: str) -> Path:
    """Give a name for the old file that nothing has yet: NAME.VERSION.toml, else with a number."""
    mark = re.sub(r"[^0-9A-Za-z.+-]", "_", version)[:40]
    names = (f"{path.stem}.{mark}{f'-{number}' if number else ''}.toml" for number in range(1000))
    return next(place for name in names if not (place := path.with_name(name)).exists())
