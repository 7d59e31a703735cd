"""The store of answer files: saved whole or not at all, by one writer at a time, never over somebody's changes."""

import errno
import glob
import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import tomli_w

from nqpf_assess.files.document import read_document
from nqpf_assess.files.intake import read_regular
from nqpf_assess.files.layout import GONE, Layout, NotKept, written
from nqpf_assess.files.locking import Holder, Lock, LockHeld, abandoned, hold
from nqpf_assess.files.machine import refusal
from nqpf_assess.files.places import end_of, is_seen, refuse_no_folder, shown, user_data
from nqpf_assess.files.presence import exists, is_dir, is_file
from nqpf_assess.locale import _, fill
from nqpf_assess.model.answers import Answers, as_filed
from nqpf_assess.model.base import plain_number, stated_keys
from nqpf_assess.model.frozen import Frozen
from nqpf_assess.model.problem import UserError

HEAD = (
    "# Answers of one assessment, written by nqpf-assess. Safe to mail and to keep; may be edited in any text editor.\n"
    "# 自评答卷，由 nqpf-assess 写入，可邮寄、可存档，也可用任何文本编辑器修改。\n"
)


ENTRIES = ("facts", "answers")
"""Tables of which every entry stands under a header of its own, and changes by itself."""


def answers_text(answers: Answers) -> str:
    """Write answers as TOML: the same answers give the same text."""
    made = document(answers)
    head = f'format = "{made.pop("format")}"\n' + "".join(
        f"{key} = {written(made.pop(key), one_line=True)}\n" for key in ("questionnaire", "weights")
    )
    tables = {key: made.pop(key, {}) for key in (*ENTRIES, "override", "plan", "follow_up", "archive", "merged")}
    sections = [HEAD + head + _toml(made)]
    for key, table in tables.items():
        if key in ENTRIES:
            for id, entry in table.items():
                rest = {name: part for name, part in entry.items() if name != "from"}
                lines, gap, below = _toml({key: {id: rest}}).partition("\n\n[")
                if "from" in entry:  # where an answer came from stands in one line
                    lines = f"{lines.rstrip()}\nfrom = {written(entry['from'], one_line=True)}" + ("" if gap else "\n")
                sections.append(lines + gap + below)
        elif isinstance(table, list):
            sections += [f"[[{key}]]\n{_toml(entry)}" for entry in table]
        elif table:
            sections.append(_toml({key: table}))
    return "\n".join(sections)


def document(answers: Answers) -> dict[str, Any]:
    """Return answers as the data of their file; a correction's figures as numbers."""
    stated: dict[str, Any] = _plain(answers)
    if answers.weights.with_:
        stated["weights"]["with"] = dict(answers.weights.with_)
    for entry, override in zip(stated.get("override", ()), answers.override, strict=False):
        entry |= {key: value for key in ("factor", "target") if (value := getattr(override, key)) is not None}
    return stated


def _toml(table: dict[str, Any]) -> str:
    return tomli_w.dumps(table, multiline_strings=False)


@dataclass
class Kept:
    """A text that holds answers, and what it holds: it follows the answers, and all else in it stays as it is."""

    layout: Layout
    answers: Answers

    @classmethod
    def of(cls, text: str) -> "Kept | None":
        """Take a text apart; None where it is not the text of sound answers."""
        from pydantic import ValidationError

        found = read_document("", text.encode())
        if found.faults or found.lost:
            return None
        try:
            return cls(Layout(text), Answers.model_validate(found.data))
        except (ValidationError, NotKept):
            return None

    def text_of(self, answers: Answers) -> str:
        """Return the text with these answers in it; raises `NotKept` where they cannot be set in it.

        Costs what changed since the last time and not what is there: entries are compared by identity first.
        """
        old = self.answers
        for table in ENTRIES:
            before, now = getattr(old, table), getattr(answers, table)
            if before is now:
                continue
            if self.layout.in_braces((table,)):  # facts = { zone = { … } }: one statement holds all entries
                plain = _plain(now)
                self.layout.revise((table,), _plain(before), plain, ())
                if self.layout.says((table,)) != plain:
                    raise NotKept
                continue
            order = list(now)
            for id in (*(id for id in before if id not in now), *order):
                was, entry = before.get(id), now.get(id)
                if was is entry:
                    continue
                stated, plain = (GONE if each is None else _plain(each) for each in (was, entry))
                if stated == plain:  # as written: 2.5 and 2.50 are one figure, and two texts
                    continue
                self.layout.revise((table, id), stated, plain, order)
                if self.layout.says((table, id)) != plain:
                    raise NotKept
        names = [key for key in type(old).model_fields if key not in ENTRIES]
        # A key may be stated anew with the value it has anyway: then it is to stand in the file all the same.
        if old.model_fields_set != answers.model_fields_set or any(
            getattr(old, k) != getattr(answers, k) for k in names
        ):
            before, made = document(old), document(answers)
            for key in {**before, **made}:
                if key not in ENTRIES and before.get(key, GONE) != made.get(key, GONE):
                    self.layout.revise((key,), before.get(key, GONE), made.get(key, GONE), list(made))
            # A head or list is changed seldom, so the whole is read again and held against what it should say.
            again = Kept.of(self.layout.text)
            if again is None or document(again.answers) != made:
                raise NotKept
        self.answers = answers
        return self.layout.text


