"""The score of one assessment: verdict, pillars, largest gaps, first measures, what local conditions changed."""

from collections.abc import Iterator, Sequence

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.exchange.benchmark import Placings
from nqpf_assess.locale import Text, _, _c, tell
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.scorecard import NodeScore, Scorecard
from nqpf_assess.report.blocks import Block, Paragraph, Table, TableColumn, cells, runs
from nqpf_assess.report.ledger_words import moved_because
from nqpf_assess.report.peer_words import OTHERS_KEY, spread_words, standing_lines
from nqpf_assess.report.wording import NO_FIGURE, difference, number, percent, span

MOST_GAPS = 5
MOST_MEASURES = 3
MOST_MOVES = 6
BAR = 20
"""Cells of a bar on the scale from 0 to 100."""

VERDICT = _("Score {score} of 100 — {band}; target {target}")
NO_SCORE = _("No overall score yet: too little is answered. It lies from {low} to {high}.")
RANGES = _("range {span} · coverage {coverage} · evidence-backed {backed} · weights varied {robust}")
PROFILE = _("profile {profile}: {local} here, {baseline} on the baseline")
PILLAR, SCORE, TARGET, RANGE = _("pillar"), _("score"), _("target"), _("range")
OTHERS, WEIGHT, ANSWERED = _c("benchmark", "others"), _("weight"), _c("share of the weight", "answered")
AFTER_FLOORS = _("after floors")
NOTICEABLE = 0.05
"""Points from which a gain after the floors is shown beside the one before."""
GAPS, GAP, SHARE = _("largest gaps"), _("gap"), _("share of the shortfall")
MEASURES, GAIN, EFFORT, LEAD = _("measures to look at first"), _("gain"), _("effort"), _("lead")
MOVED, MOVED_FIRM = _("what local conditions changed"), _("what the firm's conditions changed")
POINTS, WHY = _("points of weight"), _("why")
MORE = _("and {more} more")
FLOOR = _("! {node} is below its floor of {below}: the total is at most {cap}. {why}")
FLOOR_HELD = _("! {node} is below its floor of {below}: the total is at most {cap} (it would be {uncapped}). {why}")


