"""Countermeasures in words: the first ones described, what else fits, what was considered and is not recommended."""

from collections.abc import Iterable, Mapping, Sequence

from nqpf_assess.engine.following import CLOSED
from nqpf_assess.engine.gaps import NOT_SUITED, needed, undecided
from nqpf_assess.locale import Text, _, _c, _n
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.report.blocks import (
    Block,
    Bullets,
    CardField,
    DetailCard,
    ImpactMatrix,
    Inline,
    MatrixPoint,
    Paragraph,
    Run,
    Table,
    TableColumn,
    runs,
)
from nqpf_assess.report.follow_up_text import STATE_WORDS
from nqpf_assess.report.outline.case import Case, plain
from nqpf_assess.report.outline.change import sheet_of
from nqpf_assess.report.outline.findings import all_gaps, capped, unscored
from nqpf_assess.report.outline.headings import anchor_of
from nqpf_assess.report.outline.phrases import (
    MEASURES,
    and_more,
    cited,
    counted,
    cut,
    day_of,
    drawn_of,
    points,
    quoted,
    raised,
)
from nqpf_assess.report.outline.shelf import Shelf, closed_of, decides, joint_gain, measure_of, waits
from nqpf_assess.report.plan_reason import first_reason
from nqpf_assess.report.wording import HORIZON_WORDS, TIER_WORDS, difference, number, rounded

MOST_POINTS = 14
MOST_ROWS = 120
MOST_ALIKE = 3

# ── The section's lead ──

HEADLINE = _("{measures} to begin with, up to {gain} points in all")
HEADLINE_PLAN = _("The plan: {measures}, up to {gain} points in all")
HEADLINE_OPEN = _("{measures} to begin with")
HEADLINE_YET = _("No countermeasure can be chosen yet")
HEADLINE_NONE = _("No countermeasure of the list is called for")
HEADLINE_UNSUITED = _("Of the countermeasures called for none suits here")
NO_LIST = _("The questionnaire lists no countermeasures")
HEADLINE_LEFT = _("No further countermeasure is to be begun")
LEAD = _(
    "Called for and suited to {conditions}: {fitting} of {all} on the list. In front stand the first acts, then "
    "others, chosen by what each adds for its effort and by what lifts a broken floor; what must come first stands "
    "first. The points "
    "on a card are what it adds to those before it, after floors, so that they sum to the points of all of them. They "
    "are the most that expert judgement allows, not a forecast."
)
LEAD_PLAN = _(
    "The plan was chosen from {fitting} of {all} on the list that are called for and suited to "
    "{conditions}: {measures} with an effort of {effort} in all. They stand by phase, and what must come first stands "
    "first. What a measure can add is the most that expert judgement allows, not a forecast."
)
FURTHER = _(" The first {front} are described here, the others of the plan in the annex.")
CLOSED_ALREADY = _("Left out, because the follow-up sheet has them as done or dropped: {titles}.")
CLOSED_ONE = _("Left out, because the follow-up sheet has it as done or dropped: {titles}.")
NOT_AMONG = _("“{title}” must wait for what is no task here: {titles}.")
NOT_ANY_MORE = _("Chosen in the plan, but not called for or not suited here by the present answers: {titles}.")
NOT_KNOWN_YET = _("Chosen in the plan, but too little is answered to say whether this is called for: {titles}.")
LEAD_OPEN = _(
    "Called for by what is answered so far: {fitting} of {all} on the list. Without an overall score their "
    "gains cannot be worked out; those of the least effort are taken first, and stand by phase."
)
LEAD_LEFT = _(
    "Called for and suited to {conditions}: {fitting} of {all} on the list. None of them is to be begun: by the "
    "follow-up sheet it is done or dropped or waits for what is dropped, or it adds less than 0.1 points to the score."
)
LEAD_NONE = _("Of {all} on the list none is both called for by the scores and suited to {conditions}.")
LEAD_YET = _(
    "Which measures on the list are called for cannot be said before there are scores; the missing items come first."
)
IF_IT_SUITS = _("if it suits")
UNSURE = _("{titles} may not suit {place}; what decides it is not known here.")
UNSURE_OF = _n(
    "Of {count} of these it cannot be said whether it suits, because what decides it is not known here.",
    "Of {count} of these it cannot be said whether they suit, because what decides it is not known here.",
)
HOLD = _("What comes next is to hold what is reached and to review the targets at the next assessment.")
FILL_IN = _("More may be called for once the missing items are filled in; that comes first.")
UNASKED = _("Whether more is called for in parts that a quick screening does not ask about cannot be said yet.")


