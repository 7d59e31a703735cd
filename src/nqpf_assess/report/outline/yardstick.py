"""Why this yardstick: which profile and why, which weights it moved and what for, what that did to the score."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nqpf_assess.engine.arithmetic import figure
from nqpf_assess.engine.gaps import gaps_of
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import moved
from nqpf_assess.engine.scoring import assess
from nqpf_assess.locale import _
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.scorecard import LedgerRow, LedgerStep
from nqpf_assess.report.blocks import Block, Paragraph, WeightMap, WeightMove, runs
from nqpf_assess.report.ledger_words import handed_down, undecided_words
from nqpf_assess.report.outline.case import Case, plain, typed
from nqpf_assess.report.outline.findings import fit_told
from nqpf_assess.report.outline.front import profile_name
from nqpf_assess.report.outline.local import BARE
from nqpf_assess.report.outline.phrases import drawn_of, points, quoted, raised
from nqpf_assess.report.wording import difference, number, percent, rounded

MOST_UP, MOST_DOWN, MOST_MOVES = 3, 2, 12
SMALLEST = 0.005
"""Share of the overall from which a moved weight is worth a sentence."""

BY_BASELINE = _("Measured by the general weights, which make no assumption about {conditions}.")
USUAL = _("By the facts the usual choice is: {profile}.")
MEASURED = _("{Place} is measured as: {profile}.")
BLENDED = _("{Place} is two things at once and is measured by a blend: {profile}.")
BLENDED_OF_THREE = _("{Place} is three things at once and is measured by a blend: {profile}.")
FITS = _("That fits the facts: {facts}.")
UNUSUAL = _("By the facts {profiles} would not usually be chosen ({facts}).")
UNKNOWN = _("Whether it fits cannot be said yet, because what decides it is open.")
RAISED_TO = _("{why}, so the weight of {name} rises from {before} to {after}.")
LOWERED_TO = _("{why}, so the weight of {name} falls from {before} to {after}.")
OWN_WEIGHT = _("By hand the weight of {name} was multiplied by {factor}, because “{why}”.")
OWN_BOTH = _("By hand the weight of {name} was multiplied by {factor} and its target set at {target}, because “{why}”.")
OWN_OFF = _("By hand {name} was left out of the score, because “{why}”.")
OWN_TARGET = _("By hand the target of {name} was set at {target}, because “{why}”.")
OWN_IDLE = _("At present this changes nothing, since {name} is not assessed here.")
CONTAINED = _("The weights above already contain what was decided by hand.")
A_QUESTION = _("one question of {dimension}")
EFFECT = _("Under the general rubric alone the same answers give {baseline}; here they give {change}.")
ADD, TAKE = _("{points} more"), _("{points} less")
SAME = _("Under the general rubric alone the same answers give {baseline}, just as much.")
ITS_TARGET = _("The target of the general rubric is {target}.")
MOST_FACTS = 4

CAPTION = _("Weights that were moved, as shares of the whole score")
GENERAL, LOCAL = _("general weight"), _("weight here")
ALT = _("Weights moved, from the general to the local share: {items}.")


def yardstick_blocks(case: Case) -> Iterator[Block]:
    """Yield the part without its heading."""
    overall, ledger = case.card.overall, moved(case.card.ledger)
    effect, change = "", difference(overall.baseline_score, overall.score) or 0.0
    root = Instrument(case.questionnaire, case.instrument.chain[:1])
    by_root = assess(root, case.answers.model_copy(update={"override": ()}))
    target = number(figure(gaps_of(by_root).targets.overall))
    aimed = case.say(ITS_TARGET, target=target) if target != number(overall.target) else ""
    # A profile may have floors or targets of its own alone.
    if (ledger or change or aimed) and overall.score is not None and overall.baseline_score is not None:
        words = SAME if number(change) in ("0.0", "−0.0") else EFFECT
        moved_by = case.say(ADD if change > 0 else TAKE, points=points(case, abs(change)))
        told = case.say(words, baseline=number(overall.baseline_score), change=moved_by)
        effect = case.grammar.paragraph([told, aimed])
    undecided = undecided_words(case.instrument, case.assessed.view, case.language)
    yield Paragraph(runs(case.grammar.paragraph([_profile(case), *_reasons(case), undecided, effect])))
    rows = [row for row in case.card.ledger if row.node in case.questionnaire.pillars]
    if not ledger or not any(abs(_moves(row)) >= SMALLEST for row in rows):
        return
    moves = tuple(
        WeightMove(
            case.short(row.node),
            row.share_baseline,
            row.share_final,
            f"{percent(row.share_baseline, 1)} → {percent(row.share_final, 1)}",
        )
        for row in sorted(rows, key=lambda row: -_moves(row))[:MOST_MOVES]
    )
    items = case.series(f"{move.label} {move.value}" for move in moves)
    caption = case.say(CAPTION) + drawn_of(case, MOST_MOVES, len(rows))
    yield WeightMap(moves, case.say(GENERAL), case.say(LOCAL), caption, case.say(ALT, items=items))


def _profile(case: Case) -> str:
    rows = case.instrument.profiles
    if case.by_baseline:
        fitting = [case.tell(found.profile.name) for found in case.suggestions if found.fit == "fits"]
        return case.grammar.paragraph([case.say(BY_BASELINE), *(case.say(USUAL, profile=name) for name in fitting[:1])])
    words = BLENDED_OF_THREE if len(rows) > 2 else BLENDED if len(rows) > 1 else MEASURED
    said = case.say(words, profile=profile_name(case))
    fit, facts, whose = fit_told(case)
    if fit == "unknown":
        return case.grammar.paragraph([said, case.say(UNKNOWN)])
    listed = case.series(map(case.in_sentence, facts[:MOST_FACTS]))
    told = UNUSUAL if fit == "differs" else FITS
    why = case.say(told if facts else BARE[fit], profiles=whose, facts=listed) if facts or fit in BARE else ""
    return case.grammar.paragraph([said, why])


def _reasons(case: Case) -> list[str]:
    """Say the largest moves of what is assessed: a reason stands only beside a figure that it argues for."""
    assessed = [row for row in moved(case.card.ledger) if case.nodes[row.node].state != "not_assessed"]
    rows = [row for row in assessed if abs(_moves(row)) >= SMALLEST]
    # Of a reason that names facts alone nothing is left where they are not answered.
    argued = [(row, step) for row in rows for step in row.arguing if case.tell(step.why)]
    own = [(row, step) for row in moved(case.card.ledger) for step in row.steps if step.by_hand]
    others = [(row, step) for row, step in argued if not step.by_hand]
    up = sorted((one for one in others if _moves(one[0]) > 0), key=lambda one: -_moves(one[0]))
    down = sorted((one for one in others if _moves(one[0]) < 0), key=lambda one: _moves(one[0]))
    said: list[str] = []
    for row, step in (*_distinct(up, MOST_UP), *_distinct(down, MOST_DOWN)):
        said.append(
            case.say(
                RAISED_TO if _moves(row) > 0 else LOWERED_TO,
                why=raised(plain(typed(case.tell(step.why)))),
                name=part_named(case, row.node),
                before=percent(row.share_baseline, 1),
                after=percent(row.share_final, 1),
            )
        )
    for row, step in own:  # corrections by hand are never left out
        name, why = part_named(case, row.node), quoted(plain(typed(case.tell(step.why))))
        if not step.factor:
            words = OWN_OFF
        elif step.target is None:
            words = OWN_WEIGHT
        else:
            words = OWN_TARGET if step.factor == 1.0 else OWN_BOTH
        rounds = float(rounded(step.factor, 2)) != step.factor
        factor = plain_number(Decimal(repr(step.factor))) if rounds else number(step.factor, 2)  # as it was decided
        said.append(case.say(words, name=name, factor=factor, target=number(step.target), why=why))
        if step.factor and not case.nodes[row.node].applicable_weight:
            said.append(case.say(OWN_IDLE, name=name))
        elif step.target is not None:
            told = handed_down(row, case.nodes[row.node].target, case.questionnaire, case.language)
            said += [told] if told else []
    if up or down:  # a profile's reason stands beside a weight that a correction, of it or of another part, moved too
        counted = (step for row, step in own if not step.factor or case.nodes[row.node].applicable_weight)
        said += [case.say(CONTAINED)] if any(step.factor != 1.0 for step in counted) else []
    return said


def part_named(case: Case, node: str) -> str:
    """Name a part inside a sentence; a question by its dimension, since it is quoted in the annex alone."""
    question = case.questionnaire.questions.get(node)
    if question is None:
        return case.in_sentence(case.title(node))
    return case.say(A_QUESTION, dimension=case.in_sentence(case.title(question.dimension)))


def _moves(row: LedgerRow) -> float:
    return row.share_final - row.share_baseline


def _distinct(found: Sequence[tuple[LedgerRow, LedgerStep]], most: int) -> list[tuple[LedgerRow, LedgerStep]]:
    """Keep one reason of each part."""
    by_node: dict[str, tuple[LedgerRow, LedgerStep]] = {}
    for row, step in found:
        by_node.setdefault(row.node, (row, step))
    return list(by_node.values())[:most]
