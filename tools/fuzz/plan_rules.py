"""What must hold where sentences tell of measures, of the yardstick, of last time and of others."""

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from nqpf_assess.engine.following import CLOSED
from nqpf_assess.engine.gaps import gain_of_set, with_measures
from nqpf_assess.exchange import benchmark
from nqpf_assess.locale import Message, tell
from nqpf_assess.report import peer_words, plan_reason
from nqpf_assess.report.blocks import Table, words_of
from nqpf_assess.report.outline import (
    decision,
    floors,
    measures,
    phrases,
    roadmap,
    upward,
)
from tools.fuzz.claim_rules import (
    RULES,
    Fields,
    Rule,
    Truths,
    claim,
    full,
    gained,
    percent,
)
from tools.fuzz.facts import RANKS, Facts, day, is_shown, items, read, shown

__all__ = ("RULES",)

# ── Measures, their order and their days ──

DIVISION = Message("Division of work")


def beyond(s: Facts) -> Decimal:
    """What a floor keeps from counting of today's score and of what the tasks bring, as printed."""
    brought = gain_of_set(s.assessed, [s.questionnaire.countermeasures[id] for id in tasks(s)])
    taken = read(shown(s.overall["uncapped"])) - read(shown(s.overall["score"]))
    return taken + read(shown(brought.points)) - read(shown(brought.after_floors))


def kept_from(s: Facts, ids: Sequence[str]) -> bool:
    """Whether a floor keeps anything from counting of what measures bring."""
    brought = gain_of_set(s.assessed, [s.questionnaire.countermeasures[id] for id in ids])
    return brought.points - brought.after_floors > 1e-9


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


def shut(s: Facts, id: str) -> bool:
    """Whether a measure is done or dropped, or what it needs was dropped."""
    needs = [need for need in s.questionnaire.countermeasures[id].needs if s.measures[need]["eligible"]]
    return id in s.closed or any(s.closed.get(need) != "done" and shut(s, need) for need in needs)


def lifted(s: Facts, f: Fields, *, enough: bool) -> Truths:
    """The measures that are named for a floor lift its node together, as far as it takes or not so far."""
    named = s.measures_in(f["measures"])
    rolled = with_measures(s.assessed, [s.questionnaire.countermeasures[row["id"]] for row in named])
    lifts = []
    for floor in s.fired:
        columns = rolled.pillars if floor.node in s.questionnaire.pillars else rolled.dimensions
        lifts.append(float(columns[s.state.instrument.place[floor.node]].value) - float(floor.below) > -1e-9)
    return [named, all(row["eligible"] for row in named), enough in lifts]


def before(s: Facts, id: str) -> set[str]:
    """All that must come before a measure, is called for and not done."""
    needs = [need for need in s.questionnaire.countermeasures[id].needs if s.measures[need]["eligible"]]
    return {one for need in needs if need not in s.closed for one in (need, *before(s, need))}


def added(s: Facts, points: str, id: str) -> bool:
    """What a measure adds to the tasks with what it needs, and in brackets what it would but for a floor."""
    work = list(tasks(s))
    every = [*work, *before(s, id) - {*work}, id]
    after, free = (gained(s, every, floors=each) - gained(s, work, floors=each) for each in (True, False))
    more = [shown(free)] if read(shown(free)) > read(shown(after)) else []
    return re.findall(r"[\d.]+", points) == [shown(after), *more]


def fits_open(s: Facts, f: Fields) -> Truths:
    """What fits a gap left open: what it adds to all tasks, and its effort with what must come first."""
    row = s.measure(f["title"])
    first = sum(s.measures[id]["effort"] for id in before(s, row["id"]) - {*tasks(s)})
    return [
        row in lifters(s, f) and row["eligible"] and not shut(s, row["id"]),
        added(s, f["points"], row["id"]),
        f["effort"] == row["effort"] + first,
    ]


def requested(s: Facts) -> list[Any]:
    """What the brief asks for of those above: its table tells besides what each adds."""
    head = tell(Message("Request"), s.language)
    found = [b for b in s.blocks if isinstance(b, Table) and b.columns[0].title == head and len(b.columns) == 5]
    return [s.measure(words_of(row[0])) for table in found[:1] for row in table.rows]


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