def headline(case: Case, shelf: Shelf) -> str:
    """State what the measures come to."""
    gain = joint_gain(case, shelf.work)
    if not case.card.countermeasures:
        return case.say(NO_LIST)
    if not shelf.front:
        scored = any(pillar.score is not None for pillar in case.pillars)
        none = HEADLINE_UNSUITED if shelf.unsuited else HEADLINE_NONE if scored else HEADLINE_YET
        return case.say((HEADLINE_YET if waits(case, shelf) else HEADLINE_LEFT) if shelf.fitting else none)
    words = HEADLINE_OPEN if gain is None else HEADLINE_PLAN if shelf.planned else HEADLINE
    return case.say(words, measures=counted(case, len(shelf.work), MEASURES), gain=number(gain))


def lead(case: Case, shelf: Shelf) -> Paragraph:
    """State how the measures were chosen."""
    if not case.card.countermeasures:
        return Paragraph(runs(case.say(NO_LIST) + case.grammar.stop.strip()))
    gain = joint_gain(case, shelf.work)
    nothing = LEAD_NONE if any(pillar.score is not None for pillar in case.pillars) else LEAD_YET
    begun = LEAD if gain is not None else LEAD_OPEN if shelf.front else LEAD_LEFT
    words = begun if shelf.fitting else nothing
    every = counted(case, len(case.card.countermeasures), MEASURES)
    said = _plan_lead(case, shelf, every) if shelf.planned else case.say(words, fitting=len(shelf.fitting), all=every)
    unsure = sum(row.unsure for row in shelf.fitting)
    said = case.grammar.paragraph([said, case.say(UNSURE_OF, count=unsure) if unsure else "", gone_words(case, shelf)])
    after = ""
    if words in (LEAD_NONE, LEAD_LEFT):
        behind = words is LEAD_LEFT or all_gaps(case) or capped(case)
        whole = not any(unscored(case, pillar.id) for pillar in case.pillars)
        after = more_unknown(case, shelf) or (case.say(HOLD) if whole and not behind else "")
    return Paragraph(runs(case.grammar.paragraph([said, after])))


def more_unknown(case: Case, shelf: Shelf) -> str:
    """State what keeps open whether further measures are called for; "" where nothing does."""
    if not any(undecided(case.assessed, measure_of(case, row)) for row in shelf.unneeded):
        return ""
    return case.say(FILL_IN if any(unscored(case, pillar.id) for pillar in case.pillars) else UNASKED)


def _plan_lead(case: Case, shelf: Shelf, every: str) -> str:
    """State what the plan is: how many measures, what effort, what stands elsewhere."""
    said = case.say(
        LEAD_PLAN,
        fitting=len(shelf.fitting),
        all=every,
        measures=counted(case, len(shelf.planned), MEASURES),
        effort=sum(row.effort for row in shelf.planned),
    )
    said += case.grammar.space + first_reason(
        [row.id for row in shelf.planned], case.card, case.questionnaire, case.language
    )
    if len(shelf.planned) > len(shelf.front):
        said += case.say(FURTHER, front=len(shelf.front))
    return said


def gone_words(case: Case, shelf: Shelf) -> str:
    """Name what was chosen in the plan and is no part of it here, nor done, with why; "" where there is nothing."""
    done = closed_of(case).keys()
    unknown = {row.id for row in shelf.unneeded if undecided(case.assessed, measure_of(case, row))} - done
    gone = {row.id for row in (*shelf.unsuited, *shelf.unneeded)} - done - unknown
    said = []
    for words, left in ((NOT_ANY_MORE, gone), (NOT_KNOWN_YET, unknown)):
        chosen = [id for id in case.answers.plan.chosen if id in left]
        titles = case.series(case.tell(case.questionnaire.countermeasures[id].title) for id in chosen)
        said += [case.say(words, titles=titles)] if chosen else []
    return case.grammar.paragraph(said)


