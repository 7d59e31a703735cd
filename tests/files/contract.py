"""A small sound workspace, changed in one place, and what `check` says of it."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from nqpf_assess.files.checking import check
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.problem import Problem
from tests.files.examples import FOLDER

SOUND = FOLDER / "sound"
Q, B, V, A = "questionnaires/small.toml", "weights/small/baseline.toml", "weights/small/valley.toml", "samples/a.toml"

ANSWERS = """\
format = "nqpf-answers/1"
questionnaire = { id = "small", version = "1.0.0" }
weights = { id = "valley", version = "1.0.0" }

[subject]
name = "Anhe County"

[facts]
zone = { value = "urban" }

[answers.plan]
value = 1

[answers.spending]
value = "2.31"

[answers.tools]
value = ["centre"]
"""

FILES = {**{name: (SOUND / name).read_text(encoding="utf-8") for name in (Q, B, V)}, A: ANSWERS}


class Edit(NamedTuple):
    """One change of a file: the first `old` becomes `new`; without `old`, `new` is written at the end."""

    file: str
    old: str
    new: str


def more(file: str, text: str) -> Edit:
    """Lines at the end of a file."""
    return Edit(file, "", text + "\n")


def put(file: str, anchor: str, line: str) -> Edit:
    """A line behind the first one that begins with `anchor`."""
    old = next(text for text in FILES[file].split("\n") if text.startswith(anchor))
    return Edit(file, old + "\n", f"{old}\n{line}\n")


def inside(question: str, line: str) -> Edit:
    """A line in the table of a question or fact."""
    table = "facts" if question == "zone" else "questions"
    return put(Q, f"[{table}.{question}]", line)


Y = '{ en = "x", zh = "x" }'
"""Words in both languages."""


def fact(id: str, kind: str = "text", rest: str = "") -> Edit:
    """A further fact."""
    return more(Q, f'[facts.{id}]\nkind = "{kind}"\ntext = {Y}\n{rest}')


def question(kind: str, *lines: str) -> Edit:
    """A further question, called `more`."""
    head = f'[questions.more]\ndimension = "research"\nkind = "{kind}"\ntext = {Y}\nsources = ["expert"]\n'
    return more(Q, head + "\n".join(lines))


def option(id: str, score: int, *rest: str) -> str:
    """A line with an option."""
    return f"options.{id} = {Y[:-2]}, " + ", ".join([f"score = {score}", *rest]) + " }"


def tool(key: str) -> Edit:
    """A further key in the option `laboratory`."""
    return Edit(Q, "score = 50", f"score = 50, {key}")


def spending(line: str) -> Edit:
    """Another line for the one of that key in the question `spending`."""
    key = line.partition(" ")[0]
    return Edit(Q, next(text for text in FILES[Q].split("\n") if text.startswith(f"{key} = ")), line)


def changed(edits: Iterable[Edit]) -> dict[str, str]:
    texts = dict(FILES)
    for file, old, new in edits:
        assert old in texts[file], (file, old)
        texts[file] = texts[file].replace(old, new, 1) if old else texts[file] + "\n" + new
    return texts


def found(*edits: Edit, others: dict[str, str] | None = None) -> list[Problem]:
    """What is found after the changes; `others`: further files."""
    with TemporaryDirectory() as folder:
        for name, text in {**changed(edits), **(others or {})}.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return check(Library((Root("workspace", Path(folder)),)), [Path(folder)])


def said(*edits: Edit, others: dict[str, str] | None = None) -> list[str]:
    """What is found after the changes: `severity code key`, sorted."""
    return sorted(f"{problem.severity} {problem.code} {problem.key}" for problem in found(*edits, others=others))
