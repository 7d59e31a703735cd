"""Digests: the same content gives the same digest wherever it lies (formats.md, section 3)."""

import hashlib
import json
from datetime import date, time

from pydantic import BaseModel

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.base import canonical
from nqpf_assess.model.scorecard import Identity
from nqpf_assess.model.weights import Chain


def digest(*values: BaseModel) -> str:
    """Give `sha256:` and 64 hex digits over what the values state, whatever the layout of their files."""
    content = json.dumps([canonical(value) for value in values], ensure_ascii=False, default=_moment)
    return f"sha256:{hashlib.sha256(content.encode()).hexdigest()}"


def _moment(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a file's content")


def chain_version(chain: Chain) -> str:
    """Give a rubric's version: its own, else its root's."""
    return chain[-1].version or chain[0].version or ""


def identities(instrument: Instrument, answers: Answers) -> tuple[Identity, Identity, str]:
    """Identify questionnaire, rubric (over its whole chain) and answers."""
    questionnaire, chain = instrument.questionnaire, instrument.chain
    return (
        Identity(questionnaire.id, questionnaire.version, digest(questionnaire)),
        Identity(instrument.profile.id, chain_version(chain), digest(*chain)),
        digest(answers),
    )
