"""The follow-up sheet as it is kept: one entry a day and person, nothing lost; and days as people write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.model.answers import Answers, Subject
from nqpf_assess.session.answering import Session, new_answers
from nqpf_assess.session.following import (
    day_typed,
    follow,
    followed,
    may_lift_deadline,
    may_take_away,
    sheet_of,
    take_away,
)
from tests.report.outline.made import shipped


class Kept:
    """Keeps nothing, and counts how often it was asked to."""

    saves = 0

    def save(self, answers: Answers) -> None:
        self.saves += 1


class Day:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    return shipped("region", "industrial_renewal")


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def session(instrument: Instrument, day: Day) -> Session:
    begun = new_answers(instrument, language="en").model_copy(update={"subject": Subject(respondent="clerk")})
    session = Session(instrument, begun, Kept(), now=day)
    session.choose_measures(["equipment_renewal", "key_user_audit"])
    return session


def test_the_sheet_begins_with_the_plan(session: Session) -> None:
    """Every ticked measure stands there, not begun, before anything is written."""
    assert {row.measure for row in sheet_of(session)} == {"equipment_renewal", "key_user_audit"}
    assert {row.state for row in sheet_of(session)} == {"not_begun"}


def test_what_was_written_today_can_be_taken_away_and_history_cannot(session: Session, day: Day) -> None:
    follow(session, "equipment_renewal", state="under_way")
    (before,) = session.answers.follow_up
    day.now += timedelta(days=1)
    assert not may_take_away(session, "equipment_renewal")
    take_away(session, "equipment_renewal")
    assert session.answers.follow_up == (before,)
    follow(session, "equipment_renewal", state="done")
    assert may_take_away(session, "equipment_renewal")
    take_away(session, "equipment_renewal")
    assert session.answers.follow_up == (before,)


def test_one_day_is_one_entry_and_another_day_adds_one(session: Session, day: Day) -> None:
    """What one person writes on one day is one entry; the next day keeps it as history."""
    follow(session, "equipment_renewal", state="under_way")
    follow(session, "equipment_renewal", deadline=date(2026, 12, 31))
    (entry,) = session.answers.follow_up
    assert (entry.state, entry.deadline, entry.by) == ("under_way", date(2026, 12, 31), "clerk")
    assert may_lift_deadline(session, "equipment_renewal")
    follow(session, "equipment_renewal", deadline=None)
    assert sheet_of(session)[0].deadline is None
    follow(session, "equipment_renewal", deadline=date(2026, 12, 31))
    day.now += timedelta(days=40)
    assert not may_lift_deadline(session, "equipment_renewal")  # it is history now, which stays
    follow(session, "equipment_renewal", state="done")
    assert [one.state for one in session.answers.follow_up] == ["under_way", "done"]
    held = followed(session, "equipment_renewal")
    assert held is not None
    assert (held.deadline, held.overdue) == (date(2026, 12, 31), False)
    follow(session, "equipment_renewal", deadline=date(2027, 6, 30))
    assert not may_lift_deadline(session, "equipment_renewal")  # the earlier one would hold again


def test_an_entry_written_anew_stays_in_its_place(session: Session) -> None:
    """At the end of the list, it would leave the comment that somebody wrote above it to its neighbour."""
    for measure in ("equipment_renewal", "key_user_audit"):
        follow(session, measure, state="under_way")
    follow(session, "equipment_renewal", state="done")
    assert [one.measure for one in session.answers.follow_up] == ["equipment_renewal", "key_user_audit"]


def test_who_gives_no_name_writes_one_entry_a_day_too(instrument: Instrument, day: Day) -> None:
    session = Session(instrument, new_answers(instrument, language="en"), Kept(), now=day)
    for state in ("under_way", "done"):
        follow(session, "equipment_renewal", state=state)
    assert [(one.state, one.by) for one in session.answers.follow_up] == [("done", None)]


def test_what_is_not_there_is_not_taken_away(session: Session) -> None:
    """A note left empty makes no entry for a measure that has none."""
    follow(session, "equipment_renewal", note=None, deadline=None)
    assert session.answers.follow_up == ()


def test_a_deadline_that_passed_is_overdue_until_it_is_done(session: Session, day: Day) -> None:
    """Overdue counts from the day after; done and dropped are not overdue."""
    follow(session, "key_user_audit", deadline=date(2026, 3, 2))
    assert [row.overdue for row in sheet_of(session) if row.measure == "key_user_audit"] == [False]
    day.now += timedelta(days=1)
    held = followed(session, "key_user_audit")
    assert held is not None
    assert (held.overdue, held.days) == (True, -1)
    follow(session, "key_user_audit", state="dropped", reason="no money")
    assert not any(row.overdue for row in sheet_of(session))


def test_a_reason_goes_with_dropping_only(session: Session) -> None:
    """Taken up again, the measure has no reason for being dropped; the way back brings it again."""
    follow(session, "key_user_audit", state="dropped", reason="no money")
    follow(session, "key_user_audit", state="under_way")
    assert session.answers.follow_up[-1].reason is None
    assert session.undo() == ("follow_up", "")
    assert session.answers.follow_up[-1].reason == "no money"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("2026/1/5", date(2026, 1, 5)),
        ("２０２６年２月３日", date(2026, 2, 3)),
        ("2026年2月", date(2026, 2, 28)),
        ("2028-02", date(2028, 2, 29)),
        ("20261231", date(2026, 12, 31)),
        ("2026年6月底前", date(2026, 6, 30)),
        ("2026年1-3月", None),
        ("2026Q2", None),  # a quarter, and no month by its number
        ("2026 H2", None),
        ("2026年第2季", None),
        ("2026年2季", None),
        ("2026-02-30", None),
        ("2026-13", None),
        ("0000-01-01", None),
        ("1026-12-31", None),
        ("31.12.2026", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_as_people_write_them(typed: str, found: date | None) -> None:
    """The usual forms in both languages; what is no day is none."""
    assert day_typed(typed) == found


def test_what_is_done_is_planned_in_the_next_years_file_no_more(session: Session) -> None:
    """The year after it would be hoped for a second time, beside a report that left it out; the sheet keeps it."""
    follow(session, "equipment_renewal", state="done")
    session.begin_here()
    assert session.answers.plan.chosen == ("key_user_audit",)
    assert [(row.measure, row.state) for row in sheet_of(session)][1] == ("equipment_renewal", "done")
