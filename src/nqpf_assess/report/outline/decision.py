"""The decision page: the verdict, what broke, what moved, what to do first, what stays open, how sure all this is."""

from collections.abc import Iterator, Mapping, Sequence

from nqpf_assess.engine.gaps import Gain
from nqpf_assess.engine.scorecard import set_aside
from nqpf_assess.engine.scoring import scale_conditions
from nqpf_assess.engine.states import fails, is_to_confirm, unsettled
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text, _, _c, _n
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.plan import OpenGap, Openness
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.report.blocks import Block, CardField, CardRow, DetailCard, Paragraph, Run, runs
from nqpf_assess.report.follow_up_text import STATE_WORDS
from nqpf_assess.report.outline.case import Case, Earlier, plain, typed
from nqpf_assess.report.outline.change import doubtful, in_time, movement, outcome
from nqpf_assess.report.outline.findings import all_gaps, capped, unscored
from nqpf_assess.report.outline.floors import broken
from nqpf_assess.report.outline.front import OTHER_EDITION, profile_name
from nqpf_assess.report.outline.listing import holder_table
from nqpf_assess.report.outline.measures import (
    FIELD_FIRST,
    FIELD_KPI,
    NO_LIST,
    closed_words,
    gone_words,
    if_it_suits,
    missing_words,
    more_unknown,
    progress,
)
from nqpf_assess.report.outline.phrases import (
    day,
    day_of,
    editions_of,
    evidence_named,
    holder_of,
    month_of,
    numbered,
    points,
    quoted,
    raised,
    share_words,
)
from nqpf_assess.report.outline.roadmap import FIRST_STEP, Agenda, Task, held_after
from nqpf_assess.report.outline.shelf import (
    ACTS,
    Shelf,
    added_by,
    decides,
    left_open,
    measure_of,
    waits,
)
from nqpf_assess.report.outline.upward import requests
from nqpf_assess.report.outline.verdict import THREE, verdict_blocks
from nqpf_assess.report.plan_reason import waited_for
from nqpf_assess.report.wording import (
    ALIKE,
    DIFFERING,
    RANGE_OUTSIDE,
    SET_ASIDE,
    TIER_WORDS,
    WHAT_TO_DO,
    asks_about_new_forces,
    number,
    outside,
    percent,
    period_in_sentence,
    rounded,
)

# ── Whose report, of when ──

TITLE = _("{subject}: self-assessment of new quality productive forces, in brief")
TITLE_FIRM = _("{subject}: self-assessment of the firm's new quality productive forces, in brief")
OWN_TITLE = _("{subject}: {title}, in brief")
ASSESSED_AS = _("assessed as: {profile}")


def title(case: Case, subject: str) -> str:
    """Name the paper."""
    if not asks_about_new_forces(case.questionnaire):
        return case.say(OWN_TITLE, subject=subject, title=case.in_sentence(case.tell(case.questionnaire.title)))
    return case.say(TITLE_FIRM if case.firm else TITLE, subject=subject)


def dateline(case: Case) -> Paragraph:
    """State which period is assessed, as what kind of place or firm, and on which day."""
    parts = [
        period_in_sentence(typed(case.answers.subject.period), case.language),
        case.say(ASSESSED_AS, profile=profile_name(case)),
        day(case),
    ]
    return Paragraph(runs(" · ".join(part for part in parts if part)), "note")


# ── What moved ──

MOVED = _("What moved since {then}. ")


def moved(case: Case, earlier: Earlier) -> Iterator[Block]:
    """Yield what changed since last time, what fell first, and what came of the plan."""
    said = [*doubtful(case, earlier), *movement(case, earlier, causes=True), *outcome(case, earlier)]
    if said:
        then, _now = in_time(earlier.told(case.language), case.language)
        yield Paragraph((Run(case.say(MOVED, then=then), bold=True), Run(case.grammar.paragraph(said))))


# ── What to do first ──

