"""The technical volume in its two orders: findings first, as a bank's note has it, or as official work reports go."""

from collections.abc import Iterator

from nqpf_assess.locale import _
from nqpf_assess.report.blocks import Block, Paragraph, Run, runs
from nqpf_assess.report.outline import (
    change,
    criteria,
    front,
    listing,
    local,
    measures,
    method,
    pillars,
    placing,
    ranking,
    references,
    roadmap,
    standing,
    sureness,
    upward,
)
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.decision import first_steps
from nqpf_assess.report.outline.findings import headline as finding
from nqpf_assess.report.outline.findings import strengths
from nqpf_assess.report.outline.headings import Headings
from nqpf_assess.report.outline.phrases import and_more
from nqpf_assess.report.outline.references import source_numbers
from nqpf_assess.report.outline.roadmap import agenda_of, gains_of
from nqpf_assess.report.outline.shelf import Shelf, shelve

# ── Annexes of both ──

DIGESTS = _("Questionnaire {questionnaire_id} {questionnaire}, rubric {rubric_id} {rubric}, answers {answers}.")


def annex_blocks(case: Case, shelf: Shelf, headings: Headings) -> Iterator[Block]:
    """Yield every annex under its heading."""
    if shelf.rest:
        yield headings.annex(case.say(measures.REST), "rest")
        yield from measures.rest(case, shelf)
    yield headings.annex(case.say(method.METHOD_TITLE), "method")
    yield from method.method_blocks(case)
    card = case.card
    said = case.say(
        DIGESTS,
        questionnaire_id=card.questionnaire.id,
        questionnaire=card.questionnaire.digest,
        rubric_id=card.weights.id,
        rubric=card.weights.digest,
        answers=card.answers_digest,
    )
    yield Paragraph(runs(Run(said)), "note")
    yield headings.annex(case.say(listing.LISTING_TITLE), "listing")
    yield from listing.listing_blocks(case)
    yield headings.annex(case.say(method.ADDITION_TITLE), "addition")
    yield from method.addition_blocks(case)
    if case.questionnaire.crosswalks:
        yield headings.annex(case.say(criteria.TITLE), "criteria")
        yield from criteria.criteria_blocks(case, headings)
    yield headings.annex(case.say(listing.MISSING_TITLE), "missing")
    yield from listing.missing_blocks(case)
    sources = references.reference_blocks(case, shelf)
    if sources:
        yield headings.annex(case.say(references.REFERENCES_TITLE), "references")
        yield from sources
    yield headings.annex(case.say(references.TERMS_TITLE), "terms")
    yield from references.term_blocks(case)


def volume_blocks(case: Case) -> Iterator[Block]:
    """Yield the technical volume of one language."""
    yield from _findings_first(case) if case.grammar.conclusion_first else _as_work_reports_go(case)


# ── Findings first ──

STRENGTHS = _("Strengths")
FOUNDATIONS = _("Something to build on")


def _findings_first(case: Case) -> Iterator[Block]:
    """Yield the volume with the findings first."""
    headings, shelf = Headings(case.language), shelve(case)
    yield front.contents(case)
    yield headings.section(pillars.headline(case), "pillars")
    yield from _key_figures(case)
    yield from pillars.overview_blocks(case)
    yield from pillar_pages(case, shelf, headings)
    yield headings.section(ranking.headline(case), "ranking", new_page=bool(case.answered))
    yield from ranking.ranking_blocks(case)
    if case.earlier is not None:
        yield headings.section(change.headline(case, case.earlier), "change")
        yield from change.change_blocks(case, case.earlier)
        yield headings.part(case.say(change.OUTCOME), "outcome")
        yield from change.planned_blocks(case, case.earlier)
    sheet = change.sheet_of(case)
    if sheet:
        words = change.follow_up_headline(case, sheet)
        yield (
            headings.section(words, "followed", new_page=False)
            if case.earlier is None
            else headings.part(words, "followed")
        )
        yield from change.sheet_blocks(case, sheet)
    yield headings.section(measures.headline(case, shelf), "measures", new_page=bool(case.answered))
    yield measures.lead(case, shelf)
    agenda = agenda_of(case, shelf.work)
    yield from measures.cards(case, shelf, gains_of(agenda), first_steps(case, agenda))
    yield from measures.matrix(case, shelf)
    refused = measures.considered(case, shelf)
    if refused:
        yield headings.part(measures.considered_heading(case, shelf), "considered")
        yield from refused
    if shelf.front:
        yield headings.section(roadmap.headline(case, shelf), "roadmap")
        yield from _roadmap(case, shelf)
    asked = upward.asked_for(case, shelf)
    if asked:
        yield headings.part(case.say(upward.SUPPORT), "asked")
        yield from asked
    yield headings.section(local.headline(case), "local", new_page=bool(case.answered))
    yield from local.local_blocks(case)
    yield headings.section(sureness.headline(case), "sureness", new_page=False)
    for title, anchor, blocks in sureness.titled_blocks(case):
        yield headings.part(case.say(title), anchor)
        yield from blocks
    yield headings.section(sureness.checks_headline(case), "checks", new_page=False)
    yield from sureness.check_blocks(case)
    yield from annex_blocks(case, shelf, headings)


