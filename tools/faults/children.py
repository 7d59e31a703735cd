"""The program in a process of its own: forked from one that has it loaded, so that a thousand starts cost little."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

PATIENCE = 60.0
"""Seconds of the clock after which a session is given up; the machine may be busy."""

NOBODY = 65534
"""A user who owns nothing: where this runs as root, permissions would mean nothing to the program."""


def without_steering(drawn: str) -> str:
    """Return what was drawn in a terminal without what steers it."""
    return re.sub(r"\x1b(\[[0-9;?<>=]*[a-zA-Z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])", "", drawn)


class Gone(Exception):
    """The program ended, or said nothing for too long."""


class Child:
    """One run of the program. `terminal`: it draws in one; else it reads and writes lines."""

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        *,
        terminal: bool = False,
        before: Callable[[], object] | None = None,
        nobody: bool = False,
    ) -> None:
        self.said = bytearray()
        self.status: int | None = None
        if terminal:
            self.process, self._out = pty.fork()
            self._in = self._out
        else:
            (read_in, self._in), (self._out, write_out) = os.pipe(), os.pipe()
            self.process = os.fork()
        if self.process == 0:
            try:
                if not terminal:
                    for number, handle in ((0, read_in), (1, write_out), (2, write_out)):
                        os.dup2(handle, number)
                    os.closerange(3, 64)
                _become(arguments, folder, before, nobody=nobody)
            finally:
                os._exit(70)
        if terminal:
            fcntl.ioctl(self._out, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        else:
            os.close(read_in)
            os.close(write_out)

    def send(self, text: str) -> None:
        """Type something; a program that has gone hears nothing."""
        with suppress(OSError):
            os.write(self._in, text.encode())

    def until(self, wanted: str | Callable[[bytes], bool]) -> None:
        """Read until a text was written, or something else is so; raises `Gone`."""
        end = time.monotonic() + PATIENCE
        while not (wanted in self.text if isinstance(wanted, str) else wanted(bytes(self.said))):
            if not self._read(0.2) and (self._ended() or time.monotonic() > end):
                raise Gone(f"no {wanted} in … {self.text[-300:]}")

    @property
    def text(self) -> str:
        """All that was written, without what steers a terminal."""
        return without_steering(self.said.decode("utf-8", "replace"))

    def read_for(self, seconds: float) -> None:
        """Read what comes in so many seconds."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self._read(left):
                break

    def _read(self, patience: float) -> bool:
        if not select.select([self._out], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._out, 65536)
        except OSError:
            return False
        self.said += data
        return bool(data)

    def _ended(self) -> bool:
        if self.status is None:
            done, status = os.waitpid(self.process, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if not self._ended():
            os.kill(self.process, number)

    def wait(self, seconds: float = PATIENCE) -> int:
        """Wait for its end, reading; it is killed when it takes longer. Returns the status, negative for a signal."""
        end = time.monotonic() + seconds
        while not self._ended():
            self._read(0.05)
            if time.monotonic() > end:
                self.signal(signal.SIGKILL)
                end += PATIENCE
        while self._read(0.0):
            pass
        assert self.status is not None
        return self.status

    def end(self) -> None:
        """Kill it if it runs, and close its streams."""
        self.signal(signal.SIGKILL)
        self.wait()
        for handle in {self._in, self._out}:
            with suppress(OSError):
                os.close(handle)


def _become(arguments: Sequence[str], folder: Path, before: Callable[[], object] | None, *, nobody: bool) -> None:
    """Be the program: its streams, its folder, perhaps another user; never comes back."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    sys.stdin = sys.__stdin__ = os.fdopen(0, "r", encoding="utf-8", errors="replace", closefd=False)  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w", encoding="utf-8", closefd=False)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = os.fdopen(2, "w", encoding="utf-8", closefd=False)  # type: ignore[misc]
    if nobody and os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    if before is not None:
        before()
    from nqpf_assess.__main__ import main

    status = 70
    sys.argv = ["nqpf-assess", *arguments]
    try:
        main()
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 1
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status & 0xFF)
