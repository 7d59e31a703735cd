"""The content cache: the same result with it and without, whatever became of it; it holds data, never code."""

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from nqpf_assess.engine.instrument import digest
from nqpf_assess.engine.scorecard import score
from nqpf_assess.exchange.score_json import score_row
from nqpf_assess.files import cache
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root, shipped
from nqpf_assess.model.base import canonical
from nqpf_assess.model.problem import Problem
from tests.files.examples import FOLDER, SOUND

CONTENT = ("questionnaires", "weights")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache, empty."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(folder))
    return folder


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped content."""
    folder = tmp_path_factory.mktemp("content")
    for name in (*CONTENT, "samples"):
        shutil.copytree(shipped() / name, folder / name)
    return folder


SMALL = """\
format = "nqpf-answers/1"
questionnaire = { id = "small", version = "1.0.0" }
weights = { id = "coast", version = "1.0.0" }
[subject]
name = "Anhe County"
[answers.plan]
value = 2
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small questionnaire with a rubric that stands on others, and answers under it."""
    folder = tmp_path_factory.mktemp("small")
    for name in CONTENT:
        shutil.copytree(FOLDER / SOUND / name, folder / name)
    (folder / "samples").mkdir()
    (folder / "samples" / "cluster_county.toml").write_text(SMALL, encoding="utf-8")
    return folder


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.told(language) for problem in problems for language in ("en", "zh")]


def result(content: Path) -> object:
    """All that a score says of a sample, and every problem of it and of its content."""
    sheet = Library((Root("content", content),)).open_answers(content / "samples/cluster_county.toml")
    assert sheet.instrument is not None
    assert sheet.answers is not None
    return score_row(score(sheet.instrument, sheet.answers), "en", None), told(sheet.problems), told(sheet.own_problems)


@pytest.fixture(scope="module")
def filled(small: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, object]:
    """A cache that one score has filled, and what that score said."""
    folder = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.CACHE_VARIABLE, str(folder))
        return folder, result(small)


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json")) if folder.is_dir() else []


def test_every_value_comes_back_as_it_went(content: Path, kept: Path) -> None:
    """Equal, with the same keys stated and the same digest: of all questionnaires and rubrics."""
    compared = 0
    for name in ("region", "firm"):
        first, again = (Library((Root("content", content),)) for _ in range(2))
        book = first.questionnaire(name)
        assert book is not None
        rubrics = first.profiles(book)
        held = again.questionnaire(name)
        assert held is not None
        assert held.value is not book.value
        assert held.value == book.value
        assert canonical(held.value) == canonical(book.value)
        assert json.dumps(canonical(held.value)) == json.dumps(canonical(book.value))  # in the same order too
        assert held.subject is not None
        assert book.subject is not None
        assert held.subject.declared == book.subject.declared
        assert told(held.problems) == told(book.problems)
        assert digest(held.value) == digest(book.value)
        for rubric, other in zip(rubrics, again.profiles(held), strict=True):
            assert other.chain == rubric.chain
            assert [canonical(file) for file in other.chain] == [canonical(file) for file in rubric.chain]
            assert told(other.problems) == told(rubric.problems)
            assert told(other.own_problems) == told(rubric.own_problems)
            assert digest(*other.chain) == digest(*rubric.chain)
            compared += 1
    assert compared > 10
    assert len(entries(kept)) > compared


def test_without_a_cache_nothing_is_kept(small: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.CACHE_VARIABLE, "")
    result(small)
    assert entries(kept) == []
    assert cache.folder() is None


def damage(how: str, path: Path) -> None:
    data = path.read_bytes()
    path.unlink()
    match how:
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(data[: len(data) // 2])
        case "one letter":
            path.write_bytes(data[:-40] + b"x" + data[-39:])
        case "no JSON":
            path.write_bytes(b"\xff\x00" * 100)
        case "deep":
            made = b"[" * 200_000
            path.write_bytes(f"{cache._mark(path.stem, made)}\n".encode() + made)
        case "another class":
            made = b'{"value":{"":"os:path"},"problems":[],"own":[],"digest":"","declared":{}}'
            path.write_bytes(f"{cache._mark(path.stem, made)}\n".encode() + made)
        case "a folder":
            path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case "a link":
            (path.parent / "elsewhere").write_bytes(data.replace(b"1.0.0", b"1.0.1"))
            path.symlink_to("elsewhere")
        case "for all to write":
            path.write_bytes(data)
            path.chmod(0o666)


@pytest.mark.parametrize(
    "how",
    [
        "gone",
        "empty",
        "cut",
        "one letter",
        "no JSON",
        "deep",
        "another class",
        "a folder",
        pytest.param("a pipe", marks=pytest.mark.skipif(os.name != "posix", reason="no pipes in folders")),
        "a link",
        "for all to write",
    ],
)
def test_a_damaged_entry_is_none(small: Path, filled: tuple[Path, object], kept: Path, how: str) -> None:
    """Read as if it were not there, and kept anew."""
    before, wanted = filled
    shutil.copytree(before, kept)
    assert len(entries(kept)) >= 3
    assert all(cache.load(path.stem) for path in entries(kept))
    for path in entries(kept):
        damage(how, path)
    assert not any(cache.load(path.stem) for path in entries(kept))
    assert result(small) == wanted
    if how not in ("a folder", "a pipe"):
        assert all(cache.load(path.stem) for path in entries(kept))


def test_an_entry_of_another_key_is_none(small: Path, filled: tuple[Path, object], kept: Path) -> None:
    """Whoever gives one entry the name of another gives the other nothing."""
    before, wanted = filled
    shutil.copytree(before, kept)
    paths = entries(kept)
    data = [path.read_bytes() for path in paths]
    for path, other in zip(paths, [*data[1:], data[0]], strict=True):
        path.write_bytes(other)
    assert result(small) == wanted


def test_only_values_of_the_model_are_made() -> None:
    """An entry names a class, and no other thing of the program or of Python can be named."""
    for name in (
        "os:system",
        "model.frozen:Frozen.model_config",
        "model.frozen:Key",
        "files.cache:load",
        "model.base:_",
        ":x",
    ):
        with pytest.raises((ValueError, AttributeError, ImportError)):
            cache._class(name)


def test_a_change_of_a_file_is_seen(content: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one letter in a rubric, for the profile that stands on it."""
    shutil.copytree(content, tmp_path / "mine")
    before = result(tmp_path / "mine")
    base = tmp_path / "mine/weights/region/baseline.toml"
    base.write_text(base.read_text("utf-8").replace("minimum_coverage = 0.5", "minimum_coverage = 0.6"), "utf-8")
    assert "0.6" in base.read_text("utf-8")
    changed = result(tmp_path / "mine")
    assert changed != before
    monkeypatch.setenv(cache.CACHE_VARIABLE, "")
    assert result(tmp_path / "mine") == changed


