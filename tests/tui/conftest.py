"""Content and files for the app's tests."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import DATA_VARIABLE, roots, shipped
from nqpf_assess.model.answers import Subject
from nqpf_assess.session.desk import Wanted, new_desk
from nqpf_assess.tui.frame.dialogs import ConflictPage
from tests.session.conftest import write_content


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder, a working folder and an environment of the test's own."""
    folder = tmp_path / "data"
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764063062")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("NO_COLOR", "TEXTUAL_THEME", "ACCESSIBLE", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(ConflictPage, "QUIET", 0.0)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return folder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder with the small questionnaire that has one of everything."""
    return write_content(tmp_path / "content")


@cache
def begun() -> str:
    """What stands in the file of an assessment just begun, under the small questionnaire."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "anhe.toml"
        library = Library(roots((write_content(Path(folder) / "content"),)))
        new_desk(library, path, Wanted("small", subject=Subject(name="Anhe", period="2025"))).close()
        return path.read_text(encoding="utf-8")


@pytest.fixture
def file(content: Path, tmp_path: Path) -> Path:
    """An assessment just begun, under the small questionnaire."""
    path = tmp_path / "work" / "anhe.toml"
    path.write_text(begun(), encoding="utf-8")
    return path


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A filled sample of the shipped region questionnaire."""
    path = tmp_path / "work" / "sample.toml"
    shutil.copy(shipped() / "samples" / "ecological_county.toml", path)
    return path
