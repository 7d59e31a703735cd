"""The difference of two editions in words: every change by how grave it is, and what it does to answer files."""

from collections.abc import Iterator

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
from nqpf_assess.model.text import Text, tell, text
from nqpf_assess.pages.migration import COUNT_WORDS
from nqpf_assess.report.blocks import Column, Table, cells
from nqpf_assess.report.text import table_lines
from nqpf_assess.report.wording import NO_FIGURE, number
from nqpf_assess.typography.cells import short

GRADE_WORDS: dict[Grade, Text] = {
    "safe": text(en="safe", zh="无影响"),
    "confirm": text(en="confirm", zh="须确认"),
    "convert": text(en="convert", zh="可换算"),
    "loss": text(en="loss", zh="有损失"),
}
GRADE_HEADS: dict[Grade, Text] = {
    "loss": text(
        en="Loss: some answers (or the file) no longer fit; migrate archives them.",
        zh="有损失：部分答案不再有效，migrate 会将其存档。",
    ),
    "convert": text(en="Convert: migrate rewrites the answers exactly.", zh="可换算：migrate 会准确改写答案。"),
    "confirm": text(
        en="Confirm: answers stay, but their meaning or a score may change.",
        zh="须确认：答案保留，但含义或得分可能变化。",
    ),
    "safe": text(en="Safe: nothing happens to answers.", zh="无影响：答案不受影响。"),
}
MOVES_WORDS: dict[Moves, Text] = {
    "": text(en="", zh=""),
    "scores": text(en="moves scores", zh="影响得分"),
    "plans": text(en="moves plans", zh="影响行动方案"),
}
STEP_WORDS: dict[Step, Text] = {
    "patch": text(en="patch (wording)", zh="修订号（措辞）"),
    "minor": text(en="minor (additions)", zh="次版本号（增补）"),
    "major": text(en="major (breaks answers)", zh="主版本号（影响答案）"),
}
TABLE_WORDS = {
    "": text(en="head", zh="文件头"),
    "pillars": text(en="pillar", zh="支柱"),
    "dimensions": text(en="dimension", zh="维度"),
    "facts": text(en="fact", zh="地方情况"),
    "questions": text(en="question", zh="题目"),
    "countermeasures": text(en="countermeasure", zh="对策措施"),
    "sources": text(en="source", zh="来源"),
    "checks": text(en="check", zh="一致性检查"),
    "figures": text(en="figure", zh="数据核对"),
    "weights": text(en="weight", zh="权重"),
    "targets": text(en="target", zh="目标"),
    "scoring": text(en="rule of scoring", zh="计分规则"),
    "bands": text(en="band", zh="等次"),
    "floors": text(en="floor", zh="底线"),
    "adjust": text(en="adjustment", zh="调整项"),
}
KIND_WORDS = {
    "questionnaire": text(en="questionnaire", zh="问卷"),
    "weights": text(en="rubric", zh="权重方案"),
}
SAME = text(en="No difference: both have the same content.", zh="没有差异：两者内容相同。")
HEAD = text(en="{kind} {id} {before} → {after}: {counts}", zh="{kind} {id} {before} → {after}：{counts}")
COUNT = text(en="{count} {grade}", zh="{grade} {count} 项")
RAISED = text(
    en="The changes ask for a new {wanted} version, and the version was raised so.",
    zh="这些改动要求提高{wanted}，版本号已相应提高。",
)
NOT_RAISED = text(
    en="! The changes ask for a new {wanted} version, but {before} → {after} is not one.",
    zh="! 这些改动要求提高{wanted}，但版本号 {before} → {after} 没有做到。",
)
WHAT, CHANGE, VALUES = text(en="what", zh="项目"), text(en="change", zh="改动"), text(en="before → after", zh="原 → 现")
FILE, BEFORE, AFTER = text(en="effect on", zh="对答卷的影响"), text(en="old", zh="旧版"), text(en="new", zh="新版")
MOVED, ANSWERS = text(en="change", zh="变化"), text(en="answers", zh="答案")
PILLARS = text(en="moved most", zh="变化最大")
LONGEST = 60
MOST_SAFE = 15
MORE = text(en="… and {count} more; --all shows them.", zh="……另有 {count} 项，加 --all 可全部列出。")


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
        Column(tell(words, language), share) for words, share in ((WHAT, 1.3), (CHANGE, 1.6), (VALUES, 2.0))
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
        Column(tell(FILE, language), 1.6),
        Column(tell(BEFORE, language), 0.5, "right"),
        Column(tell(AFTER, language), 0.5, "right"),
        Column(tell(MOVED, language), 0.6, "right"),
        Column(tell(PILLARS, language), 1.5),
        Column(tell(ANSWERS, language), 2.2),
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
