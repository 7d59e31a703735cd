"""All assessments of a folder at once: one table, the statistics, and a report on them.

The work is that of `cohort collect` and `cohort report`, done by a process of its own, so that the app stays awake and
a part that is not installed is said as the command line says it.
"""

from collections import Counter
from pathlib import Path
from typing import ClassVar

from textual.worker import Worker, WorkerState

from nqpf_assess.files.gathering import passed_over
from nqpf_assess.files.machine import NOT_WRITTEN, refusal
from nqpf_assess.files.places import end_of, is_copy, is_seen
from nqpf_assess.files.places import shown as path_shown
from nqpf_assess.locale import Text, _, _n, fill
from nqpf_assess.model.period import time_of
from nqpf_assess.session.desk import typed_folder, typed_path
from nqpf_assess.session.nearby import CLOSED, Nearby, holding_answers, is_closed, latest_first, left_out, nearby
from nqpf_assess.tui.drawing.cells import shown
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import choice
from nqpf_assess.tui.frame.dialogs import LinePage
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.frame.outside import FOLDER as OPEN_FOLDER
from nqpf_assess.tui.frame.outside import open_folder, run_command
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.tools.files import first_folder
from nqpf_assess.tui.widgets.list import How

FOLDER = _("Folder: {path}")
INTO = _("Tables and report go into {path}")
NONE = _("There are no answer files in this folder.")
FEW = _("A report on many wants answer files of two places or firms or more, to one questionnaire.")
TWO_YEARS = _("Two years of one place are put beside each other by “Compare two assessments”.")
ANSWERED = _("Which of them")
COUNTED = _n("{title}: {count} file", "{title}: {count} files")
GO = _("Write tables and report")
TWICE = _("Several files are of one place or firm and the same year; only the one changed last counts: {names}")
ILLEGIBLE = _n(
    "{count} answer file cannot be read and is left out: {names}. “Check a file or a report” in the menu says why.",
    "{count} answer files cannot be read and are left out: {names}. “Check a file or a report” in the menu says why.",
)
INSIDE = _(
    "Not looked into are the folders inside: {names}. On the command line “nqpf-assess cohort collect” takes these too."
)
FILES = _("The files")
FURTHER = _("Left out: other files of the same place or firm and year")
EARLIER = _(
    "Left out: earlier years of the same or parts of one, what names no year, and what is in no known order with the "
    "one that counts"
)
COPIES = _("Left out: what was kept of a file before it was changed")
AT_WORK = _("At work … this takes some seconds.")
WRITTEN = _("Written into {path}: {names}")
SAID = _("What was said of the files")
FAILED = _("No report was written.")
NOT_A_FOLDER = _("{path} is no folder.")
MORE = _("and {more} more")
MOST_SHOWN = 200


class FolderPage(LinePage):
    """Asks for the folder with the answer files."""

    TITLE_WORDS: ClassVar[Text] = _("Which folder?")
    ASKED: ClassVar[Text] = _("In which folder are the answer files?")

    def refusal(self, typed: str) -> Text | None:
        """Refuse what is no folder."""
        return fill(NOT_A_FOLDER, path=shown(typed)) if typed_folder(typed) is None else None


class OutputPage(LinePage):
    """Asks for the folder of the results."""

    TITLE_WORDS: ClassVar[Text] = _("Where to?")
    ASKED: ClassVar[Text] = _("Into which folder shall the tables and the report go?")


