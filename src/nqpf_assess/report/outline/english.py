"""The English report: the verdict first, then what proves it."""

from collections.abc import Iterator

from nqpf_assess.locale import _
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.report.blocks import Block
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
from nqpf_assess.report.outline.headings import Headings
from nqpf_assess.report.outline.references import source_numbers
from nqpf_assess.report.outline.shelf import Shelf, shelve

STRENGTHS = _("Strengths")
FOUNDATIONS = _("Something to build on")


def english_blocks(case: Case) -> Iterator[Block]:
    """Give the English part."""
    headings, shelf = Headings(case.language), shelve(case)
    yield front.cover(case)
    yield headings.section(summary.verdict(case), "answer")
    yield from summary.answer_blocks(case)
    yield from front.contents(case)
    yield headings.section(overview.headline(case), "pillars")
    yield from overview.overview_blocks(case)
    yield from pillar_pages(case, shelf, headings)
    yield headings.section(ranking.headline(case), "ranking", new_page=bool(case.answered))
    yield from ranking.ranking_blocks(case)
    yield from _since(case, headings)
    yield from _measures(case, shelf, headings)
    yield headings.section(local.headline(case), "local", new_page=bool(case.answered))
    yield from local.local_blocks(case)
    yield headings.section(sureness.headline(case), "sureness", new_page=False)
    for title, anchor, blocks in sureness.titled_blocks(case):
        yield headings.part(case.say(title), anchor)
        yield from blocks
    yield headings.section(contradictions.headline(case), "checks", new_page=False)
    yield from contradictions.check_blocks(case)
    yield from annex_blocks(case, shelf, headings)


def pillar_pages(case: Case, shelf: Shelf, headings: Headings) -> Iterator[Block]:
    """Give each pillar that has answers its page."""
    yield from pillars.silent(case)
    numbers = source_numbers(case, shelf)
    for pillar in case.pillars:
        if pillar.coverage:
            yield headings.part(finding(case, pillar), f"pillar-{pillar.id}", new_page=True)
            yield from _page(case, pillar, headings)
            yield from benchmarks.table(case, pillar, numbers)


def _page(case: Case, pillar: NodeScore, headings: Headings) -> Iterator[Block]:
    yield pillars.lead(case, pillar)
    yield pillars.bars(case, pillar)
    good, missing = pillars.strength_items(case, pillar.id), pillars.gap_items(case, pillar.id)
    if good:
        words = STRENGTHS if pillars.has_strengths(case, pillar.id) else FOUNDATIONS
        yield headings.point(case.say(words), f"good-{pillar.id}")
        yield from pillars.bulleted(good)
    if missing:
        yield headings.point(case.say(_("Gaps")), f"missing-{pillar.id}")
        yield from pillars.bulleted(missing, numbered=True)


def _since(case: Case, headings: Headings) -> Iterator[Block]:
    """Say what changed since last time and what came of the plan, where last time is known or a sheet was kept."""
    if case.earlier is not None:
        yield headings.section(change.headline(case, case.earlier), "change")
        yield from change.change_blocks(case, case.earlier)
        yield headings.part(case.say(change.OUTCOME), "outcome")
        yield from change.planned_blocks(case, case.earlier)
    sheet = followed.sheet_of(case)
    if sheet:
        words = followed.headline(case, sheet)
        yield (
            headings.section(words, "followed", new_page=False)
            if case.earlier is None
            else headings.part(words, "followed")
        )
        yield from followed.sheet_blocks(case, sheet)


def _measures(case: Case, shelf: Shelf, headings: Headings) -> Iterator[Block]:
    yield headings.section(cards.headline(case, shelf), "measures", new_page=bool(case.answered))
    yield cards.lead(case, shelf)
    yield from cards.cards(case, shelf)
    yield from cards.matrix(case, shelf)
    refused = cards.considered(case, shelf)
    if refused:
        yield headings.part(cards.considered_heading(case, shelf), "considered")
        yield from refused
    if shelf.front:
        plan = roadmap.plan_of(case, shelf)
        yield headings.section(roadmap.headline(case, shelf), "roadmap")
        yield roadmap.roadmap_lead(case)
        yield from roadmap.phases(case, shelf, plan)
        yield roadmap.calendar(case, shelf, plan)
        yield roadmap.division(case, shelf, plan)
        yield from roadmap.powers(case, shelf)
    asked = roadmap.asked_for(case, shelf)
    if asked:
        yield headings.part(case.say(roadmap.SUPPORT), "asked")
        yield from asked
