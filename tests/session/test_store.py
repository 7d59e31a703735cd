"""Answer files on disk: whole or not at all, one writer, never over somebody's changes."""

import errno
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import strategies as st

from nqpf_assess.files import locking, store
from nqpf_assess.files.library import Library
from nqpf_assess.files.store import AnswerFile, ChangedUnderneath, HeldByOther, NotSaved, answers_text, write_whole
from nqpf_assess.model.answers import Answers, Override, RubricReference
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.desk import Unsound, Wanted, new_desk, open_desk
from nqpf_assess.session.importing import keep_before

REFERENCE = RubricReference(id="small", version="1")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\x00\x7f"), min_size=1)


def answers(**rest: object) -> Answers:
    return Answers(format="nqpf-answers/1", questionnaire=REFERENCE, weights=REFERENCE, **rest)  # type: ignore[arg-type]


def test_overrides_and_plan_come_back_as_they_went(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "a.toml"
    desk = new_desk(library, path, Wanted("small"))
    desk.session.override(
        [Override(node="new", target=50, why="so [/b]"), Override(node="clean", target=60, why="too")]
    )
    desk.session.choose_measures(["list"])
    desk.close()
    again = open_desk(library, path)
    assert again.session.answers == desk.session.answers
    again.close()


def test_a_save_replaces_the_file_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("", encoding="utf-8")
    path.chmod(0o640)
    with AnswerFile(path) as file:
        file.save(answers())
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [found.name for found in tmp_path.iterdir() if found.suffix == ".part"] == []


def test_where_a_folder_knows_no_permissions_files_are_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on shares that the desktop mounts."""
    monkeypatch.setattr(os, "chmod", Mock(side_effect=OSError(errno.EOPNOTSUPP, "Operation not supported")))
    with AnswerFile(tmp_path / "a.toml") as file:
        file.save(answers())
    assert file.path.read_text(encoding="utf-8") == answers_text(answers())


def test_a_link_is_followed(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "link.toml"
    real.write_text("", encoding="utf-8")
    link.symlink_to(real)
    with AnswerFile(link) as file:
        file.save(answers())
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == answers_text(answers())


def test_a_link_that_leads_round_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "circle.toml").symlink_to("circle.toml")
    with pytest.raises(NotSaved, match="circle"):
        AnswerFile(tmp_path / "circle.toml").__enter__()


def test_a_second_writer_is_refused_with_the_name_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    with AnswerFile(path):
        with pytest.raises(HeldByOther) as refused, AnswerFile(path):
            pass
        assert refused.value.holder is not None
        assert refused.value.holder.process == os.getpid()
    with AnswerFile(path):
        pass


def test_the_lock_of_another_user_holds_as_long_as_he_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may not be written by others: he is named all the same, and once he is gone anybody can write."""
    path, lock, opened = tmp_path / "a.toml", tmp_path / ".a.toml.lock", os.open
    lock.write_text('{"who": "wang", "host": "h", "process": 1, "since": "9:00"}', encoding="utf-8")
    theirs = opened(lock, os.O_RDONLY)
    inode = os.fstat(theirs).st_ino

    def forbid(name: Any, flags: int, *rest: int, **more: Any) -> int:
        if flags & os.O_RDWR and Path(name) == lock and lock.exists() and lock.stat().st_ino == inode:
            raise PermissionError(errno.EACCES, "", str(name))
        return opened(name, flags, *rest, **more)

    monkeypatch.setattr(os, "open", forbid)
    fcntl = pytest.importorskip("fcntl")
    fcntl.flock(theirs, fcntl.LOCK_EX)
    with pytest.raises(HeldByOther) as refused, AnswerFile(path):
        pass
    assert refused.value.holder is not None
    assert refused.value.holder.who == "wang"
    fcntl.flock(theirs, fcntl.LOCK_UN)
    with AnswerFile(path):
        assert (lock.stat().st_ino != inode, stat.S_IMODE(lock.stat().st_mode)) == (True, 0o644)
    os.close(theirs)


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
def test_what_others_put_in_place_of_a_lock_is_removed_and_not_followed(tmp_path: Path) -> None:
    """Through a link as lock no file elsewhere is overwritten, or opened to everybody; a pipe is not waited for."""
    path, lock, own = tmp_path / "a.toml", tmp_path / ".a.toml.lock", tmp_path / "own.txt"
    own.write_text("mine", encoding="utf-8")
    own.chmod(0o600)
    for put in (lambda: lock.symlink_to(own), lambda: lock.hardlink_to(own), lambda: os.mkfifo(lock)):
        put()
        with AnswerFile(path), pytest.raises(HeldByOther) as refused, AnswerFile(path):
            pass
        assert refused.value.holder is not None
        assert (own.read_text(encoding="utf-8"), stat.S_IMODE(own.stat().st_mode)) == ("mine", 0o600)
        assert not lock.exists()


def test_a_write_protected_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Although its folder would let it; whoever opens it is told before anything is typed."""
    path = tmp_path / "a.toml"
    path.write_text("theirs", encoding="utf-8")
    if os.name == "posix":  # in a folder such as /tmp another's file is refused when it would be replaced: too late
        tmp_path.chmod(0o1777)
        with monkeypatch.context() as another:
            another.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
            with pytest.raises(NotSaved), AnswerFile(path):
                pass
    monkeypatch.setattr(os, "access", lambda _path, mode, **_: not mode & os.W_OK)
    with pytest.raises(PermissionError):
        write_whole(path, b"mine")
    with pytest.raises(NotSaved), AnswerFile(path):
        pass
    assert [found.name for found in tmp_path.iterdir()] == ["a.toml"]
    assert path.read_text(encoding="utf-8") == "theirs"


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="only the administrator gives files away")
def test_a_file_that_is_replaced_keeps_its_owner_group_and_list_of_others(tmp_path: Path) -> None:
    """Whoever has it open last locks none of the others out."""
    path = tmp_path / "a.toml"
    listed = bytes.fromhex(
        "02000000 01000600ffffffff 0200060039300000 04000400ffffffff 10000600ffffffff 20000000ffffffff"
    )
    path.write_text("old", encoding="utf-8")
    os.chown(path, 1234, 2345)
    os.setxattr(path, store.ACCESS_LIST, listed)
    write_whole(path, b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)
    assert os.getxattr(path, store.ACCESS_LIST) == listed
    os.removexattr(path, store.ACCESS_LIST)
    os.setxattr(tmp_path, "system.posix_acl_default", listed)
    write_whole(path, b"newer")
    assert store.ACCESS_LIST not in os.listxattr(path), "those whom the folder lets into new files"


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="only the administrator gives files away")
@pytest.mark.parametrize("refused", ["", "group", "list"])
def test_copies_kept_beside_a_file_are_open_to_nobody_whom_it_is_closed_to(
    refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are of its group and have its list of others; where the system refuses that, their owner's alone."""
    path = tmp_path / "a.toml"
    listed = bytes.fromhex(
        "02000000 01000600ffffffff 0200060039300000 04000000ffffffff 10000600ffffffff 20000000ffffffff"
    )
    path.write_text("# by hand\n", encoding="utf-8")
    path.chmod(0o660)
    os.chown(path, -1, 2345)
    os.setxattr(path, store.ACCESS_LIST, listed)

    def refuse(*_: object) -> None:
        raise PermissionError

    with AnswerFile(path) as file, monkeypatch.context() as refusing:
        if refused:
            refusing.setattr(os, {"group": "chown", "list": "setxattr"}[refused], refuse)
        kept = [keep_before(path), file.set_aside()]
        file._keep_original()
    kept.append(path.with_suffix(".original.toml"))
    for copy in kept:
        seen = copy.stat()
        if refused:
            assert stat.S_IMODE(seen.st_mode) == 0o600
            assert seen.st_gid == 2345 or refused == "group"
        else:
            assert (stat.S_IMODE(seen.st_mode), seen.st_gid) == (0o660, 2345)
            assert os.getxattr(copy, store.ACCESS_LIST) == listed


def test_what_others_wrote_is_not_overwritten_and_mine_is_rescued(tmp_path: Path, own_data: Path) -> None:
    path = tmp_path / "a.toml"
    with AnswerFile(path) as file:
        file.save(answers())
        path.write_text("theirs", encoding="utf-8")
        with pytest.raises(ChangedUnderneath) as refused:
            file.save(answers(language="zh"))
        assert path.read_text(encoding="utf-8") == "theirs"
        assert refused.value.rescue is not None
        assert 'language = "zh"' in refused.value.rescue.read_text(encoding="utf-8")
        assert refused.value.rescue.parent == own_data / "rescue"
        earlier = path.with_name("a.other.toml")
        earlier.write_text("of an earlier day", encoding="utf-8")
        aside = file.set_aside()
        assert aside.read_text(encoding="utf-8") == "theirs"
        assert earlier.read_text(encoding="utf-8") == "of an earlier day"
        file.save(answers(language="zh"))
        assert 'language = "zh"' in path.read_text(encoding="utf-8")


def test_what_is_saved_while_theirs_is_taken_or_set_aside_is_a_change_again(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken unseen, it would be written over by the next answer."""
    path = tmp_path / "a.toml"
    first = new_desk(library, path, Wanted("small"))
    first.close()
    desk = open_desk(library, path)
    path.write_text(path.read_text(encoding="utf-8") + "# theirs\n", encoding="utf-8")
    opened = library.open_answers

    def saved_meanwhile(*given: Any, **more: Any) -> Any:
        sheet = opened(*given, **more)
        path.write_text(path.read_text(encoding="utf-8") + "# later\n", encoding="utf-8")
        return sheet

    monkeypatch.setattr(library, "open_answers", saved_meanwhile)
    desk.take_theirs(library)
    assert desk.keeper is not None
    with pytest.raises(ChangedUnderneath):
        desk.keeper.save(answers(language="zh"))
    written = store.write_whole

    def saved_while_written(place: Path, *given: Any, **more: Any) -> None:
        written(place, *given, **more)
        path.write_text("later still", encoding="utf-8")

    monkeypatch.setattr(store, "write_whole", saved_while_written)
    desk.keeper.file.set_aside()
    monkeypatch.undo()
    with pytest.raises(ChangedUnderneath):
        desk.keeper.save(answers(language="zh"))
    assert path.read_text(encoding="utf-8") == "later still"
    desk.close()


def test_what_others_wrote_is_kept_where_mine_is_brought_back_over_it(tmp_path: Path, library: Library) -> None:
    """Undo brings back what was here before theirs was taken, as the page says; theirs stands nowhere else then."""
    desk = new_desk(library, path := tmp_path / "a.toml", Wanted("small"))
    desk.session.put("answers", "plan", value=1)
    theirs = path.read_text(encoding="utf-8").replace("value = 1", "value = 2")
    path.write_text(theirs, encoding="utf-8")
    desk.take_theirs(renewed := replace(library))
    assert desk.library is renewed  # by which the file is read from here on
    desk.session.put("answers", "plan", value=0)
    assert desk.undo() == (("answers", "plan"), None)
    path.rename(moved := tmp_path / "moved")
    with pytest.raises(NotSaved):  # what cannot be kept is not gone back from
        desk.undo()
    assert desk.session.given("answers", "plan").value == 2
    moved.rename(path)
    _place, aside = desk.undo()
    assert "value = 1" in path.read_text(encoding="utf-8")
    assert aside is not None
    assert "value = 2" in aside.read_text(encoding="utf-8")
    desk.close()


def test_a_file_that_was_only_touched_is_still_ours(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    with AnswerFile(path) as file:
        file.save(answers())
        os.utime(path, ns=(1, 1))
        file.save(answers(language="zh"))
    assert 'language = "zh"' in path.read_text(encoding="utf-8")


def test_a_file_that_was_removed_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    with AnswerFile(path) as file:
        assert not file.save(answers())
        path.unlink()
        assert file.save(answers(language="zh"))
    assert path.exists()


def test_a_file_written_by_hand_is_kept_beside_once(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("# by hand\n", encoding="utf-8")
    with AnswerFile(path) as file:
        file.save(answers())
        file.save(answers(language="zh"))
    assert path.with_suffix(".original.toml").read_text(encoding="utf-8") == "# by hand\n"


def test_rescues_of_files_of_one_name_are_kept_apart_and_private(tmp_path: Path) -> None:
    names = ("one/a.toml", "two/a.toml", "one/\udcd2.toml")  # the last: bytes of no encoding
    places = {store.Rescue().keep(tmp_path / name, b"x") for name in names}
    assert len(places) == 3
    assert all(place is not None and stat.S_IMODE(place.stat().st_mode) == 0o600 for place in places)


def test_a_later_session_leaves_the_rescue_of_an_earlier_one(tmp_path: Path) -> None:
    path, first, second = tmp_path / "a.toml", store.Rescue(), store.Rescue()
    kept = first.keep(path, b"first")
    other = second.keep(path, b"second")
    assert kept == first.keep(path, b"first, and more")
    assert kept is not None
    assert kept.read_bytes() == b"first, and more"
    assert other is not None
    assert other.read_bytes() == b"second"


def test_in_the_shared_temporary_folder_a_rescue_lies_where_its_owner_alone_can_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("no folder", encoding="utf-8")
    monkeypatch.setattr(store, "user_data", lambda: tmp_path / "data")
    (tmp_path / "shared").mkdir()
    monkeypatch.setattr(store.tempfile, "tempdir", str(tmp_path / "shared"))
    kept = store.Rescue().keep(tmp_path / "a.toml", b"x")
    assert kept is not None
    assert kept.parent.parent == tmp_path / "shared"
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    monkeypatch.setattr(store, "write_whole", Mock(side_effect=OSError(errno.ENOSPC, "full")))
    assert store.Rescue().keep(tmp_path / "b.toml", b"x") is None
    assert [*(tmp_path / "shared").iterdir()] == [kept.parent]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the mask is known only by setting it")
def test_the_mask_of_new_files_is_never_set_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another thread makes in that moment would be everybody's to write."""
    before = os.umask(0o027)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(store.os, "umask", None)
            write_whole(tmp_path / "a.toml", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.toml").stat().st_mode) == 0o640


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_save_that_fails_in_the_middle_leaves_the_old_file(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.toml"
    write_whole(path, b"old")

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "refused")

    monkeypatch.setattr(store.os, step, refuse)
    with pytest.raises(OSError, match="refused"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.glob(".*.part")) == []


def test_who_only_looks_into_a_file_for_a_moment_keeps_nothing_from_being_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As scanners do on Windows, where nobody can replace what somebody reads; who keeps it open is told of."""
    path = tmp_path / "a.toml"
    write_whole(path, b"old")
    monkeypatch.setattr(store, "RENAMED_OPEN", False)
    monkeypatch.setattr(store.time, "sleep", lambda _seconds: None)
    replaced, refused = os.replace, iter([True, True, False])

    def replace(name: str, at: Path) -> None:
        if next(refused, True):
            raise PermissionError(errno.EACCES, "is read")
        replaced(name, at)

    monkeypatch.setattr(store.os, "replace", replace)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    with pytest.raises(PermissionError):
        write_whole(path, b"newer")
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"the folder .*no does not exist"), AnswerFile(tmp_path / "no" / "a.toml"):
        pass


def test_everything_is_on_disk_when_a_desk_is_closed(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(AnswerFile, "sync", lambda file: synced.append(file.path))
    desk = new_desk(library, tmp_path / "a.toml", Wanted("small"))
    desk.session.give("answers", "plan", 1)
    desk.close()
    assert synced
    assert not list(tmp_path.glob(".*.holder"))


@pytest.mark.skipif(os.name != "posix", reason="a file that is being written is known by the system's lock")
def test_what_a_writer_that_died_left_is_swept_and_what_is_being_written_stays(tmp_path: Path) -> None:
    """In any folder that is written to, by whatever command; files of others whose names only look alike stay too."""
    import fcntl

    left, living, other = (tmp_path / f".r.pdf.{mark}.part" for mark in ("abcdefg1", "abcdefg2", "x"))
    for path in (left, living, other):
        path.write_bytes(b"half")
    with living.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        write_whole(tmp_path / "new.pdf", b"whole")
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([living.name, other.name, "new.pdf"])


@pytest.mark.parametrize(("number", "told"), [(errno.EACCES, HeldByOther), (errno.EINVAL, NotSaved)])
def test_on_windows_a_disk_that_knows_no_locks_is_not_taken_for_another_writer(
    number: int, told: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody would ever give it back: that it cannot be written there is said, and to copy the file elsewhere."""
    monkeypatch.setattr(locking, "fcntl", None)
    refusing = SimpleNamespace(LK_NBLCK=2, locking=Mock(side_effect=OSError(number, "")))
    monkeypatch.setitem(sys.modules, "msvcrt", refusing)
    with pytest.raises(told), AnswerFile(tmp_path / "a.toml"):
        pass


def test_what_could_not_be_saved_is_recalled_when_the_file_is_opened_and_not_once_it_was_written_since(
    tmp_path: Path, library: Library
) -> None:
    new_desk(library, path := tmp_path / "a[1].toml", Wanted("small")).close()
    os.utime(path, ns=(1, 1))
    rescue = store.Rescue().keep(path, b"what was typed")
    later = store.Rescue().keep(path, b"what was typed next")
    assert rescue is not None
    assert later is not None
    os.utime(rescue, ns=(2, 2))
    (tmp_path / "link.toml").symlink_to(path)
    for level, name in enumerate((path, tmp_path / "link.toml")):
        desk = open_desk(library, name)
        assert [later.name in told["en"] for told in desk.told] == [True]
        desk.session.put("answers", "plan", value=level)
        desk.close()
        desk = open_desk(library, name)
        assert desk.told == ()
        desk.close()
        os.utime(path, ns=(1, 1))


def test_what_could_not_be_saved_is_recalled_where_the_file_cannot_be_opened_or_is_gone(
    tmp_path: Path, library: Library
) -> None:
    new_desk(library, path := tmp_path / "a.toml", Wanted("small")).close()
    rescue = store.Rescue().keep(path, path.read_bytes())
    assert rescue is not None
    whole = path.read_bytes()
    for spoilt in (b"", b"<<<<<<< HEAD\n" + whole):
        path.write_bytes(spoilt)
        os.utime(path, ns=(1, 1))
        with pytest.raises(Unsound) as refused:
            open_desk(library, path)
        assert rescue.name in refused.value.hint["en"]
        assert ("is empty" in refused.value.problems[0].hint["en"]) is (not spoilt)
    path.unlink()
    with pytest.raises(UserError, match="not there any more") as gone:
        open_desk(library, path)
    assert rescue.name in gone.value.hint["en"]
    desk = new_desk(library, path, Wanted("small"))
    assert [rescue.name in told["en"] for told in desk.told] == [True]
    desk.close()


def test_theirs_with_a_mistake_is_not_said_to_be_beyond_reading(tmp_path: Path, library: Library) -> None:
    desk = new_desk(library, path := tmp_path / "a.toml", Wanted("small"))
    desk.session.put("answers", "plan", value=1)
    path.write_text(path.read_text(encoding="utf-8").replace("value = 1", "value = 9"), encoding="utf-8")
    with pytest.raises(UserError, match="gone on from") as refused:
        desk.take_theirs(library)
    assert "open this one anew" in str(refused.value.hint)
    desk.close()
