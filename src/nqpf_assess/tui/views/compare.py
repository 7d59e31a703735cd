"""A comparison, the line over the years and the follow-up sheet as rows."""

from collections.abc import Iterator

from nqpf_assess.model.comparison import History
from nqpf_assess.model.follow_up import FOLLOW_UP_STATES, Followed
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.text import text
from nqpf_assess.pages.history import history_table
from nqpf_assess.report.blocks import Table
from nqpf_assess.report.comparison_tables import ComparisonTables
from nqpf_assess.report.comparison_text import ComparisonText
from nqpf_assess.report.follow_up_text import STATE_WORDS, day
from nqpf_assess.report.text import table_lines
from nqpf_assess.session.comparing import Compared, Kin
from nqpf_assess.tui.cells import pad, shown
from nqpf_assess.tui.rows import BLANK, Part, Row, heading, quiet
from nqpf_assess.tui.views.speech import Speech

RULE = "─"
"""What tables draw below their head; the app has a sign of its own for it."""

NO_PLAN = text(
    en="No measures were ticked in the plan of that time, so there is nothing to hold the results against.",
    zh="当时的对策页未勾选任何措施，无法与行动方案对照。",
)
SAME_ANSWERS = text(en="No answer is another one.", zh="答案没有变化。")
COMPARE = text(en="Compare {before} with {after}", zh="比较{before}与{after}")
NO_DEADLINE = text(en="no deadline", zh="未定期限")
BY = text(en="until {day}", zh="期限 {day}")
LATE = text(en="overdue {day}", zh="逾期 {day}")
UNPLANNED = text(en="Followed, not in the present plan", zh="已跟踪，不在现行方案中")
PLANNED = text(en="Measures of the plan", zh="方案中的措施")
NOTHING_FOLLOWED = text(
    en="Nothing to follow up yet: tick measures on the plan page first.", zh="尚无可跟踪的措施：请先在对策页勾选。"
)


def table_rows(table: Table, speech: Speech) -> Iterator[Row]:
    """Draw a table; the head is small print."""
    body = False
    for line in table_lines(table, speech.cells):
        rule = line.startswith(RULE)
        yield Row(
            parts=(Part(shown(line.replace(RULE, speech.glyphs.rule)), "plain" if body and not rule else "quiet"),)
        )
        body = body or rule
    if table.note:
        yield quiet(shown(table.note))


def change_rows(found: Compared, speech: Speech) -> tuple[Row, ...]:
    """Tell what changed and why, then every pillar and dimension."""
    words = ComparisonText(found.comparison, found.questionnaires, speech.language, hints=False)
    first, *rest = [shown(line) for line in words.head()]
    told = [Row(line, look="warn" if line.startswith("!") else "plain") for line in rest]
    return (heading(first), *told, BLANK, *table_rows(words.nodes(), speech))


def answer_rows(found: Compared, speech: Speech) -> tuple[Row, ...]:
    """Tell where the effect of the answers comes from, and every answer that changed."""
    tables = ComparisonTables(found.comparison, found.questionnaires, speech.language)
    rows: list[Row] = []
    for table in (tables.parts(), tables.answers(everything=True)):
        if table is not None:
            rows += [*([BLANK] if rows else []), *table_rows(table, speech)]
    return tuple(rows) or (BLANK, quiet(speech.tell(SAME_ANSWERS)))


def plan_rows(found: Compared, speech: Speech) -> tuple[Row, ...]:
    """Hold what was planned then against what came of it."""
    planned = found.comparison.planned
    if planned is None:
        return (BLANK, quiet(speech.tell(NO_PLAN)))
    tables = ComparisonTables(found.comparison, found.questionnaires, speech.language)
    rows = [Row(shown(line)) for line in tables.plan_words(planned)]
    for table in (tables.measures(planned), tables.lifts(planned)):
        rows += [BLANK, *table_rows(table, speech)]
    return tuple(rows)


def kin_row(kin: Kin) -> Row:
    """Write one file that may be compared."""
    named = " ".join(filter(None, (kin.name, kin.period))) or kin.path.stem
    return Row(shown(named), id=str(kin.path), tail=shown(kin.path.name), whole=False)


# ---- over the years


def history_rows(history: History, questionnaire: Questionnaire, speech: Speech) -> tuple[Row, ...]:
    """Give the line over the years as a table, then what can be compared: each year with the next, first with last."""
    rows = [*table_rows(history_table(history, questionnaire, speech.language), speech), BLANK]
    last = len(history.years) - 1
    pairs = [(place, place + 1) for place in range(last)] + ([(0, last)] if last > 1 else [])
    for number, (old, new) in enumerate(pairs, start=1):
        values = {"before": history.years[old].period, "after": history.years[new].period}
        key = str(number) if number < 10 else ""
        rows.append(Row(shown(speech.tell(COMPARE, **values)), id=f"pair:{old}:{new}", key=key, lead=f"{key:>1}  "))
    return tuple(rows)


# ---- the follow-up sheet


def sheet_rows(sheet: tuple[Followed, ...], speech: Speech) -> tuple[Row, ...]:
    """List the measures with how far they have come; those that are in no plan any more come last."""
    if not sheet:
        return (BLANK, quiet(speech.tell(NOTHING_FOLLOWED)))
    rows: list[Row] = []
    for planned, words in ((True, PLANNED), (False, UNPLANNED)):
        group = [row for row in sheet if row.planned == planned]
        if group:
            rows += [*([BLANK] if rows else []), heading(speech.tell(words))]
            rows += [_measure(row, speech) for row in group]
    return tuple(rows)


def _measure(row: Followed, speech: Speech) -> Row:
    state = speech.tell(STATE_WORDS[row.state])
    return Row(
        speech.line(row.title) or row.measure,
        id=f"measure:{row.measure}",
        lead=f"{sign_of(row, speech)} ",
        tail=f"{state}  {pad(deadline_words(row, speech), 18)}",
        tail_look="warn" if row.overdue else "quiet",
        whole=False,
    )


def sign_of(row: Followed, speech: Speech) -> str:
    """Give the sign of a state; the word stands beside it."""
    signs = dict(zip(FOLLOW_UP_STATES, ("blank", "later", "answered", "na"), strict=True))
    return speech.glyphs.states[signs[row.state]]


def deadline_words(row: Followed, speech: Speech) -> str:
    """Say until when, or since when it is overdue."""
    if row.deadline is None:
        return speech.tell(NO_DEADLINE)
    return speech.tell(LATE if row.overdue else BY, day=day(row.deadline))
