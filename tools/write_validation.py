"""Write docs/validation.md: what the tool suggests for real places and firms, beside what people who know them say.

`python tools/write_validation.py` writes the page; the tests hold that it is fresh. What the page says of contested
facts and of first measures is worked out here too: `contested` and `first_measures`.
"""

import itertools
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import advice, fit_of, suggestions
from nqpf_assess.engine.scorecard import score
from nqpf_assess.engine.states import Seen, View, holds, read
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.answers import Answer, Answers, Reference, RubricReference
from nqpf_assess.model.questionnaire import AnyFact, AnyQuestion, Questionnaire
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.model.weights import Chain

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "validation.md"
BY_HAND = ROOT / "docs" / "content" / "validation.md"
INSTRUMENTS = ("region", "firm")
ALIKE = 40
"""Points that every answer earns where first measures are compared."""
FIRST = 5

Outcome = Literal["stays", "both", "resembled", "named", "silent"]
OUTCOMES: Mapping[Outcome, str] = {
    "stays": "the main function stays",
    "both": "another comes first, the old one still fits and is blended in",
    "resembled": "it becomes one that was named as fitting too",
    "named": "it becomes one that was named as what this fact would tip to",
    "silent": "it changes without a word",
}


@dataclass(frozen=True)
class Placed:
    """One place or firm: what was expected, and the profiles that the tool says fit, the suggested one first."""

    id: str
    name: str
    kind: str
    expected: tuple[str, ...]
    fitting: tuple[str, ...]
    facts: Mapping[str, Any]

    @property
    def agrees(self) -> bool:
        """Whether the first suggestion is one of those expected."""
        return bool(self.fitting) and self.fitting[0] in self.expected


@dataclass(frozen=True)
class Flip:
    """One fact of one place answered otherwise, and what becomes of the suggestion."""

    place: str
    fact: str
    change: str
    suggested: str
    outcome: Outcome


@cache
def content(instrument: str) -> tuple[Library, Questionnaire, tuple[Chain, ...]]:
    """Read an instrument of this repository with all its profiles."""
    library = Library((Root("content", ROOT),))
    book = library.questionnaire(instrument)
    assert book is not None
    return library, book.value, tuple(rubric.chain for rubric in library.profiles(book))


@cache
def placed(instrument: str) -> tuple[Placed, ...]:
    """Ask the tool about every place or firm of the list."""
    _, questionnaire, chains = content(instrument)
    listed = tomllib.loads((ROOT / "tests" / "places" / f"{instrument}.toml").read_text(encoding="utf-8"))
    found = []
    for id, entry in listed.items():
        judged = suggestions(questionnaire, chains, answered(instrument, entry["facts"]))
        fitting = tuple(each.profile.id for each in judged if each.fit == "fits")
        row = Placed(id, entry["name"]["en"], entry["kind"], tuple(entry["expected"]), fitting, entry["facts"])
        found.append(row)
    return tuple(found)


def answered(instrument: str, facts: Mapping[str, Any], profile: str = "baseline") -> Answers:
    """Give answers that state facts alone."""
    version = content(instrument)[1].version
    return Answers(
        format="nqpf-answers/1",
        questionnaire=Reference(id=instrument, version=version),
        weights=RubricReference(id=profile, version=version),
        facts={name: Answer(value=tuple(v) if isinstance(v, list) else v) for name, v in facts.items()},
    )


# ---- contested facts