def if_it_suits(case: Case, row: MeasureScore) -> str:
    """Say behind a measure, or what it brings, that nobody knows yet whether it suits here; "" where that is known."""
    return case.grammar.bracketed(case.say(IF_IT_SUITS)) if row.unsure else ""


def unsure_words(case: Case, rows: Iterable[MeasureScore]) -> str:
    """Name those of some measures of which nobody knows yet whether they suit here; "" where there is none."""
    titles = [case.grammar.quoted(quoted(case.tell(measure_of(case, row).title))) for row in rows if row.unsure]
    return case.say(UNSURE, titles=case.listed(titles)) if titles else ""


def closed_words(case: Case, shelf: Shelf) -> str:
    """Name what would fit and is done or dropped; "" where there is nothing."""
    titles = case.series(titled(case, shelf, id) for id in shelf.closed)
    return case.say(CLOSED_ONE if len(shelf.closed) == 1 else CLOSED_ALREADY, titles=titles) if titles else ""


def missing_words(case: Case, shelf: Shelf, ids: Iterable[str]) -> str:
    """Name, for measures of the plan, what must come before them and is no task here, such as what was dropped."""
    open_yet = {row.id for row in shelf.fitting if shelf.closed.get(row.id) != "done"} - {row.id for row in shelf.work}
    said = []
    for id in ids:
        needs = [need for need in case.questionnaire.countermeasures[id].needs if need in open_yet]
        title = quoted(case.tell(case.questionnaire.countermeasures[id].title))
        titles = case.series(titled(case, shelf, need) for need in needs)
        said += [case.say(NOT_AMONG, title=title, titles=titles)] if needs else []
    return case.grammar.paragraph(said)


def titled(case: Case, shelf: Shelf, id: str) -> str:
    """Name a measure, behind it how far it has come by the follow-up sheet."""
    return case.tell(case.questionnaire.countermeasures[id].title) + closed_state(case, shelf, id) + progress(case, id)


def closed_state(case: Case, shelf: Shelf, id: str) -> str:
    """State behind a measure's name that it is done or dropped; "" where it is neither."""
    state = shelf.closed.get(id)
    return "" if state is None else case.grammar.bracketed(case.say(STATE_WORDS[state]))


OVERDUE, SET = _("{state}, deadline set: {day}, overdue"), _("{state}, deadline set: {day}")
AGAIN = _("{state}, chosen again")


def progress(case: Case, id: str) -> str:
    """State how far a measure has come by the follow-up sheet, and its deadline there; "" where it has no entry.

    Of what is done or dropped there only where it was chosen again since, which is said, and no deadline of then.
    """
    row = next((row for row in sheet_of(case) if row.measure == id and row.history), None)
    if row is None or id in closed_of(case):
        return ""
    state = case.say(STATE_WORDS[row.state])
    if row.state in CLOSED:
        state = case.say(AGAIN, state=state)
    elif row.deadline is not None:
        state = case.say(OVERDUE if row.overdue else SET, state=state, day=day_of(case, row.deadline))
    return case.grammar.bracketed(state)


# ── Cards ──

TITLE = _("{number}. {title}")
FIELD_CLOSES = _("Closes")
FIELD_DECIDES = _("Who may decide")
FIELD_LEAD = _c("unit", "Lead")
FIELD_SUPPORT = _("With")
FIELD_EFFORT = _("Effort")
FIELD_HORIZON = _("Horizon")
FIELD_NEEDS = _("First")
FIELD_KPI = _("Measured by")
FIELD_FIRST = _("First step, in its first 100 days")
FIELD_SOURCE = _c("of a measure", "Source")
FIELD_EXAMPLE = _("Example")
LIFT = _("{dimension} (up to {lift} of {gap} points)")
LIFT_WHOLE = _("{dimension} (up to all {gap} points)")
LIFT_ABOVE = _("{dimension} (target already reached)")
NO_LIFT = _("{dimension} (no score yet)")
EFFORT = _("{effort} of 5")
DECIDES = {
    "here": _("{place} itself"),
    "ask": _("{tier}, to be asked for"),
    "coordinate": _("{tier}, to be agreed with them"),
    "": _("{tier}"),
}
DECIDES_FIRM = {
    "here": _("{tier}"),
    "ask": _("{tier}, the firm has to apply"),
}
ADDS = _("adds {points}")


