"""The follow-up sheet put together from last year's file and this year's."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest

from nqpf_assess.engine.following import follow_up
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import Questionnaire
from tests.support.scored import shipped_questionnaire

TODAY = date(2026, 3, 2)
REGION = Questionnaire.model_validate(shipped_questionnaire("region"))


def answers(chosen: list[str], *entries: dict[str, object]) -> Answers:
    heads = {key: {"id": "region", "version": "1.0.0"} for key in ("questionnaire", "weights")}
    sheet = {"plan": {"chosen": chosen}, "follow_up": list(entries)}
    return Answers.model_validate({"format": "nqpf-answers/1", **heads, **sheet})


def test_planned_measures_come_first_and_the_last_entry_counts() -> None:
    """In the order of the plan; a deadline stays until another one is written."""
    given = answers(
        ["key_user_audit", "equipment_renewal"],
        {"measure": "equipment_renewal", "deadline": date(2026, 1, 31), "state": "under_way"},
        {"measure": "retired_one", "state": "done"},
        {"measure": "equipment_renewal", "state": "under_way", "note": "half of it"},
    )
    first, second, third = follow_up(REGION, given, TODAY)
    assert [row.measure for row in (first, second, third)] == ["key_user_audit", "equipment_renewal", "retired_one"]
    known = REGION.countermeasures
    assert [(row.title, row.lead) for row in (first, second)] == [
        (known[row.measure].title, known[row.measure].lead) for row in (first, second)
    ]
    assert (first.state, first.latest, first.overdue) == ("not_begun", None, False)
    assert (second.deadline, second.days, second.overdue) == (date(2026, 1, 31), -30, True)
    assert second.latest is not None
    assert second.latest.note == "half of it"
    assert (third.title, third.planned, third.state) == ({}, False, "done")


def test_last_years_sheet_comes_before_this_years_and_nothing_twice() -> None:
    """What was copied along is one entry; this year's state counts."""
    copied = {"measure": "key_user_audit", "state": "under_way"}
    before = answers(["key_user_audit"], copied)
    now = answers([], copied, {"measure": "key_user_audit", "state": "done"})
    (row,) = follow_up(REGION, now, TODAY, earlier=before)
    assert (row.planned, row.state, len(row.history)) == (True, "done", 2)


def test_no_plan_and_no_entry_is_no_sheet() -> None:
    """Nothing is made up."""
    assert follow_up(REGION, answers([]), TODAY) == ()


def test_an_entry_that_is_said_again_counts_again() -> None:
    """Begun, done, begun again without a date: the last one counts, in one file and over two."""
    begun, done = ({"measure": "key_user_audit", "state": state} for state in ("under_way", "done"))
    (row,) = follow_up(REGION, answers([], begun, done, begun), TODAY)
    assert row.state == "under_way"
    (row,) = follow_up(REGION, answers([], done, begun), TODAY, earlier=answers([], begun))
    assert row.state == "under_way"
    (row,) = follow_up(REGION, answers([], begun, done, begun), TODAY, earlier=answers([], begun, done))
    assert row.state == "under_way"
    (row,) = follow_up(REGION, answers([], begun), TODAY, earlier=answers([], begun, done))
    assert (row.state, len(row.history)) == ("done", 2)  # what was merely taken over says nothing new


@pytest.mark.parametrize("zones", [(UTC, None), (None, UTC)])
@pytest.mark.parametrize(("months", "state"), [((11, 3), "done"), ((3, 11), "under_way"), ((11, None), "under_way")])
def test_a_sheet_that_is_kept_on_in_last_years_file_counts_by_when_it_was_written(
    months: tuple[int | None, ...], zones: tuple[tzinfo | None, ...], state: str
) -> None:
    """Begun by this year's file in March, done by last year's in November: it is done; where no time is said, begun."""
    done, begun = (
        {"measure": "key_user_audit", "state": each} | ({"at": datetime(2026, month, 5, tzinfo=zone)} if month else {})
        for each, month, zone in zip(("done", "under_way"), months, zones, strict=True)
    )
    (row,) = follow_up(REGION, answers([], begun), TODAY, earlier=answers([], done))
    assert (row.state, len(row.history)) == (state, 2)


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_what_this_years_file_says_is_closed_is_not_opened_by_a_clock(state: str) -> None:
    """The clock stood behind when it was done, or ahead when it was begun: it was told as under way and overdue."""
    begun = {
        "measure": "key_user_audit",
        "state": "under_way",
        "deadline": date(2026, 1, 31),
        "at": datetime(2025, 6, 5, tzinfo=UTC),
    }
    closed = {
        "measure": "key_user_audit",
        "state": state,
        "reason": "as agreed",
        "at": datetime(2009, 1, 1, tzinfo=UTC),
    }
    (row,) = follow_up(REGION, answers([], closed), TODAY, earlier=answers([], begun))
    assert (row.state, row.overdue, len(row.history)) == (state, False, 2)


def test_a_time_without_a_zone_is_of_the_zone_beside_it() -> None:
    """Noted at 10 o'clock here by the app and, an hour before, by hand: that is not seven hours later."""
    here = timezone(timedelta(hours=8))
    by_hand = {"measure": "key_user_audit", "state": "not_begun", "at": datetime.fromisoformat("2026-03-01T09:00")}
    noted = {"measure": "key_user_audit", "state": "under_way", "at": datetime(2026, 3, 1, 10, tzinfo=here)}
    (row,) = follow_up(REGION, answers([], noted), TODAY, earlier=answers([], by_hand))
    assert row.state == "under_way"
