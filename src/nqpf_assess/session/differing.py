"""Two editions of a questionnaire or rubric held against each other, and what the new one does to answer files."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nqpf_assess.engine.differing import difference, effect_of_questionnaire, effect_of_weights, rubric_difference
from nqpf_assess.engine.editions import fitted, names_between
from nqpf_assess.engine.instrument import digest
from nqpf_assess.files.editions import open_any_edition
from nqpf_assess.files.found import Book, Rubric
from nqpf_assess.files.library import Library, refuse_errors
from nqpf_assess.files.places import Root, shown
from nqpf_assess.files.presence import exists, is_file
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import ANSWERS_FORMAT
from nqpf_assess.model.migration import GRADES, EditionDifference
from nqpf_assess.model.problem import UserError, errors
from nqpf_assess.model.weights import WEIGHTS_FORMAT
from nqpf_assess.session.content import SEVERAL, WHICH, books, sound_questionnaire, usable_answers
from nqpf_assess.session.migrating import edition_before

NOT_FOUND = _("“{name}” is no file, folder or id of a questionnaire or rubric")
BOTH_ALIKE = _("one of the two is a questionnaire and the other a rubric")
NO_QUESTIONNAIRE = _("“{path}” does not say which questionnaire it weighs")
ANSWERS = _("{path} is an answer file, no questionnaire and no rubric")
COMPARED = _("Two assessments are compared: nqpf-assess compare OLD NEW")


def edition_difference(
    library: Library, old: str, new: str, *, questionnaire: str | None = None, files: Sequence[Path] = ()
) -> EditionDifference:
    """Compare two editions named by paths or ids; `files`: answer files whose effect is worked out.

    `questionnaire`: of two rubrics, where they are named by ids or name none themselves. Raises `UserError`.
    """
    for path in map(Path, (old, new)):
        if is_file(path) and library.read(path).data.get("format") == ANSWERS_FORMAT:
            raise UserError(fill(ANSWERS, path=path), hint=COMPARED)
    stated = questionnaire is None  # in a file: no path, though a folder may be called so
    if questionnaire is None:
        questionnaire = _weighed_by(library, (old, new))
    kinds = [_is_rubric(library, name, questionnaire) for name in (old, new)]
    if kinds[0] != kinds[1]:
        raise UserError(BOTH_ALIKE, status=2)
    alike = Counter(path.name for path in files)
    names = [path.name if alike[path.name] == 1 else shown(path) for path in files]  # of several folders
    if not kinds[0]:
        books = [_book(library, name) for name in (old, new)]
        for book in books:
            refuse_errors(book.path, book.problems)
        before, after = (book.value for book in books)
        # Rubrics at hand may name what the old edition does not have yet: then those that were kept beside it weigh.
        beside = Library((Root("content", books[0].path.parent.parent), *library.roots))
        asked = str(books[0].path)
        read = []
        for path in files:
            one = open_any_edition(library, path, questionnaire=asked)
            read.append(usable_answers(beside, path, questionnaire=asked) if one.faults else one)
        found = difference(before, after)
        effects = [
            effect_of_questionnaire(
                name,
                one.answers,
                before,
                after,
                chain=one.instrument.chain,
                further=one.instrument.further,
                before=edition_before(library, one),
            )
            for name, one in zip(names, read, strict=True)
        ]
        return found._replace(effects=tuple(effects))
    assert questionnaire is not None
    book, rubrics = _rubrics(library, (old, new), questionnaire, stated=stated)
    ours = next((rubric for rubric, own in reversed(rubrics) if own is book), rubrics[1][0])
    place = {"questionnaire": str(book.path), "weights": str(ours.path)}
    read = [usable_answers(library, path, **place) for path in files]
    here = book.value
    chains = [
        rubric.chain if own is book else fitted(rubric.chain, here, names_between(own.value, here), own.value)
        for rubric, own in rubrics
    ]
    effects = [
        effect_of_weights(name, one.answers, here, *chains, before=edition_before(library, one))
        for name, one in zip(names, read, strict=True)
    ]
    return rubric_difference(rubrics[0][0].chain, rubrics[1][0].chain)._replace(effects=tuple(effects))


def reaches(found: EditionDifference, grade: str) -> bool:
    """Return whether a change is as grave as that, or the version was not raised as the changes ask for."""
    grave = found.worst is not None and GRADES.index(found.worst) >= GRADES.index(grade)
    return grave or not found.kept_its_word


def _weighed_by(library: Library, names: tuple[str, str]) -> str | None:
    """Return the questionnaire whose rubrics two names stand for: the one a file of them states (of two the new one's),
    else the one that has both ids; None where a name is another path or a questionnaire's.
    """
    files = [Path(name) for name in names if _is_rubric(library, name, None)]
    if files:
        said = library.read(files[-1]).data.get("questionnaire")
        if not isinstance(said, str):
            raise UserError(fill(NO_QUESTIONNAIRE, path=files[-1]))
        return said
    if any(exists(Path(name)) or library.questionnaire_path(name) is not None for name in names):
        return None
    here = {book.value.id: {n for n in names if library.weights_path(n, book.value.id)} for book in books(library)}
    for name in names:
        if not any(name in known for known in here.values()):
            raise UserError(fill(NOT_FOUND, name=name))
    found = [id for id, known in here.items() if known == {*names}]
    if len(found) > 1:
        places = listed(str(library.weights_path(names[0], id)) for id in found)
        raise UserError(fill(SEVERAL, name=names[0], places=places), hint=WHICH, status=2)
    return found[0] if found else None


def _is_rubric(library: Library, name: str, questionnaire: str | None) -> bool:
    """Return whether a name stands for a rubric: a file that says so, or an id where a questionnaire is stated."""
    path = Path(name)
    if is_file(path):
        return library.read(path).data.get("format") == WEIGHTS_FORMAT
    return questionnaire is not None and not exists(path) and library.questionnaire_path(name) is None


def _book(library: Library, name: str) -> Book:
    book = library.questionnaire(name)
    if book is None:
        raise UserError(fill(NOT_FOUND, name=name))
    return book


def _rubrics(
    library: Library, names: tuple[str, str], questionnaire: str, *, stated: bool
) -> tuple[Book, list[tuple[Rubric, Book]]]:
    """Return the questionnaire that two rubrics weigh, and each with the edition of it that it fits.

    `stated`: by its id only.
    """
    book = sound_questionnaire(library, questionnaire, stated=stated)
    rubrics = []
    for name in names:
        path = library.weights_path(name, book.value.id)
        if path is None:
            raise UserError(fill(NOT_FOUND, name=name))
        rubrics.append(_of_its_edition(library, path, book))
    for rubric, _own in rubrics:
        refuse_errors(rubric.path, rubric.problems)
    return book, rubrics


def _of_its_edition(library: Library, path: Path, book: Book) -> tuple[Rubric, Book]:
    """Open a rubric by the edition of its questionnaire that is kept beside it, where it fits that; else by this one.

    Of an earlier edition it may name what the present one has no more, or draw its lines in another unit.
    """
    root = path.absolute().parent.parent.parent
    beside = replace(library, roots=(Root("edition", root),)).questionnaire(book.value.id, stated=True)
    if beside is not None and beside.subject is not None and not errors(beside.problems):
        rubric = library.open_weights(path, beside)
        if digest(beside.value) != digest(book.value) and not errors(rubric.problems):
            return rubric, beside
    return library.open_weights(path, book), book
