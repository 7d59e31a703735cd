"""What is asked of higher levels and of those who hold what is missing, and how this paper can be checked."""

from collections import Counter
from collections.abc import Iterator, Mapping

from nqpf_assess.engine.instrument import digest
from nqpf_assess.locale import _, _n, tell
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.scorecard import FiredCheck, MeasureScore
from nqpf_assess.report.blocks import Block, Paragraph, Table, TableColumn, cells, runs
from nqpf_assess.report.outline.case import Case, typed
from nqpf_assess.report.outline.findings import unscored
from nqpf_assess.report.outline.front import report_number, short
from nqpf_assess.report.outline.measures import MOST_ROWS, closes, if_it_suits, needed_first, titled
from nqpf_assess.report.outline.phrases import MORE_HOLDERS, QUESTIONS, and_more, counted, cut, holder_of, raised
from nqpf_assess.report.outline.roadmap import Agenda, gains_of
from nqpf_assess.report.outline.shelf import Shelf, decides, joint_gain, left_open, measure_of
from nqpf_assess.report.wording import NO_FIGURE, ORIGIN_WORDS, TIER_WORDS, number, rounded

MOST_ASKED, MOST_HOLDERS, MOST_CHECKS, MOST_FILES = 5, 5, 4, 4

CAPTION = _("What lies above the powers of {place}")
CAPTION_FIRM = _("What rests on public programmes and has to be applied for")
NOTHING = _("No measure that fits here lies above what {place} may decide.")
UNKNOWN = _(
    "Which of the measures {place} may decide itself cannot be said, because the answers name no tier of "
    "government that is known here."
)
NO_REQUEST = _("Nothing has to be asked for at present.")
NO_REQUEST_YET = _("What has to be asked for can be said once more is answered.")
NOTHING_ADDED = _(
    "Nothing that {place} cannot decide itself would alone add points, after floors, on top of the tasks above."
)
ADDS = _(
    "Adds: points of the overall score on top of the tasks above, after floors, by each request alone: several "
    "together may bring less than their sum. For a request that is one of the tasks, what it brings there."
)
MORE_ONE = _("One further request stands in {full}.")
MORE = _("{n} further requests stand in {full}.")


NEEDED = _("only after {titles}")
SUPPORT = _("Support that is needed")
ASKED_CAPTION_FIRM = _("Resting on public programmes: to be applied for")
ASKED_CAPTION = _("Above what {place} may decide: to be asked for")
DATA = _("Answers are still missing to {questions}; who usually holds them is listed under “Missing items”.")
ASKED_NOTE = _(
    "These are all the measures that fit here and lie above what {place} may decide, also those of the annex."
)


def asked_for(case: Case, shelf: Shelf) -> list[Block]:
    """List what lies above the subject's own powers, for the technical volume, and how many answers others hold."""
    blocks: list[Block] = []
    rows = [row for row in shelf.fitting if decides(case, row) == "ask"]
    if rows:
        caption = case.say(ASKED_CAPTION_FIRM if case.firm else ASKED_CAPTION)
        note = cut(case, MOST_ROWS, len(rows)) or case.say(ASKED_NOTE)
        blocks.append(_requests(case, shelf, rows[:MOST_ROWS], caption=caption, note=note))
    elif shelf.fitting:
        blocks.append(Paragraph(runs(case.say(NOTHING if case.place.tier else UNKNOWN))))
    if open_answers := len(case.counting) - len(case.answered):
        blocks.append(Paragraph(runs(case.say(DATA, questions=counted(case, open_answers, QUESTIONS)))))
    return blocks


