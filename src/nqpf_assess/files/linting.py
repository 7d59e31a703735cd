"""Runs the rules over what was read, and gives their findings words and places.

Rules are imported where they are run: a score of sound files needs few of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from nqpf_assess.files.document import Collection, Document
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import START, Path, Place, Spot
from nqpf_assess.files.rules.naming import in_one_line
from nqpf_assess.files.rules.subjects import AnswersSubject, QuestionnaireSubject, WeightsSubject
from nqpf_assess.files.shape import Mended, Shaped, shape
from nqpf_assess.locale import Text, fill
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.frozen import Frozen
from nqpf_assess.model.problem import Problem
from nqpf_assess.model.questionnaire import QUESTIONNAIRE_FORMAT, Questionnaire
from nqpf_assess.model.weights import Weights

Value = TypeVar("Value", bound=Frozen)

UNNAMED: Mapping[str, Any] = {"id": "unnamed", "version": "0", "digest": None}
HEADS: Mapping[str, Mapping[str, Any]] = {
    "Questionnaire": {
        "format": QUESTIONNAIRE_FORMAT,
        "id": "unnamed",
        "version": "0",
        "subject": "region",
        "languages": ["en", "zh"],
        "title": {},
    },
    "Weights": {"format": "nqpf-weights/1", "id": "unnamed", "questionnaire": "unnamed", "version": "0", "name": {}},
    "Answers": {"format": "nqpf-answers/1", "questionnaire": UNNAMED, "weights": UNNAMED},
    "StatisticsMap": {"format": "nqpf-map/1", "questionnaire": "unnamed"},
}
"""Harmless stand-ins for a head that is missing or wrong, so that the rest of the file can still be checked.

By the names of their classes: few commands read a map of a statistics sheet, and none else loads its class.
"""


class Loaded(NamedTuple, Generic[Value]):
    """A file or folder as read: the value as far as it could be made, its documents, and every problem of shape."""

    value: Value | None
    collection: Collection
    mended: Mended
    problems: tuple[Problem, ...]


def load(model: type[Value], documents: Sequence[Document]) -> Loaded[Value]:
    """Make a value out of its documents. Those of another format or a newer version are named and left aside."""
    wanted, readable = str(HEADS[model.__name__]["format"]), tuple(documents)
    faults: tuple[Problem, ...] = ()
    if any(document.faults or document.data.get("format") != wanted for document in documents):
        from nqpf_assess.files.rules.formats import FORMAT_RULES, FormatSubject

        subject = FormatSubject(readable, wanted)
        faults = (*reading_problems(documents), *run(FORMAT_RULES, subject, Collection(readable)))
        readable = tuple(subject.readable)
    collection = Collection(readable)
    lost = (*collection.lost, ("format",))
    shaped: Shaped[Value] = shape(model, collection.data, HEADS[model.__name__], lost)
    if not shaped.misfits:
        return Loaded(shaped.value, collection, shaped.mended, faults)
    from nqpf_assess.files.rules.shapes import SHAPE_RULES, ShapeSubject

    found = run(SHAPE_RULES, ShapeSubject(model, collection, shaped.misfits), collection, Mended.at(collection.lost))
    return Loaded(shaped.value, collection, shaped.mended, (*faults, *found))


def reading_problems(documents: Iterable[Document]) -> tuple[Problem, ...]:
    """Return what could not be read in files."""
    from nqpf_assess.files.rules.reading import READING_RULES

    return tuple(
        _worded(rule, finding, document.source, fault.place)
        for document in documents
        for rule in READING_RULES
        for fault in document.faults
        for finding in rule.find([fault])
    )


def unknown_kind(document: Document) -> tuple[Problem, ...]:
    """Return the problems of a file of which it is not known what it is."""
    from nqpf_assess.files.rules.formats import FORMAT_RULES, FormatSubject

    subject = FormatSubject((document,), "")
    return (*reading_problems([document]), *run(FORMAT_RULES, subject, Collection((document,))))


ELSEWHERE = (
    "unknown_reference",
    "condition_option",
    "empty_group",
    "core_misses",
    "unused_source",
    "judgement_members",
    "unknown_measure",
    "unknown_placeholder",
    "reason_fact",
)
"""What is not said where something could not be read: it may hold what seems to be missing."""


def run(
    rules: Iterable[Rule],
    subject: object,
    collection: Collection,
    mended: Mended | None = None,
    *,
    unsure: bool = False,
) -> tuple[Problem, ...]:
    """Run rules over a subject; findings that may only follow from another fault are held back.

    `unsure`: what the subject refers to could not be read as a whole.
    """
    by_file: dict[int, list[tuple[Rule, Finding]]] = {}
    for rule in rules:
        for finding in rule.find(subject) if not (unsure and rule.code in ELSEWHERE) else ():
            if mended is not None and (mended.covers(finding.path) or any(map(mended.touches, finding.unless))):
                continue
            if any(map(collection.perhaps_lost, finding.unless)):
                continue
            index = collection.owner(finding.path) if finding.file is None else finding.file
            by_file.setdefault(index, []).append((rule, finding))
    found: list[Problem] = []
    for index, rows in by_file.items():
        # Places are looked for once a file, and only where something was found: it walks over the whole text.
        document = collection.documents[index]
        spots = document.spots([finding.path for _, finding in rows])
        found += [_worded(rule, finding, document.source, _place(finding, spots)) for rule, finding in rows]
    return tuple(found)


def _place(finding: Finding, spots: Mapping[Path, Spot]) -> Place:
    """Return the place of a finding's path, else of the nearest thing above it."""
    if finding.path in spots:
        return spots[finding.path].key if finding.at == "key" else spots[finding.path].value
    for length in range(len(finding.path) - 1, 0, -1):
        if finding.path[:length] in spots:
            return spots[finding.path[:length]].key
    return START


