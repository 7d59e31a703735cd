"""An import in words: what each value would replace, where it comes from, what is no answer and what to do about it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from nqpf_assess.engine.states import stored
from nqpf_assess.exchange.column_map import AND_MORE, MOST_NAMED
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.filled import quoted
from nqpf_assess.locale import Text, _, _n, fill, tell
from nqpf_assess.locale.grammar import grammar, listed
from nqpf_assess.model.answers import Answer
from nqpf_assess.model.importing import IMPORT_FATES, Excerpt, ImportSource, ImportStep, NotTaken, Submission
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.report.blocks import Block, Paragraph, Table, TableColumn, cells, runs
from nqpf_assess.report.wording import NO_FIGURE, STATE_WORDS, period_in_sentence
from nqpf_assess.session.importing import ImportPlan

OUTCOME_WORDS: Mapping[str, Text] = {
    "new": _("is filled in"),
    "added": _("is added to what is there"),
    "same": _("is there already"),
    "kept": _("stays as it is"),
    "conflict": _("differs: to be decided"),
    "replaced": _("is replaced"),
    "stays": _("stays, though it differs"),
}
COUNT_WORDS: Mapping[str, Text] = {
    "new": _("{count} to fill in"),
    "added": _("{count} to add to"),
    "same": _("{count} there already"),
    "kept": _("{count} left as they are"),
    "conflict": _("{count} to be decided"),
    "replaced": _("{count} to replace"),
    "stays": _("{count} kept, though they differ"),
}
WHAT, PRESENT, NEW, FROM, HAPPENS = (
    _("what"),
    _("present value"),
    _("new value"),
    _("where from"),
    _("what happens"),
)
NOTHING = _("Nothing to change: all of it is there already.")
EMPTY = _("There is no answer in it.")
NOT_TAKEN = _n("{count} cell is no answer and was left out:", "{count} cells are no answers and were left out:")
PLACE = _("{place}, {id}")
AS_IT_STANDS = _("As the sheet has them; see that each is what is asked for.")
TAKEN_FOR = _(
    "These figures are taken for those of {time}, and shown as the sheet has them; see that each is of that time, and "
    "what is asked for."
)
MARKS = _("← stands before what the sheet has further to the left, ↑ before what it has further up.")
PIECES = " · "
OVER_ALL = _("Over all of them stands: {words}")
IN_ONE_LINE = _("{place} shows {shown}; in its row: {row}; in its column: {column}")
BESIDE_ALL = _("In the rows of all of them stands: {words}")
MANY = 3
"""Figures of which what stands in the rows of all is said once."""
FIGURE, BESIDE, COLUMN = _("figure"), _("in its row"), _("in its column")
OTHERS = _("Of {n} respondents in the file this one alone is taken. Not taken: {names}")


def outcome_of(step: ImportStep, decisions: Mapping[tuple[str, str], bool]) -> str:
    """Return what becomes of a value after the decisions: its fate, or what was decided about a conflict."""
    if step.fate != "conflict" or step.key not in decisions:
        return step.fate
    return "replaced" if decisions[step.key] else "stays"


def said(step: ImportStep, answer: Answer | None, questionnaire: Questionnaire, language: str) -> str:
    """Write one side of a step in few words, “–” where nothing is there."""
    if answer is None:
        return NO_FIGURE
    if step.table == "subject":
        return str(answer.value)
    asked = (questionnaire.facts if step.table == "facts" else questionnaire.questions)[step.id]
    seen = stored(asked, answer)
    if seen.state == "blank":
        return NO_FIGURE
    kind = kind_of(asked)
    words = kind.short(asked, seen.value, language) if seen.value is not None and seen.state == "answered" else ""
    words = words or tell(STATE_WORDS[seen.state], language)
    return words + (grammar(language).bracketed(str(answer.year)) if answer.year is not None else "")


def importing_blocks(
    plan: ImportPlan, language: str, decisions: Mapping[tuple[str, str], bool] | None = None
) -> Iterator[Block]:
    """Write a plan as a table of all its values, and how many of them change or differ.

    Of a long table the last lines are in sight: what changes stands below what does not, and what differs last.
    """
    here, taken = grammar(language), decisions or {}
    yield from _excerpt_blocks(plan, language)
    if plan.steps:
        heads = ((WHAT, 2.3), (PRESENT, 1.0), (NEW, 1.0), (FROM, 1.0), (HAPPENS, 1.2))
        ordered = sorted(plan.steps, key=lambda step: (step.changes, step.fate == "conflict"))
        rows = []
        for step in ordered:
            origin, title = step.incoming.from_, tell(step.title, language)
            what = title if step.table == "subject" else f"{title} [{step.id}]"
            present, new = (
                said(step, answer, plan.instrument.questionnaire, language) for answer in (step.present, step.incoming)
            )
            if step.fate == "added":
                new = f"+ {here.semicolon.join(map(quoted, step.adds))}"
            where = (origin.place or origin.file or "") if origin is not None else ""
            happens = (tell(words, language) for words in (OUTCOME_WORDS[outcome_of(step, taken)], *step.why))
            rows.append(cells(what, present, new, where, here.semicolon.join(happens)))
        yield Table(tuple(TableColumn(tell(words, language), share) for words, share in heads), tuple(rows))
    if all(step.fate == "same" for step in plan.steps) and not plan.not_taken:
        yield Paragraph(runs(tell(EMPTY if plan.empty else NOTHING, language)))
    outcomes = [outcome_of(step, taken) for step in plan.steps]
    counts = [(name, outcomes.count(name)) for name in (*IMPORT_FATES, "replaced", "stays")]
    words = [tell(COUNT_WORDS[name], language, count=count) for name, count in counts if count]
    if words and any(step.fate != "same" for step in plan.steps):
        yield Paragraph(runs(here.sentence(here.join(words))))


def _excerpt_blocks(plan: ImportPlan, language: str) -> Iterator[Block]:
    """Write each figure of somebody's own table with what stands around it; what is around all of them once."""
    excerpts = [*dict.fromkeys(one for step in plan.steps for one in step.excerpts)]
    if not excerpts:
        return
    shared, colon = around_all(plan), grammar(language).colon
    for line in shared_lines(plan, language):
        yield Paragraph(runs(line))
    heads = ((FIGURE, 1.0), (BESIDE, 1.5), (COLUMN, 1.5))
    rows = (cells(f"{one.place}{colon}{one.shown}", *_around(one, shared)) for one in excerpts)
    yield Table(tuple(TableColumn(tell(title, language), share) for title, share in heads), tuple(rows))


