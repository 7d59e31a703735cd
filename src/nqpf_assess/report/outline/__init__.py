"""The outline of a report: scorecard to blocks. Pure; the only place where figures are rounded and worded."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import suggestions
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.engine.scoring import assess
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.report_form import Edition
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.model.weights import Chain
from nqpf_assess.report.blocks import (
    Block,
    Heading,
    Outline,
    OutlinePart,
    PageBreak,
    Paragraph,
    Run,
    Table,
    TableColumn,
    cells,
    runs,
)
from nqpf_assess.report.outline import change, decision, roadmap, standing, upward, yardstick
from nqpf_assess.report.outline.case import Case, earlier_than
from nqpf_assess.report.outline.front import (
    SUBTITLE,
    contents,
    cover,
    report_number,
    short,
    subject_name,
    title_of,
)
from nqpf_assess.report.outline.headings import Headings
from nqpf_assess.report.outline.orders import as_work_reports_go, findings_first
from nqpf_assess.report.outline.roadmap import Agenda, agenda_of
from nqpf_assess.report.outline.shelf import Shelf, shelve
from nqpf_assess.report.wording import NEW_FORCES, asks_about_new_forces
from nqpf_assess.typography.clean import combines

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Peers

__all__ = ["UNSHOWN_BESIDE", "Case", "outline_of", "with_unshown"]

FOOTER = _("{number} · answers {answers} · self-assessed; no ranking, audit or certificate")

BRIEF, VOLUME = _("The brief"), _("Technical volume")


def outline_of(
    instrument: Instrument,
    answers: Answers,
    *,
    languages: Sequence[str],
    date: str,
    profiles: Sequence[Chain] = (),
    peers: "Peers | None" = None,
    earlier: tuple[Instrument, Answers] | None = None,
    edition: Edition = "brief",
    card: Scorecard | None = None,
) -> Outline:
    """Make the outline of one assessment. `profiles`: those that were to choose from; `card`: its figures, where known.

    `edition`: the brief, a part for each language; or in full: a cover before it and the technical volume behind it.
    `peers`: a benchmark to stand beside its figures; raises `UserError` where it is of another questionnaire.
    `earlier`: last time's assessment, for what changed since and what came of the plan.
    """
    assessed = assess(instrument, answers)
    card = card or scorecard_of(assessed)
    judged = suggestions(instrument.questionnaire, profiles, answers) if profiles else ()
    placings = None if peers is None else peers.placed(card, answers)
    before = None if earlier is None else earlier_than(earlier, (instrument, answers), date)
    cases = [Case(assessed, card, judged, language, date, placings, before, edition) for language in languages]
    first, parts = cases[0], tuple(part for case in cases for part in _parts(case, edition))
    title, subject = title_of(first), subject_name(first)
    return Outline(
        title=f"{title} · {subject}",
        subject=f"{first.say(SUBTITLE)} · {subject}",
        language=first.language,
        date=date,
        header=parts[0].header,
        footer=parts[0].footer,
        parts=parts,
        keywords=(*(NEW_FORCES if asks_about_new_forces(instrument.questionnaire) else ()), "self-assessment", "自评"),
    )


def _parts(case: Case, edition: Edition) -> Iterator[OutlinePart]:
    """Yield the brief, in full with a cover and its contents before it and the technical volume behind it."""
    brief = tuple(brief_blocks(case))
    if edition == "brief":
        yield _part(case, brief)
        return
    yield _part(case, (cover(case), PageBreak(), contents(case), PageBreak(), *brief), title=case.say(BRIEF))
    volume = findings_first if case.grammar.conclusion_first else as_work_reports_go
    head = Paragraph((Run(case.say(VOLUME), bold=True),), "lead")
    yield _part(case, (head, *volume(case)), title=case.say(VOLUME))


def _part(case: Case, blocks: tuple[Block, ...], *, title: str = "") -> OutlinePart:
    """Return a part with the running words of its own language."""
    paper, subject = title_of(case), subject_name(case)
    footer = case.say(FOOTER, number=report_number(case), answers=short(case.card.answers_digest))
    header = case.say(_("{subject} · {title}"), subject=subject, title=paper)
    return OutlinePart(case.language, blocks, title=title, header=header, footer=footer)


MOST_UNSHOWN = 100
UNSHOWN = _(
    "The fonts of this report lack these characters, so 〓 stands in their place. They are kept in the attached "
    "answers."
)
UNSHOWN_BESIDE = _(
    "The fonts of this report lack these characters, so 〓 stands in their place. They are kept in the files beside it."
)


def with_unshown(outline: Outline, missing: Sequence[str], said_of_them: Text = UNSHOWN) -> Outline:
    """Add the list of characters that a renderer could not show to the last part of each language."""
    last = {part.language: place for place, part in enumerate(outline.parts)}
    parts = list(outline.parts)
    for language, place in last.items() if missing else ():
        said = tell(said_of_them, language)
        if any(map(combines, missing)):
            said += tell(_(" Marks over or under letters are left out instead."), language)
        columns = (
            TableColumn(tell(_("Code"), language), 0.5),
            TableColumn(tell(_("Name in the Unicode standard"), language), 2.0),
        )
        named = ((f"U+{ord(letter):04X}", unicodedata.name(letter, "–")) for letter in missing[:MOST_UNSHOWN])
        heading = Heading(1, tell(_("Characters that could not be shown"), language), f"{language}-unshown")
        added = (heading, Paragraph(runs(said)), Table(columns, tuple(cells(*row) for row in named)))
        parts[place] = replace(parts[place], blocks=(*parts[place].blocks, *added))
    return replace(outline, parts=tuple(parts))


# ── The brief: what is handed to a leader, in four to eight pages and in the order of each language ──

WHERE = _("Where {place} stands: {headline}")
STRENGTHS, GAPS = _("Strengths"), _("Gaps")
YARDSTICK = _("Why this yardstick")
DIVISION = _("Who does what by when")
ASKED = _("What is asked of higher levels")
ASKED_FIRM = _("What is asked of others")
GOALS = _("Goals of last time beside what came of them")

SITUATION = _("General situation")
DONE = _("What has been achieved")
LACKING = _("Gaps and shortcomings")
NEXT = _("What comes next")
SUPPORT = _("Support that is needed")


def brief_blocks(case: Case) -> Iterator[Block]:
    """Yield the brief of one language."""
    shelf = shelve(case)
    agenda = agenda_of(case, shelf.work)
    headings = Headings(case.language, prefix="brief-")
    yield headings.section(decision.title(case, subject_name(case)), "answer", new_page=False, numbered=False)
    yield from decision.decision_blocks(case, shelf, agenda)
    order = _verdict_first if case.grammar.conclusion_first else _as_work_reports_go
    yield from order(case, shelf, agenda, headings)


def _verdict_first(case: Case, shelf: Shelf, agenda: Agenda, headings: Headings) -> Iterator[Block]:
    scored = bool(case.answered)
    yield headings.section(case.say(WHERE, headline=standing.headline(case)), "where", new_page=scored)
    yield from standing.chart(case)
    yield from standing.table(case)
    yield from standing.among_others(case)
    if scored:
        yield headings.part(case.say(STRENGTHS), "good")
        yield from standing.strengths(case)
        yield headings.part(case.say(GAPS), "gaps")
        yield from standing.gaps(case, shelf)
    yield from _goals(case, headings)
    yield headings.section(case.say(YARDSTICK), "yardstick", new_page=False)
    yield from yardstick.yardstick_blocks(case)
    if agenda.tasks:
        yield headings.section(case.say(DIVISION), "division", new_page=False)
        yield from _work(case, shelf, agenda)
    yield headings.section(case.say(ASKED_FIRM if case.firm else ASKED), "asked", new_page=False)
    yield from upward.asked_blocks(case, shelf, agenda)
    yield headings.part(case.say(upward.CHECKED), "checking")
    yield from upward.doubt_blocks(case)
    yield from upward.checking_blocks(case)


def _as_work_reports_go(case: Case, shelf: Shelf, agenda: Agenda, headings: Headings) -> Iterator[Block]:
    scored = bool(case.answered)
    yield headings.section(case.say(SITUATION), "where", new_page=scored)
    yield headings.part(standing.headline(case), "scores")
    yield from standing.chart(case)
    yield from standing.table(case)
    yield from standing.among_others(case)
    yield headings.part(case.say(YARDSTICK), "yardstick")
    yield from yardstick.yardstick_blocks(case)
    if scored:
        yield headings.section(case.say(DONE), "good", new_page=False)
        yield from standing.strengths(case)
        yield from _goals(case, headings)
        yield headings.section(case.say(LACKING), "gaps", new_page=False)
        yield from standing.gaps(case, shelf)
    else:
        yield from _goals(case, headings)
    if agenda.tasks:
        yield headings.section(case.say(NEXT), "division", new_page=False)
        yield from _work(case, shelf, agenda)
    yield headings.section(case.say(SUPPORT), "asked", new_page=False)
    yield headings.part(case.say(ASKED_FIRM if case.firm else ASKED), "requests")
    yield from upward.asked_blocks(case, shelf, agenda)
    yield headings.part(case.say(upward.CHECKED), "checking")
    yield from upward.doubt_blocks(case)
    yield from upward.checking_blocks(case)


def _work(case: Case, shelf: Shelf, agenda: Agenda) -> Iterator[Block]:
    yield roadmap.division(case, shelf, agenda)
    yield roadmap.calendar(case, shelf, agenda)
    yield roadmap.roadmap_lead(case, agenda)


def _goals(case: Case, headings: Headings) -> Iterator[Block]:
    """Yield the goals set last time beside what came of them."""
    table = None if case.earlier is None else change.goals_table(case)
    if table is not None:
        yield headings.part(case.say(GOALS), "goals")
        yield table
