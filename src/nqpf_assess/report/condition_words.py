"""Conditions in words, as people read them: the fact's or question's own text with what it is compared with."""

from collections.abc import Mapping
from decimal import Decimal

from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text, _, _c, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire, title_of

IS = _("“{what}” is “{value}”")
ONE_OF = _("“{what}” is one of {value}")
HAS = _("“{what}” has “{value}”")
AT_LEAST = _("“{what}” is at least {value}")
AT_MOST = _("“{what}” is at most {value}")
ANSWERED = _("“{what}” is answered")
NOT_ANSWERED = _("“{what}” is not answered")
NA = _("“{what}” is not applicable")
NOT_NA = _("“{what}” is applicable")
SCORES = _("“{what}” scores at least {value}")
AND = _(" and ")
OR = _c("condition", " or ")

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
    """State a condition. `numbers`: what questions are called on a printed form, instead of their text."""
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
                return tell(_("not ({what})"), self.language, what=self.say(condition.not_))
            case Comparison():
                what = self.numbers.get(condition.subject) or self._called(condition)
                operator, operand = condition.operator, condition.operand
                if operator in ("answered", "na"):
                    words = {("answered", True): ANSWERED, ("answered", False): NOT_ANSWERED, ("na", True): NA}
                    return tell(words.get((operator, operand), NOT_NA), self.language, what=what)
                return tell(SIMPLE[operator], self.language, what=what, value=self._value(condition, operand))

    def _joined(self, parts: tuple[AnyCondition, ...], word: Text, *, inside: bool) -> str:
        said = tell(word, self.language).join(self.say(part, inside=len(parts) > 1) for part in parts)
        return grammar(self.language).bracketed(said).lstrip() if inside and len(parts) > 1 else said

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
        if isinstance(operand, tuple):
            return grammar(self.language).list(f"“{self._operand(asked, option)}”" for option in operand)
        return self._operand(asked, operand)

    def _operand(self, asked: AnyAsked | None, operand: object) -> str:
        if asked is None:
            return plain_number(operand) if isinstance(operand, Decimal) else str(operand)
        return kind_of(asked).operand(asked, operand, self.language)