ACTS_HEAD = _("{n} things to do first")
ACT_HEAD = _("One thing to do first")
NUMBERS: dict[int, Text] = {1: _("One"), 2: _("Two"), 3: _("Three")}
TOGETHER = _(
    " (up to {points} in all, for an effort of {effort}: money, staff and coordination count 1 to 5 for each measure)"
)
TOGETHER_CAPPED = _(
    " (up to {points} in all after floors, for an effort of {effort}: money, staff and coordination count 1 to 5 for "
    "each measure)"
)
EFFORT_ONLY = _(
    " (an effort of {effort}: money, staff and coordination count 1 to 5 for each measure; what is gained can be said "
    "once there is a score)"
)
WHO, DUE, BRINGS = _c("on a card", "Who"), _c("on a card", "Due"), _("Adds further")
BY_END = _("end of {month}")
LEADS_WITH = _("{lead}, with {support}")
ASKED_OF = _("decided by the {tier}, to be asked for")
SOONER = _("{step} (by {day})")
FROM_THEN = _("{step} (begins {month}, after {before})")
FROM_THEN_BESIDE = _("{step} (begins {month}; {before}, which it needs, may still be under way then)")
NO_ACT = _("Nothing new has to be begun. ")
NO_ACT_HOLD = _("What has been reached has to be held, and the targets reviewed next time.")
NO_ACT_FITS = _("No measure of the list is called for at present.")
NO_ACT_SUITS = _("Of the measures of the list that are called for none suits here.")
NO_ACT_LEFT = _("No further measure of the list is to be begun at present.")
NO_ACT_YET = _("What to do first can be said once more is answered; the missing answers come first.")


def acts(case: Case, shelf: Shelf, agenda: Agenda) -> Iterator[Block]:
    """Yield the first acts as cards."""
    tasks = agenda.tasks[:ACTS]
    if not tasks:
        scored = any(pillar.score is not None for pillar in case.pillars)
        if scored:
            held = (Run(case.say(NO_ACT), bold=True), Run(case.say(NO_ACT_HOLD)))
            none = case.say(NO_ACT_LEFT if shelf.fitting else NO_ACT_SUITS if shelf.unsuited else NO_ACT_FITS)
            if not case.card.countermeasures:
                none = case.say(NO_LIST) + case.grammar.stop.strip()
            whole = not any(unscored(case, pillar.id) for pillar in case.pillars)
            more = more_unknown(case, shelf)
            reached = held if whole and not more else (Run(more if whole else case.say(NO_ACT_YET)),)
            called = (Run(none, bold=True), *((Run(case.grammar.space + more),) if more else ()))
            behind = all_gaps(case) or capped(case)  # a floor may hold the score where all is at its target
            yield Paragraph(called if behind and not waits(case, shelf) else reached)
        elif case.answered:
            yield Paragraph(runs(case.say(NO_ACT_YET)))
        left = case.grammar.paragraph([closed_words(case, shelf), gone_words(case, shelf)])
        if case.answered and left:
            yield Paragraph(runs(left), "note")
        return
    effort = sum(task.row.effort for task in tasks)
    together = tasks[-1].cumulative
    floored = together is not None and held_after(case, tasks) > 0
    words = EFFORT_ONLY if together is None else TOGETHER_CAPPED if floored or capped(case) else TOGETHER
    head = case.say(ACT_HEAD) if len(tasks) == 1 else case.say(ACTS_HEAD, n=NUMBERS[len(tasks)])
    tail = case.say(words, points=points(case, together), effort=effort)
    yield Paragraph((Run(head, bold=True), Run(tail)))
    cards = []
    for task in tasks:
        brings = worth(case, Gain(task.free or 0.0, task.gain or 0.0)) + if_it_suits(case, task.row)
        fields: list[tuple[Text, str]] = [
            (WHO, who(case, task)),
            (FIELD_FIRST if task.measure.first else WHAT_TO_DO, first_step(case, agenda, task)),
            (FIELD_KPI, case.tell(task.row.kpi.filled(task.measure.kpi))),
            (DUE, case.say(BY_END, month=month_of(case, agenda.due(task))) + progress(case, task.id)),
            *(() if task.gain is None else ((BRINGS, brings),)),
        ]
        labelled = tuple(CardField(case.say(label), runs(words)) for label, words in fields)
        cards.append(DetailCard(case.tell(task.measure.title), labelled))
    yield CardRow(tuple(cards))
    if missing := missing_words(case, shelf, [task.id for task in tasks]):
        yield Paragraph(runs(missing), "note")