def cards(case: Case, shelf: Shelf, gains: Mapping[str, float | None], first_steps: Mapping[str, str]) -> list[Block]:
    """Describe the measures in front, one card each.

    `gains`: what each adds to those before it. `first_steps`: with when they begin, where that is not now.
    """
    return [card(case, shelf, row, gains.get(row.id), first_steps.get(row.id)) for row in shelf.front]


def card(case: Case, shelf: Shelf, row: MeasureScore, gain: float | None, first_step: str | None) -> DetailCard:
    """Describe one measure."""
    measure = measure_of(case, row)
    title = case.say(TITLE, number=shelf.number(row.id), title=case.tell(measure.title))
    badge = "" if gain is None else case.say(ADDS, points=points(case, gain))
    anchor = anchor_of(case.language, f"measure-{row.id}")
    pairs: list[tuple[Text, Inline]] = [
        (FIELD_CLOSES, runs(closes(case, row))),
        (FIELD_LEAD, runs(case.tell(measure.lead))),
        (FIELD_SUPPORT, runs(case.tell(measure.support or {}))),
        (FIELD_EFFORT, runs(case.say(EFFORT, effort=row.effort))),
        (FIELD_HORIZON, runs(case.say(HORIZON_WORDS[measure.horizon]))),
        (FIELD_DECIDES, runs(who_decides(case, row))),
        (FIELD_NEEDS, _needs(case, shelf, row)),
        (FIELD_FIRST, runs((first_step or case.tell(measure.first)) if measure.first else "")),
        (FIELD_KPI, runs(case.tell(row.kpi.filled(measure.kpi)))),
        (FIELD_SOURCE, runs(cited(case, measure.sources))),
        (FIELD_EXAMPLE, runs(case.tell(measure.examples or {}))),
    ]
    fields = tuple(CardField(case.say(label), words) for label, words in pairs if any(run.text for run in words))
    return DetailCard(title, fields, runs(case.tell(measure.gist)), badge, anchor)


def closes(case: Case, row: MeasureScore) -> str:
    """State which gaps a measure closes, and by how much at most: what it lifts beyond a target closes no gap."""
    items, above = [], []
    for id, lift in row.lifts.items():
        node, dimension = case.nodes[id], case.short(id)
        gap = difference(node.score, node.target) or 0.0
        if node.state == "no_score":
            items.append(case.say(NO_LIFT, dimension=dimension))
        elif lift > 0 and gap > 0:
            words = LIFT_WHOLE if float(rounded(lift)) >= gap else LIFT
            items.append(case.say(words, dimension=dimension, lift=number(lift), gap=number(gap)))
        elif lift > 0:
            above.append(case.say(LIFT_ABOVE, dimension=dimension))
    return case.listed(items or above)


def who_decides(case: Case, row: MeasureScore) -> str:
    """State who may decide a measure, seen from where the subject stands."""
    words = (DECIDES_FIRM if case.firm else DECIDES)[decides(case, row)]
    return raised(case.say(words, tier=TIER_WORDS[measure_of(case, row).acts]))


def needed_first(case: Case, shelf: Shelf, row: MeasureScore) -> list[str]:
    """Return what must come before a measure and is not in place yet."""
    fitting = {entry.id for entry in shelf.fitting}
    return [id for id in measure_of(case, row).needs if id in fitting and shelf.closed.get(id) != "done"]


def _needs(case: Case, shelf: Shelf, row: MeasureScore) -> Inline:
    """Name what must come first and is not in place yet, with a link to its card where there is one."""
    front = {entry.id for entry in shelf.front}
    found: list[Run] = []
    for id in needed_first(case, shelf, row):
        title = case.say(TITLE, number=shelf.number(id), title=titled(case, shelf, id))
        target = f"#{anchor_of(case.language, f'measure-{id}')}" if id in front else ""
        found += [Run(case.grammar.semicolon)] * bool(found) + [Run(title, link=target)]
    return tuple(found)


