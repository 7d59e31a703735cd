"""Answers put into sentences: into the message of a check, and into the reason of an adjustment (formats.md)."""

import re
from collections.abc import Mapping

from nqpf_assess.engine.conditions import View
from nqpf_assess.engine.values import Value
from nqpf_assess.locale import Text, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

NO_ANSWER = "–"
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

CLAUSES = "|"
"""Parts the clauses of a reason; one that names an unanswered fact is left out."""

_LOOSE_ENDS = re.compile(r"^[\s,;，、；]*(?:(?:and|but|while|so)\s+)?")
"""What joined a clause to the one before it, where that one is left out."""


def reason_here(words: Text, questionnaire: Questionnaire, view: View) -> Text:
    """Fill `{fact}` with the place's own answer as people write it; a clause that names an unanswered one is left out.

    What has neither braces nor clauses stays as it is.
    """
    return {language: _filled(said, questionnaire, view, language) for language, said in words.items()}


def _filled(said: str, questionnaire: Questionnaire, view: View, language: str) -> str:
    if CLAUSES not in said and "{" not in said:
        return said
    clauses = said.split(CLAUSES)
    kept = [
        PLACEHOLDER.sub(
            lambda match: (
                as_written(match[1], questionnaire, view, language) if match[1] in questionnaire.facts else match[0]
            ),
            clause,
        )
        for clause in clauses
        if all(_answered(id, view) for id in PLACEHOLDER.findall(clause) if id in questionnaire.facts)
    ]
    whole = "".join(kept)
    if len(kept) == len(clauses) or not whole or whole.startswith(clauses[0][:1]):
        return whole.strip()
    whole = _LOOSE_ENDS.sub("", whole).strip()
    return whole[:1].upper() + whole[1:]


def _answered(id: str, view: View) -> bool:
    return view.facts[id].state == "answered"


def as_written(id: str, questionnaire: Questionnaire, view: View, language: str) -> str:
    """Write the answer to a fact or question as people write it; "" where it has none."""
    asked: AnyAsked = questionnaire.questions.get(id) or questionnaire.facts[id]
    seen = view.questions.get(id) or view.facts[id]
    return "" if seen.value is None else value_as_written(asked, seen.value, language)


def value_as_written(asked: AnyAsked, value: Value, language: str) -> str:
    """Write a value as people write it: a figure with its unit, a level or option in words."""
    if isinstance(value, int) and (levels := getattr(asked, "levels", ())):
        return tell(levels[value].words, language)
    shown, unit = value_shown(asked, value, language), getattr(asked, "unit", None)
    return shown if unit is None else with_unit(grouped(shown), unit if isinstance(unit, str) else tell(unit, language))


def with_unit(value: str, unit: str) -> str:
    """Put a unit behind a figure: close after it where it is a sign or Chinese, else with a space."""
    if not unit:
        return value
    return value + unit if unit[0] in "%‰°" or unit[0] >= "⺀" else f"{value} {unit}"


def grouped(typed: str) -> str:
    """Write a typed decimal with thousands marks and a true minus, all its digits kept."""
    whole, point, rest = typed.partition(".")
    return f"{int(whole):,}".replace("-", "−") + point + rest if whole.lstrip("-").isdigit() else typed


def with_answers(words: Text, questionnaire: Questionnaire, view: View) -> Text:
    """Fill `{id}` of a question or fact with its answer as shown, a dash where it has none; other braces stay."""

    def shown(match: re.Match[str], language: str) -> str:
        seen = view.questions.get(match[1]) or view.facts.get(match[1])
        if seen is None:
            return match[0]
        said = answer_shown(match[1], questionnaire, view, language) if seen.state == "answered" else ""
        return said or NO_ANSWER

    return {
        language: PLACEHOLDER.sub(lambda match, language=language: shown(match, language), said)  # type: ignore[misc]
        for language, said in words.items()
    }


def answer_shown(id: str, questionnaire: Questionnaire, view: View, language: str) -> str:
    """Give an answer in few words: a level's number, a figure as typed, an option's words; "" where there is none."""
    asked: AnyAsked | None = questionnaire.questions.get(id) or questionnaire.facts.get(id)
    seen = view.questions.get(id) or view.facts.get(id)
    return "" if asked is None or seen is None or seen.value is None else value_shown(asked, seen.value, language)


def value_shown(asked: AnyAsked, value: Value, language: str) -> str:
    """Write a value in few words: a level's number, a figure as typed, an option's words."""
    options: Mapping[str, object] = getattr(asked, "options", {})
    match value:
        case frozenset() as ticked:
            return grammar(language).list(_words(options, option, language) for option in options if option in ticked)
        case str() as option:
            return _words(options, option, language) if option in options else option
        case int() as level:
            return str(level)
        case number:
            return plain_number(number)


def _words(options: Mapping[str, object], option: str, language: str) -> str:
    return tell(options[option].words, language)  # type: ignore[attr-defined]
