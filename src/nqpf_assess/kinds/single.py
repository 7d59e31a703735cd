"""Kind `single`: one option of several."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from nqpf_assess.kinds.figures import digits
from nqpf_assess.kinds.kind import STATES_FIT, Fault, Here, Refusal, Typed, Value, below
from nqpf_assess.kinds.options import WANTS_OPTION, OptionKind
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.model.answers import Raw
from nqpf_assess.model.condition import Comparison
from nqpf_assess.model.questionnaire import Kind as KindName
from nqpf_assess.model.questionnaire import SingleFact, SingleQuestion

Asked = SingleQuestion | SingleFact

NO_BRACKETS = _("Name one option, without brackets.")
PROMPT = _("Type a number from 1 to {high}")
WANT = _("Please type one number from 1 to {high}.")
EARNS = _("this option earns {score}")


class SingleKind(OptionKind[Asked]):
    """Its value is the id of the option."""

    name = "single"
    entry = "choose"
    operators = ("is", "one_of", *STATES_FIT)
    minutes = Decimal("0.2")

    def read(self, asked: Asked, raw: Raw) -> Value | Fault:
        if isinstance(raw, str) and raw.strip() in asked.options:
            return raw.strip()
        if isinstance(raw, str):
            return Fault(self.wants(asked), unknown=raw)
        return Fault(self.wants(asked), advice=NO_BRACKETS if isinstance(raw, tuple) else None)

    def typed(self, asked: Asked, line: str) -> Typed[Any] | Refusal | None:
        picked = digits(line)
        if picked is not None and len(picked) == 1 and 1 <= picked[0] <= len(asked.options):
            return Typed(tuple(asked.options)[picked[0] - 1])
        return Refusal(fill(WANT, high=len(asked.options)))

    def score(self, asked: Asked, value: Value, here: Here) -> float:
        return float(asked.options[str(value)].score or 0)

    def reach(self, asked: Asked, here: Here) -> tuple[float, float]:
        scores = self.steps(asked, "", here)
        return min(scores), max(scores)

    def steps(self, asked: Asked, value: Value, here: Here) -> Sequence[float]:
        return tuple(float(option.score or 0) for option in asked.options.values())

    def goal(
        self, asked: Asked, value: Value, here: Here, *, score: float, target: float, points: Decimal
    ) -> Value | None:
        """Return the next better option."""
        if not below(score, min(target, score + float(points))):
            return None
        earned = dict(zip(asked.options, self.steps(asked, value, here), strict=True))
        better = {id: earns for id, earns in earned.items() if below(score, earns)}
        return min(better, key=lambda id: better[id], default=None)

    def reason(
        self,
        asked: Asked,
        value: Value,
        here: Here,
    ) -> tuple[Text, Mapping[str, Any]]:
        return EARNS, {}

    def prompt(self, asked: Asked) -> Text:
        return fill(PROMPT, high=len(asked.options))

    def wants(self, asked: Asked) -> Text:
        return fill(WANTS_OPTION, known=self.known(asked))

    def bare(self, asked: Asked, value: Value, language: str) -> str:
        return self.option_words(asked, str(value), language)

    def finding(self, asked: Asked, value: Value, language: str) -> str | None:
        words = asked.options[str(value)].finding
        return tell(words, language) if words else None

    def stand_ins(self, asked: Asked, compared: Sequence[Comparison]) -> Iterable[Value]:
        return [choice.value for choice in self.choices(asked) if not choice.unknown]

    def xlsform_type(self, id: str) -> str:
        return f"select_one {id}"

    def reshaped(self, before: KindName | None, raw: Raw) -> Raw | None:
        return raw[0] if isinstance(raw, tuple) and len(raw) == 1 else None

    def order(self, asked: Asked, value: Value) -> tuple[Any, ...]:
        return (list(asked.options).index(str(value)),)
