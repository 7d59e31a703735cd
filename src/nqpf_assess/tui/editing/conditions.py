"""Conditions put together from pick lists: what, how compared, with which value; never typed as syntax."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from nqpf_assess.files.found import Book
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Refusal, Typed
from nqpf_assess.locale import Text, _
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not
from nqpf_assess.model.questionnaire import FACTS_TITLE, AnyAsked
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.wording import unit_of
from nqpf_assess.session.rubric_editing import NO_NUMBER
from nqpf_assess.session.searching import fits
from nqpf_assess.tui.drawing.rows import BLANK, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import numbered
from nqpf_assess.tui.frame.dialogs import ChoicePage, HoldingPage, LinePage
from nqpf_assess.tui.frame.filtering import NOTHING_FITS, FilterPage
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.widgets.list import How

TAKE = _("Take this condition")
ADD = _("Add a comparison …")
ALL = _("All of them must hold (change to: one of them)")
ANY = _("One of them must hold (change to: all of them)")
NONE = _("Take the condition away")
EMPTY = _("no condition yet")
TURN = _("Turn it round: must not hold")
TURN_BACK = _("Turn it round: must hold")
AWAY = _("Take it away")
THIS_ONE = _("This comparison")

OPERATOR_WORDS: dict[str, Text] = {
    "is": _("is"),
    "one_of": _("is one of several"),
    "has": _("has, among what is ticked"),
    "at_least": _("is at least"),
    "at_most": _("is at most"),
    "answered": _("is answered"),
    "na": _("is not applicable"),
}
COMPARED = _("How is it compared?")
WITH_WHAT = _("With what?")
DONE = _("Done: one of the ticked ones")

Made = Callable[[AnyCondition | None], Any]
"""What change a condition makes in what is edited."""


class Editing(Protocol):
    """What is being edited, a rubric or a questionnaire: takes changes, or says why not."""

    @property
    def book(self) -> Book:
        """The questionnaire that conditions speak of."""

    def make(self, edit: Any) -> Refusal | None:
        """Make a change."""


class ConditionPage(HoldingPage, ListPage):
    """The parts of a condition, to add to, turn round and take away; the effect is that of the editor's page."""

    TITLE_WORDS: ClassVar[Text] = _("Condition")
    HELD_WORDS: ClassVar[Text] = _("This condition is not taken yet")
    STAY_WORDS: ClassVar[Text] = _("Go on with the condition")
    TAKE_WORDS: ClassVar[Text] = TAKE

    def __init__(self, editing: Editing, condition: AnyCondition | None, made: Made) -> None:
        super().__init__()
        self._editing, self._made = editing, made
        self._any = isinstance(condition, AnyOf)
        self._parts = list(parts_of(condition))
        self._before = (self._any, tuple(self._parts))

    @property
    def half_done(self) -> bool:
        """Whether the condition is another one than at first."""
        return self._before != (self._any, tuple(self._parts))

    def rows(self) -> tuple[Row, ...]:
        """List the parts, then what can be done."""
        text = [
            Row(condition_words(part, self._editing.book.value, self.speech.language), id=f"part:{place}", lead="  ")
            for place, part in enumerate(self._parts)
        ]
        acts = [("add", ADD), *([("joint", ANY if self._any else ALL)] if len(self._parts) > 1 else [])]
        acts += [("take", TAKE), *([("none", NONE)] if self._parts else [])]
        return (
            *(text or [quiet(self.speech.tell(EMPTY))]),
            BLANK,
            *numbered((id, self.speech.tell(words)) for id, words in acts),
        )

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Do what a row is for."""
        if id == "add":
            self.bench.push_screen(ComparedPage(self._editing), self._added)
        elif id == "joint":
            self._any = not self._any
            self.repaint()
        elif id == "none":
            self._take(None)
        elif id == "take":
            self.take_held()
        else:
            self._change(int(id.partition(":")[2]))

    def _added(self, leaf: Comparison | None) -> None:
        if leaf is not None:
            self._parts.append(leaf)
        self.repaint()

    def _change(self, place: int) -> None:
        words = condition_words(self._parts[place], self._editing.book.value, self.speech.language)
        turned = isinstance(self._parts[place], Not)
        choices = (("turn", TURN_BACK if turned else TURN), ("away", AWAY))

        def go_on(choice: str | None) -> None:
            part = self._parts[place]
            if choice == "turn":
                self._parts[place] = part.not_ if isinstance(part, Not) else Not.model_validate({"not": part})
            elif choice == "away":
                del self._parts[place]
            self.repaint()

        self.bench.push_screen(ChoicePage(THIS_ONE, [words], choices), go_on)

    def take_held(self) -> None:
        """Take the condition, or say why it cannot be."""
        self._take(joined(self._parts, one=self._any))

    def _take(self, condition: AnyCondition | None) -> None:
        refusal = self._editing.make(self._made(condition))
        if refusal is not None:
            self.say_plainly(self.speech.words(refusal.why), "warn")
            return
        self.dismiss(None)


def parts_of(condition: AnyCondition | None) -> tuple[AnyCondition, ...]:
    """Return the parts of a condition's outermost group; a condition of another kind is its own only part."""
    if isinstance(condition, AllOf):
        return condition.all
    if isinstance(condition, AnyOf):
        return condition.any
    return () if condition is None else (condition,)


