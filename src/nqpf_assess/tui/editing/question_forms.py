"""Forms of the question editor: words in every language, ranges, scales, benchmarks; the question shown below."""

import re
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from nqpf_assess.files.found import Book
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.questionnaire import AnyAsked, Benchmark, Confidence, QuestionBase, ScaleCase
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.wording import CONFIDENCE_WORDS
from nqpf_assess.session.figure_typing import NO_CONDITION, Filled, typed_benchmark, typed_case, typed_scale
from nqpf_assess.session.question_editing import BLANK as MISSING
from nqpf_assess.session.question_editing import QuestionEditing, WordingSlot
from nqpf_assess.session.rubric_editing import read_number
from nqpf_assess.session.searching import folded
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.editing import question_rows as view
from nqpf_assess.tui.frame.filtering import FilterPage
from nqpf_assess.tui.frame.forms import TakingForm, in_languages, own_first
from nqpf_assess.tui.widgets.list import How

IN_LANGUAGE = _("{language}")
AS_TOLD = _("How a report will say it")
NOTHING_TOLD = _("Nothing is said until every language has its words; left out in all, the answer itself is told.")
NOT_FILLED = _("{{{name}}} is not filled in: only {{value}} and {{year}} are.")
BRACED = re.compile(r"\{([^{}]*)\}")
FILLED_IN = frozenset({"value", "year"})
"""What a report puts into a finding."""


class ChangeForm(TakingForm):
    """A form with one change of a question."""

    LONGEST: ClassVar[int] = 4000

    def __init__(self, editing: QuestionEditing, id: str) -> None:
        super().__init__()
        self.editing, self._question = editing, id

    def edited_name(self) -> str:
        """Name what is edited: the question."""
        return view.question_name(self.editing.value, self._question, self.speech)

    @abstractmethod
    def changed_part(self) -> str:
        """Name what of it is changed."""

    def title_text(self) -> str:
        """Name both."""
        return f"{self.edited_name()} · {self.changed_part()}"

    def below(self) -> tuple[Row, ...]:
        """Return what is shown below."""
        return ()

    def troubles(self) -> Mapping[str, Text]:
        """Return what is wrong as it is typed, by the field in which it stands."""
        return {}

    def typed(self) -> Mapping[str, str]:
        """What stands in the fields."""
        return {id: self.field(id).value for id, _ in self.fields()}

    def paint(self) -> None:
        """Name the fields, each with what is wrong in it; show what can be done and what it looks like."""
        self.name_fields()
        troubles = self.troubles()
        for id, _name in self.fields():
            self.field(id).border_subtitle = self.speech.tell(troubles[id]) if id in troubles else ""
        self.list.show((*self.entries(), BLANK, *self.below()), keep=True)


class WordsForm(ChangeForm):
    """Words in both languages side by side, with a preview of the question while they are typed."""

    AUTO_FOCUS = "Input"
    REPLACES = False

    def __init__(self, editing: QuestionEditing, id: str, slot: WordingSlot) -> None:
        super().__init__(editing, id)
        self._slot = slot

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Return one for each language."""
        return in_languages("", IN_LANGUAGE, self.editing.value.languages, self.speech.language)

    def changed_part(self) -> str:
        """Return what the words are for."""
        return view.slot_name(self._slot, self.speech)

    def filled(self) -> Mapping[str, str]:
        """Return the words as they are."""
        return {language: " ".join(self._slot.words.get(language, "").split()) for language, _ in self.fields()}

    def troubles(self) -> Mapping[str, Text]:
        """Return where words are missing, and what of a report's sentence is filled in by nobody."""
        typed = self.typed()
        if self._slot.optional and not any(words.strip() for words in typed.values()):
            return {}
        missing = {id: MISSING for id, words in typed.items() if not words.strip()}
        told = typed if self._slot.optional else {}  # nothing at all is filled into what is asked
        strange = {id: found for id, words in told.items() if (found := set(BRACED.findall(words)) - FILLED_IN)}
        return {id: fill(NOT_FILLED, name=min(names)) for id, names in strange.items()} | missing

    def below(self) -> tuple[Row, ...]:
        """Show the question as it would be asked; of what a report says of an answer, the sentence as it will stand."""
        speech = self.speech_in(self.size.width - EDGES)
        if self._slot.optional:
            told = self.editing.as_told(self._question, self._slot, self.typed())
            rows = [Row(said) for said in told.values()] or [quiet(speech.tell(NOTHING_TOLD))]
            return (heading(speech.tell(AS_TOLD)), *rows, quiet(""))
        asked = self.editing.reworded(self._question, self._slot, self.typed())
        languages = own_first(self.editing.value.languages, speech.language)
        look = {language: view.as_asked(asked, language) for language in languages}
        return (heading(speech.tell(view.LOOKS_LIKE)), *view.preview_rows(look, speech), quiet(""))

    def taken(self) -> Refusal | None:
        """Change the words."""
        return self.editing.word(self._slot, self.typed())


