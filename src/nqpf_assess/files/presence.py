"""Whether something is there, as the machine says it.

Where it refuses to say, as in a folder that may not be entered, that is heard: Python's own methods say since 3.14 that
nothing is there, and what lies elsewhere would take the place of what may not be read.
"""

import errno
import stat
from pathlib import Path

ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP)
"""What the machine says of a path at which nothing is."""

ABSENT_ON_WINDOWS = (21, 123, 1921)
"""The same of Windows: a drive without a disk, a name that no file has, a link that leads nowhere."""


def exists(path: Path) -> bool:
    """Return whether a file, folder or anything else is there; raises `OSError`."""
    return _mode(path) != 0


def is_file(path: Path) -> bool:
    """Return whether an ordinary file is there, also by a link; raises `OSError`."""
    return stat.S_ISREG(_mode(path))


def is_dir(path: Path) -> bool:
    """Return whether a folder is there, also by a link; raises `OSError`."""
    return stat.S_ISDIR(_mode(path))


def _mode(path: Path) -> int:
    """Return kind and permissions of what is there, 0 for nothing."""
    try:
        return path.stat().st_mode
    except ValueError:  # no file has a NUL in its name
        return 0
    except OSError as fault:
        if fault.errno in ABSENT or getattr(fault, "winerror", None) in ABSENT_ON_WINDOWS:
            return 0
        raise
