"""`diff OLD NEW`: what differs between two editions of a questionnaire or rubric, and how grave it is."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.answer_files import library_of, print_faults
from nqpf_assess.cli.bilingual import option
from nqpf_assess.cli.commands import subcommand
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import print_data, print_json, print_problems, width
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError, errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqpf_assess.files.editions import Read
    from nqpf_assess.files.library import Book, Library, Rubric
    from nqpf_assess.model.migration import EditionDifference, Effect
    from nqpf_assess.model.problem import Problem

NEVER = "never"

NOT_FOUND = _("“{name}” is no file, folder or id of a questionnaire or rubric")
BOTH_ALIKE = _("one of the two is a questionnaire and the other a rubric")
NO_QUESTIONNAIRE = _("“{path}” does not say which questionnaire it weighs")


@subcommand("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@option(
    "--on",
    "files",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    words=_("Show the effect on this answer file; may repeat."),
)
@option("--json", "as_json", is_flag=True, words=_("Rows for machines."))
@option("--all", "everything", is_flag=True, words=_("Show everything in full."))
@option(
    "--fail-on",
    type=click.Choice(["confirm", "convert", "loss", NEVER]),
    default=NEVER,
    show_default=False,
    words=_("Exit with 1 from this class upwards, and where the version was not raised enough (default never)."),
)
@option("--questionnaire", metavar="ID|PATH", words=_("Questionnaire of two rubrics."))
def command(
    settings: Settings,
    *,
    old: str,
    new: str,
    files: tuple[Path, ...],
    as_json: bool,
    everything: bool,
    **rest: str | None,
) -> int:
    """Compare two editions of a questionnaire, or of a rubric with all it is based on."""
    library = library_of(settings)
    work = _Rubrics(settings, library, old, new, rest["questionnaire"])
    found = work.difference() if work.are_rubrics() else _questionnaires(settings, library, old, new, files)
    if found is None:
        return 1
    if work.are_rubrics():
        found = replace(found, effects=tuple(work.effects(files)))
    _tell(settings, found, as_json=as_json, everything=everything)
    return status(found, rest["fail_on"] or NEVER)


def status(found: "EditionDifference", fail_on: str) -> int:
    """Give the exit status: 0 unless `fail_on` is asked for; then 1 where a class reaches it or the version lags."""
    from nqpf_assess.model.migration import GRADES

    if fail_on == NEVER:
        return 0
    grave = found.worst is not None and GRADES.index(found.worst) >= GRADES.index(fail_on)
    return int(grave or not found.kept_its_word)


def _tell(settings: Settings, found: "EditionDifference", *, as_json: bool, everything: bool) -> None:
    if as_json:
        from nqpf_assess.exchange.difference_json import difference_row

        print_json(difference_row(found, settings.language))
        return
    from nqpf_assess.pages.difference import difference_lines

    for line in difference_lines(found, settings.language, width=width(), everything=everything):
        print_data(line.rstrip())


def _sound(settings: Settings, problems: "Sequence[Problem]") -> bool:
    print_problems(errors(problems), settings.language)
    return not errors(problems)


# ---- questionnaires


def _questionnaires(
    settings: Settings, library: "Library", old: str, new: str, files: "Sequence[Path]"
) -> "EditionDifference | None":
    from nqpf_assess.engine.differing import difference

    books = [_book(library, name) for name in (old, new)]
    if False in [_sound(settings, book.problems) for book in books]:
        return None
    found = difference(books[0].value, books[1].value)
    effects = _effects(settings, library, books, files)
    return None if effects is None else replace(found, effects=tuple(effects))


def _book(library: "Library", name: str) -> "Book":
    book = library.questionnaire(name)
    if book is None:
        raise UserError(fill(NOT_FOUND, name=name), status=2)
    return book


def _effects(
    settings: Settings, library: "Library", books: "list[Book]", files: "Sequence[Path]"
) -> "list[Effect] | None":
    from nqpf_assess.engine.differing import effect_of_questionnaire
    from nqpf_assess.files.editions import open_any_edition

    found = []
    for path in files:
        read = open_any_edition(library, path, questionnaire=str(books[0].path))
        if print_faults(settings, read):
            return None
        chain, editions = read.instrument.chain, (books[0].value, books[1].value)
        found.append(effect_of_questionnaire(path.name, read.answers, *editions, chain))
    return found


# ---- rubrics


class _Rubrics:
    """Two rubrics and the questionnaire they weigh."""

    def __init__(self, settings: Settings, library: "Library", old: str, new: str, questionnaire: str | None) -> None:
        self.settings, self.library, self.names, self.questionnaire = settings, library, (old, new), questionnaire

    def are_rubrics(self) -> bool:
        """Say whether both names are rubrics; raises where only one of them is."""
        kinds = [self._is_rubric(name) for name in self.names]
        if kinds[0] != kinds[1]:
            raise UserError(BOTH_ALIKE, status=2)
        return kinds[0]

    def _is_rubric(self, name: str) -> bool:
        from nqpf_assess.model.weights import WEIGHTS_FORMAT

        path = Path(name)
        if path.is_file():
            return self.library.read(path).data.get("format") == WEIGHTS_FORMAT
        known = path.exists() or self.library.questionnaire_path(name) is not None
        return not known and self.questionnaire is not None

    def book(self) -> "Book":
        named = self.questionnaire or self._stated()
        book = self.library.questionnaire(named)
        if book is None:
            raise UserError(fill(NOT_FOUND, name=named), status=2)
        return book

    def _stated(self) -> str:
        path = Path(self.names[1])
        stated = self.library.read(path).data.get("questionnaire")
        if not isinstance(stated, str):
            raise UserError(fill(NO_QUESTIONNAIRE, path=path))
        return stated

    def rubrics(self) -> "tuple[Rubric, Rubric] | None":
        book = self.book()
        found = [self._rubric(name, book) for name in self.names]
        sound = [_sound(self.settings, (*book.problems, *rubric.problems)) for rubric in found]
        return (found[0], found[1]) if all(sound) else None

    def _rubric(self, name: str, book: "Book") -> "Rubric":
        path = self.library.weights_path(name, book.value.id) if book.subject is not None else None
        if path is None:
            raise UserError(fill(NOT_FOUND, name=name), status=2)
        return self.library.open_weights(path, book)

    def difference(self) -> "EditionDifference | None":
        from nqpf_assess.engine.differing import rubric_difference

        found = self.rubrics()
        return None if found is None else rubric_difference(found[0].chain, found[1].chain)

    def effects(self, files: "Sequence[Path]") -> "list[Effect]":
        from nqpf_assess.engine.differing import effect_of_weights
        from nqpf_assess.files.editions import open_any_edition

        rubrics, book = self.rubrics(), self.book()
        found = []
        for path in files if rubrics is not None else ():
            assert rubrics is not None
            read: Read = open_any_edition(
                self.library, path, questionnaire=str(book.path), weights=str(rubrics[0].path)
            )
            if not print_faults(self.settings, read):
                chains = rubrics[0].chain, rubrics[1].chain
                found.append(effect_of_weights(path.name, read.answers, book.value, *chains))
        return found
