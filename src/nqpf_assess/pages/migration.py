"""What becomes of the answers of a file under another edition, in words."""

from collections.abc import Iterator

from nqpf_assess.engine.states import is_to_confirm
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.editions import shown
from nqpf_assess.kinds.kind import Fault
from nqpf_assess.locale import Text, _, _n, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Answer
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.migration import FATES, Fate, Migration, Moved
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.report.blocks import Block, Bullets, Paragraph, Table, TableColumn, cells, runs

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
HEAD = _("{name}: questionnaire{id} {before} → {after}")
RUBRIC = _(", rubric{id} {before} → {after}")
RUBRIC_STAYS = _(", rubric{id} stays {after}")
COUNTS = _n("Of {count} answer, {counts}.", "Of {count} answers, {counts}.")
NOTHING = _("Nothing to change: the file belongs to this edition already.")
OTHER_RUBRIC = _("The file names the rubric {before}; written, it names {after} and is scored by that.")
ONLY_EDITION = _("Every answer stays as it is; only the edition that the file names changes.")
UNKNOWN_BEFORE = _(
    "The edition it was answered to is not given (--old-questionnaire), so changes of unit, of the order of levels "
    "and of wording cannot be seen, only what is raised in revision or fits no more."
)
NOT_AT_HAND = _(
    "The edition it was answered to is not at hand, so changes of unit, of the order of levels and of wording cannot "
    "be seen, only what is raised in revision or fits no more."
)
NAMED_HERE = _n(
    "The file marks only answers to an earlier revision of their question: {count} of those to confirm is named here "
    "alone. Look at it now.",
    "The file marks only answers to an earlier revision of their question: {count} of those to confirm are named here "
    "alone. Look at them now.",
)
RESTORED = _("back out of the archive")
FACTS_ANEW = _n(
    "{count} fact is new and open; which questions are asked may hang on it:",
    "{count} facts are new and open; which questions are asked may hang on them:",
)
ANEW = _n("{count} question is new and open:", "{count} questions are new and open:")
MORE_NEW = _("and {count} more")
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


def migration_blocks(migration: Migration, name: str, language: str, *, plain: bool = False) -> Iterator[Block]:
    """Write a migration; what is simply carried over is counted, all else is rows. `name`: of the file.

    `plain`: for readers who know neither ids nor options; titles alone name what is meant.
    """
    here, stated, now = grammar(language), migration.before, migration

    def line(words: Text, **values: object) -> Paragraph:
        return Paragraph(runs(tell(words, language, **values)))

    told = [row for fate in reversed(FATES) for row in migration.of(fate) if fate != "carried" or row.why]
    moves = [_row(row, FATE_WORDS[row.fate], migration, language, plain=plain) for row in told]
    moves += [_row(row, RESTORED, migration, language, plain=plain) for row in migration.restored]
    heads = ((FATE, 0.9), (WHAT, 2.2), (VALUE, 1.0), (WHY, 2.2))
    table = Table(
        tuple(TableColumn(tell(words, language), share) for words, share in heads), tuple(cells(*row) for row in moves)
    )
    if not migration.changes:
        yield line(NOTHING)
        yield from [table] if moves else []
        return
    versions = {"before": stated.questionnaire.version, "after": now.questionnaire.version}
    called = f" {now.questionnaire.id}" if not plain else ""
    head = tell(HEAD, language, name=name, id=called, **versions)
    named = [str(Blend(one.weights.id, one.weights.with_)) for one in (stated, now.answers)]
    if named[0] == named[1]:
        versions = {"before": stated.weights.version, "after": now.weights.version}
        words = RUBRIC_STAYS if versions["before"] == versions["after"] else RUBRIC
        head += tell(words, language, id=f" {now.weights.id}" if not plain else "", **versions)
    yield Paragraph(runs(head))
    if named[0] != named[1]:
        yield line(OTHER_RUBRIC, before=named[0], after=named[1])
    if all(row.fate == "carried" and not row.why for row in migration.rows) and not migration.restored:
        yield from [line(ONLY_EDITION)] if named[0] == named[1] else []
    else:
        answers = sum(migration.counts.values())
        counts = [tell(COUNT_WORDS[fate], language, count=count) for fate, count in migration.counts.items() if count]
        if counts:  # else all that changes comes out of the archive
            yield line(COUNTS, count=answers, counts=here.join(counts))
        if unmarked := sum(_is_unmarked(row, migration.books[1]) for row in migration.of("confirm")):
            yield line(NAMED_HERE, count=unmarked)
    if not migration.known_before and not migration.same_edition:  # of the same version, too, with other content
        yield line(NOT_AT_HAND if plain else UNKNOWN_BEFORE)
    yield from [table] if moves else []
    if any(row.fate not in ("carried", "confirm") for row in migration.rows):
        yield line(KEPT)
    for words, ids in ((FACTS_ANEW, migration.facts_anew), (ANEW, migration.asked_anew)):
        if not ids:
            continue
        yield line(words, count=len(ids))
        titles = [
            tell(title_of(migration.books[1], id), language) + ("" if plain else f" [{id}]") for id in ids[:MOST_NEW]
        ]
        more = [tell(MORE_NEW, language, count=len(ids) - MOST_NEW)] if len(ids) > MOST_NEW else []
        yield Bullets(tuple(runs(words) for words in (*titles, *more)))


def _is_unmarked(row: Moved, book: Questionnaire) -> bool:
    """Return whether nothing in the file says that what is to be confirmed was answered to other words."""
    asked = book.asked.get(row.id)
    return asked is not None and row.after is not None and not is_to_confirm(asked, row.after)


def _row(row: Moved, fate: Text, migration: Migration, language: str, *, plain: bool) -> tuple[str, str, str, str]:
    """Return what becomes of one answer, which it is, its value before and after, and why."""

    def worded(answer: Answer, id: str, book: Questionnaire | None) -> str:
        if answer.state in STATES:
            return tell(STATES[answer.state], language)
        raw, asked = answer.value, book.asked.get(id) if book else None
        read = kind_of(asked).read(asked, raw) if asked is not None and raw is not None else None
        if asked is None or read is None or isinstance(read, Fault):  # then as it stands in the file
            return shown(raw) or tell(NO_VALUE, language)
        return kind_of(asked).short(asked, read, language)

    before, after = migration.books
    title = tell(row.title, language)
    what = f"{tell(TABLE_WORDS[row.table], language)} {row.was}"
    then = before if before is not None and row.was in before.asked else after  # what comes back may be older
    pairs = ((row.before, row.was, then), (row.after, row.id, after))
    values = list(dict.fromkeys(worded(one, id, book) for one, id, book in pairs if one is not None and row.before))
    why = grammar(language).semicolon.join(tell(words, language) for words in row.why)
    return tell(fate, language), (title if plain else f"{title} [{what}]") if title else what, " → ".join(values), why
