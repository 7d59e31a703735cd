"""The store of answer files: saved whole or not at all, by one writer at a time, never over somebody's changes."""

import errno
import getpass
import hashlib
import json
import os
import socket
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import tomli_w

from nqpf_assess.files.machine import refusal
from nqpf_assess.files.places import shown, user_data
from nqpf_assess.locale import _, fill
from nqpf_assess.model.answers import Answer, Answers, Override
from nqpf_assess.model.base import plain_number, stated_keys
from nqpf_assess.model.problem import UserError

HEAD = (
    "# Answers of one assessment, written by nqpf-assess. Safe to mail and to keep; may be edited in any text editor.\n"
    "# 自评答卷，由 nqpf-assess 写入，可邮寄、可存档，也可用任何文本编辑器修改。\n"
)


Written = dict[tuple[str, str], tuple[Answer, str]]
"""Entries of an answer file as they were written last, by table and id, each with the answer it was written from."""


def answers_text(answers: Answers, written: Written | None = None) -> str:
    """Write answers as TOML: the same answers give the same text.

    `written` keeps the text of each entry for the next time, so that a save costs what changed and not what is there.
    """
    stated = dict(stated_keys(answers))
    references = {key: _plain(stated.pop(key)) for key in ("questionnaire", "weights")}
    if answers.weights.with_:
        references["weights"]["with"] = dict(answers.weights.with_)
    tables = {key: stated.pop(key, {}) for key in ("facts", "answers")}
    overrides, plan = stated.pop("override", ()), stated.pop("plan", None)
    followed = stated.pop("follow_up", ())
    last = {key: value for key in ("archive", "merged") if (value := stated.pop(key, None))}
    head = f'format = "{stated.pop("format")}"\n' + "".join(
        f"{key} = {_inline(reference)}\n" for key, reference in references.items()
    )
    sections = [HEAD + head + _toml(_plain(stated))]
    sections += [
        _entry(table, id, answer, {} if written is None else written)
        for table, entries in tables.items()
        for id, answer in entries.items()
    ]
    sections += ["[[override]]\n" + _toml(_plain(entry) | _figures(entry)) for entry in overrides]
    sections += [_toml({"plan": _plain(plan)})] if plan is not None and plan.chosen else []
    sections += ["[[follow_up]]\n" + _toml(_plain(entry)) for entry in followed]
    sections += [_toml({key: _plain(value)}) for key, value in last.items()]
    return "\n".join(sections)


def _figures(override: Override) -> dict[str, Decimal]:
    """Give the figures of a correction, which the file holds as numbers and not as texts."""
    return {name: value for name in ("factor", "target") if (value := getattr(override, name)) is not None}


def _entry(table: str, id: str, answer: Answer, written: Written) -> str:
    known = written.get((table, id))
    if known is None or known[0] is not answer:
        known = written[table, id] = (answer, _toml({table: {id: _plain(answer)}}))
    return known[1]


def _toml(table: dict[str, Any]) -> str:
    return tomli_w.dumps(table, multiline_strings=False)


def _inline(table: dict[str, Any]) -> str:
    pairs = (
        f"{key} = {_inline(value)}" if isinstance(value, dict) else tomli_w.dumps({key: value}).strip()
        for key, value in table.items()
        if value is not None
    )
    return "{ " + ", ".join(pairs) + " }"


def _plain(value: object) -> Any:
    """Give a value as TOML can hold it: what was stated and is not empty; exact decimals as texts."""
    match value:
        case Decimal():
            return plain_number(value)
        case tuple():
            return [_plain(part) for part in value]
        case str() | int() | date():
            return value
    items = stated_keys(value) if hasattr(value, "model_fields_set") else value.items()  # type: ignore[attr-defined, arg-type]
    return {key: _plain(part) for key, part in items if part is not None and (key == "value" or part not in ((), ""))}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an answer file open for writing."""

    who: str
    host: str
    process: int
    since: str


class HeldByOther(UserError):
    """Somebody else has the answer file open."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        who = f"{holder.who}@{holder.host}, {holder.since}" if holder else "?"
        super().__init__(
            fill(_("{shown} is open elsewhere ({who})"), shown=shown(path), who=who),
            hint=_("Close it there, or look at it here without changing it."),
            status=3,
        )
        self.holder = holder


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
        hint = _("What you typed is kept in {rescue}.")
        typed = _("What you typed is still on the screen.")
        untyped = _("Nothing was changed. Copy the file to a folder where you may write.")
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


