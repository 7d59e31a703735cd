"""What stands beside an answer: evidence, note, how sure. Saved while it is typed."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from nqpf_assess.kinds.filled import pieces
from nqpf_assess.locale import Text, _, _c
from nqpf_assess.report.wording import CONFIDENCE_WORDS
from nqpf_assess.session.answering import Place, Table
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import Row, quiet
from nqpf_assess.tui.drawing.speech import choice
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.widgets.fields import PAUSE, RESTED, TextField, to_go_on
from nqpf_assess.tui.widgets.list import RowList

EVIDENCE = _("Evidence, one a line")
NOTE = _("Note")
HOW_SURE = _("How sure is this answer?")
NOT_SAID = _("not said")
WANTED = _("Wanted: {what}")
DONE = Act("close", "escape,f5", _("Done (all is saved)"), _c("do", "Done"))
EDITOR = Act("editor", "f4", _("Write this in your own editor ($EDITOR)"))
NEXT_FIELD = Act("", "tab", _("Next field"), _("Next field"))


class SupportPage(Page):
    """Three fields: evidence, note, how sure."""

    TITLE_WORDS: ClassVar[Text] = _("Beside the answer")
    FOR_ANSWERS = True
    ACTS = (DONE, EDITOR)
    AUTO_FOCUS = ""

    def __init__(self, table: Table, id: str, part: str) -> None:
        super().__init__()
        self._table, self._about, self._part = table, id, part
        self.beside: Place = (table, id)
        self._dirty: set[str] = set()
        self._pause: Timer | None = None
        self._rest: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Compose the fields; what is asked above them takes no keys."""
        asked = RowList(id="asked")
        asked.can_focus = False
        yield asked
        yield TextField(id="evidence")
        yield TextField(id="note")
        yield RowList(id="sure")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to finish."""
        return (NEXT_FIELD, DONE)

    def on_mount(self) -> None:
        """Fill the fields."""
        facts = self._table == "facts"
        self._fill()
        named = bool(self.bench.session.given(self._table, self._about).evidence)  # of a fact by a form alone
        self._area("evidence").display = not facts or named
        self.query_one("#sure").display = not facts
        first = "#evidence" if self._area("evidence").display else "#note"
        start = {"note": "#note", "confidence": "#sure"}.get(self._part, first)
        self.set_focus(self.query_one(start), scroll_visible=False)

    def travelled(self, place: Place) -> None:  # noqa: ARG002
        """Let the fields show what holds now, to be gone on with."""
        self._fill()

    def _fill(self) -> None:
        """Show what holds; what is typed then comes behind it."""
        given = self.bench.session.given(self._table, self._about)
        with self.prevent(TextArea.Changed):
            for name, words in (("evidence", "\n".join(given.evidence)), ("note", given.note or "")):
                self._area(name).load_text(to_go_on(words))
                self._area(name).move_cursor(self._area(name).document.end)

    def _area(self, name: str) -> TextArea:
        return self.query_one(f"#{name}", TextArea)

    def paint(self) -> None:
        """Show which question it is about, and name the fields."""
        session, speech = self.bench.session, self.speech
        asked = session.asked(self._table, self._about)
        wanted = speech.line(getattr(asked, "evidence", None))
        rows = [Row(speech.line(asked.text), look="strong", whole=False)]
        rows += [quiet(speech.tell(WANTED, what=wanted))] if wanted else []
        self.query_one("#asked", RowList).show(rows)
        self._area("evidence").border_title, self._area("note").border_title = speech.tell(EVIDENCE), speech.tell(NOTE)
        held = session.given(self._table, self._about).confidence or ""
        choices = enumerate((("", NOT_SAID), *CONFIDENCE_WORDS.items()))
        sure = [choice(speech, words, f"sure:{id}", number, chosen=id == held) for number, (id, words) in choices]
        self.query_one("#sure", RowList).show([quiet(speech.tell(HOW_SURE)), *sure], keep=True)

    @on(RowList.Chosen, "#sure")
    def _chosen(self, message: RowList.Chosen) -> None:
        message.stop()
        value = message.id.removeprefix("sure:") or None
        self.bench.changed(self.bench.session.put(self._table, self._about, confidence=value))
        self.repaint()
        if message.how == "enter":
            self.action_close()

    @on(TextArea.Changed)
    def _typing(self, message: TextArea.Changed) -> None:
        message.stop()
        self._dirty.add(message.text_area.id or "")
        for timer in (self._pause, self._rest):
            if timer is not None:
                timer.stop()
        self._pause = self.set_timer(PAUSE, self.keep)
        self._rest = self.set_timer(RESTED, self.bench.session.end_draft)

    def keep(self) -> None:
        """Save what is being typed."""
        self.flush()
        self.paint_status()

    def on_descendant_blur(self) -> None:
        """Save when the keys go to another field."""
        self.keep()

    def flush(self, *, forced: bool = False) -> bool:  # noqa: ARG002
        """Save what was typed."""
        if self._pause is not None:
            self._pause.stop()
        for part in sorted(self._dirty):
            words = self._area(part).text
            named = tuple(line.strip() for line in words.splitlines() if pieces(line))
            kept = named if part == "evidence" else words.strip() or None
            self.bench.changed(self.bench.session.put(self._table, self._about, draft=True, **{part: kept}))
        self._dirty.clear()
        return True

    def action_editor(self) -> None:
        """Let the field with the keys be written in somebody's own editor."""
        from nqpf_assess.tui.answering.own_editor import NotEdited, edited

        if self.shut:
            self.say_plainly(self.bench.locked_words(), "warn")
            return
        area = self.focused if isinstance(self.focused, TextArea) else self._area("note")
        try:
            area.text = to_go_on(edited(self.bench, area.text))
        except NotEdited as fault:
            self.say(fault.words, "warn", **fault.values)

    def action_close(self) -> None:
        """Save and go back."""
        self.flush()
        self.bench.session.end_draft()
        if self.bench.screen is self:  # and not what is asked of a file that others changed
            self.dismiss(None)
