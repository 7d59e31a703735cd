"""What other programs are handed: one assessment as data, a questionnaire as a form to fill in.

Only what is known as an export of ours that nobody saved since is ever replaced.
"""

from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from nqpf_assess.engine.instrument import Instrument, reference_to_rubric, rubric_identity
from nqpf_assess.files.places import shown, writable
from nqpf_assess.files.presence import exists
from nqpf_assess.files.unchanged import ELSEWHERE, heads, is_unchanged, refuse_lost_columns
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire

DATA_BEGINNINGS = {
    "csv": tuple(f'\ufeff"{name}",'.encode() for name in ("file", "table", "respondent")),
    "json": (b'{\n "format": "nqpf-answers/', b'{\n "format": "nqpf-tables/'),
    "xlsx": (b"PK\x03\x04",),
    "parquet": (b"PAR1",),
}
FORM_BEGINNINGS = {
    "csv": ('\ufeff"id","table",'.encode(),),
    "json": (b'{\n "format": "nqpf-questionnaire/',),
    "xlsx": (b"PK\x03\x04",),
    "xlsform": (b"PK\x03\x04",),
}
"""First bytes by which a file is known as an export of its form, of answers and of a questionnaire."""

FOREIGN = _("{file} exists and is no export of ours, or was changed since")
CUT = _("texts cut off at 32,767 characters, which is all that a cell of a sheet holds: {n}; csv and json have all")


class Export(NamedTuple):
    """One file. `lacking`: what its form has no place for; `cut`: texts that a cell of a sheet could not hold whole."""

    data: bytes
    lacking: tuple[Text, ...] = ()
    cut: int = 0


def by_rubric(instrument: Instrument, answers: Answers) -> Answers:
    """Return answers naming the rubric that they are read by: one that was asked for, where it is not their own."""
    used, stated = reference_to_rubric(rubric_identity(instrument)), answers.weights
    same = (used.id, used.with_) == (stated.id, stated.with_)
    return answers if same else answers.model_copy(update={"weights": used})


def answers_as(form: str, path: Path, instrument: Instrument, answers: Answers) -> Export:
    """Write one assessment as data; `path`: the file it is in, which names what has no name of its own.

    `form`: json, all that its file states; csv, a row as `cohort` reads it; xlsx, all its figures as tidy tables.
    """
    from nqpf_assess.exchange import tables

    answers = by_rubric(instrument, answers)

    if form == "json":
        from nqpf_assess.exchange.json_text import json_text

        return Export(json_text(tables.as_data(answers)).encode())
    if form == "csv":
        name = answers.subject.name.strip() or Path(writable(path)).stem
        words = tables.row_csv([(name, answers)], instrument.questionnaire)
        return Export(words.encode(), tables.cannot_carry(answers, form))
    from nqpf_assess.engine.scorecard import score
    from nqpf_assess.exchange.tidy import TidySource, tidy_tables
    from nqpf_assess.exchange.tidy_files import tidy_files

    source = TidySource(writable(Path(shown(path))), instrument, answers, score(instrument, answers))
    (book,) = tidy_files(tidy_tables([source]), "xlsx")
    return Export(book.data, tables.tables_cannot_carry([answers]), cut=book.cut)


def questionnaire_as(form: str, questionnaire: Questionnaire, languages: Sequence[str]) -> Export:
    """Write a questionnaire as a form to fill in: a workbook (`xlsx`), or a survey form for Kobo and ODK (`xlsform`).

    A survey form has all its languages, whatever is asked for.
    """
    from nqpf_assess.exchange import xlsform, xlsx_form

    if form == "xlsform":
        return Export(xlsform.xlsform(questionnaire), xlsform.NOT_CARRIED)
    data = xlsx_form.xlsx_form(questionnaire, xlsx_form.FormWish(tuple(languages)))
    return Export(data, xlsx_form.NOT_CARRIED)


def refuse_changed(file: Path, data: bytes, beginnings: Iterable[bytes]) -> None:
    """Raise `UserError` where what is to be written would replace another's file, or one of ours that was changed."""
    if not exists(file):
        return
    if not is_unchanged(file, *beginnings):
        raise UserError(fill(FOREIGN, file=file), hint=ELSEWHERE, status=3)
    if data.startswith(BOM_UTF8):
        with file.open("rb") as table:
            lines = table.readline(), data.partition(b"\n")[0]
        there, new = (heads(line.decode("utf-8-sig", "replace")) for line in lines)
        refuse_lost_columns(file, there, new)


def replace_ours(file: Path, data: bytes, beginnings: Iterable[bytes]) -> None:
    """Write a file whole, its folder with it; raises `UserError` where another's file or a changed one lies there."""
    from nqpf_assess.files.store import write_whole

    refuse_changed(file, data, beginnings)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, data)
