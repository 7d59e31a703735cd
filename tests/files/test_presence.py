"""Whether something is there: as the machine says it, on every Python."""

import errno
from pathlib import Path

import pytest

from nqpf_assess.files.presence import exists, is_dir, is_file


def test_what_is_there_is_told_by_its_kind(tmp_path: Path) -> None:
    file, link = tmp_path / "a", tmp_path / "b"
    file.touch()
    link.symlink_to(file)
    for path in (file, link):
        assert (exists(path), is_file(path), is_dir(path)) == (True, True, False)
    assert (exists(tmp_path), is_file(tmp_path), is_dir(tmp_path)) == (True, False, True)


@pytest.mark.parametrize("name", ["gone", "file/below", "circle", "nu\0l"])
def test_nothing_is_there_where_nothing_can_be(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert not exists(tmp_path / name)
    assert not is_file(tmp_path / name)
    assert not is_dir(tmp_path / name)


@pytest.mark.parametrize("code", ["EBADF", 21, 123, 1921])
def test_a_drive_without_a_disk_holds_nothing(code: str | int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Windows says has numbers of its own, whatever it is turned into."""
    fault = OSError(errno.EBADF if code == "EBADF" else errno.EINVAL, "refused")
    if isinstance(code, int):
        monkeypatch.setattr(fault, "winerror", code, raising=False)

    def refuse(_path: Path) -> None:
        raise fault

    monkeypatch.setattr(Path, "stat", refuse)
    assert not exists(Path("a"))


@pytest.mark.parametrize("asked", [exists, is_file, is_dir])
def test_what_the_machine_refuses_to_say_is_no_absence(asked: object, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="name too long") as refused:
        asked(tmp_path / ("x" * 5000))  # type: ignore[operator]
    assert refused.value.errno == errno.ENAMETOOLONG


def test_the_program_asks_the_machine_nowhere_else() -> None:
    """A folder that may not be entered would be one that is not there, and another's content would take its place.

    Where a link leads is asked of `end_of`: of a circle Path.resolve raises what is no OSError.
    """
    source = Path(__file__).parents[2] / "src" / "nqpf_assess"
    own = ("presence.py", "cache.py")  # cache.py asks of entries of a folder that it reads
    asking = (".exists()", ".is_file()", ".is_dir()", "Path.exists", "Path.is_file", "Path.is_dir", ".resolve()")
    said = [
        file.name
        for file in source.rglob("*.py")
        if file.name not in own and file.parent.name != "locale" and any(w in file.read_text("utf-8") for w in asking)
    ]
    assert said == []
