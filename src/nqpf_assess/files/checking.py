"""Checks whatever paths name: answer files, rubrics, questionnaires (files or folders), whole workspaces."""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from nqpf_assess.files.finding import Finding
from nqpf_assess.files.library import Book, Library, Rubric, source_of, toml_files
from nqpf_assess.files.linting import not_found, unknown_kind
from nqpf_assess.files.machine import must_be_there
from nqpf_assess.files.rules.formats import format_meant
from nqpf_assess.model.answers import ANSWERS_FORMAT
from nqpf_assess.model.problem import Problem, errors, in_order
from nqpf_assess.model.questionnaire import QUESTIONNAIRE_FORMAT
from nqpf_assess.model.weights import WEIGHTS_FORMAT

FOLDERS = ("questionnaires", "weights", "samples")
"""The folders of a workspace."""

FORMAT_LINE = re.compile(r"""^\ufeff?[ \t]*["']?format["']?[ \t]*=[ \t]*["']([^"'\r\n]*)""", re.MULTILINE)


def check(
    library: Library, paths: Sequence[Path], *, questionnaire: str | None = None, weights: str | None = None
) -> tuple[Problem, ...]:
    """Give every problem of what the paths name, sorted."""
    tolerant = replace(library, tolerant=True)
    found: list[Problem] = []
    for path in paths:
        must_be_there(path)
        for part in parts(path):
            found += _problems(tolerant, part, questionnaire=questionnaire, weights=weights)
    return in_order(found)


def parts(path: Path) -> Iterator[Path]:
    """Give the files and questionnaire folders that a path stands for."""
    if not path.is_dir():
        yield path
    elif any((path / name).is_dir() for name in FOLDERS):
        yield from _questionnaires(path / "questionnaires")
        yield from (file for folder in _below(path / "weights") for file in toml_files(folder))
        yield from (file for folder in _below(path / "samples") for file in toml_files(folder))
        yield from (file for file in toml_files(path) if _ours(file))
    elif path.name == "questionnaires":
        yield from _questionnaires(path)
    else:
        yield from _folder(path)


def _questionnaires(folder: Path) -> Iterator[Path]:
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    yield from (entry for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    yield from toml_files(folder)


def _below(folder: Path) -> list[Path]:
    """List a folder and all folders in it, links to folders left aside."""
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    deeper = [entry for entry in inside if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith(".")]
    return [folder, *(found for entry in deeper for found in _below(entry))]


def _ours(file: Path) -> bool:
    """Say whether a file beside those of the workspace is one of ours, or cannot be read."""
    stated = _format_line(file)
    return stated is None or format_meant(stated) != ""


def _folder(path: Path) -> Iterator[Path]:
    """Take a folder of questionnaire files as one questionnaire, any other folder file by file."""
    found = [folder for folder in _below(path) if toml_files(folder)]
    for folder in found or [path]:
        files = toml_files(folder)
        kinds = {format_meant(_format_line(file) or "") for file in files}
        if not kinds or QUESTIONNAIRE_FORMAT in kinds:
            yield folder
        else:
            yield from files


def _format_line(file: Path) -> str | None:
    """Give a file's format without reading it as TOML, so that a broken file is still known for what it is.

    "" where there is no such line, None where the file cannot be read.
    """
    try:
        data = file.read_bytes()
    except OSError:
        return None
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    found = FORMAT_LINE.search(data.decode("utf-16" if wide else "utf-8", errors="replace"))
    return found[1].strip() if found else ""


def kind_of(path: Path) -> str:
    """Give the format of a file by its first lines, "" where it is none of ours."""
    return format_meant(_format_line(path) or "")


def _problems(library: Library, path: Path, *, questionnaire: str | None, weights: str | None) -> Sequence[Problem]:
    kind = QUESTIONNAIRE_FORMAT if path.is_dir() else kind_of(path)
    if kind == ANSWERS_FORMAT:
        sheet = library.open_answers(path, questionnaire=questionnaire, weights=weights)
        return sheet.own_problems if sheet.instrument is not None else sheet.problems
    if kind == WEIGHTS_FORMAT:
        return _weights(library, path, questionnaire)
    if kind == QUESTIONNAIRE_FORMAT:
        return library.open_questionnaire(path).problems
    return unknown_kind(library.read(path))


def _weights(library: Library, path: Path, questionnaire: str | None) -> Sequence[Problem]:
    """Check a rubric against its questionnaire; where it names none soundly, that of its folder."""
    loaded = library.weights_file(path)
    stated = loaded.value is not None and not loaded.mended.touches(("questionnaire",))
    named = questionnaire or (loaded.value.questionnaire if loaded.value is not None and stated else path.parent.name)
    book = library.questionnaire(named, stated=questionnaire is None) if named else None
    if book is not None:
        return _with_content(library.open_weights(path, book), book)
    values = {"name": named, "known": library.known("questionnaires"), "places": library.places}
    lacking = not_found([("questionnaire_missing", Finding(("questionnaire",), values))], loaded.collection)
    return (*loaded.problems, *(lacking if stated or questionnaire else ()))


def _with_content(rubric: Rubric, book: Book) -> Sequence[Problem]:
    """Give a rubric's own problems; where its questionnaire or what it is based on has errors, those too."""
    theirs = [problem for problem in errors(rubric.problems) if problem.source != source_of(rubric.path)]
    return (*book.problems, *rubric.problems) if theirs or errors(book.problems) else rubric.own_problems
