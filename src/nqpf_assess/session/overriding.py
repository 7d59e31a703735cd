"""Corrections of the local weights by hand: one node at a time, with a reason that is printed."""

from decimal import Decimal
from math import prod

from nqpf_assess.engine.rubric import local_rubric, zero_groups
from nqpf_assess.kinds.figures import read_any_figure, read_figure
from nqpf_assess.kinds.kind import Refusal, Typed
from nqpf_assess.locale import _, fill
from nqpf_assess.model.answers import Override
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.session.answering import Session

FACTORS = (Decimal(0), Decimal(10))
"""Factors that may be typed; 0 switches a part off."""
SCORES = (Decimal(0), Decimal(100))

NO_REASON = _("Please give the reason; it is printed in the report.")
ON_QUESTION = _("Give the target to its dimension or pillar.")
AS_SHARE = _("{target} is less than one point of 100. If a share is meant, type its points: {points}.")
NOTHING = _("Please give a factor, a target, or both.")
ALL_OFF = _("Then nothing would be left to weigh beside “{node}”; at least one part must stay.")


def held(session: Session, node: str) -> Override | None:
    """Return the correction of a node, None where there is none; several in a file as the one they come to."""
    own = [override for override in session.answers.override if override.node == node]
    if len(own) < 2:
        return own[0] if own else None
    factors = [override.factor for override in own if override.factor is not None]
    targets = [override.target for override in own if override.target is not None]
    stated = {"factor": prod(factors, start=Decimal(1))} if factors else {}
    stated |= {"target": targets[-1]} if targets else {}
    return Override(node=node, why="; ".join(dict.fromkeys(override.why for override in own)), **stated)


def without(session: Session, node: str) -> tuple[Override, ...]:
    """Return the corrections without that of a node."""
    return tuple(override for override in session.answers.override if override.node != node)


def corrected(session: Session, node: str, *, factor: str, target: str, why: str) -> tuple[Override, ...] | Refusal:
    """Read a correction as it was typed and give all corrections with it, or say why it cannot be taken."""
    numbers = [_number(factor, FACTORS), read_target(target)]
    for read in numbers:
        if isinstance(read, Refusal):
            return read
    if all(read is None for read in numbers):
        return Refusal(NOTHING)
    aim = numbers[1].value if isinstance(numbers[1], Typed) else None
    if aim is not None and node in session.instrument.questionnaire.questions:
        return Refusal(ON_QUESTION)
    if not why.strip():
        return Refusal(NO_REASON)
    stated = {
        name: read.value for name, read in zip(("factor", "target"), numbers, strict=True) if isinstance(read, Typed)
    }
    new = Override(node=node, why=why.strip(), **stated)
    # In the place of the one that it corrects: so order, and comments that people wrote above each, stay in the file.
    own = session.answers.override
    place = next((index for index, override in enumerate(own) if override.node == node), len(own))
    changed = (*own[:place], new, *(override for override in own[place:] if override.node != node))
    if zero_groups(session.instrument, local_rubric(session.instrument, session.view, changed).weights):
        return Refusal(fill(ALL_OFF, node=title_of(session.instrument.questionnaire, node)))
    return changed


def read_target(typed: str) -> Typed[Decimal] | Refusal | None:
    """Read a target as it was typed: 0, or at least one point, since a share may be meant by less."""
    read = _number(typed, SCORES)
    if isinstance(read, Typed) and 0 < read.value < 1:
        return Refusal(fill(AS_SHARE, target=plain_number(read.value), points=plain_number(100 * read.value)))
    return read


def _number(typed: str, ends: tuple[Decimal, Decimal]) -> Typed[Decimal] | Refusal | None:
    read = read_any_figure(typed)  # one too small to reckon with is none
    return read_figure(typed, *ends) if isinstance(read, Typed) else read
