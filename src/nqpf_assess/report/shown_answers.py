"""An answer in few words, for tables that set several beside each other."""

from typing import Any

from nqpf_assess.engine.conditions import Seen, View
from nqpf_assess.engine.migrating.names import asked_in
from nqpf_assess.engine.phrasing import answer_shown, grouped, with_unit
from nqpf_assess.locale import _, tell
from nqpf_assess.model.questionnaire import LevelKind, NumberKind, Questionnaire
from nqpf_assess.report.wording import NOTHING_TICKED, STATE_WORDS, unit_of


def shown_answer(questionnaire: Questionnaire, id: str, state: str, value: Any, language: str) -> str:
    """Write an answer as read: a figure with its unit, a level by its number, options in words, else its state."""
    asked = asked_in(questionnaire, id)
    if state != "answered" or value is None or asked is None:
        return tell(STATE_WORDS[state], language)
    if value == frozenset():
        return tell(NOTHING_TICKED, language)
    seen = {id: Seen("answered", value)}
    said = answer_shown(id, questionnaire, View(seen, seen), language)
    if isinstance(asked, LevelKind):
        return tell(_("level {level}"), language, level=said)
    return with_unit(grouped(said), unit_of(asked, language)) if isinstance(asked, NumberKind) else said
