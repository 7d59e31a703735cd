"""Blending two profiles for a place that is two things at once: five positions between them, each with its effect.

It begins with the first profile alone; the second alone is a choice of its own, and no blend.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import SECOND_SHARE, Suggestion, are_two_things, moved
from nqpf_assess.engine.rubric import ledger, local_rubric
from nqpf_assess.engine.scoring import Assessed, assess
from nqpf_assess.model.scorecard import LedgerRow
from nqpf_assess.model.weights import BlendedProfile, Chain
from nqpf_assess.session.answering import Session

SHARES = (Decimal(0), Decimal("0.2"), SECOND_SHARE, Decimal("0.6"), Decimal("0.8"))
"""Shares of the second profile at the five positions; the one in the middle is what is advised where two fit."""


@dataclass(frozen=True, slots=True)
class Blended:
    """One position between two profiles: the rubric it makes, the answers scored with it, what it moves here."""

    share: Decimal
    instrument: Instrument
    assessed: Assessed
    moves: tuple[LedgerRow, ...]

    @property
    def score(self) -> float | None:
        """The overall score after the floors, 0 to 100."""
        total = self.assessed.figures.total
        return total.value if total.has else None


def blended(session: Session, first: Chain, second: Chain) -> tuple[Blended, ...]:
    """Compute the five positions between two profiles for the answers of a session."""
    found = []
    for share in SHARES:
        further = (BlendedProfile(second, share),) if share else ()
        instrument = replace(session.instrument, chain=first, further=further)
        moves = moved(ledger(instrument, local_rubric(instrument, session.view)))
        found.append(Blended(share, instrument, assess(instrument, session.answers, session.view), moves))
    return tuple(found)


def may_be_blended(first: Chain, second: Chain) -> bool:
    """Return whether two profiles can be blended: two local profiles of one baseline."""
    return first[-1].id != second[-1].id and first[0] == second[0] and min(len(first), len(second)) > 1


def pair_that_fits(found: Sequence[Suggestion]) -> tuple[Chain, Chain] | None:
    """Return the profile that fits first, and the next one that is another thing; None where there are no two."""
    chains = [one.chain for one in found if one.fit == "fits"]
    return next(((chains[0], other) for other in chains[1:] if are_two_things(chains[0], other)), None)


def shares_in_use(instrument: Instrument) -> Mapping[str, float]:
    """Return the share of every profile in use by its id: 1 for one alone."""
    return {chain[-1].id: share for share, chain in instrument.profiles}
