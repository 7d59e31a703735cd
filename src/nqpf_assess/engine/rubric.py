"""The rubric as it applies here: final weights and targets, and the ledger of how they came about (scoring.md, 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nqpf_assess.engine import plain
from nqpf_assess.engine.arithmetic import NOTHING, Column, Weights
from nqpf_assess.engine.conditions import View, holds
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.measuring import FULL_TARGET, final_weight, last_stated, target_here
from nqpf_assess.model.answers import Override
from nqpf_assess.model.scorecard import LedgerRow, LedgerStep

__all__ = [
    "FULL_TARGET",
    "LocalRubric",
    "along_paths",
    "dimension_targets",
    "ledger",
    "level_weights",
    "local_rubric",
    "normalised",
    "root_target",
    "zero_groups",
]


@dataclass(frozen=True, slots=True)
class LocalRubric:
    """Final weights as stated (not normalised), targets as stated, and the steps that led there, by node id."""

    weights: Mapping[str, float]
    targets: Mapping[str, float]
    steps: Mapping[str, tuple[LedgerStep, ...]]


def local_rubric(instrument: Instrument, view: View, overrides: Sequence[Override] = ()) -> LocalRubric:
    """Apply the adjustments that fire, next to the root first and in file order, then the overrides.

    Factors multiply; the last stated target of a node wins.
    """
    steps: dict[str, list[LedgerStep]] = {node: [] for node in instrument.nodes}
    for node, step in (*_adjustments(instrument, view), *_overrides(instrument, overrides)):
        steps[node].append(step)
    return LocalRubric(
        weights={node: _final(weight, steps[node]) for node, weight in instrument.root_weights.items()},
        targets=_targets(instrument, steps),
        steps={node: tuple(done) for node, done in steps.items()},
    )


def _adjustments(instrument: Instrument, view: View) -> list[tuple[str, LedgerStep]]:
    return [
        (change.node, LedgerStep(file.id, _or(change.factor, 1.0), _or(change.target), change.why, change.sources))
        for file in instrument.chain
        for change in file.adjust
        if change.when is None or holds(change.when, view)
    ]


def _overrides(instrument: Instrument, overrides: Sequence[Override]) -> list[tuple[str, LedgerStep]]:
    languages = instrument.questionnaire.languages
    return [
        (
            change.node,
            LedgerStep("override", _or(change.factor, 1.0), _or(change.target), dict.fromkeys(languages, change.why)),
        )
        for change in overrides
    ]


def _or(number: object, default: float | None = None) -> float:
    return default if number is None else float(number)  # type: ignore[arg-type, return-value]


def _final(weight: float, steps: Sequence[LedgerStep]) -> float:
    return float(final_weight(plain, weight, [(1.0, step.factor) for step in steps]))


def _targets(instrument: Instrument, steps: Mapping[str, Sequence[LedgerStep]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for node, done in steps.items():
        corrections = [(1.0, step.target) for step in done if step.target is not None]
        target = last_stated(plain, root_target(instrument, node), corrections)
        if target.has:
            found[node] = float(target.value)
    return found


def root_target(instrument: Instrument, node: str) -> Column:
    """Give the target that the files of a rubric state for a node before any adjustment, the last one where several."""
    stated = [float(file.targets[node]) for file in instrument.chain if node in file.targets]
    return Column(stated[-1], 1.0) if stated else NOTHING


def dimension_targets(instrument: Instrument, rubric: LocalRubric) -> tuple[float, ...]:
    """Give each dimension's target: its own, else its pillar's stated one, else 100."""

    def stated(node: str) -> Column:
        return Column(rubric.targets[node], 1.0) if node in rubric.targets else NOTHING

    return tuple(
        float(target_here(plain, stated(id), stated(dimension.pillar)))
        for id, dimension in instrument.questionnaire.dimensions.items()
    )


def zero_groups(instrument: Instrument, weights: Mapping[str, float]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Find the groups of siblings whose weights are all zero, as (parent id or "", members)."""
    questionnaire = instrument.questionnaire
    groups = [("", instrument.pillars), *questionnaire.dimensions_of.items(), *questionnaire.questions_of.items()]
    weighing = [(parent, tuple(m for m in members if not instrument.is_text(m))) for parent, members in groups]
    return tuple((parent, members) for parent, members in weighing if members and not any(weights[m] for m in members))


def normalised(instrument: Instrument, weights: Mapping[str, float]) -> dict[str, float]:
    """Normalise weights among siblings that are not switched off by them; a parent that is off does not matter."""
    questionnaire = instrument.questionnaire
    found: dict[str, float] = {}
    for members in (instrument.pillars, *questionnaire.dimensions_of.values(), *questionnaire.questions_of.values()):
        total = sum(weights[member] for member in members)
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
    before = along_paths(instrument, normalised(instrument, instrument.root_weights))
    after = along_paths(instrument, normalised(instrument, rubric.weights))
    targets: dict[str, float] = dict(zip(instrument.dimensions, dimension_targets(instrument, rubric), strict=True))
    targets |= {pillar: rubric.targets[pillar] for pillar in instrument.pillars if pillar in rubric.targets}
    return tuple(
        LedgerRow(
            node=node,
            baseline=instrument.root_weights[node],
            steps=rubric.steps[node],
            final=rubric.weights[node],
            share_baseline=before[node],
            share_final=after[node],
            target=targets.get(node),
        )
        for node in instrument.nodes
    )


def level_weights(instrument: Instrument, rubric: LocalRubric) -> Weights:
    """Arrange the final weights into the levels of the tree."""
    return instrument.weights_by_level(rubric.weights)