def write_whole(path: Path, data: bytes, *, durable: bool = True, mode: int | None = None) -> None:
    """Replace a file whole or not at all: temporary file beside it, fsync, rename. `mode`: its permissions.

    Raises OSError where the machine refuses; what is there and is no ordinary file (a device, a pipe) stays as it is.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EISDIR if path.is_dir() else errno.EOPNOTSUPP, "not an ordinary file", str(path))
    try:
        _replace(path, data, durable=durable, mode=mode)
    except OSError as fault:
        fault.filename = str(path if path.parent.is_dir() else path.parent)  # not that of the temporary file
        raise
    if durable:
        sync_folder(path.parent)


def _replace(path: Path, data: bytes, *, durable: bool, mode: int | None) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        os.chmod(name, _mode(path) if mode is None else mode)  # noqa: PTH101
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Keep an existing file's permissions; a new file is readable by its owner's group as the system's mask says."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


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
class AnswerFile:
    """An answer file held open for writing by this process. Use as a context manager.

    The lock beside it is the system's own, so it falls with its holder, however that dies. A link is followed, so that
    the file it leads to is replaced and not the link.
    """

    path: Path
    _known: str | None = field(default=None, init=False)
    _stamp: tuple[int, ...] | None = field(default=None, init=False)
    _written: Written = field(default_factory=dict, init=False)
    _by_hand: bool = field(default=False, init=False)
    _lock: Any = field(default=None, init=False)

    def __enter__(self) -> Self:
        """Take the lock; raises `HeldByOther`, or `NotSaved` where nothing can be written beside the file."""
        from filelock import FileLock, Timeout

        try:
            self.path = self.path.resolve()
            self.path.parent.stat()  # else the lock would quietly make the folder
            self._lock = FileLock(self._beside("lock"))
            self._lock.acquire(timeout=0)
            self.accept_change()
        except Timeout:
            raise HeldByOther(self.path, self._holder()) from None
        except OSError as fault:
            self._let_go()
            raise NotSaved(self.path, fault, None, begun=False) from fault
        self._introduce()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        with suppress(OSError):
            self._beside("holder").unlink()
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def save(self, answers: Answers, *, durable: bool = True) -> None:
        """Save answers; raises `ChangedUnderneath` or `NotSaved`, each with a rescue copy where one could be written.

        The first save over a file that somebody wrote by hand keeps that file beside it. A file that was removed is
        written again. Not `durable`: safe against the death of this process, but not yet of the machine (see `sync`).
        """
        data = answers_text(answers, self._written).encode()
        try:
            if self._touched():
                raise ChangedUnderneath(self.path, rescue(self.path, data))
            self._keep_original()
            write_whole(self.path, data, durable=durable)
            self._stamp = _stamp(self.path)
        except OSError as fault:
            raise NotSaved(self.path, fault, rescue(self.path, data)) from fault
        self._known = hashlib.sha256(data).hexdigest()

    def sync(self) -> None:
        """Bring what was saved to the disk itself; safe in another thread."""
        with suppress(OSError):
            handle = os.open(self.path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        sync_folder(self.path.parent)

    def accept_change(self) -> None:
        """Take what is on disk now as known: the next save may replace it."""
        self._known, self._stamp = _fingerprint(self.path), _stamp(self.path)
        self._by_hand = self._known is not None and not _ours(self.path)

    def set_aside(self) -> Path:
        """Keep what is on disk now beside it under a name of its own, so that the next save may replace it."""
        names = (f"{self.path.stem}.other{number or ''}.toml" for number in range(1000))
        aside = next(place for name in names if not (place := self.path.with_name(name)).exists())
        try:
            write_whole(aside, self.path.read_bytes())
        except OSError as fault:
            raise NotSaved(aside, fault, None) from fault
        self.accept_change()
        return aside

    def _touched(self) -> bool:
        """Say whether somebody else wrote the file; the cheap look first."""
        if _stamp(self.path) == self._stamp:
            return False
        return _fingerprint(self.path) not in (self._known, None)

    def _keep_original(self) -> None:
        original = self.path.with_suffix(".original.toml")
        if self._by_hand and not original.exists() and self.path.exists():
            write_whole(original, self.path.read_bytes())
        self._by_hand = False

    def _beside(self, ending: str) -> Path:
        return self.path.with_name(f".{self.path.name}.{ending}")

    def _introduce(self) -> None:
        since = datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M")
        row = {"who": _user(), "host": socket.gethostname(), "process": os.getpid(), "since": since}
        with suppress(OSError):
            self._beside("holder").write_text(json.dumps(row), encoding="utf-8")

    def _holder(self) -> Holder | None:
        try:
            return Holder(**json.loads(self._beside("holder").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def _fingerprint(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _stamp(path: Path) -> tuple[int, ...] | None:
    """Give what the system notes about a file and what changes with every write; None where there is no file."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return None
    return (seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)


def _ours(path: Path) -> bool:
    """Say whether this program wrote the file, or there is nothing in it to keep."""
    before = path.read_bytes()
    return before.startswith(HEAD.encode()) or not before.strip()


def rescue(path: Path, data: bytes) -> Path | None:
    """Write a rescue copy of what could not be saved, in the user's data folder or the temporary one.

    The name tells files of the same name in different folders apart.
    """
    mark = hashlib.sha256(str(path).encode()).hexdigest()[:6]
    for folder in (user_data() / "rescue", Path(tempfile.gettempdir())):
        copy = folder / f"{path.stem}.{mark}.rescue.toml"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(copy, data, mode=0o600)
        except OSError:
            continue
        return copy
    return None
