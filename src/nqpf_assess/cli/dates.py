"""The only clock of the commands: today, or the day that a person or the environment states."""

import os
from datetime import UTC, date, datetime

from nqpf_assess.cli.bilingual import Refused
from nqpf_assess.locale import _, fill

EPOCH = "SOURCE_DATE_EPOCH"
"""Environment variable that fixes the date of what is built, in seconds since 1970 (reproducible-builds.org)."""

NO_DAY = _("--date wants a day such as 2026-11-25, not “{stated}”")
NO_SECONDS = _("{variable} wants seconds since 1970, not “{stated}”")


def today() -> date:
    """Return the day, or the one that the environment fixes."""
    seconds = os.environ.get(EPOCH, "")
    if not seconds:
        return datetime.now().astimezone().date()
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError) as fault:
        raise Refused(fill(NO_SECONDS, variable=EPOCH, stated=seconds)) from fault


def stated_or_today(stated: str | None) -> str:
    """Return the date of what is written, in ISO form: as stated on the command line, else today."""
    if stated is None:
        return today().isoformat()
    try:
        return date.fromisoformat(stated).isoformat()
    except ValueError as fault:
        raise Refused(fill(NO_DAY, stated=stated)) from fault
