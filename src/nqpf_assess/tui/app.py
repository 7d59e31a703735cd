"""The app: which page is open, on which assessment, in which language and colours; how it ends."""

import gc
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.options import Options
from nqpf_assess.tui.drawing.themes import theme_words
from nqpf_assess.tui.frame.tools import in_app
from nqpf_assess.tui.frame.workbench import Workbench

if TYPE_CHECKING:
    from nqpf_assess.session.answering import AskedChange
    from nqpf_assess.session.desk import Wanted
    from nqpf_assess.tui.frame.page import Page

PRESS_TO_LEAVE = _("Ctrl+Q leaves the program; everything is saved.")
PRESS_TO_LEAVE_YET = _("Ctrl+Q leaves the program; what cannot be saved is asked about first.")
NOTHING_TO_UNDO = _("There is nothing to take back.")
NOTHING_TO_REDO = _("There is nothing to bring back.")
NOTHING_TO_SAVE = _("There is nothing to save on this page.")
FOR_AN_ASSESSMENT = _("This key is for an open assessment; none is open now.")
UNDONE = _("Taken back: {what}")
REDONE = _("Brought back: {what}")
ALL_SAVED = _("Everything is saved in {path}")
COPIED = _(
    "Copied as text. If nothing can be pasted, this terminal does not allow it; in tmux: set -g set-clipboard on."
)
NOTHING_BESIDE = _("Nothing stands beside this page now.")
NO_COLOURS = _("Colours were asked to be off when the program was started.")
PLACES: dict[str, Text] = {
    "facts": _("local conditions"),
    "answers": _("an answer"),
    "subject": _("name and year"),
    "weights": _("the weights"),
    "override": _("a correction of the weights"),
    "plan": _("a tick in the plan"),
    "follow_up": _("the follow-up sheet"),
    "mode": _("mode, full or quick"),
    "language": _("the language"),
    "file": _("answers from the file"),
    "others": _("answers from the file"),
}


