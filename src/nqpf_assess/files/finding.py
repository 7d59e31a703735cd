"""What a rule finds, before it is put in words and given its line: a path, and the values its sentence needs."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from nqpf_assess.files.positions import Path
from nqpf_assess.locale import Text
from nqpf_assess.model.problem import Severity

At = Literal["key", "value"]


class Finding(NamedTuple):
    """One thing a rule found. `at`: is the key at fault or its value; `file`: the document's index, where known.

    `unless`: paths of what is said to be missing, or to be too few; where one of them was itself at fault, nothing is
    said. `place`: where it stands, if that is known without looking.
    """

    path: Path
    values: Mapping[str, object] = MappingProxyType({})
    at: At = "value"
    hint: Text | None = None
    file: int | None = None
    unless: tuple[Path, ...] = ()


class Rule(NamedTuple):
    """One lint rule: its code, how grave it is, what it says and advises, and the function that finds it."""

    code: str
    severity: Severity
    message: Text
    hint: Text
    find: Callable[[Any], Iterable[Finding]]
