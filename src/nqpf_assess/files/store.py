"""The store of answer files: saved whole or not at all, by one writer at a time, never over somebody's changes."""

import getpass
import hashlib
import json
import os
import socket
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import tomli_w

from nqpf_assess.files.machine import refusal
from nqpf_assess.files.places import shown, user_data
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.base import plain_number, stated_keys
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import fill, text

HEAD = (
    "# Answers of one assessment, written by nqpf-assess. Safe to mail and to keep; may be edited in any text editor.\n"
    "# 自评答卷，由 nqpf-assess 写入，可邮寄、可存档，也可用任何文本编辑器修改。\n"
)


def answers_text(answers: Answers) -> str:
    """Write answers as TOML: the same answers give the same text."""
    plain = _plain(answers)
    references = {key: plain.pop(key) for key in ("questionnaire", "weights")}
    head = f'format = "{plain.pop("format")}"\n' + "".join(
        f"{key} = {_inline(ref)}\n" for key, ref in references.items()
    )
    return HEAD + head + tomli_w.dumps(plain, multiline_strings=False)


def _inline(table: dict[str, Any]) -> str:
    pairs = ", ".join(tomli_w.dumps({key: value}).strip() for key, value in table.items() if value is not None)
    return "{ " + pairs + " }"


def _plain(value: object) -> Any:
    """Give a value as TOML can hold it: what was stated and is not empty; exact decimals as texts."""
    match value:
        case Decimal():
            return plain_number(value)
        case tuple():
            return [_plain(part) for part in value]
        case str() | int() | datetime():
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
            text(en=f"{shown(path)} is open elsewhere ({who})", zh=f"{shown(path)} 正在别处打开（{who}）"),
            hint=text(
                en="Close it there, or look at it here without changing it.", zh="请先在那里关闭，或在此只读查看。"
            ),
            status=3,
        )
        self.holder = holder


class ChangedUnderneath(UserError):
    """The file on disk is no longer the one that was read or written last."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            text(en=f"{shown(path)} was changed by something else", zh=f"{shown(path)} 已被其他程序修改"),
            hint=text(en="Nothing was overwritten.", zh="未覆盖任何内容。"),
            status=3,
        )


class NotSaved(UserError):
    """The machine refused to save; a rescue copy was written where that was possible."""

    def __init__(self, path: Path, fault: OSError, rescue: Path | None) -> None:
        hint = text(en="What you typed is kept in {rescue}.", zh="已填内容保存在 {rescue}。")
        none = text(en="What you typed is still on the screen.", zh="已填内容仍在屏幕上。")
        super().__init__(
            fill(
                text(en="{path} could not be saved: {why}", zh="{path} 未能保存：{why}"),
                path=shown(path),
                why=refusal(fault),
            ),
            hint=fill(hint, rescue=rescue) if rescue else none,
            status=3,
        )
        self.rescue = rescue


def write_whole(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Replace a file whole or not at all: temporary file beside it, fsync, rename."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        os.chmod(name, _mode(path))  # noqa: PTH101
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


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

    The lock beside it is the system's own, so it falls with its holder, however that dies.
    """

    path: Path
    _known: str | None = field(default=None, init=False)
    _lock: Any = field(default=None, init=False)

    def __enter__(self) -> Self:
        """Take the lock; raises `HeldByOther`."""
        from filelock import FileLock, Timeout

        self._lock = FileLock(self._beside("lock"))
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise HeldByOther(self.path, self._holder()) from None
        except OSError as fault:
            raise NotSaved(self.path, fault, None) from fault
        self._known = _fingerprint(self.path)
        self._introduce()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        self._beside("holder").unlink(missing_ok=True)
        self._lock.release()

    def save(self, answers: Answers, *, durable: bool = True) -> None:
        """Save answers; raises `ChangedUnderneath` or `NotSaved`, and then keeps a rescue copy.

        The first save over a file that somebody wrote by hand keeps that file beside it.
        """
        data = answers_text(answers).encode()
        try:
            if _fingerprint(self.path) != self._known:
                raise ChangedUnderneath(self.path)
            self._keep_original()
            write_whole(self.path, data, durable=durable)
        except OSError as fault:
            raise NotSaved(self.path, fault, rescue(self.path, data)) from fault
        self._known = hashlib.sha256(data).hexdigest()

    def accept_change(self) -> None:
        """Take what is on disk now as known: the next save may replace it."""
        self._known = _fingerprint(self.path)

    def _keep_original(self) -> None:
        original = self.path.with_suffix(".original.toml")
        if self.path.exists() and not original.exists():
            before = self.path.read_bytes()
            if not before.startswith(HEAD.encode()) and before.strip():
                write_whole(original, before)

    def _beside(self, ending: str) -> Path:
        return self.path.with_name(f".{self.path.name}.{ending}")

    def _introduce(self) -> None:
        since = datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M")
        row = {"who": _user(), "host": socket.gethostname(), "process": os.getpid(), "since": since}
        try:
            self._beside("holder").write_text(json.dumps(row), encoding="utf-8")
        except OSError:
            return

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


def rescue(path: Path, data: bytes) -> Path | None:
    """Write a rescue copy of what could not be saved, in the user's data folder or the temporary one."""
    for folder in (user_data() / "rescue", Path(tempfile.gettempdir())):
        copy = folder / f"{path.stem}.rescue.toml"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(copy, data)
        except OSError:
            continue
        return copy
    return None
