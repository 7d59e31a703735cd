"""The names of several respondents as one line of a file, and back; and answers without them."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from nqpf_assess.model.answers import Answers, Given, Origin, Subject
from nqpf_assess.model.base import stated_keys
from nqpf_assess.model.follow_up import FollowUp

Signed = TypeVar("Signed", Given, Subject, Origin, FollowUp)


def joined(names: Iterable[str]) -> str:
    """Write each name once, in the order given: with the Chinese mark where any of them has letters beyond ASCII."""
    once = tuple(dict.fromkeys(names))
    return ("、" if any(not letter.isascii() for name in once for letter in name) else ", ").join(once)


def parted(*lines: str | None) -> set[str]:
    """Return the names in lines that `joined` wrote. A name that holds a comma comes in parts, the same each time."""
    return {name for line in lines for name in re.split("、|, ", line or "") if name}


def nameless(answers: Answers) -> Answers:
    """Return answers without what tells who gave them: names, moments, and the form or row that each came from."""
    changes: dict[str, Any] = {
        table: {id: _nameless(given) for id, given in getattr(answers, table).items()}
        for table in ("facts", "answers", "archive")
    }
    changes["follow_up"] = tuple(_without(entry, "by") for entry in answers.follow_up)
    changes["subject"] = _without(answers.subject, "respondent")
    return answers.model_copy(update={key: part for key, part in changes.items() if key in answers.model_fields_set})


def _nameless(given: Given) -> Given:
    kept, origin, voices = _without(given, "by", "at"), given.from_, getattr(given, "voices", ())
    changes: dict[str, Any] = {}
    if origin is not None:  # a yearbook tells nobody; a form, or a row of a survey, is somebody's
        own = ("at",) if origin.kind == "statistics" else ("at", "file", "place")
        changes["from_"] = _without(origin, *own)
    if voices:
        changes["voices"] = tuple(map(_nameless, voices))
    return kept.model_copy(update=changes) if changes else kept


def _without(stated: Signed, *keys: str) -> Signed:
    """Return a value that states all but some keys."""
    return type(stated)(**{key: part for key, part in stated_keys(stated) if key not in keys})
