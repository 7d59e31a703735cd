"""No package but `kinds` tests which kind a question or fact has."""

import ast
from collections.abc import Iterator
from pathlib import Path

import nqpf_assess
from nqpf_assess.kinds import KINDS
from nqpf_assess.model import questionnaire

SOURCE = Path(nqpf_assess.__file__).parent
OF_A_KIND = {
    name
    for name in vars(questionnaire)
    if name.removesuffix("Question").removesuffix("Fact").removesuffix("Keys").lower() in KINDS
    and name.endswith(("Question", "Fact", "Keys"))
}
"""The classes of the model that belong to one kind."""


def elsewhere() -> list[Path]:
    apart = (SOURCE / "kinds", SOURCE / "model" / "questionnaire.py")
    return [path for path in SOURCE.rglob("*.py") if not any(path.is_relative_to(place) for place in apart)]


def kinds_asked(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, tested]):
                names = {part.id for part in ast.walk(tested) if isinstance(part, ast.Name)}
                yield from (f"isinstance {name}" for name in names & OF_A_KIND)
            case ast.MatchClass(cls=ast.Name(id=name)) if name in OF_A_KIND:
                yield f"case {name}"
            case ast.Compare(left=ast.Attribute(attr="kind"), comparators=[compared]):
                words = {part.value for part in ast.walk(compared) if isinstance(part, ast.Constant)}
                yield from (f"kind compared with {word}" for word in words & set(KINDS))
            case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value="levels" | "options" as key), *_]):
                yield f"getattr {key}"


def test_there_is_something_to_look_at() -> None:
    assert {"LevelQuestion", "NumberKeys", "MultiFact"} <= OF_A_KIND
    assert len(elsewhere()) > 100
    sample = "def f(q):\n    if isinstance(q, LevelQuestion) or q.kind == 'multi': ...\n    getattr(q, 'options', {})\n"
    assert len(list(kinds_asked(ast.parse(sample)))) == 3


def test_no_other_package_tests_a_kind() -> None:
    found = {
        f"{path.relative_to(SOURCE)}: {what}"
        for path in elsewhere()
        for what in kinds_asked(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert sorted(found) == []
