"""The report: language, form, where; written in the background with the seconds it takes."""

import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, cast

from textual.timer import Timer
from textual.worker import Worker, WorkerState

from nqpf_assess.files.machine import NOT_WRITTEN, refusal
from nqpf_assess.files.places import name_beside
from nqpf_assess.files.presence import exists
from nqpf_assess.files.store import write_whole
from nqpf_assess.locale import LANGUAGES, Text, _, _c, _n
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.report_form import FORM_WORDS, Form
from nqpf_assess.report.forms import ending_of, is_foreign
from nqpf_assess.session.clock import clock
from nqpf_assess.session.desk import typed_folder, typed_path
from nqpf_assess.tui.answering.subject import SubjectPage
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import shown
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import LANGUAGE_NAMES, choice
from nqpf_assess.tui.frame.dialogs import NewFilePage, ask_about_conflict
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE, MENU_BY_ESCAPE, PAGING, ListPage
from nqpf_assess.tui.frame.outside import FOLDER, open_folder
from nqpf_assess.tui.frame.page import HELP, MENU, SEARCH
from nqpf_assess.tui.widgets.list import How

if TYPE_CHECKING:
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.exchange.benchmark import Peers
    from nqpf_assess.files.library import Library
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.weights import Chain
    from nqpf_assess.report.make import ReportFile
    from nqpf_assess.session.answering import Place
    from nqpf_assess.session.comparing import Kin


REPORT_LANGUAGES: tuple[tuple[str, Text], ...] = (
    *((code, LANGUAGE_NAMES[code]) for code in reversed(LANGUAGES)),
    ("both", _("Both in one file")),
)

LANGUAGE = _("Language of the report")
FORM = _("Form")
WHERE = _c("where it is saved", "File")
CHANGE = _("Enter changes it")
SINCE = _("Tell what changed since {period}")
WRITE = _("Write the report")
OLDER = _(
    "The file was changed since it was opened here. The report tells what is shown here; to tell what is in the file "
    "now, open it anew."
)
WRITING = _("Writing  {bar}  {seconds} s")
WRITTEN = _("Written: {path}")
WRITTEN_HERE = _("Written: {path}. Esc leads to its folder and to other forms.")
OVERTAKEN = _("It tells what held when it was begun; something was changed since. Write it anew.")
PAGES = _("{pages} pages")
MISSING = _n(
    "1 character is not in the fonts and is printed as 〓: {letters}",
    "{count} characters are not in the fonts and are printed as 〓: {letters}",
)
NO_PART = _("This form needs a part that is not installed: {name}")
REPLACES = _("A file of this name is there. A report that nobody changed is replaced.")
FAULT = _("The report could not be made; your answers are safe. Fault of the program: {fault}")
NAMELESS = _("The report has no name on its title page yet: give one")
NO_REPORT = _("{path} is no report of ours, or was changed since; nothing was overwritten. Choose another name.")

SHOWN_LETTERS = 20
TEXT_CELLS = 80
"""Cells of a line of plain text in a file."""

BAR = 20
"""Cells of the bar that shows how far the report is."""

READ = _("Read it here")
OFFICIAL = _("As an official paper: page, fonts, line grid (GB/T 9704-2012)")
FULL = _("With the technical volume behind the brief")


ONE_BY_ONE = Lock()
"""Held while a report is made and written: one that is begun later, on a page opened anew, is the last in its file."""


class AskedReport(NamedTuple):
    """A report as it was asked for, of answers as they were then.

    `since`: last time's answers, of which it tells what changed; `chains`: the profiles that were to choose from.
    `library`: the content by which both years are told, whatever became of its files since it was read.
    """

    instrument: "Instrument"
    answers: "Answers"
    chains: "Sequence[Chain]"
    language: str
    form: Form
    full: bool
    official: bool
    since: Path | None
    peers: "Peers | None"
    library: "Library"


class ReportFilePage(NewFilePage):
    """Asks where the report shall be written."""

    TITLE_WORDS: ClassVar[Text] = WHERE
    ASKED: ClassVar[Text] = _("In which file shall the report be written?")


class ReadPage(ListPage):
    """Shows a report as text, to be read at once; empty while it is still being written."""

    TITLE_WORDS: ClassVar[Text] = _("The report as text")

    def __init__(self, lines: Sequence[str] = ()) -> None:
        super().__init__()
        self._lines = lines

    def fill(self, lines: Sequence[str], outcome: str) -> None:
        """Show the report that is written now; `outcome`: where it is."""
        self._lines = lines
        self.say_plainly(outcome, "good")
        self.repaint()

    def hinted(self) -> tuple[Act, ...]:
        """Show how to page and to go back."""
        return (*(PAGING[:1] if self._lines else ()), CLOSE, MENU)

    def rows(self) -> tuple[Row, ...]:
        """Return its lines."""
        return tuple(Row(line, whole=False) for line in self._lines)


