"""The page every screen is: the frame (steps or a title, standing, messages, keys) around a body of its own."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

from nqpf_assess.files.places import without_content
from nqpf_assess.locale import Text, _, _c, _n, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.tui.drawing.acts import Act, bindings, keys_of
from nqpf_assess.tui.drawing.cells import cut, shown, width
from nqpf_assess.tui.drawing.rows import BLANK, BROADEST, EDGES, Line, Look, Part, Row, ends, fitted
from nqpf_assess.tui.drawing.speech import Speech, bar
from nqpf_assess.tui.frame.standing import StandingWords
from nqpf_assess.tui.frame.workbench import LEAST, Workbench
from nqpf_assess.tui.widgets.drawn import LineBlock
from nqpf_assess.tui.widgets.list import RowList
from nqpf_assess.typography.cells import wrap
from nqpf_assess.typography.clean import clean

if TYPE_CHECKING:
    from nqpf_assess.session.answering import Place
    from nqpf_assess.tui.widgets.fields import FieldShut, TooLong


STEPS: dict[str, Text] = {
    "place": _c("step", "Place"),
    "questions": _c("step", "Questions"),
    "review": _("Review"),
    "results": _("Results"),
    "plan": _c("step", "Plan"),
    "report": _("Report"),
}
"""The steps of an assessment in the order of the work."""

FIRM_STEP = _c("step", "Firm")

SCORE = _("Score")
NO_SCORE_YET = _("none yet")
CAN_BE = _("can be {span}")
LEFT_OF = _("{left} of {total} left, about {minutes} min")
ALL_DONE = _n("the one question is done", "all {count} done")
NOT_ALL_APPLY = _("all {count} done, {na} not applicable")
NONE_ASKED = _("nothing is asked")

MORE_DIGITS = _("{typed}: Enter takes row {typed}; one more digit makes {ends}.")
LABELS = "asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZXCVBNM"
"""Letters to jump by, those under the fingers first."""

MISTAKE = _("{file}, line {line}: {what}")
JUMP = _("Press the letter of a row to go there; any other key stays.")
NOT_IN_FIELD = _("Letters beside the rows come while a list has the keys, not while a field has.")
NO_ROWS = _("There is no row to go to here.")
TOO_LONG = _("Not all of it fits: no more than {most} characters are taken here.")
NO_FIELD = _("There is no field here to paste into.")
NO_SUCH_ROW = _("There is no row {typed} here.")
UNKEPT = _("not saved yet")
CUT_MESSAGE = _(" … (F1 shows all of it)")

MESSAGE_LINES, FEW_LINES, TALL = 6, 2, 30
"""Lines of a message at most, those in a window that is not tall, and the lines from which one is."""

HINTS = 6
"""Keys that the last line shows at most."""

LEAST_NAME = 4
"""Cells below which a name that is cut tells nothing."""


def steps_line(speech: Speech, step: str, name: str, year: str = "", *, firm: bool = False) -> Line:
    """Draw the first line: the steps with the present one marked, and whom it is about, in the room that they leave.

    They have no digits: a digit chooses a row below.
    """
    parts: list[Part] = []
    for id, words in STEPS.items():
        text = speech.tell(FIRM_STEP if firm and id == "place" else words)
        parts.append(Part(f" {text} ", "here" if id == step else "step", f"app.go('{id}')"))
    text = _whom(name, year, speech.cells - sum(width(part.text) for part in parts) - 2)
    return ends(parts, (Part(text, "strong"), Part(" ")), speech.cells)


def _whom(name: str, year: str, room: int) -> str:
    """Write whom it is about into the room that is left: the year whole, which tells it from the file of another."""
    behind = f" {year}" if year and room - width(year) > LEAST_NAME else ""
    return cut(name, room - width(behind)) + behind if room > LEAST_NAME else ""


def title_line(speech: Speech, title: str, name: str = "", year: str = "") -> Line:
    """Draw the first line of a page beside the steps: its title, and in the room that it leaves whom it is about."""
    text = _whom(name, year, speech.cells - width(title) - 4)
    return ends((Part(f" {title} ", "here"),), (Part(text, "quiet"), Part(" ")), speech.cells)


def standing_line(speech: Speech, now: StandingWords) -> Line:
    """Draw the second line: score, what the last answer moved, the range, how much is answered."""
    glyphs = speech.glyphs
    parts = [Part(f" {speech.tell(SCORE)} ", "quiet"), Part(now.score or speech.tell(NO_SCORE_YET), "strong")]
    if now.band and now.score:
        parts.append(Part(f" {now.band}", "quiet"))
    if now.moved:
        sign, look = (glyphs.up, "good") if now.rose else (glyphs.down, "warn")
        parts.append(Part(f"  {sign} {now.moved}", look))  # type: ignore[arg-type]
    if now.span:
        parts += [Part(glyphs.dot, "quiet"), Part(speech.tell(CAN_BE, span=now.span), "quiet")]
    words = speech.tell(ALL_DONE if now.total else NONE_ASKED, count=now.total)
    if now.not_applicable:
        words = speech.tell(NOT_ALL_APPLY, count=now.total, na=now.not_applicable)
    if now.done < now.total:
        words = speech.tell(LEFT_OF, left=now.total - now.done, total=now.total, minutes=now.minutes)
    room = min(24, speech.cells - sum(width(part.text) for part in parts) - width(words) - 4)
    return ends(parts, (*bar(speech, now.done, now.total, room), Part(f" {words} ", "quiet")), speech.cells)


def status_lines(speech: Speech, words: str, look: Look, right: str, most: int = MESSAGE_LINES) -> tuple[Line, ...]:
    """Draw the message: what just happened, in `most` lines at most, and what is always true at its right.

    A message that is cut says where the rest is: the help begins with it.
    """
    room = speech.cells - width(right) - 4
    lines = wrap(shown(words), room)
    if len(lines) > most:
        rest = speech.tell(CUT_MESSAGE)
        lines = (*lines[: most - 1], cut(lines[most - 1], room - width(rest)).rstrip("…") + rest)
    first = ends((Part(f" {lines[0]}", look),), (Part(right, "quiet"), Part(" ")), speech.cells)
    return (first, *((Part(f" {line}", look),) for line in lines[1:]))


def hints_line(speech: Speech, acts: Sequence[Act]) -> Line:
    """Draw the last line: the keys that matter most here, whole ones only."""
    parts: list[Part] = []
    for act in [act for act in acts if act.hint is not None][:HINTS]:
        action = act.action or (f"app.simulate_key('{keys_of(act, {})[0]}')" if act.keys.isascii() else "")
        pair = (
            Part(f" {speech.key(act)}", "key", action),
            Part(f" {speech.tell(act.hint or {})} ", "plain", action),
        )
        if sum(width(part.text) for part in (*parts, *pair)) > speech.cells:
            break
        parts += pair
    return fitted(parts, speech.cells)


def too_small(speech: Speech, columns: int, lines: int, needs: tuple[int, int], *, kept: bool) -> str:
    """Return that the window is too small, and what it needs. `kept`: whether all that was typed is in the file."""
    words = TOO_SMALL if kept else TOO_SMALL_YET
    return speech.tell(words, columns=columns, lines=lines, least=needs[0], low=needs[1])


TOO_SMALL: Text = _(
    "This window is {columns} × {lines}. Please make it at least {least} columns by {low} lines, or use smaller "
    "letters. Everything is saved. Ctrl+Q leaves; with --plain it asks line by line at any size."
)

TOO_SMALL_YET: Text = _(
    "This window is {columns} × {lines}. Please make it at least {least} columns by {low} lines, or use smaller "
    "letters. Not all is saved yet: it waits there for you."
)


FRAME_PARTS = ("top", "standing", "outline", "small", "status", "hints")
"""What stands around a page's own matter."""

