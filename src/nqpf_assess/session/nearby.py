"""Answer files near at hand: those of a folder, each with what it says of itself, without reading it whole."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from nqpf_assess.files import toml
from nqpf_assess.files.intake import read_regular
from nqpf_assess.files.places import end_of, user_data
from nqpf_assess.files.presence import is_dir, is_file
from nqpf_assess.locale import Text, _
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.period import Time, time_of

LARGEST = 2_000_000
"""Bytes of an answer file that is looked at."""

MARK = b"nqpf-answers/"

CLOSED = _("{folder} may not be looked into, so that its files cannot be listed.")
"""Said instead of that there are none."""

ILLEGIBLE = _("cannot be read as it is")
"""Stands beside an answer file of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """An answer file as it describes itself; "" where it says nothing.

    `name`: by which two files are of one subject; `changed`: seconds since 1970. `legible`: whether it can be read at
    all: a slip of the hand, another encoding or somebody else's permissions may be in the way.
    """

    path: Path
    name: str
    period: str
    respondent: str
    questionnaire: str
    version: str
    changed: float
    legible: bool = True

    @property
    def shown(self) -> str:
        """Name and year, else the file's name."""
        return " ".join(part for part in (self.name, self.period) if part) or self.path.stem


def latest_first(files: Iterable[Nearby]) -> list[Nearby]:
    """Sort files by the time that they describe, the latest first; of one time they stay in their order.

    So do those of one subject and year where the time of one is not understood, and none is the whole of it: no order
    is known of them.
    """
    timed = [(one, time_of(one.period)) for one in files]
    unknown = {(one.name, time.year) for one, time in timed if time.words}
    unknown -= {(one.name, time.year) for one, time in timed if time.is_whole}

    def key(pair: tuple[Nearby, Time]) -> tuple[int, bool, tuple[int, int]]:
        one, time = pair
        return (time.year, False, (0, 0)) if (one.name, time.year) in unknown else time[:3]

    return [one for one, _time in sorted(timed, key=key, reverse=True)]


def look_at(path: Path) -> Nearby | None:
    """Read what an answer file says of itself; None where it is none, or is not there."""
    try:
        data = read_regular(path, most=LARGEST)
        if MARK not in data:
            return None
        table = _table(data.decode("utf-8-sig"))
        if not str(table.get("format", "")).startswith(MARK.decode()):
            return None
        subject, asked = table.get("subject", {}), table.get("questionnaire", {})
        name, period, respondent = (str(subject.get(key, "")).strip() for key in ("name", "period", "respondent"))
        called = Subject.model_construct(name=name).called
        stated = (str(asked.get("id", "")), str(asked.get("version", "")))
        return Nearby(path, called, period, respondent, *stated, path.stat().st_mtime)
    except (PermissionError, ValueError, AttributeError, RecursionError):
        with suppress(OSError, ValueError):
            return Nearby(path, "", "", "", "", "", path.stat().st_mtime, legible=False) if is_file(path) else None
    except OSError:
        pass
    return None


def _table(words: str) -> dict[str, Any]:
    """Parse what stands before the answers, where that says whom they describe; else the whole."""
    head = re.split(r"^\[(?:facts|answers)", words, maxsplit=1, flags=re.M)[0]
    with suppress(ValueError):
        table = toml.loads(head)
        if {"format", "subject", "questionnaire"} <= set(table):
            return table
    return toml.loads(words)


def nearby(folder: Path, others: Iterable[Path] = ()) -> tuple[Nearby, ...]:
    """Find the answer files of a folder, all of them, and those among others, the latest first; each file once."""
    paths: list[Path] = []
    with suppress(OSError):
        paths = sorted(folder.glob("*.toml"))
    places = {end_of(path): path for path in (*others, *paths)}
    found = [one for path in places.values() if (one := look_at(path)) is not None]
    return tuple(sorted(found, key=lambda one: -one.changed))


def left_out(folder: Path, found: Iterable[Nearby]) -> tuple[tuple[Path, Text | None], ...]:
    """List what is called like an answer file of a folder and is not among those found, each with why.

    None: it cannot be read. What holds no answers, or was kept of another, is none that is missed.
    """
    from nqpf_assess.files.gathering import COPY, NO_ANSWERS, NO_FORMAT, why_no_answers

    paths: list[Path] = []
    with suppress(OSError):
        called = (path for path in folder.iterdir() if ".toml" in path.name.lower() and not path.name.startswith("."))
        paths = sorted({path for path in called if is_file(path)} - {one.path for one in found})
    judged = ((path, why_no_answers(path)) for path in paths)
    return tuple((path, None if why == NO_FORMAT else why) for path, why in judged if why not in (NO_ANSWERS, COPY))


def holding_answers(folder: Path) -> tuple[Path, ...]:
    """Find the folders in a folder that hold answer files, or folders that do, by name; hidden ones are passed over."""
    inside: list[Path] = []
    with suppress(OSError):
        inside = sorted(path for path in folder.iterdir() if is_dir(path) and not path.name.startswith("."))
    files = ((path, chain(path.glob("*.toml"), path.glob("[!.]*/*.toml"))) for path in inside)
    return tuple(path for path, below in files if any(look_at(file) is not None for file in below))


def is_closed(folder: Path) -> bool:
    """Return whether what lies in a folder may not be listed: then nobody knows that there is nothing."""
    return is_dir(folder) and not os.access(folder, os.R_OK | os.X_OK)


def editing_folder(content: tuple[Path, ...]) -> Path:
    """Return where content that is edited shall lie: a workspace where there is one, else the user's data folder."""
    if content:
        return content[0]
    with suppress(FileNotFoundError):  # the current folder itself was removed
        if any(is_dir(Path.cwd() / part) for part in ("questionnaires", "weights")):
            return Path()
    return user_data()
