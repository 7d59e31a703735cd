"""A job: a table scored part by part in `SCORES.parts/`, taken up again where it stopped, joined when whole."""

import csv
import gzip
import json
import os
import re
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nqpf_assess.cohort.column_names import (
    AT_REQUEST,
    BY_FILE,
    PLAIN,
    STRICT,
    Extras,
    check_names,
    name_faults,
)
from nqpf_assess.cohort.engines import Engine, Task
from nqpf_assess.cohort.problems import SCHEMA, WARNINGS, ProblemSample, fault_table
from nqpf_assess.cohort.repeats import repeated_names
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.stitching import stitch
from nqpf_assess.cohort.tables import (
    BATCH,
    TableFile,
    is_csv,
    open_table,
    refuse_unnamed,
    skipped_in,
    table_files,
    write_table,
)
from nqpf_assess.cohort.work import Receipt, Work, part_path, problems_path, receipt_path, write_json
from nqpf_assess.exchange.column_map import MOST_NAMED, ColumnMap, column_map
from nqpf_assess.exchange.grids import CSV_READ, MARKS
from nqpf_assess.files.gathering import PASSED_OVER
from nqpf_assess.files.intake import json_in, read_file, text_codec
from nqpf_assess.files.locking import Lock, LockHeld
from nqpf_assess.files.places import OTHER_ENDING, end_of, refuse_no_folder, shown
from nqpf_assess.files.presence import exists, is_dir, is_file
from nqpf_assess.files.store import part_of, sweep_folder
from nqpf_assess.files.unchanged import AT_TIMES, ELSEWHERE, heads, refuse_lost_columns
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.problem import UserError

UNFINISHED = _("{folder} holds an unfinished job")
GO_ON = _("Add --resume to go on with it, or remove the folder to begin anew.")
RUNNING = _("{path} is being scored now by another process ({who})")
WAIT = _("Wait until it has ended, or write to another name.")
TAKEN_UP = _("going on with the unfinished job: {done} of {all} parts are there already")
MODE_STAYS = _(
    "--quick holds for rows that name no mode; without the column “mode” all are scored by the core questions alone."
)
RUBRICS_STAY = _(
    "--weights holds for rows that name no rubric; without the column “weights” all are scored by the one it names."
)
BEGUN_ANEW = _("no part of the job is there yet; beginning anew")
BEGUN_WITH = _("Take what it was begun with, or remove the folder to begin anew.")
DIFFERS = _("the unfinished job in {folder} has another {what}")
FOREIGN = _("{path} is no scores table of ours")
NOT_OVER = _("Nothing was overwritten; choose another name.")
SOURCE = _("{path} is one of the tables to be read")
NO_ANSWERS = _("{path} is no table of answers of ours")
NO_PROBLEMS = _("{path} is no list of problems of ours")
SAVED_SINCE = _("{path} was saved by another program since it was written, and may hold what somebody typed")
ONE_PLACE = _("-o and --problems name one file, {path}; choose another name for one of them")
WITHIN = _("{path} lies in the folder of the scores, which is written anew; put the problems beside it")
REPEATED = _("the respondent stands in more than one row")
ASIDE = ("_receipt-*.json", "_problems-*.parquet", ".part-*", "._*")
"""What a job keeps beside its parts, and what a process that was ended left."""

PARTS = ("part-*.parquet", "_job.json", "job.json", "nqpf_assess.zip", ".DS_Store", "Thumbs.db", "desktop.ini")
"""The parts, what they are, the program as it travels with them, and what systems put into every folder."""

STOOD_IN = _("the folder of the scores is written anew; {path} is the current folder, or holds it")
NAME_A_FOLDER = _("Name a folder in it, such as scores/.")
OTHERS_IN = _("{folder} would be cleared away, and holds what is no part of a scores table: {names}")
MOVE_THEM = _("Nothing was overwritten; move these elsewhere, or choose another name.")

CATALOGUE = "table:"
"""Begins the name of a table that the engine keeps, not the disk."""