def _plain(value: Any) -> Any:
    """Return a value as TOML can hold it: what its file states of it; exact decimals as texts."""
    match value:
        case Decimal():
            return plain_number(value)
        case tuple():
            return [_plain(part) for part in value]
        case str() | int() | date():
            return value
        case Frozen():
            return {key: _plain(part) for key, part in stated_keys(as_filed(value))}
        case _:
            return {key: _plain(part) for key, part in value.items()}


class HeldByOther(UserError):
    """Somebody else has the file open. `editor`: what asks for it has no way to look only."""

    def __init__(self, path: Path, holder: Holder | None, *, editor: bool = False) -> None:
        who = f"{holder.who}@{holder.host}, {holder.since}" if holder else "?"
        super().__init__(
            fill(_("{shown} is open elsewhere ({who})"), shown=shown(path), who=who),
            hint=_("Close it there first.")
            if editor
            else _("Close it there, or look at it with “assess --read-only”."),
            status=3,
        )
        self.holder = holder
        self.then = fill(_("it was open elsewhere ({who}); once it is closed there, open it here anew"), who=who)
        """Why the file can only be looked at, as long as it is: true also when it was let go there meanwhile."""


class ChangedUnderneath(UserError):
    """The file on disk is no longer the one that was read or written last; a rescue copy holds what was to be saved."""

    def __init__(self, path: Path, rescue: Path | None) -> None:
        kept = _("Nothing was overwritten. What you entered is kept in {rescue}.")
        bare = _("Nothing was overwritten.")
        super().__init__(
            fill(_("{shown} was changed by something else"), shown=shown(path)),
            hint=fill(kept, rescue=rescue) if rescue else bare,
            status=3,
        )
        self.rescue = rescue


class NotSaved(UserError):
    """The machine refused to save; a rescue copy was written where that was possible.

    `begun`: something may have been typed already.
    """

    def __init__(self, path: Path, fault: OSError, rescue: Path | None, *, begun: bool = True) -> None:
        hint = _("What was to be saved is kept in {rescue}.")
        typed = _("What was to be saved is in no file; what you typed in the app is still on the screen.")
        untyped = _("Nothing was changed. The file must lie in a folder where you may write.")
        super().__init__(
            fill(
                _("{path} could not be saved: {why}"),
                path=shown(path),
                why=refusal(fault),
            ),
            hint=fill(hint, rescue=rescue) if rescue else typed if begun else untyped,
            status=3,
        )
        self.rescue = rescue


def write_whole(
    path: Path, data: bytes, *, durable: bool = True, mode: int | None = None, copy_of: Path | None = None
) -> None:
    """Replace a file whole or not at all: temporary file beside it, fsync, rename. `mode`: its permissions.

    `copy_of`: the file that it is a copy of, and beside which it is kept: whom that one is closed to reads neither.

    Raises OSError where the machine refuses; what is there and is no ordinary file (a device, a pipe) stays as it is.
    """
    if exists(path) and not is_file(path):
        raise OSError(errno.EISDIR if is_dir(path) else errno.EOPNOTSUPP, "not an ordinary file", str(path))
    with _replacing(path, mode, copy_of) as (handle, _), os.fdopen(handle, "wb", closefd=False) as file:
        file.write(data)
        file.flush()
        if durable:
            os.fsync(handle)
    if durable:
        sync_folder(path.parent)


