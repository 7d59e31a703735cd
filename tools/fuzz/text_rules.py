"""What must hold where `plan`, `score` and `suggest` tell a plan, a score and a choice of weights as text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random
from typing import Any

from nqpf_assess.engine.arithmetic import FALSE, TRUE, UNKNOWN
from nqpf_assess.engine.following import progress
from nqpf_assess.engine.gaps import gain_of_set
from nqpf_assess.engine.planning import planner_of
from nqpf_assess.engine.profiles import Tipping, advice, suggestions
from nqpf_assess.engine.states import truth
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import tell
from nqpf_assess.model.answers import Answer, Answers
from nqpf_assess.model.plan import Wishes
from nqpf_assess.model.questionnaire import HORIZONS
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.pages import plan, score, suggestion
from nqpf_assess.report import comparison_tables, ledger_words, plan_reason
from nqpf_assess.report.blocks import Block, Paragraph, runs
from nqpf_assess.report.wording import HORIZON_WORDS
from tools.fuzz.claim_rules import RULES, Fields, Rule, Truths, claim, percent, ranges
from tools.fuzz.explained_rules import products_by_hand
from tools.fuzz.facts import RANKS, Facts, is_shown, read, shown
from tools.fuzz.plan_rules import named, needed, order
from tools.fuzz.weight_rules import fit

__all__ = ("RULES",)

Page = Sequence[Block]


def pages(s: Facts, card: Scorecard, dice: Random) -> Iterator[Page]:
    """Make the pages as text: the score, a plan for an effort drawn at random, the choice of weights."""
    yield tuple(score.score_blocks(s.state.instrument, s.answers, card, s.language))
    planner, budget = planner_of(s.assessed), dice.choice((0, 1, 2, 3, 5, 9))
    chosen = [row["id"] for row in s.fitting if dice.random() < 0.3] if dice.random() < 0.3 else []
    by_hand = bool(chosen) and s.overall["score"] is not None
    if by_hand and dice.random() < 0.5:  # beside others that may not be chosen
        planner = planner_of(s.assessed, Wishes(without=tuple(r["id"] for r in s.fitting if dice.random() < 0.2)))
        left = {one.id for one in planner.left_out}
        chosen = [id for id in chosen if id not in left]
        by_hand = bool(chosen)
    s.plan = planner.what_if((*chosen, *planner.needed_by(chosen)), budget) if by_hand else planner.plan(budget)
    told = plan.plan_blocks(s.plan, card, s.questionnaire, s.language, progress=progress(s.answers))
    yield tuple(told)
    wished = planner_of(s.assessed, _wishes(s, dice))
    budget = max(budget, wished.least) + dice.choice((0, 0, 3))
    if wished.problem.within_limits(wished.problem.must):
        s.plan = wished.plan(budget)
        yield tuple(plan.plan_blocks(s.plan, card, s.questionnaire, s.language, progress=progress(s.answers)))
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


def _wishes(s: Facts, dice: Random) -> Wishes:
    """Wishes that can be kept to: what has to be in fits and may be chosen."""
    fits = [row["id"] for row in s.fitting]
    without = [id for id in fits if dice.random() < 0.2]
    tiers = [tier for tier in RANKS if dice.random() < 0.7] if dice.random() < 0.4 else []
    left = {one.id for one in planner_of(s.assessed, Wishes(tuple(tiers), (), tuple(without))).left_out}  # type: ignore[arg-type]
    must = [id for id in fits if id not in left and dice.random() < 0.1]
    limits = {phase: dice.choice((0, 1, 3, 5)) for phase in HORIZONS if dice.random() < 0.3}
    return Wishes(tuple(tiers), tuple(must), tuple(without), limits)  # type: ignore[arg-type]


def may_not(s: Facts, id: str) -> bool:
    """Whether wishes keep a measure, or what must come before it, from being chosen."""
    assert s.plan is not None
    acts, wishes = s.questionnaire.countermeasures[id].acts, s.plan.wishes
    kept_out = id in wishes.without or bool(wishes.acts and acts not in wishes.acts)
    needs = [need for need in s.questionnaire.countermeasures[id].needs if s.measures[need]["eligible"]]
    return kept_out or any(may_not(s, need) for need in needs)


def spent(s: Facts, ids: Sequence[str]) -> Counter[str]:
    """What a set takes in each phase: that of a measure is its own, or the later one of what it needs there."""
    book = s.questionnaire.countermeasures
    late = lambda id: max(HORIZONS.index(book[id].horizon), *(late(need) for need in book[id].needs if need in ids), 0)
    found = Counter[str]()
    for id in ids:
        found[HORIZONS[late(id)]] += s.measures[id]["effort"]
    return found


def within_limits(s: Facts, ids: Sequence[str]) -> bool:
    assert s.plan is not None
    return all(spent(s, ids)[phase] <= most for phase, most in s.plan.wishes.by_phase.items())


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


def few_sets(s: Facts) -> list[tuple[str, ...]]:
    """Sets of one and two measures, with what has to be in, that hold what they need."""
    assert s.plan is not None
    ids = [row["id"] for row in s.fitting if not may_not(s, row["id"])]
    needs = {id: {*s.questionnaire.countermeasures[id].needs} & {*ids} for id in ids}
    must = {one for id in s.plan.wishes.must for one in (id, *all_before(s, id))}
    few = [*((id,) for id in ids), *combinations(ids, 2)][:200]
    sets = (tuple(dict.fromkeys((*must, *some))) for some in few)
    return [some for some in sets if all(needs[id] <= {*some} for id in some)]


def within(s: Facts) -> list[tuple[str, ...]]:
    """Those of them that could be chosen for the same effort."""
    assert s.plan is not None
    effort = lambda ids: sum(s.measures[id]["effort"] for id in ids)
    return [ids for ids in few_sets(s) if effort(ids) <= s.plan.budget and within_limits(s, ids)]


def best(s: Facts, f: Fields) -> Truths:
    """No few measures within the effort gain more before the floors."""
    most = max((gains(s, ids).points for ids in within(s)), default=0.0)
    return [most <= gains(s, order(s)).points + 1e-6]


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
    rows = [row for row in s.fitting if row["gain_after_floors"] - told >= 0.05 and not may_not(s, row["id"])]
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


def kept_to(s: Facts, f: Fields) -> Truths:
    """A plan keeps to what was asked for, and something was."""
    assert s.plan is not None
    wishes, ids = s.plan.wishes, order(s)
    return [
        wishes != Wishes(),
        {*wishes.must} <= {*ids},
        not any(may_not(s, id) for id in ids),
        within_limits(s, ids),
    ]


def not_taken(s: Facts, f: Fields) -> Truths:
    """What is named fits, may be chosen, and stands not in the plan."""
    rows = s.measures_in(f["names"].replace("’", "”").replace("‘", "“"))
    return [rows, all(row["eligible"] and not may_not(s, row["id"]) and row["id"] not in order(s) for row in rows[:1])]


def kept_out(s: Facts, f: Fields) -> Truths:
    rows = s.measures_in(f["names"])
    return [rows, all(row["eligible"] and may_not(s, row["id"]) for row in rows)]


def bounded(s: Facts, f: Fields) -> Truths:
    """Of a set chosen by hand: what others may gain is no less than what few of them gain, and more than it gains."""
    most, own = read(f["bound"]), gains(s, order(s)).points
    few = max((gains(s, ids).points for ids in within(s)), default=0.0)
    return [float(most) > few - 0.006, float(most) > own - 0.006]


def without_again(s: Facts, f: Fields) -> Truths:
    """To leave out what is closed: no measure that has to be in, and what was left out before stays out."""
    assert s.plan is not None
    ids, wishes = f["ids"].split(","), s.plan.wishes
    fresh = ids[len(wishes.without) :]
    return [
        ids[: len(wishes.without)] == [*wishes.without],
        fresh and all(sheet(s).get(id) in ("done", "dropped") and id in order(s) for id in fresh),
        not {*fresh} & {*wishes.must},
    ]


def efforts(s: Facts, f: Fields) -> Truths:
    by_phase = spent(s, order(s))
    words = [f"{tell(HORIZON_WORDS[phase], s.language)} {by_phase[phase]}" for phase in HORIZONS if by_phase[phase]]
    return [
        all(one in f["phases"].replace("\u00a0", " ") for one in words),
        len(words) == len(re.findall(r"\d+(?=[^\d–-]*(?:,|，|、|;|；|$))", f["phases"])),
    ]


claim(best, plan.PROVEN)
claim(lambda s, f: [*kept_to(s, f), *best(s, f)], plan.PROVEN_WISHED)
claim(not_taken, plan_reason.STAYS_OPEN["effort"])
claim(kept_out, plan_reason.STAYS_OPEN["wish"])
claim(lambda s, f: [not any(r["eligible"] for r in s.measures_in(f["names"]))], plan_reason.STAYS_OPEN["unsuited"])
claim(lambda s, f: [*bounded(s, f), s.plan.wishes == Wishes()], plan.BETTER, plan.UNPROVEN)
claim(lambda s, f: [*bounded(s, f), s.plan.wishes != Wishes()], plan.BETTER_WISHED, plan.UNPROVEN_WISHED)
claim(without_again, plan.WITHOUT)
claim(efforts, plan.PHASES)
claim(lifting, plan.LIFTING)
claim(more_effort, plan.NEXT)
claim(
    lambda s, f: [all(shown(p.gain) == shown(s.plan.gain) for p in s.plan.curve if p.budget > s.plan.budget)],
    *(plan.SAME, plan.SAME_WISHED),
)
claim(open_gap, plan_reason.STAYS)
claim(lambda s, f: [not s.behind(s.dimensions)], plan.ALL_MET)
claim(lambda s, f: [s.overall["score"] is None, s.questions], plan.NO_SCORE)
claim(lambda s, f: [not s.questions], plan.NOTHING_ASSESSED, score.NOTHING_ASSESSED)
claim(lambda s, f: [all(may_not(s, row["id"]) for row in s.fitting)], plan.NOTHING_FITS)
claim(
    lambda s, f: [all(gains(s, ids).points < 0.05 for ids in within(s))], plan.NOTHING_GAINS, plan.NOTHING_GAINS_WISHED
)
claim(
    lambda s, f: [named(s, f["names"], [id for id in order(s) if sheet(s).get(id) in ("done", "dropped")])], plan.OVER
)
claim(lambda s, f: [s.behind(s.dimensions), not s.overall["shortfall"]], plan.ALL_OPEN)


# ── What a plan leaves out ──


def unsuited(s: Facts) -> list[str]:
    """What is called for and does not suit here, by a condition of its own."""
    fails = lambda m: (
        (m.suits is not None and truth(m.suits, s.assessed.view) == FALSE)
        or (m.unsuits is not None and truth(m.unsuits, s.assessed.view) == TRUE)
    )
    return [id for id, measure in s.questionnaire.countermeasures.items() if needed(s, id) and fails(measure)]


def not_needed(s: Facts, *, known: bool) -> list[str]:
    """What is not called for, and whether that can be told."""
    found = [id for id in s.measures if not s.measures[id]["eligible"] and not needed(s, id)]
    return [id for id in found if any(map(s.untold, s.questionnaire.countermeasures[id].lifts)) != known]


def elsewhere(s: Facts, f: Fields) -> Truths:
    rows = [row["id"] for row in s.measures_in(f["names"])]
    return [rows, {*rows} & {*unsuited(s)}, "," in f["names"] or len(rows) < 7]


def with_needs(s: Facts, f: Fields) -> Truths:
    """What must come first fits, is not in the plan, and is counted."""
    id = s.measure(f["title"])["id"]
    first = all_before(s, id) - {*order(s)}
    return [
        int(f["effort"]) == s.measures[id]["effort"],
        int(f["together"]) == sum(s.measures[one]["effort"] for one in (id, *first)),
        first and {*first} <= {row["id"] for row in s.measures_in(f["needs"])},
    ]


def least(s: Facts, f: Fields) -> Truths:
    """With less effort nothing that may be chosen gains anything, alone or in pairs."""
    assert s.plan is not None
    less = [ids for ids in few_sets(s) if sum(s.measures[id]["effort"] for id in ids) < int(f["effort"])]
    return [int(f["effort"]) > s.plan.budget, all(gains(s, ids).points < 1e-6 for ids in less if within_limits(s, ids))]


claim(
    lambda s, f: [
        any(f["node"].casefold() in s.titles(x.node) and f["below"] == f"{float(x.below):g}" for x in s.fired)
    ],
    plan.FLOOR,
)
claim(least, plan.LEAST)
claim(elsewhere, plan.ELSEWHERE)
claim(lambda s, f: [plan.MOST_NAMES < int(f["count"]) <= len(unsuited(s))], plan.FOR_INSTANCE)
claim(lambda s, f: [int(f["count"]) == len(not_needed(s, known=True)) > 0], plan.UNNEEDED, plan.UNNEEDED_BESIDES)
claim(lambda s, f: [int(f["count"]) == len(not_needed(s, known=False)) > 0], plan.UNTOLD)
claim(lambda s, f: [not s.questionnaire.countermeasures], plan.NO_MEASURES)


def bare_effort(s: Facts, f: Fields) -> Truths:
    """Nothing that may be chosen has to come first; of what may not be chosen or does not suit nothing more is told."""
    row = s.measure(f["title"])
    first = all_before(s, row["id"]) - {*order(s)}
    return [int(f["effort"]) == row["effort"], not first or may_not(s, row["id"]) or not row["eligible"]]


claim(bare_effort, plan_reason.WITH_EFFORT)
claim(with_needs, plan_reason.WITH_NEEDS)
claim(
    lambda s, f: [any(percent(n["share"]) == f["share"] for n in s.behind(s.dimensions))],
    " and {share} of the whole shortfall",
)

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


claim(
    lambda s, f: [
        s.answers.override,
        all(
            any(title in f["corrections"].casefold() for title in s.titles(change.node))
            for change in s.answers.override
        ),
    ],
    ledger_words.CORRECTED,
)
claim(lambda s, f: [f["factor"] in products_by_hand(s)], score.TIMES_BY_HAND)
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


def tipped(s: Facts, f: Fields) -> Truths:
    """Where the one fact or question is answered as it is told, the profile that is named comes first."""
    book = s.questionnaire
    first = lambda answers: advice(suggestions(book, s.state.profiles, answers), book, answers)
    tips = [tip for tip in first(s.answers).tipping if tell(tip.profile.name, s.language) == f["name"]]

    def answered(tip: Tipping) -> Answers:
        table = "facts" if tip.fact in book.facts else "answers"
        fact, seen, value = book.asked[tip.fact], s.assessed.view.seen(tip.fact), tip.value
        if isinstance(value, frozenset):
            held = seen.value if seen.state == "answered" and isinstance(seen.value, frozenset) else frozenset[str]()
            alone = {id: option.unknown for id, option in getattr(fact, "options", {}).items() if option.exclusive}
            # Nothing ticked is no answer where an option says so.
            none = frozenset([id for id, unknown in alone.items() if not unknown][:1])
            value = held - value or none if tip.taken else value | held - alone.keys()
        given = Answer(value=kind_of(fact).stored(fact, value))
        return s.answers.model_copy(update={table: {**getattr(s.answers, table), tip.fact: given}})

    return [tips, all(first(answered(tip)).first.profile.id == tip.profile.id for tip in tips)]


def named_profiles(fit_is: float | None) -> Rule:
    """All whose condition comes out so are named by their ids, and no others."""

    def rule(s: Facts, f: Fields) -> Truths:
        files = [chain[-1] for chain in s.state.profiles if len(chain) > 1]
        wanted = {profile.id for profile in files if fit(s, profile) == fit_is}
        return [{*re.findall(r"\[(\w+)\]", f["names"])} == wanted]

    return rule


def near_or_not(s: Facts, f: Fields) -> Truths:
    files = {chain[-1].id: chain[-1] for chain in s.state.profiles}
    ids = re.findall(r"\[(\w+)\]", f["names"])
    return [ids, all(fit(s, files[id]) not in (TRUE, UNKNOWN, None) for id in ids)]


def suggested(s: Facts, f: Fields) -> Truths:
    files = {chain[-1].id: chain[-1] for chain in s.state.profiles}
    return [fit(s, files[f["id"]]) == TRUE]


claim(suggested, suggestion.FIRST, suggestion.ALSO)
claim(named_profiles(UNKNOWN), suggestion.UNKNOWN)
claim(named_profiles(None), suggestion.UNSTATED)
claim(near_or_not, suggestion.NEAR, suggestion.OTHERS)
claim(tipped, suggestion.TIPS, suggestion.TIPS_TAKEN, suggestion.TIPS_UNANSWERED)
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
