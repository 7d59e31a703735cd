"""Questionnaires, rubrics and answer files asked for by name, which must be free of errors before they are used."""

from collections.abc import Iterator
from pathlib import Path

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.files.editions import Read, open_any_edition
from nqpf_assess.files.found import Book, Rubric
from nqpf_assess.files.library import Library, blend_named, refuse_errors
from nqpf_assess.files.linting import UNNAMED
from nqpf_assess.files.places import end_of, inventory
from nqpf_assess.files.presence import is_file
from nqpf_assess.files.rules.naming import nearest
from nqpf_assess.locale import LANGUAGES, Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.problem import UserError, errors

NO_RUBRIC = _("there is no rubric “{name}”")
NEAR_RUBRIC = _("Did you mean “{near}”?")
LOOK = _("nqpf-assess weights list shows what there is.")
SEVERAL = _("“{name}” is the id of several rubrics: {places}")
WHICH = _("Say which: --questionnaire ID, or its path.")


def sound_questionnaire(library: Library, name: str, *, stated: bool = False) -> Book:
    """Return the questionnaire that a path or an id names (`stated` in a file: by id only)."""
    book = library.questionnaire(name, stated=stated)
    if book is None:
        raise library.no_questionnaire(name)
    refuse_errors(book.path, book.problems)
    return book


def sound_instrument(library: Library, questionnaire: str, weights: str, *, stated: bool = False) -> Instrument:
    """Return a questionnaire (`stated`: by id only) with a rubric, each named by a path or an id."""
    instrument, problems = library.instrument(questionnaire, weights, stated=stated)
    if instrument is None:
        refuse_errors(Path(errors(problems)[0].source), problems)
        raise library.no_rubric(weights, questionnaire)
    return instrument


def usable_answers(
    library: Library, path: Path, *, questionnaire: str | None = None, weights: str | None = None
) -> Read:
    """Return an answer file whatever its edition; only errors that no other edition explains are refused."""
    read = open_any_edition(library, path, questionnaire=questionnaire, weights=weights)
    refuse_errors(path, read.faults)
    return read


def books(library: Library, questionnaire: str | None = None, *, stated: bool = False) -> Iterator[Book]:
    """Return the questionnaires that can be read, or the one asked for (`stated`: by id only), which must be sound.

    A copy that kept its id is none: what names the id is answered, and scored, by the other.
    """
    if questionnaire is not None:
        yield sound_questionnaire(library, questionnaire, stated=stated)
        return
    for row in inventory(library.roots):
        book = library.questionnaire(row.id, stated=True) if row.kind == "questionnaire" and row.used else None
        if book is not None and book.subject is not None:
            led = library.questionnaire_path(book.value.id, stated=True)
            if led is None or end_of(led) == end_of(book.path):
                yield book


def books_with_errors(library: Library) -> Iterator[tuple[Book, Book | None]]:
    """Return the questionnaires that have errors, each with the one of its id that would come next.

    By that one it is told what a questionnaire asks of which little or nothing can be read.
    """
    rows = [row for row in inventory(library.roots) if row.kind == "questionnaire"]
    for row in rows:
        book = library.questionnaire(row.id, stated=True) if row.used else None
        if book is not None and errors(book.problems):
            others = (library.open_questionnaire(other.path) for other in rows if other.id == row.id and not other.used)
            yield book, next((other for other in others if other.subject is not None), None)


def books_offered(library: Library, first: str = "") -> list[Book]:
    """Return the questionnaires to choose from: that with the id `first`, then those of places before those of firms.

    Who works with content is an official more often than an owner; the start page has the same order.
    """
    return sorted(books(library), key=lambda book: (book.value.id != first, book.value.subject != "region"))


def called(book: Book) -> Text:
    """Return the title of a questionnaire; of one whose head cannot be read, what its folder or file is called."""
    return book.value.title or dict.fromkeys(LANGUAGES, book.path.name)


def find_rubric(
    library: Library, name: str, questionnaire: str | None = None, *, stated: bool = False
) -> tuple[Rubric, Book]:
    """Return the rubric that a path or an id names; an id of several questionnaires is refused with all places.

    `stated`: the questionnaire by its id only.
    """
    path = Path(name)
    if is_file(path):
        loaded = library.weights_file(path)
        own = loaded.value.questionnaire if loaded.value is not None else path.parent.name
        if questionnaire is None and own == UNNAMED["id"]:  # its head cannot be read, or it is no rubric
            refuse_errors(path, loaded.problems)
        book = library.questionnaire(questionnaire or own, stated=stated or questionnaire is None)
        if book is None or book.subject is None:
            raise library.no_questionnaire(questionnaire or own)
        return library.open_weights(path, book), book
    asked = tuple(books(library, questionnaire, stated=stated))
    there = [(at, book) for book in asked if (at := library.weights_path(name, book.value.id))]
    if not there:
        known = [id for book in asked for id in library.known("weights", book.value.id)]
        near = nearest(name, known)
        raise UserError(fill(NO_RUBRIC, name=name), hint=fill(NEAR_RUBRIC, near=near) if near else LOOK)
    if len(there) > 1:
        places = listed(str(at) for at, _book in there)
        raise UserError(fill(SEVERAL, name=name, places=places), hint=WHICH, status=2)
    at, book = there[0]
    return library.open_weights(at, book), book


def sound_rubric(
    library: Library, name: str, questionnaire: str | None = None, *, stated: bool = False
) -> tuple[Instrument, Path]:
    """Return a rubric, or a blend of several, with its questionnaire, and where it (the first of them) lies.

    `stated`: the questionnaire by its id only.
    """
    blend = blend_named(name)
    rubric, book = find_rubric(library, blend.first, questionnaire, stated=stated)
    if blend.further:
        refuse_errors(rubric.path, (*book.problems, *rubric.problems))
        rubric = library.rubric(name, book)
    refuse_errors(rubric.path, (*book.problems, *rubric.problems))
    return Instrument(book.value, rubric.chain, rubric.further), rubric.path
