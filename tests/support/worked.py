"""Worked cases: TOML files an expert can add without Python (tests/cases/README.md says how)."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.support.instruments import Case
from tests.support.oracle import Plain
from tests.support.scored import node, shipped_chain, shipped_questionnaire

FOLDER = Path(__file__).parents[1] / "cases"
IDENTITY = [[0, 0], [100, 100]]
WORDS = {"en": "x"}
KEYS = {"title", "source", "scores", "rubric", "profile", "instrument", "pillar_scores", "facts", "answers", "override"}


def worked_cases() -> Iterator[tuple[str, Plain]]:
    """Every case with a name: one a file, or a list of them under `[[case]]`."""
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        listed = table.get("case", [table])
        for number, case in enumerate(listed):
            assert case.keys() <= KEYS | {"expect"}, f"{path.name}: unknown {case.keys() - KEYS}"
            assert {"title", "source", "expect"} <= case.keys(), path.name
            yield path.stem + (f"-{number + 1}" if len(listed) > 1 else ""), case


def case_of(table: Plain) -> Case:
    """The instrument and the answers a worked case describes."""
    questionnaire, chain, answers = _shipped(table) if "instrument" in table else _inline(table)
    head = {"version": "1.0.0"}
    sheet = {
        "format": "nqpf-answers/1",
        "questionnaire": head | {"id": questionnaire["id"]},
        "weights": head | {"id": chain[-1]["id"]},
        "facts": table.get("facts", {}),
        "answers": answers | table.get("answers", {}),
        "override": [row | {"why": row.get("why", "x")} for row in table.get("override", [])],
    }
    return Case(questionnaire, chain, sheet)


def _shipped(table: Plain) -> tuple[Plain, list[Plain], Plain]:
    """A shipped instrument `subject/profile`; with `pillar_scores` one question a dimension that earns its pillar's."""
    subject, _, profile = table["instrument"].partition("/")
    questionnaire, chain = shipped_questionnaire(subject), shipped_chain(subject, profile)
    if "pillar_scores" not in table:
        return questionnaire, chain, {}
    given = {id: table["pillar_scores"][row["pillar"]] for id, row in questionnaire["dimensions"].items()}
    kept = {key: questionnaire[key] for key in questionnaire if key not in ("questions", "countermeasures", "checks")}
    kept |= {"figures": {}, "questions": {f"q_{id}": _question(id, score) for id, score in given.items()}}
    return kept, chain, {f"q_{id}": {"value": score} for id, score in given.items()}


def _inline(table: Plain) -> tuple[Plain, list[Plain], Plain]:
    """Pillars of dimensions of scores, and a rubric; `profile` stands on top of it."""
    questions: Plain = {}
    answers: Plain = {}
    dimensions: Plain = {}
    for pillar, below in table["scores"].items():
        for dimension, written in below.items():
            dimensions[dimension] = {"title": WORDS, "pillar": pillar}
            for number, given in enumerate(written if isinstance(written, list) else [written]):
                id = f"{dimension}_q{number + 1}"
                questions[id], answers[id] = _question(dimension, given), _answer(given)
    questionnaire = {
        "format": "nqpf-questionnaire/1",
        "id": "worked",
        "version": "1.0.0",
        "subject": "region",
        "languages": ["en"],
        "title": WORDS,
        "pillars": {pillar: {"title": WORDS} for pillar in table["scores"]},
        "dimensions": dimensions,
        "questions": questions,
    }
    head = {"format": "nqpf-weights/1", "questionnaire": "worked", "name": WORDS}
    files = [{"id": "base", "version": "1.0.0", **table.get("rubric", {})}]
    files += [{"id": "local", "based_on": "base", **table["profile"]}] if "profile" in table else []
    return questionnaire, [head | _worded(file) for file in files], answers


def _worded(file: Plain) -> Plain:
    """Texts a worked case may leave out."""
    floors = {id: {"why": WORDS} | floor for id, floor in file.get("floors", {}).items()}
    bands = {id: WORDS | band for id, band in file.get("bands", {}).items()}
    adjust = [{"why": WORDS} | row for row in file.get("adjust", [])]
    return file | {"floors": floors, "bands": bands, "adjust": adjust}


def _question(dimension: str, given: Any) -> Plain:
    scale = given.get("scale", IDENTITY) if isinstance(given, dict) else IDENTITY
    xs = [x for x, _ in scale] + ([given["value"]] if isinstance(given, dict) and "value" in given else [])
    return {"dimension": dimension, "kind": "number", "text": WORDS, "range": [min(xs), max(xs)], "scale": scale}


def _answer(given: Any) -> Plain:
    """A score; "open" (not answered), "na"; or the keys of an answer, with `scale` for the question's."""
    if given == "open":
        return {}
    if given == "na":
        return {"state": "na", "reason": "x"}
    return (
        {key: value for key, value in given.items() if key != "scale"} if isinstance(given, dict) else {"value": given}
    )


def expectations(expect: Plain, row: Plain) -> Iterator[tuple[str, Any, Any]]:
    """What is expected beside what was found: of the overall, the balance, nodes and ledger rows."""
    for part in ("overall", "balance"):
        for key, wanted in expect.get(part, {}).items():
            yield f"{part}.{key}", wanted, row[part][key]
    for id, figures in expect.get("nodes", {}).items():
        for key, wanted in figures.items():
            yield f"{id}.{key}", wanted, node(row, id)[key]
    for id, figures in expect.get("ledger", {}).items():
        line = next(line for line in row["ledger"] if line["node"] == id)
        for key, wanted in figures.items():
            yield f"ledger.{id}.{key}", wanted, line[key]
