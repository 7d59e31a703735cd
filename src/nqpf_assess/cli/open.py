"""`open REPORT.pdf`: takes the answers and rubric out of a report again, scores them anew and compares."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.commands import FilePath, Settings, option, subcommand
from nqpf_assess.cli.output import print_data, print_json, print_note
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import grammar, listed
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqpf_assess.report.reopening import Verdict

MOST = 12
SAME = _("every figure is the same to the last digit")
DIFFERS = _("{n} figures or digests differ:")
ROW = _("  {where}: printed {printed}, now {now}")
MORE = _("  … and {n} more")
CHANGED = _("not the file that the report was made from: {names}")
RECEIPT_CHANGED = _(
    "the attachments are those it was made from, so its own record of the figures (report.json) was changed"
)
OTHER_VERSION = _("the attachments are those it was made from; version {made} of the program scored it, this is {here}")
REDRAWN = _("the report comes out again byte by byte: what it prints is what these files give")
SAVED_ANEW = _(
    "the file was saved anew by another program; its pages, attachments and description are what these files give"
)
NOT_REDRAWN = _("not what these files give, so changed after the report was made: {parts}")
NOT_TRIED = _(
    "the pages could not be compared (made by version {made}, with local profiles or fonts that are not here)"
)
NO_RECEIPT = _("its own record of the figures (report.json) is missing or broken, so they cannot be compared")
KEPT = _("written: {path}")


@subcommand("open")
@click.argument("report", type=FilePath())
@option(
    "-o",
    "--output",
    type=FilePath(),
    metavar="DIR",
    words=_("Write the files it carries into this folder."),
)
@option("--json", "as_json", is_flag=True, words=_("The verdict for machines."))
def command(settings: Settings, *, report: Path, output: Path | None, as_json: bool) -> int:
    """Open a report made by `report`."""
    from nqpf_assess import __version__
    from nqpf_assess.cli.answer_files import library_of
    from nqpf_assess.files.intake import read_file
    from nqpf_assess.files.library import refuse_errors
    from nqpf_assess.files.store import private, write_whole
    from nqpf_assess.model.problem import errors
    from nqpf_assess.report.reopening import carried_problems, open_carried, take_out, verdict

    data = read_file(report)
    files = take_out(data)
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            path = output / name
            if path.exists() and not (path.is_file() and path.read_bytes() == content):
                raise UserError(fill(_("{path} exists already"), path=path), status=3)
            write_whole(path, content, mode=private(path))
            (print_note if as_json else print_data)(settings.tell(KEPT, path=path))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "report"
        sheet = open_carried(files, place)
        problems = carried_problems(sheet, files, place, report)
    refuse_errors(report, problems)
    assert sheet.instrument is not None
    assert sheet.answers is not None
    library = library_of(settings)
    book = library.questionnaire(sheet.instrument.questionnaire.id)
    profiles = [rubric.chain for rubric in library.profiles(book) if not errors(rubric.problems)] if book else []
    found = verdict(data, files, sheet.instrument, sheet.answers, profiles=profiles, program=__version__)
    if as_json:
        print_json(
            {
                "program": found.program,
                "holds": found.holds,
                "same": found.receipted and not found.differing,
                "redrawn": found.redrawn,
                "changed": list(found.changed),
                "parts": [settings.tell(part) for part in found.parts],
                "differing": [{"where": at, "printed": printed, "now": now} for at, printed, now in found.differing],
            }
        )
    else:
        for words in _sentences(settings, found, __version__):
            print_data(words)
    return int(not found.holds)


def _sentences(settings: Settings, found: "Verdict", here: str) -> "Iterator[str]":
    """Write a verdict: the figures first, then the pages."""
    if not found.receipted:
        yield settings.tell(NO_RECEIPT)
        return
    if not found.differing:
        yield settings.tell(SAME)
    else:
        yield settings.tell(DIFFERS, n=len(found.differing))
        for where, printed, now in found.differing[:MOST]:
            yield settings.tell(ROW, where=where, printed=printed, now=now)
        if len(found.differing) > MOST:
            yield settings.tell(MORE, n=len(found.differing) - MOST)
        if found.changed:
            yield settings.tell(CHANGED, names=listed(found.changed))
        else:
            own = found.program == here
            yield settings.tell(RECEIPT_CHANGED if own else OTHER_VERSION, made=found.program, here=here)
    if found.changed:
        return
    if found.redrawn is None:
        yield settings.tell(NOT_TRIED, made=found.program)
    elif found.redrawn:
        yield settings.tell(REDRAWN)
    elif found.parts:
        parts = grammar(settings.language).list(settings.tell(part) for part in found.parts)
        yield settings.tell(NOT_REDRAWN, parts=parts)
    else:
        yield settings.tell(SAVED_ANEW)
