"""The front of the report: cover, contents, the names that it is known by, and its key figures."""

import hashlib

from nqpf_assess.locale import Text, _
from nqpf_assess.report.blocks import Block, Contents, Cover, KeyFigure, KeyFigures
from nqpf_assess.report.outline.case import Case, TailoredBy, typed
from nqpf_assess.report.outline.findings import capped
from nqpf_assess.report.outline.phrases import QUESTIONS, counted, day, editions_of, evidence_named
from nqpf_assess.report.wording import (
    NO_FIGURE,
    adds_up,
    asks_about_new_forces,
    banded,
    covered,
    difference,
    gap_in_parts,
    number,
    span,
)

# ── Cover and contents ──

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
    """Return the first page."""
    subject = case.answers.subject
    editions = [editions_of(case, other) for other in case.other_editions]
    facts: tuple[tuple[Text, str], ...] = (
        (PERIOD, typed(subject.period) or case.say(NOT_STATED)),
        (PROFILE, profile_name(case)),
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
    told = tuple((case.say(label), value) for label, value in facts)
    return Cover(title_of(case), case.say(SUBTITLE), subject_name(case), told, case.say(NOTICE))


def title_of(case: Case) -> str:
    """Name what is reported on: of a questionnaire on something else by its own title."""
    if not asks_about_new_forces(case.questionnaire):
        return case.tell(case.questionnaire.title)
    return case.say(TITLE_FIRM if case.firm else TITLE)


def subject_name(case: Case) -> str:
    """Name the subject."""
    return typed(case.answers.subject.name) or case.say(_("Subject not named"))


def report_number(case: Case) -> str:
    """Return the number that the same answers, rubric, questionnaire and date always have."""
    card = case.card
    content = "|".join((card.questionnaire.digest, card.weights.digest, card.answers_digest, case.date))
    return f"NQPF-{case.date.replace('-', '')}-{hashlib.sha256(content.encode()).hexdigest()[:8].upper()}"


def short(digest: str) -> str:
    """Shorten a digest to what a person can compare."""
    return digest.removeprefix("sha256:")[:SHOWN]


def contents(case: Case) -> Block:
    """Return the list of contents of a part."""
    return Contents(case.say(_("Contents")))


OTHER_EDITION = {
    "questionnaire": _(
        "The answers were given under {stated} and are scored under {used}; whether they still hold should be checked."
    ),
    "weights": _("The answers name {stated} and are scored by {used}; by the one they name, figures may be others."),
}


def profile_name(case: Case) -> str:
    """Name the profile in use; of a blend all of them with their shares."""
    return case.tell(case.instrument.name)


def band(case: Case) -> str:
    """Name the band."""
    id = case.card.overall.band
    return NO_FIGURE if id is None else case.tell(case.instrument.rules.bands[id].words)


# ── Key figures ──

RANGE_BAND = _("range {range}; band “{band}”")
BAND_ONLY = _("band “{band}”")
AGAINST: dict[TailoredBy, Text] = {
    "conditions": _("{conditions}: {change}"),
    "both": _("{conditions} and by hand: {change}"),
    "hand": _("by hand: {change}"),
}
RANGE_ONLY = _("range {range}")


def key_figures(case: Case) -> KeyFigures:
    """Return the figures that a leader looks for first."""
    overall = case.card.overall
    words = RANGE_BAND if overall.band else RANGE_ONLY
    if overall.band and number(overall.low) == number(overall.high):
        words = BAND_ONLY
    score = KeyFigure(
        case.say(_("Score, {scheme}")),
        banded(overall.score, case.instrument.rules.bands, overall.target),
        case.say(words, range=span(overall.low, overall.high), band=band(case)),
    )
    against = ""
    if case.by_baseline and not case.answers.override:
        against = case.say(_("the baseline itself"))
    elif overall.score is not None and overall.baseline_score is not None:
        change = number(difference(overall.baseline_score, overall.score), signed=True)
        against = case.say(AGAINST[case.tailored_by], change=change)
    named = sum(evidence_named(case, id) for id in case.answered)
    figures = [
        score,
        KeyFigure(case.say(_("Score, baseline")), number(overall.baseline_score), against),
        KeyFigure(case.say(_("Target")), number(overall.target), _target_note(case)),
        KeyFigure(
            case.say(_("Answered, by weight")),
            covered(overall.coverage),
            case.say(_("{answered} of {asked} questions"), answered=len(case.answered), asked=len(case.counting)),
        ),
        KeyFigure(
            case.say(_("Score backed by evidence")),
            number(overall.evidence_backed),
            case.say(_("evidence for {named} of {answered} answers"), named=named, answered=len(case.answered)),
        ),
    ]
    return KeyFigures(tuple(figure for figure in figures if figure.value != NO_FIGURE))


def _target_note(case: Case) -> str:
    """Return the gap; where the means are arithmetic, as what is missing less what is ahead."""
    overall = case.card.overall
    if capped(case):
        return case.say(_("gap before the floor: {gap}"), gap=number(difference(overall.uncapped, overall.target)))
    if not adds_up(overall):
        return case.say(_("gap {gap}"), gap=number(difference(overall.uncapped, overall.target)))
    gap, shortfall, surplus = map(number, gap_in_parts(overall))
    return case.say(_("gap {gap}: {shortfall} short, {surplus} ahead"), gap=gap, shortfall=shortfall, surplus=surplus)
