"""What somebody set once for every start: a TOML file in the data folder, and environment variables over it.

A setting that cannot be taken is said with its place and passed over; the app always starts.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from time import sleep
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from nqpf_assess.files.places import end_of, user_data
from nqpf_assess.files.presence import exists
from nqpf_assess.locale import LANGUAGES, Text, _, fill
from nqpf_assess.model.problem import Problem, UserError
from nqpf_assess.model.report_form import FORMS

FILE = "settings.toml"
PREFIX = "NQPF_ASSESS_"

UNKNOWN = _("there is no setting “{name}”")
WRONG = _("“{value}” cannot be taken for “{name}”")
NOT_TOML = _("Line {line} of the settings file cannot be read (wanted: TOML in UTF-8); nothing was changed.")
NOT_READ = _("this cannot be read and is passed over (wanted: TOML in UTF-8)")
CHOICES = _("Possible: {choices}.")
MEND = _("Mend {path} in a text editor first.")

KEY = re.compile(r"[a-z0-9_]+(\+[a-z0-9_]+)*\Z")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
NAME = re.compile(r"[a-z0-9-]+\Z")
COLOURS = (
    *("primary", "secondary", "warning", "error", "success", "foreground", "background", "surface", "panel"),
    *("quiet", "rest", "other", "cursor-background", "cursor-foreground", "waiting-background"),
    *("here-background", "here-foreground"),
)
"""Colours that a theme of one's own may state; the rest are those of the dark or light one."""


class Preferences(NamedTuple):
    """What is set. "" and None: not set. `keys`: acts and their keys; `themes`: own colours by the theme's name."""

    language: str = ""
    theme: str = ""
    ascii: bool | None = None
    mouse: bool | None = None
    plain: bool | None = None
    careful: bool | None = None
    """A digit or a click chooses and stays; only Enter goes on."""
    report_language: str = ""
    report_form: str = ""
    keys: Mapping[str, str] = MappingProxyType({})
    themes: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


SHIPPED_THEMES = ("dark", "light", "terminal")
Takes = Callable[[Any], bool]

REPORT_LANGUAGES = (*LANGUAGES, "both")

_WORDS: Mapping[str, tuple[Takes, str]] = {
    "language": (lambda value: value in LANGUAGES, ", ".join(LANGUAGES)),
    "theme": (lambda value: isinstance(value, str) and bool(NAME.match(value)), "dark, light, terminal, …"),
    "ascii": (lambda value: isinstance(value, bool), "true, false"),
    "mouse": (lambda value: isinstance(value, bool), "true, false"),
    "plain": (lambda value: isinstance(value, bool), "true, false"),
    "careful": (lambda value: isinstance(value, bool), "true, false"),
    "report_language": (lambda value: value in REPORT_LANGUAGES, ", ".join(REPORT_LANGUAGES)),
    "report_form": (lambda value: value in FORMS, ", ".join(FORMS)),
}
_YES_NO = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}

SettingSource = Literal["file", "environment"]

Keys = tuple[str, ...]
Fault = tuple[Keys, Text, str]
"""Where, what, and what is possible there."""


def settings_file() -> Path:
    """Return the file of the settings, there or not."""
    return user_data() / FILE


def variable(name: str) -> str:
    """Return the environment variable that stands over a setting."""
    return PREFIX + name.upper()


def sources(environment: Mapping[str, str]) -> Mapping[str, SettingSource]:
    """Return where each setting that is set comes from, by its name."""
    found, _problems = _from_file(settings_file())
    empty = Preferences()
    of_file = {name for name in _WORDS if getattr(found, name) != getattr(empty, name)}
    alone, _problems = _from_environment(empty._replace(themes=found.themes), environment)
    of_environment = {name for name in _WORDS if getattr(alone, name) != getattr(empty, name)}
    return {name: "environment" if name in of_environment else "file" for name in of_file | of_environment}


WAITS, WAIT = 100, 0.01
"""How often, and how many seconds at a time, is waited for another program that is writing a setting."""


