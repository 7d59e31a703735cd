"""What a report carries with it: the answers, and the questionnaire and rubric they were scored by, as their own files.

The files are written in the formats of the program itself, so that the ordinary reader takes them in again, with every
check, and gives the same digests (docs/decisions/0010-what-a-report-carries.md).
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import tomli_w
from pydantic import BaseModel

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.base import plain_number, stated_keys
from nqpf_assess.report.blocks import Attachment

ANSWERS = "answers.toml"
QUESTIONNAIRE = "questionnaire.toml"
MEDIA_TYPE = "application/toml"
BEFORE = "earlier-"
"""What the names of last time's files begin with."""


def carried(instrument: Instrument, answers: Answers) -> tuple[Attachment, ...]:
    """Return the files that a report carries: enough to check and score it again anywhere."""
    own = {file.id: file for file in instrument.chain}
    blended = {file.id: file for part in instrument.further for file in part.chain if file.id not in own}
    root = instrument.chain[0].id
    files = {root: own.pop(root), **blended, **own}  # the root first, the first profile of a blend last
    chain = [
        Attachment(f"weights-{place}-{id}.toml", MEDIA_TYPE, f"Rubric {id}", _toml(file), "Data")
        for place, (id, file) in enumerate(files.items(), start=1)
    ]
    questionnaire = instrument.questionnaire
    return (
        Attachment(ANSWERS, MEDIA_TYPE, "Answers of this assessment", _toml(answers), "Source"),
        Attachment(QUESTIONNAIRE, MEDIA_TYPE, f"Questionnaire {questionnaire.id}", _toml(questionnaire), "Data"),
        *chain,
    )


def carried_before(instrument: Instrument, earlier: tuple[Instrument, Answers]) -> tuple[Attachment, ...]:
    """Return last time's files, where the report speaks of it: those of the instrument only where they are others."""
    known = {entry.data for entry in carried(instrument, earlier[1])[1:]}
    return tuple(
        replace(entry, name=BEFORE + entry.name, description=f"{entry.description}, last time")
        for entry in carried(*earlier)
        if entry.data not in known
    )


def _toml(value: BaseModel) -> bytes:
    return tomli_w.dumps(_plain(value)).encode()


def _plain(value: object) -> Any:
    """Return what a file states as plain tables, numbers exact and written one way."""
    match value:
        case BaseModel():
            return {key: _plain(part) for key, part in stated_keys(value) if part is not None}
        case Mapping():
            return {key: _plain(part) for key, part in value.items()}
        case tuple():
            return [_plain(part) for part in value]
        case Decimal():
            written = plain_number(value)
            return Decimal(written) if "." in written else int(written)
        case _:
            return value
