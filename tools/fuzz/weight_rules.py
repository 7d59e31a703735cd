"""What must hold where sentences tell of the yardstick: profiles and whether they fit, weights moved, what that did."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nqpf_assess.engine.arithmetic import TRUE, UNKNOWN
from nqpf_assess.engine.scorecard import score
from nqpf_assess.engine.states import truth
from nqpf_assess.locale import Message, tell
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.weights import Weights
from nqpf_assess.report import ledger_words
from nqpf_assess.report.blocks import Table, words_of
from nqpf_assess.report.outline import criteria, decision, front, local, verdict, yardstick
from tools.fuzz.claim_rules import RULES, Fields, Rule, Truths, claim, percent, prints
from tools.fuzz.facts import Facts, items, read, shown

__all__ = ("RULES",)

# ── Profiles ──


def fit(s: Facts, profile: Weights) -> float | None:
    """Whether the facts meet a profile's condition; None where it has none."""
    return None if profile.fits is None else truth(profile.fits, s.assessed.view)


def undecided(s: Facts, f: Fields) -> Truths:
    """Every part is named that a profile corrects where something holds that is not known; of one explained, it."""
    changes = (change for _, chain in s.state.instrument.profiles for file in chain for change in file.adjust)
    waiting = {one.node for one in changes if one.when is not None and truth(one.when, s.assessed.view) == UNKNOWN}
    waiting = {node for node in waiting if s.explained in ("", node)}
    named = f["parts"].casefold()
    return [bool(waiting), *(any(title in named for title in s.titles(node)) for node in waiting)]


def used(s: Facts) -> list[Weights]:
    return [chain[-1] for _share, chain in s.state.instrument.profiles]


def fits(holds: float) -> Rule:
    """What is measured by fits as a whole: worst told first, of a blend."""

    def rule(s: Facts, f: Fields) -> Truths:
        found = [fit(s, profile) for profile in used(s)]
        stated = [one for one in found if one is not None]
        worst = [one for one in stated if one not in (TRUE, UNKNOWN)] or [one for one in stated if one == UNKNOWN]
        return [stated, (worst or stated)[0] == holds]

    return rule


def against(s: Facts, f: Fields) -> Truths:
    """The profiles that the facts speak against are named, and of a blend no other part."""
    names = [tell(one.name, s.language) for one in used(s) if fit(s, one) not in (TRUE, UNKNOWN, None)]
    return [names, all(name in f["profiles"] for name in names), len(items(f["profiles"])) >= len(names)]


def others(s: Facts) -> list[Weights]:
    """Profiles that were to be had, beside those used."""
    kept = {profile.id for profile in used(s)}
    return [chain[-1] for chain in s.state.profiles if chain[-1].id not in kept]


def also(s: Facts, f: Fields) -> Truths:
    """Every other profile that fits is named, and none that does not."""
    names = [tell(profile.name, s.language) for profile in others(s) if fit(s, profile) == TRUE]
    return [names, all(name in f["profiles"] for name in names), len(items(f["profiles"])) >= len(names)]


def first(s: Facts) -> Weights:
    """Of the profiles that fit the one that is suggested first."""
    fitting = [chain[-1] for chain in s.state.profiles if fit(s, chain[-1]) == TRUE]
    return min(fitting, key=lambda one: (one.order is None, one.order or 0, one.id))


def first_choice(s: Facts, f: Fields) -> Truths:
    return [tell(first(s).name, s.language) == f["profile"], first(s).id not in {one.id for one in used(s)}]


claim(fits(TRUE), local.FITS, yardstick.FITS, local.BARE["fits"])
claim(fits(UNKNOWN), local.UNKNOWN, yardstick.UNKNOWN)
claim(lambda s, f: [*fits(0.0)(s, f), *against(s, f)], local.DIFFERS, yardstick.UNUSUAL, local.BARE["differs"])
claim(lambda s, f: [any(fit(s, one) is None for one in used(s))], local.UNSTATED)
claim(lambda s, f: [len(s.state.instrument.chain) == 1], local.NO_CONDITION)
claim(also, local.ALSO, local.OTHERS)
claim(lambda s, f: [all(fit(s, one) not in (TRUE, UNKNOWN) for one in others(s))], local.NO_OTHER)
claim(
    lambda s, f: [
        any(fit(s, one) == UNKNOWN for one in others(s)),
        not any(fit(s, one) == TRUE for one in others(s)),
    ],
    local.NOT_YET,
)
claim(first_choice, local.FIRST_CHOICE)
claim(lambda s, f: [tell(first(s).name, s.language) == f["profile"]], yardstick.USUAL)

