"""What can be wrong with the keys of one question, found by its kind and reported by the lint rules."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple


class Flaw(NamedTuple):
    """Something wrong with the keys of a question: the code of a lint rule, where (below the question), its values.

    `at`: whether the value or the key is pointed at.
    """

    code: str
    path: tuple[str | int, ...]
    values: Mapping[str, object]
    at: Literal["value", "key"] = "value"


def span_flaws(path: tuple[str | int, ...], low: float, high: float) -> Iterator[Flaw]:
    """Find answers with which 0 or 100 cannot be reached."""
    if low > 1e-9 or high < 100 - 1e-9:
        yield Flaw("score_unreachable", path, {"low": f"{low:g}", "high": f"{high:g}"}, at="key")