class CohortPage(ListPage):
    """The folder, the questionnaire, where the results go; then what was written."""

    TITLE_WORDS: ClassVar[Text] = _("Report on all assessments of a folder")
    EXPLAINED = (
        _(
            "Every assessment of the folder is scored, and a report says how they stand beside each other: the rank of "
            "each by name, common gaps, how evenly they stand. It is for those who may see the figures of each. The "
            "assessments are not changed."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._folder: Path | None = None
        self._into: Path | None = None
        self._asked = ""
        self._files: tuple[Nearby, ...] | None = None
        self._copies: tuple[Nearby, ...] = ()
        self._illegible: tuple[Path, ...] = ()
        self._passed_over: tuple[tuple[Path, Text], ...] = ()
        self._inside: tuple[str, ...] = ()
        self._working = False
        self._lines: tuple[str, ...] = ()
        self._written: tuple[str, ...] | None = None

    @property
    def folder(self) -> Path:
        """The folder of the answer files."""
        if self._folder is None:
            self._folder = first_folder(self.bench)
        return self._folder

    @property
    def files(self) -> tuple[Nearby, ...]:
        """The answer files of the folder that can be read, without what was kept of one before it was changed.

        Looked for once.
        """
        if self._files is None:
            found = nearby(self.folder)
            self._files = tuple(one for one in found if one.legible and not is_copy(one.path))
            self._copies = tuple(one for one in found if one.legible and is_copy(one.path))
            left = left_out(self.folder, found)
            unread = (one.path for one in found if not one.legible)
            self._illegible = (*unread, *(path for path, why in left if why is None))
            self._passed_over = tuple((Path(shown(path.name)), why) for path, why in left if why is not None)
            self._inside = tuple(shown(inside.name) for inside in holding_answers(self.folder))
            counts = Counter(one.questionnaire for one in self._files)
            self._asked = counts.most_common(1)[0][0] if counts else ""
        return self._files

    @property
    def chosen_files(self) -> tuple[Nearby, ...]:
        """Those that answer the chosen questionnaire; of one place only its last year, else it would count twice.

        Of several of one place and year, or in no known order, the one that was changed last: of those too a report
        counts but one.
        """
        asked = [one for one in self.files if one.questionnaire == self._asked]
        first = {one.name: one for one in reversed(latest_first(asked))}
        return tuple(one for one in asked if not one.name or one is first[one.name])

    @property
    def further_files(self) -> tuple[Nearby, ...]:
        """Those of one place and year of which another counts."""
        counted = {(one.name, time_of(one.period)) for one in self.chosen_files}
        return tuple(one for one in self._others if (one.name, time_of(one.period)) in counted)

    @property
    def earlier_files(self) -> tuple[Nearby, ...]:
        """Those of an earlier year of one that counts."""
        further = set(self.further_files)
        return tuple(one for one in self._others if one not in further)

    @property
    def _others(self) -> tuple[Nearby, ...]:
        kept = set(self.chosen_files)
        return tuple(one for one in self.files if one.questionnaire == self._asked and one not in kept)

    @property
    def into(self) -> Path:
        """The folder of the results."""
        return self._into or self.folder / f"cohort-{self._asked or 'answers'}"

    def rows(self) -> tuple[Row, ...]:
        """List what is chosen and the way on; after the work what was written."""
        speech = self.speech_in(self.size.width - EDGES)
        rows: list[Row] = []
        if self._working:
            rows += [Row(speech.tell(AT_WORK), look="strong"), BLANK]
        if self._written is not None:
            if self._written:
                names = speech.grammar.list(self._written)
                rows.append(Row(speech.tell(WRITTEN, path=path_shown(self.into), names=names), look="good"))
                rows += [Row(speech.tell(OPEN_FOLDER), "open", key="7", lead="   7  "), BLANK]
            else:
                rows += [Row(speech.tell(FAILED), look="warn"), BLANK]
            if self._lines:
                rows += [heading(speech.tell(SAID)), *(quiet(shown(line)) for line in self._lines), BLANK]
        rows.append(Row(speech.tell(FOLDER, path=str(self.folder.absolute())), "folder", key="1", lead="   1  "))
        counts = Counter(one.questionnaire for one in self.files)
        if len(counts) > 1:
            rows.append(heading(speech.tell(ANSWERED)))
        for number, (id, count) in enumerate(counts.most_common(5), start=2):
            words = speech.tell(COUNTED, title=self._title(id), count=count)
            rows.append(choice(speech, {speech.language: words}, f"of:{id}", number, chosen=id == self._asked))
        copies = [one for one in self._copies if one.questionnaire == self._asked]
        further, earlier = self.further_files, self.earlier_files
        listed = ((FILES, self.chosen_files), (FURTHER, further), (EARLIER, earlier), (COPIES, copies))
        lists = [
            row
            for words, files in listed
            if files
            for row in (
                BLANK,
                heading(speech.tell(words), str(len(files))),
                *(quiet(shown(f"{one.shown}  {one.respondent}  {one.path.name}")) for one in files[:MOST_SHOWN]),
                *([quiet(speech.tell(MORE, more=len(files) - MOST_SHOWN))] if len(files) > MOST_SHOWN else []),
            )
        ]
        if illegible := self._illegible:
            names = speech.grammar.list([shown(path.name) for path in illegible[:MOST_SHOWN]])
            rows.append(Row(speech.tell(ILLEGIBLE, count=len(illegible), names=names), look="warn"))
        rows += [Row(speech.tell(words), look="warn") for words in passed_over(self._passed_over)]
        if self._inside:
            rows.append(Row(speech.tell(INSIDE, names=speech.grammar.list(self._inside[:MOST_SHOWN])), look="warn"))
        if len(self.chosen_files) < 2:
            none = CLOSED if is_closed(self.folder) else NONE
            lacking = FEW if self.files or illegible else none
            rows.append(quiet(speech.tell(lacking, folder=str(self.folder.absolute()))))
            rows += [quiet(speech.tell(TWO_YEARS))] if earlier else []
            rows += lists if earlier or further else []
            return tuple(rows)
        if twice := dict.fromkeys(shown(one.shown) for one in further):
            rows.append(Row(speech.tell(TWICE, names=speech.grammar.list([*twice])), look="warn"))
        rows += [Row(speech.tell(INTO, path=path_shown(self.into)), "into", key="8", lead="   8  "), BLANK]
        return (*rows, Row(speech.tell(GO), "go", key="9", lead="   9  ", look="heading"), *lists)

    def _title(self, id: str) -> str:
        book = self.bench.library.questionnaire(id, stated=True) if id else None
        return self.speech.line(book.value.title) if book is not None and book.subject is not None else id or "–"

    def chosen(self, id: str, how: How) -> None:
        """Ask for a folder, choose the questionnaire, or do the work."""
        if self._working:
            return
        if id == "folder":
            self.bench.ask(FolderPage(str(self.folder)), self._look_in)
        elif id == "into":
            self.bench.ask(OutputPage(str(self.into)), self._go_into)
        elif id == "go":
            self._working, self._written, self._lines = True, None, ()
            self.list.show(())
            self.repaint()
            self.run_worker(self._work, thread=True, exclusive=True, exit_on_error=False, name="cohort")
        elif id == "open":
            open_folder(self, self.into.absolute())
        else:
            self._asked, self._written = id.removeprefix("of:"), None
            self.repaint()
            if how == "enter" and len(self.chosen_files) > 1:
                self.list.show(self.rows(), at="go", keep=True)

    def _look_in(self, typed: str | None) -> None:
        if typed:
            self._folder, self._files, self._into, self._written = typed_path(typed), None, None, None
            self.repaint()

    def _go_into(self, typed: str | None) -> None:
        if typed:
            self._into, self._written = typed_path(typed), None
        self.repaint()

    def _work(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Collect, then report; returns the names of what was written and what was said."""
        self.into.mkdir(parents=True, exist_ok=True)
        before = _results_in(self.into)
        table = self.into / "answers.csv"
        # Of one place the first counts that can be read.
        files = [str(end_of(one.path)) for one in (*self.chosen_files, *self.further_files)]
        kept = ["--keep", "name", "--keep", "period"]
        # By its path: a folder of papers may be called like its id.
        asked = str(self.bench.library.questionnaire_path(self._asked, stated=True) or self._asked)
        commands = (
            ["cohort", "collect", *files, "-o", str(table), *kept],
            ["cohort", "report", str(table), "--questionnaire", asked, "--ranks", "-o", str(self.into)],
        )
        said: list[str] = []
        for command in commands:
            status, lines = run_command(self.bench, *command)
            # The count that ends what was said of the collecting is superseded by that of the report.
            told = lines[:-1] if command is commands[0] and status == 0 else lines
            said += [line for line in told if line not in said]
            is_old = _results_in(self.into).get(table.name) == before.get(table.name)
            if status not in (0, 1) or (status == 1 and is_old):  # what lies there is of another time
                return (), tuple(said)
        written = sorted(name for name, stamp in _results_in(self.into).items() if before.get(name) != stamp)
        return tuple(written) if "report.pdf" in written else (), tuple(said)

    def on_worker_state_changed(self, message: Worker.StateChanged) -> None:
        """Show what was written."""
        if message.state not in (WorkerState.SUCCESS, WorkerState.ERROR):
            return
        self._working = False
        if message.state == WorkerState.SUCCESS:
            assert message.worker.result is not None
            self._written, self._lines = message.worker.result
        else:
            fault = message.worker.error
            why = refusal(fault) if isinstance(fault, OSError) else str(fault)
            self._written, self._lines = (), (self.speech.tell(NOT_WRITTEN, path=path_shown(self.into), why=why),)
        self.list.show(())
        self.repaint()


def _results_in(folder: Path) -> dict[str, int]:
    """Return the tables, figures and reports that lie in a folder, each with the time it was written last."""
    found = (path for path in folder.iterdir() if path.suffix in (".csv", ".pdf", ".json") and is_seen(path))
    return {path.name: path.stat().st_mtime_ns for path in found}


def open_cohort(bench: Workbench) -> None:
    """Open the page."""
    bench.push_screen(CohortPage())