ENDS: Mapping[str, Text] = {"range": _("possible values"), "usual": _("usual values")}
SCALE = _("scale")
LOW = _("From")
HIGH = _("To")
NOT_BELOW = _("This end must not lie below the other.")
POINTS = _("figure:score, …  e.g. 0:0, 0.5:20, 6:100")
CASE = _("Scale under a condition")
HOLDS_FOR = _("Holds where … {condition}")
NOT_CHOSEN = _("(not chosen yet)")
CASE_AWAY = _("Take this scale away")
BENCHMARK = _("Benchmark")
VALUE = _("Value")
YEAR = _("Year")
SCOPE_IN = _("Whose figure it is, in {language}")
SOURCE = _("Source … {source}")
SURE = _("How sure: {said}")
NOT_SAID = _("not said")
BENCHMARK_AWAY = _("Take this benchmark away")
SURENESS: tuple[Confidence | None, ...] = ("high", "medium", "low", None)
SOURCES = _("Which source?")
OTHER_SOURCE = _("A source that is not listed is first written into the file as [sources.<id>].")


class EndsForm(ChangeForm):
    """The ends of what is possible or usual."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("low", LOW), ("high", HIGH))
    AUTO_FOCUS = "#low"

    def __init__(self, editing: QuestionEditing, id: str, key: str) -> None:
        super().__init__(editing, id)
        self._key = key

    def changed_part(self) -> str:
        """Return which ends."""
        return self.speech.tell(ENDS[self._key])

    def filled(self) -> Mapping[str, str]:
        """Return the ends as they are."""
        asked = self.editing.asked(self._question)
        ends = getattr(asked, self._key, None)
        return {} if ends is None else {"low": plain_number(ends[0]), "high": plain_number(ends[1])}

    def _read(self) -> Mapping[str, Decimal | Refusal]:
        return {id: read_number(words, Decimal("-1e15"), Decimal("1e15")) for id, words in self.typed().items()}

    def troubles(self) -> Mapping[str, Text]:
        """Return which end is no number, and whether the upper one is below the lower one."""
        low, high = self._read().values()
        if isinstance(low, Decimal) and isinstance(high, Decimal):
            return {"high": NOT_BELOW} if high < low else {}
        return {id: end.why for id, end in (("low", low), ("high", high)) if isinstance(end, Refusal)}

    def taken(self) -> Refusal | None:
        """Change the ends."""
        ends = list(self._read().values())
        wrong = next((end for end in ends if isinstance(end, Refusal)), None)
        return wrong or self.editing.set(self._question, self._key, ends)


class ScaleForm(ChangeForm):
    """The points of a scale."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("points", POINTS),)
    AUTO_FOCUS = "#points"

    def changed_part(self) -> str:
        """Return that it is the scale."""
        return self.speech.tell(SCALE)

    def filled(self) -> Mapping[str, str]:
        """Return the scale as it is."""
        asked = self.editing.asked(self._question)
        return {"points": view.shown_scale(getattr(asked, "scale", ()))}

    def troubles(self) -> Mapping[str, Text]:
        """Return what is wrong with the points."""
        read = typed_scale(self.field("points").value)
        return {"points": read.why} if isinstance(read, Refusal) else {}

    def below(self) -> tuple[Row, ...]:
        """Show what is earned, with the scale as it is typed."""
        read = typed_scale(self.field("points").value)
        changes = {} if isinstance(read, Refusal) else {"scale": read}
        return scored_rows(self, self.editing.asked(self._question).model_copy(update=changes))

    def taken(self) -> Refusal | None:
        """Change the scale."""
        found = typed_scale(self.field("points").value)
        return found if isinstance(found, Refusal) else self.editing.set(self._question, "scale", found)


