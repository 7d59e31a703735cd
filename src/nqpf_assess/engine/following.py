"""The follow-up sheet: every measure that was planned or followed, as it stands on a day."""

from datetime import date

from nqpf_assess.model.answers import Answers
from nqpf_assess.model.follow_up import Followed
from nqpf_assess.model.questionnaire import Questionnaire

CLOSED = ("done", "dropped")


def follow_up(
    questionnaire: Questionnaire, answers: Answers, today: date, *, earlier: Answers | None = None
) -> tuple[Followed, ...]:
    """Return the sheet: planned measures in the order of the plan, then the others in the order they first appear.

    `earlier`: last time's assessment; its plan and its entries come before.
    """
    files = [file for file in (earlier, answers) if file is not None]
    planned = dict.fromkeys(id for file in files for id in file.plan.chosen)
    entries = tuple(dict.fromkeys(entry for file in files for entry in file.follow_up))
    rows = []
    for id in dict.fromkeys((*planned, *(entry.measure for entry in entries))):
        history = tuple(entry for entry in entries if entry.measure == id)
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