def test_faulty_content_is_not_kept(content: Path, kept: Path, tmp_path: Path) -> None:
    """It is read and said again each time, with every mistake in its place."""
    shutil.copytree(content, tmp_path / "mine")
    head = next((tmp_path / "mine/questionnaires/region").glob("00*.toml"))
    head.write_text(head.read_text("utf-8") + "\nodd = = 1\n", "utf-8")
    library = [Library((Root("content", tmp_path / "mine"),)) for _ in range(2)]
    books = [each.questionnaire("region") for each in library]
    assert [told(book.problems) for book in books if book is not None] == [told(books[0].problems)] * 2  # type: ignore[union-attr]
    assert entries(kept) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_entries_are_for_their_owner_alone(small: Path, kept: Path) -> None:
    result(small)
    assert {stat.S_IMODE(path.stat().st_mode) for path in entries(kept)} == {0o600}
    assert not list(kept.glob("*.part"))


def test_a_folder_that_cannot_be_made_is_no_fault(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path / "file" / "cache"))
    result(small)


def test_the_folder_stays_small(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest entries go."""
    monkeypatch.setattr(cache, "MOST_ENTRIES", 5)
    for number in range(12):
        cache.save(f"{number:064}", {"value": number})
        os.utime(kept / f"{number:064}.json", (number, number))
    assert [int(path.stem) for path in entries(kept)] == [7, 8, 9, 10, 11]
    monkeypatch.setattr(cache, "MOST_BYTES", 1)
    (kept / "settings.json").write_text("{}", encoding="utf-8")
    (kept / f".{'a' * 32}-{'b' * 8}.abcdefgh.part").write_text("cut", encoding="utf-8")
    cache.save(f"{13:064}", {"value": "x"})
    assert [path.name for path in kept.iterdir()] == ["settings.json"], "which is not ours"
