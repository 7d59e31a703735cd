"""Tables in and out: formats, bad lines, encodings, parts, resuming; the same bytes however the work is done."""

import gzip
import json
import multiprocessing
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nqpf_assess.cohort import engines
from nqpf_assess.cohort.column_names import PLAIN, Extras
from nqpf_assess.cohort.engines import Local, Task
from nqpf_assess.cohort.job import Order, score_table
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.tables import TablePiece, open_table, write_table
from nqpf_assess.cohort.work import Receipt, Work, run_task
from nqpf_assess.model.problem import UserError
from tests.cohort.conftest import ONE, problems_of, read_csv, rows_of, score, table_of, write_csv
from tests.support.oracle import Plain

pytestmark = pytest.mark.long


def parquet_in_groups(path: Path, rows: Sequence[Plain], size: int) -> Path:
    pq.write_table(table_of(rows), path, row_group_size=size)
    return path


def test_every_format_holds_the_same_scores(instruments: Instruments, tmp_path: Path) -> None:
    """CSV, packed CSV and Parquet in; CSV, packed CSV, Parquet and a folder out: the same figures."""
    rows = rows_of(40)
    plain = write_csv(tmp_path / "t.csv", rows)
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    parquet_in_groups(tmp_path / "t.parquet", rows, 15)
    outputs = []
    for source in ("t.csv", "t.csv.gz", "t.parquet"):
        score(instruments, [tmp_path / source], tmp_path / f"{source}.out.parquet")
        outputs.append(pq.read_table(tmp_path / f"{source}.out.parquet"))
    assert outputs[0].equals(outputs[1])
    assert outputs[0].equals(outputs[2])
    score(instruments, [plain], tmp_path / "out.csv")
    score(instruments, [plain], tmp_path / "out.csv.gz")
    score(instruments, [plain], f"{tmp_path}/out/")
    assert pq.read_table(tmp_path / "out").equals(outputs[0])
    assert read_csv(tmp_path / "out.csv") == read_csv(tmp_path / "out.csv.gz")
    for text, figures in zip(read_csv(tmp_path / "out.csv"), outputs[0].to_pylist(), strict=True):
        assert [float(text["low"]), text["respondent"], text["region"]] == [
            figures["low"],
            figures["respondent"],
            figures["region"],
        ]
        assert (text["score"] == "") is (figures["score"] is None)


def test_several_tables_are_one(instruments: Instruments, tmp_path: Path) -> None:
    """Paths, globs and folders, in the order given; columns are matched by name; numbers and texts meet as texts."""
    rows = rows_of(30)
    (tmp_path / "more").mkdir()
    write_csv(tmp_path / "a1.csv", [dict(reversed(row.items())) for row in rows[:10]])
    write_csv(tmp_path / "a2.csv", [row | {"extra": "x"} for row in rows[10:20]])
    pq.write_table(table_of([row | {"region": None} for row in rows[20:]]), tmp_path / "more" / "b.parquet")
    (tmp_path / "more" / "_hidden.parquet").write_bytes(b"no table")
    score(instruments, [tmp_path / "more", f"{tmp_path}/a*.csv"], tmp_path / "out.parquet")
    found = pq.read_table(tmp_path / "out.parquet")
    wanted = [row["respondent"] for row in (*rows[20:], *rows[:20])]
    assert found["respondent"].to_pylist() == wanted
    assert found["extra"].to_pylist() == [None] * 20 + ["x"] * 10
    assert found["region"].null_count == 10


