"""The only clock: the moment it is, or the one that the environment states; and the day that a paper bears."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime

from nqpf_assess.files.machine import local_time
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
"""Environment variable that stands for the clock, in seconds since 1970 (reproducible-builds.org): the same input then
gives the same bytes."""

YEARS = range(1900, 3000)
"""Years that a paper may bear: what it plans, five years on, has a date too."""

END = 32_503_680_000
"""Seconds from 1970 to the end of the last year."""

NO_DAY = _("--date wants a day from {first} to {last}, such as 2026-11-25, not “{stated}”")
NO_SECONDS = _("{variable} wants seconds since 1970, not “{stated}”")


def clock() -> Callable[[], datetime]:
    """Return the clock that stamps answers, to the second, with the local offset.

    Raises `UserError` where the environment states no moment.
    """
    fixed = _stated_moment()
    return lambda: fixed or local_time().replace(microsecond=0)


def today() -> date:
    """Return the day here, or the one that the environment states. Raises `UserError` where that is none."""
    return (_stated_moment() or local_time()).date()


def day_of_paper(stated: str | None) -> str:
    """Return the date of what is written, in ISO form: as stated, else today. Raises `UserError` where it is no day."""
    if stated is None:
        return today().isoformat()
    try:
        day = date.fromisoformat(stated)
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise UserError(fill(NO_DAY, first=YEARS[0], last=YEARS[-1], stated=stated), status=2)
    return day.isoformat()


def _stated_moment() -> datetime | None:
    stated = os.environ.get(EPOCH_VARIABLE, "")
    if not stated:
        return None
    seconds = int(stated) if stated.isdecimal() and len(stated) <= len(str(END)) else END
    if seconds >= END:
        raise UserError(fill(NO_SECONDS, variable=EPOCH_VARIABLE, stated=stated), status=2)
    return datetime.fromtimestamp(seconds, UTC)
