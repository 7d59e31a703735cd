"""What authors do to a questionnaire from edition to edition, and what an answer to each of its questions means."""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

UNITS: Mapping[str, tuple[str, int]] = {
    "%": ("share", -2),
    "‰": ("share", -3),
    "元": ("yuan", 0),
    "万元": ("yuan", 4),
    "亿元": ("yuan", 8),
    "万美元": ("dollars", 4),
}
"""Unit → what it counts, and its power of ten."""

Meant = frozenset[str] | tuple[str, Decimal]
"""What an answer says: the stems of the levels or options that it names, or of what it is how much."""

RUBRIC = """format = "nqpf-weights/1"
id = "baseline"
version = "1"
questionnaire = "life"
name.en = "Baseline"
weights.a = 1
targets.a = 70
scoring.minimum_coverage = 0.01
bands.low = { from = 0, en = "Low" }
"""
HEAD = """format = "nqpf-questionnaire/1"
id = "life"
subject = "region"
languages = ["en"]
title.en = "Life"
pillars.a.title.en = "A"
dimensions.d = { pillar = "a", title.en = "D" }
"""


def _words(dice: Random, count: int = 4) -> str:
    """Draw words like no others; the first of them, the stem in capitals, stays whatever is reworded."""
    drawn = ["".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in "xyz") for _ in range(count)]
    return " ".join((drawn[0].upper(), *drawn[1:]))


@dataclass
class Asked:
    """A question or fact in one edition, known over all of them by its text, `line`.

    `words`: those of levels by their number, of options by their id; `table`: of answer files.
    """

    line: str
    kind: str
    table: str
    unit: str
    words: dict[str, str]
    revision: int = 1
    former: tuple[str, ...] = ()

    def toml(self, id: str) -> str:
        """Write it as an author does."""
        scored = self.table == "answers"
        told = f'[{"questions" if scored else "facts"}.{id}]\nkind = "{self.kind}"\ntext.en = "{self.line}"\n'
        told += f"revision = {self.revision}\nprevious_ids = {json.dumps(self.former)}\n"
        told += 'dimension = "d"\n' if scored else ""
        if self.kind == "number":
            scale = "scale = [[0, 0], [1000000, 100]]\n" if scored else ""
            return f'{told}unit = "{self.unit}"\nrange = [0, 1000000000000000]\n{scale}'
        if self.kind == "level":
            rows = ", ".join(f'{{ en = "{words}" }}' for words in self.words.values())
            return f"{told}levels = [{rows}]\n"
        score = f", score = {100 // len(self.words)}" if scored else ""
        return told + "".join(f'options.{id} = {{ en = "{words}"{score} }}\n' for id, words in self.words.items())

    def means(self, raw: object) -> Meant | None:
        """Say what a value of a file or a cell of a table means here; None where it is no answer."""
        if self.kind == "number":
            of, power = UNITS[self.unit]
            return of, Decimal(str(raw)).scaleb(power).normalize()
        named = [str(one) for one in raw] if isinstance(raw, list | tuple | frozenset) else str(raw).split(";")
        return frozenset(self.words[one].split()[0] for one in named) if set(named) <= set(self.words) else None

    def drawn(self, dice: Random) -> str:
        """Draw an answer, as a cell of a table has it."""
        if self.kind == "number":
            return str(dice.randrange(1, 99) / dice.choice((1, 4)))
        return ";".join(sorted(dice.sample([*self.words], dice.randrange(1, 3) if self.kind == "multi" else 1)))

    def change(self, dice: Random) -> bool:
        """Change what answers mean, or the words alone; return whether they may say something else now."""
        rows = [*self.words.values()]
        if self.kind == "number":
            counts = UNITS[self.unit][0] if dice.random() < 0.85 else ""
            others = [unit for unit, (of, _) in UNITS.items() if unit != self.unit and counts in ("", of)]
            self.unit = dice.choice(others or ["元", "%"])
        elif dice.random() < 0.2:
            place = dice.randrange(len(rows))
            rows[place] = f"{rows[place].rpartition(' ')[0]} {_words(dice, 1)}"
            self.words = dict(zip(self.words, rows, strict=True))
            return False
        elif self.kind == "level":
            act, (first, second) = dice.random(), dice.sample(range(len(rows)), 2)
            if act < 0.6 or len(rows) < 3:
                rows.insert(dice.randrange(len(rows) + 1), _words(dice))
            elif act < 0.8:
                rows.pop(first)
            else:
                rows[first], rows[second] = rows[second], rows[first]
            self.words = {str(level): words for level, words in enumerate(rows)}
        elif (act := dice.random()) < 0.4:
            option = dice.choice([*self.words])
            self.words = {f"n{id}" if id == option else id: words for id, words in self.words.items()}
        elif act < 0.7:
            self.words[f"n{dice.randrange(10**6)}"] = _words(dice)
        else:
            self.kind = "single" if self.kind == "multi" else "multi"
        return True