IN_FOLDERS = _("stated by the names of folders alone, not read: {names}; write them into the files as columns")
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
    delimiter: str = ""
    problems: str | None = None
    strict: bool = False
    strict_columns: bool = False
    resume: bool = False

    @property
    def place(self) -> Path:
        """Where the scores go: of a link, what it leads to."""
        path = Path(self.output)
        return Path(os.path.realpath(path)) if path.is_symlink() else path

    @property
    def folder(self) -> Path:
        """The folder in which the parts are made."""
        return Path(f"{self.place}.parts")

    @property
    def problems_file(self) -> Path:
        """Where the problems go."""
        return Path(self.problems or f"{Path(self.output)}.problems.csv")


@dataclass
class JobOutcome:
    """What became of a job. `quick`: rows that were scored by the core questions alone.

    `corrected`: rows with weights that were corrected by hand.
    """

    rows: int = 0
    scored: int = 0
    quick: int = 0
    corrected: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    shown: ProblemSample = field(default_factory=ProblemSample)
    written: bool = True

    @property
    def grave(self) -> bool:
        """Whether there is any problem that is no mere warning."""
        return any(count for code, count in self.problems.items() if code not in WARNINGS)


Watch = Callable[[Receipt], None]
Say = Callable[[Text], None]


def score_table(
    instruments: Instruments, order: Order, engine: Engine, watch: Watch = lambda _: None, say: Say = lambda _: None
) -> JobOutcome:
    """Score a table; raises `UserError` before any row is scored where that cannot be done.

    `watch` is told of every finished task, `say` whether an unfinished job was taken up.
    """
    _refuse_foreign(order.output)
    refuse_unnamed(order.output, order.problems_file)
    with closing(engine), _alone_in(order.folder):
        work, files, maps = _work_of(instruments, order, engine, say)
        _refuse_foreign(order.output, work.schema.names)
        pieces = (piece for file in files for piece in file.pieces)
        tasks: list[Task] = list(enumerate(pieces))
        head, place = job_head(work, files), order.folder / "job.json"
        _refuse_others_in(order.folder)
        if not exists(place):
            if is_dir(order.folder):  # left where its removal was cut short: nobody knows of which rows its parts are
                shutil.rmtree(order.folder)
            order.folder.mkdir(parents=True, exist_ok=True)
            write_json(place, head)
        elif not order.resume:
            raise UserError(fill(UNFINISHED, folder=order.folder), hint=GO_ON)
        else:
            before: Mapping[str, Any] = {}
            with suppress(UserError):
                before = json_in(read_file(place), str(place))
            for key, words in WHAT.items():
                if before.get(key) != head[key]:
                    raise UserError(fill(DIFFERS, folder=order.folder, what=words), hint=BEGUN_WITH)
        missing = [
            (part, piece)
            for part, piece in tasks
            if not (exists(receipt_path(work.folder, part)) and exists(part_path(work.folder, part)))
        ]
        if order.resume:
            done = len(tasks) - len(missing)
            say(fill(TAKEN_UP, done=done, all=len(tasks)) if done else BEGUN_ANEW)
        for receipt in engine.map(work, missing):
            watch(receipt)
        return _finish(work, order, files, tasks, maps)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep every other process out of a job's folder; raises `UserError` where one works in it now."""
    lock = Lock(folder.with_name(f".{folder.name}.lock"))
    try:
        lock.take()
    except LockHeld as held:
        who = held.holder
        path = folder.with_suffix("")
        told = fill(RUNNING, path=path, who=f"{who.who}@{who.host}, {who.process}, {who.since}" if who else "?")
        raise UserError(told, hint=WAIT, status=3) from None
    except OSError:  # a folder that takes no file, or a disk without locks: what cannot be written says so itself
        pass
    try:
        yield
    finally:
        lock.release()


