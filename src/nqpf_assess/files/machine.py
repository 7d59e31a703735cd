"""What the machine refuses, in the user's words."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nqpf_assess.files.presence import exists
from nqpf_assess.locale import Text, _, fill

_WORDS: Mapping[int, Text] = {
    errno.ENOSPC: _("the disk is full"),
    errno.EDQUOT: _("the disk quota is used up"),
    errno.EACCES: _("permission denied"),
    errno.EPERM: _("not permitted"),
    errno.EROFS: _("the disk or folder is read-only"),
    errno.ENOENT: _("it does not exist"),
    errno.EISDIR: _("it is a folder"),
    errno.EEXIST: _("a file of that name is there already"),
    errno.EOPNOTSUPP: _("it is no ordinary file"),
    errno.ENOTDIR: _("part of the path is not a folder"),
    errno.ENAMETOOLONG: _("the name is too long"),
    errno.EIO: _("the disk could not be read or written"),
    errno.EFBIG: _("the file became too large"),
    errno.EMFILE: _("too many files are open"),
    errno.EBUSY: _("it is mounted by itself, or in use"),
    errno.ELOOP: _("its links lead round in a circle"),
    errno.EADDRINUSE: _("something else uses it"),
    errno.EBADF: _("the output is closed"),
}


OPEN_ELSEWHERE = _("permission denied, or another program has it open")
SHARED = (5, 32, 33)
"""What Windows says of a file that may not be written, or that a program such as Acrobat or Excel has open."""

READER_LEFT = {errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE}
"""What the system says of a pipe whose reader has left: Windows, that an argument is invalid."""

NOT_WRITTEN = _("{path} could not be written: {why}")
TOO_LARGE = _("it has {found} MB; at most {most} MB are read")
NO_THREAD = _(
    "the system starts no further thread, for lack of memory or because of a limit; close other programs, or raise it"
)


class TooLarge(OSError):
    """A file of more bytes than are read of one. `found`, `most`: bytes."""

    def __init__(self, found: int, most: int) -> None:
        super().__init__(errno.EFBIG, "file too large")
        self.found, self.most = found, most


def reader_left(fault: OSError) -> bool:
    """Return whether whoever read our output has read enough (`… | head`)."""
    return fault.errno in READER_LEFT and fault.filename is None


def refusal(fault: OSError) -> Text:
    """Return why the machine refused."""
    if isinstance(fault, TooLarge):
        return fill(TOO_LARGE, found=-(-fault.found // 2**20), most=fault.most // 2**20)
    if getattr(fault, "winerror", None) in SHARED:
        return OPEN_ELSEWHERE
    words = fault.strerror or str(fault)
    return _WORDS.get(fault.errno or 0) or fill(_("the system refused: {words}"), words=words)


def local_time(moment: datetime | None = None) -> datetime:
    """Return a moment, by default the present one, by the clock on the wall; in UTC where the zone set is none."""
    moment = moment or datetime.now(UTC)
    try:
        return moment.astimezone()
    except (ValueError, OverflowError, OSError):
        # TZ=UTC+99: no place is a day or more from Greenwich; ends of the calendar; on Windows what lies before 1970.
        return moment


def file_time(seconds: float) -> datetime:
    """Return the moment that a file states, by the clock on the wall; one outside the calendar is its nearest end."""
    try:
        return local_time(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC) if seconds > 0 else datetime.min.replace(tzinfo=UTC)


def heed(names: Iterable[str], act: Callable[[int], None]) -> None:
    """Let what runs now be told which signal came, of those named that this system has.

    Loops on Windows take no signals, so there the process takes them and tells the loop.
    """
    import asyncio
    import signal

    loop = asyncio.get_running_loop()
    for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
        try:
            loop.add_signal_handler(number, act, number)
        except NotImplementedError:
            signal.signal(number, lambda came, _frame: loop.call_soon_threadsafe(act, came))


@contextmanager
def folder_for_a_while(prefix: str = "nqpf-assess-") -> Iterator[Path]:
    """Make a folder among the temporary ones that is gone afterwards, also where the system ends the process (TERM).

    What lies in it are figures of respondents, which nobody would take away.
    """
    import signal
    import sys
    import tempfile
    import threading

    names = ("SIGTERM", "SIGHUP") if threading.current_thread() is threading.main_thread() else ()
    deadly = [number for name in names if (number := getattr(signal, name, None)) is not None]
    deadly = [number for number in deadly if signal.getsignal(number) is signal.SIG_DFL]
    with tempfile.TemporaryDirectory(prefix=prefix) as folder:
        try:
            for number in deadly:
                signal.signal(number, lambda came, _frame: sys.exit(128 + came))
            yield Path(folder)
        finally:
            for number in deadly:
                signal.signal(number, signal.SIG_DFL)


def may_start(count: int) -> bool:
    """Return whether the system starts so many threads or processes besides those that are there.

    Of a pool, ours or Arrow's, that gets only some of them the others wait for ever. All are gone when it returns, for
    the system too: one still ending takes a Ctrl+C that was to wait, and a lock along into a process forked meanwhile.
    """
    import threading
    import time

    done = threading.Event()
    threads: list[threading.Thread] = []
    try:
        for _number in range(count):
            thread = threading.Thread(target=done.wait, daemon=True)
            thread.start()
            threads.append(thread)
    except RuntimeError:
        return False
    finally:
        done.set()
        for thread in threads:
            thread.join()
            while exists(Path(f"/proc/self/task/{thread.native_id}")):
                time.sleep(0.001)
    return True


def end_with_parent() -> None:
    """Let this process, a worker, end when the one that started it is gone, however that ended.

    A worker waits for work at a pipe that its fellows hold open too, and would wait there for ever.
    """
    import threading
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
