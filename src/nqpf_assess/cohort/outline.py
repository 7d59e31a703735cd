"""The report on a cohort as blocks: the tables of a study in words and bars, in either language; it alone rounds."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import pyarrow as pa

from nqpf_assess.cohort import wording as w
from nqpf_assess.cohort.scores import NO_VALUE
from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.exchange.benchmark import Alike
from nqpf_assess.locale import Text, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import summed
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.report.blocks import (
    Align,
    Bar,
    Bars,
    Block,
    Bullets,
    Callout,
    Cover,
    KeyFigure,
    KeyFigures,
    Outline,
    OutlinePart,
    Paragraph,
    Run,
    Table,
    TableColumn,
    cells,
    runs,
)
from nqpf_assess.report.outline.headings import Headings
from nqpf_assess.report.peer_words import alike_words, option_words
from nqpf_assess.report.wording import (
    NEW_FORCES,
    NO_FIGURE,
    asks_about_new_forces,
    covered,
    difference,
    number,
    percent,
    percent_apart,
    span,
)

MOST_ROWS = 40
"""Rows of a table in the report; the files have them all."""

MOST_RANKS = 200
"""Respondents in the list of ranks; the file has them all."""

Row = Mapping[str, Any]


@dataclass
class StudyWords:
    """The tables of a study, and how to say them in one language.

    `total`: the column that respondents are compared by, as the study has it. `rooms`: how many places there is room
    for, by option, where somebody stated it. `modes`: whether respondents were asked in full, quick or both; `times`:
    the years that their answers describe, or one part of a year; both empty where that is not known. `of_some`: the
    years that some of them name where others name none. `baselines`: how many their profiles go back to. `mixes_parts`:
    whether some describe half a year, others the whole. `corrected`: whether weights of some were corrected by hand.
    `untold`: what the scores do not say of themselves, where they are studied without the table they are from.
    `floors`: by rubric, as rows name it, the part that each floor guards; two rubrics may call unlike floors alike.
    `rubrics`: what each of these is called.
    """

    questionnaire: Questionnaire
    tables: Mapping[str, Sequence[Row]]
    head: Mapping[str, Any]
    language: str
    date: str
    total: str
    profiles: Sequence[Text]
    bands: Mapping[str, Text]
    rooms: Mapping[str, int] = field(default_factory=dict)
    modes: Collection[str] = ()
    times: Sequence[str] = ()
    of_some: Sequence[int] = ()
    untold: Sequence[Text] = ()
    mixes_parts: bool = False
    corrected: bool = False
    baselines: int = 1
    floors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rubrics: Mapping[str, Text] = field(default_factory=dict)
    headings: Headings = field(init=False)

    def __post_init__(self) -> None:
        self.headings = Headings(self.language)

    def say(self, words: Text, **values: object) -> str:
        """Return words in the part's language."""
        return tell(words, self.language, **values)

    @property
    def report_title(self) -> str:
        """What the report calls itself."""
        return self.say(w.TITLE if asks_about_new_forces(self.questionnaire) else w.TITLE_OTHER)

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
        """Name a group; answers to facts and rubrics by their words."""
        parts, by = label.split("|"), self.head["by"]
        if not label or len(parts) != len(by):
            return label or self.say(w.ALL)
        words = []
        for column, value in zip(by, parts, strict=True):
            known = self.option(column.removeprefix("fact."), value) if column.startswith("fact.") else value
            known = self.rubric(value) if column == "weights" else known
            words.append(self.say(w.NOT_STATED) if value == NO_VALUE else known)
        return grammar(self.language).semicolon.join(words)

    def rubric(self, id: str) -> str:
        """Name a rubric that is known, with its id where another one is called the same."""
        if (words := self._called.get(id)) is None:
            return id
        alone = sum(other == words for other in self._called.values()) == 1
        return words if alone else words + grammar(self.language).bracketed(id)

    @cached_property
    def _called(self) -> Mapping[str, str]:
        return {id: self.say(words) for id, words in self.rubrics.items()}

    def grouping(self) -> str:
        """Name what the groups are by."""
        by = (self.say(w.PROFILES) if name == "weights" else name for name in self.head["by"])
        titles = [self.title(name.removeprefix("fact.")) if name.startswith("fact.") else name for name in by]
        named = [title.strip().removesuffix("?").removesuffix("？") for title in titles]
        return grammar(self.language).semicolon.join(named) or self.say(w.NOT_GROUPED)

    def option(self, what: str, option: str) -> str:
        """Name an option of a question or fact, or a measure."""
        return tell(option_words(self.questionnaire, what, option), self.language)

    def guarded(self, row: Row) -> str:
        """Name the parts below whose floors a respondent lies."""
        known = self.floors.get(row["weights"], {})
        ids = filter(None, (row["floors"] or "").split(";"))
        return grammar(self.language).semicolon.join(self.title(known[id]) if id in known else id for id in ids)

    def short(self, node: str) -> str:
        """Name a pillar in a narrow place."""
        found = self.questionnaire.pillars[node]
        return tell(found.short or found.title, self.language)

    def whole(self, column: str) -> Row | None:
        """Return the figures of one column over all respondents; None where they are held back."""
        found = (row for row in self.tables["groups"] if row["group"] == "" and row["column"] == column)
        row = next(found, None)
        return None if row is None or row["suppressed"] else row


