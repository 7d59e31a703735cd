"""What is typed on the command line: each command and option that there is, with sound and odd values, in any order."""

import errno
import json
import os
import shutil
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, chdir, contextmanager
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import click

from tools.fuzz.trial import SEEDS, Outcome, Trial

ODD = (
    *("", " ", "-", "--", "-1", "0", "1e400", "NaN", "٣", "²", "=", ",", ":", "~", "~nobody", "*", "[a]", "?", "$(x)"),
    *(".", "..", "...", "../..", "/", "//", "./", "a/", "a//b", ".x", "x.", "x ", " x", "a\\b", "C:\\a", "NUL", "a\nb"),
    *(
        "安和",
        "安和.toml",
        "a" * 300,
        "a/" * 60,
        "\x1b[31m",
        "\x7f",
        "\u202ea",
        "\udcff",
        "-o",
        "--json",
        "--help",
        "{0}",
    ),
    *("/dev/null", "/dev/stdin", "/proc/self/mem", "/proc/self/environ", "/nowhere/a", "circle/a"),
    *("../work", "answers.toml/b", "answers.toml/", "answers.TOML", "answers", "linked", "circle", "content/weights"),
    *(
        "../region",
        "region.toml",
        "REGION",
        "Small",
        "small/hills",
        "small,small",
        "share,share",
        "a=b",
        "=b",
        "fact.=x",
    ),
    *("a.toml", "a.csv", "a.json", "a.pdf", "a.docx", "a.xlsx", "a.parquet", "made/", "made/a.csv", "made/a.toml"),
)
"""Values that no option expects, and names of what is not there or is something else."""

SOUND = (
    *("small", "hills", "baseline", "region", "firm", "new", "clean", "spending", "works", "share", "plan", "tools"),
    *(
        "fact.zone",
        "weights",
        "tools=2",
        "key=value",
        "Planning",
        "2025",
        "E101",
        "1",
        "2",
        "0.5",
        "80",
        "because",
        "因为",
    ),
)
"""Ids and figures; some option wants each."""

WANTED: Mapping[str, Sequence[str]] = {
    "--acts": ("short", "medium,long"),
    "--benchmark": ("prepared/marks.json",),
    "--budget": ("1", "5", "100"),
    "--by": ("fact.zone", "weights"),
    "--choose": ("list", "bids,scrub"),
    "--content": ("content",),
    "--date": ("2026-11-30",),
    "--delimiter": (",", ";"),
    "--encoding": ("utf-8", "gbk"),
    "--engine": ("local",),  # a Spark of its own takes many seconds to begin
    "--exclude": ("list", "scrub"),
    "--from": ("hills", "baseline"),
    "--group": ("fact.zone=hills", "fact.zone=town"),
    "--factor": ("0.5", "2"),
    "--jobs": ("1",),  # a worker has no processes of its own
    "--lang": ("en", "zh"),
    "--logo": ("prepared/logo.png",),
    "--must": ("list", "bids,scrub"),
    "--node": ("share", "plan", "new", "spending"),
    "--output": ("made", "made/", "a.toml", "a.csv", "a.json", "a.pdf", "a.html", "a.xlsx", "a.docx", "a.parquet", "-"),
    "--questionnaire": ("small", "small", "small", "content/questionnaires/small.toml"),
    "--weights": ("hills", "baseline", "content/weights/small/hills.toml"),
    "--with": ("questions", "gaps,measures"),
    "benchmark --output": ("a.json", "a.json", "prepared/marks.json"),
    "collect --output": ("made/", "a.csv", "a.csv.gz", "a.parquet", "table.csv"),
    "derive --output": ("a.toml", "hills.toml"),
    "merge --output": ("a.toml", "made/a.toml", "answers.toml", "-"),
    "report --output": ("made", "made/", "a.pdf", "a.docx", "a.md", "a.txt", "a.html", "-", "prepared/report.pdf"),
    "score --output": ("made/", "a.csv", "a.csv.gz", "a.parquet", "table.csv"),
    "weights --output": ("a.toml", "a.toml", "content/weights/small/hills.toml"),
    "ahp --output": ("a.toml", "hills.toml"),
    "new --output": ("a.toml", "hills.toml"),
    "ahp files": ("judgements.csv", "judgements.toml"),
    "import files": ("prepared/form.xlsx", "prepared/answers.json", "table.csv"),
    "new file": ("mine.toml", "made.toml", "answers.toml"),
    "edit name": ("hills",),
    "open report": ("prepared/report.pdf",),
    "folder": ("made", "made/inside"),
    "name": ("hills", "baseline", "mine", "small"),
    "names": ("small", "answers.toml", "."),
    "node": ("share", "plan", "new", "spending"),
    "path": ("answers.toml", "answers.toml", "other.toml", "link.toml", "安和 县.toml", "mine.toml"),
    "integer": ("1", "3"),
    "integer range": ("3", "5"),
    "float range": ("0.5", "1"),
    "sources": ("sound.csv", "sound.csv", "answers.toml", "."),
    "tables": ("sound.csv", "sound.csv", "sound.csv", "table.csv", "."),
}
"""What an option wants, or an argument, of one command or of all, or any parameter of a type; of others see `SOUND`."""

