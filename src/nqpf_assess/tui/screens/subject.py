"""Whom the assessment describes: name, year, who answers; full or quick."""

from typing import ClassVar

from textual import on
from textual.widgets import Input

from nqpf_assess.model.answers import Subject
from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import Row, quiet
from nqpf_assess.tui.screens.forms import NEXT_FIELD, FormPage
from nqpf_assess.tui.screens.new import FULL, NAME, PERIOD, QUICK, WHO
from nqpf_assess.tui.widgets.rows import Rows

DONE = Act("close", "escape", text(en="Done (all is saved)", zh="完成（已保存）"), text(en="Done", zh="完成"))
KEPT = text(en="File: {path}", zh="文件：{path}")


class SubjectPage(FormPage):
    """Three fields and the choice between all questions and the core ones."""

    TITLE_WORDS: ClassVar[Text] = text(en="Name and year", zh="名称与年份")
    ACTS = (DONE,)
    AUTO_FOCUS = "#name"
    FIELDS = (("name", NAME), ("period", PERIOD), ("respondent", WHO))
    GO = "full"

    def hinted(self) -> tuple[Act, ...]:
        """Show how to finish."""
        return (NEXT_FIELD, DONE)

    def on_mount(self) -> None:
        """Fill the fields."""
        subject = self.boss.session.answers.subject
        with self.prevent(Input.Changed):
            for id, _ in self.FIELDS:
                self.field(id).value = self.speech.line({"en": getattr(subject, id)})
        super().on_mount()

    def paint(self) -> None:
        """Name the fields and list the choices."""
        speech = self.speech
        self.name_fields()
        rows = []
        for number, (mode, words) in enumerate((("full", FULL), ("quick", QUICK)), start=1):
            chosen = mode == self.boss.session.answers.mode
            sign = speech.glyphs.chosen if chosen else speech.glyphs.free
            rows.append(Row(speech.tell(words), id=mode, key=str(number), lead=f"{sign}  {number}  "))
        path = self.boss.desk.path if self.boss.desk else ""
        self.list.show([*rows, Row(""), quiet(speech.tell(KEPT, path=str(path)))], keep=True)

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
        typed = {id: self.field(id).value.strip() for id, _ in self.FIELDS}
        changed = {id: words for id, words in typed.items() if words != self.speech.line({"en": getattr(held, id)})}
        if changed:
            stated = {id: getattr(held, id) for id in held.model_fields_set} | changed
            self.boss.changed(self.boss.session.describe(Subject(**stated)))
        return True

    def action_close(self) -> None:
        """Save and go back."""
        self.flush()
        self.dismiss(None)
