"""What must hold where `explain` tells how a figure came about, which floors fired, and what one answer would do."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from nqpf_assess.engine.explaining import answer_earning, done_for
from nqpf_assess.engine.gaps import with_answer
from nqpf_assess.engine.scoring import assess, scored_here
from nqpf_assess.kinds import kind_of
from nqpf_assess.model.answers import Answer
from nqpf_assess.model.base import stated_keys
from nqpf_assess.model.scorecard import OVERALL
from nqpf_assess.pages import explanation
from nqpf_assess.report import ledger_words
from nqpf_assess.report.blocks import Paragraph, runs
from tools.fuzz.claim_rules import RULES, Fields, Truths, claim, percent
from tools.fuzz.facts import Facts, is_shown, read, shown

__all__ = ("RULES",)


@dataclass
class Explained:
    """A node or a floor as it is explained."""

    id: str
    lines: tuple[Paragraph, ...]


def explained(s: Facts, dice: Random) -> Iterator[Explained]:
    """Explain each floor, the overall and some of its parts."""
    for id in s.state.instrument.rules.floors:
        told = explanation.floor_lines(s.assessed, id, s.language)
        yield Explained(id, tuple(Paragraph(runs(line.strip())) for line in told))
    nodes = [node["id"] for node in s.row["nodes"]]
    for id in (OVERALL, *dice.sample(nodes, min(3, len(nodes)))):
        lines = [*explanation.lines_of(s.assessed, explanation.explain(s.assessed, id)[0], s.language)]
        lines += explanation.weight_lines(s.assessed, id, s.language)
        lines += explanation.gain_lines(s.assessed, id, s.language)
        yield Explained(id, tuple(Paragraph(runs(line.strip())) for line in lines))


# ── Floors ──


def floor(s: Facts) -> Any:
    return s.state.instrument.rules.floors[s.explained]


def score_of(s: Facts, node: str) -> Any:
    return s.nodes[node]["score"]


def told_floor(s: Facts, f: Fields) -> Truths:
    rule = floor(s)
    told = [f["id"] == s.explained, f["node"].casefold() in s.titles(rule.node), f["below"] == f"{float(rule.below):g}"]
    return [*told, f["cap"] == f"{float(rule.cap):g}"]


def inside(s: Facts) -> list[Any]:
    """The answers that have a part in the score of the floor's node."""
    node = floor(s).node
    dimensions = [n for n in s.dimensions if node in (n["id"], n["parent"]) and n["score"] is not None]
    ids = {n["id"] for n in dimensions}
    return [n for n in s.answered if n["parent"] in ids]


def by_title(s: Facts, words: str) -> Any:
    """The question that is meant: titles may be alike, so one that makes the sentence true where there are several."""
    bare = words.strip("“”").casefold()
    return [n for n in inside(s) if bare in s.titles(n["id"]) or words.casefold() in s.titles(n["id"])]


def lifts(s: Facts, question: str, score: float) -> bool:
    """Whether the floor's node is past its line with this answer at another score."""
    rule, place = floor(s), s.state.instrument.place
    rolled = with_answer(s.assessed, place[question], score)
    if rolled is None:
        return False
    columns = rolled.pillars if rule.node in s.questionnaire.pillars else rolled.dimensions
    return bool(columns) and float(columns[place[rule.node]].value) - float(rule.below) > -1e-9


def best_of(s: Facts, question: str) -> float:
    asked = s.questionnaire.questions[question]
    return float(kind_of(asked).reach(asked, scored_here(s.state.instrument, question, s.assessed.view))[1])


def lifting(s: Facts) -> list[str]:
    return [n["id"] for n in inside(s) if lifts(s, n["id"], best_of(s, n["id"]))]


def least(s: Facts, question: str) -> float:
    """The least score of an answer that lifts the floor's node."""
    low, high = 0.0, best_of(s, question)
    for _step in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if lifts(s, question, middle) else (middle, high)
    return high


def in_reach(s: Facts) -> list[str]:
    """What only time brings is not: that no penalty was given within 24 months, though one may be closed."""
    return [id for id in lifting(s) if done_for(s.assessed, id, least(s, id))]


def lifted_by(s: Facts, f: Fields) -> Truths:
    needed, now = float(read(f["needed"])), read(f["now"])

    def fits(n: Any) -> bool:
        enough = lifts(s, n["id"], min(needed + 0.06, 100.0)) and not lifts(s, n["id"], needed - 0.06)
        return enough and is_shown(f["now"], n["score"]) and n["id"] in in_reach(s)

    return [any(map(fits, by_title(s, f["question"]))), now < read(f["needed"])]


