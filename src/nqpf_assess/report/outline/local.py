"""The ledger of local conditions: facts, the profile and why, every weight and target moved, and what that did."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nqpf_assess.engine.arithmetic import FULL_TARGET
from nqpf_assess.engine.instrument import Rules
from nqpf_assess.engine.profiles import Fit, moved
from nqpf_assess.engine.rubric import local_rubric
from nqpf_assess.engine.scoring import Assessed, measure
from nqpf_assess.locale import Text, _
from nqpf_assess.model.scorecard import LedgerStep
from nqpf_assess.report.blocks import (
    Block,
    Bullets,
    Paragraph,
    Run,
    Table,
    TableColumn,
    Waterfall,
    WaterfallStep,
    runs,
)
from nqpf_assess.report.ledger_words import drift_words, undecided_words
from nqpf_assess.report.outline.case import Case, TailoredBy, plain, typed
from nqpf_assess.report.outline.findings import fit_told, stated
from nqpf_assess.report.outline.phrases import cited, cut, raised
from nqpf_assess.report.wording import NO_FIGURE, difference, number, rounded

# ── Steps from the baseline to the local score ──

OVERRIDES, RULES = ".override", ".rules"
"""Names of the steps that belong to no pillar, which no pillar can have."""


@dataclass(frozen=True, slots=True)
class ScoreStep:
    """One step: the pillar whose corrections are taken over (or overrides, or rules), and the points it moves.

    `uncapped`: those of the score before the floors.
    """

    what: str
    points: float
    uncapped: float


def changes(assessed: Assessed) -> tuple[ScoreStep, ...]:
    """Return the steps from baseline to local score; their sum is the difference exactly. None where one is missing.

    Each step takes over the corrected weights of one pillar and all below it, in file order; then the overrides; then
    the profile's own rules and floors.
    """
    found: list[ScoreStep] = []
    before: tuple[float, float] | None = None
    for what, weights, rules in _stages(assessed):
        figures = measure(assessed.instrument, assessed.leaves, weights=weights, rules=rules)
        whole = figures.total, figures.scores.overall
        after = (float(whole[0].value), float(whole[1].value)) if figures.total.has else None
        if before is not None and after is not None and what:
            found.append(ScoreStep(what, after[0] - before[0], after[1] - before[1]))
        before = before if after is None else after
    return tuple(found)


def _stages(assessed: Assessed) -> Iterator[tuple[str, Mapping[str, float], Rules]]:
    instrument = assessed.instrument
    local = local_rubric(instrument, assessed.view).weights
    questionnaire = instrument.questionnaire
    weights, rules = dict(instrument.root_weights), instrument.root_rules
    yield "", dict(weights), rules
    for pillar in instrument.pillars:
        dimensions = questionnaire.dimensions_of[pillar]
        questions = (id for dimension in dimensions for id in questionnaire.questions_of[dimension])
        moved = {node: local[node] for node in (pillar, *dimensions, *questions) if local[node] != weights[node]}
        if moved:
            weights |= moved
            yield pillar, dict(weights), rules
    final = assessed.rubric.weights
    if any(final[node] != weights[node] for node in weights):
        yield OVERRIDES, final, rules
    if instrument.rules != rules:
        yield RULES, final, instrument.rules


MOST_ROWS = 60

# ── The profile ──

FITS = _("It fits by these facts: {facts}.")
UNKNOWN = _("Whether it fits cannot be said yet, because what decides it is open.")
DIFFERS = _("By the facts {profiles} would not usually be chosen ({facts}). The baseline score shows the change.")
BARE: dict[Fit, Text] = {
    "fits": _("It fits the facts."),
    "differs": _("By the facts {profiles} would not usually be chosen. The baseline score shows the change."),
}
"""What is said where nothing can be said of the facts themselves, as of a bare yes or no."""
UNSTATED = _("It does not say where it fits.")
NO_CONDITION = _("It makes no assumption about {conditions}.")
ALSO, OTHERS = _(" The facts also fit: {profiles}."), _(" What fits the facts: {profiles}.")
NOT_YET = _(" Whether other profiles fit cannot be said, because what decides them is not answered.")
NO_OTHER = _(" No other profile fits the facts.")
FIRST_CHOICE = _(" In the order in which profiles are tried “{profile}” comes first.")


def profile(case: Case) -> list[Block]:
    """State which profile was used, why it fits, and what else the place resembles."""
    parts = [chain[-1] for _share, chain in case.instrument.profiles]
    described = [
        (case.tell(part.name) + case.grammar.colon if len(parts) > 1 else "") + case.tell(part.about)
        for part in parts
        if part.about
    ]
    about = case.grammar.paragraph(described)
    named = case.say(_("Profile: {name}. {about}"), name=case.tell(case.instrument.name), about=about)
    words: dict[Fit, Text] = {
        "fits": FITS,
        "unknown": UNKNOWN,
        "differs": DIFFERS,
        "unstated": UNSTATED,
        "baseline": NO_CONDITION,
    }
    fit, decisive, whose = fit_told(case)
    fitting = words[fit] if decisive else BARE.get(fit, words[fit])
    said = case.say(fitting, profiles=whose, facts=case.series(map(case.in_sentence, decisive)))
    used = {part.id for part in parts}
    others = [found for found in case.suggestions if found.profile.id not in used]
    names = [case.tell(found.profile.name) for found in others if found.fit == "fits"]
    if names:
        also = fit == "fits" or any(found.profile.id in used for found in case.suggestions if found.fit == "fits")
        said += case.say(ALSO if also else OTHERS, profiles=case.listed(names))
        first = next(found.profile for found in case.suggestions if found.fit == "fits")
        said += "" if first.id in used else case.say(FIRST_CHOICE, profile=case.tell(first.name))
    elif any(found.fit != "baseline" for found in others):
        said += case.say(NOT_YET if any(found.fit == "unknown" for found in others) else NO_OTHER)
    return [Paragraph(runs(named.strip())), Paragraph(runs(said))]


# ── Facts ──

OPEN_FACTS = _("{n} facts are not answered; they stand among the missing items.")
OPEN_FACT = _("{n} fact is not answered; it stands among the missing items.")


def facts(case: Case) -> list[Block]:
    """List the local conditions as they were answered."""
    seen = case.assessed.view.facts
    told = [id for id in case.questionnaire.facts if seen[id].value is not None and seen[id].state == "answered"]
    said = [case.grammar.sentence(raised(stated(case, id) or case.answer(id))) for id in told[:MOST_ROWS]]
    left = sum(fact.state not in ("answered", "na") for fact in seen.values())
    missing = case.say(OPEN_FACT if left == 1 else OPEN_FACTS, n=left) if left else ""
    found: list[Block] = []
    if said:
        found += [Paragraph((Run(case.say(_("Facts about {place}")), bold=True),)), Bullets(tuple(map(runs, said)))]
    more = case.grammar.paragraph([cut(case, MOST_ROWS, len(told)), missing])
    return [*found, *([Paragraph(runs(more), "note")] if more else [])]


# ── The waterfall ──

OVERRIDE_STEP = _("Corrections made by {place}")
RULES_STEP = _("The profile's own rules and floors")
CAPTION = _("{What} change the score by {change} points, from {baseline} to {local}")
NOTE = _(
    "Each step takes over the corrected weights of one pillar and its dimensions, in the order of the "
    "questionnaire, and scores again. In another order the steps would differ, their sum would not. Targets move "
    "no score. Figures are rounded to one decimal."
)
UNCAPPED = _("Before the floors the steps are these, from {baseline} to {local}: {items}.")


def waterfall(case: Case) -> list[Block]:
    """Draw how the local conditions change the score."""
    overall, steps = case.card.overall, changes(case.assessed)
    if overall.score is None or overall.baseline_score is None or not steps:
        return []
    whole = {OVERRIDES: OVERRIDE_STEP, RULES: RULES_STEP}
    labels = [case.say(whole[step.what]) if step.what in whole else case.title(step.what) for step in steps]
    drawn = tuple(
        WaterfallStep(label, step.points, number(step.points, signed=True))
        for label, step in zip(labels, steps, strict=True)
    )
    baseline, local = number(overall.baseline_score), number(overall.score)
    change = number(difference(overall.baseline_score, overall.score), signed=True)
    figure = Waterfall(
        case.say(_("Score on the baseline")),
        float(rounded(overall.baseline_score)),
        drawn,
        case.say(_("Score on the {scheme}")),
        float(rounded(overall.score)),
        case.say(CAPTION, What=case.say(MOVED_BY[case.tailored_by]), change=change, baseline=baseline, local=local),
        case.say(
            _("Steps from {baseline} to {local}: {items}."),
            baseline=baseline,
            local=local,
            items=case.listed([f"{s.label} {s.value}" for s in drawn]),
        ),
    )
    notes, uncapped = [case.say(NOTE)], overall.uncapped
    if uncapped is not None and any(number(step.points) != number(step.uncapped) for step in steps):
        moves = [f"{label} {number(step.uncapped, signed=True)}" for label, step in zip(labels, steps, strict=True)]
        first = number(uncapped - sum(step.uncapped for step in steps))
        notes.append(case.say(UNCAPPED, baseline=first, local=number(uncapped), items=case.listed(moves)))
    return [figure, Paragraph(runs(case.grammar.paragraph(notes)), "note")]


# ── The ledger ──

LEDGER_NOTE = _(
    "Weights are shares of the overall score if everything is answered. Parts that are not listed move only with the "
    "part above them, or because the shares must add up to 100. A factor below 1 does not say that a part is "
    "unimportant. "
    "A target stated for a pillar holds for its dimensions without one of their own; the target of the pillar itself, "
    "which stands beside its score, follows from those of its dimensions by their weights."
)


SAME_FACTOR = 1e-12


def ledger(case: Case) -> list[Block]:
    """List every weight and target that differs from the baseline, with reason and source."""
    rows = moved(case.card.ledger)
    undecided = undecided_words(case.instrument, case.assessed.view, case.language)
    if not rows:
        none = case.say(_("No weight and no target differs from the baseline."))
        return [Paragraph(runs(case.grammar.paragraph([none, undecided])))]
    columns = (
        TableColumn(case.say(_("Part")), 1.6),
        TableColumn(case.say(_("Weight, points of the total")), 1.1, "right"),
        TableColumn(case.say(_("Factor")), 0.6, "right"),
        TableColumn(case.say(_("Target")), 1.0, "right"),
        TableColumn(case.say(_("Why (source)")), 3.6),
    )
    note = case.grammar.paragraph([undecided, case.say(LEDGER_NOTE), cut(case, MOST_ROWS, len(rows))])
    ledger_rows = []
    for row in rows[:MOST_ROWS]:
        factor = row.final / row.baseline if row.baseline else 1.0  # of a blend, each factor to the power of its share
        shares = f"{number(100 * row.share_baseline)} → {number(100 * row.share_final)}"
        targets = NO_FIGURE
        if row.target is not None and any(step.target is not None for step in row.steps):
            dimension = case.questionnaire.dimensions.get(row.node)
            root = case.instrument.chain[0].targets
            before = root.get(row.node, root.get(dimension.pillar) if dimension else None)
            targets = f"{number(FULL_TARGET if before is None else float(before))} → {number(row.target)}"
        drift = drift_words(row, case.questionnaire, case.language)
        aiming = row.aiming  # for a target in whose place another stands no reason is told
        told = [step for step in row.steps if step.factor != 1 or step.target is None or step in aiming]
        because = dict.fromkeys(_because(case, step, aims=step in aiming) for step in told)
        ledger_rows.append(
            (
                runs(Run(case.title(row.node), bold=row.node in case.questionnaire.pillars)),
                runs(shares),
                runs(NO_FIGURE if abs(factor - 1) < SAME_FACTOR else f"×{number(factor, 2)}"),
                runs(targets),
                runs(case.grammar.paragraph([drift, *because])),
            )
        )
    return [
        Table(
            columns,
            tuple(ledger_rows),
            case.say(_("Every weight and target that was moved, and why")),
            note,
        )
    ]


def _because(case: Case, step: LedgerStep, *, aims: bool) -> str:
    source = case.say(_("correction by {place}")) if step.by_hand else cited(case, step.sources)
    argued = [plain(typed(case.tell(words))) for words in (step.why, step.target_why if aims else {})]
    why = case.grammar.paragraph(
        case.grammar.sentence(words) if step.target_why else words for words in argued if words
    )
    why = why.rstrip(case.grammar.stop.strip()) or NO_FIGURE
    return case.say(_("{why} ({source})."), why=why, source=source) if source else case.grammar.sentence(why)


def local_blocks(case: Case) -> Sequence[Block]:
    """Return the section without its heading."""
    return [*profile(case), *waterfall(case), *ledger(case), *facts(case)]


HEADLINE_UP = _("{What} raise the score by {points} points against the baseline")
HEADLINE_DOWN = _("{What} lower the score by {points} points against the baseline")
HEADLINE_EVEN = _("{What} change weights and targets, but hardly the score")
MOVED_BY: dict[TailoredBy, Text] = {
    "conditions": _("{Conditions}"),
    "both": _("{Conditions} and corrections by hand"),
    "hand": _("Corrections by hand"),
}


def headline(case: Case) -> str:
    """State what local conditions changed."""
    overall = case.card.overall
    by_rules = difference(overall.baseline_score, overall.score) or 0.0  # a profile may have floors of its own alone
    same = not moved(case.card.ledger) and not by_rules
    if same and case.by_baseline:
        return case.say(_("Scored by the baseline, without corrections"))
    if same or overall.score is None or overall.baseline_score is None:
        return case.say(_("Weights and targets under the profile “{profile}”"), profile=case.instrument.name)
    moved_by = difference(overall.baseline_score, overall.score) or 0.0
    words = HEADLINE_EVEN if not moved_by else HEADLINE_UP if moved_by > 0 else HEADLINE_DOWN
    points = number(abs(moved_by))
    return case.say(words, What=case.say(MOVED_BY[case.tailored_by]), points=points)
