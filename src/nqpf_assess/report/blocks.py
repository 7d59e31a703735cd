"""The blocks an outline is made of: pure values, already rounded and worded, that any renderer can draw.

The outline decides what is said; a renderer (PDF, terminal, Markdown, Word) decides only how it looks. Texts are plain
text, never markup; at the boundary of every renderer each is cleaned once, before anything is drawn or written. Chart
figures lie on the fixed scale 0 to 100 unless a block says otherwise.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, Literal

from nqpf_assess.typography.clean import clean, clean_line, replace_missing

Tone = Literal["plain", "good", "warn", "bad"]
Align = Literal["left", "right", "center"]
ParagraphStyle = Literal["body", "lead", "note", "caption"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set in one way. `link` is `#anchor` within the report, or an http(s) or mailto address."""

    text: str
    bold: bool = False
    link: str = ""


Inline = tuple[Run, ...]
"""One paragraph's worth of runs."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that states a finding. Level 1 opens a section and goes to the contents with level 2."""

    level: int
    text: str
    anchor: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    runs: Inline
    style: ParagraphStyle = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered where order matters."""

    items: tuple[Inline, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """One thing the reader must not miss, in a framed box; `label` says its tone in words (never colour alone)."""

    label: str
    runs: Inline
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A table's column. `share` is its part of the table's width (shares are normalised)."""

    title: str
    share: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row that repeats on every page; cells are runs of text; `bold_rows` are totals."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Inline, ...], ...]
    caption: str = ""
    note: str = ""
    bold_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number large enough to be read across a table."""

    label: str
    value: str
    note: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Two to five key figures side by side."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class CardField:
    """One labelled line of a card."""

    label: str
    runs: Inline


@dataclass(frozen=True, slots=True)
class DetailCard:
    """A countermeasure or other thing with labelled lines, kept together on one page. `badge` stands at the right."""

    title: str
    fields: tuple[CardField, ...]
    lead: Inline = ()
    badge: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class CardRow:
    """Two to four cards side by side that answer the same questions: labels at the left, a column for each card.

    Cards are compared line by line, so all of them carry the same field labels in the same order; a blank field is "".
    """

    cards: tuple[DetailCard, ...]


@dataclass(frozen=True, slots=True)
class BarMark:
    """A benchmark's place on a bar, 0 to 100."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: current solid, pale extension to the target, a whisker from low to high; `value` is printed at right."""

    label: str
    current: float | None
    target: float | None
    low: float | None = None
    high: float | None = None
    value: str = ""
    marks: tuple[BarMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from current to target, scale 0 to 100. `range_name`: what the whiskers are; "": the range."""

    bars: tuple[Bar, ...]
    current_name: str
    target_name: str
    caption: str
    alt: str
    range_name: str = ""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One line of a bullet chart: score now, target, range of what is still open, score last time (all 0 to 100)."""

    label: str
    current: float | None
    target: float | None
    low: float | None = None
    high: float | None = None
    before: float | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class BulletChart:
    """Scores now against target, one short line each, close enough to be read at a glance; scale 0 to 100.

    Names left empty ("") are those of marks that no bullet has.
    """

    bullets: tuple[Bullet, ...]
    current_name: str
    target_name: str
    caption: str
    alt: str
    range_name: str = ""
    before_name: str = ""
    narrow: bool = False
    """Whether it is drawn small at the side of words, without its scale."""


@dataclass(frozen=True, slots=True)
class WordsWithChart:
    """The verdict with the scores behind it at its side; where nothing can be drawn, its words alone."""

    runs: Inline
    chart: BulletChart


@dataclass(frozen=True, slots=True)
class WeightMove:
    """How one weight was moved: from the general scheme to the local one, both as shares 0 to 1; `value` as printed."""

    label: str
    before: float
    after: float
    value: str = ""


@dataclass(frozen=True, slots=True)
class WeightMap:
    """The weights that local conditions moved, each from its general to its local share, on one scale from 0."""

    moves: tuple[WeightMove, ...]
    before_name: str
    after_name: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class MatrixPoint:
    """A numbered dot of the impact–effort matrix. Effort 1 to 5, impact in score points; `chosen`: drawn filled."""

    number: str
    label: str
    effort: float
    impact: float
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class ImpactMatrix:
    """Impact against effort; `quadrants` name top-left, top-right, bottom-left, bottom-right.

    Without quadrants ("" each) the plot is plain. `chosen_name`, `other_name`: what filled and hollow dots stand for.
    """

    points: tuple[MatrixPoint, ...]
    quadrants: tuple[str, str, str, str]
    effort_name: str
    impact_name: str
    caption: str
    alt: str
    chosen_name: str = ""
    other_name: str = ""


@dataclass(frozen=True, slots=True)
class GanttTask:
    """One row of the road map; start and end in quarters from the plan's first quarter (end after start).

    `first_step`: where the first step is done, `checks`: where progress is looked at, in quarters too; `needs`: places
    in the list of those tasks that must come before it (an arrow leads from their end).
    """

    label: str
    start: float
    end: float
    group: str = ""
    milestone: str = ""
    first_step: float | None = None
    checks: tuple[float, ...] = ()
    needs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gantt:
    """The road map by quarters; `periods` name the quarters' years, four quarters each."""

    tasks: tuple[GanttTask, ...]
    periods: tuple[str, ...]
    caption: str
    alt: str
    first_step_name: str = ""
    check_name: str = ""
    end_name: str = ""
    needs_name: str = ""


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One step of a waterfall: the change it makes, in score points."""

    label: str
    change: float
    value: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From the baseline to the local figure, step by step."""

    start_label: str
    start: float
    steps: tuple[WaterfallStep, ...]
    end_label: str
    end: float
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Slope:
    """One line of a slope chart; None = no score then. `value` is printed after the change, e.g. "48.0 (+6.0)"."""

    label: str
    before: float | None
    after: float | None
    value: str = ""


@dataclass(frozen=True, slots=True)
class SlopeChart:
    """Scores of two times or versions side by side, one line each, on the scale 0 to 100."""

    slopes: tuple[Slope, ...]
    before_name: str
    after_name: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class HeatShare:
    """One cell of a heat strip: share 0 to 1, None = not asked."""

    label: str
    share: float | None
    value: str


@dataclass(frozen=True, slots=True)
class Heat:
    """A strip of shares, for example how much of each dimension is answered."""

    cells: tuple[HeatShare, ...]
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. `facts` are labelled lines (period, profile, respondent, date, number, digest)."""

    title: str
    subtitle: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    notice: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, made by the renderer from the headings of its part."""

    title: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page, where one is wanted for the reader's sake."""


Chart = Bars | BulletChart | ImpactMatrix | Gantt | Waterfall | SlopeChart | Heat | WeightMap
Block = (
    Heading
    | Paragraph
    | Bullets
    | Callout
    | Table
    | KeyFigures
    | DetailCard
    | CardRow
    | WordsWithChart
    | Chart
    | Cover
    | Contents
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A volume of the report in one language, with page numbers and contents of its own.

    A bilingual report has a part for each language; a full edition has the brief and the technical volume. `title`
    names it among others; `header` and `footer`, where stated, run round its pages instead of the outline's.
    """

    language: str
    blocks: tuple[Block, ...]
    title: str = ""
    header: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside the report: answers, rubric, questionnaire."""

    name: str
    media_type: str
    description: str
    data: bytes
    relation: Literal["Source", "Data", "Supplement"] = "Source"
    deflated: bytes = b""
    """The data compressed, where that was done before."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole report before it is drawn.

    `date` is ISO 8601 (YYYY-MM-DD) and the only date in the file; `footer` runs under every page, `header` over it.
    """

    title: str
    subject: str
    language: str
    date: str
    header: str
    footer: str
    parts: tuple[OutlinePart, ...]
    attachments: tuple[Attachment, ...] = field(default=())
    keywords: tuple[str, ...] = ()


def runs(*pieces: str | Run) -> Inline:
    """Make inline text from plain strings and runs."""
    return tuple(Run(piece) if isinstance(piece, str) else piece for piece in pieces)


def cells(*values: str) -> tuple[Inline, ...]:
    """Make a table row of plain cells."""
    return tuple(runs(value) for value in values)


def words_of(runs: Inline) -> str:
    """Return the plain words of inline text, on one line."""
    return " ".join("".join(run.text for run in runs).split())


def head_column(table: Table) -> int | None:
    """Return the column whose cells name their rows: the first that is set left, after a number at most."""
    aligned = [column.align for column in table.columns[:2]]
    return aligned.index("left") if "left" in aligned and len(table.columns) > 1 else None


def texts_of(blocks: Sequence[Block]) -> list[str]:
    """List every text of the blocks, in reading order: for glyph checks, plain extraction and tests."""
    found: list[str] = []
    for block in blocks:
        _collect(block, found)
    return found


def _collect(value: object, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, tuple):
        for part in value:
            _collect(part, found)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            _collect(getattr(value, name), found)


UNDRAWN = frozenset({"alt", "anchor", "link", "language"})
"""Fields of blocks that are spoken or stored, not drawn: they may hold characters that no font has."""


def cleaned(outline: Outline) -> Outline:
    """Return the outline with every text cleaned: no control characters, no unseen ones. Attachments stay."""
    return Intake().outline(outline)


class Intake:
    """Cleans the values of one outline; with `drawable`, notes as `missing` what no font has and puts 〓 for it."""

    def __init__(self, drawable: Container[str] | None = None) -> None:
        self._drawable = drawable
        self._seen: dict[str, str] = {}
        self.missing: set[str] = set()

    def outline(self, outline: Outline) -> Outline:
        """Clean an outline; the data of its attachments stay as they are."""
        return replace(
            outline,
            title=clean_line(outline.title),
            subject=clean_line(outline.subject),
            date=clean_line(outline.date),
            keywords=tuple(clean_line(word) for word in outline.keywords),
            header=self._drawn(clean_line(outline.header)),
            footer=self._drawn(clean_line(outline.footer)),
            parts=tuple(
                OutlinePart(
                    part.language,
                    self._value(part.blocks),
                    title=self._drawn(clean_line(part.title)),
                    header=self._drawn(clean_line(part.header)),
                    footer=self._drawn(clean_line(part.footer)),
                )
                for part in outline.parts
            ),
            attachments=tuple(
                replace(file, name=clean_line(file.name), description=clean_line(file.description))
                for file in outline.attachments
            ),
        )

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._drawn(value)
        if isinstance(value, tuple):
            return tuple(self._value(part) for part in value)
        if not hasattr(value, "__dataclass_fields__"):
            return value
        changed = {
            name: clean_line(found, limit=4000) if name in UNDRAWN else self._value(found)
            for name in _text_fields(value.__class__)
            for found in (getattr(value, name),)
        }
        same = all(changed[name] is getattr(value, name) for name in changed)
        return value if same else replace(value, **changed)

    def _drawn(self, text: str) -> str:
        if text not in self._seen:
            seen = clean(text)
            self._seen[text] = seen if self._drawable is None else replace_missing(seen, self._drawable, self.missing)
        return self._seen[text]


@cache
def _text_fields(kind: Any) -> tuple[str, ...]:
    """Name the fields that may hold text."""
    return tuple(field.name for field in fields(kind) if field.type not in {int, float, bool, frozenset[int]})


def card_table(block: CardRow) -> Table:
    """Return cards side by side as a table: a column for each card under its title, a row for each label."""
    columns = (
        TableColumn("", 0.6),
        *(TableColumn(f"{card.title} · {card.badge}" if card.badge else card.title, 1.0) for card in block.cards),
    )
    rows = [(runs(""), *(card.lead for card in block.cards))] if any(card.lead for card in block.cards) else []
    rows += [
        (runs(Run(fields[0].label, bold=True)), *(field.runs for field in fields))
        for fields in zip(*(card.fields for card in block.cards), strict=True)
    ]
    return Table(columns, tuple(rows))
