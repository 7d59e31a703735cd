"""An answer in few words, for tables that set several beside each other."""

from typing import Any

from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import tell
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.report.wording import STATE_WORDS


def shown_answer(questionnaire: Questionnaire, id: str, state: str, value: Any, language: str) -> str:
    """Write an answer as read: a figure with its unit, a level by its number, options in words, else its state."""
    asked = questionnaire.asked.get(id)
    if state != "answered" or value is None or asked is None:
        return tell(STATE_WORDS[state], language)
    return kind_of(asked).short(asked, value, language)
