"""Where content lies: workspaces, the user's data folder, the content shipped in the package."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DATA_VARIABLE = "NQPF_ASSESS_DATA"
"""Environment variable that names another data folder."""


def shipped() -> Path:
    """Give the folder of the shipped content: inside an installed package, else the repository's root."""
    inside = Path(__file__).parents[1] / "_content"
    return inside if inside.is_dir() else Path(__file__).parents[3]


def user_data() -> Path:
    """Give the user's data folder."""
    stated = os.environ.get(DATA_VARIABLE)
    if stated:
        return Path(stated)
    from platformdirs import user_data_path

    return user_data_path("nqpf-assess", appauthor=False)


@dataclass(frozen=True, slots=True)
class Root:
    """A folder with `questionnaires/` and `weights/`, and why it is looked in."""

    kind: str
    path: Path


def roots(content: Sequence[Path] = (), *, here: Path | None = None) -> tuple[Root, ...]:
    """List where ids are looked up, first hit wins (formats.md, common rules)."""
    return (
        *(Root("content", path) for path in content),
        Root("workspace", here or Path.cwd()),
        Root("user", user_data()),
        Root("shipped", shipped()),
    )


def shown(path: Path, *, here: Path | None = None) -> str:
    """Give a path as people will read it: relative to the current folder where it lies inside."""
    base = here or Path.cwd()
    try:
        return str(path.relative_to(base)) if path.is_absolute() else str(path)
    except ValueError:
        return str(path)
