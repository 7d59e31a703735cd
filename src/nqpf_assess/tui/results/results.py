"""The result as rows: the overall with its range, the pillars, the gaps, how sure it is."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.scorecard import grade, set_aside
from nqpf_assess.locale import Text, _, _n
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.scorecard import OVERALL, NodeScore, Scorecard
from nqpf_assess.report.ledger_words import corrected_words
from nqpf_assess.report.outline.sureness import NO_BALANCE
from nqpf_assess.report.wording import (
    GAPS_UNSCORED,
    GRADES,
    NO_FIGURE,
    QUICK_SCREENING,
    RANGE_OUTSIDE,
    SET_ASIDE,
    STAYS_WORDS,
    banded,
    covered,
    difference,
    gap_in_parts,
    number,
    outside,
    percent,
    span,
)
from nqpf_assess.session.answering import Session
from nqpf_assess.session.way import LEFT, held_back
from nqpf_assess.session.what_if import WhatIf
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import pad, shown, width
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Line, Look, Part, Row, columns, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech, numbered
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE, MENU_BY_ESCAPE, PAGING, TURN, TURN_BACK, ListPage, TabbedPage
from nqpf_assess.tui.frame.page import BROAD, HELP, MENU, SEARCH, VAST
from nqpf_assess.tui.results.what_if import BACK, DOWN, PUT_BACK, STEPS, UP, first_parts, what_if_rows
from nqpf_assess.tui.widgets.drawn import LineBlock
from nqpf_assess.tui.widgets.list import How, RowList

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Peers

WAYS_ON: tuple[tuple[str, Text], ...] = (
    ("step:plan", _("Next: the measures that help most here")),
    ("write:", _("Write the report and read it")),
)
"""What comes after the results, as the id of a row and its words."""

TO_ANSWER = _n("First: {count} question left to answer", "First: {count} questions left to answer")

OVERALL_WORDS = _("Overall")
NO_OVERALL = _(
    "There is no overall score yet: {coverage} of the weight is answered, at least {least} is needed. "
    "It can still come out at {span}."
)
NOTHING_YET = _("Nothing has a score yet.")
NOTHING_ASSESSED = _("Nothing in the questionnaire is assessed here.")
BAND = _("band: {band}")
RANGE = _("Possible range")
RANGE_WHY = _("open questions, worst to best")
BASELINE = _("Under the baseline")
BASELINE_WHY = _("same answers, common weights")
BACKED = _("Backed by evidence")
BACKED_WHY = _("no evidence, no year: at most {ceiling}")
SURE = _("By how sure the answers are")
SURE_WHY = _("as stated, and what is open")
ROBUST = _("If weights vary")
ROBUST_WHY = _("every weight {spread} more or less")
COVERAGE = _("Answered")
COVERAGE_WHY = _("share of the weight")
FLOOR_IDLE = _("Floor: “{node}” is below {below}; while it is, the overall is at most {cap}. {why}")
FLOOR = _("Floor: “{node}” is below {below}, so the overall is at most {cap} (without floors: {uncapped}). {why}")
HEADS = _("score|target|gap|share")
ASK_ALL = _("Enter: ask all")
CORE_WAITS = _n(
    "Whether further core questions apply hangs on {count} fact that is open.",
    "Whether further core questions apply hangs on {count} facts that are open.",
)
ASK_FACT = _("Enter: go there")
NOTE_ROWS = _("Enter on a row explains its figure, down to the answers.")

GAPS_LEAD = _("Dimensions by their share of the whole shortfall of {shortfall} points.")
NO_GAPS = _("Every scored dimension is at or above its target.")
NO_SHARES = _("No overall score yet, so there are no shares.")
UNSCORED = _("No score yet: too little answered")
REACHED = _("At or above target")

FIGURES = (8, 8, 8, 9)
"""Cells of the columns: score, target, gap, share."""


def ways_on(session: Session, speech: Speech) -> tuple[Row, ...]:
    """List what comes after the results; first, while any is open or put off, the questions that are left."""
    left = [id for id in session.visible if session.state("answers", id) in LEFT]
    # On 0, so that the digits of what comes after the results stay the same whether anything is open or not.
    first = [
        Row(speech.tell(TO_ANSWER, count=len(left)), f"blank:answers:{id}", key="0", lead="0  ") for id in left[:1]
    ]
    return (*first, *numbered((id, speech.tell(words)) for id, words in WAYS_ON))


def overview(session: Session, card: Scorecard, speech: Speech, peers: "Peers | None" = None) -> tuple[Row, ...]:
    """Render the overall in its contexts, then the pillars; `peers`: a benchmark of many like this one."""
    lines: tuple[Text, ...] = ()
    if peers is not None:
        from nqpf_assess.report.peer_words import peer_lines

        lines = tuple(peer_lines(peers, card, session.answers, session.instrument.questionnaire))
    text = [Row(speech.line(words), lead="  ") for words in lines]
    aside = set_aside(session.instrument.questionnaire, session.answers, card)
    corrected = corrected_words(card.ledger, session.instrument.questionnaire, speech.language)
    return (
        *ways_on(session, speech),
        BLANK,
        *_headline(session, card, speech),
        *([quiet(speech.tell(SET_ASIDE, count=len(aside)), lead="  ")] if aside else []),
        *([quiet(shown(corrected[:1].upper() + corrected[1:]), lead="  ")] if corrected else []),
        *(_of_few(session, speech) if session.answers.mode == "quick" else ()),
        *text[:1],
        BLANK,
        _heads(speech),
        *(node_row(session, node, speech) for node in card.nodes if node.level == "pillar"),
        *([BLANK, *text[1:]] if text[1:] else []),
        BLANK,
        quiet(speech.tell(NOTE_ROWS)),
    )


def _of_few(session: Session, speech: Speech) -> Iterator[Row]:
    """Say that only the core questions were asked, and which of them were not; with the ways to where they can be."""
    yield Row(speech.tell(QUICK_SCREENING), id="subject:", look="warn", tail=speech.tell(ASK_ALL))
    if facts := held_back(session):
        yield Row(speech.tell(CORE_WAITS, count=len(facts)), id=f"blank:facts:{facts[0]}", tail=speech.tell(ASK_FACT))


def _headline(session: Session, card: Scorecard, speech: Speech) -> Iterator[Row]:
    overall, rules = card.overall, session.assessed.figures.rules
    if overall.score is None:
        least = rules.minimum_coverage
        values = {"coverage": covered(overall.coverage, least), "least": percent(least)}
        known = speech.tell(NO_OVERALL, span=span(overall.low, overall.high), **values)
        unknown = speech.tell(NOTHING_ASSESSED if overall.coverage is None else NOTHING_YET)
        yield Row(known if overall.coverage else unknown, look="warn")
    else:
        band = speech.line(rules.bands[overall.band].words) if overall.band else ""
        text = f"{speech.tell(OVERALL_WORDS)} {banded(overall.score, rules.bands)}"
        yield Row(text, id=f"node:{OVERALL}", look="heading", tail=speech.tell(BAND, band=band) if band else "")
    for id in overall.floors:
        floor = rules.floors[id]
        node = title_of(session.instrument.questionnaire, floor.node)
        values = {"below": plain_number(floor.below), "cap": plain_number(floor.cap)}
        words = FLOOR_IDLE if overall.score == overall.uncapped else FLOOR
        told = speech.tell(words, node=node, uncapped=number(overall.uncapped), why=floor.why, **values)
        yield Row(told, look="warn", lead=f"{speech.glyphs.alarm} ")
    if overall.score is None:
        return

    # The contexts of the score: what it could be, and what it is by other lights.
    ceiling, spread = f"{rules.unsupported_ceiling:g}", percent(rules.weight_spread)
    ends = {"low": number(overall.low), "high": number(overall.high)}
    confident = span(overall.confidence_low, overall.confidence_high)
    table: Sequence[tuple[Text, str, str]] = (
        (RANGE, span(overall.low, overall.high), speech.tell(RANGE_OUTSIDE if outside(overall) else RANGE_WHY, **ends)),
        (BASELINE, number(overall.baseline_score), speech.tell(BASELINE_WHY)),
        (BACKED, number(overall.evidence_backed), speech.tell(BACKED_WHY, ceiling=ceiling)),
        (SURE, confident, speech.tell(SURE_WHY)),
        (ROBUST, span(overall.robust_low, overall.robust_high), speech.tell(ROBUST_WHY, spread=spread)),
        (COVERAGE, covered(overall.coverage), speech.tell(COVERAGE_WHY)),
    )
    label = max(width(speech.tell(name)) for name, *_figures in table) + 2
    for name, figure, why in table:
        parts = (Part(f"  {pad(speech.tell(name), label)}"), Part(pad(figure, 13), "strong"))
        if label + 15 + width(why) <= speech.cells:
            yield Row(parts=(*parts, Part(why, "quiet")))
        else:
            yield Row(parts=parts)
            yield quiet(why, lead=" " * 6)


def _heads(speech: Speech) -> Row:
    room = speech.cells - sum(FIGURES)
    return Row(parts=(Part(" " * room), *columns(speech.tell(HEADS).split("|"), FIGURES, "quiet")))


def node_row(session: Session, node: NodeScore, speech: Speech, *, name: str = "") -> Row:
    """Write a pillar or dimension: name, bar with its target, score, target, gap, share."""
    room = speech.cells - sum(FIGURES)
    bar_cells = max(10, min(40, room * 2 // 5))
    title = name or speech.line(title_of(session.instrument.questionnaire, node.id))
    if not name and (node.level == "pillar" or width(title) > room - bar_cells - 1):
        title = speech.line(_short(session, node))
    gap = number(difference(node.score, node.target))
    figures = (number(node.score), number(node.target), gap, percent(node.share))
    looks = ("strong", "plain", "warn" if (node.gap or 0) >= TOLERANCE else "good", "plain")
    cells = (
        Part(pad(words, size, right=True), look)  # type: ignore[arg-type]
        for words, size, look in zip(figures, FIGURES, looks, strict=True)
    )
    bar = target_bar(node.score, node.target, bar_cells, speech)
    whole = title if width(title) > room - bar_cells - 1 else ""
    return Row(whole, f"node:{node.id}", parts=(Part(pad(title, room - bar_cells - 1) + " "), *bar, *cells))


def _short(session: Session, node: NodeScore) -> Text:
    questionnaire = session.instrument.questionnaire
    found = questionnaire.pillars.get(node.id) or questionnaire.dimensions.get(node.id)
    return (found.short or found.title) if found else title_of(questionnaire, node.id)


def target_bar(score: float | None, target: float | None, cells: int, speech: Speech) -> Line:
    """Draw 0 to 100 as a bar with a mark at the target."""
    glyphs = speech.glyphs
    full = 0 if score is None else round(cells * score / 100)
    signs = [
        Part(glyphs.full if index < full else glyphs.rest, "bar" if index < full else "rest") for index in range(cells)
    ]
    if target is not None:
        signs[min(cells - 1, round(cells * target / 100))] = Part(glyphs.target, "mark")
    # Neighbours that look alike are one part, so that less is sent to the terminal.
    groups = ((look, [part.text for part in alike]) for look, alike in groupby(signs, key=attrgetter("look")))
    return tuple(Part("".join(texts), look) for look, texts in groups)


# ---- gaps


def gaps(session: Session, card: Scorecard, speech: Speech) -> tuple[Row, ...]:
    """Rank the dimensions by their share of the shortfall; those at their target and those without a score follow."""
    nodes = [node for node in card.nodes if node.level == "dimension"]
    scored = [node for node in nodes if node.score is not None]
    short = sorted((n for n in scored if (n.gap or 0) >= TOLERANCE), key=lambda n: (-(n.share or 0), -(n.gap or 0)))
    reached = [node for node in scored if node not in short]
    without = [node for node in nodes if node.state == "no_score"]
    _gap, shortfall, surplus = gap_in_parts(card.overall)
    lead = NO_SHARES if shortfall is None else GAPS_LEAD if card.overall.shortfall else GAPS_UNSCORED
    lead = NO_GAPS if scored and not short else lead
    rows = [quiet(speech.tell(lead, shortfall=number(shortfall), surplus=number(surplus))), BLANK]
    rows += [_heads(speech), *(node_row(session, node, speech) for node in short)] if short else []
    for words, group in ((REACHED, reached), (UNSCORED, without)):
        if group:
            rows += [BLANK, heading(speech.tell(words)), *(node_row(session, node, speech) for node in group)]
    return tuple(rows)


# ---- balance and robustness

BALANCE_LEAD = _("How evenly the pillars are developed; a hint beside the score, never part of it.")
EVEN = _("How even: {words}, step {grade} of 10")
SYMBOLS = _("Enter shows the measures behind it")
BALANCE: tuple[tuple[str, Text, Text], ...] = (
    ("coordination", _("Coordination D"), _("how far and how evenly the pillars have come, 0 to 1")),
    ("coupling", _("Coupling C"), _("how even they are, whatever their height, 0 to 1")),
    ("modified_coupling", _("Modified coupling C'"), _("the same, spread over the whole range (Wang et al. 2021)")),
)
WEAKEST = _("Among the three weakest, whatever the weights in this range")
VARIANTS = _("Overall under other methods")
MEANS = {"arithmetic": _("weighted mean"), "geometric": _("geometric mean")}
LOCAL = {True: _("local weights"), False: _("baseline weights")}
BACKED_BY = {True: _("only with evidence"), False: _("as answered")}


def sureness(session: Session, card: Scorecard, speech: Speech) -> Iterator[Row]:
    """Render balance, which pillars stay weakest, and the overall under other methods."""

    def figure(value: float | None, places: int = 1) -> Part:
        return Part(pad(number(value, places), 7, right=True), "strong")

    yield quiet(speech.tell(BALANCE_LEAD))
    if card.balance.coordination is None:
        yield Row(speech.tell(NO_BALANCE), lead="  ")
    else:
        step = grade(card.balance.coordination)
        yield Row(speech.tell(EVEN, words=GRADES[step], grade=step + 1), id="balance:", tail=speech.tell(SYMBOLS))

    scored = [node for node in card.nodes if node.level == "pillar" and node.score is not None]
    if len(scored) > 3:  # of three or fewer each is always among the three weakest
        yield BLANK
        yield heading(speech.tell(WEAKEST))
        for node in scored:
            stays = speech.tell(STAYS_WORDS[node.weakest_three]) if node.weakest_three else NO_FIGURE
            look: Look = "warn" if node.weakest_three == "always" else "plain"
            title = Part(pad(speech.line(_short(session, node)), 26))
            yield Row(id=f"node:{node.id}", parts=(title, figure(node.score), Part(f"   {stays}", look)))

    if card.overall.score is None:
        return
    yield BLANK
    yield heading(speech.tell(VARIANTS))
    for variant in card.variants:
        names = (MEANS[variant.mean], LOCAL[variant.local], BACKED_BY[variant.evidence_backed])
        yield Row(parts=(Part("  " + "".join(pad(speech.tell(name), 20) for name in names)), figure(variant.score)))


SHARES = {"rows": 7, "beside": 5, "whatif": 7}
"""How the window is divided where all three lists of the first view stand beside each other; as in `app.tcss`."""

COMPARE = Act(
    "compare",
    "c",
    _("Compare with another year"),
    _("Compare"),
)


class ResultsPage(TabbedPage):
    """Views of the scorecard; in a wide window gaps and measures stand beside the first, and the what-if too."""

    STEP: ClassVar[str] = "results"
    TABS: ClassVar[tuple[tuple[str, Text], ...]] = (
        ("overview", _("Overview")),
        ("gaps", _("Gaps")),
        ("radar", _("Radar")),
        ("sureness", _("Balance and robustness")),
        ("whatif", _("What if")),
    )

    ACTS: ClassVar[tuple[Act, ...]] = (TURN, TURN_BACK, *PAGING, COMPARE, UP, DOWN, BACK, SEARCH, MENU_BY_ESCAPE)
    EXPLAINED = (
        _(
            "Scores run from 0 to 100. The bar shows the score, the line across it the target that is sensible here "
            "in three to five years. Gap = target minus score. Share = how much of the whole shortfall a part makes: "
            "begin where it is largest. Enter on any row shows the arithmetic, down to the answers."
        ),
        _(
            "A pillar above its target may still hold a share: that of the dimensions in it that are below theirs. An "
            "answer “don't know” deals with a question and leaves its weight unanswered, so “answered” may be less "
            "than the whole though no question is left."
        ),
        _(
            "The possible range says how far the score could still move once everything is answered. The baseline "
            "score is the same answers under weights for any place: compare it with other places, the local score with "
            "the local target."
        ),
        _(
            "“Backed by evidence” is the score when high answers that name no evidence count for less. A figure whose "
            "year is stated needs none, for it can be looked up."
        ),
    )

    def body(self) -> Iterable[Widget]:
        """Compose the line of views, the list of the present one, and what stands beside it where there is room."""
        yield LineBlock(id="tabs")
        with Horizontal(id="panes"):
            yield RowList(id="rows")
            yield RowList(id="beside")
            yield RowList(id="whatif")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to compare, or how to move answers."""
        moves = self.tried_list.has_focus if self.is_mounted else False
        return (UP, DOWN, TURN, BACK, MENU, HELP) if moves else (CHOOSE, TURN, UP, COMPARE, MENU, HELP)

    def on_descendant_focus(self) -> None:
        """Show the keys of what has them now."""
        self.paint_hints()

    def on_resize(self) -> None:
        """Draw the radar once more when the list has its new height, which it is drawn to."""
        if self.tab == "radar":
            self.call_after_refresh(self.repaint)

    def __init__(self) -> None:
        super().__init__()
        self.add_class("-overview", update=False)
        self._tried: WhatIf | None = None

    @property
    def tried(self) -> WhatIf:
        """The answers that are moved on trial."""
        if self._tried is None or self._tried.asked is not self.bench.session:
            self._tried = WhatIf(self.bench.session)
        return self._tried

    @property
    def tried_list(self) -> RowList:
        """The list in which answers are moved: the third in a wide window, else that of its view."""
        return self.list if self.tab == "whatif" else self.query_one("#whatif", RowList)

    def paint(self) -> None:
        """Draw the view, and what stands beside the first; at first a figure is marked, in the first the way on."""
        self.set_class(self.tab == "overview", "-overview")
        first = self.list.cursor is None
        super().paint()
        figures = [row.id for row in self.list.rows if row.id and not row.key]
        if first and figures and self.tab in ("gaps", "sureness"):
            self.list.show(self.list.rows, at=figures[0])
        if self.tab != "overview":
            return
        if self.size.width >= BROAD:
            parts = first_parts(self.bench.session, self.speech_in(self._pane_cells("beside")))
            self.query_one("#beside", RowList).show(tuple(parts), keep=True)
        if self.size.width >= VAST:
            moving = what_if_rows(self.tried, self.speech_in(self._pane_cells("whatif")))
            self.query_one("#whatif", RowList).show(moving, keep=True)

    def _pane_cells(self, id: str) -> int:
        """Return the cells of a list's rows, from the window: a view that was just turned to is not laid out yet."""
        columns = self.size.width
        shares = SHARES if columns >= VAST else {"rows": 7, "beside": 5} if columns >= BROAD else {"rows": 1}
        if self.tab != "overview" or columns < BROAD:
            shares = {id: 1}
        return (columns - len(shares) + 1) * shares[id] // sum(shares.values()) - EDGES

    @on(RowList.Chosen, "#beside")
    def _chosen_beside(self, message: RowList.Chosen) -> None:
        message.stop()
        self.chosen(message.id, message.how)

    @on(RowList.Chosen, "#whatif")
    def _moved_up(self, message: RowList.Chosen) -> None:
        message.stop()
        self.action_shift(1)

    def action_shift(self, by: int) -> None:
        """Move the marked answer one step on trial; where none can be seen, show those that can be moved."""
        moving = self.tried_list
        if not moving.display or not moving.rows or not (self.size.width >= VAST or self.tab == "whatif"):
            self.action_show_tab("whatif")
            return
        if moving.current is None:
            moving.mark()
        id = (moving.current or "").removeprefix("move:")
        moved = bool(id) and self.tried.move(id, by)
        self.say_plainly("" if moved or not id else self.speech.tell(STEPS[by]))
        self.paint()

    def action_put_back(self) -> None:
        """Put all answers back that were moved on trial."""
        self.tried.moved.clear()
        self.paint()
        self.say(PUT_BACK)

    @property
    def card(self) -> Scorecard:
        """The scorecard of the present answers."""
        return self.bench.session.card

    def rows(self) -> tuple[Row, ...]:
        """Return the present view."""
        session, speech = self.bench.session, self.speech_in(self._pane_cells("rows"))
        if self.tab == "whatif":
            return what_if_rows(self.tried, speech)
        if self.tab == "overview":
            return overview(session, self.card, speech, self.bench.peers)
        ways = ways_on(session, speech)
        if self.tab == "radar":
            from nqpf_assess.tui.results.radar import radar

            room = self.list.size.height - len(ways) - 1
            return (*ways, BLANK, *radar(session, self.card, speech, max(10, room)))
        return (*ways, BLANK, *(gaps if self.tab == "gaps" else sureness)(session, self.card, speech))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Go on, or explain the figure."""
        kind, _colon, value = id.partition(":")
        if kind == "step":
            self.bench.step_to(value)
            return
        if kind == "write":
            from nqpf_assess.tui.results.report import ReportPage

            self.bench.switch_screen(ReportPage(at_once=True))
            return
        if kind == "blank":
            self.bench.show_question(id)
            return
        if kind == "measure":
            self.bench.step_to("plan")
            return
        if kind == "move":
            self.action_shift(1)
            return
        if kind == "balance":
            self.bench.push_screen(BalancePage())
            return
        if kind == "subject":
            from nqpf_assess.tui.answering.subject import LengthPage

            self.bench.push_screen(LengthPage())
            return
        self.bench.push_screen(ExplainPage(id.removeprefix("node:")))

    def action_compare(self) -> None:
        """Ask which assessment to compare with."""
        from nqpf_assess.tui.results.compare import EarlierPage

        self.bench.push_screen(EarlierPage())


class BalancePage(ListPage):
    """The measures of balance with their symbols."""

    TITLE_WORDS: ClassVar[Text] = _("Balance of the pillars")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go back."""
        return (CLOSE, MENU)

    def rows(self) -> tuple[Row, ...]:
        """List each measure with its figure, and what it says."""
        speech, balance = self.speech_in(self.size.width - EDGES), self.bench.session.card.balance
        rows: list[Row] = [BLANK]
        for name, words, about in BALANCE:
            rows += [
                Row(speech.tell(words), look="strong", tail=number(getattr(balance, name), 2)),
                quiet(speech.tell(about)),
            ]
        return tuple(rows)


class ExplainPage(ListPage):
    """Explains one figure by its parts; each part leads further down, to the answers."""

    def __init__(self, node: str = OVERALL) -> None:
        super().__init__()
        self._node = node

    def title_text(self) -> str:
        """Return the title of what is explained."""
        if self._node == OVERALL:
            return self.speech.tell(OVERALL_WORDS)
        return self.speech.line(title_of(self.bench.session.instrument.questionnaire, self._node))

    def rows(self) -> tuple[Row, ...]:
        """Return the arithmetic."""
        from nqpf_assess.engine.explaining import explain
        from nqpf_assess.tui.results.explaining import explained_rows

        session = self.bench.session
        return explained_rows(
            session, explain(session.assessed, self._node)[0], self.speech_in(self.size.width - EDGES)
        )

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Go further down, or to the question itself."""
        if id.startswith("go:"):
            self.bench.show_question(f"answers:{id.removeprefix('go:')}")
        else:
            self.bench.push_screen(ExplainPage(id))
