"""What is fuzzed: for each kind of input a function that makes one, gives it to the program, and judges the outcome.

Two sorts of oracle. Whatever comes in: see `Trial.run`. And where a known mistake is planted in something sound, it
must be reported: that nothing wrong is accepted is asked of the program, not only that it does not fall.
"""

import csv
import io
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import tomli_w

from tools.fuzz.spoiling import (
    DATES,
    FLOATS,
    HOSTILE_TEXTS,
    INVENTED,
    NUMBERS,
    any_value,
    spoil_bytes,
    spoil_tree,
    spots,
)
from tools.fuzz.trial import SEEDS, Trial, figures

Make = Callable[[Random, Trial], None]
CONTENT = ("--content", "content")
QUESTIONNAIRE, BASELINE, HILLS = (
    f"content/{name}.toml" for name in ("questionnaires/small", "weights/small/baseline", "weights/small/hills")
)


@cache
def _seed(name: str) -> bytes:
    return (SEEDS / name).read_bytes()


@cache
def _all_toml() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(SEEDS.rglob("*.toml")))


def _spoilt_toml(dice: Random, data: bytes) -> bytes:
    """Spoil TOML as text, or as what it means."""
    if dice.random() < 0.4:
        return spoil_bytes(dice, data, _all_toml())
    tree = tomllib.loads(data.decode())
    spoil_tree(dice, tree)
    try:
        written = tomli_w.dumps(tree).encode("utf-8", "surrogatepass")
    except (TypeError, ValueError):
        return spoil_bytes(dice, data, _all_toml())
    return spoil_bytes(dice, written, _all_toml()) if dice.random() < 0.1 else written


def _with_invented_key(dice: Random, data: bytes) -> bytes:
    """Put a key that no format knows into one table of sound TOML."""
    tree = tomllib.loads(data.decode())
    tables = [tree, *(holder[key] for holder, key in spots(tree) if isinstance(holder[key], dict))]
    dice.choice(tables)[INVENTED] = dice.choice((1, "x", True, [1], {"a": 1}, 0.5))
    return tomli_w.dumps(tree).encode()


def _toml(dice: Random, trial: Trial, name: str) -> bool:
    """Check a spoilt TOML file; whether it was found sound."""
    planted = dice.random() < 0.15
    seed = _seed(name)
    trial.write(name, (_with_invented_key if planted else _spoilt_toml)(dice, seed))
    language = dice.choice(("en", "zh"))
    done = trial.run("check", name, *CONTENT, "--lang", language)
    trial.expect(holds=done.status in (0, 1), sign="check status", words=f"{done.status}: {done.err[:500]}")
    if planted:
        trial.expect(
            holds=done.status == 1, sign="invented key accepted", words=f"{name}: {done.out[:1000]}{done.err[:1000]}"
        )
    return done.status == 0


def _scored(trial: Trial, *arguments: str, sound: bool) -> None:
    """Score the answers; what `check` found sound must have a score, all its figures finite."""
    done = trial.run("score", "--json", "answers.toml", *arguments, *CONTENT, strict_json=True)
    if sound:
        words = f"check found nothing, score ends with {done.status}: {done.err[:1000]}"
        trial.expect(holds=done.status == 0, sign="sound but not scored", words=words)
    if done.status == 0:
        card = json.loads(done.out)
        differences = ("gap", "floors")
        stated = {name: value for name, value in card["overall"].items() if name not in differences}
        wild = [figure for figure in figures(stated) if not -1e-9 <= figure <= 100 + 1e-9]
        trial.expect(holds=not wild, sign="score out of range", words=f"{wild[:5]}")