# ── The matrix ──

MOST_FOR_EFFORT = _("Most for its effort: {title}")
NOTHING_ALONE = _("Alone none of these adds to the score")


def matrix(case: Case, shelf: Shelf) -> list[Block]:
    """Set the gain of the first measures against their effort."""
    left = [row for row in shelf.fitting if row.id not in shelf.closed and row.gain is not None]
    if len(left) < 2:
        return []
    top = max(left, key=lambda row: (row.gain_after_floors or 0.0) / row.effort)
    printed = {row.id: rounded(row.gain_after_floors or 0.0) / row.effort for row in left}
    alike = [row for row in left if row is not top and printed[row.id] == printed[top.id]]
    shown = left[:MOST_POINTS] if top in left[:MOST_POINTS] else [*left[: MOST_POINTS - 1], top]
    front = {row.id for row in shelf.work}
    drawn = tuple(
        MatrixPoint(
            str(shelf.number(row.id)),
            case.tell(measure_of(case, row).title),
            row.effort,
            row.gain_after_floors or 0.0,
            chosen=row.id in front,
        )
        for row in shown
    )
    titles = [case.tell(measure_of(case, row).title) for row in (top, *alike)]
    words = MOST_FOR_EFFORT if printed[top.id] else NOTHING_ALONE
    caption = case.say(words, title=and_more(case, titles, MOST_ALIKE))
    caption += drawn_of(case, MOST_POINTS, len(left))
    items = [
        case.say(
            _("{number} {title}: effort {effort}, {gain}"),
            number=p.number,
            title=p.label,
            effort=int(p.effort),
            gain=number(p.impact, signed=True),
        )
        for p in drawn
    ]
    return [
        ImpactMatrix(
            drawn,
            ("", "", "", ""),
            case.say(_("Effort, 1 to 5")),
            case.say(_("Gain alone after floors, points") if _floors_take(shown) else _("Gain alone, points")),
            caption,
            case.say(_("Measures by effort and by what each alone can add: {items}."), items=case.series(items)),
            chosen_name=case.say(_("to begin with")),
            other_name=case.say(_("fits as well")),
        )
    ]


def _floors_take(rows: Sequence[MeasureScore]) -> bool:
    """Return whether it shows that a floor takes points from what some of these measures add alone."""
    return any(number(row.gain) != number(row.gain_after_floors) for row in rows)


# ── What was considered ──

CONSIDERED = _("Considered, not recommended here")
ELSEWHERE = _("Meant for other conditions than those here")
UNNEEDED = _(
    "Not called for at present, because the dimensions they lift have reached their targets or the score up to "
    "which the measure helps, or are not assessed here"
)
TOO_EARLY = _(
    "For later, once other measures have laid the basis that is still missing; what law and rules require is due all "
    "the same"
)
UNDECIDED = _("Not called for by what is answered so far; dimensions that they lift have no score yet")


CANNOT_JUDGE = _("Measures that cannot be judged yet")


def considered_heading(case: Case, shelf: Shelf) -> str:
    """Head the list of what is not recommended, or cannot be judged yet."""
    judged = shelf.unsuited or any(not undecided(case.assessed, measure_of(case, row)) for row in shelf.unneeded)
    return case.say(CONSIDERED if judged else CANNOT_JUDGE)


