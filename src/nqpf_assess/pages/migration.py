"""What becomes of the answers of a file under another edition, in words."""

from collections.abc import Iterator, Sequence

from nqpf_assess.kinds.editions import shown
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.answers import Answer
from nqpf_assess.model.migration import FATES, Fate, Migration, Moved
from nqpf_assess.report.blocks import Table, TableColumn, cells
from nqpf_assess.report.text import table_lines

FATE_WORDS: dict[Fate, Text] = {
    "carried": _("carried over"),
    "converted": _("converted"),
    "confirm": _("to confirm"),
    "invalid": _("invalid, answer anew"),
    "archived": _("archived"),
}
COUNT_WORDS: dict[Fate, Text] = {
    "carried": _("{count} carried over"),
    "converted": _("{count} converted"),
    "confirm": _("{count} to confirm"),
    "invalid": _("{count} invalid"),
    "archived": _("{count} archived"),
}
TABLE_WORDS = {
    "facts": _("fact"),
    "answers": _("question"),
    "override": _("override"),
    "plan": _("chosen measure"),
}
HEAD = _("{name}: questionnaire {id} {before} → {after}")
RUBRIC = _(", rubric {id} {before} → {after}")
COUNTS = _("Of {all} answers, {counts}.")
NOTHING = _("Nothing to change: the file belongs to this edition already.")
ONLY_EDITION = _("Every answer stays as it is; only the edition that the file names changes.")
UNKNOWN_BEFORE = _(
    "The edition it was answered to is not given (--old-questionnaire), so changes of unit, of the order of levels "
    "and of wording cannot be seen, only what is raised in revision or fits no more."
)
RESTORED = _("back out of the archive")
ANEW = _("{count} questions are new and open: {ids}")
FATE, WHAT, VALUE, WHY = (
    _("what becomes of it"),
    _("what"),
    _("answer"),
    _("why"),
)
KEPT = _("Whatever is invalid, archived or converted is kept as it was typed, under [archive] in the file.")
STATES = {
    "dk": _("don't know"),
    "later": _("put off"),
    "na": _("not applicable"),
}
NO_VALUE = _("no value")
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
            TableColumn(tell(words, language), share)
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
