"""Taking answers over to the edition at hand: what becomes of each, then yes or no."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from nqpf_assess.files.places import shown as path_shown
from nqpf_assess.locale import Text, _
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.desk import LOOKED_AT
from nqpf_assess.session.migrating import migration_of, write_migrated
from nqpf_assess.tui.drawing.cells import shown
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Part, Row
from nqpf_assess.tui.drawing.speech import numbered
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.frame.tools import in_app
from nqpf_assess.tui.frame.workbench import LOCKED, Workbench
from nqpf_assess.tui.tools.files import FilesPage
from nqpf_assess.tui.widgets.list import How

if TYPE_CHECKING:
    from nqpf_assess.model.migration import Migration

WHICH = _("Take over which answers?")
NO_CHANGES = _("{path} belongs to the present edition already; there is nothing to do.")
DO = _("Take them over; the file as it was is kept beside it")
BACK = _("Back; nothing is changed")
WRITTEN = _("{path} belongs to edition {edition} now; the file as it was is kept as {kept}.")
OPEN_IT = _("Open it")
CHANGED = _("The file was changed meanwhile; this is what becomes of it as it is now.")


def open_migrating(bench: Workbench, go_home: Callable[[], Path | None]) -> None:
    """Ask which file, unless one is open or just could not be opened, and show what becomes of its answers."""
    page = bench.screen
    if isinstance(page, ProblemsPage) and page.file is not None:
        bench.pop_screen()
        _show(bench, page.file, lambda: None)
    elif bench.desk is not None:
        _show(bench, bench.desk.path, go_home)
    else:
        bench.ask(FilesPage(WHICH), lambda path: _show(bench, path, go_home))


def _show(bench: Workbench, path: Path | None, go_home: Callable[[], Path | None]) -> None:
    if path is None:
        return
    try:
        found = migration_of(bench.library, path)
    except UserError as fault:
        bench.push_screen(ProblemsPage(fault))
        return
    bench.push_screen(MigrationPage(path, found, again=go_home() is not None))


class MigrationPage(ListPage):
    """Shows what becomes of every answer, and does it where somebody says so."""

    TITLE_WORDS: ClassVar[Text] = _("Take answers over to the present edition")
    EXPLAINED = (
        _(
            "The questionnaire has a newer edition. Each answer is carried over, converted, to be confirmed, or put "
            "aside with its reason; none is dropped, and the file as it was stays beside the new one."
        ),
    )

    def __init__(self, path: Path, found: "Migration", *, again: bool) -> None:
        """`again`: the file was open, and is opened again at the end."""
        super().__init__()
        self._path, self._found, self._again = path, found, again
        self._kept: Path | None = None

    def rows(self) -> tuple[Row, ...]:
        """List the choices, then every answer."""
        from nqpf_assess.pages.migration import migration_blocks
        from nqpf_assess.report.text import page_lines

        speech, found = self.speech_in(self.size.width - EDGES), self._found
        if self._kept is not None:
            values = {"path": path_shown(self._path), "edition": found.questionnaire.version}
            head = Row(speech.tell(WRITTEN, kept=path_shown(self._kept), **values), look="good")
            choices = [("open", speech.tell(OPEN_IT)), ("back", speech.tell(_("Back")))]
        elif found.changes and not self.bench.options.read_only:
            head, choices = BLANK, [("do", speech.tell(DO)), ("back", speech.tell(BACK))]
        elif found.changes:
            head = Row(speech.tell(LOCKED, why=LOOKED_AT), look="warn")
            choices = [("back", speech.tell(_("Back")))]
        else:
            head = Row(speech.tell(NO_CHANGES, path=path_shown(self._path)), look="good")
            choices = [("back", speech.tell(_("Back")))]
        blocks = migration_blocks(found, self._path.name, speech.language, plain=True)
        lines = page_lines(blocks, speech.language, speech.cells)
        return (head, BLANK, *numbered(choices), BLANK, *(Row(parts=(Part(shown(line)),)) for line in lines))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Do it, open the file, or go back."""
        if id == "do":
            self._do()
        else:
            self._leave(open_it=id == "open")

    def _do(self) -> None:
        from nqpf_assess.files.store import AnswerFile

        try:
            with AnswerFile(self._path) as held:
                shown_of, self._found = self._found.before, migration_of(self.bench.library, self._path)
                if self._found.before == shown_of:
                    self._kept = write_migrated(held, self._found)
                else:
                    self.say(CHANGED, "warn")
        except UserError as fault:
            self.say_plainly(self.speech.sentences(fault.message, in_app(fault.hint)), "bad")
        self.list.show(())
        self.repaint()

    def action_close(self) -> None:
        """Go back to where it was asked for."""
        self._leave(open_it=False)

    def _leave(self, *, open_it: bool) -> None:
        bench, path = self.bench, self._path
        self.dismiss(None)
        if open_it or self._again:
            bench.soon(lambda: bench.open_file(path))