def score_blocks(
    instrument: Instrument, answers: Answers, card: Scorecard, language: str, placings: Placings | None = None
) -> Iterator[Block]:
    """Write a scorecard as blocks; `placings`: where it stands among many like it."""
    questionnaire, overall = instrument.questionnaire, card.overall

    def title(node: str) -> str:
        return tell(title_of(questionnaire, node), language)

    def line(words: Text, **values: object) -> Paragraph:
        return Paragraph(runs(tell(words, language, **values)))

    def table(*columns: tuple[Text | str, float], rows: Sequence[tuple[str, ...]]) -> Table:
        """Columns with a negative share hold figures, set to the right."""
        heads = (
            TableColumn(
                head if isinstance(head, str) else tell(head, language), abs(share), "right" if share < 0 else "left"
            )
            for head, share in columns
        )
        return Table(tuple(heads), tuple(cells(*row) for row in rows))

    name = " · ".join(part for part in (answers.subject.name, answers.subject.period) if part)
    if name:
        yield Paragraph(runs(name))
    if overall.score is None:
        yield line(NO_SCORE, low=number(overall.low), high=number(overall.high))
    else:
        band = tell(instrument.rules.bands[overall.band].words, language) if overall.band else NO_FIGURE
        yield line(VERDICT, score=number(overall.score), band=band, target=number(overall.target))
    for id in overall.floors:
        floor = instrument.rules.floors[id]
        below = f"{floor.below:g}" if isinstance(floor.below, float) else str(floor.below)
        values = {"node": title_of(questionnaire, floor.node), "below": below, "cap": floor.cap, "why": floor.why}
        held = overall.score != overall.uncapped
        yield line(FLOOR_HELD if held else FLOOR, uncapped=number(overall.uncapped), **values)
    yield line(
        RANGES,
        span=span(overall.low, overall.high),
        coverage=percent(overall.coverage),
        backed=number(overall.evidence_backed),
        robust=span(overall.robust_low, overall.robust_high),
    )
    figures = {"local": number(overall.score), "baseline": number(overall.baseline_score)}
    yield line(PROFILE, profile=instrument.name, **figures)
    if placings is not None:
        yield from (line(words) for words in (*standing_lines(placings, questionnaire), OTHERS_KEY))

    def others(node: NodeScore) -> str:
        """Median and quartiles of those like this one, or the weight where there are none to compare with."""
        if placings is None:
            return percent(node.weight)
        placing = placings.nodes.get(node.id)
        return spread_words(placing.spread) if placing else NO_FIGURE

    yield table(
        (PILLAR, 3.0),
        (SCORE, -0.7),
        (TARGET, -0.8),
        (f"0{' ' * (BAR - 4)}100", 2.6),
        (RANGE, -1.2),
        (WEIGHT, -0.7) if placings is None else (OTHERS, -2.0),
        (ANSWERED, -1.0),
        rows=[
            (
                title(node.id),
                number(node.score),
                number(node.target),
                bar(node),
                span(node.low, node.high),
                others(node),
                percent(node.coverage),
            )
            for node in card.nodes
            if node.level == "pillar"
        ],
    )
    short = sorted((n for n in card.nodes if n.level == "dimension" and n.share), key=lambda n: -(n.share or 0.0))
    if short:
        rows = [
            (
                title(node.id),
                number(node.score),
                number(node.target),
                number(difference(node.score, node.target)),
                percent(node.share),
            )
            for node in short[:MOST_GAPS]
        ]
        yield table((GAPS, 3.0), (SCORE, -0.7), (TARGET, -0.7), (GAP, -0.7), (SHARE, -1.6), rows=rows)
    fit = sorted((m for m in card.countermeasures if m.priority), key=lambda m: m.standing)
    if fit:
        shown = fit[:MOST_MEASURES]
        differs = any(abs((found.gain or 0.0) - (found.gain_after_floors or 0.0)) >= NOTICEABLE for found in shown)
        first = []
        for found in shown:
            measure = questionnaire.countermeasures[found.id]
            after = (number(found.gain_after_floors, signed=True),) if differs else ()
            gains = (number(found.gain, signed=True), *after)
            first.append((tell(measure.title, language), *gains, f"{found.effort}/5", tell(measure.lead, language)))
        floored = ((AFTER_FLOORS, -1.0),) if differs else ()
        yield table((MEASURES, 4.0), (GAIN, -0.7), *floored, (EFFORT, -0.7), (LEAD, 2.0), rows=first)
    moved = {row.node: 100.0 * (row.share_final - row.share_baseline) for row in card.ledger if row.steps}
    if moved:
        why = {row.node: moved_because(row, questionnaire, language) for row in card.ledger}
        most = sorted(moved, key=lambda node: -abs(moved[node]))
        changes = [(title(node), number(moved[node], signed=True), why[node]) for node in most[:MOST_MOVES]]
        if len(moved) > MOST_MOVES:
            changes.append((tell(MORE, language, more=len(moved) - MOST_MOVES), "", ""))
        by_whom = MOVED_FIRM if questionnaire.subject == "firm" else MOVED
        yield table((by_whom, 2.0), (POINTS, -1.0), (WHY, 3.0), rows=changes)
    for check in card.checks:
        yield Paragraph(runs(f"! {tell(check.message, language)}"))


def bar(node: NodeScore) -> str:
    """Draw a score as a bar of cells with a mark at its target; works in any character set a terminal has."""
    if node.score is None:
        return "·" * BAR
    filled = round(node.score / 100 * BAR)
    drawn = ["█" if index < filled else "·" for index in range(BAR)]
    if node.target is not None:
        drawn[min(BAR - 1, round(node.target / 100 * BAR))] = "|"
    return "".join(drawn)
