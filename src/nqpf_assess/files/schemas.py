"""JSON Schemas (2020-12) of the three file formats, made from the models that load them.

JSON Schema cannot say “an id that stands elsewhere in the file”; `with_ids` makes one that offers the ids of one
questionnaire as it is now. Ids that are new are no error in it: `check` judges those.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from nqpf_assess.files.schema_nodes import schema_of
from nqpf_assess.locale import Text
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.frozen import Frozen
from nqpf_assess.model.mapping import StatisticsMap
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights

KINDS: Mapping[str, type[Frozen]] = {"questionnaire": Questionnaire, "weights": Weights, "answers": Answers}
"""Formats of a workspace, for which it holds schemas with its ids."""

EVERY_KIND: Mapping[str, type[Frozen]] = {**KINDS, "map": StatisticsMap}

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str) -> dict[str, Any]:
    """Return the schema of a file format, made so that an editor marks only what is wrong.

    Of variants one is chosen by what tells them apart (the `kind` of a question, the group of a condition): with plain
    alternatives one typing error would mark every key, as fitting none of them.
    """
    found = schema_of(EVERY_KIND[kind])
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


REFERRING: Mapping[tuple[str, str], str] = {
    ("Adjustment", "node"): "nodes",
    ("Adjustment", "questions"): "questions",
    ("Override", "node"): "nodes",
    ("Floor", "node"): "parts",
    ("Judgements", "of"): "parts",
    ("Judgements", "members"): "nodes",
    ("Comparison", "fact"): "facts",
    ("Comparison", "question"): "questions",
    ("Comparison", "dimension"): "dimensions",
    ("Dimension", "pillar"): "pillars",
    ("Countermeasure", "needs"): "countermeasures",
    ("Countermeasure", "kpi_question"): "questions",
    ("Chosen", "chosen"): "countermeasures",
    ("FollowUp", "measure"): "countermeasures",
    ("Figure", "questions"): "questions",
    ("Benchmark", "source"): "sources",
    ("MappedIndicator", "question"): "questions",
}
"""Class and key of the format → the table its value names an id of; `parts`: pillars and dimensions."""

KEYED: Mapping[tuple[str, str], str] = {
    ("weights", "weights"): "nodes",
    ("weights", "targets"): "parts",
    ("answers", "facts"): "facts",
    ("answers", "answers"): "questions",
}
"""Format and table whose keys are ids."""


def with_ids(schema: Mapping[str, Any], kind: str, questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the schema of a format with the ids of a questionnaire offered wherever one is named."""
    tables = ("sources", "facts", "pillars", "dimensions", "questions", "countermeasures")
    known = {
        table: {id: getattr(entry, "title", None) or entry.text for id, entry in getattr(questionnaire, table).items()}
        for table in tables
    }
    known["parts"] = {**known["pillars"], **known["dimensions"]}
    known["nodes"] = {**known["parts"], **known["questions"]}
    classes: dict[str, Any] = {}
    for name, entry in schema.get("$defs", {}).items():
        keys = {key: _property(name, key, value, known) for key, value in entry.get("properties", {}).items()}
        classes[name] = {**entry, "properties": keys} if keys else dict(entry)
    properties = {
        key: _keyed(entry, known[KEYED[kind, key]]) if (kind, key) in KEYED else entry
        for key, entry in schema["properties"].items()
    }
    return {**schema, "$defs": classes, "properties": properties}


def _property(name: str, key: str, entry: Any, known: Mapping[str, dict[str, Text]]) -> Any:
    """Offer the ids that one key of a class names."""
    if key == "sources":
        return _offering(entry, list(known["sources"]))
    if key == "dimension" and name.endswith("Question"):
        return _offering(entry, list(known["dimensions"]))
    if (name, key) == ("Countermeasure", "lifts"):
        return _keyed(entry, known["dimensions"])
    table = REFERRING.get((name, key))
    return entry if table is None else _offering(entry, list(known[table]))


def _offering(entry: Any, ids: Sequence[str]) -> Any:
    """Offer ids besides what may stand there anyway; in a list for each of its items."""
    if "items" in entry:
        return {**entry, "items": _offering(entry["items"], ids)}
    if not ids:
        return entry
    rest = {key: value for key, value in entry.items() if key in ("title", "default", "description")}
    return {**rest, "anyOf": [{"enum": list(ids)}, {k: v for k, v in entry.items() if k not in rest}]}


def _keyed(entry: Mapping[str, Any], ids: Mapping[str, Text]) -> dict[str, Any]:
    """Name the keys of a table, each with its title; others may stand there too."""
    value: Any = next(iter(entry.get("patternProperties", {}).values()), {})
    titles = {id: " · ".join(" ".join(said.split()) for said in words.values()) for id, words in ids.items()}
    return {**entry, "properties": {id: {"allOf": [value], "description": titles[id]} for id in ids}}
