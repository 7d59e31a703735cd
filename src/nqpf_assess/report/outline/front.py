"""The cover: whom the report is about, when, by which rubric, and what it is not; the list of contents."""

import hashlib

from nqpf_assess.locale import Text, _
from nqpf_assess.report.blocks import Block, Contents, Cover, PageBreak
from nqpf_assess.report.outline.case import Case, typed
from nqpf_assess.report.outline.phrases import QUESTIONS, counted, editions_of
from nqpf_assess.report.outline.roadmap import day

SHOWN = 16
"""Hex digits of a digest that the cover shows; the method annex has them all."""

TITLE = _("Development of new quality productive forces")
TITLE_FIRM = _("New quality productive forces in the firm")
SUBTITLE = _("Self-assessment and gap report")
NOTICE = _(
    "A self-assessment; not a ranking, audit or certification. It rests on the answers of {place}, and on weights "
    "and targets that are expert judgement."
)
PERIOD = _("Period assessed")
PROFILE = _("Profile")
RESPONDENT = _("Respondent")
QUESTIONNAIRE = _("Questionnaire")
EDITION = _("Edition of the answers")
MODE = _("Extent")
DATE = _("Date of the report")
NUMBER = _("Report number")
DIGEST = _("Digest")
NOT_STATED = _("not stated")


def cover(case: Case) -> Cover:
    """Give the first page."""
    subject = case.answers.subject
    editions = [editions_of(case, other) for other in case.other_editions]
    facts: tuple[tuple[Text, str], ...] = (
        (PERIOD, typed(subject.period) or case.say(NOT_STATED)),
        (PROFILE, case.tell(case.instrument.profile.name)),
        (RESPONDENT, typed(subject.respondent) or case.say(NOT_STATED)),
        (
            QUESTIONNAIRE,
            case.say(
                _("{title}, version {version}"),
                title=case.tell(case.questionnaire.title),
                version=case.questionnaire.version,
            ),
        ),
        *(
            (EDITION, case.say(_("answered under {stated}, scored under {used}"), stated=stated, used=used))
            for stated, used in editions
        ),
        (
            MODE,
            case.say(_("Quick screening: core questions only"))
            if case.quick
            else case.say(_("Full: {questions}"), questions=counted(case, len(case.counting), QUESTIONS)),
        ),
        (DATE, day(case)),
        (NUMBER, report_number(case)),
        (
            DIGEST,
            case.say(
                _("answers {answers}; rubric {rubric}"),
                answers=short(case.card.answers_digest),
                rubric=short(case.card.weights.digest),
            ),
        ),
    )
    title = TITLE_FIRM if case.firm else TITLE
    told = tuple((case.say(label), value) for label, value in facts)
    return Cover(case.say(title), case.say(SUBTITLE), subject_name(case), told, case.say(NOTICE))


def subject_name(case: Case) -> str:
    """Name the subject."""
    return typed(case.answers.subject.name) or case.say(_("Subject not named"))


def report_number(case: Case) -> str:
    """Give the number that the same answers, rubric, questionnaire and date always have."""
    card = case.card
    content = "|".join((card.questionnaire.digest, card.weights.digest, card.answers_digest, case.date))
    return f"NQPF-{case.date.replace('-', '')}-{hashlib.sha256(content.encode()).hexdigest()[:8].upper()}"


def short(digest: str) -> str:
    """Shorten a digest to what a person can compare."""
    return digest.removeprefix("sha256:")[:SHOWN]


def contents(case: Case) -> tuple[Block, ...]:
    """Give the list of contents, on a page of its own."""
    return PageBreak(), Contents(case.say(_("Contents")))
