"""What the app remembers on this computer between starts: recent assessments, language, colours. Nothing else."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from nqpf_assess.files.intake import read_regular
from nqpf_assess.files.places import end_of, is_copy, is_seen, user_data
from nqpf_assess.locale import LANGUAGES
from nqpf_assess.model.period import Time, are_line, time_of

FILE = "app.json"
KEPT = 20
"""Recent assessments that are kept in mind."""


class Recent(NamedTuple):
    """An assessment that was open lately, as it looked then. Score and coverage are already written for people."""

    path: str
    name: str = ""
    period: str = ""
    kind: str = ""
    score: str = ""
    coverage: str = ""
    stamp: str = ""
    """Of which state of the file that is told, as `file_stamp` writes it; "" where nobody noted it."""
    basis: str = ""
    """On what the score rests besides the answers, as `Session.basis` marks it; "" where nobody noted it."""

    @property
    def outdated(self) -> bool:
        """Whether something else changed the file since, so that score and coverage may be others."""
        return bool(self.stamp) and self.stamp != file_stamp(Path(self.path))

    @property
    def changed(self) -> float | None:
        """When the file was changed last, in seconds since 1970; None where it is not found."""
        with suppress(OSError):
            return Path(self.path).stat().st_mtime
        return None


def file_stamp(path: Path) -> str:
    """Write down which state of a file is there; a dash where there is none."""
    with suppress(OSError):
        return str(path.stat().st_mtime_ns)
    return "-"


class Remembered(NamedTuple):
    """The app's memory. Empty words and None mean: as the surroundings say."""

    language: str = ""
    theme: str = ""
    recent: tuple[Recent, ...] = ()

    def with_recent(self, seen: Recent) -> "Remembered":
        """Put an assessment first; its file is listed once, by whichever path it was opened last."""
        place = Path(seen.path)  # where others lead is not asked: they may lie on a network that is gone
        alike = (recent for recent in self.recent if Path(recent.path).name == place.name)
        same = {recent.path for recent in alike if end_of(Path(recent.path)) == end_of(place)}
        others = tuple(recent for recent in self.recent if recent.path not in same)
        return self._replace(recent=(seen, *others)[:KEPT])

    def without(self, path: str) -> "Remembered":
        """Take an assessment off the list; its file stays."""
        return self._replace(recent=tuple(recent for recent in self.recent if recent.path != path))


def over_the_years(recent: Sequence[Recent]) -> tuple[tuple[Recent, ...], ...]:
    """Group what was open lately into subjects of several years, each year once, in their order."""
    groups: dict[tuple[str, str], dict[Time, Recent]] = {}
    for seen in recent:
        path = Path(seen.path)
        if seen.name.strip() and seen.period.strip() and is_seen(path) and not is_copy(path):
            groups.setdefault((seen.name.strip(), seen.kind), {}).setdefault(time_of(seen.period), seen)
    years = (tuple(group[when] for when in sorted(group)) for group in groups.values())
    return tuple(group for group in years if are_line([seen.period for seen in group]))


def recall() -> Remembered:
    """Read the memory; what cannot be read is forgotten, and so is a path that no file can have.

    So is a score without the state of the file that it was of, as 0.1.0 kept them: the file may have changed since, and
    it was by another edition.
    """
    try:
        found = json.loads(read_regular(user_data() / FILE))
        rows = (Recent(**_known(Recent, row)) for row in found.pop("recent", ()))
        noted = (row if row.stamp else row._replace(score="", coverage="") for row in rows if _can_be(row.path))
        memory = Remembered(**_known(Remembered, found), recent=tuple(noted))
        return memory if memory.language in LANGUAGES else memory._replace(language="")
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return Remembered()


def _known(kind: type[Recent | Remembered], row: dict[str, Any]) -> dict[str, str]:
    """Keep the texts of the names a class knows, so that another version's file is read too."""
    return {name: value for name, value in row.items() if name in kind._fields and isinstance(value, str)}


def _can_be(path: str) -> bool:
    """Return whether a file can have this path: the system takes no NUL, and no half of a pair of UTF-16."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def remember(memory: Remembered) -> None:
    """Write the memory; a machine that refuses costs only the convenience."""
    from nqpf_assess.files.store import write_whole

    with suppress(OSError):
        folder = user_data()
        folder.mkdir(parents=True, exist_ok=True)
        table = {**memory._asdict(), "recent": [recent._asdict() for recent in memory.recent]}
        data = json.dumps(table, indent=1)  # in ASCII: the name of a file may be bytes of no encoding
        write_whole(folder / FILE, data.encode(), durable=False, mode=0o600)
