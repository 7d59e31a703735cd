"""The scorecard: every figure of one assessment, each with what explains it."""

import math
from collections.abc import Sequence
from itertools import product
from typing import Any, Literal, NamedTuple

from nqpf_assess.engine.arithmetic import (
    FLOOR,
    MEANS,
    NOTHING,
    Column,
    Mean,
    Rolled,
    below,
    entering,
    figure,
    floored,
    leaving,
    path_shares,
    plain,
)
from nqpf_assess.engine.gaps import Gaps, gaps_of, measures_of, one_level_up, to_target
from nqpf_assess.engine.instrument import Instrument, identities
from nqpf_assess.engine.phrasing import with_answers
from nqpf_assess.engine.rubric import ledger, normalised
from nqpf_assess.engine.scoring import (
    Assessed,
    assess,
    band_of,
    baseline,
    confidence_ends,
    ends,
    evidence_leaves,
    totals_of,
)
from nqpf_assess.engine.states import View, holds, unknown
from nqpf_assess.kinds import kind_of
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.base import summed
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import Balance, FiredCheck, NodeLevel, NodeScore, Overall, Scorecard, Stays, Variant


class Robustness(NamedTuple):
    """The overall's exact range over the box of weights, after the floors; and which pillars stay among the weakest."""

    low: float | None
    high: float | None
    weakest: tuple[Stays | None, ...]


def score(instrument: Instrument, answers: Answers) -> Scorecard:
    """Score one assessment in full. The files must be free of errors."""
    return scorecard_of(assess(instrument, answers))


def scorecard_of(assessed: Assessed) -> Scorecard:
    """Compute everything that follows from one scored assessment."""
    instrument, rules, scores = assessed.instrument, assessed.figures.rules, assessed.figures.scores
    gaps, robust = gaps_of(assessed), robustness_of(assessed)
    questionnaire, weights, answers = identities(instrument, assessed.answers)
    return Scorecard(
        questionnaire=questionnaire,
        weights=weights,
        answers_digest=answers,
        overall=overall_of(assessed, gaps, robust),
        balance=balance_of(assessed),
        nodes=nodes_of(assessed, gaps, robust),
        ledger=ledger(instrument, assessed.rubric),
        checks=fired_checks(assessed),
        countermeasures=measures_of(assessed),
        variants=variants_of(assessed),
        at_geometric_floor=tuple(
            id
            for kind, ids, columns in zip(rules.means, instrument.levels, scores.levels, strict=True)
            if kind == "geometric"
            for id, column in zip(ids, columns, strict=True)
            if column.has and below(column.value, FLOOR)
        ),
    )


def overall_of(assessed: Assessed, gaps: Gaps, robust: Robustness) -> Overall:
    """Return the overall with its ranges, its target, and what it would be under other rules."""
    figures = assessed.figures
    low, high = ends(figures)
    confidence_low, confidence_high = confidence_ends(assessed)
    supported = evidence_leaves(assessed, figures.rules.unsupported_ceiling)
    backed = totals_of(assessed.instrument, supported, weights=assessed.rubric.weights, rules=figures.rules)
    target, uncapped, total = gaps.targets.overall, figure(figures.scores.overall), figure(figures.total)
    return Overall(
        score=total,
        uncapped=uncapped,
        low=figure(low),
        high=figure(high),
        confidence_low=figure(confidence_low),
        confidence_high=figure(confidence_high),
        coverage=figure(figures.coverage.overall),
        band=band_of(figures.rules.bands, total),
        target=figure(target),
        gap=None if uncapped is None else float(target.value) - uncapped,
        shortfall=gaps.shortfall,
        surplus=gaps.surplus,
        baseline_score=figure(baseline(assessed).total),
        evidence_backed=figure(backed[figures.rules.means.pillars]),
        robust_low=robust.low,
        robust_high=robust.high,
        floors=figures.fired,
    )


def nodes_of(assessed: Assessed, gaps: Gaps, robust: Robustness) -> tuple[NodeScore, ...]:
    """Return the node table: every pillar, its dimensions, their questions; each level has figures of its own."""
    instrument, figures = assessed.instrument, assessed.figures
    # The share a node would carry were everything answered: only na, hidden and switched off removed.
    could_carry = path_shares(plain, instrument.tree, figures.coverage, figures.weights)
    tables = (figures.scores, figures.low, figures.high, figures.coverage, gaps.carried, could_carry)
    local, root = normalised(instrument, assessed.rubric.weights), normalised(instrument, instrument.root_weights)
    own = _own_figures(assessed, gaps, robust)
    levels: tuple[NodeLevel, ...] = ("pillar", "dimension", "question")
    rows: dict[str, NodeScore] = {}
    for level, ids, *columns in zip(levels, instrument.levels, *(table.levels for table in tables), strict=True):
        for index, id in enumerate(ids):
            score, low, high, coverage, carries, would_carry = (column[index] for column in columns)
            reached = "scored" if score.has else "no_score" if coverage.has else "not_assessed"
            target = own[id].get("target")
            rows[id] = NodeScore(
                id=id,
                level=level,
                state=assessed.view.questions[id].state if level == "question" else reached,
                score=figure(score),
                low=figure(low),
                high=figure(high),
                coverage=figure(coverage),
                weight=local[id],
                effective_weight=float(carries.value),
                applicable_weight=float(would_carry.value),
                baseline_weight=root[id],
                gap=None if not score.has or target is None else target - float(score.value),
                **own[id],
            )
    return tuple(rows[id] for id in instrument.nodes)