def joined(parts: list[AnyCondition], *, one: bool) -> AnyCondition | None:
    """Put parts together: all of them, or one of them."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return AnyOf(any=tuple(parts)) if one else AllOf(all=tuple(parts))


class ComparedPage(FilterPage):
    """Which fact or question is compared; typed letters find it. Gives a comparison back."""

    TITLE_WORDS: ClassVar[Text] = _("What is compared?")
    QUESTIONS: ClassVar[Text] = _("Questions")

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing

    def rows(self) -> tuple[Row, ...]:
        """List facts, then questions."""
        questionnaire, wanted = self._editing.book.value, self.query_typed
        rows: list[Row] = []
        for kind, title, table in (
            ("fact", FACTS_TITLE[questionnaire.subject], questionnaire.facts),
            ("question", self.QUESTIONS, questionnaire.questions),
        ):
            found = []
            for id, asked in table.items():
                words = " ".join((id, *asked.text.values()))
                if fits(wanted, words):
                    found.append(Row(self.speech.line(asked.text), id=f"{kind}:{id}", tail=id, whole=False))
            rows += [heading(self.speech.tell(title)), *found] if found else []
        return tuple(rows) or (quiet(self.speech.tell(NOTHING_FITS)),)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Go on to how it is compared."""
        kind, _, name = id.partition(":")
        table = self._editing.book.value.facts if kind == "fact" else self._editing.book.value.questions
        asked: AnyAsked = table[name]
        operators = [(operator, OPERATOR_WORDS[operator]) for operator in kind_of(asked).operators]
        page = ChoicePage(COMPARED, [self.speech.line(asked.text)], operators)
        self.bench.push_screen(page, lambda operator: self._operand(kind, name, asked, operator))

    def _operand(self, kind: str, name: str, asked: AnyAsked, operator: str | None) -> None:
        if operator is None:
            return
        if operator in ("answered", "na"):
            self._made(kind, name, operator, value=True)
        elif kind_of(asked).entry == "line":
            self.bench.push_screen(ValuePage(asked), lambda value: self._made(kind, name, operator, value=value))
        elif operator in ("at_least", "at_most"):
            levels = _options(asked)
            page = ChoicePage(WITH_WHAT, [self.speech.line(asked.text)], levels)
            self.bench.push_screen(page, lambda level: self._made(kind, name, operator, value=level and Decimal(level)))
        elif operator == "one_of":
            self.bench.push_screen(
                OptionsPage(_options(asked)), lambda picked: self._made(kind, name, operator, value=picked)
            )
        else:
            page = ChoicePage(WITH_WHAT, [self.speech.line(asked.text)], _options(asked))
            self.bench.push_screen(page, lambda option: self._made(kind, name, operator, value=option))

    def _made(self, kind: str, name: str, operator: str, *, value: object) -> None:
        if value is not None and value != ():
            self.dismiss(Comparison.model_validate({kind: name, operator: value}))


def _options(asked: AnyAsked) -> list[tuple[str, Text]]:
    """Return the options that can be compared with; one that means “not known” never compares."""
    return [(str(choice.value), choice.words) for choice in kind_of(asked).choices(asked) if not choice.unknown]


class OptionsPage(ListPage):
    """Several options to tick; gives them back."""

    TITLE_WORDS: ClassVar[Text] = WITH_WHAT

    def __init__(self, options: list[tuple[str, Text]]) -> None:
        super().__init__()
        self._options, self._ticked = options, set[str]()

    def rows(self) -> tuple[Row, ...]:
        """List the options, then the way on."""
        rows = []
        for number, (id, words) in enumerate(self._options, start=1):
            sign = self.speech.glyphs.ticked if id in self._ticked else self.speech.glyphs.unticked
            key = str(number) if number < 10 else ""
            rows.append(Row(self.speech.line(words), id=id, key=key, lead=f"{key or ' '}  {sign} "))
        return (*rows, BLANK, Row(self.speech.tell(DONE), id="done:", key="0", lead="0  "))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Tick or untick, or go on."""
        if id == "done:":
            self.dismiss(tuple(option for option, _ in self._options if option in self._ticked))
            return
        self._ticked ^= {id}
        self.repaint()


class ValuePage(LinePage):
    """Something to compare with, typed like an answer to the fact or question; gives its value back."""

    TITLE_WORDS: ClassVar[Text] = WITH_WHAT
    ASKED: ClassVar[Text] = WITH_WHAT

    def __init__(self, asked: AnyAsked) -> None:
        super().__init__()
        self._of = asked

    def title_text(self) -> str:
        """Return the unit."""
        return f"{super().title_text()} {unit_of(self._of, self.speech.language)}"

    def refusal(self, typed: str) -> Text | None:
        """Refuse what is no value."""
        read = kind_of(self._of).typed(self._of, typed)
        return None if isinstance(read, Typed) else NO_NUMBER if read is None else read.why

    def dismiss(self, result: object = None) -> object:  # type: ignore[override]
        """Give the value back."""
        read = kind_of(self._of).typed(self._of, result) if isinstance(result, str) else None
        return super().dismiss(read.value if isinstance(read, Typed) else None)
