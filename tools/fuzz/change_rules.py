"""What must hold where sentences compare with last time: what rose and fell, why, and what came of the plan."""

import re
from decimal import Decimal

from nqpf_assess.locale import Message, tell
from nqpf_assess.model.comparison import Change
from nqpf_assess.report import comparison_tables, comparison_text
from nqpf_assess.report.follow_up_text import STATE_WORDS, state_words
from nqpf_assess.report.outline import change, standing
from nqpf_assess.report.wording import covered, period_in_sentence
from tools.fuzz.claim_rules import MORE, RULES, Fields, Rule, Truths, claim, left_out
from tools.fuzz.facts import Facts, items, read, shown

__all__ = ("RULES",)


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


def baselines(s: Facts) -> set[object]:
    return {side.card.weights.baseline for side in (s.change.old, s.change.new)}


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


def counted(s: Facts, f: Fields) -> Truths:
    """So many measures of the sheet, or of the plan then, stand so."""
    words = {key: tell(said, s.language) for key, said in STATE_WORDS.items()}
    files = [s.answers, *(s.state.earlier[1:] if s.state.earlier else ())]
    ids = {id for file in files for id in (*file.plan.chosen, *(entry.measure for entry in file.follow_up))}
    return [f["state"] in (*words.values(), tell(state_words(None), s.language)), 0 < int(f["n"]) <= len(ids)]


def lines_then_and_now(s: Facts, f: Fields) -> Truths:
    """Each side has floors that the other has not, as named; none where it has none."""
    old, new = ({(node, float(line)) for node, line in side.lines} for side in (s.change.old, s.change.new))
    none = tell(Message("none"), s.language)
    return [old != new, (f["before"] == none) == (not old - new), (f["after"] == none) == (not new - old)]


def unsplit(s: Facts, f: Fields) -> Truths:
    every = (s.change.overall, s.change.uncapped)
    return [any(c.unsplit is not None and read(f["points"]) == read(shown(c.unsplit)) for c in every)]


claim(counted, "{n} {state}")
claim(lines_then_and_now, comparison_text.OTHER_FLOORS)
claim(unsplit, comparison_text.TOGETHER)
claim(lambda s, f: [f["before"] != f["after"]], comparison_text.EDITIONS)
claim(lambda s, f: [f["before"] == f["after"]], comparison_text.BOTH)
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
    lambda s, f: [all(m >= 0 for m in s.moved.values()), not s.fallen_alone],
    change.NOTHING_FELL,
)
claim(
    lambda s, f: [
        abs(float(read(f["points"])) - (part.points or 0.0)) < 0.15
        for part in s.change.parts
        if part.what == "facts" and not part.pillar
    ],
    change.BY_CONDITIONS,
)
claim(
    lambda s, f: [
        f["gain"] == shown(s.change.planned.gain),
        abs(float(read(f["achieved"])) - s.change.planned.achieved) < 0.15,
    ],
    comparison_tables.BROUGHT,
)
claim(
    lambda s, f: [
        int(f["count"]) == len(s.change.planned.measures),
        not f["states"] or sum(map(read, items(f["states"].strip(" ()（）")))) == int(f["count"]),
    ],
    comparison_tables.CHOSEN,
)
claim(lambda s, f: [not s.earlier.plan.chosen], comparison_tables.NOT_PLANNED)
claim(lambda s, f: [s.change.overall.total is None], change.UNTOLD, comparison_text.NOT_TOLD)
claim(sheet, "Follow-up: {counts}")
claim(lambda s, f: causes(s.change.overall, f), comparison_text.OF_CHANGE)
claim(lambda s, f: causes(s.change.uncapped, f), comparison_text.OF_UNCAPPED)
claim(lambda s, f: [*beside(s, f), len(baselines(s)) == 1], comparison_text.MORE)
claim(lambda s, f: [*beside(s, f), len(baselines(s)) == 2], comparison_text.MORE_UNLIKE)
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

# ── Doubts, causes and what else differs ──


def periods(s: Facts) -> tuple[str, str]:
    then, now = (period_in_sentence(file.subject.period.strip(), s.language) for file in (s.earlier, s.answers))
    return then, now


def fallen_count(s: Facts) -> int:
    return sum(move < 0 for move in s.moved.values()) + len(s.fallen_alone)


