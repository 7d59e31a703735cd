"""Fitting profiles in words: which, why, and exactly which weights and targets each would move."""

from collections.abc import Iterator, Sequence
from typing import Any

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import Suggestion
from nqpf_assess.engine.states import read
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.model.scorecard import LedgerRow
from nqpf_assess.report.wording import answer, number, percent

FIRST = _("Suggested: {name} [{id}]")
ALSO = _("Also resembles: {name} [{id}]")
BASELINE = _("Suggested, as no local profile fits: {name} [{id}]")
UNKNOWN = _("Cannot be told from the facts: {names}")
OTHERS = _("Do not fit: {names}")
BECAUSE = _("because {facts}")
MOVES = _("{node}: weight {before} → {after}{target}. {why}")
TARGET = _(", target {target}")


def suggestion_lines(
    found: Sequence[Suggestion], instrument: Instrument, answers: Answers, language: str
) -> Iterator[str]:
    """Tell the suggestion, what else fits, and what each would move; then the profiles that do not fit."""
    fitting = [s for s in found if s.fit == "fits"] or [s for s in found if s.fit == "baseline"][:1]
    for index, suggestion in enumerate(fitting):
        head = ALSO if index else FIRST if suggestion.fit == "fits" else BASELINE
        yield tell(head, language, name=name_of(suggestion, language), id=suggestion.profile.id)
        why = reason(suggestion, instrument, answers, language)
        if why:
            yield "  " + why
        yield from ("  " + move_line(row, instrument.questionnaire, language) for row in suggestion.moves)
    for fit, words in (("unknown", UNKNOWN), ("differs", OTHERS)):
        names = [f"{name_of(s, language)} [{s.profile.id}]" for s in found if s.fit == fit]
        if names:
            yield tell(words, language, names=("、" if language == "zh" else ", ").join(names))


def name_of(suggestion: Suggestion, language: str) -> str:
    """Give a profile's name."""
    return tell(suggestion.profile.name, language)


def reason(suggestion: Suggestion, instrument: Instrument, answers: Answers, language: str) -> str:
    """Give the facts that decide about a profile, as they were answered."""
    view = read(instrument, answers)
    facts = instrument.questionnaire.facts
    behind, joint = ("", "；") if language == "zh" else (" ", "; ")
    said = [
        f"{tell(facts[id].text, language)}{behind}{answer(id, instrument.questionnaire, view, language)}"
        for id in suggestion.facts
        if view.facts[id].state == "answered"
    ]
    return tell(BECAUSE, language, facts=joint.join(said)) if said else ""


def move_line(row: LedgerRow, questionnaire: Questionnaire, language: str) -> str:
    """Tell what happens to one node: its share of the whole before and after, its target, and why."""
    whys = dict.fromkeys(tell(step.why, language) for step in row.steps)
    stated = [step.target for step in row.steps if step.target is not None]
    words: Text = title_of(questionnaire, row.node)
    return tell(
        MOVES,
        language,
        node=tell(words, language),
        before=percent(row.share_baseline, 1),
        after=percent(row.share_final, 1),
        target=tell(TARGET, language, target=number(stated[-1])) if stated else "",
        why=" ".join(whys),
    )


def suggestion_row(suggestion: Suggestion, language: str) -> dict[str, Any]:
    """Give a suggestion as a row for machines."""
    return {
        "id": suggestion.profile.id,
        "name": name_of(suggestion, language),
        "fit": suggestion.fit,
        "facts": list(suggestion.facts),
        "moves": [
            {
                "node": row.node,
                "share_baseline": row.share_baseline,
                "share_final": row.share_final,
                "target": row.target,
                "why": [tell(step.why, language) for step in row.steps],
            }
            for row in suggestion.moves
        ],
    }
