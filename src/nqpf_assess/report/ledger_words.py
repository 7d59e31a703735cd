"""Which reason stands beside a weight that local conditions moved, and what is said where none argues for the move."""

from collections.abc import Iterable

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import undecided_parts
from nqpf_assess.engine.states import View
from nqpf_assess.locale import _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.model.scorecard import LedgerRow, LedgerStep
from nqpf_assess.report.wording import number, percent, percent_apart

OUTWEIGHED = _("The weight falls only because others rise.")
RELIEVED = _("The weight rises only because others fall.")
LOWERED_ABOVE = _("The weight falls because “{parent}” as a whole weighs less here.")
RAISED_ABOVE = _("The weight rises because “{parent}” as a whole weighs more here.")
HANDED_DOWN = _("Dimensions with a target of their own keep it, so that of “{pillar}” comes to {target}.")
WEIGHT, TARGET = _("weight {before} → {after}"), _("target {target}")
TIMES = _("weight × {factor}")
CORRECTED = _("corrected by hand: {corrections}")
RISES_WITHIN = _(
    "Within “{parent}” its share rises from {before} to {after}, but “{parent}” as a whole weighs less here."
)
FALLS_WITHIN = _(
    "Within “{parent}” its share falls from {before} to {after}, but “{parent}” as a whole weighs more here."
)
UNDECIDED = _(
    "Under certain conditions the rubric moves the weight or target of {parts}; whether they hold is not answered, so "
    "this move is left out here."
)


def undecided_words(instrument: Instrument, view: View, language: str, *, node: str = "") -> str:
    """Name the parts of which it is not known whether a profile corrects them besides; "" where all is known.

    `node`: the one that is asked about, if one is.
    """
    marks, questionnaire = grammar(language), instrument.questionnaire
    found = [id for id in undecided_parts(instrument, view) if node in ("", id)]
    parts = [marks.quoted(tell(title_of(questionnaire, id), language)) for id in found]
    return tell(UNDECIDED, language, parts=marks.enumerated(parts)) if parts else ""


def step_words(step: LedgerStep, language: str) -> str:
    """Write what one correction does: its factor, to the power of its profile's share of a blend, and its target."""
    factor = f"{step.factor:g}" if step.share == 1 else f"{step.factor:g}^{step.share:g}"
    does = [tell(TIMES, language, factor=factor)] if step.factor != 1 or step.target is None else []
    does += [tell(TARGET, language, target=number(step.target))] if step.target is not None else []
    return grammar(language).join(does)


def corrected_words(rows: Iterable[LedgerRow], questionnaire: Questionnaire, language: str) -> str:
    """Name what is corrected by hand, each with its factor or target; "" where nothing is."""
    marks = grammar(language)
    corrections = [
        tell(title_of(questionnaire, row.node), language) + marks.bracketed(step_words(row.by_hand, language))
        for row in rows
        if row.by_hand is not None
    ]
    return tell(CORRECTED, language, corrections=marks.list(corrections)) if corrections else ""


def handed_down(row: LedgerRow, target: float | None, questionnaire: Questionnaire, language: str) -> str:
    """Say to what a target stated for a pillar comes where dimensions keep their own; "" where it stands, or none is.

    `target`: the pillar's, as it is printed: those of its dimensions by their weights (scoring.md, section 4).
    """
    stated = row.node in questionnaire.pillars and any(step.target is not None for step in row.steps)
    if not stated or target is None or number(target) == number(row.target):
        return ""
    return tell(HANDED_DOWN, language, pillar=title_of(questionnaire, row.node), target=number(target))


def moved_because(row: LedgerRow, questionnaire: Questionnaire, language: str) -> str:
    """Say why a share of the whole moved: the reason that argues for it, else what moved it; "" where nothing did."""
    if row.argued is not None:
        return tell(row.argued.why, language)
    return drift_words(row, questionnaire, language)


def drift_words(row: LedgerRow, questionnaire: Questionnaire, language: str) -> str:
    """Say what moves a share against every reason, or without one; "" where a reason argues for the move."""
    if row.argued is not None or number(100 * row.share_final) == number(100 * row.share_baseline):
        return ""
    if row.crossed:
        return tell(
            RISES_WITHIN if row.among_final > row.among_baseline else FALLS_WITHIN,
            language,
            parent=title_of(questionnaire, row.parent),
            before=percent_apart(row.among_baseline, row.among_final, decimals=1),
            after=percent_apart(row.among_final, row.among_baseline, decimals=1),
        )
    rises = row.share_final > row.share_baseline
    if row.carried_along:
        parent = title_of(questionnaire, row.parent)
        return tell(RAISED_ABOVE if rises else LOWERED_ABOVE, language, parent=parent)
    return tell(RELIEVED if rises else OUTWEIGHED, language)


def move_words(row: LedgerRow, questionnaire: Questionnaire, language: str) -> str:
    """Write what happens to one node: its share of the whole and its target, each with what argues for it."""
    marks = grammar(language)
    aiming = row.aiming if row.target is not None else []
    shares = percent(row.share_baseline, 1), percent(row.share_final, 1)
    weight = tell(WEIGHT, language, before=shares[0], after=shares[1])
    arguing = row.arguing or row.weighing
    # What was decided by hand is told also where the rest outweighs it.
    for_weight = dict.fromkeys(
        tell(step.why, language) for step in row.steps if step in arguing or (step.by_hand and step.factor != 1)
    )
    for_target = dict.fromkeys(tell(step.target_why or step.why, language) for step in aiming)
    target = tell(TARGET, language, target=number(row.target)) if aiming else ""
    drift = drift_words(row, questionnaire, language)
    said = [words for words in (drift, *for_weight) if words]
    more = [words for words in for_target if words and words not in said]
    if not said and shares[0] == shares[1]:
        head, said = [target or weight], more
    elif not more or any(words in said for words in for_target):  # what argues for both is not said twice
        head, said = [part for part in (weight, target) if part], [*said, *more]
    else:
        head, said = [weight], [*said, target[:1].upper() + target[1:] + marks.colon + marks.paragraph(more)]
    name = tell(title_of(questionnaire, row.node), language)
    return marks.paragraph([f"{name}{marks.colon}{marks.sentence(marks.join(head))}", *map(marks.sentence, said)])