WIDE, BROAD, VAST = 100, 120, 160
"""Columns from which lists stand beside what they list, results beside what follows from them, and a third beside."""

HELP = Act("app.help", "f1,question_mark", _("Help for this page"), _("Help"))
MENU = Act(
    "app.menu",
    "f9,ctrl+p",
    _("Menu: all that can be done"),
    _("Menu"),
    everywhere=True,
)
SEARCH = Act("search", "f3,slash", _("Search questions, in both languages"))

COMMON: tuple[Act, ...] = (
    MENU,
    HELP,
    Act("app.undo", "ctrl+z", _("Take the last change back"), also=_("undo revert mistake wrong")),
    Act("app.redo", "ctrl+y", _("Bring back what was taken back"), also=_("redo again")),
    Act(
        "app.save",
        "ctrl+s",
        _("Save now (every answer is saved by itself)"),
        everywhere=True,
    ),
    Act("app.language", "ctrl+l", _("中文界面 (Chinese)"), everywhere=True),
    Act("labels", "ctrl+g", _("Jump: a letter beside each row")),
    Act(
        "app.settings",
        "",
        _("Settings: language, colours, keys, report"),
        also=_("preferences options configuration theme mouse ascii plain one key"),
    ),
    Act("app.colours", "", _("Other colours: dark, light, 16 colours")),
    Act("app.copy", "", _("Copy this page as text"), also=_("clipboard paste screen")),
    Act("app.alone", "ctrl+o", _("Hide or show what stands beside"), also=_("maximise full width pane sidebar")),
    Act(
        "app.about",
        "",
        _("About: version, files, settings, terminal test"),
        also=_("doctor diagnose check where folder broken signs"),
    ),
    Act("app.leave", "ctrl+q,f10", _("Leave the program"), everywhere=True, also=_("quit exit close end stop")),
)
"""What can be done on every page."""


