"""Writing longer words in one's own editor, the one that $VISUAL or $EDITOR names, while the app waits."""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from textual.app import App, SuspendNotSupported

from nqpf_assess.files.intake import text_in
from nqpf_assess.files.machine import refusal
from nqpf_assess.locale import Text, _
from nqpf_assess.model.problem import UserError

UNCLEAR = _("{variable} cannot be read as a command: a quotation mark is open in “{command}”.")
NO_EDITOR = _("No editor is set. Set EDITOR before the program starts, for example EDITOR=nano.")
NOT_HERE = _("An editor cannot be opened from here.")
NOT_READ = _("What the editor wrote cannot be taken: {why}. Nothing was changed here.")
FAILED = _("The editor could not be run: {why}")


class NotEdited(Exception):
    """Nothing was written; `words` say why."""

    def __init__(self, words: Text, **values: object) -> None:
        super().__init__()
        self.words, self.values = words, values


def edited(app: App[None], words: str) -> str:
    """Let somebody change words in their editor and give what they became; raises `NotEdited`.

    An editor may write in another encoding than it read, such as GBK; which, is recognised.
    """
    variable = next((name for name in ("VISUAL", "EDITOR") if os.environ.get(name)), "EDITOR")
    stated = os.environ.get(variable, "")
    try:
        # On Windows a backslash parts folders, and keeps nothing from being taken apart.
        command = shlex.split(stated.replace("\\", "\\\\") if sys.platform == "win32" else stated)
    except ValueError:
        raise NotEdited(UNCLEAR, variable=variable, command=stated) from None
    if not command:
        raise NotEdited(NO_EDITOR)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "note.txt"
        file.write_text(words, encoding="utf-8")
        try:
            with app.suspend():
                subprocess.run([*command, str(file)], check=True)
        except SuspendNotSupported:
            raise NotEdited(NOT_HERE) from None
        except (OSError, subprocess.CalledProcessError) as fault:
            raise NotEdited(FAILED, why=refusal(fault) if isinstance(fault, OSError) else fault) from None
        try:
            return text_in(file.read_bytes(), file.name)[0].replace("\r\n", "\n").rstrip("\n")
        except (OSError, UserError) as fault:
            raise NotEdited(NOT_READ, why=fault.message if isinstance(fault, UserError) else refusal(fault)) from None
