"""The brief: what is handed to a leader, in three to eight pages, in its two orders."""

from collections.abc import Iterator

from nqpf_assess.locale import _
from nqpf_assess.report.blocks import Block
from nqpf_assess.report.outline import change, decision, roadmap, standing, upward, yardstick
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.front import subject_name
from nqpf_assess.report.outline.headings import Headings
from nqpf_assess.report.outline.roadmap import Agenda, agenda_of
from nqpf_assess.report.outline.shelf import Shelf, shelve

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
