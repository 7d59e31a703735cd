"""Assessments to report on, made from the shipped instruments; and what an outline says, cut into sections."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from nqpf_assess.engine.instrument import Instrument, chain_version
from nqpf_assess.engine.scoring import scored_here
from nqpf_assess.engine.states import read
from nqpf_assess.locale.en.grammar import MONTHS
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import AnyQuestion, LevelQuestion, MultiQuestion, Questionnaire, SingleQuestion
from nqpf_assess.report.blocks import (
    Block,
    Bullets,
    Contents,
    DetailCard,
    Heading,
    Outline,
    OutlinePart,
    Paragraph,
    Run,
    Table,
    texts_of,
)
from nqpf_assess.report.outline import Case, outline_of
from tests.support.oracle import Plain
from tests.support.scored import instrument_of, shipped_chain, shipped_questionnaire
from tests.support.varied import tiny

DATE = "2026-11-25"
COUNTY: Plain = {
    "tier": "county",
    "zone": "ecological",
    "structure": "agri_led",
    "rd_base": "weak",
    "population": "31.5",
    "gdp_ratio": "62.4",
    "fiscal": "18.2",
    "lead_firm": "no",
}
CLUSTER: Plain = {
    "tier": "county",
    "zone": "urbanised",
    "structure": "cluster_led",
    "rd_base": "fair",
    "gdp_ratio": "128.6",
    "fiscal": "78.5",
    "lead_firm": "yes",
    "priority_industries": ["pv", "chips", "batteries"],
}
FACTORY: Plain = {"sector": "equipment", "size": "small", "stage": "growth", "export_share": "12", "high_tech": "yes"}


def told(*blocks: Any) -> str:
    return " ".join(texts_of(blocks))


def scored(scores: Mapping[str, Mapping[str, Any]], **rest: Any) -> tuple[Instrument, Answers]:
    """A tiny questionnaire of the given scores, see `tiny`."""
    case = tiny(scores, **rest)
    return instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers)


@cache
def shipped(subject: str, profile: str, words: Callable[[str], str] | None = None) -> Instrument:
    """A shipped instrument; with `words` every text stands in English in both languages, passed through `words`."""
    tables: list[Plain] = [shipped_questionnaire(subject), *shipped_chain(subject, profile)]
    if words is not None:
        tables = [in_one_language(table, words) for table in tables]
    return instrument_of(tables[0], tables[1:])


def in_one_language(value: Any, words: Callable[[str], str]) -> Any:
    """Put the English words in the place of the Chinese ones."""
    if isinstance(value, dict):
        told = {key: in_one_language(part, words) for key, part in value.items()}
        both = isinstance(value.get("en"), str) and isinstance(value.get("zh"), str)
        return told | {"en": words(value["en"]), "zh": words(value["en"])} if both else told
    return [in_one_language(part, words) for part in value] if isinstance(value, list) else value


def _value(questionnaire: Questionnaire, id: str, value: Any) -> Any:
    """Give a fact's value; of a fact that takes several, a list of one."""
    return [value] if questionnaire.facts[id].kind == "multi" and isinstance(value, str) else value


def answered(
    instrument: Instrument,
    *,
    facts: Mapping[str, Any] | None = None,
    wanted: Callable[[str], float | None] = lambda id: 50.0,
    entries: Mapping[str, Plain] | None = None,
    **head: Any,
) -> Answers:
    """Answers whose scores lie near what is `wanted` of each question (None: left blank); `entries` replace some."""
    questionnaire = instrument.questionnaire
    reference = {"id": questionnaire.id, "version": questionnaire.version}
    table: Plain = {
        "format": "nqpf-answers/1",
        "questionnaire": reference,
        "weights": {"id": instrument.profile.id, "version": chain_version(instrument.chain)},
        "subject": {"name": "Testing", "period": "2025", "respondent": "Office"},
        "facts": {id: {"value": _value(questionnaire, id, value)} for id, value in (facts or {}).items()},
        **head,
    }
    view = read(instrument, Answers.model_validate(table))
    given: Plain = {}
    for id, question in questionnaire.questions.items():
        score = wanted(id)
        if score is not None and question.kind != "text":
            value = value_for(question, score, scored_here(instrument, id, view).scale)
            given[id] = {"value": value, **({"year": 2025} if question.kind == "number" else {})}
    return Answers.model_validate(table | {"answers": given | dict(entries or {})})


def value_for(question: AnyQuestion, score: float, curve: Any) -> Any:
    """Find the answer whose score is nearest to the one wanted."""
    match question:
        case LevelQuestion():
            last = len(question.levels) - 1
            return min(range(last + 1), key=lambda level: abs(100 * level / last - score))
        case SingleQuestion():
            return min(question.options, key=lambda id: abs(float(question.options[id].score) - score))
        case MultiQuestion():
            return _ticked(question, score)
    low, high = (float(end) for end in question.range)  # type: ignore[union-attr]
    nearest, _ = min(_scored(curve, low, high), key=lambda point: abs(point[1] - score))
    return str(round(Decimal(nearest), 2))