@cache
def contested(instrument: str) -> tuple[Flip, ...]:
    """Answer every fact of every place as another honest officer might, one at a time; the tier alone is beyond doubt.

    Of ordered options the neighbours, of ticks each one more or less, of figures a tenth more and less.
    """
    _, questionnaire, chains = content(instrument)
    ordered = sorted(chains, key=lambda chain: (chain[-1].order or 99, chain[-1].id))
    found = []
    for row in placed(instrument):
        answers = answered(instrument, row.facts)
        judged = suggestions(questionnaire, chains, answers)
        tips = {(tip.fact, tip.profile.id) for tip in advice(judged, questionnaire, answers).tipping}
        view = read(Instrument(questionnaire, chains[0]), answers)
        for fact in (name for name in row.facts if name != "tier"):
            for change, value in _otherwise(questionnaire.facts[fact], view.facts[fact].value):
                there = View({**view.facts, fact: Seen("answered", value)}, view.questions)
                fitting = [chain[-1].id for chain in ordered if fit_of(chain[-1], there) == "fits"] or ["baseline"]
                found.append(Flip(row.id, fact, change, fitting[0], _outcome(row, fact, fitting, tips)))
    return tuple(found)


def _outcome(row: Placed, fact: str, fitting: list[str], tips: set[tuple[str, str]]) -> Outcome:
    if fitting[0] == row.fitting[0]:
        return "stays"
    if row.fitting[0] in fitting:
        return "both"
    if fitting[0] in row.fitting:
        return "resembled"
    return "named" if (fact, fitting[0]) in tips else "silent"


def _otherwise(fact: AnyFact, value: Any) -> Iterator[tuple[str, Any]]:
    if fact.kind == "number":
        yield from ((f"× {factor}", value * Decimal(factor)) for factor in ("0.9", "1.1"))
    elif fact.kind == "single":
        options = [id for id, option in fact.options.items() if not option.unknown]
        at = options.index(value)
        yield from ((options[near], options[near]) for near in (at - 1, at + 1) if 0 <= near < len(options))
    elif fact.kind == "multi":
        none = next(id for id, option in fact.options.items() if option.exclusive and not option.unknown)
        for id in (id for id, option in fact.options.items() if not option.exclusive):
            ticked = (value ^ {id}) - {none}
            yield ("without " if id in value else "with ") + id, ticked or frozenset({none})


# ---- first measures where all answers are alike


@cache
def alike(instrument: str) -> Mapping[str, Scorecard]:
    """Score each place under its suggested profile, where every answer earns about 40 points."""
    library, questionnaire, _ = content(instrument)
    found = {}
    for row in placed(instrument):
        chosen, problems = library.instrument(instrument, row.fitting[0])
        assert chosen is not None, problems
        answers = answered(instrument, row.facts, row.fitting[0])
        view = read(chosen, answers)
        given = {id: _alike(question, view) for id, question in questionnaire.questions.items()}
        found[row.id] = score(chosen, answers.model_copy(update={"answers": given}))
    return found


def first_measures(instrument: str) -> Mapping[str, tuple[str, ...]]:
    """Give for each place the five measures with most gain for their effort."""
    found = {}
    for id, card in alike(instrument).items():
        eligible = [each for each in card.countermeasures if each.eligible and each.priority is not None]
        ranked = sorted(eligible, key=lambda each: (-(each.priority or 0), each.id))
        found[id] = tuple(each.id for each in ranked[:FIRST])
    return found


def _alike(question: AnyQuestion, view: View) -> Answer:
    """Answer a question so that it earns what comes nearest to the points that all earn."""
    if question.kind == "number":
        scale = next((case.scale for case in question.scale_when if holds(case.when, view)), question.scale)
        return Answer(value=_figure(scale))
    if question.kind == "level":
        levels, last = question.levels, len(question.levels) - 1
        earned = [100 * i / last if level.score is None else float(level.score) for i, level in enumerate(levels)]
        return Answer(value=min(range(len(levels)), key=lambda level: abs(earned[level] - ALIKE)))
    if question.kind == "single":
        return Answer(value=min(question.options, key=lambda id: abs(float(question.options[id].score) - ALIKE)))
    assert question.kind == "multi"
    total, ticked = 0.0, list[str]()
    for id, option in question.options.items():
        if not option.exclusive and abs(total + float(option.score) - ALIKE) < abs(total - ALIKE):
            total += float(option.score)
            ticked.append(id)
    return Answer(value=tuple(ticked))