class AssessApp(Workbench):
    """The terminal app."""

    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "leave", show=False, priority=True)]

    # ---- start and end

    def on_mount(self) -> None:
        """Open the first page, and be ready for what ends the app from outside."""
        self.watch_for_signals()
        if self.plain_glyphs:
            self.add_class("-ascii")
        from nqpf_assess.tui.opening import open_first

        # Not within this: until the app is mounted, Textual lays a page out and draws it without showing it.
        self.soon(partial(open_first, self), drawn=False)

    def action_leave(self) -> None:
        """Leave, unless something typed cannot be kept or saved; then that is said first."""
        from nqpf_assess.tui.frame.dialogs import may_leave

        may_leave(self, self._really_leave)

    def _really_leave(self) -> None:
        self.put_away()
        self.exit()

    def action_help_quit(self) -> None:
        """Show how to leave, to those who press ctrl+c."""
        from nqpf_assess.tui.frame.page import all_kept

        self.page.say(PRESS_TO_LEAVE if all_kept(self) else PRESS_TO_LEAVE_YET)

    # ---- for the pages

    def changed(self, change: "AskedChange") -> str:
        """Look after a change: say what it brought or took away, and ask where the file was changed by others.

        That the file was gone is said as soon as the page is drawn that follows.
        """
        from nqpf_assess.session.outline import asked_change_told
        from nqpf_assess.tui.frame.dialogs import ask_about_conflict

        ask_about_conflict(self)
        if self.session.anew:
            from nqpf_assess.session.keeping import ANEW

            self.session.anew = False
            self.soon(lambda: self.page.say(ANEW, "warn"))
        return asked_change_told(self.session, change, self.language)

    def open_file(self, path: Path) -> None:
        """Open an answer file and go on where it waits; a page says why where that cannot be."""
        from nqpf_assess.tui.frame.dialogs import may_leave
        from nqpf_assess.tui.opening import open_file

        def opened() -> None:
            open_file(self, path)

        may_leave(self, opened)

    def begin_file(self, path: Path, wanted: "Wanted") -> None:
        """Begin an answer file and ask its first fact; a page says why where that cannot be."""
        from nqpf_assess.tui.opening import begin_file

        begin_file(self, path, wanted)

    def explained(self, fault: UserError) -> bool:
        """Say it on the page that is open; one that could not be drawn for it makes way for a page that says it."""
        from nqpf_assess.tui.frame.page import Page
        from nqpf_assess.tui.frame.problems import ProblemsPage
        from nqpf_assess.tui.home.start import HomePage

        page = self.screen
        if not isinstance(page, Page) or (not page.ready and isinstance(page, HomePage | ProblemsPage)):
            return False
        if page.ready:
            page.say_plainly(page.speech.sentences(fault.message, in_app(fault.hint)), "bad")
            return True

        def make_way() -> None:
            if self.screen is not page:  # it failed once more meanwhile
                return
            if len(self.screen_stack) > 2:
                self.pop_screen()
            else:
                self.go_home()
            self.push_screen(ProblemsPage(fault))

        self.soon(make_way, drawn=False)
        return True

    # ---- what can be done everywhere

    @property
    def page(self) -> "Page":
        """The page that is open."""
        from nqpf_assess.tui.frame.page import page_of

        return page_of(self)

    def _nothing_held(self) -> bool:
        """Return whether no open page holds anything that going elsewhere would lose; else it asks, or says so."""
        from nqpf_assess.tui.frame.page import Page

        pages = [page for page in reversed(self.screen_stack) if isinstance(page, Page)]
        return all(page.flush() for page in pages if page.is_mounted)

    def action_go(self, step: str) -> None:
        """Go to a step of the assessment."""
        self.step_to(step)

    def step_to(self, step: str, words: str = "") -> None:
        """Go to a step of the assessment; `words`: what its page says first."""
        from nqpf_assess.tui.steps import page_of_step

        if self.desk is None or not self._nothing_held():
            return
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.only_open = False
        self.switch_screen(page_of_step(step, self).greeting(words))

    def show_question(self, place: str | None, words: str = "") -> None:
        """Ask the fact or question that a row names, as `facts:id` or `answers:id` with anything before it."""
        from nqpf_assess.tui.steps import page_that_asks

        if place is None or not self._nothing_held():
            return
        while len(self.screen_stack) > 2:
            self.pop_screen()
        page, at = page_that_asks(place)
        self.only_open = place.startswith("blank")
        if type(self.screen) is page:
            self.screen.go(at, words)
        else:
            self.switch_screen(page(at).greeting(words))

    def search_questions(self) -> None:
        """Search all that is asked, and go to what is chosen."""
        from nqpf_assess.tui.answering.search import SearchPage

        if self._nothing_held():
            self.push_screen(SearchPage(), self.show_question)

    def action_home(self) -> None:
        """Go to the first page; the assessment is let go; what of it cannot be saved is said first."""
        from nqpf_assess.tui.frame.dialogs import may_leave

        if self._nothing_held():
            may_leave(self, self.go_home)

    def go_home(self) -> None:
        """Let the assessment go, and show the first page."""
        from nqpf_assess.tui.home.start import HomePage

        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.close_desk()
        self.switch_screen(HomePage())

    def action_tool(self, tool: str) -> None:
        """Open one of the tools."""
        from nqpf_assess.tui.tools.opening import open_tool

        if self._nothing_held():
            open_tool(self, tool)

    def action_help(self) -> None:
        """Explain what the keys are on, and list every key."""
        from nqpf_assess.tui.home.help import HelpPage

        self.push_screen(HelpPage(self.page))

    def action_menu(self) -> None:
        """List everything that can be done, to choose from; once more, go back from it."""
        from nqpf_assess.tui.home.menu import MenuPage

        if isinstance(self.page, MenuPage):
            self.page.action_close()
        else:
            self.push_screen(MenuPage(self.page))

    def action_undo(self) -> None:
        """Take the last change back and go where it was made."""
        self._travel(undo=True)

    def action_redo(self) -> None:
        """Bring back what was taken back."""
        self._travel(undo=False)

    def _travel(self, *, undo: bool) -> None:
        if self.desk is None:
            self.page.say(FOR_AN_ASSESSMENT)
            return
        from nqpf_assess.session.answering import AskedChange
        from nqpf_assess.session.outline import asked_change_told

        if not self._nothing_held():
            return
        counting = self.session.counting
        try:
            place, aside = self.desk.undo() if undo else (self.session.redo(), None)
        except UserError as fault:
            self.page.say(fault.message, "bad")
            return
        if place is None:
            self.page.say(NOTHING_TO_UNDO if undo else NOTHING_TO_REDO)
            return
        spoken = self.session.answers.language
        if place[0] == "language" and spoken is not None and spoken in LANGUAGES:
            self._speak_here(spoken)  # else who sees no change would take back an answer, too
        words = tell(UNDONE if undo else REDONE, self.language, what=tell(PLACES[place[0]], self.language))
        if aside is not None:
            from nqpf_assess.tui.frame.dialogs import KEPT_ASIDE

            words = self.page.speech.sentences({self.language: words}, fill(KEPT_ASIDE, path=aside))
        if more := asked_change_told(self.session, AskedChange.between(counting, self.session.counting), self.language):
            words = self.page.speech.sentences({self.language: words}, {self.language: more})
        here = getattr(self.page, "TABLE", "") == place[0] or getattr(self.page, "beside", None) == place
        if place[0] in ("facts", "answers") and not here:
            asking = [page for page in self.screen_stack if getattr(page, "TABLE", "") == place[0]]
            if not asking:
                self.show_question(f"{place[0]}:{place[1]}", words)
                return
            while self.screen is not asking[0]:  # also where it asks the same still, its fields show what holds now
                self.pop_screen()
        self.page.travelled(place)
        self.page.repaint()
        self.page.say_plainly(words)

    def action_save(self) -> None:
        """Save now, for those who like to be sure; also tries again what was refused."""
        if not self.page.flush():
            return
        if self.desk is None:
            self.page.say(NOTHING_TO_SAVE)
            return
        if self.session.locked is not None:
            self.page.say_plainly(self.locked_words(), "warn")
        elif self.session.save_again():
            self.page.say(ALL_SAVED, "good", path=self.desk.path)
        self.changed_file_shown()

    def changed_file_shown(self) -> None:
        """Draw the state of the file anew, and ask where others changed it."""
        from nqpf_assess.tui.frame.dialogs import ask_about_conflict

        ask_about_conflict(self)
        self.page.paint_status()

    def action_language(self) -> None:
        """Change to the next language."""
        self.speak(LANGUAGES[(LANGUAGES.index(self.language) + 1) % len(LANGUAGES)])

    def speak(self, language: str) -> None:
        """Change the language of the app, of what its pages say, and of the assessment that is open."""
        if self.desk is not None and self.session.locked is None:
            self.session.speak(language)
        self._speak_here(language)

    def _speak_here(self, language: str) -> None:
        from nqpf_assess.tui.frame.page import Page

        self.language = language
        self.keep_in_mind(lambda memory: memory._replace(language=language))
        for page in self.screen_stack:
            if isinstance(page, Page):
                page.say_in_language()
        self.page.repaint()

    def action_colours(self) -> None:
        """Change to the next colours."""
        if self.no_color:
            self.page.say(NO_COLOURS)
            return
        self.theme = self.theme_names[(self.theme_names.index(self.theme) + 1) % len(self.theme_names)]
        self.keep_in_mind(lambda memory: memory._replace(theme=self.theme))
        self.page.repaint()
        self.page.say(theme_words(self.theme))

    def action_copy(self) -> None:
        """Copy what the page shows to the terminal's clipboard, as text."""
        self.copy_to_clipboard(self.page.as_text())
        self.page.say(COPIED)

    def action_alone(self) -> None:
        """Hide what stands beside, or show it again; where nothing does, say so."""
        page = self.page
        beside = page.query("#outline, #detail")
        before = [part.display for part in beside]  # their sizes may still be those before another key
        self.alone = not self.alone
        page.repaint()
        if [part.display for part in beside] == before:
            self.alone = not self.alone
            page.repaint()
            self.call_after_refresh(page.say, NOTHING_BESIDE)  # with the drawing a form takes its messages away

    def action_settings(self) -> None:
        """Show what can be set, and where each setting is kept."""
        from nqpf_assess.tui.home.settings import SettingsPage

        if not isinstance(self.page, SettingsPage):
            self.push_screen(SettingsPage())

    def action_about(self) -> None:
        """Show what runs here and where its files are."""
        from nqpf_assess.tui.home.about import AboutPage

        if not isinstance(self.page, AboutPage):
            self.push_screen(AboutPage())


def run_app(options: Options) -> int:
    """Run the app and give the exit status; a fault of the program is raised after the terminal is as it was."""
    gc.disable()  # until the first page is open: all that is made for it stays, and searching it for circles is work
    for size in ("COLUMNS", "LINES"):  # stated for a container, say, it would be drawn to, and not what the window has
        os.environ.pop(size, None)
    app = AssessApp(options)
    app.run(mouse=options.mouse and app.settings.mouse is not False)
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0
