"""How commands open answer files: every problem printed, what is missing named, an answer to another edition noted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from nqpf_assess.cli.bilingual import option, with_options
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import print_error, print_note, print_problems
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.files.editions import Read
    from nqpf_assess.files.library import Library
    from nqpf_assess.model.answers import Answers

content_options = with_options(
    option(
        "--questionnaire",
        metavar="ID|PATH",
        words=_("Questionnaire, instead of the one the file names."),
    ),
    option(
        "--weights",
        metavar="ID|PATH",
        words=_("Rubric, instead of the one the file names."),
    ),
)
"""Gives a command the options that choose another questionnaire or rubric."""

NO_ANSWERS = _("there are no answer files in {path}")
NOT_SCORED = _("{path} cannot be scored until this is mended.")
NOT_USED = _("{path} cannot be used until this is mended.")


def library_of(settings: Settings) -> "Library":
    """Return the library that looks where the command line says."""
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.places import roots

    return Library(roots(settings.content))


class Batch:
    """Work on several files, of which one that cannot be used is named and does not stop the others.

    `status`: the exit status so far, the gravest of all files.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings, self.status = settings, 0

    @contextmanager
    def each(self) -> Iterator[None]:
        """Print what stands against one file, and go on."""
        try:
            yield
        except UserError as fault:
            print_error(fault, self.settings)
            self.status = max(self.status, fault.status)

    def answer_files(self, paths: Sequence[Path]) -> tuple[Path, ...]:
        """Return the answer files that paths name, of a folder all that lie in it; what is not there is printed."""
        from nqpf_assess.files.machine import must_be_there

        found: list[Path] = []
        for path in paths:
            with self.each():
                must_be_there(path)
                inside = [file for file in sorted(path.glob("*.toml")) if _is_meant_as_answers(file)]
                if path.is_dir() and not inside:
                    raise UserError(fill(NO_ANSWERS, path=path))
                found += inside if path.is_dir() else [path]
        return tuple(found)


def _is_meant_as_answers(file: Path) -> bool:
    """Return whether a file names the format of answers; one that cannot be read is taken along, and then named."""
    from nqpf_assess.model.answers import ANSWERS_FORMAT

    if file.name.startswith("."):
        return False
    try:
        return ANSWERS_FORMAT.partition("/")[0].encode() in file.read_bytes()
    except OSError:
        return True


def open_sound(
    settings: Settings, library: "Library", path: Path, *, questionnaire: str | None = None, weights: str | None = None
) -> "tuple[Instrument, Answers] | None":
    """Open an answer file with its instrument; where it or its content has errors, print them all and return None.

    That it was answered to another edition than the one at hand is printed too, and does not stop anything.
    """
    from nqpf_assess.model.problem import errors

    sheet = library.open_answers(path, questionnaire=questionnaire, weights=weights)
    if not sheet.sound or sheet.instrument is None or sheet.answers is None:
        print_problems(errors(sheet.problems), settings.language)
        print_note(settings.tell(NOT_SCORED, path=path))
        return None
    print_problems(sheet.edition_notices, settings.language)
    return sheet.instrument, sheet.answers


def print_faults(settings: Settings, read: "Read") -> bool:
    """Print what keeps a file from being used, whatever its edition, and return whether there is anything."""
    print_problems(read.faults, settings.language)
    if read.faults:
        print_note(settings.tell(NOT_USED, path=read.path))
    return bool(read.faults)
