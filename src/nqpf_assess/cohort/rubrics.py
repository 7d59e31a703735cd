"""Rubrics over the rows of a batch: every row under its own profile, weights and targets looked up by profile."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from nqpf_assess.cohort.cells import Array, Known
from nqpf_assess.cohort.reading import BatchView
from nqpf_assess.engine import columns
from nqpf_assess.engine.arithmetic import (
    TRUE,
    Column,
    Figures,
    LevelWeights,
    blended_target,
    blended_weight,
    last_stated,
)
from nqpf_assess.engine.instrument import Instrument, baseline_identity
from nqpf_assess.engine.rubric import root_target
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import Identity
from nqpf_assess.model.weights import BlendedProfile, Chain


@dataclass(frozen=True)
class Instruments:
    """One questionnaire with the rubrics that rows may name; the first is for rows that name none.

    `blends`: those of them that rows name, by the way they are written there (formats.md, section 3). `default`: a
    blend for rows that name none, instead of the first rubric. `cells`: what was read so far, by column.
    """

    questionnaire: Questionnaire
    chains: tuple[Chain, ...]
    blends: Mapping[str, Blend] = field(default_factory=dict)
    default: str = ""
    cells: dict[str, Known] = field(default_factory=dict, compare=False)

    @cached_property
    def all(self) -> tuple[Instrument, ...]:
        """Return an instrument for each rubric and blend."""
        known = {chain[-1].id: chain for chain in self.chains}
        plain = [Instrument(self.questionnaire, chain) for chain in self.chains]
        blended = [
            Instrument(
                self.questionnaire,
                known[blend.first],
                tuple(BlendedProfile(known[id], share) for id, share in blend.further.items()),
            )
            for blend in self.blends.values()
        ]
        return (*plain, *blended)

    def with_blends(self, names: Iterable[str]) -> "Instruments":
        """Add the blends among the names that cells hold; what is no sound blend of known profiles stays unknown."""
        roots = {chain[-1].id: chain[0] for chain in self.chains}
        found = {
            name: blend for name in (self.default, *names) if "+" in name and (blend := Blend.parse(name)) is not None
        }
        sound = {
            name: blend
            for name, blend in found.items()
            if {blend.first, *blend.further} <= set(roots) and not list(blend.faults(roots))
        }
        return replace(self, blends=sound) if sound else self

    @cached_property
    def first(self) -> Instrument:
        """Return the instrument of the first rubric: all have its questionnaire."""
        return self.all[0]

    @property
    def unnamed(self) -> int:
        """The number of the rubric or blend of rows that name none."""
        return self.ids.index(self.default) if self.default in self.ids else 0

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Name the rubrics, blends as they are written in the cells."""
        return (*(chain[-1].id for chain in self.chains), *self.blends)

    @cached_property
    def fixed_weights(self) -> tuple[Mapping[str, float], ...]:
        """Return for each rubric the final weights of the nodes that no condition moves."""
        found = []
        for instrument in self.all:
            moved = {
                change.node
                for _, chain in instrument.profiles
                for file in chain
                for change in file.adjust
                if change.factor is not None and change.when is not None
            }
            found.append(
                {
                    node: float(profile_weight(instrument, node, lambda _: 1.0))
                    for node in instrument.nodes
                    if node not in moved
                }
            )
        return tuple(found)

    @cached_property
    def alike_weights(self) -> Mapping[str, float]:
        """Return the final weights of the nodes that weigh the same under every rubric."""
        first, *others = self.fixed_weights
        return {node: weight for node, weight in first.items() if all(other.get(node) == weight for other in others)}

    @cached_property
    def rule_sets(self) -> tuple[tuple[int, ...], ...]:
        """Group the rubrics whose rules of scoring, floors and bands are alike: they are rolled up together."""
        return _alike(
            [
                (
                    *(rules.means, rules.minimum_coverage, rules.overlap, rules.floor_rules),
                    *((id, band.from_) for id, band in rules.bands.items()),
                )
                for rules in (instrument.rules for instrument in self.all)
            ]
        )

    @cached_property
    def roots(self) -> tuple[tuple[int, ...], ...]:
        """Group the rubrics that go back to the same baseline."""
        return _alike([instrument.chain[0] for instrument in self.all])

    def baselines_of(self, names: Iterable[str]) -> tuple[Identity, ...]:
        """Return the baselines that rubrics and blends go back to, named as rows name them ("": the one of such rows).

        Where there are several, baseline scores are not all by the same weights.
        """
        wanted = frozenset(names)
        known = self.with_blends(wanted)
        used = {known.ids.index(name) if name else known.unnamed for name in wanted if not name or name in known.ids}
        return tuple(baseline_identity(known.all[group[0]]) for group in known.roots if used.intersection(group))