# ── Weights that were moved ──


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


def without_own(s: Facts, *parts: str) -> Any:
    """The whole as it would be where the answers correct no factors, or no targets."""
    kept = tuple(row.model_copy(update=dict.fromkeys(parts)) for row in s.answers.override)
    return score(s.state.instrument, s.answers.model_copy(update={"override": kept})).overall


claim(
    lambda s, f: [f["target"] == shown(without_own(s, "target").target) != shown(s.overall["target"])],
    verdict.OWN_TARGETS,
)


def without_any(s: Facts, f: Fields) -> Truths:
    """Score, before the floors where these take points, and target without a correction by hand."""
    whole = without_own(s, "factor", "target")
    then = whole.uncapped if s.capped else whole.score
    return [f["score"] == shown(then), f["target"] == shown(whole.target), bool(f["floors"]) == s.capped]


claim(without_any, verdict.OWN_NEITHER)


def general_target(s: Facts) -> float | None:
    """Return the target under the rubric that the one in use goes back to, without corrections by hand."""
    root = replace(s.state.instrument, chain=s.state.instrument.chain[:1], further=())
    return score(root, s.answers.model_copy(update={"override": ()})).overall.target


def usual(s: Facts, f: Fields, *, other_target: bool) -> Truths:
    """Score, before the floors where these take points, and target without the factors: not both as printed."""
    whole = without_own(s, "factor")
    then, now = (whole.uncapped, "uncapped") if s.capped else (whole.score, "score")
    moved = shown(whole.target) != shown(s.overall["target"])
    return [
        f["score"] == shown(then),
        f["target"] == shown(whole.target),
        moved == other_target,
        moved or shown(then) != shown(s.overall[now]),
        bool(f["floors"]) == s.capped,
    ]


claim(lambda s, f: usual(s, f, other_target=False), verdict.WOULD_BE)
claim(lambda s, f: usual(s, f, other_target=True), verdict.WOULD_BE_AGAINST)
claim(lambda s, f: [without_own(s, "factor").score is None], verdict.WOULD_NOT)
claim(
    lambda s, f: [
        any(row.factor == 0 for row in s.answers.override) == bool(f["off"]),
        any(row.factor not in (None, 0, 1) and s.nodes[row.node]["applicable_weight"] for row in s.answers.override)
        == bool(f["nodes"]),
    ],
    *(verdict.OWN_WEIGHTS, verdict.OWN_OFF, verdict.OWN_BOTH),
)
claim(moved(up=True), yardstick.RAISED_TO)
claim(moved(up=False), yardstick.LOWERED_TO)
claim(crossed(up=True), ledger_words.RISES_WITHIN)
claim(crossed(up=False), ledger_words.FALLS_WITHIN)
claim(lambda s, f: [any(not s.nodes[own.node]["applicable_weight"] for own in s.answers.override)], yardstick.OWN_IDLE)
claim(by_hand, yardstick.OWN_BOTH, yardstick.OWN_TARGET, yardstick.OWN_WEIGHT, yardstick.OWN_OFF)
claim(lambda s, f: [any(own.factor != 1 for own in s.answers.override)], yardstick.CONTAINED)
claim(
    lambda s, f: [
        f["target"] in {shown(p["target"]) for p in s.pillars if f["pillar"].casefold() in s.titles(p["id"])}
    ],
    ledger_words.HANDED_DOWN,
)
claim(undecided, ledger_words.UNDECIDED)
claim(
    lambda s, f: [prints(s, f, baseline="baseline_score"), read(f["change"]) == abs(s.local)],
    yardstick.EFFECT,
)
claim(lambda s, f: [prints(s, f, baseline="baseline_score"), s.local == 0], yardstick.SAME)
claim(lambda s, f: [f["target"] == shown(general_target(s)) != shown(s.overall["target"])], yardstick.ITS_TARGET)
claim(lambda s, f: [s.local == read(f["points"]) > 0], yardstick.ADD)
claim(lambda s, f: [-s.local == read(f["points"]) > 0], yardstick.TAKE)
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


