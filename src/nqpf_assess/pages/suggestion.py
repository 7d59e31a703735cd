"""Fitting profiles in words: which to take, why, how clear that is, and exactly what each would move."""

from collections.abc import Iterator, Sequence
from typing import Any

from nqpf_assess.engine.conditions import View
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.phrasing import statement_of, value_as_written
from nqpf_assess.engine.profiles import SECOND_SHARE, Advice, Clarity, Suggestion, Tipping, advice
from nqpf_assess.engine.states import read
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.model.scorecard import LedgerRow
from nqpf_assess.report.wording import number, percent

FIRST = _("Suggested: {name} [{id}]")
BLENDED = _("Two profiles fit. Suggested: {name} with {share} of {second} [{id}]")
BASELINE = _("Suggested, as no local profile fits: {name} [{id}]")
BECAUSE = _("{name}, because: {facts}.")
ALSO = _("Also fits: {name} [{id}]")
NEAR = _("Resembles without fitting: {names}")
UNKNOWN = _("Cannot be told from the facts: {names}")
OTHERS = _("Do not fit: {names}")
CLARITY: dict[Clarity, Text] = {
    "clear": _("The choice is clear: no other profile fits."),
    "several": _("The choice is not clear-cut: several profiles fit."),
    "open": _("The choice is open: facts that are not answered yet may change it."),
    "none": _("No local profile fits; the baseline weighs everything as it stands."),
}
TIPS = _("{name} would come first if: {statement}.")
TIPS_OUT = _("No local profile would fit if: {statement}.")
TIPS_UNANSWERED = _("Not answered yet. {name} would come first if: {statement}.")
AT_LEAST, BELOW = _("{value} or more"), _("less than {value}")
MOVES = _("{node}: weight {before} → {after}{target}. {why}")
TARGET = _(", target {target}")
OUTWEIGHED = _("The weight falls only because others rise.")
RELIEVED = _("The weight rises only because others fall.")

MOST_TIPS = 3


def suggestion_lines(
    found: Sequence[Suggestion], instrument: Instrument, answers: Answers, language: str
) -> Iterator[str]:
    """Write what to take and why, how clear that is and what would tip it, what else fits, and what each would move."""
    questionnaire, view = instrument.questionnaire, read(instrument, answers)
    advised = advice(found, questionnaire, answers)

    def name(suggestion: Suggestion) -> str:
        return tell(suggestion.profile.name, language)

    first, second = advised.first, advised.blended
    if second is not None:
        values = {"name": name(first), "second": name(second), "share": percent(float(SECOND_SHARE))}
        yield tell(BLENDED, language, id=blend_of(advised), **values)
    else:
        yield tell(FIRST if first.fit == "fits" else BASELINE, language, name=name(first), id=first.profile.id)
    for suggestion in (first, *((second,) if second is not None else ())):
        if suggestion.because:
            facts = grammar(language).semicolon.join(statements(suggestion, questionnaire, view, language))
            yield "  " + tell(BECAUSE, language, name=name(suggestion), facts=facts)
    yield "  " + tell(CLARITY[advised.clarity], language)
    for tip in advised.tipping[:MOST_TIPS]:
        yield "  " + tip_line(tip, questionnaire, language)
    for suggestion in (first, *((second,) if second is not None else ()), *advised.others):
        if suggestion is not first:
            yield tell(ALSO, language, name=name(suggestion), id=suggestion.profile.id)
            if suggestion is not second:
                said = statements(suggestion, questionnaire, view, language)
                facts = grammar(language).semicolon.join(said)
                yield "  " + tell(BECAUSE, language, name=name(suggestion), facts=facts)
        yield from ("  " + move_line(row, questionnaire, language) for row in suggestion.moves)
    near = {one.profile.id for one in advised.near}
    groups: list[tuple[Text, list[Suggestion]]] = [
        (NEAR, list(advised.near)),
        (UNKNOWN, [one for one in found if one.fit == "unknown" and one.profile.id not in near]),
        (OTHERS, [one for one in found if one.fit == "differs" and one.profile.id not in near]),
    ]
    for words, several in groups:
        if several:
            names = grammar(language).list(f"{name(one)} [{one.profile.id}]" for one in several)
            yield tell(words, language, names=names)


def blend_of(advised: Advice) -> str:
    """Write the rubric that is advised as `--weights` takes it."""
    further = {} if advised.blended is None else {advised.blended.profile.id: SECOND_SHARE}
    return str(Blend(advised.first.profile.id, further))


