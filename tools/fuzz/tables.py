"""Tables of respondents and of judgements, and benchmark files: drawn cell by cell with planted mistakes, or spoilt."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tools.fuzz.spoiling import (
    HOSTILE_TEXTS,
    spoil_bytes,
    spoil_toml,
    spoil_tree,
)
from tools.fuzz.trial import CONTENT, HERE, SMALL, Trial, seed


@dataclass(frozen=True)
class Cells:
    """Cells of a column that are sound, and that must be reported."""

    sound: tuple[str, ...]
    wrong: tuple[str, ...]


STATES = ("na", "dk", "later")
NO_NUMBERS = (
    *("2,5", "1,234", "12%", "1e400", "nan", "inf", "-inf", "true", "abc", "0x1", "1_0", "--1", "1.2.3", "1e", "."),
    *("²", "①", "½", "1 2", "1/2", "'1", "[1]", "1e99999999"),
)
COLUMNS: Mapping[str, Cells] = {
    "share": Cells(("1.25", "0", "15", " 2 ", "", *STATES), ("16", "-1", *NO_NUMBERS)),
    "plan": Cells(("0", "1", "2", "2.0", "", *STATES), ("3", "-1", "1.5", "two", *NO_NUMBERS)),
    "review": Cells(("outside", "none", "", *STATES), ("outsider", "outside;none", "0", "=outside")),
    "tools": Cells(("audit;trade", "none", "trade;audit;audit", "", *STATES), ("none;audit", "xyz", "audit,trade")),
    "story": Cells(("words", "two\nlines", "=1+1", '"quoted"', "", *HOSTILE_TEXTS[2:8]), ()),
    "water": Cells(("0", "1", "2", ""), ("9", "0.5", "x")),
    "fact.zone": Cells(("town", "hills", "unsure", ""), ("mars", "town;hills", "Town!")),
    "fact.people": Cells(("31.5", "0", "3000", ""), ("-5", "3001", *NO_NUMBERS)),
    "weights": Cells(("hills", "baseline", ""), ("mountains", "../hills", "small")),
    "mode": Cells(("full", "quick", ""), ("fast", "1")),
    "override.clean": Cells(("0.8", "0", "2", ""), ("-1", "x", "1e999", "nan")),
}


def _rows(dice: Random, *, with_wrong: bool) -> tuple[list[dict[str, str]], list[tuple[str, str, str]]]:
    """Draw rows of a table, and name the cells that are wrong: respondent, column, text."""
    names = [name for name in COLUMNS if dice.random() < 0.8]
    rows, planted = [], []
    for number in range(dice.randrange(1, 9)):
        row = {"respondent": f"r{number}"}
        for name in names:
            cells = COLUMNS[name]
            wrong = with_wrong and cells.wrong and dice.random() < 0.08
            row[name] = dice.choice(cells.wrong if wrong else cells.sound)
            if wrong:
                planted.append((row["respondent"], name, row[name]))
        rows.append(row)
    return rows, planted


def written(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as a CSV file has them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _on_table(
    dice: Random, trial: Trial, table: str, planted: Sequence[tuple[str, str, str]], count: int | None = None
) -> None:
    """Give a table to one of the commands that read tables; every planted cell must be among the problems.

    `count`: its rows, where that is known; each must be among the scores.
    """
    encoding = ("--encoding", dice.choice(("gbk", "utf-8", "utf-16", "hex", "gb18030", "latin-1", "rot13")))
    more = encoding if dice.random() < 0.1 and not planted else ()
    commands: Sequence[Sequence[str]] = (
        ("cohort", "score", table, "-o", "scores.csv", *HERE),
        ("cohort", "score", table, "-o", "scores.parquet", "--with", "questions,gaps,measures", *HERE),
        ("cohort", "collect", table, "-o", "wide.csv"),
        ("cohort", "benchmark", table, "-o", "marks.json", "--minimum-group", "3", "--by", "fact.zone", *HERE),
        ("cohort", "report", table, "-o", "study/", "--to", "text", "--minimum-group", "3", *HERE),
        ("cohort", "weights", table, "-o", "drafted.toml", *HERE),
        ("weights", "derive", table, "-o", "drafted.toml", *HERE),
    )
    command = commands[0] if planted or dice.random() < 0.5 else dice.choice(commands)
    done = trial.run(*command, *SMALL, *more, "--problems", "problems.csv", "--lang", dice.choice(("en", "zh")))
    scores = trial.folder / "scores.csv"
    if count is not None and scores.exists():
        with io.StringIO(scores.read_text("utf-8-sig"), newline="") as told:
            found = sum(1 for _ in csv.DictReader(told))
        trial.expect(holds=found == count, sign="rows lost", words=f"{found} of {count} rows are in {scores.name}")
    drafted = trial.folder / "drafted.toml"
    if drafted.exists():
        trial.write("content/weights/small/drafted.toml", drafted.read_bytes())
        trial.expect_sound("content/weights/small/drafted.toml")
    if not planted:
        return
    trial.expect(holds=done.status == 1, sign="wrong cells, status 0", words=f"{done.status} with {planted[:5]}")
    path = trial.folder / "problems.csv"
    with io.StringIO(path.read_text("utf-8-sig") if path.exists() else "", newline="") as told:
        named = {(row["respondent"], row["column"]) for row in csv.DictReader(told)}
    for respondent, column, cell in planted:
        held = (respondent, column) in named
        trial.expect(holds=held, sign=f"wrong cell accepted {column} {cell}", words=f"{respondent} {column}: {cell!r}")


def tables(dice: Random, trial: Trial) -> None:
    """A CSV cohort, packed or not: drawn cell by cell with planted mistakes, or spoilt as bytes."""
    rows, planted = _rows(dice, with_wrong=True)
    count = len(rows) if dice.random() < 0.5 else None
    if count:
        ending = dice.choice(("\n", "\r\n"))
        data = written(rows).replace("\r\n", ending).encode("utf-8", "surrogatepass")
    else:
        base = dice.choice((seed("table.csv"), written(rows).encode("utf-8", "surrogatepass")))
        data, planted = spoil_bytes(dice, base, (seed("judgements.csv"),)), []
    if dice.random() < 0.1:
        data = gzip.compress(data, mtime=0)
        if dice.random() < 0.6:
            data, planted, count = spoil_bytes(dice, data), [], None
        _on_table(dice, trial, trial.write("t.csv.gz", data), planted, count)
    else:
        _on_table(dice, trial, trial.write("t.csv", data), planted, count)


def parquet(dice: Random, trial: Trial) -> None:
    """A Parquet cohort with columns of any type, or spoilt as bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows, planted = _rows(dice, with_wrong=True)
    columns: dict[str, Any] = {name: pa.array([row[name] for row in rows], pa.string()) for name in rows[0]}
    if dice.random() < 0.6:
        planted = []
        for name in dice.sample(list(columns), k=min(len(columns), dice.randrange(1, 4))):
            columns[name] = _odd_column(dice, len(rows))
        if dice.random() < 0.2:
            columns[dice.choice(HOSTILE_TEXTS)[:200]] = columns["respondent"]
    path = trial.folder / "t.parquet"
    try:
        pq.write_table(pa.table(columns), path, compression=dice.choice(("snappy", "none", "zstd")))
    except pa.ArrowNotImplementedError:  # of nothing but empty cells, numbered as texts are
        return
    if dice.random() < 0.4:
        path.write_bytes(spoil_bytes(dice, path.read_bytes()))
        planted = []
    _on_table(dice, trial, "t.parquet", planted, len(rows))


