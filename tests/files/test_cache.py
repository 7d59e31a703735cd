"""The content cache: the same result with it and without, whatever became of it; it holds data, never code."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from nqpf_assess.engine.instrument import digest
from nqpf_assess.engine.scorecard import score
from nqpf_assess.exchange.score_json import score_row
from nqpf_assess.files import cache, library
from nqpf_assess.files.found import Sheet
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root, shipped
from nqpf_assess.files.store import answers_text
from nqpf_assess.model.base import canonical
from nqpf_assess.model.problem import Problem
from nqpf_assess.session.desk import open_desk
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


def test_a_copy_of_a_rubric_is_named_where_it_lies(small: Path, kept: Path, tmp_path: Path) -> None:
    """Though what is found in it is kept of the first one, word for word the same."""
    first, copy = (tmp_path / folder / "coast.toml" for folder in ("one", "two"))
    hanging = '\n[floors.more]\nnode = "research"\nbelow = 40\ncap = 59\nwhy = { en = "So.", zh = "是。" }\n'
    for place in (first, copy):
        place.parent.mkdir()
        place.write_text((small / "weights/small/coast.toml").read_text("utf-8") + hanging, "utf-8")
        anew = Library((Root("content", small),))
        book = anew.questionnaire("small")
        assert book is not None
        assert [one.source for one in anew.open_weights(place, book).own_problems] == [library.source_of(place)]


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


# ---- the answer file that was worked on last

ALL_SORTS = (
    SMALL
    + """\
by = "陈静"
at = 2026-11-28T08:00:00.5+08:00
evidence = ["yearbook 2025, p. 4", "台账"]
from = { kind = "statistics", file = "sheet.xlsx", at = 2026-11-28T00:00:00Z }
[[answers.plan.voices]]
value = 3
[answers.other_question]
value = ["one", "two"]
[answers.a_figure]
value = 2.690
[answers.a_day]
value = 2026-02-28
[[override]]
node = "green"
factor = 1.50
why = "the sea"
[[follow_up]]
measure = "map_risks"
deadline = 2027-03-01
"""
)


def opened(content: Path, *, keep: bool = False) -> Sheet:
    return Library((Root("content", content),)).open_answers(content / "samples/cluster_county.toml", keep=keep)


@pytest.fixture
def mine(small: Path, tmp_path: Path) -> Path:
    """Content with answers of every sort, among them some to questions that are not asked."""
    shutil.copytree(small, tmp_path / "mine")
    (tmp_path / "mine/samples/cluster_county.toml").write_text(ALL_SORTS, "utf-8")
    return tmp_path / "mine"


def test_answers_come_back_as_they_went(mine: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal to what the file says, written alike, with the same problems at the same places; and only then not read."""
    first = opened(mine, keep=True)
    assert first.answers is not None
    assert len(first.answers.answers) == 4
    assert first.own_problems
    with monkeypatch.context() as patch:
        patch.setattr(library, "load", None)
        again = opened(mine)
    assert again.answers == first.answers
    assert again.answers is not first.answers
    assert answers_text(again.answers) == answers_text(first.answers)
    assert again.answers.model_fields_set == first.answers.model_fields_set
    assert told(again.problems) == told(first.problems)


def test_answers_are_kept_of_one_file_alone_and_where_wished(mine: Path, kept: Path) -> None:
    """Commands that read many files leave none of them behind, and of files that are worked on the last alone stays."""
    opened(mine)
    assert "陈静" not in "".join(path.read_text("utf-8") for path in entries(kept))
    opened(mine, keep=True)
    count = len(entries(kept))
    (place,) = [path for path in entries(kept) if "陈静" in path.read_text("utf-8")]
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    path = mine / "samples/cluster_county.toml"
    path.write_text(ALL_SORTS.replace("陈静", "李明"), "utf-8")
    assert "李明" in repr(opened(mine, keep=True).answers)
    assert len(entries(kept)) == count
    assert "陈静" not in "".join(path.read_text("utf-8") for path in entries(kept))


@pytest.mark.parametrize(
    "changed",
    [
        ALL_SORTS.replace("2.690", "2.691"),
        ALL_SORTS.replace("2.690", "2.69"),
        ALL_SORTS.replace("2.690", '"2.690'),
        ALL_SORTS.replace("2.690", "true"),
        ALL_SORTS.replace("2.690", "2.690 # by hand"),
        "",
    ],
)
def test_a_change_of_the_answers_is_seen(mine: Path, kept: Path, changed: str) -> None:
    """Of one digit, of how a number is written, of one that makes the file faulty."""
    opened(mine, keep=True)
    (mine / "samples/cluster_county.toml").write_text(changed, "utf-8")
    found, cached = opened(mine), entries(kept)
    for path in cached:
        path.unlink()
    read = opened(mine)
    assert found.answers == read.answers
    assert told(found.problems) == told(read.problems)
    assert "2.690" not in repr(found.answers) or "by hand" in changed
    assert library.LAST_ANSWERS in [path.stem for path in cached]


@pytest.mark.parametrize("how", ["cut", "one letter", "no JSON", "another class", "a link", "for all to write"])
def test_damaged_answers_are_read_anew(mine: Path, kept: Path, how: str) -> None:
    wanted = opened(mine, keep=True)
    place = kept / f"{library.LAST_ANSWERS}.json"
    damage(how, place)
    found = opened(mine, keep=True)
    assert found.answers == wanted.answers
    assert told(found.problems) == told(wanted.problems)


def test_what_was_changed_and_closed_opens_without_being_read(
    mine: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was saved last is what is kept when an assessment is let go."""
    path = mine / "samples/cluster_county.toml"
    path.write_text(SMALL, "utf-8")
    content = Library((Root("content", mine),))
    desk = open_desk(content, path)
    desk.session.give("answers", "plan", "1")
    desk.close()
    monkeypatch.setattr(library, "load", None)
    held = opened(mine).answers
    assert held is not None
    assert held.answers["plan"].value == "1"


def test_the_app_is_opened_on_what_was_kept_without_what_reads_files(mine: Path, kept: Path) -> None:
    """Pydantic and the rules take a fifth of a start; they come with the first change."""
    path = mine / "samples/cluster_county.toml"
    path.write_text(SMALL, "utf-8")
    code = (
        "import sys\nfrom pathlib import Path\nfrom nqpf_assess.files.library import Library\n"
        "from nqpf_assess.files.places import Root\nfrom nqpf_assess.session.desk import open_desk\n"
        "import nqpf_assess.tui.app\ncontent, path = map(Path, sys.argv[1:])\n"
        "desk = open_desk(Library((Root('content', content),)), path)\n"
        "print(desk.session.answers.subject.name, 'pydantic' in sys.modules)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code, str(mine), str(path)], check=True, capture_output=True, encoding="utf-8"
        ).stdout.split()[-1]
        for _ in range(2)
    ]
    assert said == ["True", "False"]
