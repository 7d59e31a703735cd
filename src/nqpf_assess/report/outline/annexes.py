"""The annexes that both languages share, in order, each left out where it would be empty."""

from collections.abc import Iterator

from nqpf_assess.locale import _
from nqpf_assess.report.blocks import Block, Paragraph, Run, runs
from nqpf_assess.report.outline import addition, cards, listing, method, missing, references, terms
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.headings import Headings
from nqpf_assess.report.outline.shelf import Shelf

DIGESTS = _("Questionnaire {questionnaire_id} {questionnaire}, rubric {rubric_id} {rubric}, answers {answers}.")


def annex_blocks(case: Case, shelf: Shelf, headings: Headings) -> Iterator[Block]:
    """Give every annex under its heading."""
    if shelf.rest:
        yield headings.annex(case.say(cards.REST), "rest")
        yield from cards.rest(case, shelf)
    yield headings.annex(case.say(method.TITLE), "method")
    yield from method.method_blocks(case)
    yield _digests(case)
    yield headings.annex(case.say(listing.TITLE), "listing")
    yield from listing.listing_blocks(case)
    yield headings.annex(case.say(addition.TITLE), "addition")
    yield from addition.addition_blocks(case)
    yield headings.annex(case.say(missing.TITLE), "missing")
    yield from missing.missing_blocks(case)
    sources = references.reference_blocks(case, shelf)
    if sources:
        yield headings.annex(case.say(references.TITLE), "references")
        yield from sources
    yield headings.annex(case.say(terms.TITLE), "terms")
    yield from terms.term_blocks(case)


def _digests(case: Case) -> Paragraph:
    card = case.card
    said = case.say(
        DIGESTS,
        questionnaire_id=card.questionnaire.id,
        questionnaire=card.questionnaire.digest,
        rubric_id=card.weights.id,
        rubric=card.weights.digest,
        answers=card.answers_digest,
    )
    return Paragraph(runs(Run(said)), "note")
