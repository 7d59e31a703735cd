"""The workbench: which assessment is open, in which language, signs and colours; what every page may ask of the app.

Pages see this and not the app above them: the app knows all pages and fills in what is abstract here.
"""

import os
from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from nqpf_assess.files.machine import refusal
from nqpf_assess.files.places import end_of
from nqpf_assess.locale import _, fill, tell
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.options import Options
from nqpf_assess.session.remembered import Recent, Remembered, file_stamp, recall, remember
from nqpf_assess.session.settings import read_settings
from nqpf_assess.tui.drawing.cells import one_line
from nqpf_assess.tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from nqpf_assess.tui.drawing.rows import LOOKS, Look
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.drawing.themes import THEMES, own_themes, theme_for
from nqpf_assess.tui.frame.shell import Shell
from nqpf_assess.tui.frame.standing import StandingWords, standing_of

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Peers
    from nqpf_assess.files.library import Library
    from nqpf_assess.session.answering import AskedChange, Session
    from nqpf_assess.session.desk import Desk, Wanted

SAVED = _("saved {at}")
READ_ONLY = _("read only")
OUTDATED = _("read only; the file was changed since")
NOT_SAVED = _("NOT SAVED")
LOCKED = _("Opened to look at only: {why}.")

CANNOT = _("{path}: {why}")

LEAST = (70, 22)
"""Columns and lines below which the app says what it needs."""

REPORT_TAKES = 6.0
"""Seconds that a report takes, for its bar, before this run of the program made one."""