def keep_setting(name: str, value: str | bool) -> None:  # noqa: FBT001
    """Write one setting into the file; comments and all else in it stay, what another program writes just then too.

    Raises `UserError` where that is refused.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    from nqpf_assess.files.document import read_document
    from nqpf_assess.files.intake import read_regular
    from nqpf_assess.files.locking import Lock, LockHeld
    from nqpf_assess.files.store import NotSaved, write_whole

    path = settings_file()
    lock = Lock(path.with_name(f".{path.name}.lock"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for _attempt in range(WAITS):
            with suppress(LockHeld):
                lock.take()
                break
            sleep(WAIT)
        data = read_regular(path) if exists(path) else b""
        words = data.decode("utf-8-sig")
        unended = words and not words.endswith("\n")  # what is added would go on in that line
        document = tomlkit.parse(words + "\n" if unended else words)
        document[name] = value
        write_whole(end_of(path), tomlkit.dumps(document).encode())  # a link to it stays one
    except (TOMLKitError, ValueError, RecursionError) as fault:
        line = next((fault.place.line for fault in read_document(path.name, data).faults), 1)
        raise UserError(fill(NOT_TOML, line=line), hint=fill(MEND, path=path)) from fault
    except OSError as fault:
        raise NotSaved(path, fault, None, begun=False) from fault
    finally:
        lock.release()


def read_settings(environment: Mapping[str, str]) -> tuple[Preferences, tuple[Problem, ...]]:
    """Read file and environment; what cannot be taken is a problem and stays unset."""
    found, problems = _from_file(settings_file())
    settings, of_environment = _from_environment(found, environment)
    return settings, (*problems, *of_environment)


def _from_file(path: Path) -> tuple[Preferences, tuple[Problem, ...]]:
    try:
        if not exists(path):
            return Preferences(), ()
        from nqpf_assess.files.intake import read_regular

        data = read_regular(path)
    except OSError:
        return Preferences(), ()
    from nqpf_assess.files.document import read_document

    document = read_document(path.name, data)  # as far as it can be read, with the place of each fault
    stated: Mapping[str, Any] = document.data
    places = ((fault.place.line, fault.place.column) for fault in document.faults)
    broken = [_problem(path, place, "", NOT_READ, "") for place in places]
    from nqpf_assess.files.positions import locate

    faults = tuple(_faults(stated))
    spots, problems = locate(document.text, [where for where, _, _ in faults]), []
    for where, words, choices in faults:
        spot = spots.get(where)
        place = (spot.key.line, spot.key.column) if spot else (1, 1)
        problems.append(_problem(path, place, ".".join(where), words, choices))
    return _settings(stated, {where for where, _, _ in faults}), (*broken, *problems)


def _faults(stated: Mapping[str, Any]) -> Iterator[Fault]:
    own = stated.get("themes")
    themes = (*SHIPPED_THEMES, *(own if isinstance(own, dict) else ()))
    for name, value in stated.items():
        if name in ("keys", "themes"):
            tables = name == "keys" or (
                isinstance(value, dict) and all(isinstance(row, dict) for row in value.values())
            )
            if isinstance(value, dict) and tables:
                yield from (_keys(value) if name == "keys" else _themes(value))
            else:
                yield (name,), fill(WRONG, name=name, value=_short(value)), f"[{name}]"
        elif name not in _WORDS:
            yield (name,), fill(UNKNOWN, name=name), ", ".join((*_WORDS, "keys", "themes"))
        elif not _WORDS[name][0](value):
            yield (name,), fill(WRONG, name=name, value=_short(value)), _WORDS[name][1]
        elif name == "theme" and value not in themes:
            yield (name,), fill(WRONG, name=name, value=value), ", ".join(themes)


def _keys(value: Mapping[str, Any]) -> Iterator[Fault]:
    for name, keys in value.items():
        if not isinstance(keys, str) or not all(KEY.match(key.strip()) for key in keys.split(",")):
            yield ("keys", name), fill(WRONG, name=name, value=_short(keys)), "f6, ctrl+n, x"


def _themes(value: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    for name, theme in value.items():
        for part, colour in theme.items():
            takes = isinstance(colour, bool) if part == "dark" else isinstance(colour, str) and COLOUR.match(colour)
            if part != "dark" and part not in COLOURS:
                yield ("themes", name, part), fill(UNKNOWN, name=part), ", ".join(("dark", *COLOURS))
            elif not takes:
                yield ("themes", name, part), fill(WRONG, name=part, value=_short(colour)), "#1c2228"


def _settings(stated: Mapping[str, Any], wrong: set[Keys]) -> Preferences:
    def sound(value: Mapping[str, Any], *where: str) -> Mapping[str, Any]:
        return {name: part for name, part in value.items() if (*where, name) not in wrong}

    tables = {name: {} if (name,) in wrong else stated.get(name, {}) for name in ("keys", "themes")}
    plain = {name: value for name, value in stated.items() if name in _WORDS and (name,) not in wrong}
    keys = {name: words.replace(" ", "") for name, words in sound(tables["keys"], "keys").items()}
    themes = {name: sound(theme, "themes", name) for name, theme in tables["themes"].items()}
    return Preferences(**plain, keys=keys, themes=themes)


def _problem(path: Path, place: tuple[int, int], key: str, words: Text, choices: str) -> Problem:
    hint = fill(CHOICES, choices=choices) if choices else _("")
    return Problem(str(path), *place, "warning", "setting", key, words, hint)


def _from_environment(settings: Preferences, environment: Mapping[str, str]) -> tuple[Preferences, tuple[Problem, ...]]:
    """Let variables such as NQPF_ASSESS_THEME stand over the file; one that cannot be taken is a problem."""
    problems, themes = [], (*SHIPPED_THEMES, *settings.themes)
    for name, (takes, choices) in _WORDS.items():
        words = environment.get(variable(name), "").strip().lower()
        value = words if isinstance(getattr(settings, name), str) else _YES_NO.get(words)
        if words and takes(value) and (name != "theme" or words in themes):
            settings = settings._replace(**{name: value})  # type: ignore[arg-type]
        elif words:
            said = fill(WRONG, name=name, value=_short(words))
            possible = ", ".join(themes) if name == "theme" else choices
            problems.append(_problem(Path(variable(name)), (1, 1), name, said, possible))
    return settings, tuple(problems)


def _short(value: Any) -> str:
    words = str(value)
    return words if len(words) <= 40 else words[:40] + "…"
