"""Does every id that is mentioned exist, once, and is everything that exists mentioned?"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from nqpf_assess.files.document import TABLES
from nqpf_assess.files.finding import At, Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.naming import NODE_TABLES, several, unresolved
from nqpf_assess.files.rules.subjects import QuestionnaireSubject, WeightsSubject
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import _
from nqpf_assess.model.base import stated_keys
from nqpf_assess.model.questionnaire import RESERVED_OPTIONS

HEAD = ("id", "version", "subject", "languages", "title")

Mention = tuple[Path, At, str, str]
"""Where an id is mentioned (as a key or value), the id, the table it should be in."""


def _mentions(subject: QuestionnaireSubject) -> Iterator[Mention]:
    value = subject.value
    for id, dimension in value.dimensions.items():
        yield ("dimensions", id, "pillar"), "value", dimension.pillar, "pillars"
    for id, question in value.questions.items():
        yield ("questions", id, "dimension"), "value", question.dimension, "dimensions"
    for id, measure in value.countermeasures.items():
        for dimension_id in measure.lifts:
            yield ("countermeasures", id, "lifts", dimension_id), "key", dimension_id, "dimensions"
        for index, need in enumerate(measure.needs):
            yield ("countermeasures", id, "needs", index), "value", need, "countermeasures"
        if measure.kpi_question is not None:
            yield ("countermeasures", id, "kpi_question"), "value", measure.kpi_question, "questions"
    for id, figure in value.figures.items():
        for index, shown in enumerate(figure.questions):
            yield ("figures", id, "questions", index), "value", shown, "questions"
    for id, crosswalk in value.crosswalks.items():
        for name, criterion in crosswalk.criteria.items():
            path = ("crosswalks", id, "criteria", name)
            for index, asked in enumerate(criterion.questions):
                yield (*path, "questions", index), "value", asked, "questions"
            for index, told in enumerate(criterion.facts):
                yield (*path, "facts", index), "value", told, "facts"
    yield from _sources(subject)


def _sources(subject: QuestionnaireSubject) -> Iterator[Mention]:
    for table in ("facts", "pillars", "dimensions", "questions", "countermeasures", "checks", "figures", "crosswalks"):
        for id, entry in getattr(subject.value, table).items():
            for index, source in enumerate(getattr(entry, "sources", ())):
                yield (table, id, "sources", index), "value", _source(source, subject), "sources"
            for index, benchmark in enumerate(getattr(entry, "benchmarks", ())):
                path = (table, id, "benchmarks", index, "source")
                yield path, "value", _source(benchmark.source, subject), "sources"


def _source(reference: str, subject: QuestionnaireSubject | WeightsSubject) -> str:
    """Return the id of a source without the section; of several in one text all that is written, which is no id."""
    return reference if several(reference, subject.declared["sources"]) else reference.partition("#")[0]


def unknown_reference(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find ids that are mentioned and exist nowhere."""
    yield from _unresolved(_mentions(subject), subject.declared)


def _unresolved(mentions: Iterable[Mention], declared: Mapping[str, Collection[str]]) -> Iterable[Finding]:
    for path, at, id, table in mentions:
        yield from unresolved(path, at, id, table, declared)


def _rubric_mentions(subject: WeightsSubject) -> Iterator[Mention]:
    value = subject.value
    for table, wanted in (("weights", "nodes"), ("targets", "nodes")):
        for node in getattr(value, table):
            yield (table, node), "key", node, wanted
    for index, change in enumerate(value.adjust):
        yield ("adjust", index, "node"), "value", change.node, "nodes"
        for place, source in enumerate(change.sources):
            yield ("adjust", index, "sources", place), "value", _source(source, subject), "sources"
        for place, question in enumerate(change.questions):
            yield ("adjust", index, "questions", place), "value", question, "questions"
    for id, floor in value.floors.items():
        yield ("floors", id, "node"), "value", floor.node, "floor_nodes"


