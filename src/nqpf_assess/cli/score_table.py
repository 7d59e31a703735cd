"""The score as a person likes to read it: verdict, pillars, ranked gaps, local conditions in brief."""

import shutil
import sys
from collections.abc import Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import clean, say
from nqpf_assess.engine.comparing.history import histories
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.exchange.benchmark import Placings
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.model.scorecard import LedgerRow, NodeScore, Scorecard
from nqpf_assess.model.text import tell, text
from nqpf_assess.pages.history import history_table
from nqpf_assess.report.beside_words import OTHERS_KEY, spread_words, standing_lines
from nqpf_assess.report.text import table_lines
from nqpf_assess.report.wording import NO_FIGURE, number, percent, span

MOST_GAPS = 5
MOST_MEASURES = 3
MOST_MOVES = 6
BAR = 20

PLAIN_WIDTH = 100
"""Width of the tables where the output is no terminal."""


def print_score(
    settings: Settings,
    instrument: Instrument,
    answers: Answers,
    card: Scorecard,
    placings: Placings | None = None,
    *,
    first: bool,
) -> None:
    """Print one scorecard; `placings`: where it stands among many like it."""
    colour = settings.colour and sys.stdout.isatty()
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if sys.stdout.isatty() else PLAIN_WIDTH
    console = Console(
        width=width, no_color=not colour, highlight=False, emoji=False, markup=False, force_terminal=colour
    )
    page = _Page(settings, instrument, answers, card, placings)
    if not first:
        sys.stdout.write("\n")
    with console.capture() as drawn:
        console.print(page.render())
    sys.stdout.write("\n".join(line.rstrip() for line in drawn.get().rstrip().split("\n")) + "\n")


def print_histories(settings: Settings, scored: Sequence[tuple[str, Answers, Scorecard, Questionnaire]]) -> None:
    """Print the line over the years of every subject of which there are several."""
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if sys.stdout.isatty() else PLAIN_WIDTH
    questionnaires = {card.questionnaire.id: questionnaire for _, _, card, questionnaire in scored}
    for history in histories([entry[:3] for entry in scored]):
        table = history_table(history, questionnaires[history.questionnaire], settings.language)
        for line in ("", *table_lines(table, width), *([table.note] if table.note else [])):
            say(line.rstrip())


