"""Who may read what is written: a new file of answers its owner alone; one that is there keeps its permissions."""

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest

from nqpf_assess.cli.commands import FilePath
from nqpf_assess.files.gathering import files_below
from nqpf_assess.model.problem import UserError
from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
SEEDS = Path(__file__).parents[2] / "tools" / "fuzz" / "seeds"

WRITERS: dict[str, tuple[str, ...]] = {
    "new": ("new", "made.toml", "--questionnaire", "small", "--force"),
    "merge": ("merge", "a.toml", "b.toml", "-o", "made.toml", "--force"),
    "import": ("import", "row.csv", "--write", "--questionnaire", "small"),
    "open": ("open", "report.pdf", "-o", "."),
    "import into": ("import", "row.csv", "--into", "made.toml", "--write", "--on-conflict", "take"),
    "migrate": ("migrate", "made.toml", "--write", "--content", "next"),
}
ONLY_THERE = ("import into", "migrate")
"""What writes only into a file that is there."""


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """Answers of two respondents under umask 022, a row of figures, a report, the questionnaire's next edition."""
    shutil.copytree(SEEDS, tmp_path, dirs_exist_ok=True)
    shutil.copytree(tmp_path / "content", tmp_path / "next")
    book = tmp_path / "next" / "questionnaires" / "small.toml"
    book.write_text(book.read_text("utf-8").replace('version = "1"', 'version = "2"', 1), "utf-8")
    answers = (tmp_path / "answers.toml").read_text("utf-8")
    for name in "ab":
        (tmp_path / f"{name}.toml").write_text(answers.replace('"Planning"', f'"{name}"', 1), "utf-8")
    (tmp_path / "row.csv").write_text("respondent,share\nr1,2.5\n", "utf-8")
    return tmp_path


def written(folder: Path, run: Run, writer: str) -> dict[str, int]:
    """Run a writer; the permissions of each file of answers that it wrote."""
    content = () if "--content" in WRITERS[writer] else ("--content", "content")
    if writer == "open":
        assert run("report", "answers.toml", "-o", "report.pdf", *content).returncode == 0
        (folder / "answers.toml").unlink()
    before = {path: path.stat().st_ino for path in folder.glob("*.toml")}
    done = run(*WRITERS[writer], *content)
    assert done.returncode == 0, done.stderr
    return {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in folder.glob("*.toml")
        if before.get(path) != path.stat().st_ino and b"nqpf-answers" in path.read_bytes()
    }


@pytest.mark.parametrize("writer", [name for name in WRITERS if name not in ONLY_THERE])
def test_a_new_file_of_answers_is_its_owners_alone(writer: str, folder: Path, run: Run) -> None:
    assert set(written(folder, run, writer).values()) == {0o600}


@pytest.mark.parametrize("writer", [name for name, words in WRITERS.items() if "made.toml" in words])
def test_a_file_that_is_there_keeps_its_permissions_and_so_do_copies_of_it(writer: str, folder: Path, run: Run) -> None:
    shutil.copy(folder / "answers.toml", folder / "made.toml")
    (folder / "made.toml").chmod(0o640)
    found = written(folder, run, writer)
    assert found["made.toml"] == 0o640
    assert len(found) == 1 + (writer in ONLY_THERE)
    assert set(found.values()) == {0o640}


def test_a_file_that_may_not_be_read_is_no_wrong_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no wrong usage: whoever reads the file says what the machine says."""
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    assert FilePath().convert(str(tmp_path), None, None) == tmp_path


def test_a_folder_that_may_not_be_looked_into_is_not_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The respondents in it would be left out with it, and nothing said."""
    (tmp_path / "district").mkdir()
    look = os.scandir

    def forbid(place: str) -> object:
        if Path(place).name == "district":
            raise PermissionError(errno.EACCES, "", place)
        return look(place)

    with monkeypatch.context() as forbidden:  # it ends before the folder is taken away
        forbidden.setattr(os, "scandir", forbid)
        with pytest.raises(UserError):
            list(files_below(tmp_path))
    (tmp_path / "district").rename(tmp_path / "$RECYCLE.BIN")
    (tmp_path / "$RECYCLE.BIN" / "deleted.toml").touch()
    assert not list(files_below(tmp_path)), "a stick's wastebasket"
