"""What must hold where a sentence is told: the truths that its fields and the figures have to give, by template.

Here those of the verdict, the pillars, the score, its floors and its range; those of the plan and of what it is held
against are in `plan_rules`, which adds to the same `RULES`.
"""

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from nqpf_assess.engine.arithmetic import TOLERANCE, UNKNOWN
from nqpf_assess.engine.gaps import gain_of_set
from nqpf_assess.engine.states import truth
from nqpf_assess.locale import Message, tell
from nqpf_assess.report.outline import (
    decision,
    findings,
    floors,
    front,
    listing,
    measures,
    method,
    pillars,
    ranking,
    standing,
    sureness,
    upward,
    verdict,
)
from nqpf_assess.report.wording import GAPS_UNSCORED, QUICK_SCREENING, RANGE_OUTSIDE, covered
from tools.fuzz.facts import Facts, is_shown, read, shown

Fields = Mapping[str, str]
Truths = Sequence[object]
Rule = Callable[[Facts, Fields], Truths]

RULES: dict[str, Rule] = {}
"""By the key of a template what has to be true where it is told."""


EVERYWHERE: Mapping[str, Callable[[Facts], str]] = {
    "spread": lambda s: percent(s.rules.weight_spread),
    "ceiling": lambda s: shown(s.rules.unsupported_ceiling),
    "minimum": lambda s: percent(s.rules.minimum_coverage),
    "overlap": lambda s: percent(s.rules.overlap),
}
"""Fields that hold one and the same figure in whatever sentence they stand."""


def claim(rule: Rule, *words: Mapping[str, str] | str) -> None:
    """State what sentences claim, all of them the same."""
    RULES.update({(one.key if isinstance(one, Message) else str(one)): rule for one in words})


def percent(share: float | None, decimals: int = 0) -> str:
    return "–" if share is None else shown(share * 100, decimals) + "%"


