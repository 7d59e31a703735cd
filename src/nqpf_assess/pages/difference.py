"""The difference of two editions in words: every change by how grave it is, and what it does to answer files."""

from collections.abc import Iterator

from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.migration import (
    FATES,
    GRADES,
    EditionChange,
    EditionDifference,
    Effect,
    Grade,
    Moves,
    Step,
)
from nqpf_assess.pages.migration import COUNT_WORDS
from nqpf_assess.report.blocks import Table, TableColumn, cells
from nqpf_assess.report.text import table_lines
from nqpf_assess.report.wording import NO_FIGURE, number
from nqpf_assess.typography.cells import short

GRADE_WORDS: dict[Grade, Text] = {
    "safe": _("safe"),
    "confirm": _("confirm"),
    "convert": _("convert"),
    "loss": _("loss"),
}
GRADE_HEADS: dict[Grade, Text] = {
    "loss": _("Loss: some answers (or the file) no longer fit; migrate archives them."),
    "convert": _("Convert: migrate rewrites the answers exactly."),
    "confirm": _("Confirm: answers stay, but their meaning or a score may change."),
    "safe": _("Safe: nothing happens to answers."),
}
MOVES_WORDS: dict[Moves, Text] = {
    "": _(""),
    "scores": _("moves scores"),
    "plans": _("moves plans"),
}
STEP_WORDS: dict[Step, Text] = {
    "patch": _("patch (wording)"),
    "minor": _("minor (additions)"),
    "major": _("major (breaks answers)"),
}
TABLE_WORDS = {
    "": _("head"),
    "pillars": _("pillar"),
    "dimensions": _("dimension"),
    "facts": _("fact"),
    "questions": _("question"),
    "countermeasures": _("countermeasure"),
    "sources": _("source"),
    "checks": _("check"),
    "figures": _("figure"),
    "weights": _("weight"),
    "targets": _("target"),
    "scoring": _("rule of scoring"),
    "bands": _("band"),
    "floors": _("floor"),
    "adjust": _("adjustment"),
}
KIND_WORDS = {
    "questionnaire": _("questionnaire"),
    "weights": _("rubric"),
}
SAME = _("No difference: both have the same content.")
HEAD = _("{kind} {id} {before} → {after}: {counts}")
COUNT = _("{count} {grade}")
RAISED = _("The changes ask for a new {wanted} version, and the version was raised so.")
NOT_RAISED = _("! The changes ask for a new {wanted} version, but {before} → {after} is not one.")
WHAT, CHANGE, VALUES = _("what"), _("change"), _("before → after")
FILE, BEFORE, AFTER = _("effect on"), _("old"), _("new")
MOVED, ANSWERS = _("change"), _("answers")
PILLARS = _("moved most")
LONGEST = 60
MOST_SAFE = 15
MORE = _("… and {count} more; --all shows them.")


def difference_lines(
    difference: EditionDifference, language: str, *, width: int, everything: bool = False
) -> Iterator[str]:
    """Tell a difference, the gravest changes first; `everything`: with all that is safe, at full length."""
    if not difference.changes:
        yield tell(SAME, language)
    else:
        yield _head(difference, language)
        yield from _version(difference, language)
    for grade in reversed(GRADES):
        changes = [change for change in difference.changes if change.grade == grade]
        yield from _graded(grade, changes, language, width=width, everything=everything)
    if difference.effects:
        yield ""
        yield from table_lines(_effects(difference, language), width)


def _head(difference: EditionDifference, language: str) -> str:
    counts = [
        tell(COUNT, language, count=count, grade=tell(GRADE_WORDS[grade], language))
        for grade in reversed(GRADES)
        if (count := sum(change.grade == grade for change in difference.changes))
    ]
    return tell(
        HEAD,
        language,
        kind=tell(KIND_WORDS[difference.kind], language),
        id=difference.new.id,
        before=difference.old.version,
        after=difference.new.version,
        counts=("，" if language == "zh" else ", ").join(counts),
    )


def _version(difference: EditionDifference, language: str) -> Iterator[str]:
    if difference.wanted is not None:
        yield tell(
            RAISED if difference.kept_its_word else NOT_RAISED,
            language,
            wanted=tell(STEP_WORDS[difference.wanted], language),
            before=difference.old.version,
            after=difference.new.version,
        )


def _graded(
    grade: Grade, changes: list[EditionChange], language: str, *, width: int, everything: bool
) -> Iterator[str]:
    if not changes:
        return
    shown = changes if everything or grade != "safe" else changes[:MOST_SAFE]
    yield ""
    yield tell(GRADE_HEADS[grade], language)
    columns = tuple(
        TableColumn(tell(words, language), share) for words, share in ((WHAT, 1.3), (CHANGE, 1.6), (VALUES, 2.0))
    )
    rows = tuple(cells(*_row(change, language, everything=everything)) for change in shown)
    yield from table_lines(Table(columns, rows), width)
    if len(shown) < len(changes):
        yield tell(MORE, language, count=len(changes) - len(shown))


def _row(change: EditionChange, language: str, *, everything: bool) -> tuple[str, str, str]:
    named = " ".join(part for part in (tell(TABLE_WORDS[change.table], language), change.id, change.key) if part)
    what = tell(change.what, language)
    moves = tell(MOVES_WORDS[change.moves], language)
    spoken = _differing(change, language)
    values = [_value(value, spoken, everything=everything) for value in (change.before, change.after)]
    said = " → ".join(values) if any(value != NO_FIGURE for value in values) else ""
    file = f"{change.file}: " if change.file else ""
    joint = "，" if language == "zh" else "; "
    return file + named, what + (joint + moves if moves else ""), said


def _differing(change: EditionChange, language: str) -> str:
    """Give the language to show values in: another one, where they are the same in this one."""
    before, after = change.before or {}, change.after or {}
    others = [other for other in (language, *before, *after) if before.get(other) != after.get(other)]
    return next(iter(others), language)


def _value(value: Text | None, language: str, *, everything: bool) -> str:
    said = NO_FIGURE if value is None else tell(value, language)
    return said if everything else short(said, LONGEST)


def _effects(difference: EditionDifference, language: str) -> Table:
    columns = (
        TableColumn(tell(FILE, language), 1.6),
        TableColumn(tell(BEFORE, language), 0.5, "right"),
        TableColumn(tell(AFTER, language), 0.5, "right"),
        TableColumn(tell(MOVED, language), 0.6, "right"),
        TableColumn(tell(PILLARS, language), 1.5),
        TableColumn(tell(ANSWERS, language), 2.2),
    )
    return Table(columns, tuple(cells(*_effect(effect, language)) for effect in difference.effects))


def _effect(effect: Effect, language: str) -> tuple[str, ...]:
    moved = None if effect.before is None or effect.after is None else effect.after - effect.before
    joint = "，" if language == "zh" else ", "
    fates = [tell(COUNT_WORDS[fate], language, count=effect.fates[fate]) for fate in FATES if effect.fates[fate]]
    return (
        effect.name,
        number(effect.before),
        number(effect.after),
        number(moved, signed=True),
        _pillar(effect),
        joint.join(fates),
    )


def _pillar(effect: Effect) -> str:
    known = {id: b - a for id, (a, b) in effect.nodes.items() if a is not None and b is not None}
    if not known:
        return ""
    most = max(known, key=lambda id: abs(known[id]))
    return f"{most} {number(known[most], signed=True)}"