@cache
def _scored(curve: Any, low: float, high: float) -> list[tuple[float, float]]:
    """Figures all over a range, close together at its low end, with their scores."""
    figures = [low + (high - low) * (step / 400) ** 2 for step in range(401)]
    return [(figure, curve.score(Decimal(figure))) for figure in figures]


def _ticked(question: MultiQuestion, score: float) -> list[str]:
    alone = [id for id, option in question.options.items() if option.exclusive]
    found: list[str] = []
    total = 0.0
    for id, option in question.options.items():
        if not option.exclusive and total + float(option.score) / 2 <= score:
            found.append(id)
            total += float(option.score)
    return found or alone[:1] or [next(iter(question.options))]


def mixed(id: str) -> float:
    """A score that differs from question to question and is always the same for one."""
    return float(sum(map(ord, id)) * 37 % 101)


def outline(instrument: Instrument, answers: Answers, *languages: str, **rest: Any) -> Outline:
    """The full edition, brief and volume of each language in one part."""
    return joined(
        outline_of(instrument, answers, languages=languages or ("en", "zh"), date=DATE, edition="full", **rest)
    )


def joined(made: Outline) -> Outline:
    """Put the parts of each language together."""
    languages = dict.fromkeys(part.language for part in made.parts)
    parts = (
        OutlinePart(language, tuple(b for part in made.parts if part.language == language for b in part.blocks))
        for language in languages
    )
    return replace(made, parts=tuple(parts))


def case_of(instrument: Instrument, answers: Answers, language: str = "en") -> Case:
    """What the sections are given."""
    from nqpf_assess.engine.scorecard import scorecard_of
    from nqpf_assess.engine.scoring import assess

    assessed = assess(instrument, answers)
    return Case(assessed, scorecard_of(assessed), (), language, DATE)


# ── Reading an outline ──

FINDINGS = ("pillars", "scores", "pillar-", "good-", "missing-", "done", "lacking", "gaps", "situation")
PLAN = ("measures", "considered", "roadmap", "asked", "support", "next")
SURENESS = ("sureness", "robustness", "balance", "coverage", "differing")


def group_of(anchor: str) -> str:
    """Name the section that both languages have, from a heading's anchor."""
    name = anchor.partition("-")[2]
    if name.startswith("brief-"):
        return "answer" if name == "brief-answer" else "brief"
    for group, names in (("findings", FINDINGS), ("plan", PLAN), ("sureness", SURENESS)):
        if any(name == n or (n.endswith("-") and name.startswith(n)) for n in names):
            return group
    return name


def sections(part: OutlinePart) -> Mapping[str, list[Block]]:
    """Sort the blocks of a part into the sections that both languages have."""
    found: dict[str, list[Block]] = {}
    group = "cover"
    for block in part.blocks:
        if isinstance(block, Heading):
            group = group_of(block.anchor)
        found.setdefault(group, []).append(block)
    return found


NUMBERING = re.compile(r"^(附件\d+|Annex [A-Z]\.|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.(?=\s))\s*")
MONTH = re.compile("|".join(MONTHS))
"""English writes months in words, Chinese in figures."""

UNIT = re.compile(r"\bper [\d,]+")
"""The number in a unit (“per 1,000 staff”) is a part of the question's words."""

NUMBER = re.compile(r"[−+]?\d+(?:,\d{3})*(?:\.\d+)?%?")


def numbers(blocks: Sequence[Block]) -> Counter[str]:
    """Count every number in the texts of blocks, without the numbering of headings."""
    found: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Contents):
            continue
        told = [NUMBERING.sub("", block.text)] if isinstance(block, Heading) else texts_of([block])
        for words in told:
            if not words.startswith("#"):
                words = MONTH.sub(lambda month: str(MONTHS.index(month[0]) + 1), UNIT.sub("", words))
                found.update(NUMBER.findall(words))
    return found


def every_text(made: Outline) -> Iterator[str]:
    for part in made.parts:
        yield from texts_of(part.blocks)


def links(made: Outline) -> Iterator[tuple[str, str]]:
    """Give each internal link with the language of its part."""
    for part in made.parts:
        for run in _runs(part.blocks):
            if run.link.startswith("#"):
                yield part.language, run.link[1:]


def anchors(part: OutlinePart) -> list[str]:
    return [block.anchor for block in part.blocks if isinstance(block, Heading | DetailCard) and block.anchor]


def _runs(value: Any) -> Iterator[Run]:
    if isinstance(value, Run):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _runs(part)
    elif isinstance(value, Paragraph | Bullets | Table | DetailCard) or hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _runs(getattr(value, name))


def dumped(made: Outline) -> str:
    """Write an outline down block by block, for comparing with what it was."""
    lines = [f"{made.title} | {made.subject} | {made.language} | {made.date} | {made.header} | {made.footer}"]
    for part in made.parts:
        lines.append(f"═══ {part.language}")
        for block in part.blocks:
            lines += [f"── {type(block).__name__}", *(f"   {text}" for text in texts_of([block]) if text)]
    return "\n".join(lines) + "\n"
