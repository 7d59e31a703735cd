"""`export WHAT...`: a questionnaire as a form or a table; answer files as data, see `export_answers`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.answer_files import content_options, library_of
from nqpf_assess.cli.commands import Refused, Settings, option, subcommand
from nqpf_assess.cli.completing import exportables
from nqpf_assess.cli.export_answers import NOT_CARRIED, replace_export
from nqpf_assess.cli.output import STANDARD_OUTPUT, json_text, print_file, print_note
from nqpf_assess.exchange.exporting import FORM_BEGINNINGS, questionnaire_as
from nqpf_assess.files.presence import exists, is_dir
from nqpf_assess.locale import _, fill, tell
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.clock import day_of_paper

if TYPE_CHECKING:
    from nqpf_assess.model.questionnaire import Questionnaire

FORMS = ("xlsx", "xlsform", "csv", "json", "parquet", "html", "paper")
ENDINGS = {
    "csv": (".csv",),
    "json": (".json",),
    "xlsx": (".xlsx",),
    "xlsform": (".xlsx",),
    "html": (".html", ".htm"),
}
"""How files of a form end, where it is one file; a form on paper is a report's concern, Parquet a folder's."""

NOT_FOUND = _("“{what}” is no questionnaire and no answer file")
LOOKED = _("{near}{known}Looked in: {places}. A path may be given in its place.")
ONLY_ANSWERS_AS = _("--to {form} is for answer files; a questionnaire goes to xlsx, xlsform, csv, json or paper")
ONE_AT_A_TIME = _("several are exported at once only where all are answer files, or folders of them")
ONLY_ANSWERS = _("--questionnaire and --weights go with answer files")
A_FILE = _("--to {form} is written to a file; name it with -o")
BY_HOLDER = _("--by holder goes with --to xlsx")
MISSING = _("the fonts lack: {letters}")


@subcommand("export", to_the_end=True, both=True)
@click.argument("names", metavar="WHAT...", nargs=-1, required=True, shell_complete=exportables)
@option("--to", "form", type=click.Choice(FORMS), required=True, words=_("Form to export to."))
@option("-o", "--output", metavar="PATH", words=_("File to write, or folder."))
@option(
    "--by",
    type=click.Choice(["holder"]),
    words=_("An Excel form for each holder of figures: of what an answer file lacks, or of the whole questionnaire."),
)
@content_options
def command(
    settings: Settings, *, names: tuple[str, ...], form: str, output: str | None, by: str | None, **content: str | None
) -> int:
    """Export a questionnaire (id or path), or answer files and folders of them."""
    from nqpf_assess.exchange.tables import as_data, cannot_carry, codebook_csv
    from nqpf_assess.files.library import refuse_errors

    if by is not None and form != "xlsx":
        raise Refused(BY_HOLDER)
    if output == STANDARD_OUTPUT and form != "html":
        if form not in ("csv", "json"):
            raise Refused(fill(A_FILE, form=form))
        output = None
    if output is not None and form in ENDINGS:
        from nqpf_assess.cli.targets import refuse_ending

        refuse_ending(output, form, ENDINGS[form])
    if len(names) > 1 or _holds_answers(names[0]):
        if by is not None:
            from nqpf_assess.cli.export_forms import forms_of_missing

            return forms_of_missing(settings, [Path(name) for name in names], output or ".", **content)
        library = library_of(settings)
        if any(library.questionnaire_path(name) is not None and not _holds_answers(name) for name in names):
            raise Refused(ONE_AT_A_TIME)
        if form == "html":
            from nqpf_assess.cli.report import write_pages

            return write_pages(settings, [Path(name) for name in names], output, **content)
        from nqpf_assess.cli.export_answers import export_answers

        return export_answers(settings, [Path(name) for name in names], form, output, **content)
    library, what = library_of(settings), names[0]
    if any(content.values()):
        raise Refused(ONLY_ANSWERS)
    book = library.questionnaire(what)
    if book is None:
        from nqpf_assess.files.places import must_be_there
        from nqpf_assess.files.rules.naming import alternatives

        if Path(what).suffix or Path(what).name != what:  # the path of a file, mistyped: no id has a point in it
            must_be_there(Path(what))
        known = alternatives(what, library.known("questionnaires"))
        raise UserError(fill(NOT_FOUND, what=what), hint=fill(LOOKED, places=library.places(), **known))
    refuse_errors(book.path, book.problems)
    questionnaire = book.value
    if form in ("parquet", "html"):
        raise Refused(fill(ONLY_ANSWERS_AS, form=form))
    if form == "paper":
        return _write_paper(settings, questionnaire, output)
    if by is not None:
        from nqpf_assess.cli.export_forms import held_by, write_by_holder

        groups = held_by(questionnaire, settings.language)
        write_by_holder(settings, questionnaire, groups, Path(output or "."), of=questionnaire.id)
        return 0
    if form in ("xlsx", "xlsform"):
        return _write_spreadsheet(settings, questionnaire, form, output)
    printed = output is None
    words = json_text(as_data(questionnaire), printed=printed) if form == "json" else codebook_csv(questionnaire)
    if output is None:
        print_file(words)
    else:
        replace_export(_file(output, f"{questionnaire.id}.{form}"), words.encode(), *FORM_BEGINNINGS[form])
    for lacking in cannot_carry(questionnaire, form):
        print_note(settings.tell(NOT_CARRIED, form=form, what=tell(lacking, settings.language)))
    return 0


def _write_spreadsheet(settings: Settings, questionnaire: "Questionnaire", form: str, output: str | None) -> int:
    """Write a form to fill in as a spreadsheet; print what it cannot carry."""
    spoken = tuple(questionnaire.languages) if settings.both else (settings.language,)
    made = questionnaire_as(form, questionnaire, spoken)
    language = f"-{'both' if settings.both else settings.language}" if form == "xlsx" else ""
    replace_export(_file(output or ".", f"{questionnaire.id}-{form}{language}.xlsx"), made.data, *FORM_BEGINNINGS[form])
    for what in made.lacking:
        print_note(settings.tell(NOT_CARRIED, form=form, what=tell(what, settings.language)))
    return 0


def _write_paper(settings: Settings, questionnaire: "Questionnaire", output: str | None) -> int:
    """Draw the form as PDF, Word, Markdown, text or a page for a browser, as the file's ending says."""
    from nqpf_assess.cli.targets import form_for
    from nqpf_assess.report.forms import BEGINNINGS as DRAWN
    from nqpf_assess.report.forms import draw
    from nqpf_assess.report.paper import paper_outline

    spoken = questionnaire.languages if settings.both else (settings.language,)
    form = form_for(output, None)
    file = _file(output or ".", f"{questionnaire.id}-form-{'both' if settings.both else settings.language}.pdf")
    data, missing = draw(paper_outline(questionnaire, languages=spoken, date=day_of_paper(None)), form)
    replace_export(file, data, DRAWN[form])
    if missing:
        print_note(settings.tell(MISSING, letters=" ".join(missing)))
    return 0


def _file(output: str, name: str) -> Path:
    from nqpf_assess.cli.targets import is_folder

    return Path(output) / name if is_folder(output) else Path(output)


def _holds_answers(name: str) -> bool:
    """Tell whether a path names an answer file, or a folder of them; raises `UserError` for a device or pipe."""
    from nqpf_assess.files.checking import kind_of
    from nqpf_assess.files.gathering import answers_below
    from nqpf_assess.files.places import must_be_there
    from nqpf_assess.model.answers import ANSWERS_FORMAT

    path = Path(name)
    if not exists(path):
        return False
    must_be_there(path)
    return bool(answers_below(path).answers) if is_dir(path) else kind_of(path) == ANSWERS_FORMAT
