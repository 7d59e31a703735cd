"""The follow-up sheet: what became of each measure that was planned (formats.md, section 3)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from nqpf_assess.model.base import Id
from nqpf_assess.model.frozen import Frozen

FollowUpState = Literal["not_begun", "under_way", "done", "dropped"]
FOLLOW_UP_STATES: tuple[FollowUpState, ...] = ("not_begun", "under_way", "done", "dropped")


class FollowUp(Frozen):
    """One entry of the sheet. Of several entries for a measure the last counts, the others are its history."""

    measure: Id
    deadline: date | None = None
    state: FollowUpState = "not_begun"
    reason: str | None = None
    note: str | None = None
    by: str | None = None
    at: datetime | None = None


class Followed(NamedTuple):
    """One measure as it stands on a day: planned or followed or both.

    `title`, `lead`: words of the questionnaire, empty where it does not (or no longer) have the measure.
    `overdue`: its deadline lies before that day and it is neither done nor dropped. `days`: from that day to the
    deadline, negative where it is past; None without one. `history`: its entries, the one that counts last.
    """

    measure: str
    title: Mapping[str, str]
    lead: Mapping[str, str]
    planned: bool
    state: FollowUpState
    deadline: date | None
    days: int | None
    overdue: bool
    history: tuple[FollowUp, ...]

    @property
    def latest(self) -> FollowUp | None:
        """The entry that counts; None where the measure was planned and nothing was written about it yet."""
        return self.history[-1] if self.history else None

    @property
    def noted(self) -> FollowUpState | None:
        """How far it has come as somebody wrote it; None where nobody did: it may be done all the same."""
        return self.state if self.history else None
