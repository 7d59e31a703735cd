"""What a shell is offered while a command is typed."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from nqpf_assess.cli.completing import questionnaires, rubrics
from tests.cli.conftest import Run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_of_a_shell(run: Run, shell: str) -> None:
    """It asks this program what to offer, by the variable it knows."""
    done = run("completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_NQPF_ASSESS_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
def test_a_zsh_whose_settings_start_no_completion_gets_one(run: Run, tmp_path: Path) -> None:
    """It has no `compdef` then: the script starts completion itself, and no new shell complains."""
    (tmp_path / "script").write_text(run("completion", "zsh").stdout, encoding="utf-8")
    asked = ["zsh", "-f", "-c", "source ./script && print -r -- $_comps[nqpf-assess]"]
    done = subprocess.run(
        asked, cwd=tmp_path, env={**os.environ, "ZDOTDIR": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "_nqpf_assess_completion\n", "")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("weights sho", "show"),
        ("score --weights eco", "ecological"),
        ("compare place.toml place.toml --old-weights eco", "ecological"),
        ("check --questionnaire reg", "region"),
        ("explain place.toml rd_int", "rd_intensity"),
        ("plan place.toml --choose digital_diagnosis,future_t", "digital_diagnosis,future_track_selection"),
        ("plan place.toml --choose cluster_lab,cluster_", "cluster_lab,cluster_clean_audit"),
        ("check --explain unknown_k", "unknown_key"),
        ("import --map prov", "provincial_yearbook"),
        ("export reg", "region"),
        ("diff reg", "region"),
    ],
)
def test_what_a_shell_is_offered(run: Run, answers: Path, words: str, offered: str) -> None:
    """Commands, profiles, questionnaires, nodes, measures and codes, as far as they are typed."""
    assert answers.is_file()
    line = f"nqpf-assess {words}"
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1), "_NQPF_ASSESS_COMPLETE": "bash_complete"}
    done = run(**asked)
    assert done.stdout == f"plain,{offered}\n"


@pytest.mark.parametrize("offers", [questionnaires, rubrics])
def test_a_path_in_the_place_of_an_id_is_left_to_the_shell(offers: Callable[..., Any]) -> None:
    context = click.Context(click.Command("score"))
    assert [(item.value, item.type) for item in offers(context, None, "../mine/")] == [("../mine/", "file")]
    assert all(isinstance(id, str) for id in offers(context, None, ""))


@pytest.mark.parametrize("words", ["expx rd_in", "weights shw eco", "--content nowhere sco", "score --lang fr pla"])
def test_a_shell_that_asks_is_never_answered_with_an_error(run: Run, words: str) -> None:
    """It would stand in the middle of the line that is typed."""
    line = f"nqpf-assess {words}"
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1), "_NQPF_ASSESS_COMPLETE": "bash_complete"}
    done = run(**asked)
    assert (done.returncode, done.stderr) == (0, "")
