"""Annexes: how the figures come about, with the formulas of this very rubric, and the total added up by hand."""

from collections.abc import Sequence

from nqpf_assess.engine.arithmetic import Mean, below
from nqpf_assess.engine.explaining import MeanExplained, explain_mean
from nqpf_assess.locale import Text, _, _c
from nqpf_assess.model.base import summed
from nqpf_assess.model.scorecard import OVERALL
from nqpf_assess.model.weights import Floor
from nqpf_assess.report.blocks import Block, Bullets, Paragraph, Run, Table, TableColumn, cells, runs
from nqpf_assess.report.outline.case import Case, plain
from nqpf_assess.report.outline.phrases import and_more, cut
from nqpf_assess.report.wording import STATE_WORDS, number, percent

METHOD_TITLE = _("Method and formulas")
LEAD = _(
    "Every figure in this report is worked out from the questionnaire, the rubric and the answers alone; the same "
    "input gives the same figures. Figures are rounded once, where they are shown. Questions, anchors, weights, "
    "targets and lifts are expert judgement."
)

LOCAL_WEIGHTS = _(
    ": final weight = baseline weight × product of the factors that apply; targets as last stated. The "
    "baseline score uses the baseline's weights and rules on the same answers and always stands beside it."
)
BLENDED_WEIGHTS = _(
    ": final weight = baseline weight × Π (product of the factors that apply under a profile)^share over the blended "
    "profiles × factors set by hand; target = Σ share × target under each profile, unless one is set by hand. The "
    "baseline score uses the baseline's weights and rules on the same answers and always stands beside it."
)

RULES: Sequence[tuple[Text, Text]] = (
    (
        _("Question score"),
        _(
            " s, from 0 to 100: a level or option has its stated score; options ticked together add up, at most "
            "100; a figure is read off straight lines between the points of its scale."
        ),
    ),
    (
        _("Node"),
        _(
            " S = Σ w·s / Σ w (arithmetic) or Π s^w with Σ w = 1 (geometric, each s at least 1), over the parts "
            "that have a score. Here: {questions} across questions, {dimensions} across dimensions, {pillars} "
            "across pillars."
        ),
    ),
    (
        _("Coverage"),
        _(
            " = weight of the answered questions / weight of all questions that apply. Below {minimum} a "
            "dimension, pillar or the total has no score, only a range. Questions that do not apply or are not "
            "asked leave the weights; “don't know”, “later” and blank stay in them."
        ),
    ),
    (
        _("Possible range"),
        _(
            ": every open question at its lowest and at its highest score. Confidence range: besides, every "
            "answer moved by {high} points (confidence high), {medium} (medium or not stated) or {low} (low) "
            "either way."
        ),
    ),
    (
        _("Backed by evidence"),
        _(
            ": answers above {ceiling} that name no evidence count as {ceiling}; a figure with its year counts as "
            "evidence. Shown beside the score, never instead of it."
        ),
    ),
    (
        _("{Scheme}"),
        LOCAL_WEIGHTS,
    ),
    (
        _("Gap"),
        _(
            " = target − score. Share of the shortfall of a dimension = W·g / Σ W·g, with g = max(0, target − "
            "score) and W its share of the overall score (obstacle degree)."
        ),
    ),
    (
        _("To target"),
        _(": what the overall gains if one answer alone rises to the target of its dimension, recalculated exactly."),
    ),
    (
        _("Countermeasures"),
        _(
            " fit if a dimension they lift lies below both its target and the measure's own line, no condition "
            "speaks against them, and what they need is in place or fits too. Of several measures on one "
            "dimension the largest lift counts in full, each further one by {overlap}, never beyond the target. "
            "Gain: exact recalculation. Priority: gain / effort."
        ),
    ),
    (
        _("Balance"),
        _(
            ", with u = score / 100 of n pillars: C = n (Π u)^(1/n) / Σ u; D = (C·T)^(1/2), T the weighted mean of u; "
            "modified C' = ([1 − Σ |u(i) − u(j)| / (n(n−1)/2)] · [Π u / max u]^(1/(n−1)))^(1/2) (Wang and others)."
        ),
    ),
    (
        _("Robustness"),
        _(
            ": every weight w of every level between w(1 − {spread}) and w(1 + {spread}), renormalised; the exact "
            "lowest and highest overall score."
        ),
    ),
)
MEANS: dict[Mean, Text] = {
    "arithmetic": _("arithmetic mean"),
    "geometric": _("geometric mean"),
}

FIRED, NOT_FIRED, NOT_JUDGED = _c("floor", "broken"), _c("floor", "holds"), _("not to be judged yet")


