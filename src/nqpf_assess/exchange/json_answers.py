"""Answers in JSON, as `export ANSWERS --to json` writes them: a file of ours in another form."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli_w

from nqpf_assess.files.document import read_document
from nqpf_assess.files.linting import load
from nqpf_assess.files.places import writable
from nqpf_assess.kinds.figures import read_number
from nqpf_assess.locale import _, fill
from nqpf_assess.model.answers import Answer, Answers, Origin
from nqpf_assess.model.base import stated_keys
from nqpf_assess.model.problem import UserError, errors

UNSOUND = _("{path} cannot be used until this is corrected")
NO_TABLE = _("{path} holds no table of answers")


def read_json_answers(data: Mapping[str, Any], path: Path, at: datetime) -> Answers:
    """Read answers out of JSON by the rules of an answer file; raises `UserError` with all its problems.

    Each value says that it came from this file, unless it says already where it came from before.
    """
    try:
        words = tomli_w.dumps(_as_toml(data))
    except (TypeError, ValueError) as fault:
        raise UserError(fill(NO_TABLE, path=path)) from fault
    loaded = load(Answers, [read_document(str(path), words.encode())])
    if errors(loaded.problems) or loaded.value is None:
        found = tuple(replace(problem, line=0, column=0) for problem in errors(loaded.problems))
        raise UserError(fill(UNSOUND, path=path), problems=found)
    answers = loaded.value
    tables: dict[str, dict[str, Answer]] = {}
    for table in ("facts", "answers"):
        tables[table] = dict(getattr(answers, table))
        for id, answer in tables[table].items():
            if answer.from_ is None and (answer.value is not None or answer.state is not None):
                origin = Origin(kind="json", file=writable(path.name), place=f"{table}.{id}", at=at)
                tables[table][id] = Answer(**{**dict(stated_keys(answer)), "from": origin})
    return answers.model_copy(update=tables)


def _as_toml(value: Any, path: tuple[str, ...] = ()) -> Any:
    """Return JSON data as TOML can hold it: nothing for null; moments, days and numbers where their keys ask for them.

    `path`: the keys above; entries of lists have none.
    """
    key = path[-1] if path else ""
    match value:
        case dict():
            return {str(name): _as_toml(part, (*path, str(name))) for name, part in value.items() if part is not None}
        case list():
            return [_as_toml(part, path) for part in value if part is not None]
        case float():
            return Decimal(repr(value))
        case str() if key == "at":
            with suppress(ValueError):
                return datetime.fromisoformat(value)
        case str() if key == "deadline":
            with suppress(ValueError):
                return date.fromisoformat(value)
        case str() if (path[:1] == ("override",) and key in ("factor", "target")) or path[:2] == ("weights", "with"):
            number = read_number(value)
            return value if number is None else number
    return value