def _figure(scale: Any) -> str:
    for (left, low), (right, high) in itertools.pairwise(scale):
        if min(low, high) <= ALIKE <= max(low, high) and low != high:
            return str(round(left + (ALIKE - low) / (high - low) * (right - left), 6))
    raise ValueError(scale)


# ---- the page


def page() -> str:
    """Return the text of the page."""
    lines = [
        "# Does the suggested profile suit real places and firms?",
        "",
        "The lists stand in `tests/places/`: public facts (figures are estimates), and the function that",
        "people who know the place or firm would name, written before the tool was asked. Several: each is right.",
        "中文：清单见 `tests/places/`，先写判断、后测工具；列有多个名称的，任一均可。",
        "",
        "It shows whether facts lead to the right yardstick; it says nothing about scores. One author wrote lists",
        "and profiles: the agreement is an upper bound until others have added places of their own.",
        "",
    ]
    for instrument in INSTRUMENTS:
        lines += [*_agreement(instrument), *_flips(instrument), *_lists(instrument)]
    if BY_HAND.exists():
        lines += [BY_HAND.read_text(encoding="utf-8").rstrip(), ""]
    return "\n".join(lines)


def _agreement(instrument: str) -> Iterator[str]:
    rows = placed(instrument)
    yield from (f"## {instrument.capitalize()}: {sum(row.agrees for row in rows)} of {len(rows)} as expected", "")
    kinds: dict[str, list[Placed]] = defaultdict(list)
    for row in rows:
        kinds[row.kind].append(row)
    yield from ("| kind | as expected | of |", "|---|--:|--:|")
    yield from (f"| {kind} | {sum(r.agrees for r in found)} | {len(found)} |" for kind, found in kinds.items())
    yield from ("", "| place or firm | expected | suggested | also fits |", "|---|---|---|---|")
    for row in rows:
        mark = "" if row.agrees else " ✗"
        first, *others = row.fitting or ("none",)
        yield f"| {row.name} | {' or '.join(row.expected)} | {first}{mark} | {', '.join(others)} |"
    yield ""


def _flips(instrument: str) -> Iterator[str]:
    flips = contested(instrument)
    yield from (f"### {instrument.capitalize()}: every fact but the tier answered otherwise, one at a time", "")
    yield "Of ordered options the neighbours, of ticks each one more or less, of figures a tenth more and less."
    yield from ("", "| fact | flips | stays | both fit | resembled | named | silent |", "|---|--:|--:|--:|--:|--:|--:|")
    counted: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for flip in flips:
        counted[flip.fact][flip.outcome] += 1
        counted["**all**"][flip.outcome] += 1
    for fact in sorted(counted):
        told = (str(counted[fact][outcome]) for outcome in OUTCOMES)
        yield f"| {fact} | {counted[fact].total()} | {' | '.join(told)} |"
    words = "; ".join(f"*{name}*: {said}" for name, said in zip(_HEADS, OUTCOMES.values(), strict=True))
    yield from ("", f"{words[0].upper()}{words[1:]}.", "")


_HEADS = ("stays", "both fit", "resembled", "named", "silent")


def _lists(instrument: str) -> Iterator[str]:
    lists, questionnaire = first_measures(instrument), content(instrument)[1]
    names = {row.id: row.name for row in placed(instrument)}
    counted = Counter(itertools.chain(*lists.values()))
    (most, times), *_ = counted.most_common(1)
    title = questionnaire.countermeasures[most].title["en"]
    yield from (f"### {instrument.capitalize()}: first five measures where all answers earn about {ALIKE} points", "")
    yield f"{len(set(lists.values()))} different lists for {len(lists)}; the most frequent measure, “{title}”,"
    yield f"stands in {times} of them. The same answers everywhere: only facts and profile differ."
    yield from ("", "| place or firm | first measures |", "|---|---|")
    for id, measures in lists.items():
        yield f"| {names[id]} | {'; '.join(questionnaire.countermeasures[each].title['en'] for each in measures)} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