def all_risen(s: Facts, f: Fields) -> Truths:
    """Nothing that is not named rose further than what is, and what is counted besides are all others that rose."""
    named = s.parts(re.sub(r" ?[(（][\d.]+ ?→ ?[\d.]+[)）]", "", MORE.sub("", f["names"])))
    exact = {n.id: n.change.total for n in s.change.of("dimension") if n.id in s.moved}
    rises = [exact[node["id"]] for node in named]
    rest = [exact[id] for id, move in s.moved.items() if move > 0 and id not in {node["id"] for node in named}]
    counted = left_out(f["names"]) == len(rest)
    return [named, counted, rises == sorted(rises, reverse=True), max(rest, default=-100.0) <= min(rises) + 1e-9]


def counted_otherwise(s: Facts) -> bool:
    """Whether some question counts in one of the two alone, or has a score in one alone."""
    old, new = ({n.id: n for n in side.card.nodes if n.level == "question"} for side in (s.change.old, s.change.new))
    scored = [{id for id, n in nodes.items() if n.score is not None} for nodes in (old, new)]
    applies = [{id for id, n in nodes.items() if n.applicable_weight > 0} for nodes in (old, new)]
    return scored[0] != scored[1] or applies[0] != applies[1]


def both_bands(s: Facts, f: Fields) -> Truths:
    told = [tell(side.band, s.language) for side in (s.change.old, s.change.new)]
    return [(f["before"], f["after"]) == tuple(told), told[0] != told[1]]


def ends_of(s: Facts, f: Fields) -> Truths:
    found = [n for n in s.change.of("pillar") if tell(n.title, s.language) == f["name"] or n.id in s.nodes]
    told = [(shown(n.change.before), shown(n.change.after)) for n in found]
    return [(f["before"], f["after"]) in told]


def targets(s: Facts) -> tuple[str, str]:
    old, new = (shown(side.card.overall.target) for side in (s.change.old, s.change.new))
    return old, new


def unjudged(s: Facts, f: Fields) -> Truths:
    """Floors whose part has no score, that is assessed, are named on either side, and no others."""
    fired = s.change.old.floors or s.change.new.floors or comparison_text.held(s.change)
    return [s.change.old.unjudged or s.change.new.unjudged, fired]


claim(all_risen, change.RISEN)
claim(lambda s, f: [fallen_count(s) == 1], change.BEHIND)
claim(lambda s, f: [fallen_count(s) > 1], change.BEHIND_FIRST)
claim(
    lambda s, f: [counted_otherwise(s) or s.earlier.mode != s.answers.mode],
    comparison_tables.OTHER_QUESTIONS,
)
claim(
    lambda s, f: [
        (f["before"], f["after"]) == (s.earlier.subject.called, s.answers.subject.called),
        f["before"] != f["after"],
    ],
    comparison_text.OTHER_SUBJECT,
)
claim(lambda s, f: [{*periods(s)} == {f["period"]}], comparison_text.SAME_PERIOD)
claim(
    lambda s, f: [(f["before"], f["after"]) == periods(s), f["before"] > f["after"]],
    comparison_text.WRONG_WAY,
)
claim(
    lambda s, f: [
        (f["before"], f["after"]) == targets(s),
        f["before"] != f["after"],
        s.state.earlier[0] is not s.state.instrument or s.earlier.override != s.answers.override,  # type: ignore[index]
    ],
    comparison_text.TARGET_MOVED,
)
claim(both_bands, "; {before} → {after}")
claim(
    lambda s, f: [{tell(side.band, s.language) for side in (s.change.old, s.change.new)} == {f["band"]}],
    "; {band} as before",
)
claim(unjudged, comparison_text.UNJUDGED)
claim(ends_of, "{name} {before} to {after}")
claim(
    lambda s, f: [f["score"] in [shown(n.change.before) for n in s.change.of("pillar")]],
    standing.AT_LAST,
)
claim(
    lambda s, f: [
        any(
            shown(capped) != shown(free)
            for capped, free in zip(s.change.overall.stages, s.change.uncapped.stages, strict=True)
        )
    ],
    comparison_tables.BEFORE_FLOORS,
)
claim(
    lambda s, f: [
        f["gain"] != shown(s.change.planned.gain),
        f["gain"] == shown(s.change.planned.gain_after_floors),
    ],
    comparison_tables.AFTER_FLOORS,
)
claim(
    lambda s, f: [
        int(f["n"]) == len(s.change.planned.lifts),
        int(f["risen"]) <= sum(lift.achieved > 0 for lift in s.change.planned.lifts),
    ],
    comparison_tables.DIMENSIONS,
)