PART = ".part"
RENAMED_OPEN = os.name == "posix"
"""Whether a file can be renamed while it is open, so that it stays locked until it has its final name."""
READ_FOR = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds to wait for who reads a file that cannot be replaced meanwhile, as scanners on Windows read each new one."""


def _part_prefix(path: Path) -> str:
    """Return how the names of temporary files beside a file begin: so that they tell whose they are, however long."""
    name = path.name
    return f".{name}." if len(name) <= 40 else f".{name[:32]}-{hashlib.sha256(os.fsencode(name)).hexdigest()[:8]}."


def sweep(path: Path) -> None:
    """Remove what a writer that died left beside a file; only for who holds the file's lock."""
    ours = re.compile(re.escape(_part_prefix(path)) + r"[a-z0-9_]{8}" + re.escape(PART))
    with suppress(OSError):
        for beside in path.parent.iterdir():
            if ours.fullmatch(beside.name) or beside.name == f".{path.name}.holder":  # the latter of version 0.1
                beside.unlink(missing_ok=True)


_ANY_PART = re.compile(r"\..+\.[a-z0-9_]{8}" + re.escape(PART))
_SWEPT: set[Path] = set()


def sweep_folder(folder: Path) -> None:
    """Remove what writers that died left in a folder; nobody has to hold anything, since who writes holds his."""
    with suppress(OSError):
        for beside in folder.iterdir():
            if _ANY_PART.fullmatch(beside.name) and is_file(beside) and abandoned(beside):
                beside.unlink(missing_ok=True)


@contextmanager
def _replacing(path: Path, mode: int | None = None, copy_of: Path | None = None) -> Iterator[tuple[int, str]]:
    """Open a temporary file beside a file; it takes the file's place when all went well, and is removed else.

    It is locked as long as it is written, so that nobody takes it for abandoned. What the machine refuses is raised as
    OSError that names the file and not the temporary one.
    """
    named = str(path if is_dir(path.parent) else path.parent)
    if path.parent not in _SWEPT:
        _SWEPT.add(path.parent)
        sweep_folder(path.parent)
    while True:
        try:
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=_part_prefix(path), suffix=PART)
        except OSError as fault:
            fault.filename = named
            raise
        if hold(handle, Path(name)):
            break
        os.close(handle)  # swept in the moment before it was locked
    try:
        try:
            yield handle, name
            refuse_protected(path)
            _succeed(name, copy_of or path, mode, copied=copy_of is not None)
            if RENAMED_OPEN:
                os.replace(name, path)  # noqa: PTH105
        finally:
            os.close(handle)
        if not RENAMED_OPEN:
            for pause in READ_FOR:
                with suppress(PermissionError):
                    os.replace(name, path)  # noqa: PTH105
                    return
                time.sleep(pause)
            os.replace(name, path)  # noqa: PTH105
    except BaseException as fault:
        with suppress(OSError):
            Path(name).unlink()
        if isinstance(fault, OSError) and fault.filename in (name, None):
            fault.filename = named
        raise


def _succeed(name: str, path: Path, mode: int | None, *, copied: bool) -> None:
    """Let a temporary file be read and written by whom another file may be, whose place it takes or which it copies.

    As far as the system allows: only its administrator gives a file away. A copy that cannot be of the same group, or
    have the same list of others, is its owner's alone.
    """
    mode = _mode(path) if mode is None else mode
    with suppress(OSError, AttributeError):  # Windows has neither owners nor such lists
        there = path.stat()
        for owner in (there.st_uid, -1):
            with suppress(PermissionError):
                os.chown(name, owner, there.st_gid)
                break
    with suppress(OSError, AttributeError):
        if (listed := _access_list(path)) is not None:
            os.setxattr(name, ACCESS_LIST, listed)
        else:  # a list that the folder gives to new files lets in who was not in that of the old
            os.removexattr(name, ACCESS_LIST)
    if copied and (_group(name), _access_list(name)) != (_group(path), _access_list(path)):
        mode = 0o600
    with suppress(OSError):  # as some network folders and sticks, which know no permissions
        os.chmod(name, mode)  # noqa: PTH101


def _group(path: Path | str) -> int:
    return os.stat(path).st_gid  # noqa: PTH116


def _access_list(path: Path | str) -> bytes | None:
    """Return the list of who else may read and write a file; None where it has none, or the system knows none."""
    with suppress(OSError, AttributeError):
        return os.getxattr(path, ACCESS_LIST) if ACCESS_LIST in os.listxattr(path) else None
    return None


ACCESS_LIST = "system.posix_acl_access"
"""Where Linux notes who else may read and write a file."""


def refuse_protected(path: Path) -> None:
    """Raise PermissionError where a file is there that who asks may not write.

    Nor may he replace another's in a folder where everybody writes and only the owner takes away.
    """
    if not exists(path):
        return
    folder = path.parent.stat()
    owners = (0, folder.st_uid, path.lstat().st_uid)
    kept = folder.st_mode & stat.S_ISVTX and hasattr(os, "geteuid") and os.geteuid() not in owners
    if kept or not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "write-protected", str(path))


