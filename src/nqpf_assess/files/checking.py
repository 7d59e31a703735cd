"""Checks whatever paths name: answer files, rubrics, questionnaires (files or folders), whole workspaces."""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from nqpf_assess.files.editions import open_scorable
from nqpf_assess.files.finding import Finding
from nqpf_assess.files.found import Named
from nqpf_assess.files.intake import read_regular
from nqpf_assess.files.library import Library
from nqpf_assess.files.linting import not_found, unknown_kind
from nqpf_assess.files.misnamed import passed_over
from nqpf_assess.files.places import OF_THE_SYSTEM, is_copy, source_of, toml_files
from nqpf_assess.files.presence import exists, is_dir, is_file
from nqpf_assess.files.rules.formats import MAP_FORMAT, format_meant
from nqpf_assess.files.rules.naming import alternatives
from nqpf_assess.model.answers import ANSWERS_FORMAT
from nqpf_assess.model.problem import Problem, errors, in_order
from nqpf_assess.model.questionnaire import QUESTIONNAIRE_FORMAT
from nqpf_assess.model.weights import WEIGHTS_FORMAT

ID_LINE = re.compile(r"""^\ufeff?[ \t]*["']?id["']?[ \t]*=[ \t]*["']?([^"'\s]*)""", re.MULTILINE)

TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)

FOLDERS = ("questionnaires", "weights", "samples")
"""The folders of a workspace."""

OF_PROGRAMS = ("build", "dist", "node_modules", "src", "target", "tests", "tools", "venv")
"""Folders in which programs keep their own, and nobody answers."""

SIGNS = {
    QUESTIONNAIRE_FORMAT: re.compile(r"^[ \t]*\[[ \t]*(pillars|dimensions|questions)[ \t]*\.", re.MULTILINE),
    WEIGHTS_FORMAT: re.compile(r"""^\ufeff?[ \t]*questionnaire[ \t]*=[ \t]*["']""", re.MULTILINE),
}
"""What only a questionnaire, only a rubric has: by these one is known that does not state its format."""

FORMAT_LINE = re.compile(r"""^\ufeff?[ \t]*["']?format["']?[ \t]*=[ \t]*["']([^"'\r\n]*)""", re.MULTILINE)


def check(
    library: Library, paths: Sequence[Path], *, questionnaire: str | None = None, weights: str | None = None
) -> tuple[Problem, ...]:
    """Check what the paths name and return every problem, sorted.

    Content is looked up in what lies under the same path first, then under the other paths, then in the library's
    roots. A path with nothing behind it is a problem like any other.
    """
    tolerant = replace(library, tolerant=True)
    members = [[*parts(path)] for path in paths]
    named = [_named(tolerant, each) for each in members]
    found: list[Problem] = []
    for index, (path, each) in enumerate(zip(paths, members, strict=True)):
        # Two workspaces may each have a rubric of one name: that of the path itself counts before the others'.
        near = replace(tolerant, named=(named[index], *named[:index], *named[index + 1 :]))
        for part in each:
            found += _problems(near, part, questionnaire=questionnaire, weights=weights)
        if is_dir(path):
            found += (problem for folder in _below(path) for problem in passed_over(folder))
    return in_order(found)


def files_read(paths: Sequence[Path]) -> tuple[Path, ...]:
    """List the files that a check of paths reads, each once."""
    every = (file for path in paths for part in parts(path) for file in (toml_files(part) if is_dir(part) else [part]))
    return tuple(dict.fromkeys(file for file in every if exists(file)))