def _own_figures(assessed: Assessed, gaps: Gaps, robust: Robustness) -> dict[str, dict[str, Any]]:
    """Return by node its parent, and the figures that only nodes of its level have."""
    instrument, questionnaire = assessed.instrument, assessed.instrument.questionnaire
    found: dict[str, dict[str, Any]] = {}
    for index, id in enumerate(instrument.pillars):
        found[id] = {
            "parent": None,
            "target": figure(gaps.targets.pillars[index]),
            "contribution": gaps.pillar_contributions[index],
            "share": gaps.pillar_shares[index],
            "weakest_three": robust.weakest[index],
        }
    for index, (id, dimension) in enumerate(questionnaire.dimensions.items()):
        found[id] = {
            "parent": dimension.pillar,
            "target": assessed.rubric.dimension_targets[index],
            "contribution": gaps.dimension_contributions[index],
            "share": gaps.dimension_shares[index],
        }
    gains = zip(questionnaire.questions.items(), one_level_up(assessed), to_target(assessed), strict=True)
    for (id, question), up, whole in gains:
        found[id] = {
            "parent": question.dimension,
            "one_level_up": up and up.points,
            "one_level_up_after_floors": up and up.after_floors,
            "to_target": whole and whole.points,
            "to_target_after_floors": whole and whole.after_floors,
        }
    return found


def set_aside(questionnaire: Questionnaire, answers: Answers, card: Scorecard) -> tuple[str, ...]:
    """Return the questions that would count, did not whoever answered call them not applicable."""
    off = {node.id for node in card.nodes if not node.weight}
    inapplicable = {node.id for node in card.nodes if node.state == "na"}
    found = []
    for id, question in questionnaire.questions.items():
        stated = id in inapplicable and id in answers.answers and answers.answers[id].state == "na"
        line = (id, question.dimension, questionnaire.dimensions[question.dimension].pillar)
        if stated and kind_of(question).scored and off.isdisjoint(line):
            found.append(id)
    return tuple(found)


def fired_checks(assessed: Assessed) -> tuple[FiredCheck, ...]:
    """Return the contradictions between answers: found and said, never scored (formats.md, consistency checks).

    The checks whose condition holds, in file order, with the answers filled into their messages.
    """
    questionnaire, view = assessed.instrument.questionnaire, _with_dimensions(assessed)
    return tuple(
        FiredCheck(id, with_answers(check.message, questionnaire, view), subjects(check.when, "question"))
        for id, check in questionnaire.checks.items()
        if holds(check.when, view)
    )


def undecided_checks(assessed: Assessed) -> tuple[str, ...]:
    """Name the checks that find nothing because they cannot: what they hang on is not answered, or not asked here."""
    checks, view = assessed.instrument.questionnaire.checks, _with_dimensions(assessed)
    return tuple(id for id, check in checks.items() if unknown(check.when, view))


def _with_dimensions(assessed: Assessed) -> View:
    dimensions = dict(zip(assessed.instrument.dimensions, assessed.figures.scores.dimensions, strict=True))
    return View(assessed.view.facts, assessed.view.questions, dimensions)


# ---- balance of the pillars (scoring.md, section 5): a hint, never part of the score


NO_BALANCE = Balance(None, None, None)
UNBALANCED = Balance(0.0, 0.0, 0.0)


def balance_of(assessed: Assessed) -> Balance:
    """Compute coupling C, coordination D and modified coupling C' on the scored pillars."""
    scored = [
        (column.value / 100.0, weight)
        for column, weight in zip(assessed.figures.scores.pillars, assessed.figures.weights.pillars, strict=True)
        if column.has
    ]
    return coordination([u for u, _ in scored], [w for _, w in scored])


def coordination(scores: Sequence[float], weights: Sequence[float]) -> Balance:
    """Return C, D = sqrt(C·T) with T the weighted arithmetic mean, and C', from scores in [0, 1].

    Fewer than two scores, or all zero: none; one zero among others: all three are 0.
    C' = sqrt([1 − Σ|uᵢ − uⱼ| / (n(n−1)/2)] · [Π uᵢ / max u]^(1/(n−1))), the product over all but one largest, spreads
    the values that plain C crowds near 1 (Wang Shujia et al. 2021, Journal of Natural Resources 36(3)).
    """
    if len(scores) < 2 or not any(scores):
        return NO_BALANCE
    if not all(scores):
        return UNBALANCED
    n = len(scores)
    coupling = min(1.0, n * math.prod(scores) ** (1 / n) / summed(scores))
    development = summed(u * w for u, w in zip(scores, weights, strict=True)) / summed(weights)
    ordered = sorted(scores)
    apart = summed(ordered[i] - ordered[j] for i in range(n) for j in range(i)) / (n * (n - 1) / 2)
    relative = math.prod(u / ordered[-1] for u in ordered[:-1]) ** (1 / (n - 1))
    modified = math.sqrt(max(0.0, 1 - apart) * relative)
    return Balance(coupling, math.sqrt(coupling * development), modified)


