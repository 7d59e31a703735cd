"""Annexes: every question with its answer, and what is still missing, by who holds it."""

from collections.abc import Sequence
from itertools import groupby

from nqpf_assess.engine.states import is_to_confirm, stored
from nqpf_assess.locale import Text, _
from nqpf_assess.model.base import summed
from nqpf_assess.model.questionnaire import QuestionBase
from nqpf_assess.report.blocks import Block, Bullets, Paragraph, Run, Table, TableColumn, cells, runs
from nqpf_assess.report.outline.case import Case, typed
from nqpf_assess.report.outline.phrases import (
    AND_MORE,
    MORE_IN_FULL,
    QUESTIONS,
    counted,
    cut,
    evidence_named,
    holder_of,
    raised,
    unsupported,
    with_year,
)
from nqpf_assess.report.wording import CONFIDENCE_WORDS, NO_FIGURE, STATE_WORDS, YEAR_MISSING, number, origin, stretches

MOST_ROWS = 300
MOST_EVIDENCE = 10

LISTING_TITLE = _("Every question and answer")
LEAD = _(
    "Weight is the share of the overall score that a question carries, in percentage points; where the means are "
    "arithmetic, Σ weight × score / 100 gives the overall score before the floors, but for rounding. A question that "
    "carries nothing has weight 0."
)
LEAD_OPEN = _(
    "There is no overall score yet: weight is the share of it that a question carries if everything is answered, in "
    "percentage points."
)
CAPPED = _(
    "The questionnaire has {total} questions. The {shown} that carry most are listed here; all answers are in the "
    "file that this report was made from."
)
FACT_REMARKS = _("Evidence and notes on the facts about {place}")
HIDDEN = _("Questions not asked under these conditions or in this mode: {n}.")
REMARKS = _("Evidence and notes, by the numbers above")
NUMBERED = _("{number}. ")
UNNAMED = _("No evidence is named for {numbers}.")
OLD_LINE = _("Answered to an earlier wording of the question; please confirm. ")


def listing_blocks(case: Case) -> Sequence[Block]:
    """Return the annex without its heading."""
    questions = (node for node in case.instrument.nodes if node in case.questionnaire.questions)
    asked = [id for id in questions if case.nodes[id].state != "hidden"]
    heaviest = set(sorted(asked, key=lambda id: -case.nodes[id].applicable_weight)[:MOST_ROWS])
    shown = [id for id in asked if id in heaviest]
    every = len(case.instrument.questions)
    scored = case.card.overall.uncapped is not None
    said = [case.say(LEAD if scored else LEAD_OPEN)]
    said += [case.say(CAPPED, total=every, shown=MOST_ROWS)] if len(asked) > MOST_ROWS else []
    said += [case.say(HIDDEN, n=every - len(asked))] if len(asked) < every else []
    tables: list[Block] = []
    numbers = {id: place for place, id in enumerate(shown, start=1)}
    for pillar in case.instrument.pillars:
        ids = [id for id in shown if case.pillar_of(case.questionnaire.questions[id].dimension) == pillar]
        if ids:
            columns = (
                TableColumn(case.say(_("No.")), 0.4, "right"),
                TableColumn(case.say(_("Question")), 3.6),
                TableColumn(case.say(_("Answer")), 3.0),
                TableColumn(case.say(_("Score")), 0.6, "right"),
                TableColumn(case.say(_("Weight")), 0.6, "right"),
            )
            rows = tuple(
                (
                    runs(str(numbers[id])),
                    runs(case.title(id), Run(f" [{id}]")),
                    runs(raised(with_year(case, id))),
                    runs(number(case.nodes[id].score)),
                    runs(number(100 * (case.nodes[id].effective_weight if scored else _weight(case, id)), 2)),
                )
                for id in ids
            )
            tables.append(Table(columns, rows, case.title(pillar)))
            notes = [(numbers[id], _remarks(case, id)) for id in ids]
            items = [runs(Run(case.say(NUMBERED, number=number), bold=True), words) for number, words in notes if words]
            bare = [numbers[id] for id in ids if id in case.answered and not evidence_named(case, id)]
            items += [runs(case.say(UNNAMED, numbers=case.grammar.list(stretches(bare))))] if bare else []
            tables += [Paragraph(runs(case.say(REMARKS)), "caption"), Bullets(tuple(items))] if items else []
    # Facts have no row of their own in this annex; what stands beside them is said all the same.
    beside = [(case.title(id), _remarks(case, id)) for id in case.questionnaire.facts]
    items = [runs(Run(title + case.grammar.space, bold=True), words) for title, words in beside if words]
    tables += [Paragraph(runs(case.say(FACT_REMARKS)), "caption"), Bullets(tuple(items))] if items else []
    return [Paragraph(runs(case.grammar.paragraph(said))), *tables]