def name_of(suggestion: Suggestion, language: str) -> str:
    """Return a profile's name."""
    return tell(suggestion.profile.name, language)


def statements(suggestion: Suggestion, questionnaire: Questionnaire, view: View, language: str) -> list[str]:
    """State the facts of the branch that holds, each in its own words."""
    said = []
    for id in suggestion.because:
        seen = view.facts[id]
        if seen.value is not None and seen.state == "answered":
            said.append(statement_of(questionnaire.facts[id], seen.value, language))
    stop = grammar(language).stop.strip()
    return [words.removesuffix(stop) for words in dict.fromkeys(said) if words]


def reason(suggestion: Suggestion, instrument: Instrument, answers: Answers, language: str) -> str:
    """Return in one sentence why a profile fits; "" where it does not."""
    said = statements(suggestion, instrument.questionnaire, read(instrument, answers), language)
    joined = grammar(language).semicolon.join(said)
    return tell(BECAUSE, language, name=name_of(suggestion, language), facts=joined) if said else ""


def tip_line(tip: Tipping, questionnaire: Questionnaire, language: str) -> str:
    """Return which other answer to a fact would bring another profile first."""
    fact = questionnaire.facts[tip.fact]
    if tip.line is None:
        said = statement_of(fact, tip.value, language)
    else:
        side, line = tip.line
        words = fill(AT_LEAST if side == "at_least" else BELOW, value=value_as_written(fact, line, language))
        said = grammar(language).statement(tell(fact.text, language), tell(words, language))
    said = said.removesuffix(grammar(language).stop.strip())
    words = TIPS_UNANSWERED if not tip.answered else TIPS_OUT if tip.profile.fits is None else TIPS
    return tell(words, language, name=tell(tip.profile.name, language), statement=grammar(language).lower_first(said))


def move_line(row: LedgerRow, questionnaire: Questionnaire, language: str) -> str:
    """Return what happens to one node: its share of the whole before and after, its target, and why."""
    whys = dict.fromkeys(
        words for step in row.steps for words in (tell(step.why, language), tell(step.target_why, language)) if words
    )
    targeted = row.target is not None and any(step.target is not None for step in row.steps)
    drift = [tell(OUTWEIGHED, language)] if row.outweighed else []
    words: Text = title_of(questionnaire, row.node)
    return tell(
        MOVES,
        language,
        node=tell(words, language),
        before=percent(row.share_baseline, 1),
        after=percent(row.share_final, 1),
        target=tell(TARGET, language, target=number(row.target)) if targeted else "",
        why=grammar(language).paragraph([*drift, *whys]),
    )


def suggestion_rows(
    found: Sequence[Suggestion], instrument: Instrument, answers: Answers, language: str
) -> list[dict[str, Any]]:
    """Return every profile as a row for machines; the first says how clear the choice is, and what is blended in."""
    questionnaire, view = instrument.questionnaire, read(instrument, answers)
    advised = advice(found, questionnaire, answers)
    near = {one.profile.id for one in advised.near}
    rows = []
    for suggestion in sorted(found, key=lambda one: one is not advised.first):
        profile = suggestion.profile
        chosen = suggestion is advised.first
        tips = [tip for tip in advised.tipping if tip.profile.id == profile.id]
        rows.append(
            {
                "id": profile.id,
                "name": name_of(suggestion, language),
                "fit": suggestion.fit,
                "suggested": blend_of(advised) if chosen else None,
                "clarity": advised.clarity if chosen else None,
                "with": {advised.blended.profile.id: float(SECOND_SHARE)} if chosen and advised.blended else {},
                "facts": list(suggestion.facts),
                "because": [
                    {"fact": id, "statement": said}
                    for id, said in zip(
                        suggestion.because, statements(suggestion, questionnaire, view, language), strict=False
                    )
                ],
                "resembles": profile.id in near,
                "nearness": suggestion.nearness,
                "tips": [
                    {"fact": tip.fact, "answered": tip.answered, "statement": tip_line(tip, questionnaire, language)}
                    for tip in tips
                ],
                "moves": [
                    {
                        "node": row.node,
                        "share_baseline": row.share_baseline,
                        "share_final": row.share_final,
                        "target": row.target,
                        "outweighed": row.outweighed,
                        "why": [tell(step.why, language) for step in row.steps],
                        "target_why": [tell(step.target_why, language) for step in row.steps if step.target_why],
                    }
                    for row in suggestion.moves
                ],
            }
        )
    return rows
