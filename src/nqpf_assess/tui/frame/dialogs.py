"""Questions the app itself asks: why not applicable, whether to leave, what to do about a file that others changed."""

import time
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from nqpf_assess.files.presence import is_dir
from nqpf_assess.locale import Text, _, _c, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.answering import WHOLE_FILE
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import BLANK, Row
from nqpf_assess.tui.drawing.speech import numbered
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE, ListPage
from nqpf_assess.tui.frame.page import Page, page_of
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.widgets.fields import LineField
from nqpf_assess.tui.widgets.list import How, RowList

DONE = Act("", "enter", _c("do", "Done"), _c("do", "Done"))


HALF_TYPED = _("What you typed is not taken yet")
GO_ON_TYPING = _("Go on typing")
TAKE_IT = _("Take it")
DROP = _("Drop it and go back")
ENDS = _("Under another ending no program would open it: let the name end in {ending}.")


class HoldingPage(Page):
    """A page that holds something that is nowhere else until it is taken; leaving it in any way asks first."""

    HELD_WORDS: ClassVar[Text] = HALF_TYPED
    STAY_WORDS: ClassVar[Text] = GO_ON_TYPING
    TAKE_WORDS: ClassVar[Text] = TAKE_IT
    DROP_WORDS: ClassVar[Text] = DROP

    _held_question: "ChoicePage | None" = None
    """What was asked of it last."""

    @abstractmethod
    def take_held(self) -> None:
        """Take what is held and go back, or say why it cannot be taken."""

    def leave(self) -> None:
        """Go back without it."""
        self.dismiss(None)

    def held_lines(self) -> Iterable[str]:
        """Return what is said of it where the page is left."""
        return ()

    def may_take(self) -> bool:
        """Return whether it can be taken as it stands."""
        return True

    def action_close(self) -> None:
        """Go back; what is held is not dropped without asking, which is done once."""
        if not self.half_done:
            self.leave()
            return
        if self._held_question in self.bench.screen_stack:
            return
        choices = [("stay", self.STAY_WORDS), ("take", self.TAKE_WORDS), ("drop", self.DROP_WORDS)]
        kept = [choice for choice in choices if choice[0] != "take" or self.may_take()]
        acts = {"take": self.take_held, "drop": self.leave}

        def go_on(choice: str | None) -> None:
            if choice in acts:
                while self.bench.screen is not self:  # what lies above belongs to what is left
                    self.bench.pop_screen()
                acts[choice]()

        self._held_question = ChoicePage(self.HELD_WORDS, self.held_lines(), kept)
        self.bench.ask(self._held_question, go_on)

    def flush(self, *, forced: bool = False) -> bool:
        """Ask where something is held; nothing else is done then."""
        if forced or not self.half_done:
            return True
        self.action_close()
        return False


class LinePage(HoldingPage):
    """Asks for one line of text; gives it back, or None where it is closed or an empty one means nothing."""

    ACTS = (CLOSE,)
    AUTO_FOCUS = "Input"
    ASKED: ClassVar[Text] = _("")
    REPLACES: ClassVar[bool] = True
    """Whether the first key replaces what stands in the field; a text is gone on with instead."""

    EMPTIES: ClassVar[bool] = False
    """Whether an empty line takes away what stood there, and is given back as such; else it changes nothing."""

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self._typed = typed

    @property
    def line(self) -> str:
        """What stands in the field."""
        return self.query_one("#line", Input).value.strip()

    @property
    def half_done(self) -> bool:
        """Whether another line was typed than stood there."""
        return self.line != self._typed.strip() and (self.EMPTIES or bool(self.line))

    def refusal(self, typed: str) -> Text | None:  # noqa: ARG002
        """Return why a line cannot be taken, which is said while it stays in the field; None where it can."""
        return None

    def take_held(self) -> None:
        """Give the line back."""
        why = self.refusal(self.line) if self.line else None
        if why is None:
            self.dismiss(self.line if self.line or self.EMPTIES else None)
        else:
            self.say(why, "warn")

    def body(self) -> Iterable[Widget]:
        """Compose what is asked and the field, which alone takes keys."""
        asked, below = RowList(id="asked"), RowList(id="below")
        asked.can_focus = below.can_focus = False
        yield from (asked, LineField(self._typed, id="line", max_length=1000, select_on_focus=self.REPLACES), below)

    def paint(self) -> None:
        """Show what is asked."""
        self.query_one("#asked", RowList).show([BLANK, Row(self.speech.tell(self.ASKED))])

    def hinted(self) -> tuple[Act, ...]:
        """Show how to finish."""
        return (DONE, CLOSE)

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        self.take_held()