@contextmanager
def part_of(path: Path) -> Iterator[Path]:
    """Yield a temporary file beside a file, for what writes by name; it is renamed when all went well.

    Raises OSError, naming the file and not the temporary one, where the machine refuses.
    """
    with _replacing(path) as (_, name):
        yield Path(name)


def _mode(path: Path) -> int:
    """Return an existing file's permissions; of a new file, what the system's mask says."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0o666 & ~_mask()


def _mask() -> int:
    """Return which permissions the system takes from new files.

    Linux states it; elsewhere it can only be set anew, for the moment to what leaves a file of another thread to its
    owner.
    """
    with suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace").splitlines()
        return int(next(line for line in lines if line.startswith("Umask:")).split()[1], 8)
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def private(path: Path) -> int:
    """Return an existing file's permissions; of a new file of answers, those that leave it to its owner alone."""
    return _mode(path) if exists(path) else 0o600


def sync_folder(folder: Path) -> None:
    """Bring a rename to the disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


@dataclass
class Rescue:
    """Keeps copies of what one writer could not save, in the user's data folder or the temporary one.

    A copy follows what its writer enters, and is replaced by no other: what an earlier session could not save is there
    still. Its name tells files of the same name in different folders apart.
    """

    _copies: dict[Path, Path] = field(default_factory=dict)

    def keep(self, path: Path, data: bytes) -> Path | None:
        """Write or renew the copy for a file; None where there is no room for one anywhere."""
        for copy in self._places(path):
            try:
                copy.parent.mkdir(parents=True, exist_ok=True)
                write_whole(copy, data, mode=0o600)
            except OSError:
                with suppress(OSError):
                    copy.parent.rmdir()  # where nothing else is in it
                continue
            self._copies[path] = copy
            return copy
        return None

    def _places(self, path: Path) -> Iterator[Path]:
        """List where the copy may lie: where it is already, else under names that are not taken."""
        if path in self._copies:
            yield self._copies[path]
        stem = _rescue_stem(path)
        names = (f"{stem}{number}.rescue.toml" for number in ("", *(f".{number}" for number in range(2, 1000))))
        with suppress(StopIteration, OSError):
            yield next(place for name in names if not exists(place := user_data() / "rescue" / name))
        # Everybody shares the temporary folder, where another's file or link may bear any name: a folder of one's own.
        with suppress(OSError):
            yield Path(tempfile.mkdtemp(prefix="nqpf-assess-rescue-")) / f"{stem}.rescue.toml"


def _rescue_stem(path: Path) -> str:
    return f"{path.stem}.{hashlib.sha256(os.fsencode(path)).hexdigest()[:6]}"


def rescues() -> list[Path]:
    """List the rescue copies in the user's data folder."""
    return sorted((user_data() / "rescue").glob("*.rescue.toml"))


def rescue_of(path: Path) -> Path | None:
    """Return the last rescue copy of a file in the user's data folder; None where the file was written since.

    Of one that is gone it is what is left.
    """
    path = end_of(path)
    try:
        copies = (user_data() / "rescue").glob(f"{glob.escape(_rescue_stem(path))}*.rescue.toml")
        written = {copy: copy.stat().st_mtime_ns for copy in copies}
        newest = max(written, key=written.__getitem__, default=None)
        since = path.stat().st_mtime_ns if exists(path) else 0
        return newest if newest is not None and written[newest] > since else None
    except OSError:
        return None


