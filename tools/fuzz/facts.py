"""The figures of one assessment, as `score --json` gives them, and how its parts are called in one language.

Whatever sentences claim is worked out from these anew, as a reader with the tables at hand would.
"""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from nqpf_assess.engine.arithmetic import UNKNOWN
from nqpf_assess.engine.gaps import beyond_screening
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.engine.states import truth
from nqpf_assess.locale.en.grammar import MONTHS
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.follow_up import FollowUp
from nqpf_assess.model.plan import Plan
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.report.blocks import Block
from nqpf_assess.report.outline.case import earlier_than
from tools.fuzz.states import State

TOLERANCE = 1e-9
RANKS = ("firm", "county", "city", "province", "state")
TIERS = {"county": 1, "district": 1, "dev_zone": 1, "prefecture": 2, "sub_provincial": 2, "province": 3}


def shown(value: float | None, decimals: int = 1) -> str:
    """Write a figure as reports do: rounded half away from zero, – where there is none."""
    if value is None:
        return "–"
    exact = Decimal(repr(round(value, 9))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{exact + 0:,f}".replace("-", "−")


def is_shown(words: str, value: float | None) -> bool:
    """Return whether words are a figure, with one decimal or as many as tell it from a line that it does not meet."""
    return words == shown(value, max(1, len(words.rpartition(".")[2].rstrip("%"))))


def read(words: object) -> Decimal:
    """Read a figure as it is printed: −1.2, +3.4, 12.5%, 1,200; what holds another figure besides is refused."""
    (found,) = re.findall(r"[−+]?\d[\d,]*(?:\.\d+)?", str(words))
    return Decimal(found.replace("−", "-").replace(",", ""))


def day(words: object) -> date:
    """Read a day or a month (its first day) of either language."""
    figures = [int(part) for part in re.findall(r"\d+", str(words))]
    for number, month in enumerate(MONTHS, start=1):
        if month in str(words):
            return date(figures[-1], number, figures[0] if len(figures) > 1 else 1)
    return date(*(*figures, 1)[:3])


def items(words: str) -> list[str]:
    """Cut a list into its items, in either language."""
    return re.split(", and |; and |; | and |, |、|以及|和", words)


class Facts:
    """The figures of one assessment, as `score --json` gives them, and how its parts are called in one language."""

    def __init__(self, state: State, language: str, assessed: Assessed, row: Mapping[str, Any]) -> None:
        self.state, self.language, self.assessed = state, language, assessed
        self.questionnaire, self.answers = state.instrument.questionnaire, state.answers
        self.row, self.overall, self.nodes = row, row["overall"], {node["id"]: node for node in row["nodes"]}
        self.numbers: dict[str, str] = {}
        self.blocks: tuple[Block, ...] = ()
        self.plan: Plan | None = None
        self.explained = ""
        self.rules = assessed.figures.rules
        self.floors = {
            id: floor
            for id, floor in state.instrument.rules.floors.items()
            if self.nodes[floor.node]["state"] != "not_assessed"
        }
        self.bands = sorted(state.instrument.rules.bands.values(), key=lambda one: one.from_)
        self.fired = [self.floors[id] for id in self.overall["floors"]]
        self.capped = self.overall["score"] is not None and self.overall["uncapped"] - self.overall["score"] > TOLERANCE

    # Parts of the tree

    @cached_property
    def pillars(self) -> list[Any]:
        return [n for n in self.row["nodes"] if n["level"] == "pillar" and n["state"] != "not_assessed"]

    @cached_property
    def dimensions(self) -> list[Any]:
        kept = {node["id"] for node in self.pillars}
        return [
            node
            for node in self.row["nodes"]
            if node["level"] == "dimension" and node["state"] != "not_assessed" and node["parent"] in kept
        ]

    def within(self, pillar: Mapping[str, Any]) -> list[Any]:
        return [node for node in self.dimensions if node["parent"] == pillar["id"]]

    def same(self, some: list[Any], others: list[Any]) -> bool:
        return sorted(node["id"] for node in some) == sorted(node["id"] for node in others)

    @cached_property
    def questions(self) -> list[Any]:
        """Questions that count."""
        return [n for n in self.row["nodes"] if n["level"] == "question" and n["applicable_weight"] > 0]

    @cached_property
    def answered(self) -> list[Any]:
        return [node for node in self.questions if node["score"] is not None]

    @cached_property
    def named(self) -> int:
        """How many answers that count name evidence."""
        return sum(map(self.supported, self.answered))

    def supported(self, node: Mapping[str, Any]) -> bool:
        entry, asked = self.answers.answers[node["id"]], self.questionnaire.questions[node["id"]]
        return any(line.strip() for line in entry.evidence) or (asked.kind == "number" and entry.year is not None)

    def reached(self, node: Mapping[str, Any]) -> bool:
        return node["gap"] is not None and node["gap"] < TOLERANCE

    def behind(self, nodes: list[Any]) -> list[Any]:
        return [node for node in nodes if node["gap"] is not None and not self.reached(node)]

    def gap(self, node: Mapping[str, Any]) -> Decimal:
        """The gap as whoever subtracts the printed figures finds it."""
        return read(shown(node["target"])) - read(shown(node["score"]))

    def share(self, node: Mapping[str, Any]) -> str:
        return shown(node["share"] * 100) + "%" if node["share"] is not None else "–"

    @property
    def gap_before_floors(self) -> Decimal:
        return read(shown(self.overall["target"])) - read(shown(self.overall["uncapped"]))

    @property
    def local(self) -> Decimal:
        """What the local weights did to the score, as printed."""
        return read(shown(self.overall["score"])) - read(shown(self.overall["baseline_score"]))

    # Names

    def titles(self, id: str) -> set[str]:
        told = [title_of(self.questionnaire, id)]
        node = self.questionnaire.pillars.get(id) or self.questionnaire.dimensions.get(id)
        told += [node.short] if node is not None and node.short else []
        return {words.get(self.language, next(iter(words.values()), "")).casefold() for words in told}

    def parts(self, words: str, level: str = "dimension") -> list[Any]:
        """Read the pillars or dimensions that words name, in their order; what else stands there is refused."""
        names = [
            (name, node) for node in self.row["nodes"] if node["level"] == level for name in self.titles(node["id"])
        ]
        names.sort(key=lambda pair: -len(pair[0]))
        rest, found = words.casefold(), dict[int, Any]()
        for name, node in names:
            while name and (at := rest.find(name)) >= 0:
                if node["id"] not in [one["id"] for one in found.values()]:
                    found[at] = node
                rest = rest[:at] + "\0" * len(name) + rest[at + len(name) :]
        if left := "".join(items(rest.replace("\0", ""))):
            raise ValueError(f"no {level}: {left}")
        return [found[at] for at in sorted(found)]

    def part(self, words: str, level: str = "dimension") -> Any:
        (found,) = self.parts(words, level)
        return found

    # Measures

    @cached_property
    def measures(self) -> Mapping[str, Any]:
        return {row["id"]: row for row in self.row["countermeasures"]}

    @property
    def fitting(self) -> list[Any]:
        return [row for row in self.measures.values() if row["eligible"]]

    def measure(self, title: str) -> Any:
        """Find a measure by its title, with or without what stands in brackets behind it."""
        marks = str.maketrans("“”", "‘’")
        for id, measure in self.questionnaire.countermeasures.items():
            name = measure.title[self.language]
            if title.translate(marks).startswith(name.translate(marks).strip()):
                return self.measures[id]
        raise ValueError(f"no measure: {title}")

    def measures_in(self, words: str) -> list[Any]:
        """Find the measures that words name."""
        marks = str.maketrans("“”", "‘’")
        known = self.questionnaire.countermeasures.items()
        return [
            self.measures[id] for id, m in known if m.title[self.language].translate(marks) in words.translate(marks)
        ]

    def numbered(self, number: object, title: str) -> bool:
        """Whether a number stands for one measure only, and the measure under one number only."""
        id = self.measure(title)["id"]
        held = self.numbers.setdefault(str(number), id) == id
        return held and [known for known, other in self.numbers.items() if other == id] == [str(number)]

    @cached_property
    def closed(self) -> dict[str, str]:
        """Of the measures that fit those that the sheet has as done or dropped."""
        return {id: state for id, state in self.finished.items() if self.measures[id]["eligible"]}

    @cached_property
    def followed(self) -> dict[str, FollowUp]:
        """The last entry of each measure that the sheets follow."""
        last = dict[str, list[FollowUp]]()
        for file in (*(self.state.earlier or ())[1:], self.answers):
            for id in {entry.measure for entry in file.follow_up}:
                told = [entry for entry in file.follow_up if entry.measure == id]
                if Counter(told) - Counter(last.get(id, ())):  # else it was merely taken over
                    last[id] = told
        return {id: told[-1] for id, told in last.items() if id in self.measures}

    @cached_property
    def finished(self) -> dict[str, str]:
        """Measures that the sheet has as done or dropped, unless they were chosen again."""
        again = {*self.answers.plan.chosen} - {entry.measure for entry in self.answers.follow_up}
        return {
            id: entry.state
            for id, entry in self.followed.items()
            if entry.state in ("done", "dropped") and id not in again
        }

    @cached_property
    def under_way(self) -> dict[str, FollowUp]:
        """Measures that the sheet follows and has not as done or dropped, or that were chosen again: the last entry."""
        return {id: entry for id, entry in self.followed.items() if id not in self.finished}

    def unsure(self, id: str) -> bool:
        """Whether nobody answered what decides if a measure suits here."""
        measure = self.questionnaire.countermeasures[id]
        seen = [truth(one, self.assessed.view) for one in (measure.suits, measure.unsuits) if one is not None]
        return UNKNOWN in seen

    def untold(self, dimension: str) -> bool:
        """Whether too little is answered, or asked, to know anything of a dimension."""
        state = self.nodes[dimension]["state"]
        return state == "no_score" or (state == "not_assessed" and beyond_screening(self.assessed, dimension))

    @cached_property
    def tier(self) -> int | None:
        """The rank at which this place or firm decides itself."""
        if self.questionnaire.subject == "firm":
            return 0
        seen = self.assessed.view.facts.get("tier")
        return TIERS.get(str(seen.value)) if seen is not None and seen.state == "answered" else None

    def above(self, row: Mapping[str, Any]) -> bool:
        rank = RANKS.index(self.questionnaire.countermeasures[row["id"]].acts)
        return self.tier is not None and rank > self.tier

    # Last time

    @property
    def earlier(self) -> Answers:
        assert self.state.earlier is not None
        return self.state.earlier[1]

    @property
    def changed(self) -> Decimal:
        return read(shown(self.change.overall.after)) - read(shown(self.change.overall.before))

    @cached_property
    def change(self) -> Any:
        assert self.state.earlier is not None
        return earlier_than(self.state.earlier, (self.state.instrument, self.answers), self.state.date).comparison

    @cached_property
    def moved(self) -> dict[str, Decimal]:
        """Dimensions with a score both times, and by how much each changed as printed."""
        return {
            node.id: read(shown(node.change.after)) - read(shown(node.change.before))
            for node in self.change.of("dimension")
            if node.change.total is not None and node.id in self.nodes
        }

    @cached_property
    def fallen_alone(self) -> dict[str, Decimal]:
        """Pillars that fell though no dimension of them did, and by how much each changed as printed."""
        within = {self.questionnaire.dimensions[id].pillar for id, move in self.moved.items() if move < 0}
        moves = {
            node.id: read(shown(node.change.after)) - read(shown(node.change.before))
            for node in self.change.of("pillar")
            if node.change.total is not None and node.id in self.nodes and node.id not in within
        }
        return {id: move for id, move in moves.items() if move < 0}