def rows_of(tables: Mapping[str, pa.Table], ranked_by: str = "") -> dict[str, list[Row]]:
    """Return tables as rows; single respondents only where `ranked_by` names the rank that is wanted, first first."""
    found = {name: rows.to_pylist() for name, rows in tables.items() if name != "ranks"}
    if ranked_by:
        ranks = tables["ranks"]
        ordered = ranks.filter(ranks[ranked_by].is_valid()).sort_by(ranked_by)
        found["ranks"] = ordered.slice(0, MOST_RANKS).to_pylist()
    return found


def table(
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    caption: str = "",
    note: str = "",
    *,
    left: int = 1,
    middle: bool = False,
    most: int = MOST_ROWS,
) -> Table:
    """Make a table; `most`: rows shown, `left`: columns of words, `middle`: figures in the middle of their column."""
    align: Align = "center" if middle else "right"
    made = tuple(
        TableColumn(title, share, align if at >= left else "left") for at, (title, share) in enumerate(columns)
    )
    return Table(made, tuple(cells(*row) for row in rows[:most]), caption, note)


def cut(study: StudyWords, total: int, most: int = MOST_ROWS) -> str:
    """State how many rows are shown, where that is not all of them."""
    return study.say(w.CUT, shown=most, total=f"{total:,}") if total > most else ""


SIGNS = ("−−", "−", "+", "++")
"""Where a median stands among the quartiles of all: below the lower, below the median, above it, above the upper."""

NO_SIGN = "/"
"""Stands in the map where there is no figure: a dash would be read as below the median."""


def band_blocks(study: StudyWords) -> Iterator[Block]:
    """Draw how many are in each band."""
    rows = {row["band"]: row for row in study.tables["bands"] if row["group"] == ""}
    bars = tuple(
        Bar(
            tell(words, study.language),
            100 * rows[id]["share"] if id in rows else 0.0,
            None,
            value=study.say(
                w.BAND_VALUE,
                n=f"{rows[id]['n']:,}" if id in rows else "0",
                share=percent(rows[id]["share"] if id in rows else 0.0),
            ),
        )
        for id, words in study.bands.items()
    )
    if rows:
        said = study.say(w.BANDS_CAPTION if study.total == "score" else w.OWN_BANDS_CAPTION)
        yield Bars(bars, study.say(w.SHARE_PERCENT), "", said, _alt(study, said, bars))


def _alt(study: StudyWords, said: str, bars: tuple[Bar, ...]) -> str:
    names = grammar(study.language)
    return said + names.colon + names.semicolon.join(f"{bar.label} {bar.value}" for bar in bars)


