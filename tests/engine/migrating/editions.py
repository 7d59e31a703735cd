"""Random next editions of a questionnaire: what authors do to one, several things at once."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import strategies as st

from nqpf_assess.engine.editions import fitted, names_between
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from tests.support.instruments import Case, cases
from tests.support.oracle import Plain

Item = TypeVar("Item")

CONDITIONS = ("show_if", "na_when", "suits", "unsuits", "when")


@dataclass(frozen=True)
class Editions:
    """An assessment under one edition, and the next edition; `done`: what was done to it."""

    case: Case
    next: Plain
    done: tuple[str, ...]

    @property
    def old(self) -> Questionnaire:
        return Questionnaire.model_validate(self.case.questionnaire)

    @property
    def new(self) -> Questionnaire:
        return Questionnaire.model_validate(self.next)

    @property
    def answers(self) -> Answers:
        return Answers.model_validate(self.case.answers)

    def instrument(self, *, new: bool) -> Instrument:
        chain = tuple(map(Weights.model_validate, self.case.chain))
        asked = self.new if new else self.old
        return Instrument(asked, fitted(chain, asked, names_between(self.old, asked)))


class Author:
    """Changes one questionnaire. Every change keeps it sound as far as the engine asks."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any], questionnaire: Plain) -> None:
        self.draw, self.q = draw, copy.deepcopy(questionnaire)

    def pick(self, items: Sequence[Item]) -> Item:
        return items[self.draw(st.integers(0, len(items) - 1))]

    def asked(self, *kinds: str) -> list[tuple[str, str]]:
        return [
            (table, id)
            for table in ("facts", "questions")
            for id in self.q[table]
            if self.q[table][id]["kind"] in kinds
        ]

    def one(self, *kinds: str) -> Plain | None:
        found = self.asked(*kinds)
        table, id = self.pick(found) if found else ("", "")
        return self.q[table][id] if found else None

    # ── what authors do ──

    def rename(self) -> None:
        table, id = self.pick(self.asked("level", "single", "multi", "number", "text"))
        now = f"{id}_now"
        if now in self.q[table] or now in self.known():
            return
        entry = self.q[table][id] | {"previous_ids": [id]}
        self.q[table] = {now if key == id else key: entry if key == id else e for key, e in self.q[table].items()}
        self.walk(lambda leaf: leaf.update({k: now for k in ("fact", "question") if leaf.get(k) == id}))
        for measure in self.q["countermeasures"].values():
            if measure.get("kpi_question") == id:
                measure["kpi_question"] = now

    def remove(self) -> None:
        table, id = self.pick(self.asked("level", "single", "multi", "number", "text"))
        del self.q[table][id]
        self.forget({id})

    def remove_dimension(self) -> None:
        if len(self.q["dimensions"]) < 2:
            return
        gone = self.pick(list(self.q["dimensions"]))
        below = {id for id, question in self.q["questions"].items() if question["dimension"] == gone}
        self.q["questions"] = {id: e for id, e in self.q["questions"].items() if id not in below}
        del self.q["dimensions"][gone]
        for id, measure in list(self.q["countermeasures"].items()):
            measure["lifts"] = {d: lift for d, lift in measure["lifts"].items() if d != gone}
            if not measure["lifts"]:
                self.drop_measure(id)
        self.forget(below | {gone})

    def remove_measure(self) -> None:
        if self.q["countermeasures"]:
            self.drop_measure(self.pick(list(self.q["countermeasures"])))

    def drop_measure(self, id: str) -> None:
        del self.q["countermeasures"][id]
        for measure in self.q["countermeasures"].values():
            if "needs" in measure:
                measure["needs"] = [need for need in measure["needs"] if need != id]

    def revise(self) -> None:
        entry = self.one("level", "single", "multi", "number")
        if entry is not None:
            entry["revision"] = entry.get("revision", 1) + 1

    def drop_option(self) -> None:
        entry = self.one("single", "multi")
        if entry is not None and len(entry["options"]) > 1:
            del entry["options"][self.pick(list(entry["options"]))]

    def add_option(self) -> None:
        entry = self.one("single", "multi")
        if entry is not None:
            entry["options"]["added"] = {"en": "something added", "score": 10}

    def reword_option(self) -> None:
        entry = self.one("single", "multi")
        if entry is not None:
            entry["options"][self.pick(list(entry["options"]))]["en"] = "quite another thing"

    def exclude_option(self) -> None:
        entry = self.one("multi")
        if entry is not None:
            entry["options"][self.pick(list(entry["options"]))]["exclusive"] = True

    def narrow(self) -> None:
        entry = self.one("number")
        if entry is not None:
            entry["range"] = [0, 7]

    def other_unit(self) -> None:
        entry = self.one("number")
        if entry is not None:
            entry["unit"] = self.pick(("‰", "persons", "%"))
            if entry["unit"] == "‰":
                entry["range"] = [bound * 10 for bound in entry["range"]]

    def other_kind(self) -> None:
        found = self.asked("single", "multi", "number")
        if not found:
            return
        table, id = self.pick(found)
        entry = self.q[table][id]
        kinds = {"single": "multi", "multi": "single", "number": "text"}
        entry["kind"] = kinds[entry["kind"]]
        if entry["kind"] == "text":  # conditions that compare it as a number would be refused
            self.forget({id})
        keys = ("range", "scale", "scale_when", "unit", "decimals", "reference_year")
        for key in keys if entry["kind"] == "text" else ():
            entry.pop(key, None)
        for option in entry.get("options", {}).values() if entry["kind"] == "single" else ():
            option.pop("exclusive", None)

    def add_level(self) -> None:
        entry = self.one("level")
        if entry is not None and len(entry["levels"]) < 8:
            for number, level in enumerate(entry["levels"]):
                level.pop("score", None)
                level["en"] = f"{number} {'abcdefgh'[number] * 20}" if level["en"] == "x" else level["en"]
            entry["levels"].insert(self.draw(st.integers(0, len(entry["levels"]))), {"en": "inserted in between"})

    def drop_level(self) -> None:
        entry = self.one("level")
        if entry is not None and len(entry["levels"]) > 2:
            entry["levels"].pop(self.draw(st.integers(0, len(entry["levels"]) - 1)))

    def reword_level(self) -> None:
        entry = self.one("level")
        if entry is not None:
            self.pick(entry["levels"])["en"] = "reads quite otherwise now"

    def reword(self) -> None:
        entry = self.one("level", "single", "multi", "number", "text")
        if entry is not None:
            entry["text"] = {"en": self.pick(("x y", "What is it altogether?"))}

    def move(self) -> None:
        if self.q["questions"] and self.q["dimensions"]:
            self.q["questions"][self.pick(list(self.q["questions"]))]["dimension"] = self.pick(
                list(self.q["dimensions"])
            )

    def add_question(self) -> None:
        if self.q["dimensions"]:
            levels = [{"en": "no"}, {"en": "yes"}]
            entry = {"dimension": self.pick(list(self.q["dimensions"])), "kind": "level", "text": {"en": "new"}}
            self.q["questions"][f"added_{len(self.q['questions'])}"] = {**entry, "levels": levels}

    # ── what must follow ──

    def known(self) -> set[str]:
        return {id for table in ("facts", "pillars", "dimensions", "questions") for id in self.q[table]}

    def entries(self) -> list[Plain]:
        return [e for table in ("questions", "countermeasures", "checks") for e in self.q.get(table, {}).values()]

    def walk(self, see: Callable[[Plain], None]) -> None:
        for entry in self.entries():
            for condition in [entry.get(key) for key in CONDITIONS] + [c["when"] for c in entry.get("scale_when", [])]:
                _walk(condition, see)

    def forget(self, gone: set[str]) -> None:
        """Take conditions away that speak of what is gone."""
        for measure in self.q["countermeasures"].values():
            if measure.get("kpi_question") in gone:
                del measure["kpi_question"]
                measure["kpi"] = {"en": "x"}
        for entry in self.entries():
            for key in [key for key in CONDITIONS if key in entry and _names(entry[key]) & gone]:
                del entry[key]
                entry.pop("na_reason", None) if key == "na_when" else None
            if "scale_when" in entry:
                entry["scale_when"] = [c for c in entry["scale_when"] if not _names(c["when"]) & gone]
        self.q["checks"] = {id: e for id, e in self.q.get("checks", {}).items() if "when" in e}