def questionnaire(dice: Random, trial: Trial) -> None:
    """A questionnaire spoilt as text and as a tree; then answers scored under it."""
    sound = _toml(dice, trial, QUESTIONNAIRE)
    follow: Sequence[Sequence[str]] = (
        ("export", QUESTIONNAIRE, "--to", "csv", "-o", "made.csv"),
        ("export", QUESTIONNAIRE, "--to", "xlsx", "-o", "made.xlsx"),
        ("export", QUESTIONNAIRE, "--to", "xlsform", "-o", "made.xlsx"),
        ("new", "made.toml", "--questionnaire", QUESTIONNAIRE),
        ("diff", QUESTIONNAIRE, "before.toml"),
        ("migrate", "answers.toml"),
    )
    _scored(trial, sound=False)
    if sound and dice.random() < 0.3:
        trial.write("before.toml", _seed(QUESTIONNAIRE))
        trial.run(*dice.choice(follow), *CONTENT)


def weights(dice: Random, trial: Trial) -> None:
    """A rubric spoilt as text and as a tree; then answers scored under it."""
    sound = _toml(dice, trial, dice.choice((BASELINE, HILLS)))
    _scored(trial, sound=False)
    if sound and dice.random() < 0.3:
        trial.run("weights", "show", "hills", "--questionnaire", "small", *CONTENT)
        trial.run("suggest", "answers.toml", *CONTENT)


def answers(dice: Random, trial: Trial) -> None:
    """Answers spoilt as text and as a tree; then one of the commands that read answers."""
    sound = _toml(dice, trial, "answers.toml")
    trial.write("other.toml", _seed("answers.toml").replace(b'"1.25"', b'"3"').replace(b'"Planning"', b'"Finance"'))
    _scored(trial, sound=sound)
    follow: Sequence[Sequence[str]] = (
        ("explain", "answers.toml", dice.choice(("overall", "new", "spending", "share", "water"))),
        ("plan", "answers.toml", "--effort", "4"),
        ("suggest", "answers.toml"),
        ("compare", "other.toml", "answers.toml"),
        ("merge", "answers.toml", "other.toml", "-o", "merged.toml"),
        ("migrate", "answers.toml", "--write"),
        ("export", "answers.toml", "--to", "csv"),
        ("export", "answers.toml", "--to", "json"),
        ("report", "answers.toml", "--to", "text", "-o", "made.txt"),
        ("report", "answers.toml", "--to", "md", "-o", "made.md"),
        ("cohort", "collect", "answers.toml", "other.toml", "-o", "made.csv"),
    )
    if dice.random() < 0.4:
        command = dice.choice(follow)
        trial.run(*command, *CONTENT, "--lang", dice.choice(("en", "zh")))
        if (trial.folder / "merged.toml").exists():
            _must_be_sound(trial, "merged.toml")


def _must_be_sound(trial: Trial, name: str) -> None:
    done = trial.run("check", name, *CONTENT)
    trial.expect(holds=done.status == 0, sign=f"unsound {name} was written", words=done.out[:3000] + done.err[:1000])


def instrument(dice: Random, trial: Trial) -> None:
    """A random valid instrument and answers, of every kind the formats allow; sound first, then spoilt in one tree."""
    from tests.cohort.tabled import QuickMaker

    case = QuickMaker(dice.randrange(2**30)).build()
    trial.write("content/questionnaires/inst.toml", _dumped(case.questionnaire))
    for rubric in case.chain:
        trial.write(f"content/weights/inst/{rubric['id']}.toml", _dumped(rubric))
    last = case.chain[-1]["id"]
    case.answers["weights"]["id"] = last
    trees = [case.questionnaire, *case.chain, case.answers]
    spoilt = dice.random() < 0.7
    if spoilt:
        names = ("content/questionnaires/inst.toml", *(f"content/weights/inst/{r['id']}.toml" for r in case.chain))
        at = dice.randrange(len(trees))
        spoil_tree(dice, trees[at])
        if at < len(names):
            trial.write(names[at], _dumped(trees[at]))
    trial.write("answers.toml", _dumped(case.answers))
    done = trial.run("check", "answers.toml", "content", *CONTENT)
    if not spoilt:
        trial.expect(holds=done.status == 0, sign="valid instrument refused", words=done.out[:3000])
    _scored(trial, "--weights", last, sound=not spoilt and done.status == 0)


