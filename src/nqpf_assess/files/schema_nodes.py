"""What the format has at a place of a file: the keys that may stand there, the plainest value that may."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from nqpf_assess.model.frozen import Frozen, reader

Node = Mapping[str, Any]


@cache
def schema_of(model: type[Frozen]) -> Node:
    """Return the JSON Schema (2020-12) of a file format."""
    return reader(model).model_json_schema(by_alias=True)


def known_keys(model: type[Frozen], data: object, path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Name the keys that may stand in the table at a path."""
    return tuple(_node(model, data, path).get("properties", {}))


def holds_words(model: type[Frozen], data: object, path: tuple[str | int, ...]) -> bool:
    """Return whether a text stands at a path, once per language."""
    node = _node(model, data, path)
    return "properties" not in node and node.get("additionalProperties") == {"type": "string"}


def plainest(model: type[Frozen], data: object, path: tuple[str | int, ...]) -> Any:
    """Return the plainest value that the format allows at a path."""
    return _plain(schema_of(model), _node(model, data, path))


def at(data: Any, path: Iterable[Any]) -> Any:
    """Return what stands at a path; None where nothing does."""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _node(model: type[Frozen], data: object, path: tuple[str | int, ...]) -> Node:
    """Return what the schema says of a path, of several variants the one that the data there is nearest to."""
    root = schema_of(model)
    node = _chosen(root, root, data)
    for part in path:
        data = at(data, (part,))
        if isinstance(part, int):
            places = node.get("prefixItems", ())
            node = places[part] if part < len(places) else node.get("items", {}) or {}
        else:
            extra = node.get("additionalProperties", {})
            any_key = [*node.get("patternProperties", {}).values(), extra if isinstance(extra, Mapping) else {}]
            node = node.get("properties", {}).get(part, any_key[0])
        node = _chosen(root, node, data)
    return node


def _chosen(root: Node, node: Node, data: object) -> Node:
    """Follow references, and pick the variant that the data is nearest to; of equal ones the one that wants least."""
    while "$ref" in node:
        node = root["$defs"][node["$ref"].rpartition("/")[2]]
    variants = [_chosen(root, variant, data) for variant in (*node.get("oneOf", ()), *node.get("anyOf", ()))]
    if not variants:
        return node
    keys = set(data) if isinstance(data, Mapping) else set()
    kind = data.get("kind") if isinstance(data, Mapping) else None

    def nearness(variant: Node) -> tuple[bool, bool, int, int]:
        properties = variant.get("properties", {})
        same = properties.get("kind", {}).get("const", object()) == kind
        return variant.get("type") != "null", same, len(keys & set(properties)), -len(variant.get("required", ()))

    return max(variants, key=nearness)


def _plain(root: Node, node: Node) -> Any:
    node = _chosen(root, node, None)
    if "const" in node or "enum" in node:
        return node.get("const", node.get("enum", [None])[0])
    match node.get("type"):
        case "object":
            stated = {key: _plain(root, node["properties"][key]) for key in node.get("required", ())}
            if node.get("minProperties"):
                stated["x"] = _plain(root, next(iter(node["patternProperties"].values())))
            return stated
        case "array":
            places = node.get("prefixItems") or [node["items"]] * node.get("minItems", 0)
            return [_plain(root, place) for place in places]
        case "number" | "integer":
            return 1
        case "boolean":
            return False
        case "string":
            return {"date": date(2000, 1, 1), "date-time": None}.get(node.get("format", ""), "x")
        case _:
            return None
