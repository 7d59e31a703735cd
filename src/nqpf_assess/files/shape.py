"""Does a file have the shape of its format? The frozen models decide; their complaints become findings with paths.

So that one run tells every mistake, what is wrong is mended in a copy (dropped, or replaced by something harmless) and
the other rules go on with that; whatever they find at a mended place is held back.
"""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from nqpf_assess.files.positions import Path

Model = TypeVar("Model", bound=BaseModel)

ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Misfit:
    """One complaint of the models: its kind as they name it, where, and what they know of it."""

    kind: str
    path: Path
    context: Mapping[str, Any]
    given: object


@dataclass(frozen=True, slots=True)
class Shaped(Generic[Model]):
    """A value as far as it could be made, with every complaint and the places that were mended."""

    value: Model | None
    misfits: tuple[Misfit, ...]
    mended: frozenset[Path]


def shape(model: type[Model], data: Mapping[str, Any], head: Mapping[str, Any]) -> Shaped[Model]:
    """Make the value; `head` gives harmless stand-ins for top-level keys that are missing or wrong."""
    raw: Any = data
    misfits: tuple[Misfit, ...] = ()
    mended: set[Path] = set()
    for turn in range(ROUNDS):
        try:
            return Shaped(model.model_validate(raw), misfits, frozenset(mended))
        except ValidationError as fault:
            found = _misfits(fault, raw)
        if turn == 0:
            raw, misfits = copy.deepcopy(dict(data)), found
        mended |= {place for misfit in reversed(found) if (place := _mend(raw, misfit, head))}
    return Shaped(None, misfits, frozenset(mended))


def _misfits(fault: ValidationError, raw: object) -> tuple[Misfit, ...]:
    rows = fault.errors(include_url=False, include_input=False)
    return tuple(_misfit(row["type"], row["loc"], row.get("ctx", {}), raw) for row in rows)


def _misfit(kind: str, location: Sequence[str | int], context: Mapping[str, Any], raw: object) -> Misfit:
    steps = [step for step in location if not (isinstance(step, str) and step[:1] in "<[")]
    path = tuple(steps)
    kind = "bad_key" if location and location[-1] == "[key]" else kind
    return Misfit(kind, path, context, at(raw, path))


def at(data: Any, path: Sequence[Any]) -> Any:
    """Give what stands at a path; None where nothing does."""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _mend(raw: Any, misfit: Misfit, head: Mapping[str, Any]) -> Path:
    path = misfit.path
    if len(path) == 1 and path[0] in head:
        raw[path[0]] = head[str(path[0])]
        return path
    if misfit.kind == "missing":
        return _drop(raw, path[:-1])
    if misfit.kind in _STAND_INS:
        _put(raw, path, _STAND_INS[misfit.kind])
        return path
    return _drop(raw, path)


_STAND_INS: Mapping[str, object] = {
    "string_type": "?",
    "bool_type": False,
    "int_type": 1,
    "string_pattern_mismatch": "x",
}


def _put(raw: Any, path: Path, value: object) -> None:
    parent: Any = at(raw, path[:-1])
    if parent is not None:
        parent[path[-1]] = value


def _drop(raw: Any, path: Path) -> Path:
    """Take out the entry at a path; inside a list the whole list goes, so that no index shifts."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    parent = at(raw, path[:-1])
    if path and isinstance(parent, dict):
        parent.pop(path[-1], None)
    return path


def tainted(path: Path, mended: Iterable[Path]) -> bool:
    """Say whether a finding speaks of a mended place: the same, inside it, or the same key of the same entry."""
    return any(_meet(path, place) for place in mended)


def _meet(path: Path, place: Path) -> bool:
    common = min(len(path), len(place))
    return path[:common] == place[:common] and (len(path) >= len(place) or len(path) >= 3)


@cache
def schema_of(model: type[BaseModel]) -> Mapping[str, Any]:
    """Give the JSON Schema (2020-12) of a file format."""
    return model.model_json_schema(by_alias=True)


def known_keys(model: type[BaseModel], data: object, path: Path) -> tuple[str, ...]:
    """Name the keys that may stand in the table at a path."""
    root = schema_of(model)
    node: Mapping[str, Any] = _chosen(root, root, data)
    for part in path:
        data = at(data, (part,))
        node = _chosen(root, _inside(node, part), data)
    return tuple(node.get("properties", {}))


def _inside(node: Mapping[str, Any], part: str | int) -> Mapping[str, Any]:
    if isinstance(part, int):
        return node.get("items", {}) or {}
    properties = node.get("properties", {})
    if part in properties:
        return properties[part]  # type: ignore[no-any-return]
    patterns = list(node.get("patternProperties", {}).values())
    extra = node.get("additionalProperties", {})
    return patterns[0] if patterns else extra if isinstance(extra, Mapping) else {}


def _chosen(root: Mapping[str, Any], node: Mapping[str, Any], data: object) -> Mapping[str, Any]:
    """Follow references, and pick the variant that the data is nearest to."""
    while "$ref" in node:
        node = root["$defs"][node["$ref"].rpartition("/")[2]]
    variants = [_chosen(root, variant, data) for variant in (*node.get("oneOf", ()), *node.get("anyOf", ()))]
    if not variants:
        return node
    keys = set(data) if isinstance(data, Mapping) else set()
    kind = data.get("kind") if isinstance(data, Mapping) else None

    def nearness(variant: Mapping[str, Any]) -> tuple[bool, int]:
        properties = variant.get("properties", {})
        return properties.get("kind", {}).get("const", object()) == kind, len(keys & set(properties))

    return max(variants, key=nearness)