def _dumped(tree: Mapping[str, Any]) -> bytes:
    try:
        return tomli_w.dumps(tree).encode("utf-8", "surrogatepass")
    except (TypeError, ValueError):
        return b"x"


# ── Tables ──


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


def _written(rows: Sequence[Mapping[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


SMALL = ("--questionnaire", "small", *CONTENT)
HERE = ("--jobs", "1")


def _on_table(dice: Random, trial: Trial, table: str, planted: Sequence[tuple[str, str, str]]) -> None:
    """Give a table to one of the commands that read tables; every planted cell must be among the problems."""
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
    drafted = trial.folder / "drafted.toml"
    if drafted.exists():
        trial.write("content/weights/small/drafted.toml", drafted.read_bytes())
        _must_be_sound(trial, "content/weights/small/drafted.toml")
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
    """A CSV cohort: drawn cell by cell with planted mistakes, or spoilt as bytes."""
    if dice.random() < 0.5:
        rows, planted = _rows(dice, with_wrong=True)
        ending = dice.choice(("\n", "\r\n"))
        data = _written(rows).replace("\r\n", ending).encode("utf-8", "surrogatepass")
    else:
        rows, planted = _rows(dice, with_wrong=True)
        base = dice.choice((_seed("table.csv"), _written(rows).encode("utf-8", "surrogatepass")))
        data, planted = spoil_bytes(dice, base, (_seed("judgements.csv"),)), []
    _on_table(dice, trial, trial.write("t.csv", data), planted)


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
    except (pa.ArrowException, ValueError, TypeError, NotImplementedError):
        return
    if dice.random() < 0.4:
        path.write_bytes(spoil_bytes(dice, path.read_bytes()))
        planted = []
    _on_table(dice, trial, "t.parquet", planted)


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


# ── JSON, judgements, reports, pictures ──


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
        data, name = spoil_bytes(dice, _seed("judgements.csv"), (_seed("table.csv"),)), "j.csv"
    else:
        data, name = _spoilt_toml(dice, _seed("judgements.toml")), "j.toml"
    trial.write(name, data)
    done = trial.run("weights", "ahp", name, "--json", *SMALL, strict_json=True)
    if done.status == 0:
        for group in json.loads(done.out)["groups"]:
            total = sum(group["weights"].values())
            trial.expect(holds=abs(total - 1) < 1e-9, sign="shares not one", words=f"{group['weights']} sum to {total}")
    if dice.random() < 0.3:
        drafted = trial.run("weights", "ahp", name, "-o", "content/weights/small/drafted.toml", *SMALL)
        if drafted.status == 0:
            _must_be_sound(trial, "content/weights/small/drafted.toml")


@cache
def _report() -> bytes:
    return Path("prepared/report.pdf").read_bytes()


def reports(dice: Random, trial: Trial) -> None:
    """A report of a stranger: bytes, attachments, page streams spoilt. Only the very same may be called the same."""
    import pikepdf

    data = _report()
    if dice.random() < 0.5:
        data = spoil_bytes(dice, data)
    else:
        try:
            data = _spoilt_pdf(dice, data)
        except (pikepdf.PdfError, ValueError, TypeError, NotImplementedError, OverflowError, UnicodeError):
            return
    name = trial.write("r.pdf", data)
    command = ("open", name, *CONTENT, *dice.choice(((), ("--json",), ("-o", "taken"))))
    done = trial.run(*command, strict_json="--json" in command)
    if done.status == 0 and data != _report():
        trial.expect(holds=_looks_the_same(data), sign="forged report accepted", words=done.out[:2000])


def _spoilt_pdf(dice: Random, data: bytes) -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        names = list(pdf.attachments)
        name = dice.choice(names)
        held = pdf.attachments[name].get_file().read_bytes()
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        match dice.randrange(7):
            case 0 | 1:
                spoilt = spoil_bytes(dice, held) if dice.random() < 0.5 else _spoilt_attachment(dice, name, held)
                pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, spoilt, filename=name)
            case 2:
                other = dice.choice((*HOSTILE_TEXTS, "weights-1.toml", "weights-3-../../x.toml", ".bashrc"))[:80]
                pdf.attachments[other] = pikepdf.AttachedFileSpec(pdf, held, filename=other)
            case 3:
                del pdf.attachments[name]
            case 4:
                stream = dice.choice(streams)
                stream.write(spoil_bytes(dice, stream.read_bytes()))
            case 5:
                stream = dice.choice(streams)
                stream.write(spoil_bytes(dice, stream.read_raw_bytes()), filter=stream.get("/Filter"))
            case 6:
                page = pdf.pages[dice.randrange(len(pdf.pages))]
                page.rotate(90, relative=True) if dice.random() < 0.5 else pdf.pages.append(page)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _spoilt_attachment(dice: Random, name: str, held: bytes) -> bytes:
    if name.endswith(".toml"):
        return _spoilt_toml(dice, held)
    if not name.endswith(".json"):
        return spoil_bytes(dice, held)
    tree = json.loads(held)
    if dice.random() < 0.3 and isinstance(tree, dict) and tree:
        tree[dice.choice(list(tree))] = any_value(dice)
    else:
        spoil_tree(dice, tree)
    return json.dumps(tree, default=str).encode("utf-8", "surrogatepass")


def _looks_the_same(data: bytes) -> bool:
    """Whether every page is drawn as in the report it was made of, and it carries the same files.

    The logo's file apart: another that is drawn the same, as with an unread byte at its end, makes the same report.
    """
    import pikepdf
    import pypdfium2

    def drawn(pdf: bytes) -> list[bytes]:
        document = pypdfium2.PdfDocument(pdf)
        return [bytes(page.render(scale=0.7).buffer) for page in document]

    def carried(pdf: bytes) -> dict[str, bytes]:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return {
                name: spec.get_file().read_bytes()
                for name, spec in opened.attachments.items()
                if not name.startswith("logo")
            }

    mine, theirs = carried(_report()), carried(data)
    return drawn(data) == drawn(_report()) and all(theirs.get(name) == held for name, held in mine.items())


@cache
def _picture(form: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").resize((40, 20)).convert("RGBA" if form == "PNG" else "RGB").save(out, form)
    return out.getvalue()


def logos(dice: Random, trial: Trial) -> None:
    """A logo for the cover, PNG or JPEG, spoilt as bytes."""
    form = dice.choice(("PNG", "JPEG"))
    data = spoil_bytes(dice, _picture(form), (_picture("PNG"), _picture("JPEG")))
    name = trial.write(dice.choice(("logo.png", "logo.jpg", "logo.svg", "logo")), data)
    trial.run("report", "answers.toml", "--logo", name, "-o", "made.pdf", *CONTENT)


# ── People ──

LINES = (
    *("", " ", "1", "2", "3", "0", "99", "-1", "1,2", "1 2 3", "1;2", "d", "x", "s", "b", "n", "e", "c", "l", "?", "u"),
    *("later", "redo", "score", "= score", "=", "2.5", "2,5", "1e20", "1e400", "²", "①", "12%", "1.25 2024", "2024"),
    *("y", "no", "不清楚", "返回", "Anhe", "2025", "next year", "help"),
)


def lines(dice: Random, trial: Trial) -> None:
    """Lines typed into plain mode; what it leaves must be a sound file, whatever was typed."""
    typed = [
        dice.choice(HOSTILE_TEXTS) if dice.random() < 0.1 else dice.choice(LINES) for _ in range(dice.randrange(60))
    ]
    if dice.random() < 0.3:
        typed.append("quit")
    new = dice.random() < 0.7
    name = "mine.toml" if new else "answers.toml"
    options = ("--questionnaire", "small") if new else ()
    language = dice.choice(("en", "zh"))
    said = "\n".join(line.replace("\n", " ") for line in typed) + "\n"
    done = trial.run("assess", name, "--plain", *options, *CONTENT, "--lang", language, typed=said)
    trial.expect(holds=done.status == 0, sign="plain status", words=f"{done.status}: {done.err[-1500:]}")
    if (trial.folder / name).exists():
        _must_be_sound(trial, name)


def settings(dice: Random, trial: Trial) -> None:
    """The file of settings and the app's memory, spoilt; plain mode and the app must start all the same."""
    trial.write("data/settings.toml", _spoilt_toml(dice, _seed("settings.toml")))
    memory = {"language": "en", "theme": "nqpf-dark", "recent": [{"path": "answers.toml", "name": "A", "score": "80"}]}
    spoil_tree(dice, memory)
    held = json.dumps(memory, default=str).encode("utf-8", "surrogatepass")
    trial.write("data/app.json", spoil_bytes(dice, held) if dice.random() < 0.4 else held)
    if dice.random() < 0.9:
        done = trial.run("assess", "answers.toml", "--plain", *CONTENT, typed="quit\n")
        trial.expect(holds=done.status == 0, sign="settings plain", words=f"{done.status}: {done.err[-1500:]}")
        from nqpf_assess.tui.app import AssessApp

        _guarded(trial, "settings", lambda: AssessApp(_options(None)))
    else:
        _play(dice, trial, [], file=None)


KEYS = (
    *("up", "down", "left", "right", "enter", "escape", "tab", "shift+tab", "space", "backspace", "delete", "home"),
    *("end", "pageup", "pagedown", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "ctrl+z", "ctrl+y"),
    *("ctrl+s", "ctrl+n", "ctrl+p", "ctrl+f", "ctrl+o", "ctrl+e", "ctrl+r", "ctrl+l", "ctrl+u", "ctrl+w", "ctrl+c"),
    *"abcdefghijklmnopqrstuvwxyz0123456789.,-+=?/[]<>",
)


def keys(dice: Random, trial: Trial) -> None:
    """Keys and pastes into the app, small and large, on an assessment or without one; the file stays sound."""
    stream = [
        ("paste", dice.choice(HOSTILE_TEXTS)) if dice.random() < 0.04 else ("key", dice.choice(KEYS))
        for _ in range(dice.randrange(5, 120))
    ]
    if dice.random() < 0.7:
        stream = [
            ("key", dice.choice(("down", "enter", "tab", "space", "escape"))) if dice.random() < 0.4 else step
            for step in stream
        ]
    file = "answers.toml" if dice.random() < 0.8 else None
    _play(dice, trial, stream, file=file)
    _must_be_sound(trial, "answers.toml")


def _options(file: str | None, language: str = "") -> Any:
    from nqpf_assess.session.options import Options

    return Options(file=Path(file) if file else None, language=language, content=(Path("content"),))


def _guarded(trial: Trial, name: str, work: Callable[[], Any]) -> Any:
    """Do something that is no command line; what comes through is a finding."""
    from tools.fuzz.trial import fault_of

    try:
        return work()
    except (Exception, SystemExit) as fault:
        trial.findings.append(fault_of(fault, name))
    return None


def _play(dice: Random, trial: Trial, stream: Sequence[tuple[str, str]], *, file: str | None) -> None:
    """Start the app, press, leave."""
    import asyncio

    from textual import events

    from nqpf_assess.tui.app import AssessApp

    size = dice.choice(((80, 24), (120, 40), (40, 12), (200, 60), (20, 5)))
    trial.commands.append(f"app {file} {size} {stream}")

    async def play() -> None:
        app = AssessApp(_options(file, dice.choice(("en", "zh"))))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for what, value in stream:
                if app.fault is not None or not app.is_running or app.ending:
                    break
                if what == "key":
                    await pilot.press(value)
                else:
                    app.post_message(events.Paste(value))
                    await pilot.pause()
            app.put_away()
        if app.fault is not None:
            raise app.fault

    _guarded(trial, "app", lambda: asyncio.run(play()))


SHEET_MAP = """format = "nqpf-map/1"
questionnaire = "small"
[columns]
indicator = "i"
place = "p"
period = "y"
value = "v"
unit = "u"
[indicators.a]
question = "{figure}"
[indicators.b]
question = "{other}"
over = "a"
"""


def _spoilt_workbook(dice: Random, data: bytes) -> bytes:
    """Spoil a workbook as an archive, in one of its parts, or cell by cell as people and programs do."""
    import openpyxl
    from openpyxl.utils.exceptions import IllegalCharacterError

    way = dice.random()
    if way < 0.15:
        return spoil_bytes(dice, data)
    out = io.BytesIO()
    if way < 0.45:
        with ZipFile(io.BytesIO(data)) as sound, ZipFile(out, "w", ZIP_DEFLATED) as made:
            spoilt = dice.choice(sound.namelist())
            for name in sound.namelist():
                if name != spoilt or dice.random() < 0.9:
                    part = sound.read(name)
                    made.writestr(name, spoil_bytes(dice, part) if name == spoilt else part)
        return out.getvalue()
    book = openpyxl.load_workbook(io.BytesIO(data))
    for _ in range(dice.randrange(1, 12)):
        sheet = dice.choice(book.worksheets)
        match dice.randrange(8):
            case 0:
                row = dice.randrange(1, 9)
                sheet.merge_cells(start_row=row, end_row=row + dice.randrange(3), start_column=1, end_column=9)
            case 1 if len(book.worksheets) > 1:
                del book[sheet.title]
            case 2:
                sheet.title = dice.choice(("x", "表", "a b", sheet.title))
            case 3:
                sheet.delete_rows(dice.randrange(1, 9))
            case _:
                cell = sheet.cell(dice.randrange(1, 12), dice.randrange(1, 14))
                try:
                    cell.value = dice.choice((*HOSTILE_TEXTS, *NUMBERS, *FLOATS, *DATES, "=1+1", "#REF!", "1 x", None))
                except (IllegalCharacterError, ValueError, AttributeError, TypeError):
                    continue
    try:
        book.save(out)
    except (ValueError, TypeError, OverflowError):
        return spoil_bytes(dice, data)
    return out.getvalue()


def _submissions(dice: Random) -> list[dict[str, Any]]:
    """Submissions as a survey tool gives them, some of it odd."""
    asked = tomllib.loads(_seed(QUESTIONNAIRE).decode())
    names = [*asked["facts"], *asked["questions"]]
    found = []
    for number in range(dice.randrange(1, 4)):
        row: dict[str, Any] = {"_id": number, "_submission_time": dice.choice(("2026-11-02T09:14:05", "x", ""))}
        for name in dice.sample(names, k=dice.randrange(1, len(names))):
            above = dice.choice(("", "group/", "a-b-", "//", "x.y:"))
            behind = dice.choice(("", "", "", "__state", "__year", "__reason", "__evidence", "/x"))
            row[f"{above}{name}{behind}"] = dice.choice((*HOSTILE_TEXTS, 0, 1, 2, 3, 2.5, "dk", "na", "a b", "1;2"))
        found.append(row)
    return found


def sources(dice: Random, trial: Trial) -> None:
    """What `import` reads: the Excel form, JSON, submissions, statistics sheets; odd in a cell or spoilt as bytes."""
    more: tuple[str, ...] = ()
    match dice.randrange(4):
        case 0:
            name = trial.write(
                "source.xlsx", _spoilt_workbook(dice, (trial.folder / "prepared/form.xlsx").read_bytes())
            )
        case 1:
            tree = json.loads((trial.folder / "prepared/answers.json").read_text("utf-8"))
            spoil_tree(dice, tree)
            try:
                name = trial.write("source.json", json.dumps(tree, default=str))
            except (ValueError, TypeError):
                name = trial.write("source.json", spoil_bytes(dice, b'{"format": "nqpf-answers/1"}'))
        case 2:
            rows = _submissions(dice)
            if dice.random() < 0.5:
                name = trial.write("source.json", json.dumps(rows))
            else:
                head = list(dict.fromkeys(column for row in rows for column in row))
                words = _written([{column: str(row.get(column, "")) for column in head} for row in rows])
                name = trial.write("source.csv", words.encode("utf-8", "surrogatepass"))
        case _:
            asked = tomllib.loads(_seed(QUESTIONNAIRE).decode())["questions"]
            figures_ = [id for id, one in asked.items() if one["kind"] == "number"] or list(asked)
            mapped = SHEET_MAP.format(figure=figures_[0], other=figures_[-1]).encode()
            trial.write("map.toml", _spoilt_toml(dice, mapped) if dice.random() < 0.4 else mapped)
            cells = [dice.choice((*HOSTILE_TEXTS, "a", "b", "%", "2", "somewhere", "2025")) for _ in range(20)]
            rows_ = [dict(zip("ipyvu", cells[place : place + 5], strict=True)) for place in range(0, 20, 5)]
            rows_.append({"i": "a", "p": "x", "y": "2025", "v": dice.choice(cells), "u": dice.choice(cells)})
            name, more = (
                trial.write("source.csv", _written(rows_).encode("utf-8", "surrogatepass")),
                ("--map", "map.toml"),
            )
    into = ("--into", "answers.toml") if dice.random() < 0.6 else ()
    wish = ("--write", "--on-conflict", dice.choice(("keep", "take")), "--lang", dice.choice(("en", "zh")))
    values = ("--values",) if dice.random() < 0.2 else ()
    named = () if more else ("--questionnaire", "small")
    before = {path: path.read_bytes() for path in trial.folder.glob("*.toml")}
    done = trial.run("import", name, *more, *into, *values, *wish, *named, *CONTENT)
    made = [path for path in trial.folder.glob("*.toml") if before.get(path) != path.read_bytes()]
    for path in made:
        if "before-import" not in path.name:
            _must_be_sound(trial, path.name)
    if done.status in (0, 1) and into:
        held = (trial.folder / "answers.toml").read_bytes()
        trial.run("import", name, *more, *into, *values, *wish, *named, *CONTENT)
        again = (trial.folder / "answers.toml").read_bytes()
        trial.expect(holds=held == again, sign="imported twice", words=f"{name} changes the file a second time")


@dataclass(frozen=True)
class Fuzzed:
    """A kind of input. `portion`: trials that take about ten seconds of processor time."""

    make: Make
    portion: int


KINDS: Mapping[str, Fuzzed] = {
    "questionnaire": Fuzzed(questionnaire, 250),
    "weights": Fuzzed(weights, 250),
    "answers": Fuzzed(answers, 250),
    "instrument": Fuzzed(instrument, 120),
    "csv": Fuzzed(tables, 250),
    "parquet": Fuzzed(parquet, 250),
    "benchmark": Fuzzed(benchmarks, 1000),
    "ahp": Fuzzed(judgements, 1000),
    "report": Fuzzed(reports, 40),
    "logo": Fuzzed(logos, 250),
    "settings": Fuzzed(settings, 150),
    "lines": Fuzzed(lines, 150),
    "keys": Fuzzed(keys, 10),
    "sources": Fuzzed(sources, 300),
}
"""What is fuzzed, by the name it has on the command line."""


def prepare(trial: Trial) -> None:
    """Make what later trials spoil: a report and a benchmark file, made by the program itself."""
    trial.write("prepared/logo.png", _picture("PNG"))
    made = ("prepared/report.pdf", "prepared/marks.json", "prepared/form.xlsx", "prepared/answers.json")
    trial.run("report", "answers.toml", "--logo", "prepared/logo.png", "-o", made[0], *CONTENT)
    marks = ("--minimum-group", "3", "--by", "fact.zone", "-o", made[1], *HERE)
    trial.run("cohort", "benchmark", "table.csv", *SMALL, *marks)
    trial.run("export", "small", "--to", "xlsx", "-o", "prepared/form.xlsx", *CONTENT)
    trial.run("export", "answers.toml", "--to", "json", "-o", "prepared/answers.json", *CONTENT)
    if lacking := [name for name in made if not (trial.folder / name).exists()]:
        raise RuntimeError(f"the program did not make {lacking}: {trial.findings}")
