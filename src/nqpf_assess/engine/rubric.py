"""The rubric as it applies here: final weights and targets, and the ledger of how they came about (scoring.md, 3)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nqpf_assess.engine.arithmetic import (
    FULL_TARGET,
    NOTHING,
    Column,
    blended_target,
    blended_weight,
    corrected,
    last_stated,
    plain,
)
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.phrasing import reason_here
from nqpf_assess.engine.states import View, holds, unknown
from nqpf_assess.model.answers import Override
from nqpf_assess.model.base import summed
from nqpf_assess.model.scorecard import LedgerRow, LedgerStep
from nqpf_assess.model.weights import Chain

BY_HAND = "override"


class LocalRubric(NamedTuple):
    """Final weights as stated (not normalised), targets, and the steps that led there, by node id.

    A pillar has a target where one is stated, a dimension always: its own, else its pillar's stated one, else 100;
    `dimension_targets`: those in file order.
    """

    weights: Mapping[str, float]
    targets: Mapping[str, float]
    dimension_targets: tuple[float, ...]
    steps: Mapping[str, tuple[LedgerStep, ...]]


def local_rubric(instrument: Instrument, view: View, overrides: Sequence[Override] = ()) -> LocalRubric:
    """Apply the adjustments of each profile that fire, next to the root first and in file order, then the overrides.

    Factors multiply, the last stated target of a node wins; profiles are blended by their shares before the overrides.
    """
    steps: dict[str, list[tuple[int, LedgerStep]]] = {node: [] for node in instrument.nodes}
    for place, (share, chain) in enumerate(instrument.profiles):
        for file in chain:
            for change in file.adjust:
                if change.when is None or holds(change.when, view):
                    step = LedgerStep(
                        by=file.id,
                        factor=1.0 if change.factor is None else float(change.factor),
                        target=None if change.target is None else float(change.target),
                        why=reason_here(change.why, instrument.questionnaire, view),
                        sources=change.sources,
                        share=share,
                        target_why=reason_here(change.target_why or {}, instrument.questionnaire, view),
                        profile=chain[-1].id,
                    )
                    steps[change.node].append((place, step))
    by_hand: dict[str, list[LedgerStep]] = {node: [] for node in instrument.nodes}
    for correction in overrides:
        factor = 1.0 if correction.factor is None else float(correction.factor)
        target = None if correction.target is None else float(correction.target)
        words = dict.fromkeys(instrument.questionnaire.languages, correction.why)
        by_hand[correction.node].append(LedgerStep(BY_HAND, factor, target, words, by_hand=True, profile=BY_HAND))

    weights = {}
    for node, weight in instrument.root_weights.items():
        factors = [
            (share, [(1.0, step.factor) for at, step in steps[node] if at == place])
            for place, (share, _) in enumerate(instrument.profiles)
        ]
        blended = blended_weight(plain, weight, factors)
        # By hand last, and in full: a person corrects what the blend came to, not one of its profiles.
        weights[node] = float(corrected(plain, blended, [(1.0, step.factor) for step in by_hand[node]]))
    targets = _blended_targets(instrument, steps, by_hand)
    done = {node: (*(step for _, step in steps[node]), *by_hand[node]) for node in instrument.nodes}
    return LocalRubric(weights, targets, tuple(targets[id] for id in instrument.dimensions), done)


def undecided_parts(instrument: Instrument, view: View) -> tuple[str, ...]:
    """Name the nodes that a profile may correct besides: whether its condition holds is not known."""
    files = (file for _share, chain in instrument.profiles for file in chain)
    return tuple(dict.fromkeys(change.node for file in files for change in file.adjust if unknown(change.when, view)))


def _blended_targets(
    instrument: Instrument,
    steps: Mapping[str, Sequence[tuple[int, LedgerStep]]],
    by_hand: Mapping[str, Sequence[LedgerStep]],
) -> dict[str, float]:
    """Blend the targets that the profiles state, each step with the place of its profile, then take those by hand."""
    nodes = (*instrument.pillars, *instrument.dimensions)
    own: dict[str, list[tuple[float, Column]]] = {node: [] for node in nodes}
    for place, (share, chain) in enumerate(instrument.profiles):
        for node in nodes:
            fired = [(1.0, step.target) for at, step in steps[node] if at == place and step.target is not None]
            own[node].append((share, last_stated(plain, root_target(chain, node), fired)))
    hand = {
        node: last_stated(plain, NOTHING, [(1.0, step.target) for step in by_hand[node] if step.target is not None])
        for node in nodes
    }
    targets = {}
    for id in instrument.pillars:
        if hand[id].has:
            targets[id] = float(hand[id].value)
        elif any(column.has for _, column in own[id]):
            targets[id] = float(summed(share * (c.value if c.has else FULL_TARGET) for share, c in own[id]))
    for id, dimension in instrument.questionnaire.dimensions.items():
        above = own[dimension.pillar]
        parts = [(share, mine, pillar) for (share, mine), (_, pillar) in zip(own[id], above, strict=True)]
        target = blended_target(plain, parts, by_hand=hand[id], pillar_by_hand=hand[dimension.pillar])
        targets[id] = float(target)
    return targets


def root_target(chain: Chain, node: str) -> Column:
    """Return the target that the files of a rubric state for a node before any adjustment, the last where several."""
    stated = [float(file.targets[node]) for file in chain if node in file.targets]
    return Column(stated[-1], 1.0) if stated else NOTHING


def zero_groups(instrument: Instrument, weights: Mapping[str, float]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Find the groups of siblings whose weights are all zero, as (parent id or "", members)."""
    questionnaire = instrument.questionnaire
    groups = [("", instrument.pillars), *questionnaire.dimensions_of.items(), *questionnaire.questions_of.items()]
    weighing = [(parent, tuple(m for m in members if not instrument.is_unscored(m))) for parent, members in groups]
    return tuple((parent, members) for parent, members in weighing if members and not any(weights[m] for m in members))


