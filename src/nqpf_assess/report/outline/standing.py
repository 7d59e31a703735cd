"""Where the subject stands: the pillars in one chart and one table, strengths and gaps in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nqpf_assess.locale import _, _c, _n
from nqpf_assess.report import peer_words
from nqpf_assess.report.blocks import Block, Bullet, BulletChart, Paragraph, Run, Table, TableColumn, cells, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import (
    all_gaps,
    carried,
    furthest,
    holding_back,
    in_place,
    now_and_target,
    opening,
    reached,
    sentences,
)
from nqpf_assess.report.outline.phrases import MORE_IN_FULL, drawn_of, numbered, share_words
from nqpf_assess.report.outline.shelf import Shelf
from nqpf_assess.report.wording import (
    NO_FIGURE,
    NOTE_OUTSIDE,
    apart,
    covered,
    difference,
    number,
    outside,
    percent,
    span,
)

MOST_STRENGTHS, MOST_GAPS = 4, 6
CARRYING, HOLDING = 2, 3
"""Answers told behind a strength and behind a gap."""

MOST_PILLARS, MOST_MARGINS = 14, 24

NOW, TARGET, RANGE, LAST = _("now"), _("target"), _("range left by open answers"), _("last time")
HEADLINE = _("{reached} of {all} dimensions on target")
HEADLINE_ONE = _("{reached} of {all} dimension on target")
HEADLINE_ALL = _("all {all} dimensions on target")
HEADLINE_SCORED = _n(
    "{reached} of {count} dimension with a score on target", "{reached} of {count} dimensions with a score on target"
)


def headline(case: Case) -> str:
    """Count what has reached its target, of all dimensions where all have a score: of the others nobody knows."""
    nodes = [node for pillar in case.pillars for node in case.dimensions(pillar.id)]
    scored, count = sum(node.score is not None for node in nodes), sum(map(reached, nodes))
    if not scored:
        return case.say(_("no score yet"))
    if scored < len(nodes):
        return case.say(HEADLINE_SCORED, reached=count, count=scored)
    words = HEADLINE_ONE if len(nodes) == 1 else HEADLINE_ALL if count == len(nodes) else HEADLINE
    return case.say(words, reached=count, all=len(nodes))


CHART = _("Furthest below target: {names}")
CHART_REACHED = _("Every scored pillar has reached its target")
ALT = _("Score now and target of each pillar, on a scale of 100: {items}.")
ITEM, AT_LAST = _("{name} {now}{drawn}, target {target}"), _("last time {score}")


def chart(case: Case) -> Iterator[BulletChart]:
    """Yield the pillars as one chart: now, target, the range of what is open, last time."""
    if not any(pillar.score is not None for pillar in case.pillars):
        return
    before = _before(case)
    bullets = []
    for pillar in case.pillars[:MOST_PILLARS]:
        is_open = number(pillar.low) != number(pillar.high)
        value = now_and_target(case, pillar)
        low, high = (pillar.low, pillar.high) if is_open else (None, None)
        last = before.get(pillar.id)
        bullets.append(Bullet(case.short(pillar.id), pillar.score, pillar.target, low, high, last, value))
    lagging = sorted((p for p in case.pillars if p.gap is not None and not reached(p)), key=lambda p: -(p.gap or 0.0))
    names = case.listed([case.in_sentence(case.short(pillar.id)) for pillar in furthest(lagging, 2)])
    yield BulletChart(
        tuple(bullets),
        case.say(NOW),
        case.say(TARGET),
        case.say(CHART if names else CHART_REACHED, names=names) + drawn_of(case, MOST_PILLARS, len(case.pillars)),
        _alt(case, bullets),
        range_name=case.say(RANGE) if any(bullet.low is not None for bullet in bullets) else "",
        before_name=case.say(LAST) if before else "",
    )


def glance(case: Case) -> BulletChart | None:
    """Return the pillars, now and target alone, small enough to stand beside the verdict; None without scores."""
    whole = next(iter(chart(case)), None)
    if whole is None:
        return None
    bullets = tuple(replace(bullet, low=None, high=None, before=None) for bullet in whole.bullets)
    return BulletChart(bullets, whole.current_name, whole.target_name, "", _alt(case, bullets), narrow=True)


def _alt(case: Case, bullets: Sequence[Bullet]) -> str:
    """State in words what the chart draws: behind the score the range of what is open, and that of last time."""
    items = []
    for bullet in bullets:
        drawn = [span(bullet.low, bullet.high)] if bullet.low is not None else []
        drawn += [case.say(AT_LAST, score=number(bullet.before))] if bullet.before is not None else []
        besides = case.grammar.bracketed(case.series(drawn)) if drawn else ""
        now, target = number(bullet.current), number(bullet.target)
        items.append(case.say(ITEM, name=bullet.label, now=now, drawn=besides, target=target))
    return case.say(ALT, items=case.series(items))


def _before(case: Case) -> Mapping[str, float]:
    if case.earlier is None:
        return {}
    pillars = case.earlier.comparison.of("pillar")
    return {node.id: node.change.before for node in pillars if node.change.before is not None}


CAPTION, CAPTION_ALONE = _("Pillars: score, target and part of the shortfall"), _("Pillars: score and target")
NOTE = _("Gap: target minus score; a negative gap lies above the target.")
NOTE_SHARES = _("Shares are those of the dimensions below target, so a pillar on target may still have one.")
NOTE_LEFT_OUT = _(
    "Not assessed here, as switched off, not asked about, answered in words or with nothing that applies: {names}; "
    "weights are shares among the others."
)
NOTE_UNSCORED = _("Where no score stands, too little is answered for one.")


def table(case: Case) -> Iterator[Block]:
    """Yield the figures of the chart; before there are scores, what each pillar weighs and how much is answered."""
    if not any(pillar.score is not None for pillar in case.pillars):
        yield from _weights_table(case)
        return
    before = _before(case)
    shared = any(pillar.share is not None for pillar in case.pillars)
    columns = (
        TableColumn(case.say(_("Pillar")), 2.8),
        TableColumn(case.say(_("Weight")), 0.9, "right"),
        *((TableColumn(case.say(_c("score", "Last time")), 0.9, "right"),) if before else ()),
        TableColumn(case.say(_("Score")), 0.8, "right"),
        TableColumn(case.say(_("Target")), 0.8, "right"),
        TableColumn(case.say(_("Gap")), 0.8, "right"),
        *((TableColumn(case.say(_("Share of the shortfall")), 1.2, "right"),) if shared else ()),
    )
    rows = []
    for pillar in case.pillars[:MOST_PILLARS]:
        last = (number(before.get(pillar.id)),) if before else ()
        gap = difference(pillar.score, pillar.target)
        share = (share_words(pillar.share) if pillar.share is not None else NO_FIGURE,) if shared else ()
        figures = (*last, number(pillar.score), number(pillar.target), number(gap), *share)
        rows.append(
            (runs(Run(case.short(pillar.id), bold=True)), *cells(percent(pillar.applicable_weight, 1), *figures))
        )
    astray = [case.in_sentence(case.short(p.id)) for p in case.pillars[:MOST_PILLARS] if outside(p)]
    said = [NOTE, *((NOTE_SHARES,) if shared else ()), *((NOTE_OUTSIDE,) if astray else ())]
    said += [NOTE_UNSCORED] if any(pillar.score is None for pillar in case.pillars[:MOST_PILLARS]) else []
    told = [case.say(words, names=case.listed(astray)) for words in said]
    note = case.grammar.paragraph([*told, _left_out(case), _more(case)])
    yield Table(columns, tuple(rows), case.say(CAPTION if shared else CAPTION_ALONE), note)


def _left_out(case: Case) -> str:
    """Name the pillars that are not assessed; "" where all are."""
    names = [case.in_sentence(case.short(pillar.id)) for pillar in case.left_out]
    return case.say(NOTE_LEFT_OUT, names=case.listed(names)) if names else ""


def _more(case: Case) -> str:
    """State that there are further pillars; "" where all are shown."""
    total = len(case.pillars)
    return case.say(MORE_IN_FULL, shown=MOST_PILLARS, total=total) if total > MOST_PILLARS else ""


def _weights_table(case: Case) -> Iterator[Block]:
    columns = (
        TableColumn(case.say(_("Pillar")), 2.8),
        TableColumn(case.say(_("Weight")), 0.9, "right"),
        TableColumn(case.say(_("Answered")), 0.9, "right"),
    )
    rows = [
        (
            runs(Run(case.short(pillar.id), bold=True)),
            *cells(percent(pillar.applicable_weight, 1), covered(pillar.coverage)),
        )
        for pillar in case.pillars[:MOST_PILLARS]
    ]
    if rows:
        note = case.grammar.paragraph([_left_out(case), _more(case)])
        yield Table(columns, tuple(rows), case.say(_("Pillars and what they weigh")), note)
    else:
        yield Paragraph(runs(case.say(_("Nothing in the questionnaire is assessed here."))))


# ── Strengths and gaps ──

NO_STRENGTH = _("No dimension has reached its target yet. There is something to build on:")
NO_STRENGTH_SCORED = _(
    "As far as there are scores, no dimension has reached its target. There is something to build on:"
)
GROUND = _("There is something to build on:")
NOTHING_YET = _("The answers do not yet show what could be named as achieved.")
NO_GAP_YET = _("Which gaps there are will show once more is answered.")
NO_GAP = _("Every scored dimension has reached its target.")
GAPS_OPEN = _("Without an overall score the gaps are sorted by their size.")
MORE_GAPS = _("{n} further dimensions lie below their targets; {full} has all of them.")
MORE_GAP = _("One further dimension lies below its target; {full} has it too.")
NARROW = _("To be watched: {name}, {score} against a target of {target}.")
WORKED_ON = _("Worked on by {measures}.")


def strengths(case: Case) -> Iterator[Block]:
    """Yield what is on target, the furthest ahead first; where nothing is, what there is to build on."""
    nodes = [node for pillar in case.pillars for node in case.dimensions(pillar.id)]
    ahead = sorted((node for node in nodes if reached(node)), key=lambda node: node.gap or 0.0)
    ahead = ahead[: MOST_STRENGTHS if all_gaps(case) else 2 * MOST_STRENGTHS]
    leads = [difference(node.target, node.score) for node in ahead]
    alone = leads[:1] != leads[1:2]  # nothing is furthest ahead where another is as far
    for node in ahead:
        words = case.grammar.paragraph(sentences(case, in_place(case, node.id, CARRYING), "strength"))
        opens = opening(case, node, first=alone and node is ahead[0])
        yield Paragraph((Run(opens, bold=True), *((Run(case.grammar.space + words),) if words else ())))
    if ahead:
        return
    ground = sorted(nodes, key=lambda node: -(node.score or 0.0))
    found = (carried(case, ground) or carried(case, ground, on_target=False))[:MOST_STRENGTHS]
    scored = sum(node.score is not None for node in nodes)
    some = NO_STRENGTH if scored == len(nodes) else NO_STRENGTH_SCORED if scored else GROUND
    yield Paragraph(runs(case.say(some if found else NOTHING_YET)))
    for node, told_of in found:
        name = case.title(node.id) + case.grammar.stop
        yield Paragraph((Run(name, bold=True), Run(case.grammar.paragraph(told_of))))


def _narrow(case: Case) -> Iterator[Block]:
    """Yield where the lead over the target is smallest: what has to be held first."""
    nodes = [node for pillar in case.pillars for node in case.dimensions(pillar.id) if node.gap is not None]
    narrow = sorted(nodes, key=lambda node: -(node.gap or 0.0))
    if narrow:
        columns = (
            TableColumn(case.say(_("Dimension")), 3.4),
            TableColumn(case.say(_("Score")), 0.8, "right"),
            TableColumn(case.say(_("Target")), 0.8, "right"),
            TableColumn(case.say(_("Ahead by")), 0.8, "right"),
        )
        rows = tuple(
            cells(
                case.title(node.id),
                number(node.score),
                number(node.target),
                number(difference(node.target, node.score)),
            )
            for node in narrow[:MOST_MARGINS]
        )
        yield Table(columns, rows, case.say(MARGINS))
    for node in narrow[:MOST_STRENGTHS]:
        scored = sorted((n for n in case.questions(node.id) if n.score is not None), key=lambda n: n.score or 0.0)
        score = apart(node.score, node.target)
        opens = case.say(NARROW, name=case.title(node.id), score=score, target=number(node.target))
        words = case.grammar.paragraph(sentences(case, scored[:CARRYING], "answer"))
        yield Paragraph((Run(opens, bold=True), *((Run(case.grammar.space + words),) if words else ())))


MARGINS = _("Dimensions by their lead over the target, the narrowest first")


def gaps(case: Case, shelf: Shelf) -> Iterator[Block]:
    """Yield the largest gaps, each with what holds it back, where it stands and what works on it."""
    largest = all_gaps(case)
    if not largest:
        scored = any(pillar.score is not None for pillar in case.pillars)
        yield Paragraph(runs(case.say(NO_GAP if scored else NO_GAP_YET)))
        yield from _narrow(case) if scored else ()
        return
    if case.card.overall.shortfall is None and len(largest) > 1:
        yield Paragraph(runs(case.say(GAPS_OPEN)))
    shares = [share_words(node.share) for node in largest]
    alone = shares[:1] != shares[1:2]
    for node in largest[:MOST_GAPS]:
        numbers = [shelf.number(row.id) for row in shelf.work if row.lifts.get(node.id, 0.0) > 0]
        said = sentences(case, holding_back(case, node.id, HOLDING), "gap")
        said += [case.say(WORKED_ON, measures=numbered(case, numbers))] if numbers else []
        opens = opening(case, node, first=alone and node is largest[0])
        words = case.grammar.space + case.grammar.paragraph(said)
        yield Paragraph((Run(opens, bold=True), *((Run(words),) if said else ())))
    left = len(largest) - MOST_GAPS
    if left > 0:
        yield Paragraph(runs(case.say(MORE_GAP) if left == 1 else case.say(MORE_GAPS, n=left)), "note")


def among_others(case: Case) -> list[Block]:
    """State beside the score where it stands, and whether the others were asked and weighed alike.

    Nothing without a benchmark.
    """
    if case.placings is None:
        return []
    from nqpf_assess.exchange.benchmark import CORRECTED_HERE, CORRECTED_THERE, QUICK_NOTES

    # Whose weights were corrected moves no baseline score.
    corrected = (CORRECTED_HERE, CORRECTED_THERE) if case.placings.column == "score" else ()
    unlike = [note for note in case.placings.notes if note in (*QUICK_NOTES.values(), *corrected)]
    said = [peer_words.standing(case.placings, case.questionnaire), *unlike]
    return [Paragraph(runs(case.grammar.paragraph(map(case.say, said))), "note")]