def _named(library: Library, members: Sequence[Path]) -> Named:
    """Return what can be looked up by its id among files and questionnaire folders."""
    questionnaires, rubrics = dict[str, Path](), dict[tuple[str, str], Path]()
    for part in members:
        kind = QUESTIONNAIRE_FORMAT if is_dir(part) else kind_of(part)
        if not kind:
            words = _text_of(part) or ""
            kind = next((known for known, sign in SIGNS.items() if sign.search(words)), "")
        if kind == QUESTIONNAIRE_FORMAT:
            whole = _whole(part)
            subject = library.open_questionnaire(whole).subject
            if subject is not None and not subject.mended.touches(("id",)):
                id = subject.value.id
            else:  # what is wrong in it is told; that it is not there would be wrong besides
                line = None if is_dir(whole) else ID_LINE.search(TABLE.split(_text_of(whole) or "", maxsplit=1)[0])
                id = (line[1] if line else "") or whole.stem
            if id not in questionnaires or whole.stem == id:  # a file called by its id goes before any other
                questionnaires[id] = whole
        elif kind == WEIGHTS_FORMAT:
            loaded = library.weights_file(part)
            stated = loaded.value is not None and not loaded.mended.touches(("questionnaire",))
            # One that does not say whose it is may be that of any: it is told so, and is not missing besides.
            rubrics.setdefault((loaded.value.questionnaire if loaded.value and stated else "", part.stem), part)
    return Named(questionnaires, rubrics)


def _whole(file: Path) -> Path:
    """Return the folder that holds one questionnaire in several files, of which this is one; else the path itself.

    Of such files exactly one has the head with the `id`; in a folder of several questionnaires each has one.
    """
    if is_dir(file) or not is_file(file):
        return file
    siblings = [sibling for sibling in toml_files(file.parent) if kind_of(sibling) == QUESTIONNAIRE_FORMAT]
    heads = sum(ID_LINE.search(TABLE.split(_text_of(sibling) or "", maxsplit=1)[0]) is not None for sibling in siblings)
    return file.parent if heads == 1 < len(siblings) else file


def parts(path: Path) -> Iterator[Path]:
    """Return the files and questionnaire folders that a path stands for; of a folder, no copy of an answer file."""
    return (part for part in _parts(path) if part == path or not is_copy(part) or kind_of(part) != ANSWERS_FORMAT)


def _parts(path: Path) -> Iterator[Path]:
    if not is_dir(path):
        yield path
    elif any(is_dir(path / name) for name in FOLDERS):
        yield from _questionnaires(path / "questionnaires")
        yield from (file for folder in _below(path / "weights") for file in toml_files(folder))
        yield from (file for folder in _below(path / "samples") for file in toml_files(folder))
        for file in (*toml_files(path / "maps"), *toml_files(path)):
            stated = _format_line(file)
            if stated is None or format_meant(stated) != "":  # one that cannot be read may be ours
                yield file
        yield from (
            file for folder in _further(path, *FOLDERS, "maps") for file in toml_files(folder) if may_be_answers(file)
        )
    elif path.name == "questionnaires":
        yield from _questionnaires(path)
    else:  # questionnaire files are one questionnaire, all other folders, also with one in it, taken file by file
        for folder in [below for below in _below(path) if toml_files(below)] or [path]:
            files = toml_files(folder)
            kinds = {format_meant(_format_line(file) or "") for file in files}
            heads = sum(kind_of(file) == QUESTIONNAIRE_FORMAT for file in files)
            mixed = heads == 1 and ANSWERS_FORMAT in kinds  # such as what a report carried
            yield from [folder] if not kinds or (heads and not mixed) else files


def questionnaires_in(path: Path) -> tuple[Path, ...]:
    """Return the questionnaires that a path stands for: the path itself, or those of a workspace or folder."""
    found = (_whole(part) for part in parts(path) if is_dir(part) or kind_of(part) == QUESTIONNAIRE_FORMAT)
    return tuple(dict.fromkeys(found)) if is_dir(path) else (path,)


def _questionnaires(folder: Path) -> Iterator[Path]:
    entries = sorted(folder.iterdir()) if is_dir(folder) else []
    yield from (entry for entry in entries if is_dir(entry) and not entry.name.startswith("."))
    yield from toml_files(folder)


def _below(folder: Path) -> list[Path]:
    """List a folder and all folders in it, links to folders left aside."""
    return [folder, *(found for entry in _folders_in(folder) for found in _below(entry))]


def _folders_in(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()) if is_dir(folder) else ():
        plain = not entry.name.startswith(".") and entry.name.lower() not in OF_THE_SYSTEM
        if plain and is_dir(entry) and not entry.is_symlink():
            yield entry


