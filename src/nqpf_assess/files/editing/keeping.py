"""A rubric's file held open by one editor: never over somebody's changes, and what is not saved yet is not lost."""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from nqpf_assess.files.library import refused
from nqpf_assess.files.locking import Lock, LockHeld
from nqpf_assess.files.places import end_of, place_of_change, shipped, shown, user_data
from nqpf_assess.files.presence import exists, is_dir
from nqpf_assess.files.store import ChangedUnderneath, HeldByOther, NotSaved, Rescue, sweep, write_whole
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

NOT_UTF8 = _("{path} is not UTF-8 and cannot be edited here")
SAVE_AS = _("Save it again as UTF-8 first.")


def own_place(path: Path, workspace: Path) -> Path:
    """Return where a rubric's changes go: its own file, or for shipped content a copy in the workspace."""
    inside = end_of(shipped())
    here = end_of(path)
    # Outside an installed package the content is the repository somebody works in, and theirs to change.
    installed = shipped().name == "_content"
    if not here.is_relative_to(inside) or (end_of(workspace) == inside and not installed):
        return path
    return workspace / "weights" / path.parent.name / path.name


def locked(path: Path) -> Lock:
    """Take the lock of content that is to be edited, in the folder that is written into when it is saved.

    Raises `HeldByOther`, or `NotSaved` where the machine refuses.
    """
    folder = path if is_dir(path) else path.parent if is_dir(path.parent) else user_data()
    lock = Lock(folder / f".{path.name}.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.take()
    except LockHeld as held:
        raise HeldByOther(path, held.holder, editor=True) from None
    except OSError as fault:
        raise NotSaved(path, fault, None, begun=False) from fault
    return lock


@dataclass
class RubricFile:
    """A rubric's file open for editing; use as a context manager. `source`: where the text comes from at first.

    What is not saved is kept in a draft in the user's data folder, and taken up again. A link is followed, so that the
    file it leads to is written and not the link.
    """

    path: Path
    source: Path
    words: str = field(default="", init=False)
    _known: str | None = field(default=None, init=False)
    _lock: Lock | None = field(default=None, init=False)
    _rescue: Rescue = field(default_factory=Rescue, init=False)

    def __enter__(self) -> Self:
        """Take the lock and read; raises `HeldByOther`, or `UserError` where it cannot be read."""
        place = self.path if exists(self.path) else self.source
        try:
            self.words = _decoded(place.read_bytes())
        except OSError as fault:
            raise refused(place, fault) from fault
        except UnicodeDecodeError:
            raise UserError(fill(NOT_UTF8, path=shown(place)), hint=SAVE_AS) from None
        self._known = _mark(self.words) if exists(self.path) else None
        self._lock = locked(self.path)
        sweep(self.path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        if self._lock is not None:
            self._lock.release()

    @property
    def draft(self) -> Path:
        """Where what is not saved yet is kept."""
        mark = hashlib.sha256(os.fsencode(self.path.absolute())).hexdigest()[:6]
        return user_data() / "drafts" / f"{self.path.stem}.{mark}.toml"

    def kept(self) -> str | None:
        """Return what was left unsaved of this file; None where there is nothing, or the file has changed since."""
        try:
            head, _, words = _decoded(self.draft.read_bytes()).partition("\n")
        except (OSError, UnicodeDecodeError):
            return None
        return words if head == self._head() and words != self.words else None

    def keep(self, words: str) -> bool:
        """Keep what is not saved yet; False where the machine refuses that: then only the screen has it."""
        try:
            self.draft.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.draft, f"{self._head()}\n{words}".encode(), durable=False, mode=0o600)
        except OSError:
            return False
        return True

    def set_aside(self) -> Path | None:
        """Keep as a rescue copy what was left unsaved and cannot be taken up; None where there is nothing such."""
        try:
            head, _, words = _decoded(self.draft.read_bytes()).partition("\n")
        except (OSError, UnicodeDecodeError):
            return None
        if words == self.words or head == f"# {_mark(words)}":  # saved meanwhile, or taken back
            return None
        aside = Rescue().keep(self.path, words.encode())
        if aside is not None:
            self.forget()
        return aside

    def forget(self) -> None:
        """Take the draft away."""
        with suppress(OSError):
            self.draft.unlink(missing_ok=True)

    def _head(self) -> str:
        return f"# {_mark(self.words)}"

    def save(self, words: str) -> None:
        """Write the file whole; raises `ChangedUnderneath` or `NotSaved`, each with a rescue copy."""
        data = words.encode()
        try:
            now: str | None = None
            with suppress(FileNotFoundError):
                now = hashlib.sha256(self.path.read_bytes()).hexdigest()
            if now not in (self._known, None):
                raise ChangedUnderneath(self.path, self._rescue.keep(self.path, data))
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place_of_change(self.path), data)
        except OSError as fault:
            raise NotSaved(self.path, fault, self._rescue.keep(self.path, data)) from fault
        self.forget()
        self.words, self._known = words, _mark(words)


def _mark(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


_decoded: Callable[[bytes], str] = bytes.decode
"""Bytes as UTF-8, line ends and a byte-order mark left as they are."""
