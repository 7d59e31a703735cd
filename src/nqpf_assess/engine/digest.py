"""Digests: the same content gives the same digest wherever it lies (formats.md, section 3)."""

import hashlib
import json
from datetime import date, time
from typing import Any

from pydantic import BaseModel

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.model.answers import Answers, Reference, RubricReference
from nqpf_assess.model.base import canonical
from nqpf_assess.model.scorecard import Identity, RubricIdentity
from nqpf_assess.model.weights import Chain


def digest(*values: BaseModel) -> str:
    """Return `sha256:` and 64 hex digits over what the values state, whatever the layout of their files."""
    key = tuple(map(id, values))
    if key not in _KNOWN:
        content = json.dumps([canonical(value) for value in values], ensure_ascii=False, default=_moment)
        remember(values, f"sha256:{hashlib.sha256(content.encode()).hexdigest()}")
    return _KNOWN[key][1]


_KNOWN: dict[tuple[int, ...], tuple[tuple[BaseModel, ...], str]] = {}
"""Digests of values that were asked for last, by the values' identities, each with the values so that these stay."""

_MOST_KNOWN = 64


def remember(values: tuple[BaseModel, ...], found: str) -> None:
    """Take note of the digest of values; frozen as they are, they keep it."""
    while len(_KNOWN) >= _MOST_KNOWN:
        del _KNOWN[next(iter(_KNOWN))]
    _KNOWN[tuple(map(id, values))] = (values, found)


def _moment(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a file's content")


def chain_version(chain: Chain) -> str:
    """Return a rubric's version: its own, else its root's."""
    return chain[-1].version or chain[0].version or ""


def rubric_digest(instrument: Instrument) -> str:
    """Compute the digest of the rubric in use: over all profiles of a blend, each with what it is based on.

    Shares stand in the answers, not in the rubrics, and are no part of it; nor is the order of the further profiles.
    """
    return digest(*(file for _, chain in instrument.profiles for file in chain))


def rubric_identity(instrument: Instrument) -> RubricIdentity:
    """Identify the rubric in use, a blend with its shares."""
    shares = {part.id: part.share for part in instrument.further}
    return RubricIdentity(instrument.profile.id, chain_version(instrument.chain), rubric_digest(instrument), shares)


def reference_to(edition: Identity) -> Reference:
    """Make the reference by which answers name a questionnaire or rubric, a blend with its shares."""
    if isinstance(edition, RubricIdentity):
        return reference_to_rubric(edition)
    return Reference(id=edition.id, version=edition.version, digest=edition.digest)


def reference_to_rubric(edition: RubricIdentity) -> RubricReference:
    """Make the reference by which answers name a rubric, a blend with its shares."""
    shares: dict[str, Any] = {"with": dict(edition.shares)} if edition.shares else {}
    return RubricReference(id=edition.id, version=edition.version, digest=edition.digest, **shares)


def identities(instrument: Instrument, answers: Answers) -> tuple[Identity, RubricIdentity, str]:
    """Identify questionnaire, rubric (over its whole chain, and all that is blended) and answers."""
    questionnaire = instrument.questionnaire
    return (
        Identity(questionnaire.id, questionnaire.version, digest(questionnaire)),
        rubric_identity(instrument),
        digest(answers),
    )