def _further(folder: Path, *read: str) -> Iterator[Path]:
    """List the folders of a workspace besides those `read` already; no workspace within, such as last year's copy."""
    for entry in _folders_in(folder):
        if entry.name not in (*OF_PROGRAMS, *read) and not any(is_dir(entry / name) for name in FOLDERS[:2]):
            yield entry
            yield from _further(entry)


def _text_of(file: Path) -> str | None:
    """Return what a file says without reading it as TOML, so that a broken file is still known for what it is."""
    try:
        data = read_regular(file)
    except OSError:
        return None
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if wide else "utf-8", errors="replace")


def _format_line(file: Path) -> str | None:
    """Return a file's format, "" where it states none, None where the file cannot be read."""
    words = _text_of(file)
    found = FORMAT_LINE.search(words) if words is not None else None
    return None if words is None else found[1].strip() if found else ""


def kind_of(path: Path) -> str:
    """Return the format of a file by its first lines, "" where it is none of ours."""
    return format_meant(_format_line(path) or "")


def may_be_answers(file: Path) -> bool:
    """Return whether a file is one of answers, or may be: broken, but naming the format, or not to be read."""
    words = _text_of(file)
    if words is None:
        return True
    return (kind := kind_of(file)) == ANSWERS_FORMAT or (not kind and ANSWERS_FORMAT.partition("/")[0] in words)


def _problems(library: Library, path: Path, *, questionnaire: str | None, weights: str | None) -> Sequence[Problem]:
    """Return the problems of one file or questionnaire folder, by what its first lines say it is."""
    kind = QUESTIONNAIRE_FORMAT if is_dir(path) else kind_of(path)
    if kind == ANSWERS_FORMAT:
        if questionnaire is None:
            sheet = library.open_answers(path, weights=weights)
        else:  # where it is an earlier edition, the rubric that the file names lies with it
            sheet = open_scorable(library, path, questionnaire=questionnaire, weights=weights).sheet
        return sheet.own_problems if sheet.instrument is not None else sheet.problems
    if kind == WEIGHTS_FORMAT:
        return _of_rubric(library, path, questionnaire)
    if kind == QUESTIONNAIRE_FORMAT:
        whole = _whole(path)
        own = source_of(path)
        problems = library.open_questionnaire(whole).problems
        return problems if whole == path else [problem for problem in problems if problem.source == own]
    if kind == MAP_FORMAT:
        from nqpf_assess.files.mapping import read_map

        return read_map(library, path)[1]
    return unknown_kind(library.read(path))


def _of_rubric(library: Library, path: Path, questionnaire: str | None) -> Sequence[Problem]:
    """Check a rubric against its questionnaire; where it names none soundly, that of its folder.

    One that lies among the rubrics of another questionnaire is told so: there it is listed with those.
    Where its questionnaire or what it is based on has errors, those are told too. A file of the questionnaire that was
    passed over may hold what the rubric's references miss, so it is always named.
    """
    loaded = library.weights_file(path)
    stated = loaded.value is not None and not loaded.mended.touches(("questionnaire",))
    named = questionnaire or (loaded.value.questionnaire if loaded.value is not None and stated else path.parent.name)
    book = library.questionnaire(named, stated=questionnaire is None) if named else None
    if book is None:
        values = {"name": named, "places": library.places(), **alternatives(named, library.known("questionnaires"))}
        lacking = not_found([("questionnaire_missing", Finding(("questionnaire",), values))], loaded.collection)
        return (*loaded.problems, *(lacking if stated or questionnaire else ()))
    folder = path.absolute().parent
    if questionnaire is None and folder.parent.name == "weights":
        book = library.questionnaire(folder.name, stated=True) or book
    rubric = library.listed(path, book)
    theirs = [problem for problem in errors(rubric.problems) if problem.source != source_of(path)]
    if theirs or errors(book.problems):
        return (*book.problems, *rubric.problems)
    return (*(problem for problem in book.problems if problem.code == "passed_over"), *rubric.own_problems)