LEDGER = Message("Every weight and target that was moved, and why")


def told_of(s: Facts, words: str) -> list[Any]:
    """The rows of the ledger in whose line of the annex a sentence stands."""
    tables = [b for b in s.blocks if isinstance(b, Table) and b.caption == tell(LEDGER, s.language)]
    told = [[words_of(cell) for cell in row] for table in tables[:1] for row in table.rows]
    named = {line[0] for line in told if words in line[-1]}
    moves = {line[1] for line in told if words in line[-1]}
    return [
        row
        for row in s.row["ledger"]
        if tell(title_of(s.questionnaire, row["node"]), s.language) in named
        and f"{shown(100 * row['share_baseline'])} → {shown(100 * row['share_final'])}" in moves
    ]


def line_of(s: Facts, row: Any) -> list[Any]:
    """A row of the ledger and those of the parts above it."""
    rows = {other["node"]: other for other in s.row["ledger"]}
    found = [row]
    while (parent := s.nodes[found[-1]["node"]]["parent"]) is not None:
        found.append(rows[parent])
    return found


def lowered(s: Facts, row: Any) -> bool:
    return any(above["final"] < above["baseline"] - 1e-9 for above in line_of(s, row)[1:])


def raised(s: Facts, row: Any) -> bool:
    return any(above["final"] > above["baseline"] + 1e-9 for above in line_of(s, row)[1:])


def drifts(words: Message, holds: Callable[[Facts, Any], bool]) -> None:
    """Of each part of which a sentence is told, something holds."""

    def rule(s: Facts, f: Fields) -> Truths:
        rows = told_of(s, tell(words, s.language, **f))
        return [rows or not f, all(holds(s, row) for row in rows)]

    claim(rule, words)


fell = lambda row: row["share_baseline"] - row["share_final"] > 1e-9
rose = lambda row: row["share_final"] - row["share_baseline"] > 1e-9
alone = lambda s, row, moved: not any(map(moved, line_of(s, row)[1:2]))
drifts(
    ledger_words.OUTWEIGHED,
    lambda s, row: fell(row) and row["final"] > row["baseline"] - 1e-9 and (alone(s, row, fell) or not lowered(s, row)),
)
drifts(
    ledger_words.RELIEVED,
    lambda s, row: rose(row) and row["final"] < row["baseline"] + 1e-9 and (alone(s, row, rose) or not raised(s, row)),
)
drifts(ledger_words.LOWERED_ABOVE, lambda s, row: fell(row) and fell(line_of(s, row)[1]))
drifts(ledger_words.RAISED_ABOVE, lambda s, row: rose(row) and rose(line_of(s, row)[1]))


def unmoved(s: Facts, f: Fields) -> Truths:
    """No share and no target is another than under the general weights."""
    rows = s.row["ledger"]
    root = s.state.instrument.chain[0].targets
    aimed = [row for row in rows for step in row["steps"] if step["target"] is not None]
    return [
        all(abs(row["share_baseline"] - row["share_final"]) < 1e-9 for row in rows),
        all(row["target"] is None or row["target"] == float(root.get(row["node"], row["target"])) for row in aimed),
    ]


claim(unmoved, "No weight and no target differs from the baseline.")


# ── Which edition, and whose weights ──


def shares_told(s: Facts, f: Fields) -> Truths:
    """Each profile in use is named, those blended in with their shares."""
    names = [tell(profile.name, s.language) for profile in used(s)]
    told = f.get("profile") or f["name"]
    shares = [f"{float(share) * 100:g}%" for share, _chain in s.state.instrument.profiles[1:]]
    return [all(name.casefold() in told.casefold() for name in names), all(share in told for share in shares)]


claim(shares_told, decision.ASSESSED_AS)
claim(lambda s, f: [s.answers.override], "Corrections made by {place}", "correction by {place}")
claim(lambda s, f: [f["stated"] != f["used"]], "answered under {stated}, scored under {used}")
claim(lambda s, f: [f["stated"] != f["used"]], *front.OTHER_EDITION.values())
claim(
    lambda s, f: [f["local"] == shown(s.overall["uncapped"])],
    local.UNCAPPED,
)
