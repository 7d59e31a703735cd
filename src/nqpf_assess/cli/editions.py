"""How commands open answer files that may have been answered to another edition than the one at hand."""

import os
import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import tell_problems, tell_user
from nqpf_assess.model.text import text

if TYPE_CHECKING:
    from nqpf_assess.files.editions import Read
    from nqpf_assess.files.library import Library

PLAIN_WIDTH = 100
"""Width of tables where the output is no terminal."""


def open_any_edition(
    library: "Library", path: Path, *, questionnaire: str | None = None, weights: str | None = None
) -> "Read":
    """Open an answer file under the present edition; errors that come of another edition are no faults of it."""
    from nqpf_assess.files.editions import open_any_edition as opened

    return opened(library, path, questionnaire=questionnaire, weights=weights)


def told_problems(settings: Settings, read: "Read") -> bool:
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
