"""What is being typed into the fields of a question: kept while somebody types, taken or refused when they go on."""

from typing import TYPE_CHECKING

from textual.timer import Timer

from nqpf_assess.engine.phrasing import grouped, with_unit
from nqpf_assess.model.questionnaire import NumberKind
from nqpf_assess.model.text import Text, fill, text
from nqpf_assess.report.wording import unit_of
from nqpf_assess.session.typed import Refusal, Typed, read_typed, read_year

if TYPE_CHECKING:
    from nqpf_assess.tui.screens.asking import AskPage

PAUSE = 0.3
"""Seconds without a key after which what is being typed is saved."""

UNDERSTOOD = text(en="Understood as {value}.", zh="已识别为 {value}。")
ASK_ONCE = text(en="{why} Press the key again if it is right.", zh="{why}如确认无误，请再按一次。")
NOT_KEPT = text(en="{why} Esc puts back what was there.", zh="{why}按 Esc 恢复原值。")


class Draft:
    """The fields of one page. `parts`: those that hold something not yet saved: figure, year, words."""

    def __init__(self, page: "AskPage") -> None:
        self.parts: set[str] = set()
        self.understood = ""
        self._page = page
        self._confirmed = ""
        self._pause: Timer | None = None

    def changed(self, part: str) -> None:
        """Note that somebody types; after a pause it is saved."""
        self.parts.add(part)
        self.understood = ""
        self._wait()
        self._pause = self._page.set_timer(PAUSE, self.keep)

    def drop(self) -> None:
        """Forget what is being typed."""
        self._wait()
        self.parts.clear()
        self._confirmed = self.understood = ""

    def _wait(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None

    def keep(self) -> None:
        """Save what is being typed as far as it can be taken, without a word about the rest."""
        if self.parts:
            self._take(draft=True, forced=False)
            self._page.paint_frame()

    def flush(self, *, forced: bool) -> bool:
        """Take what was typed; False where it is refused or must be confirmed first, which is said."""
        self._wait()
        return not self.parts or self._take(draft=False, forced=forced)

    def _take(self, *, draft: bool, forced: bool) -> bool:
        if "words" in self.parts:
            self._put("words", draft=draft, value=self._page.pane.words.text.strip() or None)
        return self._figure(draft=draft, forced=forced) and self._year(draft=draft)

    def _put(self, part: str, *, draft: bool, **changes: object) -> None:
        page = self._page
        change = page.boss.session.put(page.TABLE, page.at, draft=draft, **changes)
        self.parts.discard(part)
        if said := page.boss.changed(change):
            page.say_plainly(said)

    def _figure(self, *, draft: bool, forced: bool) -> bool:
        asked = self._page.boss.session.asked(self._page.TABLE, self._page.at)
        if "figure" not in self.parts or not isinstance(asked, NumberKind):
            return True
        typed = self._page.pane.figure.value
        read = read_typed(asked, typed)
        if isinstance(read, Refusal):
            return self._refuse(fill(NOT_KEPT, why=read.why), draft=draft)
        if read is not None and read.unusual and not forced and self._confirmed != typed:
            self._confirmed = "" if draft else typed
            return self._refuse(fill(ASK_ONCE, why=read.unusual), draft=draft)
        self._put("figure", draft=draft, value=None if read is None else str(read.value))
        self.understood = self._said(asked, read)
        return True

    def _year(self, *, draft: bool) -> bool:
        if "year" not in self.parts:
            return True
        read = read_year(self._page.pane.year.value)
        if isinstance(read, Refusal):
            return self._refuse(fill(NOT_KEPT, why=read.why), draft=draft)
        self._put("year", draft=draft, year=read)
        return True

    def _refuse(self, why: Text, *, draft: bool) -> bool:
        if not draft:
            self._page.say(why, "warn")
        return False

    def _said(self, asked: NumberKind, read: Typed | None) -> str:
        """Say how a figure was understood that is not written as it was typed."""
        if read is None or not read.converted:
            return ""
        language = self._page.boss.language
        value = with_unit(grouped(str(read.value)), unit_of(asked, language))  # type: ignore[arg-type]
        return self._page.speech.tell(UNDERSTOOD, value=value)