class Workbench(Shell):
    """The app as its pages see it."""

    # The looks belong to the app, for which they are worked out once; to a page they would be at each class it takes.
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"look--{look}" for look in (*LOOKS, "cursor", "waiting")}

    def __init__(self, options: Options) -> None:
        self.options = options
        self.memory: Remembered = recall()
        self.settings, self.mistakes = read_settings(os.environ)
        self.language = options.language or self.settings.language or self.memory.language or options.locale
        self.plain_glyphs = bool(options.plain_glyphs or self.settings.ascii)
        self.glyphs: Glyphs = ASCII if self.plain_glyphs else UNICODE
        self.alone = self.warned = False
        self.report_takes = REPORT_TAKES
        self.desk: Desk | None = None
        self.chosen_peers: dict[Path, Peers] = {}
        """Benchmarks that were chosen here, each for the assessment that it stands beside."""
        self.question: str | None = None
        self.passed: set[str] = set()
        """Facts that were asked and left open, which are not asked again on the way."""
        self.only_open = False
        """Whether the way on passes over what is answered: somebody came from a list of what is open."""
        self._library: Library | None = None
        self._here = Path.cwd()
        themes = (*THEMES, *own_themes(self.settings.themes))
        self.theme_names = [theme.name for theme in themes]
        wished = f"nqpf-{self.settings.theme}" if self.settings.theme else self.memory.theme
        theme = theme_for(wished, self.theme_names, colour=options.colour, environment=os.environ)
        super().__init__(theme=theme, themes=themes, colour=options.colour)
        self.set_keymap(dict(self.settings.keys))

    def let_go(self) -> None:
        """Let the assessment go."""
        self.close_desk()

    @property
    def peers(self) -> "Peers | None":
        """The benchmark beside the assessment that is open: the one chosen for it, else the one of the command line.

        That is for the file that is named there, if one is.
        """
        if self.desk is None:
            return None
        chosen, named = self.chosen_peers.get(self.desk.path), self.options.file
        stated = self.options.peers if named is None or end_of(named) == end_of(self.desk.path) else None
        return chosen or stated

    def begin_act(self) -> None:
        """Let what a file to look at refused before be told no longer: what is done now has words of its own."""
        if self.desk is not None and self.session.locked is not None:
            self.session.trouble = None

    def may_act(self, key: str) -> bool:
        """In a window too small, where nothing is seen that a key could act on, let only leaving and saving act."""
        if self.size.width >= LEAST[0] and self.size.height >= LEAST[1]:
            return True
        bound = self.screen._bindings.key_to_bindings.get(key, ())
        return any(binding.action in ("app.leave", "app.save") for binding in bound)

    # ---- what files and the machine refuse

    async def _dispatch_message(self, message: Message) -> None:
        """Do what a message asks for; where that cannot be, it is said, and the app takes the next one."""
        try:
            await super()._dispatch_message(message)
        except (UserError, OSError) as fault:
            self._handle_exception(fault)

    def _handle_exception(self, error: Exception) -> None:
        """Say what a file or folder does not allow, its going away too; on any other error end as on a fault."""
        told = error if isinstance(error, UserError) else None
        if isinstance(error, OSError) and error.filename is not None:
            told = UserError(fill(CANNOT, path=error.filename, why=refusal(error)))
        if told is None or self.ending or not self.explained(told):
            super()._handle_exception(error)

    @abstractmethod
    def explained(self, fault: UserError) -> bool:
        """Say why something cannot be done, where there is a page to say it on; return whether there is."""

    # ---- the desk

    def set_anew(self) -> None:
        """Read the settings again, and draw as they say from now on."""
        self.settings, self.mistakes = read_settings(os.environ)
        self.plain_glyphs = bool(self.options.plain_glyphs or self.settings.ascii)
        self.glyphs = ASCII if self.plain_glyphs else UNICODE
        self.set_class(self.plain_glyphs, "-ascii")
        if self.settings.theme:
            self.theme = theme_for(
                f"nqpf-{self.settings.theme}", self.theme_names, colour=self.options.colour, environment=os.environ
            )

    @property
    def library(self) -> "Library":
        """Where questionnaires and rubrics are found."""
        if self._library is None:
            from nqpf_assess.files.library import Library
            from nqpf_assess.files.places import roots

            self._library = Library(roots(self.options.content, here=self._here))
        return self._library

    def renew_library(self) -> None:
        """Read content anew where it is next asked for: something in it was changed, or may have been."""
        self._library = None

    @property
    def session(self) -> "Session":
        """The assessment that is open."""
        assert self.desk is not None
        return self.desk.session

    def lay_open(self, desk: "Desk") -> None:
        """Take an assessment on, in place of the one that was open."""
        self.close_desk()
        self.desk, self.question, self.only_open = desk, None, False
        self.passed.clear()
        self._library = None  # what was read for it is not needed any more
        self.note_recent()

    def close_desk(self) -> None:
        """Let the assessment go, and remember how it stood."""
        if self.desk is not None:
            self.note_recent()
            self.desk.close()
            self.desk = None

    def note_recent(self) -> None:
        """Remember the assessment for the first page, as its file holds it.

        What could not be saved is not told, nor the score by a rubric that a file to look at was read by. With
        --read-only nothing is.
        """
        if self.desk is None or not self.session.follows or self.options.read_only:
            return
        if self.session.trouble is not None and self.session.locked is None:
            return
        session, now = self.session, self.standing()
        seen = Recent(
            path=str(self.desk.path.absolute()),
            name=session.answers.subject.name,
            period=session.answers.subject.period,
            kind=session.instrument.questionnaire.id,
            score=now.score,
            coverage=now.coverage,
            stamp="-" if self.desk.outdated else file_stamp(self.desk.path),
            basis=session.basis,
        )
        self.keep_in_mind(lambda memory: memory.with_recent(seen))

    def keep_in_mind(self, change: Callable[[Remembered], Remembered]) -> None:
        """Remember a change for the next start, beside what other windows remembered since."""
        kept = recall()
        found = self.memory if kept == Remembered() else kept  # where nothing can be written it holds for this window
        self.memory = change(found)
        if self.memory != found:
            remember(self.memory)

    @property
    def whom(self) -> tuple[str, str]:
        """Whom the open assessment describes, and of which year."""
        if self.desk is None:
            return "", ""
        subject = self.session.answers.subject
        return one_line(subject.name) or Path(self.desk.path).stem, one_line(subject.period)

    @property
    def is_firm(self) -> bool:
        """Whether a firm is assessed and not a place."""
        return self.desk is not None and self.session.instrument.questionnaire.subject == "firm"

    def standing(self) -> StandingWords:
        """Return how the assessment stands, written for people."""
        if self.desk is None:
            return StandingWords()
        return standing_of(self.session, self.language)

    # ---- what is always true of the file

    def saved_shown(self) -> str:
        """Return since when everything is in the file, or that it may only be read."""
        if self.desk is None:
            return ""
        if self.session.locked is not None:
            return tell(OUTDATED if self.desk.outdated else READ_ONLY, self.language)
        if self.session.trouble is not None:
            return tell(NOT_SAVED, self.language)
        saved = self.desk.keeper.saved_at if self.desk.keeper else None
        return tell(SAVED, self.language, at=f"{saved:%H:%M:%S}") if saved else ""

    def lasting_trouble(self) -> tuple[str, Look] | None:
        """Return what keeps the file from being saved, as long as it does."""
        if self.desk is None or self.session.trouble is None:
            return None
        trouble = self.session.trouble
        if self.session.locked is not None:
            return self.locked_words(), "warn"
        return Speech(self.language, keymap=self.settings.keys).sentences(trouble.message, trouble.hint), "bad"

    def locked_words(self) -> str:
        """Return why the file may only be looked at."""
        from nqpf_assess.files.store import HeldByOther

        locked = self.session.locked
        why = locked.then if isinstance(locked, HeldByOther) else locked.message if locked is not None else None
        return "" if why is None else tell(LOCKED, self.language, why=why)

    # ---- what the app does for its pages

    @abstractmethod
    def changed(self, change: "AskedChange") -> str:
        """Look after a change: return what it brought or took away, and ask where the file was changed by others."""

    @abstractmethod
    def show_question(self, place: str | None, words: str = "") -> None:
        """Ask the fact or question that a row names, as `facts:id` or `answers:id` with anything before it."""

    @abstractmethod
    def search_questions(self) -> None:
        """Search all that is asked, and go to what is chosen."""

    @abstractmethod
    def step_to(self, step: str, words: str = "") -> None:
        """Go to a step of the assessment; `words`: what its page says first."""

    @abstractmethod
    def open_file(self, path: Path) -> None:
        """Open an answer file and go on where it waits; a page says why where that cannot be."""

    @abstractmethod
    def begin_file(self, path: Path, wanted: "Wanted") -> None:
        """Begin an answer file and ask its first fact; a page says why where that cannot be."""

    @abstractmethod
    def go_home(self) -> None:
        """Let the assessment go, and show the first page; who calls it has asked about what is not saved."""

    @abstractmethod
    def action_leave(self) -> None:
        """Leave, unless something typed cannot be kept or saved; then that is asked first."""

    @abstractmethod
    def action_menu(self) -> None:
        """List everything that can be done, to choose from."""

    @abstractmethod
    def speak(self, language: str) -> None:
        """Change the language of the app, and of the assessment that is open."""

    @abstractmethod
    def action_language(self) -> None:
        """Change to the other language."""
