"""An instrument: a questionnaire with a rubric. What depends on these two alone is worked out here, once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

from nqpf_assess.engine.arithmetic import FloorRule, LevelWeights, Means, Tree
from nqpf_assess.engine.graph import in_dependency_order
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Here
from nqpf_assess.kinds.scale import Scales
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Answers, Reference, RubricReference
from nqpf_assess.model.base import canonical, plain_number
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.frozen import Frozen
from nqpf_assess.model.questionnaire import (
    AnyQuestion,
    Questionnaire,
)
from nqpf_assess.model.scorecard import Identity, RubricIdentity
from nqpf_assess.model.weights import Band, BlendedProfile, Chain, Floor
from nqpf_assess.model.weights import Weights as WeightsFile

WITH = _("{first} with {share} of {second}")
AND = _("{first} and {share} of {second}")


class Rules(NamedTuple):
    """The rules of one rubric with every default in place (formats.md, `[scoring]`)."""

    means: Means
    minimum_coverage: float
    confidence_spread: Mapping[str, float]
    unsupported_ceiling: float
    weight_spread: float
    overlap: float
    floors: Mapping[str, Floor]
    floor_rules: tuple[FloorRule, ...]
    bands: Mapping[str, Band]


@dataclass(frozen=True)
class Instrument:
    """A questionnaire, and a rubric with all it is based on (the root first).

    `further`: profiles of the same root that are blended into it, with their shares (scoring.md, section 3).
    """

    questionnaire: Questionnaire
    chain: Chain
    further: tuple[BlendedProfile, ...] = ()

    @property
    def profile(self) -> WeightsFile:
        """The rubric that was chosen: the last of the chain."""
        return self.chain[-1]

    @property
    def name(self) -> Text:
        """The name of the rubric, of a blend that of all its profiles: the one name of it wherever it is shown."""
        words: Text = self.profile.name
        for place, part in enumerate(sorted(self.further, key=lambda part: part.id)):
            percent = f"{plain_number(part.share * 100)}%"
            words = fill(WITH if not place else AND, first=words, share=percent, second=part.chain[-1].name)
        return words

    @property
    def shares(self) -> Mapping[str, Decimal]:
        """The shares of the further profiles by their ids, as answers state them; empty for a profile alone."""
        return {part.id: part.share for part in self.further}

    @cached_property
    def profiles(self) -> tuple[tuple[float, Chain], ...]:
        """Shares and chains of all profiles: the first carries the rest, the others follow in the order of their ids.

        So the order in which a file names them never matters, not even to the last digit.
        """
        rest = 1 - sum((part.share for part in self.further), start=Decimal(0))
        others = sorted(self.further, key=lambda part: part.id)
        return ((float(rest), self.chain), *((float(part.share), part.chain) for part in others))

    @cached_property
    def pillars(self) -> tuple[str, ...]:
        """Pillar ids in file order."""
        return tuple(self.questionnaire.pillars)

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """Dimension ids in file order."""
        return tuple(self.questionnaire.dimensions)

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """Question ids in file order."""
        return tuple(self.questionnaire.questions)

    @property
    def levels(self) -> tuple[tuple[str, ...], ...]:
        """Ids of the pillars, of the dimensions, of the questions, each in file order."""
        return self.pillars, self.dimensions, self.questions

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where a pillar, dimension or question stands in the list of its level."""
        return {id: index for level in self.levels for index, id in enumerate(level)}

    @cached_property
    def tree(self) -> Tree:
        """Pillars' dimensions and dimensions' questions by index."""
        dimensions_of, questions_of = self.questionnaire.dimensions_of, self.questionnaire.questions_of
        return Tree(
            tuple(tuple(self.place[d] for d in dimensions_of[pillar]) for pillar in self.pillars),
            tuple(tuple(self.place[q] for q in questions_of[dimension]) for dimension in self.dimensions),
        )

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """Every pillar, its dimensions, their questions: parents before children, siblings in file order."""
        found: list[str] = []
        for pillar in self.pillars:
            found.append(pillar)
            for dimension in self.questionnaire.dimensions_of[pillar]:
                found += [dimension, *self.questionnaire.questions_of[dimension]]
        return tuple(found)

    @cached_property
    def reading_order(self) -> tuple[str, ...]:
        """Questions in an order in which every condition finds what it speaks of already read."""
        return in_dependency_order(
            {id: visibility_needs(question) for id, question in self.questionnaire.questions.items()}
        )

    @cached_property
    def steering(self) -> frozenset[str]:
        """Questions whose answers decide whether others are asked or not applicable."""
        return frozenset(
            need for question in self.questionnaire.questions.values() for need in visibility_needs(question)
        )

    @cached_property
    def scales(self) -> Mapping[str, Scales]:
        """Scales of the questions that are scored by one."""
        found = {id: kind_of(question).scales(question) for id, question in self.questionnaire.questions.items()}
        return {id: scales for id, scales in found.items() if scales is not None}

    def reach(self, question: str) -> tuple[float, float]:
        """Return the lowest and the highest score of a question, where it has several scales by the usual one."""
        asked, scales = self.questionnaire.questions[question], self.scales.get(question)
        return kind_of(asked).reach(asked, Here(scales.usual if scales is not None else None))

    @cached_property
    def rules(self) -> Rules:
        """The rules of the chosen rubric: of a blend those of its first profile, with the floors of all."""
        return rules_of(self, *(chain for _, chain in self.profiles))

    @cached_property
    def root_rules(self) -> Rules:
        """The rules of the baseline the rubric goes back to."""
        return rules_of(self, self.chain[:1])

    @cached_property
    def root_weights(self) -> Mapping[str, float]:
        """The baseline's weight of every node, as stated; left out counts 1, what is never scored 0."""
        stated = self.chain[0].weights
        return {
            node: 0.0 if self.is_unscored(node) else float(stated[node]) if node in stated else 1.0
            for node in self.nodes
        }

    def is_unscored(self, node: str) -> bool:
        """Return whether the node is a question of a kind that carries no figures."""
        question = self.questionnaire.questions.get(node)
        return question is not None and not kind_of(question).scored

    def weights_by_level(self, weights: Mapping[str, float]) -> LevelWeights:
        """Arrange weights by node id into the levels of the tree."""
        return LevelWeights(*([weights[id] for id in level] for level in self.levels))