def profile_weight(instrument: Instrument, node: str, applies: Callable[[AnyCondition | None], Figures]) -> Figures:
    """Return a node's final weight under a rubric, before corrections by hand. `applies`: where a condition holds."""
    profiles = [
        (
            share,
            [
                (applies(change.when), float(change.factor))
                for file in chain
                for change in file.adjust
                if change.node == node and change.factor is not None
            ],
        )
        for share, chain in instrument.profiles
    ]
    return blended_weight(columns, instrument.root_weights[node], profiles)


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
    rows: BatchView
    profile: Array
    overrides: Mapping[str, Array]
    _fired: dict[int, Figures] = field(default_factory=dict)

    @property
    def moves_questions(self) -> bool:
        """Whether questions weigh otherwise in some rows than in others, or than in the root rubric."""
        questions = self.instruments.first.questions
        alike = self.instruments.alike_weights.keys() >= set(questions)
        return not alike or not self.overrides.keys().isdisjoint(questions)

    def weights(self, members: Sequence[int], here: Array | None) -> LevelWeights:
        """Return the weights of the rows `here` (None: all), which are under the rubrics `members`."""
        alike, fixed, every = self.instruments.alike_weights, self.instruments.fixed_weights, self.instruments.all

        def weight_of(node: str) -> Figures:
            weight: Figures = alike.get(node)
            if weight is None:
                parts = [
                    fixed[index][node] if node in fixed[index] else profile_weight(every[index], node, self._applies)
                    for index in members
                ]
                weight = self._by_profile(parts, members)
            return weight * self.overrides[node] if node in self.overrides else weight

        instrument = self.instruments.first
        levels = (instrument.pillars, instrument.dimensions, instrument.questions)
        return LevelWeights(*([taken(weight_of(node), here) for node in level] for level in levels))

    def targets(self, members: Sequence[int], here: Array | None) -> list[Figures]:
        """Return each dimension's target in the rows `here`."""
        found = []
        for id, dimension in self.instruments.questionnaire.dimensions.items():
            parts = [
                blended_target(
                    columns,
                    [
                        (share, self._stated(chain, id), self._stated(chain, dimension.pillar))
                        for share, chain in self.instruments.all[index].profiles
                    ],
                )
                for index in members
            ]
            found.append(taken(self._by_profile(parts, members), here))
        return found

    def _stated(self, chain: Chain, node: str) -> Column:
        corrections = [
            (self._applies(change.when), float(change.target))
            for file in chain
            for change in file.adjust
            if change.node == node and change.target is not None
        ]
        return last_stated(columns, root_target(chain, node), corrections)

    def _applies(self, when: AnyCondition | None) -> Figures:
        if when is None:
            return 1.0
        if id(when) not in self._fired:
            self._fired[id(when)] = self.rows.truth(when) == TRUE
        return self._fired[id(when)]

    def _by_profile(self, parts: Sequence[Figures], members: Sequence[int]) -> Figures:
        """Pick each row's figure by its profile; one that is the same under all stays a plain number."""
        plain = [0.0 if isinstance(part, np.ndarray) else float(part) for part in parts]
        columns_of = [index for index, part in zip(members, parts, strict=True) if isinstance(part, np.ndarray)]
        if not columns_of and len(set(plain)) == 1:
            return plain[0]
        table = np.zeros(len(self.instruments.all) + 1)
        table[list(members)] = plain
        found: Array = table[self.profile]
        for index in columns_of:
            found = np.where(self.profile == index, parts[members.index(index)], found)
        return found


def taken(figure: Figures, here: Array | None) -> Figures:
    """Take the rows `here` of a column; None takes all, and a plain number stays one."""
    return figure[here] if here is not None and isinstance(figure, np.ndarray) else figure
