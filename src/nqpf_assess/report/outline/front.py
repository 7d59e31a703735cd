"""The front of the report: cover, contents, and the one page that answers how good, how far, what first, how sure."""

import hashlib
from collections.abc import Sequence

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.locale import Text, _
from nqpf_assess.report.blocks import (
    Axis,
    Block,
    Contents,
    Cover,
    KeyFigure,
    KeyFigures,
    PageBreak,
    Paragraph,
    Radar,
    Run,
    Table,
    TableColumn,
    cells,
    runs,
)
from nqpf_assess.report.outline.beside import standing_blocks
from nqpf_assess.report.outline.case import Case, typed
from nqpf_assess.report.outline.findings import all_gaps, capped, reached
from nqpf_assess.report.outline.listing import holder_table
from nqpf_assess.report.outline.measures import measure_of, shelve
from nqpf_assess.report.outline.phrases import (
    QUESTIONS,
    counted,
    day,
    editions_of,
    evidence_named,
    month_of,
    share_words,
)
from nqpf_assess.report.outline.roadmap import schedule
from nqpf_assess.report.wording import NO_FIGURE, difference, gap_in_parts, number, percent, span

# ── Cover and contents ──

SHOWN = 16
"""Hex digits of a digest that the cover shows; the method annex has them all."""

TITLE = _("Development of new quality productive forces")
TITLE_FIRM = _("New quality productive forces in the firm")
SUBTITLE = _("Self-assessment and gap report")
NOTICE = _(
    "A self-assessment; not a ranking, audit or certification. It rests on the answers of {place}, and on weights "
    "and targets that are expert judgement."
)
PERIOD = _("Period assessed")
PROFILE = _("Profile")
RESPONDENT = _("Respondent")
QUESTIONNAIRE = _("Questionnaire")
EDITION = _("Edition of the answers")
MODE = _("Extent")
DATE = _("Date of the report")
NUMBER = _("Report number")
DIGEST = _("Digest")
NOT_STATED = _("not stated")


def cover(case: Case) -> Cover:
    """Return the first page."""
    subject = case.answers.subject
    editions = [editions_of(case, other) for other in case.other_editions]
    facts: tuple[tuple[Text, str], ...] = (
        (PERIOD, typed(subject.period) or case.say(NOT_STATED)),
        (PROFILE, case.tell(case.instrument.name)),
        (RESPONDENT, typed(subject.respondent) or case.say(NOT_STATED)),
        (
            QUESTIONNAIRE,
            case.say(
                _("{title}, version {version}"),
                title=case.tell(case.questionnaire.title),
                version=case.questionnaire.version,
            ),
        ),
        *(
            (EDITION, case.say(_("answered under {stated}, scored under {used}"), stated=stated, used=used))
            for stated, used in editions
        ),
        (
            MODE,
            case.say(_("Quick screening: core questions only"))
            if case.quick
            else case.say(_("Full: {questions}"), questions=counted(case, len(case.counting), QUESTIONS)),
        ),
        (DATE, day(case)),
        (NUMBER, report_number(case)),
        (
            DIGEST,
            case.say(
                _("answers {answers}; rubric {rubric}"),
                answers=short(case.card.answers_digest),
                rubric=short(case.card.weights.digest),
            ),
        ),
    )
    title = TITLE_FIRM if case.firm else TITLE
    told = tuple((case.say(label), value) for label, value in facts)
    return Cover(case.say(title), case.say(SUBTITLE), subject_name(case), told, case.say(NOTICE))


def subject_name(case: Case) -> str:
    """Name the subject."""
    return typed(case.answers.subject.name) or case.say(_("Subject not named"))


def report_number(case: Case) -> str:
    """Return the number that the same answers, rubric, questionnaire and date always have."""
    card = case.card
    content = "|".join((card.questionnaire.digest, card.weights.digest, card.answers_digest, case.date))
    return f"NQPF-{case.date.replace('-', '')}-{hashlib.sha256(content.encode()).hexdigest()[:8].upper()}"


def short(digest: str) -> str:
    """Shorten a digest to what a person can compare."""
    return digest.removeprefix("sha256:")[:SHOWN]


def contents(case: Case) -> tuple[Block, ...]:
    """Return the list of contents, on a page of its own."""
    return PageBreak(), Contents(case.say(_("Contents")))


THREE = 3

# ── The verdict ──

