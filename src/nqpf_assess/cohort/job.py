"""A job: a table scored part by part in `SCORES.parts/`, taken up again where it stopped, joined when whole."""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from nqpf_assess.cohort.column_names import BY_FILE, STRICT, ColumnMap, check_names, column_map, name_faults
from nqpf_assess.cohort.engines import Engine, Task
from nqpf_assess.cohort.faults import WARNINGS, fault_table
from nqpf_assess.cohort.joining import join_parts, write_problems
from nqpf_assess.cohort.repeats import repeated
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scorer import PLAIN, Extras
from nqpf_assess.cohort.tables import BATCH, TableFile, open_table, table_files
from nqpf_assess.cohort.task import Receipt, part_path, receipt_path, write_json
from nqpf_assess.cohort.work import TYPES, Work, texts_of
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError

UNFINISHED = _("{folder} holds an unfinished job")
GO_ON = _("Add --resume to go on with it, or remove the folder to begin anew.")
TAKEN_UP = _("going on with the unfinished job: {done} of {all} parts are there already")
BEGUN_ANEW = _("there is no unfinished job; beginning anew")
DIFFERS = _("the unfinished job in {folder} has another {what}")
FOREIGN = _("{path} is no scores table of ours")
NOT_OVER = _("Nothing was overwritten; choose another name.")
CATALOGUE = "table:"
"""Begins the name of a table that the engine keeps, not the disk."""

NO_CATALOGUE = _("{name} wants --engine spark")
WHAT = {
    "questionnaire": _("questionnaire"),
    "weights": _("choice of weights"),
    "options": _("choice of options"),
    "files": _("table"),
}


@dataclass(frozen=True)
class Order:
    """What was asked for: tables to score, where the scores and the problems go, how."""

    tables: Sequence[str]
    output: str
    extras: Extras = PLAIN
    quick: bool = False
    language: str = "en"
    batch: int = BATCH
    encoding: str = "utf-8"
    problems: str | None = None
    strict: bool = False
    strict_columns: bool = False
    resume: bool = False

    @property
    def folder(self) -> Path:
        """The folder in which the parts are made."""
        return Path(self.output.rstrip("/") + ".parts")

    @property
    def problems_file(self) -> Path:
        """Where the problems go."""
        return Path(self.problems or self.output.rstrip("/") + ".problems.csv")


@dataclass
class Outcome:
    """What became of a job."""

    rows: int = 0
    scored: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    first: list[dict[str, Any]] = field(default_factory=list)
    written: bool = True

    @property
    def grave(self) -> bool:
        """Whether there is any problem that is no mere warning."""
        return any(count for code, count in self.problems.items() if code not in WARNINGS)


Watch = Callable[[Receipt], None]
Say = Callable[[Text], None]


def score_table(
    instruments: Instruments, order: Order, engine: Engine, watch: Watch = lambda _: None, say: Say = lambda _: None
) -> Outcome:
    """Score a table; raises `UserError` before any row is scored where that cannot be done.

    `watch` is told of every finished task, `say` whether an unfinished job was taken up.
    """
    _refuse_foreign(order.output)
    try:
        return _scored(instruments, order, engine, watch, say)
    finally:
        engine.close()


def _scored(instruments: Instruments, order: Order, engine: Engine, watch: Watch, say: Say) -> Outcome:
    files = _opened(order, engine)
    maps = _column_maps(instruments, files)
    for path, found in maps.items():
        for line in found.lines():
            say(fill(BY_FILE, path=path, said=line) if len(maps) > 1 else line)
        if order.strict_columns and not found.sound:
            raise UserError(fill(STRICT, path=path), hint=next(iter(name_faults(found))).reason)
    work = _work(instruments, order, files)
    engine.ready()
    tasks: list[Task] = [(part, piece) for part, piece in enumerate(piece for file in files for piece in file.pieces)]
    missing = _prepared(work, order, files, tasks)
    if order.resume:
        done = len(tasks) - len(missing)
        say(fill(TAKEN_UP, done=done, all=len(tasks)) if done else BEGUN_ANEW)
    for receipt in engine.map(work, missing):
        watch(receipt)
    return _finished(work, order, files, tasks, maps)


def _column_maps(instruments: Instruments, files: Sequence[TableFile]) -> dict[str, ColumnMap]:
    """Look at the columns of every file; those with the columns of one before are not named again."""
    maps: dict[str, ColumnMap] = {}
    seen: set[frozenset[str]] = set()
    for file in files:
        check_names(instruments.questionnaire, file.schema.names)
        if frozenset(file.schema.names) not in seen:
            seen.add(frozenset(file.schema.names))
            maps[file.path] = column_map(instruments.questionnaire, file.schema.names)
    return maps


def _opened(order: Order, engine: Engine) -> list[TableFile]:
    """Look at every table before any row is read; `table:NAME` is one of the engine's own catalogue."""
    own = [name for name in order.tables if name.startswith(CATALOGUE)]
    if own:
        catalogue: Callable[[str], TableFile] | None = getattr(engine, "catalogue", None)
        if catalogue is None:
            raise UserError(fill(NO_CATALOGUE, name=own[0]), status=2)
        return [catalogue(name) for name in own] + _files(order, [name for name in order.tables if name not in own])
    return _files(order, order.tables)


