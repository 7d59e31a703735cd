"""How the app lives in a terminal: signals and faults end it well, keys act in their order, colours fit."""

import asyncio
import gc
import os
import re
import select
import signal
import sys
import time
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any

from textual import events
from textual._callback import invoke
from textual.app import App
from textual.driver import Driver
from textual.errors import NoWidget
from textual.filter import Monochrome, NoColor
from textual.screen import Screen
from textual.theme import Theme

from nqpf_assess.files.machine import heed
from nqpf_assess.tui.drawing.cells import shown
from nqpf_assess.tui.drawing.themes import DEFAULTS
from nqpf_assess.tui.widgets.drawn import LineBlock
from nqpf_assess.tui.widgets.list import RowList

INTERRUPTS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGBREAK")
"""Signals on which everything is saved and the terminal put back as it was. Each system has some of them."""

HANG_UP = 1.0
"""Seconds after which it is looked again whether the terminal is still there."""

LAST = 10.0
"""Seconds after a signal at which the process ends in any case; everything was saved at the signal."""

FAULT_STATUS = 3

PASTE_BEGINS, PASTE_ENDS = b"\x1b[200~", b"\x1b[201~"
PASTED = re.compile(re.escape(PASTE_BEGINS) + b"(.*?)" + re.escape(PASTE_ENDS), re.DOTALL)
PASTE_BEGUN = re.compile(rb"\x1b\[(2(0(0(~.*)?)?)?)?\Z", re.DOTALL)
"""How terminals mark what is pasted. What may be the beginning of the first mark, or of a key, waits for its rest."""

STUCK = 5.0
"""Seconds after which the next key no longer waits for the one before."""

LEFT, DOUBLE_CLICK, NEAR = 1, 0.4, 2
"""The button that clicks; seconds and columns within which a second press of the mouse is that of a double click."""

LOOK_AGAIN = 0.2
"""Seconds after which it is looked again whether the page of the key before is gone."""


class Heard:
    """Decodes what a terminal sends: a paste comes in one piece and without ESC, however a slow line cuts it.

    Of one that is cut amid the mark of its end Textual would drop the text and take every key after it for more of it;
    what follows an ESC in one would act as keys. Bytes that are no UTF-8, as a terminal set to GBK sends them, come as
    marks.
    """

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")
        self._begun = bytearray()
        """A paste whose end has not come yet, or the beginning of its first mark."""

    def decode(self, data: bytes, final: bool = False) -> str:  # noqa: FBT001, FBT002 - the driver's way to call it
        """Return all that is complete, which is nothing as long as a paste goes on."""
        looked = max(0, len(self._begun) - len(PASTE_ENDS))
        self._begun += data
        if self._begun.startswith(PASTE_BEGINS) and self._begun.find(PASTE_ENDS, looked) < 0 and not final:
            return ""
        heard = PASTED.sub(lambda paste: PASTE_BEGINS + paste[1].replace(b"\x1b", b"") + PASTE_ENDS, bytes(self._begun))
        begun = None if final else PASTE_BEGUN.search(heard, heard.rfind(PASTE_ENDS) + 1)
        whole = begun.start() if begun else len(heard)
        self._begun = bytearray(heard[whole:])
        return self._decoder.decode(heard[:whole], final)


