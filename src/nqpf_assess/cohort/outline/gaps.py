"""What many lack, what the weakest quarter lacks beside the others, and how far apart the respondents are."""

from collections.abc import Iterator

from nqpf_assess.cohort.outline import wording as w
from nqpf_assess.cohort.outline.told import Told, table
from nqpf_assess.report.blocks import Block, Paragraph, runs
from nqpf_assess.report.wording import number, percent

MOST_WEAKEST = 8


def gap_blocks(told: Told) -> Iterator[Block]:
    """Rank the dimensions by the mean share of the shortfall, then say what tells the weakest quarter apart."""
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
        yield table(columns, named, told.say(w.GAPS_CAPTION))
    yield from _weakest(told)


def _weakest(told: Told) -> Iterator[Block]:
    rows = [row for row in told.tables.get("weakest", ()) if row["mean_weakest"] is not None]
    ordered = sorted(rows, key=lambda row: row["mean_weakest"] - row["mean_others"])[:MOST_WEAKEST]
    columns = (
        (told.say(w.DIMENSION), 2.4),
        (told.say(w.WEAKEST), 1.0),
        (told.say(w.OTHERS), 1.0),
        (told.say(w.APART), 1.0),
        (told.say(w.BELOW_WEAKEST), 1.2),
    )
    named = [
        (
            told.title(row["dimension"]),
            number(row["mean_weakest"]),
            number(row["mean_others"]),
            number(row["mean_weakest"] - row["mean_others"], signed=True),
            percent(row["below_weakest"]),
        )
        for row in ordered
    ]
    if named:
        yield Paragraph(runs(told.say(w.WEAKEST_LEAD, n=f"{ordered[0]['weakest']:,}")))
        yield table(columns, named, told.say(w.WEAKEST_CAPTION))


def inequality_blocks(told: Told) -> Iterator[Block]:
    """Give Gini and Theil, of the totals and pillars; the files have the dimensions too."""
    every = told.tables["inequality"]
    rows = [row for row in every if not row["column"].startswith("dimension.")]
    parts = any(row["gini_within"] is not None for row in rows)
    titles = [(told.say(w.WHAT), 2.4), (told.say(w.GINI), 1.0)]
    titles += [(told.say(words), 1.0) for words in (w.WITHIN, w.BETWEEN, w.OVERLAP)] if parts else []
    titles.append((told.say(w.THEIL), 1.0))
    names = ["gini", *(["gini_within", "gini_between", "gini_overlap"] if parts else []), "theil"]
    named = [(told.column(row["column"]), *(number(row[name], 3) for name in names)) for row in rows]
    if named:
        note = told.say(w.MANY_GROUPS) if told.head["gini_parts"] == "too_many_groups" else ""
        yield table(titles, named, told.say(w.INEQUALITY_CAPTION), note)


def weight_blocks(told: Told) -> Iterator[Block]:
    """Give the weights that the spread of the scores would suggest."""
    rows = told.tables["weights"]
    methods = list(dict.fromkeys(row["method"] for row in rows))
    by = {(row["method"], row["node"]): row for row in rows}
    if not any(row["weight"] is not None for row in rows):
        return
    columns = [(told.say(w.WHAT), 2.4), *((told.say(w.METHODS[method]), 1.0) for method in methods)]
    nodes = list(dict.fromkeys(row["node"] for row in rows))
    named = [(told.title(node), *(percent(by[method, node]["weight"], 1) for method in methods)) for node in nodes]
    yield table(columns, named, told.say(w.WEIGHTS_CAPTION))