def _files(order: Order, names: Sequence[str]) -> list[TableFile]:
    return [open_table(path, order.encoding) for path in table_files(names)]


def _work(instruments: Instruments, order: Order, files: Sequence[TableFile]) -> Work:
    questionnaire, chains = texts_of(instruments)
    return Work(
        questionnaire=questionnaire,
        chains=chains,
        extras=order.extras,
        quick=order.quick,
        language=order.language,
        batch=order.batch,
        encoding=order.encoding,
        grouping=_grouping(instruments, files),
        folder=str(order.folder.absolute()),
        lasting=order.output.endswith("/"),
    )


def _grouping(instruments: Instruments, files: Sequence[TableFile]) -> tuple[tuple[str, str], ...]:
    """Unite the grouping columns of all files; one that is not of the same type everywhere becomes text."""
    found: dict[str, str] = {}
    for file in files:
        for name in column_map(instruments.questionnaire, file.schema.names).grouping:
            kind = _kind(file.schema.field(name).type)
            found[name] = kind if found.get(name, kind) == kind else "string"
    return tuple(found.items())


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "bool"
    if pa.types.is_integer(kind) and kind != pa.uint64():
        return "int64"
    return "double" if pa.types.is_floating(kind) else "string"


def _prepared(work: Work, order: Order, files: Sequence[TableFile], tasks: Sequence[Task]) -> list[Task]:
    """Begin a job, or take it up again; gives the tasks that are still to be run."""
    head = job_head(work, files)
    place = order.folder / "job.json"
    if place.exists():
        if not order.resume:
            raise UserError(fill(UNFINISHED, folder=order.folder), hint=GO_ON)
        _compare(json.loads(place.read_text(encoding="utf-8")), head, order)
    else:
        order.folder.mkdir(parents=True, exist_ok=True)
        write_json(place, head)
    return [(part, piece) for part, piece in tasks if not _done(work, part)]


def _done(work: Work, part: int) -> bool:
    return receipt_path(work.folder, part).exists() and part_path(work.folder, part).exists()


def job_head(work: Work, files: Sequence[TableFile]) -> dict[str, Any]:
    """Describe a job: what must be the same for its parts to fit together."""
    identity = work.identity
    return {
        "format": "nqpf-cohort-job/1",
        "questionnaire": identity["questionnaire"],
        "weights": identity["weights"],
        "options": work.as_row(),
        "files": [{"path": file.path, "digest": file.digest} for file in files],
    }


def _compare(before: dict[str, Any], now: dict[str, Any], order: Order) -> None:
    for key, words in WHAT.items():
        if before.get(key) != now[key]:
            raise UserError(fill(DIFFERS, folder=order.folder, what=words))


def _finished(
    work: Work, order: Order, files: Sequence[TableFile], tasks: Sequence[Task], maps: Mapping[str, ColumnMap]
) -> Outcome:
    receipts = [Receipt(**json.loads(receipt_path(work.folder, p).read_text(encoding="utf-8"))) for p, _ in tasks]
    outcome = Outcome(sum(r.rows for r in receipts), sum(r.scored for r in receipts))
    head = pa.concat_tables(
        fault_table(name_faults(found), (), work.language, file=path if len(maps) > 1 else "")
        for path, found in maps.items()
    )
    doubled = repeated(work, tasks)
    every = write_problems(work, tasks, head, doubled, order.problems_file)
    outcome.problems, outcome.first = every.codes, every.first
    if order.strict and outcome.grave:
        outcome.written = False
        shutil.rmtree(order.folder)
        return outcome
    write_json(order.folder / "job.json", job_head(work, files) | {"receipts": [r.as_row() for r in receipts]})
    join_parts(work, tasks, order.output)
    return outcome


def _refuse_foreign(output: str) -> None:
    """Refuse to write over what is not a scores table of this program."""
    path = Path(output.rstrip("/"))
    if not output.endswith("/") and not output.lower().endswith((".csv", ".csv.gz", ".parquet")):
        words = _("{path}: scores end in .csv, .csv.gz, .parquet or /")
        raise UserError(fill(words, path=output), status=2)
    refuse_no_folder(path)
    if path.exists() and not _ours(path):
        raise UserError(fill(FOREIGN, path=path), hint=NOT_OVER, status=3)


def refuse_no_folder(path: Path) -> None:
    """Refuse, before any work, to write into a folder that is not there; raises `UserError`."""
    if not path.parent.is_dir():
        words = _("the folder {path} does not exist")
        raise UserError(fill(words, path=path.parent), status=3)


def _ours(path: Path) -> bool:
    if path.is_dir():
        return (path / "_job.json").exists() or not any(path.iterdir())
    beginning = path.open("rb").read(32)
    return (
        not beginning
        or path.suffix != ".csv"
        or beginning.startswith((b'"respondent","weights"', b"respondent,weights"))
    )


__all__ = ["TYPES", "Order", "Outcome", "job_head", "score_table"]
