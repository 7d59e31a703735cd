"""The examples of `tests/invalid`: where they lie, what they are called, how they are checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from nqpf_assess.files.checking import check
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.problem import Problem

FOLDER = Path(__file__).parents[1] / "invalid"
SOUND = Path("sound")
ENDINGS = {"en": "expected.txt", "zh": "zh.txt"}

EXAMPLES = tuple(
    path.name
    for path in sorted(FOLDER.iterdir())
    if path.name not in ("sound", "README.md") and not path.name.endswith(tuple(ENDINGS.values()))
)


def code_of(example: str) -> str:
    """The code an example is for: `code.toml`, `code-what.toml` or a folder of such a name."""
    return Path(example).stem.partition("-")[0]


def expected(example: str, language: str) -> str:
    return (FOLDER / f"{Path(example).stem}.{ENDINGS[language]}").read_text(encoding="utf-8")


@contextmanager
def refusing(beginning: str = "unreadable") -> Iterator[None]:
    """A machine that lets no file be read whose name begins so, and has none that is called missing, nor nearly so."""
    opened = Path.open

    def opening(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == "missing_file.toml":
            raise FileNotFoundError(2, "No such file", str(path))
        if path.name.startswith(beginning) and path.suffix == ".toml":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *how, **more)

    with patch.object(Path, "open", opening), patch("nqpf_assess.files.library.instead_of", return_value=None):
        yield


def problems_of(example: str) -> tuple[Problem, ...]:
    """What is found in an example; the current folder must be that of the examples."""
    with refusing():
        return check(Library((Root("content", SOUND),)), [Path(example)])