def part_blocks(study: StudyWords) -> Iterator[Block]:
    """Draw the median of every pillar and dimension with its middle half, and say of how many it speaks."""
    names = grammar(study.language)
    for level, caption in (("pillar", w.PILLARS_CAPTION), ("dimension", w.DIMENSIONS_CAPTION)):
        ids = study.questionnaire.pillars if level == "pillar" else study.questionnaire.dimensions
        rows = [(id, row) for id in ids if (row := study.whole(f"{level}.{id}")) is not None]
        held = [study.title(id) for id in ids if study.whole(f"{level}.{id}") is None]
        if rows:
            bars = tuple(
                Bar(
                    study.title(id),
                    row["median"],
                    None,
                    row["q25"],
                    row["q75"],
                    number(row["median"]) + names.bracketed(span(row["q25"], row["q75"])),
                )
                for id, row in rows
            )
            said = study.say(caption)
            yield Bars(bars, study.say(w.MEDIAN), "", said, _alt(study, said, bars), study.say(w.MIDDLE))
            counts = Counter(row["scored"] for _, row in rows)
            usual = max(counts, key=lambda count: (counts[count], count))
            others = [
                study.title(id) + names.bracketed(f"{row['scored']:,}") for id, row in rows if row["scored"] != usual
            ]
            told = [study.say(w.PARTS_OTHER if others else w.PARTS_OF, n=f"{usual:,}", parts=names.list(others))]
            if held:
                minimum = study.head["minimum_group"]
                told.append(study.say(w.PARTS_HELD_BACK, minimum=minimum, parts=names.list(held)))
            yield Paragraph(runs(names.paragraph(told)), "note")


def group_blocks(study: StudyWords) -> Iterator[Block]:
    """Set the groups side by side: their middle half, then where each stands, pillar by pillar."""
    rows = [row for row in study.tables["groups"] if row["column"] == study.total and row["group"]]
    shown = [row for row in rows if not row["suppressed"]]
    if not rows:
        return
    ordered = sorted(shown, key=lambda row: -row["median"])
    scored = w.SCORED if study.total == "score" else w.SCORED_BASELINE
    columns = (
        (study.say(w.GROUP), 2.0),
        (study.say(scored), 1.0),
        (study.say(w.MEDIAN), 1.0),
        (study.say(w.MIDDLE), 1.4),
    )
    named = [
        (study.group(row["group"]), f"{row['scored']:,}", number(row["median"]), span(row["q25"], row["q75"]))
        for row in ordered
    ]
    note = (
        study.say(w.HELD_BACK, count=len(rows) - len(shown), n=len(rows) - len(shown)) if len(shown) < len(rows) else ""
    )
    if named:
        yield table(
            columns,
            named,
            study.say(w.GROUPS_CAPTION, column=study.column(study.total)),
            grammar(study.language).paragraph(filter(None, (cut(study, len(named)), note))),
        )
    elif note:
        yield Paragraph(runs(note), "note")
    # The map: in which quarter of all respondents the median of every group lies, pillar by pillar.
    names = [study.total, *(f"pillar.{id}" for id in study.questionnaire.pillars)]
    figures = {(row["group"], row["column"]): row for row in study.tables["groups"] if not row["suppressed"]}

    def sign(label: str, name: str) -> str:
        own, whole = figures.get((label, name)), figures.get(("", name))
        if own is None or whole is None:
            return NO_SIGN
        # Where many score alike marks fall together: whoever meets the median is no better than half of all.
        if abs(own["median"] - whole["median"]) < TOLERANCE:
            return SIGNS[2]
        return SIGNS[sum(own["median"] - whole[mark] > -TOLERANCE for mark in ("q25", "median", "q75"))]

    signs = [(study.group(row["group"]), *(sign(row["group"], name) for name in names)) for row in ordered]
    whole = study.say(w.OVERALL) if study.total == "score" else study.column(study.total)
    titles = [(study.say(w.GROUP), 2.2), (whole, 1.0)]
    titles += [(study.short(id), 1.0) for id in study.questionnaire.pillars]
    if signs:
        held = study.say(w.MAP_HELD_BACK) if any(NO_SIGN in row[1:] for row in signs[:MOST_ROWS]) else ""
        told = filter(None, (cut(study, len(signs)), study.say(w.MAP_NOTE), held))
        note = grammar(study.language).paragraph(told)
        yield table(titles, signs, study.say(w.MAP_CAPTION), note, middle=True)


