"""What must hold where `plan`, `score` and `suggest` tell a plan, a score and a choice of weights as text."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random
from typing import Any

from nqpf_assess.engine.arithmetic import TRUE, UNKNOWN
from nqpf_assess.engine.following import progress
from nqpf_assess.engine.gaps import gain_of_set
from nqpf_assess.engine.planning import planner_of
from nqpf_assess.engine.profiles import suggestions
from nqpf_assess.locale import tell
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.pages import plan, score, suggestion
from nqpf_assess.report import comparison_tables, plan_reason
from nqpf_assess.report.blocks import Block, Paragraph, runs
from tools.fuzz.claim_rules import RULES, Fields, Rule, Truths, claim, ranges
from tools.fuzz.facts import Facts, is_shown, read, shown
from tools.fuzz.plan_rules import named, order
from tools.fuzz.weight_rules import fit

__all__ = ("RULES",)

Page = Sequence[Block]


def pages(s: Facts, card: Scorecard, dice: Random) -> Iterator[Page]:
    """Make the pages as text: the score, a plan for an effort drawn at random, the choice of weights."""
    yield tuple(score.score_blocks(s.state.instrument, s.answers, card, s.language))
    planner, budget = planner_of(s.assessed), dice.choice((0, 1, 2, 3, 5, 9))
    chosen = [row["id"] for row in s.fitting if dice.random() < 0.3] if dice.random() < 0.3 else []
    by_hand = bool(chosen) and s.overall["score"] is not None
    s.plan = planner.what_if((*chosen, *planner.needed_by(chosen)), budget) if by_hand else planner.plan(budget)
    told = plan.plan_blocks(s.plan, card, s.questionnaire, s.language, progress=progress(s.answers))
    yield tuple(told)
    if s.state.profiles:
        judged = suggestions(s.questionnaire, s.state.profiles, s.answers)
        found = [one._replace(moves=()) for one in judged]  # what each moves is not of this assessment
        said = suggestion.suggestion_lines(found, s.state.instrument, s.answers, s.language)
        yield tuple(Paragraph(runs(line.strip())) for line in said)
    s.plan = None
    if s.state.earlier is not None:
        books = (s.state.earlier[0].questionnaire, s.questionnaire)
        compared = comparison_tables.comparison_lines(s.change, books, s.language, width=100)
        yield tuple(Paragraph(runs(line.strip())) for line in compared)


def sheet(s: Facts) -> dict[str, Any]:
    """What the file's own sheet has as begun or dropped."""
    last = {entry.measure: entry.state for entry in s.answers.follow_up}
    return {id: state for id, state in last.items() if state != "not_begun"}


# ── A plan ──


def gains(s: Facts, ids: Sequence[str]) -> Any:
    return gain_of_set(s.assessed, [s.questionnaire.countermeasures[id] for id in ids])


def floored(s: Facts) -> bool:
    found = gains(s, order(s))
    return abs(found.points - found.after_floors) >= 0.05


def within(s: Facts) -> list[tuple[str, ...]]:
    """Sets of one and two measures that could be chosen for the same effort."""
    effort = {row["id"]: row["effort"] for row in s.fitting}
    needs = {id: {*s.questionnaire.countermeasures[id].needs} & {*effort} for id in effort}
    sets = [*((id,) for id in effort), *combinations(effort, 2)][:200]
    assert s.plan is not None
    return [
        ids for ids in sets if sum(effort[id] for id in ids) <= s.plan.budget and all(needs[id] <= {*ids} for id in ids)
    ]


def best(after: bool) -> Rule:
    """No few measures within the effort gain more, before the floors; `after`: nor after them."""

    def rule(s: Facts, f: Fields) -> Truths:
        told, sets = gains(s, order(s)), [gains(s, ids) for ids in within(s)]
        return [
            max((one.points for one in sets), default=0.0) <= told.points + 1e-6,
            not after or max((one.after_floors for one in sets), default=0.0) <= told.after_floors + 0.1,
            floored(s) != after,
        ]

    return rule


def worth(s: Facts, f: Fields) -> Truths:
    ids = order(s)
    return [
        int(f["count"]) == len(ids) > 0,
        int(f["effort"]) == sum(s.measures[id]["effort"] for id in ids) <= int(f.get("budget", 1000)),
        f["gain"] == shown(gains(s, ids).points),
        f["before"] == shown(s.overall["uncapped"]),
        read(f["after"]) - read(f["before"]) == read(f["gain"]),
    ]


def lifting(s: Facts, f: Fields) -> Truths:
    """Each of those that are named brings more after the floors than the plan, and none is left out that does."""
    told = gains(s, order(s)).after_floors
    rows = [row for row in s.fitting if row["gain_after_floors"] - told >= 0.05]
    assert s.plan is not None
    fits = lambda row: row["effort"] + sum(s.measures[id]["effort"] for id in all_before(s, row["id"])) <= s.plan.budget
    return [named(s, f["names"].replace("’", "”").replace("‘", "“"), [row["id"] for row in rows if fits(row)])]


def all_before(s: Facts, id: str) -> set[str]:
    needs = [need for need in s.questionnaire.countermeasures[id].needs if s.measures[need]["eligible"]]
    return {one for need in needs for one in (need, *all_before(s, need))}


def more_effort(s: Facts, f: Fields) -> Truths:
    assert s.plan is not None
    at = {point.budget: point.gain for point in s.plan.curve}
    less = [gain for budget, gain in at.items() if s.plan.budget < budget < int(f["effort"])]
    return [
        f["gain"] == shown(at[int(f["effort"])]),
        read(f["more"]) == read(f["gain"]) - read(shown(s.plan.gain)) > 0,
        all(shown(gain) == shown(s.plan.gain) for gain in less),
    ]


