"""kill -9 at random moments of a real session: no answer that was acknowledged is lost, and the file can be read."""

import os
import random
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.model.answers import Subject
from nqpf_assess.session.desk import Wanted, new_desk
from tests.tui.terminal import Ended, Terminal

KILLS = int(os.environ.get("NQPF_KILLS", "8"))
"""Runs that are killed; many more with the environment variable, before a release."""

RUNS = 8
QUESTIONS = 30


def long_content(root: Path) -> Path:
    """A questionnaire of many level questions whose texts tell them apart."""
    from tests.session.conftest import BASELINE

    questions = "".join(
        f"""
[questions.q{number}]
dimension = "only"
kind = "level"
text = {{ en = "Thing {number:03}?", zh = "事项{number:03}？" }}
levels = [{{ en = "none", zh = "无" }}, {{ en = "some", zh = "有" }}, {{ en = "all", zh = "全" }}]
"""
        for number in range(QUESTIONS)
    )
    head = """
format = "nqpf-questionnaire/1"
id = "small"
version = "1"
subject = "region"
languages = ["en", "zh"]
title = { en = "Long", zh = "长问卷" }
[pillars.new]
title = { en = "Pillar", zh = "支柱" }
[dimensions.only]
pillar = "new"
title = { en = "Dimension", zh = "维度" }
"""
    (root / "questionnaires").mkdir(parents=True)
    (root / "weights" / "small").mkdir(parents=True)
    (root / "questionnaires" / "small.toml").write_text(head + questions, encoding="utf-8")
    baseline = BASELINE.replace("clean = 40\n", "").replace("clean = 70\n", "")
    (root / "weights" / "small" / "baseline.toml").write_text(baseline, encoding="utf-8")
    return root


@pytest.mark.parametrize("run", range(RUNS))
def test_no_acknowledged_answer_is_lost(run: int, tmp_path: Path) -> None:
    chance = random.Random(run)
    root = long_content(tmp_path / "long")
    library = Library(roots((root,)))
    for attempt in range(max(1, KILLS // RUNS)):
        path = tmp_path / f"{attempt}.toml"
        new_desk(library, path, Wanted("small", subject=Subject(name="Anhe"))).close()
        acknowledged = answer_until_killed(path, root, chance)
        sheet = Library(roots((root,))).open_answers(path)
        assert sheet.sound, sheet.problems
        assert sheet.answers is not None
        held = {id: answer.value for id, answer in sheet.answers.answers.items()}
        assert {id: held.get(id) for id in acknowledged} == acknowledged
        assert not list(tmp_path.glob("*.original.toml"))


def answer_until_killed(path: Path, root: Path, chance: random.Random) -> dict[str, int]:
    """Answer question after question; at a random one send keys on and kill after a random number of bytes.

    An answer is acknowledged when the next question is seen.
    """
    acknowledged: dict[str, int] = {}
    last = chance.randrange(1, QUESTIONS - 2)
    with Terminal("--lang", "en", "assess", str(path), folder=root) as terminal:
        terminal.until("Thing 000?")
        for number in range(last):
            level = chance.randrange(3)
            terminal.send(str(level)).until(f"Thing {number + 1:03}?")
            acknowledged[f"q{number}"] = level
        before, burst = len(terminal.written), chance.randrange(1, 8000)
        for _ in range(QUESTIONS - last):
            terminal.send(str(chance.randrange(3)))
        with suppress(Ended):
            terminal.until(lambda t: len(t.written) - before > burst or f"Thing {QUESTIONS - 1:03}?" in t.text)
        terminal.signal(signal.SIGKILL)
        terminal.wait()
    return acknowledged
