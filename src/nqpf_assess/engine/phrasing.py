"""Answers put into sentences: into the message of a check, and into the reason of an adjustment (formats.md)."""

import re
from collections.abc import Iterable

from nqpf_assess.engine.states import BLANK, View
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Value
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

NO_ANSWER = "–"
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

ANSWER_IS = _("the answer to “{question}” is {answer}")

CLAUSES = "|"
"""Parts the clauses of a reason; one that names an unanswered fact is left out."""

_LOOSE_ENDS = re.compile(r"^[\s,;，、；]*(?:(?:and|but|while|so)\s+)?")
"""What joined a clause to the one before it, where that one is left out."""


def reason_here(words: Text, questionnaire: Questionnaire, view: View) -> Text:
    """Fill `{fact}` with the place's own answer as people write it; a clause that names an unanswered one is left out.

    What has neither braces nor clauses stays as it is.
    """
    filled: dict[str, str] = {}
    for language, said in words.items():
        filled[language] = said
        if CLAUSES not in said and "{" not in said:
            continue
        clauses, kept = said.split(CLAUSES), []
        for clause in clauses:
            named = {id for id in PLACEHOLDER.findall(clause) if id in questionnaire.facts}
            if all(view.facts.get(id, BLANK).state == "answered" for id in named):
                shown = {id: as_written(id, questionnaire, view, language) for id in named}
                kept.append(PLACEHOLDER.sub(lambda match, shown=shown: shown.get(match[1], match[0]), clause))  # type: ignore[misc]
        whole = "".join(kept)
        if len(kept) < len(clauses) and whole and not whole.startswith(clauses[0][:1]):  # the first clause is gone
            whole = _LOOSE_ENDS.sub("", whole).strip()
            whole = whole[:1].upper() + whole[1:]
        filled[language] = whole.strip()
    return filled


def as_written(id: str, questionnaire: Questionnaire, view: View, language: str) -> str:
    """Write the answer to a fact or question as people write it; "" where it has none."""
    seen = view.seen(id)
    return "" if seen.value is None else value_as_written(questionnaire.asked[id], seen.value, language)


def value_as_written(asked: AnyAsked, value: Value, language: str) -> str:
    """Write a value as people write it: a figure with its unit, a level or option in words."""
    kind = kind_of(asked)
    anchor = kind.anchor(asked, value)
    return kind.short(asked, value, language) if anchor is None else tell(anchor[2], language)


def statement_of(asked: AnyAsked, value: Value, language: str, *, year: str = "") -> str:
    """Return what is to be said of an answer, as a sentence without its stop; "" where nothing can be said plainly.

    It is the finding of the questionnaire, else made of the question and the answer; so it is too where the finding
    names the year and none is known.
    """
    return _stated(asked, value, _as_quoted(asked, value, language), language, year)


def told_of(asked: AnyAsked, value: Value, language: str, *, year: str = "") -> str:
    """Return what a report says of an answer: its statement, or the answer behind its question where none stands alone.

    No report quotes that: “Is there a port: no”.
    """
    said = statement_of(asked, value, language, year=year)
    if stands_alone(asked, value, language, year=year):
        return said
    return behind(asked, said or _without_stop(_as_quoted(asked, value, language), language), language)


def stands_alone(asked: AnyAsked, value: Value, language: str, *, year: str = "") -> bool:
    """Return whether what is said of an answer is a sentence of its own, and no part of an answer: “yes, in many”.

    So is a finding, what is made of question and answer, and a level whose words end as a sentence does.
    """
    written = _as_quoted(asked, value, language)
    bare = _without_stop(written, language).casefold()
    finding = kind_of(asked).stated(asked, value, language)
    if finding is None or ("{year}" in finding and not year):
        return statement_of(asked, value, language).casefold() not in ("", bare)
    is_anchor = kind_of(asked).anchor(asked, value) is not None and finding == written
    return not is_anchor or (bare != written.casefold() and bare not in _YES_OR_NO)


def _as_quoted(asked: AnyAsked, value: Value, language: str) -> str:
    """Write a value as people write it, in quotation marks where it is words as somebody typed them."""
    written = value_as_written(asked, value, language)
    if isinstance(value, str) and not kind_of(asked).choices(asked):
        before, after = grammar(language).quotes
        return f"{before}{written.strip()}{after}"
    return written


def behind(asked: AnyAsked, answer: str, language: str) -> str:
    """Return an answer behind its question: “Which are missing: exits and alarms”."""
    here = grammar(language)
    return f"{tell(asked.text, language).strip().rstrip('?？:： ')}{here.colon}{here.lower_first(answer)}"


_YES_OR_NO = ("yes", "no", "none", "是", "否", "有", "无", "没有")


def statement_of_line(asked: AnyAsked, line: Value, written: str, language: str) -> str:
    """Return the statement that a figure reaches a line or stays below it. `written`: how, with the line."""
    return _stated(asked, line, written, language, "")


def _stated(asked: AnyAsked, value: Value, written: str, language: str, year: str) -> str:
    finding = kind_of(asked).stated(asked, value, language)
    if finding is None or ("{year}" in finding and not year):
        said = grammar(language).statement(tell(asked.text, language), _without_stop(written, language))
    else:
        said = finding.replace("{value}", written).replace("{year}", year)
    return _without_stop(said.strip(), language)


def _without_stop(words: str, language: str) -> str:
    return words.removesuffix(grammar(language).stop.strip())


def statements(holding: Iterable[tuple[str, Value]], questionnaire: Questionnaire, language: str) -> tuple[str, ...]:
    """State the answers that make a condition hold, each in its own words; none twice."""
    asked = [(questionnaire.asked[id], value) for id, value in holding]
    said = (
        plainly(each, statement_of(each, value, language), value_as_written(each, value, language), language)
        for each, value in asked
    )
    return tuple(words for words in dict.fromkeys(said) if words)


def plainly(asked: AnyAsked, said: str, bare: str, language: str) -> str:
    """Return a statement; with its question where the bare answer alone would stand there, as “20”."""
    bare = _without_stop(bare, language)
    plain = said.casefold() not in ("", bare.casefold())
    return said if plain else tell(ANSWER_IS, language, question=asked.text, answer=bare)


def with_answers(words: Text, questionnaire: Questionnaire, view: View) -> Text:
    """Fill `{id}` of a question or fact with its answer as shown, a dash where it has none; other braces stay."""

    def shown(match: re.Match[str], language: str) -> str:
        id = match[1]
        if id not in questionnaire.asked:
            return match[0]
        answered = view.seen(id).state == "answered"
        return (answer_shown(id, questionnaire, view, language) if answered else "") or NO_ANSWER

    return {
        language: PLACEHOLDER.sub(lambda match, language=language: shown(match, language), said)  # type: ignore[misc]
        for language, said in words.items()
    }


def answer_shown(id: str, questionnaire: Questionnaire, view: View, language: str) -> str:
    """Return an answer in few words: a level's number, a figure as typed, an option's words; "" where there is none."""
    asked = questionnaire.asked.get(id)
    value = None if asked is None else view.seen(id).value
    return "" if asked is None or value is None else kind_of(asked).bare(asked, value, language)
