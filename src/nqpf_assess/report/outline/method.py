"""Annex: how the figures come about, with the formulas and the rules of this very rubric."""

from collections.abc import Sequence

from nqpf_assess.engine.arithmetic import Mean
from nqpf_assess.locale import Text, _
from nqpf_assess.report.blocks import Block, Bullets, Column, Inline, Paragraph, Run, Table, cells, runs
from nqpf_assess.report.outline.case import Case, plain
from nqpf_assess.report.wording import number, percent

TITLE = _("Method and formulas")
LEAD = _(
    "Every figure in this report is worked out from the questionnaire, the rubric and the answers alone; the same "
    "input gives the same figures. Figures are rounded once, where they are shown. Questions, anchors, weights, "
    "targets and lifts are expert judgement."
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
        _(
            ": final weight = baseline weight × product of the factors that apply; targets as last stated. The "
            "baseline score uses the baseline's weights and rules on the same answers and always stands beside it."
        ),
    ),
    (
        _("Gap"),
        _(
            " = target − score. Share of the shortfall of a dimension = W·g / Σ W·g, with g = max(0, target − "
            "score) and W its share of the overall score (obstacle degree)."
        ),
    ),
    (
        _("One level up"),
        _(": what the overall gains if one answer rises to the next score it can take, recalculated exactly."),
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
            ", with u = score / 100 of n pillars: C = n (Π u)^(1/n) / Σ u; D = √(C·T), T the weighted mean of u; "
            "modified C' = √([1 − Σ |u(i) − u(j)| / (n(n−1)/2)] · [Π u / max u]^(1/(n−1))) (Wang and others)."
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

FIRED, NOT_FIRED = _("fired"), _("not reached")


def method_blocks(case: Case) -> Sequence[Block]:
    """Give the annex without its heading."""
    return [
        Paragraph(runs(case.say(LEAD))),
        Bullets(tuple(_rule(case, name, words) for name, words in RULES)),
        *_at_floor(case),
        *_bands(case),
        *_floors(case),
    ]


def _rule(case: Case, name: Text, words: Text) -> Inline:
    rules = case.assessed.figures.rules
    said = case.say(
        words,
        questions=MEANS[rules.means.questions],
        dimensions=MEANS[rules.means.dimensions],
        pillars=MEANS[rules.means.pillars],
        minimum=percent(rules.minimum_coverage),
        ceiling=number(rules.unsupported_ceiling),
        overlap=percent(rules.overlap),
        spread=percent(rules.weight_spread),
        **{name: number(points) for name, points in rules.confidence_spread.items()},
    )
    return runs(Run(case.say(name), bold=True), said)


def _at_floor(case: Case) -> list[Block]:
    names = [case.title(node) for node in case.card.at_geometric_floor]
    return (
        [
            Paragraph(
                runs(
                    case.say(_("Raised to 1 as they entered a geometric mean: {names}."), names=case.listed(names[:20]))
                ),
                "note",
            )
        ]
        if names
        else []
    )


def _bands(case: Case) -> list[Block]:
    rows = tuple(
        cells(case.tell(band.words), number(float(band.from_))) for band in case.instrument.rules.bands.values()
    )
    columns = (Column(case.say(_("Band")), 1.0), Column(case.say(_("From score")), 1.0, "right"))
    return [Table(columns, rows, case.say(_("Bands")))] if rows else []


def _floors(case: Case) -> list[Block]:
    fired = case.card.overall.floors
    rows = tuple(
        cells(
            case.title(floor.node),
            number(float(floor.below)),
            number(float(floor.cap)),
            case.say(FIRED if id in fired else NOT_FIRED),
            plain(case.tell(floor.why)),
        )
        for id, floor in case.instrument.rules.floors.items()
    )
    columns = (
        Column(case.say(_("Part")), 1.4),
        Column(case.say(_("Below")), 0.6, "right"),
        Column(case.say(_("Total at most")), 0.8, "right"),
        Column(case.say(_("Here")), 0.8),
        Column(case.say(_("Why")), 3.0),
    )
    return [Table(columns, rows, case.say(_("Floors: weak here, capped there")))] if rows else []