USUAL = {"--content", "--output", "--budget", "--node", "--factor", "--why-en", "--why-zh"}
"""Options without which a command seldom comes to its work."""

WHOLE: Mapping[str, Callable[[Path], object]] = {
    ".json": lambda path: json.loads(path.read_bytes()),
    ".toml": lambda path: tomllib.loads(path.read_text("utf-8")),
    ".xlsx": lambda path: zipfile.ZipFile(path).testzip(),
    ".docx": lambda path: zipfile.ZipFile(path).testzip(),
    ".pdf": lambda path: path.read_bytes().rindex(b"%%EOF"),
    ".html": lambda path: path.read_bytes().rindex(b"</html>"),
}
"""How a file of each ending is read, which fails where it is cut short."""


# ---- a command line


@cache
def _commands() -> Mapping[tuple[str, ...], click.Command]:
    """Return every command by the words that call it."""
    from nqpf_assess.cli.main import command_line

    def below(words: tuple[str, ...], command: click.Command | None) -> Iterator[tuple[tuple[str, ...], click.Command]]:
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                yield from below((*words, name), command.get_command(context, name))
        elif command is not None:
            yield words, command

    return dict(below((), command_line()))


def _value(dice: Random, parameter: click.Parameter, command: str, odd: float) -> str:
    """Draw what stands for one parameter: what it wants, or anything, at the rate `odd`."""
    name, kind = parameter.opts[-1], parameter.type
    if name not in ("--engine", "--jobs") and dice.random() < odd:
        return dice.choice((*ODD, *SOUND, *(value for values in WANTED.values() for value in values)))
    wanted = WANTED.get(f"{command} {name}") or WANTED.get(name) or WANTED.get(kind.name)
    return str(dice.choice(wanted or (tuple(kind.choices) if isinstance(kind, click.Choice) else SOUND)))


def _line(dice: Random, words: tuple[str, ...], command: click.Command) -> list[str]:
    """Draw a command line: arguments and some of the options, each as people write them, in any order."""
    options = [each for each in command.params if isinstance(each, click.Option)]
    usual = USUAL | ({"--questionnaire"} if words[0] == "cohort" or words[-1] == "derive" else set())
    drawn = [each for each in options if dice.random() < (0.95 if each.required or each.opts[-1] in usual else 0)]
    drawn += [dice.choice(options) for _ in range(dice.choice((0, 0, 1, 1, 2, 3, 6)))]
    odd = dice.choice((0, 0, 0.1, 0.2, 0.5))
    pieces: list[list[str]] = []
    for argument in (each for each in command.params if isinstance(each, click.Argument)):
        for _ in range(dice.choice((1, 1, 1, 2, 3)) if argument.nargs < 0 else 1):
            times = dice.choices((1, 0, 2), (95, odd * 20, odd * 20))[0]
            pieces += [[_value(dice, argument, words[-1], odd)]] * times
    for option in drawn:
        name = dice.choice(option.opts)
        if option.is_flag:
            pieces.append([f"{name}=yes" if dice.random() < odd / 10 else name])
        elif dice.random() < odd / 10:
            pieces.append([name])
        else:
            value = _value(dice, option, words[-1], odd)
            glued = f"{name}={value}" if name.startswith("--") else name + value
            pieces.append([glued] if dice.random() < 0.3 else [name, value])
    if dice.random() < 0.5:
        dice.shuffle(pieces)
    before = pieces.pop() if pieces and pieces[-1][0].startswith("--content") and dice.random() < 0.3 else []
    return [*before, *words, *(word for piece in pieces for word in piece)]


# ---- what it may touch


LISTS = {"os.listdir", "os.scandir"}
WRITES = {"os.remove", "os.rmdir", "os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate", "os.chmod"}
_watchers: list[Callable[[str, tuple[Any, ...]], None]] = []


@cache
def _watch_python() -> None:
    """Have Python tell the last of the watchers of what it does to files, for the rest of this process."""
    told = LISTS | WRITES | {"open"}
    sys.addaudithook(lambda event, values: _watchers[-1](event, values) if _watchers and event in told else None)


