"""`report FILE...`: the gap report as PDF, Word, Markdown, plain text or a page for a browser; many files at once."""

import gc
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqpf_assess.cli.answer_files import Batch, benchmark_options, content_options
from nqpf_assess.cli.commands import FilePath, Refused, Settings, option, subcommand
from nqpf_assess.cli.output import (
    ProgressLine,
    is_narrow,
    print_data,
    print_error,
    print_note,
    print_problems,
    print_words,
)
from nqpf_assess.cli.targets import ReportTargets, form_for
from nqpf_assess.files.places import shown
from nqpf_assess.files.presence import exists
from nqpf_assess.locale import _, _n, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.report_form import EDITIONS, FORMS, STYLES, Edition, Form, WordStyle
from nqpf_assess.session.clock import day_of_paper

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Peers
    from nqpf_assess.report.forms import House
    from nqpf_assess.report.make import ReportOutcome, ReportWish

NOT_MADE = _("{failed} of {all} reports were not made: {names}")
NOT_REPORTED = _("{path} cannot be reported on until this is corrected.")
FAULT = _("{path}: {fault}")
CRASHED = _("something went wrong inside the program; details: {log}")
WRITTEN_ANEW = _(
    "there already, and written anew: {names}; to keep the report of another respondent or edition beside it, name a "
    "file: -o FILE"
)
MOST_ANEW = 6
"""Reports that are named as written anew."""
NO_COVER = _("warning: the brief has no cover, so the logo stands nowhere in it; --edition full has one")
MISSING = _n(
    "warning: {path}: the fonts lack {count} character, shown as 〓: {codes}",
    "warning: {path}: the fonts lack {count} characters, shown as 〓: {codes}",
)


@subcommand("report", to_the_end=True, both=True)
@click.argument("files", nargs=-1, required=True, type=FilePath())
@option(
    "-o",
    "--output",
    metavar="PATH",
    words=_(
        "File to write, folder to write into, or - for standard output; default: the current folder, plain text on "
        "standard output."
    ),
)
@option(
    "--to",
    type=click.Choice(FORMS),
    default=None,
    words=_("Form of the report; default: by the ending of the file, else PDF."),
)
@option(
    "--edition",
    type=click.Choice(EDITIONS),
    default="brief",
    words=_("brief: what is handed to a leader, the default; full: that with the technical volume behind it."),
)
@option(
    "--style",
    type=click.Choice(STYLES),
    default="report",
    words=_("Look of a Word file; gongwen: page, fonts and line grid of official papers (GB/T 9704-2012)."),
)
@option(
    "--date",
    "stated",
    metavar="YYYY-MM-DD",
    words=_("Date of the report; default: today."),
)
@option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    words=_("Reports made at the same time; 0: one for each core."),
)
@option(
    "--font",
    "fonts",
    multiple=True,
    type=FilePath(),
    metavar="FILE",
    words=_("Font of the house for Chinese (TrueType); once for regular, again for bold."),
)
@option(
    "--logo",
    type=FilePath(),
    metavar="FILE",
    words=_("Logo on the cover: PNG or JPEG."),
)
@option(
    "--compare",
    type=FilePath(),
    metavar="OLD",
    words=_("Last time's answer file: what changed since, and what came of the plan."),
)
@option("--quick", is_flag=True, words=_("Take the core questions only."))
@benchmark_options
@content_options
def command(  # noqa: PLR0913 - the options of the command line
    settings: Settings,
    *,
    files: tuple[Path, ...],
    output: str | None,
    to: Form | None,
    edition: Edition,
    style: WordStyle,
    stated: str | None,
    jobs: int,
    quick: bool,
    compare: Path | None,
    peers: "Peers | None",
    **chosen: Any,
) -> int:
    """Write reports; a file that is missing or has errors does not stop the others."""
    from nqpf_assess.report.make import ReportWish

    form = form_for(output, to)
    if style != "report" and form != "docx":
        raise Refused(_("--style is for Word reports: --to docx"))
    batch = Batch(settings)
    paths = tuple(dict.fromkeys(batch.answer_files(files)))
    if compare is not None and len(paths) > 1:
        raise Refused(_("--compare goes with one file"))
    wish = ReportWish(
        to=form,
        language="both" if settings.both else settings.language,
        date=day_of_paper(stated),
        content=settings.content,
        questionnaire=chosen["questionnaire"],
        weights=chosen["weights"],
        quick=quick,
        width=min(shutil.get_terminal_size((80, 24)).columns, 120) if sys.stdout.isatty() else 80,
        peers=peers,
        compare=compare,
        edition=edition,
        style=style,
        house=_house(chosen["fonts"], chosen["logo"], form),
    )
    targets = ReportTargets(output, form, wish.language, len(paths))
    if chosen["logo"] and edition == "brief":
        print_note(settings.tell(NO_COVER))
    return max(batch.status, _make_all(settings, paths, wish, targets, jobs=jobs, left_out=batch.left_out))


