"""`check --watch`: once at first, then after every change that has come to rest."""

from pathlib import Path

import pytest

from nqpf_assess.cli import watching
from nqpf_assess.cli.main import run

BAD, GOOD = 'format = "nqpf-weights/2"\n', 'format = "nqpf-questionaire/1"\n'


def test_the_check_runs_again_when_a_file_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.toml"
    file.write_text(BAD, encoding="utf-8")
    told: list[str] = []

    def pause(_: float) -> None:
        told.append(capsys.readouterr().out)
        if len(told) == 3:
            file.write_text(GOOD, encoding="utf-8")
        if len(told) == 7:
            raise KeyboardInterrupt

    monkeypatch.setattr(watching.watch, "__defaults__", (pause,))
    monkeypatch.chdir(tmp_path)
    assert run(["--lang", "en", "check", "--watch", "."]) == 130
    assert [bool(said) for said in told] == [True, False, False, False, True, False, False]
    assert "nqpf-weights/2" in told[0]
    assert "nqpf-questionaire/1" in told[4]


def test_answers_are_checked_again_when_their_rubric_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """“0 errors” does not stay on the screen where the rubric that they are scored by is spoilt meanwhile."""
    told: list[str] = []

    def pause(_: float) -> None:
        told.append(capsys.readouterr().out)
        if len(told) == 1:
            (tmp_path / "weights").mkdir()
            (tmp_path / "weights" / "a.toml").write_text(BAD, encoding="utf-8")
        if len(told) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(watching.watch, "__defaults__", (pause,))
    monkeypatch.chdir(tmp_path)
    assert run(["check", "--watch", "answers.toml"]) == 130
    assert [bool(said) for said in told] == [True, False, True, False]


def test_a_change_is_looked_at_when_it_has_come_to_rest(tmp_path: Path) -> None:
    """While a file still grows nothing is done."""
    file, counts, steps = tmp_path / "a.toml", [0], [0]
    file.write_text("a", encoding="utf-8")

    def work() -> None:
        counts[0] += 1

    def pause(_: float) -> None:
        steps[0] += 1
        if steps[0] < 6:
            file.write_text("a" * (steps[0] + 1), encoding="utf-8")
        if steps[0] == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watching.watch([tmp_path], work, pause)
    assert counts == [2]
