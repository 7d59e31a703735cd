"""What stands beside an answer: evidence, note, how sure. Saved while it is typed."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from nqpf_assess.model.text import Text, text
from nqpf_assess.report.wording import CONFIDENCE_WORDS
from nqpf_assess.session.answering import Table
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import Row, quiet
from nqpf_assess.tui.screens.drafting import PAUSE
from nqpf_assess.tui.screens.page import Page
from nqpf_assess.tui.widgets.fields import PASTED, Words
from nqpf_assess.tui.widgets.rows import Rows
from nqpf_assess.typography.clean import clean

EVIDENCE = text(en="Evidence, one a line", zh="佐证材料，每行一条")
NOTE = text(en="Note", zh="备注")
HOW_SURE = text(en="How sure is this answer?", zh="对本题答案有多大把握？")
NOT_SAID = text(en="not said", zh="不说明")
WANTED = text(en="Wanted: {what}", zh="需要：{what}")
DONE = Act("close", "escape,f5", text(en="Done (all is saved)", zh="完成（已保存）"), text(en="Done", zh="完成"))
EDITOR = Act("editor", "f4", text(en="Write this in your own editor ($EDITOR)", zh="用自己的编辑器书写（$EDITOR）"))
NEXT_FIELD = Act("", "tab", text(en="Next field", zh="下一栏"), text(en="Next field", zh="下一栏"))


class BesidePage(Page):
    """Three fields: evidence, note, how sure."""

    TITLE_WORDS: ClassVar[Text] = text(en="Beside the answer", zh="佐证与备注")
    ACTS = (DONE, EDITOR)
    AUTO_FOCUS = ""

    def __init__(self, table: Table, id: str, part: str) -> None:
        super().__init__()
        self._table, self._about, self._part = table, id, part
        self._dirty: set[str] = set()
        self._pause: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Hang up the fields."""
        yield Rows(id="asked")
        yield Words(id="evidence")
        yield Words(id="note")
        yield Rows(id="sure")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to finish."""
        return (NEXT_FIELD, DONE)

    def on_mount(self) -> None:
        """Fill the fields."""
        given, facts = self.boss.session.given(self._table, self._about), self._table == "facts"
        with self.prevent(TextArea.Changed):
            for name, words in (("evidence", "\n".join(given.evidence)), ("note", given.note or "")):
                self._area(name).load_text(self.speech.words({"en": words}))
        self._area("evidence").display = self.query_one("#sure").display = not facts
        super().on_mount()
        start = {"note": "#note", "confidence": "#sure"}.get(self._part, "#note" if facts else "#evidence")
        self.set_focus(self.query_one(start), scroll_visible=False)

    def _area(self, name: str) -> TextArea:
        return self.query_one(f"#{name}", TextArea)

    def paint(self) -> None:
        """Say which question it is about, and name the fields."""
        session, speech = self.boss.session, self.speech
        asked = session.asked(self._table, self._about)
        wanted = speech.line(getattr(asked, "evidence", None))
        rows = [Row(speech.line(asked.text), look="strong", whole=False)]
        rows += [quiet(speech.tell(WANTED, what=wanted))] if wanted else []
        self.query_one("#asked", Rows).show(rows)
        self._area("evidence").border_title, self._area("note").border_title = speech.tell(EVIDENCE), speech.tell(NOTE)
        self.query_one("#sure", Rows).show(self._sure(), keep=True)

    def _sure(self) -> list[Row]:
        held, speech = self.boss.session.given(self._table, self._about).confidence, self.speech
        choices = [("", NOT_SAID), *CONFIDENCE_WORDS.items()]
        rows = [Row(speech.tell(HOW_SURE), look="quiet")]
        for number, (value, words) in enumerate(choices):
            chosen = value == (held or "")
            sign = speech.glyphs.chosen if chosen else speech.glyphs.free
            rows.append(
                Row(
                    speech.tell(words),
                    id=f"sure:{value}",
                    key=str(number),
                    lead=f"{sign}  {number}  ",
                    look="strong" if chosen else "plain",
                )
            )
        return rows

    @on(Rows.Chosen, "#sure")
    def _chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        value = message.id.removeprefix("sure:") or None
        self.boss.changed(self.boss.session.put(self._table, self._about, confidence=value))
        self.repaint()
        if message.how == "enter":
            self.action_close()

    @on(TextArea.Changed)
    def _typing(self, message: TextArea.Changed) -> None:
        message.stop()
        self._dirty.add(message.text_area.id or "")
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.keep)

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
            lines = tuple(line.strip() for line in words.splitlines() if line.strip())
            kept = lines if part == "evidence" else words.strip() or None
            self.boss.changed(self.boss.session.put(self._table, self._about, draft=True, **{part: kept}))
        self._dirty.clear()
        return True

    def action_editor(self) -> None:
        """Let the field with the keys be written in somebody's own editor."""
        from nqpf_assess.tui.editing import NotEdited, edited

        area = self.focused if isinstance(self.focused, TextArea) else self._area("note")
        try:
            area.text = clean(edited(self.boss, area.text), limit=PASTED)
        except NotEdited as fault:
            self.say(fault.words, "warn", **fault.values)

    def action_close(self) -> None:
        """Save and go back."""
        self.flush()
        self.dismiss(None)