def rank_blocks(study: StudyWords) -> Iterator[Block]:
    """List single respondents with their ranks: only where that was asked for."""
    place = "rank" if study.total == "score" else "baseline_rank"
    rows = study.tables["ranks"]
    columns = [(study.say(w.RESPONDENT), 2.4), (study.say(w.FLOORS), 2.0)]
    columns += [(study.column(study.total), 1.0), (study.say(w.RANK), 0.6), (study.say(w.ANSWERED), 0.9)]
    mixed = grammar(study.language).bracketed(study.say(w.QUICK)) if len(study.modes) > 1 else ""
    named = [
        (
            (row["respondent"] or NO_FIGURE) + (mixed if row.get("mode") == "quick" else ""),
            study.guarded(row),
            number(row[study.total]),
            f"{row[place]:,}",
            covered(row["coverage"]),
        )
        for row in rows
    ]
    if named:
        whole = study.whole(study.total)
        note = "" if whole is None else cut(study, whole["scored"], MOST_RANKS)
        yield table(columns, named, study.say(w.RANKS_CAPTION), note, most=MOST_RANKS, left=2)


MOST_WEAKEST = 8


def gap_blocks(study: StudyWords) -> Iterator[Block]:
    """Rank the dimensions by the mean share of the shortfall, then say what tells the weakest apart.

    At or below the lower quartile may lie more than a quarter, where a floor holds many at one score.
    """
    rows = [row for row in study.tables["gaps"] if row["group"] == ""]
    ordered = sorted(rows, key=lambda row: -(row["mean_share"] or 0.0))
    columns = (
        (study.say(w.DIMENSION), 2.4),
        (study.say(w.SCORED), 1.0),
        (study.say(w.BELOW), 1.0),
        (study.say(w.SHORTFALL), 1.0),
        (study.say(w.MEAN_SHARE), 1.0),
    )
    named = [
        (
            study.title(row["dimension"]),
            f"{row['scored']:,}",
            percent_apart(row["share_below"], 1.0),
            number(row["mean_shortfall"]),
            percent(row["mean_share"], 1),
        )
        for row in ordered
    ]
    if named:
        yield table(columns, named, study.say(w.GAPS_CAPTION))
    known = [row for row in study.tables.get("weakest", ()) if row["mean_weakest"] is not None]
    lacking = [row for row in known if (difference(row["mean_weakest"], row["mean_others"]) or 0.0) > 0]
    apart = sorted(lacking, key=lambda row: row["mean_weakest"] - row["mean_others"])[:MOST_WEAKEST]
    titles = (
        (study.say(w.DIMENSION), 2.4),
        (study.say(w.WEAKEST), 1.0),
        (study.say(w.OTHERS), 1.0),
        (study.say(w.APART), 1.0),
        (study.say(w.BELOW_WEAKEST), 1.2),
    )
    weak = [
        (
            study.title(row["dimension"]),
            number(row["mean_weakest"]),
            number(row["mean_others"]),
            number(difference(row["mean_others"], row["mean_weakest"]), signed=True),
            percent_apart(row["below_weakest"], 1.0),
        )
        for row in apart
    ]
    if weak:
        lead, whole = w.WEAKEST_LEAD if study.total == "score" else w.WEAKEST_LEAD_BASELINE, study.whole(study.total)
        every = study.head["rows"] if whole is None else whole["scored"]
        yield Paragraph(runs(study.say(lead, n=f"{apart[0]['weakest']:,}", of=f"{every:,}")))
        yield table(titles, weak, study.say(w.WEAKEST_CAPTION))


def inequality_blocks(study: StudyWords) -> Iterator[Block]:
    """Show Gini and Theil, of the totals and pillars; the files have the dimensions too."""
    every = study.tables["inequality"]
    rows = [row for row in every if not row["column"].startswith("dimension.")]
    parts = any(row["gini_within"] is not None for row in rows)
    titles = [(study.say(w.WHAT), 2.4), (study.say(w.GINI), 1.0)]
    titles += [(study.say(words), 1.0) for words in (w.WITHIN, w.BETWEEN, w.OVERLAP)] if parts else []
    titles.append((study.say(w.THEIL), 1.0))
    names = ["gini", *(["gini_within", "gini_between", "gini_overlap"] if parts else []), "theil"]
    named = [(study.column(row["column"]), *(number(row[name], 3) for name in names)) for row in rows]
    if named:
        columns = {row["column"] for row in rows}
        held = any(row["suppressed"] for row in study.tables["groups"] if row["group"] and row["column"] in columns)
        why = w.NO_PARTS.get(study.head["gini_parts"]) or (w.HELD_AS_ONE if held and parts else None)
        yield table(titles, named, study.say(w.INEQUALITY_CAPTION), study.say(why) if why else "")


