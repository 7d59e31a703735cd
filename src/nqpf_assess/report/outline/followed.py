"""The follow-up sheet in the report: how far each measure has come, and what is overdue."""

from collections.abc import Iterator
from datetime import date

from nqpf_assess.engine.following import follow_up
from nqpf_assess.locale import _
from nqpf_assess.model.follow_up import Followed, FollowUpState
from nqpf_assess.report.blocks import Block, Callout, runs
from nqpf_assess.report.follow_up_text import STATE_WORDS, follow_up_table
from nqpf_assess.report.outline.case import Case

ORDER: tuple[FollowUpState, ...] = ("done", "under_way", "not_begun", "dropped")


def sheet_of(case: Case) -> tuple[Followed, ...]:
    """Give the sheet as it stands on the day of the report; nothing where nobody has kept one."""
    before = case.earlier.answers if case.earlier is not None else None
    if not case.answers.follow_up and (before is None or not before.follow_up):
        return ()
    return follow_up(case.questionnaire, case.answers, date.fromisoformat(case.date), earlier=before)


def headline(case: Case, sheet: tuple[Followed, ...]) -> str:
    """Count the measures by how far they have come."""
    counts = [(state, sum(row.state == state for row in sheet)) for state in ORDER]
    told = [
        case.say(_("{n} {state}"), n=count, state=case.tell(STATE_WORDS[state])) for state, count in counts if count
    ]
    return case.say(_("Follow-up: {counts}"), counts=case.listed(told))


def sheet_blocks(case: Case, sheet: tuple[Followed, ...]) -> Iterator[Block]:
    """Give the sheet, and what is overdue before it."""
    late = [case.tell(row.title) or row.measure for row in sheet if row.overdue]
    if late:
        yield Callout(
            case.say(_("Overdue")),
            runs(case.say(_("Past their deadline and not done: {titles}."), titles=case.series(late))),
            "warn",
        )
    yield follow_up_table(sheet, case.language)
