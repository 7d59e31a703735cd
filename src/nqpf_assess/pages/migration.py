"""What becomes of the answers of a file under another edition, in words."""

from collections.abc import Iterator, Sequence

from nqpf_assess.engine.migrating.values import shown
from nqpf_assess.model.answers import Answer
from nqpf_assess.model.migration import FATES, Fate, Migration, Moved
from nqpf_assess.model.text import Text, tell, text
from nqpf_assess.report.blocks import Column, Table, cells
from nqpf_assess.report.text import table_lines

FATE_WORDS: dict[Fate, Text] = {
    "carried": text(en="carried over", zh="原样保留"),
    "converted": text(en="converted", zh="自动换算"),
    "confirm": text(en="to confirm", zh="请确认"),
    "invalid": text(en="invalid, answer anew", zh="失效，须重答"),
    "archived": text(en="archived", zh="存档"),
}
COUNT_WORDS: dict[Fate, Text] = {
    "carried": text(en="{count} carried over", zh="原样保留 {count} 项"),
    "converted": text(en="{count} converted", zh="自动换算 {count} 项"),
    "confirm": text(en="{count} to confirm", zh="请确认 {count} 项"),
    "invalid": text(en="{count} invalid", zh="失效 {count} 项"),
    "archived": text(en="{count} archived", zh="存档 {count} 项"),
}
TABLE_WORDS = {
    "facts": text(en="fact", zh="地方情况"),
    "answers": text(en="question", zh="题目"),
    "override": text(en="override", zh="人工修正"),
    "plan": text(en="chosen measure", zh="已选对策"),
}
HEAD = text(en="{name}: questionnaire {id} {before} → {after}", zh="{name}：问卷 {id} {before} → {after}")
RUBRIC = text(en=", rubric {id} {before} → {after}", zh="，权重方案 {id} {before} → {after}")
COUNTS = text(en="Of {all} answers, {counts}.", zh="共 {all} 项答案：{counts}。")
NOTHING = text(en="Nothing to change: the file belongs to this edition already.", zh="无需改动：该文件已属于本版本。")
ONLY_EDITION = text(
    en="Every answer stays as it is; only the edition that the file names changes.",
    zh="全部答案原样保留，仅更新文件所写的版本。",
)
UNKNOWN_BEFORE = text(
    en="The edition it was answered to is not given (--old-questionnaire), so changes of unit, of the order of levels "
    "and of wording cannot be seen, only what is raised in revision or fits no more.",
    zh="未指定作答时的问卷版本（--old-questionnaire），因此看不出单位、等级次序和措辞的变化，"
    "只能看出修订号提高和不再有效的答案。",
)
RESTORED = text(en="back out of the archive", zh="从存档恢复")
ANEW = text(en="{count} questions are new and open: {ids}", zh="新增 {count} 道题待答：{ids}")
FATE, WHAT, VALUE, WHY = (
    text(en="what becomes of it", zh="处理"),
    text(en="what", zh="项目"),
    text(en="answer", zh="答案"),
    text(en="why", zh="原因"),
)
KEPT = text(
    en="Whatever is invalid, archived or converted is kept as it was typed, under [archive] in the file.",
    zh="失效、存档和换算前的原答案均保存在文件的 [archive] 中。",
)
STATES = {
    "dk": text(en="don't know", zh="不清楚"),
    "later": text(en="put off", zh="稍后填写"),
    "na": text(en="not applicable", zh="不适用"),
}
NO_VALUE = text(en="no value", zh="无数值")
MOST_NEW = 12


def migration_lines(migration: Migration, name: str, language: str, *, width: int) -> Iterator[str]:
    """Tell a migration; what is simply carried over is counted, all else is listed. `name`: of the file."""
    if not migration.changes:
        yield tell(NOTHING, language)
        yield from _listed(migration, language, width)
        return
    yield _head(migration, name, language)
    yield _counts(migration, language)
    if not migration.known_before and migration.before.questionnaire.version != migration.questionnaire.version:
        yield tell(UNKNOWN_BEFORE, language)
    yield from _listed(migration, language, width)
    if any(row.fate not in ("carried", "confirm") for row in migration.rows):
        yield tell(KEPT, language)
    yield from _anew(migration, language)


def _head(migration: Migration, name: str, language: str) -> str:
    stated, now = migration.before, migration
    versions = {"before": stated.questionnaire.version, "after": now.questionnaire.version}
    said = tell(HEAD, language, name=name, id=now.questionnaire.id, **versions)
    if stated.weights.version == now.weights.version:
        return said
    versions = {"before": stated.weights.version, "after": now.weights.version}
    return said + tell(RUBRIC, language, id=now.weights.id, **versions)


def _counts(migration: Migration, language: str) -> str:
    if all(row.fate == "carried" and not row.why for row in migration.rows) and not migration.restored:
        return tell(ONLY_EDITION, language)
    counts = [tell(COUNT_WORDS[fate], language, count=len(rows)) for fate in FATES if (rows := migration.of(fate))]
    joint = "，" if language == "zh" else ", "
    return tell(COUNTS, language, all=len(migration.rows), counts=joint.join(counts))


def _listed(migration: Migration, language: str, width: int) -> Iterator[str]:
    told = [row for fate in reversed(FATES) for row in migration.of(fate) if fate != "carried" or row.why]
    rows = [cells(*_row(row, tell(FATE_WORDS[row.fate], language), language)) for row in told]
    rows += [cells(*_row(row, tell(RESTORED, language), language)) for row in migration.restored]
    if rows:
        columns = tuple(
            Column(tell(words, language), share)
            for words, share in ((FATE, 0.9), (WHAT, 2.2), (VALUE, 1.0), (WHY, 2.2))
        )
        yield ""
        yield from table_lines(Table(columns, tuple(rows)), width)
        yield ""


def _row(row: Moved, fate: str, language: str) -> Sequence[str]:
    title = tell(row.title, language)
    what = tell(TABLE_WORDS[row.table], language)
    named = f"{title} [{what} {row.was}]" if title else f"{what} {row.was}"
    why = ("；" if language == "zh" else "; ").join(tell(words, language) for words in row.why)
    return fate, named, _value(row, language), why


def _value(row: Moved, language: str) -> str:
    if row.before is None:
        return ""
    before = _answer(row.before, language)
    after = _answer(row.after, language) if row.after is not None else before
    return before if before == after else f"{before} → {after}"


def _answer(answer: Answer, language: str) -> str:
    if answer.state in STATES:
        return tell(STATES[answer.state], language)
    return shown(answer.value) or tell(NO_VALUE, language)


def _anew(migration: Migration, language: str) -> Iterator[str]:
    ids = migration.asked_anew
    if ids:
        shown_ids = ", ".join(ids[:MOST_NEW]) + (" …" if len(ids) > MOST_NEW else "")
        yield tell(ANEW, language, count=len(ids), ids=shown_ids)