def _worded(rule: Rule, finding: Finding, source: str, place: Place) -> Problem:
    values: dict[str, object] = {}
    for name, value in finding.values.items():
        if isinstance(value, Place):
            values[name] = f"{source}:{value.line}:{value.column}"
        else:  # words of each language are told in the reader's, whatever else is there was typed by people
            values[name] = value if isinstance(value, Mapping) else in_one_line(value)
    return Problem(
        source=source,
        line=place.line,
        column=place.column,
        severity=rule.severity,
        code=rule.code,
        key=in_one_line(".".join(map(str, finding.path)), most=200),
        message=_tidy(fill(rule.message, **values)),
        hint=_tidy(finding.hint if finding.hint is not None else fill(rule.hint, **values)),
    )


def _tidy(words: Text) -> Text:
    return {language: in_one_line(said, most=4000) for language, said in words.items()}


def lint_questionnaire(
    loaded: Loaded[Questionnaire], subject: QuestionnaireSubject, *, errors_alone: bool = False
) -> tuple[Problem, ...]:
    """Return every problem of a questionnaire beyond its shape, or the errors alone, which takes less long."""
    from nqpf_assess.files.rules.catalogue import QUESTIONNAIRE_RULES

    rules = [rule for rule in QUESTIONNAIRE_RULES if rule.severity == "error" or not errors_alone]
    return run(rules, subject, loaded.collection, loaded.mended, unsure=subject.unsure)


def lint_weights(loaded: Loaded[Weights], subject: WeightsSubject) -> tuple[Problem, ...]:
    """Return every problem of a rubric beyond its shape."""
    from nqpf_assess.files.rules.catalogue import WEIGHTS_RULES

    return run(WEIGHTS_RULES, subject, loaded.collection, loaded.mended, unsure=subject.subject.unsure)


def lint_answers(loaded: Loaded[Answers], subject: AnswersSubject) -> tuple[Problem, ...]:
    """Return every problem of an answer file beyond its shape."""
    from nqpf_assess.files.rules.answering import ANSWER_RULES

    return run(ANSWER_RULES, subject, loaded.collection, loaded.mended, unsure=subject.subject.unsure)


def not_found(missing: Sequence[tuple[str, Finding]], collection: Collection) -> tuple[Problem, ...]:
    """Return the problems of content that was named and not found: the code of each with what was looked for."""
    from nqpf_assess.files.rules.content import CONTENT_RULES

    return run(CONTENT_RULES, missing, collection)