def _odd_column(dice: Random, count: int) -> Any:
    """Draw a column of some other type."""
    import pyarrow as pa

    made: Sequence[Callable[[], Any]] = (
        lambda: pa.array([dice.choice((None, dice.randrange(-5, 20))) for _ in range(count)], pa.int64()),
        lambda: pa.array([dice.choice((None, 0.1, 2.5, float("nan"), float("inf"))) for _ in range(count)]),
        lambda: pa.array([dice.choice((0.1, 2.5, 1e30)) for _ in range(count)], pa.float32()),
        lambda: pa.array([dice.random() < 0.5 for _ in range(count)]),
        lambda: pa.array([["audit", "trade"][: dice.randrange(3)] for _ in range(count)], pa.list_(pa.string())),
        lambda: pa.array([{"a": 1}] * count),
        lambda: pa.array([dice.choice((b"audit", b"\xff\xfe", None)) for _ in range(count)], pa.binary()),
        lambda: pa.array([dice.choice(("hills", "town", None)) for _ in range(count)]).dictionary_encode(),
        lambda: pa.array([dice.randrange(2**40) for _ in range(count)], pa.timestamp("us")),
        lambda: pa.array([dice.randrange(20000) for _ in range(count)], pa.date32()),
        lambda: pa.nulls(count),
        lambda: pa.array([dice.choice(HOSTILE_TEXTS) for _ in range(count)], pa.large_string()),
        lambda: pa.array([dice.randrange(2**63, 2**64) for _ in range(count)], pa.uint64()),
    )
    return dice.choice(made)()


