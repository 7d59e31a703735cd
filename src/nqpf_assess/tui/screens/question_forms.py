"""Forms of the question editor: one change each, what it looks like shown below; the words of a question."""

from collections.abc import Mapping
from typing import ClassVar

from nqpf_assess.model.text import Text, text
from nqpf_assess.session.question_editing import BLANK as MISSING
from nqpf_assess.session.question_editing import QuestionEditing, Slot
from nqpf_assess.session.typed import Refusal
from nqpf_assess.tui.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.screens.forms import TakingForm, in_languages
from nqpf_assess.tui.views import wording as view

IN_LANGUAGE = text(en="{language}", zh="{language}")


class ChangeForm(TakingForm):
    """A form with one change of a question."""

    LONGEST: ClassVar[int] = 4000

    def __init__(self, editing: QuestionEditing, id: str) -> None:
        super().__init__()
        self.editing, self._question = editing, id

    def below(self) -> tuple[Row, ...]:
        """Give what is shown below."""
        return ()

    def troubles(self) -> Mapping[str, Text]:
        """Say what is wrong as it is typed, by the field in which it stands."""
        return {}

    def typed(self) -> Mapping[str, str]:
        """What stands in the fields."""
        return {id: self.field(id).value for id, _ in self.fields()}

    def paint(self) -> None:
        """Name the fields, each with what is wrong in it; show what can be done and what it looks like."""
        self.name_fields()
        troubles = self.troubles()
        for id, _ in self.fields():
            self.field(id).border_subtitle = self.speech.tell(troubles[id]) if id in troubles else ""
        self.list.show((*self.entries(), BLANK, *self.below()), keep=True)


class WordsForm(ChangeForm):
    """Words in both languages side by side, with a preview of the question while they are typed."""

    AUTO_FOCUS = "Input"

    def __init__(self, editing: QuestionEditing, id: str, slot: Slot) -> None:
        super().__init__(editing, id)
        self._slot = slot

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Give one for each language."""
        return in_languages("", IN_LANGUAGE, self.editing.value.languages)

    def title_said(self) -> str:
        """Say what the words are for."""
        return f"{self._question} · {view.slot_name(self._slot, self.speech)}"

    def filled(self) -> Mapping[str, str]:
        """Give the words as they are."""
        return {language: " ".join(self._slot.words.get(language, "").split()) for language, _ in self.fields()}

    def troubles(self) -> Mapping[str, Text]:
        """Say where words are missing."""
        return {id: MISSING for id, said in self.typed().items() if not said.strip()}

    def below(self) -> tuple[Row, ...]:
        """Show the question as it would be asked."""
        asked, speech = self.editing.asked(self._question), self.speech_in(self.size.width - EDGES)
        look = {}
        for language in self.editing.value.languages:
            old, new = self._slot.words.get(language, ""), self.field(language).value
            look[language] = [line.replace(old, new) if old else line for line in view.as_asked(asked, language)]
        return (heading(speech.tell(view.LOOKS_LIKE)), *view.preview_rows(look, speech), quiet(""))

    def taken(self) -> Refusal | None:
        """Change the words."""
        return self.editing.word(self._slot, self.typed())
