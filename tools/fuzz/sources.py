"""What `import` reads: Excel forms, JSON, submissions of survey tools, statistics sheets."""

import io
import json
import tomllib
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import tomli_w

from tools.fuzz.spoiling import DATES, FLOATS, HOSTILE_TEXTS, NUMBERS, spoil_bytes, spoil_toml, spoil_tree
from tools.fuzz.tables import written
from tools.fuzz.trial import CONTENT, QUESTIONNAIRE, Trial, seed

SHEETS: Mapping[tuple[str, str], Sequence[str]] = {
    ("long", "indicator"): ("indicator", "place", "period", "value", "unit"),
    ("wide", "indicator"): ("place",),
    ("wide", "period"): ("indicator", "place", "unit"),
    ("wide", "place"): ("indicator", "unit"),
}
"""How a statistics sheet may lie, and the columns that its map names."""

PLACES, YEARS = ("Anhe", "安 和", "elsewhere"), ("2024", "2025", "2025年")
UNITS = {"a": ("%", "‰", "", "kg", "odd"), "b": ("万人", "10,000", "人", "", "odd"), "c": ("万元", "亿元", "odd")}


def _statistics(dice: Random) -> tuple[bytes, bytes]:
    """A map of a statistics sheet and such a sheet, in each layout; some cells are what no figure is."""
    (layout, across), columns = dice.choice(list(SHEETS.items()))
    wanted = {
        "format": "nqpf-map/1",
        "questionnaire": "small",
        "layout": layout,
        "across": across,
        "place": list(PLACES[:2]),
        "period": dice.choice(YEARS[:2]),
        "columns": {column: column for column in columns},
        "units": {"odd": {"%": 0.5, "10,000": 2}},
        "indicators": {
            "a": {"question": "share"} | ({"over": "c"} if dice.random() < 0.3 else {}),
            "b": {"question": "people"} | ({"factor": 0.1, "unit": "odd"} if dice.random() < 0.3 else {}),
        },
    }

    def figure() -> str:
        odd = (*HOSTILE_TEXTS[3:], "…", "-", "1,234.5", "12 345", "#REF!", "3 1)", "（2.5）")
        return dice.choice(odd) if dice.random() < 0.06 else str(round(dice.uniform(0, 20), 2))

    rows: list[dict[str, str]] = []
    if (layout, across) == ("wide", "indicator"):
        heads = {name: dice.choice((name, f"{name}（{dice.choice(UNITS[name])}）")) for name in UNITS}
        rows = [{"place": place} | {head: figure() for head in heads.values()} for place in PLACES]
        if dice.random() < 0.4:
            rows.insert(0, {"place": ""} | {head: dice.choice(UNITS[name]) for name, head in heads.items()})
    else:
        over: Sequence[str] = {"period": YEARS, "place": PLACES}.get(across, ())
        for name, units in UNITS.items():
            for place in PLACES if "place" in columns else PLACES[:1]:
                row = {"indicator": name, "place": place, "period": dice.choice(YEARS), "unit": dice.choice(units)}
                stated = {column: row[column] for column in columns if column != "value"}
                rows.append(stated | {head: figure() for head in over or ("value",)})
    dice.shuffle(rows)
    words = written(rows)
    if dice.random() < 0.3:
        words = f"Table 3 (2025){',' * dice.randrange(4)}\n\n{words}"
    data, mapped = words.encode("utf-8", "surrogatepass"), tomli_w.dumps(wanted).encode()
    spoilt = dice.random()
    return (
        spoil_toml(dice, mapped) if spoilt < 0.3 else mapped,
        spoil_bytes(dice, data) if spoilt > 0.8 else data,
    )


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
    asked = tomllib.loads(seed(QUESTIONNAIRE).decode())
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
                words = written([{column: str(row.get(column, "")) for column in head} for row in rows])
                name = trial.write("source.csv", words.encode("utf-8", "surrogatepass"))
        case _:
            mapped, sheet = _statistics(dice)
            trial.write("map.toml", mapped)
            name, more = trial.write("source.csv", sheet), ("--map", "map.toml")
    into = ("--into", "answers.toml") if dice.random() < 0.6 else ()
    wish = ("--write", "--on-conflict", dice.choice(("keep", "take")), "--lang", dice.choice(("en", "zh")))
    values = ("--values",) if dice.random() < 0.2 else ()
    named = () if more else ("--questionnaire", "small")
    before = {path: path.read_bytes() for path in trial.folder.glob("*.toml")}
    done = trial.run("import", name, *more, *into, *values, *wish, *named, *CONTENT)
    made = [path for path in trial.folder.glob("*.toml") if before.get(path) != path.read_bytes()]
    for path in made:
        if "before-import" not in path.name:
            trial.expect_sound(path.name)
    if done.status in (0, 1) and into and dice.random() < 0.5:
        held = (trial.folder / "answers.toml").read_bytes()
        trial.run("import", name, *more, *into, *values, *wish, *named, *CONTENT)
        again = (trial.folder / "answers.toml").read_bytes()
        trial.expect(holds=held == again, sign="imported twice", words=f"{name} changes the file a second time")