def method_blocks(case: Case) -> Sequence[Block]:
    """Return the annex without its heading."""
    names = [case.title(node) for node in case.card.at_geometric_floor]
    rows = tuple(
        cells(case.tell(band.words), number(float(band.from_))) for band in case.instrument.rules.bands.values()
    )
    columns = (TableColumn(case.say(_("Band")), 1.0), TableColumn(case.say(_("From score")), 1.0, "right"))
    used = case.assessed.figures.rules
    figures = {
        "questions": MEANS[used.means.questions],
        "dimensions": MEANS[used.means.dimensions],
        "pillars": MEANS[used.means.pillars],
        "minimum": percent(used.minimum_coverage),
        "ceiling": number(used.unsupported_ceiling),
        "overlap": percent(used.overlap),
        "spread": percent(used.weight_spread),
        **{name: number(points) for name, points in used.confidence_spread.items()},
    }
    weights = LOCAL_WEIGHTS if len(case.instrument.profiles) == 1 else BLENDED_WEIGHTS
    told = ((name, weights if words is LOCAL_WEIGHTS else words) for name, words in RULES)
    rules = (runs(Run(case.say(name), bold=True), case.say(words, **figures)) for name, words in told)
    lifted = case.say(_("Raised to 1 as they entered a geometric mean: {names}."), names=and_more(case, names, 20))
    return [
        Paragraph(runs(case.say(LEAD))),
        Bullets(tuple(rules)),
        *([Paragraph(runs(lifted), "note")] if names else []),
        *([Table(columns, rows, case.say(_("Bands")))] if rows else []),
        *_floors(case),
    ]


def _floors(case: Case) -> list[Block]:
    rows = tuple(
        cells(
            case.title(floor.node),
            number(float(floor.below)),
            number(float(floor.cap)),
            case.say(_here(case, id, floor)),
            plain(case.tell(floor.why)),
        )
        for id, floor in case.instrument.rules.floors.items()
    )
    columns = (
        TableColumn(case.say(_("Part")), 1.4),
        TableColumn(case.say(_("Below")), 0.6, "right"),
        TableColumn(case.say(_("Total at most")), 0.8, "right"),
        TableColumn(case.say(_("Here")), 0.8),
        TableColumn(case.say(_("Why")), 3.0),
    )
    return [Table(columns, rows, case.say(_("Floors: weak here, capped there")))] if rows else []


def _here(case: Case, id: str, floor: Floor) -> Text:
    """State what a floor does here: one that the open answers can still break does not hold yet."""
    node = case.nodes[floor.node]
    if id in case.card.overall.floors:
        return FIRED
    if node.state == "not_assessed":
        return STATE_WORDS[node.state]
    return NOT_JUDGED if below(node.low or 0.0, float(floor.below)) else NOT_FIRED


# ── The total, added up ──

MOST_TABLES = 40
MOST_ROWS = 60
FINE, WEIGHT = 3, 5
"""Decimals of scores and products, and of weights and logarithms: enough that what is worked out by hand is printed."""

ADDITION_TITLE = _("The total, added up")
ADDITION_LEAD = _(
    "Weights are shares among the parts that have a score, so each column of weights adds up to 1. Weights and "
    "products with a logarithm are printed with five decimals, scores and other products with three: what is worked "
    "out by hand may differ a little in the last digit. "
    "The weights and scores of single questions stand in the list of questions."
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
    """Return the annex without its heading."""
    whole = explain_mean(case.assessed, OVERALL)
    explained = [explain_mean(case.assessed, pillar.id) for pillar in case.pillars]
    scored = [found for found in explained if any(term.score is not None for term in found.terms)]
    if not scored:
        return [Paragraph(runs(case.say(_("Nothing has a score yet, so there is nothing to add up."))))]
    tables: list[Block] = [_table(case, whole)] if whole.score is not None else []
    tables += [_table(case, found) for found in scored[:MOST_TABLES]]
    blocks = [Paragraph(runs(case.say(ADDITION_LEAD if whole.score is not None else NO_TOTAL))), *tables]
    if more := cut(case, MOST_TABLES, len(scored)):
        blocks.append(Paragraph(runs(more), "note"))
    score, uncapped = number(case.card.overall.score), number(case.card.overall.uncapped)
    if case.card.overall.score is not None and score != uncapped:
        blocks.append(Paragraph(runs(case.say(CAPPED, score=score, uncapped=uncapped))))
    return blocks


def _table(case: Case, found: MeanExplained) -> Table:
    geometric = found.mean == "geometric"
    fine = WEIGHT if geometric else FINE  # of the sum the power is taken
    terms = [term for term in found.terms if term.score is not None or term.state == "no_score"]
    rows = []
    for term in terms[:MOST_ROWS]:
        score = case.say(STATE_WORDS[term.state]) if term.score is None else number(term.score, FINE)
        rows.append(cells(case.title(term.id), number(term.weight, WEIGHT), score, number(term.adds, fine)))
    total = summed(term.adds or 0.0 for term in found.terms)
    if found.score is not None:
        overall = TOTAL_OVERALL_LOG if geometric else TOTAL_OVERALL
        part = TOTAL_LOG if geometric else TOTAL
        name = "" if found.id == OVERALL else case.title(found.id)
        words = case.say(part if name else overall, name=name, sum=number(total, fine))
        rows.append(cells(words, number(1.0, WEIGHT), number(found.score, FINE), number(total, fine)))
    bold = frozenset({len(rows) - 1}) if found.score is not None else frozenset[int]()
    whole = found.id == OVERALL
    caption = (
        case.say(_("The overall score from its pillars"))
        if whole
        else case.say(_("{name} from its dimensions"), name=case.title(found.id))
    )
    note = cut(case, MOST_ROWS, len(terms))
    return Table(
        (
            TableColumn(case.say(_("Part")), 3.0),
            TableColumn(case.say(_("Weight")), 1.0, "right"),
            TableColumn(case.say(_("Score")), 1.0, "right"),
            TableColumn(case.say(LOG_PRODUCT if geometric else PRODUCT), 1.2, "right"),
        ),
        tuple(rows),
        caption,
        note,
        bold,
    )
