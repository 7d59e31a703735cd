"""The fuzzer finds what it is there to find, the same trial every time, and the program stands a few of each kind."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from tools.fuzz.kinds import KINDS, prepare
from tools.fuzz.spoiling import spoil_bytes
from tools.fuzz.trial import SEEDS, Trial, surroundings

CHEAP = sorted(set(KINDS) - {"keys", "instrument", "report"})


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    with surroundings(folder):
        prepare(Trial(folder))
    return folder


@pytest.fixture
def trial(prepared: Path, tmp_path: Path) -> Iterator[Trial]:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    with surroundings(tmp_path):
        yield Trial(tmp_path)


@pytest.mark.parametrize("kind", CHEAP)
def test_a_few_of_each_kind_find_nothing(kind: str, trial: Trial) -> None:
    for number in range(3):
        KINDS[kind].make(Random(f"{kind} {number}"), trial)
    assert trial.findings == []
    assert trial.commands


def test_the_same_dice_spoil_the_same_way() -> None:
    data = (SEEDS / "answers.toml").read_bytes()
    once, again = (spoil_bytes(Random(4), data) for _ in range(2))
    assert once == again
    assert once != data


def test_a_fault_of_the_program_is_a_finding_with_its_place(trial: Trial) -> None:
    from nqpf_assess.files import checking

    with patch.object(checking, "in_order", side_effect=ZeroDivisionError("planted")):
        trial.run("check", "answers.toml", "--content", "content")
    assert ["planted" in finding.words for finding in trial.findings] == [True]
    assert "ZeroDivisionError" in trial.findings[0].sign


def test_what_steers_a_terminal_is_a_finding(trial: Trial) -> None:
    from nqpf_assess.cli import main

    with patch.object(main, "run", lambda _: 0 * sys.stdout.write("\x1b[2J")):
        trial.run("where")
    assert [finding.sign for finding in trial.findings] == ["raw out where"]


def test_a_file_that_no_option_names_is_not_to_be_written(trial: Trial) -> None:
    """Neither one that is there nor one outside, where nothing is written at all."""
    from nqpf_assess.cli import main

    def write(_: object) -> int:
        Path("table.csv").write_text("")
        with suppress(PermissionError):
            trial.folder.with_name("outside").write_text("")
        return 0

    with patch.object(main, "run", write):
        KINDS["arguments"].make(Random("1"), trial)
    assert [finding.sign.split()[0] for finding in trial.findings] == ["changed", "outside"]
    assert not trial.folder.with_name("outside").exists()


def test_a_sentence_that_says_something_else_than_the_figures_is_a_finding(trial: Trial) -> None:
    """More dimensions on target than there are, and braces that nothing filled."""
    from nqpf_assess.report.outline import standing, upward

    with (
        patch.object(standing, "reached", lambda node: True),
        patch.object(upward, "JUDGEMENT", {"en": "A gap of {gap}.", "zh": "差{gap}。"}),
    ):
        KINDS["claims"].make(Random("claims 1 4"), trial)
    signs = " ".join(finding.sign for finding in trial.findings)
    assert "dimensions on target" in signs
    assert "unfinished" in signs


def test_a_figure_that_is_read_in_another_unit_is_a_finding(trial: Trial) -> None:
    """As if nobody looked at the unit where answers are taken over, and none came into a file of an earlier edition."""
    from nqpf_assess.kinds import number

    with patch.object(number, "unit_factor", lambda before, after: Decimal(1)):
        for place in range(12):
            KINDS["lives"].make(Random(f"lives 1 {place}"), trial)
            if trial.findings:
                break
    assert {finding.sign for finding in trial.findings} & {"lives export", "lives app", "lives collect"}


@pytest.mark.parametrize("number", [1092, 1330])
def test_an_edition_that_was_lost_or_corrected_in_a_word_is_no_fault_of_the_program(trial: Trial, number: int) -> None:
    """A level that a lost edition added, in a file that names one before it, is to be confirmed."""
    KINDS["lives"].make(Random(f"lives 1203 {number}"), trial)
    assert trial.findings == []