def _remarks(case: Case, id: str) -> str:
    """Return all that stands beside an answer, if anything: evidence, reason, note, who gave it and from where."""
    questionnaire, view, given = case.questionnaire, case.assessed.view, case.given(id)
    fact = questionnaire.facts.get(id)
    asked, seen = (questionnaire.questions[id], view.questions[id]) if fact is None else (fact, view.facts[id])
    evidence = [shown for entry in given.evidence if (shown := typed(entry))]
    named, more = case.series(evidence[:MOST_EVIDENCE]), len(evidence) - MOST_EVIDENCE
    named = case.say(AND_MORE, listed=named, n=more) if more > 0 else named
    found = [case.say(_("Evidence: {evidence}. "), evidence=named)] if evidence else []
    if seen.state == "na":
        reason = given.reason
        if isinstance(asked, QuestionBase) and stored(asked, given).state != "na":  # by other answers
            reason = case.tell(asked.na_reason or {})
        found += [case.say(_("Reason: {reason}. "), reason=_unstopped(reason))] if typed(reason) else []
    if typed(given.note):
        found.append(case.say(_("Note: {note}. "), note=_unstopped(given.note)))
    if given.confidence and seen.state == "answered":
        found.append(case.say(_("Confidence: {confidence}. "), confidence=CONFIDENCE_WORDS[given.confidence]))
    if typed(given.by):
        found.append(case.say(_("Answered by {by}. "), by=typed(given.by)))
    if given.from_ is not None:
        found.append(typed(origin(given.from_, case.language)) + case.grammar.space)
    if is_to_confirm(asked, given):
        found.append(case.say(OLD_LINE))
    return "".join(found).strip()


def _unstopped(words: str | None) -> str:
    return typed(words).rstrip(".。")


# ── What is missing ──

MOST_MISSING = 200

MISSING_TITLE = _("Missing items by {unit}")
MISSING_LEAD = _(
    "{questions} that apply here are not answered, {points} percentage points of the weight. Sorted by the {unit} "
    "that usually holds the answer; weight is what the answer counts in the overall score."
)
MISSING_LEAD_ONE = _(
    "{questions} that applies here is not answered, {points} percentage points of the weight. Sorted by the {unit} "
    "that usually holds the answer; weight is what the answer counts in the overall score."
)
LEAD_FACTS = _("All questions that apply here are answered; some facts about {place} are not.")
COMPLETE = _("Nothing is missing: every question that applies here is answered.")
COMPLETE_QUICK = _("Nothing is missing for a quick screening: every core question that applies here is answered.")
HOLDER = _("{unit}")
ITEM = _("Item")
PROOF = _("What to hand in")
A_FIGURE = _("The answer, with its year and source")
EVIDENCE_LEAD_ONE = _(
    "{questions} answered above {ceiling} points names no evidence. That can lower only the score backed by evidence, "
    "never the score itself."
)
EVIDENCE_LEAD = _(
    "{questions} answered above {ceiling} points name no evidence. That can lower only the score backed by evidence, "
    "never the score itself."
)


