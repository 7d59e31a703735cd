"""Content that was parsed, checked and digested once, kept in the user's cache folder for the next start.

An entry is found by the bytes of the files it was made of, their names as people see them, and the program; so it never
stands for anything else, and a change of a file or of the program finds no entry. It holds plain data, no code. Where
there is none, where it is damaged or somebody else's, the content is read as if there were no cache at all.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nqpf_assess import __version__
from nqpf_assess.model.frozen import Frozen
from nqpf_assess.model.problem import Problem

CACHE_VARIABLE = "NQPF_ASSESS_CACHE"
"""Environment variable that names another folder for the cache; set to nothing, none is used."""

MOST_ENTRIES, MOST_BYTES = 500, 100_000_000
"""What the folder may hold; beyond it the oldest entries go."""

_OURS = re.compile(r"[0-9a-f]{64}\.json|\.[0-9a-f]{32}-[0-9a-f]{8}\.[a-z0-9_]{8}\.part")
"""Names of entries, and of those whose writer died."""

_CLASS, _VALUE, _EXTRA = "", "=", "+"
"""Keys of an encoded object: its class, the text of a number or date, words beside the keys of a format."""


def folder() -> Path | None:
    """Return the folder of the cache; None where none is wanted, or the system names none."""
    stated = os.environ.get(CACHE_VARIABLE)
    if stated is not None:
        return Path(os.path.expanduser(stated)) if stated else None  # noqa: PTH111 - as in `user_data`
    from platformdirs import user_cache_path

    with suppress(OSError, RuntimeError):
        return user_cache_path("nqpf-assess", appauthor=False)
    return None


@cache
def _program() -> str:
    """Identify the program: its version, and where it is being worked on, the state of its files."""
    package = Path(__file__).parents[1]
    if (package / "_content").is_dir():
        seen = [(package / "files" / "cache.py").stat().st_mtime_ns]
    else:
        places = [
            package / name
            for name in ("model", "kinds", "engine", "files", "files/rules", "locale", "locale/zh", "report")
        ]
        entries = [entry.stat() for place in places if place.is_dir() for entry in os.scandir(place) if entry.is_file()]
        seen = [number for entry in entries for number in (entry.st_mtime_ns, entry.st_size)]
    return hashlib.sha256(f"{__version__} {seen}".encode()).hexdigest()


def key_of(kind: str, parts: Iterable[bytes | str]) -> str:
    """Return the key of an entry of a kind that is made of these parts."""
    made = hashlib.sha256(f"{kind} {_program()}".encode())
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big") + data)
    return made.hexdigest()


def load(key: str, name: str = "") -> Mapping[str, Any] | None:
    """Return an entry; None where there is none that is whole and our own. `name`: see `save`."""
    place = folder()
    if place is None or not key:
        return None
    try:
        flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # no link, and no pipe that is waited on
        handle = os.open(place / f"{name or key}.json", os.O_RDONLY | flags)
        with os.fdopen(handle, "rb") as file:
            seen = os.fstat(handle)
            ours = not hasattr(os, "getuid") or (seen.st_uid == os.getuid() and not seen.st_mode & stat.S_IWOTH)
            if not stat.S_ISREG(seen.st_mode) or not ours:
                return None
            mark, _, data = file.read().partition(b"\n")
        if mark.decode() != _mark(key, data):
            return None
        found = _made_of(data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return found if isinstance(found, Mapping) else None


def save(key: str, entry: Mapping[str, object], name: str = "") -> None:
    """Keep an entry; the machine may refuse that, then the next start reads the content itself.

    `name`: the name, like a key, of the one entry of a kind that is kept; the one that was there goes.
    """
    place = folder()
    if place is None or not key:
        return
    from nqpf_assess.files.store import write_whole

    with suppress(OSError, TypeError, ValueError):
        data = json.dumps(_encoded(entry), ensure_ascii=False, separators=(",", ":")).encode()
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(place / f"{name or key}.json", f"{_mark(key, data)}\n".encode() + data, durable=False, mode=0o600)
        # The folder may be one that holds other things too: only what bears a key for a name goes.
        kept = [(seen.stat(), seen.path) for seen in os.scandir(place) if _OURS.fullmatch(seen.name)]
        kept.sort(key=lambda row: row[0].st_mtime_ns)
        size = sum(seen.st_size for seen, _ in kept)
        while kept and (len(kept) > MOST_ENTRIES or size > MOST_BYTES):
            oldest, path = kept.pop(0)
            size -= oldest.st_size
            Path(path).unlink(missing_ok=True)


def _mark(key: str, data: bytes) -> str:
    return hashlib.sha256(key.encode() + data).hexdigest()


# ---- values as plain data


def _encoded(value: object) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return {_CLASS: "Decimal", _VALUE: str(value)}
        case datetime() | date():
            return {_CLASS: type(value).__name__, _VALUE: value.isoformat()}
        case Frozen():
            stated = {
                name: _encoded(getattr(value, name))
                for name in type(value).model_fields
                if name in value.model_fields_set
            }
            words = value.__pydantic_extra__
            name = f"{type(value).__module__.removeprefix('nqpf_assess.')}:{type(value).__qualname__}"
            return {_CLASS: name, **stated, **({_EXTRA: _encoded(words)} if words else {})}
        case Mapping():
            return {key: _encoded(part) for key, part in value.items()}
        case tuple() | list():
            return [_encoded(part) for part in value]
        case _:
            raise TypeError(type(value).__name__)


@lru_cache(maxsize=32)
def _made_of(data: bytes) -> Any:
    """Make the values of an entry, once in a process: they never change."""
    return json.loads(data, object_hook=_decoded)


def _decoded(table: dict[str, Any]) -> Any:
    """Make what a table of an entry stands for: called for the inner tables first."""
    for key, part in table.items():
        if type(part) is list:
            table[key] = _as_tuple(part)
    name = table.pop(_CLASS, None)
    if name is None:
        return MappingProxyType(table)
    if name == "Decimal":
        return Decimal(table[_VALUE])
    if name in ("date", "datetime"):
        return (date if name == "date" else datetime).fromisoformat(table[_VALUE])
    model, defaults, labelled = _class(name)
    words = table.pop(_EXTRA, None)
    # What is here was validated when it was kept.
    return model.made_of({**defaults, **table}, table.keys(), dict(words or {}) if labelled else None)


def _as_tuple(parts: list[Any]) -> tuple[Any, ...]:
    return tuple([_as_tuple(part) if type(part) is list else part for part in parts])


@cache
def _class(name: str) -> tuple[type[Frozen], Mapping[str, Any], bool]:
    """Return a class by its name, what its fields are where they are not stated, and whether it is labelled.

    Only frozen values of the model or of a kind of question can be named: an entry can make nothing else.
    """
    module, _, inside = name.partition(":")
    if module.split(".")[0] not in ("model", "kinds") or not inside.isidentifier():
        raise ValueError(name)
    model = getattr(import_module(f"nqpf_assess.{module}"), inside)
    if not (isinstance(model, type) and issubclass(model, Frozen)):
        raise ValueError(name)
    defaults = {name: key.default for name, key in model.model_fields.items() if not key.is_required()}
    return model, defaults, model.model_config["extra"] == "allow"


# ---- problems


def problem_rows(problems: Iterable[Problem]) -> list[list[object]]:
    """Return problems as rows of plain data."""
    return [[p.source, p.line, p.column, p.severity, p.code, p.key, dict(p.message), dict(p.hint)] for p in problems]


def problems_of(rows: Iterable[Iterable[Any]]) -> tuple[Problem, ...]:
    """Return the problems that rows stand for."""
    return tuple(Problem(*row) for row in rows)
