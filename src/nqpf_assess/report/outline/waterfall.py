"""From the baseline score to the local one: re-scored while the local corrections are taken over, pillar by pillar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nqpf_assess.engine.instrument import Rules
from nqpf_assess.engine.rubric import local_rubric
from nqpf_assess.engine.scoring import Assessed, measure

OVERRIDES, RULES = "override", "rules"
"""Names of the steps that belong to no pillar."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step: the pillar whose corrections are taken over (or overrides, or rules), and the points it moves."""

    what: str
    points: float


def changes(assessed: Assessed) -> tuple[Change, ...]:
    """Give the steps from baseline to local score; their sum is the difference exactly. None where one is missing.

    Each step takes over the corrected weights of one pillar and all below it, in file order; then the overrides; then
    the profile's own rules and floors.
    """
    found: list[Change] = []
    before: float | None = None
    for what, weights, rules in _stages(assessed):
        figures = measure(assessed.instrument, assessed.leaves, weights=weights, rules=rules)
        after = float(figures.total.value) if figures.total.has else None
        if before is not None and after is not None and what:
            found.append(Change(what, after - before))
        before = before if after is None else after
    return tuple(found)


def _stages(assessed: Assessed) -> Iterator[tuple[str, Mapping[str, float], Rules]]:
    instrument = assessed.instrument
    local = local_rubric(instrument, assessed.view).weights
    weights, rules = dict(instrument.root_weights), instrument.root_rules
    yield "", dict(weights), rules
    for pillar in instrument.pillars:
        moved = {node: local[node] for node in _below(assessed, pillar) if local[node] != weights[node]}
        if moved:
            weights |= moved
            yield pillar, dict(weights), rules
    final = assessed.rubric.weights
    if any(final[node] != weights[node] for node in weights):
        yield OVERRIDES, final, rules
    if instrument.rules != rules:
        yield RULES, final, instrument.rules


def _below(assessed: Assessed, pillar: str) -> tuple[str, ...]:
    questionnaire = assessed.instrument.questionnaire
    dimensions = questionnaire.dimensions_of[pillar]
    return (pillar, *dimensions, *(question for d in dimensions for question in questionnaire.questions_of[d]))
