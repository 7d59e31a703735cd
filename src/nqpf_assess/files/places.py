"""Where content lies: workspaces, the user's data folder, the content shipped in the package; what lies at a path."""

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from nqpf_assess.files.presence import exists, is_dir, is_file
from nqpf_assess.files.rules.naming import NEAREST, nearest
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError

DATA_VARIABLE = "NQPF_ASSESS_DATA"
"""Environment variable that names another data folder."""

HEAD = 16_384
"""Bytes at the beginning of an answer file in which it says what it answers."""

_EDITION = re.compile(
    r"^[ \t]*(?:questionnaire[ \t]*=[ \t]*\{[^}\n]*?|\[questionnaire\][^\[]*?^[ \t]*)"
    r"\bversion[ \t]*=[ \t]*[\"']([^\"'\n]+)[\"']",
    re.MULTILINE,
)

NO_FOLDER = _("--content: there is no folder {path}")
NOTHING_IN = _(
    "--content {path}: there is neither questionnaires/ nor weights/ in it, so all content is taken from elsewhere; "
    "name the folder that holds them"
)
LOOKED_IN = ("questionnaires", "weights", "editions", "maps")
"""What is looked into in a folder with content."""
OTHER_ENDING = _("“{file}” would be taken for another kind of file; what is written here ends in {ending}")


def shipped() -> Path:
    """Return the folder of the shipped content: inside an installed package, else the repository's root."""
    inside = Path(__file__).parents[1] / "_content"
    return inside if is_dir(inside) else Path(__file__).parents[3]


def working_folder() -> Path:
    """Return the folder the program works in, the home folder where that was removed."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return Path.home()


def user_data() -> Path:
    """Return the user's data folder."""
    stated = os.environ.get(DATA_VARIABLE)
    if stated:
        return Path(os.path.expanduser(stated))  # noqa: PTH111 - where there is no home folder, ~ is a name
    from platformdirs import user_data_path

    return user_data_path("nqpf-assess", appauthor=False)


class Root(NamedTuple):
    """A folder with `questionnaires/` and `weights/`, and why it is looked in."""

    kind: str
    path: Path


def roots(content: Sequence[Path] = (), *, here: Path | None = None) -> tuple[Root, ...]:
    """List where ids are looked up, first hit wins (formats.md, common rules).

    Raises `UserError` where one that is named is no folder: what lies further down would be taken without a word.
    """
    for path in content:
        if not is_dir(path):
            raise UserError(fill(NO_FOLDER, path=path), status=2)
    return (
        *(Root("content", path) for path in content),
        Root("workspace", here or Path.cwd()),
        Root("user", user_data()),
        Root("shipped", shipped()),
    )


def without_content(content: Sequence[Path]) -> Iterator[Text]:
    """Say of which folders nothing is taken: a part of a workspace that is named for the whole, a share that is away.

    They are refused by nobody, since one's own content may begin in an empty folder.
    """
    for folder in content:
        if is_dir(folder) and not any(is_dir(folder / part) for part in LOOKED_IN):
            yield fill(NOTHING_IN, path=folder)


def shown(path: Path, *, here: Path | None = None) -> str:
    """Return a path as people will read it: relative to the current folder where it lies inside."""
    try:
        return str(path.relative_to(here or Path.cwd())) if path.is_absolute() else str(path)
    except (ValueError, FileNotFoundError):  # not inside, or the current folder itself was removed
        return str(path)


def source_of(path: Path) -> str:
    """Return a file's path as people will see it, in one line whatever its name."""
    return "".join(letter if letter.isprintable() else "�" for letter in shown(path))


def toml_files(folder: Path) -> list[Path]:
    """List the TOML files of a folder in name order; hidden ones and folders of such a name are left out.

    Capitals count on every system: what is read of a questionnaire, and in which order, goes into its digest.
    """
    files = (file for file in folder.glob("*.toml") if file.suffix == ".toml" and not file.name.startswith("."))
    return sorted((file for file in files if not is_dir(file)), key=lambda file: file.name)


def is_seen(path: Path) -> bool:
    """Return whether there is something at a path; not where this user may not look, nor for what can be no name."""
    return os.path.exists(path)  # noqa: PTH110


OF_THE_SYSTEM = ("$recycle.bin", "recycler", "#recycle", "@recycle", "system volume information", "lost+found")
"""Folders at the root of sticks, disks and shares, in small letters: of deleted files, or nobody's to look into."""


def edition_in_name(version: str) -> str:
    """Return how an edition is written in the name of an answer file that `migrate` keeps."""
    return re.sub(r"[^0-9A-Za-z.+-]", "_", version)[:40]


def is_copy(path: Path) -> bool:
    """Return whether a file is what was kept of an answer file before it was changed: by its name, and its edition."""
    if path.name.lower().endswith((".original.toml", ".before-import.toml")):
        return True
    # Of the one beside it: what `migrate` kept, under its name with an edition behind it, or what others had written.
    of = re.fullmatch(r"(.+)\.(?:\d+\.\d+\.\d+(?:-\d+)?|other\d*)\.toml", path.name, re.IGNORECASE)
    if of is not None:
        return is_seen(path.with_name(f"{of[1]}{path.suffix}"))
    # Of a questionnaire of one's own whose editions are numbered otherwise. anhe.2026.toml may be a year as well: then
    # the one beside is of the same edition.
    if path.stem.count(".") == 0 or not (own := _edition_of(path)):
        return False
    of = re.fullmatch(rf"(.+)\.{re.escape(edition_in_name(own))}(?:-\d+)?", path.stem)
    return of is not None and _edition_of(path.with_name(f"{of[1]}{path.suffix}")) not in ("", own)