def order(s: Facts) -> list[str]:
    """The measures of the plan that is told, else those of the division of work."""
    return list(tasks(s)) if s.plan is None else [step.id for step in s.plan.chosen]


def most_for_effort(s: Facts, f: Fields) -> Truths:
    rate = lambda row: (row["gain_after_floors"] or 0) / row["effort"]
    left = [row for row in s.fitting if row["id"] not in s.closed]
    top = rate(s.measure(f["title"])) if "title" in f else 0.0499
    return [all(rate(row) <= top + 1e-9 for row in left)]


above = lambda s: [row for row in s.fitting if s.above(row)]
fitting: Rule = lambda s, f: [int(f["fitting"]) == len(s.fitting), read(f["all"]) == len(s.measures)]
number_of: Rule = lambda s, f: [s.numbered(f["number"], f["title"])]

claim(lambda s, f: [tell(decision.NUMBERS[min(3, len(tasks(s)))], s.language) == f["n"]], decision.ACTS_HEAD)
claim(lambda s, f: [len(tasks(s)) == 1], decision.ACT_HEAD)
claim(lambda s, f: [*together(s, f), not s.capped], decision.TOGETHER)
claim(lambda s, f: [*together(s, f), s.capped or kept_from(s, list(tasks(s))[:3])], decision.TOGETHER_CAPPED)
claim(lambda s, f: [*together(s, f), s.overall["score"] is None], decision.EFFORT_ONLY)
claim(
    lambda s, f: [not s.fitting],
    decision.NO_ACT_FITS,
    decision.NO_ACT_SUITS,
    measures.HEADLINE_NONE,
    measures.HEADLINE_UNSUITED,
)
claim(lambda s, f: [not row["gain"] for row in s.fitting if row["id"] not in s.closed], measures.HEADLINE_YET)
claim(lambda s, f: [not s.fitting, read(f["all"]) == len(s.measures)], measures.LEAD_NONE)
whole: Rule = lambda s, f: [all(node["score"] is not None for node in s.dimensions)]
claim(lambda s, f: [not s.fitting, not s.behind(s.dimensions), *whole(s, f), not s.capped], measures.HOLD)
claim(lambda s, f: [not one for one in whole(s, f)], measures.FILL_IN)
claim(lambda s, f: [s.fitting], decision.NO_ACT_LEFT)
claim(lambda s, f: [s.share(s.part(f["name"])) == f["share"]], decision.GAP_NAME)
claim(lambda s, f: lifted(s, f, enough=False), floors.LIFTED_PARTLY)
claim(lambda s, f: lifted(s, f, enough=True), floors.LIFTED_BY)
claim(fits_open, decision.WHY_OPEN["effort"], decision.WITH_FIRST)
claim(lambda s, f: [s.measure(f["title"])["id"] in s.closed], decision.WHY_OPEN["wish"])
claim(
    lambda s, f: [(id := s.measure(f["title"])["id"]) not in s.closed, shut(s, id), s.measures[id]["eligible"]],
    decision.WAITS,
)
claim(
    lambda s, f: [lifters(s, f), not any(m["eligible"] for m in lifters(s, f))],
    decision.WHY_OPEN["unsuited"],
    decision.WHY_OPEN["past"],
)
claim(lambda s, f: [not lifters(s, f)], decision.WHY_OPEN["none"])
asked: Rule = lambda s, f: [s.above(s.measure(f["title"])), s.measure(f["title"]) in requested(s)]
claim(asked, decision.ASKED)
claim(lambda s, f: [s.share(gap_named(s, f)) in f["names"]], decision.LATER_ONE)
claim(
    lambda s, f: [day(s.state.date) <= day(f["day"]) < day(s.state.date) + timedelta(days=131)],
    decision.SOONER,
)
claim(waits(after=True), decision.FROM_THEN)
claim(waits(after=False), decision.FROM_THEN_BESIDE)
claim(number_of, floors.NAMED, floors.NAMED_FURTHER, decision.OF_NUMBER, measures.TITLE)
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
claim(lift(whole=False), measures.LIFT)
claim(lift(whole=True), measures.LIFT_WHOLE)
claim(lambda s, f: [s.gap(s.part(f["dimension"])) <= 0], measures.LIFT_ABOVE)
claim(lambda s, f: [s.part(f["dimension"])["score"] is None], measures.NO_LIFT)
claim(most_for_effort, measures.MOST_FOR_EFFORT, measures.NOTHING_ALONE)
claim(lambda s, f: [len(s.closed) > 1], measures.CLOSED_ALREADY)
claim(lambda s, f: [len(s.closed) == 1], measures.CLOSED_ONE)
claim(
    lambda s, f: [
        (id := s.measure(f["title"])["id"]) in tasks(s),
        {*s.questionnaire.countermeasures[id].needs} - {*tasks(s)},
    ],
    measures.NOT_AMONG,
)
claim(
    lambda s, f: [is_shown(f[key], s.part(f["dimension"])[key]) for key in ("score", "target")],
    plan_reason.RAISES,
)
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
)
claim(
    lambda s, f: [not s.fitting or above(s), all(m["id"] in s.closed for m in above(s)) or not tasks(s)],
    upward.NO_REQUEST,
)
claim(lambda s, f: [not s.fitting, any(n["score"] is None for n in s.dimensions)], upward.NO_REQUEST_YET)
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
claim(lambda s, f: [{*s.answers.plan.chosen} - {entry.measure for entry in s.answers.follow_up}], measures.AGAIN)

