"""Kind `text`: free words; they carry no weight and no score."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NoReturn

from nqpf_assess.kinds.editions import shown
from nqpf_assess.kinds.kind import Fault, Here, Kind, Refusal, Typed, Value
from nqpf_assess.locale import Text, _
from nqpf_assess.model.answers import Raw
from nqpf_assess.model.condition import Comparison
from nqpf_assess.model.migration import Grade
from nqpf_assess.model.questionnaire import Kind as KindName
from nqpf_assess.model.questionnaire import TextKeys

WANTS_TEXT = _("a text in quotation marks")
WORDS = _("words")
PROMPT = _("Type your answer")
NO_SCORE = "words are not scored"


class TextKind(Kind[TextKeys]):
    """Its value is the words."""

    name = "text"
    entry = "words"
    scored = False
    minutes = Decimal("1.5")

    def read(self, asked: TextKeys, raw: Raw) -> Value | Fault:
        return raw if isinstance(raw, str) else Fault(WANTS_TEXT)

    def typed(self, asked: TextKeys, line: str) -> Typed[Any] | Refusal | None:
        return Typed(line.strip()) if line.strip() else None

    def score(self, asked: TextKeys, value: Value, here: Here) -> None:
        return None

    def reach(self, asked: TextKeys, here: Here) -> tuple[float, float]:
        return 0.0, 0.0

    def steps(self, asked: TextKeys, value: Value, here: Here) -> Sequence[float]:
        return ()

    def goal(self, asked: TextKeys, value: Value, here: Here, *, score: float, target: float, points: Decimal) -> None:
        return None

    def reason(self, asked: TextKeys, value: Value, here: Here) -> NoReturn:
        raise TypeError(NO_SCORE)

    def prompt(self, asked: TextKeys) -> Text:
        return PROMPT

    def wants(self, asked: TextKeys) -> Text:
        return WORDS

    def bare(self, asked: TextKeys, value: Value, language: str) -> str:
        return str(value)

    def xlsform_type(self, id: str) -> str:
        return "text"

    def reshaped(self, before: KindName | None, raw: Raw) -> Raw | None:
        return None if isinstance(raw, str) else shown(raw)

    def takes_over(self, kind: KindName) -> bool:
        return True

    def conversion(self, before: KindName) -> Grade:
        return "convert"

    def stand_ins(self, asked: TextKeys, compared: Sequence[Comparison]) -> Iterable[Value]:
        return ("words",)
