"""Where `-o` puts what a command writes: a file, or a folder under a name made from the subject."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from nqpf_assess.cli.commands import Refused
from nqpf_assess.cli.output import STANDARD_OUTPUT
from nqpf_assess.files.naming import file_name
from nqpf_assess.files.places import OTHER_ENDING, refuse_no_folder, shown
from nqpf_assess.files.presence import exists, is_dir
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.report_form import FORMS, Form
from nqpf_assess.report.forms import ENDINGS, ending_of, form_of, is_foreign

ONE_FILE = _("{count} reports do not fit into one file; name a folder with -o")
ONE_STREAM = _("{count} reports do not fit into standard output (-o -); name a folder with -o")
NOT_FOR_TERMINALS = _("-o - writes the file to standard output, which is a terminal here: send it on with | or >")
NO_FORM = _("-o: a file ends in one of {endings}, not in “{ending}”")
OTHER_FORM = _("-o: {file} ends in “{ending}” and would hold {form}, as --to says; let it end in {wanted}")
EXISTS = _("{file} exists already")
NOTHING_CHANGED = _("Nothing was changed. Choose another name.")
FOREIGN = _("{path} is no report of ours, or was changed since")
OTHER_NAME = _("Nothing was overwritten; choose another name.")


OFFICE_ENDINGS = (".csv", ".json", ".xlsx", ".parquet", ".xls", ".xlsm", ".ods", ".et", ".doc", ".docm", ".odt", ".wps")
"""How files of data end, and tables and documents of office programs: a file of another form would not open as one."""


def is_folder(output: str) -> bool:
    """Return whether `-o` names a folder: one that is there, or a path that ends in a separator."""
    return is_dir(Path(output)) or output.endswith(("/", os.sep))


def form_for(output: str | None, stated: Form | None) -> Form:
    """Return the form of what is written: as stated, else by the ending of the file, else PDF."""
    if stated is not None and output is not None:
        refuse_ending(output, stated, [ending for ending, form in ENDINGS.items() if form == stated])
    if stated is not None or output is None or is_folder(output) or not Path(output).suffix:
        return stated or "pdf"
    form = form_of(Path(output))
    if form is None:
        raise Refused(fill(NO_FORM, endings=" ".join(map(ending_of, FORMS)), ending=Path(output).suffix))
    return form


def refuse_ending(output: str, form: str, wanted: Sequence[str]) -> None:
    """Refuse a file that would hold one form and end as one of another, so that no program opens it.

    Answers and content that are there already are refused as files of others, whatever they are called.
    """
    ending = Path(output).suffix.lower()
    others = {*ENDINGS, *OFFICE_ENDINGS} | (set() if exists(Path(output)) else {".toml"})
    if ending in others - {*wanted} and not is_folder(output):
        raise Refused(fill(OTHER_FORM, file=shown(Path(output)), ending=ending, form=form, wanted=" ".join(wanted)))


def refuse_other_ending(file: Path | str, ending: str) -> None:
    """Refuse a name by which a file that can only be of one kind would be taken for another, and `-`.

    Of a name without any ending nothing is said.
    """
    if str(file) == STANDARD_OUTPUT or Path(file).suffix.lower() not in ("", ending):
        raise Refused(fill(OTHER_ENDING, file=shown(Path(file)), ending=ending))


def refuse_existing(file: Path, *, hint: Text | None = None) -> None:
    """Refuse to write where something is already."""
    if exists(file):
        raise UserError(fill(EXISTS, file=file), hint=hint or NOTHING_CHANGED, status=3)


class ReportTargets:
    """Gives each report its place. `output`: what `-o` names; `count`: how many reports there are to be.

    `written_anew`: those of our names in whose place a report was before.
    """

    def __init__(self, output: str | None, form: Form, language: str, count: int) -> None:
        self.output, self.form, self.language, self.count = output, form, language, count
        if output == STANDARD_OUTPUT and count > 1:
            raise Refused(fill(ONE_STREAM, count=count))
        if output == STANDARD_OUTPUT and form in ("pdf", "docx") and sys.stdout.isatty():
            raise Refused(NOT_FOR_TERMINALS)
        self.in_folder = output is None or count > 1 or is_folder(output)
        if output is not None and count > 1 and not is_folder(output) and Path(output).suffix:
            raise Refused(fill(ONE_FILE, count=count))
        self.written_anew: list[Path] = []
        self._taken: set[str] = set()

    @property
    def on_screen(self) -> bool:
        """Whether reports go to standard output."""
        return self.output == STANDARD_OUTPUT or (self.output is None and self.form == "text")

    def place(self, source: Path, subject: Subject) -> Path:
        """Return the file for one report, each name once; raises `UserError` rather than replace what is no report."""
        path = Path(self.output or "")
        if self.in_folder:
            path.mkdir(parents=True, exist_ok=True)
            stem = f"{file_name(subject, source.stem)}-report-{self.language}"
            names = (stem, *(f"{stem}-{number}" for number in range(2, self.count + 2)))
            # Disks that do not keep capitals apart would put two reports into one file.
            name = next(name for name in names if name.casefold() not in self._taken)
            self._taken.add(name.casefold())
            path = path / (name + ending_of(self.form))
        refuse_no_folder(path)
        if is_foreign(path, self.form):
            raise UserError(fill(FOREIGN, path=shown(path)), hint=OTHER_NAME, status=3)
        return path


def subject_file(output: str, subject: Subject, otherwise: str, *, ending: str) -> Path:
    """Return the file `-o` names; in a folder, which is made, one named after a subject, else as `otherwise` says."""
    if not is_folder(output):
        return Path(output)
    Path(output).mkdir(parents=True, exist_ok=True)
    return Path(output) / f"{file_name(subject, otherwise)}{ending}"
