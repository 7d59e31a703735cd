"""Conditions put together from pick lists: what, how compared, with which value; never typed as syntax."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from nqpf_assess.files.library import Book
from nqpf_assess.files.rules.comparisons import FITTING
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not
from nqpf_assess.model.questionnaire import AnyAsked, LevelKind, NumberKind
from nqpf_assess.model.text import Text, text
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.wording import unit_of
from nqpf_assess.session.initials import initials
from nqpf_assess.session.rubric_editing import read_number
from nqpf_assess.session.searching import folded
from nqpf_assess.session.typed import Refusal
from nqpf_assess.tui.rows import BLANK, Row, heading, quiet
from nqpf_assess.tui.screens.dialogs import AskPage, ChoicePage
from nqpf_assess.tui.screens.listing import FilterPage, ListPage
from nqpf_assess.tui.widgets.rows import How

TAKE = text(en="Take this condition", zh="采用这个条件")
ADD = text(en="Add a comparison …", zh="增加一项比较……")
ALL = text(en="All of them must hold (change to: one of them)", zh="须全部满足（点此改为满足其一）")
ANY = text(en="One of them must hold (change to: all of them)", zh="满足其一即可（点此改为须全部满足）")
NONE = text(en="No condition: always", zh="不设条件：始终适用")
EMPTY = text(en="nothing yet: it holds always", zh="尚无条件：始终适用")
TURN = text(en="Turn it round: must not hold", zh="改为：不得符合")
TURN_BACK = text(en="Turn it round: must hold", zh="改为：须符合")
AWAY = text(en="Take it away", zh="删除")
THIS_ONE = text(en="This comparison", zh="此项比较")

OPERATOR_WORDS: dict[str, Text] = {
    "is": text(en="is", zh="为"),
    "one_of": text(en="is one of several", zh="为以下之一"),
    "has": text(en="has, among what is ticked", zh="已勾选的包含"),
    "at_least": text(en="is at least", zh="不低于"),
    "at_most": text(en="is at most", zh="不高于"),
    "answered": text(en="is answered", zh="已作答"),
    "na": text(en="is not applicable", zh="不适用"),
}
COMPARED = text(en="How is it compared?", zh="如何比较？")
WITH_WHAT = text(en="With what?", zh="与什么比较？")
DONE = text(en="Done: one of the ticked ones", zh="完成：以上勾选之一")

Made = Callable[[AnyCondition | None], Any]
"""What change a condition makes in what is edited."""


class Editing(Protocol):
    """What is being edited, a rubric or a questionnaire: takes changes, or says why not."""

    @property
    def book(self) -> Book:
        """The questionnaire that conditions speak of."""

    def make(self, edit: Any) -> Refusal | None:
        """Make a change."""


class ConditionPage(ListPage):
    """The parts of a condition, to add to, turn round and take away; the effect is that of the editor's page."""

    TITLE_WORDS: ClassVar[Text] = text(en="Condition", zh="条件")

    def __init__(self, editing: Editing, condition: AnyCondition | None, made: Made) -> None:
        super().__init__()
        self._editing, self._made = editing, made
        self._any = isinstance(condition, AnyOf)
        self._parts = list(parts_of(condition))

    def rows(self) -> tuple[Row, ...]:
        """List the parts, then what can be done."""
        said = [
            Row(condition_words(part, self._editing.book.value, self.speech.language), id=f"part:{place}", lead="  ")
            for place, part in enumerate(self._parts)
        ]
        acts = [("add", ADD), *([("joint", ANY if self._any else ALL)] if len(self._parts) > 1 else [])]
        acts += [("take", TAKE), *([("none", NONE)] if self._parts else [])]
        return (
            *(said or [quiet(self.speech.tell(EMPTY))]),
            BLANK,
            *(
                Row(self.speech.tell(words), id=id, key=str(n), lead=f"{n}  ")
                for n, (id, words) in enumerate(acts, start=1)
            ),
        )

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Do what a row is for."""
        if id == "add":
            self.boss.push_screen(SubjectPage(self._editing), self._added)
        elif id == "joint":
            self._any = not self._any
            self.repaint()
        elif id == "none":
            self._parts = []
            self._take()
        elif id == "take":
            self._take()
        else:
            self._change(int(id.partition(":")[2]))

    def _added(self, leaf: Comparison | None) -> None:
        if leaf is not None:
            self._parts.append(leaf)
        self.repaint()

    def _change(self, place: int) -> None:
        said = condition_words(self._parts[place], self._editing.book.value, self.speech.language)
        turned = isinstance(self._parts[place], Not)
        choices = (("turn", TURN_BACK if turned else TURN), ("away", AWAY))

        def go_on(choice: str | None) -> None:
            part = self._parts[place]
            if choice == "turn":
                self._parts[place] = part.not_ if isinstance(part, Not) else Not.model_validate({"not": part})
            elif choice == "away":
                del self._parts[place]
            self.repaint()

        self.boss.push_screen(ChoicePage(THIS_ONE, [said], choices), go_on)

    def _take(self) -> None:
        refusal = self._editing.make(self._made(joined(self._parts, one=self._any)))
        if refusal is not None:
            self.say_plainly(self.speech.words(refusal.why), "warn")
            return
        self.dismiss(None)


def parts_of(condition: AnyCondition | None) -> tuple[AnyCondition, ...]:
    """Give the parts of a condition's outermost group; a condition of another kind is its own only part."""
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


