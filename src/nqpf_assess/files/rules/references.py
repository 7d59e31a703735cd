"""Does every id that is mentioned exist, once, and is everything that exists mentioned?"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from nqpf_assess.files.document import TABLES
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path, Place
from nqpf_assess.files.rules.naming import suggestion
from nqpf_assess.files.rules.subjects import QuestionnaireSubject, WeightsSubject
from nqpf_assess.model.base import stated_keys
from nqpf_assess.model.questionnaire import RESERVED_OPTIONS
from nqpf_assess.model.text import Text, text

WHAT: Mapping[str, Text] = {
    "sources": text(en="source", zh="来源"),
    "facts": text(en="fact", zh="地方情况"),
    "pillars": text(en="pillar", zh="支柱"),
    "dimensions": text(en="dimension", zh="维度"),
    "questions": text(en="question", zh="题目"),
    "countermeasures": text(en="countermeasure", zh="对策措施"),
    "nodes": text(en="pillar, dimension or question", zh="支柱、维度或题目"),
    "floor_nodes": text(en="pillar or dimension", zh="支柱或维度"),
}
NODE_TABLES = ("pillars", "dimensions", "questions")

Mention = tuple[Path, str, str]
"""Where an id is mentioned, the id, the table it should be in."""


def _mentions(subject: QuestionnaireSubject) -> Iterator[Mention]:
    value = subject.value
    for id, dimension in value.dimensions.items():
        yield ("dimensions", id, "pillar"), dimension.pillar, "pillars"
    for id, question in value.questions.items():
        yield ("questions", id, "dimension"), question.dimension, "dimensions"
    for id, measure in value.countermeasures.items():
        for dimension_id in measure.lifts:
            yield ("countermeasures", id, "lifts", dimension_id), dimension_id, "dimensions"
        for index, need in enumerate(measure.needs):
            yield ("countermeasures", id, "needs", index), need, "countermeasures"
    for id, figure in value.figures.items():
        for index, shown in enumerate(figure.questions):
            yield ("figures", id, "questions", index), shown, "questions"
    yield from _sources(subject)


def _sources(subject: QuestionnaireSubject) -> Iterator[Mention]:
    for table in ("facts", "pillars", "dimensions", "questions", "countermeasures", "checks", "figures"):
        for id, entry in getattr(subject.value, table).items():
            for index, source in enumerate(getattr(entry, "sources", ())):
                yield (table, id, "sources", index), source.partition("#")[0], "sources"
            for index, benchmark in enumerate(getattr(entry, "benchmarks", ())):
                yield (table, id, "benchmarks", index, "source"), benchmark.source.partition("#")[0], "sources"


def unknown_reference(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find ids that are mentioned and exist nowhere."""
    yield from _unresolved(_mentions(subject), subject.declared)


def _unresolved(mentions: Iterable[Mention], declared: Mapping[str, Collection[str]]) -> Iterable[Finding]:
    for path, id, table in mentions:
        if id not in declared[table]:
            values, hint = {"name": id, "what": WHAT[table]}, suggestion(id, declared[table])
            yield Finding(path, values, at="key" if path[-1] == id else "value", hint=hint)


def _rubric_mentions(subject: WeightsSubject) -> Iterator[Mention]:
    value = subject.value
    for table, wanted in (("weights", "nodes"), ("targets", "nodes")):
        for node in getattr(value, table):
            yield (table, node), node, wanted
    for index, change in enumerate(value.adjust):
        yield ("adjust", index, "node"), change.node, "nodes"
        for place, source in enumerate(change.sources):
            yield ("adjust", index, "sources", place), source.partition("#")[0], "sources"
    for id, floor in value.floors.items():
        yield ("floors", id, "node"), floor.node, "floor_nodes"


def rubric_reference(subject: WeightsSubject) -> Iterable[Finding]:
    """Find nodes and sources a rubric mentions that the questionnaire does not have."""
    declared = dict(subject.declared)
    declared["nodes"] = frozenset().union(*(declared[table] for table in NODE_TABLES))
    declared["floor_nodes"] = declared["pillars"] | declared["dimensions"]
    yield from _unresolved(_rubric_mentions(subject), declared)


