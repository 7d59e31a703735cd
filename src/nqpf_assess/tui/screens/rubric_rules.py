"""Forms of the rubric editor for the rules: a number, a mean, a band, a floor; where the profile fits."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import ClassVar

from nqpf_assess.files.editing import Banded, Conditioned, Dropped, Edit, Floored, Rule
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.text import Text, fill, text
from nqpf_assess.report.wording import CONFIDENCE_WORDS
from nqpf_assess.session.rubric_editing import NO_REASON, RubricEditing, read_number
from nqpf_assess.session.typed import Refusal
from nqpf_assess.tui.rows import Row
from nqpf_assess.tui.screens.forms import in_languages
from nqpf_assess.tui.screens.listing import ListPage
from nqpf_assess.tui.screens.page import Page
from nqpf_assess.tui.screens.rubric_forms import WHY, WHY_IN, EditForm
from nqpf_assess.tui.views import rubric as view
from nqpf_assess.tui.widgets.rows import How


def page_for_rule(editing: RubricEditing, id: str) -> Page:
    """Give the form for a rule, a band, a floor, or where the profile fits."""
    kind, _, name = id.partition(":")
    if kind == "fits":
        from nqpf_assess.tui.screens.rubric_conditions import ConditionPage

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


VALUE = text(en="Value", zh="数值")
SURE = text(en="Points either way where confidence is {said}", zh="把握程度为“{said}”时上下浮动的分值")


class NumberForm(EditForm):
    """A number of the rules, with its reason."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("value", VALUE), ("why", WHY))
    AUTO_FOCUS = "#value"

    def __init__(self, editing: RubricEditing, key: str) -> None:
        super().__init__(editing)
        self._key = key

    def title_said(self) -> str:
        """Name the rule."""
        return self.speech.tell(view.RULE_WORDS[self._key])

    def filled(self) -> Mapping[str, str]:
        """Give the number that applies."""
        return {"value": f"{getattr(self.editing.instrument.rules, self._key):g}"}

    def _read(self, why: str) -> Edit | Refusal:
        read = read_number(self.value("value"), Decimal(0), Decimal(100 if "ceiling" in self._key else 1))
        if isinstance(read, Refusal):
            return read
        return Rule(self._key, read, why) if why.strip() else Refusal(NO_REASON)

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

    def title_said(self) -> str:
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
        return Rule(self._key, self._mean, why) if why.strip() else Refusal(NO_REASON)

    def reasoned(self) -> Edit | Refusal:
        """Read it as if the reason were there."""
        return Rule(self._key, self._mean)


