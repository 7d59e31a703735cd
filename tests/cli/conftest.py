"""Running the command line as a user does: its own process, streams, surroundings and exit status."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import forked

Run = Callable[..., "subprocess.CompletedProcess[str]"]

REPOSITORY = Path(__file__).parents[2]


def clean_environment(**changes: str) -> dict[str, str]:
    """Give an environment in which the locale, colours and the user's own content say nothing."""
    dropped = ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "TERM", "COLUMNS", "SOURCE_DATE_EPOCH", "ACCESSIBLE")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "LANG": "C.UTF-8", "PYTHONUTF8": "1", "NQPF_ASSESS_DATA": "/nonexistent", **changes}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `nqpf-assess` in an empty folder; standard input is no terminal and empty.

    Where the system can fork and nothing of Python's own start is asked for, the process is forked from one that has
    the program loaded.
    """

    def call(*arguments: str | Path, **changes: str) -> "subprocess.CompletedProcess[str]":
        if hasattr(os, "fork") and not any(name.startswith("PYTHON") for name in changes):
            return forked.run([str(part) for part in arguments], tmp_path, clean_environment(**changes))
        return subprocess.run(
            [sys.executable, "-m", "nqpf_assess", *map(str, arguments)],
            cwd=tmp_path,
            env=clean_environment(**changes),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return call


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A small answer file on the shipped region questionnaire."""
    path = tmp_path / "place.toml"
    path.write_text(
        'format = "nqpf-answers/1"\n'
        'questionnaire = { id = "region", version = "2027.1.0" }\n'
        'weights = { id = "ecological", version = "2027.1.0" }\n'
        '[subject]\nname = "Test County"\nperiod = "2025"\n'
        '[facts]\nzone = { value = "ecological" }\ntier = { value = "county" }\n'
        '[answers.rd_intensity]\nvalue = "1.5"\nyear = 2024\n'
        "[answers.rd_organisation]\nvalue = 3\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of sixty places under the shipped questionnaire."""
    from tests.cohort.conftest import rows_of, write_csv

    return write_csv(tmp_path / "t.csv", rows_of(60))
