"""`weights new ID`: begin a rubric of your own, on top of a baseline or as a copy of a profile that is near."""

from pathlib import Path

import click

from nqpf_assess.cli.answer_files import library_of
from nqpf_assess.cli.commands import FilePath, Refused, Settings, option, words_typed
from nqpf_assess.cli.output import print_note
from nqpf_assess.cli.targets import refuse_other_ending
from nqpf_assess.cli.weights import step
from nqpf_assess.files.places import as_word
from nqpf_assess.locale import _, fill
from nqpf_assess.model.weights import BASELINE

ONE_BASE = _("a rubric is begun from one profile, not from a blend: --from {base}")
WROTE = _("{file} is written. Edit it, then: nqpf-assess check {file}")


@step("new")
@click.argument("name", metavar="ID")
@option(
    "--from",
    "base",
    metavar="ID|PATH",
    default=BASELINE,
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
    words=_("Its questionnaire; the default is that of what it begins from, of the baseline region."),
)
@option("--name-en", metavar="NAME", callback=words_typed, words=_("Its name in English."))
@option("--name-zh", metavar="NAME", callback=words_typed, words=_("Its name in Chinese."))
@option("-o", "--output", type=FilePath(), words=_("File to write."))
def command(
    settings: Settings,
    *,
    name: str,
    base: str,
    whole: bool,
    questionnaire: str | None,
    name_en: str | None,
    name_zh: str | None,
    output: Path | None,
) -> int:
    """Write the beginning of a rubric; nothing is overwritten."""
    from nqpf_assess.files.library import blend_named
    from nqpf_assess.session.beginning import NewRubric, begin_rubric

    if blend_named(base).further:
        raise Refused(fill(ONE_BASE, base=blend_named(base).first))
    if output is not None:
        refuse_other_ending(output, ".toml")
    workspace = settings.content[0] if settings.content else Path()
    asked = questionnaire or ("region" if base == BASELINE else "")
    names = {"en": name_en or "", "zh": name_zh or ""}
    wanted = NewRubric(name, names, base, asked, whole=whole, stated=questionnaire is None)
    file = begin_rubric(library_of(settings), wanted, workspace, file=output)
    print_note(settings.tell(WROTE, file=as_word(file)))
    return 0
