"""Kind `multi`: any number of options; their scores add up to 100 at most, an exclusive one stands alone."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from nqpf_assess.kinds.figures import digits
from nqpf_assess.kinds.kind import STATES_FIT, AnswerChoice, Fault, Here, Refusal, Typed, Value, below
from nqpf_assess.kinds.options import WANTS_OPTIONS, OptionKind, in_brackets
from nqpf_assess.locale import Text, _, _c, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Raw
from nqpf_assess.model.base import summed
from nqpf_assess.model.condition import Comparison
from nqpf_assess.model.migration import Grade
from nqpf_assess.model.questionnaire import Kind as KindName
from nqpf_assess.model.questionnaire import MultiFact, MultiQuestion

Asked = MultiQuestion | MultiFact

EMPTY_LIST = "\0"
"""Stands in a cell of a table for a list without entries, which is not the same as no list."""

WANTS_ALONE = _("“{option}” alone, since it excludes the others")
PROMPT = _("Type the numbers that hold, such as 1,3")
WANT = _("Please type numbers from {low} to {high}.")
ALONE = _("“{option}” stands alone; type it without others.")
NONE_OF_THESE = _("None of these")
HAS = _("It has {what}")
HAS_NONE = _c("a finding that says there is none", "It has {what}")
LACKS = _("It lacks {what}")
AND_MORE = _("{listed} and {n} more")
NOTHING_TICKED = _("nothing ticked")
EARNS = _("{sum} = {score} (100 at most)")


class MultiKind(OptionKind[Asked]):
    """Its value is the set of ticked ids; the empty one only where no option is exclusive."""

    name = "multi"
    entry = "tick"
    operators = ("has", *STATES_FIT)
    minutes = Decimal("0.5")

    def read(self, asked: Asked, raw: Raw) -> Value | Fault | None:
        if not isinstance(raw, tuple):
            return Fault(self.wants(asked), advice=in_brackets(raw) if isinstance(raw, str) else None)
        unknown = next((option for option in raw if option not in asked.options), None)
        if unknown is not None:
            return Fault(self.wants(asked), unknown)
        alone = [id for id, option in asked.options.items() if option.exclusive]
        if len(set(raw)) > 1 and not set(raw).isdisjoint(alone):
            excluding = next(option for option in raw if option in alone)
            return Fault(fill(WANTS_ALONE, option=excluding))
        return None if not raw and alone else frozenset(raw)

    def typed(self, asked: Asked, line: str) -> Typed[Any] | Refusal | None:
        picked, low = digits(line), 0 if self.none_ticked(asked) is not None else 1
        if picked is None or not all(low <= number <= len(asked.options) for number in picked):
            return Refusal(fill(WANT, low=low, high=len(asked.options)))
        if 0 in picked and len(set(picked)) > 1:
            return Refusal(fill(ALONE, option=NONE_OF_THESE))
        chosen = [choice for choice in self.choices(asked) if choice.number in picked]
        alone = next((choice for choice in chosen if choice.alone), None)
        if alone is not None and len(chosen) > 1:
            return Refusal(fill(ALONE, option=alone.words))
        return Typed(frozenset(str(choice.value) for choice in chosen))

    def cell(self, asked: Asked, cell: object) -> Raw:
        if not isinstance(cell, str):
            return super().cell(asked, cell)
        entries = () if cell == EMPTY_LIST else cell.split(";")
        return tuple(entry.strip() for entry in entries if entry.strip())

    def stored(self, asked: Asked, value: Value) -> Raw:
        assert isinstance(value, frozenset)
        return tuple(option for option in asked.options if option in value)

    def in_cell(self, asked: Asked, value: Value) -> str:
        assert isinstance(value, frozenset)
        return ";".join(option for option in asked.options if option in value)

    def none_ticked(self, asked: Asked) -> Value | None:
        return None if any(choice.alone for choice in self.choices(asked)) else frozenset()

    def score(self, asked: Asked, value: Value, here: Here) -> float:
        return min(100.0, summed(self._earned(asked, value)))

    def _earned(self, asked: Asked, value: Value) -> tuple[float, ...]:
        assert isinstance(value, frozenset)
        return tuple(float(option.score or 0) for id, option in asked.options.items() if id in value)

    def reach(self, asked: Asked, here: Here) -> tuple[float, float]:
        """Return 0, and the sum of the options that are not exclusive or the best exclusive one if that is more."""
        together = summed(float(option.score or 0) for option in asked.options.values() if not option.exclusive)
        alone = [float(option.score or 0) for option in asked.options.values() if option.exclusive]
        return 0.0, max([min(100.0, together), *alone])

    def steps(self, asked: Asked, value: Value, here: Here) -> Sequence[float]:
        """Score one more option ticked that is not exclusive, in place of an exclusive one."""
        assert isinstance(value, frozenset)
        free = {id: float(option.score or 0) for id, option in asked.options.items() if not option.exclusive}
        held = summed(score for id, score in free.items() if id in value)
        return [min(100.0, held + score) for id, score in free.items() if id not in value]

    def moves(self, asked: Asked, value: Value, here: Here) -> Sequence[Value]:
        """Tick one more that adds least, and so on; take away one that earns least, and so on; what stands alone."""
        assert isinstance(value, frozenset)
        earning = {id: score for id, option in asked.options.items() if (score := option.score or 0)}
        alone = [id for id, option in asked.options.items() if option.exclusive]
        held = value.difference(alone)
        by_score = sorted((id for id in earning if id not in alone), key=lambda id: earning[id])
        more, fewer = [id for id in by_score if id not in held], [id for id in by_score if id in held]
        sets = [held.union(more[:count]) for count in range(len(more) + 1)]
        sets += [held.difference(fewer[:count]) for count in range(1, len(fewer) + 1)]
        return [*(ticked for ticked in sets if ticked or not alone), *(frozenset({id}) for id in alone)]

    def goal(
        self, asked: Asked, value: Value, here: Here, *, score: float, target: float, points: Decimal
    ) -> Value | None:
        """Return one more option ticked, the one that adds least, which does not exclude others."""
        assert isinstance(value, frozenset)
        if not below(score, min(target, score + float(points))):
            return None
        kept = frozenset(id for id in value if not asked.options[id].exclusive)
        more = [id for id, option in asked.options.items() if not option.exclusive and id not in value]
        rising = {
            id: earns for id, earns in zip(more, self.steps(asked, value, here), strict=True) if below(score, earns)
        }
        added = min(rising, key=lambda id: rising[id], default=None)
        return None if added is None else kept | {added}

    def reason(
        self,
        asked: Asked,
        value: Value,
        here: Here,
    ) -> tuple[Text, Mapping[str, Any]]:
        return EARNS, {"sum": self._earned(asked, value)}

    def prompt(self, asked: Asked) -> Text:
        return PROMPT

    def wants(self, asked: Asked) -> Text:
        return fill(WANTS_OPTIONS, known=self.known(asked))

    def bare(self, asked: Asked, value: Value, language: str) -> str:
        assert isinstance(value, frozenset)
        ticked = (self.option_words(asked, option, language) for option in asked.options if option in value)
        return grammar(language).list(ticked)

    def short(self, asked: Asked, value: Value, language: str) -> str:
        return self.bare(asked, value, language) if value else tell(NOTHING_TICKED, language)

    def finding(self, asked: Asked, value: Value, language: str) -> str:
        """Return a list of what there is."""
        assert isinstance(value, frozenset)
        there = (option for id, option in asked.options.items() if id in value)
        return grammar(language).list(tell(option.finding or option.words, language) for option in there)

    def stated(self, asked: Asked, value: Value, language: str) -> str | None:
        """Say what there is, where each thing has a finding that joins a list."""
        assert isinstance(value, frozenset)
        there = [option for id, option in asked.options.items() if id in value]
        if not there or not all(option.finding for option in there):
            return None
        words = HAS_NONE if any(option.exclusive for option in there) else HAS
        return tell(
            words, language, what=grammar(language).enumerated([tell(o.finding or {}, language) for o in there])
        )

    def lacking(self, asked: Asked, value: Value, language: str, *, most: int = 99) -> str | None:
        """Say what is not ticked, where the questionnaire has words for it."""
        assert isinstance(value, frozenset)
        speech = grammar(language)
        left = [tell(o.lacking, language) for id, o in asked.options.items() if id not in value and o.lacking]
        if not left:
            return None
        listed = speech.enumerated(left)
        if len(left) > most:
            listed = tell(AND_MORE, language, listed=speech.list(left[: most - 1]), n=len(left) - most + 1)
        return tell(LACKS, language, what=listed)

    def chosen(self, choice: AnswerChoice) -> Value:
        return frozenset({str(choice.value)})

    def deciding(self, asked: Asked, value: Value, leaf: Comparison) -> Value:
        return frozenset({str(leaf.operand)}) if leaf.operator == "has" else value

    def stand_ins(self, asked: Asked, compared: Sequence[Comparison]) -> Iterable[Value]:
        """Tick the options that are compared with, besides one that is not; as many as possible first."""
        known = [choice for choice in self.choices(asked) if not choice.unknown]
        alone = {str(choice.value) for choice in known if choice.alone}
        ids = [str(choice.value) for choice in known]
        named = [id for id in dict.fromkeys(leaf.operand for leaf in compared if leaf.operator == "has") if id in ids]
        together = [id for id in named if id not in alone]
        other = next((id for id in ids if id not in alone and id not in named), None)
        yield from (frozenset([id]) for id in ids if id in alone)
        for count in range(len(together), 0, -1):
            yield from map(frozenset, combinations(together, count))
        if other is not None:
            yield frozenset([other])
        elif self.none_ticked(asked) is not None:
            yield frozenset()

    def xlsform_type(self, id: str) -> str:
        return f"select_multiple {id}"

    def reshaped(self, before: KindName | None, raw: Raw) -> Raw | None:
        return (raw.strip(),) if isinstance(raw, str) and before in (None, "single") else None

    def conversion(self, before: KindName) -> Grade:
        return "convert" if before == "single" else "loss"

    def order(self, asked: Asked, value: Value) -> tuple[Any, ...]:
        assert isinstance(value, frozenset)
        return tuple(place for place, option in enumerate(asked.options) if option in value)