def around_all(plan: ImportPlan) -> Excerpt:
    """Return what stands over all figures of a plan in somebody's own table, and in the rows of all, if these are many.

    It has no figure of its own.
    """
    each = [one for step in plan.steps for one in step.excerpts]
    over, row = (
        tuple(words for words in dict.fromkeys(chain(*said[:1])) if all(words in one for one in said))
        for said in ([one.over for one in each], [one.row for one in each] if len(each) >= MANY else [])
    )
    return Excerpt("", "", row=row, over=over)


def shared_lines(plan: ImportPlan, language: str) -> Iterator[str]:
    """Say which time the figures of a plan out of somebody's own table are taken for, and what stands around all."""
    for time in dict.fromkeys(one.time for step in plan.steps for one in step.excerpts):  # one, or none
        words = fill(TAKEN_FOR, time=period_in_sentence(time, language)) if time else AS_IT_STANDS
        yield tell(words, language)
    if any(one.is_marked for step in plan.steps for one in step.excerpts):
        yield tell(MARKS, language)
    shared = around_all(plan)
    for said, pieces in ((OVER_ALL, shared.over), (BESIDE_ALL, shared.row)):
        if pieces:
            yield tell(said, language, words=PIECES.join(pieces))


def excerpt_line(excerpt: Excerpt, shared: Excerpt, language: str) -> str:
    """Write a figure with what stands around it in one line, but for what is around all of them."""
    row, column = _around(excerpt, shared)
    return tell(IN_ONE_LINE, language, place=excerpt.place, shown=excerpt.shown, row=row, column=column)


def _around(excerpt: Excerpt, shared: Excerpt) -> tuple[str, str]:
    """Write what stands beside a figure, and in its column, but for what is around all of them."""
    over = (words for words in excerpt.over if words not in shared.over)
    row = (words for words in excerpt.row if words not in shared.row)
    return PIECES.join(row) or NO_FIGURE, PIECES.join((*over, *excerpt.column)) or NO_FIGURE


def others_left(source: ImportSource, taken: Submission) -> Iterator[Text]:
    """Name the respondents of a source who do not come in where one of them does."""
    others = [one.name for one in source.submissions if one is not taken]
    names, more = listed(others[:MOST_NAMED]), len(others) - MOST_NAMED
    if others:
        yield fill(OTHERS, n=len(others) + 1, names=fill(AND_MORE, names=names, n=more) if more > 0 else names)


def not_taken_lines(rows: Sequence[NotTaken], questionnaire: Questionnaire, language: str) -> Iterator[str]:
    """Write what is no answer: where it stands, what it was to answer, what is the matter, what to do."""
    if rows:
        yield tell(NOT_TAKEN, language, count=len(rows))
    for row in rows:
        asked = questionnaire.asked.get(row.id)
        what = row.id + (grammar(language).bracketed(tell(asked.text, language)) if asked is not None else "")
        where = tell(PLACE, language, place=row.place, id=what) if row.place and what else row.place or what
        words = grammar(language)
        why = words.sentence(tell(row.why, language))
        head = f"{where}{words.colon}" if where else ""
        yield f"  {head}{why}"
        yield f"    {tell(row.advice, language)}"
