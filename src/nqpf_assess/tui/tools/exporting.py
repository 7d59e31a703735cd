"""Writing answers for other programs, or a questionnaire as a form to fill in: in which form, into which file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.worker import Worker, WorkerState

from nqpf_assess.files.machine import NOT_WRITTEN, refusal
from nqpf_assess.files.places import is_seen
from nqpf_assess.files.places import shown as path_shown
from nqpf_assess.locale import Text, _, _n, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.clock import day_of_paper
from nqpf_assess.session.desk import typed_folder, typed_path
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import choice
from nqpf_assess.tui.frame.dialogs import ChoicePage, NewFilePage
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.frame.outside import FOLDER, open_folder
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.frame.tools import in_app
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.tools.files import FilesPage, first_folder
from nqpf_assess.tui.widgets.list import How

if TYPE_CHECKING:
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.exchange.exporting import Export
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.problem import Problem
    from nqpf_assess.model.questionnaire import Questionnaire

WHAT = _("What shall be written?")
ANSWERS = _("The answers of an assessment, as data")
EMPTY = _("An empty form: {title}")
WHICH = _("Write the answers of which assessment?")
AS_DATA = _("The answers, as data")
AS_FORM = _("The questionnaire, as an empty form")
INTO = _("File: {path}")
REPLACES = _("A file of this name is there; an export of this program is replaced, anything else stays.")
BOTH = _("In all its languages")
GO = _("Write the file")
AT_WORK = _("At work …")
WRITTEN = _("Written: {path}")
NO_PLACE = _("This form has no place for:")
CUT = _n(
    "{count} text was cut off: a cell holds 32,767 characters. CSV and JSON have all of it.",
    "{count} texts were cut off: a cell holds 32,767 characters. CSV and JSON have all of them.",
)


class ExportForm(NamedTuple):
    """One form: what it is, how its file is called, whether it is written in one language or in all."""

    words: Text
    name: str
    spoken: bool = False


DATA: dict[str, ExportForm] = {
    "xlsx": ExportForm(_("Excel tables: answers, scores, gaps, plan"), "{stem}-tables.xlsx"),
    "csv": ExportForm(_("CSV: one row, for a table of many"), "{stem}.csv"),
    "json": ExportForm(_("JSON: all that is in the file; can be taken in again"), "{stem}.json"),
}
FORMS: dict[str, ExportForm] = {
    "form": ExportForm(_("Excel form to send round; can be taken in again"), "{id}-xlsx-{language}.xlsx", spoken=True),
    "xlsform": ExportForm(_("Survey form for Kobo and ODK (XLSForm)"), "{id}-xlsform.xlsx"),
    "paper": ExportForm(_("On paper, to fill in by hand (PDF)"), "{id}-form-{language}.pdf", spoken=True),
}


class Exported(NamedTuple):
    """What is written: answers with what they are read under, or a questionnaire alone.

    `notices`: that they were given to another edition, of which the person who chose their file was not told yet.
    """

    questionnaire: "Questionnaire"
    folder: Path
    answers: "tuple[Path, Instrument, Answers] | None" = None
    notices: "tuple[Problem, ...]" = ()


class ExportFilePage(NewFilePage):
    """Asks for the file."""

    TITLE_WORDS: ClassVar[Text] = _("Where to?")
    ASKED: ClassVar[Text] = _("Into which file shall it be written?")


class ExportPage(ListPage):
    """The form, the languages where it has some, the file; then what was written. Answers are not changed."""

    TITLE_WORDS: ClassVar[Text] = _("Write answers or a form for other programs")
    EXPLAINED = (
        _(
            "Answers go out as tables, as a row or as JSON; the questionnaire goes out as a form that others fill in. "
            "“Take figures from a file” reads a filled form and JSON again. A file that is no export of this program, "
            "or a workbook that somebody changed since, is never replaced; CSV and JSON that you correct need a name "
            "of their own."
        ),
    )

    def __init__(self, source: Callable[[], Exported]) -> None:
        """`source`: what is written, as it is when it is written."""
        super().__init__()
        self._source = source
        self._data = source().answers is not None
        self._form = "xlsx" if self._data else "form"
        self._every, self._working = False, False
        self._path: Path | None = None
        self._writes_to = Path()
        self._outcome: tuple[Row, ...] = ()

    @property
    def wanted(self) -> ExportForm:
        """The form that is chosen."""
        return {**DATA, **FORMS}[self._form]

    @property
    def target(self) -> Path:
        """The file: as it was typed, else beside the answers under a name of its own."""
        if self._path is not None:
            return self._path
        from nqpf_assess.files.naming import file_name

        source, stem = self._source(), ""
        if source.answers is not None:
            path, _instrument, answers = source.answers
            stem = file_name(answers.subject, path.stem)
        language = "both" if self._every else self.bench.language
        return source.folder / self.wanted.name.format(stem=stem, id=source.questionnaire.id, language=language)

    def rows(self) -> tuple[Row, ...]:
        """List the forms, the file and the way on; after the work what was written."""
        speech = self.speech_in(self.size.width - EDGES)
        rows: list[Row] = [*self._outcome, *([BLANK] if self._outcome else [])]
        rows += [Row(speech.tell(AT_WORK), look="strong"), BLANK] if self._working else []
        for notice in self._source().notices[:1]:
            rows += [Row(speech.sentences(notice.message, in_app(notice.hint)), look="warn"), BLANK]
        number = 0
        for words, forms in ((AS_DATA, DATA if self._data else {}), (AS_FORM, FORMS)):
            rows += [heading(speech.tell(words))] if forms else []
            for id, form in forms.items():
                number += 1
                rows.append(choice(speech, form.words, f"form:{id}", number, chosen=id == self._form))
        rows.append(BLANK)
        if self.wanted.spoken and len(self._source().questionnaire.languages) > 1:
            sign = speech.glyphs.ticked if self._every else speech.glyphs.unticked
            rows.append(Row(speech.tell(BOTH), "every", lead=f"   {sign} "))
        rows.append(Row(speech.tell(INTO, path=path_shown(self.target.absolute())), "into", key="8", lead="   8  "))
        if is_seen(self.target) and not self._outcome:
            rows.append(quiet(speech.tell(REPLACES), lead="      "))
        return (*rows, BLANK, Row(speech.tell(GO), "go", key="9", lead="   9  ", look="heading"))

    def chosen(self, id: str, how: How) -> None:
        """Take a choice, ask for the file, write, or open the folder."""
        if self._working:
            return
        if id == "open":
            open_folder(self, self._writes_to.absolute().parent)
            return
        if id == "into":
            self.bench.ask(ExportFilePage(str(self.target)), self._go_into)
            return
        self._outcome = ()
        if id == "go":
            self._working = True
            self._writes_to = self.target  # the language may be changed meanwhile, and the name with it
            languages = tuple(self._source().questionnaire.languages) if self._every else (self.bench.language,)
            work = partial(self._write, self._writes_to, languages)
            self.run_worker(work, thread=True, exclusive=True, exit_on_error=False, name="export")
        elif id == "every":
            self._every = not self._every
        else:
            typed, self._form, self._path = self._path, id.removeprefix("form:"), None
            self._path = typed.parent / self.target.name if typed is not None else None  # its folder stays
        self.repaint()
        if id.startswith("form:") and how != "space":
            self.list.show(self.rows(), at="go", keep=True)

    def _go_into(self, typed: str | None) -> None:
        if typed:
            folder = typed_folder(typed)
            self._path, self._outcome = folder / self.target.name if folder is not None else typed_path(typed), ()
        self.repaint()

    def _write(self, path: Path, languages: tuple[str, ...]) -> "Export":
        """Make the file and write it; raises `UserError` where what lies there is not ours."""
        from nqpf_assess.exchange.exporting import (
            DATA_BEGINNINGS,
            FORM_BEGINNINGS,
            Export,
            answers_as,
            questionnaire_as,
            replace_ours,
        )

        source = self._source()
        if self._form in DATA:
            assert source.answers is not None
            made, beginnings = answers_as(self._form, *source.answers), DATA_BEGINNINGS[self._form]
        elif self._form == "paper":
            from nqpf_assess.report.forms import BEGINNINGS, draw
            from nqpf_assess.report.paper import paper_outline

            outline = paper_outline(source.questionnaire, languages=languages, date=day_of_paper(None))
            made, beginnings = Export(draw(outline, "pdf")[0]), (BEGINNINGS["pdf"],)
        else:
            form = "xlsform" if self._form == "xlsform" else "xlsx"
            made, beginnings = questionnaire_as(form, source.questionnaire, languages), FORM_BEGINNINGS[form]
        replace_ours(path, made.data, beginnings)
        return made

    def on_worker_state_changed(self, message: Worker.StateChanged) -> None:
        """Show what was written, or why nothing was."""
        if message.state not in (WorkerState.SUCCESS, WorkerState.ERROR):
            return
        self._working, speech = False, self.speech
        fault, made = message.worker.error, message.worker.result
        if isinstance(fault, UserError):
            self._outcome = (Row(speech.sentences(fault.message, in_app(fault.hint)), look="bad"),)
        elif made is None:
            why = refusal(fault) if isinstance(fault, OSError) else f"{type(fault).__name__}: {fault}"
            self._outcome = (Row(speech.tell(NOT_WRITTEN, path=path_shown(self._writes_to), why=why), look="bad"),)
        else:
            self._outcome = (
                Row(speech.tell(WRITTEN, path=path_shown(self._writes_to.absolute())), look="good"),
                *([quiet(speech.tell(NO_PLACE))] if made.lacking else []),
                *(quiet(speech.tell(words), lead="   ") for words in made.lacking),
                *([Row(speech.tell(CUT, count=made.cut), look="warn")] if made.cut else []),
                Row(speech.tell(FOLDER), "open", key="7", lead="   7  "),
            )
        self.list.show(())
        self.repaint()
        if made is None:
            self.list.show(self.rows(), at="into", keep=True)


def open_exporting(bench: Workbench) -> None:
    """Open the page on the assessment that is open; else ask what shall be written."""
    from nqpf_assess.session.content import books_offered, called, sound_questionnaire

    if bench.desk is not None:

        def open_one() -> Exported:
            desk = bench.desk
            assert desk is not None
            instrument, answers = desk.session.instrument, desk.session.answers
            return Exported(instrument.questionnaire, desk.path.parent, (desk.path, instrument, answers))

        bench.push_screen(ExportPage(open_one))
        return

    def chosen(id: str | None) -> None:
        if id == "answers":
            bench.ask(FilesPage(WHICH), lambda path: _of_file(bench, path))
        elif id is not None:
            try:
                source = Exported(sound_questionnaire(bench.library, id).value, first_folder(bench))
            except UserError as fault:
                bench.push_screen(ProblemsPage(fault))
                return
            bench.push_screen(ExportPage(lambda: source))

    # By their places: one whose head cannot be read has no id, and what is wrong with it is to be said.
    forms = [(str(book.path), fill(EMPTY, title=called(book))) for book in books_offered(bench.library)]
    bench.ask(ChoicePage(WHAT, [], [("answers", ANSWERS), *forms]), chosen)


def _of_file(bench: Workbench, path: Path | None) -> None:
    from nqpf_assess.files.editions import open_scorable

    if path is None:
        return
    try:
        found = open_scorable(bench.library, path)
        instrument, answers = found.assessed()
    except UserError as fault:
        bench.push_screen(ProblemsPage(fault))
        return
    source = Exported(instrument.questionnaire, path.parent, (path, instrument, answers), found.notices)
    bench.push_screen(ExportPage(lambda: source))