BELOW = _("{score} of 100, {gap} points below target")
REACHED = _("{score} of 100: the target is reached")
NO_SCORE = _("Too little is answered for an overall score")
NOTHING = _("Nothing is answered yet")


def verdict(case: Case) -> str:
    """State the result in one line."""
    overall = case.card.overall
    if overall.score is None:
        return case.say(NO_SCORE if case.answered else NOTHING)
    if capped(case):
        return case.say(
            _("{score} of 100, held by a floor; {uncapped} without it"),
            score=number(overall.score),
            uncapped=number(overall.uncapped),
        )
    words = REACHED if (overall.gap or 0.0) < TOLERANCE else BELOW
    return case.say(words, score=number(overall.score), gap=number(difference(overall.score, overall.target)))


# ── The lead ──

SCORED = _("{Place} is in the band “{band}” under the rubric “{profile}”; target in three to five years: {target}.")
SCORED_NO_BAND = _("Scored under the rubric “{profile}”; target in three to five years: {target}.")
QUICK = _(" This is a quick screening: only the core questions were asked.")
ONLY = _(" Below target are only {dimensions}.")
ONLY_ONE = _(" Below target is only {dimensions}.")
FEW_GAPS = 2
GOOD = _(" {pillars} have reached their targets.")
GOOD_ONE = _(" {pillars} has reached its target.")
NO_SHORTFALL = _(" Every scored dimension has reached its target, so there is no shortfall.")
FLOOR = _(" The score is capped at {cap} because {node} scores below its floor of {below}.")
FLOOR_UNBOUND = _(
    " Below its floor of {below}: {node}, with {score}; the cap of {cap} that follows takes no points today."
)
UNSCORED = _(
    "Questions answered so far: {answered} of {asked}, {coverage} of their weight; a score needs {minimum}. "
    "Depending on the open answers the score will lie in the range {range}."
)
NOTHING_LEAD = _(
    "None of the {asked} questions is answered. This report therefore shows what will be asked, by whom the answers "
    "are usually held, and under which rubric they will be scored."
)


def lead(case: Case) -> Paragraph:
    """State in a few sentences what the figures mean."""
    overall, asked = case.card.overall, len(case.counting)
    if not case.answered:
        return Paragraph(runs(case.say(NOTHING_LEAD, asked=asked)), "lead")
    if overall.score is None:
        said = case.say(
            UNSCORED,
            answered=len(case.answered),
            asked=asked,
            coverage=percent(overall.coverage),
            minimum=percent(case.assessed.figures.rules.minimum_coverage),
            range=span(overall.low, overall.high),
        )
        return Paragraph(runs(said + _floors(case) + (case.say(QUICK) if case.quick else "")), "lead")
    words = SCORED if overall.band else SCORED_NO_BAND
    said = case.say(words, profile=case.instrument.name, band=band(case), target=number(overall.target))
    pieces = (said, _floors(case), _where(case), _good(case), case.say(QUICK) if case.quick else "")
    return Paragraph(runs("".join(pieces)), "lead")


def band(case: Case) -> str:
    """Name the band."""
    id = case.card.overall.band
    return NO_FIGURE if id is None else case.tell(case.instrument.rules.bands[id].words)


def _floors(case: Case) -> str:
    """Name every floor that fired: the one that caps the score first, then those that take no points today."""
    floors = sorted((case.instrument.rules.floors[id] for id in case.card.overall.floors), key=lambda floor: floor.cap)
    binding = floors[:1] if capped(case) else []
    said = ""
    for floor in floors:
        said += case.say(
            FLOOR if floor in binding else FLOOR_UNBOUND,
            node=case.in_sentence(case.title(floor.node)),
            score=number(case.nodes[floor.node].score),
            below=number(float(floor.below)),
            cap=number(float(floor.cap)),
        )
    return said


def _where(case: Case) -> str:
    """State where the shortfall lies: the fewest pillars that make up more than half of it, three at most."""
    shared, below = sorted((p for p in case.pillars if p.share), key=lambda p: -(p.share or 0.0)), all_gaps(case)
    if not below:
        return case.say(NO_SHORTFALL)
    if len(below) <= FEW_GAPS or len(shared) == 1:
        names = [case.in_sentence(case.title(node.id)) for node in below[:THREE]]
        return case.say(ONLY if len(names) > 1 else ONLY_ONE, dimensions=case.listed(names))
    most, total = 0, 0.0
    while total <= 0.5 and most < min(THREE, len(shared)):
        total, most = total + (shared[most].share or 0.0), most + 1
    named = case.listed([case.short(pillar.id) for pillar in shared[:most]])
    return case.say(_(" {share} of the shortfall lies in {pillars}."), pillars=named, share=share_words(total))


