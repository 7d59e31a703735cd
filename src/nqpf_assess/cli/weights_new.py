"""`weights new ID`: begin a rubric of your own, on top of a baseline or as a copy of a profile that is near."""

from pathlib import Path

import click

from nqpf_assess.cli.answer_files import library_of
from nqpf_assess.cli.commands import FilePath, Refused, Settings, option
from nqpf_assess.cli.output import print_note
from nqpf_assess.cli.targets import refuse_existing
from nqpf_assess.cli.weights import step
from nqpf_assess.files.places import shown
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.model.problem import UserError

YET_TO_NAME = _("{name} (to be named)")
ONE_BASE = _("a rubric is begun from one profile, not from a blend: --from {base}")
TAKEN = _("there is a rubric “{name}” already: {path}")
OR_FROM = _("Answer files that name it would be scored by the new one. Choose another id, or copy it: --from {name}.")
WROTE = _("{file} is written. Edit it, then: nqpf-assess check {file}")


@step("new")
@click.argument("name", metavar="ID")
@option(
    "--from",
    "base",
    metavar="ID|PATH",
    default="baseline",
    words=_("A baseline to build on (the default), or a profile to copy."),
)
@option(
    "--whole",
    is_flag=True,
    words=_("Copy the baseline whole, to make one of your own."),
)
@option(
    "--questionnaire",
    metavar="ID|PATH",
    default="region",
    words=_("Its questionnaire; the default is region."),
)
@option("--name-en", metavar="NAME", words=_("Its name in English."))
@option("--name-zh", metavar="NAME", words=_("Its name in Chinese."))
@option("-o", "--output", type=FilePath(), words=_("File to write."))
def command(
    settings: Settings,
    *,
    name: str,
    base: str,
    whole: bool,
    questionnaire: str,
    name_en: str | None,
    name_zh: str | None,
    output: Path | None,
) -> int:
    """Write the beginning of a rubric; nothing is overwritten."""
    from nqpf_assess.files.drafting import copied, new_profile, own_id, sound_id
    from nqpf_assess.files.store import write_whole
    from nqpf_assess.session.content import sound_rubric

    library = library_of(settings)
    instrument, path = sound_rubric(library, base, questionnaire)
    if instrument.further:
        raise Refused(fill(ONE_BASE, base=instrument.profile.id))
    workspace = settings.content[0] if settings.content else Path()
    file = output or workspace / "weights" / instrument.questionnaire.id / f"{sound_id(name)}.toml"
    refuse_existing(file)
    there = library.weights_path(name, instrument.questionnaire.id) if output is None else None
    if there is not None and there != path:
        raise UserError(fill(TAKEN, name=name, path=shown(there)), hint=fill(OR_FROM, name=name), status=3)
    called: Text = {
        "en": name_en or name.replace("_", " ").capitalize(),
        "zh": name_zh or tell(YET_TO_NAME, "zh", name=name),
    }
    if whole or instrument.profile.based_on is not None:
        own_id(name, instrument.chain[:-1])
        languages = instrument.questionnaire.languages
        words = copied(path.read_bytes().decode("utf-8-sig"), id=name, name=called, languages=languages)
    else:
        words = new_profile(instrument, id=name, name=called)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, words.encode())
    print_note(settings.tell(WROTE, file=file))
    return 0