class ReportPage(ListPage):
    """Choices above, what became of the report below.

    `at_once`: it is written as it stands and read at once, unless something is to be said or chosen first: that it has
    no name on its title page, that it would replace a file or tell an older state, whether it shall tell what changed
    since last year.
    """

    STEP: ClassVar[str] = "report"
    ACTS = (*PAGING, SEARCH, MENU_BY_ESCAPE)
    EXPLAINED = (
        _(
            "Choose language, form and file, then 9 writes the report. It takes a few seconds; the file stands "
            "beside your answers unless you say otherwise."
        ),
    )

    def __init__(self, *, at_once: bool = False) -> None:
        super().__init__()
        self._at_once = at_once
        self._reading: ReadPage | None = None
        self._language = ""
        self._form: Form = "pdf"
        self._path: Path | None = None
        self._into = Path()
        self._begun: float | None = None
        self._ticking: Timer | None = None
        self._outcome: tuple[Row, ...] = ()
        self._since: Path | None = None
        self._written: tuple[AskedReport, tuple[Instrument, Answers] | None] | None = None
        """What the report that was written last is, and last time's assessment in it, whose file may be gone since."""
        self._full = self._official = False
        self._earlier: tuple[Kin, ...] | None = None

    def on_mount(self) -> None:
        """Begin with what the settings ask for."""
        self._language = self.bench.settings.report_language
        self._form = cast("Form", self.bench.settings.report_form or "pdf")
        named = self.bench.session.answers.subject.name
        ready = named and not (self._is_there() or self.earlier or self._is_older)
        if self._at_once and ready and self._is_of_file():
            self._reading = ReadPage()
            self.bench.push_screen(self._reading)
            self._reading.call_after_refresh(self._write)  # it may fail before the page that waits for it is there

    @property
    def earlier(self) -> "tuple[Kin, ...]":
        """The assessments of the year before that lie near at hand; looked for once."""
        if self._earlier is None:
            from nqpf_assess.session.comparing import year_before

            assert self.bench.desk is not None
            recent = [Path(seen.path) for seen in self.bench.memory.recent]
            self._earlier = year_before(self.bench.session.answers, self.bench.desk.path, recent)
        return self._earlier

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose."""
        return (CHOOSE, MENU, HELP)

    @property
    def target(self) -> Path:
        """The file the report goes to."""
        assert self.bench.desk is not None
        path = self.bench.desk.path
        language = self._language or self.bench.language
        return self._path or path.with_name(f"{path.stem}-report-{language}{ending_of(self._form)}")

    # ---- what is shown

    def paint(self) -> None:
        """Draw; Enter writes the report, and reads it once it is there, unless somebody moved the cursor."""
        first = self.list.cursor is None
        super().paint()
        if first:
            self.list.show(self.list.rows, at="write")
            self._mark_outcome()

    def rows(self) -> tuple[Row, ...]:
        """List the choices, the button, the outcome."""
        speech = self.speech
        rows = [BLANK, heading(speech.tell(LANGUAGE))]
        present = self._language or self.bench.language
        for number, (code, words) in enumerate(REPORT_LANGUAGES, start=1):
            rows.append(choice(speech, words, f"language:{code}", number, chosen=code == present))

        rows += [BLANK, heading(speech.tell(FORM))]
        for number, (form, called) in enumerate(FORM_WORDS.items(), start=4):
            rows.append(choice(speech, called.choice, f"form:{form}", number, chosen=form == self._form))

        rows += [BLANK, heading(speech.tell(WHERE), speech.tell(CHANGE))]
        rows.append(Row(str(self.target.absolute()), id="where", key="0", lead="   0  "))
        if self._is_there() and not self._outcome:
            rows.append(quiet(speech.tell(REPLACES), lead="      "))
        sign = speech.glyphs.ticked if self._full else speech.glyphs.unticked
        rows.append(Row(speech.tell(FULL), id="full", lead=f"   {sign} "))
        if self._form == "docx":
            sign = speech.glyphs.ticked if self._official else speech.glyphs.unticked
            rows.append(Row(speech.tell(OFFICIAL), id="official", lead=f"   {sign} "))
        desk = self.bench.desk
        assert desk is not None
        for kin in self.earlier:  # each by its file: of one year there may be several
            from nqpf_assess.report.wording import period_in_sentence

            period = shown(period_in_sentence(kin.period, self.bench.language))
            sign = speech.glyphs.ticked if self._since == kin.path else speech.glyphs.unticked
            row = Row(speech.tell(SINCE, period=period), id=f"since:{kin.path}", lead=f"   {sign} ", whole=False)
            rows.append(row._replace(tail=shown(name_beside(kin.path, desk.path.parent))))

        rows.append(BLANK)
        if not self.bench.session.answers.subject.name:
            rows.append(Row(speech.tell(NAMELESS), id="subject", lead="      ", look="warn"))
        if self._is_older:
            rows.append(Row(speech.tell(OLDER), lead="      ", look="warn"))
        write = Row(speech.tell(WRITE), id="write", key="9", lead="   9  ", look="heading")
        return (*rows, write, BLANK, *self._outcome)

    # ---- what is done

    @property
    def _is_older(self) -> bool:
        """Whether the file may only be read here and holds something else by now."""
        return self.bench.session.locked is not None and self.bench.desk is not None and self.bench.desk.outdated

    def _is_there(self) -> bool:
        """Return whether a file of the report's name is there, which would be replaced."""
        with suppress(OSError):
            return exists(self.target)
        return False

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Take a choice, ask for the file, or write."""
        kind, _, value = id.partition(":")
        if kind == "subject":
            self.bench.push_screen(SubjectPage())
            return
        if kind == "read":
            self.bench.push_screen(ReadPage(self._lines()))
            return
        if kind == "folder":
            open_folder(self, self._into.absolute().parent)
            return
        if kind == "language":
            self._language = value
        elif kind == "form":
            ending, self._form = ending_of(self._form), cast("Form", value)
            if self._path is not None and self._path.name:  # the place that was typed stays
                self._path = self._path.with_name(self._path.name.removesuffix(ending) + ending_of(self._form))
        elif kind == "full":
            self._full = not self._full
        elif kind == "official":
            self._official = not self._official
        elif kind == "since":
            self._since = None if self._since == Path(value) else Path(value)
        elif kind == "where":
            self.bench.push_screen(ReportFilePage(str(self.target)), self._elsewhere)
            return
        elif self._begun is None and not self._is_foreign() and self._is_of_file():
            self._write()
        self._outcome = () if kind != "write" else self._outcome
        self.repaint()

    def travelled(self, place: "Place") -> None:  # noqa: ARG002
        """Say no longer that the report is there to be read: it is of what held before."""
        self._outcome = ()

    def _lines(self) -> list[str]:
        """Return the report as lines of text."""
        assert self._written is not None
        return self._make(*self._written, to="text").data.decode().splitlines()

    def _write(self) -> None:
        """Begin to make the report, in the background; it is written where it was asked for, whoever looks on."""
        self._begun = time.monotonic()
        self._outcome, self._into = (), self.target
        self._ticking = self.set_interval(1.0, self._tick)
        self._tick()
        put_down = partial(self._put_down, self._into, self._wish)  # what is chosen while it is written is of the next
        self.run_worker(put_down, thread=True, exclusive=True, exit_on_error=False, name="report")

    def _elsewhere(self, typed: str | None) -> None:
        if typed:
            folder = typed_folder(typed)
            self._path = typed_path(typed) if folder is None else folder / self.target.name
            self._outcome = ()
            self.repaint()

    def _is_foreign(self) -> bool:
        """Return whether the file holds something else, which is said: the answers, somebody's own file stay."""
        foreign = False
        with suppress(OSError):
            foreign = all(is_foreign(self.target, form) for form in FORM_WORDS)
        if foreign:
            self.say(NO_REPORT, "bad", path=str(self.target))
        return foreign

    def _is_of_file(self) -> bool:
        """Return whether the report would tell what the file holds; where others changed it, it is asked what shall.

        A file that may only be read is told of as it was when it was opened, which is said.
        """
        desk = self.bench.desk
        if desk is None or desk.keeper is None or not desk.outdated:
            return True
        self.bench.session.save_again()
        ask_about_conflict(self.bench)
        return False

    def _tick(self) -> None:
        """Show the seconds, and a bar against what a report took last; its end is kept for the report that is there."""
        if self._begun is not None:
            taken, glyphs = time.monotonic() - self._begun, self.speech.glyphs
            full = min(BAR - 1, round(BAR * taken / self.bench.report_takes))
            page = self._reading if self._reading is not None and self._reading.is_attached else self
            page.say(WRITING, bar=glyphs.full * full + glyphs.rest * (BAR - full), seconds=int(taken))

    @property
    def _wish(self) -> AskedReport:
        """What is chosen now."""
        desk, language = self.bench.desk, self._language or self.bench.language
        assert desk is not None
        of = desk.session.instrument, desk.session.answers, desk.session.chains
        beside = self._since, self.bench.peers, desk.library
        return AskedReport(*of, language, self._form, self._full, self._official, *beside)

    def _make(
        self,
        wish: AskedReport | None = None,
        earlier: "tuple[Instrument, Answers] | None" = None,
        *,
        to: Form | None = None,
    ) -> "ReportFile":
        """Make a report; `earlier`: last time's; `to`: another form than the file shall have, as broad as the page."""
        from nqpf_assess.report.make import make_report

        wish = wish or self._wish
        peers = wish.peers
        if peers is not None and peers.benchmark.questionnaire.id != wish.instrument.questionnaire.id:
            peers = None
        return make_report(
            wish.instrument,
            wish.answers,
            language=cast("Literal['en', 'zh', 'both']", wish.language),
            to=to or wish.form,
            width=self.speech_in(self.size.width - EDGES).cells if to else TEXT_CELLS,
            date=clock()().date().isoformat(),
            profiles=wish.chains,
            peers=peers,
            earlier=earlier,
            style="gongwen" if wish.official else "report",
            edition="full" if wish.full else "brief",
        )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show what became of the report: where it is, or why there is none."""
        if event.worker.name != "report" or event.state not in (WorkerState.SUCCESS, WorkerState.ERROR):
            return
        if self._ticking is not None:
            self._ticking.stop()
        if self._begun is not None:
            self.bench.report_takes = max(1.0, time.monotonic() - self._begun)
        self._begun = None
        self.hush()
        if event.state is WorkerState.SUCCESS:
            self._outcome = cast("tuple[Row, ...]", event.worker.result)
            if self._is_overtaken:
                self._outcome += (Row(self.speech.tell(OVERTAKEN), look="warn"),)
        else:
            # The answers are safe whatever happened, and the app goes on.
            error = event.worker.error
            if isinstance(error, UserError):
                why = self.speech.tell(error.message)
            elif isinstance(error, ModuleNotFoundError):
                why = self.speech.tell(NO_PART, name=error.name)
            else:
                why = self.speech.tell(FAULT, fault=f"{type(error).__name__}: {error}")
            self._outcome = (Row(why, look="bad"),)
        if self._reading is None or not self._reading.is_attached:
            self.repaint()
            self._mark_outcome()
        elif any(row.id == "read" for row in self._outcome) and all(row.look != "warn" for row in self._outcome):
            self._reading.fill(self._lines(), self.speech.tell(WRITTEN_HERE, path=str(self._into.absolute())))
        else:  # something else must be read first, and it stands on this page
            self._reading.dismiss(None)

    @property
    def _is_overtaken(self) -> bool:
        """Whether something was changed or taken back while the report was written; its language is chosen apart."""
        assert self._written is not None
        told, now = self._written[0].answers, self.bench.session.answers
        return told != now.model_copy(update={"language": told.language})

    def _mark_outcome(self) -> None:
        """Bring what became of the report in sight, and mark the way to read it."""
        if self._outcome:
            self.list.action_jump(-1)
        for index, row in enumerate(self.list.rows):
            if row.id == "read":
                self.list.move_to(index)

    def _put_down(self, path: Path, wish: AskedReport) -> tuple[Row, ...]:
        """Make the report and write it into a file; say where it is, or why it could not be written."""
        from nqpf_assess.session.comparing import read_earlier

        speech = self.speech
        with ONE_BY_ONE:
            earlier = None if wish.since is None else read_earlier(wish.library, wish.since)
            made = self._make(wish, earlier)
            self._written = wish, earlier
            try:
                write_whole(path, made.data)
            except OSError as fault:
                return (Row(speech.tell(NOT_WRITTEN, path=str(path), why=refusal(fault)), look="bad"),)
        rows = [Row(speech.tell(WRITTEN, path=str(path.absolute())), look="good")]
        rows += [quiet(speech.tell(PAGES, pages=made.pages))] if made.pages else []
        rows.append(Row(speech.tell(READ), id="read", lead="      "))
        rows.append(Row(speech.tell(FOLDER), id="folder", lead="      "))
        if made.missing:
            letters = " ".join(f"U+{ord(letter):04X}" for letter in made.missing[:SHOWN_LETTERS])
            rows.append(Row(speech.tell(MISSING, count=len(made.missing), letters=letters), look="warn"))
        return tuple(rows)
