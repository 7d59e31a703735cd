"""The JSON Schemas accept what ships, and mark of a mistake what is wrong and nothing else."""

import copy
import datetime
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from nqpf_assess.files.places import shipped
from nqpf_assess.files.schemas import KINDS, schema, schema_text

FOLDERS = {"questionnaire": "questionnaires/*/*.toml", "weights": "weights/*/*.toml", "answers": "samples/*.toml"}
COPIES = Path(__file__).parents[2] / "src" / "nqpf_assess" / "schemas"


def data_of(path: Path) -> Any:
    """A file as an editor sees it: dates as texts."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(part) for key, part in value.items()}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value

    return plain(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def validator(kind: str) -> Draft202012Validator:
    made = schema(kind)
    Draft202012Validator.check_schema(made)
    return Draft202012Validator({**made, "required": ["format"]} if kind == "questionnaire" else made)


def marks(kind: str, data: Any) -> set[tuple[str | int, ...]]:
    """Where an editor underlines something: the places of the innermost complaints."""
    found, waiting = set(), list(validator(kind).iter_errors(data))
    while waiting:
        fault = waiting.pop()
        if fault.context:
            waiting += fault.context
        else:
            keys = fault.instance if isinstance(fault.instance, dict) else {}
            odd = [key for key in keys if f"'{key}' was unexpected" in fault.message]
            found.add((*fault.absolute_path, *odd[:1]))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_what_ships_is_valid(kind: str) -> None:
    files = sorted(shipped().glob(FOLDERS[kind]))
    assert len(files) > 10
    assert [file.name for file in files if marks(kind, data_of(file))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_copies_are_fresh(kind: str) -> None:
    assert (COPIES / f"{kind}.json").read_text(encoding="utf-8") == schema_text(kind)


@pytest.fixture(scope="module")
def questions() -> Any:
    """A file of the shipped questionnaire."""
    return data_of(shipped() / "questionnaires/region/10-innovation.toml")


MISTAKES: dict[str, tuple[Callable[[dict[str, Any]], object], set[tuple[str | int, ...]]]] = {
    "a key misspelt": (lambda entry: entry.update(textt="x"), {("textt",)}),
    "the key of the kind misspelt": (lambda entry: entry.update(kindd=entry.pop("kind")), {(), ("kindd",)}),
    "the kind misspelt": (lambda entry: entry.update(kind="levl"), {("kind",)}),
    "a value of the wrong type": (lambda entry: entry.update(core="yes"), {("core",)}),
    "in a comparison": (lambda entry: entry.update(show_if={"fact": "zone", "iss": "x"}), {("show_if", "iss")}),
    "in a group": (
        lambda entry: entry.update(show_if={"all": [{"fact": "zone", "is": 1}]}),
        {("show_if", "all", 0, "is")},
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_marks_itself_alone(questions: Any, mistake: str) -> None:
    """Not every key of the question, as fitting none of the kinds."""
    make, where = MISTAKES[mistake]
    data = copy.deepcopy(questions)
    id = next(iter(data["questions"]))
    make(data["questions"][id])
    assert marks("questionnaire", data) == {("questions", id, *path) for path in where}
