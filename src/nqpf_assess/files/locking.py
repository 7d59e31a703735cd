"""The lock of a file that one person writes at a time: the system's own, so it falls with its holder.

It stands beside the file, says inside who holds it, and is gone when it is given back.
"""

import errno
import getpass
import json
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from nqpf_assess.files.machine import local_time
from nqpf_assess.files.presence import exists

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

BYTE = 1 << 30
"""The byte that Windows locks: far behind what is written, since there a locked byte cannot be read."""


class Holder(NamedTuple):
    """Who has a file open for writing."""

    who: str
    host: str
    process: int
    since: str


class LockHeld(Exception):
    """Somebody else has the lock; `holder`: who, where that can be told."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__()
        self.holder = holder


@dataclass
class Lock:
    """A lock at a path."""

    path: Path
    _handle: int | None = field(default=None, init=False)

    def take(self) -> None:
        """Take it; raises `LockHeld`, or OSError where the machine refuses."""
        while self._handle is None:
            handle, own = self._open()
            try:
                _lock(handle)
                # Whoever held it before may have removed it after we opened it: then it locks nothing any more.
                if not _same_file(handle, self.path):
                    continue
                if not own:  # left by somebody else, who is gone, or no lock: only one of our own can say who holds it
                    self.path.unlink()
                    continue
                self._handle = handle
                self._introduce(handle)
            except BlockingIOError:
                holder = None
                with suppress(OSError, ValueError, TypeError, RecursionError):
                    holder = Holder(**json.loads(self.path.read_bytes()))
                raise LockHeld(holder) from None
            finally:
                if self._handle is None:
                    os.close(handle)

    def _open(self) -> tuple[int, bool]:
        """Open it for writing, else another user's for reading, which is enough to see whether it is held.

        What others put in its place, a link to a file of ours or a pipe, is removed and neither followed nor written.
        """
        flags = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        if self.path.is_symlink():
            self.path.unlink()
        try:
            handle, own = os.open(self.path, os.O_RDWR | os.O_CREAT | flags, 0o644), True
        except PermissionError:
            if not exists(self.path):
                raise
            handle, own = os.open(self.path, os.O_RDONLY | flags), False
        there = os.fstat(handle)
        return handle, own and stat.S_ISREG(there.st_mode) and there.st_nlink <= 1

    def release(self) -> None:
        """Give the lock back, its file first: while the lock is held nobody else can have that."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if fcntl is not None:
            with suppress(OSError):
                self.path.unlink()
        os.close(handle)
        if fcntl is None:  # Windows removes no open file, and none that somebody else opened meanwhile
            with suppress(OSError):
                self.path.unlink()

    def _introduce(self, handle: int) -> None:
        """Write who holds it into the lock, for whoever finds it taken."""
        since = local_time().strftime("%Y-%m-%d %H:%M")
        import socket

        try:
            who = getpass.getuser()
        except (KeyError, OSError, ImportError):  # a process of a user whom the system does not know
            who = "?"
        row = {"who": who, "host": socket.gethostname(), "process": os.getpid(), "since": since}
        with suppress(OSError, AttributeError):
            os.fchmod(handle, 0o644)  # whoever may look into the folder is told
        with suppress(OSError):
            os.ftruncate(handle, 0)
            os.write(handle, json.dumps(row).encode())


def _lock(handle: int) -> None:
    """Lock an open file; raises BlockingIOError where somebody else has it, OSError where the disk knows no locks."""
    if fcntl is not None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    import msvcrt

    os.lseek(handle, BYTE, os.SEEK_SET)
    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError as fault:
        if fault.errno == errno.EINVAL:  # a disk that knows no locks
            raise
        raise BlockingIOError(fault.errno, "locked") from fault
    os.lseek(handle, 0, os.SEEK_SET)


def hold(handle: int, path: Path) -> bool:
    """Lock an open file until it is closed, where the system can; False where it is no longer the file at its path."""
    with suppress(OSError):
        _lock(handle)
    return fcntl is None or _same_file(handle, path)


def abandoned(path: Path) -> bool:
    """Return whether nobody holds a file any more; also True where the system cannot tell but removes no open file."""
    if fcntl is None:
        return True
    try:
        handle = os.open(path, os.O_RDONLY)
        try:
            _lock(handle)
        finally:
            os.close(handle)
    except OSError:
        return False
    return True


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except FileNotFoundError:
        return False
