"""The report on a cohort as blocks: the tables of a study in words and bars, in either language; it alone rounds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from nqpf_assess.cohort import wording as w
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.model.text import Text, tell
from nqpf_assess.report.blocks import (
    Bar,
    Bars,
    Block,
    Callout,
    Column,
    Cover,
    KeyFigure,
    KeyFigures,
    Outline,
    Paragraph,
    Part,
    Table,
    cells,
    runs,
)
from nqpf_assess.report.outline.headings import Headings
from nqpf_assess.report.wording import number, percent, span

MOST_ROWS = 40
"""Rows of a table in the report; the files have them all."""

Row = Mapping[str, Any]


@dataclass
class Told:
    """The tables of a study, and how to say them in one language."""

    questionnaire: Questionnaire
    tables: Mapping[str, Sequence[Row]]
    head: Mapping[str, Any]
    language: str
    date: str
    profiles: Mapping[str, Text]
    bands: Mapping[str, Text]
    headings: Headings = field(init=False)

    def __post_init__(self) -> None:
        self.headings = Headings(self.language)

    def say(self, words: Text, **values: object) -> str:
        """Say something in the part's language."""
        return tell(words, self.language, **values)

    def title(self, node: str) -> str:
        """Name a pillar, dimension, question or fact."""
        if node == "first_measures":
            return self.say(w.FIRST_MEASURES)
        return tell(title_of(self.questionnaire, node), self.language)

    def column(self, name: str) -> str:
        """Name a column of the scores table."""
        if name in w.TOTALS:
            return self.say(w.TOTALS[name])
        return self.title(name.partition(".")[2])

    def group(self, label: str) -> str:
        """Name a group."""
        return label or self.say(w.ALL)

    def option(self, what: str, option: str) -> str:
        """Name an option of a question or fact, or a measure."""
        if what == "first_measures":
            measure = self.questionnaire.countermeasures.get(option)
            return tell(measure.title, self.language) if measure else option
        asked: Any = self.questionnaire.questions.get(what) or self.questionnaire.facts[what]
        return tell(asked.options[option].words, self.language)

    @property
    def total(self) -> str:
        """The column that respondents under several profiles are compared by."""
        return "score" if len(self.profiles) == 1 else "baseline_score"

    def whole(self, column: str) -> Row | None:
        """Give the figures of one column over all respondents; None where they are held back."""
        found = (row for row in self.tables["groups"] if row["group"] == "" and row["column"] == column)
        row = next(found, None)
        return None if row is None or row["suppressed"] else row


def rows_of(tables: Mapping[str, pa.Table]) -> dict[str, list[Row]]:
    """Give small tables as rows."""
    return {name: table.to_pylist() for name, table in tables.items() if name != "ranks"}


def cohort_outline(parts: Sequence[Told]) -> Outline:
    """Make the outline, a part for each language."""
    first = parts[0]
    title, subject = first.say(w.TITLE), tell(first.questionnaire.title, first.language)
    return Outline(
        title=f"{title} · {subject}",
        subject=title,
        language=first.language,
        date=first.date,
        header=f"{subject} · {title}",
        footer=first.say(w.FOOTER, digest=first.head["questionnaire"]["digest"].removeprefix("sha256:")[:16]),
        parts=tuple(Part(part.language, tuple(_blocks(part))) for part in parts),
        keywords=("cohort", "同类群体", "new quality productive forces", "新质生产力"),
    )


def _blocks(told: Told) -> Iterator[Block]:
    yield _cover(told)
    yield told.headings.section(_verdict(told), "answer")
    yield from _answer(told)
    for words, anchor, table, blocks in (
        (w.PARTS_HEAD, "parts", "groups", _parts),
        (w.GROUPS_HEAD, "groups", "groups", _groups),
        (w.GAPS_HEAD, "gaps", "gaps", _gaps),
        (w.HERDING_HEAD, "herding", "herding", _herding),
        (w.INEQUALITY_HEAD, "inequality", "inequality", _inequality),
        (w.WEIGHTS_HEAD, "weights", "weights", _weights),
    ):
        body = list(blocks(told)) if table in told.tables else []
        if body:
            yield told.headings.section(told.say(words), anchor, new_page=False)
            yield from body
    yield told.headings.section(told.say(w.METHOD_HEAD), "method", new_page=False)
    yield from (Paragraph(runs(told.say(words, minimum=told.head["minimum_group"]))) for words in w.METHOD)


