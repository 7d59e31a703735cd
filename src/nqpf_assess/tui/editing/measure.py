"""The editor of a countermeasure: its words in every language, what it is counted by, when it is called for."""

from collections.abc import Mapping
from typing import ClassVar

from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.locale import Text, _
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import Countermeasure
from nqpf_assess.session.question_editing import QuestionEditing
from nqpf_assess.tui.drawing.cells import pad
from nqpf_assess.tui.drawing.rows import BLANK, Row, heading, quiet
from nqpf_assess.tui.editing.editor import EditingPage
from nqpf_assess.tui.editing.question import QuestionPage
from nqpf_assess.tui.editing.question_forms import VALUE, ChangeForm, WordsForm
from nqpf_assess.tui.editing.question_rows import joined
from nqpf_assess.tui.frame.lists import CLOSE, PAGING, ListPage
from nqpf_assess.tui.widgets.list import How

WHICH = _("Which measure")
NONE_THERE = _("No measure lifts this part.")
WORDS = _("Words: Enter changes them")
VALUES = _("When it is called for, how it is counted")
AS_SAID = _("How a plan will say it")
SLOTS: Mapping[str, Text] = {
    "title": _("title"),
    "gist": _("what is done"),
    "lead": _("who carries it"),
    "support": _("who helps"),
    "first": _("first step"),
    "kpi": _("KPI"),
    "examples": _("seen elsewhere"),
}
KEYS: Mapping[str, Text] = {
    "kpi_question": _("Counted by the question (its id; then {now} and {goal} are filled in)"),
    "effort": _("Effort, 1 to 5"),
    "months": _("Done within so many months, inside its horizon"),
    "when_below": _("Called for below the score"),
    "when_at_least": _("Only from the score on (for those past the basics)"),
}


class MeasuresPage(EditingPage, ListPage):
    """Lists the measures that lift a part."""

    TITLE_WORDS: ClassVar[Text] = WHICH
    ACTS = (CLOSE, *PAGING)

    editing: QuestionEditing

    def __init__(self, editing: QuestionEditing, dimensions: tuple[str, ...]) -> None:
        super().__init__()
        self.editing, self._dimensions = editing, dimensions

    def rows(self) -> tuple[Row, ...]:
        """List them by title."""
        measures = self.editing.value.countermeasures
        found = [id for id, measure in measures.items() if set(self._dimensions) & set(measure.lifts)]
        rows = [Row(self.speech.line(measures[id].title), id=id, tail=id) for id in found]
        return tuple(rows) or (quiet(self.speech.tell(NONE_THERE)),)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Open one, and go back with it to the rubric."""

        def closed(written: bool | None) -> None:  # noqa: FBT001 - and no `self.dismiss`: it would wait for its own end
            self.dismiss(written)

        self.bench.push_screen(MeasureEditPage(self.editing, id), closed)


class MeasureEditPage(QuestionPage):
    """One countermeasure: all of it that can be changed."""

    EXPLAINED = (
        _(
            "A measure's words and values. A KPI that is counted by a question says where the figure stands now and "
            "where it is to be: write {now} and {goal} in it. Nothing is written before you save."
        ),
    )

    def title_text(self) -> str:
        """Name the measure; a mark shows that something is not saved."""
        return self.speech.line(self.measure.title) + (" *" if self.editing.changed else "")

    @property
    def measure(self) -> Countermeasure:
        """The measure as it stands."""
        return self.editing.value.countermeasures[self._question]

    def rows(self) -> tuple[Row, ...]:
        """List words and values."""
        words = [
            Row(
                joined(slot, self.speech) or "–",
                id=f"slot:{place}",
                lead=pad(self.speech.tell(SLOTS[slot.what]), 16),
                whole=False,
            )
            for place, slot in enumerate(self.editing.measure_slots(self._question))
        ]
        values = [
            Row(self.speech.tell(name), id=f"value:{key}", tail=shown_value(self.measure, key))
            for key, name in KEYS.items()
        ]
        told = self.editing.kpi_told(self._question, self.measure.kpi)
        head = heading(self.speech.tell(WORDS)), *words, BLANK, heading(self.speech.tell(VALUES)), *values
        return (*head, BLANK, heading(self.speech.tell(AS_SAID)), *(Row(said) for said in told.values()))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Change words or a value."""
        kind, _, key = id.partition(":")
        if kind == "slot":
            slot = self.editing.measure_slots(self._question)[int(key)]
            self.bench.push_screen(MeasureWordsForm(self.editing, self._question, slot))
        elif kind == "value":
            self.bench.push_screen(ValueForm(self.editing, self._question, key))


def shown_value(measure: Countermeasure, key: str) -> str:
    """Write a value as it is typed, a dash where none is stated."""
    value = getattr(measure, key)
    return "–" if value is None else value if isinstance(value, str) else plain_number(value)


class _MeasureForm(ChangeForm):
    """A form with one change of a measure."""

    @property
    def measure(self) -> Countermeasure:
        """The measure as it stands."""
        return self.editing.value.countermeasures[self._question]

    def edited_name(self) -> str:
        """Name the measure."""
        return self.speech.line(self.measure.title)


class MeasureWordsForm(_MeasureForm, WordsForm):
    """Words of a measure in every language, a KPI with the figures it would have."""

    def changed_part(self) -> str:
        """Return what the words are for."""
        return self.speech.tell(SLOTS[self._slot.what])

    def troubles(self) -> Mapping[str, Text]:
        """Return where words are missing; what a KPI may not hold is said when it is taken."""
        return {id: why for id, why in super().troubles().items() if not self.typed()[id].strip()}

    def below(self) -> tuple[Row, ...]:
        """Show a KPI as a plan will say it."""
        if self._slot.what != "kpi":
            return ()
        told = self.editing.kpi_told(self._question, self.typed())
        return (heading(self.speech.tell(AS_SAID)), *(Row(said) for said in told.values()), quiet(""))


class ValueForm(_MeasureForm):
    """One value of a measure."""

    AUTO_FOCUS = "#value"

    def __init__(self, editing: QuestionEditing, id: str, key: str) -> None:
        super().__init__(editing, id)
        self._key = key

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Return the one field."""
        return (("value", KEYS[self._key]),)

    def changed_part(self) -> str:
        """Return that it is a value; the field says which."""
        return self.speech.tell(VALUE)

    def filled(self) -> Mapping[str, str]:
        """Return the value as it is."""
        shown = shown_value(self.measure, self._key)
        return {"value": "" if shown == "–" else shown}

    def taken(self) -> Refusal | None:
        """Change the value."""
        typed = self.typed()["value"]
        if self._key == "kpi_question":
            return self.editing.make(self.editing.counted_by(self._question, typed))
        return self.editing.make(self.editing.number_of(self._question, self._key, typed))