def who(case: Case, task: Task) -> str:
    """Name who leads a measure and who helps."""
    lead, support = case.tell(task.measure.lead), case.tell(task.measure.support or {})
    said = case.say(LEADS_WITH, lead=lead, support=case.in_sentence(support)) if support else lead
    if decides(case, task.row) != "ask":
        return said
    return said + case.grammar.semicolon + case.say(ASKED_OF, tier=TIER_WORDS[task.measure.acts])


def first_step(case: Case, agenda: Agenda, task: Task) -> str:
    """State the first step, or what a measure is that states none, and when it is taken or begins, if not at once."""
    step = case.tell(task.measure.first or task.measure.gist)
    if not task.start:
        by = agenda.first_step(task)
        sooner = by < agenda.begins + FIRST_STEP and task.measure.first
        return case.say(SOONER, step=step.rstrip(".。"), day=day_of(case, by)) if sooner else step
    needed = {place: other for place, other in enumerate(agenda.tasks, start=1) if other.id in task.needs}
    words = FROM_THEN_BESIDE if any(other.end > task.start for other in needed.values()) else FROM_THEN
    month = agenda.first_day(task.start)
    return case.say(
        words,
        step=step.rstrip(".。"),
        month=case.grammar.month(month.year, month.month),
        before=numbered(case, [*needed]),
    )


def first_steps(case: Case, agenda: Agenda) -> Mapping[str, str]:
    """State the first step of each task of an agenda, by its measure."""
    return {task.id: first_step(case, agenda, task) for task in agenda.tasks if task.measure.first}


# ── What stays open ──

OPEN = _("What these leave open. ")
OPEN_ALONE = _("What stays open. ")
LATER = _("{names} follow with {measures}.")
LATER_ONE = _("{names} follows with {measures}.")
OF_NUMBER = _("measure No. {number}, “{title}”")
ASKED = _("{names}: “{title}”{stands} is meant for this, is decided by the {tier} and stands among the requests.")
GAP_NAME = _("{name} ({share} of the shortfall)")
WHY_OPEN: dict[Openness, Text] = {
    "effort": _(
        "{names}: “{title}”{stands} is meant for this; on top of all tasks it would add {points} for an effort of "
        "{effort}."
    ),
    "wish": _("{names}: “{title}” is meant for this; by the follow-up sheet it is {state}."),
    "unsuited": _("{names}: “{title}” is meant for this, but {why}."),
    "past": _("{names}: what the list has for this begins at a lower or a higher score."),
    "none": _("{names}: the list has no measure for it."),
}


WAITS = _("{names}: “{title}” is meant for this, but what must come before it was dropped by the follow-up sheet.")
WITH_FIRST = _(
    "{names}: “{title}”{stands} is meant for this; together with what must come before it, it would add {points} for "
    "an effort of {effort}, on top of all tasks."
)
BUT_FOR_FLOORS = _("{uncapped} but for floors")


def stays_open(case: Case, shelf: Shelf, agenda: Agenda) -> Iterator[Block]:
    """Yield for each of the largest gaps that no act reaches, why."""
    if case.card.overall.shortfall is None or not all_gaps(case):
        return
    left = left_open(case, shelf)
    if not left:
        return
    later: dict[str, list[str]] = {}
    reasons: dict[tuple[Text, str], list[str]] = {}
    for gap in left:
        lifting = {id for id, measure in case.questionnaire.countermeasures.items() if gap.dimension in measure.lifts}
        row = next((row for row in shelf.work[ACTS:] if row.id in lifting), None)
        if row is not None:
            later.setdefault(row.id, []).append(gap.dimension)
        else:
            reasons.setdefault(_why_open(case, gap, shelf, agenda), []).append(gap.dimension)
    said = [_reason(case, shelf, agenda, why, dimensions) for why, dimensions in reasons.items()]
    follow = []
    for id, dimensions in later.items():
        names = case.listed([_gap_name(case, dimension) for dimension in dimensions])
        title = quoted(case.tell(case.questionnaire.countermeasures[id].title))
        measure = case.say(OF_NUMBER, number=shelf.number(id), title=title)
        follow.append(raised(case.say(LATER_ONE if len(dimensions) == 1 else LATER, names=names, measures=measure)))
    lead = Run(case.say(OPEN if shelf.front else OPEN_ALONE), bold=True)
    yield Paragraph((lead, Run(case.grammar.paragraph([*follow, *said]))))