class SpreadForm(EditForm):
    """Points by which an answer may be off, by how sure its author is, with their reason."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (
        *((name, fill(SURE, said=words)) for name, words in CONFIDENCE_WORDS.items()),
        ("why", WHY),
    )
    AUTO_FOCUS = "#high"

    def title_said(self) -> str:
        """Name the rule."""
        return self.speech.tell(view.RULE_WORDS["confidence_spread"])

    def filled(self) -> Mapping[str, str]:
        """Give the points that apply."""
        return {name: f"{points:g}" for name, points in self.editing.instrument.rules.confidence_spread.items()}

    def _read(self, why: str) -> Edit | Refusal:
        read = {name: read_number(self.value(name), Decimal(0), Decimal(100)) for name in CONFIDENCE_WORDS}
        wrong = next((points for points in read.values() if isinstance(points, Refusal)), None)
        if wrong is not None:
            return wrong
        points = {name: points for name, points in read.items() if isinstance(points, Decimal)}
        return Rule("confidence_spread", points, why) if why.strip() else Refusal(NO_REASON)

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


FROM = text(en="Begins at the score", zh="起始分")
NAME_IN = text(en="Name in {language}", zh="{language}名称")


class BandForm(EditForm):
    """Where a band begins and what it is called."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("from", FROM),)
    AUTO_FOCUS = "#from"

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Give where it begins, then its name in every language."""
        return (*self.FIELDS, *in_languages("name-", NAME_IN, self.editing.languages))

    def __init__(self, editing: RubricEditing, id: str) -> None:
        super().__init__(editing)
        self._band = id

    def title_said(self) -> str:
        """Name the band."""
        return self.speech.line(self.editing.instrument.rules.bands[self._band].words)

    def filled(self) -> Mapping[str, str]:
        """Give the band as it is."""
        band = self.editing.instrument.rules.bands[self._band]
        return {"from": plain_number(band.from_)} | {f"name-{language}": said for language, said in band.words.items()}

    def edit(self) -> Edit | Refusal:
        """Read the form."""
        read = read_number(self.value("from"), Decimal(0), Decimal(100))
        if isinstance(read, Refusal):
            return read
        words = {language: self.value(f"name-{language}").strip() for language in self.editing.languages}
        return Banded(self._band, read, words)


BELOW = text(en="Fires where it scores below", zh="低于多少分时触发")
CAP = text(en="Then the overall is at most", zh="触发后总分不超过")
DROP = text(en="Take the floor away", zh="删除这条底线")


class FloorForm(EditForm):
    """A floor: its line, its cap, why."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("below", BELOW), ("cap", CAP))
    AUTO_FOCUS = "#below"

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Give line and cap, then a reason in every language."""
        return (*self.FIELDS, *in_languages("why-", WHY_IN, self.editing.languages))

    def __init__(self, editing: RubricEditing, id: str, node: str = "") -> None:
        super().__init__(editing)
        self._floor = id
        known = editing.instrument.rules.floors.get(id)
        self._node = node or (known.node if known else "")

    def title_said(self) -> str:
        """Name the part that is guarded."""
        return self.speech.line(title_of(self.editing.book.value, self._node))

    def filled(self) -> Mapping[str, str]:
        """Give the floor as it is."""
        floor = self.editing.instrument.rules.floors.get(self._floor)
        if floor is None:
            return {}
        figures = {"below": plain_number(floor.below), "cap": plain_number(floor.cap)}
        return figures | {f"why-{language}": " ".join(said.split()) for language, said in floor.why.items()}

    def _read(self, why: Mapping[str, str]) -> Edit | Refusal:
        ends = [read_number(self.value(id), Decimal(0), Decimal(100)) for id in ("below", "cap")]
        for end in ends:
            if isinstance(end, Refusal):
                return end
        if not all(said.strip() for said in why.values()):
            return Refusal(NO_REASON)
        below, cap = (end for end in ends if isinstance(end, Decimal))
        return Floored(self._floor, self._node, below, cap, {language: said.strip() for language, said in why.items()})

    def edit(self) -> Edit | Refusal:
        """Read the form."""
        return self._read({language: self.value(f"why-{language}") for language in self.editing.languages})

    def reasoned(self) -> Edit | Refusal:
        """Read it as if the reasons were there."""
        return self._read(dict.fromkeys(self.editing.languages, "…"))

    def choices(self) -> list[tuple[str, str]]:
        """Offer to take a floor of this file away."""
        return [("drop", self.speech.tell(DROP))] if self._floor in self.editing.value.floors else []

    def chose(self, id: str) -> None:  # noqa: ARG002
        """Take the floor away."""
        self.take(Dropped("floors", self._floor))


class NewFloorPage(ListPage):
    """Asks which part a new floor guards."""

    TITLE_WORDS: ClassVar[Text] = text(en="Which part shall the floor guard", zh="底线针对哪一部分")

    def __init__(self, editing: RubricEditing) -> None:
        super().__init__()
        self._editing = editing

    def rows(self) -> tuple[Row, ...]:
        """List pillars and dimensions."""
        questionnaire = self._editing.book.value
        return tuple(self._row(node) for node in self._editing.instrument.nodes if node not in questionnaire.questions)

    def _row(self, node: str) -> Row:
        questionnaire = self._editing.book.value
        lead = "" if node in questionnaire.pillars else "  "
        return Row(self.speech.line(title_of(questionnaire, node)), id=node, lead=lead)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Go on to its line and cap."""
        taken: Iterable[str] = self._editing.instrument.rules.floors
        name = next(f"{id}{n or ''}"[:40] for n in range(1000) if f"{id}{n or ''}"[:40] not in taken)
        self.boss.push_screen(FloorForm(self._editing, name, id), self._done)

    def _done(self, _: None) -> None:
        self.dismiss(None)