@cache
def _marks() -> bytes:
    return Path("prepared/marks.json").read_bytes()


def benchmarks(dice: Random, trial: Trial) -> None:
    """A benchmark file, spoilt as JSON and as bytes, beside a score and in a report."""
    if dice.random() < 0.4:
        data = spoil_bytes(dice, _marks())
    else:
        tree = json.loads(_marks())
        spoil_tree(dice, tree)
        data = json.dumps(tree, default=str, ensure_ascii=dice.random() < 0.5).encode("utf-8", "surrogatepass")
    name = trial.write("marks.json", data)
    beside = ("answers.toml", "--benchmark", name, *CONTENT, "--lang", dice.choice(("en", "zh")))
    group = (
        ("--group", dice.choice(("fact.zone=hills", "fact.zone=town", "x=y", "fact.zone")))
        if dice.random() < 0.2
        else ()
    )
    if dice.random() < 0.7:
        trial.run("score", *beside, *group)
    elif dice.random() < 0.5:
        trial.run("score", "--json", *beside, *group, strict_json=True)
    else:
        trial.run("report", *beside, *group, "--to", "text", "-o", "made.txt")


CORNERS = ("1", "3", "1/3", "1/0", "0", "-1", "", "1e9", "1/9", "9", "10", "0.3333", "nan", "3/1", "１", "1/", "x", "⅓")


def judgements(dice: Random, trial: Trial) -> None:
    """Judgements of pairs: CSV drawn cell by cell or spoilt, TOML spoilt; drafts must be sound."""
    way = dice.random()
    if way < 0.3:
        size = dice.randrange(1, 7)
        names = [dice.choice(("new", "clean", "spending", "works", f"m{n}", "创新")) for n in range(size)]
        matrix = [["", *names], *([name, *(dice.choice(CORNERS) for _ in names)] for name in names)]
        mark = dice.choice((",", ";", "\t"))
        data, name = (
            "\n".join(mark.join(row) for row in matrix).encode(dice.choice(("utf-8", "gbk")), "replace"),
            "j.csv",
        )
    elif way < 0.6:
        data, name = spoil_bytes(dice, seed("judgements.csv"), (seed("table.csv"),)), "j.csv"
    else:
        data, name = spoil_toml(dice, seed("judgements.toml")), "j.toml"
    trial.write(name, data)
    done = trial.run("weights", "ahp", name, "--json", *SMALL, strict_json=True)
    if done.status == 0:
        for group in json.loads(done.out)["groups"]:
            total = sum(group["weights"].values())
            trial.expect(holds=abs(total - 1) < 1e-9, sign="shares not one", words=f"{group['weights']} sum to {total}")
    if dice.random() < 0.3:
        drafted = trial.run("weights", "ahp", name, "-o", "content/weights/small/drafted.toml", *SMALL)
        if drafted.status == 0:
            trial.expect_sound("content/weights/small/drafted.toml")
