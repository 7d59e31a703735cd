"""What is done outside the terminal: a command of the program in a process of its own, a folder on the desktop."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from nqpf_assess.locale import _
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.frame.workbench import Workbench

FOLDER = _("Open its folder")
IN_FOLDER = _("It is in {path}")


def run_command(bench: Workbench, *words: str) -> tuple[int, list[str]]:
    """Run a command in the app's language and with its content; return the exit status and the lines said of the files.

    It takes seconds and is called on a thread: the app stays awake, and what is wrong is said as the command says it.
    """
    content = [part for root in bench.options.content for part in ("--content", str(root))]
    program = [sys.executable, "-m", "nqpf_assess", "--lang", bench.language]
    said_so = {**os.environ, "PYTHONIOENCODING": "utf-8"}  # else in the system's own encoding, such as GBK
    done = subprocess.run([*program, *words, *content], capture_output=True, check=False, env=said_so)
    return done.returncode, done.stderr.decode("utf-8", "replace").splitlines()


def open_folder(page: Page, folder: Path) -> None:
    """Open a folder on the desktop, where there is one, and say which it is."""
    if sys.platform == "win32":  # which reads Chinese letters of an address by the byte
        with suppress(OSError):  # gone meanwhile; where it was is said
            os.startfile(folder)
    elif sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        page.bench.open_url(folder.as_uri())
    page.say(IN_FOLDER, path=str(folder))