def test_respondents_that_are_empty_or_stand_twice(instruments: Instruments, tmp_path: Path) -> None:
    """All rows are scored; each one is a problem, also across files; leading zeros make another name, no blank does."""
    write_csv(tmp_path / "a.csv", [{"respondent": name, "rd_intensity": "1"} for name in ("7", "007", "", "8")])
    write_csv(tmp_path / "b.csv", [{"respondent": name, "rd_intensity": "1"} for name in ("8 ", "9", " ")])
    outcome = score(instruments, [tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "out.csv")
    assert outcome.rows == 7
    found = [
        (Path(row["file"]).name, row["row"], row["code"]) for row in problems_of(tmp_path / "out.csv") if row["file"]
    ]
    assert found == [
        ("a.csv", "4", "empty_respondent"),
        ("a.csv", "5", "repeated_respondent"),
        ("b.csv", "2", "repeated_respondent"),
        ("b.csv", "4", "empty_respondent"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("respondent,a,a\nx,1,2\n", "two columns are named “a”"),
        ("name,rd_intensity\nx,1\n", "there is no column “respondent”"),
        ("", "is empty"),
        ("respondent,score\nx,1\n", "named like a column of the scores"),
    ],
)
def test_tables_that_cannot_be_read_are_refused_first(
    content: str, said: str, instruments: Instruments, tmp_path: Path
) -> None:
    """Before any row is scored; nothing is left behind."""
    (tmp_path / "t.csv").write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        score(instruments, [tmp_path / "t.csv"], tmp_path / "out.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.parametrize("content", ["name,rd_intensity\nx,1\n", "respondent,score\nx,1\n"])
def test_of_several_tables_the_one_at_fault_is_named(content: str, instruments: Instruments, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("respondent\nx\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=r"\bb\.csv: "):
        score(instruments, [tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "out.csv")


def test_a_table_of_scores_is_known_for_one(instruments: Instruments, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("respondent\nx\n", encoding="utf-8")
    score(instruments, [tmp_path / "t.csv"], tmp_path / "out.csv")
    with pytest.raises(UserError) as refused:
        score(instruments, [tmp_path / "out.csv"], tmp_path / "again.csv")
    assert refused.value.hint is not None
    assert "table of scores" in refused.value.hint["en"]


def test_a_folder_is_read_to_the_bottom_and_what_is_passed_over_said(instruments: Instruments, tmp_path: Path) -> None:
    rows = rows_of(6)
    for place, part in (("hefei", rows[:2]), ("wuhu/a", rows[2:4]), ("wuhu/b", rows[4:])):
        folder = tmp_path / "all" / place
        folder.mkdir(parents=True)
        write_csv(folder / "t.csv", part)
    (tmp_path / "all" / "wuhu" / "notes.docx").write_bytes(b"x")
    said: list[str] = []
    order = Order([str(tmp_path / "all")], str(tmp_path / "s.csv"))
    outcome = score_table(instruments, order, ONE, say=lambda words: said.append(words["en"]))
    assert outcome.rows == 6
    assert [row["respondent"] for row in read_csv(tmp_path / "s.csv")] == [row["respondent"] for row in rows]
    assert any("passed over" in line and "notes.docx" in line for line in said)


def test_a_list_of_problems_is_no_table(instruments: Instruments, tmp_path: Path) -> None:
    """Its rows name respondents and answer nothing; among tables it is passed over and said, alone it is refused."""
    rows = [row | {"rd_intensity": "12%"} for row in rows_of(3)]
    table = write_csv(tmp_path / "z.csv", rows)
    score_table(instruments, Order([str(table)], str(tmp_path / "s.parquet")), ONE)
    (tmp_path / "s.parquet").unlink()
    listing = tmp_path / "s.parquet.problems.csv"
    said: list[str] = []
    order = Order([str(tmp_path)], str(tmp_path / "again.parquet"))
    assert score_table(instruments, order, ONE, say=lambda words: said.append(words["en"])).rows == 3
    assert any(f"passed over: {listing}" in line and "holds no answers" in line for line in said)
    for name in (str(listing), str(tmp_path / "*.csv")):
        with pytest.raises(UserError, match="holds no answers"):
            score_table(instruments, Order([name], str(tmp_path / "other.csv")), ONE)


def test_a_file_put_into_the_scores_while_they_are_made_is_not_cleared_away(
    instruments: Instruments, tmp_path: Path
) -> None:
    table = write_csv(tmp_path / "t.csv", rows_of(3))
    output = tmp_path / "scores"
    score_table(instruments, Order([str(table)], f"{output}/"), ONE)

    def meanwhile(_receipt: object) -> None:
        (output / "notes.txt").write_text("mine")

    with pytest.raises(UserError, match=r"notes\.txt"):
        score_table(instruments, Order([str(table)], f"{output}/"), ONE, meanwhile)
    (output / "notes.txt").rename(tmp_path / "notes.txt")
    assert score_table(instruments, Order([str(table)], f"{output}/", resume=True), ONE).written


def test_strict_writes_nothing(instruments: Instruments, tmp_path: Path) -> None:
    """The problems apart."""
    path = write_csv(tmp_path / "t.csv", [*rows_of(3), {"respondent": "bad", "rd_intensity": "x"}])
    outcome = score(instruments, [path], tmp_path / "out.csv", strict=True)
    assert outcome.grave
    assert not outcome.written
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out.csv.problems.csv", "t.csv"]


def test_what_is_no_scores_table_is_not_overwritten(instruments: Instruments, tmp_path: Path) -> None:
    """Our own is replaced whole."""
    path = write_csv(tmp_path / "t.csv", rows_of(3))
    (tmp_path / "out.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match="no scores table of ours"):
        score(instruments, [path], tmp_path / "out.csv")
    dated = write_csv(tmp_path / "d.csv", [row | {"period": "2025"} for row in rows_of(3)])
    score(instruments, [dated], tmp_path / "new.csv", extras=Extras(gaps=True))
    score(instruments, [path], tmp_path / "new.csv")  # what was asked for once need not be asked for again
    noted = tmp_path / "new.csv"
    head, rows = noted.read_text("utf-8").split("\n", 1)
    kept = f'{head},"visited"\n{rows}'
    order = Order([str(path)], str(noted))

    def work_in_it(_receipt: Receipt) -> None:
        noted.write_text(kept, "utf-8")

    with pytest.raises(UserError, match="visited"):  # while the rows are scored
        score_table(instruments, order, ONE, work_in_it)
    assert noted.read_text("utf-8") == kept
    noted.write_text(f"{head}\n{rows}", "utf-8")
    score(instruments, [path], noted, resume=True)
    # A column in which somebody keeps notes; what was typed into a spreadsheet program's cells.
    for kept, why in (
        (f'{head},"visited"\n{rows}', "visited"),
        (head.replace('"', "") + f"\n{rows}", "another program"),
    ):
        noted.write_text(kept, "utf-8")
        with pytest.raises(UserError, match=why):
            score(instruments, [path], noted)
        assert noted.read_text("utf-8") == kept
    listed = tmp_path / "p.csv"
    listed.write_text(kept := "respondent,file,row,column,value,code,reason\nr,t.csv,2,a,b,c,asked Ms Li\n", "utf-8")
    with pytest.raises(UserError, match="another program"):  # nor is a list cleared away that somebody works through
        score(instruments, [path], tmp_path / "x.csv", problems=str(listed))
    assert listed.read_text("utf-8") == kept
    with pytest.raises(UserError, match="does not exist"):  # before any row was scored
        score(instruments, [path], tmp_path / "x.csv", problems=str(tmp_path / "nowhere" / "p.csv"))
    assert not (tmp_path / "x.csv.parts").exists()


class Stopped(Exception):
    pass


class Stopping:
    """An engine that stops after some tasks."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.ran: list[int] = []

    def ready(self) -> None: ...

    def close(self) -> None: ...

    def map(self, work: Work, tasks: Sequence[Task]) -> Iterator[Receipt]:
        for part, piece in tasks:
            if len(self.ran) == self.after:
                raise Stopped
            self.ran.append(part)
            yield run_task(work, part, piece)


@pytest.mark.parametrize("resume", [False, True])
def test_a_job_that_runs_is_not_called_unfinished(resume: bool, instruments: Instruments, tmp_path: Path) -> None:
    """A second one into the same table is refused while the first works, which goes on; nothing is left of the lock."""
    source, output = parquet_in_groups(tmp_path / "t.parquet", rows_of(20), 10), tmp_path / "out.parquet"
    refused: list[UserError] = []

    def second(_: Receipt) -> None:
        with pytest.raises(UserError, match=r"out\.parquet is being scored now by another process") as fault:
            score(instruments, [source], str(output), resume=resume)
        refused.append(fault.value)

    score_table(instruments, Order([str(source)], str(output)), Stopping(99), second)
    assert [fault.status for fault in refused] == [3, 3]
    assert not [path for path in tmp_path.iterdir() if path.name.endswith((".lock", ".parts"))]


@pytest.mark.parametrize("ending", [".parquet", ".csv", "/"])
def test_a_stopped_job_is_taken_up_where_it_stopped(ending: str, instruments: Instruments, tmp_path: Path) -> None:
    """The same bytes as without the stop; without --resume it is an error; with other options it is refused."""
    source = parquet_in_groups(tmp_path / "t.parquet", rows_of(50), 10)
    score(instruments, [source], f"{tmp_path}/whole{ending}")
    output, engine = f"{tmp_path}/out{ending}", Stopping(2)
    with pytest.raises(Stopped):
        score(instruments, [source], output, engine=engine)
    with pytest.raises(UserError, match="unfinished job"):
        score(instruments, [source], output)
    with pytest.raises(UserError, match="another choice of options"):
        score(instruments, [source], output, quick=True, resume=True)
    rest, told = Stopping(99), []
    order = Order([str(source)], output, resume=True)
    score_table(instruments, order, rest, say=lambda words: told.append(words["en"]))
    assert told[-1:] == ["going on with the unfinished job: 2 of 5 parts are there already"]
    assert rest.ran == [2, 3, 4]
    assert content(Path(output)) == content(Path(f"{tmp_path}/whole{ending}"))
    assert not (tmp_path / "out.parts").exists()


def content(path: Path) -> dict[str, bytes]:
    files = sorted(path.glob("part-*")) if path.is_dir() else [path]
    return {file.name if path.is_dir() else "": file.read_bytes() for file in files}


def test_parts_without_their_job_are_no_parts_of_another(
    instruments: Instruments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the removal of a finished job is cut short, its scores do not stand for those of the next table."""
    source, output = write_csv(tmp_path / "t.csv", rows_of(9)), tmp_path / "out.csv"

    def cut_short(folder: Path) -> None:
        (folder / "job.json").unlink()
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", cut_short)
        with pytest.raises(Stopped):
            score(instruments, [source], output)
    write_csv(source, rows_of(4, seed=2))
    assert score(instruments, [source], output).rows == 4
    assert len(output.read_text("utf-8").splitlines()) == 5


def test_a_changed_table_is_not_taken_up(instruments: Instruments, tmp_path: Path) -> None:
    """The refusal names what differs."""
    source = parquet_in_groups(tmp_path / "t.parquet", rows_of(50), 10)
    with pytest.raises(Stopped):
        score(instruments, [source], tmp_path / "out.csv", engine=Stopping(1))
    parquet_in_groups(source, rows_of(50, seed=12), 10)
    with pytest.raises(UserError, match="another table"):
        score(instruments, [source], tmp_path / "out.csv", resume=True)


def test_a_killed_process_leaves_what_can_be_taken_up(instruments: Instruments, tmp_path: Path) -> None:
    """SIGKILL in the middle of a task: the resumed job ends in the same bytes."""
    source = parquet_in_groups(tmp_path / "t.parquet", rows_of(50), 10)
    score(instruments, [source], tmp_path / "whole.parquet")
    code = (
        "import os, sys\nfrom nqpf_assess.cohort import work\nfrom nqpf_assess.cli.main import run\n"
        "plain = work.score_batch\nseen = []\n"
        "def dying(*given, **named):\n"
        "    seen.append(1)\n"
        "    if len(seen) == 3: os.kill(os.getpid(), 9)\n"
        "    return plain(*given, **named)\n"
        "work.score_batch = dying\nrun(sys.argv[1:])\n"
    )
    output = tmp_path / "out.parquet"
    asked = ["cohort", "score", str(source), "--questionnaire", "region", "-o", str(output), "--jobs", "1"]
    done = subprocess.run([sys.executable, "-c", code, *asked], check=False, capture_output=True, timeout=120)
    assert done.returncode == -9, done.stderr
    assert len(list((tmp_path / "out.parquet.parts").glob("part-*"))) == 2
    score(instruments, [source], output, resume=True)
    assert output.read_bytes() == (tmp_path / "whole.parquet").read_bytes()


def test_the_number_of_processes_changes_no_byte(instruments: Instruments, tmp_path: Path) -> None:
    """One process, or two."""
    source = parquet_in_groups(tmp_path / "t.parquet", [*rows_of(50), {"respondent": "z", "rd_intensity": "?"}], 10)
    for jobs in (1, 2):
        score(instruments, [source], tmp_path / f"out{jobs}.csv", engine=Local(jobs))
    for ending in ("", ".problems.csv"):
        one, two = ((tmp_path / f"out{jobs}.csv{ending}").read_bytes() for jobs in (1, 2))
        assert one == two


def test_an_interrupt_ends_the_processes_and_leaves_no_half_part(instruments: Instruments, tmp_path: Path) -> None:
    """Whatever runs is given up at once; what has its name is whole, and the job can be taken up again."""
    source = parquet_in_groups(tmp_path / "t.parquet", rows_of(50), 10)
    work = Work(instruments, PLAIN, False, "en", 100, "utf-8", (), str(tmp_path))
    receipts = Local(2).map(work, list(enumerate(open_table(str(source), "utf-8").pieces)))
    assert isinstance(receipts, Generator)
    next(receipts)
    with pytest.raises(KeyboardInterrupt):
        receipts.throw(KeyboardInterrupt())
    assert multiprocessing.active_children() == []
    for part in tmp_path.glob("part-*"):
        assert pq.read_table(part).num_rows == 10


def test_a_process_that_the_system_ends_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """For lack of memory, as a rule; the way on is fewer processes, and not a fault of the program."""

    class Ended:
        _processes = None

        def __init__(self, *_: object, **__: object) -> None: ...

        def submit(self, *_: object) -> Future[None]:
            raise BrokenProcessPool

        def shutdown(self, **_: object) -> None: ...

    monkeypatch.setattr(engines, "ProcessPoolExecutor", Ended)
    piece = TablePiece("t.csv", None, 2, None)
    with pytest.raises(UserError, match="lack of memory") as fault:
        list(Local(2).map(cast("Work", None), [(0, piece), (1, piece)]))
    assert (fault.value.status, "--jobs 1" in fault.value.hint["en"]) == (3, True)


def test_the_parquet_file_says_what_it_was_made_from(instruments: Instruments, tmp_path: Path) -> None:
    """Questionnaire and rubrics with versions and digests; the folder of parts has them besides in its job."""
    source = write_csv(tmp_path / "t.csv", rows_of(3))
    score(instruments, [source], f"{tmp_path}/out/")
    schema = pq.read_schema(tmp_path / "out" / "part-00000.parquet")
    said = json.loads(schema.metadata[b"nqpf-cohort"])
    job = json.loads((tmp_path / "out" / "_job.json").read_text(encoding="utf-8"))
    assert said["questionnaire"] == job["questionnaire"]
    assert said["weights"] == job["weights"]
    assert {row["id"] for row in said["weights"]} >= {"baseline", "ecological"}
    assert job["receipts"][0]["rows"] == 3


@pytest.mark.parametrize("folder", ["out", "out.parts"])
def test_what_others_put_beside_the_parts_is_not_cleared_away(
    folder: str, instruments: Instruments, tmp_path: Path
) -> None:
    """A folder of scores that holds a file of others is not made anew: the file is named, and stays."""
    source = write_csv(tmp_path / "t.csv", rows_of(3))
    score(instruments, [source], f"{tmp_path}/out/")
    score(instruments, [source], f"{tmp_path}/out/")
    (tmp_path / folder).mkdir(exist_ok=True)
    note = tmp_path / folder / "notes.txt"
    note.write_text("of the meeting", encoding="utf-8")
    with pytest.raises(UserError, match=r"no part of a scores table: notes\.txt"):
        score(instruments, [source], f"{tmp_path}/out/")
    assert note.read_text(encoding="utf-8") == "of the meeting"


def test_what_a_job_left_that_died_as_it_began_stands_in_nobodys_way(instruments: Instruments, tmp_path: Path) -> None:
    """A file half written is none of others."""
    source = write_csv(tmp_path / "t.csv", rows_of(3))
    left = tmp_path / "out.csv.parts" / ".job.json.hyel8ihl.part"
    left.parent.mkdir()
    left.write_text("{", encoding="utf-8")
    score(instruments, [source], f"{tmp_path}/out.csv")
    assert (tmp_path / "out.csv").exists()
    assert not left.exists()


def test_the_ending_of_a_table_may_have_any_letters(tmp_path: Path) -> None:
    """T.PARQUET is Parquet, and not CSV under that name, which nobody could read."""
    made = table_of(rows_of(3))
    write_table(tmp_path / "T.PARQUET", made.schema, [made])
    assert pq.read_table(tmp_path / "T.PARQUET").num_rows == 3


def test_pandas_is_not_imported(instruments: Instruments, tmp_path: Path) -> None:
    """Though pyarrow would, wherever it finds it: that costs as much as 40,000 rows."""
    pytest.importorskip("pandas")
    source = write_csv(tmp_path / "t.csv", rows_of(3))
    code = "import sys\nfrom nqpf_assess.cli.main import run\nrun(sys.argv[1:])\nprint(sorted(sys.modules))"
    asked = ["cohort", "score", str(source), "--questionnaire", "region", "-o", str(tmp_path / "out.parquet")]
    done = subprocess.run(
        [sys.executable, "-c", code, *asked], check=True, capture_output=True, encoding="utf-8", timeout=120
    )
    assert "'pyarrow'" in done.stdout
    assert "'pandas'" not in done.stdout


class Hoarding:
    """An engine that holds the whole table while its parts are scored."""

    def ready(self) -> None: ...

    def close(self) -> None: ...

    def map(self, work: Work, tasks: Sequence[Task]) -> Iterator[Receipt]:
        held = [pq.read_table(piece.file) for _, piece in tasks[:1]]
        yield from ONE.map(work, tasks)
        del held


def most_held(instruments: Instruments, source: Path, engine: Any = ONE) -> int:
    """The most bytes that Arrow held at once while a table was scored."""
    usual = pa.default_memory_pool()
    pool = pa.proxy_memory_pool(usual)
    pa.set_memory_pool(pool)
    patch = pytest.MonkeyPatch()
    patch.setattr(pa, "system_memory_pool", lambda: pool)  # what a task takes its memory from
    try:
        score(instruments, [source], source.with_suffix(".out.csv"), engine=engine, batch=100)
        return int(pool.max_memory())
    finally:
        patch.undo()
        pa.set_memory_pool(usual)


def test_memory_does_not_grow_with_the_table(instruments: Instruments, tmp_path: Path) -> None:
    """Ten times the rows take no more at once; an engine that holds the whole table is told by the same measure.

    One batch more or less may be read ahead, a quarter of all that is held.
    """
    rows = table_of(rows_of(50))
    small, large = tmp_path / "small.parquet", tmp_path / "large.parquet"
    for path, times in ((small, 4), (large, 24)):
        pq.write_table(pa.concat_tables([rows] * times), path, row_group_size=100)
    most = most_held(instruments, small)
    assert most_held(instruments, large) < 1.6 * most
    assert most_held(instruments, large, Hoarding()) > 2.5 * most
