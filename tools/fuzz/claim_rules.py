"""What must hold where a sentence is told: the truths that its fields and the figures have to give, by template."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from nqpf_assess.engine.gaps import gain_of_set, with_measures
from nqpf_assess.exchange import benchmark
from nqpf_assess.locale import Message, tell
from nqpf_assess.report import comparison_text, ledger_words, peer_words, plan_reason
from nqpf_assess.report.blocks import Table, words_of
from nqpf_assess.report.outline import (
    change,
    criteria,
    decision,
    findings,
    front,
    listing,
    local,
    measures,
    method,
    phrases,
    pillars,
    ranking,
    roadmap,
    standing,
    sureness,
    upward,
    yardstick,
)
from tools.fuzz.facts import Facts, day, items, read, shown

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
    return all(f[name] == shown(s.overall[other or name]) for name, other in wanted.items())


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
            f["score"] == shown(node["score"]),
            f["target"] == shown(node["target"]),
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
    """Those that are named make up half of the shortfall, and it takes all of them."""
    named = s.parts(names)
    shares, rest = [node["share"] for node in named], [n["share"] for n in s.behind(s.dimensions) if n not in named]
    return [
        len(named) == read(several),
        sum(shares[:-1]) < 0.5 <= sum(shares) + 1e-9,
        min(shares) >= max([0, *rest]) - 1e-9,
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
on_target: Rule = lambda s, f: [
    int(f["all"]) == len(s.dimensions),
    int(f["reached"]) == sum(map(s.reached, s.dimensions)),
]

claim(lambda s, f: [s.overall["score"] is None, s.answered], decision.NO_SCORE)
claim(lambda s, f: [s.questions, not s.answered], decision.NOTHING)
claim(lambda s, f: [not s.questions], decision.NOTHING_ASSESSED, decision.NOTHING_ASSESSED_LEAD)
claim(
    lambda s, f: [int(f["asked"]) == len(s.questions) > 0, not s.answered],
    decision.NOTHING_LEAD,
    decision.NOTHING_LEAD_ONE,
)
claim(lambda s, f: [*leads_and_lags(s, f), *furthest(s, f["weak"])], decision.LEADS_AND_LAGS)
claim(none_reached(whole=True), decision.NONE_REACHED, decision.ONLY_LAG, decision.ONLY_LAGS_ONE)
claim(none_reached(whole=False), decision.NONE_SCORED_REACHED, decision.ONLY_SCORED_LAG, decision.ONLY_SCORED_LAGS_ONE)
claim(lambda s, f: [all(map(s.reached, s.pillars)), *no_gap(s, f)], decision.EVERY)
claim(
    lambda s, f: [all(map(s.reached, s.pillars)), all(n in s.behind(s.dimensions) for n in s.parts(f["weak"]))],
    decision.EVERY_BUT,
)
claim(
    lambda s, f: [not s.behind(s.pillars), all(n["score"] is None for n in s.parts(f["open"], "pillar"))],
    decision.EVERY_SCORED,
)
claim(no_gap, decision.NO_ACT_HOLD, standing.NO_GAP, standing.NO_GAP_YET, ranking.NO_GAPS, ranking.HEADLINE_EMPTY)
claim(no_gap, "No scored dimension lies below its target")
claim(
    unscored,
    ranking.EMPTY,
    "Nothing has a score yet, so there is nothing to add up.",
    "no score yet",
    "What the answers show so far",
)
claim(lambda s, f: [all(n["score"] is None for n in s.pillars)], decision.NO_ACT_YET)
claim(lambda s, f: [all(n["score"] is None for n in s.pillars), read(f["all"]) == len(s.measures)], measures.LEAD_YET)
claim(
    lambda s, f: [*no_gap(s, f), *(not one for one in unscored(s, f)), s.overall["score"] is None], ranking.REACHED_OPEN
)
claim(
    lambda s, f: [s.overall["score"] is None, s.behind(s.dimensions)],
    ranking.OPEN,
    ranking.HEADLINE_OPEN,
    standing.GAPS_OPEN,
)
claim(lambda s, f: [s.overall["score"] is None, *(not one for one in unscored(s, f))], method.NO_TOTAL)
claim(lambda s, f: [not any(map(s.reached, s.dimensions))], standing.NO_STRENGTH, standing.NOTHING_YET)
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
            (f["score"], f["target"], f["coverage"]) == (shown(n["score"]), shown(n["target"]), percent(n["coverage"]))
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
        s.capped,
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
    "The whole shortfall lies in one dimension: {names}",
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
claim(lambda s, f: [s.behind(s.dimensions), any(n["score"] is None for n in s.dimensions)], ranking.WITHOUT)

# ── The score, its floors and its range ──


def floors(s: Facts, f: Fields, name: str) -> list[Any]:
    """The floors that fired and are the ones told of."""
    figures = [f["score"], f["below"], f.get("cap")]
    return [
        floor
        for floor in s.fired
        if f[name].casefold() in s.titles(floor.node)
        and figures[:2] == [shown(s.nodes[floor.node]["score"]), shown(float(floor.below))]
        and figures[2] in (None, shown(float(floor.cap)))
    ]


def binds(s: Facts, told: Sequence[Any]) -> bool:
    return s.capped and any(abs(float(floor.cap) - s.overall["score"]) < 1e-9 for floor in told)


def holding(number: int | None = None) -> Rule:
    """So many floors hold, all there are."""
    every = lambda s: all(s.nodes[floor.node]["score"] is not None for floor in s.floors.values())
    return lambda s, f: [not s.fired, len(s.floors) == (number or int(f["n"])), every(s)]


def band(s: Facts, f: Fields) -> Truths:
    reached = [one for one in s.bands if float(one.from_) <= s.overall["score"] + 1e-9]
    return [f["band"] == tell(reached[-1].words, s.language)]


def bands(s: Facts, f: Fields) -> Truths:
    """The bands in which the score may lie when the weights vary."""
    low, high, told = s.overall["robust_low"], s.overall["robust_high"], f.get("bands") or f"“{f['band']}”"
    pairs = zip(s.bands, [*(float(one.from_) for one in s.bands[1:]), 1000.0], strict=True)
    inside = [one for one, end in pairs if float(one.from_) <= high and end > low]
    return [all(f"“{tell(one.words, s.language)}”" in told for one in inside), told.count("“") == len(inside)]


def lifted(s: Facts, f: Fields, *, enough: bool) -> Truths:
    """The measures that are named for a floor lift its node together, as far as it takes or not so far."""
    named = s.measures_in(f["measures"])
    rolled = with_measures(s.assessed, [s.questionnaire.countermeasures[row["id"]] for row in named])
    lifts = []
    for floor in s.fired:
        columns = rolled.pillars if floor.node in s.questionnaire.pillars else rolled.dimensions
        lifts.append(float(columns[s.state.instrument.place[floor.node]].value) - float(floor.below) > -1e-9)
    worth = "points" not in f or read(f["points"]) == read(shown(gained(s, [row["id"] for row in named]))) > 0
    return [named, all(row["eligible"] for row in named), enough in lifts, worth]


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

claim(lambda s, f: [binds(s, floors(s, f, "node"))], decision.HELD)
claim(lambda s, f: [s.capped, len(s.fired) > 1], decision.HELD_BY_SEVERAL)
claim(lambda s, f: [binds(s, floors(s, f, "Node"))], decision.FLOOR_BINDS)
claim(
    lambda s, f: [any(not s.capped or float(one.cap) > s.overall["score"] + 1e-9 for one in floors(s, f, "Node"))],
    decision.FLOOR_IDLE,
)
claim(
    lambda s, f: [
        prints(s, f, "score", "target"),
        s.overall["gap"] > 0,
        read(f["gap"]) == s.gap_before_floors,
        not s.capped,
    ],
    decision.SCORED,
)
claim(lambda s, f: [prints(s, f, "score", "target"), s.overall["gap"] < 1e-9], decision.SCORED_REACHED)
claim(lambda s, f: [s.capped, prints(s, f, "score", "uncapped", "target")], decision.SCORED_CAPPED)
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
claim(lambda s, f: [s.capped, prints(s, f, "uncapped")], decision.HELD_SCORE)
claim(lambda s, f: [s.capped, prints(s, f, "score")], sureness.HELD_ALL)
claim(
    lambda s, f: [s.capped, prints(s, f, "score")],
    "Held at {score} by a floor; no range of weights says how firm it is",
)
claim(lambda s, f: [s.capped], ranking.NOTE_FLOORS, " These figures belong to the score before the floor.")
claim(band, decision.IN_BAND, front.BAND_ONLY)
claim(lambda s, f: [*band(s, f), f["range"] == ranges(s)], front.RANGE_BAND)
claim(lambda s, f: [f["range"] == ranges(s)], front.RANGE_ONLY, sureness.OPEN, sureness.OPEN_OUTSIDE)
claim(bands, "The band “{band}” does not change.", "The band may change: {bands}.")
claim(holding(), decision.FLOORS_HOLD)
for number, words in decision.FEW_FLOORS.items():
    claim(holding(number), words)
claim(
    lambda s, f: [not s.fired, any(s.nodes[x.node]["score"] is None for x in s.floors.values())], decision.FLOORS_OPEN
)
claim(lambda s, f: lifted(s, f, enough=False), decision.LIFTED_PARTLY)
claim(lambda s, f: lifted(s, f, enough=True), decision.LIFTED_BY, decision.LIFTED_BY_IDLE)
claim(
    lambda s, f: [f["missing"] in [shown(float(x.below) - s.nodes[x.node]["score"]) for x in s.fired]],
    decision.NOT_LIFTED,
)
claim(lambda s, f: [*evidence(s, f | {"named": s.named}), prints(s, f, "low", "high")], decision.UNSCORED)
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
claim(lambda s, f: [prints(s, f, "low", "high")], decision.RANGE_OUTSIDE)
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
claim(lambda s, f: [len(s.row["checks"]) == 1], decision.CONTRADICTION, upward.DOUBT, sureness.HEADLINE_ONE)
claim(lambda s, f: [s.row["checks"]], findings.DOUBTED)
claim(lambda s, f: [not s.row["checks"]], decision.NO_CONTRADICTION, sureness.HEADLINE_NONE)
claim(lambda s, f: [int(f["all"]) == len(s.questionnaire.checks), not s.row["checks"]], sureness.NONE)
claim(lambda s, f: [int(f["all"]) == len(s.questionnaire.checks), s.row["checks"]], sureness.LEAD)
claim(lambda s, f: [not s.answered, s.questionnaire.checks], sureness.NOTHING_TO_CHECK)
claim(lambda s, f: [not s.questionnaire.checks], sureness.NONE_TO_CHECK)
claim(lambda s, f: [f["range"] == ranges(s, "robust_"), f["confidence"] == ranges(s, "confidence_")], sureness.ROBUST)
claim(lambda s, f: [f["range"] == ranges(s, "robust_")], sureness.HEADLINE)
claim(lambda s, f: [s.overall["score"] is None, f["open"] == ranges(s)], sureness.NOT_YET)
claim(lambda s, f: [{shown(n["score"]) for n in s.pillars if n["score"] is not None} == {f["low"]}], sureness.EVEN)
claim(ends, sureness.SPREAD)
claim(
    lambda s, f: [
        [f["d"], f["c"], f["modified"]]
        == [shown(s.row["balance"][k], 2) for k in ("coordination", "coupling", "modified_coupling")]
    ],
    sureness.BALANCE,
)
claim(full, sureness.COVERAGE_FULL, listing.COMPLETE, listing.LEAD_FACTS)
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
claim(lambda s, f: [s.answers.mode == "quick"], front.QUICK)
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

# ── Measures, their order and their days ──

DIVISION = Message("Division of work")


def gained(s: Facts, ids: Sequence[str]) -> float:
    return gain_of_set(s.assessed, [s.questionnaire.countermeasures[id] for id in ids]).after_floors


def beyond(s: Facts) -> Decimal:
    """What the tasks bring that a floor keeps from counting, as printed."""
    brought = gain_of_set(s.assessed, [s.questionnaire.countermeasures[id] for id in tasks(s)])
    return read(shown(brought.points)) - read(shown(brought.after_floors))


def tasks(s: Facts) -> dict[str, list[str]]:
    """The division of work: its rows by measure."""
    found = [b for b in s.blocks if isinstance(b, Table) and b.caption == tell(DIVISION, s.language)]
    rows = [[words_of(cell) for cell in row] for table in found[:1] for row in table.rows]
    return {s.measure(row[1])["id"]: row for row in rows}


def divided(s: Facts, f: Fields) -> Truths:
    """Numbers, what all up to a task adds up to, and that nothing is due or stands before what it needs."""
    rows, known = tasks(s), s.questionnaire.countermeasures
    ids, due = list(rows), {id: day(row[5]) for id, row in rows.items()}
    sums = [row[6].lstrip("+") == shown(gained(s, ids[: n + 1])) for n, row in enumerate(rows.values()) if len(row) > 6]
    needs = [(need, id) for id in ids for need in known[id].needs if s.measures[need]["eligible"]]
    lacking = [need for need, _ in needs if need not in due and s.closed.get(need) != "done"]
    return [
        all(sums),
        all(ids.index(need) < ids.index(id) and due[need] <= due[id] for need, id in needs if need in due),
        all(s.numbered(row[0], row[1]) for row in rows.values()),
        all(s.measures[id]["eligible"] and id not in s.closed for id in ids),
        not lacking or s.answers.plan.chosen,
    ]


def together(s: Facts, f: Fields) -> Truths:
    ids = list(tasks(s))[:3]
    right = s.overall["score"] is None or read(f["points"]) == read(shown(gained(s, ids)))
    return [read(f["effort"]) == sum(s.measures[id]["effort"] for id in ids), right]


def gap_named(s: Facts, f: Fields) -> Any:
    """The dimension of “name (share of the shortfall)”."""
    starts = [
        (node, f"{title}{mark}")
        for node in s.behind(s.dimensions)
        for title in s.titles(node["id"])
        for mark in (" (", "（")
        if s.share(node) in f["names"]
    ]
    return next(node for node, start in starts if f["names"].casefold().startswith(start))


def lifters(s: Facts, f: Fields) -> list[Any]:
    node = gap_named(s, f)["id"]
    return [row for id, row in s.measures.items() if node in s.questionnaire.countermeasures[id].lifts]


def best_open(s: Facts, f: Fields, *, less: bool) -> Truths:
    """The best that fits a gap left open: what it brings, and whether that is less for its effort than the acts."""
    row, ids = s.measure(f["title"]), list(tasks(s))[:3]
    fit = [m for m in lifters(s, f) if m["eligible"] and m["id"] not in s.closed]
    sums = [0.0, *(gained(s, ids[: n + 1]) for n in range(len(ids)))]
    each = [(sums[n + 1] - sums[n]) / s.measures[id]["effort"] for n, id in enumerate(ids)]
    worth = row["gain_after_floors"]
    return [
        row in fit and worth >= max(m["gain_after_floors"] for m in fit) - 1e-9,
        read(f["points"]) == read(shown(worth)),
        int(f["effort"]) == row["effort"],
        not less or all(one > worth / row["effort"] - 0.05 for one in each),
    ]


def lift(whole: bool) -> Rule:
    def rule(s: Facts, f: Fields) -> Truths:
        node = s.part(f["dimension"])
        known = any(shown(row["lifts"].get(node["id"], 0)) == f["lift"] for row in s.measures.values())
        return [read(f["gap"]) == s.gap(node) > 0, known, (read(f["lift"]) >= s.gap(node)) == whole]

    return rule


def calendar(s: Facts, f: Fields) -> Truths:
    first, check, done = (day(f[name]) for name in ("first", "check", "done"))
    return [s.measure(f["title"])["eligible"], first <= done, check <= done, (done + timedelta(days=1)).day == 1]


def begins(s: Facts, f: Fields) -> Truths:
    made = day(s.state.date)
    return [day(f["month"]) == (made if made.day == 1 else (made.replace(day=1) + timedelta(days=32)).replace(day=1))]


def months(s: Facts, f: Fields) -> Truths:
    due = sorted(day(row[5]) for row in tasks(s).values())
    return [day(f["first"]) == due[0], day(f["last"]) == due[-1]]


def waits(after: bool) -> Rule:
    """A task begins after what it needs is due, or while that is still under way."""
    due = lambda s, f: max(day(list(tasks(s).values())[int(read(part)) - 1][5]) for part in items(f["before"]))
    return lambda s, f: [(day(f["month"]) > due(s, f)) == after]


def leads(s: Facts, ids: Sequence[str]) -> Truths:
    """The first task brings more for its effort than all others."""
    first = next(iter(tasks(s)))
    return [all(s.measures[first]["priority"] > (s.measures[id]["priority"] or 0) for id in ids if id != first)]


def most_for_effort(s: Facts, f: Fields) -> Truths:
    rate = lambda row: (row["gain_after_floors"] or 0) / row["effort"]
    left = [row for row in s.fitting if row["id"] not in s.closed]
    top = rate(s.measure(f["title"])) if "title" in f else 0.0499
    return [len(left) > 14 or all(rate(row) <= top + 1e-9 for row in left)]


above = lambda s: [row for row in s.fitting if s.above(row)]
fitting: Rule = lambda s, f: [int(f["fitting"]) == len(s.fitting), read(f["all"]) == len(s.measures)]
number_of: Rule = lambda s, f: [s.numbered(f["number"], f["title"])]

claim(lambda s, f: [tell(decision.NUMBERS[min(3, len(tasks(s)))], s.language) == f["n"]], decision.ACTS_HEAD)
claim(lambda s, f: [len(tasks(s)) == 1], decision.ACT_HEAD)
claim(lambda s, f: [*together(s, f), not s.capped], decision.TOGETHER)
claim(lambda s, f: [*together(s, f), s.capped], decision.TOGETHER_CAPPED)
claim(lambda s, f: [*together(s, f), s.overall["score"] is None], decision.EFFORT_ONLY)
claim(
    lambda s, f: [not s.fitting],
    decision.NO_ACT_FITS,
    measures.HEADLINE_NONE,
    measures.HEADLINE_YET,
)
claim(lambda s, f: [not s.fitting, read(f["all"]) == len(s.measures)], measures.LEAD_NONE)
claim(lambda s, f: [not s.fitting, *full(s, f)], measures.HOLD)
claim(lambda s, f: [not s.fitting, *(not one for one in full(s, f))], measures.FILL_IN)
claim(lambda s, f: [s.fitting], decision.NO_ACT_LEFT)
claim(lambda s, f: [s.share(s.part(f["name"])) == f["share"]], decision.GAP_NAME)
claim(lambda s, f: best_open(s, f, less=True), decision.WHY_OPEN["effort"])
claim(lambda s, f: best_open(s, f, less=False), decision.EFFORT_ALONE)
claim(lambda s, f: [s.measure(f["title"])["id"] in s.closed], decision.WHY_OPEN["wish"])
claim(
    lambda s, f: [lifters(s, f), not any(m["eligible"] for m in lifters(s, f))],
    decision.WHY_OPEN["unsuited"],
    decision.WHY_OPEN["past"],
)
claim(lambda s, f: [not lifters(s, f)], decision.WHY_OPEN["none"])
claim(lambda s, f: [s.above(s.measure(f["title"]))], decision.ASKED)
claim(lambda s, f: [s.share(gap_named(s, f)) in f["names"]], decision.LATER_ONE)
claim(
    lambda s, f: [day(s.state.date) <= day(f["day"]) < day(s.state.date) + timedelta(days=131)],
    decision.SOONER,
)
claim(waits(after=True), decision.FROM_THEN)
claim(waits(after=False), decision.FROM_THEN_BESIDE)
claim(number_of, decision.NAMED, decision.NAMED_FURTHER, decision.OF_NUMBER, measures.TITLE)
claim(
    lambda s, f: [read(f["measures"]) == len(tasks(s)), f["gain"] in ("–", shown(gained(s, list(tasks(s)))))],
    *(measures.HEADLINE, measures.HEADLINE_PLAN, measures.HEADLINE_OPEN),
)
claim(fitting, measures.LEAD, measures.LEAD_OPEN, measures.LEAD_LEFT)
claim(
    lambda s, f: [
        *fitting(s, f),
        read(f["measures"]) == len(tasks(s)),
        int(f["effort"]) == sum(s.measures[id]["effort"] for id in tasks(s)),
    ],
    measures.LEAD_PLAN,
)
claim(
    lambda s, f: [
        not s.capped,
        read(f["front"]) == len(tasks(s)),
        f["share"] == percent(gained(s, list(tasks(s))) / s.overall["gap"]),
    ],
    measures.CLOSES,
)
claim(lift(whole=False), measures.LIFT)
claim(lift(whole=True), measures.LIFT_WHOLE)
claim(lambda s, f: [s.gap(s.part(f["dimension"])) <= 0], measures.LIFT_ABOVE)
claim(lambda s, f: [s.part(f["dimension"])["score"] is None], measures.NO_LIFT)
claim(most_for_effort, measures.MOST_FOR_EFFORT, measures.NOTHING_ALONE)
claim(lambda s, f: [len(s.closed) > 1], measures.CLOSED_ALREADY)
claim(lambda s, f: [len(s.closed) == 1], measures.CLOSED_ONE)
claim(lambda s, f: [not any(lift > 0 for lift in s.measure(f["title"])["lifts"].values())], plan_reason.FIRST_ALONE)
claim(
    lambda s, f: [(f["score"], f["target"]) == (shown((n := s.part(f["dimension"]))["score"]), shown(n["target"]))],
    plan_reason.CLOSES,
)
claim(
    lambda s, f: [(f["gain"], int(f["effort"])) in [(shown(m["gain"]), m["effort"]) for m in s.fitting]],
    plan_reason.ALONE,
)
claim(lambda s, f: leads(s, list(s.measures)), ", more for its effort than any other measure here")
claim(lambda s, f: leads(s, list(tasks(s))), ", more for its effort than any other of this plan")
claim(divided, roadmap.DIVISION_NOTE)
claim(lambda s, f: [s.fired, read(f["points"]) == beyond(s) > 0], roadmap.HELD_NOTE)
claim(months, roadmap.HEADLINE, roadmap.HEADLINE_ONE)
claim(calendar, roadmap.CALENDAR_ITEM)
claim(begins, roadmap.LEAD, roadmap.LEAD_NOW)
claim(lambda s, f: [s.tier is not None, not any(s.above(s.measures[id]) for id in tasks(s))], roadmap.HERE_ALL)
claim(lambda s, f: [not all(s.above(s.measures[id]) for id in tasks(s))], roadmap.HERE_REST)
claim(lambda s, f: [s.tier is None], roadmap.UNKNOWN, upward.UNKNOWN)
claim(
    lambda s, f: [s.fitting, not above(s), s.tier is not None],
    upward.NOTHING,
    upward.NOTHING_ASKED,
    upward.NOTHING_ASKED_FIRM,
)
claim(
    lambda s, f: [not s.fitting or above(s), all(m["id"] in s.closed for m in above(s)) or not tasks(s)],
    upward.NO_REQUEST,
)
claim(lambda s, f: [above(s)], upward.NOTHING_ADDED)
claim(
    lambda s, f: [0 < int(f.get("n", 1)) < len([m for m in above(s) if m["id"] not in s.closed])],
    upward.MORE,
    upward.MORE_ONE,
)
claim(lambda s, f: [not above(s), *full(s, f)], "Nothing has to be asked for.")
claim(
    lambda s, f: [(day(s.state.date) - day(f["date"])).days == int(f["count"]) > 0], "{date} (overdue by {count} day)"
)
claim(lambda s, f: [day(f["day"]) < day(s.state.date)], measures.OVERDUE)
claim(lambda s, f: [day(f["day"]) >= day(s.state.date)], measures.SET)
claim(lambda s, f: [any(row[1] in f["titles"] for row in tasks(s).values())], roadmap.SHEET_NOTE)

# ── The yardstick ──


def called(s: Facts, node: str) -> set[str]:
    """How the brief calls a part whose weight was moved; a question by its dimension."""
    question = s.questionnaire.questions.get(node)
    titles = s.titles(node if question is None else question.dimension)
    return (
        titles if question is None else {tell(yardstick.A_QUESTION, s.language, dimension=t).casefold() for t in titles}
    )


def moved(up: bool) -> Rule:
    def rule(s: Facts, f: Fields) -> Truths:
        rows = [row for row in s.row["ledger"] if f["name"].casefold() in called(s, row["node"])]
        shares = [(percent(row["share_baseline"], 1), percent(row["share_final"], 1)) for row in rows]
        return [(f["before"], f["after"]) in shares, (read(f["after"]) > read(f["before"])) == up]

    return rule


def crossed(up: bool) -> Rule:
    def rule(s: Facts, f: Fields) -> Truths:
        rows = [row for row in s.row["ledger"] if f["parent"].casefold() in s.titles(row["node"])]
        counter = any((row["share_final"] < row["share_baseline"]) == up for row in rows)
        return [(read(f["after"]) > read(f["before"])) == up, counter]

    return rule


def by_hand(s: Facts, f: Fields) -> Truths:
    """A correction that stands in the answers, with the target that it states."""
    targets = [shown(None if row.target is None else float(row.target)) for row in s.answers.override]
    return [s.answers.override, "target" not in f or f["target"] in targets or f["target"] == "–"]


claim(moved(up=True), yardstick.RAISED_TO)
claim(moved(up=False), yardstick.LOWERED_TO)
claim(crossed(up=True), ledger_words.RISES_WITHIN)
claim(crossed(up=False), ledger_words.FALLS_WITHIN)
claim(by_hand, yardstick.OWN_BOTH, yardstick.OWN_TARGET, yardstick.OWN_WEIGHT, yardstick.OWN_OFF)
claim(lambda s, f: [f["target"] in {shown(pillar["target"]) for pillar in s.pillars}], yardstick.HANDED_DOWN)
claim(lambda s, f: [prints(s, f, baseline="baseline_score"), read(f["change"]) == abs(s.local)], yardstick.EFFECT)
claim(lambda s, f: [prints(s, f, baseline="baseline_score"), s.local == 0], yardstick.SAME)
claim(lambda s, f: [s.local == read(f["points"]) > 0], yardstick.ADD)
claim(lambda s, f: [-s.local == read(f["points"]) > 0], yardstick.TAKE)
claim(lambda s, f: [s.capped, s.local == 0], yardstick.CAPPED_BOTH)
claim(lambda s, f: [len(s.state.instrument.profiles) == 2], yardstick.BLENDED)
claim(lambda s, f: [len(s.state.instrument.profiles) == 3], yardstick.BLENDED_OF_THREE)
claim(lambda s, f: [len(s.state.instrument.chain) == 1, not s.state.instrument.further], yardstick.BY_BASELINE)
claim(lambda s, f: [s.local == read(f["points"]) > 0], local.HEADLINE_UP)
claim(lambda s, f: [-s.local == read(f["points"]) > 0], local.HEADLINE_DOWN)
claim(lambda s, f: [s.local == 0], local.HEADLINE_EVEN)
claim(lambda s, f: [read(f["change"]) == s.local == read(f["local"]) - read(f["baseline"])], local.CAPTION)
claim(lambda s, f: [read(f["change"]) == s.local], "{conditions}: {change}")
claim(
    lambda s, f: [int(f["n"]) == sum(x.state not in ("answered", "na") for x in s.assessed.view.facts.values())],
    *(local.OPEN_FACT, local.OPEN_FACTS),
)
claim(lambda s, f: [int(f["met"]) + int(f["unmet"]) + int(f["rest"]) == int(f["total"])], criteria.COUNTS)

# ── Last time ──


def fallen(s: Facts, f: Fields) -> Truths:
    node = s.part(f["name"])
    return [s.moved[node["id"]] == -read(f["points"]) < 0, f["after"] == shown(node["score"])]


def risen(s: Facts, f: Fields) -> Truths:
    node = s.part(f["name"])
    then = next(one for one in s.change.of("dimension") if one.id == node["id"]).change.before
    most = s.moved[node["id"]] >= sorted(s.moved.values())[-3:][0] - Decimal("0.1")
    return [f["before"] == shown(then), f["after"] == shown(node["score"]), s.moved[node["id"]] > 0, most]


def whole(sign: int) -> Rule:
    """The score rose, fell or stayed; both ends, or the difference, as printed."""

    def rule(s: Facts, f: Fields) -> Truths:
        before, after, change = shown(s.change.overall.before), shown(s.change.overall.after), s.changed
        told = f.get("before", before) == before and f.get("after", after) == after
        return [(change > 0) - (change < 0) == sign, told, "points" not in f or read(f["points"]) == abs(change)]

    return rule


def most_of_it(s: Facts, f: Fields) -> Truths:
    """Nothing else moved the score as far the way it went."""
    sign = 1 if s.changed > 0 else -1
    moves = {part.what: part.points for part in s.change.parts} | dict(s.change.overall.effects)
    named = moves.pop(s.part(f["pillar"], "pillar")["id"]) * sign
    rest = [read(shown(points)) * sign for what, points in moves.items() if points is not None and what != "answers"]
    return [named > 0, read(shown(named)) > max(rest)]


def causes(s: Facts, f: Fields) -> Truths:
    told = [] if s.change.overall.unsplit is not None else f["parts"].replace("，", ", ").split(", ")
    return [not told or sum(map(read, told)) == s.changed]


def beside(s: Facts, f: Fields) -> Truths:
    sides = [side.card.overall for side in (s.change.old, s.change.new)]
    wanted = [(percent(o.coverage), shown(o.evidence_backed), shown(o.baseline_score)) for o in sides]
    return [
        tuple(f[name] for name in ("coverage", "backed", "baseline"))
        == tuple(map(" → ".join, zip(*wanted, strict=True)))
    ]


def sheet(s: Facts, f: Fields) -> Truths:
    files = [s.answers, *(s.state.earlier[1:] if s.state.earlier else ())]
    ids = {id for file in files for id in (*file.plan.chosen, *(entry.measure for entry in file.follow_up))}
    return [sum(map(read, items(f["counts"]))) == len(ids)]


def pillars_moved(s: Facts, f: Fields) -> Truths:
    moves = [n.change for n in s.change.of("pillar") if n.change.total is not None]
    rises = [read(shown(move.after)) - read(shown(move.before)) for move in moves]
    periods = [file.subject.period for file in (s.earlier, s.answers)]
    named = not all(periods) or periods[0] == periods[1] or all(map(str.__contains__, (f["then"], f["now"]), periods))
    return [named, int(f["up"]) == sum(rise > 0 for rise in rises), int(f["down"]) == sum(rise < 0 for rise in rises)]


def placed(s: Facts, f: Fields) -> Truths:
    """Between which marks of the others the score lies."""
    fits = []
    for name in ("score", "baseline_score"):
        spread, score = s.state.peers.benchmark.group({}).columns.get(name), s.overall[name]  # type: ignore[union-attr]
        if spread is not None and (f["score"], f["median"]) == (shown(score), shown(spread.median)):
            marks = [float(getattr(spread, mark)) for mark in benchmark.MARKS]
            met = {words for words, mark in zip(benchmark.LEVEL_WITH, marks, strict=True) if abs(score - mark) < 1e-9}
            words = met or {benchmark.WORDS[sum(score > mark for mark in marks)]}
            fits.append(any(tell(one, s.language) in f["place"] for one in words))
    return [any(fits)]


claim(fallen, change.FELL)
claim(risen, change.GAINED)
claim(whole(1), change.ROSE_WHOLE, change.HIGHER)
claim(whole(-1), change.FELL_WHOLE, change.LOWER)
claim(whole(0), change.SAME_WHOLE, change.SAME)
claim(lambda s, f: [all(move >= 0 for move in s.moved.values())], change.NOTHING_FELL, change.NOTHING_SCORED_FELL)
claim(most_of_it, change.MOST_OF_IT)
claim(
    lambda s, f: [
        f["gain"] == shown(s.change.planned.gain),
        abs(float(read(f["achieved"])) - s.change.planned.achieved) < 0.15,
        read(f["measures"] or 1) == len(s.change.planned.measures),
    ],
    *(change.GOALS, change.GOALS_NO_STATE, change.GOALS_ONE, change.GOALS_ONE_NO_STATE),
)
claim(lambda s, f: [not s.earlier.plan.chosen], change.NOT_PLANNED)
claim(lambda s, f: [s.change.overall.total is None], change.UNTOLD, comparison_text.NOT_TOLD)
claim(sheet, "Follow-up: {counts}")
claim(causes, "Of the change, {parts}.")
claim(beside, comparison_text.MORE)
claim(
    lambda s, f: [s.state.earlier[0] is s.state.instrument, s.earlier.override == s.answers.override],  # type: ignore[index]
    comparison_text.ALL_ANSWERS,
)
claim(
    lambda s, f: [not any(n.change.effects[cause] for n in s.change.nodes for cause in ("weights", "questionnaire"))],
    comparison_text.ONLY_ANSWERS,
)
claim(lambda s, f: [s.earlier.override != s.answers.override], comparison_text.OVERRIDES)
claim(lambda s, f: [s.earlier.mode != s.answers.mode], comparison_text.OTHER_MODE)
claim(
    lambda s, f: [
        (f["before"], f["after"]) == (shown(s.change.overall.before), shown(s.change.overall.after)),
        not f["change"] or read(f["change"]) == s.changed,
    ],
    "Overall score {before} → {after}{change}{bands}",
)
claim(
    lambda s, f: [read(f["after"]) - read(f["before"]) == read(f["change"])],
    "Before the floors: {before} → {after} ({change}).",
)
claim(lambda s, f: [s.change.old.floors or s.change.new.floors], "Floors that broke: then {before}; now {after}.")
claim(pillars_moved, "Pillars, {then} and {now}: {up} higher, {down} lower")

# ── Others, and words that several sections use ──

claim(placed, peer_words.STANDING, peer_words.STANDING_BASELINE)
claim(
    lambda s, f: [
        f["share"] == percent(int(f["n"]) / int(f["of"])),
        int(f.get("chosen") or 0) <= int(f["n"]) <= int(f["of"]),
    ],
    *(peer_words.ALIKE, peer_words.RECOMMENDED, peer_words.RECOMMENDED_SOME, peer_words.RECOMMENDED_OR),
)
for one, many in (phrases.QUESTIONS, phrases.PILLARS, phrases.DIMENSIONS, phrases.MEASURES, phrases.POINTS):
    claim(lambda s, f: [re.fullmatch(r"1(\.0)?", f["n"])], one)
    claim(lambda s, f: [not re.fullmatch(r"1(\.0)?", f["n"])], many)