def weight_blocks(study: StudyWords) -> Iterator[Block]:
    """Show the weights that the spread of the scores would suggest."""
    rows = study.tables["weights"]
    methods = list(dict.fromkeys(row["method"] for row in rows))
    by = {(row["method"], row["node"]): row for row in rows}
    if not any(row["weight"] is not None for row in rows):
        return
    columns = [(study.say(w.WHAT), 2.4), *((study.say(w.METHODS[method]), 1.0) for method in methods)]
    nodes = list(dict.fromkeys(row["node"] for row in rows))
    named = [(study.title(node), *(percent(by[method, node]["weight"], 1) for method in methods)) for node in nodes]
    base = study.say(w.WEIGHTS_FROM, rows=f"{study.head['weights_from']:,}", of=f"{study.head['rows']:,}")
    yield table(columns, named, study.say(w.WEIGHTS_CAPTION), base)


MEASURES = "first_measures"
LEVELS = ("firm", "county", "city", "province", "state")
FEW_SHARED = 2
"""Places from which a first measure counts as shared."""

MOST_SHARED = 6


def herding_blocks(study: StudyWords) -> Iterator[Block]:
    """Warn of what many chose, in all and by group; then how often each option was chosen."""
    rows = [row for row in study.tables["herding"] if row["group"] == ""]
    flags = [row for row in study.tables["herding"] if row["flag"]]
    yield from (Callout(study.say(w.LOOK), runs(_flagged(study, row)), "warn") for row in flags if row["group"] == "")
    columns = (
        (study.say(w.GROUP), 2.0),
        (study.say(w.CHOICE), 3.0),
        (study.say(w.COUNT), 1.0),
        (study.say(w.SHARE), 0.8),
    )
    in_groups = [
        (
            study.group(row["group"]),
            study.option(row["what"], row["option"]),
            study.say(w.N_OF, n=f"{row['n']:,}", of=f"{row['of']:,}"),
            percent(row["share"]),
        )
        for row in flags
        if row["group"]
    ]
    if in_groups:
        yield table(columns, in_groups, study.say(w.BY_GROUP_CAPTION), cut(study, len(in_groups)), left=2)
    if flags:
        yield Paragraph(runs(study.say(w.ALIKE)))
    for what in dict.fromkeys(row["what"] for row in rows if row["what"] != MEASURES):
        # How often each option was chosen, how concentrated the choices are, and what room there is.
        counted = [row for row in rows if row["what"] == what]
        rooms = any(row["option"] in study.rooms for row in counted)
        titles = [(study.say(w.CHOICE), 3.0), (study.say(w.COUNT), 1.0), (study.say(w.SHARE), 1.0)]
        titles += [(study.say(w.ROOM), 1.0)] if rooms else []
        named = [
            (
                study.option(what, row["option"]),
                f"{row['n']:,}",
                percent(row["share"]),
                *([f"{study.rooms[row['option']]:,}" if row["option"] in study.rooms else NO_FIGURE] if rooms else []),
            )
            for row in counted
        ]
        total = sum(row["n"] for row in counted)
        alike = 1.0 / summed((row["n"] / total) ** 2 for row in counted)
        spread = study.say(w.CONCENTRATION, count=len(counted), options=len(counted), alike=f"{alike:.1f}")
        told = (study.say(w.SHARES_OF, of=f"{counted[0]['of']:,}"), cut(study, len(named)) or spread)
        yield table(titles, named, study.title(what), grammar(study.language).paragraph(told))


