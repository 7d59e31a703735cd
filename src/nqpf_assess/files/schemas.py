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
    """Give the schema of a file format."""
    return {"$schema": DIALECT, **schema_of(KINDS[kind]), "title": f"nqpf-{kind}/1"}


def schema_text(kind: str) -> str:
    """Write the schema of a file format."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=1) + "\n"
