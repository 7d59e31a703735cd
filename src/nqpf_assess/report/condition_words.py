"""Conditions in words, as people read them: the fact's or question's own text with what it is compared with."""

from collections.abc import Mapping
from decimal import Decimal

from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not
from nqpf_assess.model.questionnaire import AnyAsked, LevelKind, Questionnaire, title_of
from nqpf_assess.model.text import Text, tell, text
from nqpf_assess.report.wording import grouped, unit_of, with_unit

IS = text(en="“{what}” is “{value}”", zh="“{what}”为“{value}”")
ONE_OF = text(en="“{what}” is one of {value}", zh="“{what}”为{value}之一")
HAS = text(en="“{what}” has “{value}”", zh="“{what}”包含“{value}”")
AT_LEAST = text(en="“{what}” is at least {value}", zh="“{what}”不低于{value}")
AT_MOST = text(en="“{what}” is at most {value}", zh="“{what}”不高于{value}")
ANSWERED = text(en="“{what}” is answered", zh="“{what}”已作答")
NOT_ANSWERED = text(en="“{what}” is not answered", zh="“{what}”未作答")
NA = text(en="“{what}” is not applicable", zh="“{what}”不适用")
NOT_NA = text(en="“{what}” is applicable", zh="“{what}”适用")
SCORES = text(en="“{what}” scores at least {value}", zh="“{what}”得分不低于{value}")
NOT = text(en="not ({what})", zh="并非（{what}）")
LEVEL = text(en="level {level}", zh="第{level}级")
AND = text(en=" and ", zh="，且")
OR = text(en=" or ", zh="，或")

SIMPLE: Mapping[str, Text] = {
    "is": IS,
    "one_of": ONE_OF,
    "has": HAS,
    "at_least": AT_LEAST,
    "at_most": AT_MOST,
    "score_at_least": SCORES,
}


def condition_words(
    condition: AnyCondition, questionnaire: Questionnaire, language: str, *, numbers: Mapping[str, str] | None = None
) -> str:
    """Say a condition. `numbers`: what questions are called on a printed form, instead of their text."""
    return _Speaker(questionnaire, language, numbers or {}).say(condition)


class _Speaker:
    def __init__(self, questionnaire: Questionnaire, language: str, numbers: Mapping[str, str]) -> None:
        self.questionnaire, self.language, self.numbers = questionnaire, language, numbers

    def say(self, condition: AnyCondition, *, inside: bool = False) -> str:
        match condition:
            case AllOf():
                return self._joined(condition.all, AND, inside=inside)
            case AnyOf():
                return self._joined(condition.any, OR, inside=inside)
            case Not():
                return tell(NOT, self.language, what=self.say(condition.not_))
            case Comparison():
                return self._leaf(condition)

    def _joined(self, parts: tuple[AnyCondition, ...], word: Text, *, inside: bool) -> str:
        said = tell(word, self.language).join(self.say(part, inside=len(parts) > 1) for part in parts)
        left, right = ("（", "）") if self.language == "zh" else ("(", ")")
        return f"{left}{said}{right}" if inside and len(parts) > 1 else said

    def _leaf(self, leaf: Comparison) -> str:
        what = self.numbers.get(leaf.subject) or self._called(leaf)
        operator, operand = leaf.operator, leaf.operand
        if operator in ("answered", "na"):
            words = {("answered", True): ANSWERED, ("answered", False): NOT_ANSWERED, ("na", True): NA}
            return tell(words.get((operator, operand), NOT_NA), self.language, what=what)
        return tell(SIMPLE[operator], self.language, what=what, value=self._value(leaf, operand))

    def _called(self, leaf: Comparison) -> str:
        if leaf.subject_kind == "dimension":
            return tell(title_of(self.questionnaire, leaf.subject), self.language)
        asked = self._asked(leaf)
        return tell(asked.text, self.language).rstrip("？?。.：:") if asked is not None else leaf.subject

    def _asked(self, leaf: Comparison) -> AnyAsked | None:
        table = self.questionnaire.facts if leaf.subject_kind == "fact" else self.questionnaire.questions
        return table.get(leaf.subject)

    def _value(self, leaf: Comparison, operand: object) -> str:
        asked = self._asked(leaf)
        match operand:
            case tuple():
                joint = "、" if self.language == "zh" else ", "
                return joint.join(self._quoted(asked, option) for option in operand)
            case Decimal():
                return self._number(asked, operand)
        return self._option(asked, str(operand))

    def _quoted(self, asked: AnyAsked | None, option: object) -> str:
        return f"“{self._option(asked, str(option))}”"

    def _option(self, asked: AnyAsked | None, option: str) -> str:
        known = getattr(asked, "options", {}).get(option)
        return tell(known.words, self.language) if known is not None else option

    def _number(self, asked: AnyAsked | None, number: Decimal) -> str:
        if isinstance(asked, LevelKind):
            return tell(LEVEL, self.language, level=plain_number(number))
        said = grouped(plain_number(number))
        return with_unit(said, unit_of(asked, self.language)) if asked is not None else said
