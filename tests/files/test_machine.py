"""What the machine states, where it states something that cannot be."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from nqpf_assess.files.machine import local_time

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "hours"), [("CST-8", 8), ("UTC+99", 0), ("UTC-24:00:01", 0)], indirect=["zone"], ids=str
)
@pytest.mark.usefixtures("zone")
def test_a_zone_that_no_place_has_counts_as_utc(hours: int) -> None:
    """Python knows no offset of a day: reports, saving and locks ended in a fault."""
    assert local_time(NOON) == NOON
    assert local_time(NOON).utcoffset() == timedelta(hours=hours)