# ── What stands beside the work ──


def named(s: Facts, words: str, wanted: Sequence[str]) -> bool:
    """Whether words name these measures and no others; a title that stands within another may be named with it."""
    found = {row["id"] for row in s.measures_in(words)}
    within = {id for id in found for other in wanted if other != id and title(s, id) in title(s, other)}
    return {*wanted} <= found and found - {*wanted} <= within


def title(s: Facts, id: str) -> str:
    return s.questionnaire.countermeasures[id].title[s.language]


def needed(s: Facts, id: str) -> bool:
    """Whether some dimension that a measure lifts calls for it."""
    measure = s.questionnaire.countermeasures[id]
    least = float(measure.when_at_least or 0)
    behind = {node["id"]: node["score"] for node in s.behind(s.dimensions) if node["id"] in measure.lifts}
    return any(least - 1e-9 <= score < float(measure.when_below) - 1e-9 for score in behind.values())


def gone(s: Facts, *, known: bool) -> list[str]:
    """What was chosen in the plan and is neither called for nor done, or of which nobody knows it yet."""
    left = [id for id in dict.fromkeys(s.answers.plan.chosen) if id in s.measures and not s.measures[id]["eligible"]]
    open_yet = [
        id for id in left if not needed(s, id) and any(map(s.untold, s.questionnaire.countermeasures[id].lifts))
    ]
    return [id for id in left if id not in s.finished and (id not in open_yet) == known]


def shelved(s: Facts) -> int:
    """How many measures that fit stand behind those described in front."""
    return len(s.fitting) - min(6, len(tasks(s)))


def decided(kind: str) -> Rule:
    """Of the work those are named that are decided above, or by others below or beside."""

    def rule(s: Facts, f: Fields) -> Truths:
        own = s.tier
        rank = {id: RANKS.index(s.questionnaire.countermeasures[id].acts) for id in tasks(s)}
        wanted = [id for id, at in rank.items() if own is not None and (at > own if kind == "ask" else at < own)]
        return [wanted, named(s, f["titles"], wanted)]

    return rule


def left(s: Facts) -> list[str]:
    """What of the plan the file's own sheet does not have as done or dropped."""
    own = {entry.measure: entry.state for entry in s.answers.follow_up}
    return [id for id in order(s) if own.get(id) not in CLOSED]


def first_of(s: Facts, f: Fields) -> Truths:
    """What of it comes first."""
    return [s.measure(f["title"])["id"] == left(s)[0]]


def follows(s: Facts, f: Fields) -> Truths:
    """All of the plan that needs what comes first."""
    waiting = [id for id in left(s) if left(s)[0] in s.questionnaire.countermeasures[id].needs]
    return [named(s, f["titles"], waiting)]


def needed_before(s: Facts, f: Fields) -> Truths:
    """What some measure needs, that fits and is not done; `score` knows of no sheet but the file's own."""
    own = {entry.measure: entry.state for entry in s.answers.follow_up}
    needs = [
        [n for n in m.needs if s.measures[n]["eligible"] and known.get(n) != "done"]
        for m in s.questionnaire.countermeasures.values()
        for known in (s.closed, own)
    ]
    return [any(wanted and named(s, f["titles"], wanted) for wanted in needs)]


