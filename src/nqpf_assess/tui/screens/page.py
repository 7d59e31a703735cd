"""The frame every screen hangs in: a title or the steps, the standing, the body, messages, keys."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.acts import Act, bindings
from nqpf_assess.tui.rows import BLANK, Look, Part, Row
from nqpf_assess.tui.views import frame
from nqpf_assess.tui.views.speech import Speech
from nqpf_assess.tui.widgets.drawn import Drawn
from nqpf_assess.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from nqpf_assess.session.answering import Place
    from nqpf_assess.tui.app import AssessApp

LEAST = (70, 22)
"""Columns and lines below which the app says what it needs."""

FRAME = ("top", "standing", "outline", "small", "status", "hints")
"""What stands around a page's own matter."""

WIDE = 100
"""Columns from which lists stand beside what they list."""

HELP = Act("app.help", "f1,question_mark", text(en="Help for this page", zh="本页帮助"), text(en="Help", zh="帮助"))
MENU = Act(
    "app.menu",
    "f9,ctrl+p",
    text(en="Menu: all that can be done", zh="菜单：全部操作"),
    text(en="Menu", zh="菜单"),
    everywhere=True,
)
COMMON: tuple[Act, ...] = (
    MENU,
    HELP,
    Act("app.undo", "ctrl+z", text(en="Take the last change back", zh="撤销上一步修改")),
    Act("app.redo", "ctrl+y", text(en="Bring back what was taken back", zh="恢复已撤销的修改")),
    Act(
        "app.save",
        "ctrl+s",
        text(en="Save now (every answer is saved by itself)", zh="立即保存（平时自动保存）"),
        everywhere=True,
    ),
    Act("app.language", "ctrl+l", text(en="中文界面 (Chinese)", zh="English（英文界面）"), everywhere=True),
    Act("app.colours", "", text(en="Other colours: dark, light, 16 colours", zh="切换配色：深色、浅色、16 色")),
    Act("app.copy", "", text(en="Copy this page as text", zh="把本页复制为文本")),
    Act("app.alone", "ctrl+o", text(en="Hide or show what stands beside", zh="隐藏或显示旁边的栏目")),
    Act(
        "app.about",
        "",
        text(en="About: version, files, settings, terminal test", zh="关于：版本、文件、设置、终端测试"),
    ),
    Act("app.leave", "ctrl+q,f10", text(en="Leave the program", zh="退出程序"), everywhere=True),
)
"""What can be done on every page."""