def write_pages(settings: Settings, files: Sequence[Path], output: str | None, **content: str | None) -> int:
    """Write answer files as pages for a browser, each with all that there is to say of it; returns the exit status."""
    from nqpf_assess.report.make import ReportWish

    batch = Batch(settings)
    paths = tuple(dict.fromkeys(batch.answer_files(files)))
    wish = ReportWish(
        to="html",
        language="both" if settings.both else settings.language,
        date=day_of_paper(None),
        content=settings.content,
        questionnaire=content["questionnaire"],
        weights=content["weights"],
        edition="full",
    )
    targets = ReportTargets(output, wish.to, wish.language, len(paths))
    return max(batch.status, _make_all(settings, paths, wish, targets, left_out=batch.left_out))


def _house(fonts: tuple[Path, ...], logo: Path | None, form: str) -> "House":
    """Check fonts and logo before any report is made; raises `UserError` with what stands against them."""
    from nqpf_assess.report.forms import House

    if not fonts and logo is None:
        return House()
    if form != "pdf":
        raise Refused(_("--font and --logo are for PDF reports"))
    from nqpf_assess.report.pdf.fonts import choice_of, load_fonts
    from nqpf_assess.report.pdf.logo import read_logo

    if fonts:
        load_fonts(choice_of(fonts))
    return House(fonts, read_logo(logo).data if logo else b"")


def _make_all(
    settings: Settings,
    paths: Sequence[Path],
    wish: "ReportWish",
    targets: ReportTargets,
    *,
    left_out: Sequence[Path],
    jobs: int = 0,
) -> int:
    """Make and write all reports, with a line of progress; at the end what was not made is named, `left_out` first."""
    from nqpf_assess.report.make import make_reports

    gc.set_threshold(1_000_000, 20, 100)  # a report makes a few hundred thousand values that live until it is written
    progress = ProgressLine()
    statuses: list[int] = []
    failed, wanted = list(left_out), len(left_out) + len(paths)
    for outcome in make_reports(paths, wish, jobs=jobs):
        progress.clear()
        if settings.debug and outcome.crash:
            print_note(outcome.crash)
        statuses.append(_deliver(settings, outcome, targets))
        failed += [outcome.path] if statuses[-1] else []
        if len(paths) > 1:
            filled = round(20 * len(statuses) / len(paths))
            progress.show(
                f"[{'█' * filled}{'·' * (20 - filled)}] {len(statuses)}/{len(paths)} {outcome.path.stem[:30]}"
            )
    progress.clear()
    if targets.written_anew:
        names = listed((shown(path) for path in targets.written_anew), MOST_ANEW)
        print_note(settings.tell(WRITTEN_ANEW, names=names))
    if failed and wanted > 1:
        names = listed(shown(path) for path in failed)
        print_note(settings.tell(NOT_MADE, failed=len(failed), all=wanted, names=names))
    return max(statuses, default=0)


def _deliver(settings: Settings, outcome: "ReportOutcome", targets: ReportTargets) -> int:
    """Write one report, or print what keeps it from being made; returns the exit status of this file."""
    from nqpf_assess.files.machine import refusal
    from nqpf_assess.files.store import write_whole

    source = shown(outcome.path)
    print_problems((*outcome.notices, *outcome.problems), settings.language)
    for doubt in outcome.doubts:
        print_note(settings.tell(doubt))
    if outcome.problems:
        print_note(settings.tell(NOT_REPORTED, path=source))
    elif outcome.message is not None:
        print_error(UserError(fill(FAULT, path=source, fault=outcome.message), hint=outcome.hint), settings.language)
    elif outcome.crash:
        from nqpf_assess.cli.crash import write_log

        print_error(
            UserError(fill(FAULT, path=source, fault=fill(CRASHED, log=write_log(outcome.crash)))), settings.language
        )
    if outcome.report is None:
        return outcome.status
    missing = outcome.report.missing
    if missing:
        codes = listed((f"U+{ord(letter):04X}" for letter in missing), 10)
        print_note(settings.tell(MISSING, path=source, count=len(missing), codes=codes))
    if targets.on_screen:
        if targets.form in ("pdf", "docx"):
            sys.stdout.buffer.write(outcome.report.data)
        else:
            words = outcome.report.data.decode()
            if targets.form == "html" and is_narrow():  # a page says of itself that it is UTF-8
                words = words.encode("ascii", "xmlcharrefreplace").decode()
            print_words(words)
        sys.stdout.flush()
        return 0
    path: Path | None = None
    try:
        path = targets.place(outcome.path, outcome.subject)
        if targets.in_folder and exists(path):
            targets.written_anew.append(path)
        write_whole(path, outcome.report.data)
    except UserError as fault:
        print_error(fault, settings.language)
        return fault.status
    except OSError as fault:
        where = shown(Path(fault.filename or path or outcome.path))
        print_error(UserError(fill(FAULT, path=where, fault=refusal(fault))), settings.language)
        return 3
    print_data(shown(path))
    return 0
