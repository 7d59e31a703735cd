"""`export ANSWERS...`: answer files as data. One row for `cohort`, the file as JSON, or all figures as tidy tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nqpf_assess.cli.answer_files import Batch, library_of, open_answers
from nqpf_assess.cli.commands import Refused, Settings
from nqpf_assess.cli.output import json_text, print_data, print_file, print_note
from nqpf_assess.cli.targets import is_folder
from nqpf_assess.exchange.exporting import CUT, DATA_BEGINNINGS, by_rubric, refuse_changed, replace_ours
from nqpf_assess.files.places import writable
from nqpf_assess.files.presence import is_file
from nqpf_assess.locale import _, fill, tell
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.model.answers import Answers

DATA_FORMS = ("csv", "xlsx", "json", "parquet")
NOT_OF_ANSWERS = _(
    "forms are for questionnaires; answers go to csv, xlsx, json, parquet or html, "
    "or into a report: nqpf-assess report FILE"
)
A_FOLDER = _("--to {form} writes several tables; name a folder with -o, such as -o tables/")
OTHER_QUESTIONNAIRE = _(
    "{path} answers “{found}”, the files before it “{wanted}”; their rows do not fit into one table"
)
OTHER_EDITION = _(
    "{path} is read by edition {found} of the questionnaire, the files before it by {wanted}; their rows do not fit "
    "into one table"
)
TAKE_OVER = _(
    "Take the answers to the older edition over first: nqpf-assess migrate FILE --write. Or name a folder with -o for "
    "tidy tables."
)
OR_TABLES = _("Name a folder with -o for tidy tables, which hold answers to several questionnaires.")
NOT_CARRIED = _("not carried by {form}: {what}")
ALL_FIGURES = _("For all figures as tables, with a dictionary of their columns, name a folder: -o {stem}/")


@dataclass(frozen=True)
class _Opened:
    path: Path
    instrument: "Instrument"
    answers: "Answers"

    @property
    def by_rubric(self) -> "Answers":
        """The answers, naming the rubric that they were opened with: the one that was asked for, else their own."""
        return by_rubric(self.instrument, self.answers)


def export_answers(
    settings: Settings, paths: Sequence[Path], form: str, output: str | None, **content: str | None
) -> int:
    """Export answer files and folders of them; one that has errors does not stop the others."""
    if form not in DATA_FORMS:
        raise Refused(NOT_OF_ANSWERS)
    folder = output is not None and (is_folder(output) or not Path(output).suffix)
    if form == "parquet":
        from nqpf_assess.cli.cohort_options import need

        need("cohort", "pyarrow")
        if not folder:
            raise Refused(fill(A_FOLDER, form=form))
    batch, library = Batch(settings), library_of(settings)
    found: list[_Opened] = []
    files = batch.answer_files(paths)
    for path in files:
        with batch.each():
            found.append(_Opened(path, *open_answers(settings, library, path, **content)))
    if not found:
        return batch.status
    alone = len(paths) == 1 and is_file(paths[0])
    if form == "csv" and not folder:
        _write_rows(settings, found, output)
    elif form == "json" and alone and not folder:
        from nqpf_assess.exchange.tables import as_data

        # All that the file states; `import` takes it back.
        words = json_text(as_data(found[0].by_rubric), printed=output is None)
        if output is None:
            print_file(words)
        else:
            replace_export(Path(output), words.encode(), *DATA_BEGINNINGS["json"])
    else:
        _write_tables(settings, found, form, output)
    return batch.status


def _write_rows(settings: Settings, found: Sequence[_Opened], output: str | None) -> None:
    """Write a row for each answer file, in the columns that `cohort` reads."""
    from nqpf_assess.engine.instrument import digest
    from nqpf_assess.exchange.tables import cannot_carry, row_csv

    questionnaire = found[0].instrument.questionnaire
    for each in found:
        if each.instrument.questionnaire.id != questionnaire.id:
            names = {"found": each.instrument.questionnaire.id, "wanted": questionnaire.id}
            raise UserError(fill(OTHER_QUESTIONNAIRE, path=each.path, **names), hint=OR_TABLES, status=2)
        if digest(each.instrument.questionnaire) != digest(questionnaire):  # a row does not say by which it is read
            names = {"found": each.instrument.questionnaire.version, "wanted": questionnaire.version}
            raise UserError(fill(OTHER_EDITION, path=each.path, **names), hint=TAKE_OVER, status=2)
    rows = [(each.answers.subject.name.strip() or Path(writable(each.path)).stem, each.by_rubric) for each in found]
    words = row_csv(rows, questionnaire)
    if output is None:
        print_file(words)
    else:
        replace_export(Path(output), words.encode(), *DATA_BEGINNINGS["csv"])
    for lacking in cannot_carry(found[0].answers, "csv"):
        print_note(settings.tell(NOT_CARRIED, form="csv", what=tell(lacking, settings.language)))
    print_note(settings.tell(ALL_FIGURES, stem=found[0].path.stem if len(found) == 1 else "tables"))


def _write_tables(settings: Settings, found: Sequence[_Opened], form: str, output: str | None) -> None:
    """Write answers, scores, ledger, gaps and plan as tidy tables, with their dictionary."""
    from nqpf_assess.engine.scorecard import score
    from nqpf_assess.exchange.tables import tables_cannot_carry
    from nqpf_assess.exchange.tidy import TidySource, tidy_json, tidy_tables
    from nqpf_assess.exchange.tidy_files import tidy_files
    from nqpf_assess.files.places import shown

    tables = tidy_tables(
        TidySource(
            writable(Path(shown(each.path))), each.instrument, each.answers, score(each.instrument, each.answers)
        )
        for each in found
    )
    folder = output is None or is_folder(output) or not Path(output).suffix
    if form == "json":
        words = json_text(tidy_json(tables), printed=output is None)
        if output is None:
            print_file(words)
        else:
            place = Path(output) / "tables.json" if folder else Path(output)
            replace_export(place, words.encode(), *DATA_BEGINNINGS[form])
    else:
        files = tidy_files(tables, form)
        places = (Path(output or ".") / file.name if folder else Path(output or "") for file in files)
        replace_together([(place, file.data, DATA_BEGINNINGS[form]) for place, file in zip(places, files, strict=True)])
        if cut := sum(file.cut for file in files):
            print_note(settings.tell(CUT, n=cut))
    for lacking in tables_cannot_carry([each.answers for each in found]):
        print_note(settings.tell(NOT_CARRIED, form=form, what=tell(lacking, settings.language)))


def replace_export(file: Path, data: bytes, *beginnings: bytes) -> None:
    """Write a file whole, and name it; only what is known as an export of ours that nobody saved since is replaced."""
    replace_together([(file, data, beginnings)])


def replace_together(files: Sequence[tuple[Path, bytes, tuple[bytes, ...]]]) -> None:
    """Write files that belong together, each with what it is known by; where one may not be replaced, none of them."""
    for file in files:
        refuse_changed(*file)
    for file in files:
        replace_ours(*file)
        print_data(str(file[0]))
