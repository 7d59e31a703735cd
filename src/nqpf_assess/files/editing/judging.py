"""A rubric's text judged as it is being changed: the value it makes, with every problem of it."""

from dataclasses import dataclass
from pathlib import Path

from nqpf_assess.files.document import read_document
from nqpf_assess.files.found import Book
from nqpf_assess.files.linting import lint_weights, load
from nqpf_assess.files.places import source_of
from nqpf_assess.files.rules.subjects import WeightsSubject
from nqpf_assess.model.problem import Problem, errors, in_order
from nqpf_assess.model.weights import Chain, Weights


@dataclass(frozen=True)
class Judged:
    """What a text makes: the rubric with all it is based on, None where errors forbid it; every problem."""

    chain: Chain | None
    problems: tuple[Problem, ...]


def judged(words: str, path: Path, base: Chain, book: Book) -> Judged:
    """Judge a rubric's text; `base`: what it is based on, the root first."""
    loaded = load(Weights, [read_document(source_of(path), words.encode())])
    if loaded.value is None or book.subject is None:
        return Judged(None, in_order(loaded.problems))
    chain = (*base, loaded.value)
    sound = not errors(loaded.problems)
    found = lint_weights(loaded, WeightsSubject(loaded.value, chain, book.subject, path.stem, sound))
    problems = in_order((*loaded.problems, *found))
    return Judged(None if errors(problems) else chain, problems)