def _cover(told: Told) -> Cover:
    names = "、" if told.language == "zh" else ", "
    facts = [
        (w.RESPONDENTS, f"{told.head['rows']:,}"),
        (w.PROFILES, names.join(tell(words, told.language) for words in told.profiles.values())),
        (w.GROUPED, names.join(told.head["by"]) or told.say(w.NOT_GROUPED)),
        (w.VERSION, f"{told.head['questionnaire']['id']} {told.head['questionnaire']['version']}"),
        (w.DATE, told.date),
    ]
    subject = tell(told.questionnaire.title, told.language)
    shown = tuple((told.say(label), value) for label, value in facts)
    return Cover(told.say(w.TITLE), told.say(w.SUBTITLE), subject, shown, told.say(w.NOTICE))


def _verdict(told: Told) -> str:
    whole = told.whole(told.total)
    if whole is None:
        return told.say(w.TOO_FEW, minimum=told.head["minimum_group"])
    return told.say(w.VERDICT, median=number(whole["median"]), low=number(whole["q25"]), high=number(whole["q75"]))


def _answer(told: Told) -> Iterator[Block]:
    whole = told.whole(told.total)
    if whole is not None:
        gini = next((row["gini"] for row in told.tables["inequality"] if row["column"] == told.total), None)
        figures = (
            KeyFigure(told.say(w.SCORED), f"{whole['scored']:,}", told.say(w.OF_ALL, n=f"{told.head['rows']:,}")),
            KeyFigure(told.say(w.MEDIAN), number(whole["median"]), told.column(told.total)),
            KeyFigure(told.say(w.MIDDLE), span(whole["q25"], whole["q75"]), told.say(w.MIDDLE_NOTE)),
            KeyFigure(told.say(w.GINI), number(gini, 3), told.say(w.GINI_NOTE)),
        )
        yield KeyFigures(figures)
    if told.head["left_out"]:
        yield Paragraph(runs(told.say(w.LEFT_OUT, n=f"{told.head['left_out']:,}")), "note")
    yield Callout(told.say(w.RELATIVE), runs(told.say(w.RELATIVE_WORDS)))
    rows = [row for row in told.tables["bands"] if row["group"] == ""]
    if rows:
        ordered = sorted(rows, key=lambda row: list(told.bands).index(row["band"]))
        columns = (told.say(w.BAND), 2.0), (told.say(w.COUNT), 1.0), (told.say(w.SHARE), 1.0)
        named = [
            (tell(told.bands[row["band"]], told.language), f"{row['n']:,}", percent(row["share"])) for row in ordered
        ]
        yield _table(columns, named, told.say(w.BANDS_CAPTION))


def _table(
    columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]], caption: str = "", note: str = ""
) -> Table:
    made = tuple(Column(title, share, "right" if at else "left") for at, (title, share) in enumerate(columns))
    return Table(made, tuple(cells(*row) for row in rows[:MOST_ROWS]), caption, note)


def _cut(told: Told, rows: Sequence[object]) -> str:
    return told.say(w.CUT, shown=MOST_ROWS, total=len(rows)) if len(rows) > MOST_ROWS else ""


def _parts(told: Told) -> Iterator[Block]:
    for level, caption in (("pillar", w.PILLARS_CAPTION), ("dimension", w.DIMENSIONS_CAPTION)):
        ids = told.questionnaire.pillars if level == "pillar" else told.questionnaire.dimensions
        rows = [(id, row) for id in ids if (row := told.whole(f"{level}.{id}")) is not None]
        if rows:
            bars = tuple(
                Bar(told.title(id), row["median"], None, row["q25"], row["q75"], number(row["median"]))
                for id, row in rows
            )
            said = told.say(caption)
            alt = f"{said} " + "; ".join(f"{bar.label} {bar.value}" for bar in bars)
            yield Bars(bars, told.say(w.MEDIAN), told.say(w.TARGET), said, alt)


