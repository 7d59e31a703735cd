"""The score of one assessment: verdict, pillars, largest gaps, best measures, what local conditions changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nqpf_assess.engine.following import progress
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.merging import disputes
from nqpf_assess.engine.scorecard import set_aside
from nqpf_assess.engine.states import read
from nqpf_assess.exchange.benchmark import Placings
from nqpf_assess.locale import Text, _, _c, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.scorecard import LedgerRow, NodeScore, Overall, Scorecard
from nqpf_assess.report.blocks import Block, Paragraph, Table, TableColumn, cells, runs
from nqpf_assess.report.follow_up_text import stated
from nqpf_assess.report.ledger_words import corrected_words, handed_down, moved_because, undecided_words
from nqpf_assess.report.peer_words import OTHERS_KEY, spread_words, standing_lines
from nqpf_assess.report.plan_reason import UNSURE
from nqpf_assess.report.wording import (
    DIFFERING,
    NO_FIGURE,
    NOTE_OUTSIDE,
    QUICK_SCREENING,
    RANGE_OUTSIDE,
    SET_ASIDE,
    banded,
    covered,
    difference,
    number,
    outside,
    percent,
    span,
)

MOST_GAPS = 5
MOST_MEASURES = 3
MOST_MOVES = 6
BAR = 20
"""Cells of a bar on the scale from 0 to 100."""

VERDICT = _("Score {score} of 100 — {band}; target {target}")
VERDICT_WITHOUT_BANDS = _("Score {score} of 100; target {target}")
NO_SCORE = _("No overall score yet: too little is answered. It lies from {low} to {high}.")
NOTHING_ASSESSED = _("Nothing in the questionnaire is assessed here.")
RANGES = _("range {span} · coverage {coverage} · evidence-backed {backed} · weights varied {robust}")
PROFILE = _("rubric {profile}: {local} here, {baseline} on the baseline")
PILLAR, SCORE, TARGET, RANGE = _("pillar"), _("score"), _("target"), _("range")
OTHERS, WEIGHT, ANSWERED = _c("benchmark", "others"), _("weight"), _c("share of the weight", "answered")
AFTER_FLOORS = _("after floors")
NOTICEABLE = 0.05
"""Points from which a gain after the floors is shown beside the one before."""
GAPS, GAP, SHARE = _("largest gaps"), _("gap"), _("share of the shortfall")
MEASURES, GAIN, EFFORT, LEAD = _("most for their effort, each alone"), _("gain"), _("effort"), _("lead")
ONLY_AFTER = _("only after {titles}")
MOVED = _("weights that were moved")
TIMES_BY_HAND = _("by hand × {factor}")
POINTS, WHY = _("points of weight"), _("why")
MORE = _("and {more} more")
FLOOR = _("! {node} is below its floor of {below}: the total is at most {cap}. {why}")
FLOOR_HELD = _(
    "! {node} is below its floor of {below}: the total is at most {cap} (without floors it would be {uncapped}). {why}"
)


def score_blocks(
    instrument: Instrument,
    answers: Answers,
    card: Scorecard,
    language: str,
    placings: Placings | None = None,
    *,
    file: str = "",
) -> Iterator[Block]:
    """Write a scorecard as blocks; `placings`: where it stands among many like it; `file`: told beside others."""
    name = " · ".join(part for part in (answers.subject.name, answers.subject.period, file) if part.strip())
    if name:
        yield Paragraph(runs(name))
    page = _ScorePage(instrument, answers, card, language, placings)
    yield from page.verdict()
    if answers.mode == "quick":
        yield Paragraph(runs(tell(QUICK_SCREENING, language)))
    yield from page.pillars()
    yield from (*page.gaps(), *page.measures(), *page.moved())
    for check in card.checks:
        yield Paragraph(runs(f"! {tell(check.message, language)}"))


def floors_told(instrument: Instrument, overall: Overall) -> Iterator[Text]:
    """Tell each floor that fired: below which line its part lies, what that makes of the score, and why."""
    for id in overall.floors:
        floor = instrument.rules.floors[id]
        yield fill(
            FLOOR_HELD if overall.score != overall.uncapped else FLOOR,
            node=title_of(instrument.questionnaire, floor.node),
            below=str(floor.below),
            cap=str(floor.cap),
            why=floor.why,
            uncapped=number(overall.uncapped),
        )


@dataclass(frozen=True)
class _ScorePage:
    """The parts of the page, one after the other; tables without rows are left out."""

    instrument: Instrument
    answers: Answers
    card: Scorecard
    language: str
    placings: Placings | None

    def verdict(self) -> Iterator[Block]:
        """Score, floors that fired, ranges, profile, and the place among others."""
        instrument, overall = self.instrument, self.card.overall
        if overall.coverage is None:
            yield self._line(NOTHING_ASSESSED)
        elif overall.score is None:
            yield self._line(NO_SCORE, low=number(overall.low), high=number(overall.high))
        else:
            band = tell(instrument.rules.bands[overall.band].words, self.language) if overall.band else ""
            words = VERDICT if band else VERDICT_WITHOUT_BANDS
            score = banded(overall.score, instrument.rules.bands, overall.target)
            yield self._line(words, score=score, band=band, target=number(overall.target))
        yield from (self._line(words) for words in floors_told(instrument, overall))
        yield self._line(
            RANGES,
            span=span(overall.low, overall.high),
            coverage=covered(overall.coverage),
            backed=number(overall.evidence_backed),
            robust=span(overall.robust_low, overall.robust_high),
        )
        if outside(overall):
            yield self._line(RANGE_OUTSIDE, low=number(overall.low), high=number(overall.high))
        if aside := set_aside(instrument.questionnaire, self.answers, self.card):
            yield self._line(SET_ASIDE, count=len(aside))
        if differing := disputes(instrument, self.answers, self.card):
            yield self._line(DIFFERING, count=len(differing))
        figures = {"local": number(overall.score), "baseline": number(overall.baseline_score)}
        yield self._line(PROFILE, profile=instrument.name, **figures)
        if undecided := undecided_words(instrument, read(instrument, self.answers), self.language):
            yield Paragraph(runs(undecided))
        if corrected := corrected_words(self.card.ledger, instrument.questionnaire, self.language):
            yield Paragraph(runs(corrected))
        targets = {node.id: node.target for node in self.card.nodes}
        for row in self.card.ledger:
            said = handed_down(row, targets[row.node], instrument.questionnaire, self.language)
            if said and row.by_hand and row.by_hand.target is not None:
                yield Paragraph(runs(said))
        if self.placings is not None:
            told = (*standing_lines(self.placings, instrument.questionnaire), OTHERS_KEY)
            yield from (self._line(words) for words in told)

    def pillars(self) -> Iterator[Block]:
        """Every pillar with its bar, beside the others of a benchmark, else with its weight."""
        nodes, marks = [node for node in self.card.nodes if node.level == "pillar"], grammar(self.language)

        def others(node: NodeScore) -> str:
            if self.placings is None:
                return percent(node.weight)
            spread = self.placings.spread_of(node)
            return spread_words(spread) if spread else NO_FIGURE

        yield self._table(
            (PILLAR, 3.0),
            (SCORE, -0.7),
            (TARGET, -0.8),
            (f"0{' ' * (BAR - 4)}100", 2.6),
            (RANGE, -1.2),
            (WEIGHT, -0.7) if self.placings is None else (OTHERS, -2.0),
            (ANSWERED, -1.0),
            rows=[
                (
                    self._title(node.id),
                    number(node.score),
                    number(node.target),
                    bar(node),
                    span(node.low, node.high),
                    others(node),
                    covered(node.coverage),
                )
                for node in nodes
            ],
        )
        if astray := [marks.quoted(self._title(node.id)) for node in nodes if outside(node)]:
            yield self._line(NOTE_OUTSIDE, names=marks.enumerated(astray))

    def gaps(self) -> Iterator[Table]:
        """The dimensions that make up most of the shortfall."""
        short = [node for node in self.card.nodes if node.level == "dimension" and node.share]
        short.sort(key=lambda node: -(node.share or 0.0))
        rows = [
            (
                self._title(node.id),
                number(node.score),
                number(node.target),
                number(difference(node.score, node.target)),
                percent(node.share),
            )
            for node in short[:MOST_GAPS]
        ]
        if rows:
            yield self._table((GAPS, 3.0), (SCORE, -0.7), (TARGET, -0.7), (GAP, -0.7), (SHARE, -1.6), rows=rows)

    def measures(self) -> Iterator[Block]:
        """What gains most for its effort, each alone, with what must come before it, and after floors if other."""
        here, measures = grammar(self.language), self.instrument.questionnaire.countermeasures
        begun = progress(self.answers)
        able = (one for one in self.card.countermeasures if one.priority or one.gain_after_floors)  # or lifts a floor
        fit = sorted(able, key=lambda found: found.precedence)
        shown = fit[:MOST_MEASURES]
        differs = any(abs((found.gain or 0.0) - (found.gain_after_floors or 0.0)) >= NOTICEABLE for found in shown)
        fitting = {found.id for found in self.card.countermeasures if found.eligible}
        rows = []
        for found in shown:
            measure = measures[found.id]
            after = (number(found.gain_after_floors, signed=True),) if differs else ()
            gains = (number(found.gain, signed=True), *after)
            lead = tell(measure.lead, self.language)
            title = stated(tell(measure.title, self.language), begun.get(found.id), self.language)
            before = [id for id in measure.needs if id in fitting and begun.get(id) != "done"]
            if before:  # its own effort would not be enough
                titles = here.list([tell(measures[id].title, self.language) for id in before])
                title += here.bracketed(tell(ONLY_AFTER, self.language, titles=titles))
            rows.append((title, *gains, f"{found.effort}/5", lead))
        if rows:
            floored = ((AFTER_FLOORS, -1.0),) if differs else ()
            yield self._table((MEASURES, 4.0), (GAIN, -0.7), *floored, (EFFORT, -0.7), (LEAD, 2.0), rows=rows)
        unsure = [here.quoted(tell(measures[found.id].title, self.language)) for found in shown if found.unsure]
        if unsure:
            yield self._line(UNSURE, names=here.enumerated(unsure))

    def moved(self) -> Iterator[Table]:
        """The weights that local conditions and corrections by hand moved most, each with its reason."""
        ledger = self.card.ledger
        shifts = {row.node: 100.0 * (row.share_final - row.share_baseline) for row in ledger if row.steps}
        moved = {node: points for node, points in shifts.items() if number(points) != number(0.0)}
        if not moved:
            return
        why = {row.node: self._reason(row) for row in ledger}
        most = sorted(moved, key=lambda node: -abs(moved[node]))[:MOST_MOVES]
        rows = [(self._title(node), number(moved[node], signed=True), why[node]) for node in most]
        if len(moved) > MOST_MOVES:
            rows.append((tell(MORE, self.language, more=len(moved) - MOST_MOVES), "", ""))
        yield self._table((MOVED, 2.0), (POINTS, -1.0), (WHY, 3.0), rows=rows)

    def _reason(self, row: LedgerRow) -> str:
        """Say why a weight moved; besides, where a correction by hand moved it too."""
        why = moved_because(row, self.instrument.questionnaire, self.language)
        if row.by_hand is None or row.by_hand.factor == 1:
            return why
        by_hand = tell(TIMES_BY_HAND, self.language, factor=f"{row.by_hand.factor:g}")
        return why + grammar(self.language).bracketed(by_hand) if why else by_hand

    def _title(self, node: str) -> str:
        return tell(title_of(self.instrument.questionnaire, node), self.language)

    def _line(self, words: Text, **values: object) -> Paragraph:
        return Paragraph(runs(tell(words, self.language, **values)))

    def _table(self, *columns: tuple[Text | str, float], rows: Sequence[tuple[str, ...]]) -> Table:
        """Columns with a negative share hold figures, set to the right."""
        heads = (
            TableColumn(
                head if isinstance(head, str) else tell(head, self.language),
                abs(share),
                "right" if share < 0 else "left",
            )
            for head, share in columns
        )
        return Table(tuple(heads), tuple(cells(*row) for row in rows))


def bar(node: NodeScore) -> str:
    """Draw a score as a bar of cells with a mark at its target; works in any character set a terminal has."""
    if node.score is None:
        return "·" * BAR
    filled = round(node.score / 100 * BAR)
    drawn = ["█" if index < filled else "·" for index in range(BAR)]
    if node.target is not None:
        drawn[min(BAR - 1, round(node.target / 100 * BAR))] = "|"
    return "".join(drawn)