def _flagged(study: StudyWords, row: Row) -> str:
    alike = Alike(row["what"], row["option"], row["n"], row["of"], row["chosen"])
    room = study.rooms.get(row["option"])
    more = study.say(w.ROOM_FOR, room=f"{room:,}") if room is not None else ""
    return study.say(alike_words(alike, study.questionnaire, w.FLAGGED)) + more


def measure_blocks(study: StudyWords) -> Iterator[Block]:
    """Divide the first measures that places share by the level that may decide them."""
    rows = [row for row in study.tables["herding"] if row["group"] == "" and row["what"] == MEASURES]
    known = study.questionnaire.countermeasures
    shared = [row for row in rows if row["option"] in known and row["n"] >= FEW_SHARED]
    if not shared:
        return
    every, of = study.head["rows"], shared[0]["of"]
    base = [study.say(w.SHARED_OF, of=f"{of:,}", every=f"{every:,}")] if of < every else []
    yield Paragraph(runs(grammar(study.language).paragraph([study.say(w.SHARED_LEAD), *base])))
    for level in LEVELS:
        every_one = [row for row in shared if known[row["option"]].acts == level]
        there = every_one[:MOST_SHARED]
        said = [
            study.say(
                w.SHARED,
                title=tell(known[row["option"]].title, study.language),
                lead=tell(known[row["option"]].lead, study.language),
                n=f"{row['n']:,}",
                of=f"{row['of']:,}",
            )
            for row in there
        ]
        if said:
            head = study.say(w.LEVEL_WORDS[level]) + grammar(study.language).colon.rstrip()
            yield Paragraph(runs(Run(head, bold=True)))
            yield Bullets(tuple(map(runs, said)))
        if (more := len(every_one) - len(there)) > 0:
            yield Paragraph(runs(study.say(w.MORE_SHARED, count=more, n=more)), "note")


def cohort_outline(parts: Sequence[StudyWords]) -> Outline:
    """Make the outline, a part for each language."""
    first, made = parts[0], tuple(map(_part, parts))
    title, subject = first.report_title, tell(first.questionnaire.title, first.language)
    return Outline(
        title=f"{title} · {subject}",
        subject=title,
        language=first.language,
        date=first.date,
        header=made[0].header,
        footer=made[0].footer,
        parts=made,
        keywords=("cohort", "同类群体", *(NEW_FORCES if asks_about_new_forces(first.questionnaire) else ())),
    )


def _part(study: StudyWords) -> OutlinePart:
    """Return a part with the running words of its own language."""
    header = f"{tell(study.questionnaire.title, study.language)} · {study.report_title}"
    footer = study.say(w.FOOTER, digest=study.head["questionnaire"]["digest"].removeprefix("sha256:")[:16])
    return OutlinePart(study.language, tuple(_blocks(study)), header=header, footer=footer)


def _blocks(study: StudyWords) -> Iterator[Block]:
    yield _cover(study)
    yield from _answer(study)
    yield from band_blocks(study)
    for words, anchor, table, blocks in SECTIONS:
        body = list(blocks(study)) if table in study.tables else []
        if body:
            yield study.headings.section(study.say(words), anchor, new_page=False)
            yield from body
    yield study.headings.section(study.say(w.METHOD_HEAD), "method", new_page=False)
    beside = w.FILES_BESIDE_RANKS if study.tables.get("ranks") else w.FILES_BESIDE
    yield from (Paragraph(runs(study.say(words, minimum=study.head["minimum_group"]))) for words in (*w.METHOD, beside))


def _cover(study: StudyWords) -> Cover:
    names, on = grammar(study.language), date.fromisoformat(study.date)
    times = names.list(study.times)
    facts = [
        (w.RESPONDENTS, f"{study.head['rows']:,}"),
        (w.PROFILES, names.list(tell(words, study.language) for words in study.profiles)),
        (w.GROUPED, study.grouping()),
        *([(w.YEARS, times)] if times else []),
        (w.VERSION, f"{study.head['questionnaire']['id']} {study.head['questionnaire']['version']}"),
        (w.DATE, names.date(on.year, on.month, on.day)),
    ]
    subject = tell(study.questionnaire.title, study.language)
    shown = tuple((study.say(label), value) for label, value in facts)
    return Cover(study.report_title, study.say(w.SUBTITLE), subject, shown, study.say(w.NOTICE))


