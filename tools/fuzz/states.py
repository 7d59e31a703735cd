"""Assessments in unusual states, to be reported on: nothing answered, one pillar, all at an end, last time, plans.

Shipped instruments with blends, and small ones drawn at random whose words are given names that can be told apart.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from nqpf_assess.engine.instrument import Instrument, chain_version
from nqpf_assess.engine.scorecard import score
from nqpf_assess.exchange.benchmark import MARKS, Peers, peers_in
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.weights import Chain
from tests.support.instruments import Case, Maker
from tests.support.oracle import Plain, World
from tests.support.questions import BLENDED, value_of
from tests.support.scored import PROFILES, instrument_of, shipped_chain, shipped_questionnaire
from tests.support.varied import typed, values_with_scores
from tools.fuzz.respondents import NAMES, Merged, respondents

MOODS = ("nothing", "one", "pillar", "best", "worst", "alike", *("low", "high", "any", "any", "any"), *(["weak"] * 4))
"""What is answered, and how well; the last ones everything, with holes; `weak`: low is what a floor judges, alone."""

DAYS = ("2026-11-25", "2026-12-31", "2027-01-01", "2028-02-29")
SHARE_MERGED = 0.15
"""Of the states, how many are merged from several files."""
CROWDED = (0.0, 0.0, 0.0, 0.7, 0.7)
"""How likely corrections, plan, sheet, last time, others each are at least: in some states much comes together."""

STEMS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True)
class State:
    """An assessment with all that its report may be told: last time, others, profiles to choose from.

    `told`: what kind of state it is; `words`: all words of its content and answers.
    """

    told: str
    words: str
    instrument: Instrument
    answers: Answers
    date: str
    earlier: tuple[Instrument, Answers] | None
    peers: Peers | None
    profiles: Sequence[Chain]
    merged: Merged | None = None


# ── Instruments ──


def _named(tree: Any, count: Iterator[int]) -> Any:
    """Give every text a name of its own in both languages; placeholders stay."""
    if isinstance(tree, list):
        return [_named(part, count) for part in tree]
    if not isinstance(tree, dict):
        return tree
    made = {key: part if key in ("en", "zh") else _named(part, count) for key, part in tree.items()}
    if isinstance(tree.get("en"), str):
        digits = f"{next(count):03d}"
        kept = tree["en"] if "{" in tree["en"] else ""
        made["en"] = kept or "Item " + "".join("bdfghjklmp"[int(digit)] + "a" for digit in digits)
        made["zh"] = kept.replace("from", "由").replace("to", "到").replace("look at", "看").replace(" and ", "和") or (
            "项" + "".join(STEMS[int(digit)] for digit in digits)
        )
    return made


def _small(dice: Random) -> tuple[Case, Maker]:
    maker = Maker(Random(dice.randrange(2**30)), BLENDED)
    case = maker.build()
    count = iter(range(1000))
    questionnaire = _named(case.questionnaire, count) | {"languages": ["en", "zh"]}
    questionnaire["subject"] = dice.choice(("region", "region", "firm"))
    for measure in questionnaire["countermeasures"].values():
        measure["acts"] = dice.choice(("county", "city", "firm") if dice.random() < 0.3 else ("county",))
    further = [
        (_named(chain, iter(range(500 + 100 * n, 1000))), share) for n, (chain, share) in enumerate(case.further)
    ]
    chain = _named(case.chain, iter(range(700, 1000)))
    further = [([chain[0], *files[1:]], share) for files, share in further]
    return Case(questionnaire, chain, case.answers, further), maker


@cache
def _shipped(subject: str, profile: str, further: tuple[tuple[str, str], ...]) -> Instrument:
    blended = [(shipped_chain(subject, name), Decimal(share)) for name, share in further]
    return instrument_of(shipped_questionnaire(subject), shipped_chain(subject, profile), blended)


@cache
def _words(subject: str) -> str:
    """All words of a shipped questionnaire and its rubrics."""
    tables = [shipped_questionnaire(subject), *(shipped_chain(*at)[-1] for at in PROFILES if at[0] == subject)]
    return _told(tables)


def _told(tables: Any) -> str:
    return json.dumps(tables, ensure_ascii=False, default=str).replace('\\"', '"')


# ── Answers ──


def _answers(dice: Random, questionnaire: Plain, facts: Plain, mood: str, judged: Collection[str]) -> Plain:
    """Answer by a mood, with holes of every state in some of the last moods. `judged`: parts that a floor judges."""
    world, found = World(questionnaire, {"facts": facts, "answers": {}}), Plain()
    questions = {id: one for id, one in questionnaire["questions"].items() if one["kind"] != "text"}
    pillar_of = {id: questionnaire["dimensions"][one["dimension"]]["pillar"] for id, one in questions.items()}
    told = {*questions}
    if mood in ("nothing", "one", "pillar") and questions:
        one = dice.choice(list(questions))
        alike = {id for id in questions if pillar_of[id] == pillar_of[one]}
        told = {"nothing": set[str](), "one": {one}, "pillar": alike}[mood]
    holes = {pillar: dice.choice((0, 0, 0, 10, 50, 100)) if len(mood) < 4 else 0 for pillar in questionnaire["pillars"]}
    weak, weakness = {*dice.sample([*judged], min(len(judged), 1))}, dice.choice((0.4, 0.7, 1.0))
    for id, question in questions.items():
        values = list(values_with_scores(world, id))
        if id not in told or not values or dice.randrange(100) < holes[pillar_of[id]]:
            state = dice.choice(("", "dk", "later", "na"))
            found[id] = {"state": state} | ({"reason": "x"} if state == "na" else {}) if state else {}
            continue
        values.sort(key=lambda pair: pair[1])
        ends = {"best": values[-1], "worst": values[0], "alike": min(values, key=lambda pair: abs(pair[1] - 60))}
        parts = {"low": values[: -(-len(values) // 2)], "high": values[len(values) // 2 :]}
        value = ends[mood][0] if mood in ends else dice.choice(parts.get(mood, values))[0]
        if mood == "weak":
            low = bool(weak & {pillar_of[id], question["dimension"]}) and dice.random() < weakness
            value = (values[0] if low else values[-1] if dice.random() < 0.5 else dice.choice(parts["high"]))[0]
        if mood == "any" and question["kind"] == "number" and dice.random() < 0.7:
            value = value_of(question, dice.randint)
        entry: Plain = {"value": typed(value)}
        entry |= {"year": dice.choice((2023, 2024, 2025))} if dice.random() < 0.3 else {}
        entry |= {"evidence": [dice.choice(("report", " "))]} if dice.random() < 0.3 else {}
        entry |= {"confidence": dice.choice(("high", "low"))} if dice.random() < 0.2 else {}
        entry |= {"note": "x", "by": "y"} if dice.random() < 0.05 else {}
        if dice.random() < 0.03:
            entry["from"] = {
                "kind": dice.choice(("xlsx", "statistics", "csv")),
                "file": dice.choice(("a.csv", "b.csv")),
            }
        found[id] = entry
    return found


def _facts(dice: Random, questionnaire: Plain) -> Plain:
    known = dice.choice((0.0, 0.5, 0.9, 1.0))
    return {
        id: {"value": value_of(fact, dice.randint)} | ({"from": {"kind": "csv"}} if dice.random() < 0.02 else {})
        for id, fact in questionnaire["facts"].items()
        if dice.random() < known
    }


def _sheet(dice: Random, measures: Sequence[str], day: str) -> list[Plain]:
    """Entries of a follow-up sheet, some of them late, some twice."""
    if not measures:
        return []
    chosen = dice.choices(measures, k=dice.randint(1, 4))
    states = ("not_begun", "under_way", "done", "dropped")
    rows: list[Plain] = [{"measure": id, "state": dice.choice(states), "reason": "x"} for id in chosen]
    for row in rows:
        if dice.random() < 0.6:
            row["deadline"] = date.fromisoformat(day) + timedelta(days=dice.choice((-400, -1, 0, 1, 90)))
    return rows


def _called_for(instrument: Instrument, table: Plain) -> list[str]:
    """The measures that fit what was answered."""
    rows = score(instrument, _as_answers(instrument, table)).countermeasures
    return [row.id for row in rows if row.eligible]


def _assessment(
    dice: Random, case: Case, instrument: Instrument, day: str, period: str, name: str, least: float
) -> Plain:
    """Draw answers, and what stands beside them: corrections, plan, follow-up sheet, each as likely as `least`."""
    facts, mood = _facts(dice, case.questionnaire), dice.choice(MOODS)
    measures = list(case.questionnaire.get("countermeasures", {}))
    judged = [floor.node for floor in instrument.rules.floors.values()]
    table: Plain = {
        "subject": {"name": name, "period": period, "respondent": ""},
        "mode": dice.choice(("full", "full", "full", "quick")),
        "facts": facts,
        "answers": _answers(dice, case.questionnaire, facts, mood, judged),
        "override": case.answers.get("override", []) if dice.random() < 0.5 else [],
    }
    if dice.random() < max(0.3, least):
        node = dice.choice([*case.questionnaire["pillars"], *case.questionnaire["dimensions"], *judged])
        factor = Decimal(dice.choice(("0.25", "1", "1.5", "4")))
        target = {"target": Decimal(dice.randint(10, 100))} if factor == 1 or dice.random() < 0.5 else {}
        table["override"] = [{"node": node, "factor": factor, "why": "x"} | target]
    if dice.random() < max(0.7, least):  # of a long list few measures are called for by chance
        measures = _called_for(instrument, table) or measures
    count = min(dice.choice((1, 2, 4, 9)), len(measures)) if dice.random() < max(0.35, least) else 0
    sheet = _sheet(dice, measures, day) if dice.random() < max(0.4, least) else []
    table |= {"plan": {"chosen": dice.sample(measures, count)}, "follow_up": sheet}
    return table | {"mood": mood, "edition": "0.9" if dice.random() < 0.05 else None}


def _as_answers(instrument: Instrument, table: Plain) -> Answers:
    """Put the names of questionnaire and rubric at the head."""
    edition = {"id": instrument.questionnaire.id, "version": table.get("edition") or instrument.questionnaire.version}
    rubric = {"id": instrument.profile.id, "version": chain_version(instrument.chain)}
    head = {"format": "nqpf-answers/1", "questionnaire": edition, "weights": rubric}
    return Answers.model_validate(head | {key: part for key, part in table.items() if key not in ("mood", "edition")})


def _peers(dice: Random, instrument: Instrument, answers: Answers) -> Peers:
    """Make a benchmark of others, some of whose marks are this very score."""
    card = score(instrument, answers)
    own = {"score": card.overall.score, "baseline_score": card.overall.baseline_score}
    own |= {f"{node.level}.{node.id}": node.score for node in card.nodes if node.level != "question"}
    columns = {}
    for name, here in own.items():
        marks = sorted([here or 50.0] * (dice.random() < 0.2) + [dice.uniform(0, 100) for _ in range(5)])[:5]
        columns[name] = {"scored": 40, "mean": marks[2]} | dict(zip(MARKS, marks, strict=True))
    identity = {"id": card.questionnaire.id, "version": card.questionnaire.version, "digest": card.questionnaire.digest}
    rubric = {"id": card.weights.named, "version": card.weights.version, "digest": card.weights.digest, "n": 40}
    if dice.random() < 0.3:
        rubric["id"] = "other"
    alike = [
        {"what": "first_measures", "option": row.id, "n": 20, "of": 40, "chosen": dice.choice((None, 0, 7, 20))}
        for row in card.countermeasures[:1]
    ]
    group = {"group": {}, "n": 40, "columns": columns, "herding": alike}
    raw = {"format": "nqpf-benchmark/1", "questionnaire": identity, "weights": [rubric], "period": "2025"}
    return peers_in(json.dumps(raw | {"groups": [group]}).encode(), "peers.json", {})


def draw(dice: Random) -> State:
    """Draw a state."""
    day, name, least = dice.choice(DAYS), dice.choice(("安和县", "青江市", "")), dice.choice(CROWDED)
    profiles: Sequence[Chain] = ()
    if dice.random() < 0.6:
        case, _maker = _small(dice)
        instrument = other = instrument_of(case.questionnaire, case.chain, case.further)
        told, words = "small", _told([case.questionnaire, case.chain, case.further, case.answers])
    else:
        subject, profile = dice.choice(PROFILES)
        rest = [name for of, name in PROFILES if of == subject and name not in (profile, "baseline")]
        blended = profile != "baseline" and dice.random() < max(0.4, least)
        shares = dice.choice((("0.4",), ("0.3", "0.25"))) if blended else ()
        further = tuple(zip(dice.sample(rest, len(shares)), shares, strict=True))
        instrument, other = _shipped(subject, profile, further), _shipped(subject, dice.choice(rest), ())
        case = Case(shipped_questionnaire(subject), [], {})
        told, words = f"{subject}/{profile} {further}", _words(subject)
        if dice.random() < 0.5:
            profiles = [_shipped(subject, name, ()).chain for of, name in PROFILES if of == subject]
    table = _assessment(dice, case, instrument, day, "2025", name, least)
    answers = _as_answers(instrument, table)
    told += f", {table['mood']}, {table['mode']}, {day}" + ", crowded" * bool(least)
    earlier, before = None, None
    if dice.random() < max(0.4, least):
        then, period = instrument if dice.random() < 0.7 else other, dice.choice(("2024", "2024", "2025", "2026", ""))
        before = _assessment(dice, case, then, day, period, dice.choice((name, name, "别处")), least)
        kind = dice.choice(("same", "changed", "changed", "other"))
        if kind == "same":
            before["answers"] = table["answers"]
        elif kind == "changed":
            kept = {id: entry for id, entry in table["answers"].items() if dice.random() < 0.8}
            before |= {"facts": table["facts"], "mode": table["mode"], "answers": before["answers"] | kept}
        earlier = then, _as_answers(then, before)
        told += f", last time {kind}"
    peers = _peers(dice, instrument, answers) if dice.random() < max(0.2, least) else None
    words += _told([table, before])
    merged = None
    if dice.random() < max(SHARE_MERGED, least):
        merged = respondents(dice, case, instrument, table, lambda one: _as_answers(instrument, one))
        answers, told, words = merged.answers, told + merged.told, words + _told([*NAMES, "report"])
    return State(told, words, instrument, answers, day, earlier, peers, profiles, merged)