def _groups(told: Told) -> Iterator[Block]:
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
        yield _table(
            columns, named, told.say(w.GROUPS_CAPTION, column=told.column(told.total)), _cut(told, named) or note
        )
    elif note:
        yield Paragraph(runs(note), "note")


def _gaps(told: Told) -> Iterator[Block]:
    rows = [row for row in told.tables["gaps"] if row["group"] == ""]
    ordered = sorted(rows, key=lambda row: -(row["mean_share"] or 0.0))
    columns = (
        (told.say(w.DIMENSION), 2.4),
        (told.say(w.BELOW), 1.0),
        (told.say(w.SHORTFALL), 1.0),
        (told.say(w.MEAN_SHARE), 1.0),
    )
    named = [
        (
            told.title(row["dimension"]),
            percent(row["share_below"]),
            number(row["mean_shortfall"]),
            percent(row["mean_share"], 1),
        )
        for row in ordered
    ]
    if named:
        yield _table(columns, named, told.say(w.GAPS_CAPTION))


def _herding(told: Told) -> Iterator[Block]:
    rows = [row for row in told.tables["herding"] if row["group"] == ""]
    flags = [row for row in told.tables["herding"] if row["flag"]]
    for row in flags[:MOST_ROWS]:
        words = told.say(
            w.FLAGGED,
            group=told.group(row["group"]),
            n=f"{row['n']:,}",
            of=f"{row['of']:,}",
            share=percent(row["share"]),
            option=told.option(row["what"], row["option"]),
            what=told.title(row["what"]),
        )
        yield Callout(told.say(w.LOOK), runs(words), "warn")
    if flags:
        yield Paragraph(runs(told.say(w.ALIKE)))
    columns = (told.say(w.CHOICE), 3.0), (told.say(w.COUNT), 1.0), (told.say(w.SHARE), 1.0)
    for what in dict.fromkeys(row["what"] for row in rows):
        chosen = [row for row in rows if row["what"] == what]
        named = [(told.option(what, row["option"]), f"{row['n']:,}", percent(row["share"])) for row in chosen]
        yield _table(columns, named, told.title(what), _cut(told, named))


def _inequality(told: Told) -> Iterator[Block]:
    rows = told.tables["inequality"]
    parts = any(row["gini_within"] is not None for row in rows)
    titles = [(told.say(w.WHAT), 2.4), (told.say(w.GINI), 1.0)]
    titles += [(told.say(words), 1.0) for words in (w.WITHIN, w.BETWEEN, w.OVERLAP)] if parts else []
    titles.append((told.say(w.THEIL), 1.0))
    names = ["gini", *(["gini_within", "gini_between", "gini_overlap"] if parts else []), "theil"]
    named = [(told.column(row["column"]), *(number(row[name], 3) for name in names)) for row in rows]
    if named:
        note = told.say(w.MANY_GROUPS) if told.head["gini_parts"] == "too_many_groups" else ""
        yield _table(titles, named, told.say(w.INEQUALITY_CAPTION), note)


def _weights(told: Told) -> Iterator[Block]:
    rows = told.tables["weights"]
    methods = list(dict.fromkeys(row["method"] for row in rows))
    by = {(row["method"], row["node"]): row for row in rows}
    if not any(row["weight"] is not None for row in rows):
        return
    columns = [(told.say(w.WHAT), 2.4), *((told.say(w.METHODS[method]), 1.0) for method in methods)]
    nodes = list(dict.fromkeys(row["node"] for row in rows))
    named = [(told.title(node), *(percent(by[method, node]["weight"], 1) for method in methods)) for node in nodes]
    yield _table(columns, named, told.say(w.WEIGHTS_CAPTION))