class Shell(App[None]):
    """The part of the app that knows terminals and nothing of assessments."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *, theme: str, themes: Iterable[Theme], colour: bool) -> None:
        if not colour:
            os.environ["NO_COLOR"] = "1"
        super().__init__()
        for own in themes:
            self.register_theme(own)
        self.theme = theme
        if self.no_color:
            self._filters = [NoColor() if isinstance(one, Monochrome) else one for one in self._filters]
        self.animation_level = "none"
        self.fault: Exception | None = None
        self.ending = False
        self._held: deque[events.Key | events.Paste] = deque()
        self._busy = 0
        self._acting = False
        self._since = 0.0
        self._turn = 0
        self._at: Any = None
        self._meant_for: Screen[Any] | None = None
        """The page that the key which is acting was pressed on."""
        self._pressed = (0.0, 0, 0)
        """When and where the mouse was pressed last, and with which button."""
        self._button = LEFT
        self._passed_over = False

    def get_driver_class(self) -> type[Driver]:
        """Hear a terminal as `Heard` says; from a browser's page, too, bytes that are no UTF-8 do not end the app."""
        driver = super().get_driver_class()
        module: Any = sys.modules[driver.__module__]
        if module.__name__.endswith("linux_driver"):
            module.getincrementaldecoder = lambda _name: Heard
        elif hasattr(module, "getincrementaldecoder"):
            module.getincrementaldecoder = lambda name: partial(getincrementaldecoder(name), errors="replace")
        return driver

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours that every theme of ours has besides Textual's."""
        return DEFAULTS

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002
        """Take the colours of a theme; before anything is shown Textual would read the whole style sheet twice."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def write_line(self, words: str) -> None:
        """Write a line at the top of the empty screen at once; what is drawn next covers it."""
        if self._driver is not None:
            self._driver.write(f"\x1b[H {shown(words, plain=self.has_class('-ascii'))}")

    # ---- the end

    def watch_for_signals(self) -> None:
        """Be ready for what ends the app from outside. Textual itself leaves the terminal broken on these."""
        heed(INTERRUPTS, self._stopped)
        if sys.platform == "win32":  # which ends with its window whatever runs in it, and puts nothing to sleep
            return
        if not self.is_headless:
            self._sleep_once()
            self._take_sizes_in_order()
            self.app_resume_signal.subscribe(self, self._take_sizes_in_order)
        if sys.__stdin__ is not None and sys.__stdin__.isatty():
            self.set_interval(HANG_UP, self._look_for_terminal)

    def _sleep_once(self) -> None:
        """Wake only after Ctrl-Z: at any other SIGCONT Textual starts a second reader, which takes every other key.

        The kernel sends one when a terminal closes, and a machine that was stopped from outside gets one too. Both are
        taken between two works of the loop: amid the writing of a frame, sleeping would wait for that frame for ever.
        """
        sleep, wake = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
        asleep = False

        def slept() -> None:
            nonlocal asleep
            asleep = True
            if callable(sleep):
                sleep(signal.SIGTSTP, None)

        def woken() -> None:
            nonlocal asleep
            if asleep and callable(wake):
                asleep = False
                wake(signal.SIGCONT, None)

        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, slept)
        loop.add_signal_handler(signal.SIGCONT, woken)

    def _take_sizes_in_order(self, *_: object) -> None:
        """Take a new size of the window between two works of the loop; after each sleep anew, as Textual begins anew.

        Textual reads it where the signal interrupts, which may be amid the reading of the size before: that one would
        come last then, and be drawn to for good.
        """
        resized = signal.getsignal(signal.SIGWINCH)
        if callable(resized):
            asyncio.get_running_loop().add_signal_handler(signal.SIGWINCH, resized, signal.SIGWINCH, None)

    def _look_for_terminal(self) -> None:
        """End where the terminal is gone; only the first process in it is told so by a signal, such as make."""
        watch = select.poll()
        watch.register(0, 0)  # standard input: hang-ups alone
        gone = any(
            what & (select.POLLHUP | select.POLLERR) for _, what in watch.poll(0)
        )  # macOS polls not every terminal
        if not self.ending and gone:
            self._stopped(signal.SIGHUP)

    def _stopped(self, number: int) -> None:
        self.put_away()
        self.exit(return_code=128 + number)
        asyncio.get_running_loop().call_later(LAST, os._exit, 128 + number)

    def on_exit_app(self) -> None:
        """Save when somebody else ends the app: a browser tab that is closed."""
        self.put_away()

    def put_away(self) -> None:
        """Bring what is being typed into the session, and let go; nothing is drawn any more."""
        if self.ending:
            return
        for screen in self.screen_stack:
            flush: Callable[..., bool] | None = getattr(screen, "flush", None)
            if flush is not None and screen.is_mounted:  # one that is not drawn yet holds nothing
                flush(forced=True)
        self.ending = True
        self.let_go()

    def let_go(self) -> None:
        """Close what is open."""

    def begin_act(self) -> None:
        """Be ready for what a key, a paste or a click does."""

    def may_act(self, key: str) -> bool:  # noqa: ARG002
        """Return whether a key may act as things are."""
        return True

    def _handle_exception(self, error: Exception) -> None:
        """End on a fault of the program: the terminal as it was, everything saved, no answers in the scrollback."""
        if self.fault is not None or self.ending:
            return
        self.fault = self._exception = error
        self._exception_event.set()
        try:
            self.put_away()
        finally:
            self._return_code = FAULT_STATUS
            self._close_messages_no_wait()

    # ---- one key after the other

    async def on_event(self, event: events.Event) -> None:
        """Take keys and what is pasted in their order, each when all that came of the one before is done.

        Textual sends a key to what has the focus when it arrives, though the key before may be about to move it.
        """
        if isinstance(event, events.MouseDown | events.MouseUp) and not event.is_forwarded:
            await self._press(event)
            return
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._held.append(event)
        if self._acting and time.monotonic() - self._since > STUCK:
            self._forget()
        await self._next_key()

    async def _press(self, event: events.MouseEvent) -> None:
        """Take a click when all that came of the key or click before is done; pass over one that comes too early.

        What it was aimed at may be gone: it would choose there what nobody has read. So would the second press of a
        double click, which counts as one. No click at all is a press of another button, which opens a browser's menu,
        nor one that ends elsewhere than it began: somebody marks words to copy them.
        """
        if isinstance(event, events.MouseDown):
            (at, x, y), self._pressed = self._pressed, (event.time, event.screen_x, event.screen_y)
            near = abs(event.screen_x - x) <= NEAR and event.screen_y == y and event.time - at < DOUBLE_CLICK
            early = (self._acting and time.monotonic() - self._since <= STUCK) or not self._open
            self._passed_over = early or (near and self._is_chosen_from(event.screen_x, event.screen_y))
            self._button = event.button
        if self._passed_over:
            return
        if isinstance(event, events.MouseDown):
            self.begin_act()
        if isinstance(event, events.MouseUp):
            _, x, y = self._pressed
            if self._button != LEFT or event.screen_y != y or abs(event.screen_x - x) > NEAR:
                self._mouse_down_widget = None
        await super().on_event(event)
        if isinstance(event, events.MouseUp) and not self._acting:
            self._acting, self._since = True, time.monotonic()
            self._turn += 1
            self._follow(self._mouse_down_widget or self.screen, self._turn, rounds=2)

    def _is_chosen_from(self, x: int, y: int) -> bool:
        try:
            return isinstance(self.get_widget_at(x, y)[0], RowList | LineBlock)
        except NoWidget:
            return False

    async def _next_key(self) -> None:
        if self._acting or not self._held or not self._open or self.ending:
            return
        self._acting, self._since = True, time.monotonic()
        self._turn += 1
        event = self._held.popleft()
        self._meant_for = self.screen
        if isinstance(event, events.Paste) or self.may_act(event.key):
            self.begin_act()
            await super().on_event(event)
        self._follow(self.focused or self.screen, self._turn, rounds=2)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002
        """Do what a key is bound to on the page it was pressed on, and on none that opened while it came through it.

        What is asked of a file that others changed opens when a field loses the keys, before anybody has seen it.
        """
        return self.screen is not self._meant_for or await super()._check_bindings(key, priority)

    def _follow(self, node: Any, turn: int, *, rounds: int) -> None:
        """Go the way a key goes, from the focus up to the app, behind it; once more behind the messages it caused."""
        self._at = node
        if node is not None and node is not self:
            if not node.call_later(self._follow, node.parent, turn, rounds=rounds):
                self.call_later(self._done, turn)
        elif rounds > 1:  # the app itself does what a key is bound to, when the key comes out of its own queue
            self.call_later(lambda: self._follow(self.focused or self.screen, turn, rounds=rounds - 1))
        else:
            self.call_later(self._done, turn)

    async def _done(self, turn: int) -> None:
        """Go on with the next key when all that came of this one is done."""
        if turn == self._turn:
            self._acting = False
            await self._next_key()

    def _forget(self) -> None:
        """Wait no longer for the key before: what followed it went with its page."""
        self._acting = False
        self._turn += 1

    @property
    def _open(self) -> bool:
        return self._busy == 0 and bool(getattr(self.screen, "ready", True))

    def page_is_ready(self) -> None:
        """Let keys act that were held; a page says so when it can take them.

        A key that is acting comes first, unless the page it acted on is gone.
        """
        if not gc.isenabled() and getattr(self.screen, "ready", False):  # the first page is open
            gc.freeze()
            gc.enable()
        gone = self._at is not None and self._at is not self and not self._at.is_attached
        if self._acting and gone:
            self._forget()
        self.call_later(self._next_key)
        if self._acting and self._held:
            self.set_timer(LOOK_AGAIN, self.page_is_ready)

    def ask(self, page: Screen[Any], go_on: Callable[[Any], None]) -> None:
        """Open a page that gives something back. The app goes on with it, also when the page that asked is gone."""
        with self._context():
            self.push_screen(page, go_on)

    def soon(self, work: Callable[[], Any] | Callable[[], Awaitable[Any]], *, drawn: bool = True) -> None:
        """Do something when the present page is gone; keys wait for what comes of it. `drawn`: and drawn over."""
        self._busy += 1

        async def run() -> None:
            try:
                if not self.ending:
                    await invoke(work)
            finally:
                self._busy -= 1
                self.page_is_ready()

        (self.call_after_refresh if drawn else self.call_later)(run)