class Page(Screen[Any]):
    """A screen in the frame. `ACTS`: what can be done here besides what can be done everywhere."""

    STEP: ClassVar[str] = ""
    TITLE_WORDS: ClassVar[Text] = text(en="", zh="")
    EXPLAINED: ClassVar[tuple[Text, ...]] = ()
    """What the page is for and how its figures are read; F1 shows it."""

    ACTS: ClassVar[tuple[Act, ...]] = ()
    SHARED: ClassVar[tuple[Act, ...]] = COMMON
    AUTO_FOCUS = "Rows"

    def __init_subclass__(cls) -> None:
        cls.BINDINGS = list(bindings((*cls.ACTS, *cls.SHARED)))
        super().__init_subclass__()

    def __init__(self) -> None:
        super().__init__()
        self.ready = False
        self._said: tuple[str, Look] = ("", "plain")

    @property
    def boss(self) -> "AssessApp":
        """The app."""
        return cast("AssessApp", self.app)

    @property
    def speech(self) -> Speech:
        """How views speak over the whole width."""
        return self.speech_in(self.size.width)

    def speech_in(self, cells: int) -> Speech:
        """How views speak in so many cells."""
        return Speech(self.boss.language, self.boss.glyphs, max(20, cells), self.boss.settings.keys)

    # ---- the frame

    def compose(self) -> ComposeResult:
        """Hang the body into the frame."""
        yield Drawn(id="top")
        if self.STEP:
            yield Drawn(id="standing")
        yield from self.body()
        yield Drawn(id="small")
        yield Drawn(id="status")
        yield Drawn(id="hints")

    def body(self) -> Iterable[Widget]:
        """Give the widgets of the page."""
        yield Rows(id="rows")

    def paint(self) -> None:
        """Fill the page from the session; called whenever anything may have changed."""

    def hinted(self) -> tuple[Act, ...]:
        """Give the acts whose keys the last line shows, in its order."""
        return (*self.ACTS, MENU, HELP)

    def on_mount(self) -> None:
        """Fill the page for the first time; from then on it takes keys."""
        self.repaint()
        self.call_after_refresh(self.take_keys)

    def take_keys(self) -> None:
        """Let the keys act that came while the page was being opened."""
        self.ready = True
        self._say_mistakes()
        self.boss.page_is_ready()

    def _say_mistakes(self) -> None:
        """Say once what of the settings cannot be taken; the page about the program lists it all."""
        if self.boss.mistakes and self.SHARED and not self.boss.warned and not self._said[0]:
            self.boss.warned = True
            self.say_plainly(self.boss.mistakes[0].told(self.boss.language).replace("\n", " "), "warn")

    def on_screen_resume(self) -> None:
        """Fill the page again after another lay over it."""
        self.repaint()
        self.boss.page_is_ready()

    def on_resize(self) -> None:
        """Fill the page again in its new size."""
        self.repaint()

    def repaint(self) -> None:
        """Draw frame and body anew."""
        if self.boss.ending or self.boss.screen is not self or not self.query("#hints"):
            return
        too_small = self.size.width < LEAST[0] or self.size.height < LEAST[1]
        self.set_class(too_small, "-too-small")
        self.set_class(self.size.width >= WIDE, "-wide")
        self.set_class(self.boss.alone, "-alone")
        if too_small:
            self._paint_small()
            return
        self.paint_frame()
        self.paint()

    def _paint_small(self) -> None:
        from nqpf_assess.typography.cells import wrap

        said = frame.small(self.speech, self.size.width, self.size.height, LEAST)
        self.query_one("#small", Drawn).show([(Part(line),) for line in wrap(said, max(2, self.size.width))])

    def paint_frame(self) -> None:
        """Draw title, standing, message and keys."""
        if self.boss.ending:
            return
        speech, top = self.speech, self.query_one("#top", Drawn)
        if self.STEP:
            top.show([frame.top(speech, self.STEP, *self.boss.whom, firm=self.boss.is_firm)])
            self.query_one("#standing", Drawn).show([frame.standing(speech, self.boss.standing())])
        else:
            top.show([frame.titled(speech, self.title_said(), " ".join(filter(None, self.boss.whom)))])
        self.paint_hints()
        self.paint_status()

    def paint_hints(self) -> None:
        """Draw the line of keys."""
        if not self.boss.ending and self.query("#hints"):
            self.query_one("#hints", Drawn).show([frame.hints(self.speech, self.hinted())])

    def title_said(self) -> str:
        """Give the title of a page beside the steps."""
        return self.speech.tell(self.TITLE_WORDS)

    # ---- messages

    def say(self, words: Text, look: Look = "plain", **values: object) -> None:
        """Say what happened, until something else does."""
        self.say_plainly(self.speech.tell(words, **values), look)

    def say_plainly(self, said: str, look: Look = "plain") -> None:
        """Say something that is already in the right language."""
        self._said = (said, look)
        self.paint_status()

    def as_text(self) -> str:
        """Write what the page shows as text, with what is scrolled out of sight; without the frame."""
        parts = [part for part in self.query("Drawn, Rows") if part.size.area and part.id not in FRAME]
        shown = [line for part in parts if isinstance(part, Drawn | Rows) for line in part.as_text()]
        return "\n".join(line.rstrip() for line in shown).strip("\n") + "\n"

    def hush(self) -> None:
        """Take the message away."""
        self._said = ("", "plain")

    def paint_status(self) -> None:
        """Draw the line of messages; what keeps the file from being saved stands there until it is mended."""
        if self.boss.ending or not self.query("#status"):
            return
        lasting = self.boss.lasting_trouble()
        said, look = lasting if lasting else self._said
        self.query_one("#status", Drawn).show_all(frame.status(self.speech, said, look, self.boss.saved_shown()))

    def on_drawn_pressed(self, message: Drawn.Pressed) -> None:
        """Run what was clicked."""
        message.stop()
        self.run_worker(self.run_action(message.action), exit_on_error=True)

    # ---- for pages that hold something half done

    def flush(self, *, forced: bool = False) -> bool:  # noqa: ARG002
        """Bring what is being typed into the session; False where it cannot be taken as it is, which is then said.

        `forced`: there is nobody to ask any more, so what can be taken is taken.
        """
        return True

    def travelled(self, place: "Place") -> None:
        """Go where undo or redo changed something, if that is on this page."""

    def help_rows(self) -> tuple[Row, ...]:
        """Give rows that explain what the keys are on now; they stand before the list of keys."""
        return (*(Row(self.speech.tell(words)) for words in self.EXPLAINED), *([BLANK] if self.EXPLAINED else ()))