def _requests(
    case: Case,
    shelf: Shelf,
    rows: list[MeasureScore],
    *,
    caption: str,
    note: str,
    adds: Mapping[str, float] | None = None,
) -> Table:
    """Return requests as a table: what, of whom, what for. `adds`: points of each, where they are known."""
    columns = (
        TableColumn(case.say(_("Request")), 2.4),
        TableColumn(case.say(_("Who decides")), 1.1),
        TableColumn(case.say(_("What for")), 1.8),
        *((TableColumn(case.say(_("Adds")), 0.6, "right"),) if adds else ()),
        TableColumn(case.say(_("Prepared by")), 1.1),
    )

    def asked(row: MeasureScore) -> str:
        before = [titled(case, shelf, id) for id in needed_first(case, shelf, row)]
        first = case.say(NEEDED, titles=case.listed(before)) if before else ""
        told = titled(case, shelf, row.id) + if_it_suits(case, row)
        return told + (case.grammar.bracketed(first) if first else "")

    shown = tuple(
        cells(
            asked(row),
            case.say(TIER_WORDS[measure_of(case, row).acts]),
            closes(case, row) or NO_FIGURE,
            *((number(adds[row.id], signed=True),) if adds else ()),
            case.tell(measure_of(case, row).lead),
        )
        for row in rows
    )
    return Table(columns, shown, caption, note)


def requests(case: Case, shelf: Shelf, agenda: Agenda) -> Mapping[str, float | None]:
    """Return the measures that the brief asks for, with what each adds on top of the tasks; None without a score.

    What fits best a large gap that no act reaches is among them, if it adds anything; then those that stand first. A
    task that is decided above has to be asked for whatever it adds.
    """
    above = [row for row in shelf.fitting if decides(case, row) == "ask" and row.id not in shelf.closed]
    if case.card.overall.uncapped is None:
        return dict.fromkeys((row.id for row in above[:MOST_ASKED]), None)
    work, planned = joint_gain(case, shelf.work) or 0.0, gains_of(agenda)
    adds: dict[str, float | None] = {}
    for row in above:
        there = planned.get(row.id)
        added = (joint_gain(case, [*shelf.work, row]) or 0.0) - work if there is None else there
        if there is not None or rounded(added) > 0:
            adds[row.id] = added
    best = {id for gap in left_open(case, shelf) for id in gap.measures[:1]}
    first = sorted(adds, key=lambda id: id not in best and id not in planned)[:MOST_ASKED]
    return {id: adds[id] for id in adds if id in first}


def asked_blocks(case: Case, shelf: Shelf, agenda: Agenda) -> Iterator[Block]:
    """Yield the requests: measures decided above, and answers that others hold.

    Where there is a score, besides the tasks only what adds to it on top of them is asked for: nobody signs for 0.0
    points.
    """
    asked = [row for row in shelf.fitting if decides(case, row) == "ask"]
    above = [row for row in asked if row.id not in shelf.closed]
    rows = requests(case, shelf, agenda)
    if rows:
        left = len(above) - len(rows)
        more = "" if left <= 0 else case.say(MORE_ONE) if left == 1 else case.say(MORE, n=left)
        scored = case.card.overall.uncapped is not None
        note = case.grammar.paragraph([case.say(ADDS) if scored else "", more])
        caption = case.say(CAPTION_FIRM if case.firm else CAPTION)
        adds = {id: added for id, added in rows.items() if added is not None}
        shown = [row for row in above if row.id in rows]
        yield _requests(case, shelf, shown, caption=caption, note=note, adds=adds)
    elif above and agenda.tasks:
        yield Paragraph(runs(raised(case.say(NOTHING_ADDED))))
    elif shelf.fitting and not asked:
        yield Paragraph(runs(case.say(NOTHING if case.place.tier else UNKNOWN)))
    else:
        unknown = not shelf.fitting and any(unscored(case, pillar.id) for pillar in case.pillars)
        yield Paragraph(runs(case.say(NO_REQUEST_YET if unknown else NO_REQUEST)))
    yield from missing(case)


MISSING = _("{questions} are still open. Usually held by: {holders}.")
MISSING_ONE = _("{questions} is still open, usually held by: {holders}.")
HOLDER = _("{holder} ({n})")


def missing(case: Case) -> Iterator[Block]:
    """Yield how many answers are missing, and who usually holds them."""
    left = [id for id in case.instrument.questions if id in case.counting and case.nodes[id].score is None]
    counts = Counter(holder_of(case, id) for id in left if case.questionnaire.questions[id].holder)
    if not counts:
        return
    ordered = sorted(counts, key=lambda name: -counts[name])
    one = len(left) == 1
    named = [case.in_sentence(name) for name in ordered]
    counted_names = (case.say(HOLDER, holder=said, n=counts[name]) for said, name in zip(named, ordered, strict=True))
    holders = and_more(case, named if one else list(counted_names), MOST_HOLDERS, MORE_HOLDERS)
    words = MISSING_ONE if one else MISSING
    yield Paragraph(runs(raised(case.say(words, questions=counted(case, len(left), QUESTIONS), holders=holders))))


