"""Annex: the arithmetic of the total, written out so that it can be added up by hand."""

from collections.abc import Sequence

from nqpf_assess.engine.explaining import OVERALL, MeanExplained, Term, explain_mean
from nqpf_assess.locale import _
from nqpf_assess.report.blocks import Block, Column, Inline, Paragraph, Table, cells, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.phrases import MORE_ROWS
from nqpf_assess.report.wording import STATE_WORDS, number

MOST_TABLES = 40
MOST_ROWS = 60
FINE = 3
"""Decimals of weights and products: enough that their sum, added by hand, gives the score to one decimal."""

TITLE = _("The total, added up")
LEAD = _(
    "Weights are shares among the parts that have a score, so each column of weights adds up to 1. The weights and "
    "scores of single questions stand in the list of questions."
)
NO_TOTAL = _(
    "There is no overall score to add up, because coverage is too low; pillars and dimensions with a score follow."
)
PRODUCT = _("Weight × score")
LOG_PRODUCT = _("Weight × ln score")
TOTAL = _("Score of {name}")
TOTAL_LOG = _("Score of {name} = e^{sum}")
TOTAL_OVERALL = _("Overall score")
TOTAL_OVERALL_LOG = _("Overall score = e^{sum}")
CAPPED = _("A floor caps the overall score at {score}; {uncapped} is the score before it.")


def addition_blocks(case: Case) -> Sequence[Block]:
    """Give the annex without its heading."""
    whole = explain_mean(case.assessed, OVERALL)
    explained = [explain_mean(case.assessed, pillar.id) for pillar in case.pillars]
    scored = [found for found in explained if any(term.score is not None for term in found.terms)]
    if not scored:
        return [Paragraph(runs(case.say(_("Nothing has a score yet, so there is nothing to add up."))))]
    tables: list[Block] = [_table(case, whole)] if whole.score is not None else []
    tables += [_table(case, found) for found in scored[:MOST_TABLES]]
    return [Paragraph(runs(case.say(LEAD if whole.score is not None else NO_TOTAL))), *tables, *_capped(case)]


def _capped(case: Case) -> list[Block]:
    overall = case.card.overall
    if overall.score is None or number(overall.score) == number(overall.uncapped):
        return []
    return [Paragraph(runs(case.say(CAPPED, score=number(overall.score), uncapped=number(overall.uncapped))))]


def _table(case: Case, found: MeanExplained) -> Table:
    geometric = found.mean == "geometric"
    terms = [term for term in found.terms if term.score is not None or term.state == "no_score"]
    rows = [_row(case, term) for term in terms[:MOST_ROWS]]
    total = sum(term.adds or 0.0 for term in found.terms)
    if found.score is not None:
        words = _total(case, found, number(total, FINE))
        rows.append(cells(words, number(1.0, FINE), number(found.score, FINE), number(total, FINE)))
    bold = frozenset({len(rows) - 1}) if found.score is not None else frozenset[int]()
    whole = found.id == OVERALL
    caption = (
        case.say(_("The overall score from its pillars"))
        if whole
        else case.say(_("{name} from its dimensions"), name=case.title(found.id))
    )
    note = case.say(MORE_ROWS, shown=MOST_ROWS, total=len(terms)) if len(terms) > MOST_ROWS else ""
    return Table(
        (
            Column(case.say(_("Part")), 3.0),
            Column(case.say(_("Weight")), 1.0, "right"),
            Column(case.say(_("Score")), 1.0, "right"),
            Column(case.say(LOG_PRODUCT if geometric else PRODUCT), 1.2, "right"),
        ),
        tuple(rows),
        caption,
        note,
        bold,
    )


def _total(case: Case, found: MeanExplained, total: str) -> str:
    geometric = found.mean == "geometric"
    if found.id == OVERALL:
        return case.say(TOTAL_OVERALL_LOG if geometric else TOTAL_OVERALL, sum=total)
    return case.say(TOTAL_LOG if geometric else TOTAL, name=case.title(found.id), sum=total)


def _row(case: Case, term: Term) -> tuple[Inline, ...]:
    score = case.say(STATE_WORDS[term.state]) if term.score is None else number(term.score, FINE)
    return cells(case.title(term.id), number(term.weight, FINE), score, number(term.adds, FINE))