def _gap_name(case: Case, dimension: str) -> str:
    share = share_words(case.nodes[dimension].share)
    return case.say(GAP_NAME, name=case.in_sentence(case.title(dimension)), share=share)


def _why_open(case: Case, gap: OpenGap, shelf: Shelf, agenda: Agenda) -> tuple[Text, str]:
    """Return why a gap stays open, and of which measure that is told; where there is none, of which dimension.

    Of what fits and adds something, that is told which needs nobody above.
    """
    if not gap.measures:
        return WHY_OPEN[gap.why], gap.dimension
    judged = {row.id: row for row in case.card.countermeasures}
    told = [judged[id] for id in gap.measures]
    adds = {row.id: added_by(case, [row, *_first(case, shelf, agenda, row)], shelf.work) for row in told}
    own = [
        row
        for row in told
        if rounded(adds[row.id].after_floors) > 0
        and all(decides(case, one) != "ask" for one in (row, *_first(case, shelf, agenda, row)))
    ]
    row = max(own or told, key=lambda row: adds[row.id].after_floors)
    words = WAITS if gap.why == "wish" and row.id not in shelf.closed else WHY_OPEN[gap.why]
    if gap.why == "effort" and not own and row.id in requests(case, shelf, agenda):
        words = ASKED
    elif gap.why == "effort" and _first(case, shelf, agenda, row):
        words = WITH_FIRST
    return words, row.id


def _first(case: Case, shelf: Shelf, agenda: Agenda, row: MeasureScore) -> list[MeasureScore]:
    """Return what must come before a measure and is neither closed nor a task."""
    open_yet = {row.id: row for row in shelf.fitting if row.id not in shelf.closed and row.id not in agenda.by_id}
    return [open_yet[id] for id in waited_for(row.id, case.questionnaire, {*open_yet})]


def _reason(case: Case, shelf: Shelf, agenda: Agenda, why: tuple[Text, str], dimensions: Sequence[str]) -> str:
    """State why some gaps stay open: what fits and what it would add, that it is done, asked for or unsuited."""
    words, id = why
    names = case.listed([_gap_name(case, dimension) for dimension in dimensions])
    row = next((row for row in case.card.countermeasures if row.id == id), None)
    if row is None:
        return raised(case.say(words, names=names))
    first = _first(case, shelf, agenda, row)
    said = case.say(
        words,
        names=names,
        title=quoted(case.tell(measure_of(case, row).title)),
        stands=progress(case, row.id),
        points=worth(case, added_by(case, [row, *first], shelf.work)),
        effort=row.effort + sum(one.effort for one in first),
        tier=TIER_WORDS[measure_of(case, row).acts],
        why=case.in_sentence(plain(case.tell(row.why_not))),
        state=STATE_WORDS[shelf.closed[row.id]] if row.id in shelf.closed else "",
    )
    return raised(said)


def worth(case: Case, gain: Gain) -> str:
    """State points after the floors; behind them what they would be but for floors, where that is seen to be more."""
    more = gain.points - gain.after_floors >= ALIKE and rounded(gain.points) > rounded(gain.after_floors)
    free = case.grammar.bracketed(case.say(BUT_FOR_FLOORS, uncapped=number(gain.points))) if more else ""
    return points(case, gain.after_floors) + free


# ── How sure ──

