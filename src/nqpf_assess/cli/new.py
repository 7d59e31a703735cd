"""`new FILE --as region`: an empty answer file with every question as a comment."""

from contextlib import nullcontext
from pathlib import Path
from typing import Literal

import click

from nqpf_assess.cli.answer_files import library_of
from nqpf_assess.cli.commands import FilePath, Refused, Settings, option, subcommand
from nqpf_assess.cli.output import print_note
from nqpf_assess.cli.targets import refuse_existing, refuse_other_ending
from nqpf_assess.files.presence import exists, is_file
from nqpf_assess.locale import _, fill
from nqpf_assess.model.weights import BASELINE

WRITTEN = _("{file} is written, to be answered by the questionnaire “{title}”.")
OR_FORCE = _(
    "Nothing was changed. Choose another name. With --force an empty file takes its place, and what it holds is lost."
)
OTHER_SUBJECT = _("--as {stated} contradicts --questionnaire: “{id}” is for --as {described}; leave one of the two out")


@subcommand("new")
@click.argument("file", type=FilePath())
@option(
    "--as",
    "subject",
    type=click.Choice(["region", "firm"]),
    words=_("Whom to assess."),
)
@option("--questionnaire", metavar="ID|PATH", words=_("Another questionnaire."))
@option(
    "--weights",
    metavar="ID|PATH",
    default=BASELINE,
    words=_("Rubric; the default is the baseline."),
)
@option("--quick", is_flag=True, words=_("Core questions only."))
@option("--force", is_flag=True, words=_("Replace an existing file."))
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
    from nqpf_assess.files.places import meant_by
    from nqpf_assess.files.store import AnswerFile, private, write_whole
    from nqpf_assess.session import new_answers
    from nqpf_assess.session.content import sound_instrument

    refuse_other_ending(file, ".toml")
    for meant in meant_by(file):
        if meant != file:  # which nothing forces
            refuse_existing(meant)
        elif not force:
            refuse_existing(meant, hint=OR_FORCE if is_file(meant) else None)
    named, stated = questionnaire or subject or "region", questionnaire is None
    instrument = sound_instrument(library_of(settings), named, weights, stated=stated)
    book = instrument.questionnaire
    if subject not in (None, book.subject):
        raise Refused(fill(OTHER_SUBJECT, stated=subject, id=book.id, described=book.subject))
    mode: Literal["full", "quick"] = "quick" if quick else "full"
    answers = new_answers(instrument, language=settings.language, mode=mode)
    with AnswerFile(file) if exists(file) else nullcontext():  # nobody may have open what is replaced
        write_whole(file, blank_file(instrument, answers, settings.language).encode(), mode=private(file))
    print_note(settings.tell(WRITTEN, file=file, title=book.title))
    return 0
