"""Which local profiles fit a place or firm, and what each would move (formats.md, section 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nqpf_assess.engine.arithmetic import TRUE, UNKNOWN
from nqpf_assess.engine.conditions import View, truth
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import ledger, local_rubric
from nqpf_assess.engine.states import read
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import LedgerRow
from nqpf_assess.model.weights import Chain, Weights

Fit = Literal["fits", "unknown", "differs", "baseline"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A profile with how it fits, the facts that decide it, and every weight or target it would move here."""

    chain: Chain
    fit: Fit
    facts: tuple[str, ...]
    moves: tuple[LedgerRow, ...]

    @property
    def profile(self) -> Weights:
        """The profile itself."""
        return self.chain[-1]


def suggestions(questionnaire: Questionnaire, chains: Sequence[Chain], answers: Answers) -> tuple[Suggestion, ...]:
    """Judge every profile by the facts: those that fit first, in their order; then what is unknown, then the rest.

    The first that fits is the suggestion; the others that fit are what the place also resembles.
    """
    view = read(Instrument(questionnaire, chains[0]), answers)
    found = [_suggestion(questionnaire, chain, view) for chain in chains]
    return tuple(
        sorted(found, key=lambda s: (_RANK[s.fit], s.profile.order is None, s.profile.order or 0, s.profile.id))
    )


_RANK: dict[Fit, int] = {"fits": 0, "baseline": 1, "unknown": 2, "differs": 3}


def _suggestion(questionnaire: Questionnaire, chain: Chain, view: View) -> Suggestion:
    rows = ledger(instrument := Instrument(questionnaire, chain), local_rubric(instrument, view))
    return Suggestion(chain, fit_of(chain[-1], view), subjects(chain[-1].fits, "fact"), moved(rows))


def fit_of(profile: Weights, view: View) -> Fit:
    """Say whether a profile's condition is known to hold here."""
    if profile.fits is None:
        return "baseline"
    known = truth(profile.fits, view)
    return "fits" if known == TRUE else "unknown" if known == UNKNOWN else "differs"


def moved(rows: Sequence[LedgerRow]) -> tuple[LedgerRow, ...]:
    """Keep the rows of a ledger in which a correction applied."""
    return tuple(row for row in rows if row.steps)