def scored_rows(form: ChangeForm, asked: AnyAsked) -> tuple[Row, ...]:
    """Show in every language what a figure earns, for whom."""
    if not isinstance(asked, QuestionBase):
        return ()
    editing, speech = form.editing, form.speech_in(form.size.width - EDGES)
    look = {
        language: view.as_scored(asked, editing.value, language)
        for language in own_first(editing.value.languages, speech.language)
    }
    return (heading(speech.tell(view.EARNS)), *view.preview_rows(look, speech), quiet(""))


class EntryForm(ChangeForm):
    """One entry of a list of the question, or a new one where `index` is None."""

    KEY: ClassVar[str] = ""
    AWAY: ClassVar[Text] = _("")

    def __init__(self, editing: QuestionEditing, id: str, index: int | None) -> None:
        super().__init__(editing, id)
        self._index = index

    @property
    def entry(self) -> Any:
        """The entry as it stands, None for a new one."""
        return None if self._index is None else getattr(self.editing.asked(self._question), self.KEY)[self._index]

    @abstractmethod
    def read(self) -> Filled:
        """Read the form."""

    def troubles(self) -> Mapping[str, Text]:
        """Return what is wrong; of a new entry only once something stands in the field."""
        typed = self.typed()
        return {id: why for id, why in self.read().troubles.items() if self._index is not None or typed.get(id)}

    def edited(self, made: object) -> tuple[Any, ...]:
        """Return the question's list with the entry as it is typed."""
        entries = list(getattr(self.editing.asked(self._question), self.KEY))
        place = len(entries) if self._index is None else self._index
        return (*entries[:place], made, *entries[place + 1 :])

    def away(self) -> list[tuple[str, str]]:
        """Offer to take an entry that is there away."""
        return [] if self._index is None else [("away", self.speech.tell(self.AWAY))]

    def taken(self) -> Refusal | None:
        """Set or add the entry."""
        found = self.read()
        if found.value is None:
            return Refusal(next(iter(found.troubles.values())))
        return self._make(found.value)

    def _make(self, value: Mapping[str, object] | None) -> Refusal | None:
        return self.editing.make(self.editing.enter(self._question, self.KEY, self._index, value))

    def take_away(self) -> None:
        """Take the entry away."""
        self.settle(self._make(None))


@dataclass
class HeldCondition:
    """Holds a condition while the form it belongs to is filled."""

    book: Book
    condition: AnyCondition | None

    def make(self, edit: AnyCondition | None) -> Refusal | None:
        """Take a condition; there must be one."""
        if edit is None:
            return Refusal(NO_CONDITION)
        self.condition = edit
        return None


