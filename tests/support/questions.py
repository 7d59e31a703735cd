"""Random questionnaires for property tests: every kind of question, conditions that can hold, measures, checks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

from tests.support.oracle import Plain, World

Item = TypeVar("Item")

SCORES = tuple(
    map(Decimal, ["0", "20", "25", "40", "50", "60", "75", "80", "100", "0.5", "33.3", "66.67", "60.0000000004"])
)
"""The last one counts as 60 wherever computed figures meet."""
HAIR = Decimal("1e-20")
"""A difference that answers must not lose when they meet a threshold."""
WEIGHTS = tuple(map(Decimal, ["1", "2", "30", "0.5", "0"]))
FACTORS = tuple(map(Decimal, ["1.6", "0.5", "1", "2", "0"]))
COVERAGES = tuple(map(Decimal, ["0.5", "0", "0.25", "0.65", "1", "0.3333333333", "0.6666666667"]))
"""The last two count as one and two thirds."""
SHARES = tuple(map(Decimal, ["0.25", "0", "0.5", "1"]))
MEANS = ("arithmetic", "geometric")
STATES = ("blank", "dk", "later", "na")


@dataclass(frozen=True)
class Taste:
    """What a test wants of the instruments: which means, whether questions span 0-100, whether profiles are blended."""

    means: Sequence[str] = MEANS
    spanning: bool = False
    conditions: bool = True
    coverages: Sequence[Decimal] = COVERAGES
    floors: bool = True
    blends: bool = False


ANYTHING = Taste()
BLENDED = Taste(blends=True)


def words(said: str = "x") -> Plain:
    return {"en": said}


@dataclass
class QuestionMaker:
    """Draws a questionnaire. The worlds are answers under which every condition is tried."""

    dice: Random
    taste: Taste = ANYTHING
    questionnaire: Plain = field(default_factory=dict)
    worlds: list[World] = field(default_factory=list)
    random: Random = field(default_factory=Random)

    def whole(self, low: int, high: int) -> int:
        return self.dice.randint(low, high)

    def chance(self, percent: int) -> bool:
        return self.whole(0, 99) >= 100 - percent

    def pick(self, items: Sequence[Item]) -> Item:
        return items[self.whole(0, len(items) - 1)]

    def some(self, items: Sequence[Item], percent: int) -> list[Item]:
        return [item for item in items if self.chance(percent)]

    # ── The questionnaire ──

    def order(self, table: Plain) -> Plain:
        keys = list(table)
        if len(keys) > 1 and self.chance(30):
            self.dice.shuffle(keys)
        return {key: table[key] for key in keys}

    def head(self) -> Plain:
        return {
            "format": "nqpf-questionnaire/1",
            "id": "inst",
            "version": "1.0.0",
            "subject": "region",
            "languages": ["en"],
            "title": words(),
        }

    def asked(self, *, fact: bool) -> Plain:
        kinds = (
            ("single", "level", "number", "multi", "text") if fact else ("level", "number", "single", "multi", "text")
        )
        kind = kinds[min(self.whole(0, 16) // 4, 4)]
        table: Plain = {"kind": kind, "text": words(), **getattr(self, f"{kind}_keys")(fact=fact)}
        if not fact:
            table |= {"core": True} if self.chance(50) else {}
            table |= {"revision": 2} if self.chance(5) else {}
        return table

    def score(self) -> Decimal:
        return self.pick(SCORES)

    def level_keys(self, *, fact: bool) -> Plain:
        count = self.whole(2, 6)
        stated = not fact and self.chance(50)
        rows, floor = [], Decimal(0)
        for number in range(count):
            even = Decimal(100 * number) / (count - 1)
            at_end = self.taste.spanning and number in (0, count - 1)
            if stated and not at_end and (even < floor or self.chance(60)):
                floor = self.pick([score for score in sorted(SCORES) if score >= floor])
                rows.append({**words(), "score": floor})
            else:
                floor = max(floor, even)
                rows.append(words() if floor == even else {**words(), "score": floor})
        return {"levels": rows}

    def options(self, *, fact: bool, multi: bool) -> Plain:
        names = [f"o{i}" for i in range(self.whole(2 if self.taste.spanning or self.chance(90) else 1, 4))]
        first_shared = 0 if self.chance(10) else 1
        found: Plain = {}
        for number, name in enumerate(names):
            row: Plain = {**words()}
            if fact:
                row |= {"unknown": True} if number and self.chance(20) else {}
            else:
                row["score"] = self.score()
            if multi and number >= first_shared:
                row |= {"exclusive": True} if self.chance(20 if first_shared else 70) else {}
            found[name] = row
        if self.taste.spanning and not fact:
            found["o0"]["score"] = Decimal(100)
            found["o1"]["score"] = Decimal(0)
        return found

    def single_keys(self, *, fact: bool) -> Plain:
        return {"options": self.options(fact=fact, multi=False)}

    def multi_keys(self, *, fact: bool) -> Plain:
        return {"options": self.options(fact=fact, multi=True)}

    def number_keys(self, *, fact: bool) -> Plain:
        table: Plain = {"range": [Decimal(-10), Decimal(20)], "decimals": 1, "unit": "%"}
        if fact:
            return table
        table["scale"] = self.scale()
        if self.chance(10):
            table["reference_year"] = True
        return table

    def scale(self) -> list[list[Decimal]]:
        ends = {Decimal(-10), Decimal(20)} if self.chance(50) else {Decimal(-3), Decimal("7.25")}
        xs = sorted({Decimal(self.whole(-20, 40)) / 2 for _ in range(self.whole(0, 3))} | ends)
        ys = [self.score() for _ in xs]
        if self.taste.spanning:
            ys[0], ys[-1] = Decimal(0), Decimal(100)
        return [[x, y] for x, y in zip(xs, ys, strict=True)]

    def text_keys(self, *, fact: bool) -> Plain:
        return {}

    # ── Conditions ──

    def add_conditions(self) -> None:
        """Give questions `show_if`, `na_when`, `scale_when`; each speaks only of earlier ones in a hidden order."""
        questions = self.questionnaire["questions"]
        known: list[str] = []
        for id in self.order(dict.fromkeys(questions)):
            question = questions[id]
            if self.chance(20):
                self.attach(question, "show_if", known)
            if self.chance(15):
                self.attach(question, "na_when", known)
                if "na_when" in question:
                    question["na_reason"] = words("because")
            known.append(id)
        for question in questions.values():
            if question["kind"] == "number":
                for _ in range(self.pick((0, 0, 0, 1, 2))):
                    when = self.condition(list(questions))
                    if when is not None:
                        question.setdefault("scale_when", []).append({"when": when, "scale": self.scale()})

    def attach(self, table: Plain, key: str, questions: Sequence[str]) -> None:
        condition = self.condition(questions)
        if condition is not None:
            table[key] = condition
            for world in self.worlds:
                world._states.clear()

    def condition(self, questions: Sequence[str], *, dimensions: Sequence[str] = ()) -> Plain | None:
        """Draw a condition that holds in some world, and so does each alternative in it; None where that fails."""
        found = self.tree(questions, dimensions, depth=self.pick((0, 0, 1, 1, 2, 4)))
        if self.is_sound(found):
            return found
        return {"not": found} if _depth(found) < 4 and self.can_hold({"not": found}) else None

    def is_sound(self, condition: Plain) -> bool:
        parts = [*condition.get("all", []), *condition.get("any", [])]
        return self.can_hold(condition) and all(map(self.is_sound, parts))

    def can_hold(self, condition: Plain) -> bool:
        return any(
            world.holds(condition, dict.fromkeys(self.questionnaire["dimensions"], figure)) is True
            for world, figure in zip(self.worlds, (0, 50, 100), strict=True)
        )

    def tree(self, questions: Sequence[str], dimensions: Sequence[str], *, depth: int) -> Plain:
        group = self.pick(("all", "any", "not")) if depth else None
        if group == "not":
            return {"not": self.tree(questions, dimensions, depth=depth - 1)}
        if group:
            parts = [self.tree(questions, dimensions, depth=depth - 1) for _ in range(self.whole(1, 3))]
            return {group: [part for part in parts if self.is_sound(part)] or parts if group == "any" else parts}
        if dimensions and self.chance(30):
            return {"dimension": self.pick(dimensions), "score_at_least": self.score()}
        subjects = [("fact", id) for id in self.questionnaire["facts"]] + [("question", id) for id in questions]
        kind, id = self.pick(subjects)
        return {kind: id, **self.comparison(self.questionnaire[f"{kind}s"][id])}

    def comparison(self, asked: Plain) -> Plain:
        kind = asked["kind"]
        if kind == "text" or self.chance(20):
            return {self.pick(("answered", "na")): self.pick((True, False))}
        if kind in ("single", "multi"):
            names = [name for name, option in asked["options"].items() if not option.get("unknown")]
            if kind == "multi":
                return {"has": self.pick(names)}
            return {"is": self.pick(names)} if self.chance(50) else {"one_of": self.some(names, 50) or names[:1]}
        if kind == "level":
            limit: Any = self.whole(0, len(asked["levels"]) - 1)
        else:
            limit = Decimal(self.whole(-19, 39)) / 2
            limit += self.pick((0, 0, HAIR, -HAIR)) if limit else 0
        return {self.pick(("at_least", "at_most")): limit}

    # ── Measures and checks ──

    def add_measures(self) -> None:
        dimensions = list(self.questionnaire["dimensions"])
        table: Plain = {}
        for number in range(self.whole(0, 4) if dimensions else 0):
            measure = {
                "title": words(),
                "gist": words(),
                "lifts": {id: self.score() for id in self.some(dimensions, 30) or [self.pick(dimensions)]},
                "when_below": self.score(),
                "effort": self.whole(1, 5),
                "horizon": self.pick(("short", "medium", "long")),
                "acts": "county",
                "lead": words(),
                "kpi": words(),
            }
            for key in ("suits", "unsuits"):
                condition = self.condition(list(self.questionnaire["questions"])) if self.chance(30) else None
                if condition is not None:
                    measure[key] = condition
            if self.chance(50):
                measure["needs"] = self.some(list(table), 40)
            if self.chance(12):
                measure["when_at_least"] = self.score()
            figures = [id for id, table in self.questionnaire["questions"].items() if table["kind"] != "text"]
            if figures and self.chance(40):
                measure["kpi_question"] = self.pick(figures)
                measure["kpi"] = words("from {now} to {goal}")
            if self.chance(20):
                measure["months"] = {"short": 3, "medium": 24, "long": 48}[str(measure["horizon"])]
                measure["first"] = words("call a meeting")
            table[f"m{number}"] = measure
        self.questionnaire["countermeasures"] = self.order(table)

    def add_checks(self) -> None:
        conditions = [
            self.condition(list(self.questionnaire["questions"]), dimensions=list(self.questionnaire["dimensions"]))
            for _ in range(self.whole(0, 2))
        ]
        named = [*self.questionnaire["facts"], *self.questionnaire["questions"]]
        self.questionnaire["checks"] = {
            f"c{number}": {"when": condition, "message": words(f"look at {{{self.pick(named)}}} and {{nothing}}")}
            for number, condition in enumerate(conditions)
            if condition is not None
        }


def value_of(asked: Plain, whole: Callable[[int, int], int]) -> Any:
    """Draw a value of the kind asked, in one of the forms a file may write it."""
    match asked["kind"]:
        case "level":
            return whole(0, len(asked["levels"]) - 1)
        case "single":
            return list(asked["options"])[whole(0, len(asked["options"]) - 1)]
        case "multi":
            ticked = [name for name in asked["options"] if whole(0, 1)]
            alone = [name for name in ticked if asked["options"][name].get("exclusive")]
            return alone[:1] or ticked
        case "number":
            low, high = map(Decimal, asked["range"])
            number = low + (high - low) * whole(0, 40) / 40
            form = whole(0, 4)
            return f" {number} " if form == 4 else int(number) if form == 3 and number == int(number) else number
        case _:
            return "words"


def _depth(condition: Plain) -> int:
    parts = condition.get("all") or condition.get("any") or ([condition["not"]] if "not" in condition else [])
    return 1 + max(map(_depth, parts)) if parts else 0