def _work_of(
    instruments: Instruments, order: Order, engine: Engine, say: Say
) -> tuple[Work, list[TableFile], dict[str, ColumnMap]]:
    """Look at every table before any row is read, and say what is read how; raises `UserError`.

    Of files with the same columns the first is named.
    """
    files = _tables_of(order, engine)
    refuse_sources((Path(order.output), order.problems_file), (file.path for file in files))
    refuse_other_than_problems(order.problems_file, order.output)
    for skipped, why in skipped_in(order.tables):
        say(fill(PASSED_OVER, path=skipped, why=why))
    for words in read_otherwise(files, order.encoding):
        say(words)
    if order.quick and any("mode" in file.schema.names for file in files):
        say(MODE_STAYS)
    stated = bool(instruments.default) or len(instruments.chains[0]) > 1  # else the baseline, named or not
    if stated and any("weights" in file.schema.names for file in files):
        say(RUBRICS_STAY)
    maps: dict[str, ColumnMap] = {}
    seen: dict[frozenset[str], ColumnMap] = {}
    grouping: dict[str, str] = {}
    for file in files:
        check_names(instruments.questionnaire, file.schema.names, path=file.path if len(files) > 1 else "")
        names = frozenset(file.schema.names)
        if names not in seen:
            seen[names] = maps[file.path] = column_map(instruments.questionnaire, file.schema.names)
        for name in seen[names].grouping:
            kind = _kind_of(file.schema.field(name).type)
            # one that is not of the same type everywhere becomes text
            grouping[name] = kind if grouping.get(name, kind) == kind else "string"
    for path, found in maps.items():
        for line in found.lines():
            say(fill(BY_FILE, path=path, said=line) if len(maps) > 1 else line)
        if order.strict_columns and not found.sound:
            raise UserError(fill(STRICT, path=path), hint=next(iter(name_faults(found))).reason)
    work = Work(
        instruments,
        extras=order.extras,
        quick=order.quick,
        language=order.language,
        batch=order.batch,
        encoding=order.encoding,
        grouping=tuple(grouping.items()),
        folder=str(order.folder.absolute()),
        lasting=not is_csv(order.output),
        delimiter=order.delimiter,
    )
    engine.ready()
    return work, files, maps


def _tables_of(order: Order, engine: Engine) -> list[TableFile]:
    """Open the tables of a job: files, and what is called `table:NAME` in the engine's own catalogue."""
    own = [name for name in order.tables if name.startswith(CATALOGUE)]
    rest = [name for name in order.tables if name not in own]
    catalogue: Callable[[str], TableFile] | None = getattr(engine, "catalogue", None)
    if own and catalogue is None:
        raise UserError(fill(NO_CATALOGUE, name=own[0]), status=2)
    files = [catalogue(name) for name in own if catalogue is not None]
    return files + [open_table(path, order.encoding, order.delimiter) for path in (table_files(rest) if rest else ())]


def _kind_of(held: pa.DataType) -> str:
    """Return the type that a grouping column has in the scores, by the one that its table holds."""
    if pa.types.is_integer(held) and held != pa.uint64():
        return "int64"
    return "double" if pa.types.is_floating(held) else "bool" if pa.types.is_boolean(held) else "string"


def read_otherwise(files: Sequence[TableFile], encoding: str) -> Iterator[Text]:
    """State how CSV files are read that are not UTF-8 with commas, and which columns stand in names of folders alone.

    Spark and pandas write the column by which they part a table (`weights=ecological/part-0.parquet`) into no file.
    """
    parted = {
        found[1]: None
        for file in files
        for folder in Path(file.path).parts[:-1]
        if (found := re.fullmatch(r"([^\W\d][\w.]*)=.*", folder)) and found[1] not in file.schema.names
    }
    if parted:
        yield fill(IN_FOLDERS, names=listed(parted))
    for file in files:
        if is_csv(file.path) and (file.mark != "," or text_codec(encoding) != "utf-8"):
            said = fill(CSV_READ, encoding=encoding.upper(), mark=MARKS.get(file.mark, file.mark))
            yield fill(BY_FILE, path=file.path, said=said) if len(files) > 1 else said


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