def _walk(condition: Plain | None, see: Callable[[Plain], None]) -> None:
    if condition is None:
        return
    parts = [*condition.get("all", []), *condition.get("any", []), *([condition["not"]] if "not" in condition else [])]
    for part in parts:
        _walk(part, see)
    if not parts:
        see(condition)


def _names(condition: Plain) -> set[str]:
    found: set[str] = set()
    _walk(condition, lambda leaf: found.update(str(leaf[k]) for k in ("fact", "question", "dimension") if k in leaf))
    return found


ACTS = (
    *("rename", "remove", "remove_dimension", "remove_measure", "revise", "drop_option", "add_option", "reword_option"),
    *("exclude_option", "narrow", "other_unit", "other_kind", "add_level", "drop_level", "reword_level", "reword"),
    *("move", "add_question"),
)


@st.composite
def editions(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Editions:
    """A random assessment, and a next edition to which up to six things were done."""
    case = draw(cases())
    answers = copy.deepcopy(case.answers)
    answers["questionnaire"]["version"] = "1.0.0"
    answers["weights"] = {"id": case.chain[-1]["id"], "version": "1.0.0"}
    measures = list(case.questionnaire["countermeasures"])
    answers["plan"] = {"chosen": [id for id in measures if draw(st.booleans())]}
    for place, entry in enumerate((*answers["facts"].values(), *answers["answers"].values())):
        if draw(st.booleans()):
            entry["note"] = f"note {place}"
    author = Author(draw, case.questionnaire)
    author.q["version"] = "2.0.0"
    done = draw(st.lists(st.sampled_from(ACTS), min_size=1, max_size=6))
    for act in done:
        if any(author.asked("level", "single", "multi", "number", "text")):
            getattr(author, act)()
    return Editions(Case(case.questionnaire, case.chain, answers), author.q, tuple(done))