def _key_figures(case: Case) -> Iterator[Block]:
    found = front.key_figures(case)
    if found.figures:
        yield found


def _roadmap(case: Case, shelf: Shelf) -> Iterator[Block]:
    agenda = agenda_of(case, shelf.work)
    yield roadmap.roadmap_lead(case, agenda)
    yield from roadmap.phases(case, shelf)
    yield roadmap.calendar(case, shelf, agenda)
    yield roadmap.division(case, shelf, agenda)
    yield roadmap.origins(case, shelf)
    yield from roadmap.powers(case, shelf)


def pillar_pages(case: Case, shelf: Shelf, headings: Headings) -> Iterator[Block]:
    """Yield each pillar that has answers its page."""
    yield from pillars.silent(case)
    numbers = source_numbers(case, shelf)
    for pillar in case.pillars:
        if pillar.coverage:
            yield headings.part(finding(case, pillar), f"pillar-{pillar.id}", new_page=True)
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
            yield from placing.published_table(case, pillar, numbers)


# ── As official work reports go ──

DONE = _("What has been achieved")
GOOD = _("{pillar}: {names} on target")
FOUNDATION = _("{pillar}: something to build on")
LACKING = _("Gaps and shortcomings")
BY_PILLAR = _("By pillar")
NO_SUPPORT = _("Nothing has to be asked for.")


def _as_work_reports_go(case: Case) -> Iterator[Block]:
    """Yield the volume in the order of an official work report."""
    headings, shelf = Headings(case.language), shelve(case)
    yield front.contents(case)
    yield headings.section(case.say(_("General situation")), "situation")
    yield headings.part(pillars.headline(case), "pillars")
    yield from _key_figures(case)
    yield from pillars.overview_blocks(case)
    yield from pillars.silent(case)
    told, numbers = [pillar for pillar in case.pillars if pillar.coverage], source_numbers(case, shelf)
    if told:
        yield headings.part(case.say(_("Scores by pillar")), "scores")
    for pillar in told:
        yield headings.point(case.title(pillar.id), f"pillar-{pillar.id}")
        yield pillars.lead(case, pillar)
        yield pillars.bars(case, pillar)
        yield from placing.published_table(case, pillar, numbers)
    if case.earlier is not None:
        yield headings.part(change.headline(case, case.earlier), "change")
        yield from change.change_blocks(case, case.earlier)
    yield from _done(case, headings)
    yield from _lacking(case, headings)
    yield headings.section(case.say(_("What comes next")), "next", new_page=bool(case.answered))
    yield headings.part(measures.headline(case, shelf), "measures")
    yield measures.lead(case, shelf)
    agenda = agenda_of(case, shelf.work)
    yield from measures.cards(case, shelf, gains_of(agenda), first_steps(case, agenda))
    yield from measures.matrix(case, shelf)
    if shelf.front:
        words = _("Road map and division of work: {headline}")
        yield headings.part(case.say(words, headline=roadmap.headline(case, shelf)), "roadmap")
        yield from _roadmap(case, shelf)
    refused = measures.considered(case, shelf)
    if refused:
        yield headings.part(measures.considered_heading(case, shelf), "considered")
        yield from refused
    yield headings.section(case.say(upward.SUPPORT), "support", new_page=False)
    yield from upward.asked_for(case, shelf) or [Paragraph(runs(case.say(NO_SUPPORT)))]
    yield headings.annex(local.headline(case), "local")
    yield from local.local_blocks(case)
    yield headings.annex(sureness.headline(case), "sureness")
    for title, anchor, blocks in sureness.titled_blocks(case):
        yield headings.part(case.say(title), anchor)
        yield from blocks
    yield headings.annex(sureness.checks_headline(case), "checks")
    yield from sureness.check_blocks(case)
    yield from annex_blocks(case, shelf, headings)


def _done(case: Case, headings: Headings) -> Iterator[Block]:
    yield headings.section(case.say(DONE), "done", new_page=False)
    told = [(pillar, pillars.strength_items(case, pillar.id)) for pillar in case.pillars if pillar.coverage]
    for pillar, items in told:
        if items:
            found = [case.short(node.id) for node in strengths(case, pillar.id)]
            words = GOOD if found else FOUNDATION
            yield headings.part(
                case.say(words, pillar=case.title(pillar.id), names=and_more(case, found, 4)), f"good-{pillar.id}"
            )
            yield from pillars.bulleted(items)
    if not any(items for _, items in told):
        yield from standing.strengths(case)
    if case.earlier is not None:
        yield headings.part(case.say(change.OUTCOME), "outcome")
        yield from change.planned_blocks(case, case.earlier)
    sheet = change.sheet_of(case)
    if sheet:
        yield headings.part(change.follow_up_headline(case, sheet), "followed")
        yield from change.sheet_blocks(case, sheet)


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
