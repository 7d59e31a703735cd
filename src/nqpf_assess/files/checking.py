"""Checks whatever paths name: answer files, rubrics, questionnaires (files or folders), whole workspaces."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from nqpf_assess.files.document import Collection, Document
from nqpf_assess.files.finding import Finding
from nqpf_assess.files.library import Library, Sheet, read_bytes
from nqpf_assess.files.linting import load, not_found, read_document
from nqpf_assess.files.places import shown
from nqpf_assess.model.answers import ANSWERS_FORMAT
from nqpf_assess.model.problem import Problem, UserError, in_order
from nqpf_assess.model.questionnaire import QUESTIONNAIRE_FORMAT
from nqpf_assess.model.text import text
from nqpf_assess.model.weights import WEIGHTS_FORMAT, Weights


def check(
    library: Library, paths: Sequence[Path], *, questionnaire: str | None = None, weights: str | None = None
) -> tuple[Problem, ...]:
    """Give every problem of what the paths name, sorted."""
    found: list[Problem] = []
    for path in paths:
        if not path.exists():
            raise UserError(text(en=f"{path} does not exist", zh=f"{path} 不存在"))
        for part in parts(path):
            found += _problems(library, part, questionnaire=questionnaire, weights=weights)
    return in_order(found)


def parts(path: Path) -> Iterator[Path]:
    """Give the files and questionnaire folders that a path stands for."""
    if path.is_file():
        yield path
    elif any((path / name).is_dir() for name in ("questionnaires", "weights", "samples")):
        yield from _workspace(path)
    else:
        yield from _folder(path)


def _workspace(path: Path) -> Iterator[Path]:
    folder = path / "questionnaires"
    if folder.is_dir():
        yield from (entry for entry in sorted(folder.iterdir()) if entry.is_dir() or entry.suffix == ".toml")
    yield from sorted((path / "weights").rglob("*.toml"))
    yield from (file for name in ("samples", ".") for file in sorted((path / name).glob("*.toml")) if _ours(file))


def _folder(path: Path) -> Iterator[Path]:
    """Take a folder of questionnaire files as one questionnaire, any other folder file by file."""
    files = sorted(path.glob("*.toml"))
    kinds = {_format_line(file) for file in files}
    if not files:
        inside = sorted(entry for entry in path.iterdir() if entry.is_dir() and any(entry.glob("*.toml")))
        for entry in inside:
            yield from _folder(entry)
        if not inside:
            yield path
    elif QUESTIONNAIRE_FORMAT in kinds or not kinds & {WEIGHTS_FORMAT, ANSWERS_FORMAT}:
        yield path
    else:
        yield from files


def _ours(file: Path) -> bool:
    return _format_line(file).startswith("nqpf-")


def _format_line(file: Path) -> str:
    """Give a file's format without reading it as TOML, so that a broken file is still known for what it is."""
    for line in read_bytes(file).decode("utf-8", errors="replace").splitlines():
        key, _, value = line.partition("=")
        if key.strip().lstrip("\ufeff") == "format":
            return value.partition("#")[0].strip().strip("\"'")
    return ""


def _problems(library: Library, path: Path, *, questionnaire: str | None, weights: str | None) -> Sequence[Problem]:
    kind = QUESTIONNAIRE_FORMAT if path.is_dir() else _format_line(path)
    if kind.startswith("nqpf-answers/"):
        sheet: Sheet = library.open_answers(path, questionnaire=questionnaire, weights=weights)
        return _with_content_errors(sheet)
    if kind.startswith("nqpf-weights/"):
        return _weights(library, path, questionnaire)
    return library.open_questionnaire(path).problems


def _with_content_errors(sheet: Sheet) -> Sequence[Problem]:
    """Give an answer file's own problems; those of its content only where they keep it from being checked."""
    return sheet.own_problems if sheet.instrument is not None else sheet.problems


def _weights(library: Library, path: Path, questionnaire: str | None) -> Sequence[Problem]:
    document = read_document(shown(path), read_bytes(path))
    if not isinstance(document, Document):
        return document
    loaded = load(Weights, [document])
    named = questionnaire or (loaded.value.questionnaire if loaded.value else "")
    book = library.questionnaire(named) if named not in ("", "unnamed") else None
    if book is None or book.subject is None:
        values = {"name": named, "places": library.places}
        lacking = not_found([("questionnaire_missing", Finding(("questionnaire",), values))], Collection((document,)))
        return (*loaded.problems, *(lacking if named != "unnamed" else ()))
    return library.open_weights(path, book).own_problems
