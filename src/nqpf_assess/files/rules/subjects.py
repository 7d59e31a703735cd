"""What the rules look at: values as far as they could be made, and what the files declare."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from nqpf_assess.engine.graph import cycles
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.files.document import TABLES, Collection
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.comparisons import Comparable, questions_named
from nqpf_assess.files.shape import Mended
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.flaw import Flaw
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.base import TextMark, stated_keys
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not
from nqpf_assess.model.frozen import Frozen, Labelled
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire
from nqpf_assess.model.weights import Chain, Weights

if TYPE_CHECKING:
    from nqpf_assess.engine.satisfiable import Possible

CONDITION_CLASSES = (AllOf, AnyOf, Not, Comparison)
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")

MEASURING = ("kind", "levels", "options", "range", "usual", "scale", "scale_when", "benchmarks")
"""Keys of a question or fact that belong together: where one is at fault, nothing is concluded from the others."""


class Walked(NamedTuple):
    """Everything of interest inside a value, with its path: texts, labelled tables, conditions."""

    texts: tuple[tuple[Path, Mapping[str, str]], ...]
    labels: tuple[tuple[Path, Labelled], ...]
    conditions: tuple[tuple[Path, AnyCondition], ...]


def walked(value: Frozen) -> Walked:
    """Walk a value once."""
    found: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    for path, part in _parts(value, ()):
        if isinstance(part, CONDITION_CLASSES):
            found[2].append((path, part))
            continue
        if isinstance(part, Labelled):
            found[1].append((path, part))
        names = _words_in(type(part))
        found[0].extend(
            ((*path, name), words) for name, words in stated_keys(part) if name in names and isinstance(words, Mapping)
        )
    return Walked(tuple(found[0]), tuple(found[1]), tuple(found[2]))


@cache
def _words_in(model: type[Frozen]) -> frozenset[str]:
    """Name the fields that hold words once per language, also where they may be left out."""
    return frozenset(name for name, field in model.model_fields.items() if _marked(field.annotation))


def _marked(annotation: object) -> bool:
    marks = getattr(annotation, "__metadata__", ())
    return any(isinstance(mark, TextMark) for mark in marks) or any(map(_marked, get_args(annotation)))


def _parts(value: object, path: Path) -> Iterator[tuple[Path, Frozen]]:
    if isinstance(value, Frozen):
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
    mended: Mended = field(default_factory=Mended)

    @cached_property
    def walk(self) -> Walked:
        """Texts, labels and conditions of the questionnaire."""
        return walked(self.value)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages every text must have; none where they are not soundly declared."""
        stated = () if self.mended.touches(("languages",)) else self.value.languages
        return stated if all(LANGUAGE_CODE.match(language) for language in stated) else ()

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that conditions speak of."""
        return self.value

    @cached_property
    def declared(self) -> Mapping[str, frozenset[str]]:
        """Ids written in the files by table, also of entries too faulty to become values."""
        data = self.collection.data
        return {table: frozenset(data[table] if isinstance(data.get(table), Mapping) else ()) for table in TABLES}

    @cached_property
    def shaky(self) -> frozenset[tuple[str, str]]:
        """Facts and questions (table, id) of whose measure nothing can be concluded, since part of it is at fault."""
        return frozenset(
            (str(place[0]), str(place[1]))
            for place in self.mended.places
            if len(place) == 2 or (len(place) > 2 and place[2] in MEASURING)
        )

    @cached_property
    def doubtful(self) -> frozenset[tuple[str, str]]:
        """The same, and those whose range is written the wrong way round: no value can be held against them."""
        tables: tuple[tuple[str, Mapping[str, AnyAsked]], ...] = (
            ("facts", self.value.facts),
            ("questions", self.value.questions),
        )
        return self.shaky | {
            (table, id)
            for table, entries in tables
            for id, asked in entries.items()
            if (limits := kind_of(asked).limits(asked)) is not None and limits[0] >= limits[1]
        }

    def measured(self) -> Iterator[tuple[Path, AnyAsked]]:
        """Give the facts and questions of whose keys something can be concluded."""
        for table in ("facts", "questions"):
            for id, asked in getattr(self.value, table).items():
                if (table, id) not in self.shaky:
                    yield (table, id), asked

    @cached_property
    def flaws(self) -> tuple[tuple[Path, Flaw], ...]:
        """What the kind of each of these calls wrong with its keys."""
        return tuple((path, flaw) for path, asked in self.measured() for flaw in kind_of(asked).flaws(asked))

    @cached_property
    def comparable(self) -> Comparable:
        """What conditions may speak of."""
        return Comparable(self.value, self.doubtful)

    @cached_property
    def rings(self) -> tuple[tuple[str, ...], ...]:
        """Questions that decide in a circle whether they are asked."""
        return cycles(self.needs)

    @cached_property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """The questions that decide whether each question is asked."""
        return {
            id: (*questions_named(question.show_if), *questions_named(question.na_when))
            for id, question in self.value.questions.items()
        }

    @cached_property
    def possible(self) -> "Possible":
        """What answers can make of conditions; questions whose own conditions are at fault are set aside."""
        from nqpf_assess.engine.satisfiable import Possible

        faulty = {id for ring in self.rings for id in ring}
        for id, question in self.value.questions.items():
            stated = [condition for condition in (question.show_if, question.na_when) if condition is not None]
            if not all(self.comparable.reasonable(condition) for condition in stated):
                faulty.add(id)
        found = Possible(self.value, faulty)
        found.set_aside(self.needs)
        return found

    @cached_property
    def unsure(self) -> bool:
        """Whether there may be ids that could not be read."""
        return self.collection.unsure or any((table,) in self.mended.places for table in TABLES)

    def mends(self, *keys: str) -> bool:
        """Return whether one of these keys was at fault in any entry, or a whole entry was."""
        return any(len(place) == 2 or (len(place) > 2 and place[2] in keys) for place in self.mended.places)


@dataclass(frozen=True)
class WeightsSubject:
    """A rubric file under check, with its questionnaire and, where it resolves, all it is based on.

    `sound`: whether its questionnaire and what it is based on are free of errors, so that weights can be worked out.
    """

    value: Weights
    chain: Chain
    subject: QuestionnaireSubject
    file_id: str = ""
    sound: bool = True

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
    def comparable(self) -> Comparable:
        """What conditions may speak of."""
        return self.subject.comparable

    @property
    def possible(self) -> "Possible":
        """What answers can make of conditions."""
        return self.subject.possible

    @property
    def instrument(self) -> Instrument:
        """The questionnaire with the rubric."""
        return Instrument(self.questionnaire, self.chain)


class AnswersSubject(NamedTuple):
    """An answer file under check, with its questionnaire. `instrument`: None where the questionnaire has errors."""

    value: Answers
    subject: QuestionnaireSubject
    instrument: Instrument | None
    digests: tuple[str, str]
    """The digests of the questionnaire and of the rubric's chain as they are now."""
    other_editions: Callable[[], Sequence[Questionnaire]] = tuple
    """Opens the other editions of the questionnaire that are kept."""
    own_edition: Callable[[], Questionnaire | None] = lambda: None
    """Opens the one that the file names, where it is another and is kept."""
    spoilt_edition: bool = False
    """Whether the one that the file names is kept with mistakes, so that nothing can be read by it."""
