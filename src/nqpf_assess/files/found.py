"""What the library finds: questionnaires, rubrics and answer files, each with every problem of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.files.linting import Loaded
from nqpf_assess.files.rules.subjects import QuestionnaireSubject
from nqpf_assess.locale import _
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import Problem, errors
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import BlendedProfile, Weights


class Book(NamedTuple):
    """A questionnaire as found: its value, what it was read from, and every problem."""

    path: Path
    subject: QuestionnaireSubject | None
    problems: tuple[Problem, ...]
    key: str = ""
    """Its key in the content cache; "" where it is not kept there."""

    @property
    def value(self) -> Questionnaire:
        """The questionnaire; only asked for where there are no errors."""
        assert self.subject is not None
        return self.subject.value


FAULTY = _("{path} has errors: nqpf-assess check {path}")
"""Told of a rubric that is left aside among others."""

NO_ORDER = 10**6
"""The place in a list of rubrics that state none, behind all that do."""


class Rubric(NamedTuple):
    """A rubric as found: its file and all it is based on (the root first), and every problem of any of them.

    `further`: profiles blended into it, with their shares.
    """

    path: Path
    chain: tuple[Weights, ...]
    problems: tuple[Problem, ...]
    own_problems: tuple[Problem, ...] = ()
    further: tuple[BlendedProfile, ...] = ()

    def order(self) -> tuple[bool, int, str]:
        """Return its place in a list: baselines first, then by the order that each states and its id."""
        if not self.chain:
            return (True, NO_ORDER, str(self.path))
        file = self.chain[-1]
        return (file.based_on is not None, NO_ORDER if file.order is None else file.order, file.id)


class Sheet(NamedTuple):
    """An answer file as found, with the instrument it belongs to, and every problem of any of them.

    `loaded`: what was read of it, from which it can be opened under another edition without reading it anew.
    """

    path: Path
    answers: Answers | None
    instrument: Instrument | None
    problems: tuple[Problem, ...]
    own_problems: tuple[Problem, ...]
    loaded: Loaded[Answers]

    @property
    def sound(self) -> bool:
        """Whether it can be scored."""
        return self.answers is not None and self.instrument is not None and not errors(self.problems)

    @property
    def edition_notices(self) -> tuple[Problem, ...]:
        """That the file was answered to another edition than it is scored by."""
        scored = self.answers is not None and self.instrument is not None
        return tuple(one for one in self.own_problems if scored and one.code == "edition_differs")


@dataclass(frozen=True)
class Named:
    """Content that the command line names: questionnaires by id, rubrics by questionnaire ("" = not stated) and id."""

    questionnaires: Mapping[str, Path] = field(default_factory=dict)
    rubrics: Mapping[tuple[str, str], Path] = field(default_factory=dict)
