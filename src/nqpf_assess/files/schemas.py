"""JSON Schemas (2020-12) of the three file formats, made from the models that load them."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from nqpf_assess.files.shape import schema_of
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights

KINDS: Mapping[str, type[BaseModel]] = {"questionnaire": Questionnaire, "weights": Weights, "answers": Answers}

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str) -> dict[str, Any]:
    """Return the schema of a file format, made so that an editor marks only what is wrong.

    Of variants one is chosen by what tells them apart (the `kind` of a question, the group of a condition): with plain
    alternatives one typing error would mark every key, as fitting none of them.
    """
    found = schema_of(KINDS[kind])
    return {"$schema": DIALECT, **_chosen_by_mark(found, found["$defs"]), "title": f"nqpf-{kind}/1"}


def _chosen_by_mark(node: Any, classes: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_chosen_by_mark(part, classes) for part in node]
    if not isinstance(node, Mapping):
        return node
    made = {key: _chosen_by_mark(part, classes) for key, part in node.items()}
    if "anyOf" in made:
        # A key that may be left out is never null: TOML has no such value.
        rest = [part for part in made.pop("anyOf") if part != {"type": "null"}]
        made = {**{key: part for key, part in made.items() if key != "default" or part is not None}}
        made |= rest[0] if len(rest) == 1 else {"anyOf": rest}
    variants = {
        part["$ref"]: classes[part["$ref"].rpartition("/")[2]] for part in made.get("oneOf", ()) if "$ref" in part
    }
    if not variants:
        return made
    del made["oneOf"]
    kinds = {ref: entry["properties"].get("kind", {}).get("const") for ref, entry in variants.items()}
    if all(kinds.values()):
        keys: dict[str, Any] = {key: True for entry in variants.values() for key in entry["properties"]}
        keys["kind"] = {"enum": list(kinds.values())}
        choices = [
            {"if": {"properties": {"kind": {"const": k}}, "required": ["kind"]}, "then": {"$ref": ref}}
            for ref, k in kinds.items()
        ]
        table = {"type": "object", "properties": keys, "required": ["kind"], "additionalProperties": False}
        return {**made, **table, "allOf": choices}
    *groups, rest_of_them = variants
    choice: dict[str, Any] = {"$ref": rest_of_them}
    for ref in reversed(groups):
        choice = {"if": {"required": variants[ref]["required"]}, "then": {"$ref": ref}, "else": choice}
    return {**made, "type": "object", **choice}


def schema_text(kind: str) -> str:
    """Write the schema of a file format."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=1) + "\n"