def duplicate_id(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find an id used twice among facts, pillars, dimensions and questions, or in two files of a folder."""
    documents = subject.collection.documents
    first: dict[tuple[str, str], tuple[int, Path]] = {}
    for index, document in enumerate(documents):
        for table, entries in document.data.items():
            for id in entries if isinstance(entries, Mapping) and table in TABLES else ():
                space = "nodes" if table in (*NODE_TABLES, "facts") else table
                if (space, id) in first:
                    yield _twice(subject, id, (table, id), index, first[space, id])
                first.setdefault((space, id), (index, (table, id)))


def _twice(subject: QuestionnaireSubject, id: str, path: Path, index: int, first: tuple[int, Path]) -> Finding:
    document = subject.collection.documents[first[0]]
    place: Place = document.spots([first[1]])[first[1]].key
    where = f"{document.source}:{place.line}:{place.column}"
    return Finding(path, {"name": id, "first": where}, at="key", file=index)


def repeated_head(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find keys of the head that stand in two files of a folder."""
    seen: dict[str, str] = {}
    for index, document in enumerate(subject.collection.documents):
        for key, value in document.data.items():
            if key == "format" or (isinstance(value, Mapping) and key != "title"):
                continue
            if key in seen:
                yield Finding((key,), {"name": key, "first": seen[key]}, at="key", file=index)
            seen.setdefault(key, document.source)


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
            for option in getattr(asked, "options", ()):
                if option in RESERVED_OPTIONS:
                    yield Finding((table, id, "options", option), {"name": option}, at="key")


def unused_source(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find sources that nothing refers to."""
    used = {id for _, id, table in _sources(subject)}
    for id in subject.value.sources:
        if id not in used:
            yield Finding(("sources", id), {"name": id}, at="key")


def without_source(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find questions and countermeasures whose origin is not stated."""
    for table in ("questions", "countermeasures"):
        for id, entry in getattr(subject.value, table).items():
            if "sources" not in dict(stated_keys(entry)):
                yield Finding((table, id), {"name": id}, at="key")


def empty_group(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find pillars without dimensions and dimensions without questions."""
    value = subject.value
    pillars = {dimension.pillar for dimension in value.dimensions.values()}
    dimensions = {question.dimension for question in value.questions.values()}
    for table, used in (("pillars", pillars), ("dimensions", dimensions)):
        for id in getattr(value, table):
            if id not in used:
                yield Finding((table, id), {"name": id}, at="key")


def core_misses(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find dimensions that the quick mode would not touch, where there is a quick mode."""
    questions = subject.value.questions.values()
    touched = {question.dimension for question in questions if question.core}
    for id in subject.value.dimensions if touched else ():
        if id not in touched and any(question.dimension == id for question in questions):
            yield Finding(("dimensions", id), {"name": id}, at="key")


REFERENCE_RULES = (
    Rule(
        "duplicate_id",
        "error",
        text(
            en="the id “{name}” is used a second time; the first is at {first}",
            zh="标识“{name}”重复使用，首次出现在 {first}",
        ),
        text(
            en="Facts, pillars, dimensions and questions share one set of ids. Give the second another id.",
            zh="地方情况、支柱、维度和题目共用一套标识，请为后者另取标识。",
        ),
        duplicate_id,
    ),
    Rule(
        "repeated_head",
        "error",
        text(en="“{name}” already stands in {first}", zh="“{name}”已写在 {first} 中"),
        text(en="Only one file of a folder carries the head.", zh="同一文件夹中只由一个文件写问卷头部。"),
        repeated_head,
    ),
    Rule(
        "unknown_reference",
        "error",
        text(en="there is no {what} “{name}” in this questionnaire", zh="本问卷中没有{what}“{name}”"),
        text(en="Write an id that exists.", zh="请填写已有的标识。"),
        unknown_reference,
    ),
    Rule(
        "previous_id_in_use",
        "error",
        text(en="the former id “{name}” belongs to something else now", zh="原标识“{name}”已另有所指"),
        text(
            en="Ids are never reused; take this one out or rename the other.", zh="标识不得重复使用，请删去此项或改名。"
        ),
        previous_id_in_use,
    ),
    Rule(
        "reserved_option",
        "error",
        text(en="an option may not be called “{name}”", zh="选项标识不能用“{name}”"),
        text(
            en="na, dk and later are states of an answer. Choose another id.",
            zh="na、dk、later 是作答状态，请换用其他标识。",
        ),
        reserved_option,
    ),
    Rule(
        "empty_group",
        "warning",
        text(en="“{name}” has nothing in it and will never be assessed", zh="“{name}”下没有内容，无法评估"),
        text(en="Add a dimension or question to it, or take it out.", zh="请为其添加维度或题目，或删去。"),
        empty_group,
    ),
    Rule(
        "core_misses",
        "notice",
        text(en="the quick mode does not touch the dimension “{name}”", zh="快速模式未覆盖维度“{name}”"),
        text(en="Mark one of its questions core = true.", zh="请将其中一题标为 core = true。"),
        core_misses,
    ),
    Rule(
        "without_source",
        "notice",
        text(en="“{name}” names no source", zh="“{name}”未注明来源"),
        text(en='Add sources = ["..."]; for expert judgement too.', zh='请补上 sources = ["……"]；专家判断也须注明。'),
        without_source,
    ),
    Rule(
        "unused_source",
        "notice",
        text(en="nothing refers to the source “{name}”", zh="来源“{name}”未被引用"),
        text(en="Refer to it, or take it out.", zh="请引用或删去。"),
        unused_source,
    ),
)