def rubric_reference(subject: WeightsSubject) -> Iterable[Finding]:
    """Find nodes and sources a rubric mentions that the questionnaire does not have."""
    declared = dict(subject.declared)
    declared["nodes"] = frozenset().union(*(declared[table] for table in NODE_TABLES))
    declared["floor_nodes"] = declared["pillars"] | declared["dimensions"]
    yield from _unresolved(_rubric_mentions(subject), declared)


Row = tuple[int, Path, str]
"""The index of a file, a path in it, and a name that may be there once only."""


def _once(subject: QuestionnaireSubject) -> Iterator[Row]:
    """Return what may be there once only: ids (facts and nodes share one set of them), and the keys of the head."""
    for index, document in enumerate(subject.collection.documents):
        for table, entries in document.data.items():
            if table in TABLES and isinstance(entries, Mapping):
                space = "nodes" if table in (*NODE_TABLES, "facts") else table
                yield from ((index, (table, id), f"{space}.{id}") for id in entries)
            elif table in HEAD:
                yield index, (table,), table


def copied_file(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find files of a folder that say again what another one says, as a copy left there does."""
    for copy, original in _copies(subject).items():
        yield Finding((), {"original": subject.collection.documents[original].source}, at="key", file=copy)


def _copies(subject: QuestionnaireSubject) -> Mapping[int, int]:
    """Return which documents say only what one other says, two things or more: the index of each with its."""
    said: dict[int, dict[str, Any]] = {}
    for index, (table, *id), name in _once(subject):
        stated = subject.collection.documents[index].data[str(table)]
        said.setdefault(index, {})[name] = stated[id[0]] if id else stated
    found: dict[int, int] = {}
    # The original has the shorter name: a copy is called “x - Copy.toml”, “x (1).toml”, “x 副本.toml”.
    sources = [document.source for document in subject.collection.documents]
    for copy, own in sorted(said.items(), key=lambda row: -len(sources[row[0]])):
        others = (index for index, theirs in said.items() if index not in (copy, *found) and theirs | own == theirs)
        original = min(others, key=lambda index: len(sources[index]), default=None)
        if original is not None and len(own) > 1:
            found[copy] = original
    return found


def _repeated(subject: QuestionnaireSubject) -> Iterator[Row]:
    """Return what stands a second time, with the place of the first instead of the name, in the order of the lines."""
    copies = _copies(subject)
    every = [row for row in _once(subject) if row[0] not in copies]
    counts = Counter(name for _, _, name in every)
    several = [row for row in every if counts[row[2]] > 1]
    documents = subject.collection.documents
    paths: dict[int, list[Path]] = {index: [] for index, _path, _name in several}
    for index, path, _name in several:
        paths[index].append(path)
    spots = {index: documents[index].spots(these) for index, these in paths.items()}
    first: dict[str, str] = {}
    for index, path, name in sorted(several, key=lambda row: (row[0], spots[row[0]][row[1]].key)):
        place = spots[index][path].key
        if name in first:
            yield index, path, first[name]
        first.setdefault(name, f"{documents[index].source}:{place.line}:{place.column}")


def duplicate_id(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find an id used twice among facts, pillars, dimensions and questions, or in two files of a folder."""
    for index, path, first in _repeated(subject):
        if len(path) == 2:
            yield Finding(path, {"name": path[1], "first": first}, at="key", file=index)


def repeated_head(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find keys of the head that stand in two files of a folder."""
    for index, path, first in _repeated(subject):
        if len(path) == 1:
            yield Finding(path, {"name": path[0], "first": first}, at="key", file=index)


def previous_id_in_use(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find former ids that something else is called now, or that two things claim."""
    taken = {id for table in (*NODE_TABLES, "facts") for id in subject.declared[table]}
    for table in ("facts", "questions"):
        for id, asked in getattr(subject.value, table).items():
            for index, former in enumerate(asked.previous_ids):
                if former in taken:
                    yield Finding((table, id, "previous_ids", index), {"name": former})
                taken.add(former)


def reserved_option(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find options called like a state of an answer."""
    for table in ("facts", "questions"):
        for id, asked in getattr(subject.value, table).items():
            for option in (str(c.value) for c in kind_of(asked).choices(asked)):
                if option in RESERVED_OPTIONS:
                    yield Finding((table, id, "options", option), {"name": option}, at="key")


def unused_source(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find sources that nothing refers to; while a mention is faulty, it may be the one that is missing."""
    used = {id for _, _, id, _ in _sources(subject)}
    if subject.mends("sources", "benchmarks") or not used <= subject.declared["sources"]:
        return
    for id in subject.value.sources:
        if id not in used:
            yield Finding(("sources", id), {"name": id}, at="key")


def without_source(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find questions and countermeasures whose origin is not stated."""
    for table in ("questions", "countermeasures"):
        for id, entry in getattr(subject.value, table).items():
            if "sources" not in dict(stated_keys(entry)):
                yield Finding((table, id), {"name": id}, at="key", unless=((table, id, "sources"),))


def empty_group(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find pillars without dimensions and dimensions without questions; not while some belong nowhere."""
    value = subject.value
    groups = (
        ("pillars", "pillar", {dimension.pillar for dimension in value.dimensions.values()}),
        ("dimensions", "dimension", {question.dimension for question in value.questions.values()}),
    )
    for table, key, used in groups:
        if used <= subject.declared[table] and not subject.mends(key):
            yield from (Finding((table, id), {"name": id}, at="key") for id in getattr(value, table) if id not in used)


def core_misses(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find dimensions that the quick mode would not touch, where there is a quick mode."""
    questions = subject.value.questions.values()
    touched = {question.dimension for question in questions if question.core}
    asked = {question.dimension for question in questions}
    if touched and not subject.mends("core", "dimension"):
        for id in subject.value.dimensions:
            if id in asked and id not in touched:
                yield Finding(("dimensions", id), {"name": id}, at="key")


REFERENCE_RULES = (
    Rule(
        "duplicate_id",
        "error",
        _("the id “{name}” is used a second time; the first is at {first}"),
        _("Facts, pillars, dimensions and questions share one set of ids. Give the second another id."),
        duplicate_id,
    ),
    Rule(
        "copied_file",
        "error",
        _("this file says again what {original} says"),
        _("If it is a copy, take it out of the folder; else give its entries other ids."),
        copied_file,
    ),
    Rule(
        "repeated_head",
        "error",
        _("“{name}” already stands in {first}"),
        _("One file of a folder carries the head (id, version, subject, languages, title); take it out here."),
        repeated_head,
    ),
    Rule(
        "unknown_reference",
        "error",
        _("there is no {what} “{name}” in this questionnaire"),
        _("Write an id that exists."),
        unknown_reference,
    ),
    Rule(
        "previous_id_in_use",
        "error",
        _("the former id “{name}” is in use elsewhere"),
        _("Ids are never reused; take this one out or rename the other."),
        previous_id_in_use,
    ),
    Rule(
        "reserved_option",
        "error",
        _("an option may not be called “{name}”"),
        _("na, dk and later are states of an answer. Choose another id."),
        reserved_option,
    ),
    Rule(
        "empty_group",
        "warning",
        _("“{name}” has nothing in it and will never be assessed"),
        _("Add a dimension or question to it, or take it out."),
        empty_group,
    ),
    Rule(
        "core_misses",
        "notice",
        _("the quick mode does not touch the dimension “{name}”"),
        _("Mark one of its questions core = true."),
        core_misses,
    ),
    Rule(
        "without_source",
        "notice",
        _("“{name}” names no source"),
        _('Add sources = ["..."]; for expert judgement too.'),
        without_source,
    ),
    Rule(
        "unused_source",
        "notice",
        _("nothing refers to the source “{name}”"),
        _("Refer to it, or take it out."),
        unused_source,
    ),
)