def _good(case: Case) -> str:
    found = [case.short(pillar.id) for pillar in case.pillars if reached(pillar)]
    if not found or not any(pillar.share for pillar in case.pillars):
        return ""
    if len(found) == len(case.pillars):
        return case.say(_(" Every pillar as a whole has reached its target."))
    if len(found) > THREE:
        return case.say(_(" {n} of {all} pillars have reached their targets."), n=len(found), all=len(case.pillars))
    return case.say(GOOD_ONE if len(found) == 1 else GOOD, pillars=case.listed(found))


# ── Key figures ──

RANGE_BAND = _("range {range}; band “{band}”")
BAND_ONLY = _("band “{band}”")
RANGE_ONLY = _("range {range}")
NEAR = 1e-6


def key_figures(case: Case) -> KeyFigures:
    """Return the figures that a leader looks for first."""
    overall = case.card.overall
    words = RANGE_BAND if overall.band else RANGE_ONLY
    if overall.band and number(overall.low) == number(overall.high):
        words = BAND_ONLY
    score = KeyFigure(
        case.say(_("Score, {scheme}")),
        number(overall.score),
        case.say(words, range=span(overall.low, overall.high), band=band(case)),
    )
    named = sum(evidence_named(case, id) for id in case.answered)
    figures = [
        score,
        KeyFigure(case.say(_("Score, baseline")), number(overall.baseline_score), _baseline_note(case)),
        KeyFigure(case.say(_("Target")), number(overall.target), _target_note(case)),
        KeyFigure(
            case.say(_("Answered")),
            percent(overall.coverage),
            case.say(_("{answered} of {asked} questions"), answered=len(case.answered), asked=len(case.counting)),
        ),
        KeyFigure(
            case.say(_("Backed by evidence")),
            number(overall.evidence_backed),
            case.say(_("evidence for {named} of {answered} answers"), named=named, answered=len(case.answered)),
        ),
    ]
    return KeyFigures(tuple(figure for figure in figures if figure.value != NO_FIGURE))


def _target_note(case: Case) -> str:
    """Return the gap; where the means are arithmetic, as what is missing less what is ahead."""
    overall = case.card.overall
    parts = (overall.shortfall or 0.0) - (overall.surplus or 0.0)
    if capped(case):
        return case.say(_("gap before the floor: {gap}"), gap=number(difference(overall.uncapped, overall.target)))
    if abs(parts - (overall.gap or 0.0)) > NEAR:
        return case.say(_("gap {gap}"), gap=number(difference(overall.uncapped, overall.target)))
    gap, shortfall, surplus = map(number, gap_in_parts(overall))
    return case.say(_("gap {gap}: {shortfall} short, {surplus} ahead"), gap=gap, shortfall=shortfall, surplus=surplus)


def _baseline_note(case: Case) -> str:
    overall = case.card.overall
    if len(case.instrument.chain) == 1 and not case.answers.override:
        return case.say(_("the baseline itself"))
    if overall.score is None or overall.baseline_score is None:
        return ""
    return case.say(
        _("{conditions}: {change}"), change=number(difference(overall.baseline_score, overall.score), signed=True)
    )


# ── Radar ──

RADAR_GAP = _("Furthest below target: {pillar}")
RADAR_REACHED = _("Every scored pillar has reached its target")


def radar(case: Case) -> Block | None:
    """Draw the pillars, current against target; nothing where no pillar has a score."""
    scored = [pillar for pillar in case.pillars if pillar.score is not None]
    if not scored:
        return None
    axes = tuple(
        Axis(
            case.short(pillar.id),
            pillar.score,
            pillar.target,
            (case.say(_("no score")) if pillar.score is None else f"{number(pillar.score)} → {number(pillar.target)}"),
        )
        for pillar in case.pillars
    )
    furthest = max(scored, key=lambda pillar: pillar.gap or 0.0)
    words = RADAR_REACHED if reached(furthest) else RADAR_GAP
    items = case.listed([f"{axis.label} {axis.label_note}" for axis in axes])
    return Radar(
        axes,
        case.say(_("Current score")),
        case.say(_("Target")),
        case.say(words, pillar=case.title(furthest.id)),
        case.say(_("Current score and target of each pillar, 0 to 100: {items}."), items=items),
        compact=True,
    )