class SubjectPage(FilterPage):
    """Which fact or question is compared; typed letters find it. Gives a comparison back."""

    TITLE_WORDS: ClassVar[Text] = text(en="What is compared?", zh="比较什么？")
    FACTS: ClassVar[Text] = text(en="Local conditions", zh="地方情况")
    QUESTIONS: ClassVar[Text] = text(en="Questions", zh="题目")

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing

    def rows(self) -> tuple[Row, ...]:
        """List facts, then questions."""
        questionnaire, wanted = self._editing.book.value, folded(self.query_typed)
        rows: list[Row] = []
        for kind, words, table in (
            ("fact", self.FACTS, questionnaire.facts),
            ("question", self.QUESTIONS, questionnaire.questions),
        ):
            found = [
                Row(self.speech.line(asked.text), id=f"{kind}:{id}", tail=id, whole=False)
                for id, asked in table.items()
                if wanted in _hay(id, asked)
            ]
            rows += [heading(self.speech.tell(words)), *found] if found else []
        return tuple(rows)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Go on to how it is compared."""
        kind, _, name = id.partition(":")
        table = self._editing.book.value.facts if kind == "fact" else self._editing.book.value.questions
        asked: AnyAsked = table[name]
        operators = [(op, OPERATOR_WORDS[op]) for op, kinds in FITTING.items() if asked.kind in kinds]
        page = ChoicePage(COMPARED, [self.speech.line(asked.text)], operators)
        self.boss.push_screen(page, lambda operator: self._operand(kind, name, asked, operator))

    def _operand(self, kind: str, name: str, asked: AnyAsked, operator: str | None) -> None:
        if operator is None:
            return
        if operator in ("answered", "na"):
            self._made(kind, name, operator, value=True)
        elif isinstance(asked, LevelKind):
            levels = [(str(number), level.words) for number, level in enumerate(asked.levels)]
            page = ChoicePage(WITH_WHAT, [self.speech.line(asked.text)], levels)
            self.boss.push_screen(page, lambda level: self._made(kind, name, operator, value=_decimal(level)))
        elif isinstance(asked, NumberKind):
            self.boss.push_screen(FigurePage(asked), lambda number: self._made(kind, name, operator, value=number))
        elif operator == "one_of":
            self.boss.push_screen(
                TickPage(_options(asked)), lambda picked: self._made(kind, name, operator, value=picked)
            )
        else:
            page = ChoicePage(WITH_WHAT, [self.speech.line(asked.text)], _options(asked))
            self.boss.push_screen(page, lambda option: self._made(kind, name, operator, value=option))

    def _made(self, kind: str, name: str, operator: str, *, value: object) -> None:
        if value is not None and value != ():
            self.dismiss(Comparison.model_validate({kind: name, operator: value}))


def _options(asked: AnyAsked) -> list[tuple[str, Text]]:
    """Give the options that can be compared with; one that means “not known” never compares."""
    options = getattr(asked, "options", {}).items()
    return [(id, option.words) for id, option in options if not getattr(option, "unknown", False)]


def _decimal(level: str | None) -> Decimal | None:
    return None if level is None else Decimal(level)


def _hay(id: str, asked: AnyAsked) -> str:
    said = " ".join((id, *asked.text.values()))
    return f"{folded(said)} {initials(said)}"


class TickPage(ListPage):
    """Several options to tick; gives them back."""

    TITLE_WORDS: ClassVar[Text] = WITH_WHAT

    def __init__(self, options: list[tuple[str, Text]]) -> None:
        super().__init__()
        self._options, self._ticked = options, set[str]()

    def rows(self) -> tuple[Row, ...]:
        """List the options, then the way on."""
        return (*self._listed(), BLANK, Row(self.speech.tell(DONE), id="done:", key="0", lead="0  "))

    def _listed(self) -> Iterator[Row]:
        for number, (id, words) in enumerate(self._options, start=1):
            sign = self.speech.glyphs.ticked if id in self._ticked else self.speech.glyphs.unticked
            key = str(number) if number < 10 else ""
            yield Row(self.speech.line(words), id=id, key=key, lead=f"{key or ' '}  {sign} ")

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Tick or untick, or go on."""
        if id == "done:":
            self.dismiss(tuple(option for option, _ in self._options if option in self._ticked))
            return
        self._ticked ^= {id}
        self.repaint()


class FigurePage(AskPage):
    """A figure to compare with, in the unit of the fact or question; gives it back."""

    TITLE_WORDS: ClassVar[Text] = WITH_WHAT
    ASKED: ClassVar[Text] = WITH_WHAT

    def __init__(self, asked: NumberKind) -> None:
        super().__init__()
        self._figure = asked

    def title_said(self) -> str:
        """Say the unit."""
        return f"{super().title_said()} {unit_of(self._figure, self.speech.language)}"  # type: ignore[arg-type]

    def dismiss(self, result: object = None) -> object:  # type: ignore[override]
        """Give a number back; what is none is said and stays in the field."""
        if isinstance(result, str):
            read = read_number(result, *self._figure.range)
            if isinstance(read, Refusal):
                self.say_plainly(self.speech.words(read.why), "warn")
                return None
            result = read
        return super().dismiss(result)
