"""What the machine refuses, in the user's words."""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError

_WORDS: Mapping[int, Text] = {
    errno.ENOSPC: _("the disk is full"),
    errno.EDQUOT: _("the disk quota is used up"),
    errno.EACCES: _("permission denied"),
    errno.EPERM: _("not permitted"),
    errno.EROFS: _("the disk or folder is read-only"),
    errno.ENOENT: _("it does not exist"),
    errno.EISDIR: _("it is a folder"),
    errno.EOPNOTSUPP: _("it is no ordinary file"),
    errno.ENOTDIR: _("part of the path is not a folder"),
    errno.ENAMETOOLONG: _("the name is too long"),
    errno.EIO: _("the disk could not be read or written"),
    errno.EFBIG: _("the file became too large"),
    errno.EMFILE: _("too many files are open"),
    errno.EBADF: _("the output is closed"),
}


def refusal(fault: OSError) -> Text:
    """Return why the machine refused."""
    words = fault.strerror or str(fault)
    return _WORDS.get(fault.errno or 0) or fill(_("the system refused: {words}"), words=words)


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


def read_regular(path: Path) -> bytes:
    """Return the bytes of an ordinary file.

    Raises OSError for anything else at once: a pipe would wait for a writer that never comes, a device may never end.
    """
    kind = path.stat().st_mode
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        raise OSError(errno.EOPNOTSUPP, "no ordinary file", str(path))
    return path.read_bytes()


def must_be_there(path: Path) -> None:
    """Refuse a path with nothing behind it, or with a device or pipe that may never end; raises `UserError`."""
    if not path.exists():
        # The guides name samples, which a package that was only installed does not lay into the current folder.
        hint = _("The samples come with a workspace: nqpf-assess init my-office, then cd my-office.")
        raise UserError(
            fill(_("{path} does not exist"), path=path), hint=hint if path.parts[:1] == ("samples",) else None
        )
    if not path.is_file() and not path.is_dir():
        raise UserError(fill(_("{path} is no ordinary file"), path=path))