def _finish(
    work: Work, order: Order, files: Sequence[TableFile], tasks: Sequence[Task], maps: Mapping[str, ColumnMap]
) -> JobOutcome:
    """Count what the tasks did, write the problems of all parts, and join the parts."""
    receipts = [Receipt(**json.loads(receipt_path(work.folder, p).read_text(encoding="utf-8"))) for p, _piece in tasks]
    outcome = JobOutcome(
        rows=sum(receipt.rows for receipt in receipts),
        scored=sum(receipt.scored for receipt in receipts),
        quick=sum(receipt.quick for receipt in receipts),
        corrected=sum(receipt.corrected for receipt in receipts),
    )
    heads = (
        fault_table(name_faults(found), (), work.language, file=path if len(maps) > 1 else "")
        for path, found in maps.items()
    )
    repeated = repeated_names([part_path(work.folder, part) for part, _piece in tasks], order.folder)

    def problems() -> Iterator[pa.Table]:
        for table in chain(heads, (_problems_of_part(work, task, repeated) for task in tasks)):
            outcome.problems.update(table["code"].to_pylist())
            outcome.shown.add(table)
            yield table

    write_table(order.problems_file, SCHEMA, problems())
    if not outcome.problems:
        order.problems_file.unlink(missing_ok=True)
    if order.strict and outcome.grave:
        outcome.written = False
        shutil.rmtree(order.folder)
        return outcome
    write_json(order.folder / "job.json", job_head(work, files) | {"receipts": [r.as_row() for r in receipts]})
    _refuse_foreign(order.output, work.schema.names)  # while the rows were scored, somebody may have put a file there
    join_parts(work, tasks, order)
    return outcome


def _problems_of_part(work: Work, task: Task, repeated: pa.Array) -> pa.Table:
    """Read the problems of a part, and among them the respondents that stand elsewhere too, in the order of rows."""
    part, piece = task
    place = problems_path(work.folder, part)
    found = pq.read_table(place) if exists(place) else SCHEMA.empty_table()
    if not len(repeated):
        return found
    names = pq.read_table(part_path(work.folder, part), columns=["respondent"])["respondent"]
    bare = pc.utf8_trim_whitespace(names)
    doubled = pc.indices_nonzero(pc.is_in(bare, value_set=repeated, skip_nulls=True))
    named, rows = names.take(doubled), pc.add(doubled.cast(pa.int64()), piece.start)
    code, words = "repeated_respondent", tell(REPEATED, work.language)
    file, column, code, reason = (pa.repeat(alike, len(rows)) for alike in (piece.file, "respondent", code, words))
    more = pa.table([named, file, rows, column, named, code, reason], schema=SCHEMA)
    joined = pa.concat_tables([found, more])
    return joined.take(pc.sort_indices(joined["row"]))  # which keeps the order of what stands in one row


def join_parts(work: Work, tasks: Sequence[Task], order: Order) -> None:
    """Make one file of the parts, or leave them as a folder; then the folder of parts is gone."""
    folder, path = Path(work.folder), order.place
    if order.output.endswith("/"):
        for pattern in ASIDE:
            for side in list(folder.glob(pattern)):
                side.unlink()
        (folder / "job.json").replace(folder / "_job.json")
        if exists(path):
            shutil.rmtree(path)
        folder.replace(path)
        return

    parts = [part_path(work.folder, part) for part, _piece in tasks]
    if work.lasting and parts:
        with part_of(path) as temporary, temporary.open("wb") as out:
            stitch(parts, out)
    else:

        def row_groups() -> Iterator[pa.Table]:
            for part in parts:
                with pq.ParquetFile(part) as file:
                    for group in range(file.metadata.num_row_groups):
                        yield file.read_row_group(group, use_threads=False)

        write_table(path, work.schema, row_groups())
    shutil.rmtree(folder)


def _refuse_foreign(output: str, columns: Sequence[str] = ()) -> None:
    """Refuse to write over what is no scores table of this program, or has others than the `columns` to be."""
    path = Path(output)
    if not output.endswith("/") and not output.lower().endswith((".csv", ".csv.gz", ".parquet")):
        words = _("{path}: scores end in .csv, .csv.gz, .parquet or /")
        raise UserError(fill(words, path=output), status=2)
    refuse_no_folder(path)
    if is_dir(path):
        if end_of(path) in (here := Path.cwd(), *here.parents):
            raise UserError(fill(STOOD_IN, path=path), hint=NAME_A_FOLDER, status=3)
        _refuse_others_in(path)
        ours = exists(path / "_job.json") or not any(path.iterdir())
    else:
        names = heading(path)
        ours = names is None or (names[:2] == ["respondent", "weights"] and {"score", "coverage"} <= {*names})
    if not ours:
        raise UserError(fill(FOREIGN, path=path), hint=NOT_OVER, status=3)
    if columns and not is_dir(path):
        refuse_worked_in(path, columns, AT_REQUEST)


