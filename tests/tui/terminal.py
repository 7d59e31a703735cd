"""A terminal of our own: the program runs in a pty, pyte draws what it writes, tests wait for texts and never sleep."""

import fcntl
import os
import pty
import re
import select
import signal
import socket
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte
from wcwidth import wcswidth, wcwidth

from tests.support import forked_terminals

PATIENCE = 60.0
"""Seconds after which a test gives up waiting; never a pause."""

KEYS: Mapping[str, str] = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "backspace": "\x7f",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
}


def key(name: str) -> str:
    """Give what a terminal sends for a key; ctrl+letter and single letters included."""
    if name.startswith("ctrl+"):
        return chr(ord(name[-1]) & 0x1F)
    return KEYS.get(name, name)


class Ended(AssertionError):
    """The program ended while a test waited for it to show something."""


class Terminal:
    """One run of a program in a terminal of some size."""

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        code: str = "",
    ) -> None:
        """`code`: Python to run before the program, in its process."""
        self.columns, self.lines = size
        self.screen = pyte.Screen(self.columns, self.lines)
        self._stream = pyte.ByteStream(self.screen)
        self.written = bytearray()
        self.status: int | None = None
        usual = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("NO_COLOR", "ACCESSIBLE", "COLUMNS", "LINES")
        }
        everything, own = {**kept, **usual, **(environment or {})}, environment or {}
        self._forked = hasattr(socket, "send_fds") and all(name.startswith("NQPF_ASSESS_") for name in own)
        if self._forked:
            self.process, self.handle = forked_terminals.start(arguments, code, everything, folder or Path.cwd())
        else:
            self.process, self.handle = pty.fork()
            if self.process == 0:  # pragma: no cover - the program itself
                start = f"{code}\nfrom nqpf_assess.__main__ import main\nmain()"
                os.chdir(folder or Path.cwd())
                os.execvpe(sys.executable, [sys.executable, "-c", start, *arguments], everything)
        self._set_size()

    def _set_size(self) -> None:
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", self.lines, self.columns, 0, 0))

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        os.close(self.handle)

    # ---- acting

    def send(self, *keys: str) -> "Terminal":
        """Press keys, or type texts that are no key's name."""
        for name in keys:
            os.write(self.handle, key(name).encode())
        return self

    def paste(self, text: str) -> "Terminal":
        """Paste a text as terminals do."""
        os.write(self.handle, b"\x1b[200~" + text.encode() + b"\x1b[201~")
        return self

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window."""
        self.columns, self.lines = columns, lines
        self.screen.resize(lines, columns)
        self._set_size()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.process, number)

    def kill(self) -> None:
        """End the program at once, if it still runs."""
        if self.status is None:
            try:
                os.kill(self.process, signal.SIGKILL)
            except ProcessLookupError:
                return
            self.wait()

    def hang_up(self) -> None:
        """Close the line, as a lost connection does."""
        os.close(self.handle)
        self.handle = os.open(os.devnull, os.O_RDWR)

    def wait(self) -> int:
        """Wait for the program to end and give its exit status, 128 + signal where a signal ended it."""
        end = time.monotonic() + PATIENCE
        while self.status is None:
            done, status = self._ended()
            if done:
                self.status = os.waitstatus_to_exitcode(status)
                self.status = 128 - self.status if self.status < 0 else self.status
            elif time.monotonic() > end:
                raise AssertionError("it does not end\n" + self.text)
            else:
                self._read(0.01)
        while self._read(0.0):
            pass
        return self.status

    def _ended(self) -> tuple[int, int]:
        return forked_terminals.waited(self.process) if self._forked else os.waitpid(self.process, os.WNOHANG)

    # ---- seeing

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self.handle], [], [], patience)
        if not ready:
            return False
        try:
            data = os.read(self.handle, 65536)
        except OSError:
            return False
        self.written += data
        self._stream.feed(data)
        return bool(data)

    @property
    def rows(self) -> list[str]:
        """The lines as they stand on the screen."""
        return [self._row(y).rstrip() for y in range(self.lines)]

    def _row(self, y: int) -> str:
        """Read one line; the second half of a wide character holds nothing, and so may what was drawn over by half."""
        letters: list[str] = []
        wide = False
        for x in range(self.columns):
            data = self.screen.buffer[y][x].data
            if not wide:
                letters.append(data or " ")
            wide = not wide and bool(data) and wcwidth(data[0]) == 2
        return "".join(letters)

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.rows)

    @property
    def look(self) -> tuple[object, ...]:
        """All that can be seen: letters, colours, where the cursor is."""
        cells = tuple(tuple(self.screen.buffer[y][x] for x in range(self.columns)) for y in range(self.lines))
        return (*cells, self.screen.cursor.x, self.screen.cursor.y)

    def until(self, wanted: str | Callable[["Terminal"], bool]) -> "Terminal":
        """Wait until a text stands on the screen, or something else is so."""
        end = time.monotonic() + PATIENCE
        while not (wanted in self.text if isinstance(wanted, str) else wanted(self)):
            if time.monotonic() > end:
                raise AssertionError(f"never came: {wanted}\n{self.text}")
            if not self._read(0.05):
                done, status = self._ended() if self.status is None else (1, 0)
                if done:
                    self.status = os.waitstatus_to_exitcode(status) if self.status is None else self.status
                    raise Ended(f"ended with {self.status} while waiting for {wanted}\n{self.text}")
        return self

    def settle(self, moment: float = 0.12) -> "Terminal":
        """Wait until nothing more is written for a moment, in seconds."""
        while self._read(moment):
            pass
        return self

    def gone(self, text: str) -> "Terminal":
        """Wait until a text no longer stands on the screen."""
        return self.until(lambda terminal: text not in terminal.text)

    # ---- judging

    @property
    def restored(self) -> bool:
        """Whether the alternate screen and the mouse were left and the cursor is seen again."""
        modes: dict[str, bool] = {}
        for number, state in re.findall(rb"\x1b\[\?([0-9;]+)([hl])", bytes(self.written)):
            for mode in number.split(b";"):
                modes[mode.decode()] = state == b"h"
        off = ("1049", "1000", "1003", "1015", "1006", "2004")
        return modes.get("25", True) and not any(modes.get(mode, False) for mode in off)

    def faults(self) -> list[str]:
        """Lines that are wider than the window, or break Chinese rules at either end of their text."""
        found = [line for line in self.rows if wcswidth(line) > self.columns]
        for line in self.rows:
            body = line.strip(" ↓↑▸│")
            if body[:1] and body[0] in "，。、；：！？）”》】":
                found.append(f"begins with a closing mark: {line}")
            if body[-1:] and body[-1] in "（“《【":
                found.append(f"ends with an opening mark: {line}")
        return found