def enough(s: Facts, f: Fields) -> Truths:
    """With the answer that is named, given in earnest, the node is past its line."""
    needed = float(read(f["needed"]))
    told = []
    for n in by_title(s, f["question"]):
        asked = s.questionnaire.questions[n["id"]]
        for by in (-0.05, -0.025, 0.0, 0.025, 0.05):
            value = answer_earning(s.assessed, n["id"], min(needed + by, 100.0))
            if value is None or kind_of(asked).full(asked, value, s.language) != f["answer"]:
                continue
            given = Answer(
                **{**dict(stated_keys(s.answers.answers[n["id"]])), "value": kind_of(asked).stored(asked, value)}
            )
            answers = s.answers.model_copy(update={"answers": {**s.answers.answers, n["id"]: given}})
            anew = assess(s.state.instrument, answers)
            others = any(s.assessed.view.questions[id].state != seen.state for id, seen in anew.view.questions.items())
            if others or anew.rubric.weights != s.assessed.rubric.weights:
                return lifted_by(s, f)  # other questions or weights would count, which only an assessment tells
            rule, place = floor(s), s.state.instrument.place
            scores = anew.figures.scores
            columns = scores.pillars if rule.node in s.questionnaire.pillars else scores.dimensions
            column = columns[place[rule.node]]
            told.append(not column.has or float(column.value) - float(rule.below) > -1e-9)
    return [*lifted_by(s, f), any(told)]


def fired_by(s: Facts, f: Fields) -> Truths:
    low = sorted(n["score"] for n in inside(s) if n["score"] - float(floor(s).below) < -1e-9)
    told = [
        n
        for n in inside(s)
        if any(title in f["questions"].casefold() for title in s.titles(n["id"]))
        and n["score"] - float(floor(s).below) < -1e-9
    ]
    return [low, len(told) >= min(3, len(low)), all(n["score"] <= low[:3][-1] + 1e-9 for n in told) or len(told) > 3]


def total_without(s: Facts) -> float:
    """The overall once the node is at its line: of its own floors only those that begin higher still hold."""
    mine = floor(s)
    caps = [
        float(other.cap)
        for other in s.fired
        if other.node != mine.node or float(other.below) > float(mine.below) + 1e-9
    ]
    return min([s.overall["uncapped"], *caps])


def worth(s: Facts, f: Fields) -> Truths:
    now, after = shown(s.overall["score"], 2), shown(total_without(s), 2)
    return [(f["now"], f["after"]) == (now, after), f["below"] == f"{float(floor(s).below):g}"]


claim(
    lambda s, f: [
        *told_floor(s, f),
        s.explained in s.overall["floors"],
        is_shown(f["score"], score_of(s, floor(s).node)),
    ],
    explanation.FLOOR_FIRED,
)
claim(
    lambda s, f: [
        *told_floor(s, f),
        s.explained not in s.overall["floors"],
        is_shown(f["score"], score_of(s, floor(s).node)),
        score_of(s, floor(s).node) - float(floor(s).below) > -1e-9,
    ],
    explanation.FLOOR_QUIET,
)
claim(
    lambda s, f: [*told_floor(s, f), s.nodes[floor(s).node]["score"] is None, s.explained not in s.overall["floors"]],
    explanation.FLOOR_UNJUDGED,
)
claim(fired_by, explanation.FIRED_BY)
claim(lifted_by, explanation.LIFTED_BY)
claim(enough, explanation.LIFTED_BY_ANSWER)
claim(lambda s, f: [int(f["count"]) == len(in_reach(s)) - explanation.MOST_LIFTING > 0], explanation.LIFTED_BY_MORE)
claim(lambda s, f: [not lifting(s)], explanation.LIFTED_BY_NONE)
claim(worth, explanation.WORTH)

# ── Figures ──


def to_target(s: Facts, f: Fields) -> Truths:
    node = s.nodes[s.explained]
    points, floored = shown(node["to_target"], 2), shown(node["to_target_after_floors"], 2)
    return [f["points"] == points, f["floored"] == floored, not s.questionnaire.questions[s.explained].only_time]


def products_by_hand(s: Facts) -> set[str]:
    """What the factors set by hand come to, part by part: several may correct one."""
    found = dict[str, float]()
    for change in s.answers.override:
        found[change.node] = found.get(change.node, 1.0) * float(1 if change.factor is None else change.factor)
    return {f"{factor:g}" for factor in found.values()}


def ledger_of(s: Facts) -> Any:
    return next(row for row in s.row["ledger"] if row["node"] == s.explained)


def too_little(s: Facts, f: Fields) -> Truths:
    node = s.overall if s.explained == OVERALL else s.nodes[s.explained]
    covered = node["coverage"] < s.rules.minimum_coverage - 1e-9
    return [node["score"] is None, covered, f["minimum"] == percent(s.rules.minimum_coverage)]


claim(
    lambda s, f: [*to_target(s, f), f["points"] == f["floored"]],
    explanation.TO_TARGET,
)
claim(lambda s, f: [*to_target(s, f), f["points"] != f["floored"]], explanation.TO_TARGET_FLOORED)
claim(lambda s, f: [s.capped, f["score"] == shown(s.overall["score"], 2)], explanation.AFTER_FLOORS)
claim(too_little, explanation.TOO_LITTLE)
claim(
    lambda s, f: [
        f["before"] == f"{ledger_of(s)['baseline']:g}",
        f["after"] == f"{ledger_of(s)['final']:.6g}",
        f["before"] != f["after"] or ledger_of(s)["baseline"] != ledger_of(s)["final"],
    ],
    explanation.STATED,
)
claim(  # the page of the score tells every correction by hand so
    lambda s, f: [
        any(
            f"{step['factor']:g}" in f["factor"]
            for row in ([ledger_of(s)] if s.explained else s.row["ledger"])
            for step in row["steps"]
        )
        or f["factor"] in products_by_hand(s)
    ],
    ledger_words.TIMES,
)
