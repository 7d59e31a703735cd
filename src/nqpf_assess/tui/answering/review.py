"""Review: what is left to do, and whom to ask for it; every row leads to its question."""

from collections.abc import Collection
from pathlib import Path
from threading import Lock
from typing import ClassVar

from textual.worker import Worker, WorkerState, get_current_worker

from nqpf_assess.files.machine import NOT_WRITTEN, refusal
from nqpf_assess.files.places import is_seen
from nqpf_assess.files.presence import is_dir, is_file
from nqpf_assess.files.store import write_whole
from nqpf_assess.files.unchanged import is_unchanged
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.report.wording import QUICK_SCREENING, STATE_WORDS
from nqpf_assess.session.answering import Session, Table
from nqpf_assess.session.reviewing import Why, missing_by_holder, missing_sheet, todos
from nqpf_assess.tui.answering.sheet import answer_words
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import one_line, shown
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row, heading
from nqpf_assess.tui.drawing.speech import Speech, numbered
from nqpf_assess.tui.frame.lists import MENU_BY_ESCAPE, PAGING, TURN, TURN_BACK, TabbedPage
from nqpf_assess.tui.frame.outside import run_command
from nqpf_assess.tui.frame.page import SEARCH
from nqpf_assess.tui.widgets.list import How
from nqpf_assess.typography.clean import clean

WHY_WORDS: dict[Why, Text] = {
    "blank": _("Not answered"),
    "later": _("Put off"),
    "dk": _("Not known"),
    "year": _("No score yet: the year described is missing (F9, “Name and year”)"),
    "check": _("Answers that contradict each other"),
    "differ": _("Where those who were asked answered differently"),
    "evidence": _("Evidence is asked for and not named"),
    "unusual": _("Unusual figures"),
    "confirm": _("Answered to an earlier wording"),
}
NOTHING_LEFT = _("Nothing is left to do. Everything is answered, and evidence named wherever it is asked for.")
NOTHING_MISSING = _("Nothing is missing.")
COUNT = _("{count}")
NOBODY = _("Nobody named")
FACT = _("local conditions")


def todo_rows(session: Session, speech: Speech) -> tuple[Row, ...]:
    """List what is left to do, by reason; what contradicts comes with its sentence."""
    rows: list[Row] = []
    for why, found in todos(session).items():
        if found:
            head = heading(speech.tell(WHY_WORDS[why]), speech.tell(COUNT, count=len(found)))
            rows += [BLANK, head] if rows else [head]
        for index, todo in enumerate(found):
            id = f"{todo.why}{index}:{todo.table}:{todo.id}"
            if todo.message is not None:
                rows.append(Row(speech.words(todo.message), id=id, lead=f"{speech.glyphs.alarm} "))
                continue
            tail = answer_words(session, todo.id, speech) if todo.why == "unusual" else ""
            tail = speech.tell(FACT) if todo.table == "facts" else tail
            sign = speech.glyphs.states[session.state(todo.table, todo.id)]
            rows.append(Row(speech.line(session.asked(todo.table, todo.id).text), id=id, lead=f"{sign} ", tail=tail))
    if rows:
        return tuple(rows)
    few = [Row(speech.tell(QUICK_SCREENING))] if session.answers.mode == "quick" else []
    return (BLANK, Row(speech.tell(NOTHING_LEFT), look="good"), *few)


def holder_rows(session: Session, speech: Speech) -> tuple[Row, ...]:
    """List what is missing by who usually holds it."""
    rows: list[Row] = []
    for holder, found in missing_by_holder(session, speech.language).items():
        name = one_line(shown(holder)) if holder else speech.tell(NOBODY)
        head = heading(name, speech.tell(COUNT, count=len(found)))
        rows += [BLANK, head] if rows else [head]
        for table, id in found:
            state, words = session.state(table, id), speech.line(session.asked(table, id).text)
            tail = speech.tell(STATE_WORDS[state]) if state != "blank" else ""
            rows.append(Row(words, id=f"{table}:{id}", lead="  ", tail=tail))
    return tuple(rows) or (BLANK, Row(speech.tell(NOTHING_MISSING), look="good"))


def place_of(row: str) -> tuple[Table, str]:
    """Return the table and id that a row leads to."""
    table, _, id = row.rpartition(":")
    return ("facts" if table.endswith("facts") else "answers"), id


ON = _("Next: the results")
WRITE = Act(
    "write",
    "s",
    _("Write the sheet of missing items as a text file"),
    _("Write sheet"),
)
FORMS = Act(
    "forms",
    "e",
    _("Write an Excel form for each who holds missing items"),
    _("Excel forms"),
    also=_("export xlsx workbook collect send bureau"),
)
AT_WORK = _("The forms are being written …")
FORMS_WRITTEN = _("The forms are in {path}. What comes back filled in is read by “Take figures from a file”.")
WRITTEN = _("Written: {path}")
LONGEST = 5_000_000
"""Characters of a sheet of missing items."""

ENDING = _("missing")
FOLDER = _("forms")