class CaseForm(EntryForm):
    """A scale that holds for some places or firms: its points, and for whom."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("points", POINTS),)
    AUTO_FOCUS = "#points"
    KEY = "scale_when"
    AWAY = CASE_AWAY

    def __init__(self, editing: QuestionEditing, id: str, index: int | None) -> None:
        super().__init__(editing, id, index)
        self._held = HeldCondition(editing.book, None if index is None else self.entry.when)
        self._before = self._held.condition

    @property
    def half_done(self) -> bool:
        """Whether points or condition are others than at first."""
        return self._held.condition != self._before or super().half_done

    def changed_part(self) -> str:
        """Return that it is a scale under a condition."""
        return self.speech.tell(CASE)

    def filled(self) -> Mapping[str, str]:
        """Return the scale as it is; a new one begins as the general one."""
        points = getattr(self.entry or self.editing.asked(self._question), "scale", ())
        return {"points": view.shown_scale(points)}

    def read(self) -> Filled:
        """Read points and condition."""
        return typed_case(self.field("points").value, self._held.condition)

    def choices(self) -> list[tuple[str, str]]:
        """Offer the condition."""
        when = self._held.condition
        words = (
            condition_words(when, self.editing.value, self.speech.language) if when else self.speech.tell(NOT_CHOSEN)
        )
        return [("where", self.speech.tell(HOLDS_FOR, condition=words)), *self.away()]

    def chose(self, id: str) -> None:
        """Choose for whom, or take the scale away."""
        if id == "away":
            self.take_away()
            return
        from nqpf_assess.tui.editing.conditions import ConditionPage

        page = ConditionPage(self._held, self._held.condition, lambda found: found)
        self.bench.push_screen(page, lambda _: self.paint())

    def below(self) -> tuple[Row, ...]:
        """Show what is earned, for whom."""
        found, asked = self.read(), self.editing.asked(self._question)
        if found.value is not None:
            made = ScaleCase.model_validate({**found.value, "when": self._held.condition})
            asked = asked.model_copy(update={self.KEY: self.edited(made)})
        return scored_rows(self, asked)


class BenchmarkForm(EntryForm):
    """A benchmark: value, year, whose it is in both languages, its source, how sure."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("value", VALUE), ("of-year", YEAR))
    AUTO_FOCUS = "#value"
    KEY = "benchmarks"
    AWAY = BENCHMARK_AWAY

    def __init__(self, editing: QuestionEditing, id: str, index: int | None) -> None:
        super().__init__(editing, id, index)
        row: Benchmark | None = self.entry
        self._source, self._sure = self._before = (row.source, row.confidence) if row else ("", None)

    @property
    def half_done(self) -> bool:
        """Whether figures, words, source or sureness are others than at first."""
        return (self._source, self._sure) != self._before or super().half_done

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Return value and year, then whose it is in every language."""
        return (*self.FIELDS, *in_languages("", SCOPE_IN, self.editing.value.languages, self.speech.language))

    def changed_part(self) -> str:
        """Return that it is a benchmark."""
        return self.speech.tell(BENCHMARK)

    def filled(self) -> Mapping[str, str]:
        """Return the benchmark as it is."""
        row: Benchmark | None = self.entry
        return {} if row is None else {"value": plain_number(row.value), "of-year": str(row.year), **self._scope(row)}

    def _scope(self, row: Benchmark) -> Mapping[str, str]:
        return {language: row.words.get(language, "") for language in self.editing.value.languages}

    def read(self) -> Filled:
        """Read the form."""
        asked, languages = self.editing.asked(self._question), self.editing.value.languages
        return typed_benchmark(asked, languages, self.typed(), source=self._source, confidence=self._sure)

    def choices(self) -> list[tuple[str, str]]:
        """Offer the sources, how sure, and the way out."""
        sources, name = self.editing.value.sources, self._source.partition("#")[0]
        words = self.speech.line(sources[name].title) if name in sources else self.speech.tell(NOT_CHOSEN)
        sure = self.speech.tell(CONFIDENCE_WORDS.get(self._sure or "", NOT_SAID))
        entries = [("source", self.speech.tell(SOURCE, source=words)), ("sure", self.speech.tell(SURE, said=sure))]
        return [*entries, *self.away()]

    def chose(self, id: str) -> None:
        """Choose the source; go through how sure; take the benchmark away."""
        if id == "away":
            self.take_away()
        elif id == "sure":
            self._sure = SURENESS[(SURENESS.index(self._sure) + 1) % len(SURENESS)]
            self.paint()
        else:
            self.bench.push_screen(SourcePage(self.editing), self._chosen_source)

    def _chosen_source(self, found: str | None) -> None:
        if found and found != self._source.partition("#")[0]:
            self._source = found
        self.paint()

    def below(self) -> tuple[Row, ...]:
        """Show the question as it would be asked."""
        found, asked = self.read(), self.editing.asked(self._question)
        row: Benchmark | None = self.entry
        if found.value is not None:
            row = Benchmark.model_validate(found.value)
            asked = asked.model_copy(update={self.KEY: self.edited(row)})
        speech = self.speech_in(self.size.width - EDGES)
        languages = own_first(self.editing.value.languages, speech.language)
        own = [Row(view.benchmark_said(row, asked, language)) for language in languages] if row else []
        look = {language: view.as_asked(asked, language) for language in languages}
        return (heading(speech.tell(view.LOOKS_LIKE)), *own, quiet(""), *view.preview_rows(look, speech), quiet(""))


class SourcePage(FilterPage):
    """The sources of the questionnaire; typed letters find one. Gives its id back."""

    TITLE_WORDS: ClassVar[Text] = SOURCES

    def __init__(self, editing: QuestionEditing) -> None:
        super().__init__()
        self._editing = editing

    def rows(self) -> tuple[Row, ...]:
        """List them by title."""
        wanted = folded(self.query_typed)
        found = [
            Row(self.speech.line(source.title), id=id, tail=id, whole=False)
            for id, source in self._editing.value.sources.items()
            if wanted in folded(" ".join((id, *source.title.values())))
        ]
        return (*found, quiet(self.speech.tell(OTHER_SOURCE)))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Return it to the page that asked."""
        self.dismiss(id)