class Page(Screen[Any]):
    """A screen in the frame. `ACTS`: what can be done here besides what can be done everywhere."""

    STEP: ClassVar[str] = ""
    TITLE_WORDS: ClassVar[Text] = _("")
    EXPLAINED: ClassVar[tuple[Text, ...]] = ()
    """What the page is for and how its figures are read; F1 shows it."""

    FOR_ANSWERS: ClassVar[bool] = False
    """Whether what is typed here goes into the assessment that is open."""

    MEASURED: ClassVar[bool] = False
    """Whether what is shown depends on sizes that parts get by the layout, and not on the window's alone."""

    ACTS: ClassVar[tuple[Act, ...]] = ()
    SHARED: ClassVar[tuple[Act, ...]] = COMMON
    AUTO_FOCUS = "RowList"

    def __init_subclass__(cls) -> None:
        cls.BINDINGS = list(bindings((*cls.ACTS, *cls.SHARED)))
        super().__init_subclass__()

    def __init__(self) -> None:
        super().__init__()
        self.ready = False
        self._said: tuple[str, Look] = ("", "plain")
        self._said_of: tuple[Text, dict[str, object]] | None = None
        """What the message was said of, so that it follows the language; None where it was in words already."""
        self._kept_focus: Widget | None = None
        self._filled_in: Size | None = None
        self._closes_with: list[Any] = []
        """What the page goes back with as soon as it is seen again, where it was to go while another lay over it."""

    @property
    def bench(self) -> Workbench:
        """The app."""
        return cast("Workbench", self.app)

    @property
    def speech(self) -> Speech:
        """How views speak over the whole width."""
        return Speech(self.bench.language, self.bench.glyphs, max(20, self.size.width), self.bench.settings.keys)

    def speech_in(self, cells: int) -> Speech:
        """How views speak in so many cells of a list, which is never broader than its rows may be."""
        return self.speech._replace(cells=max(20, min(cells, BROADEST - EDGES)))

    async def _dispatch_message(self, message: Message) -> None:
        """Do what a message asks for. Textual would let a page whose work failed hear nothing more.

        What comes back of work in the background concerns nobody where the page that began it was left.
        """
        if isinstance(message, Worker.StateChanged) and self not in self.app.screen_stack:
            return
        try:
            await super()._dispatch_message(message)
        except (UserError, OSError) as fault:
            self.bench._handle_exception(fault)

    # ---- the frame

    def compose(self) -> ComposeResult:
        """Compose the body into the frame. Classes of the size are set while nothing has to be styled anew for them."""
        self._fit(*self.app.size, update=False)
        yield LineBlock(id="top")
        if self.STEP:
            yield LineBlock(id="standing")
        yield from self.body()
        yield LineBlock(id="small")
        yield LineBlock(id="status")
        yield LineBlock(id="hints")

    def body(self) -> Iterable[Widget]:
        """Return the widgets of the page."""
        yield RowList(id="rows")

    def paint(self) -> None:
        """Fill the page from the session; called whenever anything may have changed."""

    def hinted(self) -> tuple[Act, ...]:
        """Return the acts whose keys the last line shows, in its order."""
        return (*self.ACTS, MENU, HELP)

    def on_mount(self) -> None:
        """Fill the page for the first time; from then on it takes keys.

        Textual calls this for each class of a page, a subclass's first: `super` would do it twice.
        """
        self.repaint()
        self.call_after_refresh(self.take_keys)

    def take_keys(self) -> None:
        """Let the keys act that came while the page was being opened; none, where it was left meanwhile."""
        if self not in self.app.screen_stack:
            return
        self.ready = True
        self.paint_hints()  # what Enter does depends on the row that is marked and on what has the keys, known only now
        self._say_mistakes()
        self.bench.page_is_ready()

    def _say_mistakes(self) -> None:
        """Show once of which named content nothing is taken, else what of the settings cannot be taken.

        The page about the program lists all mistakes of the settings.
        """
        if not self.SHARED or self.bench.warned or self._said[0]:
            return
        if nothing := next(without_content(self.bench.options.content), None):
            self.bench.warned = True
            self.say(nothing, "warn")
        elif self.bench.mistakes:
            self.bench.warned = True
            first = self.bench.mistakes[0]
            what = self.speech.sentences(first.message, first.hint)
            self.say(MISTAKE, "warn", file=Path(first.source).name, line=first.line, what=what)

    def on_screen_resume(self) -> None:
        """Fill the page again after another lay over it; a page that is just being opened is filled already."""
        if self._closes_with and self.bench.screen is self:
            super().dismiss(self._closes_with.pop())
            return
        if self.ready:
            self.repaint()
        self.bench.page_is_ready()

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Go back with a result: at once, below another page when that is left, and nowhere where it was left before.

        Textual would close the page that lies on top, whichever that is.
        """
        if self.bench.screen is self:
            return super().dismiss(result)
        self._closes_with = [result]
        return AwaitComplete()

    def on_resize(self) -> None:
        """Fill the page again in its new size; not where it was filled in that size before its parts had theirs."""
        if self.MEASURED or self._filled_in != self.size:
            self.repaint()

    def repaint(self) -> None:
        """Draw frame and body anew."""
        if self.bench.ending or self.bench.screen is not self or not self.query("#hints"):
            return
        self._filled_in = self.size
        if self._fit(*self.size):
            self._paint_small()
            return
        self.paint_frame()
        self.paint()
        self.paint_hints()

    def _fit(self, columns: int, lines: int, *, update: bool = True) -> bool:
        """Note how large the window is, for the layout; True where it is too small for anything."""
        too_small = columns < LEAST[0] or lines < LEAST[1]
        if too_small and not self.has_class("-too-small"):
            self._kept_focus = self.focused
        elif not too_small and self.has_class("-too-small"):
            self.call_after_refresh(self._focus_again)
        classes = {"-too-small": too_small, "-alone": self.bench.alone}
        classes |= {name: columns >= least for least, name in ((WIDE, "-wide"), (BROAD, "-broad"), (VAST, "-vast"))}
        self.update_classes(classes, update=update)
        return too_small

    @property
    def unseen(self) -> bool:
        """Whether the window is too small for the page, and says so in its place."""
        return self.has_class("-too-small")

    def _focus_again(self) -> None:
        """Give the keys back to what had them before the window was too small; what is hidden loses them.

        As if the window itself had lost them: a field that was come to otherwise would mark what is half typed in it.
        """
        if self.focused is None and self._kept_focus is not None and self._kept_focus.is_attached:
            self.set_focus(self._kept_focus, scroll_visible=False, from_app_focus=True)

    def on_descendant_blur(self) -> None:
        """Give the keys to what is seen where what had them is hidden, by a narrower window or by Ctrl+O."""
        lost = self.focused is None and self.app.app_focus and not self.has_class("-too-small")
        if lost and self.ready and self.bench.screen is self and not self.bench.ending:
            self.focus_next()

    def _paint_small(self) -> None:
        words = too_small(self.speech, self.size.width, self.size.height, LEAST, kept=all_kept(self.bench))
        self.query_one("#small", LineBlock).show([(Part(line),) for line in wrap(words, max(2, self.size.width))])

    def paint_frame(self) -> None:
        """Draw title, standing, message and keys."""
        if self.bench.ending:
            return
        speech, top = self.speech, self.query_one("#top", LineBlock)
        if self.STEP:
            top.show([steps_line(speech, self.STEP, *self.bench.whom, firm=self.bench.is_firm)])
            self.query_one("#standing", LineBlock).show([standing_line(speech, self.bench.standing())])
        else:
            top.show([title_line(speech, self.title_text(), *self.bench.whom)])
        self.paint_hints()
        self.paint_status()

    def paint_hints(self) -> None:
        """Draw the line of keys."""
        if not self.bench.ending and self.query("#hints"):
            self.query_one("#hints", LineBlock).show([hints_line(self.speech, self.hinted())])

    def title_text(self) -> str:
        """Return the title of a page beside the steps."""
        return self.speech.tell(self.TITLE_WORDS)

    # ---- messages

    def say(self, words: Text, look: Look = "plain", **values: object) -> None:
        """Show what happened, until something else does."""
        self.say_plainly(self.speech.tell(words, **values), look)
        self._said_of = words, values

    def say_plainly(self, words: str, look: Look = "plain") -> None:
        """Show something that is already in the right language."""
        self._said, self._said_of = (words, look), None
        self.paint_status()

    def say_in_language(self) -> None:
        """Say what was said in the language that the app has now."""
        if self._said_of is not None:
            self.say(self._said_of[0], self._said[1], **self._said_of[1])

    def as_text(self) -> str:
        """Write what the page shows as text, with what is scrolled out of sight; without the frame."""
        parts = [part for part in self.query("LineBlock, RowList") if part.size.area and part.id not in FRAME_PARTS]
        shown = [line for part in parts if isinstance(part, LineBlock | RowList) for line in part.as_text()]
        return "\n".join(line.rstrip() for line in shown).strip("\n") + "\n"

    def greeting(self, words: str) -> "Self":
        """Return the page with something to say when it opens: what the page before has just done."""
        self._said = (words, "plain")
        return self

    @property
    def said(self) -> str:
        """The message that stands above the keys, in full."""
        return self._said[0]

    def hush(self) -> None:
        """Take the message away."""
        self._said, self._said_of = ("", "plain"), None

    def unsay(self, *some: Text) -> None:
        """Take the message away where it is one of these, which hold no longer."""
        if self._said_of is not None and self._said_of[0] in some:
            self.hush()
            self.paint_status()

    def paint_status(self) -> None:
        """Draw the line of messages; what keeps the file from being saved stands there until it is mended."""
        if self.bench.ending or not self.query("#status"):
            return
        lasting = self.bench.lasting_trouble()
        if lasting and self.bench.session.locked is not None:
            self.hush()  # what was said of a change that was not made
        words, look = lasting if lasting else self._said
        # Where the window is low the message leaves the page its place, but for what must be read in full.
        most = MESSAGE_LINES if look in ("bad", "warn") or self.size.height >= TALL else FEW_LINES
        saved = self.speech.tell(UNKEPT) if self.unkept else self.bench.saved_shown()
        lines = status_lines(self.speech, words, look, saved, most)
        self.query_one("#status", LineBlock).show_all(lines)

    def action_search(self) -> None:
        """Search everything that is asked."""
        self.bench.search_questions()

    def action_labels(self) -> None:
        """Put a letter beside each row in sight, in all lists; the next key goes there.

        Not while a field is typed in: this key's character may stand in what is pasted, and what follows it is text.
        """
        if self.focused in self._fields:
            self.say(NOT_IN_FIELD)
            return
        letters, lists = iter(LABELS), [one for one in self.query(RowList) if one.display and one.size.area]
        for one in lists:
            one.label(letters)
        labelled = [one for one in lists if one.labels]
        if labelled:
            self.set_focus(labelled[0], scroll_visible=False)
            self.say(JUMP)
        else:
            self.say(NO_ROWS)

    def on_row_list_labelled(self, message: RowList.Labelled) -> None:
        """Go to the row whose letter was pressed; any other key only takes the letters away."""
        message.stop()
        self.hush()
        for one in self.query(RowList):
            found = next((place for place, letter in one.labels.items() if letter == message.letter), None)
            one.unlabel()
            if found is not None:
                self.set_focus(one, scroll_visible=False)
                one.move_to(found)
        self.paint_status()

    def on_row_list_typed(self, message: RowList.Typed) -> None:
        """Show what a digit that chooses no row may still become."""
        message.stop()
        ends = self.speech.grammar.list([message.typed + more for more in message.more])
        self.say(MORE_DIGITS if ends else NO_SUCH_ROW, typed=message.typed, ends=ends)

    def on_line_block_pressed(self, message: LineBlock.Pressed) -> None:
        """Do what was clicked, as the app does what a key is bound to: it is no work whose end a page waits for."""
        message.stop()
        self.app.call_later(self.act, message.action)

    async def act(self, action: str) -> None:
        """Do what was clicked or chosen in the menu; of a page that closed meanwhile, only what every page can."""
        await (self if self in self.app.screen_stack else self.app).run_action(action)

    # ---- for pages with something to type in

    @property
    def shut(self) -> bool:
        """Whether the fields take nothing: what is typed goes into a file that is only to be looked at."""
        return self.FOR_ANSWERS and self.bench.desk is not None and self.bench.session.locked is not None

    def on_too_long(self, message: "TooLong") -> None:
        """Say that something did not fit into a field."""
        message.stop()
        self.say(fill(TOO_LONG, most=message.most), "warn")

    def on_field_shut(self, message: "FieldShut") -> None:
        """Say why nothing can be typed here."""
        message.stop()
        self.say_plainly(self.bench.locked_words(), "warn")

    @property
    def unkept(self) -> bool:
        """Whether something stands in a field that is not in the file, though the file is saved by itself."""
        return False

    # ---- for pages that hold something half done

    @property
    def half_done(self) -> bool:
        """Whether something was typed or chosen here that is nowhere else, and would be lost with the page."""
        return False

    def flush(self, *, forced: bool = False) -> bool:  # noqa: ARG002
        """Bring what is being typed into the session; False where it cannot be taken as it is, which is then said.

        `forced`: there is nobody to ask any more, so what can be taken is taken.
        """
        return True

    @property
    def _fields(self) -> list[Widget]:
        """The fields to type in, without loading what they are made of where a page has none."""
        return [*self.query("Input, TextArea")]

    def on_paste(self, event: events.Paste) -> None:
        """Bring what is pasted while a list has the keys into the page's field; say so where there is none."""
        event.stop()
        if not clean(event.text).strip() or self.focused in self._fields:
            return
        if (field := next((field for field in self._fields if field.size.area), None)) is not None:
            self.set_focus(field, scroll_visible=False)
            field.post_message(events.Paste(event.text.strip()))
        else:
            self.say(NO_FIELD)

    def travelled(self, place: "Place") -> None:
        """Go where undo, redo or another writer changed something, if that is here; fields show what holds now."""

    def help_rows(self) -> tuple[Row, ...]:
        """Return rows that explain what the keys are on now; they stand before the list of keys."""
        return (*(Row(self.speech.tell(words)) for words in self.EXPLAINED), *([BLANK] if self.EXPLAINED else ()))


def all_kept(bench: Workbench) -> bool:
    """Return whether nothing that was typed or chosen would be lost if the app ended now."""
    pages = [page for page in bench.screen_stack if isinstance(page, Page) and page.is_mounted]
    troubled = bench.desk is not None and bench.session.trouble is not None
    return not troubled and not any(page.half_done or page.unkept for page in pages)


def page_of(bench: Workbench) -> Page:
    """Return the page that is open."""
    page = bench.screen
    assert isinstance(page, Page)
    return page
