"""Running the command line as a user does: its own process, streams, surroundings and exit status."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.questionnaire import Questionnaire
from tests.session.conftest import edited, write_content
from tests.support import forked

Run = Callable[..., "subprocess.CompletedProcess[str]"]

REPOSITORY = Path(__file__).parents[2]
OLD, NEW = (REPOSITORY / "samples" / f"renewal_city_{year}.toml" for year in (2024, 2025))
REGION = REPOSITORY / "questionnaires" / "region"
QUESTION = "core_tech_tackling"
"""A question that the `next_edition` calls otherwise; no measure and no rubric names it."""


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


@pytest.fixture
def respondents(tmp_path: Path) -> list[Path]:
    """Three respondents of one place and year; two of them differ on one question."""
    found = []
    for name, level in (("Finance", 1), ("Industry", 3), ("Planning", 3)):
        path = tmp_path / f"{name.lower()}.toml"
        path.write_text(
            'format = "nqpf-answers/1"\n'
            'questionnaire = { id = "region", version = "2027.1.0" }\n'
            'weights = { id = "ecological", version = "2027.1.0" }\n'
            f'[subject]\nname = "Anhe County"\nperiod = "2025"\nrespondent = "{name}"\n'
            '[facts]\nzone = { value = "ecological" }\ntier = { value = "county" }\n'
            f'[answers.rd_organisation]\nvalue = {level}\nnote = "seen by {name}"\n'
            "[answers.upgrade_programme]\nvalue = 2\n",
            encoding="utf-8",
        )
        found.append(path)
    return found


@pytest.fixture
def small(tmp_path: Path) -> Questionnaire:
    """A questionnaire with a question of most kinds, in the folder that the command line runs in."""
    book = Library((Root("test", write_content(tmp_path)),)).questionnaire("small")
    assert book is not None
    return book.value


@pytest.fixture
def statistics(tmp_path: Path) -> None:
    """Put a small questionnaire with its rubric, and an assessment of 安和县 of 2024, into the folder."""
    write_content(tmp_path)
    (tmp_path / "a.toml").write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "small", version = "1" }\n'
        'weights = { id = "baseline", version = "1" }\n[subject]\nname = "安和县"\nperiod = "2024年"\n',
        encoding="utf-8",
    )


@pytest.fixture
def next_edition(tmp_path: Path) -> Path:
    """A workspace with the next edition of the region questionnaire: one question renamed, one revised, one gone."""
    folder = tmp_path / "next" / "questionnaires" / "region"
    shutil.copytree(REGION, folder)
    edited(folder / "00-head.toml", ('version = "2027.1.0"', 'version = "2028.0.0"'))
    asked = edited(
        folder / "10-innovation.toml",
        (f"[questions.{QUESTION}]", f'[questions.ip_disputes]\nprevious_ids = ["{QUESTION}"]'),
    )
    edited(
        folder / "11-industries.toml",
        ("[questions.cluster_cultivation]", "[questions.cluster_cultivation]\nrevision = 2"),
    )
    assert "[questions.ip_disputes]" in asked.read_text(encoding="utf-8")
    return tmp_path / "next"
