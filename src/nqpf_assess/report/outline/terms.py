"""Annex: the words of this report, one word a thing."""

from collections.abc import Sequence

from nqpf_assess.locale import Text, _
from nqpf_assess.report.blocks import Block, Column, Run, Table, runs
from nqpf_assess.report.outline.case import Case

TITLE = _("Glossary")

TERMS: Sequence[tuple[Text, Text]] = (
    (
        _("New quality productive forces"),
        _("Productive forces of higher efficiency that rest on scientific and technological innovation."),
    ),
    (
        _("Pillar, dimension, question"),
        _(
            "The three levels of the questionnaire: questions make up a dimension, dimensions a pillar, pillars "
            "the total."
        ),
    ),
    (
        _("Score, target, gap"),
        _(
            "A score runs from 0 to 100. The target is the score that is sensible here within three to five "
            "years. The gap is target minus score."
        ),
    ),
    (
        _("Band"),
        _("A named stretch of the scale."),
    ),
    (
        _("Share of the shortfall (obstacle degree)"),
        _("A dimension's part of the weighted shortfall of all dimensions below their targets."),
    ),
    (
        _("One level up"),
        _("What the overall score gains if a single answer rises one step."),
    ),
    (
        _("Coverage"),
        _("The share of the weight that applies here which is answered."),
    ),
    (
        _("Possible range"),
        _("The lowest and highest score that the open answers still allow."),
    ),
    (
        _("Score backed by evidence"),
        _("The score with high answers that name no evidence held at a ceiling."),
    ),
    (
        _("Baseline, profile"),
        _(
            "The baseline holds weights and targets for any subject; a profile says how a kind of place or firm "
            "differs, and why."
        ),
    ),
    (
        _("Ledger"),
        _("The list of every weight and target moved, with each correction and its reason."),
    ),
    (
        _("Floor"),
        _("A rule that caps the total where one part is weak, whatever the other scores."),
    ),
    (
        _("Coordination"),
        _("A figure from 0 to 1 for how high and how even the pillars are; a hint, no score."),
    ),
    (
        _("Lift, gain, effort"),
        _(
            "Points a measure can add to a dimension; what that adds to the total; money, staff and coordination "
            "on a scale of 1 to 5."
        ),
    ),
)


def term_blocks(case: Case) -> Sequence[Block]:
    """Give the annex without its heading."""
    rows = tuple((runs(Run(case.say(name), bold=True)), runs(case.say(meaning))) for name, meaning in TERMS)
    return [Table((Column(case.say(_("Term")), 1.0), Column(case.say(_("Meaning")), 2.6)), rows)]
