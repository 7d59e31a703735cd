"""What the machine refuses, in the user's words."""

import errno
import stat
from collections.abc import Mapping
from pathlib import Path

from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import Text, fill, text

_WORDS: Mapping[int, Text] = {
    errno.ENOSPC: text(en="the disk is full", zh="磁盘已满"),
    errno.EDQUOT: text(en="the disk quota is used up", zh="磁盘配额已用完"),
    errno.EACCES: text(en="permission denied", zh="没有权限"),
    errno.EPERM: text(en="not permitted", zh="不允许此操作"),
    errno.EROFS: text(en="the disk or folder is read-only", zh="磁盘或文件夹为只读"),
    errno.ENOENT: text(en="it does not exist", zh="不存在"),
    errno.EISDIR: text(en="it is a folder", zh="这是一个文件夹"),
    errno.EOPNOTSUPP: text(en="it is no ordinary file", zh="不是普通文件"),
    errno.ENOTDIR: text(en="part of the path is not a folder", zh="路径中有一段不是文件夹"),
    errno.ENAMETOOLONG: text(en="the name is too long", zh="名称过长"),
    errno.EIO: text(en="the disk could not be read or written", zh="磁盘读写出错"),
    errno.EFBIG: text(en="the file became too large", zh="文件过大"),
    errno.EMFILE: text(en="too many files are open", zh="打开的文件过多"),
}


def refusal(fault: OSError) -> Text:
    """Say why the machine refused."""
    words = fault.strerror or str(fault)
    return _WORDS.get(fault.errno or 0) or text(en=words, zh=f"系统拒绝（{words}）")


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
        raise UserError(fill(text(en="{path} does not exist", zh="{path} 不存在"), path=path))
    if not path.is_file() and not path.is_dir():
        raise UserError(fill(text(en="{path} is no ordinary file", zh="{path} 不是普通文件"), path=path))
