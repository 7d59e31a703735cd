"""The interface of a kind of question, and the values that pass through it.

A kind says everything about its questions and facts that depends on the kind, as values: how an answer is read, scored,
asked, shown, compared and carried to another edition. No other package tests which kind a question has.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Generic, Literal, NamedTuple, TypeVar

from nqpf_assess.kinds.editions import Carried, KeyChange
from nqpf_assess.kinds.flaw import Flaw
from nqpf_assess.kinds.scale import Scale, Scales
from nqpf_assess.locale import Text, _
from nqpf_assess.model.answers import Raw
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import Comparison, Operator
from nqpf_assess.model.migration import Grade
from nqpf_assess.model.questionnaire import Benchmark
from nqpf_assess.model.questionnaire import Kind as KindName

Value = int | Decimal | date | str | frozenset[str]
"""A level's number, a figure, a day, an option's id or words, the ids of ticked options."""


CLOSE = 1e-9
"""Scores closer than this count as equal (scoring.md)."""


def below(score: float, line: float) -> bool:
    """Return whether a score lies below a line; closer than the tolerance is not below."""
    return score - line <= -CLOSE


def written(value: Value) -> str:
    """Write a value in one line by what stands in files, in the one way that equal values share."""
    match value:
        case frozenset():
            return " + ".join(sorted(value)) or "∅"
        case Decimal():
            return plain_number(value)
        case int() | str():
            return str(value)
        case date():
            return value.isoformat()


Keys = TypeVar("Keys")
"""The classes of the model that hold the keys of one kind, as a question and as a fact."""

Read = TypeVar("Read")

Entry = Literal["choose", "tick", "line", "words"]
"""How an answer is given: one choice of several, several of them, a line that is typed, words of any length."""


class Fault(NamedTuple):
    """Why a value is not valid: what is wanted, the option id that is not known, and how to write it instead."""

    wants: Text
    unknown: str = ""
    advice: Text | None = None


class Typed(NamedTuple, Generic[Read]):
    """What a person typed, understood. `converted`: it is not written as it was typed; `unusual`: what to ask once."""

    value: Read
    converted: bool = False
    unusual: Text | None = None


class Refusal(NamedTuple):
    """Why what was typed was not taken, in a sentence."""

    why: Text


class AnswerChoice(NamedTuple):
    """One level or option to choose. `number`: the digits that choose it; `alone`: it excludes all others;
    `unknown`: it means that the answer is not known."""

    number: int
    value: int | str
    words: Text
    alone: bool = False
    unknown: bool = False


class Here(NamedTuple):
    """What decides about a score beside the answer: the scale that applies, and the year that the answers describe."""

    scale: Scale | None = None
    year: int | None = None


STATES_FIT: tuple[Operator, ...] = ("answered", "na")
"""Operators that fit every kind."""


class Kind(ABC, Generic[Keys]):
    """A kind of question. `asked` is always a question or fact of this kind, `value` one that `read` gave for it."""

    name: ClassVar[KindName]
    entry: ClassVar[Entry]
    scored: ClassVar[bool] = True
    """Whether it carries weight and figures at all."""
    ordered: ClassVar[bool] = False
    """Whether its values have an order of their own, whatever they score."""
    has_options: ClassVar[bool] = False
    """Whether answers are options with ids."""
    needs_year: ClassVar[bool] = False
    """Whether a score depends on the year that the answers describe."""
    is_figure: ClassVar[bool] = False
    """Whether its values are figures of a year: shown with it, and supported by evidence where it is named."""
    operators: ClassVar[tuple[Operator, ...]] = STATES_FIT
    """What conditions may compare its answers by."""
    line: ClassVar[type] = Decimal
    """What `at_least` and `at_most` compare its answers with."""
    line_words: ClassVar[Text] = _("a number")
    label: ClassVar[Text] = _("Answer")
    """What a field for its answer is headed with."""
    minutes: ClassVar[Decimal]
    """Minutes to find and write an answer beside reading: an assumption for planning, no measurement."""

    # ---- values

    @abstractmethod
    def read(self, asked: Keys, raw: Raw) -> Value | Fault | None:
        """Read what stands in an answer file; None where it counts as no answer. `raw` is not blank."""

    @abstractmethod
    def typed(self, asked: Keys, line: str) -> Typed[Any] | Refusal | None:
        """Read what a person typed as the answer; None where that is nothing."""

    def cell(self, asked: Keys, cell: object) -> Raw:
        """Return a cell of a table in the type that an answer file would hold; what does not fit as a text."""
        return str(cell).lower() if isinstance(cell, bool) else str(cell)

    def stored(self, asked: Keys, value: Value) -> Raw:
        """Return a value as an answer file holds it."""
        assert isinstance(value, int | str)
        return value

    def in_cell(self, asked: Keys, value: Value) -> str:
        """Return a value as one cell of a table holds it."""
        return written(value)

    def unknown(self, asked: Keys, value: Value) -> bool:
        """Return whether a fact's value means that the answer is not known."""
        return False

    def unusual(self, asked: Keys, value: Value) -> tuple[Value, Value] | None:
        """Return what is usual where a value lies outside it."""
        return None

    def none_ticked(self, asked: Keys) -> Value | None:
        """Return the answer that chooses nothing, where that is an answer."""
        return None

    # ---- scores (0 to 100)

    def scales(self, asked: Keys) -> Scales | None:
        """Return the scales that can apply, where values are scored by one."""
        return None

    @abstractmethod
    def score(self, asked: Keys, value: Value, here: Here) -> float | None:
        """Score a value; None where there is no score, which then counts as if the question were blank."""

    @abstractmethod
    def reach(self, asked: Keys, here: Here) -> tuple[float, float]:
        """Return the lowest and the highest score that an answer can earn."""

    @abstractmethod
    def steps(self, asked: Keys, value: Value, here: Here) -> Sequence[float]:
        """Return the scores that one further step from a value can give (one level up)."""

    def moves(self, asked: Keys, value: Value, here: Here) -> Sequence[Value]:
        """Return the answers between which one is moved step by step where it is asked what another would bring."""
        return [self.chosen(choice) for choice in self.choices(asked) if not choice.unknown]

    @abstractmethod
    def goal(
        self, asked: Keys, value: Value, here: Here, *, score: float, target: float, points: Decimal
    ) -> Value | None:
        """Return the answer that points added to the score of a value would need, the score rising to a target at most.

        None where the score is there already, or no answer raises it.
        """

    @abstractmethod
    def reason(self, asked: Keys, value: Value, here: Here) -> tuple[Text, Mapping[str, Any]]:
        """Return the rule that makes a score of a value: words with `{score}` and the values named in them.

        Numbers are given as floats, sums as tuples of floats; whoever prints them rounds them.
        """

    def evidence_limit(self, asked: Keys) -> int:
        """Return the greatest value that `evidence_from` may have."""
        return 100

    def evidence_reached(self, asked: Keys, value: Value, score: float) -> float:
        """Return what is compared with `evidence_from`: the score, where the kind has nothing better."""
        return score

    # ---- asking

    def choices(self, asked: Keys) -> tuple[AnswerChoice, ...]:
        """Return the levels or options to choose from, in order."""
        return ()

    @abstractmethod
    def prompt(self, asked: Keys) -> Text:
        """Return what to type, as the beginning of a sentence without its stop."""

    @abstractmethod
    def wants(self, asked: Keys) -> Text:
        """Return in a few words what may be answered, for forms that are filled in elsewhere."""

    def limits(self, asked: Keys) -> tuple[Any, Any] | None:
        """Return the least and the greatest value that is possible, where values have an order."""
        return None

    def usual(self, asked: Keys) -> tuple[Value, Value] | None:
        """Return between which values most answers lie, where that is stated."""
        return None

    def benchmarks(self, asked: Keys) -> tuple[Benchmark, ...]:
        """Return published values to compare answers with."""
        return ()

    def chosen(self, choice: AnswerChoice) -> Value:
        """Return the answer that one choice makes by itself."""
        return choice.value

    def example(self, asked: Keys) -> Value | None:
        """Return a figure such as people give, to show how it is told; None where choices say it all."""
        return None

    def dated(self, asked: Keys) -> bool:
        """Return whether the year of the answer is asked with it."""
        return False

    def unit(self, asked: Keys, language: str) -> str:
        """Return the unit, "" where there is none."""
        return ""

    def edited_keys(self, asked: Keys) -> tuple[str, ...]:
        """Return the keys of this kind that the question editor has forms for."""
        return ()

    # ---- words

    @abstractmethod
    def bare(self, asked: Keys, value: Value, language: str) -> str:
        """Write a value in the fewest words: a level's number, a figure without its unit."""

    def short(self, asked: Keys, value: Value, language: str) -> str:
        """Write a value for a table, and for sentences of a questionnaire with `{now}` and `{goal}`."""
        return self.bare(asked, value, language)

    def full(self, asked: Keys, value: Value, language: str) -> str:
        """Write a value as people read it."""
        return self.short(asked, value, language)

    def grouped(self, asked: Keys, value: Value, language: str) -> str:
        """Write a value in full but for its unit."""
        return self.bare(asked, value, language)

    def anchor(self, asked: Keys, value: Value) -> tuple[int, int, Text] | None:
        """Return the level, the last level and the anchor, where answers are levels with anchors."""
        return None

    # ---- conditions

    def fits(self, leaf: Comparison) -> bool:
        """Return whether a comparison can be made with answers of this kind."""
        of_a_line = leaf.operator in ("at_least", "at_most")
        return leaf.operator in self.operators and (not of_a_line or isinstance(leaf.operand, self.line))

    @abstractmethod
    def stand_ins(self, asked: Keys, compared: Sequence[Comparison]) -> Iterable[Value]:
        """Return values such that every answer is told apart by the comparisons just like one of them."""

    def finding(self, asked: Keys, value: Value, language: str) -> str | None:
        """Return what the questionnaire says of an answer, with `{value}` and `{year}`; None where it says nothing."""
        return None

    def stated(self, asked: Keys, value: Value, language: str) -> str | None:
        """Return what the questionnaire says of an answer as a sentence of its own; None where it says nothing."""
        return self.finding(asked, value, language)

    def lacking(self, asked: Keys, value: Value, language: str, *, most: int = 99) -> str | None:
        """Return as a sentence what an answer lacks, in the questionnaire's words; None where it says nothing.

        `most`: things that are listed; a longer list is cut short, and says so.
        """
        return None

    def deciding(self, asked: Keys, value: Value, leaf: Comparison) -> Value:
        """Return the part of an answer that makes a comparison hold: of several things the one that is looked for."""
        return value

    def operand(self, asked: Keys, operand: object, language: str) -> str:
        """Write what a condition compares with."""
        return str(operand)

    # ---- forms that are filled in elsewhere

    @abstractmethod
    def xlsform_type(self, id: str) -> str:
        """Return the type of a question in an XLSForm; its choices are listed under its id."""

    def xlsform_constraint(self, asked: Keys) -> tuple[str, Text] | None:
        """Return what an XLSForm lets pass, and what it says otherwise."""
        return None

    def xlsform_operand(self, operand: object) -> str:
        """Return what a condition compares with as an XLSForm writes it."""
        return plain_number(operand) if isinstance(operand, Decimal) else f"'{operand}'"

    # ---- editions

    def reshaped(self, before: KindName | None, raw: Raw) -> Raw | None:
        """Return a value given to a question of another kind in the form of this one; None where it has it already."""
        return None

    def takes_over(self, kind: KindName) -> bool:
        """Return whether answers to a question of another kind go on being answers, in this kind's form."""
        return False

    def conversion(self, before: KindName) -> Grade:
        """Return what it asks of answers that a question of another kind became one of this kind."""
        return "loss"

    def carry(self, before: Keys | None, after: Keys, carried: Carried) -> Carried:
        """Carry a value to another edition. `before`: what it answered, where that is at hand and of a kin kind."""
        return carried

    def changes(self, key: str, before: Keys, after: Keys, *, scored: bool) -> Iterator[KeyChange] | None:
        """Return what differs in a key of this kind between two editions; None where the kind knows no more of it.

        `diff` prints it; what it asks of an answer, `carry` has to ask of each answer that is taken over.
        """
        return None

    def flaws(self, asked: Keys) -> Iterator[Flaw]:
        """Find what is wrong with the keys of this kind."""
        return iter(())

    def order(self, asked: Keys, value: Value) -> tuple[Any, ...]:
        """Return by what values that score alike are sorted."""
        return (value,)


# ---- what figures and days share


class ScaledKind(Kind[Keys]):
    """A kind whose values have an order of their own, and a scale that turns them into scores."""

    entry = "line"
    ordered = True
    operators = ("at_least", "at_most", *STATES_FIT)

    def reach(self, asked: Keys, here: Here) -> tuple[float, float]:
        assert here.scale is not None
        return min(here.scale.ys), max(here.scale.ys)

    def steps(self, asked: Keys, value: Value, here: Here) -> Sequence[float]:
        return here.scale.ys if here.scale is not None else ()