def _edition_of(path: Path) -> str:
    """Return the edition that an answer file says it was answered to, "" where it says none or cannot be read."""
    with suppress(OSError):
        if is_file(path):
            with path.open("rb") as file:
                found = _EDITION.search(file.read(HEAD).decode("utf-8", "replace"))
            return found[1] if found is not None else ""
    return ""


def end_of(path: Path) -> Path:
    """Return the place where a path leads, links followed; a link that leads round in circles stands for itself."""
    return Path(os.path.realpath(path))


def name_beside(path: Path, folder: Path) -> str:
    """Return what tells a file from others of a list: its name, with its folder where that is another than `folder`."""
    return path.name if end_of(path.parent) == end_of(folder) else f"{path.parent.name}/{path.name}"


def place_of_change(path: Path) -> Path:
    """Return where a change of a file is written: where a link leads, but not through it into shipped content."""
    end = end_of(path)
    return path if end.is_relative_to(end_of(shipped())) else end


def instead_of(path: Path) -> Text | None:
    """Say what was perhaps meant by a path with nothing behind it; None where nothing is like it."""
    if path.parts[:1] == ("samples",):  # the guides name them; a package that was only installed brings none along
        return _("The samples come with a workspace: nqpf-assess init my-office, then cd my-office.")
    with suppress(OSError, ValueError):  # a NUL in the name
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.name != path.name)  # a link to nothing
        for name in names:
            if name == f"{path.name}.txt":
                return fill(_("There is {name}: Windows hides endings. Name it in full, or rename it."), name=name)
            if name == f"{path.name}.toml":
                return fill(_("There is {name}: name it with its ending."), name=name)
            if len(name.split()) > 1 and path.name in name.split():
                return fill(_("There is “{name}”: put a name with blanks in straight quotation marks."), name=name)
        ending = path.suffix or ".toml"
        if near := nearest(path.stem, [name.removesuffix(ending) for name in names if name.endswith(ending)]):
            return fill(NEAREST, nearest=near + ending)
    return None


PLAIN_WORD = re.compile(r"[\w./\\:~+,@%=-]+" if os.name == "nt" else r"[\w./:~+,@%=-]+")


def as_word(path: Path | str) -> str:
    """Return a path as one word of a command line: in quotation marks where a shell would take it apart."""
    word = str(path)
    if PLAIN_WORD.fullmatch(word) and not word.startswith("~"):
        return word
    if os.name == "nt" or not set(word) & set('"$`!\\'):
        return f'"{word}"'
    return shlex.quote(word)


def must_be_there(path: Path) -> None:
    """Refuse a path with nothing behind it, or with a device or pipe that may never end; raises `UserError`."""
    if not exists(path):
        raise UserError(fill(_("{path} does not exist"), path=path), hint=instead_of(path))
    if not is_file(path) and not is_dir(path):
        raise UserError(fill(_("{path} is no ordinary file"), path=path))


def meant_by(path: Path) -> tuple[Path, ...]:
    """Return what a name of answers may mean: itself, else with the ending left out, or hidden as Windows hides it."""
    hidden = {"": ".toml", ".toml": ".txt"}.get(path.suffix.lower())
    return (path,) if hidden is None else (path, path.parent / (path.name + hidden))


def writable(path: Path | str) -> str:
    """Return a path, or a name out of one, as a text that a file can hold: bytes that are no letters by number."""
    return str(path).encode("utf-8", "backslashreplace").decode()


class FoundContent(NamedTuple):
    """One questionnaire or rubric found in a root; `used`: no earlier root has it. Without an id: nothing there."""

    root: Root
    kind: str
    id: str
    path: Path
    used: bool

    def as_row(self) -> dict[str, str | bool]:
        """Return it as a row for machines."""
        return {"root": self.root.kind, "kind": self.kind, "id": self.id, "path": str(self.path), "used": self.used}


def inventory(searched: Sequence[Root]) -> tuple[FoundContent, ...]:
    """Return what each root holds, in the order of look-up."""
    seen: set[tuple[str, str]] = set()
    found: list[FoundContent] = []
    for root in searched:
        folder = root.path / "questionnaires"
        entries = sorted(folder.iterdir()) if is_dir(folder) else []
        held = [("questionnaire", path.stem, path) for path in entries if is_dir(path) or path.suffix == ".toml"]
        rubrics = sorted((root.path / "weights").glob("*/*.toml"))
        held += [("weights", f"{path.parent.name}/{path.stem}", path) for path in rubrics]
        for kind, id, path in held or [("", "", root.path)]:
            found.append(FoundContent(root, kind, id, path, used=not id or (kind, id) not in seen))
            seen.add((kind, id))
    return tuple(found)


def refuse_no_folder(path: Path) -> None:
    """Refuse, before any work, to write into a folder that is not there; raises `UserError`."""
    if not is_dir(path.parent):
        raise UserError(fill(_("the folder {path} does not exist"), path=shown(path.parent)), status=3)
