"""Forms of the rubric editor for what holds for the whole: rules, bands, floors, where a profile fits."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import ClassVar

from nqpf_assess.files.editing import Banded, Conditioned, Dropped, Edit, Floored, ScoringChange
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.base import ID_LENGTH, plain_number
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.report.wording import CONFIDENCE_WORDS
from nqpf_assess.session.rubric_editing import NO_COMMENT, NO_REASON, RubricEditing, read_number
from nqpf_assess.tui.drawing.rows import Row
from nqpf_assess.tui.editing import rubric_rows as view
from nqpf_assess.tui.editing.rubric_forms import WHY, ArguedForm, EditForm
from nqpf_assess.tui.frame.forms import in_languages
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.widgets.list import How


def page_for_rule(editing: RubricEditing, id: str) -> Page:
    """Return the form for a rule, a band, a floor, or where the profile fits."""
    kind, _, name = id.partition(":")
    if kind == "fits":
        from nqpf_assess.tui.editing.conditions import ConditionPage

        def made(found: AnyCondition | None) -> Edit:
            return Conditioned(None, found)

        return ConditionPage(editing, editing.value.fits, made)
    if kind == "band":
        return BandForm(editing, name)
    if kind == "floor":
        return FloorForm(editing, name) if name else NewFloorPage(editing)
    if name == "confidence_spread":
        return SpreadForm(editing)
    return MeanForm(editing, name) if name.startswith("across_") else NumberForm(editing, name)


VALUE = _("Value")
SURE = _("Points either way where confidence is {said}")


class NumberForm(EditForm):
    """A number of the rules, with its reason."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("value", VALUE), ("why", WHY))
    AUTO_FOCUS = "#value"

    def __init__(self, editing: RubricEditing, key: str) -> None:
        super().__init__(editing)
        self._key = key

    def title_text(self) -> str:
        """Name the rule."""
        return self.speech.tell(view.RULE_WORDS[self._key])

    def filled(self) -> Mapping[str, str]:
        """Return the number that applies."""
        return {"value": f"{getattr(self.editing.instrument.rules, self._key):g}"}

    def _read(self, why: str) -> Edit | Refusal:
        read = read_number(self.value("value"), Decimal(0), Decimal(100 if "ceiling" in self._key else 1))
        if isinstance(read, Refusal):
            return read
        return ScoringChange(self._key, read, why) if why.strip() else Refusal(NO_COMMENT)

    def edit(self) -> Edit | Refusal:
        """Read the form."""
        return self._read(self.value("why"))

    def reasoned(self) -> Edit | Refusal:
        """Read it as if the reason were there."""
        return self._read("…")


class MeanForm(EditForm):
    """How parts are combined, chosen from a list, with its reason."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("why", WHY),)
    AUTO_FOCUS = "#why"

    def __init__(self, editing: RubricEditing, key: str) -> None:
        super().__init__(editing)
        self._key = key
        means = editing.instrument.rules.means
        self._mean = str(dict(zip(("pillars", "dimensions", "questions"), means, strict=True))[key.partition("_")[2]])
        self._before = self._mean

    @property
    def half_done(self) -> bool:
        """Whether another mean was chosen, or a reason typed."""
        return self._mean != self._before or super().half_done

    def title_text(self) -> str:
        """Name the rule."""
        return self.speech.tell(view.RULE_WORDS[self._key])

    def choices(self) -> list[tuple[str, str]]:
        """List the means; the one chosen is marked."""
        glyphs = self.speech.glyphs
        return [
            (id, f"{glyphs.chosen if id == self._mean else glyphs.free} {self.speech.tell(words)}")
            for id, words in view.MEAN_WORDS.items()
        ]

    def chose(self, id: str) -> None:
        """Choose a mean; the effect is shown at once."""
        self._mean = id
        self.paint()

    def edit(self) -> Edit | Refusal:
        """Read the form."""
        why = self.value("why")
        return ScoringChange(self._key, self._mean, why) if why.strip() else Refusal(NO_COMMENT)

    def reasoned(self) -> Edit | Refusal:
        """Read it as if the reason were there."""
        return ScoringChange(self._key, self._mean)


class SpreadForm(EditForm):
    """Points by which an answer may be off, by how sure its author is, with their reason."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (
        *((name, fill(SURE, said=words)) for name, words in CONFIDENCE_WORDS.items()),
        ("why", WHY),
    )
    AUTO_FOCUS = "#high"

    def title_text(self) -> str:
        """Name the rule."""
        return self.speech.tell(view.RULE_WORDS["confidence_spread"])

    def filled(self) -> Mapping[str, str]:
        """Return the points that apply."""
        return {name: f"{points:g}" for name, points in self.editing.instrument.rules.confidence_spread.items()}

    def _read(self, why: str) -> Edit | Refusal:
        read = {name: read_number(self.value(name), Decimal(0), Decimal(100)) for name in CONFIDENCE_WORDS}
        wrong = next((points for points in read.values() if isinstance(points, Refusal)), None)
        if wrong is not None:
            return wrong
        points = {name: points for name, points in read.items() if isinstance(points, Decimal)}
        return ScoringChange("confidence_spread", points, why) if why.strip() else Refusal(NO_COMMENT)

    def edit(self) -> Edit | Refusal:
        """Read the form."""
        return self._read(self.value("why"))

    def reasoned(self) -> Edit | Refusal:
        """Read it as if the reason were there."""
        return self._read("…")

    def besides(self) -> list[Row]:
        """Show the sample's range, which is what these points move."""
        before, now = self.editing.confidence_range(), self.editing.confidence_range(self.reasoned())
        return view.range_rows(before, now, self.speech)


