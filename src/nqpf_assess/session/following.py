"""Keeping the follow-up sheet: who did what to a measure on which day, and deadlines as people write them."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import Any

from nqpf_assess.engine.following import follow_up
from nqpf_assess.model.follow_up import Followed, FollowUp
from nqpf_assess.session.answering import AskedChange, Session

WRITTEN = re.compile(
    r"((?:19|20|21)\d\d)[-–—/.、年 ]{1,3}(\d{1,2})"
    r"(?:[-–—/.、月 ]{1,3}(\d{1,2})[日号.]?|月?[底末]?)[前 ]?"
)
"""2026-12-31, 2026/12/31, 2026年12月31日, 2026-12; and 20261231. 2026年1-3月 and 2026Q2 are quarters and no day."""


def sheet_of(session: Session) -> tuple[Followed, ...]:
    """Return the sheet as it stands today."""
    return follow_up(session.instrument.questionnaire, session.answers, session.now().date())


def followed(session: Session, measure: str) -> Followed | None:
    """Return one measure of the sheet."""
    return next((row for row in sheet_of(session) if row.measure == measure), None)


def follow(session: Session, measure: str, **changes: Any) -> AskedChange:
    """Write down how far a measure has come: state, deadline, reason or note.

    What the same person writes on the same day is one entry; another day adds one, and what stood before is kept.
    """
    known = followed(session, measure)
    last = known.latest if known is not None else None
    if all(getattr(last, name, None) == part for name, part in changes.items()):
        return AskedChange()
    stated = {} if last is None else {name: getattr(last, name) for name in ("deadline", "state", "reason", "note")}
    stated |= {
        "measure": measure,
        **changes,
        "at": session.now(),
        "by": session.answers.subject.respondent,
    }
    if stated.get("state") != "dropped":
        stated.pop("reason", None)
    entry = FollowUp(**{name: part for name, part in stated.items() if part not in (None, "")})
    entries = session.answers.follow_up
    if last is not None and written_today(session, last):  # in its place: comments above it in the file speak of it
        return session.keep_follow_up([entry if one is last else one for one in entries])
    return session.keep_follow_up((*entries, entry))


def written_today(session: Session, entry: FollowUp) -> bool:
    """Return whether an entry was written today by whoever writes now, who writes it anew."""
    by = session.answers.subject.respondent
    return entry.at is not None and (entry.at.date(), entry.by) == (session.now().date(), by or None)


def may_take_away(session: Session, measure: str) -> bool:
    """Return whether what was written last can be taken away: who wrote it today may; history is kept."""
    known = followed(session, measure)
    return known is not None and known.latest is not None and written_today(session, known.latest)


def take_away(session: Session, measure: str) -> AskedChange:
    """Take away what was written of a measure today; what stood before it holds again."""
    known = followed(session, measure)
    if known is None or not may_take_away(session, measure):
        return AskedChange()
    return session.keep_follow_up([one for one in session.answers.follow_up if one is not known.latest])


def may_lift_deadline(session: Session, measure: str) -> bool:
    """Return whether a deadline can be taken away: the last one that an entry states holds, and history is kept."""
    known = followed(session, measure)
    stating = [entry for entry in known.history if entry.deadline is not None] if known is not None else []
    return known is not None and stating == [known.latest] and written_today(session, stating[0])


def day_typed(typed: str) -> date | None:
    """Read a day as people write it, full-width digits too; a month alone means its last day. None: no day."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    found = WRITTEN.fullmatch(f"{plain[:4]}-{plain[4:6]}-{plain[6:]}" if re.fullmatch(r"\d{8}", plain) else plain)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    try:
        return date(year, month, int(found[3]) if found[3] else monthrange(year, month)[1])
    except ValueError:
        return None
