"""Taking an answer file over to the edition at hand: what becomes of every answer; the old file is always kept."""

from pathlib import Path

from nqpf_assess.engine.editions import is_edition, step_between
from nqpf_assess.engine.instrument import digest, identities
from nqpf_assess.engine.migrating import migrate
from nqpf_assess.files.editions import Read, kept_editions
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import edition_in_name, shown
from nqpf_assess.files.presence import exists
from nqpf_assess.files.store import AnswerFile, NotSaved, write_whole
from nqpf_assess.locale import _, fill
from nqpf_assess.model.migration import Migration
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import Identity
from nqpf_assess.session.content import sound_questionnaire, usable_answers

NOT_THAT_EDITION = _("{path} was answered to {id} {stated}; the edition given with --old-questionnaire is {given}")
OTHER_CONTENT = _(
    "{path} was answered to edition {version} with other content than the one given with --old-questionnaire has"
)
NO_DIGEST = _(
    "If only words were corrected since, take the digest out of the file’s line “questionnaire”: that edition then "
    "counts as its own."
)
NEWER = _("{path} was answered to {id} {stated}, which is newer than the {now} at hand")
NEWER_HINT = _(
    "Nothing was written. Get the newer edition. To go back to the older one all the same, name it with "
    "--questionnaire."
)


def migration_of(
    library: Library,
    file: Path,
    *,
    questionnaire: str | None = None,
    weights: str | None = None,
    old_questionnaire: str | None = None,
) -> Migration:
    """Work out what becomes of every answer of a file under the edition at hand; nothing is written.

    `old_questionnaire`: the edition it was answered to, where the roots do not hold it themselves.
    """
    read = usable_answers(library, file, questionnaire=questionnaire, weights=weights)
    before = edition_before(library, read, old_questionnaire)
    kept = kept_editions(library, read.instrument.questionnaire)
    return migrate(read.instrument, read.answers, before, kept=kept)


def edition_before(library: Library, read: Read, name: str | None = None) -> Questionnaire | None:
    """Return the edition the file was answered to: the one that is given, and no other; else the one the roots hold.

    None where that is the one at hand, or none is held.
    """
    if is_edition(read.answers.questionnaire, identities(read.instrument, read.answers)[0]):
        return None
    if name is None:
        held = library.edition(read.answers.questionnaire)
        return None if held is None else held.value
    stated, edition = read.answers.questionnaire, sound_questionnaire(library, name).value
    if not is_edition(stated, Identity(edition.id, edition.version, digest(edition))):
        if (stated.id, stated.version) == (edition.id, edition.version):
            raise UserError(fill(OTHER_CONTENT, path=read.path, version=stated.version), hint=NO_DIGEST)
        values = {"id": stated.id, "stated": stated.version, "given": f"{edition.id} {edition.version}"}
        raise UserError(fill(NOT_THAT_EDITION, path=read.path, **values))
    return edition


def write_migrated(held: AnswerFile, found: Migration, *, back: bool = False) -> Path:
    """Write the migrated answers in place of the old ones; returns where the old file is kept.

    An edition that is older than the file's is refused, unless going `back` to it is what somebody wants.
    """
    path, stated, now = held.path, found.before.questionnaire, found.questionnaire
    if step_between(now.version, stated.version) is not None and not back:
        values = {"path": shown(path), "id": stated.id, "stated": stated.version, "now": now.version}
        raise UserError(fill(NEWER, **values), hint=NEWER_HINT)
    mark = edition_in_name(stated.version)
    names = (f"{path.stem}.{mark}{f'-{number}' if number else ''}.toml" for number in range(1000))
    kept = next(place for name in names if not exists(place := path.with_name(name)))
    try:
        write_whole(kept, path.read_bytes(), copy_of=path)
    except OSError as fault:
        raise NotSaved(kept, fault, None, begun=False) from fault
    held.save(found.answers)
    return kept
