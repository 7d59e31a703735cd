"""Fitting profiles in words: which to take, why, how clear that is, and exactly what each would move."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from typing import Any

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.phrasing import plainly, statement_of, statement_of_line, statements, told_of, value_as_written
from nqpf_assess.engine.profiles import SECOND_SHARE, Advice, Clarity, Suggestion, Tipping, advice
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text, _, _n, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.condition import leaves
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import BlendedProfile
from nqpf_assess.report.ledger_words import move_words

FIRST = _("Suggested: {name} [{id}]")
BLENDED = _n("{count} profile fits. Suggested: {name} [{id}]", "{count} profiles fit. Suggested: {name} [{id}]")
BASELINE = _("Suggested, as no local profile fits: {name} [{id}]")
BASELINE_SO_FAR = _("Suggested, as no local profile is known to fit: {name} [{id}]")
BECAUSE = _("{name} fits: {facts}.")
ALONE = _("What {name} [{id}] alone would move:")
ALSO = _("Also fits: {name} [{id}]")
NEAR = _("Resembles without fitting: {names}")
UNKNOWN = _("Cannot be told yet: {names}")
OTHERS = _("Do not fit: {names}")
UNSTATED = _("Do not say where they fit, so never suggested: {names}")
LEFT_OUT = _("Not among them, since they have errors: {names}")
"""Where rubrics are listed to choose from."""

CLARITY: dict[Clarity, Text] = {
    "clear": _("The choice is clear: no other profile fits."),
    "several": _("The choice is not clear-cut: each of those that fit would do by itself."),
    "open": _("The choice is open: what is not answered or not known may change it."),
    "none": _("No local profile fits; the baseline weighs everything as it stands."),
}
TIPS = _("Should it turn out that {statement}, {name} comes first.")
TIPS_OUT = _("Should it turn out that {statement}, no local profile is known to fit.")
TIPS_TAKEN = _("{name} would come first, but for this: {statement}.")
TIPS_UNANSWERED = _("Not known yet, and it matters: if {statement}, {name} comes first.")
AT_LEAST, AT_MOST, BELOW = _("{value} or more"), _("{value} or less"), _("less than {value}")
BETWEEN = _("{low} but {high}")
LINES = {"at_least": AT_LEAST, "at_most": AT_MOST, "below": BELOW, "above": _("more than {value}")}

MOST_TIPS = 3
"""Profiles that a single other answer would bring first, each told by the answer that is the easiest to doubt."""


def suggestion_lines(
    found: Sequence[Suggestion], instrument: Instrument, answers: Answers, language: str
) -> Iterator[str]:
    """Write what to take and why, how clear that is and what would tip it, what else fits, and what each would move."""
    questionnaire = instrument.questionnaire
    advised = advice(found, questionnaire, answers)
    first, second = advised.first, advised.blended
    if second is not None:
        blend = replace(instrument, chain=first.chain, further=(BlendedProfile(second.chain, SECOND_SHARE),))
        count = 2 + len(advised.others)
        yield tell(BLENDED, language, count=count, name=blend.name, id=blend_of(advised))
    else:
        values = {"name": first.profile.name, "id": first.profile.id}
        unfit = BASELINE_SO_FAR if any(one.fit == "unknown" for one in found) else BASELINE
        yield tell(FIRST if first.fit == "fits" else unfit, language, **values)
    for suggestion in (first, *((second,) if second is not None else ())):
        if suggestion.holding:
            yield "  " + reason(suggestion, questionnaire, language)
    yield "  " + tell(CLARITY[advised.clarity], language)
    nearest = {tip.profile.id: tip for tip in reversed(advised.tipping)}
    for tip in [tip for tip in advised.tipping if tip is nearest[tip.profile.id]][:MOST_TIPS]:
        yield "  " + tip_line(tip, questionnaire, language)
    for suggestion in (first, *((second,) if second is not None else ()), *advised.others):
        if suggestion is not first:
            yield tell(ALSO, language, name=suggestion.profile.name, id=suggestion.profile.id)
            if suggestion is not second:
                yield "  " + reason(suggestion, questionnaire, language)
        elif second is not None:
            yield tell(ALONE, language, name=first.profile.name, id=first.profile.id)
        yield from ("  " + move_words(row, questionnaire, language) for row in suggestion.moves)
    near = {one.profile.id for one in advised.near}
    groups: list[tuple[Text, list[Suggestion]]] = [
        (NEAR, list(advised.near)),
        (UNKNOWN, [one for one in found if one.fit == "unknown"]),
        (OTHERS, [one for one in found if one.fit == "differs" and one.profile.id not in near]),
        (UNSTATED, [one for one in found if one.fit == "unstated"]),
    ]
    for words, several in groups:
        if several:
            names = (f"{tell(one.profile.name, language)} [{one.profile.id}]" for one in several)
            yield tell(words, language, names=grammar(language).list(names))


def blend_of(advised: Advice) -> str:
    """Write the rubric that is advised as `--weights` takes it."""
    further = {} if advised.blended is None else {advised.blended.profile.id: SECOND_SHARE}
    return str(Blend(advised.first.profile.id, further))


def reason(suggestion: Suggestion, questionnaire: Questionnaire, language: str) -> str:
    """Return in one sentence why a profile fits; "" where it does not."""
    here = grammar(language)
    said = here.semicolon.join(map(here.lower_first, statements(suggestion.holding, questionnaire, language)))
    return tell(BECAUSE, language, name=suggestion.profile.name, facts=said) if said else ""


def would_speak(suggestion: Suggestion, unknown: Collection[str], questionnaire: Questionnaire, language: str) -> str:
    """Name in short statements the answers to `unknown` facts that would speak for a profile; "" where there are none.

    Questions count as facts. What must not be so is left out; of one fact all answers that would do are named together.
    """
    here, said = grammar(language), []
    fits = suggestion.profile.fits
    found = [leaf for path, leaf in leaves(fits) if "not" not in path and leaf.subject in unknown] if fits else []
    figures = [leaf for leaf in found if isinstance(leaf.at_least, Decimal)]
    nearest = {leaf.subject: leaf for leaf in sorted(figures, key=attrgetter("at_least"), reverse=True)}
    for leaf in found:
        if nearest.get(leaf.subject, leaf) is not leaf and leaf.at_least is not None:
            continue
        fact = questionnaire.asked[leaf.subject]
        if leaf.operator in ("at_least", "at_most") and kind_of(fact).choices(fact):  # a level, by its number
            said.append(told_of(fact, int(leaf.operand), language))
        elif leaf.operator in ("at_least", "at_most"):
            words = AT_LEAST if leaf.operator == "at_least" else AT_MOST
            bare = tell(words, language, value=value_as_written(fact, leaf.operand, language))
            said.append(plainly(fact, statement_of_line(fact, leaf.operand, bare, language), bare, language))
        elif leaf.operator in ("is", "one_of", "has"):
            named = leaf.operand if leaf.operator == "one_of" else (leaf.operand,)
            options = [choice for choice in kind_of(fact).choices(fact) if str(choice.value) in named]
            said += [told_of(fact, kind_of(fact).chosen(choice), language) for choice in options]
    return here.semicolon.join(dict.fromkeys(here.lower_first(words) for words in said if words))


def tip_line(tip: Tipping, questionnaire: Questionnaire, language: str) -> str:
    """Return which other answer to a fact would bring another profile first."""
    fact = questionnaire.asked[tip.fact]
    marks = grammar(language)
    if not tip.ends:
        bare = value_as_written(fact, tip.value, language)
        said = statement_of(fact, tip.value, language)
    else:
        told = [tell(LINES[side], language, value=value_as_written(fact, line, language)) for side, line in tip.ends]
        bare = told[0] if len(told) == 1 else tell(BETWEEN, language, low=told[0], high=told[1])
        said = statement_of_line(fact, tip.ends[0][1], bare, language)
    said = plainly(fact, said, bare, language)
    words = TIPS_UNANSWERED if not tip.answered else TIPS_OUT if tip.profile.fits is None else TIPS
    words = TIPS_TAKEN if tip.taken else words
    return tell(words, language, name=tip.profile.name, statement=marks.lower_first(said))


def suggestion_rows(
    found: Sequence[Suggestion], instrument: Instrument, answers: Answers, language: str
) -> list[dict[str, Any]]:
    """Return every profile as a row for machines; the first says how clear the choice is, and what is blended in."""
    questionnaire = instrument.questionnaire
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
                "name": tell(profile.name, language),
                "fit": suggestion.fit,
                "suggested": blend_of(advised) if chosen else None,
                "clarity": advised.clarity if chosen else None,
                "with": {advised.blended.profile.id: float(SECOND_SHARE)} if chosen and advised.blended else {},
                "facts": list(suggestion.facts),
                "because": [
                    {"fact": id, "statement": statement_of(questionnaire.asked[id], value, language)}
                    for id, value in suggestion.holding
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