FROM = _("Begins at the score")
NAME_IN = _("Name in {language}")


class BandForm(EditForm):
    """Where a band begins and what it is called."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("from", FROM),)
    AUTO_FOCUS = "#from"

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Return where it begins, then its name in every language."""
        return (*self.FIELDS, *in_languages("name-", NAME_IN, self.editing.languages, self.speech.language))

    def __init__(self, editing: RubricEditing, id: str) -> None:
        super().__init__(editing)
        self._band = id

    def title_text(self) -> str:
        """Name the band."""
        return self.speech.line(self.editing.instrument.rules.bands[self._band].words)

    def filled(self) -> Mapping[str, str]:
        """Return the band as it is."""
        band = self.editing.instrument.rules.bands[self._band]
        return {"from": plain_number(band.from_)} | {
            f"name-{language}": words for language, words in band.words.items()
        }

    def edit(self) -> Edit | Refusal:
        """Read the form."""
        read = read_number(self.value("from"), Decimal(0), Decimal(100))
        if isinstance(read, Refusal):
            return read
        words = {language: self.value(f"name-{language}").strip() for language in self.editing.languages}
        return Banded(self._band, read, words)


BELOW = _("Fires where it scores below")
CAP = _("Then the overall is at most")
DROP = _("Take the floor away")


class FloorForm(ArguedForm):
    """A floor: its line, its cap, why."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("below", BELOW), ("cap", CAP))
    AUTO_FOCUS = "#below"

    def __init__(self, editing: RubricEditing, id: str, node: str = "") -> None:
        super().__init__(editing)
        self._floor = id
        known = editing.instrument.rules.floors.get(id)
        self._node = node or (known.node if known else "")

    def title_text(self) -> str:
        """Name the part that is guarded."""
        return self.speech.line(title_of(self.editing.book.value, self._node))

    def filled(self) -> Mapping[str, str]:
        """Return the floor as it is."""
        floor = self.editing.instrument.rules.floors.get(self._floor)
        if floor is None:
            return {}
        figures = {"below": plain_number(floor.below), "cap": plain_number(floor.cap)}
        return figures | {f"why-{language}": " ".join(words.split()) for language, words in floor.why.items()}

    def read(self, why: Mapping[str, str]) -> Edit | Refusal:
        """Return the floor as it is typed."""
        ends = [read_number(self.value(id), Decimal(0), Decimal(100)) for id in ("below", "cap")]
        for end in ends:
            if isinstance(end, Refusal):
                return end
        if not all(words.strip() for words in why.values()):
            return Refusal(NO_REASON)
        below, cap = (end for end in ends if isinstance(end, Decimal))
        return Floored(
            self._floor, self._node, below, cap, {language: words.strip() for language, words in why.items()}
        )

    def choices(self) -> list[tuple[str, str]]:
        """Offer to take a floor of this file away."""
        return [("drop", self.speech.tell(DROP))] if self._floor in self.editing.value.floors else []

    def chose(self, id: str) -> None:  # noqa: ARG002
        """Take the floor away."""
        self.take(Dropped("floors", self._floor))


class NewFloorPage(ListPage):
    """Asks which part a new floor guards."""

    TITLE_WORDS: ClassVar[Text] = _("Which part shall the floor guard")

    def __init__(self, editing: RubricEditing) -> None:
        super().__init__()
        self._editing = editing

    def rows(self) -> tuple[Row, ...]:
        """List pillars and dimensions."""
        questionnaire = self._editing.book.value
        nodes = [node for node in self._editing.instrument.nodes if node not in questionnaire.questions]
        titles = {node: self.speech.line(title_of(questionnaire, node)) for node in nodes}
        return tuple(Row(titles[n], id=n, lead="" if n in questionnaire.pillars else "  ") for n in nodes)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Go on to its line and cap."""
        taken: Iterable[str] = self._editing.instrument.rules.floors
        marks = ("", *map(str, range(1, 1000)))
        name = next(found for mark in marks if (found := id[: ID_LENGTH - len(mark)] + mark) not in taken)
        self.bench.push_screen(FloorForm(self._editing, name, id), self._done)

    def _done(self, _: None) -> None:
        self.dismiss(None)
