"""Checking a file for mistakes: answers, weights, a questionnaire; of a report, whether it is what its files give."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.worker import Worker, WorkerState

from nqpf_assess.files.machine import NOT_WRITTEN, refusal
from nqpf_assess.files.places import shown as path_shown
from nqpf_assess.locale import LANGUAGES, Text, _
from nqpf_assess.model.problem import Problem, UserError
from nqpf_assess.session.desk import typed_path
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import shown
from nqpf_assess.tui.drawing.rows import BLANK, Look, Row, quiet
from nqpf_assess.tui.drawing.speech import numbered
from nqpf_assess.tui.frame.dialogs import LinePage
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE, ListPage
from nqpf_assess.tui.frame.page import HELP, MENU
from nqpf_assess.tui.frame.problems import ProblemsPage, fault_rows
from nqpf_assess.tui.frame.tools import in_app
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.tools.files import OtherFilesPage
from nqpf_assess.tui.widgets.list import How

if TYPE_CHECKING:
    from nqpf_assess.report.reopening import Verdict

WHICH = _("Check which file?")
HERE = _("Answers, weights and reports in {folder}")
NONE = _("There is no such file in {folder}. Type the path of a file or a folder above.")
CHECK = _("Check {path}")
CHECKED = _("What was found")
SOUND = _("Nothing is wrong with {path}.")
TEACHES = _("Enter on a line explains it, with a wrong and a right example.")
LESSON = _("A mistake explained")
REPORT = _("Does the report hold?")
HOLDS = _("Yes: {path} is what its own files give.")
HOLDS_NOT = _("No, or not to the end: {path}")
TAKE_OUT = _("Take the files it carries out into a folder …")
BACK = _("Back")
AT_WORK = _("At work …")
OUT = _("Written into {path}: {names}. Begun in that folder, the program goes by what the report carries.")
LOOKS: dict[str, Look] = {"error": "bad", "warning": "warn"}


class CheckFilePage(OtherFilesPage):
    """Lists the files that can be checked."""

    HERE_WORDS: ClassVar[Text] = HERE
    NONE_WORDS: ClassVar[Text] = NONE
    TAKE_FILE: ClassVar[Text] = CHECK
    ENDINGS = (".toml", ".pdf")
    EXPLAINED = (
        _(
            "Every mistake of an answer file, of weights or of a questionnaire is listed with its line and what to do. "
            "A PDF report of this program is scored again from the files it carries: every figure and every page."
        ),
    )


class FoundPage(ListPage):
    """Lists what was found in a file; each line leads to its lesson."""

    TITLE_WORDS: ClassVar[Text] = CHECKED

    def __init__(self, path: Path, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self._path, self._problems = path, problems

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose where there is something to choose."""
        return (*((CHOOSE,) if self._problems else ()), CLOSE, MENU, HELP)

    def rows(self) -> tuple[Row, ...]:
        """List each problem with what to do about it."""
        speech = self.speech
        if not self._problems:
            return (Row(speech.tell(SOUND, path=path_shown(self._path)), look="good"), BLANK, *_back(speech.tell(BACK)))
        rows: list[Row] = [quiet(speech.tell(TEACHES))]
        for place, problem in enumerate(self._problems):
            head = problem.told(speech.language).partition("\n")[0]
            look = LOOKS.get(problem.severity, "plain")
            hint = quiet(speech.words(in_app(problem.hint)), "  ")
            rows += [BLANK, Row(shown(head), id=f"{place}:{problem.code}", look=look), hint]
        return tuple(rows)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Explain it, or go back."""
        if id == "back":
            self.dismiss(None)
        else:
            self.bench.push_screen(LessonPage(id.partition(":")[2]))


class LessonPage(ListPage):
    """Teaches one kind of mistake: what it means, a wrong and a right example."""

    TITLE_WORDS: ClassVar[Text] = LESSON

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    def rows(self) -> tuple[Row, ...]:
        """Return its lines, then the way back."""
        from nqpf_assess.files.lessons import lesson

        lines = lesson(self._code).lines(self.speech.language)
        return (*(Row(shown(line)) for line in lines), BLANK, *_back(self.speech.tell(BACK)))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Go back."""
        self.dismiss(None)