def _refuse_others_in(folder: Path) -> None:
    """Refuse a folder of ours that is to be cleared away while something else lies in it; raises `UserError`."""
    sweep_folder(folder)
    there = sorted(folder.iterdir()) if is_dir(folder) else []
    others = [file.name for file in there if is_dir(file) or not any(map(file.match, (*PARTS, *ASIDE)))]
    if others:
        raise UserError(fill(OTHERS_IN, folder=folder, names=listed(others, MOST_NAMED)), hint=MOVE_THEM, status=3)


def heading(place: Path) -> list[str] | None:
    """Return the columns of a table in any of our forms, none where it cannot be read; None where nothing is there."""
    if not is_file(place) or not place.stat().st_size:
        return None
    if place.name.lower().endswith(".parquet"):
        try:
            return list(pq.read_schema(place).names)
        except (pa.ArrowException, OSError, ValueError):
            return []
    try:
        return heads(_first_line(place).decode("utf-8", "replace"))
    except (EOFError, OSError, zlib.error, csv.Error):
        return []


def _first_line(place: Path) -> bytes:
    with (gzip.open if place.name.lower().endswith(".gz") else open)(place, "rb") as found:
        return found.readline(1 << 20)


def refuse_worked_in(place: Path, columns: Iterable[str], ours: Collection[str] = AT_TIMES) -> None:
    """Refuse to replace a table of ours that somebody filled in, sorted or added to; raises `UserError`.

    It has other columns than the new one will have, or a spreadsheet program saved it: we write their names in
    quotation marks, which no such program leaves. `ours`: columns that may come and go.
    """
    refuse_lost_columns(place, heading(place) or (), columns, ours)
    with suppress(EOFError, OSError, zlib.error):  # said by whoever reads or replaces it
        if place.suffix.lower() != ".parquet" and _first_line(place)[:1] not in (b"", b'"'):
            raise UserError(fill(SAVED_SINCE, path=shown(place)), hint=ELSEWHERE, status=3)


def refuse_other_than_answers(place: Path, columns: Sequence[str], at_times: Collection[str]) -> None:
    """Refuse to put a table of answers where a table is that no collecting began; raises `UserError`.

    What collecting wrote begins with the columns of answer files, or is headed by these very columns. `at_times`: such
    as come and go.
    """
    names = heading(place)
    if names is None:
        return
    gathered = names[:2] == ["respondent", "weights"] and "baseline_score" not in names
    if not gathered and names != list(columns):
        raise UserError(fill(NO_ANSWERS, path=place), hint=NOT_OVER, status=3)
    refuse_worked_in(place, columns, at_times)


def refuse_sources(places: Iterable[Path], tables: Iterable[str]) -> None:
    """Refuse to write over a table that is to be read; raises `UserError`."""
    for place, table in product(places, tables):
        with suppress(OSError, ValueError):  # one that is not there yet, or stands in no folder
            if place.samefile(table):
                raise UserError(fill(SOURCE, path=place), hint=NOT_OVER, status=3)


def refuse_other_than_problems(place: Path, output: str | Path) -> None:
    """Refuse to put problems, or to clear them away, where something else is or will be, or no folder is.

    Raises `UserError`.
    """
    whole, inner = (Path(os.path.realpath(path).casefold()) for path in (output, place))  # one file on some disks
    if inner == whole:
        raise UserError(fill(ONE_PLACE, path=place), status=2)
    if str(output).endswith("/") and inner.is_relative_to(whole):
        raise UserError(fill(WITHIN, path=place), status=2)
    if place.suffix.lower() in (".toml", ".json", ".xlsx", ".parquet", ".pdf"):
        raise UserError(fill(OTHER_ENDING, file=shown(place), ending=".csv"), status=2)
    refuse_no_folder(place)
    names = heading(place)
    if names is not None and names[:3] != SCHEMA.names[:3]:
        raise UserError(fill(NO_PROBLEMS, path=place), hint=NOT_OVER, status=3)
    refuse_worked_in(place, SCHEMA.names)
