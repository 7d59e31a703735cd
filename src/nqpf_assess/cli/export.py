"""`export WHAT --to xlsx|xlsform|csv|json|paper`: a questionnaire as a form or a table, answers as data."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.opening import library_of, open_sound
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import narrow_output, tell_problems, tell_user
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import Refused, option
from nqpf_assess.model.problem import UserError, errors
from nqpf_assess.model.text import fill, tell, text

if TYPE_CHECKING:
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.questionnaire import Questionnaire
    from nqpf_assess.report.blocks import Outline

FORMS = ("xlsx", "xlsform", "csv", "json", "paper")
ENDINGS = {".pdf": "pdf", ".docx": "docx", ".md": "md", ".txt": "text"}
BEGINNINGS = {"csv": ("\ufeffid,table,", "\ufeffrespondent,"), "json": ('{\n "format":',)}
OURS = b"PK\x03\x04"
"""How a spreadsheet begins."""

PAPERS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "md": b"<!-- nqpf-assess", "text": "═".encode()}

NOT_FOUND = text(en="“{what}” is no questionnaire and no answer file", zh="“{what}”既不是问卷也不是答卷")
LOOKED = text(en="Looked in: {places}", zh="已查找：{places}")
PAPER_OF_ANSWERS = text(
    en="forms are for questionnaires; answers go to csv or json, or into a report: nqpf-assess report FILE",
    zh="表单只用于问卷；答卷可导出为 csv、json，或用 nqpf-assess report 文件 生成报告",
)
ENDING = text(
    en="a form ends in .pdf, .docx, .md or .txt, not in “{ending}”",
    zh="填报表的扩展名为 .pdf、.docx、.md 或 .txt，不能是“{ending}”",
)
FOREIGN = text(en="{file} exists and is no export of ours", zh="{file} 已存在，且不是本程序导出的文件")
NOTHING = text(en="Nothing was overwritten; choose another name.", zh="未覆盖任何内容，请换用其他名称。")
NOT_CARRIED = text(en="not carried by {form}: {what}", zh="{form} 无法包含：{what}")
MISSING = text(en="the fonts lack: {letters}", zh="字体缺少以下字符：{letters}")


@subcommand("export", both=True)
@click.argument("what", metavar="WHAT")
@option("--to", "form", type=click.Choice(FORMS), required=True, words=text(en="Form to export to.", zh="导出格式。"))
@option("-o", "--output", metavar="PATH", words=text(en="File to write, or folder.", zh="要写入的文件或文件夹。"))
def command(settings: Settings, *, what: str, form: str, output: str | None) -> int:
    """Export a questionnaire (id or path) or an answer file."""
    library = library_of(settings)
    if _is_answers(Path(what)):
        if form not in ("csv", "json"):
            raise Refused(PAPER_OF_ANSWERS)
        sheet = open_sound(settings, library, Path(what))
        if sheet is None or sheet.answers is None or sheet.instrument is None:
            return 1
        return _data(settings, sheet.answers, sheet.instrument.questionnaire, form, (output, Path(what).stem))
    book = library.questionnaire(what)
    if book is None:
        raise UserError(fill(NOT_FOUND, what=what), hint=fill(LOOKED, places=library.places))
    if book.subject is None or errors(book.problems):
        tell_problems(errors(book.problems), settings.language)
        return 1
    if form == "paper":
        return _paper(settings, book.value, output)
    if form in ("xlsx", "xlsform"):
        return _sheet(settings, book.value, form, output)
    return _data(settings, book.value, book.value, form, (output, book.value.id))


def _is_answers(path: Path) -> bool:
    from nqpf_assess.files.checking import kind_of
    from nqpf_assess.model.answers import ANSWERS_FORMAT

    return path.is_file() and kind_of(path) == ANSWERS_FORMAT


def _data(
    settings: Settings,
    what: "Questionnaire | Answers",
    questionnaire: "Questionnaire",
    form: str,
    place: tuple[str | None, str],
) -> int:
    """Write data to a file, or to standard output; say what the form cannot carry."""
    import sys

    from nqpf_assess.exchange.tables import as_data, cannot_carry, codebook_csv, row_csv
    from nqpf_assess.model.answers import Answers

    output, stem = place
    if form == "json":
        words = json.dumps(as_data(what), ensure_ascii=output is None and narrow_output(), indent=1) + "\n"
    elif isinstance(what, Answers):
        words = row_csv([(what.subject.name.strip() or stem, what)], questionnaire)
    else:
        words = codebook_csv(what)
    if output is None:
        sys.stdout.write(words.removeprefix("\ufeff"))
    else:
        _write(_file(output, f"{stem}.{form}"), words.encode(), tuple(b.encode() for b in BEGINNINGS[form]))
    for lacking in cannot_carry(what, form):
        tell_user(settings.tell(NOT_CARRIED, form=form, what=tell(lacking, settings.language)))
    return 0


def _sheet(settings: Settings, questionnaire: "Questionnaire", form: str, output: str | None) -> int:
    """Write a form as a spreadsheet; say what it cannot carry."""
    from nqpf_assess.exchange import xlsform, xlsx_form

    language = "" if form == "xlsform" else f"-{settings.language}"
    file = _file(output or ".", f"{questionnaire.id}-{form}{language}.xlsx")
    if form == "xlsform":
        data, lacking = xlsform.xlsform(questionnaire), xlsform.NOT_CARRIED
    else:
        data, lacking = xlsx_form.xlsx_form(questionnaire, settings.language), xlsx_form.NOT_CARRIED
    _write(file, data, [OURS])
    for what in lacking:
        tell_user(settings.tell(NOT_CARRIED, form=form, what=tell(what, settings.language)))
    return 0


def _file(output: str, name: str) -> Path:
    folder = Path(output).is_dir() or output.endswith("/")
    return Path(output) / name if folder else Path(output)


def _write(file: Path, data: bytes, beginnings: Sequence[bytes]) -> None:
    """Write a file whole; only what an export wrote is replaced."""
    from nqpf_assess.cli.output import say
    from nqpf_assess.files.store import write_whole

    if file.exists() and not (file.is_file() and file.read_bytes().startswith(tuple(beginnings))):
        raise UserError(fill(FOREIGN, file=file), hint=NOTHING, status=3)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, data)
    say(str(file))


def _paper(settings: Settings, questionnaire: "Questionnaire", output: str | None) -> int:
    """Draw the form as PDF, Word, Markdown or text, as the file's ending says."""
    from nqpf_assess.cli.report import date_of
    from nqpf_assess.report.paper import paper_outline

    spoken = questionnaire.languages if settings.both else (settings.language,)
    file = _file(output or ".", f"{questionnaire.id}-form-{'both' if settings.both else settings.language}.pdf")
    if file.suffix.lower() not in ENDINGS:
        raise Refused(fill(ENDING, ending=file.suffix))
    form = ENDINGS[file.suffix.lower()]
    data, missing = _drawn(paper_outline(questionnaire, languages=spoken, date=date_of(None)), form)
    _write(file, data, [PAPERS[form]])
    if missing:
        tell_user(settings.tell(MISSING, letters=" ".join(missing)))
    return 0


def _drawn(outline: "Outline", form: str) -> tuple[bytes, tuple[str, ...]]:
    """Draw an outline; with the PDF the characters that its fonts lack."""
    if form == "pdf":
        from nqpf_assess.report.pdf import write_pdf

        made = write_pdf(outline)
        return made.data, made.missing
    if form == "docx":
        from nqpf_assess.report.docx import write_docx

        return write_docx(outline), ()
    if form == "md":
        from nqpf_assess.report.markdown import write_markdown

        return write_markdown(outline).encode(), ()
    from nqpf_assess.report.text import write_text

    return write_text(outline, width=80).encode(), ()