def missing_blocks(case: Case) -> Sequence[Block]:
    """Return the annex without its heading."""
    open_questions = [id for id in case.instrument.questions if id in case.counting and case.nodes[id].score is None]
    open_facts = [id for id, seen in case.assessed.view.facts.items() if seen.state not in ("answered", "na")]
    if open_questions:
        weight = number(100 * summed(case.nodes[id].applicable_weight for id in open_questions))
        words = MISSING_LEAD_ONE if len(open_questions) == 1 else MISSING_LEAD
        lead = case.say(words, questions=counted(case, len(open_questions), QUESTIONS), points=weight)
    else:
        lead = case.say(LEAD_FACTS if open_facts else COMPLETE_QUICK if case.quick else COMPLETE)
    found: list[Block] = [Paragraph(runs(lead))]
    if open_questions or open_facts:
        ordered = _by_holder(case, (*open_questions, *open_facts))
        open_rows = []
        for place, id in enumerate(ordered[:MOST_MISSING]):
            question = case.questionnaire.questions.get(id)
            seen = case.assessed.view.seen(id)
            is_dated = seen.state == "blank" and seen.value is not None
            state = raised(case.say(YEAR_MISSING if is_dated else STATE_WORDS[seen.state]))
            proof: Text = (question.evidence if question is not None else None) or A_FIGURE
            holder = holder_of(case, id)
            open_rows.append(
                (
                    runs(
                        Run(holder, bold=not (place > 0 and holder_of(case, ordered[place - 1]) == holder_of(case, id)))
                    ),
                    runs(case.title(id)),
                    runs(state),
                    runs(case.tell(proof) if question is not None else case.say(_("fact, not scored"))),
                    runs(number(100 * case.nodes[id].applicable_weight) if question is not None else NO_FIGURE),
                )
            )
        rows = tuple(open_rows)
        unit = raised(case.say(HOLDER))
        columns = (
            TableColumn(unit, 1.2),
            TableColumn(case.say(ITEM), 3.0),
            TableColumn(case.say(_("State")), 1.0),
            TableColumn(case.say(PROOF), 2.2),
            TableColumn(case.say(_("Weight")), 0.6, "right"),
        )
        note = cut(case, MOST_MISSING, len(ordered))
        found.append(Table(columns, rows, case.say(_("To be filled in")), note))
    return [*found, *_evidence(case)]


MOST_HOLDERS = 8


def holder_table(case: Case) -> list[Block]:
    """State who holds the most of what is still missing, for a report that has no score yet."""
    ids = [id for id in case.instrument.questions if id in case.counting and case.nodes[id].score is None]
    ordered = _by_holder(case, ids)
    rows = tuple(
        (runs(Run(name, bold=True)), *cells(str(len(own)), number(100 * summed(_weight(case, id) for id in own))))
        for name, own in ((name, list(group)) for name, group in groupby(ordered, key=lambda id: holder_of(case, id)))
    )
    columns = (
        TableColumn(raised(case.say(HOLDER)), 2.6),
        TableColumn(case.say(_("Number of questions")), 0.8, "right"),
        TableColumn(case.say(_("Weight, points of the total")), 1.4, "right"),
    )
    more = case.say(MORE_IN_FULL, shown=MOST_HOLDERS, total=len(rows))
    note = more if len(rows) > MOST_HOLDERS else ""
    return [Table(columns, rows[:MOST_HOLDERS], case.say(_("Whom to ask first")), note)] if rows else []


def _by_holder(case: Case, ids: Sequence[str]) -> list[str]:
    """Sort by holder, the one whose answers weigh most first; within a holder by weight."""
    total: dict[str, float] = {}
    for id in ids:
        total[holder_of(case, id)] = total.get(holder_of(case, id), 0.0) + _weight(case, id)
    names = list(total)
    return sorted(
        ids, key=lambda id: (-total[holder_of(case, id)], names.index(holder_of(case, id)), -_weight(case, id))
    )


def _weight(case: Case, id: str) -> float:
    return case.nodes[id].applicable_weight if id in case.nodes else 0.0


def _evidence(case: Case) -> list[Block]:
    wanting = unsupported(case)
    if not wanting:
        return []
    ceiling = number(case.assessed.figures.rules.unsupported_ceiling)
    words = EVIDENCE_LEAD_ONE if len(wanting) == 1 else EVIDENCE_LEAD
    said = case.say(words, questions=counted(case, len(wanting), QUESTIONS), ceiling=ceiling)
    ordered = _by_holder(case, wanting)
    of = {id: holder_of(case, id) for id in ordered}
    rows = tuple(
        (
            runs(Run(of[id], bold=place == 0 or of[ordered[place - 1]] != of[id])),
            runs(case.title(id)),
            runs(case.tell(case.questionnaire.questions[id].evidence or A_FIGURE)),
            runs(number(case.nodes[id].score)),
        )
        for place, id in enumerate(ordered[:MOST_MISSING])
    )
    columns = (
        TableColumn(raised(case.say(HOLDER)), 1.2),
        TableColumn(case.say(ITEM), 3.0),
        TableColumn(case.say(PROOF), 2.6),
        TableColumn(case.say(_("Score")), 0.6, "right"),
    )
    return [
        Paragraph(runs(said)),
        Table(
            columns,
            rows,
            case.say(_("Answered above {ceiling}, evidence still to be named"), ceiling=ceiling),
            cut(case, MOST_MISSING, len(ordered)),
        ),
    ]
