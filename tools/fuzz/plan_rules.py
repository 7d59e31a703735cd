"""What must hold where sentences tell of measures, of the yardstick, of last time and of others."""

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from nqpf_assess.engine.gaps import gain_of_set, with_measures
from nqpf_assess.exchange import benchmark
from nqpf_assess.locale import Message, tell
from nqpf_assess.model.comparison import Change
from nqpf_assess.report import comparison_text, ledger_words, peer_words, plan_reason
from nqpf_assess.report.blocks import Table, words_of
from nqpf_assess.report.outline import (
    change,
    criteria,
    decision,
    floors,
    local,
    measures,
    phrases,
    roadmap,
    upward,
    yardstick,
)
from nqpf_assess.report.wording import covered
from tools.fuzz.claim_rules import (
    RULES,
    Fields,
    Rule,
    Truths,
    claim,
    full,
    gained,
    left_out,
    percent,
    prints,
)
from tools.fuzz.facts import Facts, day, is_shown, items, read, shown

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
    ids, work = [row["id"] for row in named], list(tasks(s))
    worth = [shown(gained(s, ids))]
    if all(id in work for id in ids):  # as the cards have it: what they add to all that comes before them
        until, before = (gained(s, work[: work.index(id) + n]) for id, n in ((ids[-1], 1), (ids[0], 0)))
        worth.append(str(read(shown(until)) - read(shown(before))))
    else:  # on top of all tasks
        worth.append(str(read(shown(gained(s, [*work, *ids]))) - read(shown(gained(s, work)))))
    told = "points" not in f or 0 < read(f["points"]) in map(read, worth)
    return [named, all(row["eligible"] for row in named), enough in lifts, told]


def before(s: Facts, id: str) -> set[str]:
    """All that must come before a measure, is called for and not done."""
    needs = [need for need in s.questionnaire.countermeasures[id].needs if s.measures[need]["eligible"]]
    return {one for need in needs if need not in s.closed for one in (need, *before(s, need))}


