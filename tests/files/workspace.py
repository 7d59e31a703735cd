"""A sound workspace to make mistakes in: the shipped region questionnaire, its rubrics, and answers made of it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from nqpf_assess.files.checking import check
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root, shipped
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.problem import Problem
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire
from tests.support.scored import shipped_questionnaire

Lines = tuple[str, ...]

ANSWERS = "samples/made.toml"


def _shipped() -> Iterator[tuple[str, Lines]]:
    for folder in ("questionnaires/region", "weights/region"):
        for file in sorted((shipped() / folder).glob("*.toml")):
            yield f"{folder}/{file.name}", tuple(file.read_text(encoding="utf-8").split("\n"))


def _value(asked: AnyAsked) -> str:
    """A sound answer as a TOML value, with the kind behind it as a comment."""
    match asked.kind:
        case "level":
            return "1 # level"
        case "number":
            low, high = getattr(asked, "usual", None) or asked.range  # type: ignore[union-attr]
            return f'"{plain_number((low + high) / 2)}" # number'
        case "single":
            return f'"{_options(asked)[0]}" # single'
        case "multi":
            return f'["{_options(asked)[0]}"] # multi'
        case _:
            return '"words" # text'


def _options(asked: AnyAsked) -> list[str]:
    options: Mapping[str, object] = getattr(asked, "options", {})
    plain = [id for id, o in options.items() if not getattr(o, "unknown", False) and not getattr(o, "exclusive", False)]
    return plain or list(options)


def answers_to(questionnaire: Questionnaire, rubric: str = "ecological") -> Iterator[str]:
    """The lines of an answer file in which every question is answered soundly."""
    version = questionnaire.version
    yield 'format = "nqpf-answers/1"'
    yield f'questionnaire = {{ id = "{questionnaire.id}", version = "{version}" }}'
    yield f'weights = {{ id = "{rubric}", version = "{version}" }}'
    yield from ("", "[subject]", 'name = "Anhe County"', 'period = "2025"', "")
    for table, asked in (("facts", questionnaire.facts), ("answers", questionnaire.questions)):
        for id, entry in asked.items():
            yield from (f"[{table}.{id}]", f"value = {_value(entry)}", 'note = "as reported"', "")
    yield from ("[[override]]", 'node = "innovation"', "factor = 0.8", 'why = "The university moved away."', "")
    yield from ("[plan]", f'chosen = ["{next(iter(questionnaire.countermeasures))}"]', "")


WORKSPACE: Mapping[str, Lines] = {
    **dict(_shipped()),
    ANSWERS: tuple(answers_to(Questionnaire.model_validate(shipped_questionnaire("region")))),
}
"""Every file of the workspace by its name, as lines."""


def write(folder: Path, changed: Mapping[str, Sequence[str]]) -> None:
    """Write the workspace with some files changed."""
    for name, lines in {**WORKSPACE, **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")


def checked(folder: Path) -> tuple[Problem, ...]:
    """Every problem of the workspace in a folder; nothing is looked up anywhere else."""
    return check(Library((Root("workspace", folder),)), [folder])
