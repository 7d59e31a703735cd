"""Rubrics over the rows of a batch: every row under its own profile, weights and targets looked up by profile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from nqpf_assess.cohort.cells import Array
from nqpf_assess.cohort.reading import Rows
from nqpf_assess.engine import columns
from nqpf_assess.engine.arithmetic import Column, Figures, Weights
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.measuring import final_weight, last_stated, target_here
from nqpf_assess.engine.rubric import root_target
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Chain


@dataclass(frozen=True)
class Instruments:
    """One questionnaire with the rubrics that rows may name; the first is for rows that name none."""

    questionnaire: Questionnaire
    chains: tuple[Chain, ...]

    @cached_property
    def all(self) -> tuple[Instrument, ...]:
        """Give an instrument for each rubric."""
        return tuple(Instrument(self.questionnaire, chain) for chain in self.chains)

    @cached_property
    def first(self) -> Instrument:
        """Give the instrument of the default rubric."""
        return self.all[0]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Name the rubrics."""
        return tuple(chain[-1].id for chain in self.chains)

    @cached_property
    def rule_sets(self) -> tuple[tuple[int, ...], ...]:
        """Group the rubrics whose rules of scoring, floors and bands are alike: they are rolled up together."""
        return _alike([_ruled(instrument) for instrument in self.all])

    @cached_property
    def roots(self) -> tuple[tuple[int, ...], ...]:
        """Group the rubrics that go back to the same baseline."""
        return _alike([chain[0] for chain in self.chains])


def _ruled(instrument: Instrument) -> object:
    rules = instrument.rules
    bands = tuple((id, band.from_) for id, band in rules.bands.items())
    return (rules.means, rules.minimum_coverage, rules.overlap, rules.floor_rules, bands)


def _alike(keys: Sequence[object]) -> tuple[tuple[int, ...], ...]:
    groups: list[list[int]] = []
    for index, key in enumerate(keys):
        same = next((group for group in groups if keys[group[0]] == key), None)
        if same is None:
            groups.append([index])
        else:
            same.append(index)
    return tuple(map(tuple, groups))


@dataclass
class LocalRubrics:
    """Final weights and targets in each row. `profile`: the number of the row's rubric; `overrides`: factor by node."""

    instruments: Instruments
    rows: Rows
    profile: Array
    overrides: Mapping[str, Array]
    _fired: dict[int, Figures] = field(default_factory=dict)

    def weights(self, members: Sequence[int], here: Array | None) -> Weights:
        """Give the weights of the rows `here` (None: all), which are under the rubrics `members`."""
        instrument = self.instruments.first
        levels = (instrument.pillars, instrument.dimensions, instrument.questions)
        return Weights(*([taken(self._weight(node, members), here) for node in level] for level in levels))

    def _weight(self, node: str, members: Sequence[int]) -> Figures:
        parts = [self._profile_weight(self.instruments.all[index], node) for index in members]
        weight = self._by_profile(parts, members)
        return weight * self.overrides[node] if node in self.overrides else weight

    def _profile_weight(self, instrument: Instrument, node: str) -> Figures:
        corrections = [
            (self._applies(change.when), float(change.factor))
            for file in instrument.chain
            for change in file.adjust
            if change.node == node and change.factor is not None
        ]
        return final_weight(columns, instrument.root_weights[node], corrections)

    def targets(self, members: Sequence[int], here: Array | None) -> list[Figures]:
        """Give each dimension's target in the rows `here`."""
        found = []
        for id, dimension in self.instruments.questionnaire.dimensions.items():
            parts = [
                target_here(columns, self._stated(instrument, id), self._stated(instrument, dimension.pillar))
                for instrument in (self.instruments.all[index] for index in members)
            ]
            found.append(taken(self._by_profile(parts, members), here))
        return found

    def _stated(self, instrument: Instrument, node: str) -> Column:
        corrections = [
            (self._applies(change.when), float(change.target))
            for file in instrument.chain
            for change in file.adjust
            if change.node == node and change.target is not None
        ]
        return last_stated(columns, root_target(instrument, node), corrections)

    def _applies(self, when: AnyCondition | None) -> Figures:
        if when is None:
            return 1.0
        if id(when) not in self._fired:
            self._fired[id(when)] = 1.0 * (self.rows.truth(when) == 1.0)
        return self._fired[id(when)]

    def _by_profile(self, parts: Sequence[Figures], members: Sequence[int]) -> Figures:
        """Pick each row's figure by its profile; one that is the same under all stays a plain number."""
        if all(np.ndim(part) == 0 for part in parts):
            plain = [float(part) for part in parts]
            if len(set(plain)) == 1:
                return plain[0]
            table = np.zeros(len(self.instruments.all) + 1)
            table[list(members)] = plain
            return table[self.profile]
        found: Figures = parts[0]
        for index, part in zip(members[1:], parts[1:], strict=True):
            found = np.where(self.profile == index, part, found)
        return found


def taken(figure: Figures, here: Array | None) -> Figures:
    """Take the rows `here` of a column; None takes all, and a plain number stays one."""
    return figure if here is None or np.ndim(figure) == 0 else figure[here]