def begun(dice: Random, table: str, kind: str = "") -> Asked:
    """Draw a question or fact that nobody asked before."""
    kind = kind or dice.choice(("number", "number", "level", "level", "single", "multi"))
    rows = {str(n) if kind == "level" else f"o{n}": _words(dice) for n in range(dice.randrange(3, 5))}
    return Asked(_words(dice), kind, table, dice.choice(("%", "元", "万元")), {} if kind == "number" else rows)


@dataclass
class Edition:
    """One edition: its version, what it asks by its ids in it, and where it lies."""

    version: tuple[int, ...]
    asked: dict[str, Asked]
    folder: Path

    def write(self, note: str = "") -> None:
        """Write the questionnaire and its rubric; `note`: a word that says nothing of what answers mean."""
        words = HEAD.replace('"Life"', f'"Life{note}"') + f'version = "{self.number}"\n'
        for path, said in (
            ("questionnaires/life.toml", words + "".join(one.toml(id) for id, one in self.asked.items())),
            ("weights/life/baseline.toml", RUBRIC),
        ):
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(said, encoding="utf-8")

    @property
    def number(self) -> str:
        """Its version as files name it."""
        return ".".join(map(str, self.version))

    @property
    def sound(self) -> bool:
        """Whether it is there, and as it was."""
        return self.book.exists() and '"Life!"' not in self.book.read_text("utf-8")

    @property
    def book(self) -> Path:
        """The file of the questionnaire."""
        return self.folder / "questionnaires/life.toml"


def revised(dice: Random, past: Sequence[Edition], *, careful: bool) -> Edition | None:
    """Draw the next edition, None where nothing is changed; `careful`: its version and revisions say what it breaks."""
    edition = deepcopy(past[-1])
    asked, breaks = edition.asked, False
    for _ in range(dice.randrange(1, 4)):
        id, act = dice.choice([*asked]), dice.random()
        gone = {id: one for earlier in past for id, one in earlier.asked.items() if id not in asked}
        again = [id for id, one in gone.items() if one.line not in {kept.line for kept in asked.values()}]
        if act < 0.2 and again:
            id = dice.choice(again)
            asked[id] = deepcopy(gone[id])
        elif act < 0.3 and len(asked) > 4:
            breaks = bool(asked.pop(id))
        elif act < 0.4:
            one = asked.pop(id)
            one.former = (*one.former, id)
            asked[f"r{dice.randrange(10**6)}"] = one
        elif act < 0.5:
            asked[f"q{dice.randrange(10**6)}"] = begun(dice, dice.choice(("facts", "answers")))
        if id in asked and (act < 0.1 or act > 0.5) and asked[id].change(dice):
            asked[id].revision += careful or dice.random() < 0.5
            breaks = True
    first, second, third = past[-1].version
    steps = (first + 1, 0, 0), (first, second + 1, 0), (first, second, third + 1), past[-1].version
    edition.version = steps[0 if breaks else 1] if careful else dice.choice(steps)
    both = {"facts", "answers"} <= {one.table for one in asked.values()}
    return edition if both and asked != past[-1].asked else None