SURE = _("How sure this is. ")
OPEN_STATES = ("blank", "dk", "later")
ANSWERED = _("{answered} of {asked} questions are answered, {named} of them with evidence.")
ANSWERED_ONE = _("{answered} of {asked} questions is answered, {named} with evidence.")
ONE_ANSWERED = _("The one question is answered, without evidence.")
ONE_SUPPORTED = _("The one question is answered, with evidence.")
ANSWERED_EACH = _("{answered} of {asked} questions are answered, each with evidence.")
ANSWERED_BARE = _("{answered} of {asked} questions are answered, none of them with evidence.")
ALL_BARE = _("All {asked} questions are answered, none of them with evidence.")
ALL_ANSWERED = _("All {asked} questions are answered, {named} of them with evidence.")
ALL_SUPPORTED = _("All {asked} questions are answered, each with evidence.")
LITTLE_SURE = _n("{count} answer was given with low confidence.", "{count} answers were given with low confidence.")
EARLIER_WORDING = _n(
    "{count} answer was given to an earlier wording of its question and should be confirmed.",
    "{count} answers were given to an earlier wording of their questions and should be confirmed.",
)
YEAR_COUNTS = _("A figure with its year counts as evidence.")
OTHER_YEARS = _n(
    "{count} figure is of {years}, not of {year}.",
    "{count} figures are of {years}, not of {year}.",
)
MAYBE_OTHERS = _(
    "Whether other questions, scales or weights apply here is not known, since facts that decide it are open."
)
OPEN_HELD = _("What is open is usually held by: {holders}.")
AND_OTHERS = _c("who hold answers", "{listed} and others")
ROBUST = _("If every weight were {spread} more or less, the score would lie between {low} and {high}")
ROBUST_SAME = _("If every weight were {spread} more or less, the score would stay at {score}.")
SAME_WEAKEST = _(", and {pillars} would still score lowest.")
SOME_WEAKEST = _("; {pillars} would always be among the three that score lowest.")
OTHER_WEAKEST = _("; which pillars score lowest depends on the weights.")
HELD_SCORE = _("The score is held by a floor, so no range says how firm it is; before the floor it is {uncapped}.")
HELD_RANGE = _(
    "The score is held by a floor; depending on the open answers it lies between {low} and {high}. Before the floor it "
    "is {uncapped}."
)
RANGE = _("Depending on the open answers the score lies between {low} and {high}.")
BY_CONFIDENCE = _n(
    "By stated confidence, low for {count} answer, the score lies between {low} and {high}.",
    "By stated confidence, low for {count} answers, the score lies between {low} and {high}.",
)
NO_CONTRADICTION = _("No two answers contradict each other.")
CONTRADICTIONS = _("{n} combinations of answers should be checked first.")
CONTRADICTION = _("One combination of answers should be checked first.")


def _conditions(case: Case) -> Iterator[AnyCondition | None]:
    """Yield the conditions that say which questions are asked and how they count, as far as they can still matter."""
    view = case.assessed.view
    for id, question in case.questionnaire.questions.items():
        if (case.quick and not question.core) or fails(question.show_if, view) or view.questions[id].state == "na":
            continue
        yield from (question.show_if, question.na_when)
        yield from scale_conditions(case.instrument, id, view)
    for _share, chain in case.instrument.profiles:
        yield from (change.when for file in chain for change in file.adjust)


