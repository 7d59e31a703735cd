"""Writing longer words in one's own editor, the one that $VISUAL or $EDITOR names, while the app waits."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from textual.app import App, SuspendNotSupported

from nqpf_assess.locale import Text, _

NO_EDITOR = _("No editor is set. Set EDITOR before the program starts, for example EDITOR=nano.")
NOT_HERE = _("An editor cannot be opened from here.")
FAILED = _("The editor could not be run: {why}")


class NotEdited(Exception):
    """Nothing was written; `words` say why."""

    def __init__(self, words: Text, **values: object) -> None:
        super().__init__()
        self.words, self.values = words, values


def edited(app: App[None], words: str) -> str:
    """Let somebody change words in their editor and give what they became; raises `NotEdited`."""
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
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
            raise NotEdited(FAILED, why=fault) from None
        return file.read_text(encoding="utf-8", errors="replace").rstrip("\n")
