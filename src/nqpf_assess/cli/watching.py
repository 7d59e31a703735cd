"""Doing something again whenever one of the files changes that it looks at."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from nqpf_assess.files.presence import is_dir

PAUSE = 0.4
"""Seconds between two looks at the files."""

Seen = dict[Path, tuple[int, int]]


def seen(paths: Sequence[Path]) -> Seen:
    """Note size and time of every TOML file that paths name, also in folders below."""
    found: Seen = {}
    for path in paths:
        with suppress(OSError):  # a folder that goes just now is seen at the next look
            for file in sorted(path.rglob("*.toml")) if is_dir(path) else [path]:
                with suppress(OSError):
                    state = file.stat()
                    found[file] = (state.st_size, state.st_mtime_ns)
    return found


def watch(paths: Sequence[Path], work: Callable[[], None], pause: Callable[[float], None] = time.sleep) -> None:
    """Do the work now and after every change, until interrupted. A file is taken when it has stopped changing."""
    done: Seen | None = None
    before = seen(paths)
    while True:
        now = seen(paths)
        if now != done and now == before:
            done = now
            work()
        before = now
        pause(PAUSE)
