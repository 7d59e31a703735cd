"""How commands open answer files that may have been answered to another edition than the one at hand."""

import os
import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import tell_problems, tell_user
from nqpf_assess.model.text import text

if TYPE_CHECKING:
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.files.library import Library, Sheet
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.problem import Problem

PLAIN_WIDTH = 100
"""Width of tables where the output is no terminal."""

OF_EDITION = ("unknown_reference", "bad_value")
"""Errors that come of another edition, and that taking the answers over to it mends."""


@dataclass(frozen=True)
class Read:
    """An answer file with the instrument it is read under; `faults`: the errors that no edition explains."""

    path: Path
    sheet: "Sheet"
    faults: tuple["Problem", ...]

    @property
    def name(self) -> str:
        """The file as people know it."""
        return self.path.name

    @property
    def answers(self) -> "Answers":
        """The answers as they stand in the file."""
        assert self.sheet.answers is not None
        return self.sheet.answers

    @property
    def instrument(self) -> "Instrument":
        """The instrument it is read under."""
        assert self.sheet.instrument is not None
        return self.sheet.instrument


def open_any_edition(
    library: "Library", path: Path, *, questionnaire: str | None = None, weights: str | None = None
) -> Read:
    """Open an answer file; errors that come of another edition are no faults of it."""
    from nqpf_assess.model.problem import errors

    sheet = library.open_answers(path, questionnaire=questionnaire, weights=weights)
    found = errors(sheet.problems)
    if sheet.answers is None or sheet.instrument is None:
        return Read(path, sheet, found)
    return Read(path, sheet, tuple(problem for problem in found if not _of_edition(sheet, problem)))


def _of_edition(sheet: "Sheet", problem: "Problem") -> bool:
    """Say whether an error comes of another edition: the file says that it was answered to one, or uses a former id."""
    from nqpf_assess.engine.digest import identities
    from nqpf_assess.engine.migrating import is_edition
    from nqpf_assess.engine.migrating.names import names_between

    assert sheet.answers is not None
    assert sheet.instrument is not None
    if problem not in sheet.own_problems or problem.code not in OF_EDITION:
        return False
    edition = identities(sheet.instrument, sheet.answers)[0]
    if not is_edition(sheet.answers.questionnaire, edition):
        return True
    former = names_between(None, sheet.instrument.questionnaire)
    return problem.code == "unknown_reference" and problem.key.rpartition(".")[2] in former


def told_problems(settings: Settings, read: Read) -> bool:
    """Print the faults of a file that cannot be used, and say whether there are any."""
    tell_problems(read.faults, settings.language)
    if read.faults:
        words = text(en="{path} cannot be used until this is mended.", zh="{path} 须先改正以上错误才能使用。")
        tell_user(settings.tell(words, path=read.path))
    return bool(read.faults)


def width() -> int:
    """Give the width of tables: that of the terminal, or a fixed one where the output is none."""
    return shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if sys.stdout.isatty() else PLAIN_WIDTH


def today() -> date:
    """Give the day, or the one that SOURCE_DATE_EPOCH fixes."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if seconds.isdigit():
        return datetime.fromtimestamp(int(seconds), UTC).date()
    return datetime.now().astimezone().date()
