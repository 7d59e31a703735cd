"""What must hold between the sentences of one report: none contradicts another, and what is true is not left out."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from nqpf_assess.engine.gaps import gain_of_set
from nqpf_assess.locale import Message, tell
from nqpf_assess.report.blocks import Bullets, CardRow, DetailCard, Paragraph, Table, words_of
from nqpf_assess.report.follow_up_text import STATE_WORDS
from nqpf_assess.report.outline import decision, floors, measures, roadmap, standing, upward, verdict
from tools.fuzz.claim_rules import Fields
from tools.fuzz.facts import Facts, read, shown
from tools.fuzz.plan_rules import above, before, beyond, gained, needed, requested, shut, tasks

Found = Iterator[tuple[str, str]]


class Sentence(Protocol):
    """A sentence that was told: its template, fields, and how it came out."""

    key: str
    fields: Fields
    words: str


def telling(told: Sequence[Sentence], *words: Message) -> list[Sentence]:
    keys = {one.key for one in words}
    return [one for one in told if one.key in keys]


def cards(s: Facts) -> dict[str, dict[str, str]]:
    """The first acts as cards: of each measure its fields by their labels."""
    row = next((block for block in s.blocks if isinstance(block, CardRow)), None)
    made = [] if row is None else row.cards
    return {s.measure(c.title)["id"]: {field.label: words_of(field.runs) for field in c.fields} for c in made}


# ── Measures that the sheet follows ──

STANDS = (
    decision.ASKED,
    decision.WHY_OPEN["effort"],
    decision.WITH_FIRST,
)


def under_way(s: Facts, told: Sequence[Sentence]) -> Found:
    """Wherever a measure is offered, it is said how far the sheet has it; of no other is that said."""
    state = lambda id: tell(STATE_WORDS[s.under_way[id].state], s.language) if id in s.under_way else ""

    def unlike(id: str, words: str) -> bool:
        return state(id) not in words or (
            not state(id) and any(tell(w, s.language) in words for w in STATE_WORDS.values())
        )

    for one in telling(told, *STANDS):
        if unlike(s.measure(one.fields["title"])["id"], one.fields["stands"]):
            yield "under way, offered as new", one.words
    for id, fields in cards(s).items():
        if unlike(id, fields[tell(decision.DUE, s.language)]):
            yield "under way, a card", f"{id} {fields}"
    begun = [id for id in tasks(s) if id in s.under_way]
    said = telling(told, roadmap.SHEET_NOTE)
    if bool(begun) != bool(said):
        yield "under way, division of work", f"{begun} {[one.words for one in said]}"
    for one in said:
        if [row["id"] for row in s.measures_in(one.fields["titles"])] and not all(
            s.questionnaire.countermeasures[id].title[s.language] in one.words for id in begun
        ):
            yield "under way, not in the note", f"{begun} {one.words}"


def closed(s: Facts, told: Sequence[Sentence]) -> Found:
    """Nothing done or dropped is offered; where it is named for a floor, that is said behind it."""
    asked = [row["id"] for row in requested(s) if row["id"] in s.closed]
    if asked:
        yield "closed, asked for", str(asked)
    for one in telling(told, floors.LIFTED_BY, floors.LIFTED_PARTLY):
        for row in s.measures_in(one.fields["measures"]):
            if row["id"] in s.closed and tell(STATE_WORDS[s.closed[row["id"]]], s.language) not in one.words:
                yield "closed, lifts a floor", one.words
    left = [id for id in s.closed if s.measures[id]["eligible"]]
    if left and s.answered and not telling(told, measures.CLOSED_ALREADY, measures.CLOSED_ONE):
        yield "closed, not said", str(left)


# ── Points ──


def points(s: Facts, told: Sequence[Sentence]) -> Found:
    """What the acts bring adds up to what they bring together, card by card; so do the cards of all in front."""
    work = list(tasks(s))
    if s.overall["score"] is None or not work:
        return
    sums = [read(shown(0.0)), *(read(shown(gained(s, work[: n + 1]))) for n in range(len(work)))]
    adds = {id: after - before for id, (before, after) in zip(work, pairwise(sums), strict=True)}
    brings = tell(decision.BRINGS, s.language)
    for id, fields in cards(s).items():
        figures = re.findall(r"[−+]?\d+\.\d", fields.get(brings, ""))
        if (read(figures[0]) if figures else 0) != adds[id]:
            yield "points of an act", f"{id} {adds[id]} {fields[brings]}"
    for card in (block for block in s.blocks if isinstance(block, DetailCard) and block.badge):
        id = s.measure(re.sub(r"^\d+\. ?", "", card.title))["id"]
        if read(re.findall(r"[−+]?\d+\.\d", card.badge)[0]) != adds[id]:
            yield "points of a card", f"{id} {adds[id]} {card.badge}"
    brought = gain_of_set(s.assessed, [s.questionnaire.countermeasures[id] for id in work])
    left = s.overall["uncapped"] - s.overall["score"] + brought.points - brought.after_floors
    held = left > 1e-9 and beyond(s) > 0
    if bool(held) != bool(telling(told, roadmap.HELD_NOTE)):
        yield "held, not said", f"{held}"


# ── Floors ──


def broken(s: Facts, told: Sequence[Sentence]) -> Found:
    """Each floor that fired is told once, with what lifts it or that nothing does; none holds at the same time."""
    lines = {(floor.node, floor.below, floor.cap) for floor in s.fired}
    rules = telling(told, floors.FLOOR_BINDS, floors.FLOOR_AT_MOST, floors.FLOOR_IDLE, floors.FLOOR_ALIKE)
    ways = (floors.LIFTED_BY, floors.LIFTED_PARTLY, floors.NOT_LIFTED, floors.TARGET_BELOW)
    lifted = telling(told, *ways)
    if len({one.words for one in rules}) < len(
        {
            (s.questionnaire.pillars.get(n) or s.questionnaire.dimensions[n]).title[s.language] + str(b) + str(c)
            for n, b, c in lines
        }
    ):
        yield "floor not told", f"{lines} {[one.words for one in rules]}"
    if lines and not lifted:
        yield "floor without what lifts it", str(lines)
    holds = telling(told, verdict.FLOORS_HOLD, verdict.FLOORS_OPEN, *verdict.FEW_FLOORS.values())
    if lines and holds:
        yield "floor broken and holding", holds[0].words


def first_of_all(s: Facts, told: Sequence[Sentence]) -> Found:
    """Where nobody chose and a few measures lift all broken floors, the first acts bring something."""
    if not s.capped or any(s.measures[id]["eligible"] and id not in s.closed for id in s.answers.plan.chosen):
        return
    ways = telling(told, floors.LIFTED_BY)
    named = [row["id"] for one in ways for row in s.measures_in(one.fields["measures"])]
    few = {one for id in named for one in (id, *before(s, id))}
    if (
        len(ways) < len({floor.node for floor in s.fired})
        or len(few) > decision.THREE
        or any(shut(s, id) for id in few)
    ):
        return
    if gained(s, list(tasks(s))[:3]) < 0.05:
        yield "acts that bring nothing", ways[0].words


# ── Gaps ──


def worked_on(s: Facts, told: Sequence[Sentence]) -> Found:
    """Of each gap told, the tasks that lift it are named, all of them and no others; what is left open has none."""
    key = standing.WORKED_ON
    numbers = {id: number for number, id in s.numbers.items()}
    mark, end = (part.strip() for part in tell(key, s.language, measures="\0").split("\0"))
    for block in s.blocks:
        if not (isinstance(block, Paragraph) and len(block.runs) > 1 and block.runs[0].bold):
            continue
        words = words_of(block.runs)
        if mark not in words or end not in words or mark in words_of(block.runs[:1]):
            continue
        opens = block.runs[0].text.casefold()
        fits = [n for n in s.behind(s.dimensions) if any(title in opens for title in s.titles(n["id"]))]
        if not fits:
            continue
        node = max(fits, key=lambda n: max(len(t) for t in s.titles(n["id"]) if t in opens))
        lifting = {numbers.get(id, "?") for id in tasks(s) if s.measures[id]["lifts"].get(node["id"], 0.0) > 1e-9}
        said = {*re.findall(r"\d+", words.rpartition(mark)[2])}
        if lifting != said:
            yield "worked on", f"{node['id']} {lifting} {said} {words}"


def open_gaps(s: Facts, told: Sequence[Sentence]) -> Found:
    """A gap of which nothing works is not lifted by any task."""
    whys = (
        decision.WHY_OPEN["unsuited"],
        decision.WHY_OPEN["past"],
        decision.WHY_OPEN["none"],
        decision.WHY_OPEN["wish"],
    )
    for one in telling(told, *whys, decision.WAITS, *STANDS):
        names = one.fields["names"].casefold()
        fits = [n for n in s.behind(s.dimensions) if any(names.startswith(title) for title in s.titles(n["id"]))]
        node = max(fits, key=lambda n: max(len(t) for t in s.titles(n["id"]) if names.startswith(t)))
        doing = [id for id in tasks(s) if s.measures[id]["lifts"].get(node["id"], 0.0) > 1e-9]
        if doing:
            yield "left open, and worked on", f"{doing} {one.words}"


# ── Requests ──


def requests(s: Facts, told: Sequence[Sentence]) -> Found:
    """Where tasks are decided above, they stand among the requests; nothing has to be asked for where none is."""
    asked = {row["id"] for row in requested(s)}
    over = [id for id in tasks(s) if s.above(s.measures[id])]
    if s.overall["score"] is not None and asked and not {*over[:5]} <= asked:
        yield "task not asked for", f"{over} {asked}"
    nothing = telling(told, upward.NOTHING)
    if nothing and (asked or above(s)):
        yield "nothing to ask for, and asked for", nothing[0].words


# ── What tables print ──


def cells_of(s: Facts, caption: str | Message) -> list[list[str]]:
    """The rows of the first table under a caption."""
    head = tell(Message(caption) if isinstance(caption, str) else caption, s.language)
    found = [b for b in s.blocks if isinstance(b, Table) and b.caption == head]
    return [[words_of(cell) for cell in row] for table in found[:1] for row in table.rows]


def phases(s: Facts, told: Sequence[Sentence]) -> Found:
    """After the last phase the score is what it is now and what all tasks bring."""
    rows = cells_of(s, "Phases and what they can add up to")
    if rows and s.overall["score"] is not None:
        whole = read(shown(s.overall["score"])) + read(shown(gained(s, list(tasks(s)))))
        if read(rows[-1][-1]) != whole or sum(int(row[2]) for row in rows) != sum(
            s.measures[id]["effort"] for id in tasks(s)
        ):
            yield "phases", f"{rows[-1]} {whole}"


def asked_adds(s: Facts, told: Sequence[Sentence]) -> Found:
    """A request adds what it brings as a task, else what it adds on top of all tasks."""
    head = tell(Message("Request"), s.language)
    tables = [b for b in s.blocks if isinstance(b, Table) and b.columns[0].title == head and len(b.columns) == 5]
    work = list(tasks(s))
    up_to = lambda ids: read(shown(gained(s, ids))) if ids else read("0.0")
    for row in [[words_of(cell) for cell in row] for table in tables[:1] for row in table.rows]:
        id = s.measure(row[0])["id"]
        if id in work:
            adds = up_to(work[: work.index(id) + 1]) - up_to(work[: work.index(id)])
        else:
            adds = read(shown(gained(s, [*work, id]) - (gained(s, work) if work else 0.0)))
        if read(row[3]) != adds:
            yield "request adds", f"{row} {adds}"


# ── What was considered ──


def listed(s: Facts, words: Message) -> list[str]:
    """The measures of the list under a caption."""
    caption = tell(words, s.language)
    for block, following in pairwise(s.blocks):
        if isinstance(block, Paragraph) and isinstance(following, Bullets) and words_of(block.runs) == caption:
            titles = [title for item in following.items for title in re.split("; |；", words_of(item[1:]))]
            return [s.measure(title)["id"] for title in titles]
    return []


def considered(s: Facts, told: Sequence[Sentence]) -> Found:
    """Of each measure that is left out the reason that heads its list is true, and each stands in one list."""
    book, state = s.questionnaire.countermeasures, lambda id: s.nodes[id]["state"]
    behind = {node["id"] for node in s.behind(s.dimensions)}
    score = lambda id: s.nodes[id]["score"] or 0.0

    def helped(id: str) -> bool:
        """Whether nothing that a measure lifts is left below its target and its own line."""
        left = [node for node in book[id].lifts if node in behind]
        return all(score(node) > float(book[id].when_below) - 1e-9 for node in left)

    early = lambda id: any(n in behind and score(n) < float(book[id].when_at_least or 0) for n in book[id].lifts)
    reasons: tuple[tuple[Message, Callable[[str], bool]], ...] = (
        (measures.ELSEWHERE, lambda id: needed(s, id)),
        (measures.TOO_EARLY, early),
        (measures.UNNEEDED, lambda id: helped(id) and not any(map(s.untold, book[id].lifts))),
        (measures.UNDECIDED, lambda id: any(map(s.untold, book[id].lifts)) and not needed(s, id)),
    )
    seen = list[str]()
    for words, holds in reasons:
        ids = listed(s, words)
        seen += ids
        if wrong := [id for id in ids if not holds(id) or s.measures[id]["eligible"]]:
            yield (
                f"considered {tell(words, 'en')[:30]}",
                f"{wrong} {[(n, state(n), score(n)) for n in book[wrong[0]].lifts]}",
            )
    if len(seen) != len({*seen}):
        yield "considered twice", str(seen)


def between(s: Facts, told: Sequence[Sentence]) -> Found:
    """Yield what does not go together in a report, by a sign and in words."""
    for rule in (
        under_way,
        closed,
        points,
        broken,
        first_of_all,
        worked_on,
        open_gaps,
        requests,
        phases,
        asked_adds,
        considered,
    ):
        try:
            yield from rule(s, told)
        except Exception as fault:  # a page that cannot be read is not known to hold
            yield f"{rule.__name__} unread", repr(fault)
