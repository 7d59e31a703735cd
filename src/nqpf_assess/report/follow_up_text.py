"""The follow-up sheet as a table: each measure, who leads it, until when, how far it has come."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from nqpf_assess.engine.following import CLOSED
from nqpf_assess.locale import Text, _, _n, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.follow_up import Followed, FollowUpState
from nqpf_assess.report.blocks import Table, TableColumn, cells
from nqpf_assess.report.wording import NO_FIGURE

STATE_WORDS: dict[FollowUpState, Text] = {
    "not_begun": _("not begun"),
    "under_way": _("under way"),
    "done": _("done"),
    "dropped": _("dropped"),
}

ORDER: tuple[FollowUpState, ...] = ("done", "under_way", "not_begun", "dropped")
UNFOLLOWED = _("not followed up")
"""Of a measure that the sheet says nothing of: it may be done all the same."""


def state_words(state: FollowUpState | None) -> Text:
    """Return how far a measure has come, in words."""
    return UNFOLLOWED if state is None else STATE_WORDS[state]


def counted_states(states: Iterable[FollowUpState | None], language: str) -> str:
    """Count measures by how far they have come: “2 done, 1 dropped”."""
    counts = Counter(states)
    return grammar(language).list(
        tell(_("{n} {state}"), language, n=counts[state], state=tell(state_words(state), language))
        for state in (*ORDER, None)
        if state in counts
    )


MEASURE, LEAD = _("Measure"), _("Lead")
LATE = _n("{date} (overdue by {count} day)", "{date} (overdue by {count} days)")
DEADLINE, STATE, REMARK = _("Deadline"), _("Progress"), _("Remark")


def follow_up_table(rows: Sequence[Followed], language: str) -> Table:
    """Return the sheet, the overdue first; a measure that the questionnaire does not have stands under its id."""
    columns = (
        TableColumn(tell(MEASURE, language), 2.6),
        TableColumn(tell(LEAD, language), 1.4),
        TableColumn(tell(DEADLINE, language), 1.1),
        TableColumn(tell(STATE, language), 0.8),
        TableColumn(tell(REMARK, language), 2.0),
    )
    shown = []
    for row in sorted(rows, key=lambda row: not row.overdue):
        on = row.deadline
        deadline = NO_FIGURE if on is None else grammar(language).date(on.year, on.month, on.day)
        if row.overdue and row.days is not None:
            deadline = tell(LATE, language, date=deadline, count=-row.days)
        remarks = [row.latest.reason, row.latest.note] if row.latest is not None else []
        # What is done or dropped is planned no more, whoever had it in a plan before.
        if not row.planned and row.state not in CLOSED and any(other.planned for other in rows):
            remarks.append(tell(_("not in the plan"), language))
        said = [part.strip() for part in remarks if part and part.strip()]
        shown.append(
            cells(
                tell(row.title, language) or row.measure,
                tell(row.lead, language) or NO_FIGURE,
                deadline,
                tell(state_words(row.noted), language),
                grammar(language).semicolon.join([*(part.rstrip("。.") for part in said[:-1]), *said[-1:]]),
            )
        )
    return Table(columns, tuple(shown), tell(_("Follow-up of the measures"), language))


def stated(title: str, state: FollowUpState | None, language: str) -> str:
    """Name a measure, before it how far it has come where the sheet says so: “done: Targeted equipment renewal”."""
    return title if state is None else f"{tell(STATE_WORDS[state], language)}{grammar(language).colon}{title}"


def day(deadline: date | None) -> str:
    """Write a date as 2026-12-31, which both languages read."""
    return NO_FIGURE if deadline is None else deadline.isoformat()
