"""The log of a bug of ours: what a maintainer needs, no answers."""

import os
import tempfile
from pathlib import Path

from nqpf_assess import __version__

NAME = "nqpf-assess-crash.log"


def write_log(traceback: str) -> Path:
    """Write a traceback (which holds no local values), for its owner alone to read, and return where it stands.

    It stands in the user's own folder of logs; where that cannot be written, in the folder for temporary files under a
    name nobody can foresee. No link is followed, so nobody else decides which file is written.
    """
    import platformdirs

    words = f"nqpf-assess {__version__}\n{traceback}"
    folder = platformdirs.user_log_path("nqpf-assess", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / NAME
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8", errors="replace") as file:
            file.write(words)
    except OSError:
        try:
            number, name = tempfile.mkstemp(prefix="nqpf-assess-crash-", suffix=".log")
        except OSError:
            return Path("-")
        path = Path(name)
        with os.fdopen(number, "w", encoding="utf-8", errors="replace") as file:
            file.write(words)
    return path
