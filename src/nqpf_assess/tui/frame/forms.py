"""Pages of a few fields with a list below: Enter and the arrows go from one to the next and on into the list."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import events, on
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.session.answering import Place
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import Row
from nqpf_assess.tui.drawing.speech import LANGUAGE_NAMES, numbered
from nqpf_assess.tui.frame.dialogs import HoldingPage
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE
from nqpf_assess.tui.widgets.fields import LineField
from nqpf_assess.tui.widgets.list import How, RowList

TAKE = _("Take this change")
NEXT_FIELD = Act("", "tab", _("Next field"), _("Next field"))


def own_first(languages: Iterable[str], own: str) -> tuple[str, ...]:
    """Return languages in their order, the reader's own before all others."""
    return tuple(sorted(languages, key=lambda code: code != own))


def in_languages(prefix: str, words: Text, languages: Iterable[str], own: str) -> tuple[tuple[str, Text], ...]:
    """Return one field a language, the reader's own first; `{language}` in the words is its name, else its code."""
    named = {code: LANGUAGE_NAMES.get(code, code) for code in own_first(languages, own)}
    return tuple((prefix + code, fill(words, language=name)) for code, name in named.items())


class FormPage(HoldingPage):
    """A form. `FIELDS`: their ids and names; `GO`: the row under the cursor when somebody comes to the list."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = ()
    GO: ClassVar[str] = ""
    LONGEST: ClassVar[int] = 500
    REPLACES: ClassVar[bool] = True
    """Whether the first key in a field replaces what stands there; a text is gone on with instead."""

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Return the fields' ids and names."""
        return self.FIELDS

    def body(self) -> Iterable[Widget]:
        """Compose the fields and the list."""
        for id, _name in self.fields():
            yield LineField(id=id, max_length=self.LONGEST, select_on_focus=self.REPLACES)
        yield RowList(id="rows")

    def field(self, id: str) -> Input:
        """Return a field."""
        return self.query_one(f"#{id}", Input)

    @property
    def list(self) -> RowList:
        """The list below the fields."""
        return self.query_one("#rows", RowList)

    def filled(self) -> Mapping[str, str]:
        """Return what stands in the fields at first."""
        return {}

    @property
    def half_done(self) -> bool:
        """Whether something else stands in the fields than at first."""
        return any(self.field(id).value != self.filled().get(id, "") for id, _words in self.fields())

    def on_mount(self) -> None:
        """Fill the fields."""
        self._fill()

    def travelled(self, place: Place) -> None:  # noqa: ARG002
        """Let the fields show what holds now; else what was taken back would be taken once more out of them."""
        self._fill()

    def _fill(self) -> None:
        with self.prevent(Input.Changed):
            for id, words in self.filled().items():
                self.field(id).value = words

    def mark_way_on(self, how: How) -> None:
        """Mark the row that goes on, behind a choice of the list; the space bar stays where it is."""
        if how != "space":
            self.list.show(self.list.rows, at=self.GO, keep=True)

    def name_fields(self) -> None:
        """Write the names over the fields."""
        for id, words in self.fields():
            self.field(id).border_title = self.speech.tell(words)

    @on(Input.Submitted)
    def _next(self, message: Input.Submitted) -> None:
        message.stop()
        self.focus_next()

    def key_down(self, event: events.Key) -> None:
        """Go to the next field."""
        if isinstance(self.focused, Input):
            event.stop()  # else the app would let it act once more, on the list
            self.focus_next()

    def key_up(self) -> None:
        """Go to the field before."""
        if isinstance(self.focused, Input) and self.focused.id != self.fields()[0][0]:
            self.focus_previous()

    @on(RowList.Passed)
    def _above(self, message: RowList.Passed) -> None:
        message.stop()
        if message.step < 0:
            self.set_focus(self.field(self.fields()[-1][0]), scroll_visible=False)

    def on_descendant_focus(self) -> None:
        """Show in the list what Enter would do, and in the last line what keys do now."""
        if self.list.has_focus and self.list.current is None:
            self.list.show(self.list.rows, at=self.GO)
        self.paint_hints()

    def in_form(self, *more: Act) -> tuple[Act, ...]:
        """Return the keys of the last line: what Enter or Tab does where the keys are, then `more`."""
        return (CHOOSE if self.is_mounted and self.list.has_focus else NEXT_FIELD, *more)


class TakingForm(FormPage):
    """A form whose first row takes the change, with whatever else can be done below it."""

    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE,)
    GO: ClassVar[str] = "take"
    TAKE_WORDS: ClassVar[Text] = TAKE
    LULL: ClassVar[float] = 0.0
    """Seconds without a key after which what is typed is judged and its effect shown; 0: at every key."""

    def __init__(self) -> None:
        super().__init__()
        self._lull: Timer | None = None

    def take_keys(self) -> None:
        """Mark what stands in the first field, which was filled after it had the keys, as Tab marks the next."""
        super().take_keys()
        if self.REPLACES and isinstance(self.focused, Input):
            self.focused.select_all()

    def choices(self) -> list[tuple[str, str]]:
        """List what can be done besides taking the change, as id and words."""
        return []

    def chose(self, id: str) -> None:
        """Do one of these."""

    @abstractmethod
    def taken(self) -> Refusal | None:
        """Make the change that is typed, or say why it cannot be."""

    def entries(self) -> list[Row]:
        """Return the rows of what can be done, each with its digit."""
        return list(numbered([("take", self.speech.tell(TAKE)), *self.choices()]))

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go through the fields."""
        return self.in_form(CLOSE)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        if not self.ready:
            return
        if self.LULL:
            self._stop_waiting()
            self._lull = self.set_timer(self.LULL, self._judge)
        else:
            self.paint()

    def on_descendant_blur(self) -> None:
        """Judge at once what was typed in the field that is left."""
        if self._lull is not None:
            self._judge()

    def _judge(self) -> None:
        self._stop_waiting()
        self.paint()

    def _stop_waiting(self) -> None:
        if self._lull is not None:
            self._lull.stop()
            self._lull = None

    @on(RowList.Chosen)
    def _chosen(self, message: RowList.Chosen) -> None:
        message.stop()
        if message.id == "take":
            self.take_held()
        else:
            self.chose(message.id)

    def take_held(self) -> None:
        """Make the change that is typed and go back, or say why it cannot be made."""
        self.settle(self.taken())

    def settle(self, refusal: Refusal | None) -> None:
        """Go back after a change; where it was refused, say why and stay."""
        if refusal is not None:
            self.say_plainly(self.speech.words(refusal.why), "warn")
            return
        self.dismiss(None)
