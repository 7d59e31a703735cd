"""Runs the rules over what was read, and gives their findings words and places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from nqpf_assess.files.document import Collection, Decoded, Document, Unreadable, decode, parse
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import START, Path, Place, Spot
from nqpf_assess.files.rules.answering import ANSWER_RULES
from nqpf_assess.files.rules.catalogue import QUESTIONNAIRE_RULES, WEIGHTS_RULES
from nqpf_assess.files.rules.content import CONTENT_RULES, Missing
from nqpf_assess.files.rules.reading import READING_RULES, SEEMS, syntax_words
from nqpf_assess.files.rules.shapes import SHAPE_RULES, ShapeSubject
from nqpf_assess.files.rules.subjects import AnswersSubject, QuestionnaireSubject, WeightsSubject
from nqpf_assess.files.shape import Shaped, shape, tainted
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import Problem
from nqpf_assess.model.questionnaire import QUESTIONNAIRE_FORMAT, Questionnaire
from nqpf_assess.model.text import fill
from nqpf_assess.model.weights import Weights

Value = TypeVar("Value", bound=BaseModel)

UNNAMED: Mapping[str, Any] = {"id": "unnamed", "version": "0", "digest": None}
HEADS: Mapping[type, Mapping[str, Any]] = {
    Questionnaire: {
        "format": QUESTIONNAIRE_FORMAT,
        "id": "unnamed",
        "version": "0",
        "subject": "region",
        "languages": ["en", "zh"],
        "title": {},
    },
    Weights: {"format": "nqpf-weights/1", "id": "unnamed", "questionnaire": "unnamed", "version": "0", "name": {}},
    Answers: {"format": "nqpf-answers/1", "questionnaire": UNNAMED, "weights": UNNAMED},
}
"""Harmless stand-ins for a head that is missing or wrong, so that the rest of the file can still be checked."""


@dataclass(frozen=True)
class Loaded(Generic[Value]):
    """A file or folder as read: the value as far as it could be made, its documents, and every problem of shape."""

    value: Value | None
    collection: Collection
    mended: frozenset[Path]
    problems: tuple[Problem, ...]


def read_document(source: str, data: bytes) -> Document | tuple[Problem, ...]:
    """Read a file's bytes as TOML; else give what is wrong with it."""
    decoded: Decoded = decode(data)
    if decoded.fault is not None:
        return _unreadable(source, [decoded.fault])
    content = parse(decoded.text)
    if isinstance(content, list):
        return _unreadable(source, content)
    return Document(source, decoded.text, content)


def _unreadable(source: str, faults: Sequence[Unreadable]) -> tuple[Problem, ...]:
    return tuple(
        _worded(rule, finding, source, finding.values["place"])  # type: ignore[arg-type]
        for rule in READING_RULES
        for finding in rule.find(faults)
    )


def load(model: type[Value], documents: Sequence[Document]) -> Loaded[Value]:
    """Make a value out of its documents."""
    collection = Collection(tuple(documents))
    shaped: Shaped[Value] = shape(model, collection.data, HEADS[model])
    subject = ShapeSubject(model, collection.data, shaped.misfits)
    return Loaded(shaped.value, collection, shaped.mended, run(SHAPE_RULES, subject, collection))


def run(
    rules: Iterable[Rule], subject: object, collection: Collection, mended: frozenset[Path] = frozenset()
) -> tuple[Problem, ...]:
    """Run rules over a subject; findings at mended places are held back."""
    found = [
        (rule, finding)
        for rule in rules
        for finding in rule.find(subject)
        if not (mended and tainted(finding.path, mended))
    ]
    return tuple(_placed(found, collection)) if found else ()


def _placed(found: Sequence[tuple[Rule, Finding]], collection: Collection) -> Iterable[Problem]:
    by_file: dict[int, list[tuple[Rule, Finding]]] = {}
    for rule, finding in found:
        index = collection.owner(finding.path) if finding.file is None else finding.file
        by_file.setdefault(index, []).append((rule, finding))
    for index, rows in by_file.items():
        document = collection.documents[index]
        spots = document.spots([finding.path for _, finding in rows])
        for rule, finding in rows:
            yield _worded(rule, finding, document.source, _place(finding, spots))


def _place(finding: Finding, spots: Mapping[Path, Spot]) -> Place:
    """Give the place of a finding's path, else of the nearest thing above it."""
    if finding.path in spots:
        return spots[finding.path].key if finding.at == "key" else spots[finding.path].value
    for length in range(len(finding.path) - 1, 0, -1):
        if finding.path[:length] in spots:
            return spots[finding.path[:length]].key
    return START


def _worded(rule: Rule, finding: Finding, source: str, place: Place) -> Problem:
    values = {name: _said(name, value, source) for name, value in finding.values.items()}
    if rule.code == "encoding":
        values["seems"] = fill(SEEMS, encoding=values["encoding"]) if values["encoding"] else ""
    return Problem(
        source=source,
        line=place.line,
        column=place.column,
        severity=rule.severity,
        code=rule.code,
        key=".".join(map(str, finding.path)),
        message=fill(rule.message, **values),
        hint=finding.hint if finding.hint is not None else fill(rule.hint, **values),
    )


def _said(name: str, value: object, source: str) -> object:
    if name == "fault":
        return syntax_words(str(value))
    return f"{source}:{value.line}:{value.column}" if isinstance(value, Place) else value


def lint_questionnaire(loaded: Loaded[Questionnaire]) -> tuple[Problem, ...]:
    """Give every problem of a questionnaire beyond its shape."""
    if loaded.value is None:
        return ()
    subject = QuestionnaireSubject(loaded.value, loaded.collection)
    return run(QUESTIONNAIRE_RULES, subject, loaded.collection, loaded.mended)


def lint_weights(loaded: Loaded[Weights], subject: WeightsSubject) -> tuple[Problem, ...]:
    """Give every problem of a rubric beyond its shape."""
    return run(WEIGHTS_RULES, subject, loaded.collection, loaded.mended)


def lint_answers(loaded: Loaded[Answers], subject: AnswersSubject) -> tuple[Problem, ...]:
    """Give every problem of an answer file beyond its shape."""
    return run(ANSWER_RULES, subject, loaded.collection, loaded.mended)


def not_found(missing: Sequence[Missing], collection: Collection) -> tuple[Problem, ...]:
    """Give the problems of content that was named and not found."""
    return run(CONTENT_RULES, missing, collection)