@contextmanager
def _fenced(folder: Path, touched: list[Path]) -> Iterator[None]:
    """Let nothing be written and no folder be listed outside of a folder and of Python; note what was to be written."""
    shipped = Path(__file__).parents[2]

    def refuse(event: str, values: tuple[Any, ...]) -> None:
        if event == "open" and not (values[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
        for name in values[: 2 if event in ("os.rename", "os.link") else 1]:
            if isinstance(name, int | None):  # already open, or the current folder
                continue
            above, last = os.path.split(os.fsdecode(name))
            path = Path(os.path.realpath(name)) if event not in WRITES else Path(os.path.realpath(above), last)
            inside = (folder, shipped, sys.prefix, sys.base_prefix) if event in LISTS else (folder, os.devnull)
            if not any(path.is_relative_to(each) for each in inside):
                touched.extend([path] if event not in LISTS else [])
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fsdecode(name))

    _watch_python()
    _watchers.append(refuse)
    try:
        yield
    finally:
        _watchers.pop()


def _lay(folder: Path) -> Path:
    """Lay a workspace two folders deep, with links, and names of blanks and Chinese."""
    work = folder / "home" / "work"
    shutil.rmtree(work.parent, ignore_errors=True)
    shutil.copytree(SEEDS, work)
    shutil.copytree(folder / "prepared", work / "prepared")
    (work / "sound.csv").write_text(
        "respondent,share,plan,review,tools,water\n"
        + "".join(f"r{n},{n / 2},{n % 3},outside,audit,1\n" for n in range(9))
    )
    for name in ("other.toml", "安和 县.toml"):
        (work / name).write_bytes((work / "answers.toml").read_bytes().replace(b"Planning", b"Science"))
    for name, target in (("link.toml", "answers.toml"), ("linked", "prepared"), ("circle", "circle")):
        (work / name).symlink_to(target)
    return work


def _files(folder: Path) -> dict[Path, bytes]:
    """Return the files of a folder, without those that the program keeps for itself."""
    tops = (top for top in folder.iterdir() if top.name not in ("state", "cache"))
    return {path: path.read_bytes() for top in tops for path in (top, *top.rglob("*")) if path.is_file()}


def _run(trial: Trial, line: Sequence[str], called: str, touched: list[Path]) -> tuple[Outcome, dict[Path, bytes]]:
    """Run the line in a new workspace; return its outcome and the files that are there then."""
    from nqpf_assess.cli import watching
    from nqpf_assess.tui import serving

    async def stop(*_: object) -> None: ...

    work = _lay(trial.folder)
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, {"HOME": str(work.parent)}))
        stack.enter_context(patch.object(tempfile, "tempdir", str(trial.folder / "state")))
        stack.enter_context(patch.object(os, "sched_getaffinity", lambda _: {0}, create=True))  # see `--jobs`
        stack.enter_context(patch.object(sys, "dont_write_bytecode", new=True))
        stack.enter_context(patch.object(watching, "watch", lambda _, look: look()))
        stack.enter_context(patch.object(serving.AppServer, "run", stop))
        stack.enter_context(chdir(work))
        stack.enter_context(_fenced(trial.folder.resolve(), touched))
        done = trial.run(*line, drawn=called)
    return done, _files(trial.folder)


def arguments(dice: Random, trial: Trial) -> None:
    """A command line of all that there are; it changes nothing but what it names to be written, and the same twice."""
    commands = list(_commands().items())
    words, command = dice.choices(commands, [sum(each.expose_value for each in one.params) for _, one in commands])[0]
    called, line, touched = " ".join(words), _line(dice, words, command), list[Path]()
    (trial.folder / "state").mkdir(exist_ok=True)
    work = _lay(trial.folder)
    before = _files(trial.folder)
    done, after = _run(trial, line, called, touched)
    said = f"{line}: {done.status}: {done.out[-1500:]}\n{done.err[-1500:]}"
    told = done.status == 0 or bool(done.err.strip()) or called == "check"  # which prints problems as its result
    trial.expect(holds=told, sign=f"no word {called}", words=said)
    parts = {part for word in line for part in (word, word.partition("=")[2], word.removeprefix("-o"))}
    named = [Path(os.path.realpath(work / part)) for part in parts]
    replaces = called in ("assess", "import", "migrate") or "--force" in line
    for path in (path for path in before if after.get(path) != before[path]):
        whose = Path(os.path.realpath(path))
        made_by_us = whose.is_relative_to(work / "prepared") and any(
            word.startswith(("-o", "--output")) for word in line
        )
        meant = (replaces or made_by_us) and any(whose.is_relative_to(name) for name in named)
        edited = called == "weights edit" and whose.is_relative_to(work / "content/weights")
        sign = f"{'changed' if path in after else 'gone'} {called} {path.name}"
        trial.expect(holds=meant or edited, sign=sign, words=said)
    for path in (path for path in after if after[path] != before.get(path)):
        try:
            WHOLE.get(path.suffix, lambda _: None)(path)
        except (ValueError, zipfile.BadZipFile) as fault:
            trial.find(f"half {path.suffix} {called}", f"{path}: {fault!r}: {said}")
    astray = [  # folders above what is named may have to be made
        path
        for path in touched
        if not any(
            path.is_relative_to(each) or path.parent == each.parent or each.is_relative_to(path) for each in named
        )
    ]
    trial.expect(holds=not astray, sign=f"outside {called}", words=f"{astray} {said}")
    # What was written above the workspace is not laid anew.
    if dice.random() < 0.3 and all(path.is_relative_to(work.parent) for path in after.keys() - before.keys()):
        again = _run(trial, line, called, touched)
        trial.expect(holds=again == (done, after), sign=f"not twice {called}", words=f"{said}\n{again[0]}")