class OutPage(LinePage):
    """Asks for the folder of what a report carries."""

    TITLE_WORDS: ClassVar[Text] = _("Where to?")
    ASKED: ClassVar[Text] = _("Into which folder shall the answers and the weights of the report go?")


class VerdictPage(ListPage):
    """Says whether a report holds, and takes the files out that it carries."""

    TITLE_WORDS: ClassVar[Text] = REPORT

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._found: tuple[Verdict, Mapping[str, bytes]] | UserError | None = None

    def on_mount(self) -> None:
        """Score and draw the report again, which takes seconds."""
        self.run_worker(self._examine, thread=True, exclusive=True, exit_on_error=False, name="verdict")

    def _examine(self) -> "tuple[Verdict, Mapping[str, bytes]]":
        from nqpf_assess import __version__
        from nqpf_assess.files.intake import read_file
        from nqpf_assess.report.reopening import examine, take_out

        data = read_file(self._path)
        files = take_out(data)
        return examine(self.bench.library, self._path, data, files, program=__version__), files

    def on_worker_state_changed(self, message: Worker.StateChanged) -> None:
        """Show the verdict, or why there is none."""
        if message.state is WorkerState.SUCCESS:
            self._found = message.worker.result
        elif message.state is WorkerState.ERROR:
            fault = message.worker.error
            if isinstance(fault, OSError):
                fault = UserError(refusal(fault))
            elif not isinstance(fault, UserError):
                fault = UserError(dict.fromkeys(LANGUAGES, f"{type(fault).__name__}: {fault}"))
            self._found = fault
        self.repaint()

    def rows(self) -> tuple[Row, ...]:
        """Return the verdict with its reasons, then what can be done."""
        from nqpf_assess import __version__
        from nqpf_assess.pages.reopening import verdict_lines

        speech = self.speech
        if self._found is None:
            return (Row(speech.tell(AT_WORK), look="strong"),)
        if isinstance(self._found, UserError):
            return (*fault_rows(self._found, speech), BLANK, *_back(speech.tell(BACK)))
        found, _files = self._found
        words = HOLDS if found.holds else HOLDS_NOT
        look: Look = "good" if found.holds else "warn"
        lines = (Row(shown(line)) for line in verdict_lines(found, __version__, speech.language))
        choices = numbered((("out", speech.tell(TAKE_OUT)), ("back", speech.tell(BACK))))
        return (Row(speech.tell(words, path=path_shown(self._path)), look=look), BLANK, *lines, BLANK, *choices)

    def passed(self, step: int) -> None:
        """Let a second Enter not lead away before there is a verdict."""
        if self._found is not None:
            super().passed(step)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Ask for the folder, or go back."""
        if id == "out":
            self.bench.ask(OutPage(str(self._path.with_suffix(""))), self._take_out)
        else:
            self.dismiss(None)

    def _take_out(self, typed: str | None) -> None:
        from nqpf_assess.report.reopening import put_down

        if not typed or not isinstance(self._found, tuple):
            return
        folder, files = typed_path(typed), self._found[1]
        try:
            names = self.speech.grammar.list(str(path.relative_to(folder)) for path in put_down(files, folder))
        except UserError as fault:
            self.say(fault.message, "bad")
        except OSError as fault:
            self.say(NOT_WRITTEN, "bad", path=path_shown(folder), why=refusal(fault))
        else:
            self.say(OUT, "good", path=path_shown(folder), names=names)


def _back(words: str) -> tuple[Row, ...]:
    return tuple(numbered([("back", words)]))


def open_checking(bench: Workbench) -> None:
    """Ask which file, and check it."""
    bench.ask(CheckFilePage(WHICH), lambda path: _check(bench, path))


def _check(bench: Workbench, path: Path | None) -> None:
    from nqpf_assess.files.checking import check

    if path is None:
        return
    if path.suffix.lower() == ".pdf":
        bench.push_screen(VerdictPage(path))
        return
    bench.renew_library()  # what was found of it before may be mended
    try:
        bench.push_screen(FoundPage(path, check(bench.library, [path])))
    except UserError as fault:
        bench.push_screen(ProblemsPage(fault))