class _Page:
    """Builds the page of one scorecard."""

    def __init__(
        self, settings: Settings, instrument: Instrument, answers: Answers, card: Scorecard, placings: Placings | None
    ) -> None:
        self.settings, self.instrument, self.answers, self.card = settings, instrument, answers, card
        self.placings = placings
        self.questionnaire = instrument.questionnaire

    def render(self) -> Group:
        parts = (self.head(), self.beside(), self.pillars(), self.gaps(), self.measures(), self.ledger(), self.notes())
        return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts if part is not None))

    def say(self, en: str, zh: str, **values: object) -> str:
        return clean(tell(text(en=en, zh=zh), self.settings.language, **values))

    def title(self, node: str) -> str:
        return clean(tell(title_of(self.questionnaire, node), self.settings.language))

    def head(self) -> Group:
        overall, subject = self.card.overall, self.answers.subject
        name = clean(" · ".join(part for part in (subject.name, subject.period) if part))
        profile = clean(tell(self.instrument.profile.name, self.settings.language))
        lines = [Line(name, style="bold")] if name else []
        lines.append(Line(self.verdict(), style="bold"))
        lines.append(
            Line(
                self.say(
                    "range {span} · coverage {coverage} · evidence-backed {backed} · robust {robust}",
                    "可能区间 {span} · 覆盖率 {coverage} · 有据得分 {backed} · 权重变动区间 {robust}",
                    span=span(overall.low, overall.high),
                    coverage=percent(overall.coverage),
                    backed=number(overall.evidence_backed),
                    robust=span(overall.robust_low, overall.robust_high),
                )
            )
        )
        lines.append(
            Line(
                self.say(
                    "profile {profile}: {local} here, {baseline} on the baseline",
                    "本地方案“{profile}”：本地得分 {local}，基准得分 {baseline}",
                    profile=profile,
                    local=number(overall.score),
                    baseline=number(overall.baseline_score),
                )
            )
        )
        return Group(*lines)

    def beside(self) -> Group | None:
        if self.placings is None:
            return None
        said = (*standing_lines(self.placings, self.questionnaire), OTHERS_KEY)
        return Group(*(Line(clean(tell(words, self.settings.language))) for words in said))

    def verdict(self) -> str:
        overall = self.card.overall
        if overall.score is None:
            return self.say(
                "No overall score yet: too little is answered. It lies from {low} to {high}.",
                "暂无总分：作答不足。总分将介于 {low} 与 {high} 之间。",
                low=number(overall.low),
                high=number(overall.high),
            )
        bands = self.instrument.rules.bands
        band = clean(tell(bands[overall.band].words, self.settings.language)) if overall.band else NO_FIGURE
        return self.say(
            "Score {score} of 100 — {band}; target {target}",
            "总分 {score}（满分 100），{band}；目标 {target}",
            score=number(overall.score),
            band=band,
            target=number(overall.target),
        )

    def table(self, *columns: tuple[str, bool]) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        for title, right in columns:
            table.add_column(title, justify="right" if right else "left", overflow="fold", no_wrap=right)
        return table

    def pillars(self) -> Table:
        table = self.table(
            (self.say("pillar", "支柱"), False),
            (self.say("score", "得分"), True),
            (self.say("target", "目标"), True),
            ("0" + " " * (BAR - 4) + "100", False),
            (self.say("range", "区间"), True),
            *(((self.say("others", "参照"), True),) if self.placings else ((self.say("weight", "权重"), True),)),
            (self.say("answered", "覆盖率"), True),
        )
        for node in self.card.nodes:
            if node.level == "pillar":
                table.add_row(
                    self.title(node.id),
                    number(node.score),
                    number(node.target),
                    bar(node),
                    span(node.low, node.high),
                    self.others(node.id) if self.placings else percent(node.weight),
                    percent(node.coverage),
                )
        return table

    def others(self, node: str) -> str:
        """Give median and quartiles of those like this one."""
        placing = self.placings.nodes.get(node) if self.placings else None
        return spread_words(placing.spread) if placing else NO_FIGURE

    def gaps(self) -> Table | None:
        ranked = sorted(
            (n for n in self.card.nodes if n.level == "dimension" and n.share), key=lambda n: -(n.share or 0.0)
        )
        if not ranked:
            return None
        table = self.table(
            (self.say("largest gaps", "主要差距"), False),
            (self.say("score", "得分"), True),
            (self.say("target", "目标"), True),
            (self.say("gap", "差距"), True),
            (self.say("share of the shortfall", "占总差距"), True),
        )
        for node in ranked[:MOST_GAPS]:
            table.add_row(
                self.title(node.id), number(node.score), number(node.target), number(node.gap), percent(node.share)
            )
        return table

    def measures(self) -> Table | None:
        fit = sorted((m for m in self.card.countermeasures if m.priority), key=lambda m: -(m.priority or 0.0))
        if not fit:
            return None
        table = self.table(
            (self.say("measures to look at first", "优先考虑的措施"), False),
            (self.say("gain", "预计提升"), True),
            (self.say("effort", "投入"), True),
            (self.say("lead", "牵头单位"), False),
        )
        for row in fit[:MOST_MEASURES]:
            measure = self.questionnaire.countermeasures[row.id]
            lead = clean(tell(measure.lead, self.settings.language))
            title = clean(tell(measure.title, self.settings.language))
            table.add_row(title, number(row.gain, signed=True), f"{row.effort}/5", lead)
        return table

    def ledger(self) -> Table | None:
        moved = sorted((row for row in self.card.ledger if row.steps), key=lambda row: -abs(points(row)))
        if not moved:
            return None
        table = self.table(
            (self.say("what local conditions changed", "因地制宜的调整"), False),
            (self.say("points of weight", "权重变动（点）"), True),
            (self.say("why", "理由"), False),
        )
        for row in moved[:MOST_MOVES]:
            why = clean(tell(row.steps[-1].why, self.settings.language))
            table.add_row(self.title(row.node), number(points(row), signed=True), why)
        if len(moved) > MOST_MOVES:
            rest = self.say("and {more} more", "另有 {more} 项", more=len(moved) - MOST_MOVES)
            table.add_row(rest, "", "")
        return table

    def notes(self) -> Group | None:
        lines = [self.floor(id) for id in self.card.overall.floors]
        lines += ["! " + clean(tell(check.message, self.settings.language)) for check in self.card.checks]
        return Group(*(Line(line) for line in lines)) if lines else None

    def floor(self, id: str) -> str:
        floor = self.instrument.rules.floors[id]
        held = self.card.overall.score != self.card.overall.uncapped
        return self.say(
            "! {node} is below its floor of {below}: the total is at most {cap}"
            + (" (it would be {uncapped}). {why}" if held else ". {why}"),
            "! “{node}”低于底线 {below} 分，总分不超过 {cap} 分"
            + ("（原为 {uncapped}）。{why}" if held else "。{why}"),
            node=self.title(floor.node),
            below=f"{floor.below:g}" if isinstance(floor.below, float) else str(floor.below),
            cap=str(floor.cap),
            uncapped=number(self.card.overall.uncapped),
            why=tell(floor.why, self.settings.language),
        )


def points(row: LedgerRow) -> float:
    """Give the points of 100 by which a node's share of the overall moved."""
    return 100.0 * (row.share_final - row.share_baseline)


def bar(node: NodeScore) -> str:
    """Draw a score as a bar of cells with a mark at its target; works in any character set a terminal has."""
    if node.score is None:
        return "·" * BAR
    filled = round(node.score / 100 * BAR)
    cells = ["█" if index < filled else "·" for index in range(BAR)]
    if node.target is not None:
        at = min(BAR - 1, round(node.target / 100 * BAR))
        cells[at] = "|"
    return "".join(cells)
