"""The follow-up sheet: every measure that was planned or followed, as it stands on a day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from nqpf_assess.model.answers import Answers
from nqpf_assess.model.follow_up import Followed, FollowUp, FollowUpState
from nqpf_assess.model.questionnaire import Questionnaire

CLOSED = ("done", "dropped")


def follow_up(
    questionnaire: Questionnaire, answers: Answers, today: date, *, earlier: Answers | None = None
) -> tuple[Followed, ...]:
    """Return the sheet: planned measures in the order of the plan, then the others in the order they first appear.

    `earlier`: last time's assessment; its plan comes before, and so do its entries but those written later.
    """
    files = [file for file in (earlier, answers) if file is not None]
    planned = dict.fromkeys(id for file in files for id in file.plan.chosen)
    rows = []
    for id in dict.fromkeys((*planned, *(entry.measure for file in files for entry in file.follow_up))):
        history = _history(*([entry for entry in file.follow_up if entry.measure == id] for file in files))
        measure = questionnaire.countermeasures.get(id)
        state = history[-1].state if history else "not_begun"
        deadline = next((entry.deadline for entry in reversed(history) if entry.deadline is not None), None)
        days = None if deadline is None else (deadline - today).days
        row = Followed(
            measure=id,
            title=measure.title if measure is not None else {},
            lead=measure.lead if measure is not None else {},
            planned=id in planned,
            state=state,
            deadline=deadline,
            days=days,
            overdue=days is not None and days < 0 and state not in CLOSED,
            history=history,
        )
        rows.append(row)
    return tuple(rows)


def progress(answers: Answers) -> Mapping[str, FollowUpState]:
    """Return how far the measures have come that the sheet of one file has as begun or dropped, by their last entry."""
    states = {entry.measure: entry.state for entry in answers.follow_up}
    return {id: state for id, state in states.items() if state != "not_begun"}


def closed(answers: Answers) -> Mapping[str, FollowUpState]:
    """Return the measures that the sheet of one file has as done or dropped, by the last entry of each."""
    return {id: state for id, state in progress(answers).items() if state in CLOSED}


def _history(*files: Sequence[FollowUp]) -> tuple[FollowUp, ...]:
    """Return the entries for one measure in order: what a file repeats of an earlier one stands where the file has it.

    Where it adds nothing to it, it was taken over and left behind: the earlier one has the last word. So it has where
    the sheet was kept on in it, and what it says was written later; but what a file says is done or dropped stays so,
    whatever the clocks said.
    """
    known: Sequence[FollowUp] = ()
    for entries in files:
        if Counter(entries) - Counter(known):
            others = [entry for entry in known if entry not in entries]
            is_closed = entries[-1].state in CLOSED
            later = [] if is_closed else [entry for entry in others if _is_later(entry, entries[-1])]
            known = [*(entry for entry in others if entry not in later), *entries, *later]
    return tuple(known)


def _is_later(entry: FollowUp, other: FollowUp) -> bool:
    """Return whether an entry says that it was written after another; a time without a zone is of the other's."""
    if entry.at is None or other.at is None:
        return False
    if entry.at.tzinfo and other.at.tzinfo:
        return entry.at > other.at
    return entry.at.replace(tzinfo=None) > other.at.replace(tzinfo=None)
