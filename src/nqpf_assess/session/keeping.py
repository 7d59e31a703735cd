"""Keeping answers on disk while somebody works: the file replaced at every change, brought to the disk in peace."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Condition, Thread
from typing import NamedTuple

from nqpf_assess.files.machine import local_time
from nqpf_assess.files.store import AnswerFile
from nqpf_assess.locale import _
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import UserError

ANEW = _("The file was gone, so it was written anew in its old place; one that was moved or renamed stays as it was.")
"""What is told of a file that somebody took away while it was open."""

PATIENCE = 5.0
"""Seconds that closing waits for the disk."""


@dataclass
class Keeper:
    """Saves answers into a file at once, safe against the death of this process; a thread brings them to the disk."""

    file: AnswerFile
    saved_at: datetime | None = field(default=None, init=False)
    _changed: Condition = field(default_factory=Condition, init=False)
    _waiting: bool = field(default=False, init=False)
    _closing: bool = field(default=False, init=False)
    _thread: Thread | None = field(default=None, init=False)

    def save(self, answers: Answers) -> bool:
        """Replace the file, True where it was gone; raises a `UserError` where that is refused."""
        anew = self.file.save(answers, durable=False)
        self.saved_at = local_time()
        with self._changed:
            self._waiting = True
            self._changed.notify()
            if self._thread is None:
                self._thread = Thread(target=self._bring_to_disk, name="keeper", daemon=True)
                self._thread.start()
        return anew

    def close(self) -> None:
        """Wait until all is on the disk, and give the file back."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(PATIENCE)
        self.file.__exit__(None, None, None)

    def _bring_to_disk(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closing:
                    self._changed.wait()
                if not self._waiting:  # closing, and nothing more to come
                    return
                self._waiting = False
            self.file.sync()


class NoFile(NamedTuple):
    """Keeps nothing: where somebody else writes the file. Every change is refused before it comes here."""

    why: UserError

    def save(self, answers: Answers) -> bool:  # noqa: ARG002
        """Refuse."""
        raise self.why
