"""What a rubric does to assessments: how band, rank and first measures move, which weights matter, what never fires."""

from collections.abc import Mapping
from dataclasses import dataclass

from nqpf_assess.engine.arithmetic import TOLERANCE, figure
from nqpf_assess.engine.gaps import measures_of
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scoring import Assessed, assess, band_of, measure
from nqpf_assess.engine.states import holds
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.base import summed
from nqpf_assess.model.weights import Adjustment

FIRST = 3
"""How many measures count as the first ones."""

Samples = Mapping[str, Answers]
"""Assessments by the name under which they are shown."""


@dataclass(frozen=True, slots=True)
class SampleStanding:
    """Where an assessment stands under a rubric: overall score, band, rank among the samples, first measures."""

    score: float | None
    band: str | None
    rank: int | None
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleEffect:
    """One sample under the rubric it is compared with, and under the one that is looked at."""

    name: str
    before: SampleStanding
    after: SampleStanding

    @property
    def band(self) -> bool:
        """Whether the band changes."""
        return self.before.band != self.after.band

    @property
    def rank(self) -> bool:
        """Whether the rank changes."""
        return self.before.rank != self.after.rank

    @property
    def first(self) -> bool:
        """Whether another measure comes first."""
        return self.before.first[:1] != self.after.first[:1]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How far the overall moves at most, and on average, when one weight alone moves by ± a share. Points."""

    node: str
    most: float
    mean: float


def effects(before: Instrument, after: Instrument, samples: Samples) -> tuple[SampleEffect, ...]:
    """Score every sample under both rubrics; its own corrections of weights apply under both."""
    standings: dict[str, list[SampleStanding]] = {name: [] for name in samples}
    for instrument in (before, after):
        assessed = {name: assess(instrument, answers) for name, answers in samples.items()}
        scores = {name: figure(found.figures.total) for name, found in assessed.items()}
        for name, found in assessed.items():
            score = scores[name]
            higher = [o for o in scores.values() if o is not None and score is not None and o > score + TOLERANCE]
            standing = SampleStanding(
                score=score,
                band=band_of(instrument.rules.bands, score),
                rank=None if score is None else 1 + len(higher),  # competition rank
                first=first_measures(found),
            )
            standings[name].append(standing)
    return tuple(SampleEffect(name, *standings[name]) for name in samples)


def first_measures(assessed: Assessed) -> tuple[str, ...]:
    """Name the measures to look at first, in the order in which the score lists them."""
    found = [row for row in measures_of(assessed) if max(row.priority or 0.0, row.gain_after_floors or 0.0) > TOLERANCE]
    return tuple(row.id for row in sorted(found, key=lambda row: row.precedence)[:FIRST])


def sensitivities(instrument: Instrument, samples: Samples, spread: float | None = None) -> tuple[Sensitivity, ...]:
    """Move the weight of every pillar and dimension alone by ± `spread` (else the rubric's), the largest first."""
    share = instrument.rules.weight_spread if spread is None else spread
    assessed = [assess(instrument, answers) for answers in samples.values()]
    scored = [found for found in assessed if found.figures.total.has]
    rows = []
    for node in (*instrument.pillars, *instrument.dimensions):
        moves = []
        for found in scored:
            most = 0.0
            for factor in (1 - share, 1 + share):
                weights = {**found.rubric.weights, node: found.rubric.weights[node] * factor}
                figures = measure(instrument, found.leaves, weights=weights, rules=instrument.rules)
                moved = float(figures.total.value - found.figures.total.value) if figures.total.has else 0.0
                most = max(most, abs(moved))
            moves.append(most)
        rows.append(Sensitivity(node, max(moves, default=0.0), summed(moves) / len(moves) if moves else 0.0))
    return tuple(sorted(rows, key=lambda row: -round(row.most, 9)))


def silent(instrument: Instrument, samples: Samples) -> tuple[tuple[str, int, Adjustment], ...]:
    """Return the adjustments that fire on none of the samples: the id of their file, their place in it, themselves."""
    views = [assess(instrument, answers).view for answers in samples.values()]
    return tuple(
        (file.id, index, change)
        for file in {file.id: file for _, chain in instrument.profiles for file in chain}.values()
        for index, change in enumerate(file.adjust)
        if change.when is not None and not any(holds(change.when, view) for view in views)
    )