def _may_be_renewed(folder: Path, names: Collection[str]) -> bool:
    """Return whether forms of these names may be written into a folder anew.

    Nobody has filled in or noted anything there, and no form of somebody who meanwhile holds nothing is left with them.
    """
    from nqpf_assess.exchange.holder_forms import LISTS

    forms = [*folder.glob("*.xlsx")]
    blank = all(is_unchanged(form, b"") for form in forms) and all(
        is_unchanged(each, *LISTS) for each in folder.glob("*.csv")
    )
    return is_dir(folder) and blank and {form.name for form in forms} <= {*names}


class ReviewPage(TabbedPage):
    """Two views: by what is wrong, by who holds the answer."""

    STEP: ClassVar[str] = "review"
    TABS: ClassVar[tuple[tuple[str, Text], ...]] = (
        ("todo", _("To do")),
        ("holders", _("Missing items, by who holds them")),
    )
    ACTS: ClassVar[tuple[Act, ...]] = (TURN, TURN_BACK, *PAGING, WRITE, FORMS, SEARCH, MENU_BY_ESCAPE)
    EXPLAINED = (
        _(
            "What is not answered, put off or not known, what contradicts, and where evidence is asked for. Enter "
            "goes to the question. The second view sorts the missing items by who usually has them; S writes that list "
            "as a text file to send around, E an Excel form for each of them to fill in."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._writing = Lock()

    def hinted(self) -> tuple[Act, ...]:
        """Show how to write the sheet where it is seen."""
        usual = super().hinted()
        return (*usual[:2], WRITE, FORMS, *usual[2:]) if self.tab == "holders" else usual

    def rows(self) -> tuple[Row, ...]:
        """List what is left."""
        speech = self.speech_in(self.size.width - EDGES)
        view = todo_rows if self.tab == "todo" else holder_rows
        return (*numbered([("step:results", speech.tell(ON))]), BLANK, *view(self.bench.session, speech))

    def paint(self) -> None:
        """Draw; at first the first thing to do is marked, else the way on."""
        first = self.list.cursor is None
        super().paint()
        if first:
            ids = [row.id for row in self.list.rows if row.id]
            self.list.show(self.list.rows, at=ids[1] if len(ids) > 1 else ids[0])

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Go on to the results, or to the question."""
        if id.startswith("step:"):
            self.bench.step_to(id.removeprefix("step:"))
        else:
            self.bench.show_question(id)

    def action_write(self) -> None:
        """Write the sheet beside the answers; another one that is there, which may have been filled in, stays."""
        assert self.bench.desk is not None
        if self._nothing_missing():
            return
        path = self.bench.desk.path
        target = path.with_name(f"{path.stem}-{tell(ENDING, self.bench.language)}.txt")
        sheet = clean(missing_sheet(self.bench.session, self.bench.language), limit=LONGEST).encode()
        names = (target, *(target.with_stem(f"{target.stem}-{number}") for number in range(2, 1000)))
        try:
            same = (name for name in names if not is_seen(name) or (is_file(name) and name.read_bytes() == sheet))
            target = next(same)
            write_whole(target, sheet)
        except OSError as fault:
            self.say(NOT_WRITTEN, "bad", path=str(target), why=refusal(fault))
        else:
            self.say(WRITTEN, "good", path=str(target))

    def _nothing_missing(self) -> bool:
        """Say so where nothing is."""
        missing = missing_by_holder(self.bench.session, self.bench.language)
        if not missing:
            self.say(NOTHING_MISSING)
        return not missing

    def action_forms(self) -> None:
        """Write the forms beside the answers, by a process of its own as a report on a folder is."""
        if self._nothing_missing():  # forms of an earlier day may lie there still
            return
        self.say(AT_WORK)
        self.run_worker(self._write_forms, thread=True, exclusive=True, exit_on_error=False, name="forms")

    def _write_forms(self) -> tuple[Path | None, str] | None:
        """Write them after those that were asked for before: a key held down starts one process at a time."""
        with self._writing:
            return None if get_current_worker().is_cancelled else self._written_forms()

    def _written_forms(self) -> tuple[Path | None, str]:
        from nqpf_assess.exchange.holder_forms import form_names

        assert self.bench.desk is not None
        path, language, session = self.bench.desk.path.absolute(), self.bench.language, self.bench.session
        folder = path.with_name(f"{path.stem}-{tell(FOLDER, language)}")
        names = (folder, *(folder.with_name(f"{folder.name}-{number}") for number in range(2, 1000)))
        forms = form_names(path.stem, missing_by_holder(session, language), language)
        folder = next(name for name in names if not is_seen(name) or _may_be_renewed(name, forms))
        command = ("export", str(path), "--to", "xlsx", "--by", "holder", "-o", str(folder))
        status, said = run_command(self.bench, *command)
        return folder if status == 0 and is_dir(folder) else None, "\n".join(said)

    def on_worker_state_changed(self, message: Worker.StateChanged) -> None:
        """Say where the forms are, or why there are none."""
        if message.state == WorkerState.SUCCESS and message.worker.result is not None:
            folder, said = message.worker.result
            if folder is None:
                self.say_plainly(clean(said), "warn")
            else:
                self.say(FORMS_WRITTEN, "good", path=shown(str(folder)))
        elif message.state == WorkerState.ERROR:
            self.say_plainly(clean(str(message.worker.error)), "bad")
