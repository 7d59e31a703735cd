"""The first page: home, or the file that was named while it is being read."""

from typing import TYPE_CHECKING, ClassVar

from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import Row
from nqpf_assess.tui.screens.home import HomePage
from nqpf_assess.tui.screens.page import Page
from nqpf_assess.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from nqpf_assess.tui.app import AssessApp

FRAME = 0.02
"""Seconds that the first frame gets before the reading begins, which leaves no time to draw."""

READING = text(en="Reading {name} …", zh="正在读取 {name} ……")


def first_page(app: "AssessApp") -> Page:
    """Give the page to begin with."""
    if app.options.rubric is not None:
        from nqpf_assess.tui.screens.rubric import RubricPage

        return RubricPage(app.options.rubric)
    return OpeningPage() if app.options.file is not None else HomePage()


class OpeningPage(Page):
    """Shown at once while the questionnaire is read. Keys pressed meanwhile act when it is open."""

    SHARED = ()

    TITLE_WORDS: ClassVar[Text] = text(en="Self-assessment", zh="新质生产力自评")

    def paint(self) -> None:
        """Say what is being read."""
        name = self.boss.options.file.name if self.boss.options.file else ""
        self.query_one(Rows).show([Row(self.speech.tell(READING, name=name), look="quiet")])

    def hinted(self) -> tuple[Act, ...]:
        """There is nothing to do but wait."""
        return ()

    def take_keys(self) -> None:
        """Keys wait for the page that comes."""

    def on_mount(self) -> None:
        """Read after the first frame is out."""
        super().on_mount()
        self.call_after_refresh(self.set_timer, FRAME, self._read)

    def _read(self) -> None:
        from nqpf_assess.tui.screens.starting import begin

        assert self.boss.options.file is not None
        begin(self.boss, self.boss.options.file)
