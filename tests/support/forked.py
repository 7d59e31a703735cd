"""Command lines in forked processes: as apart from each other as processes of their own, Python is not started anew.

A server, itself a process of its own without threads, has the program loaded and forks for each command line. What
starting Python is about (encodings, closed streams, start-up time) is tested with processes of their own.
"""

import gc
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

PATIENCE = 120
SPENT = [0.0]
"""Processor seconds of all command lines so far."""

LOADED = ("engine", "files", "exchange", "locale", "report", "pages", "session", "plain", "cli")
"""Packages loaded before the first command; `cohort` with the first that needs it."""

LATER = (
    "dateutil.relativedelta",
    "docx",
    "highspy",
    "lxml.etree",
    "openpyxl",
    "pikepdf",
    "platformdirs",
    "pydantic.fields",
    "reportlab.lib.fonts",
    "rich._unicode_data.unicode17-0-0",
    "rich.table",
    "tomlkit",
    "zoneinfo",
)
"""Libraries that the program loads when it first needs them: loaded before, no child does it anew."""

LATER_FOR_COHORTS = ("numpy.ma", "pyarrow.dataset")


@cache
def _server() -> "subprocess.Popen[str]":
    from tests.cli.conftest import clean_environment

    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.forked"],
        cwd=Path(__file__).parents[2],
        env=clean_environment(OPENBLAS_NUM_THREADS="1"),  # what forks has no threads of its own
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], typed: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run a command line in a folder with exactly this environment; standard input is what is typed, and its end."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "in").write_text(typed, encoding="utf-8")
        row = {"arguments": list(arguments), "folder": str(folder), "environment": dict(environment), "place": place}
        server.stdin.write(json.dumps(row) + "\n")
        server.stdin.flush()
        status, spent = json.loads(server.stdout.readline())
        SPENT[0] += spent
        out, err = ((Path(place) / name).read_bytes().decode("utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess(list(arguments), status, out, err)


def _become(row: dict[str, Any]) -> None:
    """Be the program in a process just forked; never comes back."""
    status = 70
    try:
        signal.alarm(PATIENCE)
        os.chdir(row["folder"])
        os.environ.clear()
        os.environ.update(row["environment"])
        place = Path(row["place"])
        for number, path, flags in (
            (0, place / "in", os.O_RDONLY),
            (1, place / "out", os.O_WRONLY | os.O_CREAT),
            (2, place / "err", os.O_WRONLY | os.O_CREAT),
        ):
            handle = os.open(path, flags, 0o600)
            os.dup2(handle, number)
            os.close(handle)
        sys.stdin = sys.__stdin__ = os.fdopen(0, encoding="utf-8", closefd=False)  # type: ignore[misc]
        sys.stdout = sys.__stdout__ = os.fdopen(1, "w", encoding="utf-8", closefd=False)  # type: ignore[misc]
        sys.stderr = sys.__stderr__ = os.fdopen(2, "w", encoding="utf-8", closefd=False)  # type: ignore[misc]
        sys.argv = ["nqpf-assess", *row["arguments"]]
        from nqpf_assess.__main__ import main

        main()
        status = 0
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 0 if leaving.code is None else 1
    except BaseException:
        import traceback

        traceback.print_exc()
        status = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status & 0xFF)


def load(name: str) -> None:
    """Load a package of the program with all that is in it."""
    package = importlib.import_module(f"nqpf_assess.{name}")
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)


def make_ready(packages: Sequence[str]) -> None:
    """Load packages of the program, the libraries that it loads later, its words, and the shipped content."""
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.places import roots
    from nqpf_assess.locale import LANGUAGES, catalogue
    from nqpf_assess.locale.grammar import grammar
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.frozen import reader
    from nqpf_assess.model.questionnaire import Questionnaire
    from nqpf_assess.model.weights import Weights

    importlib.import_module("nqpf_assess.__main__")
    for name in packages:
        load(name)
    for name in LATER:
        importlib.import_module(name)
    for read in (Answers, Questionnaire, Weights):
        reader(read).model_rebuild()
    for language in LANGUAGES:
        catalogue(language)
        grammar(language)
    os.chdir("/")  # content is kept under its names as people see them: here none lies in the working folder
    library = Library(roots(()))
    for id in ("firm", "region"):
        book = library.questionnaire(id)
        assert book is not None
        library.profiles(book)
    gc.freeze()  # no child looks through, and so copies, what all of them share


def serve() -> None:
    """Fork for every command line that comes on standard input; ends with it."""
    make_ready(LOADED)
    for line in sys.stdin:
        row = json.loads(line)
        if "cohort" in row["arguments"][:3] or "derive" in row["arguments"][:4]:
            load("cohort")
            for name in LATER_FOR_COHORTS:
                importlib.import_module(name)
            gc.freeze()
        process = os.fork()
        if process == 0:
            _become(row)
        _, status, usage = os.wait4(process, 0)
        answer = (os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime)
        print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