def _answer(study: StudyWords) -> Iterator[Block]:
    """Begin the first section: where the middle half lies as its head, the figures below it, what is unlike in them."""
    names = grammar(study.language)
    whole = study.whole(study.total)
    own = study.total == "score"
    scored = w.SCORED if own else w.SCORED_BASELINE
    verdict = study.say(w.TOO_FEW if own else w.TOO_FEW_BASELINE, minimum=study.head["minimum_group"])
    if whole is not None:
        low, high = number(whole["q25"]), number(whole["q75"])
        said, alike = (w.VERDICT, w.VERDICT_ALIKE) if own else (w.VERDICT_BASELINE, w.VERDICT_ALIKE_BASELINE)
        said = alike if low == high else said
        verdict = study.say(said, n=f"{whole['scored']:,}", median=number(whole["median"]), low=low, high=high)
    yield study.headings.section(verdict, "answer")
    every = f"{study.head['rows']:,}"
    if whole is not None:
        gini = next((row["gini"] for row in study.tables["inequality"] if row["column"] == study.total), None)
        yield KeyFigures(
            (
                KeyFigure(study.say(scored), f"{whole['scored']:,}", study.say(w.OF_ALL, n=every)),
                KeyFigure(study.say(w.MEDIAN), number(whole["median"]), study.column(study.total)),
                KeyFigure(study.say(w.MIDDLE), span(whole["q25"], whole["q75"]), study.say(w.MIDDLE_NOTE)),
                KeyFigure(study.say(w.GINI), number(gini, 3), study.say(w.GINI_NOTE)),
            )
        )
    unscored = 0 if whole is None else study.head["rows"] - whole["scored"]
    counts = (
        (w.UNSCORED, unscored),
        (w.LEFT_OUT, study.head["left_out"]),
        (w.LEFT_OUT_LATER, study.head["left_out_later"]),
    )
    if left := [study.say(words, count=count, n=f"{count:,}") for words, count in counts if count]:
        yield Paragraph(runs(names.paragraph(left)), "note")
    unlike = [] if own else [study.say(w.SEVERAL_PROFILES)]
    unlike += [study.say(w.SEVERAL_BASELINES, n=study.baselines)] if not own and study.baselines > 1 else []
    unlike += [study.say(w.SOME_QUICK if len(study.modes) > 1 else w.ALL_QUICK)] if "quick" in study.modes else []
    unlike += [study.say(w.SOME_CORRECTED if own else w.OWN_CORRECTED)] if study.corrected else []
    unlike += map(study.say, study.untold)
    unlike += [study.say(w.SEVERAL_YEARS, years=names.list(study.times))] if len(study.times) > 1 else []
    unlike += [study.say(w.SOME_UNDATED, years=names.list([*map(str, study.of_some)]))] if study.of_some else []
    unlike += [study.say(w.SOME_PARTS)] if study.mixes_parts else []
    yield Callout(study.say(w.RELATIVE), runs(names.paragraph([study.say(w.RELATIVE_WORDS), *unlike])))
    if below := study.head["below_floor"]:
        held = study.head["held_by_floor"]
        floored = w.FLOORED if own else w.FLOORED_BASELINE
        yield Callout(
            study.say(w.LOOK), runs(study.say(floored, below=f"{below:,}", n=every, held=f"{held:,}")), "warn"
        )


SECTIONS: Sequence[tuple[Text, str, str, Callable[[StudyWords], Iterator[Block]]]] = (
    (w.PARTS_HEAD, "parts", "groups", part_blocks),
    (w.GROUPS_HEAD, "groups", "groups", group_blocks),
    (w.GAPS_HEAD, "gaps", "gaps", gap_blocks),
    (w.SHARED_HEAD, "shared", "herding", measure_blocks),
    (w.HERDING_HEAD, "herding", "herding", herding_blocks),
    (w.INEQUALITY_HEAD, "inequality", "inequality", inequality_blocks),
    (w.WEIGHTS_HEAD, "weights", "weights", weight_blocks),
    (w.RANKS_HEAD, "ranks", "ranks", rank_blocks),
)
"""Title, anchor, the table without which a section has nothing to say, and what it says."""
