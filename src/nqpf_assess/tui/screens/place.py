"""This place or firm: its facts one at a time, then the profiles that fit."""

from typing import ClassVar

from nqpf_assess.model.text import tell, text
from nqpf_assess.tui.rows import BLANK, EDGES, Row, heading
from nqpf_assess.tui.screens.questions import OutlinedPage

FACTS = text(en="Local conditions", zh="基本概况")
NAME = text(en="Name, year, who answers", zh="名称、年份、填报人")
PROFILES = text(en="Which weights fit here", zh="适合的权重方案")
OTHER = text(en="Corrections by hand", zh="手动调整权重")
FACTS_DONE = text(en="The last one. Enter or 1 opens the weights that fit.", zh="概况已填完。")


class PlacePage(OutlinedPage):
    """Asks the facts; the outline leads to name, profiles and corrections."""

    STEP: ClassVar[str] = "place"
    TABLE = "facts"

    def outline_rows(self) -> tuple[Row, ...]:
        """List name, facts, profiles."""
        session, speech = self.boss.session, self.speech_in(self.outline.size.width - EDGES)
        facts = [
            Row(speech.line(fact.text), id=id, lead=f"{speech.glyphs.states[session.state('facts', id)]} ", whole=False)
            for id, fact in session.instrument.questionnaire.facts.items()
        ]
        return (
            Row(speech.tell(NAME), id="@subject", lead="  "),
            BLANK,
            heading(speech.tell(FACTS)),
            *facts,
            BLANK,
            heading(speech.tell(PROFILES)),
            Row(
                tell(session.instrument.profile.name, speech.language), id="@profiles", lead=f"{speech.glyphs.chosen} "
            ),
            Row(speech.tell(OTHER), id="@override", lead="  ", tail=str(len(session.answers.override) or "")),
        )

    def open_entry(self, id: str) -> None:
        """Open name, profiles or corrections, or ask a fact."""
        if id.startswith("@"):
            self._leave_outline()
            if self.flush():
                self._open_page(id)
        else:
            super().open_entry(id)

    def _open_page(self, id: str) -> None:
        from nqpf_assess.tui.screens.profiles import OverridesPage, ProfilesPage
        from nqpf_assess.tui.screens.subject import SubjectPage

        pages = {"@subject": SubjectPage, "@profiles": ProfilesPage, "@override": OverridesPage}
        self.boss.push_screen(pages[id]())

    def at_the_end(self, by: int) -> None:
        """Behind the last fact come the profiles that fit."""
        if by > 0:
            self._open_page("@profiles")
        else:
            self._open_page("@subject")