def normalised(instrument: Instrument, weights: Mapping[str, float]) -> dict[str, float]:
    """Normalise weights among siblings that are not switched off by them; a parent that is off does not matter."""
    questionnaire = instrument.questionnaire
    found: dict[str, float] = {}
    for members in (instrument.pillars, *questionnaire.dimensions_of.values(), *questionnaire.questions_of.values()):
        total = summed(weights[member] for member in members)
        found |= {member: weights[member] / total if total > 0 else 0.0 for member in members}
    return found


def along_paths(instrument: Instrument, local: Mapping[str, float]) -> dict[str, float]:
    """Multiply normalised weights along each node's path: its share of the overall were everything answered."""
    questionnaire = instrument.questionnaire
    found = {pillar: local[pillar] for pillar in instrument.pillars}
    for id, dimension in questionnaire.dimensions.items():
        found[id] = found[dimension.pillar] * local[id]
    for id, question in questionnaire.questions.items():
        found[id] = found[question.dimension] * local[id]
    return found


def ledger(instrument: Instrument, rubric: LocalRubric) -> tuple[LedgerRow, ...]:
    """Write down for every node what the baseline gave, each correction with its reason, and what came of it."""
    among_before, among_after = normalised(instrument, instrument.root_weights), normalised(instrument, rubric.weights)
    before, after = along_paths(instrument, among_before), along_paths(instrument, among_after)
    questionnaire, root = instrument.questionnaire, instrument.root_weights
    lowered: dict[str, bool] = {}
    raised: dict[str, bool] = {}
    parents = {id: dimension.pillar for id, dimension in questionnaire.dimensions.items()}
    parents |= {id: question.dimension for id, question in questionnaire.questions.items()}
    for node in instrument.nodes:  # parents stand before their children
        above = parents.get(node, "")
        lowered[node] = rubric.weights[node] < root[node] * (1 - 1e-12) or lowered.get(above, False)
        raised[node] = rubric.weights[node] > root[node] * (1 + 1e-12) or raised.get(above, False)
    return tuple(
        LedgerRow(
            node=node,
            baseline=instrument.root_weights[node],
            steps=rubric.steps[node],
            final=rubric.weights[node],
            share_baseline=before[node],
            share_final=after[node],
            target=rubric.targets.get(node),
            outweighed=after[node] < before[node] - 1e-12 and not lowered[node],
            relieved=after[node] > before[node] + 1e-12 and not raised[node],
            parent=parents.get(node, ""),
            among_baseline=among_before[node],
            among_final=among_after[node],
        )
        for node in instrument.nodes
    )
