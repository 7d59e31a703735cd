"""What can be changed in a module, as mutmut does it, and an even draw over all modules."""

import ast
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import cast

from libcst import FunctionDef, Module
from mutmut.mutation.file_mutation import create_mutations

PACKAGE = Path("src/nqpf_assess")
PARTS = ("engine", "kinds")


@dataclass(frozen=True)
class Change:
    """One change of one function. `number` counts the changes of its module; `before` and `after` are whole files."""

    module: str
    number: int
    before: str
    after: str

    @property
    def name(self) -> str:
        """As it is asked for on the command line: the module below the package, and the number."""
        return f"{self.module}#{self.number}"

    @cached_property
    def diff(self) -> str:
        """The lines that differ."""
        rows = difflib.unified_diff(self.before.splitlines(), self.after.splitlines(), n=0, lineterm="")
        return "\n".join(row for row in rows if not row.startswith(("---", "+++")))

    @cached_property
    def lines(self) -> Sequence[int]:
        """The lines that tell whether a test comes here: the first one changed, else where its statement begins."""
        pairs = enumerate(zip_longest(self.before.splitlines(), self.after.splitlines()), 1)
        line = next(number for number, (old, new) in pairs if old != new)
        statements = [node for node in ast.walk(ast.parse(self.before)) if isinstance(node, ast.stmt)]
        within = [node for node in statements if node.lineno <= line <= (node.end_lineno or 0)]
        return (line, max(node.lineno for node in within))


def modules(root: Path) -> Sequence[str]:
    """Every module of the two parts, as a path below the package."""
    package = root / PACKAGE
    return sorted(str(path.relative_to(package)) for part in PARTS for path in (package / part).rglob("*.py"))


class Changes:
    """All changes of a module's functions, made when they are asked for; decorated functions stay, as mutmut has it."""

    def __init__(self, root: Path, module: str) -> None:
        self.module, self.before = module, (root / PACKAGE / module).read_text(encoding="utf-8")
        self.tree, mutations, _, _ = create_mutations(module, self.before)
        self.mutations = [row for row in mutations if isinstance(row.contained_by_top_level_function, FunctionDef)]

    def __getitem__(self, number: int) -> Change:
        row = self.mutations[number]
        after = cast("Module", self.tree.deep_replace(row.original_node, row.mutated_node)).code
        return Change(self.module, number, self.before, after)

    def __len__(self) -> int:
        return len(self.mutations)


def draw(root: Path, chosen: Sequence[str], seed: int) -> Iterator[Change]:
    """One change of each module in turn, in random order: a small module counts as much as a large one."""
    waiting: list[tuple[Changes, list[int]]] = []
    for module in chosen:
        changes = Changes(root, module)
        numbers = list(range(len(changes)))
        Random(f"{seed} {module}").shuffle(numbers)
        waiting.append((changes, numbers))
    Random(seed).shuffle(waiting)
    while waiting := [(changes, numbers) for changes, numbers in waiting if numbers]:
        for changes, numbers in waiting:
            yield changes[numbers.pop(0)]
