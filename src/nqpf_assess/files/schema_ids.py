"""A schema that knows the ids of one questionnaire, so that editors complete them with their titles.

JSON Schema cannot say “an id that stands elsewhere in the file”; this one is made from the questionnaire as it is now.
Ids that are new are no error in it: `check` judges those.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.text import Text

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
    """Give the schema of a format with the ids of a questionnaire offered wherever one is named."""
    known = _known(questionnaire)
    classes = {name: _class(name, entry, known) for name, entry in schema.get("$defs", {}).items()}
    properties = {
        key: _keyed(entry, known[KEYED[kind, key]]) if (kind, key) in KEYED else entry
        for key, entry in schema["properties"].items()
    }
    return {**schema, "$defs": classes, "properties": properties}


def _known(questionnaire: Questionnaire) -> dict[str, dict[str, Text]]:
    tables = ("sources", "facts", "pillars", "dimensions", "questions", "countermeasures")
    found = {
        table: {id: getattr(entry, "title", None) or entry.text for id, entry in getattr(questionnaire, table).items()}
        for table in tables
    }
    found["parts"] = {**found["pillars"], **found["dimensions"]}
    found["nodes"] = {**found["parts"], **found["questions"]}
    return found


def _class(name: str, entry: Mapping[str, Any], known: Mapping[str, dict[str, Text]]) -> dict[str, Any]:
    properties = {key: _property(name, key, value, known) for key, value in entry.get("properties", {}).items()}
    return {**entry, "properties": properties} if properties else dict(entry)


def _property(name: str, key: str, entry: Any, known: Mapping[str, dict[str, Text]]) -> Any:
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
