"""What must hold where sentences tell what is left out, open or outside a range, how even and how sure a result is."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from nqpf_assess.engine.arithmetic import UNKNOWN
from nqpf_assess.engine.crosswalk import applies, readings
from nqpf_assess.engine.states import truth
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.report import wording
from nqpf_assess.report.outline import (
    criteria,
    decision,
    findings,
    method,
    phrases,
    pillars,
    standing,
    sureness,
    upward,
    volume,
)
from tools.fuzz.claim_rules import RULES, Fields, Truths, claim
from tools.fuzz.facts import Facts, read, shown

__all__ = ("RULES",)


def left_out(s: Facts, f: Fields) -> Truths:
    """All pillars that are not assessed are named, and no others."""
    off = [n for n in s.row["nodes"] if n["level"] == "pillar" and n["state"] == "not_assessed"]
    return [off, s.same(s.parts(f["names"], "pillar"), off)]


def outside(s: Facts, f: Fields) -> Truths:
    """A score may lie outside the range of what is open: of the pillars that are named it does."""
    beyond = lambda n: n["score"] is not None and not n["low"] - 1e-9 <= n["score"] <= n["high"] + 1e-9
    return [all(map(beyond, s.parts(re.sub("[“”]", "", f["names"]), "pillar")))]


def ends(s: Facts) -> set[str]:
    return {shown(s.overall[key]) for key in ("confidence_high", "high")}


def without(s: Facts, f: Fields) -> Truths:
    return [any(n["score"] is None for n in s.pillars)]


def built_on(s: Facts, f: Fields) -> Truths:
    return [not any(map(s.reached, s.within(s.part(f["pillar"], "pillar"))))]


def held_by(s: Facts, f: Fields) -> Truths:
    """Whoever is named holds what is not answered; so many questions as stand behind the name."""
    missing = [s.questionnaire.questions[n["id"]].holder for n in s.questions if n["score"] is None]
    told = [words.get(s.language, "").casefold() for words in missing if words]
    return [told.count(f["holder"].casefold()) == read(f["n"])]


def taken_from(s: Facts, f: Fields) -> Truths:
    given = (*s.answers.facts.values(), *s.answers.answers.values())
    files = [one.from_.file or "" for one in given if one.from_ is not None]
    return [0 < int(f["count"]) <= (files.count(f["file"]) if "file" in f else len(files))]


def alone(s: Facts, f: Fields) -> Truths:
    """A measure on the chart: its number, its effort and what it adds alone after the floors."""
    row = s.measure(f["title"])
    return [
        s.numbered(f["number"], f["title"]),
        int(f["effort"]) == row["effort"],
        read(f["gain"]) == read(shown(row["gain_after_floors"])),
    ]


def ranges_of(node: Fields) -> str:
    return "–".join(dict.fromkeys((shown(node["low"]), shown(node["high"]))))  # type: ignore[arg-type]


def set_aside(s: Facts) -> list[str]:
    """Questions that whoever answered calls not applicable; not what carries nothing anyhow."""
    nodes = [node for node in s.nodes.values() if node["level"] == "question" and node["state"] == "na"]
    stated = [n for n in nodes if n["id"] in s.answers.answers and s.answers.answers[n["id"]].state == "na"]
    lines = {n["id"]: (n, dimension := s.nodes[n["parent"]], s.nodes[dimension["parent"]]) for n in stated}
    return [
        id
        for id, line in lines.items()
        if all(node["weight"] > 0 for node in line) and s.questionnaire.questions[id].kind != "text"
    ]


def deciding(s: Facts) -> Iterator[AnyCondition | None]:
    """Yield what says whether questions are asked, apply, by which scale they count, and what profiles correct."""
    for q in s.questionnaire.questions.values():
        yield from (q.show_if, q.na_when, *(case.when for case in getattr(q, "scale_when", ())))
    yield from (one.when for _share, chain in s.assessed.instrument.profiles for file in chain for one in file.adjust)


scored = lambda s: [n for n in s.pillars if n["score"] is not None]

claim(left_out, standing.NOTE_LEFT_OUT)
claim(outside, wording.NOTE_OUTSIDE)
claim(without, standing.NOTE_UNSCORED)
claim(lambda s, f: [any(n["share"] is not None for n in s.pillars)], standing.NOTE_SHARES)
claim(built_on, volume.FOUNDATION)
claim(lambda s, f: [s.capped, ends(s) == {shown(s.overall["score"])}], sureness.END_AT_CAP)
claim(
    lambda s, f: [s.capped, ends(s) != {shown(s.overall["score"])}],
    sureness.END_ABOVE,
)
claim(lambda s, f: [any(n["score"] == 0 for n in scored(s)), not s.row["balance"]["coordination"]], sureness.ZERO)
claim(lambda s, f: [sum(n["score"] > 0 for n in scored(s)) < 2], sureness.NO_BALANCE)
claim(
    lambda s, f: [any(when is not None and truth(when, s.assessed.view) == UNKNOWN for when in deciding(s))],
    decision.MAYBE_OTHERS,
)
claim(lambda s, f: [int(f["count"]) == len(set_aside(s))], wording.SET_ASIDE)
outdated = lambda s: sum(
    answer.revision is not None and answer.revision < asked[id].revision
    for asked, given in ((s.questionnaire.facts, s.answers.facts), (s.questionnaire.questions, s.answers.answers))
    for id, answer in given.items()
)
claim(lambda s, f: [0 < int(f["count"]) <= outdated(s)], decision.EARLIER_WORDING)
other_years = lambda s: [
    given.year
    for n in s.answered
    if (given := s.answers.answers[n["id"]]).year not in (None, s.answers.subject.year)
    and s.questionnaire.questions[n["id"]].kind == "number"
]
claim(
    lambda s, f: [
        int(f["count"]) == len(other_years(s)),
        read(f["year"]) == s.answers.subject.year,
        [int(year) for year in re.findall(r"\d+", f["years"])] == sorted(set(other_years(s))),
    ],
    decision.OTHER_YEARS,
)
little_sure = lambda s: sum(s.answers.answers[n["id"]].confidence == "low" for n in s.answered)
claim(lambda s, f: [int(f["count"]) == little_sure(s)], decision.LITTLE_SURE)
claim(
    lambda s, f: [
        not s.capped,
        int(f["count"]) == little_sure(s),
        (f["low"], f["high"]) == (shown(s.overall["confidence_low"]), shown(s.overall["confidence_high"])),
    ],
    decision.BY_CONFIDENCE,
)
claim(
    lambda s, f: [
        any(not any(x.strip() for x in s.answers.answers[n["id"]].evidence) for n in s.answered if s.supported(n))
    ],
    decision.YEAR_COUNTS,
)
claim(held_by, upward.HOLDER)
claim(taken_from, upward.IMPORTED_FILE, upward.IMPORTED_NAMELESS)
claim(alone, "{number} {title}: effort {effort}, {gain}")
claim(lambda s, f: [f["share"] in [s.share(n) for n in s.dimensions]], findings.OF_SHORTFALL)
claim(
    lambda s, f: [f["open"] and read(f["open"]) == sum(n["score"] is None for n in s.dimensions)],
    "; too few answers for a score: {open}",
)
claim(
    lambda s, f: [f["range"] in {ranges_of(n) for n in s.row["nodes"]}],
    "{name} (possible range {range})",
    ", possible range {range}",
)


# ── Lists cut short, and what is left over ──


def holders(s: Facts, f: Fields) -> Truths:
    """All who are named hold an answer that is missing, and others are told of only where there are some."""
    missing = [s.questionnaire.questions[n["id"]].holder for n in s.questions if n["score"] is None]
    mark = grammar(s.language).listing
    every = {one.casefold() for words in missing if words for one in words.get(s.language, "").split(mark)} - {""}
    others = {"en": " and others", "zh": "等"}[s.language] in f["holders"]
    named = [one for one in every if one in f["holders"].casefold()]
    return [every, len(named) >= min(len(every), decision.THREE), others == (len(every) > decision.THREE)]


def further(s: Facts, f: Fields, holds: Callable[[Facts, Any], bool]) -> Truths:
    """Of some pillar so many parts more than are told are so."""
    counts = [sum(holds(s, node) for node in s.within(pillar)) - pillars.MOST_ITEMS for pillar in s.pillars]
    return [int(f["count"]) in counts, int(f["count"]) > 0]


def unread(s: Facts, f: Fields, state: str) -> Truths:
    found = [
        Counter(each.state for each in readings(s.questionnaire, id, s.assessed.view))
        for id, walk in s.questionnaire.crosswalks.items()
        if applies(walk, s.assessed.view)
    ]
    return [int(f["n"]) in [counted[state] for counted in found]]


def logarithm(s: Facts, f: Fields) -> Truths:
    """What a geometric mean adds up to is the logarithm of a score."""
    scores = [s.overall["uncapped"], *(n["score"] for n in s.pillars)]
    close = [abs(math.log(max(score, 1.0)) - float(read(f["sum"]))) < 0.00051 for score in scores if score is not None]
    return [any(close), "geometric" in (s.rules.means.pillars, s.rules.means.dimensions)]


claim(holders, decision.OPEN_HELD)
claim(lambda s, f: further(s, f, lambda s, n: s.reached(n)), pillars.MORE_REACHED)
claim(lambda s, f: further(s, f, lambda s, n: n in s.behind([n])), pillars.MORE_BELOW)
claim(lambda s, f: further(s, f, lambda s, n: n["score"] is None), pillars.MORE_UNSCORED)
claim(
    lambda s, f: [f["range"] in {ranges_of(n) for n in s.dimensions if n["score"] is None and not n["coverage"]}],
    pillars.UNSCORED_ONE,
)
claim(lambda s, f: unread(s, f, "open"), criteria.UNANSWERED)
claim(lambda s, f: unread(s, f, "not_asked"), criteria.UNASKED)
claim(
    lambda s, f: [any(not applies(walk, s.assessed.view) for walk in s.questionnaire.crosswalks.values())],
    criteria.BEYOND,
)
claim(logarithm, method.TOTAL_LOG, method.TOTAL_OVERALL_LOG)
claim(
    lambda s, f: [any((n["score"] or 0.0) < 1.0 for n in s.row["nodes"] if n["score"] is not None)],
    "Raised to 1 as they entered a geometric mean: {names}.",
)
claim(lambda s, f: [0 < read(f["shown"]) < read(f["total"])], phrases.MORE_IN_FULL, phrases.MORE_ROWS)
claim(lambda s, f: [0 < int(f["shown"]) < int(f["all"])], phrases.DRAWN)
claim(lambda s, f: [int(f["n"]) > 0, f["listed"]], phrases.AND_MORE, phrases.MORE_HOLDERS)
claim(
    lambda s, f: [any(not s.supported(n) and n["score"] > float(read(f["ceiling"])) for n in s.answered)],
    "Answered above {ceiling}, evidence still to be named",
)
