"""Is the follow-up sheet sound: known measures, a reason where one was dropped, deadlines that can be meant?"""

from collections.abc import Iterable

from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.rules.naming import nearest, suggestion
from nqpf_assess.files.rules.subjects import AnswersSubject
from nqpf_assess.locale import _

FIRST_YEAR, LAST_YEAR = 1949, 2100


def unknown_measure(subject: AnswersSubject) -> Iterable[Finding]:
    """Find entries about measures that this edition does not have; a promise outlives the catalogue it came from."""
    known = subject.subject.declared["countermeasures"]
    for index, entry in enumerate(subject.value.follow_up):
        if entry.measure not in known:
            hint = suggestion(entry.measure, known) if nearest(entry.measure, known) else None
            yield Finding(("follow_up", index, "measure"), {"name": entry.measure}, hint=hint)


def dropped_without_reason(subject: AnswersSubject) -> Iterable[Finding]:
    """Find measures that were dropped without a word why."""
    for index, entry in enumerate(subject.value.follow_up):
        if entry.state == "dropped" and not (entry.reason or "").strip():
            reason = (("follow_up", index, "reason"),)
            yield Finding(("follow_up", index, "state"), {"name": entry.measure}, unless=reason)


def deadline_odd(subject: AnswersSubject) -> Iterable[Finding]:
    """Find deadlines in years that nobody can mean."""
    for index, entry in enumerate(subject.value.follow_up):
        if entry.deadline is not None and not FIRST_YEAR <= entry.deadline.year <= LAST_YEAR:
            yield Finding(("follow_up", index, "deadline"), {"deadline": entry.deadline.isoformat()})


FOLLOW_UP_RULES = (
    Rule(
        "unknown_measure",
        "warning",
        _("there is no countermeasure “{name}” in this edition of the questionnaire"),
        _("Correct the id; if the measure was retired, the entry may stay."),
        unknown_measure,
    ),
    Rule(
        "dropped_without_reason",
        "error",
        _("“{name}” was dropped without a reason"),
        _('Add reason = "...".'),
        dropped_without_reason,
    ),
    Rule(
        "deadline_odd",
        "warning",
        _("{deadline} is an odd deadline"),
        _("Check the year."),
        deadline_odd,
    ),
)