# ── Gaps and actions ──


def gap_table(case: Case) -> list[Block]:
    """List the three largest gaps."""
    shared = case.card.overall.shortfall is not None
    rows = []
    for node in all_gaps(case)[:THREE]:
        share = cells(share_words(node.share)) if shared else ()
        rows.append((*cells(case.title(node.id), f"{number(node.score)} → {number(node.target)}"), *share))
    columns = (
        TableColumn(case.say(_("Largest gaps")), 3.0),
        TableColumn(case.say(_("Now → target")), 1.3, "right"),
        *((TableColumn(case.say(_("Share of the shortfall")), 1.3, "right"),) if shared else ()),
    )
    return [Table(columns, tuple(rows))] if rows else []


def action_table(case: Case) -> list[Block]:
    """List the first three actions with who and when."""
    shelf = shelve(case)
    front, slots = shelf.front, schedule(case, shelf.work).slots
    gains = any(row.gain is not None for row in front)
    rows = tuple(
        (
            runs(case.tell(measure_of(case, row).title)),
            runs(case.tell(measure_of(case, row).lead)),
            runs(month_of(case, slots[row.id].year, slots[row.id].month)),
            *(cells(number(row.gain, signed=True)) if gains else ()),
        )
        for row in front[:THREE]
    )
    columns = (
        TableColumn(case.say(_("First actions")), 3.0),
        TableColumn(case.say(_("Who")), 1.5),
        TableColumn(case.say(_("By")), 0.8, "right"),
        *((TableColumn(case.say(_("Gain")), 0.6, "right"),) if gains else ()),
    )
    return [Table(columns, rows)] if rows else []


# ── How sure ──

ROBUST = _("With every weight varied by {spread} either way the score is {range}; ")
HELD = _(
    "The score is held at {score} by a floor, so varied weights and doubtful answers hardly show in it: it says "
    "nothing of how sure the score of {uncapped} before the floor is. "
)
OTHER_EDITION = _(
    "The answers were given under {stated} and are scored under {used}; whether they still hold should be checked. "
)
CHECKS = _("{n} contradictions between answers should be cleared up.")
CHECK_ONE = _("{n} contradiction between answers should be cleared up.")


def sureness(case: Case) -> Paragraph:
    """State how far the result can be relied on."""
    editions = [editions_of(case, other) for other in case.other_editions]
    pieces = [case.say(OTHER_EDITION, stated=stated, used=used) for stated, used in editions]
    pieces.append(
        _robust(case)
        if case.card.overall.score is not None
        else case.say(_("Little can be said until more is answered. "))
    )
    count = len(case.card.checks)
    pieces.append(
        case.say(_("No contradictions between answers were found."))
        if not count
        else case.say(CHECK_ONE if count == 1 else CHECKS, n=count)
    )
    return Paragraph(runs(Run(case.say(_("How sure this is. ")), bold=True), "".join(pieces)))


def _robust(case: Case) -> str:
    overall, rules = case.card.overall, case.assessed.figures.rules
    if capped(case):
        said = case.say(HELD, score=number(overall.score), uncapped=number(overall.uncapped))
    else:
        robust = span(overall.robust_low, overall.robust_high)
        said = case.say(ROBUST, spread=percent(rules.weight_spread), range=robust)
        said += case.say(
            _("if answers are off by their stated confidence, {range}. "),
            range=span(overall.confidence_low, overall.confidence_high),
        )
    weakest = [pillar for pillar in case.pillars if pillar.weakest_three in ("always", "sometimes")]
    if len([p for p in case.pillars if p.score is not None]) <= THREE:
        return said
    steady = all(pillar.weakest_three == "always" for pillar in weakest)
    return said + (
        case.say(
            _("The weakest pillars remain the same throughout: {pillars}. "),
            pillars=case.listed([case.short(p.id) for p in weakest]),
        )
        if steady
        else case.say(_("Which pillars are the weakest depends on the weights. "))
    )


def answer_blocks(case: Case) -> Sequence[Block]:
    """Return the page without its heading."""
    drawn = radar(case)
    return [
        lead(case),
        *standing_blocks(case),
        *([key_figures(case)] if key_figures(case).figures else []),
        *([drawn] if drawn else []),
        *gap_table(case),
        *action_table(case),
        *(holder_table(case) if drawn is None else []),
        *([sureness(case)] if case.answered else []),
    ]