def visibility_needs(question: AnyQuestion) -> tuple[str, ...]:
    """Name the questions that decide whether this one is asked or not applicable."""
    return tuple(dict.fromkeys((*subjects(question.show_if, "question"), *subjects(question.na_when, "question"))))


def merged(chain: Chain, table: Literal["bands", "floors"]) -> dict[str, Any]:
    """Unite a table over the chain; a later file replaces a key of the same name whole, or adds to it."""
    return {key: value for file in chain for key, value in getattr(file, table).items()}


def blended_floors(chains: Sequence[Chain]) -> dict[str, Floor]:
    """Unite the floors of blended profiles: for each node the highest `below` and the lowest `cap` of all.

    Every floor keeps its id and reason, of two of one id and node the reason of the one that asks more; where two
    profiles use one id for floors of different nodes, the later one is called after its profile.
    """
    found: dict[str, Floor] = {}
    for chain in chains:
        for id, floor in merged(chain, "floors").items():
            free = id not in found or found[id].node == floor.node
            name = id if free else f"{id}_{chain[-1].id}"
            found[name] = max(found.get(name, floor), floor, key=lambda one: one.below)
    every = [floor for chain in chains for floor in merged(chain, "floors").values()]
    tightest = {
        node: {
            "below": max(f.below for f in every if f.node == node),
            "cap": min(f.cap for f in every if f.node == node),
        }
        for node in {floor.node for floor in every}
    }
    return {id: floor.model_copy(update=tightest[floor.node]) for id, floor in found.items()}


def rules_of(instrument: Instrument, chain: Chain, *further: Chain) -> Rules:
    """Compute the rules of a chain of rubrics; `further`: chains blended into it, which can only tighten floors."""

    def stated(key: str, default: Any) -> Any:
        """Return what the chain states last for a key of `[scoring]`."""
        return next((value for file in reversed(chain) if (value := getattr(file.scoring, key)) is not None), default)

    floors = blended_floors((chain, *further)) if further else merged(chain, "floors")
    bands: dict[str, Band] = merged(chain, "bands")
    spread = stated("confidence_spread", None)
    spreads = {name: getattr(spread, name, None) for name in DEFAULT_SPREAD}
    return Rules(
        means=Means(
            *(stated(key, "arithmetic") for key in ("across_pillars", "across_dimensions", "across_questions"))
        ),
        minimum_coverage=float(stated("minimum_coverage", 0.5)),
        confidence_spread={
            name: DEFAULT_SPREAD[name] if value is None else float(value) for name, value in spreads.items()
        },
        unsupported_ceiling=float(stated("unsupported_ceiling", 60.0)),
        weight_spread=float(stated("weight_spread", 0.25)),
        overlap=float(stated("overlap", 0.5)),
        floors=floors,
        floor_rules=tuple(
            FloorRule(
                id,
                "pillar" if floor.node in instrument.questionnaire.pillars else "dimension",
                instrument.place[floor.node],
                float(floor.below),
                float(floor.cap),
            )
            for id, floor in floors.items()
        ),
        bands=dict(sorted(bands.items(), key=lambda item: item[1].from_)),
    )


