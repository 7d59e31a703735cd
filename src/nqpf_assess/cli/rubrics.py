"""How the `weights` commands find the rubric that is meant, and its questionnaire."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nqpf_assess.cli.answer_files import library_of
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import print_problems
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError, errors

if TYPE_CHECKING:
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.files.library import Book, Library, Rubric

NOT_FOUND = _("there is no rubric “{name}”")
LOOK = _("nqpf-assess weights list shows what there is.")
SEVERAL = _("“{name}” is the id of several rubrics: {places}")
WHICH = _("Say which: --questionnaire ID, or its path.")
NO_QUESTIONNAIRE = _("there is no questionnaire “{name}”")
EXISTS = _("{file} exists already")
OTHER_NAME = _("Nothing was changed. Choose another name.")
IN = _("Looked in: {places}")


def books(library: "Library", questionnaire: str | None) -> Iterator["Book"]:
    """Give the questionnaires that are there, or the one asked for."""
    from nqpf_assess.files.places import inventory

    rows = inventory(library.roots)
    names = [questionnaire] if questionnaire else [row.id for row in rows if row.kind == "questionnaire" and row.used]
    for name in names:
        book = library.questionnaire(name)
        if book is None:
            raise UserError(fill(NO_QUESTIONNAIRE, name=name), hint=fill(IN, places=library.places))
        if book.subject is not None:
            yield book


def found(library: "Library", name: str, questionnaire: str | None) -> tuple["Rubric", "Book"]:
    """Find the rubric that a path or an id names; raises `UserError` where there is none, or several."""
    path = Path(name)
    if path.is_file():
        return _at(library, path, questionnaire)
    there = [
        (at, book)
        for book in books(library, questionnaire)
        if (at := library.weights_path(name, book.value.id)) is not None
    ]
    if not there:
        raise UserError(fill(NOT_FOUND, name=name), hint=LOOK)
    if len(there) > 1:
        places = ", ".join(str(at) for at, _ in there)
        raise UserError(fill(SEVERAL, name=name, places=places), hint=WHICH, status=2)
    at, book = there[0]
    return library.open_weights(at, book), book


def _at(library: "Library", path: Path, questionnaire: str | None) -> tuple["Rubric", "Book"]:
    loaded = library.weights_file(path)
    stated = loaded.value.questionnaire if loaded.value is not None else path.parent.name
    book = library.questionnaire(questionnaire or stated, stated=questionnaire is None)
    if book is None or book.subject is None:
        named = fill(NO_QUESTIONNAIRE, name=questionnaire or stated)
        raise UserError(named, hint=fill(IN, places=library.places))
    return library.open_weights(path, book), book


def sound_rubric(settings: Settings, name: str, questionnaire: str | None) -> "tuple[Instrument, Path] | None":
    """Open a rubric with its questionnaire; where there are errors, print them all and give None."""
    from nqpf_assess.engine.instrument import Instrument

    rubric, book = found(library_of(settings), name, questionnaire)
    wrong = errors((*book.problems, *rubric.problems))
    if wrong:
        print_problems(wrong, settings.language)
        return None
    return Instrument(book.value, rubric.chain), rubric.path


def refuse_existing(file: Path) -> None:
    """Refuse to write where something is already."""
    if file.exists():
        raise UserError(fill(EXISTS, file=file), hint=OTHER_NAME, status=3)
