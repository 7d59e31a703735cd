"""The follow-up sheet as a table: each measure, who leads it, until when, how far it has come."""

from collections.abc import Sequence
from datetime import date

from nqpf_assess.model.follow_up import Followed, FollowUpState
from nqpf_assess.model.text import Text, tell, text
from nqpf_assess.report.blocks import Column, Table, cells
from nqpf_assess.report.wording import NO_FIGURE

STATE_WORDS: dict[FollowUpState, Text] = {
    "not_begun": text(en="not begun", zh="未启动"),
    "under_way": text(en="under way", zh="推进中"),
    "done": text(en="done", zh="已完成"),
    "dropped": text(en="dropped", zh="已取消"),
}
SHEET = text(en="Follow-up of the measures", zh="对策落实跟踪表")
MEASURE, LEAD = text(en="Measure", zh="对策措施"), text(en="Lead", zh="牵头单位")
DEADLINE, STATE, REMARK = text(en="Deadline", zh="完成期限"), text(en="State", zh="进展"), text(en="Remark", zh="说明")
OVERDUE = text(en="{date} (overdue by {days} days)", zh="{date}（逾期 {days} 天）")
UNPLANNED = text(en="not in the plan", zh="未列入行动方案")


def follow_up_table(rows: Sequence[Followed], language: str) -> Table:
    """Give the sheet; a measure that the questionnaire does not have stands there under its id."""
    columns = (
        Column(tell(MEASURE, language), 2.6),
        Column(tell(LEAD, language), 1.4),
        Column(tell(DEADLINE, language), 1.1),
        Column(tell(STATE, language), 0.8),
        Column(tell(REMARK, language), 2.0),
    )
    shown = tuple(
        cells(
            tell(row.title, language) or row.measure,
            tell(row.lead, language) or NO_FIGURE,
            _deadline(row, language),
            tell(STATE_WORDS[row.state], language),
            _remark(row, language, unplanned=not row.planned and any(other.planned for other in rows)),
        )
        for row in rows
    )
    return Table(columns, shown, tell(SHEET, language))


def day(deadline: date | None) -> str:
    """Write a date as 2026-12-31, which both languages read."""
    return NO_FIGURE if deadline is None else deadline.isoformat()


def _deadline(row: Followed, language: str) -> str:
    if row.overdue and row.days is not None:
        return tell(OVERDUE, language, date=day(row.deadline), days=-row.days)
    return day(row.deadline)


def _remark(row: Followed, language: str, *, unplanned: bool) -> str:
    latest = row.latest
    said = [latest.reason, latest.note] if latest is not None else []
    said += [tell(UNPLANNED, language)] if unplanned else []
    return ("；" if language == "zh" else "; ").join(part.strip() for part in said if part and part.strip())