def open_gap(s: Facts, f: Fields) -> Truths:
    node = s.part(f["dimension"])
    lifting_it = [id for id in order(s) if node["id"] in s.questionnaire.countermeasures[id].lifts]
    return [is_shown(f["score"], node["score"]), is_shown(f["target"], node["target"]), node["share"], not lifting_it]


claim(worth, plan.BEST, plan.CHOSEN)
claim(
    lambda s, f: [
        f["before"] == shown(s.overall["score"]),
        abs(read(f["after"]) - read(f["before"]) - read(shown(gains(s, order(s)).after_floors))) < 0.15,
    ],
    plan.AFTER_FLOORS,
)
claim(best(after=True), plan.PROVEN)
claim(best(after=False), plan.PROVEN_BEFORE)
claim(lifting, plan.LIFTING_MORE, plan.LIFTING)
claim(more_effort, plan.NEXT)
claim(
    lambda s, f: [all(shown(p.gain) == shown(s.plan.gain) for p in s.plan.curve if p.budget > s.plan.budget)], plan.SAME
)
claim(open_gap, plan_reason.STAYS)
claim(lambda s, f: [not s.behind(s.dimensions)], plan.ALL_MET)
claim(lambda s, f: [s.overall["score"] is None, s.questions], plan.NO_SCORE)
claim(lambda s, f: [not s.questions], plan.NOTHING_ASSESSED, score.NOTHING_ASSESSED)
claim(lambda s, f: [not s.fitting], plan.NOTHING_FITS)
claim(lambda s, f: [all(gains(s, ids).points < 0.05 for ids in within(s))], plan.NOTHING_GAINS)
claim(
    lambda s, f: [named(s, f["names"], [id for id in order(s) if sheet(s).get(id) in ("done", "dropped")])], plan.OVER
)
claim(lambda s, f: [s.behind(s.dimensions), not s.overall["shortfall"]], plan.ALL_OPEN)


def came_of_it(s: Facts, f: Fields) -> Truths:
    """What was hoped for of the plan then, what came, and how that is called."""
    found, whole = s.change.planned, s.change.uncapped
    names = {key: tell(words, s.language) for key, words in comparison_tables.VERDICT_WORDS.items()}
    told = [int(f["count"]) == len(found.measures), f["gain"].lstrip("+") == shown(found.gain)]
    if "–" in (f["achieved"], f["gain"]):
        return [*told, f["verdict"] == names["unknown"], whole.effects["answers"] is None]
    came, hoped, exact = read(f["achieved"]), read(f["gain"]), whole.effects["answers"]
    called = lambda x: "fell" if x < 0 else "unmoved" if x == 0 else "reached" if x >= hoped else "partly"
    fits = f["verdict"] in (names[called(came)], names[called(exact)])  # what is less than is printed counts too
    return [*told, fits or hoped <= 0, abs(float(came) - exact) < 0.15]


claim(came_of_it, comparison_tables.PLAN)


# ── A score ──


def first_three(s: Facts) -> list[str]:
    able = [row for row in s.fitting if row["priority"] or row["gain_after_floors"]]
    return [row["id"] for row in sorted(able, key=lambda row: -(row["priority"] or 0.0))[:3]]


claim(
    lambda s, f: [
        is_shown(f["score"], s.overall["score"]),
        f["target"] == shown(s.overall["target"]),
        f.get("band", "") in ("", *(tell(one.words, s.language) for one in s.bands)),
    ],
    *(score.VERDICT, score.VERDICT_WITHOUT_BANDS),
)
claim(lambda s, f: [(f["low"], f["high"]) == (shown(s.overall["low"]), shown(s.overall["high"]))], score.NO_SCORE)
claim(
    lambda s, f: [
        f["span"] == ranges(s),
        f["backed"] == shown(s.overall["evidence_backed"]),
        f["robust"] == ranges(s, "robust_"),
    ],
    score.RANGES,
)
claim(
    lambda s, f: [(f["local"], f["baseline"]) == (shown(s.overall["score"]), shown(s.overall["baseline_score"]))],
    score.PROFILE,
)
claim(lambda s, f: [not s.capped, s.fired], score.FLOOR)
claim(
    lambda s, f: [s.overall["score"] != s.overall["uncapped"], f["uncapped"] == shown(s.overall["uncapped"])],
    score.FLOOR_HELD,
)
claim(
    lambda s, f: [rows := s.measures_in(f["names"]), all(s.unsure(row["id"]) for row in rows)],
    plan_reason.UNSURE,
)


# ── A choice of weights ──


def fits_of(s: Facts) -> list[float | None]:
    return [fit(s, chain[-1]) for chain in s.state.profiles if len(chain) > 1]


claim(lambda s, f: [fits_of(s).count(TRUE) == 1], suggestion.CLARITY["clear"])
claim(lambda s, f: [fits_of(s).count(TRUE) > 1], suggestion.CLARITY["several"])
claim(lambda s, f: [UNKNOWN in fits_of(s)], suggestion.CLARITY["open"])
claim(
    lambda s, f: [not fits_of(s).count(TRUE), UNKNOWN not in fits_of(s)],
    suggestion.CLARITY["none"],
    suggestion.BASELINE,
)
claim(lambda s, f: [not fits_of(s).count(TRUE), UNKNOWN in fits_of(s)], suggestion.BASELINE_SO_FAR)
claim(lambda s, f: [int(f["count"]) == fits_of(s).count(TRUE)], suggestion.BLENDED)
