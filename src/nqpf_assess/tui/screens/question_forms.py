"""Forms of the question editor: one change each, what it looks like shown below; the words of a question."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.widgets import Input

from nqpf_assess.model.text import Text, text
from nqpf_assess.session.question_editing import BLANK as MISSING
from nqpf_assess.session.question_editing import QuestionEditing, Slot
from nqpf_assess.session.typed import Refusal
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.screens.forms import NEXT_FIELD, FormPage, in_languages
from nqpf_assess.tui.screens.listing import CLOSE
from nqpf_assess.tui.views import wording as view
from nqpf_assess.tui.widgets.rows import Rows

TAKE = text(en="Take this change", zh="采用")
IN_LANGUAGE = text(en="{language}", zh="{language}")


class ChangeForm(FormPage):
    """A form with one change to take."""

    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE,)
    GO: ClassVar[str] = "take"
    LONGEST: ClassVar[int] = 4000

    def __init__(self, editing: QuestionEditing, id: str) -> None:
        super().__init__()
        self.editing, self._question = editing, id

    def filled(self) -> Mapping[str, str]:
        """Give what stands in the fields at first."""
        return {}

    def below(self) -> tuple[Row, ...]:
        """Give what is shown below."""
        return ()

    @abstractmethod
    def change(self) -> Refusal | None:
        """Make the change, or say why it cannot be."""

    def troubles(self) -> Mapping[str, Text]:
        """Say what is wrong as it is typed, by the field in which it stands."""
        return {}

    def choices(self) -> list[tuple[str, str]]:
        """List what can be done besides taking the change, as id and words."""
        return []

    def chose(self, id: str) -> None:
        """Do one of these."""

    def typed(self) -> Mapping[str, str]:
        """What stands in the fields."""
        return {id: self.field(id).value for id, _ in self.fields()}

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go through the fields."""
        return (NEXT_FIELD, CLOSE)

    def on_mount(self) -> None:
        """Fill the fields."""
        for id, said in self.filled().items():
            self.field(id).value = said
        super().on_mount()

    def paint(self) -> None:
        """Name the fields, each with what is wrong in it; show what can be done and what it looks like."""
        self.name_fields()
        troubles = self.troubles()
        for id, _ in self.fields():
            self.field(id).border_subtitle = self.speech.tell(troubles[id]) if id in troubles else ""
        entries = [("take", self.speech.tell(TAKE)), *self.choices()]
        rows = [Row(said, id=id, key=str(n), lead=f"{n}  ") for n, (id, said) in enumerate(entries, start=1)]
        self.list.show((*rows, BLANK, *self.below()), keep=True)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        if self.ready:
            self.paint()

    @on(Rows.Chosen)
    def _chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        if message.id == "take":
            self.settle(self.change())
        else:
            self.chose(message.id)

    def settle(self, refusal: Refusal | None) -> None:
        """Go back after a change; where it was refused, say why and stay."""
        if refusal is not None:
            self.say_plainly(self.speech.words(refusal.why), "warn")
            return
        self.dismiss(None)

    def action_close(self) -> None:
        """Go back without a change."""
        self.dismiss(None)


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

    def change(self) -> Refusal | None:
        """Change the words."""
        return self.editing.word(self._slot, self.typed())
