"""What is left to do as rows."""

from collections.abc import Iterator

from nqpf_assess.model.text import Text, text
from nqpf_assess.report.wording import STATE_WORDS
from nqpf_assess.session.answering import Session, Table
from nqpf_assess.session.reviewing import Todo, Why, missing_by_holder, todos
from nqpf_assess.tui.rows import BLANK, Row, heading
from nqpf_assess.tui.views.asking import answer_words
from nqpf_assess.tui.views.speech import Speech

WHY_WORDS: dict[Why, Text] = {
    "blank": text(en="Not answered", zh="未作答"),
    "later": text(en="Put off", zh="稍后再答"),
    "dk": text(en="Not known", zh="不清楚"),
    "check": text(en="Answers that contradict each other", zh="相互矛盾的答案"),
    "evidence": text(en="Evidence is asked for and not named", zh="应注明佐证而未注明"),
    "unusual": text(en="Unusual figures", zh="不常见的数值"),
    "confirm": text(en="Answered to an earlier wording", zh="题目已修订，请重新确认"),
}
NOTHING_LEFT = text(
    en="Nothing is left to do. Everything is answered and supported.", zh="没有待办事项，答案和佐证均已齐全。"
)
NOTHING_MISSING = text(en="Nothing is missing.", zh="没有缺项。")
COUNT = text(en="{count}", zh="{count} 项")
NOBODY = text(en="Nobody named", zh="未指明单位")
FACT = text(en="local conditions", zh="基本概况")


def todo_rows(session: Session, speech: Speech) -> tuple[Row, ...]:
    """List what is left to do, by reason; what contradicts comes with its sentence."""
    rows: list[Row] = []
    for why, found in todos(session).items():
        if found:
            rows += [
                *([BLANK] if rows else []),
                heading(speech.tell(WHY_WORDS[why]), speech.tell(COUNT, count=len(found))),
            ]
            rows += [_todo(session, todo, index, speech) for index, todo in enumerate(found)]
    return tuple(rows) or (BLANK, Row(speech.tell(NOTHING_LEFT), look="good"))


def _todo(session: Session, todo: Todo, index: int, speech: Speech) -> Row:
    id = f"{todo.why}{index}:{todo.table}:{todo.id}" if todo.id else ""
    if todo.said is not None:
        return Row(speech.words(todo.said), id=id, lead=f"{speech.glyphs.alarm} ")
    said = speech.line(session.asked(todo.table, todo.id).text)
    sign = speech.glyphs.states[session.state(todo.table, todo.id)]
    tail = answer_words(session, todo.id, speech) if todo.why == "unusual" else ""
    tail = speech.tell(FACT) if todo.table == "facts" else tail
    return Row(said, id=id, lead=f"{sign} ", tail=tail)


def holder_rows(session: Session, speech: Speech) -> tuple[Row, ...]:
    """List what is missing by who usually holds it."""
    rows: list[Row] = []
    for holder, found in missing_by_holder(session, speech.language).items():
        name = speech.line({speech.language: holder}) if holder else speech.tell(NOBODY)
        rows += [*([BLANK] if rows else []), heading(name, speech.tell(COUNT, count=len(found)))]
        rows += [*_held(session, found, speech)]
    return tuple(rows) or (BLANK, Row(speech.tell(NOTHING_MISSING), look="good"))


def _held(session: Session, found: tuple[tuple[Table, str], ...], speech: Speech) -> Iterator[Row]:
    for number, (table, id) in enumerate(found, start=1):
        said = speech.line(session.asked(table, id).text)
        state = session.state(table, id)
        tail = speech.tell(STATE_WORDS[state]) if state != "blank" else ""
        yield Row(said, id=f"{table}:{id}", lead=f"{number:>2}  ", tail=tail)


def place_of(row: str) -> tuple[Table, str]:
    """Give the table and id that a row leads to."""
    table, _, id = row.rpartition(":")
    return ("facts" if table.endswith("facts") else "answers"), id