class ReasonPage(LinePage):
    """Asks why a question does not apply."""

    TITLE_WORDS: ClassVar[Text] = _("Not applicable")
    FOR_ANSWERS = True
    REPLACES = False
    ASKED: ClassVar[Text] = _(
        "Why does this question not apply here? The reason is printed in the full edition of the report; without one "
        "nothing changes."
    )


class NewFilePage(LinePage):
    """Asks for a file to write; its name ends as the proposed one, or no program and no list here would find it."""

    def refusal(self, typed: str) -> Text | None:
        """Refuse another ending; what is done with a folder is for whoever asked."""
        from nqpf_assess.files.places import is_seen
        from nqpf_assess.session.desk import typed_path

        ending, path = Path(self._typed).suffix or ".toml", typed_path(typed)
        fits = path.suffix.lower() == ending or (is_seen(path) and is_dir(path))
        return None if fits else fill(ENDS, ending=ending)


class FilePage(NewFilePage):
    """Asks for another file to go on in."""

    TITLE_WORDS: ClassVar[Text] = _("Save under another name")
    ASKED: ClassVar[Text] = _("In which file shall it be kept from now on?")


class ChoicePage(ListPage):
    """Shows something and gives choices; gives back the id of the one taken, None where it is closed."""

    def __init__(self, title: Text, words: Iterable[str | Text], choices: Iterable[tuple[str, Text]]) -> None:
        super().__init__()
        self._title, self._lines, self._choices = title, tuple(words), tuple(choices)

    def title_text(self) -> str:
        """Return the title."""
        return self.speech.tell(self._title)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose."""
        return (CHOOSE, CLOSE)

    def rows(self) -> tuple[Row, ...]:
        """Return it, then list the choices."""
        text = [Row(line if isinstance(line, str) else self.speech.tell(line)) for line in self._lines]
        choices = numbered((id, self.speech.tell(words)) for id, words in self._choices)
        return (BLANK, *text, BLANK, *choices)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Return the choice to the page that asked."""
        self.dismiss(id)


CONFLICT = _("The file was changed")
THEIRS = _("Go on from what is in the file now; Ctrl+Z brings my answers back")
MINE = _("Keep my answers; what is in the file is kept beside it")
ELSEWHERE = _("Keep my answers in another file")
LEAVING = _("Leave?")
NOT_TAKEN = _("What was typed or chosen is not taken yet and would be lost.")
STAY = _("Stay")
LEAVE = _("Leave all the same")
AGAIN = _("Try to save again")
KEPT_ASIDE = _("The other version is in {path}")
TYPED_ON = _("You were typing when this came, so nothing is chosen yet. Read it, then choose.")


def _pages(bench: Workbench) -> list[Page]:
    """The pages that lie open one over the other."""
    return [page for page in bench.screen_stack if isinstance(page, Page) and page.is_mounted]


@contextmanager
def brought_in(bench: Workbench) -> Iterator[None]:
    """Let the open pages show what another file brings in: all fields but those in which something is half typed."""
    settled = [page for page in _pages(bench) if not (page.half_done or page.unkept)]
    yield
    for page in settled:
        page.travelled(WHOLE_FILE)


def ask_about_conflict(bench: Workbench, first: Iterable[Text] = ()) -> None:
    """Where others changed the file, ask once what shall hold. `first`: what is said before."""
    from nqpf_assess.files.store import ChangedUnderneath

    trouble = bench.session.trouble if bench.desk else None
    if not isinstance(trouble, ChangedUnderneath) or any(isinstance(page, ConflictPage) for page in bench.screen_stack):
        return
    text = [words for words in (*first, trouble.message, trouble.hint) if words]
    page = ConflictPage(CONFLICT, text, (("mine", MINE), ("theirs", THEIRS), ("elsewhere", ELSEWHERE)))
    bench.ask(page, lambda choice: _settle(bench, choice))


