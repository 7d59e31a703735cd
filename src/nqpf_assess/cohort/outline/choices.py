"""Who chooses the same (避免一哄而上), and which first measures many share, by who may decide them."""

from collections.abc import Iterator

from nqpf_assess.cohort.outline import wording as w
from nqpf_assess.cohort.outline.told import Row, Told, cut, table
from nqpf_assess.model.text import tell
from nqpf_assess.report.blocks import Block, Bullets, Callout, Paragraph, Run, runs
from nqpf_assess.report.wording import NO_FIGURE, percent

MEASURES = "first_measures"
LEVELS = ("firm", "county", "city", "province", "state")
FEW_SHARED = 2
"""Places from which a first measure counts as shared."""

MOST_SHARED = 6


def herding_blocks(told: Told) -> Iterator[Block]:
    """Warn of what many chose, in all and by group; then how often each option was chosen."""
    rows = [row for row in told.tables["herding"] if row["group"] == ""]
    flags = [row for row in told.tables["herding"] if row["flag"]]
    yield from (Callout(told.say(w.LOOK), runs(_flagged(told, row)), "warn") for row in flags if row["group"] == "")
    yield from _by_group(told, [row for row in flags if row["group"]])
    if flags:
        yield Paragraph(runs(told.say(w.ALIKE)))
    for what in dict.fromkeys(row["what"] for row in rows if row["what"] != MEASURES):
        yield from _counted(told, what, [row for row in rows if row["what"] == what])


def _flagged(told: Told, row: Row) -> str:
    words = w.FLAGGED
    if row["what"] == MEASURES and row["chosen"] != row["n"]:
        words = {None: w.RECOMMENDED_OR, 0: w.RECOMMENDED}.get(row["chosen"], w.RECOMMENDED_SOME)
    said = told.say(
        words,
        chosen=f"{row['chosen'] or 0:,}",
        n=f"{row['n']:,}",
        of=f"{row['of']:,}",
        share=percent(row["share"]),
        option=told.option(row["what"], row["option"]),
        what=told.title(row["what"]),
    )
    room = told.rooms.get(row["option"])
    return said + (told.say(w.ROOM_FOR, room=f"{room:,}") if room is not None else "")


def _by_group(told: Told, flags: list[Row]) -> Iterator[Block]:
    columns = (told.say(w.GROUP), 2.0), (told.say(w.CHOICE), 3.0), (told.say(w.COUNT), 1.0), (told.say(w.SHARE), 0.8)
    named = [
        (
            told.group(row["group"]),
            told.option(row["what"], row["option"]),
            told.say(w.N_OF, n=f"{row['n']:,}", of=f"{row['of']:,}"),
            percent(row["share"]),
        )
        for row in flags
    ]
    if named:
        yield table(columns, named, told.say(w.BY_GROUP_CAPTION), cut(told, len(named)), left=2)


def _counted(told: Told, what: str, rows: list[Row]) -> Iterator[Block]:
    """Say how often each option was chosen, how concentrated the choices are, and what room there is."""
    rooms = any(row["option"] in told.rooms for row in rows)
    columns = [(told.say(w.CHOICE), 3.0), (told.say(w.COUNT), 1.0), (told.say(w.SHARE), 1.0)]
    columns += [(told.say(w.ROOM), 1.0)] if rooms else []
    named = [
        (
            told.option(what, row["option"]),
            f"{row['n']:,}",
            percent(row["share"]),
            *([_room(told, row)] if rooms else []),
        )
        for row in rows
    ]
    total = sum(row["n"] for row in rows)
    alike = 1.0 / sum((row["n"] / total) ** 2 for row in rows)
    note = told.say(w.CONCENTRATION, options=len(rows), alike=f"{alike:.1f}")
    yield table(columns, named, told.title(what), cut(told, len(named)) or note)


def _room(told: Told, row: Row) -> str:
    room = told.rooms.get(row["option"])
    return NO_FIGURE if room is None else f"{room:,}"


def measure_blocks(told: Told) -> Iterator[Block]:
    """Divide the first measures that places share by the level that may decide them."""
    rows = [row for row in told.tables["herding"] if row["group"] == "" and row["what"] == MEASURES]
    known = told.questionnaire.countermeasures
    shared = [row for row in rows if row["option"] in known and row["n"] >= FEW_SHARED]
    if not shared:
        return
    yield Paragraph(runs(told.say(w.SHARED_LEAD)))
    for level in LEVELS:
        there = [row for row in shared if known[row["option"]].acts == level][:MOST_SHARED]
        if there:
            lead = Run(told.say(w.LEVEL_WORDS[level]), bold=True)
            yield Paragraph(runs(lead))
            yield Bullets(tuple(runs(_shared(told, row)) for row in there))


def _shared(told: Told, row: Row) -> str:
    measure = told.questionnaire.countermeasures[row["option"]]
    return told.say(
        w.SHARED,
        title=tell(measure.title, told.language),
        lead=tell(measure.lead, told.language),
        n=f"{row['n']:,}",
        of=f"{row['of']:,}",
    )
