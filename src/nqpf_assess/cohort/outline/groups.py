"""How respondents and groups stand: bands, pillars and dimensions, groups side by side, the map-like table, ranks."""

from collections.abc import Iterator

from nqpf_assess.cohort.outline import wording as w
from nqpf_assess.cohort.outline.told import MOST_RANKS, Row, Told, cut, table
from nqpf_assess.model.text import tell
from nqpf_assess.report.blocks import Bar, Bars, Block, Paragraph, runs
from nqpf_assess.report.wording import NO_FIGURE, number, percent, span

SIGNS = ("−−", "−", "+", "++")
"""Where a median stands among the quartiles of all: below the lower, below the median, above it, above the upper."""


def band_blocks(told: Told) -> Iterator[Block]:
    """Draw how many are in each band."""
    rows = {row["band"]: row for row in told.tables["bands"] if row["group"] == ""}
    bars = tuple(
        Bar(
            tell(words, told.language),
            100 * rows[id]["share"] if id in rows else 0.0,
            None,
            value=told.say(
                w.BAND_VALUE,
                n=f"{rows[id]['n']:,}" if id in rows else "0",
                share=percent(rows[id]["share"] if id in rows else 0.0),
            ),
        )
        for id, words in told.bands.items()
    )
    if rows:
        said = told.say(w.BANDS_CAPTION)
        yield Bars(bars, told.say(w.SHARE_PERCENT), "", said, _alt(said, bars))


def _alt(said: str, bars: tuple[Bar, ...]) -> str:
    return f"{said} " + "; ".join(f"{bar.label} {bar.value}" for bar in bars)


def part_blocks(told: Told) -> Iterator[Block]:
    """Draw the median of every pillar and dimension with its middle half."""
    for level, caption in (("pillar", w.PILLARS_CAPTION), ("dimension", w.DIMENSIONS_CAPTION)):
        ids = told.questionnaire.pillars if level == "pillar" else told.questionnaire.dimensions
        rows = [(id, row) for id in ids if (row := told.whole(f"{level}.{id}")) is not None]
        if rows:
            bars = tuple(
                Bar(told.title(id), row["median"], None, row["q25"], row["q75"], _with_span(row)) for id, row in rows
            )
            said = told.say(caption)
            yield Bars(bars, told.say(w.MEDIAN), "", said, _alt(said, bars))


def _with_span(row: Row) -> str:
    return f"{number(row['median'])} ({span(row['q25'], row['q75'])})"


def group_blocks(told: Told) -> Iterator[Block]:
    """Set the groups side by side: their middle half, then where each stands, pillar by pillar."""
    rows = [row for row in told.tables["groups"] if row["column"] == told.total and row["group"]]
    shown = [row for row in rows if not row["suppressed"]]
    if not rows:
        return
    ordered = sorted(shown, key=lambda row: -row["median"])
    columns = (told.say(w.GROUP), 2.0), (told.say(w.SCORED), 1.0), (told.say(w.MEDIAN), 1.0), (told.say(w.MIDDLE), 1.4)
    named = [
        (told.group(row["group"]), f"{row['scored']:,}", number(row["median"]), span(row["q25"], row["q75"]))
        for row in ordered
    ]
    note = told.say(w.HELD_BACK, n=len(rows) - len(shown)) if len(shown) < len(rows) else ""
    if named:
        yield table(
            columns, named, told.say(w.GROUPS_CAPTION, column=told.column(told.total)), cut(told, len(named)) or note
        )
    elif note:
        yield Paragraph(runs(note), "note")
    yield from _map(told, [row["group"] for row in ordered])


def _map(told: Told, labels: list[str]) -> Iterator[Block]:
    """Say of every group and pillar in which quarter of all respondents the group's median lies."""
    names = [told.total, *(f"pillar.{id}" for id in told.questionnaire.pillars)]
    figures = {(row["group"], row["column"]): row for row in told.tables["groups"]}
    rows = [(told.group(label), *(_sign(figures, label, name) for name in names)) for label in labels]
    titles = [(told.say(w.GROUP), 2.2), (told.say(w.OVERALL), 1.0)]
    titles += [(told.short(id), 1.0) for id in told.questionnaire.pillars]
    if rows:
        yield table(titles, rows, told.say(w.MAP_CAPTION), told.say(w.MAP_NOTE), middle=True)


def _sign(figures: dict[tuple[str, str], Row], label: str, name: str) -> str:
    own, whole = figures.get((label, name)), figures.get(("", name))
    if own is None or whole is None or own["suppressed"] or whole["suppressed"]:
        return NO_FIGURE
    return SIGNS[sum(own["median"] >= whole[mark] for mark in ("q25", "median", "q75"))]


def rank_blocks(told: Told) -> Iterator[Block]:
    """List single respondents with their ranks: only where that was asked for."""
    place = "rank" if told.total == "score" else "baseline_rank"
    rows = told.tables["ranks"]
    columns = (told.say(w.RESPONDENT), 3.0), (told.column(told.total), 1.0), (told.say(w.RANK), 0.8)
    named = [(row["respondent"] or NO_FIGURE, number(row[told.total]), f"{row[place]:,}") for row in rows]
    if named:
        note = cut(told, told.head["rows"], MOST_RANKS)
        yield table(columns, named, told.say(w.RANKS_CAPTION), note, most=MOST_RANKS)