def span(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else "–".join(dict.fromkeys((shown(low), shown(high))))


def prints(s: Facts, f: Fields, *names: str, **others: str) -> bool:
    """Whether fields hold figures of the overall, under their own names or others."""
    wanted = dict.fromkeys(names) | others
    return all(is_shown(f[name], s.overall[other or name]) for name, other in wanted.items())


def ranges(s: Facts, name: str = "") -> str:
    return span(s.overall[f"{name}low"], s.overall[f"{name}high"])


# ── The verdict, pillars and dimensions ──


def furthest(s: Facts, words: str) -> Truths:
    """What is named lies below its target, and nothing else as far below as the nearest of it."""
    named, behind = s.parts(words, "pillar"), s.behind(s.pillars)
    rest = [s.gap(node) for node in behind if node not in named]
    return [named, all(node in behind for node in named), max(rest, default=-1) < min(map(s.gap, named))]


def leads_and_lags(s: Facts, f: Fields) -> Truths:
    strong = s.parts(f["strong"], "pillar")
    ahead = [s.gap(node) for node in strong]
    return [len(strong) == sum(map(s.reached, s.pillars)), all(map(s.reached, strong)), ahead == sorted(ahead)]


def none_reached(whole: bool) -> Rule:
    every = lambda s: all(node["score"] is not None for node in s.pillars)
    lag = lambda s, f: furthest(s, f["weak"]) if f.get("weak") else []
    return lambda s, f: [not any(map(s.reached, s.pillars)), every(s) == whole, *lag(s, f)]


def opening(holds: Callable[[Facts, Any, Decimal], object]) -> Rule:
    """A paragraph opens with a dimension's score and target; `holds`: what its words say of the gap."""

    def rule(s: Facts, f: Fields) -> Truths:
        node = s.part(f["name"])
        share = not f.get("share") or s.share(node) in f["share"]
        return [
            is_shown(f["score"], node["score"]),
            is_shown(f["target"], node["target"]),
            share,
            holds(s, node, s.gap(node)),
        ]

    return rule


def largest(s: Facts, node: Any, among: Sequence[Any]) -> bool:
    return all(read(s.share(node)) > read(s.share(other)) for other in among if other is not node and other["share"])


def headline(name: str) -> Rule:
    """The finding about a pillar; named are the dimensions in which most of it lies."""

    def rule(s: Facts, f: Fields) -> Truths:
        pillar = s.part(f["pillar"], "pillar")
        own, gap = s.within(pillar), pillar["gap"]
        behind = s.behind(own)
        size = s.gap if not behind or behind[0]["share"] is None else lambda node: read(s.share(node))
        most = [node for node in behind if size(node) == max(map(size, behind))]
        holds = {
            "nothing": lambda: not pillar["coverage"],
            "little": lambda: pillar["score"] is None and pillar["coverage"] > 0,
            "reached": lambda: all(map(s.reached, own)),
            "reached_scored": lambda: not behind and any(node["score"] is None for node in own),
            "reached_but": lambda: s.reached(pillar) and bool(behind),
            "largest": lambda: largest(s, pillar, s.pillars),
            "close": lambda: 0 < gap <= 5 + 1e-9,
            "far": lambda: gap >= 20 - 1e-9,
            "below": lambda: 5 < gap < 20,
        }
        return [holds[name](), not s.parts(f["dimension"]) or s.same(s.parts(f["dimension"]), most)]

    return rule


def bars(s: Facts, f: Fields) -> Truths:
    own = [node for node in s.within(s.part(f["pillar"], "pillar")) if node["gap"] is not None]
    return [
        s.same(s.parts(f["dimension"]), [node for node in own if s.gap(node) == max(map(s.gap, own))]),
        s.behind(own),
    ]


def assessed(s: Facts, f: Fields) -> Truths:
    reached, unscored = sum(map(s.reached, s.dimensions)), sum(node["score"] is None for node in s.dimensions)
    told = [read(f[name]) for name in ("pillars", "dimensions", "questions", "reached", "below")]
    wanted = [len(s.pillars), len(s.dimensions), len(s.questions), reached, len(s.dimensions) - reached - unscored]
    return [told == wanted, read(f["open"] or 0) == unscored]


def half(s: Facts, names: str, several: str = "1") -> Truths:
    """Those that are named make up half of the shortfall, and it takes all of them, the last with those as large."""
    named = s.parts(names)
    shares, rest = [node["share"] for node in named], [n["share"] for n in s.behind(s.dimensions) if n not in named]
    return [
        len(named) == read(several),
        sum(part for part in shares if percent(part, 1) != percent(min(shares), 1)) < 0.5 <= sum(shares) + 1e-9,
        min(shares) >= max([0, *rest]) - 1e-9,
    ]


MORE = re.compile(r"(?: and |以及另外)(\d+)(?: more|项)$")
"""How many a list that is cut short leaves out."""


def left_out(words: str) -> int:
    found = MORE.search(words)
    return int(found[1]) if found else 0


def gaps_left(s: Facts, f: Fields) -> Truths:
    """All pillars are on target, and what is named and counted is every dimension below its own."""
    behind, named = s.behind(s.dimensions), s.parts(MORE.sub("", f["weak"]))
    return [
        all(map(s.reached, s.pillars)),
        all(n in behind for n in named),
        len(named) + left_out(f["weak"]) == len(behind),
    ]


def no_score(s: Facts, f: Fields, nodes: Sequence[Any]) -> Truths:
    """Of some part without a score: how many of its questions are answered, and its range."""
    fits = []
    for node in nodes:
        own = [q for q in s.questions if node["id"] in (q["parent"], s.nodes[q["parent"]]["parent"])]
        told = (sum(q["score"] is not None for q in own), len(own), span(node["low"], node["high"]))
        fits.append(node["score"] is None and told == (int(f["answered"]), int(f["asked"]), f["range"]))
    return [any(fits)]


no_gap: Rule = lambda s, f: [not s.behind(s.dimensions)]
unscored: Rule = lambda s, f: [all(node["score"] is None for node in s.dimensions)]
with_score: Rule = lambda s, f: [node for node in s.dimensions if node["score"] is not None]
on_target: Rule = lambda s, f: [
    int(f["all"]) == len(s.dimensions) == len(with_score(s, f)),
    int(f["reached"]) == sum(map(s.reached, s.dimensions)),
]
on_target_so_far: Rule = lambda s, f: [
    0 < int(f["count"]) == len(with_score(s, f)) < len(s.dimensions),
    int(f["reached"]) == sum(map(s.reached, s.dimensions)),
]


def decided(s: Facts) -> int:
    """Count the checks that the answers decide, either way."""
    scores = zip(s.assessed.instrument.dimensions, s.assessed.figures.scores.dimensions, strict=True)
    view = s.assessed.view._replace(dimensions=dict(scores))
    return sum(truth(check.when, view) != UNKNOWN for check in s.questionnaire.checks.values())


claim(lambda s, f: [s.overall["score"] is None, s.answered], verdict.NO_SCORE)
claim(lambda s, f: [s.questions, not s.answered], verdict.NOTHING)
claim(lambda s, f: [not s.questions], verdict.NOTHING_ASSESSED, verdict.NOTHING_ASSESSED_LEAD)
claim(
    lambda s, f: [int(f["asked"]) == len(s.questions) > 0, not s.answered],
    verdict.NOTHING_LEAD,
    verdict.NOTHING_LEAD_ONE,
)
claim(
    lambda s, f: [*leads_and_lags(s, f), *furthest(s, f["weak"]), all(n["score"] is not None for n in s.pillars)],
    verdict.LEADS_AND_LAGS,
)
claim(
    lambda s, f: [*leads_and_lags(s, f), *furthest(s, f["weak"]), any(n["score"] is None for n in s.pillars)],
    verdict.LEADS_AND_LAGS_SCORED,
)
claim(none_reached(whole=True), verdict.NONE_REACHED, verdict.ONLY_LAG, verdict.ONLY_LAGS_ONE)
claim(none_reached(whole=False), verdict.NONE_SCORED_REACHED, verdict.ONLY_SCORED_LAG, verdict.ONLY_SCORED_LAGS_ONE)
every: Rule = lambda s, f: [all(map(s.reached, s.pillars)), *no_gap(s, f)]
out: Rule = lambda s, f: [all(n["state"] == "not_assessed" for n in s.parts(f["open"], "pillar"))]
claim(every, verdict.EVERY)
claim(gaps_left, verdict.EVERY_BUT)
claim(lambda s, f: [*every(s, f), *out(s, f)], verdict.EVERY_ASSESSED)
claim(lambda s, f: [*gaps_left(s, f), *out(s, f)], verdict.EVERY_ASSESSED_BUT)
claim(
    lambda s, f: [not s.behind(s.pillars), all(n["score"] is None for n in s.parts(f["open"], "pillar"))],
    verdict.EVERY_SCORED,
)
claim(
    lambda s, f: [
        s.answers.mode == "quick",
        not s.behind(s.pillars),
        all(n["state"] == "not_assessed" for n in s.parts(f["open"], "pillar")),
    ],
    verdict.EVERY_ASKED,
)
claim(no_gap, standing.NO_GAP, standing.NO_GAP_YET, ranking.HEADLINE_EMPTY)
claim(lambda s, f: [*no_gap(s, f), not s.capped], decision.NO_ACT_HOLD, ranking.NO_GAPS)
claim(lambda s, f: [*no_gap(s, f), s.capped], ranking.NO_GAPS_HELD)
claim(no_gap, "No scored dimension lies below its target")
claim(
    unscored,
    ranking.EMPTY,
    "Nothing has a score yet, so there is nothing to add up.",
    "no score yet",
    "What the answers show so far",
)
claim(lambda s, f: [any(n["score"] is None for n in s.dimensions)], decision.NO_ACT_YET)
claim(lambda s, f: [s.answers.mode == "quick", with_score(s, f) == list(s.dimensions)], measures.UNASKED)
claim(lambda s, f: [all(n["score"] is None for n in s.pillars)], measures.LEAD_YET)
claim(
    lambda s, f: [*no_gap(s, f), *(not one for one in unscored(s, f)), s.overall["score"] is None], ranking.REACHED_OPEN
)
claim(
    lambda s, f: [s.overall["score"] is None, s.behind(s.dimensions)],
    ranking.OPEN,
    standing.GAPS_OPEN,
)
claim(lambda s, f: [not s.overall["shortfall"], s.behind(s.dimensions)], ranking.HEADLINE_OPEN, GAPS_UNSCORED)
claim(lambda s, f: [s.overall["score"] is None, *(not one for one in unscored(s, f))], method.NO_TOTAL)
claim(lambda s, f: [not any(map(s.reached, s.dimensions))], standing.NO_STRENGTH_SCORED, standing.NOTHING_YET)
claim(lambda s, f: [all(n["score"] is not None and not s.reached(n) for n in s.dimensions)], standing.NO_STRENGTH)
claim(on_target_so_far, standing.HEADLINE_SCORED, pillars.ON_TARGET_SCORED)
claim(on_target, standing.HEADLINE, standing.HEADLINE_ONE, pillars.ON_TARGET, pillars.ON_TARGET_ONE)
claim(lambda s, f: [all(map(s.reached, s.dimensions)), int(f["all"]) == len(s.dimensions)], standing.HEADLINE_ALL)
claim(lambda s, f: furthest(s, f["names"]), standing.CHART)
claim(lambda s, f: [not s.behind(s.pillars)], standing.CHART_REACHED)
claim(lambda s, f: [int(f.get("n", 1)) == len(s.behind(s.dimensions)) - 6], standing.MORE_GAPS, standing.MORE_GAP)
claim(opening(lambda s, n, gap: s.reached(n)), standing.NARROW)
claim(
    opening(lambda s, n, gap: all(gap < s.gap(other) for other in s.dimensions if s.reached(other) and other is not n)),
    findings.FURTHEST_AHEAD,
)
claim(opening(lambda s, n, gap: s.reached(n) and gap <= -10), findings.WELL_AHEAD)
claim(opening(lambda s, n, gap: s.reached(n) and gap >= -10), findings.ON_TARGET)
claim(opening(lambda s, n, gap: largest(s, n, s.dimensions) and not s.reached(n)), findings.MOST_LOST)
claim(opening(lambda s, n, gap: not s.reached(n) and n["score"] < 10), findings.HARDLY_BEGUN)
claim(opening(lambda s, n, gap: gap >= 20), findings.FAR_BELOW)
claim(opening(lambda s, n, gap: 5 <= gap <= 20), findings.BELOW)
claim(opening(lambda s, n, gap: gap <= 5 and not s.reached(n)), findings.NEARLY_THERE)
for name, words in findings.HEADLINES.items():
    claim(headline(name), words)
claim(assessed, pillars.ASSESSED)
claim(bars, pillars.CAPTION_BEHIND, pillars.CAPTION_BEHIND_ALIKE)
claim(lambda s, f: [all(map(s.reached, s.within(s.part(f["pillar"], "pillar"))))], pillars.CAPTION_REACHED)
claim(lambda s, f: [not s.behind(s.within(s.part(f["pillar"], "pillar")))], pillars.CAPTION_REACHED_SCORED)
claim(lambda s, f: [all(n["score"] is None for n in s.within(s.part(f["pillar"], "pillar")))], pillars.CAPTION_UNSCORED)
claim(
    lambda s, f: [
        any(
            (is_shown(f["score"], n["score"]) and is_shown(f["target"], n["target"]))
            and f["coverage"] == covered(n["coverage"])
            and (not f["share"] or s.share(n) in f["share"])
            and (not f["range"] or span(n["low"], n["high"]) in f["range"])
            and f["weight"] == percent(n["effective_weight"] or n["applicable_weight"], 1)
            for n in s.pillars
        )
    ],
    pillars.LEAD,
)
claim(lambda s, f: [all(n["state"] == "not_assessed" for n in s.parts(f["names"], "pillar"))], pillars.LEFT_OUT)
claim(
    lambda s, f: [all(not n["coverage"] for n in s.parts(f["names"], "pillar"))], "Nothing is answered yet in {names}."
)
claim(
    lambda s, f: [any(read(shown(n["to_target"])) == read(f["points"]) > 0 for n in s.answered)],
    *(pillars.TO_TARGET, pillars.TO_TARGET_ONE),
)
claim(
    lambda s, f: [
        s.capped or f["points"] != f["floored"],
        (read(f["points"]), read(f["floored"]))
        in [(read(shown(n["to_target"])), read(shown(n["to_target_after_floors"]))) for n in s.answered],
    ],
    *(pillars.TO_TARGET_FLOORS, pillars.TO_TARGET_ONE_FLOORS),
)
claim(lambda s, f: [all(map(s.reached, s.parts(f["names"])))], "{pillar}: {names} on target")
claim(lambda s, f: no_score(s, f, s.dimensions), pillars.UNSCORED)
claim(lambda s, f: no_score(s, f, s.pillars), pillars.NO_SCORE)
claim(
    lambda s, f: [(f["now"], f["target"]) == (shown((n := s.part(f["name"], "pillar"))["score"]), shown(n["target"]))],
    standing.ITEM,
)
claim(lambda s, f: [read(f["dimensions"]) == len(s.behind(s.dimensions)) > 4], ranking.HEADLINE_SPREAD)
claim(
    lambda s, f: [s.same(s.behind(s.dimensions), s.parts(f["names"]))],
    "One scored dimension lies below its target: {names}",
)
claim(lambda s, f: half(s, f["names"]), "One dimension makes up half of the shortfall or more: {names}")
claim(lambda s, f: half(s, f["names"], f["dimensions"]), "{dimensions} make up half of the shortfall or more: {names}")
claim(
    lambda s, f: [read(f["shortfall"]) - read(f["surplus"]) == read(f["difference"]), read(f["surplus"]) >= 0],
    ranking.LEAD,
)
claim(lambda s, f: [all(s.gap(n) >= 0 for n in s.dimensions if n["score"] is not None)], ranking.LEAD_NONE_AHEAD)
claim(
    lambda s, f: [read(f["shortfall"]) - read(f["surplus"]) == read(f["gap"])],
    "gap {gap}: {shortfall} short, {surplus} ahead",
)
claim(
    lambda s, f: [read(f["gap"]) == s.gap_before_floors],
    "gap {gap}",
    "gap before the floor: {gap}",
    ranking.LEAD_GEOMETRIC,
)
claim(lambda s, f: [any(n["score"] is None for n in s.dimensions)], ranking.WITHOUT)

# ── The score, its floors and its range ──


def told_floors(s: Facts, f: Fields, name: str) -> list[Any]:
    """The floors that fired and are the ones told of."""
    return [
        floor
        for floor in s.fired
        if f[name].casefold() in s.titles(floor.node)
        and is_shown(f["score"], s.nodes[floor.node]["score"])
        and f["below"] == shown(float(floor.below))
        and f.get("cap") in (None, shown(float(floor.cap)))
    ]


def binds(s: Facts, told: Sequence[Any]) -> bool:
    return s.capped and any(abs(float(floor.cap) - s.overall["score"]) < 1e-9 for floor in told)


def holding(number: int | None = None) -> Rule:
    """So many floors hold, all there are, and no open answer can break one."""
    return lambda s, f: [not s.fired, len(s.floors) == (number or int(f["n"])), not breakable(s)]


def breakable(s: Facts, score: float = math.inf) -> set[str]:
    """The parts that may still fall below floors that cap less than a score, by the lowest that open answers allow."""
    lows = ((x.node, s.nodes[x.node]["low"], float(x.below)) for x in s.floors.values() if float(x.cap) < score)
    return {node for node, low, line in lows if low is not None and low < line - 1e-9}


def told_nodes(s: Facts, words: str, nodes: Collection[str]) -> bool:
    """Whether words name these parts and no other that a floor judges; one title may stand within another."""
    every = {floor.node for floor in s.state.instrument.rules.floors.values()}
    found = {node for node in every if any(title in words.casefold() for title in s.titles(node))}
    within = {
        n for n in found for m in nodes for title in s.titles(n) if n != m and any(title in t for t in s.titles(m))
    }
    return bool(nodes) and {*nodes} <= found and found - {*nodes} <= within


def band(s: Facts, f: Fields) -> Truths:
    reached = [one for one in s.bands if float(one.from_) <= s.overall["score"] + 1e-9]
    return [f["band"] == tell(reached[-1].words, s.language)]


def bands(s: Facts, f: Fields) -> Truths:
    """The bands in which the score may lie when the weights vary."""
    low, high, told = s.overall["robust_low"], s.overall["robust_high"], f.get("bands") or f"“{f['band']}”"
    pairs = zip(s.bands, [*(float(one.from_) for one in s.bands[1:]), 1000.0], strict=True)
    inside = [one for one, end in pairs if float(one.from_) - high < TOLERANCE and end - low > TOLERANCE]
    return [all(f"“{tell(one.words, s.language)}”" in told for one in inside), told.count("“") == len(inside)]


def gained(s: Facts, ids: Sequence[str], *, floors: bool = True) -> float:
    gain = gain_of_set(s.assessed, [s.questionnaire.countermeasures[id] for id in ids])
    return gain.after_floors if floors else gain.points


def evidence(s: Facts, f: Fields, least: int = 0, most: int | None = None) -> Truths:
    told = (int(f["answered"]), int(f["asked"]), int(f.get("named", s.named)))
    return [
        told == (len(s.answered), len(s.questions), s.named),
        least <= s.named <= (s.named if most is None else most),
    ]


def unsupported(s: Facts, f: Fields, name: str) -> Truths:
    ceiling = float(read(f["ceiling"]))
    return [read(f[name]) == sum(n["score"] > ceiling + 1e-9 and not s.supported(n) for n in s.answered)]


def weakest(s: Facts, f: Fields) -> Truths:
    return [s.same(s.parts(f["pillars"], "pillar"), [n for n in s.pillars if n["weakest_three"] == "always"])]


def ends(s: Facts, f: Fields) -> Truths:
    told = (("weakest", "low"), ("strongest", "high"))
    right = all({shown(n["score"]) for n in s.parts(f[who], "pillar")} == {f[end]} for who, end in told)
    return [
        right,
        all(read(f["low"]) <= read(shown(n["score"])) <= read(f["high"]) for n in s.pillars if n["score"] is not None),
    ]


inside: Rule = lambda s, f: [read(f["low"]) <= read(shown(s.overall["score"])) <= read(f["high"])]
full: Rule = lambda s, f: [len(s.questions) == len(s.answered)]

claim(lambda s, f: [binds(s, told_floors(s, f, "node"))], verdict.HELD)
claim(lambda s, f: [s.capped, len(s.fired) > 1], verdict.HELD_BY_SEVERAL)
claim(lambda s, f: [binds(s, told_floors(s, f, "Node"))], floors.FLOOR_BINDS)
claim(
    lambda s, f: [any(not s.capped or float(one.cap) > s.overall["score"] + 1e-9 for one in told_floors(s, f, "Node"))],
    floors.FLOOR_IDLE,
)
claim(
    lambda s, f: [
        any(
            f["node"].casefold() in s.titles(x.node) and s.nodes[x.node]["high"] > float(x.below) - 1e-9
            for x in s.fired
        )
    ],
    floors.FLOOR_HANGS,
)
claim(
    lambda s, f: [
        any(
            s.overall["score"] is None or s.overall["score"] < float(one.cap) < s.overall["uncapped"]
            for one in told_floors(s, f, "Node")
        )
    ],
    floors.FLOOR_AT_MOST,
)
claim(
    lambda s, f: [any(one.cap == other.cap for one in told_floors(s, f, "Node") for other in s.fired if other != one)],
    floors.FLOOR_ALIKE,
)
claim(
    lambda s, f: [
        prints(s, f, "score", "target"),
        s.overall["gap"] > 0,
        read(f["gap"]) == s.gap_before_floors or is_shown(f["gap"], s.overall["gap"]),
        not s.capped,
    ],
    verdict.SCORED,
)
claim(lambda s, f: [prints(s, f, "score", "target"), s.overall["gap"] < 1e-9], verdict.SCORED_REACHED)
claim(
    lambda s, f: [prints(s, f, "surplus"), abs(float(read(f["shortfall"])) - s.overall["shortfall"]) < 0.16],
    verdict.OFFSET,
)
claim(lambda s, f: [s.capped, prints(s, f, "score", "uncapped", "target")], verdict.SCORED_CAPPED)
claim(lambda s, f: [s.capped, prints(s, f, "score", "uncapped")], method.CAPPED)
claim(
    lambda s, f: [
        s.capped,
        prints(s, f, "score", "uncapped"),
        (f["range"], f["confidence"]) == (ranges(s, "robust_"), ranges(s, "confidence_")),
        not f["open"] or ranges(s) in f["open"],
    ],
    *(sureness.HELD, sureness.HELD_OR_NOT),
)
claim(lambda s, f: [s.capped, prints(s, f, "uncapped"), s.overall["low"] == s.overall["high"]], decision.HELD_SCORE)
claim(lambda s, f: [s.capped, prints(s, f, "uncapped"), prints(s, f, "low"), prints(s, f, "high")], decision.HELD_RANGE)
claim(lambda s, f: [s.capped, prints(s, f, "score")], sureness.HELD_ALL)
claim(
    lambda s, f: [s.capped, prints(s, f, "score")],
    "Held at {score} by a floor; no range of weights says how firm it is",
)
claim(
    lambda s, f: [s.capped or any(shown(n["to_target"]) != shown(n["to_target_after_floors"]) for n in s.answered)],
    ranking.NOTE_FLOORS,
)
claim(lambda s, f: [s.capped], " These figures belong to the score before the floor.")
claim(band, verdict.IN_BAND, front.BAND_ONLY)
claim(lambda s, f: [*band(s, f), f["range"] == ranges(s)], front.RANGE_BAND)
claim(lambda s, f: [f["range"] == ranges(s)], front.RANGE_ONLY, sureness.OPEN, sureness.OPEN_OUTSIDE)
claim(bands, "The band “{band}” does not change.", "The band may change: {bands}.")
claim(holding(), verdict.FLOORS_HOLD)
for number, words in verdict.FEW_FLOORS.items():
    claim(holding(number), words)
claim(lambda s, f: [not s.fired, told_nodes(s, f["nodes"], breakable(s))], verdict.FLOORS_OPEN)
claim(
    lambda s, f: [
        bool(s.fired),
        told_nodes(s, f["nodes"], breakable(s, s.overall["uncapped"]) - {x.node for x in s.fired}),
    ],
    verdict.FLOORS_OPEN_TOO,
)
claim(
    lambda s, f: [
        told_nodes(
            s,
            f["nodes"],
            {x.node for x in s.state.instrument.rules.floors.values() if s.nodes[x.node]["state"] == "not_assessed"},
        )
    ],
    verdict.FLOORS_LEFT_OUT,
)


def not_lifted(s: Facts, f: Fields, *, on_target: bool) -> Truths:
    """A part lacks so many points to its floor; `on_target`: whether all in it has reached its target."""
    lacks = [x.node for x in s.fired if is_shown(f["missing"], float(x.below) - s.nodes[x.node]["score"])]
    inside = lambda node: [n for n in s.dimensions if node in (n["id"], n["parent"]) and n["score"] is not None]
    met = [node for node in lacks if all(map(s.reached, inside(node))) == on_target]
    return [any(f["target"] == shown(s.nodes[node]["target"]) for node in met)]


claim(lambda s, f: not_lifted(s, f, on_target=False), floors.NOT_LIFTED)
claim(lambda s, f: not_lifted(s, f, on_target=True), floors.TARGET_BELOW)
claim(lambda s, f: [*evidence(s, f | {"named": s.named}), prints(s, f, "low", "high")], verdict.UNSCORED)
claim(lambda s, f: evidence(s, f, 1), decision.ANSWERED)
claim(evidence, decision.ANSWERED_ONE)
claim(lambda s, f: evidence(s, f, len(s.answered)), decision.ANSWERED_EACH)
claim(lambda s, f: evidence(s, f, 0, 0), decision.ANSWERED_BARE)
claim(lambda s, f: [*full(s, f), *evidence(s, f, 0, 0)], decision.ALL_BARE)
claim(lambda s, f: [*full(s, f), *evidence(s, f, 1)], decision.ALL_ANSWERED)
claim(lambda s, f: [*full(s, f), *evidence(s, f, len(s.answered))], decision.ALL_SUPPORTED)
claim(lambda s, f: [*full(s, f), *evidence(s, f, 0, 0), len(s.questions) == 1], decision.ONE_ANSWERED)
claim(lambda s, f: [*full(s, f), *evidence(s, f, 1, 1), len(s.questions) == 1], decision.ONE_SUPPORTED)
claim(lambda s, f: [prints(s, f, "low", "high"), *inside(s, f)], decision.RANGE)
claim(lambda s, f: [prints(s, f, "low", "high")], RANGE_OUTSIDE)
claim(lambda s, f: [prints(s, f, low="robust_low", high="robust_high"), *inside(s, f)], decision.ROBUST)
claim(lambda s, f: [prints(s, f, "score"), f["score"] == ranges(s, "robust_")], decision.ROBUST_SAME)
claim(
    lambda s, f: [*weakest(s, f), not any(n["weakest_three"] == "sometimes" for n in s.pillars)], decision.SAME_WEAKEST
)
claim(weakest, decision.SOME_WEAKEST)
claim(lambda s, f: [not any(n["weakest_three"] == "always" for n in s.pillars)], decision.OTHER_WEAKEST)
claim(
    lambda s, f: [int(f["n"]) == len(s.row["checks"]) > 1],
    decision.CONTRADICTIONS,
    upward.DOUBTS,
    sureness.CHECKS_HEADLINE,
)
claim(lambda s, f: [len(s.row["checks"]) == 1], decision.CONTRADICTION, sureness.HEADLINE_ONE)
claim(lambda s, f: [0 < len(s.row["checks"]) <= 2], upward.FEW_DOUBTS)
claim(lambda s, f: [s.row["checks"]], findings.DOUBTED)
claim(lambda s, f: [not s.row["checks"]], decision.NO_CONTRADICTION, sureness.HEADLINE_NONE)
claim(lambda s, f: [int(f["all"]) == decided(s) > 0, not s.row["checks"]], sureness.NONE)
claim(lambda s, f: [int(f["all"]) == decided(s), s.row["checks"]], sureness.LEAD)
claim(lambda s, f: [int(f["n"]) == len(s.questionnaire.checks) - decided(s) > 0], sureness.NOT_CHECKED)
claim(lambda s, f: [s.answered, s.questionnaire.checks, not decided(s)], sureness.NONE_CHECKED)
claim(lambda s, f: [not s.answered, s.questionnaire.checks], sureness.NOTHING_TO_CHECK)
claim(lambda s, f: [not s.questionnaire.checks], sureness.NONE_TO_CHECK)
claim(lambda s, f: [f["range"] == ranges(s, "robust_"), f["confidence"] == ranges(s, "confidence_")], sureness.ROBUST)
claim(lambda s, f: [f["range"] == ranges(s, "robust_")], sureness.HEADLINE)
claim(lambda s, f: [s.overall["score"] is None, f["open"] == ranges(s)], sureness.NOT_YET)
claim(lambda s, f: [{shown(n["score"]) for n in s.pillars if n["score"] is not None} == {f["low"]}], sureness.EVEN)
claim(ends, sureness.SPREAD, sureness.SPREAD_SCORED)
claim(
    lambda s, f: [
        [f["d"], f["c"], f["modified"]]
        == [shown(s.row["balance"][k], 2) for k in ("coordination", "coupling", "modified_coupling")]
    ],
    sureness.BALANCE,
)
claim(full, sureness.COVERAGE_FULL, listing.COMPLETE, listing.COMPLETE_QUICK, listing.LEAD_FACTS)
claim(
    lambda s, f: [sum(n["coverage"] <= s.part(f["dimension"])["coverage"] for n in s.dimensions[:36]) == 1],
    sureness.COVERAGE_LEAST,
)
claim(
    lambda s, f: [
        int(f["n"]) == sum(n["coverage"] < 1 - 1e-12 for n in s.dimensions[:36]),
        int(f["all"]) == len(s.dimensions[:36]),
    ],
    sureness.COVERAGE_PARTS,
)
claim(evidence, "{answered} of {asked} questions")
claim(lambda s, f: evidence(s, f | {"asked": len(s.questions)}), "evidence for {named} of {answered} answers")
claim(
    lambda s, f: [*unsupported(s, f, "unsupported"), *evidence(s, f | {"asked": len(s.questions)})],
    sureness.VARIANTS_NOTE,
)
claim(lambda s, f: unsupported(s, f, "questions"), listing.EVIDENCE_LEAD, listing.EVIDENCE_LEAD_ONE)
claim(lambda s, f: [s.named < len(s.answered)], "No evidence is named for {numbers}.")
claim(lambda s, f: [read(f["questions"]) == len(s.questions), s.answers.mode == "full"], "Full: {questions}")
claim(lambda s, f: [s.answers.mode == "quick"], QUICK_SCREENING)
claim(
    lambda s, f: [int(f["n"]) == sum(n["level"] == "question" and n["state"] == "hidden" for n in s.row["nodes"])],
    listing.HIDDEN,
)
claim(
    lambda s, f: [read(f["questions"]) == len(s.questions) - len(s.answered)],
    upward.DATA,
    upward.MISSING,
    upward.MISSING_ONE,
)
claim(
    lambda s, f: [
        read(f["questions"]) == len(s.questions) - len(s.answered),
        f["points"] == shown(sum(100 * node["applicable_weight"] for node in s.questions if node["score"] is None)),
    ],
    *(listing.MISSING_LEAD, listing.MISSING_LEAD_ONE),
)
