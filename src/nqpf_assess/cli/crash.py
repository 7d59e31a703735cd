"""The log of a bug of ours: what a maintainer needs, no answers."""

import tempfile
import traceback
from pathlib import Path

import platformdirs

from nqpf_assess import __version__


def write_log(fault: BaseException) -> Path:
    """Write a traceback without local values, and give its path."""
    text = f"nqpf-assess {__version__}\n" + "".join(traceback.format_exception(fault))
    for folder in (platformdirs.user_log_path("nqpf-assess", appauthor=False), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "nqpf-assess-crash.log"
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return path
    return Path("-")
