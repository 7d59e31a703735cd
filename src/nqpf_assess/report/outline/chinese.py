"""The Chinese report in the order of a 汇报材料: 总体情况、做法和成效、差距、下一步打算、需要支持的事项，附件在后."""

from collections.abc import Iterator

from nqpf_assess.locale import _
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.report.blocks import Block, Paragraph, runs
from nqpf_assess.report.outline import (
    benchmarks,
    cards,
    change,
    contradictions,
    followed,
    front,
    local,
    overview,
    pillars,
    ranking,
    roadmap,
    summary,
    sureness,
)
from nqpf_assess.report.outline.annexes import annex_blocks
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import headline as finding
from nqpf_assess.report.outline.findings import strengths
from nqpf_assess.report.outline.headings import Headings
from nqpf_assess.report.outline.references import source_numbers
from nqpf_assess.report.outline.shelf import Shelf, shelve

DONE = _("What has been achieved")
GOOD = _("{pillar}: {names} on target")
FOUNDATION = _("{pillar}: something to build on")
NOT_YET = _(
    "The answers do not yet show what could be named as achieved; this part is to be completed once more is answered."
)
LACKING = _("Gaps and shortcomings")
BY_PILLAR = _("By pillar")
NO_SUPPORT = _("Nothing has to be asked for.")
NO_SUPPORT_YET = _("Which measures need support cannot be said yet.")


def chinese_blocks(case: Case) -> Iterator[Block]:
    """Give the Chinese part."""
    headings, shelf = Headings(case.language), shelve(case)
    yield front.cover(case)
    yield headings.section(summary.verdict(case), "answer", numbered=False)
    yield from summary.answer_blocks(case)
    yield from front.contents(case)
    yield from _situation(case, shelf, headings)
    yield from _done(case, headings)
    yield from _lacking(case, headings)
    yield from _next(case, shelf, headings)
    yield headings.section(case.say(roadmap.SUPPORT), "support", new_page=False)
    none = NO_SUPPORT if len(case.answered) == len(case.counting) else NO_SUPPORT_YET
    yield from roadmap.asked_for(case, shelf) or [Paragraph(runs(case.say(none)))]
    yield headings.annex(local.headline(case), "local")
    yield from local.local_blocks(case)
    yield headings.annex(sureness.headline(case), "sureness")
    for title, anchor, blocks in sureness.titled_blocks(case):
        yield headings.part(case.say(title), anchor)
        yield from blocks
    yield headings.annex(contradictions.headline(case), "checks")
    yield from contradictions.check_blocks(case)
    yield from annex_blocks(case, shelf, headings)


def _situation(case: Case, shelf: Shelf, headings: Headings) -> Iterator[Block]:
    yield headings.section(case.say(_("General situation")), "situation")
    yield headings.part(overview.headline(case), "pillars")
    yield from overview.overview_blocks(case)
    yield from pillars.silent(case)
    told, numbers = [pillar for pillar in case.pillars if pillar.coverage], source_numbers(case, shelf)
    if told:
        yield headings.part(case.say(_("Scores by pillar")), "scores")
    for pillar in told:
        yield headings.point(case.title(pillar.id), f"pillar-{pillar.id}")
        yield pillars.lead(case, pillar)
        yield pillars.bars(case, pillar)
        yield from benchmarks.table(case, pillar, numbers)
    if case.earlier is not None:
        yield headings.part(change.headline(case, case.earlier), "change")
        yield from change.change_blocks(case, case.earlier)


def _done(case: Case, headings: Headings) -> Iterator[Block]:
    yield headings.section(case.say(DONE), "done", new_page=False)
    told = [(pillar, pillars.strength_items(case, pillar.id)) for pillar in case.pillars if pillar.coverage]
    for pillar, items in told:
        if items:
            yield headings.part(_merit(case, pillar), f"good-{pillar.id}")
            yield from pillars.bulleted(items)
    if not any(items for _, items in told):
        yield Paragraph(runs(case.say(NOT_YET)))
    if case.earlier is not None:
        yield headings.part(case.say(change.OUTCOME), "outcome")
        yield from change.planned_blocks(case, case.earlier)
    sheet = followed.sheet_of(case)
    if sheet:
        yield headings.part(followed.headline(case, sheet), "followed")
        yield from followed.sheet_blocks(case, sheet)


def _merit(case: Case, pillar: NodeScore) -> str:
    found = [case.short(node.id) for node in strengths(case, pillar.id)]
    words = GOOD if found else FOUNDATION
    return case.say(words, pillar=case.title(pillar.id), names=case.listed(found[:4]))


def _lacking(case: Case, headings: Headings) -> Iterator[Block]:
    yield headings.section(case.say(LACKING), "lacking", new_page=False)
    yield headings.part(ranking.headline(case), "ranking")
    yield from ranking.ranking_blocks(case)
    told = [pillar for pillar in case.pillars if pillar.coverage]
    blocks = [(pillar, pillars.gap_items(case, pillar.id)) for pillar in told]
    if any(items for _, items in blocks):
        yield headings.part(case.say(BY_PILLAR), "gaps")
    for pillar, items in blocks:
        if items:
            yield headings.point(finding(case, pillar), f"missing-{pillar.id}")
            yield from pillars.bulleted(items, numbered=True)


def _next(case: Case, shelf: Shelf, headings: Headings) -> Iterator[Block]:
    yield headings.section(case.say(_("What comes next")), "next", new_page=bool(case.answered))
    yield headings.part(cards.headline(case, shelf), "measures")
    yield cards.lead(case, shelf)
    yield from cards.cards(case, shelf)
    yield from cards.matrix(case, shelf)
    if shelf.front:
        plan = roadmap.plan_of(case, shelf)
        yield headings.part(
            case.say(_("Road map and division of work: {headline}"), headline=roadmap.headline(case, shelf)), "roadmap"
        )
        yield roadmap.roadmap_lead(case)
        yield from roadmap.phases(case, shelf, plan)
        yield roadmap.calendar(case, shelf, plan)
        yield roadmap.division(case, shelf, plan)
        yield from roadmap.powers(case, shelf)
    refused = cards.considered(case, shelf)
    if refused:
        yield headings.part(cards.considered_heading(case, shelf), "considered")
        yield from refused