# ── How this paper can be checked ──

CHECKED = _("How this paper can be checked")
SAME_INPUT = _(
    "Every figure follows from the answers, the questionnaire and the weights alone: report {number}, answers "
    "{answers}, "
    "questionnaire {questionnaire}, weights {weights}."
)
REOPEN = _(
    "The PDF carries all three, the answers with every note and name. “nqpf-assess open” scores them again and says "
    "whether a figure was changed; {full} shows the arithmetic for doing it by hand."
)
REOPEN_BEFORE = _("The PDF also carries last time's answers, {answers}, with every note and name.")
JUDGEMENT = _(
    "Questions, weights, targets and gains are expert judgement; gains are the most that is to be expected, not a "
    "forecast. The result is a self-assessment: no ranking, no audit, no certificate."
)
IMPORTED = _("Taken from files: {files}. The place of each stands in {full}.")
IMPORTED_FILE = _n("{count} answer from {what} ({file})", "{count} answers from {what} ({file})")
IMPORTED_NAMELESS = _n("{count} answer from {what}", "{count} answers from {what}")
IMPORTED_MORE = _n("{count} answer from other files", "{count} answers from other files")
FEW_DOUBTS = _("To be checked before the paper is passed on: {messages}")
DOUBTS = _(
    "Before the paper is passed on, {n} combinations of answers should be checked; they concern {names}, and {full} "
    "names each with its reason."
)


DOUBTS_TOLD = 2
"""Checks that fired, up to which the brief tells each."""


def checking_blocks(case: Case) -> Iterator[Block]:
    """Yield how the paper can be checked, and what to clear up first."""
    said = case.say(
        SAME_INPUT,
        number=report_number(case),
        answers=short(case.card.answers_digest),
        questionnaire=case.questionnaire.version,
        weights=case.card.weights.version,
    )
    given = (*case.answers.facts.values(), *case.answers.answers.values())
    files = Counter((one.from_.kind, one.from_.file or "") for one in given if one.from_ is not None)
    named = [
        tell(
            IMPORTED_FILE if file else IMPORTED_NAMELESS,
            case.language,
            count=count,
            what=ORIGIN_WORDS[kind],
            file=typed(" ".join(file.split())),
        )
        for (kind, file), count in files.most_common(MOST_FILES)
    ]
    if others := sum(files.values()) - sum(count for _file, count in files.most_common(MOST_FILES)):
        named.append(tell(IMPORTED_MORE, case.language, count=others))
    imported = case.say(IMPORTED, files=case.grammar.semicolon.join(named)) if files else ""
    before = case.earlier and case.say(REOPEN_BEFORE, answers=short(digest(case.earlier.answers)))
    yield Paragraph(runs(case.grammar.paragraph([said, case.say(REOPEN), before or "", imported, case.say(JUDGEMENT)])))


def doubt_blocks(case: Case) -> Iterator[Block]:
    """Yield what should be checked in the answers: each by its message, of many which parts they concern."""
    checks = case.card.checks
    if 0 < len(checks) <= DOUBTS_TOLD:
        messages = case.grammar.paragraph([case.tell(check.message) for check in checks])
        yield Paragraph(runs(case.say(FEW_DOUBTS, messages=messages)))
        return
    parts = [name for check in checks for name in _concerned(case, check)]
    if not parts:
        return
    names = sorted(set(parts), key=lambda name: (-parts.count(name), parts.index(name)))
    yield Paragraph(runs(case.say(DOUBTS, n=len(checks), names=and_more(case, names, MOST_CHECKS))))


def _concerned(case: Case, check: FiredCheck) -> list[str]:
    """Name the dimensions that a contradiction concerns; where it is one of facts alone, those as a whole."""
    asked, when = case.questionnaire.questions, case.questionnaire.checks[check.id].when
    dimensions = (*(asked[id].dimension for id in check.questions), *subjects(when, "dimension"))
    return [case.in_sentence(case.title(id)) for id in dimensions] or [case.tell(case.place.names["conditions"])]
