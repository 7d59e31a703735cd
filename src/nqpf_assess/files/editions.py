"""Answer files that may have been answered to another edition than the one at hand, and where that edition is found."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from nqpf_assess.engine.editions import (
    asked_then,
    breaks_answers,
    editions_from,
    is_edition,
    names_between,
    step_between,
)
from nqpf_assess.engine.instrument import Instrument, identities, rubric_identity
from nqpf_assess.files.found import Book, Sheet
from nqpf_assess.files.library import Library, blend_named, refuse_errors
from nqpf_assess.files.linting import UNNAMED
from nqpf_assess.files.places import Root, as_word, end_of, shown
from nqpf_assess.files.presence import exists
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Answers, RubricReference
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.problem import Problem, UserError, errors
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import RubricIdentity

ANOTHER = _("{path} answers questionnaire “{named}”; “{given}” is another questionnaire, not an edition of it")
NOTHING_COMMON = _("{old} answers questionnaire “{before}” and {new} answers “{after}”: there is nothing to compare")
BY_ITS_OWN = _("scored by edition {own} of the questionnaire, which it was answered to; the present edition is {now}")
BY_ITS_CONTENT = _(
    "scored by edition {own} of the questionnaire as it was when answered; that of today has the same number and other "
    "content"
)
TAKE_OVER = _("To take the answers over to the present edition: nqpf-assess migrate {path}")
OLDER_HERE = _("That one is older: “nqpf-assess where” says where it lies. The answers may stay as they are.")
MISREAD = "read_otherwise"
"""That an answer says something else than this edition reads: none but taking it over mends that."""
OF_EDITION = ("unknown_reference", "bad_value", MISREAD)
"""Errors that come of another edition, and that taking the answers over to it mends."""


@dataclass(frozen=True)
class Read:
    """An answer file with the instrument it is read under; `faults`: the errors that no edition explains.

    `at_hand`: the file under the editions at hand, where it is read under others that it names.
    """

    path: Path
    sheet: Sheet
    faults: tuple[Problem, ...]
    at_hand: Sheet | None = None

    @property
    def name(self) -> str:
        """The file as people know it."""
        return self.path.name

    @property
    def usable(self) -> bool:
        """Whether it can be worked with."""
        return not self.faults and self.sheet.answers is not None and self.sheet.instrument is not None

    @property
    def answers(self) -> Answers:
        """The answers as they stand in the file."""
        assert self.sheet.answers is not None
        return self.sheet.answers

    @property
    def instrument(self) -> Instrument:
        """The instrument it is read under."""
        assert self.sheet.instrument is not None
        return self.sheet.instrument

    @property
    def left_aside(self) -> tuple[Problem, ...]:
        """Notices of the editions at hand it is not read under: figures by them may be others than its figures here."""
        if self.at_hand is None or not self.at_hand.sound:
            return ()
        still = {notice.key for notice in self.sheet.edition_notices}  # of that its own edition is not here
        return tuple(notice for notice in self.at_hand.edition_notices if notice.key not in still)


def refuse_other_questionnaire(old: Read, new: Read) -> None:
    """Refuse to compare answers to different questionnaires, of which none is an edition of the other."""
    before, after = old.instrument.questionnaire.id, new.instrument.questionnaire.id
    if before != after:
        raise UserError(fill(NOTHING_COMMON, old=old.name, before=before, new=new.name, after=after))


def refuse_another(answers: Answers, instrument: Instrument, path: Path) -> None:
    """Refuse to write answers to one questionnaire into a file that is given to another one."""
    named, given = answers.questionnaire.id, instrument.questionnaire.id
    if named != given:
        raise UserError(fill(ANOTHER, path=shown(path), named=named, given=given))


def open_any_edition(
    library: Library,
    path: Path,
    *,
    questionnaire: str | None = None,
    weights: str | None = None,
    before: Sheet | None = None,
) -> Read:
    """Open an answer file; errors that come of another edition are no faults of it. `before`: as opened already.

    Raises `UserError` where the questionnaire stated is another one than the file's, and no edition of it.
    """
    sheet = library.open_answers(path, questionnaire=questionnaire, weights=weights, before=before)
    stated = _another_edition(library, questionnaire) if questionnaire else None
    if stated is not None:
        sheet = _by_named_rubric(library, sheet, stated, weights)
    found = errors(sheet.problems)
    book = library.questionnaire(questionnaire) if questionnaire else None
    if sheet.answers is not None and book is not None and book.subject is not None:
        named, given = sheet.answers.questionnaire.id, book.value.id
        if named != given and UNNAMED["id"] not in (named, given):  # a head that cannot be read is what is wrong
            raise UserError(fill(ANOTHER, path=sheet.path, named=named, given=given))
    if sheet.answers is None or sheet.instrument is None:
        return Read(path, sheet, found)
    return Read(path, sheet, tuple(_not_of_edition(sheet, sheet.answers, sheet.instrument, found)))


def _not_of_edition(
    sheet: Sheet, answers: Answers, instrument: Instrument, found: Iterable[Problem]
) -> Iterator[Problem]:
    """Return the errors that do not come of another edition: of no file that names one, nor of a former id."""
    is_other = not is_edition(answers.questionnaire, identities(instrument, answers)[0])
    former = names_between(None, instrument.questionnaire)
    own = {_place_of(problem) for problem in sheet.own_problems}
    for problem in found:
        is_former = problem.code == "unknown_reference" and problem.key.rpartition(".")[2] in former
        if _place_of(problem) not in own or problem.code not in OF_EDITION or not (is_other or is_former):
            yield problem


def _place_of(problem: Problem) -> tuple[object, ...]:
    return problem.source, problem.line, problem.column, problem.code, problem.key


def open_own_edition(
    library: Library,
    path: Path,
    *,
    questionnaire: str | None = None,
    weights: str | None = None,
    before: Sheet | None = None,
) -> Read:
    """Open an answer file under the editions that it names, where the roots hold them beside the present ones.

    `questionnaire`, `weights`: stated by the user, and taken instead; a rubric by its id in that edition, where it has
    it. `before`: the file as opened already. An answer that what it is read under would misread is a fault.
    """
    present = open_any_edition(library, path, questionnaire=questionnaire, weights=weights, before=before)
    read = _by_its_own(library, present, questionnaire, weights)
    misread = [problem for problem in _of_code(read, MISREAD) if problem not in read.faults]
    if questionnaire and (later := _of_code(read, "newer_revision")) and read.usable:
        at_hand = open_any_edition(library, path, weights=weights, before=read.sheet)
        misread += [replace(one, severity="error") for one in later if _holds_later(read, at_hand)]
    return replace(read, faults=(*read.faults, *misread))


def _of_code(read: Read, code: str) -> tuple[Problem, ...]:
    return tuple(problem for problem in read.sheet.own_problems if problem.code == code)


def _by_its_own(library: Library, read: Read, questionnaire: str | None, weights: str | None) -> Read:
    """Read a file anew under the editions that it names; as it is where they are no others, or do not take it."""
    if read.usable and _is_present(read, weights):
        return read
    named = read.sheet.answers
    book = None if questionnaire or named is None else library.edition(named.questionnaire)
    if not read.usable and (book is None or _wrong_at_hand(library, read, book)):
        return read  # else it may be usable there: its rubric is kept with its edition
    asked = str(book.path) if book is not None else questionnaire
    stated, scored = read.answers.weights, weights
    if weights and book is not None:
        library = _edition_first(library, book, blend_named(weights))
    elif not weights and (book is not None or not is_edition(stated, identities(read.instrument, read.answers)[1])):
        beside = book or library.questionnaire(read.instrument.questionnaire.id, stated=True)
        library, scored = (library, None) if beside is None else _rubric_of(library, stated, beside)
    if (asked, scored) == (questionnaire, weights):
        return read
    again = open_any_edition(library, read.path, questionnaire=asked, weights=scored, before=read.sheet)
    return replace(again, at_hand=read.sheet) if again.usable and not _holds_later(again, read) else read


def _holds_later(own: Read, present: Read) -> bool:
    """Return whether an answer states a later revision than the edition its file names has, which would misread it."""
    from nqpf_assess.engine.migrating.values import misread

    if not present.usable:
        return False
    before, after = present.instrument.questionnaire.asked, own.instrument.questionnaire.asked
    given = (*own.answers.facts.items(), *own.answers.answers.items())
    later = ((id, one) for id, one in given if id in after and (one.revision or 0) > after[id].revision)
    return any(id in before and misread(before[id], after[id], one) is not None for id, one in later)


def refuse_mixing(library: Library, sheet: Sheet) -> None:
    """Refuse to answer in a file what the edition that it goes on to name would read otherwise; it is taken over first.

    Or a later one, under which it may have been answered. Where the one that it names is not at hand, the first number
    says whether answers mean the same.
    """
    from nqpf_assess.engine.migrating.values import misreads

    if sheet.answers is None or sheet.instrument is None or not sheet.edition_notices:
        return
    stated, present = sheet.answers.questionnaire, sheet.instrument.questionnaire
    if (own := library.edition(stated)) is None:
        mixes = breaks_answers(stated.version, present.version)
    else:
        editions = editions_from(own.value, kept_editions(library, present), present)
        pairs = [(asked_then(one, id, now), now) for one in editions for id, now in present.asked.items()]
        mixes = any(then is not None and misreads(then, now) for then, now in pairs)
    if mixes:
        raise to_take_over(sheet)


def kept_editions(library: Library, now: Questionnaire) -> tuple[Questionnaire, ...]:
    """Return the editions of a questionnaire that are kept beside the one at hand."""
    book = library.questionnaire(now.id, stated=True)
    return () if book is None else tuple(one.value for one in library.other_editions(book))


def to_take_over(sheet: Sheet) -> UserError:
    """Return the error that answers are to another edition, with the way on."""
    assert sheet.answers is not None
    assert sheet.instrument is not None
    own, now = sheet.answers.questionnaire.version, sheet.instrument.questionnaire.version
    return UserError(sheet.edition_notices[0].message, hint=_way_on(own, now, shown(sheet.path)))


def _way_on(own: str, now: str, path: Path | str) -> Text:
    """Return the command that takes answers over, or that the edition at hand is older: none are taken back unasked."""
    return OLDER_HERE if step_between(now, own) is not None else fill(TAKE_OVER, path=as_word(path))


def _is_present(read: Read, weights: str | None) -> bool:
    """Return whether what is at hand is what the file names, wherever its parts lie. `weights`: stated instead."""
    questionnaire, rubric, _ = identities(read.instrument, read.answers)
    stated = read.answers
    return is_edition(stated.questionnaire, questionnaire) and (bool(weights) or is_edition(stated.weights, rubric))


def _wrong_at_hand(library: Library, read: Read, book: Book) -> bool:
    """Return whether a file cannot be read for a mistake at hand, whose place no other copy must take unasked.

    One in the questionnaire, or where `book`, the edition that it names, is the one at hand, in a rubric.
    """
    present = library.questionnaire(book.value.id, stated=True)
    if present is None:
        return False
    own = {_place_of(problem) for problem in read.sheet.own_problems}
    of_content = [problem for problem in read.faults if _place_of(problem) not in own]
    return bool(errors(present.problems)) or (bool(of_content) and book.value == present.value)


@dataclass(frozen=True)
class Scorable:
    """An answer file as it is to be scored. `library`: finds the content of its edition first; `notices`: to be told.

    `sheet` may still have errors, which are then those under the edition at hand.
    """

    sheet: Sheet
    library: Library
    notices: tuple[Problem, ...]

    def assessed(self) -> tuple[Instrument, Answers]:
        """Return the answers behind the instrument that reads them; raises `UserError` with all errors of either."""
        refuse_errors(self.sheet.path, self.sheet.problems)
        assert self.sheet.instrument is not None
        assert self.sheet.answers is not None
        return self.sheet.instrument, self.sheet.answers


def open_scorable(
    library: Library, path: Path, *, questionnaire: str | None = None, weights: str | None = None
) -> Scorable:
    """Open an answer file to score it: by the edition at hand; where that does not take its answers, by its own.

    So the years of one place stand beside each other though a question was dropped between them.
    """
    sheet = library.open_answers(path, questionnaire=questionnaire, weights=weights)
    if sheet.sound or sheet.answers is None:
        return Scorable(sheet, library, sheet.edition_notices)
    if questionnaire is not None:
        stated = _another_edition(library, questionnaire)
        own = sheet if stated is None else _by_named_rubric(library, sheet, stated, weights)
        found = library if stated is None or own is sheet else library_with(library, stated)
        return Scorable(own, found, own.edition_notices)
    book = library.edition(sheet.answers.questionnaire)
    if book is None or (not errors(sheet.own_problems) and _spoilt_here(sheet, book)):
        return Scorable(sheet, library, sheet.edition_notices)
    read = open_own_edition(library, path, weights=weights, before=sheet)
    present = library.questionnaire(sheet.answers.questionnaire.id, stated=True)
    if not read.sheet.sound or (present is not None and book.path == present.path):
        return Scorable(sheet, library, sheet.edition_notices)
    values = {"own": book.value.version, "now": present.value.version if present and present.subject else "–"}
    told = (one for one in sheet.edition_notices if one.key.startswith("questionnaire"))
    at = next(chain(told, sheet.own_problems), None)
    said = Problem(
        sheet.own_problems[0].source if sheet.own_problems else str(path),
        at.line if at else 0,
        at.column if at else 0,
        "notice",
        "edition_differs",
        "questionnaire.version",
        fill(BY_ITS_CONTENT if values["own"] == values["now"] else BY_ITS_OWN, **values),
        _way_on(values["own"], values["now"], path),
    )
    return Scorable(read.sheet, library_with(library, book), (said, *read.sheet.edition_notices))


def _spoilt_here(sheet: Sheet, book: Book) -> bool:
    """Return whether an error lies in a rubric at hand that an edition keeps too: a mistake, and not of the edition.

    A profile of one's own, which no edition keeps, may name what was dropped since.
    """
    kept = _root_of(book) / "weights" / book.value.id
    return any(exists(kept / Path(problem.source).name) for problem in errors(sheet.problems))


def library_with(library: Library, book: Book) -> Library:
    """Return a library that finds the content of an edition first."""
    return replace(library, roots=(Root("edition", _root_of(book)), *library.roots))


def _edition_first(library: Library, book: Book, rubric: Blend) -> Library:
    """Return a library in which a rubric is based on those of an edition; what was found in them is found anew.

    What lies beside the rubric goes before them, as long as that fits the edition.
    """
    found = replace(library_with(library, book), _linted={})
    return found if _identity_of(found, rubric, book) is not None else _on_its_bases(found, book)


def _on_its_bases(library: Library, book: Book) -> Library:
    """Return a library in which rubrics are based on those of an edition, whatever lies beside them."""
    return replace(library, bases=_root_of(book) / "weights" / book.value.id, _linted={})


def _root_of(book: Book) -> Path:
    """Return the folder that holds `questionnaires` with a questionnaire in it, and `weights` beside them.

    Also of a path that names no folder: `new.toml` lies in the current one, whatever that is called.
    """
    return Path(os.path.normpath(book.path / ".." / ".."))


def _another_edition(library: Library, questionnaire: str) -> Book | None:
    """Open the questionnaire that people state, where it is another edition than the one at hand; else None."""
    book = library.questionnaire(questionnaire)
    if book is None or book.subject is None:
        return None
    present = library.questionnaire(book.value.id, stated=True)
    return None if present is None or end_of(present.path) == end_of(book.path) else book


def _by_named_rubric(library: Library, sheet: Sheet, book: Book, weights: str | None) -> Sheet:
    """Open answers under the rubric that they name, where it fits the edition stated; the one at hand does not.

    Where the very one is nowhere, it is the one of that name on the base of the edition. Under a rubric at hand that
    fits, figures stay as they are. `weights`: stated by the user, and taken instead.
    """
    named = sheet.answers
    if sheet.instrument is not None or named is None or named.questionnaire.id != book.value.id:
        return sheet
    found, rubric = (library, None) if weights else _rubric_of(library, named.weights, book)
    if rubric is None:
        blend = blend_named(weights) if weights else Blend(named.weights.id, named.weights.with_)
        found, rubric = _edition_first(library, book, blend), weights or str(blend)
        if _identity_of(found, blend, book) is None:  # what is wrong with it is told of the file
            return sheet
    again = found.open_answers(sheet.path, questionnaire=str(book.path), weights=rubric, before=sheet)
    return again if again.instrument is not None else sheet


def _rubric_of(library: Library, stated: RubricReference, book: Book) -> tuple[Library, str | None]:
    """Name the rubric that answers name, in the edition they name, and where it is looked up; None where none is it.

    The one that lies with the questionnaire comes first, and a profile of one's own, which no edition keeps, on the
    base that lies there: what a profile is based on may change under the same version.
    """
    named = Blend(stated.id, stated.with_)
    found = [(_edition_first(library, book, named), named)]
    for folder in library.edition_folders():
        paths = {id: folder / "weights" / book.value.id / f"{id}.toml" for id in (stated.id, *stated.with_)}
        if all(exists(path) for path in paths.values()):
            shares = {str(paths[id]): share for id, share in stated.with_.items()}
            found.append((library, Blend(str(paths[stated.id]), shares)))
    for where, blend in (*found, (_on_its_bases(library_with(library, book), book), named)):
        identity = _identity_of(where, blend, book)
        if identity is not None and is_edition(stated, identity):
            return where, str(blend)
    return library, None


def _identity_of(library: Library, blend: Blend, book: Book) -> RubricIdentity | None:
    """Say which rubric or blend it is that a library finds; None where it is not there or does not fit the edition."""
    rubric, _ = library.open_blend(blend, book.value.id, book)
    if rubric is None or not rubric.chain or errors(rubric.problems):
        return None
    return rubric_identity(Instrument(book.value, rubric.chain, rubric.further))
