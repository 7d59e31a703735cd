"""Whom the assessment describes: name, year, who answers; full or quick."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from nqpf_assess.model.answers import Subject
from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import Row, quiet
from nqpf_assess.tui.screens.new import FULL, NAME, NEXT_FIELD, PERIOD, QUICK, WHO
from nqpf_assess.tui.screens.page import Page
from nqpf_assess.tui.widgets.fields import Field
from nqpf_assess.tui.widgets.rows import Rows

DONE = Act("close", "escape", text(en="Done (all is saved)", zh="完成（已保存）"), text(en="Done", zh="完成"))
KEPT = text(en="File: {path}", zh="文件：{path}")
FIELDS: tuple[tuple[str, Text], ...] = (("name", NAME), ("period", PERIOD), ("respondent", WHO))


class SubjectPage(Page):
    """Three fields and the choice between all questions and the core ones."""

    TITLE_WORDS: ClassVar[Text] = text(en="Name and year", zh="名称与年份")
    ACTS = (DONE,)
    AUTO_FOCUS = "#name"

    def body(self) -> Iterable[Widget]:
        """Hang up the fields."""
        for id, _ in FIELDS:
            yield Field(id=id, max_length=500)
        yield Rows(id="rows")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to finish."""
        return (NEXT_FIELD, DONE)

    def on_mount(self) -> None:
        """Fill the fields."""
        subject = self.boss.session.answers.subject
        with self.prevent(Input.Changed):
            for id, _ in FIELDS:
                self._field(id).value = self.speech.line({"en": getattr(subject, id)})
        super().on_mount()

    def _field(self, id: str) -> Input:
        return self.query_one(f"#{id}", Input)

    def paint(self) -> None:
        """Name the fields and list the choices."""
        speech = self.speech
        for id, words in FIELDS:
            self._field(id).border_title = speech.tell(words)
        rows = []
        for number, (mode, words) in enumerate((("full", FULL), ("quick", QUICK)), start=1):
            chosen = mode == self.boss.session.answers.mode
            sign = speech.glyphs.chosen if chosen else speech.glyphs.free
            rows.append(Row(speech.tell(words), id=mode, key=str(number), lead=f"{sign}  {number}  "))
        path = self.boss.desk.path if self.boss.desk else ""
        self.query_one(Rows).show([*rows, Row(""), quiet(speech.tell(KEPT, path=str(path)))], keep=True)

    @on(Input.Submitted)
    def _next(self, message: Input.Submitted) -> None:
        message.stop()
        self.focus_next()

    @on(Rows.Chosen)
    def _mode(self, message: Rows.Chosen) -> None:
        message.stop()
        self.boss.changed(self.boss.session.ask("quick" if message.id == "quick" else "full"))
        self.repaint()

    def on_descendant_blur(self) -> None:
        """Save when the keys go to another field."""
        self.flush()
        self.paint_frame()

    def flush(self, *, forced: bool = False) -> bool:  # noqa: ARG002
        """Save what was typed; what was not touched stays as it is in the file."""
        held = self.boss.session.answers.subject
        typed = {id: self._field(id).value.strip() for id, _ in FIELDS}
        changed = {id: words for id, words in typed.items() if words != self.speech.line({"en": getattr(held, id)})}
        if changed:
            stated = {id: getattr(held, id) for id in held.model_fields_set} | changed
            self.boss.changed(self.boss.session.describe(Subject(**stated)))
        return True

    def action_close(self) -> None:
        """Save and go back."""
        self.flush()
        self.dismiss(None)
