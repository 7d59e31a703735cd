"""What the rules look at: values as far as they could be made, and what the files declare."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.files.document import TABLES, Collection
from nqpf_assess.files.positions import Path
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.base import Labelled, stated_keys, text_fields
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Chain, Weights

CONDITION_CLASSES = (AllOf, AnyOf, Not, Comparison)


@dataclass(frozen=True)
class Walked:
    """Everything of interest inside a value, with its path: texts, labelled tables, conditions."""

    texts: tuple[tuple[Path, Mapping[str, str]], ...]
    labels: tuple[tuple[Path, Labelled], ...]
    conditions: tuple[tuple[Path, AnyCondition], ...]


def walked(value: BaseModel) -> Walked:
    """Walk a value once."""
    found: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    for path, part in _parts(value, ()):
        if isinstance(part, CONDITION_CLASSES):
            found[2].append((path, part))
            continue
        if isinstance(part, Labelled):
            found[1].append((path, part))
        names = text_fields(type(part))
        found[0].extend(((*path, name), words) for name, words in stated_keys(part) if name in names)
    return Walked(tuple(found[0]), tuple(found[1]), tuple(found[2]))


def _parts(value: object, path: Path) -> Iterator[tuple[Path, BaseModel]]:
    if isinstance(value, BaseModel):
        yield path, value
        if not isinstance(value, CONDITION_CLASSES):
            for key, part in stated_keys(value):
                yield from _parts(part, (*path, key))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _parts(part, (*path, key))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _parts(part, (*path, index))


@dataclass(frozen=True)
class QuestionnaireSubject:
    """A questionnaire under check."""

    value: Questionnaire
    collection: Collection

    @cached_property
    def walk(self) -> Walked:
        """Texts, labels and conditions of the questionnaire."""
        return walked(self.value)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages every text must have."""
        return self.value.languages

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that conditions speak of."""
        return self.value

    @cached_property
    def declared(self) -> Mapping[str, frozenset[str]]:
        """Ids written in the files by table, also of entries too faulty to become values."""
        data = self.collection.data
        return {table: frozenset(data[table] if isinstance(data.get(table), Mapping) else ()) for table in TABLES}


@dataclass(frozen=True)
class WeightsSubject:
    """A rubric file under check, with its questionnaire and, where it resolves, all it is based on."""

    value: Weights
    chain: Chain
    subject: QuestionnaireSubject
    file_id: str = ""

    @cached_property
    def walk(self) -> Walked:
        """Texts, labels and conditions of the rubric."""
        return walked(self.value)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages every text must have."""
        return self.subject.languages

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that conditions speak of."""
        return self.subject.value

    @property
    def declared(self) -> Mapping[str, frozenset[str]]:
        """Ids the questionnaire declares, by table."""
        return self.subject.declared

    @property
    def instrument(self) -> Instrument:
        """The questionnaire with the rubric."""
        return Instrument(self.questionnaire, self.chain)


@dataclass(frozen=True)
class AnswersSubject:
    """An answer file under check, with the instrument it names."""

    value: Answers
    instrument: Instrument
    digests: tuple[str, str]
    """The digests of the questionnaire and of the rubric's chain as they are now."""