def later(s: Facts, f: Fields) -> Truths:
    """A task behind the first three lifts what the three leave open."""
    row = s.measures_in(f["measures"])[0]["id"]
    acts = list(tasks(s))[:3]
    lifts = s.questionnaire.countermeasures[row].lifts
    behind = [
        n
        for n in s.behind(s.dimensions)
        if any(t in f["names"].casefold() for t in s.titles(n["id"]))
        if n["id"] in lifts
    ]
    return [row in tasks(s), row not in acts, behind]


claim(lambda s, f: [read(f["measures"]) == shelved(s)], measures.REST_LEAD)
claim(lambda s, f: [named(s, f["titles"], gone(s, known=True))], measures.NOT_ANY_MORE)
claim(lambda s, f: [named(s, f["titles"], gone(s, known=False))], measures.NOT_KNOWN_YET)
claim(lambda s, f: [named(s, f["titles"], [id for id in tasks(s) if s.unsure(id)])], measures.UNSURE)
claim(lambda s, f: [int(f["count"]) == sum(s.unsure(row["id"]) for row in s.fitting)], measures.UNSURE_OF)
claim(lambda s, f: [len(tasks(s)) > 6, int(f["front"]) == 6], measures.FURTHER)
claim(
    lambda s, f: [
        *first_of(s, f),
        bool(f["raises"]) == any(lift > 0 for lift in s.measure(f["title"])["lifts"].values()),
    ],
    plan_reason.FIRST,
)
claim(follows, plan_reason.OPENS)
claim(decided("ask"), roadmap.ASK, roadmap.ASK_FIRM)
claim(decided("coordinate"), roadmap.COORDINATE)
claim(needed_before, upward.NEEDED)
claim(later, decision.LATER, decision.LATER_ONE)
claim(lambda s, f: [above(s)], upward.ADDS, upward.ASKED_NOTE)

# ── Who decides, and until when ──


def due(s: Facts, f: Fields) -> Truths:
    """The end of a month, in which one of the tasks is due."""
    return [any(day(f["month"]) == day(row[5]).replace(day=1) for row in tasks(s).values())]


def by_quarters(s: Facts, f: Fields) -> Truths:
    ends = [day(row[5]) for row in tasks(s).values()]
    last = day(f["last"])
    return [(last.year, last.month) == (max(ends).year, max(ends).month)]


def deciding(*ways: str) -> Rule:
    """Some measure that fits is decided so: by the place itself, by those above, or by others below or beside."""

    def way(s: Facts, id: str) -> str:
        rank = RANKS.index(s.questionnaire.countermeasures[id].acts)
        return "" if s.tier is None else "here" if rank == s.tier else "ask" if rank > s.tier else "coordinate"

    return lambda s, f: [any(way(s, row["id"]) in ways for row in s.fitting)]


claim(due, decision.BY_END)
claim(by_quarters, roadmap.CALENDAR)
claim(deciding("here"), measures.DECIDES["here"])
claim(deciding("ask"), measures.DECIDES["ask"], measures.DECIDES_FIRM["ask"], decision.ASKED_OF)
claim(deciding("coordinate"), measures.DECIDES["coordinate"])
claim(
    lambda s, f: [above(s)], "What lies above the powers of {place}", "Above what {place} may decide: to be asked for"
)

# ── Others, and words that several sections use ──


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


def held(s: Facts, name: str) -> bool:
    """Whether the others have such a score."""
    return name in s.state.peers.benchmark.group({}).columns  # type: ignore[union-attr]


claim(placed, peer_words.STANDING, peer_words.STANDING_BASELINE)
claim(lambda s, f: [s.overall["score"] is None, held(s, "score"), f["n"] == "40"], peer_words.NO_STANDING)
claim(
    lambda s, f: [s.overall["baseline_score"] is None, held(s, "baseline_score"), f["n"] == "40"],
    peer_words.NO_STANDING_BASELINE,
)
claim(lambda s, f: [not held(s, "score") or not held(s, "baseline_score")], peer_words.NOT_HELD)
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