@dataclass
class AnswerFile:
    """An answer file held open for writing by this process. Use as a context manager.

    A link is followed, so that the file it leads to is replaced and not the link. What people wrote in the file beside
    the answers survives every save; nothing is written where nothing changed.
    """

    path: Path
    _known: str | None = field(default=None, init=False)
    _stamp: tuple[int, ...] | None = field(default=None, init=False)
    _kept: Kept | None = field(default=None, init=False)
    _text: str = field(default="", init=False)
    _by_hand: bool = field(default=False, init=False)
    """Whether what people wrote into the file is not in what is to replace it."""
    _lock: Lock | None = field(default=None, init=False)
    _rescue: Rescue = field(default_factory=Rescue, init=False)

    def __enter__(self) -> Self:
        """Take the lock; raises `HeldByOther`, or `NotSaved` where nothing can be written beside the file.

        Another `UserError` where its folder is not there.
        """
        try:
            self.path = end_of(self.path)
            refuse_no_folder(self.path)
            self._lock = Lock(self.path.parent / f".{self.path.name}.lock")
            self._lock.take()
            sweep(self.path)
            refuse_protected(self.path)
            self.accept_change()
        except LockHeld as held:
            raise HeldByOther(self.path, held.holder) from None
        except OSError as fault:
            self.close()
            raise NotSaved(self.path, fault, None, begun=False) from fault
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        self.close()

    def close(self) -> None:
        """Give the lock back."""
        if self._lock is not None:
            self._lock.release()

    @property
    def changed(self) -> bool:
        """Whether something else wrote another text into it. One that is gone was changed by nobody."""
        if _stamp(self.path) == self._stamp:  # the cheap look
            return False
        now: str | None = None
        with suppress(FileNotFoundError):
            now = hashlib.sha256(read_regular(self.path)).hexdigest()
        return now not in (self._known, None)

    def save(self, answers: Answers, *, durable: bool = True) -> bool:
        """Save answers; raises `ChangedUnderneath` or `NotSaved`, each with a rescue copy where one could be written.

        What people wrote into a file that cannot be followed (it holds no sound answers) is kept beside what replaces
        it. A file that was removed is written again, and True returned; a new one is for its owner's eyes alone. Not
        `durable`: safe against the death of this process, but not yet of the machine (see `sync`).
        """
        text = self._followed(answers)
        data = text.encode()
        try:
            if self.changed:
                raise ChangedUnderneath(self.path, self._rescue.keep(self.path, data))
            there = exists(self.path)
            if text == self._text and self._stamp is not None and there:
                return False
            if self._by_hand and there:
                self._keep_original()
            write_whole(self.path, data, durable=durable, mode=private(self.path))
            self._by_hand = False
            self._stamp = _stamp(self.path)
        except OSError as fault:
            raise NotSaved(self.path, fault, self._rescue.keep(self.path, data)) from fault
        known, self._known, self._text = self._known, hashlib.sha256(data).hexdigest(), text
        return known is not None and not there

    def prepare(self) -> None:
        """Take the text of the file apart, as the first save needs it."""
        if self._kept is None:
            self._kept = Kept.of(self._text)

    def _followed(self, answers: Answers) -> str:
        """Return the text of the file with these answers in it."""
        self.prepare()
        self._by_hand = self._by_hand or self._kept is None  # no answers of ours, where there is anything
        if self._kept is not None:
            try:
                return self._kept.text_of(answers)
            except NotKept:
                self._by_hand = self._by_hand or answers_text(self._kept.answers) != self._text
        text = answers_text(answers)
        self._kept = Kept.of(text)
        return text

    def _keep_original(self) -> None:
        """Keep the file as it is beside what replaces it, under a name that nothing has, unless it is kept already."""
        data = self.path.read_bytes()
        for number in ("", *(f".{number}" for number in range(2, 1000))) if data.strip() else ():
            original = self.path.with_name(f"{self.path.stem}{number}.original.toml")
            if not exists(original):
                write_whole(original, data, copy_of=self.path)
                return
            if original.read_bytes() == data:
                return

    def sync(self) -> None:
        """Bring what was saved to the disk itself; safe in another thread."""
        with suppress(OSError):
            handle = os.open(self.path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        sync_folder(self.path.parent)

    def accept_change(self, seen: bytes | None = None) -> None:
        """Accept what is on disk now, or what was seen there before, as known: the next save may replace it.

        What is there instead of the `seen` by the next save is a change, and not replaced.
        """
        self._stamp, self._kept, self._text = _stamp(self.path) if seen is None else None, None, ""
        data = read_regular(self.path) if self._stamp is not None else seen
        self._known = None if data is None else hashlib.sha256(data).hexdigest()
        self._by_hand = False
        with suppress(UnicodeDecodeError):
            self._text = (data or b"").decode()

    def set_aside(self) -> Path:
        """Keep what is on disk now beside it under a name of its own, so that the next save may replace it."""
        names = (f"{self.path.stem}.other{number or ''}.toml" for number in range(1000))
        aside = next(place for name in names if not is_seen(place := self.path.with_name(name)))
        try:
            seen = self.path.read_bytes()
            write_whole(aside, seen, copy_of=self.path)
        except OSError as fault:
            raise NotSaved(aside, fault, None) from fault
        self.accept_change(seen)
        return aside


def _stamp(path: Path) -> tuple[int, ...] | None:
    """Return what the system notes about a file and what changes with every write; None where there is no file."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return None
    return (seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