GRADES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Upper bounds of the customary ten grades of D; a convention, not statistics."""


def grade(coordination: float) -> int:
    """Return the customary grade of D, 0 (extreme imbalance) to 9 (high-quality coordination)."""
    return sum(not below(coordination, bound) for bound in GRADES)


# ---- how far the result depends on the weights (scoring.md, section 6): exact ranges, no sampling


WEAKEST = 3


def robustness_of(assessed: Assessed) -> Robustness:
    """Vary every weight of every level within w(1 ± spread), renormalised among the scored siblings."""
    low, high = _extreme(assessed, "low"), _extreme(assessed, "high")
    rules = assessed.figures.rules.floor_rules
    least, most = floored(plain, low, rules)[0], floored(plain, high, rules)[0]
    scored = [index for index, column in enumerate(low.pillars) if column.has]
    weakest: list[Stays | None] = [None] * len(low.pillars)
    for index in scored:
        # A pillar stays among the weakest three where fewer than three score strictly lower, over the whole box.
        others = [other for other in scored if other != index]
        lower_at_worst = sum(bool(below(low.pillars[other].value, high.pillars[index].value)) for other in others)
        lower_at_best = sum(bool(below(high.pillars[other].value, low.pillars[index].value)) for other in others)
        if lower_at_worst < WEAKEST:
            weakest[index] = "always"
        else:
            weakest[index] = "sometimes" if lower_at_best < WEAKEST else "never"
    return Robustness(figure(least), figure(most), tuple(weakest))


def _extreme(assessed: Assessed, end: Literal["low", "high"]) -> Rolled:
    """Combine from the leaves up: groups of siblings are independent boxes, and means rise with their parts."""
    figures, tree = assessed.figures, assessed.instrument.tree
    scores, means, weights = figures.scores, figures.rules.means, figures.weights

    def group(
        kind: Mean, columns: Sequence[Column], members: Sequence[int], at: Sequence[float], gate: Column
    ) -> Column:
        if not gate.has:
            return NOTHING
        parts = [(columns[m], at[m]) for m in members if columns[m].has]
        extreme = extreme_mean(kind, parts, spread=figures.rules.weight_spread, end=end)
        return extreme._replace(value=(min if end == "low" else max)(extreme.value, gate.value))

    dimensions = [
        group(means.questions, scores.questions, members, weights.questions, gate)
        for members, gate in zip(tree.questions, scores.dimensions, strict=True)
    ]
    pillars = [
        group(means.dimensions, dimensions, members, weights.dimensions, gate)
        for members, gate in zip(tree.dimensions, scores.pillars, strict=True)
    ]
    overall = group(means.pillars, pillars, range(len(pillars)), weights.pillars, scores.overall)
    return Rolled(overall, pillars, dimensions, scores.questions)


def extreme_mean(
    kind: Mean, parts: Sequence[tuple[Column, float]], *, spread: float, end: Literal["low", "high"]
) -> Column:
    """Return the exact lowest or highest mean over the box of weights w(1 ± spread).

    The extremes lie at threshold corners: after sorting, the first k parts weigh more and the rest less.
    """
    ordered = sorted(((entering(plain, kind, c.value), w) for c, w in parts), reverse=end == "high")
    mass = summed(w * (1 - spread) for _, w in ordered)
    total = summed(w * (1 - spread) * x for x, w in ordered)
    corners = [total / mass] if mass > 0 else []
    # Each step moves one more weight from its least to its most, by 2 × spread × w; one of the n + 1 corners is it.
    for x, w in ordered:
        mass, total = mass + 2 * spread * w, total + 2 * spread * w * x
        corners += [total / mass] if mass > 0 else []
    if not corners:
        return NOTHING
    return Column(leaving(plain, kind, min(corners) if end == "low" else max(corners)), 1.0)


def variants_of(assessed: Assessed) -> tuple[Variant, ...]:
    """Score the overall under each choice of mean across pillars, weights and evidence: the robustness table."""
    instrument, totals = assessed.instrument, {}
    for local, backed in product((True, False), (False, True)):
        rules = instrument.rules if local else instrument.root_rules
        leaves = evidence_leaves(assessed, rules.unsupported_ceiling) if backed else assessed.leaves
        weights = assessed.rubric.weights if local else instrument.root_weights
        totals[local, backed] = totals_of(instrument, leaves, weights=weights, rules=rules)
    return tuple(Variant(kind, *choice, figure(by_mean[kind])) for kind in MEANS for choice, by_mean in totals.items())