class ConflictPage(ChoicePage):
    """The question about a file that others changed; it comes unasked, and what is typed on by then is no answer."""

    QUIET: ClassVar[float] = 1.5
    """Seconds without a key, from when it is seen, after which a key is meant for it."""

    _typed_on = False
    _typed_at = float("inf")

    def take_keys(self) -> None:
        """Take keys; how long it has been quiet counts from here."""
        self._typed_at = time.monotonic()
        super().take_keys()

    def repaint(self) -> None:
        """Draw anew; what was settled meanwhile, as where the answers are kept in another file, is asked no more."""
        from nqpf_assess.files.store import ChangedUnderneath

        if self.bench.desk is None or isinstance(self.bench.session.trouble, ChangedUnderneath):
            super().repaint()
        else:
            self.dismiss(None)

    def rows(self) -> tuple[Row, ...]:
        """Say first why no choice was taken; the line of messages says what became of the file."""
        why = (BLANK, Row(self.speech.tell(TYPED_ON), look="warn")) if self._typed_on else ()
        return (*why, *super().rows())

    def on_key(self) -> None:
        """Note a letter, too: it chooses nothing, but it is typed on, and so is the digit behind it."""
        self._goes_on()

    def chosen(self, id: str, how: How) -> None:
        """Return the choice, unless it came by a key that can hardly have been meant for it."""
        if how != "click" and self._goes_on():
            self._typed_on = True
            self.repaint()
        else:
            super().chosen(id, how)

    def _goes_on(self) -> bool:
        """Note a key; return whether it goes on with what was typed before the page was seen."""
        now = time.monotonic()
        goes_on = now - self._typed_at < self.QUIET
        if goes_on:
            self._typed_at = now
        return goes_on


def _settle(bench: Workbench, choice: str | None) -> None:
    if bench.desk is None or choice is None:
        return
    if choice == "mine":
        aside = bench.desk.keep_mine()
        if aside is not None:
            page_of(bench).say(KEPT_ASIDE, path=aside)
    elif choice == "theirs":
        bench.renew_library()  # what is in the file may name a rubric that came since
        try:
            with brought_in(bench):
                bench.desk.take_theirs(bench.library)
        except UserError as fault:
            ask_about_conflict(bench, (fault.message, fault.hint or {}))
    else:
        save_elsewhere(bench)
    page_of(bench).repaint()


def save_elsewhere(bench: Workbench) -> None:
    """Ask for another file and go on in it."""

    from nqpf_assess.session.desk import typed_path

    def go_on(typed: str | None) -> None:
        if typed and bench.desk:
            try:
                bench.desk.save_elsewhere(typed_path(typed))
            except UserError as fault:
                page_of(bench).say(fault.message, "bad")
            page_of(bench).repaint()

    bench.ask(FilePage(str(_free_name(bench))), go_on)


def _free_name(bench: Workbench) -> Path:
    from nqpf_assess.files.places import is_seen

    assert bench.desk is not None
    path = bench.desk.path
    names = (path.with_name(f"{path.stem}-{number}.toml") for number in range(2, 1000))
    return next(name for name in names if not is_seen(name))


def may_leave(bench: Workbench, leave: Callable[[], None]) -> None:
    """Leave at once where all is saved; else say what would be lost and ask.

    To leave once more is the answer that leaves: it takes nothing of what was said to be lost, such as a figure that
    is taken when it is meant a second time.
    """
    pages = _pages(bench)
    asked = any(isinstance(page, _LeavingPage) for page in pages)

    def without() -> None:
        for page in pages:
            if page.is_mounted:
                page.flush(forced=True)
        leave()

    def ask() -> None:
        _ask(bench, [NOT_TAKEN], (("stay", STAY), ("leave", LEAVE)), without)

    if any(page.half_done for page in pages) or not (asked or all(page.flush() for page in reversed(pages))):
        ask()
    elif bench.desk and bench.session.trouble and bench.session.locked is None and not bench.session.save_again():
        trouble = bench.session.trouble
        text = [words for words in (trouble.message, trouble.hint) if words]
        _ask(bench, text, (("again", AGAIN), ("elsewhere", ELSEWHERE), ("leave", LEAVE)), leave)
    elif asked:
        ask()
    else:
        leave()


def _ask(
    bench: Workbench, words: Iterable[Text], choices: Iterable[tuple[str, Text]], leave: Callable[[], None]
) -> None:
    if any(isinstance(page, _LeavingPage) for page in bench.screen_stack):
        if not page_of(bench).unseen:  # what was not seen is no answer yet
            leave()
        return

    def go_on(choice: str | None) -> None:
        if choice == "leave":
            leave()
        elif choice == "again":
            may_leave(bench, leave)
        elif choice == "elsewhere":
            save_elsewhere(bench)

    bench.ask(_LeavingPage(LEAVING, words, choices), go_on)


class _LeavingPage(ChoicePage):
    """The question whether to leave."""