DEFAULT_SPREAD: Mapping[str, float] = {"high": 0.0, "medium": 5.0, "low": 15.0}


# ---- digests: the same content gives the same digest wherever it lies (formats.md, section 3)


def digest(*values: Frozen) -> str:
    """Return `sha256:` and 64 hex digits over what the values state, whatever the layout of their files."""
    key = tuple(map(id, values))
    if key not in _KNOWN:
        content = json.dumps(
            [canonical(value) for value in values], ensure_ascii=False, default=lambda moment: moment.isoformat()
        )
        remember(values, f"sha256:{hashlib.sha256(content.encode()).hexdigest()}")
    return _KNOWN[key][1]


_KNOWN: dict[tuple[int, ...], tuple[tuple[Frozen, ...], str]] = {}
"""Digests of values that were asked for last, by the values' identities, each with the values so that these stay."""

_MOST_KNOWN = 64


def remember(values: tuple[Frozen, ...], found: str) -> None:
    """Take note of the digest of values; frozen as they are, they keep it."""
    while len(_KNOWN) >= _MOST_KNOWN:
        del _KNOWN[next(iter(_KNOWN))]
    _KNOWN[tuple(map(id, values))] = (values, found)


def chain_version(chain: Chain) -> str:
    """Return a rubric's version: its own, else its root's."""
    return chain[-1].version or chain[0].version or ""


def rubric_identity(instrument: Instrument) -> RubricIdentity:
    """Identify the rubric in use, a blend with its shares.

    Its digest is over all profiles of a blend, each with what it is based on. Shares stand in the answers, not in the
    rubrics, and are no part of it; nor is the order of the further profiles.
    """
    found = digest(*(file for _, chain in instrument.profiles for file in chain))
    version = chain_version(instrument.chain)
    return RubricIdentity(instrument.profile.id, version, found, instrument.shares, baseline_identity(instrument))


def baseline_identity(instrument: Instrument) -> Identity:
    """Identify the rubric that the one in use goes back to."""
    root = instrument.chain[0]
    return Identity(root.id, chain_version((root,)), digest(root))


def reference_to(edition: Identity) -> Reference:
    """Make the reference by which answers name a questionnaire or rubric, a blend with its shares."""
    if isinstance(edition, RubricIdentity):
        return reference_to_rubric(edition)
    return Reference(id=edition.id, version=edition.version, digest=edition.digest)


def reference_to_rubric(edition: RubricIdentity) -> RubricReference:
    """Make the reference by which answers name a rubric, a blend with its shares."""
    shares: dict[str, Any] = {"with": dict(edition.shares)} if edition.shares else {}
    return RubricReference(id=edition.id, version=edition.version, digest=edition.digest, **shares)


def identities(instrument: Instrument, answers: Answers) -> tuple[Identity, RubricIdentity, str]:
    """Identify questionnaire, rubric (over its whole chain, and all that is blended) and answers."""
    questionnaire = instrument.questionnaire
    return (
        Identity(questionnaire.id, questionnaire.version, digest(questionnaire)),
        rubric_identity(instrument),
        digest(answers),
    )


def basis_of(questionnaire: Identity, rubric: RubricIdentity, answers: Answers) -> str:
    """Return a mark of what a score rests on besides the answers: edition, rubric, extent, weights corrected by hand.

    Where it is another one in two years, the score moved by that too. So it did where answers to an edition of another
    first number, which may mean something else, were scored by this one.
    """
    shares = {id: float(share) for id, share in rubric.shares.items()}
    corrected = {each.node: float(each.factor) for each in answers.override if each.factor not in (None, 1)}
    identity = [(one.id, one.version, one.digest) for one in (questionnaire, rubric)]
    asked = answers.questionnaire.version.partition(".")[0]
    other = [asked] if asked != questionnaire.version.partition(".")[0] else []
    stated = json.dumps([identity, shares, answers.mode, corrected, *other], sort_keys=True)
    return hashlib.sha256(stated.encode()).hexdigest()[:16]