def considered(case: Case, shelf: Shelf) -> list[Block]:
    """List what was considered and is not recommended, with the reason."""
    found: list[Block] = []
    if not case.answered:
        return found
    reasoned = [row for row in shelf.unsuited if row.why_not != NOT_SUITED]
    if reasoned:
        rows = tuple(
            (runs(case.tell(measure_of(case, row).title)), runs(raised(plain(case.tell(row.why_not)))))
            for row in reasoned
        )
        found.append(
            Table(
                (TableColumn(case.say(_("Measure")), 1.0), TableColumn(case.say(_("Why not here")), 2.0)),
                rows[:MOST_ROWS],
                note=cut(case, MOST_ROWS, len(rows)),
            )
        )
    open_yet = [row for row in shelf.unneeded if undecided(case.assessed, measure_of(case, row))]
    later = [row for row in shelf.unneeded if needed(case.assessed, measure_of(case, row), past_basics=False)]
    for words, left in (
        (ELSEWHERE, [row for row in shelf.unsuited if row not in reasoned]),
        (TOO_EARLY, [row for row in later if row not in open_yet]),
        (UNNEEDED, [row for row in shelf.unneeded if row not in open_yet and row not in later]),
        (UNDECIDED, open_yet),
    ):
        by_pillar: dict[str, list[str]] = {}
        for row in left[:MOST_ROWS]:
            lifts = measure_of(case, row).lifts
            pillar = case.pillar_of(max(lifts, key=lambda id: lifts[id]))
            by_pillar.setdefault(pillar, []).append(case.tell(measure_of(case, row).title))
        items = [
            runs(Run(case.title(pillar) + case.grammar.colon, bold=True), case.series(by_pillar[pillar]))
            for pillar in case.questionnaire.pillars
            if pillar in by_pillar
        ]
        found += [Paragraph(runs(case.say(words)), "caption"), Bullets(tuple(items))] if items else []
        if more := cut(case, MOST_ROWS, len(left)):
            found.append(Paragraph(runs(more), "note"))
    return found


# ── The rest, in the annex ──

REST = _("Further measures that fit here")
REST_LEAD = _("Fitting here as well: {measures}.")
REST_ORDER = _("They follow the first ones in the order of what each can add for its effort.")
REST_ORDER_PLAN = _(
    "What is left of the plan comes first, then the others in the order of what each can add for its effort."
)


def rest(case: Case, shelf: Shelf) -> Sequence[Block]:
    """List the measures behind the first ones."""
    floored, scored = _floors_take(shelf.rest[:MOST_ROWS]), case.card.overall.uncapped is not None
    columns = (
        TableColumn(case.say(_("No.")), 0.4, "right"),
        TableColumn(case.say(_("Measure")), 2.0),
        TableColumn(case.say(_("Closes; measured by")), 3.5),
        TableColumn(case.say(_("Who; effort; horizon")), 2.0),
        *((TableColumn(case.say(_("Gain alone")), 0.7, "right"),) if scored else ()),
        *((TableColumn(case.say(_("After floors")), 0.7, "right"),) if floored else ()),
    )
    rows = []
    for row in shelf.rest[:MOST_ROWS]:
        measure = measure_of(case, row)
        gap, stop = case.grammar.space, case.grammar.stop
        kpi = case.tell(row.kpi.filled(measure.kpi))
        needs = _needs(case, shelf, row)
        first = (Run(stop + case.say(FIELD_NEEDS) + case.grammar.colon), *needs) if needs else ()
        who = (
            case.tell(measure.lead),
            case.in_sentence(who_decides(case, row)),
            case.say(EFFORT, effort=row.effort),
            case.say(HORIZON_WORDS[measure.horizon]),
        )
        rows.append(
            (
                runs(str(shelf.number(row.id))),
                (
                    Run(
                        titled(case, shelf, row.id) + (case.say(_(" (in the plan)")) if row in shelf.planned else ""),
                        bold=True,
                    ),
                    *first,
                    Run(stop.strip()),
                ),
                runs(stop.join(filter(None, (closes(case, row), kpi))) + gap.strip()),
                runs(case.series(who)),
                *((runs(number(row.gain, signed=True)),) if scored else ()),
                *((runs(number(row.gain_after_floors, signed=True)),) if floored else ()),
            )
        )
    note = cut(case, MOST_ROWS, len(shelf.rest))
    order = REST_ORDER_PLAN if len(shelf.planned) > len(shelf.front) else REST_ORDER
    said = case.grammar.paragraph(
        [
            case.say(REST_LEAD, measures=counted(case, len(shelf.rest), MEASURES)),
            case.say(order) if scored and len(shelf.rest) > 1 else "",
        ]
    )
    return [Paragraph(runs(said)), Table(columns, tuple(rows), note=note)]
