"""What `import` reads: Excel forms, JSON, submissions of survey tools, statistics sheets."""

import io
import json
import tomllib
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from tools.fuzz.spoiling import DATES, FLOATS, HOSTILE_TEXTS, NUMBERS, spoil_bytes, spoil_toml, spoil_tree
from tools.fuzz.tables import written
from tools.fuzz.trial import CONTENT, QUESTIONNAIRE, Trial, seed

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
            asked = tomllib.loads(seed(QUESTIONNAIRE).decode())["questions"]
            figures_ = [id for id, one in asked.items() if one["kind"] == "number"] or list(asked)
            mapped = SHEET_MAP.format(figure=figures_[0], other=figures_[-1]).encode()
            trial.write("map.toml", spoil_toml(dice, mapped) if dice.random() < 0.4 else mapped)
            cells = [dice.choice((*HOSTILE_TEXTS, "a", "b", "%", "2", "somewhere", "2025")) for _ in range(20)]
            rows_ = [dict(zip("ipyvu", cells[place : place + 5], strict=True)) for place in range(0, 20, 5)]
            rows_.append({"i": "a", "p": "x", "y": "2025", "v": dice.choice(cells), "u": dice.choice(cells)})
            name, more = (
                trial.write("source.csv", written(rows_).encode("utf-8", "surrogatepass")),
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
            trial.expect_sound(path.name)
    if done.status in (0, 1) and into and dice.random() < 0.5:
        held = (trial.folder / "answers.toml").read_bytes()
        trial.run("import", name, *more, *into, *values, *wish, *named, *CONTENT)
        again = (trial.folder / "answers.toml").read_bytes()
        trial.expect(holds=held == again, sign="imported twice", words=f"{name} changes the file a second time")
