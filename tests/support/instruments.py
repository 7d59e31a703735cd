"""Random valid instruments for property tests: a questionnaire, a chain of rubrics, answers, as plain tables.

Everything the formats allow is drawn: every kind of question, nested conditions with forward references, switched-off
nodes, floors anywhere, geometric means at each level. Conditions must be able to hold, so each one drawn does hold in
one of a few random worlds of answers (asked from the oracle, not from the engine). Scores, thresholds and targets come
from one small pool, so that ties happen.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.support.budget import BUDGET
from tests.support.oracle import Plain, World
from tests.support.questions import (
    ANYTHING,
    FACTORS,
    SCORES,
    SHARES,
    STATES,
    WEIGHTS,
    QuestionMaker,
    Taste,
    value_of,
    words,
)

Item = TypeVar("Item")


@dataclass(frozen=True)
class Case:
    """One instrument and one assessment, as the tables of their files (numbers are decimals)."""

    questionnaire: Plain
    chain: list[Plain]
    answers: Plain
    further: Sequence[tuple[list[Plain], Decimal]] = ()
    """Chains that are blended into the first, with their shares."""


@dataclass
class Maker(QuestionMaker):
    """Draws one case: a questionnaire, the rubrics on it, the answers to it."""

    nodes: Sequence[str] = ()
    kept: Collection[str] = ()

    def build(self) -> Case:
        self.random = Random(self.whole(0, 2**16))
        q = self.questionnaire
        q.update(self.head())
        q["facts"] = {f"f{i}": self.asked(fact=True) for i in range(self.whole(1, 4))}
        q["pillars"] = {f"p{i}": {"title": words()} for i in range(self.whole(1, 5))}
        dimensions = {
            f"d{p[1:]}_{i}": {"title": words(), "pillar": p}
            for p in q["pillars"]
            for i in range(self.whole(0 if self.chance(10) else 1, 3))
        }
        q["dimensions"] = self.order(dimensions)
        questions = {
            f"q{d[1:]}_{i}": {"dimension": d, **self.asked(fact=False)}
            for d in dimensions
            for i in range(self.whole(0 if self.chance(10) else 1, 3))
        }
        q["questions"] = self.order(questions)
        self.worlds = [World(q, self.world_answers()) for _ in range(3)]
        if self.taste.conditions:
            self.add_conditions()
        self.add_measures()
        self.add_checks()
        chain = self.chain()
        return Case(q, chain, self.answers(), self.further(chain) if self.taste.blends else ())

    def further(self, chain: list[Plain]) -> Sequence[tuple[list[Plain], Decimal]]:
        """Profiles of the same root, to be blended into the first: none, one or two."""
        found = []
        for number, share in enumerate(self.pick(((), (), ("0.4",), ("0.35", "0.2"), ("0.05", "0.9")))):
            profile = self.file(f"x{number}", "base", self.profile(self.nodes, self.kept, chain[:1]))
            found.append(([chain[0], profile], Decimal(share)))
        return found

    # ── The chain of rubrics ──

    def chain(self) -> list[Plain]:
        groups = [list(self.questionnaire["pillars"])]
        groups += [[d for d, t in self.questionnaire["dimensions"].items() if t["pillar"] == p] for p in groups[0]]
        questions = self.questionnaire["questions"]
        groups += [
            [q for q, t in questions.items() if t["dimension"] == d and t["kind"] != "text"]
            for d in self.questionnaire["dimensions"]
        ]
        kept = {self.pick(group) for group in groups if group}  # never switched off, so that no group is all zero
        nodes = [node for group in groups for node in group]
        files = [self.file("base", None, self.root(nodes, kept))]
        for number in range(self.whole(0, 2)):
            files.append(self.file(f"w{number}", files[-1]["id"], self.profile(nodes, kept, files)))
        self.nodes, self.kept = nodes, kept
        return files

    def file(self, id: str, based_on: str | None, rest: Plain) -> Plain:
        head = {"format": "nqpf-weights/1", "id": id, "questionnaire": "inst", "name": words()}
        return head | ({"version": "1.0.0"} if based_on is None else {"based_on": based_on}) | rest

    def root(self, nodes: Sequence[str], kept: Collection[str]) -> Plain:
        weights = {node: self.pick(WEIGHTS) for node in self.some(nodes, 50)}
        targets = {node: self.score() for node in nodes if self.is_group(node) and self.chance(40)}
        bands = {"b0": {"from": Decimal(0), **words()}}
        for number, start in enumerate(sorted(set(self.some(SCORES[1:], 25)))):
            bands[f"b{number + 1}"] = {"from": start, **words()}
        return {
            "weights": {node: weight or (Decimal(1) if node in kept else weight) for node, weight in weights.items()},
            "targets": targets,
            "scoring": self.scoring(),
            "bands": self.order(bands),
            "floors": {f"floor{i}": self.floor(nodes) for i in range(self.floor_count())},
        }

    def is_group(self, node: str) -> bool:
        return node not in self.questionnaire["questions"]

    def floor_count(self) -> int:
        return self.pick((0, 0, 1, 2, 3)) if self.taste.floors else 0

    def floor(self, nodes: Sequence[str]) -> Plain:
        node = self.pick([node for node in nodes if self.is_group(node)])
        return {"node": node, "below": self.score(), "cap": self.score(), "why": words()}

    def scoring(self) -> Plain:
        found: Plain = {}
        for key in ("across_pillars", "across_dimensions", "across_questions"):
            if self.chance(50):
                found[key] = self.pick(self.taste.means)
        if self.chance(60) or Decimal("0.5") not in self.taste.coverages:
            found["minimum_coverage"] = self.pick(self.taste.coverages)
        if self.chance(40):
            found["confidence_spread"] = {name: self.score() for name in self.some(("high", "medium", "low"), 60)}
        if self.chance(40):
            found["unsupported_ceiling"] = self.score()
        for key in ("weight_spread", "overlap"):
            if self.chance(40):
                found[key] = self.pick(SHARES)
        return found

    def profile(self, nodes: Sequence[str], kept: Collection[str], before: Sequence[Plain]) -> Plain:
        table: Plain = {"adjust": [self.adjustment(nodes, kept) for _ in range(self.whole(0, 5))]}
        if self.chance(40):
            table["scoring"] = self.scoring()
        stated = {id: floor for file in before for id, floor in file["floors"].items()}
        table["floors"] = {}
        for id, floor in stated.items():
            if self.chance(20):
                tighter = {"below": max(floor["below"], self.score()), "cap": min(floor["cap"], self.score())}
                table["floors"][id] = floor | tighter
        if self.taste.floors and self.chance(20):
            table["floors"][f"floor_of_{len(before)}"] = self.floor(nodes)
        taken = {band["from"] for file in before for band in file["bands"].values()}
        start = self.score()
        table["bands"] = {f"band_of_{len(before)}": {"from": start, **words()}} if start not in taken else {}
        return table

    def adjustment(self, nodes: Sequence[str], kept: Collection[str]) -> Plain:
        row = self.correction(nodes, kept) | {"why": words(f"reason {self.whole(0, 9)}")}
        when = self.condition(list(self.questionnaire["questions"])) if self.chance(40) else None
        return row if when is None else row | {"when": when}

    def correction(self, nodes: Sequence[str], kept: Collection[str]) -> Plain:
        node = self.pick(nodes)
        row: Plain = {"node": node}
        if self.chance(40) and self.is_group(node):
            row["target"] = self.score()
        if "target" not in row or self.chance(50):
            row["factor"] = self.pick(FACTORS[:-1] if node in kept else FACTORS)
        return row

    # ── Answers ──

    def world_answers(self) -> Plain:
        """Answers from dice of their own: they only decide which conditions can hold."""
        tables: Plain = {"facts": {}, "answers": {}}
        for where, asked_by in (("facts", self.questionnaire["facts"]), ("answers", self.questionnaire["questions"])):
            for id, asked in asked_by.items():
                state = self.random.choice((*["answered"] * 8, "blank", "na"))
                if state == "na":
                    tables[where][id] = {"state": "na", "reason": "x"}
                elif state == "answered":
                    tables[where][id] = {"value": value_of(asked, self.random.randint)}
        return tables

    def answers(self) -> Plain:
        head = {"version": "1.0.0"}
        table: Plain = {
            "format": "nqpf-answers/1",
            "questionnaire": {"id": "inst", **head},
            "weights": {"id": "w", **head},
            "subject": {"name": "somewhere", "period": "2025"},
        }
        if self.chance(15):
            table["mode"] = "quick"
        lazy = self.pick((15, 15, 40, 70, 0))  # how many per cent stay without an answer
        for where, key in (("facts", "facts"), ("answers", "questions")):
            given = {id: self.answer(asked, lazy) for id, asked in self.questionnaire[key].items()}
            table[where] = {id: entry for id, entry in given.items() if entry is not None}
        table["override"] = [
            self.correction(self.nodes, self.kept) | {"why": "we know better"}
            for _ in range(self.pick((0, 0, 1, 2)) if self.nodes else 0)
        ]
        return table

    def answer(self, asked: Plain, lazy: int) -> Plain | None:
        state = self.pick(STATES) if self.chance(lazy) else "answered"
        if state == "blank":
            return self.pick((None, {}, {"value": "  "}, {"note": "asked twice"}))
        entry: Plain = {}
        if state == "answered" or self.chance(50):
            entry["value"] = value_of(asked, self.whole)
        if state != "answered" or self.chance(10):
            entry["state"] = state
        if state == "na":
            entry["reason"] = "does not exist here"
        if self.chance(40):
            entry["confidence"] = self.pick(("high", "medium", "low"))
        if self.chance(40):
            entry["evidence"] = self.pick((["page 3"], ["", "  "], [], [" ", "file"]))
        if self.chance(20):
            entry["year"] = 2024
        return entry


Draw = Callable[[st.SearchStrategy[Any]], Any]


def dice(draw: Draw) -> Random:
    """Dice that hypothesis throws once; where it shrinks failures, it throws them each time, which takes it long."""
    return Random(draw(st.integers(0, 2**64))) if BUDGET <= 1 else draw(st.randoms(use_true_random=False))


@st.composite
def assessments(draw: Draw, questionnaire: Plain, chain: list[Plain], *, overrides: bool = True) -> Case:
    """A given instrument with random answers."""
    maker = Maker(dice(draw), ANYTHING, questionnaire)
    maker.nodes = maker.kept = [*questionnaire["pillars"], *questionnaire["dimensions"]] if overrides else []
    return Case(questionnaire, chain, maker.answers())


@st.composite
def cases(draw: Draw, taste: Taste = ANYTHING) -> Case:
    """A valid instrument with one assessment."""
    return Maker(dice(draw), taste).build()


@st.composite
def crowds(draw: Draw, size: int = 5) -> list[Case]:
    """One instrument, several respondents."""
    maker = Maker(dice(draw))
    first = maker.build()
    return [first, *(Case(first.questionnaire, first.chain, maker.answers()) for _ in range(size - 1))]