def best_open(s: Facts, f: Fields, *, less: bool) -> Truths:
    """The best that fits a gap left open: what it brings, and whether that is less for its effort than the acts."""
    row, work = s.measure(f["title"]), list(tasks(s))
    ids, done = work[:3], gained(s, work)
    brings = lambda m: gained(s, [*work, m["id"]]) - done if s.capped else m["gain_after_floors"]
    fit = [m for m in lifters(s, f) if m["eligible"] and not shut(s, m["id"])]
    sums = [0.0, *(gained(s, ids[: n + 1]) for n in range(len(ids)))]
    each = [(sums[n + 1] - sums[n]) / s.measures[id]["effort"] for n, id in enumerate(ids)]
    worth, own = brings(row), row["effort"]
    first = sum(s.measures[id]["effort"] for id in before(s, row["id"]) - {*ids})
    return [
        row in fit and worth >= max(map(brings, fit)) - 1e-9,
        read(f["points"]) == read(shown(worth)),
        [int(one) for one in re.findall(r"\d+", f["effort"])] == ([own, own + first] if first else [own]),
        not less or all(one > worth / row["effort"] - 0.05 for one in each),
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


def leads(s: Facts, ids: Sequence[str]) -> Truths:
    """The first task brings more for its effort than all others."""
    first = next(iter(tasks(s)))
    return [all(s.measures[first]["priority"] > (s.measures[id]["priority"] or 0) for id in ids if id != first)]


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
claim(lambda s, f: [not s.fitting, not s.behind(s.dimensions), *full(s, f)], measures.HOLD)
claim(lambda s, f: [not one for one in full(s, f)], measures.FILL_IN)
claim(lambda s, f: [s.fitting], decision.NO_ACT_LEFT)
claim(lambda s, f: [s.share(s.part(f["name"])) == f["share"]], decision.GAP_NAME)
claim(lambda s, f: lifted(s, f, enough=False), floors.LIFTED_PARTLY)
claim(lambda s, f: lifted(s, f, enough=True), floors.LIFTED_BY, floors.LIFTED_BY_IDLE)
claim(lambda s, f: best_open(s, f, less=True), decision.WHY_OPEN["effort"])
claim(lambda s, f: best_open(s, f, less=False), decision.EFFORT_ALONE)
claim(lambda s, f: best_open(s, f | {"points": "0.0"}, less=False), decision.EFFORT_HELD)
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
claim(
    lambda s, f: [s.above(s.measure(f["title"])), s.measure(f["title"]) in requested(s)],
    decision.ASKED,
)
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
claim(
    lambda s, f: [
        (id := s.measure(f["title"])["id"]) in tasks(s),
        {*s.questionnaire.countermeasures[id].needs} - {*tasks(s)},
    ],
    measures.NOT_AMONG,
)
claim(lambda s, f: [not any(lift > 0 for lift in s.measure(f["title"])["lifts"].values())], plan_reason.FIRST_ALONE)
claim(
    lambda s, f: [is_shown(f[key], s.part(f["dimension"])[key]) for key in ("score", "target")],
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
claim(lambda s, f: [any(own.factor != 1 for own in s.answers.override)], yardstick.CONTAINED)
claim(lambda s, f: [f["target"] in {shown(pillar["target"]) for pillar in s.pillars}], yardstick.HANDED_DOWN)
claim(
    lambda s, f: [prints(s, f, baseline="baseline_score"), read(f["change"]) == abs(s.local)],
    *(yardstick.EFFECT, yardstick.EFFECT_RULES),
)
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
claim(
    lambda s, f: [
        sum(int(f[name]) for name in ("met", "unmet", "rest"))
        + sum(int(read(f[name] or "0")) for name in ("unanswered", "unasked"))
        == int(f["total"])
    ],
    criteria.COUNTS,
)

# ── Last time ──


def fallen(s: Facts, f: Fields) -> Truths:
    node = s.part(f["name"])
    return [s.moved[node["id"]] == -read(f["points"]) < 0, f["after"] == shown(node["score"])]


def fallen_as_a_whole(s: Facts, f: Fields) -> Truths:
    """A pillar that fell, though no dimension of it did."""
    node = s.part(f["name"], "pillar")
    return [s.fallen_alone[node["id"]] == -read(f["points"]) < 0, f["after"] == shown(node["score"])]


def all_fallen(s: Facts, f: Fields) -> Truths:
    """What is named and what is counted are all that fell."""
    named = len(re.findall(r" by [\d.]+ to |下降[\d.]+分至", f["names"]))
    return [named + left_out(f["names"]) == sum(move < 0 for move in s.moved.values()) + len(s.fallen_alone)]


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


def causes(change: Change, f: Fields) -> Truths:
    told = [] if change.unsplit is not None else f["parts"].replace("，", ", ").split(", ")
    return [not told or sum(map(read, told)) == read(shown(change.after)) - read(shown(change.before))]


def beside(s: Facts, f: Fields) -> Truths:
    sides = [side.card.overall for side in (s.change.old, s.change.new)]
    wanted = [(covered(o.coverage), shown(o.evidence_backed), shown(o.baseline_score)) for o in sides]
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
claim(fallen_as_a_whole, change.FELL_AS_A_WHOLE)
claim(all_fallen, change.FELL_FIRST)
claim(risen, change.GAINED)
claim(whole(1), change.ROSE_WHOLE, change.HIGHER)
claim(whole(-1), change.FELL_WHOLE, change.LOWER)
claim(whole(0), change.SAME_WHOLE, change.SAME)
claim(
    lambda s, f: [s.change.overall.before is None, f["after"] == shown(s.change.overall.after) != "–"],
    change.NO_SCORE_THEN,
)
claim(
    lambda s, f: [s.change.overall.after is None, f["before"] == shown(s.change.overall.before) != "–"],
    change.NO_SCORE_NOW,
)
claim(
    lambda s, f: [
        [f["before"], f["after"]] == [covered(e.card.overall.coverage) for e in (s.change.old, s.change.new)]
    ],
    change.ANSWERED_THEN,
)
claim(
    lambda s, f: [all(m >= 0 for m in s.moved.values()), not s.fallen_alone],
    change.NOTHING_FELL,
    change.NOTHING_SCORED_FELL,
)
claim(
    lambda s, f: [
        abs(float(read(f["points"])) - (part.points or 0.0)) < 0.15
        for part in s.change.parts
        if part.what == "facts" and not part.pillar
    ],
    change.BY_CONDITIONS,
)
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
claim(lambda s, f: causes(s.change.overall, f), comparison_text.OF_CHANGE)
claim(lambda s, f: causes(s.change.uncapped, f), comparison_text.OF_UNCAPPED)
claim(beside, comparison_text.MORE)
claim(
    lambda s, f: [s.state.earlier[0] is s.state.instrument, s.earlier.override == s.answers.override],  # type: ignore[index]
    comparison_text.ALL_ANSWERS,
)
claim(
    lambda s, f: [
        not any(one.effects[cause] for cause in ("weights", "questionnaire"))
        for one in (s.change.uncapped, *(node.change for node in s.change.nodes))
    ],
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
claim(
    lambda s, f: [
        int(f["n"]) == sum((n.change.before is None) != (n.change.after is None) for n in s.change.of("pillar"))
    ],
    ", {n} without a score then or now",
)

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