def sureness(case: Case) -> Iterator[Block]:
    """Yield how far the result can be relied on."""
    if not case.answered:
        return
    overall, asked = case.card.overall, len(case.counting)
    named = sum(evidence_named(case, id) for id in case.answered)
    supported = ANSWERED_EACH if named == len(case.answered) else ANSWERED if named else ANSWERED_BARE
    one = ANSWERED_ONE if len(case.answered) == 1 else supported
    every = ALL_SUPPORTED if named == asked else ALL_ANSWERED if named else ALL_BARE
    words = one if len(case.answered) < asked else every
    if asked == 1:
        words = ONE_SUPPORTED if named else ONE_ANSWERED
    said = []
    for other in case.other_editions:
        stated, used = editions_of(case, other)
        said.append(case.say(OTHER_EDITION[other.what], stated=stated, used=used))
    said.append(case.say(words, answered=len(case.answered), asked=asked, named=named))
    if any(unsettled(when, case.assessed.view, OPEN_STATES) for when in _conditions(case)):
        said.append(case.say(MAYBE_OTHERS))
    entries = (case.answers.answers[id].evidence for id in case.answered if evidence_named(case, id))
    if not all(any(entry.strip() for entry in named) for named in entries):
        said.append(case.say(YEAR_COUNTS))
    figures = (id for id in case.answered if kind_of(case.questionnaire.questions[id]).is_figure)
    year = case.answers.subject.year
    if year is not None and (others := [str(case.year_of(id)) for id in figures if case.year_of(id) != year]):
        years = case.listed(sorted(set(others)))
        said.append(case.say(OTHER_YEARS, count=len(others), year=year, years=years))
    if aside := set_aside(case.questionnaire, case.answers, case.card):
        said.append(case.say(SET_ASIDE, count=len(aside)))
    facts = (id for id, seen in case.assessed.view.facts.items() if seen.state == "answered")
    asked_of = case.questionnaire.asked
    outdated = sum(is_to_confirm(asked_of[id], case.given(id)) for id in (*facts, *case.answered))
    if outdated:
        said.append(case.say(EARLIER_WORDING, count=outdated))
    unsure = sum(case.answers.answers[id].confidence == "low" for id in case.answered)
    if unsure and (overall.score is None or capped(case)):
        said.append(case.say(LITTLE_SURE, count=unsure))
    if differing := case.disputes:
        said.append(case.say(DIFFERING, count=len(differing)))
    missing = [id for id in case.instrument.questions if id in case.counting and case.nodes[id].score is None]
    if missing:
        held = (holder_of(case, id) for id in missing if case.questionnaire.questions[id].holder)
        each = (case.in_sentence(office) for offices in held for office in offices.split(case.grammar.listing))
        if holders := list(dict.fromkeys(each)):
            few = case.say(
                AND_OTHERS, listed=case.grammar.list(holders[:THREE])
            )  # offices of one answer may be the same
            said.append(case.say(OPEN_HELD, holders=few if len(holders) > THREE else case.listed(holders)))
    if overall.score is not None:
        said.append(_robust(case, unsure))
    if case.card.checks:
        count = len(case.card.checks)
        said.append(case.say(CONTRADICTION) if count == 1 else case.say(CONTRADICTIONS, n=count))
    elif case.checked:
        said.append(case.say(NO_CONTRADICTION))
    yield Paragraph((Run(case.say(SURE), bold=True), Run(case.grammar.paragraph(said))))


def _robust(case: Case, unsure: int) -> str:
    overall, rules = case.card.overall, case.assessed.figures.rules
    if capped(case):
        words = HELD_SCORE if number(overall.low) == number(overall.high) else HELD_RANGE
        return case.say(words, uncapped=number(overall.uncapped), low=number(overall.low), high=number(overall.high))
    said = ""
    if number(overall.low) != number(overall.high):
        words = RANGE_OUTSIDE if outside(overall) else RANGE
        said = case.say(words, low=number(overall.low), high=number(overall.high)) + case.grammar.space
    if unsure:
        low, high = number(overall.confidence_low), number(overall.confidence_high)
        said += case.say(BY_CONFIDENCE, count=unsure, low=low, high=high) + case.grammar.space
    if number(overall.robust_low) == number(overall.robust_high):
        return said + case.say(ROBUST_SAME, spread=percent(rules.weight_spread), score=number(overall.score))
    said += case.say(
        ROBUST,
        spread=percent(rules.weight_spread),
        low=number(overall.robust_low),
        high=number(overall.robust_high),
    )
    scored = [pillar for pillar in case.pillars if pillar.score is not None]
    weakest = [pillar for pillar in scored if pillar.weakest_three in ("always", "sometimes")]
    scores = [pillar.score or 0.0 for pillar in scored]
    always = [pillar for pillar in weakest if pillar.weakest_three == "always"]
    alike = len(scored) <= THREE or len(always) == len(scored) or max(scores) - min(scores) < ALIKE
    if alike or len(scored) < len(case.pillars):  # none is the weakest, or one may be that has no score
        return case.grammar.sentence(said)
    names = case.listed([case.in_sentence(case.short(pillar.id)) for pillar in always])
    return said + case.say(
        SAME_WEAKEST if always == weakest else SOME_WEAKEST if always else OTHER_WEAKEST, pillars=names
    )


# ── The page ──


def decision_blocks(case: Case, shelf: Shelf, agenda: Agenda) -> Iterator[Block]:
    """Yield the page behind its title."""
    yield dateline(case)
    yield from verdict_blocks(case, glanced=bool(agenda.tasks))
    yield from broken(case, shelf)
    if case.earlier is not None:
        yield from moved(case, case.earlier)
    yield from acts(case, shelf, agenda)
    yield from stays_open(case, shelf, agenda)
    yield from sureness(case)
    if case.card.overall.score is None:
        yield from holder_table(case)
